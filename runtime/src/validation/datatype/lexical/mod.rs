//! Lexical forms of the built-in types, read into values (§3.2, §3.3).

mod binary;
mod calendar;
mod decimal;
mod duration;
mod float;
mod names;
mod uri;

pub(super) use binary::{base64_binary, hex_binary};
pub(super) use calendar::{
    Instant, date, date_time, g_day, g_month, g_month_day, g_year, g_year_month, time,
};
pub(super) use decimal::{DecimalValue, decimal, integer};
pub(super) use duration::{DurationValue, duration};
pub(super) use float::{FloatValue, double, float};
pub(super) use names::{language, name, ncname, nmtoken, notation, qname};
pub(super) use uri::any_uri;

use super::builtin::Builtin;
use super::value::{ActualValue, Text, Value};
use crate::simple::Scope;

/// Reads a text, white space handled. All have this form, so that they can stand in one table.
pub(super) type Read = fn(&str, &Builtin, &dyn Scope) -> Result<ActualValue, Reason>;

/// Why a text is no value; empty where there is nothing to say but that it is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reason(&'static str);

impl Reason {
    const FORM: Self = Self("");

    pub(super) const fn as_str(self) -> &'static str {
        self.0
    }
}

pub(super) fn string(text: &str, builtin: &Builtin, _: &dyn Scope) -> Result<ActualValue, Reason> {
    Ok(ActualValue(Value::String(Text {
        text: text.into(),
        id: builtin.id,
    })))
}

pub(super) fn boolean(text: &str, _: &Builtin, _: &dyn Scope) -> Result<ActualValue, Reason> {
    match text {
        "true" | "1" => Ok(ActualValue(Value::Boolean(true))),
        "false" | "0" => Ok(ActualValue(Value::Boolean(false))),
        _ => Err(Reason::FORM),
    }
}

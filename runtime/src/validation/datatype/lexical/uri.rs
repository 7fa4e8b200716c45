//! URI references (§3.2.17).

use super::Reason;
use crate::simple::Scope;
use crate::validation::datatype::builtin::Builtin;
use crate::validation::datatype::value::{ActualValue, Value};

/// Nearly anything: what a URI cannot hold is escaped on use (XLink §5.4), but for a `%` without two
/// digits, a second `#`, and a scheme that is none.
pub(in crate::validation::datatype) fn any_uri(
    text: &str,
    _: &Builtin,
    _: &dyn Scope,
) -> Result<ActualValue, Reason> {
    let mut after_percent = text.split('%').skip(1);
    let escaped = |rest: &str| {
        let digits = rest.as_bytes().get(..2);
        digits.is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
    };
    if !after_percent.all(escaped) {
        return Err(Reason("a `%` must have two hexadecimal digits after it"));
    }
    if text.matches('#').count() > 1 {
        return Err(Reason("only one `#` can be in it"));
    }
    let segment = text.split(['/', '?', '#']).next().unwrap_or_default();
    if let Some((scheme, _)) = segment.split_once(':') {
        let starts = scheme.starts_with(|first: char| first.is_ascii_alphabetic());
        let is_scheme = |byte: u8| byte.is_ascii_alphanumeric() || b"+-.".contains(&byte);
        if !starts || !scheme.bytes().all(is_scheme) {
            return Err(Reason("what is before its first `:` is no scheme"));
        }
    }
    Ok(ActualValue(Value::AnyUri(text.into())))
}

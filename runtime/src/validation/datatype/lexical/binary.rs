//! Octets (§3.2.15, §3.2.16).

use base64::Engine;

use super::Reason;
use crate::simple::Scope;
use crate::types::{BASE64, HexBinary};
use crate::validation::datatype::builtin::Builtin;
use crate::validation::datatype::value::{ActualValue, Value};

pub(in crate::validation::datatype) fn hex_binary(
    text: &str,
    _: &Builtin,
    _: &dyn Scope,
) -> Result<ActualValue, Reason> {
    let octets: HexBinary = text.parse().map_err(|_| Reason::FORM)?;
    Ok(ActualValue(Value::HexBinary(octets.0.into())))
}

/// One blank may stand between any two characters; padding must be there, and the bits that it fills
/// up must be 0.
pub(in crate::validation::datatype) fn base64_binary(
    text: &str,
    _: &Builtin,
    _: &dyn Scope,
) -> Result<ActualValue, Reason> {
    let characters: Vec<u8> = text.bytes().filter(|byte| *byte != b' ').collect();
    let octets = BASE64.decode(characters).map_err(|_| Reason::FORM)?;
    Ok(ActualValue(Value::Base64Binary(octets.into())))
}

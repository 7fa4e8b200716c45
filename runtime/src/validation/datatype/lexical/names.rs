//! Names and language tags (§3.2.18, §3.2.19, §3.3.3 to §3.3.8).

use super::Reason;
use crate::simple::Scope;
use crate::validation::datatype::builtin::Builtin;
use crate::validation::datatype::value::{ActualValue, Value};
use crate::xml::{is_name_char, is_name_start, is_ncname};

fn checked(
    valid: bool,
    text: &str,
    builtin: &Builtin,
    scope: &dyn Scope,
) -> Result<ActualValue, Reason> {
    if valid {
        super::string(text, builtin, scope)
    } else {
        Err(Reason::FORM)
    }
}

pub(in crate::validation::datatype) fn ncname(
    text: &str,
    builtin: &Builtin,
    scope: &dyn Scope,
) -> Result<ActualValue, Reason> {
    checked(is_ncname(text), text, builtin, scope)
}

pub(in crate::validation::datatype) fn name(
    text: &str,
    builtin: &Builtin,
    scope: &dyn Scope,
) -> Result<ActualValue, Reason> {
    let mut characters = text.chars();
    let start = characters.next();
    let valid = start.is_some_and(|start| start == ':' || is_name_start(start))
        && characters.all(|character| character == ':' || is_name_char(character));
    checked(valid, text, builtin, scope)
}

pub(in crate::validation::datatype) fn nmtoken(
    text: &str,
    builtin: &Builtin,
    scope: &dyn Scope,
) -> Result<ActualValue, Reason> {
    let mut characters = text.chars();
    let valid =
        !text.is_empty() && characters.all(|character| character == ':' || is_name_char(character));
    checked(valid, text, builtin, scope)
}

/// `[a-zA-Z]{1,8}(-[a-zA-Z0-9]{1,8})*`.
pub(in crate::validation::datatype) fn language(
    text: &str,
    builtin: &Builtin,
    scope: &dyn Scope,
) -> Result<ActualValue, Reason> {
    let valid = text.split('-').enumerate().all(|(index, subtag)| {
        (1..=8).contains(&subtag.len())
            && subtag
                .bytes()
                .all(|byte| byte.is_ascii_alphabetic() || (index > 0 && byte.is_ascii_digit()))
    });
    checked(valid, text, builtin, scope)
}

/// The namespace and local name; a name without a prefix is in the default namespace.
fn expanded(text: &str, scope: &dyn Scope) -> Result<(Box<str>, Box<str>), Reason> {
    let (prefix, local) = match text.split_once(':') {
        Some((prefix, local)) if is_ncname(prefix) => (prefix, local),
        Some(_) => return Err(Reason::FORM),
        None => ("", text),
    };
    if !is_ncname(local) {
        return Err(Reason::FORM);
    }
    let namespace = match scope.namespace_of(prefix) {
        Some(namespace) => namespace,
        None if prefix.is_empty() => "",
        None if prefix == "xml" => "http://www.w3.org/XML/1998/namespace",
        None => return Err(Reason("its prefix is not bound")),
    };
    Ok((namespace.into(), local.into()))
}

pub(in crate::validation::datatype) fn qname(
    text: &str,
    _: &Builtin,
    scope: &dyn Scope,
) -> Result<ActualValue, Reason> {
    let (namespace, local) = expanded(text, scope)?;
    Ok(ActualValue(Value::QName { namespace, local }))
}

pub(in crate::validation::datatype) fn notation(
    text: &str,
    _: &Builtin,
    scope: &dyn Scope,
) -> Result<ActualValue, Reason> {
    let (namespace, local) = expanded(text, scope)?;
    Ok(ActualValue(Value::Notation { namespace, local }))
}

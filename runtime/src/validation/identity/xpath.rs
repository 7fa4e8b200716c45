//! The subset of XPath that selectors and fields are written in (Structures §3.11.6).

use std::sync::Arc;

use super::super::component::Prefixes;
use super::super::datatype::Scope;
use super::super::names::{NameId, Names};

/// One of the alternatives of an XPath.
#[derive(Debug)]
pub(super) struct Path {
    /// Whether it begins anywhere inside: `.//`.
    pub(super) anywhere: bool,
    pub(super) steps: Vec<Test>,
    pub(super) attribute: Option<Test>,
}

#[derive(Debug, PartialEq, Eq)]
pub(super) enum Test {
    Any,
    Namespace(Arc<str>),
    Name(NameId),
}

impl Test {
    pub(super) fn matches(&self, name: Option<NameId>, namespace: &str) -> bool {
        match self {
            Self::Any => true,
            Self::Namespace(wanted) => **wanted == *namespace,
            Self::Name(wanted) => name == Some(*wanted),
        }
    }
}

/// Reads a selector, or a field, which may end in an attribute.
pub(super) fn parse(
    text: &str,
    of_field: bool,
    prefixes: &Prefixes,
    names: &mut Names,
) -> Result<Vec<Path>, String> {
    text.split('|')
        .map(|path| parse_path(path, of_field, prefixes, names))
        .collect()
}

fn parse_path(
    text: &str,
    of_field: bool,
    prefixes: &Prefixes,
    names: &mut Names,
) -> Result<Path, String> {
    let mut rest = text.trim_matches(BLANKS);
    let after_dot = rest
        .strip_prefix('.')
        .map(|rest| rest.trim_start_matches(BLANKS));
    let anywhere = after_dot.and_then(|rest| rest.strip_prefix("//"));
    if let Some(after) = anywhere {
        rest = after;
    }
    let mut path = Path {
        anywhere: anywhere.is_some(),
        steps: Vec::new(),
        attribute: None,
    };
    let steps: Vec<&str> = rest.split('/').collect();
    for (index, step) in steps.iter().enumerate() {
        let step = step.trim_matches(BLANKS);
        let is_last = index + 1 == steps.len();
        let attribute = step.strip_prefix('@').or_else(|| axis(step, "attribute"));
        match attribute {
            _ if step == "." => {}
            Some(test) if of_field && is_last => {
                path.attribute = Some(parse_test(test, prefixes, names)?);
            }
            Some(_) => return Err(format!("`{step}` cannot stand here")),
            None => {
                let test = axis(step, "child").unwrap_or(step);
                path.steps.push(parse_test(test, prefixes, names)?);
            }
        }
    }
    Ok(path)
}

const BLANKS: [char; 4] = [' ', '\t', '\n', '\r'];

/// What follows `name::`.
fn axis<'t>(step: &'t str, name: &str) -> Option<&'t str> {
    let rest = step.strip_prefix(name)?.trim_start_matches(BLANKS);
    rest.strip_prefix("::")
}

fn parse_test(text: &str, prefixes: &Prefixes, names: &mut Names) -> Result<Test, String> {
    let text = text.trim_matches(BLANKS);
    if text == "*" {
        return Ok(Test::Any);
    }
    let is_name = |name: &str| crate::xml::is_ncname(name);
    let Some((prefix, local)) = text.split_once(':') else {
        // Names without a prefix are in no namespace (XPath 1.0 §2.3).
        return if is_name(text) {
            Ok(Test::Name(names.intern("", text)))
        } else {
            Err(format!("`{text}` is no name"))
        };
    };
    let namespace = prefixes.namespace_of(prefix).filter(|_| is_name(prefix));
    match (namespace, local) {
        (Some(namespace), "*") => Ok(Test::Namespace(namespace.into())),
        (Some(namespace), local) if is_name(local) => {
            Ok(Test::Name(names.intern(namespace, local)))
        }
        _ => Err(format!("`{text}` is no name")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_read() {
        let mut names = Names::default();
        let prefixes = Prefixes(vec![("p".into(), "urn:p".into())]);
        let mut read = |text, of_field| parse(text, of_field, &prefixes, &mut names);
        let paths = read(" .//p:a / child::b | . ", false).unwrap();
        assert!(paths[0].anywhere && paths[0].steps.len() == 2);
        assert!(!paths[1].anywhere && paths[1].steps.is_empty());
        let field = read("p:*/attribute::id", true).unwrap();
        assert_eq!(field[0].steps, [Test::Namespace("urn:p".into())]);
        assert!(field[0].attribute.is_some());
        for bad in ["@a", "a//b", "/a", "q:a", "a[1]", "..", "a/", "parent::a"] {
            assert!(read(bad, false).is_err(), "{bad}");
        }
    }
}

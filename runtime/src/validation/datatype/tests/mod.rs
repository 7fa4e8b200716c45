mod facets;
mod values;

use std::cmp::Ordering;
use std::collections::HashSet;

use super::*;

fn builtin(name: &str) -> Datatype {
    Datatype::builtin(name).unwrap()
}

fn value(name: &str, text: &str) -> ActualValue {
    builtin(name).validate(text, &NoPrefixes).unwrap()
}

/// `rule: message` of a text that is not valid.
fn refused(datatype: &Datatype, text: &str) -> String {
    let error = datatype.validate(text, &NoPrefixes).unwrap_err();
    format!("{}: {}", error.rule, error.message)
}

fn facets<'a>(texts: &[(&str, &'a str)]) -> Vec<Facet<'a>> {
    let facet = |(name, value): &(&str, &'a str)| {
        let fixed = name.strip_suffix('!');
        Facet {
            kind: FacetKind::from_name(fixed.unwrap_or(name)).unwrap(),
            value,
            fixed: fixed.is_some(),
        }
    };
    texts.iter().map(facet).collect()
}

/// A restriction; `length!` is a facet that is fixed.
fn restricted(base: &Datatype, texts: &[(&str, &str)]) -> Datatype {
    Datatype::restriction(base, &facets(texts), &NoPrefixes).unwrap()
}

/// `index rule: message` of each facet that is wrong.
fn wrong(base: &Datatype, texts: &[(&str, &str)]) -> Vec<String> {
    let errors = Datatype::restriction(base, &facets(texts), &NoPrefixes).unwrap_err();
    let shown = errors
        .into_iter()
        .map(|error| format!("{} {}: {}", error.index, error.rule, error.message));
    shown.collect()
}

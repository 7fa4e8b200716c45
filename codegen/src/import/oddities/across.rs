//! Pages of one provider against each other.

use std::collections::BTreeMap;

use super::{Odd, Page};
use crate::import::description::Field;
use crate::import::notation::types::Base;

/// The hosts of the addresses and of the namespace.
fn hosts(page: &Page<'_>) -> Vec<String> {
    let addresses = page.service.endpoints.iter().map(|(_, address)| address);
    { addresses.chain([&page.service.namespace]) }
        .filter_map(|address| {
            let (_, rest) = address.value.as_deref()?.split_once("://")?;
            let host = rest.split(['/', '?']).next()?;
            Some(host.to_lowercase())
        })
        .collect()
}

/// Type, size and nillability as a reader sees them.
fn facts(field: &Field) -> Option<String> {
    let Base::Builtin(base) = &field.kind.value.as_ref()?.base else {
        return None;
    };
    let max = field.max.as_ref().and_then(|max| max.value.as_deref());
    let max = max.filter(|max| max.contains(|c: char| c.is_ascii_digit()));
    let nil = field.nillable.as_ref().and_then(|nil| nil.value);
    Some(format!(
        "{base}{}{}",
        max.map_or(String::new(), |max| format!(
            ", at most {}",
            max.trim_end_matches('?')
        )),
        if nil == Some(true) { ", nillable" } else { "" }
    ))
}

pub(super) fn check(pages: &[Page<'_>], odd: &mut Odd<'_>) {
    for (at, page) in pages.iter().enumerate() {
        let near = hosts(page);
        let mut others: BTreeMap<Vec<String>, (String, String)> = BTreeMap::new();
        for (other_at, other) in pages.iter().enumerate() {
            let is_near = hosts(other).iter().any(|host| near.contains(host));
            if other_at == at || !is_near {
                continue;
            }
            for operation in &other.service.operations {
                let name = operation.name.value.clone().unwrap_or_default();
                for field in operation.request.iter().flat_map(|m| &m.record.fields) {
                    if let Some(facts) = facts(field) {
                        others
                            .entry(field.path())
                            .or_insert_with(|| (facts, name.clone()));
                    }
                }
            }
        }
        for operation in &page.service.operations {
            for field in operation.request.iter().flat_map(|m| &m.record.fields) {
                if let Some(here) = facts(field)
                    && let Some((there, name)) = others.get(&field.path())
                    && here != *there
                {
                    odd.say(
                        "L05",
                        field.span,
                        format!(
                            "`{}` is {here} here, and {there} in `{name}`",
                            field.shown()
                        ),
                    );
                }
            }
        }
    }
}

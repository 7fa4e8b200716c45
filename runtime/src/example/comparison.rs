//! Trees of a sample and of what was written, made alike and compared.

use std::fmt::Debug;

use crate::any_element::{AnyElement, AnyNode};
use crate::xml::{XMLNS, XSI};

/// Writes the names of types without prefixes, which may differ.
pub(super) fn spell_types(element: &mut AnyElement, scope: &mut Vec<(String, String)>) {
    let outer = scope.len();
    scope.extend(element.namespaces.iter().cloned());
    let types = element.attributes.iter_mut();
    for attribute in types.filter(|attribute| attribute.name.is(XSI, "type")) {
        let text = attribute.value.trim();
        let (prefix, local) = text.split_once(':').unwrap_or(("", text));
        let bound = scope.iter().rev().find(|(bound, _)| bound == prefix);
        let namespace = bound.map_or("", |(_, namespace)| namespace);
        attribute.value = format!("{{{namespace}}}{local}");
    }
    for node in &mut element.nodes {
        if let AnyNode::Element(child) = node {
            spell_types(child, scope);
        }
    }
    scope.truncate(outer);
}

pub(super) fn without_types(element: &mut AnyElement) {
    element
        .attributes
        .retain(|attribute| !attribute.name.is(XSI, "type"));
    for node in &mut element.nodes {
        if let AnyNode::Element(child) = node {
            without_types(child);
        }
    }
}

/// Members in the order of their names: JSON gives them none.
pub(super) fn sort(element: &mut AnyElement) {
    for node in &mut element.nodes {
        if let AnyNode::Element(child) = node {
            sort(child);
        }
    }
    element.nodes.sort_by_key(|node| match node {
        AnyNode::Element(child) => child.name.local.clone(),
        AnyNode::Text(_) => String::new(),
    });
}

pub(super) fn same<T: PartialEq + Debug>(first: &T, second: &T) -> Result<(), String> {
    if first == second {
        return Ok(());
    }
    Err(format!(
        "what was written reads differently:\n{first:#?}\n{second:#?}"
    ))
}

/// The first difference between the sample and what was written.
pub(super) fn compare(sample: &AnyElement, written: &AnyElement, path: &str) -> Result<(), String> {
    let path = format!("{path}/{}", sample.name().local);
    let attributes = |element: &AnyElement| {
        let attributes = element
            .attributes()
            .iter()
            .filter(|a| a.name.namespace != XMLNS);
        let mut pairs: Vec<_> = attributes
            .map(|a| {
                (
                    a.name.namespace.clone(),
                    a.name.local.clone(),
                    a.value.clone(),
                )
            })
            .collect();
        pairs.sort();
        pairs
    };
    let (mine, theirs) = (attributes(sample), attributes(written));
    if mine != theirs {
        return Err(format!(
            "{path}: the sample has the attributes {mine:?}, we write {theirs:?}"
        ));
    }
    let mut theirs = written.children();
    for child in sample.children() {
        let name = child.name();
        match theirs.next() {
            Some(other) if other.name().is(&name.namespace, &name.local) => {
                compare(child, other, &path)?;
            }
            other => {
                let other = other.map_or("nothing", |other| &other.name().local);
                return Err(format!(
                    "{path}: the sample has {}, we write {other}",
                    name.local
                ));
            }
        }
    }
    if let Some(more) = theirs.next() {
        return Err(format!(
            "{path}: we write {}, which the sample has not",
            more.name().local
        ));
    }
    let (mine, theirs) = (sample.text(), written.text());
    if mine.trim() != theirs.trim() {
        return Err(format!(
            "{path}: the sample has `{}`, we write `{}`",
            mine.trim(),
            theirs.trim()
        ));
    }
    Ok(())
}

//! Identity constraints (Structures §3.11).

use std::collections::BTreeSet;
use std::sync::Arc;

use super::fill::{Fill, Schema};
use super::load::is_schema_markup;
use crate::contract::{ElementDeclaration, Id, IdentityConstraint, IdentityKind, QName};
use crate::frontend::xml::Element;

impl Fill<'_> {
    /// Notes the identity constraints of an element declaration. One without selector, fields or
    /// referred key constrains nothing and is left out.
    pub(super) fn identity_constraints(
        &mut self,
        schema: &Schema,
        id: Id<ElementDeclaration>,
        element: Element<'_>,
    ) {
        let children = || element.children().filter(|child| is_schema_markup(*child));
        let constraints: Vec<_> = children()
            .filter_map(|child| identity_constraint(schema, child))
            .collect();
        if !constraints.is_empty() {
            self.contract.identity_constraints.insert(id, constraints);
        }
    }
}

fn identity_constraint(schema: &Schema, element: Element<'_>) -> Option<IdentityConstraint> {
    let target = &schema.namespaces.target;
    let kind = match element.name() {
        "key" => IdentityKind::Key,
        "unique" => IdentityKind::Unique,
        "keyref" => {
            let refer = element.attribute("refer")?.trimmed();
            let (prefix, local) = refer.split_once(':').unwrap_or(("", refer));
            let namespace = match element.namespace_of(prefix) {
                Some(namespace) => Arc::from(namespace),
                None if schema.namespaces.chameleon => target.clone(),
                None => Arc::from(""),
            };
            IdentityKind::KeyReference(QName::new(namespace, local))
        }
        _ => return None,
    };
    let name = element.attribute("name")?.trimmed();
    let paths = |name: &'static str| {
        element
            .children()
            .filter(move |child| is_schema_markup(*child) && child.name() == name)
            .filter_map(|child| Some((child, child.attribute("xpath")?.value())))
    };
    let (_, selector) = paths("selector").next()?;
    let fields: Vec<String> = paths("field").map(|(_, path)| path.to_owned()).collect();
    if fields.is_empty() {
        return None;
    }
    let mut prefixes = BTreeSet::new();
    for (child, path) in paths("selector").chain(paths("field")) {
        prefixes.extend(prefixes_of(child, path));
    }
    Some(IdentityConstraint {
        name: QName::new(target.clone(), name),
        kind,
        selector: selector.to_owned(),
        fields,
        prefixes: prefixes.into_iter().collect(),
        span: element.name_span(),
    })
}

/// The prefixes that an XPath may use, and their namespaces.
fn prefixes_of(element: Element<'_>, path: &str) -> Vec<(Arc<str>, Arc<str>)> {
    let is_end = |c: char| c.is_whitespace() || "/|@:.*()".contains(c);
    let before_colon = path.match_indices(':').map(|(at, _)| &path[..at]);
    before_colon
        .filter_map(|before| before.trim_end().rsplit(is_end).next())
        .filter(|word| !word.is_empty())
        .filter_map(|word| Some((Arc::from(word), Arc::from(element.namespace_of(word)?))))
        .collect()
}

//! Simple type definitions (Structures §3.14.2, §3.14.3).

use super::document::flag;
use super::read::Reader;
use super::{FacetMarkup, SimpleDefinition, TypeId};
use crate::contract::XML_SCHEMA;
use crate::frontend::xml::Element as Xml;

/// The facets of XML Schema 1.0.
const FACETS: [&str; 12] = [
    "enumeration",
    "fractionDigits",
    "length",
    "maxExclusive",
    "maxInclusive",
    "maxLength",
    "minExclusive",
    "minInclusive",
    "minLength",
    "pattern",
    "totalDigits",
    "whiteSpace",
];

impl<'a> Reader<'_, 'a> {
    /// `None` if the type says nothing that can be understood.
    pub(super) fn simple_type(&mut self, xml: Xml<'a>) -> Option<SimpleDefinition<'a>> {
        let step = xml
            .children_in(XML_SCHEMA)
            .find(|child| ["restriction", "list", "union"].contains(&child.name()))?;
        match step.name() {
            "restriction" => Some(SimpleDefinition::Restriction {
                base: self.one_type(step, "base", "src-simple-type.2"),
                facets: facets(step),
            }),
            "list" => {
                let item = self.one_type(step, "itemType", "src-simple-type.3");
                Some(SimpleDefinition::List(item))
            }
            _ => Some(self.union(step)),
        }
    }

    /// The type that an attribute names or a child is: one of the two.
    fn one_type(&mut self, step: Xml<'a>, attribute: &str, rule: &'static str) -> Option<TypeId> {
        let named = step.attribute(attribute);
        let child = inline(step);
        if named.is_some() == child.is_some() {
            let (what, help) = if named.is_some() {
                ("both", "leave one of the two out".to_owned())
            } else {
                ("neither", format!("add {attribute}=\"…\""))
            };
            self.report.find(
                rule,
                step.span(),
                format!(
                    "`{}` has {what} `{attribute}` and xs:simpleType",
                    step.name()
                ),
                help,
            );
        }
        match (named, child) {
            (Some(named), _) if attribute == "base" => self.base_reference(step, named),
            (Some(named), _) => self.type_reference(step, named),
            (None, Some(child)) => Some(self.anonymous_type(child)),
            (None, None) => None,
        }
    }

    fn union(&mut self, step: Xml<'a>) -> SimpleDefinition<'a> {
        let mut members = Vec::new();
        if let Some(named) = step.attribute("memberTypes") {
            for word in named.trimmed().split_whitespace() {
                members.push(self.type_word(step, named, word));
            }
        }
        let children = step.children_in(XML_SCHEMA);
        for child in children.filter(|child| child.name() == "simpleType") {
            members.push(Some(self.anonymous_type(child)));
        }
        if members.is_empty() {
            self.report.find(
                "src-union-memberTypes-or-simpleTypes",
                step.span(),
                "the union has no member types",
                "add memberTypes=\"…\", or xs:simpleType inside of it",
            );
        }
        SimpleDefinition::Union(members)
    }
}

/// The type inside of a restriction, list or declaration.
pub(super) fn inline(xml: Xml<'_>) -> Option<Xml<'_>> {
    xml.children_in(XML_SCHEMA)
        .find(|child| child.name() == "simpleType")
}

/// The facets of a restriction, in order.
pub(super) fn facets(step: Xml<'_>) -> Vec<FacetMarkup<'_>> {
    let children = step.children_in(XML_SCHEMA);
    children
        .filter(|child| FACETS.contains(&child.name()))
        .filter_map(|child| {
            let value = child.attribute("value")?;
            Some(FacetMarkup {
                xml: child,
                name: child.name(),
                value: value.value(),
                fixed: flag(child, "fixed"),
                span: value.span(),
            })
        })
        .collect()
}

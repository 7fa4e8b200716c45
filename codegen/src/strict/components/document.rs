//! What a schema document says for all of its components.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::contract::{DerivationSet, XML_SCHEMA};
use crate::frontend::xml::Element as Xml;
use crate::source::Span;
use crate::strict::SchemaDocument;

/// A schema document, for one target namespace.
pub(super) struct Document<'a> {
    pub(super) xml: Xml<'a>,
    pub(super) target: Arc<str>,
    pub(super) chameleon: bool,
    /// The namespaces whose components may be referred to.
    pub(super) visible: BTreeSet<&'a str>,
    pub(super) qualified_elements: bool,
    pub(super) qualified_attributes: bool,
    pub(super) block_default: DerivationSet,
    pub(super) final_default: DerivationSet,
    /// Whether an `include` or `redefine` leads nowhere.
    pub(super) incomplete: bool,
}

impl<'a> Document<'a> {
    pub(super) fn new(schema: &SchemaDocument<'a>, missing: &BTreeSet<Span>) -> Self {
        let xml = schema.element;
        let qualified = |name| {
            xml.attribute(name)
                .is_some_and(|form| form.trimmed() == "qualified")
        };
        let imports = xml
            .children_in(XML_SCHEMA)
            .filter(|child| child.name() == "import");
        let mut incomplete = false;
        for child in xml.children_in(XML_SCHEMA) {
            if ["include", "redefine", "override"].contains(&child.name()) {
                let place = child.attribute("schemaLocation");
                let span = place.map_or(child.span(), |place| place.span());
                // What XML Schema 1.1 overrides is not read here.
                incomplete |= child.name() == "override" || missing.contains(&span);
            }
        }
        Self {
            xml,
            target: schema.target.clone(),
            chameleon: schema.chameleon,
            visible: imports
                .map(|import| {
                    import
                        .attribute("namespace")
                        .map_or("", |namespace| namespace.trimmed())
                })
                .collect(),
            qualified_elements: qualified("elementFormDefault"),
            qualified_attributes: qualified("attributeFormDefault"),
            block_default: set(xml, "blockDefault").unwrap_or_default(),
            final_default: set(xml, "finalDefault").unwrap_or_default(),
            incomplete,
        }
    }
}

/// A set of derivation methods; what is no method is left out, for the grammar has reported it.
pub(super) fn set(xml: Xml<'_>, name: &str) -> Option<DerivationSet> {
    let text = xml.attribute(name)?.trimmed();
    let has = |word| text == "#all" || text.split_whitespace().any(|found| found == word);
    Some(DerivationSet {
        extension: has("extension"),
        restriction: has("restriction"),
        substitution: has("substitution"),
        list: has("list"),
        union: has("union"),
    })
}

/// A flag.
pub(super) fn flag(xml: Xml<'_>, name: &str) -> bool {
    xml.attribute(name)
        .is_some_and(|value| ["true", "1"].contains(&value.trimmed()))
}

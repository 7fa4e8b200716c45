//! Identity constraints (Structures §3.11.6).

use super::{Facts, xpath};
use crate::contract::XML_SCHEMA;
use crate::frontend::xml::Element as Xml;
use crate::strict::report::Report;

impl Facts<'_, '_> {
    /// Checks paths, and what keyrefs refer to.
    pub(super) fn identity(&self, report: &mut Report) {
        for constraint in &self.components.constraints {
            for child in constraint.xml.children_in(XML_SCHEMA) {
                if ["selector", "field"].contains(&child.name()) {
                    path(child, report);
                }
            }
            let Some((Some(key), span)) = constraint.refer else {
                continue;
            };
            let key = &self.components.constraints[key.0];
            if key.is_reference {
                report.find(
                    "c-props-correct.1",
                    span,
                    "a keyref refers to another keyref",
                    "name an xs:key or xs:unique",
                );
            } else if key.fields != constraint.fields {
                report.find(
                    "c-props-correct.2",
                    span,
                    format!(
                        "a keyref with {} fields refers to a key with {}",
                        constraint.fields, key.fields
                    ),
                    "give both as many fields, in the same order",
                );
            }
        }
    }
}

fn path(xml: Xml<'_>, report: &mut Report) {
    let Some(xpath) = xml.attribute("xpath") else {
        return;
    };
    let is_field = xml.name() == "field";
    let bound = |prefix: &str| xml.namespace_of(prefix).is_some();
    if let Some(wrong) = xpath::wrong(xpath.value(), is_field, bound) {
        let (rule, help) = if is_field {
            (
                "c-fields-xpaths",
                "write paths of children, the last of which may be an attribute: `a/b/@c`",
            )
        } else {
            (
                "c-selector-xpath",
                "write paths of children: `a/b`, `.//a`, `p:*`",
            )
        };
        report.find(
            rule,
            xpath.span(),
            format!("`{}` has {wrong}", xpath.value()),
            help,
        );
    }
}

//! Complex type definitions (Structures §3.4.2, §3.4.3).

use super::document::flag;
use super::read::Reader;
use super::simple_type::{facets, inline};
use super::{ANY_TYPE, ComplexType, ContentMarkup};
use crate::contract::{DerivationMethod, XML_SCHEMA};
use crate::frontend::xml::Element as Xml;

impl<'a> Reader<'_, 'a> {
    pub(super) fn complex_type(&mut self, xml: Xml<'a>) -> ComplexType<'a> {
        let content = xml
            .children_in(XML_SCHEMA)
            .find(|child| ["simpleContent", "complexContent"].contains(&child.name()));
        let step = content.and_then(|content| {
            let mut children = content.children_in(XML_SCHEMA);
            children.find(|child| ["restriction", "extension"].contains(&child.name()))
        });
        let (Some(content), Some(step)) = (content, step) else {
            return ComplexType {
                base: Some(ANY_TYPE).filter(|_| content.is_none()),
                method: DerivationMethod::Restriction,
                base_span: xml.name_span(),
                mixed: flag(xml, "mixed"),
                content: ContentMarkup::Complex(self.content_particle(xml)),
                attributes: self.attribute_uses(xml),
            };
        };
        let named = step.attribute("base");
        let base = named.and_then(|named| self.base_reference(step, named));
        let method = match step.name() {
            "extension" => DerivationMethod::Extension,
            _ => DerivationMethod::Restriction,
        };
        let mixed = if content.attribute("mixed").is_some() {
            flag(content, "mixed")
        } else {
            flag(xml, "mixed")
        };
        let stated = if content.name() == "simpleContent" {
            let inline = inline(step).map(|inline| self.anonymous_type(inline));
            ContentMarkup::Simple {
                inline,
                facets: facets(step),
            }
        } else {
            ContentMarkup::Complex(self.content_particle(step))
        };
        ComplexType {
            base,
            method,
            base_span: named.map_or(step.span(), |named| named.span()),
            mixed,
            content: stated,
            attributes: self.attribute_uses(step),
        }
    }
}

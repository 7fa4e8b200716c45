//! The grammar of schema documents: which elements and attributes stand where, and what attributes
//! may say. Rule ids begin with `s4s-`, for the schema for schemas (Structures, appendix A).

mod datatypes;
mod lexical;
mod markup;
mod structures;

use std::collections::HashSet;

pub(super) use self::lexical::is_qname;

use self::lexical::Lexical;
use self::markup::{Markup, Slot};
use self::structures::SCHEMA;
use super::report::Report;
use super::{SchemaDocument, elements};
use crate::contract::XML_SCHEMA;
use crate::frontend::xml::Element;
use crate::namespace::XML;
use crate::source::DocumentId;

/// Elements that XML Schema 1.1 adds.
const LATER_ELEMENTS: [&str; 7] = [
    "alternative",
    "assert",
    "assertion",
    "defaultOpenContent",
    "explicitTimezone",
    "openContent",
    "override",
];

/// Attributes that XML Schema 1.1 adds.
const LATER_ATTRIBUTES: [&str; 8] = [
    "appliesToEmpty",
    "defaultAttributes",
    "defaultAttributesApply",
    "inheritable",
    "notNamespace",
    "notQName",
    "targetNamespace",
    "xpathDefaultNamespace",
];

/// Checks each document once, whatever namespaces it is read for.
pub(super) fn check(schemas: &[SchemaDocument<'_>], report: &mut Report) {
    for element in elements(schemas) {
        if element.namespace() != XML_SCHEMA {
            report.other_version(
                "s4s-elt-schema-ns",
                element.span(),
                format!("`{}` is a working draft of XML Schema", element.namespace()),
            );
            continue;
        }
        let mut walk = Walk {
            report,
            ids: HashSet::new(),
        };
        walk.element(element, &SCHEMA);
    }
}

struct Walk<'r, 'a> {
    report: &'r mut Report,
    ids: HashSet<(DocumentId, &'a str)>,
}

impl<'a> Walk<'_, 'a> {
    fn element(&mut self, element: Element<'a>, markup: &'static Markup) {
        self.attributes(element, markup);
        if markup.open {
            return;
        }
        if let Some(span) = element.stray_text() {
            self.report.find(
                "s4s-elt-character",
                span,
                format!("text has no place in `{}`", markup.name),
                "put it in xs:documentation, or in a comment",
            );
        }
        self.children(element, markup);
    }

    fn attributes(&mut self, element: Element<'a>, markup: &'static Markup) {
        for (name, span) in element.attributes_of("") {
            let Some(known) = markup.attributes.iter().find(|known| known.name == name) else {
                let message = format!("`{}` has no attribute `{name}` here", markup.name);
                if LATER_ATTRIBUTES.contains(&name) {
                    self.report
                        .other_version("s4s-att-not-allowed", span, message);
                } else {
                    let allowed: Vec<_> = { markup.attributes.iter() }
                        .map(|known| known.name)
                        .collect();
                    self.report.find(
                        "s4s-att-not-allowed",
                        span,
                        message,
                        format!("it may have `{}`", allowed.join("`, `")),
                    );
                }
                continue;
            };
            let Some(attribute) = element.attribute(name) else {
                continue;
            };
            self.value(
                known.name,
                known.lexical,
                attribute.trimmed(),
                attribute.span(),
            );
            if known.lexical == Lexical::Id
                && !self.ids.insert((element.document(), attribute.trimmed()))
            {
                self.report.find(
                    "s4s-att-invalid-value",
                    attribute.span(),
                    format!("the id `{}` is there twice", attribute.trimmed()),
                    "ids are unique in a document: choose another one",
                );
            }
        }
        for (name, span) in element.attributes_of(XML_SCHEMA) {
            self.report.find(
                "s4s-att-not-allowed",
                span,
                format!("attributes of XML Schema have no namespace, and `{name}` has one"),
                "write it without a prefix",
            );
        }
        for known in markup.attributes.iter().filter(|known| known.required) {
            if element.attribute(known.name).is_none() {
                self.report.find(
                    "s4s-att-must-appear",
                    element.span(),
                    format!("`{}` has no `{}`", markup.name, known.name),
                    format!("add {}=\"…\"", known.name),
                );
            }
        }
        if let Some(language) = element.attribute_in(XML, "lang") {
            self.value(
                "xml:lang",
                markup::LANGUAGE,
                language.trimmed(),
                language.span(),
            );
        }
    }

    fn value(&mut self, name: &str, lexical: Lexical, value: &str, span: crate::source::Span) {
        if let Some(expected) = lexical.wrong(value) {
            self.report.find(
                "s4s-att-invalid-value",
                span,
                format!("`{value}` is no value of `{name}`"),
                format!("write {expected}"),
            );
        }
    }

    fn children(&mut self, element: Element<'a>, markup: &'static Markup) {
        let slots = chosen(element, markup);
        let mut at = 0;
        let mut count = 0;
        let mut broken = false;
        for child in element.children() {
            if child.namespace() == XML_SCHEMA && LATER_ELEMENTS.contains(&child.name()) {
                self.report.other_version(
                    "s4s-elt-invalid-content.1",
                    child.span(),
                    format!("XML Schema 1.0 has no `{}`", child.name()),
                );
                continue;
            }
            let is_schema = child.namespace() == XML_SCHEMA;
            let fits = |slot: &Slot| choice(slot, child).filter(|_| is_schema);
            let mut found = None;
            let mut next = at;
            while let Some(slot) = slots.get(next) {
                let full = next == at && count > 0 && !slot.is_repeated();
                if let Some(markup) = fits(slot).filter(|_| !full) {
                    found = Some(markup);
                    break;
                }
                if slot.is_required() && !(next == at && count > 0) {
                    break;
                }
                next += 1;
            }
            if let Some(markup) = found {
                count = if next == at { count + 1 } else { 1 };
                at = next;
                self.element(child, markup);
                continue;
            }
            let elsewhere = markup
                .content
                .iter()
                .flat_map(|slots| slots.iter())
                .find_map(fits);
            let (rule, message) = match elsewhere {
                Some(_) => (
                    "s4s-elt-must-match.1",
                    format!(
                        "`{}` stands in `{}` too late, too early or too often",
                        child.name(),
                        markup.name
                    ),
                ),
                None => (
                    "s4s-elt-invalid-content.1",
                    format!("`{}` has no place in `{}`", child.name(), markup.name),
                ),
            };
            broken = true;
            self.report.find(
                rule,
                child.span(),
                message,
                format!("the content of `{}` is {}", markup.name, markup.model),
            );
            if let Some(markup) = elsewhere {
                self.element(child, markup);
            }
        }
        let missing = slots.iter().enumerate().find(|(number, slot)| {
            slot.is_required() && (*number > at || *number == at && count == 0)
        });
        if let (Some((_, slot)), false) = (missing, broken) {
            let names: Vec<_> = { slot.1.iter() }.map(|kind| kind.markup().name).collect();
            self.report.find(
                "s4s-elt-must-match.2",
                element.span(),
                format!("`{}` has no {} in it", markup.name, names.join(" or ")),
                format!("the content of `{}` is {}", markup.name, markup.model),
            );
        }
    }
}

fn choice(slot: &Slot, child: Element<'_>) -> Option<&'static Markup> {
    { slot.1.iter() }
        .map(|kind| kind.markup())
        .find(|choice| choice.name == child.name())
}

/// The content model that the children are to be held against.
fn chosen(element: Element<'_>, markup: &'static Markup) -> &'static [Slot] {
    let first = element
        .children()
        .find(|child| child.name() != "annotation");
    let starts = |slots: &&'static [Slot]| {
        first.is_some_and(|first| {
            slots
                .get(1)
                .is_some_and(|slot| choice(slot, first).is_some())
        })
    };
    let mut models = markup.content.iter().copied();
    models
        .clone()
        .find(starts)
        .or(models.next_back())
        .unwrap_or_default()
}

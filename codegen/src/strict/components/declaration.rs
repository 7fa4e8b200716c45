//! Element declarations and identity constraints (Structures §3.3, §3.11).

use std::sync::Arc;

use super::document::{flag, set};
use super::read::Reader;
use super::{ANY_TYPE, ConstraintId, Element, ElementId, IdentityConstraint, Term, TypeId};
use crate::contract::{DerivationSet, QName, XML_SCHEMA};
use crate::frontend::xml::Element as Xml;
use crate::source::Span;

impl Element<'_> {
    /// A declaration of which no more than the name is known yet.
    pub(super) fn plain(name: QName, global: bool, span: Span) -> Self {
        Self {
            name,
            global,
            type_: None,
            typed_by_head: false,
            nillable: false,
            abstract_: false,
            value: None,
            head: None,
            block: DerivationSet::default(),
            final_: DerivationSet::default(),
            constraints: Vec::new(),
            span,
        }
    }
}

impl<'a> Reader<'_, 'a> {
    pub(super) fn global_element(&mut self, id: ElementId, xml: Xml<'a>) {
        let head = xml
            .attribute("substitutionGroup")
            .map(|head| self.element_reference(xml, head));
        let element = &mut self.components.elements[id.0];
        element.head = head.flatten();
        element.abstract_ = flag(xml, "abstract");
        let final_default = self.documents[self.document].final_default;
        self.components.elements[id.0].final_ = set(xml, "final").unwrap_or(final_default);
        self.fill_element(id, xml, head.is_some());
    }

    fn fill_element(&mut self, id: ElementId, xml: Xml<'a>, has_head: bool) {
        let type_ = self.element_type(xml);
        let value = self.value_constraint(xml, "src-element.1");
        let block_default = self.documents[self.document].block_default;
        let constraints = self.identity_constraints(xml);
        let element = &mut self.components.elements[id.0];
        match type_ {
            Some(type_) => element.type_ = type_,
            None if has_head => element.typed_by_head = element.head.is_some(),
            None => element.type_ = Some(ANY_TYPE),
        }
        element.value = value;
        element.nillable = flag(xml, "nillable");
        element.block = set(xml, "block").unwrap_or(block_default);
        element.constraints = constraints;
    }

    /// The type, `None` if none is said.
    fn element_type(&mut self, xml: Xml<'a>) -> Option<Option<TypeId>> {
        let named = xml.attribute("type");
        let child = inline(xml);
        if let (Some(named), Some(_)) = (named, child) {
            self.report.find(
                "src-element.3",
                named.span(),
                "the element has both `type` and a type inside of it",
                "leave one of the two out",
            );
        }
        match (named, child) {
            (Some(named), _) => Some(self.type_reference(xml, named)),
            (None, Some(child)) => Some(Some(self.anonymous_type(child))),
            (None, None) => None,
        }
    }

    /// A local declaration, or a reference.
    pub(super) fn element_particle(&mut self, xml: Xml<'a>) -> Option<(Term, Span)> {
        let reference = xml.attribute("ref");
        if reference.is_some() == xml.attribute("name").is_some() {
            self.report.find(
                "src-element.2.1",
                xml.span(),
                "an element has either `name` or `ref`",
                "declare it by its name, or refer to another declaration",
            );
            return None;
        }
        let Some(reference) = reference else {
            let id = self.local_element(xml);
            return Some((Term::Element(Some(id)), xml.name_span()));
        };
        let beside = ["nillable", "default", "fixed", "form", "block", "type"]
            .into_iter()
            .find_map(|name| Some((xml.attribute(name)?.span(), name)))
            .or_else(|| {
                let mut children = xml.children_in(XML_SCHEMA);
                let child = children.find(|child| child.name() != "annotation")?;
                Some((child.span(), child.name()))
            });
        if let Some((span, name)) = beside {
            self.report.find(
                "src-element.2.2",
                span,
                format!("`{name}` beside `ref`"),
                "the declaration that is referred to says it",
            );
        }
        let found = self.element_reference(xml, reference);
        Some((Term::Element(found), reference.span()))
    }

    fn local_element(&mut self, xml: Xml<'a>) -> ElementId {
        let document = &self.documents[self.document];
        let qualified = match xml.attribute("form") {
            Some(form) => form.trimmed() == "qualified",
            None => document.qualified_elements,
        };
        let namespace: Arc<str> = match qualified {
            true => document.target.clone(),
            false => "".into(),
        };
        let local = xml.attribute("name").map_or("", |name| name.trimmed());
        let name = QName::new(namespace, local);
        let id = self.add_element(Element::plain(name, false, xml.name_span()));
        self.fill_element(id, xml, false);
        id
    }

    fn identity_constraints(&mut self, xml: Xml<'a>) -> Vec<ConstraintId> {
        let mut found = Vec::new();
        for child in xml.children_in(XML_SCHEMA) {
            if !["unique", "key", "keyref"].contains(&child.name()) {
                continue;
            }
            let fields = child.children_in(XML_SCHEMA);
            let id = self.add_constraint(IdentityConstraint {
                xml: child,
                fields: fields.filter(|child| child.name() == "field").count(),
                is_reference: child.name() == "keyref",
                refer: None,
            });
            if child.name() == "keyref" {
                self.refers.push((id, self.document, child));
            }
            found.push(id);
            let Some(name) = child.attribute("name") else {
                continue;
            };
            let target = self.documents[self.document].target.clone();
            let key = QName::new(target, name.trimmed());
            if self
                .components
                .symbols
                .constraints
                .insert(key, id)
                .is_some()
            {
                self.report.find(
                    "sch-props-correct.2",
                    name.span(),
                    format!("there are two identity constraints `{}`", name.trimmed()),
                    "their names are unique in a target namespace: rename one of the two",
                );
            }
        }
        found
    }
}

/// The type inside of a declaration.
fn inline(xml: Xml<'_>) -> Option<Xml<'_>> {
    xml.children_in(XML_SCHEMA)
        .find(|child| ["simpleType", "complexType"].contains(&child.name()))
}

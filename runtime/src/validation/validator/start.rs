//! The start of an element: what it is held against.

use std::borrow::Cow;
use std::collections::HashMap;

use super::super::component::{ElementId, Methods, TypeId};
use super::super::content::Matched;
use super::super::datatype::Scope;
use super::super::effective::EffectiveContent;
use super::super::identity::AttributeValue;
use super::super::names::{NameId, shown};
use super::super::wildcard::{ProcessContents, Wildcard};
use super::attributes::Attribute;
use super::{Checking, Elements, Frame, Root, Validator};

/// What an element is held against.
#[derive(Clone, Copy, Debug)]
enum Governed {
    Skip,
    Element(ElementId),
    Type(TypeId),
    /// A wildcard, or the root: what is declared of the name, and else what `xsi:type` says.
    Declared(ProcessContents),
    /// Of a SOAP message.
    Part(Part),
}

#[derive(Clone, Copy, Debug)]
enum Part {
    Envelope,
    Body,
}

/// What is wrong with a child.
struct Misplaced {
    rule: &'static str,
    message: String,
}

impl<'s, 'a> Validator<'s, 'a> {
    pub(super) fn start(&mut self, root: Root) {
        let schema = self.schema;
        let local = self.reader.local();
        let (name, namespace) = {
            let namespace = self.reader.name().namespace;
            match schema.names.find(namespace, local) {
                Some(name) => (Some(name), Cow::Borrowed(schema.names.namespace(name))),
                None => (None, Cow::Owned(namespace.to_owned())),
            }
        };
        let is_root = self.frames.is_empty();
        let mut governed = match root {
            Root::Global => Governed::Declared(ProcessContents::Strict),
            Root::Element(id) => Governed::Element(id),
            Root::Type(id) => Governed::Type(id),
            Root::Body => Governed::Part(Part::Envelope),
        };
        let mut misplaced = None;
        let mut index = 1;
        if let Some(parent) = self.frames.last_mut() {
            let count = parent.children.entry(local).or_default();
            *count += 1;
            index = *count;
            parent.has_child = true;
            (governed, misplaced) = child(schema, parent, name, &namespace, local);
            if misplaced.is_some() && std::mem::replace(&mut parent.reported, true) {
                misplaced = None;
            }
        }
        self.frames.push(Frame {
            local,
            index,
            children: HashMap::new(),
            checking: Checking::Skip,
            element: None,
            value: None,
            secret: false,
            nil: false,
            text: Cow::Borrowed(""),
            has_text: false,
            has_child: false,
            reported: false,
        });
        if let Some(Misplaced { rule, message }) = misplaced {
            self.report(rule, message);
        }
        if let (Governed::Element(id), true) = (governed, is_root) {
            governed = self.root_element(id, name, &namespace, local);
        }
        self.govern(governed, name, &namespace);
    }

    /// The root where it must be a certain element, or one that stands for it.
    fn root_element(
        &mut self,
        id: ElementId,
        name: Option<NameId>,
        namespace: &str,
        local: &str,
    ) -> Governed {
        let schema = self.schema;
        let wanted = schema.element(id).name;
        if name == Some(wanted) {
            return Governed::Element(id);
        }
        let member = name.and_then(|name| schema.global_elements.get(&name).copied());
        if let Some(member) = member
            && schema.is_in_group(member, id)
        {
            return Governed::Element(member);
        }
        let message = format!(
            "`{}` where `{}` is expected",
            shown(namespace, local),
            schema.names.shown(wanted)
        );
        self.report("cvc-elt.1", message);
        Governed::Skip
    }

    /// Checks the start tag of the current element, and says how its content is checked.
    fn govern(&mut self, governed: Governed, name: Option<NameId>, namespace: &str) {
        let schema = self.schema;
        let attributes = match governed {
            Governed::Skip | Governed::Part(_) => {
                // Identity constraints see it, without a value.
                let findings = self.scopes.start(schema, (name, namespace), &[], &[]);
                self.report_findings(findings);
                if let (Governed::Part(part), Some(frame)) = (governed, self.frames.last_mut()) {
                    frame.checking = match part {
                        Part::Envelope => Checking::Envelope,
                        Part::Body => Checking::Body,
                    };
                }
                return;
            }
            _ => self.attributes(),
        };
        let mut element = None;
        let mut declared = schema.any_type;
        let mut is_lax = false;
        match governed {
            Governed::Skip | Governed::Part(_) => {}
            Governed::Element(id) => element = Some(id),
            Governed::Type(id) => declared = Some(id),
            Governed::Declared(process) => {
                element = name.and_then(|name| schema.global_elements.get(&name).copied());
                is_lax = element.is_none();
                let says_type = attributes.iter().any(|attribute| attribute.is_xsi("type"));
                if is_lax && process == ProcessContents::Strict && !says_type {
                    self.report_undeclared(namespace);
                }
            }
        }
        let declaration = element.map(|id| schema.element(id));
        let mut barred = Methods::default();
        if let Some(declaration) = declaration {
            declared = Some(declaration.type_);
            barred = declaration.block.union(schema.prohibited(declaration));
            if declaration.abstract_ {
                let message = "is abstract: an element that may stand for it is expected";
                self.report("cvc-elt.2", message);
            }
        } else if let Some(complex) = declared.and_then(|id| schema.complex(id)) {
            barred = complex.block;
        }
        let mut type_ = declared;
        let mut is_known = true;
        if let Some(said) = attributes.iter().find(|attribute| attribute.is_xsi("type")) {
            let said = self.said_type(&said.value, declared, barred, is_lax);
            is_known = said.is_some();
            type_ = said.or(type_);
        }
        let mut nil = false;
        if let Some(said) = attributes.iter().find(|attribute| attribute.is_xsi("nil")) {
            nil = self.said_nil(said, element);
        }
        let frame_value = declaration.and_then(|declaration| declaration.value.as_ref());
        if let Some(frame) = self.frames.last_mut() {
            frame.element = element;
            frame.value = frame_value;
            frame.secret = declaration.is_some_and(|declaration| declaration.secret);
            frame.nil = nil;
        }
        if nil && frame_value.is_some_and(|value| value.fixed) {
            self.report(
                "cvc-elt.3.2.2",
                "is nil, and its declaration has a fixed value",
            );
        }
        let Some(type_) = type_ else { return };
        let values = self.check_attributes(type_, &attributes);
        let constraints = declaration.map_or(&[][..], |declaration| &declaration.constraints);
        let of_scope: Vec<AttributeValue<'_>> = { values.iter() }
            .map(|(name, namespace, value)| (*name, namespace.as_ref(), value.clone()))
            .collect();
        let scope = (name, namespace);
        let findings = self.scopes.start(schema, scope, constraints, &of_scope);
        self.report_findings(findings);
        if is_known {
            self.check_abstract(type_);
        }
        let checking = self.checking(type_, nil);
        if let Some(frame) = self.frames.last_mut() {
            frame.checking = checking;
        }
    }

    fn report_undeclared(&mut self, namespace: &str) {
        let local = self.reader.local();
        let name = shown(namespace, local);
        if self.frames.len() == 1 {
            let message = format!("the schema declares no global element `{name}`");
            self.report("cvc-elt.1", message);
        } else {
            let message = format!("the wildcard is strict, and no global element is `{name}`");
            self.report("cvc-assess-elt.1", message);
        }
    }

    /// The type that `xsi:type` says, if it may be said.
    fn said_type(
        &mut self,
        said: &str,
        declared: Option<TypeId>,
        barred: Methods,
        is_lax: bool,
    ) -> Option<TypeId> {
        let schema = self.schema;
        let trimmed = said.trim_matches([' ', '\t', '\r', '\n']);
        let (prefix, local) = trimmed.split_once(':').unwrap_or(("", trimmed));
        let is_name = crate::xml::is_ncname(local)
            && (crate::xml::is_ncname(prefix) || !trimmed.contains(':'));
        let namespace = self.reader.namespace_of(prefix).filter(|_| is_name);
        let Some(namespace) = namespace else {
            let said = crate::types::bounded(trimmed);
            let message = format!("`{said}` is not a QName, or its prefix is not bound");
            self.report_attribute("xsi:type", "cvc-elt.4.1", message);
            return None;
        };
        let name = schema.names.find(namespace, local);
        let found = name.and_then(|name| schema.global_types.get(&name).copied());
        let Some(found) = found else {
            if !is_lax {
                let message = format!("there is no type `{}`", shown(namespace, local));
                self.report_attribute("xsi:type", "cvc-elt.4.2", message);
            }
            return None;
        };
        match declared {
            Some(declared) if !schema.is_derived(found, declared, barred) => {
                let message = format!(
                    "the type `{}` is not derived from `{}`, or may not stand for it",
                    schema.type_(found).shown,
                    schema.type_(declared).shown
                );
                self.report_attribute("xsi:type", "cvc-elt.4.3", message);
                None
            }
            _ => Some(found),
        }
    }

    /// Whether the element is nil.
    fn said_nil(&mut self, said: &Attribute<'s, 'a>, element: Option<ElementId>) -> bool {
        let schema = self.schema;
        if element.is_some_and(|id| !schema.element(id).nillable) {
            let message = "xsi:nil on an element that cannot be nil";
            self.report("cvc-elt.3.1", message);
            return false;
        }
        match said.value.trim_matches([' ', '\t', '\r', '\n']) {
            "true" | "1" => true,
            "false" | "0" => false,
            other => {
                let message = format!("`{}` is not a boolean", crate::types::bounded(other));
                self.report_attribute("xsi:nil", "cvc-datatype-valid.1.2.1", message);
                false
            }
        }
    }

    fn check_abstract(&mut self, type_: TypeId) {
        let schema = self.schema;
        if let Some(complex) = schema.complex(type_)
            && complex.abstract_
        {
            let message = format!(
                "the type `{}` is abstract: say by xsi:type which one it is",
                schema.type_(type_).shown
            );
            self.report("cvc-type.2", message);
        }
    }

    /// How the content of an element is checked.
    fn checking(&mut self, type_: TypeId, nil: bool) -> Checking<'s> {
        let schema = self.schema;
        if nil {
            let simple = match schema
                .complex(type_)
                .map(|complex| schema.effective(complex))
            {
                Some(effective) => matches!(effective.content, EffectiveContent::Simple(_)),
                None => !schema.is_anything(type_),
            };
            return Checking::Nil { simple };
        }
        if schema.is_anything(type_) {
            return Checking::Anything;
        }
        let Some(complex) = schema.complex(type_) else {
            return Checking::Simple(type_);
        };
        let effective = schema.effective(complex);
        match &effective.content {
            EffectiveContent::Simple(type_) if schema.is_anything(*type_) => Checking::Anything,
            EffectiveContent::Simple(type_) => Checking::Simple(*type_),
            EffectiveContent::Empty if !effective.mixed && effective.open.is_none() => {
                Checking::Empty
            }
            _ => {
                let model = schema.model(complex);
                if model.too_large {
                    let message = "the content model is too large to be checked";
                    self.report("schema", message);
                    return Checking::Anything;
                }
                Checking::Elements(Elements {
                    model,
                    places: model.start(),
                    mixed: effective.mixed,
                    open: effective.open.as_ref(),
                })
            }
        }
    }
}

/// What a child of an element is held against, and what is wrong with its place.
fn child(
    schema: &super::Components,
    parent: &mut Frame<'_, '_>,
    name: Option<NameId>,
    namespace: &str,
    local: &str,
) -> (Governed, Option<Misplaced>) {
    let misplaced = |rule, message: String| (Governed::Skip, Some(Misplaced { rule, message }));
    let shown = || format!("`{}`", shown(namespace, local));
    match &mut parent.checking {
        Checking::Skip => (Governed::Skip, None),
        Checking::Envelope if local == "Body" => (Governed::Part(Part::Body), None),
        Checking::Envelope => (Governed::Skip, None),
        Checking::Body if local == "Fault" => (Governed::Skip, None),
        Checking::Body => (Governed::Declared(ProcessContents::Lax), None),
        Checking::Anything => (Governed::Declared(ProcessContents::Lax), None),
        Checking::Nil { .. } => misplaced("cvc-elt.3.2.1", "in an element that is nil".to_owned()),
        Checking::Empty => {
            let message = format!("{} in an element that must be empty", shown());
            misplaced("cvc-complex-type.2.1", message)
        }
        Checking::Simple(_) => {
            let message = format!("{} in an element that has a simple value", shown());
            let is_simple = parent
                .element
                .is_none_or(|id| schema.complex(schema.element(id).type_).is_none());
            let rule = match is_simple {
                true => "cvc-type.3.1.2",
                false => "cvc-complex-type.2.2",
            };
            misplaced(rule, message)
        }
        Checking::Elements(elements) => {
            let model = elements.model;
            match model.step(schema, &mut elements.places, name, namespace) {
                Some(Matched::Element(id)) => (Governed::Element(id), None),
                Some(Matched::Wildcard(wildcard)) => (by_wildcard(wildcard), None),
                None => {
                    let open = elements.open.filter(|open| {
                        let here = open.interleave || model.accepts(&elements.places);
                        here && open.wildcard.namespaces.allow(namespace)
                    });
                    if let Some(open) = open {
                        return (by_wildcard(&open.wildcard), None);
                    }
                    let expected = model.expected(schema, &elements.places);
                    let message = format!("{} where {expected} is expected", shown());
                    misplaced("cvc-complex-type.2.4", message)
                }
            }
        }
    }
}

fn by_wildcard(wildcard: &Wildcard) -> Governed {
    match wildcard.process {
        ProcessContents::Skip => Governed::Skip,
        process => Governed::Declared(process),
    }
}

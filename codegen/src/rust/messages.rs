//! Requests and responses: the elements of the body and the record in the innermost.

use super::content::named;
use super::docs;
use super::lower::{Lowering, Origin, Owner, Place, Unfilled};
use super::model::{ItemId, ItemKind, Message, ModuleId, QualifiedName, Record, Type};
use crate::contract::{
    Compositor, Content, Definition, ElementDeclaration, Id, Occurs, Presence, QName, Term,
    TypeDefinition,
};
use crate::resolve::{Call, Payload};

/// The name of an anonymous record at the end of a path: the innermost that is more than a word.
/// `return`, `result` and the like say nothing without what is around them.
fn telling(path: &[QualifiedName]) -> Option<&str> {
    let is_telling = |name: &&QualifiedName| super::names::snake(&name.local).contains('_');
    let name = path.iter().rev().find(is_telling).or_else(|| path.first());
    name.map(|name| name.local.as_str())
}

/// Wrappers deeper than this are records.
const WRAPPERS: usize = 8;

impl QualifiedName {
    pub(crate) fn of(name: &QName) -> Self {
        Self {
            namespace: name.namespace.to_string(),
            local: name.local.to_string(),
        }
    }
}

impl<'a> Lowering<'a> {
    /// A message of an operation, `Request of Find`. A wrapper around a single record adds an element
    /// to the path, not a type.
    pub(super) fn message(
        &mut self,
        call: &Call,
        payload: Payload,
        module: ModuleId,
        what: &str,
        operation: &str,
    ) -> Message {
        let stand_in = &format!("{what} of {}.", docs::code(operation));
        let mut element = match payload {
            Payload::Empty => {
                return Message {
                    type_: Type::Unit,
                    path: Vec::new(),
                };
            }
            Payload::Content(id) => {
                let item =
                    self.content_record(id, module, &format!("{operation} {what}"), stand_in);
                return Message {
                    type_: Type::Item(item),
                    path: Vec::new(),
                };
            }
            Payload::Element(element)
                if !call.encoded && call.http.is_none() && self.stands_for_others(element) =>
            {
                let item = self.open_message(element, module, what, operation, stand_in);
                return Message {
                    type_: Type::Item(item),
                    path: Vec::new(),
                };
            }
            Payload::Element(element) => element,
        };
        let mut path = vec![QualifiedName::of(
            &self.resolved.contract.elements[element].name,
        )];
        while let Some(inner) = self.wrapped(element).filter(|_| path.len() < WRAPPERS) {
            path.push(QualifiedName::of(
                &self.resolved.contract.elements[inner].name,
            ));
            element = inner;
        }
        let definition = self.resolved.contract.elements[element].type_definition;
        self.name_wrapper(element, what, operation, stand_in);
        if let (Some(word), false) = (telling(&path), self.by_type.contains_key(&definition))
            && self.resolved.contract.types[definition].name.is_none()
            && path.len() > 1
        {
            let module = self.modules.of(&path[0].namespace);
            let item = self.draft(module, Origin::Element(word.to_owned()));
            let annotation = self.resolved.contract.elements[element].annotation.clone();
            self.document(item, &annotation, || stand_in.to_owned());
            self.asked_for(item, definition);
        }
        Message {
            type_: Type::Item(self.root(element, Some(stand_in))),
            path,
        }
    }

    /// Whether a body may hold something else where this element is declared: a derived type by
    /// `xsi:type`, or a member of the element's substitution group.
    fn stands_for_others(&mut self, id: Id<ElementDeclaration>) -> bool {
        let element = &self.resolved.contract.elements[id];
        let definition = element.type_definition;
        element.abstract_
            || !self.resolved.substitutes(id).is_empty()
            || self.polymorphic(definition).is_some()
    }

    /// The record of a body whose element stands for others: that element is its only field, an enum,
    /// so that the record of a message stays a record.
    fn open_message(
        &mut self,
        id: Id<ElementDeclaration>,
        module: ModuleId,
        what: &str,
        operation: &str,
        stand_in: &str,
    ) -> ItemId {
        let name = format!("{operation} {what}");
        let key = (id, name.clone());
        if let Some(item) = self.by_open_message.get(&key) {
            return *item;
        }
        let element = &self.resolved.contract.elements[id];
        let item = self.draft(module, Origin::Message(name));
        self.by_open_message.insert(key, item);
        self.drafts[item.0].docs = vec![stand_in.to_owned()];
        let namespace = &*element.name.namespace;
        let owner = Owner {
            place: Place::In(item),
            namespace: Some(namespace),
            ..self.top(module, element.type_definition)
        };
        let draft = self.element(owner, id, Occurs::ONCE);
        let record = Record {
            namespace: namespace.to_owned(),
            fields: named(vec![draft]),
            constructor: owner.sent,
            ..Record::default()
        };
        self.finish(item, ItemKind::Record(record));
        item
    }

    /// The wrapper of rpc style of an overloaded operation is named as the operation is.
    fn name_wrapper(
        &mut self,
        id: Id<ElementDeclaration>,
        what: &str,
        operation: &str,
        stand_in: &str,
    ) {
        let contract = &self.resolved.contract;
        let element = &contract.elements[id];
        let definition = element.type_definition;
        let is_made = contract.types[definition].name.is_none()
            && contract.find_element(&element.name) != Some(id);
        if !is_made
            || what != "Request"
            || *element.name.local == *operation
            || !operation.starts_with(&*element.name.local)
            || self.by_type.contains_key(&definition)
        {
            return;
        }
        let module = self.modules.of(&element.name.namespace);
        let item = self.draft(module, Origin::Element(operation.to_owned()));
        self.drafts[item.0].docs = vec![stand_in.to_owned()];
        self.by_type.insert(definition, item);
        self.unfilled.push_back(Unfilled::Type(item, definition));
    }

    /// The record of a body without an element of its own.
    fn content_record(
        &mut self,
        id: Id<TypeDefinition>,
        module: ModuleId,
        name: &str,
        stand_in: &str,
    ) -> ItemId {
        if self.resolved.contract.types[id].name.is_some() {
            return self.named_record(id);
        }
        if let Some(item) = self.by_type.get(&id) {
            return *item;
        }
        let item = self.draft(module, Origin::Message(name.to_owned()));
        self.drafts[item.0].docs = vec![stand_in.to_owned()];
        self.by_type.insert(id, item);
        self.unfilled.push_back(Unfilled::Type(item, id));
        item
    }

    /// The single element of an element that only wraps it: required, not nillable, not repeated, with
    /// a record of its own that is no list.
    pub(super) fn wrapped(&self, id: Id<ElementDeclaration>) -> Option<Id<ElementDeclaration>> {
        let contract = &self.resolved.contract;
        let outer = contract.elements[id].type_definition;
        let Definition::Complex(complex) = &contract.types[outer].definition else {
            return None;
        };
        let effective = self.resolved.effective(outer);
        if !self.is_record(outer)
            || self.maps.has(outer)
            || self.unfolded.contains(&outer)
            || !effective.attributes.is_empty()
            || effective.any_attribute.is_some()
            || effective.mixed
            || !complex.rules.is_empty()
            || !self.resolved.derived(outer).is_empty()
        {
            return None;
        }
        let Content::Elements(particle) = &effective.content else {
            return None;
        };
        let Term::Group(group) = &particle.term else {
            return None;
        };
        let [only] = group.particles.as_slice() else {
            return None;
        };
        let Term::Element(inner) = only.term else {
            return None;
        };
        let is_choice = group.compositor == Compositor::Choice;
        if particle.occurs != Occurs::ONCE || only.occurs != Occurs::ONCE || is_choice {
            return None;
        }
        let element = &contract.elements[inner];
        let definition = element.type_definition;
        let is_elements = matches!(
            self.resolved.effective(definition).content,
            Content::Elements(_)
        );
        let is_plain = !element.nillable
            && !element.abstract_
            && element.annotation.presence == Presence::Proven
            && element.annotation.role.is_none()
            && self.resolved.substitutes(inner).is_empty()
            && self.resolved.derived(definition).is_empty();
        (is_plain && is_elements && self.is_record(definition) && !self.folds(definition))
            .then_some(inner)
    }

    /// The record of an element, whatever its type.
    pub(super) fn root(&mut self, id: Id<ElementDeclaration>, stand_in: Option<&str>) -> ItemId {
        let element = &self.resolved.contract.elements[id];
        let definition = &self.resolved.contract.types[element.type_definition];
        let any_type = self
            .resolved
            .contract
            .builtin(crate::contract::Builtin::AnyType);
        let is_complex = matches!(definition.definition, Definition::Complex(_));
        let undocumented = element.annotation.documentation.is_none()
            && definition.annotation.documentation.is_none();
        if is_complex && element.type_definition != any_type {
            if stand_in.is_some() {
                self.warn_of_derived(element.type_definition);
            }
            let known = self.by_type.contains_key(&element.type_definition);
            let item = self.element_record(element, None);
            if let Some(text) = stand_in.filter(|_| undocumented && !known) {
                self.drafts[item.0].docs = vec![text.to_owned()];
            }
            return item;
        }
        if let Some(item) = self.by_element.get(&id) {
            return *item;
        }
        let module = self.modules.of(&element.name.namespace);
        let item = self.draft(module, Origin::Element(element.name.local.to_string()));
        self.by_element.insert(id, item);
        self.document(item, &element.annotation, || match stand_in {
            Some(text) => text.to_owned(),
            None => format!("Element {}.", docs::code(&element.name.local)),
        });
        self.unfilled.push_back(Unfilled::Element(item, id));
        item
    }
}

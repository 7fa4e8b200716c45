//! The messages of the HTTP binding (WSDL 1.1 §4, §5): forms, documents, text and octets.

use super::calls::{Calls, Referred, missing_part};
use super::model::Payload;
use crate::contract::{
    Builtin, Definition, HttpAnswer, HttpContent, HttpOperation, Id, Location, Message, Operation,
    Part, PartContent, QName, TypeDefinition,
};
use crate::diagnostic::{Code, Diagnostic};

impl Calls<'_> {
    /// The request of an operation.
    pub(super) fn http_request(
        &mut self,
        operation: &Operation,
        http: &HttpOperation,
        referred: Referred<'_>,
    ) -> Payload {
        match http.content {
            HttpContent::Xml => self.document(operation, referred),
            HttpContent::Form | HttpContent::Json => self.form(referred),
        }
    }

    /// The answer of an operation.
    pub(super) fn http_response(
        &mut self,
        operation: &Operation,
        http: &HttpOperation,
        referred: Referred<'_>,
    ) -> Payload {
        let (builtin, location) = match http.answer {
            HttpAnswer::Document => return self.document(operation, referred),
            HttpAnswer::Text => (Builtin::String, Location::Body),
            HttpAnswer::Octets => (Builtin::Base64Binary, Location::Attachment),
        };
        let Some((message, part)) = self.only_part(operation, referred) else {
            return Payload::Empty;
        };
        let type_ = match part.content {
            PartContent::Type(type_) if location == Location::Body && self.is_simple(type_) => {
                type_
            }
            _ => self.contract.builtin(builtin),
        };
        self.record_of(message, &[(part, type_)], location)
    }

    /// A form or a query: a value for each part, by its name (WSDL 1.1 §4.5, §4.6). A single part that
    /// is an element with children, as Axis2 and gateways write it, is a value for each child.
    fn form(&mut self, (reference, _): Referred<'_>) -> Payload {
        let Some(reference) = reference else {
            return Payload::Empty;
        };
        let message = self.contract.messages[reference.message].clone();
        if let [
            Part {
                content: PartContent::Element(element),
                ..
            },
        ] = message.parts.as_slice()
            && !self.is_simple(self.contract.elements[*element].type_definition)
        {
            return Payload::Element(*element);
        }
        if message.parts.is_empty() {
            return Payload::Empty;
        }
        let parts: Vec<(Part, Id<TypeDefinition>)> = { message.parts.into_iter() }
            .map(|part| {
                let type_ = match part.content {
                    PartContent::Type(type_) => type_,
                    PartContent::Element(element) => {
                        self.contract.elements[element].type_definition
                    }
                };
                (part, type_)
            })
            .collect();
        self.record_of(reference.message, &parts, Location::Body)
    }

    /// An XML document: its root is the element of the part. For a part with a type it has the
    /// part's name.
    fn document(&mut self, operation: &Operation, referred: Referred<'_>) -> Payload {
        let Some((_, part)) = self.only_part(operation, referred) else {
            return Payload::Empty;
        };
        match part.content {
            PartContent::Element(element) => Payload::Element(element),
            PartContent::Type(type_) => {
                let name = QName::unqualified(part.name.as_str());
                Payload::Element(self.made.block(self.contract, name, &part, type_))
            }
        }
    }

    /// The part that is the body: the one that the binding names, or the first.
    fn only_part(
        &mut self,
        operation: &Operation,
        (reference, binding): Referred<'_>,
    ) -> Option<(Id<Message>, Part)> {
        let reference = reference.as_ref()?;
        let message = &self.contract.messages[reference.message];
        let named = binding.body.parts.as_ref().and_then(|parts| parts.first());
        let found = named.and_then(|name| message.parts.iter().find(|part| part.name == *name));
        if let (Some(name), None) = (named, found)
            && message.declared
        {
            let missing = missing_part(message, name, binding.body.span);
            self.diagnostics.push(missing);
        }
        let first = message.parts.first();
        if found.is_none() && message.parts.len() > 1 {
            let text = format!(
                "message `{}` of operation `{}` has {} parts, and its binding names none: only the \
                 first is sent or read",
                message.name.local,
                operation.name,
                message.parts.len()
            );
            self.diagnostics
                .push(Diagnostic::warning(Code::Unsupported, reference.span, text));
        }
        Some((reference.message, found.or(first)?.clone()))
    }

    fn record_of(
        &mut self,
        message: Id<Message>,
        parts: &[(Part, Id<TypeDefinition>)],
        location: Location,
    ) -> Payload {
        let span = { parts.first() }.map_or(self.contract.messages[message].span, |p| p.0.span);
        let mut children = Vec::new();
        for (part, type_) in parts {
            let made = &mut self.made;
            children.push(made.accessor(self.contract, message, part, *type_, location));
        }
        Payload::Content(self.made.record(self.contract, children, span))
    }

    fn is_simple(&self, type_: Id<TypeDefinition>) -> bool {
        !matches!(
            self.contract.types[type_].definition,
            Definition::Complex(_)
        )
    }
}

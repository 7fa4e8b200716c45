//! What messages hold that no schema declares: the wrapper of rpc style, the record of several
//! parts, elements around parts of a type (WSDL 1.1 §3.5–3.7).

use std::collections::BTreeMap;

use super::attachments::Attachments;
use super::calls::missing_part;
use super::model::Payload;
use crate::contract::{
    Annotation, ComplexType, Compositor, Content, Contract, Definition, ElementDeclaration, Id,
    Location, Message, MessageBinding, MessageReference, ModelGroup, Occurs, Part, PartContent,
    Particle, QName, Scope, Style, Term, TypeDefinition,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// What decides about the body of a message.
pub(super) struct Bound<'a> {
    pub(super) style: Style,
    /// The wrapper of rpc style.
    pub(super) wrapper: String,
    /// Whether the service answers with the message.
    pub(super) is_answer: bool,
    pub(super) binding: &'a MessageBinding,
    /// Whether parts travel where their annotations say, and not all in the body.
    pub(super) is_located: bool,
}

/// What was made so far: the same parts, bound alike, are the same elements, whichever binding asks.
#[derive(Default)]
pub(super) struct Made {
    accessors: BTreeMap<(Id<Message>, String, Location), Id<ElementDeclaration>>,
    blocks: BTreeMap<(QName, Id<TypeDefinition>), Id<ElementDeclaration>>,
    records: BTreeMap<Vec<Id<ElementDeclaration>>, Id<TypeDefinition>>,
    wrappers: BTreeMap<(QName, Vec<Id<ElementDeclaration>>), Id<ElementDeclaration>>,
    attachments: Attachments,
}

impl Made {
    /// The body of a message.
    pub(super) fn payload(
        &mut self,
        contract: &mut Contract,
        bound: &Bound<'_>,
        reference: &MessageReference,
        diagnostics: &mut Diagnostics,
    ) -> Payload {
        let id = reference.message;
        if !contract.messages[id].declared {
            return Payload::Empty;
        }
        let message = contract.messages[id].clone();
        let parts = body_parts(&message, reference, bound.binding, diagnostics);
        let attachments = self.attachments.of(
            contract,
            reference,
            bound.binding,
            bound.is_answer,
            diagnostics,
        );
        if bound.style == Style::Rpc {
            let namespace = bound.binding.body.namespace.clone();
            let namespace = namespace.unwrap_or_else(|| message.name.namespace.to_string());
            let name = QName::new(namespace, bound.wrapper.as_str());
            let mut children = self.children(contract, id, &parts, false);
            children.extend(attachments);
            return Payload::Element(self.wrapper(contract, name, children, message.span));
        }
        match parts.as_slice() {
            [] if attachments.is_empty() => Payload::Empty,
            [only] if attachments.is_empty() => match only.content {
                PartContent::Element(element) => Payload::Element(element),
                PartContent::Type(type_) => {
                    self.typed_body(contract, (id, bound.is_located), only, type_, diagnostics)
                }
            },
            all => {
                for part in &parts {
                    if matches!(part.content, PartContent::Type(_)) {
                        diagnostics.push(accessor_warning(part));
                    }
                }
                let span = all.get(1).map_or(message.span, |part| part.span);
                let mut children = self.children(contract, id, &parts, bound.is_located);
                children.extend(attachments);
                Payload::Content(self.record(contract, children, span))
            }
        }
    }

    /// A document-style body of one part with a type: the body is of that type. A body of text is
    /// none that SOAP allows, and `xs:anyType` says nothing: there the part gives an element.
    fn typed_body(
        &mut self,
        contract: &mut Contract,
        (message, is_located): (Id<Message>, bool),
        part: &Part,
        type_: Id<TypeDefinition>,
        diagnostics: &mut Diagnostics,
    ) -> Payload {
        let any_type = contract.builtin(crate::contract::Builtin::AnyType);
        let is_complex = matches!(contract.types[type_].definition, Definition::Complex(_));
        if is_complex && type_ != any_type {
            return Payload::Content(type_);
        }
        diagnostics.push(accessor_warning(part));
        let children = self.children(contract, message, std::slice::from_ref(part), is_located);
        Payload::Content(self.record(contract, children, part.span))
    }

    /// The elements of parts: declared ones, and for types unqualified ones of the parts' names.
    fn children(
        &mut self,
        contract: &mut Contract,
        message: Id<Message>,
        parts: &[Part],
        is_located: bool,
    ) -> Vec<Id<ElementDeclaration>> {
        let mut children = Vec::new();
        for part in parts {
            let location = match is_located {
                true => part.annotation.location,
                false => Location::Body,
            };
            children.push(match part.content {
                PartContent::Element(element) => element,
                PartContent::Type(type_) => self.accessor(contract, message, part, type_, location),
            });
        }
        children
    }

    /// The unqualified element of a part's name.
    pub(super) fn accessor(
        &mut self,
        contract: &mut Contract,
        message: Id<Message>,
        part: &Part,
        type_: Id<TypeDefinition>,
        location: Location,
    ) -> Id<ElementDeclaration> {
        let key = (message, part.name.clone(), location);
        *self.accessors.entry(key).or_insert_with(|| {
            let name = QName::unqualified(part.name.as_str());
            contract.elements.add(ElementDeclaration {
                annotation: Annotation {
                    location,
                    ..part.annotation.clone()
                },
                ..ElementDeclaration::plain(name, Scope::Local, type_, part.span)
            })
        })
    }

    /// The element of a header block, or of the detail of a fault, whose part has a type.
    pub(super) fn block(
        &mut self,
        contract: &mut Contract,
        name: QName,
        part: &Part,
        type_: Id<TypeDefinition>,
    ) -> Id<ElementDeclaration> {
        *self.blocks.entry((name.clone(), type_)).or_insert_with(|| {
            contract.elements.add(ElementDeclaration {
                annotation: part.annotation.clone(),
                ..ElementDeclaration::plain(name, Scope::Local, type_, part.span)
            })
        })
    }

    /// The wrapper of rpc style.
    fn wrapper(
        &mut self,
        contract: &mut Contract,
        name: QName,
        children: Vec<Id<ElementDeclaration>>,
        span: Span,
    ) -> Id<ElementDeclaration> {
        let key = (name, children);
        if let Some(known) = self.wrappers.get(&key) {
            return *known;
        }
        let type_ = add_record(contract, &key.1, &self.attachments, span);
        let element = ElementDeclaration::plain(key.0.clone(), Scope::Global, type_, span);
        let id = contract.elements.add(element);
        self.wrappers.insert(key, id);
        id
    }

    /// The type of a body with several children.
    pub(super) fn record(
        &mut self,
        contract: &mut Contract,
        children: Vec<Id<ElementDeclaration>>,
        span: Span,
    ) -> Id<TypeDefinition> {
        if let Some(known) = self.records.get(&children) {
            return *known;
        }
        let id = add_record(contract, &children, &self.attachments, span);
        self.records.insert(children, id);
        id
    }
}

fn accessor_warning(part: &Part) -> Diagnostic {
    Diagnostic::warning(
        Code::Unsupported,
        part.span,
        format!(
            "part `{}` of a document-style body has a type: it is sent as an unqualified element of \
             the part's name",
            part.name
        ),
    )
    .help("Basic Profile R2204 asks for `element` here")
}

/// The parts of the body: those listed, or all that no header and no attachment takes.
fn body_parts(
    message: &Message,
    reference: &MessageReference,
    binding: &MessageBinding,
    diagnostics: &mut Diagnostics,
) -> Vec<Part> {
    match &binding.body.parts {
        Some(listed) => listed
            .iter()
            .filter_map(|name| {
                let part = message.parts.iter().find(|part| part.name == *name);
                if part.is_none() {
                    diagnostics.push(missing_part(message, name, binding.body.span));
                }
                part.cloned()
            })
            .collect(),
        None => {
            let elsewhere = |part: &Part| {
                binding
                    .headers
                    .iter()
                    .any(|h| h.message == reference.message && h.part == part.name)
                    || binding.attachments.iter().any(|a| a.part == part.name)
            };
            message
                .parts
                .iter()
                .filter(|part| !elsewhere(part))
                .cloned()
                .collect()
        }
    }
}

/// An anonymous type: these elements in this order, each once, but for attachments that nobody knows.
fn add_record(
    contract: &mut Contract,
    children: &[Id<ElementDeclaration>],
    attachments: &Attachments,
    span: Span,
) -> Id<TypeDefinition> {
    let once = |term| Particle {
        occurs: Occurs::ONCE,
        term,
        span,
    };
    let particles: Vec<Particle> = { children.iter() }
        .map(|id| Particle {
            occurs: attachments.occurs(*id),
            ..once(Term::Element(*id))
        })
        .collect();
    let content = if particles.is_empty() {
        Content::Empty
    } else {
        Content::Elements(once(Term::Group(ModelGroup {
            compositor: Compositor::Sequence,
            particles,
        })))
    };
    contract.types.add(TypeDefinition {
        name: None,
        definition: Definition::Complex(ComplexType {
            content,
            ..ComplexType::default()
        }),
        annotation: Annotation::default(),
        span,
    })
}

//! The element in the body of a message: the one that a part names, or one made for rpc style and
//! for bodies of several parts (WSDL 1.1 §3.5, Basic Profile R2729, R2735).

use super::operations::missing_part;
use crate::contract::{
    Annotation, ComplexType, Compositor, Content, Contract, Definition, ElementDeclaration, Id,
    Message, MessageBinding, MessageReference, ModelGroup, Occurs, Operation, Part, PartContent,
    Particle, QName, Scope, Style, Term, TypeDefinition,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// What decides about the wrapper.
pub(super) struct Wrapper<'a> {
    pub(super) style: Style,
    pub(super) operation: &'a Operation,
    pub(super) response: bool,
    pub(super) binding: &'a MessageBinding,
}

pub(super) fn body_element(
    contract: &mut Contract,
    wrapper: &Wrapper<'_>,
    reference: &MessageReference,
    diagnostics: &mut Diagnostics,
) -> Option<Id<ElementDeclaration>> {
    let message = contract.messages[reference.message].clone();
    if !message.declared {
        return None;
    }
    let parts = body_parts(&message, reference, wrapper, diagnostics);
    if wrapper.style == Style::Rpc {
        return Some(rpc_wrapper(contract, wrapper, &parts, &message));
    }
    match parts.as_slice() {
        [] => None,
        [
            Part {
                content: PartContent::Element(element),
                ..
            },
        ] => Some(*element),
        [only] => {
            diagnostics.push(
                Diagnostic::warning(
                    Code::Unsupported,
                    only.span,
                    format!(
                        "part `{}` of a document-style body has a type: it is sent as an element \
                         of the part's name",
                        only.name
                    ),
                )
                .help("Basic Profile R2204 asks for `element` here"),
            );
            let PartContent::Type(type_definition) = only.content else {
                return None;
            };
            let name = QName::new(message.name.namespace.clone(), only.name.as_str());
            Some(add_element(
                contract,
                name,
                type_definition,
                only.annotation.clone(),
                only.span,
            ))
        }
        [first, ..] => {
            diagnostics.push(
                Diagnostic::warning(
                    Code::Unsupported,
                    reference.span,
                    format!(
                        "the body has {} parts; only the first, `{}`, is sent",
                        parts.len(),
                        first.name
                    ),
                )
                .help("Basic Profile R2201 allows one part in a document-style body"),
            );
            match first.content {
                PartContent::Element(element) => Some(element),
                PartContent::Type(_) => None,
            }
        }
    }
}

/// The parts of the body: those listed, or all that no header and no attachment takes.
fn body_parts(
    message: &Message,
    reference: &MessageReference,
    wrapper: &Wrapper<'_>,
    diagnostics: &mut Diagnostics,
) -> Vec<Part> {
    let binding = wrapper.binding;
    match &binding.body.parts {
        Some(listed) => listed
            .iter()
            .filter_map(|name| {
                let part = message.parts.iter().find(|part| part.name == *name);
                if part.is_none() {
                    diagnostics.push(missing_part(message, name, reference.span));
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

/// The wrapper of rpc style: named after the operation, its children after the parts, unqualified.
fn rpc_wrapper(
    contract: &mut Contract,
    wrapper: &Wrapper<'_>,
    parts: &[Part],
    message: &Message,
) -> Id<ElementDeclaration> {
    let namespace = wrapper
        .binding
        .body
        .namespace
        .clone()
        .unwrap_or_else(|| message.name.namespace.to_string());
    let suffix = if wrapper.response { "Response" } else { "" };
    let name = QName::new(namespace, format!("{}{suffix}", wrapper.operation.name));
    let particles = parts
        .iter()
        .map(|part| {
            let element = match part.content {
                PartContent::Element(element) => element,
                PartContent::Type(type_definition) => {
                    let name = QName::unqualified(part.name.as_str());
                    let annotation = part.annotation.clone();
                    let id = add_element(contract, name, type_definition, annotation, part.span);
                    contract.elements[id].scope = Scope::Local;
                    id
                }
            };
            Particle {
                occurs: Occurs::ONCE,
                term: Term::Element(element),
                span: part.span,
            }
        })
        .collect::<Vec<_>>();
    let content = if particles.is_empty() {
        Content::Empty
    } else {
        let group = ModelGroup {
            compositor: Compositor::Sequence,
            particles,
        };
        Content::Elements(Particle {
            occurs: Occurs::ONCE,
            term: Term::Group(group),
            span: message.span,
        })
    };
    let type_definition = contract.types.add(TypeDefinition {
        name: None,
        definition: Definition::Complex(ComplexType {
            content,
            ..ComplexType::default()
        }),
        annotation: Annotation::default(),
        span: message.span,
    });
    add_element(
        contract,
        name,
        type_definition,
        Annotation::default(),
        message.span,
    )
}

fn add_element(
    contract: &mut Contract,
    name: QName,
    type_definition: Id<TypeDefinition>,
    annotation: Annotation,
    span: crate::source::Span,
) -> Id<ElementDeclaration> {
    contract.elements.add(ElementDeclaration {
        annotation,
        ..ElementDeclaration::plain(name, Scope::Global, type_definition, span)
    })
}

//! What travels beside the envelope: the parts that `mime:multipartRelated` binds (WSDL 1.1 §5), and
//! binary data by MTOM, where a policy asks for it.

use std::collections::BTreeMap;

use super::calls::missing_part;
use crate::contract::{
    Annotation, Builtin, Contract, ElementDeclaration, Id, Location, Message, MessageBinding,
    MessageReference, Occurs, Policy, QName, Scope,
};
use crate::diagnostic::Diagnostics;

/// What WS-MTOMPolicy 1.0 and 1.1 assert: namespace and name.
const MTOM: [(&str, &str); 2] = [
    (
        "http://schemas.xmlsoap.org/ws/2004/09/policy/optimizedmimeserialization",
        "OptimizedMimeSerialization",
    ),
    ("http://www.w3.org/2007/08/soap12-mtom-policy", "MTOM"),
];

/// Whether messages must be sent by MTOM.
pub(super) fn is_mtom(policy: &Policy) -> bool {
    policy.demands(&|name| MTOM.contains(&(&*name.namespace, &*name.local)))
}

/// The elements that stand for attachments in the record of a message, made once.
#[derive(Default)]
pub(super) struct Attachments {
    bound: BTreeMap<(Id<Message>, String, Vec<String>), Id<ElementDeclaration>>,
    others: BTreeMap<String, Id<ElementDeclaration>>,
}

impl Attachments {
    /// The attachments of a message, in the order of the binding. A response ends with those that
    /// the contract does not know: servers may add some (WS-I Attachments Profile 1.0, R2923).
    pub(super) fn of(
        &mut self,
        contract: &mut Contract,
        reference: &MessageReference,
        binding: &MessageBinding,
        is_response: bool,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Id<ElementDeclaration>> {
        let message = contract.messages[reference.message].clone();
        let mut elements = Vec::new();
        for attachment in &binding.attachments {
            // A message of one part need not say which (WSDL 1.1 §5.3).
            let part = match (attachment.part.as_str(), message.parts.as_slice()) {
                ("", [only]) => Some(only),
                (name, parts) => parts.iter().find(|part| part.name == name),
            };
            let Some(part) = part else {
                diagnostics.push(missing_part(&message, &attachment.part, reference.span));
                continue;
            };
            let media_types: Vec<String> = { attachment.media_types.iter() }
                .filter(|media_type| *media_type != "*/*")
                .cloned()
                .collect();
            let key = (reference.message, part.name.clone(), media_types.clone());
            let id = *self.bound.entry(key).or_insert_with(|| {
                let annotation = Annotation {
                    media_types,
                    ..part.annotation.clone()
                };
                add(contract, &part.name, annotation, part.span)
            });
            if !elements.contains(&id) {
                elements.push(id);
            }
        }
        if is_response && !elements.is_empty() {
            let taken = |name: &&&str| !message.parts.iter().any(|part| part.name == **name);
            let name = ["attachments", "otherAttachments"];
            let name = name
                .iter()
                .find(taken)
                .copied()
                .unwrap_or("unboundAttachments");
            let id = *self.others.entry(name.to_owned()).or_insert_with(|| {
                let documentation = "The attachments that the contract does not name.";
                let annotation = Annotation {
                    documentation: Some(documentation.to_owned()),
                    ..Annotation::default()
                };
                add(contract, name, annotation, reference.span)
            });
            elements.push(id);
        }
        elements
    }

    /// How often an attachment is there.
    pub(super) fn occurs(&self, element: Id<ElementDeclaration>) -> Occurs {
        match self.others.values().any(|other| *other == element) {
            true => Occurs::ANY,
            false => Occurs::ONCE,
        }
    }
}

fn add(
    contract: &mut Contract,
    name: &str,
    annotation: Annotation,
    span: crate::source::Span,
) -> Id<ElementDeclaration> {
    let type_ = contract.builtin(Builtin::Base64Binary);
    contract.elements.add(ElementDeclaration {
        annotation: Annotation {
            location: Location::Attachment,
            ..annotation
        },
        ..ElementDeclaration::plain(QName::unqualified(name), Scope::Local, type_, span)
    })
}

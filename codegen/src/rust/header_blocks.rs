//! SOAP header blocks: credentials, setters, constants, and the record of those of responses.

use super::content::named;
use super::docs;
use super::elements::Fold;
use super::lower::{Lowering, Origin, Owner, Place};
use super::model::{
    Credentials, HeaderConstant, ItemId, ItemKind, QualifiedName, Record, Setter, SetterTarget,
};
use super::names;
use super::operations::{ClientDraft, answers_with_headers};
use crate::contract::{ElementDeclaration, Id, Occurs, Role, Scope as Declared};
use crate::resolve::{self, HeaderBlock, Initiator};

impl<'a> Lowering<'a> {
    /// The header blocks of all requests: credentials, or a setter and a constant each.
    pub(super) fn header_blocks(&mut self, client: &'a resolve::Client, draft: &mut ClientDraft) {
        let sent = client
            .calls
            .iter()
            .filter(|call| call.initiator == Initiator::Client);
        let mut elements = elements(sent.flat_map(|call| &call.headers));
        let declared = &self.resolved.contract.elements;
        let with_role = |role| {
            let is = |id: &Id<ElementDeclaration>| declared[*id].annotation.role == Some(role);
            elements.iter().copied().find(is)
        };
        let credentials = with_role(Role::Username).zip(with_role(Role::Password));
        if let Some((username, password)) = credentials {
            draft.credentials = Some(Credentials::Headers {
                username: QualifiedName::of(&declared[username].name),
                secret_username: declared[username].annotation.secret,
                password: QualifiedName::of(&declared[password].name),
            });
            elements.retain(|id| *id != username && *id != password);
        }
        for id in elements {
            let element = &declared[id];
            let module = match element.scope {
                Declared::Local => draft.module,
                Declared::Global | Declared::Undeclared => self.modules.of(&element.name.namespace),
            };
            let owner = self.top(module, element.type_definition);
            let type_ = self.element_slot(owner, id, Fold::Nothing).type_;
            let shown = docs::code(&element.name.local);
            draft.setters.push(Setter {
                name: names::ident(&element.name.local),
                docs: docs::or(element.annotation.documentation.as_deref(), || {
                    format!("Sends the header block {shown} with every operation that declares it.")
                }),
                argument: self.argument(&type_),
                target: SetterTarget::Block(QualifiedName::of(&element.name)),
            });
            draft.blocks.push(HeaderConstant {
                constant: names::ident(&element.name.local),
                name: QualifiedName::of(&element.name),
                type_,
                docs: vec![format!(
                    "The header block {shown}, for [`Call::header`](castile::Call::header)."
                )],
            });
        }
    }

    /// The record of all header blocks that responses of a client may have.
    pub(super) fn response_headers(
        &mut self,
        client: &'a resolve::Client,
        draft: &ClientDraft,
    ) -> Option<ItemId> {
        let answered = client
            .calls
            .iter()
            .filter(|call| answers_with_headers(call));
        let elements = elements(answered.flat_map(|call| &call.response_headers));
        let first = elements.first()?;
        let namespace: &'a str = &self.resolved.contract.elements[*first].name.namespace;
        let name = format!("{} Response Headers", draft.name);
        let item = self.draft(draft.module, Origin::Message(name));
        let shown = docs::code(&client.name);
        self.drafts[item.0].docs = vec![format!(
            "The header blocks that responses of {shown} may have."
        )];
        let mut fields = Vec::new();
        for id in elements {
            let type_definition = self.resolved.contract.elements[id].type_definition;
            let owner = Owner {
                place: Place::In(item),
                namespace: Some(namespace),
                claims: true,
                sent: false,
                ..self.top(draft.module, type_definition)
            };
            fields.push(self.element(owner, id, Occurs::OPTIONAL));
        }
        let record = Record {
            namespace: namespace.to_owned(),
            fields: named(fields),
            ..Record::default()
        };
        self.finish(item, ItemKind::Record(record));
        Some(item)
    }
}

/// The elements of header blocks, each once, in the order of the operations.
fn elements<'b>(blocks: impl Iterator<Item = &'b HeaderBlock>) -> Vec<Id<ElementDeclaration>> {
    let mut seen = std::collections::BTreeSet::new();
    blocks
        .map(|block| block.element)
        .filter(|id| seen.insert(*id))
        .collect()
}

//! Mixed content: text and elements, in the order of the document.
//!
//! A schema says which elements may stand between the text, and in which order; what a record keeps is
//! a list of both. So what a document says is kept, whatever its order.

use std::collections::BTreeSet;

use super::choices::{ANY, Branch};
use super::content::{FieldDraft, plain};
use super::lower::{Lowering, Owner, Place};
use super::model::{Choice, Entry, EntryKind, FieldPart, ItemKind, Setting, Type, Variant};
use super::names::Scope;
use crate::contract::{
    Annotation, Content, ElementDeclaration, Id, Occurs, Particle, QName, Term, Wildcard,
};

impl<'a> Lowering<'a> {
    /// The field of mixed content: a list of text and elements, or the text where no element may be.
    pub(super) fn mixed(
        &mut self,
        owner: Owner<'a>,
        content: &'a Content,
        drafts: &mut Vec<FieldDraft>,
    ) {
        let (elements, wildcard) = match content {
            Content::Elements(particle) => self.between(particle),
            Content::Empty | Content::Simple(_) => (Vec::new(), None),
        };
        if elements.is_empty() && wildcard.is_none() {
            drafts.push(plain(
                "text",
                "The text of the element.",
                Type::Std("String"),
                FieldPart::Content,
                Entry::of(EntryKind::Text),
            ));
            return;
        }
        self.mixture(owner, elements, wildcard, drafts);
    }

    /// A list of text and these elements.
    pub(super) fn mixture(
        &mut self,
        owner: Owner<'a>,
        elements: Vec<Id<ElementDeclaration>>,
        wildcard: Option<&'a Wildcard>,
        drafts: &mut Vec<FieldDraft>,
    ) {
        let item = self.draft_child(owner, "Content");
        self.document(item, &Annotation::default(), || {
            "Text, or an element between it.".to_owned()
        });
        let inner = Owner {
            place: Place::In(item),
            ..owner
        };
        let mut scope = Scope::default();
        let mut variants = vec![Variant {
            name: scope.claim(&["Text".to_owned()]),
            docs: vec!["Text.".to_owned()],
            type_: Type::Std("String"),
            entry: Entry::of(EntryKind::Text),
        }];
        let elements = elements
            .into_iter()
            .map(|id| Branch::Element(id, Occurs::ONCE));
        let open = wildcard.map(|wildcard| Branch::Wildcard(wildcard, Occurs::ONCE));
        for branch in elements.chain(open) {
            variants.push(self.variant(inner, branch, true, &mut scope));
        }
        self.finish(item, ItemKind::Choice(Choice { variants }));
        let mut entry = Entry::of(EntryKind::Choice(item));
        entry.settings = vec![Setting::Repeated, Setting::Optional];
        drafts.push(plain(
            "content",
            "Text and elements, in this order.",
            Type::Item(item).vec(),
            FieldPart::Content,
            entry,
        ));
    }

    /// The elements that may stand between the text, each once, and whether others may.
    fn between(
        &self,
        particle: &'a Particle,
    ) -> (Vec<Id<ElementDeclaration>>, Option<&'a Wildcard>) {
        let elements = &self.resolved.contract.elements;
        let mut names: BTreeSet<&QName> = BTreeSet::new();
        let mut found = Vec::new();
        let mut open = None;
        let mut rest = vec![particle];
        while let Some(particle) = rest.pop() {
            match &particle.term {
                Term::Element(head) => {
                    for &id in std::iter::once(head).chain(self.resolved.substitutes(*head)) {
                        if !elements[id].abstract_ && names.insert(&elements[id].name) {
                            found.push(id);
                        }
                    }
                }
                Term::Wildcard(wildcard) => {
                    // Of several wildcards each takes what the others do not.
                    open = Some(open.map_or(wildcard, |_| &ANY));
                }
                Term::Group(group) => rest.extend(group.particles.iter().rev()),
                Term::GroupReference(_) => {}
            }
        }
        (found, open)
    }
}

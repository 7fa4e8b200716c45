//! Mixed content: text and elements, in the order of the document.
//!
//! A schema says which elements may stand between the text, and in which order; what a record keeps is
//! a list of both. So what a document says is kept, whatever its order.

use std::collections::BTreeSet;

use super::choices::{ANY, Branch, Chosen};
use super::content::{FieldDraft, plain};
use super::lower::{Lowering, Owner, Place};
use super::model::{Choice, Entry, EntryKind, FieldPart, ItemId, ItemKind, Setting, Type, Variant};
use super::names::Scope;
use crate::contract::{
    Annotation, Content, Definition, ElementDeclaration, Id, Occurs, QName, Term, TypeDefinition,
    Wildcard,
};

impl<'a> Lowering<'a> {
    /// The field of mixed content: a list of text and elements, or the text where no element may be.
    pub(super) fn mixed(
        &mut self,
        owner: Owner<'a>,
        id: Id<TypeDefinition>,
        drafts: &mut Vec<FieldDraft>,
    ) {
        let (elements, wildcard) = self.between(id);
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
        let base = self.base_of_mixed(id);
        let item = match self.by_mixed.get(&base) {
            Some(item) => *item,
            None => {
                let place = if base == id {
                    owner.place
                } else {
                    Place::In(self.named_record(base))
                };
                let item = self.mixture(Owner { place, ..owner }, elements, wildcard);
                self.by_mixed.insert(base, item);
                item
            }
        };
        drafts.push(mixed_field(item));
    }

    /// The named type from which this one has its mixed content, nothing added: the types of prose are
    /// many, and one enum does for all of them.
    fn base_of_mixed(&self, id: Id<TypeDefinition>) -> Id<TypeDefinition> {
        let types = &self.resolved.contract.types;
        let between = self.between(id);
        let same = |base: Id<TypeDefinition>| {
            let (elements, wildcard) = self.between(base);
            types[base].name.is_some()
                && !self.is_open(base)
                && self.resolved.effective(base).mixed
                && elements == between.0
                && wildcard == between.1
        };
        let mut at = id;
        while let Definition::Complex(complex) = &types[at].definition
            && let Some(derivation) = &complex.derivation
            && same(derivation.base)
        {
            at = derivation.base;
        }
        at
    }

    /// An enum of text and these elements.
    pub(super) fn mixture(
        &mut self,
        owner: Owner<'a>,
        elements: Vec<Id<ElementDeclaration>>,
        wildcard: Option<&'a Wildcard>,
    ) -> ItemId {
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
            variants.push(self.variant(inner, branch, Chosen::Repeatedly, &mut scope));
        }
        self.finish(item, ItemKind::Choice(Choice { variants }));
        item
    }

    /// The elements that may stand between the text, each once, and whether others may.
    fn between(
        &self,
        id: Id<TypeDefinition>,
    ) -> (Vec<Id<ElementDeclaration>>, Option<&'a Wildcard>) {
        let Content::Elements(particle) = &self.resolved.effective(id).content else {
            return (Vec::new(), None);
        };
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

/// The field of a list of text and elements.
pub(super) fn mixed_field(item: ItemId) -> FieldDraft {
    let mut entry = Entry::of(EntryKind::Choice(item));
    entry.settings = vec![Setting::Repeated, Setting::Optional];
    plain(
        "content",
        "Text and elements, in this order.",
        Type::Item(item).vec(),
        FieldPart::Content,
        entry,
    )
}

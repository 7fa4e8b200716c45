//! Wrappers of a repeated choice, or of elements that others may stand for: the field has a vector of
//! the enum, as that of a wrapped list has one of items.
//!
//! The table of the wrapper stands in the entry of the field. The tables of enums and groups are parts
//! of other tables, which must not come to contain themselves; so only the fields of records with an
//! element of their own are folded.

use super::choices::chosen;
use super::content::FieldDraft;
use super::docs;
use super::lower::{Lowering, Origin, Owner, Place};
use super::model::{ItemId, Setting, Type, WrappedChoice};
use super::names;
use super::simple::Slot;
use crate::contract::{
    Annotation, Compositor, ElementDeclaration, Id, ModelGroup, Occurs, Particle,
    Scope as Declared, Term, TypeDefinition,
};

/// All that a wrapper holds.
#[derive(Clone, Copy)]
enum Held<'a> {
    /// A repeated choice.
    Choice(&'a ModelGroup),
    /// An element that is repeated, and that others may stand for.
    Head(Id<ElementDeclaration>),
}

impl<'a> Lowering<'a> {
    /// Whether a field may have what a type wraps, and no record of the type.
    pub(super) fn folds(&self, id: Id<TypeDefinition>) -> bool {
        self.array(id).is_some() || self.held(id).is_some()
    }

    /// The choice that is all that a type holds.
    fn held(&self, id: Id<TypeDefinition>) -> Option<(Held<'a>, Occurs)> {
        let mut particle: &'a Particle = self.wrapped_content(id)?;
        let mut occurs = particle.occurs;
        loop {
            let group = match &particle.term {
                Term::Group(group) => group,
                Term::Element(head) => {
                    let is_abstract = self.resolved.contract.elements[*head].abstract_;
                    let is_head = is_abstract || !self.resolved.substitutes(*head).is_empty();
                    return (is_head && occurs.is_repeated())
                        .then_some((Held::Head(*head), occurs));
                }
                Term::Wildcard(_) | Term::GroupReference(_) => return None,
            };
            match group.particles.as_slice() {
                [only] => {
                    particle = only;
                    occurs = only.occurs.within(occurs);
                }
                _ if group.compositor == Compositor::Choice && occurs.is_repeated() => {
                    return self
                        .offers_several(group)
                        .then_some((Held::Choice(group), occurs));
                }
                _ => return None,
            }
        }
    }

    /// The field that has what its element wraps.
    pub(super) fn wrapped_choices(
        &mut self,
        owner: Owner<'a>,
        wrapper: &ElementDeclaration,
    ) -> Option<Slot> {
        let Place::In(record) = owner.place else {
            return None;
        };
        if owner.json || self.drafts[record.0].is_group {
            return None;
        }
        let id = wrapper.type_definition;
        let (held, occurs) = self.held(id)?;
        let (_, optional) = self.word_and_presence(held, occurs);
        let choice =
            self.choice_of_wrapper(id, held, |this| Some(this.draft_item(owner, wrapper)))?;
        let content = WrappedChoice {
            namespace: self.namespace_of(id).unwrap_or_default().to_owned(),
            choice,
            optional,
        };
        Some(Slot {
            type_: Type::Item(choice).vec(),
            settings: vec![Setting::Wrapping(content)],
        })
    }

    /// The content of a record whose type is a wrapper elsewhere: the same enum.
    pub(super) fn content_of_wrapper(
        &mut self,
        owner: Owner<'a>,
        id: Id<TypeDefinition>,
    ) -> Option<FieldDraft> {
        let (held, occurs) = self.held(id)?;
        let (word, optional) = self.word_and_presence(held, occurs);
        let item = self.choice_of_wrapper(id, held, |_| None)?;
        Some(chosen(&word, item, occurs, optional, owner.sent))
    }

    /// The enum of what a wrapper holds. `draft` makes that of an anonymous type.
    fn choice_of_wrapper(
        &mut self,
        id: Id<TypeDefinition>,
        held: Held<'a>,
        draft: impl FnOnce(&mut Self) -> Option<ItemId>,
    ) -> Option<ItemId> {
        if let Some(item) = self.by_wrapper.get(&id) {
            return Some(*item);
        }
        let item = match (held, &self.resolved.contract.types[id].name) {
            (Held::Head(head), _) => self.substitution_choice(head),
            (Held::Choice(group), name) => {
                let item = match name {
                    Some(name) => {
                        let module = self.modules.of(&name.namespace);
                        let origin = Origin::Item {
                            wrapper: name.local.to_string(),
                            item: names::item_of(&name.local),
                        };
                        let item = self.draft(module, origin);
                        self.document_item(item, &name.local);
                        item
                    }
                    None => draft(self)?,
                };
                let inner = Owner {
                    place: Place::In(item),
                    namespace: Some(self.namespace_of(id).unwrap_or_default()),
                    ..self.top(self.drafts[item.0].module, id)
                };
                // First: what it holds may lead back to it.
                self.by_wrapper.insert(id, item);
                self.fill_choice(inner, item, group);
                item
            }
        };
        self.by_wrapper.insert(id, item);
        Some(item)
    }

    /// The enum of an anonymous wrapper, before it has variants.
    fn draft_item(&mut self, owner: Owner<'a>, wrapper: &ElementDeclaration) -> ItemId {
        let local = &wrapper.name.local;
        let word = names::item_of(local);
        let item = if wrapper.scope == Declared::Global {
            let module = self.modules.of(&wrapper.name.namespace);
            self.draft(module, Origin::Group(word))
        } else {
            self.draft_group(owner, &word)
        };
        self.document_item(item, local);
        item
    }

    fn document_item(&mut self, item: ItemId, wrapper: &str) {
        let shown = docs::code(wrapper);
        self.document(item, &Annotation::default(), || {
            format!("One of what {shown} holds.")
        });
    }

    fn word_and_presence(&self, held: Held<'a>, occurs: Occurs) -> (String, bool) {
        match held {
            Held::Head(head) => {
                let name = &self.resolved.contract.elements[head].name;
                (name.local.to_string(), occurs.min == 0)
            }
            Held::Choice(group) => self.choice_word_and_presence(group, occurs),
        }
    }
}

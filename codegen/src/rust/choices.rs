//! Choices and substitution groups: enums.

use super::content::{FieldDraft, open_entry};
use super::docs::{self, Docs};
use super::elements::{Fold, constrained, documented, qualified};
use super::lower::{Lowering, Origin, Owner, Place};
use super::model::{
    Choice, Entry, EntryKind, Field, FieldPart, ItemId, ItemKind, Setting, Type, Variant,
};
use super::names::{self, Scope};
use super::simple::Slot;
use crate::contract::{
    Annotation, Compositor, ElementDeclaration, Id, ModelGroup, NamespaceConstraint, Occurs,
    Particle, ProcessContents, Term, Wildcard,
};

/// A wildcard without a constraint.
pub(super) static ANY: Wildcard = Wildcard {
    namespaces: NamespaceConstraint::Any,
    process_contents: ProcessContents::Lax,
};

/// An alternative before it has a type.
pub(super) enum Branch<'a> {
    Element(Id<ElementDeclaration>, Occurs),
    /// The particles of a group, and the name of a named one.
    Group(&'a [Particle], Occurs, Option<&'a str>),
    Wildcard(&'a Wildcard, Occurs),
}

/// How often one of the alternatives is chosen.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Chosen {
    Once,
    Repeatedly,
}

/// What there is to choose from.
#[derive(Default)]
struct Alternatives<'a> {
    branches: Vec<Branch<'a>>,
    /// Whether nothing at all is one of them.
    optional: bool,
}

impl<'a> Lowering<'a> {
    pub(super) fn choice(
        &mut self,
        owner: Owner<'a>,
        particle: &'a Particle,
        group: &'a ModelGroup,
        occurs: Occurs,
        drafts: &mut Vec<FieldDraft>,
    ) {
        let often = match occurs.is_repeated() {
            true => Chosen::Repeatedly,
            false => Chosen::Once,
        };
        let Alternatives { branches, optional } = self.alternatives(group, often);
        let optional = optional || occurs.min == 0;
        match branches.as_slice() {
            [] => return,
            // A choice without a choice.
            [Branch::Element(id, inner)] => {
                drafts.push(self.element(owner, *id, inner.within(occurs)));
                return;
            }
            _ => {}
        }
        let word = match self.resolved.group_name(particle) {
            Some(name) => name.to_owned(),
            None => {
                let is_taken = |name: &str| {
                    drafts
                        .iter()
                        .any(|draft| draft.names.first().is_some_and(|first| first == name))
                };
                self.choice_word(&branches, &is_taken)
            }
        };
        let item = self.draft_group(owner, &word);
        self.document(item, &Annotation::default(), || "One of these.".to_owned());
        let inner = Owner {
            place: Place::In(item),
            ..owner
        };
        self.fill_branches(inner, item, branches, often);
        drafts.push(chosen(&word, item, occurs, optional, owner.sent));
    }

    fn fill_branches(
        &mut self,
        inner: Owner<'a>,
        item: ItemId,
        branches: Vec<Branch<'a>>,
        often: Chosen,
    ) {
        let mut scope = Scope::default();
        let mut variants = Vec::new();
        for branch in branches {
            variants.push(self.variant(inner, branch, often, &mut scope));
        }
        self.finish(item, ItemKind::Choice(Choice { variants }));
    }

    /// Whether a repeated choice is one: it has several branches.
    pub(super) fn offers_several(&self, group: &'a ModelGroup) -> bool {
        let found = self.alternatives(group, Chosen::Repeatedly);
        found.branches.len() > 1
    }

    /// The variants of a repeated choice; `inner` is the enum as an owner.
    pub(super) fn fill_choice(&mut self, inner: Owner<'a>, item: ItemId, group: &'a ModelGroup) {
        let found = self.alternatives(group, Chosen::Repeatedly);
        self.fill_branches(inner, item, found.branches, Chosen::Repeatedly);
    }

    /// What names a repeated choice, and whether nothing at all is one of its alternatives.
    pub(super) fn choice_word_and_presence(
        &self,
        group: &'a ModelGroup,
        occurs: Occurs,
    ) -> (String, bool) {
        let Alternatives { branches, optional } = self.alternatives(group, Chosen::Repeatedly);
        let word = self.choice_word(&branches, &|_| false);
        (word, optional || occurs.min == 0)
    }

    /// The alternatives of a choice, those of choices inside among them.
    fn alternatives(&self, group: &'a ModelGroup, often: Chosen) -> Alternatives<'a> {
        let mut found = Alternatives::default();
        self.add_alternatives(group, often, &mut found);
        found
    }

    fn add_alternatives(&self, group: &'a ModelGroup, often: Chosen, found: &mut Alternatives<'a>) {
        for particle in &group.particles {
            let occurs = particle.occurs;
            if occurs.is_prohibited() {
                continue;
            }
            found.optional |= occurs.min == 0;
            match &particle.term {
                Term::Element(id) => {
                    let substitutes = self.resolved.substitutes(*id);
                    if occurs.is_repeated() && often == Chosen::Once && !substitutes.is_empty() {
                        // Several of the group may come in any order: not one branch of each.
                        let only = std::slice::from_ref(particle);
                        found.branches.push(Branch::Group(only, Occurs::ONCE, None));
                        continue;
                    }
                    let is_abstract = self.resolved.contract.elements[*id].abstract_;
                    if !is_abstract {
                        found.branches.push(Branch::Element(*id, occurs));
                    }
                    for &substitute in substitutes {
                        if !self.resolved.contract.elements[substitute].abstract_ {
                            found.branches.push(Branch::Element(substitute, occurs));
                        }
                    }
                }
                Term::Wildcard(wildcard) => found.branches.push(Branch::Wildcard(wildcard, occurs)),
                Term::GroupReference(_) => {}
                Term::Group(nested) => match (nested.compositor, nested.particles.as_slice()) {
                    (_, []) => found.optional = true,
                    (Compositor::Choice, _) if !occurs.is_repeated() => {
                        self.add_alternatives(nested, often, found);
                    }
                    (
                        Compositor::Sequence | Compositor::All,
                        [
                            Particle {
                                term: Term::Element(id),
                                occurs: inner,
                                ..
                            },
                        ],
                    ) if self.resolved.substitutes(*id).is_empty() => {
                        found.optional |= inner.min == 0;
                        found
                            .branches
                            .push(Branch::Element(*id, inner.within(occurs)));
                    }
                    (Compositor::Choice, _) => {
                        let only = std::slice::from_ref(particle);
                        found.branches.push(Branch::Group(only, Occurs::ONCE, None));
                    }
                    (_, all) => {
                        found.optional |= all.iter().all(|particle| particle.occurs.min == 0);
                        let name = self.resolved.group_name(particle);
                        found.branches.push(Branch::Group(all, occurs, name));
                    }
                },
            }
        }
    }

    fn branch_word(&self, branch: &Branch<'a>) -> String {
        match branch {
            Branch::Element(id, _) => self.resolved.contract.elements[*id].name.local.to_string(),
            Branch::Group(_, _, Some(name)) => (*name).to_owned(),
            Branch::Group(particles, ..) => self.words(particles),
            Branch::Wildcard(..) => "Any".to_owned(),
        }
    }

    /// A name for a choice: what its branches share, or all of them, or the best that is left. `is_taken`
    /// tells the names of the fields before it.
    fn choice_word(&self, branches: &[Branch<'a>], is_taken: &dyn Fn(&str) -> bool) -> String {
        const NAMING_WORDS: usize = 3;
        let is_free = |word: &String| !is_taken(&names::snake(word));
        if let Some(word) = self.shared_word(branches).filter(is_free) {
            return word;
        }
        let words: Vec<String> = branches.iter().map(|b| self.branch_word(b)).collect();
        let few = words.len() <= NAMING_WORDS
            && branches.iter().all(|b| matches!(b, Branch::Element(..)));
        let first = words.first();
        if few {
            words.join(" Or ")
        } else {
            let choice = Some("Choice".to_owned()).filter(is_free);
            choice.unwrap_or_else(|| format!("{} Or Other", first.map_or("One", String::as_str)))
        }
    }

    /// What the names of all branches end with. A branch that is called so must not have a type that
    /// wants the name, too.
    fn shared_word(&self, branches: &[Branch<'a>]) -> Option<String> {
        let contract = &self.resolved.contract;
        let mut names = Vec::new();
        for branch in branches {
            let Branch::Element(id, _) = branch else {
                return None;
            };
            let element = &contract.elements[*id];
            // An anonymous type is named after its element.
            contract.types[element.type_definition].name.as_ref()?;
            names.push(&*element.name.local);
        }
        names::shared_ending(&names)
    }

    pub(super) fn variant(
        &mut self,
        owner: Owner<'a>,
        branch: Branch<'a>,
        often: Chosen,
        scope: &mut Scope,
    ) -> Variant {
        let word = self.branch_word(&branch);
        let name = names::camel(&word);
        let (type_, entry, docs) = match branch {
            // Repetition inside a repeated choice adds nothing.
            Branch::Element(id, _) if often == Chosen::Repeatedly => {
                self.element_variant(owner, id, Occurs::ONCE)
            }
            Branch::Element(id, occurs) => self.element_variant(owner, id, occurs),
            Branch::Group(particles, occurs, _) => {
                let item = self.group_record(owner, &word, particles);
                let mut entry = Entry::of(EntryKind::Group(item));
                let mut type_ = Type::Item(item);
                if occurs.is_repeated() && often == Chosen::Once {
                    entry.settings.push(Setting::Repeated);
                    type_ = type_.vec();
                }
                let docs = vec![format!("Elements that go together: {}.", docs::code(&word))];
                (type_, entry, docs)
            }
            Branch::Wildcard(wildcard, occurs) if occurs.is_repeated() && often == Chosen::Once => {
                (
                    Type::Runtime("AnyElement").vec(),
                    open_entry(wildcard),
                    vec!["Elements that the schema leaves open.".to_owned()],
                )
            }
            Branch::Wildcard(wildcard, _) => {
                let mut entry = open_entry(wildcard);
                entry.settings.push(Setting::Single);
                let docs = vec!["An element that the schema leaves open.".to_owned()];
                (Type::Runtime("AnyElement"), entry, docs)
            }
        };
        Variant {
            name: scope.claim(&[name.clone(), format!("{name}Element")]),
            docs,
            type_,
            entry,
        }
    }

    /// Type, table entry and documentation of an alternative that is one element.
    pub(super) fn element_variant(
        &mut self,
        owner: Owner<'a>,
        id: Id<ElementDeclaration>,
        occurs: Occurs,
    ) -> (Type, Entry, Docs) {
        let element = &self.resolved.contract.elements[id];
        let wire = element.name.local.to_string();
        let mut settings = Vec::new();
        settings.extend(qualified(&element.name, owner.namespace));
        let Slot {
            type_,
            settings: inner,
        } = self.element_slot(owner, id, Fold::lists(!occurs.is_repeated()));
        let type_ = if element.nillable {
            settings.push(Setting::Nillable);
            type_.option()
        } else {
            type_
        };
        settings.extend(inner);
        settings.extend(element.value_constraint.as_ref().map(constrained));
        let docs = documented(&element.annotation, &wire, &settings);
        if occurs.is_repeated() {
            let kind = EntryKind::Many(wire);
            (type_.vec(), Entry { kind, settings }, docs)
        } else {
            let kind = EntryKind::One(wire);
            (type_, Entry { kind, settings }, docs)
        }
    }

    /// A field for the head of a substitution group: one of its members.
    pub(super) fn substitution(
        &mut self,
        head: Id<ElementDeclaration>,
        occurs: Occurs,
    ) -> FieldDraft {
        let element = &self.resolved.contract.elements[head];
        let word = &*element.name.local;
        let item = self.substitution_choice(head);
        let sent = self.reach.is_sent(element.type_definition);
        chosen(word, item, occurs, occurs.min == 0, sent)
    }

    pub(super) fn substitution_choice(&mut self, head: Id<ElementDeclaration>) -> ItemId {
        if let Some(item) = self.by_head.get(&head) {
            return *item;
        }
        let element = &self.resolved.contract.elements[head];
        let module = self.modules.of(&element.name.namespace);
        let item = self.draft(module, Origin::Group(element.name.local.to_string()));
        self.by_head.insert(head, item);
        let shown = docs::code(&element.name.local);
        self.document(item, &element.annotation, || {
            format!("The elements that may stand for {shown}.")
        });
        // Shared by records of any namespace: every branch says its own.
        let owner = Owner {
            place: Place::In(item),
            namespace: None,
            ..self.top(module, element.type_definition)
        };
        let members = std::iter::once(&head).chain(self.resolved.substitutes(head));
        let mut scope = Scope::default();
        let mut variants = Vec::new();
        for &member in members {
            if !self.resolved.contract.elements[member].abstract_ {
                let branch = Branch::Element(member, Occurs::ONCE);
                variants.push(self.variant(owner, branch, Chosen::Repeatedly, &mut scope));
            }
        }
        if variants.is_empty() {
            // An abstract head that nobody stands for: whatever comes is kept.
            variants.push(self.variant(
                owner,
                Branch::Wildcard(&ANY, Occurs::ONCE),
                Chosen::Repeatedly,
                &mut scope,
            ));
        }
        self.finish(item, ItemKind::Choice(Choice { variants }));
        item
    }
}

/// The field of a choice.
pub(super) fn chosen(
    word: &str,
    item: ItemId,
    occurs: Occurs,
    optional: bool,
    sent: bool,
) -> FieldDraft {
    let mut entry = Entry::of(EntryKind::Choice(item));
    let (type_, argument) = if occurs.is_repeated() {
        entry.settings.push(Setting::Repeated);
        (Type::Item(item).vec(), None)
    } else {
        let argument = super::model::Argument::Some(Type::Item(item));
        (Type::Item(item).option(), Some(argument))
    };
    if optional {
        entry.settings.push(Setting::Optional);
    }
    let name = names::snake(word);
    let doc = if occurs.is_repeated() {
        "Any of these, in this order."
    } else {
        "One of these."
    };
    FieldDraft {
        names: vec![name.clone(), format!("{name}_choice")],
        field: Field {
            name: names::ident(&name),
            docs: vec![doc.to_owned()],
            deprecated: None,
            type_,
            part: FieldPart::Content,
            entry,
            argument: argument.filter(|_| sent && !optional),
            initial: None,
        },
    }
}

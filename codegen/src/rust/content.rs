//! Complex types: attributes and particles to the fields of a record.

use super::choices::ANY;
use super::docs;
use super::elements::{bounds, constrained, documented};
use super::lower::{Lowering, Origin, Owner, Place, Unfilled, deprecation};
use super::mixed::mixed_field;
use super::model::{Entry, EntryKind, Field, FieldPart, ItemId, ItemKind, Record, Setting, Type};
use super::names::{self, Scope};
use super::reach::elements_of;
use crate::contract::{
    Annotation, AttributePresence, AttributeUse, Builtin, Compositor, Content, Definition,
    ElementDeclaration, Id, NamespaceConstraint, Occurs, Particle, Scope as Declared, Term,
    TypeDefinition, ValueConstraint, Wildcard,
};

/// A field and what it may be called, best first.
pub(super) struct FieldDraft {
    pub(super) names: Vec<String>,
    pub(super) field: Field,
}

/// The words that name a group or choice, before they are too many to be read.
const NAMING_WORDS: usize = 3;

impl<'a> Lowering<'a> {
    /// The record of a named complex type.
    pub(super) fn named_record(&mut self, id: Id<TypeDefinition>) -> ItemId {
        if let Some(item) = self.by_type.get(&id) {
            return *item;
        }
        let definition = &self.resolved.contract.types[id];
        let (namespace, local) = match &definition.name {
            Some(name) => (&*name.namespace, &*name.local),
            None => ("", ""),
        };
        let module = self.modules.of(namespace);
        let item = self.draft(module, Origin::Type(local.to_owned()));
        self.document(item, &definition.annotation, || {
            format!("Type {}.", docs::code(local))
        });
        self.asked_for(item, id);
        item
    }

    /// The fields of a record are lowered later; a type that is mapped has none.
    pub(super) fn asked_for(&mut self, item: ItemId, id: Id<TypeDefinition>) {
        self.by_type.insert(id, item);
        if !self.mapped_record(item, id) {
            self.unfilled.push_back(Unfilled::Type(item, id));
        }
    }

    /// The record of the complex type of an element.
    pub(super) fn element_record(
        &mut self,
        element: &ElementDeclaration,
        owner: Option<Owner<'a>>,
    ) -> ItemId {
        let id = element.type_definition;
        let definition = &self.resolved.contract.types[id];
        if definition.name.is_some() {
            return self.named_record(id);
        }
        if let Some(item) = self.by_type.get(&id) {
            return *item;
        }
        let item = match owner.filter(|_| element.scope != Declared::Global) {
            Some(owner) => self.draft_child(owner, &element.name.local),
            None => {
                let module = self.modules.of(&element.name.namespace);
                self.draft(module, Origin::Element(element.name.local.to_string()))
            }
        };
        let mut annotation = element.annotation.clone();
        if annotation.documentation.is_none() {
            annotation
                .documentation
                .clone_from(&definition.annotation.documentation);
        }
        self.document(item, &annotation, || {
            format!("Element {}.", docs::code(&element.name.local))
        });
        self.asked_for(item, id);
        item
    }

    /// Whether an element of this complex type is a record: not if only a tree can hold it.
    pub(super) fn is_record(&self, id: Id<TypeDefinition>) -> bool {
        if self.maps.has(id) {
            return true;
        }
        match &self.resolved.contract.types[id].definition {
            Definition::Undeclared | Definition::Simple(_) => false,
            Definition::Complex(complex) => {
                let is_any = id == self.resolved.contract.builtin(Builtin::AnyType);
                !is_any && !complex.abstract_ && !self.is_prose(id)
            }
        }
    }

    /// Whether only a tree can hold values of this type, whoever has them.
    pub(super) fn is_open(&self, id: Id<TypeDefinition>) -> bool {
        match &self.resolved.contract.types[id].definition {
            Definition::Undeclared => true,
            Definition::Simple(_) => false,
            Definition::Complex(_) => {
                id == self.resolved.contract.builtin(Builtin::AnyType) || self.is_prose(id)
            }
        }
    }

    /// Whether a type has text and wildcards alone: a record would say no more than the tree.
    pub(super) fn is_prose(&self, id: Id<TypeDefinition>) -> bool {
        let effective = self.resolved.effective(id);
        match &effective.content {
            Content::Elements(particle) => {
                effective.mixed
                    && effective.attributes.is_empty()
                    && elements_of(particle).is_empty()
            }
            Content::Empty | Content::Simple(_) => false,
        }
    }

    pub(super) fn fill_record(&mut self, item: ItemId, id: Id<TypeDefinition>) {
        let effective = self.resolved.effective(id);
        let namespace = self.namespace_of(id);
        let module = self.drafts[item.0].module;
        let top = self.top(module, id);
        let owner = Owner {
            place: Place::In(item),
            namespace: Some(namespace.unwrap_or("")),
            ..top
        };
        let mut drafts = Vec::new();
        for attribute in &effective.attributes {
            if attribute.presence != AttributePresence::Prohibited {
                drafts.push(self.attribute(owner, attribute));
            }
        }
        if effective.any_attribute.is_some() {
            drafts.push(any_attributes());
        }
        if self.keep_nil.contains(&id) && !owner.json {
            drafts.push(plain(
                "nil",
                "Whether the element is nil: then it has attributes, and no content.",
                Type::Std("bool"),
                FieldPart::Attribute,
                Entry::of(EntryKind::Nil),
            ));
        }
        match &effective.content {
            Content::Empty | Content::Elements(_) if effective.mixed => {
                self.mixed(owner, id, &mut drafts);
            }
            Content::Empty => {}
            Content::Simple(id) => drafts.push(self.text(owner, *id)),
            Content::Elements(particle) => match self.content_of_wrapper(owner, id) {
                Some(draft) => drafts.push(draft),
                None => self.particle(owner, particle, &mut drafts),
            },
        }
        let rules = self.rules(owner, id, &mut drafts);
        let record = Record {
            namespace: namespace.unwrap_or("").to_owned(),
            fields: named(drafts),
            rules,
            mixed: effective.mixed,
            constructor: owner.sent,
            failure: None,
        };
        self.finish(item, ItemKind::Record(record));
    }

    /// The record of an element whose type is none: its text, or all that it holds.
    pub(super) fn fill_element(&mut self, item: ItemId, element: Id<ElementDeclaration>) {
        let declaration = &self.resolved.contract.elements[element];
        let id = declaration.type_definition;
        let module = self.drafts[item.0].module;
        let owner = Owner {
            place: Place::In(item),
            ..self.top(module, id)
        };
        let definition = &self.resolved.contract.types[id].definition;
        let is_simple = matches!(definition, Definition::Simple(_));
        let mut drafts = Vec::new();
        if is_simple {
            drafts.push(self.text(owner, id));
        } else {
            drafts.push(any_attributes());
            let item = self.mixture(owner, Vec::new(), Some(&ANY));
            drafts.push(mixed_field(item));
        }
        let record = Record {
            fields: named(drafts),
            mixed: !is_simple,
            constructor: owner.sent,
            ..Record::default()
        };
        self.finish(item, ItemKind::Record(record));
    }

    /// The namespace that the table of a type has.
    pub(super) fn namespace_of(&self, id: Id<TypeDefinition>) -> Option<&'a str> {
        match &self.resolved.effective(id).content {
            Content::Elements(particle) => self.namespace(particle),
            Content::Empty | Content::Simple(_) => None,
        }
    }

    /// The namespace of the first element.
    fn namespace(&self, particle: &'a Particle) -> Option<&'a str> {
        let first = elements_of(particle).into_iter().next()?;
        Some(&self.resolved.contract.elements[first].name.namespace)
    }

    fn text(&mut self, owner: Owner<'a>, id: Id<TypeDefinition>) -> FieldDraft {
        let secret = self.resolved.contract.types[id].annotation.secret;
        let mapped = self.mapped_field(owner, "text()", id);
        let slot = mapped.unwrap_or_else(|| self.simple(id, owner, "Value", secret));
        let mut draft = plain(
            "value",
            "The text of the element.",
            slot.type_,
            FieldPart::Content,
            Entry::of(EntryKind::Text),
        );
        draft.field.entry.settings = slot.settings;
        let argument = self.argument(&draft.field.type_);
        draft.field.argument = owner.sent.then_some(argument);
        draft
    }

    fn attribute(&mut self, owner: Owner<'a>, attribute: &'a AttributeUse) -> FieldDraft {
        let declaration = &self.resolved.contract.attributes[attribute.declaration];
        let annotation = &declaration.annotation;
        let wire = &declaration.name.local;
        let id = declaration.type_definition;
        let mapped = self.mapped_field(owner, &format!("@{wire}"), id);
        let mut slot = mapped.unwrap_or_else(|| self.simple(id, owner, wire, annotation.secret));
        let mut settings = Vec::new();
        if !declaration.name.namespace.is_empty() {
            let namespace = declaration.name.namespace.to_string();
            settings.push(Setting::InNamespace(namespace));
        }
        settings.append(&mut slot.settings);
        let constraint = attribute
            .value_constraint
            .as_ref()
            .or(declaration.value_constraint.as_ref());
        settings.extend(constraint.map(constrained));
        let required = attribute.presence == AttributePresence::Required;
        let initial = constraint
            .filter(|_| required)
            .and_then(|constraint| self.initial(&slot.type_, constraint));
        let is_fixed = initial.is_some() && matches!(constraint, Some(ValueConstraint::Fixed(_)));
        let (type_, kind, argument) = if required {
            let argument = Some(self.argument(&slot.type_)).filter(|_| owner.sent && !is_fixed);
            (slot.type_, EntryKind::One(wire.to_string()), argument)
        } else {
            let kind = EntryKind::Opt(wire.to_string());
            (slot.type_.option(), kind, None)
        };
        let name = names::snake(wire);
        FieldDraft {
            names: vec![name.clone(), format!("{name}_attribute")],
            field: Field {
                name: names::ident(&name),
                docs: documented(annotation, wire, &settings),
                deprecated: annotation.deprecated.as_deref().map(deprecation),
                type_,
                part: FieldPart::Attribute,
                entry: Entry { kind, settings },
                argument,
                initial,
            },
        }
    }

    pub(super) fn particle(
        &mut self,
        owner: Owner<'a>,
        particle: &'a Particle,
        drafts: &mut Vec<FieldDraft>,
    ) {
        self.particle_within(owner, particle, Occurs::ONCE, drafts);
    }

    fn particle_within(
        &mut self,
        owner: Owner<'a>,
        particle: &'a Particle,
        outer: Occurs,
        drafts: &mut Vec<FieldDraft>,
    ) {
        let occurs = particle.occurs.within(outer);
        if occurs.is_prohibited() {
            return;
        }
        match &particle.term {
            Term::Element(id) => drafts.push(self.element(owner, *id, occurs)),
            Term::Wildcard(term) => drafts.push(wildcard(term, occurs)),
            Term::GroupReference(_) => {}
            Term::Group(group) if group.compositor == Compositor::Choice => {
                self.choice(owner, particle, group, occurs, drafts);
            }
            Term::Group(group) => match group.particles.as_slice() {
                [only] => self.particle_within(owner, only, occurs, drafts),
                all if occurs == Occurs::ONCE || (!occurs.is_repeated() && may_be_empty(all)) => {
                    for inner in all {
                        self.particle(owner, inner, drafts);
                    }
                }
                all => {
                    let word = self.group_word(particle, all);
                    let item = self.group_record(owner, &word, all);
                    drafts.push(grouped(&word, item, occurs));
                }
            },
        }
    }

    /// A record for particles that go together.
    pub(super) fn group_record(
        &mut self,
        owner: Owner<'a>,
        word: &str,
        particles: &'a [Particle],
    ) -> ItemId {
        let item = self.draft_group(owner, word);
        let shown = docs::code(word);
        self.document(item, &Annotation::default(), || {
            format!("Elements that go together: {shown}.")
        });
        let owner = Owner {
            place: Place::In(item),
            ..owner
        };
        let mut drafts = Vec::new();
        for particle in particles {
            self.particle(owner, particle, &mut drafts);
        }
        let record = Record {
            namespace: owner.namespace.unwrap_or("").to_owned(),
            fields: named(drafts),
            constructor: owner.sent,
            ..Record::default()
        };
        self.finish(item, ItemKind::Record(record));
        item
    }

    /// A name for a group that is a particle: its own, or one after its elements.
    pub(super) fn group_word(&self, particle: &Particle, particles: &'a [Particle]) -> String {
        match self.resolved.group_name(particle) {
            Some(name) => name.to_owned(),
            None => self.words(particles),
        }
    }

    /// A name for a group: those of its elements, or of the first and that there are more.
    pub(super) fn words(&self, particles: &'a [Particle]) -> String {
        let mut words: Vec<&str> = Vec::new();
        for particle in particles {
            for element in elements_of(particle) {
                words.push(&self.resolved.contract.elements[element].name.local);
            }
        }
        match words.as_slice() {
            [] => "Group".to_owned(),
            all if all.len() <= NAMING_WORDS => all.join(" And "),
            [first, ..] => format!("{first} Group"),
        }
    }
}

impl Entry {
    pub(super) fn of(kind: EntryKind) -> Self {
        Self {
            kind,
            settings: Vec::new(),
        }
    }
}

pub(super) fn plain(
    name: &str,
    doc: &str,
    type_: Type,
    part: FieldPart,
    entry: Entry,
) -> FieldDraft {
    FieldDraft {
        names: vec![name.to_owned(), format!("{name}_content")],
        field: Field {
            name: names::ident(name),
            docs: vec![doc.to_owned()],
            deprecated: None,
            type_,
            part,
            entry,
            argument: None,
            initial: None,
        },
    }
}

fn any_attributes() -> FieldDraft {
    plain(
        "any_attributes",
        "Attributes that the schema leaves open.",
        Type::Runtime("AnyAttributes"),
        FieldPart::Attribute,
        Entry::of(EntryKind::Any),
    )
}

/// The entry of a wildcard.
pub(super) fn open_entry(wildcard: &Wildcard) -> Entry {
    let settings = match &wildcard.namespaces {
        NamespaceConstraint::Any => Vec::new(),
        NamespaceConstraint::Not(namespace) => vec![Setting::OtherThan(namespace.to_string())],
        NamespaceConstraint::OneOf(namespaces) => {
            let namespaces = namespaces.iter().map(ToString::to_string).collect();
            vec![Setting::InNamespaces(namespaces)]
        }
    };
    let kind = EntryKind::Any;
    Entry { kind, settings }
}

fn wildcard(term: &Wildcard, occurs: Occurs) -> FieldDraft {
    let mut entry = open_entry(term);
    entry.settings.extend(bounds(occurs).filter(|bound| {
        // A single element is the rule, not a bound worth a check on what nobody knows.
        !matches!(bound, Setting::MinOccurs(_))
    }));
    plain(
        "any",
        "Elements that the schema leaves open.",
        Type::Runtime("AnyElement").vec(),
        FieldPart::Content,
        entry,
    )
}

fn grouped(word: &str, item: ItemId, occurs: Occurs) -> FieldDraft {
    let mut entry = Entry::of(EntryKind::Group(item));
    let type_ = if occurs.is_repeated() {
        entry.settings.push(Setting::Repeated);
        entry.settings.extend(bounds(occurs));
        Type::Item(item).vec()
    } else {
        Type::Item(item).option()
    };
    if occurs.min == 0 {
        entry.settings.push(Setting::Optional);
    }
    let doc = format!("Elements that go together: {}.", docs::code(word));
    plain(&names::snake(word), &doc, type_, FieldPart::Content, entry)
}

/// Whether nothing at all satisfies every one of these particles.
fn may_be_empty(particles: &[Particle]) -> bool {
    particles.iter().all(|particle| particle.occurs.min == 0)
}

/// Gives the fields their names: content first, because that is what most records are made of; and what
/// the contract names before what is named after its parts and can be called otherwise.
pub(super) fn named(drafts: Vec<FieldDraft>) -> Vec<Field> {
    let mut scope = Scope::default();
    let mut fields: Vec<(usize, FieldDraft)> = drafts.into_iter().enumerate().collect();
    fields.sort_by_key(|(index, draft)| {
        let is_attribute = draft.field.part == FieldPart::Attribute;
        (is_attribute, draft.names.len() > 1, *index)
    });
    for (_, draft) in &mut fields {
        draft.field.name = scope.claim(&draft.names);
    }
    fields.sort_by_key(|(index, draft)| (draft.field.part == FieldPart::Content, *index));
    fields.into_iter().map(|(_, draft)| draft.field).collect()
}

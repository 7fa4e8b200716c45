//! Complex types: attributes and particles to the fields of a record.

use super::docs::{self, Docs};
use super::lower::{Lowering, Origin, Owner, Place, Unfilled, deprecation};
use super::model::{
    Argument, Entry, EntryKind, Field, FieldPart, ItemId, ItemKind, Record, Setting, Type,
};
use super::names::{self, Scope};
use super::reach::elements_of;
use super::simple::Slot;
use crate::contract::{
    Absence, Annotation, AttributePresence, AttributeUse, Builtin, Compositor, Content, Definition,
    ElementDeclaration, Id, Location, Occurs, Particle, Presence, QName, Role, Scope as Declared,
    Term, TypeDefinition, ValueConstraint,
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
        self.by_type.insert(id, item);
        self.unfilled.push_back(Unfilled::Type(item, id));
        item
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
        self.by_type.insert(id, item);
        self.unfilled.push_back(Unfilled::Type(item, id));
        item
    }

    /// Whether an element of this complex type is a record: not if only a tree can hold it.
    pub(super) fn is_record(&self, id: Id<TypeDefinition>) -> bool {
        match &self.resolved.contract.types[id].definition {
            Definition::Undeclared | Definition::Simple(_) => false,
            Definition::Complex(complex) => {
                let is_any = id == self.resolved.contract.builtin(Builtin::AnyType);
                !is_any && !complex.abstract_ && !self.resolved.effective(id).mixed
            }
        }
    }

    pub(super) fn fill_record(&mut self, item: ItemId, id: Id<TypeDefinition>) {
        let effective = self.resolved.effective(id);
        let namespace = match &effective.content {
            Content::Elements(particle) => self.namespace(particle),
            Content::Empty | Content::Simple(_) => None,
        };
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
            drafts.push(plain(
                "any_attributes",
                "Attributes that the schema leaves open.",
                Type::Runtime("AnyAttributes"),
                FieldPart::Attribute,
                Entry::of(EntryKind::Any),
            ));
        }
        if effective.mixed {
            drafts.push(plain(
                "text",
                "The text between the elements.",
                Type::Std("String"),
                FieldPart::Content,
                Entry::of(EntryKind::Text),
            ));
        }
        match &effective.content {
            Content::Empty => {}
            Content::Simple(id) => drafts.push(self.text(owner, *id)),
            Content::Elements(particle) => self.particle(owner, particle, &mut drafts),
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
        let draft = if matches!(definition, Definition::Simple(_)) {
            self.text(owner, id)
        } else {
            plain(
                "any",
                "What it holds: the schema leaves it open.",
                Type::Runtime("AnyElement").vec(),
                FieldPart::Content,
                Entry::of(EntryKind::Any),
            )
        };
        let record = Record {
            fields: named(vec![draft]),
            constructor: owner.sent,
            ..Record::default()
        };
        self.finish(item, ItemKind::Record(record));
    }

    /// The namespace of the first element.
    fn namespace(&self, particle: &'a Particle) -> Option<&'a str> {
        let first = elements_of(particle).into_iter().next()?;
        Some(&self.resolved.contract.elements[first].name.namespace)
    }

    fn text(&mut self, owner: Owner<'a>, id: Id<TypeDefinition>) -> FieldDraft {
        let secret = self.resolved.contract.types[id].annotation.secret;
        let slot = self.simple(id, owner, "Value", secret);
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
        let mut slot = self.simple(declaration.type_definition, owner, wire, annotation.secret);
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
        let (type_, kind, argument) = if required {
            let argument = Some(self.argument(&slot.type_)).filter(|_| owner.sent);
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
            Term::Wildcard(_) => drafts.push(wildcard(occurs)),
            Term::GroupReference(_) => {}
            Term::Group(group) if group.compositor == Compositor::Choice => {
                self.choice(owner, group, occurs, drafts);
            }
            Term::Group(group) => match group.particles.as_slice() {
                [only] => self.particle_within(owner, only, occurs, drafts),
                all if occurs == Occurs::ONCE || (!occurs.is_repeated() && may_be_empty(all)) => {
                    for inner in all {
                        self.particle(owner, inner, drafts);
                    }
                }
                all => {
                    let word = self.words(all);
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
        let item = self.draft_child(owner, word);
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

    pub(super) fn element(
        &mut self,
        owner: Owner<'a>,
        id: Id<ElementDeclaration>,
        occurs: Occurs,
    ) -> FieldDraft {
        let element = &self.resolved.contract.elements[id];
        if element.abstract_ || !self.resolved.substitutes(id).is_empty() {
            return self.substitution(id, occurs);
        }
        let annotation = &element.annotation;
        let wire = &*element.name.local;
        let mut settings = Vec::new();
        settings.extend(qualified(&element.name, owner.namespace));
        let mut slot = self.element_slot(owner, id, !occurs.is_repeated());
        let claimed = owner.claims && annotation.presence == Presence::Claimed;
        let is_list = slot
            .settings
            .iter()
            .any(|s| matches!(s, Setting::Wrapped(_)));
        let (type_, kind, mut argument) = if occurs.is_repeated() {
            let type_ = if element.nillable {
                settings.push(Setting::Nillable);
                slot.type_.option().vec()
            } else {
                slot.type_.vec()
            };
            settings.extend(bounds(occurs));
            let argument = (occurs.min > 0).then(|| Argument::Plain(type_.clone()));
            (type_, EntryKind::Many(wire.to_owned()), argument)
        } else if occurs.min == 0 {
            let kind = EntryKind::Opt(wire.to_owned());
            if element.nillable {
                settings.push(Setting::Nillable);
                (slot.type_.nillable(), kind, None)
            } else {
                (slot.type_.option(), kind, None)
            }
        } else {
            let kind = EntryKind::One(wire.to_owned());
            if element.nillable {
                settings.push(Setting::Nillable);
                (slot.type_.option(), kind, None)
            } else if claimed && is_list {
                settings.push(Setting::Claimed);
                (slot.type_, kind, None)
            } else if claimed {
                settings.push(Setting::Claimed);
                (slot.type_.option(), kind, None)
            } else if annotation.role == Some(Role::Credentials) {
                if let Place::In(item) = owner.place {
                    self.credential_names.insert(item, wire.to_owned());
                }
                (slot.type_.option(), kind, None)
            } else {
                let argument = Some(self.argument(&slot.type_));
                (slot.type_, kind, argument)
            }
        };
        if !owner.sent {
            argument = None;
        }
        settings.append(&mut slot.settings);
        settings.extend(match annotation.absence {
            Absence::Implied => None,
            Absence::Omit => Some(Setting::AbsentOmit),
            Absence::Nil => Some(Setting::AbsentNil),
            Absence::Empty => Some(Setting::AbsentEmpty),
        });
        settings.extend(match annotation.location {
            Location::Body => None,
            Location::Path => Some(Setting::InPath),
            Location::Query => Some(Setting::InQuery),
            Location::HttpHeader => Some(Setting::InHeader),
        });
        settings.extend(element.value_constraint.as_ref().map(constrained));
        let name = names::snake(wire);
        FieldDraft {
            names: vec![name.clone()],
            field: Field {
                name: names::ident(&name),
                docs: documented(annotation, wire, &settings),
                deprecated: annotation.deprecated.as_deref().map(deprecation),
                type_,
                part: FieldPart::Content,
                entry: Entry { kind, settings },
                argument,
            },
        }
    }

    /// The type of an element's value, its own occurrence and nillability left out. A list in a
    /// wrapper is folded if `fold` allows it.
    pub(super) fn element_slot(
        &mut self,
        owner: Owner<'a>,
        id: Id<ElementDeclaration>,
        fold: bool,
    ) -> Slot {
        let element = &self.resolved.contract.elements[id];
        let type_id = element.type_definition;
        let word = &*element.name.local;
        let secret = element.annotation.secret;
        if matches!(
            self.resolved.contract.types[type_id].definition,
            Definition::Simple(_)
        ) {
            // A global element stands for itself wherever it is referred to.
            let owner = if element.scope == Declared::Global {
                let module = self.modules.of(&element.name.namespace);
                Owner {
                    place: Place::Top(module),
                    ..owner
                }
            } else {
                owner
            };
            return self.simple(type_id, owner, word, secret);
        }
        if !self.is_record(type_id) {
            return Slot::of(Type::Runtime("AnyElement"));
        }
        let effective = self.resolved.effective(type_id);
        if let Content::Simple(text) = effective.content {
            if effective.attributes.is_empty() && effective.any_attribute.is_none() {
                return self.simple(text, owner, word, secret);
            }
        }
        if fold && !owner.json {
            if let Some((item, occurs)) = self.array(type_id) {
                let declaration = &self.resolved.contract.elements[item];
                if declaration.name.namespace == element.name.namespace {
                    return self.list(owner, item, occurs, word);
                }
            }
        }
        self.warn_of_derived(type_id);
        Slot::of(Type::Item(self.element_record(element, Some(owner))))
    }

    /// A list in a wrapper.
    fn list(
        &mut self,
        owner: Owner<'a>,
        item: Id<ElementDeclaration>,
        occurs: Occurs,
        word: &str,
    ) -> Slot {
        let declaration = &self.resolved.contract.elements[item];
        let _ = word;
        let inner = self.element_slot(owner, item, false);
        let mut settings = vec![Setting::Wrapped(declaration.name.local.to_string())];
        let type_ = if declaration.nillable {
            settings.push(Setting::ItemNillable);
            inner.type_.option().vec()
        } else {
            inner.type_.vec()
        };
        settings.extend(bounds(occurs));
        settings.extend(inner.settings);
        Slot { type_, settings }
    }

    /// How `new` and setters take a value.
    pub(super) fn argument(&self, type_: &Type) -> Argument {
        let mut meant = type_;
        if let Type::Item(id) = type_ {
            if let Some(ItemKind::Alias(aliased)) = &self.drafts[id.0].kind {
                meant = aliased;
            }
        }
        match meant {
            Type::Std("String") | Type::Runtime("Secret") => Argument::Into(type_.clone()),
            _ => Argument::Plain(type_.clone()),
        }
    }

    /// The repeated element of a type that holds nothing else.
    pub(super) fn array(&self, id: Id<TypeDefinition>) -> Option<(Id<ElementDeclaration>, Occurs)> {
        let Definition::Complex(complex) = &self.resolved.contract.types[id].definition else {
            return None;
        };
        let effective = self.resolved.effective(id);
        let is_plain = effective.attributes.is_empty()
            && effective.any_attribute.is_none()
            && !effective.mixed
            && !complex.abstract_
            && complex.rules.is_empty()
            && self.resolved.derived(id).is_empty();
        let Content::Elements(particle) = &effective.content else {
            return None;
        };
        let mut particle = particle;
        let mut occurs = particle.occurs;
        loop {
            match &particle.term {
                Term::Group(group) => {
                    let [only] = group.particles.as_slice() else {
                        return None;
                    };
                    particle = only;
                    occurs = only.occurs.within(occurs);
                }
                Term::Element(element) => {
                    let declaration = &self.resolved.contract.elements[*element];
                    let is_itself =
                        !declaration.abstract_ && self.resolved.substitutes(*element).is_empty();
                    return (is_plain && is_itself && occurs.is_repeated())
                        .then_some((*element, occurs));
                }
                Term::Wildcard(_) | Term::GroupReference(_) => return None,
            }
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

/// What a name needs to say about its namespace.
pub(super) fn qualified(name: &QName, default: Option<&str>) -> Option<Setting> {
    if default == Some(&*name.namespace) {
        None
    } else if name.namespace.is_empty() {
        Some(Setting::Unqualified)
    } else {
        Some(Setting::InNamespace(name.namespace.to_string()))
    }
}

/// The settings that bound a repetition.
fn bounds(occurs: Occurs) -> impl Iterator<Item = Setting> {
    // More than that nobody sends, and not every target can count to.
    let countable = |limit: &u64| u32::try_from(*limit).is_ok();
    let min = (occurs.min > 0).then_some(occurs.min).filter(countable);
    let max = occurs.max.filter(countable);
    min.map(Setting::MinOccurs)
        .into_iter()
        .chain(max.map(Setting::MaxOccurs))
}

fn constrained(constraint: &ValueConstraint) -> Setting {
    match constraint {
        ValueConstraint::Default(value) => Setting::DefaultValue(value.clone()),
        ValueConstraint::Fixed(value) => Setting::Fixed(value.clone()),
    }
}

fn plain(name: &str, doc: &str, type_: Type, part: FieldPart, entry: Entry) -> FieldDraft {
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
        },
    }
}

fn wildcard(occurs: Occurs) -> FieldDraft {
    let mut entry = Entry::of(EntryKind::Any);
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

/// Gives the fields their names: content first, because that is what most records are made of.
pub(super) fn named(drafts: Vec<FieldDraft>) -> Vec<Field> {
    let mut scope = Scope::default();
    let mut fields: Vec<(usize, FieldDraft)> = drafts.into_iter().enumerate().collect();
    fields.sort_by_key(|(index, draft)| (draft.field.part == FieldPart::Attribute, *index));
    for (_, draft) in &mut fields {
        draft.field.name = scope.claim(&draft.names);
    }
    fields.sort_by_key(|(index, draft)| (draft.field.part == FieldPart::Content, *index));
    fields.into_iter().map(|(_, draft)| draft.field).collect()
}

/// The documentation of a field, with what a table says about limits.
pub(super) fn documented(annotation: &Annotation, wire: &str, settings: &[Setting]) -> Docs {
    let mut docs = docs::or(annotation.documentation.as_deref(), || docs::code(wire));
    let mut notes = Vec::new();
    if let Some(name) = &annotation.documented_name {
        notes.push(format!("In the documentation: {}.", docs::code(name)));
    }
    for setting in settings {
        match setting {
            Setting::MaxLength(limit) if !is_list(settings) => {
                notes.push(format!("At most {limit} characters."));
            }
            Setting::DefaultValue(value) => {
                notes.push(format!("The service assumes {}.", docs::code(value)));
            }
            Setting::Fixed(value) => notes.push(format!("Always {}.", docs::code(value))),
            _ => {}
        }
    }
    if let Some(maximum) = &annotation.documented_maximum {
        notes.push(format!("Documented maximum: {}.", docs::code(maximum)));
    }
    if !notes.is_empty() {
        docs::paragraph(&mut docs, notes.join(" "));
    }
    docs
}

fn is_list(settings: &[Setting]) -> bool {
    settings.iter().any(|s| matches!(s, Setting::Wrapped(_)))
}

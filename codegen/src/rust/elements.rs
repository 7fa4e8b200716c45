//! Elements as fields: presence, nillability, folded lists, limits and documentation.

use super::content::FieldDraft;
use super::docs::{self, Docs};
use super::lower::{Lowering, Owner, Place, deprecation};
use super::model::{Argument, Entry, EntryKind, Field, FieldPart, ItemKind, Setting, Type};
use super::names;
use super::simple::Slot;
use crate::contract::{
    Absence, Annotation, Builtin, Content, Definition, ElementDeclaration, Id, Location, Occurs,
    Particle, Presence, QName, Role, Scope as Declared, Term, TypeDefinition, ValueConstraint,
};

/// Which wrappers are folded.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Fold {
    Nothing,
    Lists,
    /// Lists and choices.
    All,
}

impl Fold {
    pub(super) fn lists(fold: bool) -> Self {
        if fold { Self::Lists } else { Self::Nothing }
    }
}

impl<'a> Lowering<'a> {
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
        let fold = if occurs.is_repeated() {
            Fold::Nothing
        } else {
            Fold::All
        };
        let mut slot = self.element_slot(owner, id, fold);
        let claimed = owner.claims && annotation.presence == Presence::Claimed;
        let is_list = is_list(&slot.settings);
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
        let constraint = element.value_constraint.as_ref();
        let initial = constraint
            .filter(|_| argument.is_some() && !occurs.is_repeated())
            .and_then(|constraint| self.initial(&type_, constraint));
        let is_fixed = initial.is_some() && matches!(constraint, Some(ValueConstraint::Fixed(_)));
        if !owner.sent || is_fixed {
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
            Location::Attachment => Some(Setting::Attached),
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
                initial,
            },
        }
    }

    /// What a field of this type has that the contract gives a value and that must be there: text that
    /// the type can hold, which for all but text is without blanks around it.
    pub(super) fn initial(&self, type_: &Type, constraint: &ValueConstraint) -> Option<String> {
        let (ValueConstraint::Default(text) | ValueConstraint::Fixed(text)) = constraint;
        let meant = match type_ {
            Type::Item(id) => match &self.drafts[id.0].kind {
                Some(ItemKind::Alias(aliased)) => aliased,
                Some(ItemKind::Enumeration(_)) => return Some(text.trim().to_owned()),
                _ => return None,
            },
            other => other,
        };
        match meant {
            Type::Std("String") => Some(text.clone()),
            Type::Runtime("QName" | "Secret" | "Attachment" | "AnyElement") => None,
            Type::Std(_) | Type::Runtime(_) => Some(text.trim().to_owned()),
            _ => None,
        }
    }

    /// The type of an element's value, its own occurrence and nillability left out. A list in a
    /// wrapper is folded if `fold` allows it.
    pub(super) fn element_slot(
        &mut self,
        owner: Owner<'a>,
        id: Id<ElementDeclaration>,
        fold: Fold,
    ) -> Slot {
        let element = &self.resolved.contract.elements[id];
        let mapped = self.mapped_field(owner, &element.name.local, element.type_definition);
        mapped.unwrap_or_else(|| self.unmapped_slot(owner, id, fold))
    }

    /// Whether an element of a simple type is kept as it stands: a value of any simple type says with
    /// `xsi:type` which one it is of, and a name that may also be a text needs the prefixes in scope.
    pub(super) fn is_kept_whole(&self, id: Id<TypeDefinition>) -> bool {
        let anything = [Builtin::AnySimpleType, Builtin::AnyAtomicType];
        let contract = &self.resolved.contract;
        { anything.iter() }.any(|any| id == contract.builtin(*any)) || self.is_union_of_names(id)
    }

    fn unmapped_slot(&mut self, owner: Owner<'a>, id: Id<ElementDeclaration>, fold: Fold) -> Slot {
        let element = &self.resolved.contract.elements[id];
        let type_id = element.type_definition;
        let word = &*element.name.local;
        let secret = element.annotation.secret;
        if element.annotation.location == Location::Attachment {
            return Slot::of(Type::Runtime("Attachment"));
        }
        if !owner.json && !secret && self.is_kept_whole(type_id) {
            return Slot::of(Type::Runtime("AnyElement"));
        }
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
        if self.maps.has(type_id) {
            return Slot::of(Type::Item(self.element_record(element, Some(owner))));
        }
        // JSON has no `xsi:type`.
        if !owner.json
            && let Some(item) = self.polymorphic(type_id)
        {
            return Slot::of(Type::Item(item));
        }
        if !self.is_record(type_id) {
            return Slot::of(Type::Runtime("AnyElement"));
        }
        let effective = self.resolved.effective(type_id);
        if let Content::Simple(text) = effective.content
            && effective.attributes.is_empty()
            && effective.any_attribute.is_none()
        {
            return self.simple(text, owner, word, secret);
        }
        if fold != Fold::Nothing
            && !owner.json
            && let Some((item, occurs)) = self.array(type_id)
        {
            return self.list(owner, element, item, occurs);
        }
        if fold == Fold::All
            && let Some(slot) = self.wrapped_choices(owner, element)
        {
            return slot;
        }
        Slot::of(Type::Item(self.element_record(element, Some(owner))))
    }

    /// A list in a wrapper.
    fn list(
        &mut self,
        owner: Owner<'a>,
        wrapper: &ElementDeclaration,
        item: Id<ElementDeclaration>,
        occurs: Occurs,
    ) -> Slot {
        let declaration = &self.resolved.contract.elements[item];
        let mapped = self.mapped_item(owner, wrapper, item);
        let inner = mapped.unwrap_or_else(|| self.unmapped_slot(owner, item, Fold::Nothing));
        let mut settings = vec![Setting::Wrapped(declaration.name.local.to_string())];
        if declaration.name.namespace != wrapper.name.namespace {
            let namespace = declaration.name.namespace.to_string();
            settings.push(Setting::ItemNamespace(namespace));
        }
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
        if let Type::Item(id) = type_
            && let Some(ItemKind::Alias(aliased)) = &self.drafts[id.0].kind
        {
            meant = aliased;
        }
        match meant {
            Type::Std("String") | Type::Runtime("Secret") => Argument::Into(type_.clone()),
            _ => Argument::Plain(type_.clone()),
        }
    }

    /// The content of a type whose elements need no record: it has no attributes, no text, and no
    /// types derived from it.
    pub(super) fn wrapped_content(&self, id: Id<TypeDefinition>) -> Option<&'a Particle> {
        if self.unfolded.contains(&id) {
            return None;
        }
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
        match &effective.content {
            Content::Elements(particle) if is_plain => Some(particle),
            _ => None,
        }
    }

    /// The repeated element of a type that holds nothing else.
    pub(super) fn array(&self, id: Id<TypeDefinition>) -> Option<(Id<ElementDeclaration>, Occurs)> {
        let mut particle = self.wrapped_content(id)?;
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
                    return (is_itself && occurs.is_repeated()).then_some((*element, occurs));
                }
                Term::Wildcard(_) | Term::GroupReference(_) => return None,
            }
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
pub(super) fn bounds(occurs: Occurs) -> impl Iterator<Item = Setting> {
    // More than that nobody sends, and not every target can count to.
    let countable = |limit: &u64| u32::try_from(*limit).is_ok();
    let min = (occurs.min > 0).then_some(occurs.min).filter(countable);
    let max = occurs.max.filter(countable);
    min.map(Setting::MinOccurs)
        .into_iter()
        .chain(max.map(Setting::MaxOccurs))
}

pub(super) fn constrained(constraint: &ValueConstraint) -> Setting {
    match constraint {
        ValueConstraint::Default(value) => Setting::DefaultValue(value.clone()),
        ValueConstraint::Fixed(value) => Setting::Fixed(value.clone()),
    }
}

/// The documentation of a field, with what a table says about limits.
pub(super) fn documented(annotation: &Annotation, wire: &str, settings: &[Setting]) -> Docs {
    let mut docs = docs::of_name(annotation.documentation.as_deref(), wire);
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
    if !annotation.media_types.is_empty() {
        let media_types = annotation.media_types.iter().map(|name| docs::code(name));
        let media_types: Vec<_> = media_types.collect();
        notes.push(format!("Media types: {}.", media_types.join(", ")));
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
    let is_wrapper = |s: &Setting| matches!(s, Setting::Wrapped(_) | Setting::Wrapping(_));
    settings.iter().any(is_wrapper)
}

//! `redefine` (Structures §4.2.2) and `override` (XML Schema 1.1): components that take the place
//! of those of the same name in another document.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::fill::{Fill, Schema};
use super::load::{component_kind, is_schema_markup};
use crate::contract::{
    AttributeGroupDefinition, ComplexType, Compositor, Content, Definition, DerivationMethod, Id,
    ModelGroup, Occurs, Particle, QName, Term, TypeDefinition,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::frontend::names::Kind;
use crate::frontend::xml::Element;

/// What takes the place of what.
#[derive(Default)]
pub(super) struct Redefinitions {
    /// How many redefinitions of each name are still to come.
    pending: BTreeMap<(Kind, QName), usize>,
    overridden: BTreeSet<(Kind, QName)>,
    originals: BTreeMap<(Kind, QName), Original>,
    /// The name whose redefinition is being read: there it means the original.
    current: Option<(Kind, QName)>,
    /// Whether it was referred to: a group may contain its original once (Structures §4.2.2), and a
    /// chain of redefinitions that doubled would grow without bounds.
    taken: bool,
}

/// A component that a redefinition refers to by its own name.
#[derive(Clone)]
enum Original {
    Type(Id<TypeDefinition>),
    Group(ModelGroup),
    AttributeGroup(Box<AttributeGroupDefinition>),
}

impl Redefinitions {
    /// Notes the names that a schema redefines or overrides, before any is declared.
    pub(super) fn announce(&mut self, target: &Arc<str>, schema: Element<'_>) {
        for (element, name) in replacements(schema, "redefine", target) {
            *self.pending.entry((element, name)).or_default() += 1;
        }
        self.overridden
            .extend(replacements(schema, "override", target));
    }

    /// Whether a declaration outside redefinitions and overrides gives way to one inside.
    pub(super) fn takes(&self, kind: Kind, name: &QName) -> bool {
        let key = (kind, name.clone());
        self.pending.contains_key(&key) || self.overridden.contains(&key)
    }

    fn original(&self, kind: Kind, name: &QName) -> Option<&Original> {
        let key = self.current.as_ref()?;
        (key.0 == kind && key.1 == *name)
            .then(|| self.originals.get(key))
            .flatten()
    }

    /// The type that its own redefinition means by its name.
    pub(super) fn original_type(&self, name: &QName) -> Option<Id<TypeDefinition>> {
        match self.original(Kind::Type, name)? {
            Original::Type(id) => Some(*id),
            _ => None,
        }
    }

    /// The group that its own redefinition means by its name, the first time.
    pub(super) fn original_group(&mut self, name: &QName) -> Option<ModelGroup> {
        match self.original(Kind::Group, name)? {
            Original::Group(group) if !self.taken => {
                let group = group.clone();
                self.taken = true;
                Some(group)
            }
            _ => None,
        }
    }

    /// The attribute group that its own redefinition means by its name, the first time.
    pub(super) fn original_attribute_group(
        &mut self,
        name: &QName,
    ) -> Option<AttributeGroupDefinition> {
        match self.original(Kind::AttributeGroup, name)? {
            Original::AttributeGroup(group) if !self.taken => {
                let group = (**group).clone();
                self.taken = true;
                Some(group)
            }
            _ => None,
        }
    }
}

/// The names of the components inside the `redefine`s or `override`s of a schema.
fn replacements(schema: Element<'_>, markup: &str, target: &Arc<str>) -> Vec<(Kind, QName)> {
    components(schema, markup)
        .filter_map(|component| {
            let name = component.attribute("name")?;
            let name = QName::new(target.clone(), name.trimmed());
            Some((component_kind(component)?, name))
        })
        .collect()
}

fn components<'e>(schema: Element<'e>, markup: &str) -> impl Iterator<Item = Element<'e>> {
    schema
        .children()
        .filter(move |child| is_schema_markup(*child) && child.name() == markup)
        .flat_map(Element::children)
        .filter(|child| is_schema_markup(*child))
}

impl<'a> Fill<'a> {
    /// Keeps a component that is redefined, for the redefinition to refer to.
    pub(super) fn keep_original(
        &mut self,
        schema: &Schema,
        kind: Kind,
        name: &QName,
        element: Element<'a>,
    ) {
        let key = (kind, name.clone());
        if self.redefinitions.overridden.contains(&key)
            || self.redefinitions.originals.contains_key(&key)
        {
            return;
        }
        if let Some(original) = self.build_original(schema, kind, name, element) {
            self.redefinitions.originals.insert(key, original);
        }
    }

    fn build_original(
        &mut self,
        schema: &Schema,
        kind: Kind,
        name: &QName,
        element: Element<'a>,
    ) -> Option<Original> {
        match kind {
            Kind::Type => {
                let definition = self.type_definition(schema, None, element);
                Some(Original::Type(self.contract.types.add(definition)))
            }
            Kind::Group => self
                .group_definition(schema, name.clone(), element)
                .group
                .map(Original::Group),
            Kind::AttributeGroup => {
                let group = self.attribute_group_definition(schema, name.clone(), element);
                Some(Original::AttributeGroup(Box::new(group)))
            }
            _ => None,
        }
    }

    /// Declares what stands in the overrides of a schema.
    pub(super) fn overrides(&mut self, schema: &Schema, element: Element<'a>) {
        for component in components(element, "override") {
            let Some(kind) = component_kind(component) else {
                continue;
            };
            let Some(name) = self.declared_name(schema, kind, component) else {
                continue;
            };
            // Of several overrides the outermost, which is read first, wins.
            if !self.declared.contains_key(&(kind, name.clone())) {
                self.declare(schema, kind, name, component);
            }
        }
    }

    /// Declares what stands in the redefinitions of a schema.
    pub(super) fn redefine(&mut self, schema: &Schema, element: Element<'a>) {
        for component in components(element, "redefine") {
            if component.name() == "annotation" {
                continue;
            }
            let kind = component_kind(component)
                .filter(|kind| [Kind::Type, Kind::Group, Kind::AttributeGroup].contains(kind));
            let Some(kind) = kind else {
                self.unexpected(component, "a redefinition");
                continue;
            };
            let Some(name) = self.declared_name(schema, kind, component) else {
                continue;
            };
            let key = (kind, name.clone());
            if !self.redefinitions.originals.contains_key(&key) {
                self.diagnostics.push(
                    Diagnostic::warning(
                        Code::UnexpectedMarkup,
                        component.name_span(),
                        format!(
                            "there is no {} `{}` to redefine; this is its declaration",
                            kind.name(),
                            name.local
                        ),
                    )
                    .help("use xs:include, and declare it outside"),
                );
            }
            self.redefinitions.current = Some(key.clone());
            self.redefinitions.taken = false;
            let last = match self.redefinitions.pending.get_mut(&key) {
                Some(left) => {
                    *left = left.saturating_sub(1);
                    *left == 0
                }
                None => true,
            };
            if last {
                self.redefine_last(schema, kind, name, component);
            } else if let Some(original) = self.build_original(schema, kind, &name, component) {
                if let Original::Type(id) = original {
                    self.merge_into(id);
                }
                self.redefinitions.originals.insert(key, original);
            }
            self.redefinitions.current = None;
        }
    }

    fn redefine_last(&mut self, schema: &Schema, kind: Kind, name: QName, component: Element<'a>) {
        self.declare(schema, kind, name.clone(), component);
        if let (Kind::Type, Some(id)) = (kind, self.contract.find_type(&name)) {
            self.merge_into(id);
        }
    }

    /// A complex type that extends its own original is one type with both contents, for on the wire
    /// there never is the original.
    fn merge_into(&mut self, id: Id<TypeDefinition>) {
        let Definition::Complex(new) = &self.contract.types[id].definition else {
            return;
        };
        let Some(derivation) = &new.derivation else {
            return;
        };
        let original = self.redefinitions.current.as_ref().and_then(|key| {
            match self.redefinitions.originals.get(key) {
                Some(Original::Type(original)) if *original == derivation.base => Some(*original),
                _ => None,
            }
        });
        let Some(original) = original.filter(|&original| original != id) else {
            return;
        };
        if derivation.method != DerivationMethod::Extension {
            return;
        }
        let Definition::Complex(old) = &self.contract.types[original].definition else {
            return;
        };
        let merged = merged(old, new);
        let documentation = self.contract.types[original]
            .annotation
            .documentation
            .clone();
        let definition = &mut self.contract.types[id];
        definition.definition = Definition::Complex(merged);
        let own = &mut definition.annotation.documentation;
        *own = own.take().or(documentation);
    }
}

fn merged(old: &ComplexType, new: &ComplexType) -> ComplexType {
    let content = match (&old.content, &new.content) {
        (Content::Elements(first), Content::Elements(second)) => Content::Elements(Particle {
            occurs: Occurs::ONCE,
            term: Term::Group(ModelGroup {
                compositor: Compositor::Sequence,
                particles: vec![first.clone(), second.clone()],
            }),
            span: second.span,
        }),
        (Content::Empty, content @ Content::Elements(_)) | (content, _) => content.clone(),
    };
    ComplexType {
        derivation: old.derivation.clone(),
        content,
        mixed: old.mixed || new.mixed,
        attributes: [&old.attributes[..], &new.attributes].concat(),
        attribute_groups: [&old.attribute_groups[..], &new.attribute_groups].concat(),
        any_attribute: new.any_attribute.clone().or(old.any_attribute.clone()),
        abstract_: new.abstract_,
        block: new.block,
        final_: new.final_,
        open_content: new.open_content.clone().or(old.open_content.clone()),
        rules: [&old.rules[..], &new.rules].concat(),
    }
}

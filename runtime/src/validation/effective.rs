//! What complex types are with what they inherit (Structures §3.4.2), and which types are derived
//! from which (§3.4.6, §3.14.6).

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use super::component::{
    AttributeGroup, AttributeUse, ComplexType, Components, Compositor, Content, Definition,
    ElementDeclaration, ElementId, Method, Methods, OpenContent, Particle, Presence, Term, TypeId,
    Variety,
};
use super::content::Model;
use super::names::NameId;
use super::wildcard::Wildcard;

/// A complex type with what it inherits.
#[derive(Clone, Debug, Default)]
pub(super) struct Effective {
    pub(super) attributes: HashMap<NameId, AttributeUse>,
    /// Those that must be there, or have a value of themselves.
    pub(super) expected: Vec<NameId>,
    pub(super) any_attribute: Option<Wildcard>,
    pub(super) content: EffectiveContent,
    pub(super) mixed: bool,
    pub(super) open: Option<OpenContent>,
}

#[derive(Clone, Debug, Default)]
pub(super) enum EffectiveContent {
    #[default]
    Empty,
    Simple(TypeId),
    /// One after the other: a base's, and what extensions add.
    Elements(Vec<Arc<Particle>>),
}

impl Components {
    /// A complex type with what it inherits.
    pub(super) fn effective<'c>(&'c self, complex: &'c ComplexType) -> &'c Effective {
        if let Some(found) = complex.effective.get() {
            return found;
        }
        // From the nearest base that is known down, without recursion: chains may be long.
        let mut chain = vec![complex];
        let mut at = complex;
        while let Some(base) = at.base.and_then(|base| self.complex(base)) {
            let circular = chain.len() > self.types.len();
            if base.effective.get().is_some() || circular {
                break;
            }
            chain.push(base);
            at = base;
        }
        for complex in chain.into_iter().rev() {
            complex.effective.get_or_init(|| self.inherit(complex));
        }
        complex.effective.get_or_init(Effective::default)
    }

    fn inherit(&self, complex: &ComplexType) -> Effective {
        let base_type = complex.base;
        let base = base_type
            .and_then(|base| self.complex(base))
            .and_then(|base| base.effective.get());
        let of_anything = base_type.is_none_or(|base| self.is_anything(base));
        let extends = complex.method == Method::Extension;
        let own = self.own_attributes(&complex.attributes);
        let mut attributes = HashMap::new();
        if let Some(base) = base {
            attributes.clone_from(&base.attributes);
        }
        for used in own.uses {
            let name = self.attribute(used.attribute).name;
            match used.presence {
                Presence::Prohibited => {
                    attributes.remove(&name);
                }
                _ => {
                    attributes.insert(name, used);
                }
            }
        }
        let inherited = match base {
            Some(base) => base.any_attribute.clone(),
            None if of_anything && base_type.is_some() => Some(Wildcard::anything()),
            None => None,
        };
        let any_attribute = match (extends, own.any, inherited) {
            (true, Some(own), Some(base)) => Some(Wildcard {
                namespaces: own.namespaces.union(&base.namespaces),
                process: own.process,
            }),
            (true, None, base) => base,
            (_, own, _) => own,
        };
        let content = self.content(complex, base, extends);
        let mixed = match (extends, base) {
            (true, Some(base)) => base.mixed || complex.mixed,
            (true, None) => complex.mixed || (of_anything && base_type.is_some()),
            (false, _) => complex.mixed,
        };
        let mut expected: Vec<NameId> = attributes
            .iter()
            .filter(|(_, used)| {
                used.presence == Presence::Required
                    || used.value.is_some()
                    || self.attribute(used.attribute).value.is_some()
            })
            .map(|(name, _)| *name)
            .collect();
        expected.sort();
        let open = match (&complex.open, base) {
            (None, Some(base)) if extends => base.open.clone(),
            (open, _) => open.clone(),
        };
        Effective {
            attributes,
            expected,
            any_attribute,
            content,
            mixed,
            open,
        }
    }

    fn content(
        &self,
        complex: &ComplexType,
        base: Option<&Effective>,
        extends: bool,
    ) -> EffectiveContent {
        let own = match &complex.content {
            Content::Empty => EffectiveContent::Empty,
            Content::Simple(id) => return EffectiveContent::Simple(*id),
            Content::Elements(particle) => EffectiveContent::Elements(vec![particle.clone()]),
        };
        let base = match (base, complex.base) {
            (Some(base), _) => base.content.clone(),
            (None, Some(id)) if extends => match &self.type_(id).definition {
                Definition::Simple(_) => EffectiveContent::Simple(id),
                Definition::Anything | Definition::Undeclared => {
                    EffectiveContent::Elements(vec![Arc::new(anything())])
                }
                Definition::Complex(_) => EffectiveContent::Empty,
            },
            _ => EffectiveContent::Empty,
        };
        match (base, own) {
            (EffectiveContent::Simple(id), EffectiveContent::Empty) => EffectiveContent::Simple(id),
            (EffectiveContent::Elements(mut base), EffectiveContent::Elements(own)) if extends => {
                base.extend(own);
                EffectiveContent::Elements(base)
            }
            (base, EffectiveContent::Empty) if extends => base,
            (_, own) => own,
        }
    }

    /// The attributes that a type states, those of its groups among them (§3.4.2, §3.6.2).
    fn own_attributes(&self, attributes: &AttributeGroup) -> AttributeGroup {
        let mut uses = attributes.uses.clone();
        let mut names: HashSet<NameId> = { uses.iter() }
            .map(|used| self.attribute(used.attribute).name)
            .collect();
        let mut any = attributes.any.clone();
        let mut seen = HashSet::new();
        let mut pending: Vec<NameId> = attributes.groups.iter().rev().copied().collect();
        while let Some(name) = pending.pop() {
            let Some(group) = self
                .attribute_groups
                .get(&name)
                .filter(|_| seen.insert(name))
            else {
                continue;
            };
            pending.extend(group.groups.iter().rev());
            // What a group prohibits is no part of it (§3.6.2).
            let there = |used: &&AttributeUse| used.presence != Presence::Prohibited;
            for used in group.uses.iter().filter(there) {
                if names.insert(self.attribute(used.attribute).name) {
                    uses.push(used.clone());
                }
            }
            any = match (any, &group.any) {
                (Some(own), Some(other)) => Some(Wildcard {
                    namespaces: own.namespaces.intersection(&other.namespaces),
                    process: own.process,
                }),
                (own, other) => own.or_else(|| other.clone()),
            };
        }
        AttributeGroup {
            uses,
            groups: Vec::new(),
            any,
        }
    }

    /// The content model of a complex type with element content.
    pub(super) fn model<'c>(&'c self, complex: &'c ComplexType) -> &'c Model {
        complex.model.get_or_init(|| {
            let effective = self.effective(complex);
            match &effective.content {
                EffectiveContent::Elements(particles) => Model::new(self, particles),
                _ => Model::new(self, &[]),
            }
        })
    }

    /// The base of a type, and the method; `None` of `xs:anyType`.
    fn base(&self, id: TypeId) -> Option<(TypeId, Method)> {
        match &self.type_(id).definition {
            Definition::Undeclared | Definition::Anything => None,
            Definition::Complex(complex) => Some((complex.base.or(self.any_type)?, complex.method)),
            Definition::Simple(simple) => {
                let base = match &simple.variety {
                    Variety::Restriction(base) | Variety::Builtin(_, base) => Some(*base),
                    Variety::List(_) | Variety::Union(_) => self.any_simple_type,
                };
                Some((base?, Method::Restriction))
            }
        }
    }

    /// Whether a type is derived from another one, or is it, by none of the barred methods
    /// (cos-ct-derived-ok, cos-st-derived-ok).
    pub(super) fn is_derived(&self, derived: TypeId, base: TypeId, barred: Methods) -> bool {
        if derived == base || self.is_undeclared(derived) || self.is_undeclared(base) {
            return true;
        }
        let mut pending = vec![base];
        let mut seen = HashSet::new();
        while let Some(base) = pending.pop() {
            if !seen.insert(base) {
                continue;
            }
            if self.is_below(derived, base, barred) {
                return true;
            }
            // Members of a union stand for it.
            if let Definition::Simple(simple) = &self.type_(base).definition
                && let Variety::Union(members) = &simple.variety
                && !barred.restriction
            {
                pending.extend(members);
            }
        }
        false
    }

    fn is_undeclared(&self, id: TypeId) -> bool {
        matches!(self.type_(id).definition, Definition::Undeclared)
    }

    fn is_below(&self, derived: TypeId, base: TypeId, barred: Methods) -> bool {
        let mut at = derived;
        for _ in 0..=self.types.len() {
            if at == base {
                return true;
            }
            match self.base(at) {
                Some((next, method)) if !barred.has(method) => at = next,
                _ => return false,
            }
        }
        false
    }

    /// Whether an element may stand for the head of a substitution group (cos-equiv-derived-ok-rec).
    pub(super) fn may_substitute(&self, member: ElementId, head: ElementId) -> bool {
        let of_head = self.element(head);
        if of_head.block.substitution {
            return false;
        }
        let mut barred = of_head.block.union(self.prohibited(of_head));
        let mut at = self.element(member).type_;
        // The types in between bar their own substitution, too.
        for _ in 0..=self.types.len() {
            if at == of_head.type_ {
                break;
            }
            match self.base(at) {
                Some((next, _)) if next != of_head.type_ => {
                    at = next;
                    if let Some(complex) = self.complex(at) {
                        barred = barred.union(complex.block);
                    }
                }
                _ => break,
            }
        }
        self.is_derived(self.element(member).type_, of_head.type_, barred)
    }

    /// Whether an element belongs to the substitution group of another and may stand for it.
    pub(super) fn is_in_group(&self, member: ElementId, head: ElementId) -> bool {
        let mut at = self.element(member).head;
        for _ in 0..=self.elements.len() {
            match at {
                Some(found) if found == head => return self.may_substitute(member, head),
                Some(other) => at = self.element(other).head,
                None => return false,
            }
        }
        false
    }

    /// The prohibited substitutions of an element's type.
    pub(super) fn prohibited(&self, element: &ElementDeclaration) -> Methods {
        self.complex(element.type_)
            .map(|complex| complex.block)
            .unwrap_or_default()
    }
}

/// The content of `xs:anyType`.
fn anything() -> Particle {
    let wildcard = Particle {
        min: 0,
        max: None,
        term: Term::Wildcard(Wildcard::anything()),
    };
    Particle {
        min: 1,
        max: Some(1),
        term: Term::Group(Compositor::Sequence, vec![wildcard]),
    }
}

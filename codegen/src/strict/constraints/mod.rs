//! Constraints on components (the sections "Constraints on … Schema Components" of Structures).
//!
//! Passes in a fixed order: circles first, for all that follows goes along references; then simple
//! types, content, attributes; then what compares or looks into these.

mod attribute_restriction;
mod attributes;
mod circles;
mod consistency;
mod content;
mod derivation;
mod determinism;
mod element;
mod identity;
mod node;
mod notation;
mod particle;
mod redefinition;
mod restriction;
mod simple_type;
mod value;
mod wildcard;
mod xpath;

use std::cell::Cell;
use std::collections::HashMap;
use std::rc::Rc;

use castile::validation::datatype::Datatype;

use self::attributes::Attributes;
use self::particle::GroupFacts;
use super::components::{Components, Definition, ElementId, Particle, Term, TypeId};
use super::report::Report;

/// What the passes found out about the components.
struct Facts<'c, 'a> {
    components: &'c Components<'a>,
    /// All types that are not made of themselves, each after what it is made of.
    order: Vec<TypeId>,
    /// The simple types, by type.
    datatypes: Vec<Option<Datatype>>,
    /// The content of complex types, by type.
    contents: Vec<Content>,
    /// By type.
    attributes: Vec<Attributes<'a>>,
    /// By group.
    groups: Vec<GroupFacts>,
    /// The type of each element.
    element_types: Vec<Option<TypeId>>,
    /// The elements that name each head.
    members: HashMap<ElementId, Vec<ElementId>>,
    /// How many particles may still be looked at.
    budget: Cell<u64>,
}

/// How many particles are looked at in all: contents made of the same large groups would else take
/// as long as all of them together.
const BUDGET: u64 = 2_000_000;

/// The content type of a complex type (Structures §3.4.1).
#[derive(Clone, Debug)]
enum Content {
    /// It depends on something that is not known, or wrong.
    Unknown,
    Empty,
    /// Text: the simple type, and the type definition that has or restricts it.
    Simple(Option<Datatype>, Option<TypeId>),
    Elements {
        mixed: bool,
        particle: Rc<Particle>,
    },
}

/// Checks all components.
pub(super) fn check<'a>(components: &Components<'a>, report: &mut Report) {
    let order = circles::types(components, report);
    let element_types = element::types(components, report);
    let groups = particle::groups(components, report);
    let mut facts = Facts {
        components,
        order,
        datatypes: vec![None; components.types.len()],
        contents: vec![Content::Unknown; components.types.len()],
        attributes: Vec::new(),
        groups,
        element_types,
        members: element::members(components),
        budget: Cell::new(BUDGET),
    };
    facts.simple_types(report);
    facts.contents(report);
    facts.attributes(report);
    facts.declarations(report);
    facts.derivations(report);
    facts.particles(report);
    facts.identity(report);
    facts.redefinitions(report);
}

impl<'a> Facts<'_, 'a> {
    /// Takes from the budget; `false` if it is spent.
    fn spend(&self, particles: u64) -> bool {
        self.budget.set(self.budget.get().saturating_sub(particles));
        self.budget.get() > 0
    }

    /// Whether a type is simple, complex, or neither for all that is known.
    fn is_complex(&self, id: TypeId) -> Option<bool> {
        match self.components.types[id.0].definition {
            Definition::Unknown => None,
            Definition::Simple(_) => Some(false),
            Definition::Complex(_) => Some(true),
        }
    }

    /// Checks the content models: where `xs:all` stands, whether elements of one name have one type,
    /// and whether each element has one particle that it can be for.
    fn particles(&self, report: &mut Report) {
        for group in &self.components.groups {
            if let Some(Particle {
                term: Term::Group(_, particles),
                ..
            }) = group.group.as_deref()
            {
                for particle in particles {
                    self.all_limited(particle, false, report);
                }
            }
        }
        for &id in &self.order {
            let definition = &self.components.types[id.0];
            let Some(complex) = definition.as_complex().filter(|_| definition.xml.is_some()) else {
                continue;
            };
            if let super::components::ContentMarkup::Complex(Some(particle)) = &complex.content {
                self.all_limited(particle, true, report);
            }
            let Content::Elements { particle, .. } = &self.contents[id.0] else {
                continue;
            };
            if self.is_within_bounds(particle) {
                self.consistent(particle, report);
                self.deterministic(particle, definition.span, report);
            }
        }
    }
}

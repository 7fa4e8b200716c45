//! Element Declarations Consistent (Structures §3.8.6).

use std::collections::HashMap;

use super::Facts;
use crate::contract::QName;
use crate::strict::components::{ElementId, Particle, Term};
use crate::strict::report::Report;

impl Facts<'_, '_> {
    /// All elements of one name in a content have the same type.
    pub(super) fn consistent(&self, particle: &Particle, report: &mut Report) {
        let mut first = HashMap::new();
        self.consistent_with(particle, &mut first, report);
    }

    fn consistent_with<'s>(
        &'s self,
        particle: &'s Particle,
        first: &mut HashMap<&'s QName, ElementId>,
        report: &mut Report,
    ) {
        match &particle.term {
            Term::Group(_, particles) => {
                for particle in particles {
                    self.consistent_with(particle, first, report);
                }
            }
            Term::GroupReference(Some(group)) => {
                if let Some(group) = self.group(*group) {
                    self.consistent_with(group, first, report);
                }
            }
            Term::Element(Some(id)) => {
                let element = &self.components.elements[id.0];
                let other = *first.entry(&element.name).or_insert(*id);
                let types = (self.element_types[other.0], self.element_types[id.0]);
                if let (Some(one), Some(two)) = types
                    && one != two
                {
                    report.find(
                        "cos-element-consistent",
                        particle.span,
                        format!(
                            "two elements `{}` in one content, with different types",
                            element.name.local
                        ),
                        "give both the same named type, or rename one",
                    );
                }
            }
            _ => {}
        }
    }
}

//! Redefinitions (Structures §4.2.2).

use super::Facts;
use super::circles::base;
use crate::strict::components::{Definition, Redefinition, SimpleDefinition};
use crate::strict::report::Report;

impl Facts<'_, '_> {
    /// A redefinition is made of what it redefines.
    pub(super) fn redefinitions(&self, report: &mut Report) {
        for redefinition in &self.components.redefinitions {
            match redefinition {
                Redefinition::Type(new, old) => {
                    let definition = &self.components.types[new.0];
                    let unclear = matches!(
                        definition.definition,
                        Definition::Unknown
                            | Definition::Simple(SimpleDefinition::Restriction { base: None, .. })
                    );
                    let is_own = base(self.components, *new).is_some_and(|(base, _)| base == *old);
                    if !unclear && !is_own {
                        report.find(
                            "src-redefine.5",
                            definition.span,
                            format!(
                                "{} is redefined, and is not its own base",
                                definition.shown()
                            ),
                            "restrict or extend the type as it was",
                        );
                    }
                }
                Redefinition::Group {
                    new,
                    old,
                    references,
                } => {
                    if let [_, (.., span), ..] = references[..] {
                        report.find(
                            "src-redefine.6.1.1",
                            span,
                            "the redefined group is referred to more than once",
                            "refer to it once",
                        );
                    } else if let [(min, max, span)] = references[..] {
                        if (min, max) != (1, Some(1)) {
                            report.find(
                                "src-redefine.6.1.2",
                                span,
                                "the redefined group occurs more or less than once",
                                "leave minOccurs and maxOccurs out",
                            );
                        }
                    } else {
                        let new = &self.components.groups[new.0];
                        if let (Some(own), Some(base), Some(span)) =
                            (&new.group, self.group(*old), new.span)
                        {
                            self.restricted_particle(own, base, span, report);
                        }
                    }
                }
                Redefinition::AttributeGroup {
                    new,
                    old,
                    references,
                } => match references[..] {
                    [] => self.restricted_group(*new, *old, report),
                    [_, span, ..] => report.find(
                        "src-redefine.7.1",
                        span,
                        "the redefined attribute group is referred to more than once",
                        "refer to it once",
                    ),
                    _ => {}
                },
            }
        }
    }
}

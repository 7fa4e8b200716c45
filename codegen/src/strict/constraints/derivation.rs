//! Whether a type is derived from another (Structures §3.4.6, §3.14.6), and what bars derivation.

use super::circles::base;
use super::{Content, Facts};
use crate::contract::{DerivationMethod, DerivationSet};
use crate::strict::components::{ANY_SIMPLE_TYPE, ANY_TYPE, Definition, SimpleDefinition, TypeId};
use crate::strict::report::Report;

/// How many steps from type to type are followed in one question.
const STEPS: usize = 10_000;

/// How many unions inside each other are followed.
const UNIONS: usize = 64;

/// Only restriction is left.
pub(super) const NO_EXTENSION: DerivationSet = DerivationSet {
    extension: true,
    restriction: false,
    substitution: false,
    list: false,
    union: false,
};

impl Facts<'_, '_> {
    /// Whether `derived` is `from`, or derived from it without the methods in `barred` (Type
    /// Derivation OK). What is not known counts as derived.
    pub(super) fn is_derived(&self, derived: TypeId, from: TypeId, barred: DerivationSet) -> bool {
        let mut steps = STEPS;
        self.derived_within(derived, from, barred, (&mut steps, UNIONS))
    }

    fn derived_within(
        &self,
        derived: TypeId,
        from: TypeId,
        barred: DerivationSet,
        (steps, unions): (&mut usize, usize),
    ) -> bool {
        let mut at = derived;
        loop {
            if at == from {
                return true;
            }
            *steps = steps.saturating_sub(1);
            if *steps == 0 || unions == 0 {
                return true;
            }
            if let Definition::Simple(SimpleDefinition::Union(members)) =
                &self.components.types[from.0].definition
            {
                let through = { members.iter() }.any(|member| {
                    member.is_none_or(|member| {
                        self.derived_within(at, member, barred, (&mut *steps, unions - 1))
                    })
                });
                if through {
                    return true;
                }
            }
            if at == ANY_TYPE {
                return false;
            }
            let Some((next, method)) = self.step(at) else {
                return true;
            };
            let allowed = match method {
                DerivationMethod::Extension => !barred.extension,
                DerivationMethod::Restriction => !barred.restriction,
            };
            if !allowed {
                return false;
            }
            at = next;
        }
    }

    /// The base of a type and how it is derived from it; `None` if the base is not known.
    fn step(&self, id: TypeId) -> Option<(TypeId, DerivationMethod)> {
        if id == ANY_SIMPLE_TYPE {
            return Some((ANY_TYPE, DerivationMethod::Restriction));
        }
        match &self.components.types[id.0].definition {
            Definition::Simple(SimpleDefinition::Builtin(name)) => {
                let builtin = crate::contract::Builtin::from_name(name)?;
                let mut above = builtin.base();
                if above == crate::contract::Builtin::AnyAtomicType {
                    above = crate::contract::Builtin::AnySimpleType;
                }
                let name = crate::contract::QName::new(crate::contract::XML_SCHEMA, above.name());
                let id = *self.components.symbols.types.get(&name)?;
                Some((id, DerivationMethod::Restriction))
            }
            Definition::Simple(SimpleDefinition::List(_) | SimpleDefinition::Union(_)) => {
                Some((ANY_SIMPLE_TYPE, DerivationMethod::Restriction))
            }
            _ => base(self.components, id),
        }
    }

    /// Checks that each complex type is derived as its base allows.
    pub(super) fn derivations(&self, report: &mut Report) {
        for &id in &self.order {
            let definition = &self.components.types[id.0];
            let Some(complex) = definition.as_complex().filter(|_| definition.xml.is_some()) else {
                continue;
            };
            let Some(base) = complex.base else {
                continue;
            };
            let final_ = self.components.types[base.0].final_;
            let barred = match complex.method {
                DerivationMethod::Extension if final_.extension => "cos-ct-extends.1.1",
                DerivationMethod::Restriction if final_.restriction => {
                    "derivation-ok-restriction.1"
                }
                _ => {
                    if complex.method == DerivationMethod::Restriction && base != ANY_TYPE {
                        self.restricted_content(id, base, complex.base_span, report);
                    }
                    continue;
                }
            };
            report.find(
                barred,
                complex.base_span,
                format!(
                    "{} is final for this derivation",
                    self.components.types[base.0].shown()
                ),
                "`final` there says so: choose another base, or another derivation",
            );
        }
    }

    /// Derivation Valid (Restriction, Complex), clause 5: the content.
    fn restricted_content(
        &self,
        id: TypeId,
        base: TypeId,
        span: crate::source::Span,
        report: &mut Report,
    ) {
        let shown = self.components.types[base.0].shown();
        let mut wrong = |rule, message: String| {
            report.find(
                rule,
                span,
                message,
                "a restriction only takes away from its base",
            );
        };
        match (&self.contents[id.0], &self.contents[base.0]) {
            (Content::Unknown, _) | (_, Content::Unknown) => {}
            (Content::Simple(_, own), Content::Simple(_, theirs)) => {
                if let (Some(own), Some(theirs)) = (own, theirs)
                    && !self.is_derived(*own, *theirs, NO_EXTENSION)
                {
                    wrong(
                        "derivation-ok-restriction.5.2.2.1",
                        format!("the simple content is not a restriction of that of {shown}"),
                    );
                }
            }
            (Content::Simple(..), Content::Elements { mixed, particle }) => {
                if !mixed || !self.is_emptiable(particle) {
                    wrong(
                        "derivation-ok-restriction.5.2.2.2",
                        format!("simple content, and {shown} does not allow text alone"),
                    );
                }
            }
            (Content::Empty, Content::Simple(..)) => wrong(
                "derivation-ok-restriction.5.3",
                format!("no content, and {shown} has simple content"),
            ),
            (Content::Empty, Content::Elements { particle, .. }) => {
                if !self.is_emptiable(particle) {
                    wrong(
                        "derivation-ok-restriction.5.3.2",
                        format!("no content, and {shown} requires some"),
                    );
                }
            }
            (Content::Empty, Content::Empty) => {}
            (Content::Simple(..), Content::Empty) => wrong(
                "derivation-ok-restriction.5.2",
                format!("simple content, and {shown} is empty"),
            ),
            (Content::Elements { .. }, Content::Simple(..) | Content::Empty) => wrong(
                "derivation-ok-restriction.5.4",
                format!("elements, and {shown} has none"),
            ),
            (
                Content::Elements { mixed, particle },
                Content::Elements {
                    mixed: base_mixed,
                    particle: base_particle,
                },
            ) => {
                if *mixed && !base_mixed {
                    wrong(
                        "derivation-ok-restriction.5.4.1.2",
                        format!("mixed content, and that of {shown} is not"),
                    );
                }
                self.restricted_particle(particle, base_particle, span, report);
            }
        }
    }
}

//! Whether the attributes of a restriction are allowed by its base (Structures §3.4.6, Derivation
//! Valid (Restriction, Complex), clauses 2 to 4), and those of a redefined group by the group as it
//! was (§4.2.2).

use super::attributes::{Attributes, BASES, fixed};
use super::derivation::NO_EXTENSION;
use super::value::same;
use super::{Facts, wildcard};
use crate::source::Span;
use crate::strict::components::{ANY_TYPE, AttributeGroupId, AttributeUse, TypeId};
use crate::strict::report::Report;

impl<'a> Facts<'_, 'a> {
    /// Derivation Valid (Restriction, Complex), clauses 2 to 4.
    pub(super) fn restricted_attributes(
        &self,
        attributes: &Attributes<'a>,
        base: TypeId,
        span: Span,
        report: &mut Report,
    ) {
        let theirs = &self.attributes[base.0];
        let mut own: Vec<_> = attributes.own.values().collect();
        own.sort_by_key(|own| own.span);
        for own in own {
            match self.find_use(base, &own.name) {
                Some(theirs) => self.restricted_use(own, theirs, report),
                None => {
                    let allowed = theirs.wildcard.as_ref().is_some_and(|wildcard| {
                        wildcard::allows(&wildcard.namespaces, &own.name.namespace)
                    });
                    if !allowed && self.is_known(base) {
                        report.find(
                            "derivation-ok-restriction.2.2",
                            own.span,
                            format!("the base has no attribute `{}`", own.name.local),
                            "a restriction adds no attributes: leave it out, or extend the base",
                        );
                    }
                }
            }
        }
        for name in &attributes.prohibited {
            if self
                .find_use(base, name)
                .is_some_and(|theirs| theirs.required)
            {
                report.find(
                    "derivation-ok-restriction.3",
                    span,
                    format!("the base requires the attribute `{}`", name.local),
                    "do not prohibit it",
                );
            }
        }
        let Some(own) = &attributes.wildcard else {
            return;
        };
        match &theirs.wildcard {
            None => report.find(
                "derivation-ok-restriction.4.1",
                own.span,
                "the base has no xs:anyAttribute",
                "a restriction adds none: leave it out",
            ),
            Some(theirs) if !wildcard::is_subset(&own.namespaces, &theirs.namespaces) => report
                .find(
                    "derivation-ok-restriction.4.2",
                    own.span,
                    "the wildcard allows namespaces that the base's does not",
                    "a restriction only takes away from its base",
                ),
            Some(theirs) if !wildcard::is_as_strict(own.process, theirs.process) => report.find(
                "derivation-ok-restriction.4.3",
                own.span,
                "the wildcard is less strict than the base's",
                "say processContents as the base does",
            ),
            Some(_) => {}
        }
    }

    fn restricted_use(
        &self,
        own: &AttributeUse<'_>,
        theirs: &AttributeUse<'_>,
        report: &mut Report,
    ) {
        let name = &own.name.local;
        if theirs.required && !own.required {
            report.find(
                "derivation-ok-restriction.2.1.1",
                own.span,
                format!("the base requires the attribute `{name}`"),
                "add use=\"required\"",
            );
        }
        let (Some(own_declaration), Some(their_declaration)) =
            (own.declaration, theirs.declaration)
        else {
            return;
        };
        let own_declaration = &self.components.attributes[own_declaration.0];
        let their_declaration = &self.components.attributes[their_declaration.0];
        let (Some(own_type), Some(their_type)) = (own_declaration.type_, their_declaration.type_)
        else {
            return;
        };
        if !self.is_derived(own_type, their_type, NO_EXTENSION) {
            report.find(
                "derivation-ok-restriction.2.1.2",
                own.span,
                format!("the type of `{name}` is not derived from the one in the base"),
                "give it a type that restricts the one in the base",
            );
        }
        let their_value = theirs.value.as_ref().or(their_declaration.value.as_ref());
        let own_value = own.value.as_ref().or(own_declaration.value.as_ref());
        if let Some(theirs) = fixed(their_value) {
            let kept = fixed(own_value)
                .is_some_and(|own| same(self.datatypes[their_type.0].as_ref(), own, theirs));
            if !kept {
                report.find(
                    "derivation-ok-restriction.2.1.3",
                    own.span,
                    format!(
                        "the base fixes the attribute `{name}` to `{}`",
                        theirs.value
                    ),
                    "fix it to the same value",
                );
            }
        }
    }

    /// A redefinition of an attribute group that does not refer to it restricts it.
    pub(super) fn restricted_group(
        &self,
        new: AttributeGroupId,
        old: AttributeGroupId,
        report: &mut Report,
    ) {
        let groups = &self.components.attribute_groups;
        let own = self.flat(&groups[new.0].attributes, "src-attribute_group.2", report);
        let theirs = self.flat(&groups[old.0].attributes, "src-attribute_group.2", report);
        for attribute in &own.uses {
            let same = { theirs.uses.iter() }.find(|theirs| theirs.name == attribute.name);
            let wild = { theirs.wildcard.as_ref() }.is_some_and(|wildcard| {
                wildcard::allows(&wildcard.namespaces, &attribute.name.namespace)
            });
            match same {
                Some(theirs) => self.restricted_use(attribute, theirs, report),
                None if wild => {}
                None => report.find(
                    "src-redefine.7.2.2",
                    attribute.span,
                    format!(
                        "the group as it was has no attribute `{}`",
                        attribute.name.local
                    ),
                    "refer to the group itself to add to it",
                ),
            }
        }
        let missing = { theirs.uses.iter() }
            .find(|theirs| theirs.required && !own.uses.iter().any(|own| own.name == theirs.name));
        if let (Some(missing), Some(span)) = (missing, groups[new.0].span) {
            report.find(
                "src-redefine.7.2.2",
                span,
                format!("the group as it was requires `{}`", missing.name.local),
                "keep it",
            );
        }
    }

    /// Whether all bases of a type are known.
    fn is_known(&self, id: TypeId) -> bool {
        let mut at = id;
        for _ in 0..BASES {
            if at == ANY_TYPE {
                return true;
            }
            let Some(complex) = self.components.types[at.0].as_complex() else {
                return self.is_complex(at).is_some();
            };
            let Some(base) = complex.base else {
                return false;
            };
            let groups = complex.attributes.groups.iter();
            if groups.clone().any(|(group, _)| group.is_none()) {
                return false;
            }
            at = base;
        }
        false
    }
}

//! The attribute uses of complex types and attribute groups (Structures §3.4.6, §3.5.6, §3.6.6).

use std::collections::{HashMap, HashSet};

use super::circles::visit;
use super::element::value_of;
use super::value::same;
use super::{Facts, wildcard};
use crate::contract::{DerivationMethod, QName};
use crate::source::Span;
use crate::strict::components::{
    ANY_TYPE, AttributeGroupId, AttributeUse, AttributeUses, TypeId, ValueConstraint, Wildcard,
};
use crate::strict::report::Report;

/// How many bases are looked through for an attribute.
pub(super) const BASES: usize = 1_000;

/// The attributes of a complex type: its own here, others at its bases.
#[derive(Default)]
pub(super) struct Attributes<'a> {
    pub(super) own: HashMap<QName, AttributeUse<'a>>,
    pub(super) prohibited: HashSet<QName>,
    /// With that of the base, where the type is an extension.
    pub(super) wildcard: Option<Wildcard>,
    /// The attribute that is an ID.
    identifier: Option<QName>,
}

/// The uses of a definition, with those of the groups that it refers to.
pub(super) struct Flat<'c, 'a> {
    pub(super) uses: Vec<&'c AttributeUse<'a>>,
    prohibited: Vec<&'c QName>,
    pub(super) wildcard: Option<Wildcard>,
}

impl<'c, 'a> Facts<'c, 'a> {
    /// Finds and checks the attributes of all attribute groups and complex types.
    pub(super) fn attributes(&mut self, report: &mut Report) {
        self.circular_groups(report);
        for group in &self.components.attribute_groups {
            let flat = self.flat(&group.attributes, "src-attribute_group.2", report);
            self.unique(
                &flat.uses,
                ["ag-props-correct.2", "ag-props-correct.3"],
                None,
                report,
            );
        }
        self.attributes
            .resize_with(self.components.types.len(), Attributes::default);
        for id in self.order.clone() {
            let components = self.components;
            let definition = &components.types[id.0];
            let Some(complex) = definition.as_complex() else {
                continue;
            };
            let flat = self.flat(&complex.attributes, "src-ct.4", report);
            for attribute in &complex.attributes.uses {
                self.use_of(attribute, report);
            }
            let base = complex.base.filter(|_| id != ANY_TYPE);
            let inherited = base.and_then(|base| self.attributes[base.0].identifier.clone());
            let identifier = self.unique(
                &flat.uses,
                ["ct-props-correct.4", "ct-props-correct.5"],
                inherited
                    .as_ref()
                    .filter(|name| !flat.prohibited.contains(name)),
                report,
            );
            let mut attributes = Attributes {
                own: flat
                    .uses
                    .iter()
                    .map(|&own| (own.name.clone(), own.clone()))
                    .collect(),
                prohibited: flat.prohibited.into_iter().cloned().collect(),
                wildcard: flat.wildcard,
                identifier,
            };
            if let Some(base) = base {
                match complex.method {
                    DerivationMethod::Extension => {
                        attributes.prohibited.clear();
                        self.extended(&mut attributes, base, complex.base_span, report);
                    }
                    DerivationMethod::Restriction if base != ANY_TYPE => {
                        self.restricted_attributes(&attributes, base, complex.base_span, report);
                    }
                    DerivationMethod::Restriction => {}
                }
            }
            self.attributes[id.0] = attributes;
        }
    }

    fn circular_groups(&self, report: &mut Report) {
        let groups = &self.components.attribute_groups;
        let edges = |id: usize| -> Vec<usize> {
            { groups[id].attributes.groups.iter() }
                .filter_map(|(group, _)| group.map(|group| group.0))
                .collect()
        };
        visit(groups.len(), edges, |from, to| {
            let references = &groups[from].attributes.groups;
            let span = { references.iter() }
                .find(|(group, _)| *group == Some(AttributeGroupId(to)))
                .map(|(_, span)| *span);
            if let Some(span) = span.or(groups[from].span) {
                report.find(
                    "src-attribute_group.3",
                    span,
                    "the attribute group contains itself",
                    "leave the reference out",
                );
            }
        });
    }

    /// All uses, those of the groups among them; the wildcards put together.
    pub(super) fn flat(
        &self,
        attributes: &'c AttributeUses<'a>,
        rule: &'static str,
        report: &mut Report,
    ) -> Flat<'c, 'a> {
        let mut flat = Flat {
            uses: Vec::new(),
            prohibited: Vec::new(),
            wildcard: attributes.wildcard.clone(),
        };
        let mut seen = HashSet::new();
        let mut queue = vec![attributes];
        while let Some(attributes) = queue.pop() {
            flat.uses.extend(&attributes.uses);
            flat.prohibited
                .extend(attributes.prohibited.iter().map(|(name, _)| name));
            for (group, span) in &attributes.groups {
                let Some(group) = group.filter(|group| seen.insert(*group)) else {
                    continue;
                };
                let group = &self.components.attribute_groups[group.0].attributes;
                queue.push(group);
                let Some(theirs) = &group.wildcard else {
                    continue;
                };
                flat.wildcard = match flat.wildcard.take() {
                    None => Some(theirs.clone()),
                    Some(own) => {
                        let both = wildcard::intersection(&own.namespaces, &theirs.namespaces);
                        if both.is_none() {
                            report.find(
                                rule,
                                *span,
                                "no wildcard says what both the one here and that of the \
                                 attribute group allow",
                                "leave one of the two out",
                            );
                        }
                        Some(Wildcard {
                            namespaces: both.unwrap_or_else(|| own.namespaces.clone()),
                            ..own
                        })
                    }
                };
            }
        }
        flat
    }

    /// Names are there once, and one attribute at most is an ID; returns that.
    fn unique(
        &self,
        uses: &[&AttributeUse<'_>],
        [duplicate, identifiers]: [&'static str; 2],
        inherited: Option<&QName>,
        report: &mut Report,
    ) -> Option<QName> {
        let mut names: HashMap<&QName, Span> = HashMap::new();
        let mut identifier = inherited.cloned();
        for attribute in uses {
            if names.insert(&attribute.name, attribute.span).is_some() {
                report.find(
                    duplicate,
                    attribute.span,
                    format!("the attribute `{}` is there twice", attribute.name.local),
                    "leave one of the two out",
                );
                continue;
            }
            let is_identifier = { attribute.declaration }
                .and_then(|id| self.components.attributes[id.0].type_)
                .and_then(|id| self.datatypes[id.0].as_ref())
                .is_some_and(|datatype| datatype.is_derived_from_builtin("ID"));
            if !is_identifier {
                continue;
            }
            match &identifier {
                Some(other) if *other != attribute.name => report.find(
                    identifiers,
                    attribute.span,
                    format!(
                        "both `{}` and `{}` are IDs",
                        other.local, attribute.name.local
                    ),
                    "an element has one ID: give one of the two another type",
                ),
                _ => identifier = Some(attribute.name.clone()),
            }
        }
        identifier
    }

    /// Attribute Use Correct: a reference keeps the fixed value of the declaration.
    fn use_of(&self, attribute: &AttributeUse<'_>, report: &mut Report) {
        let Some(declaration) = attribute
            .declaration
            .map(|id| &self.components.attributes[id.0])
        else {
            return;
        };
        let datatype = declaration
            .type_
            .and_then(|id| self.datatypes[id.0].as_ref());
        if let (Some(value), Some(datatype)) = (&attribute.value, datatype) {
            value_of(
                datatype,
                value,
                ["a-props-correct.2", "a-props-correct.3"],
                report,
            );
        }
        let (Some(value), Some(fixed)) = (&attribute.value, fixed(declaration.value.as_ref()))
        else {
            return;
        };
        if !value.fixed || !same(datatype, value, fixed) {
            report.find(
                "au-props-correct.2",
                value.span,
                format!(
                    "the declaration of the attribute fixes it to `{}`",
                    fixed.value
                ),
                "say the same, or nothing",
            );
        }
    }

    /// The use of an attribute in a type, be it inherited.
    pub(super) fn find_use(&self, id: TypeId, name: &QName) -> Option<&AttributeUse<'a>> {
        let mut at = id;
        for _ in 0..BASES {
            let attributes = self.attributes.get(at.0)?;
            if let Some(found) = attributes.own.get(name) {
                return Some(found);
            }
            if attributes.prohibited.contains(name) {
                return None;
            }
            at = self.components.types[at.0].as_complex()?.base?;
            if at == ANY_TYPE {
                return None;
            }
        }
        None
    }

    /// Derivation Valid (Extension): no attribute of the base again; the wildcards together.
    fn extended(
        &self,
        attributes: &mut Attributes<'a>,
        base: TypeId,
        span: Span,
        report: &mut Report,
    ) {
        for (name, own) in &attributes.own {
            if self.find_use(base, name).is_some() {
                report.find(
                    "ct-props-correct.4",
                    own.span,
                    format!("the base has the attribute `{}` already", name.local),
                    "leave it out here",
                );
            }
        }
        let Some(theirs) = self.attributes[base.0].wildcard.clone() else {
            return;
        };
        attributes.wildcard = Some(match attributes.wildcard.take() {
            None => theirs,
            Some(own) => {
                let both = wildcard::union(&own.namespaces, &theirs.namespaces);
                if both.is_none() {
                    report.find(
                        "src-ct.5",
                        span,
                        "no wildcard says what either xs:anyAttribute, here and in the base, \
                         allows",
                        "leave one of the two out",
                    );
                }
                Wildcard {
                    namespaces: both.unwrap_or_else(|| own.namespaces.clone()),
                    ..own
                }
            }
        });
    }
}

pub(super) fn fixed<'v, 'a>(
    value: Option<&'v ValueConstraint<'a>>,
) -> Option<&'v ValueConstraint<'a>> {
    value.filter(|value| value.fixed)
}

//! Simple types and their facets.

use super::Writer;
use crate::contract::{
    Annotation, EnumerationValue, ExplicitTimezone, Facets, Id, SimpleType, TypeDefinition,
    Variety, WhiteSpace,
};
use crate::export::annotation;
use crate::export::markup::Markup;
use crate::export::schema::holds_names;

impl Writer<'_, '_> {
    pub(super) fn simple_type(
        &mut self,
        name: Option<&str>,
        id: Id<TypeDefinition>,
        simple: &SimpleType,
        annotation: &Annotation,
    ) -> Markup {
        let mut markup = Markup::new(self.xs("simpleType")).with_some("name", name);
        let words = [
            ("restriction", simple.final_.restriction),
            ("list", simple.final_.list),
            ("union", simple.final_.union),
        ];
        markup = markup.with_some("final", super::element::words(&words));
        self.annotate(annotation, Vec::new(), &mut markup);
        let step = match &simple.variety {
            Variety::Restriction(base) => {
                let mut step = Markup::new(self.xs("restriction"));
                if let Some(base) = base {
                    self.set_base(*base, "base", &mut step);
                }
                self.facets(&simple.facets, holds_names(self.contract, id), &mut step);
                step
            }
            Variety::List(item) => {
                let mut step = Markup::new(self.xs("list"));
                self.set_base(*item, "itemType", &mut step);
                step
            }
            Variety::Union(members) => self.union(members),
        };
        markup.with_child(step)
    }

    /// Names a type in an attribute, or writes it inside.
    pub(super) fn set_base(
        &mut self,
        id: Id<TypeDefinition>,
        attribute: &str,
        markup: &mut Markup,
    ) {
        match &self.contract.types[id].name {
            Some(name) => {
                let name = self.type_name(name);
                markup.set(attribute, name);
            }
            None => {
                let inner = self.type_definition(None, id);
                markup.push(inner);
            }
        }
    }

    /// Members with names come first in a union: where one without a name stands between them, those
    /// behind it are written as types of their own.
    fn union(&mut self, members: &[Id<TypeDefinition>]) -> Markup {
        let is_named = |id: &Id<TypeDefinition>| self.contract.types[*id].name.is_some();
        let first = members.iter().take_while(|id| is_named(id)).count();
        let (named, rest) = members.split_at(first);
        let mut names = Vec::new();
        for id in named {
            if let Some(name) = &self.contract.types[*id].name {
                names.push(self.type_name(name));
            }
        }
        let mut step = Markup::new(self.xs("union"));
        if !names.is_empty() {
            step.set("memberTypes", names.join(" "));
        }
        for id in rest {
            let inner = if self.contract.types[*id].name.is_some() {
                let mut restriction = Markup::new(self.xs("restriction"));
                self.set_base(*id, "base", &mut restriction);
                Markup::new(self.xs("simpleType")).with_child(restriction)
            } else {
                self.type_definition(None, *id)
            };
            step.push(inner);
        }
        step
    }

    /// Adds facets; `names` says that values are names whose prefixes count.
    pub(super) fn facets(&mut self, facets: &Facets, names: bool, step: &mut Markup) {
        if facets.open {
            step.set(annotation::castile(self.prefixes, "open"), "true");
        }
        let size = |size: Option<u64>| size.map(|size| size.to_string());
        let white_space = facets.white_space.map(|white_space| match white_space {
            WhiteSpace::Preserve => "preserve",
            WhiteSpace::Replace => "replace",
            WhiteSpace::Collapse => "collapse",
        });
        let zone = facets.explicit_timezone.map(|zone| match zone {
            ExplicitTimezone::Required => "required",
            ExplicitTimezone::Optional => "optional",
            ExplicitTimezone::Prohibited => "prohibited",
        });
        let single = [
            ("length", size(facets.length)),
            ("minLength", size(facets.min_length)),
            ("maxLength", size(facets.max_length)),
            ("totalDigits", size(facets.total_digits)),
            ("fractionDigits", size(facets.fraction_digits)),
            ("minInclusive", facets.min_inclusive.clone()),
            ("maxInclusive", facets.max_inclusive.clone()),
            ("minExclusive", facets.min_exclusive.clone()),
            ("maxExclusive", facets.max_exclusive.clone()),
            ("whiteSpace", white_space.map(str::to_owned)),
            ("explicitTimezone", zone.map(str::to_owned)),
        ];
        for (name, value) in single {
            if let Some(value) = value {
                step.push(Markup::new(self.xs(name)).with("value", value));
            }
        }
        for pattern in &facets.patterns {
            step.push(Markup::new(self.xs("pattern")).with("value", pattern));
        }
        for value in &facets.enumeration {
            let mut markup = self.enumeration(value);
            if names {
                let prefix = value
                    .value
                    .trim()
                    .split_once(':')
                    .map_or("", |(prefix, _)| prefix);
                let meant = { facets.prefixes.iter() }.filter(|(known, _)| **known == *prefix);
                let meant: Vec<_> = meant.cloned().collect();
                self.prefixes.declare(&meant, &mut markup);
            }
            step.push(markup);
        }
    }

    fn enumeration(&mut self, value: &EnumerationValue) -> Markup {
        let annotation = Annotation {
            documentation: value.documentation.clone(),
            deprecated: value.deprecated.clone(),
            ..Annotation::default()
        };
        let mut markup = Markup::new(self.xs("enumeration")).with("value", &value.value);
        self.annotate(&annotation, Vec::new(), &mut markup);
        markup
    }
}

//! Complex types.

use super::Writer;
use super::element::derivations;
use crate::contract::{
    Annotation, ComplexType, Content, Definition, Derivation, DerivationMethod, Facets, Id,
    SimpleType, TypeDefinition, Variety,
};
use crate::export::annotation;
use crate::export::markup::Markup;
use crate::export::schema::holds_names;

impl<'a> Writer<'a, '_> {
    pub(super) fn complex_type(
        &mut self,
        name: Option<&str>,
        complex: &ComplexType,
        facts: &Annotation,
    ) -> Markup {
        let mut markup = Markup::new(self.xs("complexType"))
            .with_some("name", name)
            .with_if(complex.abstract_, "abstract", "true")
            .with_if(complex.mixed, "mixed", "true")
            .with_some("block", derivations(complex.block))
            .with_some("final", derivations(complex.final_));
        let rules = { complex.rules.iter() }
            .map(|rule| annotation::rule(rule, self.prefixes))
            .collect();
        self.annotate(facts, rules, &mut markup);
        match (&complex.derivation, &complex.content) {
            (Some(derivation), Content::Simple(text)) => {
                let step = self.simple_content(name, derivation, *text, complex);
                markup.with_child(Markup::new(self.xs("simpleContent")).with_child(step))
            }
            // Text without a base is an extension of its type.
            (None, Content::Simple(text)) => {
                let mut step = Markup::new(self.xs("extension"));
                self.set_base(*text, "base", &mut step);
                self.content_attributes(complex, &mut step);
                markup.with_child(Markup::new(self.xs("simpleContent")).with_child(step))
            }
            (Some(derivation), _) => {
                let mut step = self.step(name, derivation);
                self.content(complex, &mut step);
                markup.with_child(Markup::new(self.xs("complexContent")).with_child(step))
            }
            (None, _) => {
                self.content(complex, &mut markup);
                markup
            }
        }
    }

    /// `extension` or `restriction`, with the base.
    fn step(&mut self, name: Option<&str>, derivation: &Derivation) -> Markup {
        let markup = Markup::new(self.xs(match derivation.method {
            DerivationMethod::Extension => "extension",
            DerivationMethod::Restriction => "restriction",
        }));
        let base = match &self.contract.types[derivation.base].name {
            Some(base) => self.type_name(base),
            // What a redefinition refers to by its own name: no other type can be derived from it.
            None => {
                let original = format!("{}-original", name.unwrap_or("anonymous"));
                let known = self.originals.iter().any(|(known, _)| *known == original);
                if !known {
                    self.originals.push((original.clone(), derivation.base));
                }
                let namespace = self.target.clone();
                self.type_name(&crate::contract::QName::new(namespace, original))
            }
        };
        markup.with("base", base)
    }

    /// A content model and attributes.
    fn content(&mut self, complex: &ComplexType, markup: &mut Markup) {
        if let Some(open) = &complex.open_content {
            let mode = if open.interleave {
                "interleave"
            } else {
                "suffix"
            };
            let any = Markup::new(self.xs("any"));
            let any = self.wildcard(&open.wildcard, any);
            markup.push(
                Markup::new(self.xs("openContent"))
                    .with("mode", mode)
                    .with_child(any),
            );
        }
        if let Content::Elements(particle) = &complex.content {
            let model = self.content_model(particle);
            markup.push(model);
        }
        self.content_attributes(complex, markup);
    }

    fn content_attributes(&mut self, complex: &ComplexType, markup: &mut Markup) {
        self.attributes(
            &complex.attributes,
            &complex.attribute_groups,
            complex.any_attribute.as_ref(),
            markup,
        );
    }

    fn simple_content(
        &mut self,
        name: Option<&str>,
        derivation: &Derivation,
        text: Id<TypeDefinition>,
        complex: &ComplexType,
    ) -> Markup {
        let mut step = self.step(name, derivation);
        if derivation.method == DerivationMethod::Restriction {
            match self.facets_on_base(derivation.base, text) {
                Some(facets) => self.facets(facets, holds_names(self.contract, text), &mut step),
                None => {
                    let inner = self.inline(text);
                    step.push(inner);
                }
            }
        }
        self.content_attributes(complex, &mut step);
        step
    }

    /// The facets of a restriction of text, where nothing but facets is new.
    fn facets_on_base(
        &self,
        base: Id<TypeDefinition>,
        text: Id<TypeDefinition>,
    ) -> Option<&'a Facets> {
        let types = &self.contract.types;
        let Definition::Simple(SimpleType {
            variety: Variety::Restriction(Some(restricted)),
            facets,
            ..
        }) = &types[text].definition
        else {
            return None;
        };
        let of_base = match &types[base].definition {
            Definition::Complex(complex) => match complex.content {
                Content::Simple(content) => Some(content),
                _ => None,
            },
            _ => Some(base),
        };
        (types[text].name.is_none() && of_base == Some(*restricted)).then_some(facets)
    }

    /// A simple type written in place, even if it has a name.
    fn inline(&mut self, id: Id<TypeDefinition>) -> Markup {
        if self.contract.types[id].name.is_none() {
            return self.type_definition(None, id);
        }
        let mut step = Markup::new(self.xs("restriction"));
        self.set_base(id, "base", &mut step);
        Markup::new(self.xs("simpleType")).with_child(step)
    }
}

//! Element declarations, their identity constraints, and the form of most of them.

use std::sync::Arc;

use super::Writer;
use crate::contract::{
    Content, Contract, Definition, DerivationSet, ElementDeclaration, Id, IdentityConstraint,
    IdentityKind, ModelGroup, Occurs, Scope, Term, TypeDefinition, ValueConstraint,
};
use crate::export::markup::Markup;

impl Writer<'_, '_> {
    pub(super) fn global_element(&mut self, id: Id<ElementDeclaration>) -> Markup {
        let element = &self.contract.elements[id];
        let markup = Markup::new(self.xs("element")).with("name", &*element.name.local);
        self.element(id, element, markup)
    }

    /// An element in a model group: a declaration, or a reference to one.
    pub(super) fn local_element(&mut self, id: Id<ElementDeclaration>, occurs: Occurs) -> Markup {
        let element = &self.contract.elements[id];
        let mut markup = Markup::new(self.xs("element"));
        if element.scope != Scope::Local {
            let name = self.reference(&element.name);
            markup.set("ref", name);
            return with_occurs(markup, occurs);
        }
        markup.set("name", &*element.name.local);
        let own = &element.name.namespace;
        let default = if self.is_qualified { &*self.target } else { "" };
        if **own == *default {
        } else if **own == *self.target {
            markup.set("form", "qualified");
        } else if own.is_empty() {
            markup.set("form", "unqualified");
        } else {
            // Of XML Schema 1.1: no other way leads to an element of another namespace.
            markup.set("targetNamespace", &**own);
        }
        let markup = with_occurs(markup, occurs);
        self.element(id, element, markup)
    }

    fn element(
        &mut self,
        id: Id<ElementDeclaration>,
        element: &ElementDeclaration,
        mut markup: Markup,
    ) -> Markup {
        let mut inner = Markup::new("");
        // The anonymous type of a head is that of the members that name none.
        let is_heads = element.substitution_group.is_some_and(|head| {
            let type_definition = self.contract.elements[head].type_definition;
            type_definition == element.type_definition
                && self.contract.types[type_definition].name.is_none()
        });
        match &self.contract.types[element.type_definition].name {
            Some(_) => self.set_type(element.type_definition, &mut markup),
            None if is_heads => {}
            None => self.set_type(element.type_definition, &mut inner),
        }
        if let Some(name) = inner.take_attribute("type") {
            markup.set("type", name);
        }
        if let Some(head) = element.substitution_group {
            let head = self.reference(&self.contract.elements[head].name);
            markup.set("substitutionGroup", head);
        }
        markup = markup
            .with_if(element.nillable, "nillable", "true")
            .with_if(element.abstract_, "abstract", "true")
            .with_some("block", derivations(element.block))
            .with_some("final", derivations(element.final_));
        set_value(element.value_constraint.as_ref(), &mut markup);
        self.annotate(&element.annotation, Vec::new(), &mut markup);
        let mut markup = markup.with_children(inner.into_children());
        for alternative in &element.alternatives {
            let mut written = Markup::new(self.xs("alternative"));
            self.set_type(*alternative, &mut written);
            markup.push(written);
        }
        let constraints = self.contract.identity_constraints.get(&id);
        for constraint in constraints.into_iter().flatten() {
            let written = self.identity_constraint(constraint);
            markup.push(written);
        }
        markup
    }

    fn identity_constraint(&mut self, constraint: &IdentityConstraint) -> Markup {
        let (kind, refer) = match &constraint.kind {
            IdentityKind::Key => ("key", None),
            IdentityKind::Unique => ("unique", None),
            IdentityKind::KeyReference(key) => ("keyref", Some(self.reference(key))),
        };
        let mut markup = Markup::new(self.xs(kind))
            .with("name", &*constraint.name.local)
            .with_some("refer", refer);
        self.prefixes.declare(&constraint.prefixes, &mut markup);
        markup.push(Markup::new(self.xs("selector")).with("xpath", &constraint.selector));
        for field in &constraint.fields {
            markup.push(Markup::new(self.xs("field")).with("xpath", field));
        }
        markup
    }
}

pub(super) fn with_occurs(markup: Markup, occurs: Occurs) -> Markup {
    let min = (occurs.min != 1).then(|| occurs.min.to_string());
    let max = match occurs.max {
        Some(1) => None,
        Some(max) => Some(max.to_string()),
        None => Some("unbounded".to_owned()),
    };
    markup
        .with_some("minOccurs", min)
        .with_some("maxOccurs", max)
}

pub(super) fn set_value(constraint: Option<&ValueConstraint>, markup: &mut Markup) {
    match constraint {
        Some(ValueConstraint::Default(value)) => markup.set("default", value),
        Some(ValueConstraint::Fixed(value)) => markup.set("fixed", value),
        None => {}
    }
}

/// The methods of an element or complex type.
pub(super) fn derivations(set: DerivationSet) -> Option<String> {
    words(&[
        ("extension", set.extension),
        ("restriction", set.restriction),
        ("substitution", set.substitution),
    ])
}

/// The words that hold; `None` if none does.
pub(super) fn words(words: &[(&str, bool)]) -> Option<String> {
    let held: Vec<&str> = { words.iter() }
        .filter(|(_, holds)| *holds)
        .map(|(word, _)| *word)
        .collect();
    (!held.is_empty()).then(|| held.join(" "))
}

/// Counts how many local elements have the target namespace, and how many have none.
pub(super) struct Forms<'a> {
    contract: &'a Contract,
    target: &'a Arc<str>,
    qualified: usize,
    unqualified: usize,
    open: Vec<Id<TypeDefinition>>,
}

impl<'a> Forms<'a> {
    pub(super) fn new(contract: &'a Contract, target: &'a Arc<str>) -> Self {
        Self {
            contract,
            target,
            qualified: 0,
            unqualified: 0,
            open: Vec::new(),
        }
    }

    pub(super) fn mostly_qualified(&self) -> bool {
        self.qualified > self.unqualified
    }

    /// Counts in a type without a name; one that has a name is counted where it is declared.
    pub(super) fn type_use(&mut self, id: Id<TypeDefinition>) {
        if self.contract.types[id].name.is_none() {
            self.type_definition(id);
        }
    }

    pub(super) fn type_definition(&mut self, id: Id<TypeDefinition>) {
        if self.open.contains(&id) {
            return;
        }
        if let Definition::Complex(complex) = &self.contract.types[id].definition
            && let Content::Elements(particle) = &complex.content
        {
            self.open.push(id);
            self.term(&particle.term);
            self.open.pop();
        }
    }

    pub(super) fn group(&mut self, group: &ModelGroup) {
        for particle in &group.particles {
            self.term(&particle.term);
        }
    }

    fn term(&mut self, term: &Term) {
        match term {
            Term::Group(group) => self.group(group),
            Term::Element(id) => {
                let element = &self.contract.elements[*id];
                if element.scope != Scope::Local {
                    return;
                }
                if element.name.namespace == *self.target {
                    self.qualified += 1;
                } else if element.name.namespace.is_empty() {
                    self.unqualified += 1;
                }
                self.type_use(element.type_definition);
            }
            Term::GroupReference(_) | Term::Wildcard(_) => {}
        }
    }
}

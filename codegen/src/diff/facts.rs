//! A contract as a flat list of facts: path and value, both for people.

use std::collections::BTreeMap;

use crate::contract::*;

/// All facts of a contract. Named components are entered by name, anonymous types where they stand,
/// so the walk ends although types may be recursive.
pub(super) fn facts(contract: &Contract) -> BTreeMap<String, String> {
    let mut walk = Walk {
        contract,
        open: Vec::new(),
        facts: BTreeMap::new(),
    };
    for (id, definition) in contract.types.iter() {
        if let Some(name) = &definition.name
            && &*name.namespace != XML_SCHEMA
        {
            walk.type_definition(&format!("type {name}"), id);
        }
    }
    for (id, element) in contract.elements.iter() {
        if element.scope == Scope::Global {
            walk.element(&format!("element {}", element.name), id);
        }
    }
    for (_, attribute) in contract.attributes.iter() {
        if attribute.scope == Scope::Global {
            walk.attribute(&format!("attribute {}", attribute.name), attribute);
        }
    }
    walk.groups();
    walk.services();
    walk.facts
}

struct Walk<'a> {
    contract: &'a Contract,
    /// The anonymous types that are being entered: one may hold itself, through a group.
    open: Vec<Id<TypeDefinition>>,
    facts: BTreeMap<String, String>,
}

impl Walk<'_> {
    fn put(&mut self, path: &str, fact: &str, value: impl Into<String>) {
        self.facts.insert(format!("{path}/{fact}"), value.into());
    }

    fn put_some(&mut self, path: &str, fact: &str, value: Option<impl ToString>) {
        if let Some(value) = value {
            self.put(path, fact, value.to_string());
        }
    }

    fn put_if(&mut self, path: &str, fact: &str, value: bool) {
        if value {
            self.put(path, fact, "true");
        }
    }

    fn annotation(&mut self, path: &str, annotation: &Annotation) {
        self.put_some(path, "documentation", annotation.documentation.as_deref());
        self.put_some(path, "deprecated", annotation.deprecated.as_deref());
        self.put_if(path, "secret", annotation.secret);
        self.put_some(
            path,
            "role",
            annotation.role.map(|role| format!("{role:?}")),
        );
        if annotation.location != Location::Body {
            self.put(path, "location", format!("{:?}", annotation.location));
        }
        if annotation.absence != Absence::Implied {
            self.put(path, "absence", format!("{:?}", annotation.absence));
        }
        if annotation.presence != Presence::Proven {
            self.put(path, "presence", format!("{:?}", annotation.presence));
        }
        self.put_some(
            path,
            "documented-name",
            annotation.documented_name.as_deref(),
        );
        if !annotation.media_types.is_empty() {
            self.put(path, "media-types", annotation.media_types.join(" "));
        }
        self.put_some(
            path,
            "documented-maximum",
            annotation.documented_maximum.as_deref(),
        );
    }

    /// The type by name, or what it holds if it has none.
    fn type_use(&mut self, path: &str, id: Id<TypeDefinition>) {
        match &self.contract.types[id].name {
            Some(name) => self.put(path, "type", name.to_string()),
            None if self.open.contains(&id) => self.put(path, "type", "again"),
            None => {
                self.open.push(id);
                self.type_definition(&format!("{path}/type"), id);
                self.open.pop();
            }
        }
    }

    fn type_definition(&mut self, path: &str, id: Id<TypeDefinition>) {
        let definition = &self.contract.types[id];
        self.annotation(path, &definition.annotation);
        match &definition.definition {
            Definition::Undeclared => self.put(path, "kind", "undeclared"),
            Definition::Simple(simple) => self.simple_type(path, simple),
            Definition::Complex(complex) => self.complex_type(path, complex),
        }
    }

    fn simple_type(&mut self, path: &str, simple: &SimpleType) {
        match &simple.variety {
            Variety::Restriction(Some(base)) => self.type_use(&format!("{path}/base"), *base),
            Variety::Restriction(None) => {}
            Variety::List(item) => self.type_use(&format!("{path}/item"), *item),
            Variety::Union(members) => {
                for (index, member) in members.iter().enumerate() {
                    self.type_use(&format!("{path}/member {}", index + 1), *member);
                }
            }
        }
        self.barred(path, DerivationSet::default(), simple.final_);
        let facets = &simple.facets;
        self.put_some(path, "length", facets.length);
        self.put_some(path, "min-length", facets.min_length);
        self.put_some(path, "max-length", facets.max_length);
        self.put_some(path, "total-digits", facets.total_digits);
        self.put_some(path, "fraction-digits", facets.fraction_digits);
        self.put_some(path, "min-inclusive", facets.min_inclusive.as_deref());
        self.put_some(path, "max-inclusive", facets.max_inclusive.as_deref());
        self.put_some(path, "min-exclusive", facets.min_exclusive.as_deref());
        self.put_some(path, "max-exclusive", facets.max_exclusive.as_deref());
        self.put_some(
            path,
            "white-space",
            facets.white_space.map(|w| format!("{w:?}")),
        );
        let zone = facets.explicit_timezone.map(|zone| format!("{zone:?}"));
        self.put_some(path, "explicit-timezone", zone);
        self.put_if(path, "open", facets.open);
        for (index, pattern) in facets.patterns.iter().enumerate() {
            self.put(path, &format!("pattern {}", index + 1), pattern);
        }
        for (index, value) in facets.enumeration.iter().enumerate() {
            let documentation = value.documentation.as_deref().unwrap_or_default();
            let text = format!("{} {documentation}", value.value);
            self.put(path, &format!("value {:03}", index + 1), text.trim_end());
        }
    }

    fn complex_type(&mut self, path: &str, complex: &ComplexType) {
        if let Some(derivation) = &complex.derivation {
            let fact = format!("{path}/{:?}", derivation.method);
            self.type_use(&fact, derivation.base);
        }
        self.put_if(path, "abstract", complex.abstract_);
        self.put_if(path, "mixed", complex.mixed);
        match &complex.content {
            Content::Empty => {}
            Content::Simple(text) => self.type_use(&format!("{path}/text"), *text),
            Content::Elements(particle) => self.particle(path, particle),
        }
        for attribute in &complex.attributes {
            self.attribute_use(path, attribute);
        }
        self.attribute_groups(path, &complex.attribute_groups);
        self.barred(path, complex.block, complex.final_);
        if let Some(open) = &complex.open_content {
            self.put(
                path,
                "open-content",
                format!("{} {:?}", open.interleave, open.wildcard),
            );
        }
        if let Some(wildcard) = &complex.any_attribute {
            self.put(path, "any-attribute", format!("{wildcard:?}"));
        }
        for (index, rule) in complex.rules.iter().enumerate() {
            let name = rule.name.as_deref().unwrap_or_default();
            let text = format!("{:?} {} {name}", rule.kind, rule.members.join(" "));
            self.put(path, &format!("rule {}", index + 1), text.trim_end());
        }
    }

    fn particle(&mut self, path: &str, particle: &Particle) {
        match &particle.term {
            Term::Group(group) => {
                if particle.occurs != Occurs::ONCE {
                    self.put(path, "occurs", particle.occurs.to_string());
                }
                if group.compositor != Compositor::Sequence {
                    self.put(path, "compositor", format!("{:?}", group.compositor));
                }
                for (index, inner) in group.particles.iter().enumerate() {
                    let name = match &inner.term {
                        Term::Element(id) => self.contract.elements[*id].name.to_string(),
                        Term::Group(_) | Term::GroupReference(_) => "group".to_owned(),
                        Term::Wildcard(_) => "any".to_owned(),
                    };
                    self.put(path, &format!("child {:03}", index + 1), &name);
                    self.particle(&format!("{path}/{name}"), inner);
                }
            }
            Term::Element(id) => {
                self.put(path, "occurs", particle.occurs.to_string());
                if self.contract.elements[*id].scope == Scope::Local {
                    self.element(path, *id);
                }
            }
            Term::GroupReference(id) => {
                self.put(path, "occurs", particle.occurs.to_string());
                self.put(path, "group", self.contract.groups[*id].name.to_string());
            }
            Term::Wildcard(wildcard) => {
                self.put(path, "occurs", particle.occurs.to_string());
                self.put(path, "wildcard", format!("{wildcard:?}"));
            }
        }
    }

    fn element(&mut self, path: &str, id: Id<ElementDeclaration>) {
        let element = &self.contract.elements[id];
        self.annotation(path, &element.annotation);
        self.put_if(path, "nillable", element.nillable);
        self.put_if(path, "abstract", element.abstract_);
        self.value_constraint(path, element.value_constraint.as_ref());
        let head = element
            .substitution_group
            .map(|head| &self.contract.elements[head].name);
        self.put_some(path, "substitution-group", head);
        self.element_details(path, id);
        self.type_use(path, element.type_definition);
    }

    fn attribute(&mut self, path: &str, attribute: &AttributeDeclaration) {
        self.annotation(path, &attribute.annotation);
        self.value_constraint(path, attribute.value_constraint.as_ref());
        self.type_use(path, attribute.type_definition);
    }

    fn value_constraint(&mut self, path: &str, constraint: Option<&ValueConstraint>) {
        match constraint {
            Some(ValueConstraint::Default(value)) => self.put(path, "default", value),
            Some(ValueConstraint::Fixed(value)) => self.put(path, "fixed", value),
            None => {}
        }
    }
}

mod details;
mod services;

//! Complex types, as the objects of JSON.

use super::super::json::{Json, Object};
use super::Schemas;
use crate::contract::{
    AttributePresence, ComplexType, Compositor, Content, DerivationMethod, ElementDeclaration, Id,
    Location, ModelGroup, Occurs, Particle, Presence, Rule, RuleKind, Term,
};

/// A member of a record with how often it may come.
pub(in crate::export::openapi) struct Member<'a> {
    pub(in crate::export::openapi) element: &'a ElementDeclaration,
    pub(in crate::export::openapi) occurs: Occurs,
}

impl<'a> Schemas<'a> {
    /// The object of a type; for an extension, of its base and its own members.
    pub(super) fn record(&mut self, complex: &ComplexType) -> Object {
        let own = self.own_members(complex);
        match &complex.derivation {
            Some(derivation)
                if derivation.method == DerivationMethod::Extension
                    && !matches!(complex.content, Content::Simple(_)) =>
            {
                let base = self.type_use(derivation.base);
                if base.is_empty() {
                    return own;
                }
                Object::new().with("allOf", vec![base.into(), own.into()])
            }
            _ => own,
        }
    }

    fn own_members(&mut self, complex: &ComplexType) -> Object {
        if let (Content::Simple(text), true) = (&complex.content, complex.attributes.is_empty()) {
            return self.type_use(*text);
        }
        let members = self.members(complex);
        let mut schema = self.object_of(&members, &complex.rules);
        for used in &complex.attributes {
            if used.presence == AttributePresence::Prohibited {
                continue;
            }
            let attribute = &self.contract.attributes[used.declaration];
            let mut member = self.type_use(attribute.type_definition);
            super::describe(&attribute.annotation, &mut member);
            schema.change("properties", |all| all.set(&*attribute.name.local, member));
        }
        if let Content::Simple(text) = &complex.content {
            let text = self.type_use(*text);
            schema.change("properties", |all| all.set("text", text));
        }
        schema
    }

    /// The object of those members that travel in the body.
    pub(in crate::export::openapi) fn object_of(
        &mut self,
        members: &[Member<'_>],
        rules: &[Rule],
    ) -> Object {
        let in_body = |member: &&Member<'_>| member.element.annotation.location == Location::Body;
        let mut properties = Object::new();
        let mut required = Vec::new();
        for member in members.iter().filter(in_body) {
            let name = &*member.element.name.local;
            // Nobody can rely on what a page merely claims.
            let is_proven = member.element.annotation.presence == Presence::Proven;
            if member.occurs.min > 0 && is_proven && !properties.contains(name) {
                required.push(Json::from(name));
            }
            let schema = self.member(member.element, member.occurs);
            properties.set(name, schema);
        }
        let conditions: Vec<Json> = { rules.iter() }
            .filter(|rule| rule.members.iter().all(|name| properties.contains(name)))
            .map(|rule| Json::from(condition(rule)))
            .collect();
        let mut schema = Object::new().with("type", "object");
        if !properties.is_empty() {
            schema.set("properties", properties);
        }
        if !required.is_empty() {
            schema.set("required", required);
        }
        if !conditions.is_empty() {
            schema.set("allOf", conditions);
        }
        schema
    }

    /// The elements of a content model; those of a choice may each be missing.
    pub(in crate::export::openapi) fn members(&self, complex: &ComplexType) -> Vec<Member<'a>> {
        let mut members = Vec::new();
        if let Content::Elements(particle) = &complex.content {
            let mut open = Vec::new();
            self.collect(particle, Occurs::ONCE, &mut open, &mut members);
        }
        members
    }

    fn collect(
        &self,
        particle: &Particle,
        outer: Occurs,
        open: &mut Vec<Id<crate::contract::ModelGroupDefinition>>,
        members: &mut Vec<Member<'a>>,
    ) {
        let occurs = particle.occurs.within(outer);
        if occurs.is_prohibited() {
            return;
        }
        match &particle.term {
            Term::Element(id) => {
                let element = &self.contract.elements[*id];
                members.push(Member { element, occurs });
            }
            Term::Group(group) => self.collect_group(group, occurs, open, members),
            Term::GroupReference(id) => {
                if let (Some(group), false) = (&self.contract.groups[*id].group, open.contains(id))
                {
                    open.push(*id);
                    self.collect_group(group, occurs, open, members);
                    open.pop();
                }
            }
            Term::Wildcard(_) => {}
        }
    }

    fn collect_group(
        &self,
        group: &ModelGroup,
        occurs: Occurs,
        open: &mut Vec<Id<crate::contract::ModelGroupDefinition>>,
        members: &mut Vec<Member<'a>>,
    ) {
        let occurs = match group.compositor {
            Compositor::Choice => Occurs { min: 0, ..occurs },
            Compositor::Sequence | Compositor::All => occurs,
        };
        for particle in &group.particles {
            self.collect(particle, occurs, open, members);
        }
    }
}

/// A rule between members. One is given when it is there and not null.
fn condition(rule: &Rule) -> Object {
    let given: Vec<Json> = rule.members.iter().map(|name| given(name).into()).collect();
    let not = |schema: Object| Object::new().with("not", schema);
    let two_of = |given: &[Json]| {
        let pairs = { given.iter().enumerate() }.flat_map(|(at, one)| {
            let rest = given.iter().skip(at + 1);
            rest.map(move |other| {
                Json::from(Object::new().with("allOf", vec![one.clone(), other.clone()]))
            })
        });
        Object::new().with("anyOf", pairs.collect::<Vec<_>>())
    };
    let (first, others) = match given.split_first() {
        Some((first, others)) => (first.clone(), others.to_vec()),
        None => return Object::new(),
    };
    match rule.kind {
        RuleKind::ExactlyOne => Object::new().with("oneOf", given),
        RuleKind::AtLeastOne => Object::new().with("anyOf", given),
        RuleKind::AtMostOne => not(two_of(&given)),
        RuleKind::Requires => {
            let then = Object::new().with("allOf", others);
            Object::new().with("if", first).with("then", then)
        }
        RuleKind::Excludes => {
            let then = not(Object::new().with("anyOf", others));
            Object::new().with("if", first).with("then", then)
        }
    }
}

fn given(name: &str) -> Object {
    let null = Object::new().with("type", "null");
    let not_null = Object::new().with("not", null);
    Object::new()
        .with("required", vec![Json::from(name)])
        .with("properties", Object::new().with(name, not_null))
}

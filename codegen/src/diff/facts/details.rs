//! Facts that few contracts state: named groups, identity constraints, what is barred, policies.

use super::Walk;
use crate::contract::*;

impl Walk<'_> {
    /// Named groups, whatever refers to them.
    pub(super) fn groups(&mut self) {
        for (_, definition) in self.contract.groups.iter() {
            let Some(group) = &definition.group else {
                continue;
            };
            let path = format!("group {}", definition.name);
            self.annotation(&path, &definition.annotation);
            let particle = Particle {
                occurs: Occurs::ONCE,
                term: Term::Group(group.clone()),
                span: definition.span,
            };
            self.particle(&path, &particle);
        }
        for (_, group) in self.contract.attribute_groups.iter() {
            if !group.declared {
                continue;
            }
            let path = format!("attribute group {}", group.name);
            self.annotation(&path, &group.annotation);
            for used in &group.attributes {
                self.attribute_use(&path, used);
            }
            self.attribute_groups(&path, &group.attribute_groups);
            if let Some(wildcard) = &group.any_attribute {
                self.put(&path, "any-attribute", format!("{wildcard:?}"));
            }
        }
    }

    pub(super) fn attribute_groups(&mut self, path: &str, groups: &[Id<AttributeGroupDefinition>]) {
        for id in groups {
            let name = self.contract.attribute_groups[*id].name.to_string();
            self.put(path, &format!("attribute group {name}"), "used");
        }
    }

    pub(super) fn attribute_use(&mut self, path: &str, used: &AttributeUse) {
        let declaration = &self.contract.attributes[used.declaration];
        let path = format!("{path}/@{}", declaration.name);
        self.put(&path, "use", format!("{:?}", used.presence));
        if declaration.scope == Scope::Local {
            self.attribute(&path, declaration);
        }
        self.value_constraint(&format!("{path}/use"), used.value_constraint.as_ref());
        if let Some(array) = &used.array_type {
            self.put(&path, "array", array.dimensions.clone());
            self.type_use(&format!("{path}/item"), array.item);
        }
    }

    pub(super) fn barred(&mut self, path: &str, block: DerivationSet, final_: DerivationSet) {
        for (fact, set) in [("block", block), ("final", final_)] {
            if set != DerivationSet::default() {
                self.put(path, fact, format!("{set:?}"));
            }
        }
    }

    pub(super) fn element_details(&mut self, path: &str, id: Id<ElementDeclaration>) {
        let element = &self.contract.elements[id];
        self.barred(path, element.block, element.final_);
        for (index, alternative) in element.alternatives.iter().enumerate() {
            self.type_use(&format!("{path}/alternative {}", index + 1), *alternative);
        }
        for constraint in { self.contract.identity_constraints.get(&id) }
            .into_iter()
            .flatten()
        {
            let IdentityConstraint {
                name,
                kind,
                selector,
                fields,
                prefixes,
                span: _,
            } = constraint;
            let text = format!("{kind:?} {selector} {} {prefixes:?}", fields.join(" "));
            self.put(path, &format!("constraint {name}"), text);
        }
    }

    pub(super) fn policy(&mut self, path: &str, policy: &Policy) {
        for (index, term) in policy.terms.iter().enumerate() {
            self.term(&format!("{path}/policy/{}", index + 1), term);
        }
    }

    fn term(&mut self, path: &str, term: &PolicyTerm) {
        let (kind, terms) = match term {
            PolicyTerm::All(terms) => ("all", terms),
            PolicyTerm::ExactlyOne(terms) => ("exactly one", terms),
            PolicyTerm::Assertion(assertion) => return self.assertion(path, assertion),
            PolicyTerm::Reference(uri) => return self.put(path, "reference", uri),
        };
        self.put(path, "kind", kind);
        for (index, term) in terms.iter().enumerate() {
            self.term(&format!("{path}/{}", index + 1), term);
        }
    }

    fn assertion(&mut self, path: &str, assertion: &PolicyAssertion) {
        let PolicyAssertion {
            name,
            optional,
            ignorable,
            attributes,
            text,
            parameters,
            policy,
            span: _,
        } = assertion;
        self.put(path, "assertion", name.to_string());
        self.put_if(path, "optional", *optional);
        self.put_if(path, "ignorable", *ignorable);
        for (name, value) in attributes {
            self.put(path, &format!("@{name}"), value);
        }
        if !text.is_empty() {
            self.put(path, "text", text);
        }
        for (index, parameter) in parameters.iter().enumerate() {
            self.assertion(&format!("{path}/parameter {}", index + 1), parameter);
        }
        if let Some(policy) = policy {
            self.put(path, "inner policy", "stated");
            self.policy(path, policy);
        }
    }
}

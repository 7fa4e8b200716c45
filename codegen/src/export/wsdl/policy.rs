//! Policies, written at what they are attached to.

use super::Writer;
use crate::contract::{Policy, PolicyAssertion, PolicyTerm, QName};
use crate::export::markup::Markup;
use crate::namespace;

impl Writer<'_, '_> {
    pub(super) fn policy(&mut self, policy: &Policy, markup: &mut Markup) {
        if !policy.is_empty() {
            let written = self.policy_element(policy);
            markup.push(written);
        }
    }

    fn wsp(&mut self, name: &str) -> String {
        format!("{}:{name}", self.prefixes.of(&namespace::POLICY.into()))
    }

    fn policy_element(&mut self, policy: &Policy) -> Markup {
        let mut markup = Markup::new(self.wsp("Policy"));
        self.terms(&policy.terms, &mut markup);
        markup
    }

    fn terms(&mut self, terms: &[PolicyTerm], markup: &mut Markup) {
        for term in terms {
            let written = self.term(term);
            markup.push(written);
        }
    }

    fn term(&mut self, term: &PolicyTerm) -> Markup {
        let (name, terms) = match term {
            PolicyTerm::All(terms) => ("All", terms),
            PolicyTerm::ExactlyOne(terms) => ("ExactlyOne", terms),
            PolicyTerm::Assertion(assertion) => return self.assertion(assertion),
            PolicyTerm::Reference(uri) => {
                return Markup::new(self.wsp("PolicyReference")).with("URI", uri);
            }
        };
        let mut markup = Markup::new(self.wsp(name));
        self.terms(terms, &mut markup);
        markup
    }

    fn assertion(&mut self, assertion: &PolicyAssertion) -> Markup {
        let holds_text = assertion.parameters.is_empty() && assertion.policy.is_none();
        let mut markup = if holds_text && !assertion.text.is_empty() {
            self.foreign(&assertion.name, Some(&assertion.text))
        } else {
            self.foreign(&assertion.name, None)
        };
        if assertion.optional {
            markup.set(self.wsp("Optional"), "true");
        }
        if assertion.ignorable {
            markup.set(self.wsp("Ignorable"), "true");
        }
        for (name, value) in &assertion.attributes {
            markup.set(self.prefixes.name(name), value);
        }
        for parameter in &assertion.parameters {
            let written = self.assertion(parameter);
            markup.push(written);
        }
        if let Some(policy) = &assertion.policy {
            let written = self.policy_element(policy);
            markup.push(written);
        }
        markup
    }

    /// An element of any namespace.
    pub(super) fn foreign(&mut self, name: &QName, text: Option<&str>) -> Markup {
        let name = self.prefixes.name(name);
        match text {
            Some(text) => Markup::text(name, text),
            None => Markup::new(name),
        }
    }
}

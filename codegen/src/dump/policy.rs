//! Policies as trees.

use super::Dump;
use crate::contract::{Policy, PolicyAssertion, PolicyTerm};

impl Dump<'_> {
    pub(super) fn policy(&mut self, depth: usize, what: &str, policy: &Policy) {
        if !policy.is_empty() {
            self.line(depth, what);
            self.policy_terms(depth + 1, &policy.terms);
        }
    }

    fn policy_terms(&mut self, depth: usize, terms: &[PolicyTerm]) {
        for term in terms {
            match term {
                PolicyTerm::All(terms) => {
                    self.line(depth, "all of");
                    self.policy_terms(depth + 1, terms);
                }
                PolicyTerm::ExactlyOne(terms) => {
                    self.line(depth, "exactly one of");
                    self.policy_terms(depth + 1, terms);
                }
                PolicyTerm::Assertion(assertion) => self.assertion(depth, assertion),
                PolicyTerm::Reference(uri) => self.line(depth, &format!("? (see {uri})")),
            }
        }
    }

    fn assertion(&mut self, depth: usize, assertion: &PolicyAssertion) {
        let mut text = assertion.name.to_string();
        for (name, value) in &assertion.attributes {
            text.push_str(&format!(" {name}={value:?}"));
        }
        if !assertion.text.is_empty() {
            text.push_str(&format!(" {:?}", assertion.text));
        }
        if assertion.optional {
            text.push_str(", optional");
        }
        if assertion.ignorable {
            text.push_str(", ignorable");
        }
        self.line(depth, &text);
        for parameter in &assertion.parameters {
            self.assertion(depth + 1, parameter);
        }
        if let Some(policy) = &assertion.policy {
            self.policy_terms(depth + 1, &policy.terms);
        }
    }
}

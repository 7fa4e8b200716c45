//! Policies and what they are attached to (WS-Policy 1.5 Framework §4, Attachment §4).

use std::collections::BTreeMap;

use super::fill::{Document, Fill};
use crate::contract::{Policy, PolicyAssertion, PolicyTerm, QName};
use crate::diagnostic::{Code, Diagnostic};
use crate::frontend::xml::{Attribute, Element};
use crate::namespace::{POLICY, WSDL, XML};

const POLICIES: [&str; 4] = [
    POLICY,
    "http://schemas.xmlsoap.org/ws/2004/09/policy",
    "http://schemas.xmlsoap.org/ws/2002/12/policy",
    "http://www.w3.org/2006/07/ws-policy",
];

const UTILITY: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";

/// How many policies may be referred to from inside each other; one more stays a reference.
const DEPTH: usize = 32;

/// How many terms the policy of one subject has at most: policies may refer to each other, and so
/// double with every step.
const TERMS: usize = 10_000;

/// Whether an element is of WS-Policy.
pub(super) fn is_policy(element: Element<'_>) -> bool {
    POLICIES.contains(&element.namespace())
}

/// The policies of a document, by the names under which they are referred to.
pub(super) fn policies(root: Element<'_>) -> BTreeMap<&str, Element<'_>> {
    let mut policies = BTreeMap::new();
    for policy in root
        .children()
        .filter(|child| is_policy(*child) && child.name() == "Policy")
    {
        let names = [
            policy.attribute_in(UTILITY, "Id"),
            policy.attribute_in(XML, "id"),
            policy.attribute("Id"),
            policy.attribute("Name"),
        ];
        for name in names.into_iter().flatten() {
            policies.entry(name.trimmed()).or_insert(policy);
        }
    }
    policies
}

impl<'a> Fill<'a> {
    /// The policy that is attached to an element: by child elements, and by `wsp:PolicyURIs`.
    pub(super) fn policy(&mut self, document: &Document<'a>, element: Element<'a>) -> Policy {
        let mut read = Read {
            document,
            open: Vec::new(),
            left: TERMS,
        };
        let listed = POLICIES
            .iter()
            .find_map(|namespace| element.attribute_in(namespace, "PolicyURIs"));
        let mut terms = Vec::new();
        for uri in listed
            .map_or("", Attribute::trimmed)
            .split_ascii_whitespace()
        {
            read.reference(uri, &mut terms);
        }
        for child in element.children().filter(|child| is_policy(*child)) {
            read.term(child, &mut terms);
        }
        if read.left == 0 {
            self.report(
                Diagnostic::warning(
                    Code::LimitExceeded,
                    element.span(),
                    format!(
                        "its policy has more than {TERMS} terms; the rest is left out of the contract"
                    ),
                )
                .help("look for policies that refer to each other many times"),
            );
        }
        Policy { terms }
    }
}

/// The policy of one subject while it is read.
struct Read<'d, 'a> {
    document: &'d Document<'a>,
    /// The policies that are referred to from inside each other, so that a circle ends.
    open: Vec<&'a str>,
    /// How many terms there may still be.
    left: usize,
}

impl<'a> Read<'_, 'a> {
    fn terms(&mut self, parent: Element<'a>) -> Vec<PolicyTerm> {
        let mut terms = Vec::new();
        for child in parent.children() {
            self.term(child, &mut terms);
        }
        terms
    }

    /// Reads a term; a policy inside of another one without a choice adds its terms to it.
    fn term(&mut self, element: Element<'a>, terms: &mut Vec<PolicyTerm>) {
        if self.left == 0 {
            return;
        }
        self.left -= 1;
        if !is_policy(element) {
            let assertion = self.assertion(element);
            return terms.push(PolicyTerm::Assertion(assertion));
        }
        match element.name() {
            "ExactlyOne" | "OneOrMore" => {
                let alternatives = self.terms(element);
                terms.push(PolicyTerm::ExactlyOne(alternatives));
            }
            "PolicyReference" => {
                let uri = element.attribute("URI").map_or("", Attribute::trimmed);
                self.reference(uri, terms);
            }
            // An alternative of several terms must stay one.
            "All" => {
                let all = self.terms(element);
                terms.push(PolicyTerm::All(all));
            }
            _ => terms.extend(self.terms(element)),
        }
    }

    fn reference(&mut self, uri: &'a str, terms: &mut Vec<PolicyTerm>) {
        let name = uri.trim_start_matches('#');
        match self.document.policies.get(name) {
            Some(_) if self.open.contains(&name) => {}
            Some(&policy) if self.open.len() < DEPTH => {
                self.open.push(name);
                let all = self.terms(policy);
                self.open.pop();
                terms.push(PolicyTerm::All(all));
            }
            _ => terms.push(PolicyTerm::Reference(uri.to_owned())),
        }
    }

    fn assertion(&mut self, element: Element<'a>) -> PolicyAssertion {
        let mut parameters = Vec::new();
        let mut policy = None;
        for child in element.children() {
            if is_policy(child) && child.name() == "Policy" {
                let inner: &mut Policy = policy.get_or_insert_default();
                inner.terms.extend(self.terms(child));
            } else if self.left > 0 {
                self.left -= 1;
                parameters.push(self.assertion(child));
            }
        }
        let attributes = element
            .attributes()
            .filter(|(name, _)| !POLICIES.contains(&&*name.namespace) && *name.namespace != *WSDL)
            .map(|(name, value)| (name, value.to_owned()))
            .collect();
        let text = match (&parameters[..], &policy) {
            ([], None) => element.text().trim().to_owned(),
            _ => String::new(),
        };
        PolicyAssertion {
            name: QName::new(element.namespace(), element.name()),
            optional: is_set(element, "Optional"),
            ignorable: is_set(element, "Ignorable"),
            attributes,
            text,
            parameters,
            policy,
            span: element.span(),
        }
    }
}

/// Whether a policy attribute of truth is set.
fn is_set(assertion: Element<'_>, name: &str) -> bool {
    POLICIES
        .iter()
        .find_map(|namespace| assertion.attribute_in(namespace, name))
        .is_some_and(|value| ["true", "1"].contains(&value.trimmed()))
}

//! Extensions without a meaning of their own here: policies, addressing, and those nobody knows.

use std::collections::{BTreeMap, BTreeSet};

use super::binding::is_soap;
use super::fill::{Document, Fill};
use super::namespace::{HTTP, MIME, WSDL};
use crate::contract::{Extension, QName, XML_SCHEMA};
use crate::diagnostic::{Code, Diagnostic};
use crate::frontend::castile;
use crate::frontend::xml::{Attribute, Element};
use crate::source::Span;

const POLICY: [&str; 4] = [
    "http://www.w3.org/ns/ws-policy",
    "http://schemas.xmlsoap.org/ws/2004/09/policy",
    "http://schemas.xmlsoap.org/ws/2002/12/policy",
    "http://www.w3.org/2006/07/ws-policy",
];

/// Namespaces of extensions that say nothing which a client must act on, or are kept for later
/// work to act on.
const UNDERSTOOD: [&str; 8] = [
    "http://www.w3.org/2007/05/addressing/metadata",
    "http://www.w3.org/2006/05/addressing/wsdl",
    "http://www.w3.org/2006/02/addressing/wsdl",
    "http://www.w3.org/2005/02/addressing/wsdl",
    "http://www.w3.org/2005/08/addressing",
    "http://java.sun.com/xml/ns/jaxws",
    "http://schemas.xmlsoap.org/ws/2003/05/partner-link/",
    "http://docs.oasis-open.org/wsbpel/2.0/plnktype",
];

const UTILITY: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";

fn is_policy(element: Element<'_>) -> bool {
    POLICY.contains(&element.namespace())
}

/// Whether an element is an extension that no other part of this front end reads.
fn is_other(element: Element<'_>) -> bool {
    !is_soap(element)
        && ![WSDL, HTTP, MIME, XML_SCHEMA, castile::NAMESPACE].contains(&element.namespace())
}

/// Whether an extension is a policy assertion that asks for HTTP Basic authentication.
pub(super) fn is_basic_authentication(name: &QName) -> bool {
    ["BasicAuthentication", "HttpBasicAuthentication"].contains(&&*name.local)
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
            policy.attribute_in("http://www.w3.org/XML/1998/namespace", "id"),
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
    /// The extensions of a binding or of its operation. A policy stands for its assertions.
    pub(super) fn extensions(
        &mut self,
        document: &Document<'a>,
        element: Element<'a>,
    ) -> Vec<Extension> {
        let mut extensions = Vec::new();
        let mut seen = BTreeSet::new();
        for child in element.children().filter(|child| is_other(*child)) {
            let span = child.span();
            if is_policy(child) && child.name() == "PolicyReference" {
                let uri = child.attribute("URI").map_or("", Attribute::trimmed);
                extensions.push(extension(child, span));
                if let Some(policy) = document.policies.get(uri.trim_start_matches('#')) {
                    assertions(*policy, span, false, &mut seen, &mut extensions);
                }
            } else if is_policy(child) {
                assertions(child, span, false, &mut seen, &mut extensions);
            } else {
                extensions.push(extension(child, span));
            }
        }
        extensions
    }

    /// Warns of extensions that must be understood, and are not.
    pub(super) fn required_extensions(&mut self, root: Element<'a>) {
        let mut open = vec![root];
        while let Some(element) = open.pop() {
            for child in element.children() {
                if child.namespace() == WSDL {
                    if child.name() != "types" {
                        open.push(child);
                    }
                    continue;
                }
                let known =
                    !is_other(child) || is_policy(child) || UNDERSTOOD.contains(&child.namespace());
                if is_required(child) && !known {
                    self.report(
                        Diagnostic::warning(
                            Code::RequiredExtension,
                            child.span(),
                            format!(
                                "the extension `{}` of `{}` must be understood, and is not; it is \
                                 left out",
                                child.name(),
                                child.namespace()
                            ),
                        )
                        .help("the service may refuse messages that ignore it: ask the provider"),
                    );
                }
            }
        }
    }
}

fn is_required(element: Element<'_>) -> bool {
    element
        .attribute_in(WSDL, "required")
        .is_some_and(|required| ["true", "1"].contains(&required.trimmed()))
}

fn extension(element: Element<'_>, span: Span) -> Extension {
    Extension {
        name: QName::new(element.namespace(), element.name()),
        required: is_required(element),
        optional: false,
        span,
    }
}

/// The assertions of a policy, those inside others included, each once.
fn assertions(
    policy: Element<'_>,
    span: Span,
    optional: bool,
    seen: &mut BTreeSet<QName>,
    extensions: &mut Vec<Extension>,
) {
    let alternatives = is_policy(policy) && policy.name() == "ExactlyOne";
    let optional = optional || alternatives && policy.children().nth(1).is_some();
    for child in policy.children() {
        let optional = optional || is_optional(child);
        if !is_policy(child) {
            let found = Extension {
                optional,
                ..extension(child, span)
            };
            if seen.insert(found.name.clone()) {
                extensions.push(found);
            }
        }
        assertions(child, span, optional, seen, extensions);
    }
}

fn is_optional(assertion: Element<'_>) -> bool {
    POLICY
        .iter()
        .find_map(|namespace| assertion.attribute_in(namespace, "Optional"))
        .is_some_and(|optional| ["true", "1"].contains(&optional.trimmed()))
}

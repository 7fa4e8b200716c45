//! Extensions without a meaning of their own here: addressing, and those nobody knows.

use super::binding::is_soap;
use super::fill::Fill;
use super::policy::is_policy;
use crate::contract::{Extension, QName, XML_SCHEMA};
use crate::diagnostic::{Code, Diagnostic};
use crate::frontend::annotations;
use crate::frontend::xml::Element;
use crate::namespace::{ADDRESSING_METADATA, WSDL, WSDL_HTTP, WSDL_MIME};

/// Namespaces of extensions that say nothing which a client must act on, or are kept for later
/// work to act on.
const UNDERSTOOD: [&str; 8] = [
    ADDRESSING_METADATA,
    "http://www.w3.org/2006/05/addressing/wsdl",
    "http://www.w3.org/2006/02/addressing/wsdl",
    "http://www.w3.org/2005/02/addressing/wsdl",
    "http://www.w3.org/2005/08/addressing",
    "http://java.sun.com/xml/ns/jaxws",
    "http://schemas.xmlsoap.org/ws/2003/05/partner-link/",
    "http://docs.oasis-open.org/wsbpel/2.0/plnktype",
];

/// Whether an element is an extension that no other part of this front end reads.
fn is_other(element: Element<'_>) -> bool {
    !is_soap(element)
        && !is_policy(element)
        && !element.is_in(WSDL)
        && ![WSDL_HTTP, WSDL_MIME, XML_SCHEMA, annotations::NAMESPACE]
            .contains(&element.namespace())
}

impl<'a> Fill<'a> {
    /// The extensions of a binding or of its operation, without policies.
    pub(super) fn extensions(&mut self, element: Element<'a>) -> Vec<Extension> {
        let others = element.children().filter(|child| is_other(*child));
        others.map(extension).collect()
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
                let known = !is_other(child) || UNDERSTOOD.contains(&child.namespace());
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

fn extension(element: Element<'_>) -> Extension {
    Extension {
        name: QName::new(element.namespace(), element.name()),
        required: is_required(element),
        span: element.span(),
    }
}

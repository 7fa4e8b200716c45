//! Services and their ports (WSDL 1.1 §2.6, §2.7).

use super::fill::{Document, Fill};
use crate::contract::{Address, Port, Service};
use crate::diagnostic::{Code, Diagnostic};
use crate::frontend::annotations;
use crate::frontend::names::Kind;
use crate::frontend::xml::{Attribute, Element};
use crate::namespace::{WSDL, WSDL_HTTP};

impl<'a> Fill<'a> {
    pub(super) fn service(&mut self, document: &Document<'a>, element: Element<'a>) {
        let Some(name) = self.declared_name(document, element) else {
            return;
        };
        let span = element.name_span();
        if let Some(&first) = self.services.get(&name) {
            if first != span {
                self.report(
                    Diagnostic::warning(
                        Code::DuplicateDeclaration,
                        span,
                        format!("another service `{}`; the first is taken", name.local),
                    )
                    .related(first, "first declared here")
                    .help("give it another name"),
                );
            }
            return;
        }
        let mut ports = Vec::new();
        for port in element
            .children_in(WSDL)
            .filter(|child| child.name() == "port")
        {
            ports.extend(self.port(document, port));
        }
        let annotation = self.annotation(element);
        let policy = self.policy(document, element);
        self.services.insert(name.clone(), span);
        self.xsd.contract.services.push(Service {
            name,
            ports,
            policy,
            annotation,
            span,
        });
    }

    fn port(&mut self, document: &Document<'a>, element: Element<'a>) -> Option<Port> {
        let name = self.local_name(element)?.to_owned();
        let attribute = self.required(element, "binding")?;
        let binding = self.reference(document, Kind::Binding, element, attribute)?;
        let binding = self
            .xsd
            .contract
            .binding_reference(binding, attribute.span());
        Some(Port {
            name,
            binding,
            addresses: self.addresses(element),
            policy: self.policy(document, element),
            annotation: self.annotation(element),
            span: element.name_span(),
        })
    }

    /// The addresses by environment, of Castile's annotations; without them that of the binding.
    fn addresses(&mut self, port: Element<'a>) -> Vec<Address> {
        let location = |address: Element<'_>| {
            address
                .attribute("location")
                .map(|location| location.trimmed().to_owned())
                .filter(|location| !location.is_empty())
        };
        let stated: Vec<Address> = port
            .children_in(annotations::NAMESPACE)
            .filter(|child| child.name() == "address")
            .map(|child| Address {
                environment: child
                    .attribute("environment")
                    .map(|environment| environment.trimmed().to_owned()),
                location: location(child),
                verified: child
                    .attribute("verified")
                    .is_none_or(|verified| ["true", "1"].contains(&verified.trimmed())),
                provenance: annotations::sources(child.children(), self.xsd.diagnostics),
                span: child
                    .attribute("location")
                    .map_or(child.span(), Attribute::span),
            })
            .collect();
        if !stated.is_empty() {
            return stated;
        }
        port.children()
            .filter(|child| child.name() == "address")
            .filter(|child| super::binding::is_soap(*child) || child.namespace() == WSDL_HTTP)
            .filter_map(|child| {
                Some(Address {
                    environment: None,
                    location: Some(location(child)?),
                    verified: true,
                    provenance: Vec::new(),
                    span: child
                        .attribute("location")
                        .map_or(child.span(), Attribute::span),
                })
            })
            .take(1)
            .collect()
    }
}

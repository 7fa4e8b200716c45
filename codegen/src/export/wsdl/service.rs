//! Services, ports and addresses.

use super::Writer;
use crate::contract::{Address, Port, Protocol, Service, SoapVersion};
use crate::export::annotation;
use crate::export::markup::Markup;
use crate::namespace;

impl Writer<'_, '_> {
    pub(super) fn service(&mut self, service: &Service) -> Markup {
        let mut markup = Markup::new(self.wsdl("service")).with("name", &*service.name.local);
        self.annotate(&service.annotation, &service.policy, &mut markup);
        for port in &service.ports {
            let written = self.port(port);
            markup.push(written);
        }
        markup
    }

    fn port(&mut self, port: &Port) -> Markup {
        let binding = &self.contract.bindings[port.binding];
        let name = self.reference(&binding.name);
        let mut markup = Markup::new(self.wsdl("port"))
            .with("name", &port.name)
            .with("binding", name);
        self.annotate(&port.annotation, &port.policy, &mut markup);
        let is_plain = match port.addresses.as_slice() {
            [] => true,
            [only] => {
                only.environment.is_none()
                    && only.location.is_some()
                    && only.verified
                    && only.provenance.is_empty()
            }
            _ => false,
        };
        if !is_plain {
            for address in &port.addresses {
                let written = self.address(address);
                markup.push(written);
            }
        }
        // The one that clients of others take comes last: some take the last `address` of any kind.
        let location = port
            .addresses
            .iter()
            .find_map(|address| address.location.as_deref());
        let extension = match binding.protocol {
            Protocol::Soap {
                version: SoapVersion::Soap11,
                ..
            } => Some(namespace::WSDL_SOAP_11),
            Protocol::Soap {
                version: SoapVersion::Soap12,
                ..
            } => Some(namespace::WSDL_SOAP_12),
            Protocol::Http { .. } => Some(namespace::WSDL_HTTP),
            // Nobody knows how it says its address.
            Protocol::Unknown => location.map(|_| namespace::WSDL_SOAP_11),
        };
        if let (Some(extension), Some(location)) = (extension, location) {
            let name = format!("{}:address", self.prefixes.of(&extension.into()));
            markup.push(Markup::new(name).with("location", location));
        }
        markup
    }

    fn address(&mut self, address: &Address) -> Markup {
        Markup::new(self.castile("address"))
            .with_some("environment", address.environment.as_deref())
            .with_some("location", address.location.as_deref())
            .with_if(!address.verified, "verified", "false")
            .with_children(annotation::sources(&address.provenance, self.prefixes))
    }
}

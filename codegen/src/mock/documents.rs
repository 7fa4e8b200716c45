//! What a mock says of itself: `?wsdl` and `?openapi`, with its own address.

use super::{Answer, Endpoint, Kind};
use crate::contract::{Address, Contract};
use crate::export;
use crate::source::Span;

/// Exports the description of every endpoint.
pub(super) fn describe(contract: &Contract, address: &str, endpoints: &mut [Endpoint]) {
    let ports = { contract.services.iter() }.flat_map(|service| {
        service
            .ports
            .iter()
            .map(move |port| (service.name.clone(), port.binding))
    });
    let owners: Vec<_> = ports.collect();
    let paths: Vec<_> = { endpoints.iter() }
        .map(|endpoint| (endpoint.binding, endpoint.path.clone()))
        .collect();
    for endpoint in endpoints {
        let owner = owners
            .iter()
            .find(|(_, binding)| *binding == endpoint.binding);
        let Some((service, _)) = owner else { continue };
        let mut own = contract.clone();
        own.services.retain(|known| known.name == *service);
        for port in own
            .services
            .iter_mut()
            .flat_map(|service| &mut service.ports)
        {
            let path = paths.iter().find(|(binding, _)| *binding == port.binding);
            port.addresses = { path.into_iter() }
                .map(|(_, path)| Address {
                    environment: None,
                    location: Some(format!("{address}{path}/")),
                    verified: true,
                    provenance: Vec::new(),
                    span: Span::NONE,
                })
                .collect();
        }
        let mut documents = match endpoint.kind {
            Kind::Soap(_) => export::wsdl(&own),
            Kind::Json => export::openapi(&own),
        }
        .unwrap_or_default();
        let is_main = |document: &export::Document| {
            let stem = document.name.split_once('.').map_or("", |(stem, _)| stem);
            document.is_root && stem == &*service.local
        };
        if let Some(main) = documents.iter().position(is_main) {
            documents.swap(0, main);
        }
        endpoint.documents = documents;
    }
}

/// The document that a request is for: `PATH?wsdl`, or one that another refers to by its name.
pub(super) fn asked_for(endpoints: &[Endpoint], path: &str, query: &str) -> Option<Answer> {
    let is = |word: &str| query.eq_ignore_ascii_case(word);
    let trimmed = path.trim_end_matches('/');
    let asked = endpoints.iter().find(|endpoint| {
        let query_fits = match endpoint.kind {
            Kind::Soap(_) => is("wsdl") || is("singleWsdl"),
            Kind::Json => is("openapi"),
        };
        endpoint.path == trimmed && query_fits
    });
    let document = match asked {
        Some(endpoint) => endpoint.documents.first()?,
        None => {
            let (directory, name) = path.rsplit_once('/')?;
            let endpoint = { endpoints.iter() }.filter(|endpoint| {
                // Relative to the address with a slash at its end, or without.
                let above = endpoint
                    .path
                    .rsplit_once('/')
                    .map_or("", |(above, _)| above);
                [endpoint.path.as_str(), above].contains(&directory)
            });
            { endpoint.flat_map(|endpoint| &endpoint.documents) }
                .find(|document| document.name == name)?
        }
    };
    let content_type = if document.name.ends_with("json") {
        "application/json"
    } else {
        "text/xml; charset=utf-8"
    };
    Some(Answer {
        status: 200,
        content_type,
        body: document.text.clone(),
        summary: document.name.clone(),
    })
}

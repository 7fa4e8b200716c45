//! HTTP bindings: where parameters travel (WSDL 1.1 §4).

use std::collections::BTreeMap;

use super::fill::Fill;
use super::namespace::{HTTP, MIME, WSDL};
use crate::contract::{HttpContent, Id, Location, MessageReference, PortType};
use crate::frontend::xml::{Attribute, Element};

/// The parameters of one HTTP operation.
pub(super) struct Parameters {
    pub(super) port_type: Id<PortType>,
    pub(super) operation: String,
    pub(super) input_name: Option<String>,
    pub(super) location: Location,
}

/// How the requests of a binding write their bodies.
pub(super) fn content_of(binding: Element<'_>) -> HttpContent {
    let inputs = binding
        .children_in(WSDL)
        .flat_map(|operation| operation.children_in(WSDL))
        .filter(|message| message.name() == "input");
    for content in inputs.flat_map(|input| input.children_in(MIME)) {
        let media_type = content.attribute("type").map_or("", Attribute::trimmed);
        if content.name() == "mimeXml" || media_type.ends_with("xml") {
            return HttpContent::Xml;
        }
        if media_type.ends_with("json") {
            return HttpContent::Json;
        }
    }
    HttpContent::Form
}

impl Fill<'_> {
    /// Tells the parts of messages where they travel.
    pub(super) fn locate_parameters(&mut self) {
        let contract = &mut *self.xsd.contract;
        let mut inputs: BTreeMap<(Id<PortType>, &str), Vec<&MessageReference>> = BTreeMap::new();
        for parameters in &self.parameters {
            inputs
                .entry((parameters.port_type, &parameters.operation))
                .or_default();
        }
        for (id, port_type) in contract.port_types.iter() {
            for operation in &port_type.operations {
                if let Some(found) = inputs.get_mut(&(id, operation.name.as_str())) {
                    found.extend(&operation.input);
                }
            }
        }
        for parameters in &self.parameters {
            let message = inputs[&(parameters.port_type, parameters.operation.as_str())]
                .iter()
                .find(|input| {
                    let name = parameters.input_name.as_ref();
                    name.is_none_or(|name| *name == input.name)
                })
                .map(|input| input.message);
            if let Some(message) = message {
                for part in &mut contract.messages[message].parts {
                    part.annotation.location = parameters.location;
                }
            }
        }
    }
}

/// Where the parameters of an operation of a binding travel, unless in the body.
pub(super) fn location_of(operation: Element<'_>, method: &str) -> Option<Location> {
    let input = operation
        .children_in(WSDL)
        .find(|child| child.name() == "input")?;
    match input.children_in(HTTP).next()?.name() {
        "urlReplacement" => Some(Location::Path),
        "urlEncoded" if ["GET", "DELETE", "HEAD"].contains(&method) => Some(Location::Query),
        _ => None,
    }
}

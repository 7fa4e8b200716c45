//! HTTP bindings: where parameters travel (WSDL 1.1 §4).

use super::fill::Fill;
use super::namespace::{HTTP, MIME, WSDL};
use crate::contract::{BindingOperation, HttpContent, Id, Location, PortType};
use crate::frontend::xml::{Attribute, Element};

/// The parameters of one HTTP operation.
pub(super) struct Parameters {
    port_type: Id<PortType>,
    operation: String,
    input_name: Option<String>,
    location: Location,
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
    /// Notes where the parameters of a bound operation travel.
    pub(super) fn note_parameters(
        &mut self,
        port_type: Id<PortType>,
        operation: &BindingOperation,
        binding: Element<'_>,
    ) {
        let Some(http) = &operation.http else {
            return;
        };
        let written = binding
            .children_in(WSDL)
            .find(|child| child.name_span() == operation.span)
            .and_then(|child| {
                child
                    .children_in(WSDL)
                    .find(|child| child.name() == "input")
            });
        let style = written
            .and_then(|input| input.children_in(HTTP).next())
            .map(Element::name);
        let location = match style {
            Some("urlReplacement") => Location::Path,
            Some("urlEncoded") if ["GET", "DELETE", "HEAD"].contains(&http.method.as_str()) => {
                Location::Query
            }
            _ => return,
        };
        self.parameters.push(Parameters {
            port_type,
            operation: operation.name.clone(),
            input_name: operation.input_name.clone(),
            location,
        });
    }

    /// Tells the parts where they travel, and writes `(part)` of paths as `{part}`.
    pub(super) fn locate_parameters(&mut self) {
        let contract = &mut *self.xsd.contract;
        for parameters in &self.parameters {
            let input = contract.port_types[parameters.port_type]
                .operations
                .iter()
                .filter(|operation| operation.name == parameters.operation)
                .filter_map(|operation| operation.input.as_ref())
                .find(|input| {
                    let name = parameters.input_name.as_ref();
                    name.is_none_or(|name| *name == input.name)
                });
            let Some(message) = input.map(|input| input.message) else {
                continue;
            };
            for part in &mut contract.messages[message].parts {
                part.annotation.location = parameters.location;
            }
        }
        for (_, binding) in contract.bindings.iter_mut() {
            for operation in &mut binding.operations {
                let replaced = self.parameters.iter().any(|parameters| {
                    parameters.port_type == binding.port_type
                        && parameters.operation == operation.name
                        && parameters.location == Location::Path
                });
                if let (true, Some(http)) = (replaced, &mut operation.http) {
                    http.path = http.path.replace('(', "{").replace(')', "}");
                }
            }
        }
    }
}

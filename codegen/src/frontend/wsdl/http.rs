//! HTTP bindings: where parameters travel (WSDL 1.1 §4).

use std::collections::BTreeMap;

use super::fill::Fill;
use crate::contract::{
    HttpAnswer, HttpContent, HttpOperation, Id, Location, MessageReference, PortType,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::frontend::annotations;
use crate::frontend::xml::{Attribute, Element};
use crate::namespace::{WSDL, WSDL_HTTP, WSDL_MIME};

/// The parameters of one HTTP operation.
pub(super) struct Parameters {
    pub(super) port_type: Id<PortType>,
    pub(super) operation: String,
    pub(super) input_name: Option<String>,
    pub(super) location: Location,
}

/// How the requests of a binding write their bodies.
pub(super) fn content_of(binding: Element<'_>) -> HttpContent {
    let mut operations = binding.children_in(WSDL).map(content_of_operation);
    operations
        .find(|content| *content != HttpContent::Form)
        .unwrap_or(HttpContent::Form)
}

/// How the request of an operation writes its body.
fn content_of_operation(operation: Element<'_>) -> HttpContent {
    for content in contents(operation, "input") {
        let media_type = media_type(content);
        if content.name() == "mimeXml" || media_type.ends_with("xml") {
            return HttpContent::Xml;
        }
        if media_type.ends_with("json") {
            return HttpContent::Json;
        }
    }
    HttpContent::Form
}

/// What an operation answers with: several `mime:content` are alternatives (WSDL 1.1 §5.3).
fn answer_of(operation: Element<'_>) -> HttpAnswer {
    let mut answer = None;
    for content in contents(operation, "output") {
        let media_type = media_type(content);
        let is_document = ["xml", "json"].iter().any(|end| media_type.ends_with(end));
        let this = if content.name() == "mimeXml" || is_document {
            HttpAnswer::Document
        } else if content.name() != "content" {
            continue;
        } else if media_type.starts_with("text/") {
            HttpAnswer::Text
        } else {
            HttpAnswer::Octets
        };
        match answer {
            None => answer = Some(this),
            // Nobody knows which it will be: as it comes.
            Some(other) if other != this => return HttpAnswer::Octets,
            Some(_) => {}
        }
    }
    answer.unwrap_or_default()
}

/// The MIME elements of the `input` or `output` of an operation.
fn contents<'e>(operation: Element<'e>, message: &str) -> impl Iterator<Item = Element<'e>> {
    operation
        .children_in(WSDL)
        .filter(move |child| child.name() == message)
        .flat_map(|child| child.children_in(WSDL_MIME))
}

fn media_type(content: Element<'_>) -> &str {
    let media_type = content.attribute("type").map_or("", Attribute::trimmed);
    media_type.split(';').next().unwrap_or_default().trim_end()
}

/// The message part that the MIME elements of an `input` or `output` bind.
pub(super) fn bound_part(operation: Element<'_>, message: &str) -> Option<String> {
    let part = contents(operation, message).find_map(|content| content.attribute("part"))?;
    let part = part.trimmed();
    (!part.is_empty()).then(|| part.to_owned())
}

impl Fill<'_> {
    /// Method, path and media types of an operation.
    pub(super) fn http_operation(&mut self, element: Element<'_>, method: &str) -> HttpOperation {
        let location = element
            .children_in(WSDL_HTTP)
            .find(|child| child.name() == "operation")
            .and_then(|child| child.attribute("location"));
        let path = location.map_or("", Attribute::trimmed);
        let content = content_of_operation(element);
        let is_replaced = location_of(element, method) == Some(Location::Path);
        let path = match location {
            _ if is_replaced => path.replace('(', "{").replace(')', "}"),
            Some(location) if content != HttpContent::Json && path.contains(['{', '}']) => {
                let message = format!(
                    "the location `{path}` is none, and nothing says what to put into it; requests \
                     go to the address of the port"
                );
                self.report(
                    Diagnostic::warning(Code::InvalidLocation, location.span(), message).help(
                        "http:urlReplacement puts parts into a location, where it says (name)",
                    ),
                );
                String::new()
            }
            _ => path.to_owned(),
        };
        let own = { element.children_in(WSDL_HTTP) }
            .find_map(|child| child.attribute_in(annotations::NAMESPACE, "method"));
        let method = own.map_or(method.to_owned(), |own| own.trimmed().to_ascii_uppercase());
        HttpOperation {
            method,
            path,
            content,
            answer: answer_of(element),
        }
    }

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
    match input.children_in(WSDL_HTTP).next()?.name() {
        "urlReplacement" => Some(Location::Path),
        "urlEncoded" if ["GET", "DELETE", "HEAD"].contains(&method) => Some(Location::Query),
        _ => None,
    }
}

//! Port types, and how their operations fail.

use super::Writer;
use crate::contract::{
    Direction, ErrorModel, Example, Idempotency, InBand, MessageReference, Operation, PortType,
    StatusError, Transmission,
};
use crate::export::annotation;
use crate::export::markup::Markup;
use crate::namespace;

impl Writer<'_, '_> {
    pub(super) fn port_type(&mut self, port_type: &PortType) -> Markup {
        let mut markup = Markup::new(self.wsdl("portType")).with("name", &*port_type.name.local);
        self.annotate(&port_type.annotation, &port_type.policy, &mut markup);
        for operation in &port_type.operations {
            let written = self.operation(operation);
            markup.push(written);
        }
        markup
    }

    fn operation(&mut self, operation: &Operation) -> Markup {
        let mut markup = Markup::new(self.wsdl("operation")).with("name", &operation.name);
        if !operation.parameter_order.is_empty() {
            markup.set("parameterOrder", operation.parameter_order.join(" "));
        }
        self.annotate(&operation.annotation, &operation.policy, &mut markup);
        let kind = match operation.idempotency {
            Idempotency::Unknown => None,
            Idempotency::Safe => Some("safe"),
            Idempotency::Idempotent => Some("idempotent"),
            Idempotency::Once => Some("once"),
        };
        if let Some(kind) = kind {
            markup.push(Markup::new(self.castile("idempotency")).with("kind", kind));
        }
        self.error_model(&operation.errors, &mut markup);
        for example in &operation.examples {
            let written = self.example(example);
            markup.push(written);
        }
        let name = &operation.name;
        let (input, output) = match operation.transmission {
            Transmission::OneWay | Transmission::Notification => (name.clone(), name.clone()),
            Transmission::RequestResponse => (format!("{name}Request"), format!("{name}Response")),
            Transmission::SolicitResponse => (format!("{name}Response"), format!("{name}Solicit")),
        };
        let mut messages = vec![
            (operation.input.as_ref(), "input", input),
            (operation.output.as_ref(), "output", output),
        ];
        let output_first = [Transmission::SolicitResponse, Transmission::Notification];
        if output_first.contains(&operation.transmission) {
            messages.reverse();
        }
        for (message, kind, implied) in messages {
            if let Some(message) = message {
                let written = self.message_reference(message, kind, &implied);
                markup.push(written);
            }
        }
        for fault in &operation.faults {
            let written = self.message_reference(fault, "fault", "");
            markup.push(written);
        }
        markup
    }

    /// An `input`, `output` or `fault`; a name that is implied is not said.
    fn message_reference(
        &mut self,
        message: &MessageReference,
        kind: &str,
        implied: &str,
    ) -> Markup {
        let mut markup = Markup::new(self.wsdl(kind));
        if message.name != implied {
            markup.set("name", &message.name);
        }
        let name = self.reference(&self.contract.messages[message.message].name);
        markup.set("message", name);
        if let Some(action) = &message.addressing_action {
            let name = format!(
                "{}:Action",
                self.prefixes.of(&namespace::ADDRESSING_METADATA.into())
            );
            markup.set(name, action);
        }
        self.policy(&message.policy, &mut markup);
        markup
    }

    fn error_model(&mut self, errors: &ErrorModel, markup: &mut Markup) {
        if let Some(id) = errors.catalogue {
            self.catalogues.insert(id);
            let catalogue = &self.contract.catalogues[id];
            let mut written =
                Markup::new(self.castile("errors")).with("catalogue", &catalogue.name);
            for code in &errors.codes {
                written.push(self.code(code, ""));
            }
            markup.push(written);
        }
        if let Some(in_band) = &errors.in_band {
            let written = self.in_band(in_band);
            markup.push(written);
        }
        for status in &errors.statuses {
            let written = self.status(status);
            markup.push(written);
        }
    }

    fn in_band(&mut self, in_band: &InBand) -> Markup {
        let mut markup = Markup::new(self.castile("in-band"))
            .with("path", in_band.path.join("/"))
            .with("code", &in_band.code)
            .with_some("reason", in_band.reason.as_deref());
        if let Some((severity, errors)) = &in_band.severity {
            markup.set("severity", severity);
            let error = self.castile("error");
            markup = markup.with_children(
                { errors.iter() }.map(|value| Markup::new(error.as_str()).with("value", value)),
            );
        }
        markup
    }

    fn status(&mut self, status: &StatusError) -> Markup {
        let name = self.castile("status");
        let markup = match &status.documentation {
            Some(text) => annotation::documentation(name, text),
            None => Markup::new(name),
        };
        let body =
            { self.contract.types[status.body].name.as_ref() }.map(|name| self.component(name));
        let path = |path: &[String]| (!path.is_empty()).then(|| path.join("/"));
        markup
            .with("status", status.status.to_string())
            .with_some("body", body)
            .with_some("code", path(&status.code))
            .with_some("reason", path(&status.reason))
    }

    fn example(&mut self, example: &Example) -> Markup {
        let direction = match example.direction {
            Direction::Request => "request".to_owned(),
            Direction::Response => "response".to_owned(),
            Direction::Error(0) => "error".to_owned(),
            Direction::Error(status) => format!("error {status}"),
        };
        let message = Markup::text(self.castile("message"), &example.text);
        Markup::new(self.castile("example"))
            .with("direction", direction)
            .with_some("title", example.title.as_deref())
            .with_children(annotation::sources(&example.provenance, self.prefixes))
            .with_child(message)
    }
}

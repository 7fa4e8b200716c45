//! Facts of the WSDL half of a contract.

use super::Walk;
use crate::contract::*;

impl Walk<'_> {
    pub(super) fn services(&mut self) {
        for (_, message) in self.contract.messages.iter() {
            let path = format!("message {}", message.name);
            self.policy(&path, &message.policy);
            for (index, part) in message.parts.iter().enumerate() {
                self.put(&path, &format!("part {:02}", index + 1), &part.name);
                let path = format!("{path}/{}", part.name);
                self.annotation(&path, &part.annotation);
                match part.content {
                    PartContent::Element(id) => {
                        self.put(
                            &path,
                            "element",
                            self.contract.elements[id].name.to_string(),
                        );
                    }
                    PartContent::Type(id) => self.type_use(&path, id),
                }
            }
        }
        for (_, catalogue) in self.contract.catalogues.iter() {
            let path = format!("fault catalogue {}", catalogue.name);
            self.put_some(&path, "documentation", catalogue.documentation.as_deref());
            for code in &catalogue.codes {
                self.put(
                    &path,
                    &code.value,
                    code.documentation.clone().unwrap_or_default(),
                );
            }
        }
        for (_, port_type) in self.contract.port_types.iter() {
            self.port_type(port_type);
        }
        for (_, binding) in self.contract.bindings.iter() {
            self.binding(binding);
        }
        for service in &self.contract.services {
            let path = format!("service {}", service.name);
            self.annotation(&path, &service.annotation);
            self.policy(&path, &service.policy);
            for port in &service.ports {
                let path = format!("{path}/port {}", port.name);
                self.put(
                    &path,
                    "binding",
                    self.contract.bindings[port.binding].name.to_string(),
                );
                self.annotation(&path, &port.annotation);
                self.policy(&path, &port.policy);
                for (index, address) in port.addresses.iter().enumerate() {
                    let environment = address.environment.as_deref().unwrap_or("-");
                    let location = address.location.as_deref().unwrap_or("?");
                    let verified = if address.verified { "" } else { " unverified" };
                    let text = format!("{environment} {location}{verified}");
                    self.put(&path, &format!("address {}", index + 1), text);
                }
            }
        }
    }

    fn port_type(&mut self, port_type: &PortType) {
        let path = format!("port type {}", port_type.name);
        self.annotation(&path, &port_type.annotation);
        self.policy(&path, &port_type.policy);
        for operation in &port_type.operations {
            let path = format!("{path}/{}", operation.name);
            self.annotation(&path, &operation.annotation);
            self.policy(&path, &operation.policy);
            if !operation.parameter_order.is_empty() {
                self.put(
                    &path,
                    "parameter order",
                    operation.parameter_order.join(" "),
                );
            }
            self.put(
                &path,
                "transmission",
                format!("{:?}", operation.transmission),
            );
            if operation.idempotency != Idempotency::Unknown {
                self.put(&path, "idempotency", format!("{:?}", operation.idempotency));
            }
            let references = [("input", &operation.input), ("output", &operation.output)];
            for (what, reference) in references {
                if let Some(reference) = reference {
                    self.reference(&path, what, reference);
                }
            }
            for fault in &operation.faults {
                self.reference(&path, &format!("fault {}", fault.name), fault);
            }
            self.error_model(&path, &operation.errors);
        }
    }

    fn extensions(&mut self, path: &str, extensions: &[Extension]) {
        for extension in extensions {
            let required = if extension.required {
                "required"
            } else {
                "optional"
            };
            self.put(path, &format!("extension {}", extension.name), required);
        }
    }

    fn reference(&mut self, path: &str, what: &str, reference: &MessageReference) {
        let name = &self.contract.messages[reference.message].name;
        self.put(path, what, name.to_string());
        let inner = format!("{path}/{what}");
        self.put(&inner, "name", &reference.name);
        self.policy(&inner, &reference.policy);
        let action = reference.addressing_action.as_deref();
        self.put_some(path, &format!("{what}/addressing action"), action);
    }

    fn error_model(&mut self, path: &str, errors: &ErrorModel) {
        if let Some(catalogue) = errors.catalogue {
            self.put(
                path,
                "catalogue",
                self.contract.catalogues[catalogue].name.clone(),
            );
        }
        for code in &errors.codes {
            self.put(path, &format!("code {code}"), "named");
        }
        if let Some(in_band) = &errors.in_band {
            let InBand {
                path: messages,
                code,
                reason,
                severity,
                span: _,
            } = in_band;
            let text = format!("{} {code} {reason:?} {severity:?}", messages.join("/"));
            self.put(path, "in-band", text);
        }
        for status in &errors.statuses {
            let path = format!("{path}/status {}", status.status);
            self.put_some(&path, "documentation", status.documentation.as_deref());
            self.type_use(&path, status.body);
            self.put(&path, "code", status.code.join("/"));
            self.put(&path, "reason", status.reason.join("/"));
        }
    }

    fn binding(&mut self, binding: &Binding) {
        let path = format!("binding {}", binding.name);
        self.annotation(&path, &binding.annotation);
        self.policy(&path, &binding.policy);
        self.extensions(&path, &binding.extensions);
        let port_type = &self.contract.port_types[binding.port_type].name;
        self.put(&path, "port type", port_type.to_string());
        self.put(&path, "protocol", format!("{:?}", binding.protocol));
        self.put_if(&path, "basic authentication", binding.authentication.basic);
        for header in &binding.authentication.http_headers {
            let path = format!("{path}/HTTP header {}", header.name);
            let AuthenticationHeader {
                prefix,
                argument,
                value,
                required,
                annotation,
                ..
            } = header;
            self.put(&path, "value", format!("{prefix}{{{argument}}}"));
            if let AuthenticationValue::Base64Json(id) = value {
                self.type_use(&format!("{path}/Base64 of JSON"), *id);
            }
            self.put_if(&path, "required", *required);
            self.annotation(&path, annotation);
        }
        for operation in &binding.operations {
            self.binding_operation(&format!("{path}/{}", operation.name), operation);
        }
    }

    fn binding_operation(&mut self, path: &str, operation: &BindingOperation) {
        self.put(path, "action", format!("{:?}", operation.action));
        self.policy(path, &operation.policy);
        self.extensions(path, &operation.extensions);
        self.put_some(path, "input name", operation.input_name.as_deref());
        self.put_some(path, "output name", operation.output_name.as_deref());
        self.put_some(
            path,
            "style",
            operation.style.map(|style| format!("{style:?}")),
        );
        let http = operation.http.as_ref().map(|http| {
            format!(
                "{} {} {:?} {:?}",
                http.method, http.path, http.content, http.answer
            )
        });
        self.put_some(path, "http", http);
        for (what, message) in [("input", &operation.input), ("output", &operation.output)] {
            let path = format!("{path}/{what}");
            self.policy(&path, &message.policy);
            let Body {
                use_,
                parts,
                namespace,
                encoding_style,
                span: _,
            } = &message.body;
            let parts = parts.as_ref().map(|parts| parts.join(" "));
            self.put(
                &path,
                "body",
                format!("{use_:?} {namespace:?} {encoding_style:?}"),
            );
            self.put_some(&path, "parts", parts);
            for (index, header) in message.headers.iter().enumerate() {
                let message = &self.contract.messages[header.message].name;
                let required = if header.required { " required" } else { "" };
                let namespace = header.namespace.as_deref().unwrap_or_default();
                let text = format!(
                    "{message} {} {:?} {namespace}{required}",
                    header.part, header.use_
                );
                self.put(&path, &format!("header {:02}", index + 1), text);
                for (message, part) in &header.faults {
                    let message = &self.contract.messages[*message].name;
                    self.put(&path, &format!("header fault {message} {part}"), "declared");
                }
            }
            for attachment in &message.attachments {
                let path = format!("{path}/attachment {}", attachment.part);
                self.put(&path, "media types", attachment.media_types.join(" "));
            }
        }
        for fault in &operation.faults {
            self.policy(&format!("{path}/fault {}", fault.name), &fault.policy);
            self.put(
                path,
                &format!("fault {}", fault.name),
                format!(
                    "{:?} {}",
                    fault.use_,
                    fault.namespace.as_deref().unwrap_or_default()
                ),
            );
        }
    }
}

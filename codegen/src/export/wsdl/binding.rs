//! Bindings and their operations.

use super::Writer;
use crate::contract::{
    Action, Authentication, AuthenticationHeader, AuthenticationValue, Binding, BindingOperation,
    Body, Extension, FaultBinding, MessageBinding, Protocol, SoapVersion, Style, Use,
};
use crate::export::annotation;
use crate::export::markup::Markup;
use crate::namespace;

impl Writer<'_, '_> {
    pub(super) fn binding(&mut self, binding: &Binding) -> Markup {
        let port_type = self.reference(&self.contract.port_types[binding.port_type].name);
        let mut markup = Markup::new(self.wsdl("binding"))
            .with("name", &*binding.name.local)
            .with("type", port_type);
        self.annotate(&binding.annotation, &binding.policy, &mut markup);
        match &binding.protocol {
            Protocol::Soap {
                version,
                style,
                transport,
            } => {
                let extension = Markup::new(self.soap(*version, "binding"))
                    .with_some(
                        "transport",
                        (!transport.is_empty()).then_some(transport.as_str()),
                    )
                    .with_if(*style == Style::Rpc, "style", "rpc")
                    .with_if(*style == Style::Document, "style", "document");
                markup.push(extension);
            }
            Protocol::Http { method, .. } => {
                let name = format!("{}:binding", self.prefixes.of(&namespace::WSDL_HTTP.into()));
                markup.push(Markup::new(name).with("verb", method));
            }
            Protocol::Unknown => {}
        }
        self.authentication(&binding.authentication, &mut markup);
        self.extensions(&binding.extensions, &mut markup);
        for operation in &binding.operations {
            let written = self.binding_operation(binding, operation);
            markup.push(written);
        }
        markup
    }

    pub(super) fn soap(&mut self, version: SoapVersion, name: &str) -> String {
        let namespace = match version {
            SoapVersion::Soap11 => namespace::WSDL_SOAP_11,
            SoapVersion::Soap12 => namespace::WSDL_SOAP_12,
        };
        format!("{}:{name}", self.prefixes.of(&namespace.into()))
    }

    fn extensions(&mut self, extensions: &[Extension], markup: &mut Markup) {
        for extension in extensions {
            let mut written = self.foreign(&extension.name, None);
            if extension.required {
                written.set(self.wsdl("required"), "true");
            }
            markup.push(written);
        }
    }

    fn authentication(&mut self, authentication: &Authentication, markup: &mut Markup) {
        if authentication.basic {
            markup.push(Markup::new(self.castile("basic-authentication")));
        }
        for header in &authentication.http_headers {
            let written = self.http_header(header);
            markup.push(written);
        }
    }

    fn http_header(&mut self, header: &AuthenticationHeader) -> Markup {
        let record = match header.value {
            AuthenticationValue::Text => None,
            AuthenticationValue::Base64Json(id) => {
                { self.contract.types[id].name.as_ref() }.map(|name| self.component(name))
            }
        };
        let prefix = (!header.prefix.is_empty()).then_some(header.prefix.as_str());
        let mut markup = Markup::new(self.castile("http-header"))
            .with("name", &header.name)
            .with_some("prefix", prefix)
            .with("argument", &header.argument)
            .with_some("base64-json", record)
            .with_if(!header.required, "required", "false");
        annotation::attributes(&header.annotation, self.prefixes, &mut markup);
        if let Some(text) = &header.annotation.documentation {
            let name = self.castile("documentation");
            markup.push(annotation::documentation(name, text));
        }
        let sources = annotation::sources(&header.annotation.provenance, self.prefixes);
        markup.with_children(sources)
    }

    fn binding_operation(&mut self, binding: &Binding, operation: &BindingOperation) -> Markup {
        let mut markup = Markup::new(self.wsdl("operation")).with("name", &operation.name);
        self.policy(&operation.policy, &mut markup);
        match &binding.protocol {
            Protocol::Soap { version, .. } => {
                let extension = self.soap_operation(*version, operation);
                markup.push(extension);
            }
            Protocol::Http { method, .. } => {
                let extension = self.http_operation(binding, method, operation);
                markup.push(extension);
            }
            Protocol::Unknown => {}
        }
        self.extensions(&operation.extensions, &mut markup);
        let declared = {
            self.contract.port_types[binding.port_type]
                .operations
                .iter()
        }
        .find(|declared| declared.name == operation.name);
        let has_input = declared.is_none_or(|declared| declared.input.is_some());
        let has_output = declared.is_none_or(|declared| declared.output.is_some());
        if has_input || operation.input_name.is_some() || !is_default(&operation.input) {
            let bound = self.bound(binding, operation, true);
            markup.push(bound);
        }
        if has_output || operation.output_name.is_some() || !is_default(&operation.output) {
            let bound = self.bound(binding, operation, false);
            markup.push(bound);
        }
        for fault in &operation.faults {
            let written = self.fault(&binding.protocol, fault);
            markup.push(written);
        }
        markup
    }

    fn soap_operation(&mut self, version: SoapVersion, operation: &BindingOperation) -> Markup {
        let action = match &operation.action {
            Action::Known(action) => action.as_str(),
            Action::Empty | Action::Unknown { .. } => "",
        };
        let mut markup = Markup::new(self.soap(version, "operation")).with("soapAction", action);
        if let Action::Unknown { candidates } = &operation.action {
            // An empty action is what is sent for it: two quotation marks.
            let words: Vec<&str> = { candidates.iter() }
                .map(|candidate| {
                    if candidate.is_empty() {
                        "\"\""
                    } else {
                        candidate
                    }
                })
                .collect();
            markup.set(self.castile("action-candidates"), words.join(" "));
        }
        match operation.style {
            None => markup,
            Some(Style::Document) => markup.with("style", "document"),
            Some(Style::Rpc) => markup.with("style", "rpc"),
        }
    }

    fn fault(&mut self, protocol: &Protocol, fault: &FaultBinding) -> Markup {
        let mut markup = Markup::new(self.wsdl("fault")).with("name", &fault.name);
        self.policy(&fault.policy, &mut markup);
        if let Protocol::Soap { version, .. } = protocol {
            let extension = Markup::new(self.soap(*version, "fault"))
                .with("name", &fault.name)
                .with("use", use_word(fault.use_))
                .with_some("namespace", fault.namespace.as_deref());
            markup.push(extension);
        }
        markup
    }
}

pub(super) fn use_word(use_: Use) -> &'static str {
    match use_ {
        Use::Literal => "literal",
        Use::Encoded => "encoded",
    }
}

/// Whether a binding says nothing of a message.
fn is_default(message: &MessageBinding) -> bool {
    let MessageBinding {
        body:
            Body {
                use_,
                parts,
                namespace,
                encoding_style,
                span: _,
            },
        headers,
        attachments,
        policy,
    } = message;
    *use_ == Use::Literal
        && parts.is_none()
        && namespace.is_none()
        && encoding_style.is_none()
        && headers.is_empty()
        && attachments.is_empty()
        && policy.is_empty()
}

//! How messages are put on the wire: SOAP bodies and headers, HTTP parameters, attachments.

use super::Writer;
use super::binding::use_word;
use crate::contract::{
    Attachment, Binding, BindingOperation, Body, Header, HttpAnswer, HttpContent, Location,
    Message, MessageBinding, Protocol, SoapVersion,
};
use crate::export::markup::Markup;
use crate::namespace;

impl Writer<'_, '_> {
    /// The `input` or `output` of an operation of a binding.
    pub(super) fn bound(
        &mut self,
        binding: &Binding,
        operation: &BindingOperation,
        is_input: bool,
    ) -> Markup {
        let (kind, name, message) = if is_input {
            ("input", &operation.input_name, &operation.input)
        } else {
            ("output", &operation.output_name, &operation.output)
        };
        let mut markup = Markup::new(self.wsdl(kind)).with_some("name", name.as_deref());
        self.policy(&message.policy, &mut markup);
        match &binding.protocol {
            Protocol::Soap { version, .. } => self.soap_message(*version, message, &mut markup),
            Protocol::Http { .. } => {
                let content = self.http_content(binding, operation, is_input);
                markup = markup.with_children(content);
            }
            Protocol::Unknown => {}
        }
        markup
    }

    fn soap_message(
        &mut self,
        version: SoapVersion,
        message: &MessageBinding,
        markup: &mut Markup,
    ) {
        let body = self.body(version, &message.body);
        let mut root = vec![body];
        for header in &message.headers {
            root.push(self.header(version, header));
        }
        if message.attachments.is_empty() {
            for child in root {
                markup.push(child);
            }
            return;
        }
        let mut package = Markup::new(self.mime("multipartRelated"));
        package.push(Markup::new(self.mime("part")).with_children(root));
        for attachment in &message.attachments {
            let part = self.attachment(attachment);
            package.push(part);
        }
        markup.push(package);
    }

    fn mime(&mut self, name: &str) -> String {
        format!("{}:{name}", self.prefixes.of(&namespace::WSDL_MIME.into()))
    }

    fn attachment(&mut self, attachment: &Attachment) -> Markup {
        let content = self.mime("content");
        let part = (!attachment.part.is_empty()).then_some(attachment.part.as_str());
        Markup::new(self.mime("part")).with_children({ attachment.media_types.iter() }.map(
            |media_type| {
                Markup::new(content.as_str())
                    .with_some("part", part)
                    .with("type", media_type)
            },
        ))
    }

    fn body(&mut self, version: SoapVersion, body: &Body) -> Markup {
        Markup::new(self.soap(version, "body"))
            .with("use", use_word(body.use_))
            .with_some("parts", body.parts.as_ref().map(|parts| parts.join(" ")))
            .with_some("namespace", body.namespace.as_deref())
            .with_some("encodingStyle", body.encoding_style.as_deref())
    }

    fn header(&mut self, version: SoapVersion, header: &Header) -> Markup {
        let message = self.reference(&self.contract.messages[header.message].name);
        let mut markup = Markup::new(self.soap(version, "header"))
            .with("message", message)
            .with("part", &header.part)
            .with("use", use_word(header.use_))
            .with_some("namespace", header.namespace.as_deref());
        if header.required {
            markup.set(self.wsdl("required"), "true");
        }
        for (message, part) in &header.faults {
            let message = self.reference(&self.contract.messages[*message].name);
            let fault = Markup::new(self.soap(version, "headerfault"))
                .with("message", message)
                .with("part", part)
                .with("use", "literal");
            markup.push(fault);
        }
        markup
    }

    /// Method and path of an operation; a path with parts in it has them in parentheses, unless it is
    /// one of JSON, which WSDL knows nothing of.
    pub(super) fn http_operation(
        &mut self,
        binding: &Binding,
        default: &str,
        operation: &BindingOperation,
    ) -> Markup {
        let name = format!(
            "{}:operation",
            self.prefixes.of(&namespace::WSDL_HTTP.into())
        );
        let markup = Markup::new(name);
        let Some(http) = &operation.http else {
            return markup.with("location", "");
        };
        let path = if self.location(binding, operation) == Some(Location::Path) {
            http.path.replace('{', "(").replace('}', ")")
        } else {
            http.path.clone()
        };
        let mut markup = markup.with("location", path);
        if http.method != default {
            markup.set(self.castile("method"), &http.method);
        }
        markup
    }

    /// Where the parts of the request travel, unless in the body.
    fn location(&self, binding: &Binding, operation: &BindingOperation) -> Option<Location> {
        let http = operation.http.as_ref()?;
        if http.content == HttpContent::Json {
            return None;
        }
        if http.path.contains('{') {
            return Some(Location::Path);
        }
        let message = self.request(binding, operation)?;
        let mut locations = message.parts.iter().map(|part| part.annotation.location);
        locations.find(|location| [Location::Path, Location::Query].contains(location))
    }

    fn request(&self, binding: &Binding, operation: &BindingOperation) -> Option<&Message> {
        let operations = &self.contract.port_types[binding.port_type].operations;
        let declared = operations.iter().find(|declared| {
            let input = declared.input.as_ref().map(|input| &input.name);
            let named = operation.input_name.as_ref();
            declared.name == operation.name && (named.is_none() || named == input)
        })?;
        Some(&self.contract.messages[declared.input.as_ref()?.message])
    }

    /// The elements of HTTP and MIME that say how a message is written.
    fn http_content(
        &mut self,
        binding: &Binding,
        operation: &BindingOperation,
        is_input: bool,
    ) -> Vec<Markup> {
        let message = if is_input {
            &operation.input
        } else {
            &operation.output
        };
        let Some(http) = &operation.http else {
            return Vec::new();
        };
        if !message.attachments.is_empty() {
            let attachments = { message.attachments.iter() };
            let parts: Vec<Markup> = attachments.map(|part| self.attachment(part)).collect();
            return vec![Markup::new(self.mime("multipartRelated")).with_children(parts)];
        }
        let part = message.body.parts.as_ref().and_then(|parts| parts.first());
        let is_json = http.content == HttpContent::Json;
        let media_type = if is_input {
            match (http.content, self.location(binding, operation)) {
                (_, Some(Location::Path)) => {
                    let name = format!(
                        "{}:urlReplacement",
                        self.prefixes.of(&namespace::WSDL_HTTP.into())
                    );
                    return vec![Markup::new(name)];
                }
                (HttpContent::Form, Some(Location::Query)) => {
                    let name = format!(
                        "{}:urlEncoded",
                        self.prefixes.of(&namespace::WSDL_HTTP.into())
                    );
                    return vec![Markup::new(name)];
                }
                (HttpContent::Json, _) => "application/json",
                (HttpContent::Xml, _) => "text/xml",
                (HttpContent::Form, _) => "application/x-www-form-urlencoded",
            }
        } else {
            match http.answer {
                HttpAnswer::Document if is_json => "application/json",
                HttpAnswer::Document => "text/xml",
                HttpAnswer::Text => "text/plain",
                HttpAnswer::Octets => "application/octet-stream",
            }
        };
        let content = Markup::new(self.mime("content"))
            .with_some("part", part.map(String::as_str))
            .with("type", media_type);
        vec![content]
    }
}

//! How messages are bound: `soap:body`, `soap:header`, and the MIME binding (WSDL 1.1 §3, §5).

use super::binding::{is_soap, namespace_of};
use super::fill::{Document, Fill};
use crate::contract::{Attachment, Body, Header, MessageBinding, Use};
use crate::diagnostic::{Code, Diagnostic};
use crate::frontend::xml::{Attribute, Element};
use crate::namespace::{WSDL, WSDL_MIME};

impl<'a> Fill<'a> {
    /// What stands in the `input` or `output` of a binding's operation.
    pub(super) fn message_binding(
        &mut self,
        document: &Document<'a>,
        element: Element<'a>,
    ) -> MessageBinding {
        let mut bound = MessageBinding {
            policy: self.policy(document, element),
            ..MessageBinding::default()
        };
        self.bind(document, element, &mut bound);
        bound
    }

    fn bind(&mut self, document: &Document<'a>, element: Element<'a>, bound: &mut MessageBinding) {
        for child in element.children() {
            if is_soap(child) {
                match child.name() {
                    "body" => bound.body = self.body(child),
                    "header" => bound.headers.extend(self.header(document, child)),
                    _ => {}
                }
            } else if child.is(WSDL_MIME, "multipartRelated") {
                for part in child.children().filter(|part| part.is(WSDL_MIME, "part")) {
                    self.bind(document, part, bound);
                    attach(part, bound);
                }
            } else if child.is(WSDL_MIME, "mimeXml") {
                bound.body.parts = child
                    .attribute("part")
                    .map(|part| vec![self.part_name(child, part, part.trimmed())]);
            }
        }
    }

    fn body(&mut self, element: Element<'_>) -> Body {
        Body {
            use_: self.use_(element),
            parts: element.attribute("parts").map(|parts| {
                let names = parts.trimmed().split_whitespace();
                names
                    .map(|name| self.part_name(element, parts, name))
                    .collect()
            }),
            namespace: namespace_of(element),
            encoding_style: element
                .attribute("encodingStyle")
                .map(|style| style.trimmed().to_owned())
                .filter(|style| !style.is_empty()),
        }
    }

    fn header(&mut self, document: &Document<'a>, element: Element<'a>) -> Option<Header> {
        let message = self.message_reference(document, element)?;
        let part = self.required(element, "part")?;
        let part = self.part_name(element, part, part.trimmed());
        let mut faults = Vec::new();
        for fault in element
            .children()
            .filter(|child| is_soap(*child) && child.name() == "headerfault")
        {
            let message = self.message_reference(document, fault);
            let part = self.required(fault, "part");
            if let (Some(message), Some(part)) = (message, part) {
                let part = self.part_name(fault, part, part.trimmed());
                faults.push((message, part));
            }
        }
        Some(Header {
            message,
            part,
            use_: self.use_(element),
            namespace: namespace_of(element),
            required: element
                .attribute_in(WSDL, "required")
                .is_some_and(|required| ["true", "1"].contains(&required.trimmed())),
            faults,
            span: element.span(),
        })
    }

    /// The part that a name in `attribute` means. Names of parts have no namespace; the prefix that some
    /// write before them, as before all else in a WSDL, says nothing.
    fn part_name(&mut self, element: Element<'_>, attribute: Attribute<'_>, name: &str) -> String {
        match name.split_once(':') {
            Some((prefix, local)) if element.namespace_of(prefix).is_some() => {
                self.report(
                    Diagnostic::warning(
                        Code::InvalidValue,
                        attribute.span(),
                        format!("`{name}` has a prefix, and parts have none; `{local}` is read"),
                    )
                    .help("write the name of the part as its message does"),
                );
                local.to_owned()
            }
            _ => name.to_owned(),
        }
    }

    pub(super) fn use_(&mut self, element: Element<'_>) -> Use {
        let uses = [("literal", Use::Literal), ("encoded", Use::Encoded)];
        element
            .attribute("use")
            .and_then(|used| self.choose(used, &uses))
            .unwrap_or_default()
    }
}

/// The `mime:content`s of a part: alternatives for one message part.
fn attach(part: Element<'_>, bound: &mut MessageBinding) {
    for content in part
        .children()
        .filter(|child| child.is(WSDL_MIME, "content"))
    {
        let name = content.attribute("part").map_or("", Attribute::trimmed);
        let media_type = content
            .attribute("type")
            .map(Attribute::trimmed)
            .filter(|media_type| !media_type.is_empty())
            .unwrap_or("*/*");
        match bound
            .attachments
            .iter_mut()
            .find(|known| known.part == name)
        {
            Some(known) => known.media_types.push(media_type.to_owned()),
            None => bound.attachments.push(Attachment {
                part: name.to_owned(),
                media_types: vec![media_type.to_owned()],
            }),
        }
    }
}

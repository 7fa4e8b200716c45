//! [`AnyElement`] and [`AnyAttributes`], read and written. Without recursion: their depth is the
//! document's.

use super::reader::Reader;
use super::tokenizer::Ahead;
use super::writer::Writer;
use super::{XML, XMLNS};
use crate::any_element::{AnyAttribute, AnyAttributes, AnyElement, AnyNode};
use crate::mime::XOP;
use crate::read_error::ReadError;
use crate::types::QName;

impl<'a> Reader<'a> {
    /// The current element with all that is in it.
    ///
    /// # Errors
    /// When the document is not well-formed or passes one of the [`Limits`](crate::Limits).
    pub fn any_element(&mut self) -> Result<AnyElement, ReadError> {
        self.refuse_encoded()?;
        let mut open = vec![self.any_start(true)];
        let declared = self.declared();
        loop {
            let ended = if self.take_pending_end() {
                true
            } else {
                let run = self.text_run()?;
                push_text(&mut open, &run);
                match self.markup()? {
                    None => false,
                    Some(Ahead::Text) => {
                        let piece = self.text_piece()?;
                        push_text(&mut open, &piece);
                        false
                    }
                    Some(Ahead::Start) => {
                        self.start_tag()?;
                        if self.attachments.is_some() && self.is(XOP, "Include") {
                            let octets = self.include_text()?;
                            push_text(&mut open, &octets);
                        } else {
                            open.push(self.any_start(false));
                        }
                        false
                    }
                    Some(Ahead::End) => {
                        self.end_tag()?;
                        true
                    }
                }
            };
            if ended {
                self.pop();
                match (open.pop(), open.last_mut()) {
                    (Some(element), Some(parent)) => parent.nodes.push(AnyNode::Element(element)),
                    (Some(mut element), None) => {
                        keep_used(&mut element, &declared);
                        return Ok(element);
                    }
                    (None, _) => return Ok(AnyElement::default()),
                }
            }
        }
    }

    /// The prefixes that the start tag passed last declares itself.
    fn declared(&self) -> Vec<&'a str> {
        let own = self.stack.last().map_or(0, |open| open.bindings);
        let bindings = self.bindings.as_slice().iter().skip(own);
        bindings.map(|binding| binding.prefix).collect()
    }

    /// The start tag that was passed last; with all prefixes in scope, or those declared on it.
    fn any_start(&self, all: bool) -> AnyElement {
        let name = self.name();
        let prefix = self
            .stack
            .last()
            .map_or("", |open| &self.input[open.start..open.start + open.prefix]);
        let mut element = AnyElement::new(QName::with_prefix(name.namespace, name.local, prefix));
        for attribute in &self.attributes {
            let namespace = self.bindings.attribute_namespace(attribute);
            element.attributes.push(AnyAttribute {
                name: QName::with_prefix(namespace, attribute.local, attribute.prefix),
                value: self.attribute_text(attribute.raw).into_owned(),
            });
        }
        let own = self.stack.last().map_or(0, |open| open.bindings);
        let bindings = self.bindings.as_slice();
        let bindings = if all { bindings } else { &bindings[own..] };
        for (index, binding) in bindings.iter().enumerate() {
            let hidden = bindings[index + 1..]
                .iter()
                .any(|inner| inner.prefix == binding.prefix);
            // At the outermost element there is no default namespace to undeclare.
            let idle = all && binding.prefix.is_empty() && binding.namespace.is_empty();
            if !hidden && !idle {
                let pair = (
                    binding.prefix.to_owned(),
                    binding.namespace.clone().into_owned(),
                );
                element.namespaces.push(pair);
            }
        }
        element
    }
}

/// Drops the prefixes from further out that nothing inside mentions: two documents that say the same
/// must give the same tree. The default namespace stays, since a name in a text may mean it silently.
fn keep_used(element: &mut AnyElement, declared: &[&str]) {
    let kept = |prefix: &str| prefix.is_empty() || declared.contains(&prefix);
    let mut unused: Vec<String> = element
        .namespaces
        .iter()
        .filter(|(prefix, _)| !kept(prefix))
        .map(|(prefix, _)| prefix.clone())
        .collect();
    let mut rest = vec![&*element];
    while let Some(element) = rest.pop() {
        if unused.is_empty() {
            return;
        }
        mention(&mut unused, &element.name.prefix);
        for attribute in &element.attributes {
            mention(&mut unused, &attribute.name.prefix);
            mention(&mut unused, &attribute.value);
        }
        for node in &element.nodes {
            match node {
                AnyNode::Element(child) => rest.push(child),
                AnyNode::Text(text) => mention(&mut unused, text),
            }
        }
    }
    element
        .namespaces
        .retain(|(prefix, _)| !unused.contains(prefix));
}

/// Takes away the prefixes that stand in a text as a word of their own.
fn mention(unused: &mut Vec<String>, text: &str) {
    if unused.is_empty() {
        return;
    }
    let is_name = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.') || !c.is_ascii();
    for word in text.split(|c| !is_name(c)).filter(|word| !word.is_empty()) {
        unused.retain(|prefix| prefix != word);
    }
}

fn push_text(open: &mut [AnyElement], text: &str) {
    if text.is_empty() {
        return;
    }
    if let Some(element) = open.last_mut() {
        match element.nodes.last_mut() {
            Some(AnyNode::Text(before)) => before.push_str(text),
            _ => element.nodes.push(AnyNode::Text(text.to_owned())),
        }
    }
}

impl Writer {
    /// Writes an element with all that is in it.
    pub fn any_element(&mut self, element: &AnyElement) {
        let name = element.name().clone();
        self.any_element_as(element, &name);
    }

    /// Writes an element under another name.
    pub(crate) fn any_element_as(&mut self, element: &AnyElement, name: &QName) {
        let encoded = self.encoded_name(name);
        self.any_start(element, encoded.as_ref().unwrap_or(name));
        let mut open = vec![element.nodes().iter()];
        while let Some(nodes) = open.last_mut() {
            match nodes.next() {
                None => {
                    open.pop();
                    self.end();
                }
                Some(AnyNode::Text(text)) => self.text(text),
                Some(AnyNode::Element(child)) => {
                    self.any_start(child, child.name());
                    open.push(child.nodes().iter());
                }
            }
        }
    }

    fn any_start(&mut self, element: &AnyElement, name: &QName) {
        for (prefix, namespace) in &element.namespaces {
            if !self.has_binding(prefix, namespace) && prefix != "xml" {
                self.declare(prefix, namespace);
            }
        }
        self.start_preferring(&name.namespace, &name.local, &name.prefix);
        for AnyAttribute { name, value } in &element.attributes {
            if name.namespace != XMLNS {
                self.attribute_preferring(&name.namespace, &name.local, &name.prefix, value);
            }
        }
    }

    /// Writes attributes of the element whose start tag was written last.
    pub(crate) fn any_attributes(&mut self, attributes: &AnyAttributes) {
        for AnyAttribute { name, value } in &attributes.0 {
            let prefix = if name.namespace == XML {
                "xml"
            } else {
                name.prefix.as_str()
            };
            self.attribute_preferring(&name.namespace, &name.local, prefix, value);
        }
    }
}

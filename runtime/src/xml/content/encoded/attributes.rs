//! What the attributes of an encoded element say.

use std::borrow::Cow;

use super::references::{id_of, trimmed};
use super::unknown;
use crate::read_error::ReadError;
use crate::soap::encoding::{
    Content, EARLIER_XSI, ENCODING_12, has_dimensions, is_encoding, is_sizes, position,
};
use crate::soap::is_soap;
use crate::xml::XSI;
use crate::xml::reader::{Nil, Reader};
use crate::xml::scope::{Attribute, Space};

/// What a start tag says.
pub(super) struct Start<'a> {
    /// The id of the element that stands for this one, if this one holds nothing.
    pub(super) reference: Option<Cow<'a, str>>,
    /// `None` for what only the slow path knows.
    pub(super) content: Option<Content>,
    /// The same tag says the same again.
    pub(super) is_constant: bool,
}

impl<'a> Reader<'a> {
    /// Looks at the attributes of the start tag that was passed last, and leaves of them what belongs
    /// to the value: whether it is nil, and the type that it is of if that may choose among derived
    /// ones. `index` is the place among the items of an array, `content` what an element of a named
    /// type holds.
    pub(super) fn encoded_attributes(
        &mut self,
        content: impl Fn(Option<(&str, &str)>) -> Content,
        index: Option<usize>,
    ) -> Result<Start<'a>, ReadError> {
        let mut is_constant = true;
        let mut type_ = None;
        let mut nil = None;
        let mut is_whole = true;
        let (mut href, mut reference) = (None, None);
        for attribute in &self.attributes {
            let namespace = self.bindings.attribute_namespace(attribute);
            let value = self.value(attribute);
            let is_xsi = namespace == XSI || EARLIER_XSI.contains(&namespace);
            match attribute.local {
                "type" if is_xsi && type_.is_none() => type_ = Some((attribute.clone(), value)),
                "nil" | "null" if is_xsi && nil.is_none() => nil = Some(Nil::from_text(&value)),
                "type" | "nil" | "null" if is_xsi => return Err(unknown()),
                _ if is_xsi || is_soap(namespace) => {}
                "id" if namespace.is_empty() => is_constant = false,
                "href" if namespace.is_empty() => href = Some(value),
                "ref" if namespace == ENCODING_12 => reference = Some(value),
                local if is_encoding(namespace) => {
                    let value = value.trim();
                    is_constant = false;
                    match local {
                        "position" if index != position(value) && index.is_some() => {
                            return Err(unknown());
                        }
                        "arrayType" => is_whole &= !has_dimensions(value),
                        "arraySize" => is_whole &= !is_sizes(value),
                        "offset" => is_whole &= position(value) == Some(0),
                        _ => {}
                    }
                }
                // What is no part of the encoding.
                _ => return Err(unknown()),
            }
        }
        let reference = match (href, reference) {
            (None, None) => None,
            (Some(href), None) => Some(id_of(href).ok_or_else(unknown)?),
            (None, Some(id)) if !id.trim().is_empty() => Some(trimmed(id)),
            (_, Some(_)) => return Err(unknown()),
        };
        self.nil = match nil {
            None | Some(Nil::No) => Nil::No,
            Some(Nil::Yes) => Nil::Yes,
            Some(Nil::Invalid(_)) => return Err(unknown()),
        };
        self.attributes.clear();
        let named = type_.as_ref().and_then(|(_, text)| {
            let text = text.trim();
            let (prefix, local) = text.split_once(':').unwrap_or(("", text));
            Some((self.bindings.namespace(prefix)?, local))
        });
        let content = content(named);
        // Any other type than those of the encoding may be a derived one.
        let is_kept = named.is_some_and(|(namespace, _)| !is_encoding(namespace));
        let content = match content {
            Content::Any => None,
            Content::Simple => Some(Content::Simple),
            // No namespace, or no declaration of one: the slow path knows.
            _ if named.is_some_and(|(namespace, _)| namespace.is_empty()) => None,
            Content::Array(_) if !is_whole => None,
            content => Some(content),
        };
        if let (Some((attribute, _)), true, Some(Content::Struct(_))) = (type_, is_kept, content) {
            self.attributes.push(Attribute {
                space: Space::Xsi,
                ..attribute
            });
        }
        Ok(Start {
            reference,
            content,
            is_constant,
        })
    }

    /// Whether the current element may be a reference. Only right after its start tag.
    pub(super) fn refers(&self) -> bool {
        let mut attributes = self.attributes.iter();
        attributes.any(|attribute| {
            let namespace = self.bindings.attribute_namespace(attribute);
            attribute.local == "href" && namespace.is_empty()
                || attribute.local == "ref" && namespace == ENCODING_12
        })
    }
}

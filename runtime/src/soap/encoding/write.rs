//! From a literal message to the encoded one that says the same.

use std::rc::Rc;

use super::graph::Scope;
use super::{EncodedType, Encoding, Kind, Member, Parts, XSD, is_any, is_encoding, style, xsd};
use crate::any_element::{AnyElement, AnyNode};
use crate::binding::{Name, Version};
use crate::limits::Limits;
use crate::simple::Prefixes as _;
use crate::types::QName;
use crate::xml::{Reader, Writer, XMLNS, XSI};

/// The prefixes that every encoded message declares.
pub(in crate::soap) fn declarations(version: Version) -> [(&'static str, &'static str); 2] {
    [("xsd", XSD), ("enc", style(version))]
}

/// Writes the literal document `text`, a wrapper with its parts, encoded. `false` if it cannot be
/// read again, which is a matter of its depth alone.
pub(in crate::soap) fn write(
    writer: &mut Writer,
    text: &str,
    (encoding, members): Parts,
    version: Version,
) -> bool {
    let limits = Limits::trusted();
    let mut reader = Reader::new(text, &limits);
    let root = reader.next_start().and_then(|_| reader.any_element());
    let Ok(root) = root else {
        return false;
    };
    let mut writing = Writing {
        writer,
        encoding,
        version,
    };
    writing.wrapper(&root, members);
    true
}

struct Writing<'w> {
    writer: &'w mut Writer,
    encoding: &'static Encoding,
    version: Version,
}

/// More prefixes than this are declared where they are used.
const NAMESPACES: usize = 8;

impl Writing<'_> {
    fn wrapper(&mut self, root: &AnyElement, members: &'static [Member]) {
        let is_bound = |ns: &&str| ns.is_empty() || **ns == root.name.namespace;
        let others = self.encoding.namespaces().filter(|ns| !is_bound(ns));
        for (index, namespace) in others.take(NAMESPACES).enumerate() {
            if index == 0 {
                self.writer.declare("types", namespace);
            } else {
                let prefix = format!("types{}", index + 1);
                self.writer.declare(&prefix, namespace);
            }
        }
        self.namespaces(root);
        let (soap, style) = (self.version.namespace(), style(self.version));
        self.writer.start(&root.name.namespace, &root.name.local);
        self.writer.attribute(soap, "encodingStyle", style);
        self.attributes(root);
        self.members(root, &Scope::root(root), members, true);
        self.writer.end();
    }

    fn namespaces(&mut self, element: &AnyElement) {
        for (prefix, namespace) in &element.namespaces {
            if prefix != "xml" && !self.writer.has_binding(prefix, namespace) {
                self.writer.declare(prefix, namespace);
            }
        }
    }

    /// The attributes of the record. The type is ours to say.
    fn attributes(&mut self, element: &AnyElement) {
        for attribute in &element.attributes {
            let (name, value) = (&attribute.name, attribute.value.as_str());
            let is_type = name.namespace == XSI && name.local == "type";
            if !is_type && name.namespace != XMLNS {
                self.writer
                    .attribute_preferring(&name.namespace, &name.local, &name.prefix, value);
            }
        }
    }

    /// Accessors have no namespace (SOAP 1.1 §5.1), whatever the form of the elements. Parts that
    /// are elements keep theirs.
    fn members<'a>(
        &mut self,
        element: &'a AnyElement,
        scope: &Rc<Scope<'a>>,
        members: &'static [Member],
        are_parts: bool,
    ) {
        let mut next = 0;
        for child in element.children() {
            let is_member = |index: &usize| {
                let member = members.get(*index);
                member.is_some_and(|member| child.name.is(member.namespace, member.local))
            };
            let mut order = (next..members.len()).chain(0..next);
            let found = order.find(is_member);
            match found.and_then(|index| Some((index, members.get(index)?))) {
                Some((index, member)) => {
                    next = index;
                    let namespace = if are_parts { member.namespace } else { "" };
                    self.value(child, scope, namespace, member);
                }
                // By a wildcard.
                None => self.writer.any_element(child),
            }
        }
    }

    /// A value with its type.
    fn value<'a>(
        &mut self,
        element: &'a AnyElement,
        scope: &Rc<Scope<'a>>,
        namespace: &str,
        member: &'static Member,
    ) {
        let declared = member.type_name;
        if is_any(declared) {
            let name = QName::new(namespace, member.local);
            self.writer.any_element_as(element, &name);
            return;
        }
        let scope = scope.inside(element);
        self.namespaces(element);
        self.writer.start(namespace, member.local);
        let is_nil = element.attribute(XSI, "nil").is_some();
        match self.type_of(element, &scope, declared) {
            _ if is_nil => self.attributes(element),
            Some(EncodedType {
                name,
                kind: Kind::Struct(members),
            }) => {
                self.type_name(*name);
                self.attributes(element);
                self.members(element, &scope, members, false);
            }
            Some(EncodedType {
                kind: Kind::Array(item),
                ..
            }) => {
                self.array(item, element.children().count());
                self.attributes(element);
                for child in element.children() {
                    self.value(child, &scope, "", item);
                }
            }
            None => {
                self.type_name(declared);
                self.attributes(element);
                for node in &element.nodes {
                    match node {
                        AnyNode::Text(text) => self.writer.text(text),
                        AnyNode::Element(child) => self.writer.any_element(child),
                    }
                }
            }
        }
        self.writer.end();
    }

    /// The type that the literal message says, if it is one that we know, or the declared one.
    fn type_of(
        &self,
        element: &AnyElement,
        scope: &Scope<'_>,
        declared: Name,
    ) -> Option<&'static EncodedType> {
        let named = element.attribute(XSI, "type").and_then(|text| {
            let (prefix, local) = text.split_once(':').unwrap_or(("", text));
            self.encoding
                .find(scope.namespace_of(prefix).unwrap_or_default(), local)
        });
        named.or_else(|| self.encoding.find(declared.namespace, declared.local))
    }

    /// `xsi:type`, of a type that has a name.
    fn type_name(&mut self, name: Name) {
        if !name.local.contains('/') {
            let value = self.name(name);
            self.writer.attribute(XSI, "type", &value);
        }
    }

    /// A name in content.
    fn name(&mut self, name: Name) -> String {
        let wish = match name.namespace {
            XSD => "xsd",
            namespace if is_encoding(namespace) => "enc",
            _ => "types",
        };
        if name.namespace.is_empty() {
            return name.local.to_owned();
        }
        let prefix = self.writer.prefix_of(name.namespace, wish);
        format!("{prefix}:{}", name.local)
    }

    /// The attributes of an array: its item type, and how many items there are.
    fn array(&mut self, item: &'static Member, count: usize) {
        let style = style(self.version);
        self.type_name(Name::new(style, "Array"));
        let mut type_name = item.type_name;
        let mut brackets = String::new();
        // The items are arrays without a name: `T[][n]`.
        while type_name.local.contains('/') {
            let inner = self.encoding.find(type_name.namespace, type_name.local);
            match inner.map(|type_| &type_.kind) {
                Some(Kind::Array(inner)) => {
                    type_name = inner.type_name;
                    brackets.push_str("[]");
                }
                _ => type_name = xsd("anyType"),
            }
        }
        match self.version {
            Version::Soap11 => {
                let value = format!("{}{brackets}[{count}]", self.name(type_name));
                self.writer.attribute(style, "arrayType", &value);
            }
            Version::Soap12 => {
                if !brackets.is_empty() {
                    type_name = Name::new(style, "Array");
                }
                let value = self.name(type_name);
                self.writer.attribute(style, "itemType", &value);
                self.writer
                    .attribute(style, "arraySize", &count.to_string());
            }
        }
    }
}

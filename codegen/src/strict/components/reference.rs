//! References by QName (Structures §3.15.3, `src-resolve`).

use super::read::Reader;
use super::{AttributeGroupId, AttributeId, ElementId, GroupId, TypeId};
use crate::contract::{QName, XML_SCHEMA};
use crate::frontend::xml::{Attribute as XmlAttribute, Element as Xml};
use crate::namespace::XML_SCHEMA_INSTANCE;

impl<'a> Reader<'_, 'a> {
    /// The expanded name of one word of an attribute; `None`, reported, if it has none, or must not
    /// be referred to from here.
    pub(super) fn name(
        &mut self,
        xml: Xml<'a>,
        attribute: XmlAttribute<'a>,
        word: &str,
    ) -> Option<QName> {
        if !crate::strict::grammar::is_qname(word) {
            return None;
        }
        let (prefix, local) = word.split_once(':').unwrap_or(("", word));
        let document = &self.documents[self.document];
        let namespace = match xml.namespace_of(prefix) {
            None | Some("") if prefix.is_empty() => {
                if document.chameleon {
                    return Some(QName::new(document.target.clone(), local));
                }
                ""
            }
            Some(namespace) => namespace,
            None => {
                self.report.find(
                    "src-resolve",
                    attribute.span(),
                    format!("the prefix `{prefix}` is not bound to a namespace"),
                    format!("declare it: xmlns:{prefix}=\"…\""),
                );
                return None;
            }
        };
        let visible = *document.target == *namespace
            || document.visible.contains(namespace)
            || [XML_SCHEMA, XML_SCHEMA_INSTANCE].contains(&namespace);
        if visible {
            return Some(QName::new(namespace, local));
        }
        let (rule, message, help) = if namespace.is_empty() {
            (
                "src-resolve.4.1",
                format!("`{word}` has no namespace, and schemas without one are not imported here"),
                "write the prefix of the target namespace, or add <xs:import/>".to_owned(),
            )
        } else {
            (
                "src-resolve.4.2",
                format!("`{word}` is in `{namespace}`, which is not imported here"),
                format!("add <xs:import namespace=\"{namespace}\"/>"),
            )
        };
        self.report.find(rule, attribute.span(), message, help);
        None
    }

    /// Says that there is no such component, unless some schema that may have it is not at hand.
    fn unresolved(&mut self, kind: &str, name: &QName, attribute: XmlAttribute<'a>) {
        let incomplete = self.incomplete.contains(&*name.namespace);
        let loaded = self.targets.contains(&name.namespace);
        let own = *self.documents[self.document].target == *name.namespace;
        if incomplete || !(loaded || own) {
            return;
        }
        self.report.find(
            "src-resolve",
            attribute.span(),
            format!("no {kind} `{}` is declared", name.local),
            "declare it, or correct the name",
        );
    }

    pub(super) fn type_reference(
        &mut self,
        xml: Xml<'a>,
        attribute: XmlAttribute<'a>,
    ) -> Option<TypeId> {
        self.type_word(xml, attribute, attribute.trimmed())
    }

    pub(super) fn type_word(
        &mut self,
        xml: Xml<'a>,
        attribute: XmlAttribute<'a>,
        word: &str,
    ) -> Option<TypeId> {
        let name = self.name(xml, attribute, word)?;
        self.type_named(&name, attribute)
    }

    /// The base of a type: inside a redefinition its own name means the type as it was.
    pub(super) fn base_reference(
        &mut self,
        xml: Xml<'a>,
        attribute: XmlAttribute<'a>,
    ) -> Option<TypeId> {
        let name = self.name(xml, attribute, attribute.trimmed())?;
        if let Some((own, old)) = &self.redefined_type
            && *own == name
        {
            return Some(*old);
        }
        self.type_named(&name, attribute)
    }

    fn type_named(&mut self, name: &QName, attribute: XmlAttribute<'a>) -> Option<TypeId> {
        if let Some(found) = self.components.symbols.types.get(name) {
            return Some(*found);
        }
        if &*name.namespace == XML_SCHEMA {
            const LATER: [&str; 4] = [
                "anyAtomicType",
                "dateTimeStamp",
                "dayTimeDuration",
                "yearMonthDuration",
            ];
            let message = format!("XML Schema 1.0 has no type `{}`", name.local);
            if LATER.contains(&&*name.local) {
                self.report
                    .other_version("src-resolve", attribute.span(), message);
                return None;
            }
            self.report
                .find("src-resolve", attribute.span(), message, "correct the name");
            return None;
        }
        self.unresolved("type", name, attribute);
        None
    }

    pub(super) fn element_reference(
        &mut self,
        xml: Xml<'a>,
        attribute: XmlAttribute<'a>,
    ) -> Option<ElementId> {
        let name = self.name(xml, attribute, attribute.trimmed())?;
        let found = self.components.symbols.elements.get(&name).copied();
        if found.is_none() {
            self.unresolved("element", &name, attribute);
        }
        found
    }

    pub(super) fn attribute_reference(
        &mut self,
        xml: Xml<'a>,
        attribute: XmlAttribute<'a>,
    ) -> Option<(QName, Option<AttributeId>)> {
        let name = self.name(xml, attribute, attribute.trimmed())?;
        let found = self.components.symbols.attributes.get(&name).copied();
        if found.is_none() {
            self.unresolved("attribute", &name, attribute);
        }
        Some((name, found))
    }

    pub(super) fn group_reference(
        &mut self,
        xml: Xml<'a>,
        attribute: XmlAttribute<'a>,
    ) -> Option<GroupId> {
        let name = self.name(xml, attribute, attribute.trimmed())?;
        if let Some((own, old)) = &self.redefined_group
            && *own == name
        {
            self.own_references.push(xml);
            return Some(*old);
        }
        let found = self.components.symbols.groups.get(&name).copied();
        if found.is_none() {
            self.unresolved("group", &name, attribute);
        }
        found
    }

    pub(super) fn attribute_group_reference(
        &mut self,
        xml: Xml<'a>,
        attribute: XmlAttribute<'a>,
    ) -> Option<AttributeGroupId> {
        let name = self.name(xml, attribute, attribute.trimmed())?;
        if let Some((own, old)) = &self.redefined_attribute_group
            && *own == name
        {
            self.own_references.push(xml);
            return Some(*old);
        }
        let found = self.components.symbols.attribute_groups.get(&name).copied();
        if found.is_none() {
            self.unresolved("attribute group", &name, attribute);
        }
        found
    }
}

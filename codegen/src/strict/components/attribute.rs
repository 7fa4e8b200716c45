//! Attribute declarations, uses and groups (Structures §3.2, §3.5, §3.6).

use std::sync::Arc;

use super::read::Reader;
use super::simple_type::inline;
use super::{
    ANY_SIMPLE_TYPE, Attribute, AttributeId, AttributeUse, AttributeUses, TypeId, ValueConstraint,
    Wildcard,
};
use crate::contract::{NamespaceConstraint, ProcessContents, QName, XML_SCHEMA};
use crate::frontend::xml::Element as Xml;
use crate::namespace::XML_SCHEMA_INSTANCE;

impl<'a> Reader<'_, 'a> {
    pub(super) fn global_attribute(&mut self, id: AttributeId, xml: Xml<'a>) {
        let target = self.documents[self.document].target.clone();
        self.attribute_name(xml, &target);
        let type_ = self.attribute_type(xml);
        let value = self.value_constraint(xml, "src-attribute.1");
        let attribute = &mut self.components.attributes[id.0];
        attribute.type_ = type_;
        attribute.value = value;
    }

    /// The names that no attribute may have.
    fn attribute_name(&mut self, xml: Xml<'a>, namespace: &str) {
        let Some(name) = xml.attribute("name") else {
            return;
        };
        if name.trimmed() == "xmlns" {
            self.report.find(
                "no-xmlns",
                name.span(),
                "no attribute is called `xmlns`",
                "namespace declarations need none",
            );
        }
        if namespace == XML_SCHEMA_INSTANCE {
            self.report.find(
                "no-xsi",
                name.span(),
                format!("no attribute is declared in `{XML_SCHEMA_INSTANCE}`"),
                "choose another target namespace: these attributes are always there",
            );
        }
    }

    fn attribute_type(&mut self, xml: Xml<'a>) -> Option<TypeId> {
        let named = xml.attribute("type");
        let child = inline(xml);
        if let (Some(named), Some(_)) = (named, child) {
            self.report.find(
                "src-attribute.4",
                named.span(),
                "the attribute has both `type` and xs:simpleType",
                "leave one of the two out",
            );
        }
        match (named, child) {
            (Some(named), _) => {
                let found = self.type_reference(xml, named);
                self.simple_type_only(found, named.span())
            }
            (None, Some(child)) => Some(self.anonymous_type(child)),
            (None, None) => Some(ANY_SIMPLE_TYPE),
        }
    }

    /// An attribute has a simple type.
    fn simple_type_only(
        &mut self,
        found: Option<TypeId>,
        span: crate::source::Span,
    ) -> Option<TypeId> {
        let xml = self.components.types[found?.0].xml;
        let complex = match xml {
            Some(xml) => xml.name() == "complexType",
            None => found == Some(super::ANY_TYPE),
        };
        if complex {
            self.report.find(
                "src-resolve",
                span,
                "the type is complex, and attributes have simple types",
                "name a simple type",
            );
            return None;
        }
        found
    }

    /// `default` or `fixed`.
    pub(super) fn value_constraint(
        &mut self,
        xml: Xml<'a>,
        rule: &'static str,
    ) -> Option<ValueConstraint<'a>> {
        let default = xml.attribute("default");
        let fixed = xml.attribute("fixed");
        if let (Some(default), Some(_)) = (default, fixed) {
            self.report.find(
                rule,
                default.span(),
                "both `default` and `fixed`",
                "leave one of the two out",
            );
        }
        let value = fixed.or(default)?;
        Some(ValueConstraint {
            xml,
            value: value.value(),
            fixed: fixed.is_some(),
            span: value.span(),
        })
    }

    /// The attributes of a complex type, derivation or attribute group.
    pub(super) fn attribute_uses(&mut self, xml: Xml<'a>) -> AttributeUses<'a> {
        let mut uses = AttributeUses::default();
        for child in xml.children_in(XML_SCHEMA) {
            match child.name() {
                "attribute" => self.attribute_use(child, &mut uses),
                "attributeGroup" => {
                    if let Some(reference) = child.attribute("ref") {
                        let group = self.attribute_group_reference(child, reference);
                        uses.groups.push((group, reference.span()));
                    }
                }
                "anyAttribute" => uses.wildcard = Some(self.wildcard(child)),
                _ => {}
            }
        }
        uses
    }

    fn attribute_use(&mut self, xml: Xml<'a>, uses: &mut AttributeUses<'a>) {
        let presence = xml
            .attribute("use")
            .map_or("optional", |presence| presence.trimmed());
        let value = self.value_constraint(xml, "src-attribute.1");
        if let Some(default) = xml.attribute("default")
            && presence != "optional"
        {
            self.report.find(
                "src-attribute.2",
                default.span(),
                format!("a default value of an attribute that is {presence}"),
                "only optional attributes have one",
            );
        }
        let reference = xml.attribute("ref");
        if reference.is_some() == xml.attribute("name").is_some() {
            self.report.find(
                "src-attribute.3.1",
                xml.span(),
                "an attribute has either `name` or `ref`",
                "declare it by its name, or refer to another declaration",
            );
            return;
        }
        let (name, declaration) = match reference {
            Some(reference) => {
                let beside = ["form", "type"]
                    .into_iter()
                    .find_map(|name| Some((xml.attribute(name)?.span(), name)))
                    .or(inline(xml).map(|inline| (inline.span(), "xs:simpleType")));
                if let Some((span, name)) = beside {
                    self.report.find(
                        "src-attribute.3.2",
                        span,
                        format!("`{name}` beside `ref`"),
                        "the declaration that is referred to says it",
                    );
                }
                let Some(found) = self.attribute_reference(xml, reference) else {
                    return;
                };
                found
            }
            None => self.local_attribute(xml, value),
        };
        if presence == "prohibited" {
            uses.prohibited.push((name, xml.span()));
            return;
        }
        uses.uses.push(AttributeUse {
            name,
            declaration,
            required: presence == "required",
            value,
            span: reference.map_or(xml.name_span(), |reference| reference.span()),
        });
    }

    fn local_attribute(
        &mut self,
        xml: Xml<'a>,
        value: Option<ValueConstraint<'a>>,
    ) -> (QName, Option<AttributeId>) {
        let document = &self.documents[self.document];
        let qualified = match xml.attribute("form") {
            Some(form) => form.trimmed() == "qualified",
            None => document.qualified_attributes,
        };
        let namespace: Arc<str> = match qualified {
            true => document.target.clone(),
            false => "".into(),
        };
        self.attribute_name(xml, &namespace);
        let local = xml.attribute("name").map_or("", |name| name.trimmed());
        let type_ = self.attribute_type(xml);
        self.components.attributes.push(Attribute {
            type_,
            value,
            span: xml.name_span(),
        });
        let id = AttributeId(self.components.attributes.len() - 1);
        (QName::new(namespace, local), Some(id))
    }

    /// `any` or `anyAttribute`.
    pub(super) fn wildcard(&mut self, xml: Xml<'a>) -> Wildcard {
        let target = &self.documents[self.document].target;
        let text = xml
            .attribute("namespace")
            .map_or("##any", |namespace| namespace.trimmed());
        let namespaces = match text {
            "##any" => NamespaceConstraint::Any,
            "##other" => NamespaceConstraint::Not(target.clone()),
            list => {
                let mut names: Vec<Arc<str>> = { list.split_whitespace() }
                    .map(|word| match word {
                        "##targetNamespace" => target.clone(),
                        "##local" => "".into(),
                        word => word.into(),
                    })
                    .collect();
                names.sort();
                names.dedup();
                NamespaceConstraint::OneOf(names)
            }
        };
        let process = match xml
            .attribute("processContents")
            .map(|process| process.trimmed())
        {
            Some("lax") => ProcessContents::Lax,
            Some("skip") => ProcessContents::Skip,
            _ => ProcessContents::Strict,
        };
        Wildcard {
            namespaces,
            process,
            span: xml.span(),
        }
    }
}

//! Attribute declarations, uses and wildcards (Structures §3.2, §3.5, §3.6).

use std::sync::Arc;

use super::fill::{Fill, Schema};
use super::load::is_schema_markup;
use crate::contract::{
    ArrayType, AttributeDeclaration, AttributeGroupDefinition, AttributePresence, AttributeUse,
    Builtin, Id, QName, Scope, Wildcard,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::frontend::names::Kind;
use crate::frontend::xml::{Attribute, Element};
use crate::namespace::WSDL;

/// The attributes of a complex type or attribute group, as far as its own declaration says.
#[derive(Default)]
pub(super) struct Attributes {
    pub(super) uses: Vec<AttributeUse>,
    pub(super) groups: Vec<Id<AttributeGroupDefinition>>,
    pub(super) any: Option<Wildcard>,
}

impl Fill<'_> {
    /// All attribute uses, groups and the wildcard below an element.
    pub(super) fn attributes(&mut self, schema: &Schema, parent: Element<'_>) -> Attributes {
        let mut attributes = Attributes::default();
        for child in parent.children().filter(|child| is_schema_markup(*child)) {
            match child.name() {
                "attribute" => {
                    let used = self.attribute_use(schema, child);
                    attributes.uses.extend(used);
                }
                "attributeGroup" => self.attribute_group_use(schema, child, &mut attributes),
                "anyAttribute" => {
                    attributes.any = Some(self.wildcard(schema, child));
                }
                _ => {}
            }
        }
        attributes
    }

    fn attribute_group_use(
        &mut self,
        schema: &Schema,
        element: Element<'_>,
        attributes: &mut Attributes,
    ) {
        let Some(reference) = element.attribute("ref") else {
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::MissingMarkup,
                    element.span(),
                    "an attribute group without `ref`; it is left out",
                )
                .help("declare attribute groups at the top of the schema, and refer to them"),
            );
            return;
        };
        let Some(name) = self.name(schema, Kind::AttributeGroup, element, reference) else {
            return;
        };
        if let Some(original) = self.redefinitions.original_attribute_group(&name) {
            attributes.uses.extend(original.attributes);
            attributes.groups.extend(original.attribute_groups);
            attributes.any = attributes.any.take().or(original.any_attribute);
            return;
        }
        let id = self
            .contract
            .attribute_group_reference(name, reference.span());
        attributes.groups.push(id);
    }

    /// The attribute group that an attribute refers to.
    pub(super) fn attribute_group(
        &mut self,
        schema: &Schema,
        element: Element<'_>,
        reference: Attribute<'_>,
    ) -> Option<Id<AttributeGroupDefinition>> {
        let name = self.name(schema, Kind::AttributeGroup, element, reference)?;
        Some(
            self.contract
                .attribute_group_reference(name, reference.span()),
        )
    }

    fn attribute_use(&mut self, schema: &Schema, element: Element<'_>) -> Option<AttributeUse> {
        let presence = match element.attribute("use") {
            None => AttributePresence::Optional,
            Some(used) => match used.trimmed() {
                "required" => AttributePresence::Required,
                "prohibited" => AttributePresence::Prohibited,
                // `default` and `fixed` are of the drafts of XML Schema.
                "optional" | "default" | "fixed" => AttributePresence::Optional,
                other => {
                    self.diagnostics.push(
                        Diagnostic::warning(
                            Code::InvalidValue,
                            used.span(),
                            format!("`{other}` is no use; the attribute is taken as optional"),
                        )
                        .help("write `optional`, `required` or `prohibited`"),
                    );
                    AttributePresence::Optional
                }
            },
        };
        let value_constraint = self.value_constraint(element);
        let array_type = match element.attribute_in(WSDL, "arrayType") {
            Some(written) => self.array_type(schema, element, written),
            // SOAP 1.2 has the type of the items, and how many there are, in two attributes.
            None => { element.attribute_in(WSDL, "itemType") }.and_then(|written| {
                self.items_of(schema, element, written, written.trimmed(), "[]")
            }),
        };
        let (declaration, span) = match element.attribute("ref") {
            Some(reference) => {
                let name = self.name(schema, Kind::Attribute, element, reference)?;
                let id = self.contract.attribute_reference(name, reference.span());
                (id, reference.span())
            }
            None => {
                let local = self.local_name("attribute", element)?;
                let namespace = self.local_namespace(schema, element, schema.qualified_attributes);
                let name = QName {
                    namespace,
                    local: Arc::from(local),
                };
                let declaration = self.attribute_declaration(schema, name, Scope::Local, element);
                (
                    self.contract.attributes.add(declaration),
                    element.name_span(),
                )
            }
        };
        Some(AttributeUse {
            declaration,
            presence,
            value_constraint,
            array_type,
            span,
        })
    }

    pub(super) fn attribute_declaration(
        &mut self,
        schema: &Schema,
        name: QName,
        scope: Scope,
        element: Element<'_>,
    ) -> AttributeDeclaration {
        let type_definition = self
            .declared_type(schema, element)
            .unwrap_or_else(|| self.contract.builtin(Builtin::AnySimpleType));
        // The constraint of a local declaration is that of its use.
        let value_constraint = match scope {
            Scope::Global => self.value_constraint(element),
            _ => None,
        };
        AttributeDeclaration {
            name,
            scope,
            type_definition,
            value_constraint,
            annotation: self.annotation(element),
            span: element.name_span(),
        }
    }

    /// `prefix:name[,][]`.
    fn array_type(
        &mut self,
        schema: &Schema,
        element: Element<'_>,
        written: Attribute<'_>,
    ) -> Option<ArrayType> {
        let text = written.trimmed();
        let (name, dimensions) = text.split_at(text.find('[').unwrap_or(text.len()));
        if !dimensions.ends_with(']') {
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::InvalidValue,
                    written.span(),
                    "an array type without brackets; one dimension is assumed",
                )
                .help(format!("write `{name}[]`")),
            );
        }
        let dimensions = Some(dimensions).filter(|written| written.ends_with(']'));
        self.items_of(schema, element, written, name, dimensions.unwrap_or("[]"))
    }

    fn items_of(
        &mut self,
        schema: &Schema,
        element: Element<'_>,
        written: Attribute<'_>,
        name: &str,
        dimensions: &str,
    ) -> Option<ArrayType> {
        let name = self.word(schema, Kind::Type, element, written, name.trim())?;
        Some(ArrayType {
            item: self.type_named(name, written.span()),
            dimensions: dimensions.to_owned(),
        })
    }
}

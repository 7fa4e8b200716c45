//! Attribute declarations, uses and groups.

use super::Writer;
use super::element::set_value;
use crate::contract::{
    AttributeDeclaration, AttributeGroupDefinition, AttributePresence, AttributeUse, Id, Scope,
    Wildcard,
};
use crate::export::markup::Markup;
use crate::namespace;

impl Writer<'_, '_> {
    pub(super) fn global_attribute(&mut self, id: Id<AttributeDeclaration>) -> Markup {
        let attribute = &self.contract.attributes[id];
        let mut markup = Markup::new(self.xs("attribute")).with("name", &*attribute.name.local);
        set_value(attribute.value_constraint.as_ref(), &mut markup);
        self.attribute_type(attribute, markup)
    }

    /// The type of an attribute and what is said about it.
    fn attribute_type(&mut self, attribute: &AttributeDeclaration, mut markup: Markup) -> Markup {
        let mut inner = Markup::new("");
        match &self.contract.types[attribute.type_definition].name {
            Some(_) => self.set_type(attribute.type_definition, &mut markup),
            None => self.set_type(attribute.type_definition, &mut inner),
        }
        if let Some(name) = inner.take_attribute("type") {
            markup.set("type", name);
        }
        self.annotate(&attribute.annotation, Vec::new(), &mut markup);
        markup.with_children(inner.into_children())
    }

    fn attribute_use(&mut self, used: &AttributeUse) -> Markup {
        let attribute = &self.contract.attributes[used.declaration];
        let mut markup = Markup::new(self.xs("attribute"));
        let is_local = attribute.scope == Scope::Local;
        if is_local {
            markup.set("name", &*attribute.name.local);
            let own = &attribute.name.namespace;
            if own.is_empty() {
            } else if **own == *self.target {
                markup.set("form", "qualified");
            } else {
                markup.set("targetNamespace", &**own);
            }
        } else {
            let name = self.reference(&attribute.name);
            markup.set("ref", name);
        }
        match used.presence {
            AttributePresence::Optional => {}
            AttributePresence::Required => markup.set("use", "required"),
            AttributePresence::Prohibited => markup.set("use", "prohibited"),
        }
        set_value(used.value_constraint.as_ref(), &mut markup);
        if let Some(array) = &used.array_type
            && let Some(item) = &self.contract.types[array.item].name
        {
            let item = self.type_name(item);
            let name = format!("{}:arrayType", self.prefixes.of(&namespace::WSDL.into()));
            markup.set(name, format!("{item}{}", array.dimensions));
        }
        if is_local {
            return self.attribute_type(attribute, markup);
        }
        markup
    }

    pub(super) fn attribute_group_definition(
        &mut self,
        group: &AttributeGroupDefinition,
    ) -> Markup {
        let mut markup = Markup::new(self.xs("attributeGroup")).with("name", &*group.name.local);
        self.annotate(&group.annotation, Vec::new(), &mut markup);
        self.attributes(
            &group.attributes,
            &group.attribute_groups,
            group.any_attribute.as_ref(),
            &mut markup,
        );
        markup
    }

    pub(super) fn attributes(
        &mut self,
        uses: &[AttributeUse],
        groups: &[Id<AttributeGroupDefinition>],
        any: Option<&Wildcard>,
        markup: &mut Markup,
    ) {
        for used in uses {
            let written = self.attribute_use(used);
            markup.push(written);
        }
        for group in groups {
            let name = self.reference(&self.contract.attribute_groups[*group].name);
            markup.push(Markup::new(self.xs("attributeGroup")).with("ref", name));
        }
        if let Some(wildcard) = any {
            let written = Markup::new(self.xs("anyAttribute"));
            markup.push(self.wildcard(wildcard, written));
        }
    }
}

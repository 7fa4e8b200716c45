//! The attributes of an element, read by its table.

use std::borrow::Cow;

use crate::any_element::AnyAttribute;
use crate::read_error::{ReadError, ReadErrorKind};
use crate::shape::{Field, Kind};
use crate::simple::Leaf;
use crate::slot::Slot;
use crate::types::QName;
use crate::xml::reader::{Nil, Reader, Role};
use crate::xml::scope::Attribute;
use crate::xml::{XMLNS, XSI};

impl<'a> Reader<'a> {
    pub(super) fn read_attributes(
        &mut self,
        fields: &[Field],
        slots: &mut [&mut dyn Slot],
    ) -> Result<(), ReadError> {
        for (index, (field, slot)) in fields.iter().zip(slots).enumerate() {
            if matches!(field.kind, Kind::Any) {
                self.unclaimed = self.unclaimed_attributes(fields);
                slot.read_xml(field, self)?;
                continue;
            }
            if matches!(field.kind, Kind::Nil) {
                if self.is_nil()? {
                    self.give(Role::Attribute, Cow::Borrowed("true"));
                    slot.read_xml(field, self)?;
                    self.given = None;
                    self.role = Role::Element;
                }
                continue;
            }
            let given = self.attribute_near(index, field);
            let default = field.default_value.map(Cow::Borrowed);
            match given.or(default) {
                Some(text) => {
                    let leaf = Leaf {
                        text: Some(&text),
                        scope: self,
                    };
                    if !self.slow_only && slot.read_leaf(field, &leaf) {
                        continue;
                    }
                    self.give(Role::Attribute, text);
                    let nil = std::mem::replace(&mut self.nil, Nil::No);
                    slot.read_xml(field, self)?;
                    self.nil = nil;
                    self.given = None;
                    self.role = Role::Element;
                }
                None if field.may_be_absent() => {}
                None => {
                    let child = format!("@{}", field.name);
                    return Err(self.child_error(ReadErrorKind::Missing, &child));
                }
            }
        }
        Ok(())
    }

    /// The attribute of an entry, which stands likely where it stands in the table.
    #[inline]
    fn attribute_near(&self, index: usize, field: &Field) -> Option<Cow<'a, str>> {
        let namespace = field.namespace.unwrap_or_default();
        match self.attributes.get(index) {
            Some(attribute) if self.bindings.has_name(attribute, namespace, field.name) => {
                Some(self.value(attribute))
            }
            _ => self.attribute(namespace, field.name),
        }
    }

    /// The attributes that no entry takes, those of `xsi` left out: they are not content.
    fn unclaimed_attributes(&self, fields: &[Field]) -> Vec<AnyAttribute> {
        let claimed = |attribute: &Attribute<'_>, namespace: &str| {
            fields.iter().any(|field| {
                field.is_named()
                    && field.name == attribute.local
                    && field.namespace.unwrap_or_default() == namespace
            })
        };
        let mut unclaimed = Vec::new();
        for attribute in &self.attributes {
            let namespace = self.bindings.attribute_namespace(attribute);
            if namespace != XSI && namespace != XMLNS && !claimed(attribute, namespace) {
                let name = QName::with_prefix(namespace, attribute.local, attribute.prefix);
                let value = self.attribute_text(attribute.raw).into_owned();
                unclaimed.push(AnyAttribute { name, value });
            }
        }
        unclaimed
    }
}

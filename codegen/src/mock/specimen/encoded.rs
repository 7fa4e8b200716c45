//! What the SOAP encoding adds to values: their types, and arrays.

use std::fmt::Write as _;

use super::super::array;
use super::{DEPTH, SHALLOW, Shown, Specimen};
use crate::contract::{
    Definition, Id, QName, SOAP_ENCODING_11, SOAP_ENCODING_12, SoapVersion, TypeDefinition,
    Variety, XML_SCHEMA,
};
use crate::export::escaped;
use crate::namespace::XML_SCHEMA_INSTANCE;

impl<'a> Specimen<'a> {
    pub(super) fn is_array(&self, id: Id<TypeDefinition>) -> bool {
        self.encoding.is_some() && array::item(self.contract, id).is_some()
    }

    /// Says of which type an encoded value is; a type without a name is what it restricts.
    pub(super) fn sent_type(&self, id: Id<TypeDefinition>, out: &mut String) {
        if self.encoding.is_some()
            && let Some(name) = self.named_type(id)
        {
            let _ = write!(
                out,
                " xmlns:xsi=\"{XML_SCHEMA_INSTANCE}\" xmlns:t=\"{}\" xsi:type=\"t:{}\"",
                escaped(&name.namespace),
                name.local
            );
        }
    }

    /// The name of a type, or of the simple type that it restricts.
    fn named_type(&self, id: Id<TypeDefinition>) -> Option<&'a QName> {
        let mut at = Some(id);
        for _ in 0..DEPTH {
            let definition = &self.contract.types[at?];
            if let Some(name) = &definition.name {
                return Some(name);
            }
            at = match &definition.definition {
                Definition::Simple(simple) => match simple.variety {
                    Variety::Restriction(base) => base,
                    _ => None,
                },
                _ => None,
            };
        }
        None
    }

    /// An array with one item; one of arrays, or of several dimensions, is empty.
    pub(super) fn array(
        &mut self,
        id: Id<TypeDefinition>,
        depth: usize,
        out: &mut String,
        content: &mut String,
    ) {
        let Some(item) = array::item(self.contract, id) else {
            return;
        };
        let anything = QName::new(XML_SCHEMA, "anyType");
        let name = self.named_type(item.type_definition).unwrap_or(&anything);
        let count = usize::from(item.is_flat() && depth < SHALLOW);
        let namespace = escaped(&name.namespace);
        let _ = match self.encoding {
            Some(SoapVersion::Soap12) => write!(
                out,
                " xmlns:e=\"{}\" xmlns:t=\"{namespace}\" e:itemType=\"t:{}\" e:arraySize=\"{count}\"",
                SOAP_ENCODING_12, name.local,
            ),
            _ => write!(
                out,
                " xmlns:xsi=\"{XML_SCHEMA_INSTANCE}\" xmlns:e=\"{}\" xmlns:t=\"{namespace}\" xsi:type=\"e:Array\" \
                 e:arrayType=\"t:{}{}\"",
                SOAP_ENCODING_11,
                name.local,
                item.sized(count),
            ),
        };
        if count > 0 {
            let shown = Shown {
                name: "item",
                namespace: "",
                outer: "",
                type_definition: item.type_definition,
                value: None,
            };
            self.named(shown, depth + 1, content);
        }
    }
}

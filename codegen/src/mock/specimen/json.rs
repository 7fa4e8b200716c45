//! Values as JSON.

use super::Specimen;
use crate::contract::{Content, Definition, Id, Location, TypeDefinition, ValueConstraint};
use crate::mock::json::{Kind, kind};

impl Specimen<'_> {
    /// A type as JSON: the members of the body.
    pub(in crate::mock) fn json(&mut self, id: Id<TypeDefinition>) -> serde_json::Value {
        self.json_value(id, None, 0)
    }

    fn json_value(
        &mut self,
        id: Id<TypeDefinition>,
        value: Option<&ValueConstraint>,
        depth: usize,
    ) -> serde_json::Value {
        self.elements += 1;
        if let Definition::Complex(complex) = &self.contract.types[id].definition
            && !matches!(complex.content, Content::Simple(_))
        {
            let mut object = serde_json::Map::new();
            for member in self.members(complex, depth) {
                if member.element.annotation.location != Location::Body {
                    continue;
                }
                let constraint = member.element.value_constraint.as_ref();
                let inner = if member.is_nil {
                    serde_json::Value::Null
                } else {
                    self.json_value(member.element.type_definition, constraint, depth + 1)
                };
                let inner = if member.is_list {
                    serde_json::Value::Array(vec![inner])
                } else {
                    inner
                };
                object.insert(member.element.name.local.to_string(), inner);
            }
            return serde_json::Value::Object(object);
        }
        let text = self.text(id, value);
        match kind(self.contract, id) {
            Kind::Boolean => serde_json::Value::Bool(text == "true" || text == "1"),
            Kind::Number | Kind::Integer => {
                serde_json::from_str(&text).unwrap_or(serde_json::Value::Null)
            }
            _ => serde_json::Value::String(text),
        }
    }
}

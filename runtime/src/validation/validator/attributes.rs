//! Attributes (Structures §3.2.4, §3.4.4).

use std::borrow::Cow;
use std::sync::Arc;

use super::super::component::{AttributeId, AttributeUse, Definition, Presence, TypeId};
use super::super::datatype::ActualValue;
use super::super::effective::Effective;
use super::super::names::{NameId, shown};
use super::super::wildcard::{ProcessContents, Wildcard};
use super::Validator;
use crate::xml::XSI;

/// An attribute of the current start tag.
#[derive(Debug)]
pub(super) struct Attribute<'s, 'a> {
    name: Option<NameId>,
    namespace: Cow<'s, str>,
    local: &'a str,
    pub(super) value: Cow<'a, str>,
}

impl Attribute<'_, '_> {
    pub(super) fn is_xsi(&self, local: &str) -> bool {
        self.local == local && self.namespace == XSI
    }

    /// Whether it is one of the four that every element may have (§2.6).
    fn is_common(&self) -> bool {
        let locals = ["type", "nil", "schemaLocation", "noNamespaceSchemaLocation"];
        self.namespace == XSI && locals.contains(&self.local)
    }
}

/// The values of attributes, for identity constraints.
pub(super) type Values<'s> = Vec<(Option<NameId>, Cow<'s, str>, Option<Arc<ActualValue>>)>;

impl<'s, 'a> Validator<'s, 'a> {
    pub(super) fn attributes(&self) -> Vec<Attribute<'s, 'a>> {
        let names = &self.schema.names;
        let attributes = self.reader.start_attributes().map(|attribute| {
            let name = names.find(attribute.namespace, attribute.local);
            Attribute {
                name,
                namespace: match name {
                    Some(name) => Cow::Borrowed(names.namespace(name)),
                    None => Cow::Owned(attribute.namespace.to_owned()),
                },
                local: attribute.local,
                value: attribute.value,
            }
        });
        attributes.collect()
    }

    /// Holds the attributes of the current element against its type; their values.
    pub(super) fn check_attributes(
        &mut self,
        type_: TypeId,
        attributes: &[Attribute<'s, 'a>],
    ) -> Values<'s> {
        let schema = self.schema;
        let mut values = Values::new();
        let own = attributes.iter().filter(|attribute| !attribute.is_common());
        match &schema.type_(type_).definition {
            Definition::Simple(_) => {
                for attribute in own {
                    let message = "an element of a simple type has no attributes";
                    self.report_attribute(attribute.local, "cvc-type.3.1.1", message);
                }
            }
            Definition::Anything | Definition::Undeclared => {
                let anything = Wildcard::anything();
                for attribute in own {
                    self.check_by_wildcard(attribute, &anything, &mut values);
                }
            }
            Definition::Complex(complex) => {
                let effective = schema.effective(complex);
                let mut wild_ids = 0;
                for attribute in own {
                    let used = attribute
                        .name
                        .and_then(|name| effective.attributes.get(&name));
                    match (used, &effective.any_attribute) {
                        (Some(used), _) => self.check_use(attribute, used, &mut values),
                        (None, Some(wildcard)) => {
                            let is_id = self.check_by_wildcard(attribute, wildcard, &mut values);
                            wild_ids += usize::from(is_id);
                        }
                        (None, None) => {
                            let message = self.unknown_attribute(attribute, effective);
                            let rule = "cvc-complex-type.3.2.1";
                            self.report_attribute(attribute.local, rule, message);
                        }
                    }
                }
                self.check_ids(effective, wild_ids);
                self.check_expected(effective, attributes, &mut values);
            }
        }
        values
    }

    fn unknown_attribute(&self, attribute: &Attribute<'s, 'a>, effective: &Effective) -> String {
        let name = shown(&attribute.namespace, attribute.local);
        let mut known: Vec<&NameId> = effective.attributes.keys().collect();
        known.sort();
        let known: Vec<String> = { known.into_iter().take(8) }
            .map(|name| format!("`{}`", self.schema.names.shown(*name)))
            .collect();
        if known.is_empty() {
            format!("the type has no attributes, and no `{name}`")
        } else {
            format!(
                "the type has no attribute `{name}`; it has {}",
                known.join(", ")
            )
        }
    }

    /// Holds an attribute against its declaration and use.
    fn check_use(
        &mut self,
        attribute: &Attribute<'s, 'a>,
        used: &'s AttributeUse,
        values: &mut Values<'s>,
    ) {
        let declared = &self.schema.attribute(used.attribute).value;
        let constraint = used.value.as_ref().or(declared.as_ref());
        let fixed = constraint.filter(|value| value.fixed);
        let rule = match used.value {
            Some(_) => "cvc-au",
            None => "cvc-attribute.4",
        };
        let fixed = fixed.map(|fixed| (&*fixed.value, rule));
        self.check_value(attribute, used.attribute, fixed, values);
    }

    /// Holds an attribute against a wildcard; whether its declaration is of an ID type.
    fn check_by_wildcard(
        &mut self,
        attribute: &Attribute<'s, 'a>,
        wildcard: &Wildcard,
        values: &mut Values<'s>,
    ) -> bool {
        let schema = self.schema;
        if !wildcard.namespaces.allow(&attribute.namespace) {
            let name = shown(&attribute.namespace, attribute.local);
            let message = format!("the wildcard of the type does not allow `{name}`");
            self.report_attribute(attribute.local, "cvc-complex-type.3.2.2", message);
            return false;
        }
        if wildcard.process == ProcessContents::Skip {
            return false;
        }
        let declared = attribute
            .name
            .and_then(|name| schema.global_attributes.get(&name).copied());
        match declared {
            Some(id) => {
                let constraint = schema.attribute(id).value.as_ref();
                let fixed = constraint.filter(|value| value.fixed);
                let fixed = fixed.map(|fixed| (&*fixed.value, "cvc-attribute.4"));
                self.check_value(attribute, id, fixed, values);
                self.is_id(id)
            }
            None => {
                if wildcard.process == ProcessContents::Strict {
                    let name = shown(&attribute.namespace, attribute.local);
                    let message =
                        format!("the wildcard is strict, and no global attribute is `{name}`");
                    self.report_attribute(attribute.local, "cvc-assess-attr.1", message);
                }
                false
            }
        }
    }

    fn is_id(&self, id: AttributeId) -> bool {
        let datatype = self.schema.datatype(self.schema.attribute(id).type_);
        datatype.is_some_and(|datatype| datatype.is_derived_from_builtin("ID"))
    }

    fn check_value(
        &mut self,
        attribute: &Attribute<'s, 'a>,
        id: AttributeId,
        fixed: Option<(&'s str, &'static str)>,
        values: &mut Values<'s>,
    ) {
        let schema = self.schema;
        let declaration = schema.attribute(id);
        let Some(datatype) = schema.datatype(declaration.type_) else {
            return;
        };
        let value = match datatype.validate(&attribute.value, &self.reader) {
            Ok(value) => value,
            Err(error) => {
                let message = match declaration.secret {
                    true => error.without_value(),
                    false => error.message,
                };
                self.report_attribute(attribute.local, error.rule, message);
                values.push((attribute.name, attribute.namespace.clone(), None));
                return;
            }
        };
        if let Some((fixed, rule)) = fixed {
            let wanted = datatype.validate(fixed, &self.reader);
            if wanted.is_ok_and(|wanted| wanted != value) {
                let message = match declaration.secret {
                    true => "the value is not the fixed one".to_owned(),
                    false => format!(
                        "`{}` where `{}` is fixed",
                        crate::types::bounded(&attribute.value),
                        crate::types::bounded(fixed)
                    ),
                };
                self.report_attribute(attribute.local, rule, message);
            }
        }
        self.note_identifiers(&value, Some(attribute.local));
        values.push((
            attribute.name,
            attribute.namespace.clone(),
            Some(Arc::new(value)),
        ));
    }

    /// Of attributes that come by a wildcard, one at most has an ID type, and none where the type has
    /// one of its own.
    fn check_ids(&mut self, effective: &Effective, wild: usize) {
        if wild == 0 {
            return;
        }
        if wild > 1 {
            self.report("cvc-complex-type.5.1", "two attributes of ID types");
        } else if { effective.attributes.values() }.any(|used| self.is_id(used.attribute)) {
            let message = "an attribute of an ID type beside that of the type";
            self.report("cvc-complex-type.5.2", message);
        }
    }

    /// Attributes that must be there, and those that have a value though they are not.
    fn check_expected(
        &mut self,
        effective: &'s Effective,
        attributes: &[Attribute<'s, 'a>],
        values: &mut Values<'s>,
    ) {
        let schema = self.schema;
        for name in &effective.expected {
            let given = attributes.iter().any(|given| given.name == Some(*name));
            let Some(used) = effective.attributes.get(name).filter(|_| !given) else {
                continue;
            };
            let declaration = schema.attribute(used.attribute);
            if used.presence == Presence::Required {
                let message = format!("the attribute `{}` is missing", schema.names.shown(*name));
                self.report("cvc-complex-type.4", message);
                continue;
            }
            let value = used.value.as_ref().or(declaration.value.as_ref());
            let datatype = schema.datatype(declaration.type_);
            if let (Some(value), Some(datatype)) = (value, datatype)
                && let Ok(value) = datatype.validate(&value.value, &self.reader)
            {
                let local = schema.names.local(*name);
                self.note_identifiers(&value, Some(local));
                let namespace = Cow::Borrowed(schema.names.namespace(*name));
                values.push((Some(*name), namespace, Some(Arc::new(value))));
            }
        }
    }
}

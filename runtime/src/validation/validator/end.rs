//! The end of an element: whether all is there, and what its value is.

use std::sync::Arc;

use super::super::component::{TypeId, ValueConstraint};
use super::super::identity::{Place, Value};
use super::{Checking, Frame, Validator, path};

impl<'s, 'a> Validator<'s, 'a> {
    pub(super) fn end(&mut self) {
        let Some(frame) = self.frames.last_mut() else {
            return;
        };
        let checking = std::mem::replace(&mut frame.checking, Checking::Skip);
        let value = match checking {
            Checking::Skip
            | Checking::Envelope
            | Checking::Body
            | Checking::Nil { simple: true } => Value::None,
            Checking::Anything | Checking::Empty | Checking::Nil { simple: false } => {
                Value::Complex
            }
            Checking::Simple(type_) => self.simple_value(type_),
            Checking::Elements(elements) => {
                let schema = self.schema;
                self.mixed_value();
                let Some(frame) = self.frames.last() else {
                    return;
                };
                if !frame.reported && !elements.model.accepts(&elements.places) {
                    let expected = elements.model.expected(schema, &elements.places);
                    let message = format!("ends where {expected} is expected");
                    self.report("cvc-complex-type.2.4", message);
                }
                Value::Complex
            }
        };
        let offset = self.reader.offset();
        let frames = &self.frames;
        let place = || Place {
            offset,
            path: path(frames),
        };
        let findings = self.scopes.end(self.schema, &value, place);
        self.report_findings(findings);
        self.frames.pop();
    }

    /// The value of an element of a simple type, or with simple content.
    fn simple_value(&mut self, type_: TypeId) -> Value {
        let schema = self.schema;
        let Some(frame) = self.frames.last_mut() else {
            return Value::Invalid;
        };
        let text = std::mem::take(&mut frame.text);
        let (constraint, secret) = (frame.value, frame.secret);
        let nillable = frame.element.is_some_and(|id| schema.element(id).nillable);
        if frame.has_child {
            return Value::Invalid;
        }
        let given = match constraint {
            Some(constraint) if text.is_empty() => &constraint.value,
            _ => &*text,
        };
        let Some(datatype) = schema.datatype(type_) else {
            return Value::Invalid;
        };
        let value = match datatype.validate(given, &self.reader) {
            Ok(value) => value,
            Err(error) => {
                let message = match secret {
                    true => error.without_value(),
                    false => error.message,
                };
                self.report(error.rule, message);
                return Value::Invalid;
            }
        };
        if let Some(ValueConstraint {
            fixed: true,
            value: fixed,
        }) = constraint
        {
            let wanted = datatype.validate(fixed, &self.reader);
            if wanted.is_ok_and(|wanted| wanted != value) {
                let message = match secret {
                    true => "the value is not the fixed one".to_owned(),
                    false => format!(
                        "`{}` where `{}` is fixed",
                        crate::types::bounded(given),
                        crate::types::bounded(fixed)
                    ),
                };
                self.report("cvc-elt.5.2.2.2.2", message);
            }
        }
        self.note_identifiers(&value, None);
        Value::Simple(Arc::new(value), nillable)
    }

    /// Mixed content where the declaration has a fixed value.
    fn mixed_value(&mut self) {
        let Some(Frame {
            value:
                Some(ValueConstraint {
                    fixed: true,
                    value: fixed,
                }),
            text,
            has_text,
            has_child,
            ..
        }) = self.frames.last()
        else {
            return;
        };
        if *has_child {
            self.report("cvc-elt.5.2.2.1", "elements where a text is fixed");
        } else if *has_text && **text != **fixed {
            self.report("cvc-elt.5.2.2.2.1", "the text is not the fixed one");
        }
    }
}

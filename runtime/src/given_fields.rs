//! `Debug` of records most of whose fields are empty most of the time.

use std::fmt::{Debug, DebugStruct, Formatter, Result};

/// Shows the fields that hold something.
pub(crate) struct GivenFields<'a, 'f>(DebugStruct<'a, 'f>);

impl<'a, 'f> GivenFields<'a, 'f> {
    pub(crate) fn new(f: &'a mut Formatter<'f>, name: &str) -> Self {
        Self(f.debug_struct(name))
    }

    /// A field that is always shown.
    pub(crate) fn field(mut self, name: &str, value: &dyn Debug) -> Self {
        self.0.field(name, value);
        self
    }

    /// A field that is shown where there is a value, without its `Some`.
    pub(crate) fn option<T: Debug>(self, name: &str, value: Option<&T>) -> Self {
        match value {
            Some(value) => self.field(name, value),
            None => self,
        }
    }

    /// A field that is shown where it is not empty.
    pub(crate) fn list<T: Debug>(self, name: &str, values: &[T]) -> Self {
        self.option(name, Some(&values).filter(|values| !values.is_empty()))
    }

    /// A field that is shown where it is not empty.
    pub(crate) fn text(self, name: &str, text: &str) -> Self {
        self.option(name, Some(&text).filter(|text| !text.is_empty()))
    }

    pub(crate) fn finish(mut self) -> Result {
        self.0.finish()
    }
}

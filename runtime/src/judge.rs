//! Messages held against the schema of their contract, where the port asks for it.

use crate::binding::Binding;
use crate::error::{RequestErrorKind, ResponseErrorKind};
use crate::limits::Limits;
#[cfg(feature = "validation")]
use crate::validation::Schema;

/// The schema that SOAP bodies must be valid by; mostly none.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Judge {
    #[cfg(feature = "validation")]
    schema: Option<&'static Schema>,
}

#[cfg(feature = "validation")]
impl Judge {
    pub(crate) fn by(schema: &'static Schema) -> Self {
        Self {
            schema: Some(schema),
        }
    }

    /// Whether messages are judged at all.
    pub(crate) fn is_strict(self) -> bool {
        self.schema.is_some()
    }

    /// Judges an envelope before it is sent; not one whose binary data is in parts of its own.
    pub(crate) fn request(
        self,
        binding: &Binding,
        envelope: &[u8],
        has_parts: bool,
    ) -> Result<(), RequestErrorKind> {
        match self.schema {
            Some(schema) if binding.encoded.is_none() && !has_parts => schema
                .validate_body(envelope, &Limits::trusted())
                .map_err(RequestErrorKind::Invalid),
            _ => Ok(()),
        }
    }

    /// Judges an envelope that came.
    pub(crate) fn answer(
        self,
        binding: &Binding,
        envelope: &[u8],
        limits: &Limits,
        has_parts: bool,
    ) -> Result<(), ResponseErrorKind> {
        match self.schema {
            Some(schema) if binding.encoded.is_none() && !has_parts => schema
                .validate_body(envelope, limits)
                .map_err(ResponseErrorKind::Invalid),
            _ => Ok(()),
        }
    }
}

#[cfg(not(feature = "validation"))]
impl Judge {
    pub(crate) fn is_strict(self) -> bool {
        false
    }

    pub(crate) fn request(self, _: &Binding, _: &[u8], _: bool) -> Result<(), RequestErrorKind> {
        Ok(())
    }

    pub(crate) fn answer(
        self,
        _: &Binding,
        _: &[u8],
        _: &Limits,
        _: bool,
    ) -> Result<(), ResponseErrorKind> {
        Ok(())
    }
}

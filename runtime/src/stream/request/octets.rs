//! Binary data, written as Base64 while it is read.

use std::io::{self, Read};

use base64::Engine as _;
use bytes::Bytes;

use super::{StreamedOctets, Template};
use crate::check::CheckError;
use crate::shape::Field;
use crate::transport::{TransportError, unmade};
use crate::types::BASE64;

/// So many octets make a piece: a multiple of three, so that Base64 has no padding between pieces.
const PIECE: usize = 12 << 10;

/// The pieces of a body with binary data.
pub(super) struct Pieces {
    source: Box<dyn Read + Send>,
    head: Option<String>,
    tail: Option<String>,
    passed: usize,
    /// How many octets there are, where that was said; else how many there may be.
    expected: Option<u64>,
    checks: Checks,
}

/// What the data is held against.
struct Checks {
    field: Field,
    unchecked: bool,
}

/// The length of the whole body, if that of the data is known.
pub(super) fn length(template: &Template, octets: Option<u64>) -> Option<u64> {
    let around = template.halves.head.len() + template.halves.tail.len();
    let text = octets?.div_ceil(3).checked_mul(4)?;
    text.checked_add(u64::try_from(around).ok()?)
}

impl Pieces {
    pub(super) fn new<O: StreamedOctets>(
        template: Template,
        source: Box<dyn Read + Send>,
        expected: Option<u64>,
        unchecked: bool,
    ) -> Self {
        Self {
            source,
            head: Some(template.halves.head),
            tail: Some(template.halves.tail),
            passed: 0,
            expected,
            checks: Checks {
                field: O::OCTETS.item().0,
                unchecked,
            },
        }
    }

    fn fill(&mut self) -> Result<Vec<u8>, TransportError> {
        let mut octets = vec![0; PIECE];
        let mut length = 0;
        while length < octets.len() {
            match self.source.read(&mut octets[length..]) {
                Ok(0) => break,
                Ok(read) => length += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(unmade(error)),
            }
        }
        octets.truncate(length);
        self.passed = self.passed.saturating_add(length);
        Ok(octets)
    }

    /// Whether the data is as long as was said, and as the contract allows.
    fn check(&self, is_end: bool) -> Result<(), TransportError> {
        let passed = u64::try_from(self.passed).unwrap_or(u64::MAX);
        if let Some(expected) = self.expected
            && (passed > expected || is_end && passed < expected)
        {
            let reason = format!("{expected} octets were promised, and there are others");
            return Err(unmade(reason));
        }
        let facets = &self.checks.field.facets;
        let (limit, allowed) = if self.passed > facets.max_length {
            ("max_length", facets.max_length)
        } else if is_end && self.passed < facets.min_length {
            ("min_length", facets.min_length)
        } else {
            return Ok(());
        };
        if self.checks.unchecked {
            return Ok(());
        }
        let error = CheckError::octets(&self.checks.field, limit, allowed, self.passed);
        Err(unmade(error))
    }
}

impl Iterator for Pieces {
    type Item = Result<Bytes, TransportError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.tail.as_ref()?;
        let mut piece = self.head.take().unwrap_or_default();
        let octets = match self.fill() {
            Ok(octets) => octets,
            Err(error) => return Some(Err(error)),
        };
        let is_end = octets.len() < PIECE;
        if let Err(error) = self.check(is_end) {
            return Some(Err(error));
        }
        BASE64.encode_string(&octets, &mut piece);
        if is_end {
            piece.push_str(&self.tail.take().unwrap_or_default());
        }
        Some(Ok(piece.into()))
    }
}

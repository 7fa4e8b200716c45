//! The items of a list, written one after the other.

use bytes::Bytes;

use super::{Passing, StreamedRequest, Template};
use crate::check::{CheckError, Checker};
use crate::choice::Choice;
use crate::shape::Field;
use crate::transport::{TransportError, unmade};
use crate::value::Value;
use crate::xml::Writer;

/// So many bytes make a piece of a body.
const PIECE: usize = 16 << 10;

/// One item of a list, as it is written.
pub struct SentItem<'v> {
    value: &'v dyn Value,
    /// The entry of the branch that it is, where it is one of several.
    branch: Option<&'static Field>,
}

impl<'v> SentItem<'v> {
    /// An item that is an element of the list's name.
    #[must_use]
    pub fn new(value: &'v dyn Value) -> Self {
        Self {
            value,
            branch: None,
        }
    }

    /// An item that is one of several elements.
    #[must_use]
    pub fn choice<E: Choice>(choice: &'v E) -> Self {
        let (index, value) = choice.write();
        Self {
            value,
            branch: E::BRANCHES.get(index),
        }
    }
}

impl std::fmt::Debug for SentItem<'_> {
    /// Nothing of the value: it may hold secrets.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SentItem").finish_non_exhaustive()
    }
}

/// The pieces of a body with a list.
pub(super) struct Pieces<O: StreamedRequest> {
    items: Box<dyn Iterator<Item = O::Item> + Send>,
    head: Option<String>,
    tail: Option<String>,
    writer: Writer,
    item: Field,
    namespace: &'static str,
    /// How many items there may be.
    least: usize,
    most: usize,
    count: usize,
    unchecked: bool,
    secrets: Passing,
}

impl<O: StreamedRequest> Pieces<O> {
    pub(super) fn new(
        template: Template,
        items: Box<dyn Iterator<Item = O::Item> + Send>,
        unchecked: bool,
        secrets: Passing,
    ) -> Self {
        let (item, namespace) = O::ITEMS.item();
        let (least, most) = O::ITEMS.bounds();
        Self {
            items,
            head: Some(template.halves.head),
            tail: Some(template.halves.tail),
            writer: template.halves.between,
            item,
            namespace,
            least,
            most,
            count: 0,
            unchecked,
            secrets,
        }
    }

    /// Writes one item.
    fn write(&mut self, item: &O::Item) -> Result<(), TransportError> {
        self.count += 1;
        let sent = O::item(item);
        let field = sent.branch.unwrap_or(&self.item);
        let mut checker = Checker::new();
        checker.item(field, self.count, |checker, field| {
            sent.value.check(field, checker);
        });
        let mut errors = self.secrets.with(|secrets| secrets.extend(checker));
        if self.count > self.most {
            errors.push(CheckError::occurs(
                &self.item,
                "max_occurs",
                self.most,
                self.count,
            ));
        }
        self.report(errors)?;
        self.writer.in_table(self.namespace);
        self.writer.content_entry(field, sent.value);
        match self.writer.take_error() {
            Some(error) => Err(unmade(error)),
            None if self.writer.has_parts() => Err(unmade(
                "an item has an attachment, and it is too late for one",
            )),
            None => Ok(()),
        }
    }

    fn report(&self, errors: Vec<CheckError>) -> Result<(), TransportError> {
        if errors.is_empty() || self.unchecked {
            return Ok(());
        }
        Err(unmade(told(&errors)))
    }

    /// What ends the body.
    fn end(&mut self) -> Result<String, TransportError> {
        if self.count < self.least {
            let error = CheckError::occurs(&self.item, "min_occurs", self.least, self.count);
            self.report(vec![error])?;
        }
        Ok(self.tail.take().unwrap_or_default())
    }
}

/// What is wrong, in words.
fn told(errors: &[CheckError]) -> String {
    let errors: Vec<String> = errors.iter().map(ToString::to_string).collect();
    errors.join("; ")
}

impl<O: StreamedRequest> Iterator for Pieces<O> {
    type Item = Result<Bytes, TransportError>;

    fn next(&mut self) -> Option<Self::Item> {
        self.tail.as_ref()?;
        let mut piece = self.head.take().unwrap_or_default();
        while piece.len() + self.writer.written() < PIECE {
            let written = match self.items.next() {
                Some(item) => self.write(&item),
                None => {
                    piece.push_str(&self.writer.take_written());
                    match self.end() {
                        Ok(tail) => piece.push_str(&tail),
                        Err(error) => return Some(Err(error)),
                    }
                    return Some(Ok(piece.into()));
                }
            };
            if let Err(error) = written {
                return Some(Err(error));
            }
        }
        piece.push_str(&self.writer.take_written());
        Some(Ok(piece.into()))
    }
}

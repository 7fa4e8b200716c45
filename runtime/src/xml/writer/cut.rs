//! A document in two parts, between which content is written later.

use super::{Open, Writer};
use crate::shape::{Field, Kind, Shape};
use crate::value::Value;
use crate::xml::WriteError;

/// What is left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum LeftOut {
    /// The (further) items of a list.
    Items,
    /// The text of an element.
    Text,
}

/// Where content is left out, and what was there.
#[derive(Clone)]
pub(super) struct Cut {
    /// The elements around it, from the record of the message on.
    path: Vec<&'static str>,
    /// The entry that it is of.
    entry: &'static str,
    left_out: LeftOut,
    /// How many elements are around the record of the message, once it is begun.
    base: Option<usize>,
    /// The place in the document, and a writer for what comes there.
    at: Option<(usize, Box<Writer>)>,
}

/// The parts of a document, and what writes between them.
pub(crate) struct Halves {
    pub(crate) head: String,
    pub(crate) tail: String,
    pub(crate) between: Writer,
    /// Whether something travels beside the document.
    pub(crate) has_parts: bool,
}

impl Writer {
    /// Leaves out content at the end of this path from the record of the message. `entry` is the name
    /// of its entry in the table.
    pub(crate) fn leave_out(
        &mut self,
        path: Vec<&'static str>,
        entry: &'static str,
        left_out: LeftOut,
    ) {
        self.cut = Some(Box::new(Cut {
            path,
            entry,
            left_out,
            base: None,
            at: None,
        }));
    }

    /// The record of the message begins.
    pub(crate) fn begin_message(&mut self) {
        let depth = self.stack.len();
        if let Some(cut) = &mut self.cut {
            cut.base = Some(depth);
        }
    }

    /// Whether the writer stands where the path leads, for the first time.
    fn is_at_cut(&self) -> bool {
        let Some(cut) = &self.cut else { return false };
        let Some(around) = cut.base.and_then(|base| self.stack.get(base..)) else {
            return false;
        };
        let local = |open: &Open| {
            let name = self.out.part(open.start..open.start + open.len);
            name.rsplit(':').next().unwrap_or(name)
        };
        cut.at.is_none()
            && around.len() == cut.path.len()
            && around
                .iter()
                .zip(&cut.path)
                .all(|(open, name)| local(open) == *name)
    }

    fn leaves_out(&self, left_out: LeftOut) -> bool {
        self.cut
            .as_ref()
            .is_some_and(|cut| cut.left_out == left_out)
            && self.is_at_cut()
    }

    /// Writes content where something is left out of the document.
    #[cold]
    pub(super) fn cut_content(&mut self, shape: &'static Shape, values: &[&dyn Value]) {
        for (field, value) in shape.fields.iter().zip(values) {
            self.cut_entry(field, *value);
        }
    }

    fn cut_entry(&mut self, field: &Field, value: &dyn Value) {
        let is_entry = |cut: &Cut| field.name == cut.entry;
        if !self.cut.as_deref().is_some_and(is_entry) {
            return self.content_entry(field, value);
        }
        if self.leaves_out(LeftOut::Text) {
            self.start_field(field);
            self.cut_here();
            self.end();
            return;
        }
        self.content_entry(field, value);
        let is_list = field.repeated && matches!(field.kind, Kind::Element | Kind::Choice(_));
        if is_list && self.leaves_out(LeftOut::Items) {
            self.cut_here();
        }
    }

    /// The items of a wrapper are written.
    pub(super) fn cut_wrapper(&mut self) {
        if self.leaves_out(LeftOut::Items) {
            self.cut_here();
        }
    }

    fn cut_here(&mut self) {
        self.close_tag();
        let Some(mut cut) = self.cut.take() else {
            return;
        };
        let mut between = self.clone();
        between.out.clear();
        // Their names are in the other buffer.
        for open in &mut between.stack {
            open.start = 0;
            open.len = 0;
        }
        between.sealed = true;
        between.pack_from = None;
        between.attachments.clear();
        between.kept.late.clear();
        between.guessed = 0;
        cut.at = Some((self.out.len(), Box::new(between)));
        self.cut = Some(cut);
    }

    /// The document in two parts; `None` where nothing was left out, because the record has no place for
    /// it.
    pub(crate) fn finish_halves(mut self) -> Result<Option<Halves>, WriteError> {
        let cut = self.cut.take().and_then(|cut| cut.at);
        while self.stack.len() > 1 {
            self.end();
        }
        let (late, guessed) = (self.kept.late.len(), self.guessed);
        let has_parts = self.has_parts();
        let mut head = self.finish()?;
        Ok(cut.map(|(at, between)| Halves {
            tail: head.split_off((at + late).saturating_sub(guessed)),
            head,
            between: *between,
            has_parts,
        }))
    }

    /// The table whose entries come next is of this namespace.
    pub(crate) fn in_table(&mut self, namespace: &'static str) {
        self.namespace = namespace;
    }

    /// Whether something travels beside the document.
    pub(crate) fn has_parts(&self) -> bool {
        !self.attachments.is_empty()
    }

    /// What was written since the last time.
    pub(crate) fn take_written(&mut self) -> String {
        self.out.take()
    }

    /// The error that would be that of the document.
    pub(crate) fn take_error(&mut self) -> Option<WriteError> {
        self.error.take()
    }
}

//! What a writer has beside the document, for the next writer of the thread: room, and the texts of
//! tags. Nothing of the document stays in it but names.

use std::cell::Cell;

use super::Open;
use super::buffer::{self, Buffer};
use super::namespaces::{AtRoot, Bindings};
use super::opening::Opening;
use super::runs::Runs;
use super::trail::Trail;

/// Room for a common document, and the most that is taken because the last one was long: a short one
/// gives it back.
const COMMON: usize = 1_000;
const LONG: usize = 4 << 20;

#[derive(Debug, Default)]
pub(super) struct Spare {
    pub(super) stack: Vec<Open>,
    pub(super) bindings: Bindings,
    pub(super) runs: Runs,
    /// How the last document began that was opened by `Writer::opened`.
    pub(super) opening: Option<Box<Opening>>,
    pub(super) trail: Trail,
    pub(super) at_root: AtRoot,
    /// Declarations in the root of the last document, cleared.
    pub(super) late: Buffer,
    pub(super) length: usize,
}

thread_local! {
    static SPARE: Cell<Option<Spare>> = const { Cell::new(None) };
}

impl Spare {
    /// What the last writer left, if it was not taken yet.
    pub(super) fn take() -> Self {
        let spare = SPARE.try_with(Cell::take);
        spare.ok().flatten().unwrap_or_default()
    }

    /// The room that the document will need.
    pub(super) fn room(&self) -> usize {
        self.length.clamp(COMMON, LONG)
    }

    /// Leaves this to the next writer, after a document of `length`.
    pub(super) fn leave(mut self, length: usize) {
        self.stack.clear();
        self.bindings.clear();
        self.late.clear();
        self.trail.restart();
        if self.bindings.is_full() || self.runs.is_full() {
            // Others will come into use.
            self.bindings = Bindings::default();
            self.runs = Runs::default();
            self.opening = None;
            self.trail = Trail::default();
            self.at_root = AtRoot::default();
        }
        // Room for a little more is cheaper than to grow.
        self.length = length.saturating_add(length / 8 + buffer::ROOM);
        // A thread that ends needs none.
        let _ = SPARE.try_with(|place| place.set(Some(self)));
    }
}

//! What a writer has beside the document, for the next writer of the thread: room, and the texts of
//! tags. Nothing of the document stays in it but names.

use std::cell::Cell;

use super::Open;
use super::buffer::{self, Buffer};
use super::learned::Learned;
use super::namespaces::{AtRoot, Bindings};
use super::opening::Opening;
use super::runs::Runs;
use super::trail::Trail;

/// Room for a common document, and the most that is taken because the last one was long: a short one
/// gives it back.
const COMMON: usize = 1_000;
const LONG: usize = 4 << 20;

#[derive(Clone, Debug, Default)]
pub(super) struct Kept {
    /// The elements that are open: of a writer, beside this.
    pub(super) stack: Vec<Open>,
    pub(super) bindings: Bindings,
    pub(super) learned: Learned,
    /// Beside this, too.
    pub(super) runs: Runs,
    /// A beginning that the next document may have, too.
    pub(super) opening: Option<Box<Opening>>,
    /// How this document begins, and the last one did.
    pub(super) trail: Trail,
    pub(super) at_root: AtRoot,
    /// Declarations that the start tag of the root gets when it ends.
    pub(super) late: Buffer,
    length: usize,
}

thread_local! {
    static KEPT: Cell<Option<Box<Kept>>> = const { Cell::new(None) };
}

impl Kept {
    /// What the last writer left, if it was not taken yet.
    pub(super) fn take() -> Box<Self> {
        let kept = KEPT.try_with(Cell::take);
        kept.ok().flatten().unwrap_or_default()
    }

    /// The room that the document will need.
    pub(super) fn room(&self) -> usize {
        self.length.clamp(COMMON, LONG)
    }

    /// Leaves this to the next writer, after a document of `length`.
    pub(super) fn leave(mut self: Box<Self>, length: usize) {
        self.stack.clear();
        self.bindings.clear();
        self.learned.forget();
        self.late.clear();
        self.trail.restart();
        if self.bindings.is_full() || self.runs.is_full() {
            // Others will come into use.
            *self = Self::default();
        }
        // Room for a little more is cheaper than to grow.
        self.length = length.saturating_add(length / 8 + buffer::ROOM);
        // A thread that ends needs none.
        let _ = KEPT.try_with(|place| place.set(Some(self)));
    }
}

//! What a writer has beside the document, for the next writer of the thread: room, and the texts of
//! tags. Nothing of the document stays in it.

use std::cell::Cell;

use super::Open;
use super::namespaces::Bindings;
use super::runs::Runs;

/// Room for a common document, and the most that is taken because the last one was long.
const COMMON: usize = 1_000;
const LONG: usize = 16 << 10;

#[derive(Debug, Default)]
pub(super) struct Spare {
    pub(super) stack: Vec<Open>,
    pub(super) bindings: Bindings,
    pub(super) runs: Runs,
    length: usize,
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

    /// Leaves to the next writer what this one needs no more, after a document of `length`.
    pub(super) fn leave(mut stack: Vec<Open>, mut bindings: Bindings, runs: Runs, length: usize) {
        stack.clear();
        bindings.clear();
        let spare = Self {
            stack,
            bindings,
            runs,
            // Room for a little more is cheaper than to grow.
            length: length.saturating_add(length / 8),
        };
        // A thread that ends needs none.
        let _ = SPARE.try_with(|place| place.set(Some(spare)));
    }
}

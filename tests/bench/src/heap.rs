//! What a piece of work takes from the heap.
//!
//! The allocator counts only while it is told to; a program that measures time pays one untaken branch.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;

/// The system's allocator, which can count.
struct Counting;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

thread_local! {
    static COUNTS: Cell<bool> = const { Cell::new(false) };
    static ALLOCATIONS: Cell<usize> = const { Cell::new(0) };
    /// Live bytes since the beginning; below zero where older memory is freed.
    static LIVE: Cell<isize> = const { Cell::new(0) };
    static PEAK: Cell<isize> = const { Cell::new(0) };
}

#[cold]
fn grown(new: usize, old: usize) {
    ALLOCATIONS.set(ALLOCATIONS.get() + 1);
    LIVE.set(LIVE.get() + new.cast_signed() - old.cast_signed());
    PEAK.set(PEAK.get().max(LIVE.get()));
}

// SAFETY: all of it is the system's allocator; beside it only numbers are counted.
#[allow(unsafe_code)]
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        if COUNTS.get() {
            grown(layout.size(), 0);
        }
        // SAFETY: the caller's promises are passed on.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        if COUNTS.get() {
            grown(layout.size(), 0);
        }
        // SAFETY: the caller's promises are passed on.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn dealloc(&self, memory: *mut u8, layout: Layout) {
        if COUNTS.get() {
            LIVE.set(LIVE.get() - layout.size().cast_signed());
        }
        // SAFETY: the caller's promises are passed on.
        unsafe { System.dealloc(memory, layout) }
    }

    unsafe fn realloc(&self, memory: *mut u8, layout: Layout, size: usize) -> *mut u8 {
        if COUNTS.get() {
            grown(size, layout.size());
        }
        // SAFETY: the caller's promises are passed on.
        unsafe { System.realloc(memory, layout, size) }
    }
}

/// What was taken from the heap.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Use {
    /// How often memory was asked for, or asked to grow.
    pub allocations: usize,
    /// The most bytes that were live at once.
    pub peak: usize,
    /// The bytes of the result, which stay.
    pub kept: usize,
}

/// Does it once, counting.
pub fn of<T>(work: impl FnOnce() -> T) -> (T, Use) {
    ALLOCATIONS.set(0);
    LIVE.set(0);
    PEAK.set(0);
    COUNTS.set(true);
    let result = work();
    COUNTS.set(false);
    let used = Use {
        allocations: ALLOCATIONS.get(),
        peak: PEAK.get().cast_unsigned(),
        kept: LIVE.get().max(0).cast_unsigned(),
    };
    (result, used)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_peak_and_rest_are_told_apart() {
        let (kept, used) = of(|| {
            let mut text = String::with_capacity(100);
            text.push('x');
            drop(vec![0_u8; 1000]);
            text.reserve_exact(300);
            text
        });
        assert_eq!(kept, "x");
        let expected = Use {
            allocations: 3,
            peak: 1100,
            kept: 301,
        };
        assert_eq!(used, expected);
    }
}

//! Typed indices into vectors, so that components can refer to each other freely.

use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::ops::{Index, IndexMut};

/// The place of a `T` in its [`Arena`].
pub struct Id<T> {
    index: u32,
    kind: PhantomData<fn() -> T>,
}

impl<T> Id<T> {
    /// The position in the arena, counted from zero.
    #[must_use]
    pub fn index(self) -> usize {
        self.index as usize
    }
}

impl<T> Clone for Id<T> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<T> Copy for Id<T> {}

impl<T> PartialEq for Id<T> {
    fn eq(&self, other: &Self) -> bool {
        self.index == other.index
    }
}

impl<T> Eq for Id<T> {}

impl<T> PartialOrd for Id<T> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl<T> Ord for Id<T> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.index.cmp(&other.index)
    }
}

impl<T> Hash for Id<T> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.index.hash(state);
    }
}

impl<T> fmt::Debug for Id<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "#{}", self.index)
    }
}

/// A vector that hands out typed indices. Nothing is ever removed.
#[derive(Clone, Debug)]
pub struct Arena<T> {
    items: Vec<T>,
}

impl<T> Default for Arena<T> {
    fn default() -> Self {
        Self { items: Vec::new() }
    }
}

impl<T> Arena<T> {
    /// Adds a component and returns its place.
    ///
    /// # Panics
    ///
    /// After 2³² components, more than any input within the source limits can declare.
    pub fn add(&mut self, item: T) -> Id<T> {
        let index = u32::try_from(self.items.len()).expect("source limits keep arenas small");
        self.items.push(item);
        Id {
            index,
            kind: PhantomData,
        }
    }

    /// The number of components.
    #[must_use]
    pub fn len(&self) -> usize {
        self.items.len()
    }

    /// Whether there is no component.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.items.is_empty()
    }

    /// All places, in the order of addition.
    pub fn ids(&self) -> impl DoubleEndedIterator<Item = Id<T>> + ExactSizeIterator + use<T> {
        let length = u32::try_from(self.items.len()).unwrap_or(u32::MAX);
        IdRange {
            rest: 0..length,
            kind: PhantomData,
        }
    }

    /// All components with their places, in the order of addition.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (Id<T>, &T)> {
        self.ids().zip(&self.items)
    }

    /// All components, changeable, with their places, in the order of addition.
    pub fn iter_mut(&mut self) -> impl DoubleEndedIterator<Item = (Id<T>, &mut T)> {
        self.ids().zip(&mut self.items)
    }
}

/// The places of an arena, in order.
struct IdRange<T> {
    rest: std::ops::Range<u32>,
    kind: PhantomData<fn() -> T>,
}

impl<T> IdRange<T> {
    fn id(index: u32) -> Id<T> {
        Id {
            index,
            kind: PhantomData,
        }
    }
}

impl<T> Iterator for IdRange<T> {
    type Item = Id<T>;

    fn next(&mut self) -> Option<Id<T>> {
        self.rest.next().map(Self::id)
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        let length = self.rest.end.saturating_sub(self.rest.start) as usize;
        (length, Some(length))
    }
}

impl<T> DoubleEndedIterator for IdRange<T> {
    fn next_back(&mut self) -> Option<Id<T>> {
        self.rest.next_back().map(Self::id)
    }
}

impl<T> ExactSizeIterator for IdRange<T> {}

impl<T> Index<Id<T>> for Arena<T> {
    type Output = T;

    fn index(&self, id: Id<T>) -> &T {
        &self.items[id.index()]
    }
}

impl<T> IndexMut<Id<T>> for Arena<T> {
    fn index_mut(&mut self, id: Id<T>) -> &mut T {
        &mut self.items[id.index()]
    }
}

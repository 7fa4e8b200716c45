//! Which namespaces of tables were met last, and their prefixes.

use super::namespaces::Qualifier;

/// The namespaces that entries were in, while no other binding can have hidden their prefixes.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Learned {
    pub(super) elements: Recent,
    pub(super) attributes: Recent,
    /// Those of names in values.
    pub(super) types: Recent,
}

/// A few of them.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Recent {
    last: Option<(&'static str, Qualifier)>,
    others: [Option<(&'static str, Qualifier)>; 3],
    /// Which of the others is the next to go.
    oldest: u8,
}

impl Learned {
    /// Knows nothing any more.
    pub(super) fn forget(&mut self) {
        for recent in [&mut self.elements, &mut self.attributes, &mut self.types] {
            recent.last = None;
            recent.others.fill(None);
        }
    }
}

impl Recent {
    #[inline(always)]
    pub(super) fn find(&mut self, namespace: &'static str) -> Option<Qualifier> {
        match self.last {
            // The same place in memory is the same namespace.
            Some((learned, qualifier)) if std::ptr::eq(learned, namespace) => Some(qualifier),
            Some(_) => self.find_other(namespace),
            None => None,
        }
    }

    /// The number of the prefix of the namespace that was met last, if it is this one.
    #[inline(always)]
    pub(super) fn prefix(&self, namespace: &'static str) -> Option<u16> {
        match &self.last {
            Some((learned, qualifier)) if std::ptr::eq(*learned, namespace) => qualifier.prefix,
            _ => None,
        }
    }

    #[inline(never)]
    fn find_other(&mut self, namespace: &'static str) -> Option<Qualifier> {
        let is_same = |known: &Option<(&'static str, _)>| {
            known.is_some_and(|(learned, _)| std::ptr::eq(learned, namespace))
        };
        // A constant may be in several places.
        let is_equal = |known: &Option<(&'static str, _)>| {
            known.is_some_and(|(learned, _)| learned == namespace)
        };
        let others = &mut self.others;
        if let Some(place) = others.iter().position(is_same) {
            std::mem::swap(&mut self.last, &mut others[place]);
        } else if !is_equal(&self.last) {
            let place = others.iter().position(is_equal)?;
            std::mem::swap(&mut self.last, &mut others[place]);
        }
        let (learned, qualifier) = self.last.as_mut()?;
        *learned = namespace;
        Some(*qualifier)
    }

    pub(super) fn learn(&mut self, namespace: &'static str, qualifier: Qualifier) {
        let place = usize::from(self.oldest) % self.others.len();
        self.others[place] = self.last.replace((namespace, qualifier));
        self.oldest = self.oldest.wrapping_add(1);
    }
}

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

/// A few of them, the last one first.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Recent([Option<(&'static str, Qualifier)>; 4]);

impl Recent {
    #[inline(always)]
    pub(super) fn find(&mut self, namespace: &'static str) -> Option<Qualifier> {
        match self.0[0] {
            // The same place in memory is the same namespace.
            Some((learned, qualifier)) if std::ptr::eq(learned, namespace) => Some(qualifier),
            Some(_) => self.find_other(namespace),
            None => None,
        }
    }

    /// The number of the prefix of the namespace that was met last, if it is this one.
    #[inline(always)]
    pub(super) fn prefix(&self, namespace: &'static str) -> Option<u16> {
        match &self.0[0] {
            Some((learned, qualifier)) if std::ptr::eq(*learned, namespace) => qualifier.prefix,
            _ => None,
        }
    }

    #[inline(never)]
    fn find_other(&mut self, namespace: &'static str) -> Option<Qualifier> {
        let mut others = self.0.iter().map_while(Option::as_ref);
        let found = others.position(|(learned, _)| std::ptr::eq(*learned, namespace));
        // A constant may be in several places.
        let found = found.or_else(|| {
            let mut all = self.0.iter().map_while(Option::as_ref);
            all.position(|(learned, _)| *learned == namespace)
        })?;
        self.0[..=found].rotate_right(1);
        let (learned, qualifier) = self.0[0].as_mut()?;
        *learned = namespace;
        Some(*qualifier)
    }

    pub(super) fn learn(&mut self, namespace: &'static str, qualifier: Qualifier) {
        self.0.rotate_right(1);
        self.0[0] = Some((namespace, qualifier));
    }
}

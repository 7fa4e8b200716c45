//! Which entries of a table have been there.

/// Which entries have been there.
pub(super) struct Seen {
    /// The first 64.
    first: u64,
    more: [u64; 3],
    rest: Vec<u64>,
}

impl Seen {
    #[inline]
    pub(super) fn new(entries: usize) -> Self {
        let rest = if entries > 256 {
            vec![0; (entries - 256).div_ceil(64)]
        } else {
            Vec::new()
        };
        Self {
            first: 0,
            more: [0; 3],
            rest,
        }
    }

    /// The word of an entry that is none of the first 64.
    #[inline]
    fn word(&mut self, index: usize) -> Option<&mut u64> {
        let word = (index / 64).checked_sub(1)?;
        match word.checked_sub(self.more.len()) {
            None => self.more.get_mut(word),
            Some(rest) => self.rest.get_mut(rest),
        }
    }

    #[inline]
    pub(super) fn has(&self, index: usize) -> bool {
        if index < 64 {
            return self.first >> index & 1 == 1;
        }
        self.has_late(index)
    }

    /// [`Seen::has`] of an entry that is none of the first 64.
    fn has_late(&self, index: usize) -> bool {
        let bits = match (index / 64 - 1).checked_sub(self.more.len()) {
            None => self.more.get(index / 64 - 1),
            Some(rest) => self.rest.get(rest),
        };
        bits.is_some_and(|bits| bits >> (index % 64) & 1 == 1)
    }

    #[inline]
    pub(super) fn insert(&mut self, index: usize) {
        if index < 64 {
            self.first |= 1 << index;
        } else if let Some(bits) = self.word(index) {
            *bits |= 1 << (index % 64);
        }
    }

    /// [`Seen::insert`] of several among the first 64, a bit each.
    #[inline]
    pub(super) fn insert_all(&mut self, entries: u64) {
        self.first |= entries;
    }

    /// Whether each of so many entries has been there, as far as a glance tells.
    #[inline]
    pub(super) fn is_full(&self, entries: usize) -> bool {
        match entries {
            0 => true,
            1..=64 => self.first == u64::MAX >> (64 - entries),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Seen;

    #[test]
    fn each_entry_is_told_from_every_other() {
        for entries in [1, 63, 64, 65, 256, 257, 1000] {
            for inserted in (0..entries).step_by(7).chain([entries - 1]) {
                let mut seen = Seen::new(entries);
                seen.insert(inserted);
                for index in 0..entries {
                    assert_eq!(seen.has(index), index == inserted, "{index} of {entries}");
                }
            }
        }
    }

    #[test]
    fn full_is_all_and_no_less() {
        for entries in [1, 2, 63, 64] {
            let mut seen = Seen::new(entries);
            for index in 0..entries {
                assert!(!seen.is_full(entries), "{index} of {entries}");
                seen.insert(index);
            }
            assert!(seen.is_full(entries), "{entries}");
        }
        assert!(Seen::new(0).is_full(0));
    }
}

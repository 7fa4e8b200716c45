//! Which entries of a table have been there.

/// Which entries have been there.
pub(super) struct Seen {
    first: [u64; 4],
    more: Vec<u64>,
    /// Past the last one that has been there.
    end: usize,
}

impl Seen {
    #[inline]
    pub(super) fn new(entries: usize) -> Self {
        let more = if entries > 256 {
            vec![0; (entries - 256).div_ceil(64)]
        } else {
            Vec::new()
        };
        Self {
            first: [0; 4],
            more,
            end: 0,
        }
    }

    #[inline]
    fn word(&self, index: usize) -> u64 {
        let word = index / 64;
        match self.first.get(word) {
            Some(bits) => *bits,
            None => self.more.get(word - 4).copied().unwrap_or_default(),
        }
    }

    #[inline]
    pub(super) fn has(&self, index: usize) -> bool {
        index < self.end && self.word(index) >> (index % 64) & 1 == 1
    }

    #[inline]
    pub(super) fn insert(&mut self, index: usize) {
        self.end = self.end.max(index + 1);
        let word = index / 64;
        let bits = match self.first.get_mut(word) {
            Some(bits) => Some(bits),
            None => self.more.get_mut(word - 4),
        };
        if let Some(bits) = bits {
            *bits |= 1 << (index % 64);
        }
    }
}

//! Where numbers and dates are written: a text, or a place of which the size is known.

/// What takes characters of ASCII.
pub(crate) trait Ascii {
    fn push_ascii(&mut self, text: &str);

    /// Appends the last two digits of a number.
    fn push_pair(&mut self, number: u64);

    /// Appends characters of ASCII, of which it is known how many they are.
    fn push_octets<const N: usize>(&mut self, octets: [u8; N]);
}

/// The numbers from 0 to 99 in two digits each.
const PAIRS: &str = "\
    0001020304050607080910111213141516171819\
    2021222324252627282930313233343536373839\
    4041424344454647484950515253545556575859\
    6061626364656667686970717273747576777879\
    8081828384858687888990919293949596979899";

/// The same.
const DIGITS: &[[u8; 2]] = PAIRS.as_bytes().as_chunks().0;

/// The digits of a number below 100.
#[inline(always)]
pub(super) fn pair(number: u8) -> [u8; 2] {
    DIGITS.get(usize::from(number)).copied().unwrap_or_default()
}

impl Ascii for String {
    #[inline]
    fn push_ascii(&mut self, text: &str) {
        self.push_str(text);
    }

    #[inline]
    fn push_pair(&mut self, number: u64) {
        let at = usize::try_from(number % 100).unwrap_or_default() * 2;
        self.push_str(PAIRS.get(at..at + 2).unwrap_or_default());
    }

    #[inline]
    fn push_octets<const N: usize>(&mut self, octets: [u8; N]) {
        self.push_str(std::str::from_utf8(&octets).unwrap_or_default());
    }
}

/// The front of a place, as much of it as is written.
#[derive(Debug)]
pub(crate) struct Line<'p> {
    place: &'p mut [u8],
    len: usize,
    /// Something had no room.
    is_short: bool,
}

impl<'p> Line<'p> {
    #[inline]
    pub(crate) fn new(place: &'p mut [u8]) -> Self {
        Self {
            place,
            len: 0,
            is_short: false,
        }
    }

    /// The length of what is written; `None` if not all of it had room.
    #[inline]
    pub(crate) fn written(&self) -> Option<usize> {
        (!self.is_short).then_some(self.len)
    }
}

impl Ascii for Line<'_> {
    #[inline]
    fn push_ascii(&mut self, text: &str) {
        match self.place.get_mut(self.len..self.len + text.len()) {
            Some(place) => {
                place.copy_from_slice(text.as_bytes());
                self.len += text.len();
            }
            None => self.is_short = true,
        }
    }

    #[inline]
    fn push_pair(&mut self, number: u64) {
        let digits = usize::try_from(number % 100).ok();
        let digits = digits.and_then(|number| DIGITS.get(number));
        let place = self.place.get_mut(self.len..self.len + 2);
        match (place, digits) {
            (Some(place), Some(digits)) => {
                place.copy_from_slice(digits);
                self.len += 2;
            }
            _ => self.is_short = true,
        }
    }

    #[inline]
    fn push_octets<const N: usize>(&mut self, octets: [u8; N]) {
        let place = self.place.get_mut(self.len..);
        match place.and_then(<[u8]>::first_chunk_mut) {
            Some(place) => {
                *place = octets;
                self.len += N;
            }
            None => self.is_short = true,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_holds_what_has_room() {
        let mut place = [0; 5];
        let mut line = Line::new(&mut place);
        line.push_pair(1_207);
        line.push_ascii("-");
        line.push_pair(42);
        assert_eq!(line.written(), Some(5));
        line.push_ascii("");
        assert_eq!(line.written(), Some(5));
        line.push_ascii("x");
        assert_eq!(line.written(), None);
        line.push_octets(*b"yz");
        assert_eq!(line.written(), None);
        assert_eq!(&place, b"07-42");
        let mut line = Line::new(&mut place[..1]);
        line.push_pair(3);
        assert_eq!(line.written(), None);
    }
}

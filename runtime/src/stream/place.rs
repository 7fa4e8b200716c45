//! Places in a document that is not kept.

use crate::read_error::{Position, ReadError};

/// A place, counted on as the document passes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) offset: usize,
    line: usize,
    column: usize,
}

impl Place {
    pub(super) const START: Self = Self {
        offset: 0,
        line: 1,
        column: 1,
    };

    /// The place behind a piece of UTF-8.
    pub(super) fn after(mut self, piece: &[u8]) -> Self {
        self.offset += piece.len();
        let tail = match memchr::memrchr(b'\n', piece) {
            Some(last) => {
                self.line += memchr::memchr_iter(b'\n', piece).count();
                self.column = 1;
                &piece[last + 1..]
            }
            None => piece,
        };
        // All but the continuation bytes of UTF-8 begin a character.
        self.column += tail.iter().filter(|byte| **byte & 0xC0 != 0x80).count();
        self
    }

    fn position(self) -> Position {
        Position {
            offset: self.offset,
            line: self.line,
            column: self.column,
        }
    }
}

/// A text put together from pieces of a document, and where each of them was.
#[derive(Debug, Default)]
pub(super) struct Pieces {
    pub(super) text: Vec<u8>,
    /// Where in the text a piece begins, and where that was in the document.
    starts: Vec<(usize, Place)>,
    /// The end of the last piece in the document.
    end: Option<usize>,
}

impl Pieces {
    pub(super) fn push(&mut self, piece: &[u8], place: Place) {
        if piece.is_empty() {
            return;
        }
        if self.end != Some(place.offset) {
            self.starts.push((self.text.len(), place));
        }
        self.text.extend_from_slice(piece);
        self.end = Some(place.offset + piece.len());
    }

    /// Notes where the document goes on behind the last piece.
    pub(super) fn end(&mut self, place: Place) {
        if self.end != Some(place.offset) {
            self.starts.push((self.text.len(), place));
        }
    }

    pub(super) fn clear(&mut self) {
        self.text.clear();
        self.starts.clear();
        self.end = None;
    }

    /// Where in the document an offset of the text is.
    pub(super) fn place(&self, offset: usize) -> Option<Place> {
        let found = self.starts.partition_point(|(start, _)| *start <= offset);
        let (start, place) = self.starts.get(found.checked_sub(1)?)?;
        let piece = self.text.get(*start..offset.min(self.text.len()))?;
        Some(place.after(piece))
    }

    /// The error with its place in the document.
    pub(super) fn placed(&self, error: &ReadError) -> ReadError {
        let offset = error.position().map(|position| position.offset);
        let place = offset.and_then(|offset| self.place(offset));
        ReadError::new(
            error.kind().clone(),
            error.path(),
            place.map(Place::position),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read_error::ReadErrorKind;

    #[test]
    fn places_are_those_of_the_whole_document() {
        let document = "<a>é\n<b/>\n\n<c>ü</c></a>";
        for cut in 0..=document.len() {
            let place = Place::START.after(&document.as_bytes()[..cut]);
            for end in cut..=document.len() {
                let place = place.after(&document.as_bytes()[cut..end]);
                if document.is_char_boundary(cut) && document.is_char_boundary(end) {
                    assert_eq!(
                        place.position(),
                        Position::new(document, end),
                        "{cut} {end}"
                    );
                }
            }
        }
    }

    #[test]
    fn errors_in_pieces_are_placed() {
        let document = "<a>\n<b>1</b>\n<b>x</b></a>";
        let mut pieces = Pieces::default();
        for piece in [0..4, 13..21] {
            let place = Place::START.after(&document.as_bytes()[..piece.start]);
            pieces.push(&document.as_bytes()[piece], place);
        }
        let at = |offset| {
            let position = Some(Position {
                offset,
                line: 9,
                column: 9,
            });
            let error = ReadError::new(ReadErrorKind::Missing, "/a/b", position);
            pieces.placed(&error).position()
        };
        assert_eq!(at(7), Some(Position::new(document, 16)));
        assert_eq!(at(0), Some(Position::new(document, 0)));
    }
}

//! The tokens of a document: what is well-formed by XML 1.0 and Namespaces in XML 1.0. Whatever
//! the table-directed path of `content.rs` does not know at a glance goes through here.

use std::borrow::Cow;

use super::attributes::plain_name;
use super::chars::{is_blank, is_char, is_name_char, is_name_start, is_space};

use super::reader::{Nil, Open, Reader};
use crate::read_error::{ReadError, ReadErrorKind};

/// What comes next inside an element.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ahead {
    /// A start tag.
    Start,
    /// An end tag.
    End,
    /// Text that is not white space alone, or a CDATA section.
    Text,
}

/// Whether a byte of text needs a closer look: markup, line ends, control characters, `]` as in
/// `]]>`, and the first byte of U+FFFE and U+FFFF.
const fn is_special(byte: u8) -> bool {
    matches!(byte, b'<' | b'&' | b']' | 0xEF) || (byte < 0x20 && byte != b'\t' && byte != b'\n')
}

const fn specials() -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte: u8 = 0;
    loop {
        table[byte as usize] = is_special(byte);
        if byte == u8::MAX {
            return table;
        }
        byte += 1;
    }
}

static SPECIAL: [bool; 256] = specials();

impl<'a> Reader<'a> {
    pub(super) fn byte(&self) -> Option<u8> {
        self.input.as_bytes().get(self.pos).copied()
    }

    pub(super) fn at(&self, token: &str) -> bool {
        self.input.as_bytes()[self.pos..].starts_with(token.as_bytes())
    }

    /// Passes white space; whether there was any.
    #[inline]
    pub(super) fn skip_space(&mut self) -> bool {
        let bytes = self.input.as_bytes();
        let start = self.pos;
        while bytes.get(self.pos).is_some_and(|byte| is_space(*byte)) {
            self.pos += 1;
        }
        self.pos > start
    }

    pub(super) fn syntax(&self, message: impl Into<String>) -> ReadError {
        self.error(ReadErrorKind::Syntax(message.into()))
    }

    pub(super) fn limit(&self, name: &'static str, limit: usize) -> ReadError {
        self.error(ReadErrorKind::Limit { name, limit })
    }

    pub(super) fn unexpected_end(&self) -> ReadError {
        match self.stack.last() {
            Some(open) => {
                let name = self.raw_name(*open);
                self.syntax(format!("the document ends inside the element `{name}`"))
            }
            None => self.syntax("the document ends before its root element"),
        }
    }

    /// Passes white space, comments and processing instructions inside an element.
    pub(super) fn ahead(&mut self) -> Result<Ahead, ReadError> {
        loop {
            self.skip_space();
            match self.byte() {
                Some(b'<') => {}
                Some(_) => return Ok(Ahead::Text),
                None => return Err(self.unexpected_end()),
            }
            if let Some(ahead) = self.markup()? {
                return Ok(ahead);
            }
        }
    }

    /// What the markup at the current place is, or `None` after a comment or processing
    /// instruction, which is passed.
    pub(super) fn markup(&mut self) -> Result<Option<Ahead>, ReadError> {
        match self.input.as_bytes().get(self.pos + 1) {
            _ if self.byte().is_none() => Err(self.unexpected_end()),
            Some(b'/') => Ok(Some(Ahead::End)),
            Some(b'?') => self.instruction().map(|()| None),
            Some(b'!') if self.at("<![CDATA[") => Ok(Some(Ahead::Text)),
            Some(b'!') => self.comment().map(|()| None),
            _ => Ok(Some(Ahead::Start)),
        }
    }

    /// `<!-- … -->`; also what begins with `<!` and is none.
    pub(super) fn comment(&mut self) -> Result<(), ReadError> {
        if self.at("<!DOCTYPE") {
            return Err(self.error(ReadErrorKind::Doctype));
        }
        if !self.at("<!--") {
            return Err(self.syntax("`<!` begins neither a comment nor a CDATA section"));
        }
        let start = self.pos + 4;
        let Some(length) = self.input[start..].find("--") else {
            return Err(self.syntax("a comment without an end"));
        };
        self.characters(start, start + length)?;
        self.pos = start + length + 2;
        if self.byte() != Some(b'>') {
            return Err(self.syntax("`--` inside a comment"));
        }
        self.pos += 1;
        Ok(())
    }

    /// `<?target … ?>`
    pub(super) fn instruction(&mut self) -> Result<(), ReadError> {
        let (end, prefix) = self.qualified_name(self.pos + 2)?;
        let target = &self.input[self.pos + 2..end];
        if prefix > 0 || target.eq_ignore_ascii_case("xml") {
            let message = format!("`{target}` cannot be the target of a processing instruction");
            return Err(self.syntax(message));
        }
        let Some(length) = self.input[end..].find("?>") else {
            return Err(self.syntax("a processing instruction without an end"));
        };
        if length > 0
            && !self
                .input
                .as_bytes()
                .get(end)
                .is_some_and(|byte| is_space(*byte))
        {
            self.pos = end;
            return Err(self.syntax("white space is missing after the target"));
        }
        self.characters(end, end + length)?;
        self.pos = end + length + 2;
        Ok(())
    }

    /// Holds every character of a range against `Char`.
    fn characters(&mut self, start: usize, end: usize) -> Result<(), ReadError> {
        let text = &self.input[start..end];
        let wrong = |&(_, character): &(usize, char)| !is_char(character);
        match text.char_indices().find(wrong) {
            None => Ok(()),
            Some((index, character)) => {
                self.pos = start + index;
                Err(self.forbidden(character))
            }
        }
    }

    /// Passes one character that may be a forbidden one.
    pub(super) fn checked_character(&mut self) -> Result<(), ReadError> {
        match self.input[self.pos..].chars().next() {
            Some(character) if is_char(character) => {
                self.pos += character.len_utf8();
                Ok(())
            }
            Some(character) => Err(self.forbidden(character)),
            None => Err(self.unexpected_end()),
        }
    }

    fn forbidden(&self, character: char) -> ReadError {
        self.syntax(format!(
            "the character U+{:04X} is not allowed",
            u32::from(character)
        ))
    }

    /// A qualified name at a place: its end, and the length of its prefix (0 without one).
    pub(super) fn qualified_name(&mut self, start: usize) -> Result<(usize, usize), ReadError> {
        if let Some((length, prefix)) = plain_name(&self.input.as_bytes()[start..])
            && length <= self.limits.name
        {
            return Ok((start + length, prefix));
        }
        let mut colon = None;
        let mut end = start;
        let mut first = true;
        for character in self.input[start..].chars() {
            let fits = match character {
                ':' if colon.is_none() && !first => {
                    colon = Some(end);
                    first = true;
                    end += 1;
                    continue;
                }
                _ if first => is_name_start(character),
                _ => is_name_char(character),
            };
            if !fits {
                break;
            }
            first = false;
            end += character.len_utf8();
            if end - start > self.limits.name {
                self.pos = start;
                return Err(self.limit("name", self.limits.name));
            }
        }
        if first || self.input.as_bytes().get(end) == Some(&b':') {
            self.pos = end;
            return Err(match self.byte() {
                None => self.unexpected_end(),
                Some(_) => self.syntax("a name is expected"),
            });
        }
        Ok((end, colon.map_or(0, |colon| colon - start)))
    }

    /// The start tag at the current place. Its element becomes the current one.
    pub(super) fn start_tag(&mut self) -> Result<(), ReadError> {
        if !self.slow_only && self.start_tag_fast() {
            return Ok(());
        }
        let start = self.pos + 1;
        let (end, prefix) = self.qualified_name(start)?;
        let bindings = self.bindings.len();
        self.push(Open {
            start,
            len: end - start,
            prefix,
            bindings,
            children: 1,
            index: 0,
        })?;
        self.pos = end;
        self.attributes.clear();
        self.nil = Nil::No;
        let mut count = 0;
        loop {
            let spaced = self.skip_space();
            match self.byte() {
                Some(b'>') => {
                    self.pos += 1;
                    self.pending_end = false;
                    break;
                }
                Some(b'/') => {
                    self.pos += 1;
                    if self.byte() != Some(b'>') {
                        return Err(self.syntax("`/` inside a start tag"));
                    }
                    self.pos += 1;
                    self.pending_end = true;
                    break;
                }
                Some(_) if spaced => {
                    count += 1;
                    if count > self.limits.attributes {
                        return Err(self.limit("attributes", self.limits.attributes));
                    }
                    self.attribute_tag()?;
                }
                Some(_) => return Err(self.syntax("white space is missing in a start tag")),
                None => return Err(self.unexpected_end()),
            }
        }
        self.resolve()
    }

    /// `&name;` or `&#number;` at the current place.
    pub(super) fn reference(&mut self) -> Result<char, ReadError> {
        let body = &self.input[self.pos + 1..];
        let end = body
            .bytes()
            .position(|b| !(b.is_ascii_alphanumeric() || b == b'#'));
        let name = match end {
            Some(end) if body.as_bytes()[end] == b';' => &body[..end],
            _ => return Err(self.syntax("`&` begins no reference")),
        };
        match referred(name) {
            Some(character) => {
                self.pos += name.len() + 2;
                Ok(character)
            }
            None => {
                let name = crate::types::bounded(name);
                Err(self.syntax(format!(
                    "`&{name};` refers to no character that may be here"
                )))
            }
        }
    }

    /// Text up to the next markup (or the end), references replaced and line ends normalised.
    pub(super) fn text_run(&mut self) -> Result<Cow<'a, str>, ReadError> {
        let bytes = self.input.as_bytes();
        let mut text = Cow::Borrowed("");
        let mut start = self.pos;
        loop {
            while bytes
                .get(self.pos)
                .is_some_and(|byte| !SPECIAL[usize::from(*byte)])
            {
                self.pos += 1;
            }
            match bytes.get(self.pos) {
                None | Some(b'<') => {
                    append(&mut text, &self.input[start..self.pos]);
                    return Ok(text);
                }
                Some(b'&') => {
                    append(&mut text, &self.input[start..self.pos]);
                    let character = self.reference()?;
                    text.to_mut().push(character);
                    start = self.pos;
                }
                Some(b'\r') => {
                    append(&mut text, &self.input[start..self.pos]);
                    self.pos += 1;
                    if self.byte() != Some(b'\n') {
                        text.to_mut().push('\n');
                    }
                    start = self.pos;
                }
                Some(b']') => {
                    if self.at("]]>") {
                        return Err(self.syntax("`]]>` in text"));
                    }
                    self.pos += 1;
                }
                Some(_) => self.checked_character()?,
            }
        }
    }

    /// A CDATA section at the current place.
    fn cdata(&mut self) -> Result<Cow<'a, str>, ReadError> {
        let start = self.pos + "<![CDATA[".len();
        let Some(length) = self.input[start..].find("]]>") else {
            return Err(self.syntax("a CDATA section without an end"));
        };
        self.characters(start, start + length)?;
        self.pos = start + length + 3;
        let text = &self.input[start..start + length];
        if text.contains('\r') {
            return Ok(Cow::Owned(text.replace("\r\n", "\n").replace('\r', "\n")));
        }
        Ok(Cow::Borrowed(text))
    }

    /// The next piece of text, where [`Reader::ahead`] has seen some.
    pub(super) fn text_piece(&mut self) -> Result<Cow<'a, str>, ReadError> {
        if self.at("<![CDATA[") {
            self.cdata()
        } else {
            self.text_run()
        }
    }

    /// Passes a piece of text that must be white space alone.
    pub(super) fn blank_piece(&mut self) -> Result<(), ReadError> {
        let start = self.pos;
        if is_blank(&self.text_piece()?) {
            return Ok(());
        }
        self.pos = start;
        Err(self.error(ReadErrorKind::UnexpectedText))
    }

    /// All text up to the end tag of the current element, which is passed but not yet closed.
    pub(super) fn whole_text(&mut self) -> Result<Cow<'a, str>, ReadError> {
        let mut text = Cow::Borrowed("");
        loop {
            let run = self.text_run()?;
            append_cow(&mut text, run);
            match self.markup()? {
                None => {}
                Some(Ahead::Text) => {
                    let piece = self.text_piece()?;
                    append_cow(&mut text, piece);
                }
                Some(Ahead::End) => {
                    self.end_tag()?;
                    return Ok(text);
                }
                Some(Ahead::Start) if self.is_include_ahead()? => {
                    self.start_tag()?;
                    let octets = self.include_text()?;
                    append_cow(&mut text, Cow::Owned(octets));
                }
                Some(Ahead::Start) => {
                    let (end, _) = self.qualified_name(self.pos + 1)?;
                    let name = self.input[self.pos + 1..end].to_owned();
                    return Err(self.error(ReadErrorKind::UnexpectedElement(name)));
                }
            }
        }
    }

    /// The end tag of the current element, which stays open for the caller to close.
    pub(super) fn end_tag(&mut self) -> Result<(), ReadError> {
        let Some(open) = self.stack.last().copied() else {
            return Err(self.syntax("an end tag without a start tag"));
        };
        if !self.slow_only
            && let Some(end) = self.end_tag_fast(self.pos)
        {
            self.pos = end;
            return Ok(());
        }
        let expected = self.raw_name(open);
        let start = self.pos;
        let (end, _) = self.qualified_name(start + 2)?;
        let found = &self.input[start + 2..end];
        if found != expected {
            return Err(self.syntax(format!("the end tag `{found}` does not end `{expected}`")));
        }
        self.pos = end;
        self.skip_space();
        match self.byte() {
            Some(b'>') => {
                self.pos += 1;
                Ok(())
            }
            Some(_) => Err(self.syntax("an end tag has only a name")),
            None => Err(self.unexpected_end()),
        }
    }
}

/// The character that a reference stands for: `amp`, `#38` or `#x26`.
pub(crate) fn referred(name: &str) -> Option<char> {
    let code = match name {
        "amp" => return Some('&'),
        "lt" => return Some('<'),
        "gt" => return Some('>'),
        "quot" => return Some('"'),
        "apos" => return Some('\''),
        _ => name.strip_prefix('#')?,
    };
    let code = match code.strip_prefix('x') {
        Some(digits) if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) => {
            u32::from_str_radix(digits, 16)
        }
        None if code.bytes().all(|byte| byte.is_ascii_digit()) => code.parse(),
        _ => return None,
    };
    char::from_u32(code.ok()?).filter(|character| is_char(*character))
}

fn append<'a>(text: &mut Cow<'a, str>, more: &'a str) {
    append_cow(text, Cow::Borrowed(more));
}

pub(super) fn append_cow<'a>(text: &mut Cow<'a, str>, more: Cow<'a, str>) {
    if text.is_empty() {
        *text = more;
    } else if !more.is_empty() {
        text.to_mut().push_str(&more);
    }
}

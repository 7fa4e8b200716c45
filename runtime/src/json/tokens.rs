//! Strings, numbers and names of values.

use std::borrow::Cow;

use super::reader::Reader;
use crate::read_error::ReadError;
use crate::types::bounded;

impl<'a> Reader<'a> {
    /// A string, at its opening quote.
    pub(super) fn string(&mut self) -> Result<Cow<'a, str>, ReadError> {
        self.pos += 1;
        let bytes = self.input.as_bytes();
        let mut text = Cow::Borrowed("");
        let mut start = self.pos;
        loop {
            match bytes.get(self.pos) {
                None => return Err(self.syntax("a string without an end")),
                Some(b'"') => {
                    push(&mut text, &self.input[start..self.pos]);
                    self.pos += 1;
                    return Ok(text);
                }
                Some(b'\\') => {
                    push(&mut text, &self.input[start..self.pos]);
                    let character = self.escape()?;
                    text.to_mut().push(character);
                    start = self.pos;
                }
                Some(0..0x20) => return Err(self.syntax("a control character in a string")),
                Some(_) => self.pos += 1,
            }
        }
    }

    /// An escape, at its backslash.
    fn escape(&mut self) -> Result<char, ReadError> {
        let simple = match self.input.as_bytes().get(self.pos + 1) {
            Some(b'"') => '"',
            Some(b'\\') => '\\',
            Some(b'/') => '/',
            Some(b'b') => '\u{8}',
            Some(b'f') => '\u{c}',
            Some(b'n') => '\n',
            Some(b'r') => '\r',
            Some(b't') => '\t',
            Some(b'u') => return self.unicode_escape(),
            _ => return Err(self.syntax("an unknown escape in a string")),
        };
        self.pos += 2;
        Ok(simple)
    }

    fn unicode_escape(&mut self) -> Result<char, ReadError> {
        let unit = |reader: &Self, at: usize| {
            let bytes = reader.input.as_bytes();
            let digits = bytes.get(at..at + 6)?.strip_prefix(b"\\u")?;
            let digits = std::str::from_utf8(digits).ok()?;
            let hexadecimal = digits.bytes().all(|byte| byte.is_ascii_hexdigit());
            hexadecimal
                .then(|| u32::from_str_radix(digits, 16).ok())
                .flatten()
        };
        let Some(high) = unit(self, self.pos) else {
            return Err(self.syntax("`\\u` without four hexadecimal digits"));
        };
        if let Some(character) = char::from_u32(high) {
            self.pos += 6;
            return Ok(character);
        }
        let low = unit(self, self.pos + 6).filter(|low| (0xDC00..0xE000).contains(low));
        match low {
            Some(low) if high < 0xDC00 => {
                self.pos += 12;
                let code = 0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00);
                Ok(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER))
            }
            _ => Err(self.syntax("half a surrogate pair in a string")),
        }
    }

    /// A number, `true` or `false`, as it is written.
    pub(super) fn literal(&mut self) -> Result<&'a str, ReadError> {
        let rest = &self.input[self.pos..];
        let end = rest
            .bytes()
            .position(|byte| !(byte.is_ascii_alphanumeric() || b"+-.".contains(&byte)))
            .unwrap_or(rest.len());
        let literal = &rest[..end];
        if literal != "null" && !is_literal(literal) {
            let message = format!("`{}` is no value", bounded(literal));
            return Err(match self.byte() {
                None => self.syntax("the document ends before a value"),
                Some(_) if literal.is_empty() => self.syntax("a value is expected"),
                Some(_) => self.syntax(message),
            });
        }
        self.pos += end;
        Ok(literal)
    }
}

fn push<'a>(text: &mut Cow<'a, str>, more: &'a str) {
    if text.is_empty() {
        *text = Cow::Borrowed(more);
    } else {
        text.to_mut().push_str(more);
    }
}

/// A number, `true` or `false`.
pub(super) fn is_literal(text: &str) -> bool {
    matches!(text, "true" | "false") || is_number(text)
}

/// The grammar of RFC 8259 §6.
pub(super) fn is_number(text: &str) -> bool {
    let text = text.strip_prefix('-').unwrap_or(text);
    let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
    let whole = digits(text);
    if whole == 0 || (whole > 1 && text.starts_with('0')) {
        return false;
    }
    let mut rest = &text[whole..];
    if let Some(fraction) = rest.strip_prefix('.') {
        let length = digits(fraction);
        if length == 0 {
            return false;
        }
        rest = &fraction[length..];
    }
    if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
        let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        return !exponent.is_empty() && digits(exponent) == exponent.len();
    }
    rest.is_empty()
}

//! What may stand around the root element.

use super::chars::is_space;
use super::reader::Reader;
use crate::read_error::ReadError;

impl<'a> Reader<'a> {
    /// Passes what may stand before the root element and comes to its start tag.
    pub(super) fn prolog(&mut self) -> Result<(), ReadError> {
        if self.at("\u{FEFF}") {
            self.pos += '\u{FEFF}'.len_utf8();
        }
        if self.at("<?xml")
            && self
                .input
                .as_bytes()
                .get(self.pos + 5)
                .is_some_and(|byte| is_space(*byte))
        {
            self.xml_declaration()?;
        }
        self.miscellaneous()?;
        match self.byte() {
            Some(b'<') => Ok(()),
            Some(_) => Err(self.syntax("text before the root element")),
            None => Err(self.unexpected_end()),
        }
    }

    /// Passes what may stand after the root element, to the end.
    pub(super) fn epilog(&mut self) -> Result<(), ReadError> {
        self.miscellaneous()?;
        match self.byte() {
            None => Ok(()),
            Some(_) => Err(self.syntax("content after the root element")),
        }
    }

    /// White space, comments and processing instructions.
    fn miscellaneous(&mut self) -> Result<(), ReadError> {
        loop {
            self.skip_space();
            if self.at("<?") {
                self.instruction()?;
            } else if self.at("<!") {
                self.comment()?;
            } else {
                return Ok(());
            }
        }
    }

    fn xml_declaration(&mut self) -> Result<(), ReadError> {
        self.pos += "<?xml".len();
        let order = ["version", "encoding", "standalone"];
        let mut next = 0;
        loop {
            let spaced = self.skip_space();
            if self.at("?>") {
                if next == 0 {
                    return Err(self.syntax("the XML declaration states no version"));
                }
                self.pos += 2;
                return Ok(());
            }
            let found = (next..order.len()).find(|index| self.at(order[*index]));
            let Some(index) = found.filter(|index| spaced && (next > 0 || *index == 0)) else {
                return Err(self.syntax("the XML declaration is not well-formed"));
            };
            self.pos += order[index].len();
            let value = self.declaration_value()?;
            let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
            let valid = match index {
                0 => value.strip_prefix("1.").is_some_and(digits),
                1 => {
                    value.starts_with(|first: char| first.is_ascii_alphabetic())
                        && value
                            .bytes()
                            .all(|b| b.is_ascii_alphanumeric() || b"._-".contains(&b))
                }
                _ => matches!(value, "yes" | "no"),
            };
            if !valid {
                return Err(
                    self.syntax(format!("the XML declaration has no valid {}", order[index]))
                );
            }
            next = index + 1;
        }
    }

    fn declaration_value(&mut self) -> Result<&'a str, ReadError> {
        self.skip_space();
        if self.byte() != Some(b'=') {
            return Err(self.syntax("the XML declaration is not well-formed"));
        }
        self.pos += 1;
        self.skip_space();
        let rest = &self.input[self.pos..];
        let value = rest
            .chars()
            .next()
            .filter(|quote| matches!(quote, '"' | '\''))
            .and_then(|q| {
                let value = &rest[1..];
                value.find(q).map(|end| &value[..end])
            });
        let Some(value) = value else {
            return Err(self.syntax("the XML declaration is not well-formed"));
        };
        self.pos += value.len() + 2;
        Ok(value)
    }
}

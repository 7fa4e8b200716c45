//! Text and attribute values as they stand in a document.

use super::chars::is_char;

/// What has to be looked at: in text markup, CR and what is forbidden; in attributes also quotes,
/// tabs and line ends.
const fn table(attribute: bool) -> [bool; 256] {
    let mut table = [false; 256];
    let mut byte: u8 = 0;
    loop {
        let layout = byte == b'\t' || byte == b'\n';
        table[byte as usize] = match byte {
            b'<' | b'>' | b'&' | 0xEF => true,
            b'"' => attribute,
            _ => byte < 0x20 && (attribute || !layout),
        };
        if byte == u8::MAX {
            return table;
        }
        byte += 1;
    }
}

static TEXT: [bool; 256] = table(false);
static ATTRIBUTE: [bool; 256] = table(true);

/// Appends text, escaped. Gives the first character that XML does not know, which is left out.
pub(super) fn text(out: &mut String, text: &str) -> Result<(), char> {
    escape(out, text, &TEXT)
}

/// Appends the value of an attribute in double quotes, escaped; see [`text`].
pub(super) fn attribute(out: &mut String, value: &str) -> Result<(), char> {
    escape(out, value, &ATTRIBUTE)
}

fn escape(out: &mut String, text: &str, special: &[bool; 256]) -> Result<(), char> {
    let bytes = text.as_bytes();
    let mut result = Ok(());
    let mut done = 0;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        if !special[usize::from(*byte)] {
            at += 1;
            continue;
        }
        let escaped = match byte {
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'&' => "&amp;",
            b'"' => "&quot;",
            b'\t' => "&#9;",
            b'\n' => "&#10;",
            b'\r' => "&#13;",
            _ => {
                // A character that may be forbidden; `at` is at its first byte.
                let character = text[at..].chars().next().unwrap_or_default();
                let end = at + character.len_utf8();
                if !is_char(character) {
                    out.push_str(&text[done..at]);
                    done = end;
                    result = result.and(Err(character));
                }
                at = end;
                continue;
            }
        };
        out.push_str(&text[done..at]);
        out.push_str(escaped);
        at += 1;
        done = at;
    }
    out.push_str(&text[done..]);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes() {
        let mut out = String::new();
        assert_eq!(text(&mut out, "a<b>&\"'\r\n\té\u{feff}]]>"), Ok(()));
        assert_eq!(out, "a&lt;b&gt;&amp;\"'&#13;\n\té\u{feff}]]&gt;");
        out.clear();
        assert_eq!(attribute(&mut out, "a<b>&\"'\r\n\té"), Ok(()));
        assert_eq!(out, "a&lt;b&gt;&amp;&quot;'&#13;&#10;&#9;é");
    }

    #[test]
    fn names_forbidden_characters() {
        for character in ['\0', '\u{1}', '\u{b}', '\u{1f}', '\u{fffe}', '\u{ffff}'] {
            let mut out = String::new();
            assert_eq!(
                text(&mut out, &format!("a{character}b\u{2}")),
                Err(character)
            );
            assert_eq!(out, "ab");
        }
    }
}

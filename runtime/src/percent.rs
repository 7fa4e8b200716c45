//! Percent-encoding of path segments, query values and `cid:` references (RFC 3986).

/// Appends `text`, with all but unreserved characters percent-encoded as UTF-8.
pub(crate) fn encode(text: &str, out: &mut String) {
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => {
                out.push(char::from(byte));
            }
            _ => {
                const DIGITS: &[u8; 16] = b"0123456789ABCDEF";
                out.push('%');
                out.push(char::from(DIGITS[usize::from(byte >> 4)]));
                out.push(char::from(DIGITS[usize::from(byte & 15)]));
            }
        }
    }
}

/// `text` with its escapes undone; what is no escape, or gives no UTF-8, stays.
pub(crate) fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let escape = after.get(..2).filter(|_| byte == b'%').and_then(|digits| {
            let digit = |byte: u8| char::from(byte).to_digit(16);
            u8::try_from(digit(digits[0])? << 4 | digit(digits[1])?).ok()
        });
        bytes.push(escape.unwrap_or(byte));
        rest = if escape.is_some() { &after[2..] } else { after };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    #[test]
    fn escapes_are_undone_where_they_are_some() {
        for (text, expected) in [
            ("a%40b", "a@b"),
            ("%c3%A9%2", "é%2"),
            ("%zz%", "%zz%"),
            ("%ff%40", "%ff%40"),
            ("é+", "é+"),
        ] {
            assert_eq!(super::decode(text), expected);
        }
    }

    #[test]
    fn only_unreserved_characters_stay() {
        let mut out = String::new();
        super::encode("a/b?c=d&é %~-._Z9", &mut out);
        assert_eq!(out, "a%2Fb%3Fc%3Dd%26%C3%A9%20%25~-._Z9");
    }
}

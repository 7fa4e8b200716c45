//! Percent-encoding of path segments and query values (RFC 3986).

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

#[cfg(test)]
mod tests {
    #[test]
    fn only_unreserved_characters_stay() {
        let mut out = String::new();
        super::encode("a/b?c=d&é %~-._Z9", &mut out);
        assert_eq!(out, "a%2Fb%3Fc%3Dd%26%C3%A9%20%25~-._Z9");
    }
}

//! The text of documents: their encoding, and an XML declaration that is not where it belongs.

/// White space of XML (§2.3).
const BLANKS: [char; 4] = [' ', '\t', '\r', '\n'];

/// The text of a document: in UTF-8 or UTF-16 (with a byte order mark, or recognised by its first
/// characters), else in the encoding that it declares. XML 1.0 appendix F.
pub(super) fn decode(bytes: &[u8]) -> Result<String, String> {
    match bytes {
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        [0xFF, 0xFE, rest @ ..] | rest @ [b'<', 0, ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] | rest @ [0, b'<', ..] => utf16(rest, u16::from_be_bytes),
        _ => match declared_encoding(bytes).as_deref() {
            // Many a document says UTF-16 and was saved as UTF-8.
            None | Some("utf-8" | "utf8" | "utf-16" | "us-ascii" | "ascii") => utf8(bytes),
            Some("iso-8859-1" | "latin1") => Ok(bytes.iter().copied().map(char::from).collect()),
            Some(name) => match encoding_rs::Encoding::for_label(name.as_bytes()) {
                Some(encoding) => {
                    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes);
                    text.map(std::borrow::Cow::into_owned)
                        .ok_or_else(|| format!("it is not in {name}, as it says"))
                }
                None => utf8(bytes).map_err(|what| format!("{what}, and `{name}` is not known")),
            },
        },
    }
}

fn utf8(bytes: &[u8]) -> Result<String, String> {
    String::from_utf8(bytes.to_vec()).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let before = &bytes[..good];
        let line = before.split(|&byte| byte == b'\n').count();
        let byte = bytes.get(good).copied().unwrap_or_default();
        format!("the byte 0x{byte:02X} in line {line} is not UTF-8")
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String, String> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err("UTF-16 with an odd number of bytes".to_owned());
    }
    char::decode_utf16(pairs.iter().map(|&pair| unit(pair)))
        .collect::<Result<_, _>>()
        .map_err(|_| "UTF-16 with half a surrogate pair".to_owned())
}

/// The encoding of the XML declaration, in lower case.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = bytes.get(..bytes.len().min(200))?;
    let head: String = head.iter().map(|&byte| char::from(byte)).collect();
    let head = head.trim_start_matches(BLANKS);
    let declaration = head.strip_prefix("<?xml")?.split("?>").next()?;
    let (_, value) = declaration.split_once("encoding")?;
    let value = value.trim_start().strip_prefix('=')?.trim_start();
    let quote = value
        .chars()
        .next()
        .filter(|quote| "\"'".contains(*quote))?;
    value[1..].split(quote).next().map(str::to_ascii_lowercase)
}

/// The text with its XML declaration before the white space that stood before it, so that nothing after
/// them moves; `None` if there is no such space. Nothing may stand before a declaration (XML 1.0 §2.8),
/// and many a server writes an empty line there.
pub(super) fn declaration_first(text: &str) -> Option<String> {
    let declaration = text.trim_start_matches(BLANKS);
    let (space, _) = text.split_at(text.len() - declaration.len());
    // Not an instruction such as `<?xml-stylesheet`.
    let is_declaration = { declaration.strip_prefix("<?xml") }?.starts_with(BLANKS);
    if space.is_empty() || !is_declaration {
        return None;
    }
    let (declaration, rest) = declaration.split_at(declaration.find("?>")? + "?>".len());
    Some([declaration, space, rest].concat())
}

#[cfg(test)]
mod tests {
    use super::decode;
    use crate::source::Sources;

    #[test]
    fn a_declaration_behind_white_space_is_put_first() {
        let read = |bytes: &[u8]| {
            let mut sources = Sources::default();
            let id = sources.add_bytes("a.wsdl", bytes).unwrap();
            let document = sources.document(id);
            (document.text.clone(), document.declaration_was_late)
        };
        assert_eq!(
            read(b"\xEF\xBB\xBF\n\t<?xml version='1.0' encoding='latin1'?><a b='\xC3\xA9'/>"),
            (
                "<?xml version='1.0' encoding='latin1'?>\n\t<a b='é'/>".to_owned(),
                true
            )
        );
        assert_eq!(
            read(b"\n<?xml version='1.0' encoding='latin1'?>\xE9").0,
            "<?xml version='1.0' encoding='latin1'?>\n\u{e9}"
        );
        for as_it_stands in [
            "\n<?xml-stylesheet a?><b/>",
            "\n<?xml version='1.0'",
            " <a/>",
        ] {
            let text = as_it_stands.to_owned();
            assert_eq!(read(as_it_stands.as_bytes()), (text, false));
        }
    }

    #[test]
    fn texts_are_decoded_by_what_they_are_or_declare() {
        let declared = |encoding: &str, rest: &[u8]| {
            let head = format!("<?xml version='1.0' encoding='{encoding}'?>");
            decode(&[head.as_bytes(), rest].concat()).map(|text| text[head.len()..].to_owned())
        };
        let text = |text: &str| Ok(text.to_owned());
        assert_eq!(declared("ISO-8859-1", b"\xe9\x80"), text("é\u{80}"));
        assert_eq!(declared("Windows-1252", b"\xe9\x80"), text("é€"));
        assert_eq!(declared("ISO-8859-2", b"\xe8"), text("č"));
        assert_eq!(declared("windows-1251", b"\xe4"), text("д"));
        assert_eq!(declared("Shift_JIS", b"\x93\xfa"), text("日"));
        assert_eq!(declared("utf-16", "é".as_bytes()), text("é"));
        assert_eq!(decode(b"\xFF\xFE<\0a\0"), text("<a"));
        assert_eq!(decode(b"\0<\0a"), text("<a"));
        assert_eq!(
            declared("UTF-8", b"\n\xe9"),
            Err("the byte 0xE9 in line 2 is not UTF-8".to_owned())
        );
        assert_eq!(
            declared("ebcdic-x", b"\xe9"),
            Err("the byte 0xE9 in line 1 is not UTF-8, and `ebcdic-x` is not known".to_owned())
        );
    }
}

//! Samples in running text: where an XML or JSON document begins and ends.

/// The length of the XML document that `text` begins with, or as much of it as there is; `None` if it
/// begins with none. The second value says whether it is whole.
pub(crate) fn xml(text: &str) -> Option<(usize, bool)> {
    let first = text.strip_prefix('<')?;
    let name = |text: &str| -> String {
        text.chars()
            .take_while(|c| c.is_alphanumeric() || "_-:.".contains(*c))
            .collect()
    };
    let root = name(first).to_ascii_lowercase();
    const MARKUP: &[&str] = &[
        "a", "b", "i", "br", "hr", "p", "div", "span", "img", "table", "tr", "td", "ul", "ol",
        "li", "em", "strong", "code", "pre", "sup", "sub", "details", "summary", "h1", "h2", "h3",
        "h4", "dl", "dt", "dd",
    ];
    let begins = first.starts_with(['?', '!'])
        || first
            .chars()
            .next()
            .is_some_and(|c| c.is_alphabetic() || c == '_');
    if !begins || MARKUP.contains(&root.as_str()) {
        return None;
    }
    let mut depth = 0_usize;
    let mut at = 0;
    let mut opened = false;
    while let Some(found) = text[at..].find('<') {
        let tag = at + found;
        let rest = &text[tag..];
        let skip = |end: &str| rest.find(end).map(|found| tag + found + end.len());
        if opened && depth == 0 {
            break;
        }
        let end = if rest.starts_with("<!--") {
            skip("-->")
        } else if rest.starts_with("<![CDATA[") {
            skip("]]>")
        } else if rest.starts_with("<?") {
            skip("?>")
        } else {
            tag_end(rest).map(|end| tag + end)
        };
        let Some(end) = end else { break };
        if !rest.starts_with("<!") && !rest.starts_with("<?") {
            if rest.starts_with("</") {
                depth = depth.saturating_sub(1);
            } else if !text[tag..end].ends_with("/>") {
                depth += 1;
            }
            opened = true;
        }
        at = end;
        if opened && depth == 0 {
            return Some((at, true));
        }
    }
    (opened && at > 0).then_some((at, false))
}

/// The end of a tag, quotes minded.
fn tag_end(tag: &str) -> Option<usize> {
    let mut quote = None;
    for (at, character) in tag.char_indices() {
        match (quote, character) {
            (Some(open), c) if c == open => quote = None,
            (Some(_), _) => {}
            (None, '"' | '\'') => quote = Some(character),
            (None, '>') => return Some(at + 1),
            (None, '<') if at > 0 => return None,
            (None, _) => {}
        }
    }
    None
}

/// The length of the JSON object or array that `text` begins with, and whether it is whole.
pub(crate) fn json(text: &str) -> Option<(usize, bool)> {
    let inner = text.strip_prefix(['{', '['])?.trim_start();
    let object = text.starts_with('{');
    let begins = match inner.chars().next() {
        Some('"') => object || inner.contains('{') || inner.contains(','),
        Some('{' | '[') => !object,
        Some('}') => object,
        _ => false,
    };
    if !begins {
        return None;
    }
    let mut depth = 0_usize;
    let mut quoted = false;
    let mut escaped = false;
    for (at, character) in text.char_indices() {
        if quoted {
            match character {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => quoted = false,
                _ => {}
            }
            continue;
        }
        match character {
            '"' => quoted = true,
            '{' | '[' => depth += 1,
            '}' | ']' => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return Some((at + 1, true));
                }
            }
            _ => {}
        }
    }
    // Cut off: up to the first empty line.
    let end = text.find("\n\n").unwrap_or(text.len());
    Some((end, false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_end_where_they_are_closed() {
        assert_eq!(xml("<a><b/></a>\n<a/>"), None);
        assert_eq!(xml("<x:a><b/></x:a>\n<c/>"), Some((15, true)));
        assert_eq!(xml("<x><y>"), Some((6, false)));
        assert_eq!(xml("<?xml version='1.0'?><Body/>rest"), Some((28, true)));
        assert_eq!(xml("< 5"), None);
        assert_eq!(json("{\"a\": [1, \"}\"]} rest"), Some((15, true)));
        assert_eq!(json("{name}"), None);
        assert_eq!(json("[1] the first"), None);
    }
}

//! An element of a document as a document of its own: with the namespaces that it inherits.

use std::collections::BTreeSet;

use roxmltree::Node;

/// The text of an element, to which the namespace declarations of its ancestors are added.
pub(crate) fn fragment(node: Node<'_, '_>) -> String {
    let text = &node.document().input_text()[node.range()];
    let name = text[1..]
        .find(|c: char| c.is_ascii_whitespace() || matches!(c, '/' | '>'))
        .map_or(text.len(), |end| end + 1);
    let own = declared(&text[name..]);
    let mut out = text[..name].to_owned();
    let mut seen = BTreeSet::new();
    for namespace in node.namespaces() {
        let prefix = namespace.name().unwrap_or_default();
        if prefix == "xml" || own.contains(prefix) || !seen.insert(prefix) {
            continue;
        }
        let uri = namespace.uri().replace('&', "&amp;").replace('<', "&lt;");
        let uri = uri.replace('"', "&quot;");
        match prefix {
            "" if uri.is_empty() => {}
            "" => out.push_str(&format!(" xmlns=\"{uri}\"")),
            prefix => out.push_str(&format!(" xmlns:{prefix}=\"{uri}\"")),
        }
    }
    out.push_str(&text[name..]);
    out
}

/// The prefixes that a start tag, from after its name, declares itself.
fn declared(mut text: &str) -> BTreeSet<&str> {
    let mut prefixes = BTreeSet::new();
    loop {
        text = text.trim_start();
        if text.starts_with(['/', '>']) {
            return prefixes;
        }
        let Some((name, rest)) = text.split_once('=') else {
            return prefixes;
        };
        match name.trim_end() {
            "xmlns" => drop(prefixes.insert("")),
            name => drop(
                name.strip_prefix("xmlns:")
                    .map(|prefix| prefixes.insert(prefix)),
            ),
        }
        let rest = rest.trim_start();
        let Some(quote) = rest.chars().next() else {
            return prefixes;
        };
        let Some((_, rest)) = rest[1..].split_once(quote) else {
            return prefixes;
        };
        text = rest;
    }
}

#[cfg(test)]
mod tests {
    use super::fragment;
    use roxmltree::Document;

    fn child(text: &str) -> String {
        let document = Document::parse(text).unwrap();
        fragment(document.root_element().first_element_child().unwrap())
    }

    #[test]
    fn an_element_takes_the_namespaces_in_scope_with_it() {
        assert_eq!(
            child("<a xmlns='urn:d' xmlns:p='urn:p'><p:b t='p:x'/></a>"),
            "<p:b xmlns=\"urn:d\" xmlns:p=\"urn:p\" t='p:x'/>"
        );
    }

    #[test]
    fn its_own_declarations_stay() {
        assert_eq!(
            child(
                "<a xmlns='urn:d' xmlns:p='urn:p'><b xmlns = '' x='>' xmlns:p=\"urn:q\">1</b></a>"
            ),
            "<b xmlns = '' x='>' xmlns:p=\"urn:q\">1</b>"
        );
    }

    #[test]
    fn addresses_are_escaped() {
        assert_eq!(
            child("<a xmlns:p='u?a&amp;b&quot;'><b/></a>"),
            "<b xmlns:p=\"u?a&amp;b&quot;\"/>"
        );
    }
}

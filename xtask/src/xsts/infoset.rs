//! Documents compared to the letter: order, `xsi:type` and lexical forms included. Only prefixes,
//! comments, processing instructions, hints where schemas are, and blanks between elements are aside.

use std::collections::BTreeSet;

use roxmltree::Node;

use crate::corpus::compare::XSI;
use crate::corpus::samples::parse;

/// Whether two documents say the same.
pub(crate) fn equal(a: &str, b: &str) -> bool {
    let (Ok(a), Ok(b)) = (parse(a), parse(b)) else {
        return false;
    };
    let mut pending = vec![(a.root_element(), b.root_element())];
    while let Some((a, b)) = pending.pop() {
        if name(a) != name(b) || attributes(a) != attributes(b) {
            return false;
        }
        let (mine, theirs) = (elements(a), elements(b));
        if mine.len() != theirs.len() || texts(a) != texts(b) {
            return false;
        }
        pending.extend(mine.into_iter().zip(theirs));
    }
    true
}

/// `xmlns=""` is no namespace, too.
fn name<'a>(node: Node<'a, 'a>) -> (&'a str, &'a str) {
    let name = node.tag_name();
    (name.namespace().unwrap_or_default(), name.name())
}

fn attributes(node: Node<'_, '_>) -> BTreeSet<(String, String, String)> {
    let is_hint = |namespace: Option<&str>, name: &str| {
        namespace == Some(XSI) && matches!(name, "schemaLocation" | "noNamespaceSchemaLocation")
    };
    node.attributes()
        .filter(|attribute| !is_hint(attribute.namespace(), attribute.name()))
        .map(|attribute| {
            let (namespace, name) = (attribute.namespace(), attribute.name());
            let namespace = namespace.unwrap_or_default().to_owned();
            let is_name = namespace == XSI && name == "type";
            let value = if is_name {
                expanded(node, attribute.value())
            } else {
                attribute.value().to_owned()
            };
            (namespace, name.to_owned(), value)
        })
        .collect()
}

/// A qualified name by its namespace.
fn expanded(node: Node<'_, '_>, name: &str) -> String {
    let name = name.trim();
    let (prefix, local) =
        { name.split_once(':') }.map_or((None, name), |(prefix, local)| (Some(prefix), local));
    let namespace = node.lookup_namespace_uri(prefix).unwrap_or_default();
    format!("{{{namespace}}}{local}")
}

fn elements<'a>(node: Node<'a, 'a>) -> Vec<Node<'a, 'a>> {
    node.children().filter(Node::is_element).collect()
}

/// The texts before, between and after the elements; blanks beside elements are none.
fn texts(node: Node<'_, '_>) -> Vec<String> {
    let mut texts = vec![String::new()];
    for child in node.children() {
        if child.is_element() {
            texts.push(String::new());
        } else if let (true, Some(text), Some(last)) =
            (child.is_text(), child.text(), texts.last_mut())
        {
            last.push_str(text);
        }
    }
    if texts.len() > 1 {
        for text in &mut texts {
            if text.trim().is_empty() {
                text.clear();
            }
        }
    }
    texts
}

#[cfg(test)]
mod tests {
    use super::equal;

    #[test]
    fn prefixes_and_blanks_between_elements_mean_nothing() {
        assert!(equal(
            "<p:a xmlns:p='urn:p' x='1'>\n <!-- c --><b/>\n</p:a>",
            "<a xmlns='urn:p' x='1'><b xmlns=''/></a>"
        ));
    }

    #[test]
    fn order_and_letters_count() {
        assert!(!equal("<a><b/><c/></a>", "<a><c/><b/></a>"));
        assert!(!equal("<a>1.0</a>", "<a>1</a>"));
        assert!(!equal("<a x='1'/>", "<a/>"));
        assert!(!equal("<a>t<b/></a>", "<a><b/>t</a>"));
    }
}

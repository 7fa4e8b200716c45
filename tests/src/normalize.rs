//! A prefix-free form of XML documents: two messages that differ in prefixes, in where namespaces are
//! declared and in blanks between elements only have the same normal form. Text beside elements stays.
//!
//! Read by `roxmltree`, so that it shares no code with the runtime.

use std::fmt::Write as _;

/// The normal form: every name as `{namespace}local`, attributes sorted, one element a line, text
/// exactly as it is.
///
/// # Errors
///
/// If it is not well-formed.
pub fn normalize(xml: &str) -> Result<String, String> {
    let document = roxmltree::Document::parse(xml).map_err(|error| error.to_string())?;
    let mut out = String::new();
    write_node(document.root_element(), 0, &mut out);
    Ok(out)
}

fn write_node(node: roxmltree::Node<'_, '_>, depth: usize, out: &mut String) {
    let name = |namespace: Option<&str>, local: &str| match namespace.filter(|n| !n.is_empty()) {
        Some(namespace) => format!("{{{namespace}}}{local}"),
        None => local.to_owned(),
    };
    let mut attributes: Vec<String> = node
        .attributes()
        .map(|a| format!(" {}={:?}", name(a.namespace(), a.name()), a.value()))
        .collect();
    attributes.sort();
    let tag = name(node.tag_name().namespace(), node.tag_name().name());
    let _ = write!(out, "{:1$}<{tag}{2}>", "", depth * 2, attributes.concat());
    let children: Vec<_> = node
        .children()
        .filter(|child| child.is_element() || child.is_text())
        .collect();
    let is_blank = |text: &str| text.chars().all(char::is_whitespace);
    let texts = || {
        children
            .iter()
            .filter(|child| child.is_text())
            .filter_map(roxmltree::Node::text)
    };
    if !children.iter().any(roxmltree::Node::is_element) {
        let text: String = texts().collect();
        let _ = writeln!(out, "{text:?}");
        return;
    }
    let is_mixed = texts().any(|text| !is_blank(text));
    out.push('\n');
    for child in children {
        if child.is_element() {
            write_node(child, depth + 1, out);
        } else if is_mixed {
            let text = child.text().unwrap_or_default();
            let _ = writeln!(out, "{:1$}{text:?}", "", depth * 2 + 2);
        }
    }
}

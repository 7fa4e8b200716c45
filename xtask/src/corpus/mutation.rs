//! The comparison put to the test: samples that came out equal are changed a little, and it must notice.

use std::collections::BTreeSet;

use roxmltree::Node;

use super::samples::{compare, parse};
use super::schema::Schema;

/// Larger samples are left alone.
const LARGEST: usize = 60_000;

/// As many changes per sample.
const CHANGES: usize = 12;

/// How many changes were made, and which the comparison missed.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) made: usize,
    /// In words.
    pub(crate) missed: Vec<String>,
}

impl Tally {
    /// Changes a sample and holds the comparison to account.
    pub(crate) fn hold(&mut self, schema: &Schema, sample: &str) {
        if sample.len() > LARGEST {
            return;
        }
        for (what, changed) in changes(sample) {
            self.made += 1;
            if compare(schema, sample, &changed).is_ok() {
                self.missed
                    .push(format!("the comparison does not see {what}"));
            }
        }
    }
}

/// Changed copies of a document, spread over it, with what was changed.
fn changes(text: &str) -> Vec<(String, String)> {
    let Ok(document) = parse(text) else {
        return Vec::new();
    };
    // Of a message what the body holds, of a document what its root does.
    let root = document.root_element();
    let top = match super::way::body(root) {
        Some(body) if super::way::is_envelope(root) => body.first_element_child(),
        _ => Some(root),
    };
    let Some(top) = top else {
        return Vec::new();
    };
    let is_encoded = super::encoded::is_encoded(top);
    let mut all = Vec::new();
    for node in top.descendants().filter(Node::is_element) {
        all.extend(of_element(text, node, node == top, is_encoded));
    }
    let step = all.len().div_ceil(CHANGES).max(1);
    // A step that is no multiple of the kinds of change meets all of them.
    let step = if step % 3 == 0 { step + 1 } else { step };
    all.into_iter().step_by(step).collect()
}

/// The changes of one element. What encoded values are called for references to them is no part of them.
fn of_element(
    text: &str,
    node: Node<'_, '_>,
    is_top: bool,
    is_encoded: bool,
) -> Vec<(String, String)> {
    let mut changes = Vec::new();
    let name = node.tag_name().name();
    if node.has_attribute((super::compare::XSI, "nil")) || super::encoding::is_result(node) {
        return changes;
    }
    let replaced = |range: std::ops::Range<usize>, by: &str| {
        format!("{}{by}{}", &text[..range.start], &text[range.end..])
    };
    if !is_top {
        changes.push((format!("that `{name}` is gone"), replaced(node.range(), "")));
        let twice = text[node.range()].repeat(2);
        changes.push((format!("a second `{name}`"), replaced(node.range(), &twice)));
    }
    if !node.children().any(|child| child.is_element()) {
        for child in node.children().filter(|child| child.is_text()) {
            let range = child.range();
            if child.text().is_some_and(|text| !text.trim().is_empty())
                && !text[range.clone()].ends_with("]]>")
            {
                let more = format!("1{}", text[range.clone()].trim_start());
                changes.push((format!("another text in `{name}`"), replaced(range, &more)));
            }
        }
    }
    let mut seen = BTreeSet::new();
    for attribute in node.attributes() {
        let own = attribute.name();
        let is_meta = attribute.namespace() == Some(super::compare::XSI);
        let is_meta = is_meta
            || super::encoding::is_own(&attribute)
            || super::encoding::is_of_graph(&attribute)
            || is_encoded && own == "id" && attribute.namespace().is_none();
        if is_meta || !seen.insert(own) {
            continue;
        }
        let range = attribute.range_value();
        let more = format!("1{}", &text[range.clone()]);
        changes.push((
            format!("another value of `{name}/@{own}`"),
            replaced(range, &more),
        ));
    }
    changes
}

#[cfg(test)]
mod tests {
    use super::changes;

    #[test]
    fn changes_elements_texts_and_attributes() {
        let of = |text| -> Vec<String> {
            { changes(text).into_iter() }
                .map(|(_, text)| text)
                .collect()
        };
        assert_eq!(of("<a x='1'>t</a>"), ["<a x='1'>1t</a>", "<a x='11'>t</a>"]);
        assert_eq!(
            of("<a><b/> <c>1</c></a>"),
            [
                "<a> <c>1</c></a>",
                "<a><b/><b/> <c>1</c></a>",
                "<a><b/> </a>",
                "<a><b/> <c>1</c><c>1</c></a>",
                "<a><b/> <c>11</c></a>",
            ]
        );
        let envelope = "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'>\
            <e:Body><a y='1'/></e:Body></e:Envelope>";
        assert_eq!(of(envelope), [envelope.replace("'1'", "'11'")]);
        let encoded = "<a xmlns:e='http://www.w3.org/2003/05/soap-encoding' \
            xmlns:r='http://www.w3.org/2003/05/soap-rpc'><r:result>b</r:result>\
            <b e:id='1' e:arraySize='2' e:itemType='x' id='1'/></a>";
        let changed = encoded.replace(" id='1'", " id='11'");
        assert!(of(encoded).contains(&changed));
        assert!(
            !of(encoded)
                .iter()
                .any(|text| !text.contains(">b<") || text.contains("e:id='11'"))
        );
    }
}

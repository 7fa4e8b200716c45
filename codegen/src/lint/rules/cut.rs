//! What is empty, cut off, or elsewhere.

use super::{Report, Subject};
use crate::contract::Direction;
use crate::lint::fields;
use crate::lint::message::{self, Node};

/// Texts that stand for what is left out.
fn is_left_out(text: &str) -> bool {
    let text = text.trim();
    !text.is_empty()
        && text
            .chars()
            .all(|c| matches!(c, '.' | '…' | '[' | ']' | ' '))
        && { text.contains("...") || text.contains('…') }
}

fn left_out(node: &Node, report: &mut Report<'_>) {
    for child in &node.children {
        left_out(child, report);
    }
    if is_left_out(&node.text) {
        report(
            node.span,
            format!("`{}` of the example leaves out its content", node.name),
            "show a whole message: what is left out is tested by nobody".to_owned(),
        );
    }
}

/// What nobody ends a description with.
const OPEN_ENDS: &[&str] = &[":", ",", "...", "…"];

/// L19.
pub(super) fn check(subject: &Subject<'_>, report: &mut Report<'_>) {
    let contract = subject.contract;
    for operation in fields::operations(contract) {
        for example in &operation.examples {
            let which = match example.direction {
                Direction::Request => "request",
                Direction::Response => "response",
                Direction::Error(_) => "error",
            };
            let what = match message::read(example, subject.sources) {
                Ok(root) => {
                    left_out(&root, report);
                    continue;
                }
                Err(message::Unread::Empty) => "is empty".to_owned(),
                Err(message::Unread::Broken(why)) => format!("cannot be read: {why}"),
            };
            report(
                example.span,
                format!("the example of a {which} of `{}` {what}", operation.name),
                "show a whole message; the page may have cut it off".to_owned(),
            );
        }
    }
    for record in fields::records(contract) {
        for field in &record.fields {
            let text = field.description().trim_end();
            let end = { OPEN_ENDS.iter() }.find(|end| text.ends_with(**end));
            if let Some(end) = end {
                report(
                    field.element.span,
                    format!(
                        "the description of `{}` ends with `{end}`: something came after it",
                        field.element.name.local
                    ),
                    "write what the page has there: a list or a table, perhaps".to_owned(),
                );
            }
        }
    }
    for (_, catalogue) in contract.catalogues.iter() {
        if catalogue.codes.is_empty() {
            report(
                catalogue.span,
                format!(
                    "`{}` has no codes: that is not to say that there are no errors",
                    catalogue.name
                ),
                "fill in the codes that are known; the table may be on another page".to_owned(),
            );
        }
    }
}

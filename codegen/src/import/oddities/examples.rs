//! Samples against each other and against tables.

use std::collections::BTreeSet;

use super::{Odd, Page};
use crate::import::description::{Direction, Location, Operation, Sample};
use crate::import::sample::{self, Node, Payload, Shape};
use crate::source::Span;

pub(super) fn check(page: &Page<'_>, odd: &mut Odd<'_>) {
    for operation in &page.service.operations {
        let read: Vec<(&Sample, Payload)> = { operation.samples.iter() }
            .filter_map(|sample| Some((sample, sample::read(&sample.text)?)))
            .collect();
        for (sample, payload) in &read {
            for node in &payload.body {
                leaves(node, sample, payload.json, page, odd);
            }
            headers(operation, sample, payload, odd);
        }
        prefixes(&read, page, odd);
        shapes(&read, odd);
    }
}

/// Where a part of a sample stands on the page.
fn place(page: &Page<'_>, sample: &Sample, part: &str) -> Span {
    let start = sample.span.start as usize;
    let end = page.text.len();
    match page.text.get(start..end).and_then(|text| text.find(part)) {
        Some(at) => page.span(start + at, part.len()),
        None => sample.span,
    }
}

fn leaves(node: &Node, sample: &Sample, json: bool, page: &Page<'_>, odd: &mut Odd<'_>) {
    for child in &node.children {
        leaves(child, sample, json, page, odd);
    }
    if !node.children.is_empty() || node.name.is_empty() {
        return;
    }
    let is_text = matches!(node.shape, Shape::Text | Shape::String);
    let text = node.text.trim();
    if is_text && text.is_empty() {
        let part = match json {
            true => format!("\"{}\" : \"\"", node.name),
            false => format!("{}/>", node.name),
        };
        odd.say(
            "L29",
            place(page, sample, &part),
            format!(
                "`{}` is empty in the example, and not absent: three states, of which empty is one",
                node.name
            ),
        );
    }
    if is_text && text != node.text {
        odd.say(
            "L07",
            place(page, sample, &node.text),
            format!(
                "`{}` has a blank around its value in the example",
                node.name
            ),
        );
    }
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if node.shape != Shape::String || !is_digits(text) {
        return;
    }
    if !text.starts_with('0') {
        odd.say(
            "L08",
            place(page, sample, &format!("\"{text}\"")),
            format!(
                "`{}` is a text in the example, and its value a number",
                node.name
            ),
        );
    }
    // The same field elsewhere, in code, say.
    let quoted = format!("\"{}\"", node.name);
    for (at, _) in page.text.match_indices(&quoted) {
        let after = &page.text[at + quoted.len()..];
        let line = after.lines().next().unwrap_or_default();
        let other = line.split('"').find(|part| is_digits(part));
        if let Some(other) = other.filter(|other| other.len() != text.len()) {
            odd.say(
                "L07",
                place(page, sample, text),
                format!(
                    "`{}` has {} digits here, and {} elsewhere on the page",
                    node.name,
                    text.len(),
                    other.len()
                ),
            );
        }
    }
}

/// Headers of a sample against the order of the table.
fn headers(operation: &Operation, sample: &Sample, payload: &Payload, odd: &mut Odd<'_>) {
    let Some(request) = &operation.request else {
        return;
    };
    let mut documented: Vec<_> = { request.record.fields.iter() }
        .filter(|field| field.location.value == Some(Location::SoapHeader))
        .collect();
    // Samples may have reordered the record: the table is told by places.
    documented.sort_by_key(|field| field.span.start);
    let sent: Vec<&str> = payload
        .headers
        .iter()
        .map(|node| node.name.as_str())
        .collect();
    let there: Vec<&str> = { documented.iter() }
        .map(|field| field.wire_name())
        .filter(|name| sent.contains(name))
        .collect();
    let known: Vec<&str> = { sent.iter().copied() }
        .filter(|name| there.contains(name))
        .collect();
    if sample.direction == Direction::Request
        && there != known
        && let Some(first) = documented.first()
    {
        odd.say(
            "L04",
            first.span,
            format!(
                "the headers are {} in the table, and {} in the example",
                there.join(", "),
                known.join(", ")
            ),
        );
    }
}

/// Request and response that declare their namespace in other ways.
fn prefixes(read: &[(&Sample, Payload)], page: &Page<'_>, odd: &mut Odd<'_>) {
    let mut styles: Vec<(bool, &Sample)> = Vec::new();
    for (sample, payload) in read {
        let Some(root) = payload.body.first().filter(|_| !payload.json) else {
            continue;
        };
        if root.namespace.is_some() {
            styles.push((sample.text.contains(&format!(":{}", root.name)), sample));
        }
    }
    if let Some((first, _)) = styles.first()
        && let Some((_, other)) = styles.iter().find(|(style, _)| style != first)
    {
        odd.say(
            "L30",
            place(page, other, "<"),
            "one message has a prefix for its namespace, the other has it as the default: match by namespace and name alone",
        );
    }
}

/// Bodies of several errors that have other fields.
fn shapes(read: &[(&Sample, Payload)], odd: &mut Odd<'_>) {
    fn paths(node: &Node, above: &str, all: &mut BTreeSet<String>) {
        let path = format!("{above}/{}", node.name);
        for child in &node.children {
            paths(child, &path, all);
        }
        all.insert(path);
    }
    let mut known: Option<BTreeSet<String>> = None;
    for (sample, payload) in read {
        if !matches!(sample.direction, Direction::Error(_)) {
            continue;
        }
        let mut all = BTreeSet::new();
        for node in &payload.body {
            paths(node, "", &mut all);
        }
        match &known {
            None => known = Some(all),
            Some(known) if *known != all => {
                let other: Vec<&str> = { known.symmetric_difference(&all) }
                    .filter_map(|path| path.rsplit('/').next())
                    .collect();
                odd.say(
                    "L02",
                    sample.span,
                    format!(
                        "the examples of errors have other fields ({}): any of them may be absent",
                        other.join(", ")
                    ),
                );
            }
            Some(_) => {}
        }
    }
}

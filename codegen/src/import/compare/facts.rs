//! A descriptor taken apart to facts, types put where they are used.

use super::*;

pub(super) fn facts_of(descriptor: &Descriptor, operation: &str) -> Facts {
    let mut facts = Facts::new();
    for kind in ["request", "response"] {
        if let Some(part) = descriptor.part(kind, operation) {
            record(
                descriptor,
                &part.rows,
                &format!("{kind}/"),
                &BTreeSet::new(),
                &mut Vec::new(),
                &mut facts,
            );
        }
    }
    if let Some(part) = descriptor.part("faults", operation) {
        for row in &part.rows {
            let Some(code) = row.cells.get("code") else {
                continue;
            };
            let (witnesses, reason) = witnesses(
                descriptor,
                &["page".to_owned()].into(),
                part.notes.iter().chain(&code.notes),
            );
            facts.insert(
                format!("fault/{}", code.text),
                Said {
                    value: "listed".to_owned(),
                    witnesses,
                    reason,
                },
            );
        }
    }
    facts
}

/// The witnesses of a row or, where its footnotes name some, of a cell.
pub(super) fn witnesses<'a>(
    descriptor: &Descriptor,
    row: &BTreeSet<String>,
    notes: impl Iterator<Item = &'a String>,
) -> (BTreeSet<String>, String) {
    let notes: Vec<_> = notes
        .filter_map(|note| descriptor.notes.get(note))
        .collect();
    let reasons: Vec<&str> = notes.iter().map(|note| note.reason.as_str()).collect();
    let named: BTreeSet<String> = notes
        .iter()
        .flat_map(|note| note.witnesses.iter().cloned())
        .collect();
    (
        if named.is_empty() { row.clone() } else { named },
        reasons.join(" "),
    )
}

/// The facts of the rows of one record, types entered where they are used.
pub(super) fn record(
    descriptor: &Descriptor,
    rows: &[DescriptorRow],
    prefix: &str,
    outer: &BTreeSet<String>,
    open: &mut Vec<String>,
    facts: &mut Facts,
) {
    let mut inherited: Vec<(String, BTreeSet<String>)> = Vec::new();
    for row in rows {
        let Some(name) = row.cells.get("field") else {
            continue;
        };
        let documented = name.text.clone();
        if documented.ends_with('?') {
            continue;
        }
        let container = documented
            .rsplit_once('/')
            .map(|(container, _)| container.to_owned());
        let from: BTreeSet<String> = row
            .cells
            .get("from")
            .map(|cell| {
                cell.text
                    .split(',')
                    .map(|word| word.trim().to_lowercase())
                    .filter(|word| !word.is_empty())
                    .collect()
            })
            .unwrap_or_default();
        let mut base = if from.is_empty() {
            ["page".to_owned()].into()
        } else {
            from
        };
        if let Some(cell) = row.cells.get("from").filter(|cell| !cell.notes.is_empty()) {
            let (noted, _) = witnesses(descriptor, &base, cell.notes.iter());
            base.extend(noted);
        }
        // What stands in something that the page does not have is not on the page.
        let above = container
            .as_ref()
            .and_then(|container| inherited.iter().find(|(path, _)| path == container))
            .map_or(outer, |(_, witnesses)| witnesses);
        if !above.is_empty() {
            base.clone_from(above);
        }
        let (named, reason) = witnesses(descriptor, &base, name.notes.iter());
        let about_page = named.contains("page") || named.contains("example");
        let passed = if about_page {
            BTreeSet::new()
        } else {
            named.clone()
        };
        inherited.push((documented.clone(), passed.clone()));
        let path = format!("{prefix}{documented}");
        let mut put = |fact: &str, value: String, notes: &[String]| {
            let (witnesses, mut why) = witnesses(
                descriptor,
                if passed.is_empty() { &base } else { &passed },
                notes.iter(),
            );
            if why.is_empty() && !passed.is_empty() {
                why.clone_from(&reason);
            }
            facts.insert(
                format!("{path}/{fact}"),
                Said {
                    value,
                    witnesses,
                    reason: why,
                },
            );
        };
        let cell = |column: &str| row.cells.get(column);
        let wire = cell("wire").filter(|cell| !cell.text.is_empty());
        let last = documented.rsplit('/').next().unwrap_or_default().to_owned();
        match wire {
            Some(wire) => put("name", wire.text.clone(), &wire.notes),
            None => put("name", last, &name.notes),
        }
        let place = cell("in")
            .map(|cell| cell.text.clone())
            .filter(|text| !text.is_empty());
        let notes = cell("in")
            .map(|cell| cell.notes.clone())
            .unwrap_or_default();
        put("place", place.unwrap_or_else(|| "body".to_owned()), &notes);
        if let Some(occurs) = cell("occurs").or(cell("required")) {
            put("occurs", occurs_word(&occurs.text), &occurs.notes);
        }
        if let Some(nillable) = cell("nillable").filter(|cell| !cell.text.is_empty()) {
            put("nillable", flag_word(&nillable.text), &nillable.notes);
        }
        if let Some(max) = cell("max").filter(|cell| !cell.text.is_empty()) {
            let value = max.text.clone();
            let shown = if value == "?" {
                value
            } else {
                value.trim_end_matches('?').to_owned()
            };
            put("max", shown, &max.notes);
        }
        let mut entered = None;
        if let Some(kind) = cell("type") {
            let list = kind.text.ends_with("[]");
            let bare = kind.text.trim_end_matches("[]");
            let values = descriptor.part("enumeration", bare);
            let base = if values.is_some() {
                "string".to_owned()
            } else if descriptor.part("type", bare).is_some() {
                entered = Some(bare.to_owned());
                "record".to_owned()
            } else {
                match bare {
                    "object" => "record".to_owned(),
                    other => other.to_lowercase(),
                }
            };
            put(
                "type",
                format!("{base}{}", if list { "[]" } else { "" }),
                &kind.notes,
            );
            if let Some(part) = values {
                for value in &part.rows {
                    if let Some(value) = value.cells.get("value") {
                        let notes: Vec<String> =
                            kind.notes.iter().chain(&value.notes).cloned().collect();
                        put(
                            &format!("value {}", value.text),
                            "listed".to_owned(),
                            &notes,
                        );
                    }
                }
            }
        }
        if let Some(item) = cell("item").filter(|cell| !cell.text.is_empty()) {
            put("item", item.text.clone(), &item.notes);
        }
        if let Some(values) = cell("values").filter(|cell| !cell.text.is_empty()) {
            match descriptor.part("enumeration", &values.text) {
                Some(part) => {
                    for value in part.rows.iter().filter_map(|row| row.cells.get("value")) {
                        put(
                            &format!("value {}", value.text),
                            "listed".to_owned(),
                            &value.notes,
                        );
                    }
                }
                None => {
                    for value in values
                        .text
                        .split(';')
                        .map(str::trim)
                        .filter(|value| !value.is_empty())
                    {
                        put(
                            &format!("value {value}"),
                            "listed".to_owned(),
                            &values.notes,
                        );
                    }
                }
            }
        }
        if let Some(name) = entered
            && !open.contains(&name)
            && open.len() < 20
            && let Some(part) = descriptor.part("type", &name)
        {
            open.push(name);
            record(
                descriptor,
                &part.rows,
                &format!("{path}/"),
                &passed,
                open,
                facts,
            );
            open.pop();
        }
    }
}

pub(super) fn occurs_word(text: &str) -> String {
    match flag_word(text).as_str() {
        "true" if text.parse::<u64>().is_err() => "1".to_owned(),
        "false" if text.parse::<u64>().is_err() => "0..1".to_owned(),
        _ => text.to_owned(),
    }
}

pub(super) fn flag_word(text: &str) -> String {
    match text.to_lowercase().as_str() {
        "yes" | "true" | "x" | "t" | "m" => "true".to_owned(),
        "no" | "false" | "-" | "n" | "o" => "false".to_owned(),
        other => other.to_owned(),
    }
}

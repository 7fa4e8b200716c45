//! A descriptor that people have worked on, kept in step with its page.
//!
//! Three texts are held against each other: what the page as it was imported last gives, what it gives
//! now, and the descriptor. What changed on the page is put into the descriptor where nobody has touched
//! the fact; where somebody has, the descriptor's stays, and the report says so.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::Range;

use super::descriptor::{Descriptor, DescriptorRow, Noted, Part, read};
use crate::source::DocumentId;

/// What became of a difference.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Outcome {
    /// The page changed, and the descriptor with it.
    Taken,
    /// The page changed, or differs, and the descriptor was left as people made it.
    Kept,
    /// The page has something that the descriptor does not, or the other way round; nothing was done.
    Open,
    /// An override that says what the page says by now: it can go.
    Due,
}

impl Outcome {
    /// The word for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Taken => "taken over",
            Self::Kept => "kept",
            Self::Open => "open",
            Self::Due => "override due",
        }
    }
}

/// One difference between page and descriptor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Change {
    /// `Move/request/Seat/max`.
    pub path: String,
    /// What became of it.
    pub outcome: Outcome,
    /// In words.
    pub message: String,
}

impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}: {}: {}",
            self.outcome.name(),
            self.path,
            self.message
        )
    }
}

/// A descriptor after its page was imported again.
#[derive(Clone, Debug)]
pub struct Update {
    /// The descriptor, with what was taken over.
    pub text: String,
    /// All differences, in the order of the descriptor.
    pub changes: Vec<Change>,
    /// The sections of operations, types and codes that the page has got since, as the import would write them.
    pub offered: String,
}

/// The columns that state facts, rather than words about them.
const FACTS: &[&str] = &[
    "wire", "in", "occurs", "required", "nillable", "max", "type", "item", "values", "default",
];

/// Holds the descriptor `current` against what its page gives now, and gave when it was imported
/// last; without the latter nothing is changed.
pub(crate) fn update(
    document: DocumentId,
    current: &str,
    before: Option<&str>,
    now: &str,
) -> Update {
    let hand = read(document, current);
    let new = read(document, now);
    let base = before.map(|text| read(document, text));
    let mut updater = Updater {
        text: current,
        hand: &hand,
        edits: Vec::new(),
        changes: Vec::new(),
    };
    for part in &new.parts {
        updater.part(part, base.as_ref());
    }
    for part in &hand.parts {
        updater.gone(part, &new, base.as_ref());
    }
    let mut text = current.to_owned();
    updater.edits.sort_by_key(|(range, _)| range.start);
    for (range, replacement) in updater.edits.iter().rev() {
        text.replace_range(range.clone(), replacement);
    }
    Update {
        text,
        changes: updater.changes,
        offered: offered(current, before.unwrap_or_default(), now),
    }
}

/// The sections of `now` that neither the descriptor nor what the page gave before has.
fn offered(current: &str, before: &str, now: &str) -> String {
    let known: Vec<&str> = [current, before]
        .into_iter()
        .flat_map(sections)
        .map(|(heading, _)| heading)
        .collect();
    let mut offered = String::new();
    for (heading, text) in sections(now) {
        if known.contains(&heading) {
            continue;
        }
        // What the front matter says of it.
        let name = heading.trim_start_matches('#').trim();
        let front = super::descriptor::front_matter_end(now);
        let facts: Vec<&str> = { now[..front].lines() }
            .skip_while(|line| {
                let table = line.trim().strip_prefix("[operation.");
                table.is_none_or(|table| table.trim_matches([']', '"']) != name)
            })
            .enumerate()
            .take_while(|(at, line)| *at == 0 || !line.is_empty() && !line.starts_with(['[', '+']))
            .map(|(_, line)| line)
            .collect();
        if !facts.is_empty() {
            offered.push_str(&format!("{}\n\n", facts.join("\n")));
        }
        offered.push_str(text.trim_end());
        offered.push_str("\n\n");
    }
    offered.trim_end().to_owned()
}

/// The sections of the second level with their headings; what looks like a heading in an example is none.
fn sections(text: &str) -> Vec<(&str, &str)> {
    let mut starts: Vec<usize> = Vec::new();
    let mut fenced = false;
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        fenced ^= line.starts_with("```");
        if !fenced && line.starts_with("## ") {
            starts.push(at);
        }
        at += line.len();
    }
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    { starts.iter().zip(ends) }
        .map(|(start, end)| {
            let section = &text[*start..end];
            (section.lines().next().unwrap_or_default().trim(), section)
        })
        .collect()
}

struct Updater<'a> {
    text: &'a str,
    hand: &'a Descriptor,
    edits: Vec<(Range<usize>, String)>,
    changes: Vec<Change>,
}

impl Updater<'_> {
    fn say(&mut self, path: &str, outcome: Outcome, message: impl Into<String>) {
        self.changes.push(Change {
            path: path.to_owned(),
            outcome,
            message: message.into(),
        });
    }

    fn part(&mut self, new: &Part, base: Option<&Descriptor>) {
        let place = place(new);
        let base_part = base.and_then(|base| same(base, new));
        let Some(hand) = same(self.hand, new) else {
            if base_part.is_none() && !new.rows.is_empty() {
                self.say(
                    &place,
                    Outcome::Open,
                    "the page describes this by now, and the descriptor does not: see below",
                );
            }
            return;
        };
        let rows = by_key(hand);
        let base_rows = base_part.map(by_key).unwrap_or_default();
        let mut after: Option<&DescriptorRow> = None;
        for row in &new.rows {
            let Some(key) = key(row) else { continue };
            let path = format!("{place}/{key}");
            let known = base_rows.get(key.as_str()).copied();
            match rows.get(key.as_str()) {
                Some(ours) => {
                    self.row(&path, row, known, base.is_some(), ours);
                    after = Some(ours);
                }
                None if known.is_some() => {
                    // People took it out, or named it otherwise.
                }
                None if base.is_some() => {
                    self.insert(&path, row, after.or(hand.rows.last()), hand);
                }
                None => self.say(
                    &path,
                    Outcome::Open,
                    "the page has this, and the descriptor does not",
                ),
            }
        }
    }

    fn row(
        &mut self,
        path: &str,
        new: &DescriptorRow,
        base: Option<&DescriptorRow>,
        has_base: bool,
        hand: &DescriptorRow,
    ) {
        for column in FACTS {
            let says = |row: &DescriptorRow| {
                row.cells
                    .get(*column)
                    .map(|cell| normal(column, &cell.text))
                    .unwrap_or_default()
            };
            let Some(cell) = hand.cells.get(*column) else {
                continue;
            };
            let (now, ours) = (says(new), normal(column, &cell.text));
            let before = base.map(says);
            let path = format!("{path}/{column}");
            let noted = self.override_of(cell);
            if now == ours {
                let differed = before.as_ref().map_or(!has_base, |before| *before != ours);
                if let Some(reason) = noted.filter(|_| differed) {
                    self.say(
                        &path,
                        Outcome::Due,
                        format!("the page says `{now}` by now, as this does: {reason}"),
                    );
                } else if before.is_some_and(|before| before != now) {
                    self.say(
                        &path,
                        Outcome::Taken,
                        format!("the page says `{now}` by now, as the descriptor does already"),
                    );
                }
                continue;
            }
            match before {
                Some(before) if before == now => {}
                Some(before) if before == ours => {
                    self.say(
                        &path,
                        Outcome::Taken,
                        format!("`{before}` is `{now}` by now"),
                    );
                    let range = text_range(self.text, cell);
                    let plain = new
                        .cells
                        .get(*column)
                        .map(|cell| cell.text.clone())
                        .unwrap_or_default();
                    self.edits.push((range, plain.replace('|', "\\|")));
                }
                Some(before) => {
                    let why = noted.map_or(String::new(), |reason| format!(": {reason}"));
                    self.say(&path, Outcome::Kept, format!("the page said `{before}` and says `{now}` by now; `{ours}` is kept{why}"));
                }
                None if now == "?" || now.is_empty() => {}
                None => {
                    let why = noted.map_or(String::new(), |reason| format!(": {reason}"));
                    self.say(
                        &path,
                        Outcome::Kept,
                        format!("the page says `{now}`; `{ours}` is kept{why}"),
                    );
                }
            }
        }
    }

    /// Why a cell is as it is, if its footnotes name another witness than the page.
    fn override_of(&self, cell: &Noted) -> Option<String> {
        cell.notes
            .iter()
            .filter_map(|note| self.hand.notes.get(note))
            .find(|note| {
                note.witnesses
                    .iter()
                    .any(|witness| !["page", "example"].contains(&witness.as_str()))
            })
            .map(|note| note.reason.clone())
    }

    /// A row that the page has got since.
    fn insert(
        &mut self,
        path: &str,
        row: &DescriptorRow,
        after: Option<&DescriptorRow>,
        hand: &Part,
    ) {
        let Some(anchor) = after.and_then(any_cell) else {
            self.say(
                path,
                Outcome::Open,
                "the page has this by now, and the descriptor has no table for it",
            );
            return;
        };
        let at = anchor.cell.span.end as usize;
        let end = self.text[at..]
            .find('\n')
            .map_or(self.text.len(), |found| at + found);
        let line = self.text[..end].rsplit('\n').next().unwrap_or_default();
        let columns = self.columns(hand, line);
        let cells: Vec<String> = columns
            .iter()
            .map(|column| {
                row.cells
                    .get(column)
                    .map(|cell| cell.text.replace('|', "\\|"))
                    .unwrap_or_default()
            })
            .collect();
        self.edits
            .push((end..end, format!("\n| {} |", cells.join(" | "))));
        self.say(path, Outcome::Taken, "the page has this by now; added");
    }

    /// The columns of a table, in their order, by the places of the cells of one of its rows.
    fn columns(&self, part: &Part, line: &str) -> Vec<String> {
        let start = line.as_ptr() as usize - self.text.as_ptr() as usize;
        let row = part.rows.iter().find(|row| {
            any_cell(row).is_some_and(|cell| {
                let at = cell.cell.span.start as usize;
                at >= start && at <= start + line.len()
            })
        });
        let mut cells: Vec<(&String, u32)> = row
            .map(|row| {
                row.cells
                    .iter()
                    .map(|(column, cell)| (column, cell.cell.span.start))
                    .collect()
            })
            .unwrap_or_default();
        cells.sort_by_key(|(_, start)| *start);
        cells
            .into_iter()
            .map(|(column, _)| column.clone())
            .collect()
    }

    /// Rows that the page had and has no more.
    fn gone(&mut self, hand: &Part, new: &Descriptor, base: Option<&Descriptor>) {
        let Some(base) = base.and_then(|base| same(base, hand)) else {
            return;
        };
        let now = same(new, hand).map(by_key).unwrap_or_default();
        let ours = by_key(hand);
        for row in &base.rows {
            if let Some(key) = key(row)
                .filter(|key| !now.contains_key(key.as_str()) && ours.contains_key(key.as_str()))
            {
                let path = format!("{}/{key}", place(hand));
                self.say(
                    &path,
                    Outcome::Open,
                    "the page has this no more; delete it if the service does not have it either",
                );
            }
        }
    }
}

fn place(part: &Part) -> String {
    if part.operation.is_empty() {
        format!("{} {}", part.kind, part.name)
    } else {
        format!("{}/{}", part.operation, part.kind)
    }
}

fn same<'a>(descriptor: &'a Descriptor, part: &Part) -> Option<&'a Part> {
    let name = if part.operation.is_empty() {
        &part.name
    } else {
        &part.operation
    };
    descriptor.part(part.kind, name)
}

/// What tells a row from the others of its table.
fn key(row: &DescriptorRow) -> Option<String> {
    ["field", "code", "value"]
        .iter()
        .find_map(|column| row.cells.get(*column))
        .map(|cell| cell.text.clone())
        .filter(|text| !text.is_empty() && !text.ends_with('?'))
}

fn by_key(part: &Part) -> BTreeMap<String, &DescriptorRow> {
    part.rows
        .iter()
        .filter_map(|row| Some((key(row)?, row)))
        .collect()
}

fn any_cell(row: &DescriptorRow) -> Option<&Noted> {
    row.cells.values().max_by_key(|cell| cell.cell.span.end)
}

/// A cell as it is compared.
fn normal(column: &str, text: &str) -> String {
    let text = text.trim().to_lowercase();
    match (column, text.as_str()) {
        ("in", "") => "body".to_owned(),
        ("nillable", "" | "no") => "false".to_owned(),
        ("nillable", "yes") => "true".to_owned(),
        ("max", "" | "-" | "n/a") => "-".to_owned(),
        _ => text,
    }
}

/// Where the text of a cell stands, without its footnotes and the blanks around it.
fn text_range(text: &str, cell: &Noted) -> Range<usize> {
    let range = cell.cell.span.start as usize..cell.cell.span.end as usize;
    let raw = text.get(range.clone()).unwrap_or_default();
    let end = raw.find("[^").unwrap_or(raw.len());
    let length = raw[..end].trim_end().len();
    range.start..range.start + length
}

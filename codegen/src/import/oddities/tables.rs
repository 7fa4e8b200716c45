//! Tables and samples as blocks: damage, heads, what is beside the fields.

use super::{Odd, Page};
use crate::contract::folded;
use crate::import::dictionary::fold;
use crate::import::model::{Block, Cell, Style, Table};
use crate::import::sample;

pub(super) fn check(page: &Page<'_>, odd: &mut Odd<'_>) {
    let title = page.blocks.iter().find_map(|block| match block {
        Block::Heading { title, .. } => Some(title),
        _ => None,
    });
    let mut described = false;
    for block in &page.blocks {
        match block {
            Block::Table(table) => {
                head(table, odd);
                for row in &table.rows {
                    if let [label, value, ..] = &row.cells[..] {
                        about(label, value, title, described, odd);
                    }
                }
            }
            Block::Paragraph(cell) => {
                described |= cell.text.split_whitespace().count() > 3;
            }
            Block::Code(cell) => program(cell, odd),
            Block::List(items) => {
                for item in items {
                    program(item, odd);
                }
            }
            _ => {}
        }
    }
    abutting(page, odd);
    nameless(page, odd);
}

/// Heads of the style `a | b |` whose first cell is blank.
fn nameless(page: &Page<'_>, odd: &mut Odd<'_>) {
    let lines: Vec<(usize, &str)> = page.lines().collect();
    for pair in lines.windows(2) {
        let [(at, line), (_, rule)] = pair else {
            continue;
        };
        let rule = rule.trim();
        let is_rule = rule.starts_with('-') && rule.chars().all(|c| "-|: ".contains(c));
        if is_rule && rule.contains('|') && line.trim_start().starts_with('|') {
            odd.say(
                "L26",
                page.span(*at, line.len()),
                "the first column of this table has no name",
            );
        }
    }
}

/// A sample that is a program's text, and no message.
fn program(cell: &Cell, odd: &mut Odd<'_>) {
    let ends = |line: &&str| line.trim_end().ends_with([';', '{']);
    if cell.text.lines().filter(ends).count() >= 2 && !is_message(&cell.text) {
        odd.say(
            "L19",
            cell.span,
            "this sample is code, and no message: what travels has to be concluded from it",
        );
    }
}

/// Whether a sample has a message in it, or several.
fn is_message(text: &str) -> bool {
    sample::read(text).is_some() || text.trim_start().starts_with(['<', '{', '['])
}

fn head(table: &Table, odd: &mut Odd<'_>) {
    let Some(head) = &table.head else { return };
    if table.style == Style::Glued {
        odd.say(
            "L26",
            head.span,
            "the cells of this table are glued together: a name that ends in a digit, or a type before a word, can be cut in more than one way",
        );
    }
    let has = |words: &str| head.cells.iter().any(|cell| fold(&cell.text) == words);
    if has("min occurs") && !has("max occurs") {
        odd.say(
            "L09",
            head.span,
            "the table has the least number of each field, and no column has the greatest",
        );
    }
    let full = |cells: &[Cell]| cells.iter().filter(|cell| !cell.is_empty()).count();
    let most = table.rows.iter().map(|row| full(&row.cells)).max();
    if head.cells.len() >= 3 && most == Some(1) {
        odd.say(
            "L25",
            head.span,
            format!(
                "the table has {} columns, and its rows have one cell: the others are lost",
                head.cells.len()
            ),
        );
    }
}

/// A row about the operation, against what the page says above.
fn about(label: &Cell, value: &Cell, title: Option<&Cell>, described: bool, odd: &mut Odd<'_>) {
    match fold(&label.text).trim_end_matches(':') {
        "function" | "operation" | "method" | "funkcja" | "metoda" => {
            if let Some(title) = title
                && title.text.trim() != value.text.trim()
                && folded(&title.text) == folded(&value.text)
            {
                odd.say(
                    "L01",
                    title.span,
                    format!(
                        "the heading says `{}`, the table `{}`",
                        title.text.trim(),
                        value.text.trim()
                    ),
                );
            }
        }
        "description" | "opis" if described && value.text.split_whitespace().count() > 3 => odd
            .say(
                "L17",
                value.span,
                "the operation is described here again, in other words than above",
            ),
        _ => {}
    }
}

/// Two messages without anything between them, and the labels of tabs that were flattened.
fn abutting(page: &Page<'_>, odd: &mut Odd<'_>) {
    let mut before = "";
    for (at, line) in page.lines() {
        let text = line.trim();
        if text.is_empty() {
            continue;
        }
        let is_root = |text: &str| text.contains("Envelope");
        if text.starts_with('<')
            && !text.starts_with("</")
            && is_root(text)
            && before.starts_with("</")
            && is_root(before)
        {
            odd.say(
                "L26",
                page.span(at, line.len()),
                "a second message begins here, with nothing between it and the one before",
            );
        }
        let label = text
            .trim_start_matches(['-', '•', '*'])
            .trim()
            .to_lowercase();
        if text.starts_with(['-', '•', '*'])
            && ["request", "response", "żądanie", "odpowiedź"]
                .iter()
                .any(|word| label.ends_with(word))
            && label.split_whitespace().count() < 4
        {
            odd.say(
                "L26",
                page.span(at, line.len()),
                "this is the label of a tab: what the tab holds stands elsewhere",
            );
        }
        before = text;
    }
}

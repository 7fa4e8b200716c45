//! Lines to cells: between bars, tabs and blanks.

use std::ops::Range;

use super::Line;
use crate::import::model::Cell;

pub(super) fn is_row(line: &str) -> bool {
    let mut bars = 0;
    let mut escaped = false;
    for character in line.chars() {
        match character {
            '\\' => escaped = !escaped,
            '|' if !escaped => bars += 1,
            _ => escaped = false,
        }
    }
    bars >= 1
        && !line.trim_start().starts_with(['<', '{'])
        && (bars >= 2 || line.trim().len() > 3 && line.contains(" |") || is_rule(line))
}

/// `----  -----`: what shows columns, below their heads.
pub(super) fn is_underline(line: &str) -> bool {
    line.contains("--") && line.chars().all(|c| "-=+ \t".contains(c))
}

/// `---|---|`.
pub(super) fn is_rule(line: &str) -> bool {
    let line = line.trim();
    line.contains("--") && line.chars().all(|c| "|-: +".contains(c)) && line.contains('|')
}

/// The cells between the bars of a line; bars at its ends are none.
pub(super) fn split(line: &Line) -> Vec<Cell> {
    let text = &line.text;
    let mut ranges: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    let mut escaped = false;
    let mut quoted = false;
    // Brackets that are open in the word: `(19|20)` is a pattern.
    let mut open = 0_usize;
    for (at, character) in text.char_indices() {
        match character {
            '(' => open += 1,
            ')' => open = open.saturating_sub(1),
            _ if character.is_whitespace() => open = 0,
            _ => {}
        }
        let pattern = open > 0 && character == '|' && is_inside(&text[at + 1..]);
        match character {
            '\\' => escaped = !escaped,
            '`' => quoted = !quoted && text[at + 1..].contains('`'),
            // A bar within quotes is a text about bars, one within brackets a pattern.
            '|' if !escaped && !quoted && !pattern && !in_quotes(text, at) => {
                ranges.push(start..at);
                start = at + 1;
                escaped = false;
            }
            _ => escaped = false,
        }
    }
    ranges.push(start..text.len());
    if text[ranges[0].clone()].trim().is_empty()
        && ranges.len() > 1
        && text.trim_start().starts_with('|')
    {
        ranges.remove(0);
    }
    let last = ranges.len() - 1;
    if last > 0 && text[ranges[last].clone()].trim().is_empty() {
        ranges.pop();
    }
    ranges.into_iter().map(|range| line.cell(range)).collect()
}

fn in_quotes(text: &str, at: usize) -> bool {
    text[..at].ends_with('"') && text[at + 1..].starts_with('"')
}

/// Whether a bracket that was opened in a word closes in it.
fn is_inside(rest: &str) -> bool {
    /// So long may an alternative of a pattern be.
    const LONGEST: usize = 100;
    rest.chars()
        .take(LONGEST)
        .take_while(|c| !c.is_whitespace())
        .any(|c| c == ')')
}

/// The cells of a line between tabs, or between several blanks.
pub(super) fn wide(line: &Line) -> Vec<Cell> {
    let text = &line.text;
    let mut cells = Vec::new();
    let mut start = text.len() - text.trim_start().len();
    let tabs = text.trim().contains('\t');
    let mut at = start;
    while at < text.len() {
        let rest = &text[at..];
        let blanks = rest.len()
            - rest
                .trim_start_matches(if tabs { ['\t', '\t'] } else { [' ', '\u{a0}'] })
                .len();
        let separates = if tabs { blanks >= 1 } else { blanks >= 2 };
        if separates {
            cells.push(line.cell(start..at));
            // Each tab ends a cell; blanks are for show.
            for _ in 1..if tabs { blanks } else { 1 } {
                cells.push(line.cell(at..at));
            }
            start = at + blanks;
        }
        at += blanks.max(rest.chars().next().map_or(1, char::len_utf8));
    }
    if start < text.len() {
        cells.push(line.cell(start..text.len()));
    }
    cells
}

pub(super) fn indent(text: &str) -> usize {
    text.chars()
        .take_while(|c| c.is_whitespace() || *c == '\u{a0}')
        .count()
}

//! How well a text fits a column, and the best way to cut or place texts by that.
//!
//! This is what mends rows: a line whose cells are glued or separated by single blanks is cut where
//! the pieces fit their columns best; a row that lost a cell is moved to where its cells fit.

use super::dictionary::Role;
use super::notation::occurs::{flag, occurs, services};
use super::notation::size::size;
use super::notation::{types, values};

/// How well `text` fits a column of `role`; `None` if it cannot stand there.
pub(crate) fn fit(role: Role, text: &str) -> Option<i32> {
    let text = text.trim();
    if text.is_empty() {
        return match role {
            Role::Name | Role::Code => None,
            Role::Type => Some(-1),
            _ => Some(0),
        };
    }
    match role {
        Role::Name | Role::Path | Role::Wire | Role::Child => name(text),
        Role::Code | Role::Value => code(text),
        Role::Type => {
            let read = types::parse(text)?;
            let length = i32::try_from(text.chars().count().min(8)).unwrap_or(8);
            Some(if read.is_known() { 12 + length } else { 4 })
        }
        Role::MinOccurs | Role::MaxOccurs => occurs(text).map(|_| 8),
        Role::Occurs => {
            let plain =
                occurs(text).or_else(|| flag(text).map(|_| crate::contract::Occurs::ONCE))?;
            let common = plain.min <= 1 && plain.max.is_none_or(|max| max <= 1);
            Some(if common { 10 } else { 4 })
        }
        Role::Required | Role::Input | Role::Output => match flag(text) {
            Some(_) => Some(10),
            None if occurs(text).is_some() || services(text).is_some() => Some(6),
            None if text == "?" => Some(2),
            None => None,
        },
        Role::Nillable => flag(text).map(|_| 10),
        Role::Size => match size(text) {
            Some(read) if read.max.is_some() => Some(10),
            Some(_) => Some(6),
            None if types::parse(text).is_some_and(|read| read.size.is_some()) => Some(6),
            None => None,
        },
        Role::Fraction => match size(text) {
            Some(read) if read.max.is_none_or(|max| max < 20) => Some(6),
            _ => None,
        },
        Role::Id | Role::Parent => (text.chars().count() <= 12 && !text.contains(' ')).then_some(4),
        Role::Kind => (text.chars().count() <= 4).then_some(4),
        Role::Location => {
            const PLACES: &[&str] = &[
                "header", "body", "path", "query", "form", "cookie", "uri", "url", "formdata",
            ];
            PLACES.contains(&text.to_lowercase().as_str()).then_some(10)
        }
        // A type, a size or a flag is rather something else.
        Role::Description
        | Role::Constraint
        | Role::Other
        | Role::Default
        | Role::Example
        | Role::Action => Some(match types::parse(text) {
            Some(read) if read.is_known() => -4,
            _ if flag(text).is_some() => 0,
            _ if role == Role::Description => 3,
            _ => 2,
        }),
    }
}

fn name(text: &str) -> Option<i32> {
    let fits = |c: char| c.is_alphanumeric() || "_-./[]#*:@$+| ()?>{}".contains(c);
    if text.chars().count() > 160
        || !text.chars().all(fits)
        || !text.chars().any(char::is_alphabetic)
    {
        return None;
    }
    let marked = text.contains(['_', '/', '.']) || text.chars().skip(1).any(char::is_uppercase);
    // A blank after a slash is damage; any other makes it words.
    let blanks = text
        .char_indices()
        .filter(|&(at, c)| {
            c == ' ' && !text[..at].ends_with('/') && !text[at + 1..].starts_with('/')
        })
        .count();
    Some(match (blanks, marked) {
        (0, true) => 8,
        (0, false) if text.chars().next().is_some_and(char::is_lowercase) => 6,
        (0, false) => 5,
        (1, true) => 2,
        _ => 1 - i32::try_from(blanks.min(9)).unwrap_or(9),
    })
}

fn code(text: &str) -> Option<i32> {
    let inner = text.trim_matches(['"', '\'', '`']);
    if values::is_code(inner) {
        let capitals = inner.chars().all(|c| !c.is_lowercase());
        let length = i32::try_from(inner.chars().count().min(24)).unwrap_or(24) / 4;
        return Some(if capitals { 10 + length } else { 6 });
    }
    // Several codes in a cell, or one that a blank broke.
    let parts = inner
        .split([',', ' ', '/', '\n'])
        .filter(|part| !part.is_empty());
    let capitals = parts
        .clone()
        .all(|part| values::is_code(part) && part.chars().all(|c| !c.is_lowercase()));
    (capitals && parts.count() <= 8).then_some(4)
}

/// Where a line is cut.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    /// The bytes of each cell.
    pub cells: Vec<std::ops::Range<usize>>,
    pub score: i32,
}

/// The longest text that a cell other than prose can be, in bytes.
fn longest(role: Role) -> usize {
    match role {
        Role::Occurs
        | Role::Required
        | Role::Nillable
        | Role::Size
        | Role::Fraction
        | Role::MinOccurs
        | Role::MaxOccurs => 40,
        Role::Type => 60,
        _ => 100,
    }
}

/// Cuts `line` into one cell a column, at blanks or, if `glued`, anywhere. Columns of prose and those
/// that may be empty can be; `None` if there is no way.
pub(crate) fn cut(line: &str, roles: &[Role], glued: bool) -> Option<Cut> {
    let places: Vec<usize> = line
        .char_indices()
        .map(|(at, _)| at)
        .chain([line.len()])
        .filter(|&at| {
            glued
                || at == 0
                || at == line.len()
                || line[..at].ends_with(char::is_whitespace)
                    && !line[at..].starts_with(char::is_whitespace)
        })
        .collect();
    let count = places.len();
    if count > 2_000 || roles.is_empty() {
        return None;
    }
    // best[column][place]: the best score of the cells before the column, which end at the place.
    let mut best: Vec<Vec<Option<(i32, usize)>>> = vec![vec![None; count]; roles.len() + 1];
    best[0][0] = Some((0, 0));
    for (column, &role) in roles.iter().enumerate() {
        let last = column + 1 == roles.len();
        for from in 0..count {
            let Some((score, _)) = best[column][from] else {
                continue;
            };
            let until = if last { count - 1..count } else { from..count };
            for to in until {
                let text = &line[places[from]..places[to]];
                let prose = matches!(
                    role,
                    Role::Description | Role::Constraint | Role::Other | Role::Example
                );
                if !last && !prose && text.len() > longest(role) {
                    break;
                }
                let Some(gain) = fit(role, text) else {
                    continue;
                };
                if glued && severed(line, &places, from, to, role, last) {
                    continue;
                }
                let within = glued
                    && matches!(role, Role::Description | Role::Constraint)
                    && is_within(line, places[from]);
                let gain =
                    gain + border(line, places[to], glued && !last) - if within { 6 } else { 0 };
                let total = score + gain;
                if best[column + 1][to].is_none_or(|(old, _)| total > old) {
                    best[column + 1][to] = Some((total, from));
                }
            }
        }
    }
    let (score, _) = best[roles.len()][count - 1]?;
    let mut cells = Vec::with_capacity(roles.len());
    let mut at = count - 1;
    for column in (0..roles.len()).rev() {
        let (_, from) = best[column + 1][at]?;
        cells.push(places[from]..places[at]);
        at = from;
    }
    cells.reverse();
    Some(Cut { cells, score })
}

/// Whether no page glues cells so: a code that ends within a number, or a text that begins with a word of
/// several (`ERPWSContents`), of which a part is another cell's.
fn severed(line: &str, places: &[usize], from: usize, to: usize, role: Role, last: bool) -> bool {
    let (start, end) = (places[from], places[to]);
    let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
    if role == Role::Code && !last {
        let code =
            |c: Option<char>| c.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || c == '_');
        let mut after = line[end..].chars();
        let (next, second) = (after.next(), after.next());
        let word = next.is_some_and(char::is_uppercase)
            && second.is_some_and(|c| c.is_lowercase() || c == ' ');
        let before = line[..end].chars().next_back();
        return digit(before) && digit(next) || code(before) && code(next) && !word;
    }
    if role != Role::Description || from == 0 || line[..start].ends_with(char::is_whitespace) {
        return false;
    }
    let word = line[start..end]
        .split(|c: char| !c.is_alphanumeric())
        .next()
        .unwrap_or_default();
    let capitals: Vec<bool> = word.chars().map(char::is_uppercase).collect();
    word.chars().any(char::is_lowercase)
        && capitals.first() == Some(&true)
        && capitals.iter().filter(|capital| **capital).count() > 1
        // `IDs`, `URLs` are words.
        && !word[..word.len() - word.chars().next_back().map_or(0, char::len_utf8)]
            .chars()
            .all(char::is_uppercase)
}

/// Whether a text would begin within a word.
fn is_within(line: &str, at: usize) -> bool {
    line[..at].ends_with(char::is_lowercase) && line[at..].starts_with(char::is_lowercase)
}

/// Where two cells are glued, the kind of character mostly changes.
fn border(line: &str, at: usize, wanted: bool) -> i32 {
    if !wanted {
        return 0;
    }
    let before = line[..at].chars().next_back();
    let after = line[at..].chars().next();
    let capital_word = {
        let mut rest = line[at..].chars();
        rest.next().is_some_and(char::is_uppercase) && rest.next().is_some_and(char::is_lowercase)
    };
    match (before, after) {
        (Some('_'), _) | (_, Some('_')) => -6,
        (Some(a), Some(_)) if a.is_uppercase() && capital_word => 2,
        (Some(a), Some(b)) if a.is_uppercase() && b.is_lowercase() => -3,
        (Some(a), Some(b)) if a.is_lowercase() && b.is_uppercase() => 1,
        (Some(a), Some(b)) if a.is_ascii_digit() != b.is_ascii_digit() => 1,
        (Some(a), Some(b)) if a.is_alphabetic() && b.is_alphabetic() => -1,
        _ => 0,
    }
}

/// The best score so far, the column of the last cell, and how many columns were used before it.
type Best = Option<(i32, Option<usize>, usize)>;

/// For each cell its column: as they stand, or moved to where they fit better. Empty cells may be left out
/// (`None`).
pub(crate) fn place(cells: &[&str], roles: &[Role]) -> (Vec<Option<usize>>, bool) {
    let as_they_stand: Vec<Option<usize>> = (0..cells.len())
        .map(|at| (at < roles.len()).then_some(at))
        .collect();
    const MISFIT: i32 = -8;
    let score = |cell: &str, role: Role| match fit(role, cell) {
        Some(score) => score,
        None if cell.trim().is_empty() => -2,
        None => MISFIT,
    };
    let standing: i32 = cells
        .iter()
        .zip(roles)
        .map(|(cell, &role)| score(cell, role))
        .sum::<i32>()
        + cells
            .iter()
            .skip(roles.len())
            .map(|cell| if cell.trim().is_empty() { 0 } else { MISFIT })
            .sum::<i32>();
    // Order is kept: cell by cell, each either dropped if empty, or put into a later column.
    let width = roles.len();
    let mut best: Vec<Vec<Best>> = vec![vec![None; width + 1]; cells.len() + 1];
    best[0][0] = Some((0, None, 0));
    for (index, cell) in cells.iter().enumerate() {
        for used in 0..=width {
            let Some((total, _, _)) = best[index][used] else {
                continue;
            };
            let mut offer = |to: usize, total: i32, column: Option<usize>| {
                if best[index + 1][to].is_none_or(|(old, _, _)| total > old) {
                    best[index + 1][to] = Some((total, column, used));
                }
            };
            if cell.trim().is_empty() {
                offer(used, total, None);
            }
            for (column, &role) in roles.iter().enumerate().skip(used) {
                let skipped = i32::try_from(column - used).unwrap_or(0);
                offer(
                    column + 1,
                    total + score(cell, role) - skipped,
                    Some(column),
                );
            }
        }
    }
    let Some((end, moved)) = best[cells.len()]
        .iter()
        .enumerate()
        .filter_map(|(used, best)| best.map(|(score, _, _)| (used, score)))
        .max_by_key(|&(used, score)| (score, used))
    else {
        return (as_they_stand, false);
    };
    // Where everything fits as it stands, nothing is moved.
    let fits = cells.len() <= roles.len() && { cells.iter().zip(roles) }.all(|(cell, &role)| {
        cell.trim().is_empty() || fit(role, cell).is_some_and(|score| score >= 0)
    });
    if fits || moved < standing + 8 {
        return (as_they_stand, false);
    }
    let mut places = vec![None; cells.len()];
    let mut used = end;
    for index in (0..cells.len()).rev() {
        if let Some((_, column, before)) = best[index + 1][used] {
            places[index] = column;
            used = before;
        }
    }
    let moved = places != as_they_stand;
    (places, moved)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WALLET: &[Role] = &[
        Role::Name,
        Role::Occurs,
        Role::Nillable,
        Role::Size,
        Role::Type,
        Role::Description,
    ];

    fn pieces<'a>(line: &'a str, roles: &[Role], glued: bool) -> Vec<&'a str> {
        cut(line, roles, glued).map_or_else(Vec::new, |cut| {
            cut.cells
                .into_iter()
                .map(|range| line[range].trim())
                .collect()
        })
    }

    #[test]
    fn glued_cells_are_cut_where_they_fit() {
        assert_eq!(
            pieces("Street11false50stringThe street.", WALLET, true),
            ["Street1", "1", "false", "50", "string", "The street."]
        );
        assert_eq!(
            pieces("Rows1true50Rows[]A list.", WALLET, true),
            ["Rows", "1", "true", "50", "Rows[]", "A list."]
        );
        assert_eq!(
            pieces("Total1false6,2decimalThe sum.", WALLET, true),
            ["Total", "1", "false", "6,2", "decimal", "The sum."]
        );
        assert_eq!(
            pieces("Shop1true4intThe shop.", WALLET, true),
            ["Shop", "1", "true", "4", "int", "The shop."]
        );
    }

    #[test]
    fn blanks_within_paths_do_not_end_them() {
        let roles = &[Role::Name, Role::Type, Role::Required, Role::Description];
        assert_eq!(
            pieces("Order/ main/line1 String T First line", roles, false),
            ["Order/ main/line1", "String", "T", "First line"]
        );
    }

    #[test]
    fn rows_that_lost_a_cell_are_moved() {
        let roles = &[
            Role::Name,
            Role::Required,
            Role::Type,
            Role::Size,
            Role::Description,
        ];
        assert_eq!(
            place(&["Receiver", "string", "64", "Name of the firm", ""], roles),
            (vec![Some(0), Some(2), Some(3), Some(4), None], true)
        );
        assert_eq!(
            place(
                &["string", "260", "Address of the customer.", "", ""],
                roles
            )
            .0[..3],
            [Some(2), Some(3), Some(4)]
        );
        assert!(!place(&["Receiver", "x", "string", "64", "Name"], roles).1);
    }
}

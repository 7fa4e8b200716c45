//! Which column of a table says what: by the words of its head, and by what stands in it.

use super::dictionary::{Role, head};
use super::fit::fit;
use super::model::{Style, Table};
use super::notation::occurs::{flag, occurs};
use super::notation::{size, types, values};

/// The role of each column; `None` for one that nothing can be made of.
pub(crate) fn classify(table: &Table) -> Vec<Option<Role>> {
    let width = table
        .head
        .as_ref()
        .map_or_else(|| usual_width(table), |head| head.cells.len());
    let mut roles: Vec<Option<Role>> = match &table.head {
        Some(row) => row.cells.iter().map(|cell| head(&cell.text)).collect(),
        None => vec![None; width],
    };
    let named = |roles: &[Option<Role>], role| roles.contains(&Some(role));
    // An id column is a name if there is no other, and the reverse.
    if let Some(at) = roles.iter().position(|role| *role == Some(Role::Id))
        && !named(&roles, Role::Name)
        && !named(&roles, Role::Path)
        && !named(&roles, Role::Code)
        && (width < 2 || share(table, at, |text| text.chars().any(char::is_alphabetic)) > 0.6)
    {
        roles[at] = Some(Role::Name);
    }
    // The wire's names are the names, if there are no others.
    if !named(&roles, Role::Name)
        && let Some(at) = roles.iter().position(|role| *role == Some(Role::Wire))
    {
        roles[at] = Some(Role::Name);
    }
    occurrences(table, &mut roles);
    // Of several columns of ids, the one that the column of containers refers to.
    let ids: Vec<usize> = (0..width)
        .filter(|&at| roles[at] == Some(Role::Id))
        .collect();
    if let (true, Some(parent)) = (
        ids.len() > 1,
        roles.iter().position(|role| *role == Some(Role::Parent)),
    ) {
        let refers = |at: usize| {
            table
                .rows
                .iter()
                .filter_map(|row| row.cells.get(parent))
                .filter(|cell| {
                    let text = cell.text.trim();
                    table
                        .rows
                        .iter()
                        .any(|row| row.cells.get(at).is_some_and(|id| id.text.trim() == text))
                })
                .count()
        };
        let best = ids.iter().copied().max_by_key(|&at| refers(at));
        for at in ids {
            if Some(at) != best {
                roles[at] = Some(Role::Other);
            }
        }
    }
    // A table of paths and leaf names, or of paths alone.
    if !named(&roles, Role::Name)
        && !named(&roles, Role::Code)
        && let Some(at) = roles.iter().position(|role| *role == Some(Role::Path))
    {
        roles[at] = Some(Role::Name);
    }
    // Of two columns of words, the one that is called description.
    let words: Vec<usize> = (0..width)
        .filter(|&at| roles[at] == Some(Role::Description))
        .collect();
    if let ([first, rest @ ..], Some(row)) = (words.as_slice(), &table.head)
        && rest
            .iter()
            .any(|&at| super::dictionary::fold(&row.cells[at].text) == "description")
    {
        roles[*first] = Some(Role::Constraint);
    }
    for at in 0..width {
        let repeated = roles[at].is_some() && roles[..at].contains(&roles[at]);
        let heads_lie = roles[at].is_some_and(|role| contradicts(table, at, role));
        if roles[at].is_none() || repeated || heads_lie {
            let remarks = repeated && roles[at] == Some(Role::Description);
            roles[at] = by_content(table, at, &roles).or(remarks.then_some(Role::Constraint));
        }
    }
    // `Format` with nothing but types, where no column is the type.
    if !named(&roles, Role::Type)
        && let Some(at) = (0..width).find(|&at| {
            matches!(roles[at], Some(Role::Constraint | Role::Size | Role::Other))
                && share(table, at, is_type) > 0.7
        })
        && roles[at] != Some(Role::Size)
    {
        roles[at] = Some(Role::Type);
    }
    roles
}

/// `min` and `max` side by side: how often, or how long.
fn occurrences(table: &Table, roles: &mut [Option<Role>]) {
    let Some(head) = &table.head else { return };
    let starts = |at: usize, words: &[&str]| {
        let text = super::dictionary::fold(&head.cells[at].text);
        words.iter().any(|word| text.starts_with(word))
    };
    for at in 1..roles.len() {
        if !starts(at - 1, &["min"]) || !starts(at, &["max"]) {
            continue;
        }
        let named = starts(at, &["max occ", "maxocc"]);
        let bound =
            |text: &str| occurs(text).is_some_and(|read| read.max != Some(0) || text == "0");
        let small = share(table, at, |text| {
            text.len() == 1
                || matches!(super::dictionary::fold(text).as_str(), "unbounded" | "many")
        });
        let least = share(table, at - 1, |text| ["0", "1"].contains(&text));
        if share(table, at, bound) == 1.0 && (named || small == 1.0 && least > 0.9) {
            roles[at - 1] = Some(Role::MinOccurs);
            roles[at] = Some(Role::MaxOccurs);
        }
    }
}

/// A type, or the code of a character set.
fn is_type(text: &str) -> bool {
    types::parse(text).is_some_and(|read| read.is_known()) || types::charset(text).is_some()
}

fn usual_width(table: &Table) -> usize {
    let mut widths: Vec<usize> = table.rows.iter().map(|row| row.cells.len()).collect();
    widths.sort_unstable();
    widths.get(widths.len() / 2).copied().unwrap_or(0)
}

/// The share of the cells of a column that are not empty for which something holds.
fn share(table: &Table, at: usize, holds: impl Fn(&str) -> bool) -> f64 {
    let texts: Vec<&str> = table
        .rows
        .iter()
        .filter_map(|row| row.cells.get(at))
        .map(|cell| cell.text.trim())
        .filter(|text| !text.is_empty())
        .collect();
    if texts.is_empty() {
        return 0.0;
    }
    let count = |number: usize| u32::try_from(number).map_or(f64::MAX, f64::from);
    count(texts.iter().filter(|text| holds(text)).count()) / count(texts.len())
}

/// Whether what stands in a column cannot be what its head says.
fn contradicts(table: &Table, at: usize, role: Role) -> bool {
    let misfits = share(table, at, |text| fit(role, text).is_none());
    match role {
        Role::Required
        | Role::Nillable
        | Role::Occurs
        | Role::Size
        | Role::Input
        | Role::Output => misfits > 0.7 && table.rows.len() > 1,
        Role::Name | Role::Code => {
            table.rows.len() > 1
                && share(table, at, |text| fit(Role::Location, text).is_some()) > 0.8
        }
        _ => false,
    }
}

fn by_content(table: &Table, at: usize, roles: &[Option<Role>]) -> Option<Role> {
    if table.rows.is_empty() {
        return None;
    }
    let free = |role: Role| !roles.contains(&Some(role));
    let first = roles[..at]
        .iter()
        .all(|role| !matches!(role, Some(Role::Name | Role::Code)));
    let texts = share(table, at, |text| text.chars().count() > 0);
    if texts == 0.0 {
        return None;
    }
    if free(Role::Location) && share(table, at, |text| fit(Role::Location, text).is_some()) > 0.8 {
        return Some(Role::Location);
    }
    if first && free(Role::Name) && free(Role::Code) {
        let names = share(table, at, |text| {
            fit(Role::Name, text).is_some_and(|score| score > 1)
                || super::notation::prose::in_name(text).depth > 0
        });
        if names > 0.6 {
            let codes = share(table, at, |text| {
                values::is_code(text) && text.contains('_') && !text.chars().any(char::is_lowercase)
            });
            return Some(if codes > 0.8 && width(table) == 2 {
                Role::Code
            } else {
                Role::Name
            });
        }
    }
    let known = |text: &str| types::parse(text).is_some_and(|read| read.is_known());
    if free(Role::Type) && share(table, at, known) > 0.6 {
        return Some(Role::Type);
    }
    if free(Role::Required)
        && free(Role::Occurs)
        && share(table, at, |text| flag(text).is_some()) > 0.8
    {
        return Some(Role::Required);
    }
    if free(Role::Size) && share(table, at, |text| size::size(text).is_some()) > 0.8 {
        return Some(Role::Size);
    }
    if free(Role::Occurs) && share(table, at, |text| occurs(text).is_some()) > 0.8 {
        return Some(Role::Occurs);
    }
    if free(Role::Description) && share(table, at, |text| text.contains(' ')) > 0.4 {
        return Some(Role::Description);
    }
    (free(Role::Description) && at + 1 == width(table) && table.style != Style::Entries)
        .then_some(Role::Description)
}

fn width(table: &Table) -> usize {
    table
        .head
        .as_ref()
        .map_or_else(|| usual_width(table), |head| head.cells.len())
}

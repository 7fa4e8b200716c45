//! Heads of tables in running text: `Fieldmin OccursTypeDescription`, `Ścieżka Typ Opis`.

use std::ops::Range;

use crate::import::dictionary::{self, Role, SECTIONS, fold};

/// The columns that a line names, if it names columns and nothing else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Heads {
    pub columns: Vec<(Role, Range<usize>)>,
    /// Whether nothing stands between some of them.
    pub glued: bool,
    /// A heading that is glued before the first.
    pub before: Option<Range<usize>>,
}

/// As many characters as a head may have.
const LONGEST_HEAD: usize = 48;

/// The columns that `line` names.
pub(crate) fn heads(line: &str) -> Option<Heads> {
    let length = line.chars().count();
    if !(7..=160).contains(&length) || line.contains('|') {
        return None;
    }
    let start = line.len() - line.trim_start().len();
    if let Some(heads) = from(line, start, None) {
        return Some(heads);
    }
    // `ParametersField…`: a heading that lost its line end.
    let places = line.char_indices().map(|(at, _)| at).skip(1).take(30);
    for at in places {
        let known = fold(&line[start.min(at)..at]);
        if SECTIONS
            .iter()
            .any(|(_, words)| words.contains(&known.as_str()))
            && let Some(heads) = from(line, at, Some(start..at))
            && heads.columns.len() >= 3
        {
            return Some(heads);
        }
    }
    None
}

fn from(line: &str, start: usize, before: Option<Range<usize>>) -> Option<Heads> {
    let places: Vec<usize> = line
        .char_indices()
        .map(|(at, _)| at)
        .chain([line.len()])
        .filter(|&at| at >= start)
        .collect();
    // The fewest heads that use the line up: (count, head before).
    let mut best: Vec<Option<(usize, usize, Role)>> = vec![None; places.len()];
    for from in 0..places.len() {
        let count = match best[from] {
            Some((count, ..)) => count,
            None if from == 0 => 0,
            None => continue,
        };
        for to in from + 1..places.len().min(from + LONGEST_HEAD) {
            let text = &line[places[from]..places[to]];
            if text.ends_with(char::is_whitespace) && to + 1 < places.len() {
                continue;
            }
            let Some(role) = dictionary::find(dictionary::HEADS, &fold(text)) else {
                continue;
            };
            // The blanks after a head belong to nobody.
            let mut next = to;
            while next + 1 < places.len() && line[places[next]..].starts_with(char::is_whitespace) {
                next += 1;
            }
            if best[next].is_none_or(|(old, ..)| count + 1 < old) {
                best[next] = Some((count + 1, from, role));
            }
        }
    }
    let mut columns = Vec::new();
    let mut at = places.len() - 1;
    while at > 0 {
        let (_, from, role) = best[at]?;
        let text = &line[places[from]..places[at]];
        let end = places[from] + text.trim_end().len();
        columns.push((role, places[from]..end));
        at = from;
    }
    columns.reverse();
    let roles: Vec<Role> = columns.iter().map(|(role, _)| *role).collect();
    let first = *roles.first()?;
    let names = |role: &Role| matches!(role, Role::Name | Role::Code | Role::Value | Role::Path);
    let says = |role: &Role| {
        matches!(
            role,
            Role::Description
                | Role::Type
                | Role::Required
                | Role::Occurs
                | Role::Size
                | Role::Constraint
        )
    };
    let leads = names(&first) || matches!(first, Role::Id | Role::Other);
    // A line of Markdown's headings has to be a head without doubt.
    let marked = line.trim_start().starts_with('#');
    let repeats = (1..roles.len()).any(|at| roles[..at].contains(&roles[at]) && says(&roles[at]));
    if columns.len() < if marked { 4 } else { 2 }
        || line.trim_start().starts_with("##")
        || !roles.iter().any(names)
        || !roles.iter().any(says)
        || !leads
        || repeats
    {
        return None;
    }
    let glued = columns
        .windows(2)
        .any(|pair| pair[0].1.end == pair[1].1.start);
    Some(Heads {
        columns,
        glued,
        before,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn roles(line: &str) -> Vec<Role> {
        heads(line).map_or_else(Vec::new, |heads| {
            heads.columns.into_iter().map(|(role, _)| role).collect()
        })
    }

    #[test]
    fn heads_without_anything_between_them() {
        assert_eq!(
            roles("Fieldmin OccursnillableMaxTypeDescription"),
            [
                Role::Name,
                Role::Occurs,
                Role::Nillable,
                Role::Size,
                Role::Type,
                Role::Description
            ]
        );
        assert_eq!(
            roles("Fault CodeDescription"),
            [Role::Code, Role::Description]
        );
        assert_eq!(
            roles("Ścieżka Typ Wymagane Opis"),
            [Role::Name, Role::Type, Role::Required, Role::Description]
        );
        assert_eq!(
            roles("Kod błędu Znaczenie"),
            [Role::Code, Role::Description]
        );
        let glued = heads("ParametersFieldTypeDescription").unwrap();
        assert_eq!(glued.before, Some(0..10));
        assert!(glued.glued);
        assert_eq!(roles("The name of the type is here"), []);
        assert_eq!(roles("Request Parameters"), []);
        assert_eq!(roles("Response example"), []);
        assert_eq!(roles("Error Response"), []);
        assert_eq!(roles("## Type `ErrorResponse`"), []);
    }
}

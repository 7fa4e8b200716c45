//! Enumerations: in prose, in lists, in cells.

use super::super::dictionary::{VALUES_MARKS, fold};

/// A value and what the page says that it means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Value {
    pub value: String,
    pub meaning: String,
}

/// Values as they were found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Values {
    pub list: Vec<Value>,
    /// Values that a blank had broken, as they stood.
    pub mended: Vec<String>,
    /// Whether nothing on the page calls them values.
    pub guess: bool,
}

/// Marks between a value and its meaning.
const MARKS: &[&str] = &[" - ", " – ", " — ", " = ", ": ", "=", " -", "- ", "– "];

/// The values in a cell that is said to hold values: `PLN; EUR`, `A, B, C`, `0 = no, 1 = yes`.
pub(crate) fn in_cell(text: &str) -> Option<Values> {
    let text = text.trim().trim_end_matches(['.', ';', ',']);
    if let Some(values) = with_meanings(text) {
        return Some(values);
    }
    let parts: Vec<&str> = split(text);
    let list: Vec<Value> = parts
        .iter()
        .map(|part| {
            part.trim()
                .trim_matches(['"', '\'', '`', '“', '”', '„', '[', ']', '(', ')', '*'])
        })
        .filter(|part| !part.is_empty() && *part != "...")
        .map(|part| Value {
            value: part.to_owned(),
            meaning: String::new(),
        })
        .collect();
    let short = list
        .iter()
        .all(|value| value.value.chars().count() <= 40 && value.value.split(' ').count() <= 3);
    (list.len() >= 2 && short && distinct(&list)).then_some(Values {
        list,
        ..Values::default()
    })
}

/// The values that a description lists.
pub(crate) fn in_prose(text: &str) -> Option<Values> {
    if let Some(at) = mark_end(text) {
        let listed = text[at..].trim_start_matches([':', ' ', '\n', '：']);
        let lines = bullets(listed);
        if lines.len() >= 2 {
            return Some(lines_of(&lines));
        }
        let sentence = sentence(listed);
        if let Some(values) = with_meanings(&listed.replace('\n', " ")) {
            return Some(values);
        }
        let joined = conjunctions(sentence);
        if let Some(values) = in_cell(&joined)
            && values.list.iter().all(|value| is_code(&value.value))
        {
            return Some(values);
        }
        return None;
    }
    if let Some(values) = unannounced(text).or_else(|| spans(text)) {
        return Some(values);
    }
    // Nothing but codes in capitals, whatever the page calls them.
    let whole = text.trim().trim_end_matches('.');
    let codes: Vec<&str> = whole.split([',', ';', '/', '|']).map(str::trim).collect();
    let mut mended = Vec::new();
    let list: Vec<Value> = codes
        .iter()
        .map(|code| {
            let joined: String = code.split_whitespace().collect();
            if joined != *code {
                mended.push((*code).to_owned());
            }
            Value {
                value: joined,
                meaning: String::new(),
            }
        })
        .collect();
    let capitals = |value: &Value| {
        value.value.chars().count() >= 2
            && value
                .value
                .chars()
                .all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '_')
            && value.value.chars().any(char::is_uppercase)
    };
    // A blank may break a word of capitals; several words are a sentence.
    let broken = codes
        .iter()
        .all(|code| code.split_whitespace().count() <= 2);
    (list.len() >= 2 && broken && list.iter().all(capitals) && distinct(&list)).then_some(Values {
        list,
        mended,
        guess: true,
    })
}

/// The values of a text that nothing announces, `0 - new, 1 - paid` or `How it goes: AIR - by air, SEA - by
/// sea`: codes that are alike, all of digits or all of capitals, or set equal to what they mean.
fn unannounced(text: &str) -> Option<Values> {
    let text = text.trim().replace('\n', " ");
    let led = text
        .split_once([':', '：'])
        .map(|(_, listed)| listed.trim());
    let candidates = [led, Some(text.as_str())];
    candidates.into_iter().flatten().find_map(|listed| {
        let values = with_meanings(listed)?;
        let all = |holds: fn(char) -> bool| {
            { values.list.iter() }.all(|value| value.value.chars().all(holds))
        };
        let digits = all(|c| c.is_ascii_digit());
        let capitals = all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '_');
        let equal = listed.matches('=').count() >= values.list.len();
        // `1 - 5 days, 2 - 3 weeks` are ranges.
        let meant = { values.list.iter() }.all(|value| {
            let first = value.meaning.chars().next();
            first.is_some_and(|first| !first.is_ascii_digit() || !digits)
        });
        (meant && (digits || capitals || equal)).then_some(Values {
            guess: true,
            ..values
        })
    })
}

/// The values of a text that is nothing but spans of code, or words in quotes: ``a`, `b` or `c``.
fn spans(text: &str) -> Option<Values> {
    let joined = conjunctions(text.trim().trim_end_matches('.'));
    let list = joined
        .split(',')
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .map(|part| {
            let bare = ['`', '"', '\'']
                .iter()
                .find_map(|mark| part.strip_prefix(*mark)?.strip_suffix(*mark))?;
            is_code(bare).then(|| Value {
                value: bare.replace('\\', ""),
                meaning: String::new(),
            })
        });
    let list = list.collect::<Option<Vec<Value>>>()?;
    (list.len() >= 2 && distinct(&list)).then_some(Values {
        list,
        guess: true,
        ..Values::default()
    })
}

/// The values of a bulleted list: `VALUE - meaning`; `None` unless every item is one.
pub(crate) fn in_items<'a>(items: impl Iterator<Item = &'a str>) -> Option<Values> {
    let items: Vec<&str> = items.collect();
    let values = lines_of(&items);
    let fits = values.list.len() >= 2
        && values.list.len() == items.len()
        && values.list.iter().all(|value| is_code(&value.value))
        && distinct(&values.list);
    fits.then_some(values)
}

fn lines_of(lines: &[&str]) -> Values {
    let list = lines
        .iter()
        .filter_map(|line| {
            let line = line.trim();
            let (value, meaning) = MARKS
                .iter()
                .filter_map(|mark| line.split_once(mark))
                .min_by_key(|(value, _)| value.len())
                .unwrap_or((line, ""));
            let value = value
                .trim()
                .trim_matches(['"', '\'', '`', '“', '”'])
                .replace('\\', "");
            (!value.is_empty()).then(|| Value {
                value,
                meaning: meaning.trim().to_owned(),
            })
        })
        .collect();
    Values {
        list,
        ..Values::default()
    }
}

/// The lines of a text that begin with a bullet.
fn bullets(text: &str) -> Vec<&str> {
    text.lines()
        .map(str::trim)
        .filter_map(|line| {
            line.strip_prefix(['•', '*', '·', '‣', '▪'])
                .or_else(|| line.strip_prefix("- "))
        })
        .map(str::trim)
        .collect()
}

/// `ZOO - spółka z o.o., SSA - spółka akcyjna,SC – spółka cywilna`.
fn with_meanings(text: &str) -> Option<Values> {
    let bytes: Vec<(usize, char)> = text.char_indices().collect();
    let mut starts: Vec<(usize, usize, usize)> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        let (offset, character) = bytes[at];
        let before = text[..offset].trim_end();
        let begins = before.is_empty() || before.ends_with([',', ';', '.', '|', '/', '\n', '(']);
        if !begins || !(character.is_alphanumeric() || character == '"') {
            at += 1;
            continue;
        }
        let rest = &text[offset..];
        let end = rest
            .find(|c: char| !(c.is_alphanumeric() || "_\"\\".contains(c)))
            .unwrap_or(rest.len());
        let word = &rest[..end];
        let after = &rest[end..];
        let mark = ["-", "–", "—", "=", ":"]
            .iter()
            .find(|mark| after.trim_start().starts_with(**mark));
        if let Some(mark) = mark
            && is_code(word.trim_matches('"'))
            && (after.starts_with(' ') || *mark != "-")
        {
            let gap = after.len() - after.trim_start().len();
            starts.push((offset, offset + end, offset + end + gap + mark.len()));
        }
        at += word.chars().count().max(1);
    }
    if starts.len() < 2
        || starts.first()?.0 > 0
            && !text[..starts.first()?.0]
                .trim_matches(['(', '"', ' '])
                .is_empty()
    {
        return None;
    }
    let mut list = Vec::new();
    for (index, &(start, end, meaning)) in starts.iter().enumerate() {
        let next = starts.get(index + 1).map_or(text.len(), |next| next.0);
        list.push(Value {
            value: text[start..end].trim_matches('"').replace('\\', ""),
            meaning: text
                .get(meaning..next)
                .unwrap_or_default()
                .trim()
                .trim_end_matches([',', ';', '.', ' ', '|', '/'])
                .to_owned(),
        });
    }
    distinct(&list).then_some(Values {
        list,
        ..Values::default()
    })
}

/// Where the list begins that a mark in the text announces.
fn mark_end(text: &str) -> Option<usize> {
    // Folding changes lengths: look for the mark by the words before each place.
    let mut best: Option<usize> = None;
    for (at, character) in text.char_indices() {
        if !(character == ':' || character == '：' || character.is_whitespace() || character == '(')
        {
            continue;
        }
        let before = fold(&text[..at]);
        let found = VALUES_MARKS.iter().any(|mark| {
            let mark = mark.trim_end_matches([':', ' ']);
            before
                .strip_suffix(mark)
                .is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
        });
        if found {
            best = Some(at);
            break;
        }
    }
    best
}

/// The first sentence; a dot within a word or code does not end it.
fn sentence(text: &str) -> &str {
    let end = text
        .match_indices(". ")
        .map(|(at, _)| at)
        .chain(text.find('\n'))
        .min()
        .unwrap_or(text.len());
    text[..end].trim_end_matches('.')
}

/// `A, B or C` as `A, B, C`.
fn conjunctions(text: &str) -> String {
    let mut text = text.to_owned();
    for word in [
        " or ", " and ", " lub ", " oder ", " ou ", " o ", " i ", " und ", " et ", " y ", " e ",
        " of ", " en ", " eller ",
    ] {
        text = text.replace(word, ", ");
    }
    text.replace(", ,", ",")
}

fn split(text: &str) -> Vec<&str> {
    for separator in [';', '|', '\n', ',', '/'] {
        if text.contains(separator) {
            return text.split(separator).collect();
        }
    }
    vec![text]
}

/// Whether a word looks like what travels rather than like a sentence.
pub(crate) fn is_code(text: &str) -> bool {
    let text = text.replace('\\', "");
    let length = text.chars().count();
    let fits = |c: char| c.is_alphanumeric() || "_-.".contains(c);
    (1..=60).contains(&length) && text.chars().all(fits) && text.chars().any(char::is_alphanumeric)
}

fn distinct(list: &[Value]) -> bool {
    list.iter()
        .enumerate()
        .all(|(at, value)| list[..at].iter().all(|other| other.value != value.value))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn codes(values: Option<Values>) -> Vec<String> {
        values.map_or_else(Vec::new, |values| {
            values.list.into_iter().map(|value| value.value).collect()
        })
    }

    #[test]
    fn values_in_prose() {
        let text =
            "Typ firmy, możliwe wartości: AA - spółka z o.o., BBB - akcyjna,C – cywilna, D – jawna";
        assert_eq!(codes(in_prose(text)), ["AA", "BBB", "C", "D"]);
        let text = "Possible values:\n• LOW\\_RISK - none\n• HIGH\\_RISK - some";
        assert_eq!(codes(in_prose(text)), ["LOW_RISK", "HIGH_RISK"]);
        assert_eq!(
            codes(in_prose("Must be one of RED, GREEN or BLUE.")),
            ["RED", "GREEN", "BLUE"]
        );
        let broken = in_prose("GOOD, BAD, UG LY").unwrap();
        assert_eq!(broken.mended, ["UG LY"]);
        assert!(broken.guess);
        assert_eq!(codes(Some(broken)), ["GOOD", "BAD", "UGLY"]);
        assert_eq!(
            codes(in_prose("No separators, for example: - , .")),
            [""; 0]
        );
        assert_eq!(codes(in_prose("1 = New, 2 = Paid")), ["1", "2"]);
        assert_eq!(codes(in_prose("The ISO, IEC and ITU sentence.")), [""; 0]);
        let offered = in_prose("1 = By post; 2 = By e-mail.").unwrap();
        assert!(offered.guess);
        assert_eq!(offered.list[1].meaning, "By e-mail");
        assert_eq!(codes(Some(offered)), ["1", "2"]);
        assert_eq!(
            codes(in_prose("How it goes: AIR - by air, SEA_1 - by sea")),
            ["AIR", "SEA_1"]
        );
        assert_eq!(codes(in_prose("0: never, 1: always")), ["0", "1"]);
        assert_eq!(
            codes(in_prose("`made`, `on_its_way` or `there`.")),
            ["made", "on_its_way", "there"]
        );
        assert_eq!(codes(in_prose("`made` by hand, or `there`")), [""; 0]);
        assert_eq!(codes(in_prose("Takes 1 - 5 days, 2 - 3 weeks")), [""; 0]);
        assert_eq!(codes(in_prose("1 - 5 days, 2 - 3 weeks")), [""; 0]);
        assert_eq!(
            codes(in_prose("Address - the street, City - the town")),
            [""; 0]
        );
    }

    #[test]
    fn values_in_cells() {
        assert_eq!(codes(in_cell("PLN; EUR; USD")), ["PLN", "EUR", "USD"]);
        assert_eq!(codes(in_cell("0 = no, 1 = yes")), ["0", "1"]);
        assert_eq!(codes(in_cell("Format: YYYY-MM-DD")), [""; 0]);
    }
}

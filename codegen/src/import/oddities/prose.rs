//! Lines: characters that nobody typed, the frame of the site, conditions in sentences, announcements
//! that nothing follows.

use super::{Odd, Page};
use crate::contract::folded;
use crate::import::dictionary::is_debris;
use crate::import::model::Block;
use crate::source::Span;

/// Phrases (small letters), the rule that they are a case of, and what they say.
const PHRASES: &[(&[&str], &str, &str)] = &[
    (
        &[
            "once per",
            "only once",
            "tylko raz",
            "jednokrotnie",
            "nur einmal",
        ],
        "L11",
        "the call may be made once only: a caller must not repeat it, and no table says so",
    ),
    (
        &["returned only if", "only returned if", "zwracane tylko"],
        "L11",
        "a field is there under a condition that no column shows",
    ),
    (
        &[
            "are required depend",
            "is required depend",
            "keys are required",
            "required fields depend",
        ],
        "L11",
        "which fields are required depends on values: no table can say it",
    ),
    (
        &[
            "not in the list",
            "not listed",
            "and others",
            "among others",
        ],
        "L23",
        "the list is open: there are values that the page does not have",
    ),
    (
        &[
            "see below",
            "see separate page",
            "see above",
            "patrz rozdzia",
            "siehe unten",
        ],
        "L19",
        "the text refers to another place, which a descriptor has to bring in",
    ),
];

/// Words before the name of an operation or message.
const BEFORE_NAMES: &[&str] = &[
    "in", "by", "from", "via", "calling", "w", "z", "przez", "in der", "von",
];

pub(super) fn check(page: &Page<'_>, odd: &mut Odd<'_>) {
    let lines: Vec<(usize, &str)> = page.lines().collect();
    // What the site writes, it writes many times: the first place, and how many more there are.
    let mut debris: Vec<(&str, Span, usize)> = Vec::new();
    for (at, line) in &lines {
        let trimmed = line.trim();
        let span = page.span(*at + (line.len() - line.trim_start().len()), trimmed.len());
        if trimmed.is_empty() {
            continue;
        }
        characters(line, *at, page, odd);
        if is_debris(trimmed) {
            let like = { debris.iter_mut() }.find(|(text, ..)| *text == trimmed);
            match like {
                Some((_, _, more)) => *more += 1,
                None => debris.push((trimmed, span, 0_usize)),
            }
        }
        let small = trimmed.to_lowercase();
        for (phrases, rule, message) in PHRASES {
            if phrases.iter().any(|phrase| small.contains(phrase)) {
                odd.say(rule, span, *message);
            }
        }
        let forbids = ["separator", "special character", "characters"]
            .iter()
            .any(|word| small.contains(word))
            && [" no ", "not ", "no "]
                .iter()
                .any(|word| small.contains(word))
            && ["for example", "e.g.", "such as"]
                .iter()
                .any(|word| small.contains(word));
        if forbids {
            odd.say(
                "L11",
                span,
                "characters are forbidden by examples: which others are, nobody says",
            );
        }
        foreign_name(trimmed, *at, page, odd);
    }
    for (_, span, more) in debris {
        let more = match more {
            0 => String::new(),
            more => format!("; so are {more} lines like it"),
        };
        odd.say(
            "L26",
            span,
            format!("this line is of the site, not of the documentation{more}"),
        );
    }
    announcements(&lines, page, odd);
}

fn characters(line: &str, at: usize, page: &Page<'_>, odd: &mut Odd<'_>) {
    let kinds: [(&[&str], &str); 4] = [
        (
            &["\u{A0}", "\u{200B}", "\u{AD}"],
            "a blank that does not break, or a mark that nobody sees",
        ),
        (
            &["“", "”", "„", "’"],
            "typographic quotes, which no value should take over",
        ),
        (
            &["\\_", "\\*"],
            "an escape of Markdown, which is no part of the value",
        ),
        (&["\u{FFFD}", "Ã", "â€"], "text that was decoded wrongly"),
    ];
    for (marks, what) in kinds {
        let found = { marks.iter() }.find_map(|mark| Some((line.find(mark)?, mark.len())));
        if let Some((offset, length)) = found {
            odd.say(
                "L26",
                page.span(at + offset, length),
                format!("here stands {what}"),
            );
        }
    }
}

/// The name of an operation or message that the page has nowhere else.
fn foreign_name(line: &str, at: usize, page: &Page<'_>, odd: &mut Odd<'_>) {
    if line.contains("://") || line.starts_with('<') {
        return;
    }
    let mut before = String::new();
    for word in line.split_whitespace() {
        let name = word.split('/').next().unwrap_or_default();
        let name = name.trim_matches(|c: char| !c.is_alphanumeric());
        let mut humps = 0;
        let mut last_small = true;
        for c in name.chars() {
            humps += usize::from(c.is_uppercase() && last_small);
            last_small = c.is_lowercase();
        }
        let is_name = humps >= 2
            && name.starts_with(char::is_uppercase)
            && name.chars().all(char::is_alphanumeric);
        if is_name
            && BEFORE_NAMES.contains(&before.as_str())
            && page
                .text
                .to_lowercase()
                .matches(&name.to_lowercase())
                .count()
                == 1
        {
            let offset = page.text[at..].find(name).unwrap_or_default();
            odd.say(
                "L17",
                page.span(at + offset, name.len()),
                format!("`{name}` is named here, and nothing else on the page has it: a copy, or what another operation gives"),
            );
        }
        before = word.to_lowercase();
    }
}

/// Lines that announce something, and nothing follows.
fn announcements(lines: &[(usize, &str)], page: &Page<'_>, odd: &mut Odd<'_>) {
    let headings: Vec<String> = { page.blocks.iter() }
        .filter_map(|block| match block {
            Block::Heading { title, .. } => Some(folded(&title.text)),
            _ => None,
        })
        .collect();
    let mut full = { lines.iter() }
        .filter(|(_, line)| !line.trim().is_empty())
        .peekable();
    while let Some((at, line)) = full.next() {
        if !line.ends_with(':') || line.contains('|') || line.starts_with([' ', '<', '"']) {
            continue;
        }
        let is_empty = match full.peek() {
            None => true,
            Some((_, next)) => {
                next.ends_with(':') && !next.contains(' ') || headings.contains(&folded(next))
            }
        };
        if is_empty {
            odd.say(
                "L19",
                page.span(*at, line.len()),
                "this line announces something, and nothing follows it",
            );
        }
    }
}

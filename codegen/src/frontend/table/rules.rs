//! Rules between the fields of a record: "exactly one of `A`, `B` as `Key`".

use super::document::{Inlines, Located, Piece};
use super::notes::Notes;
use super::outline::Body;
use super::rows::{Row, Rows};
use crate::contract::{Provenance, Rule, RuleKind};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};

/// A rule, and the path of the container whose fields it is about.
#[derive(Clone, Debug)]
pub(super) struct PlacedRule {
    /// The wire names of the containers, outermost first.
    pub container: Vec<String>,
    pub rule: Rule,
    pub provenance: Vec<Provenance>,
}

const GRAMMAR: &str = "a rule is \"exactly one of `A`, `B` as `Name`\", \"at least one of `A`, `B`\", \
                       \"at most one of `A`, `B`\", \"`A` requires `B`\" or \"`A` excludes `B`\", and \
                       may end with \": reason\"";

/// The rules in the lists of `bodies`, about the fields `rows`.
pub(super) fn rules(
    bodies: &[Body],
    rows: &Rows,
    notes: &Notes,
    diagnostics: &mut Diagnostics,
) -> Vec<PlacedRule> {
    let mut rules: Vec<PlacedRule> = Vec::new();
    for body in bodies {
        if body.lists.is_empty() {
            for prose in &body.prose {
                diagnostics.push(invalid(prose, "this is not a list of rules").help(GRAMMAR));
            }
        }
        for item in body.lists.iter().flatten() {
            let provenance = notes.about(item, Some("rules"), diagnostics);
            match rule(item, rows) {
                Ok(Some((container, rule))) => rules.push(PlacedRule {
                    container,
                    rule,
                    provenance,
                }),
                Ok(None) => {}
                Err(diagnostic) => diagnostics.push(*diagnostic),
            }
        }
    }
    rules
}

fn invalid(at: &Inlines, message: impl Into<String>) -> Diagnostic {
    Diagnostic::error(Code::InvalidRule, at.span, message)
}

/// A rule as it is written.
struct Sentence<'a> {
    kind: RuleKind,
    members: Vec<&'a Located<String>>,
    name: Option<&'a Located<String>>,
}

/// Reads one rule; `None` if it names a field whose row could not be read.
fn rule(item: &Inlines, rows: &Rows) -> Result<Option<(Vec<String>, Rule)>, Box<Diagnostic>> {
    let Some(sentence) = sentence(item) else {
        let diagnostic = invalid(item, "this rule cannot be read").help(GRAMMAR);
        return Err(Box::new(diagnostic));
    };
    if sentence.members.len() < 2 {
        let member = sentence
            .members
            .first()
            .map_or(item.span, |member| member.span);
        return Err(Box::new(
            Diagnostic::error(
                Code::InvalidRule,
                member,
                "a rule between fields needs two of them at least",
            )
            .help("name the others, or write what you mean as the field's occurrence"),
        ));
    }
    let mut container: Option<Vec<String>> = None;
    let mut members: Vec<String> = Vec::new();
    for member in &sentence.members {
        let (parents, wire) = match find(&rows.rows, &member.value) {
            Ok(found) => found,
            Err(_) if !rows.complete => return Ok(None),
            Err(known) => {
                let diagnostic = Diagnostic::error(
                    Code::InvalidRule,
                    member.span,
                    format!("no field is called `{}`", member.value),
                );
                let known: Vec<&str> = known.iter().map(String::as_str).collect();
                return Err(Box::new(
                    match nearest(&member.value, known.iter().copied()) {
                        Some(name) => diagnostic.help(format!("did you mean `{name}`?")),
                        None => diagnostic.help(format!("the fields are {}", listed(&known))),
                    },
                ));
            }
        };
        if container.as_ref().is_some_and(|other| *other != parents) {
            return Err(Box::new(
                Diagnostic::error(
                    Code::InvalidRule,
                    member.span,
                    format!(
                        "`{}` stands in another record than the others",
                        member.value
                    ),
                )
                .help("a rule is about fields of one record"),
            ));
        }
        if members.contains(&wire) {
            return Err(Box::new(
                Diagnostic::error(
                    Code::InvalidRule,
                    member.span,
                    format!("`{}` is named twice", member.value),
                )
                .help("name each field once"),
            ));
        }
        container = Some(parents);
        members.push(wire);
    }
    if let Some(fault) = always_there(&sentence, rows) {
        return Err(Box::new(fault));
    }
    let rule = Rule {
        kind: sentence.kind,
        members,
        name: sentence.name.map(|name| name.value.clone()),
        span: item.span,
    };
    Ok(Some((container.unwrap_or_default(), rule)))
}

/// "exactly one of" and "at most one of" need members that can be left out.
fn always_there(sentence: &Sentence<'_>, rows: &Rows) -> Option<Diagnostic> {
    let choosing = matches!(sentence.kind, RuleKind::ExactlyOne | RuleKind::AtMostOne);
    let excluded = sentence.kind == RuleKind::Excludes;
    let mut fixed = sentence.members.iter().filter(|member| {
        locate(&rows.rows, &member.value)
            .is_some_and(|row| row.occurs.min > 0 && !row.nillable && !row.notation.list)
    });
    let member = (choosing || excluded).then(|| fixed.next()).flatten()?;
    Some(
        Diagnostic::error(
            Code::InvalidRule,
            member.span,
            format!("`{}` is always given: this rule cannot hold", member.value),
        )
        .help("make it nillable or occurs `0..1`, or take it out of the rule"),
    )
}

fn sentence(item: &Inlines) -> Option<Sentence<'_>> {
    let mut words = String::new();
    let mut members: Vec<&Located<String>> = Vec::new();
    let mut name = None;
    let mut kind = None;
    for piece in &item.pieces {
        match piece {
            Piece::Text(text) => {
                words.push_str(text);
                // A colon ends the rule; what follows is its reason.
                if let Some((before, _)) = words.split_once(':') {
                    words = before.to_owned();
                    break;
                }
            }
            Piece::Code(code) => {
                let between = normal(&words);
                match (between.as_str(), members.is_empty(), kind) {
                    ("exactly one of", true, None) => kind = Some(RuleKind::ExactlyOne),
                    ("at least one of", true, None) => kind = Some(RuleKind::AtLeastOne),
                    ("at most one of", true, None) => kind = Some(RuleKind::AtMostOne),
                    ("", true, None) => {}
                    ("requires", false, None) if members.len() == 1 => {
                        kind = Some(RuleKind::Requires);
                    }
                    ("excludes", false, None) if members.len() == 1 => {
                        kind = Some(RuleKind::Excludes);
                    }
                    (
                        "as",
                        false,
                        Some(RuleKind::ExactlyOne | RuleKind::AtLeastOne | RuleKind::AtMostOne),
                    ) if name.is_none() => {
                        name = Some(code);
                        words.clear();
                        continue;
                    }
                    ("," | "and" | "or" | ", and" | ", or", false, Some(_)) if name.is_none() => {}
                    _ => return None,
                }
                words.clear();
                members.push(code);
            }
        }
    }
    let rest = normal(&words);
    if !(rest.is_empty() || rest == ".") {
        return None;
    }
    Some(Sentence {
        kind: kind?,
        members,
        name,
    })
}

fn normal(words: &str) -> String {
    words
        .split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

fn locate<'a>(rows: &'a [Row], path: &str) -> Option<&'a Row> {
    let (name, rest) = match path.split_once('/') {
        Some((name, rest)) => (name, Some(rest)),
        None => (path, None),
    };
    let row = rows
        .iter()
        .find(|row| row.name == name || row.wire.value == name)?;
    match rest {
        Some(rest) => locate(&row.children, rest),
        None => Some(row),
    }
}

/// The wire names of the containers of the field at `path`, and its own.
///
/// # Errors
///
/// The names of the fields that are there instead.
fn find(rows: &[Row], path: &str) -> Result<(Vec<String>, String), Vec<String>> {
    let mut rows = rows;
    let mut containers = Vec::new();
    let mut segments = path.split('/').peekable();
    while let Some(segment) = segments.next() {
        let row = rows
            .iter()
            .find(|row| row.name == segment || row.wire.value == segment)
            .ok_or_else(|| rows.iter().map(|row| row.name.clone()).collect::<Vec<_>>())?;
        if segments.peek().is_none() {
            return Ok((containers, row.wire.value.clone()));
        }
        containers.push(row.wire.value.clone());
        rows = &row.children;
    }
    Err(Vec::new())
}

fn listed(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

//! Headings: which blocks belong to which operation, type or table of codes.

use super::cells::is_ncname;
use super::document::{Block, Inlines, Located};
use super::outline::{
    Body, CatalogueSection, EnumerationSection, ExampleSection, MessageSection, OperationSection,
    Outline, TypeSection,
};
use crate::contract::Direction;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};

/// The sections of `blocks`.
pub(super) fn outline(blocks: Vec<Block>, diagnostics: &mut Diagnostics) -> Outline {
    let mut reader = Reader {
        outline: Outline::default(),
        place: Place::Title,
        diagnostics,
    };
    for block in blocks {
        reader.block(block);
    }
    reader.outline
}

/// Where the next block goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    Title,
    Operation,
    Request,
    Response,
    Faults,
    Rules,
    Example,
    Type,
    TypeRules,
    Enumeration,
    Catalogue,
    /// Free text, or a section whose heading is wrong.
    Nowhere,
}

struct Reader<'a> {
    outline: Outline,
    place: Place,
    diagnostics: &'a mut Diagnostics,
}

impl Reader<'_> {
    fn block(&mut self, block: Block) {
        match block {
            Block::Heading { level: 1, .. } => self.place = Place::Title,
            Block::Heading { level: 2, title } => self.section(title),
            Block::Heading { level, title } => self.part(level, title),
            Block::Note(label, text) => self.outline.notes.define(&label, &text, self.diagnostics),
            other => {
                self.check(&other);
                if let Some(body) = self.body() {
                    body.add(other);
                }
            }
        }
    }

    fn body(&mut self) -> Option<&mut Body> {
        let outline = &mut self.outline;
        let operation = outline.operations.last_mut();
        match self.place {
            Place::Title => Some(&mut outline.prose),
            Place::Operation => operation.map(|operation| &mut operation.body),
            Place::Request => Some(&mut operation?.request.as_mut()?.body),
            Place::Response => Some(&mut operation?.response.as_mut()?.body),
            Place::Faults => Some(&mut operation?.faults.as_mut()?.1),
            Place::Rules => operation?.rules.last_mut(),
            Place::Example => Some(&mut operation?.examples.last_mut()?.body),
            Place::Type => Some(&mut outline.types.last_mut()?.body),
            Place::TypeRules => outline.types.last_mut()?.rules.last_mut(),
            Place::Enumeration => Some(&mut outline.enumerations.last_mut()?.body),
            Place::Catalogue => Some(&mut outline.catalogues.last_mut()?.body),
            Place::Nowhere => None,
        }
    }

    /// Reports tables where none is read, and text that was meant to be a table.
    fn check(&mut self, block: &Block) {
        let tables = matches!(
            self.place,
            Place::Request
                | Place::Response
                | Place::Faults
                | Place::Type
                | Place::Enumeration
                | Place::Catalogue
                | Place::Nowhere
        );
        match block {
            Block::Table(table) if !tables => self.diagnostics.push(
                Diagnostic::error(
                    Code::UnknownHeading,
                    table.head.span,
                    "this table belongs to nothing",
                )
                .help(
                    "put it under `### Request`, `### Response` or `### Faults` of an operation, \
                     or under ``## Type `Name` ``, ``## Enumeration `Name` `` or ``## Faults `Name` ``",
                ),
            ),
            Block::Paragraph(inlines) if tables && self.place != Place::Nowhere => {
                let text = inlines.text();
                if text.starts_with('|') || text.matches('|').count() > 3 {
                    let mut span = inlines.span;
                    span.end = span.end.max(span.start);
                    self.diagnostics.push(
                        Diagnostic::error(
                            Code::MissingTableHead,
                            span,
                            "this looks like a table, but has no head that Markdown knows",
                        )
                        .help(
                            "a table is a row of column names, a row of dashes with as many cells \
                             (`|---|---|`), and then the rows",
                        ),
                    );
                }
            }
            _ => {}
        }
    }

    fn section(&mut self, title: Inlines) {
        let text = title.text();
        let word = text.split_whitespace().next().unwrap_or_default();
        let rest = text[word.len()..].trim().to_owned();
        self.place = match word.to_lowercase().as_str() {
            "type" if !rest.is_empty() => self.type_section(title),
            "enumeration" if !rest.is_empty() => self.enumeration(title, &rest),
            "faults" if !rest.is_empty() => self.catalogue(title),
            "notes" if rest.is_empty() => Place::Nowhere,
            _ if is_ncname(&text) => {
                self.outline.operations.push(OperationSection {
                    name: name_of(&title),
                    body: Body::default(),
                    request: None,
                    response: None,
                    faults: None,
                    rules: Vec::new(),
                    examples: Vec::new(),
                    heading: title,
                });
                Place::Operation
            }
            _ => {
                let help = match nearest(word, ["Type", "Enumeration", "Faults"]) {
                    Some(known) if !rest.is_empty() => {
                        format!("did you mean ``## {known} `{}` ``?", rest.trim_matches('`'))
                    }
                    _ => "a heading of level 2 is the name of an operation, ``Type `Name` ``, \
                          ``Enumeration `Name` ``, ``Faults `Name` `` or `Notes`"
                        .to_owned(),
                };
                self.diagnostics.push(
                    Diagnostic::error(
                        Code::UnknownHeading,
                        title.span,
                        format!("`{text}` is no heading that is known here"),
                    )
                    .help(help),
                );
                Place::Nowhere
            }
        };
    }

    /// The name in a heading of declarations, which is checked.
    fn declared_name(&mut self, title: &Inlines) -> Option<Located<String>> {
        let name = name_of(title);
        if is_ncname(&name.value) {
            return Some(name);
        }
        self.diagnostics.push(
            Diagnostic::error(
                Code::UnknownHeading,
                name.span,
                format!("`{}` cannot be a name", name.value),
            )
            .help("put the name in backquotes: ``## Type `Address` ``"),
        );
        None
    }

    fn type_section(&mut self, title: Inlines) -> Place {
        let Some(name) = self.declared_name(&title) else {
            return Place::Nowhere;
        };
        self.outline.types.push(TypeSection {
            name,
            heading: title,
            body: Body::default(),
            rules: Vec::new(),
        });
        Place::Type
    }

    fn enumeration(&mut self, title: Inlines, rest: &str) -> Place {
        let Some(name) = self.declared_name(&title) else {
            return Place::Nowhere;
        };
        let base = title.codes().nth(1).cloned();
        let closed = rest.ends_with("(closed)");
        self.outline.enumerations.push(EnumerationSection {
            name,
            base,
            closed,
            heading: title,
            body: Body::default(),
        });
        Place::Enumeration
    }

    fn catalogue(&mut self, title: Inlines) -> Place {
        let Some(name) = self.declared_name(&title) else {
            return Place::Nowhere;
        };
        self.outline.catalogues.push(CatalogueSection {
            name,
            body: Body::default(),
        });
        Place::Catalogue
    }

    fn part(&mut self, level: u8, title: Inlines) {
        let text = title.text();
        let lower = text.to_lowercase();
        let word = lower
            .split([' ', ':'])
            .next()
            .unwrap_or_default()
            .to_owned();
        if self.place == Place::Nowhere {
            return;
        }
        let in_type = matches!(self.place, Place::Type | Place::TypeRules);
        let in_operation = matches!(
            self.place,
            Place::Operation
                | Place::Request
                | Place::Response
                | Place::Faults
                | Place::Rules
                | Place::Example
        );
        if level == 3 && in_type && word == "rules" {
            if let Some(section) = self.outline.types.last_mut() {
                section.rules.push(Body::default());
                self.place = Place::TypeRules;
            }
            return;
        }
        if level == 3 && in_operation && self.operation_part(&word, &lower, &title) {
            return;
        }
        let known: &[&str] = match (in_operation, in_type) {
            (true, _) => &["Request", "Response", "Faults", "Rules", "Example"],
            (_, true) => &["Rules"],
            _ => &[],
        };
        let diagnostic = Diagnostic::error(
            Code::UnknownHeading,
            title.span,
            format!("`{text}` is no heading that is known here"),
        );
        let help = match nearest(&word, known.iter().copied()) {
            _ if level > 3 => "headings end at level 3: write bold text instead".to_owned(),
            Some(known) => format!("did you mean `### {known}`?"),
            None if in_operation => "an operation has ``### Request `Element` ``, ``### Response \
                                     `Element` ``, `### Faults`, `### Rules` and `### Example \
                                     request` (or `response`, `error 404`)"
                .to_owned(),
            None if in_type => "a type has a table and `### Rules`".to_owned(),
            None => "there is nothing here that has parts".to_owned(),
        };
        self.diagnostics.push(diagnostic.help(help));
    }

    /// Opens a part of the last operation; `false` if it is none.
    fn operation_part(&mut self, word: &str, lower: &str, title: &Inlines) -> bool {
        let Some(operation) = self.outline.operations.last_mut() else {
            return false;
        };
        let message = || MessageSection {
            path: wrapper(title),
            heading: title.clone(),
            body: Body::default(),
        };
        let (place, first) = match word {
            "request" => (
                Place::Request,
                operation.request.replace(message()).map(|old| old.heading),
            ),
            "response" => (
                Place::Response,
                operation.response.replace(message()).map(|old| old.heading),
            ),
            "faults" => (
                Place::Faults,
                operation
                    .faults
                    .replace((title.clone(), Body::default()))
                    .map(|(heading, _)| heading),
            ),
            "rules" => {
                operation.rules.push(Body::default());
                (Place::Rules, None)
            }
            "example" => {
                let (what, named) = match title.text().split_once(':') {
                    Some((what, title)) => (what.to_lowercase(), Some(title.trim().to_owned())),
                    None => (lower.to_owned(), None),
                };
                let Some(direction) = direction(&what) else {
                    return false;
                };
                operation.examples.push(ExampleSection {
                    direction,
                    title: named.filter(|title| !title.is_empty()),
                    heading: title.clone(),
                    body: Body::default(),
                });
                (Place::Example, None)
            }
            _ => return false,
        };
        if let Some(first) = first {
            self.diagnostics.push(
                Diagnostic::error(
                    Code::DuplicateName,
                    title.span,
                    format!("a second `{word}` of `{}`", operation.name.value),
                )
                .related(first.span, "the first")
                .help("an operation has one; merge the two"),
            );
        }
        self.place = place;
        true
    }
}

/// The direction in `example request`, `example response`, `example error 404`.
fn direction(text: &str) -> Option<Direction> {
    let words: Vec<&str> = text.split_whitespace().collect();
    match words.as_slice() {
        ["example", "request"] => Some(Direction::Request),
        ["example", "response"] => Some(Direction::Response),
        ["example", "error"] => Some(Direction::Error(0)),
        ["example", "error", status] => status.parse().ok().map(Direction::Error),
        _ => None,
    }
}

/// The name in a heading: its first code span, or its last word.
fn name_of(title: &Inlines) -> Located<String> {
    if let Some(code) = title.codes().next() {
        return code.clone();
    }
    let text = title.text();
    let name = text
        .split_whitespace()
        .rfind(|word| *word != "(closed)")
        .unwrap_or_default();
    Located::new(name.to_owned(), title.span)
}

/// The wrapper elements in a heading.
fn wrapper(title: &Inlines) -> Vec<Located<String>> {
    title.codes().next().map(split_path).unwrap_or_default()
}

/// The elements of `A/B`.
pub(super) fn split_path(path: &Located<String>) -> Vec<Located<String>> {
    path.value
        .split('/')
        .map(|name| Located::new(name.to_owned(), path.span))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_of_examples() {
        assert_eq!(direction("example request"), Some(Direction::Request));
        assert_eq!(direction("example error 404"), Some(Direction::Error(404)));
        assert_eq!(direction("example error"), Some(Direction::Error(0)));
        assert_eq!(direction("example"), None);
        assert_eq!(direction("example error soon"), None);
    }
}

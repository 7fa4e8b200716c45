//! The SOAP action.

use super::super::document::Located;
use super::super::front_matter::{OperationFacts, Wire};
use super::Filler;
use crate::contract::Action;
use crate::diagnostic::{Code, Diagnostic};

const PLACEHOLDERS: [&str; 3] = ["namespace", "service", "operation"];

impl Filler<'_> {
    /// What the front matter says for all operations.
    pub(super) fn check_action(&mut self) {
        let front = self.front;
        if front.wire == Wire::Json {
            if let Some(action) = &front.action {
                self.error(
                    Diagnostic::error(
                        Code::InvalidValue,
                        action.span,
                        "JSON messages have no SOAP action",
                    )
                    .help("leave `action` out"),
                );
            }
            return;
        }
        let operations = &self.page.outline.operations;
        let stated = |facts: &OperationFacts| facts.action.is_some();
        let all = operations.iter().all(|operation| {
            let facts = front.operations.get(&operation.name.value);
            facts.is_some_and(stated)
        });
        match &front.action {
            None if !all && front.complete && front.service.is_some() => self.error(
                Diagnostic::error(
                    Code::MissingKey,
                    front.span,
                    "the front matter has no `action`",
                )
                .help(
                    "write a pattern (`\"{namespace}/I{service}/{operation}\"`), `\"\"` for an \
                         empty one, or `\"?\"` with `action-candidates`",
                ),
            ),
            None => {}
            Some(action) => self.check_pattern(action, &front.candidates),
        }
        for candidate in &front.candidates {
            self.check_placeholders(candidate);
        }
        for facts in front.operations.values() {
            if let Some(action) = &facts.action {
                let candidates = match facts.candidates.as_slice() {
                    [] => &front.candidates,
                    _ => &facts.candidates,
                };
                self.check_pattern(action, candidates);
            }
            for candidate in &facts.candidates {
                self.check_placeholders(candidate);
            }
        }
    }

    fn check_pattern(&mut self, action: &Located<String>, candidates: &[Located<String>]) {
        if action.value != "?" {
            return self.check_placeholders(action);
        }
        if candidates.is_empty() {
            self.error(
                Diagnostic::error(
                    Code::UnknownFact,
                    action.span,
                    "nobody knows the SOAP action, and nothing says what it could be",
                )
                .help(
                    "list what it could be, likeliest first: `action-candidates = \
                     [\"{namespace}/I{service}/{operation}\"]`; callers then say which",
                ),
            );
        }
    }

    fn check_placeholders(&mut self, pattern: &Located<String>) {
        for placeholder in placeholders(&pattern.value) {
            if !PLACEHOLDERS.contains(&placeholder) {
                self.error(
                    Diagnostic::error(
                        Code::InvalidValue,
                        pattern.span,
                        format!("`{{{placeholder}}}` stands for nothing"),
                    )
                    .help("a pattern may have `{namespace}`, `{service}` and `{operation}`"),
                );
            }
        }
    }

    pub(super) fn action(
        &self,
        facts: Option<&OperationFacts>,
        operation: &str,
        service: &str,
    ) -> Action {
        if self.is_json() {
            return Action::Empty;
        }
        let stated = facts.and_then(|facts| facts.action.as_ref());
        let Some(action) = stated.or(self.front.action.as_ref()) else {
            return Action::Empty;
        };
        match action.value.as_str() {
            "" => Action::Empty,
            "?" => {
                let own = facts.map_or(&[][..], |facts| &facts.candidates);
                let candidates = if own.is_empty() {
                    &self.front.candidates
                } else {
                    own
                };
                Action::Unknown {
                    candidates: candidates
                        .iter()
                        .map(|candidate| candidate.value.clone())
                        .collect(),
                }
            }
            pattern => Action::Known(
                pattern
                    .replace("{namespace}", &self.namespace)
                    .replace("{service}", service)
                    .replace("{operation}", operation),
            ),
        }
    }
}

/// The names in braces.
pub(super) fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| Some(rest.split_once('}')?.0))
}

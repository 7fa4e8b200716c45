//! What is odd about a contract though it can be generated: a page that contradicts its own examples,
//! a limit that cannot be, a name that two fields share.
//!
//! Rules look at a contract and at the examples in it; which front end read it does not matter. What is
//! found is no error: the author of a descriptor mends it, or says in `[lint.allow]` why it is borne.

mod fields;
mod message;
mod render;
mod rules;

use crate::contract::Contract;
use crate::settings::Glob;
use crate::source::{Sources, Span};

pub use render::{json, sarif, text};
pub use rules::{Level, PAGE_RULES, RULES, Rule, rule};

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// The rule.
    pub rule: &'static Rule,
    /// What is odd, lower case, without a full stop.
    pub message: String,
    /// What to do about it.
    pub help: String,
    /// Where.
    pub span: Span,
    /// Why it is borne, where the descriptor says so.
    pub accepted: Option<String>,
}

impl Finding {
    /// Rule and message: what an entry of `[lint.allow]` is held against.
    #[must_use]
    pub fn key(&self) -> String {
        format!("{}: {}", self.rule.id, self.message)
    }
}

/// Findings, in the order of their places, with those that are accepted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Findings {
    /// The findings.
    pub findings: Vec<Finding>,
}

impl Findings {
    /// Those that nobody accepts.
    pub fn open(&self) -> impl Iterator<Item = &Finding> {
        { self.findings.iter() }.filter(|finding| finding.accepted.is_none())
    }

    /// Those of a level that nobody accepts.
    pub fn of(&self, level: Level) -> impl Iterator<Item = &Finding> {
        { self.open() }.filter(move |finding| finding.rule.level == level)
    }
}

/// Holds a contract, as its inputs state it, against all rules.
#[must_use]
pub fn lint(contract: &Contract, sources: &Sources) -> Findings {
    let mut found = Vec::new();
    for rule in RULES {
        (rule.check)(
            &rules::Subject { contract, sources },
            &mut |span, message, help| {
                found.push(Finding {
                    rule,
                    message,
                    help,
                    span,
                    accepted: None,
                });
            },
        );
    }
    for accepted in &contract.accepted_findings {
        let mut used = false;
        for finding in &mut found {
            let pattern = accepted.pattern.as_str();
            if pattern == finding.rule.id || Glob::new(pattern).matches(&finding.key()) {
                used = true;
                finding
                    .accepted
                    .get_or_insert_with(|| accepted.reason.clone());
            }
        }
        if !used || accepted.reason.trim().is_empty() {
            let message = match used {
                true => format!("`{}` is accepted without a reason", accepted.pattern),
                false => format!("nothing that is found fits `{}`", accepted.pattern),
            };
            found.push(Finding {
                rule: &rules::ACCEPTED,
                message,
                help: "`[lint.allow]` has a finding and why it is borne; take out what is mended"
                    .to_owned(),
                span: accepted.span,
                accepted: None,
            });
        }
    }
    found.sort_by(|one, other| {
        (one.span, one.rule.id, &one.message).cmp(&(other.span, other.rule.id, &other.message))
    });
    found.dedup();
    Findings { findings: found }
}

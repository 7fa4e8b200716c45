//! Will a client that was generated from the old contract work with a service of the new one?
//!
//! Direction decides. What the client writes, the service holds against the new contract: it must be
//! good there. What the service writes, the client reads by the old contract, and as the runtime reads:
//! in any order, unknown elements passed over, limits not looked at, enumerations open.

mod attributes;
mod bindings;
mod calls;
mod choices;
mod content;
mod failures;
mod members;
mod presence;
mod simple;
mod types;
mod value_space;

use std::collections::{BTreeSet, VecDeque};

use super::components::Components;
use super::report::{Direction, Findings, Kind, Spans, Subject, Verdict, WireFinding};
use crate::contract::{Id, TypeDefinition};
use crate::resolve::Resolved;

/// How a message is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Format {
    /// XML: elements have namespaces and an order.
    Xml,
    /// SOAP encoding: values say their types.
    Encoded,
    /// JSON: members have neither namespace nor order.
    Json,
    /// Names and values: a form.
    Form,
}

impl Format {
    /// Whether elements have namespaces, and an order.
    fn is_xml(self) -> bool {
        matches!(self, Self::Xml | Self::Encoded)
    }
}

/// A judgement before it is known what it is about.
#[derive(Clone, Debug)]
struct Judged {
    verdict: Verdict,
    rule: &'static str,
    why: String,
    advice: String,
}

impl Judged {
    fn is_compatible(&self) -> bool {
        self.verdict == Verdict::Compatible
    }
}

fn compatible(rule: &'static str, why: impl Into<String>) -> Judged {
    Judged {
        verdict: Verdict::Compatible,
        rule,
        why: why.into(),
        advice: String::new(),
    }
}

fn breaking(rule: &'static str, why: impl Into<String>, advice: &str) -> Judged {
    Judged {
        verdict: Verdict::Breaking,
        rule,
        why: why.into(),
        advice: advice.to_owned(),
    }
}

fn unknown(rule: &'static str, why: impl Into<String>, advice: &str) -> Judged {
    Judged {
        verdict: Verdict::Unknown,
        rule,
        why: why.into(),
        advice: advice.to_owned(),
    }
}

/// Two types that stand in the same place of a message.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Pair {
    old: Id<TypeDefinition>,
    new: Id<TypeDefinition>,
    direction: Direction,
    format: Format,
    /// Whether an element is declared to be of the type; else it is the base of one, or derived from
    /// one.
    declared: bool,
    /// What has the type, for findings about types without a name of their own.
    at: Subject,
}

/// The comparison of two contracts on the wire.
struct Walk<'a> {
    old: &'a Resolved,
    new: &'a Resolved,
    components: &'a Components,
    findings: &'a mut Findings,
    rest: VecDeque<Pair>,
    seen: BTreeSet<Pair>,
}

/// Compares what travels.
pub(super) fn judge(
    old: &Resolved,
    new: &Resolved,
    components: &Components,
    findings: &mut Findings,
) {
    let mut walk = Walk {
        old,
        new,
        components,
        findings,
        rest: VecDeque::new(),
        seen: BTreeSet::new(),
    };
    walk.clients();
    if old.keeps_declared() || new.keeps_declared() {
        walk.declarations();
    }
    while let Some(pair) = walk.rest.pop_front() {
        walk.pair(&pair);
    }
}

impl Walk<'_> {
    fn report(
        &mut self,
        subject: &Subject,
        kind: Kind,
        spans: Spans,
        direction: Option<Direction>,
        judged: Judged,
    ) {
        let Judged {
            verdict,
            rule,
            why,
            advice,
        } = judged;
        let finding = WireFinding {
            verdict,
            direction,
            rule,
            why,
            advice,
        };
        self.findings.wire(subject, kind, spans, finding);
    }

    /// Compares the types of two elements later: documents are deep, stacks are not.
    fn compare(
        &mut self,
        old: Id<TypeDefinition>,
        new: Id<TypeDefinition>,
        direction: Direction,
        format: Format,
        at: &Subject,
    ) {
        self.later(Pair {
            old,
            new,
            direction,
            format,
            declared: true,
            at: at.clone(),
        });
    }

    /// Compares two types later.
    fn later(&mut self, mut pair: Pair) {
        let names = (
            &self.old.contract.types[pair.old].name,
            &self.new.contract.types[pair.new].name,
        );
        // A named type is the same wherever it is used.
        if let (Some(one), Some(other)) = names
            && one == other
        {
            pair.at = Subject::Component(super::components::type_label(one));
        }
        if self.seen.insert(pair.clone()) {
            self.rest.push_back(pair);
        }
    }
}

//! Choices of two types: what excludes what, and what must be there.

use std::collections::BTreeSet;

use super::super::report::{Direction, Kind, Subject};
use super::content::Model;
use super::{Pair, Walk, breaking, compatible};
use crate::contract::QName;

impl Walk<'_> {
    pub(super) fn choices(&mut self, pair: &Pair, old: &Model, new: &Model) {
        let mut found = Vec::new();
        match pair.direction {
            Direction::Request => {
                // What could be sent together, and cannot now.
                for choice in new.choices.values().filter(|choice| !choice.repeated) {
                    let apart = first_pair(&choice.members, |one, other| {
                        is_there(old, one)
                            && is_there(old, other)
                            && new.excludes(one, other)
                            && !old.excludes(one, other)
                    });
                    if let Some((one, other)) = apart {
                        found.push(breaking(
                            "became-exclusive",
                            format!(
                                "only one of `{one}` and `{other}` may be sent now, both could be"
                            ),
                            "choose one",
                        ));
                    }
                }
                for choice in new.choices.values().filter(|choice| choice.required) {
                    if !old.guarantees(&choice.members) {
                        found.push(breaking(
                            "choice-required",
                            format!("one of {} must be sent now", names(&choice.members)),
                            "always send one of them",
                        ));
                    }
                }
            }
            Direction::Response => {
                for choice in old.choices.values().filter(|choice| !choice.repeated) {
                    let together = first_pair(&choice.members, |one, other| {
                        is_there(new, one)
                            && is_there(new, other)
                            && old.excludes(one, other)
                            && !new.excludes(one, other)
                    });
                    if let Some((one, other)) = together {
                        found.push(breaking(
                            "became-inclusive",
                            format!(
                                "`{one}` and `{other}` may come together now; the old client takes one \
                                 of them"
                            ),
                            "regenerate the client before the service changes",
                        ));
                    }
                }
                for choice in old
                    .choices
                    .values()
                    .filter(|choice| choice.required && !choice.repeated)
                {
                    if !new.guarantees(&choice.members) {
                        found.push(breaking(
                            "choice-widened",
                            format!(
                                "none of {} may come now; the old client needs one of them",
                                names(&choice.members)
                            ),
                            "regenerate the client before the service changes",
                        ));
                    }
                }
            }
        }
        let is_other = found.is_empty() && !is_same(old, new);
        if is_other {
            found.push(compatible(
                "choice-changed",
                "what may be chosen has changed; what was good before still is",
            ));
        }
        let at = Subject::Component(self.owner(pair));
        let spans = self.type_spans(pair);
        for judged in found {
            self.report(&at, Kind::Changed, spans, Some(pair.direction), judged);
        }
    }
}

/// Whether two models have the same choices, elements that only one of them has left out.
fn is_same(old: &Model, new: &Model) -> bool {
    let common = |model: &Model, other: &Model| -> BTreeSet<(bool, bool, BTreeSet<QName>)> {
        let kept = |choice: &super::content::Choice| {
            let members = choice.members.iter();
            let members: BTreeSet<QName> =
                members.filter(|n| is_there(other, n)).cloned().collect();
            (choice.required, choice.repeated, members)
        };
        let choices = model.choices.values().map(kept);
        choices
            .filter(|(_, _, members)| members.len() > 1)
            .collect()
    };
    common(old, new) == common(new, old)
}

fn is_there(model: &Model, name: &QName) -> bool {
    model.get(name).is_some()
}

/// The first two names that a test is true of.
fn first_pair(
    names: &BTreeSet<QName>,
    test: impl Fn(&QName, &QName) -> bool,
) -> Option<(String, String)> {
    let all: Vec<&QName> = names.iter().collect();
    for (index, one) in all.iter().enumerate() {
        for other in &all[index + 1..] {
            if test(one, other) {
                return Some((one.local.to_string(), other.local.to_string()));
            }
        }
    }
    None
}

fn names(names: &BTreeSet<QName>) -> String {
    let names: Vec<String> = names
        .iter()
        .map(|name| format!("`{}`", name.local))
        .collect();
    names.join(", ")
}

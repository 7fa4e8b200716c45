//! Tables held against samples: names, order, place, items of lists, types.

use super::description::{Confidence, Fact, Field, FieldType, Location, Record, TypeTable};
use super::finding::{Findings, Kind};
use super::notation::types::Base;
use super::sample::{Node, Shape};
use crate::contract::Witness;
use crate::source::Span;

mod lost;
mod names;

pub(crate) use lost::guess;

/// What records are aligned with.
pub(crate) struct Aligner<'a> {
    pub types: &'a mut Vec<TypeTable>,
    pub findings: &'a mut Findings,
    /// Where the sample stands.
    pub span: Span,
    pub json: bool,
    /// The types that are being entered.
    pub open: Vec<String>,
}

impl Aligner<'_> {
    /// Holds the fields of `record` below `parents` against the members of a message.
    pub(crate) fn level(&mut self, record: &mut Record, parents: &[String], members: &[&Node]) {
        self.lost_names(record, parents, members);
        let here: Vec<usize> = positions(record, parents);
        let mut matched: Vec<(usize, usize)> = Vec::new();
        for rank in 0..names::RANKS {
            for &field in &here {
                if matched.iter().any(|(taken, _)| *taken == field) {
                    continue;
                }
                let Some(name) = record.fields[field].name.value.clone() else {
                    continue;
                };
                let wanted = record.fields[field].wire_name().to_owned();
                let found = members.iter().position(|node| {
                    names::rank(&wanted, &node.name).is_some_and(|at| at == rank)
                        && matched
                            .iter()
                            .all(|(_, taken)| members[*taken].name != node.name)
                });
                if let Some(found) = found {
                    matched.push((field, found));
                    self.name(&mut record.fields[field], &name, members[found]);
                }
            }
        }
        for &(field, node) in &matched {
            self.facts(&mut record.fields[field], members[node]);
        }
        let mut inserts: Vec<(usize, Field)> = Vec::new();
        for (at, node) in members.iter().enumerate() {
            if matched.iter().any(|(_, taken)| *taken == at) || node.name.is_empty() {
                continue;
            }
            self.findings.push(
                Kind::Oddity,
                "L02",
                self.span,
                format!(
                    "the example has `{}`, which no row describes",
                    path_of(parents, &node.name)
                ),
            );
            let mut field = Field::new(
                parents.to_vec(),
                Fact::example(node.name.clone(), self.span),
            );
            field.witnesses = vec![Witness::Example];
            self.facts(&mut field, node);
            inserts.push((at, field));
        }
        for &field in &here {
            let field = &record.fields[field];
            let known = field.name.value.is_some() && field.location.value == Some(Location::Body);
            if known && !members.is_empty() && !field.witnesses.contains(&Witness::Example) {
                self.findings.push(
                    Kind::Oddity,
                    "L02",
                    field.span,
                    format!("`{}` is in no example", field.path().join("/")),
                );
            }
        }
        self.reorder(record, parents, &here, &matched, inserts);
        // What stands in them.
        for node in members {
            let Some(at) = record.fields.iter().position(|field| {
                field.parents == parents
                    && field.wire_name() == node.name
                    && field.witnesses.contains(&Witness::Example)
            }) else {
                continue;
            };
            self.inside(record, at, node);
        }
    }

    fn inside(&mut self, record: &mut Record, at: usize, node: &Node) {
        if node.children.is_empty() {
            return;
        }
        let field = &mut record.fields[at];
        let list = field.is_list();
        let item = node.item_name().filter(|_| !self.json);
        let repeats = node.children.len() > 1;
        let mut inner: Vec<&Node> = vec![node];
        let no_fields_below = {
            let path = field.path();
            !record.fields.iter().any(|other| other.parents == path)
        };
        let field = &mut record.fields[at];
        if let Some(item) = item
            && (list || repeats && no_fields_below)
        {
            if field.item.is_none() {
                field.item = Some(Fact::example(item.to_owned(), self.span));
            } else if field.item.as_ref().and_then(|known| known.value.as_deref()) != Some(item) {
                self.findings.push(
                    Kind::Oddity,
                    "L12",
                    self.span,
                    format!(
                        "the items of `{}` are `{item}` in the example",
                        field.path().join("/")
                    ),
                );
            }
            if let Some(FieldType {
                base: Base::Named(name),
                ..
            }) = &field.kind.value
                && *name == field.wire_name()
                && *name != item
            {
                self.findings.push(
                    Kind::Oddity,
                    "L12",
                    field.kind.span,
                    format!("the type of the items is called `{name}`, as the element around them; the example's items are `{item}`"),
                );
            }
            if let Some(kind) = &mut field.kind.value {
                kind.list = true;
            }
            inner = node.children.iter().collect();
        }
        let shown = repeated_values(&inner);
        let merged = merged(&inner);
        let members: Vec<&Node> = merged.members();
        if members.is_empty() {
            // A list of simple values.
            if let (
                Some(first),
                Some(FieldType {
                    base: base @ Base::Unknown,
                    ..
                }),
            ) = (inner.first(), &mut field.kind.value)
                && let Some(builtin) = builtin(first.shape)
            {
                *base = Base::Builtin(builtin);
            }
            return;
        }
        let path = field.path();
        match field.kind.value.as_ref().map(|kind| kind.base.clone()) {
            Some(Base::Named(name)) => {
                if self.open.contains(&name) || self.open.len() > 50 {
                    return;
                }
                let position = self
                    .types
                    .iter()
                    .position(|table| table.name.value.as_deref() == Some(&name));
                if let Some(position) = position {
                    let mut inner = std::mem::take(&mut self.types[position].record);
                    self.open.push(name);
                    self.level(&mut inner, &[], &members);
                    self.open.pop();
                    self.values(&mut inner, &[], &shown);
                    self.types[position].record = inner;
                    return;
                }
                self.level(record, &path, &members);
            }
            Some(Base::Object) => {
                self.level(record, &path, &members);
                self.values(record, &path, &shown);
            }
            Some(Base::Builtin(_)) if no_fields_below => {
                self.findings.push(
                    Kind::Oddity,
                    "L13",
                    record.fields[at].kind.span,
                    format!(
                        "`{}` holds elements in the example, and the table gives it a simple type",
                        path.join("/")
                    ),
                );
                record.fields[at].kind = Fact {
                    witness: Witness::Example,
                    ..Fact::guess(
                        FieldType {
                            base: Base::Object,
                            list: item.is_some() && repeats,
                        },
                        self.span,
                        "the example has elements in it",
                    )
                };
                self.level(record, &path, &members);
            }
            _ => {
                let list = node.shape == Shape::Array;
                record.fields[at].kind = Fact::example(
                    FieldType {
                        base: Base::Object,
                        list,
                    },
                    self.span,
                );
                self.level(record, &path, &members);
            }
        }
    }

    /// Texts that come again from item to item are rather values of an enumeration: offered, open.
    fn values(&mut self, record: &mut Record, parents: &[String], shown: &[(String, Vec<String>)]) {
        for (name, values) in shown {
            let field = record
                .fields
                .iter_mut()
                .find(|field| field.parents == parents && field.wire_name() == name);
            let Some(field) = field else { continue };
            let text = matches!(
                field.kind.value,
                Some(FieldType {
                    base: Base::Builtin("string"),
                    list: false
                })
            );
            if field.values.is_some() || !text || field.secret {
                continue;
            }
            self.findings.push(Kind::Guess, "L23", self.span, format!("`{}` is taken to be an enumeration, by the values that come again in the example; there may be others", field.path().join("/")));
            let list = values
                .iter()
                .map(|value| super::notation::values::Value {
                    value: value.clone(),
                    meaning: String::new(),
                })
                .collect();
            field.values = Some(Fact {
                witness: Witness::Example,
                ..Fact::guess(
                    list,
                    self.span,
                    "the values that the example shows; there may be others",
                )
            });
        }
    }

    /// The wire's name, where it is another one.
    fn name(&mut self, field: &mut Field, documented: &str, node: &Node) {
        if field.wire_name() == node.name {
            return;
        }
        let reason = format!("the table has {documented}, the example {}", node.name);
        self.findings.push(
            Kind::Oddity,
            "L01",
            field.name.span,
            format!("{reason}; the example's is written to the wire"),
        );
        field.wire = Some(Fact {
            reason: Some(reason),
            ..Fact::example(node.name.clone(), self.span)
        });
    }

    /// What a value shows of its field.
    fn facts(&mut self, field: &mut Field, node: &Node) {
        field.saw(Witness::Example);
        match &field.nillable {
            Some(Fact {
                value: Some(false), ..
            }) if node.shape == Shape::Null => {
                self.findings.push(
                    Kind::Oddity,
                    "L07",
                    self.span,
                    format!(
                        "`{}` is nil in the example, and may not be by the table",
                        field.path().join("/")
                    ),
                );
            }
            None | Some(Fact { value: None, .. }) if node.shape == Shape::Null => {
                field.nillable = Some(Fact::example(true, self.span));
            }
            _ => {}
        }
        if field.kind.value.is_none() {
            let (kind, guess) = match node.shape {
                Shape::Text => (
                    Some("string"),
                    Some("a text in the example; no table says its type"),
                ),
                Shape::String => (Some("string"), None),
                Shape::Integer => (
                    Some("long"),
                    Some("an integer in the example; no table says how large"),
                ),
                Shape::Decimal => (
                    Some("decimal"),
                    Some("a number in the example; no table says its type"),
                ),
                Shape::Boolean => (Some("boolean"), None),
                Shape::Null | Shape::Record | Shape::Array => (None, None),
            };
            if let Some(kind) = kind {
                let kind = FieldType {
                    base: Base::Builtin(kind),
                    list: false,
                };
                let fact = Fact::example(kind, self.span);
                field.kind = match guess {
                    Some(reason) => Fact {
                        confidence: Confidence::Guess,
                        reason: Some(reason.to_owned()),
                        ..fact
                    },
                    None => fact,
                };
            } else if node.shape == Shape::Array {
                let base = node.children.first().map_or(Base::Unknown, |first| {
                    match builtin(first.shape) {
                        Some(builtin) => Base::Builtin(builtin),
                        None => Base::Object,
                    }
                });
                field.kind = Fact::example(FieldType { base, list: true }, self.span);
            } else if node.shape == Shape::Record && self.json {
                field.kind = Fact::example(
                    FieldType {
                        base: Base::Object,
                        list: false,
                    },
                    self.span,
                );
            }
        }
        self.check(field, node);
    }

    /// A value against what the table says of it.
    fn check(&mut self, field: &Field, node: &Node) {
        if !matches!(
            node.shape,
            Shape::Text | Shape::String | Shape::Integer | Shape::Decimal
        ) || node.text.is_empty()
        {
            return;
        }
        let path = field.path().join("/");
        let text = node.text.trim();
        if text.len() != node.text.len() && !text.is_empty() {
            self.findings.push(
                Kind::Oddity,
                "L07",
                self.span,
                format!("the example's `{path}` has a blank at its end"),
            );
        }
        if let Some(max) = field.max.as_ref().and_then(|max| max.value.as_deref())
            && let Ok(max) = max.parse::<usize>()
            && node.text.chars().count() > max
        {
            self.findings.push(
                Kind::Oddity,
                "L07",
                self.span,
                format!("the example's `{path}` is longer than the {max} characters of the table"),
            );
        }
        let Some(FieldType {
            base: Base::Builtin(builtin),
            list: false,
        }) = &field.kind.value
        else {
            return;
        };
        let number = text.parse::<f64>().is_ok();
        let fits = match *builtin {
            "int" | "long" | "short" | "byte" | "integer" => text
                .trim_start_matches('-')
                .bytes()
                .all(|b| b.is_ascii_digit()),
            "decimal" | "double" | "float" => number,
            "boolean" => ["true", "false", "0", "1"].contains(&text),
            "date" => text.len() >= 10 && text.as_bytes()[4] == b'-',
            _ => true,
        };
        if !fits && !placeholder(text) {
            self.findings.push(
                Kind::Oddity,
                "L07",
                self.span,
                format!(
                    "the example's `{path}`, `{}`, is no {builtin}",
                    super::fields::short(text)
                ),
            );
        }
        if *builtin == "string" && ["true", "false"].contains(&text) {
            self.findings.push(
                Kind::Oddity,
                "L08",
                field.kind.span,
                format!(
                    "`{path}` is a string by the table and looks like a boolean in the example"
                ),
            );
        }
        if *builtin == "datetime"
            && text.contains('T')
            && !text.ends_with('Z')
            && !text[10.min(text.len())..].contains(['+', '-'])
        {
            self.findings.push(
                Kind::Oddity,
                "L22",
                self.span,
                format!("the example's `{path}` has no time zone"),
            );
        }
    }

    /// The order of the example, if it is another than the table's; what is only in one of the two stays beside
    /// its neighbour.
    fn reorder(
        &mut self,
        record: &mut Record,
        parents: &[String],
        here: &[usize],
        matched: &[(usize, usize)],
        inserts: Vec<(usize, Field)>,
    ) {
        let mut keyed: Vec<(usize, usize, usize)> = Vec::new();
        let mut last = 0;
        for (index, field) in here.iter().enumerate() {
            if let Some((_, node)) = matched.iter().find(|(known, _)| known == field) {
                last = node + 1;
            }
            keyed.push((last, index, *field));
        }
        let table: Vec<usize> = { keyed.iter() }
            .filter(|(_, _, field)| matched.iter().any(|(known, _)| known == field))
            .map(|(at, ..)| *at)
            .collect();
        let differs = table.windows(2).any(|pair| pair[0] > pair[1]);
        if differs && !self.json {
            let span = here
                .first()
                .map_or(self.span, |&first| record.fields[first].span);
            self.findings.push(Kind::Oddity, "L04", span, "the example has these fields in another order than the table; the example's is kept");
        }
        if inserts.is_empty() && (!differs || self.json) {
            return;
        }
        // Blocks of a field and what stands in it.
        let mut blocks: Vec<((usize, usize), Vec<Field>)> = Vec::new();
        let mut rest: Vec<Option<Field>> = std::mem::take(&mut record.fields)
            .into_iter()
            .map(Some)
            .collect();
        let starts: Vec<usize> = here.to_vec();
        for &(key, index, start) in &keyed {
            let Some(first) = rest[start].take() else {
                continue;
            };
            let path = first.path();
            let mut block = vec![first];
            let mut next = start + 1;
            while next < rest.len() && !starts.contains(&next) {
                let inner = rest[next]
                    .as_ref()
                    .is_some_and(|field| field.parents.starts_with(&path));
                if !inner {
                    break;
                }
                block.extend(rest[next].take());
                next += 1;
            }
            blocks.push(((if self.json { index + 1 } else { key }, index), block));
        }
        for (at, field) in inserts {
            let key = if self.json { usize::MAX } else { at + 1 };
            blocks.push(((key, 0), vec![field]));
        }
        blocks.sort_by_key(|(key, _)| *key);
        let ordered: Vec<Field> = blocks.into_iter().flat_map(|(_, block)| block).collect();
        let position = starts
            .first()
            .copied()
            .or_else(|| {
                rest.iter()
                    .position(|field| field.as_ref().is_some_and(|field| field.path() == parents))
                    .map(|at| at + 1)
            })
            .unwrap_or(rest.len());
        let mut fields: Vec<Field> = Vec::new();
        for (at, field) in rest.into_iter().enumerate() {
            if at == position {
                fields.extend(ordered.iter().cloned());
            }
            fields.extend(field);
        }
        if position >= fields.len()
            && !fields.iter().any(|field| {
                ordered
                    .first()
                    .is_some_and(|first| first.path() == field.path())
            })
        {
            fields.extend(ordered);
        }
        record.fields = fields;
    }
}

fn positions(record: &Record, parents: &[String]) -> Vec<usize> {
    record
        .fields
        .iter()
        .enumerate()
        .filter(|(_, field)| {
            field.parents == parents && matches!(field.location.value, Some(Location::Body))
        })
        .map(|(at, _)| at)
        .collect()
}

fn path_of(parents: &[String], name: &str) -> String {
    let mut path = parents.to_vec();
    path.push(name.to_owned());
    path.join("/")
}

/// Several items as one, with the members of all.
fn merged(nodes: &[&Node]) -> Node {
    Node {
        name: String::new(),
        namespace: None,
        shape: if nodes.len() == 1 {
            nodes[0].shape
        } else {
            Shape::Array
        },
        text: String::new(),
        children: match nodes {
            [node] => node.children.clone(),
            nodes => nodes.iter().map(|node| (*node).clone()).collect(),
        },
    }
}

/// Members whose texts repeat among at least three items, and are words rather than numbers or flags.
fn repeated_values(items: &[&Node]) -> Vec<(String, Vec<String>)> {
    if items.len() < 3 {
        return Vec::new();
    }
    let mut shown: Vec<(String, Vec<String>)> = Vec::new();
    let mut counts: Vec<usize> = Vec::new();
    for member in items.iter().flat_map(|item| &item.children) {
        if !matches!(member.shape, Shape::Text | Shape::String) || member.text.trim().is_empty() {
            continue;
        }
        let at = shown
            .iter()
            .position(|(name, _)| *name == member.name)
            .unwrap_or_else(|| {
                shown.push((member.name.clone(), Vec::new()));
                counts.push(0);
                shown.len() - 1
            });
        counts[at] += 1;
        if !shown[at].1.contains(&member.text) {
            shown[at].1.push(member.text.clone());
        }
    }
    let word = |value: &String| {
        value.chars().next().is_some_and(char::is_alphabetic)
            && !["true", "false"].contains(&value.as_str())
            && value
                .chars()
                .all(|c| c.is_alphabetic() || " _-".contains(c))
            && value.split(' ').count() <= 4
    };
    let mut at = 0;
    shown.retain(|(_, values)| {
        at += 1;
        values.len() >= 2 && values.len() < counts[at - 1] && values.iter().all(word)
    });
    shown
}

fn builtin(shape: Shape) -> Option<&'static str> {
    match shape {
        Shape::Text | Shape::String => Some("string"),
        Shape::Integer => Some("long"),
        Shape::Decimal => Some("decimal"),
        Shape::Boolean => Some("boolean"),
        Shape::Null | Shape::Record | Shape::Array => None,
    }
}

/// `string`, `{id}`, `???`: what stands for a value.
fn placeholder(text: &str) -> bool {
    text.starts_with(['{', '<', '[', '$', '%'])
        || text.contains("...")
        || super::notation::types::parse(text).is_some_and(|read| read.is_known())
}

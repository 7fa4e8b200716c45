//! Tables held against samples: names, order, place, items of lists, types.

use super::description::{Confidence, Fact, Field, FieldType, Location, Record, TypeTable};
use super::finding::{Findings, Kind};
use super::notation::types::Base;
use super::sample::{Node, Shape};
use crate::contract::Witness;
use crate::source::Span;

mod lost;
mod names;
mod values;

pub(crate) use lost::guess;
use values::{builtin, repeated_values};

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

//! The identity constraints in force, and the keys that were found (Structures §3.11.4, §3.11.5).

use std::collections::HashMap;
use std::sync::Arc;

use super::super::component::{Components, ConstraintId};
use super::super::datatype::ActualValue;
use super::super::names::NameId;
use super::evaluation::Evaluation;
use super::xpath::Path;
use super::{Constraint, ConstraintKind};

/// The values of the fields of one element.
type Key = Vec<Arc<ActualValue>>;
/// Keys; `false` for those that several tables from below have.
type Table = HashMap<Key, bool>;

/// What a constraint finds wrong: rule, message, and where, if not here.
#[derive(Debug)]
pub(in crate::validation) struct Finding {
    pub(in crate::validation) rule: &'static str,
    pub(in crate::validation) message: String,
    pub(in crate::validation) place: Option<Place>,
}

/// An attribute: its name, its namespace and its value; `None` where that is not valid, which is
/// reported elsewhere.
pub(in crate::validation) type AttributeValue<'n> =
    (Option<NameId>, &'n str, Option<Arc<ActualValue>>);

/// An element that is no longer the current one.
#[derive(Clone, Debug)]
pub(in crate::validation) struct Place {
    pub(in crate::validation) offset: usize,
    pub(in crate::validation) path: String,
}

/// What an element holds, for the fields that lead to it.
#[derive(Clone, Debug)]
pub(in crate::validation) enum Value {
    /// A simple value, and whether the declaration allows nil.
    Simple(Arc<ActualValue>, bool),
    /// Nil.
    None,
    /// Not valid, which is reported elsewhere.
    Invalid,
    /// Elements.
    Complex,
}

/// The constraints in force at the current element.
#[derive(Debug, Default)]
pub(in crate::validation) struct Scopes {
    depth: usize,
    active: Vec<Active>,
    /// The tables of keys that elements above may refer to, for each level that has some.
    tables: Vec<(usize, HashMap<NameId, Table>)>,
}

/// A constraint from the element on that declares it.
#[derive(Debug)]
struct Active {
    constraint: ConstraintId,
    depth: usize,
    selector: Evaluation,
    candidates: Vec<Candidate>,
    keys: Table,
    /// Of a keyref: what it refers to, and from where.
    references: Vec<(Key, Place)>,
}

/// A selected element whose fields are looked for.
#[derive(Debug)]
struct Candidate {
    depth: usize,
    fields: Vec<Field>,
}

#[derive(Debug)]
struct Field {
    evaluation: Evaluation,
    value: Option<Arc<ActualValue>>,
    nillable: bool,
    /// The value is not known.
    invalid: bool,
}

impl Candidate {
    fn new(constraint: &Constraint, depth: usize) -> Self {
        let fields = constraint.fields.iter().map(|paths| Field {
            evaluation: Evaluation::new(paths),
            value: None,
            nillable: false,
            invalid: false,
        });
        Self {
            depth,
            fields: fields.collect(),
        }
    }
}

impl Scopes {
    /// Goes into an element, which may declare constraints. `attributes` are those with a value.
    pub(in crate::validation) fn start(
        &mut self,
        schema: &Components,
        element: (Option<NameId>, &str),
        declared: &[ConstraintId],
        attributes: &[AttributeValue<'_>],
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        let depth = self.depth;
        self.depth += 1;
        for active in &mut self.active {
            let constraint = &schema.constraints[active.constraint.0];
            for candidate in &mut active.candidates {
                for (field, paths) in candidate.fields.iter_mut().zip(&constraint.fields) {
                    field.evaluation.descend(paths, element.0, element.1);
                }
            }
            active
                .selector
                .descend(&constraint.selector, element.0, element.1);
            if active
                .selector
                .reached(&constraint.selector)
                .next()
                .is_some()
            {
                active.candidates.push(Candidate::new(constraint, depth));
            }
        }
        for &id in declared {
            let constraint = &schema.constraints[id.0];
            let selector = Evaluation::new(&constraint.selector);
            let here = selector.reached(&constraint.selector).next().is_some();
            let candidates = here.then(|| Candidate::new(constraint, depth));
            self.active.push(Active {
                constraint: id,
                depth,
                selector,
                candidates: candidates.into_iter().collect(),
                keys: Table::new(),
                references: Vec::new(),
            });
        }
        for active in &mut self.active {
            let constraint = &schema.constraints[active.constraint.0];
            for candidate in &mut active.candidates {
                for (field, paths) in candidate.fields.iter_mut().zip(&constraint.fields) {
                    for value in attributes_of(field, paths, attributes) {
                        let Some(value) = value else {
                            field.invalid = true;
                            continue;
                        };
                        if field.value.replace(value).is_some() {
                            findings.push(several(schema, constraint));
                        }
                    }
                }
            }
        }
        findings
    }

    /// Leaves an element with its value.
    pub(in crate::validation) fn end(
        &mut self,
        schema: &Components,
        value: &Value,
        place: impl Fn() -> Place,
    ) -> Vec<Finding> {
        let mut findings = Vec::new();
        self.depth = self.depth.saturating_sub(1);
        let depth = self.depth;
        for active in &mut self.active {
            let constraint = &schema.constraints[active.constraint.0];
            for candidate in &mut active.candidates {
                for (field, paths) in candidate.fields.iter_mut().zip(&constraint.fields) {
                    if leads_here(field, paths) {
                        take(schema, constraint, field, value, &mut findings);
                    }
                    field.evaluation.ascend();
                }
            }
            while active
                .candidates
                .last()
                .is_some_and(|last| last.depth == depth)
            {
                if let Some(candidate) = active.candidates.pop() {
                    active.settle(schema, constraint, candidate, &place, &mut findings);
                }
            }
            active.selector.ascend();
        }
        self.finish(schema, depth, &mut findings);
        findings
    }

    /// Ends the constraints of an element, and hands its keys on to the element around.
    fn finish(&mut self, schema: &Components, depth: usize, findings: &mut Vec<Finding>) {
        let mut tables = match self.tables.last() {
            Some((level, _)) if *level == depth => self
                .tables
                .pop()
                .map(|(_, tables)| tables)
                .unwrap_or_default(),
            _ => HashMap::new(),
        };
        let ended = self.active.iter().position(|active| active.depth == depth);
        let ended = match ended {
            Some(first) => self.active.split_off(first),
            None => Vec::new(),
        };
        let mut referring = Vec::new();
        for active in ended {
            let constraint = &schema.constraints[active.constraint.0];
            match constraint.kind {
                ConstraintKind::KeyReference(key) => referring.push((active, constraint, key)),
                // One's own keys count before those from below.
                _ => tables
                    .entry(constraint.name)
                    .or_default()
                    .extend(active.keys),
            }
        }
        for (active, constraint, key) in referring {
            let table = tables.get(&key);
            for (reference, place) in active.references {
                let found = table.and_then(|table| table.get(&reference));
                if found != Some(&true) {
                    findings.push(Finding {
                        rule: "cvc-identity-constraint.4.3",
                        message: format!(
                            "the reference `{}` leads to no `{}`",
                            schema.names.local(constraint.name),
                            schema.names.local(key)
                        ),
                        place: Some(place),
                    });
                }
            }
        }
        if depth == 0 || tables.is_empty() {
            return;
        }
        tables.retain(|name, _| self.is_referred(schema, *name));
        for table in tables.values_mut() {
            table.retain(|_, is_one| *is_one);
        }
        let level = depth - 1;
        match self.tables.last_mut() {
            Some((above, known)) if *above == level => merge(known, tables),
            _ if tables.is_empty() => {}
            _ => self.tables.push((level, tables)),
        }
    }

    /// Whether a keyref in force refers to a key.
    fn is_referred(&self, schema: &Components, key: NameId) -> bool {
        self.active.iter().any(|active| {
            schema.constraints[active.constraint.0].kind == ConstraintKind::KeyReference(key)
        })
    }
}

/// What two children have in common is neither's.
fn merge(known: &mut HashMap<NameId, Table>, tables: HashMap<NameId, Table>) {
    for (name, table) in tables {
        let known = known.entry(name).or_default();
        for (key, _) in table {
            known
                .entry(key)
                .and_modify(|is_one| *is_one = false)
                .or_insert(true);
        }
    }
}

impl Active {
    /// Holds an element, all of whose fields are known, against the constraint.
    fn settle(
        &mut self,
        schema: &Components,
        constraint: &Constraint,
        candidate: Candidate,
        place: &impl Fn() -> Place,
        findings: &mut Vec<Finding>,
    ) {
        if candidate.fields.iter().any(|field| field.invalid) {
            return;
        }
        let name = schema.names.local(constraint.name);
        let is_key = constraint.kind == ConstraintKind::Key;
        let total = candidate.fields.len();
        let nillable = candidate.fields.iter().any(|field| field.nillable);
        let values = candidate.fields.into_iter().map_while(|field| field.value);
        let key: Key = values.collect();
        if key.len() < total {
            if is_key {
                let number = key.len() + 1;
                findings.push(Finding {
                    rule: "cvc-identity-constraint.4.2.1",
                    message: format!("field {number} of the key `{name}` is missing"),
                    place: None,
                });
            }
            return;
        }
        if is_key && nillable {
            findings.push(Finding {
                rule: "cvc-identity-constraint.4.2.3",
                message: format!("a field of the key `{name}` may be nil by its declaration"),
                place: None,
            });
        }
        match constraint.kind {
            ConstraintKind::KeyReference(_) => self.references.push((key, place())),
            _ if self.keys.insert(key, true).is_some() => findings.push(Finding {
                rule: match is_key {
                    true => "cvc-identity-constraint.4.2.2",
                    false => "cvc-identity-constraint.4.1",
                },
                message: format!("the values of `{name}` are those of an element before"),
                place: None,
            }),
            _ => {}
        }
    }
}

/// Whether a path of a field ends at the current element itself.
fn leads_here(field: &Field, paths: &[Path]) -> bool {
    let mut reached = field.evaluation.reached(paths);
    reached.any(|path| path.attribute.is_none())
}

fn attributes_of(
    field: &Field,
    paths: &[Path],
    attributes: &[AttributeValue<'_>],
) -> Vec<Option<Arc<ActualValue>>> {
    let tests = field.evaluation.reached(paths);
    let tests: Vec<_> = tests.filter_map(|path| path.attribute.as_ref()).collect();
    let matching = attributes.iter().filter(|(name, namespace, _)| {
        let mut tests = tests.iter();
        tests.any(|test| test.matches(*name, namespace))
    });
    matching.map(|(_, _, value)| value.clone()).collect()
}

fn take(
    schema: &Components,
    constraint: &Constraint,
    field: &mut Field,
    value: &Value,
    findings: &mut Vec<Finding>,
) {
    match value {
        Value::Simple(value, nillable) => {
            field.nillable |= nillable;
            if field.value.replace(value.clone()).is_some() {
                findings.push(several(schema, constraint));
            }
        }
        Value::None => {}
        Value::Invalid => field.invalid = true,
        Value::Complex => findings.push(Finding {
            rule: "cvc-identity-constraint.3",
            message: format!(
                "a field of `{}` leads to an element that has no simple type",
                schema.names.local(constraint.name)
            ),
            place: None,
        }),
    }
}

fn several(schema: &Components, constraint: &Constraint) -> Finding {
    Finding {
        rule: "cvc-identity-constraint.3",
        message: format!(
            "a field of `{}` leads to more than one value",
            schema.names.local(constraint.name)
        ),
        place: None,
    }
}

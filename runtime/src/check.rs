//! Values held against the limits of their table before they are sent.

mod error;

use std::cmp::Ordering;

pub use error::{CheckError, CheckErrorKind};

use crate::shape::{Absent, DEPTH, Field, Kind, Rule, Shape, UNBOUNDED};
use crate::simple::Lexical;
use crate::types::{Decimal, Secret, bounded};
use crate::value::{ContentWriter, Items, Value};

#[derive(Clone, Copy, Debug)]
struct Segment {
    name: &'static str,
    index: usize,
}

/// Walks a record by its tables and collects what their limits forbid.
#[derive(Debug, Default)]
pub struct Checker {
    path: Vec<Segment>,
    /// Place of the next value in its list, from 1; 0 outside of lists.
    index: usize,
    errors: Vec<CheckError>,
    /// The secrets that were met, so that an answer that repeats them can be told.
    secrets: Vec<Secret>,
    /// Records inside each other.
    depth: usize,
    /// The record that is checked is nil.
    nil: bool,
}

impl Checker {
    /// A checker that has seen nothing.
    #[must_use]
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// What is wrong, and which secrets there are.
    pub(crate) fn into_findings(self) -> (Vec<CheckError>, Vec<Secret>) {
        (self.errors, self.secrets)
    }

    fn path(&self, last: Option<Segment>) -> String {
        let mut path = String::new();
        for Segment { name, index } in self.path.iter().copied().chain(last) {
            if !path.is_empty() {
                path.push('/');
            }
            path.push_str(name);
            if index > 0 {
                path.push_str(&format!("[{index}]"));
            }
        }
        path
    }

    fn report(&mut self, field: &Field, kind: CheckErrorKind) {
        let segment = Segment {
            name: field.name,
            index: self.index,
        };
        let path = self.path(field.is_named().then_some(segment));
        self.errors.push(CheckError {
            path,
            field: field.name,
            kind,
        });
    }

    /// Goes into the record of an entry; give the result to [`Checker::leave`].
    pub(crate) fn enter(&mut self, field: &Field) -> bool {
        let index = std::mem::take(&mut self.index);
        if field.is_named() {
            self.path.push(Segment {
                name: field.name,
                index,
            });
        }
        field.is_named()
    }

    pub(crate) fn leave(&mut self, entered: bool) {
        if entered {
            self.path.pop();
        }
    }

    /// No value for an entry.
    pub(crate) fn absent(&mut self, field: &Field) {
        if field.may_be_absent() || field.absent != Absent::Auto {
            return;
        }
        let kind = match field.kind {
            Kind::Choice(_) => CheckErrorKind::RequiredChoice(field.names()),
            Kind::Group(_)
            | Kind::Element
            | Kind::Attached
            | Kind::Any
            | Kind::Text
            | Kind::Nil => CheckErrorKind::Required,
        };
        self.report(field, kind);
    }

    /// The number of values of a repeated entry.
    pub(crate) fn count(&mut self, field: &Field, actual: usize) {
        let (least, most) = (field.facets.min_occurs, field.facets.max_occurs);
        if actual < least && (actual > 0 || field.repeated || field.required) {
            let limit = "min_occurs";
            self.report(
                field,
                CheckErrorKind::Occurs {
                    limit,
                    allowed: least,
                    actual,
                },
            );
        }
        if actual > most {
            let limit = "max_occurs";
            self.report(
                field,
                CheckErrorKind::Occurs {
                    limit,
                    allowed: most,
                    actual,
                },
            );
        }
    }

    /// The values of a list.
    pub(crate) fn items(&mut self, field: &Field, items: &dyn Items) {
        self.count(field, items.count());
        let (item, entered) = match field.item {
            Some(name) => (field.item_field(name, ""), self.enter(field)),
            None => (*field, false),
        };
        for (index, value) in items.values().enumerate() {
            self.index = index + 1;
            value.check(&item, self);
        }
        self.index = 0;
        self.leave(entered);
    }

    /// The value that is the `index`th of a list.
    pub(crate) fn item(
        &mut self,
        field: &Field,
        index: usize,
        check: impl FnOnce(&mut Self, &Field),
    ) {
        self.index = index;
        check(self, field);
        self.index = 0;
    }

    /// One value about which an entry says nothing.
    pub(crate) fn pass(&mut self) {
        self.index = 0;
    }

    /// One [`Secret`].
    pub(crate) fn secret(&mut self, field: &Field, value: &dyn Lexical) {
        if !field.secret {
            self.secrets.push(Secret::new(value.lexical()));
        }
        self.simple(field, value);
    }

    /// One simple value.
    pub(crate) fn simple(&mut self, field: &Field, value: &dyn Lexical) {
        if field.secret {
            self.secrets.push(Secret::new(value.lexical()));
        }
        if matches!(field.kind, Kind::Nil) {
            self.nil = value.lexical() == "true";
            return;
        }
        let facets = &field.facets;
        if facets.max_length != UNBOUNDED || facets.min_length > 0 {
            self.length(field, value);
        }
        if facets.total_digits != UNBOUNDED || facets.fraction_digits != UNBOUNDED {
            self.digits(field, value);
        }
        let bounds = [
            ("min_inclusive", facets.min_inclusive),
            ("max_inclusive", facets.max_inclusive),
            ("min_exclusive", facets.min_exclusive),
            ("max_exclusive", facets.max_exclusive),
        ];
        for (limit, bound) in bounds {
            let holds = |ordering: Ordering| match limit {
                "min_inclusive" => ordering.is_ge(),
                "max_inclusive" => ordering.is_le(),
                "min_exclusive" => ordering.is_gt(),
                _ => ordering.is_lt(),
            };
            if let Some(bound) = bound
                && value
                    .compared(bound)
                    .is_some_and(|ordering| !holds(ordering))
            {
                let actual = (!field.secret).then(|| bounded(&value.lexical()));
                self.report(
                    field,
                    CheckErrorKind::Range {
                        limit,
                        bound,
                        actual,
                    },
                );
            }
        }
        self.index = 0;
    }

    fn length(&mut self, field: &Field, value: &dyn Lexical) {
        let (least, most) = (field.facets.min_length, field.facets.max_length);
        let Some((actual, unit)) = value.measured() else {
            return;
        };
        let (limit, allowed) = if actual > most {
            ("max_length", most)
        } else if actual < least {
            ("min_length", least)
        } else {
            return;
        };
        let limit = if least == most { "length" } else { limit };
        self.report(
            field,
            CheckErrorKind::Length {
                limit,
                allowed,
                actual,
                unit,
            },
        );
    }

    fn digits(&mut self, field: &Field, value: &dyn Lexical) {
        let Ok(number) = value.lexical().parse::<Decimal>() else {
            return;
        };
        let (total, fraction) = number.significant_digits();
        let (most, most_fraction) = (field.facets.total_digits, field.facets.fraction_digits);
        if total > most {
            let limit = "total_digits";
            self.report(
                field,
                CheckErrorKind::Digits {
                    limit,
                    allowed: most,
                    actual: total,
                },
            );
        }
        if fraction > most_fraction {
            let limit = "fraction_digits";
            let allowed = most_fraction;
            self.report(
                field,
                CheckErrorKind::Digits {
                    limit,
                    allowed,
                    actual: fraction,
                },
            );
        }
    }

    fn rule(&mut self, rule: Rule, given: impl Fn(&str) -> bool) {
        let names = match rule {
            Rule::ExactlyOne(names)
            | Rule::AtMostOne(names)
            | Rule::AtLeastOne(names)
            | Rule::Requires(names)
            | Rule::Excludes(names) => names,
        };
        let there: Vec<&'static str> = names.iter().copied().filter(|name| given(name)).collect();
        let first = names.first().is_some_and(|name| given(name));
        let holds = match rule {
            Rule::ExactlyOne(_) => there.len() == 1,
            Rule::AtMostOne(_) => there.len() <= 1,
            Rule::AtLeastOne(_) => !there.is_empty(),
            Rule::Requires(_) => !first || there.len() == names.len(),
            Rule::Excludes(_) => !first || there.len() == 1,
        };
        if !holds {
            let kind = CheckErrorKind::Rule { rule, given: there };
            self.errors.push(CheckError {
                path: self.path(None),
                field: "",
                kind,
            });
        }
    }
}

impl ContentWriter for Checker {
    fn content(&mut self, shape: &'static Shape, values: &[&dyn Value]) {
        self.index = 0;
        if self.depth >= DEPTH {
            let kind = CheckErrorKind::Depth { allowed: DEPTH };
            self.errors.push(CheckError {
                path: self.path(None),
                field: "",
                kind,
            });
            return;
        }
        self.depth += 1;
        let entries = || shape.attributes.iter().chain(shape.fields).zip(values);
        let (attributes, fields) = values.split_at(shape.attributes.len().min(values.len()));
        for (field, value) in shape.attributes.iter().zip(attributes) {
            value.check(field, self);
        }
        if std::mem::take(&mut self.nil) && !fields.is_empty() {
            // What is nil has no content that could be wrong.
            self.depth -= 1;
            return;
        }
        for (field, value) in shape.fields.iter().zip(fields) {
            value.check(field, self);
        }
        self.nil = false;
        for rule in shape.rules {
            self.rule(*rule, |name| {
                entries().any(|(field, value)| field.name == name && value.is_given())
            });
        }
        self.depth -= 1;
    }
}

#[cfg(test)]
impl Checker {
    /// Everything that is wrong with a record, in the order of the table.
    pub(crate) fn check_all(record: &impl crate::complex::ComplexType) -> Vec<CheckError> {
        let mut checker = Self::new();
        record.write_content(&mut checker);
        checker.errors
    }

    /// The first thing that is wrong with a record, if any.
    pub(crate) fn check(record: &impl crate::complex::ComplexType) -> Result<(), CheckError> {
        Self::check_all(record)
            .into_iter()
            .next()
            .map_or(Ok(()), Err)
    }

    /// What is wrong with one value of an entry.
    pub(crate) fn check_value(field: &Field, value: &dyn Value) -> Vec<CheckError> {
        let mut checker = Self::new();
        value.check(field, &mut checker);
        checker.errors
    }
}

#[cfg(test)]
mod tests;

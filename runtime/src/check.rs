//! Values held against the limits of their table before they are sent.

use std::cmp::Ordering;
use std::fmt;

use crate::complex::ComplexType;
use crate::shape::{Absent, Field, Kind, Rule, Shape, UNBOUNDED};
use crate::simple::{SimpleType, Unit, lexical};
use crate::types::{Decimal, Secret, bounded};
use crate::value::{ContentWriter, Value};

/// A value that a limit of its table forbids.
///
/// Displays as `CountryCode: 3 characters, at most 2 allowed`. Never shows the value of a secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckError {
    path: String,
    field: &'static str,
    kind: CheckErrorKind,
}

/// What was wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum CheckErrorKind {
    /// Too many or too few characters, octets or items of a list.
    Length {
        /// `max_length`, `min_length` or `length`.
        limit: &'static str,
        /// The limit.
        allowed: usize,
        /// The length that is there.
        actual: usize,
        /// What is counted.
        unit: Unit,
    },
    /// Too many digits.
    Digits {
        /// `total_digits` or `fraction_digits`.
        limit: &'static str,
        /// The limit.
        allowed: usize,
        /// How many digits are there.
        actual: usize,
    },
    /// Too large or too small.
    Range {
        /// `min_inclusive`, `max_inclusive`, `min_exclusive` or `max_exclusive`.
        limit: &'static str,
        /// The bound.
        bound: &'static str,
        /// The value, cut at 60 characters; `None` for a secret.
        actual: Option<String>,
    },
    /// Too many or too few items.
    Occurs {
        /// `max_occurs` or `min_occurs`.
        limit: &'static str,
        /// The limit.
        allowed: usize,
        /// How many items are there.
        actual: usize,
    },
    /// No value where one must be.
    Required,
    /// None of these, where one must be.
    RequiredChoice(Vec<&'static str>),
    /// Values that cannot be there together, or not without each other.
    Rule {
        /// The rule.
        rule: Rule,
        /// Those of its names that are there.
        given: Vec<&'static str>,
    },
}

impl CheckError {
    /// Where in the record, as `Articles/Article[2]/Name`. Empty for the record itself.
    #[must_use]
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The wire name of the field; empty for a rule about the record itself.
    #[must_use]
    pub fn field(&self) -> &'static str {
        self.field
    }

    /// What was wrong.
    #[must_use]
    pub fn kind(&self) -> &CheckErrorKind {
        &self.kind
    }

    /// The name of the limit: `max_length`, `required`, `exactly_one`, …
    #[must_use]
    pub fn limit(&self) -> &'static str {
        match &self.kind {
            CheckErrorKind::Length { limit, .. }
            | CheckErrorKind::Digits { limit, .. }
            | CheckErrorKind::Range { limit, .. }
            | CheckErrorKind::Occurs { limit, .. } => limit,
            CheckErrorKind::Required | CheckErrorKind::RequiredChoice(_) => "required",
            CheckErrorKind::Rule { rule, .. } => match rule {
                Rule::ExactlyOne(_) => "exactly_one",
                Rule::AtMostOne(_) => "at_most_one",
                Rule::AtLeastOne(_) => "at_least_one",
                Rule::Requires(_) => "requires",
                Rule::Excludes(_) => "excludes",
            },
        }
    }
}

impl fmt::Display for CheckError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        self.kind.fmt(f)
    }
}

impl std::error::Error for CheckError {}

fn bound_words(limit: &str) -> &'static str {
    match limit {
        "max_length" | "max_occurs" => "at most",
        "min_length" | "min_occurs" => "at least",
        _ => "exactly",
    }
}

fn counted(count: usize, one: &str, more: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { more })
}

impl fmt::Display for CheckErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Length {
                limit,
                allowed,
                actual,
                unit,
            } => {
                let counted = match unit {
                    Unit::Characters => counted(*actual, "character", "characters"),
                    Unit::Octets => counted(*actual, "octet", "octets"),
                    Unit::Items => counted(*actual, "item", "items"),
                };
                write!(f, "{counted}, {} {allowed} allowed", bound_words(limit))
            }
            Self::Digits {
                limit: "fraction_digits",
                allowed,
                actual,
            } => {
                let counted = counted(*actual, "fraction digit", "fraction digits");
                write!(f, "{counted}, at most {allowed} allowed")
            }
            Self::Digits {
                allowed, actual, ..
            } => {
                write!(
                    f,
                    "{}, at most {allowed} allowed",
                    counted(*actual, "digit", "digits")
                )
            }
            Self::Range {
                limit,
                bound,
                actual,
            } => {
                let actual = actual.as_deref().unwrap_or("the value");
                let words = match *limit {
                    "min_inclusive" => "at least",
                    "max_inclusive" => "at most",
                    "min_exclusive" => "more than",
                    _ => "less than",
                };
                write!(f, "{actual} is not {words} {bound}")
            }
            Self::Occurs {
                limit,
                allowed,
                actual,
            } => {
                let counted = counted(*actual, "item", "items");
                write!(f, "{counted}, {} {allowed} allowed", bound_words(limit))
            }
            Self::Required => f.write_str("a value is required"),
            Self::RequiredChoice(names) => write!(f, "one of {} is required", names.join(", ")),
            Self::Rule { rule, given } => {
                let none = given.is_empty();
                let given = if none {
                    "none".to_owned()
                } else {
                    given.join(", ")
                };
                match rule {
                    Rule::ExactlyOne(names) => {
                        write!(
                            f,
                            "exactly one of {} must be given, not {given}",
                            names.join(", ")
                        )
                    }
                    Rule::AtMostOne(names) => {
                        write!(
                            f,
                            "at most one of {} can be given, not {given}",
                            names.join(", ")
                        )
                    }
                    Rule::AtLeastOne(names) => {
                        write!(f, "at least one of {} must be given", names.join(", "))
                    }
                    Rule::Requires([first, others @ ..]) => {
                        write!(f, "{first} needs {} too; given: {given}", others.join(", "))
                    }
                    Rule::Excludes([first, others @ ..]) => {
                        let others = others.join(", ");
                        write!(f, "{first} cannot be given with {others}; given: {given}")
                    }
                    Rule::Requires([]) | Rule::Excludes([]) => f.write_str("a rule without names"),
                }
            }
        }
    }
}

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
}

impl Checker {
    /// A checker that has seen nothing.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Everything that is wrong with a record, in the order of the table.
    #[must_use]
    pub fn check_all(record: &impl ComplexType) -> Vec<CheckError> {
        let mut checker = Self::new();
        record.write_content(&mut checker);
        checker.errors
    }

    /// The first thing that is wrong with a record, if any.
    pub fn check(record: &impl ComplexType) -> Result<(), CheckError> {
        Self::check_all(record)
            .into_iter()
            .next()
            .map_or(Ok(()), Err)
    }

    /// What is wrong with one value of an entry.
    #[must_use]
    pub fn check_value(field: &Field, value: &dyn Value) -> Vec<CheckError> {
        let mut checker = Self::new();
        value.check(field, &mut checker);
        checker.errors
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
            Kind::Group(_) | Kind::Element | Kind::Any | Kind::Text => CheckErrorKind::Required,
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
    pub(crate) fn items<'v>(
        &mut self,
        field: &Field,
        count: usize,
        values: impl Iterator<Item = &'v dyn Value>,
    ) {
        self.count(field, count);
        let (item, entered) = match field.item {
            Some(name) => (field.item_field(name, ""), self.enter(field)),
            None => (*field, false),
        };
        for (index, value) in values.enumerate() {
            self.index = index + 1;
            value.check(&item, self);
        }
        self.index = 0;
        self.leave(entered);
    }

    /// One simple value.
    pub(crate) fn simple<T: SimpleType>(&mut self, field: &Field, value: &T) {
        if field.secret || T::NAME == Secret::NAME {
            self.secrets.push(Secret::new(lexical(value)));
        }
        let facets = &field.facets;
        if facets.max_length != UNBOUNDED || facets.min_length > 0 {
            self.length(field, value);
        }
        if facets.total_digits != UNBOUNDED || facets.fraction_digits != UNBOUNDED {
            self.digits(field, value);
        }
        let bounds: [(_, _, fn(Ordering) -> bool); 4] = [
            ("min_inclusive", facets.min_inclusive, Ordering::is_ge),
            ("max_inclusive", facets.max_inclusive, Ordering::is_le),
            ("min_exclusive", facets.min_exclusive, Ordering::is_gt),
            ("max_exclusive", facets.max_exclusive, Ordering::is_lt),
        ];
        for (limit, bound, holds) in bounds {
            if let Some(bound) = bound
                && value
                    .compare(bound)
                    .is_some_and(|ordering| !holds(ordering))
            {
                let actual = (!field.secret).then(|| bounded(&lexical(value)));
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

    fn length<T: SimpleType>(&mut self, field: &Field, value: &T) {
        let (least, most) = (field.facets.min_length, field.facets.max_length);
        let Some((actual, unit)) = value.length() else {
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

    fn digits<T: SimpleType>(&mut self, field: &Field, value: &T) {
        let Ok(number) = lexical(value).parse::<Decimal>() else {
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
        let entries = || shape.attributes.iter().chain(shape.fields).zip(values);
        for (field, value) in entries() {
            value.check(field, self);
        }
        for rule in shape.rules {
            self.rule(*rule, |name| {
                entries().any(|(field, value)| field.name == name && value.is_given())
            });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shape::{many, one, opt};
    use crate::specimens::{Account, Accounts, Find, Key, Place, Ruled};
    use crate::types::{Base64Binary, Date, Integer, List, Nillable, Secret};

    fn messages(record: &impl ComplexType) -> Vec<String> {
        Checker::check_all(record)
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    fn value(field: Field, value: &dyn Value) -> Vec<String> {
        Checker::check_value(&field, value)
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn a_record_within_its_limits() {
        let find = Find {
            country: "SÉ".to_owned(),
            key: Some(Key::Customer("äöü".to_owned())),
            password: Secret::from("12345678"),
            store: 9999,
        };
        assert_eq!(Checker::check(&find), Ok(()));
    }

    #[test]
    fn names_field_limit_and_length() {
        let find = Find {
            country: "SWE".to_owned(),
            key: Some(Key::Customer("äöüß".to_owned())),
            password: Secret::from("123456789"),
            store: 10_000,
        };
        assert_eq!(
            messages(&find),
            [
                "Country: 3 characters, exactly 2 allowed",
                "Customer: 4 characters, at most 3 allowed",
                "Password: 9 characters, at most 8 allowed",
                "Store: the value is not less than 10000",
            ]
        );
        let error = Checker::check(&find).unwrap_err();
        assert_eq!(
            (error.path(), error.field(), error.limit()),
            ("Country", "Country", "length")
        );
        assert!(!format!("{:?}", Checker::check_all(&find)).contains("123456789"));
    }

    #[test]
    fn choices_must_be_made() {
        let find = Find {
            country: "SE".to_owned(),
            store: 1,
            ..Find::default()
        };
        assert_eq!(
            messages(&find),
            ["one of Customer, Number, Street is required"]
        );
        let none = Find {
            key: Some(Key::Numbers(vec![])),
            ..find.clone()
        };
        assert_eq!(messages(&none), ["Number: 0 items, at least 1 allowed"]);
        let place = Find {
            key: Some(Key::Place(Place::default())),
            ..find
        };
        assert_eq!(messages(&place), Vec::<String>::new());
    }

    #[test]
    fn lists_have_places() {
        let account = Account {
            balance: "12345.678".parse().unwrap(),
            number: Some("123456".to_owned()),
            ..Account::default()
        };
        let accounts = Accounts {
            accounts: vec![Account::default(), account],
            correlation: None,
            notes: vec!["a".to_owned(), "12345".to_owned(), String::new()],
        };
        assert_eq!(
            messages(&accounts),
            [
                "Accounts/Account[2]/Balance: 8 digits, at most 6 allowed",
                "Accounts/Account[2]/Balance: 3 fraction digits, at most 2 allowed",
                "Accounts/Account[2]/Number: 6 characters, at most 5 allowed",
                "Note: 3 items, at most 2 allowed",
                "Note[2]: 5 characters, at most 4 allowed",
            ]
        );
        let many = Accounts {
            accounts: vec![Account::default(); 51],
            ..Accounts::default()
        };
        assert_eq!(messages(&many), ["Accounts: 51 items, at most 50 allowed"]);
    }

    #[test]
    fn rules_hold_between_fields() {
        let given = Some("x".to_owned());
        let ruled = |a: &Option<String>, b, c| Ruled { a: a.clone(), b, c };
        assert_eq!(
            messages(&ruled(&None, Nillable::Nil, vec![])),
            [
                "exactly one of A, B must be given, not none",
                "at least one of B, C must be given",
            ]
        );
        assert_eq!(
            messages(&ruled(
                &given,
                Nillable::Value(String::new()),
                vec!["c".to_owned()]
            )),
            [
                "exactly one of A, B must be given, not A, B",
                "B cannot be given with C; given: B, C",
                "at most one of A, C can be given, not A, C",
            ]
        );
        assert_eq!(
            messages(&ruled(&given, Nillable::Nil, vec![])),
            [
                "A needs C too; given: A",
                "at least one of B, C must be given"
            ]
        );
        assert_eq!(
            messages(&ruled(&None, Nillable::Value(String::new()), vec![])),
            Vec::<String>::new()
        );
    }

    #[test]
    fn facets_of_every_type() {
        let integer = Integer::from(10);
        assert_eq!(
            value(one("A").max_inclusive("9"), &integer),
            ["A: 10 is not at most 9"]
        );
        assert_eq!(
            value(one("A").max_inclusive("10").min_inclusive("10"), &integer),
            [""; 0]
        );
        assert_eq!(
            value(one("A").min_inclusive("10.5"), &integer),
            ["A: 10 is not at least 10.5"]
        );
        assert_eq!(
            value(one("A").min_exclusive("10"), &integer),
            ["A: 10 is not more than 10"]
        );
        assert_eq!(
            value(one("A").max_exclusive("10"), &integer),
            ["A: 10 is not less than 10"]
        );
        assert_eq!(
            value(one("A").total_digits(1), &integer),
            ["A: 2 digits, at most 1 allowed"]
        );
        let octets = Base64Binary(vec![0; 3]);
        assert_eq!(
            value(one("B").max_length(2), &octets),
            ["B: 3 octets, at most 2 allowed"]
        );
        let list = List(vec![1, 2]);
        assert_eq!(
            value(one("C").max_length(1), &list),
            ["C: 2 items, at most 1 allowed"]
        );
        assert_eq!(
            value(one("D").min_length(1), &String::new()),
            ["D: 0 characters, at least 1 allowed"]
        );
        let date: Date = "2020-01-01".parse().unwrap();
        assert_eq!(
            value(one("E").min_inclusive("2020-01-02"), &date),
            ["E: 2020-01-01 is not at least 2020-01-02"]
        );
        assert_eq!(value(one("E").min_inclusive("2020-01-02Z"), &date), [""; 0]);
        assert_eq!(
            value(many("F").min_occurs(1), &Vec::<i32>::new()),
            ["F: 0 items, at least 1 allowed"]
        );
        assert_eq!(
            value(opt("G").max_length(1), &Some("ab".to_owned())),
            ["G: 2 characters, at most 1 allowed"]
        );
    }

    #[test]
    fn required_values_must_be_there() {
        let none: Option<String> = None;
        assert_eq!(value(one("A"), &none), ["A: a value is required"]);
        for field in [
            opt("A"),
            one("A").nillable(),
            one("A").claimed(),
            one("A").absent_empty(),
            one("A").absent_omit(),
        ] {
            assert_eq!(value(field, &none), [""; 0]);
        }
    }
}

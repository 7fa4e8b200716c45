//! A record for every kind of content that the reader knows.

#![allow(missing_docs, reason = "they say what they are by their tables")]

use castile::types::{Base64Binary, Date, DateTime, List, Nillable, QName};
use castile::wire::{
    Branch, Choice, Field, Name, ParseError, Polymorphic, SimpleMapping, TypedValue, Value, any,
    choice, complex_type, enumeration, group, many, nil, one, opt, polymorphic, text,
};
use castile::{AnyAttributes, AnyElement, Decimal, ReadError, Secret};

const P: &str = "urn:p";
const O: &str = "urn:o";
const XML: &str = "http://www.w3.org/XML/1998/namespace";

/// Simple values, nil ones and absent ones.
#[derive(Clone, Default)]
pub(super) struct Account {
    a: Decimal,
    b: Status,
    c: Option<String>,
    d: Nillable<Date>,
    e: bool,
    f: Option<i32>,
    g: Option<QName>,
    h: Option<f64>,
    i: List<i64>,
    j: Option<Base64Binary>,
    k: Secret,
    l: Vec<Option<String>>,
    m: Option<DateTime>,
}

complex_type! {
    Account, P;
    a: one("A"),
    b: one("B"),
    c: one("C").nillable(),
    d: opt("D").nillable(),
    e: one("E").default_value("true"),
    f: opt("F").default_value("7"),
    g: opt("G"),
    h: opt("H"),
    i: one("I").claimed(),
    j: opt("J"),
    k: one("K").secret().collapse(),
    l: many("L").nillable(),
    m: opt("M").in_namespace(O),
}

/// Simple values one at a time, as the records of a list have them.
#[derive(Clone, Default)]
pub(super) struct Row {
    a: Decimal,
    b: Option<String>,
    c: Nillable<i32>,
    d: String,
    e: Option<Status>,
}

complex_type! {
    Row, P;
    a: one("A"),
    b: one("B").nillable(),
    c: opt("C").nillable(),
    d: one("D").default_value("none"),
    e: opt("E"),
}

/// Records in a row.
#[derive(Clone, Default)]
pub(super) struct Rows {
    rows: Vec<Row>,
    wrapped: Option<Vec<Row>>,
}

complex_type! {
    Rows, P;
    rows: many("Row"),
    wrapped: opt("Rows").wrapped("Row"),
}

#[derive(Clone, Debug, PartialEq)]
pub(super) enum Status {
    Active,
    TwoWords,
    Other(String),
}

enumeration! {
    Status, "Status", String, Other;
    Active = "Active",
    TwoWords = "two words",
}

/// Wrapped lists and lists in line.
#[derive(Clone, Default)]
pub(super) struct Accounts {
    accounts: Option<Vec<Account>>,
    codes: Nillable<Vec<Option<i32>>>,
    more: Vec<Account>,
    correlation: Option<String>,
}

complex_type! {
    Accounts, P;
    accounts: one("Accounts").nillable().wrapped("Account"),
    codes: opt("Codes").nillable().wrapped("Code").item_nillable(),
    more: many("Account"),
    correlation: one("B").nillable(),
}

/// Attributes.
#[derive(Clone, Default)]
pub(super) struct Point {
    id: String,
    x: i32,
    kind: Option<QName>,
    label: Option<String>,
    lang: Option<String>,
    rest: AnyAttributes,
    a: Option<String>,
}

complex_type! {
    Point, P;
    @id: one("id"),
    @x: opt("x").default_value("3"),
    @kind: opt("kind").in_namespace(O),
    @label: opt("label").collapse(),
    @lang: opt("lang").in_namespace(XML),
    @rest: any(),
    a: opt("A"),
}

/// Simple content.
#[derive(Clone, Default)]
pub(super) struct Amount {
    id: Option<String>,
    value: Decimal,
}

complex_type! {
    Amount, P;
    @id: opt("id"),
    value: text(),
}

/// Content that keeps that it is nil.
#[derive(Clone, Default)]
pub(super) struct Marked {
    id: Option<String>,
    is_nil: Option<bool>,
    a: Option<String>,
    inner: Option<Box<Marked>>,
}

complex_type! {
    Marked, P;
    @id: opt("id"),
    @is_nil: nil(),
    a: opt("A"),
    inner: opt("B").nillable(),
}

#[derive(Clone, Default)]
pub(super) struct Points {
    points: Vec<Point>,
    amounts: Vec<Amount>,
    shapes: Vec<Figure>,
    marked: Option<Marked>,
}

complex_type! {
    Points, P;
    points: many("Point"),
    amounts: many("Amount"),
    shapes: many("Shape").nillable(),
    marked: opt("Marked").nillable(),
}

/// What `xsi:type` chooses.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Figure {
    Point(Box<Point>),
    Circle(Box<Account>),
    Square(Box<Amount>),
    Other(Box<AnyElement>),
}

impl Polymorphic for Figure {
    const TYPES: &'static [Name] = &[
        Name {
            namespace: P,
            local: "Point",
        },
        Name {
            namespace: P,
            local: "Circle",
        },
        Name {
            namespace: O,
            local: "Square",
        },
    ];

    fn read(index: usize, value: TypedValue<'_, '_>) -> Result<Self, ReadError> {
        match index {
            0 => value.read().map(Self::Point),
            1 => value.read().map(Self::Circle),
            2 => value.read().map(Self::Square),
            _ => value.read().map(Self::Other),
        }
    }

    fn write(&self) -> (usize, &dyn Value) {
        match self {
            Self::Point(value) => (0, value),
            Self::Circle(value) => (1, value),
            Self::Square(value) => (2, value),
            Self::Other(value) => (3, value),
        }
    }
}

polymorphic!(Figure, Other);

macro_rules! choices {
    ($type:ident { $($variant:ident($held:ty) = $entry:expr,)* }) => {
        #[derive(Clone, Debug, PartialEq)]
        pub(super) enum $type {
            $($variant($held),)*
        }

        impl Choice for $type {
            const BRANCHES: &'static [Field] = &[$($entry),*];

            fn read(branch: usize, value: Branch<'_, '_>) -> Result<Self, ReadError> {
                let mut index = 0;
                $(
                    if branch == index {
                        return value.read().map(Self::$variant);
                    }
                    index += 1;
                )*
                // The reader gives only branches that there are.
                let _ = index;
                Err(ReadError::new(castile::ReadErrorKind::Other("no branch".to_owned()), "", None))
            }

            fn write(&self) -> (usize, &dyn Value) {
                let mut index = 0;
                $(
                    if let Self::$variant(value) = self {
                        return (index, value);
                    }
                    index += 1;
                )*
                (index, &())
            }
        }
    };
}

choices! {
    Plain {
        A(String) = one("A"),
        B(Box<Point>) = one("B"),
        C(Vec<i32>) = many("C").min_occurs(1),
        D(Option<String>) = one("D").nillable(),
    }
}

choices! {
    Deep {
        Pair(Box<Pair>) = group(<Pair as castile::wire::ComplexType>::SHAPE),
        E(Date) = one("E").in_namespace(O),
        Any(AnyElement) = any().single().in_namespaces(&["urn:any"]),
    }
}

choices! {
    Run {
        Text(String) = text(),
        B(String) = one("B"),
        I(Box<Point>) = one("I"),
    }
}

/// Choices, once and repeated.
#[derive(Clone, Default)]
pub(super) struct Choices {
    first: Option<Plain>,
    z: Option<String>,
    many: Vec<Plain>,
    y: i32,
    deep: Vec<Deep>,
    wrapped: Vec<Plain>,
}

complex_type! {
    Choices, P;
    first as choice: choice(<Plain as Choice>::BRANCHES).optional(),
    z: opt("Z"),
    many as choice: choice(<Plain as Choice>::BRANCHES).repeated().optional(),
    y: one("Y").claimed(),
    deep as choice: choice(<Deep as Choice>::BRANCHES).repeated().optional(),
    wrapped as choice: opt("Wrapped").wrapping(<Wrapped as castile::wire::ComplexType>::SHAPE),
}

/// The content of the wrapper.
#[derive(Clone, Default)]
pub(super) struct Wrapped {
    items: Vec<Plain>,
}

complex_type! {
    Wrapped, P;
    items as choice: choice(<Plain as Choice>::BRANCHES).repeated(),
}

/// A choice whose other branches come as nil.
#[derive(Clone, Default)]
pub(super) struct Find {
    a: String,
    key: Option<Plain>,
    z: Option<i32>,
}

complex_type! {
    Find, P;
    a: one("Q").claimed(),
    key as choice: choice(<Plain as Choice>::BRANCHES).nil_others().optional(),
    z: opt("Z"),
}

#[derive(Clone, Default)]
pub(super) struct Pair {
    a: String,
    b: Option<i32>,
}

complex_type! {
    Pair, P;
    a: one("A"),
    b: opt("B"),
}

/// Groups, once and repeated.
#[derive(Clone, Default)]
pub(super) struct Groups {
    first: Option<Pair>,
    c: Option<String>,
    pairs: Vec<Pair>,
    d: Option<String>,
    rest: Vec<AnyElement>,
}

complex_type! {
    Groups, P;
    first: group(<Pair as castile::wire::ComplexType>::SHAPE).optional(),
    c: opt("C"),
    pairs: group(<Pair as castile::wire::ComplexType>::SHAPE).repeated().optional(),
    d: opt("D"),
    rest: any(),
}

/// Mixed content, joined and in runs.
#[derive(Clone, Default)]
pub(super) struct Mixed {
    words: String,
    bold: Vec<String>,
    inner: Option<Runs>,
}

complex_type! {
    Mixed, P;
    words: text(),
    bold: many("B"),
    inner: opt("Runs"),
    => .mixed()
}

#[derive(Clone, Default)]
pub(super) struct Runs {
    runs: Vec<Run>,
}

complex_type! {
    Runs, P;
    runs as choice: choice(<Run as Choice>::BRANCHES).repeated().optional(),
    => .mixed()
}

/// All of it, inside each other.
#[derive(Clone, Default)]
pub(super) struct Everything {
    accounts: Option<Accounts>,
    choices: Vec<Choices>,
    groups: Option<Box<Groups>>,
    points: Option<Points>,
    mixed: Nillable<Mixed>,
    inner: Option<Box<Everything>>,
    any: Option<AnyElement>,
    local: Option<String>,
    mapped: Vec<Cents>,
    price: Option<Cents>,
}

complex_type! {
    Everything, P;
    accounts: opt("Accounts"),
    choices: many("Choices"),
    groups: opt("Groups"),
    points: opt("Points"),
    mixed: opt("Mixed").nillable(),
    inner: opt("Inner"),
    any: opt("Any").nillable(),
    local: opt("Local").unqualified(),
    mapped as mapped<Vec<Amounts>>: many("Mapped"),
    price as mapped<Option<Amounts>>: opt("Price").nillable(),
}

/// A type of another crate.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Cents(i64);

#[derive(Debug)]
pub(super) struct Amounts;

impl SimpleMapping for Amounts {
    type Value = Cents;
    const NAME: &'static str = "Cents";

    fn parse(text: &str) -> Result<Cents, ParseError> {
        let parsed = text.parse().map(Cents);
        parsed.map_err(|_| ParseError::new(Self::NAME, text))
    }

    fn write(value: &Cents, out: &mut String) {
        out.push_str(&value.0.to_string());
    }
}

use crate::types::{Nillable, Secret};
use crate::wire::{
    Branch, Choice, ComplexType, Field, Rule, Value, any, choice, complex_type, many, one, opt,
};
use crate::{AnyElement, ReadError};

#[derive(Clone, Debug, PartialEq)]
enum Payer {
    Number(String),
    Score(f64),
}

impl Choice for Payer {
    const BRANCHES: &'static [Field] = &[one("Number"), one("Score")];

    fn read(branch: usize, value: Branch<'_, '_>) -> Result<Self, ReadError> {
        match branch {
            0 => value.read().map(Self::Number),
            _ => value.read().map(Self::Score),
        }
    }

    fn write(&self) -> (usize, &dyn Value) {
        match self {
            Self::Number(value) => (0, value),
            Self::Score(value) => (1, value),
        }
    }
}

#[derive(Clone, Default)]
struct Invoice {
    id: i32,
    r#type: String,
    payer: Option<Payer>,
    notes: Vec<Payer>,
    due: Nillable<bool>,
    password: Secret,
    lines: Vec<Line>,
    parent: Option<Box<Invoice>>,
    any: Vec<AnyElement>,
}

complex_type! {
    Invoice, "urn:example:billing";
    @id: one("id"),
    r#type: one("Type"),
    payer as choice: choice(<Payer as Choice>::BRANCHES).optional(),
    notes as choice: choice(<Payer as Choice>::BRANCHES).repeated().optional(),
    due: opt("Due").nillable(),
    password: one("Password").secret(),
    lines: many("Line"),
    parent: opt("Parent"),
    any: any(),
    => .rules(&[Rule::AtLeastOne(&["Type", "Due"])])
}

#[derive(Clone, Default)]
struct Line {
    amount: f64,
}

complex_type! {
    Line, "";
    amount: one("Amount"),
}

#[derive(Clone, Default)]
struct Empty {}

complex_type! {
    Empty, "";
}

/// What `derive` makes of the same fields.
mod derived {
    use super::{AnyElement, Nillable, Payer, Secret};

    #[derive(Clone, Debug, Default, PartialEq)]
    pub(super) struct Invoice {
        pub(super) id: i32,
        pub(super) r#type: String,
        pub(super) payer: Option<Payer>,
        pub(super) notes: Vec<Payer>,
        pub(super) due: Nillable<bool>,
        pub(super) password: Secret,
        pub(super) lines: Vec<Line>,
        pub(super) parent: Option<Box<Invoice>>,
        pub(super) any: Vec<AnyElement>,
    }

    #[derive(Clone, Debug, Default, PartialEq)]
    pub(super) struct Line {
        pub(super) amount: f64,
    }

    #[derive(Debug)]
    pub(super) struct Empty {}
}

fn invoice() -> Invoice {
    Invoice {
        id: 7,
        r#type: "credit".to_owned(),
        payer: Some(Payer::Number("1".to_owned())),
        notes: vec![Payer::Score(1.5)],
        due: Nillable::Nil,
        password: Secret::new("hidden"),
        lines: vec![Line { amount: 2.0 }],
        parent: Some(Box::default()),
        any: vec![AnyElement::default()],
    }
}

#[test]
fn a_record_is_shown_as_derive_would_show_it() {
    let derived = derived::Invoice {
        id: 7,
        r#type: "credit".to_owned(),
        payer: Some(Payer::Number("1".to_owned())),
        notes: vec![Payer::Score(1.5)],
        due: Nillable::Nil,
        password: Secret::new("hidden"),
        lines: vec![derived::Line { amount: 2.0 }],
        parent: Some(Box::default()),
        any: vec![AnyElement::default()],
    };
    assert_eq!(format!("{:?}", invoice()), format!("{derived:?}"));
    assert_eq!(format!("{:#?}", invoice()), format!("{derived:#?}"));
    assert!(!format!("{:?}", invoice()).contains("hidden"));
    let empty = format!("{:?}", derived::Empty {});
    assert_eq!(format!("{:?}", Empty {}), empty);
}

#[test]
fn records_are_equal_when_all_their_fields_are() {
    assert_eq!(invoice(), invoice());
    assert_eq!(Empty {}, Empty {});
    let changes: [fn(&mut Invoice); 9] = [
        |i| i.id = 8,
        |i| i.r#type.clear(),
        |i| i.payer = None,
        |i| i.notes = vec![Payer::Score(2.5)],
        |i| i.due = Nillable::Absent,
        |i| i.password = Secret::new("other"),
        |i| i.lines.push(Line::default()),
        |i| i.parent = None,
        |i| i.any.clear(),
    ];
    for change in changes {
        let mut other = invoice();
        change(&mut other);
        assert_ne!(invoice(), other);
        assert_ne!(other, invoice());
    }
    // As `derive` has it, too.
    let odd = Line { amount: f64::NAN };
    assert_ne!(odd.clone(), odd);
}

#[test]
fn the_table_has_attributes_and_settings() {
    let shape = Invoice::SHAPE;
    assert_eq!(shape.namespace, "urn:example:billing");
    assert_eq!(shape.attributes.len(), 1);
    assert_eq!(shape.fields.len(), 8);
    assert_eq!(shape.rules.len(), 1);
    assert!(Empty::SHAPE.fields.is_empty());
}

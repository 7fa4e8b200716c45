//! Records as they would be generated, for tests: one of every kind of entry.

use crate::types::{Date, DateTime, Decimal, Nillable, ParseError, QName, Secret};
use crate::wire::{
    Branch, Choice, ComplexType, ContentReader, ContentWriter, Field, Rule, Shape, SimpleType,
    Slot, Value, any, choice, choice_slot, choice_value, choices_slot, choices_value, group, many,
    one, opt, simple_type, text,
};
use crate::{AnyAttributes, AnyElement, ReadError};

pub(crate) const NAMESPACE: &str = "urn:example:billing";
pub(crate) const OTHER: &str = "urn:example:other";

/// Implements [`ComplexType`] as generated code does.
macro_rules! record {
    ($type:ident, $shape:expr, [$($field:ident),* $(,)?]) => {
        impl ComplexType for $type {
            const SHAPE: &'static Shape = $shape;

            fn read_content(&mut self, reader: &mut dyn ContentReader) -> Result<(), ReadError> {
                reader.content(Self::SHAPE, &mut [$(&mut self.$field),*])
            }

            fn write_content(&self, writer: &mut dyn ContentWriter) {
                writer.content(Self::SHAPE, &[$(&self.$field),*]);
            }
        }
    };
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Account {
    pub(crate) balance: Decimal,
    pub(crate) status: Status,
    pub(crate) number: Option<String>,
    pub(crate) moved_to: Option<String>,
    pub(crate) stopped: bool,
    pub(crate) due: Option<DateTime>,
}

record!(
    Account,
    &Shape::new(
        NAMESPACE,
        &[
            one("Balance").total_digits(6).fraction_digits(2),
            one("Status"),
            one("Number").nillable().max_length(5),
            one("MovedTo").nillable(),
            one("Stopped"),
            opt("Due"),
        ],
    ),
    [balance, status, number, moved_to, stopped, due]
);

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) enum Status {
    #[default]
    Active,
    Other(String),
}

impl SimpleType for Status {
    const NAME: &'static str = "Status";

    fn parse(text: &str) -> Result<Self, ParseError> {
        Ok(match text {
            "Active" => Self::Active,
            other => Self::Other(other.to_owned()),
        })
    }

    fn write(&self, out: &mut String) {
        out.push_str(match self {
            Self::Active => "Active",
            Self::Other(other) => other,
        });
    }
}

simple_type!(Status);

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Accounts {
    pub(crate) accounts: Vec<Account>,
    pub(crate) correlation: Option<String>,
    pub(crate) notes: Vec<String>,
}

record!(
    Accounts,
    &Shape::new(
        NAMESPACE,
        &[
            one("Accounts").wrapped("Account").max_occurs(50),
            one("Correlation").nillable(),
            many("Note").max_occurs(2).max_length(4),
        ],
    ),
    [accounts, correlation, notes]
);

/// A request with an exactly-one group.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Find {
    pub(crate) country: String,
    pub(crate) key: Option<Key>,
    pub(crate) password: Secret,
    pub(crate) store: i32,
}

impl ComplexType for Find {
    const SHAPE: &'static Shape = &Shape::new(
        NAMESPACE,
        &[
            one("Country").length(2),
            choice(Key::BRANCHES).nil_others(),
            one("Password").secret().max_length(8),
            one("Store")
                .min_inclusive("1")
                .max_exclusive("10000")
                .secret(),
        ],
    );

    fn read_content(&mut self, reader: &mut dyn ContentReader) -> Result<(), ReadError> {
        reader.content(
            Self::SHAPE,
            &mut [
                &mut self.country,
                &mut choice_slot(&mut self.key),
                &mut self.password,
                &mut self.store,
            ],
        )
    }

    fn write_content(&self, writer: &mut dyn ContentWriter) {
        writer.content(
            Self::SHAPE,
            &[
                &self.country,
                &choice_value(&self.key),
                &self.password,
                &self.store,
            ],
        );
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Key {
    Customer(String),
    Numbers(Vec<i32>),
    Place(Place),
}

impl Choice for Key {
    const BRANCHES: &'static [Field] = &[
        one("Customer").max_length(3).nillable(),
        many("Number").min_occurs(1),
        group(Place::SHAPE),
    ];

    fn read(branch: usize, value: Branch<'_, '_>) -> Result<Self, ReadError> {
        match branch {
            0 => value.read().map(Self::Customer),
            1 => value.read().map(Self::Numbers),
            _ => value.read().map(Self::Place),
        }
    }

    fn write(&self) -> (usize, &dyn Value) {
        match self {
            Self::Customer(value) => (0, value),
            Self::Numbers(value) => (1, value),
            Self::Place(value) => (2, value),
        }
    }
}

/// The record of a group.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Place {
    pub(crate) street: String,
    pub(crate) city: Option<String>,
}

record!(
    Place,
    &Shape::new(NAMESPACE, &[one("Street"), opt("City")]),
    [street, city]
);

/// Groups, repeated choices, wildcards, recursion.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Parcel {
    pub(crate) currency: String,
    pub(crate) version: Option<i32>,
    pub(crate) kind: Option<QName>,
    pub(crate) attributes: AnyAttributes,
    pub(crate) home: Option<Place>,
    pub(crate) codes: Option<Vec<Option<i64>>>,
    pub(crate) shipped: Nillable<Date>,
    pub(crate) events: Vec<Event>,
    pub(crate) amount: Option<Amount>,
    pub(crate) remark: Option<Remark>,
    pub(crate) payload: Option<AnyElement>,
    pub(crate) inner: Option<Box<Parcel>>,
    pub(crate) tags: Vec<Option<String>>,
    pub(crate) rest: Vec<AnyElement>,
}

impl ComplexType for Parcel {
    const SHAPE: &'static Shape = &Shape::new(
        NAMESPACE,
        &[
            group(Place::SHAPE).optional(),
            opt("Codes").nillable().wrapped("Code").item_nillable(),
            opt("Shipped").nillable(),
            choice(Event::BRANCHES).repeated().optional(),
            opt("Amount"),
            opt("Remark").unqualified(),
            opt("Payload").in_namespace(OTHER),
            opt("Inner"),
            many("Tag").nillable(),
            any(),
        ],
    )
    .attributes(&[
        one("currency"),
        opt("version").default_value("1"),
        opt("kind").in_namespace(OTHER),
        any(),
    ]);

    fn read_content(&mut self, reader: &mut dyn ContentReader) -> Result<(), ReadError> {
        reader.content(
            Self::SHAPE,
            &mut [
                &mut self.currency,
                &mut self.version,
                &mut self.kind,
                &mut self.attributes,
                &mut self.home,
                &mut self.codes,
                &mut self.shipped,
                &mut choices_slot(&mut self.events),
                &mut self.amount,
                &mut self.remark,
                &mut self.payload,
                &mut self.inner,
                &mut self.tags,
                &mut self.rest,
            ],
        )
    }

    fn write_content(&self, writer: &mut dyn ContentWriter) {
        writer.content(
            Self::SHAPE,
            &[
                &self.currency,
                &self.version,
                &self.kind,
                &self.attributes,
                &self.home,
                &self.codes,
                &self.shipped,
                &choices_value(&self.events),
                &self.amount,
                &self.remark,
                &self.payload,
                &self.inner,
                &self.tags,
                &self.rest,
            ],
        );
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Event {
    Sent(Date),
    Lost(String),
}

impl Choice for Event {
    const BRANCHES: &'static [Field] = &[one("Sent"), one("Lost")];

    fn read(branch: usize, value: Branch<'_, '_>) -> Result<Self, ReadError> {
        match branch {
            0 => value.read().map(Self::Sent),
            _ => value.read().map(Self::Lost),
        }
    }

    fn write(&self) -> (usize, &dyn Value) {
        match self {
            Self::Sent(value) => (0, value),
            Self::Lost(value) => (1, value),
        }
    }
}

/// Simple content with an attribute.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Amount {
    pub(crate) currency: Option<String>,
    pub(crate) value: Decimal,
}

record!(
    Amount,
    &Shape::new(NAMESPACE, &[text()]).attributes(&[opt("currency")]),
    [currency, value]
);

/// Mixed content.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Remark {
    pub(crate) words: String,
    pub(crate) bold: Vec<String>,
}

record!(
    Remark,
    &Shape::new(NAMESPACE, &[text(), many("Bold")]).mixed(),
    [words, bold]
);

/// Rules between fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Ruled {
    pub(crate) a: Option<String>,
    pub(crate) b: Nillable<String>,
    pub(crate) c: Vec<String>,
}

record!(
    Ruled,
    &Shape::new(NAMESPACE, &[opt("A"), opt("B").nillable(), many("C")]).rules(&[
        Rule::ExactlyOne(&["A", "B"]),
        Rule::Requires(&["A", "C"]),
        Rule::Excludes(&["B", "C"]),
        Rule::AtLeastOne(&["B", "C"]),
        Rule::AtMostOne(&["A", "C"]),
    ]),
    [a, b, c]
);

/// A record of two hundred fields that contains itself, for the stack.
#[derive(Debug)]
pub(crate) struct Wide {
    pub(crate) fields: [Option<String>; 200],
    pub(crate) inner: Option<Box<Wide>>,
}

impl Default for Wide {
    fn default() -> Self {
        Self {
            fields: [const { None }; 200],
            inner: None,
        }
    }
}

static WIDE: [Field; 201] = {
    let mut fields = [opt("F"); 201];
    fields[200] = opt("Inner");
    fields
};

impl ComplexType for Wide {
    const SHAPE: &'static Shape = &Shape::new(NAMESPACE, &WIDE);

    fn read_content(&mut self, reader: &mut dyn ContentReader) -> Result<(), ReadError> {
        let Self { fields, inner } = self;
        let mut fields = fields.iter_mut();
        let mut inner = Some(inner);
        let mut slots: [Option<&mut dyn Slot>; 201] = std::array::from_fn(|_| None);
        for slot in &mut slots {
            *slot = match fields.next() {
                Some(field) => Some(field),
                None => inner.take().map(|inner| inner as &mut dyn Slot),
            };
        }
        reader.content(Self::SHAPE, &mut slots.map(|slot| slot.unwrap()))
    }

    fn write_content(&self, writer: &mut dyn ContentWriter) {
        let values: [&dyn Value; 201] = std::array::from_fn(|index| match self.fields.get(index) {
            Some(field) => field as &dyn Value,
            None => &self.inner,
        });
        writer.content(Self::SHAPE, &values);
    }
}

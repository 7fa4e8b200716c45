//! Records as they would be generated, for tests: one of every kind of entry.

use crate::types::{Date, DateTime, Decimal, Nillable, ParseError, QName, Secret};
use crate::wire::{
    Branch, Choice, ComplexType, ContentReader, ContentWriter, Field, Record, Rule, Shape,
    SimpleType, Value, any, choice, choice_slot, choice_value, choices_slot, choices_value, group,
    many, one, opt, simple_type, text,
};
use crate::{AnyAttributes, AnyElement, ReadError};

pub(crate) const NAMESPACE: &str = "urn:example:billing";
pub(crate) const OTHER: &str = "urn:example:other";

/// Implements [`ComplexType`] as generated code does.
macro_rules! record {
    ($type:ident, $shape:expr, [$($field:ident),* $(,)?]) => {
        impl ComplexType for $type {
            const SHAPE: &'static Shape = $shape;
        }

        impl Record for $type {
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
}

impl Record for Find {
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
}

impl Record for Parcel {
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

static WIDE: [Field; 201] = {
    let mut fields = [opt("F"); 201];
    fields[200] = opt("Inner");
    fields
};

macro_rules! wide {
    ($($field:ident)*) => {
        /// A record of two hundred fields that contains itself, for the stack.
        #[derive(Debug, Default, PartialEq)]
        pub(crate) struct Wide {
            $(pub(crate) $field: Option<String>,)*
            pub(crate) inner: Option<Box<Wide>>,
        }

        record!(Wide, &Shape::new(NAMESPACE, &WIDE), [$($field,)* inner]);
    };
}

wide! {
    f0 f1 f2 f3 f4 f5 f6 f7 f8 f9 f10 f11 f12 f13 f14 f15 f16 f17 f18 f19 f20 f21 f22 f23 f24
    f25 f26 f27 f28 f29 f30 f31 f32 f33 f34 f35 f36 f37 f38 f39 f40 f41 f42 f43 f44 f45 f46 f47
    f48 f49 f50 f51 f52 f53 f54 f55 f56 f57 f58 f59 f60 f61 f62 f63 f64 f65 f66 f67 f68 f69 f70
    f71 f72 f73 f74 f75 f76 f77 f78 f79 f80 f81 f82 f83 f84 f85 f86 f87 f88 f89 f90 f91 f92 f93
    f94 f95 f96 f97 f98 f99 f100 f101 f102 f103 f104 f105 f106 f107 f108 f109 f110 f111 f112
    f113 f114 f115 f116 f117 f118 f119 f120 f121 f122 f123 f124 f125 f126 f127 f128 f129 f130
    f131 f132 f133 f134 f135 f136 f137 f138 f139 f140 f141 f142 f143 f144 f145 f146 f147 f148
    f149 f150 f151 f152 f153 f154 f155 f156 f157 f158 f159 f160 f161 f162 f163 f164 f165 f166
    f167 f168 f169 f170 f171 f172 f173 f174 f175 f176 f177 f178 f179 f180 f181 f182 f183 f184
    f185 f186 f187 f188 f189 f190 f191 f192 f193 f194 f195 f196 f197 f198 f199
}

//! The tables that describe records: what generated code states and the codecs interpret.
//!
//! A [`Shape`] lists the attributes and the content of a complex type. Its entries are [`Field`]s,
//! made by [`one`], [`opt`], [`many`], [`any`], [`text`], [`choice`] and [`group`] and refined by
//! their methods, all `const`. A record hands its slots to a codec in the order of the entries:
//! attributes first, then fields.

/// The table of one record.
#[derive(Clone, Copy, Debug)]
pub struct Shape {
    /// Namespace of the elements whose entry names none of its own.
    pub namespace: &'static str,
    /// Attributes. They are in no namespace unless [`Field::in_namespace`] says so.
    pub attributes: &'static [Field],
    /// Content, in the order in which it is written.
    pub fields: &'static [Field],
    /// What must hold between fields before a record is sent.
    pub rules: &'static [Rule],
    /// Whether text may stand between the elements. It goes to the [`text`] entry, joined, where
    /// there is one, and is written before the elements.
    pub mixed: bool,
}

impl Shape {
    /// A table of content alone.
    #[must_use]
    pub const fn new(namespace: &'static str, fields: &'static [Field]) -> Self {
        Self {
            namespace,
            attributes: &[],
            fields,
            rules: &[],
            mixed: false,
        }
    }

    /// With these attributes.
    #[must_use]
    pub const fn attributes(mut self, attributes: &'static [Field]) -> Self {
        self.attributes = attributes;
        self
    }

    /// With these rules.
    #[must_use]
    pub const fn rules(mut self, rules: &'static [Rule]) -> Self {
        self.rules = rules;
        self
    }

    /// With text between the elements.
    #[must_use]
    pub const fn mixed(mut self) -> Self {
        self.mixed = true;
        self
    }
}

/// What an entry of a table stands for.
#[derive(Clone, Copy, Debug)]
pub enum Kind {
    /// An element (or an attribute, in the list of attributes) with the entry's name.
    Element,
    /// Whatever no other entry takes: elements, or attributes in the list of attributes.
    Any,
    /// The text of simple or mixed content.
    Text,
    /// One of several branches.
    Choice(&'static [Field]),
    /// A model group whose record is one slot; it has no element of its own.
    Group(&'static Shape),
}

/// What the white space of a text becomes before it is read (`xs:whiteSpace`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhiteSpace {
    /// It stays.
    Preserve,
    /// Each tab and line end becomes a blank.
    Replace,
    /// Runs become one blank, those at the ends go.
    Collapse,
}

/// Where in an HTTP request a field goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Location {
    /// The body.
    Body,
    /// A `{name}` of the path.
    Path,
    /// The query.
    Query,
    /// A header.
    Header,
}

/// What is written for an absent value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Absent {
    /// Nil where the element is required and nillable, else nothing.
    Auto,
    /// `xsi:nil="true"`, or `null`.
    Nil,
    /// Nothing.
    Omit,
    /// An empty element, or an empty string.
    Empty,
}

/// How deep records may be inside each other to be written. Writing goes by recursion.
pub(crate) const DEPTH: usize = 100;

/// No upper bound.
pub(crate) const UNBOUNDED: usize = usize::MAX;

/// Limits on a value, checked before sending and never on reading.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Facets {
    pub(crate) min_length: usize,
    pub(crate) max_length: usize,
    pub(crate) total_digits: usize,
    pub(crate) fraction_digits: usize,
    pub(crate) min_occurs: usize,
    pub(crate) max_occurs: usize,
    pub(crate) min_inclusive: Option<&'static str>,
    pub(crate) max_inclusive: Option<&'static str>,
    pub(crate) min_exclusive: Option<&'static str>,
    pub(crate) max_exclusive: Option<&'static str>,
}

/// One entry of a table.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    pub(crate) name: &'static str,
    pub(crate) namespace: Option<&'static str>,
    pub(crate) kind: Kind,
    pub(crate) required: bool,
    pub(crate) repeated: bool,
    pub(crate) nillable: bool,
    pub(crate) secret: bool,
    pub(crate) claimed: bool,
    pub(crate) nil_others: bool,
    pub(crate) item_nillable: bool,
    pub(crate) item: Option<&'static str>,
    pub(crate) white_space: WhiteSpace,
    pub(crate) location: Location,
    pub(crate) absent: Absent,
    pub(crate) default_value: Option<&'static str>,
    pub(crate) facets: Facets,
}

/// An element or attribute that is there exactly once.
#[must_use]
pub const fn one(name: &'static str) -> Field {
    Field {
        name,
        namespace: None,
        kind: Kind::Element,
        required: true,
        repeated: false,
        nillable: false,
        secret: false,
        claimed: false,
        nil_others: false,
        item_nillable: false,
        item: None,
        white_space: WhiteSpace::Preserve,
        location: Location::Body,
        absent: Absent::Auto,
        default_value: None,
        facets: Facets {
            min_length: 0,
            max_length: UNBOUNDED,
            total_digits: UNBOUNDED,
            fraction_digits: UNBOUNDED,
            min_occurs: 0,
            max_occurs: UNBOUNDED,
            min_inclusive: None,
            max_inclusive: None,
            min_exclusive: None,
            max_exclusive: None,
        },
    }
}

/// An element or attribute that may be absent.
#[must_use]
pub const fn opt(name: &'static str) -> Field {
    Field {
        required: false,
        ..one(name)
    }
}

/// An element that is there any number of times.
#[must_use]
pub const fn many(name: &'static str) -> Field {
    Field {
        required: false,
        repeated: true,
        ..one(name)
    }
}

/// A wildcard: the elements (in the list of attributes: attributes) that no other entry takes.
#[must_use]
pub const fn any() -> Field {
    Field {
        kind: Kind::Any,
        ..many("any")
    }
}

/// The text of simple content, or of mixed content.
#[must_use]
pub const fn text() -> Field {
    Field {
        kind: Kind::Text,
        ..one("text")
    }
}

/// Exactly one of `branches`, which may be elements, groups, wildcards and choices.
#[must_use]
pub const fn choice(branches: &'static [Field]) -> Field {
    Field {
        kind: Kind::Choice(branches),
        ..one("choice")
    }
}

/// A model group whose record is one slot.
#[must_use]
pub const fn group(shape: &'static Shape) -> Field {
    Field {
        kind: Kind::Group(shape),
        ..one("group")
    }
}

macro_rules! facets {
    ($($(#[$doc:meta])* $name:ident: $type:ty,)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub const fn $name(mut self, limit: $type) -> Self {
            self.facets.$name = limit;
            self
        }
    )*};
}

macro_rules! bounds {
    ($($(#[$doc:meta])* $name:ident,)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub const fn $name(mut self, bound: &'static str) -> Self {
            self.facets.$name = Some(bound);
            self
        }
    )*};
}

macro_rules! settings {
    ($($(#[$doc:meta])* $name:ident: $field:ident = $value:expr,)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub const fn $name(mut self) -> Self {
            self.$field = $value;
            self
        }
    )*};
}

impl Field {
    settings! {
        /// May be nil: `xsi:nil="true"` in XML, `null` in JSON.
        nillable: nillable = true,
        /// The items of the wrapped list may be nil.
        item_nillable: item_nillable = true,
        /// In no namespace.
        unqualified: namespace = Some(""),
        /// Never shown in errors.
        secret: secret = true,
        /// Tabs and line ends are read as blanks.
        replace: white_space = WhiteSpace::Replace,
        /// White space is read collapsed.
        collapse: white_space = WhiteSpace::Collapse,
        /// May be absent.
        optional: required = false,
        /// May be there more than once.
        repeated: repeated = true,
        /// The branches of the choice that are not chosen are each sent as nil, in the order of
        /// the table; on reading, branches that are nil are ignored.
        nil_others: nil_others = true,
        /// Part of the path of the address.
        in_path: location = Location::Path,
        /// Part of the query of the address.
        in_query: location = Location::Query,
        /// An HTTP header.
        in_header: location = Location::Header,
        /// An absent value is sent as nil.
        absent_nil: absent = Absent::Nil,
        /// An absent value is not sent.
        absent_omit: absent = Absent::Omit,
        /// An absent value is sent as an empty element.
        absent_empty: absent = Absent::Empty,
        /// Only the documentation claims that it is always there: reading bears its absence.
        claimed: claimed = true,
    }

    facets! {
        /// At least so many characters (items of a list, octets of binary data).
        min_length: usize,
        /// At most so many characters (items of a list, octets of binary data).
        max_length: usize,
        /// At most so many digits that count.
        total_digits: usize,
        /// At most so many digits that count after the point.
        fraction_digits: usize,
        /// At least so many items.
        min_occurs: usize,
        /// At most so many items.
        max_occurs: usize,
    }

    bounds! {
        /// At least this.
        min_inclusive,
        /// At most this.
        max_inclusive,
        /// More than this.
        min_exclusive,
        /// Less than this.
        max_exclusive,
    }

    /// Exactly so many characters (items of a list, octets of binary data).
    #[must_use]
    pub const fn length(self, length: usize) -> Self {
        self.min_length(length).max_length(length)
    }

    /// In a namespace of its own.
    #[must_use]
    pub const fn in_namespace(mut self, namespace: &'static str) -> Self {
        self.namespace = Some(namespace);
        self
    }

    /// A list in a wrapper: the element is there once and holds items of this name, in the same
    /// namespace. Facets are those of the items.
    #[must_use]
    pub const fn wrapped(mut self, item: &'static str) -> Self {
        self.item = Some(item);
        self
    }

    /// The value that an absent attribute or an empty element has.
    #[must_use]
    pub const fn default_value(mut self, value: &'static str) -> Self {
        self.default_value = Some(value);
        self
    }

    /// The only value; like [`Field::default_value`] on reading.
    #[must_use]
    pub const fn fixed(self, value: &'static str) -> Self {
        self.default_value(value)
    }

    /// The name on the wire. For entries without one: `any`, `text`, `choice`, `group`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Where in an HTTP request the field goes.
    #[must_use]
    pub const fn location(&self) -> Location {
        self.location
    }

    /// Whether the value is never shown.
    #[must_use]
    pub const fn is_secret(&self) -> bool {
        self.secret
    }

    /// Whether this is a group: its record is read and written without an element around it.
    #[must_use]
    pub(crate) const fn is_group(&self) -> bool {
        matches!(self.kind, Kind::Group(_))
    }

    /// Whether this is an element or attribute with a name.
    pub(crate) const fn is_named(&self) -> bool {
        matches!(self.kind, Kind::Element)
    }

    /// What is sent for no value, decided.
    pub(crate) fn absent(&self) -> Absent {
        match self.absent {
            Absent::Auto if self.nillable && (self.required || self.repeated) => Absent::Nil,
            Absent::Auto => Absent::Omit,
            given => given,
        }
    }

    /// The entry of the items of a wrapped list. `namespace` is that of the wrapper.
    pub(crate) const fn item_field(&self, name: &'static str, namespace: &'static str) -> Self {
        let mut item = *self;
        item.name = name;
        item.namespace = Some(namespace);
        item.item = None;
        item.nillable = self.item_nillable;
        item.item_nillable = false;
        item.required = false;
        item.repeated = true;
        item.location = Location::Body;
        // One item absent inside a list holds its place.
        item.absent = if self.item_nillable {
            Absent::Nil
        } else {
            Absent::Auto
        };
        item
    }

    /// Whether the entry takes an element of this name, as itself, a branch, or part of a group.
    /// Wildcards take none here: they come last.
    pub(crate) fn takes(&self, default: &str, namespace: &str, local: &str) -> bool {
        match self.kind {
            Kind::Element => self.name == local && self.namespace.unwrap_or(default) == namespace,
            Kind::Any | Kind::Text => false,
            Kind::Choice(branches) => branches
                .iter()
                .any(|branch| branch.takes(default, namespace, local)),
            Kind::Group(shape) => shape
                .fields
                .iter()
                .any(|field| field.takes(shape.namespace, namespace, local)),
        }
    }

    /// Whether the entry takes a JSON member of this name.
    pub(crate) fn takes_member(&self, name: &str) -> bool {
        match self.kind {
            Kind::Element => self.name == name,
            Kind::Any | Kind::Text => false,
            Kind::Choice(branches) => branches.iter().any(|branch| branch.takes_member(name)),
            Kind::Group(shape) => shape.fields.iter().any(|field| field.takes_member(name)),
        }
    }

    /// Whether a wildcard is this entry or one of its branches.
    pub(crate) fn takes_any(&self) -> bool {
        match self.kind {
            Kind::Any => true,
            Kind::Choice(branches) => branches.iter().any(Self::takes_any),
            Kind::Element | Kind::Text | Kind::Group(_) => false,
        }
    }

    /// Whether a document without anything for this entry can be borne: it is complete, or only nil
    /// is left out.
    pub(crate) fn may_be_absent(&self) -> bool {
        self.claimed || self.nillable || self.repeated || self.is_emptiable()
    }

    /// Whether nothing at all is valid for this entry.
    fn is_emptiable(&self) -> bool {
        if !self.required {
            return !self.repeated || self.facets.min_occurs == 0;
        }
        match self.kind {
            Kind::Element => false,
            Kind::Any | Kind::Text => true,
            Kind::Choice(branches) => branches.iter().any(Self::is_emptiable),
            Kind::Group(shape) => shape.fields.iter().all(Self::may_be_absent),
        }
    }

    /// The names that the entry stands for, for messages.
    pub(crate) fn names(&self) -> Vec<&'static str> {
        match self.kind {
            Kind::Element | Kind::Any | Kind::Text => vec![self.name],
            Kind::Choice(branches) => branches.iter().flat_map(Self::names).collect(),
            Kind::Group(shape) => shape.fields.iter().take(1).flat_map(Self::names).collect(),
        }
    }
}

/// What must hold between the fields of a record, by their names on the wire. A value counts when
/// it is present and not nil.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rule {
    /// One of them, no more.
    ExactlyOne(&'static [&'static str]),
    /// None or one of them.
    AtMostOne(&'static [&'static str]),
    /// One of them or more.
    AtLeastOne(&'static [&'static str]),
    /// With the first, all others.
    Requires(&'static [&'static str]),
    /// With the first, none of the others.
    Excludes(&'static [&'static str]),
}

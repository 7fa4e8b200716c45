//! What refines an entry.

use super::{Absent, Field, Kind, Location, Namespaces, Shape, WhiteSpace};

macro_rules! facets {
    ($($(#[$doc:meta])* $name:ident: $type:ty,)*) => {$(
        $(#[$doc])*
        #[must_use]
        pub const fn $name(mut self, limit: $type) -> Self {
            self.facets.$name = limit;
            self.facets.is_set = true;
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
            self.facets.is_set = true;
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
        /// A part of the message beside the envelope: its slot is an
        /// [`Attachment`](crate::Attachment). Only for the fields of an operation's own record.
        attached: kind = Kind::Attached,
        /// Tabs and line ends are read as blanks.
        replace: white_space = WhiteSpace::Replace,
        /// White space is read collapsed.
        collapse: white_space = WhiteSpace::Collapse,
        /// May be absent.
        optional: required = false,
        /// May be there more than once.
        repeated: repeated = true,
        /// A wildcard that takes one element alone.
        single: repeated = false,
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

    /// The items of a wrapped list are in a namespace of their own.
    #[must_use]
    pub const fn item_namespace(mut self, namespace: &'static str) -> Self {
        self.item_namespace = Some(namespace);
        self
    }

    /// A repeated choice in a wrapper: the element is there once, and its table has that choice alone.
    #[must_use]
    pub const fn wrapping(mut self, content: &'static Shape) -> Self {
        self.content = Some(content);
        self
    }

    /// A wildcard that takes only names in these namespaces; the empty one is none.
    #[must_use]
    pub const fn in_namespaces(mut self, namespaces: &'static [&'static str]) -> Self {
        self.namespaces = Namespaces::OneOf(namespaces);
        self
    }

    /// A wildcard that takes names in any namespace but this one (`##other`).
    #[must_use]
    pub const fn other_than(mut self, namespace: &'static str) -> Self {
        self.namespaces = Namespaces::Other(namespace);
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
}

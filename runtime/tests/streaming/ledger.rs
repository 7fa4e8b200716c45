//! An invented service with long answers: a ledger.

use castile::wire::{
    Action, Binding, Branch, Choice, ComplexType, ContentReader, ContentWriter, Field, Name,
    Operation, Record, Repeated, SentItem, Shape, StreamedOctets, StreamedRequest,
    StreamedResponse, Value, choice, choices_slot, choices_value, many, one, opt,
};
use castile::{Base64Binary, Code, Decimal, FaultDetail, NoDetail, ReadError};

pub(crate) const NS: &str = "urn:example:ledger";
pub(crate) const OTHER: &str = "urn:example:other";

macro_rules! record {
    ($name:ident { $($slot:ident: $type:ty = $field:expr,)* }) => {
        #[derive(Clone, Debug, Default, PartialEq)]
        pub(crate) struct $name { $(pub(crate) $slot: $type,)* }

        impl ComplexType for $name {
            const SHAPE: &'static Shape = &Shape::new(NS, &[$($field,)*]);
        }

        impl Record for $name {
            fn read_content(&mut self, reader: &mut dyn ContentReader) -> Result<(), ReadError> {
                reader.content(Self::SHAPE, &mut [$(&mut self.$slot,)*])
            }

            fn write_content(&self, writer: &mut dyn ContentWriter) {
                writer.content(Self::SHAPE, &[$(&self.$slot,)*]);
            }
        }
    };
}

record!(List {
    since: String = one("Since"),
});
record!(Entry {
    number: i32 = one("Number"),
    amount: Option<Decimal> = one("Amount").nillable(),
    text: Option<String> = opt("Text"),
    parts: Vec<Entry> = many("Entry"),
});
record!(Page {
    total: i32 = one("Total"),
    entries: Vec<Option<Entry>> = opt("Entries").wrapped("Entry").item_nillable(),
    next: String = one("Next"),
});
record!(Closed {
    year: i32 = one("Year"),
});

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Refused {
    Closed(Closed),
}

impl FaultDetail for Refused {
    const BRANCHES: &'static [Field] = &[one("Closed").in_namespace(NS)];

    fn read(_: usize, value: Branch<'_, '_>) -> Result<Self, ReadError> {
        value.read().map(Self::Closed)
    }
}

pub(crate) const PAGE: &[Name] = &[Name::new(NS, "ListResponse")];

#[derive(Clone, Copy, Debug)]
pub(crate) struct ListEntries;

impl Operation for ListEntries {
    type Request = List;
    type Response = Page;
    type Code = Code;
    type Detail = Refused;
    const BINDING: &'static Binding = &Binding::soap11("Ledger", "List", Action::Empty)
        .request(&[Name::new(NS, "List")])
        .response(PAGE);
}

impl StreamedResponse for ListEntries {
    type Item = Option<Entry>;
    const ITEMS: &'static Repeated =
        &Repeated::new(NS, &[], one("Entries").wrapped("Entry").item_nillable());

    fn read_item(item: Branch<'_, '_>) -> Result<Self::Item, ReadError> {
        item.read()
    }
}

/// What may stand in the journal: a choice without a wrapper, two records deep.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Line {
    Entry(Entry),
    Note(String),
}

impl Choice for Line {
    const BRANCHES: &'static [Field] = &[one("Entry"), one("Note").in_namespace(OTHER)];

    fn read(branch: usize, value: Branch<'_, '_>) -> Result<Self, ReadError> {
        match branch {
            0 => value.read().map(Self::Entry),
            _ => value.read().map(Self::Note),
        }
    }

    fn write(&self) -> (usize, &dyn Value) {
        match self {
            Self::Entry(value) => (0, value),
            Self::Note(value) => (1, value),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Book {
    pub(crate) title: Option<String>,
    pub(crate) lines: Vec<Line>,
    pub(crate) end: Option<String>,
}

impl ComplexType for Book {
    const SHAPE: &'static Shape = &Shape::new(
        NS,
        &[
            opt("Title"),
            choice(Line::BRANCHES).repeated().optional(),
            opt("End"),
        ],
    );
}

impl Record for Book {
    fn read_content(&mut self, reader: &mut dyn ContentReader) -> Result<(), ReadError> {
        let lines = &mut choices_slot(&mut self.lines);
        reader.content(Self::SHAPE, &mut [&mut self.title, lines, &mut self.end])
    }

    fn write_content(&self, writer: &mut dyn ContentWriter) {
        let lines = &choices_value(&self.lines);
        writer.content(Self::SHAPE, &[&self.title, lines, &self.end]);
    }
}

record!(Journal {
    book: Book = one("Book"),
});

#[derive(Clone, Copy, Debug)]
pub(crate) struct ReadJournal;

impl Operation for ReadJournal {
    type Request = ();
    type Response = Journal;
    type Code = Code;
    type Detail = NoDetail;
    const BINDING: &'static Binding =
        &Binding::soap12("Ledger", "Journal", Action::Empty).response(&[Name::new(NS, "Journal")]);
}

impl StreamedResponse for ReadJournal {
    type Item = Line;
    const ITEMS: &'static Repeated = &Repeated::new(
        NS,
        &[Name::new(NS, "Book")],
        choice(Line::BRANCHES).repeated().optional(),
    );

    fn read_item(item: Branch<'_, '_>) -> Result<Line, ReadError> {
        item.choice()
    }
}

record!(PostEntries {
    title: String = one("Title"),
    entries: Option<Vec<Entry>> = opt("Entries").wrapped("Entry").min_occurs(1).max_occurs(300),
    mark: Option<String> = opt("Mark").in_namespace("urn:example:third"),
});
record!(Posted {
    count: i32 = one("Count"),
});

#[derive(Clone, Copy, Debug)]
pub(crate) struct Post;

impl Operation for Post {
    type Request = PostEntries;
    type Response = Posted;
    type Code = Code;
    type Detail = NoDetail;
    const BINDING: &'static Binding = &Binding::soap11("Ledger", "Post", Action::Empty)
        .request(&[Name::new(NS, "Post")])
        .response(&[Name::new(NS, "Posted")]);
}

impl StreamedRequest for Post {
    type Item = Entry;
    const ITEMS: &'static Repeated = &Repeated::new(
        NS,
        &[],
        opt("Entries")
            .wrapped("Entry")
            .min_occurs(1)
            .max_occurs(300),
    );

    fn item(item: &Entry) -> SentItem<'_> {
        SentItem::new(item)
    }
}

#[derive(Clone, Copy, Debug)]
pub(crate) struct WriteJournal;

impl Operation for WriteJournal {
    type Request = Journal;
    type Response = Posted;
    type Code = Code;
    type Detail = NoDetail;
    const BINDING: &'static Binding = &Binding::soap12("Ledger", "WriteJournal", Action::Empty)
        .request(&[Name::new(NS, "Journal")])
        .response(&[Name::new(NS, "Posted")]);
}

impl StreamedRequest for WriteJournal {
    type Item = Line;
    const ITEMS: &'static Repeated = <ReadJournal as StreamedResponse>::ITEMS;

    fn item(item: &Line) -> SentItem<'_> {
        SentItem::choice(item)
    }
}

record!(Scan {
    name: String = one("Name"),
    data: Base64Binary = one("Data").min_length(1).max_length(100_000),
});
record!(Upload { scan: Scan = one("Scan"), note: Option<String> = opt("Note"), });

#[derive(Clone, Copy, Debug)]
pub(crate) struct UploadScan;

impl Operation for UploadScan {
    type Request = Upload;
    type Response = Posted;
    type Code = Code;
    type Detail = NoDetail;
    const BINDING: &'static Binding = &Binding::soap11("Ledger", "Upload", Action::Empty)
        .request(&[Name::new(NS, "Upload")])
        .response(&[Name::new(NS, "Posted")]);
}

impl StreamedOctets for UploadScan {
    const OCTETS: &'static Repeated = &Repeated::new(
        NS,
        &[Name::new(NS, "Scan")],
        one("Data").min_length(1).max_length(100_000),
    );
}

//! Wildcards beside choices and groups.

use super::read;
use crate::wire::{
    Branch, Choice, ComplexType, ContentReader, ContentWriter, Field, Record, Shape, Value, any,
    choice, choice_slot, choice_value, group, one, opt,
};
use crate::{AnyElement, ReadError};

const NAMESPACE: &str = "urn:example:wildcards";

#[derive(Clone, Debug, PartialEq)]
enum Body {
    Text(String),
    Any(AnyElement),
}

impl Choice for Body {
    const BRANCHES: &'static [Field] = &[one("Text"), any().single()];

    fn read(branch: usize, value: Branch<'_, '_>) -> Result<Self, ReadError> {
        match branch {
            0 => value.read().map(Self::Text),
            _ => value.read().map(Self::Any),
        }
    }

    fn write(&self) -> (usize, &dyn Value) {
        match self {
            Self::Text(value) => (0, value),
            Self::Any(value) => (1, value),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Once {
    body: Option<Body>,
}

impl ComplexType for Once {
    const SHAPE: &'static Shape = &Shape::new(NAMESPACE, &[choice(Body::BRANCHES)]);
}

impl Record for Once {
    fn read_content(&mut self, reader: &mut dyn ContentReader) -> Result<(), ReadError> {
        reader.content(Self::SHAPE, &mut [&mut choice_slot(&mut self.body)])
    }

    fn write_content(&self, writer: &mut dyn ContentWriter) {
        writer.content(Self::SHAPE, &[&choice_value(&self.body)]);
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Pair {
    key: String,
    value: Option<String>,
    note: String,
}

impl ComplexType for Pair {
    const SHAPE: &'static Shape = &Shape::new(NAMESPACE, &[one("Key"), opt("Value"), one("Note")]);
}

impl Record for Pair {
    fn read_content(&mut self, reader: &mut dyn ContentReader) -> Result<(), ReadError> {
        let slots = &mut [
            &mut self.key as &mut dyn crate::wire::Slot,
            &mut self.value,
            &mut self.note,
        ];
        reader.content(Self::SHAPE, slots)
    }

    fn write_content(&self, writer: &mut dyn ContentWriter) {
        writer.content(Self::SHAPE, &[&self.key, &self.value, &self.note]);
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Log {
    pair: Pair,
    rest: Vec<AnyElement>,
}

impl ComplexType for Log {
    const SHAPE: &'static Shape = &Shape::new(NAMESPACE, &[group(Pair::SHAPE), any()]);
}

impl Record for Log {
    fn read_content(&mut self, reader: &mut dyn ContentReader) -> Result<(), ReadError> {
        reader.content(Self::SHAPE, &mut [&mut self.pair, &mut self.rest])
    }

    fn write_content(&self, writer: &mut dyn ContentWriter) {
        writer.content(Self::SHAPE, &[&self.pair, &self.rest]);
    }
}

fn inside<T: ComplexType + PartialEq + std::fmt::Debug>(content: &str) -> T {
    read(&format!("<R xmlns='{NAMESPACE}'>{content}</R>")).unwrap()
}

#[test]
fn an_unknown_element_does_not_replace_what_a_choice_holds() {
    let once: Once = inside("<Text>1</Text><o xmlns='urn:o'/>");
    assert_eq!(once.body, Some(Body::Text("1".to_owned())));
    let once: Once = inside("<o xmlns='urn:o'/><p xmlns='urn:o'/>");
    let Some(Body::Any(element)) = once.body else {
        panic!("{once:?}")
    };
    assert_eq!(element.name().local, "o");
}

#[test]
fn a_wildcard_takes_what_comes_after_a_complete_group() {
    let log: Log = inside("<Key>k</Key><Note>n</Note><o xmlns='urn:o'/><p xmlns='urn:o'/>");
    let names: Vec<_> = { log.rest.iter() }
        .map(|e| e.name().local.as_str())
        .collect();
    assert_eq!(names, ["o", "p"]);
    assert_eq!((&*log.pair.key, &*log.pair.note), ("k", "n"));
}

#[test]
fn an_unknown_element_in_the_middle_of_a_group_is_passed() {
    let log: Log = inside("<Key>k</Key><o xmlns='urn:o'/><Value>v</Value><Note>n</Note>");
    assert_eq!(log.pair.value.as_deref(), Some("v"));
    assert_eq!(log.rest, []);
}

#[test]
fn prefixes_that_nothing_mentions_make_no_difference() {
    let log: Log = inside("<Key>k</Key><Note>n</Note><o:o xmlns:o='urn:o' t='p:x'>q:y</o:o>");
    let around = format!(
        "<R xmlns='{NAMESPACE}' xmlns:z='urn:z' xmlns:o='urn:o' xmlns:p='urn:p' xmlns:q='urn:q'>\
         <Key>k</Key><Note>n</Note><o:o t='p:x'>q:y</o:o></R>"
    );
    let bound: Log = read(&around).unwrap();
    assert_eq!(log.rest[0].namespace_of("p"), None);
    assert_eq!(bound.rest[0].namespace_of("p"), Some("urn:p"));
    assert_eq!(bound.rest[0].namespace_of("q"), Some("urn:q"));
    assert_eq!(bound.rest[0].namespace_of("z"), None);
}

#[test]
fn the_order_of_attributes_and_declarations_makes_no_difference() {
    let read = |text: &str| {
        let limits = crate::Limits::default();
        let mut reader = crate::xml::Reader::new(text, &limits);
        reader.next_start().unwrap();
        reader.any_element().unwrap()
    };
    let one = read("<a xmlns:p='urn:p' xmlns:q='urn:q' p:x='1' y='2' t='p:a q:b'><b/>t</a>");
    let other = read("<a y='2' t='p:a q:b' xmlns:q='urn:q' p:x='1' xmlns:p='urn:p'><b/>t</a>");
    assert_eq!(one, other);
    for different in [
        "<a xmlns:p='urn:p' xmlns:q='urn:r' p:x='1' y='2' t='p:a q:b'><b/>t</a>",
        "<a xmlns:p='urn:p' xmlns:q='urn:q' p:x='1' y='3' t='p:a q:b'><b/>t</a>",
        "<a xmlns:p='urn:p' xmlns:q='urn:q' p:x='1' t='p:a q:b'><b/>t</a>",
        "<a xmlns:p='urn:p' xmlns:q='urn:q' p:x='1' y='2' t='p:a q:b'>t<b/></a>",
    ] {
        assert_ne!(one, read(different), "{different}");
    }
}

/// What an element of `xs:anyType` is read into where it is the body of a message.
#[derive(Clone, Debug, PartialEq)]
enum Anything {
    Text(String),
    Other(AnyElement),
}

impl Choice for Anything {
    const BRANCHES: &'static [Field] = &[crate::wire::text(), any().single()];

    fn read(branch: usize, value: Branch<'_, '_>) -> Result<Self, ReadError> {
        match branch {
            0 => value.read().map(Self::Text),
            _ => value.read().map(Self::Other),
        }
    }

    fn write(&self) -> (usize, &dyn Value) {
        match self {
            Self::Text(value) => (0, value),
            Self::Other(value) => (1, value),
        }
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Open {
    content: Vec<Anything>,
}

impl ComplexType for Open {
    const SHAPE: &'static Shape = &Shape::new(
        NAMESPACE,
        &[choice(Anything::BRANCHES).optional().repeated()],
    )
    .mixed();
}

impl Record for Open {
    fn read_content(&mut self, reader: &mut dyn ContentReader) -> Result<(), ReadError> {
        reader.content(
            Self::SHAPE,
            &mut [&mut crate::wire::choices_slot(&mut self.content)],
        )
    }

    fn write_content(&self, writer: &mut dyn ContentWriter) {
        writer.content(Self::SHAPE, &[&crate::wire::choices_value(&self.content)]);
    }
}

#[test]
fn blank_text_of_any_type_is_kept() {
    let text = |text: &str| Anything::Text(text.to_owned());
    let blank: Open = inside(" \n ");
    assert_eq!(blank.content, [text(" \n ")]);
    let between: Open = inside(" <o/> <o/>\t");
    let [a, Anything::Other(_), b, Anything::Other(_), c] = between.content.as_slice() else {
        panic!("{between:?}")
    };
    assert_eq!([a, b, c], [&text(" "), &text(" "), &text("\t")]);
}

//! Nil elements with attributes, and what an empty element stands for.

use super::read;
use crate::check::Checker;
use crate::wire::{
    CheckError, ComplexType, ContentReader, ContentWriter, Record, Shape, Slot, Value, many, nil,
    one, opt, text,
};
use crate::xml::{Writer, XSI};
use crate::{AnyElement, Decimal, ReadError};

const NAMESPACE: &str = "urn:example:nil";

#[derive(Clone, Debug, Default, PartialEq)]
struct Measure {
    unit: String,
    nil: bool,
    value: Decimal,
}

impl ComplexType for Measure {
    const SHAPE: &'static Shape =
        &Shape::new(NAMESPACE, &[text().max_inclusive("100")]).attributes(&[one("unit"), nil()]);
}

impl Record for Measure {
    fn read_content(&mut self, reader: &mut dyn ContentReader) -> Result<(), ReadError> {
        let slots: &mut [&mut dyn Slot] = &mut [&mut self.unit, &mut self.nil, &mut self.value];
        reader.content(Self::SHAPE, slots)
    }

    fn write_content(&self, writer: &mut dyn ContentWriter) {
        writer.content(Self::SHAPE, &[&self.unit, &self.nil, &self.value]);
    }
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Sample {
    depth: Option<Measure>,
    price: Option<Measure>,
    more: Vec<Option<Measure>>,
}

impl ComplexType for Sample {
    const SHAPE: &'static Shape = &Shape::new(
        NAMESPACE,
        &[
            one("Depth").nillable(),
            opt("Price").default_value("9.90"),
            many("More").nillable(),
        ],
    );
}

impl Record for Sample {
    fn read_content(&mut self, reader: &mut dyn ContentReader) -> Result<(), ReadError> {
        let slots: &mut [&mut dyn Slot] = &mut [&mut self.depth, &mut self.price, &mut self.more];
        reader.content(Self::SHAPE, slots)
    }

    fn write_content(&self, writer: &mut dyn ContentWriter) {
        writer.content(Self::SHAPE, &[&self.depth, &self.price, &self.more]);
    }
}

fn sample(content: &str) -> Result<Sample, ReadError> {
    read(&format!(
        "<S xmlns='{NAMESPACE}' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'>{content}</S>"
    ))
}

fn errors(sample: &Sample) -> Vec<CheckError> {
    Checker::check_all(sample)
}

#[test]
fn a_nil_element_keeps_its_attributes() {
    let read = sample("<Depth unit='m' i:nil='true'/><More i:nil='1' unit='g'></More>").unwrap();
    let depth = Measure {
        unit: "m".to_owned(),
        nil: true,
        value: Decimal::default(),
    };
    assert_eq!(read.depth, Some(depth));
    assert_eq!(read.more[0].as_ref().map(|more| more.nil), Some(true));
    let mut writer = Writer::new();
    read.write_xml(&one("S").in_namespace(NAMESPACE), &mut writer);
    let nil = "xsi:nil=\"true\"/>";
    assert_eq!(
        writer.finish().unwrap(),
        format!(
            "<ns:S xmlns:ns=\"{NAMESPACE}\" xmlns:xsi=\"{XSI}\"><ns:Depth unit=\"m\" {nil}\
             <ns:More unit=\"g\" {nil}</ns:S>"
        )
    );
}

#[test]
fn a_nil_element_without_attributes_is_none() {
    let read = sample("<Depth i:nil='true'/><More i:nil='true' i:type='x'/>").unwrap();
    assert_eq!(read.depth, None);
    assert_eq!(read.more, [None]);
}

#[test]
fn nil_with_content_is_an_error_and_nil_needs_its_attributes() {
    let error = sample("<Depth unit='m' i:nil='true'>1</Depth>").unwrap_err();
    assert!(error.to_string().contains("/S/Depth"), "{error}");
    assert!(sample("<Depth unit='m' i:nil='perhaps'/>").is_err());
}

#[test]
fn limits_do_not_hold_for_what_is_nil() {
    let mut sample = sample("<Depth unit='m'>101</Depth>").unwrap();
    assert_eq!(errors(&sample).len(), 1);
    if let Some(depth) = &mut sample.depth {
        depth.nil = true;
    }
    assert_eq!(errors(&sample), []);
}

#[test]
fn an_empty_element_with_attributes_has_the_default() {
    let read = sample("<Depth unit='m'>1</Depth><Price unit='e'/>").unwrap();
    let price = read.price.map(|price| price.value.to_string());
    assert_eq!(price.as_deref(), Some("9.90"));
    // The default is that of the element, not of its type.
    assert!(sample("<Depth unit='m'/>").is_err());
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Anything {
    values: Vec<Option<AnyElement>>,
}

impl ComplexType for Anything {
    const SHAPE: &'static Shape = &Shape::new(NAMESPACE, &[many("Value").nillable()]);
}

impl Record for Anything {
    fn read_content(&mut self, reader: &mut dyn ContentReader) -> Result<(), ReadError> {
        reader.content(Self::SHAPE, &mut [&mut self.values])
    }

    fn write_content(&self, writer: &mut dyn ContentWriter) {
        writer.content(Self::SHAPE, &[&self.values]);
    }
}

#[test]
fn a_nil_element_of_any_type_keeps_the_type_that_it_names() {
    let value: Anything = read(
        "<a xmlns='urn:example:nil' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>\
         <Value xsi:nil='true' xsi:type='Value'/><Value xsi:nil='true'/></a>",
    )
    .unwrap();
    let [Some(first), None] = value.values.as_slice() else {
        panic!("the first is kept, the second is nil: {:?}", value.values);
    };
    assert_eq!(first.attribute(XSI, "type"), Some("Value"));
    assert_eq!(first.attribute(XSI, "nil"), Some("true"));
}

//! Tables of polymorphic elements by hand, as generated code has them.

use super::{Polymorphic, TypedValue};
use crate::types::{Nillable, QName};
use crate::wire::{
    Checker, ComplexType, ContentReader, ContentWriter, Name, Record, Shape, Slot, Value, many,
    one, opt, polymorphic,
};
use crate::xml::{Reader, Writer, XSI};
use crate::{AnyElement, Limits, ReadError};

const NAMESPACE: &str = "urn:fleet";
const MARINE: &str = "urn:fleet:marine";

/// Implements [`ComplexType`] as generated code does.
macro_rules! record {
    ($type:ident, $shape:expr, [$($field:ident),*]) => {
        impl ComplexType for $type {
            const SHAPE: &'static Shape = $shape;
        }

        impl Record for $type {
            fn read_content(&mut self, reader: &mut dyn ContentReader) -> Result<(), ReadError> {
                let slots: &mut [&mut dyn Slot] = &mut [$(&mut self.$field),*];
                reader.content(Self::SHAPE, slots)
            }

            fn write_content(&self, writer: &mut dyn ContentWriter) {
                let values: &[&dyn Value] = &[$(&self.$field),*];
                writer.content(Self::SHAPE, values);
            }
        }
    };
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Vehicle {
    id: i32,
}

record!(Vehicle, &Shape::new(NAMESPACE, &[one("Id")]), [id]);

#[derive(Clone, Debug, Default, PartialEq)]
struct Car {
    id: i32,
    doors: Option<i32>,
    towing: Option<AnyVehicle>,
}

record!(
    Car,
    &Shape::new(NAMESPACE, &[one("Id"), opt("Doors"), opt("Towing")]),
    [id, doors, towing]
);

#[derive(Clone, Debug, Default, PartialEq)]
struct Boat {
    id: i32,
    port: String,
    length: i32,
}

record!(
    Boat,
    &Shape::new(NAMESPACE, &[one("Id"), one("Port").in_namespace(MARINE)])
        .attributes(&[one("length")]),
    [length, id, port]
);

/// The declared type can be used itself.
#[derive(Clone, Debug, PartialEq)]
enum AnyVehicle {
    Vehicle(Box<Vehicle>),
    Car(Box<Car>),
    Boat(Box<Boat>),
    Other(Box<AnyElement>),
}

impl Polymorphic for AnyVehicle {
    const TYPES: &'static [Name] = &[
        Name::new(NAMESPACE, "Vehicle"),
        Name::new(NAMESPACE, "Car"),
        Name::new(MARINE, "Boat"),
    ];

    fn read(index: usize, value: TypedValue<'_, '_>) -> Result<Self, ReadError> {
        match index {
            0 => value.read().map(Self::Vehicle),
            1 => value.read().map(Self::Car),
            2 => value.read().map(Self::Boat),
            _ => value.read().map(Self::Other),
        }
    }

    fn write(&self) -> (usize, &dyn Value) {
        match self {
            Self::Vehicle(value) => (0, value),
            Self::Car(value) => (1, value),
            Self::Boat(value) => (2, value),
            Self::Other(value) => (3, value),
        }
    }
}

polymorphic!(AnyVehicle, Other, Vehicle(Vehicle), Car(Car), Boat(Boat));

/// The declared type is abstract; one type has no namespace.
#[derive(Clone, Debug, PartialEq)]
enum AnyMark {
    Car(Box<Car>),
    Plain(Box<Vehicle>),
    Other(Box<AnyElement>),
}

impl Polymorphic for AnyMark {
    const TYPES: &'static [Name] = &[Name::new(NAMESPACE, "Car"), Name::new("", "Plain")];
    const ABSTRACT: bool = true;

    fn read(index: usize, value: TypedValue<'_, '_>) -> Result<Self, ReadError> {
        match index {
            0 => value.read().map(Self::Car),
            1 => value.read().map(Self::Plain),
            _ => value.read().map(Self::Other),
        }
    }

    fn write(&self) -> (usize, &dyn Value) {
        match self {
            Self::Car(value) => (0, value),
            Self::Plain(value) => (1, value),
            Self::Other(value) => (2, value),
        }
    }
}

polymorphic!(AnyMark, Other);

#[derive(Clone, Debug, Default, PartialEq)]
struct Fleet {
    lead: AnyVehicle,
    vehicles: Vec<AnyVehicle>,
    parked: Nillable<AnyVehicle>,
    slots: Vec<Option<AnyVehicle>>,
    listed: Option<Vec<AnyVehicle>>,
    mark: Option<AnyMark>,
}

record!(
    Fleet,
    &Shape::new(
        NAMESPACE,
        &[
            one("Lead"),
            many("Vehicle"),
            opt("Parked").nillable(),
            many("Slot").nillable(),
            opt("List").wrapped("Item"),
            opt("Mark"),
        ]
    ),
    [lead, vehicles, parked, slots, listed, mark]
);

fn read_by(mut reader: Reader<'_>) -> Result<Fleet, ReadError> {
    let mut fleet = Fleet::default();
    reader.next_start()?;
    fleet.read_content(&mut reader)?;
    reader.finish()?;
    Ok(fleet)
}

/// Reads `<Fleet>` with content both ways, which must agree.
fn read(inside: &str) -> Result<Fleet, ReadError> {
    let document = format!(
        "<Fleet xmlns='{NAMESPACE}' xmlns:f='{NAMESPACE}' xmlns:m='{MARINE}' xmlns:i='{XSI}'>\
         {inside}</Fleet>"
    );
    let fast = read_by(Reader::new(&document, &Limits::default()));
    let slow = read_by(Reader::new(&document, &Limits::default()).slow_only());
    assert_eq!(fast, slow, "{document}");
    fast
}

fn refusal(inside: &str) -> String {
    let message = read(inside).unwrap_err().to_string();
    let (message, _) = message.rsplit_once(" (line").unwrap();
    message.to_owned()
}

fn write(fleet: &Fleet) -> String {
    let mut writer = Writer::new();
    writer.declare("", NAMESPACE);
    writer.declare("xsi", XSI);
    fleet.write_xml(&one("Fleet").in_namespace(NAMESPACE), &mut writer);
    let document = writer.finish().unwrap();
    let head = format!("<Fleet xmlns=\"{NAMESPACE}\" xmlns:xsi=\"{XSI}\">");
    let inside = document.strip_prefix(&head).unwrap_or(&document);
    inside.strip_suffix("</Fleet>").unwrap_or(inside).to_owned()
}

/// Reads what was written.
fn round_trip(fleet: &Fleet) {
    let mut writer = Writer::new();
    fleet.write_xml(&one("Fleet").in_namespace(NAMESPACE), &mut writer);
    let document = writer.finish().unwrap();
    let again = read_by(Reader::new(&document, &Limits::default())).unwrap();
    assert_eq!(again, *fleet, "{document}");
}

fn vehicle(id: i32) -> AnyVehicle {
    Vehicle { id }.into()
}

fn car(id: i32) -> AnyVehicle {
    AnyVehicle::Car(Box::new(Car {
        id,
        ..Car::default()
    }))
}

fn boat(id: i32, port: &str) -> AnyVehicle {
    AnyVehicle::Boat(Box::new(Boat {
        id,
        port: port.to_owned(),
        length: 9,
    }))
}

fn fleet(lead: AnyVehicle) -> Fleet {
    Fleet {
        lead,
        ..Fleet::default()
    }
}

const LEAD: &str = "<Lead><Id>1</Id></Lead>";

#[test]
fn the_declared_type_needs_no_name() {
    assert_eq!(read(LEAD).unwrap(), fleet(vehicle(1)));
    assert_eq!(
        read("<Lead i:type='f:Vehicle'><Id>1</Id></Lead>").unwrap(),
        fleet(vehicle(1))
    );
    assert_eq!(write(&fleet(vehicle(1))), LEAD);
}

#[test]
fn a_derived_type_is_told_by_its_name() {
    for type_ in ["f:Car", "Car", " f:Car\n"] {
        let document = format!("<Lead i:type='{type_}'><Id>1</Id><Doors>4</Doors></Lead>");
        let expected = AnyVehicle::Car(Box::new(Car {
            id: 1,
            doors: Some(4),
            towing: None,
        }));
        assert_eq!(read(&document).unwrap(), fleet(expected), "{type_}");
    }
    let lead = "<Lead i:type='m:Boat' length='9'><Id>1</Id><m:Port>Oslo</m:Port></Lead>";
    assert_eq!(read(lead).unwrap(), fleet(boat(1, "Oslo")));
}

#[test]
fn a_derived_type_is_written_with_its_name() {
    let towing = Car {
        id: 2,
        doors: None,
        towing: Some(boat(3, "Bergen")),
    };
    let fleet = fleet(AnyVehicle::Car(Box::new(towing)));
    assert_eq!(
        write(&fleet),
        format!(
            "<Fleet xmlns=\"{NAMESPACE}\" xmlns:xsi=\"{XSI}\" xmlns:ns=\"{NAMESPACE}\" \
             xmlns:ns2=\"{MARINE}\"><Lead xsi:type=\"ns:Car\"><ns:Id>2</ns:Id>\
             <ns:Towing xsi:type=\"ns2:Boat\" length=\"9\">\
             <ns:Id>3</ns:Id><ns2:Port>Bergen</ns2:Port></ns:Towing></Lead>"
        )
    );
    round_trip(&fleet);
}

#[test]
fn prefixes_mean_what_they_mean_at_the_place() {
    let rebound = format!(
        "{LEAD}<Vehicle xmlns:f='{MARINE}' i:type='f:Boat' length='9'><Id>1</Id>\
         <f:Port>Oslo</f:Port></Vehicle><Vehicle i:type='f:Car'><Id>2</Id></Vehicle>"
    );
    let read_back = read(&rebound).unwrap();
    assert_eq!(read_back.vehicles, [boat(1, "Oslo"), car(2)]);
    // The default namespace is another one here.
    let default = format!(
        "{LEAD}<f:Vehicle xmlns='{MARINE}' i:type='Boat' length='9'><f:Id>1</f:Id>\
         <Port>Oslo</Port></f:Vehicle>"
    );
    assert_eq!(read(&default).unwrap().vehicles, [boat(1, "Oslo")]);
}

#[test]
fn an_unknown_type_is_kept_whole() {
    let unbound = "<Lead i:type='nobody:Car'><Id>1</Id></Lead>";
    for (document, type_) in [
        (unbound, "nobody:Car"),
        (
            "<Lead i:type='m:Car' x='1'><Id>1</Id><m:Wings>2</m:Wings></Lead>",
            "m:Car",
        ),
        ("<Lead i:type='f:Plane'><Id>1</Id></Lead>", "f:Plane"),
        ("<Lead i:type='f:Plane' i:nil='true'/>", "f:Plane"),
    ] {
        let fleet = read(document).unwrap();
        let AnyVehicle::Other(element) = &fleet.lead else {
            panic!("{:?}", fleet.lead)
        };
        assert_eq!(element.attribute(XSI, "type"), Some(type_));
        let (prefix, _) = type_.split_once(':').unwrap();
        let bound = [("m", MARINE), ("f", NAMESPACE)];
        let expected = bound.iter().find(|(bound, _)| *bound == prefix);
        assert_eq!(
            element.namespace_of(prefix),
            expected.map(|(_, namespace)| *namespace)
        );
        // Namespaces in scope are declared where it is written, so that it stays what it is.
        let mut writer = Writer::new();
        fleet.write_xml(&one("Fleet").in_namespace(NAMESPACE), &mut writer);
        let written = writer.finish().unwrap();
        let again = read_by(Reader::new(&written, &Limits::default())).unwrap();
        let AnyVehicle::Other(again) = &again.lead else {
            panic!("{written}")
        };
        assert_eq!(again.attributes(), element.attributes(), "{written}");
        assert_eq!(again.nodes(), element.nodes(), "{written}");
    }
}

#[test]
fn an_abstract_type_must_be_told() {
    assert_eq!(
        refusal(&format!("{LEAD}<Mark><Id>1</Id></Mark>")),
        "/Fleet/Mark: has no xsi:type, and its declared type is abstract"
    );
    let told = format!("{LEAD}<Mark i:type='Car'><Id>1</Id></Mark>");
    let expected = Fleet {
        mark: Some(AnyMark::Car(Box::new(Car {
            id: 1,
            ..Car::default()
        }))),
        ..fleet(vehicle(1))
    };
    assert_eq!(read(&told).unwrap(), expected);
    round_trip(&expected);
}

#[test]
fn a_type_in_no_namespace_is_named_without_a_prefix() {
    let told = format!("{LEAD}<f:Mark xmlns='' i:type='Plain'><f:Id>7</f:Id></f:Mark>");
    let expected = Fleet {
        mark: Some(AnyMark::Plain(Box::new(Vehicle { id: 7 }))),
        ..fleet(vehicle(1))
    };
    assert_eq!(read(&told).unwrap(), expected);
    // The same name in the default namespace is another type.
    let other = read(&format!("{LEAD}<Mark i:type='Plain'><Id>7</Id></Mark>")).unwrap();
    assert!(matches!(other.mark, Some(AnyMark::Other(_))), "{other:?}");
    assert_eq!(
        write(&expected),
        format!(
            "{LEAD}<ns:Mark xmlns=\"\" xmlns:ns=\"{NAMESPACE}\" xsi:type=\"Plain\"><ns:Id>7</ns:Id>\
             </ns:Mark>"
        )
    );
    round_trip(&expected);
}

#[test]
fn nil_comes_before_the_type() {
    let nil = format!(
        "{LEAD}<Parked i:nil='true' i:type='f:Car'/><Slot i:type='Car' i:nil='1'></Slot>\
         <Slot i:type='f:Car'><Id>2</Id></Slot><Slot i:nil='true'/>"
    );
    let expected = Fleet {
        parked: Nillable::Nil,
        slots: vec![None, Some(car(2)), None],
        ..fleet(vehicle(1))
    };
    assert_eq!(read(&nil).unwrap(), expected);
    round_trip(&expected);
    assert_eq!(
        refusal("<Lead i:type='f:Car' i:nil='true'/>"),
        "/Fleet/Lead: is nil where a value is required"
    );
}

#[test]
fn items_repeat_and_come_in_any_order() {
    let document = format!(
        "<List><Item i:type='Car'><Id>5</Id></Item><Item><Id>6</Id></Item></List>\
         <Vehicle><Id>2</Id></Vehicle>{LEAD}<Vehicle i:type='f:Car'><Id>3</Id></Vehicle>\
         <Unknown i:type='f:Car'><Id>0</Id></Unknown><Vehicle><Id>4</Id></Vehicle>"
    );
    let expected = Fleet {
        vehicles: vec![vehicle(2), car(3), vehicle(4)],
        listed: Some(vec![car(5), vehicle(6)]),
        ..fleet(vehicle(1))
    };
    assert_eq!(read(&document).unwrap(), expected);
    round_trip(&expected);
    let wrong =
        format!("{LEAD}<Vehicle><Id>2</Id></Vehicle><Vehicle i:type='f:Car'><Id>x</Id></Vehicle>");
    assert_eq!(refusal(&wrong), "/Fleet/Vehicle[2]/Id: `x` is not an int");
}

#[test]
fn missing_elements_of_the_derived_type_are_reported() {
    assert_eq!(
        refusal("<Lead i:type='m:Boat' length='1'><Id>1</Id></Lead>"),
        "/Fleet/Lead/Port: is missing"
    );
    assert_eq!(
        refusal(&format!("{LEAD}{LEAD}")),
        "/Fleet/Lead: occurs more than once"
    );
}

#[derive(Debug, Default, PartialEq)]
struct Marked {
    mark: AnyMark,
}

record!(Marked, &Shape::new(NAMESPACE, &[one("Mark")]), [mark]);

#[test]
fn the_default_is_no_value_of_an_abstract_type() {
    assert!(Checker::check(&Fleet::default()).is_ok());
    let error = Checker::check(&Marked::default()).unwrap_err().to_string();
    assert_eq!(error, "Mark: a value is required");
    let told = AnyElement::default().with_attribute(QName::new(XSI, "type"), "Car");
    let marked = Marked {
        mark: AnyMark::Other(Box::new(told)),
    };
    assert!(Checker::check(&marked).is_ok());
}

#[test]
fn json_names_no_types() {
    let text = r#"{"Lead":{"Id":1},"Vehicle":[{"Id":2}]}"#;
    let reader = crate::json::Reader::new(text, &Limits::default());
    let expected = Fleet {
        vehicles: vec![vehicle(2)],
        ..fleet(vehicle(1))
    };
    assert_eq!(reader.document::<Fleet>().unwrap(), expected);
}

#[derive(Debug, Default, PartialEq)]
struct Harbour {
    boat: Boat,
}

record!(Harbour, &Shape::new(NAMESPACE, &[one("Boat")]), [boat]);

#[test]
fn a_record_that_nothing_is_derived_from_is_read_whatever_type_is_named() {
    for type_ in ["m:Boat", "f:Plane", "nobody:T", "Boat"] {
        let document = format!(
            "<Harbour xmlns='{NAMESPACE}' xmlns:f='{NAMESPACE}' xmlns:m='{MARINE}' xmlns:i='{XSI}'>\
             <Boat i:type='{type_}' length='9'><Id>1</Id><m:Port>Oslo</m:Port></Boat></Harbour>"
        );
        for slow in [false, true] {
            let limits = Limits::default();
            let mut reader = Reader::new(&document, &limits);
            if slow {
                reader = reader.slow_only();
            }
            let mut harbour = Harbour::default();
            reader.next_start().unwrap();
            harbour.read_content(&mut reader).unwrap();
            let boat = Boat {
                id: 1,
                port: "Oslo".to_owned(),
                length: 9,
            };
            assert_eq!(harbour, Harbour { boat }, "{type_}");
        }
    }
}

//! Documents of `fleet.xsd`: derived types by `xsi:type`, and members of substitution groups.

use castile::wire::{Record, Value, one};
use castile::xml::{Reader, Writer, XSI};
use castile::{Limits, ReadError};

use super::fleet::{
    AnyMotor, AnyRepair, AnyVehicle, Boat, Car, Event, Fleet, FleetLast, Overhaul, Repair,
    RepairChoice, Vehicle,
};

const NAMESPACE: &str = "urn:example:fleet";

fn read_by(mut reader: Reader<'_>) -> Result<Fleet, ReadError> {
    let mut fleet = Fleet::default();
    reader.next_start()?;
    fleet.read_content(&mut reader)?;
    reader.finish()?;
    Ok(fleet)
}

/// Reads `<Fleet>` with content, along the table and by the tokenizer alone.
fn read(inside: &str) -> Result<Fleet, ReadError> {
    let document = format!("<Fleet xmlns='{NAMESPACE}' xmlns:i='{XSI}'>{inside}</Fleet>");
    let limits = Limits::default();
    let fast = read_by(Reader::new(&document, &limits));
    let slow = read_by(Reader::new(&document, &limits).slow_only());
    assert_eq!(fast, slow);
    fast
}

fn write(fleet: &Fleet) -> String {
    let mut writer = Writer::new();
    writer.declare("f", NAMESPACE);
    writer.declare("xsi", XSI);
    fleet.write_xml(&one("Fleet").in_namespace(NAMESPACE), &mut writer);
    writer.finish().unwrap()
}

fn car() -> Car {
    Car {
        doors: Some(4),
        tows: Some(AnyVehicle::Boat(Box::new(Boat::new(3, "diesel", "Oslo")))),
        ..Car::new(2, "petrol")
    }
}

fn fleet() -> Fleet {
    Fleet {
        engine: Some(AnyMotor::Boat(Box::new(Boat::new(4, "steam", "Kiel")))),
        vehicle: vec![
            AnyVehicle::Vehicle(Box::new(Vehicle::new(5))),
            AnyVehicle::Car(Box::new(Car::new(6, "gas"))),
        ],
        event: vec![
            Event::Note("bought".into()),
            Event::Repair(AnyRepair::Repair(Box::new(Repair::new(
                "12.50".parse().unwrap(),
            )))),
            Event::Overhaul(Overhaul::new("99".parse().unwrap(), 3)),
            Event::Note("sold".into()),
        ],
        last: Some(FleetLast::new(RepairChoice::Overhaul(Overhaul::new(
            "7".parse().unwrap(),
            1,
        )))),
        ..Fleet::new(AnyVehicle::Car(Box::new(car())))
    }
}

#[test]
fn types_and_elements_stand_for_others() {
    let document = "<Lead i:type='Car' doors='4'><Id>2</Id><Fuel>petrol</Fuel>\
        <Tows i:type='Boat'><Id>3</Id><Fuel>diesel</Fuel><Port>Oslo</Port></Tows></Lead>\
        <Engine i:type='Boat'><Id>4</Id><Fuel>steam</Fuel><Port>Kiel</Port></Engine>\
        <Vehicle><Id>5</Id></Vehicle>\
        <note>bought</note><repair><Cost>12.50</Cost></repair>\
        <unheard-of/><overhaul><Cost>99</Cost><Parts>3</Parts></overhaul><note>sold</note>\
        <Vehicle i:type='Car'><Id>6</Id><Fuel>gas</Fuel></Vehicle>\
        <Last><overhaul><Cost>7</Cost><Parts>1</Parts></overhaul></Last>";
    assert_eq!(read(document).unwrap(), fleet());
}

#[test]
fn all_of_it_is_written() {
    let expected = format!(
        "<f:Fleet xmlns:f=\"{NAMESPACE}\" xmlns:xsi=\"{XSI}\">\
         <f:Lead xsi:type=\"f:Car\" doors=\"4\"><f:Id>2</f:Id><f:Fuel>petrol</f:Fuel>\
         <f:Tows xsi:type=\"f:Boat\"><f:Id>3</f:Id><f:Fuel>diesel</f:Fuel><f:Port>Oslo</f:Port>\
         </f:Tows></f:Lead>\
         <f:Engine xsi:type=\"f:Boat\"><f:Id>4</f:Id><f:Fuel>steam</f:Fuel><f:Port>Kiel</f:Port>\
         </f:Engine><f:Vehicle><f:Id>5</f:Id></f:Vehicle>\
         <f:Vehicle xsi:type=\"f:Car\"><f:Id>6</f:Id><f:Fuel>gas</f:Fuel></f:Vehicle>\
         <f:note>bought</f:note><f:repair><f:Cost>12.50</f:Cost></f:repair>\
         <f:overhaul><f:Cost>99</f:Cost><f:Parts>3</f:Parts></f:overhaul><f:note>sold</f:note>\
         <f:Last><f:overhaul><f:Cost>7</f:Cost><f:Parts>1</f:Parts></f:overhaul></f:Last>\
         </f:Fleet>"
    );
    assert_eq!(write(&fleet()), expected);
    assert_eq!(
        read_by(Reader::new(&expected, &Limits::default())).unwrap(),
        fleet()
    );
}

#[test]
fn a_type_that_nobody_knows_survives() {
    let document = "<Lead i:type='Sleigh' reindeer='9'><Id>1</Id><Bells>2</Bells></Lead>\
        <Engine i:nil='true' i:type='Car'/>";
    let fleet = read(document).unwrap();
    let AnyVehicle::Other(sleigh) = &fleet.lead else {
        panic!("{fleet:?}")
    };
    assert_eq!(sleigh.child(NAMESPACE, "Bells").unwrap().text(), "2");
    assert_eq!(fleet.engine, None);
    let written = write(&fleet);
    let again = read_by(Reader::new(&written, &Limits::default())).unwrap();
    let AnyVehicle::Other(again) = &again.lead else {
        panic!("{written}")
    };
    assert_eq!(again.attribute(XSI, "type"), Some("Sleigh"));
    assert_eq!(again.namespace_of(""), Some(NAMESPACE), "{written}");
    assert_eq!(again.nodes(), sleigh.nodes());
}

#[test]
fn what_says_too_little_is_refused() {
    let message = |document: &str| {
        let message = read(document).unwrap_err().to_string();
        message.rsplit_once(" (line").unwrap().0.to_owned()
    };
    assert_eq!(
        message("<Lead><Id>1</Id></Lead><Engine><Id>1</Id></Engine>"),
        "/Fleet/Engine: has no xsi:type, and its declared type is abstract"
    );
    assert_eq!(
        message("<Lead><Id>1</Id></Lead><Engine i:nil='1'/><Last/>"),
        "/Fleet/Last: one of repair, overhaul is missing"
    );
}

//! Encoded messages as they stand: read into records and written from them.

use super::{ENCODING, NS, body, keeper, without_declarations};
use crate::any_element::AnyElement;
use crate::binding::Name;
use crate::limits::Limits;
use crate::soap::encoding::{Member, member, xsd};
use crate::soap::{read_encoded_body, write_encoded_message};
use crate::types::{Nillable, QName};
use crate::wire::{complex_type, one, opt};

const PARTS: &[Member] = &[
    member("return", Name::new(NS, "Keepers")),
    keeper("owner"),
    member("extra", xsd("anyType")),
    member("count", xsd("int")),
];

#[derive(Clone, Default)]
struct Answer {
    keepers: Option<Vec<Keeper>>,
    owner: Option<Keeper>,
    extra: Option<AnyElement>,
    count: Option<i32>,
}

complex_type! {
    Answer, "";
    keepers: opt("return").wrapped("item"),
    owner: opt("owner").nillable(),
    extra: opt("extra"),
    count: opt("count"),
}

#[derive(Clone, Default)]
struct Keeper {
    name: String,
    chief: Nillable<Box<Keeper>>,
}

complex_type! {
    Keeper, NS;
    name: one("name"),
    chief: opt("chief").nillable(),
}

fn read(content: &str, limits: &Limits) -> Option<Answer> {
    let name = Name::new(NS, "answer");
    read_encoded_body(&body(content), (&ENCODING, PARTS), name, limits, true).unwrap()
}

/// What a message says if it can be read as it stands.
fn shown(content: &str) -> String {
    match read(content, &Limits::default()) {
        Some(answer) => format!("{answer:?}"),
        None => "another way".to_owned(),
    }
}

#[test]
fn a_message_is_read_as_it_stands() {
    assert_eq!(
        shown(
            "<z:answer><return xsi:type='e:Array' e:arrayType='z:Keeper[3]'>\
             <item xsi:type='z:Keeper'><name xsi:type='x:string'>A</name></item>\
             <item xsi:type='z:Keeper'><name xsi:type='x:string'>&lt;B</name><chief xsi:nil='1'/></item>\
             <z:Keeper><z:chief><name>D</name></z:chief><!-- late --><name/></z:Keeper></return>\
             <new><x/></new><count xsi:type='x:int'> 3 </count></z:answer>"
        ),
        "Answer { keepers: Some([Keeper { name: \"A\", chief: Absent }, \
         Keeper { name: \"<B\", chief: Nil }, \
         Keeper { name: \"\", chief: Value(Keeper { name: \"D\", chief: Absent }) }]), \
         owner: None, extra: None, count: Some(3) }"
    );
}

#[test]
fn references_are_followed_where_they_lead() {
    assert_eq!(
        shown(
            "<q:answer xmlns:q='urn:zoo'><return><i id='k'><name href='#s'/></i><i href='#k'/>\
             <i href='#2'> </i></return><count href='#3'/></q:answer>\
             <m id='2' xmlns:n='urn:zoo' xsi:type='n:Keeper'><name>B</name><chief href='#4'/></m>\
             <m id='3' href=' #c '/><m id='4' xsi:type='z:Keeper'><name href='#s'/></m>\
             <m id='s' e:root='0'>A</m><m id='c' xsi:type='x:int'>5</m>"
        ),
        "Answer { keepers: Some([Keeper { name: \"A\", chief: Absent }, \
         Keeper { name: \"A\", chief: Absent }, \
         Keeper { name: \"B\", chief: Value(Keeper { name: \"A\", chief: Absent }) }]), \
         owner: None, extra: None, count: Some(5) }"
    );
}

#[test]
fn what_is_seldom_or_wrong_is_read_another_way() {
    for content in [
        "<z:answer><owner href='#1'/></z:answer><m id='1'><chief href='#1'/><name/></m>",
        "<z:answer><count href='#1'/></z:answer>",
        "<z:answer><count href='#1'/></z:answer><m id='1'>1</m><m id='1'>1</m>",
        "<z:answer><count href='#1'>1</count></z:answer><m id='1'>1</m>",
        "<z:answer><return e:offset='[1]'/></z:answer>",
        "<z:answer><return e:arrayType='z:Keeper[1,1]'/></z:answer>",
        "<z:answer><return><i e:position='[1]'><name/></i></return></z:answer>",
        "<z:answer><owner><name>A</name>and</owner></z:answer>",
        "<z:answer><owner><chief/></owner></z:answer>",
        "<z:answer><extra/></z:answer>",
        "<z:answer><count>1</count><count>1</count></z:answer>",
        "<z:answer/><s:Fault/>",
        "<z:answer>",
    ] {
        assert_eq!(shown(content), "another way", "{content}");
    }
}

/// Thirty elements, each of which refers to the next: every one counts as often as it is read, and so
/// does every byte.
#[test]
fn what_references_make_of_a_message_is_limited() {
    let mut content = "<z:answer><return>".to_owned();
    content.push_str(&"<i href='#1'/>".repeat(50));
    content.push_str("</return></z:answer><m id='1'><name href='#2'/></m><m id='2'>");
    content.push_str(&"x".repeat(1_000));
    content.push_str("</m>");
    let with = |limits: &Limits| read(&content, limits).is_some();
    assert!(with(&Limits::default()));
    // Body, wrapper, list, two targets; each item twice, its name twice.
    let elements = 5 + 1 + 50 * 4;
    let mut limits = Limits {
        elements,
        ..Limits::default()
    };
    assert!(with(&limits));
    limits.elements -= 1;
    assert!(!with(&limits));
    limits = Limits::default();
    limits.body = 50_000;
    assert!(!with(&limits));
}

fn written(answer: &Answer) -> String {
    let name = Name::new(NS, "answer");
    let written = write_encoded_message(answer, (&ENCODING, PARTS), name, false, true);
    let text = without_declarations(&written.unwrap().unwrap());
    let start = text.find("<soap:Body>").unwrap() + "<soap:Body>".len();
    text[start..].replace("</soap:Body></soap:Envelope>", "")
}

#[test]
fn a_message_is_written_as_its_values_come() {
    let keeper = |name: &str, chief| Keeper {
        name: name.to_owned(),
        chief,
    };
    let answer = Answer {
        keepers: Some(vec![
            keeper("A", Nillable::Absent),
            keeper("", Nillable::Nil),
            keeper(
                "<",
                Nillable::Value(Box::new(keeper("C", Nillable::Absent))),
            ),
        ]),
        owner: None,
        extra: Some(
            AnyElement::default()
                .with_attribute(QName::new("", "a"), "1")
                .with_child(AnyElement::new(QName::new(NS, "name"))),
        ),
        count: Some(-3),
    };
    assert_eq!(
        written(&answer),
        "<ns:answer soap:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\">\
         <return xsi:type=\"enc:Array\" enc:arrayType=\"ns:Keeper[3]\">\
         <item xsi:type=\"ns:Keeper\"><name xsi:type=\"xsd:string\">A</name></item>\
         <item xsi:type=\"ns:Keeper\"><name xsi:type=\"xsd:string\"/><chief xsi:nil=\"true\"/></item>\
         <item xsi:type=\"ns:Keeper\"><name xsi:type=\"xsd:string\">&lt;</name>\
         <chief xsi:type=\"ns:Keeper\"><name xsi:type=\"xsd:string\">C</name></chief></item></return>\
         <extra a=\"1\"><ns:name/></extra><count xsi:type=\"xsd:int\">-3</count></ns:answer>"
    );
}

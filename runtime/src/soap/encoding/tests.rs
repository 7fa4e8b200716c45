//! Encoded messages in and out, by a table of their own.

use super::{
    Body, EncodedType, Encoding, Member, array, declarations, member, read, structure, write, xsd,
};
use crate::binding::{Name, Version};
use crate::limits::Limits;
use crate::read_error::ReadErrorKind;
use crate::xml::{Reader, Writer, XSI};

mod direct;

const NS: &str = "urn:zoo";

static ENCODING: Encoding = Encoding::new(&[
    array(NS, "Grid", member("item", Name::new(NS, "Grid/item"))),
    array(NS, "Grid/item", member("item", xsd("int"))),
    structure(
        NS,
        "Keeper",
        &[
            member("name", xsd("string")).in_namespace(NS),
            keeper("chief").in_namespace(NS),
        ],
    ),
    array(NS, "Keepers", keeper("item")),
]);

const fn keeper(local: &'static str) -> Member {
    member(local, Name::new(NS, "Keeper"))
}

const PATH: &[Name] = &[Name::new(NS, "answer")];

const ANSWER: &[Member] = &[
    member("return", Name::new(NS, "Keepers")),
    member("grid", Name::new(NS, "Grid")),
    member("extra", xsd("anyType")),
    member("count", xsd("int")),
];

fn body(content: &str) -> String {
    format!(
        "<s:Body xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' xmlns:z='{NS}' \
         xmlns:e='http://schemas.xmlsoap.org/soap/encoding/' \
         xmlns:r='http://www.w3.org/2003/05/soap-encoding' \
         xmlns:x='http://www.w3.org/2001/XMLSchema' xmlns:xsi='{XSI}'>{content}</s:Body>"
    )
}

fn read_with(content: &str, limits: &Limits) -> Result<Body, crate::ReadError> {
    let text = body(content);
    let mut reader = Reader::new(&text, limits);
    reader.next_start().unwrap();
    let body = reader.any_element().unwrap();
    read(&body, (&ENCODING, ANSWER), PATH, limits)
}

/// The literal message, without the declarations.
fn literal(content: &str) -> String {
    match read_with(content, &Limits::default()) {
        Ok(Body::Message(text)) => without_declarations(&text),
        other => format!("{other:?}"),
    }
}

fn without_declarations(text: &str) -> String {
    let mut out = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(" xmlns") {
        out.push_str(before);
        let value = after.split_once('"').map_or("", |(_, value)| value);
        rest = value.split_once('"').map_or("", |(_, rest)| rest);
    }
    out + rest
}

fn error(content: &str) -> String {
    match read_with(content, &Limits::default()) {
        Err(error) => error.to_string(),
        Ok(body) => format!("{body:?}"),
    }
}

#[test]
fn the_table_is_sorted() {
    let names = |types: &[EncodedType]| {
        let names = types
            .iter()
            .map(|type_| (type_.name.namespace, type_.name.local));
        names.collect::<Vec<_>>()
    };
    assert!(names(ENCODING.types).is_sorted_by(|a, b| a < b));
}

#[test]
fn references_are_replaced_and_names_are_the_records() {
    assert_eq!(
        literal(
            "<z:other><return xsi:type='e:Array' e:arrayType='z:Keeper[2]'>\
             <a href='#1'/><z:Keeper xsi:type='z:Keeper'><z:chief xsi:null='1'/></z:Keeper></return></z:other>\
             <m id='1' e:root='0' xsi:type='z:Keeper'><chief href=' #2 '> </chief><name href='#3'/></m>\
             <m id='2' e:root='0'><name>B</name></m><m id='3' e:root='0' xsi:type='x:string'>A</m>"
        ),
        "<z:answer><return><item xsi:type=\"z:Keeper\"><z:chief><z:name>B</z:name></z:chief>\
         <z:name>A</z:name></item><item xsi:type=\"z:Keeper\"><z:chief xsi:nil=\"1\"/></item></return>\
         </z:answer>"
    );
}

#[test]
fn types_without_a_prefix_are_of_the_default_namespace() {
    assert_eq!(
        literal(
            "<z:other><return><a xmlns='urn:zoo' xsi:type='Keeper'><name>A</name></a></return></z:other>"
        ),
        "<z:answer><return><item xsi:type=\"z:Keeper\"><z:name>A</z:name></item></return></z:answer>"
    );
}

#[test]
fn references_of_soap_12() {
    assert_eq!(
        literal(
            "<z:answer><return r:itemType='z:Keeper' r:arraySize='2'><i r:id='k'><name>A</name></i>\
             <i r:ref='k'/></return></z:answer>"
        ),
        "<z:answer><return><item><z:name>A</z:name></item><item><z:name>A</z:name></item></return>\
         </z:answer>"
    );
}

#[test]
fn the_return_value_may_have_any_name() {
    assert_eq!(
        literal(
            "<z:answer><s-gensym3><i><name>A</name></i></s-gensym3><count>1</count></z:answer>"
        ),
        "<z:answer><return><item><z:name>A</z:name></item></return><count>1</count></z:answer>"
    );
}

#[test]
fn the_wrapper_is_no_independent_element() {
    let independent = "<m id='1' e:root='0'>7</m>";
    let wrapper = "<z:any><count href='#1'/></z:any>";
    let expected = "<z:answer><count>7</count></z:answer>";
    assert_eq!(literal(&format!("{independent}{wrapper}")), expected);
    assert_eq!(literal(&format!("{wrapper}{independent}")), expected);
}

#[test]
fn arrays_of_arrays() {
    assert_eq!(
        literal(
            "<z:answer><grid e:arrayType='x:int[][2]'><a e:arrayType='x:int[2]'><x:int>1</x:int>\
             <x:int>2</x:int></a><a e:position='[1]'/></grid></z:answer>"
        ),
        "<z:answer><grid><item><item>1</item><item>2</item></item><item/></grid></z:answer>"
    );
}

#[test]
fn anything_is_kept_with_what_it_refers_to() {
    assert_eq!(
        literal(
            "<z:answer><extra xsi:type='e:Array' e:arrayType='x:anyType[3]'><a href='#1'/>\
             <a href='#top'/><a id='own'/></extra></z:answer><m id='1' xsi:type='x:int'>5</m>"
        ),
        "<z:answer><extra xsi:type=\"e:Array\" e:arrayType=\"x:anyType[3]\">\
         <a xsi:type=\"x:int\">5</a><a href=\"#top\"/><a id=\"own\"/></extra></z:answer>"
    );
}

#[test]
fn prefixes_of_the_target_are_declared_where_it_is_put() {
    let content = "<z:answer><extra href='#1'/></z:answer>\
                   <m xmlns:q='urn:q' id='1'><n xsi:type='q:T'/></m>";
    let Ok(Body::Message(text)) = read_with(content, &Limits::default()) else {
        unreachable!("it is read");
    };
    let mut reader = Reader::new(&text, &Limits::default());
    for _ in 0..3 {
        assert!(reader.next_start().unwrap());
    }
    assert_eq!(reader.attribute(XSI, "type").as_deref(), Some("q:T"));
    let element = reader.any_element().unwrap();
    assert_eq!(element.namespace_of("q"), Some("urn:q"));
}

#[test]
fn earlier_versions_of_xml_schema() {
    let expected = "<z:answer><return xsi:nil=\"1\"/></z:answer>";
    for year in ["1999", "2000/10"] {
        assert_eq!(
            literal(&format!(
                "<z:answer xmlns:old='http://www.w3.org/{year}/XMLSchema-instance'>\
                 <return old:null='1'/></z:answer>"
            )),
            expected
        );
    }
}

#[test]
fn circles_are_refused() {
    assert_eq!(
        error(
            "<z:answer><return><i href='#1'/></return></z:answer>\
             <m id='1'><chief href='#2'/></m><m id='2'><chief href='#1'/></m>"
        ),
        "/answer/return/item[1]/chief/chief: refers to `#1`, in which it is itself: no record holds a \
         circle"
    );
    assert_eq!(
        error("<z:answer><count href='#1'/></z:answer><m id='1' href='#1'/>"),
        "/answer/count: refers to `#1`, in which it is itself: no record holds a circle"
    );
}

#[test]
fn references_that_lead_nowhere_or_to_several() {
    assert_eq!(
        error("<z:answer><count href='#1'/></z:answer>"),
        "/answer/count: refers to `#1`, which is nowhere"
    );
    assert_eq!(
        error("<z:answer><count href='#1'/></z:answer><m id='1'>1</m><m id='1'>2</m>"),
        "/answer/count: refers to `#1`, an id of several elements"
    );
}

#[test]
fn arrays_in_parts_are_refused() {
    let array = |attributes: &str, item: &str| {
        error(&format!(
            "<z:answer><return {attributes}><i {item}/></return></z:answer>"
        ))
    };
    assert_eq!(
        array("e:arrayType='z:Keeper[2,3]'", ""),
        "/answer/return: is an array of several dimensions where one of a single one is declared"
    );
    assert_eq!(
        array("r:arraySize='2 3'", ""),
        "/answer/return: is an array of several dimensions where one of a single one is declared"
    );
    assert_eq!(
        array("e:offset='[2]'", ""),
        "/answer/return: is an array of which only a part is in the message, from `[2]` on"
    );
    assert_eq!(
        array("", "e:position='[4]'"),
        "/answer/return: is an array with gaps: item 1 has the position `[4]`"
    );
    assert!(array("e:offset='[0]'", "e:position='[0]'").starts_with("Message("));
}

/// Thirty elements, each of which refers twice to the next: a billion in full.
#[test]
fn references_to_references_do_not_explode() {
    let mut content = "<z:answer><extra href='#0'/></z:answer>".to_owned();
    for i in 0..30 {
        let next = i + 1;
        content.push_str(&format!(
            "<m id='{i}'><a href='#{next}'/><a href='#{next}'/></m>"
        ));
    }
    content.push_str("<m id='30'>x</m>");
    let mut limits = Limits {
        elements: 5_000,
        ..Limits::default()
    };
    let error = read_with(&content, &limits).unwrap_err();
    let expected = |name, limit| ReadErrorKind::Limit { name, limit };
    assert_eq!(*error.kind(), expected("elements", 5_000));
    limits.elements = usize::MAX;
    limits.body = 10_000;
    let error = read_with(&content, &limits).unwrap_err();
    assert_eq!(*error.kind(), expected("body", 10_000));
}

#[test]
fn long_chains_of_references_end() {
    let mut content = "<z:answer><count href='#0'/></z:answer>".to_owned();
    for i in 0..300 {
        content.push_str(&format!("<m id='{i}' href='#{}'/>", i + 1));
    }
    content.push_str("<m id='300'>1</m>");
    assert_eq!(literal(&content), "<z:answer><count>1</count></z:answer>");
    let limits = Limits {
        elements: 200,
        ..Limits::default()
    };
    // The document itself has more elements than that.
    let text = body(&content);
    let mut reader = Reader::new(&text, &Limits::default());
    reader.next_start().unwrap();
    let body = reader.any_element().unwrap();
    let error = read(&body, (&ENCODING, ANSWER), PATH, &limits).unwrap_err();
    let expected = ReadErrorKind::Limit {
        name: "elements",
        limit: 200,
    };
    assert_eq!(*error.kind(), expected);
}

#[test]
fn deep_references_end() {
    let mut content = "<z:answer><extra href='#0'/></z:answer>".to_owned();
    for i in 0..200 {
        content.push_str(&format!("<m id='{i}'><a href='#{}'/></m>", i + 1));
    }
    content.push_str("<m id='200'/>");
    let error = read_with(&content, &Limits::default()).unwrap_err();
    let expected = ReadErrorKind::Limit {
        name: "depth",
        limit: 100,
    };
    assert_eq!(*error.kind(), expected);
}

fn encoded(literal: &str, version: Version) -> String {
    let mut writer = Writer::new();
    for (prefix, namespace) in declarations(version) {
        writer.declare(prefix, namespace);
    }
    writer.start(version.namespace(), "Body");
    let text = format!("<answer xmlns='{NS}' xmlns:z='{NS}' xmlns:xsi='{XSI}'>{literal}</answer>");
    assert!(write(&mut writer, &text, (&ENCODING, ANSWER), version));
    without_declarations(&writer.finish().unwrap())
}

#[test]
fn values_are_written_with_their_types() {
    assert_eq!(
        encoded(
            "<return xmlns=''><item><z:name>A &amp; B</z:name><z:chief xsi:nil='true'/></item><item/>\
             </return><count xmlns=''>2</count>",
            Version::Soap11
        ),
        "<ns:Body><z:answer ns:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\">\
         <return xsi:type=\"enc:Array\" enc:arrayType=\"z:Keeper[2]\">\
         <item xsi:type=\"z:Keeper\"><name xsi:type=\"xsd:string\">A &amp; B</name>\
         <chief xsi:nil=\"true\"/></item><item xsi:type=\"z:Keeper\"/></return>\
         <count xsi:type=\"xsd:int\">2</count></z:answer></ns:Body>"
    );
}

#[test]
fn arrays_are_written_for_either_version() {
    let literal = "<grid xmlns=''><item><item>1</item></item></grid>";
    assert_eq!(
        encoded(literal, Version::Soap11),
        "<ns:Body><z:answer ns:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\">\
         <grid xsi:type=\"enc:Array\" enc:arrayType=\"xsd:int[][1]\">\
         <item xsi:type=\"enc:Array\" enc:arrayType=\"xsd:int[1]\"><item xsi:type=\"xsd:int\">1</item>\
         </item></grid></z:answer></ns:Body>"
    );
    assert_eq!(
        encoded(literal, Version::Soap12),
        "<ns:Body><z:answer ns:encodingStyle=\"http://www.w3.org/2003/05/soap-encoding\">\
         <grid xsi:type=\"enc:Array\" enc:itemType=\"enc:Array\" enc:arraySize=\"1\">\
         <item xsi:type=\"enc:Array\" enc:itemType=\"xsd:int\" enc:arraySize=\"1\">\
         <item xsi:type=\"xsd:int\">1</item></item></grid></z:answer></ns:Body>"
    );
}

#[test]
fn anything_is_written_as_it_is() {
    assert_eq!(
        encoded(
            "<extra xmlns='' xsi:type='z:T' a='1'><b/></extra>",
            Version::Soap11
        ),
        "<ns:Body><z:answer ns:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\">\
         <extra xsi:type=\"z:T\" a=\"1\"><b/></extra></z:answer></ns:Body>"
    );
}

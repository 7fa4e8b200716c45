//! Values that no table describes.

use super::super::Writer;
use super::read;
use crate::any_element::AnyElement;
use crate::specimens::Parcel;
use crate::types::QName;
use crate::xml;

#[test]
fn values_of_any_kind_become_elements_and_back() {
    let text = r#"{"currency":"","Payload":{"a":[1,"x",null],"b":{"c":true,"d":[[2]]}}}"#;
    let parcel = read::<Parcel>(text).unwrap();
    let payload = parcel.payload.as_ref().unwrap();
    assert_eq!(payload.children().count(), 4);
    assert_eq!(
        payload
            .child("", "b")
            .unwrap()
            .child("", "c")
            .unwrap()
            .text(),
        "true"
    );
    assert_eq!(Writer::document(&parcel).unwrap().body, text);
}

/// The payload as it was read, and as it is written.
fn payload(value: &str) -> (AnyElement, String) {
    let text = format!(r#"{{"currency":"","Payload":{value}}}"#);
    let payload = read::<Parcel>(&text).unwrap().payload.unwrap();
    let parcel = Parcel {
        payload: Some(payload.clone()),
        ..Parcel::default()
    };
    let json = Writer::document(&parcel).unwrap().body;
    let json = json.strip_prefix(r#"{"currency":"","Payload":"#).unwrap();
    let json = json.strip_suffix('}').unwrap().to_owned();
    (payload, json)
}

#[test]
fn values_of_any_kind_come_back_as_they_were() {
    for value in [
        "1",
        "-1.50e+2",
        "123456789012345678901234567890.10",
        "true",
        r#""true""#,
        r#""1""#,
        r#""""#,
        "{}",
        "[]",
        "[[],[[]],{}]",
        "[[2]]",
        r#"{"a":[[1],[2,"2"]]}"#,
        r#"{"item":1}"#,
        r#"{"item":[1]}"#,
        r#"[{"a":1},{"a":"1"}]"#,
        r#"{"a":[null],"b":null,"c":[{}]}"#,
        r#"{"z":[1,2],"":{"a b":false},"e":[]}"#,
    ] {
        assert_eq!(payload(value).1, value);
    }
    // The members that are empty arrays come last.
    assert_eq!(
        payload(r#"{"e":[],"f":[],"a":1}"#).1,
        r#"{"a":1,"e":[],"f":[]}"#
    );
}

#[test]
fn the_kind_of_a_value_is_nothing_to_xml_nor_to_a_comparison() {
    let (element, _) = payload(r#"{"a":[1],"b":{"c":true,"d":[[2]],"e":[]}}"#);
    let mut xml = xml::Writer::new();
    xml.any_element(&element);
    assert_eq!(
        xml.finish().unwrap(),
        "<Payload><a>1</a><b><c>true</c><d><item>2</item></d></b></Payload>"
    );
    let (strings, _) = payload(r#"{"a":"1","b":{"c":"true","d":{"item":"2"}}}"#);
    assert_eq!(element, strings);
    assert_eq!(format!("{element:?}"), format!("{strings:?}"));
}

#[test]
fn the_kind_of_a_value_holds_as_long_as_its_content_is_of_that_kind() {
    let changed = |value: &str, change: fn(AnyElement) -> AnyElement| {
        let parcel = Parcel {
            payload: Some(change(payload(value).0)),
            ..Parcel::default()
        };
        let json = Writer::document(&parcel).unwrap().body;
        json.trim_start_matches(r#"{"currency":"","Payload":"#)
            .to_owned()
    };
    let child: fn(AnyElement) -> AnyElement =
        |payload| payload.with_child(AnyElement::new(QName::new("", "a")).with_text("x"));
    assert_eq!(changed("1", |payload| payload.with_text("2")), "12}");
    assert_eq!(changed("1", |payload| payload.with_text("x")), "\"1x\"}");
    assert_eq!(
        changed("true", |payload| payload.with_text(" ")),
        "\"true \"}"
    );
    assert_eq!(changed("{}", |payload| payload.with_text("x")), "\"x\"}");
    assert_eq!(changed("[1]", child), "[1,\"x\"]}");
    assert_eq!(changed("1", child), "{\"a\":\"x\"}}");
    assert_eq!(changed(r#"{"a":[]}"#, child), "{\"a\":\"x\"}}");
    assert_eq!(changed(r#"{"a":[1]}"#, child), "{\"a\":[1,\"x\"]}}");
}

#[test]
fn values_of_any_kind_too_deep_to_be_sent_are_refused() {
    let written = |depth: usize| {
        let name = || QName::new("", "a");
        let payload = (1..depth).fold(AnyElement::new(name()), |inner, _| {
            AnyElement::new(name()).with_child(inner)
        });
        let parcel = Parcel {
            payload: Some(payload),
            ..Parcel::default()
        };
        Writer::document(&parcel).map_err(|error| error.to_string())
    };
    // The record is the first level, and what has no children none.
    assert!(written(100).is_ok());
    let refused = "more than 100 records inside each other";
    assert_eq!(written(101).unwrap_err(), refused);
    assert_eq!(written(100_000).unwrap_err(), refused);
}

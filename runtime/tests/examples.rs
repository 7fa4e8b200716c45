//! What the tests of generated code say of sample messages.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod post_office;

use std::panic::catch_unwind;

use castile::wire::{Operation, round_trip_error, round_trip_request, round_trip_response};
use post_office::*;

/// The message of the panic, empty without one.
fn complaint(run: impl FnOnce() + std::panic::UnwindSafe) -> String {
    let Err(panic) = catch_unwind(run) else {
        return String::new();
    };
    match panic.downcast::<String>() {
        Ok(message) => *message,
        Err(_) => "another panic".to_owned(),
    }
}

fn request<O: Operation<Request = Track>>(header: &str, body: &str) -> String {
    let text = format!(
        "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' xmlns:p='urn:example:post'>\
         {header}<s:Body>\n {body}\n</s:Body></s:Envelope>"
    );
    complaint(move || round_trip_request::<O>(&text))
}

const HEADER: &str = "<s:Header><p:Password>x</p:Password><p:Username>y</p:Username></s:Header>";

#[test]
fn a_sample_may_be_what_the_body_holds() {
    let bare = "<?xml version='1.0'?>\n<p:Track xmlns:p='urn:example:post'><p:Number>7</p:Number></p:Track>";
    assert_eq!(complaint(|| round_trip_request::<TrackOperation>(bare)), "");
    let more = bare.replace("</p:Track>", "<p:More/></p:Track>");
    assert_eq!(
        complaint(move || round_trip_request::<TrackOperation>(&more)),
        "/Body/Track: the sample has More, we write nothing"
    );
}

#[test]
fn requests() {
    let track = request::<TrackOperation>;
    assert_eq!(
        track(HEADER, "<p:Track>\n<p:Number>7</p:Number> </p:Track>"),
        ""
    );
    assert_eq!(
        track(HEADER, "<p:Track><p:Number>7</p:Number><p:More/></p:Track>"),
        "/Body/Track: the sample has More, we write nothing"
    );
    assert_eq!(
        track(HEADER, "<p:Track a='1'><p:Number>7</p:Number></p:Track>"),
        "/Body/Track: the sample has the attributes [(\"\", \"a\", \"1\")], we write []"
    );
    assert_eq!(
        track(HEADER, "<p:Trace/>"),
        "the body holds no `Track` in `urn:example:post`"
    );
    assert!(track(HEADER, "<p:Track/>").starts_with("/Track/Number: is missing"));
    let body = "<p:Track><p:Number>7</p:Number></p:Track>";
    assert_eq!(track("", body), "the sample has no header block Username");
    let more = HEADER.replace("</s:Header>", "<p:ClientIp/></s:Header>");
    assert_eq!(
        track(&more, body),
        "the operation declares no header block ClientIp"
    );
    assert_eq!(
        complaint(|| round_trip_request::<TrackOperation>("<a/>")),
        "the body holds no `Track` in `urn:example:post`"
    );
    assert_eq!(
        complaint(|| round_trip_request::<TrackOperation>("<Envelope/>")),
        "the sample has no Envelope of SOAP"
    );
}

#[test]
fn requests_in_json() {
    let ask = |text: &'static str| complaint(move || round_trip_request::<AskOperation>(text));
    assert_eq!(ask("{ \"pin\": \"1234\", \"country\": \"SE\" }"), "");
    assert_eq!(
        ask("{\"country\":\"SE\",\"city\":1}"),
        "/: the sample has city, we write country"
    );
    assert!(
        ask("{}").starts_with("/country: is missing"),
        "{}",
        ask("{}")
    );
}

#[test]
fn responses() {
    let track = |body: &str| {
        let text = envelope(body);
        complaint(move || round_trip_response::<TrackOperation>(&text))
    };
    assert_eq!(track(TRACKED), "");
    // Read in any order, and written in one: the sample shows that the table is wrong.
    assert_eq!(
        track(
            "<TrackResponse xmlns='urn:example:post'><Note>a</Note><Weight>2.50</Weight></TrackResponse>"
        ),
        "/Body/TrackResponse: the sample has Note, we write Weight"
    );
    assert!(track("<a/>").starts_with("the sample is no response: "));
    let ask = |text: &'static str| complaint(move || round_trip_response::<AskOperation>(text));
    assert_eq!(ask("{\"total\":230.00,\"city\":\"\"}"), "");
    assert_eq!(
        ask("{\"total\":\"230.00\",\"citty\":\"\"}"),
        "/: the sample has citty, we write total"
    );
}

#[test]
fn refusals() {
    let track = |status, body: &str| {
        let text = envelope(body);
        complaint(move || round_trip_error::<TrackOperation>(status, &text))
    };
    let fault = |detail: &str| {
        format!("<s:Fault><faultcode>s:A</faultcode><detail>{detail}</detail></s:Fault>")
    };
    assert_eq!(track(500, &fault("")), "");
    assert_eq!(
        track(500, &fault("<p:Busy xmlns:p='urn:example:post'/>")),
        "the sample's detail is not as declared: /Busy/Seconds: is missing"
    );
    assert_eq!(
        track(500, "<s:Fault/>"),
        "the sample refuses without a code"
    );
    assert_eq!(
        track(200, TRACKED),
        "the sample is a response and no refusal"
    );
    assert!(track(500, TRACKED).starts_with("the sample is no refusal: "));
    assert_eq!(
        complaint(|| round_trip_error::<AskOperation>(404, "{}")),
        ""
    );
    assert_ne!(
        complaint(|| round_trip_error::<AskOperation>(404, "[]")),
        ""
    );
}

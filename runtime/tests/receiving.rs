//! Messages that a service sends, as their receiver reads them.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod post_office;

use bytes::Bytes;
use castile::{Limits, QName, ReadErrorKind, Receiver, ResponseErrorKind, Secret, receive};
use http::Request;
use post_office::*;

fn request(body: &str) -> Request<Bytes> {
    let envelope = format!(
        "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'><e:Body>{body}</e:Body></e:Envelope>"
    );
    Request::new(envelope.into())
}

const NOTE: &str = "<p:Notify xmlns:p='urn:example:post'><p:Number>42</p:Number></p:Notify>";

#[test]
fn limits_are_the_receivers() {
    let strict = || Receiver::new().limits(Limits::strict());
    let note = strict().receive::<NotifyOperation>(request(NOTE)).unwrap();
    assert_eq!(note.number, "42");

    let long = NOTE.replace("42", &"4".repeat(64 * 1024));
    assert!(receive::<NotifyOperation>(request(&long)).is_ok());
    let error = strict()
        .receive::<NotifyOperation>(request(&long))
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the message for Notify cannot be used: more than the limit `body` of 65536"
    );
    let ResponseErrorKind::Read(limit) = error.kind() else {
        panic!("{error:?}")
    };
    let kind = ReadErrorKind::Limit {
        name: "body",
        limit: 65_536,
    };
    assert_eq!(limit.kind(), &kind);
}

#[test]
fn what_is_wrong_is_said_of_a_message_and_not_of_an_answer() {
    let message = |body: &str| {
        let error = receive::<NotifyOperation>(request(body)).unwrap_err();
        assert_eq!(error.operation(), "Notify");
        error.to_string()
    };
    assert_eq!(
        message(&NOTE.replace("Notify", "Track")),
        "the message for Notify cannot be used: its body should hold `Notify` in \
         `urn:example:post` and holds `Track` in `urn:example:post`"
    );
    assert_eq!(
        message("<p:Notify xmlns:p='urn:example:post'/>"),
        "the message for Notify cannot be used: /Notify/Number: is missing (line 1, column 111)"
    );
    assert_eq!(
        message("<e:Fault><faultcode>e:Server</faultcode><faultstring>no</faultstring></e:Fault>"),
        "the message for Notify cannot be used: its body should hold `Notify` in \
         `urn:example:post` and holds `Fault` in `http://schemas.xmlsoap.org/soap/envelope/`"
    );
}

#[test]
fn errors_show_no_secret_and_keep_no_message() {
    let other = "<p:hunter2000 xmlns:p='urn:example:post'>hunter2000</p:hunter2000>\
                 <p:Password xmlns:p='urn:example:post'>of nobody</p:Password>";
    let receiver = Receiver::new().secret(&Secret::new("hunter2000"));
    let error = receiver
        .receive::<NotifyOperation>(request(other))
        .unwrap_err();
    let found = ["[redacted]", "Password"].map(|local| QName::new(NS, local));
    let expected = QName::new(NS, "Notify");
    let kind = ResponseErrorKind::OtherBody {
        expected,
        found: found.to_vec(),
    };
    assert_eq!(error.kind(), &kind);
    let shown = format!("{receiver:?} {error} {error:?}");
    assert!(
        !shown.contains("hunter2000") && !shown.contains("of nobody"),
        "{shown}"
    );
}

//! What goes out: envelopes, actions, header fields, paths, and what is refused before it does.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod post_office;

use std::time::Duration;

use castile::transport::{BodyLimit, Deadline, Mock};
use castile::wire::{Actions, Name, Operation};
use castile::{Limits, Port, Secret};
use http::Request;
use post_office::*;

fn sent<O: Operation>(port: &Port<Mock>, request: O::Request) -> Request<bytes::Bytes> {
    port.call::<O>(request).request().unwrap()
}

fn refused<O: Operation>(port: &Port<Mock>, request: O::Request) -> String {
    port.call::<O>(request).request().unwrap_err().to_string()
}

fn body(request: &Request<bytes::Bytes>) -> &str {
    std::str::from_utf8(request.body()).unwrap()
}

/// All header fields but the two that each request has.
fn fields(request: &Request<bytes::Bytes>) -> Vec<String> {
    let mut fields: Vec<_> = request
        .headers()
        .iter()
        .filter(|(name, _)| !matches!(name.as_str(), "user-agent" | "accept-encoding"))
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    fields.sort();
    fields
}

#[test]
fn soap_11() {
    let request = sent::<TrackOperation>(&post(Mock::new()), track());
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "http://post.example/soap");
    assert_eq!(
        fields(&request),
        [
            "accept: */*",
            "content-type: text/xml; charset=utf-8",
            "soapaction: \"urn:example:post/Track\"",
        ]
    );
    assert_eq!(
        body(&request),
        "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:ns=\"urn:example:post\">\
         <soap:Header><ns:Username>ada &amp; co</ns:Username>\
         <ns:Password>hunter&lt;2000</ns:Password></soap:Header>\
         <soap:Body><ns:Track><ns:Number>P-1</ns:Number></ns:Track></soap:Body></soap:Envelope>"
    );
}

#[test]
fn soap_12_has_its_action_in_the_media_type() {
    let port = post(Mock::new());
    let request = sent::<Track12Operation>(&port, track());
    assert_eq!(
        fields(&request),
        [
            "accept: */*",
            "content-type: application/soap+xml; charset=utf-8; action=\"urn:example:post/Track\"",
        ]
    );
    assert_eq!(
        body(&request),
        "<soap:Envelope xmlns:soap=\"http://www.w3.org/2003/05/soap-envelope\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:ns=\"urn:example:post\">\
         <soap:Body><ns:Track><ns:Number>P-1</ns:Number></ns:Track></soap:Body></soap:Envelope>"
    );
    let request = sent::<Plain12Operation>(&port, track());
    assert_eq!(
        fields(&request),
        [
            "accept: */*",
            "content-type: application/soap+xml; charset=utf-8"
        ]
    );
}

#[test]
fn an_empty_action_is_sent_as_two_quotes() {
    let request = sent::<PingOperation>(&post(Mock::new()), ());
    assert_eq!(request.headers()["soapaction"], "\"\"");
    assert!(
        body(&request).ends_with("<soap:Body/></soap:Envelope>"),
        "{}",
        body(&request)
    );
    assert!(!body(&request).contains("Header"), "{}", body(&request));
}

#[test]
fn what_is_set_after_a_call_is_sent_with_the_next() {
    let soap11 = [
        "accept: */*",
        "content-type: text/xml; charset=utf-8",
        "soapaction: \"urn:example:post/Track\"",
    ];
    let port = post(Mock::new());
    for _ in 0..2 {
        assert_eq!(fields(&sent::<TrackOperation>(&port, track())), soap11);
        let ping = sent::<PingOperation>(&port, ());
        assert_eq!(ping.headers()["soapaction"], "\"\"");
    }
    let earlier = port.clone();
    let port = port.bearer("token-of-ada").soap_12();
    for _ in 0..2 {
        assert_eq!(
            fields(&sent::<TrackOperation>(&port, track())),
            [
                "accept: */*",
                "authorization: Bearer token-of-ada",
                "content-type: application/soap+xml; charset=utf-8; \
                 action=\"urn:example:post/Track\"",
            ]
        );
    }
    // No other port shares its settings now.
    drop(earlier);
    let port = port.http_header("X-Trace", "7");
    let request = sent::<TrackOperation>(&port, track());
    assert_eq!(request.headers()["x-trace"], "7");
}

#[test]
fn wrappers_go_around_the_record() {
    let login = Login {
        user: "ada".into(),
        password: Secret::new("hunter2000"),
    };
    let register = Register {
        login,
        email: "a@b.example".into(),
    };
    let request = sent::<RegisterOperation>(&post(Mock::new()), register);
    let expected = "<soap:Body><ns:register><ns:RegisterRequest><ns:login><ns:user>ada</ns:user>\
        <ns:password>hunter2000</ns:password></ns:login><ns:email>a@b.example</ns:email>\
        </ns:RegisterRequest></ns:register></soap:Body>";
    assert!(body(&request).contains(expected), "{}", body(&request));
}

#[test]
fn the_caller_gives_the_action_that_nobody_knows() {
    let port = Port::new(Mock::new(), "http://post.example/soap");
    assert_eq!(
        refused::<WeighOperation>(&port, track()),
        "Weigh was not sent: its SOAP action is not in the contract and not set on the port"
    );
    let given = port.clone().actions("{namespace}/I{service}/{operation}");
    let request = sent::<WeighOperation>(&given, track());
    assert_eq!(
        request.headers()["soapaction"],
        "\"urn:example:post/IPost/Weigh\""
    );
    let given = port.clone().actions(Actions::pattern(""));
    assert_eq!(
        sent::<WeighOperation>(&given, track()).headers()["soapaction"],
        "\"\""
    );
    assert_eq!(
        refused::<WeighOperation>(&port.clone().actions("{host}"), track()),
        "Weigh was not sent: the pattern of the SOAP actions has the part {host}, which stands for \
         nothing ({namespace}, {service} and {operation} do)"
    );
    for bad in ["a\r\nX-Y: z", "a\"b", "a\\", "é", "a\0"] {
        assert_eq!(
            refused::<WeighOperation>(&port.clone().actions(bad), track()),
            "Weigh was not sent: its SOAP action has a character that cannot be sent"
        );
    }
}

#[test]
fn header_blocks() {
    let port = Port::new(Mock::new(), "http://post.example/soap").actions("x");
    // Optional and not set: no header at all.
    assert!(!body(&sent::<WeighOperation>(&port, track())).contains("Header"));
    assert_eq!(
        refused::<TrackOperation>(&port, track()),
        "Track was not sent: the header Username is not set"
    );
    let port = port.header(Name::new(NS, "Username"), &"ada".to_owned());
    assert!(body(&sent::<WeighOperation>(&port, track())).contains("<ns:Username>ada</"));
    assert_eq!(
        refused::<TrackOperation>(&port, track()),
        "Track was not sent: the header Password is not set"
    );
    // The operation's order, not the caller's; the last value.
    let port = Port::new(Mock::new(), "http://post.example/soap")
        .header(Name::new(NS, "Password"), &Secret::new("a"))
        .header(Name::new(NS, "Username"), &"b".to_owned())
        .header(Name::new(NS, "Password"), &Secret::new("c"));
    let expected = "<ns:Username>b</ns:Username><ns:Password>c</ns:Password>";
    assert!(body(&sent::<TrackOperation>(&port, track())).contains(expected));
}

#[test]
fn header_blocks_are_held_against_their_limits() {
    let username = Name::new(NS, "Username");
    let long = Track {
        number: "12345678901".to_owned(),
    };
    let port = post(Mock::new()).header(username, &long);
    assert_eq!(
        refused::<TrackOperation>(&port, track()),
        "Track was not sent: Username/Number: 11 characters, at most 10 allowed"
    );
    let is_sent = |port: Port<Mock>| port.call::<TrackOperation>(track()).request().is_ok();
    assert!(is_sent(port.clone().unchecked()));
    assert!(is_sent(port.header(username, &track())));
    // The operation does not send this one.
    assert!(is_sent(
        post(Mock::new()).header(Name::new(NS, "Elsewhere"), &long)
    ));
}

#[test]
fn limits_are_checked_unless_told_otherwise() {
    let mock = Mock::new();
    let port = post(mock.clone());
    let long = || Track {
        number: "12345678901".to_owned(),
    };
    let error = port.call::<TrackOperation>(long()).send().unwrap_err();
    assert!(
        error.to_string().starts_with("Track was not sent: "),
        "{error}"
    );
    assert!(error.to_string().contains("Number"), "{error}");
    assert!(error.to_string().contains("10"), "{error}");
    assert_eq!(mock.requests().len(), 0);
    assert!(
        port.call::<TrackOperation>(long())
            .unchecked()
            .request()
            .is_ok()
    );
    assert!(
        port.unchecked()
            .call::<TrackOperation>(long())
            .request()
            .is_ok()
    );
}

#[test]
fn what_xml_cannot_hold_is_refused_even_unchecked() {
    let bad = Track {
        number: "a\u{0}".to_owned(),
    };
    let error = post(Mock::new())
        .call::<TrackOperation>(bad)
        .unchecked()
        .request()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "Track was not sent: /Envelope/Body/Track/Number: the character U+0000 is not allowed in XML"
    );
}

#[test]
fn addresses_that_cannot_be_called() {
    for (address, reason) in [
        ("", "the port's address is no URL"),
        ("http://a b/", "the port's address is no URL"),
        ("http://a/\r\nX: y", "the port's address is no URL"),
        (
            "post.example",
            "the port's address does not begin with http:// or https://",
        ),
        ("file:///etc/passwd", "the port's address is no URL"),
        (
            "ftp://post.example/",
            "the port's address does not begin with http:// or https://",
        ),
        (
            "http://ada:hunter2000@post.example/",
            "the port's address holds user information: use `Port::basic`",
        ),
    ] {
        let error = refused::<TrackOperation>(&post(Mock::new()).at(address), track());
        assert_eq!(error, format!("Track was not sent: {reason}"), "{address}");
    }
}

#[test]
fn deadline_and_body_limit_go_along() {
    let extensions = |port: Port<Mock>| {
        let request = sent::<TrackOperation>(&port, track());
        let extensions = request.extensions();
        (
            *extensions.get::<Deadline>().unwrap(),
            *extensions.get::<BodyLimit>().unwrap(),
        )
    };
    assert_eq!(
        extensions(post(Mock::new())),
        (Deadline::DEFAULT, BodyLimit(32 << 20))
    );
    let port = post(Mock::new())
        .timeout(Duration::from_secs(3))
        .connect_timeout(Duration::from_secs(1))
        .limits(Limits::strict());
    let deadline = Deadline {
        connect: Duration::from_secs(1),
        total: Duration::from_secs(3),
    };
    assert_eq!(extensions(port.clone()), (deadline, BodyLimit(64 << 10)));
    let call = port
        .call::<TrackOperation>(track())
        .timeout(Duration::from_secs(9));
    let total = call
        .request()
        .unwrap()
        .extensions()
        .get::<Deadline>()
        .unwrap()
        .total;
    assert_eq!(total, Duration::from_secs(9));
}

#[test]
fn accept_encoding_only_with_a_decoder() {
    let request = sent::<TrackOperation>(&post(Mock::new()), track());
    let expected = cfg!(feature = "gzip").then_some("gzip, deflate");
    let accepted = request
        .headers()
        .get("accept-encoding")
        .map(|v| v.to_str().unwrap());
    assert_eq!(accepted, expected);
}

fn question() -> Question {
    Question {
        customer: "a/b é".to_owned(),
        thing: -7,
        verbose: Some(true),
        tags: vec!["x&y".to_owned(), String::new()],
        trace: Some("t-1".to_owned()),
        country: "SE".to_owned(),
        pin: None,
    }
}

#[test]
fn json() {
    let request = sent::<AskOperation>(&shop(Mock::new()), question());
    assert_eq!(request.method(), "POST");
    assert_eq!(
        request.uri(),
        "https://shop.example/client/v1/a%2Fb%20%C3%A9/things/-7/details?verbose=true&tag=x%26y&tag="
    );
    assert_eq!(
        fields(&request),
        [
            "accept: application/json",
            "authorization: Session session-4711",
            "content-type: application/json",
            "x-trace: t-1",
        ]
    );
    assert_eq!(body(&request), "{\"country\":\"SE\"}");
}

#[test]
fn json_without_a_body() {
    let port = shop(Mock::new()).at("https://shop.example?key=1");
    let glance = |pages| Glance {
        customer: "c".into(),
        pages,
    };
    let request = sent::<LookOperation>(&port, glance(vec![]));
    assert_eq!(request.method(), "GET");
    assert_eq!(request.uri(), "https://shop.example/c/look?key=1");
    assert_eq!(
        fields(&request),
        [
            "accept: application/json",
            "authorization: Session session-4711"
        ]
    );
    assert_eq!(body(&request), "");
    let request = sent::<LookOperation>(&port, glance(vec![1, 2]));
    assert_eq!(
        request.uri(),
        "https://shop.example/c/look?key=1&page=1&page=2"
    );
    let request = sent::<ForgetOperation>(&port, ());
    assert_eq!(request.method(), "DELETE");
    assert_eq!(request.uri(), "https://shop.example/all?key=1");
}

#[test]
fn json_parameters_that_do_not_fit() {
    let with = |change: fn(&mut Question)| {
        let mut question = question();
        change(&mut question);
        refused::<AskOperation>(&shop(Mock::new()), question)
    };
    assert_eq!(
        with(|q| q.customer.clear()),
        "ask was not sent: customerId is in the path and must not be empty"
    );
    assert_eq!(
        with(|q| q.customer = "..".into()),
        "ask was not sent: customerId cannot be `.` or `..` in the path"
    );
    assert_eq!(
        with(|q| q.trace = Some("a\r\nb".into())),
        "ask was not sent: X-Trace has a line break or another control character in its value"
    );
    assert_eq!(
        refused::<AskOperation>(&Port::new(Mock::new(), "https://shop.example"), question()),
        "ask was not sent: the header Authorization is not set"
    );
}

#[test]
fn http_headers_that_cannot_be_sent() {
    let error = refused::<TrackOperation>(&post(Mock::new()).bearer("a\nb"), track());
    assert_eq!(
        error,
        "Track was not sent: the HTTP header authorization has a line break or another control \
         character in its value"
    );
}

#[cfg(feature = "wsse")]
#[test]
fn a_username_token_comes_first_in_the_header() {
    use castile::UsernameToken;

    let port = post(Mock::new()).username_token(UsernameToken::text("ada", "hunter2000"));
    let request = sent::<TrackOperation>(&port, track());
    let start = body(&request).find("<soap:Header>").unwrap();
    let expected = "<soap:Header><wsse:Security xmlns:wsse=\"http://docs.oasis-open.org/wss/2004/01/\
        oasis-200401-wss-wssecurity-secext-1.0.xsd\"";
    assert!(
        body(&request)[start..].starts_with(expected),
        "{}",
        body(&request)
    );
    assert!(
        body(&request).contains("soap:mustUnderstand=\"1\""),
        "{}",
        body(&request)
    );
    assert!(
        body(&request).contains("</wsse:Security><ns:Username>"),
        "{}",
        body(&request)
    );
    // It is for the service, whatever the operation declares.
    assert!(body(&sent::<PingOperation>(&port, ())).contains("wsse:Security"));
}

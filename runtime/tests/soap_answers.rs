//! What comes back from a SOAP service: responses, faults, and what is neither.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod post_office;

use castile::transport::Mock;
use castile::wire::Operation;
use castile::{
    Code, Error, Limits, ResponseErrorKind, TransportError, TransportErrorKind, read_response,
};
use http::Response;
use post_office::*;

type TrackError = Error<Code, TrackDetail>;

fn ask(mock: Mock) -> Result<Parcel, TrackError> {
    post(mock).call::<TrackOperation>(track()).send()
}

fn fault(status: u16, body: &str) -> castile::Fault<Code, TrackDetail> {
    match ask(answering(status, body.to_owned())) {
        Err(Error::Fault(fault)) => *fault,
        other => panic!("{other:?}"),
    }
}

fn message(mock: Mock) -> String {
    ask(mock).unwrap_err().to_string()
}

fn simple_fault(code: &str) -> String {
    envelope(&format!(
        "<s:Fault><faultcode>{code}</faultcode><faultstring>no</faultstring></s:Fault>"
    ))
}

#[test]
fn a_response() {
    assert_eq!(ask(answering(200, envelope(TRACKED))).unwrap(), parcel());
}

#[test]
fn media_types_are_taken_lightly() {
    for media in [
        "",
        "text/xml",
        "application/xml",
        "application/soap+xml",
        "text/html",
        "text/plain;x",
        ";;",
    ] {
        let mock = Mock::new().answer(200, media, envelope(TRACKED));
        assert_eq!(ask(mock).unwrap(), parcel(), "{media}");
    }
}

#[test]
fn versions_may_be_mixed() {
    assert_eq!(ask(answering(200, envelope_12(TRACKED))).unwrap(), parcel());
    let mock = Mock::new().answer(200, "application/soap+xml", envelope(TRACKED));
    assert_eq!(
        post(mock).call::<Track12Operation>(track()).send().unwrap(),
        parcel()
    );
}

#[test]
fn prefixes_order_and_extras_do_not_matter() {
    let answer = "<?xml version='1.0'?><!-- hi --><Envelope xmlns='http://schemas.xmlsoap.org/soap/envelope/'>\
        <Header><t:Trace xmlns:t='urn:t'>1</t:Trace></Header><Body><more xmlns='urn:more'/>\
        <x:TrackResponse xmlns:x='urn:example:post'><x:Extra/><x:Note><![CDATA[a<b]]></x:Note>\
        <x:Weight> 2.50 </x:Weight></x:TrackResponse></Body><after xmlns='urn:z'/></Envelope>\n";
    let parcel = ask(answering(200, answer)).unwrap();
    assert_eq!(parcel.note.as_deref(), Some("a<b"));
    assert_eq!(parcel.weight.to_string(), "2.50");
}

#[test]
fn utf_16_and_latin_1() {
    let mut utf_16 = vec![0xff, 0xfe];
    utf_16.extend(envelope(TRACKED).encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(ask(answering(200, utf_16)).unwrap(), parcel());
    let text = envelope(
        "<TrackResponse xmlns='urn:example:post'><Weight>1</Weight><Note>\u{e9}</Note></TrackResponse>",
    );
    let latin: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let mock = Mock::new().answer(200, "text/xml; charset=\"ISO-8859-1\"", latin);
    assert_eq!(ask(mock).unwrap().note.as_deref(), Some("é"));
}

#[test]
fn wrapped_responses() {
    let login = Login {
        user: "ada".into(),
        password: "hunter2000".into(),
    };
    let register = || Register {
        login: login.clone(),
        email: "a@b.example".into(),
    };
    let call = |body: &str| {
        post(answering(200, envelope(body)))
            .call::<RegisterOperation>(register())
            .send()
    };
    let answer = "<r:registerResponse xmlns:r='urn:example:post'><r:other/><r:return><r:id>7</r:id></r:return></r:registerResponse>";
    assert_eq!(
        call(answer).unwrap(),
        Registered {
            id: Some(7),
            messages: vec![]
        }
    );
    let error = call("<r:registerResponse xmlns:r='urn:example:post'/>").unwrap_err();
    assert_eq!(
        error.to_string(),
        "the answer (HTTP status 200) cannot be used: /registerResponse/return: is missing"
    );
    // A refusal inside the answer is a fault.
    let answer = "<r:registerResponse xmlns:r='urn:example:post'><r:return><r:message>\
        <r:code>TAKEN</r:code><r:text>hunter2000 is taken</r:text></r:message></r:return></r:registerResponse>";
    let Err(Error::Fault(fault)) = call(answer) else {
        panic!("no fault")
    };
    assert_eq!(fault.code, "TAKEN");
    assert_eq!(fault.code_name, "TAKEN");
    assert_eq!(fault.reason, "[redacted] is taken");
    assert_eq!(fault.detail.unwrap().0.messages[0].code, "TAKEN");
    assert_eq!(fault.status, 200);
    assert!(fault.body.text().contains("[redacted] is taken"));
}

#[test]
fn a_fault_comes_with_any_status() {
    for status in [200, 400, 401, 404, 500, 503] {
        let fault = fault(status, &simple_fault("s:NOT_FOUND"));
        assert_eq!(fault.code, "NOT_FOUND");
        assert_eq!(fault.code_name, "s:NOT_FOUND");
        assert_eq!(fault.reason, "no");
        assert_eq!(fault.status, status);
        assert_eq!(
            (fault.actor, fault.detail, fault.raw_detail),
            (None, None, None)
        );
        assert_eq!(fault.body.text(), simple_fault("s:NOT_FOUND"));
    }
}

#[test]
fn codes_lose_prefix_and_standard_code() {
    for (code, expected) in [
        ("s:Client", "Client"),
        ("Client", "Client"),
        ("unbound:NOT_FOUND", "NOT_FOUND"),
        (" s:A ", "A"),
        ("s:Client.NotFound", "NotFound"),
        ("Server.Db.Down", "Down"),
        ("s:Client.", "Client."),
        ("A.B", "A.B"),
        ("s:VersionMismatch", "VersionMismatch"),
        ("", ""),
        ("s:", ""),
    ] {
        assert_eq!(fault(500, &simple_fault(code)).code, expected, "{code}");
    }
}

#[test]
fn fault_children_may_be_qualified_and_in_any_order() {
    let answer = envelope(
        "<s:Fault><s:faultactor>urn:a</s:faultactor><s:faultstring xml:lang='sv'>nej &amp; nej</s:faultstring>\
         <x/><s:faultcode>s:A</s:faultcode></s:Fault>",
    );
    let fault = fault(500, &answer);
    assert_eq!((&*fault.code_name, &*fault.reason), ("s:A", "nej & nej"));
    assert_eq!(fault.actor.as_deref(), Some("urn:a"));
    assert_eq!(fault.reasons[0].language.as_deref(), Some("sv"));
    assert_eq!(
        ask(answering(500, answer)).unwrap_err().to_string(),
        "the service refused with A: nej & nej"
    );
}

fn with_detail(detail: &str) -> castile::Fault<Code, TrackDetail> {
    fault(
        500,
        &envelope(&format!(
            "<s:Fault xmlns:p='urn:example:post'><faultcode>s:A</faultcode><faultstring>b</faultstring>{detail}</s:Fault>"
        )),
    )
}

#[test]
fn details_are_typed_where_declared_and_raw_otherwise() {
    let fault = with_detail(
        "<detail a='1'><other xmlns='urn:o'/><p:NotFound><p:Number>P-1</p:Number></p:NotFound><p:Busy/></detail>",
    );
    assert_eq!(
        fault.detail,
        Some(TrackDetail::NotFound(NotFound {
            number: "P-1".into()
        }))
    );
    let raw = fault.raw_detail.unwrap();
    assert_eq!(raw.attribute("", "a"), Some("1"));
    assert_eq!(raw.children().count(), 3);
    let fault = with_detail("<s:detail><p:Busy><p:Seconds>5</p:Seconds></p:Busy></s:detail>");
    assert_eq!(fault.detail, Some(TrackDetail::Busy(Busy { seconds: 5 })));
    // The right name in a wrong namespace is another element.
    let fault = with_detail("<detail><Busy><Seconds>5</Seconds></Busy>text</detail>");
    assert_eq!((fault.detail, fault.detail_error), (None, None));
    assert_eq!(fault.raw_detail.unwrap().text(), "text");
    let fault = with_detail("<detail/>");
    assert_eq!(fault.detail, None);
    assert!(fault.raw_detail.is_some());
}

#[test]
fn a_detail_that_is_not_as_declared_leaves_the_fault_standing() {
    let fault = with_detail("<detail><p:Busy><p:Seconds>soon</p:Seconds></p:Busy></detail>");
    assert_eq!(fault.detail, None);
    assert_eq!(
        fault.detail_error.unwrap().to_string(),
        "/Busy/Seconds: `soon` is not an int"
    );
    assert_eq!(fault.raw_detail.unwrap().children().count(), 1);
    assert_eq!(fault.code, "A");
}

#[test]
fn soap_12_faults() {
    let answer = "<e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope'><e:Header>\
        <e:NotUnderstood qname='q:Trace' xmlns:q='urn:q'/><e:Upgrade><e:SupportedEnvelope qname='e:Envelope'/></e:Upgrade>\
        </e:Header><e:Body><e:Fault><e:Code><e:Value>e:Sender</e:Value><e:Subcode><e:Value>p:Outer</e:Value>\
        <e:Subcode><e:Value>p:Inner</e:Value></e:Subcode></e:Subcode></e:Code><e:Reason>\
        <e:Text xml:lang='sv'>nej</e:Text><e:Text xml:lang='en-GB'>no</e:Text></e:Reason><e:Node>urn:n</e:Node>\
        <e:Role>urn:r</e:Role><e:Detail><p:Busy xmlns:p='urn:example:post'><p:Seconds>5</p:Seconds></p:Busy></e:Detail>\
        </e:Fault></e:Body></e:Envelope>";
    let fault = fault(400, answer);
    assert_eq!(fault.code, "Inner");
    assert_eq!(fault.code_name, "e:Sender");
    assert_eq!(fault.subcodes, ["p:Outer", "p:Inner"]);
    assert_eq!(fault.reason, "no");
    let reasons: Vec<_> = fault
        .reasons
        .iter()
        .map(|r| (r.language.as_deref().unwrap(), &*r.text))
        .collect();
    assert_eq!(reasons, [("sv", "nej"), ("en-GB", "no")]);
    assert_eq!(
        (fault.node.as_deref(), fault.actor.as_deref()),
        (Some("urn:n"), Some("urn:r"))
    );
    assert_eq!(fault.detail, Some(TrackDetail::Busy(Busy { seconds: 5 })));
    let name = &fault.not_understood[0];
    assert_eq!((&*name.namespace, &*name.local), ("urn:q", "Trace"));
    let name = &fault.supported_envelopes[0];
    assert_eq!(
        (&*name.namespace, &*name.local),
        ("http://www.w3.org/2003/05/soap-envelope", "Envelope")
    );
}

#[test]
fn a_fault_of_11_in_an_envelope_of_12() {
    let answer =
        envelope_12("<e:Fault><faultcode>s:A</faultcode><faultstring>no</faultstring></e:Fault>");
    assert_eq!(fault(500, &answer).code, "A");
    let answer = envelope_12(
        "<s:Fault xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><faultcode>s:B</faultcode></s:Fault>",
    );
    let fault = fault(500, &answer);
    assert_eq!((fault.code, &*fault.reason), (Code::from("B"), ""));
}

#[test]
fn the_first_reason_stands_where_none_is_english() {
    let reason = |texts: &str| {
        let body = format!("<e:Fault><e:Reason>{texts}</e:Reason></e:Fault>");
        fault(500, &envelope_12(&body)).reason
    };
    assert_eq!(
        reason("<e:Text xml:lang='sv'>a</e:Text><e:Text xml:lang='fi'>b</e:Text>"),
        "a"
    );
    assert_eq!(
        reason("<e:Text xml:lang='sv'>a</e:Text><e:Text>b</e:Text>"),
        "b"
    );
    assert_eq!(
        reason("<e:Text xml:lang='enm'>a</e:Text><e:Text xml:lang='EN'>b</e:Text>"),
        "b"
    );
    assert_eq!(reason(""), "");
}

#[test]
fn errors_of_http_keep_status_and_body() {
    for (status, media, body, expected) in [
        (
            502,
            "text/html",
            "<!DOCTYPE html>\n<h1>Bad  gateway</h1>",
            "the server answered with HTTP status 502 and text/html: <!DOCTYPE html> <h1>Bad gateway</h1>",
        ),
        (
            500,
            "text/html",
            "<html><body><p>x</body>",
            "the server answered with HTTP status 500 and text/html: <html><body><p>x</body>",
        ),
        (
            503,
            "",
            "busy",
            "the server answered with HTTP status 503: busy",
        ),
        (
            500,
            "text/plain",
            "",
            "the server answered with HTTP status 500 and no body",
        ),
        (
            401,
            "text/xml",
            "",
            "the server answered with HTTP status 401 and no body",
        ),
        (
            404,
            "application/json",
            "{}",
            "the server answered with HTTP status 404 and application/json: {}",
        ),
        (
            302,
            "",
            "",
            "the server answered with HTTP status 302, a redirect, which is not followed and no body",
        ),
    ] {
        let error = ask(Mock::new().answer(status, media, body)).unwrap_err();
        assert_eq!(error.to_string(), expected);
        assert_eq!(error.status(), Some(status));
        let Error::Http(error) = error else {
            panic!("{error:?}")
        };
        assert_eq!(error.body.text(), body);
        assert_eq!(error.content_type.as_deref().unwrap_or_default(), media);
    }
    // A response without a fault under an error status.
    assert!(matches!(
        ask(answering(500, envelope(TRACKED))),
        Err(Error::Http(_))
    ));
}

#[test]
fn large_bodies_are_kept_in_part() {
    let page = format!("<html>{}", "x".repeat(1 << 20));
    let Err(Error::Http(error)) = ask(answering(500, page)) else {
        panic!()
    };
    assert_eq!(error.body.length(), (1 << 20) + 6);
    assert_eq!(error.body.text().len(), 64 << 10);
}

#[test]
fn what_is_no_envelope() {
    let prefix = "the answer (HTTP status 200) cannot be used: ";
    for (media, body, expected) in [
        (
            "text/html",
            "<!DOCTYPE html><p>login",
            "a body of text/html is no SOAP envelope",
        ),
        (
            "text/html; charset=utf-8",
            "<html><p>x</p></html>",
            "an element `html` is no SOAP envelope",
        ),
        (
            "text/plain",
            "ok",
            "a body of text/plain is no SOAP envelope",
        ),
        ("", "ok", "a body that is no XML is no SOAP envelope"),
        ("text/xml", "", "an empty body is no SOAP envelope"),
        ("text/xml", " \r\n", "an empty body is no SOAP envelope"),
        ("text/xml", "<a/>", "an element `a` is no SOAP envelope"),
        (
            "multipart/mixed; boundary=x",
            "--x\r\n",
            "a body of multipart/mixed is no SOAP envelope",
        ),
        (
            "text/xml",
            "<Envelope/>",
            "no SOAP version has envelopes in the namespace ``",
        ),
        (
            "text/xml",
            "<x:Envelope xmlns:x='urn:soap:9'/>",
            "no SOAP version has envelopes in the namespace `urn:soap:9`",
        ),
    ] {
        let mock = Mock::new().answer(200, media, body);
        assert_eq!(message(mock), format!("{prefix}{expected}"));
    }
    let empty = envelope("").replace("<s:Body></s:Body>", "");
    assert_eq!(
        message(answering(200, empty)),
        format!("{prefix}an envelope without a body is no SOAP envelope")
    );
    // The version matters more than the status.
    let other = ask(answering(500, "<x:Envelope xmlns:x='urn:soap:9'/>")).unwrap_err();
    let Error::Read(other) = other else {
        panic!("{other:?}")
    };
    assert_eq!(
        other.kind,
        ResponseErrorKind::VersionMismatch("urn:soap:9".into())
    );
    assert_eq!(other.status, 500);
}

#[test]
fn an_answer_under_another_name_is_named() {
    let prefix = "the answer (HTTP status 200) cannot be used: its body should hold `TrackResponse` in `urn:example:post` and holds ";
    for (body, expected) in [
        (
            "<TrackResult xmlns='urn:example:post'/>",
            "`TrackResult` in `urn:example:post`",
        ),
        ("<TrackResponse/>", "`TrackResponse`"),
        ("<a/><b xmlns='urn:b'/>", "`a`, `b` in `urn:b`"),
        ("", "nothing"),
    ] {
        assert_eq!(
            message(answering(200, envelope(body))),
            format!("{prefix}{expected}")
        );
    }
}

#[test]
fn what_cannot_be_read_says_where() {
    for (answer, expected) in [
        (
            envelope(
                "<TrackResponse xmlns='urn:example:post'><Weight>heavy</Weight></TrackResponse>",
            ),
            "/TrackResponse/Weight: `heavy` is not a decimal",
        ),
        (
            envelope("<TrackResponse xmlns='urn:example:post'/>"),
            "/TrackResponse/Weight: is missing",
        ),
        (envelope(TRACKED).replace("</s:Envelope>", ""), ""),
        (envelope(TRACKED) + "<more/>", ""),
        (envelope(TRACKED) + "more", ""),
        (envelope(TRACKED).replace("<s:Body>", "<s:Body>text"), ""),
        (
            format!("<!DOCTYPE s [<!ENTITY x 'y'>]>{}", envelope(TRACKED)),
            "a document type declaration is not allowed in a message",
        ),
        (
            envelope("<TrackResponse xmlns='urn:example:post'><Weight>2"),
            "",
        ),
    ] {
        let error = ask(answering(200, answer.clone())).unwrap_err();
        assert!(error.to_string().contains(expected), "{error}");
        let Error::Read(error) = error else {
            panic!("{error:?}")
        };
        assert!(
            matches!(error.kind, ResponseErrorKind::Read(_)),
            "{error:?}"
        );
        assert_eq!(error.body.text(), answer);
    }
}

#[test]
fn one_way() {
    let notify = |status, body: &str| {
        post(answering(status, body.to_owned()))
            .call::<NotifyOperation>(track())
            .send()
    };
    for (status, body) in [
        (200, String::new()),
        (202, "\r\n ".to_owned()),
        (204, String::new()),
        (200, envelope("")),
        (200, envelope(TRACKED)),
        (202, "accepted".to_owned()),
        (202, "<broken".to_owned()),
    ] {
        assert_eq!(notify(status, &body).unwrap(), (), "{status} {body}");
    }
    let fault = notify(500, &simple_fault("s:A")).unwrap_err();
    assert_eq!(fault.fault().unwrap().code, "A");
    assert_eq!(notify(500, "").unwrap_err().status(), Some(500));
    assert!(
        notify(200, &simple_fault("s:A"))
            .unwrap_err()
            .fault()
            .is_some()
    );
}

#[test]
fn an_operation_without_a_response_element() {
    let ping = |status, body: &str| {
        post(answering(status, body.to_owned()))
            .call::<PingOperation>(())
            .send()
    };
    ping(200, "").unwrap();
    ping(200, &envelope("")).unwrap();
    ping(200, &envelope("<Pong/>")).unwrap();
    assert!(ping(200, "<html/>").is_err());
    assert!(ping(200, &simple_fault("A")).unwrap_err().fault().is_some());
}

#[test]
fn header_blocks_that_must_be_understood() {
    let answer = |attributes: &str, body: &str| {
        format!(
            "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' xmlns:e='http://www.w3.org/2003/05/soap-envelope'>\
             <s:Header><t:Sign xmlns:t='urn:t' {attributes}/></s:Header><s:Body>{body}</s:Body></s:Envelope>"
        )
    };
    for attributes in [
        "s:mustUnderstand='1'",
        "e:mustUnderstand=' true '",
        "s:mustUnderstand='1' s:actor='http://schemas.xmlsoap.org/soap/actor/next'",
        "s:mustUnderstand='1' s:actor=''",
        "e:mustUnderstand='1' e:role='http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver'",
    ] {
        assert_eq!(
            message(answering(200, answer(attributes, TRACKED))),
            "the answer (HTTP status 200) cannot be used: its header block `Sign` in `urn:t` must be understood, and is not",
            "{attributes}"
        );
    }
    for attributes in [
        "",
        "s:mustUnderstand='0'",
        "mustUnderstand='1'",
        "s:mustUnderstand='1' s:actor='urn:somebody'",
        "e:mustUnderstand='1' e:role='http://www.w3.org/2003/05/soap-envelope/role/none'",
    ] {
        assert_eq!(
            ask(answering(200, answer(attributes, TRACKED))).unwrap(),
            parcel()
        );
    }
    // Why it was refused says more than what else we do not understand.
    let fault = "<s:Fault><faultcode>s:A</faultcode></s:Fault>";
    let error = ask(answering(500, answer("s:mustUnderstand='1'", fault))).unwrap_err();
    assert!(error.fault().is_some(), "{error:?}");
}

#[test]
fn limits() {
    let deep = format!("{}{}", "<a>".repeat(101), "</a>".repeat(101));
    for status in [200, 500] {
        let error = ask(answering(status, envelope(&deep))).unwrap_err();
        assert!(matches!(error, Error::Limit(_)), "{error:?}");
        assert!(
            error
                .to_string()
                .ends_with("the answer is more than the limit `depth` of 100 allows"),
            "{error}"
        );
        assert_eq!(error.status(), Some(status));
    }
    let mut limits = Limits::default();
    limits.body = 100;
    let port = post(answering(200, envelope(TRACKED))).limits(limits.clone());
    let error = port.call::<TrackOperation>(track()).send().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the answer is more than the limit `body` of 100 allows"
    );
    // Without a transport of ours the limit holds as well.
    let response = || Response::new(envelope(TRACKED).into());
    let port = post(Mock::new()).limits(limits);
    let error = port
        .read_response::<TrackOperation>(response())
        .unwrap_err();
    assert!(matches!(error, Error::Limit(_)), "{error:?}");
    assert_eq!(
        read_response::<TrackOperation>(response()).unwrap(),
        parcel()
    );
}

#[test]
fn a_broken_exchange() {
    let mock = Mock::new().fail(TransportError::new(TransportErrorKind::Timeout));
    let error = ask(mock).unwrap_err();
    assert!(error.is_timeout());
    assert_eq!(error.to_string(), "no complete answer in time");
    assert_eq!(error.status(), None);
    assert!(!ask(Mock::new()).unwrap_err().is_timeout());
    assert_eq!(
        message(Mock::new()),
        "the HTTP client refused the request: the mock's script has no answer left"
    );
}

#[cfg(feature = "gzip")]
mod compressed {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};

    use super::*;

    fn gzip(data: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
        encoder.write_all(data).unwrap();
        encoder.finish().unwrap()
    }

    fn answer(coding: &str, body: Vec<u8>) -> Mock {
        let response = Response::builder()
            .header("content-encoding", coding)
            .body(body.into());
        Mock::new().respond(response.unwrap())
    }

    #[test]
    fn answers_are_decoded() {
        let body = gzip(envelope(TRACKED).as_bytes());
        assert_eq!(ask(answer("gzip", body)).unwrap(), parcel());
    }

    #[test]
    fn a_bomb_is_refused() {
        assert_eq!(
            message(answer("gzip", gzip(&vec![b' '; 9 << 20]))),
            "the answer is more than the limit `inflate_ratio` of 100 allows"
        );
    }

    #[test]
    fn an_error_page_that_cannot_be_decoded_is_an_error_of_http() {
        let response = Response::builder()
            .status(502)
            .header("content-encoding", "br");
        let mock = Mock::new().respond(response.body("\u{1}".into()).unwrap());
        assert_eq!(
            message(mock),
            "the server answered with HTTP status 502: \\u{1}"
        );
    }

    #[test]
    fn what_cannot_be_decoded_is_named() {
        assert_eq!(
            message(answer("br", vec![1, 2])),
            "the answer (HTTP status 200) cannot be used: the content coding `br` is not known"
        );
        assert_eq!(
            message(answer("gzip", b"<html>".to_vec())),
            "the answer (HTTP status 200) cannot be used: the body is no complete gzip"
        );
    }
}

#[test]
fn bindings_say_what_repeating_does() {
    use castile::wire::Repetition;
    assert_eq!(TrackOperation::BINDING.repetition(), Repetition::Safe);
    assert_eq!(NotifyOperation::BINDING.repetition(), Repetition::Once);
    assert_eq!(TrackOperation::BINDING.service_name(), "Post");
    assert_eq!(TrackOperation::BINDING.operation_name(), "Track");
}

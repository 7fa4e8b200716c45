//! Answers that are neither a response nor a fault: errors of HTTP, other documents, too much of anything.

use super::*;

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

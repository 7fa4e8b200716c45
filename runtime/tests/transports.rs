//! Both HTTP clients against a server that answers badly in every way we know.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]
#![cfg(all(feature = "reqwest", feature = "ureq"))]

mod loopback;

use std::time::{Duration, Instant};

use bytes::Bytes;
use castile::transport::{
    AsyncTransport, BodyLimit, Deadline, Reqwest, Transport, TransportError, TransportErrorKind,
    Ureq,
};
use http::{Request, Response};
use loopback::{Answer, Server, answer, endless, kept_alive, message, raw};

type Outcome = Result<Response<Bytes>, TransportError>;

/// A client that takes one request after the other.
struct Client {
    name: &'static str,
    send: Box<dyn Fn(Request<Bytes>) -> Outcome>,
}

/// The two clients. Each gets a server of its own, so `with` is called twice.
fn each(with: impl Fn(&Client)) {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let reqwest = Reqwest::new().unwrap();
    with(&Client {
        name: "reqwest",
        send: Box::new(move |r| runtime.block_on(AsyncTransport::send(&reqwest, r))),
    });
    let ureq = Ureq::new();
    with(&Client {
        name: "ureq",
        send: Box::new(move |r| ureq.send(r)),
    });
}

fn request(address: &str) -> Request<Bytes> {
    let mut request = Request::post(address)
        .body(Bytes::from_static(b"hello"))
        .unwrap();
    request.extensions_mut().insert(Deadline {
        connect: Duration::from_secs(2),
        total: Duration::from_secs(2),
    });
    request.extensions_mut().insert(BodyLimit(1000));
    request
}

/// What each client makes of one answer.
fn check(answer: impl Fn() -> Answer, expected: impl Fn(&Client, Outcome)) {
    each(|client| {
        let server = Server::start(vec![answer()]);
        expected(client, (client.send)(request(&server.url("/"))));
    });
}

fn body(outcome: Outcome) -> String {
    String::from_utf8(outcome.unwrap().body().to_vec()).unwrap()
}

fn kind(outcome: Outcome) -> TransportErrorKind {
    outcome.unwrap_err().kind()
}

#[test]
fn the_request_goes_out_as_given() {
    each(|client| {
        let server = Server::start(vec![answer("200 OK", "text/plain", "")]);
        let mut given = request(&server.url("/pay?x=1"));
        given
            .headers_mut()
            .insert("soapaction", "\"urn:pay\"".parse().unwrap());
        (client.send)(given).unwrap();
        let sent = server.requests().remove(0);
        let (head, body) = sent.split_once("\r\n\r\n").unwrap();
        let mut lines = head.split("\r\n");
        assert_eq!(lines.next(), Some("POST /pay?x=1 HTTP/1.1"));
        let mut headers: Vec<_> = lines.map(str::to_ascii_lowercase).collect();
        headers.retain(|h| h != "accept: */*");
        headers.sort();
        let host = format!("host: {}", server.address);
        assert_eq!(
            headers,
            ["content-length: 5", &host, "soapaction: \"urn:pay\""]
        );
        assert_eq!(body, "hello");
    });
}

#[test]
fn a_get_has_no_body() {
    each(|client| {
        let server = Server::start(vec![answer("200 OK", "text/plain", "")]);
        (client.send)(Request::get(server.url("/")).body(Bytes::new()).unwrap()).unwrap();
        let sent = server.requests().remove(0).to_ascii_lowercase();
        assert!(sent.starts_with("get / http/1.1\r\n"), "{sent}");
        assert!(!sent.contains("transfer-encoding"), "{sent}");
    });
}

#[test]
fn statuses_are_answers() {
    for status in [
        "200 OK",
        "202 Accepted",
        "400 Bad",
        "404 Not Found",
        "500 Oops",
        "503 Busy",
    ] {
        check(
            || answer(status, "text/html", "<html>"),
            |_, outcome| {
                let response = outcome.unwrap();
                assert_eq!(response.status().as_str(), &status[..3]);
                assert_eq!(response.headers()["content-type"], "text/html");
                assert_eq!(response.body(), "<html>");
            },
        );
    }
}

#[test]
fn no_redirect_is_followed() {
    for status in [
        "301 Moved",
        "302 Found",
        "303 See Other",
        "307 Temporary",
        "308 Permanent",
    ] {
        each(|client| {
            let other = Server::start(vec![answer("200 OK", "text/plain", "gotcha")]);
            let location = format!("Location: {}\r\n", other.url("/"));
            let server = Server::start(vec![raw(message(status, &location, "moved"))]);
            let response = (client.send)(request(&server.url("/"))).unwrap();
            assert_eq!(response.status().as_str(), &status[..3]);
            assert_eq!(other.connections(), 0, "{}", client.name);
        });
    }
}

#[test]
fn chunks_are_put_together() {
    let chunked =
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n";
    check(
        || raw(chunked),
        |_, outcome| assert_eq!(body(outcome), "abcde"),
    );
}

#[test]
fn a_body_without_length_ends_with_the_connection() {
    check(
        || raw("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\nabc"),
        |_, outcome| assert_eq!(body(outcome), "abc"),
    );
}

#[test]
fn a_body_that_breaks_off_is_an_error() {
    for cut in [
        "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n",
        "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nabc",
        "HTTP/1.1 200 OK\r\nContent-Le",
        "",
        "not http at all\r\n\r\n",
    ] {
        check(
            || raw(cut),
            |client, outcome| {
                assert_eq!(
                    kind(outcome),
                    TransportErrorKind::Exchange,
                    "{}: {cut:?}",
                    client.name
                );
            },
        );
    }
}

#[test]
fn more_than_the_stated_length_is_not_read() {
    check(
        || raw("HTTP/1.1 200 OK\r\nContent-Length: 3\r\nConnection: close\r\n\r\nabcdef"),
        |_, outcome| assert_eq!(body(outcome), "abc"),
    );
}

#[test]
fn an_interim_answer_is_passed_over() {
    check(
        || raw("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nabc"),
        |_, outcome| assert_eq!(body(outcome), "abc"),
    );
}

#[test]
fn the_body_limit_holds() {
    let limit = TransportErrorKind::BodyLimit(1000);
    check(
        || answer("200 OK", "a/b", [b'x'; 1000]),
        |_, o| assert_eq!(body(o).len(), 1000),
    );
    check(
        || answer("200 OK", "a/b", [b'x'; 1001]),
        |_, o| assert_eq!(kind(o), limit),
    );
    let chunks = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
    check(
        || endless(chunks, b"A\r\n0123456789\r\n", Duration::ZERO),
        |_, outcome| {
            assert_eq!(
                outcome.unwrap_err().to_string(),
                "the answer's body is larger than 1000 bytes"
            );
        },
    );
    check(
        || endless("HTTP/1.1 200 OK\r\n\r\n", b"xxxxxxxx", Duration::ZERO),
        |_, o| {
            assert_eq!(kind(o), limit);
        },
    );
    // Refused before a byte of it is read.
    check(
        || raw("HTTP/1.1 200 OK\r\nContent-Length: 99999999999999\r\n\r\n"),
        |_, o| assert_eq!(kind(o), limit),
    );
}

#[test]
fn the_deadline_holds_however_the_server_stalls() {
    let stalls: [fn() -> Answer; 3] = [
        || endless("", b"", Duration::from_millis(50)),
        || endless("HTTP/1.1 200 OK\r\nX: ", b"x", Duration::from_millis(50)),
        || endless("HTTP/1.1 200 OK\r\n\r\n", b"x", Duration::from_millis(50)),
    ];
    for stall in stalls {
        each(|client| {
            let server = Server::start(vec![stall()]);
            let mut request = request(&server.url("/"));
            request.extensions_mut().insert(Deadline {
                connect: Duration::from_secs(1),
                total: Duration::from_millis(300),
            });
            let start = Instant::now();
            let error = (client.send)(request).unwrap_err();
            assert!(error.is_timeout(), "{}: {error}", client.name);
            assert!(start.elapsed() < Duration::from_secs(2), "{}", client.name);
        });
    }
}

#[test]
fn no_server_is_no_connection() {
    each(|client| {
        let server = Server::start(vec![]);
        let address = server.url("/secret/path?token=hunter2000");
        std::thread::sleep(Duration::from_millis(50));
        let error = (client.send)(request(&address)).unwrap_err();
        assert_eq!(
            error.kind(),
            TransportErrorKind::Connect,
            "{}: {error}",
            client.name
        );
        assert!(!error.to_string().contains("hunter2000"), "{error}");
        assert!(!format!("{error:?}").contains("hunter2000"), "{error:?}");
    });
}

#[test]
fn plain_http_behind_https_is_no_connection() {
    each(|client| {
        let server = Server::start(vec![raw("HTTP/1.1 400 Bad\r\n\r\n")]);
        let address = server.url("/").replace("http:", "https:");
        let error = (client.send)(request(&address)).unwrap_err();
        assert!(
            matches!(
                error.kind(),
                TransportErrorKind::Connect | TransportErrorKind::Timeout
            ),
            "{}: {error}",
            client.name
        );
    });
}

#[test]
fn a_connection_serves_again_after_a_fault() {
    each(|client| {
        let server = Server::start(vec![
            kept_alive("500 Oops", "text/xml", "<fault/>"),
            kept_alive("200 OK", "text/xml", "<fine/>"),
        ]);
        assert_eq!(body((client.send)(request(&server.url("/")))), "<fault/>");
        assert_eq!(body((client.send)(request(&server.url("/")))), "<fine/>");
        assert_eq!(server.connections(), 1, "{}", client.name);
    });
}

#[test]
fn headers_without_end_are_refused() {
    check(
        || {
            endless(
                "HTTP/1.1 200 OK\r\n",
                b"X-Y: zzzzzzzzzzzzzzzzzzzzzzzzzzzzzz\r\n",
                Duration::ZERO,
            )
        },
        |client, outcome| {
            assert_eq!(
                kind(outcome),
                TransportErrorKind::Exchange,
                "{}",
                client.name
            );
        },
    );
}

#[test]
fn nothing_is_decoded_on_the_way() {
    let gzip: &[u8] = &[
        0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 2, 3, 3, 0, 0, 0, 0, 0, 0, 0, 0, 0,
    ];
    check(
        || raw(message("200 OK", "Content-Encoding: gzip\r\n", gzip)),
        |_, outcome| {
            let response = outcome.unwrap();
            assert_eq!(&response.body()[..], gzip);
            assert_eq!(response.headers()["content-encoding"], "gzip");
        },
    );
}

#[test]
fn what_a_client_shows_of_itself_is_no_secret() {
    assert!(!format!("{:?}", Ureq::new()).is_empty());
    assert!(!format!("{:?}", Reqwest::new().unwrap()).is_empty());
}

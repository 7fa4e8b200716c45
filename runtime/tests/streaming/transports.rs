//! Answers that come over a wire, in pieces.

use std::io::Write;
use std::thread;
use std::time::Duration;

use castile::transport::{Mock, Reqwest, Ureq};
use castile::{Error, Limits, Port, TransportErrorKind};

use crate::ledger::*;
use crate::loopback::{self, Answer, Server};

const HEAD: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/xml\r\n";

fn since() -> List {
    List {
        since: "2020".to_owned(),
    }
}

/// What came of a call: the numbers of the entries, and the rest or why there is none.
#[derive(Debug, PartialEq)]
struct Came {
    numbers: Vec<i32>,
    end: Result<String, String>,
}

/// What each of the two clients makes of an answer.
fn check(limits: &Limits, answer: impl Fn() -> Answer, expected: &Came) {
    let server = Server::start(vec![answer()]);
    let port = Port::new(Ureq::new(), server.url("/"))
        .limits(limits.clone())
        .timeout(Duration::from_secs(3));
    assert_eq!(blocking(&port), *expected, "ureq");

    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    let server = Server::start(vec![answer()]);
    let port = Port::new(Reqwest::new().unwrap(), server.url("/"))
        .limits(limits.clone())
        .timeout(Duration::from_secs(3));
    assert_eq!(runtime.block_on(asynchronous(&port)), *expected, "reqwest");
}

/// The stage at which a call failed, for errors whose words are the client's own.
fn words(error: &Failure) -> String {
    match error {
        Error::Transport(error) => format!("{:?}", error.kind()),
        other => other.to_string(),
    }
}

type Failure = Error<castile::Code, Refused>;

fn blocking(port: &Port<Ureq>) -> Came {
    let mut numbers = Vec::new();
    let mut items = match port.call::<ListEntries>(since()).items().send() {
        Ok(items) => items,
        Err(error) => {
            return Came {
                numbers,
                end: Err(words(&error)),
            };
        }
    };
    for item in &mut items {
        match item {
            Ok(item) => numbers.extend(item.map(|entry| entry.number)),
            Err(error) => {
                return Came {
                    numbers,
                    end: Err(words(&error)),
                };
            }
        }
    }
    let end = items
        .finish()
        .map(|page| page.next)
        .map_err(|error| words(&error));
    Came { numbers, end }
}

async fn asynchronous(port: &Port<Reqwest>) -> Came {
    let mut numbers = Vec::new();
    let mut items = match port.call::<ListEntries>(since()).items().await {
        Ok(items) => items,
        Err(error) => {
            return Came {
                numbers,
                end: Err(words(&error)),
            };
        }
    };
    while let Some(item) = items.next().await {
        match item {
            Ok(item) => numbers.extend(item.map(|entry| entry.number)),
            Err(error) => {
                return Came {
                    numbers,
                    end: Err(words(&error)),
                };
            }
        }
    }
    let end = items.finish().await;
    let end = end.map(|page| page.next).map_err(|error| words(&error));
    Came { numbers, end }
}

fn entries(numbers: &[i32]) -> String {
    let entries: String = { numbers.iter() }
        .map(|number| format!("<Entry>\n<Number>{number}</Number></Entry>\n"))
        .collect();
    crate::listed(&format!("<Entries>{entries}</Entries>"))
}

fn all(numbers: &[i32]) -> Came {
    Came {
        numbers: numbers.to_vec(),
        end: Ok("é".to_owned()),
    }
}

fn fails(numbers: &[i32], why: &str) -> Came {
    Came {
        numbers: numbers.to_vec(),
        end: Err(why.to_owned()),
    }
}

/// A body in chunks of this size, a few of them at a time.
fn chunked(headers: &str, body: &[u8], size: usize, is_whole: bool) -> Answer {
    let mut bytes = format!("{HEAD}{headers}Transfer-Encoding: chunked\r\n\r\n").into_bytes();
    for chunk in body.chunks(size) {
        bytes.extend(format!("{:x}\r\n", chunk.len()).into_bytes());
        bytes.extend(chunk);
        bytes.extend(b"\r\n");
    }
    bytes.extend(if is_whole { &b"0\r\n\r\n"[..] } else { b"" });
    Box::new(move |stream| {
        for piece in bytes.chunks(400) {
            let _ = stream.write_all(piece).and_then(|()| stream.flush());
            thread::sleep(Duration::from_millis(1));
        }
        false
    })
}

#[test]
fn whole_in_chunks_and_of_an_unknown_length() {
    let limits = Limits::default();
    let numbers: Vec<i32> = (0..100).collect();
    let body = entries(&numbers).into_bytes();
    check(
        &limits,
        || loopback::answer("200 OK", "text/xml", body.clone()),
        &all(&numbers),
    );
    for size in [1, 3, 1000] {
        check(&limits, || chunked("", &body, size, true), &all(&numbers));
    }
    let until_closed =
        || loopback::raw([HEAD.as_bytes(), b"Connection: close\r\n\r\n", &body].concat());
    check(&limits, until_closed, &all(&numbers));
}

#[test]
fn a_body_that_breaks_off_is_an_error_after_its_items() {
    let limits = Limits::default();
    let text = entries(&[1, 2, 3]);
    let half = text.find("<Number>2").unwrap();
    let body = text.into_bytes();
    let cut = &body[..half];
    check(
        &limits,
        || chunked("", cut, 50, false),
        &fails(&[1], "Exchange"),
    );
    let short = || {
        let head = format!("{HEAD}Content-Length: {}\r\n\r\n", body.len());
        loopback::raw([head.as_bytes(), cut].concat())
    };
    check(&limits, short, &fails(&[1], "Exchange"));
}

#[test]
fn the_time_of_a_call_goes_on_while_items_come() {
    let head = crate::listed("<Entries>");
    let head = head.split("<Next>").next().unwrap().to_owned();
    let answer = || -> Answer {
        let head = head.clone();
        Box::new(move |stream| {
            let _ = write!(stream, "{HEAD}Connection: close\r\n\r\n{head}");
            let entry = b"<Entry><Number>7</Number></Entry>";
            let _ = stream.write_all(entry).and_then(|()| stream.flush());
            thread::sleep(Duration::from_secs(4));
            false
        })
    };
    check(&Limits::default(), answer, &fails(&[7], "Timeout"));
}

#[cfg(feature = "gzip")]
#[test]
fn compressed() {
    use flate2::Compression;
    use flate2::write::{DeflateEncoder, GzEncoder, ZlibEncoder};

    let numbers: Vec<i32> = (0..1000).collect();
    let body = entries(&numbers).into_bytes();
    let mut gzip = GzEncoder::new(Vec::new(), Compression::default());
    gzip.write_all(&body).unwrap();
    let gzip = gzip.finish().unwrap();
    let mut zlib = ZlibEncoder::new(Vec::new(), Compression::default());
    zlib.write_all(&body).unwrap();
    let zlib = zlib.finish().unwrap();
    let mut raw = DeflateEncoder::new(Vec::new(), Compression::default());
    raw.write_all(&body).unwrap();
    let raw = raw.finish().unwrap();
    let limits = Limits::default();
    for (coding, body) in [("gzip", &gzip), ("deflate", &zlib), ("deflate", &raw)] {
        let header = format!("Content-Encoding: {coding}\r\n");
        for size in [1, 7, 100_000] {
            check(
                &limits,
                || chunked(&header, body, size, true),
                &all(&numbers),
            );
        }
    }
    let header = "Content-Encoding: gzip\r\n";
    let half = &gzip[..gzip.len() - 9];
    let says = "the answer (HTTP status 200) cannot be used: the body is no complete gzip";
    check(
        &limits,
        || chunked(header, half, 100, true),
        &fails(&numbers, says),
    );
    let says = "the answer (HTTP status 200) cannot be used: the content coding `br` is not known";
    check(
        &limits,
        || chunked("Content-Encoding: br\r\n", &body, 1000, true),
        &fails(&[], says),
    );
}

#[test]
fn an_answer_larger_than_the_limit_on_bodies() {
    let mut limits = Limits::default();
    limits.body = 2000;
    let numbers: Vec<i32> = (0..1000).collect();
    let body = entries(&numbers).into_bytes();
    check(
        &limits,
        || loopback::answer("200 OK", "text/xml", body.clone()),
        &all(&numbers),
    );
}

#[test]
fn the_head_and_what_is_left() {
    let mock = Mock::new().answer(200, "text/xml", entries(&[1, 2, 3]));
    let port = Port::new(mock, "http://ledger.test/");
    let mut items = port.call::<ListEntries>(since()).items().send().unwrap();
    let head = items.head().unwrap();
    assert_eq!((head.total, head.next.as_str()), (3, ""));
    let first = items.next().unwrap().unwrap().unwrap();
    assert_eq!(first.number, 1);
    let rest = items.finish().unwrap();
    assert_eq!(
        (rest.total, rest.next.as_str(), rest.entries.len()),
        (3, "é", 0)
    );
}

#[test]
fn without_an_answer() {
    let error = castile::TransportError::new(TransportErrorKind::Connect);
    let port = Port::new(Mock::new().fail(error), "http://ledger.test/");
    let failed = port
        .call::<ListEntries>(since())
        .items()
        .send()
        .unwrap_err();
    assert_eq!(failed.to_string(), "cannot connect to the server");
}

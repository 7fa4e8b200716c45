//! Requests made while they are sent: the same bytes as of those made whole.

use std::io::{self, Read};

use bytes::Bytes;
use castile::transport::Mock;
use castile::{Base64Binary, Error, Port, RequestErrorKind, TransportErrorKind};

use crate::ledger::*;

fn posted() -> String {
    crate::envelope(&format!(
        "<s:Body><Posted xmlns='{NS}'><Count>7</Count></Posted></s:Body>"
    ))
}

fn port(answers: usize) -> Port<Mock> {
    let mut mock = Mock::new();
    for _ in 0..answers {
        mock = mock.answer(200, "text/xml", posted());
    }
    Port::new(mock, "http://ledger.test/")
}

/// The bodies that were sent.
fn sent(port: &Port<Mock>) -> Vec<Bytes> {
    let requests = port.transport().requests();
    requests.into_iter().map(http::Request::into_body).collect()
}

fn entry(number: i32) -> Entry {
    Entry {
        number,
        amount: "1.50".parse().ok(),
        text: Some("<é>".to_owned()),
        parts: vec![],
    }
}

fn post(entries: Vec<Entry>) -> PostEntries {
    PostEntries {
        title: "May".to_owned(),
        entries: Some(entries),
        mark: Some("end".to_owned()),
    }
}

#[test]
fn a_list_from_an_iterator() {
    for (count, held) in [(1, 0), (2, 1), (300, 1)] {
        let port = port(2);
        let entries: Vec<Entry> = (0..count).map(entry).collect();
        port.call::<Post>(post(entries.clone())).send().unwrap();
        // Those that the record holds come first.
        let call = port.call::<Post>(post(entries[..held].to_vec()));
        let others: Vec<Entry> = entries[held..].to_vec();
        assert_eq!(call.sending(others).send().unwrap().count, 7);
        let [whole, streamed] = sent(&port).try_into().unwrap();
        assert_eq!(streamed, whole, "{count}");
    }
}

#[test]
fn a_choice_whose_items_have_namespaces_of_their_own() {
    let port = port(1);
    let book = Book {
        title: Some("t".to_owned()),
        lines: vec![],
        end: Some("e".to_owned()),
    };
    let lines = [Line::Entry(Entry::default()), Line::Note("n".to_owned())];
    let call = port.call::<WriteJournal>(Journal { book });
    assert_eq!(call.sending(lines).send().unwrap().count, 7);
    // Nothing can be declared at a root that is gone.
    let text = "<ns:Book><ns:Title>t</ns:Title><ns:Entry><ns:Number>0</ns:Number>\
        <ns:Amount xsi:nil=\"true\"/></ns:Entry><ns2:Note xmlns:ns2=\"urn:example:other\">n</ns2:Note>\
        <ns:End>e</ns:End></ns:Book>";
    let body = String::from_utf8(sent(&port)[0].to_vec()).unwrap();
    assert!(body.contains(text), "{body}");
}

#[test]
fn items_are_held_against_the_limits_as_they_pass() {
    let port = port(0);
    let broken = |error: Error<_, _>| match error {
        Error::Transport(error) => {
            assert_eq!(error.kind(), TransportErrorKind::RequestBody);
            error.to_string()
        }
        other => panic!("{other}"),
    };
    let call = || port.call::<Post>(post(vec![]));
    let says = "the request broke off while it was sent: Entry: ";
    let none = call().sending(vec![]).send().unwrap_err();
    assert_eq!(broken(none), format!("{says}0 items, at least 1 allowed"));
    let many = call().sending((0..301).map(entry)).send().unwrap_err();
    assert_eq!(
        broken(many),
        format!("{says}301 items, at most 300 allowed")
    );
    let mut wrong = entry(1);
    wrong.text = Some("\u{1}".to_owned());
    let wrong = call().sending([entry(0), wrong]).send().unwrap_err();
    assert!(broken(wrong).contains("U+0001"));
    assert!(sent(&port).is_empty());
}

#[test]
fn a_record_without_a_place_for_the_items() {
    let port = port(0);
    let mut record = post(vec![]);
    record.entries = None;
    let error = port.call::<Post>(record).sending([entry(1)]).send();
    let Err(Error::Request(error)) = error else {
        panic!("{error:?}")
    };
    assert!(matches!(error.kind(), RequestErrorKind::Stream(_)));
    assert_eq!(
        error.to_string(),
        "Post was not sent: the record has no place for it: give it an empty list, or value"
    );
}

fn upload(data: Vec<u8>) -> Upload {
    Upload {
        scan: Scan {
            name: "a.png".to_owned(),
            data: Base64Binary(data),
        },
        note: Some("n".to_owned()),
    }
}

/// Gives octets in pieces of odd lengths.
struct Slow(io::Cursor<Vec<u8>>, usize);

impl Read for Slow {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        self.1 = self.1 % 7 + 1;
        let length = self.1.min(out.len());
        self.0.read(&mut out[..length])
    }
}

#[test]
fn binary_data_from_a_reader() {
    for length in [1, 2, 3, 12 << 10, (12 << 10) + 1, 100_000] {
        let data: Vec<u8> = (0..length).map(|i: u32| i.to_le_bytes()[0]).collect();
        let port = port(3);
        port.call::<UploadScan>(upload(data.clone()))
            .send()
            .unwrap();
        for known in [None, Some(u64::from(length))] {
            let source = Slow(io::Cursor::new(data.clone()), 0);
            let call = port.call::<UploadScan>(upload(vec![]));
            assert_eq!(call.sending_octets(source, known).send().unwrap().count, 7);
        }
        let [whole, streamed, announced] = sent(&port).try_into().unwrap();
        assert_eq!(streamed, whole, "{length}");
        assert_eq!(announced, whole, "{length}");
    }
}

#[test]
fn binary_data_that_is_not_as_it_should_be() {
    let port = port(0);
    let fails = |data: Vec<u8>, known| {
        let call = port.call::<UploadScan>(upload(vec![]));
        let sent = call.sending_octets(io::Cursor::new(data), known).send();
        sent.unwrap_err().to_string()
    };
    let says = "the request broke off while it was sent: ";
    let check = format!("{says}Data: ");
    assert_eq!(
        fails(vec![], None),
        format!("{check}0 octets, at least 1 allowed")
    );
    let long = fails(vec![0; 100_001], None);
    assert!(
        long.starts_with(&check) && long.ends_with("at most 100000 allowed"),
        "{long}"
    );
    for length in [2, 4] {
        let promise = format!("{says}3 octets were promised, and there are others");
        assert_eq!(fails(vec![0; length], Some(3)), promise);
    }
}

#[cfg(all(feature = "reqwest", feature = "ureq"))]
mod over_a_wire {
    use super::*;
    use crate::loopback::{Server, answer};
    use castile::transport::{Reqwest, Ureq};

    fn server() -> Server {
        Server::start(vec![answer("200 OK", "text/xml", posted())])
    }

    /// The length of a request's body that was announced.
    fn announced(server: &Server) -> (usize, bool) {
        let request = server.requests().remove(0);
        let (head, body) = request.split_once("\r\n\r\n").unwrap();
        let head = head.to_ascii_lowercase();
        let length = format!("content-length: {}", body.len());
        (body.len(), head.contains(&length))
    }

    #[test]
    fn the_length_is_announced_where_it_is_known() {
        let data = vec![7; 50_000];
        let blocking = server();
        let port = Port::new(Ureq::new(), blocking.url("/"));
        let call = port.call::<UploadScan>(upload(vec![]));
        let source = io::Cursor::new(data.clone());
        assert_eq!(
            call.sending_octets(source, Some(50_000))
                .send()
                .unwrap()
                .count,
            7
        );

        let asynchronous = server();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let port = Port::new(Reqwest::new().unwrap(), asynchronous.url("/"));
        let call = port.call::<UploadScan>(upload(vec![]));
        let call = call.sending_octets(io::Cursor::new(data), Some(50_000));
        assert_eq!(runtime.block_on(call.into_future()).unwrap().count, 7);
        for server in [blocking, asynchronous] {
            let (length, is_announced) = announced(&server);
            assert!(length > 66_000 && is_announced, "{length}");
        }
    }

    #[test]
    fn the_reason_of_a_broken_request_is_told() {
        let says = "the request broke off while it was sent: Entry: 301 items, at \
            most 300 allowed";
        let server = server();
        let port = Port::new(Ureq::new(), server.url("/"));
        let call = port.call::<Post>(post(vec![])).sending((0..301).map(entry));
        assert_eq!(call.send().unwrap_err().to_string(), says);
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .unwrap();
        let server = self::server();
        let port = Port::new(Reqwest::new().unwrap(), server.url("/"));
        let call = port.call::<Post>(post(vec![])).sending((0..301).map(entry));
        let error = runtime.block_on(call.into_future()).unwrap_err();
        assert_eq!(error.to_string(), says);
    }

    use std::future::IntoFuture;
}

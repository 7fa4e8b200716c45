//! Answers read item by item: the same as read whole, however they come in pieces.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod ledger;
#[path = "../loopback/mod.rs"]
mod loopback;
mod requests;
#[cfg(all(feature = "reqwest", feature = "ureq"))]
mod transports;

use bytes::Bytes;
use castile::stream::Decoder;
use castile::wire::StreamedResponse;
use castile::{Error, Limits, Port};
use http::Response;
use ledger::*;

type Failure<O> =
    Error<<O as castile::wire::Operation>::Code, <O as castile::wire::Operation>::Detail>;

/// What came of an answer: the items, and how it ended.
struct Read<O: StreamedResponse> {
    items: Vec<O::Item>,
    end: Result<O::Response, Failure<O>>,
}

fn port(limits: Limits) -> Port<()> {
    Port::new((), "http://ledger.test/").limits(limits)
}

fn response(body: &[u8]) -> Response<Bytes> {
    let mut response = Response::new(Bytes::copy_from_slice(body));
    let media = "text/xml; charset=utf-8".parse().unwrap();
    response.headers_mut().insert("content-type", media);
    response
}

/// Reads an answer whose pieces are so long, the last one again and again.
fn in_pieces<O: StreamedResponse>(
    port: &Port<()>,
    answer: &Response<Bytes>,
    sizes: &[usize],
) -> Read<O> {
    let (parts, mut body) = answer.clone().into_parts();
    let mut sizes = sizes.iter().copied();
    let mut size = 1;
    let mut items = Vec::new();
    let mut decoder: Decoder<O> = match port.decoder(&Response::from_parts(parts, ())) {
        Ok(decoder) => decoder,
        Err(error) => {
            return Read {
                items,
                end: Err(error),
            };
        }
    };
    loop {
        match decoder.next_item() {
            Some(Ok(item)) => items.push(item),
            Some(Err(error)) => {
                assert!(decoder.is_done() && decoder.next_item().is_none());
                return Read {
                    items,
                    end: Err(error),
                };
            }
            None if decoder.is_done() => break,
            None if body.is_empty() => decoder.end(),
            None => {
                size = sizes.next().unwrap_or(size);
                decoder.feed(body.split_to(size.min(body.len())));
            }
        }
    }
    let end = decoder.into_response().unwrap();
    Read {
        items,
        end: Ok(end),
    }
}

/// Reads an answer in pieces of every size, and cut in two at every place; it must always come to the
/// same.
fn read<O>(port: &Port<()>, answer: &Response<Bytes>) -> Read<O>
where
    O: StreamedResponse,
    O::Item: std::fmt::Debug + PartialEq,
{
    let length = answer.body().len().max(1);
    let whole = in_pieces::<O>(port, answer, &[length]);
    let sizes = (1..length.min(40)).map(|size| vec![size]);
    let cuts = (1..length)
        .step_by(length.div_ceil(600))
        .map(|cut| vec![cut, length]);
    for sizes in sizes.chain(cuts) {
        let pieces = in_pieces::<O>(port, answer, &sizes);
        assert_eq!(pieces.items, whole.items, "{sizes:?}");
        match (&pieces.end, &whole.end) {
            (Ok(pieces), Ok(whole)) => assert_eq!(pieces, whole, "{sizes:?}"),
            (Err(pieces), Err(whole)) => {
                assert_eq!(pieces.to_string(), whole.to_string(), "{sizes:?}");
            }
            other => panic!("{sizes:?}: {other:?}"),
        }
    }
    whole
}

fn page(text: &str) -> Response<Bytes> {
    response(text.as_bytes())
}

/// An answer whose body this is, after the start tag of the envelope.
fn envelope(body: &str) -> String {
    format!(
        "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' \
         xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'>{body}</s:Envelope>"
    )
}

fn listed(entries: &str) -> String {
    envelope(&format!(
        "<s:Body><ListResponse xmlns='{NS}'><Total>3</Total>{entries}<Next>é</Next>\
         </ListResponse></s:Body>"
    ))
}

/// The items and the rest, as one record.
fn joined(read: Read<ListEntries>) -> Result<Page, Failure<ListEntries>> {
    let mut page = read.end?;
    assert!(page.entries.is_empty());
    page.entries = read.items;
    Ok(page)
}

#[test]
fn items_and_the_rest_are_those_of_the_whole() {
    let port = port(Limits::default());
    for entries in [
        "<Entries><Entry><Number>1</Number><Amount>1.50</Amount></Entry></Entries>",
        // None, in each way.
        "",
        "<Entries/>",
        "<Entries></Entries>",
        "<Entries> <!-- none --> </Entries>",
        // Nil, empty tags, nested elements of the same name.
        "<Entries>\n <Entry xsi:nil='true'/><Entry xsi:nil='1'> </Entry>\n <Entry><Number>2</Number>\
         <Entry><Number>3</Number></Entry><Entry><Number>4</Number></Entry></Entry>\n</Entries>",
        // Markup that looks like the end.
        "<Entries><Entry a='&lt;/Entry>' b=\"/>'\"><Number>1</Number><!-- </Entry> --><?x </Entry>?>\
         <Text><![CDATA[</Entry>]]]]>&amp;]]&gt;é😀</Text></Entry><!-- <Entry> --></Entries>",
        // Other prefixes, and declarations on the items.
        "<l:Entries xmlns:l='urn:example:ledger'><l:Entry><l:Number>1</l:Number></l:Entry>\
         <x:Entry xmlns:x='urn:example:&#108;edger'><x:Number>2</x:Number></x:Entry>\
         <Entry><Number>3</Number></Entry></l:Entries>",
        // What nobody knows, between items and in them.
        "<Entries><Mark><Entry><Number>9</Number></Entry></Mark><Entry><Number>1</Number><Hue/></Entry>\
         <o:Entry xmlns:o='urn:example:other'><Number>8</Number></o:Entry><Mark/><?go on?>\
         <Entry><Number>2</Number></Entry></Entries><Hue/>",
        // Without a namespace, as careless senders have it.
        "<Entries><Entry xmlns=''><Number xmlns='urn:example:ledger'>1</Number></Entry></Entries>",
    ] {
        let answer = page(&listed(entries));
        let whole = port.read_response::<ListEntries>(answer.clone()).unwrap();
        let read = read::<ListEntries>(&port, &answer);
        assert_eq!(joined(read).unwrap(), whole, "{entries}");
    }
}

#[test]
fn a_choice_two_records_deep() {
    let port = port(Limits::default());
    let body = "<s:Header><h xmlns=''>1</h></s:Header><s:Body><l:Journal><l:Book><l:Title>t</l:Title>\
        <l:Entry><l:Number>1</l:Number></l:Entry> <o:Note>n</o:Note><l:Note>no note</l:Note>\
        <l:Entry><l:Number>2</l:Number></l:Entry><l:End>e</l:End></l:Book></l:Journal></s:Body>";
    let text = format!(
        "<?xml version='1.0'?>\r\n<s:Envelope xmlns:s='http://www.w3.org/2003/05/soap-envelope' \
         xmlns:l='{NS}' xmlns:o='{OTHER}'>{body}</s:Envelope>\n<!-- end -->"
    );
    let answer = page(&text);
    let whole = port.read_response::<ReadJournal>(answer.clone()).unwrap();
    let read = read::<ReadJournal>(&port, &answer);
    let mut journal = read.end.unwrap();
    assert_eq!(read.items.len(), 3);
    journal.book.lines = read.items;
    assert_eq!(journal, whole);
}

#[test]
fn other_encodings() {
    let port = port(Limits::default());
    let text = listed("<Entries><Entry><Number>1</Number><Text>é</Text></Entry></Entries>");
    let whole = port.read_response::<ListEntries>(page(&text)).unwrap();
    let latin = format!("<?xml version='1.0' encoding='iso-8859-1'?>{text}");
    let latin: Vec<u8> = latin.chars().map(|c| u8::try_from(c).unwrap()).collect();
    let utf_16 = |unit: fn(u16) -> [u8; 2]| -> Vec<u8> {
        let marked = format!("\u{FEFF}{text}");
        marked.encode_utf16().flat_map(unit).collect()
    };
    let marked = format!("\u{FEFF}{text}").into_bytes();
    for body in [
        latin,
        utf_16(u16::to_le_bytes),
        utf_16(u16::to_be_bytes),
        marked,
    ] {
        let mut answer = response(&body);
        answer.headers_mut().clear();
        assert_eq!(joined(read(&port, &answer)).unwrap(), whole);
    }
}

/// How an answer ended that must fail, and how many items came before.
fn failure(limits: Limits, text: &str) -> (usize, String) {
    let read = read::<ListEntries>(&port(limits), &page(text));
    (read.items.len(), read.end.unwrap_err().to_string())
}

/// What reading the whole answer says.
fn whole_failure(text: &str) -> String {
    let port = port(Limits::default());
    port.read_response::<ListEntries>(page(text))
        .unwrap_err()
        .to_string()
}

#[test]
fn errors_say_what_the_whole_would() {
    let entry = "<Entry><Number>1</Number></Entry>";
    for (items, entries) in [
        (
            2,
            format!(
                "\n{entry} <Entries>\n{entry}{entry}<Entry>\n<Number>x</Number></Entry></Entries>"
            ),
        ),
        (1, format!("<Entries>{entry}<Entry/></Entries>")),
        (
            1,
            format!("<Entries>{entry}<Entry><Number>1</Entry></Entries>"),
        ),
        (1, format!("<Entries>{entry}&nbsp;</Entries>")),
        (1, format!("<Entries>{entry}text</Entries>")),
        (2, format!("<Entries>{entry}<!-- -- -->{entry}</Entries>")),
        (1, format!("<Entries>{entry}</Entries><Total>4</Total>")),
        (
            0,
            format!("<Entries><Entry xmlns:n='{NS}' xmlns:n='x'/></Entries>"),
        ),
    ] {
        let text = listed(&entries);
        let (read, message) = failure(Limits::default(), &text);
        let same = if entries.contains("-- --") { 1 } else { items };
        assert_eq!(read, same, "{entries}: {message}");
        assert_eq!(message, whole_failure(&text), "{entries}");
    }
}

#[test]
fn an_answer_that_breaks_off_is_an_error_wherever_it_does() {
    let text = listed(
        "<Entries><Entry><Number>1</Number></Entry> <Entry><Number>2</Number></Entry></Entries>",
    );
    let port = port(Limits::default());
    let ends = [
        text.find("<Number>1").unwrap() + 26,
        text.find("<Number>2").unwrap() + 26,
    ];
    for length in 1..text.len() {
        if !text.is_char_boundary(length) {
            continue;
        }
        let answer = page(&text[..length]);
        let read = in_pieces::<ListEntries>(&port, &answer, &[7]);
        let came = ends.iter().filter(|end| **end <= length).count();
        assert_eq!(read.items.len(), came, "{length}");
        let whole = whole_failure(&text[..length]);
        assert_eq!(read.end.unwrap_err().to_string(), whole, "{length}");
    }
}

#[test]
fn a_fault_and_a_status_are_those_of_any_call() {
    let port = port(Limits::default());
    let fault = envelope(&format!(
        "<s:Body><s:Fault><faultcode>s:Server</faultcode><faultstring>no</faultstring><detail>\
         <Closed xmlns='{NS}'><Year>1999</Year></Closed></detail></s:Fault></s:Body>"
    ));
    for status in [200, 500] {
        let mut answer = page(&fault);
        *answer.status_mut() = status.try_into().unwrap();
        let read = read::<ListEntries>(&port, &answer);
        let error = read.end.unwrap_err();
        let detail = error.fault().unwrap().detail.clone();
        assert_eq!(detail, Some(Refused::Closed(Closed { year: 1999 })));
        assert_eq!(error.status(), Some(status));
    }
    let mut answer = page("<p>busy");
    *answer.status_mut() = http::StatusCode::BAD_GATEWAY;
    let whole = port
        .read_response::<ListEntries>(answer.clone())
        .unwrap_err();
    let read = read::<ListEntries>(&port, &answer);
    assert_eq!(read.end.unwrap_err().to_string(), whole.to_string());
}

#[test]
fn what_comes_before_the_items_is_read_before_them() {
    let entry = "<Entry><Number>1</Number></Entry>";
    let mandatory = envelope(&format!(
        "<s:Header><k:Key xmlns:k='urn:k' s:mustUnderstand='1'/></s:Header><s:Body><ListResponse \
         xmlns='{NS}'><Total>1</Total><Entries>{entry}</Entries><Next/></ListResponse></s:Body>"
    ));
    assert_eq!(
        failure(Limits::default(), &mandatory),
        (0, whole_failure(&mandatory))
    );
    let wrong = listed(&format!("<Entries>{entry}</Entries>")).replace(">3<", ">three<");
    assert_eq!(
        failure(Limits::default(), &wrong),
        (0, whole_failure(&wrong))
    );
    // What comes after them, after them.
    let missing = listed(&format!("<Entries>{entry}</Entries>")).replace("<Next>é</Next>", "");
    assert_eq!(
        failure(Limits::default(), &missing),
        (1, whole_failure(&missing))
    );
}

#[test]
fn the_head_is_there_before_the_items() {
    let text = listed("<Entries><Entry><Number>1</Number></Entry></Entries>");
    let port = port(Limits::default());
    let mut decoder = port.decoder::<ListEntries>(&Response::new(())).unwrap();
    let (before, after) = text.split_at(text.find("</Next>").unwrap());
    decoder.feed(before.to_owned());
    let head = decoder.head().unwrap().unwrap();
    assert_eq!((head.total, head.next.as_str()), (3, ""));
    assert_eq!(decoder.next_item().unwrap().unwrap().unwrap().number, 1);
    assert!(decoder.next_item().is_none() && !decoder.is_done());
    decoder.feed(after.to_owned());
    decoder.end();
    assert!(decoder.next_item().is_none() && decoder.is_done());
    assert_eq!(decoder.head().unwrap().unwrap().total, 3);
    assert_eq!(decoder.into_response().unwrap().next, "é");
}

#[test]
fn limits_are_those_of_one_item_and_of_the_rest() {
    let entry = "<Entry><Number>1</Number><Text>0123456789</Text></Entry>";
    let many = listed(&format!("<Entries>{}</Entries>", entry.repeat(100)));
    let mut limits = Limits::default();
    limits.body = 700;
    limits.elements = 7;
    limits.children = 3;
    let read = read::<ListEntries>(&port(limits.clone()), &page(&many));
    assert_eq!((read.items.len(), read.end.is_ok()), (100, true));
    let says = |name: &str, limit: usize| {
        format!("the answer is more than the limit `{name}` of {limit} allows")
    };
    let long = format!(
        "<Entry><Number>1</Number><Text>{}</Text></Entry>",
        "x".repeat(700)
    );
    let text = listed(&format!("<Entries>{entry}{long}</Entries>"));
    assert_eq!(failure(limits.clone(), &text), (1, says("body", 700)));
    let marks = "<Mark>0123456789</Mark>".repeat(40);
    let text = listed(&format!("<Entries>{entry}{marks}</Entries>"));
    assert_eq!(failure(limits.clone(), &text), (1, says("body", 700)));
    limits.elements = 6;
    let place = "/ListResponse/Entries/Entry[1]: ";
    assert_eq!(
        failure(limits, &many),
        (0, format!("{place}{}", says("elements", 6)))
    );
}

#[test]
fn an_answer_of_several_parts() {
    let port = port(Limits::default());
    let entries =
        "<Entries><Entry><Number>1</Number></Entry><Entry><Number>2</Number></Entry></Entries>";
    let body = format!(
        "--b\r\nContent-Type: text/xml; charset=utf-8\r\nContent-ID: <root>\r\n\r\n{}\r\n\
         --b\r\nContent-Type: image/png\r\nContent-ID: <a>\r\n\r\npng\r\n--b--\r\n",
        listed(entries)
    );
    let mut answer = response(body.as_bytes());
    let media = "multipart/related; boundary=b; type=\"text/xml\"; start=\"<root>\"";
    answer
        .headers_mut()
        .insert("content-type", media.parse().unwrap());
    let whole = port.read_response::<ListEntries>(answer.clone()).unwrap();
    assert_eq!(joined(read(&port, &answer)).unwrap(), whole);
    let mut limits = Limits::default();
    limits.body = body.len() - 1;
    let read = read::<ListEntries>(&self::port(limits), &answer);
    let says = format!(
        "the answer is more than the limit `body` of {} allows",
        body.len() - 1
    );
    assert_eq!(
        (read.items.len(), read.end.unwrap_err().to_string()),
        (0, says)
    );
}

#[test]
fn no_error_repeats_a_secret_that_was_sent() {
    let port = port(Limits::default()).basic("user", castile::Secret::new("hunter2000"));
    for entries in [
        "<Entries><Entry><Number>1</Number></Entry><Entry><Number>hunter2000</Number></Entry></Entries>",
        "<Entries><Entry><Number>hunter2000</Number></Entry></Entries>",
    ] {
        let read = in_pieces::<ListEntries>(&port, &page(&listed(entries)), &[9]);
        let error = read.end.unwrap_err();
        let shown = format!("{error} {error:?}");
        assert!(
            shown.contains("/Entry[") && !shown.contains("hunter2000"),
            "{shown}"
        );
    }
    let fault = envelope(
        "<s:Body><s:Fault><faultcode>c</faultcode><faultstring>not hunter2000</faultstring>\
         </s:Fault></s:Body>",
    );
    let error = in_pieces::<ListEntries>(&port, &page(&fault), &[9])
        .end
        .unwrap_err();
    assert_eq!(error.fault().unwrap().reason, "not [redacted]");
}

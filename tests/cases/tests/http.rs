//! The clients of the case `http-forms`: what they send, byte for byte, and what they read.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use castile::transport::Mock;
use castile::{Error, FaultCode, RequestErrorKind, ResponseErrorKind};
use castile_cases::http_forms::{
    AddFault, Book, CoverRequest, FindRequest, LibraryLending, LibraryReading, Problem, Reserve,
};

const NUMBER: &str = "<Number xmlns='urn:example:library'> 12 </Number>";

fn sent(mock: &Mock) -> Vec<(String, String, String, String)> {
    let requests = mock.requests();
    let shown = requests.iter().map(|request| {
        let media = request.headers().get("content-type");
        (
            request.method().to_string(),
            request.uri().to_string(),
            media.map_or(String::new(), |media| media.to_str().unwrap().to_owned()),
            String::from_utf8(request.body().to_vec()).unwrap(),
        )
    });
    shown.collect()
}

fn line(method: &str, uri: &str, media: &str, body: &str) -> (String, String, String, String) {
    (method.into(), uri.into(), media.into(), body.into())
}

#[test]
fn values_travel_in_the_query() {
    let books = "<Books xmlns='urn:example:library'><Book id='7'><Title>É</Title></Book></Books>";
    let mock = Mock::new()
        .answer(200, "text/xml; charset=utf-8", books)
        .answer(200, "text/xml", "<Books xmlns='urn:example:library'/>");
    let library = LibraryReading::new(&mock);
    let words = vec!["a b".to_owned(), "c&d=e".to_owned(), "+%".to_owned()];
    let found = library.find(FindRequest::new("Æsop/ÿ", words, true)).send();
    assert_eq!(found.unwrap().book, [Book::new(7, "É")]);
    let none = library.find(FindRequest::new("", vec![], false)).send();
    assert_eq!(none.unwrap().book, []);
    let first = "https://library.example/v1/find?author=%C3%86sop%2F%C3%BF&words=a%20b\
        &words=c%26d%3De&words=%2B%25&lent=true";
    let second = "https://library.example/v1/find?author=&lent=false";
    let expected = [line("GET", first, "", ""), line("GET", second, "", "")];
    assert_eq!(sent(&mock), expected);
}

#[test]
fn values_travel_in_the_path_and_octets_come_back() {
    let mock = Mock::new().answer(200, "image/gif", &b"GIF\x00\xff"[..]);
    let library = LibraryReading::new(&mock);
    let cover = library.cover(CoverRequest::new(7, "x/l ü")).send().unwrap();
    assert_eq!(cover.picture.content_type, "image/gif");
    assert_eq!(cover.picture.content, &b"GIF\x00\xff"[..]);
    let uri = "https://library.example/v1/books/7/cover-x%2Fl%20%C3%BC";
    assert_eq!(sent(&mock), [line("GET", uri, "", "")]);
    let error = library.cover(CoverRequest::new(7, "")).send().unwrap_err();
    let Error::Request(error) = error else {
        panic!("{error}")
    };
    let empty = RequestErrorKind::Parameter {
        name: "size".into(),
        reason: "is in the path and must not be empty",
    };
    assert_eq!(format!("{:?}", error.kind()), format!("{empty:?}"));
}

#[test]
fn text_is_read_as_a_value_of_its_type() {
    let mock = Mock::new()
        .answer(200, "text/plain", "41\r\n")
        .answer(200, "text/plain", "many <b>")
        .answer(404, "text/plain", "41");
    let library = LibraryReading::new(&mock);
    assert_eq!(library.count().send().unwrap().count, 41);
    let error = library.count().send().unwrap_err().to_string();
    assert!(error.contains("`many <b>`"), "{error}");
    assert!(matches!(library.count().send(), Err(Error::Http(e)) if e.status == 404));
    let uri = "https://library.example/v1/count?all=1";
    assert_eq!(sent(&mock)[0], line("GET", uri, "", ""));
}

#[test]
fn an_element_of_simple_children_is_a_form() {
    let mock = Mock::new()
        .answer(200, "text/xml", NUMBER)
        .answer(200, "text/xml", NUMBER);
    let library = LibraryLending::new(&mock);
    let reserve = Reserve {
        until: Some("2024-05-01".parse().unwrap()),
        note: Some("Grüße & co.".into()),
        ..Reserve::new(vec![7, 8])
    };
    assert_eq!(library.reserve(reserve).send().unwrap().value, 12);
    assert_eq!(
        library.reserve(Reserve::new(vec![9])).send().unwrap().value,
        12
    );
    let (uri, media) = (
        "https://library.example/v1/reserve",
        "application/x-www-form-urlencoded",
    );
    let form = "book=7&book=8&until=2024-05-01&note=Gr%C3%BC%C3%9Fe%20%26%20co.";
    let expected = [
        line("POST", uri, media, form),
        line("POST", uri, media, "book=9"),
    ];
    assert_eq!(sent(&mock), expected);
}

#[test]
fn documents_travel_without_an_envelope() {
    let problem = "<p:Problem xmlns:p='urn:example:library'><p:Why>full</p:Why></p:Problem>";
    let fault = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><s:Body><s:Fault>\
        <faultcode>s:Server</faultcode><faultstring>late</faultstring></s:Fault></s:Body></s:Envelope>";
    let mock = Mock::new()
        .answer(200, "text/xml", NUMBER)
        .answer(500, "text/xml", problem)
        .answer(200, "text/xml", problem)
        .answer(200, "text/xml", "<Number>12</Number>")
        .answer(500, "text/html", "<html>no")
        .answer(500, "text/xml", fault);
    let library = LibraryLending::new(&mock);
    let add = || library.add(Book::new(7, "A & B")).send();
    assert_eq!(add().unwrap().value, 12);
    for status in [500, 200] {
        let Err(Error::Fault(fault)) = add() else {
            panic!("no fault")
        };
        assert_eq!(fault.code.as_str(), "Problem");
        assert_eq!(fault.status, status);
        let detail = AddFault::Problem(Problem { why: "full".into() });
        assert_eq!(fault.detail, Some(detail));
    }
    let Err(Error::Read(error)) = add() else {
        panic!("no error")
    };
    assert!(matches!(error.kind, ResponseErrorKind::OtherBody { .. }));
    assert!(matches!(add(), Err(Error::Http(error)) if error.status == 500));
    assert!(matches!(add(), Err(Error::Fault(fault)) if fault.reason == "late"));
    let body = "<ns:Book xmlns:ns=\"urn:example:library\" id=\"7\"><ns:Title>A &amp; B</ns:Title></ns:Book>";
    let (uri, media) = (
        "https://library.example/v1/books",
        "text/xml; charset=utf-8",
    );
    assert_eq!(sent(&mock)[0], line("POST", uri, media, body));
}

//! Messages with attachments: SOAP Messages with Attachments, and MTOM.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod post_office;

use castile::transport::Mock;
use castile::wire::{
    Action, Binding, ComplexType, ContentReader, ContentWriter, Name, Operation, Record,
};
use castile::wire::{Shape, any, many, one, opt};
use castile::{
    AnyElement, Attachment, Base64Binary, Error, Fault, HexBinary, Limits, NoDetail, Port,
    ReadError, RequestErrorKind,
};
use post_office::{NS, envelope};

macro_rules! record {
    ($name:ident { $($slot:ident: $type:ty = $field:expr,)* } attributes { $($attribute:expr,)* }) => {
        #[derive(Clone, Debug, Default, PartialEq)]
        struct $name { $($slot: $type,)* }

        impl ComplexType for $name {
            const SHAPE: &'static Shape =
                &Shape::new(NS, &[$($field,)*]).attributes(&[$($attribute,)*]);
        }

        impl Record for $name {
            fn read_content(&mut self, reader: &mut dyn ContentReader) -> Result<(), ReadError> {
                reader.content(Self::SHAPE, &mut [$(&mut self.$slot,)*])
            }

            fn write_content(&self, writer: &mut dyn ContentWriter) {
                writer.content(Self::SHAPE, &[$(&self.$slot,)*]);
            }
        }
    };
}

record!(Scan {
    name: String = one("Name"),
    label: Base64Binary = one("Label"),
    digest: Option<HexBinary> = opt("Digest"),
    pages: Vec<Base64Binary> = many("Page"),
    others: Vec<AnyElement> = any(),
} attributes {});
record!(Claim {
    number: String = one("Number"),
    form: Option<Attachment> = opt("Form"),
    photo: Attachment = one("Photo").attached(),
    sketch: Option<Attachment> = opt("Sketch").attached(),
    rest: Vec<Attachment> = many("Rest").attached(),
} attributes {});

macro_rules! operation {
    ($marker:ident: $record:ty, $binding:expr) => {
        #[derive(Clone, Copy, Debug)]
        struct $marker;

        impl Operation for $marker {
            type Request = $record;
            type Response = $record;
            type Code = castile::Code;
            type Detail = NoDetail;
            const BINDING: &'static Binding = &$binding;
        }
    };
}

const SCAN: &[Name] = &[Name::new(NS, "Scan")];
const CLAIM: &[Name] = &[Name::new(NS, "Claim")];

operation!(ScanOperation: Scan,
    Binding::soap11("Post", "Scan", Action::Empty).request(SCAN).response(SCAN));
operation!(Scan12Operation: Scan,
    Binding::soap12("Post", "Scan", Action::Fixed("urn:scan")).request(SCAN).response(SCAN).mtom());
operation!(ClaimOperation: Claim,
    Binding::soap11("Post", "Claim", Action::Empty).request(CLAIM).response(CLAIM));

fn port<T>(transport: T) -> Port<T> {
    Port::new(transport, "http://post.example/soap")
}

/// An answer of several parts: header fields and content.
fn answering(media_type: &str, parts: &[(&str, &[u8])]) -> Mock {
    let mut body = Vec::new();
    for (header, content) in parts {
        body.extend_from_slice(format!("--b\r\n{header}\r\n\r\n").as_bytes());
        body.extend_from_slice(content);
        body.extend_from_slice(b"\r\n");
    }
    body.extend_from_slice(b"--b--\r\n");
    Mock::new().answer(200, media_type, body)
}

const XOP: &str = "multipart/related; boundary=b; type=\"application/xop+xml\"; start=\"<root>\"; \
    start-info=\"text/xml\"";
const XOP_ROOT: &str = "Content-Type: application/xop+xml; charset=utf-8; type=\"text/xml\"\r\n\
    Content-ID: <root>";
const SWA: &str = "multipart/related; boundary=b; type=\"text/xml\"";
const SWA_ROOT: &str = "Content-Type: text/xml; charset=UTF-8";

fn include(id: &str) -> String {
    format!("<x:Include xmlns:x='http://www.w3.org/2004/08/xop/include' href='cid:{id}'/>")
}

fn scan(content: &str, parts: &[(&str, &[u8])]) -> Result<Scan, Error> {
    let root = envelope(&format!(
        "<Scan xmlns='{NS}'><Name>n</Name>{content}</Scan>"
    ));
    let mut all = vec![(XOP_ROOT, root.as_bytes())];
    all.extend_from_slice(parts);
    port(answering(XOP, &all))
        .call::<ScanOperation>(Scan::default())
        .send()
}

fn claim(content: &str, parts: &[(&str, &[u8])]) -> Result<Claim, Error> {
    let root = envelope(&format!(
        "<Claim xmlns='{NS}'><Number>1</Number>{content}</Claim>"
    ));
    let mut all = vec![(SWA_ROOT, root.as_bytes())];
    all.extend_from_slice(parts);
    port(answering(SWA, &all))
        .call::<ClaimOperation>(request())
        .send()
}

fn request() -> Claim {
    Claim {
        number: "1".to_owned(),
        photo: Attachment::new("image/png", "PNG"),
        ..Claim::default()
    }
}

#[test]
fn included_octets_are_those_of_their_part() {
    let content = format!(
        "<Label> {} <!-- c --></Label><Page>{}</Page><Page>AQI=</Page><Digest>{}</Digest>\
         <o:Other xmlns:o='urn:o'>{}</o:Other>",
        include("a%40b"),
        include("c"),
        include("c").replace("c'", "hex'"),
        include("c"),
    );
    let parts: [(&str, &[u8]); 3] = [
        (
            "Content-ID: <a@b>\r\nContent-Transfer-Encoding: binary",
            &[0, 255, b'\r', b'\n'],
        ),
        (
            "content-id: <c>\r\nContent-Transfer-Encoding: base64",
            b"AwQ=\r\n",
        ),
        ("Content-ID: <hex>", b"\xff"),
    ];
    // XOP stands for Base64 alone.
    let error = scan(&content, &parts).unwrap_err().to_string();
    assert!(
        error.contains("/Scan/Digest: `/w==` is not a hexBinary"),
        "{error}"
    );
    let scan = scan(&content.replace("Digest", "Unknown"), &parts).unwrap();
    assert_eq!(scan.label.0, [0, 255, b'\r', b'\n']);
    assert_eq!(
        scan.pages,
        [Base64Binary(vec![3, 4]), Base64Binary(vec![1, 2])]
    );
    let others: Vec<_> = scan.others.iter().map(AnyElement::text).collect();
    assert_eq!(others, ["/w==", "AwQ="]);
}

#[test]
fn octets_may_be_an_address_of_their_part() {
    let parts: [(&str, &[u8]); 2] = [("Content-ID: <a>", b"\x01"), ("Content-ID: <b>", b"\x02")];
    let scan = scan(
        "<Label href='cid:a'/><Page> cid:b\n</Page><Page>Aw==</Page>",
        &parts,
    )
    .unwrap();
    assert_eq!(scan.label.0, [1]);
    assert_eq!(scan.pages, [Base64Binary(vec![2]), Base64Binary(vec![3])]);
    let error = self::scan("<Label>cid:c</Label>", &parts)
        .unwrap_err()
        .to_string();
    assert!(
        error.contains("the message has no part that is `cid:c`"),
        "{error}"
    );
}

#[test]
fn wrong_references_are_named() {
    let message = |content: &str| {
        let parts: [(&str, &[u8]); 3] = [
            ("Content-ID: <a>", b"1"),
            ("Content-ID: <two>", b"2"),
            ("Content-ID: <two>", b"3"),
        ];
        scan(content, &parts).unwrap_err().to_string()
    };
    let label = |content: &str| message(&format!("<Label>{content}</Label>"));
    let is = |message: String, expected: &str| assert!(message.contains(expected), "{message}");
    is(
        label(&include("none")),
        "/Scan/Label/Include: the message has no part that is `cid:none`",
    );
    is(
        label(&include("two")),
        "/Scan/Label/Include: the message has more than one part that is `cid:two`",
    );
    is(
        label(&include("a").replace("href", "ref")),
        "/Scan/Label/Include/@href",
    );
    is(label(&(include("a") + "x")), "/Scan/Label: ");
    is(
        label(&(include("a") + &include("a"))),
        "element `Include` inside",
    );
    is(label("<Include href='cid:a'/>"), "element `Include` inside");
    let answer = envelope(&format!(
        "<Scan xmlns='{NS}'><Name>n</Name><Label>{}</Label></Scan>",
        include("a")
    ));
    let mock = Mock::new().answer(200, "text/xml", answer);
    let error = port(mock)
        .call::<ScanOperation>(Scan::default())
        .send()
        .unwrap_err();
    is(error.to_string(), "the message has no part that is `cid:a`");
}

#[test]
fn attachments_belong_to_their_fields() {
    let claim = claim(
        "<Form>cid:form</Form>",
        &[
            ("Content-Type: a/rest\r\nContent-ID: <r>", b"rest"),
            ("Content-Type: a/form\r\nContent-ID: <form>", b"form"),
            (
                "Content-Type: a/sketch\r\nContent-ID: <Sketch=1@x>",
                b"sketch",
            ),
            ("Content-Type: a/photo\r\nContent-ID: <Photo=2@x>", b"photo"),
        ],
    )
    .unwrap();
    let types = |attachment: &Attachment| attachment.content_type.clone();
    assert_eq!(types(&claim.photo), "a/photo");
    assert_eq!(claim.photo.content, "photo");
    assert_eq!(
        claim.sketch.as_ref().map(types).as_deref(),
        Some("a/sketch")
    );
    assert_eq!(claim.form.as_ref().map(types).as_deref(), Some("a/form"));
    assert_eq!(claim.rest.iter().map(types).collect::<Vec<_>>(), ["a/rest"]);
    assert_eq!(claim.rest[0].content_id.as_deref(), Some("r"));
    assert_eq!(
        format!("{:?}", claim.rest[0]),
        "Attachment { content_type: \"a/rest\", content_id: \"r\", length: 4 }"
    );
}

#[test]
fn attachments_without_names_come_in_order() {
    let unnamed: [(&str, &[u8]); 3] = [("A: b", b"1"), ("A: b", b"2"), ("A: b", b"3")];
    let two = claim("", &unnamed[..2]).unwrap();
    assert_eq!(two.photo.content, "1");
    assert_eq!(two.sketch.unwrap().content, "2");
    assert_eq!(two.rest, []);
    assert_eq!(claim("", &unnamed).unwrap().rest[0].content, "3");
    let referred = claim(
        "<Photo href='cid:p'/>",
        &[("A: b", b"1"), ("Content-ID: p", b"2")],
    )
    .unwrap();
    assert_eq!(referred.photo.content, "2");
    assert_eq!(referred.sketch.unwrap().content, "1");
    let missing = claim("", &[]).unwrap_err().to_string();
    assert!(missing.contains("/Claim/Photo: is missing"), "{missing}");
}

#[test]
fn attachments_are_slices_of_the_answer() {
    let large = vec![7; 100_000];
    let claim = claim("", &[("A: b", &large), ("A: b", &large)]).unwrap();
    let (first, second) = (
        claim.photo.content.as_ptr(),
        claim.sketch.unwrap().content.as_ptr(),
    );
    let between = second.addr() - first.addr();
    assert_eq!(between, 100_000 + "\r\n--b\r\nA: b\r\n\r\n".len());
}

/// What the package `email` of Python writes, with its transfer encodings.
#[test]
fn parts_of_a_mailer() {
    let mail = include_str!("samples/python-email.txt").replace('\r', "");
    let media = "multipart/related; type=\"text/xml\"; start=\"<root@post>\"; \
        boundary=\"===============8451=\"";
    for line_break in ["\r\n", "\n"] {
        let mock = Mock::new().answer(200, media, mail.replace('\n', line_break));
        let claim = port(mock).call::<ClaimOperation>(request()).send().unwrap();
        assert_eq!(claim.number, "é1");
        assert_eq!(claim.photo.content, (0..=255).collect::<Vec<u8>>());
        let form = claim.form.unwrap();
        assert_eq!(form.content_type, "text/plain; charset=\"iso-8859-1\"");
        let text = form
            .content
            .iter()
            .copied()
            .map(char::from)
            .collect::<String>();
        assert_eq!(text, "Größe = 1\nsecond line\n".replace('\n', line_break));
    }
}

#[test]
fn a_fault_may_have_parts() {
    let root =
        envelope("<s:Fault><faultcode>s:Server</faultcode><faultstring>no</faultstring></s:Fault>");
    let mock = answering(SWA, &[(SWA_ROOT, root.as_bytes()), ("A: b", b"1")]);
    let error = port(mock)
        .call::<ClaimOperation>(request())
        .send()
        .unwrap_err();
    assert_eq!(
        error.fault().map(|fault: &Fault| fault.reason.as_str()),
        Some("no")
    );
}

#[test]
fn broken_packages_are_named() {
    let ask = |status, media: &str, body: &str| {
        let mock = Mock::new().answer(status, media, body.to_owned());
        port(mock)
            .call::<ClaimOperation>(request())
            .send()
            .unwrap_err()
            .to_string()
    };
    let message = ask(200, SWA, "--b\r\n\r\n<a/>");
    assert_eq!(
        message,
        "the answer (HTTP status 200) cannot be used: it breaks off in its part 1"
    );
    let message = ask(502, SWA, "--b\r\n\r\n<a/>");
    assert!(
        message.starts_with("the server answered with HTTP status 502"),
        "{message}"
    );
    let mock = answering(SWA, &[(SWA_ROOT, b"<a/>"), ("A: b", b"")]);
    let mut limits = Limits::default();
    limits.parts = 1;
    let error = port(mock)
        .limits(limits)
        .call::<ClaimOperation>(request())
        .send()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the answer is more than the limit `parts` of 1 allows"
    );
}

/// Each answer with one byte changed or gone, or cut short, gives a record or an error.
#[test]
fn mutilated_answers_do_no_harm() {
    let content = format!(
        "<Label>{}</Label><o:O xmlns:o='urn:o'>{}</o:O>",
        include("a"),
        include("b")
    );
    let root = envelope(&format!(
        "<Scan xmlns='{NS}'><Name>n</Name>{content}</Scan>"
    ));
    let body = format!(
        "--b\r\n{XOP_ROOT}\r\n\r\n{root}\r\n--b\r\nContent-ID: <a>\r\n\r\n1\r\n\
         --b\r\nContent-ID: <b>\r\nContent-Transfer-Encoding: base64\r\n\r\nMg==\r\n--b--\r\n"
    )
    .into_bytes();
    let read = |body: Vec<u8>| {
        let mock = Mock::new().answer(200, XOP, body);
        port(mock).call::<ScanOperation>(Scan::default()).send()
    };
    let whole = read(body.clone()).unwrap();
    assert_eq!(
        (whole.label.0.as_slice(), whole.others[0].text().as_str()),
        (&b"1"[..], "Mg==")
    );
    for at in 0..body.len() {
        // All but the line break after the last boundary is needed.
        assert_eq!(
            read(body[..at].to_vec()).is_ok(),
            at >= body.len() - 2,
            "{at}"
        );
        let _ = read([&body[..at], &body[at + 1..]].concat());
        for byte in [b'\n', b'-', b'<', b'b', 0xff] {
            let mut body = body.clone();
            body[at] = byte;
            let _ = read(body);
        }
    }
}

fn sent<O: Operation>(request: O::Request) -> (String, String) {
    let request = port(Mock::new()).call::<O>(request).request().unwrap();
    let media = request.headers()["content-type"]
        .to_str()
        .unwrap()
        .to_owned();
    (media, String::from_utf8(request.body().to_vec()).unwrap())
}

#[test]
fn attachments_are_sent_beside_the_envelope() {
    let (media, body) = sent::<ClaimOperation>(Claim {
        form: Some(Attachment {
            content_id: Some("the form".replace(' ', "+")),
            ..Attachment::new("text/plain", "form")
        }),
        rest: vec![Attachment::new("", "rest")],
        ..request()
    });
    assert_eq!(
        media,
        "multipart/related; boundary=\"castile-part-00000000\"; type=\"text/xml\"; \
         start=\"<envelope@castile>\""
    );
    let part = |content_type: &str, id: &str, content: &str| {
        format!(
            "--castile-part-00000000\r\nContent-Type: {content_type}\r\n\
             Content-Transfer-Encoding: binary\r\nContent-ID: <{id}>\r\n\r\n{content}\r\n"
        )
    };
    let envelope = "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:ns=\"urn:example:post\">\
         <soap:Body><ns:Claim><ns:Number>1</ns:Number><ns:Form>cid:the%2Bform</ns:Form></ns:Claim>\
         </soap:Body></soap:Envelope>";
    assert_eq!(
        body,
        part("text/xml; charset=utf-8", "envelope@castile", envelope)
            + &part("text/plain", "the+form", "form")
            + &part("image/png", "Photo=2@castile", "PNG")
            + &part("application/octet-stream", "3@castile", "rest")
            + "--castile-part-00000000--\r\n"
    );
}

#[test]
fn what_is_sent_is_read() {
    let claim = Claim {
        form: Some(Attachment::new("text/plain", "--castile-part-00000000\r\n")),
        sketch: Some(Attachment::new("image/svg+xml", "<svg/>\n")),
        rest: vec![Attachment::new("a/b", ""), Attachment::new("a/c", "\r\n")],
        ..request()
    };
    let (media, body) = sent::<ClaimOperation>(claim.clone());
    let read = port(Mock::new().answer(200, &media, body))
        .call::<ClaimOperation>(request())
        .send()
        .unwrap();
    let content = |claim: &Claim| {
        let all = [
            claim.form.clone(),
            Some(claim.photo.clone()),
            claim.sketch.clone(),
        ];
        let all = all.into_iter().flatten().chain(claim.rest.clone());
        all.map(|part| (part.content_type, part.content))
            .collect::<Vec<_>>()
    };
    assert_eq!(content(&read), content(&claim));
    assert_eq!(content(&read).len(), 5);
}

#[test]
fn mtom_is_chosen_by_the_port_or_the_contract() {
    let small = Scan {
        name: "n".to_owned(),
        label: vec![b'l'; 1023].into(),
        pages: vec![vec![b'p'; 1024].into()],
        ..Scan::default()
    };
    let (media, body) = sent::<ScanOperation>(small.clone());
    assert_eq!(media, "text/xml; charset=utf-8");
    assert!(!body.contains("Include"));
    let (media, body) = sent::<Scan12Operation>(small.clone());
    assert_eq!(
        media,
        "multipart/related; boundary=\"castile-part-00000000\"; type=\"application/xop+xml\"; \
         start-info=\"application/soap+xml\"; action=\"urn:scan\"; start=\"<envelope@castile>\""
    );
    let page = "<ns:Page><xop:Include xmlns:xop=\"http://www.w3.org/2004/08/xop/include\" \
                href=\"cid:1@castile\"/></ns:Page>";
    assert!(body.contains(page), "{body}");
    assert!(
        body.contains("\r\nContent-ID: <1@castile>\r\n\r\npppp"),
        "{body}"
    );
    assert!(body.contains("<ns:Label>bGxs"), "{body}");
    let read = port(Mock::new().answer(200, &media, body))
        .mtom()
        .call::<ScanOperation>(small.clone())
        .send();
    // An envelope of SOAP 1.2 is read all the same.
    assert_eq!(read.unwrap(), small);
    let request = port(Mock::new())
        .mtom()
        .call::<ScanOperation>(small)
        .request()
        .unwrap();
    let media = request.headers()["content-type"].to_str().unwrap();
    assert!(media.contains("start-info=\"text/xml\"; start="), "{media}");
    assert_eq!(request.headers()["soapaction"], "\"\"");
}

#[test]
fn attachments_that_cannot_be_sent() {
    let mut claim = request();
    claim.photo.content_type = "a\r\nb".to_owned();
    let error = port(Mock::new())
        .call::<ClaimOperation>(claim)
        .request()
        .unwrap_err();
    assert!(matches!(error.kind(), RequestErrorKind::Attachment { .. }));
    assert_eq!(
        error.to_string(),
        "Claim was not sent: the attachment `Photo=1@castile` has a media type that cannot be sent"
    );
}

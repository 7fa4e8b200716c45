//! The client of the case `attachments`: what it sends and reads beside the envelope.
#![allow(clippy::unwrap_used, reason = "a test says so by panicking")]

use castile::Attachment;
use castile::transport::Mock;
use castile_cases::attachments::{Archive, Claim, Claims, FileRequest};

fn package(parts: &[(&str, &str)]) -> String {
    let parts = parts.iter().map(|(header, content)| {
        format!("--castile-part-00000000\r\n{header}\r\n\r\n{content}\r\n")
    });
    parts.collect::<String>() + "--castile-part-00000000--\r\n"
}

fn header(content_type: &str, id: &str) -> String {
    format!(
        "Content-Type: {content_type}\r\nContent-Transfer-Encoding: binary\r\nContent-ID: <{id}>"
    )
}

fn envelope(namespaces: &str, body: &str) -> String {
    format!(
        "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"{namespaces}><soap:Body>{body}\
         </soap:Body></soap:Envelope>"
    )
}

#[test]
fn parts_of_a_message_travel_beside_the_envelope() {
    let answer = package(&[
        (
            "Content-Type: text/xml",
            &envelope(
                "",
                "<Receipt xmlns=\"urn:example:attachments\"><Stamp>cid:stamp</Stamp></Receipt>",
            ),
        ),
        ("Content-ID: <other>", "?"),
        ("Content-Type: image/png\r\nContent-ID: <stamp>", "PNG"),
        (
            "Content-Type: application/pdf\r\nContent-ID: <document=1@post>",
            "PDF",
        ),
    ]);
    let media_type = "Multipart/Related; boundary=castile-part-00000000; type=text/xml";
    let mock = Mock::new().answer(200, media_type, answer);
    let client = Claims::new(&mock);
    let claim = Claim {
        form: Some(Attachment::new("text/plain", "form")),
    };
    let request = FileRequest::new(claim, Attachment::new("image/png", "photo"));
    let response = client.file(request).send().unwrap();
    assert_eq!(response.receipt.stamp.0, b"PNG");
    assert_eq!(response.document.content, "PDF");
    assert_eq!(response.document.content_type, "application/pdf");
    let others: Vec<_> = { response.attachments.iter() }
        .map(|other| other.content_id.as_deref())
        .collect();
    assert_eq!(others, [Some("other")]);

    let sent = &mock.requests()[0];
    assert_eq!(
        sent.headers()["content-type"],
        "multipart/related; boundary=\"castile-part-00000000\"; type=\"text/xml\"; \
         start=\"<envelope@castile>\""
    );
    let claim = "<ns:Claim><ns:Form>cid:1@castile</ns:Form></ns:Claim>";
    let namespaces = " xmlns:ns=\"urn:example:attachments\"";
    let expected = package(&[
        (
            &header("text/xml; charset=utf-8", "envelope@castile"),
            &envelope(namespaces, claim),
        ),
        (&header("text/plain", "1@castile"), "form"),
        (&header("image/png", "photo=2@castile"), "photo"),
    ]);
    assert_eq!(std::str::from_utf8(sent.body()).unwrap(), expected);
}

#[test]
fn the_policy_asks_for_mtom() {
    let answer = envelope("", "<ArchiveResponse xmlns=\"urn:example:attachments\"/>");
    let mock = Mock::new().answer(200, "text/xml", answer);
    let request = Archive::new(7, Attachment::new("", "box"));
    Claims::new(&mock).archive(request).send().unwrap();
    let sent = &mock.requests()[0];
    assert_eq!(
        sent.headers()["content-type"],
        "multipart/related; boundary=\"castile-part-00000000\"; type=\"application/xop+xml\"; \
         start-info=\"text/xml\"; start=\"<envelope@castile>\""
    );
    let body = std::str::from_utf8(sent.body()).unwrap();
    assert!(
        body.contains("Content-ID: <box=1@castile>\r\n\r\nbox\r\n"),
        "{body}"
    );
    assert!(body.contains("<shelf>7</shelf></ns:Archive>"), "{body}");
}

//! `contract/ledger.wsdl`: types are taken from the contract, not from `xsi:type`; no references.

use std::fmt::Write as _;

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use rust_decimal::Decimal;

use crate::markup::{Events, Failure, boolean, escape_into, skip, text};

const NAMESPACE: Namespace<'static> = Namespace("urn:example:ledger");
const SOAP: Namespace<'static> = Namespace("http://schemas.xmlsoap.org/soap/envelope/");
const ENCODING: &str = "http://schemas.xmlsoap.org/soap/encoding/";

#[derive(Default)]
pub struct Entry {
    number: i32,
    account: String,
    amount: Decimal,
    text: String,
    posted: bool,
}

pub fn read(document: &str) -> Result<Vec<Entry>, Failure> {
    let mut reader = NsReader::from_str(document);
    let mut entries = Vec::new();
    loop {
        match reader.read_resolved_event()? {
            (ResolveResult::Bound(SOAP | NAMESPACE), Event::Start(_)) => {}
            (ResolveResult::Unbound, Event::Start(start)) => match start.local_name().as_ref() {
                "return" => {}
                "item" => entries.push(entry(&mut reader)?),
                _ => skip(&mut reader, start.name())?,
            },
            (_, Event::Start(start)) => skip(&mut reader, start.name())?,
            (_, Event::Eof) => return Ok(entries),
            _ => {}
        }
    }
}

fn entry(reader: &mut NsReader<&[u8]>) -> Result<Entry, Failure> {
    let mut entry = Entry::default();
    loop {
        match reader.read_resolved_event()? {
            (ResolveResult::Unbound, Event::Start(start)) => match start.local_name().as_ref() {
                "number" => entry.number = text(reader)?.trim().parse()?,
                "account" => entry.account = text(reader)?,
                "amount" => entry.amount = text(reader)?.trim().parse()?,
                "text" => entry.text = text(reader)?,
                "posted" => entry.posted = boolean(&text(reader)?)?,
                _ => skip(reader, start.name())?,
            },
            (_, Event::Start(start)) => skip(reader, start.name())?,
            (_, Event::End(_)) => return Ok(entry),
            (_, Event::Eof) => return Err("the document ends".into()),
            _ => {}
        }
    }
}

pub fn push(entries: &Vec<Entry>) -> String {
    let mut out = String::from(
        "<SOAP-ENV:Envelope xmlns:SOAP-ENV=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:ns1=\"urn:example:ledger\" xmlns:xsd=\"http://www.w3.org/2001/XMLSchema\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xmlns:SOAP-ENC=\"http://schemas.xmlsoap.org/soap/encoding/\" \
         SOAP-ENV:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><SOAP-ENV:Body>\
         <ns1:entriesResponse><return SOAP-ENC:arrayType=\"ns1:Entry[",
    );
    let _ = write!(out, "{}", entries.len());
    out.push_str("]\" xsi:type=\"ns1:ArrayOfEntry\">");
    for entry in entries {
        out.push_str("<item xsi:type=\"ns1:Entry\"><number xsi:type=\"xsd:int\">");
        let _ = write!(out, "{}", entry.number);
        out.push_str("</number><account xsi:type=\"xsd:string\">");
        escape_into(&mut out, &entry.account);
        out.push_str("</account><amount xsi:type=\"xsd:decimal\">");
        let _ = write!(out, "{}", entry.amount);
        out.push_str("</amount><text xsi:type=\"xsd:string\">");
        escape_into(&mut out, &entry.text);
        out.push_str("</text><posted xsi:type=\"xsd:boolean\">");
        out.push_str(if entry.posted { "true" } else { "false" });
        out.push_str("</posted></item>");
    }
    out.push_str("</return></ns1:entriesResponse></SOAP-ENV:Body></SOAP-ENV:Envelope>");
    out
}

pub fn events(entries: &Vec<Entry>) -> Vec<u8> {
    let mut out = Events::new();
    out.start(BytesStart::new("SOAP-ENV:Envelope").with_attributes([
        ("xmlns:SOAP-ENV", SOAP.0),
        ("xmlns:ns1", NAMESPACE.0),
        ("xmlns:xsd", "http://www.w3.org/2001/XMLSchema"),
        ("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance"),
        ("xmlns:SOAP-ENC", ENCODING),
        ("SOAP-ENV:encodingStyle", ENCODING),
    ]));
    out.open("SOAP-ENV:Body");
    out.open("ns1:entriesResponse");
    let count = format!("ns1:Entry[{}]", entries.len());
    out.start(BytesStart::new("return").with_attributes([
        ("SOAP-ENC:arrayType", count.as_str()),
        ("xsi:type", "ns1:ArrayOfEntry"),
    ]));
    for entry in entries {
        let typed = |name, type_| BytesStart::new(name).with_attributes([("xsi:type", type_)]);
        out.start(typed("item", "ns1:Entry"));
        for (name, type_, text) in [
            ("number", "xsd:int", &entry.number.to_string()),
            ("account", "xsd:string", &entry.account),
            ("amount", "xsd:decimal", &entry.amount.to_string()),
            ("text", "xsd:string", &entry.text),
            ("posted", "xsd:boolean", &entry.posted.to_string()),
        ] {
            out.start(typed(name, type_));
            out.text(text);
            out.end(name);
        }
        out.end("item");
    }
    out.end("return");
    out.end("ns1:entriesResponse");
    out.end("SOAP-ENV:Body");
    out.end("SOAP-ENV:Envelope");
    out.finish()
}

#[cfg(test)]
pub fn summary(document: &str) -> String {
    let entries = read(document).unwrap();
    let shown = entries.iter().map(|it| {
        format!(
            "{} {} {} {} {}",
            it.number, it.account, it.amount, it.text, it.posted
        )
    });
    shown.collect::<Vec<_>>().join("|")
}

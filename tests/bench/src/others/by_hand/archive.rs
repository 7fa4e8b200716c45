//! `contract/archive.xsd`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

use crate::markup::{Events, Failure, escape_into, skip, text};

const NAMESPACE: Namespace<'static> = Namespace("urn:example:archive");

#[derive(Default)]
pub struct Record {
    title: String,
    body: String,
    scan: Vec<u8>,
}

pub fn read(document: &str) -> Result<Vec<Record>, Failure> {
    let mut reader = NsReader::from_str(document);
    let mut records = Vec::new();
    loop {
        match reader.read_resolved_event()? {
            (ResolveResult::Bound(NAMESPACE), Event::Start(start)) => {
                match start.local_name().as_ref() {
                    "Archive" => {}
                    "Record" => records.push(record(&mut reader)?),
                    _ => skip(&mut reader, start.name())?,
                }
            }
            (_, Event::Eof) => return Ok(records),
            _ => {}
        }
    }
}

fn record(reader: &mut NsReader<&[u8]>) -> Result<Record, Failure> {
    let mut record = Record::default();
    loop {
        match reader.read_resolved_event()? {
            (ResolveResult::Bound(NAMESPACE), Event::Start(start)) => {
                match start.local_name().as_ref() {
                    "Title" => record.title = text(reader)?,
                    "Body" => record.body = text(reader)?,
                    "Scan" => record.scan = STANDARD.decode(text(reader)?)?,
                    _ => skip(reader, start.name())?,
                }
            }
            (_, Event::Start(start)) => skip(reader, start.name())?,
            (_, Event::End(_)) => return Ok(record),
            (_, Event::Eof) => return Err("the document ends".into()),
            _ => {}
        }
    }
}

pub fn push(records: &Vec<Record>) -> String {
    let mut out = String::from("<a:Archive xmlns:a=\"urn:example:archive\">");
    for record in records {
        out.push_str("<a:Record><a:Title>");
        escape_into(&mut out, &record.title);
        out.push_str("</a:Title><a:Body>");
        escape_into(&mut out, &record.body);
        out.push_str("</a:Body><a:Scan>");
        STANDARD.encode_string(&record.scan, &mut out);
        out.push_str("</a:Scan></a:Record>");
    }
    out.push_str("</a:Archive>");
    out
}

pub fn events(records: &Vec<Record>) -> Vec<u8> {
    let mut out = Events::new();
    let namespace = ("xmlns:a", "urn:example:archive");
    out.start(BytesStart::new("a:Archive").with_attributes([namespace]));
    for record in records {
        out.open("a:Record");
        out.element("a:Title", &record.title);
        out.element("a:Body", &record.body);
        out.element("a:Scan", &STANDARD.encode(&record.scan));
        out.end("a:Record");
    }
    out.end("a:Archive");
    out.finish()
}

#[cfg(test)]
pub fn summary(document: &str) -> String {
    let records = read(document).unwrap();
    let shown =
        { records.iter() }.map(|it| format!("{} {} {}", it.title, it.body.len(), it.scan.len()));
    shown.collect::<Vec<_>>().join("|")
}

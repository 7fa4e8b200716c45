//! `instant-xml`. Derived types are one struct with everything optional, since it knows no `xsi:type`;
//! decimals and times stay text; SOAP's references are not followed, and no `xsi:type` is written for
//! what is encoded.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use instant_xml::{FromXml, FromXmlOwned, ToXml};

#[cfg(test)]
use super::summary;
use crate::measure::Bench;

const MAILBOX: &str = "urn:example:mailbox";
const TELEMETRY: &str = "urn:example:telemetry";
const ARCHIVE: &str = "urn:example:archive";
const LEDGER: &str = "urn:example:ledger";
const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const INSTANCE: &str = "http://www.w3.org/2001/XMLSchema-instance";

#[derive(FromXml, ToXml)]
#[xml(ns(MAILBOX, m = MAILBOX, xsi = INSTANCE), rename_all = "PascalCase")]
struct FindItemsResponse {
    total: i32,
    item: Vec<Item>,
}

#[derive(FromXml, ToXml)]
#[xml(ns(MAILBOX, xsi = INSTANCE), rename_all = "PascalCase")]
struct Item {
    #[xml(attribute, rename = "type", ns(INSTANCE))]
    kind: String,
    item_id: ItemId,
    subject: String,
    received: String,
    category: Vec<String>,
    from: Option<From>,
    to: Vec<To>,
    text: Option<String>,
    html: Option<String>,
    reference: Option<Reference>,
    is_read: Option<bool>,
    start: Option<String>,
    end: Option<String>,
    location: Option<String>,
    once: Option<bool>,
    every_days: Option<i32>,
    due: Option<String>,
    percent_complete: Option<String>,
}

#[derive(FromXml, ToXml)]
#[xml(ns(MAILBOX), rename_all = "PascalCase")]
struct ItemId {
    #[xml(attribute)]
    id: String,
    #[xml(attribute)]
    change_key: Option<String>,
}

#[derive(FromXml, ToXml)]
#[xml(ns(MAILBOX), rename_all = "PascalCase")]
struct Reference {
    #[xml(attribute)]
    id: String,
    #[xml(attribute)]
    change_key: Option<String>,
}

#[derive(FromXml, ToXml)]
#[xml(ns(MAILBOX), rename_all = "PascalCase")]
struct From {
    name: Option<String>,
    email_address: String,
}

#[derive(FromXml, ToXml)]
#[xml(ns(MAILBOX), rename_all = "PascalCase")]
struct To {
    name: Option<String>,
    email_address: String,
}

#[derive(FromXml, ToXml)]
#[xml(ns(TELEMETRY))]
struct Readings {
    #[xml(attribute)]
    station: String,
    reading: Vec<Reading>,
}

#[derive(FromXml, ToXml)]
#[xml(ns(TELEMETRY))]
struct Reading {
    #[xml(attribute)]
    id: i64,
    #[xml(attribute)]
    sensor: String,
    #[xml(attribute)]
    kind: String,
    #[xml(attribute)]
    value: String,
    #[xml(attribute)]
    unit: String,
    #[xml(attribute)]
    at: String,
    #[xml(attribute)]
    channel: i32,
    #[xml(attribute)]
    valid: bool,
    #[xml(attribute)]
    low: Option<String>,
    #[xml(attribute)]
    high: Option<String>,
    #[xml(attribute)]
    note: Option<String>,
}

#[derive(FromXml, ToXml)]
#[xml(ns(ARCHIVE, a = ARCHIVE))]
struct Archive {
    record: Vec<Record>,
}

#[derive(FromXml, ToXml)]
#[xml(ns(ARCHIVE), rename_all = "PascalCase")]
struct Record {
    title: String,
    body: String,
    scan: String,
}

/// With the octets beside: there is no derive for them.
struct Decoded {
    archive: Archive,
    scans: Vec<Vec<u8>>,
}

#[derive(FromXml, ToXml)]
#[xml(ns(SOAP, s = SOAP))]
struct Envelope {
    body: Body,
}

#[derive(FromXml, ToXml)]
#[xml(ns(SOAP))]
struct Body {
    response: EntriesResponse,
}

#[derive(FromXml, ToXml)]
#[xml(rename = "entriesResponse", ns(LEDGER))]
struct EntriesResponse {
    r#return: Return,
}

#[derive(FromXml, ToXml)]
#[xml(rename = "return", ns(""))]
struct Return {
    item: Vec<Entry>,
}

#[derive(FromXml, ToXml)]
#[xml(rename = "item", ns(""))]
struct Entry {
    number: i32,
    account: String,
    amount: String,
    text: String,
    posted: bool,
}

fn read<T: FromXmlOwned>(bytes: &[u8]) -> T {
    let text = std::str::from_utf8(bytes).expect("the documents are UTF-8");
    instant_xml::from_str(text).expect("the document is of the schema")
}

fn decoded(bytes: &[u8]) -> Decoded {
    let mut archive: Archive = read(bytes);
    let scans = archive.record.iter_mut().map(|record| {
        let digits = std::mem::take(&mut record.scan);
        STANDARD.decode(digits).expect("it is Base64")
    });
    let scans = scans.collect();
    Decoded { archive, scans }
}

fn both<T: FromXmlOwned + ToXml>(bench: &mut Bench, name: &'static str, document: &str) {
    let write = |value: &T| instant_xml::to_string(value).expect("it can be written");
    bench.both((name, document), "instant-xml", read::<T>, write);
}

pub fn run(bench: &mut Bench, name: &'static str, document: &str) {
    match name {
        "polymorphic" => both::<FindItemsResponse>(bench, name, document),
        "attributes" => both::<Readings>(bench, name, document),
        "text-base64" => {
            let write = |value: &Decoded| {
                let records = value.archive.record.iter().zip(&value.scans);
                let record = records.map(|(record, scan)| Record {
                    title: record.title.clone(),
                    body: record.body.clone(),
                    scan: STANDARD.encode(scan),
                });
                let archive = Archive {
                    record: record.collect(),
                };
                instant_xml::to_string(&archive).expect("it can be written")
            };
            bench.both((name, document), "instant-xml", decoded, write);
        }
        _ => both::<Envelope>(bench, name, document),
    }
}

#[cfg(test)]
pub fn summary(name: &str, document: &str) -> String {
    let bytes = document.as_bytes();
    let parts: Vec<String> = match name {
        "polymorphic" => summary::items!(read::<FindItemsResponse>(bytes).item),
        "attributes" => summary::readings!(read::<Readings>(bytes)),
        "text-base64" => {
            let decoded = decoded(bytes);
            summary::records!(decoded.archive.record.iter().zip(&decoded.scans))
        }
        _ => summary::entries!(read::<Envelope>(bytes).body.response.r#return.item),
    };
    parts.join("|")
}

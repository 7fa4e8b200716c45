//! `yaserde`. Derived types are one struct with everything optional, since it knows no `xsi:type`;
//! decimals and times stay text; SOAP's references are not followed.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use yaserde::{YaDeserialize as Read, YaSerialize as Write};
use yaserde_derive::{YaDeserialize, YaSerialize};

#[cfg(test)]
use super::summary;
use crate::measure::Bench;

#[derive(Default, YaDeserialize, YaSerialize)]
#[yaserde(prefix = "m", namespaces = { "m" = "urn:example:mailbox" })]
struct FindItemsResponse {
    #[yaserde(rename = "Total", prefix = "m")]
    total: i32,
    #[yaserde(rename = "Item", prefix = "m")]
    item: Vec<Item>,
}

#[derive(Default, YaDeserialize, YaSerialize)]
#[yaserde(
    prefix = "m",
    namespaces = {
        "m" = "urn:example:mailbox",
        "xsi" = "http://www.w3.org/2001/XMLSchema-instance"
    }
)]
struct Item {
    #[yaserde(attribute = true, rename = "type", prefix = "xsi")]
    kind: String,
    #[yaserde(rename = "ItemId", prefix = "m")]
    item_id: ItemId,
    #[yaserde(rename = "Subject", prefix = "m")]
    subject: String,
    #[yaserde(rename = "Received", prefix = "m")]
    received: String,
    #[yaserde(rename = "Category", prefix = "m")]
    category: Vec<String>,
    #[yaserde(rename = "From", prefix = "m")]
    from: Option<Mailbox>,
    #[yaserde(rename = "To", prefix = "m")]
    to: Vec<Mailbox>,
    #[yaserde(rename = "Text", prefix = "m")]
    text: Option<String>,
    #[yaserde(rename = "Html", prefix = "m")]
    html: Option<String>,
    #[yaserde(rename = "Reference", prefix = "m")]
    reference: Option<ItemId>,
    #[yaserde(rename = "IsRead", prefix = "m")]
    is_read: Option<bool>,
    #[yaserde(rename = "Start", prefix = "m")]
    start: Option<String>,
    #[yaserde(rename = "End", prefix = "m")]
    end: Option<String>,
    #[yaserde(rename = "Location", prefix = "m")]
    location: Option<String>,
    #[yaserde(rename = "Once", prefix = "m")]
    once: Option<bool>,
    #[yaserde(rename = "EveryDays", prefix = "m")]
    every_days: Option<i32>,
    #[yaserde(rename = "Due", prefix = "m")]
    due: Option<String>,
    #[yaserde(rename = "PercentComplete", prefix = "m")]
    percent_complete: Option<String>,
}

#[derive(Default, YaDeserialize, YaSerialize)]
#[yaserde(prefix = "m", namespaces = { "m" = "urn:example:mailbox" })]
struct ItemId {
    #[yaserde(attribute = true, rename = "Id")]
    id: String,
    #[yaserde(attribute = true, rename = "ChangeKey")]
    change_key: Option<String>,
}

#[derive(Default, YaDeserialize, YaSerialize)]
#[yaserde(prefix = "m", namespaces = { "m" = "urn:example:mailbox" })]
struct Mailbox {
    #[yaserde(rename = "Name", prefix = "m")]
    name: Option<String>,
    #[yaserde(rename = "EmailAddress", prefix = "m")]
    email_address: String,
}

#[derive(Default, YaDeserialize, YaSerialize)]
#[yaserde(prefix = "t", namespaces = { "t" = "urn:example:telemetry" })]
struct Readings {
    #[yaserde(attribute = true)]
    station: String,
    #[yaserde(rename = "Reading", prefix = "t")]
    reading: Vec<Reading>,
}

#[derive(Default, YaDeserialize, YaSerialize)]
#[yaserde(prefix = "t", namespaces = { "t" = "urn:example:telemetry" })]
struct Reading {
    #[yaserde(attribute = true)]
    id: i64,
    #[yaserde(attribute = true)]
    sensor: String,
    #[yaserde(attribute = true)]
    kind: String,
    #[yaserde(attribute = true)]
    value: String,
    #[yaserde(attribute = true)]
    unit: String,
    #[yaserde(attribute = true)]
    at: String,
    #[yaserde(attribute = true)]
    channel: i32,
    #[yaserde(attribute = true)]
    valid: bool,
    #[yaserde(attribute = true)]
    low: Option<String>,
    #[yaserde(attribute = true)]
    high: Option<String>,
    #[yaserde(attribute = true)]
    note: Option<String>,
}

#[derive(Default, YaDeserialize, YaSerialize)]
#[yaserde(prefix = "a", namespaces = { "a" = "urn:example:archive" })]
struct Archive {
    #[yaserde(rename = "Record", prefix = "a")]
    record: Vec<Record>,
}

#[derive(Default, YaDeserialize, YaSerialize)]
#[yaserde(prefix = "a", namespaces = { "a" = "urn:example:archive" })]
struct Record {
    #[yaserde(rename = "Title", prefix = "a")]
    title: String,
    #[yaserde(rename = "Body", prefix = "a")]
    body: String,
    #[yaserde(rename = "Scan", prefix = "a")]
    scan: String,
}

/// With the octets beside: there is no derive for them.
struct Decoded {
    archive: Archive,
    scans: Vec<Vec<u8>>,
}

#[derive(Default, YaDeserialize, YaSerialize)]
#[yaserde(
    rename = "Envelope",
    prefix = "s",
    namespaces = { "s" = "http://schemas.xmlsoap.org/soap/envelope/" }
)]
struct Envelope {
    #[yaserde(rename = "Body", prefix = "s")]
    body: Body,
}

#[derive(Default, YaDeserialize, YaSerialize)]
#[yaserde(
    prefix = "s",
    namespaces = {
        "s" = "http://schemas.xmlsoap.org/soap/envelope/",
        "l" = "urn:example:ledger"
    }
)]
struct Body {
    #[yaserde(rename = "entriesResponse", prefix = "l")]
    response: EntriesResponse,
}

#[derive(Default, YaDeserialize, YaSerialize)]
#[yaserde(prefix = "l", namespaces = { "l" = "urn:example:ledger" })]
struct EntriesResponse {
    #[yaserde(rename = "return")]
    entries: Entries,
}

#[derive(Default, YaDeserialize, YaSerialize)]
struct Entries {
    item: Vec<Entry>,
}

#[derive(Default, YaDeserialize, YaSerialize)]
struct Entry {
    number: i32,
    account: String,
    amount: String,
    text: String,
    posted: bool,
}

fn read<T: Read>(bytes: &[u8]) -> T {
    yaserde::de::from_reader(bytes).expect("the document is of the schema")
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

fn both<T: Read + Write>(bench: &mut Bench, name: &'static str, document: &str) {
    let write = |value: &T| yaserde::ser::to_string(value).expect("it can be written");
    bench.both((name, document), "yaserde", read::<T>, write);
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
                yaserde::ser::to_string(&archive).expect("it can be written")
            };
            bench.both((name, document), "yaserde", decoded, write);
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
        _ => summary::entries!(read::<Envelope>(bytes).body.response.entries.item),
    };
    parts.join("|")
}

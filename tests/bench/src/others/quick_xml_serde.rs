//! `quick-xml` with serde derives, as far as they go: derived types are one struct with everything
//! optional, since a tag by `xsi:type` loses numbers; times stay text; SOAP's references are not
//! followed; what is encoded has no `xsi:type`.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Deserializer, Serialize, Serializer};

#[cfg(test)]
use super::summary;
use crate::measure::Bench;

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct FindItemsResponse {
    total: i32,
    #[serde(default)]
    item: Vec<Item>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Item {
    #[serde(rename(deserialize = "@type", serialize = "@xsi:type"))]
    kind: String,
    item_id: ItemId,
    subject: String,
    received: String,
    #[serde(default)]
    category: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    from: Option<Mailbox>,
    #[serde(default)]
    to: Vec<Mailbox>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    html: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reference: Option<ItemId>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_read: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    start: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    location: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    once: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    every_days: Option<i32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    due: Option<String>,
    #[serde(
        default,
        with = "rust_decimal::serde::str_option",
        skip_serializing_if = "Option::is_none"
    )]
    percent_complete: Option<Decimal>,
}

#[derive(Deserialize, Serialize)]
struct ItemId {
    #[serde(rename = "@Id")]
    id: String,
    #[serde(rename = "@ChangeKey", skip_serializing_if = "Option::is_none")]
    change_key: Option<String>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Mailbox {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    email_address: String,
}

#[derive(Deserialize, Serialize)]
struct Readings {
    #[serde(rename = "@station")]
    station: String,
    #[serde(rename = "Reading", default)]
    reading: Vec<Reading>,
}

#[derive(Deserialize, Serialize)]
struct Reading {
    #[serde(rename = "@id")]
    id: i64,
    #[serde(rename = "@sensor")]
    sensor: String,
    #[serde(rename = "@kind")]
    kind: String,
    #[serde(rename = "@value", with = "rust_decimal::serde::str")]
    value: Decimal,
    #[serde(rename = "@unit")]
    unit: String,
    #[serde(rename = "@at")]
    at: String,
    #[serde(rename = "@channel")]
    channel: i32,
    #[serde(rename = "@valid")]
    valid: bool,
    #[serde(rename = "@low", default, with = "rust_decimal::serde::str_option")]
    low: Option<Decimal>,
    #[serde(rename = "@high", default, with = "rust_decimal::serde::str_option")]
    high: Option<Decimal>,
    #[serde(rename = "@note", skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

#[derive(Deserialize, Serialize)]
struct Archive {
    #[serde(rename = "Record", default)]
    record: Vec<Record>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Record {
    title: String,
    body: String,
    #[serde(deserialize_with = "octets", serialize_with = "digits")]
    scan: Vec<u8>,
}

fn octets<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<u8>, D::Error> {
    let text = String::deserialize(deserializer)?;
    STANDARD.decode(text).map_err(serde::de::Error::custom)
}

fn digits<S: Serializer>(octets: &[u8], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&STANDARD.encode(octets))
}

#[derive(Deserialize, Serialize)]
struct Envelope {
    #[serde(rename = "Body")]
    body: Body,
}

#[derive(Deserialize, Serialize)]
struct Body {
    #[serde(rename = "entriesResponse")]
    response: EntriesResponse,
}

#[derive(Deserialize, Serialize)]
struct EntriesResponse {
    r#return: Entries,
}

#[derive(Deserialize, Serialize)]
struct Entries {
    #[serde(default)]
    item: Vec<Entry>,
}

#[derive(Deserialize, Serialize)]
struct Entry {
    number: i32,
    account: String,
    #[serde(with = "rust_decimal::serde::str")]
    amount: Decimal,
    text: String,
    posted: bool,
}

fn read<T: DeserializeOwned>(bytes: &[u8]) -> T {
    let text = std::str::from_utf8(bytes).expect("the documents are UTF-8");
    quick_xml::de::from_str(text).expect("the document is of the schema")
}

fn both<T: DeserializeOwned + Serialize>(bench: &mut Bench, name: &'static str, document: &str) {
    let write = |value: &T| quick_xml::se::to_string(value).expect("it can be written");
    bench.both((name, document), "quick-xml serde", read::<T>, write);
}

pub fn run(bench: &mut Bench, name: &'static str, document: &str) {
    match name {
        "polymorphic" => both::<FindItemsResponse>(bench, name, document),
        "attributes" => both::<Readings>(bench, name, document),
        "text-base64" => both::<Archive>(bench, name, document),
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
            let records = read::<Archive>(bytes).record;
            summary::records!(records.iter().map(|it| (it, &it.scan)))
        }
        _ => summary::entries!(read::<Envelope>(bytes).body.response.r#return.item),
    };
    parts.join("|")
}

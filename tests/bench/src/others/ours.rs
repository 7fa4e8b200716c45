//! The generated types and client.

use bytes::Bytes;
use castile::Limits;
use castile::wire::{Slot, Source, Value, one};
use castile::xml::{Reader, Writer};
use http::Response;

#[cfg(test)]
use super::summary;
use crate::contracts::archive::Archive;
use crate::contracts::ledger::{EntriesResponse, operations::Entries};
use crate::contracts::mailbox::FindItemsResponse;
use crate::contracts::telemetry::Readings;
use crate::measure::{Bench, Work};

type Name = (&'static str, &'static str);

const MAILBOX: Name = ("urn:example:mailbox", "FindItemsResponse");
const TELEMETRY: Name = ("urn:example:telemetry", "Readings");
const ARCHIVE: Name = ("urn:example:archive", "Archive");

fn read<T: Slot + Default>((namespace, local): Name, bytes: &[u8]) -> T {
    let text = std::str::from_utf8(bytes).expect("the documents are UTF-8");
    let mut reader = Reader::new(text, &Limits::default());
    let mut value = T::default();
    let mut read = || {
        reader.next_start()?;
        assert!(reader.is(namespace, local), "it is another document");
        value.read(&one(local).in_namespace(namespace), Source::Xml(&mut reader))?;
        reader.finish()
    };
    read().expect("the document is of the schema");
    value
}

fn write<T: Value>((namespace, local): Name, value: &T) -> Vec<u8> {
    let mut writer = Writer::new();
    value.write_xml(&one(local).in_namespace(namespace), &mut writer);
    writer.finish_octets().expect("the record can be written")
}

fn both<T: Slot + Value + Default>(
    bench: &mut Bench,
    name: &'static str,
    root: Name,
    document: &str,
) {
    let at = (name, document.len());
    let bytes = document.as_bytes();
    let decode = |bytes: &[u8]| read::<T>(root, bytes);
    bench.measure(Work::Decode, at, "castile", || bytes, decode);
    let value: T = read(root, bytes);
    let encode = |value: &T| write(root, value);
    bench.measure(Work::Encode, at, "castile", || &value, encode);
}

fn entries(response: Response<Bytes>) -> EntriesResponse {
    castile::read_response::<Entries>(response).expect("the document is a response")
}

pub fn run(bench: &mut Bench, name: &'static str, document: &str) {
    match name {
        "polymorphic" => both::<FindItemsResponse>(bench, name, MAILBOX, document),
        "attributes" => both::<Readings>(bench, name, TELEMETRY, document),
        "text-base64" => both::<Archive>(bench, name, ARCHIVE, document),
        _ => {
            let body = Bytes::from(document.to_owned());
            let at = (name, document.len());
            let prepare = || Response::new(body.clone());
            bench.measure(Work::Decode, at, "castile", prepare, entries);
            let value = entries(prepare());
            let encode = |value: &EntriesResponse| {
                castile::respond::<Entries>(value).expect("the record can be written")
            };
            bench.measure(Work::Encode, at, "castile", || &value, encode);
        }
    }
}

#[cfg(test)]
pub fn summary(name: &str, document: &str) -> String {
    use crate::contracts::mailbox::MessageTextOrHtmlOrReference as Content;
    use crate::contracts::mailbox::{AnyItem, AppointmentOnceOrEveryDays as When};
    let bytes = document.as_bytes();
    let parts: Vec<String> = match name {
        "polymorphic" => {
            let items = read::<FindItemsResponse>(MAILBOX, bytes).item;
            let shown = items.iter().map(|item| match item {
                AnyItem::Message(it) => format!(
                    "Message {} {} {} {}",
                    it.item_id.id,
                    it.subject,
                    match it.text_or_html_or_reference.as_ref().expect("a choice") {
                        Content::Text(text) | Content::Html(text) => text,
                        Content::Reference(other) => &other.id,
                    },
                    it.is_read
                ),
                AnyItem::Appointment(it) => format!(
                    "Appointment {} {} {} {}",
                    it.item_id.id,
                    it.subject,
                    it.location.as_deref().unwrap_or_default(),
                    match it.once_or_every_days.as_ref().expect("a choice") {
                        When::Once(once) => once.to_string(),
                        When::EveryDays(days) => days.to_string(),
                    }
                ),
                AnyItem::Task(it) => {
                    format!(
                        "Task {} {} {}",
                        it.item_id.id, it.subject, it.percent_complete
                    )
                }
                AnyItem::Other(_) => "another".to_owned(),
            });
            shown.collect()
        }
        "attributes" => summary::readings!(read::<Readings>(TELEMETRY, bytes)),
        "text-base64" => {
            let records = read::<Archive>(ARCHIVE, bytes).record;
            summary::records!(records.iter().map(|it| (it, &it.scan)))
        }
        _ => {
            let response = entries(Response::new(Bytes::from(document.to_owned())));
            summary::entries!(response.r#return)
        }
    };
    parts.join("|")
}

//! What `xsd-parser` generates from the same schemas. Decimals are `f64`; times stay text, Base64 is
//! decoded beside. Derived types come as their base, without what they add, and it knows no SOAP
//! encoding: no rows for these.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use xsd_parser_types::quick_xml::{DeserializeSync, SerializeSync, SliceReader, Writer};

#[cfg(test)]
use super::summary;
use crate::measure::{Bench, Work};
use crate::xsd_parser::archive::a::ArchiveType;
use crate::xsd_parser::telemetry::t::ReadingsType;

fn telemetry(bytes: &[u8]) -> ReadingsType {
    let text = std::str::from_utf8(bytes).expect("the documents are UTF-8");
    ReadingsType::deserialize(&mut SliceReader::new(text)).expect("the document is of the schema")
}

fn archive(bytes: &[u8]) -> (ArchiveType, Vec<Vec<u8>>) {
    let text = std::str::from_utf8(bytes).expect("the documents are UTF-8");
    let read = ArchiveType::deserialize(&mut SliceReader::new(text));
    let mut archive = read.expect("the document is of the schema");
    let scans = archive.record.iter_mut().map(|record| {
        let digits = std::mem::take(&mut record.scan);
        STANDARD.decode(digits).expect("it is Base64")
    });
    let scans = scans.collect();
    (archive, scans)
}

fn write<T: SerializeSync>(root: &str, record: &T) -> Vec<u8> {
    let mut out = Vec::new();
    let written = record.serialize(root, &mut Writer::new(&mut out));
    assert!(written.is_ok(), "the record can be written");
    out
}

pub fn run(bench: &mut Bench, name: &'static str, document: &str) {
    let at = (name, document.len());
    let bytes = document.as_bytes();
    match name {
        "attributes" => {
            let write = |value: &ReadingsType| write("t:Readings", value);
            bench.both((name, document), "xsd-parser", telemetry, write);
        }
        "text-base64" => {
            bench.measure(Work::Decode, at, "xsd-parser", || bytes, archive);
            let (mut value, scans) = archive(bytes);
            for (record, scan) in value.record.iter_mut().zip(&scans) {
                record.scan = STANDARD.encode(scan);
            }
            // Its records hold the digits: encoding them is not even counted.
            let write = |value: &ArchiveType| write("a:Archive", value);
            bench.measure(Work::Encode, at, "xsd-parser", || &value, write);
        }
        _ => {}
    }
}

#[cfg(test)]
pub fn summary(name: &str, document: &str) -> String {
    let bytes = document.as_bytes();
    let parts: Vec<String> = match name {
        "attributes" => {
            let readings = telemetry(bytes).reading;
            let shown = { readings.iter() }.map(|it| format!("{} {}", it.id, it.sensor));
            shown.collect()
        }
        _ => {
            let (archive, scans) = archive(bytes);
            summary::records!(archive.record.iter().zip(&scans))
        }
    };
    parts.join("|")
}

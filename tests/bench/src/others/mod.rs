//! Documents that are heavy in one way each: derived types and choices, attributes, long text, SOAP
//! encoding.

mod by_hand;
mod by_yaserde;
mod instant_xml;
mod ours;
mod quick_xml_serde;
#[cfg(test)]
mod summary;
mod xsd_parser;

use crate::documents;
use crate::measure::Bench;
use crate::schemaless;

pub fn documents() -> [(&'static str, String); 4] {
    [
        ("polymorphic", documents::mailbox(1000)),
        ("attributes", documents::telemetry(2000)),
        ("text-base64", documents::archive(30)),
        ("rpc-encoded", documents::ledger(1000)),
    ]
}

pub fn run(bench: &mut Bench) {
    for (name, document) in &documents() {
        schemaless::decode(bench, name, document);
        by_hand::run(bench, name, document);
        quick_xml_serde::run(bench, name, document);
        instant_xml::run(bench, name, document);
        by_yaserde::run(bench, name, document);
        xsd_parser::run(bench, name, document);
        ours::run(bench, name, document);
    }
}

/// What every competitor must find, or the comparison is worth nothing.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_find_the_same() {
        let cases = [
            (
                "polymorphic",
                documents::mailbox(4),
                "Message AAMkAGI200000000 Meeting & minutes no 0 AAMkAGI2x false\
                 |Appointment AAMkAGI200000001 Meeting & minutes no 1 Room 4 7\
                 |Message AAMkAGI200000002 Meeting & minutes no 2 The minutes are attached, please \
                 comment by Friday. true|Task AAMkAGI200000003 Meeting & minutes no 3 12.5",
            ),
            (
                "attributes",
                documents::telemetry(2),
                "north|0 t-000 270.00 K 0 true Some(\"after <calibration>\")\
                 |1 t-001 271.01 K 1 true None",
            ),
            (
                "text-base64",
                documents::archive(2),
                "Record 0 6736 12288|Record 1 6736 12288",
            ),
            (
                "rpc-encoded",
                documents::ledger(2),
                "0 DE-000000 0.00 Rent for month 1 true|1 DE-000001 3.01 Rent for month 2 true",
            ),
        ];
        for (name, document, expected) in cases {
            assert_eq!(ours::summary(name, &document), expected);
            assert_eq!(by_hand::summary(name, &document), expected);
            assert_eq!(quick_xml_serde::summary(name, &document), expected);
            assert_eq!(instant_xml::summary(name, &document), expected);
            // It trims texts: the line break at the end of each body is gone.
            let trimmed = expected.replace("6736", "6735");
            assert_eq!(by_yaserde::summary(name, &document), trimmed);
        }
        // It trims as well.
        for (name, document, expected) in [
            ("attributes", documents::telemetry(2), "0 t-000|1 t-001"),
            (
                "text-base64",
                documents::archive(2),
                "Record 0 6735 12288|Record 1 6735 12288",
            ),
        ] {
            assert_eq!(xsd_parser::summary(name, &document), expected);
        }
    }
}

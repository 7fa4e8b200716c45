//! `GetAccounts`: the whole envelope, with 4 and with 10,000 accounts.

mod by_hand;
mod by_yaserde;
mod instant_xml;
mod ours;
mod quick_xml_serde;
mod stream;
mod xsd_parser;

use crate::documents;
use crate::measure::Bench;
use crate::schemaless;

pub fn documents() -> [(&'static str, String); 2] {
    [("accounts-4", 4), ("accounts-10000", 10_000)]
        .map(|(name, count)| (name, documents::accounts(count)))
}

pub fn run(bench: &mut Bench) {
    for (name, document) in documents() {
        schemaless::decode(bench, name, &document);
        by_hand::decode(bench, name, &document);
        quick_xml_serde::decode(bench, name, &document);
        instant_xml::run(bench, name, &document);
        by_yaserde::run(bench, name, &document);
        xsd_parser::run(bench, name, &document);
        ours::decode(bench, name, &document);
        stream::decode(bench, name, &document);
        ours::encode(bench, name, &document);
        by_hand::encode(bench, name, &document);
        quick_xml_serde::encode(bench, name, &document);
    }
}

/// What every competitor must find, or the comparison is worth nothing.
#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_find_the_same() {
        let document = documents::accounts(3);
        let expected = ours::summary(&document);
        assert_eq!(
            expected,
            "c0ffee-4711|0.00 Activated 73237549 None 100002600000000\
             |7.01 Activated 73237550 None 100002600000001\
             |14.02 Activated 73237551 None 100002600000002"
        );
        assert_eq!(by_hand::summary(&document), expected);
        assert_eq!(quick_xml_serde::summary(&document), expected);
        assert_eq!(instant_xml::summary(&document), expected);
        assert_eq!(by_yaserde::summary(&document), expected);
        assert_eq!(xsd_parser::balances(&document), [0.0, 7.01, 14.02]);
    }
}

//! What `xsd-parser` generates from `contract/envelope.xsd`, the same messages. Decimals are `f64`.

use xsd_parser_types::quick_xml::{DeserializeSync, SerializeSync, SliceReader, Writer};

use crate::measure::{Bench, Work};
use crate::xsd_parser::envelope::s::EnvelopeType;

fn read(bytes: &[u8]) -> EnvelopeType {
    let text = std::str::from_utf8(bytes).expect("the documents are UTF-8");
    EnvelopeType::deserialize(&mut SliceReader::new(text)).expect("the document is a response")
}

fn write(record: &EnvelopeType) -> Vec<u8> {
    let mut out = Vec::new();
    let mut writer = Writer::new(&mut out);
    let written = record.serialize("s:Envelope", &mut writer);
    written.expect("the record can be written");
    out
}

pub fn run(bench: &mut Bench, name: &'static str, document: &str) {
    let at = (name, document.len());
    let bytes = document.as_bytes();
    bench.measure(Work::Decode, at, "xsd-parser", || bytes, read);
    let record = read(bytes);
    bench.measure(Work::Encode, at, "xsd-parser", || &record, write);
}

/// As the others', but for the balance, which has lost its digits.
#[cfg(test)]
pub fn balances(document: &str) -> Vec<f64> {
    let answer = read(document.as_bytes()).body.get_accounts_response;
    let accounts = answer.accounts.0.and_then(|accounts| accounts.0);
    let accounts = accounts.expect("the document has accounts").account;
    accounts
        .iter()
        .map(|account| account.invoice_balance)
        .collect()
}

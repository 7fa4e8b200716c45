//! `quick-xml` with serde derives. It matches names without their namespaces, and text by strings: an
//! enumeration needs a wrapper of its own.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use crate::measure::{Bench, Work};

#[derive(Deserialize, Serialize)]
#[serde(rename = "s:Envelope")]
struct Envelope {
    #[serde(rename = "@xmlns:s", default)]
    soap: String,
    #[serde(rename(deserialize = "Body", serialize = "s:Body"))]
    body: Body,
}

#[derive(Deserialize, Serialize)]
struct Body {
    #[serde(rename = "GetAccountsResponse")]
    response: Answer,
}

#[derive(Deserialize, Serialize)]
struct Answer {
    #[serde(rename = "@xmlns", default)]
    namespace: String,
    #[serde(rename = "Accounts")]
    accounts: Option<Accounts>,
    #[serde(rename = "CorrelationId")]
    correlation_id: Option<String>,
}

#[derive(Deserialize, Serialize)]
struct Accounts {
    #[serde(rename = "@xmlns:i", default)]
    instance: String,
    #[serde(rename = "Account", default)]
    account: Vec<Account>,
}

#[derive(Deserialize, Serialize)]
#[serde(rename_all = "PascalCase")]
struct Account {
    #[serde(with = "rust_decimal::serde::str")]
    invoice_balance: Decimal,
    invoice_status: String,
    invoice_type: String,
    latest_invoice_no: Option<String>,
    moved_to_payment_ref: Option<String>,
    notification_stopped: String,
    payment_reference: Option<String>,
}

fn read(bytes: &[u8]) -> Envelope {
    let text = std::str::from_utf8(bytes).expect("the documents are UTF-8");
    quick_xml::de::from_str(text).expect("the document is a response")
}

pub fn decode(bench: &mut Bench, name: &'static str, document: &str) {
    let at = (name, document.len());
    let bytes = document.as_bytes();
    bench.measure(Work::Decode, at, "quick-xml serde", || bytes, read);
}

pub fn encode(bench: &mut Bench, name: &'static str, document: &str) {
    let mut record = read(document.as_bytes());
    record.soap = "http://schemas.xmlsoap.org/soap/envelope/".to_owned();
    let write = |record: &Envelope| quick_xml::se::to_string(record).expect("it can be written");
    let at = (name, document.len());
    bench.measure(Work::Encode, at, "quick-xml serde", || &record, write);
}

#[cfg(test)]
pub fn summary(document: &str) -> String {
    let answer = read(document.as_bytes()).body.response;
    let mut out = answer.correlation_id.unwrap_or_default();
    for account in answer.accounts.map(|list| list.account).unwrap_or_default() {
        out += &format!(
            "|{} {} {} {:?} {}",
            account.invoice_balance,
            account.invoice_status,
            account.latest_invoice_no.unwrap_or_default(),
            account.moved_to_payment_ref,
            account.payment_reference.unwrap_or_default()
        );
    }
    out
}

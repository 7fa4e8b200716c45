//! `instant-xml`. It knows no nil, which comes as an empty text; the balance stays text.

use instant_xml::{FromXml, ToXml};

use crate::measure::Bench;

const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const NAMESPACE: &str = "http://schemas.ecommerce.collector.se/v30/InformationService";

#[derive(FromXml, ToXml)]
#[xml(ns(SOAP, s = SOAP))]
struct Envelope {
    body: Body,
}

#[derive(FromXml, ToXml)]
#[xml(ns(SOAP))]
struct Body {
    response: GetAccountsResponse,
}

#[derive(FromXml, ToXml)]
#[xml(ns(NAMESPACE), rename_all = "PascalCase")]
struct GetAccountsResponse {
    accounts: Accounts,
    correlation_id: Option<String>,
}

#[derive(FromXml, ToXml)]
#[xml(ns(NAMESPACE))]
struct Accounts {
    account: Vec<Account>,
}

#[derive(FromXml, ToXml)]
#[xml(ns(NAMESPACE), rename_all = "PascalCase")]
struct Account {
    invoice_balance: String,
    invoice_status: String,
    invoice_type: String,
    latest_invoice_no: Option<String>,
    moved_to_payment_ref: Option<String>,
    notification_stopped: String,
    payment_reference: Option<String>,
}

fn read(bytes: &[u8]) -> Envelope {
    let text = std::str::from_utf8(bytes).expect("the documents are UTF-8");
    instant_xml::from_str(text).expect("the document is a response")
}

pub fn run(bench: &mut Bench, name: &'static str, document: &str) {
    let write = |record: &Envelope| instant_xml::to_string(record).expect("it can be written");
    bench.both((name, document), "instant-xml", read, write);
}

#[cfg(test)]
pub fn summary(document: &str) -> String {
    let answer = read(document.as_bytes()).body.response;
    let mut out = answer.correlation_id.unwrap_or_default();
    for account in answer.accounts.account {
        out += &format!(
            "|{} {} {} {:?} {}",
            account.invoice_balance,
            account.invoice_status,
            account.latest_invoice_no.unwrap_or_default(),
            account.moved_to_payment_ref.filter(|text| !text.is_empty()),
            account.payment_reference.unwrap_or_default()
        );
    }
    out
}

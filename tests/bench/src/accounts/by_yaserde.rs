//! `yaserde`. It knows no nil, which comes as an empty text; the balance stays text.

use yaserde_derive::{YaDeserialize, YaSerialize};

use crate::measure::Bench;

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
        "inf" = "http://schemas.ecommerce.collector.se/v30/InformationService"
    }
)]
struct Body {
    #[yaserde(rename = "GetAccountsResponse", prefix = "inf")]
    response: GetAccountsResponse,
}

#[derive(Default, YaDeserialize, YaSerialize)]
#[yaserde(
    prefix = "inf",
    namespaces = { "inf" = "http://schemas.ecommerce.collector.se/v30/InformationService" }
)]
struct GetAccountsResponse {
    #[yaserde(rename = "Accounts", prefix = "inf")]
    accounts: Accounts,
    #[yaserde(rename = "CorrelationId", prefix = "inf")]
    correlation_id: Option<String>,
}

#[derive(Default, YaDeserialize, YaSerialize)]
#[yaserde(
    prefix = "inf",
    namespaces = { "inf" = "http://schemas.ecommerce.collector.se/v30/InformationService" }
)]
struct Accounts {
    #[yaserde(rename = "Account", prefix = "inf")]
    account: Vec<Account>,
}

#[derive(Default, YaDeserialize, YaSerialize)]
#[yaserde(
    prefix = "inf",
    namespaces = { "inf" = "http://schemas.ecommerce.collector.se/v30/InformationService" }
)]
struct Account {
    #[yaserde(rename = "InvoiceBalance", prefix = "inf")]
    invoice_balance: String,
    #[yaserde(rename = "InvoiceStatus", prefix = "inf")]
    invoice_status: String,
    #[yaserde(rename = "InvoiceType", prefix = "inf")]
    invoice_type: String,
    #[yaserde(rename = "LatestInvoiceNo", prefix = "inf")]
    latest_invoice_no: Option<String>,
    #[yaserde(rename = "MovedToPaymentRef", prefix = "inf")]
    moved_to_payment_ref: Option<String>,
    #[yaserde(rename = "NotificationStopped", prefix = "inf")]
    notification_stopped: String,
    #[yaserde(rename = "PaymentReference", prefix = "inf")]
    payment_reference: Option<String>,
}

fn read(bytes: &[u8]) -> Envelope {
    yaserde::de::from_reader(bytes).expect("the document is a response")
}

pub fn run(bench: &mut Bench, name: &'static str, document: &str) {
    let write = |record: &Envelope| yaserde::ser::to_string(record).expect("it can be written");
    bench.both((name, document), "yaserde", read, write);
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

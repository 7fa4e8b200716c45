//! The generated client.

use bytes::Bytes;
use castile::wire::Record as _;
use castile::xml::Writer;
use castile_clients::collector::information_service::GetAccountsResponse;
use castile_clients::collector::information_service::operations::GetAccounts;
use http::{HeaderValue, Response, header};

use crate::measure::{Bench, Work};

const NAMESPACE: &str = "http://schemas.ecommerce.collector.se/v30/InformationService";
const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";

fn answer(body: &Bytes) -> Response<Bytes> {
    let mut response = Response::new(body.clone());
    let media = HeaderValue::from_static("text/xml; charset=utf-8");
    response.headers_mut().insert(header::CONTENT_TYPE, media);
    response
}

fn read(response: Response<Bytes>) -> GetAccountsResponse {
    castile::read_response::<GetAccounts>(response).expect("the document is a response")
}

/// From the HTTP response to the record.
pub fn decode(bench: &mut Bench, name: &'static str, document: &str) {
    let body = Bytes::from(document.to_owned());
    let at = (name, document.len());
    bench.measure(Work::Decode, at, "castile", || answer(&body), read);
}

/// As octets, as a server and a client send it.
fn write(record: &GetAccountsResponse) -> Vec<u8> {
    let mut writer = Writer::new();
    writer.start(SOAP, "Envelope");
    writer.start(SOAP, "Body");
    writer.start(NAMESPACE, "GetAccountsResponse");
    record.write_content(&mut writer);
    writer.end();
    writer.end();
    writer.finish_octets().expect("the record can be written")
}

/// From the record to the envelope; `respond` checks the record and makes the HTTP response, too.
pub fn encode(bench: &mut Bench, name: &'static str, document: &str) {
    let record = read(answer(&Bytes::from(document.to_owned())));
    let at = (name, document.len());
    bench.measure(Work::Encode, at, "castile", || &record, write);
    bench.measure(
        Work::Encode,
        at,
        "castile, checked HTTP response",
        || &record,
        |record| castile::respond::<GetAccounts>(record).expect("the record can be written"),
    );
}

#[cfg(test)]
pub fn summary(document: &str) -> String {
    let record = read(answer(&Bytes::from(document.to_owned())));
    let mut out = record.correlation_id.unwrap_or_default();
    for account in record.accounts.unwrap_or_default() {
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

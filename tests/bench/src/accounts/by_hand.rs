//! What a careful person writes for this one message: a loop over `NsReader`, `push_str`, and
//! `quick_xml::Writer`.

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};
use rust_decimal::Decimal;

use crate::markup::{self, Events, Failure, INSTANCE, escape_into, skip};
use crate::measure::{Bench, Work};

const NAMESPACE: Namespace<'static> =
    Namespace("http://schemas.ecommerce.collector.se/v30/InformationService");

#[derive(Default)]
struct Answer {
    accounts: Vec<Account>,
    correlation_id: Option<String>,
}

#[derive(Default)]
struct Account {
    invoice_balance: Decimal,
    invoice_status: InvoiceStatus,
    invoice_type: InvoiceType,
    latest_invoice_no: Option<String>,
    moved_to_payment_ref: Option<String>,
    notification_stopped: String,
    payment_reference: Option<String>,
}

enum InvoiceStatus {
    Activated,
    Moved,
    Other(String),
}

impl Default for InvoiceStatus {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

impl InvoiceStatus {
    fn text(&self) -> &str {
        match self {
            Self::Activated => "Activated",
            Self::Moved => "Moved",
            Self::Other(text) => text,
        }
    }
}

enum InvoiceType {
    DirectInvoiceAccount,
    PendingCreditAccount,
    InterestFreeAccount,
    Other(String),
}

impl Default for InvoiceType {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

impl InvoiceType {
    fn text(&self) -> &str {
        match self {
            Self::DirectInvoiceAccount => "Direct Invoice Account",
            Self::PendingCreditAccount => "Pending Credit Account",
            Self::InterestFreeAccount => "Interest Free Account",
            Self::Other(text) => text,
        }
    }
}

fn is_nil(reader: &NsReader<&[u8]>, start: &BytesStart<'_>) -> Result<bool, Failure> {
    for attribute in start.attributes() {
        let attribute = attribute?;
        let (namespace, local) = reader.resolver().resolve_attribute(attribute.key);
        if namespace == ResolveResult::Bound(INSTANCE) && local.as_ref() == "nil" {
            return Ok(matches!(attribute.value.as_ref(), "true" | "1"));
        }
    }
    Ok(false)
}

/// The text up to the end tag; nothing for a nil element.
fn text(reader: &mut NsReader<&[u8]>, start: &BytesStart<'_>) -> Result<Option<String>, Failure> {
    let nil = is_nil(reader, start)?;
    let text = markup::text(reader)?;
    Ok((!nil).then_some(text))
}

fn account(reader: &mut NsReader<&[u8]>) -> Result<Account, Failure> {
    let mut account = Account::default();
    loop {
        match reader.read_resolved_event()? {
            (ResolveResult::Bound(NAMESPACE), Event::Start(start)) => {
                match start.local_name().as_ref() {
                    "InvoiceBalance" => {
                        let text = text(reader, &start)?.unwrap_or_default();
                        account.invoice_balance = text.trim().parse()?;
                    }
                    "InvoiceStatus" => {
                        let text = text(reader, &start)?.unwrap_or_default();
                        account.invoice_status = match text.as_str() {
                            "Activated" => InvoiceStatus::Activated,
                            "Moved" => InvoiceStatus::Moved,
                            _ => InvoiceStatus::Other(text),
                        };
                    }
                    "InvoiceType" => {
                        let text = text(reader, &start)?.unwrap_or_default();
                        account.invoice_type = match text.as_str() {
                            "Direct Invoice Account" => InvoiceType::DirectInvoiceAccount,
                            "Pending Credit Account" => InvoiceType::PendingCreditAccount,
                            "Interest Free Account" => InvoiceType::InterestFreeAccount,
                            _ => InvoiceType::Other(text),
                        };
                    }
                    "LatestInvoiceNo" => account.latest_invoice_no = text(reader, &start)?,
                    "MovedToPaymentRef" => account.moved_to_payment_ref = text(reader, &start)?,
                    "NotificationStopped" => {
                        account.notification_stopped = text(reader, &start)?.unwrap_or_default();
                    }
                    "PaymentReference" => account.payment_reference = text(reader, &start)?,
                    _ => skip(reader, start.name())?,
                }
            }
            (_, Event::Start(start)) => skip(reader, start.name())?,
            (ResolveResult::Bound(NAMESPACE), Event::Empty(start)) => {
                let value = (!is_nil(reader, &start)?).then(String::new);
                match start.local_name().as_ref() {
                    "LatestInvoiceNo" => account.latest_invoice_no = value,
                    "MovedToPaymentRef" => account.moved_to_payment_ref = value,
                    "PaymentReference" => account.payment_reference = value,
                    _ => {}
                }
            }
            (_, Event::End(_)) => return Ok(account),
            (_, Event::Eof) => return Err("the document ends".into()),
            _ => {}
        }
    }
}

fn read(bytes: &[u8]) -> Result<Answer, Failure> {
    // Texts are taken as they are, so UTF-8 is checked once and for all.
    let mut reader = NsReader::from_str(std::str::from_utf8(bytes)?);
    let mut answer = Answer::default();
    loop {
        match reader.read_resolved_event()? {
            (ResolveResult::Bound(NAMESPACE), Event::Start(start)) => {
                match start.local_name().as_ref() {
                    "Account" => answer.accounts.push(account(&mut reader)?),
                    "CorrelationId" => answer.correlation_id = text(&mut reader, &start)?,
                    _ => {}
                }
            }
            (_, Event::Eof) => return Ok(answer),
            _ => {}
        }
    }
}

pub fn decode(bench: &mut Bench, name: &'static str, document: &str) {
    let at = (name, document.len());
    let bytes = document.as_bytes();
    let run = |bytes: &[u8]| read(bytes).expect("the document is a response");
    bench.measure(Work::Decode, at, "by hand on NsReader", || bytes, run);
}

fn write(answer: &Answer) -> String {
    use std::fmt::Write as _;
    let mut out = String::new();
    out.push_str(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>\
         <GetAccountsResponse xmlns=\"http://schemas.ecommerce.collector.se/v30/InformationService\" \
         xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"><Accounts>",
    );
    for account in &answer.accounts {
        out.push_str("<Account><InvoiceBalance>");
        let _ = write!(out, "{}", account.invoice_balance);
        out.push_str("</InvoiceBalance><InvoiceStatus>");
        escape_into(&mut out, account.invoice_status.text());
        out.push_str("</InvoiceStatus><InvoiceType>");
        escape_into(&mut out, account.invoice_type.text());
        out.push_str("</InvoiceType>");
        match &account.latest_invoice_no {
            Some(text) => {
                out.push_str("<LatestInvoiceNo>");
                escape_into(&mut out, text);
                out.push_str("</LatestInvoiceNo>");
            }
            None => out.push_str("<LatestInvoiceNo i:nil=\"true\"/>"),
        }
        match &account.moved_to_payment_ref {
            Some(text) => {
                out.push_str("<MovedToPaymentRef>");
                escape_into(&mut out, text);
                out.push_str("</MovedToPaymentRef>");
            }
            None => out.push_str("<MovedToPaymentRef i:nil=\"true\"/>"),
        }
        out.push_str("<NotificationStopped>");
        escape_into(&mut out, &account.notification_stopped);
        out.push_str("</NotificationStopped>");
        match &account.payment_reference {
            Some(text) => {
                out.push_str("<PaymentReference>");
                escape_into(&mut out, text);
                out.push_str("</PaymentReference>");
            }
            None => out.push_str("<PaymentReference i:nil=\"true\"/>"),
        }
        out.push_str("</Account>");
    }
    out.push_str("</Accounts>");
    match &answer.correlation_id {
        Some(text) => {
            out.push_str("<CorrelationId>");
            escape_into(&mut out, text);
            out.push_str("</CorrelationId>");
        }
        None => out.push_str("<CorrelationId i:nil=\"true\"/>"),
    }
    out.push_str("</GetAccountsResponse></s:Body></s:Envelope>");
    out
}

fn events(answer: &Answer) -> Vec<u8> {
    let mut out = Events::new();
    let mut envelope = BytesStart::new("s:Envelope");
    envelope.push_attribute(("xmlns:s", "http://schemas.xmlsoap.org/soap/envelope/"));
    out.start(envelope);
    out.open("s:Body");
    let mut response = BytesStart::new("GetAccountsResponse");
    response.push_attribute(("xmlns", NAMESPACE.0));
    response.push_attribute(("xmlns:i", INSTANCE.0));
    out.start(response);
    out.open("Accounts");
    for account in &answer.accounts {
        out.open("Account");
        out.element("InvoiceBalance", &account.invoice_balance.to_string());
        out.element("InvoiceStatus", account.invoice_status.text());
        out.element("InvoiceType", account.invoice_type.text());
        nillable(
            &mut out,
            "LatestInvoiceNo",
            account.latest_invoice_no.as_deref(),
        );
        nillable(
            &mut out,
            "MovedToPaymentRef",
            account.moved_to_payment_ref.as_deref(),
        );
        out.element("NotificationStopped", &account.notification_stopped);
        nillable(
            &mut out,
            "PaymentReference",
            account.payment_reference.as_deref(),
        );
        out.end("Account");
    }
    out.end("Accounts");
    nillable(&mut out, "CorrelationId", answer.correlation_id.as_deref());
    out.end("GetAccountsResponse");
    out.end("s:Body");
    out.end("s:Envelope");
    out.finish()
}

fn nillable(out: &mut Events, name: &str, text: Option<&str>) {
    match text {
        Some(text) => out.element(name, text),
        None => {
            let mut nil = BytesStart::new(name);
            nil.push_attribute(("i:nil", "true"));
            out.empty(nil);
        }
    }
}

pub fn encode(bench: &mut Bench, name: &'static str, document: &str) {
    let answer = read(document.as_bytes()).expect("the document is a response");
    let at = (name, document.len());
    bench.measure(Work::Encode, at, "push_str by hand", || &answer, write);
    let by_events = "by hand on quick-xml Writer";
    bench.measure(Work::Encode, at, by_events, || &answer, events);
}

#[cfg(test)]
pub fn summary(document: &str) -> String {
    let answer = read(document.as_bytes()).expect("the document is a response");
    let mut out = answer.correlation_id.unwrap_or_default();
    for account in answer.accounts {
        out += &format!(
            "|{} {} {} {:?} {}",
            account.invoice_balance,
            account.invoice_status.text(),
            account.latest_invoice_no.unwrap_or_default(),
            account.moved_to_payment_ref,
            account.payment_reference.unwrap_or_default()
        );
    }
    out
}

/// Both encoders write the same.
#[test]
fn what_is_written_is_the_same_either_way() {
    let answer = read(crate::documents::accounts(3).as_bytes()).unwrap();
    let written = write(&answer);
    assert_eq!(events(&answer), written.as_bytes());
    assert_eq!(write(&read(written.as_bytes()).unwrap()), written);
}

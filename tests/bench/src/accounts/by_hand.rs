//! What a careful person writes for this one message: a loop over `NsReader`, and `push_str`.

use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, QName, ResolveResult};
use rust_decimal::Decimal;

use crate::measure::{Bench, Work};

const NAMESPACE: Namespace<'static> =
    Namespace("http://schemas.ecommerce.collector.se/v30/InformationService");
const INSTANCE: Namespace<'static> = Namespace("http://www.w3.org/2001/XMLSchema-instance");

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

type Failure = Box<dyn std::error::Error>;

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
    let mut out = String::new();
    loop {
        match reader.read_event()? {
            Event::Text(text) => out.push_str(&text.xml10_content()),
            Event::CData(text) => out.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => match reference.resolve_char_ref()? {
                Some(character) => out.push(character),
                None => out.push_str(
                    quick_xml::escape::resolve_xml_entity(&reference).ok_or("an unknown entity")?,
                ),
            },
            Event::End(_) => return Ok((!nil).then_some(out)),
            Event::Start(_) | Event::Empty(_) => return Err("an element in text".into()),
            Event::Eof => return Err("the document ends".into()),
            Event::Comment(_) | Event::PI(_) | Event::Decl(_) | Event::DocType(_) => {}
        }
    }
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

fn skip(reader: &mut NsReader<&[u8]>, name: QName<'_>) -> Result<(), Failure> {
    reader.read_to_end(name)?;
    Ok(())
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

fn escape_into(out: &mut String, text: &str) {
    let mut rest = text;
    while let Some(at) = memchr::memchr3(b'<', b'>', b'&', rest.as_bytes()) {
        out.push_str(&rest[..at]);
        out.push_str(match rest.as_bytes()[at] {
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => "&amp;",
        });
        rest = &rest[at + 1..];
    }
    out.push_str(rest);
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

pub fn encode(bench: &mut Bench, name: &'static str, document: &str) {
    let answer = read(document.as_bytes()).expect("the document is a response");
    let at = (name, document.len());
    bench.measure(Work::Encode, at, "push_str by hand", || &answer, write);
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

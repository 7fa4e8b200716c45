//! Checks the generated clients against the providers' own pages, where these are at hand:
//!
//! ```text
//! cargo run -p castile-tests --example pages -- ../shared/pages
//! ```
//!
//! Requests are compared with the pages' examples as bytes after prefix normalisation, responses value
//! by value, and every fault code that a page lists must have a variant.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is a command line"
)]

use std::fmt::{Debug, Display};
use std::fs;
use std::path::Path;
use std::process::ExitCode;

use castile::transport::Mock;
use castile::wire::FaultCode as _;
use castile::{Error, Secret};
use castile_clients::apaczka::MessageCode;
use castile_clients::collector::FaultCode;
use castile_clients::collector::information_service::{CustomerKey, GetAccountsRequest};
use castile_clients::collector::payment_service::{AddIntegrationIdRequest, ExtendDueDateRequest};
use castile_clients::worldline::{
    ClientMetaInfo, ConnectClient, ErrorResponse, GetCustomerDetailsRequest,
    GetCustomerDetailsResponse,
};
use castile_tests::clients::{XML, information, last_body, payment};
use castile_tests::normalize::normalize;
use castile_tests::variants::{Variant, variants};

type Outcome<T = ()> = Result<T, String>;

fn main() -> ExitCode {
    let Some(directory) = std::env::args_os().nth(1) else {
        eprintln!("usage: pages DIRECTORY");
        return ExitCode::from(2);
    };
    let mut checks = Checks::default();
    match checks.run(Path::new(&directory)) {
        Ok(()) if checks.failed == 0 => {
            println!("{} checks against the providers' pages passed", checks.made);
            ExitCode::SUCCESS
        }
        Ok(()) => {
            println!("{} of {} checks failed", checks.failed, checks.made);
            ExitCode::FAILURE
        }
        Err(message) => {
            eprintln!("{message}");
            ExitCode::FAILURE
        }
    }
}

#[derive(Default)]
struct Checks {
    made: usize,
    failed: usize,
}

impl Checks {
    fn equal<T: PartialEq + Debug + ?Sized>(&mut self, what: &str, found: &T, expected: &T) {
        self.made += 1;
        if found != expected {
            self.failed += 1;
            println!("FAILED {what}\n  found    {found:?}\n  expected {expected:?}");
        }
    }

    fn run(&mut self, directory: &Path) -> Outcome {
        let page = |name: &str| {
            let path = directory.join(name);
            fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))
        };
        self.add_integration_id(&page("walley-payment-service-add-integration-id.txt")?)?;
        self.extend_due_date(&page("walley-payment-service-extend-due-date.txt")?)?;
        self.get_accounts(&page("walley-information-service-get-accounts.txt")?)?;
        self.register_customer(&page("apaczka-register-customer.txt")?)?;
        self.get_customer_details(&page("worldline-connect-get-customer-details.txt")?)
    }

    fn add_integration_id(&mut self, page: &str) -> Outcome {
        // The page's RegNo ends in a blank, which no registration number does.
        let example = envelopes(page)?
            .remove(0)
            .replace("195001182046 <", "195001182046<");
        let of = |name| element_text(&example, name);
        let request = AddIntegrationIdRequest {
            correlation_id: Some(of("CorrelationId")?),
            integration_id: Some(of("IntegrationId")?),
            integration_id_description: Some(of("IntegrationIdDescription")?),
            store_id: Some(of("StoreId")?.parse().map_err(text)?),
            ..AddIntegrationIdRequest::new(of("CountryCode")?, of("RegNo")?)
        };
        let mock = Mock::new();
        let service = payment(&mock, &of("Username")?, &of("Password")?);
        let _ = service.add_integration_id(request).send();
        self.equal(
            "AddIntegrationId request",
            &normalize(&last_body(&mock)?)?,
            &normalize(&example)?,
        );
        Ok(())
    }

    fn extend_due_date(&mut self, page: &str) -> Outcome {
        let documents = envelopes(page)?;
        let [example, response] = documents.as_slice() else {
            return Err("the page of ExtendDueDate should hold two documents".into());
        };
        let of = |name| element_text(example, name);
        let store: i32 = of("StoreId")?.parse().map_err(text)?;
        let (correlation, country) = (of("CorrelationId")?, of("CountryCode")?);
        let request = ExtendDueDateRequest::new(correlation, country, of("InvoiceNo")?, store);
        let mock = Mock::new();
        let service = payment(&mock, &of("Username")?, &of("Password")?);
        let _ = service.extend_due_date(request.clone()).send();
        self.equal(
            "ExtendDueDate request",
            &normalize(&last_body(&mock)?)?,
            &normalize(example)?,
        );
        for form in forms(response)? {
            let mock = Mock::new().answer(200, form.content_type, form.bytes.clone());
            let result = payment(&mock, "u", "p")
                .extend_due_date(request.clone())
                .send();
            let response = result.map_err(|error| format!("{}: {error}", form.name))?;
            let what = format!("ExtendDueDate response, {}", form.name);
            self.equal(
                &what,
                response.correlation_id.as_deref().unwrap_or("-"),
                "123",
            );
            self.equal(
                &what,
                response.due_date.to_string().as_str(),
                "2020-05-10T23:59:59",
            );
        }
        Ok(())
    }

    fn get_accounts(&mut self, page: &str) -> Outcome {
        let documents = envelopes(page)?;
        let [example, response] = documents.as_slice() else {
            return Err("the page of GetAccounts should hold two documents".into());
        };
        let of = |name| element_text(example, name);
        let store: i32 = of("StoreId")?.parse().map_err(text)?;
        let key = CustomerKey::RegNo(of("RegNo")?);
        let request = GetAccountsRequest::new(of("CountryCode")?, key, store);
        let mock = Mock::new();
        let service = information(&mock, &of("Username")?, &of("Password")?);
        let _ = service.get_accounts(request.clone()).send();
        self.equal(
            "GetAccounts request",
            &normalize(&last_body(&mock)?)?,
            &normalize(example)?,
        );

        let expected = [
            [
                "230.00",
                "Activated",
                "Direct Invoice Account",
                "73237549",
                "nil",
                "false",
                "100002695034855",
            ],
            [
                "6750.00",
                "Activated",
                "Pending Credit Account",
                "72787668",
                "nil",
                "false",
                "",
            ],
            [
                "6896.00",
                "Activated",
                "Interest Free Account",
                "72787676",
                "nil",
                "false",
                "100002676362358",
            ],
            [
                "0.00",
                "Moved",
                "Direct Invoice Account",
                "73281523",
                "140000269632661",
                "false",
                "140000269632658",
            ],
        ];
        for form in forms(response)? {
            let mock = Mock::new().answer(200, form.content_type, form.bytes.clone());
            let result = information(&mock, "u", "p")
                .get_accounts(request.clone())
                .send();
            let response = result.map_err(|error| format!("{}: {error}", form.name))?;
            let what = format!("GetAccounts response, {}", form.name);
            self.equal(&what, &response.correlation_id, &None);
            let accounts: Vec<_> = response.accounts.unwrap_or_default();
            let found: Vec<[String; 7]> = accounts
                .iter()
                .map(|account| {
                    let nil = |value: &Option<String>| value.clone().unwrap_or("nil".into());
                    [
                        account.invoice_balance.to_string(),
                        account.invoice_status.to_string(),
                        account.invoice_type.to_string(),
                        nil(&account.latest_invoice_no),
                        nil(&account.moved_to_payment_ref),
                        account.notification_stopped.clone(),
                        nil(&account.payment_reference),
                    ]
                })
                .collect();
            self.equal(
                &what,
                &found,
                &expected.map(|row| row.map(str::to_owned)).to_vec(),
            );
        }
        for code in ["AUTHORIZATION_FAILED", "ACCOUNT_NOT_FOUND"] {
            let known = !matches!(FaultCode::from_code(code), FaultCode::Other(_));
            self.equal(&format!("{code} has a variant"), &known, &true);
        }
        Ok(())
    }

    fn register_customer(&mut self, page: &str) -> Outcome {
        let codes: Vec<&str> = page
            .lines()
            .filter_map(|line| line.split_whitespace().next())
            .filter(|word| {
                word.contains('_') && word.bytes().all(|b| b.is_ascii_uppercase() || b == b'_')
            })
            .collect();
        self.equal("the page lists 27 codes", &codes.len(), &27);
        for code in codes {
            let known = !matches!(MessageCode::from_code(code), MessageCode::Other(_));
            self.equal(&format!("{code} has a variant"), &known, &true);
        }
        Ok(())
    }

    fn get_customer_details(&mut self, page: &str) -> Outcome {
        let documents = json_objects(page);
        let [ok, bad_request, not_found] = documents.as_slice() else {
            return Err(format!(
                "the page of getCustomerDetails holds {} documents",
                documents.len()
            ));
        };
        let call =
            |status, body: &str| -> Result<GetCustomerDetailsResponse, Error<_, ErrorResponse>> {
                let mock = Mock::new().answer(status, "application/json", body.to_owned());
                ConnectClient::new(mock, "https://connect.example/client/v1")
                    .client_session_id(Secret::from("session"))
                    .client_meta_info(ClientMetaInfo::new("a", "b", "c", "d", "e", "f", "g"))
                    .get_customer_details(GetCustomerDetailsRequest::new("c", 9000, "SE", vec![]))
                    .unchecked()
                    .send()
            };
        let expected = GetCustomerDetailsResponse {
            city: Some("Stockholm".into()),
            country: None,
            email_address: Some("gustav.adolfs@stockholm.se".into()),
            first_name: Some("Gustav".into()),
            fiscal_number: Some("0123456789012".into()),
            language_code: Some(String::new()),
            phone_number: Some("0123456789".into()),
            street: Some("Gustav Adolfs torg 22".into()),
            surname: Some("Adolfs".into()),
            zip: Some("111 52".into()),
        };
        self.equal(
            "getCustomerDetails 200",
            &call(200, ok).map_err(text)?,
            &expected,
        );
        let cases = [
            (
                400,
                bad_request,
                "1214",
                "No customer details could be found with the provided data.",
            ),
            (404, not_found, "1070", "UNKNOWN_PAYMENT_PRODUCT_ID"),
        ];
        for (status, body, code, reason) in cases {
            match call(status, body) {
                Err(Error::Fault(fault)) => {
                    let what = format!("getCustomerDetails {status}");
                    self.equal(&what, fault.code.as_str(), code);
                    self.equal(&what, fault.reason.as_str(), reason);
                    self.equal(&what, &fault.status, &status);
                    let errors = fault.detail.map(|detail| detail.errors.len());
                    self.equal(&what, &errors, &Some(1));
                }
                other => return Err(format!("getCustomerDetails {status}: {other:?}")),
            }
        }
        Ok(())
    }
}

/// The XML documents of a page, in order.
fn envelopes(page: &str) -> Outcome<Vec<String>> {
    let mut found = Vec::new();
    for (start, end) in [
        ("<soapenv:Envelope", "</soapenv:Envelope>"),
        ("<s:Envelope", "</s:Envelope>"),
    ] {
        for (at, _) in page.match_indices(start) {
            let length = page[at..].find(end).ok_or("an envelope has no end")? + end.len();
            found.push((at, page[at..at + length].to_owned()));
        }
    }
    found.sort();
    if found.is_empty() {
        return Err("the page holds no envelope".into());
    }
    Ok(found.into_iter().map(|(_, document)| document).collect())
}

/// The JSON objects of a page that begin a line of their own or a bullet.
fn json_objects(page: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if line.trim_start_matches([' ', '•', '\u{a0}']) == "{" {
            let mut document = String::from("{\n");
            let mut depth = 1;
            for line in lines.by_ref() {
                document.push_str(line);
                document.push('\n');
                depth += line.matches('{').count();
                depth -= line.matches('}').count();
                if depth == 0 {
                    break;
                }
            }
            found.push(document);
        }
    }
    found
}

fn forms(document: &str) -> Outcome<Vec<Variant>> {
    let mut forms = variants(document)?;
    forms.push(Variant {
        name: "as it is",
        content_type: XML,
        bytes: document.into(),
    });
    Ok(forms)
}

fn element_text(xml: &str, name: &str) -> Outcome<String> {
    let document = roxmltree::Document::parse(xml).map_err(text)?;
    let node = document
        .descendants()
        .find(|node| node.tag_name().name() == name);
    node.map(|node| node.text().unwrap_or_default().to_owned())
        .ok_or_else(|| format!("the example has no {name}"))
}

fn text(error: impl Display) -> String {
    error.to_string()
}

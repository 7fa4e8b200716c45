//! Requests as the examples in `schemas/` have them, to the byte after prefix normalisation; responses
//! to exactly the right values, however they are written.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

use castile::DateTime;
use castile::transport::Mock;
use castile_clients::collector::information_service::{
    Account, CustomerKey, GetAccountsRequest, GetAccountsResponse,
};
use castile_clients::collector::payment_service::{
    AddIntegrationIdRequest, AddIntegrationIdResponse, ExtendDueDateRequest, ExtendDueDateResponse,
};
use castile_codegen::contract::Direction;
use castile_tests::clients::{XML, information, last_body, payment};
use castile_tests::normalize::normalize;
use castile_tests::schemas::{examples, operation};
use castile_tests::variants::{Variant, variants};

fn example(name: &str, direction: Direction) -> String {
    let operation = operation("collector", name).unwrap();
    let example = examples(&operation, direction).next();
    example
        .unwrap_or_else(|| panic!("no example of {name}"))
        .text
        .clone()
}

/// The text of the only element of this local name.
fn text(xml: &str, name: &str) -> String {
    let document = roxmltree::Document::parse(xml).unwrap();
    let mut found = document
        .descendants()
        .filter(|node| node.tag_name().name() == name);
    let node = found.next().unwrap_or_else(|| panic!("no {name}"));
    assert!(found.next().is_none(), "two {name}");
    node.text().unwrap_or_default().to_owned()
}

#[test]
fn add_integration_id_is_sent_as_the_example() {
    let example = example("AddIntegrationId", Direction::Request);
    let of = |name| text(&example, name);
    let request = AddIntegrationIdRequest {
        correlation_id: Some(of("CorrelationId")),
        integration_id: Some(of("IntegrationId")),
        integration_id_description: Some(of("IntegrationIdDescription")),
        store_id: Some(of("StoreId").parse().unwrap()),
        ..AddIntegrationIdRequest::new(of("CountryCode"), of("RegNo"))
    };
    let mock = Mock::new();
    let service = payment(&mock, &of("Username"), &of("Password"));
    service.add_integration_id(request).send().unwrap_err();
    assert_eq!(normalize(&last_body(&mock).unwrap()), normalize(&example));
}

#[test]
fn extend_due_date_is_sent_as_the_example() {
    let example = example("ExtendDueDate", Direction::Request);
    let of = |name| text(&example, name);
    let store = of("StoreId").parse::<i32>().unwrap();
    let request = ExtendDueDateRequest::new(
        of("CorrelationId"),
        of("CountryCode"),
        of("InvoiceNo"),
        store,
    );
    let mock = Mock::new();
    let service = payment(&mock, &of("Username"), &of("Password"));
    service.extend_due_date(request).send().unwrap_err();
    assert_eq!(normalize(&last_body(&mock).unwrap()), normalize(&example));
}

#[test]
fn get_accounts_is_sent_as_the_example_with_the_other_keys_nil() {
    let example = example("GetAccounts", Direction::Request);
    let of = |name| text(&example, name);
    let key = CustomerKey::RegNo(of("RegNo"));
    let store = of("StoreId").parse::<i32>().unwrap();
    let request = GetAccountsRequest::new(of("CountryCode"), key, store);
    let mock = Mock::new();
    let service = information(&mock, &of("Username"), &of("Password"));
    service.get_accounts(request).send().unwrap_err();
    assert_eq!(normalize(&last_body(&mock).unwrap()), normalize(&example));
}

#[test]
fn requests_carry_the_headers_of_soap_1_1() {
    let mock = Mock::new();
    let service = payment(&mock, "user", "password");
    service
        .extend_due_date(ExtendDueDateRequest::new("1", "SE", "2", 3))
        .send()
        .unwrap_err();
    let requests = mock.requests();
    let request = &requests[0];
    assert_eq!(request.method(), "POST");
    assert_eq!(
        request.uri(),
        "https://ecommercetest.collector.se/v3.0/PaymentServiceV10.svc"
    );
    assert_eq!(request.headers()["content-type"], "text/xml; charset=utf-8");
    assert_eq!(
        request.headers()["soapaction"],
        "\"http://schemas.ecommerce.collector.se/v30/PaymentService/IPaymentServiceV10/ExtendDueDate\""
    );
}

const PAYMENT: &str = "http://schemas.ecommerce.collector.se/v30/PaymentService";
const INFORMATION: &str = "http://schemas.ecommerce.collector.se/v30/InformationService";

fn envelope(body: &str) -> String {
    format!(
        "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\">\n<s:Body>\n{body}\n\
         </s:Body>\n</s:Envelope>"
    )
}

/// The document itself, and written in every other way that means the same.
fn all_forms(document: &str) -> Vec<Variant> {
    let mut forms = variants(document).unwrap();
    forms.push(Variant {
        name: "as it is",
        content_type: XML,
        bytes: document.into(),
    });
    forms
}

fn extended(form: &Variant) -> ExtendDueDateResponse {
    let mock = Mock::new().answer(200, form.content_type, form.bytes.clone());
    let request = ExtendDueDateRequest::new("1", "SE", "2", 3);
    let result = payment(&mock, "user", "password")
        .extend_due_date(request)
        .send();
    result.unwrap_or_else(|error| panic!("{}: {error}\n{}", form.name, show(form)))
}

fn listed(form: &Variant) -> GetAccountsResponse {
    let mock = Mock::new().answer(200, form.content_type, form.bytes.clone());
    let request = GetAccountsRequest::new("SE", CustomerKey::CustomerNo("1".into()), 3);
    let result = information(&mock, "user", "password")
        .get_accounts(request)
        .send();
    result.unwrap_or_else(|error| panic!("{}: {error}\n{}", form.name, show(form)))
}

fn show(form: &Variant) -> String {
    String::from_utf8_lossy(&form.bytes).into_owned()
}

#[test]
fn extend_due_date_decodes_to_a_date_without_a_zone() {
    let document = envelope(&format!(
        "<ExtendDueDateResponse xmlns=\"{PAYMENT}\">\n<CorrelationId>å&amp;Ω&lt;</CorrelationId>\n\
         <DueDate>2026-12-24T23:59:59</DueDate>\n</ExtendDueDateResponse>"
    ));
    for form in all_forms(&document) {
        let latin = form.name.starts_with("ISO-8859-1");
        let expected = ExtendDueDateResponse {
            // Omega is not in ISO-8859-1: the variant's writer puts a question mark.
            correlation_id: Some(if latin { "å&?<" } else { "å&Ω<" }.into()),
            due_date: "2026-12-24T23:59:59".parse::<DateTime>().unwrap(),
        };
        let response = extended(&form);
        assert_eq!(response, expected, "{}", form.name);
        assert_eq!(response.due_date.to_string(), "2026-12-24T23:59:59");
        assert_ne!(
            response.due_date,
            "2026-12-24T23:59:59Z".parse::<DateTime>().unwrap()
        );
    }
}

fn account(balance: &str, status: &str, kind: &str) -> Account {
    Account {
        invoice_balance: balance.parse().unwrap(),
        invoice_status: status.into(),
        invoice_type: kind.into(),
        latest_invoice_no: Some("90000001".into()),
        moved_to_payment_ref: None,
        notification_stopped: "false".into(),
        payment_reference: None,
    }
}

#[test]
fn get_accounts_keeps_scale_and_nil_and_empty_and_value_apart() {
    let nil = "<PaymentReference i:nil=\"true\"/>";
    let empty = "<PaymentReference/>";
    let value = "<PaymentReference>900000000000001</PaymentReference>";
    let row = |balance: &str, reference: &str| {
        format!(
            "<Account>\n<InvoiceBalance>{balance}</InvoiceBalance>\n\
             <InvoiceStatus>Activated</InvoiceStatus>\n\
             <InvoiceType>Direct Invoice Account</InvoiceType>\n\
             <LatestInvoiceNo>90000001</LatestInvoiceNo>\n<MovedToPaymentRef i:nil=\"true\"/>\n\
             <NotificationStopped>false</NotificationStopped>\n{reference}\n</Account>\n"
        )
    };
    let document = envelope(&format!(
        "<GetAccountsResponse xmlns=\"{INFORMATION}\">\n<Accounts \
         xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\">\n{}{}{}</Accounts>\n<CorrelationId \
         i:nil=\"true\"\nxmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\"/>\n\
         </GetAccountsResponse>",
        row("230.00", nil),
        row("0.00", empty),
        row("-12345678901234567890.1250", value),
    ));
    let one = |balance, reference: Option<&str>| Account {
        payment_reference: reference.map(str::to_owned),
        ..account(balance, "Activated", "Direct Invoice Account")
    };
    let expected = GetAccountsResponse {
        accounts: Some(vec![
            one("230.00", None),
            one("0.00", Some("")),
            one("-12345678901234567890.1250", Some("900000000000001")),
        ]),
        correlation_id: None,
    };
    for form in all_forms(&document) {
        let response = listed(&form);
        assert_eq!(response, expected, "{}", form.name);
        let balances: Vec<String> = response
            .accounts
            .unwrap_or_default()
            .iter()
            .map(|account| account.invoice_balance.to_string())
            .collect();
        assert_eq!(
            balances,
            ["230.00", "0.00", "-12345678901234567890.1250"],
            "{}",
            form.name
        );
    }
}

#[test]
fn a_nil_list_and_an_empty_list_are_not_the_same() {
    let response = |accounts: &str| {
        listed(&Variant {
            name: "list",
            content_type: XML,
            bytes: envelope(&format!(
                "<GetAccountsResponse xmlns=\"{INFORMATION}\" \
                 xmlns:i=\"http://www.w3.org/2001/XMLSchema-instance\">{accounts}<CorrelationId \
                 i:nil=\"1\"/></GetAccountsResponse>"
            ))
            .into_bytes(),
        })
    };
    assert_eq!(response("<Accounts i:nil=\"true\"/>").accounts, None);
    assert_eq!(response("<Accounts/>").accounts, Some(vec![]));
}

#[test]
fn add_integration_id_takes_every_form_of_its_response() {
    let document = envelope(&format!(
        "<AddIntegrationIdResponse xmlns=\"{PAYMENT}\"><CorrelationId> a b </CorrelationId>\
         </AddIntegrationIdResponse>"
    ));
    for form in all_forms(&document) {
        let mock = Mock::new().answer(200, form.content_type, form.bytes.clone());
        let request = AddIntegrationIdRequest::new("SE", "199901010000");
        let result = payment(&mock, "user", "password")
            .add_integration_id(request)
            .send();
        let expected = AddIntegrationIdResponse {
            correlation_id: Some(" a b ".into()),
        };
        assert_eq!(result.unwrap(), expected, "{}", form.name);
    }
}

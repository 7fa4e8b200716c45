//! What the documentation's limits and group rules refuse before anything is sent.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

use castile::Error;
use castile::transport::Mock;
use castile_clients::collector::information_service::GetAccountsRequest;
use castile_clients::collector::payment_service::{AddIntegrationIdRequest, ExtendDueDateRequest};
use castile_tests::clients::{XML, information, payment};

#[test]
fn a_value_that_is_too_long_is_named_with_limit_and_length() {
    let mock = Mock::new();
    let request = ExtendDueDateRequest::new("1", "SWE", "2", 3);
    let error = payment(&mock, "user", "password")
        .extend_due_date(request)
        .send()
        .unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error:?}");
    let shown = error.to_string();
    for part in ["ExtendDueDate", "CountryCode", "3", "2"] {
        assert!(shown.contains(part), "no `{part}` in `{shown}`");
    }
    assert!(mock.requests().is_empty(), "it was sent all the same");
}

#[test]
fn limits_count_characters_not_bytes() {
    let mock = Mock::new().answer(500, XML, "");
    let request = ExtendDueDateRequest::new("å".repeat(50), "SE", "2", 3);
    let _ = payment(&mock, "user", "password")
        .extend_due_date(request)
        .send();
    assert_eq!(mock.requests().len(), 1, "fifty characters are allowed");
}

#[test]
fn checks_can_be_turned_off() {
    let mock = Mock::new().answer(500, XML, "");
    let request = ExtendDueDateRequest::new("1", "SWE", "2", 3);
    let service = payment(&mock, "user", "password");
    let _ = service.extend_due_date(request).unchecked().send();
    assert_eq!(mock.requests().len(), 1);
}

#[test]
fn a_group_rule_is_checked_where_the_type_cannot_say_it() {
    let mock = Mock::new();
    let request = AddIntegrationIdRequest {
        integration_id_description: Some("text".into()),
        integration_id: None,
        ..AddIntegrationIdRequest::new("SE", "199901010000")
    };
    let service = payment(&mock, "user", "password");
    let shown = service
        .add_integration_id(request)
        .send()
        .unwrap_err()
        .to_string();
    for part in ["IntegrationIdDescription", "IntegrationId"] {
        assert!(shown.contains(part), "no `{part}` in `{shown}`");
    }
    assert!(mock.requests().is_empty());
}

#[test]
fn the_key_of_a_customer_must_be_given() {
    let mock = Mock::new();
    let request = GetAccountsRequest {
        country_code: "SE".into(),
        ..GetAccountsRequest::default()
    };
    let error = information(&mock, "user", "password")
        .get_accounts(request)
        .send()
        .unwrap_err();
    assert!(matches!(error, Error::Request(_)), "{error:?}");
    assert!(error.to_string().contains("CustomerNo"), "{error}");
    assert!(mock.requests().is_empty());
}

#[test]
fn credentials_that_are_not_set_are_missed_before_sending() {
    use castile_clients::collector::payment_service::PaymentService;
    let mock = Mock::new();
    let service = PaymentService::new(mock.clone(), PaymentService::UNVERIFIED_ACTIONS[0]);
    let request = ExtendDueDateRequest::new("1", "SE", "2", 3);
    let shown = service
        .extend_due_date(request)
        .send()
        .unwrap_err()
        .to_string();
    assert!(shown.contains("Username"), "{shown}");
    assert!(mock.requests().is_empty());
}

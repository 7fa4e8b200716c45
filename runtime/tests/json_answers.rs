//! What comes back from a JSON service.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod post_office;

use castile::transport::Mock;
use castile::{Code, Error, ResponseErrorKind};
use post_office::*;

fn ask(status: u16, media: &str, body: &'static str) -> Result<Reply, Error<Code, AskDetail>> {
    let question = Question {
        customer: "c".to_owned(),
        country: "SE".to_owned(),
        pin: Some("pin-9999".into()),
        ..Question::default()
    };
    shop(Mock::new().answer(status, media, body))
        .call::<AskOperation>(question)
        .send()
}

#[test]
fn a_response() {
    let reply = ask(
        200,
        "application/json",
        "{\"more\":[1,{}],\"total\":230.00,\"city\":\"x\"}",
    );
    let reply = reply.unwrap();
    assert_eq!(reply.city.as_deref(), Some("x"));
    assert_eq!(reply.total.unwrap().to_string(), "230.00");
    assert_eq!(ask(201, "", "{}").unwrap(), Reply::default());
}

#[test]
fn declared_statuses_are_refusals() {
    let body = "{\"errorId\":\"e-1\",\"errors\":[{\"code\":\"1007\",\"message\":\"pin-9999 is wrong\"},{}]}";
    for status in [400, 404] {
        let error = ask(status, "application/json", body).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the service refused with 1007: [redacted] is wrong"
        );
        let Error::Fault(fault) = error else {
            panic!("{error:?}")
        };
        assert_eq!(fault.code, "1007");
        assert_eq!(fault.status, status);
        let Some(AskDetail::Error(detail)) = fault.detail else {
            panic!()
        };
        assert_eq!(detail.id.as_deref(), Some("e-1"));
        assert_eq!(detail.errors.len(), 2);
        assert!(
            fault.body.text().contains("[redacted] is wrong"),
            "{}",
            fault.body
        );
    }
    // Without a code in the body the status stands for it.
    let error = ask(404, "application/json", "{}").unwrap_err();
    assert_eq!(error.to_string(), "the service refused with 404: Not Found");
}

#[test]
fn other_statuses_are_http_errors() {
    for (status, media, body, expected) in [
        (
            403,
            "application/json",
            "{\"errors\":[]}",
            "the server answered with HTTP status 403 and application/json: {\"errors\":[]}",
        ),
        (
            500,
            "text/html",
            "<h1>",
            "the server answered with HTTP status 500 and text/html: <h1>",
        ),
        (
            401,
            "",
            "",
            "the server answered with HTTP status 401 and no body",
        ),
        (
            307,
            "",
            "",
            "the server answered with HTTP status 307, a redirect, which is not followed and no body",
        ),
    ] {
        let error = ask(status, media, body).unwrap_err();
        assert_eq!(error.to_string(), expected);
        let Error::Http(error) = error else {
            panic!("{error:?}")
        };
        assert_eq!((error.status, error.body.text()), (status, body));
        assert_eq!(error.cause, None);
    }
}

#[test]
fn a_declared_status_with_another_body_is_an_http_error() {
    for body in ["<html>", "", "[]", "{\"errors\":5}", "{} {}"] {
        let error = ask(400, "text/html", body).unwrap_err();
        let Error::Http(error) = error else {
            panic!("{error:?}")
        };
        assert!(error.cause.is_some(), "{body}");
        assert_eq!(error.body.text(), body);
        assert!(
            error.to_string().starts_with(
                "the server answered with HTTP status 400, whose body cannot be read: "
            ),
            "{error}"
        );
    }
}

#[test]
fn what_cannot_be_read_says_where() {
    let error = ask(200, "application/json", "{\"total\":\"much\"}").unwrap_err();
    assert!(
        error
            .to_string()
            .contains("/total: `much` is not a decimal"),
        "{error}"
    );
    for body in ["<html>", "", "{", "{} x", "null"] {
        let error = ask(200, "text/html", body).unwrap_err();
        let Error::Read(error) = error else {
            panic!("{body}: {error:?}")
        };
        assert!(matches!(error.kind, ResponseErrorKind::Read(_)));
        assert_eq!((error.status, error.body.text()), (200, body));
    }
}

#[test]
fn nothing_expected_and_nothing_there() {
    for (status, body) in [
        (204, ""),
        (200, ""),
        (200, " \n"),
        (200, "{}"),
        (200, "{\"a\":1}"),
    ] {
        let mock = Mock::new().answer(status, "", body);
        shop(mock).call::<ForgetOperation>(()).send().unwrap();
    }
    let mock = Mock::new().answer(200, "", "<html>");
    assert!(shop(mock).call::<ForgetOperation>(()).send().is_err());
}

#[test]
fn a_deep_answer_is_refused() {
    let deep: &'static str = Box::leak("[".repeat(200_000).into_boxed_str());
    let error = ask(
        200,
        "application/json",
        Box::leak(format!("{{\"x\":{deep}").into_boxed_str()),
    );
    assert!(
        matches!(error, Err(Error::Limit(_))),
        "{:?}",
        error.map_err(|e| e.to_string())
    );
}

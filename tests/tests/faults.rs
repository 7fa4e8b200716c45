//! Failures as the services report them, each as the typed error that a caller would want, with status
//! and body kept.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

use castile::transport::Mock;
use castile::{Error, Secret};
use castile_clients::apaczka::{
    Address, ApaczkaWebservice, Authorization, CustomerType, MessageCode, RegisterCustomerRequest,
    RegisterCustomerRequestCustomer, RegisterCustomerRequestUser,
};
use castile_clients::collector::FaultCode;
use castile_clients::collector::payment_service::ExtendDueDateRequest;
use castile_clients::worldline::{
    ApiError, ClientMetaInfo, ConnectClient, ErrorResponse, GetCustomerDetailsRequest, KeyValuePair,
};
use castile_codegen::contract::Direction;
use castile_tests::clients::{XML, payment};
use castile_tests::schemas::{examples, operation};

const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";

fn fault(code: &str, rest: &str) -> String {
    format!(
        "<s:Envelope xmlns:s=\"{SOAP}\"><s:Body><s:Fault><faultcode>{code}</faultcode>\
         <faultstring xml:lang=\"sv\">Nej &amp; åter nej.</faultstring>{rest}</s:Fault></s:Body>\
         </s:Envelope>"
    )
}

fn extend(status: u16, content_type: &str, body: &str) -> Error<FaultCode> {
    let mock = Mock::new().answer(status, content_type, body.to_owned());
    let service = payment(&mock, "user", "password");
    service
        .extend_due_date(ExtendDueDateRequest::new("1", "SE", "2", 3))
        .send()
        .unwrap_err()
}

#[test]
fn soap_faults_are_typed_whatever_the_status_and_the_prefix() {
    let detail = "<detail><d:Info xmlns:d=\"urn:d\">extra</d:Info></detail>";
    for status in [500, 200, 400] {
        for rest in ["", detail, "<faultactor>urn:me</faultactor>", "<detail/>"] {
            for code in [
                "s:AUTHORIZATION_FAILED",
                "AUTHORIZATION_FAILED",
                "nobody:AUTHORIZATION_FAILED",
            ] {
                let body = fault(code, rest);
                let error = extend(status, XML, &body);
                let Error::Fault(fault) = error else {
                    panic!("{status} {code}: {error:?}")
                };
                assert_eq!(fault.code, FaultCode::AuthorizationFailed);
                assert_eq!(fault.code_name, code);
                assert_eq!(fault.reason, "Nej & åter nej.");
                assert_eq!(fault.status, status);
                assert_eq!(fault.body.text(), body);
                let actor = rest.contains("faultactor").then(|| "urn:me".to_owned());
                assert_eq!(fault.actor, actor);
                let raw = fault.raw_detail.as_ref().map(|detail| {
                    detail
                        .children()
                        .map(|child| child.text())
                        .collect::<String>()
                });
                let expected = match rest {
                    "<detail/>" => Some(String::new()),
                    rest if rest.contains("Info") => Some("extra".to_owned()),
                    _ => None,
                };
                assert_eq!(raw, expected);
            }
        }
    }
}

#[test]
fn unknown_codes_are_kept() {
    let error = extend(500, XML, &fault("s:SOMETHING_NEW", ""));
    let fault = error.fault().unwrap();
    assert_eq!(fault.code, FaultCode::Other("SOMETHING_NEW".into()));
    assert_eq!(fault.code.to_string(), "SOMETHING_NEW");
    assert_eq!(error.status(), Some(500));
}

#[test]
fn a_page_from_a_proxy_is_no_fault() {
    let page = "<html><head><title>502</title></head><body>Bad gateway</body></html>";
    let error = extend(502, "text/html", page);
    let Error::Http(http) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(http.status, 502);
    assert_eq!(http.content_type.as_deref(), Some("text/html"));
    assert_eq!(http.body.text(), page);
    assert!(error.to_string().contains("502"), "{error}");

    let error = extend(503, "", "");
    let Error::Http(http) = &error else {
        panic!("{error:?}")
    };
    assert_eq!((http.status, http.body.text()), (503, ""));
}

#[test]
fn a_page_with_status_200_is_no_response() {
    let error = extend(200, "text/html", "<html><body>Please log in</body></html>");
    let Error::Read(read) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(read.status, 200);
    assert_eq!(read.body.text(), "<html><body>Please log in</body></html>");
}

#[test]
fn kept_bodies_are_bounded() {
    let page = "x".repeat(1 << 20);
    let error = extend(500, "text/plain", &page);
    let Error::Http(http) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(http.body.length(), 1 << 20);
    assert!(
        http.body.text().len() <= 64 << 10,
        "{} bytes kept",
        http.body.text().len()
    );
    assert!(error.to_string().len() < 2_000);
}

fn registration() -> RegisterCustomerRequest {
    RegisterCustomerRequest::new(
        RegisterCustomerRequestCustomer::new(
            CustomerType::Dg,
            "office@example.com",
            "Name",
            "1",
            "2",
            "3",
        ),
        Address::new("Street 1", "City", "00-000"),
        RegisterCustomerRequestUser::new("user@example.com", "user", "Name", "secret-word", "4"),
    )
}

fn register(
    body: &str,
) -> Result<
    castile_clients::apaczka::RegisterCustomerResponse,
    Error<MessageCode, castile_clients::apaczka::RegisterCustomerResponse>,
> {
    let mock = Mock::new().answer(200, XML, body.to_owned());
    ApaczkaWebservice::new(mock, "")
        .credentials(Authorization::new("key", "login", Secret::from("password")))
        .register_customer(registration())
        .send()
}

#[test]
fn errors_inside_a_response_become_faults() {
    let operation = operation("apaczka", "registerCustomer").unwrap();
    let success = examples(&operation, Direction::Response).next().unwrap();
    register(&success.text).unwrap();

    let errors: Vec<_> = examples(&operation, Direction::Error(200)).collect();
    assert!(
        errors.len() >= 2,
        "the descriptor has two examples of errors"
    );
    for example in errors {
        let document = roxmltree::Document::parse(&example.text).unwrap();
        let text = |name: &str| {
            let node = document
                .descendants()
                .find(|node| node.tag_name().name() == name);
            node.and_then(|node| node.text()).unwrap().to_owned()
        };
        let error = register(&example.text).unwrap_err();
        let Error::Fault(fault) = error else {
            panic!("{error:?}")
        };
        assert_eq!(fault.code.to_string(), text("code"));
        assert_eq!(fault.reason, text("description"));
        assert_eq!(fault.status, 200);
        let detail = fault.detail.as_ref().unwrap();
        let result = detail.result.as_ref().unwrap();
        assert_eq!(result.messages[0].severity.to_string(), "ERROR");
        let known = fault.code == MessageCode::UserLoginExists;
        assert_eq!(known, text("code") == "USER_LOGIN_EXISTS");
        assert_eq!(
            matches!(fault.code, MessageCode::Other(_)),
            text("code") == "INVENTED_CODE"
        );
    }
}

#[test]
fn remarks_are_no_errors() {
    let body = format!(
        "<s:Envelope xmlns:s=\"{SOAP}\"><s:Body><registerCustomerResponse \
         xmlns=\"http://api.pretius.com\"><return><result><messages><Message><code>HELLO</code>\
         <description>Welcome</description><severity>INFO</severity></Message></messages></result>\
         </return></registerCustomerResponse></s:Body></s:Envelope>"
    );
    let response = register(&body).unwrap();
    assert_eq!(response.result.unwrap().messages[0].code, "HELLO");
}

fn details(status: u16, body: &str) -> Error<castile::Code, ErrorResponse> {
    let mock = Mock::new().answer(status, "application/json", body.to_owned());
    let meta = ClientMetaInfo::new("a", "b", "c", "d", "e", "f", "g");
    let pair = KeyValuePair {
        key: Some("fiscalNumber".into()),
        value: Some("1".into()),
    };
    ConnectClient::new(mock, "https://connect.example/client/v1")
        .client_session_id(Secret::from("session-id"))
        .client_meta_info(meta)
        .get_customer_details(GetCustomerDetailsRequest::new("c", 9000, "SE", vec![pair]))
        .send()
        .unwrap_err()
}

#[test]
fn error_bodies_with_missing_keys_are_typed() {
    let operation = operation("worldline", "getCustomerDetails").unwrap();
    let example = |status| {
        examples(&operation, Direction::Error(status))
            .next()
            .unwrap()
    };

    let error = details(400, &example(400).text);
    let Error::Fault(fault) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (fault.status, fault.code.to_string().as_str()),
        (400, "1214")
    );
    let expected = ApiError {
        code: Some("1214".into()),
        id: Some("CUSTOMER_DETAILS_NOT_FOUND".into()),
        message: Some(fault.reason.clone()),
        ..ApiError::default()
    };
    assert_eq!(fault.detail.as_ref().unwrap().errors, [expected]);

    let error = details(404, &example(404).text);
    let Error::Fault(fault) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(
        (fault.status, fault.code.to_string().as_str()),
        (404, "1070")
    );
    assert_eq!(fault.reason, "UNKNOWN_PAYMENT_PRODUCT_ID");
    let detail = fault.detail.as_ref().unwrap();
    assert_eq!(detail.errors[0].id, None);
    assert_eq!(detail.errors[0].category, None);

    let empty = details(400, "{}");
    let fault = empty.fault().unwrap();
    assert_eq!(fault.detail, Some(ErrorResponse::default()));
}

#[test]
fn other_statuses_and_other_bodies_are_http_errors() {
    let error = details(503, "<html>try later</html>");
    assert!(
        matches!(&error, Error::Http(http) if http.status == 503),
        "{error:?}"
    );
    let error = details(400, "<html>Bad request</html>");
    let Error::Http(http) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(http.body.text(), "<html>Bad request</html>");
}

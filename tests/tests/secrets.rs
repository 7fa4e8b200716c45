//! Passwords, tokens and session ids appear in no `Debug`, no `Display`, no log, whatever happens, even
//! where the service sends them back.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

use std::fmt::Write as _;
use std::sync::{Arc, Mutex};

use castile::Secret;
use castile::transport::{Mock, TransportError, TransportErrorKind};
use castile_clients::apaczka::{
    Address, ApaczkaWebservice, Authorization, CustomerType, RegisterCustomerRequest,
    RegisterCustomerRequestCustomer, RegisterCustomerRequestUser,
};
use castile_clients::collector::payment_service::ExtendDueDateRequest;
use castile_clients::worldline::{ClientMetaInfo, ConnectClient, GetCustomerDetailsRequest};
use castile_tests::clients::{XML, payment};

const PASSWORD: &str = "canary-password-7f3a";
const KEY: &str = "canary-key-91bc";
const SESSION: &str = "canary-session-c0de";
const SECRETS: [&str; 3] = [PASSWORD, KEY, SESSION];

/// Everything that anybody could print, and everything that was logged.
#[derive(Clone, Default)]
struct Printed(Arc<Mutex<String>>);

impl Printed {
    fn add(&self, text: impl std::fmt::Debug) {
        let _ = writeln!(self.0.lock().unwrap(), "{text:?} {text:#?}");
    }

    fn show(&self, text: impl std::fmt::Display) {
        let _ = writeln!(self.0.lock().unwrap(), "{text}");
    }

    fn error<E: std::error::Error>(&self, error: &E) {
        self.add(error);
        let mut source: Option<&dyn std::error::Error> = Some(error);
        while let Some(error) = source {
            self.show(error);
            source = error.source();
        }
    }
}

impl tracing::Subscriber for Printed {
    fn enabled(&self, _: &tracing::Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &tracing::span::Attributes<'_>) -> tracing::span::Id {
        self.add(span);
        span.record(self.visitor().as_mut());
        tracing::span::Id::from_u64(1)
    }

    fn record(&self, _: &tracing::span::Id, values: &tracing::span::Record<'_>) {
        values.record(self.visitor().as_mut());
    }

    fn record_follows_from(&self, _: &tracing::span::Id, _: &tracing::span::Id) {}

    fn event(&self, event: &tracing::Event<'_>) {
        event.record(self.visitor().as_mut());
    }

    fn enter(&self, _: &tracing::span::Id) {}

    fn exit(&self, _: &tracing::span::Id) {}
}

impl Printed {
    fn visitor(&self) -> Box<dyn tracing::field::Visit> {
        Box::new(self.clone())
    }
}

impl tracing::field::Visit for Printed {
    fn record_debug(&mut self, field: &tracing::field::Field, value: &dyn std::fmt::Debug) {
        let _ = writeln!(self.0.lock().unwrap(), "log {field}={value:?}");
    }
}

/// Answers that tempt: they hold the secrets, in bodies, faults, wrong documents.
fn answers(secret: &str) -> Vec<Mock> {
    let soap = "http://schemas.xmlsoap.org/soap/envelope/";
    let fault = format!(
        "<s:Envelope xmlns:s=\"{soap}\"><s:Header><Password s:mustUnderstand=\"1\" \
         xmlns=\"http://schemas.ecommerce.collector.se/v30/PaymentService\">{secret}</Password>\
         </s:Header><s:Body><s:Fault><faultcode>s:AUTHORIZATION_FAILED</faultcode><faultstring>no \
         {secret}</faultstring><detail><sent>{secret}</sent></detail></s:Fault></s:Body></s:Envelope>"
    );
    let wrong = format!("<s:Envelope xmlns:s=\"{soap}\"><s:Body><{secret}/></s:Body></s:Envelope>");
    let broken = format!("<s:Envelope xmlns:s=\"{soap}\"><s:Body>{secret}</s:Bo");
    let json = format!("{{\"errorId\":\"{secret}\",\"errors\":[{{\"message\":\"{secret}\"}}]}}");
    let bad_json = format!("{{\"city\": {{\"{secret}\": 1}}, \"country\": {secret}");
    vec![
        Mock::new().answer(500, XML, fault.clone()),
        Mock::new().answer(200, XML, fault),
        Mock::new().answer(200, XML, wrong),
        Mock::new().answer(200, XML, broken),
        Mock::new().answer(200, "text/html", format!("<html>{secret}</html>")),
        Mock::new().answer(502, "text/html", format!("<html>{secret}</html>")),
        Mock::new().answer(400, "application/json", json),
        Mock::new().answer(200, "application/json", bad_json),
        Mock::new().fail(TransportError::new(TransportErrorKind::Client)),
    ]
}

#[test]
fn no_secret_is_printed() {
    let printed = Printed::default();
    tracing::subscriber::with_default(printed.clone(), || {
        collector(&printed);
        apaczka(&printed);
        worldline(&printed);
    });
    let text = printed.0.lock().unwrap().clone();
    assert!(
        text.contains("log "),
        "nothing was logged: the test sees nothing"
    );
    assert!(text.contains("ExtendDueDate"), "the log names no operation");
    for secret in SECRETS {
        let line = text.lines().find(|line| line.contains(secret));
        assert_eq!(line, None, "`{secret}` was printed");
    }
}

fn collector(printed: &Printed) {
    for mock in answers(PASSWORD) {
        let service = payment(&mock, "user", PASSWORD);
        printed.add(&service);
        let call = service.extend_due_date(ExtendDueDateRequest::new("1", "SE", "2", 3));
        printed.add(&call);
        printed.error(&call.send().unwrap_err());
        printed.add(&mock);
        assert!(String::from_utf8_lossy(mock.requests()[0].body()).contains(PASSWORD));
    }
    let too_long = payment(&Mock::new(), "user", &PASSWORD.repeat(10));
    let request = ExtendDueDateRequest::new("1", "SE", "2", 3);
    printed.error(&too_long.extend_due_date(request).send().unwrap_err());
    printed.add(Secret::from(PASSWORD));
}

fn apaczka(printed: &Printed) {
    for mock in answers(KEY) {
        let authorization = Authorization::new(KEY, "login", Secret::from(PASSWORD));
        printed.add(&authorization);
        let request = RegisterCustomerRequest::new(
            RegisterCustomerRequestCustomer::new(CustomerType::Dg, "e", "n", "1", "2", "3"),
            Address::new("Street 1", "City", "00-000"),
            RegisterCustomerRequestUser::new("e", "l", "n", Secret::from(PASSWORD), "4"),
        );
        printed.add(&request);
        let service = ApaczkaWebservice::new(mock.clone(), "").credentials(authorization);
        printed.add(&service);
        let call = service.register_customer(request);
        printed.add(&call);
        printed.error(&call.send().unwrap_err());
        assert!(String::from_utf8_lossy(mock.requests()[0].body()).contains(KEY));
    }
}

fn worldline(printed: &Printed) {
    for mock in answers(SESSION) {
        let meta = ClientMetaInfo::new("a", "b", "c", "d", "e", "f", "g");
        let service = ConnectClient::new(mock.clone(), "https://connect.example/client/v1")
            .client_session_id(Secret::from(SESSION))
            .client_meta_info(meta);
        printed.add(&service);
        let request = GetCustomerDetailsRequest::new("c", 9000, "SE", vec![]);
        let call = service.get_customer_details(request).unchecked();
        printed.add(&call);
        printed.error(&call.send().unwrap_err());
        let sent = mock.requests();
        assert!(format!("{:?}", sent[0].headers()["authorization"].to_str()).contains(SESSION));
    }
}

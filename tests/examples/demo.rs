//! Calls the first customers' operations over HTTP against servers on loopback: async and blocking, in
//! success and in failure. `cargo xtask demo` runs it.
//!
//! The servers are `castile mock`: they hold each request against the descriptors in `schemas/`, answer with
//! the examples there, and fail on request.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is a command line"
)]

use std::fmt::{Debug, Display};
use std::process::ExitCode;

use castile::transport::{Reqwest, Ureq};
use castile::{Error, Secret};
use castile_clients::apaczka::{
    Address, ApaczkaWebservice, Authorization, CustomerType, RegisterCustomerRequest,
    RegisterCustomerRequestCustomer, RegisterCustomerRequestUser,
};
use castile_clients::collector::information_service::{
    CustomerKey, GetAccountsRequest, InformationService,
};
use castile_clients::collector::payment_service::{
    AddIntegrationIdRequest, ExtendDueDateRequest, PaymentService,
};
use castile_clients::worldline::{
    ClientMetaInfo, ConnectClient, GetCustomerDetailsRequest, KeyValuePair,
};
use castile_codegen::mock::{self, Mock};
use castile_tests::loopback::{Answer, Loopback, Request};
use castile_tests::schemas::contract;

/// The credentials of the demonstration: with these the servers answer, with others they refuse.
const PASSWORD: &str = "demo-password";
const WRONG: &str = "wrong-password";
const SESSION: &str = "demo-session-id";

type Outcome = Result<(), String>;

fn main() -> ExitCode {
    match run() {
        Ok(()) => {
            println!("\nAll five operations were called, async and blocking.");
            ExitCode::SUCCESS
        }
        Err(message) => {
            eprintln!("the demonstration failed: {message}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Outcome {
    let demo = Demo {
        reqwest: Reqwest::new().map_err(text)?,
        ureq: Ureq::new(),
        runtime: tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(text)?,
    };
    demo.add_integration_id()?;
    demo.extend_due_date()?;
    demo.get_accounts()?;
    demo.register_customer()?;
    demo.get_customer_details()
}

struct Demo {
    reqwest: Reqwest,
    ureq: Ureq,
    runtime: tokio::runtime::Runtime,
}

impl Demo {
    fn add_integration_id(&self) -> Outcome {
        title(
            "Collector PaymentService, AddIntegrationId",
            "SOAP, credentials in the header",
        );
        let server = served("collector", |request| {
            request
                .body
                .contains(WRONG)
                .then_some("fault=AUTHORIZATION_FAILED")
        })?;
        let service = |transport: &Reqwest, password| {
            PaymentService::new(transport.clone(), PaymentService::UNVERIFIED_ACTIONS[0])
                .at(server.url("/PaymentService"))
                .credentials("demo-user", Secret::from(password))
        };
        let request = AddIntegrationIdRequest {
            correlation_id: Some("demo-1".into()),
            integration_id: Some("CUSTOMER-17".into()),
            integration_id_description: Some("Purchasing department".into()),
            store_id: Some(1234),
            ..AddIntegrationIdRequest::new("SE", "199901010000")
        };
        let client = service(&self.reqwest, PASSWORD);
        let result = self
            .runtime
            .block_on(client.add_integration_id(request.clone()).into_future());
        answered("async", &server, result)?;
        let client = service(&self.reqwest, WRONG);
        let result = self
            .runtime
            .block_on(client.add_integration_id(request.clone()).into_future());
        refused("async, wrong password", &server, result)?;

        let too_long = AddIntegrationIdRequest {
            country_code: "Sweden".into(),
            ..request
        };
        let client = service(&self.reqwest, PASSWORD);
        let result = self
            .runtime
            .block_on(client.add_integration_id(too_long).into_future());
        match result {
            Err(error @ Error::Request(_)) => {
                step("async, a value longer than the documentation allows: nothing is sent");
                println!("   error  {error}");
                Ok(())
            }
            other => Err(format!("expected a refusal before sending, got {other:?}")),
        }
    }

    fn extend_due_date(&self) -> Outcome {
        title(
            "Collector PaymentService, ExtendDueDate",
            "SOAP, dates without a zone",
        );
        let server = served("collector", |request| {
            request
                .body
                .contains(WRONG)
                .then_some("fault=INVOICE_NOT_FOUND")
        })?;
        let service = |password| {
            PaymentService::new(self.ureq.clone(), PaymentService::UNVERIFIED_ACTIONS[0])
                .at(server.url("/PaymentService"))
                .credentials("demo-user", Secret::from(password))
        };
        let request = ExtendDueDateRequest::new("demo-2", "SE", "90000001", 1234);
        let result = service(PASSWORD).extend_due_date(request.clone()).send();
        answered("blocking", &server, result)?;
        let result = service(WRONG).extend_due_date(request).send();
        refused("blocking, an invoice that is not there", &server, result)
    }

    fn get_accounts(&self) -> Outcome {
        title(
            "Collector InformationService, GetAccounts",
            "SOAP, exactly one of three keys, nil",
        );
        let server = served("collector", |request| {
            request
                .body
                .contains(WRONG)
                .then_some("fault=ACCOUNT_NOT_FOUND")
        })?;
        let url = server.url("/InformationService");
        let actions = InformationService::UNVERIFIED_ACTIONS[0];
        let key = CustomerKey::RegNo("199901010000".into());
        let request = GetAccountsRequest::new("SE", key, 1234);
        let client = InformationService::new(self.reqwest.clone(), actions)
            .at(&url)
            .credentials("demo-user", Secret::from(PASSWORD));
        let result = self
            .runtime
            .block_on(client.get_accounts(request.clone()).into_future());
        answered("async", &server, result)?;
        let client = InformationService::new(self.ureq.clone(), actions)
            .at(&url)
            .credentials("demo-user", Secret::from(WRONG));
        let result = client.get_accounts(request).send();
        refused("blocking, a customer without accounts", &server, result)
    }

    fn register_customer(&self) -> Outcome {
        title(
            "Apaczka, registerCustomer",
            "SOAP, credentials in the body, errors in the response",
        );
        let server = served("apaczka", |request| {
            request.body.contains(WRONG).then_some("fault=LOGIN_FAILED")
        })?;
        let client = ApaczkaWebservice::new(self.ureq.clone(), "").at(server.url("/"));
        let credentials = |password| Authorization::new("demo-key", "shop@example.com", password);
        let request = RegisterCustomerRequest::new(
            RegisterCustomerRequestCustomer {
                krs: Some("0000000000".into()),
                ..RegisterCustomerRequestCustomer::new(
                    CustomerType::Zoo,
                    "office@example.com",
                    "Przykład sp. z o.o.",
                    "000000001",
                    "000000000",
                    "0000000000",
                )
            },
            Address::new("ul. Zmyślona 1/2", "Nigdzie", "00-000"),
            RegisterCustomerRequestUser::new(
                "user@example.com",
                "user@example.com",
                "Jan Przykładowy",
                "demo-user-password",
                "000000002",
            ),
        );
        let known = client.clone().credentials(credentials(PASSWORD));
        answered(
            "blocking",
            &server,
            known.register_customer(request.clone()).send(),
        )?;
        let unknown = ApaczkaWebservice::new(self.reqwest.clone(), "")
            .at(server.url("/"))
            .credentials(credentials(WRONG));
        let result = self
            .runtime
            .block_on(unknown.register_customer(request).into_future());
        refused("async, errors inside an ordinary response", &server, result)
    }

    fn get_customer_details(&self) -> Outcome {
        title(
            "Worldline Connect, getCustomerDetails",
            "JSON over HTTP, a session header",
        );
        let server = served("worldline", |request| {
            if request.target.contains("/products/0/") {
                Some("fault=404")
            } else {
                request.body.contains("nobody").then_some("fault=400")
            }
        })?;
        let meta = ClientMetaInfo::new(
            "Linux",
            "Castile/0.1",
            "Castile",
            "0x0",
            "none",
            "none",
            "castile-demo",
        );
        let pair = |value: &str| KeyValuePair {
            key: Some("fiscalNumber".into()),
            value: Some(value.into()),
        };
        let request = |product: i32, value: &str| {
            GetCustomerDetailsRequest::new("customer-1", product, "SE", vec![pair(value)])
        };
        let client = ConnectClient::new(self.reqwest.clone(), server.url(""))
            .client_session_id(Secret::from(SESSION))
            .client_meta_info(meta.clone());
        let call = client.get_customer_details(request(9000, "000000000000"));
        answered("async", &server, self.runtime.block_on(call.into_future()))?;
        let call = client.get_customer_details(request(9000, "nobody"));
        refused(
            "async, nobody found",
            &server,
            self.runtime.block_on(call.into_future()),
        )?;
        let client = ConnectClient::new(self.ureq.clone(), server.url(""))
            .client_session_id(Secret::from(SESSION))
            .client_meta_info(meta.clone());
        let result = client
            .get_customer_details(request(0, "000000000000"))
            .send();
        refused("blocking, no such payment product", &server, result)
    }
}

/// The mock of a provider; `wish` says which requests are to fail, and how.
fn served(provider: &str, wish: fn(&Request) -> Option<&'static str>) -> Result<Loopback, String> {
    // Nobody asks it for its address.
    let mock = Mock::new(contract(provider)?, "http://127.0.0.1").map_err(text)?;
    Loopback::start(move |request| {
        let mut headers = request.headers.clone();
        let wished = wish(request).map(|wish| ("castile-mock".to_owned(), wish.to_owned()));
        headers.extend(wished);
        let answer = mock.answer(&mock::Request {
            method: request.method.clone(),
            target: request.target.clone(),
            headers,
            body: request.body.clone().into_bytes(),
        });
        Answer::new(answer.status, answer.content_type, answer.body)
    })
    .map_err(text)
}

fn answered<T: Debug, E: Display>(what: &str, server: &Loopback, result: Result<T, E>) -> Outcome {
    step(what);
    show_request(&server.last());
    let response = result.map_err(text)?;
    println!("   gives  {}", indent(&compact(&format!("{response:#?}"))));
    Ok(())
}

fn refused<T: Debug, E: Debug + Display>(
    what: &str,
    server: &Loopback,
    result: Result<T, E>,
) -> Outcome {
    step(what);
    show_request(&server.last());
    match result {
        Ok(response) => Err(format!("expected an error, got {response:?}")),
        Err(error) => {
            println!("   error  {}", indent(&error.to_string()));
            println!("   typed  {}", indent(&compact(&format!("{error:#?}"))));
            Ok(())
        }
    }
}

fn title(name: &str, what: &str) {
    println!("\n== {name}: {what}");
}

fn step(what: &str) {
    println!("\n-- {what}");
}

/// The request as it was sent, with secrets struck out: a log should show no more either.
fn show_request(request: &Request) {
    let hide = |text: &str| {
        [PASSWORD, WRONG, SESSION, "demo-key", "demo-user-password"]
            .iter()
            .fold(text.to_owned(), |text, secret| {
                text.replace(secret, "*****")
            })
    };
    println!("   sends  {} {}", request.method, request.target);
    for name in ["soapaction", "content-type", "authorization"] {
        if let Some(value) = request.header(name) {
            println!("          {name}: {}", hide(value));
        }
    }
    println!("          {}", indent(&laid_out(&hide(&request.body))));
}

/// XML with an element a line; anything else as it is.
fn laid_out(text: &str) -> String {
    let mut out = String::new();
    let mut depth = 0_usize;
    let mut rest = text;
    while let Some(tag) = rest.strip_prefix('<') {
        let end = tag.find('>').map_or(tag.len(), |at| at + 1);
        let (tag, after) = (&rest[..=end], &rest[end + 1..]);
        let length = after.find('<').unwrap_or(after.len());
        let (text, next) = after.split_at(length);
        if tag.starts_with("</") {
            depth = depth.saturating_sub(1);
        }
        let line = format!("{:1$}{tag}{text}", "", depth * 2);
        if tag.starts_with("</") || tag.ends_with("/>") || text.is_empty() {
            out.push_str(&line);
        } else {
            // A text and its end tag stay on the line of the start tag.
            let end = next.find('>').map_or(next.len(), |at| at + 1);
            out.push_str(&line);
            out.push_str(&next[..end]);
            out.push('\n');
            rest = &next[end..];
            continue;
        }
        out.push('\n');
        if !tag.starts_with("</") && !tag.ends_with("/>") {
            depth += 1;
        }
        rest = next;
    }
    out.push_str(rest);
    out.trim_end().to_owned()
}

/// `Some(x)` on one line, as a person would write it.
fn compact(debug: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    let mut open = false;
    for line in debug.lines() {
        let word = line.trim();
        let alone = word.starts_with(['"', '-']) || word.starts_with(|c: char| c.is_alphanumeric());
        match lines.last_mut() {
            Some(last) if last.ends_with("Some(") && alone && word.ends_with(',') => {
                last.push_str(word.trim_end_matches(','));
                open = true;
            }
            Some(last) if open && word.starts_with(')') => {
                last.push_str(word);
                open = false;
            }
            _ => lines.push(line.to_owned()),
        }
    }
    lines.join("\n")
}

fn indent(text: &str) -> String {
    text.replace('\n', "\n          ")
}

fn text(error: impl Display) -> String {
    error.to_string()
}

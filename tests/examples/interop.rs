//! Calls SOAP servers of other makers through the generated clients:
//!
//! ```text
//! cargo run -p castile-tests --example interop -- PAYMENT_URL INFORMATION_URL
//! ```
//!
//! The servers take `USERNAME` and `PASSWORD`, echo the correlation id, and answer `GetAccounts` with
//! `N` equal accounts (environment variable, 4 by default). Exits with 0 only if every value and every
//! fault is right, blocking and async.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "this is a command line"
)]

use std::fmt::Debug;
use std::process::ExitCode;

use castile::transport::{AsyncTransport, Reqwest, Transport, Ureq};
use castile::{DateTime, Error, Secret};
use castile_clients::collector::FaultCode;
use castile_clients::collector::information_service::{
    Account, CustomerKey, GetAccountsRequest, InformationService,
};
use castile_clients::collector::payment_service::{
    AddIntegrationIdRequest, ExtendDueDateRequest, PaymentService,
};

/// What these servers call their actions; the provider's own are not known.
const ACTIONS: &str = "{namespace}/I{service}/{operation}";

fn main() -> ExitCode {
    let mut arguments = std::env::args().skip(1);
    let (Some(payment), Some(information)) = (arguments.next(), arguments.next()) else {
        eprintln!("usage: interop PAYMENT_URL INFORMATION_URL");
        return ExitCode::from(2);
    };
    let accounts = std::env::var("N")
        .ok()
        .and_then(|n| n.parse().ok())
        .unwrap_or(4);
    let mut checks = Checks {
        accounts,
        ..Checks::default()
    };
    let result = blocking(&mut checks, &payment, &information)
        .and_then(|()| asynchronous(&mut checks, &payment, &information));
    if let Err(message) = result {
        checks.fail(&message);
    }
    println!("{} checks, {} failed", checks.made, checks.failed);
    if checks.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

#[derive(Default)]
struct Checks {
    accounts: usize,
    made: usize,
    failed: usize,
}

impl Checks {
    fn fail(&mut self, message: &str) {
        self.failed += 1;
        println!("FAILED {message}");
    }

    fn equal<T: PartialEq + Debug>(&mut self, what: &str, found: &T, expected: &T) {
        self.made += 1;
        if found != expected {
            self.fail(&format!("{what}: {found:?}, expected {expected:?}"));
        }
    }

    fn added<E: Debug>(
        &mut self,
        result: Result<castile_clients::collector::payment_service::AddIntegrationIdResponse, E>,
    ) {
        match result {
            Ok(response) => self.equal(
                "AddIntegrationId/CorrelationId",
                &response.correlation_id,
                &Some("dcda57a3".to_owned()),
            ),
            Err(error) => self.fail(&format!("AddIntegrationId: {error:?}")),
        }
    }

    fn extended<E: Debug>(
        &mut self,
        result: Result<castile_clients::collector::payment_service::ExtendDueDateResponse, E>,
    ) {
        match result {
            Ok(response) => {
                let id = Some("123".to_owned());
                self.equal("ExtendDueDate/CorrelationId", &response.correlation_id, &id);
                // gSOAP keeps time in UTC and says so; the others give no zone.
                let due = response.due_date.to_string();
                let known = ["2020-05-10T23:59:59", "2020-05-10T23:59:59Z"];
                self.equal(
                    "ExtendDueDate/DueDate is known",
                    &known.contains(&due.as_str()),
                    &true,
                );
                let exact: Result<DateTime, _> = due.parse();
                self.equal(
                    "ExtendDueDate/DueDate",
                    &exact.ok(),
                    &Some(response.due_date),
                );
            }
            Err(error) => self.fail(&format!("ExtendDueDate: {error:?}")),
        }
    }

    fn listed<E: Debug>(
        &mut self,
        result: Result<castile_clients::collector::information_service::GetAccountsResponse, E>,
    ) {
        let response = match result {
            Ok(response) => response,
            Err(error) => return self.fail(&format!("GetAccounts: {error:?}")),
        };
        self.equal(
            "GetAccounts/CorrelationId",
            &response.correlation_id,
            &Some("c-1".to_owned()),
        );
        let accounts = response.accounts.unwrap_or_default();
        self.equal(
            "GetAccounts/Accounts",
            &accounts.len(),
            &self.accounts.clone(),
        );
        let expected = expected_account();
        let all_equal = accounts.iter().all(|account| *account == expected);
        self.equal("GetAccounts: every account is right", &all_equal, &true);
        if let Some(first) = accounts.first() {
            self.equal("GetAccounts/Accounts/Account[1]", first, &expected);
            self.equal(
                "the scale of 230.00",
                &first.invoice_balance.to_string(),
                &"230.00".into(),
            );
        }
    }

    fn refused<T: Debug>(&mut self, what: &str, result: Result<T, Error<FaultCode>>) {
        match result {
            Err(Error::Fault(fault)) => {
                self.equal(what, &fault.code, &FaultCode::AuthorizationFailed);
                let reason = fault.reason.starts_with("Could not authorize the request");
                self.equal(&format!("{what}: reason"), &reason, &true);
                self.equal(&format!("{what}: status"), &fault.status, &500);
                // Every server names its detail in a way of its own; all have a `Code` of 42.
                let detail = fault.raw_detail.as_ref().map(|detail| {
                    let code = detail.children().find(|child| child.name().local == "Code");
                    code.is_some_and(|code| code.text() == "42")
                });
                self.equal(&format!("{what}: detail"), &detail, &Some(true));
                let shown = format!("{fault:?} {fault}");
                self.equal(
                    &format!("{what}: no secret"),
                    &shown.contains("WRONG-PASSWORD"),
                    &false,
                );
            }
            other => self.fail(&format!("{what}: {other:?}")),
        }
    }
}

fn expected_account() -> Account {
    Account {
        invoice_balance: "230.00".parse().unwrap_or_default(),
        invoice_status: "Activated".into(),
        invoice_type: "Direct Invoice Account".into(),
        latest_invoice_no: Some("73237549".into()),
        moved_to_payment_ref: None,
        notification_stopped: "false".into(),
        payment_reference: Some("100002695034855".into()),
    }
}

fn payment<T>(transport: T, url: &str, password: &str) -> PaymentService<T> {
    PaymentService::new(transport, ACTIONS)
        .at(url)
        .credentials("USERNAME", Secret::from(password))
}

fn information<T>(transport: T, url: &str, password: &str) -> InformationService<T> {
    InformationService::new(transport, ACTIONS)
        .at(url)
        .credentials("USERNAME", Secret::from(password))
}

fn add_integration_id() -> AddIntegrationIdRequest {
    AddIntegrationIdRequest {
        correlation_id: Some("dcda57a3".into()),
        integration_id: Some("ID_123456".into()),
        integration_id_description: Some("Integration ID description".into()),
        store_id: Some(1234),
        ..AddIntegrationIdRequest::new("SE", "195001182046")
    }
}

fn get_accounts() -> GetAccountsRequest {
    let key = CustomerKey::RegNo("195109212224".into());
    GetAccountsRequest {
        correlation_id: Some("c-1".into()),
        ..GetAccountsRequest::new("SE", key, 1234)
    }
}

fn extend_due_date() -> ExtendDueDateRequest {
    ExtendDueDateRequest::new("123", "SE", "4576392", 1234)
}

fn blocking(checks: &mut Checks, pay: &str, info: &str) -> Result<(), String> {
    let transport = Ureq::new();
    let transport: &dyn Transport = &transport;
    let service = payment(transport, pay, "PASSWORD");
    checks.added(service.add_integration_id(add_integration_id()).send());
    checks.extended(service.extend_due_date(extend_due_date()).send());
    let accounts = information(transport, info, "PASSWORD");
    checks.listed(accounts.get_accounts(get_accounts()).send());
    let service = payment(transport, pay, "WRONG-PASSWORD");
    let refused = service.add_integration_id(add_integration_id()).send();
    checks.refused("blocking AddIntegrationId", refused);
    checks.refused(
        "blocking ExtendDueDate",
        service.extend_due_date(extend_due_date()).send(),
    );
    let accounts = information(transport, info, "WRONG-PASSWORD");
    checks.refused(
        "blocking GetAccounts",
        accounts.get_accounts(get_accounts()).send(),
    );
    Ok(())
}

fn asynchronous(checks: &mut Checks, pay: &str, info: &str) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    runtime.block_on(async {
        let transport = Reqwest::new().map_err(|error| error.to_string())?;
        call_async(checks, &transport, pay, info).await;
        Ok(())
    })
}

async fn call_async<T: AsyncTransport + Sync>(
    checks: &mut Checks,
    transport: &T,
    pay: &str,
    info: &str,
) {
    let service = payment(transport, pay, "PASSWORD");
    checks.added(service.add_integration_id(add_integration_id()).await);
    checks.extended(service.extend_due_date(extend_due_date()).await);
    let accounts = information(transport, info, "PASSWORD");
    checks.listed(accounts.get_accounts(get_accounts()).await);
    let service = payment(transport, pay, "WRONG-PASSWORD");
    let refused = service.add_integration_id(add_integration_id()).await;
    checks.refused("async AddIntegrationId", refused);
    checks.refused(
        "async ExtendDueDate",
        service.extend_due_date(extend_due_date()).await,
    );
    let accounts = information(transport, info, "WRONG-PASSWORD");
    checks.refused(
        "async GetAccounts",
        accounts.get_accounts(get_accounts()).await,
    );
}

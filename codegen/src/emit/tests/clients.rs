use super::{check, items, lowered, parse_all, resolved, tree};
use crate::emit::{Options, example_tests};

const SOAP: &str = r#"+++
service = "PaymentService"
protocol = "soap-1.1"
namespace = "urn:pay"
action = "?"
action-candidates = ["{namespace}/IPaymentService/{operation}"]
auth = { username = "Username", password = "Password" }

[endpoint]
test = "https://test.example/pay"
production = { value = "https://example/pay", verified = false, from = "client" }

[operation.GetAccounts]
safe = true
+++

# PaymentService

Moves money.

## GetAccounts

Lists the accounts of a customer.

### Request `GetAccountsRequest`

| Field | In | Occurs | Nillable | Max | Type | From | Description |
|-------|----|--------|----------|-----|------|------|-------------|
| Username | header | 1 | | | string | page | Name. |
| Password | header | 1 | | | string | page | Word. |
| ClientIp | header | 0..1 | | | string | page | |
| CountryCode | body | 1 | | 2 | string | page | Country. |
| CustomerNo | body | 1 | true | 50 | string | page | Number. |
| RegNo | body | 1 | true | 12 | string | page | Registration. |

### Rules

- exactly one of `CustomerNo`, `RegNo` as `CustomerKey`

### Response `GetAccountsResponse`

| Field | Occurs | Nillable | Type | Item | From | Description |
|-------|--------|----------|------|------|------|-------------|
| Accounts | 1 | | Account[] | Account | page | The accounts. |
| Total | 1 | | decimal | | page | In all. |
| Sure | 1 | | int | | example | Seen. |

### Example response

```xml
<GetAccountsResponse xmlns="urn:pay"><Accounts><Account><Id>"1"</Id></Account></Accounts><Total>1.00</Total><Sure>1</Sure></GetAccountsResponse>
```

## Type `Account`

| Field | Occurs | Type | From | Description |
|-------|--------|------|------|-------------|
| Id | 1 | string | page | Id. |

## Faults `FaultCode`

| Code | Description |
|------|-------------|
| ACCOUNT_NOT_FOUND | No account. |
"#;

#[test]
fn a_soap_client_takes_credentials_and_unknown_actions() {
    let lowered = lowered(&resolved("pay.md", SOAP));
    let tree = tree(&lowered);
    parse_all(&tree);
    let paths: Vec<&str> = tree.iter().map(|(path, _)| path).collect();
    assert_eq!(
        paths,
        [
            "fault_code.rs",
            "mod.rs",
            "operations.rs",
            "types.rs",
            "wire.rs"
        ]
    );
    check(
        items(&tree, "mod.rs"),
        r#"
pub mod operations;
mod types;
mod wire;

use castile::{Actions, Call, Limits, Port, Secret};
use castile::wire::Name;

pub use fault_code::FaultCode;
pub use types::*;

/// The namespace of the names in this module.
const NAMESPACE: &str = "urn:pay";

/// Moves money.
#[derive(Clone, Debug)]
pub struct PaymentService<T>(Port<T>);

impl PaymentService<()> {
    /// The address for `test`.
    pub const TEST: &'static str = "https://test.example/pay";
    /// The address for `production`, unverified: no message to it has been seen.
    pub const PRODUCTION: &'static str = "https://example/pay";
    /// What the SOAP actions could be, likeliest first: nobody has seen them. The names in
    /// braces stand for those of the operation.
    pub const UNVERIFIED_ACTIONS: &'static [&'static str] = &[
        "{namespace}/IPaymentService/{operation}",
    ];
}

impl<T> PaymentService<T> {
    /// A client of [`PaymentService::TEST`]; [`PaymentService::UNVERIFIED_ACTIONS`] has what `actions` could be.
    pub fn new(transport: T, actions: impl Into<Actions>) -> Self {
        Self(Port::new(transport, PaymentService::TEST).actions(actions))
    }

    /// Another address.
    #[must_use]
    pub fn at(self, address: impl Into<String>) -> Self {
        Self(self.0.at(address))
    }

    /// Sends the header blocks `Username` and `Password` with every operation that declares them.
    #[must_use]
    pub fn credentials(
        self,
        username: impl Into<String>,
        password: impl Into<Secret>,
    ) -> Self {
        let username: String = username.into();
        let password: Secret = password.into();
        Self(
            self
                .0
                .header(Name::new(NAMESPACE, "Username"), &username)
                .header(Name::new(NAMESPACE, "Password"), &password),
        )
    }

    /// Sends the header block `ClientIp` with every operation that declares it.
    #[must_use]
    pub fn client_ip(self, client_ip: impl Into<String>) -> Self {
        let client_ip: String = client_ip.into();
        Self(self.0.header(Name::new(NAMESPACE, "ClientIp"), &client_ip))
    }

    /// How large an answer may be.
    #[must_use]
    pub fn limits(self, limits: Limits) -> Self {
        Self(self.0.limits(limits))
    }

    /// How long a call may take.
    #[must_use]
    pub fn timeout(self, timeout: std::time::Duration) -> Self {
        Self(self.0.timeout(timeout))
    }

    /// Sends requests without holding them against limits and rules first.
    #[must_use]
    pub fn unchecked(self) -> Self {
        Self(self.0.unchecked())
    }

    /// Changes anything else that goes for every call.
    #[must_use]
    pub fn with_port(self, change: impl FnOnce(Port<T>) -> Port<T>) -> Self {
        Self(change(self.0))
    }

    /// Lists the accounts of a customer.
    pub fn get_accounts(
        &self,
        request: GetAccountsRequest,
    ) -> Call<'_, T, operations::GetAccounts> {
        self.0.call(request)
    }
}
"#,
    );
    check(
        items(&tree, "operations.rs"),
        r#"
/// Marker of [`PaymentService::get_accounts`](super::PaymentService::get_accounts).
#[derive(Clone, Copy, Debug)]
pub struct GetAccounts;

impl Operation for GetAccounts {
    type Request = GetAccountsRequest;
    type Response = GetAccountsResponse;
    type Code = FaultCode;
    type Detail = NoDetail;
    const BINDING: &'static Binding = &Binding::soap11(
            "PaymentService",
            "GetAccounts",
            Action::Client,
        )
        .headers(
            &[
                Header::new(NAMESPACE, "Username"),
                Header::new(NAMESPACE, "Password"),
                Header::new(NAMESPACE, "ClientIp").optional(),
            ],
        )
        .request(&[Name::new(NAMESPACE, "GetAccountsRequest")])
        .response(&[Name::new(NAMESPACE, "GetAccountsResponse")])
        .safe();
}
"#,
    );
    check(
        items(&tree, "types.rs"),
        r#"
/// Type `Account`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Account {
    /// Id.
    pub id: Option<String>,
}

/// Exactly one of these.
#[derive(Clone, Debug, PartialEq)]
pub enum CustomerKey {
    /// Number.
    ///
    /// At most 50 characters.
    CustomerNo(String),
    /// Registration.
    ///
    /// At most 12 characters.
    RegNo(String),
}

/// Request of `GetAccounts`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetAccountsRequest {
    /// Country.
    ///
    /// At most 2 characters.
    pub country_code: String,
    /// Exactly one of `CustomerNo`, `RegNo`.
    pub customer_key: Option<CustomerKey>,
}

impl GetAccountsRequest {
    /// With all fields.
    pub fn new(country_code: impl Into<String>, customer_key: CustomerKey) -> Self {
        Self {
            country_code: country_code.into(),
            customer_key: Some(customer_key),
        }
    }
}

/// Response of `GetAccounts`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetAccountsResponse {
    /// The accounts.
    pub accounts: Vec<Account>,
    /// In all.
    pub total: Option<Decimal>,
    /// Seen.
    pub sure: i32,
}
"#,
    );
    check(
        items(&tree, "fault_code.rs"),
        r#"
/// The codes of faults. Services send codes that no page lists: those are `Other`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum FaultCode {
    /// No account.
    AccountNotFound,
    /// Any other text, as it came.
    Other(String),
}

impl FaultCode {
    /// The text on the wire.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::AccountNotFound => "ACCOUNT_NOT_FOUND",
            Self::Other(text) => text,
        }
    }
}

impl std::fmt::Display for FaultCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.as_str())
    }
}

impl castile::wire::FaultCode for FaultCode {
    fn from_code(text: &str) -> Self {
        match text {
            "ACCOUNT_NOT_FOUND" => Self::AccountNotFound,
            other => Self::Other(other.to_owned()),
        }
    }
    fn as_str(&self) -> &str {
        self.as_str()
    }
}
"#,
    );
    let wire = tree.get("wire.rs").unwrap();
    assert!(wire.contains(r#"choice(<CustomerKey as Choice>::BRANCHES).nil_others(),"#));
    assert!(wire.contains(r#"one("Accounts").claimed().wrapped("Account"),"#));
    assert!(wire.contains(r#"one("Total").claimed(),"#));
    assert!(wire.contains(r#"one("Sure"),"#));
    let tests = example_tests(&lowered.krate, &Options::default(), "clients::pay").unwrap();
    check(
        items_of(&tests),
        r##"
#[rustfmt::skip]
mod examples {
    #[test]
    fn get_accounts_response() {
        castile::wire::round_trip_response::<
            clients::pay::operations::GetAccounts,
        >(
            r#"<GetAccountsResponse xmlns="urn:pay"><Accounts><Account><Id>"1"</Id></Account></Accounts><Total>1.00</Total><Sure>1</Sure></GetAccountsResponse>
"#,
        );
    }
}
"##,
    );
}

fn items_of(text: &str) -> &str {
    &text[text.find("#[").unwrap()..]
}

#[test]
fn credentials_in_the_body_are_filled_in_and_errors_inside_are_found() {
    let text = r#"+++
service = "Parcels"
protocol = "soap-1.2"
namespace = "urn:p"
action = ""
credentials = "Authorization"

[endpoint]
production = "?"

[operation.register]
in-band = { path = "result/messages/Message", code = "code", reason = "description", severity = "severity", errors = ["ERROR", "FATAL"] }
once = true
+++

# Parcels

## register

### Request `register/RegisterRequest`

| Field | Occurs | Type | From | Description |
|-------|--------|------|------|-------------|
| authorization | 1 | Authorization | page | Who calls. |
| name | 1 | string | page | Name. |

### Response `registerResponse/return`

| Field | Occurs | Type | Item | From | Description |
|-------|--------|------|------|------|-------------|
| id | 0..1 | long | | page | Id. |
| result | 0..1 | Result | | page | How it went. |

## Type `Authorization`

| Field | Occurs | Type | Secret | From | Description |
|-------|--------|------|--------|------|-------------|
| login | 1 | string | | page | Login. |
| password | 1 | string | true | page | Password. |

## Type `Result`

| Field | Occurs | Type | Item | From | Description |
|-------|--------|------|------|------|-------------|
| messages | 0..1 | Message[] | Message | page | Messages. |

## Type `Message`

| Field | Occurs | Nillable | Type | Values | From | Description |
|-------|--------|----------|------|--------|------|-------------|
| code | 0..1 | | string | | page | Code. |
| description | 0..1 | true | string | | page | Text. |
| severity | 0..1 | | string | INFO; ERROR | page | Severity. |
"#;
    let lowered = lowered(&resolved("parcels.md", text));
    assert_eq!(lowered.diagnostics, []);
    let tree = tree(&lowered);
    parse_all(&tree);
    let module = tree.get("mod.rs").unwrap();
    check(
        &module[module.find("pub struct").unwrap()..],
        r#"
pub struct Parcels<T> {
    port: Port<T>,
    credentials: Option<Authorization>,
}

impl<T> Parcels<T> {
    /// A client of the service at `address`.
    pub fn new(transport: T, address: impl Into<String>) -> Self {
        Self {
            port: Port::new(transport, address),
            credentials: None,
        }
    }

    /// Another address.
    #[must_use]
    pub fn at(self, address: impl Into<String>) -> Self {
        Self {
            port: self.port.at(address),
            ..self
        }
    }

    /// Puts the credentials into every request that has none of its own.
    #[must_use]
    pub fn credentials(self, credentials: Authorization) -> Self {
        Self {
            credentials: Some(credentials),
            ..self
        }
    }

    /// How large an answer may be.
    #[must_use]
    pub fn limits(self, limits: Limits) -> Self {
        Self {
            port: self.port.limits(limits),
            ..self
        }
    }

    /// How long a call may take.
    #[must_use]
    pub fn timeout(self, timeout: std::time::Duration) -> Self {
        Self {
            port: self.port.timeout(timeout),
            ..self
        }
    }

    /// Sends requests without holding them against limits and rules first.
    #[must_use]
    pub fn unchecked(self) -> Self {
        Self {
            port: self.port.unchecked(),
            ..self
        }
    }

    /// Changes anything else that goes for every call.
    #[must_use]
    pub fn with_port(self, change: impl FnOnce(Port<T>) -> Port<T>) -> Self {
        Self {
            port: change(self.port),
            ..self
        }
    }

    /// Calls `register`.
    pub fn register(
        &self,
        mut request: RegisterRequest,
    ) -> Call<'_, T, operations::Register> {
        request.authorization = request
            .authorization
            .or_else(|| self.credentials.clone());
        self.port.call(request)
    }
}
"#,
    );
    check(
        items(&tree, "operations.rs"),
        r#"
/// Marker of [`Parcels::register`](super::Parcels::register).
#[derive(Clone, Copy, Debug)]
pub struct Register;

impl Operation for Register {
    type Request = RegisterRequest;
    type Response = RegisterResponse;
    type Code = Code;
    type Detail = RegisterResponse;
    const BINDING: &'static Binding = &Binding::soap12(
            "Parcels",
            "register",
            Action::Empty,
        )
        .request(
            &[Name::new(NAMESPACE, "register"), Name::new(NAMESPACE, "RegisterRequest")],
        )
        .response(
            &[Name::new(NAMESPACE, "registerResponse"), Name::new(NAMESPACE, "return")],
        )
        .once();
    fn rejection(response: &Self::Response) -> Option<Rejection> {
        response
            .result
            .iter()
            .flat_map(|value| value.messages.iter())
            .flatten()
            .find(|message| {
                message
                    .severity
                    .iter()
                    .any(|severity| {
                        matches!(severity.to_string().as_str(), "ERROR" | "FATAL")
                    })
            })
            .map(|message| Rejection {
                code: message.code.as_ref().map(ToString::to_string).unwrap_or_default(),
                reason: message
                    .description
                    .as_ref()
                    .map(ToString::to_string)
                    .unwrap_or_default(),
            })
    }
    fn detail_from_response(response: Self::Response) -> Option<Self::Detail> {
        Some(response)
    }
}
"#,
    );
    assert!(items(&tree, "wire.rs").contains("impl FaultDetail for RegisterResponse {"));
}

#[test]
fn json_errors_are_typed_by_status() {
    let text = r#"+++
service = "Connect"
protocol = "json"

[endpoint]
production = "https://example/v1"

[[http-header]]
name = "Authorization"
prefix = "Session "
argument = "type"
secret = true
required = true
from = "client"
description = "The session."

[[http-header]]
name = "X-Trace"
argument = "trace"
required = false
from = "client"

[operation.find]
method = "GET"
path = "/{id}/find"
safe = true
status.400 = { body = "Bad", code = "errors/code", reason = "errors/message", description = "Wrong." }
status.404 = { body = "Missing", code = "code", reason = "text", description = "Not there." }
+++

# Connect

## find

### Request `FindRequest`

| Field | In | Occurs | Type | From | Description |
|-------|----|--------|------|------|-------------|
| id | path | 1 | int | page | Id. |
| lang | query | 0..1 | string | page | Language. |

### Response `FindResponse`

| Field | Occurs | Type | From | Description |
|-------|--------|------|------|-------------|
| names | 0..n | string[] | page | Names. |

## Type `Bad`

| Field | Occurs | Type | From | Description |
|-------|--------|------|------|-------------|
| errors | 0..n | Cause[] | page | Causes. |

## Type `Cause`

| Field | Occurs | Type | From | Description |
|-------|--------|------|------|-------------|
| code | 1 | string | example | Code. |
| message | 1 | string | page | Message. |

## Type `Missing`

| Field | Occurs | Type | From | Description |
|-------|--------|------|------|-------------|
| code | 1 | string | example | Code. |
| text | 0..1 | string | page | Text. |
"#;
    let lowered = lowered(&resolved("connect.md", text));
    assert_eq!(lowered.diagnostics, []);
    let tree = tree(&lowered);
    parse_all(&tree);
    check(
        items(&tree, "mod.rs"),
        r#"
pub mod operations;
mod types;
mod wire;

use castile::{Call, Limits, Port, Secret};

pub use types::*;

/// Service `Connect`.
#[derive(Clone, Debug)]
pub struct Connect<T>(Port<T>);

impl Connect<()> {
    /// The address for `production`.
    pub const PRODUCTION: &'static str = "https://example/v1";
}

impl<T> Connect<T> {
    /// A client of [`Connect::PRODUCTION`].
    pub fn new(transport: T) -> Self {
        Self(Port::new(transport, Connect::PRODUCTION))
    }

    /// Another address.
    #[must_use]
    pub fn at(self, address: impl Into<String>) -> Self {
        Self(self.0.at(address))
    }

    /// The session.
    #[must_use]
    pub fn r#type(self, r#type: impl Into<Secret>) -> Self {
        let r#type: Secret = r#type.into();
        Self(self.0.http_secret("Authorization", "Session ", r#type))
    }

    /// Sends the HTTP header `X-Trace` with every call.
    #[must_use]
    pub fn trace(self, trace: impl Into<String>) -> Self {
        let trace: String = trace.into();
        Self(self.0.http_header("X-Trace", &trace))
    }

    /// How large an answer may be.
    #[must_use]
    pub fn limits(self, limits: Limits) -> Self {
        Self(self.0.limits(limits))
    }

    /// How long a call may take.
    #[must_use]
    pub fn timeout(self, timeout: std::time::Duration) -> Self {
        Self(self.0.timeout(timeout))
    }

    /// Sends requests without holding them against limits and rules first.
    #[must_use]
    pub fn unchecked(self) -> Self {
        Self(self.0.unchecked())
    }

    /// Changes anything else that goes for every call.
    #[must_use]
    pub fn with_port(self, change: impl FnOnce(Port<T>) -> Port<T>) -> Self {
        Self(change(self.0))
    }

    /// Calls `find`.
    pub fn find(&self, request: FindRequest) -> Call<'_, T, operations::Find> {
        self.0.call(request)
    }
}
"#,
    );
    check(
        items(&tree, "operations.rs"),
        r#"
/// Marker of [`Connect::find`](super::Connect::find).
#[derive(Clone, Copy, Debug)]
pub struct Find;

impl Operation for Find {
    type Request = FindRequest;
    type Response = FindResponse;
    type Code = Code;
    type Detail = FindError;
    const BINDING: &'static Binding = &Binding::json(
            "Connect",
            "find",
            Method::Get,
            "/{id}/find",
        )
        .http_headers(&["Authorization"])
        .statuses(&[Status::new(400, 0), Status::new(404, 1)])
        .safe();
}
"#,
    );
    let wire = tree.get("wire.rs").unwrap();
    let start = wire.find("impl FaultDetail for FindError").unwrap();
    let end = start + wire[start..].find("\n}\n").unwrap();
    check(
        &wire[start..end],
        r#"
impl FaultDetail for FindError {
    const BRANCHES: &'static [Field] = &[one("Bad"), one("Missing")];
    fn read(branch: usize, value: Branch<'_, '_>) -> Result<Self, ReadError> {
        match branch {
            0 => value.read().map(Self::Bad),
            _ => value.read().map(Self::Missing),
        }
    }
    fn rejection(&self) -> Option<Rejection> {
        match self {
            Self::Bad(body) => {
                body.errors
                    .iter()
                    .map(|value| &value.code)
                    .next()
                    .map(ToString::to_string)
                    .map(|code| Rejection {
                        code,
                        reason: body
                            .errors
                            .iter()
                            .flat_map(|value| value.message.iter())
                            .next()
                            .map(ToString::to_string)
                            .unwrap_or_default(),
                    })
            }
            Self::Missing(body) => {
                Some(Rejection {
                    code: body.code.to_string(),
                    reason: body
                        .text
                        .as_ref()
                        .map(ToString::to_string)
                        .unwrap_or_default(),
                })
            }
        }
    }
"#,
    );
}

const FAULTS: &str = r#"<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" xmlns:w="urn:w" targetNamespace="urn:w">
<wsdl:types><xs:schema targetNamespace="urn:t" elementFormDefault="qualified">
<xs:element name="Get"><xs:complexType><xs:sequence><xs:element name="number" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
<xs:element name="GetResponse"><xs:complexType><xs:sequence><xs:element name="GetResult" type="t:Get" minOccurs="0"/></xs:sequence></xs:complexType></xs:element>
<xs:complexType name="Get"><xs:sequence><xs:element name="total" type="xs:decimal"/></xs:sequence></xs:complexType>
<xs:element name="NotFound"><xs:complexType><xs:sequence><xs:element name="number" type="xs:string"/></xs:sequence></xs:complexType></xs:element>
<xs:element name="Busy" type="xs:int"/>
<xs:element name="Session" type="t:Session"/>
<xs:complexType name="Session"><xs:sequence><xs:element name="id" type="xs:string"/></xs:sequence></xs:complexType>
</xs:schema></wsdl:types>
<wsdl:message name="in"><wsdl:part name="p" element="t:Get"/></wsdl:message>
<wsdl:message name="out"><wsdl:part name="p" element="t:GetResponse"/></wsdl:message>
<wsdl:message name="h"><wsdl:part name="s" element="t:Session"/></wsdl:message>
<wsdl:message name="f1"><wsdl:part name="p" element="t:NotFound"/></wsdl:message>
<wsdl:message name="f2"><wsdl:part name="p" element="t:Busy"/></wsdl:message>
<wsdl:message name="none"/>
<wsdl:portType name="Billing">
<wsdl:operation name="Get"><wsdl:input message="w:in"/><wsdl:output message="w:out"/><wsdl:fault name="a" message="w:f1"/><wsdl:fault name="b" message="w:f2"/></wsdl:operation>
<wsdl:operation name="new"><wsdl:input message="w:none"/></wsdl:operation>
<wsdl:operation name="type"><wsdl:input message="w:none"/><wsdl:output message="w:none"/></wsdl:operation>
</wsdl:portType>
<wsdl:binding name="B" type="w:Billing"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/>
<wsdl:operation name="Get"><soap:operation soapAction="urn:t/Get"/><wsdl:input><soap:header message="w:h" part="s" use="literal"/><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation>
<wsdl:operation name="new"><soap:operation soapAction=""/><wsdl:input><soap:body use="literal"/></wsdl:input></wsdl:operation>
<wsdl:operation name="type"><soap:operation soapAction=""/><wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation>
</wsdl:binding>
<wsdl:service name="Billing"><wsdl:port name="BillingSoap" binding="w:B"><soap:address location="https://billing.example/"/></wsdl:port></wsdl:service>
</wsdl:definitions>"#;

#[test]
fn declared_faults_are_an_enum_and_names_stay_apart() {
    let lowered = lowered(&resolved("billing.wsdl", FAULTS));
    let tree = tree(&lowered);
    parse_all(&tree);
    let paths: Vec<&str> = tree.iter().map(|(path, _)| path).collect();
    check(
        &paths.join("\n"),
        r#"
billing/mod.rs
billing/operations.rs
billing/types.rs
billing/wire.rs
mod.rs
t/mod.rs
t/types.rs
t/wire.rs
"#,
    );
    check(
        tree.get("mod.rs").unwrap(),
        r#"
// @generated by `castile generate` from test. Do not edit.

//! One module per namespace.

pub mod billing;
pub mod t;
"#,
    );
    check(
        tree.get("billing/mod.rs").unwrap(),
        r#"
// @generated by `castile generate` from test. Do not edit.

//! Service `Billing`.

pub mod operations;
mod types;
mod wire;

use castile::{Call, Limits, Port};
use castile::wire::Name;
use super::t::{GetElement, Session};

pub use types::*;

/// Service `Billing`.
#[derive(Clone, Debug)]
pub struct Billing<T>(Port<T>);

impl Billing<()> {
    /// The address.
    pub const ADDRESS: &'static str = "https://billing.example/";
}

impl<T> Billing<T> {
    /// A client of [`Billing::ADDRESS`].
    pub fn new(transport: T) -> Self {
        Self(Port::new(transport, Billing::ADDRESS))
    }

    /// Another address.
    #[must_use]
    pub fn at(self, address: impl Into<String>) -> Self {
        Self(self.0.at(address))
    }

    /// Sends the header block `Session` with every operation that declares it.
    #[must_use]
    pub fn session(self, session: Session) -> Self {
        Self(self.0.header(Name::new("urn:t", "Session"), &session))
    }

    /// How large an answer may be.
    #[must_use]
    pub fn limits(self, limits: Limits) -> Self {
        Self(self.0.limits(limits))
    }

    /// How long a call may take.
    #[must_use]
    pub fn timeout(self, timeout: std::time::Duration) -> Self {
        Self(self.0.timeout(timeout))
    }

    /// Sends requests without holding them against limits and rules first.
    #[must_use]
    pub fn unchecked(self) -> Self {
        Self(self.0.unchecked())
    }

    /// Changes anything else that goes for every call.
    #[must_use]
    pub fn with_port(self, change: impl FnOnce(Port<T>) -> Port<T>) -> Self {
        Self(change(self.0))
    }

    /// Calls `Get`.
    pub fn get(&self, request: GetElement) -> Call<'_, T, operations::Get> {
        self.0.call(request)
    }

    /// Calls `new`.
    pub fn new_operation(&self) -> Call<'_, T, operations::New> {
        self.0.call(())
    }

    /// Calls `type`.
    pub fn r#type(&self) -> Call<'_, T, operations::Type> {
        self.0.call(())
    }
}
"#,
    );
    check(
        tree.get("billing/operations.rs").unwrap(),
        r#"
// @generated by `castile generate` from test. Do not edit.

//! How the operations are bound to the wire: a marker type each.

use castile::{Code, NoDetail};
use castile::wire::{Action, Binding, Header, Name, Operation};
use super::GetFault;
use super::super::t::{GetElement, GetResponse};

/// Marker of [`Billing::get`](super::Billing::get).
#[derive(Clone, Copy, Debug)]
pub struct Get;

impl Operation for Get {
    type Request = GetElement;
    type Response = GetResponse;
    type Code = Code;
    type Detail = GetFault;
    const BINDING: &'static Binding = &Binding::soap11(
            "Billing",
            "Get",
            Action::Fixed("urn:t/Get"),
        )
        .headers(&[Header::new("urn:t", "Session").optional()])
        .request(&[Name::new("urn:t", "Get")])
        .response(&[Name::new("urn:t", "GetResponse")]);
}

/// Marker of [`Billing::new_operation`](super::Billing::new_operation).
#[derive(Clone, Copy, Debug)]
pub struct New;

impl Operation for New {
    type Request = ();
    type Response = ();
    type Code = Code;
    type Detail = NoDetail;
    const BINDING: &'static Binding = &Binding::soap11("Billing", "new", Action::Empty)
        .one_way();
}

/// Marker of `Billing::type`.
#[derive(Clone, Copy, Debug)]
pub struct Type;

impl Operation for Type {
    type Request = ();
    type Response = ();
    type Code = Code;
    type Detail = NoDetail;
    const BINDING: &'static Binding = &Binding::soap11("Billing", "type", Action::Empty);
}
"#,
    );
    check(
        tree.get("billing/types.rs").unwrap(),
        r#"
// @generated by `castile generate` from test. Do not edit.

//! Requests, responses and what they are made of.

#![allow(clippy::large_enum_variant)]

use super::super::t::NotFound;

/// What a fault of `Get` may say in its detail.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum GetFault {
    /// `NotFound`
    NotFound(NotFound),
    /// `Busy`
    Busy(i32),
}
"#,
    );
    check(
        tree.get("billing/wire.rs").unwrap(),
        r#"
// @generated by `castile generate` from test. Do not edit.

//! How the types are read and written.

use castile::ReadError;
use castile::wire::{Branch, FaultDetail, Field, one};
use super::types::GetFault;

impl FaultDetail for GetFault {
    const BRANCHES: &'static [Field] = &[
        one("NotFound").in_namespace("urn:t"),
        one("Busy").in_namespace("urn:t"),
    ];
    fn read(branch: usize, value: Branch<'_, '_>) -> Result<Self, ReadError> {
        match branch {
            0 => value.read().map(Self::NotFound),
            _ => value.read().map(Self::Busy),
        }
    }
}
"#,
    );
    check(
        items(&tree, "t/types.rs"),
        r#"
/// Type `Get`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Get {
    /// `total`
    pub total: Decimal,
}

/// Request of `Get`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetElement {
    /// `number`
    pub number: String,
}

impl GetElement {
    /// With all fields.
    pub fn new(number: impl Into<String>) -> Self {
        Self { number: number.into() }
    }
}

/// Response of `Get`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GetResponse {
    /// `GetResult`
    pub get_result: Option<Get>,
}

/// Element `NotFound`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct NotFound {
    /// `number`
    pub number: String,
}

/// Type `Session`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Session {
    /// `id`
    pub id: String,
}

impl Session {
    /// With all fields.
    pub fn new(id: impl Into<String>) -> Self {
        Self { id: id.into() }
    }
}
"#,
    );
}

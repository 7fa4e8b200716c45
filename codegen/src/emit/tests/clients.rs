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
        include_str!("expected/a_soap_client_takes_credentials_and_unknown_actions.mod.txt"),
    );
    check(
        items(&tree, "operations.rs"),
        include_str!("expected/a_soap_client_takes_credentials_and_unknown_actions.operations.txt"),
    );
    check(
        items(&tree, "types.rs"),
        include_str!("expected/a_soap_client_takes_credentials_and_unknown_actions.types.txt"),
    );
    check(
        items(&tree, "fault_code.rs"),
        include_str!("expected/a_soap_client_takes_credentials_and_unknown_actions.fault_code.txt"),
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
        include_str!(
            "expected/credentials_in_the_body_are_filled_in_and_errors_inside_are_found.mod.txt"
        ),
    );
    check(
        items(&tree, "operations.rs"),
        include_str!(
            "expected/credentials_in_the_body_are_filled_in_and_errors_inside_are_found.operations.txt"
        ),
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
        include_str!("expected/json_errors_are_typed_by_status.mod.txt"),
    );
    check(
        items(&tree, "operations.rs"),
        include_str!("expected/json_errors_are_typed_by_status.operations.txt"),
    );
    let wire = tree.get("wire.rs").unwrap();
    let start = wire.find("impl FaultDetail for FindError").unwrap();
    let end = start + wire[start..].find("\n}\n").unwrap();
    check(
        &wire[start..end],
        include_str!("expected/json_errors_are_typed_by_status.text.txt"),
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
        include_str!("expected/declared_faults_are_an_enum_and_names_stay_apart.billing_mod.txt"),
    );
    check(
        tree.get("billing/operations.rs").unwrap(),
        include_str!(
            "expected/declared_faults_are_an_enum_and_names_stay_apart.billing_operations.txt"
        ),
    );
    check(
        tree.get("billing/types.rs").unwrap(),
        include_str!("expected/declared_faults_are_an_enum_and_names_stay_apart.billing_types.txt"),
    );
    check(
        tree.get("billing/wire.rs").unwrap(),
        include_str!("expected/declared_faults_are_an_enum_and_names_stay_apart.billing_wire.txt"),
    );
    check(
        items(&tree, "t/types.rs"),
        include_str!("expected/declared_faults_are_an_enum_and_names_stay_apart.t_types.txt"),
    );
}

//! NetSuite SuiteTalk: a customer read and written, and a refusal, in the words of NetSuite; the
//! company is invented.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

use castile::Error;
use castile::transport::Mock;
use netsuite::core_platform::{
    AnyBaseRef, AnyCustomFieldRef, AnyRecord, AnyRecordRef, RecordRef, StringCustomFieldRef,
    TokenPassport, TokenPassportSignature,
};
use netsuite::messages::{AddRequest, GetRequest};
use netsuite::net_suite_service::{GetFault, NetSuiteService};
use netsuite::relationships::Customer;
use netsuite::types_core::RecordType;
use netsuite::types_faults::FaultCodeType;

const XML: &str = "text/xml; charset=utf-8";

fn service(mock: &Mock) -> NetSuiteService<Mock> {
    NetSuiteService::new(mock.clone()).token_passport(TokenPassport::new(
        "1234567_SB1",
        "consumer",
        "token",
        "n0nce",
        1_763_757_569,
        TokenPassportSignature::new("HMAC-SHA256", "c2lnbmVk"),
    ))
}

fn customer() -> GetRequest {
    GetRequest::new(AnyBaseRef::RecordRef(Box::new(RecordRef {
        internal_id: Some("42".to_owned()),
        r#type: Some(RecordType::Customer),
        ..RecordRef::default()
    })))
}

fn body(mock: &Mock) -> String {
    let requests = mock.requests();
    String::from_utf8(requests.last().unwrap().body().to_vec()).unwrap()
}

/// What every request begins and ends with.
const HEAD: &str = r#"<soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xmlns:ns="urn:messages_2023_2.platform.webservices.netsuite.com" xmlns:ns2="urn:core_2023_2.platform.webservices.netsuite.com"><soap:Header><ns:tokenPassport><ns2:account>1234567_SB1</ns2:account><ns2:consumerKey>consumer</ns2:consumerKey><ns2:token>token</ns2:token><ns2:nonce>n0nce</ns2:nonce><ns2:timestamp>1763757569</ns2:timestamp><ns2:signature algorithm="HMAC-SHA256">c2lnbmVk</ns2:signature></ns:tokenPassport></soap:Header><soap:Body>"#;
const TAIL: &str = "</soap:Body></soap:Envelope>";

const GET: &str =
    r#"<ns:get><ns:baseRef xsi:type="ns2:RecordRef" internalId="42" type="customer"/></ns:get>"#;

const RECORD: &str = r#"xmlns:ns3="urn:relationships_2023_2.lists.webservices.netsuite.com""#;

const ADD: &str = r#"<ns:add><ns:record xsi:type="ns3:Customer"><ns3:companyName>Analytical Engines Ltd &amp; Co</ns3:companyName><ns3:customFieldList><ns2:customField xsi:type="ns2:StringCustomFieldRef" scriptId="custentity_tier"><ns2:value>gold</ns2:value></ns2:customField></ns3:customFieldList></ns:record></ns:add>"#;

const FOUND: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
  <soapenv:Header>
    <platformMsgs:documentInfo xmlns:platformMsgs="urn:messages_2023_2.platform.webservices.netsuite.com">
      <platformMsgs:nsId>WEBSERVICES_1234567_SB1_112120261</platformMsgs:nsId>
    </platformMsgs:documentInfo>
  </soapenv:Header>
  <soapenv:Body>
    <getResponse xmlns="urn:messages_2023_2.platform.webservices.netsuite.com">
      <readResponse>
        <platformCore:status isSuccess="true" xmlns:platformCore="urn:core_2023_2.platform.webservices.netsuite.com"/>
        <record internalId="42" externalId="K-7" xsi:type="listRel:Customer" xmlns:listRel="urn:relationships_2023_2.lists.webservices.netsuite.com">
          <listRel:entityId>Analytical Engines</listRel:entityId>
          <listRel:isPerson>false</listRel:isPerson>
          <listRel:companyName>Analytical Engines Ltd &amp; Co</listRel:companyName>
          <listRel:entityStatus internalId="13"><platformCore:name xmlns:platformCore="urn:core_2023_2.platform.webservices.netsuite.com">CUSTOMER-Closed Won</platformCore:name></listRel:entityStatus>
          <listRel:dateCreated>2026-11-21T12:39:29.000-08:00</listRel:dateCreated>
          <listRel:balance>12.5</listRel:balance>
          <listRel:customFieldList>
            <platformCore:customField internalId="77" scriptId="custentity_tier" xsi:type="platformCore:StringCustomFieldRef" xmlns:platformCore="urn:core_2023_2.platform.webservices.netsuite.com"><platformCore:value>gold</platformCore:value></platformCore:customField>
          </listRel:customFieldList>
        </record>
      </readResponse>
    </getResponse>
  </soapenv:Body>
</soapenv:Envelope>"#;

#[test]
fn a_record_comes_back_as_the_type_that_it_says() {
    let mock = Mock::new().answer(200, XML, FOUND);
    let answer = service(&mock)
        .get(customer())
        .with_headers()
        .send()
        .unwrap();
    assert_eq!(
        answer.headers.document_info.unwrap().ns_id,
        "WEBSERVICES_1234567_SB1_112120261"
    );
    assert_eq!(answer.response.status.is_success, Some(true));
    let Some(AnyRecord::Customer(customer)) = answer.response.record else {
        panic!("{:?}", answer.response.record)
    };
    assert_eq!(customer.internal_id.as_deref(), Some("42"));
    assert_eq!(
        customer.company_name.as_deref(),
        Some("Analytical Engines Ltd & Co")
    );
    assert_eq!(customer.balance, Some(12.5));
    assert_eq!(
        customer.date_created.as_ref().unwrap().to_string(),
        "2026-11-21T12:39:29.000-08:00"
    );
    let Some(AnyRecordRef::RecordRef(status)) = &customer.entity_status else {
        panic!("{:?}", customer.entity_status)
    };
    assert_eq!(status.name.as_deref(), Some("CUSTOMER-Closed Won"));
    let custom = customer.custom_field_list.as_ref().unwrap();
    let [AnyCustomFieldRef::StringCustomFieldRef(tier)] = custom.as_slice() else {
        panic!("{custom:?}")
    };
    assert_eq!(tier.script_id.as_deref(), Some("custentity_tier"));
    assert_eq!(tier.value, "gold");

    assert_eq!(mock.requests()[0].headers()["SOAPAction"], "\"get\"");
    assert_eq!(body(&mock), format!("{HEAD}{GET}{TAIL}"));
}

#[test]
fn a_record_goes_out_as_its_type() {
    let mock = Mock::new();
    let mut tier = StringCustomFieldRef::new("gold");
    tier.script_id = Some("custentity_tier".to_owned());
    let customer = Customer {
        company_name: Some("Analytical Engines Ltd & Co".to_owned()),
        custom_field_list: Some(vec![AnyCustomFieldRef::StringCustomFieldRef(Box::new(
            tier,
        ))]),
        ..Customer::default()
    };
    let request = AddRequest::new(AnyRecord::Customer(Box::new(customer)));
    service(&mock).add(request).send().unwrap_err();
    // The namespace of the record's type is declared where the others are.
    let head = HEAD.replace("><soap:Header>", &format!(" {RECORD}><soap:Header>"));
    assert_eq!(body(&mock), format!("{head}{ADD}{TAIL}"));
}

#[test]
fn refusals_are_typed() {
    let fault = r#"<?xml version="1.0" encoding="UTF-8"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:xsd="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"><soapenv:Body><soapenv:Fault><faultcode>soapenv:Server.userException</faultcode><faultstring>You have entered an invalid email address or password. Please try again.</faultstring><detail><platformFaults:invalidCredentialsFault xmlns:platformFaults="urn:faults_2023_2.platform.webservices.netsuite.com"><platformFaults:code>INVALID_LOGIN_CREDENTIALS</platformFaults:code><platformFaults:message>You have entered an invalid email address or password. Please try again.</platformFaults:message></platformFaults:invalidCredentialsFault><ns1:hostname xmlns:ns1="http://xml.apache.org/axis/">partners-java10010</ns1:hostname></detail></soapenv:Fault></soapenv:Body></soapenv:Envelope>"#;
    let mock = Mock::new().answer(500, XML, fault);
    let error = service(&mock).get(customer()).send().unwrap_err();
    let Error::Fault(fault) = &error else {
        panic!("{error:?}")
    };
    assert_eq!(fault.code_name, "soapenv:Server.userException");
    assert_eq!(fault.code.to_string(), "userException");
    let Some(GetFault::InvalidCredentialsFault(detail)) = &fault.detail else {
        panic!("{fault:?}")
    };
    assert_eq!(detail.code, FaultCodeType::InvalidLoginCredentials);
    assert_eq!(
        detail.message,
        "You have entered an invalid email address or password. Please try again."
    );
}

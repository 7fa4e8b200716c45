//! Header blocks of single calls, of responses, and of faults.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use castile::transport::Mock;
use castile::{Error, RequestErrorKind};
use castile_cases::headers::{Ask, AskFault, AskResponse, Desk, Expired, Served, Session};

const ANSWER: &str = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' \
    xmlns:d='urn:example:headers'><s:Header><d:Served s:mustUnderstand='1'><d:By>ada</d:By>\
    </d:Served></s:Header><s:Body><d:AskResponse><d:Answer>so</d:Answer></d:AskResponse></s:Body>\
    </s:Envelope>";

fn answering(body: &str) -> Mock {
    Mock::new().answer(200, "text/xml", body.to_owned())
}

fn sent(mock: &Mock) -> String {
    let requests = mock.requests();
    String::from_utf8(requests.last().unwrap().body().to_vec()).unwrap()
}

#[test]
fn a_block_of_a_call_goes_before_that_of_the_client() {
    let mock = answering(ANSWER);
    let desk = Desk::new(&mock).session(Session::new(1)).tenant("acme");
    let call = desk.ask(Ask::new("why?"));
    call.header(Desk::SESSION, Session::new(2))
        .header(Desk::TRACE, "t-1")
        .send()
        .unwrap();
    assert_eq!(
        sent(&mock),
        "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xmlns:ns=\"urn:example:headers\" \
         xmlns:ns2=\"urn:example:trace\"><soap:Header><ns:Tenant>acme</ns:Tenant><ns:Session><ns:Id>2</ns:Id></ns:Session>\
         <ns2:trace>t-1</ns2:trace></soap:Header>\
         <soap:Body><ns:Ask><ns:Question>why?</ns:Question></ns:Ask></soap:Body></soap:Envelope>"
    );
    desk.ask(Ask::new("again?")).send().unwrap_err();
    assert!(sent(&mock).contains("<ns:Id>1</ns:Id>"), "{}", sent(&mock));
}

#[test]
fn a_required_block_must_be_set_and_an_undeclared_one_must_not() {
    let mock = Mock::new();
    let desk = Desk::new(&mock);
    let refused = |error| match error {
        Error::Request(error) => error,
        other => panic!("{other:?}"),
    };
    let error = refused(desk.ask(Ask::new("why?")).send().unwrap_err());
    assert_eq!(
        *error.kind(),
        RequestErrorKind::MissingHeader("Session".to_owned())
    );
    let other = castile::HeaderBlock::<String>::new("urn:example:headers", "Other");
    let call = desk.ask(Ask::new("why?")).header(other, "x");
    let error = refused(call.send().unwrap_err());
    assert_eq!(
        error.to_string(),
        "Ask was not sent: the operation declares no header block Other"
    );
    assert!(mock.requests().is_empty());
}

#[test]
fn blocks_of_a_response_are_read_and_understood() {
    let mock = answering(ANSWER);
    let desk = Desk::new(&mock).session(Session::new(1));
    let answer = desk.ask(Ask::new("why?")).with_headers().send().unwrap();
    assert_eq!(
        answer.response,
        AskResponse {
            answer: "so".into()
        }
    );
    assert_eq!(answer.headers.served, Some(Served { by: "ada".into() }));
    assert_eq!(answer.headers.cost, None);
    let mock = answering(ANSWER);
    let desk = Desk::new(&mock).session(Session::new(1));
    assert_eq!(desk.ask(Ask::new("why?")).send().unwrap().answer, "so");
}

#[test]
fn a_block_that_is_not_as_declared_is_an_error_with_its_path() {
    let cost = "<d:cost>much</d:cost></s:Header>";
    let mock = answering(&ANSWER.replace("</s:Header>", cost));
    let desk = Desk::new(&mock).session(Session::new(1));
    let error = desk
        .ask(Ask::new("why?"))
        .with_headers()
        .send()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "the answer (HTTP status 200) cannot be used: /Header/cost: `much` is not a decimal (line 1, \
         column 171)"
    );
}

#[test]
fn a_header_fault_is_the_detail() {
    let fault = "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' \
        xmlns:d='urn:example:headers'><s:Header><d:Expired><d:Since>2024-02-29</d:Since></d:Expired>\
        </s:Header><s:Body><s:Fault><faultcode>s:Client</faultcode><faultstring>log in</faultstring>\
        </s:Fault></s:Body></s:Envelope>";
    let mock = Mock::new().answer(500, "text/xml", fault.to_owned());
    let desk = Desk::new(&mock).session(Session::new(1));
    let Err(Error::Fault(fault)) = desk.ask(Ask::new("why?")).send() else {
        panic!("no fault")
    };
    let since = "2024-02-29".parse().unwrap();
    assert_eq!(fault.detail, Some(AskFault::Expired(Expired { since })));
    assert_eq!(fault.raw_detail, None);
}

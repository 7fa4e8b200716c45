//! Operations that share a name, ports of one service, messages that a service sends.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use castile::transport::Mock;
use castile::{Blame, Error, receive, refuse, respond};
use castile_cases::{overloads, service_sent, several_ports};
use http::Request;

const SOAP_11: &str = "http://schemas.xmlsoap.org/soap/envelope/";
const SOAP_12: &str = "http://www.w3.org/2003/05/soap-envelope";

fn envelope(soap: &str, body: &str) -> String {
    format!("<s:Envelope xmlns:s='{soap}'><s:Body>{body}</s:Body></s:Envelope>")
}

#[test]
fn overloads_have_methods_of_their_own_and_typed_faults() {
    let found =
        "<d:findResponse xmlns:d='urn:example:overloads'><found>true</found></d:findResponse>";
    let fault = "<s:Fault><faultcode>s:Server</faultcode><faultstring>no</faultstring><detail>\
        <problem xmlns:d='urn:example:overloads'><d:Why>late</d:Why></problem>\
        <d:Closed xmlns:d='urn:example:overloads'><d:Until>2024-05-01</d:Until></d:Closed>\
        </detail></s:Fault>";
    let mock = Mock::new()
        .answer(200, "text/xml", envelope(SOAP_11, found))
        .answer(500, "text/xml", envelope(SOAP_11, fault));
    let desk = overloads::Desk::new(&mock);
    let request = overloads::FindWithNameAndCity::new("ada", "york");
    assert!(desk.find_with_name_and_city(request).send().unwrap().found);
    let Err(Error::Fault(fault)) = desk.find_with_id(overloads::FindWithId::new(7)).send() else {
        panic!("no fault")
    };
    let problem = overloads::Problem { why: "late".into() };
    assert_eq!(
        fault.detail,
        Some(overloads::FindWithIdFault::Problem(problem))
    );
    let until = "2024-05-01".parse().unwrap();
    let closed = overloads::FindWithIdFault::Closed(overloads::Closed { until });
    assert_eq!(fault.further_details, [closed]);
}

#[test]
fn a_client_may_speak_the_other_version_of_soap() {
    let answer = "<d:Answer xmlns:d='urn:example:several-ports'><d:Text>so</d:Text></d:Answer>";
    let mock = Mock::new()
        .answer(200, "text/xml", envelope(SOAP_11, answer))
        .answer(200, "application/soap+xml", envelope(SOAP_12, answer));
    let desk = several_ports::Desk::new(&mock);
    let ask = several_ports::Ask::new("why?");
    assert_eq!(desk.ask(ask.clone()).send().unwrap().text, "so");
    assert_eq!(desk.soap_12().ask(ask).send().unwrap().text, "so");
    let requests = mock.requests();
    let shown: Vec<_> = requests
        .iter()
        .map(|request| {
            let media = request.headers()["content-type"].to_str().unwrap();
            (request.uri().to_string(), media.to_owned())
        })
        .collect();
    let shown: Vec<(&str, &str)> = shown.iter().map(|(a, b)| (&**a, &**b)).collect();
    assert_eq!(
        shown,
        [
            ("http://desk.example/soap", "text/xml; charset=utf-8"),
            (
                "https://desk.example/soap12",
                "application/soap+xml; charset=utf-8; action=\"urn:example:Ask\""
            ),
        ]
    );
    let body = String::from_utf8(requests[1].body().to_vec()).unwrap();
    assert!(body.contains(SOAP_12), "{body}");
    assert_eq!(
        several_ports::Desk::DESK_SOAP_SECURE_ADDRESS,
        "https://desk.example/soap"
    );
}

#[test]
fn messages_of_the_service_are_read_and_answered() {
    let ask = "<d:Ask xmlns:d='urn:example:service-sent'><d:Question>up?</d:Question></d:Ask>";
    let request = |body: &str| Request::new(envelope(SOAP_11, body).into());
    let probe = receive::<service_sent::operations::Probe>(request(ask)).unwrap();
    assert_eq!(probe.question, "up?");
    let answer = service_sent::Answer { text: "yes".into() };
    let response = respond::<service_sent::operations::Probe>(&answer).unwrap();
    assert_eq!(response.status(), 200);
    assert_eq!(
        response.headers()["content-type"],
        "text/xml; charset=utf-8"
    );
    assert_eq!(
        response.body(),
        "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
         xmlns:ns=\"urn:example:service-sent\"><soap:Body><ns:Answer><ns:Text>yes</ns:Text>\
         </ns:Answer></soap:Body></soap:Envelope>"
    );
    let error = receive::<service_sent::operations::Tell>(request(ask)).unwrap_err();
    assert!(error.to_string().contains("Answer"), "{error}");
    let response = respond::<service_sent::operations::Tell>(&()).unwrap();
    assert_eq!(
        (response.status().as_u16(), response.body().len()),
        (202, 0)
    );
    let response = refuse::<service_sent::operations::Tell>(Blame::Sender, "not \u{1} <mine>");
    assert_eq!(response.status(), 500);
    assert_eq!(
        response.body(),
        "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><soap:Body><soap:Fault>\
         <faultcode>soap:Client</faultcode><faultstring>not \u{fffd} &lt;mine&gt;</faultstring>\
         </soap:Fault></soap:Body></soap:Envelope>"
    );
}

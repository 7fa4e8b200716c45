//! Faults of both versions, with their codes, reasons and details.

use super::*;

#[test]
fn a_fault_comes_with_any_status() {
    for status in [200, 400, 401, 404, 500, 503] {
        let fault = fault(status, &simple_fault("s:NOT_FOUND"));
        assert_eq!(fault.code, "NOT_FOUND");
        assert_eq!(fault.code_name, "s:NOT_FOUND");
        assert_eq!(fault.reason, "no");
        assert_eq!(fault.status, status);
        assert_eq!(
            (fault.actor, fault.detail, fault.raw_detail),
            (None, None, None)
        );
        assert_eq!(fault.body.text(), simple_fault("s:NOT_FOUND"));
    }
}

#[test]
fn codes_lose_prefix_and_standard_code() {
    for (code, expected) in [
        ("s:Client", "Client"),
        ("Client", "Client"),
        ("unbound:NOT_FOUND", "NOT_FOUND"),
        (" s:A ", "A"),
        ("s:Client.NotFound", "NotFound"),
        ("Server.Db.Down", "Down"),
        ("s:Client.", "Client."),
        ("A.B", "A.B"),
        ("s:VersionMismatch", "VersionMismatch"),
        ("", ""),
        ("s:", ""),
    ] {
        assert_eq!(fault(500, &simple_fault(code)).code, expected, "{code}");
    }
}

#[test]
fn fault_children_may_be_qualified_and_in_any_order() {
    let answer = envelope(
        "<s:Fault><s:faultactor>urn:a</s:faultactor><s:faultstring xml:lang='sv'>nej &amp; nej</s:faultstring>\
         <x/><s:faultcode>s:A</s:faultcode></s:Fault>",
    );
    let fault = fault(500, &answer);
    assert_eq!((&*fault.code_name, &*fault.reason), ("s:A", "nej & nej"));
    assert_eq!(fault.actor.as_deref(), Some("urn:a"));
    assert_eq!(fault.reasons[0].language.as_deref(), Some("sv"));
    assert_eq!(
        ask(answering(500, answer)).unwrap_err().to_string(),
        "the service refused with A: nej & nej"
    );
}

fn with_detail(detail: &str) -> castile::Fault<Code, TrackDetail> {
    fault(
        500,
        &envelope(&format!(
            "<s:Fault xmlns:p='urn:example:post'><faultcode>s:A</faultcode><faultstring>b</faultstring>{detail}</s:Fault>"
        )),
    )
}

#[test]
fn details_are_typed_where_declared_and_raw_otherwise() {
    let fault = with_detail(
        "<detail a='1'><other xmlns='urn:o'/><p:NotFound><p:Number>P-1</p:Number></p:NotFound><p:Busy/></detail>",
    );
    assert_eq!(
        fault.detail,
        Some(TrackDetail::NotFound(NotFound {
            number: "P-1".into()
        }))
    );
    let raw = fault.raw_detail.unwrap();
    assert_eq!(raw.attribute("", "a"), Some("1"));
    assert_eq!(raw.children().count(), 3);
    let fault = with_detail("<s:detail><p:Busy><p:Seconds>5</p:Seconds></p:Busy></s:detail>");
    assert_eq!(fault.detail, Some(TrackDetail::Busy(Busy { seconds: 5 })));
    // The right name in a wrong namespace is another element.
    let fault = with_detail("<detail><Busy><Seconds>5</Seconds></Busy>text</detail>");
    assert_eq!((fault.detail, fault.detail_error), (None, None));
    assert_eq!(fault.raw_detail.unwrap().text(), "text");
    let fault = with_detail("<detail/>");
    assert_eq!(fault.detail, None);
    assert!(fault.raw_detail.is_some());
}

#[test]
fn a_detail_that_is_not_as_declared_leaves_the_fault_standing() {
    let fault = with_detail("<detail><p:Busy><p:Seconds>soon</p:Seconds></p:Busy></detail>");
    assert_eq!(fault.detail, None);
    assert_eq!(
        fault.detail_error.unwrap().to_string(),
        "/Busy/Seconds: `soon` is not an int"
    );
    assert_eq!(fault.raw_detail.unwrap().children().count(), 1);
    assert_eq!(fault.code, "A");
}

#[test]
fn soap_12_faults() {
    let answer = "<e:Envelope xmlns:e='http://www.w3.org/2003/05/soap-envelope'><e:Header>\
        <e:NotUnderstood qname='q:Trace' xmlns:q='urn:q'/><e:Upgrade><e:SupportedEnvelope qname='e:Envelope'/></e:Upgrade>\
        </e:Header><e:Body><e:Fault><e:Code><e:Value>e:Sender</e:Value><e:Subcode><e:Value>p:Outer</e:Value>\
        <e:Subcode><e:Value>p:Inner</e:Value></e:Subcode></e:Subcode></e:Code><e:Reason>\
        <e:Text xml:lang='sv'>nej</e:Text><e:Text xml:lang='en-GB'>no</e:Text></e:Reason><e:Node>urn:n</e:Node>\
        <e:Role>urn:r</e:Role><e:Detail><p:Busy xmlns:p='urn:example:post'><p:Seconds>5</p:Seconds></p:Busy></e:Detail>\
        </e:Fault></e:Body></e:Envelope>";
    let fault = fault(400, answer);
    assert_eq!(fault.code, "Inner");
    assert_eq!(fault.code_name, "e:Sender");
    assert_eq!(fault.subcodes, ["p:Outer", "p:Inner"]);
    assert_eq!(fault.reason, "no");
    let reasons: Vec<_> = fault
        .reasons
        .iter()
        .map(|r| (r.language.as_deref().unwrap(), &*r.text))
        .collect();
    assert_eq!(reasons, [("sv", "nej"), ("en-GB", "no")]);
    assert_eq!(
        (fault.node.as_deref(), fault.actor.as_deref()),
        (Some("urn:n"), Some("urn:r"))
    );
    assert_eq!(fault.detail, Some(TrackDetail::Busy(Busy { seconds: 5 })));
    let name = &fault.not_understood[0];
    assert_eq!((&*name.namespace, &*name.local), ("urn:q", "Trace"));
    let name = &fault.supported_envelopes[0];
    assert_eq!(
        (&*name.namespace, &*name.local),
        ("http://www.w3.org/2003/05/soap-envelope", "Envelope")
    );
}

#[test]
fn a_fault_of_11_in_an_envelope_of_12() {
    let answer =
        envelope_12("<e:Fault><faultcode>s:A</faultcode><faultstring>no</faultstring></e:Fault>");
    assert_eq!(fault(500, &answer).code, "A");
    let answer = envelope_12(
        "<s:Fault xmlns:s='http://schemas.xmlsoap.org/soap/envelope/'><faultcode>s:B</faultcode></s:Fault>",
    );
    let fault = fault(500, &answer);
    assert_eq!((fault.code, &*fault.reason), (Code::from("B"), ""));
}

#[test]
fn the_first_reason_stands_where_none_is_english() {
    let reason = |texts: &str| {
        let body = format!("<e:Fault><e:Reason>{texts}</e:Reason></e:Fault>");
        fault(500, &envelope_12(&body)).reason
    };
    assert_eq!(
        reason("<e:Text xml:lang='sv'>a</e:Text><e:Text xml:lang='fi'>b</e:Text>"),
        "a"
    );
    assert_eq!(
        reason("<e:Text xml:lang='sv'>a</e:Text><e:Text>b</e:Text>"),
        "b"
    );
    assert_eq!(
        reason("<e:Text xml:lang='enm'>a</e:Text><e:Text xml:lang='EN'>b</e:Text>"),
        "b"
    );
    assert_eq!(reason(""), "");
}

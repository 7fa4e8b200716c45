//! Responses: records out of envelopes of all kinds.

use super::*;

#[test]
fn a_response() {
    assert_eq!(ask(answering(200, envelope(TRACKED))).unwrap(), parcel());
}

#[test]
fn media_types_are_taken_lightly() {
    for media in [
        "",
        "text/xml",
        "application/xml",
        "application/soap+xml",
        "text/html",
        "text/plain;x",
        ";;",
    ] {
        let mock = Mock::new().answer(200, media, envelope(TRACKED));
        assert_eq!(ask(mock).unwrap(), parcel(), "{media}");
    }
}

#[test]
fn versions_may_be_mixed() {
    assert_eq!(ask(answering(200, envelope_12(TRACKED))).unwrap(), parcel());
    let mock = Mock::new().answer(200, "application/soap+xml", envelope(TRACKED));
    assert_eq!(
        post(mock).call::<Track12Operation>(track()).send().unwrap(),
        parcel()
    );
}

#[test]
fn prefixes_order_and_extras_do_not_matter() {
    let answer = "<?xml version='1.0'?><!-- hi --><Envelope xmlns='http://schemas.xmlsoap.org/soap/envelope/'>\
        <Header><t:Trace xmlns:t='urn:t'>1</t:Trace></Header><Body><more xmlns='urn:more'/>\
        <x:TrackResponse xmlns:x='urn:example:post'><x:Extra/><x:Note><![CDATA[a<b]]></x:Note>\
        <x:Weight> 2.50 </x:Weight></x:TrackResponse></Body><after xmlns='urn:z'/></Envelope>\n";
    let parcel = ask(answering(200, answer)).unwrap();
    assert_eq!(parcel.note.as_deref(), Some("a<b"));
    assert_eq!(parcel.weight.to_string(), "2.50");
}

#[test]
fn utf_16_and_latin_1() {
    let mut utf_16 = vec![0xff, 0xfe];
    utf_16.extend(envelope(TRACKED).encode_utf16().flat_map(u16::to_le_bytes));
    assert_eq!(ask(answering(200, utf_16)).unwrap(), parcel());
    let text = envelope(
        "<TrackResponse xmlns='urn:example:post'><Weight>1</Weight><Note>\u{e9}</Note></TrackResponse>",
    );
    let latin: Vec<u8> = text
        .chars()
        .map(|c| u8::try_from(u32::from(c)).unwrap())
        .collect();
    let mock = Mock::new().answer(200, "text/xml; charset=\"ISO-8859-1\"", latin);
    assert_eq!(ask(mock).unwrap().note.as_deref(), Some("é"));
}

#[test]
fn wrapped_responses() {
    let login = Login {
        user: "ada".into(),
        password: "hunter2000".into(),
    };
    let register = || Register {
        login: login.clone(),
        email: "a@b.example".into(),
    };
    let call = |body: &str| {
        post(answering(200, envelope(body)))
            .call::<RegisterOperation>(register())
            .send()
    };
    let answer = "<r:registerResponse xmlns:r='urn:example:post'><r:other/><r:return><r:id>7</r:id></r:return></r:registerResponse>";
    assert_eq!(
        call(answer).unwrap(),
        Registered {
            id: Some(7),
            messages: vec![]
        }
    );
    let error = call("<r:registerResponse xmlns:r='urn:example:post'/>").unwrap_err();
    assert_eq!(
        error.to_string(),
        "the answer (HTTP status 200) cannot be used: /registerResponse/return: is missing"
    );
    // A refusal inside the answer is a fault.
    let answer = "<r:registerResponse xmlns:r='urn:example:post'><r:return><r:message>\
        <r:code>TAKEN</r:code><r:text>hunter2000 is taken</r:text></r:message></r:return></r:registerResponse>";
    let Err(Error::Fault(fault)) = call(answer) else {
        panic!("no fault")
    };
    assert_eq!(fault.code, "TAKEN");
    assert_eq!(fault.code_name, "TAKEN");
    assert_eq!(fault.reason, "[redacted] is taken");
    assert_eq!(fault.detail.unwrap().0.messages[0].code, "TAKEN");
    assert_eq!(fault.status, 200);
    assert!(fault.body.text().contains("[redacted] is taken"));
}

#[test]
fn one_way() {
    let notify = |status, body: &str| {
        post(answering(status, body.to_owned()))
            .call::<NotifyOperation>(track())
            .send()
    };
    for (status, body) in [
        (200, String::new()),
        (202, "\r\n ".to_owned()),
        (204, String::new()),
        (200, envelope("")),
        (200, envelope(TRACKED)),
        (202, "accepted".to_owned()),
        (202, "<broken".to_owned()),
    ] {
        assert_eq!(notify(status, &body).unwrap(), (), "{status} {body}");
    }
    let fault = notify(500, &simple_fault("s:A")).unwrap_err();
    assert_eq!(fault.fault().unwrap().code, "A");
    assert_eq!(notify(500, "").unwrap_err().status(), Some(500));
    assert!(
        notify(200, &simple_fault("s:A"))
            .unwrap_err()
            .fault()
            .is_some()
    );
}

#[test]
fn an_operation_without_a_response_element() {
    let ping = |status, body: &str| {
        post(answering(status, body.to_owned()))
            .call::<PingOperation>(())
            .send()
    };
    ping(200, "").unwrap();
    ping(200, &envelope("")).unwrap();
    ping(200, &envelope("<Pong/>")).unwrap();
    assert!(ping(200, "<html/>").is_err());
    assert!(ping(200, &simple_fault("A")).unwrap_err().fault().is_some());
}

#[test]
fn header_blocks_that_must_be_understood() {
    let answer = |attributes: &str, body: &str| {
        format!(
            "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' xmlns:e='http://www.w3.org/2003/05/soap-envelope'>\
             <s:Header><t:Sign xmlns:t='urn:t' {attributes}/></s:Header><s:Body>{body}</s:Body></s:Envelope>"
        )
    };
    for attributes in [
        "s:mustUnderstand='1'",
        "e:mustUnderstand=' true '",
        "s:mustUnderstand='1' s:actor='http://schemas.xmlsoap.org/soap/actor/next'",
        "s:mustUnderstand='1' s:actor=''",
        "e:mustUnderstand='1' e:role='http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver'",
    ] {
        assert_eq!(
            message(answering(200, answer(attributes, TRACKED))),
            "the answer (HTTP status 200) cannot be used: its header block `Sign` in `urn:t` must be understood, and is not",
            "{attributes}"
        );
    }
    for attributes in [
        "",
        "s:mustUnderstand='0'",
        "mustUnderstand='1'",
        "s:mustUnderstand='1' s:actor='urn:somebody'",
        "e:mustUnderstand='1' e:role='http://www.w3.org/2003/05/soap-envelope/role/none'",
    ] {
        assert_eq!(
            ask(answering(200, answer(attributes, TRACKED))).unwrap(),
            parcel()
        );
    }
    // Why it was refused says more than what else we do not understand.
    let fault = "<s:Fault><faultcode>s:A</faultcode></s:Fault>";
    let error = ask(answering(500, answer("s:mustUnderstand='1'", fault))).unwrap_err();
    assert!(error.fault().is_some(), "{error:?}");
}

#[test]
fn bindings_say_what_repeating_does() {
    use castile::wire::Repetition;
    assert_eq!(TrackOperation::BINDING.repetition(), Repetition::Safe);
    assert_eq!(NotifyOperation::BINDING.repetition(), Repetition::Once);
    assert_eq!(TrackOperation::BINDING.service_name(), "Post");
    assert_eq!(TrackOperation::BINDING.operation_name(), "Track");
}

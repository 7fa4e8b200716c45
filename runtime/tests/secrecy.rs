//! Passwords, tokens and session ids are in no `Debug`, no error and no log, whatever the service
//! answers.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod post_office;

use std::fmt::Write as _;
use std::future::IntoFuture;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use castile::transport::Mock;
use castile::{Port, Secret};
use post_office::*;

/// One test at a time: a call on a thread without a subscriber can switch the span off for the
/// threads that have one, as long as there is only one of those.
fn turn() -> MutexGuard<'static, ()> {
    static TURN: Mutex<()> = Mutex::new(());
    TURN.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What must be nowhere.
const PASSWORD: &str = "hunter<2000";
const SESSION: &str = "session-4711";

/// Every form in which one of them could show.
const FORMS: [&str; 12] = [
    PASSWORD,
    "hunter&lt;2000",
    "hunter&#60;2000",
    "hunter&#x3C;2000",
    "hunter%3C2000",
    "hunter%3c2000",
    "hunter\\u003c2000",
    "hunter\\u003C2000",
    "aHVudGVyPDIwMDA",
    SESSION,
    "c2Vzc2lvbi00NzEx",
    "YWRhOmh1bnRlcjwyMDAw",
];

fn check(what: &str, text: &str) {
    for form in FORMS {
        assert!(!text.contains(form), "{what} shows {form}: {text}");
    }
}

/// All that can be seen of an error.
fn seen(error: &impl std::error::Error) -> String {
    let mut text = format!("{error}\n{error:?}\n{error:#?}\n");
    let mut source = error.source();
    while let Some(cause) = source {
        writeln!(text, "{cause} {cause:?}").unwrap();
        source = cause.source();
    }
    text
}

/// Answers that give back what was sent.
fn echoes() -> Vec<(u16, String)> {
    let echo = "<a>hunter&lt;2000</a> hunter<2000 session-4711 aHVudGVyPDIwMDA=";
    let fault = "<s:Fault xmlns:p='urn:example:post'><faultcode>hunter&lt;2000</faultcode>\
        <faultstring>no hunter&lt;2000</faultstring><faultactor>hunter&lt;2000</faultactor>\
        <detail x='session-4711'>hunter<![CDATA[<]]>2000<p:NotFound><p:Number>hunter&lt;2000</p:Number></p:NotFound></detail></s:Fault>";
    let bad = "<p:TrackResponse xmlns:p='urn:example:post'><p:Weight>hunter&lt;2000</p:Weight></p:TrackResponse>";
    vec![
        (500, echo.to_owned()),
        (200, echo.to_owned()),
        (500, envelope(fault)),
        (200, envelope(bad)),
        (200, envelope("<session-4711/>")),
        (200, "<x:Envelope xmlns:x='session-4711'/>".to_owned()),
        (200, "<session-4711/>".to_owned()),
        (200, envelope("<hunter<2000>")),
        (400, "{\"errorId\":\"x\",\"errors\":[{\"code\":\"session-4711\",\"message\":\"hunter<2000\"}]}".to_owned()),
        (200, "{\"total\":\"session-4711\"}".to_owned()),
        (400, "{\"errors\": hunter<2000 }".to_owned()),
        (500, "<p>hunter&#60;2000 hunter&#x3C;2000 hunter%3C2000 hunter%3c2000</p>".to_owned()),
        (200, envelope(&bad.replace("&lt;", "&#x3C;"))),
        (500, envelope(&fault.replace("&lt;", "&#060;"))),
        (400, "{\"errorId\":\"hunter\\\\u003C2000 hunter\\\\u003c2000\"}".replace("\\\\", "\\")),
        (200, "{\"total\":\"hunter\\u003C2000\"}".to_owned()),
    ]
}

#[test]
fn errors_show_no_secret() {
    let _turn = turn();
    for (status, body) in echoes() {
        let mock = || Mock::new().answer(status, "text/xml; session-4711", body.clone());
        let track_port = post(mock()).http_secret("X-Session", "s ", SESSION);
        let error = track_port
            .call::<TrackOperation>(track())
            .send()
            .unwrap_err();
        check(&body, &seen(&error));

        // Credentials in the body of the request, and by the Basic scheme.
        let login = Login {
            user: "ada".into(),
            password: Secret::new(PASSWORD),
        };
        let register = Register {
            login,
            email: "a@b.example".into(),
        };
        let port = Port::new(mock(), "http://post.example/")
            .basic("ada", PASSWORD)
            .http_secret("X-Session", "", SESSION);
        let error = port.call::<RegisterOperation>(register).send().unwrap_err();
        check(&body, &seen(&error));

        let question = Question {
            customer: "c".into(),
            pin: Some(Secret::new(PASSWORD)),
            ..Question::default()
        };
        if let Err(error) = shop(mock()).call::<AskOperation>(question).send() {
            // The detail is the service's own text, which the caller asked for.
            let shown = match &error {
                castile::Error::Fault(fault) => format!("{error} {:?}", fault.body),
                error => seen(error),
            };
            check(&body, &shown);
        }
    }
}

/// What comes in another encoding than UTF-8 is looked through as the text that it is.
#[test]
fn errors_about_answers_in_any_encoding_show_no_secret() {
    let _turn = turn();
    let secret = "hünter2000";
    let echo = "<p>hünter2000</p>";
    let latin: Vec<u8> = { echo.chars() }.map(|c| u8::try_from(c).unwrap()).collect();
    let wide: Vec<u8> = echo.encode_utf16().flat_map(u16::to_le_bytes).collect();
    for (charset, body) in [
        ("iso-8859-1", latin),
        ("utf-16", wide.clone()),
        ("utf-16le", wide),
    ] {
        for status in [200, 500] {
            let media = format!("text/html; charset={charset}");
            let mock = Mock::new().answer(status, &media, body.clone());
            let port = post(mock).http_secret("X-Session", "", SESSION);
            let port = port.basic("ada", secret);
            let seen = seen(&port.call::<TrackOperation>(track()).send().unwrap_err());
            assert!(seen.contains("<p>[redacted]</p>"), "{charset}: {seen}");
            assert!(!seen.contains("nter2"), "{charset}: {seen}");
        }
    }
}

#[test]
fn requests_that_are_refused_show_no_secret() {
    let _turn = turn();
    let long = "hunter<2000".repeat(10);
    let port = post(Mock::new()).bearer(format!("{SESSION}\n"));
    let error = port.call::<TrackOperation>(track()).request().unwrap_err();
    check("bearer", &seen(&error));
    let port = post(Mock::new()).at(format!("http://ada:{PASSWORD}@post.example/?key={SESSION}"));
    let error = port.call::<TrackOperation>(track()).request().unwrap_err();
    check("address", &seen(&error));
    let login = Login {
        user: "ada".into(),
        password: Secret::new(format!("{long}\u{1}")),
    };
    let register = Register {
        login,
        email: "a@b.example".into(),
    };
    let error = post(Mock::new())
        .call::<RegisterOperation>(register)
        .request()
        .unwrap_err();
    check("body", &seen(&error));
}

#[test]
fn nothing_shows_itself() {
    let _turn = turn();
    let mock = Mock::new().answer(200, "text/xml", envelope(TRACKED));
    let port = post(mock.clone())
        .basic("ada", PASSWORD)
        .http_secret("X-Session", "s ", SESSION)
        .http_header_json(
            "X-Meta",
            &Login {
                user: "ada".into(),
                password: Secret::new(PASSWORD),
            },
        );
    check("port", &format!("{port:?} {port:#?}"));
    let login = Login {
        user: "ada".into(),
        password: Secret::new(PASSWORD),
    };
    check("record", &format!("{login:?}"));
    let call = port.call::<RegisterOperation>(Register {
        login,
        email: String::new(),
    });
    check("call", &format!("{call:?} {call:#?}"));
    check(
        "request",
        &format!("{:?}", call.request().unwrap().headers()),
    );
    port.call::<TrackOperation>(track()).send().unwrap();
    check("mock", &format!("{mock:?}"));
    #[cfg(feature = "wsse")]
    {
        let token = castile::UsernameToken::text("ada", PASSWORD);
        check(
            "token",
            &format!("{token:?} {:?}", port.username_token(token.clone())),
        );
    }
}

/// A subscriber that writes down everything.
#[cfg(feature = "tracing")]
#[derive(Clone, Default)]
struct Log(Arc<Mutex<String>>);

#[cfg(feature = "tracing")]
mod log {
    use std::fmt::{Debug, Write as _};

    use tracing::field::{Field, Visit};
    use tracing::span::{Attributes, Id, Record};
    use tracing::{Event, Metadata, Subscriber};

    use super::Log;

    struct Fields<'a>(&'a mut String);

    impl Visit for Fields<'_> {
        fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
            write!(self.0, " {}={value:?}", field.name()).unwrap();
        }
    }

    impl Subscriber for Log {
        fn enabled(&self, _: &Metadata<'_>) -> bool {
            true
        }

        fn new_span(&self, attributes: &Attributes<'_>) -> Id {
            let mut log = self.0.lock().unwrap();
            log.push_str(attributes.metadata().name());
            attributes.record(&mut Fields(&mut log));
            log.push('\n');
            Id::from_u64(1)
        }

        fn record(&self, _: &Id, values: &Record<'_>) {
            let mut log = self.0.lock().unwrap();
            values.record(&mut Fields(&mut log));
            log.push('\n');
        }

        fn record_follows_from(&self, _: &Id, _: &Id) {}

        fn event(&self, event: &Event<'_>) {
            event.record(&mut Fields(&mut self.0.lock().unwrap()));
        }

        fn enter(&self, _: &Id) {}

        fn exit(&self, _: &Id) {}
    }
}

#[cfg(feature = "tracing")]
#[test]
fn a_call_leaves_one_span_and_no_secret() {
    let _turn = turn();
    let log = Log::default();
    tracing::subscriber::with_default(log.clone(), || {
        for (status, body) in echoes() {
            let port = post(Mock::new().answer(status, "text/xml", body))
                .at(format!("https://post.example:8443/{SESSION}?key={SESSION}"))
                .bearer(SESSION);
            port.call::<TrackOperation>(track()).send().unwrap_err();
        }
    });
    let text = log.0.lock().unwrap().clone();
    check("tracing", &text);
    let spans = "castile.call service=\"Post\" operation=\"Track\" host=\"post.example\"\n";
    assert_eq!(text.matches(spans).count(), echoes().len(), "{text}");
    assert!(text.contains(" status=500\n outcome=\"http\"\n"), "{text}");
    assert!(text.contains(" status=200\n outcome=\"read\"\n"), "{text}");
    assert!(text.contains(" status=500\n outcome=\"fault\"\n"), "{text}");
}

#[cfg(feature = "tracing")]
#[test]
fn the_span_says_how_a_call_ended() {
    let _turn = turn();
    let log = Log::default();
    tracing::subscriber::with_default(log.clone(), || {
        let port = post(Mock::new().answer(200, "text/xml", envelope(TRACKED)));
        port.call::<TrackOperation>(track()).send().unwrap();
        let runtime = tokio::runtime::Builder::new_current_thread()
            .build()
            .unwrap();
        let call = port.call::<TrackOperation>(track());
        runtime.block_on(call.into_future()).unwrap_err();
        port.at("")
            .call::<TrackOperation>(track())
            .send()
            .unwrap_err();
    });
    let text = log.0.lock().unwrap().clone();
    assert_eq!(
        text,
        "castile.call service=\"Post\" operation=\"Track\" host=\"post.example\"\n \
         status=200\n outcome=\"ok\"\n\
         castile.call service=\"Post\" operation=\"Track\" host=\"post.example\"\n \
         outcome=\"transport\"\n\
         castile.call service=\"Post\" operation=\"Track\" host=\"\"\n outcome=\"request\"\n"
    );
}

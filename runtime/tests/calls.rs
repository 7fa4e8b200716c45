//! Whole calls over HTTP on loopback: blocking, asynchronous, and through a tower service.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]
#![cfg(all(feature = "reqwest", feature = "tower", feature = "ureq"))]

mod loopback;
mod post_office;

use std::convert::Infallible;
use std::future::{IntoFuture, Ready, ready};
use std::rc::Rc;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use castile::transport::{Mock, Reqwest, Tower, Ureq};
use castile::wire::{ComplexType, ContentReader, ContentWriter, Operation, Record, Shape};
use castile::{Error, Port, ReadError};
use http::{Request, Response};
use loopback::{Answer, Server, answer, endless, kept_alive, message, raw};
use post_office::*;

type Outcome = Result<Parcel, Error<castile::Code, TrackDetail>>;

fn block_on<F: IntoFuture>(future: F) -> F::Output {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap();
    runtime.block_on(future.into_future())
}

/// The outcome of the same call over both clients, each with a server of its own.
fn both(answer: impl Fn() -> Answer) -> [Outcome; 2] {
    let blocking = Server::start(vec![answer()]);
    let port = post(Ureq::new()).at(blocking.url("/soap"));
    let first = port
        .call::<TrackOperation>(track())
        .timeout(Duration::from_secs(2))
        .send();
    let asynchronous = Server::start(vec![answer()]);
    let port = post(Reqwest::new().unwrap()).at(asynchronous.url("/soap"));
    let call = port
        .call::<TrackOperation>(track())
        .timeout(Duration::from_secs(2));
    [first, block_on(call)]
}

#[test]
fn a_call_goes_through() {
    for outcome in both(|| answer("200 OK", "text/xml", envelope(TRACKED))) {
        assert_eq!(outcome.unwrap(), parcel());
    }
}

#[test]
fn a_fault_comes_back() {
    let fault = "<s:Fault><faultcode>s:A</faultcode><faultstring>no</faultstring></s:Fault>";
    for outcome in both(|| answer("500 Oops", "text/xml", envelope(fault))) {
        assert_eq!(
            outcome.unwrap_err().to_string(),
            "the service refused with A: no"
        );
    }
}

#[test]
fn a_redirect_is_an_error_of_http() {
    for outcome in both(|| raw(message("307 Away", "Location: http://192.0.2.1/\r\n", ""))) {
        assert_eq!(
            outcome.unwrap_err().to_string(),
            "the server answered with HTTP status 307, a redirect, which is not followed and no body"
        );
    }
}

#[test]
fn a_slow_server_runs_into_the_timeout() {
    let slow = || endless("HTTP/1.1 200 OK\r\n\r\n", b" ", Duration::from_millis(20));
    for outcome in both(slow) {
        assert!(outcome.unwrap_err().is_timeout());
    }
}

#[test]
fn a_huge_answer_is_refused() {
    let server = Server::start(vec![endless(
        "HTTP/1.1 200 OK\r\n\r\n",
        &[b' '; 4096],
        Duration::ZERO,
    )]);
    let mut limits = castile::Limits::default();
    limits.body = 1 << 20;
    let port = post(Ureq::new()).at(server.url("/")).limits(limits);
    let error = port.call::<TrackOperation>(track()).send().unwrap_err();
    assert_eq!(
        error.to_string(),
        "the answer is more than the limit `body` of 1048576 allows"
    );
}

#[test]
fn a_truncated_answer_is_refused() {
    let cut = || raw("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<s:Envelope");
    for outcome in both(cut) {
        assert!(matches!(outcome, Err(Error::Transport(_))), "{outcome:?}");
    }
    let short = || raw("HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n<s:Envelope");
    for outcome in both(short) {
        assert!(matches!(outcome, Err(Error::Read(_))), "{outcome:?}");
    }
}

#[cfg(feature = "gzip")]
#[test]
fn a_bomb_is_refused() {
    use std::io::Write;
    let bomb = || {
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        gzip.write_all(&vec![b' '; 64 << 20]).unwrap();
        raw(message(
            "200 OK",
            "Content-Encoding: gzip\r\n",
            gzip.finish().unwrap(),
        ))
    };
    for outcome in both(bomb) {
        assert_eq!(
            outcome.unwrap_err().to_string(),
            "the answer is more than the limit `inflate_ratio` of 100 allows"
        );
    }
}

#[test]
fn a_port_serves_many_calls_at_once() {
    let server = Server::start(vec![
        kept_alive("200 OK", "text/xml", envelope(TRACKED)),
        kept_alive("200 OK", "text/xml", envelope(TRACKED)),
    ]);
    let port = post(Ureq::new()).at(server.url("/"));
    let clone = port.clone();
    assert!(port.call::<TrackOperation>(track()).send().is_ok());
    assert!(clone.call::<TrackOperation>(track()).send().is_ok());
    assert_eq!(server.connections(), 1);
}

/// A tower service that answers at once, the second time it is asked whether it is ready.
#[derive(Clone, Default)]
struct Counter {
    asked: u32,
}

impl tower_service::Service<Request<Bytes>> for Counter {
    type Response = Response<Bytes>;
    type Error = Infallible;
    type Future = Ready<Result<Response<Bytes>, Infallible>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Infallible>> {
        self.asked += 1;
        if self.asked > 1 {
            return Poll::Ready(Ok(()));
        }
        context.waker().wake_by_ref();
        Poll::Pending
    }

    fn call(&mut self, request: Request<Bytes>) -> Self::Future {
        assert_eq!(self.asked, 2);
        assert!(request.headers().contains_key("soapaction"));
        ready(Ok(Response::new(envelope(TRACKED).into())))
    }
}

#[test]
fn any_tower_service_will_do() {
    let port = post(Tower::new(Counter::default()));
    assert_eq!(
        block_on(port.call::<TrackOperation>(track())).unwrap(),
        parcel()
    );
}

#[test]
fn a_transport_may_be_borrowed_or_shared() {
    let mock = Mock::new()
        .answer(200, "text/xml", envelope(TRACKED))
        .answer(200, "text/xml", envelope(TRACKED))
        .answer(200, "text/xml", envelope(TRACKED))
        .answer(200, "text/xml", envelope(TRACKED));
    assert!(post(&mock).call::<TrackOperation>(track()).send().is_ok());
    assert!(
        post(Arc::new(mock.clone()))
            .call::<TrackOperation>(track())
            .send()
            .is_ok()
    );
    assert!(block_on(post(&mock).call::<TrackOperation>(track())).is_ok());
    let dynamic: Arc<dyn castile::transport::Transport> = Arc::new(mock.clone());
    assert!(post(dynamic).call::<TrackOperation>(track()).send().is_ok());
    assert_eq!(mock.requests().len(), 4);
}

#[test]
fn futures_and_errors_go_to_other_threads() {
    fn send<T: Send>(value: T) -> T {
        value
    }
    fn error<E: std::error::Error + Send + Sync + 'static>(_: &E) {}

    let mock = Mock::new().answer(200, "text/xml", envelope(TRACKED));
    let port = post(mock);
    let future = send(port.call::<TrackOperation>(track()).into_future());
    assert!(block_on(future).is_ok());
    error(&port.call::<TrackOperation>(track()).send().unwrap_err());
}

/// A record that stays on its thread.
#[derive(Debug, Default, PartialEq)]
struct Local(Rc<str>);

impl ComplexType for Local {
    const SHAPE: &'static Shape = <()>::SHAPE;
}

impl Record for Local {
    fn read_content(&mut self, reader: &mut dyn ContentReader) -> Result<(), ReadError> {
        ().read_content(reader)
    }

    fn write_content(&self, writer: &mut dyn ContentWriter) {
        assert_eq!(&*self.0, "x");
        ().write_content(writer);
    }
}

#[derive(Debug)]
struct LocalOperation;

impl Operation for LocalOperation {
    type Request = Local;
    type Response = ();
    type Code = castile::Code;
    type Detail = castile::NoDetail;
    const BINDING: &'static castile::wire::Binding = PingOperation::BINDING;
}

#[test]
fn the_record_itself_need_not_be_sent_to_another_thread() {
    fn send<T: Send>(value: T) -> T {
        value
    }
    let port = Port::new(Mock::new().answer(200, "", ""), "http://post.example/");
    let call = port.call::<LocalOperation>(Local("x".into()));
    block_on(send(call.into_future())).unwrap();
}

#[test]
fn a_refused_request_fails_when_awaited() {
    let mock = Mock::new();
    let port = Port::new(mock.clone(), "http://post.example/");
    let error = block_on(port.call::<TrackOperation>(track())).unwrap_err();
    assert_eq!(
        error.to_string(),
        "Track was not sent: the header Username is not set"
    );
    assert!(mock.requests().is_empty());
}

#[test]
fn the_core_needs_no_transport() {
    let port = post(());
    let request = port.call::<TrackOperation>(track()).request().unwrap();
    assert!(request.body().starts_with(b"<soap:Envelope "));
    let response = Response::new(Bytes::from(envelope(TRACKED)));
    assert_eq!(
        port.read_response::<TrackOperation>(response).unwrap(),
        parcel()
    );
}

//! What comes back from a SOAP service: responses, faults, and what is neither.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

mod faults;
#[path = "../post_office/mod.rs"]
mod post_office;
mod responses;
mod unreadable;

use castile::transport::Mock;
use castile::wire::Operation;
use castile::{
    Code, Error, Limits, ResponseErrorKind, TransportError, TransportErrorKind, read_response,
};
use http::Response;
use post_office::*;

type TrackError = Error<Code, TrackDetail>;

fn ask(mock: Mock) -> Result<Parcel, TrackError> {
    post(mock).call::<TrackOperation>(track()).send()
}

fn fault(status: u16, body: &str) -> castile::Fault<Code, TrackDetail> {
    match ask(answering(status, body.to_owned())) {
        Err(Error::Fault(fault)) => *fault,
        other => panic!("{other:?}"),
    }
}

fn message(mock: Mock) -> String {
    ask(mock).unwrap_err().to_string()
}

fn simple_fault(code: &str) -> String {
    envelope(&format!(
        "<s:Fault><faultcode>{code}</faultcode><faultstring>no</faultstring></s:Fault>"
    ))
}

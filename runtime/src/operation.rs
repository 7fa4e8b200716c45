//! An operation as generated code states it.

use crate::binding::Binding;
use crate::complex::ComplexType;
use crate::fault::{FaultCode, FaultDetail, Rejection};

/// An operation of a service: what goes out, what comes back, and how.
pub trait Operation: Send + Sync + 'static {
    /// The record that is sent.
    type Request: ComplexType;
    /// The record that comes back.
    type Response: ComplexType;
    /// The codes with which the service refuses: [`Code`](crate::Code) where it has no catalogue.
    type Code: FaultCode;
    /// What the service says besides: [`NoDetail`](crate::NoDetail) where nothing is declared.
    type Detail: FaultDetail;

    /// How the operation is sent.
    const BINDING: &'static Binding;

    /// The refusal that a response holds inside, if it does.
    fn rejection(response: &Self::Response) -> Option<Rejection> {
        let _ = response;
        None
    }

    /// A response with a refusal inside, as the detail of the fault that the caller gets.
    fn detail_from_response(response: Self::Response) -> Option<Self::Detail> {
        let _ = response;
        None
    }
}

/// An operation whose responses may have header blocks that its contract declares:
/// [`Call::with_headers`](crate::Call::with_headers) reads them.
pub trait ResponseHeaders: Operation {
    /// The record of the header blocks; those that the response has not are `None`.
    type Headers: ComplexType;
}

//! Answers of JSON services.

use std::borrow::Cow;

use crate::answer::Answer;
use crate::binding::Status;
use crate::choice::Branch;
use crate::complex::ComplexType;
use crate::error::Error;
use crate::fault::{FaultDetail, Rejection};
use crate::json;
use crate::operation::Operation;
use crate::read_error::ReadError;
use crate::shape::{Field, one};
use crate::xml::decode_bytes;

type Failure<O> = Error<<O as Operation>::Code, <O as Operation>::Detail>;

/// Reads the response, or what the service says instead.
pub(crate) fn read_answer<O: Operation>(
    answer: &Answer<'_>,
    statuses: &[Status],
) -> Result<O::Response, Failure<O>> {
    let status = answer.status.as_u16();
    if let Some(declared) = statuses.iter().find(|declared| declared.code == status) {
        return Err(refusal::<O>(answer, declared.branch));
    }
    if !answer.is_success() {
        return Err(answer.http_error(None));
    }
    let shape = O::Response::SHAPE;
    if O::BINDING.one_way || (answer.is_blank() && shape.fields.is_empty()) {
        return Ok(O::Response::default());
    }
    let response = text(answer).and_then(|text| json::Reader::new(&text, answer.limits).document());
    response.map_err(|error| answer.unreadable(error))
}

/// What the contract declares for the status.
fn refusal<O: Operation>(answer: &Answer<'_>, branch: usize) -> Failure<O> {
    const NONE: Field = one("");
    let field = O::Detail::BRANCHES.get(branch).unwrap_or(&NONE);
    let detail = text(answer).and_then(|text| {
        let mut reader = json::Reader::new(&text, answer.limits);
        let detail = O::Detail::read(branch, Branch::json(field, &mut reader))?;
        reader.finish()?;
        Ok(detail)
    });
    match detail {
        Err(error) => answer.http_error(Some(error)),
        Ok(detail) => {
            let rejection = detail.rejection().unwrap_or_else(|| Rejection {
                code: answer.status.as_str().to_owned(),
                reason: answer
                    .status
                    .canonical_reason()
                    .unwrap_or_default()
                    .to_owned(),
            });
            answer.rejected(rejection, Some(detail))
        }
    }
}

fn text<'a>(answer: &'a Answer<'_>) -> Result<Cow<'a, str>, ReadError> {
    decode_bytes(&answer.bytes, answer.charset().as_deref())
}

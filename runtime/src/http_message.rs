//! Messages of the HTTP binding of WSDL 1.1 (§4, §5): documents without an envelope, text, octets.

use crate::answer::Answer;
use crate::binding::{HttpAnswer, Name};
use crate::choice::Branch;
use crate::complex::ComplexType;
use crate::error::{Error, ResponseErrorKind};
use crate::fault::{FaultDetail, Rejection};
use crate::mime::Attachments;
use crate::operation::Operation;
use crate::read_error::{ReadError, ReadErrorKind};
use crate::soap;
use crate::types::QName;
use crate::xml::{Reader, Writer, decode_bytes};

type Failure<O> = Error<<O as Operation>::Code, <O as Operation>::Detail>;

/// A document whose root is the first element of `path`, to be finished.
pub(crate) fn document(path: &[Name], record: &impl ComplexType) -> Writer {
    let mut writer = Writer::new();
    for name in path {
        writer.start(name.namespace, name.local);
    }
    record.write_content(&mut writer);
    writer
}

/// Reads the record of a document. Without a path the contract names a type and no element: the root
/// is whatever the service calls it.
pub(crate) fn read_document<T: ComplexType>(
    reader: &mut Reader<'_>,
    path: &[Name],
) -> Result<T, ReadError> {
    reader.path_from_here();
    let record = if path.is_empty() {
        let mut record = T::default();
        record.read_content(reader)?;
        record
    } else {
        soap::read_wrapped(reader, path, 0)?
    };
    reader.finish()?;
    Ok(record)
}

/// Reads the response, or what the service says instead.
pub(crate) fn read_answer<O: Operation>(
    answer: &Answer<'_>,
    kind: HttpAnswer,
) -> Result<O::Response, Failure<O>> {
    let is_expected = answer.is_success();
    if is_expected && O::BINDING.one_way {
        return Ok(O::Response::default());
    }
    if !is_expected || kind == HttpAnswer::Xml {
        return read_xml::<O>(answer);
    }
    let response = match kind {
        HttpAnswer::Octets => octets(answer),
        HttpAnswer::Xml | HttpAnswer::Text => text(answer),
    };
    response.map_err(|error| answer.unreadable(error))
}

/// The element of the response, or that of a declared fault, whatever the status.
fn read_xml<O: Operation>(answer: &Answer<'_>) -> Result<O::Response, Failure<O>> {
    let is_expected = answer.is_success();
    let path = O::BINDING.response;
    if is_expected && answer.is_blank() && path.is_empty() && O::Response::SHAPE.fields.is_empty() {
        return Ok(O::Response::default());
    }
    let failed = |error| match is_expected {
        true => answer.unreadable(error),
        false => answer.http_error(None),
    };
    let text = decode_bytes(&answer.bytes, answer.charset().as_deref()).map_err(failed)?;
    let mut reader = answer.reader(&text);
    reader.next_start().map_err(failed)?;
    let root = path.first();
    let is_response = root.is_none_or(|name| reader.is(name.namespace, name.local));
    if is_expected && is_response {
        return read_document(&mut reader, path).map_err(failed);
    }
    // Servers that speak SOAP as well refuse by its fault.
    if reader.name().local == "Envelope" && soap::is_soap(reader.name().namespace) {
        return soap::read_answer::<O>(answer, None);
    }
    let found = QName::new(reader.name().namespace, reader.name().local);
    let takes = |field: &crate::shape::Field| field.takes("", &found.namespace, &found.local);
    if let Some(branch) = O::Detail::BRANCHES.iter().position(takes) {
        reader.path_from_here();
        let field = &O::Detail::BRANCHES[branch];
        let detail = O::Detail::read(branch, Branch::xml(field, &mut reader));
        let detail = detail.map_err(|error| match is_expected {
            true => answer.unreadable(error),
            false => answer.http_error(Some(error)),
        })?;
        let rejection = detail.rejection().unwrap_or_else(|| Rejection {
            code: found.local.clone(),
            reason: String::new(),
        });
        return Err(answer.rejected(rejection, Some(detail)));
    }
    match root {
        Some(expected) if is_expected => {
            let expected = QName::new(expected.namespace, expected.local);
            let found = vec![found];
            Err(answer.unusable(ResponseErrorKind::OtherBody { expected, found }))
        }
        _ => Err(answer.http_error(None)),
    }
}

/// The text as the content of the first field, so that it is read as any value of its type is.
fn text<T: ComplexType>(answer: &Answer<'_>) -> Result<T, ReadError> {
    let mut record = T::default();
    let Some(field) = T::SHAPE.fields.first() else {
        return Ok(record);
    };
    let text = decode_bytes(&answer.bytes, answer.charset().as_deref())?;
    let mut writer = Writer::new();
    writer.start("", "answer");
    let namespace = field.namespace.unwrap_or(T::SHAPE.namespace);
    writer.start(namespace, field.name);
    writer.text(&text);
    let written = writer.finish().map_err(|error| {
        ReadError::new(ReadErrorKind::Other(error.to_string()), String::new(), None)
    })?;
    let mut reader = Reader::new(&written, answer.limits);
    reader.next_start()?;
    reader.path_from_here();
    // The place is one in our copy.
    let placed = |e: ReadError| ReadError::new(e.kind().clone(), e.path(), None);
    record.read_content(&mut reader).map_err(placed)?;
    Ok(record)
}

/// The answer as the attachment that the first field is.
fn octets<T: ComplexType>(answer: &Answer<'_>) -> Result<T, ReadError> {
    let content_type = answer.content_type.clone().unwrap_or_default();
    let attachments = Attachments::of_one(content_type.into_owned(), answer.bytes.clone());
    let mut reader = Reader::new("<answer/>", answer.limits).with_attachments(Some(&attachments));
    reader.next_start()?;
    let mut record = T::default();
    record.read_content(&mut reader)?;
    Ok(record)
}

use super::encoding::{self, Body, Encoded, Encoding, Member, Parts};
use super::{SOAP_11, SOAP_12, fault, is_soap};
use crate::answer::Answer;
use crate::binding::Name;
use crate::complex::{ComplexType, Record};
use crate::error::{Error, ResponseErrorKind};
use crate::fault::FaultDetail;
use crate::limits::Limits;
use crate::operation::Operation;
use crate::read_error::{ReadError, ReadErrorKind};
use crate::shape::{Field, Shape, one};
use crate::simple::Scope;
use crate::slot::{Slot, Source};
use crate::types::QName;
use crate::xml::{Reader, decode_bytes, is_same_name};

pub(super) type Failure<O> = Error<<O as Operation>::Code, <O as Operation>::Detail>;

/// What the header says, as far as we ask.
#[derive(Debug, Default)]
pub(super) struct Headers<'a> {
    /// A reader at the header, where its blocks may be asked for again.
    pub(super) blocks: Option<Reader<'a>>,
    /// The first block that must be understood, by us, and is not.
    mandatory: Option<QName>,
    /// Our blocks that the service did not understand.
    pub(super) not_understood: Vec<QName>,
    /// The envelopes that the service would have taken.
    pub(super) supported: Vec<QName>,
}

/// Reads the response, or the fault, and what the header holds into `wanted`.
pub(crate) fn read_answer<O: Operation>(
    answer: &Answer<'_>,
    headers: Option<&mut dyn Slot>,
) -> Result<O::Response, Failure<O>> {
    let outcome = read_envelope::<O>(answer, headers);
    match outcome {
        // What is no fault says nothing to who expects nothing.
        Err(Error::Read(_)) if O::BINDING.one_way && answer.is_success() => {
            Ok(O::Response::default())
        }
        outcome => outcome,
    }
}

fn read_envelope<O: Operation>(
    answer: &Answer<'_>,
    mut wanted: Option<&mut dyn Slot>,
) -> Result<O::Response, Failure<O>> {
    if answer.is_blank() {
        if !answer.is_success() {
            return Err(answer.http_error(None));
        }
        if O::BINDING.response.is_empty() && O::Response::SHAPE.fields.is_empty() {
            return Ok(O::Response::default());
        }
        return Err(answer.unusable(not_an_envelope("an empty body")));
    }
    let charset = answer.charset();
    let text = match decode_bytes(&answer.bytes, charset.as_deref()) {
        Ok(text) => text,
        Err(_) if !answer.is_success() => return Err(answer.http_error(None)),
        Err(error) => return Err(answer.unreadable(error)),
    };
    let mut reader = answer.reader(&text);
    enter_envelope(answer, &text, &mut reader)?;
    let mut headers = Headers::default();
    while next(answer, &mut reader)? {
        let name = reader.name();
        if !is_soap(name.namespace) {
            skip(answer, &mut reader)?;
        } else if name.local == "Header" {
            let is_read = wanted.is_some() || !O::Detail::BRANCHES.is_empty();
            let blocks = is_read.then(|| reader.clone());
            let known = O::BINDING.response_headers;
            let read = read_headers(&mut reader, &mut headers, known);
            read.map_err(|error| answer.unreadable(error))?;
            if let (Some(slot), Some(blocks)) = (wanted.take(), &blocks) {
                let mut copy = blocks.clone();
                copy.path_from_here();
                let read = slot.read_xml(&one("Header"), &mut copy);
                read.map_err(|error| answer.unreadable(error))?;
            }
            headers.blocks = blocks;
        } else if name.local == "Body" {
            let response = read_body::<O>(answer, &mut reader, headers)?;
            let rest = read_rest(&mut reader);
            rest.map_err(|error| answer.unreadable(error))?;
            return Ok(response);
        } else {
            skip(answer, &mut reader)?;
        }
    }
    Err(match answer.is_success() {
        true => answer.unusable(not_an_envelope("an envelope without a body")),
        false => answer.http_error(None),
    })
}

fn next<C, D>(answer: &Answer<'_>, reader: &mut Reader<'_>) -> Result<bool, Error<C, D>> {
    reader
        .next_start()
        .map_err(|error| answer.unreadable(error))
}

fn skip<C, D>(answer: &Answer<'_>, reader: &mut Reader<'_>) -> Result<(), Error<C, D>> {
    reader.skip().map_err(|error| answer.unreadable(error))
}

fn not_an_envelope(found: &str) -> ResponseErrorKind {
    ResponseErrorKind::NotAnEnvelope(found.to_owned())
}

/// Comes to the envelope, whatever the media type says; anything else is an error.
fn enter_envelope<C, D>(
    answer: &Answer<'_>,
    text: &str,
    reader: &mut Reader<'_>,
) -> Result<(), Error<C, D>> {
    let began = reader.next_start();
    let found = reader.name();
    match began {
        Ok(_) if found.local == "Envelope" && is_soap(found.namespace) => Ok(()),
        Ok(_) if found.local == "Envelope" => {
            let namespace = found.namespace.to_owned();
            Err(answer.unusable(ResponseErrorKind::VersionMismatch(namespace)))
        }
        _ if !answer.is_success() => Err(answer.http_error(None)),
        Ok(_) => {
            let found = format!("an element `{}`", found.local);
            Err(answer.unusable(not_an_envelope(&found)))
        }
        Err(error) => match answer.essence().as_deref() {
            Some(media @ ("text/html" | "text/plain" | "application/json")) => {
                Err(answer.unusable(not_an_envelope(&format!("a body of {media}"))))
            }
            Some(media) if media.starts_with("multipart/") => {
                Err(answer.unusable(not_an_envelope(&format!("a body of {media}"))))
            }
            _ if !text.trim_start().starts_with('<') => {
                Err(answer.unusable(not_an_envelope("a body that is no XML")))
            }
            _ => Err(answer.unreadable(error)),
        },
    }
}

/// What may follow the body: elements of nobody's interest, then the end.
fn read_rest(reader: &mut Reader<'_>) -> Result<(), ReadError> {
    while reader.next_start()? {
        reader.skip()?;
    }
    reader.finish()
}

fn read_headers(
    reader: &mut Reader<'_>,
    headers: &mut Headers<'_>,
    known: &Shape,
) -> Result<(), ReadError> {
    while reader.next_start()? {
        let name = reader.name();
        let qname = QName::new(name.namespace, name.local);
        match (is_soap(name.namespace), name.local) {
            (true, "NotUnderstood") => {
                headers.not_understood.extend(qualified_name(reader));
                reader.skip()?;
            }
            (true, "Upgrade") => {
                while reader.next_start()? {
                    if reader.name().local == "SupportedEnvelope" {
                        headers.supported.extend(qualified_name(reader));
                    }
                    reader.skip()?;
                }
            }
            _ => {
                let is_known = known
                    .fields
                    .iter()
                    .any(|field| field.takes(known.namespace, name.namespace, name.local));
                if headers.mandatory.is_none() && !is_known && is_mandatory(reader) {
                    headers.mandatory = Some(qname);
                }
                reader.skip()?;
            }
        }
    }
    Ok(())
}

/// The name in the attribute `qname`.
fn qualified_name(reader: &Reader<'_>) -> Option<QName> {
    let text = reader.attribute("", "qname")?;
    let text = text.trim();
    let (prefix, local) = text.split_once(':').unwrap_or(("", text));
    Some(QName::new(
        reader.namespace_of(prefix).unwrap_or_default(),
        local,
    ))
}

/// Whether the current header block must be understood, and by us: we are the last one on the way.
fn is_mandatory(reader: &Reader<'_>) -> bool {
    let attribute = |name| {
        [SOAP_11, SOAP_12]
            .into_iter()
            .find_map(|soap| reader.attribute(soap, name))
    };
    let mandatory = attribute("mustUnderstand").is_some_and(|v| matches!(v.trim(), "1" | "true"));
    let role = attribute("actor")
        .or_else(|| attribute("role"))
        .unwrap_or_default();
    mandatory
        && matches!(
            role.trim(),
            "" | "http://schemas.xmlsoap.org/soap/actor/next"
                | "http://www.w3.org/2003/05/soap-envelope/role/next"
                | "http://www.w3.org/2003/05/soap-envelope/role/ultimateReceiver"
        )
}

fn read_body<O: Operation>(
    answer: &Answer<'_>,
    reader: &mut Reader<'_>,
    headers: Headers<'_>,
) -> Result<O::Response, Failure<O>> {
    if let Some(encoded) = &O::BINDING.encoded {
        return read_encoded::<O>(answer, reader, headers, encoded);
    }
    let path = O::BINDING.response;
    let mut found = Vec::new();
    // With no wrapper the body holds the record, which may be a fault all the same: look at a copy.
    let whole = path.is_empty().then(|| reader.clone());
    let mut response = None;
    while next(answer, reader)? {
        let name = reader.name();
        if name.local == "Fault" && is_soap(name.namespace) {
            return Err(fault::read::<O>(answer, reader, headers));
        }
        if let Some(block) = &headers.mandatory {
            return Err(answer.unusable(ResponseErrorKind::NotUnderstood(block.clone())));
        }
        let is_response = path.first().is_some_and(|expected| {
            is_same_name(name.local, expected.local)
                && is_same_name(name.namespace, expected.namespace)
        });
        if !answer.is_success() || !is_response || response.is_some() {
            found.push(QName::new(name.namespace, name.local));
            skip(answer, reader)?;
            continue;
        }
        reader.path_from_here();
        let read = read_wrapped(reader, path, 0).map_err(|error| answer.unreadable(error))?;
        response = Some(read);
    }
    if let Some(block) = headers.mandatory {
        return Err(answer.unusable(ResponseErrorKind::NotUnderstood(block)));
    }
    if !answer.is_success() {
        return Err(answer.http_error(None));
    }
    match (response, whole, path.first()) {
        (Some(response), ..) => Ok(response),
        (None, Some(mut whole), _) => {
            whole.path_from_here();
            let mut response = O::Response::default();
            let read = response.read_content(&mut whole);
            read.map_err(|error| answer.unreadable(error))?;
            Ok(response)
        }
        (None, None, Some(expected)) => {
            let expected = QName::new(expected.namespace, expected.local);
            Err(answer.unusable(ResponseErrorKind::OtherBody { expected, found }))
        }
        (None, None, None) => Ok(O::Response::default()),
    }
}

/// [`read_body`] of an encoded message, as it stands, or by way of the literal one that says the same.
fn read_encoded<O: Operation>(
    answer: &Answer<'_>,
    reader: &mut Reader<'_>,
    headers: Headers<'_>,
    encoded: &Encoded,
) -> Result<O::Response, Failure<O>> {
    let path = O::BINDING.response;
    let unreadable = |error| answer.unreadable(error);
    let parts = (encoded.encoding, encoded.response);
    let is_expected =
        headers.mandatory.is_none() && answer.is_success() && answer.attachments.is_none();
    if let Some(response) = is_expected
        .then(|| encoding::read_directly(reader, parts, path))
        .flatten()
    {
        return Ok(response);
    }
    let body = reader.any_element().map_err(unreadable)?;
    let literal = encoding::read(&body, parts, path, answer.limits).map_err(unreadable)?;
    if let Body::Fault(text) = &literal {
        let mut reader = Reader::new(text, answer.limits);
        next(answer, &mut reader)?;
        return Err(fault::read::<O>(answer, &mut reader, headers));
    }
    if let Some(block) = headers.mandatory {
        return Err(answer.unusable(ResponseErrorKind::NotUnderstood(block)));
    }
    if !answer.is_success() {
        return Err(answer.http_error(None));
    }
    match (literal, path.first()) {
        (Body::Message(text), _) => {
            let mut reader =
                Reader::new(&text, answer.limits).with_attachments(answer.attachments.as_ref());
            next(answer, &mut reader)?;
            let read = read_wrapped(&mut reader, path, 0);
            // The place is one in our copy.
            read.map_err(|e| unreadable(ReadError::new(e.kind().clone(), e.path(), None)))
        }
        (_, Some(expected)) => {
            let expected = QName::new(expected.namespace, expected.local);
            let found = Vec::new();
            Err(answer.unusable(ResponseErrorKind::OtherBody { expected, found }))
        }
        (_, None) => Ok(O::Response::default()),
    }
}

/// Reads an encoded body, as it stands (`None` where that cannot be) or by way of the literal one. For
/// tests: both must give the same.
///
/// # Errors
/// When it cannot be read.
#[doc(hidden)]
pub fn read_encoded_body<T: ComplexType>(
    document: &str,
    (encoding, parts): (&'static Encoding, &'static [Member]),
    name: Name,
    limits: &Limits,
    as_it_stands: bool,
) -> Result<Option<T>, ReadError> {
    let mut reader = Reader::new(document, limits);
    reader.next_start()?;
    let (path, parts) = ([name], (encoding, parts));
    if as_it_stands {
        let record = encoding::read_directly(&mut reader, parts, &path);
        return Ok(record.filter(|_| reader.finish().is_ok()));
    }
    let body = reader.any_element()?;
    reader.finish()?;
    match encoding::read(&body, parts, &path, limits)? {
        Body::Message(text) => {
            let mut reader = Reader::new(&text, limits);
            reader.next_start()?;
            read_wrapped(&mut reader, &path, 0).map(Some)
        }
        Body::Fault(_) | Body::Empty => Ok(None),
    }
}

/// The literal form of an encoded body, which is the current element; nothing if it is a fault or
/// empty.
pub(crate) fn literal(
    reader: &mut Reader<'_>,
    path: &[Name],
    parts: Parts,
) -> Result<Option<String>, ReadError> {
    let body = reader.any_element()?;
    match encoding::read(&body, parts, path, &Limits::default())? {
        Body::Message(text) => Ok(Some(text)),
        Body::Fault(_) | Body::Empty => Ok(None),
    }
}

/// The entry of the current element, which is known to be the one that was to come.
const CURRENT: &Field = &one("");

/// Reads the record inside the current element, which is the one of `path` at `depth`.
pub(crate) fn read_wrapped<T: ComplexType>(
    reader: &mut Reader<'_>,
    path: &[Name],
    depth: usize,
) -> Result<T, ReadError> {
    let mut record = T::default();
    let Some(inner) = path.get(depth + 1) else {
        if depth < path.len() {
            record.read(CURRENT, Source::Xml(reader))?;
        }
        return Ok(record);
    };
    let mut found = false;
    while reader.next_start()? {
        if !found && reader.is(inner.namespace, inner.local) {
            record = read_wrapped(reader, path, depth + 1)?;
            found = true;
        } else {
            reader.skip()?;
        }
    }
    if found {
        return Ok(record);
    }
    let missing: String = path[..depth + 2]
        .iter()
        .flat_map(|name| ["/", name.local])
        .collect();
    Err(ReadError::new(ReadErrorKind::Missing, missing, None))
}

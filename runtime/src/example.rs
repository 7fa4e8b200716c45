//! Sample messages as evidence: what the tests of generated code hold against the tables.

mod comparison;

use std::borrow::Cow;
use std::fmt::Debug;

use bytes::Bytes;
use comparison::{compare, same, sort, spell_types, without_types};
use http::{Response, StatusCode};

use crate::any_element::AnyElement;
use crate::binding::{Binding, Name, Protocol, Version};
use crate::call::read_response;
use crate::complex::ComplexType;
use crate::error::Error;
use crate::fault::FaultCode;
use crate::limits::Limits;
use crate::operation::Operation;
use crate::shape::one;
use crate::slot::{Slot, Source};
use crate::soap::Parts;
use crate::value::Value;
use crate::xml::{Reader, Writer};
use crate::{http_message, json, soap};

/// Reads a sample request, writes it, and compares what was written with the sample: element for
/// element in XML (prefixes, and white space around values and elements, aside), member for member
/// in JSON. Header blocks must be those that the operation declares. A SOAP sample is an
/// envelope, or what its body holds.
///
/// # Panics
/// When the sample and the tables contradict each other.
#[track_caller]
pub fn round_trip_request<O: Operation>(text: &str)
where
    O::Request: PartialEq + Debug,
{
    hold(request::<O>(text));
}

/// Reads a sample response, writes it, and compares as [`round_trip_request`] does.
///
/// # Panics
/// When the sample and the tables contradict each other, or the sample is a refusal.
#[track_caller]
pub fn round_trip_response<O: Operation>(text: &str)
where
    O::Response: PartialEq + Debug,
{
    hold(response::<O>(text));
}

/// Reads a sample answer with which the service refuses, which must give a fault with a code and,
/// where the contract declares one for it, a detail.
///
/// # Panics
/// When it does not.
#[track_caller]
pub fn round_trip_error<O: Operation>(status: u16, text: &str) {
    hold(refusal::<O>(status, text));
}

/// Reads a sample request and writes it anew, for a comparison by others. Header blocks are left out.
///
/// # Errors
/// When the sample and the tables contradict each other; in words.
pub fn rewrite_request<O: Operation>(text: &str) -> Result<String, String> {
    rewrite::<O::Request>(O::BINDING, request_side(O::BINDING), text)
}

/// Reads a sample response and writes it anew, for a comparison by others. Header blocks are left out.
///
/// # Errors
/// When the sample and the tables contradict each other; in words.
pub fn rewrite_response<O: Operation>(text: &str) -> Result<String, String> {
    rewrite::<O::Response>(O::BINDING, response_side(O::BINDING), text)
}

/// Reads a document whose root element is `local` in `namespace` and writes it anew, for a comparison by
/// others.
///
/// # Errors
/// When the document and the tables contradict each other; in words.
pub fn rewrite_document<T: Slot + Value + Default>(
    namespace: &'static str,
    local: &'static str,
    text: &str,
) -> Result<String, String> {
    let mut reader = Reader::new(text, &Limits::default());
    let begins = reader.next_start().map_err(|e| e.to_string())?;
    if !begins || !reader.is(namespace, local) {
        return Err(format!("the document is no `{local}` of `{namespace}`"));
    }
    let field = one(local).in_namespace(namespace);
    let mut value = T::default();
    value
        .read(&field, Source::Xml(&mut reader))
        .map_err(|e| e.to_string())?;
    reader.finish().map_err(|e| e.to_string())?;
    let mut writer = Writer::new();
    value.write_xml(&field, &mut writer);
    writer.finish().map_err(|e| e.to_string())
}

/// Reads a sample answer with which the service refuses.
///
/// # Errors
/// When it gives no fault with a code and, where one is declared for it, a detail; in words.
pub fn read_refusal<O: Operation>(status: u16, text: &str) -> Result<(), String> {
    refusal::<O>(status, text)
}

/// The message of one direction: the elements around its record, and its parts if it is encoded.
#[derive(Clone, Copy)]
struct Side {
    path: &'static [Name],
    parts: Option<Parts>,
}

fn request_side(binding: &Binding) -> Side {
    Side {
        path: binding.request,
        parts: binding.encoded.map(|e| (e.encoding, e.request)),
    }
}

fn response_side(binding: &Binding) -> Side {
    Side {
        path: binding.response,
        parts: binding.encoded.map(|e| (e.encoding, e.response)),
    }
}

fn rewrite<T: ComplexType>(binding: &Binding, side: Side, text: &str) -> Result<String, String> {
    match binding.protocol {
        Protocol::Soap(version, _) => {
            let (record, _) = in_body::<T>(side, text)?;
            enveloped_again(version, side, &record)
        }
        Protocol::Json { .. } => {
            let reader = json::Reader::new(text, &Limits::default());
            let record: T = reader.document().map_err(|e| e.to_string())?;
            let written = json::Writer::document(&record).map_err(|e| e.to_string())?;
            Ok(written.body)
        }
        Protocol::Http { .. } => {
            let record: T = bare(side.path, text)?;
            http_message::document(side.path, &record)
                .finish()
                .map_err(|e| e.to_string())
        }
    }
}

/// The record of a message that is a document of its own.
fn bare<T: ComplexType>(path: &[Name], text: &str) -> Result<T, String> {
    let limits = Limits::default();
    let mut reader = Reader::new(text, &limits);
    reader.next_start().map_err(|e| e.to_string())?;
    if let Some(name) = { path.first() }.filter(|name| !reader.is(name.namespace, name.local)) {
        return Err(format!(
            "the document is no `{}` of `{}`",
            name.local, name.namespace
        ));
    }
    http_message::read_document(&mut reader, path).map_err(|e| e.to_string())
}

/// The round trip of a message that is a document of its own.
fn document<T: ComplexType + PartialEq + Debug>(path: &[Name], text: &str) -> Result<(), String> {
    let tree = |text: &str| {
        let limits = Limits::default();
        let mut reader = Reader::new(text, &limits);
        reader.next_start().map_err(|e| e.to_string())?;
        reader.any_element().map_err(|e| e.to_string())
    };
    let first: T = bare(path, text)?;
    let written = http_message::document(path, &first)
        .finish()
        .map_err(|e| e.to_string())?;
    same(&first, &bare(path, &written)?)?;
    compare(&tree(text)?, &tree(&written)?, "")
}

#[track_caller]
fn hold(outcome: Result<(), String>) {
    let reason = outcome.err();
    assert!(reason.is_none(), "{}", reason.unwrap_or_default());
}

fn request<O: Operation>(text: &str) -> Result<(), String>
where
    O::Request: PartialEq + Debug,
{
    let binding = O::BINDING;
    match binding.protocol {
        Protocol::Soap(version, _) => {
            let whole = enveloped(version, text);
            if let Cow::Borrowed(text) = whole {
                headers(binding, text)?;
            }
            xml::<O::Request>(version, request_side(binding), &whole)
        }
        Protocol::Json { .. } => json::<O::Request>(text),
        Protocol::Http { .. } => document::<O::Request>(binding.request, text),
    }
}

fn response<O: Operation>(text: &str) -> Result<(), String>
where
    O::Response: PartialEq + Debug,
{
    let text = &*message::<O>(text);
    let read = read_response::<O>(Response::new(Bytes::from(text.to_owned())));
    read.map_err(|error| format!("the sample is no response: {error}"))?;
    match O::BINDING.protocol {
        Protocol::Soap(version, _) => xml::<O::Response>(version, response_side(O::BINDING), text),
        Protocol::Json { .. } => json::<O::Response>(text),
        Protocol::Http { .. } => document::<O::Response>(O::BINDING.response, text),
    }
}

fn refusal<O: Operation>(status: u16, text: &str) -> Result<(), String> {
    let text = message::<O>(text).into_owned();
    let mut response = Response::new(Bytes::from(text));
    *response.status_mut() = StatusCode::from_u16(status).map_err(|error| error.to_string())?;
    let fault = match read_response::<O>(response) {
        Err(Error::Fault(fault)) => fault,
        Ok(_) => return Err("the sample is a response and no refusal".to_owned()),
        Err(error) => return Err(format!("the sample is no refusal: {error}")),
    };
    if fault.code.as_str().is_empty() {
        return Err("the sample refuses without a code".to_owned());
    }
    match fault.detail_error {
        Some(error) => Err(format!("the sample's detail is not as declared: {error}")),
        None => Ok(()),
    }
}

/// A sample answer as it comes over HTTP.
fn message<O: Operation>(text: &str) -> Cow<'_, str> {
    match O::BINDING.protocol {
        Protocol::Soap(version, _) => enveloped(version, text),
        Protocol::Json { .. } | Protocol::Http { .. } => Cow::Borrowed(text),
    }
}

/// A sample that is no envelope, in one.
fn enveloped(version: Version, text: &str) -> Cow<'_, str> {
    let limits = Limits::default();
    let mut reader = Reader::new(text, &limits);
    let is_bare = reader.next_start().unwrap_or(false) && reader.name().local != "Envelope";
    if !is_bare {
        return Cow::Borrowed(text);
    }
    let text = text.trim_start_matches('\u{feff}').trim_start();
    let content = match text.strip_prefix("<?xml ") {
        Some(rest) => rest.split_once("?>").map_or("", |(_, content)| content),
        None => text,
    };
    let namespace = version.namespace();
    Cow::Owned(format!(
        "<soap:Envelope xmlns:soap=\"{namespace}\"><soap:Body>{content}</soap:Body></soap:Envelope>"
    ))
}

/// The header blocks of a sample, by name.
fn headers(binding: &Binding, text: &str) -> Result<(), String> {
    let limits = Limits::default();
    let mut reader = Reader::new(text, &limits);
    enter(&mut reader, "Envelope")?;
    let mut blocks: Vec<(String, String)> = Vec::new();
    while reader.next_start().map_err(|e| e.to_string())? {
        let is_header = soap::is_soap(reader.name().namespace) && reader.name().local == "Header";
        let element = reader.any_element().map_err(|e| e.to_string())?;
        let names = element.children().map(AnyElement::name);
        if is_header {
            blocks.extend(names.map(|name| (name.namespace.clone(), name.local.clone())));
        }
    }
    let is =
        |name: Name, block: &(String, String)| name.namespace == block.0 && name.local == block.1;
    for block in &blocks {
        if !binding.headers.iter().any(|header| is(header.name, block)) {
            return Err(format!(
                "the operation declares no header block {}",
                block.1
            ));
        }
    }
    for header in binding.headers.iter().filter(|header| header.required) {
        if !blocks.iter().any(|block| is(header.name, block)) {
            return Err(format!(
                "the sample has no header block {}",
                header.name.local
            ));
        }
    }
    Ok(())
}

/// Comes to the next element, which is one of the envelope's.
fn enter(reader: &mut Reader<'_>, local: &str) -> Result<(), String> {
    while reader.next_start().map_err(|e| e.to_string())? {
        let name = reader.name();
        if soap::is_soap(name.namespace) && name.local == local {
            return Ok(());
        }
        reader.skip().map_err(|e| e.to_string())?;
    }
    Err(format!("the sample has no {local} of SOAP"))
}

fn enveloped_again(
    version: Version,
    side: Side,
    record: &impl ComplexType,
) -> Result<String, String> {
    let written = soap::message(version, side.path, side.parts, record);
    written.and_then(Writer::finish).map_err(|e| e.to_string())
}

fn xml<T: ComplexType + PartialEq + Debug>(
    version: Version,
    side: Side,
    text: &str,
) -> Result<(), String> {
    let (first, mut sample) = in_body::<T>(side, text)?;
    let written = enveloped_again(version, side, &first)?;
    let (second, mut copy) = in_body::<T>(side, &written)?;
    if side.parts.is_none() {
        same(&first, &second)?;
    } else {
        // What is of any type has more prefixes in scope the second time, which is no difference.
        same(&written, &enveloped_again(version, side, &second)?)?;
        // Encoded messages need not say the types of values, and structs have no order.
        for element in [&mut sample, &mut copy] {
            without_types(element);
            sort(element);
        }
    }
    for element in [&mut sample, &mut copy] {
        spell_types(element, &mut Vec::new());
    }
    compare(&sample, &copy, "")
}

/// The record of a message, and the body's content as it stands; of an encoded one as it would
/// stand if it were literal.
fn in_body<T: ComplexType>(side: Side, text: &str) -> Result<(T, AnyElement), String> {
    let path = side.path;
    let limits = Limits::default();
    let mut reader = Reader::new(text, &limits);
    enter(&mut reader, "Envelope")?;
    enter(&mut reader, "Body")?;
    if let Some(parts) = side.parts.filter(|_| !path.is_empty()) {
        let literal = soap::literal(&mut reader, path, parts).map_err(|e| e.to_string())?;
        let literal = literal.ok_or("the body is empty, or a fault")?;
        let mut reader = Reader::new(&literal, &limits);
        reader.next_start().map_err(|e| e.to_string())?;
        let root = reader.clone().any_element().map_err(|e| e.to_string())?;
        let record = soap::read_wrapped(&mut reader, path, 0).map_err(|e| e.to_string())?;
        return Ok((record, root));
    }
    let body = reader.clone().any_element().map_err(|e| e.to_string())?;
    let Some(name) = path.first() else {
        let mut record = T::default();
        record
            .read_content(&mut reader)
            .map_err(|e| e.to_string())?;
        return Ok((record, body));
    };
    while reader.next_start().map_err(|e| e.to_string())? {
        if reader.is(name.namespace, name.local) {
            reader.path_from_here();
            let record = soap::read_wrapped(&mut reader, path, 0).map_err(|e| e.to_string())?;
            return Ok((record, body));
        }
        reader.skip().map_err(|e| e.to_string())?;
    }
    Err(format!(
        "the body holds no `{}` in `{}`",
        name.local, name.namespace
    ))
}

fn json<T: ComplexType + PartialEq + Debug>(text: &str) -> Result<(), String> {
    let limits = Limits::default();
    let read = |text: &str| -> Result<T, String> {
        json::Reader::new(text, &limits)
            .document()
            .map_err(|e| e.to_string())
    };
    let any = |text: &str| {
        let mut element = json::Reader::new(text, &limits)
            .any("")
            .map_err(|e| e.to_string())?;
        sort(&mut element);
        Ok::<_, String>(element)
    };
    let first = read(text)?;
    let written = json::Writer::document(&first)
        .map_err(|error| error.to_string())?
        .body;
    same(&first, &read(&written)?)?;
    compare(&any(text)?, &any(&written)?, "")
}

use zeroize::Zeroizing;

use super::encoding::{self, Parts};
use crate::binding::{Binding, Name, Version};
use crate::complex::ComplexType;
use crate::error::RequestErrorKind;
use crate::http_request;
use crate::mime::{Outgoing, PACKED};
use crate::port::Settings;
use crate::receive::Blame;
use crate::shape::one;
use crate::value::Value;
use crate::xml::{Halves, WriteError, Writer, XML, XSI, is_char};

/// The envelope with `record` in its body, and what travels beside it. No document type, no processing
/// instruction, no encoding style.
pub(crate) fn envelope(
    settings: &Settings,
    binding: &Binding,
    version: Version,
    record: &impl ComplexType,
) -> Result<(String, Vec<Outgoing>), RequestErrorKind> {
    let writer = written(settings, binding, version, record, |_| ())?;
    writer.finish_all().map_err(RequestErrorKind::Write)
}

/// An envelope in two parts, out of which `cut` leaves something.
pub(crate) fn halves(
    settings: &Settings,
    binding: &Binding,
    version: Version,
    record: &impl ComplexType,
    cut: impl FnOnce(&mut Writer),
) -> Result<Option<Halves>, RequestErrorKind> {
    let writer = written(settings, binding, version, record, cut)?;
    writer.finish_halves().map_err(RequestErrorKind::Write)
}

fn written(
    settings: &Settings,
    binding: &Binding,
    version: Version,
    record: &impl ComplexType,
    prepare: impl FnOnce(&mut Writer),
) -> Result<Writer, RequestErrorKind> {
    let soap = version.namespace();
    let headers = headers(settings, binding)?;
    let names = binding.request.iter().map(|name| name.namespace);
    let mut names = names.chain(headers.iter().map(|(name, _)| name.namespace));
    let namespace = names.find(|namespace| !namespace.is_empty() && *namespace != soap);
    let mut writer = open(version, namespace, binding.encoded.is_some());
    prepare(&mut writer);
    if http_request::is_xop(settings, binding) {
        writer.pack_from(PACKED);
    }
    if !headers.is_empty() || settings.credentials.is_given() {
        writer.start(soap, "Header");
        settings.credentials.write(soap, &mut writer);
        for (name, value) in headers {
            value.write_xml(&one(name.local).in_namespace(name.namespace), &mut writer);
        }
        writer.end();
    }
    let encoded = binding
        .encoded
        .map(|encoded| (encoded.encoding, encoded.request));
    body(&mut writer, version, binding.request, encoded, record)
        .map_err(RequestErrorKind::Write)?;
    Ok(writer)
}

/// An envelope of a message without header blocks.
pub(crate) fn message(
    version: Version,
    path: &[Name],
    encoded: Option<Parts>,
    record: &impl ComplexType,
) -> Result<String, WriteError> {
    let namespace = path.first().map(|name| name.namespace);
    let mut writer = open(version, namespace, encoded.is_some());
    body(&mut writer, version, path, encoded, record)?;
    writer.finish()
}

/// An envelope with a fault.
pub(crate) fn refusal(version: Version, blame: Blame, reason: &str) -> String {
    let soap = version.namespace();
    // What XML cannot hold must not keep the refusal from being said.
    let sayable = |c| {
        if is_char(c) {
            c
        } else {
            char::REPLACEMENT_CHARACTER
        }
    };
    let reason: &str = &reason.chars().map(sayable).collect::<String>();
    let mut writer = open(version, None, false);
    writer.start(soap, "Body");
    writer.start(soap, "Fault");
    match version {
        Version::Soap11 => {
            let code = match blame {
                Blame::Sender => "soap:Client",
                Blame::Receiver => "soap:Server",
            };
            text(&mut writer, "", "faultcode", code);
            text(&mut writer, "", "faultstring", reason);
        }
        Version::Soap12 => {
            let code = match blame {
                Blame::Sender => "soap:Sender",
                Blame::Receiver => "soap:Receiver",
            };
            writer.start(soap, "Code");
            text(&mut writer, soap, "Value", code);
            writer.end();
            writer.start(soap, "Reason");
            writer.start(soap, "Text");
            writer.attribute(XML, "lang", "en");
            writer.text(reason);
            writer.end();
            writer.end();
        }
    }
    writer.finish().unwrap_or_default()
}

fn text(writer: &mut Writer, namespace: &str, local: &str, content: &str) {
    writer.start(namespace, local);
    writer.text(content);
    writer.end();
}

fn open(version: Version, namespace: Option<&str>, encoded: bool) -> Writer {
    let mut writer = Writer::new();
    writer.declare("soap", version.namespace());
    writer.declare("xsi", XSI);
    if let Some(namespace) = namespace.filter(|namespace| !namespace.is_empty()) {
        writer.declare("ns", namespace);
    }
    if encoded {
        encoding::declare(&mut writer, version);
    }
    writer.start(version.namespace(), "Envelope");
    writer
}

fn body(
    writer: &mut Writer,
    version: Version,
    path: &[Name],
    encoded: Option<Parts>,
    record: &impl ComplexType,
) -> Result<(), WriteError> {
    writer.start(version.namespace(), "Body");
    if let (Some(parts), Some(_)) = (encoded, path.first()) {
        let mut literal = Writer::new();
        literal.take_attachments_of(writer);
        write_wrapped(&mut literal, path, record);
        let (literal, attachments) = literal.finish_all()?;
        writer.attach_all(attachments);
        let literal = Zeroizing::new(literal);
        if !encoding::write(writer, &literal, parts, version) {
            return Err(WriteError::too_deep());
        }
    } else {
        write_wrapped(writer, path, record);
    }
    Ok(())
}

fn write_wrapped(writer: &mut Writer, path: &[Name], record: &impl ComplexType) {
    for name in path {
        writer.start(name.namespace, name.local);
    }
    writer.begin_message();
    record.write_content(writer);
}

/// The header blocks that the operation declares, in its order.
fn headers<'a>(
    settings: &'a Settings,
    binding: &Binding,
) -> Result<Vec<(Name, &'a dyn Value)>, RequestErrorKind> {
    let mut blocks: Vec<(_, &dyn Value)> = Vec::new();
    for header in binding.headers {
        match settings
            .headers
            .iter()
            .find(|(name, _)| *name == header.name)
        {
            Some((name, value)) => blocks.push((*name, &**value)),
            None if header.required => {
                return Err(RequestErrorKind::MissingHeader(
                    header.name.local.to_owned(),
                ));
            }
            None => {}
        }
    }
    Ok(blocks)
}

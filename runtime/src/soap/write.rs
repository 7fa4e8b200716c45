use zeroize::Zeroizing;

use super::encoding::{self, Encoding, Member, Parts};
use crate::binding::{Binding, Name, Version};
use crate::complex::ComplexType;
use crate::error::RequestErrorKind;
use crate::http_request;
use crate::mime::{Outgoing, PACKED};
use crate::port::{HeldBlock, Settings};
use crate::receive::Blame;
use crate::xml::{Beginning, Halves, WriteError, Writer, XML, XSI, is_char};

/// The envelope with `record` in its body, and what travels beside it. No document type, no processing
/// instruction, no encoding style.
pub(crate) fn envelope(
    settings: &Settings,
    binding: &Binding,
    version: Version,
    record: &impl ComplexType,
) -> Result<(Vec<u8>, Vec<Outgoing>), RequestErrorKind> {
    let written = write_envelope(settings, binding, version, record, true, |_| ())?;
    match written {
        Some(written) => written.finish_all(),
        None => match write_envelope(settings, binding, version, record, false, |_| ())? {
            Some(written) => written.finish_all(),
            None => Err(WriteError::too_deep()),
        },
    }
    .map_err(RequestErrorKind::Write)
}

/// An envelope in two parts, out of which `cut` leaves something; not of an encoded message.
pub(crate) fn halves(
    settings: &Settings,
    binding: &Binding,
    version: Version,
    record: &impl ComplexType,
    cut: impl FnOnce(&mut Writer),
) -> Result<Option<Halves>, RequestErrorKind> {
    match write_envelope(settings, binding, version, record, true, cut)? {
        Some(written) => written.finish_halves().map_err(RequestErrorKind::Write),
        None => Ok(None),
    }
}

/// [`envelope`], an encoded message `directly` or by way of the literal one; `None` if it cannot be
/// written so.
fn write_envelope(
    settings: &Settings,
    binding: &Binding,
    version: Version,
    record: &impl ComplexType,
    directly: bool,
    prepare: impl FnOnce(&mut Writer),
) -> Result<Option<Writer>, RequestErrorKind> {
    let soap = version.namespace();
    let headers = headers(settings, binding)?;
    let names = binding.request.iter().map(|name| name.namespace);
    let mut names = names.chain(headers.iter().map(|block| block.namespace()));
    let namespace = names.find(|namespace| !namespace.is_empty() && *namespace != soap);
    let mut writer = open(version, namespace, binding.encoded.is_some());
    prepare(&mut writer);
    if http_request::is_xop(settings, binding) {
        writer.pack_from(PACKED);
    }
    if !headers.is_empty() || settings.credentials.is_given() {
        writer.start_name(Name::new(soap, "Header"));
        settings.credentials.write(soap, &mut writer);
        for block in headers {
            block.write(&mut writer);
        }
        writer.end();
    }
    let encoded = binding
        .encoded
        .map(|encoded| (encoded.encoding, encoded.request));
    let path = binding.request;
    let is_written = body(&mut writer, version, path, encoded, record, directly)
        .map_err(RequestErrorKind::Write)?;
    Ok(is_written.then_some(writer))
}

/// An envelope of a message without header blocks, but for its end.
pub(crate) fn message(
    version: Version,
    path: &[Name],
    encoded: Option<Parts>,
    record: &impl ComplexType,
) -> Result<Writer, WriteError> {
    let namespace = path.first().map(|name| name.namespace);
    for directly in [true, false] {
        let mut writer = open(version, namespace, encoded.is_some());
        if body(&mut writer, version, path, encoded, record, directly)? {
            return Ok(writer);
        }
    }
    Err(WriteError::too_deep())
}

/// Writes an encoded message, as the record hands out its values (`None` where that cannot be) or by
/// way of the literal one. For tests: both must say the same.
///
/// # Errors
/// When it cannot be written.
#[doc(hidden)]
pub fn write_encoded_message<T: ComplexType>(
    record: &T,
    (encoding, parts): (&'static Encoding, &'static [Member]),
    name: Name,
    is_soap12: bool,
    directly: bool,
) -> Result<Option<String>, WriteError> {
    let version = match is_soap12 {
        true => Version::Soap12,
        false => Version::Soap11,
    };
    let mut writer = open(version, Some(name.namespace), true);
    let parts = Some((encoding, parts));
    if !body(&mut writer, version, &[name], parts, record, directly)? {
        return Ok(None);
    }
    writer.finish().map(Some)
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

fn open(version: Version, namespace: Option<&'static str>, encoded: bool) -> Writer {
    let [xsd, style] = encoding::declarations(version);
    let declarations = [
        ("soap", version.namespace()),
        ("xsi", XSI),
        ("ns", namespace.unwrap_or_default()),
        xsd,
        style,
    ];
    let used = if encoded { 5 } else { 3 };
    Writer::opened(&Beginning {
        root: Name::new(version.namespace(), "Envelope"),
        declarations: &declarations[..used],
    })
}

fn body(
    writer: &mut Writer,
    version: Version,
    path: &[Name],
    encoded: Option<Parts>,
    record: &impl ComplexType,
    directly: bool,
) -> Result<bool, WriteError> {
    writer.start_name(Name::new(version.namespace(), "Body"));
    if let (Some(parts), Some(name)) = (encoded, path.first()) {
        if let ([_], true) = (path, directly) {
            writer.start_encoded(*name, parts, version);
            record.write_content(writer);
            return Ok(writer.end_encoded());
        }
        let mut literal = Writer::new();
        literal.take_attachments_of(writer);
        write_wrapped(&mut literal, path, record);
        writer.take_attachments_of(&mut literal);
        let literal = Zeroizing::new(literal.finish()?);
        return Ok(encoding::write(writer, &literal, parts, version));
    } else {
        write_wrapped(writer, path, record);
    }
    Ok(true)
}

fn write_wrapped(writer: &mut Writer, path: &[Name], record: &impl ComplexType) {
    for name in path {
        writer.start_name(*name);
    }
    writer.begin_message();
    record.write_content(writer);
}

/// The header blocks that the operation declares, in its order.
fn headers<'a>(
    settings: &'a Settings,
    binding: &Binding,
) -> Result<Vec<&'a HeldBlock>, RequestErrorKind> {
    let mut blocks = Vec::with_capacity(binding.headers.len());
    for header in binding.headers {
        let mut held = settings.headers.iter();
        match held.find(|block| block.is(header.name)) {
            Some(block) => blocks.push(block),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_envelope_is_the_same_whatever_was_written_before() {
        let soaps = [
            (Version::Soap11, "http://schemas.xmlsoap.org/soap/envelope/"),
            (Version::Soap12, "http://www.w3.org/2003/05/soap-envelope"),
        ];
        // Each after another and after itself.
        for namespace in ["urn:a", "urn:b", "urn:b", ""] {
            for (version, soap) in [soaps[0], soaps[0], soaps[1], soaps[0]] {
                let name = Name::new(namespace, "Ask");
                let (declaration, ask) = match namespace {
                    "" => (String::new(), "<Ask/>"),
                    _ => (format!(" xmlns:ns=\"{namespace}\""), "<ns:Ask/>"),
                };
                let expected = format!(
                    "<soap:Envelope xmlns:soap=\"{soap}\" xmlns:xsi=\"{XSI}\"{declaration}>\
                     <soap:Body>{ask}</soap:Body></soap:Envelope>"
                );
                let written = message(version, &[name], None, &()).and_then(Writer::finish);
                assert_eq!(written.unwrap(), expected);
            }
        }
    }
}

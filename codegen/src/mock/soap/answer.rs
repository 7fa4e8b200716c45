//! What a SOAP request is answered with: an example, a specimen, or a fault.

use super::super::specimen::Specimen;
use super::super::wish::{Wish, example};
use super::super::{Answer, Mock};
use super::{Bound, body_parts, envelope};
use crate::contract::{
    Contract, Definition, ElementDeclaration, InBand, PartContent, SOAP_ENCODING_11,
    SOAP_ENCODING_12, Scope, SoapVersion, Style, Use,
};
use crate::diagnostic::nearest;
use crate::export::escaped;

/// A fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::mock) struct Faulty {
    /// `Client`, or a code of a catalogue.
    pub(super) code: String,
    pub(super) reason: String,
    /// What stands in the detail, as XML.
    pub(super) detail: Option<String>,
}

impl Faulty {
    /// The request is wrong.
    pub(super) fn client(reason: impl Into<String>) -> Self {
        Self {
            code: "Client".to_owned(),
            reason: reason.into(),
            detail: None,
        }
    }
}

/// The message of a fault.
pub(super) fn fault(version: SoapVersion, fault: &Faulty) -> Answer {
    let Faulty {
        code,
        reason,
        detail,
    } = fault;
    let (code, reason) = (escaped(code), escaped(reason));
    let is_ours = ["Client", "VersionMismatch"].contains(&code.as_str());
    let (status, body) = match version {
        SoapVersion::Soap11 => {
            let detail = detail
                .as_ref()
                .map(|detail| format!("<detail>{detail}</detail>"));
            let body = format!(
                "<s:Fault><faultcode>s:{code}</faultcode><faultstring xml:lang=\"en\">{reason}\
                 </faultstring>{}</s:Fault>",
                detail.unwrap_or_default()
            );
            (500, body)
        }
        SoapVersion::Soap12 => {
            let (value, subcode) = match code.as_str() {
                "VersionMismatch" => ("VersionMismatch", String::new()),
                "Client" => ("Sender", String::new()),
                _ => (
                    "Receiver",
                    format!(
                        "<s:Subcode><s:Value xmlns:m=\"urn:castile:mock\">m:{code}</s:Value></s:Subcode>"
                    ),
                ),
            };
            let detail = detail
                .as_ref()
                .map(|detail| format!("<s:Detail>{detail}</s:Detail>"));
            let body = format!(
                "<s:Fault><s:Code><s:Value>s:{value}</s:Value>{subcode}</s:Code><s:Reason>\
                 <s:Text xml:lang=\"en\">{reason}</s:Text></s:Reason>{}</s:Fault>",
                detail.unwrap_or_default()
            );
            (if value == "Sender" { 400 } else { 500 }, body)
        }
    };
    let summary = if is_ours {
        "the request is refused".to_owned()
    } else {
        format!("fault {code}")
    };
    Answer {
        summary,
        ..message(version, status, "", &body)
    }
}

fn message(version: SoapVersion, status: u16, header: &str, body: &str) -> Answer {
    let header = match header {
        "" => String::new(),
        blocks => format!("<s:Header>{blocks}</s:Header>"),
    };
    Answer {
        status,
        content_type: match version {
            SoapVersion::Soap11 => "text/xml; charset=utf-8",
            SoapVersion::Soap12 => "application/soap+xml; charset=utf-8",
        },
        body: format!(
            "<s:Envelope xmlns:s=\"{}\">{header}<s:Body>{body}</s:Body></s:Envelope>",
            envelope(version)
        ),
        summary: String::new(),
    }
}

/// The answer to a request that is right.
pub(super) fn respond(
    mock: &Mock,
    operation: Bound<'_>,
    version: SoapVersion,
    wish: &Wish,
) -> Result<Answer, Faulty> {
    if let Wish::Fault(code) = wish {
        return failed(mock, operation, version, code);
    }
    if let Some(example) = example(operation.declared, wish).map_err(Faulty::client)? {
        let text = without_declaration(&example.text);
        let is_envelope = text.contains(envelope(version));
        let answer = if is_envelope {
            Answer {
                body: text.to_owned(),
                ..message(version, 200, "", "")
            }
        } else {
            message(version, 200, "", text)
        };
        return Ok(Answer {
            summary: "example".to_owned(),
            ..answer
        });
    }
    if operation.declared.output.is_none() {
        return Ok(Answer {
            summary: "one-way".to_owned(),
            ..Answer::text(202, "")
        });
    }
    let header = headers(&mock.contract, operation);
    let body = specimen(&mock.contract, operation, version);
    Ok(Answer {
        summary: "specimen".to_owned(),
        ..message(version, 200, &header, &body)
    })
}

/// The text behind an XML declaration, which may not stand inside an envelope.
fn without_declaration(text: &str) -> &str {
    let text = text.trim();
    match text.strip_prefix("<?xml") {
        Some(rest) => rest
            .split_once("?>")
            .map_or(text, |(_, rest)| rest.trim_start()),
        None => text,
    }
}

/// The header blocks of a response.
fn headers(contract: &Contract, operation: Bound<'_>) -> String {
    let mut blocks = String::new();
    for header in &operation.bound.output.headers {
        let parts = &contract.messages[header.message].parts;
        let part = parts.iter().find(|part| part.name == header.part);
        if let Some(PartContent::Element(id)) = part.map(|part| part.content) {
            blocks.push_str(&Specimen::new(contract).xml(&contract.elements[id], ""));
        }
    }
    blocks
}

/// The content of the body of a response.
fn specimen(contract: &Contract, operation: Bound<'_>, version: SoapVersion) -> String {
    let Some(output) = &operation.declared.output else {
        return String::new();
    };
    let parts = body_parts(contract, output, &operation.bound.output);
    let is_encoded = operation.bound.output.body.use_ == Use::Encoded;
    let mut body = String::new();
    for part in parts {
        let mut specimen = match is_encoded {
            true => Specimen::encoded(contract, version),
            false => Specimen::new(contract),
        };
        body.push_str(&match part.content {
            PartContent::Element(id) => specimen.xml(&contract.elements[id], ""),
            PartContent::Type(id) => specimen.xml_named(&part.name, "", id),
        });
    }
    if operation.style == Style::Document {
        return body;
    }
    let namespace = operation
        .bound
        .output
        .body
        .namespace
        .as_deref()
        .unwrap_or_default();
    let name = &operation.declared.name;
    let style = match (is_encoded, version) {
        (false, _) => String::new(),
        (true, SoapVersion::Soap11) => format!(" s:encodingStyle=\"{SOAP_ENCODING_11}\""),
        (true, SoapVersion::Soap12) => format!(" s:encodingStyle=\"{SOAP_ENCODING_12}\""),
    };
    format!(
        "<m:{name}Response xmlns:m=\"{}\"{style}>{body}</m:{name}Response>",
        escaped(namespace)
    )
}

/// A failure that was wished for: a declared fault, an error inside a response, or a code.
fn failed(
    mock: &Mock,
    operation: Bound<'_>,
    version: SoapVersion,
    code: &str,
) -> Result<Answer, Faulty> {
    let contract = &mock.contract;
    let declared = operation.declared;
    if let Some(reference) = declared.faults.iter().find(|fault| fault.name == code) {
        let parts = &contract.messages[reference.message].parts;
        let mut specimen = Specimen::new(contract);
        let detail = parts.first().map(|part| match part.content {
            PartContent::Element(id) => specimen.xml(&contract.elements[id], ""),
            PartContent::Type(id) => specimen.xml_named(&part.name, "", id),
        });
        let reason = format!("{code}, as the request wished");
        return Ok(fault(
            version,
            &Faulty {
                code: "Server".to_owned(),
                reason,
                detail,
            },
        ));
    }
    let catalogue = declared.errors.catalogue.map(|id| &contract.catalogues[id]);
    let codes = catalogue.map_or(&[][..], |catalogue| &catalogue.codes[..]);
    let known = codes.iter().find(|known| known.value == code);
    if catalogue.is_some() && known.is_none() {
        let near = nearest(code, codes.iter().map(|known| known.value.as_str()));
        let help = near
            .map(|near| format!("; did you mean `{near}`?"))
            .unwrap_or_default();
        return Err(Faulty::client(format!(
            "`{}` has no fault `{code}`{help}",
            declared.name
        )));
    }
    let reason = known.and_then(|known| known.documentation.clone());
    let reason = reason.unwrap_or_else(|| format!("{code}, as the request wished"));
    if let (Some(in_band), Some(element)) =
        (&declared.errors.in_band, response(contract, operation))
    {
        let body = in_band_body(contract, in_band, element, code, &reason);
        return Ok(Answer {
            summary: format!("error {code} in the response"),
            ..message(version, 200, "", &body)
        });
    }
    if catalogue.is_none() {
        return Err(Faulty::client(format!(
            "`{}` declares no faults and no catalogue of codes",
            declared.name
        )));
    }
    Ok(fault(
        version,
        &Faulty {
            code: code.to_owned(),
            reason,
            detail: None,
        },
    ))
}

fn response<'a>(contract: &'a Contract, operation: Bound<'_>) -> Option<&'a ElementDeclaration> {
    let output = operation.declared.output.as_ref()?;
    match body_parts(contract, output, &operation.bound.output)
        .first()?
        .content
    {
        PartContent::Element(id) => Some(&contract.elements[id]),
        PartContent::Type(_) => None,
    }
}

/// A response that holds nothing but one message about what went wrong.
fn in_band_body(
    contract: &Contract,
    in_band: &InBand,
    element: &ElementDeclaration,
    code: &str,
    reason: &str,
) -> String {
    let mut body = format!("<{}>{}</{}>", in_band.code, escaped(code), in_band.code);
    if let Some(name) = &in_band.reason {
        body.push_str(&format!("<{name}>{}</{name}>", escaped(reason)));
    }
    if let Some((name, values)) = &in_band.severity {
        let value = values.first().map_or("", String::as_str);
        body.push_str(&format!("<{name}>{}</{name}>", escaped(value)));
    }
    let first = in_band
        .path
        .first()
        .map_or(in_band.code.as_str(), String::as_str);
    for name in wrappers(contract, element, first)
        .iter()
        .chain(&in_band.path)
        .rev()
    {
        body = format!("<{name}>{body}</{name}>");
    }
    let name = &element.name;
    // Elements inside have the namespace of the first of them, be it none.
    let is_first =
        |known: &&ElementDeclaration| known.scope == Scope::Local && *known.name.local == *first;
    let inner = contract
        .elements
        .iter()
        .map(|(_, known)| known)
        .find(is_first);
    if inner.is_some_and(|inner| inner.name.namespace.is_empty()) {
        body = body.replacen('>', " xmlns=\"\">", 1);
    }
    format!(
        "<{} xmlns=\"{}\">{body}</{}>",
        name.local,
        escaped(&name.namespace),
        name.local
    )
}

/// The names of the elements around the record of a response: each is the only one in the other. The
/// record is the one with an element called `inner`.
fn wrappers(contract: &Contract, element: &ElementDeclaration, inner: &str) -> Vec<String> {
    const DEPTH: usize = 16;
    let mut names = Vec::new();
    let mut at = element;
    while let Definition::Complex(complex) = &contract.types[at.type_definition].definition {
        let members = super::super::json::members(contract, complex);
        match members.as_slice() {
            [(only, _)] if *only.name.local != *inner && names.len() < DEPTH => {
                names.push(only.name.local.to_string());
                at = only;
            }
            _ => break,
        }
    }
    names
}

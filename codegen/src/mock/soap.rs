//! SOAP requests, held against the contract, and their answers.

mod answer;
mod rpc;

use castile::Limits;

use self::answer::{Faulty, fault, respond};
use super::wish::wish;
use super::{Answer, Endpoint, Mock, Request, credentials, rules};
use crate::contract::{
    Action, Binding, BindingOperation, Contract, ElementDeclaration, MessageBinding,
    MessageReference, Operation, Part, PartContent, Protocol, QName, SoapVersion, Style, Use,
};
use crate::diagnostic::{Diagnostics, nearest};
use crate::export::escaped;
use crate::frontend::xml::{self, Element};
use crate::namespace::{SOAP_ENVELOPE_11, SOAP_ENVELOPE_12};
use crate::source::Sources;

/// The namespace of the envelope.
pub(super) fn envelope(version: SoapVersion) -> &'static str {
    match version {
        SoapVersion::Soap11 => SOAP_ENVELOPE_11,
        SoapVersion::Soap12 => SOAP_ENVELOPE_12,
    }
}

/// An operation of the port, as the port type and as the binding declare it.
#[derive(Clone, Copy)]
pub(super) struct Bound<'a> {
    pub(super) declared: &'a Operation,
    pub(super) bound: &'a BindingOperation,
    pub(super) style: Style,
}

pub(super) fn answer(
    mock: &Mock,
    endpoint: &Endpoint,
    version: SoapVersion,
    request: &Request,
) -> Answer {
    if request.method != "POST" {
        let text = "SOAP requests come with POST; GET with ?wsdl gives the description\n";
        return Answer::text(405, text);
    }
    match judge(mock, endpoint, version, request) {
        Ok(answer) => answer,
        Err(refusal) => fault(version, &refusal),
    }
}

fn judge(
    mock: &Mock,
    endpoint: &Endpoint,
    version: SoapVersion,
    request: &Request,
) -> Result<Answer, Faulty> {
    let media_type = request
        .header("content-type")
        .unwrap_or_default()
        .to_ascii_lowercase();
    if media_type.starts_with("multipart/") {
        return Err(Faulty::client(
            "messages of several parts are not taken here",
        ));
    }
    let wish = wish(request).map_err(Faulty::client)?;
    let mut sources = Sources::default();
    let text = std::str::from_utf8(&request.body)
        .map_err(|error| Faulty::client(format!("the request is not UTF-8: {error}")))?;
    let document = sources.add("request.xml", text);
    let document = document.map_err(|error| Faulty::client(error.to_string()))?;
    let mut diagnostics = Diagnostics::new();
    let Some(tree) = xml::parse(&sources, document, &mut diagnostics) else {
        // The place would be shown with its line, which may hold a secret.
        let reasons: Vec<String> = diagnostics
            .iter()
            .map(|found| found.message.clone())
            .collect();
        return Err(Faulty::client(reasons.join("; ")));
    };
    let root = Element::root(document, &tree);
    let body = open(root, version)?;
    let binding = &mock.contract.bindings[endpoint.binding];
    let operation = choose(&mock.contract, binding, body, request)?;
    let name = &operation.declared.name;
    let found = |what: String| Faulty::client(format!("{name}: {what}"));
    check_action(operation, version, request).map_err(found)?;
    let mut findings = Vec::new();
    credentials::check_http(binding, request, &mut findings);
    check_headers(mock, operation, root, version, &mut findings);
    let is_literal = operation.bound.input.body.use_ == Use::Literal;
    if operation.style == Style::Document && is_literal {
        if let Err(violations) = mock.schema.validate_body(&request.body, &Limits::default()) {
            // Callers know what they sent by the element in the body.
            let all = violations.iter().map(ToString::to_string);
            findings.extend(all.map(|found| match found.strip_prefix("Envelope/Body/") {
                Some(inner) => inner.to_owned(),
                None => found,
            }));
        }
        if let (Some(element), Some(child)) = (
            body_element(&mock.contract, operation),
            body.children().next(),
        ) {
            let path = child.name();
            rules::check(
                &mock.contract,
                child,
                element.type_definition,
                path,
                &mut findings,
            );
            credentials::check_xml(&mock.contract, child, element, path, &mut findings);
        }
    }
    if let (Style::Rpc, Some(wrapper)) = (operation.style, body.children().next()) {
        rpc::check(mock, operation, root, wrapper, &mut findings);
    }
    if findings.is_empty() {
        let mut answer = respond(mock, operation, version, &wish)?;
        answer.summary = format!("{name} {}", answer.summary);
        return Ok(answer);
    }
    Err(found(findings.join("\n")))
}

/// The body of the envelope.
fn open(root: Element<'_>, version: SoapVersion) -> Result<Element<'_>, Faulty> {
    let namespace = envelope(version);
    if root.name() == "Envelope" && [SOAP_ENVELOPE_11, SOAP_ENVELOPE_12].contains(&root.namespace())
    {
        if root.namespace() != namespace {
            return Err(Faulty {
                code: "VersionMismatch".to_owned(),
                ..Faulty::client(format!("this port takes envelopes of `{namespace}`"))
            });
        }
    } else {
        return Err(Faulty::client(format!(
            "`{}` is no envelope: `{{{namespace}}}Envelope` is expected",
            root.name()
        )));
    }
    { root.children() }
        .find(|child| child.is(namespace, "Body"))
        .ok_or_else(|| Faulty::client("the envelope has no body"))
}

/// The operations of a binding.
fn operations<'a>(contract: &'a Contract, binding: &'a Binding) -> impl Iterator<Item = Bound<'a>> {
    let style = match binding.protocol {
        Protocol::Soap { style, .. } => style,
        _ => Style::Document,
    };
    let port_type = &contract.port_types[binding.port_type];
    binding.operations.iter().filter_map(move |bound| {
        let declared = port_type.operations.iter().find(|declared| {
            let input = declared.input.as_ref().map(|input| &input.name);
            let named = bound.input_name.as_ref();
            declared.name == bound.name && (named.is_none() || named == input)
        })?;
        Some(Bound {
            declared,
            bound,
            style: bound.style.unwrap_or(style),
        })
    })
}

/// The parts of a message that the body holds.
pub(super) fn body_parts<'a>(
    contract: &'a Contract,
    reference: &MessageReference,
    bound: &MessageBinding,
) -> Vec<&'a Part> {
    let message = &contract.messages[reference.message];
    let is_elsewhere = |part: &Part| {
        let in_header = { bound.headers.iter() }
            .any(|header| header.message == reference.message && header.part == part.name);
        in_header
            || bound
                .attachments
                .iter()
                .any(|attachment| attachment.part == part.name)
    };
    let parts = message.parts.iter();
    match &bound.body.parts {
        Some(named) => parts.filter(|part| named.contains(&part.name)).collect(),
        None => parts.filter(|part| !is_elsewhere(part)).collect(),
    }
}

/// The element that the body of a request holds, in document style.
fn body_element<'a>(
    contract: &'a Contract,
    operation: Bound<'_>,
) -> Option<&'a ElementDeclaration> {
    let input = operation.declared.input.as_ref()?;
    let parts = body_parts(contract, input, &operation.bound.input);
    match parts.first()?.content {
        PartContent::Element(id) => Some(&contract.elements[id]),
        PartContent::Type(_) => None,
    }
}

/// The name of what the body of a request holds; `None` if it is empty.
fn request_name(contract: &Contract, operation: Bound<'_>) -> Option<QName> {
    match operation.style {
        Style::Rpc => {
            let namespace = operation.bound.input.body.namespace.as_deref();
            Some(QName::new(
                namespace.unwrap_or_default(),
                operation.declared.name.as_str(),
            ))
        }
        Style::Document => body_element(contract, operation).map(|element| element.name.clone()),
    }
}

fn choose<'a>(
    contract: &'a Contract,
    binding: &'a Binding,
    body: Element<'_>,
    request: &Request,
) -> Result<Bound<'a>, Faulty> {
    let first = body.children().next();
    let name = first.map(|first| QName::new(first.namespace(), first.name()));
    let fitting: Vec<Bound<'_>> = operations(contract, binding)
        .filter(|operation| request_name(contract, *operation) == name)
        .collect();
    // Several operations may have the same request: the action tells them apart.
    let action = sent_action(request);
    let named = fitting.iter().find(|operation| {
        matches!(&operation.bound.action, Action::Known(known) if Some(known) == action.as_ref())
    });
    if let Some(found) = named.or(fitting.first()) {
        return Ok(*found);
    }
    let known: Vec<String> = operations(contract, binding)
        .filter_map(|operation| request_name(contract, operation))
        .map(|name| name.to_string())
        .collect();
    let Some(name) = name else {
        return Err(Faulty::client(format!(
            "the body is empty; expected is one of {}",
            known.join(", ")
        )));
    };
    let near = nearest(&name.to_string(), known.iter().map(String::as_str)).map(str::to_owned);
    let local = known
        .iter()
        .find(|known| known.ends_with(&format!("}}{}", name.local)));
    let help = match near.or(local.cloned()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => format!("expected is one of {}", known.join(", ")),
    };
    Err(Faulty::client(format!(
        "no operation of this port has the request `{name}`; {help}"
    )))
}

/// The action of a request, of either version.
fn sent_action(request: &Request) -> Option<String> {
    if let Some(action) = request.header("soapaction") {
        return Some(action.trim_matches('"').to_owned());
    }
    let media_type = request.header("content-type")?;
    let parameters = media_type
        .split(';')
        .skip(1)
        .filter_map(|parameter| parameter.split_once('='));
    let mut actions = parameters.filter(|(name, _)| name.trim().eq_ignore_ascii_case("action"));
    actions
        .next()
        .map(|(_, value)| value.trim().trim_matches('"').to_owned())
}

fn check_action(
    operation: Bound<'_>,
    version: SoapVersion,
    request: &Request,
) -> Result<(), String> {
    let sent = sent_action(request);
    match (&operation.bound.action, sent, version) {
        (Action::Known(known), Some(sent), _) if *known != sent => Err(format!(
            "the SOAP action is `{sent}`; expected is `{known}`"
        )),
        (Action::Known(known), None, SoapVersion::Soap11) => Err(format!(
            "the request has no header SOAPAction; expected is `\"{known}\"`"
        )),
        _ => Ok(()),
    }
}

/// Which header blocks are missing, unknown and must be understood, or wrong.
fn check_headers(
    mock: &Mock,
    operation: Bound<'_>,
    root: Element<'_>,
    version: SoapVersion,
    findings: &mut Vec<String>,
) {
    let namespace = envelope(version);
    let blocks: Vec<Element<'_>> = { root.children() }
        .filter(|child| child.is(namespace, "Header"))
        .flat_map(Element::children)
        .collect();
    let mut declared = Vec::new();
    for header in &operation.bound.input.headers {
        let parts = &mock.contract.messages[header.message].parts;
        let part = parts.iter().find(|part| part.name == header.part);
        let Some(PartContent::Element(id)) = part.map(|part| part.content) else {
            continue;
        };
        let element = &mock.contract.elements[id];
        let name = &element.name;
        declared.push(name);
        let block = blocks
            .iter()
            .find(|block| *block.name() == *name.local && *block.namespace() == *name.namespace);
        match block {
            None if header.required || credentials::is_one(element) => findings.push(format!(
                "Header: the block `{}` of `{}` is missing",
                name.local, name.namespace
            )),
            None => {}
            Some(block) => {
                let document = standing_alone(*block);
                let judged = mock
                    .schema
                    .validate_within(document.as_bytes(), &Limits::default());
                if let Err(violations) = judged {
                    let all = violations.iter();
                    findings.extend(all.map(|found| {
                        format!(
                            "Header/{}: {} ({})",
                            found.path(),
                            found.message(),
                            found.rule()
                        )
                    }));
                }
                let path = format!("Header/{}", name.local);
                credentials::check_xml(&mock.contract, *block, element, &path, findings);
            }
        }
    }
    for block in blocks {
        let is_known = { declared.iter() }
            .any(|name| *block.name() == *name.local && *block.namespace() == *name.namespace);
        let must = block
            .attribute_in(namespace, "mustUnderstand")
            .map(|must| must.trimmed());
        if !is_known && matches!(must, Some("1" | "true")) {
            findings.push(format!(
                "Header: the block `{}` must be understood, and is not declared for this operation",
                block.name()
            ));
        }
    }
}

/// An element as a document of its own, with the prefixes that are bound around it.
fn standing_alone(element: Element<'_>) -> String {
    let source = element.source();
    let tag_end = source
        .find(|c: char| c.is_whitespace() || c == '>' || c == '/')
        .unwrap_or(source.len());
    let (tag, rest) = source.split_at(tag_end);
    let start = rest.find('>').map_or(rest, |end| &rest[..end]);
    let mut declared = String::new();
    for prefix in element.prefixes().filter(|prefix| *prefix != "xml") {
        let own = [format!("xmlns:{prefix}="), format!("xmlns:{prefix} =")];
        let namespace = element.namespace_of(prefix);
        if let (false, Some(namespace)) = (own.iter().any(|own| start.contains(own)), namespace) {
            declared.push_str(&format!(" xmlns:{prefix}=\"{}\"", escaped(namespace)));
        }
    }
    if let (false, Some(namespace)) = (start.contains("xmlns="), element.namespace_of("")) {
        declared.push_str(&format!(" xmlns=\"{}\"", escaped(namespace)));
    }
    format!("{tag}{declared}{rest}")
}

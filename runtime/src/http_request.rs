//! The HTTP request of a call: address, header fields, deadline.

use std::borrow::Cow;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Uri, header};

use crate::auth::header_value;
use crate::binding::{Action, Binding, Method, Version};
use crate::error::RequestErrorKind;
use crate::http_parameters::Parameters;
use crate::json::{self, Parameter};
use crate::mime::{self, Outgoing};
use crate::port::Settings;
use crate::transport::BodyLimit;

const SOAP_ACTION: HeaderName = HeaderName::from_static("soapaction");

/// Room for the header fields of a common request.
const FIELDS: usize = 8;

const USER_AGENT: HeaderValue =
    HeaderValue::from_static(concat!("castile/", env!("CARGO_PKG_VERSION")));

/// The request that carries an envelope.
pub(crate) fn soap(
    settings: &Settings,
    binding: &Binding,
    version: Version,
    action: Action,
    (envelope, attachments): (String, Vec<Outgoing>),
) -> Result<Request<Bytes>, RequestErrorKind> {
    let action = match action {
        Action::Fixed(action) => Cow::Borrowed(action),
        Action::Empty => Cow::Borrowed(""),
        Action::Client => match &settings.actions {
            Some(actions) => Cow::Owned(actions.action(binding).map_err(|part| {
                RequestErrorKind::Action(format!(
                    "the pattern of the SOAP actions has the part {part}, which stands for nothing \
                     ({{namespace}}, {{service}} and {{operation}} do)"
                ))
            })?),
            None => {
                return Err(RequestErrorKind::Action(
                    "its SOAP action is not in the contract and not set on the port".to_owned(),
                ));
            }
        },
    };
    let unsendable = || {
        RequestErrorKind::Action("its SOAP action has a character that cannot be sent".to_owned())
    };
    let is_sendable = |b: u8| matches!(b, b' '..=b'~') & (b != b'"') & (b != b'\\');
    if !action.bytes().fold(true, |all, b| all & is_sendable(b)) {
        return Err(unsendable());
    }
    let mut headers = HeaderMap::with_capacity(FIELDS);
    let mut media = match version {
        Version::Soap11 => {
            let value = HeaderValue::try_from(["\"", &action, "\""].concat());
            headers.insert(SOAP_ACTION, value.map_err(|_| unsendable())?);
            Cow::Borrowed("text/xml; charset=utf-8")
        }
        Version::Soap12 if action.is_empty() => {
            Cow::Borrowed("application/soap+xml; charset=utf-8")
        }
        Version::Soap12 => Cow::Owned(format!(
            "application/soap+xml; charset=utf-8; action=\"{action}\""
        )),
    };
    let mut body = Bytes::from(envelope);
    let xop = is_xop(settings, binding);
    if xop || !attachments.is_empty() {
        let package = mime::package(&media, &body, &attachments, xop)
            .map_err(|(content_id, reason)| RequestErrorKind::Attachment { content_id, reason })?;
        media = Cow::Owned(package.content_type);
        body = package.body;
    }
    let media = match media {
        Cow::Borrowed(media) => HeaderValue::from_static(media),
        Cow::Owned(media) => {
            header_value(&media).map_err(|reason| RequestErrorKind::HttpHeader {
                name: "of the media type".to_owned(),
                reason,
            })?
        }
    };
    headers.insert(header::CONTENT_TYPE, media);
    headers.insert(header::ACCEPT, HeaderValue::from_static("*/*"));
    let uri = address(settings)?.clone();
    finish(settings, http::Method::POST, uri, headers, body)
}

/// Whether a request is sent as XOP says, by MTOM.
pub(crate) fn is_xop(settings: &Settings, binding: &Binding) -> bool {
    settings.mtom || binding.mtom
}

/// The request of a JSON operation.
pub(crate) fn json(
    settings: &Settings,
    method: Method,
    template: &str,
    written: json::Written,
) -> Result<Request<Bytes>, RequestErrorKind> {
    let parameters = Parameters(&written.parameters);
    let uri = target(settings, &parameters.path(template)?, &parameters.query())?;
    let mut headers = HeaderMap::with_capacity(FIELDS);
    headers.insert(header::ACCEPT, HeaderValue::from_static("application/json"));
    let method = method.name();
    // Where a record has nothing for the body, only the methods that promise one send it.
    let has_body =
        written.body != "{}" || !matches!(method, http::Method::GET | http::Method::DELETE);
    if has_body {
        let media = HeaderValue::from_static("application/json");
        headers.insert(header::CONTENT_TYPE, media);
    }
    parameters.headers(&mut headers)?;
    let body = if has_body {
        Bytes::from(written.body)
    } else {
        Bytes::new()
    };
    finish(settings, method, uri, headers, body)
}

/// The request of an operation of the HTTP binding whose fields are a query or a form (WSDL 1.1 §4.5,
/// §4.6).
pub(crate) fn form(
    settings: &Settings,
    method: Method,
    template: &str,
    parameters: &[Parameter],
) -> Result<Request<Bytes>, RequestErrorKind> {
    let parameters = Parameters(parameters);
    let path = parameters.path(template)?;
    let form = parameters.query();
    let mut headers = HeaderMap::with_capacity(FIELDS);
    headers.insert(header::ACCEPT, HeaderValue::from_static("*/*"));
    if matches!(method, Method::Get | Method::Delete) {
        let uri = target(settings, &path, &form)?;
        return finish(settings, method.name(), uri, headers, Bytes::new());
    }
    let uri = target(settings, &path, "")?;
    let media = HeaderValue::from_static("application/x-www-form-urlencoded");
    headers.insert(header::CONTENT_TYPE, media);
    finish(settings, method.name(), uri, headers, Bytes::from(form))
}

/// The request of an operation of the HTTP binding that sends a document (WSDL 1.1 §5.5).
pub(crate) fn document(
    settings: &Settings,
    method: Method,
    path: &str,
    document: String,
) -> Result<Request<Bytes>, RequestErrorKind> {
    let uri = target(settings, path, "")?;
    let mut headers = HeaderMap::with_capacity(FIELDS);
    headers.insert(header::ACCEPT, HeaderValue::from_static("*/*"));
    let media = HeaderValue::from_static("text/xml; charset=utf-8");
    headers.insert(header::CONTENT_TYPE, media);
    finish(settings, method.name(), uri, headers, Bytes::from(document))
}

/// The port's address with a path, which may have a query of its own, and a query.
fn target(settings: &Settings, path: &str, query: &str) -> Result<Uri, RequestErrorKind> {
    let base = address(settings)?;
    let (path, own) = path.split_once('?').unwrap_or((path, ""));
    let mut target = base.path().to_owned();
    if !path.is_empty() {
        target.truncate(target.trim_end_matches('/').len());
        target.push_str(path);
    }
    let queries = [base.query().unwrap_or_default(), own, query];
    let queries: Vec<&str> = { queries.into_iter() }
        .filter(|query| !query.is_empty())
        .collect();
    if !queries.is_empty() {
        target.push('?');
        target.push_str(&queries.join("&"));
    }
    let no_url = || RequestErrorKind::Address("the address and the path make no URL".to_owned());
    let mut parts = base.clone().into_parts();
    parts.path_and_query = Some(target.parse().map_err(|_| no_url())?);
    Uri::from_parts(parts).map_err(|_| no_url())
}

impl Method {
    const fn name(self) -> http::Method {
        match self {
            Self::Get => http::Method::GET,
            Self::Post => http::Method::POST,
            Self::Put => http::Method::PUT,
            Self::Patch => http::Method::PATCH,
            Self::Delete => http::Method::DELETE,
        }
    }
}

fn finish(
    settings: &Settings,
    method: http::Method,
    uri: Uri,
    mut headers: HeaderMap,
    body: Bytes,
) -> Result<Request<Bytes>, RequestErrorKind> {
    if let Some((name, reason)) = &settings.refused {
        return Err(RequestErrorKind::HttpHeader {
            name: name.clone(),
            reason,
        });
    }
    headers.insert(header::USER_AGENT, USER_AGENT);
    if cfg!(feature = "gzip") {
        headers.insert(
            header::ACCEPT_ENCODING,
            HeaderValue::from_static("gzip, deflate"),
        );
    }
    for (name, value) in &settings.http_headers {
        headers.insert(name, value.clone());
    }
    let mut request = Request::new(body);
    *request.method_mut() = method;
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    request.extensions_mut().insert(settings.deadline);
    request
        .extensions_mut()
        .insert(BodyLimit(settings.limits.body));
    Ok(request)
}

fn address(settings: &Settings) -> Result<&Uri, RequestErrorKind> {
    let uri = settings.address.uri();
    uri.map_err(|reason| RequestErrorKind::Address(reason.to_owned()))
}

//! The HTTP request of a call: address, header fields, deadline.

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, Request, Uri, header};

use crate::auth::header_value;
use crate::binding::{Action, Binding, Method, Version};
use crate::error::RequestErrorKind;
use crate::http_parameters::Parameters;
use crate::json::{self, Parameter};
use crate::mime::{self, Outgoing};
use crate::port::Settings;
use crate::soap_heads;
use crate::transport::BodyLimit;

/// Room for the header fields of a common request.
const FIELDS: usize = 8;

const USER_AGENT: HeaderValue =
    HeaderValue::from_static(concat!("castile/", env!("CARGO_PKG_VERSION")));

/// The request that carries an envelope.
pub(crate) fn soap(
    settings: &Settings,
    binding: &'static Binding,
    version: Version,
    action: Action,
    (envelope, attachments): (Vec<u8>, Vec<Outgoing>),
) -> Result<Request<Bytes>, RequestErrorKind> {
    let make = || soap_heads::make(settings, binding, version, action);
    let mut headers = settings.soap_heads.of(binding, make)?;
    let mut body = Bytes::from(envelope);
    let xop = is_xop(settings, binding);
    if xop || !attachments.is_empty() {
        let media = headers.get(header::CONTENT_TYPE);
        let media = media.and_then(|media| media.to_str().ok());
        let media = media.unwrap_or_default();
        let package = mime::package(media, &body, &attachments, xop)
            .map_err(|(content_id, reason)| RequestErrorKind::Attachment { content_id, reason })?;
        let media =
            header_value(&package.content_type).map_err(|reason| RequestErrorKind::HttpHeader {
                name: "of the media type".to_owned(),
                reason,
            })?;
        headers.insert(header::CONTENT_TYPE, media);
        body = package.body;
    }
    let uri = address(settings)?.clone();
    Ok(request(settings, http::Method::POST, uri, headers, body))
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
    let mut headers = fields();
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
    let mut headers = fields();
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
    document: Vec<u8>,
) -> Result<Request<Bytes>, RequestErrorKind> {
    let uri = target(settings, path, "")?;
    let mut headers = fields();
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
    set_common(settings, &mut headers)?;
    Ok(request(settings, method, uri, headers, body))
}

/// Room for the header fields of a request.
pub(crate) fn fields() -> HeaderMap {
    HeaderMap::with_capacity(FIELDS)
}

/// Sets the header fields that all requests through a port have.
pub(crate) fn set_common(
    settings: &Settings,
    headers: &mut HeaderMap,
) -> Result<(), RequestErrorKind> {
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
    Ok(())
}

/// A request, which also says how long it may take and how much of the answer may be read.
fn request(
    settings: &Settings,
    method: http::Method,
    uri: Uri,
    headers: HeaderMap,
    body: Bytes,
) -> Request<Bytes> {
    let mut request = Request::new(body);
    *request.method_mut() = method;
    *request.uri_mut() = uri;
    *request.headers_mut() = headers;
    let extensions = request.extensions_mut();
    extensions.insert(settings.deadline);
    extensions.insert(BodyLimit(settings.limits.body));
    request
}

fn address(settings: &Settings) -> Result<&Uri, RequestErrorKind> {
    let uri = settings.address.uri();
    uri.map_err(|reason| RequestErrorKind::Address(reason.to_owned()))
}

//! The HTTP header fields of SOAP requests: the same for each call of an operation through a port, and
//! therefore made once.

use std::ptr;
use std::sync::Mutex;

use http::{HeaderMap, HeaderName, HeaderValue, header};

use crate::auth::header_value;
use crate::binding::{Action, Binding, Version};
use crate::error::RequestErrorKind;
use crate::http_request;
use crate::port::Settings;

const SOAP_ACTION: HeaderName = HeaderName::from_static("soapaction");

/// Of how many operations the header fields are kept.
const KEPT: usize = 64;

/// The header fields of the operations that were called. A clone has none: what the fields say is about
/// to change.
#[derive(Default)]
pub(crate) struct SoapHeads(Mutex<Vec<(&'static Binding, HeaderMap)>>);

impl Clone for SoapHeads {
    fn clone(&self) -> Self {
        Self::default()
    }
}

impl SoapHeads {
    /// The header fields of an operation's request, as `make` makes them the first time.
    pub(crate) fn of(
        &self,
        binding: &'static Binding,
        make: impl FnOnce() -> Result<HeaderMap, RequestErrorKind>,
    ) -> Result<HeaderMap, RequestErrorKind> {
        let find = |kept: &Vec<(&Binding, HeaderMap)>| {
            let mut kept = kept.iter();
            let found = kept.find(|(known, _)| ptr::eq(*known, binding));
            found.map(|(_, headers)| headers.clone())
        };
        if let Some(headers) = self.0.lock().ok().and_then(|kept| find(&kept)) {
            return Ok(headers);
        }
        let headers = make()?;
        if let Ok(mut kept) = self.0.lock()
            && kept.len() < KEPT
        {
            kept.push((binding, headers.clone()));
        }
        Ok(headers)
    }
}

/// The header fields of a request whose body is an envelope alone.
pub(crate) fn make(
    settings: &Settings,
    binding: &Binding,
    version: Version,
    action: Action,
) -> Result<HeaderMap, RequestErrorKind> {
    let action = sendable(settings, binding, action)?;
    let mut headers = http_request::fields();
    let media = match version {
        Version::Soap11 => {
            let value = header_value(&format!("\"{action}\"")).map_err(|_| unsendable())?;
            headers.insert(SOAP_ACTION, value);
            HeaderValue::from_static("text/xml; charset=utf-8")
        }
        Version::Soap12 if action.is_empty() => {
            HeaderValue::from_static("application/soap+xml; charset=utf-8")
        }
        Version::Soap12 => header_value(&format!(
            "application/soap+xml; charset=utf-8; action=\"{action}\""
        ))
        .map_err(|_| unsendable())?,
    };
    headers.insert(header::CONTENT_TYPE, media);
    headers.insert(header::ACCEPT, HeaderValue::from_static("*/*"));
    http_request::set_common(settings, &mut headers)?;
    Ok(headers)
}

fn unsendable() -> RequestErrorKind {
    RequestErrorKind::Action("its SOAP action has a character that cannot be sent".to_owned())
}

/// The action of an operation, within quotes wherever it goes.
fn sendable(
    settings: &Settings,
    binding: &Binding,
    action: Action,
) -> Result<String, RequestErrorKind> {
    let action = match action {
        Action::Fixed(action) => action.to_owned(),
        Action::Empty => String::new(),
        Action::Client => match &settings.actions {
            Some(actions) => actions.action(binding).map_err(|part| {
                RequestErrorKind::Action(format!(
                    "the pattern of the SOAP actions has the part {part}, which stands for nothing \
                     ({{namespace}}, {{service}} and {{operation}} do)"
                ))
            })?,
            None => {
                return Err(RequestErrorKind::Action(
                    "its SOAP action is not in the contract and not set on the port".to_owned(),
                ));
            }
        },
    };
    let is_sendable = |b: u8| matches!(b, b' '..=b'~') && b != b'"' && b != b'\\';
    if action.bytes().all(is_sendable) {
        Ok(action)
    } else {
        Err(unsendable())
    }
}

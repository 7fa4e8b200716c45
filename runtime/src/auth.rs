//! Credentials: HTTP header fields, Basic, bearer tokens, WS-Security `UsernameToken`. SOAP header
//! blocks are [`Port::header`].

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::{HeaderName, HeaderValue, header};
use zeroize::Zeroizing;

use crate::check::Checker;
use crate::complex::ComplexType;
use crate::json;
use crate::port::{Port, Settings};
use crate::types::Secret;
#[cfg(feature = "wsse")]
use crate::wsse::UsernameToken;
use crate::xml::Writer;

/// Credentials that are made anew for each call.
#[derive(Clone, Default)]
pub(crate) struct Credentials {
    #[cfg(feature = "wsse")]
    pub(crate) username_token: Option<UsernameToken>,
}

impl Credentials {
    /// Whether there are any that go into the envelope's header.
    pub(crate) fn is_given(&self) -> bool {
        #[cfg(feature = "wsse")]
        return self.username_token.is_some();
        #[cfg(not(feature = "wsse"))]
        false
    }

    /// Writes them as header blocks. `soap` is the namespace of the envelope.
    #[cfg_attr(
        not(feature = "wsse"),
        expect(unused_variables, reason = "nothing to write")
    )]
    pub(crate) fn write(&self, soap: &str, writer: &mut Writer) {
        #[cfg(feature = "wsse")]
        if let Some(token) = &self.username_token {
            token.write(soap, writer);
        }
    }
}

impl<T> Port<T> {
    /// Sends an HTTP header field with each call, as it is. A later value replaces an earlier one.
    #[must_use]
    pub fn http_header(self, name: &str, value: &str) -> Self {
        self.with(|settings| settings.set_http_header(name, value, false))
    }

    /// Sends an HTTP header field that holds a secret, after `prefix`:
    /// `http_secret("Authorization", "Session ", id)`.
    #[must_use]
    pub fn http_secret(self, name: &str, prefix: &str, secret: impl Into<Secret>) -> Self {
        let secret = secret.into();
        let value = Zeroizing::new(format!("{prefix}{}", secret.expose()));
        self.with(|settings| {
            settings.secrets.add(secret.expose());
            settings.set_http_header(name, &value, true);
        })
    }

    /// Sends an HTTP header field that holds a record: base64 of its JSON.
    #[must_use]
    pub fn http_header_json(self, name: &str, value: &impl ComplexType) -> Self {
        let Ok(written) = json::Writer::document(value) else {
            return self
                .with(|settings| settings.refuse(name, "holds records too deep to be sent"));
        };
        let json = Zeroizing::new(written.body);
        let encoded = Zeroizing::new(STANDARD.encode(json.as_bytes()));
        let mut checker = Checker::new();
        value.write_content(&mut checker);
        self.with(|settings| {
            settings.secrets.extend(checker);
            settings.set_http_header(name, &encoded, true);
        })
    }

    /// Sends user name and password by the Basic scheme (RFC 7617) with each call.
    #[must_use]
    pub fn basic(self, username: &str, password: impl Into<Secret>) -> Self {
        let password = password.into();
        let pair = Zeroizing::new(format!("{username}:{}", password.expose()));
        let encoded = Zeroizing::new(STANDARD.encode(pair.as_bytes()));
        let value = Zeroizing::new(format!("Basic {}", encoded.as_str()));
        self.with(|settings| {
            settings.secrets.add(password.expose());
            settings.secrets.add(&encoded);
            if username.contains(':') {
                // The server would take the rest of the name for the password.
                settings.refuse("authorization", "cannot hold a user name with a colon");
            }
            settings.set_http_header("authorization", &value, true);
        })
    }

    /// Sends a bearer token (RFC 6750) with each call.
    #[must_use]
    pub fn bearer(self, token: impl Into<Secret>) -> Self {
        self.http_secret("authorization", "Bearer ", token)
    }

    /// Sends a WS-Security `UsernameToken` with each SOAP call, made anew each time.
    #[cfg(feature = "wsse")]
    #[must_use]
    pub fn username_token(self, token: UsernameToken) -> Self {
        self.with(|settings| {
            settings.secrets.add(token.password());
            settings.credentials.username_token = Some(token);
        })
    }
}

/// Header fields that the runtime or the HTTP client sets.
const RESERVED: [HeaderName; 8] = [
    header::CONTENT_TYPE,
    header::CONTENT_LENGTH,
    header::CONTENT_ENCODING,
    header::TRANSFER_ENCODING,
    header::ACCEPT_ENCODING,
    header::CONNECTION,
    header::HOST,
    header::UPGRADE,
];

impl Settings {
    fn set_http_header(&mut self, name: &str, value: &str, secret: bool) {
        let Ok(header) = HeaderName::from_bytes(name.as_bytes()) else {
            return self.refuse(
                &name.escape_debug().to_string(),
                "has no name of a header field",
            );
        };
        if RESERVED.contains(&header) || header == "soapaction" {
            return self.refuse(name, "is set by the client itself");
        }
        match header_value(value) {
            Ok(mut value) => {
                value.set_sensitive(secret);
                self.http_headers.retain(|(known, _)| *known != header);
                self.http_headers.push((header, value));
            }
            Err(reason) => self.refuse(name, reason),
        }
    }

    fn refuse(&mut self, name: &str, reason: &'static str) {
        self.refused
            .get_or_insert_with(|| (name.to_owned(), reason));
    }
}

/// `text` as the value of a header field, where it cannot be taken for anything else.
pub(crate) fn header_value(text: &str) -> Result<HeaderValue, &'static str> {
    if text.bytes().any(|b| b.is_ascii_control() && b != b'\t') {
        return Err("has a line break or another control character in its value");
    }
    if !text.is_ascii() {
        return Err("has a character in its value that is not ASCII");
    }
    if text != text.trim() {
        return Err("has white space around its value");
    }
    HeaderValue::from_str(text).map_err(|_| "has a character in its value that cannot be sent")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(port: &Port<()>) -> (&str, &str) {
        let (name, value) = &port.settings().http_headers[0];
        assert_eq!(format!("{value:?}"), "Sensitive");
        (name.as_str(), value.to_str().unwrap())
    }

    fn port() -> Port<()> {
        Port::new((), "http://test/")
    }

    #[test]
    fn basic_and_bearer() {
        let basic = port().basic("Aladdin", "open sesame");
        assert_eq!(
            header(&basic),
            ("authorization", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==")
        );
        assert_eq!(
            header(&port().bearer("abc.def")),
            ("authorization", "Bearer abc.def")
        );
        let replaced = port().bearer("abc.def").bearer("ghi");
        assert_eq!(header(&replaced).1, "Bearer ghi");
        assert_eq!(replaced.settings().http_headers.len(), 1);
    }

    #[test]
    fn what_cannot_be_sent_is_remembered() {
        for (port, name, reason) in [
            (
                port().bearer("a\r\nX: y"),
                "authorization",
                "has a line break or another control character in its value",
            ),
            (
                port().bearer("a\0"),
                "authorization",
                "has a line break or another control character in its value",
            ),
            (
                port().bearer("é"),
                "authorization",
                "has a character in its value that is not ASCII",
            ),
            (
                port().http_header("X-A", "a "),
                "X-A",
                "has white space around its value",
            ),
            (
                port().http_header("X:A\n", "a"),
                "X:A\\n",
                "has no name of a header field",
            ),
            (
                port().http_header("Host", "a"),
                "Host",
                "is set by the client itself",
            ),
            (
                port().http_header("SOAPAction", "a"),
                "SOAPAction",
                "is set by the client itself",
            ),
            (
                port().basic("a:b", "c"),
                "authorization",
                "cannot hold a user name with a colon",
            ),
        ] {
            assert_eq!(port.settings().refused, Some((name.to_owned(), reason)));
        }
    }

    #[test]
    fn debug_shows_names_only() {
        let port = Port::new((), "https://user:hunter2000@test:8443/pay?key=hunter2000")
            .bearer("hunter2000")
            .http_secret("X-Key", "a ", "hunter2000");
        let shown = format!("{port:?}");
        assert!(!shown.contains("hunter2000"), "{shown}");
        assert!(shown.contains("\"https://test:8443/pay\""), "{shown}");
        assert!(shown.contains("[\"authorization\", \"x-key\"]"), "{shown}");
    }
}

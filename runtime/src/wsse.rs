//! WS-Security `UsernameToken` (OASIS, profile 1.0), with the password as text or as digest.

use std::fmt;
use std::sync::Arc;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest, Sha1};

use crate::types::Secret;
use crate::xml::Writer;

const WSSE: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd";
const WSU: &str =
    "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd";
const TEXT: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText";
const DIGEST: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest";
const BASE64: &str = "http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary";

/// User name and password as a WS-Security header block.
#[derive(Clone)]
pub struct UsernameToken {
    username: String,
    password: Secret,
    stamp: Option<Arc<dyn Fn() -> Stamp + Send + Sync>>,
}

/// What makes a digest of a password good for one message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stamp {
    /// Random bytes, never the same twice: 16 or more from a cryptographic source.
    pub nonce: Vec<u8>,
    /// Now, in UTC, as `2024-02-29T12:00:00Z`.
    pub created: String,
}

impl UsernameToken {
    /// Sends the password as it is.
    #[must_use]
    pub fn text(username: impl Into<String>, password: impl Into<Secret>) -> Self {
        Self {
            username: username.into(),
            password: password.into(),
            stamp: None,
        }
    }

    /// Sends a SHA-1 digest of nonce, time and password. `stamp` gives nonce and time of each
    /// message: this crate brings neither a source of random numbers nor a clock.
    #[must_use]
    pub fn digest(
        username: impl Into<String>,
        password: impl Into<Secret>,
        stamp: impl Fn() -> Stamp + Send + Sync + 'static,
    ) -> Self {
        Self {
            username: username.into(),
            password: password.into(),
            stamp: Some(Arc::new(stamp)),
        }
    }

    pub(crate) fn password(&self) -> &str {
        self.password.expose()
    }

    pub(crate) fn write(&self, soap: &str, writer: &mut Writer) {
        writer.declare("wsse", WSSE);
        writer.declare("wsu", WSU);
        writer.start(WSSE, "Security");
        writer.attribute(soap, "mustUnderstand", "1");
        writer.start(WSSE, "UsernameToken");
        element(writer, WSSE, "Username", None, &self.username);
        match &self.stamp {
            None => element(
                writer,
                WSSE,
                "Password",
                Some(("Type", TEXT)),
                self.password(),
            ),
            Some(stamp) => {
                let Stamp { nonce, created } = stamp();
                let mut hash = Sha1::new();
                hash.update(&nonce);
                hash.update(created.as_bytes());
                hash.update(self.password().as_bytes());
                let digest = STANDARD.encode(hash.finalize());
                element(writer, WSSE, "Password", Some(("Type", DIGEST)), &digest);
                let nonce = STANDARD.encode(&nonce);
                element(
                    writer,
                    WSSE,
                    "Nonce",
                    Some(("EncodingType", BASE64)),
                    &nonce,
                );
                element(writer, WSU, "Created", None, &created);
            }
        }
        writer.end();
        writer.end();
    }
}

fn element(
    writer: &mut Writer,
    namespace: &str,
    local: &str,
    attribute: Option<(&str, &str)>,
    text: &str,
) {
    writer.start(namespace, local);
    if let Some((name, value)) = attribute {
        writer.attribute("", name, value);
    }
    writer.text(text);
    writer.end();
}

impl fmt::Debug for UsernameToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("UsernameToken")
            .field("username", &self.username)
            .finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(token: &UsernameToken) -> String {
        let mut writer = Writer::new();
        token.write("http://schemas.xmlsoap.org/soap/envelope/", &mut writer);
        writer
            .finish()
            .unwrap()
            .replace(WSSE, "WSSE")
            .replace(WSU, "WSU")
    }

    #[test]
    fn a_password_as_text() {
        let written = written(&UsernameToken::text("ada", "s<cret"));
        let expected = "<wsse:Security xmlns:wsse=\"WSSE\" xmlns:wsu=\"WSU\" \
            xmlns:ns=\"http://schemas.xmlsoap.org/soap/envelope/\" ns:mustUnderstand=\"1\">\
            <wsse:UsernameToken><wsse:Username>ada</wsse:Username>\
            <wsse:Password Type=\"http://docs.oasis-open.org/wss/2004/01/\
            oasis-200401-wss-username-token-profile-1.0#PasswordText\">s&lt;cret</wsse:Password>\
            </wsse:UsernameToken></wsse:Security>";
        assert_eq!(written, expected);
    }

    #[test]
    fn a_password_as_digest() {
        let token = UsernameToken::digest("ada", "hunter2000", || Stamp {
            nonce: b"0123456789abcdef".to_vec(),
            created: "2024-02-29T12:00:00Z".to_owned(),
        });
        let written = written(&token);
        // printf '0123456789abcdef2024-02-29T12:00:00Zhunter2000' | sha1sum | xxd -r -p | base64
        assert!(
            written.contains("#PasswordDigest\">RZIi2wn2f782Y6Pg59sE4Phe3Bg=</wsse:Password>"),
            "{written}"
        );
        assert!(written.contains("#Base64Binary\">MDEyMzQ1Njc4OWFiY2RlZg==</wsse:Nonce>"));
        assert!(written.contains("<wsu:Created>2024-02-29T12:00:00Z</wsu:Created>"));
        assert!(!written.contains("hunter2000"));
        assert!(!format!("{token:?}").contains("hunter2000"));
    }
}

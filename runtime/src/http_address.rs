//! The address of a port.

use std::sync::OnceLock;

use http::Uri;

/// An address as it was given, and what it comes to, found out once.
#[derive(Clone)]
pub(crate) struct Address {
    text: String,
    uri: OnceLock<Result<Uri, &'static str>>,
}

impl Address {
    pub(crate) fn new(text: String) -> Self {
        Self {
            text,
            uri: OnceLock::new(),
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// The address, if it is one that can be called. The message does not show it: it may hold a
    /// password.
    pub(crate) fn uri(&self) -> Result<&Uri, &'static str> {
        let uri = self.uri.get_or_init(|| parse(&self.text));
        uri.as_ref().map_err(|reason| *reason)
    }
}

fn parse(text: &str) -> Result<Uri, &'static str> {
    let Ok(uri) = text.parse::<Uri>() else {
        return Err("the port's address is no URL");
    };
    if !matches!(uri.scheme_str(), Some("http" | "https")) {
        return Err("the port's address does not begin with http:// or https://");
    }
    if uri.host().is_none_or(str::is_empty) {
        return Err("the port's address names no host");
    }
    if uri
        .authority()
        .is_some_and(|authority| authority.as_str().contains('@'))
    {
        return Err("the port's address holds user information: use `Port::basic`");
    }
    Ok(uri)
}

//! A service at an address, with what it takes to call it.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use http::{HeaderName, HeaderValue, Uri};

use crate::auth::Credentials;
use crate::binding::{Actions, Name, Version};
use crate::call::Call;
use crate::check::{CheckError, Checker};
use crate::http_address::Address;
use crate::judge::Judge;
use crate::limits::Limits;
use crate::operation::Operation;
use crate::redaction::Secrets;
use crate::shape::{Field, one};
use crate::soap_heads::SoapHeads;
use crate::transport::Deadline;
use crate::value::Value;
use crate::xml::{Writer, is_same_name};

/// A service at an address: transport, credentials, limits. Generated clients are made of one.
///
/// Settings are given by value, as `Port::new(transport, address).timeout(..)`. A setting that
/// cannot be sent, such as a token with a line break, shows when an operation is called, as
/// [`Error::Request`](crate::Error::Request). `Clone` is cheap where that of the transport is.
/// `Debug` shows no credentials.
#[derive(Clone)]
pub struct Port<T> {
    transport: T,
    settings: Arc<Settings>,
}

/// All of a port but the transport.
#[derive(Clone)]
pub(crate) struct Settings {
    pub(crate) address: Address,
    pub(crate) actions: Option<Actions>,
    /// The version of SOAP, where it is not that of the operations.
    pub(crate) version: Option<Version>,
    pub(crate) headers: Vec<HeldBlock>,
    pub(crate) http_headers: Vec<(HeaderName, HeaderValue)>,
    pub(crate) credentials: Credentials,
    pub(crate) secrets: Secrets,
    pub(crate) limits: Limits,
    pub(crate) deadline: Deadline,
    pub(crate) unchecked: bool,
    pub(crate) mtom: bool,
    pub(crate) judge: Judge,
    /// The first setting that cannot be sent: an HTTP header field and why.
    pub(crate) refused: Option<(String, &'static str)>,
    /// Made of the other settings.
    pub(crate) soap_heads: SoapHeads,
}

impl Settings {
    /// Sets a SOAP header block in the place of an earlier one of this name.
    pub(crate) fn set_header<V>(&mut self, name: Name, value: V)
    where
        V: Value + Send + Sync + 'static,
    {
        let mut checker = Checker::new();
        let entry = one(name.local).in_namespace(name.namespace);
        <dyn Value>::check(&value, &entry, &mut checker);
        let errors = self.secrets.extend(checker);
        self.headers.retain(|known| !known.is(name));
        self.headers.push(HeldBlock {
            name,
            entry,
            value: Arc::new(value),
            errors,
        });
    }
}

/// A SOAP header block for the operations that declare it.
#[derive(Clone)]
pub(crate) struct HeldBlock {
    name: Name,
    /// As an entry of a table, which does not change from call to call.
    entry: Field,
    value: Arc<dyn Value + Send + Sync>,
    /// What its limits forbid.
    errors: Vec<CheckError>,
}

impl HeldBlock {
    pub(crate) fn is(&self, name: Name) -> bool {
        is_same_name(self.name.local, name.local)
            && is_same_name(self.name.namespace, name.namespace)
    }

    pub(crate) fn namespace(&self) -> &'static str {
        self.name.namespace
    }

    pub(crate) fn errors(&self) -> &[CheckError] {
        &self.errors
    }

    pub(crate) fn write(&self, writer: &mut Writer) {
        self.value.write_xml(&self.entry, writer);
    }
}

impl<T> Port<T> {
    /// A service at `address`, an `http` or `https` URL.
    pub fn new(transport: T, address: impl Into<String>) -> Self {
        Self {
            transport,
            settings: Arc::new(Settings {
                address: Address::new(address.into()),
                actions: None,
                version: None,
                headers: Vec::new(),
                http_headers: Vec::new(),
                credentials: Credentials::default(),
                secrets: Secrets::default(),
                limits: Limits::default(),
                deadline: Deadline::DEFAULT,
                unchecked: false,
                mtom: false,
                judge: Judge::default(),
                refused: None,
                soap_heads: SoapHeads::default(),
            }),
        }
    }

    /// Another address.
    #[must_use]
    pub fn at(self, address: impl Into<String>) -> Self {
        self.with(|settings| settings.address = Address::new(address.into()))
    }

    /// The SOAP actions, for operations whose contract does not say them.
    #[must_use]
    pub fn actions(self, actions: impl Into<Actions>) -> Self {
        self.with(|settings| settings.actions = Some(actions.into()))
    }

    /// Speaks SOAP 1.1, whatever the operations are bound to.
    #[must_use]
    pub fn soap_11(self) -> Self {
        self.with(|settings| settings.version = Some(Version::Soap11))
    }

    /// Speaks SOAP 1.2, whatever the operations are bound to.
    #[must_use]
    pub fn soap_12(self) -> Self {
        self.with(|settings| settings.version = Some(Version::Soap12))
    }

    /// Sends a SOAP header block with each operation that declares it. A later value replaces an
    /// earlier one.
    #[must_use]
    pub fn header<V>(self, name: Name, value: &V) -> Self
    where
        V: Value + Clone + Send + Sync + 'static,
    {
        let value = value.clone();
        self.with(|settings| settings.set_header(name, value))
    }

    /// How much of an answer is read before it is refused.
    #[must_use]
    pub fn limits(self, limits: Limits) -> Self {
        self.with(|settings| settings.limits = limits)
    }

    /// How long a call may take, from its start to the last byte of the answer. The default is 60
    /// s.
    #[must_use]
    pub fn timeout(self, timeout: Duration) -> Self {
        self.with(|settings| settings.deadline.total = timeout)
    }

    /// How long it may take to connect. The default is 10 s. `Reqwest` always takes
    /// 10 s.
    #[must_use]
    pub fn connect_timeout(self, timeout: Duration) -> Self {
        self.with(|settings| settings.deadline.connect = timeout)
    }

    /// Sends requests that are against the contract's limits and rules, too.
    #[must_use]
    pub fn unchecked(self) -> Self {
        self.with(|settings| settings.unchecked = true)
    }

    /// Sends requests by MTOM: as `multipart/related`, in which binary data (`xs:base64Binary`) from 1
    /// KiB on is a part of its own, not a third longer as text. Only where the service takes it.
    /// Answers by MTOM are always read.
    #[must_use]
    pub fn mtom(self) -> Self {
        self.with(|settings| settings.mtom = true)
    }

    /// Holds the bodies of SOAP messages against a schema: requests before they are sent, answers
    /// before they are given out. Faults, SOAP-encoded messages, messages with attachments, and
    /// elements that the schema does not declare are not judged.
    #[cfg(feature = "validation")]
    #[must_use]
    pub fn validating(self, schema: &'static crate::validation::Schema) -> Self {
        self.with(|settings| settings.judge = Judge::by(schema))
    }

    /// A call of an operation, which does nothing until it is sent or awaited.
    pub fn call<O: Operation>(&self, request: O::Request) -> Call<'_, T, O> {
        Call::new(&self.transport, Arc::clone(&self.settings), request)
    }

    /// The transport.
    pub fn transport(&self) -> &T {
        &self.transport
    }

    /// The address.
    #[must_use]
    pub fn address(&self) -> &str {
        self.settings.address.as_str()
    }

    pub(crate) fn settings(&self) -> &Settings {
        &self.settings
    }

    pub(crate) fn shared_settings(&self) -> Arc<Settings> {
        Arc::clone(&self.settings)
    }

    pub(crate) fn with(mut self, change: impl FnOnce(&mut Settings)) -> Self {
        let settings = Arc::make_mut(&mut self.settings);
        change(settings);
        settings.soap_heads = SoapHeads::default();
        self
    }
}

impl<T> fmt::Debug for Port<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.settings.fmt(f)
    }
}

impl fmt::Debug for Settings {
    /// Names of headers, and no value of any.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let headers: Vec<_> = self.headers.iter().map(|block| block.name.local).collect();
        let http: Vec<_> = self
            .http_headers
            .iter()
            .map(|(name, _)| name.as_str())
            .collect();
        f.debug_struct("Port")
            .field("address", &Shown(self.address.as_str()))
            .field("actions", &self.actions)
            .field("headers", &headers)
            .field("http_headers", &http)
            .field("limits", &self.limits)
            .field("deadline", &self.deadline)
            .field("unchecked", &self.unchecked)
            .field("mtom", &self.mtom)
            .finish_non_exhaustive()
    }
}

/// An address without user information and query, which may hold credentials.
struct Shown<'a>(&'a str);

impl fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.0.parse::<Uri>() {
            Ok(uri) => {
                let scheme = uri.scheme_str().unwrap_or_default();
                let host = uri.host().unwrap_or_default();
                let port = uri.port().map(|p| format!(":{p}")).unwrap_or_default();
                write!(f, "\"{scheme}://{host}{port}{}\"", uri.path())
            }
            Err(_) => f.write_str("(not a URL)"),
        }
    }
}

//! Gets one document: the only code of the generator that uses the network.

use std::fmt;
use std::io::Read as _;
use std::time::Duration;

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use ureq::Agent;
use ureq::http::{Response, StatusCode, header};
use url::{Origin, Url};

use super::address::{self, Hosts, Refusal};

/// Redirects on the way to one document.
const REDIRECTS: usize = 5;
const CONNECT: Duration = Duration::from_secs(10);
/// For one request, its answer included.
const TOTAL: Duration = Duration::from_secs(120);

/// Why a document could not be had.
#[derive(Debug)]
pub(super) enum FetchError {
    Refused(Refusal),
    /// The server answers, but not with the document; with the address that was asked.
    Status(String, StatusCode),
    /// Whether credentials were sent.
    Unauthorized(String, bool),
    Redirects(String),
    /// A redirect without a location.
    Nowhere(String),
    TooLarge(String, u64),
    /// An encoding that was not asked for.
    Encoded(String, String),
    /// No answer, or half of one.
    Exchange(String, Box<ureq::Error>),
}

impl fmt::Display for FetchError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusal) => refusal.fmt(f),
            Self::Status(address, status) => {
                write!(f, "`{address}` answers with status {status}")
            }
            Self::Unauthorized(address, false) => {
                write!(f, "`{address}` asks for a user and a password")
            }
            Self::Unauthorized(address, true) => {
                write!(f, "`{address}` does not accept the user and password")
            }
            Self::Redirects(address) => {
                write!(
                    f,
                    "more than {REDIRECTS} redirects, the last to `{address}`"
                )
            }
            Self::Nowhere(address) => write!(f, "`{address}` redirects without saying where"),
            Self::TooLarge(address, limit) => {
                write!(f, "`{address}` is larger than the limit of {limit} bytes")
            }
            Self::Encoded(address, encoding) => write!(
                f,
                "`{address}` answers with the encoding `{}`, which was not asked for",
                encoding.escape_debug()
            ),
            Self::Exchange(address, error) => write!(f, "no answer from `{address}`: {error}"),
        }
    }
}

impl FetchError {
    pub(super) fn help(&self) -> Option<String> {
        match self {
            Self::Refused(refusal) => Some(refusal.help()),
            Self::Unauthorized(_, false) => Some(
                "`--user NAME --password-env VAR`; they go to the origin of the inputs only".into(),
            ),
            Self::Unauthorized(_, true) => {
                Some("is the variable of `--password-env` right?".into())
            }
            Self::TooLarge(..) => Some("`--max-bytes N` raises the limit".into()),
            _ => None,
        }
    }
}

impl From<Refusal> for FetchError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

/// A user and a password for one origin.
pub(super) struct Login {
    origin: Origin,
    header: String,
}

impl Login {
    pub(super) fn new(origin: Origin, user: &str, password: &str) -> Self {
        let header = format!(
            "Basic {}",
            BASE64_STANDARD.encode(format!("{user}:{password}"))
        );
        Self { origin, header }
    }
}

/// What asks servers.
pub(super) struct Fetch {
    agent: Agent,
    pub(super) hosts: Hosts,
    pub(super) login: Option<Login>,
    /// The size of one document.
    pub(super) limit: u64,
}

/// What a server gave.
pub(super) enum Fetched {
    /// The address, and what is there.
    New(Url, Vec<u8>),
    /// An address that was had before.
    Known(Url),
}

impl Fetch {
    pub(super) fn new(hosts: Hosts, limit: u64) -> Self {
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_connect(Some(CONNECT))
            .timeout_global(Some(TOTAL))
            .user_agent(concat!("castile/", env!("CARGO_PKG_VERSION")))
            .accept("application/wsdl+xml, application/xml, text/xml, */*;q=0.1")
            // The bytes are stored as they come.
            .accept_encoding("identity");
        Self {
            agent: config.build().new_agent(),
            hosts,
            login: None,
            limit,
        }
    }

    /// Gets what is at `address`, over redirects, unless one leads to what is `known`.
    pub(super) fn get(
        &self,
        address: &Url,
        known: impl Fn(&Url) -> bool,
    ) -> Result<Fetched, FetchError> {
        let mut address = address.clone();
        for _ in 0..=REDIRECTS {
            if known(&address) {
                return Ok(Fetched::Known(address));
            }
            self.hosts.check(&address)?;
            let answer = self.ask(&address)?;
            let status = answer.status();
            match status.as_u16() {
                200 => {
                    return self
                        .body(&address, answer)
                        .map(|b| Fetched::New(address, b));
                }
                301 | 302 | 303 | 307 | 308 => {
                    let location = answer.headers().get(header::LOCATION);
                    let location = location
                        .and_then(|location| std::str::from_utf8(location.as_bytes()).ok())
                        .ok_or_else(|| FetchError::Nowhere(address.to_string()))?;
                    address = address::redirect(&address, location)?;
                }
                401 => {
                    let sent = self.login_for(&address).is_some();
                    return Err(FetchError::Unauthorized(address.into(), sent));
                }
                _ => return Err(FetchError::Status(address.into(), status)),
            }
        }
        Err(FetchError::Redirects(address.into()))
    }

    fn login_for(&self, address: &Url) -> Option<&Login> {
        self.login
            .as_ref()
            .filter(|login| login.origin == address.origin())
    }

    fn ask(&self, address: &Url) -> Result<Response<ureq::Body>, FetchError> {
        let mut request = self.agent.get(address.as_str());
        if is_loopback(address) {
            // No proxy knows what this machine calls itself.
            request = request.config().proxy(None).build();
        }
        if let Some(login) = self.login_for(address) {
            request = request.header(header::AUTHORIZATION, &login.header);
        }
        request
            .call()
            .map_err(|error| FetchError::Exchange(address.to_string(), Box::new(error)))
    }

    fn body(&self, address: &Url, answer: Response<ureq::Body>) -> Result<Vec<u8>, FetchError> {
        if let Some(encoding) = answer.headers().get(header::CONTENT_ENCODING)
            && !encoding.as_bytes().eq_ignore_ascii_case(b"identity")
        {
            let encoding = String::from_utf8_lossy(encoding.as_bytes()).into_owned();
            return Err(FetchError::Encoded(address.to_string(), encoding));
        }
        let body = answer.into_body();
        let too_large = || FetchError::TooLarge(address.to_string(), self.limit);
        if body
            .content_length()
            .is_some_and(|length| length > self.limit)
        {
            return Err(too_large());
        }
        let mut bytes = Vec::new();
        body.into_reader()
            .take(self.limit.saturating_add(1))
            .read_to_end(&mut bytes)
            .map_err(|error| FetchError::Exchange(address.to_string(), Box::new(error.into())))?;
        if bytes.len() as u64 > self.limit {
            return Err(too_large());
        }
        Ok(bytes)
    }
}

fn is_loopback(address: &Url) -> bool {
    match address.host() {
        Some(url::Host::Domain(name)) => name == "localhost",
        Some(url::Host::Ipv4(ip)) => ip.is_loopback(),
        Some(url::Host::Ipv6(ip)) => ip.is_loopback(),
        None => false,
    }
}

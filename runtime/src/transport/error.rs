use std::error::Error;
use std::fmt;

use crate::given_fields::GivenFields;

/// What went wrong between us and the server, so that there is no complete answer.
pub struct TransportError {
    kind: TransportErrorKind,
    source: Option<Box<dyn Error + Send + Sync>>,
}

/// The stage at which a transport failed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum TransportErrorKind {
    /// The client could not be set up, or refused the request. Nothing was sent.
    Client,
    /// No connection: name resolution, TCP or TLS. Nothing was sent.
    Connect,
    /// The deadline passed. The server may have done the work.
    Timeout,
    /// The connection broke, or what came over it is not HTTP. The server may have done the work.
    Exchange,
    /// What was to be sent could not be made, or is against the contract. The server got a part of the
    /// request and no end of it.
    RequestBody,
    /// The answer's body is larger than this many bytes. The server has done the work.
    BodyLimit(usize),
}

impl TransportError {
    /// An error without a cause to name.
    #[must_use]
    pub fn new(kind: TransportErrorKind) -> Self {
        Self { kind, source: None }
    }

    /// Adds the cause.
    #[must_use]
    pub fn caused_by(mut self, source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        self.source = Some(source.into());
        self
    }

    /// The stage at which it failed.
    #[must_use]
    pub fn kind(&self) -> TransportErrorKind {
        self.kind
    }

    /// Whether the deadline passed.
    #[must_use]
    pub fn is_timeout(&self) -> bool {
        self.kind == TransportErrorKind::Timeout
    }
}

impl fmt::Debug for TransportError {
    /// Leaves out what is not there.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        GivenFields::new(f, "TransportError")
            .field("kind", &self.kind)
            .option("source", self.source.as_ref())
            .finish()
    }
}

impl fmt::Display for TransportError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.kind {
            TransportErrorKind::Client => f.write_str("the HTTP client refused the request")?,
            TransportErrorKind::Connect => f.write_str("cannot connect to the server")?,
            TransportErrorKind::Timeout => f.write_str("no complete answer in time")?,
            TransportErrorKind::Exchange => {
                f.write_str("the exchange with the server broke off")?;
            }
            TransportErrorKind::RequestBody => {
                f.write_str("the request broke off while it was sent")?;
            }
            TransportErrorKind::BodyLimit(limit) => {
                write!(f, "the answer's body is larger than {limit} bytes")?;
            }
        }
        // The clients nest their causes deeply and the reason is in the last one: say the chain
        // once, here.
        let mut cause = self.source.as_deref().map(|e| e as &dyn Error);
        let mut said = String::new();
        while let Some(error) = cause {
            let text = error.to_string();
            if !said.contains(&text) {
                write!(f, ": {text}")?;
                said.push_str(&text);
            }
            cause = error.source();
        }
        Ok(())
    }
}

impl Error for TransportError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref().map(|e| e as &(dyn Error + 'static))
    }
}

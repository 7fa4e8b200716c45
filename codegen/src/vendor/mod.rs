//! `castile vendor`: copies WSDLs and schemas with everything that they import, so that nothing else
//! needs a network.
//!
//! The bytes are stored as they come. Beside them lie a catalog, which says what file stands for what
//! address, and a lock file with the hash of each; `castile generate` follows the one and checks the
//! other. What is fetched is bounded: hosts, redirects, sizes, numbers, time.

mod address;
mod fetch;
mod gather;
mod names;
mod store;

use std::fmt;
use std::path::PathBuf;

use url::Url;

use self::address::Hosts;
use self::fetch::{Fetch, Login};
use self::gather::{Gathered, Gathering};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::lock::LockedFile;
use crate::source::{Sources, Span};

pub use store::Report;

/// The documents of one run.
const DOCUMENTS: usize = 1_000;
/// The bytes of all documents.
const TOTAL_BYTES: u64 = 512 << 20;

/// Copies WSDLs and schemas with everything that they import.
#[derive(Clone)]
pub struct Vendor {
    out: PathBuf,
    inputs: Vec<String>,
    update: bool,
    keep_going: bool,
    login: Option<(String, String)>,
    hosts: Vec<String>,
    max_bytes: u64,
}

/// Without the password.
impl fmt::Debug for Vendor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Vendor")
            .field("out", &self.out)
            .field("update", &self.update)
            .field("keep_going", &self.keep_going)
            .field("login", &self.login.as_ref().map(|(user, _)| user))
            .field("hosts", &self.hosts)
            .field("max_bytes", &self.max_bytes)
            .finish_non_exhaustive()
    }
}

/// Why nothing was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    report: String,
}

/// All diagnostics, rendered in the manner of rustc.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.report)
    }
}

impl std::error::Error for Failure {}

impl Vendor {
    /// No inputs yet; `out` is the directory that the files are written to.
    pub fn new(out: impl Into<PathBuf>) -> Self {
        Self {
            out: out.into(),
            inputs: Vec::new(),
            update: false,
            keep_going: false,
            login: None,
            hosts: Vec::new(),
            max_bytes: 64 << 20,
        }
    }

    /// Adds an http or https address, or the path of a file.
    #[must_use]
    pub fn input(mut self, input: impl Into<String>) -> Self {
        self.inputs.push(input.into());
        self
    }

    /// Adds the addresses that the lock file in the directory was made from.
    #[must_use]
    pub fn update(mut self) -> Self {
        self.update = true;
        self
    }

    /// Writes what can be had, and warns of the rest.
    #[must_use]
    pub fn keep_going(mut self) -> Self {
        self.keep_going = true;
        self
    }

    /// Sends a user and a password (basic authentication) to the origin of the inputs, and to no
    /// other.
    #[must_use]
    pub fn login(mut self, user: impl Into<String>, password: impl Into<String>) -> Self {
        self.login = Some((user.into(), password.into()));
        self
    }

    /// Allows imports from, and redirects to, a host beside those of the inputs.
    #[must_use]
    pub fn allow_host(mut self, host: impl Into<String>) -> Self {
        self.hosts.push(host.into());
        self
    }

    /// The size of one document, in bytes; 64 MiB unless said.
    #[must_use]
    pub fn max_bytes(mut self, bytes: u64) -> Self {
        self.max_bytes = bytes;
        self
    }

    /// Fetches all, then writes all.
    ///
    /// # Errors
    ///
    /// If an input or something that it imports cannot be had; nothing is written then.
    pub fn run(&self) -> Result<Report, Failure> {
        let before = store::locked(&self.out).map_err(failure)?;
        let (addresses, files) = self.entries(before.as_deref())?;
        let fetch = self.fetch(&addresses)?;
        let Gathered {
            documents,
            catalog,
            sources,
            diagnostics,
        } = Gathering::new(fetch, self.keep_going).run(&addresses, &files);
        let rendered = diagnostics.render(&sources);
        if diagnostics.has_errors() {
            return Err(Failure { report: rendered });
        }
        let mut report =
            store::store(&self.out, &documents, &catalog, before.as_deref()).map_err(failure)?;
        report.warnings = rendered;
        Ok(report)
    }

    /// What was asked for: addresses and files.
    fn entries(&self, before: Option<&[LockedFile]>) -> Result<(Vec<Url>, Vec<PathBuf>), Failure> {
        let mut addresses = Vec::new();
        let mut files = Vec::new();
        let mut add = |input: &str| {
            if input.contains("://") && !input.starts_with("file:") {
                let address = address::parse(input).map_err(|refusal| {
                    refused(format!("an input: {refusal}"), Some(refusal.help()))
                })?;
                addresses.push(address);
            } else {
                files.push(PathBuf::from(input));
            }
            Ok(())
        };
        self.inputs.iter().try_for_each(|input| add(input))?;
        if self.update {
            let Some(before) = before else {
                return Err(failure(format!(
                    "there is no lock file in `{}` to update from",
                    self.out.display()
                )));
            };
            for entry in before.iter().filter(|file| file.entry) {
                match &entry.uri {
                    Some(uri) => add(uri)?,
                    None if self.inputs.is_empty() => {
                        return Err(failure(format!(
                            "`{}` was copied from a local file: name that file again",
                            entry.path
                        )));
                    }
                    None => {}
                }
            }
        }
        Ok((addresses, files))
    }

    fn fetch(&self, addresses: &[Url]) -> Result<Fetch, Failure> {
        let mut hosts = Hosts::default();
        for host in &self.hosts {
            hosts
                .allow(host)
                .map_err(|refusal| refused(refusal.to_string(), None))?;
        }
        for address in addresses {
            hosts.allow_that_of(address);
        }
        let mut fetch = Fetch::new(hosts, self.max_bytes);
        if let Some((user, password)) = &self.login {
            let mut origins = addresses.iter().map(Url::origin);
            let Some(origin) = origins.next() else {
                return Err(failure(
                    "a user and a password need an address among the inputs".to_owned(),
                ));
            };
            if origins.any(|other| other != origin) {
                return Err(failure(
                    "a user and a password go to one origin: vendor the others on their own"
                        .to_owned(),
                ));
            }
            if user.contains(':') {
                return Err(failure("a user cannot contain a colon".to_owned()));
            }
            fetch.login = Some(Login::new(origin, user, password));
        }
        Ok(fetch)
    }
}

fn failure(message: String) -> Failure {
    Failure {
        report: format!("error: {message}\n"),
    }
}

fn refused(message: String, help: Option<String>) -> Failure {
    let mut diagnostic = Diagnostic::error(Code::RefusedAddress, Span::NONE, message);
    diagnostic.help = help;
    let mut diagnostics = Diagnostics::new();
    diagnostics.push(diagnostic);
    Failure {
        report: diagnostics.render(&Sources::default()),
    }
}

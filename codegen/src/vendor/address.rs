//! Which addresses are fetched from: the rules, without a network.

use std::collections::BTreeSet;
use std::fmt;

use url::Url;

/// Why an address is not fetched from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    /// Not an address.
    Malformed(String),
    /// Neither http nor https; with the address.
    Scheme(String),
    /// A user or password in the address.
    Userinfo(String),
    /// Control characters, which no catalog can hold.
    Control,
    /// A host that was neither asked for nor allowed.
    Host(String),
    /// A redirect from https to http.
    Downgrade(String),
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(why) => write!(f, "the address cannot be read: {why}"),
            Self::Scheme(scheme) => {
                write!(f, "only http and https are fetched, and not `{scheme}`")
            }
            Self::Userinfo(address) => write!(
                f,
                "the address holds a user or a password (the rest of it is `{address}`)"
            ),
            Self::Control => f.write_str("the address holds a control character"),
            Self::Host(host) => write!(f, "the host `{host}` was neither given nor allowed"),
            Self::Downgrade(to) => {
                write!(
                    f,
                    "a redirect from https to http is not followed (to `{to}`)"
                )
            }
        }
    }
}

impl Refusal {
    pub(super) fn help(&self) -> String {
        match self {
            Self::Malformed(_) | Self::Control | Self::Scheme(_) => {
                "save the document by hand, and vendor the file".to_owned()
            }
            Self::Userinfo(_) => {
                "leave it out, and use `--user NAME --password-env VAR`".to_owned()
            }
            Self::Host(host) => format!("if it may be fetched from, add `--allow-host {host}`"),
            Self::Downgrade(_) => {
                "if the server gives it over https, vendor it from there".to_owned()
            }
        }
    }
}

/// An absolute address, without its fragment.
pub(super) fn parse(text: &str) -> Result<Url, Refusal> {
    checked(
        text,
        Url::parse(text).map_err(|error| Refusal::Malformed(error.to_string()))?,
    )
}

/// The address that `location` means in the document at `base`.
pub(super) fn join(base: &Url, location: &str) -> Result<Url, Refusal> {
    let joined = base
        .join(location)
        .map_err(|error| Refusal::Malformed(error.to_string()))?;
    checked(location, joined)
}

/// The address that a redirect leads to.
pub(super) fn redirect(from: &Url, location: &str) -> Result<Url, Refusal> {
    let to = join(from, location)?;
    if from.scheme() == "https" && to.scheme() != "https" {
        return Err(Refusal::Downgrade(to.to_string()));
    }
    Ok(to)
}

fn checked(text: &str, mut address: Url) -> Result<Url, Refusal> {
    if text.contains(char::is_control) {
        return Err(Refusal::Control);
    }
    if !["http", "https"].contains(&address.scheme()) {
        return Err(Refusal::Scheme(address.scheme().to_owned()));
    }
    address.set_fragment(None);
    if !address.username().is_empty() || address.password().is_some() {
        // Neither fails for http, and what is left is for a message only.
        let _ = address.set_username("");
        let _ = address.set_password(None);
        return Err(Refusal::Userinfo(address.to_string()));
    }
    Ok(address)
}

/// Whether a location is an absolute http or https address.
pub(super) fn is_remote(location: &str) -> bool {
    ["http:", "https:"].iter().any(|scheme| {
        location
            .get(..scheme.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
    })
}

/// The hosts that are fetched from.
#[derive(Clone, Debug, Default)]
pub(super) struct Hosts(BTreeSet<String>);

impl Hosts {
    /// Allows a host by its name as a person writes it.
    pub(super) fn allow(&mut self, name: &str) -> Result<(), Refusal> {
        let malformed = || {
            Refusal::Malformed(format!(
                "`{}` is not the name of a host",
                name.escape_debug()
            ))
        };
        let address = Url::parse(&format!("https://{name}/")).map_err(|_| malformed())?;
        let plain = address.path() == "/"
            && address.query().is_none()
            && address.username().is_empty()
            && address.port().is_none();
        let host = address.host_str().filter(|_| plain).ok_or_else(malformed)?;
        self.0.insert(host.to_owned());
        Ok(())
    }

    /// Allows the host of an address.
    pub(super) fn allow_that_of(&mut self, address: &Url) {
        self.0.extend(address.host_str().map(str::to_owned));
    }

    pub(super) fn check(&self, address: &Url) -> Result<(), Refusal> {
        let host = address.host_str().unwrap_or_default();
        if self.0.contains(host) {
            Ok(())
        } else {
            Err(Refusal::Host(host.to_owned()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn only_http_without_userinfo() {
        assert_eq!(
            parse("HTTP://X.example:80/a#f").unwrap().as_str(),
            "http://x.example/a"
        );
        assert_eq!(
            parse("file:///etc/passwd"),
            Err(Refusal::Scheme("file".into()))
        );
        for scheme in ["ftp://x/a", "data:text/xml,a", "urn:a"] {
            assert!(matches!(parse(scheme), Err(Refusal::Scheme(_))), "{scheme}");
        }
        let refused = parse("https://ada:s3cret@x.example/a").unwrap_err();
        assert_eq!(refused, Refusal::Userinfo("https://x.example/a".into()));
        assert!(!refused.to_string().contains("s3cret"));
        assert_eq!(parse("http://x.example/a\tb"), Err(Refusal::Control));
        assert!(matches!(parse("http://"), Err(Refusal::Malformed(_))));
    }

    #[test]
    fn redirects_never_leave_https() {
        let from = url("https://x.example/a/b?wsdl");
        assert_eq!(
            redirect(&from, "../c").unwrap().as_str(),
            "https://x.example/c"
        );
        assert_eq!(
            redirect(&from, "http://x.example/c"),
            Err(Refusal::Downgrade("http://x.example/c".into()))
        );
        assert_eq!(
            redirect(&from, "file:///etc/passwd"),
            Err(Refusal::Scheme("file".into()))
        );
        let plain = url("http://x.example/");
        assert_eq!(
            redirect(&plain, "https://x.example/").unwrap().as_str(),
            "https://x.example/"
        );
        assert!(matches!(
            redirect(&plain, "//u:p@x.example/"),
            Err(Refusal::Userinfo(_))
        ));
    }

    #[test]
    fn hosts_are_allowed_by_name() {
        let mut hosts = Hosts::default();
        hosts.allow("Schemas.Example").unwrap();
        hosts.allow_that_of(&url("http://x.example:8080/"));
        assert_eq!(hosts.check(&url("https://schemas.example/a")), Ok(()));
        assert_eq!(hosts.check(&url("http://x.example/a")), Ok(()));
        for other in ["http://169.254.169.254/", "http://a.x.example/"] {
            assert!(
                matches!(hosts.check(&url(other)), Err(Refusal::Host(_))),
                "{other}"
            );
        }
        for bad in ["", "a/b", "https://a", "a:80", "u@a", "a b"] {
            assert!(hosts.allow(bad).is_err(), "{bad:?}");
        }
    }

    #[test]
    fn remote_locations() {
        for (location, remote) in [
            ("HTTPS://x", true),
            ("http:x", true),
            ("a/http:", false),
            ("é", false),
        ] {
            assert_eq!(is_remote(location), remote, "{location}");
        }
    }
}

//! Which file a document is stored in: a name that people know the address by, on every file
//! system.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use url::Url;

use crate::frontend::references::Kind;
use crate::lock::{self, sha256};
use crate::project;
use crate::source::percent_decoded;

/// Characters of a part of a path.
const LONGEST: usize = 80;
/// Directories of a path.
const DEEPEST: usize = 8;
/// Names that mean devices on Windows, whatever comes after the dot.
const DEVICES: [&str; 4] = ["con", "prn", "aux", "nul"];
/// Endings of addresses that say what the server runs, not what it gives.
const PROGRAMS: [&str; 8] = ["svc", "asmx", "ashx", "aspx", "php", "jsp", "cfc", "cgi"];

/// The names that are given away.
#[derive(Debug)]
pub(super) struct Names {
    /// In lower case: some file systems keep no others apart.
    taken: BTreeSet<String>,
    /// The directory of the first address; what is below needs no host in its path.
    base: Option<Url>,
}

impl Names {
    pub(super) fn new(base: Option<&Url>) -> Self {
        Self {
            taken: [lock::FILE, project::FILE, project::CATALOG]
                .map(str::to_owned)
                .into(),
            base: base.and_then(|base| base.join(".").ok()),
        }
    }

    /// Takes the path of a local file as it is; whether it was free.
    pub(super) fn take(&mut self, path: &str) -> bool {
        self.taken.insert(path.to_lowercase())
    }

    /// The path for a document at an address, with `/`.
    pub(super) fn name(&mut self, address: &Url, kind: Kind) -> String {
        let mut parts = self.directories(address);
        if parts.len() > DEEPEST {
            let rest = parts.split_off(DEEPEST - 1).join("/");
            parts.push(short_hash(&rest));
        }
        let (stem, extension) = file_name(address, kind);
        let mut path = String::new();
        for part in &parts {
            // Files end in an extension, and directories do not: no file is where a directory is.
            let _ = write!(path, "{}/", part.replace('.', "_"));
        }
        let plain = format!("{path}{stem}.{extension}");
        if self.take(&plain) {
            return plain;
        }
        let hash = sha256(address.as_str().as_bytes());
        let told_apart = format!("{path}{stem}-{}.{extension}", &hash[..8]);
        if self.take(&told_apart) {
            return told_apart;
        }
        let certain = format!("{path}{stem}-{hash}.{extension}");
        self.take(&certain);
        certain
    }

    fn directories(&self, address: &Url) -> Vec<String> {
        let segments = |address: &Url| -> Vec<String> {
            let path = address.path();
            let (directory, _) = path.rsplit_once('/').unwrap_or_default();
            let segments = directory.split('/').filter(|segment| !segment.is_empty());
            segments.map(str::to_owned).collect()
        };
        let own = segments(address);
        if let Some(base) = &self.base
            && base.origin() == address.origin()
            && let Some(below) = own.strip_prefix(&segments(base)[..])
        {
            return below.iter().map(|segment| safe(segment)).collect();
        }
        let mut host = address.host_str().unwrap_or_default().to_owned();
        if let Some(port) = address.port() {
            let _ = write!(host, "_{port}");
        }
        std::iter::once(host)
            .chain(own)
            .map(|segment| safe(&segment))
            .collect()
    }
}

/// The name without its ending, and the ending.
fn file_name(address: &Url, kind: Kind) -> (String, String) {
    let extension = match kind {
        Kind::Wsdl => "wsdl",
        Kind::Schema => "xsd",
    };
    let last = address.path().rsplit('/').next().unwrap_or_default();
    let (mut stem, mut ending) = last.rsplit_once('.').unwrap_or((last, ""));
    let lower = ending.to_ascii_lowercase();
    let documents = ["wsdl", "xsd", "xml"].contains(&lower.as_str());
    if !documents && !PROGRAMS.contains(&lower.as_str()) {
        (stem, ending) = (last, "");
    }
    let query = address.query().map(|_| query_suffix(address, extension));
    let name = match query.filter(|suffix| !suffix.is_empty()) {
        Some(suffix) => format!("{}.{suffix}", if stem.is_empty() { "index" } else { stem }),
        None => stem.to_owned(),
    };
    let kept = documents && address.query().is_none() && lower == ending;
    let extension = if kept { ending } else { extension };
    (safe(&name), extension.to_owned())
}

/// `wsdl0` for `?wsdl=wsdl0`, nothing for `?wsdl` of a WSDL.
fn query_suffix(address: &Url, extension: &str) -> String {
    let parts: Vec<String> = address
        .query_pairs()
        .filter_map(|(key, value)| {
            let says_kind = key.eq_ignore_ascii_case(extension);
            match (says_kind, value.is_empty()) {
                (true, true) => None,
                (false, true) => Some(key.into_owned()),
                (true, false) => Some(value.into_owned()),
                (false, false) => Some(format!("{key}-{value}")),
            }
        })
        .collect();
    let suffix = parts.join(".");
    let ending = format!(".{extension}");
    suffix
        .strip_suffix(&ending)
        .unwrap_or(&suffix)
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_owned()
}

/// A part of a path that every file system takes, that leads nowhere else, and that is not empty.
fn safe(text: &str) -> String {
    let mut part = String::new();
    let decoded = percent_decoded(text).unwrap_or_else(|| text.to_owned());
    for c in decoded.chars() {
        if c.is_ascii_alphanumeric() || c == '_' || (c == '.' && !part.ends_with('.')) {
            part.push(c);
        } else if c != '.' && !part.ends_with('-') {
            part.push('-');
        }
    }
    let part = part.trim_matches(['.', '-']);
    let stem = part
        .split('.')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let numbered = stem.len() == 4
        && (stem.starts_with("com") || stem.starts_with("lpt"))
        && stem.ends_with(|c: char| c.is_ascii_digit());
    if part.is_empty() {
        "index".to_owned()
    } else if DEVICES.contains(&stem.as_str()) || numbered {
        format!("_{part}")
    } else if part.len() > LONGEST {
        format!("{}-{}", &part[..LONGEST - 9], short_hash(text))
    } else {
        part.to_owned()
    }
}

fn short_hash(text: &str) -> String {
    sha256(text.as_bytes()).chars().take(8).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(names: &mut Names, address: &str, kind: Kind) -> String {
        names.name(&Url::parse(address).unwrap(), kind)
    }

    #[test]
    fn names_say_what_the_address_says() {
        let base = Url::parse("https://x.example/v3/PaymentService.svc?wsdl").unwrap();
        let mut names = Names::new(Some(&base));
        let cases = [
            (
                "https://x.example/v3/PaymentService.svc?wsdl",
                Kind::Wsdl,
                "PaymentService.wsdl",
            ),
            (
                "https://x.example/v3/PaymentService.svc?wsdl=wsdl0",
                Kind::Wsdl,
                "PaymentService.wsdl0.wsdl",
            ),
            (
                "https://x.example/v3/PaymentService.svc?xsd=xsd1",
                Kind::Schema,
                "PaymentService.xsd1.xsd",
            ),
            (
                "https://x.example/v3/PaymentService.svc?singleWsdl",
                Kind::Wsdl,
                "PaymentService.singleWsdl.wsdl",
            ),
            (
                "https://x.example/v3/S?xsd=../common/a.xsd",
                Kind::Schema,
                "S.common-a.xsd",
            ),
            (
                "https://x.example/v3/common/a.xsd",
                Kind::Schema,
                "common/a.xsd",
            ),
            (
                "https://x.example/common/a.xsd",
                Kind::Schema,
                "x_example/common/a.xsd",
            ),
            (
                "http://x.example/v3/a.xsd",
                Kind::Schema,
                "x_example/v3/a.xsd",
            ),
            (
                "https://y.example:8443/a.b/c.xml",
                Kind::Schema,
                "y_example_8443/a_b/c.xml",
            ),
            ("https://x.example/v3/", Kind::Schema, "index.xsd"),
            (
                "https://x.example/v3/castile.toml",
                Kind::Schema,
                "castile.toml.xsd",
            ),
            (
                "https://x.example/v3/%2e%2e%2f%2e%2e%2fetc%2fpasswd",
                Kind::Schema,
                "etc-passwd.xsd",
            ),
            (
                "https://x.example/v3/a%00b%5Cc%3Ad.xsd",
                Kind::Schema,
                "a-00b-5Cc-3Ad.xsd",
            ),
            ("https://x.example/v3/NUL.xsd", Kind::Schema, "_NUL.xsd"),
            (
                "https://x.example/v3/com1/AUX.txt.xsd",
                Kind::Schema,
                "_com1/_AUX.txt.xsd",
            ),
            (
                "https://x.example/v3/t%C3%A4g+x.xsd",
                Kind::Schema,
                "t-g-x.xsd",
            ),
        ];
        for (address, kind, expected) in cases {
            assert_eq!(name(&mut names, address, kind), expected, "{address}");
        }
    }

    #[test]
    fn no_two_documents_share_a_file() {
        let mut names = Names::new(None);
        assert!(names.take("x_example/Local.xsd"));
        assert!(!names.take("x_example/local.xsd"));
        let addresses = [
            "http://x.example/local.xsd",
            "http://x.example/A.xsd",
            "http://x.example/a.xsd",
            "http://x.example/a%20.xsd",
            "http://x.example/b.xsd/c.xsd",
            "http://x.example/b.xsd",
        ];
        let mut all: Vec<String> = addresses
            .iter()
            .map(|address| name(&mut names, address, Kind::Schema))
            .collect();
        assert!(all[0].starts_with("x_example/local-"), "{all:?}");
        assert_eq!(all[1], "x_example/A.xsd");
        assert_eq!(all[4], "x_example/b_xsd/c.xsd");
        assert_eq!(all[5], "x_example/b.xsd");
        all.iter_mut().for_each(|path| *path = path.to_lowercase());
        let mut distinct = all.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), all.len(), "{all:?}");
    }

    #[test]
    fn long_names_are_cut() {
        let mut names = Names::new(None);
        let deep = "d/".repeat(60);
        let long = format!(
            "http://x.example/{deep}{}.xsd?{}",
            "n".repeat(300),
            "q".repeat(300)
        );
        let path = name(&mut names, &long, Kind::Schema);
        assert_eq!(path.split('/').count(), DEEPEST + 1, "{path}");
        assert!(
            path.split('/').all(|part| part.len() <= LONGEST + 4),
            "{path}"
        );
        let other = format!(
            "http://x.example/{deep}{}.xsd?{}",
            "n".repeat(300),
            "q".repeat(301)
        );
        assert_ne!(name(&mut names, &other, Kind::Schema), path);
    }
}

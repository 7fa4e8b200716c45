use super::read::{Failure, Headers};
use crate::answer::Answer;
use crate::any_element::{AnyElement, AnyNode};
use crate::choice::Branch;
use crate::error::Error;
use crate::fault::{Fault, FaultCode, FaultDetail, Reason};
use crate::limits::Limits;
use crate::operation::Operation;
use crate::read_error::ReadError;
use crate::shape::Field;
use crate::xml::{Reader, Writer, XML};

/// The fault as it is written, in either version.
#[derive(Debug, Default)]
struct Parts {
    /// From the outermost to the innermost.
    codes: Vec<String>,
    reasons: Vec<Reason>,
    actor: Option<String>,
    node: Option<String>,
    detail: Option<AnyElement>,
}

/// Reads the current element, a fault.
pub(super) fn read<O: Operation>(
    answer: &Answer<'_>,
    reader: &mut Reader<'_>,
    headers: Headers<'_>,
) -> Failure<O> {
    let parts = match parts(reader) {
        Ok(parts) => parts,
        Err(error) => return answer.unreadable(error),
    };
    let mut codes = parts.codes.into_iter().map(|code| answer.redacted(code));
    let code_name = codes.next().unwrap_or_default();
    let subcodes: Vec<String> = codes.collect();
    let reasons: Vec<Reason> = parts
        .reasons
        .into_iter()
        .map(|reason| Reason {
            text: answer.redacted(reason.text),
            ..reason
        })
        .collect();
    let raw_detail = parts.detail.map(|mut detail| {
        redact(answer, &mut detail);
        detail
    });
    let mut details = raw_detail
        .as_ref()
        .map(|raw| Typed::<O::Detail>::of(answer.limits, raw))
        .unwrap_or_default();
    // What a header block makes impossible is said in the header (SOAP 1.1 §4.4).
    if details.is_empty()
        && let Some(mut blocks) = headers.blocks
        && let Ok(mut blocks) = blocks.any_element()
    {
        redact(answer, &mut blocks);
        details = Typed::of(answer.limits, &blocks);
    }
    let mut found = details.found.into_iter();
    Error::Fault(Box::new(Fault {
        code: O::Code::from_code(local_code(subcodes.last().unwrap_or(&code_name))),
        code_name,
        subcodes,
        reason: preferred(&reasons)
            .map(|reason| reason.text.clone())
            .unwrap_or_default(),
        reasons,
        actor: parts.actor.map(|actor| answer.redacted(actor)),
        node: parts.node.map(|node| answer.redacted(node)),
        detail: found.next(),
        further_details: found.collect(),
        detail_error: details.error,
        raw_detail,
        not_understood: headers.not_understood,
        supported_envelopes: headers.supported,
        status: answer.status.as_u16(),
        body: answer.body(),
    }))
}

/// Takes the fault apart by local names: some servers qualify the children of 1.1, and some put a
/// fault of 1.1 into an envelope of 1.2.
fn parts(reader: &mut Reader<'_>) -> Result<Parts, ReadError> {
    let mut parts = Parts::default();
    while reader.next_start()? {
        let local = reader.name().local.to_owned();
        let child = reader.any_element()?;
        match local.as_str() {
            "faultcode" => parts.codes = vec![trimmed(&child)],
            "faultstring" => parts.reasons = vec![reason(&child)],
            "faultactor" | "Role" => parts.actor = Some(trimmed(&child)),
            "detail" | "Detail" => parts.detail = Some(child),
            "Node" => parts.node = Some(trimmed(&child)),
            "Code" => parts.codes = codes(&child),
            "Reason" => {
                parts.reasons = named(&child, "Text").map(reason).collect();
            }
            _ => {}
        }
    }
    Ok(parts)
}

fn named<'a>(element: &'a AnyElement, local: &'a str) -> impl Iterator<Item = &'a AnyElement> {
    element
        .children()
        .filter(move |child| child.name().local == local)
}

fn trimmed(element: &AnyElement) -> String {
    element.text().trim().to_owned()
}

fn reason(element: &AnyElement) -> Reason {
    let language = element
        .attribute(XML, "lang")
        .map(|language| language.trim().to_owned());
    Reason {
        language,
        text: trimmed(element),
    }
}

fn codes(code: &AnyElement) -> Vec<String> {
    let mut codes = Vec::new();
    let mut code = Some(code);
    while let Some(element) = code {
        codes.extend(named(element, "Value").next().map(trimmed));
        code = named(element, "Subcode").next();
    }
    codes
}

/// The reason in English, or without a language, or the first.
fn preferred(reasons: &[Reason]) -> Option<&Reason> {
    let is_english = |language: &str| {
        let language = language.to_ascii_lowercase();
        language == "en" || language.starts_with("en-")
    };
    let english = |reason: &&Reason| reason.language.as_deref().is_some_and(is_english);
    let neutral = |reason: &&Reason| reason.language.is_none();
    let mut found = reasons.iter().find(english);
    found = found.or_else(|| reasons.iter().find(neutral));
    found.or(reasons.first())
}

/// What the catalogue calls a code: the name without its prefix, and without the standard code
/// before a dot.
fn local_code(code: &str) -> &str {
    const STANDARD: [&str; 6] = [
        "Client",
        "Server",
        "VersionMismatch",
        "MustUnderstand",
        "Sender",
        "Receiver",
    ];
    let local = code.rsplit(':').next().unwrap_or(code);
    match (local.split_once('.'), local.rsplit_once('.')) {
        (Some((first, _)), Some((_, last))) if STANDARD.contains(&first) && !last.is_empty() => {
            last
        }
        _ => local,
    }
}

/// Takes out the secrets, without recursion: the depth is the document's.
fn redact(answer: &Answer<'_>, detail: &mut AnyElement) {
    let mut rest = vec![detail];
    while let Some(element) = rest.pop() {
        for attribute in &mut element.attributes {
            attribute.value = answer.redacted(std::mem::take(&mut attribute.value));
        }
        for node in &mut element.nodes {
            match node {
                AnyNode::Text(text) => *text = answer.redacted(std::mem::take(text)),
                AnyNode::Element(child) => rest.push(child),
            }
        }
    }
}

/// What a detail holds of what the contract declares.
struct Typed<D> {
    found: Vec<D>,
    /// Why the reading stopped.
    error: Option<ReadError>,
}

impl<D> Default for Typed<D> {
    fn default() -> Self {
        Self {
            found: Vec::new(),
            error: None,
        }
    }
}

impl<D: FaultDetail> Typed<D> {
    /// The children that the contract declares, in their types. They are read from the detail after
    /// the secrets were taken out, so that they are not in them either.
    fn of(limits: &Limits, detail: &AnyElement) -> Self {
        let has = |takes: Takes| {
            detail.children().any(|child| {
                let name = child.name();
                D::BRANCHES
                    .iter()
                    .any(|branch| takes(branch, &name.namespace, &name.local))
            })
        };
        if has(takes) {
            return Self::read(limits, detail, takes);
        }
        // Servers are careless with the namespace of details: where nothing else fits, the name does.
        if has(takes_name) {
            let by_name = Self::read(limits, detail, takes_name);
            if by_name.error.is_none() {
                return by_name;
            }
        }
        Self::default()
    }

    fn is_empty(&self) -> bool {
        self.found.is_empty() && self.error.is_none()
    }

    fn read(limits: &Limits, detail: &AnyElement, takes: Takes) -> Self {
        let mut typed = Self::default();
        let mut writer = Writer::new();
        writer.any_element(detail);
        let Ok(text) = writer.finish() else {
            return typed;
        };
        if let Err(error) = typed.read_children(&mut Reader::new(&text, limits), takes) {
            // The place is one in our copy.
            typed.error = Some(ReadError::new(error.kind().clone(), error.path(), None));
        }
        typed
    }

    fn read_children(&mut self, reader: &mut Reader<'_>, takes: Takes) -> Result<(), ReadError> {
        reader.next_start()?;
        while reader.next_start()? {
            let name = reader.name();
            let declared = |branch: &Field| takes(branch, name.namespace, name.local);
            let Some(index) = D::BRANCHES.iter().position(declared) else {
                reader.skip()?;
                continue;
            };
            reader.path_from_here();
            let branch = Branch::xml(&D::BRANCHES[index], reader);
            self.found.push(D::read(index, branch)?);
        }
        Ok(())
    }
}

type Takes = fn(&Field, &str, &str) -> bool;

fn takes(branch: &Field, namespace: &str, local: &str) -> bool {
    branch.name == local && branch.namespace.is_none_or(|own| own == namespace)
}

fn takes_name(branch: &Field, _: &str, local: &str) -> bool {
    branch.name == local
}

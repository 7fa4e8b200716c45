//! What is wrong with a text that is not well-formed, in words, and what it may be instead.

use quick_xml::Reader;
use quick_xml::events::Event;
use roxmltree::TextPos;

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{DocumentId, Span};

pub(super) fn malformed(document: DocumentId, text: &str, error: &roxmltree::Error) -> Diagnostic {
    use roxmltree::Error;
    let start = offset(text, error.pos());
    let name = |skip: usize| {
        let rest = text.get(start + skip..).unwrap_or_default();
        let length = rest
            .find(|c: char| c.is_whitespace() || "=<>/:;\"'".contains(c))
            .unwrap_or(rest.len());
        Span::new(document, start + skip..start + skip + length)
    };
    match error {
        Error::UnknownNamespace(prefix, _) => Diagnostic::error(
            Code::UnboundPrefix,
            name(usize::from(text[start..].starts_with('<'))),
            format!("the prefix `{prefix}` is not bound to a namespace"),
        )
        .help(format!("declare it: xmlns:{prefix}=\"…\"")),
        Error::UnknownEntityReference(entity, _) => Diagnostic::error(
            Code::MalformedXml,
            Span::new(document, start..start + entity.len() + 2),
            format!("the entity `{entity}` is not declared in this document"),
        )
        .help("external entities are never read: put the text in place of the reference"),
        Error::NodesLimitReached
        | Error::AttributesLimitReached
        | Error::NamespacesLimitReached => Diagnostic::error(
            Code::LimitExceeded,
            Span::new(document, 0..0),
            "more nodes, attributes or namespaces than one document may have",
        )
        .help("split the document"),
        _ => {
            let message = error.to_string();
            let message = message
                .rsplit_once(" at ")
                .map_or(message.as_str(), |(message, _)| message);
            let mut diagnostic = Diagnostic::error(
                Code::MalformedXml,
                name(0),
                format!("not well-formed XML: {message}"),
            );
            diagnostic.help = instead(text).map(str::to_owned);
            if let Error::UnexpectedCloseTag(expected, ..) = error
                && let Some(opened) = innermost_open(document, text, start)
            {
                diagnostic.related.push((opened, "opened here".to_owned()));
                let help = || format!("close it with </{expected}>, or at once with />");
                diagnostic.help.get_or_insert_with(help);
            }
            diagnostic
        }
    }
}

/// What a text that is no XML, or no description, is in all likelihood, and what to do then.
pub(crate) fn instead(text: &str) -> Option<&'static str> {
    const PAGE: &str = "this is a page for people: save what the service answers at its address with \
        `?wsdl` behind it";
    let start = text.trim_start();
    let is_page = ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|page| {
            start
                .get(..page.len())
                .is_some_and(|head| head.eq_ignore_ascii_case(page))
        });
    if is_page {
        return Some(PAGE);
    }
    if start.is_empty() {
        return Some("there is nothing in it: fetch it again");
    }
    if start.find("<?xml ").is_some_and(|at| at > 0) {
        return Some("remove what stands before `<?xml`");
    }
    (!start.starts_with('<')).then_some("XML starts with `<`: look at what came in its place")
}

/// The start tag that is open at `end`, the innermost one.
fn innermost_open(document: DocumentId, text: &str, end: usize) -> Option<Span> {
    let mut reader = Reader::from_str(text.get(..end)?);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_dangling_amp = true;
    let mut open = Vec::new();
    loop {
        let before = usize::try_from(reader.buffer_position()).ok()?;
        match reader.read_event().ok()? {
            Event::Start(start) => open.push(before..before + 1 + start.name().as_ref().len()),
            Event::End(_) => {
                open.pop();
            }
            Event::Eof => break,
            _ => {}
        }
    }
    open.pop().map(|range| Span::new(document, range))
}

/// The byte at a row and column.
fn offset(text: &str, position: TextPos) -> usize {
    let row = usize::try_from(position.row).unwrap_or(1).max(1);
    let column = usize::try_from(position.col).unwrap_or(1).max(1);
    let line = text
        .split_inclusive('\n')
        .take(row - 1)
        .map(str::len)
        .sum::<usize>();
    let rest = text.get(line..).unwrap_or_default();
    line + rest
        .char_indices()
        .nth(column - 1)
        .map_or(rest.len(), |(at, _)| at)
}

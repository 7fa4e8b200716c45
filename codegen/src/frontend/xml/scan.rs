//! The check of a document's shape, token by token, before a tree is built of it.
//!
//! The tree parser takes more than linear time on hostile namespace declarations and attributes,
//! and the front ends recurse along the tree; bounded documents are harmless to both.

mod plain;

use std::collections::BTreeMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{DocumentId, Span};

/// Elements inside each other.
pub(super) const DEPTH: usize = 256;
/// Attributes of one element, namespace declarations included.
pub(super) const ATTRIBUTES: usize = 256;
/// Namespace declarations in scope.
pub(super) const BINDINGS: usize = 128;
/// Namespace bindings copied, one for each binding in scope of an element that declares another.
pub(super) const COPIES: usize = 4_000_000;
/// Elements of a document.
pub(super) const ELEMENTS: usize = 2_000_000;
/// Nodes of a document, text and comments included.
pub(super) const NODES: u32 = 8_000_000;
/// Entities that an internal DTD subset may declare.
pub(super) const ENTITIES: usize = 64;
/// Bytes of an internal DTD subset.
pub(super) const SUBSET: usize = 256 << 10;
/// Bytes that all references to entities of a document stand for.
pub(super) const EXPANSION: usize = 4 << 20;

/// Whether the document is within the limits. Well-formedness is only looked at as far as that
/// needs it.
pub(super) fn check(document: DocumentId, text: &str) -> Result<(), Box<Diagnostic>> {
    if plain::is_within_limits(text) {
        return Ok(());
    }
    let mut reader = Reader::from_str(text);
    reader.config_mut().check_end_names = false;
    reader.config_mut().allow_dangling_amp = true;
    let mut shape = Shape::default();
    let mut before = 0;
    loop {
        let event = reader.read_event();
        let after = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        let span = || marked(document, text, before, after);
        let over = match event {
            Ok(Event::Start(start)) => shape.open(&start),
            Ok(Event::Empty(start)) => {
                let over = shape.open(&start);
                shape.close();
                over
            }
            Ok(Event::End(_)) => {
                shape.close();
                None
            }
            Ok(Event::DocType(subset)) => {
                document_type(&subset, text.get(after..).unwrap_or_default())
            }
            Ok(Event::Eof) => return Ok(()),
            Ok(_) => None,
            Err(error) => {
                let at = usize::try_from(reader.error_position()).unwrap_or(text.len());
                return Err(Box::new(Diagnostic::error(
                    Code::MalformedXml,
                    marked(document, text, at, at + 1),
                    format!("not well-formed XML: {error}"),
                )));
            }
        };
        if let Some(over) = over {
            return Err(Box::new(
                Diagnostic::error(Code::LimitExceeded, span(), over)
                    .help("no schema needs that much: is this the right file?"),
            ));
        }
        before = after;
    }
}

/// The first line of what was read, without blanks before it.
fn marked(document: DocumentId, text: &str, start: usize, end: usize) -> Span {
    let token = text.get(start..end.min(text.len())).unwrap_or_default();
    let blank = token.len() - token.trim_start().len();
    let length = token.trim_start().lines().next().map_or(0, str::len);
    Span::new(document, start + blank..start + blank + length.min(80))
}

#[derive(Default)]
struct Shape {
    /// The number of namespace declarations of each open element.
    open: Vec<usize>,
    bindings: usize,
    copies: usize,
    elements: usize,
}

impl Shape {
    fn open(&mut self, start: &BytesStart<'_>) -> Option<String> {
        let mut declared = 0;
        let mut attributes = 0;
        for attribute in start.attributes().with_checks(false).flatten() {
            attributes += 1;
            let key: &str = attribute.key.as_ref();
            declared += usize::from(is_declaration(key.as_bytes()));
        }
        self.open_with(attributes, declared)
            .map(|(limit, what)| format!("more than {limit} {what}"))
    }

    /// Opens an element with so many attributes, `declared` of them namespaces; gives the limit that is
    /// passed.
    fn open_with(&mut self, attributes: usize, declared: usize) -> Option<(usize, &'static str)> {
        self.open.push(declared);
        self.bindings += declared;
        self.elements += 1;
        if declared > 0 {
            self.copies += self.bindings;
        }
        let limits = [
            (self.open.len(), DEPTH, "elements inside each other"),
            (attributes, ATTRIBUTES, "attributes of one element"),
            (self.bindings, BINDINGS, "namespace declarations in scope"),
            (
                self.copies,
                COPIES,
                "namespace declarations times those in scope",
            ),
            (self.elements, ELEMENTS, "elements"),
        ];
        limits
            .iter()
            .find(|(count, limit, _)| count > limit)
            .map(|(_, limit, what)| (*limit, *what))
    }

    fn close(&mut self) {
        self.bindings -= self.open.pop().unwrap_or(0);
    }
}

/// Whether an attribute declares a namespace.
fn is_declaration(name: &[u8]) -> bool {
    name.strip_prefix(b"xmlns")
        .is_some_and(|rest| rest.is_empty() || rest.starts_with(b":"))
}

/// An internal subset may declare a few entities of plain text, as published copies of well-known
/// schemas do. `document` is what follows it.
fn document_type(subset: &str, document: &str) -> Option<String> {
    if subset.len() > SUBSET {
        return Some(format!(
            "more than {SUBSET} bytes of document type declaration"
        ));
    }
    if subset.matches("<!ENTITY").count() > ENTITIES {
        return Some(format!("more than {ENTITIES} entity declarations"));
    }
    let entities = entities(subset);
    if entities
        .values()
        .any(|value| value.contains('<') || refers_to_markup(value))
    {
        return Some("an entity that contains markup".to_owned());
    }
    let expansion = expansion(&entities, document);
    (expansion > EXPANSION).then(|| format!("more than {EXPANSION} bytes in place of entities"))
}

/// The entities that a subset declares for the document, by name.
fn entities(subset: &str) -> BTreeMap<&str, &str> {
    let mut entities = BTreeMap::new();
    for declaration in subset.split("<!ENTITY").skip(1) {
        let name = declaration.split_whitespace().next().unwrap_or_default();
        let value = declaration.find(['"', '\'']).and_then(|quote| {
            let (quote, rest) = declaration[quote..].split_at(1);
            rest.split_once(quote).map(|(value, _)| value)
        });
        if let Some(value) = value.filter(|_| name != "%" && !name.starts_with('%')) {
            // The first declaration counts (XML 1.0 §4.2).
            entities.entry(name).or_insert(value);
        }
    }
    entities
}

/// How many bytes the references in a document stand for. Entities that refer to each other in a circle
/// count as many times as there are entities; what reads the document refuses them.
fn expansion(entities: &BTreeMap<&str, &str>, document: &str) -> usize {
    let mut sizes: BTreeMap<&str, usize> = BTreeMap::new();
    // Each time one level of references within entities more.
    for _ in entities {
        let next = { entities.iter() }.map(|(name, value)| {
            let size = value.len().saturating_add(referred(value, &sizes));
            (*name, size)
        });
        sizes = next.collect();
    }
    referred(document, &sizes)
}

/// What the references in a text stand for, by the sizes of entities.
fn referred(text: &str, sizes: &BTreeMap<&str, usize>) -> usize {
    let names = { text.split('&').skip(1) }.filter_map(|rest| rest.split_once(';'));
    names.fold(0, |sum: usize, (name, _)| {
        sum.saturating_add(sizes.get(name).copied().unwrap_or_default())
    })
}

/// Whether there is a character reference that is more than a character, once it is read again
/// where the entity is used.
fn refers_to_markup(value: &str) -> bool {
    value.split("&#").skip(1).any(|reference| {
        let digits = reference.split(';').next().unwrap_or_default();
        let code = match digits.strip_prefix('x') {
            Some(hex) => u32::from_str_radix(hex, 16),
            None => digits.parse(),
        };
        code.map_or(true, |code| {
            [u32::from('<'), u32::from('&')].contains(&code)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Sources;

    fn verdict(text: &str) -> Result<(), String> {
        let mut sources = Sources::default();
        let id = sources.add("a.xsd", text).unwrap();
        check(id, &sources.document(id).text).map_err(|diagnostic| diagnostic.message)
    }

    fn nested(depth: usize) -> String {
        "<a>".repeat(depth) + &"</a>".repeat(depth)
    }

    fn with_attributes(name: &str, count: usize) -> String {
        let attributes: String = (0..count).map(|i| format!(" {name}{i}='u:{i}'")).collect();
        format!("<a{attributes}/>")
    }

    #[test]
    fn limits_hold_at_their_edge() {
        assert_eq!(verdict(&nested(256)), Ok(()));
        assert_eq!(
            verdict(&nested(257)),
            Err("more than 256 elements inside each other".to_owned())
        );
        assert_eq!(verdict(&with_attributes("b", 256)), Ok(()));
        assert_eq!(
            verdict(&with_attributes("b", 257)),
            Err("more than 256 attributes of one element".to_owned())
        );
        assert_eq!(verdict(&with_attributes("xmlns:b", 128)), Ok(()));
        assert_eq!(
            verdict(&with_attributes("xmlns:b", 129)),
            Err("more than 128 namespace declarations in scope".to_owned())
        );
    }

    #[test]
    fn declarations_leave_the_scope_with_their_element() {
        let child = with_attributes("xmlns:b", 100);
        assert_eq!(verdict(&format!("<r>{}</r>", child.repeat(3))), Ok(()));
    }

    #[test]
    fn declarations_in_a_wide_scope_are_counted() {
        let scope: String = (0..120).map(|i| format!(" xmlns:b{i}='u:{i}'")).collect();
        let document = |count| format!("<r{scope}>{}</r>", "<c xmlns:d='u'/>".repeat(count));
        assert_eq!(verdict(&document(33_000)), Ok(()));
        assert_eq!(
            verdict(&document(34_000)),
            Err("more than 4000000 namespace declarations times those in scope".to_owned())
        );
    }

    #[test]
    fn internal_subsets_are_bounded() {
        let entities = |count: usize| {
            let all: String = (0..count)
                .map(|i| format!("<!ENTITY e{i} 'text'>"))
                .collect();
            format!("<!DOCTYPE a [{all}]><a/>")
        };
        assert_eq!(verdict(&entities(64)), Ok(()));
        assert_eq!(
            verdict(&entities(65)),
            Err("more than 64 entity declarations".to_owned())
        );
        assert_eq!(
            verdict("<!DOCTYPE a [<!ENTITY e '<b/>'>]><a>&e;</a>"),
            Err("an entity that contains markup".to_owned())
        );
        assert_eq!(
            verdict("<!DOCTYPE a [<!ENTITY e '&#38;#60;b/>'>]><a>&e;</a>"),
            Err("an entity that contains markup".to_owned())
        );
        assert_eq!(
            verdict("<!DOCTYPE a [<!ENTITY e '&#10;&#xE9;'>]><a>&e;</a>"),
            Ok(())
        );
    }

    #[test]
    fn what_entities_stand_for_is_bounded() {
        let over = Err("more than 4194304 bytes in place of entities".to_owned());
        let text = "x".repeat(1 << 10);
        let flat = |count: usize| {
            let references = "&e;".repeat(count);
            format!("<!DOCTYPE a [<!ENTITY e '{text}'>]><a b='{references}'>{references}</a>")
        };
        assert_eq!(verdict(&flat(1 << 11)), Ok(()));
        assert_eq!(verdict(&flat((1 << 11) + 1)), over);
        // Each ten times the one before.
        let nested = |levels: usize| {
            let entities: String = (1..levels)
                .map(|i| format!("<!ENTITY e{i} \"{}\">", format!("&e{};", i - 1).repeat(10)))
                .collect();
            format!(
                "<!DOCTYPE a [<!ENTITY % p 'x'>{entities}<!ENTITY e0 'abcd'>]><a>&e{};</a>",
                levels - 1
            )
        };
        assert_eq!(verdict(&nested(6)), Ok(()));
        assert_eq!(verdict(&nested(7)), over);
        let circle = "<!DOCTYPE a [<!ENTITY e 'a&f;&f;'><!ENTITY f '&e;&e;'>]><a>&lt;</a>";
        assert_eq!(verdict(circle), Ok(()));
    }
}

//! The patterns as they are written down in `tests/patterns/source/*.xml`.
//!
//! A file has one heading of the definitions. A `pattern` has a `schema` (content only, or whole `xs:schema`
//! elements), `file`s beside it, and an `instance` each. What only differs by a type is a row of its own:
//! `built-in` (two patterns: an element and an attribute of the type) and `restriction`.

use std::fs;
use std::path::{Path, PathBuf};

use roxmltree::{Document, Node};

/// The namespace of the fixtures' schemas, bound to `p`.
pub(super) const NAMESPACE: &str = "urn:example:patterns";

/// The files, in the order of the definitions.
const FILES: [&str; 10] = [
    "schema-document",
    "composition",
    "components",
    "occurrence",
    "content-models",
    "wildcards",
    "simple-types",
    "facets",
    "built-in-types",
    "catalogue",
];

/// A pattern, and a fixture that shows it.
#[derive(Clone, Debug)]
pub(super) struct Pattern {
    pub(super) name: String,
    /// What it is one of.
    pub(super) set: Set,
    /// Under which heading it is defined.
    pub(super) heading: String,
    /// What it is, in words.
    pub(super) definition: String,
    /// What is true of one of its schemas: `xpath`.
    pub(super) shows: String,
    /// `xs:schema` elements as they stand in the WSDL.
    pub(super) schemas: String,
    /// Documents beside the WSDL: path below the case's directory, and text.
    pub(super) files: Vec<(String, String)>,
    /// Whether the element of the pattern is in [`NAMESPACE`]; else it is in none.
    pub(super) is_qualified: bool,
    /// The element of the pattern, with valid content.
    pub(super) instances: Vec<String>,
}

/// The documents that define patterns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Set {
    Basic,
    Advanced,
    /// Examples of the Working Group that are beyond both.
    Catalogue,
}

impl Set {
    /// Its name and that of its directory.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Basic => "basic",
            Self::Advanced => "advanced",
            Self::Catalogue => "catalogue",
        }
    }
}

impl Pattern {
    /// The local name of its global element.
    pub(super) fn element(&self) -> String {
        lower(&self.name)
    }
}

fn lower(name: &str) -> String {
    let mut rest = name.chars();
    let first = rest.next().map(|c| c.to_ascii_lowercase());
    first.into_iter().chain(rest).collect()
}

fn upper(name: &str) -> String {
    let mut rest = name.chars();
    let first = rest.next().map(|c| c.to_ascii_uppercase());
    first.into_iter().chain(rest).collect()
}

/// Where the patterns are written down.
pub(super) fn directory(root: &Path) -> PathBuf {
    root.join("tests/patterns/source")
}

/// All patterns.
pub(super) fn read(root: &Path) -> Result<Vec<Pattern>, String> {
    let mut patterns = Vec::new();
    for file in FILES {
        let path = directory(root).join(file).with_extension("xml");
        let place = |error: String| format!("{}: {error}", path.display());
        let text = fs::read_to_string(&path).map_err(|error| place(error.to_string()))?;
        let document = Document::parse(&text).map_err(|error| place(error.to_string()))?;
        let top = document.root_element();
        let heading = required(top, "heading").map_err(place)?;
        for row in top.children().filter(Node::is_element) {
            let made = match row.tag_name().name() {
                "pattern" => pattern(row, &heading).map(|pattern| vec![pattern]),
                "restriction" => restriction(row, &heading).map(|pattern| vec![pattern]),
                "built-in" => built_in(row, &heading),
                other => Err(format!("no row is called `{other}`")),
            };
            patterns.extend(made.map_err(|error| {
                let position = document.text_pos_at(row.range().start);
                format!("{}:{position}: {error}", path.display())
            })?);
        }
    }
    Ok(patterns)
}

fn required(node: Node<'_, '_>, attribute: &str) -> Result<String, String> {
    let value = node.attribute(attribute).map(str::to_owned);
    value.ok_or_else(|| format!("`{}` has no `{attribute}`", node.tag_name().name()))
}

fn set(node: Node<'_, '_>, attribute: &str) -> Result<Set, String> {
    let name = required(node, attribute)?;
    let sets = [Set::Basic, Set::Advanced, Set::Catalogue];
    let found = sets.into_iter().find(|set| set.name() == name);
    found.ok_or_else(|| format!("`{name}` is neither `basic` nor `advanced` nor `catalogue`"))
}

/// The text between the tags of an element, as it stands.
fn inner<'a>(node: Node<'a, '_>) -> &'a str {
    let (Some(first), Some(last)) = (node.first_child(), node.last_child()) else {
        return "";
    };
    &node.document().input_text()[first.range().start..last.range().end]
}

fn inners(node: Node<'_, '_>, name: &str) -> Vec<String> {
    { node.children() }
        .filter(|child| child.has_tag_name(name))
        .map(|child| inner(child).to_owned())
        .collect()
}

fn pattern(row: Node<'_, '_>, heading: &str) -> Result<Pattern, String> {
    let node = { row.children() }
        .find(|child| child.has_tag_name("schema"))
        .ok_or("a pattern needs a `schema`")?;
    let is_whole = { node.children() }
        .find(Node::is_element)
        .is_some_and(|child| child.tag_name().name() == "schema");
    let schemas = if is_whole {
        inner(node).to_owned()
    } else {
        schema(node, inner(node))
    };
    let files = row.children().filter(|child| child.has_tag_name("file"));
    let files = files.map(|file| Ok((required(file, "name")?, dedent(inner(file)))));
    Ok(Pattern {
        name: required(row, "name")?,
        set: set(row, "status")?,
        heading: heading.to_owned(),
        definition: required(row, "definition")?,
        shows: required(row, "shows")?,
        schemas,
        files: files.collect::<Result<_, String>>()?,
        is_qualified: row.attribute("namespace") != Some("none"),
        instances: inners(row, "instance"),
    })
}

/// An `xs:schema` with the attributes of a `schema`, which are those of XML Schema; an empty one leaves
/// out a default. `default-namespace="target"` makes the target namespace the default one.
fn schema(node: Node<'_, '_>, content: &str) -> String {
    let mut attributes = vec![
        ("targetNamespace", NAMESPACE),
        ("elementFormDefault", "qualified"),
    ];
    for attribute in node.attributes() {
        attributes.retain(|(name, _)| *name != attribute.name());
        match (attribute.name(), attribute.value()) {
            (_, "") => {}
            ("default-namespace", _) => attributes.push(("xmlns", NAMESPACE)),
            (name, value) => attributes.push((name, value)),
        }
    }
    let mut text = "<xs:schema".to_owned();
    for (name, value) in attributes {
        let value = value.replace('&', "&amp;").replace('<', "&lt;");
        let value = value.replace('"', "&quot;");
        text.push_str(&format!(" {name}=\"{value}\""));
    }
    format!("{text}>{content}</xs:schema>")
}

fn empty_schema(content: &str) -> String {
    format!(
        "<xs:schema targetNamespace=\"{NAMESPACE}\" elementFormDefault=\"qualified\">{content}</xs:schema>"
    )
}

/// The simple type that restricts `base` by facets, and an element of it.
fn restriction(row: Node<'_, '_>, heading: &str) -> Result<Pattern, String> {
    let (name, base) = (required(row, "name")?, required(row, "base")?);
    let facets: Vec<Node<'_, '_>> = { row.children() }
        .filter(|child| child.is_element() && !child.has_tag_name("value"))
        .collect();
    let text = row.document().input_text();
    let lines: String = { facets.iter() }
        .map(|facet| format!("\n    {}", &text[facet.range()]))
        .collect();
    let shows = match (row.attribute("shows"), facets.first()) {
        (Some(shows), _) => shows.to_owned(),
        (None, Some(facet)) => {
            let facet = facet.tag_name().name();
            format!("xs:simpleType/xs:restriction[@base='xs:{base}']/xs:{facet}")
        }
        (None, None) => return Err("without a facet it needs a `shows`".to_owned()),
    };
    let element = lower(&name);
    let content = format!(
        "\n  <xs:element name=\"{element}\" type=\"p:{name}\"/>\n  <xs:simpleType name=\"{name}\">\n   \
         <xs:restriction base=\"xs:{base}\">{lines}\n   </xs:restriction>\n  </xs:simpleType>\n "
    );
    let instance = |value: String| format!("<p:{element}>{value}</p:{element}>");
    Ok(Pattern {
        set: set(row, "status")?,
        heading: heading.to_owned(),
        definition: required(row, "definition")?,
        shows,
        schemas: empty_schema(&content),
        files: Vec::new(),
        is_qualified: true,
        instances: inners(row, "value").into_iter().map(instance).collect(),
        name,
    })
}

/// A built-in type as that of an element, and as that of an attribute.
fn built_in(row: Node<'_, '_>, heading: &str) -> Result<Vec<Pattern>, String> {
    let type_ = required(row, "type")?;
    let mut patterns = Vec::new();
    for kind in ["element", "attribute"] {
        if row.attribute(kind).is_none() {
            continue;
        }
        let name = format!("{}{}", upper(&type_), upper(kind));
        let element = lower(&name);
        let content = if kind == "element" {
            format!("\n  <xs:element name=\"{element}\" type=\"xs:{type_}\"/>\n ")
        } else {
            format!(
                "\n  <xs:element name=\"{element}\">\n   <xs:complexType>\n    \
                 <xs:attribute name=\"value\" type=\"xs:{type_}\"/>\n   </xs:complexType>\n  \
                 </xs:element>\n "
            )
        };
        let instance = |child: Node<'_, '_>| {
            let value = inner(child);
            let outer = |name: Option<&str>| row.namespaces().any(|other| other.name() == name);
            let scope: String = { child.namespaces() }
                .filter(|namespace| !outer(namespace.name()))
                .filter_map(|namespace| Some((namespace.name()?, namespace.uri())))
                .map(|(prefix, uri)| format!(" xmlns:{prefix}=\"{uri}\""))
                .collect();
            if kind == "element" {
                format!("<p:{element}{scope}>{value}</p:{element}>")
            } else {
                format!("<p:{element}{scope} value=\"{value}\"/>")
            }
        };
        let values = { row.children() }.filter(|child| child.has_tag_name("value"));
        patterns.push(Pattern {
            set: set(row, kind)?,
            heading: heading.to_owned(),
            definition: format!("{kind} type xs:{type_}"),
            shows: format!(".//xs:{kind}[@type='xs:{type_}']"),
            schemas: empty_schema(&content),
            files: Vec::new(),
            is_qualified: true,
            instances: values.map(instance).collect(),
            name,
        });
    }
    Ok(patterns)
}

/// Without the blanks that all lines but the first begin with.
fn dedent(text: &str) -> String {
    let text = text.trim();
    let blanks = |line: &str| line.len() - line.trim_start().len();
    let lines = text.lines().skip(1).filter(|line| !line.trim().is_empty());
    let depth = lines.map(blanks).min().unwrap_or_default();
    let mut out = String::new();
    for (at, line) in text.lines().enumerate() {
        let cut = if at == 0 { 0 } else { depth };
        out.push_str(line.get(cut..).unwrap_or_default());
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    /// The Working Group's detector knows 82 basic patterns and 198 advanced ones.
    #[test]
    fn all_patterns_are_there_once() {
        let patterns = read(&crate::root()).unwrap();
        let names: BTreeSet<&str> = patterns.iter().map(|pattern| &*pattern.name).collect();
        assert_eq!(names.len(), patterns.len());
        let count = |set| patterns.iter().filter(|pattern| pattern.set == set).count();
        assert_eq!(
            [Set::Basic, Set::Advanced, Set::Catalogue].map(count),
            [82, 198, 46]
        );
    }

    #[test]
    fn blanks_that_all_lines_share_go() {
        assert_eq!(dedent("\n  <a>\n    <b/>\n  </a>\n"), "<a>\n  <b/>\n</a>\n");
    }
}

//! Documents, typed-equal: expanded names, attributes as a set with their defaults, values by their
//! types, order unless the type leaves it open. Prefixes, comments and blanks between elements aside.

use roxmltree::{Attribute, Node};

use super::schema::{Declared, Schema, TypeId};
use super::value::{self, Kind, Text};
use super::{encoded, encoding};

/// The namespace of `xsi:type` and `xsi:nil`.
pub(crate) const XSI: &str = "http://www.w3.org/2001/XMLSchema-instance";

/// The first difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Which kind it is; nothing of the document.
    pub(crate) class: &'static str,
    /// Where, and what.
    pub(crate) detail: String,
}

impl Difference {
    pub(crate) fn new(class: &'static str, detail: String) -> Self {
        Self { class, detail }
    }
}

/// Compares a document with what was written anew.
pub(crate) fn documents(
    schema: &Schema,
    sample: Node<'_, '_>,
    written: Node<'_, '_>,
) -> Result<(), Difference> {
    let name = sample.tag_name();
    let declared = schema.root(name.namespace().unwrap_or_default(), name.name());
    elements(schema, declared.as_ref(), sample, written, "")
}

/// Compares what the bodies of two messages hold.
pub(crate) fn bodies<'a>(
    schema: &Schema,
    sample: Vec<Node<'a, 'a>>,
    written: Vec<Node<'a, 'a>>,
) -> Result<(), Difference> {
    let mut theirs = written.into_iter();
    for sample in sample {
        let Some(written) = theirs.next() else {
            let name = sample.tag_name().name();
            return Err(Difference::new("child missing", format!("/Body: {name}")));
        };
        documents(schema, sample, written)?;
    }
    match theirs.next() {
        Some(more) => {
            let name = more.tag_name().name();
            Err(Difference::new("child added", format!("/Body: {name}")))
        }
        None => Ok(()),
    }
}

fn elements<'a>(
    schema: &Schema,
    declared: Option<&Declared>,
    sample: Node<'a, 'a>,
    written: Node<'a, 'a>,
    path: &str,
) -> Result<(), Difference> {
    let path = format!("{path}/{}", sample.tag_name().name());
    // `xmlns=""` is no namespace, too.
    let name = |node: Node<'a, 'a>| {
        let name = node.tag_name();
        (name.namespace().unwrap_or_default(), name.name())
    };
    if name(sample) != name(written) {
        let other = written.tag_name().name();
        return Err(Difference::new(
            "other child",
            format!("{path}: we write {other}"),
        ));
    }
    let type_ = types(schema, declared, sample, written, &path)?;
    let is_nil = |node: Node<'_, '_>| {
        node.attribute((XSI, "nil"))
            .is_some_and(|nil| matches!(nil.trim(), "true" | "1"))
    };
    if is_nil(sample) != is_nil(written) {
        return Err(Difference::new("nil", path));
    }
    attributes(schema, type_, sample, written, &path)?;
    if is_nil(sample) {
        return Ok(());
    }
    let kind = type_.and_then(|type_| schema.kind(type_));
    let has_elements = |node: Node<'_, '_>| node.children().any(|child| child.is_element());
    let is_element_only = has_elements(sample) || has_elements(written);
    if !is_element_only {
        let (mine, theirs) = (text(sample), text(written));
        let has_content = type_.is_some_and(|type_| kind.is_none() && !schema.is_mixed(type_));
        if has_content && mine.trim().is_empty() && theirs.trim().is_empty() {
            return Ok(());
        }
        let defaults = declared.map_or(&[][..], |declared| &declared.values);
        let or = |text: &str, default: &str| {
            let chosen = if text.is_empty() { default } else { text };
            chosen.to_owned()
        };
        let with = |default: &str| {
            let (mine, theirs) = (or(&mine, default), or(&theirs, default));
            texts(kind.as_ref(), (&mine, sample), (&theirs, written))
        };
        let is_equal = defaults.iter().any(|default| with(default).is_ok());
        return match with("") {
            Err(detail) if !is_equal => Err(Difference::new("text", format!("{path}: {detail}"))),
            _ => Ok(()),
        };
    }
    // Of what nobody declares all is data.
    let is_mixed = type_.is_none_or(|type_| schema.is_mixed(type_));
    let (mut mine, mut theirs) = (content(sample, is_mixed), content(written, is_mixed));
    if type_.is_some_and(|type_| schema.is_all(type_)) {
        let key = |part: &Part<'_>| match part {
            Part::Element(node) => format!("{:?}", node.tag_name()),
            Part::Text(_) => String::new(),
        };
        mine.sort_by_key(key);
        theirs.sort_by_key(key);
    }
    let mut theirs = theirs.into_iter();
    for part in mine {
        match (part, theirs.next()) {
            (Part::Element(sample), Some(Part::Element(written))) => {
                let name = sample.tag_name();
                let declared = type_.and_then(|type_| {
                    schema.child(type_, name.namespace().unwrap_or_default(), name.name())
                });
                elements(schema, declared.as_ref(), sample, written, &path)?;
            }
            (Part::Element(sample), _) => {
                let name = sample.tag_name().name();
                return Err(Difference::new("child missing", format!("{path}: {name}")));
            }
            (Part::Text(mine), Some(Part::Text(theirs))) if mine == theirs => {}
            (Part::Text(text), _) => {
                let text: String = text.chars().take(40).collect();
                return Err(Difference::new("mixed text", format!("{path}: {text:?}")));
            }
        }
    }
    match theirs.next() {
        Some(Part::Element(more)) => {
            let name = more.tag_name().name();
            Err(Difference::new("child added", format!("{path}: {name}")))
        }
        Some(Part::Text(_)) => Err(Difference::new("mixed text", path)),
        None => Ok(()),
    }
}

/// The type that both are of.
fn types(
    schema: &Schema,
    declared: Option<&Declared>,
    sample: Node<'_, '_>,
    written: Node<'_, '_>,
    path: &str,
) -> Result<Option<TypeId>, Difference> {
    let declared = declared.map(|declared| declared.type_);
    let own = |node: Node<'_, '_>| {
        let name = node.attribute((XSI, "type"))?.trim();
        let (prefix, local) = name
            .split_once(':')
            .map_or((None, name), |(p, l)| (Some(p), l));
        let namespace = node.lookup_namespace_uri(prefix).unwrap_or_default();
        let namespace = encoding::builtin(namespace, local);
        let says_more = declared.is_none() || !encoding::is_array(namespace, local);
        says_more.then(|| (namespace.to_owned(), local.to_owned()))
    };
    let (mine, theirs) = (own(sample), own(written));
    let id = |name: &Option<(String, String)>| match name {
        Some((namespace, local)) => schema.named(namespace, local),
        None => declared,
    };
    if mine == theirs || id(&mine).is_some() && id(&mine) == id(&theirs) {
        return Ok(id(&mine));
    }
    let shown = |name: &Option<(String, String)>| match name {
        Some((_, local)) => local.clone(),
        None => "none".to_owned(),
    };
    let detail = format!("{path}: {}, we write {}", shown(&mine), shown(&theirs));
    Err(Difference::new("xsi:type", detail))
}

fn attributes(
    schema: &Schema,
    type_: Option<TypeId>,
    sample: Node<'_, '_>,
    written: Node<'_, '_>,
    path: &str,
) -> Result<(), Difference> {
    let declared = type_
        .map(|type_| schema.attributes(type_))
        .unwrap_or_default();
    let known = |attribute: &Attribute<'_, '_>| {
        declared.iter().find(|(name, ..)| {
            *name.local == *attribute.name()
                && *name.namespace == *attribute.namespace().unwrap_or_default()
        })
    };
    let find = |node: Node<'_, '_>, like: &Attribute<'_, '_>| {
        node.attributes()
            .find(|other| other.name() == like.name() && other.namespace() == like.namespace())
            .map(|other| other.value().to_owned())
    };
    let sides = [
        (sample, written, "attribute missing"),
        (written, sample, "attribute added"),
    ];
    for (here, there, class) in sides {
        for attribute in here.attributes() {
            let declaration = known(&attribute);
            let is_encoding = declaration.is_none() && encoding::is_own(&attribute)
                || encoded::is_redundant(schema, type_, here, &attribute);
            if attribute.namespace() == Some(XSI) || is_encoding {
                continue;
            }
            let default = declaration.and_then(|(_, _, value)| value.clone());
            let place = || format!("{path}/@{}", attribute.name());
            let Some(other) = find(there, &attribute).or(default) else {
                return Err(Difference::new(class, place()));
            };
            let kind = declaration.and_then(|(_, type_, _)| schema.kind(*type_));
            texts(kind.as_ref(), (attribute.value(), here), (&other, there)).map_err(|detail| {
                Difference::new("attribute value", format!("{}: {detail}", place()))
            })?;
        }
    }
    Ok(())
}

fn texts(
    kind: Option<&Kind>,
    (mine, sample): (&str, Node<'_, '_>),
    (theirs, written): (&str, Node<'_, '_>),
) -> Result<(), String> {
    let equal = match kind {
        // The same text may say something else where other prefixes are in scope.
        Some(kind) => scoped(kind, (mine, sample), (theirs, written)),
        None => mine == theirs,
    };
    if equal {
        return Ok(());
    }
    let short = |text: &str| text.chars().take(60).collect::<String>();
    Err(format!("`{}`, we write `{}`", short(mine), short(theirs)))
}

fn scoped(
    kind: &Kind,
    (mine, sample): (&str, Node<'_, '_>),
    (theirs, written): (&str, Node<'_, '_>),
) -> bool {
    value::equal(
        kind,
        Text {
            text: mine,
            scope: sample,
        },
        Text {
            text: theirs,
            scope: written,
        },
    )
}

fn text(node: Node<'_, '_>) -> String {
    node.children()
        .filter_map(|child| child.is_text().then(|| child.text()).flatten())
        .collect()
}

/// A part of the content of an element.
enum Part<'a> {
    Element(Node<'a, 'a>),
    Text(String),
}

/// Elements and text; without the blanks between elements where these are no data.
fn content<'a>(node: Node<'a, 'a>, is_mixed: bool) -> Vec<Part<'a>> {
    let mut parts: Vec<Part<'a>> = Vec::new();
    for child in node.children() {
        if child.is_element() {
            parts.push(Part::Element(child));
        } else if let (true, Some(text)) = (child.is_text(), child.text()) {
            match parts.last_mut() {
                Some(Part::Text(before)) => before.push_str(text),
                _ => parts.push(Part::Text(text.to_owned())),
            }
        }
    }
    parts.retain(|part| match part {
        Part::Element(_) => true,
        Part::Text(text) => is_mixed || !text.trim().is_empty(),
    });
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use castile_codegen::Generator;
    use roxmltree::Document;

    const SCHEMA: &str = r###"<schema xmlns="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t"
        targetNamespace="urn:t" elementFormDefault="qualified">
        <element name="a"><complexType><sequence>
          <element name="n" type="decimal" minOccurs="0" maxOccurs="unbounded"/>
          <element name="s" type="string" minOccurs="0" default="d"/>
          <element name="m" type="t:m" minOccurs="0"/>
          <element name="all" minOccurs="0"><complexType><all>
            <element name="x" type="int"/><element name="y" type="int"/></all></complexType></element>
          <any namespace="##other" processContents="lax" minOccurs="0"/>
        </sequence><attribute name="b" type="boolean" default="false"/></complexType></element>
        <element name="l"><complexType><complexContent>
          <restriction base="e:Array" xmlns:e="http://schemas.xmlsoap.org/soap/encoding/">
            <sequence><element name="i" type="int" maxOccurs="unbounded"/></sequence>
            <attribute ref="e:arrayType" xmlns:w="http://schemas.xmlsoap.org/wsdl/" w:arrayType="int[]"/>
          </restriction></complexContent></complexType></element>
        <complexType name="m" mixed="true"><sequence><element name="i" minOccurs="0"/></sequence></complexType>
      </schema>"###;

    fn schema() -> Schema {
        let name = format!(
            "castile-compare-{}-{:?}.xsd",
            std::process::id(),
            std::thread::current().id()
        );
        let path = std::env::temp_dir().join(name);
        std::fs::write(&path, SCHEMA).unwrap();
        let (resolved, _) = Generator::new().input(&path).resolve().unwrap();
        std::fs::remove_file(&path).unwrap();
        Schema::new(resolved)
    }

    fn class(sample: &str, written: &str) -> Option<&'static str> {
        let schema = schema();
        let wrapped = |text: &str| {
            text.replacen(
                "<a",
                "<a xmlns='urn:t' xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance'",
                1,
            )
        };
        let (sample, written) = (wrapped(sample), wrapped(written));
        let (sample, written) = (
            Document::parse(&sample).unwrap(),
            Document::parse(&written).unwrap(),
        );
        documents(&schema, sample.root_element(), written.root_element())
            .err()
            .map(|difference| difference.class)
    }

    #[test]
    fn what_means_the_same_is_equal() {
        for (sample, written) in [
            ("<a>\n <n>1.0</n> <!-- c -->\n</a>", "<a><n>+1</n></a>"),
            ("<a/>", "<a b='0'/>"),
            ("<a b='false'><s/></a>", "<a><s>d</s></a>"),
            (
                "<a><all><x>1</x><y>2</y></all></a>",
                "<a><all><y>2</y><x>1</x></all></a>",
            ),
            ("<a><m xsi:type='m'>t <i/></m></a>", "<a><m>t <i/></m></a>"),
        ] {
            assert_eq!(class(sample, written), None, "{sample}");
        }
    }

    #[test]
    fn what_means_something_else_is_told() {
        for (sample, written, expected) in [
            ("<a><n>1</n></a>", "<a><n>2</n></a>", "text"),
            ("<a><s>x</s></a>", "<a><s> x</s></a>", "text"),
            (
                "<a><n>1</n><n>2</n></a>",
                "<a><n>1</n></a>",
                "child missing",
            ),
            ("<a><n>1</n></a>", "<a><n>1</n><s/></a>", "child added"),
            ("<a><n>1</n></a>", "<a><s/></a>", "other child"),
            ("<a b='1'/>", "<a/>", "attribute value"),
            ("<a c='1'/>", "<a/>", "attribute missing"),
            ("<a/>", "<a c='1'/>", "attribute added"),
            ("<a><m>t<i/></m></a>", "<a><m><i/></m></a>", "mixed text"),
            (
                "<a><m>t <i/> </m></a>",
                "<a><m>t <i/></m></a>",
                "mixed text",
            ),
            ("<a>x<n>1</n></a>", "<a><n>1</n></a>", "mixed text"),
            (
                "<a><o xmlns='urn:o'>t<p/></o></a>",
                "<a><o xmlns='urn:o'><p/></o></a>",
                "mixed text",
            ),
            (
                "<a><o xmlns='urn:o' q='1'/></a>",
                "<a><o xmlns='urn:o'/></a>",
                "attribute missing",
            ),
            (
                "<a><o xmlns='urn:o'/></a>",
                "<a><o xmlns='urn:p'/></a>",
                "other child",
            ),
            ("<a><m xsi:nil='true'/></a>", "<a><m/></a>", "nil"),
            ("<a><m xsi:type='t'/></a>", "<a><m/></a>", "xsi:type"),
        ] {
            assert_eq!(class(sample, written), Some(expected), "{sample}");
        }
    }

    #[test]
    fn an_array_need_not_say_what_is_declared() {
        let outcome = |array_type: &str| {
            let written = "<l xmlns='urn:t'><i>1</i></l>";
            let sample = written.replace(
                "'>",
                &format!(
                    "' xmlns:x='http://www.w3.org/2001/XMLSchema' \
                     xmlns:e='http://schemas.xmlsoap.org/soap/encoding/' e:arrayType='{array_type}'>"
                ),
            );
            let documents = [&sample, written].map(|text| Document::parse(text).unwrap());
            let [sample, written] = documents.each_ref().map(Document::root_element);
            documents_of(&schema(), sample, written)
        };
        assert_eq!(outcome("x:int[1]"), None);
        assert_eq!(outcome("x:int[]"), None);
        for other in ["x:int[2]", "x:long[1]", "y:int[1]", "x:int"] {
            assert_eq!(outcome(other), Some("attribute missing"), "{other}");
        }
    }

    fn documents_of<'a>(
        schema: &Schema,
        sample: Node<'a, 'a>,
        written: Node<'a, 'a>,
    ) -> Option<&'static str> {
        { documents(schema, sample, written).err() }.map(|difference| difference.class)
    }

    #[test]
    fn all_that_a_body_holds_is_compared() {
        let outcome = |sample: &str, written: &str| {
            let texts = [sample, written].map(|body| format!("<b>{body}</b>"));
            let [sample, written] = [0, 1].map(|at| Document::parse(&texts[at]).unwrap());
            let content = |document| Document::root_element(document).children().collect();
            bodies(&schema(), content(&sample), content(&written))
                .err()
                .map(|difference| difference.class)
        };
        assert_eq!(outcome("<a/><b/>", "<a/><b/>"), None);
        assert_eq!(outcome("<a/><b/>", "<a/>"), Some("child missing"));
        assert_eq!(outcome("<a/>", "<a/><b/>"), Some("child added"));
        assert_eq!(outcome("<a/>", "<a id='i'/>"), Some("attribute added"));
        let style = "xmlns:e='http://schemas.xmlsoap.org/soap/envelope/' e:encodingStyle=''";
        assert_eq!(outcome(&format!("<a {style}/>"), "<a/>"), None);
    }
}

//! The same message written otherwise: every variant must decode to the same value.
//!
//! Written from a `roxmltree` document, so that it shares no code with the runtime.

use std::fmt::Write as _;

use roxmltree::{Document, Node};

/// A message in another form.
#[derive(Clone, Debug)]
pub struct Variant {
    /// What is other about it.
    pub name: &'static str,
    /// The `Content-Type` that goes with it.
    pub content_type: &'static str,
    /// The bytes.
    pub bytes: Vec<u8>,
}

/// How a document is written.
#[derive(Clone, Copy, Default)]
struct Style {
    /// Declare every namespace as the default one where it is used, instead of prefixes.
    defaults: bool,
    /// Children of every element below the body's child in reverse order. Repeated siblings keep
    /// theirs, since it means something.
    reversed: bool,
    /// Elements of a namespace that nobody knows, with content, between all others.
    extras: bool,
    /// Text as CDATA.
    cdata: bool,
    /// A comment in the middle of every text and between elements, and processing instructions.
    comments: bool,
    /// Letters of text as character references.
    references: bool,
    /// Line ends and blanks between elements, and inside tags.
    blanks: bool,
}

/// All variants of a well-formed envelope.
///
/// # Errors
///
/// If `xml` is not well-formed.
pub fn variants(xml: &str) -> Result<Vec<Variant>, String> {
    let document = Document::parse(xml).map_err(|error| error.to_string())?;
    let plain = Style::default();
    let styles = [
        ("other prefixes", plain),
        (
            "default namespaces",
            Style {
                defaults: true,
                ..plain
            },
        ),
        (
            "reversed children",
            Style {
                reversed: true,
                ..plain
            },
        ),
        (
            "unknown extra elements",
            Style {
                extras: true,
                ..plain
            },
        ),
        (
            "CDATA",
            Style {
                cdata: true,
                ..plain
            },
        ),
        (
            "comments and processing instructions",
            Style {
                comments: true,
                ..plain
            },
        ),
        (
            "character references",
            Style {
                references: true,
                ..plain
            },
        ),
        (
            "blanks everywhere",
            Style {
                blanks: true,
                ..plain
            },
        ),
        (
            "all at once",
            Style {
                defaults: true,
                reversed: true,
                extras: true,
                comments: true,
                references: true,
                blanks: true,
                cdata: false,
            },
        ),
    ];
    let mut all: Vec<Variant> = styles
        .into_iter()
        .map(|(name, style)| Variant {
            name,
            content_type: "text/xml; charset=utf-8",
            bytes: write(&document, style).into_bytes(),
        })
        .collect();
    let text = write(&document, plain);
    let units = |to: fn(u16) -> [u8; 2], mark: &[u8]| {
        let declared = format!("<?xml version=\"1.0\" encoding=\"UTF-16\"?>{text}");
        mark.iter()
            .copied()
            .chain(declared.encode_utf16().flat_map(to))
            .collect::<Vec<u8>>()
    };
    all.push(Variant {
        name: "UTF-16, little-endian",
        content_type: "text/xml; charset=utf-16",
        bytes: units(u16::to_le_bytes, &[0xFF, 0xFE]),
    });
    all.push(Variant {
        name: "UTF-16, big-endian",
        content_type: "text/xml",
        bytes: units(u16::to_be_bytes, &[0xFE, 0xFF]),
    });
    all.push(Variant {
        name: "UTF-8 with a byte order mark",
        content_type: "text/xml",
        bytes: [b"\xEF\xBB\xBF<?xml version='1.0'?>\r\n", text.as_bytes()].concat(),
    });
    all.push(Variant {
        name: "ISO-8859-1 by declaration",
        content_type: "text/xml",
        bytes: format!("<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>{text}")
            .chars()
            .map(|c| u8::try_from(u32::from(c)).unwrap_or(b'?'))
            .collect(),
    });
    Ok(all)
}

fn write(document: &Document<'_>, style: Style) -> String {
    let mut writer = Writer {
        style,
        out: String::new(),
    };
    writer.element(document.root_element(), 0);
    writer.out
}

struct Writer {
    style: Style,
    out: String,
}

/// A prefix for each namespace that messages have, unlike those that anybody uses.
fn prefix(namespace: &str) -> String {
    let sum: u32 = namespace.bytes().map(u32::from).sum();
    format!("q{sum}")
}

impl Writer {
    fn element(&mut self, node: Node<'_, '_>, depth: usize) {
        let namespace = node.tag_name().namespace().unwrap_or_default();
        let local = node.tag_name().name();
        let blank = if self.style.blanks { "\n\t " } else { " " };
        let name = if self.style.defaults || namespace.is_empty() {
            local.to_owned()
        } else {
            format!("{}:{local}", prefix(namespace))
        };
        let _ = write!(self.out, "<{name}");
        if self.style.defaults || namespace.is_empty() {
            let _ = write!(self.out, "{blank}xmlns=\"{namespace}\"");
        } else {
            let _ = write!(self.out, "{blank}xmlns:{}='{namespace}'", prefix(namespace));
        }
        for attribute in node.attributes() {
            let value = attribute
                .value()
                .replace('&', "&amp;")
                .replace('"', "&quot;");
            match attribute.namespace() {
                Some(namespace) => {
                    let prefix = prefix(namespace);
                    let _ = write!(
                        self.out,
                        "{blank}{prefix}:{}=\"{value}\"{blank}xmlns:{prefix}=\"{namespace}\"",
                        attribute.name()
                    );
                }
                None => {
                    let _ = write!(self.out, "{blank}{}=\"{value}\"", attribute.name());
                }
            }
        }
        if self.style.blanks {
            self.out.push('\n');
        }
        self.out.push('>');
        let mut children: Vec<_> = node.children().filter(Node::is_element).collect();
        if children.is_empty() {
            let text: String = node.children().filter_map(|child| child.text()).collect();
            self.text(&text);
        }
        let repeated = children.len() > 1
            && children
                .iter()
                .all(|child| child.tag_name() == children[0].tag_name());
        if self.style.reversed && depth >= 2 && !repeated {
            children.reverse();
        }
        for child in children {
            self.between(depth);
            self.element(child, depth + 1);
        }
        let _ = write!(self.out, "</{name}");
        if self.style.blanks {
            self.out.push('\r');
            self.out.push('\n');
        }
        self.out.push('>');
    }

    /// What stands between elements. Only below the body's child: an envelope with extra children is
    /// another matter.
    fn between(&mut self, depth: usize) {
        if self.style.blanks {
            self.out.push_str("\n   \t");
        }
        if self.style.comments {
            self.out
                .push_str("<!-- <not-an-element/> & - --><?ignore me?>");
        }
        if self.style.extras && depth >= 2 {
            self.out.push_str(
                "<x:Extra xmlns:x='urn:unknown' x:a='1'>text<x:Extra/><![CDATA[<y>]]></x:Extra>",
            );
        }
    }

    fn text(&mut self, text: &str) {
        let escaped = |text: &str| text.replace('&', "&amp;").replace('<', "&lt;");
        let half = text.chars().count() / 2;
        let first: String = text.chars().take(half).collect();
        let second: String = text.chars().skip(half).collect();
        if self.style.cdata && !text.is_empty() {
            let _ = write!(self.out, "{}<![CDATA[{second}]]>", escaped(&first));
        } else if self.style.comments && !text.is_empty() {
            let _ = write!(
                self.out,
                "{}<!-- in the middle -->{}",
                escaped(&first),
                escaped(&second)
            );
        } else if self.style.references {
            for character in text.chars() {
                let _ = write!(self.out, "&#x{:X};", u32::from(character));
            }
        } else {
            self.out.push_str(&escaped(text));
        }
    }
}

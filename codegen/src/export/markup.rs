//! XML as a tree, written with indents: elements one a line, text as it is.

/// An element with its prefixed name.
#[derive(Clone, Debug)]
pub(super) struct Markup {
    name: String,
    attributes: Vec<(String, String)>,
    content: Content,
}

#[derive(Clone, Debug)]
enum Content {
    Children(Vec<Markup>),
    /// Text whose every character counts.
    Text(String),
}

impl Markup {
    pub(super) fn new(name: impl Into<String>) -> Self {
        Self {
            name: name.into(),
            attributes: Vec::new(),
            content: Content::Children(Vec::new()),
        }
    }

    /// An element that holds text.
    pub(super) fn text(name: impl Into<String>, text: impl Into<String>) -> Self {
        Self {
            content: Content::Text(text.into()),
            ..Self::new(name)
        }
    }

    pub(super) fn with(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.set(name, value);
        self
    }

    pub(super) fn with_some(
        mut self,
        name: impl Into<String>,
        value: Option<impl Into<String>>,
    ) -> Self {
        if let Some(value) = value {
            self.set(name, value);
        }
        self
    }

    pub(super) fn with_if(self, condition: bool, name: &str, value: &str) -> Self {
        self.with_some(name, condition.then_some(value))
    }

    pub(super) fn with_child(mut self, child: Self) -> Self {
        self.push(child);
        self
    }

    pub(super) fn with_children(mut self, children: impl IntoIterator<Item = Self>) -> Self {
        for child in children {
            self.push(child);
        }
        self
    }

    pub(super) fn set(&mut self, name: impl Into<String>, value: impl Into<String>) {
        self.attributes.push((name.into(), value.into()));
    }

    /// Adds a child behind the others. An element of text keeps its text alone.
    pub(super) fn push(&mut self, child: Self) {
        if let Content::Children(children) = &mut self.content {
            children.push(child);
        }
    }

    /// Adds a child before the others.
    pub(super) fn push_first(&mut self, child: Self) {
        if let Content::Children(children) = &mut self.content {
            children.insert(0, child);
        }
    }

    /// Adds the types of a description where they belong: before its messages, behind what is not of
    /// WSDL. Without schemas there is nothing to add.
    pub(super) fn insert_types(&mut self, types: Self) {
        if let (Content::Children(children), false) = (&mut self.content, types.is_empty()) {
            let kind = types.name.rsplit_once(':').map_or("", |(prefix, _)| prefix);
            let is_wsdl = |child: &Self| {
                child
                    .name
                    .rsplit_once(':')
                    .is_some_and(|name| name.0 == kind)
            };
            let at = children.iter().position(is_wsdl).unwrap_or(children.len());
            children.insert(at, types);
        }
    }

    fn is_empty(&self) -> bool {
        match &self.content {
            Content::Children(children) => children.is_empty(),
            Content::Text(text) => text.is_empty(),
        }
    }

    /// Takes an attribute out.
    pub(super) fn take_attribute(&mut self, name: &str) -> Option<String> {
        let at = { self.attributes.iter() }.position(|(known, _)| known == name)?;
        Some(self.attributes.remove(at).1)
    }

    /// The elements in it.
    pub(super) fn into_children(self) -> Vec<Self> {
        match self.content {
            Content::Children(children) => children,
            Content::Text(_) => Vec::new(),
        }
    }

    /// Adds the prefixes of all elements and attributes in it.
    pub(super) fn prefixes<'a>(&'a self, found: &mut std::collections::BTreeSet<&'a str>) {
        let names = { self.attributes.iter() }.map(|(name, _)| name);
        for name in names.chain([&self.name]) {
            if let Some((prefix, _)) = name.split_once(':') {
                found.insert(prefix);
            }
        }
        if let Content::Children(children) = &self.content {
            for child in children {
                child.prefixes(found);
            }
        }
    }

    /// The document of this root element.
    pub(super) fn document(&self) -> String {
        let mut out = String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n");
        self.write(0, &mut out);
        out
    }

    fn write(&self, depth: usize, out: &mut String) {
        /// What fits on a line with the name of the element; more attributes stand on lines of their own.
        const WIDTH: usize = 100;
        indent(depth, out);
        out.push('<');
        out.push_str(&self.name);
        let width: usize = { self.attributes.iter() }
            .map(|(name, value)| name.len() + value.len() + 4)
            .sum();
        let is_wide = 2 * depth + self.name.len() + width > WIDTH && self.attributes.len() > 1;
        for (name, value) in &self.attributes {
            if is_wide {
                out.push('\n');
                indent(depth + 2, out);
            } else {
                out.push(' ');
            }
            out.push_str(name);
            out.push_str("=\"");
            escape_attribute(value, out);
            out.push('"');
        }
        match &self.content {
            Content::Children(children) if children.is_empty() => out.push_str("/>\n"),
            Content::Children(children) => {
                out.push_str(">\n");
                for child in children {
                    child.write(depth + 1, out);
                }
                indent(depth, out);
                self.write_end(out);
            }
            Content::Text(text) => {
                out.push('>');
                escape_text(text, out);
                self.write_end(out);
            }
        }
    }

    fn write_end(&self, out: &mut String) {
        out.push_str("</");
        out.push_str(&self.name);
        out.push_str(">\n");
    }
}

fn indent(depth: usize, out: &mut String) {
    for _ in 0..depth {
        out.push_str("  ");
    }
}

/// A text as it may stand in an element or between quotes.
pub(crate) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_attribute(text, &mut out);
    out
}

/// Line ends and tabs would come back as blanks (XML 1.0 §3.3.3).
fn escape_attribute(value: &str, out: &mut String) {
    for character in value.chars() {
        match character {
            '"' => out.push_str("&quot;"),
            '\t' => out.push_str("&#9;"),
            '\n' => out.push_str("&#10;"),
            _ => escape(character, out),
        }
    }
}

/// Examples are escaped, not put into CDATA sections: there are clients that take whatever looks like an
/// envelope for the whole document.
fn escape_text(text: &str, out: &mut String) {
    for character in text.chars() {
        escape(character, out);
    }
}

/// Characters that no XML document can hold become the replacement character.
fn escape(character: char, out: &mut String) {
    match character {
        '&' => out.push_str("&amp;"),
        '<' => out.push_str("&lt;"),
        '>' => out.push_str("&gt;"),
        '\r' => out.push_str("&#13;"),
        '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
            out.push('\u{fffd}');
        }
        _ => out.push(character),
    }
}

#[cfg(test)]
mod tests {
    use super::Markup;

    #[test]
    fn elements_are_indented_and_text_is_kept() {
        let markup = Markup::new("a:b")
            .with("x", "1 < \"2\"\n")
            .with_child(Markup::new("c"))
            .with_child(Markup::text("d", "1 & 2"))
            .with_child(Markup::text("e", "<f>]]></f>"));
        assert_eq!(
            markup.document(),
            "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
             <a:b x=\"1 &lt; &quot;2&quot;&#10;\">\n  <c/>\n  <d>1 &amp; 2</d>\n  \
             <e>&lt;f&gt;]]&gt;&lt;/f&gt;</e>\n</a:b>\n"
        );
    }
}

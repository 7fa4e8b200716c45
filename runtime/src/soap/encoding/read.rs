//! From an encoded message to the literal one that says the same.

use std::borrow::Cow;
use std::rc::Rc;

use super::graph::{self, Graph, Scope};
use super::{Content, Encoding, Member, Parts, is_encoding};
use crate::any_element::{AnyElement, AnyNode};
use crate::binding::Name;
use crate::limits::Limits;
use crate::read_error::{ReadError, ReadErrorKind};
use crate::simple::Prefixes as _;
use crate::soap::is_soap;
use crate::types::QName;
use crate::xml::{Writer, XMLNS, XSI};

/// Those of the drafts, which servers of the time of SOAP 1.1 still use.
pub(crate) const EARLIER_XSI: [&str; 2] = [
    "http://www.w3.org/1999/XMLSchema-instance",
    "http://www.w3.org/2000/10/XMLSchema-instance",
];

/// The namespace of `rpc:result` (SOAP 1.2 Part 2 §4.2.1).
pub(crate) const RPC: &str = "http://www.w3.org/2003/05/soap-rpc";

/// What the body of an encoded message holds.
#[derive(Debug)]
pub(in crate::soap) enum Body {
    /// A fault, its references replaced.
    Fault(String),
    /// A document whose root is the first of the path: the wrapper.
    Message(String),
    /// Nothing.
    Empty,
}

/// Makes a body literal. `path` names the elements around the record, `members` the parts in the
/// first of them, whatever name that one has in the message: in rpc it means nothing.
pub(in crate::soap) fn read(
    body: &AnyElement,
    (encoding, members): Parts,
    path: &[Name],
    limits: &Limits,
) -> Result<Body, ReadError> {
    let is_fault =
        |child: &&AnyElement| child.name.local == "Fault" && is_soap(&child.name.namespace);
    let mut literal = Literal {
        encoding,
        limits,
        graph: Graph::of(body),
        writer: Writer::new(),
        elements: 0,
        open: Vec::new(),
        path: Vec::new(),
    };
    let scope = Scope::root(body);
    if let Some(fault) = body.children().find(is_fault) {
        let name = Written::own(fault);
        literal.element(fault, &scope, name, Declared::Unknown)?;
        return literal.finish().map(Body::Fault);
    }
    let (Some(name), Some(wrapper)) = (path.first(), wrapper(body, path)) else {
        return Ok(Body::Empty);
    };
    let name = Written {
        namespace: name.namespace,
        local: name.local,
        prefix: "ns",
        index: 0,
    };
    literal.element(wrapper, &scope, name, Declared::Wrapper(members))?;
    literal.finish().map(Body::Message)
}

/// The element that holds the parts: the one of the right name, or the one that is no independent
/// element, which only references lead to (SOAP 1.1 §5.6).
fn wrapper<'a>(body: &'a AnyElement, path: &[Name]) -> Option<&'a AnyElement> {
    let named = |child: &&AnyElement| {
        let first = path.first();
        first.is_some_and(|name| child.name.is(name.namespace, name.local))
    };
    let says = |child: &&AnyElement| graph::root(child) == Some(true);
    let has_no_id = |child: &&AnyElement| graph::id(child).is_none();
    let may_be = |child: &&AnyElement| graph::root(child) != Some(false);
    let mut found = body.children().find(named);
    found = found.or_else(|| body.children().find(says));
    found = found.or_else(|| {
        body.children()
            .find(|child| may_be(child) && has_no_id(child))
    });
    found.or_else(|| body.children().find(may_be))
}

/// The name under which an element is written.
#[derive(Clone, Copy)]
struct Written<'a> {
    namespace: &'a str,
    local: &'a str,
    prefix: &'a str,
    /// Its number among the items of an array, from 1.
    index: usize,
}

impl<'a> Written<'a> {
    fn own(element: &'a AnyElement) -> Self {
        Self {
            namespace: &element.name.namespace,
            local: &element.name.local,
            prefix: &element.name.prefix,
            index: 0,
        }
    }

    fn member(member: &'static Member, index: usize) -> Self {
        Self {
            namespace: member.namespace,
            local: member.local,
            prefix: "ns",
            index,
        }
    }
}

/// What is known of an element before it is looked at.
#[derive(Clone, Copy)]
enum Declared {
    Wrapper(&'static [Member]),
    Type(Name),
    Unknown,
}

struct Literal<'a, 'l> {
    encoding: &'static Encoding,
    limits: &'l Limits,
    graph: Graph<'a>,
    writer: Writer,
    elements: usize,
    /// The references that lead to where we are.
    open: Vec<&'a str>,
    path: Vec<(&'a str, usize)>,
}

impl<'a> Literal<'a, '_> {
    fn finish(self) -> Result<String, ReadError> {
        let written = self.writer.finish();
        written.map_err(|error| {
            ReadError::new(ReadErrorKind::Other(error.to_string()), error.path(), None)
        })
    }

    #[cold]
    fn error(&self, kind: ReadErrorKind) -> ReadError {
        let mut path = String::new();
        for (name, index) in &self.path {
            path.push('/');
            path.push_str(name);
            if *index > 0 {
                path.push_str(&format!("[{index}]"));
            }
        }
        ReadError::new(kind, path, None)
    }

    #[cold]
    fn other(&self, message: String) -> ReadError {
        self.error(ReadErrorKind::Other(message))
    }

    /// Writes an element, or what it refers to, under another name.
    fn element(
        &mut self,
        element: &'a AnyElement,
        scope: &Rc<Scope<'a>>,
        name: Written<'a>,
        declared: Declared,
    ) -> Result<(), ReadError> {
        self.path.push((name.local, name.index));
        self.within_limits()?;
        let references = self.open.len();
        let (element, outer) = self.target(element, scope, declared)?;
        let scope = outer.inside(element);
        // The prefixes around the target, and those that the envelope declares, are lost otherwise.
        let is_moved = self.open.len() > references || self.path.len() == 1;
        let content = self.content(element, &scope, declared)?;
        self.start(element, &scope, name, is_moved);
        self.attributes(element, &scope, content);
        match content {
            Content::Struct(members) => {
                let is_wrapper = matches!(declared, Declared::Wrapper(_));
                self.members(element, &scope, members, is_wrapper)?;
            }
            Content::Array(item) => self.items(element, &scope, item)?,
            Content::Simple | Content::Any => {
                for node in &element.nodes {
                    match node {
                        AnyNode::Text(text) => self.writer.text(text),
                        AnyNode::Element(child) => {
                            let name = Written::own(child);
                            self.element(child, &scope, name, Declared::Unknown)?;
                        }
                    }
                }
            }
        }
        self.writer.end();
        self.open.truncate(references);
        self.path.pop();
        Ok(())
    }

    /// A few references to references make a large document of a small one: what counts is what
    /// comes out.
    fn within_limits(&mut self) -> Result<(), ReadError> {
        self.elements += 1;
        let limits = self.limits;
        let bounds = [
            ("depth", self.path.len(), limits.depth),
            ("elements", self.elements, limits.elements),
            ("body", self.writer.written(), limits.body),
        ];
        match bounds.into_iter().find(|(_, value, limit)| value > limit) {
            None => Ok(()),
            Some((name, _, limit)) => Err(self.error(ReadErrorKind::Limit { name, limit })),
        }
    }

    /// Follows references. In content of no declared type they may be data that look like it.
    fn target(
        &mut self,
        element: &'a AnyElement,
        scope: &Rc<Scope<'a>>,
        declared: Declared,
    ) -> Result<(&'a AnyElement, Rc<Scope<'a>>), ReadError> {
        let (mut element, mut scope) = (element, Rc::clone(scope));
        while let Some(id) = graph::reference(element) {
            if self.open.contains(&id) {
                return Err(self.other(format!(
                    "refers to `#{id}`, in which it is itself: no record holds a circle"
                )));
            }
            match self.graph.target(id) {
                Some(Some(target)) => (element, scope) = (target.element, Rc::clone(&target.scope)),
                Some(None) => {
                    return Err(self.other(format!("refers to `#{id}`, an id of several elements")));
                }
                None if matches!(declared, Declared::Unknown) => break,
                None => {
                    return Err(self.other(format!("refers to `#{id}`, which is nowhere")));
                }
            }
            self.open.push(id);
            // Each step is one of a chain, which may be as long as the message.
            self.within_limits()?;
        }
        Ok((element, scope))
    }

    /// What an element holds: by its own `xsi:type` if that is known, else as declared.
    fn content(
        &self,
        element: &AnyElement,
        scope: &Scope<'_>,
        declared: Declared,
    ) -> Result<Content, ReadError> {
        let name = match declared {
            Declared::Wrapper(members) => return Ok(Content::Struct(members)),
            Declared::Type(name) => name,
            Declared::Unknown => return Ok(Content::Any),
        };
        let named = xsi_type(element).and_then(|text| {
            let (prefix, local) = text.split_once(':').unwrap_or(("", text));
            Some((scope.namespace_of(prefix)?, local))
        });
        let content = self.encoding.content(name, named);
        if let Content::Array(_) = content {
            self.is_whole(element)?;
        }
        Ok(content)
    }

    /// Arrays are read if they have one dimension and are there from the first item on.
    fn is_whole(&self, element: &AnyElement) -> Result<(), ReadError> {
        let attribute = |local: &str| {
            let mut found = element.attributes.iter();
            found
                .find(|a| a.name.local == local && is_encoding(&a.name.namespace))
                .map(|a| a.value.trim())
        };
        if attribute("arrayType").is_some_and(has_dimensions)
            || attribute("arraySize").is_some_and(is_sizes)
        {
            return Err(self.other(
                "is an array of several dimensions where one of a single one is declared"
                    .to_owned(),
            ));
        }
        match attribute("offset") {
            Some(offset) if position(offset) != Some(0) => Err(self.other(format!(
                "is an array of which only a part is in the message, from `{offset}` on"
            ))),
            _ => Ok(()),
        }
    }

    fn start(&mut self, element: &'a AnyElement, scope: &Scope<'a>, name: Written<'_>, all: bool) {
        if all {
            for (prefix, namespace) in scope.all() {
                self.declare(prefix, namespace);
            }
        } else {
            for (prefix, namespace) in &element.namespaces {
                self.declare(prefix, namespace);
            }
        }
        self.writer
            .start_preferring(name.namespace, name.local, name.prefix);
    }

    fn declare(&mut self, prefix: &str, namespace: &str) {
        if prefix != "xml" && !self.writer.has_binding(prefix, namespace) {
            self.writer.declare(prefix, namespace);
        }
    }

    /// The name of a type as it is written at the element whose start tag is open: a default namespace is
    /// not declared there where the element is in none.
    fn type_name<'v>(&mut self, value: &'v str, scope: &Scope<'_>) -> Cow<'v, str> {
        let name = value.trim();
        match scope.namespace_of("").filter(|own| !own.is_empty()) {
            Some(own) if !name.contains(':') && !self.writer.has_binding("", own) => {
                Cow::Owned(format!("{}:{name}", self.writer.prefix_of(own, "ns")))
            }
            _ => Cow::Borrowed(value),
        }
    }

    /// Leaves out what belongs to the encoding, where the type is known without it.
    fn attributes(&mut self, element: &AnyElement, scope: &Scope<'_>, content: Content) {
        let is_any = matches!(content, Content::Any);
        let is_id = graph::id(element).is_some_and(|id| self.graph.target(id).is_some());
        for attribute in &element.attributes {
            let (name, value) = (&attribute.name, attribute.value.as_str());
            let is_ours = match name.namespace.as_str() {
                XMLNS => true,
                "" => name.local == "id" && (is_id || !is_any),
                namespace if is_soap(namespace) => true,
                namespace if is_encoding(namespace) => !is_any || (name.local == "id" && is_id),
                _ => false,
            };
            if is_ours {
                continue;
            }
            let is_earlier = EARLIER_XSI.contains(&name.namespace.as_str());
            if name.namespace != XSI && !is_earlier {
                let writer = &mut self.writer;
                writer.attribute_preferring(&name.namespace, &name.local, &name.prefix, value);
                continue;
            }
            let local = match name.local.as_str() {
                "null" => "nil",
                "type" if !is_any && says_nothing(value, scope, content) => continue,
                local => local,
            };
            let value = match local {
                "type" => self.type_name(value, scope),
                _ => Cow::Borrowed(value),
            };
            self.writer.attribute_preferring(XSI, local, "xsi", &value);
        }
    }

    /// The members of a struct, by their local names: accessors have no namespace, but some servers
    /// give them one.
    fn members(
        &mut self,
        element: &'a AnyElement,
        scope: &Rc<Scope<'a>>,
        members: &'static [Member],
        is_wrapper: bool,
    ) -> Result<(), ReadError> {
        let is_named = |child: &AnyElement| members.iter().any(|m| m.local == child.name.local);
        // The name of the accessor of the return value is not significant (SOAP 1.1 §7.1).
        let mut returned = members.first().filter(|first| {
            is_wrapper
                && !element
                    .children()
                    .any(|child| child.name.local == first.local)
        });
        let mut next = 0;
        for child in element.children() {
            if is_wrapper && child.name.is(RPC, "result") {
                continue;
            }
            let member = match find(members, next, &child.name) {
                Some(index) => {
                    next = index;
                    members.get(index)
                }
                None if !is_named(child) => returned.take(),
                None => None,
            };
            let (name, declared) = match member {
                Some(member) => (Written::member(member, 0), Declared::Type(member.type_name)),
                None => (Written::own(child), Declared::Unknown),
            };
            self.element(child, scope, name, declared)?;
        }
        Ok(())
    }

    fn items(
        &mut self,
        element: &'a AnyElement,
        scope: &Rc<Scope<'a>>,
        item: &'static Member,
    ) -> Result<(), ReadError> {
        for (index, child) in element.children().enumerate() {
            let mut attributes = child.attributes.iter();
            let written = attributes
                .find(|a| a.name.local == "position" && is_encoding(&a.name.namespace))
                .map(|a| a.value.trim());
            if let Some(written) = written.filter(|written| position(written) != Some(index)) {
                return Err(self.other(format!(
                    "is an array with gaps: item {} has the position `{written}`",
                    index + 1
                )));
            }
            let name = Written::member(item, index + 1);
            self.element(child, scope, name, Declared::Type(item.type_name))?;
        }
        Ok(())
    }
}

/// Whether an `arrayType` has several dimensions.
pub(crate) fn has_dimensions(array_type: &str) -> bool {
    let size = array_type.rsplit('[').next();
    size.is_some_and(|size| size.contains(','))
}

/// Whether an `arraySize` is one of several dimensions.
pub(crate) fn is_sizes(array_size: &str) -> bool {
    array_size.trim().contains(char::is_whitespace)
}

/// `[3]`.
pub(crate) fn position(text: &str) -> Option<usize> {
    let inside = text.strip_prefix('[')?.strip_suffix(']')?;
    inside.trim().parse().ok()
}

/// The member for an accessor, from `next` on and round; one in the same namespace first.
fn find(members: &[Member], next: usize, name: &QName) -> Option<usize> {
    let order = (next..members.len()).chain(0..next);
    let mut by_name = order.filter(|&index| {
        members
            .get(index)
            .is_some_and(|member| member.local == name.local)
    });
    let first = by_name.next()?;
    let is_exact = |index: &usize| {
        members
            .get(*index)
            .is_some_and(|member| member.namespace == name.namespace)
    };
    if is_exact(&first) {
        return Some(first);
    }
    Some(by_name.find(is_exact).unwrap_or(first))
}

/// The text of `xsi:type`, of this or an earlier version of XML Schema.
fn xsi_type(element: &AnyElement) -> Option<&str> {
    let mut namespaces = std::iter::once(XSI).chain(EARLIER_XSI);
    namespaces
        .find_map(|namespace| element.attribute(namespace, "type"))
        .map(str::trim)
}

/// Whether `xsi:type` says no more than the declaration: that something is an array, a struct, or a
/// simple value.
fn says_nothing(value: &str, scope: &Scope<'_>, content: Content) -> bool {
    let (prefix, _) = value.trim().split_once(':').unwrap_or(("", value));
    match content {
        Content::Array(_) | Content::Simple => true,
        Content::Struct(_) => scope.namespace_of(prefix).is_none_or(is_encoding),
        Content::Any => false,
    }
}

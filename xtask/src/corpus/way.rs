//! Which generated type reads a sample: as Rust text, for the program that runs the samples.

use castile_codegen::rust::{Crate, Message, ModuleId, Operation, QualifiedName, Type};
use roxmltree::Node;

use super::fragment::fragment;

const ENVELOPES: [&str; 2] = [
    "http://schemas.xmlsoap.org/soap/envelope/",
    "http://www.w3.org/2003/05/soap-envelope",
];

/// A part of a sample that is read, written and compared on its own.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// What it is, where it is not the whole: `header Security`.
    pub(crate) place: String,
    /// Its text.
    pub(crate) text: String,
    /// A function from text to text.
    pub(crate) code: String,
}

/// What is to be done with a sample.
#[derive(Clone, Debug, Default)]
pub(crate) struct Ways {
    /// The parts; none if the sample cannot be read.
    pub(crate) parts: Vec<Part>,
    /// Why not.
    pub(crate) failure: Option<String>,
    /// Whether there may be better ones when all global declarations are generated.
    pub(crate) wants_declarations: bool,
}

impl Ways {
    fn none(reason: impl Into<String>) -> Self {
        Self {
            failure: Some(reason.into()),
            ..Self::default()
        }
    }

    fn whole(text: &str, code: String) -> Self {
        let mut ways = Self::default();
        ways.add("", text.to_owned(), code);
        ways
    }

    fn add(&mut self, place: &str, text: String, code: String) {
        self.parts.push(Part {
            place: place.to_owned(),
            text,
            code,
        });
    }

    /// Adds an element that is read by its global declaration; without one, as it stands.
    fn add_block(&mut self, model: &Crate, place: &str, node: Node<'_, '_>) {
        let place = format!("{place} {}", node.tag_name().name());
        let code = by_root(model, node).unwrap_or_else(|| {
            self.wants_declarations = true;
            rewrite_document("castile::AnyElement", node)
        });
        self.add(&place, fragment(node), code);
    }
}

/// How a sample is read.
pub(crate) fn ways(model: &Crate, root: Node<'_, '_>, text: &str, is_request: bool) -> Ways {
    if !is_envelope(root) {
        return match by_root(model, root).or_else(|| by_message(model, root)) {
            Some(code) => Ways::whole(text, code),
            None => undeclared(root, "root element"),
        };
    }
    let Some(body) = body(root) else {
        return Ways::none("the envelope has no body");
    };
    let mut ways = match body.children().find(Node::is_element) {
        Some(content) if is_soap(content, "Fault") => fault(model, content, text),
        Some(content) => in_body(model, content, text, is_request),
        None => empty(model, text, is_request),
    };
    for block in blocks(root) {
        let is_declared = operations(model)
            .flat_map(|(_, operation)| &operation.headers)
            .any(|(name, _)| is(block, name));
        if is_declared {
            ways.add_block(model, "header", block);
        }
    }
    ways
}

fn undeclared(node: Node<'_, '_>, what: &str) -> Ways {
    let name = node.tag_name();
    let mut ways = Ways::none(format!(
        "no operation and no global declaration has the {what} `{}` of `{}`",
        name.name(),
        name.namespace().unwrap_or_default()
    ));
    ways.wants_declarations = true;
    ways
}

/// The side of an operation that a message is held for.
fn side(is_request: bool) -> &'static str {
    if is_request { "request" } else { "response" }
}

fn in_body(model: &Crate, content: Node<'_, '_>, text: &str, is_request: bool) -> Ways {
    let begins = |message: &Message| message.path.first().is_some_and(|name| is(content, name));
    match by_operation(model, is_request, begins) {
        Some(code) => Ways::whole(text, code),
        None => match by_root(model, content) {
            Some(code) => Ways::whole(&fragment(content), code),
            None => undeclared(content, "body's element"),
        },
    }
}

fn empty(model: &Crate, text: &str, is_request: bool) -> Ways {
    match by_operation(model, is_request, |message| message.path.is_empty()) {
        Some(code) => Ways::whole(text, code),
        None => Ways::none("the body is empty, and no operation has a message without content"),
    }
}

/// The operation with such a message, on the side that the sample is said to be of if possible.
fn by_operation(
    model: &Crate,
    is_request: bool,
    fits: impl Fn(&Message) -> bool,
) -> Option<String> {
    let mut second = None;
    for (module, operation) in operations(model) {
        for (message, of_request) in [(&operation.request, true), (&operation.response, false)] {
            if !fits(message) {
                continue;
            }
            let marker = format!("operations::{}", operation.marker.as_str());
            let path = model.path_in(module, &marker);
            let code = format!(
                "castile::wire::rewrite_{}::<case::{path}>",
                side(of_request)
            );
            if of_request == is_request {
                return Some(code);
            }
            second.get_or_insert(code);
        }
    }
    second
}

/// A fault says no operation: any that reads it will do. What the detail holds is compared, too.
fn fault(model: &Crate, fault: Node<'_, '_>, text: &str) -> Ways {
    let mut readers: Vec<(bool, String)> = operations(model)
        .map(|(module, operation)| {
            let marker = format!("operations::{}", operation.marker.as_str());
            let path = model.path_in(module, &marker);
            let reader = format!("castile::wire::read_refusal::<case::{path}>");
            (operation.detail.is_none(), reader)
        })
        .collect();
    readers.sort();
    readers.truncate(40);
    let mut readers: Vec<String> = readers.into_iter().map(|(_, reader)| reader).collect();
    if readers.is_empty() {
        // Those of the program that runs the samples.
        let own = ["Soap11", "Soap12"];
        readers.extend(own.map(|own| format!("castile::wire::read_refusal::<crate::{own}>")));
    }
    let code = format!(
        "|text| {{ let readers: &[fn(u16, &str) -> Result<(), String>] = &[{}]; \
         let mut last = String::new(); for reader in readers {{ match reader(500, text) {{ \
         Ok(()) => return Ok(String::new()), Err(error) => last = error }} }} Err(last) }}",
        readers.join(", ")
    );
    let mut ways = Ways::whole(text, code);
    let is_detail = |node: &Node<'_, '_>| {
        let name = node.tag_name();
        name.name().eq_ignore_ascii_case("detail")
            && name.namespace().is_none_or(|ns| ENVELOPES.contains(&ns))
    };
    let details = fault.children().filter(is_detail);
    for entry in details.flat_map(|detail| detail.children().filter(Node::is_element)) {
        ways.add_block(model, "detail", entry);
    }
    ways
}

/// By the global declaration of its name.
pub(crate) fn by_root(model: &Crate, node: Node<'_, '_>) -> Option<String> {
    let (_, type_) = model.roots.iter().find(|(name, _)| is(node, name))?;
    Some(rewrite_document(&path(model, type_), node))
}

/// By the operation that has it for a message of its own.
fn by_message(model: &Crate, root: Node<'_, '_>) -> Option<String> {
    let mut messages =
        operations(model).flat_map(|(_, operation)| [&operation.request, &operation.response]);
    let message =
        messages.find(|message| matches!(message.path.as_slice(), [name] if is(root, name)))?;
    match &message.type_ {
        Type::Item(_) => Some(rewrite_document(&path(model, &message.type_), root)),
        _ => None,
    }
}

/// Reads a whole document as a value of a type.
pub(crate) fn rewrite_document(type_: &str, node: Node<'_, '_>) -> String {
    let name = node.tag_name();
    format!(
        "|text| castile::wire::rewrite_document::<{type_}>({:?}, {:?}, text)",
        name.namespace().unwrap_or_default(),
        name.name()
    )
}

fn operations(model: &Crate) -> impl Iterator<Item = (ModuleId, &Operation)> {
    model.module_ids().flat_map(|id| {
        let clients = model.module(id).clients.iter();
        clients.flat_map(move |client| {
            { client.operations.iter() }.map(move |operation| (id, operation))
        })
    })
}

/// A type as Rust text.
fn path(model: &Crate, type_: &Type) -> String {
    let around = |name: &str, inner: &Type| format!("{name}<{}>", path(model, inner));
    match type_ {
        Type::Unit => "()".to_owned(),
        Type::Std(name) => (*name).to_owned(),
        Type::Runtime(name) => format!("castile::{name}"),
        Type::Item(id) => format!("case::{}", model.item_path(*id)),
        Type::Mapped(id) => model.mapping(*id).rust_type.clone(),
        Type::Option(inner) => around("Option", inner),
        Type::Nillable(inner) => around("castile::Nillable", inner),
        Type::Vec(inner) => around("Vec", inner),
        Type::List(inner) => around("castile::List", inner),
        Type::Boxed(inner) => around("Box", inner),
    }
}

fn is(node: Node<'_, '_>, name: &QualifiedName) -> bool {
    let own = node.tag_name();
    own.name() == name.local && own.namespace().unwrap_or_default() == name.namespace
}

fn is_soap(node: Node<'_, '_>, local: &str) -> bool {
    let name = node.tag_name();
    name.name() == local && name.namespace().is_some_and(|ns| ENVELOPES.contains(&ns))
}

/// Whether this is the root of a SOAP message.
pub(crate) fn is_envelope(node: Node<'_, '_>) -> bool {
    is_soap(node, "Envelope")
}

/// The body of an envelope.
pub(crate) fn body<'a, 'b>(envelope: Node<'a, 'b>) -> Option<Node<'a, 'b>> {
    envelope.children().find(|child| is_soap(*child, "Body"))
}

/// The header blocks of an envelope.
fn blocks<'a, 'b>(envelope: Node<'a, 'b>) -> impl Iterator<Item = Node<'a, 'b>> {
    { envelope.children() }
        .filter(|child| is_soap(*child, "Header"))
        .flat_map(|header| header.children().filter(Node::is_element))
}

//! Sample documents: which generated type reads each, and what comes out again.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use castile_codegen::rust::{Crate, Ident, ItemId, Message, ModuleId, QualifiedName, Type};
use castile_codegen::source::Sources;
use roxmltree::{Document, Node, ParsingOptions};

use super::batch::{Batch, write};
use super::compare::{self, Difference};
use super::manifest::Case;
use super::schema::Schema;

const ENVELOPES: [&str; 2] = [
    "http://schemas.xmlsoap.org/soap/envelope/",
    "http://www.w3.org/2003/05/soap-envelope",
];

/// A sample and what is to be done with it.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    /// Its name in the case.
    pub(crate) name: String,
    /// The text, decoded.
    pub(crate) text: PathBuf,
    /// Where what is written anew goes.
    pub(crate) written: PathBuf,
    /// The index of the way; or why there is none.
    pub(crate) way: Result<usize, String>,
}

/// Finds the ways of a case's samples, and writes the code that has them all.
pub(crate) fn plan(
    case: &Case,
    model: &Crate,
    directory: &Path,
    module: &str,
) -> Result<Vec<Planned>, String> {
    let mut ways: Vec<String> = Vec::new();
    let mut planned = Vec::new();
    for (index, sample) in case.samples.iter().enumerate() {
        let text = read(&sample.path);
        let place = directory.join(format!("sample-{index}.xml"));
        if let Ok(text) = &text {
            write(&place, text)?;
        }
        let way = text
            .and_then(|text| way(model, &text, sample.is_request))
            .map(|code| {
                let known = ways.iter().position(|way| *way == code);
                known.unwrap_or_else(|| {
                    ways.push(code);
                    ways.len() - 1
                })
            });
        planned.push(Planned {
            name: sample.name.clone(),
            written: directory.join(format!("written-{index}.xml")),
            text: place,
            way,
        });
    }
    let mut code = String::new();
    if ways.iter().any(|way| way.contains("case::")) {
        let _ = writeln!(code, "use crate::{module} as case;");
    }
    let _ = writeln!(code, "pub(crate) const WAYS: &[crate::Way] = &[");
    for way in ways {
        let _ = writeln!(code, "    {way},");
    }
    code.push_str("];\n");
    write(&directory.join("corpus_samples.rs"), &code)?;
    Ok(planned)
}

/// A document as text, whatever its encoding.
fn read(path: &Path) -> Result<String, String> {
    let mut sources = Sources::default();
    let id = sources
        .open(path)
        .map_err(|error| format!("unreadable: {error}"))?;
    Ok(sources.document(id).text.clone())
}

fn parse(text: &str) -> Result<Document<'_>, String> {
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).map_err(|error| format!("no XML: {error}"))
}

/// An expression for a function from text to text.
fn way(model: &Crate, text: &str, is_request: bool) -> Result<String, String> {
    let document = parse(text)?;
    let root = document.root_element();
    if !is_envelope(root) {
        return document_way(model, root);
    }
    let body = body(root).ok_or("no body")?;
    let Some(content) = body.children().find(Node::is_element) else {
        return Err("empty body".to_owned());
    };
    if is_soap(content, "Fault") {
        return fault_way(model);
    }
    let operations = operations(model).filter_map(|(module, operation)| {
        let path = in_module(
            model,
            module,
            &format!("operations::{}", operation.marker.as_str()),
        );
        let begins = |message: &Message| message.path.first().is_some_and(|name| is(content, name));
        let sides = [
            (begins(&operation.request), "request"),
            (begins(&operation.response), "response"),
        ];
        let fitting: Vec<&str> = sides
            .iter()
            .filter(|(fits, _)| *fits)
            .map(|(_, side)| *side)
            .collect();
        (!fitting.is_empty()).then_some((path, fitting))
    });
    let operations: Vec<_> = operations.collect();
    let wanted = if is_request { "request" } else { "response" };
    let found = operations
        .iter()
        .find(|(_, sides)| sides.contains(&wanted))
        .map(|(path, _)| (path, wanted))
        .or_else(|| operations.first().map(|(path, sides)| (path, sides[0])));
    let (path, side) = found.ok_or("no operation has this body")?;
    Ok(format!("castile::wire::rewrite_{side}::<case::{path}>"))
}

fn document_way(model: &Crate, root: Node<'_, '_>) -> Result<String, String> {
    let item = model.roots.iter().find(|(name, _)| is(root, name));
    let type_ = match item {
        Some((_, item)) => Some(item_path(model, *item)),
        None => operations(model)
            .flat_map(|(_, operation)| [&operation.request, &operation.response])
            .find(|message| matches!(message.path.as_slice(), [name] if is(root, name)))
            .and_then(|message| match message.type_ {
                Type::Item(item) => Some(item_path(model, item)),
                _ => None,
            }),
    };
    let type_ = type_.ok_or("no type for the root element")?;
    let name = root.tag_name();
    Ok(format!(
        "|text| castile::wire::rewrite_document::<case::{type_}>({:?}, {:?}, text)",
        name.namespace().unwrap_or_default(),
        name.name()
    ))
}

/// Faults say no operation: any that reads it will do.
fn fault_way(model: &Crate) -> Result<String, String> {
    let mut readers: Vec<String> = operations(model)
        .map(|(module, operation)| {
            let path = format!("operations::{}", operation.marker.as_str());
            (operation.detail.is_none(), in_module(model, module, &path))
        })
        .map(|(without, path)| {
            (
                without,
                format!("castile::wire::read_refusal::<case::{path}>"),
            )
        })
        .map(|(without, reader)| format!("{}{reader}", if without { '1' } else { '0' }))
        .collect();
    readers.sort();
    readers.truncate(40);
    if readers.is_empty() {
        return Err("no operation".to_owned());
    }
    let readers: Vec<&str> = readers.iter().map(|reader| &reader[1..]).collect();
    Ok(format!(
        "|text| {{ let readers: &[fn(u16, &str) -> Result<(), String>] = &[{}]; \
         let mut last = String::new(); for reader in readers {{ match reader(500, text) {{ \
         Ok(()) => return Ok(String::new()), Err(error) => last = error }} }} Err(last) }}",
        readers.join(", ")
    ))
}

fn operations(
    model: &Crate,
) -> impl Iterator<Item = (ModuleId, &castile_codegen::rust::Operation)> {
    model.module_ids().flat_map(|id| {
        let clients = model.module(id).clients.iter();
        clients.flat_map(move |client| {
            client
                .operations
                .iter()
                .map(move |operation| (id, operation))
        })
    })
}

fn item_path(model: &Crate, id: ItemId) -> String {
    let item = model.item(id);
    in_module(model, item.module, item.name.as_str())
}

fn in_module(model: &Crate, id: ModuleId, path: &str) -> String {
    match model.module(id).name.as_ref().map(Ident::as_str) {
        Some(module) => format!("{module}::{path}"),
        None => path.to_owned(),
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

fn is_envelope(node: Node<'_, '_>) -> bool {
    is_soap(node, "Envelope")
}

fn body<'a, 'b>(envelope: Node<'a, 'b>) -> Option<Node<'a, 'b>> {
    envelope.children().find(|child| is_soap(*child, "Body"))
}

/// One sample for the runner: the case, the sample, and its way.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Run<'a> {
    pub(crate) number: usize,
    pub(crate) planned: &'a Planned,
    pub(crate) way: usize,
}

/// Runs samples through the binary of their batch; a failure of the binary counts for the sample that it
/// was at.
pub(crate) fn run(
    binary: &Path,
    batch: &Batch,
    runs: &[Run<'_>],
) -> Result<Vec<Result<(), String>>, String> {
    let mut outcomes: Vec<Result<(), String>> = Vec::new();
    while outcomes.len() < runs.len() {
        let mut input = String::new();
        for run in &runs[outcomes.len()..] {
            let _ = writeln!(
                input,
                "{}\t{}\t{}\t{}",
                run.number,
                run.way,
                run.planned.text.display(),
                run.planned.written.display()
            );
        }
        let failed = |error| format!("{}: {error}", batch.name);
        let mut child = Command::new(binary)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let stdin = child.stdin.take();
        let feeder = std::thread::spawn(move || {
            // A child that crashed reads no more.
            stdin.map(|mut stdin| stdin.write_all(input.as_bytes()))
        });
        let output = child.wait_with_output().map_err(failed)?;
        drop(feeder.join());
        let lines = String::from_utf8_lossy(&output.stdout).into_owned();
        for line in lines.lines() {
            outcomes.push(match line.split_once('\t') {
                Some((_, message)) => Err(message.to_owned()),
                None => Ok(()),
            });
        }
        if outcomes.len() < runs.len() {
            outcomes.push(Err(format!("crash: {}", output.status)));
        }
    }
    Ok(outcomes)
}

/// Compares a sample with what was written; of messages the bodies, of faults nothing.
pub(crate) fn compare(schema: &Schema, planned: &Planned) -> Result<(), Difference> {
    let broken = |detail: String| Difference::new("unreadable", detail);
    let text = |path: &Path| fs::read_to_string(path).map_err(|error| broken(error.to_string()));
    let (sample, written) = (text(&planned.text)?, text(&planned.written)?);
    if written.is_empty() {
        return Ok(());
    }
    let sample = parse(&sample).map_err(broken)?;
    let written = parse(&written).map_err(broken)?;
    let (sample, written) = (sample.root_element(), written.root_element());
    if !is_envelope(sample) {
        return compare::documents(schema, sample, written);
    }
    let first = |root| {
        let body = body(root)?;
        body.children().find(Node::is_element)
    };
    match (first(sample), first(written)) {
        (Some(sample), Some(written)) => compare::documents(schema, sample, written),
        _ => Err(Difference::new("child missing", "/Body".to_owned())),
    }
}

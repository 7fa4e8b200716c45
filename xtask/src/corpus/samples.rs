//! Sample documents: their parts read by generated code, and what comes out again.

use std::path::Path;

use castile_codegen::rust::Crate;
use castile_codegen::source::Sources;
use roxmltree::{Document, Node, ParsingOptions};

use super::batch::write;
use super::compare::{self, Difference};
use super::encoded;
use super::manifest::{Case, Validity};
use super::program::{Rewriting, WayTable};
use super::schema::Schema;
use super::way::{self, Ways};

/// A sample and what is to be done with it.
#[derive(Clone, Debug)]
pub(crate) struct Planned {
    /// Its name in the case.
    pub(crate) name: String,
    /// What the manifest says of it.
    pub(crate) validity: Validity,
    /// What is read, each on its own; or why nothing is.
    pub(crate) parts: Result<Vec<Part>, String>,
}

/// A part of a sample: of a message its body, header blocks and fault details, of a document all.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// What it is, where it is not the whole.
    place: String,
    pub(crate) rewriting: Rewriting,
}

/// The samples of a case, and the code that has all their ways.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) planned: Vec<Planned>,
    code: String,
    /// Whether some sample might be read better when all global declarations are generated.
    pub(crate) wants_declarations: bool,
}

/// Finds the ways of a case's samples; their parts are written into `directory`.
pub(crate) fn plan(
    case: &Case,
    model: &Crate,
    directory: &Path,
    module: &str,
) -> Result<Plan, String> {
    let mut table = WayTable::default();
    let mut planned = Vec::new();
    let mut wants_declarations = false;
    for (index, sample) in case.samples.iter().enumerate() {
        let ways = match read(&sample.path) {
            Ok(text) => ways(model, &text, sample.is_request),
            Err(failure) => Err(failure),
        };
        let parts = match ways {
            Ok(ways) => {
                wants_declarations |= ways.wants_declarations;
                match ways.failure {
                    Some(failure) => Err(failure),
                    None => Ok(ways.parts),
                }
            }
            Err(failure) => Err(failure),
        };
        let parts = match parts {
            Err(failure) => Err(failure),
            Ok(parts) => {
                let mut placed = Vec::new();
                for (at, part) in parts.into_iter().enumerate() {
                    let text = directory.join(format!("sample-{index}-{at}.xml"));
                    write(&text, &part.text)?;
                    placed.push(Part {
                        place: part.place,
                        rewriting: Rewriting {
                            way: table.index(part.code),
                            text,
                            written: directory.join(format!("written-{index}-{at}.xml")),
                        },
                    });
                }
                Ok(placed)
            }
        };
        planned.push(Planned {
            name: sample.name.clone(),
            validity: sample.validity,
            parts,
        });
    }
    Ok(Plan {
        planned,
        code: table.code(module),
        wants_declarations,
    })
}

impl Plan {
    /// Writes the code of the ways beside the case's own.
    pub(crate) fn write(&self, directory: &Path) -> Result<(), String> {
        write(&directory.join("corpus_samples.rs"), &self.code)
    }
}

fn ways(model: &Crate, text: &str, is_request: bool) -> Result<Ways, String> {
    let document = parse(text)?;
    Ok(way::ways(model, document.root_element(), text, is_request))
}

/// A document as text, whatever its encoding.
pub(crate) fn read(path: &Path) -> Result<String, String> {
    let mut sources = Sources::default();
    let id = sources
        .open(path)
        .map_err(|error| format!("unreadable: {error}"))?;
    Ok(sources.document(id).text.clone())
}

pub(crate) fn parse(text: &str) -> Result<Document<'_>, String> {
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    Document::parse_with_options(text, options).map_err(|error| format!("no XML: {error}"))
}

/// The text of a part and what was written for it; `None` where nothing is written, as for faults.
pub(crate) fn texts(part: &Part) -> Result<Option<(String, String)>, Difference> {
    let texts = part.rewriting.texts();
    let (sample, written) =
        texts.map_err(|error| Difference::new("unreadable", error.to_string()))?;
    Ok((!written.is_empty()).then_some((sample, written)))
}

/// Compares a part with what was written: of messages what the bodies hold.
pub(crate) fn compare(schema: &Schema, sample: &str, written: &str) -> Result<(), Difference> {
    let broken = |detail: String| Difference::new("unreadable", detail);
    let sample = parse(sample).map_err(broken)?;
    let written = parse(written).map_err(broken)?;
    let (sample, written) = (sample.root_element(), written.root_element());
    if !way::is_envelope(sample) {
        return compare::documents(schema, sample, written);
    }
    let (sample, written) = (content(sample), content(written));
    if let (Some(sample), Some(written)) = (sample.first(), written.first())
        && encoded::is_encoded(*written)
    {
        // Independent elements may stand beside the wrapper.
        let sample = encoded::plain(schema, *sample);
        let written = encoded::plain(schema, *written);
        let sample = parse(&sample).map_err(broken)?;
        let written = parse(&written).map_err(broken)?;
        return compare::documents(schema, sample.root_element(), written.root_element());
    }
    compare::bodies(schema, sample, written)
}

/// What the body of a message holds.
fn content<'a>(envelope: Node<'a, 'a>) -> Vec<Node<'a, 'a>> {
    let body = way::body(envelope);
    body.into_iter()
        .flat_map(|body| body.children().filter(Node::is_element))
        .collect()
}

/// Where a message went wrong.
pub(crate) fn placed(part: &Part, detail: &str) -> String {
    if part.place.is_empty() {
        detail.to_owned()
    } else {
        format!("{}: {detail}", part.place)
    }
}

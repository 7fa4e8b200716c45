//! The instances of a group: which generated type reads each, and what came out of it.

use std::path::Path;

use castile_codegen::rust::Crate;

use super::infoset;
use super::suite::Group;
use crate::corpus::batch::write;
use crate::corpus::compare::{self, Difference};
use crate::corpus::program::{Rewriting, WayTable};
use crate::corpus::report::class;
use crate::corpus::samples::{parse, read};
use crate::corpus::schema::Schema;
use crate::corpus::way::{by_root, rewrite_document};

/// What is to be done with the instances of a group.
#[derive(Debug, Default)]
pub(crate) struct Plan {
    pub(crate) planned: Vec<Planned>,
}

/// An instance and where its texts are; or why it cannot be read at all.
#[derive(Debug)]
pub(crate) struct Planned {
    /// Which of the group's.
    pub(crate) index: usize,
    pub(crate) place: Result<Rewriting, String>,
}

/// What became of an instance.
#[derive(Clone, Debug)]
pub(crate) struct Outcome {
    /// L0: generated code reads it, and writes something.
    pub(crate) read: Result<(), Difference>,
    /// L2: what is written has the same values.
    pub(crate) typed: Result<(), Difference>,
    /// L3: what is written says the same, to the letter.
    pub(crate) exact: bool,
}

impl Outcome {
    fn unread(difference: Difference) -> Self {
        Self {
            read: Err(difference.clone()),
            typed: Err(difference),
            exact: false,
        }
    }
}

/// Finds the way of each instance and writes their code beside the group's own. A root element that is not
/// declared is assessed laxly: it is read as it stands.
pub(crate) fn plan(
    group: &Group,
    model: &Crate,
    directory: &Path,
    module: &str,
) -> Result<Plan, String> {
    let mut table = WayTable::default();
    let mut planned = Vec::new();
    for (index, instance) in group.instances.iter().enumerate() {
        let place = match way(model, &instance.path) {
            Ok((text, code)) => {
                let place = directory.join(format!("instance-{index}.xml"));
                write(&place, &text)?;
                Ok(Rewriting {
                    way: table.index(code),
                    text: place,
                    written: directory.join(format!("written-{index}.xml")),
                })
            }
            Err(failure) => Err(failure),
        };
        planned.push(Planned { index, place });
    }
    write(&directory.join("instances.rs"), &table.code(module))?;
    Ok(Plan { planned })
}

fn way(model: &Crate, path: &Path) -> Result<(String, String), String> {
    let text = read(path)?;
    let document = parse(&text)?;
    let root = document.root_element();
    let code =
        by_root(model, root).unwrap_or_else(|| rewrite_document("castile::AnyElement", root));
    drop(document);
    Ok((text, code))
}

/// What became of an instance, of which the program says `outcome`.
pub(crate) fn judge(
    schema: Option<&Schema>,
    planned: &Planned,
    outcome: Result<(), String>,
) -> Outcome {
    let place = match (&planned.place, outcome) {
        (Err(reason), _) => {
            return Outcome::unread(Difference::new("unreadable", reason.clone()));
        }
        (Ok(_), Err(message)) => {
            return Outcome::unread(Difference::new(class(&message), message));
        }
        (Ok(place), Ok(())) => place,
    };
    match place.texts() {
        Err(error) => Outcome::unread(Difference::new("unreadable", error.to_string())),
        Ok((text, written)) => Outcome {
            read: Ok(()),
            typed: typed(schema, &text, &written),
            exact: infoset::equal(&text, &written),
        },
    }
}

fn typed(schema: Option<&Schema>, text: &str, written: &str) -> Result<(), Difference> {
    let broken = |detail: String| Difference::new("unreadable", detail);
    let schema = schema.ok_or_else(|| Difference::new("no contract", String::new()))?;
    let text = parse(text).map_err(broken)?;
    let written = parse(written).map_err(broken)?;
    compare::documents(schema, text.root_element(), written.root_element())
}

mod components;
mod documents;
mod mistakes;

use super::parse;
use crate::contract::{
    AttributePresence, Builtin, ComplexType, Compositor, Content, Contract, Definition,
    DerivationMethod, EnumerationValue, Facets, Id, NamespaceConstraint, Occurs, Particle,
    ProcessContents, QName, RuleKind, Scope, SimpleType, Term, TypeDefinition, ValueConstraint,
    Variety, Wildcard,
};
use crate::diagnostic::{Diagnostics, Severity};
use crate::source::Sources;

const HEAD: &str = "<xs:schema xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns='urn:a' \
                    targetNamespace='urn:a'";

/// Reads one schema, of which `body` is what stands inside.
fn read(attributes: &str, body: &str) -> (Contract, String) {
    read_files(&[("a.xsd", &format!("{HEAD} {attributes}>{body}</xs:schema>"))])
}

/// Reads the first of several files, and what it refers to.
fn read_files(files: &[(&str, &str)]) -> (Contract, String) {
    let directory = tempfile(files);
    let mut sources = Sources::default();
    let document = sources.open(&directory.join(files[0].0)).unwrap();
    let mut contract = Contract::new();
    let mut diagnostics = Diagnostics::new();
    parse(&sources, document, &mut contract, &mut diagnostics);
    let rendered = diagnostics.render(&sources);
    let rendered = rendered.replace(&format!("{}/", directory.display()), "");
    std::fs::remove_dir_all(&directory).unwrap();
    (contract, rendered)
}

fn tempfile(files: &[(&str, &str)]) -> std::path::PathBuf {
    use std::sync::atomic::{AtomicUsize, Ordering};
    static NEXT: AtomicUsize = AtomicUsize::new(0);
    let name = format!(
        "castile-xsd-{}-{}",
        std::process::id(),
        NEXT.fetch_add(1, Ordering::Relaxed)
    );
    let directory = std::env::temp_dir().join(name);
    std::fs::create_dir_all(&directory).unwrap();
    for (name, text) in files {
        std::fs::write(directory.join(name), text).unwrap();
    }
    directory
}

/// Reads one schema in which nothing is wrong.
fn clean(attributes: &str, body: &str) -> Contract {
    let (contract, findings) = read(attributes, body);
    assert_eq!(findings, "");
    contract
}

fn type_id(contract: &Contract, name: &str) -> Id<TypeDefinition> {
    contract.find_type(&QName::new("urn:a", name)).unwrap()
}

fn complex<'c>(contract: &'c Contract, name: &str) -> &'c ComplexType {
    match &contract.types[type_id(contract, name)].definition {
        Definition::Complex(complex) => complex,
        other => panic!("{name} is {other:?}"),
    }
}

fn simple(contract: &Contract, id: Id<TypeDefinition>) -> &SimpleType {
    match &contract.types[id].definition {
        Definition::Simple(simple) => simple,
        other => panic!("{other:?}"),
    }
}

/// A content model in the manner of a regular expression.
fn model(contract: &Contract, content: &Content) -> String {
    match content {
        Content::Empty => "empty".to_owned(),
        Content::Simple(id) => format!("simple {}", type_name(contract, *id)),
        Content::Elements(particle) => show(contract, particle),
    }
}

fn show(contract: &Contract, particle: &Particle) -> String {
    let term = match &particle.term {
        Term::Element(id) => contract.elements[*id].name.to_string(),
        Term::GroupReference(id) => format!("group {}", contract.groups[*id].name),
        Term::Wildcard(wildcard) => format!("any {:?}", wildcard.namespaces),
        Term::Group(group) => {
            let parts: Vec<String> = group
                .particles
                .iter()
                .map(|particle| show(contract, particle))
                .collect();
            format!("{:?}({})", group.compositor, parts.join(" "))
        }
    };
    match particle.occurs {
        Occurs::ONCE => term,
        occurs => format!("{term}[{occurs}]"),
    }
}

fn type_name(contract: &Contract, id: Id<TypeDefinition>) -> String {
    contract.types[id]
        .name
        .as_ref()
        .map_or("anonymous".to_owned(), ToString::to_string)
}

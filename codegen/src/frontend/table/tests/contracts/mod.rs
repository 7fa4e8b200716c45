//! What correct pages declare, fact by fact.

mod provenance;
mod records;
mod services;

use super::super::parse;
use crate::contract::*;
use crate::diagnostic::Diagnostics;
use crate::source::{Limits, Sources};

/// The contract of one page without mistakes.
fn contract(text: &str) -> Contract {
    contract_of(&[("page.md", text)])
}

/// The contract of pages that include none, one after the other.
fn contract_of(pages: &[(&str, &str)]) -> Contract {
    let mut sources = Sources::new(Limits::default());
    let mut contract = Contract::new();
    let mut diagnostics = Diagnostics::new();
    for (path, text) in pages {
        let document = sources.add(*path, *text).expect("few documents");
        parse(&mut sources, document, &mut contract, &mut diagnostics);
    }
    assert!(diagnostics.is_empty(), "{}", diagnostics.render(&sources));
    contract
}

/// A page with this operation.
fn soap(front: &str, rest: &str) -> String {
    format!(
        "+++\nservice = \"Billing\"\nprotocol = \"soap-1.1\"\nnamespace = \"urn:b\"\n\
         endpoint.test = \"https://b.example/s\"\n{front}\n+++\n\n# Billing\n\n{rest}"
    )
}

const ACTION: &str = "action = \"{namespace}/I{service}/{operation}\"";

const ANSWER: &str = "\n### Response `GetResponse`\n\nNo fields.\n";

fn element<'a>(contract: &'a Contract, name: &str) -> &'a ElementDeclaration {
    let id = contract
        .find_element(&QName::new("urn:b", name))
        .unwrap_or_else(|| panic!("no element {name}"));
    &contract.elements[id]
}

fn complex<'a>(contract: &'a Contract, element: &ElementDeclaration) -> &'a ComplexType {
    match &contract.types[element.type_definition].definition {
        Definition::Complex(complex) => complex,
        other => panic!("{} is no record: {other:?}", element.name),
    }
}

/// The elements of a record with their occurrence.
fn fields<'a>(
    contract: &'a Contract,
    complex: &ComplexType,
) -> Vec<(Occurs, &'a ElementDeclaration)> {
    let Content::Elements(Particle {
        occurs: Occurs::ONCE,
        term: Term::Group(group),
        ..
    }) = &complex.content
    else {
        panic!("{:?}", complex.content);
    };
    assert_eq!(group.compositor, Compositor::Sequence);
    group
        .particles
        .iter()
        .map(|particle| match particle.term {
            Term::Element(id) => (particle.occurs, &contract.elements[id]),
            _ => panic!("{particle:?}"),
        })
        .collect()
}

fn request<'a>(contract: &'a Contract, name: &str) -> Vec<(Occurs, &'a ElementDeclaration)> {
    let element = element(contract, name);
    fields(contract, complex(contract, element))
}

/// The built-in type at the bottom, and the facets of the last step.
fn simple(contract: &Contract, id: Id<TypeDefinition>) -> (Builtin, Facets) {
    let Definition::Simple(simple_type) = &contract.types[id].definition else {
        panic!("{:?}", contract.types[id]);
    };
    match (simple_type.builtin, &simple_type.variety) {
        (Some(builtin), _) => (builtin, Facets::default()),
        (None, Variety::Restriction(Some(base))) => {
            (simple(contract, *base).0, simple_type.facets.clone())
        }
        other => panic!("{other:?}"),
    }
}

fn names<'a>(fields: &[(Occurs, &'a ElementDeclaration)]) -> Vec<&'a str> {
    fields.iter().map(|(_, field)| &*field.name.local).collect()
}

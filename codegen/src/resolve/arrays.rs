//! Arrays of the SOAP encodings (SOAP 1.1 §5.4.2, SOAP 1.2 Part 2 §3.1.6, WSDL 1.1 §2.2): types that
//! restrict `soapenc:Array`, with the type of their items in an attribute or as an element of any
//! name. They get the content that the literal form of such an array has, repeated items, and lose
//! the attributes that the encoding adds to a message.

use std::collections::{BTreeMap, BTreeSet};

use crate::contract::{
    Builtin, ComplexType, Compositor, Content, Contract, Definition, ElementDeclaration, Id,
    ModelGroup, Occurs, Particle, QName, SOAP_ENCODINGS, Scope, Term, TypeDefinition,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::source::Span;

/// The name of items whose element nobody declares.
const ITEM: &str = "item";

/// The arrays and their items.
pub(super) type Arrays = BTreeMap<Id<TypeDefinition>, Id<ElementDeclaration>>;

pub(super) fn resolve_arrays(contract: &mut Contract, diagnostics: &mut Diagnostics) -> Arrays {
    let ids: Vec<_> = contract.types.ids().collect();
    // Found before any of them changes: arrays may restrict arrays.
    let found: Vec<_> = ids
        .into_iter()
        .filter_map(|id| Some((id, kind(contract, id)?)))
        .collect();
    let mut arrays = Arrays::new();
    for (id, kind) in found {
        let span = contract.types[id].span;
        let item = match kind {
            Kind::Items(item) => item,
            Kind::Typed { item, dimensions } => {
                let mut type_definition = item;
                let Some((last, inner)) = dimensions.split_last() else {
                    continue;
                };
                for dimension in inner {
                    type_definition =
                        inner_array(contract, &mut arrays, type_definition, *dimension, span);
                }
                if *last > 1 {
                    several_dimensions(contract, id, *last, diagnostics);
                    continue;
                }
                add_item(contract, type_definition, span)
            }
        };
        let content = items(item, span);
        if let Definition::Complex(complex) = &mut contract.types[id].definition {
            complex.content = content;
            complex.derivation = None;
            complex.mixed = false;
            complex.any_attribute = None;
        }
        strip(contract, id);
        arrays.insert(id, item);
    }
    arrays
}

/// What an array says of its items.
enum Kind {
    /// An element.
    Items(Id<ElementDeclaration>),
    /// A type, and the dimensions of each pair of brackets behind it, the innermost array's first.
    Typed {
        item: Id<TypeDefinition>,
        dimensions: Vec<usize>,
    },
}

/// `None` for what is no array.
fn kind(contract: &Contract, id: Id<TypeDefinition>) -> Option<Kind> {
    let Definition::Complex(complex) = &contract.types[id].definition else {
        return None;
    };
    let written = complex
        .attributes
        .iter()
        .find_map(|attribute| attribute.array_type.as_ref());
    if written.is_none() && !is_array(contract, id) {
        return None;
    }
    match (elements(contract, &complex.content)?.as_slice(), written) {
        ([only], _) => Some(Kind::Items(*only)),
        ([], Some(written)) => Some(Kind::Typed {
            item: written.item,
            dimensions: dimensions(&written.dimensions),
        }),
        ([], None) => Some(Kind::Typed {
            item: contract.builtin(Builtin::AnyType),
            dimensions: vec![1],
        }),
        // A record, whatever it says that it is.
        _ => None,
    }
}

/// Whether a type is `Array` of an encoding, or comes from it.
fn is_array(contract: &Contract, id: Id<TypeDefinition>) -> bool {
    let mut seen = BTreeSet::new();
    let mut next = Some(id);
    while let Some(id) = next.filter(|id| seen.insert(*id)) {
        let definition = &contract.types[id];
        if definition
            .name
            .as_ref()
            .is_some_and(QName::is_encoded_array)
        {
            return true;
        }
        next = match &definition.definition {
            Definition::Complex(complex) => complex.derivation.as_ref().map(|d| d.base),
            _ => None,
        };
    }
    false
}

/// The elements of a content, wildcards left out; `None` for content that is text.
fn elements(contract: &Contract, content: &Content) -> Option<Vec<Id<ElementDeclaration>>> {
    let mut found = Vec::new();
    match content {
        Content::Empty => {}
        Content::Simple(_) => return None,
        Content::Elements(particle) => {
            let mut pending = vec![particle];
            while let Some(particle) = pending.pop() {
                match &particle.term {
                    Term::Element(id) => found.push(*id),
                    Term::Group(group) => pending.extend(&group.particles),
                    Term::GroupReference(id) => {
                        let group = contract.groups[*id].group.as_ref();
                        pending.extend(group.into_iter().flat_map(|group| &group.particles));
                    }
                    Term::Wildcard(_) => {}
                }
            }
        }
    }
    Some(found)
}

/// `[][,]`: an array of two dimensions of arrays of one.
fn dimensions(text: &str) -> Vec<usize> {
    let pairs = text.split(']').filter(|pair| pair.trim().starts_with('['));
    let dimensions: Vec<usize> = pairs.map(|pair| pair.matches(',').count() + 1).collect();
    if dimensions.is_empty() {
        vec![1]
    } else {
        dimensions
    }
}

/// The type of items that are arrays themselves.
fn inner_array(
    contract: &mut Contract,
    arrays: &mut Arrays,
    type_definition: Id<TypeDefinition>,
    dimension: usize,
    span: Span,
) -> Id<TypeDefinition> {
    if dimension > 1 {
        return contract.builtin(Builtin::AnyType);
    }
    let item = add_item(contract, type_definition, span);
    let id = contract.types.add(TypeDefinition {
        name: None,
        definition: Definition::Complex(ComplexType {
            content: items(item, span),
            ..ComplexType::default()
        }),
        annotation: crate::contract::Annotation::default(),
        span,
    });
    arrays.insert(id, item);
    id
}

fn add_item(
    contract: &mut Contract,
    type_definition: Id<TypeDefinition>,
    span: Span,
) -> Id<ElementDeclaration> {
    contract.elements.add(ElementDeclaration::plain(
        QName::unqualified(ITEM),
        Scope::Local,
        type_definition,
        span,
    ))
}

fn items(item: Id<ElementDeclaration>, span: Span) -> Content {
    let particle = |occurs, term| Particle { occurs, term, span };
    Content::Elements(particle(
        Occurs::ONCE,
        Term::Group(ModelGroup {
            compositor: Compositor::Sequence,
            particles: vec![particle(Occurs::ANY, Term::Element(item))],
        }),
    ))
}

/// Takes away what the encoding adds: `arrayType` and its like, `id` and `href`.
fn strip(contract: &mut Contract, id: Id<TypeDefinition>) {
    let attributes = &contract.attributes;
    if let Definition::Complex(complex) = &mut contract.types[id].definition {
        complex.attributes.retain(|attribute| {
            let name = &attributes[attribute.declaration].name;
            let is_reference = name.namespace.is_empty() && ["id", "href"].contains(&&*name.local);
            !is_reference && !SOAP_ENCODINGS.contains(&&*name.namespace)
        });
    }
}

/// No Rust type has the items of such an array and their places: it is kept as it is.
fn several_dimensions(
    contract: &mut Contract,
    id: Id<TypeDefinition>,
    dimensions: usize,
    diagnostics: &mut Diagnostics,
) {
    let definition = &mut contract.types[id];
    let name = match &definition.name {
        Some(name) => format!("`{}`", name.local),
        None => "this".to_owned(),
    };
    let message =
        format!("{name} is an array of {dimensions} dimensions: it is kept as any element");
    diagnostics.push(
        Diagnostic::warning(Code::Unsupported, definition.span, message)
            .help("an array of arrays, `T[][]`, has a type of its own"),
    );
    definition.definition = Definition::Undeclared;
}

//! Well-known namespaces whose schemas are rarely at hand: `xml:` attributes, the two SOAP
//! encodings, and `xs:schema` itself. They are declared with the first reference to them.

use crate::contract::{
    Annotation, AttributeDeclaration, AttributeGroupDefinition, AttributePresence, AttributeUse,
    Builtin, ComplexType, Compositor, Content, Contract, Definition, Derivation, DerivationMethod,
    DerivationSet, ElementDeclaration, Facets, Id, ModelGroup, ModelGroupDefinition,
    NamespaceConstraint, Occurs, Particle, ProcessContents, QName, SOAP_ENCODING_11,
    SOAP_ENCODING_12, Scope, SimpleType, Term, TypeDefinition, Variety, Wildcard, XML_SCHEMA,
};
use crate::namespace::{XML, XML_MIME};
use crate::source::Span;

const APACHE: &str = "http://xml.apache.org/xml-soap";
const ATTACHMENTS: &str = "http://ws-i.org/profiles/basic/1.1/xsd";

/// Whether imports of this namespace need no document, even where there is one: what is declared
/// here is simpler, and the same for every input.
pub(super) fn is_known(namespace: &str) -> bool {
    [XML, SOAP_ENCODING_11, SOAP_ENCODING_12, XML_SCHEMA].contains(&namespace)
}

/// Whether something is declared of this namespace if there is no document.
pub(in crate::frontend) fn is_at_hand(namespace: &str) -> bool {
    is_known(namespace) || [APACHE, XML_MIME, ATTACHMENTS].contains(&namespace)
}

/// Whether a name is that of a built-in type.
pub(in crate::frontend) fn is_builtin_type(name: &QName) -> bool {
    &*name.namespace == XML_SCHEMA && Builtin::from_name(&name.local).is_some()
}

/// Declares what a well-known namespace defines. Names that are declared already stay.
pub(super) fn declare(contract: &mut Contract, namespace: &str) {
    match namespace {
        XML => declare_xml(contract),
        SOAP_ENCODING_11 | SOAP_ENCODING_12 => declare_encoding(contract, namespace),
        APACHE => declare_apache(contract),
        XML_MIME => declare_mime(contract),
        ATTACHMENTS => declare_reference(contract),
        _ => {}
    }
}

/// An element of XML Schema itself, as the data sets of .NET carry: `xs:schema`, with anything in
/// it.
pub(super) fn declare_schema_element(contract: &mut Contract, name: &QName) {
    if &*name.local == "schema" && contract.find_element(name).is_none() {
        let any_type = contract.builtin(Builtin::AnyType);
        declare_element(contract, name.clone(), any_type, false);
    }
}

fn declare_xml(contract: &mut Contract) {
    let attributes = [
        ("base", Builtin::AnyUri),
        ("lang", Builtin::Language),
        ("space", Builtin::NcName),
        ("id", Builtin::Id),
    ];
    let uses = attributes.map(|(name, builtin)| attribute(contract, XML, name, builtin));
    declare_attribute_group(
        contract,
        QName::new(XML, "specialAttrs"),
        uses.to_vec(),
        None,
    );
}

/// Binary data with its media type (Describing Media Content of Binary Data in XML).
fn declare_mime(contract: &mut Contract) {
    let media_type = attribute(contract, XML_MIME, "contentType", Builtin::String);
    attribute(contract, XML_MIME, "expectedContentTypes", Builtin::String);
    for builtin in [Builtin::Base64Binary, Builtin::HexBinary] {
        let base = contract.builtin(builtin);
        let definition = Definition::Complex(ComplexType {
            derivation: Some(Derivation {
                base,
                method: DerivationMethod::Extension,
                span: Span::NONE,
            }),
            content: Content::Simple(base),
            attributes: vec![media_type.clone()],
            ..ComplexType::default()
        });
        declare_type(contract, QName::new(XML_MIME, builtin.name()), definition);
    }
}

/// The address of an attachment (WS-I Attachments Profile 1.0 §4.4).
fn declare_reference(contract: &mut Contract) {
    declare_restriction(contract, QName::new(ATTACHMENTS, "swaRef"), Builtin::AnyUri);
}

/// What Apache SOAP and Axis send for maps and lists of anything, and WSDLs name without declaring it.
fn declare_apache(contract: &mut Contract) {
    let any_type = contract.builtin(Builtin::AnyType);
    let pair = [("key", any_type), ("value", any_type)];
    let item = declare_record(contract, "mapItem", &pair, Occurs::ONCE);
    declare_record(contract, "Map", &[("item", item)], Occurs::ANY);
    declare_record(contract, "Vector", &[("item", any_type)], Occurs::ANY);
}

fn declare_record(
    contract: &mut Contract,
    local: &str,
    members: &[(&str, Id<TypeDefinition>)],
    occurs: Occurs,
) -> Id<TypeDefinition> {
    let particle = |occurs, term| Particle {
        occurs,
        term,
        span: Span::NONE,
    };
    let particles = members
        .iter()
        .map(|&(name, type_definition)| {
            let name = QName::unqualified(name);
            let element =
                ElementDeclaration::plain(name, Scope::Local, type_definition, Span::NONE);
            particle(occurs, Term::Element(contract.elements.add(element)))
        })
        .collect();
    let group = ModelGroup {
        compositor: Compositor::Sequence,
        particles,
    };
    let definition = Definition::Complex(ComplexType {
        content: Content::Elements(particle(Occurs::ONCE, Term::Group(group))),
        ..ComplexType::default()
    });
    declare_type(contract, QName::new(APACHE, local), definition)
}

fn declare_encoding(contract: &mut Contract, namespace: &str) {
    let foreign = || Wildcard {
        namespaces: NamespaceConstraint::Not(namespace.into()),
        process_contents: ProcessContents::Lax,
    };
    let (own, common) = if namespace == SOAP_ENCODING_11 {
        (
            vec![
                attribute(contract, namespace, "arrayType", Builtin::String),
                attribute(contract, namespace, "offset", Builtin::String),
            ],
            vec![
                local_attribute(contract, "id", Builtin::Id),
                local_attribute(contract, "href", Builtin::AnyUri),
            ],
        )
    } else {
        (
            vec![
                attribute(contract, namespace, "itemType", Builtin::QName),
                attribute(contract, namespace, "arraySize", Builtin::String),
                attribute(contract, namespace, "nodeType", Builtin::String),
            ],
            vec![
                attribute(contract, namespace, "id", Builtin::Id),
                attribute(contract, namespace, "ref", Builtin::IdRef),
            ],
        )
    };
    let name = |local: &str| QName::new(namespace, local);
    // Of SOAP 1.1; `arrayType` is used with the namespace of SOAP 1.2 by mistake.
    for (local, builtin) in [
        ("position", Builtin::String),
        ("root", Builtin::Boolean),
        ("arrayType", Builtin::String),
        ("offset", Builtin::String),
    ] {
        attribute(contract, namespace, local, builtin);
    }
    declare_attribute_group(contract, name("arrayAttributes"), own.clone(), None);
    declare_attribute_group(
        contract,
        name("commonAttributes"),
        common.clone(),
        Some(foreign()),
    );
    let anything = || ModelGroup {
        compositor: Compositor::Sequence,
        particles: vec![Particle {
            occurs: Occurs::ANY,
            term: Term::Wildcard(Wildcard {
                namespaces: NamespaceConstraint::Any,
                process_contents: ProcessContents::Lax,
            }),
            span: Span::NONE,
        }],
    };
    for (local, attributes) in [
        ("Array", [&own[..], &common].concat()),
        ("Struct", common.clone()),
    ] {
        let _ = contract.declare_group(
            name(local),
            ModelGroupDefinition {
                name: name(local),
                group: Some(anything()),
                annotation: Annotation::default(),
                span: Span::NONE,
            },
        );
        let definition = Definition::Complex(ComplexType {
            content: Content::Elements(Particle {
                occurs: Occurs::ONCE,
                term: Term::Group(anything()),
                span: Span::NONE,
            }),
            attributes,
            any_attribute: Some(foreign()),
            ..ComplexType::default()
        });
        let declared = declare_type(contract, name(local), definition);
        declare_element(contract, name(local), declared, true);
    }
    // The encodings' own versions of the built-in types differ in `id` and `href` only, which
    // belong to the graph that a message makes, not to its values.
    for &builtin in Builtin::ALL {
        if [
            Builtin::AnyType,
            Builtin::AnySimpleType,
            Builtin::AnyAtomicType,
        ]
        .contains(&builtin)
        {
            continue;
        }
        let declared = declare_restriction(contract, name(builtin.name()), builtin);
        declare_element(contract, name(builtin.name()), declared, true);
    }
    let declared = declare_restriction(contract, name("base64"), Builtin::Base64Binary);
    declare_element(contract, name("base64"), declared, true);
    let any_type = contract.builtin(Builtin::AnyType);
    declare_element(contract, name("anyType"), any_type, true);
}

fn declare_restriction(
    contract: &mut Contract,
    name: QName,
    builtin: Builtin,
) -> Id<TypeDefinition> {
    let definition = Definition::Simple(SimpleType {
        builtin: None,
        variety: Variety::Restriction(Some(contract.builtin(builtin))),
        facets: Facets::default(),
        final_: DerivationSet::default(),
    });
    declare_type(contract, name, definition)
}

fn declare_type(
    contract: &mut Contract,
    name: QName,
    definition: Definition,
) -> Id<TypeDefinition> {
    let declared = contract.declare_type(
        name.clone(),
        TypeDefinition {
            name: Some(name.clone()),
            definition,
            annotation: Annotation::default(),
            span: Span::NONE,
        },
    );
    declared.unwrap_or_else(|_| {
        contract
            .find_type(&name)
            .unwrap_or(contract.builtin(Builtin::AnyType))
    })
}

fn declare_element(
    contract: &mut Contract,
    name: QName,
    type_definition: Id<TypeDefinition>,
    nillable: bool,
) {
    let _ = contract.declare_element(
        name.clone(),
        ElementDeclaration {
            nillable,
            ..ElementDeclaration::plain(name, Scope::Global, type_definition, Span::NONE)
        },
    );
}

/// Declares a global attribute, and returns an optional use of it.
fn attribute(
    contract: &mut Contract,
    namespace: &str,
    local: &str,
    builtin: Builtin,
) -> AttributeUse {
    let name = QName::new(namespace, local);
    let declaration = declaration(contract, name.clone(), Scope::Global, builtin);
    let _ = contract.declare_attribute(name.clone(), declaration);
    let declaration = contract.attribute_reference(name, Span::NONE);
    used(declaration)
}

fn local_attribute(contract: &mut Contract, local: &str, builtin: Builtin) -> AttributeUse {
    let declaration = declaration(contract, QName::unqualified(local), Scope::Local, builtin);
    used(contract.attributes.add(declaration))
}

fn declaration(
    contract: &Contract,
    name: QName,
    scope: Scope,
    builtin: Builtin,
) -> AttributeDeclaration {
    AttributeDeclaration {
        name,
        scope,
        type_definition: contract.builtin(builtin),
        value_constraint: None,
        annotation: Annotation::default(),
        span: Span::NONE,
    }
}

fn used(declaration: Id<AttributeDeclaration>) -> AttributeUse {
    AttributeUse {
        declaration,
        presence: AttributePresence::Optional,
        value_constraint: None,
        array_type: None,
        span: Span::NONE,
    }
}

fn declare_attribute_group(
    contract: &mut Contract,
    name: QName,
    attributes: Vec<AttributeUse>,
    any_attribute: Option<Wildcard>,
) {
    let _ = contract.declare_attribute_group(
        name.clone(),
        AttributeGroupDefinition {
            name,
            declared: true,
            attributes,
            attribute_groups: Vec::new(),
            any_attribute,
            annotation: Annotation::default(),
            span: Span::NONE,
        },
    );
}

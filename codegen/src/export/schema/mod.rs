//! Schemas, one for each namespace of the contract.

mod attribute;
mod complex_type;
mod element;
mod particle;
mod simple_type;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::annotation;
use super::file_names::{FileNames, of_namespace};
use super::markup::Markup;
use super::prefixes::{Prefixes, Used};
use super::{Document, ExportError};
use crate::contract::{
    Annotation, AttributeDeclaration, AttributeGroupDefinition, Builtin, Contract, Definition,
    ElementDeclaration, Id, ModelGroupDefinition, QName, SOAP_ENCODINGS, Scope, TypeDefinition,
    Variety, XML_SCHEMA,
};
use crate::namespace;
use crate::source::Span;

/// A global component.
#[derive(Clone, Copy)]
enum Component {
    Type(Id<TypeDefinition>),
    Element(Id<ElementDeclaration>),
    Attribute(Id<AttributeDeclaration>),
    Group(Id<ModelGroupDefinition>),
    AttributeGroup(Id<AttributeGroupDefinition>),
}

/// The global components of each namespace, in the order of their declaration.
pub(super) struct Components {
    by_namespace: BTreeMap<Arc<str>, Vec<(Span, Component)>>,
}

/// A schema without its imports.
pub(super) struct Schema {
    pub(super) namespace: Arc<str>,
    pub(super) markup: Markup,
    /// The other namespaces that it refers to.
    pub(super) references: BTreeSet<Arc<str>>,
    pub(super) used: Used,
}

/// The schemas of a contract, a document each.
pub(super) fn export(contract: &Contract) -> Result<Vec<Document>, ExportError> {
    let components = Components::new(contract);
    if components.by_namespace.is_empty() {
        return Err(ExportError::NoComponents);
    }
    let mut prefixes = Prefixes::new(contract);
    let mut names = FileNames::default();
    let files: BTreeMap<Arc<str>, String> = { components.namespaces() }
        .map(|namespace| {
            (
                namespace.clone(),
                names.unique(of_namespace(namespace), "xsd"),
            )
        })
        .collect();
    let schemas: Vec<Schema> = { components.namespaces() }
        .map(|namespace| components.schema(contract, namespace, &mut prefixes))
        .collect();
    let references =
        { schemas.iter() }.map(|schema| (schema.namespace.clone(), schema.references.clone()));
    let roots = super::roots(&references.collect());
    let mut documents = Vec::new();
    for schema in schemas {
        let (namespace, used) = (schema.namespace.clone(), schema.used.clone());
        let mut markup = schema.with_imports(&files, &mut prefixes);
        prefixes.declare_used(&used, &mut markup);
        documents.push(Document {
            name: files[&namespace].clone(),
            is_root: roots.contains(&namespace),
            text: markup.document(),
        });
    }
    Ok(documents)
}

impl Components {
    pub(super) fn new(contract: &Contract) -> Self {
        let mut all: Vec<(&QName, Span, Component)> = Vec::new();
        for (id, definition) in contract.types.iter() {
            if let (Some(name), false) = (
                &definition.name,
                matches!(definition.definition, Definition::Undeclared),
            ) {
                all.push((name, definition.span, Component::Type(id)));
            }
        }
        for (id, element) in contract.elements.iter() {
            if element.scope == Scope::Global {
                all.push((&element.name, element.span, Component::Element(id)));
            }
        }
        for (id, attribute) in contract.attributes.iter() {
            if attribute.scope == Scope::Global {
                all.push((&attribute.name, attribute.span, Component::Attribute(id)));
            }
        }
        for (id, group) in contract.groups.iter() {
            if group.group.is_some() {
                all.push((&group.name, group.span, Component::Group(id)));
            }
        }
        for (id, group) in contract.attribute_groups.iter() {
            if group.declared {
                all.push((&group.name, group.span, Component::AttributeGroup(id)));
            }
        }
        let mut by_namespace: BTreeMap<Arc<str>, Vec<(Span, Component)>> = BTreeMap::new();
        for (name, span, component) in all {
            if !is_elsewhere(&name.namespace) {
                let found = by_namespace.entry(name.namespace.clone()).or_default();
                found.push((span, component));
            }
        }
        for found in by_namespace.values_mut() {
            found.sort_by_key(|(span, _)| (span.document, span.start));
        }
        Self { by_namespace }
    }

    /// The namespaces that have components.
    pub(super) fn namespaces(&self) -> impl Iterator<Item = &Arc<str>> {
        self.by_namespace.keys()
    }

    pub(super) fn schema(
        &self,
        contract: &Contract,
        namespace: &Arc<str>,
        prefixes: &mut Prefixes,
    ) -> Schema {
        prefixes.take_used();
        let components = self
            .by_namespace
            .get(namespace)
            .map_or(&[][..], Vec::as_slice);
        let mut writer = Writer {
            contract,
            prefixes,
            target: namespace.clone(),
            is_qualified: false,
            references: BTreeSet::new(),
            open: Vec::new(),
            originals: Vec::new(),
        };
        writer.is_qualified = writer.mostly_qualified(components);
        let mut markup = Markup::new(writer.xs("schema"));
        if !namespace.is_empty() {
            markup.set("targetNamespace", &**namespace);
        }
        if writer.is_qualified {
            markup.set("elementFormDefault", "qualified");
        }
        for (_, component) in components {
            let written = writer.component(*component);
            markup.push(written);
        }
        while let Some((name, id)) = writer.originals.pop() {
            let written = writer.type_definition(Some(&name), id);
            markup.push(written);
        }
        let mut references = writer.references;
        references.remove(namespace);
        Schema {
            namespace: namespace.clone(),
            markup,
            references,
            used: prefixes.take_used(),
        }
    }
}

impl Schema {
    /// The schema with imports of what it refers to, by the files that are known.
    pub(super) fn with_imports(
        self,
        files: &BTreeMap<Arc<str>, String>,
        prefixes: &mut Prefixes,
    ) -> Markup {
        let mut markup = self.markup;
        for namespace in self.references.iter().rev() {
            markup.push_first(import(namespace, files, prefixes));
        }
        markup
    }
}

/// An `xs:import`.
pub(super) fn import(
    namespace: &Arc<str>,
    files: &BTreeMap<Arc<str>, String>,
    prefixes: &mut Prefixes,
) -> Markup {
    let location = match &**namespace {
        namespace::XML => Some("http://www.w3.org/2001/xml.xsd"),
        _ => files.get(namespace).map(String::as_str),
    };
    let name = format!("{}:import", prefixes.of(&XML_SCHEMA.into()));
    Markup::new(name)
        .with_some("namespace", (!namespace.is_empty()).then_some(&**namespace))
        .with_some("schemaLocation", location)
}

/// Namespaces whose schemas every processor has.
fn is_elsewhere(namespace: &str) -> bool {
    [XML_SCHEMA, namespace::XML].contains(&namespace) || SOAP_ENCODINGS.contains(&namespace)
}

/// Whether values of a simple type are, or may be, names with prefixes.
pub(super) fn holds_names(contract: &Contract, id: Id<TypeDefinition>) -> bool {
    let mut open = vec![id];
    let mut seen = BTreeSet::new();
    while let Some(id) = open.pop() {
        if !seen.insert(id) {
            continue;
        }
        let Definition::Simple(simple) = &contract.types[id].definition else {
            continue;
        };
        if matches!(simple.builtin, Some(Builtin::QName | Builtin::Notation)) {
            return true;
        }
        match &simple.variety {
            Variety::Restriction(base) => open.extend(*base),
            Variety::List(item) => open.push(*item),
            Variety::Union(members) => open.extend(members),
        }
    }
    false
}

/// One schema while it is written.
struct Writer<'a, 'p> {
    contract: &'a Contract,
    prefixes: &'p mut Prefixes,
    target: Arc<str>,
    /// `elementFormDefault`.
    is_qualified: bool,
    references: BTreeSet<Arc<str>>,
    /// The anonymous types that are being written: one may hold itself, through a group.
    open: Vec<Id<TypeDefinition>>,
    /// Types without a name that another type derives from, under the names that they get.
    originals: Vec<(String, Id<TypeDefinition>)>,
}

impl Writer<'_, '_> {
    fn xs(&mut self, name: &str) -> String {
        format!("{}:{name}", self.prefixes.of(&XML_SCHEMA.into()))
    }

    /// A name that refers to a component.
    fn reference(&mut self, name: &QName) -> String {
        self.references.insert(name.namespace.clone());
        self.prefixes.name(name)
    }

    /// The name of a type; the built-in ones need no import.
    fn type_name(&mut self, name: &QName) -> String {
        if &*name.namespace != XML_SCHEMA {
            self.references.insert(name.namespace.clone());
        }
        self.prefixes.name(name)
    }

    fn component(&mut self, component: Component) -> Markup {
        let contract = self.contract;
        match component {
            Component::Type(id) => {
                let name = contract.types[id].name.as_ref();
                self.type_definition(name.map(|name| &*name.local), id)
            }
            Component::Element(id) => self.global_element(id),
            Component::Attribute(id) => self.global_attribute(id),
            Component::Group(id) => self.group_definition(&contract.groups[id]),
            Component::AttributeGroup(id) => {
                self.attribute_group_definition(&contract.attribute_groups[id])
            }
        }
    }

    fn type_definition(&mut self, name: Option<&str>, id: Id<TypeDefinition>) -> Markup {
        let definition = &self.contract.types[id];
        match &definition.definition {
            Definition::Simple(simple) => {
                self.simple_type(name, id, simple, &definition.annotation)
            }
            Definition::Complex(complex) => {
                self.complex_type(name, complex, &definition.annotation)
            }
            // Nobody says what it is.
            Definition::Undeclared => Markup::new(self.xs("complexType")).with_some("name", name),
        }
    }

    /// Says the type of a declaration: by its name, or inside of it.
    fn set_type(&mut self, id: Id<TypeDefinition>, markup: &mut Markup) {
        match &self.contract.types[id].name {
            Some(name) => {
                let name = self.type_name(name);
                markup.set("type", name);
            }
            // What holds itself has no end.
            None if self.open.contains(&id) => {
                let any = self.xs("anyType");
                markup.set("type", any);
            }
            None => {
                self.open.push(id);
                let inner = self.type_definition(None, id);
                markup.push(inner);
                self.open.pop();
            }
        }
    }

    /// Adds what is said about a component beside the schema; comes before all other children.
    fn annotate(&mut self, annotation: &Annotation, facts: Vec<Markup>, markup: &mut Markup) {
        annotation::attributes(annotation, self.prefixes, markup);
        let mut facts = facts;
        facts.extend(annotation::sources(&annotation.provenance, self.prefixes));
        let documentation = annotation.documentation.as_deref().map(|text| {
            let name = self.xs("documentation");
            annotation::documentation(name, text)
        });
        if documentation.is_none() && facts.is_empty() {
            return;
        }
        let mut inner = Markup::new(self.xs("annotation")).with_children(documentation);
        if !facts.is_empty() {
            inner.push(Markup::new(self.xs("appinfo")).with_children(facts));
        }
        markup.push(inner);
    }

    /// Whether most local elements of the schema have a namespace.
    fn mostly_qualified(&self, components: &[(Span, Component)]) -> bool {
        let mut count = element::Forms::new(self.contract, &self.target);
        for (_, component) in components {
            match component {
                Component::Type(id) => count.type_definition(*id),
                Component::Element(id) => {
                    count.type_use(self.contract.elements[*id].type_definition);
                }
                Component::Group(id) => {
                    if let Some(group) = &self.contract.groups[*id].group {
                        count.group(group);
                    }
                }
                Component::Attribute(_) | Component::AttributeGroup(_) => {}
            }
        }
        count.mostly_qualified()
    }
}

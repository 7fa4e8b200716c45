//! WSDL 1.1 documents: one for each namespace that has messages, port types, bindings or services.

mod binding;
mod message_binding;
mod policy;
mod port_type;
mod service;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::annotation;
use super::file_names::{FileNames, of_namespace};
use super::markup::Markup;
use super::prefixes::{Prefixes, Used};
use super::schema::{self, Components, Schema};
use super::{Document, ExportError};
use crate::contract::{
    Annotation, Contract, FaultCatalogue, Id, Message, Part, PartContent, Policy, PortType, QName,
    XML_SCHEMA,
};
use crate::namespace;
use crate::source::Span;

/// What a document has written about it, before it is known which schemas it holds.
struct Definitions {
    target: Arc<str>,
    /// The first service, or else the namespace: what the document is named after.
    name: String,
    markup: Markup,
    /// Namespaces of WSDL that it refers to.
    imports: BTreeSet<Arc<str>>,
    /// Namespaces of schemas that it refers to.
    references: BTreeSet<Arc<str>>,
    used: Used,
}

pub(super) fn export(contract: &Contract) -> Result<Vec<Document>, ExportError> {
    let mut targets: BTreeSet<&Arc<str>> = BTreeSet::new();
    let messages = contract
        .messages
        .iter()
        .filter(|(_, message)| message.declared);
    targets.extend(messages.map(|(_, message)| &message.name.namespace));
    let port_types = declared_port_types(contract);
    targets.extend(port_types.map(|port_type| &port_type.name.namespace));
    let bindings = contract
        .bindings
        .iter()
        .filter(|(_, binding)| binding.declared);
    targets.extend(bindings.map(|(_, binding)| &binding.name.namespace));
    targets.extend(
        contract
            .services
            .iter()
            .map(|service| &service.name.namespace),
    );
    if targets.is_empty() {
        return Err(ExportError::NoServices);
    }
    let mut prefixes = Prefixes::new(contract);
    let mut all = Vec::new();
    for target in targets {
        let mut writer = Writer {
            contract,
            prefixes: &mut prefixes,
            target: target.clone(),
            imports: BTreeSet::new(),
            references: BTreeSet::new(),
            catalogues: BTreeSet::new(),
        };
        all.push(writer.definitions());
    }
    let components = Components::new(contract);
    let mut schemas: BTreeMap<Arc<str>, Schema> = BTreeMap::new();
    for namespace in components.namespaces() {
        let schema = components.schema(contract, namespace, &mut prefixes);
        schemas.insert(schema.namespace.clone(), schema);
    }
    Ok(documents(all, schemas, &mut prefixes))
}

/// The port types, without those that only stand for one of a binding that nobody declares.
fn declared_port_types(contract: &Contract) -> impl Iterator<Item = &PortType> {
    let bindings = contract
        .bindings
        .iter()
        .filter(|(_, binding)| !binding.declared);
    let stand_ins: BTreeSet<Id<PortType>> =
        bindings.map(|(_, binding)| binding.port_type).collect();
    { contract.port_types.iter() }
        .filter(move |(id, port_type)| port_type.declared && !stand_ins.contains(id))
        .map(|(_, port_type)| port_type)
}

/// Puts schemas into the documents that need them.
fn documents(
    all: Vec<Definitions>,
    mut schemas: BTreeMap<Arc<str>, Schema>,
    prefixes: &mut Prefixes,
) -> Vec<Document> {
    let mut needed: Vec<BTreeSet<Arc<str>>> = { all.iter() }
        .map(|definitions| closure(&definitions.references, &schemas))
        .collect();
    // What no operation needs is declared nevertheless.
    let idle: Vec<Arc<str>> = { schemas.keys() }
        .filter(|namespace| !needed.iter().any(|needed| needed.contains(*namespace)))
        .cloned()
        .collect();
    if let Some(first) = needed.first_mut() {
        first.extend(closure(&idle.into_iter().collect(), &schemas));
    }
    let mut names = FileNames::default();
    let files: BTreeMap<Arc<str>, String> = { all.iter() }
        .map(|definitions| {
            (
                definitions.target.clone(),
                names.unique(&definitions.name, "wsdl"),
            )
        })
        .collect();
    let is_shared = |namespace: &&Arc<str>| {
        needed
            .iter()
            .filter(|needed| needed.contains(*namespace))
            .count()
            > 1
    };
    let shared: BTreeMap<Arc<str>, String> = { schemas.keys() }
        .filter(is_shared)
        .map(|namespace| {
            (
                namespace.clone(),
                names.unique(of_namespace(namespace), "xsd"),
            )
        })
        .collect();
    let imports =
        { all.iter() }.map(|definitions| (definitions.target.clone(), definitions.imports.clone()));
    let roots = super::roots(&imports.collect());
    let mut documents = Vec::new();
    for (definitions, needed) in all.into_iter().zip(needed) {
        let mut types = Markup::new(format!("{}:types", prefixes.of(&namespace::WSDL.into())));
        let mut used = definitions.used;
        let own: Vec<Arc<str>> = { needed.into_iter() }
            .filter(|namespace| !shared.contains_key(namespace))
            .collect();
        // References to schemas of documents of their own: those inside of schemas are theirs.
        let direct = definitions
            .references
            .iter()
            .filter(|namespace| shared.contains_key(*namespace));
        let direct: Vec<Markup> = direct
            .map(|namespace| schema::import(namespace, &shared, prefixes))
            .collect();
        if !direct.is_empty() {
            let name = format!("{}:schema", prefixes.of(&XML_SCHEMA.into()));
            types.push(Markup::new(name).with_children(direct));
        }
        for namespace in own {
            if let Some(schema) = schemas.remove(&namespace) {
                used.extend(schema.used.iter().cloned());
                types.push(schema.with_imports(&shared, prefixes));
            }
        }
        let mut markup = definitions.markup;
        markup.insert_types(types);
        for target in definitions.imports.iter().rev() {
            let name = format!("{}:import", prefixes.of(&namespace::WSDL.into()));
            let location = files.get(target).map(String::as_str);
            let import = Markup::new(name)
                .with("namespace", &**target)
                .with_some("location", location);
            markup.push_first(import);
        }
        prefixes.declare_used(&used, &mut markup);
        documents.push(Document {
            name: files[&definitions.target].clone(),
            is_root: roots.contains(&definitions.target),
            text: markup.document(),
        });
    }
    for (namespace, name) in &shared {
        if let Some(schema) = schemas.remove(namespace) {
            let used = schema.used.clone();
            let mut markup = schema.with_imports(&shared, prefixes);
            prefixes.declare_used(&used, &mut markup);
            documents.push(Document {
                name: name.clone(),
                is_root: false,
                text: markup.document(),
            });
        }
    }
    documents
}

/// The namespaces of schemas that are referred to, and those that these refer to.
fn closure(
    references: &BTreeSet<Arc<str>>,
    schemas: &BTreeMap<Arc<str>, Schema>,
) -> BTreeSet<Arc<str>> {
    let mut open: Vec<&Arc<str>> = references.iter().collect();
    let mut found = BTreeSet::new();
    while let Some(namespace) = open.pop() {
        if let Some(schema) = schemas.get(namespace)
            && found.insert(namespace.clone())
        {
            open.extend(&schema.references);
        }
    }
    found
}

/// One document while it is written.
struct Writer<'a, 'p> {
    contract: &'a Contract,
    prefixes: &'p mut Prefixes,
    target: Arc<str>,
    imports: BTreeSet<Arc<str>>,
    references: BTreeSet<Arc<str>>,
    /// The catalogues that its operations name.
    catalogues: BTreeSet<Id<FaultCatalogue>>,
}

impl Writer<'_, '_> {
    fn wsdl(&mut self, name: &str) -> String {
        format!("{}:{name}", self.prefixes.of(&namespace::WSDL.into()))
    }

    fn castile(&mut self, name: &str) -> String {
        annotation::castile(self.prefixes, name)
    }

    /// A name that refers to a message, port type or binding.
    fn reference(&mut self, name: &QName) -> String {
        if name.namespace != self.target {
            self.imports.insert(name.namespace.clone());
        }
        self.prefixes.name(name)
    }

    /// A name that refers to an element or type.
    fn component(&mut self, name: &QName) -> String {
        self.references.insert(name.namespace.clone());
        self.prefixes.name(name)
    }

    fn definitions(&mut self) -> Definitions {
        let contract = self.contract;
        let target = self.target.clone();
        let is_here = |name: &QName| name.namespace == target;
        let mut messages: Vec<(Span, Markup)> = Vec::new();
        for (_, message) in contract.messages.iter() {
            if message.declared && is_here(&message.name) {
                messages.push((message.span, self.message(message)));
            }
        }
        let mut port_types = Vec::new();
        for port_type in declared_port_types(contract) {
            if is_here(&port_type.name) {
                port_types.push((port_type.span, self.port_type(port_type)));
            }
        }
        let mut bindings = Vec::new();
        for (_, binding) in contract.bindings.iter() {
            if binding.declared && is_here(&binding.name) {
                bindings.push((binding.span, self.binding(binding)));
            }
        }
        let mut services = Vec::new();
        for service in &contract.services {
            if is_here(&service.name) {
                services.push((service.span, self.service(service)));
            }
        }
        let service = contract
            .services
            .iter()
            .find(|service| is_here(&service.name));
        let name = match service {
            Some(service) => service.name.local.to_string(),
            None => of_namespace(&self.target).to_owned(),
        };
        let mut markup = Markup::new(self.wsdl("definitions")).with_some(
            "name",
            service.map(|service| service.name.local.to_string()),
        );
        if !self.target.is_empty() {
            markup.set("targetNamespace", &*self.target);
        }
        // A catalogue that no operation names belongs to all services, and is declared in any.
        let is_first = { contract.services.iter() }
            .map(|service| &service.name.namespace)
            .min()
            .is_none_or(|first| *first == self.target);
        for (id, catalogue) in contract.catalogues.iter() {
            let named = contract.port_types.iter().any(|(_, port_type)| {
                let operations = port_type.operations.iter();
                { operations }.any(|operation| operation.errors.catalogue == Some(id))
            });
            if self.catalogues.contains(&id) || is_first && !named {
                let written = self.catalogue(catalogue);
                markup.push(written);
            }
        }
        for mut found in [messages, port_types, bindings, services] {
            found.sort_by_key(|(span, _)| (span.document, span.start));
            markup = markup.with_children(found.into_iter().map(|(_, written)| written));
        }
        Definitions {
            target: self.target.clone(),
            name,
            markup,
            imports: std::mem::take(&mut self.imports),
            references: std::mem::take(&mut self.references),
            used: self.prefixes.take_used(),
        }
    }

    /// Documentation, then the facts that WSDL has no words for, then policies.
    fn annotate(&mut self, annotation: &Annotation, policy: &Policy, markup: &mut Markup) {
        annotation::attributes(annotation, self.prefixes, markup);
        if let Some(text) = &annotation.documentation {
            let name = self.wsdl("documentation");
            markup.push(annotation::documentation(name, text));
        }
        for source in annotation::sources(&annotation.provenance, self.prefixes) {
            markup.push(source);
        }
        self.policy(policy, markup);
    }

    fn message(&mut self, message: &Message) -> Markup {
        let mut markup = Markup::new(self.wsdl("message")).with("name", &*message.name.local);
        self.policy(&message.policy, &mut markup);
        for part in &message.parts {
            let written = self.part(part);
            markup.push(written);
        }
        markup
    }

    fn part(&mut self, part: &Part) -> Markup {
        let mut markup = Markup::new(self.wsdl("part")).with("name", &part.name);
        match part.content {
            PartContent::Element(id) => {
                let name = self.component(&self.contract.elements[id].name);
                markup.set("element", name);
            }
            PartContent::Type(id) => {
                if let Some(name) = &self.contract.types[id].name {
                    let name = self.component(name);
                    markup.set("type", name);
                }
            }
        }
        self.annotate(&part.annotation, &Policy::default(), &mut markup);
        markup
    }

    fn catalogue(&mut self, catalogue: &FaultCatalogue) -> Markup {
        let mut markup = Markup::new(self.castile("fault-catalogue")).with("name", &catalogue.name);
        if let Some(text) = &catalogue.documentation {
            let name = self.castile("documentation");
            markup.push(annotation::documentation(name, text));
        }
        for code in &catalogue.codes {
            let text = code.documentation.as_deref().unwrap_or_default();
            let written = self.code(&code.value, text);
            markup.push(written);
        }
        markup
    }

    fn code(&mut self, value: &str, text: &str) -> Markup {
        let name = self.castile("code");
        let markup = match text {
            "" => Markup::new(name),
            text => Markup::text(name, text),
        };
        markup.with("value", value)
    }
}

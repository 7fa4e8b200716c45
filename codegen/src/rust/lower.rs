//! The traversal: from operations (or, without any, from global declarations) to the types that they
//! need, then names, then boxes.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::boxing;
use super::contract_paths::ContractPaths;
use super::docs::{self, Docs};
use super::encoding::Encodings;
use super::mapping::Maps;
use super::model::{
    Crate, Declaration, Item, ItemId, ItemKind, Lowered, ModuleId, QualifiedName, Record, Type,
};
use super::modules::Modules;
use super::names::Scope;
use super::operations::ClientDraft;
use super::reach::Reach;
use super::renames::Chosen;
use crate::contract::{Annotation, Definition, ElementDeclaration, Id, TypeDefinition};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::Resolved;
use crate::settings::{Settings, Uses};
use crate::source::Span;

/// Lowers a contract. A contract cannot make it fail: what has no Rust of its own is among the
/// diagnostics, as a warning. A setting that does not fit the contract is an error there.
#[must_use]
pub fn lower(resolved: &Resolved, settings: &Settings) -> Lowered {
    let mut lowering = Lowering::new(resolved, settings);
    lowering.bind_maps();
    lowering.bind_folds();
    lowering.catalogues();
    let clients = lowering.clients();
    if resolved.keeps_declared() {
        lowering.declarations();
    }
    lowering.fill();
    lowering.place(clients)
}

/// A type before it has a name.
pub(super) struct Draft {
    pub(super) module: ModuleId,
    pub(super) origin: Origin,
    /// Whether it is a model group inside its parent.
    pub(super) is_group: bool,
    pub(super) docs: Docs,
    deprecated: Option<String>,
    pub(super) kind: Option<ItemKind>,
}

/// What a type is named after.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Origin {
    /// A named type.
    Type(String),
    /// A global element.
    Element(String),
    /// A named type and those derived from it.
    Base(String),
    /// The named type of a wrapper, and one of what it holds.
    Item { wrapper: String, item: String },
    /// A rule, a substitution group, the faults of an operation.
    Group(String),
    /// A message of several parts, the header blocks of responses.
    Message(String),
    /// Something inside another type.
    Child(ItemId, String),
}

/// What surrounds a declaration that is being lowered.
#[derive(Clone, Copy, Debug)]
pub(super) struct Owner<'a> {
    /// The type that it is in.
    pub(super) place: Place,
    /// The namespace of elements that do not say theirs; `None` if each must.
    pub(super) namespace: Option<&'a str>,
    /// Whether claims of presence must be borne to be false.
    pub(super) claims: bool,
    /// Whether messages are JSON.
    pub(super) json: bool,
    /// Whether callers make values of it.
    pub(super) sent: bool,
}

/// Where a type is named.
#[derive(Clone, Copy, Debug)]
pub(super) enum Place {
    /// Inside another type.
    In(ItemId),
    /// At the top of a module.
    Top(ModuleId),
}

/// A record whose fields are still to be lowered.
pub(super) enum Unfilled {
    Type(ItemId, Id<TypeDefinition>),
    /// An element whose type is no record: its text or wildcard.
    Element(ItemId, Id<ElementDeclaration>),
}

pub(super) struct Lowering<'a> {
    pub(super) resolved: &'a Resolved,
    pub(super) settings: &'a Settings,
    pub(super) uses: Uses,
    pub(super) maps: Maps<'a>,
    /// The wrappers that stay records of their own.
    pub(super) unfolded: BTreeSet<Id<TypeDefinition>>,
    pub(super) reach: Reach,
    pub(super) modules: Modules,
    pub(super) drafts: Vec<Draft>,
    pub(super) by_type: BTreeMap<Id<TypeDefinition>, ItemId>,
    pub(super) by_element: BTreeMap<Id<ElementDeclaration>, ItemId>,
    pub(super) by_base: BTreeMap<Id<TypeDefinition>, ItemId>,
    /// Records of bodies whose element stands for others, by the element and their name.
    pub(super) by_open_message: BTreeMap<(Id<ElementDeclaration>, String), ItemId>,
    pub(super) by_head: BTreeMap<Id<ElementDeclaration>, ItemId>,
    pub(super) by_wrapper: BTreeMap<Id<TypeDefinition>, ItemId>,
    pub(super) by_rule: BTreeMap<(ModuleId, String), Vec<ItemId>>,
    pub(super) unfilled: VecDeque<Unfilled>,
    pub(super) warnings: Vec<Diagnostic>,
    warned: BTreeSet<Id<TypeDefinition>>,
    /// The enums of mixed content, by the type that has it first.
    pub(super) by_mixed: BTreeMap<Id<TypeDefinition>, ItemId>,
    /// The types whose records keep that their element is nil.
    pub(super) keep_nil: BTreeSet<Id<TypeDefinition>>,
    /// The wire name of the field that holds credentials, by record.
    pub(super) credential_names: BTreeMap<ItemId, String>,
    /// The names of the operations' markers, by module.
    pub(super) markers: BTreeMap<ModuleId, Scope>,
    /// The types of SOAP-encoded messages.
    pub(super) encodings: Encodings,
    /// The names of tests of examples.
    pub(super) tests: Scope,
    pub(super) krate: Crate,
}

impl<'a> Lowering<'a> {
    fn new(resolved: &'a Resolved, settings: &'a Settings) -> Self {
        Self {
            resolved,
            settings,
            uses: Uses::default(),
            maps: Maps::default(),
            unfolded: BTreeSet::new(),
            reach: Reach::of(resolved),
            modules: Modules::default(),
            drafts: Vec::new(),
            by_type: BTreeMap::new(),
            by_element: BTreeMap::new(),
            by_base: BTreeMap::new(),
            by_open_message: BTreeMap::new(),
            by_head: BTreeMap::new(),
            by_wrapper: BTreeMap::new(),
            by_rule: BTreeMap::new(),
            unfilled: VecDeque::new(),
            warnings: Vec::new(),
            warned: BTreeSet::new(),
            by_mixed: BTreeMap::new(),
            keep_nil: super::presence::keep_nil(resolved),
            credential_names: BTreeMap::new(),
            markers: BTreeMap::new(),
            encodings: Encodings::default(),
            tests: Scope::default(),
            krate: Crate::default(),
        }
    }

    pub(super) fn draft(&mut self, module: ModuleId, origin: Origin) -> ItemId {
        let id = ItemId(self.drafts.len());
        self.drafts.push(Draft {
            module,
            origin,
            is_group: false,
            docs: Docs::new(),
            deprecated: None,
            kind: None,
        });
        id
    }

    /// A type for something anonymous, named after what it is in and `word`.
    pub(super) fn draft_child(&mut self, owner: Owner<'a>, word: &str) -> ItemId {
        match owner.place {
            Place::In(parent) => {
                let module = self.drafts[parent.0].module;
                self.draft(module, Origin::Child(parent, word.to_owned()))
            }
            Place::Top(module) => self.draft(module, Origin::Element(word.to_owned())),
        }
    }

    /// The same for a model group, which has no level of its own in paths of the contract.
    pub(super) fn draft_group(&mut self, owner: Owner<'a>, word: &str) -> ItemId {
        let item = self.draft_child(owner, word);
        self.drafts[item.0].is_group = true;
        item
    }

    pub(super) fn document(
        &mut self,
        item: ItemId,
        annotation: &Annotation,
        stand_in: impl FnOnce() -> String,
    ) {
        let draft = &mut self.drafts[item.0];
        draft.docs = docs::or(annotation.documentation.as_deref(), stand_in);
        draft.deprecated = annotation.deprecated.as_deref().map(deprecation);
    }

    pub(super) fn finish(&mut self, item: ItemId, kind: ItemKind) {
        self.drafts[item.0].kind = Some(kind);
    }

    pub(super) fn record(&self, item: ItemId) -> Option<&Record> {
        match &self.drafts.get(item.0)?.kind {
            Some(ItemKind::Record(record)) => Some(record),
            _ => None,
        }
    }

    pub(super) fn record_mut(&mut self, item: ItemId) -> Option<&mut Record> {
        match &mut self.drafts.get_mut(item.0)?.kind {
            Some(ItemKind::Record(record)) => Some(record),
            _ => None,
        }
    }

    pub(super) fn warn(&mut self, code: Code, span: Span, message: impl Into<String>) {
        self.warnings.push(Diagnostic::warning(code, span, message));
    }

    /// Says once for a type that types derived from it are not told apart.
    pub(super) fn warn_of_derived(&mut self, id: Id<TypeDefinition>) {
        let definition = &self.resolved.contract.types[id];
        let Some(name) = &definition.name else { return };
        if !self.resolved.derived(id).is_empty() && self.warned.insert(id) {
            let message = format!(
                "a value may be of a type that is derived from `{}`: it is read as `{}` itself",
                name.local, name.local
            );
            self.warn(Code::Unsupported, definition.span, message);
        }
    }

    /// Without clients: all global declarations.
    fn declarations(&mut self) {
        for &element in &self.resolved.roots.elements {
            let declaration = &self.resolved.contract.elements[element];
            let definition = &self.resolved.contract.types[declaration.type_definition];
            let secret = declaration.annotation.secret;
            match &definition.definition {
                Definition::Simple(_)
                    if !secret && self.is_kept_whole(declaration.type_definition) =>
                {
                    let name = QualifiedName::of(&declaration.name);
                    self.krate.roots.push((name, Type::Runtime("AnyElement")));
                }
                Definition::Simple(_) => {
                    let module = self.modules.of(&declaration.name.namespace);
                    let owner = self.top(module, declaration.type_definition);
                    let slot = self.simple(
                        declaration.type_definition,
                        owner,
                        &declaration.name.local,
                        secret,
                    );
                    let name = QualifiedName::of(&declaration.name);
                    self.krate.roots.push((name, slot.type_));
                }
                _ if self.is_open(declaration.type_definition) => {
                    let name = QualifiedName::of(&declaration.name);
                    self.krate.roots.push((name, Type::Runtime("AnyElement")));
                }
                _ => {
                    let record = self.root(element, None);
                    // The root of a document may say another type, too.
                    let item = Some(declaration.type_definition)
                        .filter(|_| !declaration.abstract_)
                        .and_then(|id| self.polymorphic(id));
                    let name = QualifiedName::of(&declaration.name);
                    let item = item.unwrap_or(record);
                    self.krate.roots.push((name, Type::Item(item)));
                }
            }
            self.fill();
        }
        let mut wrappers = Vec::new();
        for &id in &self.resolved.roots.types {
            let definition = &self.resolved.contract.types[id];
            let Some(name) = &definition.name else {
                continue;
            };
            let is_builtin = name.namespace.as_ref() == crate::contract::XML_SCHEMA;
            if is_builtin || self.by_type.contains_key(&id) {
                continue;
            }
            match &definition.definition {
                Definition::Undeclared => {}
                Definition::Simple(_) => {
                    let module = self.modules.of(&name.namespace);
                    let owner = self.top(module, id);
                    self.declared_simple(id, owner, &name.local);
                }
                Definition::Complex(_) => {
                    // The wrapper of a list or choice is written by the field that has it, and text with
                    // wildcards is a tree wherever it stands.
                    if self.folds(id) {
                        wrappers.push(id);
                    } else if !self.is_prose(id) {
                        self.named_record(id);
                    }
                }
            }
            self.fill();
        }
        for id in wrappers {
            // What no field has.
            let is_known = self.by_wrapper.contains_key(&id) || self.by_type.contains_key(&id);
            if !is_known && self.array(id).is_none() {
                self.named_record(id);
                self.fill();
            }
        }
    }

    /// An owner for what stands at the top of a module.
    pub(super) fn top(&self, module: ModuleId, id: Id<TypeDefinition>) -> Owner<'a> {
        Owner {
            place: Place::Top(module),
            namespace: None,
            claims: self.reach.response.contains(&id),
            json: self.reach.json.contains(&id),
            sent: self.reach.is_sent(id),
        }
    }

    /// Lowers the fields of all records that were asked for.
    fn fill(&mut self) {
        while let Some(unfilled) = self.unfilled.pop_front() {
            match unfilled {
                Unfilled::Type(item, id) => self.fill_record(item, id),
                Unfilled::Element(item, id) => self.fill_element(item, id),
            }
        }
    }

    /// Names everything, sorts it into modules, and puts boxes where cycles close.
    fn place(mut self, mut clients: Vec<ClientDraft>) -> Lowered {
        let mut services: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for client in &self.resolved.clients {
            let names = services.entry(client.namespace.clone()).or_default();
            if !names.contains(&client.name) {
                names.push(client.name.clone());
            }
        }
        let chosen = self.chosen_modules();
        let mut modules = self.modules.clone().finish(&chosen, &services);
        let mut names = self.names(&modules, &clients, &Chosen::default());
        if !self.settings.renames.is_empty() {
            let paths = ContractPaths::of(&self, &modules, &names.items);
            let chosen = self.choose_names(&paths, &clients);
            names = self.names(&modules, &clients, &chosen);
            self.report_clashes(&chosen, &paths, &names.items, &names.clients);
            self.report_unused(&paths);
        }
        self.report_unused_maps();
        self.settle(&mut clients);
        let mut items: Vec<Item> = self
            .drafts
            .drain(..)
            .zip(names.items)
            .map(|(draft, name)| Item {
                module: draft.module,
                name,
                docs: draft.docs,
                deprecated: draft.deprecated,
                kind: draft
                    .kind
                    .unwrap_or_else(|| ItemKind::Record(Record::default())),
            })
            .collect();
        let mut order: Vec<ItemId> = (0..items.len()).map(ItemId).collect();
        order.sort_by(|a, b| {
            let key = |id: &ItemId| {
                (
                    modules[items[id.0].module.0].name.clone(),
                    &items[id.0].name,
                )
            };
            key(a).cmp(&key(b))
        });
        for &id in &order {
            modules[items[id.0].module.0].items.push(id);
        }
        boxing::place_boxes(&mut items, &order);
        self.krate.items = items;
        for (client, name) in clients.into_iter().zip(names.clients) {
            let module = client.module;
            let lowered = self.finish_client(client, name);
            modules[module.0].clients.push(lowered);
        }
        self.report_unused_operations();
        let streams = super::streams::bind(self.settings, &self.krate.items, &mut modules);
        self.warnings.extend(streams);
        for (index, module) in modules.iter_mut().enumerate() {
            module.encoding = self.encodings.take(ModuleId(index));
            let shown = docs::code(&module.namespace);
            module.docs = match (&module.clients.as_slice(), module.namespace.is_empty()) {
                ([only], _) => only.docs.clone(),
                (_, true) => vec!["Names in no namespace.".to_owned()],
                _ => vec![format!("Names of {shown}.")],
            };
        }
        self.krate.modules = modules;
        let types = self.by_type.iter().chain(&self.by_base);
        let declarations = types
            .map(|(id, item)| (*item, Declaration::Type(*id)))
            .chain({ self.by_element.iter() }.map(|(id, item)| (*item, Declaration::Element(*id))))
            .collect();
        Lowered {
            krate: self.krate,
            declarations,
            diagnostics: self.warnings,
        }
    }
}

/// The text of a `deprecated` attribute.
pub(super) fn deprecation(reason: &str) -> String {
    docs::inert_line(reason)
}

//! Names chosen by settings.

use std::collections::BTreeMap;

use super::contract_paths::{ContractPaths, Found};
use super::lower::Lowering;
use super::model::{Field, FieldPart, ItemId, ItemKind};
use super::names::{self, Ident};
use super::operations::ClientDraft;
use crate::contract::{Id, TypeDefinition};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::{self, Call};
use crate::settings::{Located, Named, Rename, Selector};
use crate::settings::{ambiguous, contradiction};

/// The names that settings give, each with the place of the setting in its list.
#[derive(Debug, Default)]
pub(super) struct Chosen {
    pub(super) items: BTreeMap<ItemId, (String, usize)>,
    pub(super) clients: BTreeMap<usize, (String, usize)>,
}

impl Chosen {
    /// What the setting calls an item.
    pub(super) fn item(&self, id: ItemId) -> Option<&str> {
        self.items.get(&id).map(|(name, _)| name.as_str())
    }
}

/// Where a name belongs: in a record or an enum, by its place among the fields or variants.
type Member = (ItemId, usize);

impl<'a> Lowering<'a> {
    /// The names of modules, by namespace.
    pub(super) fn chosen_modules(&mut self) -> BTreeMap<String, String> {
        let settings = self.settings;
        let mut chosen: BTreeMap<String, String> = BTreeMap::new();
        let mut named: BTreeMap<&str, &Rename> = BTreeMap::new();
        for (index, rename) in settings.renames_of(Named::Module) {
            let namespace = rename.selector.text.as_str();
            if !self.modules.has(namespace) {
                continue;
            }
            self.uses.rename(index);
            if chosen.contains_key(namespace) {
                self.contradicts(named[namespace], rename);
                continue;
            }
            let name = rename.name.text.as_str();
            if let Some(other) = named.values().find(|other| other.name.text == name) {
                let message = format!("two namespaces have one module, `{name}`");
                let clash = clash(&rename.name, message).related(other.name.span, "the other");
                self.warnings.push(clash);
            } else if !names::Scope::of_modules().is_free(name) {
                let message = format!("no module can be called `{name}`");
                self.warnings.push(clash(&rename.name, message));
            }
            named.insert(namespace, rename);
            chosen.insert(namespace.to_owned(), name.to_owned());
        }
        chosen
    }

    /// Gives fields and variants their chosen names, and finds those of types and clients.
    pub(super) fn choose_names(
        &mut self,
        paths: &ContractPaths,
        clients: &[ClientDraft],
    ) -> Chosen {
        let mut chosen = Chosen::default();
        self.choose_types(paths, &mut chosen);
        self.choose_clients(clients, &mut chosen);
        self.rename_fields(paths);
        self.rename_variants(paths);
        chosen
    }

    fn choose_types(&mut self, paths: &ContractPaths, chosen: &mut Chosen) {
        let settings = self.settings;
        for (index, rename) in settings.renames_of(Named::Type) {
            let Some(selector) = Selector::parse(&rename.selector.text) else {
                continue;
            };
            let Some(items) = self.found(paths.find(&selector), index, rename) else {
                continue;
            };
            let own = items.iter().find(|id| !paths.entry(**id).is_inner);
            let Some(&item) = own.or(items.first()) else {
                continue;
            };
            if let Some((_, first)) = chosen.items.get(&item) {
                self.contradicts(&settings.renames[*first], rename);
            }
            chosen.items.insert(item, (rename.name.text.clone(), index));
            if names::is_prelude(&rename.name.text) {
                let name = &rename.name.text;
                let message = format!("a type `{name}` would hide that of the standard library");
                self.warnings.push(clash(&rename.name, message));
            }
        }
    }

    fn choose_clients(&mut self, clients: &[ClientDraft], chosen: &mut Chosen) {
        let settings = self.settings;
        let resolved = self.resolved;
        for (index, rename) in settings.renames_of(Named::Client) {
            let Some(selector) = Selector::parse(&rename.selector.text) else {
                continue;
            };
            let is_meant = |(_, draft): &(usize, &ClientDraft)| {
                let client = &resolved.clients[draft.index];
                selector.is_in(&client.namespace) && is_client(selector.path, client)
            };
            let meant: Vec<_> = clients.iter().enumerate().filter(is_meant).collect();
            match meant.as_slice() {
                [] => {}
                [(client, _)] => {
                    self.uses.rename(index);
                    if let Some((_, first)) = chosen.clients.get(client) {
                        self.contradicts(&settings.renames[*first], rename);
                    }
                    let name = rename.name.text.clone();
                    chosen.clients.insert(*client, (name, index));
                }
                several => {
                    self.uses.rename(index);
                    let choices: Vec<String> = several
                        .iter()
                        .map(|(_, draft)| {
                            let client = &resolved.clients[draft.index];
                            let port = format!("{}/{}", client.name, client.port);
                            format!("{{{}}}{port}", client.namespace)
                        })
                        .collect();
                    let found = ambiguous("rename.clients", &rename.selector, &choices);
                    self.warnings.push(found);
                }
            }
        }
    }

    fn rename_fields(&mut self, paths: &ContractPaths) {
        let settings = self.settings;
        let mut stated: BTreeMap<Member, usize> = BTreeMap::new();
        let mut inherited: Vec<(Member, usize)> = Vec::new();
        let types = self.by_type.iter().map(|(id, item)| (*item, *id));
        let types: BTreeMap<ItemId, Id<TypeDefinition>> = types.collect();
        for (index, rename) in settings.renames_of(Named::Field) {
            let selector = Selector::parse(&rename.selector.text);
            let Some((owner, key)) = selector.as_ref().and_then(Selector::split_last) else {
                continue;
            };
            let Some(members) = self.members(paths, owner, key, rename) else {
                continue;
            };
            self.uses.rename(index);
            for (item, at) in members {
                if let Some(first) = stated.insert((item, at), index) {
                    self.contradicts(&settings.renames[first], rename);
                }
                let heirs = self.heirs(types.get(&item), key);
                inherited.extend(heirs.into_iter().map(|heir| (heir, index)));
            }
        }
        // What a derived type says of an inherited field goes before what its base says.
        for (member, index) in inherited {
            stated.entry(member).or_insert(index);
        }
        self.rename_members(&stated);
    }

    fn rename_variants(&mut self, paths: &ContractPaths) {
        let settings = self.settings;
        let mut stated: BTreeMap<Member, usize> = BTreeMap::new();
        for (index, rename) in settings.renames_of(Named::Variant) {
            let Some(selector) = Selector::parse(&rename.selector.text) else {
                continue;
            };
            // A value may hold slashes of its own.
            let slashes = selector.path.match_indices('/').map(|(at, _)| at);
            let found = slashes.rev().find_map(|at| {
                let owner = Selector {
                    namespace: selector.namespace,
                    path: &selector.path[..at],
                };
                self.members(paths, owner, &selector.path[at + 1..], rename)
            });
            for member in found.unwrap_or_default() {
                self.uses.rename(index);
                if let Some(first) = stated.insert(member, index) {
                    self.contradicts(&settings.renames[first], rename);
                }
            }
        }
        self.rename_members(&stated);
    }

    /// The fields or variants of this key in what `owner` names; `None` if there is none. The key is
    /// the name in the contract, or, where the contract has none, the one in Rust.
    fn members(
        &mut self,
        paths: &ContractPaths,
        owner: Selector<'_>,
        key: &str,
        rename: &Rename,
    ) -> Option<Vec<Member>> {
        let items = match paths.find(&owner) {
            Found::Nothing => return None,
            Found::Items(items) => items,
            Found::Several(owners) => {
                let choices: Vec<String> =
                    { owners.iter() }.map(|o| format!("{o}/{key}")).collect();
                let table = format!("rename.{}", rename.what.key());
                self.warnings
                    .push(ambiguous(&table, &rename.selector, &choices));
                return Some(Vec::new());
            }
        };
        let in_contract = |(wire, _): &(String, String)| wire == key;
        let in_rust = |(_, name): &(String, String)| name == key;
        let of = |is: &dyn Fn(&(String, String)) -> bool| {
            let mut members: Vec<Member> = Vec::new();
            for &item in &items {
                let keys = self.member_keys(item, rename.what);
                let fitting = keys.iter().enumerate().filter(|(_, keys)| is(keys));
                members.extend(fitting.map(|(at, _)| (item, at)));
            }
            (!members.is_empty()).then_some(members)
        };
        of(&in_contract).or_else(|| of(&in_rust))
    }

    /// The names of fields or variants in the contract and in Rust.
    pub(super) fn member_keys(&self, item: ItemId, what: Named) -> Vec<(String, String)> {
        match (what, &self.drafts[item.0].kind) {
            (Named::Field, Some(ItemKind::Record(record))) => {
                let keys = record.fields.iter();
                keys.map(|field| (field_key(field), field.name.plain().to_owned()))
                    .collect()
            }
            (Named::Variant, Some(ItemKind::Enumeration(enumeration))) => {
                let keys = enumeration.values.iter();
                keys.map(|value| (value.value.clone(), value.name.plain().to_owned()))
                    .collect()
            }
            (Named::Variant, Some(ItemKind::Polymorphic(polymorphic))) => {
                let keys = polymorphic.types.iter();
                keys.map(|type_| {
                    let name = type_.name.plain().to_owned();
                    (type_.wire_name.local.clone(), name)
                })
                .collect()
            }
            (Named::Variant, Some(ItemKind::Choice(choice))) => variant_keys(&choice.variants),
            (Named::Variant, Some(ItemKind::Faults(faults))) => variant_keys(&faults.variants),
            _ => Vec::new(),
        }
    }

    /// The field of this key in the records of types derived from `type_`.
    fn heirs(&self, type_: Option<&Id<TypeDefinition>>, key: &str) -> Vec<Member> {
        let derived = type_.map_or(&[][..], |id| self.resolved.derived(*id));
        let items = derived.iter().filter_map(|id| self.by_type.get(id));
        items
            .filter_map(|&heir| {
                let keys = self.member_keys(heir, Named::Field);
                let at = keys.iter().position(|(wire, _)| wire == key)?;
                Some((heir, at))
            })
            .collect()
    }

    fn rename_members(&mut self, stated: &BTreeMap<Member, usize>) {
        for (&(item, at), &index) in stated {
            let name = names::ident(&self.settings.renames[index].name.text);
            if let Some(member) = self.member_names(item).into_iter().nth(at) {
                *member = name;
            }
        }
        for (&(item, at), &index) in stated {
            let rename = &self.settings.renames[index];
            let names = self.member_names(item);
            let name = names::ident(&rename.name.text);
            let is_taken = { names.iter().enumerate() }.any(|(i, n)| i != at && **n == name);
            if is_taken {
                let what = rename.what.word();
                let message = format!(
                    "`{}` would have a name that another {what} beside it has: `{name}`",
                    rename.selector.text
                );
                self.warnings.push(clash(&rename.name, message));
            }
        }
    }

    /// The names of the fields or variants, and of the variant for all others at the end.
    fn member_names(&mut self, item: ItemId) -> Vec<&mut Ident> {
        match &mut self.drafts[item.0].kind {
            Some(ItemKind::Record(record)) => {
                record.fields.iter_mut().map(|f| &mut f.name).collect()
            }
            Some(ItemKind::Choice(choice)) => {
                choice.variants.iter_mut().map(|v| &mut v.name).collect()
            }
            Some(ItemKind::Faults(faults)) => {
                faults.variants.iter_mut().map(|v| &mut v.name).collect()
            }
            Some(ItemKind::Polymorphic(p)) => {
                let names = p.types.iter_mut().map(|t| &mut t.name);
                names.chain([&mut p.other]).collect()
            }
            Some(ItemKind::Enumeration(e)) => {
                let names = e.values.iter_mut().map(|v| &mut v.name);
                names.chain([&mut e.other]).collect()
            }
            Some(ItemKind::Alias(_)) | None => Vec::new(),
        }
    }

    /// Chosen names that others have, or would have without them.
    pub(super) fn report_clashes(
        &mut self,
        chosen: &Chosen,
        paths: &ContractPaths,
        items: &[Ident],
        clients: &[Ident],
    ) {
        let settings = self.settings;
        let mut without: BTreeMap<(usize, &str), ItemId> = BTreeMap::new();
        for (id, entry) in paths.entries() {
            without.insert((self.drafts[id.0].module.0, &entry.name), id);
        }
        for (id, (name, index)) in &chosen.items {
            let rename = &settings.renames[*index];
            let before = without.get(&(self.drafts[id.0].module.0, name.as_str()));
            let displaced = before.filter(|other| *other != id && chosen.item(**other).is_none());
            if let Some(other) = displaced {
                let shown = paths.entry(*other).path.as_ref().unwrap_or(name);
                let message =
                    format!("another type, `{shown}` of the contract, is called `{name}`");
                let found = clash(&rename.name, message);
                self.warnings
                    .push(found.help("choose another name, or give that type one, too"));
            } else if items[id.0].plain() != name {
                let message = format!("`{name}` is the name of something else in its module");
                self.warnings.push(clash(&rename.name, message));
            }
        }
        for (client, (name, index)) in &chosen.clients {
            if clients[*client].plain() != name {
                let rename = &settings.renames[*index];
                let message = format!("`{name}` is the name of something else in its module");
                self.warnings.push(clash(&rename.name, message));
            }
        }
    }

    /// The name that settings give to an operation; `element` is that of its request.
    pub(super) fn chosen_operation(
        &mut self,
        client: &resolve::Client,
        call: &Call,
        element: Option<&str>,
    ) -> Option<&'a Rename> {
        let settings = self.settings;
        let mut chosen: Option<&'a Rename> = None;
        for (index, rename) in settings.renames_of(Named::Operation) {
            let Some(selector) = Selector::parse(&rename.selector.text) else {
                continue;
            };
            let (owner, operation) = match selector.split_last() {
                Some((owner, operation)) => (Some(owner.path), operation),
                None => (None, selector.path),
            };
            let (name, overload) = match operation.strip_suffix(')') {
                Some(rest) => rest.split_once('(').unwrap_or((operation, "")),
                None => (operation, ""),
            };
            let is_meant = name == call.name
                && selector.is_in(&client.namespace)
                && (overload.is_empty() || element == Some(overload))
                && owner.is_none_or(|owner| is_client(owner, client));
            if !is_meant {
                continue;
            }
            self.uses.rename(index);
            match chosen {
                Some(first) if first.name.text != rename.name.text => {
                    self.contradicts(first, rename);
                }
                _ => chosen = Some(rename),
            }
        }
        chosen
    }

    /// An operation did not get the name that was chosen for it.
    pub(super) fn report_method(&mut self, rename: &Rename) {
        let name = &rename.name.text;
        let message = format!("the client has another method `{name}` already");
        let found = clash(&rename.name, message);
        self.warnings.push(found.help(
            "operations of one name are told apart by the element of their requests: \
             `Operation(Element)`",
        ));
    }

    /// What was found, if that is clear.
    fn found(&mut self, found: Found, index: usize, rename: &Rename) -> Option<Vec<ItemId>> {
        match found {
            Found::Nothing => None,
            Found::Items(items) => {
                self.uses.rename(index);
                Some(items)
            }
            Found::Several(choices) => {
                self.uses.rename(index);
                let table = format!("rename.{}", rename.what.key());
                self.warnings
                    .push(ambiguous(&table, &rename.selector, &choices));
                None
            }
        }
    }

    fn contradicts(&mut self, first: &Rename, second: &Rename) {
        let table = format!("rename.{}", second.what.key());
        let what = second.what.word();
        let found = contradiction(&table, what, first.selector.span, &second.selector);
        self.warnings.push(found);
    }
}

/// Whether `path` names a client: by service, by port, or by both.
fn is_client(path: &str, client: &resolve::Client) -> bool {
    match path.split_once('/') {
        Some((service, port)) => service == client.name && port == client.port,
        None => path == client.name || path == client.port,
    }
}

/// The name of a field in the contract.
pub(super) fn field_key(field: &Field) -> String {
    match (field.entry.kind.name(), field.part) {
        (Some(name), FieldPart::Attribute) => format!("@{name}"),
        (Some(name), FieldPart::Content) => name.to_owned(),
        (None, _) => field.name.plain().to_owned(),
    }
}

fn variant_keys(variants: &[super::model::Variant]) -> Vec<(String, String)> {
    let keys = variants.iter().map(|variant| {
        let name = variant.name.plain().to_owned();
        let wire = variant.entry.kind.name().unwrap_or(&name).to_owned();
        (wire, name)
    });
    keys.collect()
}

fn clash(name: &Located, message: String) -> Diagnostic {
    Diagnostic::error(Code::NameClash, name.span, message).help("choose another name")
}

//! The names of the types and clients of a module tree.

use std::collections::{BTreeMap, BTreeSet};

use super::lower::{Draft, Lowering, Origin};
use super::model::{ItemId, Module, ModuleId};
use super::names::{self, Ident, Scope};
use super::operations::ClientDraft;
use super::renames::Chosen;

/// The names of the items and clients, in their order.
pub(super) struct Names {
    pub(super) items: Vec<Ident>,
    pub(super) clients: Vec<Ident>,
}

impl Lowering<'_> {
    /// Names everything at the top of a module. What settings name comes first.
    pub(super) fn names(
        &self,
        modules: &[Module],
        clients: &[ClientDraft],
        chosen: &Chosen,
    ) -> Names {
        let drafts = &self.drafts;
        let mut scopes: Vec<Scope> = modules.iter().map(|_| Scope::default()).collect();
        for (module, scope) in modules.iter().zip(&mut scopes) {
            if module.name.is_none() {
                for catalogue in &self.krate.catalogues {
                    scope.claim(&[catalogue.name.plain().to_owned()]);
                }
            }
        }
        let types = self.by_type.values().chain(self.by_element.values());
        let declared: BTreeSet<ItemId> = types.copied().collect();
        let mut taken = BTreeMap::new();
        for (&id, (name, _)) in &chosen.items {
            let name = scopes[drafts[id.0].module.0].claim(std::slice::from_ref(name));
            taken.insert(id, name);
        }
        let mut named_clients = BTreeMap::new();
        for (&client, (name, _)) in &chosen.clients {
            let scope = &mut scopes[clients[client].module.0];
            named_clients.insert(client, scope.claim(std::slice::from_ref(name)));
        }
        let mut tops: Vec<(&Origin, ItemId)> = drafts
            .iter()
            .enumerate()
            .filter(|(_, draft)| !matches!(draft.origin, Origin::Child(..)))
            .map(|(index, draft)| (&draft.origin, ItemId(index)))
            .filter(|(_, id)| !taken.contains_key(id))
            .collect();
        // By kind; of names that differ in case only, those that are spelt as in Rust come first.
        tops.sort_by_cached_key(|&(origin, id)| {
            let (kind, spelled) = spelling(origin);
            (
                drafts[id.0].module,
                kind,
                names::camel(spelled) != spelled,
                spelled,
            )
        });
        for (origin, id) in tops {
            let name = scopes[drafts[id.0].module.0].claim(&candidates(origin));
            taken.insert(id, name);
        }
        let clients = clients
            .iter()
            .enumerate()
            .map(|(index, client)| {
                if let Some(name) = named_clients.remove(&index) {
                    return name;
                }
                let name = names::camel(&client.name);
                let mut candidates = vec![name.clone(), format!("{name}Client")];
                candidates.retain(|name| !names::is_prelude(name));
                scopes[client.module.0].claim(&candidates)
            })
            .collect();
        Names {
            items: item_names(drafts, &declared, scopes, taken),
            clients,
        }
    }
}

fn spelling(origin: &Origin) -> (u8, &str) {
    match origin {
        Origin::Type(name) => (0, name),
        Origin::Element(name) => (1, name),
        Origin::Base(name) => (2, name),
        Origin::Group(name) | Origin::Item { item: name, .. } => (3, name),
        Origin::Child(_, name) => (4, name),
        Origin::Message(name) => (5, name),
    }
}

/// What a type at the top may be called, best first: the name, or the name and what it is.
fn candidates(origin: &Origin) -> Vec<String> {
    let (kind, spelled) = spelling(origin);
    let name = names::camel(spelled);
    let suffix = match kind {
        0 | 2 => "Type",
        1 => "Element",
        5 => "Message",
        _ => "Choice",
    };
    let mut candidates = vec![name.clone(), format!("{name}{suffix}")];
    candidates.retain(|name| !names::is_prelude(name));
    candidates
}

/// The names of all types: those at the top are taken already, those inside follow, parents first.
/// `declared` are the records and enumerations of declared types; other items are parts of one: its
/// choices and groups.
fn item_names(
    drafts: &[Draft],
    declared: &BTreeSet<ItemId>,
    mut scopes: Vec<Scope>,
    mut taken: BTreeMap<ItemId, Ident>,
) -> Vec<Ident> {
    let mut children: BTreeMap<ItemId, Vec<(&str, ItemId)>> = BTreeMap::new();
    for (index, draft) in drafts.iter().enumerate() {
        if let Origin::Child(parent, word) = &draft.origin {
            children
                .entry(*parent)
                .or_default()
                .push((word, ItemId(index)));
        }
    }
    // What is inside a part is named after the type that the part is of.
    let mut whole: BTreeMap<ItemId, ItemId> = BTreeMap::new();
    let mut parents: Vec<ItemId> = taken.keys().copied().collect();
    while !parents.is_empty() {
        let mut wave: Vec<(Vec<String>, ItemId)> = Vec::new();
        for parent in parents.drain(..) {
            let owner = whole.get(&parent).copied().unwrap_or(parent);
            let spelled = |id: ItemId| taken.get(&id).map_or("", Ident::plain);
            let inside = children.remove(&parent).unwrap_or_default();
            // Those named by settings are parents already.
            for (word, child) in inside.into_iter().filter(|(_, id)| !taken.contains_key(id)) {
                if !declared.contains(&child) {
                    whole.insert(child, owner);
                }
                let word = names::camel(word);
                let mut candidates = vec![
                    names::joined(spelled(owner), &word),
                    format!("{}{word}", spelled(owner)),
                    format!("{}{word}", spelled(parent)),
                    format!("{}{word}Type", spelled(parent)),
                ];
                candidates.dedup();
                wave.push((candidates, child));
            }
        }
        wave.sort();
        for (candidates, child) in apart(drafts, wave) {
            let name = scopes[drafts[child.0].module.0].claim(&candidates);
            taken.insert(child, name);
            parents.push(child);
        }
    }
    // Every child has a parent that was drafted before it, so that all are reached.
    (0..drafts.len())
        .map(|index| {
            taken
                .remove(&ItemId(index))
                .unwrap_or_else(|| names::ident("Unnamed"))
        })
        .collect()
}

/// Drops the best names of those that want the same: which comes first should not matter.
fn apart(drafts: &[Draft], mut wave: Vec<(Vec<String>, ItemId)>) -> Vec<(Vec<String>, ItemId)> {
    const LEVELS: usize = 3;
    for _ in 0..LEVELS {
        let mut wanted: BTreeMap<(ModuleId, String), usize> = BTreeMap::new();
        for (candidates, child) in &wave {
            if let Some(best) = candidates.first() {
                let place = (drafts[child.0].module, best.clone());
                *wanted.entry(place).or_default() += 1;
            }
        }
        for (candidates, child) in &mut wave {
            let module = drafts[child.0].module;
            let is_shared = |name: &String| {
                let count = wanted.get(&(module, name.clone()));
                count.is_some_and(|&count| count > 1)
            };
            if candidates.len() > 1 && candidates.first().is_some_and(is_shared) {
                candidates.remove(0);
            }
        }
    }
    wave
}

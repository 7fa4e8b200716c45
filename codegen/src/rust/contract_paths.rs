//! What a setting may call an item: its path in the contract, or the name that it has without any
//! settings.

use std::collections::BTreeMap;

use super::lower::{Lowering, Origin};
use super::model::{ItemId, Module};
use super::names::Ident;
use crate::settings::Selector;

/// The items by what they may be called.
pub(super) struct ContractPaths {
    /// Of [`ItemId`]s in their order.
    entries: Vec<ContractPath>,
    by_path: BTreeMap<String, Vec<ItemId>>,
    by_name: BTreeMap<String, Vec<ItemId>>,
}

/// Where the contract has an item.
pub(super) struct ContractPath {
    pub(super) namespace: String,
    /// The named type or global element, then what is inside it. `None` for what no component of
    /// the contract stands for: the enum of a substitution group.
    pub(super) path: Option<String>,
    /// The name without settings.
    pub(super) name: String,
    /// Whether only an element is called that.
    is_element: bool,
    /// Whether it is a choice or group inside what the path names.
    pub(super) is_inner: bool,
}

/// What a selector names.
pub(super) enum Found {
    Nothing,
    /// A type, and the choices and groups directly inside it.
    Items(Vec<ItemId>),
    /// Names that tell them apart.
    Several(Vec<String>),
}

impl ContractPaths {
    /// `names` are those of the items without settings.
    pub(super) fn of(lowering: &Lowering<'_>, modules: &[Module], names: &[Ident]) -> Self {
        let mut paths = Self {
            entries: Vec::new(),
            by_path: BTreeMap::new(),
            by_name: BTreeMap::new(),
        };
        for (index, (draft, name)) in lowering.drafts.iter().zip(names).enumerate() {
            let id = ItemId(index);
            let (path, is_element) = contract_path(lowering, id);
            if let Some(path) = &path {
                paths.by_path.entry(path.clone()).or_default().push(id);
            }
            let by_name = paths.by_name.entry(name.plain().to_owned());
            by_name.or_default().push(id);
            paths.entries.push(ContractPath {
                namespace: modules[draft.module.0].namespace.clone(),
                path,
                name: name.plain().to_owned(),
                is_element,
                is_inner: is_inner(lowering, id),
            });
        }
        paths
    }

    pub(super) fn entry(&self, id: ItemId) -> &ContractPath {
        &self.entries[id.0]
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = (ItemId, &ContractPath)> {
        let entries = self.entries.iter().enumerate();
        entries.map(|(index, entry)| (ItemId(index), entry))
    }

    /// The items that a selector of a type names.
    pub(super) fn find(&self, selector: &Selector<'_>) -> Found {
        // An anonymous type of an attribute is called by the attribute.
        let path = selector.path.replace("/@", "/");
        let none = Vec::new();
        let is_meant = |id: &ItemId| selector.is_in(&self.entries[id.0].namespace);
        let by_path = self.by_path.get(&path).unwrap_or(&none);
        let mut items: Vec<ItemId> = by_path.iter().copied().filter(is_meant).collect();
        let is_element = |id: &ItemId| self.entries[id.0].is_element;
        if items.iter().any(|id| !is_element(id)) {
            items.retain(|id| !is_element(id));
        }
        if items.is_empty() {
            let by_name = self.by_name.get(&path).unwrap_or(&none);
            items.extend(by_name.iter().copied().filter(is_meant));
        }
        let owners = items.iter().filter(|id| !self.entries[id.0].is_inner);
        let owners: Vec<ItemId> = owners.copied().collect();
        match (items.as_slice(), owners.as_slice()) {
            ([], _) => Found::Nothing,
            (_, [_]) | ([_], _) => Found::Items(items),
            (all, several) => {
                let several = if several.is_empty() { all } else { several };
                Found::Several(self.told_apart(several, &path))
            }
        }
    }

    /// Names for items of one name: with the namespace, or their own.
    fn told_apart(&self, items: &[ItemId], path: &str) -> Vec<String> {
        let shown = items.iter().map(|id| {
            let entry = &self.entries[id.0];
            let namespace = &entry.namespace;
            let same = { items.iter() }.filter(|i| self.entries[i.0].namespace == *namespace);
            match same.count() {
                1 => format!("{{{namespace}}}{path}"),
                _ => format!("{{{namespace}}}{}", entry.name),
            }
        });
        shown.collect()
    }
}

/// Whether the item has no level of its own in the contract's paths.
fn is_inner(lowering: &Lowering<'_>, id: ItemId) -> bool {
    let draft = &lowering.drafts[id.0];
    let is_child = matches!(draft.origin, Origin::Child(..));
    is_child && draft.is_group || matches!(draft.origin, Origin::Item { .. })
}

/// The path, and whether it begins with an element.
pub(super) fn contract_path(lowering: &Lowering<'_>, id: ItemId) -> (Option<String>, bool) {
    let mut words: Vec<&str> = Vec::new();
    let mut next = id;
    loop {
        let (name, is_element) = match &lowering.drafts[next.0].origin {
            Origin::Child(parent, word) => {
                if !is_inner(lowering, next) {
                    words.push(word);
                }
                next = *parent;
                continue;
            }
            Origin::Type(name) | Origin::Item { wrapper: name, .. } => (name, false),
            Origin::Element(name) => (name, true),
            Origin::Base(_) | Origin::Group(_) | Origin::Message(_) => return (None, false),
        };
        words.push(name);
        words.reverse();
        return (Some(words.join("/")), is_element);
    }
}

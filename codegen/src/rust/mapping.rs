//! Types of the user's in the place of generated ones: `[map]`.

use std::collections::BTreeMap;

use super::contract_paths::contract_path;
use super::facets::{limits, white_space};
use super::lower::{Lowering, Origin, Owner, Place};
use super::model::{ItemId, ItemKind, JsonKind, Mapping, MappingId, Setting, Type};
use super::names::{self, Scope};
use super::simple::{Chain, End, Slot, is_string, json_kind};
use crate::contract::{
    Definition, ElementDeclaration, Id, QName, Scope as Declared, TypeDefinition,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::settings::{Map, Named, Selector, Settings};
use crate::settings::{ambiguous, contradiction};

/// The mappings of the settings, by what they are of.
#[derive(Debug, Default)]
pub(super) struct Maps<'a> {
    types: BTreeMap<Id<TypeDefinition>, usize>,
    /// By the last segment: owner, and the place in the settings.
    fields: BTreeMap<&'a str, Vec<(Selector<'a>, usize)>>,
    lowered: BTreeMap<usize, MappingId>,
    names: Scope,
}

impl Maps<'_> {
    /// Whether a type is mapped.
    pub(super) fn has(&self, id: Id<TypeDefinition>) -> bool {
        self.types.contains_key(&id)
    }
}

impl<'a> Lowering<'a> {
    /// Finds what the mappings are of.
    pub(super) fn bind_maps(&mut self) {
        let settings: &'a Settings = self.settings;
        if settings.maps.is_empty() {
            return;
        }
        let named = self.named_types();
        for (index, map) in settings.maps.iter().enumerate() {
            let Some(selector) = Selector::parse(&map.selector.text) else {
                continue;
            };
            if let Some((owner, key)) = selector.split_last() {
                let fields = self.maps.fields.entry(key).or_default();
                fields.push((owner, index));
                continue;
            }
            let found = named.get(selector.path).map_or(&[][..], Vec::as_slice);
            let found = found
                .iter()
                .filter(|(name, _)| selector.is_in(&name.namespace));
            let mut found: Vec<_> = found.collect();
            // `decimal` is a type of the contract; that of XML Schema is `xs:decimal`.
            if selector.namespace.is_none() {
                let is_own = |name: &QName| &*name.namespace != crate::contract::XML_SCHEMA;
                found.retain(|(name, _)| is_own(name));
            }
            match found.as_slice() {
                [] => {}
                [(_, id)] => {
                    if let Some(first) = self.maps.types.insert(*id, index) {
                        self.uses.map(first);
                        let first = settings.maps[first].selector.span;
                        let found = contradiction("map", "type", first, &map.selector);
                        self.warnings.push(found);
                    }
                }
                several => {
                    self.uses.map(index);
                    let names: Vec<String> =
                        several.iter().map(|(name, _)| name.to_string()).collect();
                    self.warnings.push(ambiguous("map", &map.selector, &names));
                }
            }
        }
    }

    /// The types by local name; an element of an anonymous type stands for that, unless a type has its
    /// name.
    fn named_types(&self) -> BTreeMap<&'a str, Vec<(&'a QName, Id<TypeDefinition>)>> {
        let contract = &self.resolved.contract;
        let mut named: BTreeMap<&str, Vec<(&QName, Id<TypeDefinition>)>> = BTreeMap::new();
        for (id, definition) in contract.types.iter() {
            if let Some(name) = &definition.name {
                named.entry(&name.local).or_default().push((name, id));
            }
        }
        for (_, element) in contract.elements.iter() {
            let id = element.type_definition;
            if element.scope == Declared::Global && contract.types[id].name.is_none() {
                let types = named.entry(&element.name.local).or_default();
                if !types.iter().any(|(name, _)| **name == element.name) {
                    types.push((&element.name, id));
                }
            }
        }
        named
    }

    /// Makes an item the alias of a type from elsewhere, if its type is mapped.
    pub(super) fn mapped_record(&mut self, item: ItemId, id: Id<TypeDefinition>) -> bool {
        let Some(&index) = self.maps.types.get(&id) else {
            return false;
        };
        let type_ = self.record_mapping(index);
        self.finish(item, ItemKind::Alias(type_));
        true
    }

    fn record_mapping(&mut self, index: usize) -> Type {
        let map = &self.settings.maps[index];
        if let Some(with) = &map.with {
            self.warnings.push(
                Diagnostic::error(
                    Code::InvalidSetting,
                    with.span,
                    format!(
                        "`{}` is a complex type, and `with` is for simple ones",
                        map.selector.text
                    ),
                )
                .help(
                    "leave `with` out: the type must be one that Castile generated, or implement \
                     `castile::wire::ComplexType`",
                ),
            );
        }
        let wire_name = last_word(map).to_owned();
        Type::Mapped(self.mapping(index, wire_name, JsonKind::String))
    }

    /// The mapping of a simple type: that of its own name, or of the nearest that it is derived from.
    pub(super) fn mapped_simple(&mut self, chain: &Chain<'_>) -> Option<Slot> {
        if self.maps.types.is_empty() || chain.refers {
            return None;
        }
        // What lists its values is another type than what it restricts.
        let own = chain
            .steps
            .iter()
            .position(|id| chain.enumerated == Some(*id));
        let steps = &chain.steps[..own.map_or(chain.steps.len(), |at| at + 1)];
        let index = steps.iter().find_map(|id| self.maps.types.get(id))?;
        Some(self.mapped_slot(*index, chain))
    }

    /// The mapping of a built-in type that is an item of a built-in list.
    pub(super) fn mapped_builtin(&mut self, id: Id<TypeDefinition>) -> Option<Type> {
        let index = *self.maps.types.get(&id)?;
        let chain = self.chain(id);
        Some(self.mapped_slot(index, &chain).type_)
    }

    fn mapped_slot(&mut self, index: usize, chain: &Chain<'_>) -> Slot {
        let builtin = match chain.end {
            End::Builtin(builtin) => Some(builtin),
            _ => None,
        };
        let json = builtin.map_or(JsonKind::String, json_kind);
        let is_string = builtin.is_some_and(is_string);
        let mut settings = Vec::new();
        if is_string {
            settings.extend(white_space(chain));
        } else if json == JsonKind::String {
            settings.push(Setting::Collapse);
        }
        settings.extend(limits(chain, is_string));
        let map = &self.settings.maps[index];
        let wire_name = { chain.steps.iter() }
            .find_map(|id| self.resolved.contract.types[*id].name.as_ref())
            .map_or_else(|| last_word(map).to_owned(), |name| name.local.to_string());
        let type_ = Type::Mapped(self.mapping(index, wire_name, json));
        Slot { type_, settings }
    }

    fn mapping(&mut self, index: usize, wire_name: String, json: JsonKind) -> MappingId {
        self.uses.map(index);
        if let Some(id) = self.maps.lowered.get(&index) {
            return *id;
        }
        let map = &self.settings.maps[index];
        let id = MappingId(self.krate.mappings.len());
        self.maps.lowered.insert(index, id);
        let selector = map.selector.text.rsplit('}').next().unwrap_or_default();
        let selector = selector.trim_start_matches("xs:");
        let name = format!("{}Mapping", names::camel(selector));
        self.krate.mappings.push(Mapping {
            name: self.maps.names.claim(&[name]),
            rust_type: map.rust_type.text.trim().to_owned(),
            with: map.with.as_ref().map(|with| with.text.trim().to_owned()),
            wire_name,
            json,
        });
        id
    }

    /// The mapping of a field of what `owner` stands in; `id` is the type that the contract has there.
    pub(super) fn mapped_field(
        &mut self,
        owner: Owner<'_>,
        key: &str,
        id: Id<TypeDefinition>,
    ) -> Option<Slot> {
        let Place::In(item) = owner.place else {
            return None;
        };
        let fields = self.maps.fields.get(key)?;
        let path = contract_path(self, item).0?;
        let namespace = self.modules.namespace(self.drafts[item.0].module);
        let names = self.inherited_names(item, namespace, path);
        let index = names.iter().find_map(|(namespace, path)| {
            let mut fields = fields.iter();
            let found = fields.find(|(owner, _)| owner.is_in(namespace) && owner.path == path);
            found.map(|(_, index)| *index)
        })?;
        Some(self.mapped_value(index, id))
    }

    /// The mapping of the item of a folded list, in what `owner` stands in.
    pub(super) fn mapped_item(
        &mut self,
        owner: Owner<'_>,
        wrapper: &ElementDeclaration,
        item: Id<ElementDeclaration>,
    ) -> Option<Slot> {
        let element = &self.resolved.contract.elements[item];
        let fields = self.maps.fields.get(&*element.name.local)?;
        let Place::In(parent) = owner.place else {
            return None;
        };
        let (namespace, path) = match &self.resolved.contract.types[wrapper.type_definition].name {
            Some(name) => (name.namespace.to_string(), name.local.to_string()),
            None => {
                let namespace = self.modules.namespace(self.drafts[parent.0].module);
                (
                    namespace,
                    format!("{}/{}", contract_path(self, parent).0?, wrapper.name.local),
                )
            }
        };
        let mut fields = fields.iter();
        let found = fields.find(|(owner, _)| owner.is_in(&namespace) && owner.path == path);
        let index = found.map(|(_, index)| *index)?;
        Some(self.mapped_value(index, element.type_definition))
    }

    fn mapped_value(&mut self, index: usize, id: Id<TypeDefinition>) -> Slot {
        if matches!(
            self.resolved.contract.types[id].definition,
            Definition::Simple(_)
        ) {
            let chain = self.chain(id);
            return self.mapped_slot(index, &chain);
        }
        Slot::of(self.record_mapping(index))
    }

    /// The path of an item and those of the types that its type is derived from.
    fn inherited_names(
        &self,
        item: ItemId,
        namespace: String,
        path: String,
    ) -> Vec<(String, String)> {
        let mut names = vec![(namespace, path)];
        if !matches!(self.drafts[item.0].origin, Origin::Type(_)) {
            return names;
        }
        let types = &self.resolved.contract.types;
        let own = { self.by_type.iter() }.find(|(_, of)| **of == item);
        let mut next = own.map(|(id, _)| *id);
        while let Some(id) = next {
            let Definition::Complex(complex) = &types[id].definition else {
                break;
            };
            next = { complex.derivation.as_ref() }
                .map(|derivation| derivation.base)
                .filter(|base| *base != id);
            if let Some(name) = next.and_then(|base| types[base].name.as_ref()) {
                names.push((name.namespace.to_string(), name.local.to_string()));
            }
        }
        names
    }

    /// Errors for the mappings that have not acted.
    pub(super) fn report_unused_maps(&mut self) {
        let settings = self.settings;
        let is_used = |id: &Id<TypeDefinition>| self.resolved.types.contains(id);
        let types = || {
            let all = self.resolved.contract.types.iter();
            let named = all.filter(|(id, _)| is_used(id));
            named
                .filter_map(|(_, definition)| definition.name.as_ref())
                .map(|name| match &*name.namespace {
                    crate::contract::XML_SCHEMA => format!("xs:{}", name.local),
                    _ => name.local.to_string(),
                })
                .collect()
        };
        let fields = || {
            let items = (0..self.drafts.len()).map(ItemId);
            let owned = items.filter_map(|id| Some((contract_path(self, id).0?, id)));
            owned
                .flat_map(|(owner, id)| {
                    let keys = self.member_keys(id, Named::Field);
                    keys.into_iter()
                        .map(move |(key, _)| format!("{owner}/{key}"))
                })
                .collect()
        };
        let known = |is_field| if is_field { fields() } else { types() };
        let unused = self.uses.unused_maps(settings, known);
        self.warnings.extend(unused);
    }
}

/// The last segment of a selector.
fn last_word(map: &Map) -> &str {
    let text = map.selector.text.as_str();
    text.rsplit(['/', '}']).next().unwrap_or(text)
}

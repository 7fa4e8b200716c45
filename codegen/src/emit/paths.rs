//! How a file refers to what it does not define: by one `use` list, and in full where a name is
//! taken.

use std::cell::{Cell, RefCell};
use std::collections::{BTreeMap, HashMap, HashSet};

use proc_macro2::{Ident, Span, TokenStream};
use quote::quote;

use super::plain::push_type;
use super::text::{Text, literal, parsed};
use crate::rust::{self, Crate, ItemId, ItemKind, MappingId, ModuleId, Type};

/// Which file of a module it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// `mod.rs`.
    Module,
    /// `types.rs`.
    Types,
    /// `operations.rs`.
    Operations,
    /// `wire.rs`.
    Wire,
    /// `fault_code.rs`.
    FaultCode,
    /// `mapping.rs`.
    Mapping,
}

/// The names that a file uses.
pub(super) struct Paths<'a> {
    krate: &'a Crate,
    module: Option<ModuleId>,
    place: Place,
    /// Names that the file defines, or sees by `use types::*`.
    local: HashSet<&'a str>,
    /// Name to path.
    uses: RefCell<HashMap<String, Vec<String>>>,
    uses_namespace: Cell<bool>,
}

impl<'a> Paths<'a> {
    pub(super) fn new(krate: &'a Crate, id: ModuleId, place: Place) -> Self {
        let module = krate.module(id);
        let mut local = HashSet::new();
        if place == Place::Operations {
            for client in &module.clients {
                local.extend(client.operations.iter().map(|o| o.marker.plain()));
            }
        } else {
            local.extend(
                module
                    .items
                    .iter()
                    .map(|&item| krate.item(item).name.plain()),
            );
        }
        if place == Place::Module {
            local.extend(module.clients.iter().map(|client| client.name.plain()));
            if module.name.is_none() {
                local.extend(krate.catalogues.iter().map(|c| c.name.plain()));
            }
        }
        Self {
            krate,
            module: Some(id),
            place,
            local,
            uses: RefCell::default(),
            uses_namespace: Cell::new(false),
        }
    }

    /// For `fault_code.rs`.
    pub(super) fn of_catalogues(krate: &'a Crate) -> Self {
        Self {
            krate,
            module: None,
            place: Place::FaultCode,
            local: krate.catalogues.iter().map(|c| c.name.plain()).collect(),
            uses: RefCell::default(),
            uses_namespace: Cell::new(false),
        }
    }

    /// For `mapping.rs`.
    pub(super) fn of_mappings(krate: &'a Crate) -> Self {
        Self {
            krate,
            module: None,
            place: Place::Mapping,
            local: krate.mappings.iter().map(|m| m.name.plain()).collect(),
            uses: RefCell::default(),
            uses_namespace: Cell::new(false),
        }
    }

    fn import<S: AsRef<str>>(&self, path: &[S]) -> Text {
        let name = path.last().map(AsRef::as_ref).unwrap_or_default();
        let is_free = !self.local.contains(name) && {
            let mut uses = self.uses.borrow_mut();
            let path = path.iter().map(AsRef::as_ref);
            match uses.get(name) {
                Some(known) => known.iter().map(String::as_str).eq(path),
                None => {
                    uses.insert(name.to_owned(), path.map(str::to_owned).collect());
                    true
                }
            }
        };
        if is_free {
            Text::new(name)
        } else {
            let path: Vec<&str> = path.iter().map(AsRef::as_ref).collect();
            Text::new(path.join("::"))
        }
    }

    /// `castile::name`.
    pub(super) fn runtime(&self, name: &str) -> Text {
        self.import(&["castile", name])
    }

    /// `castile::wire::name`.
    pub(super) fn wire(&self, name: &str) -> Text {
        self.import(&["castile", "wire", name])
    }

    /// Whether a generated type is a struct of its own.
    pub(super) fn is_record(&self, id: ItemId) -> bool {
        matches!(self.krate.item(id).kind, ItemKind::Record(_))
    }

    /// A generated type.
    pub(super) fn item(&self, id: ItemId) -> Text {
        let item = self.krate.item(id);
        if Some(item.module) != self.module {
            let mut path = self.root();
            if let Some(module) = &self.krate.module(item.module).name {
                path.push(module.to_string());
            }
            path.push(item.name.to_string());
            return self.import(&path);
        }
        match self.place {
            Place::Types | Place::Module | Place::FaultCode | Place::Mapping => {
                Text::new(item.name.as_str())
            }
            Place::Wire => self.own(item),
            Place::Operations => self.import(&["super", item.name.as_str()]),
        }
    }

    /// A type of this module, in the file that implements something for it.
    pub(super) fn own(&self, item: &rust::Item) -> Text {
        let plain = item.name.plain();
        if self.place == Place::Wire && !self.uses.borrow().contains_key(plain) {
            let path = ["super", "types", item.name.as_str()].map(str::to_owned);
            let mut uses = self.uses.borrow_mut();
            uses.insert(plain.to_owned(), path.to_vec());
        }
        Text::new(item.name.as_str())
    }

    /// The enum of a catalogue.
    pub(super) fn catalogue(&self, index: usize) -> Text {
        let Some(catalogue) = self.krate.catalogues.get(index) else {
            return self.runtime("Code");
        };
        let mut path = self.root();
        if path.is_empty() {
            return Text::new(catalogue.name.as_str());
        }
        path.push(catalogue.name.to_string());
        self.import(&path)
    }

    /// Whether there is a schema.
    pub(super) fn has_schema(&self) -> bool {
        self.krate.schema.is_some()
    }

    /// The text of the schema.
    pub(super) fn schema(&self) -> Text {
        let mut path = self.root();
        path.extend(["schema_text", "SCHEMA"].map(str::to_owned));
        self.import(&path)
    }

    /// The path to the root of the tree.
    fn root(&self) -> Vec<String> {
        let named = self
            .module
            .is_some_and(|module| self.krate.module(module).name.is_some());
        let below = usize::from(self.place != Place::Module) + usize::from(named);
        vec!["super".to_owned(); below]
    }

    /// A namespace: the module's constant, or a literal.
    pub(super) fn namespace(&self, namespace: &str) -> Text {
        let is_own = self
            .module
            .is_some_and(|module| self.krate.module(module).namespace == namespace);
        if !is_own || namespace.is_empty() {
            return Text::new(literal(namespace));
        }
        self.uses_namespace.set(true);
        if self.place == Place::Module {
            Text::new("NAMESPACE")
        } else {
            self.import(&["super", "NAMESPACE"])
        }
    }

    pub(super) fn uses_namespace(&self) -> bool {
        self.uses_namespace.get()
    }

    pub(super) fn type_(&self, type_: &Type) -> Text {
        match type_ {
            Type::Unit => Text::new("()"),
            Type::Std(name) => Text::new(*name),
            Type::Runtime(name) => self.runtime(name),
            Type::Item(id) => self.item(*id),
            Type::Mapped(id) => self.mapped(*id),
            Type::Option(inner) => self.type_(inner).inside("Option"),
            Type::Nillable(inner) => {
                let nillable = self.runtime("Nillable");
                self.type_(inner).inside(nillable.as_str())
            }
            Type::Vec(inner) => self.type_(inner).inside("Vec"),
            Type::List(inner) => {
                let list = self.runtime("List");
                self.type_(inner).inside(list.as_str())
            }
            Type::Boxed(inner) => self.type_(inner).inside("Box"),
        }
    }

    /// A type from elsewhere: by its name where the path is plain, else as it is written.
    fn mapped(&self, id: MappingId) -> Text {
        let text = &self.krate.mapping(id).rust_type;
        let is_plain = text.contains("::") && !text.contains(['<', ' ']) && !text.starts_with(':');
        if is_plain {
            self.import(&text.split("::").collect::<Vec<_>>())
        } else {
            let mut spaced = String::new();
            match push_type(&written(text), &mut spaced) {
                Some(()) => Text::new(spaced),
                None => Text::new(text),
            }
        }
    }

    /// The type with mappings in the place of what they map; `None` if its values read and write
    /// themselves.
    pub(super) fn mapping(&self, type_: &Type) -> Option<Text> {
        self.with_mappings(type_, &|marker| marker)
    }

    /// The type of a value that must read and write itself.
    pub(super) fn value_type(&self, type_: &Type) -> Text {
        let wrapped = self.with_mappings(type_, &|marker| {
            let with = self.import(&["castile", "with", "With"]);
            marker.inside(with.as_str())
        });
        wrapped.unwrap_or_else(|| self.type_(type_))
    }

    fn with_mappings(&self, type_: &Type, leaf: &dyn Fn(Text) -> Text) -> Option<Text> {
        let inside = |inner: &Type| self.with_mappings(inner, leaf);
        match type_ {
            Type::Mapped(id) => {
                let mapping = self.krate.mapping(*id);
                mapping.with.as_ref()?;
                let mut path = self.root();
                path.push("mapping".to_owned());
                path.push(mapping.name.to_string());
                Some(leaf(self.import(&path)))
            }
            Type::Item(id) => match &self.krate.item(*id).kind {
                ItemKind::Alias(aliased) => inside(aliased),
                _ => None,
            },
            Type::Option(inner) => inside(inner).map(|inner| inner.inside("Option")),
            Type::Vec(inner) => inside(inner).map(|inner| inner.inside("Vec")),
            Type::Nillable(inner) => inside(inner).map(|inner| {
                let nillable = self.runtime("Nillable");
                inner.inside(nillable.as_str())
            }),
            Type::List(inner) => inside(inner).map(|inner| {
                let list = self.runtime("List");
                inner.inside(list.as_str())
            }),
            Type::Boxed(_) | Type::Unit | Type::Std(_) | Type::Runtime(_) => None,
        }
    }

    /// The `use`s, sorted by path.
    pub(super) fn finish(self) -> Vec<TokenStream> {
        let mut by_parent: BTreeMap<Vec<String>, Vec<TokenStream>> = BTreeMap::new();
        let mut entries: Vec<Vec<String>> = self.uses.into_inner().into_values().collect();
        entries.sort();
        for mut path in entries {
            let Some(name) = path.pop() else { continue };
            let name = segment(&name);
            by_parent.entry(path).or_default().push(quote! { #name });
        }
        by_parent
            .into_iter()
            .map(|(parent, names)| {
                let parent = parsed(&parent.join("::"));
                match names.as_slice() {
                    [only] => quote! { use #parent::#only; },
                    _ => quote! { use #parent::{#(#names),*}; },
                }
            })
            .collect()
    }
}

/// A path or type as settings write it, which have been held against the grammar.
pub(super) fn written(text: &str) -> TokenStream {
    text.parse().unwrap_or_default()
}

fn segment(name: &str) -> Ident {
    match name.strip_prefix("r#") {
        Some(raw) => Ident::new_raw(raw, Span::call_site()),
        None => Ident::new(name, Span::call_site()),
    }
}

/// A lowered identifier as a token.
pub(super) fn ident(name: &rust::Ident) -> Ident {
    segment(name.as_str())
}

//! What is generated, in Rust words: every name chosen, every type spelt out, every box placed.
//! Emitting adds tokens and files, no decision.

mod client;
mod encoding;
mod failure;
mod record;

pub use client::*;
pub use encoding::*;
pub use failure::*;
pub use record::*;

use std::collections::BTreeMap;

use super::docs::Docs;
use super::names::Ident;
use crate::contract::{ElementDeclaration, Id, TypeDefinition};
use crate::diagnostic::Diagnostic;

/// A tree of modules.
#[derive(Clone, Debug, Default)]
pub struct Crate {
    /// The modules; [`Crate::module_ids`] has their order. A module without a name is the root itself.
    pub modules: Vec<Module>,
    /// The types of all modules; [`ItemId`] is the place in this list.
    pub items: Vec<Item>,
    /// Open enumerations of fault codes, shared by the whole tree; they stand at its root.
    pub catalogues: Vec<Catalogue>,
    /// The types from elsewhere; [`MappingId`] is the place in this list.
    pub mappings: Vec<Mapping>,
    /// The global elements that documents may begin with and their types, where no service says
    /// which messages there are, or all declarations were asked for.
    pub roots: Vec<(QualifiedName, Type)>,
    /// What values and documents are held against, where validation is asked for.
    pub schema: Option<SchemaModel>,
}

/// A schema as text, and what of it the items are.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SchemaModel {
    /// The components.
    pub text: String,
    /// What an item is held against.
    pub components: BTreeMap<ItemId, Component>,
}

/// A component of a schema.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Component {
    /// A global element.
    Element(QualifiedName),
    /// A type; one without a name by its label, in no namespace.
    Type(QualifiedName),
}

/// What an item was lowered from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Declaration {
    /// An element whose type is no record.
    Element(Id<ElementDeclaration>),
    /// A type.
    Type(Id<TypeDefinition>),
}

/// What lowering makes of a contract.
#[derive(Clone, Debug, Default)]
pub struct Lowered {
    /// What is generated.
    pub krate: Crate,
    /// What records and polymorphic enums were lowered from.
    pub declarations: Vec<(ItemId, Declaration)>,
    /// Warnings: what could not be said in Rust, and what was said instead.
    pub diagnostics: Vec<Diagnostic>,
}

/// The place of an item in [`Crate::items`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ItemId(pub(in crate::rust) usize);

/// The place of a module in [`Crate::modules`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ModuleId(pub(in crate::rust) usize);

/// The place of a mapping in [`Crate::mappings`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct MappingId(pub(in crate::rust) usize);

/// A type from elsewhere in the place of a generated one.
#[derive(Clone, Debug)]
pub struct Mapping {
    /// The name of the type that says how values are read and written, if `with` is set.
    pub name: Ident,
    /// The type, as the settings write it.
    pub rust_type: String,
    /// The path of the module that reads and writes values; `None` if they do that themselves.
    pub with: Option<String>,
    /// The name of the contract's type, for messages.
    pub wire_name: String,
    /// How values stand in JSON.
    pub json: JsonKind,
}

impl Crate {
    /// The mapping at this place.
    #[must_use]
    pub fn mapping(&self, id: MappingId) -> &Mapping {
        &self.mappings[id.0]
    }

    /// The item at this place.
    #[must_use]
    pub fn item(&self, id: ItemId) -> &Item {
        &self.items[id.0]
    }

    /// The places of the modules, sorted by name.
    pub fn module_ids(&self) -> impl Iterator<Item = ModuleId> + use<> {
        let mut ids: Vec<ModuleId> = (0..self.modules.len()).map(ModuleId).collect();
        ids.sort_by_key(|id| self.modules[id.0].name.clone());
        ids.into_iter()
    }

    /// The module at this place.
    #[must_use]
    pub fn module(&self, id: ModuleId) -> &Module {
        &self.modules[id.0]
    }

    /// The path of an item from the root of the tree.
    #[must_use]
    pub fn item_path(&self, id: ItemId) -> String {
        let item = self.item(id);
        self.path_in(item.module, item.name.as_str())
    }

    /// A path in a module, from the root of the tree.
    #[must_use]
    pub fn path_in(&self, id: ModuleId, path: &str) -> String {
        match &self.module(id).name {
            Some(module) => format!("{}::{path}", module.as_str()),
            None => path.to_owned(),
        }
    }
}

/// The types and clients of one namespace.
#[derive(Clone, Debug)]
pub struct Module {
    /// The name; `None` for what stands at the root of the tree.
    pub name: Option<Ident>,
    /// The namespace.
    pub namespace: String,
    /// Documentation.
    pub docs: Docs,
    /// The types, in the order of `types.rs`.
    pub items: Vec<ItemId>,
    /// The clients.
    pub clients: Vec<Client>,
    /// The types of their SOAP-encoded messages, sorted by name.
    pub encoding: Vec<EncodedType>,
}

/// A type of `types.rs`.
#[derive(Clone, Debug)]
pub struct Item {
    /// Where it stands.
    pub module: ModuleId,
    /// The name.
    pub name: Ident,
    /// Documentation.
    pub docs: Docs,
    /// Why it should not be used any more.
    pub deprecated: Option<String>,
    /// What it is.
    pub kind: ItemKind,
}

/// What an [`Item`] is.
#[derive(Clone, Debug)]
pub enum ItemKind {
    /// A struct.
    Record(Record),
    /// An enum of alternatives.
    Choice(Choice),
    /// An enum of the types that an element may have.
    Polymorphic(Polymorphic),
    /// An open enum of texts.
    Enumeration(Enumeration),
    /// An alias of a simple type.
    Alias(Type),
    /// The typed failures of an operation.
    Faults(Faults),
}

/// A type, as a field has it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Type {
    /// `()`.
    Unit,
    /// `bool`, `i32`, `String`: a name that is always in scope.
    Std(&'static str),
    /// `castile::X`.
    Runtime(&'static str),
    /// A generated type.
    Item(ItemId),
    /// A type from elsewhere.
    Mapped(MappingId),
    /// `Option<T>`.
    Option(Box<Type>),
    /// `castile::Nillable<T>`.
    Nillable(Box<Type>),
    /// `Vec<T>`.
    Vec(Box<Type>),
    /// `castile::List<T>`.
    List(Box<Type>),
    /// `Box<T>`.
    Boxed(Box<Type>),
}

impl Type {
    /// `Option<self>`.
    #[must_use]
    pub fn option(self) -> Self {
        Self::Option(Box::new(self))
    }

    /// `Nillable<self>`.
    #[must_use]
    pub fn nillable(self) -> Self {
        Self::Nillable(Box::new(self))
    }

    /// `Vec<self>`.
    #[must_use]
    pub fn vec(self) -> Self {
        Self::Vec(Box::new(self))
    }

    /// `Box<self>`.
    #[must_use]
    pub fn boxed(self) -> Self {
        Self::Boxed(Box::new(self))
    }
}

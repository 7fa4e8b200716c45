//! From Rust words to Rust files. No name is chosen here and no box placed: what a contract says
//! reaches a file as a name that lowering made, a literal, or a line of documentation without odd
//! characters, and as nothing else. What is laid out here is laid out as the printer does it; the rest
//! goes through the printer as tokens.
//!
//! The unit is the module tree ([`emit`]): `mod.rs` and, per module, `mod.rs`, `types.rs`,
//! `operations.rs` and `wire.rs`. [`crate_tree`] makes a crate of it.
//!
//! Files come as `prettyplease` prints them. Its taste is not that of `rustfmt`: let the `mod` of a
//! tree carry `#[rustfmt::skip]`, which goes for everything below it.

mod choice;
mod client;
mod declaration;
mod encoding;
mod enumeration;
mod example;
mod failure;
mod file;
mod manifest;
mod mapping;
mod operation;
mod paths;
mod plain;
mod polymorphic;
mod record;
mod schema;
mod stream;
mod table;
mod text;
mod wire;

pub use manifest::{Runtime, crate_tree};

use file::SourceFile;
use paths::{Paths, Place};
use quote::quote;

use crate::output::Tree;
use crate::rust::{Client, Crate, Docs, ItemKind, Module, ModuleId};

/// What stands at the head of every file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Options {
    /// The command that generates it: `castile generate`.
    pub command: String,
    /// What it is generated from, relative to the root of the project; empty if that is not said.
    pub origin: String,
    /// The dependencies of a crate beside the runtime: name, and what stands behind `=`.
    pub dependencies: Vec<(String, String)>,
}

/// The files of a module tree.
#[must_use]
pub fn emit(krate: &Crate, options: &Options) -> Tree {
    let mut tree = Tree::new();
    let root = root_file(krate, options, &mut tree);
    root.finish("mod.rs", options, &mut tree);
    tree
}

/// The tests of the sample messages of a tree, as one file; `None` if it has none. `path` is the path
/// of the tree as the tests see it: `castile_clients::collector`.
#[must_use]
pub fn example_tests(krate: &Crate, options: &Options, path: &str) -> Option<String> {
    example::emit(krate, options, path)
}

/// The root of a tree; the files below it are added to `tree`.
fn root_file(krate: &Crate, options: &Options, tree: &mut Tree) -> SourceFile {
    let is_old = has_deprecated(krate);
    let mut root = SourceFile::default();
    for id in krate.module_ids() {
        let module = krate.module(id);
        match &module.name {
            Some(name) => {
                let folder = format!("{}/", name.plain());
                let file = module_file(krate, id, is_old, &folder, options, tree);
                file.finish(format!("{folder}mod.rs"), options, tree);
                let name = paths::ident(name);
                root.modules.push(quote! { pub mod #name; });
            }
            None => root = module_file(krate, id, is_old, "", options, tree),
        }
    }
    if root.docs.is_empty() {
        root.docs.push("One module per namespace.".to_owned());
    }
    if let Some(file) = mapping::file(krate) {
        file.finish("mapping.rs", options, tree);
        root.modules.push(quote! { pub mod mapping; });
    }
    if let Some(schema) = &krate.schema {
        tree.insert("schema_text.rs", schema::file(schema, options));
        root.modules.push(quote! { mod schema_text; });
    }
    if !krate.catalogues.is_empty() {
        failure::catalogues(krate).finish("fault_code.rs", options, tree);
        let names = krate
            .catalogues
            .iter()
            .map(|catalogue| paths::ident(&catalogue.name));
        root.modules.insert(0, quote! { mod fault_code; });
        root.exports
            .insert(0, quote! { pub use fault_code::{#(#names),*}; });
    }
    root
}

/// The file of a module itself; those below it are added to `tree`.
fn module_file(
    krate: &Crate,
    id: ModuleId,
    is_old: bool,
    folder: &str,
    options: &Options,
    tree: &mut Tree,
) -> SourceFile {
    let module = krate.module(id);
    let mut root = SourceFile {
        docs: module.docs.clone(),
        ..SourceFile::default()
    };
    let paths = Paths::new(krate, id, Place::Module);
    let mut uses_namespace = false;
    if !module.items.is_empty() {
        let types = types_file(krate, id, is_old);
        types.finish(format!("{folder}types.rs"), options, tree);
        root.modules.push(quote! { mod types; });
        root.exports.push(quote! { pub use types::*; });
        let (wire, has_impls) = wire_file(krate, id, is_old, &mut uses_namespace);
        if has_impls {
            wire.finish(format!("{folder}wire.rs"), options, tree);
            root.modules.push(quote! { mod wire; });
        }
    }
    if module
        .clients
        .iter()
        .any(|client| !client.operations.is_empty())
    {
        let operations = operations_file(krate, id, is_old, &mut uses_namespace);
        operations.finish(format!("{folder}operations.rs"), options, tree);
        root.modules.insert(0, quote! { pub mod operations; });
    }
    for client in &module.clients {
        root.items.extend(client::emit(client, &paths));
    }
    uses_namespace |= paths.uses_namespace();
    if uses_namespace {
        let namespace = &module.namespace;
        let constant = quote! {
            /// The namespace of the names in this module.
            const NAMESPACE: &str = #namespace;
        };
        root.items.insert(0, file::print_item(constant));
    }
    root.uses = paths.finish();
    root.allows = allows(is_old, module);
    root
}

fn types_file(krate: &Crate, id: ModuleId, is_old: bool) -> SourceFile {
    let module = krate.module(id);
    let paths = Paths::new(krate, id, Place::Types);
    let mut file = SourceFile {
        docs: vec!["Requests, responses and what they are made of.".to_owned()],
        ..SourceFile::default()
    };
    let mut long_arguments = false;
    for &item_id in &module.items {
        let item = krate.item(item_id);
        match &item.kind {
            ItemKind::Record(record) => {
                long_arguments |= record::argument_count(record) > 7;
                file.items.extend(record::emit(item, record, &paths));
            }
            ItemKind::Choice(choice) => file.items.push(choice::emit(item, choice, &paths)),
            ItemKind::Polymorphic(polymorphic) => {
                file.items
                    .push(polymorphic::emit(item, polymorphic, &paths));
            }
            ItemKind::Enumeration(enumeration) => {
                file.items.push(enumeration::emit(item, enumeration));
            }
            ItemKind::Alias(type_) => {
                file.items
                    .push(file::print_item(record::alias(item, type_, &paths)));
            }
            ItemKind::Faults(faults) => file.items.push(choice::emit_faults(item, faults, &paths)),
        }
    }
    file.uses = paths.finish();
    file.allows = allows(is_old, module);
    if module
        .items
        .iter()
        .any(|&item| choice::holds_records(krate, item))
    {
        file.allows.push("clippy::large_enum_variant");
    }
    if module
        .items
        .iter()
        .any(|&id| has_bare(&krate.item(id).kind))
    {
        file.allows.push("missing_docs");
    }
    if long_arguments {
        file.allows.push("clippy::too_many_arguments");
    }
    file
}

/// Whether it has fields or variants whose name says all.
fn has_bare(kind: &ItemKind) -> bool {
    let is_bare = |docs: &Docs| docs.is_empty();
    match kind {
        ItemKind::Record(record) => record.fields.iter().any(|field| is_bare(&field.docs)),
        ItemKind::Choice(choice) => choice.variants.iter().any(|v| is_bare(&v.docs)),
        ItemKind::Polymorphic(enum_) => enum_.types.iter().any(|type_| is_bare(&type_.docs)),
        ItemKind::Enumeration(enum_) => enum_.values.iter().any(|value| is_bare(&value.docs)),
        ItemKind::Faults(faults) => faults.variants.iter().any(|v| is_bare(&v.docs)),
        ItemKind::Alias(_) => false,
    }
}

fn wire_file(
    krate: &Crate,
    id: ModuleId,
    is_old: bool,
    uses_namespace: &mut bool,
) -> (SourceFile, bool) {
    let module = krate.module(id);
    let paths = Paths::new(krate, id, Place::Wire);
    let mut file = SourceFile {
        docs: vec!["How the types are read, written, shown and compared.".to_owned()],
        ..SourceFile::default()
    };
    for &item_id in &module.items {
        file.items.extend(wire::emit(krate.item(item_id), &paths));
    }
    file.items.extend(schema::components(krate, module, &paths));
    *uses_namespace |= paths.uses_namespace();
    file.uses = paths.finish();
    file.allows = allows(is_old, module);
    let has_impls = !file.items.is_empty();
    (file, has_impls)
}

fn operations_file(
    krate: &Crate,
    id: ModuleId,
    is_old: bool,
    uses_namespace: &mut bool,
) -> SourceFile {
    let module = krate.module(id);
    let paths = Paths::new(krate, id, Place::Operations);
    let mut file = SourceFile {
        docs: vec!["How the operations are bound to the wire: a marker type each.".to_owned()],
        ..SourceFile::default()
    };
    if module.clients.iter().any(is_encoded) {
        let encoding = encoding::emit(&module.encoding, &paths);
        file.items.push(file::print_item(encoding));
    }
    for client in &module.clients {
        for operation in &client.operations {
            file.items
                .extend(operation::emit(client, operation, &paths));
        }
    }
    *uses_namespace |= paths.uses_namespace();
    file.uses = paths.finish();
    file.allows = allows(is_old, module);
    file
}

fn is_encoded(client: &Client) -> bool {
    let mut operations = client.operations.iter();
    operations.any(|operation| operation.encoded.is_some())
}

/// Whether a type, a field or a value is deprecated.
fn has_deprecated(krate: &Crate) -> bool {
    krate.items.iter().any(|item| {
        item.deprecated.is_some()
            || match &item.kind {
                ItemKind::Record(record) => {
                    record.fields.iter().any(|field| field.deprecated.is_some())
                }
                ItemKind::Enumeration(enumeration) => {
                    let mut values = enumeration.values.iter();
                    values.any(|value| value.deprecated.is_some())
                }
                _ => false,
            }
    })
}

/// What is deprecated is used by the code that reads and writes it; `is_old` if a type has some of it.
fn allows(is_old: bool, module: &Module) -> Vec<&'static str> {
    let mut operations = { module.clients.iter() }.flat_map(|client| &client.operations);
    if is_old || operations.any(|operation| operation.deprecated.is_some()) {
        vec!["deprecated"]
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests;

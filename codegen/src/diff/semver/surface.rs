//! What a caller of generated code can name: a flat list, path by path, of the lowered model.

use std::collections::BTreeMap;

use crate::rust::{
    Argument, Choice, Client, Crate, Credentials, Docs, Entry, EntryKind, Enumeration,
    EnumerationValue, Faults, Field, Ident, Item, ItemId, ItemKind, Module, ModuleId, Operation,
    Polymorphic, Protocol, QualifiedName, Record, Setter, Setting, Type, Variant,
};

/// What can be named.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Role {
    /// A struct with public fields.
    Struct,
    /// A field of one.
    Field,
    /// An enum; `true` if callers must expect more variants.
    Enum(bool),
    /// A variant of one.
    Variant(bool),
    /// A name for another type.
    Alias,
    /// A client, or the marker of an operation.
    Type,
    /// A method or function.
    Function,
    /// A constant.
    Constant,
    /// What a marker names.
    Associated,
    /// A trait that a type implements.
    Trait,
}

/// Something that can be named.
#[derive(Clone, Debug)]
pub(super) struct Named {
    pub(super) role: Role,
    /// What its use must agree with: a type, arguments.
    pub(super) signature: String,
    /// What it does beside: how it is read and written, a value.
    pub(super) behaviour: String,
    pub(super) docs: Docs,
    pub(super) deprecated: Option<String>,
    /// What it belongs to, where that can be named, too.
    pub(super) parent: Option<String>,
    /// The item that it is, or is a part of.
    pub(super) item: Option<ItemId>,
    /// The element, or with `@` the attribute, that it stands for.
    pub(super) wire_name: Option<String>,
    /// The client and the operation that it belongs to.
    pub(super) operation: Option<(String, String)>,
    /// The service client that it belongs to.
    pub(super) client: Option<String>,
}

impl Named {
    fn new(role: Role, signature: impl Into<String>) -> Self {
        Self {
            role,
            signature: signature.into(),
            behaviour: String::new(),
            docs: Docs::new(),
            deprecated: None,
            parent: None,
            item: None,
            wire_name: None,
            operation: None,
            client: None,
        }
    }
}

/// Everything that can be named, by its path from the root of the tree.
pub(super) fn surface(krate: &Crate) -> BTreeMap<String, Named> {
    let mut surface = Surface {
        krate,
        named: BTreeMap::new(),
    };
    for id in krate.module_ids() {
        let module = krate.module(id);
        for item in &module.items {
            surface.item(*item, krate.item(*item));
        }
        for client in &module.clients {
            surface.client(id, module, client);
        }
    }
    for catalogue in &krate.catalogues {
        let path = catalogue.name.to_string();
        let mut named = Named::new(Role::Enum(true), "");
        named.docs.clone_from(&catalogue.docs);
        surface.put(&path, named);
        surface.values(&path, &catalogue.codes, &catalogue.other, None);
    }
    for mapping in &krate.mappings {
        if mapping.with.is_some() {
            let path = format!("mapping::{}", mapping.name);
            let mut named = Named::new(Role::Type, "");
            named.behaviour = format!(
                "{} {:?} {:?}",
                mapping.rust_type, mapping.with, mapping.json
            );
            surface.put(&path, named);
        }
    }
    surface.named
}

struct Surface<'a> {
    krate: &'a Crate,
    named: BTreeMap<String, Named>,
}

impl Surface<'_> {
    fn put(&mut self, path: &str, named: Named) {
        self.named.insert(path.to_owned(), named);
    }

    /// A type as callers must agree with it: aliases are the types that they stand for.
    fn type_(&self, type_: &Type) -> String {
        let inner = |name: &str, inner: &Type| format!("{name}<{}>", self.type_(inner));
        match type_ {
            Type::Unit => "()".to_owned(),
            Type::Std(name) => (*name).to_owned(),
            Type::Runtime(name) => format!("castile::{name}"),
            Type::Item(id) => match &self.krate.item(*id).kind {
                ItemKind::Alias(meant) => self.type_(meant),
                _ => self.krate.item_path(*id),
            },
            Type::Mapped(id) => self.krate.mapping(*id).rust_type.clone(),
            Type::Option(type_) => inner("Option", type_),
            Type::Nillable(type_) => inner("castile::Nillable", type_),
            Type::Vec(type_) => inner("Vec", type_),
            Type::List(type_) => inner("castile::List", type_),
            Type::Boxed(type_) => inner("Box", type_),
        }
    }

    fn argument(&self, name: &Ident, argument: &Argument) -> String {
        match argument {
            Argument::Into(type_) => format!("{name}: impl Into<{}>", self.type_(type_)),
            Argument::Plain(type_) | Argument::Some(type_) | Argument::Boxed(type_) => {
                format!("{name}: {}", self.type_(type_))
            }
        }
    }

    fn item(&mut self, id: ItemId, item: &Item) {
        let path = self.krate.item_path(id);
        let (role, signature, behaviour) = match &item.kind {
            ItemKind::Record(record) => (
                Role::Struct,
                String::new(),
                format!("{} {} {:?}", record.namespace, record.mixed, record.rules),
            ),
            ItemKind::Choice(_) => (Role::Enum(false), String::new(), String::new()),
            ItemKind::Polymorphic(polymorphic) => (
                Role::Enum(true),
                String::new(),
                format!("{} {}", polymorphic.is_abstract, polymorphic.keeps_nil),
            ),
            ItemKind::Enumeration(enumeration) => (
                Role::Enum(true),
                String::new(),
                format!("{:?}", enumeration.json),
            ),
            ItemKind::Alias(meant) => (Role::Alias, self.type_(meant), String::new()),
            ItemKind::Faults(_) => (Role::Enum(true), String::new(), String::new()),
        };
        let mut named = Named::new(role, signature);
        named.behaviour = behaviour;
        named.docs.clone_from(&item.docs);
        named.deprecated.clone_from(&item.deprecated);
        named.item = Some(id);
        self.put(&path, named);
        match &item.kind {
            ItemKind::Record(record) => self.record(&path, id, record),
            ItemKind::Choice(Choice { variants }) => self.variants(&path, id, variants, false),
            ItemKind::Faults(Faults { variants, failures }) => {
                self.variants(&path, id, variants, true);
                let failures = format!("{failures:?}");
                if let Some(named) = self.named.get_mut(&path) {
                    named.behaviour = failures;
                }
            }
            ItemKind::Polymorphic(polymorphic) => self.polymorphic(&path, id, polymorphic),
            ItemKind::Enumeration(Enumeration { values, other, .. }) => {
                self.values(&path, values, other, Some(id));
            }
            ItemKind::Alias(_) => {}
        }
    }

    fn record(&mut self, path: &str, id: ItemId, record: &Record) {
        let mut arguments = Vec::new();
        for field in &record.fields {
            let mut named = Named::new(Role::Field, self.type_(&field.type_));
            named.behaviour = self.entry(&field.entry, field.initial.as_deref());
            named.docs.clone_from(&field.docs);
            named.deprecated.clone_from(&field.deprecated);
            named.parent = Some(path.to_owned());
            named.item = Some(id);
            named.wire_name = wire_name(field);
            self.put(&format!("{path}::{}", field.name), named);
            if let Some(argument) = &field.argument {
                arguments.push(self.argument(&field.name, argument));
            }
        }
        if record.constructor && !arguments.is_empty() {
            let mut named = Named::new(Role::Function, format!("({})", arguments.join(", ")));
            named.parent = Some(path.to_owned());
            named.item = Some(id);
            self.put(&format!("{path}::new()"), named);
        }
        if let Some(failure) = &record.failure {
            let mut named = Named::new(Role::Trait, "");
            let entry = failure.entry.as_ref().map(|entry| self.entry(entry, None));
            named.behaviour = format!("{entry:?} {:?}", failure.rejection);
            named.parent = Some(path.to_owned());
            named.item = Some(id);
            self.put(&format!("{path} as FaultDetail"), named);
        }
    }

    fn variants(&mut self, path: &str, id: ItemId, variants: &[Variant], open: bool) {
        for variant in variants {
            // Values that are boxed or mapped are shown as their entry has them.
            let mut named = Named::new(Role::Variant(open), self.type_(&variant.type_));
            named.behaviour = self.entry(&variant.entry, None);
            named.docs.clone_from(&variant.docs);
            named.parent = Some(path.to_owned());
            named.item = Some(id);
            self.put(&format!("{path}::{}", variant.name), named);
        }
    }

    fn polymorphic(&mut self, path: &str, id: ItemId, polymorphic: &Polymorphic) {
        for type_ in &polymorphic.types {
            let boxed = format!("Box<{}>", self.type_(&Type::Item(type_.record)));
            let mut named = Named::new(Role::Variant(true), boxed);
            named.behaviour = shown(&type_.wire_name);
            named.docs.clone_from(&type_.docs);
            named.parent = Some(path.to_owned());
            named.item = Some(id);
            self.put(&format!("{path}::{}", type_.name), named);
        }
        let mut named = Named::new(Role::Variant(true), "Box<castile::AnyElement>");
        named.parent = Some(path.to_owned());
        named.item = Some(id);
        self.put(&format!("{path}::{}", polymorphic.other), named);
    }

    fn values(
        &mut self,
        path: &str,
        values: &[EnumerationValue],
        other: &Ident,
        item: Option<ItemId>,
    ) {
        for value in values {
            let mut named = Named::new(Role::Variant(true), "");
            named.behaviour.clone_from(&value.value);
            named.docs.clone_from(&value.docs);
            named.deprecated.clone_from(&value.deprecated);
            named.parent = Some(path.to_owned());
            named.item = item;
            self.put(&format!("{path}::{}", value.name), named);
        }
        let mut named = Named::new(Role::Variant(true), "String");
        named.parent = Some(path.to_owned());
        named.item = item;
        self.put(&format!("{path}::{other}"), named);
    }

    /// How a field is read and written.
    fn entry(&self, entry: &Entry, initial: Option<&str>) -> String {
        let kind = match &entry.kind {
            EntryKind::Choice(id) => format!("choice({})", self.krate.item_path(*id)),
            EntryKind::Group(id) => format!("group({})", self.krate.item_path(*id)),
            kind => format!("{kind:?}"),
        };
        let mut text = kind;
        for setting in &entry.settings {
            text.push_str(&match setting {
                Setting::Wrapping(wrapped) => format!(
                    " wrapping({} {} {})",
                    wrapped.namespace,
                    self.krate.item_path(wrapped.choice),
                    wrapped.optional
                ),
                setting => format!(" {setting:?}"),
            });
        }
        if let Some(initial) = initial {
            text.push_str(&format!(" initial {initial:?}"));
        }
        text
    }

    fn client(&mut self, id: ModuleId, module: &Module, client: &Client) {
        let path = self.krate.path_in(id, client.name.as_str());
        let own = |mut named: Named| {
            named.parent = Some(path.clone());
            named.client = Some(client.service.clone());
            named
        };
        let mut named = Named::new(Role::Type, "");
        named.docs.clone_from(&client.docs);
        named.behaviour = format!("{:?}", client.protocol);
        named.client = Some(client.service.clone());
        self.put(&path, named);
        for address in &client.addresses {
            let mut named = own(Named::new(Role::Constant, "&str"));
            named.behaviour.clone_from(&address.location);
            named.docs.clone_from(&address.docs);
            self.put(&format!("{path}::{}", address.constant), named);
        }
        for block in &client.blocks {
            let type_ = format!("castile::HeaderBlock<{}>", self.type_(&block.type_));
            let mut named = own(Named::new(Role::Constant, type_));
            named.behaviour = shown(&block.name);
            named.docs.clone_from(&block.docs);
            self.put(&format!("{path}::{}", block.constant), named);
        }
        let mut arguments = vec!["transport: T"];
        if client.addresses.is_empty() {
            arguments.push("address: impl Into<String>");
        }
        if client.unverified_actions.is_some() {
            arguments.push("actions: impl Into<castile::Actions>");
            let named = own(Named::new(Role::Constant, "&[&str]"));
            self.put(&format!("{path}::UNVERIFIED_ACTIONS"), named);
        }
        let signature = format!("({})", arguments.join(", "));
        self.put(
            &format!("{path}::new()"),
            own(Named::new(Role::Function, signature)),
        );
        if let Some(other) = &client.other_version {
            let name = match other.protocol {
                Protocol::Soap12 => "soap_12",
                _ => "soap_11",
            };
            self.put(
                &format!("{path}::{name}()"),
                own(Named::new(Role::Function, "()")),
            );
        }
        let credentials = client
            .credentials
            .as_ref()
            .map(|credentials| match credentials {
                Credentials::Headers {
                    secret_username, ..
                } => {
                    let user = if *secret_username {
                        "castile::Secret"
                    } else {
                        "String"
                    };
                    format!("(username: impl Into<{user}>, password: impl Into<castile::Secret>)")
                }
                Credentials::Body(type_) => format!("(credentials: {})", self.type_(type_)),
            });
        let basic = "(username: &str, password: impl Into<castile::Secret>)".to_owned();
        let given = [
            ("credentials", credentials),
            ("basic", client.basic.then_some(basic)),
        ];
        for (name, signature) in given {
            if let Some(signature) = signature {
                let named = own(Named::new(Role::Function, signature));
                self.put(&format!("{path}::{name}()"), named);
            }
        }
        for setter in &client.setters {
            let Setter {
                name,
                docs,
                argument,
                target,
            } = setter;
            let signature = format!("({})", self.argument(name, argument));
            let mut named = own(Named::new(Role::Function, signature));
            named.docs.clone_from(docs);
            named.behaviour = format!("{target:?}");
            self.put(&format!("{path}::{name}()"), named);
        }
        for operation in &client.operations {
            self.operation(id, module, client, &path, operation);
        }
    }

    fn operation(
        &mut self,
        id: ModuleId,
        _module: &Module,
        client: &Client,
        path: &str,
        operation: &Operation,
    ) {
        let of = Some((client.service.clone(), operation.wire_name.clone()));
        let request = self.type_(&operation.request.type_);
        let marker = self
            .krate
            .path_in(id, &format!("operations::{}", operation.marker));
        let put = |named: &mut Named, parent: &str| {
            named.parent = Some(parent.to_owned());
            named.operation.clone_from(&of);
            named.deprecated.clone_from(&operation.deprecated);
        };
        if !operation.from_service {
            let arguments = match operation.request.type_ {
                Type::Unit => "()".to_owned(),
                _ => format!("(request: {request})"),
            };
            let mut named = Named::new(Role::Function, format!("{arguments} -> Call<{marker}>"));
            put(&mut named, path);
            named.docs.clone_from(&operation.docs);
            self.put(&format!("{path}::{}()", operation.method), named);
        }
        let mut named = Named::new(Role::Type, "");
        put(&mut named, path);
        named.parent = None;
        named.behaviour = format!(
            "{:?}",
            (
                (
                    &operation.wire_name,
                    operation.mtom,
                    operation.one_way,
                    &operation.action
                ),
                (&operation.http, &operation.http_headers, &operation.headers),
                (
                    &operation.request.path,
                    &operation.response.path,
                    &operation.statuses
                ),
                (
                    &operation.in_band,
                    operation.idempotency,
                    &operation.encoded,
                    &operation.credentials
                ),
            )
        );
        self.put(&marker, named);
        let code = match operation
            .code
            .and_then(|index| self.krate.catalogues.get(index))
        {
            Some(catalogue) => catalogue.name.to_string(),
            None => "castile::Code".to_owned(),
        };
        let detail = { operation.detail.as_ref() }
            .map_or("castile::NoDetail".to_owned(), |type_| self.type_(type_));
        let response = self.type_(&operation.response.type_);
        let mut associated = vec![
            ("Request", request),
            ("Response", response),
            ("Code", code),
            ("Detail", detail),
        ];
        if let Some(headers) = operation.response_headers {
            associated.push(("Headers", self.krate.item_path(headers)));
        }
        for (name, type_) in associated {
            let mut named = Named::new(Role::Associated, type_);
            put(&mut named, &marker);
            named.deprecated = None;
            self.put(&format!("{marker}::{name}"), named);
        }
    }
}

fn shown(name: &QualifiedName) -> String {
    format!("{{{}}}{}", name.namespace, name.local)
}

/// The element or attribute that a field stands for.
fn wire_name(field: &Field) -> Option<String> {
    let name = field.entry.kind.name()?;
    Some(match field.part {
        crate::rust::FieldPart::Attribute => format!("@{name}"),
        crate::rust::FieldPart::Content => name.to_owned(),
    })
}

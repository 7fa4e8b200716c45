//! A caller that uses all there is of a client.

use std::fmt::Write as _;

use castile_codegen::rust::{
    Argument, Choice, Client, Crate, Credentials, Ident, Item, ItemId, ItemKind, Operation,
    Protocol, Record, Type, Variant,
};

/// The text of a module that uses everything that the crate `api` has.
pub(super) fn of(krate: &Crate) -> String {
    let mut caller = Caller {
        krate,
        text: String::new(),
        count: 0,
    };
    for module in &krate.modules {
        let path = match &module.name {
            Some(name) => format!("api::{name}"),
            None => "api".to_owned(),
        };
        for &id in &module.items {
            caller.item(id, krate.item(id));
        }
        for client in &module.clients {
            caller.client(&path, client);
        }
    }
    for catalogue in &krate.catalogues {
        let path = format!("api::{}", catalogue.name);
        let values = catalogue.codes.iter().map(|code| &code.name);
        caller.enumeration(&path, values, &catalogue.other);
    }
    caller.text
}

struct Caller<'a> {
    krate: &'a Crate,
    text: String,
    count: usize,
}

impl Caller<'_> {
    /// A function of these arguments.
    fn function(&mut self, arguments: &[(String, String)], body: &str) {
        let arguments: Vec<String> = { arguments.iter() }
            .map(|(name, type_)| format!("{name}: {type_}"))
            .collect();
        let _ = writeln!(
            self.text,
            "pub fn f{}<T>({}) {{ {body} }}",
            self.count,
            arguments.join(", ")
        );
        self.count += 1;
    }

    fn type_(&self, type_: &Type) -> String {
        let of = |name: &str, inner: &Type| format!("{name}<{}>", self.type_(inner));
        match type_ {
            Type::Unit => "()".to_owned(),
            Type::Std(name) => (*name).to_owned(),
            Type::Runtime(name) => format!("castile::{name}"),
            Type::Item(id) => self.path(*id),
            Type::Mapped(id) => self.krate.mapping(*id).rust_type.clone(),
            Type::Option(inner) => of("Option", inner),
            Type::Nillable(inner) => of("castile::Nillable", inner),
            Type::Vec(inner) => of("Vec", inner),
            Type::List(inner) => of("castile::List", inner),
            Type::Boxed(inner) => of("Box", inner),
        }
    }

    fn path(&self, id: ItemId) -> String {
        format!("api::{}", self.krate.item_path(id))
    }

    fn item(&mut self, id: ItemId, item: &Item) {
        let path = self.path(id);
        match &item.kind {
            ItemKind::Record(record) => self.record(&path, record),
            ItemKind::Choice(Choice { variants }) => self.variants(&path, variants, ""),
            ItemKind::Faults(faults) => self.variants(&path, &faults.variants, "_ => {}"),
            ItemKind::Polymorphic(polymorphic) => {
                for type_ in &polymorphic.types {
                    let record = self.path(type_.record);
                    let variant = format!("{path}::{}", type_.name);
                    self.variant(&path, &variant, &format!("Box<{record}>"));
                }
                let other = format!("{path}::{}", polymorphic.other);
                self.variant(&path, &other, "Box<castile::AnyElement>");
            }
            ItemKind::Enumeration(enumeration) => {
                let values = enumeration.values.iter().map(|value| &value.name);
                self.enumeration(&path, values, &enumeration.other);
            }
            ItemKind::Alias(meant) => {
                let meant = self.type_(meant);
                self.function(&[("x".to_owned(), path)], &format!("let _: {meant} = x;"));
            }
        }
    }

    fn record(&mut self, path: &str, record: &Record) {
        let names: Vec<&str> = record
            .fields
            .iter()
            .map(|field| field.name.as_str())
            .collect();
        let names = names.join(", ");
        let typed: Vec<String> = { record.fields.iter() }
            .map(|field| format!("let _: {} = {};", self.type_(&field.type_), field.name))
            .collect();
        let value = [("x".to_owned(), path.to_owned())];
        self.function(
            &value,
            &format!("let {path} {{ {names} }} = x; {}", typed.join(" ")),
        );
        let fields: Vec<(String, String)> = { record.fields.iter() }
            .map(|field| (field.name.to_string(), self.type_(&field.type_)))
            .collect();
        self.function(&fields, &format!("let _ = {path} {{ {names} }};"));
        self.function(&[], &format!("let _ = <{path} as Default>::default();"));
        let given: Vec<(String, String)> = { record.fields.iter() }
            .filter_map(|field| {
                Some((
                    field.name.to_string(),
                    self.argument(field.argument.as_ref()?),
                ))
            })
            .collect();
        if record.constructor && !given.is_empty() {
            let names: Vec<&str> = given.iter().map(|(name, _)| name.as_str()).collect();
            let call = format!("let _: {path} = {path}::new({});", names.join(", "));
            self.function(&given, &call);
        }
        if record.failure.is_some() {
            let body =
                format!("fn detail<D: castile::wire::FaultDetail>() {{}} detail::<{path}>();");
            self.function(&[], &body);
        }
    }

    /// The type of a value that a caller has at hand.
    fn argument(&self, argument: &Argument) -> String {
        match argument {
            Argument::Into(Type::Std("String")) => "&str".to_owned(),
            argument => self.type_(argument.type_()),
        }
    }

    fn variant(&mut self, path: &str, variant: &str, type_: &str) {
        let value = [("x".to_owned(), path.to_owned())];
        let body = format!("match x {{ {variant}(y) => {{ let _: {type_} = y; }} _ => {{}} }}");
        self.function(&value, &body);
        let made = format!("let _: {path} = {variant}(y);");
        self.function(&[("y".to_owned(), type_.to_owned())], &made);
    }

    /// A `match` with an arm each, and `rest`.
    fn variants(&mut self, path: &str, variants: &[Variant], rest: &str) {
        let mut arms = String::new();
        for variant in variants {
            let name = format!("{path}::{}", variant.name);
            let type_ = self.type_(&variant.type_);
            let _ = write!(arms, "{name}(y) => {{ let _: {type_} = y; }} ");
            let made = format!("let _: {path} = {name}(y);");
            self.function(&[("y".to_owned(), type_)], &made);
        }
        let value = [("x".to_owned(), path.to_owned())];
        self.function(&value, &format!("match x {{ {arms}{rest} }}"));
    }

    fn enumeration<'i>(
        &mut self,
        path: &str,
        values: impl Iterator<Item = &'i Ident>,
        other: &Ident,
    ) {
        let arms: String = values
            .map(|value| format!("{path}::{value} => {{}} "))
            .collect();
        let body =
            format!("match x {{ {arms}{path}::{other}(y) => {{ let _: String = y; }} _ => {{}} }}");
        self.function(&[("x".to_owned(), path.to_owned())], &body);
    }

    fn client(&mut self, module: &str, client: &Client) {
        let path = format!("{module}::{}", client.name);
        for address in &client.addresses {
            let body = format!("let _: &'static str = {path}::{};", address.constant);
            self.function(&[], &body);
        }
        for block in &client.blocks {
            let type_ = self.type_(&block.type_);
            let constant = &block.constant;
            let body = format!("let _: castile::HeaderBlock<{type_}> = {path}::{constant};");
            self.function(&[], &body);
        }
        let mut arguments = vec![("transport".to_owned(), "T".to_owned())];
        if client.addresses.is_empty() {
            arguments.push(("address".to_owned(), "&str".to_owned()));
        }
        if client.unverified_actions.is_some() {
            arguments.push(("actions".to_owned(), "castile::Actions".to_owned()));
            let body = format!("let _: &'static [&'static str] = {path}::UNVERIFIED_ACTIONS;");
            self.function(&[], &body);
        }
        let names: Vec<&str> = arguments.iter().map(|(name, _)| name.as_str()).collect();
        let body = format!("let _: {path}<T> = {path}::new({});", names.join(", "));
        self.function(&arguments, &body);
        let mut given: Vec<(String, Vec<String>)> = Vec::new();
        if let Some(other) = &client.other_version {
            let name = match other.protocol {
                Protocol::Soap12 => "soap_12",
                _ => "soap_11",
            };
            given.push((name.to_owned(), Vec::new()));
        }
        let secret = || "castile::Secret".to_owned();
        match &client.credentials {
            None => {}
            Some(Credentials::Headers {
                secret_username, ..
            }) => {
                let user = if *secret_username {
                    secret()
                } else {
                    "&str".to_owned()
                };
                given.push(("credentials".to_owned(), vec![user, secret()]));
            }
            Some(Credentials::Body(type_)) => {
                given.push(("credentials".to_owned(), vec![self.type_(type_)]));
            }
        }
        if client.basic {
            given.push(("basic".to_owned(), vec!["&str".to_owned(), secret()]));
        }
        for setter in &client.setters {
            given.push((
                setter.name.to_string(),
                vec![self.argument(&setter.argument)],
            ));
        }
        for (name, types) in given {
            let mut arguments = vec![("client".to_owned(), format!("{path}<T>"))];
            let names: Vec<String> = (0..types.len()).map(|index| format!("a{index}")).collect();
            arguments.extend(names.iter().cloned().zip(types));
            let body = format!("let _: {path}<T> = client.{name}({});", names.join(", "));
            self.function(&arguments, &body);
        }
        for operation in &client.operations {
            self.operation(module, &path, operation);
        }
    }

    fn operation(&mut self, module: &str, path: &str, operation: &Operation) {
        let marker = format!("{module}::operations::{}", operation.marker);
        let request = self.type_(&operation.request.type_);
        if !operation.from_service {
            let mut arguments = vec![("client".to_owned(), format!("&{path}<T>"))];
            let mut given = "";
            if operation.request.type_ != Type::Unit {
                arguments.push(("request".to_owned(), request.clone()));
                given = "request";
            }
            let method = &operation.method;
            let body = format!("let _: castile::Call<'_, T, {marker}> = client.{method}({given});");
            self.function(&arguments, &body);
        }
        let code = match operation
            .code
            .and_then(|index| self.krate.catalogues.get(index))
        {
            Some(catalogue) => format!("api::{}", catalogue.name),
            None => "castile::Code".to_owned(),
        };
        let detail = { operation.detail.as_ref() }
            .map_or("castile::NoDetail".to_owned(), |type_| self.type_(type_));
        let response = self.type_(&operation.response.type_);
        let named = [
            ("Request", request),
            ("Response", response),
            ("Code", code),
            ("Detail", detail),
        ];
        for (name, type_) in named {
            let of = format!("<{marker} as castile::wire::Operation>::{name}");
            self.function(&[("x".to_owned(), of)], &format!("let _: {type_} = x;"));
        }
        if let Some(headers) = operation.response_headers {
            let of = format!("<{marker} as castile::wire::ResponseHeaders>::Headers");
            let headers = self.path(headers);
            self.function(&[("x".to_owned(), of)], &format!("let _: {headers} = x;"));
        }
    }
}

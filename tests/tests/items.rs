//! Generated files hold the items that the contract asks for, and nothing that its texts smuggled in.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

use castile_codegen::Generator;
use castile_codegen::contract::{Contract, Definition, QName, XML_SCHEMA};
use castile_codegen::output::Tree;
use castile_tests::golden;
use castile_tests::schemas::root;
use quote::{ToTokens as _, quote};
use syn::Token;
use syn::ext::IdentExt as _;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::visit::{self, Visit};

/// The providers in `schemas/` and the cases, by name.
fn inputs() -> Vec<(String, PathBuf)> {
    let mut inputs: Vec<(String, PathBuf)> = { golden::cases().unwrap() }
        .into_iter()
        .map(|case| (case.name, case.input))
        .collect();
    for entry in fs::read_dir(root().join("schemas")).unwrap() {
        let path = entry.unwrap().path();
        if path.join(castile_codegen::project::FILE).is_file() {
            inputs.push((path.display().to_string(), path));
        }
    }
    assert!(inputs.len() >= 25, "only {} inputs", inputs.len());
    inputs
}

fn parsed(tree: &Tree) -> Vec<(&str, syn::File)> {
    tree.iter()
        .map(|(path, text)| {
            let file = syn::parse_file(text).unwrap_or_else(|error| panic!("{path}: {error}"));
            (path, file)
        })
        .collect()
}

/// Notes whatever generated code must not contain.
struct Inspection<'f> {
    path: &'f str,
    findings: Vec<String>,
}

impl Inspection<'_> {
    fn find(&mut self, what: &str, tokens: impl quote::ToTokens) {
        let tokens = tokens.to_token_stream();
        self.findings
            .push(format!("{}: {what}: {tokens}", self.path));
    }
}

/// The macros of the runtime that make slots of types.
fn is_ours(path: &syn::Path) -> bool {
    path.is_ident("simple_type") || path.is_ident("polymorphic") || lists(path)
}

/// Whether a macro takes a [`List`].
fn lists(path: &syn::Path) -> bool {
    let names = ["complex_type", "enumeration", "fault_codes"];
    names.iter().any(|name| path.is_ident(name))
}

/// The lines of a macro that implements a record or an enumeration.
struct List {
    /// What it is for, and what holds for the whole of it.
    head: Vec<syn::Expr>,
    /// Fields or variants: how each is marked, its name, and its entry or text.
    lines: Vec<(String, syn::Ident, syn::Expr)>,
    /// What is called on the table.
    settings: Option<syn::Expr>,
}

impl Parse for List {
    fn parse(input: ParseStream<'_>) -> syn::Result<Self> {
        let head = Punctuated::<syn::Expr, Token![,]>::parse_separated_nonempty(input)?;
        input.parse::<Token![;]>()?;
        let mut lines = Vec::new();
        while !input.is_empty() && !input.peek(Token![=>]) {
            let mut mark = String::new();
            if input.peek(Token![@]) {
                mark.push_str(&input.parse::<Token![@]>()?.to_token_stream().to_string());
            }
            let name = input.call(syn::Ident::parse_any)?;
            if input.peek(Token![as]) {
                input.parse::<Token![as]>()?;
                mark.push_str(
                    &input
                        .parse::<syn::TypePath>()?
                        .to_token_stream()
                        .to_string(),
                );
            }
            if input.peek(Token![:]) {
                input.parse::<Token![:]>()?;
            } else {
                input.parse::<Token![=]>()?;
            }
            lines.push((mark, name, input.parse()?));
            input.parse::<Token![,]>()?;
        }
        let settings = if input.peek(Token![=>]) {
            input.parse::<Token![=>]>()?;
            // `.rules(..)` is called on something.
            let calls: proc_macro2::TokenStream = input.parse()?;
            Some(syn::parse2(quote! { shape #calls })?)
        } else {
            None
        };
        Ok(Self {
            head: head.into_iter().collect(),
            lines,
            settings,
        })
    }
}

const DERIVES: &str = "Clone Copy Debug Default PartialEq Eq Hash";

impl<'ast> Visit<'ast> for Inspection<'_> {
    fn visit_item(&mut self, item: &'ast syn::Item) {
        match item {
            syn::Item::Struct(_)
            | syn::Item::Enum(_)
            | syn::Item::Impl(_)
            | syn::Item::Const(_)
            | syn::Item::Static(_)
            | syn::Item::Mod(_)
            | syn::Item::Use(_)
            | syn::Item::Type(_) => {}
            syn::Item::Macro(item) if is_ours(&item.mac.path) => {}
            other => self.find("an item of another kind", other),
        }
        visit::visit_item(self, item);
    }

    fn visit_macro(&mut self, mac: &'ast syn::Macro) {
        if !mac.path.is_ident("matches") && !is_ours(&mac.path) {
            self.find("a macro", mac);
        }
        if lists(&mac.path) {
            match mac.parse_body::<List>() {
                Ok(list) => {
                    let entries = list.lines.iter().map(|(_, _, entry)| entry);
                    for part in list.head.iter().chain(entries).chain(&list.settings) {
                        self.visit_expr(part);
                    }
                }
                Err(_) => self.find("a list of another kind", mac),
            }
        }
        visit::visit_macro(self, mac);
    }

    fn visit_expr_unsafe(&mut self, block: &'ast syn::ExprUnsafe) {
        self.find("an unsafe block", block);
    }

    fn visit_attribute(&mut self, attribute: &'ast syn::Attribute) {
        let path = attribute.path();
        let known = ["doc", "derive", "non_exhaustive", "must_use", "allow"];
        let is_known = known.iter().any(|known| path.is_ident(known));
        if !is_known && !path.is_ident("deprecated") && !path.is_ident("default") {
            self.find("an attribute", attribute);
        }
        if path.is_ident("derive") {
            let meta = attribute.meta.require_list().unwrap();
            for name in meta.tokens.to_string().split([',', ' ']) {
                if !DERIVES.contains(name) {
                    self.find("a derive", attribute);
                }
            }
        }
        visit::visit_attribute(self, attribute);
    }

    fn visit_signature(&mut self, signature: &'ast syn::Signature) {
        let is_safe = matches!(signature.safety, syn::Safety::Default);
        if !is_safe || signature.abi.is_some() || signature.asyncness.is_some() {
            self.find("a function of another kind", signature);
        }
        visit::visit_signature(self, signature);
    }

    fn visit_item_impl(&mut self, block: &'ast syn::ItemImpl) {
        if block.unsafety.is_some() {
            self.find("an unsafe impl", block);
        }
        visit::visit_item_impl(self, block);
    }
}

#[test]
fn generated_code_holds_only_what_the_emitters_know() {
    let mut findings = Vec::new();
    for (_, input) in inputs() {
        let output = Generator::new().input(input).generate().unwrap();
        inspect(&output.modules, &mut findings);
    }
    assert!(findings.is_empty(), "{}", findings.join("\n"));
}

/// A name without what casing adds to or takes from it.
fn bare(name: &str) -> String {
    let letters = name.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

/// The names that a contract declares.
fn declared(contract: &Contract) -> BTreeSet<String> {
    let mut names: Vec<&str> = Vec::new();
    let own = |name: &QName| &*name.namespace != XML_SCHEMA;
    for (_, definition) in contract.types.iter() {
        if !definition.name.as_ref().is_none_or(own) {
            continue;
        }
        names.extend(definition.name.as_ref().map(|name| &*name.local));
        if let Definition::Complex(complex) = &definition.definition {
            names.extend(complex.rules.iter().filter_map(|rule| rule.name.as_deref()));
        }
    }
    names.extend(contract.elements.iter().map(|(_, e)| &*e.name.local));
    names.extend(contract.attributes.iter().map(|(_, a)| &*a.name.local));
    for (_, message) in contract.messages.iter() {
        names.extend(message.parts.iter().map(|part| part.name.as_str()));
    }
    names.extend(contract.groups.iter().map(|(_, g)| &*g.name.local));
    names.extend(contract.catalogues.iter().map(|(_, c)| c.name.as_str()));
    for service in &contract.services {
        names.push(&service.name.local);
        names.extend(service.ports.iter().map(|port| port.name.as_str()));
    }
    for (_, port_type) in contract.port_types.iter() {
        for operation in &port_type.operations {
            names.push(&operation.name);
            names.extend(operation.faults.iter().map(|fault| fault.name.as_str()));
        }
    }
    // A choice is named after the words that its branches end with.
    let endings = names.iter().filter_map(|name| {
        let (at, _) = { name.char_indices().rev() }.find(|(_, c)| c.is_uppercase())?;
        Some(&name[at..])
    });
    // What a wrapper holds is named after one of them.
    let single = names.iter().filter_map(|name| name.strip_suffix('s'));
    let parts: Vec<&str> = endings.chain(single).collect();
    names.extend(parts);
    let mut names: BTreeSet<String> = names.into_iter().map(bare).collect();
    names.remove("");
    names
}

/// Words that a name may have besides: what something is, and what it is made of.
const ADDED: &[&str] = &[
    "any", "mapping", "type", "element", "choice", "fault", "error", "client", "request",
    "response", "and", "or", "headers", "content", "group", "with", "item", "other",
];

/// Whether a name is put together of declared names and of [`ADDED`] words, one declared at least.
fn is_asked_for(name: &str, declared: &BTreeSet<String>) -> bool {
    let name = bare(name);
    // Up to each place: whether a name can end there, and whether it then has a declared part.
    let mut reached = vec![None; name.len() + 1];
    reached[0] = Some(false);
    for end in 1..=name.len() {
        for start in 0..end {
            let (Some(before), Some(part)) = (reached[start], name.get(start..end)) else {
                continue;
            };
            if declared.contains(part) {
                reached[end] = Some(true);
            } else if ADDED.contains(&part) {
                reached[end] = Some(before || reached[end] == Some(true));
            }
        }
    }
    reached[name.len()] == Some(true)
}

#[test]
fn names_are_put_together_of_what_is_declared() {
    let declared = ["Order", "ArrayOfLine", "line-no"].map(bare).into();
    for name in ["Order", "OrderType", "OrderLineNo", "OrderLineNoOrOrder"] {
        assert!(is_asked_for(name, &declared), "{name}");
    }
    for name in ["Type", "Injected", "OrderInjected", "Orders", "Line", ""] {
        assert!(!is_asked_for(name, &declared), "{name}");
    }
}

#[test]
fn every_public_type_is_named_after_what_the_contract_declares() {
    let mut strangers = Vec::new();
    let mut types = 0;
    for (origin, input) in inputs() {
        let file = castile_codegen::project::FILE;
        let settings = fs::read_to_string(input.join(file))
            .or_else(|_| fs::read_to_string(input.with_file_name(file)));
        let generator = Generator::new().input(input);
        let mut declared = declared(&generator.contract().unwrap());
        if let Ok(settings) = settings {
            let words = settings.split(|c: char| !c.is_alphanumeric());
            declared.extend(words.filter(|word| !word.is_empty()).map(bare));
        }
        let output = generator.generate().unwrap();
        for (path, file) in parsed(&output.modules) {
            for item in &file.items {
                let name = match item {
                    syn::Item::Struct(item) => &item.ident,
                    syn::Item::Enum(item) => &item.ident,
                    syn::Item::Type(item) => &item.ident,
                    _ => continue,
                };
                types += 1;
                // Named after the built-in type that a setting maps.
                if path == "mapping.rs" && name == "DecimalMapping" {
                    continue;
                }
                if !is_asked_for(&name.to_string(), &declared) {
                    strangers.push(format!("{origin}: {path}: {name}"));
                }
            }
        }
    }
    assert!(strangers.is_empty(), "{}", strangers.join("\n"));
    assert!(types > 150, "only {types} types");
}

/// What breaks out of comments, literals, attributes, names, formats, Markdown and TOML.
const HOSTILE: &[&str] = &[
    "*/",
    "*/ fn injected() {} /*",
    "/*",
    "//",
    "//! x",
    "/// x",
    "\"",
    "\"#",
    "\"##",
    "\"###; fn injected() {} //",
    "\"); panic!(); //",
    "\"]\npub struct Injected;\n#[doc = \"",
    "\\u{",
    "\\u{41}",
    "\\",
    "\\\"",
    "\\n",
    "a\nfn injected() {}\nb",
    "a\rpub struct Injected;",
    "a\u{2028}fn injected() {}",
    "a\u{2029}fn injected() {}",
    "a\u{85}fn injected() {}",
    "{}",
    "{0} {injected:?}",
    "{{ }}",
    "}",
    "#[test]",
    "#![no_std]",
    "]",
    "$crate",
    "$injected:expr",
    "r#type",
    "r#\"",
    "'",
    "'a",
    "b'x'",
    "c\"x\"",
    "std::process::abort()",
    "include_str!(\"/etc/passwd\")",
    "env!(\"HOME\")",
    "unsafe { }",
    "-->",
    "]]>",
    "<?xml?>",
    "&amp;",
    "```\n```rust\npanic!()",
    "| x |",
    "\u{202e}txet\u{2066}",
    "\u{200b}",
    "\u{feff}",
    "e\u{301}",
    "🦀",
    "%s%n",
    "${HOME}",
    "\t",
    " ",
    "self",
    "Self",
];

/// Text in XML, in an attribute or between tags.
fn in_xml(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' | '<' | '>' | '"' | '\'' | '\n' | '\r' | '\t' => {
                out.push_str(&format!("&#{};", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out
}

/// A WSDL with `text` at `places`, and harmless text at all others.
fn wsdl(places: &[&str], text: &str) -> String {
    let at = |name| {
        in_xml(if places.contains(&name) {
            text
        } else {
            "harmless"
        })
    };
    let documentation = |name| {
        let text = at(name);
        format!("<xs:annotation><xs:documentation>{text}</xs:documentation></xs:annotation>")
    };
    let namespace = format!("urn:x:{}", at("namespace"));
    format!(
        "<w:definitions xmlns:w='http://schemas.xmlsoap.org/wsdl/' \
         xmlns:s='http://schemas.xmlsoap.org/wsdl/soap/' targetNamespace=\"{namespace}\" \
         xmlns:t=\"{namespace}\" xmlns:xs='http://www.w3.org/2001/XMLSchema'>\
         <w:types><xs:schema targetNamespace=\"{namespace}\" elementFormDefault='qualified'>\
         <xs:element name='Ask'><xs:complexType>{}<xs:sequence>\
         <xs:element name='A' type='xs:string' default=\"{}\">{}</xs:element>\
         <xs:element name='B' type='t:B'/><xs:element name='P' type='t:P'/>\
         </xs:sequence><xs:attribute name='c' type='xs:string' fixed=\"{}\">{}</xs:attribute>\
         </xs:complexType></xs:element><xs:element name='Answer'><xs:complexType/></xs:element>\
         <xs:element name='Wrong' type='xs:string'/>\
         <xs:simpleType name='B'><xs:restriction base='xs:string'><xs:enumeration value=\"{}\">{}\
         </xs:enumeration></xs:restriction></xs:simpleType>\
         <xs:simpleType name='P'>{}<xs:restriction base='xs:string'><xs:pattern value=\"{}\"/>\
         </xs:restriction></xs:simpleType></xs:schema></w:types>\
         <w:message name='I'><w:part name=\"{}\" element='t:Ask'/></w:message>\
         <w:message name='O'><w:part name='p' element='t:Answer'/></w:message>\
         <w:message name='F'><w:documentation>{}</w:documentation>\
         <w:part name='p' element='t:Wrong'/></w:message>\
         <w:portType name='Port'><w:operation name='Ask'><w:documentation>{}</w:documentation>\
         <w:input message='t:I'/><w:output message='t:O'/><w:fault name=\"f\" message='t:F'/>\
         </w:operation></w:portType>\
         <w:binding name='Soap' type='t:Port'>\
         <s:binding transport='http://schemas.xmlsoap.org/soap/http'/><w:operation name='Ask'>\
         <s:operation soapAction=\"{}\"/><w:input><s:body use='literal'/></w:input>\
         <w:output><s:body use='literal'/></w:output></w:operation></w:binding>\
         <w:service name='Desk'><w:documentation>{}</w:documentation>\
         <w:port name='Soap' binding='t:Soap'><s:address location=\"{}\"/></w:port></w:service>\
         </w:definitions>",
        documentation("documentation of a type"),
        at("default"),
        documentation("documentation of an element"),
        at("fixed"),
        documentation("documentation of an attribute"),
        at("enumeration"),
        documentation("documentation of a value"),
        documentation("documentation of a simple type"),
        at("pattern"),
        at("part"),
        at("documentation of a message"),
        at("documentation of an operation"),
        at("action"),
        at("documentation of a service"),
        at("address"),
    )
}

const WSDL_PLACES: &[&str] = &[
    "namespace",
    "documentation of a type",
    "default",
    "documentation of an element",
    "fixed",
    "documentation of an attribute",
    "enumeration",
    "documentation of a value",
    "documentation of a simple type",
    "pattern",
    "part",
    "documentation of a message",
    "documentation of an operation",
    "action",
    "documentation of a service",
    "address",
];

/// Text in a cell of a table, or in a line.
fn in_cell(text: &str) -> String {
    text.replace('|', "\\|").replace(['\n', '\r'], " ")
}

/// A descriptor with `text` at `places`, and harmless text at all others.
fn descriptor(places: &[&str], text: &str) -> String {
    let raw = |name| {
        if places.contains(&name) {
            text
        } else {
            "harmless"
        }
    };
    let cell = |name| in_cell(raw(name));
    let toml = |name| {
        let escape = |c: char| format!("\\U{:08x}", u32::from(c));
        let escaped: String = raw(name).chars().map(escape).collect();
        format!("\"urn:x:{escaped}\"")
    };
    format!(
        "+++\nservice = \"Desk\"\nprotocol = \"soap-1.1\"\nnamespace = {}\naction = {}\n\
         endpoint.test = {}\n[source]\ntitle = {}\n[operation.Ask]\ndeprecated = {}\n+++\n\n\
         # {}\n\n{}\n\n## Ask\n\n{}\n\n### Request `Ask`\n\n\
         | Field | Occurs | Type | Values | Default | Deprecated | Example | Description |\n\
         |---|---|---|---|---|---|---|---|\n\
         | A | 1 | string | | {} | {} | {} | {} |\n| B | 0..1 | string | {}; other | | | | |\n\
         | C | 0..1 | State | | | | | |\n\n\
         ### Rules\n\n- `A` requires `B`: {}\n\n### Response `Answer`\n\nNo fields.\n\n\
         ### Example request\n\n```xml\n{}\n```\n\n\
         ## Enumeration `State`\n\n| Value | Description |\n|---|---|\n| {} | {} |\n\n\
         ## Faults `Code`\n\n| Code | Description |\n|---|---|\n| X1 | {} |\n\n## Notes\n\n{}\n",
        toml("namespace"),
        toml("action"),
        toml("endpoint").replace("urn:x:", "https://x.example/"),
        toml("source"),
        toml("deprecated operation"),
        cell("title"),
        raw("prose of the service"),
        raw("prose of the operation"),
        cell("default"),
        cell("deprecated field"),
        cell("example cell"),
        cell("description"),
        cell("value of a field").replace(';', ","),
        cell("reason"),
        format_args!(
            "<Ask xmlns=\"urn:x:{}\"><A>{}</A></Ask>",
            in_xml(raw("namespace")),
            in_xml(raw("example"))
        ),
        cell("value"),
        cell("description of a value"),
        cell("description of a fault"),
        raw("notes"),
    )
}

const DESCRIPTOR_PLACES: &[&str] = &[
    "namespace",
    "action",
    "endpoint",
    "source",
    "deprecated operation",
    "title",
    "prose of the service",
    "prose of the operation",
    "default",
    "deprecated field",
    "example cell",
    "description",
    "value of a field",
    "reason",
    "example",
    "value",
    "description of a value",
    "description of a fault",
    "notes",
];

/// Every item and member with what it is called: path of the file, kind, name. Variants of enumerations
/// are named after values, which are text; they are counted.
fn items(tree: &Tree) -> BTreeSet<String> {
    let mut items = BTreeSet::new();
    for (path, file) in parsed(tree) {
        let mut add = |item: String| assert!(items.insert(format!("{path}: {item}")), "{item}");
        for item in &file.items {
            match item {
                syn::Item::Struct(item) => {
                    let fields = item.fields.iter().filter_map(|field| field.ident.as_ref());
                    let fields: Vec<String> = fields.map(ToString::to_string).collect();
                    add(format!("struct {} {fields:?}", item.ident));
                }
                syn::Item::Enum(item) => {
                    add(format!("enum {} of {}", item.ident, item.variants.len()));
                }
                syn::Item::Type(item) => add(format!("type {}", item.ident)),
                syn::Item::Const(item) => add(format!("const {}", item.ident)),
                syn::Item::Static(item) => add(format!("static {}", item.ident)),
                syn::Item::Mod(item) => add(format!("mod {}", item.ident)),
                syn::Item::Use(item) => add(item.to_token_stream().to_string()),
                syn::Item::Macro(item) if item.mac.path.is_ident("complex_type") => {
                    let list: List = item.mac.parse_body().unwrap();
                    let fields: Vec<_> = { list.lines.iter() }
                        .map(|(mark, name, _)| format!("{mark}{name}"))
                        .collect();
                    add(format!(
                        "list {} {fields:?}",
                        list.head[0].to_token_stream()
                    ));
                }
                syn::Item::Macro(item) if lists(&item.mac.path) => {
                    let list: List = item.mac.parse_body().unwrap();
                    let head = list.head[0].to_token_stream();
                    add(format!("list {head} of {}", list.lines.len()));
                }
                syn::Item::Macro(item) => add(item.to_token_stream().to_string()),
                syn::Item::Impl(block) => {
                    let mut head = block.clone();
                    let members = std::mem::take(&mut head.items);
                    let head = head.to_token_stream();
                    for member in members {
                        let name = match member {
                            syn::ImplItem::Const(member) => format!("const {}", member.ident),
                            syn::ImplItem::Fn(member) => format!("fn {}", member.sig.ident),
                            syn::ImplItem::Type(member) => format!("type {}", member.ident),
                            other => panic!("{}", other.to_token_stream()),
                        };
                        add(format!("{head}: {name}"));
                    }
                }
                other => panic!("{path}: {}", other.to_token_stream()),
            }
        }
    }
    items
}

/// Places whose text has a form of its own, so that most others are refused there.
const STRICT: &[&str] = &["action", "endpoint"];

/// Generates with each hostile text in all places, or where that is refused in each place alone; what
/// is not refused must have the items of a twin with harmless text. How many were not refused.
fn twins(file: &str, places: &[&str], write: fn(&[&str], &str) -> String) -> usize {
    let name = format!("castile-items-{}-{file}", std::process::id());
    let directory = std::env::temp_dir().join(name);
    fs::create_dir_all(&directory).unwrap();
    let input = directory.join(file);
    let generate = |places: &[&str], text: &str| {
        fs::write(&input, write(places, text)).unwrap();
        Generator::new().input(&input).generate()
    };
    let expected = items(&generate(&[], "").unwrap().modules);
    let mut wrong = Vec::new();
    let mut is_twin = |places: &[&str], text: &str| {
        let Ok(output) = generate(places, text) else {
            return false;
        };
        let found = items(&output.modules);
        let come: Vec<_> = found.difference(&expected).collect();
        let mut gone: Vec<_> = expected.difference(&found).collect();
        if text.trim().is_empty() {
            // A blank address is none.
            gone.retain(|item| !item.ends_with("const ADDRESS"));
        }
        if !gone.is_empty() || !come.is_empty() {
            wrong.push(format!("{text:?} as {places:?}: -{gone:?} +{come:?}"));
        }
        inspect(&output.modules, &mut wrong);
        true
    };
    let mut accepted = 0;
    for text in HOSTILE {
        // A blank part has no name, and a blank default is none.
        let is_left_out =
            |place: &str| ["part", "default"].contains(&place) && text.trim().is_empty();
        let (strict, free): (Vec<&str>, Vec<&str>) = { places.iter() }
            .filter(|place| !is_left_out(place))
            .partition(|place| STRICT.contains(place));
        let mut alone = strict;
        if is_twin(&free, text) {
            accepted += free.len();
        } else {
            alone.extend(free);
        }
        accepted += { alone.iter() }
            .filter(|place| is_twin(&[place], text))
            .count();
    }
    fs::remove_dir_all(&directory).unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    accepted
}

fn inspect(tree: &Tree, wrong: &mut Vec<String>) {
    for (path, file) in parsed(tree) {
        let mut inspection = Inspection {
            path,
            findings: Vec::new(),
        };
        inspection.visit_file(&file);
        wrong.append(&mut inspection.findings);
    }
}

#[test]
fn hostile_text_in_a_wsdl_makes_no_items() {
    let accepted = twins("input.wsdl", WSDL_PLACES, wsdl);
    let all = WSDL_PLACES.len() * HOSTILE.len();
    assert!(
        accepted * 10 > all * 9,
        "only {accepted} of {all} were accepted"
    );
}

#[test]
fn hostile_text_in_a_descriptor_makes_no_items() {
    let accepted = twins("input.md", DESCRIPTOR_PLACES, descriptor);
    let all = DESCRIPTOR_PLACES.len() * HOSTILE.len();
    assert!(
        accepted * 10 > all * 7,
        "only {accepted} of {all} were accepted"
    );
}

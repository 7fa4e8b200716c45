//! Texts of a contract that would break out of generated code.

use std::collections::BTreeSet;
use std::fs;

use castile_codegen::Generator;
use castile_codegen::output::Tree;
use quote::ToTokens as _;

use crate::list::List;
use crate::{inspect, lists, parsed};

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

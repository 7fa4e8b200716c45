//! Text from contracts in every place that it can reach, made to break out of it.

use std::collections::BTreeSet;

use super::{Action, lowered, parse_all, resolved, schema, schema_text, tree};
use crate::rust::{ItemKind, Lowered};

/// What breaks out of comments, literals, attributes, names and formats.
const HOSTILE: &[&str] = &[
    "*/ fn main() {} /*",
    "\"#",
    "\"##; fn x() {}",
    "\"); panic!(); //",
    "\\u{",
    "\\",
    "a\nfn injected() {}\n",
    "a\rb",
    "\u{2028}fn injected() {}",
    "{}",
    "{0} {{ }}",
    "#[test]",
    "//! x",
    "///",
    "$crate",
    "r#type",
    "'",
    "b'x'",
    "'a",
    "\"",
    "```rust\npanic!();\n```",
    "~~~\npanic!();\n~~~",
    "    panic!();",
    "\tpanic!();",
    "<script>alert(1)</script>",
    "<img onerror=x>",
    "[x](javascript:y)",
    concat!("[crate", "::x]"),
    "[x]: y",
    "https://example.test/",
    "# hidden",
    "1. a\n\n       code",
    "- a\n\n      code",
    "\u{202e}abc\u{2066}",
    "\u{200b}",
    "аbc",
    "e\u{301}",
    "🦀",
    "Self",
    "",
];

/// `text` inside an attribute value.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\r' | '\t' => out.push_str(&format!("&#{};", u32::from(c))),
            c => out.push(c),
        }
    }
    out
}

/// The items at the top of all files, by kind and name; `use`s and `mod`s left out.
fn found(lowered: &Lowered) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for file in parse_all(&tree(lowered)) {
        for item in file.items {
            match item {
                syn::Item::Struct(item) => names.insert(format!("struct {}", item.ident)),
                syn::Item::Enum(item) => names.insert(format!("enum {}", item.ident)),
                syn::Item::Type(item) => names.insert(format!("type {}", item.ident)),
                syn::Item::Const(item) => names.insert(format!("const {}", item.ident)),
                syn::Item::Impl(_) | syn::Item::Use(_) | syn::Item::Mod(_) => true,
                syn::Item::Macro(item) => {
                    let path = item.mac.path.segments.last().unwrap().ident.to_string();
                    let tables = ["complex_type", "enumeration", "fault_codes", "polymorphic"];
                    assert!(tables.contains(&path.as_str()), "{path}");
                    true
                }
                other => panic!("{}", quote::quote! { #other }),
            };
        }
    }
    names.remove("const NAMESPACE");
    names
}

/// The items that the model has.
fn asked_for(lowered: &Lowered) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    for item in &lowered.krate.items {
        let kind = match item.kind {
            ItemKind::Record(_) => "struct",
            ItemKind::Alias(_) => "type",
            _ => "enum",
        };
        names.insert(format!("{kind} {}", item.name));
    }
    for module in &lowered.krate.modules {
        for client in &module.clients {
            names.insert(format!("struct {}", client.name));
            names.extend(
                client
                    .operations
                    .iter()
                    .map(|o| format!("struct {}", o.marker)),
            );
        }
    }
    for catalogue in &lowered.krate.catalogues {
        names.insert(format!("enum {}", catalogue.name));
    }
    names
}

#[test]
fn text_of_schemas_makes_no_items() {
    for text in HOSTILE {
        let value = escaped(text);
        let content = format!(
            "<xs:complexType name=\"T\"><xs:annotation><xs:documentation>{value}\
             </xs:documentation></xs:annotation><xs:sequence>\
             <xs:element name=\"a\" type=\"xs:string\" default=\"{value}\" \
             c:deprecated=\"{value}\" c:documented-name=\"{value}\" \
             c:documented-maximum=\"{value}\"><xs:annotation><xs:documentation>{value}\
             </xs:documentation></xs:annotation></xs:element>\
             <xs:element name=\"b\"><xs:simpleType><xs:restriction base=\"xs:string\">\
             <xs:pattern value=\"x\"/><xs:enumeration value=\"{value}\"><xs:annotation>\
             <xs:documentation>{value}</xs:documentation></xs:annotation></xs:enumeration>\
             </xs:restriction></xs:simpleType></xs:element></xs:sequence>\
             <xs:attribute name=\"c\" fixed=\"{value}\"/></xs:complexType>"
        );
        let lowered = lowered(&resolved("test.xsd", &schema_text(&content)));
        assert_eq!(found(&lowered), asked_for(&lowered), "{text:?}");
        for (path, contents) in tree(&lowered).iter() {
            harmless(path, contents);
        }
    }
}

#[test]
fn text_of_descriptors_and_services_makes_no_items() {
    for text in HOSTILE {
        let mut resolved = resolved("pay.wsdl", SERVICE);
        for client in &mut resolved.clients {
            client.name = (*text).to_owned();
            client.annotation.documentation = Some((*text).to_owned());
            for address in &mut client.addresses {
                address.location = Some((*text).to_owned());
                address.environment = Some((*text).to_owned());
            }
            for call in &mut client.calls {
                call.name = (*text).to_owned();
                call.action = Action::Known((*text).to_owned());
                call.annotation.documentation = Some((*text).to_owned());
                call.annotation.deprecated = Some((*text).to_owned());
            }
        }
        let lowered = lowered(&resolved);
        assert_eq!(found(&lowered), asked_for(&lowered), "{text:?}");
        for (path, contents) in tree(&lowered).iter() {
            harmless(path, contents);
        }
    }
}

const SERVICE: &str = r#"<wsdl:definitions xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:t="urn:t" targetNamespace="urn:t">
<wsdl:types><xs:schema targetNamespace="urn:t"><xs:element name="Get" type="xs:int"/></xs:schema></wsdl:types>
<wsdl:message name="in"><wsdl:part name="p" element="t:Get"/></wsdl:message>
<wsdl:portType name="P"><wsdl:operation name="Get"><wsdl:input message="t:in"/><wsdl:output message="t:in"/></wsdl:operation></wsdl:portType>
<wsdl:binding name="B" type="t:P"><soap:binding transport="http://schemas.xmlsoap.org/soap/http"/><wsdl:operation name="Get"><soap:operation soapAction="x"/><wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output></wsdl:operation></wsdl:binding>
<wsdl:service name="S"><wsdl:port name="P" binding="t:B"><soap:address location="https://x.example/"/></wsdl:port></wsdl:service>
</wsdl:definitions>"#;

/// Doc comments hold no code, HTML or links, and no line hides what it is.
#[track_caller]
fn harmless(path: &str, contents: &str) {
    for line in contents.lines() {
        let hidden = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        let trimmed = line.trim_start();
        if let Some(doc) = trimmed
            .strip_prefix("///")
            .or_else(|| trimmed.strip_prefix("//!"))
        {
            let is_linked = doc.contains("](super::") || doc.contains("[`");
            let doc = doc.strip_prefix(' ').unwrap_or(doc);
            assert!(
                !doc.starts_with("   ") && !doc.starts_with('\t'),
                "{path}: {line}"
            );
            assert!(
                !doc.contains("```") && !doc.starts_with("~~~"),
                "{path}: {line}"
            );
            let outside: String = doc.split('`').step_by(2).collect();
            if !is_linked {
                assert!(!outside.replace("\\<", "").contains('<'), "{path}: {line}");
                assert!(!outside.replace("\\[", "").contains('['), "{path}: {line}");
            }
            assert!(!outside.contains("://"), "{path}: {line}");
            assert!(!doc.chars().any(hidden), "{path}: {line}");
        }
        assert!(!line.starts_with("// @generated") || line.ends_with("Do not edit."));
    }
}

#[test]
fn names_that_meet_are_kept_apart() {
    // Types that are spelt alike but for case, the prelude's names, and names of the runtime.
    let names = [
        "foo",
        "Foo",
        "FOO",
        "foo-",
        "foo_",
        "Option",
        "Vec",
        "String",
        "Box",
        "Result",
        "Some",
        "Default",
        "Clone",
        "Send",
        "Shape",
        "Field",
        "Choice",
        "ComplexType",
        "SimpleType",
        "ReadError",
        "Branch",
        "Value",
        "Call",
        "Port",
        "Secret",
        "Date",
        "Decimal",
        "Self",
        "crate",
        "type",
        "gen",
        "async",
        "NAMESPACE",
        "one",
        "con",
        "_",
        "_1",
    ];
    let mut content = String::new();
    for name in names {
        content.push_str(&format!(
            "<xs:complexType name=\"{name}\"><xs:sequence><xs:element name=\"{name}\" \
             type=\"xs:date\" minOccurs=\"0\"/><xs:element name=\"x\" type=\"xs:decimal\"/>\
             <xs:choice><xs:element name=\"p\" type=\"xs:string\" c:secret=\"true\"/>\
             <xs:element name=\"q\" type=\"xs:int\"/></xs:choice></xs:sequence></xs:complexType>"
        ));
    }
    let lowered = lowered(&resolved("test.xsd", &schema_text(&content)));
    assert_eq!(found(&lowered), asked_for(&lowered));
    assert_eq!(lowered.krate.items.len(), 2 * names.len());
    let unique: BTreeSet<_> = lowered.krate.items.iter().map(|item| &item.name).collect();
    assert_eq!(unique.len(), lowered.krate.items.len());
    assert!(unique.iter().all(|name| name.as_str().is_ascii()));
}

#[test]
fn long_and_deep_input_is_lowered_without_harm() {
    let long = "x".repeat(10_000);
    let tree = schema(&format!(
        "<xs:complexType name=\"{long}\"><xs:sequence/></xs:complexType>"
    ));
    assert!(
        tree.get("types.rs")
            .unwrap()
            .contains(&format!("pub struct X{}", &long[1..]))
    );
    let values: String = (0..5_000)
        .map(|value| format!("<xs:enumeration value=\"v{value}\"/>"))
        .collect();
    let tree = schema(&format!(
        "<xs:simpleType name=\"E\"><xs:restriction base=\"xs:string\">{values}</xs:restriction>\
         </xs:simpleType>"
    ));
    assert!(tree.get("types.rs").unwrap().contains("    V4999,\n"));
    let chain: String = (0..2_000)
        .map(|n| {
            format!(
                "<xs:complexType name=\"T{n}\"><xs:sequence><xs:element name=\"e\" type=\"T{}\"/>\
                 </xs:sequence></xs:complexType>",
                n + 1
            )
        })
        .collect();
    schema(&format!(
        "{chain}<xs:complexType name=\"T2000\"><xs:sequence/></xs:complexType>"
    ));
}

//! Each pass on a small schema of its own: what comes out as `dump` shows it, and what is reported.

mod schemas;
mod services;

use std::fmt::Write as _;

use crate::contract::Contract;
use crate::diagnostic::Diagnostics;
use crate::dump::dump;
use crate::frontend::{wsdl, xsd};
use crate::resolve::resolve;
use crate::source::Sources;

/// The dump, then the diagnostics, of one document; only the diagnostics if it is refused.
fn run(text: &str) -> String {
    let mut sources = Sources::default();
    let mut contract = Contract::new();
    let mut diagnostics = Diagnostics::new();
    let is_wsdl = text.contains("definitions");
    let name = if is_wsdl { "test.wsdl" } else { "test.xsd" };
    let document = sources.add(name, text).unwrap();
    if is_wsdl {
        wsdl::parse(&sources, document, &mut contract, &mut diagnostics);
    } else {
        xsd::parse(&sources, document, &mut contract, &mut diagnostics);
    }
    let mut out = resolve(contract, &mut diagnostics)
        .map(|r| dump(&r))
        .unwrap_or_default();
    let _ = write!(out, "{}", diagnostics.render(&sources));
    out
}

fn schema(content: &str) -> String {
    run(&format!(
        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns=\"urn:t\" \
         targetNamespace=\"urn:t\" elementFormDefault=\"qualified\">\n{content}\n</xs:schema>"
    ))
}

#[track_caller]
fn check(content: &str, expected: &str) {
    let found = schema(content);
    assert_eq!(
        found.trim_end(),
        expected.trim_start_matches('\n').trim_end(),
        "\n{found}"
    );
}

/// A WSDL with these messages, operations and bound operations, then services.
fn definitions(messages: &str, operations: &str, rest: &str) -> String {
    run(&format!(
        r#"<w:definitions xmlns:w="http://schemas.xmlsoap.org/wsdl/" xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns="urn:t" targetNamespace="urn:t">
<w:types><xs:schema targetNamespace="urn:t"><xs:element name="In" type="xs:int"/><xs:element name="Out" type="xs:int"/><xs:element name="Key" type="xs:string"/></xs:schema></w:types>
{messages}
<w:portType name="P">{operations}</w:portType>
{rest}
</w:definitions>"#
    ))
}

#[track_caller]
fn check_definitions(messages: &str, operations: &str, rest: &str, expected: &str) {
    let found = definitions(messages, operations, rest);
    assert_eq!(
        found.trim_end(),
        expected.trim_start_matches('\n').trim_end(),
        "\n{found}"
    );
}

const DOCUMENT: &str = r#"<w:message name="I"><w:part name="body" element="In"/><w:part name="key" element="Key"/></w:message>
<w:message name="O"><w:part name="body" element="Out"/></w:message>"#;

fn asmx(ports: &str) -> String {
    let port_type = |name: &str, operations: &str| {
        format!("<w:portType name='{name}'>{operations}</w:portType>")
    };
    let operation =
        |name: &str| format!("<w:operation name='{name}'><w:input message='t:In'/></w:operation>");
    let http = |name: &str, verb: &str, operations: &str, input: &str| {
        let bound = operations.split(' ').map(|operation| {
            format!(
                "<w:operation name='{operation}'><h:operation location='/{operation}'/>\
                 <w:input>{input}</w:input></w:operation>"
            )
        });
        let bound: String = bound.collect();
        if !ports.split(' ').any(|port| port == name) {
            return String::new();
        }
        format!(
            "<w:binding name='{name}' type='t:{name}'><h:binding verb='{verb}'/>{bound}</w:binding>"
        )
    };
    let both = operation("A") + &operation("B");
    run(&format!(
        "<w:definitions xmlns:w='http://schemas.xmlsoap.org/wsdl/' xmlns:t='urn:t' \
         xmlns:s='http://schemas.xmlsoap.org/wsdl/soap/' xmlns:h='http://schemas.xmlsoap.org/wsdl/http/' \
         xmlns:m='http://schemas.xmlsoap.org/wsdl/mime/' xmlns:x='http://www.w3.org/2001/XMLSchema' \
         targetNamespace='urn:t'>\
         <w:message name='In'><w:part name='a' type='x:string'/></w:message>{}{}{}{}\
         {}{}{}{}\
         <w:service name='S'>{}</w:service></w:definitions>",
        port_type("Soap", &operation("A")),
        port_type("Get", &operation("A")),
        port_type("Post", &both),
        port_type("Xml", &both),
        if ports.contains("Soap") {
            "<w:binding name='Soap' type='t:Soap'><s:binding style='rpc'/>\
             <w:operation name='A'><s:operation/></w:operation></w:binding>"
        } else {
            ""
        },
        http("Get", "GET", "A", "<h:urlEncoded/>"),
        http(
            "Post",
            "POST",
            "A B",
            "<m:content type='application/x-www-form-urlencoded'/>"
        ),
        http("Xml", "POST", "A B", "<m:mimeXml/>"),
        ports
            .split(' ')
            .map(|port| format!("<w:port name='{port}' binding='t:{port}'/>"))
            .collect::<String>(),
    ))
}

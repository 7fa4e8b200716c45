//! Settings given by a program, as a build script does.
#![allow(clippy::unwrap_used, reason = "a test says so by panicking")]

use std::fs;
use std::path::PathBuf;

use castile_codegen::Generator;
use castile_codegen::settings::{Named, Selected, Settings};

/// A schema with two elements in a directory of its own.
fn schema(name: &str) -> PathBuf {
    let directory =
        std::env::temp_dir().join(format!("castile-settings-{name}-{}", std::process::id()));
    fs::create_dir_all(&directory).unwrap();
    let path = directory.join("a.xsd");
    fs::write(
        &path,
        "<schema xmlns='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:a'>\
         <element name='A'><complexType><sequence><element name='no' type='decimal'/>\
         </sequence></complexType></element>\
         <element name='B'><complexType><sequence/></complexType></element></schema>",
    )
    .unwrap();
    path
}

#[test]
fn a_program_says_what_the_file_says() {
    let path = schema("methods");
    let settings = Settings::new()
        .rename(Named::Type, "{urn:a}A", "Account")
        .rename(Named::Field, "A/no", "number")
        .map("xs:decimal", "f64")
        .include(Selected::Elements, "A")
        .allow_warning("unsupported", "there is none");
    let generator = Generator::new().input(&path);
    let failure = generator.clone().settings(settings.clone()).generate();
    assert_eq!(
        failure.unwrap_err().to_string(),
        "error[unused-setting]: no warning fits `unsupported` of `warnings.allow`\n = help: take it \
         out, if the warning is gone\n\n"
    );
    let settings = Settings::new()
        .rename(Named::Type, "{urn:a}A", "Account")
        .rename(Named::Field, "A/no", "number")
        .map("xs:decimal", "f64")
        .include(Selected::Elements, "A");
    let output = generator.settings(settings).generate().unwrap();
    let types = output.modules.get("types.rs").unwrap();
    assert!(types.contains("pub struct Account {"), "{types}");
    assert!(types.contains("pub number: f64,"), "{types}");
    assert!(!types.contains("struct B"), "{types}");
    fs::remove_dir_all(path.parent().unwrap()).unwrap();
}

#[test]
fn many_settings_take_little_time() {
    let path = schema("many");
    let elements: String = (0..3000)
        .map(|i| {
            format!(
                "<element name='E{i}'><complexType><sequence><element name='f' type='string'/>\
                 </sequence></complexType></element>"
            )
        })
        .collect();
    fs::write(
        &path,
        format!(
            "<schema xmlns='http://www.w3.org/2001/XMLSchema' targetNamespace='urn:a'>{elements}</schema>"
        ),
    )
    .unwrap();
    let settings = (0..3000).fold(Settings::new(), |settings, i| {
        settings
            .rename(Named::Type, format!("E{i}"), format!("Element{i}"))
            .rename(Named::Field, format!("E{i}/f"), format!("field{i}"))
    });
    let output = Generator::new().input(&path).settings(settings).generate();
    let modules = output.unwrap().modules;
    let types = modules.get("types.rs").unwrap();
    assert!(types.contains("pub struct Element2999 {"));
    assert!(types.contains("pub field2999: String,"));
    fs::remove_dir_all(path.parent().unwrap()).unwrap();
}

#[test]
fn a_port_of_http_may_be_chosen_before_that_of_soap() {
    let path = schema("ports").with_file_name("a.wsdl");
    let port_type = |name: &str| {
        format!(
            "<portType name='{name}'><operation name='A'><input message='t:In'/></operation></portType>"
        )
    };
    fs::write(
        &path,
        format!(
            "<definitions xmlns='http://schemas.xmlsoap.org/wsdl/' xmlns:t='urn:t' targetNamespace='urn:t' \
             xmlns:s='http://schemas.xmlsoap.org/wsdl/soap/' xmlns:h='http://schemas.xmlsoap.org/wsdl/http/' \
             xmlns:x='http://www.w3.org/2001/XMLSchema'>\
             <message name='In'><part name='a' type='x:string'/></message>{}{}\
             <binding name='Soap' type='t:Soap'><s:binding style='rpc'/>\
             <operation name='A'><s:operation/></operation></binding>\
             <binding name='Get' type='t:Get'><h:binding verb='GET'/><operation name='A'>\
             <h:operation location='/A'/><input><h:urlEncoded/></input></operation></binding>\
             <service name='S'><port name='SSoap' binding='t:Soap'/><port name='SGet' binding='t:Get'/>\
             </service></definitions>",
            port_type("Soap"),
            port_type("Get"),
        ),
    )
    .unwrap();
    for (port, here, not) in [("*", "soap11(", "http("), ("SGet", "http(", "soap11(")] {
        let settings = Settings::new().include(Selected::Ports, port);
        let output = Generator::new().input(&path).settings(settings).generate();
        let modules = output.unwrap().modules;
        let operations = modules.get("operations.rs").unwrap();
        assert!(operations.contains(here), "{port}: {operations}");
        assert!(!operations.contains(not), "{port}: {operations}");
    }
    fs::remove_dir_all(path.parent().unwrap()).unwrap();
}

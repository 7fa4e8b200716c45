mod mistakes;

use super::parse;
use crate::contract::{
    Action, Attachment, Builtin, Contract, Definition, HttpContent, Idempotency, InBand, Location,
    PartContent, PolicyTerm, Protocol, QName, SoapVersion, Style, Transmission, Use,
};
use crate::diagnostic::Diagnostics;
use crate::source::Sources;

const HEAD: &str = "<w:definitions xmlns:w='http://schemas.xmlsoap.org/wsdl/' \
    xmlns:s='http://schemas.xmlsoap.org/wsdl/soap/' xmlns:s12='http://schemas.xmlsoap.org/wsdl/soap12/' \
    xmlns:h='http://schemas.xmlsoap.org/wsdl/http/' xmlns:m='http://schemas.xmlsoap.org/wsdl/mime/' \
    xmlns:xs='http://www.w3.org/2001/XMLSchema' xmlns:c='urn:castile:annotations:1' xmlns:t='urn:t' \
    targetNamespace='urn:t'>";

fn read(body: &str) -> (Contract, String) {
    let mut sources = Sources::default();
    let document = sources
        .add("a.wsdl", format!("{HEAD}{body}</w:definitions>"))
        .unwrap();
    let mut contract = Contract::new();
    let mut diagnostics = Diagnostics::new();
    parse(&sources, document, &mut contract, &mut diagnostics);
    (contract, diagnostics.render(&sources))
}

fn clean(body: &str) -> Contract {
    let (contract, findings) = read(body);
    assert_eq!(findings, "");
    contract
}

fn name(local: &str) -> QName {
    QName::new("urn:t", local)
}

#[test]
fn a_document_literal_service() {
    let contract = clean(
        "<w:documentation>Books.</w:documentation>\
         <w:types><xs:schema targetNamespace='urn:t' elementFormDefault='qualified'>\
         <xs:element name='Find'/><xs:element name='User' type='xs:string' c:role='username'/>\
         <xs:element name='Gone'/></xs:schema></w:types>\
         <w:message name='FindIn'><w:part name='parameters' element='t:Find'/></w:message>\
         <w:message name='FindIn_Headers'><w:part name='User' element='t:User'/></w:message>\
         <w:message name='GoneMessage'><w:part name='detail' element='t:Gone'/></w:message>\
         <w:portType name='P'><w:operation name='Find'><w:documentation>Finds.</w:documentation>\
         <w:input message='t:FindIn' xmlns:a='http://www.w3.org/2006/05/addressing/wsdl' \
         a:Action='urn:t/P/Find'/><w:output message='t:FindIn'/>\
         <w:fault name='Gone' message='t:GoneMessage'/></w:operation></w:portType>\
         <w:binding name='B' type='t:P'><s:binding transport='http://schemas.xmlsoap.org/soap/http'/>\
         <w:operation name='Find'><s:operation soapAction='urn:t/P/Find'/><w:input>\
         <s:header message='t:FindIn_Headers' part='User' use='literal' w:required='true'>\
         <s:headerfault message='t:GoneMessage' part='detail' use='literal'/></s:header>\
         <s:body use='literal' parts='parameters'/></w:input><w:output><s:body use='literal'/></w:output>\
         <w:fault name='Gone'><s:fault name='Gone' use='literal'/></w:fault></w:operation></w:binding>\
         <w:service name='Books'><w:port name='BooksPort' binding='t:B'>\
         <s:address location=' https://t.example/books '/></w:port></w:service>",
    );
    let service = &contract.services[0];
    assert_eq!(service.name, name("Books"));
    let port = &service.ports[0];
    assert_eq!(port.name, "BooksPort");
    let locations: Vec<_> = port
        .addresses
        .iter()
        .map(|a| a.location.as_deref())
        .collect();
    assert_eq!(locations, [Some("https://t.example/books")]);
    let binding = &contract.bindings[port.binding];
    assert_eq!(
        binding.protocol,
        Protocol::Soap {
            version: SoapVersion::Soap11,
            style: Style::Document,
            transport: "http://schemas.xmlsoap.org/soap/http".to_owned(),
        }
    );
    let bound = &binding.operations[0];
    assert_eq!(bound.action, Action::Known("urn:t/P/Find".to_owned()));
    assert_eq!(bound.input.body.parts, Some(vec!["parameters".to_owned()]));
    assert_eq!(bound.output.body.parts, None);
    assert_eq!(bound.faults[0].name, "Gone");
    let header = &bound.input.headers[0];
    assert!(header.required);
    assert_eq!(header.part, "User");
    assert_eq!(
        contract.messages[header.message].name,
        name("FindIn_Headers")
    );
    assert_eq!(header.faults[0].1, "detail");
    let port_type = &contract.port_types[binding.port_type];
    let operation = &port_type.operations[0];
    assert_eq!(
        operation.annotation.documentation.as_deref(),
        Some("Finds.")
    );
    assert_eq!(operation.transmission, Transmission::RequestResponse);
    let input = operation.input.as_ref().unwrap();
    assert_eq!(input.name, "FindRequest");
    assert_eq!(input.addressing_action.as_deref(), Some("urn:t/P/Find"));
    assert_eq!(operation.output.as_ref().unwrap().name, "FindResponse");
    let element = contract.find_element(&name("Find")).unwrap();
    assert_eq!(
        contract.messages[input.message].parts[0].content,
        PartContent::Element(element)
    );
    assert_eq!(operation.faults[0].name, "Gone");
}

#[test]
fn transmission_primitives_and_overloads() {
    let contract = clean(
        "<w:message name='M'/><w:portType name='P'>\
         <w:operation name='a'><w:input message='t:M'/></w:operation>\
         <w:operation name='a'><w:input name='second' message='t:M'/><w:output message='t:M'/></w:operation>\
         <w:operation name='b'><w:output message='t:M'/></w:operation>\
         <w:operation name='c' parameterOrder='x  y'><w:output message='t:M'/><w:input message='t:M'/>\
         </w:operation></w:portType>",
    );
    let (_, port_type) = contract.port_types.iter().next().unwrap();
    let shown: Vec<String> = port_type
        .operations
        .iter()
        .map(|operation| {
            let name = |m: &Option<crate::contract::MessageReference>| {
                m.as_ref().map_or("-".to_owned(), |m| m.name.clone())
            };
            format!(
                "{:?} {} {}",
                operation.transmission,
                name(&operation.input),
                name(&operation.output)
            )
        })
        .collect();
    assert_eq!(
        shown,
        [
            "OneWay a -",
            "RequestResponse second aResponse",
            "Notification - b",
            "SolicitResponse cResponse cSolicit",
        ]
    );
    assert_eq!(port_type.operations[3].parameter_order, ["x", "y"]);
}

#[test]
fn rpc_encoded_and_soap_12() {
    let contract = clean(
        "<w:message name='M'><w:part name='x' type='xs:int'/></w:message>\
         <w:portType name='P'><w:operation name='a'><w:input message='t:M'/></w:operation></w:portType>\
         <w:binding name='B' type='t:P'><s12:binding style='rpc' transport='urn:http'/>\
         <w:operation name='a'><s12:operation soapAction='' style='document'/><w:input>\
         <s12:body use='encoded' namespace='urn:w' encodingStyle='urn:e'/></w:input></w:operation>\
         </w:binding>",
    );
    let (_, binding) = contract.bindings.iter().next().unwrap();
    let Protocol::Soap { version, style, .. } = &binding.protocol else {
        panic!("{:?}", binding.protocol);
    };
    assert_eq!((*version, *style), (SoapVersion::Soap12, Style::Rpc));
    let operation = &binding.operations[0];
    assert_eq!(operation.action, Action::Empty);
    assert_eq!(operation.style, Some(Style::Document));
    assert_eq!(operation.input.body.use_, Use::Encoded);
    assert_eq!(operation.input.body.namespace.as_deref(), Some("urn:w"));
    assert_eq!(
        operation.input.body.encoding_style.as_deref(),
        Some("urn:e")
    );
}

#[test]
fn http_and_mime_bindings() {
    let contract = clean(
        "<w:message name='M'><w:part name='id' type='xs:int'/></w:message>\
         <w:message name='F'><w:part name='body' type='xs:int'/><w:part name='photo' \
         type='xs:base64Binary'/></w:message>\
         <w:portType name='P'><w:operation name='get'><w:input message='t:M'/></w:operation></w:portType>\
         <w:portType name='Q'><w:operation name='put'><w:input message='t:F'/></w:operation></w:portType>\
         <w:binding name='G' type='t:P'><h:binding verb='get'/><w:operation name='get'>\
         <h:operation location='/books/(id)/cover'/><w:input><h:urlReplacement/></w:input></w:operation>\
         </w:binding>\
         <w:binding name='S' type='t:Q'><s:binding transport='urn:http'/><w:operation name='put'>\
         <w:input><m:multipartRelated><m:part><s:body use='literal' parts='body'/></m:part>\
         <m:part><m:content part='photo' type='image/png'/><m:content part='photo' type='image/gif'/>\
         </m:part></m:multipartRelated></w:input></w:operation></w:binding>",
    );
    let bindings: Vec<_> = contract
        .bindings
        .iter()
        .map(|(_, binding)| binding)
        .collect();
    assert_eq!(
        bindings[0].protocol,
        Protocol::Http {
            method: "GET".to_owned(),
            content: HttpContent::Form,
        }
    );
    let http = bindings[0].operations[0].http.as_ref().unwrap();
    assert_eq!(
        (http.method.as_str(), http.path.as_str()),
        ("GET", "/books/{id}/cover")
    );
    let (_, message) = contract
        .messages
        .iter()
        .find(|(_, m)| m.name == name("M"))
        .unwrap();
    assert_eq!(message.parts[0].annotation.location, Location::Path);
    let input = &bindings[1].operations[0].input;
    assert_eq!(input.body.parts, Some(vec!["body".to_owned()]));
    assert_eq!(
        input.attachments,
        [Attachment {
            part: "photo".to_owned(),
            media_types: vec!["image/png".to_owned(), "image/gif".to_owned()],
        }]
    );
}

#[test]
fn bindings_without_a_known_protocol() {
    let (contract, findings) = read(
        "<w:message name='M'/>\
         <w:portType name='P'><w:operation name='A'><w:input message='t:M'/></w:operation></w:portType>\
         <w:binding name='Forgotten' type='t:P'><w:operation name='A'><s:operation/></w:operation>\
         </w:binding>\
         <w:binding name='Queue' type='t:P'><q:binding xmlns:q='urn:queue'/></w:binding>",
    );
    let said = |line: &&str| line.starts_with("warning") || line.starts_with("  = help");
    assert_eq!(
        findings.lines().filter(said).collect::<Vec<_>>(),
        [
            "warning[missing-markup]: a binding without soap:binding; SOAP over HTTP in document style \
             is assumed",
            "  = help: add <soap:binding transport=\"http://schemas.xmlsoap.org/soap/http\"/>",
            "warning[unsupported]: bindings of `urn:queue` are not known; no client is made",
            "  = help: SOAP 1.1, SOAP 1.2 and HTTP bindings are known",
        ]
    );
    assert_eq!(contract.bindings.iter().count(), 2);
}

#[test]
fn castile_annotations() {
    let contract = clean(
        "<c:fault-catalogue name='Code'><c:code value='A'>First.</c:code></c:fault-catalogue>\
         <w:message name='M'/><w:portType name='P'><w:operation name='a'><w:input message='t:M'/>\
         <c:errors><c:code value='A'/><c:code value='B'>Second.</c:code></c:errors>\
         <c:in-band path='r/m' code='code' reason='text' severity='level' errors='ERROR FATAL'/>\
         <c:idempotency kind='once'/></w:operation></w:portType>\
         <w:binding name='B' type='t:P'><s:binding/><w:operation name='a'>\
         <s:operation c:action-candidates='{namespace}/x {operation}'/></w:operation></w:binding>\
         <w:service name='S'><w:port name='p' binding='t:B'><s:address location='https://test'/>\
         <c:address environment='test' location='https://test'/>\
         <c:address environment='production' verified='false'/></w:port></w:service>",
    );
    let (id, catalogue) = contract.catalogues.iter().next().unwrap();
    let codes: Vec<_> = catalogue
        .codes
        .iter()
        .map(|code| (code.value.as_str(), code.documentation.as_deref()))
        .collect();
    assert_eq!(codes, [("A", Some("First.")), ("B", Some("Second."))]);
    let (_, port_type) = contract.port_types.iter().next().unwrap();
    let operation = &port_type.operations[0];
    assert_eq!(operation.errors.catalogue, Some(id));
    assert_eq!(operation.errors.codes, ["A", "B"]);
    let in_band = operation.errors.in_band.as_ref().unwrap();
    assert_eq!(
        in_band,
        &InBand {
            path: vec!["r".to_owned(), "m".to_owned()],
            code: "code".to_owned(),
            reason: Some("text".to_owned()),
            severity: Some((
                "level".to_owned(),
                vec!["ERROR".to_owned(), "FATAL".to_owned()]
            )),
            span: in_band.span,
        }
    );
    assert_eq!(operation.idempotency, Idempotency::Once);
    let (_, binding) = contract.bindings.iter().next().unwrap();
    assert_eq!(
        binding.operations[0].action,
        Action::Unknown {
            candidates: vec!["{namespace}/x".to_owned(), "{operation}".to_owned()],
        }
    );
    let addresses: Vec<_> = contract.services[0].ports[0]
        .addresses
        .iter()
        .map(|a| (a.environment.as_deref(), a.location.as_deref(), a.verified))
        .collect();
    assert_eq!(
        addresses,
        [
            (Some("test"), Some("https://test"), true),
            (Some("production"), None, false),
        ]
    );
}

#[test]
fn policies_and_required_extensions() {
    let (contract, findings) = read(
        "<p:Policy xmlns:p='http://www.w3.org/ns/ws-policy' Name='x' xmlns:u='http://docs.oasis-open.org\
         /wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd' u:Id='sec' xmlns:b='urn:b'>\
         <p:ExactlyOne><p:All><b:HttpBasicAuthentication/><b:Other p:Optional='true' b:v='1'/></p:All>\
         <p:All><b:Token><p:Policy><b:Kind> x </b:Kind><p:PolicyReference URI='#sec'/></p:Policy>\
         </b:Token></p:All></p:ExactlyOne></p:Policy>\
         <w:portType name='P'/><w:binding name='B' type='t:P'>\
         <p:PolicyReference xmlns:p='http://www.w3.org/ns/ws-policy' URI='#sec' w:required='true'/>\
         <p:PolicyReference xmlns:p='http://www.w3.org/ns/ws-policy' URI='http://else#p'/>\
         <s:binding/><x:odd xmlns:x='urn:x' w:required='true'/></w:binding>",
    );
    let (_, binding) = contract.bindings.iter().next().unwrap();
    let names: Vec<String> = binding
        .extensions
        .iter()
        .map(|e| e.name.to_string())
        .collect();
    assert_eq!(names, ["{urn:x}odd"]);
    let [PolicyTerm::All(sec), PolicyTerm::Reference(uri)] = &*binding.policy.terms else {
        panic!("{:?}", binding.policy);
    };
    assert_eq!(uri, "http://else#p");
    let [PolicyTerm::ExactlyOne(alternatives)] = &**sec else {
        panic!("{sec:?}");
    };
    let [PolicyTerm::All(first), PolicyTerm::All(second)] = &**alternatives else {
        panic!("{alternatives:?}");
    };
    let [PolicyTerm::Assertion(basic), PolicyTerm::Assertion(other)] = &**first else {
        panic!("{first:?}");
    };
    assert_eq!(basic.name.to_string(), "{urn:b}HttpBasicAuthentication");
    assert!(other.optional && !basic.optional);
    let attributes: Vec<_> = other
        .attributes
        .iter()
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    assert_eq!(attributes, ["{urn:b}v=1"]);
    let [PolicyTerm::Assertion(token)] = &**second else {
        panic!("{second:?}");
    };
    // The policy that refers to itself from inside ends there.
    let [PolicyTerm::Assertion(kind)] = &*token.policy.as_ref().unwrap().terms else {
        panic!("{token:?}");
    };
    assert_eq!(
        (kind.name.to_string().as_str(), &*kind.text),
        ("{urn:b}Kind", "x")
    );
    let named = |local: &'static str| move |name: &QName| &*name.local == local;
    assert!(binding.policy.mentions(&named("Kind")));
    assert!(!binding.policy.demands(&named("HttpBasicAuthentication")));
    assert_eq!(findings.matches("warning[").count(), 1, "{findings}");
    assert!(
        findings.starts_with(
            "warning[required-extension]: the extension `odd` of `urn:x` must be understood, and is \
             not; it is left out\n"
        ),
        "{findings}"
    );
}

#[test]
fn elements_and_types_of_parts_are_told_apart() {
    let (contract, findings) = read(
        "<w:types><xs:schema targetNamespace='urn:t'><xs:element name='E'/><xs:complexType name='T'/>\
         </xs:schema></w:types><w:message name='M'><w:part name='a' element='t:T'/>\
         <w:part name='b' type='t:E'/><w:part name='c' element='xs:string'/><w:part name='d'/></w:message>",
    );
    let (_, message) = contract.messages.iter().next().unwrap();
    let kinds: Vec<_> = message
        .parts
        .iter()
        .map(|part| matches!(part.content, PartContent::Element(_)))
        .collect();
    assert_eq!(kinds, [false, true, false, false]);
    assert_eq!(findings.matches("warning[").count(), 4, "{findings}");
    assert!(
        findings.contains("`T` is no element but a type, and taken as that"),
        "{findings}"
    );
    assert_eq!(contract.element_names().count(), 1);
}

#[test]
fn what_is_no_wsdl_is_refused() {
    let mut sources = Sources::default();
    let document = sources
        .add("a.wsdl", "<description xmlns='http://www.w3.org/ns/wsdl'/>")
        .unwrap();
    let mut contract = Contract::new();
    let mut diagnostics = Diagnostics::new();
    parse(&sources, document, &mut contract, &mut diagnostics);
    assert_eq!(
        diagnostics.render(&sources),
        "error[unsupported]: WSDL 2.0 is not read\n --> a.wsdl:1:1\n  |\n1 | <description \
         xmlns='http://www.w3.org/ns/wsdl'/>\n  | ^^^^^^^^^^^^\n  = help: ask the provider for a \
         description in WSDL 1.1\n\n"
    );
}

#[test]
fn what_is_in_no_namespace_is_read_as_wsdl() {
    let mut sources = Sources::default();
    let text = "<definitions targetNamespace='urn:t'><message name='M'/>\
                <portType name='P'><operation name='o'><input message='M'/></operation></portType></definitions>";
    let document = sources.add("a.wsdl", text).unwrap();
    let mut contract = Contract::new();
    let mut diagnostics = Diagnostics::new();
    parse(&sources, document, &mut contract, &mut diagnostics);
    assert_eq!(contract.messages.len(), 1);
    let operations = contract
        .port_types
        .iter()
        .next()
        .unwrap()
        .1
        .operations
        .len();
    assert_eq!(operations, 1);
    let report = diagnostics.render(&sources);
    let first = "warning[unexpected-markup]: `definitions` is in no namespace; it is read as \
                 WSDL\n --> a.wsdl:1:1\n";
    let help = "= help: declare the namespace of WSDL: xmlns=\"http://schemas.xmlsoap.org/wsdl/\"";
    assert!(report.starts_with(first), "{report}");
    assert!(report.contains(help), "{report}");
}

#[test]
fn unknown_annotations_and_catalogues_are_errors() {
    let (_, findings) = read(
        "<c:fault-catalogue name='Code'/><w:message name='M'/><w:portType name='P'>\
         <w:operation name='a' c:sekret='true'><w:input message='t:M'/>\
         <c:errors catalogue='Kode'/></w:operation></w:portType>",
    );
    assert!(
        findings.contains("`sekret` is no annotation of Castile"),
        "{findings}"
    );
    assert!(
        findings.contains("help: did you mean `secret`?"),
        "{findings}"
    );
    assert!(
        findings.contains("error[unresolved-reference]: no fault catalogue `Kode`"),
        "{findings}"
    );
    assert!(
        findings.contains("help: did you mean `Code`?"),
        "{findings}"
    );
}

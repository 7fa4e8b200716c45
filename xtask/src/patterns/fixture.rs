//! A pattern as a case of a corpus: a WSDL that echoes its element, and messages.

use roxmltree::{Document, Node};

use super::source::{NAMESPACE, Pattern};
use super::xpath;

/// What a message can be, in turn: whether it is a request, and the version of SOAP.
const FORMS: [(bool, &str); 4] = [(true, "1.1"), (false, "1.2"), (true, "1.2"), (false, "1.1")];

/// A message of a case.
pub(super) struct Message {
    /// The name of the file.
    pub(super) name: String,
    pub(super) is_request: bool,
    pub(super) soap: &'static str,
    pub(super) text: String,
}

/// The description of a service that echoes the element of a pattern.
pub(super) fn wsdl(pattern: &Pattern) -> String {
    let Pattern {
        name,
        definition,
        schemas,
        ..
    } = pattern;
    let (element, set) = (pattern.element(), pattern.set.name());
    let (import, prefix) = if pattern.is_qualified {
        (format!("<xs:import namespace=\"{NAMESPACE}\"/>"), "p:")
    } else {
        ("<xs:import/>".to_owned(), "")
    };
    let sent = |name: &str| {
        format!(
            "  <xs:element name=\"{name}\">\n   <xs:complexType>\n    <xs:sequence>\n     \
             <xs:element ref=\"{prefix}{element}\"/>\n    </xs:sequence>\n   </xs:complexType>\n  \
             </xs:element>\n"
        )
    };
    let message = |message: &str, element: &str| {
        format!(
            " <wsdl:message name=\"{message}\">\n  <wsdl:part name=\"parameters\" \
             element=\"e:{element}\"/>\n </wsdl:message>\n"
        )
    };
    let binding = |version: &str| {
        let literal = format!("<soap{version}:body use=\"literal\"/>");
        format!(
            " <wsdl:binding name=\"EchoSoap{version}\" type=\"e:Echo\">\n  <soap{version}:binding \
             transport=\"http://schemas.xmlsoap.org/soap/http\"/>\n  <wsdl:operation \
             name=\"echo{name}\">\n   <soap{version}:operation soapAction=\"urn:example:echo{name}\"/>\n   \
             <wsdl:input>{literal}</wsdl:input>\n   <wsdl:output>{literal}</wsdl:output>\n  \
             </wsdl:operation>\n </wsdl:binding>\n"
        )
    };
    let port = |version: &str| {
        format!(
            "  <wsdl:port name=\"EchoSoap{version}\" binding=\"e:EchoSoap{version}\">\n   \
             <soap{version}:address location=\"https://echo.example/soap{version}\"/>\n  </wsdl:port>\n"
        )
    };
    let (request, response) = (
        sent(&format!("echo{name}")),
        sent(&format!("echo{name}Response")),
    );
    let schemas = schemas.trim();
    let (definition, messages) = (
        definition.replace("--", "- -"),
        message("EchoRequest", &format!("echo{name}"))
            + &message("EchoResponse", &format!("echo{name}Response")),
    );
    let bindings = binding("11") + &binding("12");
    let ports = port("11") + &port("12");
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <!-- {name} ({set}): {definition}. Written by `cargo xtask patterns`. -->\n\
         <wsdl:definitions name=\"Echo\" targetNamespace=\"urn:example:echo\"\n    \
         xmlns:e=\"urn:example:echo\" xmlns:p=\"{NAMESPACE}\"\n    \
         xmlns:soap11=\"http://schemas.xmlsoap.org/wsdl/soap/\"\n    \
         xmlns:soap12=\"http://schemas.xmlsoap.org/wsdl/soap12/\"\n    \
         xmlns:wsdl=\"http://schemas.xmlsoap.org/wsdl/\"\n    \
         xmlns:xs=\"http://www.w3.org/2001/XMLSchema\">\n \
         <wsdl:types>\n {schemas}\n \
         <xs:schema targetNamespace=\"urn:example:echo\" elementFormDefault=\"qualified\">\n  \
         {import}\n{request}{response} </xs:schema>\n \
         </wsdl:types>\n{messages} \
         <wsdl:portType name=\"Echo\">\n  <wsdl:operation name=\"echo{name}\">\n   \
         <wsdl:input message=\"e:EchoRequest\"/>\n   <wsdl:output message=\"e:EchoResponse\"/>\n  \
         </wsdl:operation>\n </wsdl:portType>\n{bindings} \
         <wsdl:service name=\"EchoService\">\n{ports} </wsdl:service>\n</wsdl:definitions>\n"
    )
}

/// A message for each instance; for a single one both a request and a response.
pub(super) fn messages(pattern: &Pattern) -> Vec<Message> {
    let twice = pattern.instances.len() == 1;
    let instances = pattern.instances.iter().cycle();
    let count = pattern.instances.len() + usize::from(twice);
    { instances.take(count).zip(FORMS.iter().cycle()).enumerate() }
        .map(|(at, (instance, &(is_request, soap)))| Message {
            name: format!(
                "{}-{}.xml",
                if is_request { "request" } else { "response" },
                at + 1
            ),
            is_request,
            soap,
            text: message(pattern, instance, is_request, soap),
        })
        .collect()
}

fn message(pattern: &Pattern, instance: &str, is_request: bool, soap: &str) -> String {
    let envelope = match soap {
        "1.1" => "http://schemas.xmlsoap.org/soap/envelope/",
        _ => "http://www.w3.org/2003/05/soap-envelope",
    };
    let mut scope = String::new();
    for (prefix, namespace) in [
        ("p", NAMESPACE),
        ("xs", "http://www.w3.org/2001/XMLSchema"),
        ("xsi", "http://www.w3.org/2001/XMLSchema-instance"),
    ] {
        if instance.contains(&format!("{prefix}:")) {
            scope.push_str(&format!(" xmlns:{prefix}=\"{namespace}\""));
        }
    }
    let name = &pattern.name;
    let wrapper = format!("echo{name}{}", if is_request { "" } else { "Response" });
    let instance = instance.trim();
    format!(
        "<s:Envelope xmlns:s=\"{envelope}\">\n <s:Body>\n  \
         <e:{wrapper} xmlns:e=\"urn:example:echo\"{scope}>\n   {instance}\n  </e:{wrapper}>\n \
         </s:Body>\n</s:Envelope>\n"
    )
}

/// Whether the schemas show the pattern, and the messages its element.
pub(super) fn check(pattern: &Pattern, wsdl: &str, messages: &[Message]) -> Result<(), String> {
    let broken = |error: roxmltree::Error| error.to_string();
    let mut shows = false;
    let documents = pattern.files.iter().map(|(_, text)| &**text);
    for text in documents.chain([wsdl]) {
        let document = Document::parse(text).map_err(broken)?;
        let schemas = document.descendants().filter(is_schema);
        let own =
            schemas.filter(|node| node.attribute("targetNamespace") != Some("urn:example:echo"));
        for schema in own {
            shows |= holds(pattern, schema)?;
        }
    }
    if !shows {
        return Err(format!("no schema has `{}`", pattern.shows));
    }
    if !(1..=7).contains(&pattern.instances.len()) {
        return Err(format!("it has {} instances", pattern.instances.len()));
    }
    for Message { name, text, .. } in messages {
        let document = Document::parse(text).map_err(broken)?;
        let namespace = if pattern.is_qualified { NAMESPACE } else { "" };
        let element = pattern.element();
        let is_own = |node: Node<'_, '_>| {
            let name = node.tag_name();
            name.name() == element && name.namespace().unwrap_or_default() == namespace
        };
        // Another element may stand for an abstract one.
        let is_abstract = pattern.shows.contains("@abstract='true'")
            || pattern.shows.contains("@substitutionGroup");
        if !is_abstract && !document.descendants().any(is_own) {
            return Err(format!("{name} has no element `{element}`"));
        }
    }
    Ok(())
}

fn holds(pattern: &Pattern, schema: Node<'_, '_>) -> Result<bool, String> {
    // A node's lifetimes are one and the same to the evaluator.
    xpath::holds(&pattern.shows, schema)
}

fn is_schema(node: &Node<'_, '_>) -> bool {
    node.has_tag_name(("http://www.w3.org/2001/XMLSchema", "schema"))
}

//! Ports, bindings and operations.

use super::*;

#[test]
fn a_port_without_its_binding_leaves_the_client_of_the_port_type() {
    check_definitions(
        DOCUMENT,
        r#"<w:operation name="Do"><w:input message="I"/><w:output message="O"/></w:operation>"#,
        r#"<w:binding name="B" type="P"><s:binding style="document"/><w:operation name="Do"><s:operation soapAction="urn:do"/>
<w:input><s:body parts="body" use="literal"/></w:input><w:output><s:body use="literal"/></w:output></w:operation></w:binding>
<w:service name="S"><w:port name="P" binding="Bee"/></w:service>"#,
        r#"
service P (SOAP 1.1)
  namespace urn:t
  operation Do
    action urn:do
    request In
      int
    response Out
      int

warning[unresolved-binding]: no binding `Bee` in `urn:t`; the port is left out
 --> test.wsdl:8:47
  |
8 | <w:service name="S"><w:port name="P" binding="Bee"/></w:service>
  |                                               ^^^
"#,
    );
}

#[test]
fn a_binding_without_a_service_is_a_client_of_its_port_type() {
    check_definitions(
        DOCUMENT,
        r#"<w:operation name="Do"><w:input message="I"/><w:output message="O"/></w:operation>"#,
        r#"<w:binding name="B" type="P"><s:binding style="document"/><w:operation name="Do"><s:operation soapAction="urn:do"/>
<w:input><s:header message="I" part="key" use="literal"/><s:body use="literal"/></w:input><w:output><s:body use="literal"/></w:output></w:operation></w:binding>"#,
        r#"
service P (SOAP 1.1)
  namespace urn:t
  operation Do
    action urn:do
    header Key: string, optional
    request In
      int
    response Out
      int
"#,
    );
}

#[test]
fn rpc_style_gets_a_wrapper_of_unqualified_parts() {
    check_definitions(
        r#"<w:message name="I"><w:part name="a" type="xs:int"/><w:part name="b" type="xs:string"/></w:message>
<w:message name="O"><w:part name="result" type="xs:int"/></w:message>"#,
        r#"<w:operation name="Add"><w:input message="I"/><w:output message="O"/></w:operation>"#,
        r#"<w:binding name="B" type="P"><s:binding style="rpc"/><w:operation name="Add"><s:operation soapAction=""/>
<w:input><s:body use="literal" namespace="urn:rpc" parts="b a"/></w:input><w:output><s:body use="literal" namespace="urn:rpc"/></w:output></w:operation></w:binding>
<w:service name="S"><w:port name="Port" binding="B"><s:address location="http://t/"/></w:port></w:service>"#,
        r#"
service S (SOAP 1.1)
  namespace urn:t
  address http://t/
  operation Add
    request Add
      b: string
      a: int
    response AddResponse
      result: int
"#,
    );
}

#[test]
fn overloads_are_told_apart_by_their_inputs() {
    check_definitions(
        r#"<w:message name="I"><w:part name="body" element="In"/></w:message>
<w:message name="K"><w:part name="body" element="Key"/></w:message>
<w:message name="O"><w:part name="body" element="Out"/></w:message>"#,
        r#"<w:operation name="Get"><w:input name="ById" message="I"/><w:output message="O"/></w:operation>
<w:operation name="Get"><w:input name="ByKey" message="K"/><w:output message="O"/></w:operation>"#,
        r#"<w:binding name="B" type="P"><s:binding style="document"/>
<w:operation name="Get"><s:operation soapAction="urn:key"/><w:input name="ByKey"><s:body use="literal"/></w:input><w:output><s:body use="literal"/></w:output></w:operation>
<w:operation name="Get"><s:operation soapAction="urn:id"/><w:input name="ById"><s:body use="literal"/></w:input><w:output><s:body use="literal"/></w:output></w:operation>
</w:binding>"#,
        r#"
service P (SOAP 1.1)
  namespace urn:t
  operation Get
    action urn:id
    request In
      int
    response Out
      int
  operation Get
    action urn:key
    request Key
      string
    response Out
      int
"#,
    );
}

#[test]
fn what_cannot_be_bound_is_left_out_with_a_warning() {
    check_definitions(
        DOCUMENT,
        r#"<w:operation name="Do"><w:input message="I"/></w:operation>
<w:operation name="Tell"><w:output message="O"/></w:operation>"#,
        r#"<w:binding name="B" type="P"><s:binding style="document"/>
<w:operation name="Do"><s:operation soapAction="urn:do"/><w:input><s:header message="I" part="kye" use="literal"/><s:body use="literal" parts="body"/></w:input></w:operation>
<w:operation name="Doo"><s:operation/><w:input><s:body use="literal"/></w:input></w:operation>
<w:operation name="Tell"><s:operation/><w:output><s:body use="literal"/></w:output></w:operation>
</w:binding>"#,
        r#"
service P (SOAP 1.1)
  namespace urn:t
  operation Do (one-way)
    action urn:do
    request In
      int
  operation Tell (one-way, begun by the service)
    request Out
      int

warning[unresolved-part]: message `I` has no part `kye`; it is left out
 --> test.wsdl:8:67
  |
8 | <w:operation name="Do"><s:operation soapAction="urn:do"/><w:input><s:header message="I" part="kye" use="literal"/><s:body use="literal" parts="body"/></w:input>
  |                                                                   ^^^^^^^^^

warning[unresolved-operation]: port type `P` has no operation `Doo` left to bind; it is left out
 --> test.wsdl:9:20
  |
9 | <w:operation name="Doo"><s:operation/><w:input><s:body use="literal"/></w:input></w:operation>
  |                    ^^^
  = help: did you mean `Do`?
"#,
    );
}

#[test]
fn a_binding_without_operations_is_told() {
    check_definitions(
        DOCUMENT,
        r#"<w:operation name="Do"><w:input message="I"/></w:operation>"#,
        r#"<w:binding name="B" type="P"><s:binding style="document"/></w:binding>"#,
        r#"
service P (SOAP 1.1)
  namespace urn:t

warning[missing-markup]: the binding `B` binds no operation of port type `P`; its client has no calls
 --> test.wsdl:6:18
  |
6 | <w:binding name="B" type="P"><s:binding style="document"/></w:binding>
  |                  ^
  = help: add a wsdl:operation with soap:operation for each that is offered
"#,
    );
}

#[test]
fn http_ports_that_add_no_operation_get_no_client() {
    for (ports, clients) in [
        ("Soap Get", &["SOAP 1.1"] as &[_]),
        ("Get Soap", &["SOAP 1.1"]),
        ("Get Soap Post", &["SOAP 1.1", "HTTP"]),
        ("Get Post", &["HTTP", "HTTP"]),
        ("Post Get", &["HTTP"]),
        ("Post Xml", &["HTTP"]),
        ("Get", &["HTTP"]),
    ] {
        let found = asmx(ports);
        let lines = found.lines().filter(|line| line.starts_with("service "));
        let lines: Vec<&str> = lines.collect();
        assert_eq!(lines.len(), clients.len(), "{ports}:\n{found}");
        for (line, client) in lines.iter().zip(clients) {
            assert!(line.contains(client), "{ports}: {line}");
        }
    }
}

//! A WSDL of any size, made by code, in the proportions of large real ones: two messages an operation,
//! records of eight fields that refer to each other, a derived record in five, an enumeration in seven, a
//! choice in ten, groups, lists, attributes, and a sentence of documentation on every second declaration.

use std::fmt::Write as _;

/// The operations of the smallest size.
const OPERATIONS: usize = 80;

/// Records beside the messages, for each operation.
const RECORDS: usize = 2;

const BUILT_IN: [&str; 8] = [
    "xs:string",
    "xs:int",
    "xs:boolean",
    "xs:decimal",
    "xs:dateTime",
    "xs:long",
    "xs:date",
    "xs:base64Binary",
];

/// The operations of a size.
pub(super) fn operations(size: usize) -> usize {
    OPERATIONS * size
}

/// The WSDL of a size.
pub(super) fn wsdl(size: usize) -> String {
    let operations = operations(size);
    let mut out = String::from(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n\
         <definitions xmlns=\"http://schemas.xmlsoap.org/wsdl/\" name=\"Depot\"\n\
         \x20   xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:d=\"urn:example:depot\"\n\
         \x20   xmlns:soap=\"http://schemas.xmlsoap.org/wsdl/soap/\" targetNamespace=\"urn:example:depot\">\n\
         <types>\n<xs:schema targetNamespace=\"urn:example:depot\" elementFormDefault=\"qualified\">\n",
    );
    let records = operations * RECORDS;
    for number in 0..records / 10 {
        group(&mut out, number);
    }
    for number in 0..records / 7 {
        enumeration(&mut out, number);
    }
    for number in 0..records {
        record(&mut out, number, records);
    }
    for number in 0..operations {
        messages(&mut out, number, records);
    }
    out.push_str("</xs:schema>\n</types>\n");
    for number in 0..operations {
        let _ = write!(
            out,
            "<message name=\"Move{number}Input\"><part name=\"parameters\" element=\"d:Move{number}\"/></message>\n\
             <message name=\"Move{number}Output\"><part name=\"parameters\" element=\"d:Move{number}Response\"/></message>\n"
        );
    }
    out.push_str("<portType name=\"DepotPort\">\n");
    for number in 0..operations {
        let _ = write!(
            out,
            "  <operation name=\"Move{number}\">\n    <documentation>Moves a batch to shelf {number}, and says \
             what is left behind.</documentation>\n    <input message=\"d:Move{number}Input\"/>\n    \
             <output message=\"d:Move{number}Output\"/>\n  </operation>\n"
        );
    }
    out.push_str(
        "</portType>\n<binding name=\"DepotBinding\" type=\"d:DepotPort\">\n\
         <soap:binding transport=\"http://schemas.xmlsoap.org/soap/http\"/>\n",
    );
    for number in 0..operations {
        let _ = write!(
            out,
            "  <operation name=\"Move{number}\">\n    <soap:operation soapAction=\"urn:example:depot#Move{number}\"/>\n    \
             <input><soap:body use=\"literal\"/></input>\n    <output><soap:body use=\"literal\"/></output>\n  \
             </operation>\n"
        );
    }
    out.push_str(
        "</binding>\n<service name=\"Depot\"><port name=\"DepotPort\" binding=\"d:DepotBinding\">\
         <soap:address location=\"https://depot.example/soap\"/></port></service>\n</definitions>\n",
    );
    out
}

fn documentation(out: &mut String, number: usize) {
    if number.is_multiple_of(2) {
        let _ = writeln!(
            out,
            "  <xs:annotation><xs:documentation>What the depot knows of item {number}, as of the last \
             count.</xs:documentation></xs:annotation>"
        );
    }
}

fn group(out: &mut String, number: usize) {
    let _ = write!(
        out,
        "<xs:group name=\"Dimensions{number}\">\n  <xs:sequence>\n    \
         <xs:element name=\"Width{number}\" type=\"xs:decimal\"/>\n    \
         <xs:element name=\"Height{number}\" type=\"xs:decimal\" minOccurs=\"0\"/>\n    \
         <xs:sequence>\n      <xs:element name=\"Depth{number}\" type=\"xs:decimal\"/>\n    </xs:sequence>\n  \
         </xs:sequence>\n</xs:group>\n"
    );
}

fn enumeration(out: &mut String, number: usize) {
    let _ = writeln!(out, "<xs:simpleType name=\"State{number}\">");
    documentation(out, number);
    out.push_str("  <xs:restriction base=\"xs:string\">\n");
    for value in 0..8 {
        let _ = writeln!(
            out,
            "    <xs:enumeration value=\"Shelf{number}Level{value}\"/>"
        );
    }
    out.push_str("  </xs:restriction>\n</xs:simpleType>\n");
}

fn record(out: &mut String, number: usize, records: usize) {
    let _ = writeln!(out, "<xs:complexType name=\"Item{number}\">");
    documentation(out, number);
    let is_derived = number % 5 == 4;
    if is_derived {
        let _ = writeln!(
            out,
            "  <xs:complexContent><xs:extension base=\"d:Item{}\">",
            number - 1
        );
    }
    out.push_str("  <xs:sequence>\n");
    for field in 0..6 {
        let type_ = BUILT_IN[(number + field) % BUILT_IN.len()];
        let occurs = ["", " minOccurs=\"0\"", " nillable=\"true\""][(number + field) % 3];
        let _ = writeln!(
            out,
            "    <xs:element name=\"Count{field}Of{number}\" type=\"{type_}\"{occurs}/>"
        );
    }
    let state = number % (records / 7);
    let _ = write!(
        out,
        "    <xs:element name=\"State\" type=\"d:State{state}\"/>\n    \
         <xs:element name=\"Part\" type=\"d:Item{}\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>\n",
        (number * 7 + 1) % records
    );
    if number.is_multiple_of(10) {
        let _ = write!(
            out,
            "    <xs:group ref=\"d:Dimensions{}\"/>\n    <xs:choice>\n      \
             <xs:element name=\"Weight\" type=\"xs:decimal\"/>\n      \
             <xs:element name=\"Pieces\" type=\"xs:int\"/>\n    </xs:choice>\n",
            number / 10
        );
    }
    out.push_str("  </xs:sequence>\n");
    if number.is_multiple_of(3) {
        let _ = writeln!(
            out,
            "  <xs:attribute name=\"label{number}\" type=\"xs:string\"/>"
        );
    }
    if is_derived {
        out.push_str("  </xs:extension></xs:complexContent>\n");
    }
    out.push_str("</xs:complexType>\n");
}

fn messages(out: &mut String, number: usize, records: usize) {
    let item = number * RECORDS;
    let _ = write!(
        out,
        "<xs:element name=\"Move{number}\">\n  <xs:complexType>\n    <xs:sequence>\n      \
         <xs:element name=\"Shelf\" type=\"xs:string\"/>\n      \
         <xs:element name=\"Batch\" type=\"d:Item{item}\" minOccurs=\"0\"/>\n      \
         <xs:element name=\"Urgent\" type=\"xs:boolean\" minOccurs=\"0\"/>\n    </xs:sequence>\n  \
         </xs:complexType>\n</xs:element>\n\
         <xs:element name=\"Move{number}Response\">\n  <xs:complexType>\n    <xs:sequence>\n      \
         <xs:element name=\"Left\" type=\"d:Item{}\" minOccurs=\"0\" maxOccurs=\"unbounded\"/>\n      \
         <xs:element name=\"Moved\" type=\"xs:int\"/>\n    </xs:sequence>\n  </xs:complexType>\n</xs:element>\n",
        (item + 1) % records
    );
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_multiples_of_each_other() {
        let [one, two, eight] = [1, 2, 8].map(|size| {
            let text = wsdl(size);
            let document = roxmltree::Document::parse(&text).unwrap();
            let named = |name: &str| {
                let nodes = document.descendants();
                nodes.filter(|node| node.has_tag_name(name)).count()
            };
            let xs = "http://www.w3.org/2001/XMLSchema";
            let records = { document.descendants() }
                .filter(|node| node.has_tag_name((xs, "complexType")))
                .count();
            (named("message"), records, document.descendants().count())
        });
        assert_eq!((one.0, two.0, eight.0), (160, 320, 1280));
        assert_eq!((one.1, two.1, eight.1), (320, 640, 2560));
        assert!(eight.2.abs_diff(one.2 * 8) < 200, "{one:?} {eight:?}");
    }
}

//! Records of ten fields, made by code: what one more of them costs.

use std::fmt::Write as _;

const TYPES: [&str; 10] = [
    "string", "int", "decimal", "boolean", "dateTime", "string", "long", "date", "string", "string",
];

/// A schema of so many records, each an element of its own.
pub(super) fn schema(count: usize) -> String {
    let mut out = String::from(
        "<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\" xmlns:r=\"urn:example:records\" \
         targetNamespace=\"urn:example:records\" elementFormDefault=\"qualified\">\n",
    );
    for record in 0..count {
        let _ = writeln!(
            out,
            "<xs:element name=\"Record{record}\" type=\"r:Record{record}\"/>\n\
             <xs:complexType name=\"Record{record}\">\n  <xs:sequence>"
        );
        for (field, type_) in TYPES.iter().enumerate() {
            let occurs = if field % 3 == 2 {
                " minOccurs=\"0\""
            } else {
                ""
            };
            let _ = writeln!(
                out,
                "    <xs:element name=\"Field{field}\" type=\"xs:{type_}\"{occurs}/>"
            );
        }
        out.push_str("  </xs:sequence>\n</xs:complexType>\n");
    }
    out.push_str("</xs:schema>\n");
    out
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_record_has_ten_fields() {
        let text = super::schema(3);
        let tree = roxmltree::Document::parse(&text).unwrap();
        let named = |name: &str| {
            let nodes = tree.descendants();
            nodes.filter(|node| node.tag_name().name() == name).count()
        };
        assert_eq!((named("complexType"), named("element")), (3, 33));
    }
}

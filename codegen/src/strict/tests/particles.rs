//! Content models: where groups stand, which particle an element is for, restrictions.

use super::{broken, hold, schema};

#[test]
fn groups() {
    hold(&[
        (
            "mg-props-correct.2",
            "<xs:group name='g'><xs:sequence><xs:group ref='h'/></xs:sequence></xs:group><xs:group name='h'><xs:choice><xs:group ref='g' minOccurs='0'/></xs:choice></xs:group>",
            "<xs:group name='g'><xs:sequence><xs:group ref='h'/></xs:sequence></xs:group><xs:group name='h'><xs:choice><xs:element ref='e'/></xs:choice></xs:group><xs:element name='e'><xs:complexType><xs:group ref='g'/></xs:complexType></xs:element>",
        ),
        (
            "cos-all-limited.1.2",
            "<xs:group name='g'><xs:all/></xs:group><xs:complexType name='T'><xs:sequence><xs:group ref='g'/></xs:sequence></xs:complexType>",
            "<xs:group name='g'><xs:all/></xs:group><xs:complexType name='T'><xs:group ref='g' minOccurs='0'/></xs:complexType>",
        ),
        (
            "cos-all-limited.1.2",
            "<xs:complexType name='B'><xs:all><xs:element name='e'/></xs:all></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:extension base='B'><xs:sequence><xs:element name='f'/></xs:sequence></xs:extension></xs:complexContent></xs:complexType>",
            "<xs:complexType name='B'><xs:all><xs:element name='e'/></xs:all></xs:complexType><xs:complexType name='T'><xs:complexContent><xs:extension base='B'><xs:attribute name='f'/></xs:extension></xs:complexContent></xs:complexType>",
        ),
        (
            "cos-all-limited.2",
            "<xs:complexType name='T'><xs:all><xs:element name='e' maxOccurs='2'/></xs:all></xs:complexType>",
            "<xs:complexType name='T'><xs:all><xs:element name='e' minOccurs='0'/></xs:all></xs:complexType>",
        ),
        (
            "cos-element-consistent",
            "<xs:complexType name='T'><xs:sequence><xs:element name='e' type='xs:int'/><xs:sequence><xs:element name='e' type='xs:long'/></xs:sequence></xs:sequence></xs:complexType>",
            "<xs:complexType name='T'><xs:sequence><xs:element name='e' type='xs:int'/><xs:sequence><xs:element name='e' type='xs:int'/></xs:sequence></xs:sequence></xs:complexType>",
        ),
    ]);
}

/// The rules that a content model breaks, with `a` to `d` for elements; `h` and its substitute `s`
/// are global.
fn content(model: &str) -> Vec<&'static str> {
    let mut expanded = String::new();
    for word in model.split(' ') {
        let (name, occurs) = word.split_once('{').unwrap_or((word, "1,1}"));
        let (min, max) = occurs.trim_end_matches('}').split_once(',').unwrap();
        let occurs = format!("minOccurs='{min}' maxOccurs='{max}'");
        expanded += &match name {
            "any" => format!("<xs:any {occurs}/>"),
            "other" => format!("<xs:any namespace='##other' {occurs}/>"),
            "(" => format!("<xs:sequence {occurs}>"),
            "|" => format!("<xs:choice {occurs}>"),
            "h" | "s" => format!("<xs:element ref='{name}' {occurs}/>"),
            ")" => "</xs:sequence>".to_owned(),
            "/" => "</xs:choice>".to_owned(),
            name => format!("<xs:element name='{name}' type='xs:int' {occurs}/>"),
        };
    }
    broken(
        &schema(&format!(
            "<xs:element name='h' type='xs:int'/>\
             <xs:element name='s' type='xs:int' substitutionGroup='h'/>\
             <xs:complexType name='T'>{expanded}</xs:complexType>"
        )),
        true,
    )
    .0
}

#[test]
fn one_particle_for_each_element() {
    let clear = [
        "( a b{0,1} a )",
        "( a{2,2} a )",
        "( ( a b ){2,2} a )",
        "| a ( b a ) /",
        "( a{0,1} b{0,1} c{0,1} )",
        "( |{0,unbounded} a b / c )",
        "( ( a b{0,1} c ){0,unbounded} b )",
        "( a{0,unbounded} other{0,unbounded} )",
        "( h{0,1} a )",
        "( a{1000000,1000000} a )",
        "( a ){0,unbounded}",
        "( a{1,2} ){2,2}",
    ];
    for model in clear {
        let model = model.replace("( a ){0,unbounded}", "({0,unbounded} a )");
        let model = model.replace("( a{1,2} ){2,2}", "({2,2} a{1,2} )");
        let model = model.replace("( a b ){2,2}", "({2,2} a b )");
        let model = model.replace("( a b{0,1} c ){0,unbounded}", "({0,unbounded} a b{0,1} c )");
        assert_eq!(content(&model), [""; 0], "{model}");
    }
    let unclear = [
        "( a{0,1} a )",
        "( a{1,2} a )",
        "| a a /",
        "| ( a b ) ( a c ) /",
        "({2,2} a{0,1} b{0,1} a )",
        "( ({0,unbounded} a b{0,1} ) b )",
        "( a{0,1} any )",
        "( any{0,1} any )",
        "( h{0,1} s )",
        "| h s /",
        "({0,unbounded} a b{0,unbounded} ( b{0,1} c{0,1} ) )",
        "( ({1,2} a b ) a )",
    ];
    for model in unclear {
        assert_eq!(content(model), ["cos-nonambig"], "{model}");
    }
}

/// The rules that a restriction of a content model breaks.
fn restriction(base: &str, own: &str) -> Vec<&'static str> {
    broken(
        &schema(&format!(
            "<xs:complexType name='B'>{base}</xs:complexType><xs:complexType name='T'>\
             <xs:complexContent><xs:restriction base='B'>{own}</xs:restriction></xs:complexContent>\
             </xs:complexType><xs:element name='h' type='xs:int'/>\
             <xs:element name='s' type='xs:int' substitutionGroup='h'/>"
        )),
        true,
    )
    .0
}

#[test]
fn restrictions() {
    const A: &str = "<xs:element name='a' type='xs:int'/>";
    const A_MAYBE: &str = "<xs:element name='a' type='xs:int' minOccurs='0'/>";
    const A_SHORT: &str = "<xs:element name='a' type='xs:short'/>";
    const A_NIL: &str = "<xs:element name='a' type='xs:int' nillable='true'/>";
    const A_FIXED: &str = "<xs:element name='a' type='xs:int' fixed='1'/>";
    const A_BLOCK: &str = "<xs:element name='a' type='xs:int' block='extension'/>";
    const B: &str = "<xs:element name='b' type='xs:int'/>";
    const B_MAYBE: &str = "<xs:element name='b' type='xs:int' minOccurs='0'/>";
    const H: &str = "<xs:element ref='h'/>";
    const S: &str = "<xs:element ref='s'/>";
    const ANY: &str = "<xs:any/>";
    const OTHER: &str = "<xs:any namespace='##other'/>";
    const LAX: &str = "<xs:any processContents='lax'/>";
    const ANY_TWO: &str = "<xs:any minOccurs='2' maxOccurs='2'/>";
    let sequence = |items: &[&str]| format!("<xs:sequence>{}</xs:sequence>", items.concat());
    let choice = |items: &[&str]| format!("<xs:choice>{}</xs:choice>", items.concat());
    let many = |items: &[&str]| {
        format!(
            "<xs:choice maxOccurs='unbounded'>{}</xs:choice>",
            items.concat()
        )
    };
    let all = |items: &[&str]| format!("<xs:all>{}</xs:all>", items.concat());
    let rows = [
        (sequence(&[A, B_MAYBE]), sequence(&[A]), ""),
        (sequence(&[A, B]), sequence(&[A]), "rcase-Recurse.2"),
        (sequence(&[A]), sequence(&[A_SHORT]), ""),
        (
            sequence(&[A_SHORT]),
            sequence(&[A]),
            "rcase-NameAndTypeOK.7",
        ),
        (sequence(&[A]), sequence(&[B]), "rcase-NameAndTypeOK.1"),
        (
            sequence(&[A]),
            sequence(&[A_MAYBE]),
            "rcase-NameAndTypeOK.3",
        ),
        (sequence(&[A]), sequence(&[A_NIL]), "rcase-NameAndTypeOK.5"),
        (
            sequence(&[A_FIXED]),
            sequence(&[A]),
            "rcase-NameAndTypeOK.4",
        ),
        (
            sequence(&[A_BLOCK]),
            sequence(&[A]),
            "rcase-NameAndTypeOK.6",
        ),
        (sequence(&[ANY]), sequence(&[H]), ""),
        (sequence(&[OTHER]), sequence(&[H]), "rcase-NSCompat.1"),
        (sequence(&[ANY]), sequence(&[OTHER]), ""),
        (sequence(&[OTHER]), sequence(&[ANY]), "rcase-NSSubset.2"),
        (sequence(&[ANY]), sequence(&[LAX]), "rcase-NSSubset.3"),
        (sequence(&[ANY_TWO]), sequence(&[A, B]), ""),
        (
            sequence(&[ANY]),
            sequence(&[A, B]),
            "rcase-NSRecurseCheckCardinality.2",
        ),
        (sequence(&[A]), sequence(&[ANY]), "cos-particle-restrict.2"),
        (choice(&[A, B]), choice(&[B]), ""),
        (choice(&[A]), choice(&[A, B]), "cos-particle-restrict.2"),
        (many(&[A, B]), sequence(&[B, A]), ""),
        (choice(&[A, B]), sequence(&[A, B]), "rcase-MapAndSum.2"),
        (many(&[A, H]), sequence(&[A, B]), "rcase-MapAndSum.1"),
        (all(&[A, B]), sequence(&[B, A]), ""),
        (all(&[A, B]), sequence(&[B]), "rcase-Recurse.2"),
        (
            all(&[A, H, B]),
            sequence(&[B, A]),
            "rcase-RecurseUnordered.2",
        ),
        (all(&[A, B]), choice(&[A, B]), "cos-particle-restrict.2"),
        (sequence(&[H]), sequence(&[S]), ""),
        (sequence(&[S]), sequence(&[H]), "cos-particle-restrict.2"),
    ];
    let mut wrong = String::new();
    for (base, own, rule) in rows {
        let found = restriction(&base, &own);
        if found.join(" ") != rule {
            wrong += &format!("{found:?} and not `{rule}`: {own} of {base}\n");
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

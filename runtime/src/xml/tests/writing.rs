//! Documents from records.

use super::read;
use crate::complex::{ComplexType, Record};
use crate::shape::one;
use crate::specimens::{
    Account, Accounts, Amount, Event, Find, Key, NAMESPACE, OTHER, Parcel, Place, Remark, Status,
};
use crate::types::{Decimal, Nillable, QName, Secret};
use crate::value::Value;
use crate::xml::{Reader, Writer, XSI};
use crate::{AnyAttribute, AnyAttributes, AnyElement, Limits};

fn write(record: &impl ComplexType) -> String {
    let mut writer = Writer::new();
    writer.declare("i", XSI);
    writer.start(NAMESPACE, "Root");
    record.write_content(&mut writer);
    writer.end();
    let document = writer.finish().unwrap();
    let root = format!("<ns:Root xmlns:i=\"{XSI}\" xmlns:ns=\"{NAMESPACE}\"");
    document
        .strip_prefix(&root)
        .expect("declarations")
        .to_owned()
}

#[test]
fn octets_are_those_of_the_text() {
    let writer = || {
        let mut writer = Writer::new();
        writer.start("urn:a", "a");
        writer.text("\u{e9} < \u{1f600}");
        writer
    };
    let expected = "<ns:a xmlns:ns=\"urn:a\">\u{e9} &lt; \u{1f600}</ns:a>";
    assert_eq!(writer().finish().unwrap(), expected);
    assert_eq!(writer().finish_octets().unwrap(), expected.as_bytes());
    let mut writer = writer();
    writer.text("\0");
    assert_eq!(
        writer.finish_octets().unwrap_err().to_string(),
        "/a: the character U+0000 is not allowed in XML"
    );
}

#[test]
fn a_record() {
    let account = Account {
        balance: Decimal::new(23_000, 2),
        status: Status::Other("a<b & \"c\"\r".to_owned()),
        number: Some(String::new()),
        moved_to: None,
        stopped: true,
        due: None,
    };
    let accounts = Accounts {
        accounts: vec![account],
        correlation: None,
        notes: vec!["é".to_owned()],
    };
    assert_eq!(
        write(&accounts),
        "><ns:Accounts><ns:Account><ns:Balance>230.00</ns:Balance>\
         <ns:Status>a&lt;b &amp; \"c\"&#13;</ns:Status><ns:Number/><ns:MovedTo i:nil=\"true\"/>\
         <ns:Stopped>true</ns:Stopped></ns:Account></ns:Accounts><ns:Correlation i:nil=\"true\"/>\
         <ns:Note>é</ns:Note></ns:Root>"
    );
    assert_eq!(
        write(&Accounts::default()),
        "><ns:Accounts/><ns:Correlation i:nil=\"true\"/></ns:Root>"
    );
}

#[test]
fn the_others_of_a_group_are_nil() {
    let find = |key| Find {
        country: "SE".to_owned(),
        key,
        password: Secret::from("p"),
        store: 7,
    };
    let customer = "><ns:Country>SE</ns:Country><ns:Customer>1</ns:Customer><ns:Number i:nil=\"true\"/>\
        <ns:Password>p</ns:Password><ns:Store>7</ns:Store></ns:Root>";
    assert_eq!(write(&find(Some(Key::Customer("1".to_owned())))), customer);
    let numbers = "><ns:Country>SE</ns:Country><ns:Customer i:nil=\"true\"/><ns:Number>1</ns:Number>\
        <ns:Number>2</ns:Number><ns:Password>p</ns:Password><ns:Store>7</ns:Store></ns:Root>";
    assert_eq!(write(&find(Some(Key::Numbers(vec![1, 2])))), numbers);
    let place = Key::Place(Place {
        street: "A".to_owned(),
        city: None,
    });
    let place_text = "><ns:Country>SE</ns:Country><ns:Customer i:nil=\"true\"/><ns:Number i:nil=\"true\"/>\
        <ns:Street>A</ns:Street><ns:Password>p</ns:Password><ns:Store>7</ns:Store></ns:Root>";
    assert_eq!(write(&find(Some(place))), place_text);
}

fn parcel() -> Parcel {
    Parcel {
        currency: "S\"E\nK".to_owned(),
        version: Some(2),
        kind: Some(QName::with_prefix("urn:q", "fast", "q")),
        attributes: AnyAttributes(vec![
            AnyAttribute {
                name: QName::new("", "extra"),
                value: "<&>".to_owned(),
            },
            AnyAttribute {
                name: QName::with_prefix("urn:z", "e", "z"),
                value: "1".to_owned(),
            },
        ]),
        home: Some(Place {
            street: "A".to_owned(),
            city: Some("B".to_owned()),
        }),
        codes: Some(vec![Some(1), None]),
        shipped: Nillable::Nil,
        events: vec![
            Event::Sent("2020-01-01".parse().unwrap()),
            Event::Lost("x".to_owned()),
            Event::Lost("y".to_owned()),
        ],
        amount: Some(Amount {
            currency: Some("EUR".to_owned()),
            value: Decimal::new(150, 2),
        }),
        remark: Some(Remark {
            words: " so ".to_owned(),
            bold: vec!["b".to_owned()],
        }),
        payload: Some(AnyElement::new(QName::new(OTHER, "Payload")).with_text("t")),
        inner: Some(Box::new(Parcel {
            currency: "c".to_owned(),
            version: Some(1),
            ..Parcel::default()
        })),
        tags: vec![Some("x".to_owned()), None],
        rest: vec![
            AnyElement::new(QName::new("urn:r", "More"))
                .with_namespace("r", "urn:r")
                .with_attribute(QName::with_prefix("urn:s", "at", "r"), "v")
                .with_text("r:name")
                .with_child(
                    AnyElement::new(QName::new("", "Plain"))
                        .with_namespace("", "urn:d")
                        .with_text("]]>"),
                ),
        ],
    }
}

#[test]
fn everything_else() {
    let mut parcel = parcel();
    parcel.kind = Some(QName::new("", "k"));
    let text = write(&parcel);
    assert_eq!(
        text,
        format!(
            " currency=\"S&quot;E&#10;K\" version=\"2\" xmlns:ns2=\"{OTHER}\" ns2:kind=\"k\" \
             extra=\"&lt;&amp;&gt;\" xmlns:z=\"urn:z\" z:e=\"1\">\
             <ns:Street>A</ns:Street><ns:City>B</ns:City>\
             <ns:Codes><ns:Code>1</ns:Code><ns:Code i:nil=\"true\"/></ns:Codes>\
             <ns:Shipped i:nil=\"true\"/><ns:Sent>2020-01-01</ns:Sent><ns:Lost>x</ns:Lost>\
             <ns:Lost>y</ns:Lost><ns:Amount currency=\"EUR\">1.50</ns:Amount>\
             <Remark> so <ns:Bold>b</ns:Bold></Remark><ns2:Payload>t</ns2:Payload>\
             <ns:Inner currency=\"c\" version=\"1\"/><ns:Tag>x</ns:Tag>\
             <ns:Tag i:nil=\"true\"/><r:More xmlns:r=\"urn:r\" xmlns:r2=\"urn:s\" r2:at=\"v\">r:name\
             <Plain>]]&gt;</Plain></r:More></ns:Root>"
        )
    );
}

#[test]
fn what_is_written_reads_the_same() {
    let parcel = parcel();
    let mut writer = Writer::new();
    writer.start(NAMESPACE, "Root");
    parcel.write_content(&mut writer);
    let document = writer.finish().unwrap();
    let back: Parcel = read(&document).unwrap();
    assert_eq!(back.kind, parcel.kind);
    assert_eq!(back.attributes, parcel.attributes);
    assert_eq!(
        back.payload.as_ref().map(AnyElement::text).as_deref(),
        Some("t")
    );
    assert_eq!(back.rest[0].attribute("urn:s", "at"), Some("v"));
    assert_eq!(back.rest[0].namespace_of("r"), Some("urn:r"));
    let clear = |mut parcel: Parcel| {
        parcel.payload = None;
        parcel.rest.clear();
        parcel
    };
    assert_eq!(clear(back), clear(parcel));
}

#[test]
fn a_tree_keeps_what_its_names_mean() {
    let document = "<s:e xmlns:s='urn:s' xmlns:t='urn:t' xmlns='urn:d'><detail a='t:x'>t:name\
        <s:u xmlns:t='urn:t2'>t:other</s:u><n xmlns=''/></detail></s:e>";
    let mut reader = Reader::new(document, &Limits::default());
    assert!(reader.next_start().unwrap() && reader.next_start().unwrap());
    let detail = reader.any_element().unwrap();
    let mut writer = Writer::new();
    writer.declare("t", "urn:elsewhere");
    writer.start("urn:elsewhere", "w");
    writer.any_element(&detail);
    writer.end();
    assert_eq!(
        writer.finish().unwrap(),
        "<t:w xmlns:t=\"urn:elsewhere\"><detail xmlns:s=\"urn:s\" xmlns:t=\"urn:t\" xmlns=\"urn:d\" \
         a=\"t:x\">t:name<s:u xmlns:t=\"urn:t2\">t:other</s:u><n xmlns=\"\"/></detail></t:w>"
    );
}

#[test]
fn prefixes_are_declared_where_they_are_needed() {
    let mut writer = Writer::new();
    writer.declare("soap", "urn:soap");
    writer.start("urn:soap", "Envelope");
    writer.start("urn:a", "A");
    writer.start("urn:b", "B");
    writer.attribute("urn:a", "x", "1");
    writer.attribute("http://www.w3.org/XML/1998/namespace", "lang", "en");
    writer.end();
    writer.start("urn:b", "B");
    writer.raw("<raw/>");
    writer.end();
    writer.start("", "C");
    writer.end();
    assert_eq!(
        writer.finish().unwrap(),
        "<soap:Envelope xmlns:soap=\"urn:soap\"><ns:A xmlns:ns=\"urn:a\"><ns2:B xmlns:ns2=\"urn:b\" \
         ns:x=\"1\" xml:lang=\"en\"/><ns2:B xmlns:ns2=\"urn:b\"><raw/></ns2:B><C/></ns:A></soap:Envelope>"
    );
}

#[test]
fn what_records_need_is_declared_once_at_the_root() {
    let part = |namespace| one("P").in_namespace(namespace);
    let text = "t".to_owned();
    let mut writer = Writer::new();
    writer.declare("x", "urn:x");
    writer.start("urn:x", "A");
    for _ in 0..2 {
        text.write_xml(&part("urn:y"), &mut writer);
        writer.declare("ns", "urn:hides");
        writer.start("urn:x", "B");
        text.write_xml(&part("urn:z&"), &mut writer);
        text.write_xml(&part("urn:y"), &mut writer);
        writer.end();
    }
    None::<String>.write_xml(&part("urn:y").nillable(), &mut writer);
    writer.end();
    // A fragment has several roots.
    text.write_xml(&part("urn:y"), &mut writer);
    writer.start("", "C");
    text.write_xml(&part("urn:y"), &mut writer);
    writer.end();
    let inner = |other| {
        format!(
            "<ns:P>t</ns:P><x:B xmlns:ns=\"urn:hides\"><ns2:P>t</ns2:P><{other}:P>t</{other}:P></x:B>"
        )
    };
    assert_eq!(
        writer.finish().unwrap(),
        format!(
            "<x:A xmlns:x=\"urn:x\" xmlns:ns=\"urn:y\" xmlns:ns2=\"urn:z&amp;\" \
             xmlns:ns3=\"urn:y\" xmlns:xsi=\"{XSI}\">{}{}<ns3:P xsi:nil=\"true\"/></x:A>\
             <ns:P xmlns:ns=\"urn:y\">t</ns:P><C xmlns:ns=\"urn:y\"><ns:P>t</ns:P></C>",
            inner("ns3"),
            inner("ns3").replacen("ns:P", "ns3:P", 2),
        )
    );
}

#[test]
fn what_repeats_is_written_alike_however_often() {
    // Texts around the length of a word, and enough of them for tags to be kept.
    let field = one("Long-Name-That-Is-More-Than-A-Block-Of-Bytes").in_namespace(NAMESPACE);
    let short = one("N").in_namespace(OTHER);
    let mut writer = Writer::new();
    writer.declare("a", NAMESPACE);
    writer.declare("b", OTHER);
    writer.start(NAMESPACE, "Root");
    let mut expected = String::new();
    for index in 0..400_usize {
        let text = "0123456789abcdefghi&é"
            .chars()
            .cycle()
            .skip(index % 13)
            .take(index % 29)
            .collect::<String>();
        let escaped = text.replace('&', "&amp;");
        let number = Decimal::new(i128::try_from(index).unwrap() - 200, 1);
        text.write_xml(&field, &mut writer);
        number.write_xml(&short, &mut writer);
        let name = field.name;
        expected.push_str(&match index % 29 {
            0 => format!("<a:{name}/>"),
            _ => format!("<a:{name}>{escaped}</a:{name}>"),
        });
        expected.push_str(&format!("<b:N>{number}</b:N>"));
    }
    writer.end();
    let document = writer.finish().unwrap();
    let (_, inside) = document.split_once('>').unwrap();
    assert_eq!(inside.strip_suffix("</a:Root>"), Some(expected.as_str()));
}

/// What a writer leaves to the next one of its thread must not show.
#[test]
fn documents_do_not_depend_on_those_before() {
    fn document(prefix: &str, namespace: &str) -> String {
        let mut writer = Writer::new();
        writer.declare(prefix, namespace);
        writer.start(namespace, "Root");
        let parcel = parcel();
        parcel.write_content(&mut writer);
        None::<String>.write_xml(&one("P").in_namespace(NAMESPACE).nillable(), &mut writer);
        writer.end();
        writer.finish().unwrap()
    }
    // More prefixes than a thread keeps, and the same ones for other namespaces.
    let prefixes: Vec<String> = (0..150).map(|index| format!("p{}", index % 90)).collect();
    let namespaces = [NAMESPACE, OTHER, "urn:z&", XSI];
    for (index, prefix) in prefixes.iter().enumerate() {
        let namespace = namespaces[index % namespaces.len()];
        let alone = std::thread::scope(|scope| {
            let written = scope.spawn(|| document(prefix, namespace));
            written.join().unwrap()
        });
        assert_eq!(document(prefix, namespace), alone);
    }
}

#[test]
fn what_xml_cannot_hold_is_an_error() {
    let error = |write: fn(&mut Writer)| {
        let mut writer = Writer::new();
        writer.start("urn:a", "A");
        write(&mut writer);
        writer.finish().unwrap_err().to_string()
    };
    assert_eq!(
        error(|writer| {
            writer.start("urn:a", "B");
            writer.text("a\u{7}\u{8}");
        }),
        "/A/B: the character U+0007 is not allowed in XML"
    );
    assert_eq!(
        error(|writer| writer.attribute("", "b", "\u{FFFF}")),
        "/A: the character U+FFFF is not allowed in XML"
    );
    assert_eq!(
        error(|writer| writer.start("", "a b")),
        "/A: `a b` is not a name"
    );
    assert_eq!(
        error(|writer| writer.attribute("", "xmlns", "u")),
        "/A: `xmlns` is not a name"
    );
    assert_eq!(
        error(|writer| writer.declare("p", "")),
        "/A: the prefix `p` cannot be declared so"
    );
    assert_eq!(
        error(|writer| writer.declare("a:b", "u")),
        "/A: the prefix `a:b` cannot be declared so"
    );
    let deep = error(|writer| (0..2_000).for_each(|_| writer.start("urn:a", "B")));
    assert!(
        deep.ends_with("/B: more than 1000 elements inside each other"),
        "{deep}"
    );
}

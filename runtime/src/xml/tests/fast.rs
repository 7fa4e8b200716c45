//! What the two paths could differ in: each document is read both ways.

use super::{Reader, XSI, read, read_inside, read_with};
use crate::complex::ComplexType;
use crate::limits::Limits;
use crate::read_error::ReadError;
use crate::shape::{one, opt};
use crate::specimens::{Accounts, Amount, NAMESPACE, OTHER, Parcel};
use crate::types::{Base64Binary, Decimal, QName};

const ACCOUNTS: &str = "<Accounts><Account><Balance>1</Balance><Status>Active</Status>\
    <Number>2</Number><MovedTo i:nil=\"true\"/><Stopped>0</Stopped></Account></Accounts>\
    <Correlation/><Note>a</Note><Note>b</Note><Note>c</Note>";

fn document() -> String {
    format!("<Root xmlns=\"{NAMESPACE}\" xmlns:i=\"{XSI}\">{ACCOUNTS}</Root>")
}

fn both<T: ComplexType>(document: &str, limits: &Limits) -> Result<T, ReadError> {
    let fast = read_with(Reader::new(document, limits));
    let slow = read_with(Reader::new(document, limits).slow_only());
    assert_eq!(fast, slow, "{document} {limits:?}");
    fast
}

/// The least limit that the document keeps to, found both ways.
fn least(set: impl Fn(&mut Limits, usize)) -> usize {
    let reads = |limit: &usize| {
        let mut limits = Limits::default();
        set(&mut limits, *limit);
        both::<Accounts>(&document(), &limits).is_ok()
    };
    let least = (0..100).find(reads).unwrap();
    assert!((least..100).all(|limit| reads(&limit)));
    least
}

#[test]
fn limits_are_the_same_on_both_paths() {
    // The root, the lists, the account, its five fields, and four more in the root.
    assert_eq!(least(|limits, most| limits.elements = most), 12);
    assert_eq!(least(|limits, most| limits.depth = most), 4);
    // The fields of the account; its items and the notes do not count.
    assert_eq!(least(|limits, most| limits.children = most), 5);
    assert_eq!(
        least(|limits, most| limits.name = most),
        "Correlation".len()
    );
    assert_eq!(least(|limits, most| limits.attributes = most), 2);
    assert_eq!(
        least(|limits, most| limits.attribute_value = most),
        XSI.len()
    );
}

#[test]
fn a_document_cut_anywhere_is_refused_both_ways() {
    let document = document();
    for end in 0..document.len() {
        let cut = &document[..end];
        assert!(both::<Accounts>(cut, &Limits::default()).is_err(), "{cut}");
    }
}

#[test]
fn every_octet_changed_is_read_the_same() {
    let document = document();
    let mut readable = 0;
    for at in 0..document.len() {
        for octet in *b"<>/&\"' =:ax0]\r\x01" {
            let mut bytes = document.clone().into_bytes();
            bytes[at] = octet;
            let changed = String::from_utf8(bytes).unwrap();
            readable += usize::from(both::<Accounts>(&changed, &Limits::default()).is_ok());
        }
    }
    assert!(readable > 200, "{readable}");
}

#[test]
fn a_list_may_declare_the_prefixes_of_its_items() {
    let account = "<Account><Balance>1</Balance><Status>s</Status><Number i:nil=\"true\"/>\
                   <MovedTo i:nil=\"true\"/><Stopped>0</Stopped></Account>";
    let list = |declarations: &str, after: &str| {
        let text = format!(
            "<Root xmlns=\"{NAMESPACE}\" xmlns:o=\"{OTHER}\"><Accounts {declarations}>{account}</Accounts>\
             {after}</Root>"
        );
        both::<Accounts>(&text, &Limits::default())
    };
    let declared = format!("xmlns:i=\"{XSI}\"");
    for declarations in [
        declared.clone(),
        format!("xmlns:i='{XSI}' xmlns:o=\"urn:another\""),
        format!("xmlns:o=\"urn:another\"  {declared} "),
        format!("xmlns=\"{NAMESPACE}\" {declared}"),
    ] {
        let accounts = list(&declarations, "<Note>n</Note>").unwrap();
        assert_eq!(accounts.accounts.len(), 1, "{declarations}");
        assert_eq!(accounts.accounts[0].number, None);
        assert_eq!(accounts.notes, ["n"]);
    }
    let after = "<Correlation i:nil=\"true\"/>";
    for (declarations, after, message) in [
        (declared.clone(), after, "the prefix `i` is not bound"),
        (
            format!("{declared} {declared}"),
            "",
            "the prefix `i` is declared twice",
        ),
        (
            format!("{declared} xmlns:e=\"\""),
            "",
            "a prefix cannot be undeclared",
        ),
        (
            format!("{declared}xmlns:e=\"urn:e\""),
            "",
            "white space is missing in a start tag",
        ),
    ] {
        let error = list(&declarations, after).unwrap_err().to_string();
        assert!(error.contains(message), "{declarations}: {error}");
    }
    // Without its namespace it is another element.
    assert!(list(&format!("xmlns=\"urn:e\" {declared}"), "").is_err());
}

#[test]
fn attributes_in_any_order_and_spelling() {
    let parcel = |attributes: &str| {
        let text = format!("<P xmlns='{NAMESPACE}' xmlns:o='{OTHER}'><Inner {attributes}/></P>");
        read::<Parcel>(&text.replace("<P ", "<P currency='a' ")).map(|parcel| parcel.inner.unwrap())
    };
    for attributes in [
        "currency=\"SEK\" version=\"7\" o:kind=\"o:fast\"",
        "o:kind='o:fast'  version='7'\ncurrency='SEK' ",
        "version=\" 7\" currency = 'S&#69;K' o:kind=\"o:fast\"",
    ] {
        let inner = parcel(attributes).unwrap();
        assert_eq!(inner.currency, "SEK");
        assert_eq!(inner.version, Some(7));
        assert_eq!(inner.kind, Some(QName::new(OTHER, "fast")));
    }
    let quoted = parcel("currency=\"it's\" other='\"'").unwrap();
    assert_eq!(quoted.currency, "it's");
    assert_eq!(quoted.attributes.0[0].value, "\"");
    for (attributes, message) in [
        (
            "currency='' currency=''",
            "the attribute `currency` is there twice",
        ),
        ("currency='' u:x=''", "the prefix `u` is not bound"),
        (
            "currency=''version=''",
            "white space is missing in a start tag",
        ),
        ("currency='<'", "`<` in an attribute value"),
        ("currency='\u{1}'", "the character U+0001 is not allowed"),
        ("currency='\u{FFFE}'", "the character U+FFFE is not allowed"),
        ("-currency=''", "a name is expected"),
        ("version='1'", "@currency: is missing"),
    ] {
        let error = parcel(attributes).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn simple_content_with_and_without_attributes() {
    for (text, currency, value) in [
        ("<A currency=\"SEK\">1.50</A>", Some("SEK"), "1.50"),
        ("<A currency=\"\"> 1.50\n</A>", Some(""), "1.50"),
        ("<A>1<!-- -->.5<![CDATA[0]]></A>", None, "1.50"),
    ] {
        let text = format!("<R xmlns='{NAMESPACE}' currency='a'><Amount{}", &text[2..])
            .replace("</A>", "</Amount></R>");
        let amount = Amount {
            currency: currency.map(str::to_owned),
            value: value.parse::<Decimal>().unwrap(),
        };
        assert_eq!(read::<Parcel>(&text).unwrap().amount, Some(amount));
    }
}

#[test]
fn a_prefix_means_what_the_innermost_declaration_says() {
    for (note, notes) in [
        ("<p:Note>a</p:Note>", 1),
        ("<q:Note>a</q:Note>", 1),
        ("<p:Note xmlns:p='urn:o'>a</p:Note><p:Note>b</p:Note>", 1),
        (
            "<o:Note xmlns:o='urn:example:billing'>a</o:Note><p:Note>b</p:Note>",
            2,
        ),
        (
            "<Note xmlns='urn:example:billing'>a</Note><Note>b</Note>",
            2,
        ),
        (
            "<x xmlns:p='urn:o'><p:Note>a</p:Note></x><p:Note>b</p:Note>",
            1,
        ),
    ] {
        let text =
            format!("<p:R xmlns:p='{NAMESPACE}' xmlns:q='{NAMESPACE}'><p:Accounts/>{note}</p:R>");
        assert_eq!(
            read::<Accounts>(&text).unwrap().notes.len(),
            notes,
            "{note}"
        );
    }
}

#[test]
fn texts_stand_for_what_their_references_say() {
    let note = |text: &str| {
        let inside = format!("<Accounts/><Note>{text}</Note>");
        read_inside::<Accounts>(&inside).map(|accounts| accounts.notes)
    };
    let long = "plain ".repeat(40);
    for (text, value) in [
        ("a &amp; b", "a & b"),
        ("&lt;&#62;&#x20AC;&#xD;", "<>€\r"),
        ("a\r\nb\rc\n", "a\nb\nc\n"),
        ("]] &gt; ]", "]] > ]"),
        ("\u{FFFD}\u{FEFF}\u{1F600}", "\u{FFFD}\u{FEFF}\u{1F600}"),
        (&format!("{long}&quot;{long}"), &format!("{long}\"{long}")),
    ] {
        assert_eq!(note(text).unwrap(), [value], "{text}");
    }
    for (text, message) in [
        ("a & b", "`&` begins no reference"),
        ("&bad;", "`&bad;` refers to no character that may be here"),
        ("&#0;", "`&#0;` refers to no character that may be here"),
        ("a]]>b", "`]]>` in text"),
        ("a\u{FFFF}b", "the character U+FFFF is not allowed"),
        (
            &format!("{long}\u{1}"),
            "the character U+0001 is not allowed",
        ),
    ] {
        let error = note(text).unwrap_err().to_string();
        assert!(error.contains(message), "{error}");
    }
}

#[test]
fn what_type_is_said_is_read_over_where_nothing_depends_on_it() {
    let inside = "<Accounts i:type=\"x:List\"/><Note i:type='x:string'>a</Note>\
        <Note i:type=\"string\"/>";
    assert_eq!(read_inside::<Accounts>(inside).unwrap().notes, ["a", ""]);
    let text = format!(
        "<P xmlns='{NAMESPACE}' xmlns:i='{XSI}' currency=''><Inner i:type='q:any' currency='b' \
         version='1' xmlns:o='{OTHER}' o:kind='o:a'/></P>"
    );
    let inner = read::<Parcel>(&text).unwrap().inner.unwrap();
    assert_eq!((inner.currency.as_str(), inner.version), ("b", Some(1)));
    assert_eq!(inner.kind, Some(QName::new(OTHER, "a")));
    assert!(inner.attributes.0.is_empty());
}

#[test]
fn an_element_of_another_namespace_by_its_own_tag_is_no_field() {
    for (start, fields) in [
        ("<Inner currency='b' xmlns='urn:other-still'/>", (false, 1)),
        ("<Inner xmlns='urn:other-still' currency='b'/>", (false, 1)),
        ("<Inner currency='b' xmlns:p='urn:other-still'/>", (true, 0)),
        ("<Codes xmlns='urn:other-still'/>", (false, 1)),
        ("<Street xmlns='urn:other-still'/>", (false, 1)),
    ] {
        let text = format!("<P xmlns='{NAMESPACE}' currency=''>{start}</P>");
        let parcel = read::<Parcel>(&text).unwrap();
        let found = (parcel.inner.is_some(), parcel.rest.len());
        assert_eq!(found, fields, "{start}");
        assert_eq!((parcel.codes, parcel.home), (None, None), "{start}");
    }
}

/// A text for which only its slot looks at each character.
#[derive(Default)]
struct Scan {
    image: Base64Binary,
    note: Option<String>,
}

crate::__complex_type! {
    Scan, NAMESPACE;
    image: one("Image"),
    note: opt("Note"),
}

#[test]
fn what_is_no_base64_is_refused_both_ways_wherever_it_stands() {
    let image = Base64Binary((0..=250).collect()).to_string();
    for at in [0, 1, 31, 32, 33, 39, 40, 41, 100, 299, 330, image.len()] {
        for (odd, octets) in [
            ("", Some(251)),
            ("\n", Some(251)),
            ("\r\n\t ", Some(251)),
            ("&#10;", Some(251)),
            ("<!-- one -->", Some(251)),
            ("<![CDATA[ ]]>", Some(251)),
            ("&lt;", None),
            ("&", None),
            ("]]>", None),
            ("\u{c}", None),
            ("\u{1}", None),
            ("\u{a0}", None),
            ("\u{FFFE}", None),
            ("<Image/>", None),
            ("</Image>", None),
        ] {
            let (before, after) = image.split_at(at);
            let inside = format!("<Image>{before}{odd}{after}</Image><Note>1</Note>");
            let read = read_inside::<Scan>(&inside).ok();
            let length = read.map(|scan| (scan.image.len(), scan.note));
            let expected = octets.map(|octets| (octets, Some("1".to_owned())));
            assert_eq!(length, expected, "{odd:?} at {at}");
        }
    }
}

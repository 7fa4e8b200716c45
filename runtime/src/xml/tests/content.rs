//! Records from documents.

use super::{read, read_inside, refusal};
use crate::complex::{ComplexType, Record};
use crate::read_error::ReadError;
use crate::shape::{Shape, many, one};
use crate::slot::ContentReader;
use crate::specimens::{
    Account, Accounts, Amount, Event, Find, Key, NAMESPACE, OTHER, Parcel, Place, Remark, Status,
};
use crate::types::{Decimal, Nillable, QName, Secret};
use crate::value::ContentWriter;
use crate::xml::XSI;
use crate::{AnyElement, AnyNode};

const ACCOUNTS: &str = "<Accounts>\n<Account>\n<Balance>230.00</Balance>\n<Status>Active</Status>\n\
    <Number>73</Number>\n<MovedTo i:nil=\"true\"/>\n<Stopped>false</Stopped>\n</Account>\n\
    <Account><Balance>-0.5</Balance><Status>Odd &amp; new</Status><Number/><MovedTo>9</MovedTo>\
    <Stopped>1</Stopped><Due>2012-01-01T00:00:00</Due></Account></Accounts><Correlation i:nil=\"true\"/>";

fn accounts() -> Accounts {
    Accounts {
        accounts: vec![
            Account {
                balance: Decimal::new(23_000, 2),
                status: Status::Active,
                number: Some("73".to_owned()),
                moved_to: None,
                stopped: false,
                due: None,
            },
            Account {
                balance: Decimal::new(-5, 1),
                status: Status::Other("Odd & new".to_owned()),
                number: Some(String::new()),
                moved_to: Some("9".to_owned()),
                stopped: true,
                due: Some("2012-01-01T00:00:00".parse().unwrap()),
            },
        ],
        correlation: None,
        notes: vec![],
    }
}

#[test]
fn a_record() {
    assert_eq!(read_inside::<Accounts>(ACCOUNTS).unwrap(), accounts());
}

#[test]
fn other_spellings_of_the_same_document() {
    let root = |prefix: &str, inside: &str| {
        let declared = if prefix.is_empty() {
            "xmlns".to_owned()
        } else {
            format!("xmlns:{prefix}")
        };
        let colon = if prefix.is_empty() { "" } else { ":" };
        let inside = inside
            .replace("</", "\u{1}")
            .replace('<', &format!("<{prefix}{colon}"))
            .replace('\u{1}', &format!("</{prefix}{colon}"));
        format!(
            "<?xml version='1.0'?><!-- a --><{prefix}{colon}Root {declared}='{NAMESPACE}' \
             xmlns:i='{XSI}'>{inside}</{prefix}{colon}Root><?end?>\n"
        )
    };
    for document in [
        root("", ACCOUNTS),
        root("p", ACCOUNTS),
        root("i2", ACCOUNTS),
        root("", &ACCOUNTS.replace("false", "<![CDATA[false]]>")),
        root(
            "",
            &ACCOUNTS.replace("230.00", "2<!-- 9 -->30<?x 9?>.0<![CDATA[0]]>"),
        ),
        root("", &ACCOUNTS.replace("230.00", " &#x32;3&#48;.00\r\n")),
        root(
            "",
            &ACCOUNTS
                .replace("</Balance>", "</Balance\t>")
                .replace("<Balance>", "<Balance\n>"),
        ),
        root("", &ACCOUNTS.replace('\n', "\r\n")),
        root(
            "",
            &ACCOUNTS
                .replace("i:nil=\"true\"/>", "i:nil=' 1 ' x='y'> <!-- --> </MovedTo>")
                .replace(
                    "<Correlation i:nil=' 1 ' x='y'> <!-- --> </MovedTo>",
                    "<Correlation i:nil='1'/>",
                ),
        ),
        root(
            "",
            &ACCOUNTS.replace("<Stopped>", "<New a='b'><x><y/></x>7</New><Stopped>"),
        ),
        root(
            "",
            &ACCOUNTS
                .replace("<Status>Active</Status>\n", "")
                .replace("<MovedTo i", "<Status>Active</Status><MovedTo i"),
        ),
        root(
            "",
            &ACCOUNTS.replace("<Balance>", "<Balance i:type='d' i:nil='false'>"),
        ),
        root(
            "",
            &ACCOUNTS.replace(
                "<Account>",
                "<Account xmlns='urn:example:billing' xml:space='preserve'>",
            ),
        ),
        root("", ACCOUNTS)
            .replace("<Account>", "<z:Account xmlns:z='urn:example:billing'>")
            .replace("</Account>", "</z:Account>"),
        root("", ACCOUNTS)
            .replace("xmlns:i", "xmlns:xsi")
            .replace(" i:nil", " xsi:nil"),
        root("", ACCOUNTS)
            .replace(&format!("xmlns:i='{XSI}'"), "")
            .replace(" i:nil", " xsi:nil"),
    ] {
        assert_eq!(
            read::<Accounts>(&document).unwrap(),
            accounts(),
            "{document}"
        );
    }
}

#[test]
fn elements_of_other_namespaces_are_others() {
    let other = ACCOUNTS.replace(
        "<Number>73</Number>",
        "<o:Number xmlns:o='urn:o'>73</o:Number>",
    );
    assert_eq!(
        read_inside::<Accounts>(&other).unwrap().accounts[0].number,
        None
    );
    let undeclared = ACCOUNTS.replace(
        "<Status>Active</Status>",
        "<o:Status xmlns:o='urn:o'>Active</o:Status>",
    );
    assert_eq!(
        refusal::<Accounts>(&undeclared),
        "/Root/Accounts/Account[1]/Status: is missing"
    );
}

#[test]
fn elements_without_their_namespace_are_taken_where_one_entry_fits() {
    let unqualified = ACCOUNTS.replace(
        "<Status>Active</Status>",
        "<Status xmlns=''>Active</Status>",
    );
    assert_eq!(read_inside::<Accounts>(&unqualified).unwrap(), accounts());
}

#[test]
fn comments_take_no_blanks_of_mixed_content_with_them() {
    let text = format!(
        "<R xmlns='{NAMESPACE}'> <!-- c --> so<!-- c --> it<?p i?>\n<Bold>is</Bold><!-- c --> <![CDATA[.]]> </R>"
    );
    let remark = Remark {
        words: "  so it\n . ".to_owned(),
        bold: vec!["is".to_owned()],
    };
    assert_eq!(read::<Remark>(&text), Ok(remark));
}

#[derive(Clone, Debug, Default, PartialEq)]
struct Unqualified {
    number: String,
    more: Vec<String>,
}

impl ComplexType for Unqualified {
    const SHAPE: &'static Shape = &Shape::new("", &[one("Number"), many("More")]);
}

impl Record for Unqualified {
    fn read_content(&mut self, reader: &mut dyn ContentReader) -> Result<(), ReadError> {
        reader.content(Self::SHAPE, &mut [&mut self.number, &mut self.more])
    }
    fn write_content(&self, writer: &mut dyn ContentWriter) {
        writer.content(Self::SHAPE, &[&self.number, &self.more]);
    }
}

#[test]
fn elements_with_the_namespace_of_their_parent_are_taken_where_none_should_be() {
    let value = Unqualified {
        number: "1".to_owned(),
        more: vec!["2".to_owned(), "3".to_owned()],
    };
    assert_eq!(
        read::<Unqualified>(
            "<p:R xmlns:p='urn:p'><p:Number>1</p:Number><p:More>2</p:More><More>3</More></p:R>"
        ),
        Ok(value.clone())
    );
    assert_eq!(
        read::<Unqualified>("<R xmlns='urn:p'><Number>1</Number><More>2</More><More>3</More></R>"),
        Ok(value.clone())
    );
    // Other namespaces are others, also where the prefix is the parent's.
    assert_eq!(
        read::<Unqualified>(
            "<R><Number>1</Number><Number xmlns='urn:p'>9</Number><More>2</More>\
             <p:More xmlns:p='urn:p'>9</p:More><More>3</More></R>"
        ),
        Ok(value.clone())
    );
    assert_eq!(
        read::<Unqualified>("<p:R xmlns:p='urn:p'><p:Number xmlns:p='urn:q'>1</p:Number></p:R>")
            .unwrap_err()
            .to_string(),
        "/R/Number: is missing (line 1, column 66)"
    );
    // The second of one that comes once is passed, as ever.
    assert_eq!(
        read::<Unqualified>(
            "<p:R xmlns:p='urn:p'><Number>1</Number><p:Number>9</p:Number><More>2</More>\
             <More>3</More></p:R>"
        ),
        Ok(value)
    );
}

#[test]
fn white_space_is_the_types_own() {
    let text = "<Accounts><Account><Balance> 1 </Balance><Status> a  b </Status><Number> 1\t</Number>\
        <MovedTo> </MovedTo><Stopped>\n0\n</Stopped></Account></Accounts><Note>\r\n a\r</Note>";
    let accounts = read_inside::<Accounts>(text).unwrap();
    let account = &accounts.accounts[0];
    assert_eq!(account.status, Status::Other(" a  b ".to_owned()));
    assert_eq!(account.number.as_deref(), Some(" 1\t"));
    assert_eq!(account.moved_to.as_deref(), Some(" "));
    assert_eq!(accounts.notes, ["\n a\n"]);
}

#[test]
fn refusals_say_where_and_why() {
    let with = |from: &str, to: &str| refusal::<Accounts>(&ACCOUNTS.replacen(from, to, 1));
    for (from, to, message) in [
        (
            "230.00",
            "x",
            "/Root/Accounts/Account[1]/Balance: `x` is not a decimal",
        ),
        (
            "-0.5",
            "1<!-- -->e5",
            "/Root/Accounts/Account[2]/Balance: `1e5` is not a decimal",
        ),
        (
            "<Stopped>1</Stopped>",
            "",
            "/Root/Accounts/Account[2]/Stopped: is missing",
        ),
        (
            "<Number/>",
            "<Number/><Number>1</Number>",
            "/Root/Accounts/Account[2]/Number: occurs more than once",
        ),
        (
            "<Stopped>1</Stopped>",
            "<Stopped i:nil='true'/>",
            "/Root/Accounts/Account[2]/Stopped: is nil where a value is required",
        ),
        (
            "<MovedTo i:nil=\"true\"/>",
            "<MovedTo i:nil='maybe'/>",
            "/Root/Accounts/Account[1]/MovedTo: `maybe` is not a value of xsi:nil",
        ),
        (
            "<MovedTo i:nil=\"true\"/>",
            "<MovedTo i:nil='1'>a</MovedTo>",
            "/Root/Accounts/Account[1]/MovedTo: is nil and has content",
        ),
        (
            "<MovedTo i:nil=\"true\"/>",
            "<MovedTo i:nil='1'><a/></MovedTo>",
            "/Root/Accounts/Account[1]/MovedTo: is nil and has content",
        ),
        (
            "<Stopped>1</Stopped>",
            "<Stopped><b/>1</Stopped>",
            "/Root/Accounts/Account[2]/Stopped: element `b` inside a simple value",
        ),
        (
            "<Number>73",
            "x<Number>73",
            "/Root/Accounts/Account[1]: text where only elements may be",
        ),
        (
            "<Number>73",
            "<![CDATA[x]]><Number>73",
            "/Root/Accounts/Account[1]: text where only elements may be",
        ),
        (
            "<Account>",
            "<Account i:nil='true'/><Account>",
            "/Root/Accounts/Account[1]: is nil where a value is required",
        ),
        (
            "2012-01-01T",
            "2012-01-01",
            "/Root/Accounts/Account[2]/Due: `2012-01-0100:00:00` is not a dateTime",
        ),
    ] {
        assert_eq!(with(from, to), message);
    }
    assert_eq!(refusal::<Accounts>(""), "/Root/Accounts: is missing");
    let error = read_inside::<Accounts>(&ACCOUNTS.replace("-0.5", "é-0,5")).unwrap_err();
    assert_eq!(
        error.to_string(),
        "/Root/Accounts/Account[2]/Balance: `é-0,5` is not a decimal (line 9, column 19)"
    );
    assert_eq!(error.path(), "/Root/Accounts/Account[2]/Balance");
    assert!(std::error::Error::source(&error).is_some());
}

#[test]
fn nil_lists_are_empty() {
    let accounts = read_inside::<Accounts>("<Accounts i:nil='true'/>").unwrap();
    assert_eq!(accounts.accounts, []);
}

#[test]
fn an_exactly_one_group() {
    let find = |key: &str| {
        read_inside::<Find>(&format!(
            "<Country>SE</Country>{key}<Password>hunter2</Password><Store>7</Store>"
        ))
        .map(|find| find.key)
    };
    let place = |city: Option<&str>| {
        Some(Key::Place(Place {
            street: "A".to_owned(),
            city: city.map(str::to_owned),
        }))
    };
    for (text, key) in [
        (
            "<Customer>C1</Customer>",
            Some(Key::Customer("C1".to_owned())),
        ),
        (
            "<Number i:nil='true'/><Customer>C1</Customer><Street i:nil='1'/>",
            Some(Key::Customer("C1".to_owned())),
        ),
        (
            "<Customer i:nil='1'/><Number>7</Number>",
            Some(Key::Numbers(vec![7])),
        ),
        (
            "<Number>7</Number> <Number>8</Number><!-- --><Number>9</Number>",
            Some(Key::Numbers(vec![7, 8, 9])),
        ),
        ("<Street>A</Street>", place(None)),
        ("<Street>A</Street><New/><City>B</City>", place(Some("B"))),
        ("<City>B</City><Street>A</Street>", place(Some("B"))),
    ] {
        assert_eq!(find(text).unwrap(), key, "{text}");
    }
    let message = |key| find(key).unwrap_err().to_string();
    assert_eq!(
        message(""),
        "/Root: one of Customer, Number, Street is missing (line 1, column 159)"
    );
    assert_eq!(
        message("<Customer>1</Customer><Number>1</Number>"),
        "/Root/Number: occurs more than once (line 1, column 138)"
    );
    assert_eq!(
        message("<City>B</City>"),
        "/Root/Street: is missing (line 1, column 132)"
    );
    assert_eq!(
        message("<Street>A</Street><Street>B</Street>"),
        "/Root/Street: occurs more than once (line 1, column 134)"
    );
}

#[test]
fn secrets_are_not_shown() {
    let find = |store: &str| {
        read_inside::<Find>(&format!(
            "<Country>SE</Country><Number>1</Number><Password>hunter2</Password><Store>{store}</Store>"
        ))
    };
    assert_eq!(find("7").unwrap().password, Secret::from("hunter2"));
    let error = find("s3cret").unwrap_err();
    assert!(
        error
            .to_string()
            .starts_with("/Root/Store: the value is not an int (line 1"),
        "{error}"
    );
    assert!(!format!("{error:?}").contains("s3cret"));
    assert!(!format!("{:?}", find("7").unwrap()).contains("hunter2"));
}

#[test]
fn everything_else() {
    let text = format!(
        "<p:Parcel xmlns:p='{NAMESPACE}' xmlns:o='{OTHER}' xmlns:i='{XSI}' xmlns:q='urn:q' \
         currency='S&#69;K' o:kind=' q:fast ' extra='a&#10;b\tc' xml:lang='sv' i:type='p:Parcel'>\
         <p:Street>A</p:Street><p:City>B</p:City>\
         <p:Codes><p:Code>1</p:Code><p:Code i:nil='true'/><p:Code>-2</p:Code></p:Codes>\
         <p:Shipped i:nil='true'/>\
         <p:Sent>2020-01-01</p:Sent><p:Lost>here</p:Lost><p:Sent>2020-01-02Z</p:Sent>\
         <p:Amount currency='EUR'> 1.<!-- -->50 </p:Amount>\
         <Remark>so <p:Bold>very</p:Bold> <![CDATA[good]]> </Remark>\
         <o:Payload x='1'><o:a>1</o:a>t</o:Payload>\
         <p:Inner currency='' version='7'><p:Tag/></p:Inner>\
         <p:Tag>x</p:Tag><p:Tag i:nil='1'/>\
         <q:More q:at='v'>q:name<p:b xmlns:p='urn:r'><p:c/></p:b></q:More><Less/></p:Parcel>"
    );
    let parcel: Parcel = read(&text).unwrap();
    assert_eq!(parcel.currency, "SEK");
    assert_eq!(parcel.version, Some(1));
    assert_eq!(parcel.kind, Some(QName::new("urn:q", "fast")));
    let attributes: Vec<_> = parcel
        .attributes
        .0
        .iter()
        .map(|a| (a.name.to_string(), a.value.as_str()))
        .collect();
    assert_eq!(
        attributes,
        [
            ("extra".to_owned(), "a\nb c"),
            (
                "{http://www.w3.org/XML/1998/namespace}lang".to_owned(),
                "sv"
            )
        ]
    );
    assert_eq!(
        parcel.home,
        Some(Place {
            street: "A".to_owned(),
            city: Some("B".to_owned())
        })
    );
    assert_eq!(parcel.codes, Some(vec![Some(1), None, Some(-2)]));
    assert_eq!(parcel.shipped, Nillable::Nil);
    assert_eq!(
        parcel.events,
        [
            Event::Sent("2020-01-01".parse().unwrap()),
            Event::Lost("here".to_owned()),
            Event::Sent("2020-01-02Z".parse().unwrap())
        ]
    );
    let amount = Amount {
        currency: Some("EUR".to_owned()),
        value: Decimal::new(150, 2),
    };
    assert_eq!(parcel.amount, Some(amount));
    let remark = Remark {
        words: "so  good ".to_owned(),
        bold: vec!["very".to_owned()],
    };
    assert_eq!(parcel.remark, Some(remark));
    let payload = parcel.payload.unwrap();
    assert_eq!(payload.child(OTHER, "a").unwrap().text(), "1");
    assert_eq!(payload.attribute("", "x"), Some("1"));
    assert_eq!(payload.nodes().len(), 2);
    assert_eq!(payload.nodes()[1], AnyNode::Text("t".to_owned()));
    let inner = parcel.inner.unwrap();
    assert_eq!(
        (inner.version, inner.tags),
        (Some(7), vec![Some(String::new())])
    );
    assert_eq!(parcel.tags, [Some("x".to_owned()), None]);
    let names: Vec<_> = parcel
        .rest
        .iter()
        .map(|element| element.name().to_string())
        .collect();
    assert_eq!(names, ["{urn:q}More", "Less"]);
    let more = &parcel.rest[0];
    assert_eq!(more.text(), "q:name");
    assert_eq!(more.namespace_of("q"), Some("urn:q"));
    assert_eq!(more.namespace_of("p"), Some(NAMESPACE));
    assert_eq!(more.attribute("urn:q", "at"), Some("v"));
    let inside: Vec<&AnyElement> = more.children().collect();
    assert_eq!(inside[0].namespace_of("p"), Some("urn:r"));
    assert_eq!(inside[0].namespace_of("q"), None);
    assert!(inside[0].child("urn:r", "c").is_some());
}

#[test]
fn absent_nil_and_empty_stay_apart() {
    let root = |inside: &str| {
        let text =
            format!("<p:P xmlns:p='{NAMESPACE}' xmlns:i='{XSI}' currency='a'>{inside}</p:P>");
        read::<Parcel>(&text).unwrap()
    };
    assert_eq!(root("").shipped, Nillable::Absent);
    assert_eq!(root("<p:Shipped i:nil='true'/>").shipped, Nillable::Nil);
    let date = "2020-02-02".parse().unwrap();
    assert_eq!(
        root("<p:Shipped>2020-02-02</p:Shipped>").shipped,
        Nillable::Value(date)
    );
    assert_eq!(root("").codes, None);
    assert_eq!(root("<p:Codes/>").codes, Some(vec![]));
    assert_eq!(root("<p:Codes i:nil='1'/>").codes, None);
}

#[test]
fn attributes_are_refused_with_their_name() {
    let parcel = |attributes: &str| {
        let text = format!("<P xmlns='{NAMESPACE}' {attributes}/>");
        read::<Parcel>(&text).unwrap_err().to_string()
    };
    assert_eq!(parcel(""), "/P/@currency: is missing (line 1, column 34)");
    assert_eq!(
        parcel("currency='' version='x'"),
        "/P/@version: `x` is not an int (line 1, column 57)"
    );
    assert_eq!(
        parcel("currency='' xmlns:o='urn:example:other' o:kind='z:a'"),
        "/P/@kind: `z:a` is not a QName: its prefix is not bound (line 1, column 86)"
    );
}

//! The reader and the writer on whole documents.

use super::{Parameter, Reader, Writer, without_exponent};
use crate::any_element::AnyElement;
use crate::complex::{ComplexType, Record};
use crate::limits::Limits;
use crate::read_error::ReadError;
use crate::shape::{Location, Shape, many, one, opt};
use crate::slot::ContentReader;
use crate::specimens::{Account, Accounts, Find, Key, NAMESPACE, Parcel, Place, Status};
use crate::types::{Decimal, Nillable, QName, Secret};
use crate::value::ContentWriter;

fn read<T: ComplexType>(text: &str) -> Result<T, ReadError> {
    Reader::new(text, &Limits::default()).document()
}

fn message<T: ComplexType>(text: &str) -> String {
    match read::<T>(text) {
        Ok(_) => panic!("{text} is taken"),
        Err(error) => error.to_string(),
    }
}

const ACCOUNTS: &str = r#"{"Accounts":[{"Balance":230.00,"Status":"a\"\\\n\u0001é","Number":"","MovedTo":null,"Stopped":true},{"Balance":-0.5,"Status":"Active","Number":null,"MovedTo":"9","Stopped":false,"Due":"2012-01-01T00:00:00"}],"Correlation":null,"Note":["x","y"]}"#;

fn accounts() -> Accounts {
    Accounts {
        accounts: vec![
            Account {
                balance: Decimal::new(23_000, 2),
                status: Status::Other("a\"\\\n\u{1}é".to_owned()),
                number: Some(String::new()),
                stopped: true,
                ..Account::default()
            },
            Account {
                balance: Decimal::new(-5, 1),
                moved_to: Some("9".to_owned()),
                due: Some("2012-01-01T00:00:00".parse().unwrap()),
                ..Account::default()
            },
        ],
        correlation: None,
        notes: vec!["x".to_owned(), "y".to_owned()],
    }
}

#[test]
fn a_record_is_written() {
    assert_eq!(Writer::document(&accounts()).unwrap().body, ACCOUNTS);
    assert_eq!(
        Writer::document(&Accounts::default()).unwrap().body,
        r#"{"Accounts":[],"Correlation":null}"#
    );
}

#[test]
fn a_record_is_read() {
    let lenient = ACCOUNTS
        .replace("230.00", "\"230.00\"")
        .replace("-0.5", "-5e-1")
        .replace("true", "\"1\"")
        .replace("\"9\"", "9");
    let order = r#" { "New" : [ { "a" : [ ] , "b" : { } } , 1 , "x" , null ] , "Note" : null , "Correlation":"c","Accounts":null } "#;
    assert_eq!(read::<Accounts>(ACCOUNTS), Ok(accounts()));
    assert_eq!(
        read::<Accounts>(&format!("\u{FEFF}{lenient}\r\n")),
        Ok(accounts())
    );
    let other = Accounts {
        correlation: Some("c".to_owned()),
        ..Accounts::default()
    };
    assert_eq!(read::<Accounts>(order), Ok(other));
}

#[test]
fn refusals_say_where_and_why() {
    let with = |from: &str, to: &str| message::<Accounts>(&ACCOUNTS.replacen(from, to, 1));
    for (from, to, error) in [
        (
            "230.00",
            "\"x\"",
            "/Accounts[1]/Balance: `x` is not a decimal (line 1, column 25)",
        ),
        (
            "-0.5",
            "{}",
            "/Accounts[2]/Balance: an object where a number is expected (line 1, column 112)",
        ),
        (
            "\"Stopped\":false,",
            "",
            "/Accounts[2]/Stopped: is missing (line 1, column 190)",
        ),
        (
            "\"Stopped\":true",
            "\"Stopped\":null",
            "/Accounts[1]/Stopped: is nil where a value is required (line 1, column 95)",
        ),
        (
            "\"Number\":\"\"",
            "\"Number\":1,\"Number\":2",
            "/Accounts[1]/Number: occurs more than once (line 1, column 78)",
        ),
        (
            "[{",
            "{",
            "/Accounts: an object where an array is expected (line 1, column 13)",
        ),
        (
            "[\"x\"",
            "[[\"x\"]",
            "/Note[1]: an array where a string is expected (line 1, column 236)",
        ),
        (
            "\"Accounts\"",
            "\"Accountz\"",
            "/Accounts: is missing (line 1, column 244)",
        ),
    ] {
        assert_eq!(with(from, to), error);
    }
}

#[test]
fn what_is_not_json_is_refused() {
    for (text, error) in [
        ("", "the document ends before a value (line 1, column 1)"),
        (
            "null",
            "is nil where a value is required (line 1, column 5)",
        ),
        (
            "[]",
            "an array where an object is expected (line 1, column 1)",
        ),
        ("{", "`,` is expected"),
        ("{\"a\"}", "`:` is expected (line 1, column 5)"),
        ("{\"a\":}", "a value is expected (line 1, column 6)"),
        ("{\"a\":1,}", "a member name is expected (line 1, column 8)"),
        ("{,}", "a member name is expected (line 1, column 2)"),
        ("{a:1}", "a member name is expected (line 1, column 2)"),
        ("{\"a\":1 \"b\":2}", "`,` is expected (line 1, column 8)"),
        ("{\"a\":[1,]}", "a value is expected (line 1, column 9)"),
        ("{\"a\":[1 2]}", "`,` is expected (line 1, column 9)"),
        ("{\"a\":[}", "a value is expected (line 1, column 7)"),
        ("{\"a\":01}", "`01` is no value (line 1, column 6)"),
        ("{\"a\":+1}", "`+1` is no value (line 1, column 6)"),
        ("{\"a\":1.}", "`1.` is no value (line 1, column 6)"),
        ("{\"a\":.5}", "`.5` is no value (line 1, column 6)"),
        ("{\"a\":1e}", "`1e` is no value (line 1, column 6)"),
        ("{\"a\":NaN}", "`NaN` is no value (line 1, column 6)"),
        ("{\"a\":True}", "`True` is no value (line 1, column 6)"),
        ("{\"a\":nullx}", "`nullx` is no value (line 1, column 6)"),
        ("{\"a\":'x'}", "a value is expected (line 1, column 6)"),
        ("{\"a\":\"x}", "a string without an end (line 1, column 9)"),
        (
            "{\"a\":\"\u{1}\"}",
            "a control character in a string (line 1, column 7)",
        ),
        (
            "{\"a\":\"\\x\"}",
            "an unknown escape in a string (line 1, column 7)",
        ),
        (
            "{\"a\":\"\\u12\"}",
            "`\\u` without four hexadecimal digits (line 1, column 7)",
        ),
        (
            "{\"a\":\"\\u+123\"}",
            "`\\u` without four hexadecimal digits (line 1, column 7)",
        ),
        (
            "{\"a\":\"\\uD800\"}",
            "half a surrogate pair in a string (line 1, column 7)",
        ),
        (
            "{\"a\":\"\\uDC00\\uD800\"}",
            "half a surrogate pair in a string (line 1, column 7)",
        ),
        (
            "{\"a\":\"\\uD800\\u0041\"}",
            "half a surrogate pair in a string (line 1, column 7)",
        ),
        ("{} {}", "content after the value (line 1, column 4)"),
        ("{}]", "content after the value (line 1, column 3)"),
        ("{// x\n}", "a member name is expected (line 1, column 2)"),
    ] {
        let found = message::<()>(text);
        if text == "{" {
            assert!(found.starts_with("a member name is expected"), "{found}");
        } else {
            assert_eq!(found, error, "{text}");
        }
    }
}

#[test]
fn strings_have_every_escape() {
    let text = r#"{"Accounts":[],"Correlation":"\"\\\/\b\f\n\r\t\u00e9\ud83d\ude00é😀"}"#;
    let correlation = read::<Accounts>(text).unwrap().correlation.unwrap();
    assert_eq!(correlation, "\"\\/\u{8}\u{c}\n\r\té😀é😀");
}

#[test]
fn documents_cut_anywhere_are_refused() {
    for end in 0..ACCOUNTS.len() {
        if ACCOUNTS.is_char_boundary(end) {
            assert!(read::<Accounts>(&ACCOUNTS[..end]).is_err(), "{end}");
        }
    }
}

#[test]
fn limits_hold() {
    let nest = |depth: usize| format!("{{\"a\":{}{}}}", "[".repeat(depth), "]".repeat(depth));
    assert!(read::<()>(&nest(99)).is_ok());
    assert_eq!(
        message::<()>(&nest(100)),
        "more than the limit `depth` of 100 (line 1, column 105)"
    );
    message::<()>(&nest(1_000_000));
    let inner = |depth: usize| {
        let start = "{\"currency\":\"\",\"Inner\":";
        format!("{}null{}", start.repeat(depth), "}".repeat(depth))
    };
    assert!(read::<Parcel>(&inner(100)).is_ok());
    assert!(message::<Parcel>(&inner(101)).contains("more than the limit `depth` of 100"));
    let limits = Limits {
        elements: 3,
        ..Limits::default()
    };
    assert!(Reader::new("{\"a\":[1]}", &limits).document::<()>().is_ok());
    let error = Reader::new("{\"a\":[1,2]}", &limits)
        .document::<()>()
        .unwrap_err();
    assert_eq!(
        error.to_string(),
        "more than the limit `elements` of 3 (line 1, column 9)"
    );
}

#[test]
fn choices_and_groups_are_members_among_others() {
    let find = |key| Find {
        country: "SE".to_owned(),
        key,
        password: Secret::from("p"),
        store: 7,
    };
    let place = Key::Place(Place {
        street: "A".to_owned(),
        city: Some("B".to_owned()),
    });
    for (key, text) in [
        (
            Some(Key::Customer("1".to_owned())),
            r#"{"Country":"SE","Customer":"1","Number":null,"Password":"p","Store":7}"#,
        ),
        (
            Some(Key::Numbers(vec![1, 2])),
            r#"{"Country":"SE","Customer":null,"Number":[1,2],"Password":"p","Store":7}"#,
        ),
        (
            Some(place),
            r#"{"Country":"SE","Customer":null,"Number":null,"Street":"A","City":"B","Password":"p","Store":7}"#,
        ),
    ] {
        let find = find(key);
        assert_eq!(Writer::document(&find).unwrap().body, text);
        assert_eq!(read::<Find>(text).unwrap(), find, "{text}");
    }
    let other = r#"{"Street":"A","x":[],"City":"B","Store":"7","Password":"p","Country":"SE"}"#;
    let place = Key::Place(Place {
        street: "A".to_owned(),
        city: Some("B".to_owned()),
    });
    assert_eq!(read::<Find>(other).unwrap(), find(Some(place)));
    assert_eq!(
        message::<Find>(r#"{"Country":"SE","Password":"p","Store":7}"#),
        "one of Customer, Number, Street is missing (line 1, column 41)"
    );
    assert_eq!(
        message::<Find>(r#"{"Country":"SE","Customer":"1","Number":[1],"Password":"p","Store":7}"#),
        "/Number: occurs more than once (line 1, column 41)"
    );
    let secret =
        message::<Find>(r#"{"Country":"SE","Customer":"1","Password":"p","Store":"s3cret"}"#);
    assert_eq!(
        secret,
        "/Store: the value is not an int (line 1, column 55)"
    );
}

#[test]
fn absent_null_and_value_stay_apart() {
    let shipped = |text: &str| read::<Parcel>(text).unwrap().shipped;
    assert_eq!(shipped(r#"{"currency":""}"#), Nillable::Absent);
    assert_eq!(shipped(r#"{"currency":"","Shipped":null}"#), Nillable::Nil);
    let date = "2020-01-01".parse().unwrap();
    assert_eq!(
        shipped(r#"{"currency":"","Shipped":"2020-01-01"}"#),
        Nillable::Value(date)
    );
    let parcel = Parcel {
        shipped: Nillable::Nil,
        codes: Some(vec![Some(1), None]),
        tags: vec![None],
        home: Some(Place {
            street: "A".to_owned(),
            city: None,
        }),
        ..Parcel::default()
    };
    let text = r#"{"currency":"","Street":"A","Codes":[1,null],"Shipped":null,"Tag":[null]}"#;
    assert_eq!(Writer::document(&parcel).unwrap().body, text);
    let expected = Parcel {
        version: parcel.version,
        ..parcel
    };
    assert_eq!(read::<Parcel>(text).unwrap(), expected);
}

#[test]
fn values_of_any_kind_become_elements_and_back() {
    let text = r#"{"currency":"","Payload":{"a":[1,"x",null],"b":{"c":true,"d":[[2]]}}}"#;
    let parcel = read::<Parcel>(text).unwrap();
    let payload = parcel.payload.as_ref().unwrap();
    assert_eq!(payload.children().count(), 4);
    assert_eq!(
        payload
            .child("", "b")
            .unwrap()
            .child("", "c")
            .unwrap()
            .text(),
        "true"
    );
    assert_eq!(
        Writer::document(&parcel).unwrap().body,
        r#"{"currency":"","Payload":{"a":["1","x",null],"b":{"c":"true","d":{"item":"2"}}}}"#
    );
}

#[test]
fn values_of_any_kind_too_deep_to_be_sent_are_refused() {
    let written = |depth: usize| {
        let name = || QName::new("", "a");
        let payload = (1..depth).fold(AnyElement::new(name()), |inner, _| {
            AnyElement::new(name()).with_child(inner)
        });
        let parcel = Parcel {
            payload: Some(payload),
            ..Parcel::default()
        };
        Writer::document(&parcel).map_err(|error| error.to_string())
    };
    // The record is the first level, and what has no children none.
    assert!(written(100).is_ok());
    let refused = "more than 100 records inside each other";
    assert_eq!(written(101).unwrap_err(), refused);
    assert_eq!(written(100_000).unwrap_err(), refused);
}

/// Fields outside of the body.
#[derive(Debug, Default, PartialEq)]
struct Located {
    id: i64,
    token: Secret,
    page: Option<i32>,
    size: Option<i32>,
    sort: Vec<String>,
    name: String,
}

impl ComplexType for Located {
    const SHAPE: &'static Shape = &Shape::new(
        NAMESPACE,
        &[
            one("id").in_path(),
            one("X-Token").in_header().secret(),
            opt("page").in_query(),
            opt("size").in_query().nillable().absent_nil(),
            many("sort").in_query(),
            one("name"),
        ],
    );
}

impl Record for Located {
    fn read_content(&mut self, reader: &mut dyn ContentReader) -> Result<(), ReadError> {
        reader.content(
            Self::SHAPE,
            &mut [
                &mut self.id,
                &mut self.token,
                &mut self.page,
                &mut self.size,
                &mut self.sort,
                &mut self.name,
            ],
        )
    }

    fn write_content(&self, writer: &mut dyn ContentWriter) {
        writer.content(
            Self::SHAPE,
            &[
                &self.id,
                &self.token,
                &self.page,
                &self.size,
                &self.sort,
                &self.name,
            ],
        );
    }
}

#[test]
fn parameters_are_kept_out_of_the_body() {
    let record = Located {
        id: 7,
        token: Secret::from("t0ken"),
        page: Some(2),
        size: None,
        sort: vec!["a b".to_owned(), "c".to_owned()],
        name: "n".to_owned(),
    };
    let written = Writer::document(&record).unwrap();
    assert_eq!(written.body, r#"{"name":"n"}"#);
    let parameter = |location, name, value: &str, secret| Parameter {
        location,
        name,
        value: value.to_owned(),
        secret,
    };
    assert_eq!(
        written.parameters,
        [
            parameter(Location::Path, "id", "7", false),
            parameter(Location::Header, "X-Token", "t0ken", true),
            parameter(Location::Query, "page", "2", false),
            parameter(Location::Query, "sort", "a b", false),
            parameter(Location::Query, "sort", "c", false),
        ]
    );
    assert!(!format!("{written:?}").contains("t0ken"));
    assert_eq!(read::<Located>(&written.body).unwrap().name, "n");
}

#[test]
fn exponents_become_digits() {
    for (text, plain) in [
        ("1.2e3", "1200"),
        ("-1.25E1", "-12.5"),
        ("5e-1", "0.5"),
        ("12.5e-3", "0.0125"),
        ("1e0", "1"),
        ("123e-2", "1.23"),
    ] {
        assert_eq!(without_exponent(text).as_deref(), Some(plain), "{text}");
    }
    assert_eq!(without_exponent("12"), None);
    assert_eq!(without_exponent("1e1001"), None);
}

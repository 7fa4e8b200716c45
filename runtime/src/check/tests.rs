//! Records within and beyond their limits.

use super::*;
use crate::complex::ComplexType;
use crate::shape::{many, one, opt};
use crate::specimens::{Account, Accounts, Find, Key, Place, Ruled};
use crate::types::{Base64Binary, Date, Integer, List, Nillable, Secret};

fn messages(record: &impl ComplexType) -> Vec<String> {
    Checker::check_all(record)
        .iter()
        .map(ToString::to_string)
        .collect()
}

fn value(field: Field, value: &dyn Value) -> Vec<String> {
    Checker::check_value(&field, value)
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn a_record_within_its_limits() {
    let find = Find {
        country: "SÉ".to_owned(),
        key: Some(Key::Customer("äöü".to_owned())),
        password: Secret::from("12345678"),
        store: 9999,
    };
    assert_eq!(Checker::check(&find), Ok(()));
}

#[test]
fn names_field_limit_and_length() {
    let find = Find {
        country: "SWE".to_owned(),
        key: Some(Key::Customer("äöüß".to_owned())),
        password: Secret::from("123456789"),
        store: 10_000,
    };
    assert_eq!(
        messages(&find),
        [
            "Country: 3 characters, exactly 2 allowed",
            "Customer: 4 characters, at most 3 allowed",
            "Password: 9 characters, at most 8 allowed",
            "Store: the value is not less than 10000",
        ]
    );
    let error = Checker::check(&find).unwrap_err();
    assert_eq!(
        (error.path(), error.field(), error.limit()),
        ("Country", "Country", "length")
    );
    assert!(!format!("{:?}", Checker::check_all(&find)).contains("123456789"));
}

#[test]
fn choices_must_be_made() {
    let find = Find {
        country: "SE".to_owned(),
        store: 1,
        ..Find::default()
    };
    assert_eq!(
        messages(&find),
        ["one of Customer, Number, Street is required"]
    );
    let none = Find {
        key: Some(Key::Numbers(vec![])),
        ..find.clone()
    };
    assert_eq!(messages(&none), ["Number: 0 items, at least 1 allowed"]);
    let place = Find {
        key: Some(Key::Place(Place::default())),
        ..find
    };
    assert_eq!(messages(&place), Vec::<String>::new());
}

#[test]
fn lists_have_places() {
    let account = Account {
        balance: "12345.678".parse().unwrap(),
        number: Some("123456".to_owned()),
        ..Account::default()
    };
    let accounts = Accounts {
        accounts: vec![Account::default(), account],
        correlation: None,
        notes: vec!["a".to_owned(), "12345".to_owned(), String::new()],
    };
    assert_eq!(
        messages(&accounts),
        [
            "Accounts/Account[2]/Balance: 8 digits, at most 6 allowed",
            "Accounts/Account[2]/Balance: 3 fraction digits, at most 2 allowed",
            "Accounts/Account[2]/Number: 6 characters, at most 5 allowed",
            "Note: 3 items, at most 2 allowed",
            "Note[2]: 5 characters, at most 4 allowed",
        ]
    );
    let many = Accounts {
        accounts: vec![Account::default(); 51],
        ..Accounts::default()
    };
    assert_eq!(messages(&many), ["Accounts: 51 items, at most 50 allowed"]);
}

#[test]
fn rules_hold_between_fields() {
    let given = Some("x".to_owned());
    let ruled = |a: &Option<String>, b, c| Ruled { a: a.clone(), b, c };
    assert_eq!(
        messages(&ruled(&None, Nillable::Nil, vec![])),
        [
            "exactly one of A, B must be given, not none",
            "at least one of B, C must be given",
        ]
    );
    assert_eq!(
        messages(&ruled(
            &given,
            Nillable::Value(String::new()),
            vec!["c".to_owned()]
        )),
        [
            "exactly one of A, B must be given, not A, B",
            "B cannot be given with C; given: B, C",
            "at most one of A, C can be given, not A, C",
        ]
    );
    assert_eq!(
        messages(&ruled(&given, Nillable::Nil, vec![])),
        [
            "A needs C too; given: A",
            "at least one of B, C must be given"
        ]
    );
    assert_eq!(
        messages(&ruled(&None, Nillable::Value(String::new()), vec![])),
        Vec::<String>::new()
    );
}

#[test]
fn facets_of_every_type() {
    let integer = Integer::from(10);
    assert_eq!(
        value(one("A").max_inclusive("9"), &integer),
        ["A: 10 is not at most 9"]
    );
    assert_eq!(
        value(one("A").max_inclusive("10").min_inclusive("10"), &integer),
        [""; 0]
    );
    assert_eq!(
        value(one("A").min_inclusive("10.5"), &integer),
        ["A: 10 is not at least 10.5"]
    );
    assert_eq!(
        value(one("A").min_exclusive("10"), &integer),
        ["A: 10 is not more than 10"]
    );
    assert_eq!(
        value(one("A").max_exclusive("10"), &integer),
        ["A: 10 is not less than 10"]
    );
    assert_eq!(
        value(one("A").total_digits(1), &integer),
        ["A: 2 digits, at most 1 allowed"]
    );
    let octets = Base64Binary(vec![0; 3]);
    assert_eq!(
        value(one("B").max_length(2), &octets),
        ["B: 3 octets, at most 2 allowed"]
    );
    let list = List(vec![1, 2]);
    assert_eq!(
        value(one("C").max_length(1), &list),
        ["C: 2 items, at most 1 allowed"]
    );
    assert_eq!(
        value(one("D").min_length(1), &String::new()),
        ["D: 0 characters, at least 1 allowed"]
    );
    let date: Date = "2020-01-01".parse().unwrap();
    assert_eq!(
        value(one("E").min_inclusive("2020-01-02"), &date),
        ["E: 2020-01-01 is not at least 2020-01-02"]
    );
    assert_eq!(value(one("E").min_inclusive("2020-01-02Z"), &date), [""; 0]);
    assert_eq!(
        value(many("F").min_occurs(1), &Vec::<i32>::new()),
        ["F: 0 items, at least 1 allowed"]
    );
    assert_eq!(
        value(opt("G").max_length(1), &Some("ab".to_owned())),
        ["G: 2 characters, at most 1 allowed"]
    );
}

#[test]
fn required_values_must_be_there() {
    let none: Option<String> = None;
    assert_eq!(value(one("A"), &none), ["A: a value is required"]);
    for field in [
        opt("A"),
        one("A").nillable(),
        one("A").claimed(),
        one("A").absent_empty(),
        one("A").absent_omit(),
    ] {
        assert_eq!(value(field, &none), [""; 0]);
    }
}

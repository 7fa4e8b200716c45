//! Values and documents held against the schema that they were generated from.
#![allow(clippy::unwrap_used, reason = "a test says so by panicking")]

use castile::transport::Mock;
use castile::validation::{InvalidDocument, Validate};
use castile::{Error, Limits, ResponseErrorKind};
use castile_cases::validating_client::{Book, Harbour};
use castile_cases::validation::{AnyGoods, Delivery, DeliveryDockOrStreet, FragileGoods, Goods};

fn delivery() -> Delivery {
    let goods = Goods::new("AB123", 4);
    Delivery {
        dock_or_street: Some(DeliveryDockOrStreet::Dock(7)),
        first: Some("AB123".to_owned()),
        ..Delivery::new(vec![goods.into()])
    }
}

/// Path, rule and message of each violation.
fn violations(value: &impl Validate) -> Vec<(String, &'static str, String)> {
    let found = value.validate().unwrap_err();
    let found = found.iter().map(|violation| {
        (
            violation.path().to_owned(),
            violation.rule(),
            violation.message().to_owned(),
        )
    });
    found.collect()
}

fn violation(path: &str, rule: &'static str, message: &str) -> (String, &'static str, String) {
    (path.to_owned(), rule, message.to_owned())
}

#[test]
fn a_value_is_judged_as_it_would_be_written() {
    assert_eq!(delivery().validate(), Ok(()));
    let mut wrong = delivery();
    wrong.line = vec![Goods::new("AB12", 0).into()];
    assert_eq!(
        violations(&wrong),
        [
            violation(
                "Delivery/line/code",
                "cvc-pattern-valid",
                "`AB12` does not match the pattern `[A-Z]{2}\\d{3}`"
            ),
            violation(
                "Delivery/line/count",
                "cvc-minInclusive-valid",
                "`0` is less than 1"
            ),
            violation(
                "Delivery/first",
                "cvc-identity-constraint.4.3",
                "the reference `firstLine` leads to no `lines`"
            ),
        ]
    );
}

#[test]
fn types_that_stand_for_others_are_judged_as_such() {
    let fragile = FragileGoods {
        code: "CD456".to_owned(),
        count: 1,
        padding: true,
    };
    let mut wrong = delivery();
    wrong.line.push(AnyGoods::from(fragile.clone()));
    assert_eq!(wrong.validate(), Ok(()));
    assert_eq!(fragile.validate(), Ok(()));
    for _ in 0..2 {
        wrong.line.push(AnyGoods::from(fragile.clone()));
    }
    let found = violations(&wrong);
    assert_eq!(
        found[0],
        violation(
            "Delivery/line[3]",
            "cvc-identity-constraint.4.2.2",
            "the values of `lines` are those of an element before"
        )
    );
    assert_eq!(
        found[1],
        violation(
            "Delivery/line[4]",
            "cvc-complex-type.2.4",
            "`{urn:example:depot}line` where one of `{urn:example:depot}dock`, \
             `{urn:example:depot}street`, `{urn:example:depot}first`, an element not in namespace \
             `urn:example:depot`, none is expected"
        )
    );
}

#[test]
fn a_document_is_judged_before_it_is_read() {
    let text = include_str!("../generate/validation/delivery.xml");
    let read = Delivery::read_valid(text.as_bytes(), &Limits::default()).unwrap();
    assert_eq!(
        read,
        Delivery {
            version: Some("1.0".parse().unwrap()),
            ..delivery()
        }
    );
    let wrong = text.replace("1.0\"", "1.1\"").replace("dock", "deck");
    let Err(InvalidDocument::Violations(found)) =
        Delivery::read_valid(wrong.as_bytes(), &Limits::default())
    else {
        unreachable!("the document is invalid")
    };
    assert_eq!(
        found.to_string(),
        "Delivery/@version: `1.1` where `1.0` is fixed (cvc-au, line 1, column 51)\n\
         Delivery/deck: `{urn:example:depot}deck` where one of `{urn:example:depot}line`, \
         `{urn:example:depot}dock`, `{urn:example:depot}street`, `{urn:example:depot}first`, an \
         element not in namespace `urn:example:depot`, none is expected (cvc-complex-type.2.4, \
         line 3, column 9)"
    );
}

fn envelope(body: &str) -> String {
    format!(
        "<s:Envelope xmlns:s='http://schemas.xmlsoap.org/soap/envelope/' \
         xmlns='urn:example:berths'><s:Body>{body}</s:Body></s:Envelope>"
    )
}

fn answering(body: &str) -> Mock {
    Mock::new().answer(200, "text/xml", envelope(body))
}

#[test]
fn a_client_holds_what_it_sends_and_gets_against_the_schema() {
    let good = "<Booked><Berth>4</Berth><Until>2031-05-01</Until></Booked>";
    let swapped = "<Booked><Until>2031-05-01</Until><Berth>4</Berth></Booked>";
    // As ever: tolerant.
    let tolerant = answering(swapped);
    let harbour = Harbour::new(&tolerant);
    assert_eq!(harbour.book(Book::new("ada")).send().unwrap().berth, 4);

    let mock = answering(good);
    let harbour = Harbour::new(&mock).validating();
    let Err(Error::Request(error)) = harbour.book(Book::new("ada")).send() else {
        unreachable!("the request is invalid")
    };
    assert_eq!(
        error.to_string(),
        "Book was not sent: Envelope/Body/Book/Ship: `ada` does not match the pattern \
         `[A-Z]+-\\d+` (cvc-pattern-valid, line 1, column 197)"
    );
    assert!(mock.requests().is_empty());
    assert_eq!(harbour.book(Book::new("ADA-1")).send().unwrap().berth, 4);

    let mock = answering(swapped);
    let harbour = Harbour::new(&mock).validating();
    let Err(Error::Read(error)) = harbour.book(Book::new("ADA-1")).send() else {
        unreachable!("the answer is invalid")
    };
    let ResponseErrorKind::Invalid(violations) = &error.kind else {
        unreachable!("{error}")
    };
    let first = violations.iter().next().unwrap();
    assert_eq!(
        (first.path(), first.rule()),
        ("Envelope/Body/Booked/Until", "cvc-complex-type.2.4")
    );
}

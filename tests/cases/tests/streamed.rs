//! Generated operations whose responses are read item by item.
#![allow(clippy::unwrap_used, reason = "a test says so by panicking")]

use castile::transport::Mock;
use castile::{Date, Decimal};
use castile_cases::streamed::{Count, Depot, Moves, MovesResponseInOrOut, MovesScan, Pallet};

fn depot(answer: &'static str) -> Depot<Mock> {
    Depot::new(Mock::new().answer(200, "text/xml", answer))
}

fn pallet(bay: &str, weight: &str) -> Pallet {
    Pallet {
        bay: bay.to_owned(),
        weight: weight.parse::<Decimal>().unwrap(),
    }
}

#[test]
fn a_wrapped_list_inside_another_record() {
    let depot = depot(include_str!("../generate/streamed/Count.response.xml"));
    let mut pallets = depot.count(Count::new("North")).items().send().unwrap();
    let head = pallets.head().unwrap();
    assert_eq!((head.count_result.depot.as_str(), head.total), ("North", 0));
    let read: Vec<_> = pallets.by_ref().map(Result::unwrap).collect();
    assert_eq!(read, [Some(pallet("A1", "12.50")), None]);
    let rest = pallets.finish().unwrap();
    assert_eq!(
        (rest.count_result.remark, rest.total),
        (vec!["dry".to_owned()], 2)
    );
}

#[test]
fn a_choice() {
    let depot = depot(include_str!("../generate/streamed/Moves.response.xml"));
    let mut moves = depot.moves(Moves::default()).items().send().unwrap();
    let read: Vec<_> = moves.by_ref().map(Result::unwrap).collect();
    let expected = [
        MovesResponseInOrOut::In(pallet("A1", "12.50")),
        MovesResponseInOrOut::Out("A2".to_owned()),
        MovesResponseInOrOut::In(pallet("A3", "0.1")),
    ];
    assert_eq!(read, expected);
    let day: Date = "2024-05-06".parse().unwrap();
    assert_eq!(moves.finish().unwrap().day, day);
}

#[test]
fn a_list_of_a_request() {
    let mock = Mock::new().answer(
        200,
        "text/xml",
        include_str!("../generate/streamed/Count.response.xml"),
    );
    let depot = Depot::new(mock.clone());
    let known = vec![pallet("B1", "1"), pallet("B2", "2.0")];
    let sent = depot
        .count(Count::new("North"))
        .sending(known.clone())
        .send();
    assert_eq!(sent.unwrap().total, 2);
    let whole = Count {
        known,
        ..Count::new("North")
    };
    let whole = depot.count(whole).request().unwrap();
    assert_eq!(mock.requests()[0].body(), whole.body());
}

#[test]
fn binary_data_of_a_request() {
    let mock = Mock::new().answer(
        200,
        "text/xml",
        include_str!("../generate/streamed/Moves.response.xml"),
    );
    let depot = Depot::new(mock.clone());
    let moves = |data: &[u8]| Moves {
        scan: Some(MovesScan::new("a.png", data.into())),
    };
    let sent = depot
        .moves(moves(b""))
        .sending_octets(&[7; 1000][..], Some(1000));
    assert_eq!(sent.send().unwrap().in_or_out.len(), 3);
    let whole = depot.moves(moves(&[7; 1000])).request().unwrap();
    assert_eq!(mock.requests()[0].body(), whole.body());
}

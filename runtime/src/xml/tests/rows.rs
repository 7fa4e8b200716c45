//! Records in a row: what is known of one is used for the next, where it is the same.

use super::{Reader, XSI, read_with};
use crate::limits::Limits;
use crate::read_error::ReadError;
use crate::specimens::{Accounts, NAMESPACE};

/// Accounts as they may follow each other; `#` is the place of each.
const KINDS: [&str; 12] = [
    "<Balance>#</Balance><Status>Active</Status><Number>n#</Number><MovedTo i:nil=\"true\"/>\
     <Stopped>0</Stopped>",
    "<Balance>#.50</Balance><Status>Active</Status><Number>n#</Number><MovedTo i:nil=\"true\"/>\
     <Stopped>1</Stopped>",
    "<Balance>#</Balance><Status>s#</Status><Number>n#</Number><MovedTo>m#</MovedTo><Stopped>0</Stopped>",
    "<Balance>#</Balance><Status/><Number i:nil=\"true\"/><MovedTo i:nil=\"true\"/><Stopped>0</Stopped>",
    "<Balance>#</Balance><Status></Status><Stopped>0</Stopped><Due>2020-02-03T04:05:06Z</Due>",
    "<Balance>#</Balance><Status>a &amp; b</Status><Number>n#</Number><MovedTo i:nil=\"true\"/>\
     <Stopped>0</Stopped>",
    "<Balance>#</Balance><Status>s</Status><Number>n<!-- # --></Number><MovedTo i:nil=\"true\"/>\
     <Stopped>0</Stopped>",
    "<Status>s</Status><Balance>#</Balance><Number>n#</Number><MovedTo i:nil=\"true\"/><Stopped>0</Stopped>",
    "<Balance>#</Balance><Status>s</Status><Number>n#</Number><MovedTo i:nil=\"true\"/><Stopped>0</Stopped>\
     <Unknown/>",
    "<Balance>#</Balance><Status>s</Status><Number>n#</Number><MovedTo i:nil=\"true\"/><Stopped>0</Stopped>\
     <Stopped>1</Stopped>",
    "<Balance>x</Balance><Status>s</Status><Number>n#</Number><MovedTo i:nil=\"true\"/><Stopped>0</Stopped>",
    "<Balance>#</Balance><Status>s</Status><Number>n#</Number><MovedTo i:nil=\"true\"/>",
];

fn document(kinds: &[usize]) -> String {
    let mut text = format!("<Root xmlns=\"{NAMESPACE}\" xmlns:i=\"{XSI}\"><Accounts>");
    for (place, kind) in kinds.iter().enumerate() {
        let content = KINDS[*kind].replace('#', &(place + 1).to_string());
        text.push_str(&format!("<Account>{content}</Account>"));
    }
    text.push_str("</Accounts></Root>");
    text
}

fn both(document: &str, limits: &Limits) -> Result<Accounts, ReadError> {
    let fast = read_with(Reader::new(document, limits));
    let slow = read_with(Reader::new(document, limits).slow_only());
    assert_eq!(fast, slow, "{document} {limits:?}");
    fast
}

#[test]
fn each_kind_of_record_may_follow_each_other() {
    let mut readable = 0;
    for first in 0..KINDS.len() {
        for second in 0..KINDS.len() {
            for third in 0..KINDS.len() {
                let document = document(&[first, second, third, first]);
                readable += usize::from(both(&document, &Limits::default()).is_ok());
            }
        }
    }
    // Those without the three last kinds, of which the content is wrong.
    assert_eq!(readable, 9 * 9 * 9);
}

#[test]
fn records_alike_have_values_of_their_own() {
    let accounts = both(&document(&[0, 0, 1, 0]), &Limits::default()).unwrap();
    let shown = accounts.accounts.iter().map(|account| {
        let number = account.number.as_deref().unwrap_or_default();
        format!("{} {number} {}", account.balance, account.stopped)
    });
    assert_eq!(
        shown.collect::<Vec<_>>(),
        ["1 n1 false", "2 n2 false", "3.50 n3 true", "4 n4 false"]
    );
    assert!(
        accounts
            .accounts
            .iter()
            .all(|account| account.moved_to.is_none())
    );
}

#[test]
fn limits_count_records_alike() {
    let document = document(&[0; 4]);
    let least = |set: fn(&mut Limits, usize)| {
        let reads = |limit: &usize| {
            let mut limits = Limits::default();
            set(&mut limits, *limit);
            both(&document, &limits).is_ok()
        };
        (0..100).find(reads).unwrap()
    };
    // The root, the list, and four accounts of five fields.
    assert_eq!(least(|limits, most| limits.elements = most), 2 + 4 * 6);
    assert_eq!(least(|limits, most| limits.children = most), 5);
}

#[test]
fn every_octet_changed_in_one_of_them_is_read_the_same() {
    let document = document(&[0; 3]);
    let begin = document.rfind("<Account>").unwrap();
    for at in begin..document.len() {
        for octet in *b"<>/&\"' =:ax0]\r" {
            let mut bytes = document.clone().into_bytes();
            bytes[at] = octet;
            let changed = String::from_utf8(bytes).unwrap();
            let _ = both(&changed, &Limits::default());
        }
        assert!(both(&document[..at], &Limits::default()).is_err());
    }
}

/// Whatever the tags of items begin with, and whichever of them: those before are kept, those after are
/// read.
#[test]
fn items_whose_tags_deviate_are_read_among_others() {
    let tags = [
        "<Account>",
        "<Account >",
        "<Account xmlns:b=\"urn:b\">",
        "<Account xmlns=\"urn:example:elsewhere\">",
        "<Account x=\"1\">",
        "<Account i:nil=\"true\">",
        "<Accounts>",
    ];
    let mut readable = 0;
    for (place, tag) in (0..4).flat_map(|place| tags.map(|tag| (place, tag))) {
        let mut text = format!("<Root xmlns=\"{NAMESPACE}\" xmlns:i=\"{XSI}\"><Accounts>");
        for number in 0..4 {
            let begin = if number == place { tag } else { "<Account>" };
            let name = begin[1..].trim_end_matches('>').split(' ').next();
            let end = name.unwrap_or_default();
            let content = KINDS[0].replace('#', &number.to_string());
            text.push_str(&format!("{begin}{content}</{end}>\n"));
        }
        text.push_str("</Accounts></Root>");
        if let Ok(accounts) = both(&text, &Limits::default()) {
            readable += 1;
            let numbers = accounts
                .accounts
                .iter()
                .map(|account| account.number.as_deref());
            let known = ["n0", "n1", "n2", "n3"].into_iter().enumerate();
            let is_other = tag.contains("elsewhere") || tag == "<Accounts>";
            let expected = known.filter(|(number, _)| !is_other || *number != place);
            let expected = expected.map(|(_, number)| Some(number));
            assert_eq!(
                numbers.collect::<Vec<_>>(),
                expected.collect::<Vec<_>>(),
                "{text}"
            );
        }
    }
    // A nil one with content is an error.
    assert_eq!(readable, 4 * 6);
}

/// Of those that are seldom alike not each is compared with the one before; all are read.
#[test]
fn records_that_seldom_are_alike_are_read_too() {
    let kinds: Vec<usize> = (0..200)
        .map(|place| if place % 90 < 80 { 7 } else { 2 })
        .collect();
    let mixed: Vec<usize> = (0..200).map(|place| [0, 7, 3, 5][place % 4]).collect();
    for kinds in [kinds, mixed] {
        let accounts = both(&document(&kinds), &Limits::default()).unwrap();
        let balances = accounts
            .accounts
            .iter()
            .map(|account| account.balance.to_string());
        let expected = (1..=200).map(|place| place.to_string());
        assert_eq!(balances.collect::<Vec<_>>(), expected.collect::<Vec<_>>());
    }
}

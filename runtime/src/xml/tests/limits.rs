//! Limits hold, and hostile documents cost no more than their length.

use super::{read, read_with, skip};
use crate::check::Checker;
use crate::complex::Record;
use crate::limits::Limits;
use crate::read_error::ReadErrorKind;
use crate::specimens::{Accounts, NAMESPACE, Parcel, Wide};
use crate::xml::{Reader, WriteErrorKind, Writer};

#[test]
fn limits_hold_to_the_element() {
    let limits = |change: fn(&mut Limits)| {
        let mut limits = Limits::default();
        change(&mut limits);
        limits
    };
    let nest = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    assert_eq!(skip(&nest(100), &Limits::default()), Ok(()));
    let deep = skip(&nest(101), &Limits::default()).unwrap_err();
    assert!(deep.starts_with("/a/a/"), "{deep}");
    assert!(
        deep.ends_with(": more than the limit `depth` of 100 (line 1, column 301)"),
        "{deep}"
    );
    assert!(skip(&nest(1_000_000), &Limits::default()).is_err());

    let attributes = limits(|limits| limits.attributes = 3);
    assert_eq!(skip("<a b='' c='' d=''/>", &attributes), Ok(()));
    assert_eq!(
        skip("<a b='' c='' d='' xmlns=''/>", &attributes).unwrap_err(),
        "/a: more than the limit `attributes` of 3 (line 1, column 19)"
    );
    let value = limits(|limits| limits.attribute_value = 3);
    assert_eq!(skip("<a b='123'/>", &value), Ok(()));
    assert_eq!(
        skip("<a b='1234'/>", &value).unwrap_err(),
        "/a: more than the limit `attribute_value` of 3 (line 1, column 11)"
    );
    let bindings = limits(|limits| limits.bindings = 2);
    assert_eq!(
        skip(
            "<a xmlns:p='u'><b xmlns:p='v'/><b xmlns:q='v'/></a>",
            &bindings
        ),
        Ok(())
    );
    assert_eq!(
        skip("<a xmlns:p='u' xmlns:q='u'><b xmlns:p='v'/></a>", &bindings).unwrap_err(),
        "/a/b: more than the limit `bindings` of 2 (line 1, column 42)"
    );
    let name = limits(|limits| limits.name = 4);
    assert_eq!(skip("<abcd/>", &name), Ok(()));
    assert_eq!(
        skip("<abcde/>", &name).unwrap_err(),
        "more than the limit `name` of 4 (line 1, column 2)"
    );
    let children = limits(|limits| limits.children = 2);
    assert_eq!(skip("<a><b/><b><c/><c/></b></a>", &children), Ok(()));
    assert_eq!(
        skip("<a><b/><b/><b/></a>", &children).unwrap_err(),
        "/a: more than the limit `children` of 2 (line 1, column 12)"
    );
    let elements = limits(|limits| limits.elements = 3);
    assert_eq!(skip("<a><b/><b/></a>", &elements), Ok(()));
    assert_eq!(
        skip("<a><b/><b/><b/></a>", &elements).unwrap_err(),
        "/a: more than the limit `elements` of 3 (line 1, column 12)"
    );
}

#[test]
fn both_paths_hold_the_limits() {
    let account = "<Account><Balance>1</Balance><Status/><Stopped>1</Stopped></Account>";
    let document =
        format!("<R xmlns='{NAMESPACE}'><Accounts>{account}{account}</Accounts><Correlation/></R>");
    let both = |limits: &Limits| {
        let fast = read_with::<Accounts>(Reader::new(&document, limits));
        let slow = read_with::<Accounts>(Reader::new(&document, limits).slow_only());
        assert_eq!(fast, slow);
        match fast {
            Ok(_) => None,
            Err(error) => Some(error.kind().clone()),
        }
    };
    for (name, least) in [
        ("depth", 4),
        ("elements", 11),
        ("children", 3),
        ("name", 11),
    ] {
        let mut limits = Limits::default();
        for limit in 0..12 {
            match name {
                "depth" => limits.depth = limit,
                "elements" => limits.elements = limit,
                "children" => limits.children = limit,
                _ => limits.name = limit,
            }
            let expected = (limit < least).then_some(ReadErrorKind::Limit { name, limit });
            assert_eq!(both(&limits), expected, "{name} {limit}");
        }
    }
}

#[test]
fn lists_are_longer_than_the_children_of_one_element() {
    let account = "<Account><Balance>1</Balance><Status/><Stopped>1</Stopped></Account>";
    let document = format!(
        "<R xmlns='{NAMESPACE}'><Accounts>{}</Accounts></R>",
        account.repeat(20)
    );
    let limits = Limits {
        children: 5,
        ..Limits::default()
    };
    for reader in [
        Reader::new(&document, &limits),
        Reader::new(&document, &limits).slow_only(),
    ] {
        assert_eq!(read_with::<Accounts>(reader).unwrap().accounts.len(), 20);
    }
}

/// What release builds must bear; debug builds have frames four times as large.
const STACK: usize = if cfg!(debug_assertions) {
    2 << 20
} else {
    512 << 10
};

fn on_a_small_stack(test: impl FnOnce() + Send + 'static) {
    std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(test)
        .unwrap()
        .join()
        .unwrap();
}

#[test]
fn depth_does_not_overflow_the_stack() {
    let document = |depth: usize| {
        let (start, end) = ("<Inner currency=''>", "</Inner>");
        let root = format!("<P xmlns='{NAMESPACE}' currency=''>");
        format!(
            "{root}{}{}</P>",
            start.repeat(depth - 1),
            end.repeat(depth - 1)
        )
    };
    on_a_small_stack(move || {
        let parcel: Parcel = read(&document(100)).unwrap();
        assert_eq!(parcel.clone(), parcel);
        drop(format!("{parcel:?}"));
        let error = read::<Parcel>(&document(101)).unwrap_err();
        assert_eq!(
            error.kind(),
            &ReadErrorKind::Limit {
                name: "depth",
                limit: 100
            }
        );
        assert!(read::<Parcel>(&document(1_000_000)).is_err());
    });
}

#[test]
fn wide_records_do_not_overflow_the_stack() {
    on_a_small_stack(|| {
        let document = |depth: usize| {
            let root = format!("<P xmlns='{NAMESPACE}'><F>1</F>");
            let depth = depth - 1;
            format!(
                "{root}{}{}</P>",
                "<Inner>".repeat(depth),
                "</Inner>".repeat(depth)
            )
        };
        for slow in [false, true] {
            let read = |depth| {
                let document = document(depth);
                let reader = Reader::new(&document, &Limits::default());
                let reader = if slow { reader.slow_only() } else { reader };
                read_with::<Wide>(reader).map(|wide| wide.f0.clone())
            };
            assert_eq!(read(100).unwrap().as_deref(), Some("1"));
            let error = read(101).unwrap_err();
            assert_eq!(
                error.kind(),
                &ReadErrorKind::Limit {
                    name: "depth",
                    limit: 100
                }
            );
        }
    });
}

#[test]
fn records_too_deep_are_not_written() {
    on_a_small_stack(|| {
        let nest = |depth: usize| {
            let mut wide = Wide::default();
            for _ in 1..depth {
                wide = Wide {
                    inner: Some(Box::new(wide)),
                    ..Wide::default()
                };
            }
            wide
        };
        let write = |wide: &Wide| {
            let mut writer = Writer::new();
            writer.start(NAMESPACE, "P");
            wide.write_content(&mut writer);
            writer.finish().map_err(|error| error.kind().clone())
        };
        let (deep, deeper) = (nest(100), nest(101));
        assert!(write(&deep).is_ok() && Checker::check(&deep).is_ok());
        assert!(crate::json::Writer::document(&deep).is_ok());
        assert_eq!(write(&deeper), Err(WriteErrorKind::Depth { allowed: 100 }));
        let error = Checker::check(&deeper).unwrap_err();
        assert!(
            error
                .to_string()
                .ends_with("/Inner: more than 100 records inside each other")
        );
        let error = crate::json::Writer::document(&deeper).unwrap_err();
        assert_eq!(error.to_string(), "more than 100 records inside each other");
    });
}

#[test]
fn trees_of_any_depth_can_be_dropped() {
    on_a_small_stack(|| {
        let limits = Limits {
            depth: 300_000,
            ..Limits::default()
        };
        let document = format!("{}{}", "<a>".repeat(200_000), "</a>".repeat(200_000));
        let mut reader = Reader::new(&document, &limits);
        assert!(reader.next_start().unwrap());
        drop(reader.any_element().unwrap());
    });
}

#[test]
fn hostile_documents_take_linear_time() {
    let size = 200_000;
    for document in [
        format!("<a>{}</a>", "<!---->".repeat(size)),
        format!("<a>{}</a>", "<![CDATA[x]]>".repeat(size)),
        format!("<a>{}</a>", "&#65;".repeat(size)),
        format!("<a>{}</a>", "]".repeat(size)),
        format!("<a><!--{}--></a>", " - ".repeat(size)),
        format!("<a b='{}'/>", "&lt;".repeat(size)),
        format!("<a{}/>", " xmlns:a='u'".repeat(size)),
        "<".repeat(size),
        "<a".repeat(size),
        "a:".repeat(size),
        format!("<{}", "a".repeat(size)),
    ] {
        let start = std::time::Instant::now();
        drop(skip(&document, &Limits::default()));
        let mut reader = Reader::new(&document, &Limits::default());
        drop(reader.next_start().and_then(|_| reader.text().map(drop)));
        assert!(start.elapsed().as_secs() < 2, "{}", &document[..20]);
    }
}

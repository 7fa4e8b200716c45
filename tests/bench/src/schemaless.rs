//! What knows nothing of the schema: memory itself, tokenizers, trees.

use std::hint::black_box;

use quick_xml::events::Event;
use quick_xml::{NsReader, Reader};

use crate::measure::{Bench, Work};

/// Measures them on a document.
pub fn decode(bench: &mut Bench, name: &'static str, document: &str) {
    let bytes = document.as_bytes();
    let at = (name, bytes.len());
    let mut row = |competitor, run: fn(&[u8]) -> usize| {
        bench.measure(Work::Decode, at, competitor, || bytes, run);
    };
    row("memchr scan for `<`", |bytes| {
        memchr::memchr_iter(b'<', bytes).count()
    });
    row("UTF-8 check", |bytes| {
        std::str::from_utf8(bytes).map_or(0, str::len)
    });
    row("memcpy", |bytes| black_box(bytes.to_vec()).len());
    row("quick-xml tokens", tokens);
    row("quick-xml tokens, namespaces", tokens_in_namespaces);
    bench.measure(
        Work::Decode,
        at,
        "roxmltree",
        || bytes,
        |bytes| {
            let text = std::str::from_utf8(bytes).expect("the documents are UTF-8");
            roxmltree::Document::parse(text).expect("the documents are well-formed")
        },
    );
}

fn tokens(bytes: &[u8]) -> usize {
    let mut reader = Reader::from_reader(bytes);
    let mut count = 0;
    loop {
        match reader.read_event().expect("the documents are well-formed") {
            Event::Eof => return count,
            event => count += event.len(),
        }
    }
}

fn tokens_in_namespaces(bytes: &[u8]) -> usize {
    let mut reader = NsReader::from_reader(bytes);
    let mut count = 0;
    loop {
        let event = reader.read_resolved_event();
        match event.expect("the documents are well-formed") {
            (_, Event::Eof) => return count,
            (namespace, event) => {
                black_box(namespace);
                count += event.len();
            }
        }
    }
}

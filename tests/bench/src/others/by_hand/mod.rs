//! What a careful person writes for each of these messages: a loop over `NsReader`, `push_str`, and
//! `quick_xml::Writer`. Times stay text.

mod archive;
mod ledger;
mod mailbox;
mod telemetry;

use crate::markup::Failure;
use crate::measure::{Bench, Work};

fn all<T>(
    bench: &mut Bench,
    name: &'static str,
    document: &str,
    read: fn(&str) -> Result<T, Failure>,
    push: fn(&T) -> String,
    events: fn(&T) -> Vec<u8>,
) {
    let at = (name, document.len());
    let bytes = document.as_bytes();
    // Texts are taken as they are, so UTF-8 is checked once and for all.
    let decode = |bytes: &[u8]| {
        let text = std::str::from_utf8(bytes).expect("the documents are UTF-8");
        read(text).expect("the document is of the schema")
    };
    bench.measure(Work::Decode, at, "by hand on NsReader", || bytes, decode);
    let value = decode(bytes);
    bench.measure(Work::Encode, at, "push_str by hand", || &value, push);
    bench.measure(
        Work::Encode,
        at,
        "by hand on quick-xml Writer",
        || &value,
        events,
    );
}

pub fn run(bench: &mut Bench, name: &'static str, document: &str) {
    match name {
        "polymorphic" => all(
            bench,
            name,
            document,
            mailbox::read,
            mailbox::push,
            mailbox::events,
        ),
        "attributes" => all(
            bench,
            name,
            document,
            telemetry::read,
            telemetry::push,
            telemetry::events,
        ),
        "text-base64" => all(
            bench,
            name,
            document,
            archive::read,
            archive::push,
            archive::events,
        ),
        _ => all(
            bench,
            name,
            document,
            ledger::read,
            ledger::push,
            ledger::events,
        ),
    }
}

#[cfg(test)]
pub fn summary(name: &str, document: &str) -> String {
    match name {
        "polymorphic" => mailbox::summary(document),
        "attributes" => telemetry::summary(document),
        "text-base64" => archive::summary(document),
        _ => ledger::summary(document),
    }
}

/// Both encoders write what is read as the same again.
#[cfg(test)]
mod tests {
    use super::*;
    use crate::documents;

    fn both_ways<T>(
        document: &str,
        read: fn(&str) -> Result<T, Failure>,
        push: fn(&T) -> String,
        events: fn(&T) -> Vec<u8>,
    ) {
        let value = read(document).unwrap();
        let pushed = push(&value);
        assert_eq!(push(&read(&pushed).unwrap()), pushed);
        let written = String::from_utf8(events(&value)).unwrap();
        assert_eq!(push(&read(&written).unwrap()), pushed);
        assert!(pushed.len().abs_diff(document.len()) < 200);
    }

    #[test]
    fn what_is_written_is_what_was_read() {
        both_ways(
            &documents::mailbox(9),
            mailbox::read,
            mailbox::push,
            mailbox::events,
        );
        both_ways(
            &documents::telemetry(11),
            telemetry::read,
            telemetry::push,
            telemetry::events,
        );
        both_ways(
            &documents::archive(2),
            archive::read,
            archive::push,
            archive::events,
        );
        both_ways(
            &documents::ledger(3),
            ledger::read,
            ledger::push,
            ledger::events,
        );
    }
}

//! What a competitor found in a document, as a text. Everybody has types of their own with the same names of
//! fields, hence macros.

/// The items of `polymorphic`, where all kinds are one struct with everything optional.
macro_rules! items {
    ($items:expr) => {{
        let items = &$items;
        let shown = items.iter().map(|it| {
            let mut out = it.kind.trim_start_matches("m:").to_owned();
            out += &format!(" {} {}", it.item_id.id, it.subject);
            let other = it.reference.as_ref().map(|id| &id.id);
            for text in [it.text.as_ref(), other, it.location.as_ref()] {
                out.extend(text.map(|text| format!(" {text}")));
            }
            out.extend(it.is_read.map(|read| format!(" {read}")));
            out.extend(it.every_days.map(|days| format!(" {days}")));
            out.extend(it.percent_complete.as_ref().map(|it| format!(" {it}")));
            out
        });
        shown.collect()
    }};
}

/// The readings of `attributes`.
macro_rules! readings {
    ($readings:expr) => {{
        let readings = $readings;
        let shown = readings.reading.iter().map(|it| {
            format!(
                "{} {} {} {} {} {} {:?}",
                it.id, it.sensor, it.value, it.unit, it.channel, it.valid, it.note
            )
        });
        let station = [readings.station.clone()];
        station.into_iter().chain(shown).collect()
    }};
}

/// The records of `text-base64`, with the octets of their scans.
macro_rules! records {
    ($records:expr) => {{
        let shown = $records
            .map(|(record, scan)| format!("{} {} {}", record.title, record.body.len(), scan.len()));
        shown.collect()
    }};
}

/// The entries of `rpc-encoded`.
macro_rules! entries {
    ($entries:expr) => {{
        let entries = &$entries;
        let shown = entries.iter().map(|it| {
            format!(
                "{} {} {} {} {}",
                it.number, it.account, it.amount, it.text, it.posted
            )
        });
        shown.collect()
    }};
}

pub(super) use {entries, items, readings, records};

//! The tables, and what of the project's aims is reached.

use std::fmt::Write as _;

use super::rows::{OURS, Row, Rows};

const HEAP_BEYOND: f64 = 65_536.0;

/// At most so many times the time by hand.
const CALL: f64 = 1.1;

/// The whole section.
pub(super) fn report(rows: &Rows) -> String {
    let mut out = String::from(
        "MB/s of the best pass, and in brackets the time in multiples of ours. What is decoded is \
         dropped outside of the time. Encoders are given the length of the document that was decoded, \
         whatever they make of it.\n",
    );
    for (work, title) in [("decode", "Decode"), ("encode", "Encode")] {
        if rows.documents(work).is_empty() {
            continue;
        }
        let _ = write!(out, "\n{title}:\n\n");
        table(&mut out, rows, work, |row, ours| match ours {
            Some(ours) => format!("{:.0} ({:.2}×)", row.rate(), row.best / ours.best),
            None => format!("{:.0}", row.rate()),
        });
    }
    out.push_str("\nDecoding on the heap: allocations, and the most bytes beside the result:\n\n");
    table(&mut out, rows, "decode", |row, _| {
        format!("{}, {}", row.allocations, row.peak.saturating_sub(row.kept))
    });
    calls(&mut out, rows);
    out.push_str(
        "\nThe aims. A peer gives values or encodes them; what gives none is shown beside it, though \
         whoever needs values has all of that work before them yet.\n\n\
         | | at least | now | |\n|---|---:|---:|---|\n",
    );
    write_aims(&mut out, aims(rows));
    out.push_str("\n![Throughput](benchmarks-throughput.svg)\n");
    out
}

/// The section about programs of other languages, beside ours on the same documents.
pub(super) fn other_languages(rows: &Rows, others: &Rows) -> String {
    let mut out = String::from(
        "MB/s of the best pass, and in brackets the time in multiples of ours in the run above. Trees and \
         objects are no typed values.\n\n",
    );
    let documents = rows.documents("decode");
    let _ = writeln!(out, "| | {} |", documents.join(" | "));
    let _ = writeln!(out, "|---|{}", "---:|".repeat(documents.len()));
    for competitor in others.competitors("decode") {
        let _ = write!(out, "| {competitor} |");
        for document in &documents {
            let ours = rows.get("decode", document, OURS);
            let text = others.get("decode", document, competitor).zip(ours);
            let text = text.map_or_else(String::new, |(row, ours)| {
                format!("{:.0} ({:.2}×)", row.rate(), row.best / ours.best)
            });
            let _ = write!(out, " {text} |");
        }
        out.push('\n');
    }
    out.push_str("\nThe aim:\n\n| | at least | now | |\n|---|---:|---:|---|\n");
    let tree = { others.0.iter() }
        .find(|row| row.document == "accounts-10000" && row.competitor.starts_with("pugixml"));
    let aim = Aim {
        what: "decode accounts-10000, against pugixml's tree".to_owned(),
        least: 1.0,
        found: ratio(rows, "decode", "accounts-10000", tree),
    };
    write_aims(&mut out, vec![aim]);
    out
}

/// Calls over loopback.
fn calls(out: &mut String, rows: &Rows) {
    for document in rows.documents("call") {
        let _ = write!(
            out,
            "\nA call over loopback whose answer is {document}, in µs, and heap allocations:\n\n\
             | | best | allocations |\n|---|---:|---:|\n"
        );
        for competitor in rows.competitors("call") {
            if let Some(row) = rows.get("call", document, competitor) {
                let best = row.best / 1e3;
                let _ = writeln!(out, "| {competitor} | {best:.1} | {} |", row.allocations);
            }
        }
    }
}

fn write_aims(out: &mut String, aims: Vec<Aim>) {
    for aim in aims {
        let reached = match aim.found {
            Some(found) if found >= aim.least => "reached",
            Some(_) => "**not reached**",
            None => "not measured",
        };
        let found = aim
            .found
            .map_or_else(String::new, |found| format!("{found:.2}×"));
        let _ = writeln!(
            out,
            "| {} | {:.2}× | {found} | {reached} |",
            aim.what, aim.least
        );
    }
}

fn table(out: &mut String, rows: &Rows, work: &str, cell: impl Fn(&Row, Option<&Row>) -> String) {
    let documents = rows.documents(work);
    let _ = writeln!(out, "| | {} |", documents.join(" | "));
    let _ = writeln!(out, "|---|{}", "---:|".repeat(documents.len()));
    for competitor in rows.competitors(work) {
        let _ = write!(out, "| {competitor} |");
        for document in &documents {
            let ours = rows.get(work, document, OURS);
            let text = rows.get(work, document, competitor);
            let text = text.map_or_else(String::new, |row| cell(row, ours));
            let _ = write!(out, " {text} |");
        }
        out.push('\n');
    }
}

struct Aim {
    what: String,
    /// So many times as fast (or as little memory).
    least: f64,
    found: Option<f64>,
}

fn aims(rows: &Rows) -> Vec<Aim> {
    let against = |work: &str, document: &str, competitor: &str, least: f64| Aim {
        what: format!("{work} {document}, against {competitor}"),
        least,
        found: ratio(rows, work, document, rows.get(work, document, competitor)),
    };
    let fastest = |work: &str, document: &str, least: f64| {
        let peer = rows.fastest(work, document, Row::is_peer);
        let name = peer.map_or("nobody", |peer| &peer.competitor);
        Aim {
            what: format!("{work} {document}, against the fastest peer ({name})"),
            least,
            found: ratio(rows, work, document, peer),
        }
    };
    let fastest_without_values = |document: &str, least: f64| {
        let other = rows.fastest("decode", document, Row::is_without_values);
        let name = other.map_or("nobody", |other| &other.competitor);
        Aim {
            what: format!("decode {document}, against the fastest that gives no values ({name})"),
            least,
            found: ratio(rows, "decode", document, other),
        }
    };
    let mut aims = vec![
        against(
            "decode",
            "accounts-10000",
            "quick-xml tokens, namespaces",
            4.0,
        ),
        against("decode", "accounts-10000", "quick-xml serde", 8.0),
        against("decode", "accounts-10000", "xsd-parser", 30.0),
        fastest("decode", "accounts-4", 4.0),
        fastest_without_values("accounts-4", 4.0),
    ];
    for document in rows.documents("decode") {
        if !document.starts_with("accounts") {
            aims.push(fastest("decode", document, 2.5));
            aims.push(fastest_without_values(document, 2.5));
        }
    }
    for document in rows.documents("encode") {
        aims.push(fastest("encode", document, 4.0));
    }
    for document in rows.documents("encode") {
        aims.push(against("encode", document, "push_str by hand", 0.6));
    }
    for client in ["ureq", "reqwest"] {
        for document in rows.documents("call") {
            let call = |who: &str| rows.get("call", document, &format!("{who} over {client}"));
            aims.push(Aim {
                what: format!("a call over {client}, against the same bytes by hand"),
                least: 1.0 / CALL,
                found: call("by hand")
                    .zip(call("castile"))
                    .map(|(theirs, ours)| theirs.best / ours.best),
            });
        }
    }
    for document in rows.documents("decode") {
        let beyond = rows.get("decode", document, OURS).map(|ours| {
            let bytes = u32::try_from(ours.peak.saturating_sub(ours.kept)).unwrap_or(u32::MAX);
            HEAP_BEYOND / f64::from(bytes).max(1.0)
        });
        aims.push(Aim {
            what: format!("decode {document}, 64 KiB against the heap beside the result"),
            least: 1.0,
            found: beyond,
        });
    }
    aims
}

/// How many times as long the other takes.
fn ratio(rows: &Rows, work: &str, document: &str, other: Option<&Row>) -> Option<f64> {
    Some(other?.best / rows.get(work, document, OURS)?.best)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_aims_say_what_is_reached() {
        let text = "head\n\
            decode\taccounts-10000\tquick-xml tokens, namespaces\t1000\t900\t900\t1\t10\t0\n\
            decode\taccounts-10000\tquick-xml serde\t1000\t700\t700\t1\t10\t0\n\
            decode\taccounts-10000\tcastile\t1000\t100\t100\t1\t70000\t4464\n";
        let report = report(&Rows::read(text).unwrap());
        let tree = "head\ndecode\taccounts-10000\tpugixml\t1000\t90\t90\t0\t0\t0\n";
        let rows = Rows::read(text).unwrap();
        let languages = other_languages(&rows, &Rows::read(tree).unwrap());
        for line in [
            "| pugixml | 11111 (0.90×) |",
            "pugixml's tree | 1.00× | 0.90× | **not reached** |",
        ] {
            assert!(languages.contains(line), "{line}\nis not in\n{languages}");
        }
        for line in [
            "| quick-xml serde | 1429 (7.00×) |",
            "| decode accounts-10000, against quick-xml tokens, namespaces | 4.00× | 9.00× | reached |",
            "| decode accounts-10000, against quick-xml serde | 8.00× | 7.00× | **not reached** |",
            "| decode accounts-10000, against xsd-parser | 30.00× |  | not measured |",
            "| decode accounts-10000, 64 KiB against the heap beside the result | 1.00× | 1.00× | reached |",
        ] {
            assert!(report.contains(line), "{line}\nis not in\n{report}");
        }
    }
}

//! The cases of `tests/cases/import/`: a page each, the descriptor that it becomes, and the report.
//!
//! `cargo xtask case update` rewrites what is expected.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may fail")]

use std::fs;
use std::path::{Path, PathBuf};

use castile_codegen::import::{Import, PageSource, import_pages};
use castile_codegen::source::Sources;

fn cases() -> Vec<PathBuf> {
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/cases/import");
    let mut cases: Vec<PathBuf> = fs::read_dir(directory)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    cases.sort();
    assert!(!cases.is_empty());
    cases
}

/// The pages of a case, by name.
fn pages(case: &Path) -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> = fs::read_dir(case)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.file_stem()
                .is_some_and(|stem| stem.to_string_lossy().starts_with("page"))
        })
        .collect();
    pages.sort();
    pages
}

#[test]
fn pages_become_the_expected_descriptors() {
    let update = std::env::var_os("CASTILE_UPDATE_CASES").is_some();
    let mut failures = Vec::new();
    for case in cases() {
        let mut sources = Sources::default();
        let pages: Vec<_> = pages(&case)
            .iter()
            .map(|page| {
                let name = page.file_name().unwrap();
                let text = fs::read_to_string(page).unwrap();
                (sources.add(name, text).unwrap(), PageSource::default())
            })
            .collect();
        let imported = import_pages(&sources, &pages);
        let outputs = [
            ("expected.md", imported.descriptor.clone()),
            ("expected.report", imported.findings.render(&sources)),
        ];
        for (file, found) in outputs {
            let path = case.join(file);
            if update {
                fs::write(path, found).unwrap();
            } else if fs::read_to_string(&path).unwrap_or_default() != found {
                failures.push(format!("{}:\n{found}", path.display()));
            }
        }
    }
    assert!(
        failures.is_empty(),
        "`cargo xtask case update` rewrites what is expected\n{}",
        failures.join("\n")
    );
}

/// A descriptor and its page, in a directory of their own.
fn desk(name: &str) -> (PathBuf, PathBuf) {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
    let _ = fs::remove_dir_all(&directory);
    fs::create_dir_all(&directory).unwrap();
    (directory.join("page.txt"), directory.join("desk.md"))
}

fn import(page: &Path, descriptor: &Path) -> String {
    Import::new(descriptor).page(page).run().unwrap()
}

const PAGE: &str = "Book Desk

Function: BookDesk
Service: DeskService

Request
Field | Occurs | nullable | Max | Type | Description |
---|---|---|---|---|---|
Room | 1 | false | 10 | string | The room. |
Desk | 1 | false | 3 | string | The desk. |
Day | 1 | false | - | date | The day. |
Note | 0 | false | 40 | string | A note. |

Error Codes
Fault Code | Description |
---|---|
DESK_TAKEN | The desk is taken. |
";

#[test]
fn the_page_is_kept_with_its_hash_and_an_unchanged_one_changes_nothing() {
    let (page, descriptor) = desk("import-unchanged");
    fs::write(&page, PAGE).unwrap();
    import(&page, &descriptor);
    let first = fs::read_to_string(&descriptor).unwrap();
    assert!(
        first.contains("vendored = \"desk.pages/page.txt\"\n"),
        "{first}"
    );
    let hash = castile_codegen::lock::sha256(PAGE.as_bytes());
    assert!(first.contains(&format!("sha256 = \"{hash}\"\n")), "{first}");
    let copy = descriptor.with_extension("pages").join("page.txt");
    assert_eq!(fs::read_to_string(copy).unwrap(), PAGE);

    let report = import(&page, &descriptor);
    assert_eq!(fs::read_to_string(&descriptor).unwrap(), first);
    let last = report.lines().next_back();
    assert_eq!(last, Some("0 taken over, 0 kept, 0 open, 0 overrides due"));
}

#[test]
fn what_changed_on_the_page_is_taken_over_and_what_people_made_is_kept() {
    let (page, descriptor) = desk("import-again");
    fs::write(&page, PAGE).unwrap();
    import(&page, &descriptor);
    // People rewrite words, mend a fact, and override two.
    let text = fs::read_to_string(&descriptor).unwrap();
    let text = text
        .replace("| Room.  ", "| Which room.")
        .replace("| Desk  | 1      |", "| Desk  | 0..1[^any] |")
        .replace("| Day   | 1      | false    |", "| Day   | 1      | true[^nil] |")
        .replace("### Faults", "[^any]: client: none is any. Remove when the page says so.\n\n[^nil]: override: seen nil. Remove when the page allows it.\n\n### Faults");
    assert!(
        text.contains("0..1[^any]") && text.contains("true[^nil]") && text.contains("Which room."),
        "{text}"
    );
    fs::write(&descriptor, &text).unwrap();
    // The page: a longer room, nil days, an occurrence that people have overridden, a field and a code
    // more, a field less.
    let changed = PAGE
        .replace("Room | 1 | false | 10", "Room | 1 | false | 20")
        .replace("Desk | 1 | false", "Desk | 2 | false")
        .replace("Day | 1 | false", "Day | 1 | true")
        .replace(
            "Note | 0 | false | 40 | string | A note. |\n",
            "Chairs | 1 | false | - | int | How many chairs. |\n",
        )
        + "ROOM_CLOSED | The room is closed. |\n";
    fs::write(&page, &changed).unwrap();
    let report = import(&page, &descriptor);
    let changes: Vec<&str> = { report.lines() }
        .filter(|line| line.contains(": BookDesk/"))
        .collect();
    assert_eq!(
        changes,
        [
            "taken over: BookDesk/request/Room/max: `10` is `20` by now",
            "kept: BookDesk/request/Desk/occurs: the page said `1` and says `2` by now; `0..1` is kept: none is any. Remove when the page says so.",
            "override due: BookDesk/request/Day/nillable: the page says `true` by now, as this does: seen nil. Remove when the page allows it.",
            "taken over: BookDesk/request/Chairs: the page has this by now; added",
            "taken over: BookDesk/faults/ROOM_CLOSED: the page has this by now; added",
            "open: BookDesk/request/Note: the page has this no more; delete it if the service does not have it either",
        ],
        "{report}"
    );
    let text = fs::read_to_string(&descriptor).unwrap();
    for kept in [
        "| Which room.",
        "0..1[^any]",
        "true[^nil]",
        "| Room  | 1      | false    | 20 ",
        "| Note  |",
        "\n| Chairs | 1 | false | - | int |",
        "\n| ROOM_CLOSED | Room is closed. |",
    ] {
        assert!(text.contains(kept), "{kept}\n{text}");
    }
    let hash = castile_codegen::lock::sha256(changed.as_bytes());
    assert!(text.contains(&format!("sha256 = \"{hash}\"\n")), "{text}");
    // Once taken over, nothing is left to do but what is open.
    let again = import(&page, &descriptor);
    assert_eq!(
        again.lines().next_back(),
        Some("0 taken over, 0 kept, 0 open, 0 overrides due")
    );
}

#[test]
fn without_the_page_as_it_was_nothing_is_changed() {
    let (page, descriptor) = desk("import-without-copy");
    fs::write(&page, PAGE).unwrap();
    import(&page, &descriptor);
    fs::remove_dir_all(descriptor.with_extension("pages")).unwrap();
    let text = fs::read_to_string(&descriptor).unwrap();
    fs::write(&page, PAGE.replace("| 10 |", "| 20 |")).unwrap();
    let report = import(&page, &descriptor);
    assert!(
        report.contains("kept: BookDesk/request/Room/max: the page says `20`; `10` is kept\n"),
        "{report}"
    );
    let after = fs::read_to_string(&descriptor).unwrap();
    let facts = |text: &str| {
        text.lines()
            .filter(|line| !line.starts_with("sha256"))
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    assert_eq!(facts(&after), facts(&text));
}

#[test]
fn a_page_that_says_nothing_is_an_error_and_writes_nothing() {
    let (page, descriptor) = desk("import-nothing");
    fs::write(
        &page,
        "Weather\n\nThe harbour is quiet, and nobody speaks of fields.\n",
    )
    .unwrap();
    let failure = Import::new(&descriptor).page(&page).run().unwrap_err();
    let expected = format!(
        "error: `{}` has no table or list of fields, no error codes and no sample of a message that could be read\n  \
         help: save the page as HTML after everything on it has been opened, or give the page that holds the tables",
        page.display()
    );
    assert_eq!(failure.to_string(), expected);
    assert!(!descriptor.exists() && !descriptor.with_extension("pages").exists());
}

#[test]
fn a_saved_page_says_where_it_is_from() {
    let (page, descriptor) = desk("import-origin");
    let page = page.with_extension("html");
    let table = "<h1>Book</h1><h2>Request</h2><table><tr><th>Field</th><th>Type</th></tr><tr><td>Room</td><td>string</td></tr></table>";
    let text = format!(
        "<!-- saved from url=(0028)https://desks.example/book -->\n<html lang=\"en\"><body>{table}</body></html>"
    );
    fs::write(&page, text).unwrap();
    let saved_on = |day: &str| {
        let told = PageSource {
            retrieved: Some(day.to_owned()),
            ..PageSource::default()
        };
        let import = Import::new(&descriptor).page(&page).told(told);
        import.run().unwrap();
    };
    saved_on("2024-05-01");
    let first = fs::read_to_string(&descriptor).unwrap();
    let expected = "[source]\nurl = \"https://desks.example/book\"\nretrieved = \"2024-05-01\"\nlanguage = \"en\"\n";
    assert!(first.contains(expected), "{first}");
    // Imported again, with a date of its own: the date changes, and nothing else.
    saved_on("2024-06-01");
    let second = fs::read_to_string(&descriptor).unwrap();
    assert_eq!(second, first.replace("2024-05-01", "2024-06-01"));
}

#[test]
fn what_a_page_describes_since_is_offered_whole() {
    let (page, descriptor) = desk("import-offered");
    fs::write(&page, PAGE).unwrap();
    import(&page, &descriptor);
    let first = fs::read_to_string(&descriptor).unwrap();
    let more = "\nFunction: FreeDesk\nService: DeskService\n\nRequest\nField | Occurs | nullable | Max | Type | Description |\n---|---|---|---|---|---|\nDesk | 1 | false | 3 | string | The desk. |\n";
    fs::write(&page, format!("{PAGE}\nFree Desk\n{more}")).unwrap();
    let report = import(&page, &descriptor);
    let open = "open: FreeDesk/request: the page describes this by now, and the descriptor does not: see below\n";
    assert!(report.contains(open), "{report}");
    let offered = report
        .split_once("for you to put into the descriptor:\n\n")
        .unwrap()
        .1;
    assert!(offered.starts_with("## FreeDesk\n"), "{report}");
    assert!(
        offered.contains("| Desk  | 1      | false    | 3   | string |"),
        "{report}"
    );
    assert!(!offered.contains("## BookDesk"), "{report}");
    let second = fs::read_to_string(&descriptor).unwrap();
    assert_eq!(
        second.split("\n+++\n").nth(1),
        first.split("\n+++\n").nth(1)
    );
}

#[test]
fn hostile_pages_end() {
    let deep = "<table><tr><td>".repeat(20_000);
    let nested = "[".repeat(100_000);
    let path = format!(
        "| Field | Type |\n|---|---|\n| {} | string |\n",
        "a/".repeat(5_000)
    );
    let glued = format!("FieldTypeDescription\n{}\n", "ab1".repeat(20_000));
    let bars = "|".repeat(100_000);
    for page in [
        deep,
        nested,
        path,
        glued,
        bars,
        "Field | ".repeat(3_000),
        String::new(),
        "\u{a0}\n\u{a0}".to_owned(),
    ] {
        let mut sources = Sources::default();
        let document = sources.add("page.txt", page).unwrap();
        let _ = import_pages(&sources, &[(document, PageSource::default())]);
    }
}

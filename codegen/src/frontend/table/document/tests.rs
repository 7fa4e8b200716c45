//! Markdown to blocks.

use super::*;
use crate::source::{Limits, Sources};

fn parsed(text: &str) -> (Vec<Block>, impl Fn(Span) -> String) {
    let mut sources = Sources::new(Limits::default());
    let id = sources.add("page.md", text).expect("one document");
    let text = text.to_owned();
    let blocks = blocks(id, &text, 0);
    (blocks, move |span: Span| {
        text[span.start as usize..span.end as usize].to_owned()
    })
}

#[test]
fn a_table_without_outer_pipes_keeps_the_place_of_each_cell() {
    let (blocks, at) = parsed("Field | Type |\n---|---|\nA\\|B | `int`[^why] |\n");
    let [Block::Table(table)] = blocks.as_slice() else {
        panic!("{blocks:?}");
    };
    let row = &table.rows[0];
    assert_eq!(row.written, 2);
    assert_eq!(row.cells[0].text(), "A|B");
    assert_eq!(at(row.cells[0].span), "A\\|B");
    assert_eq!(row.cells[1].text(), "int");
    assert_eq!(at(row.cells[1].span), "`int`");
    assert_eq!(row.cells[1].notes[0].value, "why");
    assert_eq!(at(row.cells[1].notes[0].span), "[^why]");
}

#[test]
fn a_ragged_row_is_seen_as_written() {
    let (blocks, _) = parsed("| a | b |\n|---|---|\n| 1 |\n| 1 | 2 | 3 |\n");
    let [Block::Table(table)] = blocks.as_slice() else {
        panic!("{blocks:?}");
    };
    assert_eq!(table.head.written, 2);
    assert_eq!(table.rows[0].written, 1);
    assert_eq!(table.rows[1].written, 3);
}

#[test]
fn consecutive_notes_are_apart_and_folded_to_one_line() {
    let (blocks, at) = parsed("x[^a]\n\n[^a]: page: one\n  two\n[^b]: wire\n");
    let notes: Vec<(String, String)> = blocks
        .iter()
        .filter_map(|block| match block {
            Block::Note(label, text) => {
                assert!(at(label.span).starts_with("[^"));
                Some((label.value.clone(), text.value.clone()))
            }
            _ => None,
        })
        .collect();
    assert_eq!(
        notes,
        [
            ("a".to_owned(), "page: one two".to_owned()),
            ("b".to_owned(), "wire".to_owned())
        ]
    );
}

#[test]
fn an_undefined_note_is_a_note_and_no_text() {
    let (blocks, _) = parsed("see[^missing] there\n");
    let [Block::Paragraph(inlines)] = blocks.as_slice() else {
        panic!("{blocks:?}");
    };
    assert_eq!(inlines.text(), "see there");
    assert_eq!(inlines.notes[0].value, "missing");
}

#[test]
fn links_keep_their_targets_and_breaks_their_lines() {
    let (blocks, _) = parsed("a [page](https://x.example/p)<br>b `c`\n");
    let [Block::Paragraph(inlines)] = blocks.as_slice() else {
        panic!("{blocks:?}");
    };
    assert_eq!(inlines.text(), "a page (https://x.example/p)\nb c");
}

#[test]
fn code_blocks_know_where_their_text_begins() {
    let (blocks, at) = parsed("## A\n\n```xml\n<a>\n</a>\n```\n");
    let [Block::Heading { level: 2, title }, Block::Code(code)] = blocks.as_slice() else {
        panic!("{blocks:?}");
    };
    assert_eq!(at(title.span), "A");
    assert_eq!(code.value, "<a>\n</a>\n");
    assert_eq!(at(code.span), "<a>\n</a>\n");
}

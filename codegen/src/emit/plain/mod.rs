//! Items without the printer: `impl` blocks, types and expressions of the usual kind, which are nearly all
//! that large contracts consist of. What the printer makes of them is known, and reading them as Rust and
//! printing them would be most of the work of the generator. Whatever is not so simple is left to it.

mod block;
mod expression;
mod lines;
mod type_;

use proc_macro2::TokenStream;

use super::file::unparse;
use super::text::literal;
pub(super) use block::{Block, Body, Function};
pub(super) use expression::Expression;
pub(super) use type_::push_type;

/// The printer's width of a line.
pub(super) const WIDTH: usize = 89;

pub(super) const INDENT: &str = "    ";

/// Writes documentation, a line each; `None` for what is no plain line.
pub(super) fn push_docs(docs: &[String], indent: &str, out: &mut String) -> Option<()> {
    for line in docs {
        let is_plain = |byte: u8| matches!(byte, b' '..=b'~');
        if !line.bytes().all(is_plain) {
            unescaped(&literal(line))?;
        }
        out.extend([indent, "///"]);
        if !line.is_empty() {
            out.extend([" ", line.as_str()]);
        }
        out.truncate(out.trim_end_matches(' ').len());
        out.push('\n');
    }
    Some(())
}

/// The text of a literal on one line.
fn unescaped(literal: &str) -> Option<String> {
    let text = literal.strip_prefix('"')?.strip_suffix('"')?;
    if !text.contains('\\') {
        return Some(text.to_owned());
    }
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        out.push(match character {
            '\\' => characters
                .next()
                .filter(|next| matches!(next, '"' | '\\'))?,
            other => other,
        });
    }
    Some(out)
}

/// What the printer makes of the inside of an item that begins so.
pub(super) fn push_inside(head: &str, item: TokenStream, out: &mut String) {
    let text = unparse(syn::parse2(item).expect("emitted tokens are an item"));
    let inside = text.strip_prefix(head);
    let inside = inside.and_then(|text| text.strip_suffix("}\n"));
    out.push_str(inside.expect("the item stands around it"));
}

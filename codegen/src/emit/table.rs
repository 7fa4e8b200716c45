//! The layout of tables: macros of the runtime whose entries stand on a line each.
//!
//! ```text
//! complex_type! {
//!     Invoice, NAMESPACE;
//!     @id: one("id"),
//!     number: one("Number"),
//! }
//! ```

use proc_macro2::{Spacing, TokenStream, TokenTree};
use quote::quote;

use super::file::unparse;
use super::plain::{WIDTH, laid_out, push_flat};

const INDENT: &str = "    ";

/// What stands around an expression when the printer breaks it.
const AROUND: (&str, &str) = ("const _: () = ", ";");

/// A table as text: the macro, and what is between its braces. One without a head is no table.
pub(super) fn print(path: TokenStream, body: TokenStream) -> Option<String> {
    let pieces = pieces(body);
    let head = pieces.iter().position(|piece| piece.end == Some(';'))?;
    let mut out = format!("{}! {{\n{INDENT}", compact(path));
    let (head, lines) = pieces.split_at(head + 1);
    let words: Vec<String> = head.iter().map(|piece| expression(&piece.tokens)).collect();
    out.push_str(&words.join(", "));
    out.push_str(";\n");
    for piece in lines {
        out.push_str(INDENT);
        out.push_str(&line(&piece.tokens));
        out.extend(piece.end);
        out.push('\n');
    }
    out.push_str("}\n");
    Some(out)
}

/// Tokens up to a separator at the top of the table.
#[derive(Default)]
struct Piece {
    tokens: Vec<TokenTree>,
    end: Option<char>,
}

fn pieces(tokens: TokenStream) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut piece = Piece::default();
    for token in tokens {
        match &token {
            TokenTree::Punct(punct) if matches!(punct.as_char(), ',' | ';') => {
                piece.end = Some(punct.as_char());
                pieces.push(std::mem::take(&mut piece));
            }
            _ => piece.tokens.push(token),
        }
    }
    if !piece.tokens.is_empty() {
        pieces.push(piece);
    }
    pieces
}

/// `name: EXPRESSION`, `Name = EXPRESSION` or `=> .method()`.
fn line(tokens: &[TokenTree]) -> String {
    let is = |token: &TokenTree, sign: char| {
        matches!(token, TokenTree::Punct(punct)
            if punct.as_char() == sign && punct.spacing() == Spacing::Alone)
    };
    if let [TokenTree::Punct(equals), TokenTree::Punct(_), calls @ ..] = tokens
        && equals.as_char() == '='
    {
        let calls: TokenStream = calls.iter().cloned().collect();
        let text = expression(&[quote! { table #calls }]);
        return format!(
            "=> {}",
            text.strip_prefix("table").unwrap_or(&text).trim_start()
        );
    }
    let mark = tokens
        .iter()
        .position(|token| is(token, ':') || is(token, '='));
    let Some(mark) = mark else {
        return expression(tokens);
    };
    let (label, value) = tokens.split_at(mark);
    let label = compact(label.iter().cloned().collect());
    let value = expression(value.get(1..).unwrap_or_default());
    if is(&tokens[mark], ':') {
        format!("{label}: {value}")
    } else {
        format!("{label} = {value}")
    }
}

/// An expression as the printer breaks it, all but the first line one step in.
fn expression<T: quote::ToTokens>(tokens: &[T]) -> String {
    let tokens: TokenStream = quote! { #(#tokens)* };
    let mut text = String::new();
    if push_flat(&tokens, &mut text).is_some()
        && AROUND.0.len() + text.len() + AROUND.1.len() <= WIDTH
    {
        return text;
    }
    let around = AROUND.0.len();
    if let Some(text) = laid_out(&tokens, around, 0, AROUND.1.len()) {
        return text.replace('\n', &format!("\n{INDENT}"));
    }
    let declared: syn::Item =
        syn::parse2(quote! { const _: () = #tokens; }).expect("a table has expressions");
    let text = unparse(declared);
    let text = text.trim_start_matches(AROUND.0.trim_end()).trim();
    text.trim_end_matches(AROUND.1)
        .replace('\n', &format!("\n{INDENT}"))
}

/// Names and signs: `@id`, `payer as choice`, `castile::wire::complex_type`.
fn compact(tokens: TokenStream) -> String {
    let mut out = String::new();
    for token in tokens {
        let after_word = out.ends_with(|c: char| c.is_alphanumeric() || c == '_');
        if matches!(token, TokenTree::Ident(_)) && after_word {
            out.push(' ');
        }
        out.push_str(&token.to_string());
    }
    out
}

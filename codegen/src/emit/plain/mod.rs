//! Items without the printer: `impl` blocks, types and expressions of the usual kind, which are nearly all
//! that large contracts consist of. What the printer makes of them is known, and reading them as Rust and
//! printing them would be most of the work of the generator. Whatever is not so simple is left to it.

mod block;
mod expression;
mod implementation;
mod type_;

use std::iter::Peekable;

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use quote::quote;

use super::file::unparse;
use super::text::literal;
pub(super) use block::{Block, Body, Function};
pub(super) use expression::Expression;
pub(super) use type_::push_type;

/// The printer's width of a line.
pub(super) const WIDTH: usize = 89;

pub(super) const INDENT: &str = "    ";

/// What the printer would make of the item; `None` if that takes the printer.
pub(super) fn item(tokens: &TokenStream) -> Option<String> {
    let mut tokens = tokens.clone().into_iter().peekable();
    let mut out = String::new();
    let mut token = attributes(&mut tokens, &mut out, "", &["derive", "non_exhaustive"])?;
    if expect(&token, "impl").is_some() && out.is_empty() {
        return implementation::print(&mut tokens);
    }
    expect(&token, "pub")?;
    token = tokens.next()?;
    let is_enum = word(&token)? == "enum";
    if !is_enum {
        expect(&token, "struct")?;
    }
    let name = tokens.next()?;
    out.push_str(if is_enum { "pub enum " } else { "pub struct " });
    out.push_str(&word(&name)?);
    match (tokens.next()?, tokens.next()) {
        (TokenTree::Punct(end), None) if end.as_char() == ';' && !is_enum => out.push_str(";\n"),
        (TokenTree::Group(body), None) if body.delimiter() == Delimiter::Brace => {
            if body.stream().is_empty() {
                out.push_str(" {}\n");
            } else {
                out.push_str(" {\n");
                members(&body, is_enum, &mut out);
                out.push_str("}\n");
            }
        }
        _ => return None,
    }
    Some(out)
}

fn word(token: &TokenTree) -> Option<String> {
    match token {
        TokenTree::Ident(name) => Some(name.to_string()),
        _ => None,
    }
}

fn expect(token: &TokenTree, name: &str) -> Option<()> {
    matches!(token, TokenTree::Ident(ident) if ident == name).then_some(())
}

/// Writes documentation and what else may be there; gives the token behind.
fn attributes(
    tokens: &mut Peekable<IntoIter>,
    out: &mut String,
    indent: &str,
    others: &[&str],
) -> Option<TokenTree> {
    loop {
        match tokens.next()? {
            TokenTree::Punct(sign) if sign.as_char() == '#' => {}
            token => return Some(token),
        }
        let TokenTree::Group(attribute) = tokens.next()? else {
            return None;
        };
        let mut inside = attribute.stream().into_iter();
        let name = inside.next()?;
        out.push_str(indent);
        if expect(&name, "doc").is_some() {
            let (_, text) = (inside.next()?, inside.next()?);
            let text = unescaped(&text.to_string())?;
            if text.starts_with('/') {
                return None;
            }
            out.push_str("///");
            out.push_str(text.trim_end_matches(' '));
        } else {
            if !others.contains(&word(&name)?.as_str()) {
                return None;
            }
            out.push_str("#[");
            push_flat(&attribute.stream(), out)?;
            out.push(']');
        }
        out.push('\n');
    }
}

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

/// Fields, or variants. One that is not plain is printed alone.
fn members(body: &Group, is_enum: bool, out: &mut String) {
    for tokens in between_commas(body.stream()) {
        let start = out.len();
        let member = match is_enum {
            true => variant(tokens.clone(), out),
            false => field(tokens.clone(), out),
        };
        if member.is_some() {
            out.push_str(",\n");
            continue;
        }
        out.truncate(start);
        let (head, alone) = match is_enum {
            true => ("enum A {\n", quote! { enum A { #tokens } }),
            false => ("struct A {\n", quote! { struct A { #tokens } }),
        };
        push_inside(head, alone, out);
    }
}

fn is_sign(token: Option<&TokenTree>, sign: char) -> bool {
    matches!(token, Some(TokenTree::Punct(it)) if it.as_char() == sign)
}

/// What the printer makes of the inside of an item that begins so.
pub(super) fn push_inside(head: &str, item: TokenStream, out: &mut String) {
    let text = unparse(syn::parse2(item).expect("emitted tokens are an item"));
    let inside = text.strip_prefix(head);
    let inside = inside.and_then(|text| text.strip_suffix("}\n"));
    out.push_str(inside.expect("the item stands around it"));
}

/// Tokens between commas that are in no angle brackets.
fn between_commas(tokens: TokenStream) -> Vec<TokenStream> {
    let mut parts = Vec::new();
    let mut part = Vec::new();
    let mut depth = 0_i32;
    let mut before = ' ';
    for token in tokens {
        let sign = match &token {
            TokenTree::Punct(sign) => sign.as_char(),
            _ => ' ',
        };
        match sign {
            '<' => depth += 1,
            '>' if !matches!(before, '-' | '=') => depth -= 1,
            _ => {}
        }
        before = sign;
        if sign == ',' && depth == 0 {
            parts.push(part.drain(..).collect());
        } else {
            part.push(token);
        }
    }
    if !part.is_empty() {
        parts.push(part.into_iter().collect());
    }
    parts
}

/// If a line holds it.
fn variant(tokens: TokenStream, out: &mut String) -> Option<()> {
    let mut tokens = tokens.into_iter().peekable();
    let name = attributes(&mut tokens, out, INDENT, &[])?;
    let start = out.len();
    out.push_str(INDENT);
    out.push_str(&word(&name)?);
    if let Some(content) = tokens.next() {
        match content {
            TokenTree::Group(content) if content.delimiter() == Delimiter::Parenthesis => {
                out.push('(');
                push_type(&content.stream(), out)?;
                out.push(')');
            }
            _ => return None,
        }
    }
    (tokens.next().is_none() && out.len() - start < WIDTH).then_some(())
}

/// If a line holds it.
fn field(tokens: TokenStream, out: &mut String) -> Option<()> {
    let mut tokens = tokens.into_iter().peekable();
    let first = attributes(&mut tokens, out, INDENT, &[])?;
    let start = out.len();
    expect(&first, "pub")?;
    out.push_str(INDENT);
    out.push_str("pub ");
    out.push_str(&word(&tokens.next()?)?);
    match tokens.next()? {
        TokenTree::Punct(colon) if colon.as_char() == ':' => out.push_str(": "),
        _ => return None,
    }
    push_type(&tokens.collect(), out)?;
    (out.len() - start < WIDTH).then_some(())
}

/// Calls and paths as the printer has them if a line holds them. `None` for whatever else.
pub(super) fn push_flat(tokens: &TokenStream, out: &mut String) -> Option<()> {
    /// What stands before: a word or a literal, a group, a sign, or nothing.
    #[derive(Clone, Copy, PartialEq)]
    enum Before {
        Nothing,
        Word,
        Mut,
        Group,
        Sign,
    }
    let mut before = Before::Nothing;
    let mut tokens = tokens.clone().into_iter().peekable();
    while let Some(token) = tokens.next() {
        match &token {
            TokenTree::Ident(name) => {
                match before {
                    Before::Mut => out.push(' '),
                    Before::Word | Before::Group => return None,
                    Before::Nothing | Before::Sign => {}
                }
                let name = name.to_string();
                out.push_str(&name);
                before = match name.as_str() {
                    "mut" => Before::Mut,
                    _ => Before::Word,
                };
            }
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                if matches!(before, Before::Word | Before::Group | Before::Mut)
                    || text.contains('\n')
                {
                    return None;
                }
                out.push_str(&text);
                before = Before::Word;
            }
            TokenTree::Punct(sign) => {
                match (sign.as_char(), sign.spacing()) {
                    (',', Spacing::Alone) => {
                        tokens.peek()?;
                        out.push_str(", ");
                    }
                    ('.', Spacing::Alone) => out.push('.'),
                    ('&', Spacing::Alone) if matches!(before, Before::Nothing | Before::Sign) => {
                        out.push('&');
                    }
                    (':', Spacing::Joint) => {
                        let next = tokens.next()?;
                        if !matches!(next, TokenTree::Punct(next) if next.as_char() == ':') {
                            return None;
                        }
                        out.push_str("::");
                    }
                    _ => return None,
                }
                before = Before::Sign;
            }
            TokenTree::Group(group) => {
                let is_call = matches!(before, Before::Word | Before::Group);
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis => ('(', ')'),
                    Delimiter::Bracket if !is_call => ('[', ']'),
                    _ => return None,
                };
                out.push(open);
                push_flat(&group.stream(), out)?;
                out.push(close);
                before = Before::Group;
            }
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What both make of it must be the same; and it must be here that it is made.
    fn same(tokens: TokenStream) {
        let plain = item(&tokens).expect("it is plain");
        let printed = unparse(syn::parse2(tokens).unwrap());
        assert_eq!(plain, printed);
    }

    #[test]
    fn plain_items_are_as_the_printer_has_them() {
        same(quote! {
            #[doc = " A \"thing\" \\ of   "]
            #[doc = ""]
            #[derive(Clone, Debug, PartialEq)]
            #[non_exhaustive]
            pub struct Thing {
                #[doc = " Its name."]
                pub r#type: String,
                pub parts: Vec<Option<super::other::Part>>,
                pub pair: BTreeMap<String, Box<Thing>>
            }
        });
        same(quote! {
            #[derive(Clone)]
            pub enum One { #[doc = " First."] First(Box<Thing>), Second, Third(super::Other), }
        });
    }

    #[test]
    fn members_that_are_not_plain_are_as_the_printer_has_them() {
        same(quote! {
            pub struct A {
                #[doc = " a\nb"]
                pub a: C,
                #[doc = "/ a"]
                pub b: Vec<C, D>,
                #[deprecated(note = "old")]
                pub c: C,
                pub d: &'static str,
                pub e: (C, D),
                f: C,
                pub aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa: Bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb,
            }
        });
        same(quote! { pub enum A { B = 1, C { d: E }, #[deprecated] F(fn(G) -> H, I) } });
    }

    #[test]
    fn what_is_not_plain_is_left_to_the_printer() {
        for tokens in [
            quote! { #[doc = " a\nb"] pub struct A { pub b: C } },
            quote! { #[doc = "/ a"] pub struct A { pub b: C } },
            quote! { pub struct A<T> { pub b: T } },
            quote! { pub struct A(B); },
            quote! { #[derive(Clone)] impl A { const B: C = D; } },
            quote! { impl A {} },
            quote! { impl A where B: C { type D = E; } },
            quote! { impl<A: B> A { type D = E; } },
        ] {
            assert_eq!(item(&tokens), None, "{tokens}");
        }
    }

    #[test]
    fn lines_are_plain_up_to_the_width() {
        for length in 60..100 {
            let name = quote::format_ident!("a{}", "b".repeat(length - 1));
            let tokens = quote! { pub struct A { pub c: #name } };
            let printed = unparse(syn::parse2(tokens.clone()).unwrap());
            assert_eq!(item(&tokens), Some(printed));
        }
    }

    #[test]
    fn expressions_are_flat_or_none() {
        let flat = |tokens: TokenStream| {
            let mut out = String::new();
            push_flat(&tokens, &mut out).map(|()| out)
        };
        let call = quote! { one("a").nillable().of(&[1, a::b(&mut c), -1]) };
        assert_eq!(flat(call), None);
        assert_eq!(
            flat(quote! { one("a").nillable().of(&[1, a::b(&mut c)]) }).as_deref(),
            Some("one(\"a\").nillable().of(&[1, a::b(&mut c)])")
        );
        for tokens in [
            quote! { a < b },
            quote! { |a| b },
            quote! { a as b },
            quote! { a! { b } },
            quote! { (a,) },
            quote! { a[0] },
            quote! { a && b },
            quote! { a.b::<C>() },
            quote! { "a" "b" },
        ] {
            assert_eq!(flat(tokens.clone()), None, "{tokens}");
        }
    }
}

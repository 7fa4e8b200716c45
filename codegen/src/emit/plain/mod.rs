//! Items without the printer: structs, enums, tables and `impl` blocks of the usual kind, which are nearly
//! all that large contracts consist of. What the printer makes of them is known, and reading them as Rust and
//! printing them would be most of the work of the generator. Whatever is not so simple is left to it.

mod expression;
mod implementation;

use std::iter::Peekable;

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};

use super::table;

pub(super) use expression::laid_out;

/// The printer's width of a line.
pub(super) const WIDTH: usize = 89;

const INDENT: &str = "    ";

/// What the printer would make of the item; `None` if that takes the printer.
pub(super) fn item(tokens: &TokenStream) -> Option<String> {
    if let Some((path, body)) = macro_call(tokens) {
        return table::print(path, body);
    }
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
                members(&body, is_enum, &mut out)?;
                out.push_str("}\n");
            }
        }
        _ => return None,
    }
    Some(out)
}

/// `path!` and what is between its braces.
fn macro_call(tokens: &TokenStream) -> Option<(TokenStream, TokenStream)> {
    let mut path = TokenStream::new();
    let mut tokens = tokens.clone().into_iter();
    loop {
        match tokens.next()? {
            TokenTree::Punct(sign) if sign.as_char() == '!' => break,
            TokenTree::Punct(sign) if sign.as_char() != ':' => return None,
            TokenTree::Group(_) | TokenTree::Literal(_) => return None,
            part => path.extend([part]),
        }
    }
    match (tokens.next(), tokens.next()) {
        (Some(TokenTree::Group(body)), None) if body.delimiter() == Delimiter::Brace => {
            Some((path, body.stream()))
        }
        _ => None,
    }
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
            push_flat(&attribute.stream(), false, out)?;
            out.push(']');
        }
        out.push('\n');
    }
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

/// Fields, or variants.
fn members(body: &Group, is_enum: bool, out: &mut String) -> Option<()> {
    let mut tokens = body.stream().into_iter().peekable();
    while tokens.peek().is_some() {
        let mut token = attributes(&mut tokens, out, INDENT, &[])?;
        let start = out.len();
        out.push_str(INDENT);
        if is_enum {
            out.push_str(&word(&token)?);
            let mut next = tokens.next();
            if let Some(TokenTree::Group(content)) = &next {
                if content.delimiter() != Delimiter::Parenthesis {
                    return None;
                }
                out.push('(');
                push_flat(&content.stream(), true, out)?;
                out.push(')');
                next = tokens.next();
            }
            is_comma_or_end(next.as_ref())?;
        } else {
            expect(&token, "pub")?;
            token = tokens.next()?;
            out.push_str("pub ");
            out.push_str(&word(&token)?);
            let mut type_ = TokenStream::new();
            let mut depth = 0_usize;
            match tokens.next()? {
                TokenTree::Punct(colon) if colon.as_char() == ':' => out.push_str(": "),
                _ => return None,
            }
            for token in tokens.by_ref() {
                if let TokenTree::Punct(sign) = &token {
                    match sign.as_char() {
                        '<' => depth += 1,
                        '>' => depth = depth.checked_sub(1)?,
                        ',' if depth == 0 => break,
                        _ => {}
                    }
                }
                type_.extend([token]);
            }
            push_flat(&type_, true, out)?;
        }
        out.push_str(",\n");
        if out.len() - start > WIDTH {
            return None;
        }
    }
    Some(())
}

fn is_comma_or_end(token: Option<&TokenTree>) -> Option<()> {
    match token {
        None => Some(()),
        Some(TokenTree::Punct(comma)) if comma.as_char() == ',' => Some(()),
        Some(_) => None,
    }
}

/// Calls and paths, or types, as the printer has them if a line holds them. `None` for whatever else.
pub(super) fn push_flat(tokens: &TokenStream, is_type: bool, out: &mut String) -> Option<()> {
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
                    ('.', Spacing::Alone) if !is_type => out.push('.'),
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
                    ('<', Spacing::Alone) if is_type && before == Before::Word => out.push('<'),
                    ('>', _) if is_type => out.push('>'),
                    _ => return None,
                }
                before = Before::Sign;
            }
            TokenTree::Group(group) => {
                let is_call = matches!(before, Before::Word | Before::Group);
                let (open, close) = match group.delimiter() {
                    Delimiter::Parenthesis if !is_type => ('(', ')'),
                    Delimiter::Bracket if !is_type && !is_call => ('[', ']'),
                    _ => return None,
                };
                out.push(open);
                push_flat(&group.stream(), is_type, out)?;
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
    use quote::quote;

    /// What both make of it must be the same; and it must be here that it is made.
    fn same(tokens: TokenStream) {
        let plain = item(&tokens).expect("it is plain");
        let printed = super::super::file::unparse(syn::parse2(tokens).unwrap());
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
    fn what_is_not_plain_is_left_to_the_printer() {
        for tokens in [
            quote! { #[doc = " a\nb"] pub struct A { pub b: C } },
            quote! { #[doc = "/ a"] pub struct A { pub b: C } },
            quote! { pub struct A { #[deprecated] pub b: C } },
            quote! { pub struct A { pub b: &'static str } },
            quote! { pub struct A { pub b: (C, D) } },
            quote! { pub struct A<T> { pub b: T } },
            quote! { pub struct A(B); },
            quote! { pub enum A { B = 1 } },
            quote! { #[derive(Clone)] impl A { const B: C = D; } },
            quote! { impl A {} },
            quote! { impl A where B: C { type D = E; } },
            quote! { impl<A: B> A { type D = E; } },
            quote! { pub enum A { B { c: D } } },
            quote! { pub struct A { pub aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:
            Bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb } },
        ] {
            assert_eq!(item(&tokens), None, "{tokens}");
        }
    }

    #[test]
    fn lines_are_plain_up_to_the_width() {
        for length in 60..100 {
            let name = quote::format_ident!("a{}", "b".repeat(length - 1));
            let tokens = quote! { pub struct A { pub c: #name } };
            let printed = super::super::file::unparse(syn::parse2(tokens.clone()).unwrap());
            if let Some(plain) = item(&tokens) {
                assert_eq!(plain, printed);
            }
        }
    }

    #[test]
    fn expressions_are_flat_or_none() {
        let flat = |tokens: TokenStream| {
            let mut out = String::new();
            push_flat(&tokens, false, &mut out).map(|()| out)
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

//! `impl` blocks whose members are plain: associated types and constants, and functions of one simple
//! expression, `match` or struct. A member that is not is printed alone.

use std::iter::Peekable;

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

use super::expression::laid_out;
use super::type_::push_type;
use super::{INDENT, WIDTH, attributes, between_commas, expect, is_sign, push_flat, push_inside};

/// How much of a struct expression a line may hold.
const STRUCT_WIDTH: usize = 34;

/// The block, behind `impl`. Between the members of one that implements no trait stand blank lines,
/// but for constants.
pub(super) fn print(tokens: &mut Peekable<IntoIter>) -> Option<String> {
    let mut head = TokenStream::new();
    let mut out = String::from("impl");
    if is_sign(tokens.peek(), '<') {
        out.push('<');
        push_type(&angles(tokens)?, &mut out)?;
        out.push('>');
    }
    let mut is_inherent = true;
    let body = loop {
        match tokens.next()? {
            TokenTree::Group(body) if body.delimiter() == Delimiter::Brace => break body,
            TokenTree::Ident(name) if name == "for" => {
                is_inherent = false;
                out.push(' ');
                push_type(&head, &mut out)?;
                out.push_str(" for");
                head = TokenStream::new();
            }
            token => head.extend([token]),
        }
    };
    out.push(' ');
    push_type(&head, &mut out)?;
    out.push_str(" {\n");
    if out.len() > WIDTH + 1 || tokens.next().is_some() || body.stream().is_empty() {
        return None;
    }
    let mut after_constant = None;
    let mut tokens = body.stream().into_iter().peekable();
    while tokens.peek().is_some() {
        let member = member(&mut tokens);
        if is_inherent && after_constant.is_some_and(|after| !(after && member.is_constant)) {
            out.push('\n');
        }
        let start = out.len();
        if member.print(&mut out).is_none() {
            out.truncate(start);
            let tokens = member.tokens;
            push_inside("impl A {\n", quote! { impl A { #tokens } }, &mut out);
        }
        after_constant = Some(member.is_constant);
    }
    out.push_str("}\n");
    Some(out)
}

struct Member {
    tokens: TokenStream,
    is_constant: bool,
}

/// The tokens up to the end of a member: `;`, or the braces of a function.
fn member(tokens: &mut Peekable<IntoIter>) -> Member {
    let mut member = Vec::new();
    let mut is_function = false;
    let mut is_constant = false;
    for token in tokens.by_ref() {
        is_function |= expect(&token, "fn").is_some();
        is_constant |= expect(&token, "const").is_some();
        let is_end = match &token {
            TokenTree::Punct(sign) => sign.as_char() == ';',
            TokenTree::Group(group) => is_function && group.delimiter() == Delimiter::Brace,
            _ => false,
        };
        member.push(token);
        if is_end {
            break;
        }
    }
    Member {
        tokens: member.into_iter().collect(),
        is_constant: is_constant && !is_function,
    }
}

impl Member {
    fn print(&self, out: &mut String) -> Option<()> {
        let mut tokens = self.tokens.clone().into_iter().peekable();
        let mut token = attributes(&mut tokens, out, INDENT, &["must_use"])?;
        let start = out.len();
        out.push_str(INDENT);
        if expect(&token, "pub").is_some() {
            out.push_str("pub ");
            token = tokens.next()?;
        }
        match &token {
            TokenTree::Ident(word) if word == "fn" => function(&mut tokens, start, out),
            TokenTree::Ident(word) if word == "type" || word == "const" => {
                out.push_str(&format!("{word} {}", tokens.next()?));
                if word == "const" {
                    is_sign(tokens.peek(), ':').then_some(())?;
                    tokens.next();
                    out.push_str(": ");
                    push_type(&until(&mut tokens, '='), out)?;
                } else {
                    is_sign(tokens.peek(), '=').then_some(())?;
                    tokens.next();
                }
                out.push_str(" = ");
                let value = until(&mut tokens, ';');
                if word == "type" {
                    push_type(&value, out)?;
                    (out.len() - start < WIDTH).then_some(())?;
                } else {
                    // A longer type is broken.
                    let column = out.len() - start;
                    (column <= WIDTH).then_some(())?;
                    out.push_str(&laid_out(&value, column, INDENT.len(), 1)?);
                }
                out.push_str(";\n");
                Some(())
            }
            _ => None,
        }
    }
}

/// The tokens before a sign, which is taken too.
fn until(tokens: &mut Peekable<IntoIter>, sign: char) -> TokenStream {
    tokens
        .by_ref()
        .take_while(|token| !is_sign(Some(token), sign))
        .collect()
}

/// What is between `<` and the `>` that belongs to it.
fn angles(tokens: &mut Peekable<IntoIter>) -> Option<TokenStream> {
    let mut depth = 0_usize;
    let mut inside = TokenStream::new();
    for token in tokens.by_ref() {
        depth += usize::from(is_sign(Some(&token), '<'));
        depth = depth.checked_sub(usize::from(is_sign(Some(&token), '>')))?;
        if depth == 0 {
            return Some(inside.into_iter().skip(1).collect());
        }
        inside.extend([token]);
    }
    None
}

/// Behind `fn`.
fn function(tokens: &mut Peekable<IntoIter>, start: usize, out: &mut String) -> Option<()> {
    out.push_str(&format!("fn {}", tokens.next()?));
    let TokenTree::Group(list) = tokens.next()? else {
        return None;
    };
    (list.delimiter() == Delimiter::Parenthesis).then_some(())?;
    let arguments = arguments(&list)?;
    let mut returned = String::new();
    let body = if is_sign(tokens.peek(), '-') {
        tokens.next();
        tokens.next();
        let mut type_ = TokenStream::new();
        let body = loop {
            match tokens.next()? {
                TokenTree::Group(body) if body.delimiter() == Delimiter::Brace => break body,
                token => type_.extend([token]),
            }
        };
        returned.push_str(" -> ");
        push_type(&type_, &mut returned)?;
        body
    } else {
        match tokens.next()? {
            TokenTree::Group(body) if body.delimiter() == Delimiter::Brace => body,
            _ => return None,
        }
    };
    push_signature(&arguments, &returned, start, out)?;
    push_body(&body, out)?;
    out.push_str(INDENT);
    out.push_str("}\n");
    Some(())
}

/// Arguments and result of a function whose line begins at `start`.
pub(super) fn push_signature(
    arguments: &[String],
    returned: &str,
    start: usize,
    out: &mut String,
) -> Option<()> {
    let flat = format!("({}){returned} {{", arguments.join(", "));
    if out.len() - start + flat.len() <= WIDTH {
        out.push_str(&flat);
    } else {
        // The list is measured up to where the type behind it can be broken.
        let after = returned
            .find(['<', '('])
            .map_or(0, |at| returned.len() - at - 1 + 2);
        let is_broken = out.len() - start + flat.len() - after > WIDTH;
        let last = format!("{INDENT}){returned} {{");
        if !is_broken || arguments.is_empty() || last.len() > WIDTH {
            return None;
        }
        out.push_str("(\n");
        for argument in arguments {
            push_line(&format!("{argument},"), 2, out)?;
        }
        out.push_str(&last);
    }
    out.push('\n');
    Some(())
}

/// A line of so many steps, if it is one.
pub(super) fn push_line(text: &str, steps: usize, out: &mut String) -> Option<()> {
    (steps * INDENT.len() + text.len() <= WIDTH).then_some(())?;
    out.extend(std::iter::repeat_n(INDENT, steps));
    out.push_str(text);
    out.push('\n');
    Some(())
}

fn arguments(list: &Group) -> Option<Vec<String>> {
    let arguments = between_commas(list.stream()).into_iter().map(|argument| {
        let mut tokens = argument.into_iter().peekable();
        let mut out = String::new();
        let mut name = until(&mut tokens, ':');
        if tokens.peek().is_some() {
            let mut words = name.clone().into_iter().peekable();
            if words
                .next_if(|word| expect(word, "mut").is_some())
                .is_some()
            {
                out.push_str("mut ");
                name = words.collect();
            }
            push_type(&name, &mut out)?;
            out.push_str(": ");
            push_type(&tokens.collect(), &mut out)?;
        } else {
            push_type(&name, &mut out)?;
        }
        Some(out)
    });
    arguments.collect()
}

fn push_body(body: &Group, out: &mut String) -> Option<()> {
    let tokens = body.stream();
    let mut behind = tokens.clone().into_iter();
    let (first, second, third) = (behind.next()?, behind.next(), behind.next());
    if expect(&first, "match").is_some() {
        return push_match(tokens, out);
    }
    if expect(&first, "Self").is_some()
        && third.is_none()
        && let Some(TokenTree::Group(fields)) = second
        && fields.delimiter() == Delimiter::Brace
    {
        return push_struct(fields.stream(), out);
    }
    let mut text = String::new();
    push_flat(&tokens, &mut text)?;
    push_line(&text, 2, out)
}

/// `Self { … }`.
fn push_struct(fields: TokenStream, out: &mut String) -> Option<()> {
    let mut parts = Vec::new();
    for field in between_commas(fields) {
        let mut tokens = field.into_iter().peekable();
        let mut text = String::new();
        if is_sign(tokens.peek(), '.') {
            tokens.next();
            tokens.next();
            text.push_str("..");
        } else {
            text.push_str(&tokens.next()?.to_string());
            if is_sign(tokens.peek(), ':') {
                tokens.next();
                text.push_str(": ");
            } else if tokens.peek().is_some() {
                return None;
            }
        }
        push_flat(&tokens.collect(), &mut text)?;
        parts.push(text);
    }
    push_parts(&parts, out)
}

/// `Self { … }` of its fields.
pub(super) fn push_parts(parts: &[String], out: &mut String) -> Option<()> {
    if parts.is_empty() {
        return None;
    }
    let flat = format!("Self {{ {} }}", parts.join(", "));
    if flat.len() - 1 <= STRUCT_WIDTH {
        return push_line(&flat, 2, out);
    }
    push_line("Self {", 2, out)?;
    for part in parts {
        let end = if part.starts_with("..") { "" } else { "," };
        push_line(&format!("{part}{end}"), 3, out)?;
    }
    push_line("}", 2, out)
}

fn push_match(tokens: TokenStream, out: &mut String) -> Option<()> {
    let mut head = TokenStream::new();
    let mut tokens = tokens.into_iter().skip(1);
    let arms = loop {
        match tokens.next()? {
            TokenTree::Group(arms) if arms.delimiter() == Delimiter::Brace => break arms,
            token => head.extend([token]),
        }
    };
    if tokens.next().is_some() || arms.stream().is_empty() {
        return None;
    }
    let mut value = String::new();
    push_flat(&head, &mut value)?;
    push_match_of(&value, out)?;
    for arm in between_commas(arms.stream()) {
        let mut tokens = arm.into_iter().peekable();
        let (mut pattern, mut value) = (String::new(), String::new());
        push_flat(&until(&mut tokens, '='), &mut pattern)?;
        is_sign(tokens.peek(), '>').then_some(())?;
        tokens.next();
        push_flat(&tokens.collect(), &mut value)?;
        push_arm(&pattern, &value, out)?;
    }
    push_line("}", 2, out)
}

pub(super) fn push_match_of(value: &str, out: &mut String) -> Option<()> {
    push_line(&format!("match {value} {{"), 2, out)
}

pub(super) fn push_arm(pattern: &str, value: &str, out: &mut String) -> Option<()> {
    const ARROW: &str = " => ";
    if 3 * INDENT.len() + pattern.len() + ARROW.len() + value.len() <= WIDTH {
        out.extend([INDENT, INDENT, INDENT, pattern, ARROW, value, ",\n"]);
        return Some(());
    }
    push_line(&format!("{pattern}{ARROW}{{"), 3, out)?;
    push_line(value, 4, out)?;
    push_line("}", 3, out)
}

#[cfg(test)]
mod tests {
    use super::super::item;
    use super::*;
    use crate::emit::file::{print_by_members, unparse};
    use quote::format_ident;

    /// Names of every length, so that lines end before, at and after the end of what the printer allows.
    fn at_every_length(tokens: impl Fn(&proc_macro2::Ident) -> TokenStream) -> usize {
        let mut broken = 0;
        for length in 1..90 {
            let name = format_ident!("A{}", "b".repeat(length));
            let tokens = tokens(&name);
            let syn::Item::Impl(block) = syn::parse2(tokens.clone()).unwrap() else {
                panic!("{tokens}");
            };
            let printed = match block.trait_ {
                Some(_) => unparse(syn::Item::Impl(block)),
                None => print_by_members(block),
            };
            match item(&tokens) {
                Some(ours) => assert_eq!(ours, printed),
                // The head does not fit.
                None => broken += 1,
            }
        }
        broken
    }

    #[test]
    fn blocks_are_as_the_printer_has_them() {
        let heads_that_do_not_fit = [
            at_every_length(|name| {
                quote! {
                    impl Operation for A {
                        type Request = super::#name;
                        const BINDING: &'static Binding = &Binding::soap11("a", "b", Action::Fixed(#name))
                            .request(&[Name::new(NAMESPACE, "c"), #name]).response(&[#name]);
                        fn read(branch: usize, value: Branch<'_, '_>) -> Result<Self, ReadError> {
                            match branch {
                                0 => value.read().map(Self::#name),
                                _ => (1, #name),
                            }
                        }
                        fn write(&self) -> (usize, &dyn #name) { value.read().#name(1) }
                    }
                }
            }),
            at_every_length(|name| {
                quote! {
                    impl #name<()> {
                        /// Of a constant.
                        pub const A: &'static str = "a";
                        pub const B: &'static [#name] = &[a::#name, "b"];
                        pub const C: HeaderBlock<#name> = HeaderBlock::new(NAMESPACE, "c");
                        /// Of a function.
                        #[must_use]
                        pub fn new(#name: impl Into<B>, c: Option<D>) -> Self {
                            Self { #name: #name.into(), c, ..Self::default() }
                        }
                        pub fn call(&self, mut request: #name) -> Call<'_, T, operations::#name> {
                            self.0.call(request)
                        }
                        pub fn short(a: impl Into<B>) -> Self { Self { a: #name } }
                        pub fn change(self, change: impl FnOnce(Port<T>) -> Port<T>) -> Self { Self(change(self.0)) }
                        pub fn two(self) -> Self { let a = #name; Self { a } }
                        pub fn with(self) { Self { b: |a| #name, c: d } }
                    }
                }
            }),
            at_every_length(|name| {
                quote! {
                    impl<T> Default for #name<T> {
                        fn default() -> Self {
                            Self { a: initial("b"), c: Default::default() }
                        }
                        fn long(a: A, b: B, c: C, d: Vec<Option<D>>, e: E) -> Result<#name, F> {
                            match self {
                                Self::#name(value) => (0, value),
                            }
                        }
                    }
                }
            }),
        ];
        assert_eq!(heads_that_do_not_fit, [0, 12, 26]);
    }
}

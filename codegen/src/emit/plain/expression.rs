//! Expressions that a line does not hold: paths, calls, references and arrays, broken as the printer
//! breaks them.

use std::iter::Peekable;

use proc_macro2::token_stream::IntoIter;
use proc_macro2::{Delimiter, Group, Spacing, TokenStream, TokenTree};
use quote::ToTokens;

use super::WIDTH;
use crate::emit::text::{Text, literal, parsed};

/// A step of indentation, in columns.
const STEP: usize = 4;

/// What the printer leaves for text however deep a line begins.
const LEAST: usize = 60;

/// An expression of the usual kind.
pub(in crate::emit) enum Expression {
    /// A path or a literal; whether it is no number.
    Word {
        text: String,
        is_text: bool,
    },
    Reference(Box<Expression>),
    Array(Vec<Expression>),
    Call(String, Vec<Expression>),
    /// Methods called one on the result of the other: their names and arguments.
    Chain(Box<Expression>, Vec<(String, Vec<Expression>)>),
}

/// The tokens as the printer has them, see [`Expression::laid_out`]. `None` for what is no such expression.
pub(super) fn laid_out(
    tokens: &TokenStream,
    column: usize,
    indent: usize,
    tail: usize,
) -> Option<String> {
    Expression::of(tokens)?.laid_out(column, indent, tail)
}

/// The end of a line that begins in a column.
fn limit(indent: usize) -> usize {
    WIDTH.max(indent + LEAST)
}

impl Expression {
    /// A path.
    pub(in crate::emit) fn path(path: impl Into<String>) -> Self {
        let (text, is_text) = (path.into(), true);
        Self::Word { text, is_text }
    }

    /// A literal of a text.
    pub(in crate::emit) fn text(text: &str) -> Self {
        Self::path(literal(text))
    }

    pub(in crate::emit) fn number(number: impl ToString) -> Self {
        let (text, is_text) = (number.to_string(), false);
        Self::Word { text, is_text }
    }

    /// `&[…]`.
    pub(in crate::emit) fn slice(items: impl IntoIterator<Item = Self>) -> Self {
        Self::Reference(Box::new(Self::Array(items.into_iter().collect())))
    }

    pub(in crate::emit) fn reference(self) -> Self {
        Self::Reference(Box::new(self))
    }

    pub(in crate::emit) fn call(
        function: impl Into<String>,
        arguments: impl IntoIterator<Item = Self>,
    ) -> Self {
        Self::Call(function.into(), arguments.into_iter().collect())
    }

    /// Calls a method on it.
    pub(in crate::emit) fn method(
        self,
        name: &str,
        arguments: impl IntoIterator<Item = Self>,
    ) -> Self {
        let method = (name.to_owned(), arguments.into_iter().collect());
        match self {
            Self::Chain(base, mut methods) => {
                methods.push(method);
                Self::Chain(base, methods)
            }
            base => Self::Chain(Box::new(base), vec![method]),
        }
    }

    /// Of tokens; `None` for what is no such expression.
    pub(super) fn of(tokens: &TokenStream) -> Option<Self> {
        let mut tokens = tokens.clone().into_iter().peekable();
        let expression = Self::read(&mut tokens)?;
        tokens.next().is_none().then_some(expression)
    }

    /// As it stands behind `column` columns of a line that begins in column `indent`, with `tail` columns
    /// to come behind it. `None` for what the printer must break.
    pub(in crate::emit) fn laid_out(
        &self,
        column: usize,
        indent: usize,
        tail: usize,
    ) -> Option<String> {
        let mut layout = Layout {
            out: String::new(),
            column,
            limit: limit(indent),
        };
        layout.push(self, indent, tail)?;
        Some(layout.out)
    }

    /// On one line.
    pub(in crate::emit) fn flat(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn read(tokens: &mut Peekable<IntoIter>) -> Option<Self> {
        let mut path = match tokens.next()? {
            TokenTree::Punct(sign) if sign.as_char() == '&' && sign.spacing() == Spacing::Alone => {
                return Some(Self::Reference(Box::new(Self::read(tokens)?)));
            }
            TokenTree::Group(group) if group.delimiter() == Delimiter::Bracket => {
                return Some(Self::Array(Self::list(&group)?));
            }
            TokenTree::Literal(literal) => {
                let text = literal.to_string();
                let is_text = text.starts_with('"') && !text.contains('\n');
                let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
                return (is_text || is_number).then_some(Self::Word { text, is_text });
            }
            TokenTree::Ident(name) if name != "mut" => name.to_string(),
            _ => return None,
        };
        while Self::sign(tokens, ':').is_some() {
            Self::sign(tokens, ':')?;
            path.push_str("::");
            path.push_str(&Self::name(tokens)?);
        }
        let mut base = match Self::arguments(tokens)? {
            Some(arguments) => Self::Call(path, arguments),
            None => Self::Word {
                text: path,
                is_text: true,
            },
        };
        let mut methods = Vec::new();
        while Self::sign(tokens, '.').is_some() {
            let name = Self::name(tokens)?;
            methods.push((name, Self::arguments(tokens)??));
        }
        if !methods.is_empty() {
            base = Self::Chain(Box::new(base), methods);
        }
        Some(base)
    }

    fn sign(tokens: &mut Peekable<IntoIter>, sign: char) -> Option<TokenTree> {
        tokens.next_if(|token| matches!(token, TokenTree::Punct(it) if it.as_char() == sign))
    }

    fn name(tokens: &mut Peekable<IntoIter>) -> Option<String> {
        match tokens.next()? {
            TokenTree::Ident(name) => Some(name.to_string()),
            _ => None,
        }
    }

    /// What is in the parentheses that come next, if any do.
    #[allow(
        clippy::option_option,
        reason = "none and not understood are two things"
    )]
    fn arguments(tokens: &mut Peekable<IntoIter>) -> Option<Option<Vec<Self>>> {
        match tokens.peek() {
            Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis => {
                let arguments = Self::list(group)?;
                tokens.next();
                Some(Some(arguments))
            }
            Some(TokenTree::Group(_)) => None,
            _ => Some(None),
        }
    }

    fn list(group: &Group) -> Option<Vec<Self>> {
        let mut tokens = group.stream().into_iter().peekable();
        let mut list = Vec::new();
        while tokens.peek().is_some() {
            if !list.is_empty() {
                Self::sign(&mut tokens, ',')?;
            }
            list.push(Self::read(&mut tokens)?);
        }
        Some(list)
    }

    /// Its length on one line.
    fn width(&self) -> usize {
        match self {
            Self::Word { text, .. } => text.len(),
            Self::Reference(inner) => 1 + inner.width(),
            Self::Array(items) => 2 + list_width(items),
            Self::Call(path, arguments) => path.len() + 2 + list_width(arguments),
            Self::Chain(base, methods) => {
                let methods = methods
                    .iter()
                    .map(|(name, arguments)| ".()".len() + name.len() + list_width(arguments));
                base.width() + methods.sum::<usize>()
            }
        }
    }

    /// Writes it on one line.
    pub(in crate::emit) fn write(&self, out: &mut String) {
        match self {
            Self::Word { text, .. } => out.push_str(text),
            Self::Reference(inner) => {
                out.push('&');
                inner.write(out);
            }
            Self::Array(items) => write_list(items, ('[', ']'), out),
            Self::Call(path, arguments) => {
                out.push_str(path);
                write_list(arguments, ('(', ')'), out);
            }
            Self::Chain(base, methods) => {
                base.write(out);
                for (name, arguments) in methods {
                    out.push('.');
                    out.push_str(name);
                    write_list(arguments, ('(', ')'), out);
                }
            }
        }
    }
}

impl From<Text> for Expression {
    fn from(path: Text) -> Self {
        Self::path(path.into_string())
    }
}

impl ToTokens for Expression {
    fn to_tokens(&self, tokens: &mut TokenStream) {
        tokens.extend(parsed(&self.flat()));
    }
}

fn list_width(items: &[Expression]) -> usize {
    let between = ", ".len() * items.len().saturating_sub(1);
    items.iter().map(Expression::width).sum::<usize>() + between
}

fn write_list(items: &[Expression], (open, close): (char, char), out: &mut String) {
    out.push(open);
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        item.write(out);
    }
    out.push(close);
}

struct Layout {
    out: String,
    /// Of the first line: where the expression begins.
    column: usize,
    /// Where the current line ends.
    limit: usize,
}

impl Layout {
    fn fits(&self, width: usize) -> bool {
        let column = match self.out.rfind('\n') {
            Some(end) => self.out.len() - end - 1,
            None => self.column + self.out.len(),
        };
        column + width <= self.limit
    }

    fn line(&mut self, indent: usize) {
        self.out.push('\n');
        self.out.extend(std::iter::repeat_n(' ', indent));
        self.limit = limit(indent);
    }

    fn push(&mut self, expression: &Expression, indent: usize, tail: usize) -> Option<()> {
        if self.fits(expression.width() + tail) {
            expression.write(&mut self.out);
            return Some(());
        }
        match expression {
            Expression::Word { text, .. } => self.out.push_str(text),
            Expression::Reference(inner) => {
                self.out.push('&');
                self.push(inner, indent, tail)?;
            }
            Expression::Array(items) => {
                // Numbers share lines.
                let is_number =
                    |item: &Expression| matches!(item, Expression::Word { is_text: false, .. });
                if items.iter().all(is_number) {
                    return None;
                }
                self.out.push('[');
                self.list(items, indent)?;
                self.out.push(']');
            }
            Expression::Call(path, arguments) => {
                self.out.push_str(path);
                self.arguments(arguments, indent, tail)?;
            }
            Expression::Chain(base, methods) => {
                let indent = indent + STEP;
                match &**base {
                    Expression::Call(path, arguments) => {
                        self.out.push_str(path);
                        self.arguments(arguments, indent, 0)?;
                    }
                    base => base.write(&mut self.out),
                }
                for (index, (name, arguments)) in methods.iter().enumerate() {
                    self.line(indent);
                    self.out.push('.');
                    self.out.push_str(name);
                    let is_last = index + 1 == methods.len();
                    self.arguments(arguments, indent, if is_last { tail } else { 0 })?;
                }
            }
        }
        Some(())
    }

    /// In parentheses.
    fn arguments(&mut self, items: &[Expression], indent: usize, tail: usize) -> Option<()> {
        if items.is_empty() || self.fits(list_width(items) + 2 + tail) {
            write_list(items, ('(', ')'), &mut self.out);
            return Some(());
        }
        // The printer does not break around an array.
        if matches!(items, [Expression::Array(_)]) {
            return None;
        }
        self.out.push('(');
        self.list(items, indent)?;
        self.out.push(')');
        Some(())
    }

    /// A line each.
    fn list(&mut self, items: &[Expression], indent: usize) -> Option<()> {
        for (index, item) in items.iter().enumerate() {
            self.line(indent + STEP);
            let is_last = index + 1 == items.len();
            self.push(item, indent + STEP, usize::from(!is_last))?;
            self.out.push(',');
        }
        self.line(indent);
        Some(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emit::file::unparse;
    use quote::quote;

    /// A source of choices, always the same.
    struct Choices(u64);

    impl Choices {
        fn below(&mut self, count: usize) -> usize {
            self.0 = self
                .0
                .wrapping_mul(6_364_136_223_846_793_005)
                .wrapping_add(1);
            usize::try_from(self.0 >> 33).unwrap() % count
        }

        fn name(&mut self) -> proc_macro2::Ident {
            let length = [1, 3, 8, 14, 25, 40][self.below(6)];
            quote::format_ident!("a{}", "b".repeat(length))
        }

        fn list(&mut self, depth: usize) -> Vec<TokenStream> {
            let count = self.below(4);
            (0..count).map(|_| self.expression(depth)).collect()
        }

        fn expression(&mut self, depth: usize) -> TokenStream {
            let name = self.name();
            match self.below(if depth == 0 { 3 } else { 8 }) {
                0 => quote! { #name },
                1 => {
                    let text = "c".repeat(self.below(50));
                    quote! { #text }
                }
                2 => quote! { 17 },
                3 => {
                    let inner = self.expression(depth - 1);
                    quote! { &#inner }
                }
                4 => {
                    let items = self.list(depth - 1);
                    quote! { &[#(#items),*] }
                }
                5 => {
                    let (of, items) = (self.name(), self.list(depth - 1));
                    quote! { #of::#name(#(#items),*) }
                }
                _ => {
                    let items = self.list(depth - 1);
                    let mut chain = quote! { #name(#(#items),*) };
                    for _ in 0..=self.below(3) {
                        let (method, items) = (self.name(), self.list(depth - 1));
                        chain.extend(quote! { .#method(#(#items),*) });
                    }
                    chain
                }
            }
        }
    }

    #[test]
    fn what_is_broken_is_broken_as_the_printer_does_it() {
        let mut choices = Choices(7);
        let mut broken = 0;
        for _ in 0..4000 {
            let tokens = choices.expression(4);
            let printed = unparse(syn::parse2(quote! { const _: () = #tokens; }).unwrap());
            let Some(ours) = laid_out(&tokens, "const _: () = ".len(), 0, 1) else {
                continue;
            };
            assert_eq!(format!("const _: () = {ours};\n"), printed);
            broken += usize::from(ours.contains('\n'));
        }
        assert!(broken > 500, "{broken}");
    }

    #[test]
    fn what_is_no_such_expression_is_left_to_the_printer() {
        for tokens in [
            quote! { -1 },
            quote! { 'a' },
            quote! { &mut a },
            quote! { a.b },
            quote! { a::<B>(c) },
            quote! { a[0] },
            quote! { a(b,) },
            quote! { |a| b },
            quote! { (a, b) },
            quote! { a! { b } },
            quote! { "a".b() },
        ] {
            assert_eq!(laid_out(&tokens, 0, 0, 0), None, "{tokens}");
        }
    }
}

//! Expressions that a line does not hold: paths, calls, references and arrays, broken as the printer
//! breaks them.

use proc_macro2::TokenStream;
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

        fn name(&mut self) -> String {
            let length = [1, 3, 8, 14, 25, 40][self.below(6)];
            format!("a{}", "b".repeat(length))
        }

        fn list(&mut self, depth: usize) -> Vec<Expression> {
            let count = self.below(4);
            (0..count).map(|_| self.expression(depth)).collect()
        }

        fn expression(&mut self, depth: usize) -> Expression {
            match self.below(if depth == 0 { 3 } else { 8 }) {
                0 => Expression::path(self.name()),
                1 => Expression::text(&"c".repeat(self.below(50))),
                2 => Expression::number(17),
                3 => self.expression(depth - 1).reference(),
                4 => Expression::slice(self.list(depth - 1)),
                5 => {
                    let path = format!("{}::{}", self.name(), self.name());
                    Expression::call(path, self.list(depth - 1))
                }
                _ => {
                    let mut chain = Expression::call(self.name(), self.list(depth - 1));
                    for _ in 0..=self.below(3) {
                        chain = chain.method(&self.name(), self.list(depth - 1));
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
            let expression = choices.expression(4);
            let item = format!("const _: () = {};", expression.flat());
            let printed = unparse(syn::parse_str(&item).unwrap());
            let Some(ours) = expression.laid_out("const _: () = ".len(), 0, 1) else {
                continue;
            };
            assert_eq!(format!("const _: () = {ours};\n"), printed);
            broken += usize::from(ours.contains('\n'));
        }
        assert!(broken > 500, "{broken}");
    }
}

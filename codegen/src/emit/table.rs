//! The layout of tables: macros of the runtime whose entries stand on a line each.
//!
//! ```text
//! complex_type! {
//!     Invoice, NAMESPACE;
//!     @id: one("id"),
//!     number: one("Number"),
//! }
//! ```

use quote::quote;

use super::file::unparse;
use super::plain::{Expression, INDENT, WIDTH};
use super::text::Text;

/// What stands around an expression when the printer breaks it.
const AROUND: (&str, &str) = ("const _: () = ", ";");

/// What stands for the table when methods are called on it.
const SELF: &str = "table";

/// A table while it is put together.
pub(super) struct Table {
    out: String,
}

impl Table {
    /// Of the macro at a path; `head` is its first line.
    pub(super) fn new(path: &Text, head: impl IntoIterator<Item = Expression>) -> Self {
        let mut out = [path.as_str(), "! {\n", INDENT].concat();
        for (index, part) in head.into_iter().enumerate() {
            if index > 0 {
                out.push_str(", ");
            }
            push(&part, &mut out);
        }
        out.push_str(";\n");
        Self { out }
    }

    /// `label SIGN entry,`.
    pub(super) fn entry(&mut self, label: &[&str], entry: &Expression) {
        self.out.push_str(INDENT);
        for part in label {
            self.out.push_str(part);
        }
        push(entry, &mut self.out);
        self.out.push_str(",\n");
    }

    /// Methods that are called on the table itself: `=> .method()`.
    pub(super) fn settings(&mut self, methods: Vec<(&str, Vec<Expression>)>) {
        if methods.is_empty() {
            return;
        }
        let table = Expression::path(SELF);
        let settings = methods.into_iter().fold(table, |table, (name, arguments)| {
            table.method(name, arguments)
        });
        let mut text = String::new();
        push(&settings, &mut text);
        let calls = text.strip_prefix(SELF).unwrap_or(&text).trim_start();
        self.out.push_str(INDENT);
        self.out.push_str("=> ");
        self.out.push_str(calls);
        self.out.push('\n');
    }

    pub(super) fn finish(mut self) -> String {
        self.out.push_str("}\n");
        self.out
    }
}

/// Writes an expression as the printer breaks it, all but the first line one step in.
fn push(expression: &Expression, out: &mut String) {
    let start = out.len();
    expression.write(out);
    if AROUND.0.len() + (out.len() - start) + AROUND.1.len() <= WIDTH {
        return;
    }
    out.truncate(start);
    let text = match expression.laid_out(AROUND.0.len(), 0, AROUND.1.len()) {
        Some(text) => text,
        None => {
            let declared: syn::Item = syn::parse2(quote! { const _: () = #expression; })
                .expect("a table has expressions");
            let text = unparse(declared);
            let text = text.trim_start_matches(AROUND.0.trim_end()).trim();
            text.trim_end_matches(AROUND.1).to_owned()
        }
    };
    out.push_str(&text.replace('\n', &format!("\n{INDENT}")));
}

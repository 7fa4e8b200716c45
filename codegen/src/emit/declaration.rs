//! Structs and enums as the printer has them, without the printer. A member that is not plain is printed
//! alone.

use quote::quote;

use super::file::{deprecated, docs, unparse};
use super::plain::{INDENT, WIDTH, push_docs, push_inside};
use super::text::parsed;

/// A struct with named fields, or an enum, while it is put together.
pub(super) struct Declaration {
    out: String,
    keyword: &'static str,
    is_empty: bool,
}

impl Declaration {
    /// `keyword` is `struct` or `enum`; `attributes` stand between documentation and item.
    pub(super) fn new(
        keyword: &'static str,
        name: &str,
        lines: &[String],
        old: Option<&String>,
        attributes: &[&str],
    ) -> Self {
        let mut out = String::new();
        if old.is_some() || push_docs(lines, "", &mut out).is_none() {
            let (lines, old) = (docs(lines), deprecated(old));
            const ITEM: &str = "struct A;";
            let item = parsed(ITEM);
            let item = syn::parse2(quote! { #lines #old #item }).expect("attributes and an item");
            let text = unparse(item);
            let head = text.trim_end().strip_suffix(ITEM);
            out.clear();
            out.push_str(head.expect("the item comes last"));
        }
        for attribute in attributes {
            out.extend(["#[", attribute, "]\n"]);
        }
        out.extend(["pub ", keyword, " ", name]);
        Self {
            out,
            keyword,
            is_empty: true,
        }
    }

    /// `pub name: Type`, or a variant.
    pub(super) fn member(&mut self, lines: &[String], old: Option<&String>, member: &str) {
        if std::mem::take(&mut self.is_empty) {
            self.out.push_str(" {\n");
        }
        let start = self.out.len();
        let is_plain = old.is_none()
            && INDENT.len() + member.len() < WIDTH
            && push_docs(lines, INDENT, &mut self.out).is_some();
        if is_plain {
            self.out.extend([INDENT, member, ",\n"]);
            return;
        }
        self.out.truncate(start);
        let (lines, old, member) = (docs(lines), deprecated(old), parsed(member));
        let keyword = parsed(self.keyword);
        let head = format!("{keyword} A {{\n");
        let alone = quote! { #keyword A { #lines #old #member } };
        push_inside(&head, alone, &mut self.out);
    }

    /// Of a struct without fields.
    pub(super) fn finish_unit(mut self) -> String {
        self.out.push_str(";\n");
        self.out
    }

    pub(super) fn finish(mut self) -> String {
        self.out
            .push_str(if self.is_empty { " {}\n" } else { "}\n" });
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(declaration: &str) {
        assert_eq!(declaration, unparse(syn::parse_str(declaration).unwrap()));
    }

    /// With names of every length, so that lines end before, at and after the end of what the printer allows.
    #[test]
    fn declarations_are_as_the_printer_has_them() {
        let docs = |text: &str| vec![text.to_owned(), String::new()];
        let old = "since 2".to_owned();
        for length in 1..100 {
            let name = format!("a{}", "b".repeat(length));
            let attributes = ["derive(Clone, Debug)", "non_exhaustive"];
            let mut record =
                Declaration::new("struct", "A", &docs(" A \"b\" \\ c"), None, &attributes);
            record.member(&docs(" Its name."), None, &format!("pub r#type: {name}"));
            record.member(&docs(" a\u{202e}b"), None, "pub a: Vec<Option<super::B>>");
            record.member(&[], Some(&old), &format!("pub {name}: BTreeMap<A, Box<B>>"));
            same(&record.finish());
            let mut choice = Declaration::new("enum", &name, &docs("/ a"), Some(&old), &[]);
            choice.member(&docs("/ b"), None, &format!("B({name})"));
            choice.member(&[], None, "C");
            same(&choice.finish());
        }
        same(&Declaration::new("struct", "A", &[], None, &[]).finish());
        same(&Declaration::new("struct", "A", &[], None, &[]).finish_unit());
    }
}

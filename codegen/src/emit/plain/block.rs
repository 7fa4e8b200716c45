//! `impl` blocks that are put together member by member, each as the printer has it.

use quote::quote;

use super::expression::Expression;
use super::lines::{push_arm, push_line, push_match_of, push_parts, push_signature};
use super::{INDENT, WIDTH, push_docs, push_inside};
use crate::emit::file::{deprecated, docs, print_item};
use crate::emit::text::{Text, parsed};

const MUST_USE: &str = "#[must_use]";

/// A block while it is put together.
pub(in crate::emit) struct Block {
    out: String,
    is_inherent: bool,
    /// Whether the head is too long for a line: the printer prints it all.
    is_broken: bool,
    /// What the member before was, if there is one.
    after_constant: Option<bool>,
}

/// A function of a block.
#[derive(Default)]
pub(in crate::emit) struct Function<'a> {
    pub(in crate::emit) docs: &'a [String],
    /// The reason, if it is deprecated.
    pub(in crate::emit) old: Option<&'a String>,
    pub(in crate::emit) must_use: bool,
    pub(in crate::emit) is_public: bool,
    pub(in crate::emit) name: &'a str,
    /// `self`, or `name: Type`.
    pub(in crate::emit) arguments: &'a [String],
    /// The type of the result.
    pub(in crate::emit) returned: &'a str,
    pub(in crate::emit) body: Body,
}

/// The body of a function.
pub(in crate::emit) enum Body {
    /// An expression of the usual kind, on one line.
    Flat(String),
    /// `match value { … }`: patterns and values, on one line each.
    Match(&'static str, Vec<(String, String)>),
    /// `Self { … }`: the fields.
    Struct(Vec<String>),
    /// Anything else.
    Other(String),
}

impl Default for Body {
    fn default() -> Self {
        Self::Other(String::new())
    }
}

impl Block {
    /// `impl<generics> type_`; `generics` with its brackets.
    pub(in crate::emit) fn of_type(generics: &str, type_: &str) -> Self {
        Self::new(&["impl", generics, " ", type_], true)
    }

    /// `impl trait_ for type_`.
    pub(in crate::emit) fn of_trait(trait_: &Text, type_: &str) -> Self {
        Self::new(&["impl ", trait_.as_str(), " for ", type_], false)
    }

    fn new(head: &[&str], is_inherent: bool) -> Self {
        let mut out = head.concat();
        out.push_str(" {\n");
        Self {
            is_broken: out.len() > WIDTH + 1,
            out,
            is_inherent,
            after_constant: None,
        }
    }

    /// `type NAME = TYPE;`.
    pub(in crate::emit) fn type_(&mut self, name: &str, type_: &Text) {
        let declared = format!("type {name} = {type_};");
        let line = |out: &mut String| {
            // The end of the line may stand behind the width.
            (INDENT.len() + declared.len() - 1 < WIDTH).then(|| {
                out.extend([INDENT, &declared, "\n"]);
            })
        };
        self.member(false, line, || declared.clone());
    }

    /// `const NAME: TYPE = VALUE;`.
    pub(in crate::emit) fn constant(&mut self, name: &str, type_: &str, value: &Expression) {
        let head = format!("const {name}: {type_} = ");
        let lines = |out: &mut String| {
            let column = INDENT.len() + head.len();
            // A longer type is broken.
            (column <= WIDTH).then_some(())?;
            let value = value.laid_out(column, INDENT.len(), 1)?;
            out.extend([INDENT, &head, &value, ";\n"]);
            Some(())
        };
        self.member(true, lines, || format!("{head}{};", value.flat()));
    }

    pub(in crate::emit) fn function(&mut self, function: Function<'_>) {
        let visibility = if function.is_public { "pub " } else { "" };
        let head = format!("{visibility}fn {}", function.name);
        let lines = |out: &mut String| {
            (function.old.is_none()).then_some(())?;
            push_docs(function.docs, INDENT, out)?;
            if function.must_use {
                out.extend([INDENT, MUST_USE, "\n"]);
            }
            let start = out.len();
            out.extend([INDENT, &head]);
            let returned = [" -> ", function.returned].concat();
            push_signature(function.arguments, &returned, start, out)?;
            function.body.push(out)?;
            out.extend([INDENT, "}\n"]);
            Some(())
        };
        self.member(false, lines, || {
            let (docs, old) = (docs(function.docs), deprecated(function.old));
            let must_use = if function.must_use { MUST_USE } else { "" };
            format!(
                "{} {must_use} {head}({}) -> {} {{ {} }}",
                quote! { #docs #old },
                function.arguments.join(", "),
                function.returned,
                function.body.unbroken()
            )
        });
    }

    /// One that is not of the usual kind.
    pub(in crate::emit) fn other(&mut self, member: &str) {
        self.member(false, |_| None, || member.to_owned());
    }

    /// Writes a member by its lines; if it has none, the printer prints it alone.
    fn member(
        &mut self,
        is_constant: bool,
        lines: impl FnOnce(&mut String) -> Option<()>,
        unbroken: impl FnOnce() -> String,
    ) {
        if self.is_broken {
            self.out.push_str(&unbroken());
            self.out.push('\n');
            return;
        }
        let after = self.after_constant.replace(is_constant);
        if self.is_inherent && after.is_some_and(|after| !(after && is_constant)) {
            self.out.push('\n');
        }
        let start = self.out.len();
        if lines(&mut self.out).is_none() {
            self.out.truncate(start);
            let member = parsed(&unbroken());
            push_inside("impl A {\n", quote! { impl A { #member } }, &mut self.out);
        }
    }

    pub(in crate::emit) fn finish(mut self) -> String {
        self.out.push_str("}\n");
        if self.is_broken {
            return print_item(parsed(&self.out));
        }
        self.out
    }
}

impl Body {
    fn push(&self, out: &mut String) -> Option<()> {
        match self {
            Self::Flat(text) => push_line(text, 2, out),
            Self::Match(value, arms) => {
                push_match_of(value, out)?;
                for (pattern, value) in arms {
                    push_arm(pattern, value, out)?;
                }
                push_line("}", 2, out)
            }
            Self::Struct(fields) => push_parts(fields, out),
            Self::Other(_) => None,
        }
    }

    fn unbroken(&self) -> String {
        match self {
            Self::Flat(text) | Self::Other(text) => text.clone(),
            Self::Match(value, arms) => {
                let arms = { arms.iter() }.map(|(pattern, value)| format!("{pattern} => {value},"));
                format!("match {value} {{ {} }}", arms.collect::<String>())
            }
            Self::Struct(fields) => format!("Self {{ {} }}", fields.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A constant, a type and functions of every kind of body around a name.
    fn fill(block: &mut Block, name: &str, is_public: bool) {
        let docs = [" Of a function.".to_owned(), String::new(), " b".to_owned()];
        let bound = Expression::call("Binding::soap11", [Expression::text("a")])
            .method("request", [Expression::slice([Expression::path(name)])]);
        if !is_public {
            block.type_("Request", &Text::new(format!("super::{name}")));
            block.constant("BINDING", "&'static Binding", &bound.reference());
        }
        let arms = ["0", "_"].map(|arm| (arm.to_owned(), format!("value.{name}(1)")));
        let fields = [format!("{name}: {name}.into()"), "..self".to_owned()];
        let bodies = [
            Body::Flat(format!("self.{name}.call(request)")),
            Body::Match("branch", arms.to_vec()),
            Body::Struct(fields.to_vec()),
            Body::Struct(vec![format!("a: {name}")]),
            Body::Other(format!("let a = {name}; a + 1")),
        ];
        for body in bodies {
            block.function(Function {
                docs: &docs,
                must_use: is_public,
                is_public,
                name: "new",
                arguments: &["self".to_owned(), format!("b: impl Into<{name}>")],
                returned: "Result<Self, Error>",
                body,
                ..Function::default()
            });
        }
        let old = "gone".to_owned();
        block.function(Function {
            old: Some(&old),
            name,
            returned: "A",
            body: Body::Flat("a".to_owned()),
            ..Function::default()
        });
        block.other("fn other() { a.b().c(|d| e) }");
    }

    /// With names of every length, so that lines end before, at and after the end of what the printer allows.
    #[test]
    fn blocks_are_as_the_printer_has_them() {
        for length in 1..90 {
            let name = format!("a{}", "b".repeat(length));
            let mut inherent = Block::of_type("<T>", &format!("{name}<T>"));
            fill(&mut inherent, &name, true);
            let mut of_trait = Block::of_trait(&Text::new("Operation"), &name);
            fill(&mut of_trait, &name, false);
            for block in [inherent, of_trait] {
                let text = block.finish();
                assert_eq!(text, print_item(parsed(&text)), "{length}");
            }
        }
    }
}

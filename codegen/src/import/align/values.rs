//! What values of samples show of their fields, and what they say against them.

use super::*;

impl Aligner<'_> {
    /// What a value shows of its field.
    pub(super) fn facts(&mut self, field: &mut Field, node: &Node) {
        field.saw(Witness::Example);
        match &field.nillable {
            Some(Fact {
                value: Some(false), ..
            }) if node.shape == Shape::Null => {
                self.findings.push(
                    Kind::Oddity,
                    "L07",
                    self.span,
                    format!(
                        "`{}` is nil in the example, and may not be by the table",
                        field.path().join("/")
                    ),
                );
            }
            None | Some(Fact { value: None, .. }) if node.shape == Shape::Null => {
                field.nillable = Some(Fact::example(true, self.span));
            }
            _ => {}
        }
        if field.kind.value.is_none() {
            let (kind, guess) = match node.shape {
                Shape::Text => (
                    Some("string"),
                    Some("a text in the example; no table says its type"),
                ),
                Shape::String => (Some("string"), None),
                Shape::Integer => (
                    Some("long"),
                    Some("an integer in the example; no table says how large"),
                ),
                Shape::Decimal => (
                    Some("decimal"),
                    Some("a number in the example; no table says its type"),
                ),
                Shape::Boolean => (Some("boolean"), None),
                Shape::Null | Shape::Record | Shape::Array => (None, None),
            };
            if let Some(kind) = kind {
                let kind = FieldType {
                    base: Base::Builtin(kind),
                    list: false,
                };
                let fact = Fact::example(kind, self.span);
                field.kind = match guess {
                    Some(reason) => Fact {
                        confidence: Confidence::Guess,
                        reason: Some(reason.to_owned()),
                        ..fact
                    },
                    None => fact,
                };
            } else if node.shape == Shape::Array {
                let base = node.children.first().map_or(Base::Unknown, |first| {
                    match builtin(first.shape) {
                        Some(builtin) => Base::Builtin(builtin),
                        None => Base::Object,
                    }
                });
                field.kind = Fact::example(FieldType { base, list: true }, self.span);
            } else if node.shape == Shape::Record && self.json {
                field.kind = Fact::example(
                    FieldType {
                        base: Base::Object,
                        list: false,
                    },
                    self.span,
                );
            }
        }
        self.check(field, node);
    }

    /// A value against what the table says of it.
    pub(super) fn check(&mut self, field: &Field, node: &Node) {
        if !matches!(
            node.shape,
            Shape::Text | Shape::String | Shape::Integer | Shape::Decimal
        ) || node.text.is_empty()
        {
            return;
        }
        let path = field.path().join("/");
        let text = node.text.trim();
        if text.len() != node.text.len() && !text.is_empty() {
            self.findings.push(
                Kind::Oddity,
                "L07",
                self.span,
                format!("the example's `{path}` has a blank at its end"),
            );
        }
        if let Some(max) = field.max.as_ref().and_then(|max| max.value.as_deref())
            && let Ok(max) = max.parse::<usize>()
            && node.text.chars().count() > max
        {
            self.findings.push(
                Kind::Oddity,
                "L07",
                self.span,
                format!("the example's `{path}` is longer than the {max} characters of the table"),
            );
        }
        let Some(FieldType {
            base: Base::Builtin(builtin),
            list: false,
        }) = &field.kind.value
        else {
            return;
        };
        let number = text.parse::<f64>().is_ok();
        let fits = match *builtin {
            "int" | "long" | "short" | "byte" | "integer" => text
                .trim_start_matches('-')
                .bytes()
                .all(|b| b.is_ascii_digit()),
            "decimal" | "double" | "float" => number,
            "boolean" => ["true", "false", "0", "1"].contains(&text),
            "date" => text.len() >= 10 && text.as_bytes()[4] == b'-',
            _ => true,
        };
        if !fits && !placeholder(text) {
            self.findings.push(
                Kind::Oddity,
                "L07",
                self.span,
                format!(
                    "the example's `{path}`, `{}`, is no {builtin}",
                    crate::import::fields::short(text)
                ),
            );
        }
        if *builtin == "string" && ["true", "false"].contains(&text) {
            self.findings.push(
                Kind::Oddity,
                "L08",
                field.kind.span,
                format!(
                    "`{path}` is a string by the table and looks like a boolean in the example"
                ),
            );
        }
        if *builtin == "datetime"
            && text.contains('T')
            && !text.ends_with('Z')
            && !text[10.min(text.len())..].contains(['+', '-'])
        {
            self.findings.push(
                Kind::Oddity,
                "L22",
                self.span,
                format!("the example's `{path}` has no time zone"),
            );
        }
    }

    /// Texts that come again from item to item are rather values of an enumeration: offered, open.
    pub(super) fn values(
        &mut self,
        record: &mut Record,
        parents: &[String],
        shown: &[(String, Vec<String>)],
    ) {
        for (name, values) in shown {
            let field = record
                .fields
                .iter_mut()
                .find(|field| field.parents == parents && field.wire_name() == name);
            let Some(field) = field else { continue };
            let text = matches!(
                field.kind.value,
                Some(FieldType {
                    base: Base::Builtin("string"),
                    list: false
                })
            );
            if field.values.is_some() || !text || field.secret {
                continue;
            }
            self.findings.push(Kind::Guess, "L23", self.span, format!("`{}` is taken to be an enumeration, by the values that come again in the example; there may be others", field.path().join("/")));
            let list = values
                .iter()
                .map(|value| crate::import::notation::values::Value {
                    value: value.clone(),
                    meaning: String::new(),
                })
                .collect();
            field.values = Some(Fact {
                witness: Witness::Example,
                ..Fact::guess(
                    list,
                    self.span,
                    "the values that the example shows; there may be others",
                )
            });
        }
    }
}

/// Members whose texts repeat among at least three items, and are words rather than numbers or flags.
pub(super) fn repeated_values(items: &[&Node]) -> Vec<(String, Vec<String>)> {
    if items.len() < 3 {
        return Vec::new();
    }
    let mut shown: Vec<(String, Vec<String>)> = Vec::new();
    let mut counts: Vec<usize> = Vec::new();
    for member in items.iter().flat_map(|item| &item.children) {
        if !matches!(member.shape, Shape::Text | Shape::String) || member.text.trim().is_empty() {
            continue;
        }
        let at = shown
            .iter()
            .position(|(name, _)| *name == member.name)
            .unwrap_or_else(|| {
                shown.push((member.name.clone(), Vec::new()));
                counts.push(0);
                shown.len() - 1
            });
        counts[at] += 1;
        if !shown[at].1.contains(&member.text) {
            shown[at].1.push(member.text.clone());
        }
    }
    let word = |value: &String| {
        value.chars().next().is_some_and(char::is_alphabetic)
            && !["true", "false"].contains(&value.as_str())
            && value
                .chars()
                .all(|c| c.is_alphabetic() || " _-".contains(c))
            && value.split(' ').count() <= 4
    };
    let mut at = 0;
    shown.retain(|(_, values)| {
        at += 1;
        values.len() >= 2 && values.len() < counts[at - 1] && values.iter().all(word)
    });
    shown
}

pub(super) fn builtin(shape: Shape) -> Option<&'static str> {
    match shape {
        Shape::Text | Shape::String => Some("string"),
        Shape::Integer => Some("long"),
        Shape::Decimal => Some("decimal"),
        Shape::Boolean => Some("boolean"),
        Shape::Null | Shape::Record | Shape::Array => None,
    }
}

/// `string`, `{id}`, `???`: what stands for a value.
pub(super) fn placeholder(text: &str) -> bool {
    text.starts_with(['{', '<', '[', '$', '%'])
        || text.contains("...")
        || crate::import::notation::types::parse(text).is_some_and(|read| read.is_known())
}

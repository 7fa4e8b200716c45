//! Expressions as the `regex` crate writes them.

use std::fmt::Write;

use super::parse::Expression;

/// Appends the expression; writing to a string does not fail.
pub(super) fn expression(expression: &Expression, out: &mut String) {
    match expression {
        Expression::Class(class) => class.translate(out),
        Expression::Character(character) => {
            let _ = write!(out, "\\x{{{:X}}}", u32::from(*character));
        }
        Expression::Sequence(parts) => {
            for part in parts {
                self::expression(part, out);
            }
        }
        Expression::Alternatives(alternatives) => {
            out.push_str("(?:");
            for (index, alternative) in alternatives.iter().enumerate() {
                if index > 0 {
                    out.push('|');
                }
                self::expression(alternative, out);
            }
            out.push(')');
        }
        Expression::Repeat { part, min, max } => {
            out.push_str("(?:");
            self::expression(part, out);
            let _ = match max {
                Some(max) => write!(out, "){{{min},{max}}}"),
                None => write!(out, "){{{min},}}"),
            };
        }
    }
}

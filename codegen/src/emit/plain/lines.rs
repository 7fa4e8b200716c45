//! The lines of functions.

use super::{INDENT, WIDTH};

/// How much of a struct expression a line may hold.
const STRUCT_WIDTH: usize = 34;

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

//! JSON: a pull reader and a writer, directed by the same tables as XML. Names are the entries'
//! names without namespaces; attributes are members like others; a list is an array, without the
//! wrapper's items named; nil is `null` (RFC 8259).
//!
//! Clients read and write by themselves; this is for the signatures that generated code implements.

mod reader;
mod tokens;
mod tree;
mod writer;

#[cfg(test)]
mod tests;

pub use reader::Reader;
pub use writer::Writer;

pub(crate) use writer::{Parameter, Written};

/// A JSON number without its exponent: `1.2e3` as `1200`. `None` where there is none, or it is
/// further than 1,000 digits.
pub(crate) fn without_exponent(text: &str) -> Option<String> {
    let (digits, exponent) = text.split_once(['e', 'E'])?;
    let exponent: i32 = exponent
        .parse()
        .ok()
        .filter(|exponent| (-1_000..=1_000).contains(exponent))?;
    let unsigned = digits.strip_prefix('-').unwrap_or(digits);
    let sign = if unsigned.len() < digits.len() {
        "-"
    } else {
        ""
    };
    let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
    let shift = usize::try_from(exponent.unsigned_abs()).ok()?;
    let number = if exponent >= 0 {
        let (moved, rest) = fraction.split_at(shift.min(fraction.len()));
        let zeros = "0".repeat(shift - moved.len());
        let point = if rest.is_empty() { "" } else { "." };
        format!("{whole}{moved}{zeros}{point}{rest}")
    } else {
        let padded = format!(
            "{}{whole}",
            "0".repeat((shift + 1).saturating_sub(whole.len()))
        );
        let (rest, moved) = padded.split_at(padded.len() - shift);
        format!("{rest}.{moved}{fraction}")
    };
    Some(format!("{sign}{number}"))
}

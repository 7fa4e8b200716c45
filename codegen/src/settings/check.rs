//! What is wrong with a setting whatever the contract is.

use super::{Located, Named, Selected, Selector, Settings};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

/// Reports settings that cannot be right.
pub(crate) fn check(settings: &Settings, diagnostics: &mut Diagnostics) {
    for rename in &settings.renames {
        if rename.what != Named::Module {
            check_selector(&rename.selector, diagnostics);
        }
        check_name(rename.what, &rename.name, diagnostics);
    }
    for filter in &settings.filters {
        if filter.what != Selected::Namespaces {
            check_selector(&filter.pattern, diagnostics);
        }
    }
    for accepted in &settings.accepted {
        if accepted.reason.text.trim().is_empty() {
            let message = format!("`{}` is accepted without a reason", accepted.pattern.text);
            diagnostics
                .push(invalid(&accepted.reason, message).help("say why the warning can be borne"));
        }
    }
    for fold in &settings.folds {
        check_selector(&fold.pattern, diagnostics);
    }
    for map in &settings.maps {
        check_selector(&map.selector, diagnostics);
        check_path::<syn::TypePath>(&map.rust_type, "a type", diagnostics);
        if let Some(with) = &map.with {
            check_path::<syn::Path>(with, "a module", diagnostics);
        }
    }
}

fn check_path<T: syn::parse::Parse>(path: &Located, what: &str, diagnostics: &mut Diagnostics) {
    let text = path.text.trim();
    // A path from where the file stands would mean another thing in each generated file.
    let is_relative = ["self::", "super::"].iter().any(|p| text.starts_with(p));
    if is_relative || syn::parse_str::<T>(text).is_err() {
        diagnostics.push(
            invalid(path, format!("`{text}` is no path of {what}"))
                .help("write the path from a crate on, as `rust_decimal::Decimal`"),
        );
    }
}

fn invalid(place: &Located, message: String) -> Diagnostic {
    Diagnostic::error(Code::InvalidSetting, place.span, message)
}

fn check_selector(selector: &Located, diagnostics: &mut Diagnostics) {
    if Selector::parse(&selector.text).is_none() {
        diagnostics.push(
            invalid(selector, format!("`{}` names nothing", selector.text))
                .help("write `{namespace}local`, or `local` where that is unambiguous"),
        );
    }
}

/// Names are taken as they stand, so that rustc must have nothing against them.
fn check_name(what: Named, name: &Located, diagnostics: &mut Diagnostics) {
    let text = name.text.as_str();
    let is_word = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let is_identifier = !text.is_empty()
        && text.chars().all(is_word)
        && !text.starts_with(|c: char| c.is_ascii_digit());
    let is_reserved = matches!(text, "Self" | "_" | "crate" | "self" | "super");
    if !is_identifier || is_reserved {
        diagnostics.push(
            invalid(
                name,
                format!("`{text}` is no Rust name that can be used here"),
            )
            .help("a name has letters, digits and `_` of ASCII, and begins with a letter"),
        );
        return;
    }
    let is_camel = text.starts_with(|c: char| c.is_ascii_uppercase()) && !text.contains('_');
    let is_snake = !text.contains(|c: char| c.is_ascii_uppercase())
        && !text.contains("__")
        && !text.starts_with('_')
        && !text.ends_with('_');
    let (fits, example) = match what {
        Named::Type | Named::Variant | Named::Client => (is_camel, "InvoiceLine"),
        Named::Field | Named::Operation | Named::Module => (is_snake, "invoice_line"),
    };
    if !fits {
        let owner = if what == Named::Module {
            "module"
        } else {
            what.word()
        };
        diagnostics.push(
            invalid(
                name,
                format!("`{text}` is no name that Rust gives to a {owner}"),
            )
            .help(format!("write it like `{example}`")),
        );
    }
}

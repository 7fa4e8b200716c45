//! Values of schema attributes. What is nearly right is read as it is meant, with a warning.

use crate::contract::{DerivationSet, Occurs};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::frontend::xml::{Attribute, Element};

/// All attributes of XML Schema 1.0 and 1.1.
pub(super) const ATTRIBUTES: &[&str] = &[
    "abstract",
    "appliesToEmpty",
    "attributeFormDefault",
    "base",
    "block",
    "blockDefault",
    "default",
    "defaultAttributes",
    "defaultAttributesApply",
    "elementFormDefault",
    "final",
    "finalDefault",
    "fixed",
    "form",
    "id",
    "inheritable",
    "itemType",
    "maxOccurs",
    "memberTypes",
    "minOccurs",
    "mixed",
    "mode",
    "name",
    "namespace",
    "nillable",
    "notNamespace",
    "notQName",
    "processContents",
    "public",
    "ref",
    "refer",
    "schemaLocation",
    "source",
    "substitutionGroup",
    "system",
    "targetNamespace",
    "test",
    "type",
    "use",
    "value",
    "version",
    "xpath",
    "xpathDefaultNamespace",
];

/// An `xs:boolean`.
pub(in crate::frontend) fn boolean(
    element: Element<'_>,
    name: &str,
    diagnostics: &mut Diagnostics,
) -> Option<bool> {
    let attribute = element.attribute(name)?;
    let written = attribute.trimmed();
    match written {
        "true" | "1" => return Some(true),
        "false" | "0" => return Some(false),
        _ => {}
    }
    let meant = match written.to_ascii_lowercase().as_str() {
        "true" | "yes" => Some(true),
        "false" | "no" | "" => Some(false),
        _ => None,
    };
    let message = format!("`{written}` is no boolean");
    diagnostics.push(
        match meant {
            Some(meant) => Diagnostic::warning(
                Code::InvalidValue,
                attribute.span(),
                format!("{message}; it is read as `{meant}`"),
            ),
            None => Diagnostic::warning(
                Code::InvalidValue,
                attribute.span(),
                format!("{message}; it is left out"),
            ),
        }
        .help("write `true` or `false`"),
    );
    meant
}

/// `minOccurs` and `maxOccurs`.
pub(super) fn occurs(element: Element<'_>, diagnostics: &mut Diagnostics) -> Occurs {
    let min_attribute = element.attribute("minOccurs");
    let max_attribute = element.attribute("maxOccurs");
    let min = min_attribute
        .and_then(|attribute| count(attribute, diagnostics))
        .unwrap_or(1);
    let max = match max_attribute {
        // `*` is what the first drafts of XML Schema said.
        Some(attribute) if ["unbounded", "*"].contains(&attribute.trimmed()) => None,
        Some(attribute) => Some(count(attribute, diagnostics).unwrap_or(1)),
        None => Some(1),
    };
    match (max, max_attribute, min_attribute) {
        (Some(largest), Some(attribute), _) if largest < min => {
            if largest > 0 || min_attribute.is_some() {
                diagnostics.push(contradiction(attribute, min, largest));
            }
            Occurs {
                min: if largest == 0 { 0 } else { min.min(largest) },
                max,
            }
        }
        (Some(largest), None, Some(attribute)) if largest < min => {
            diagnostics.push(contradiction(attribute, min, largest));
            Occurs {
                min,
                max: Some(min),
            }
        }
        _ => Occurs { min, max },
    }
}

fn contradiction(attribute: Attribute<'_>, min: u64, max: u64) -> Diagnostic {
    Diagnostic::warning(
        Code::InvalidValue,
        attribute.span(),
        format!("at least {min} and at most {max} occurrences; the stated maximum, or else the minimum, is taken"),
    )
    .help("make minOccurs no greater than maxOccurs")
}

/// An `xs:nonNegativeInteger`; what is more than 2⁶⁴ is as good as that.
pub(super) fn count(attribute: Attribute<'_>, diagnostics: &mut Diagnostics) -> Option<u64> {
    let written = attribute.trimmed();
    let digits = written.strip_prefix('+').unwrap_or(written);
    let digits = if digits.trim_start_matches(['-', '0']).is_empty() {
        // `-0` is zero.
        digits.strip_prefix('-').unwrap_or(digits)
    } else {
        digits
    };
    if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(digits.parse().unwrap_or(u64::MAX));
    }
    diagnostics.push(
        Diagnostic::warning(
            Code::InvalidValue,
            attribute.span(),
            format!("`{written}` is no number of this kind; it is left out"),
        )
        .help("write a whole number, zero or more"),
    );
    None
}

/// `block`, `final` and their defaults.
pub(super) fn derivation_set(
    element: Element<'_>,
    name: &str,
    diagnostics: &mut Diagnostics,
) -> Option<DerivationSet> {
    let attribute = element.attribute(name)?;
    let mut set = DerivationSet::default();
    for word in attribute.trimmed().split_whitespace() {
        match word {
            "#all" => {
                set = DerivationSet {
                    extension: true,
                    restriction: true,
                    substitution: true,
                    list: true,
                    union: true,
                }
            }
            "extension" => set.extension = true,
            "restriction" => set.restriction = true,
            "substitution" => set.substitution = true,
            "list" => set.list = true,
            "union" => set.union = true,
            other => diagnostics.push(
                Diagnostic::warning(
                    Code::InvalidValue,
                    attribute.span(),
                    format!("`{other}` is no method of derivation; it is left out"),
                )
                .help("write `#all`, or some of `extension`, `restriction`, `substitution`, `list`, `union`"),
            ),
        }
    }
    Some(set)
}

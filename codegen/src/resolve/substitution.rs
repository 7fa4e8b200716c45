//! Which elements may stand for which (Structures §3.3.6).

use std::collections::{BTreeMap, BTreeSet};

use super::model::Resolved;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};

pub(super) fn resolve_substitution(resolved: &mut Resolved, diagnostics: &mut Diagnostics) {
    let elements = &resolved.contract.elements;
    let mut substitutes: BTreeMap<_, Vec<_>> = BTreeMap::new();
    for (id, element) in elements.iter() {
        let mut seen = BTreeSet::from([id]);
        let mut head = element.substitution_group;
        while let Some(head_id) = head {
            if !seen.insert(head_id) {
                let message = format!(
                    "element `{}` is in its own substitution group",
                    element.name.local
                );
                diagnostics.push(
                    Diagnostic::error(Code::CyclicDerivation, element.span, message)
                        .help("remove one `substitutionGroup` of the circle"),
                );
                break;
            }
            substitutes.entry(head_id).or_default().push(id);
            head = elements[head_id].substitution_group;
        }
    }
    resolved.substitutes = substitutes;
}

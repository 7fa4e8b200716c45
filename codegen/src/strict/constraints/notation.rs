//! Notations (Structures §3.12, Datatypes §3.2.19).

use super::Facts;
use crate::contract::QName;
use crate::source::Span;
use crate::strict::components::{FacetMarkup, TypeId};
use crate::strict::report::Report;

impl Facts<'_, '_> {
    /// Enumerations of notations name those that are declared.
    pub(super) fn declared_notation(&self, facet: &FacetMarkup<'_>, report: &mut Report) {
        for word in facet.value.split_whitespace() {
            let (prefix, local) = word.split_once(':').unwrap_or(("", word));
            let namespace = facet.xml.namespace_of(prefix).unwrap_or_default();
            let name = QName::new(namespace, local);
            if !self.components.symbols.notations.contains_key(&name) {
                report.find(
                    "enumeration-required-notation",
                    facet.span,
                    format!("there is no notation `{word}`"),
                    "declare it with xs:notation",
                );
            }
        }
    }

    /// `xs:NOTATION` is only used by way of types with an enumeration.
    pub(super) fn notation_enumerated(&self, id: TypeId, span: Span, report: &mut Report) {
        let Some(datatype) = self.text_type(id) else {
            return;
        };
        if datatype.is_derived_from_builtin("NOTATION") && !datatype.has_enumeration() {
            report.find(
                "enumeration-required-notation",
                span,
                "the type is xs:NOTATION without an enumeration",
                "restrict it to the notations that are meant",
            );
        }
    }
}

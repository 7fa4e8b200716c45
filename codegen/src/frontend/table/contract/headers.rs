//! SOAP headers: elements of the service, parts of a message of their own.

use super::super::cells::Place;
use super::super::definitions::MessageDefinition;
use super::super::document::Located;
use super::super::rows::Row;
use super::Filler;
use super::record::{Enclosing, builtin, facets};
use crate::contract::{
    Annotation, Contract, Definition, ElementDeclaration, Facets, Header, Id, Message, Part,
    PartContent, Policy, Scope, Use, Variety,
};
use crate::diagnostic::{Code, Diagnostic};

impl Filler<'_> {
    /// Declares the header elements of a message, and the message that has them as parts.
    pub(super) fn headers(
        &mut self,
        message: &MessageDefinition,
        operation: &Located<String>,
        suffix: &str,
        claimed: bool,
    ) -> Vec<Header> {
        let rows = message.rows.rows.iter();
        let rows: Vec<&Row> = rows
            .filter(|row| row.place.value == Place::SoapHeader)
            .collect();
        if rows.is_empty() {
            return Vec::new();
        }
        let mut parts = Vec::new();
        for row in &rows {
            let Some(element) = self.header_element(row, claimed) else {
                continue;
            };
            parts.push(Part {
                name: row.wire.value.clone(),
                content: PartContent::Element(element),
                annotation: Annotation::default(),
                span: row.span,
            });
        }
        let name = self.qname(&format!("{}{suffix}", operation.value));
        let declared = self.contract.declare_message(
            name.clone(),
            Message {
                name,
                declared: true,
                parts,
                policy: Policy::default(),
                span: message.span,
            },
        );
        let Ok(message) = declared else {
            return Vec::new();
        };
        rows.iter()
            .map(|row| Header {
                message,
                part: row.wire.value.clone(),
                use_: Use::Literal,
                namespace: None,
                required: row.occurs.min > 0,
                faults: Vec::new(),
                span: row.span,
            })
            .collect()
    }

    /// A header element is declared once for the service; all its rows have to agree.
    fn header_element(&mut self, row: &Row, claimed: bool) -> Option<Id<ElementDeclaration>> {
        let name = self.qname(&row.wire.value);
        if let Some(first) = self.headers.get(&row.wire.value) {
            if !same_header(first, row) {
                let diagnostic = Diagnostic::error(
                    Code::DuplicateField,
                    row.span,
                    format!("the header `{}` is described in two ways", row.wire.value),
                )
                .related(first.span, "the first")
                .help(
                    "a header is declared once: give both rows the same type, maximum and values",
                );
                self.error(diagnostic);
            }
            return self.contract.find_element(&name);
        }
        self.headers.insert(row.wire.value.clone(), row.clone());
        let mut enclosing = Enclosing {
            claimed,
            credentials: false,
            rules: &[],
            path: Vec::new(),
        };
        if let Some(id) = self.contract.find_element(&name) {
            let known = &self.contract.elements[id];
            if known.scope == Scope::Global {
                let first = known.span;
                if !declared_alike(self.contract, id, row) {
                    self.duplicate(&row.wire, "element", first);
                }
                return Some(id);
            }
        }
        let content = self.type_of(row, &mut enclosing);
        let element = ElementDeclaration {
            scope: Scope::Global,
            ..self.element(row, name.clone(), content, &enclosing)
        };
        self.contract.declare_element(name, element).ok()
    }
}

/// Whether two rows describe one header element.
fn same_header(a: &Row, b: &Row) -> bool {
    a.notation == b.notation
        && a.maximum == b.maximum
        && a.values == b.values
        && a.nillable == b.nillable
        && a.default == b.default
}

/// Whether the global element `id`, which another page declared, is what `row` describes.
fn declared_alike(contract: &Contract, id: Id<ElementDeclaration>, row: &Row) -> bool {
    let element = &contract.elements[id];
    let Some(builtin) = builtin(row) else {
        return false;
    };
    let base = contract.builtin(builtin);
    let facets = facets(row);
    let alike = match &contract.types[element.type_definition].definition {
        _ if element.type_definition == base => facets == Facets::default(),
        Definition::Simple(simple) => {
            matches!(simple.variety, Variety::Restriction(Some(known)) if known == base)
                && simple.facets == facets
        }
        _ => false,
    };
    alike && element.nillable == row.nillable
}

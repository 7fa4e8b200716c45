//! Examples, checked against their operation.

use super::super::cells::Place;
use super::super::definitions::OperationDefinition;
use super::super::examples::{self, Expected};
use super::super::front_matter::OperationFacts;
use super::super::outline::ExampleSection;
use super::super::rows::Row;
use super::Filler;
use crate::contract::{Direction, Example, Provenance, Witness};
use crate::diagnostic::{Code, Diagnostic};

impl Filler<'_> {
    /// The examples of an operation that are messages of it.
    pub(super) fn examples(
        &mut self,
        operation: &OperationDefinition,
        facts: Option<&OperationFacts>,
    ) -> Vec<Example> {
        let sections = self
            .page
            .outline
            .operations
            .iter()
            .find(|section| section.name.span == operation.name.span)
            .map_or(&[][..], |section| &section.examples);
        let mut examples = Vec::new();
        for section in sections {
            let provenance = self.example_provenance(section);
            if section.body.codes.is_empty() {
                self.error(
                    Diagnostic::error(
                        Code::InvalidExample,
                        section.heading.span,
                        "there is no message under this heading",
                    )
                    .help("put it into a code block: ```` ```xml ````"),
                );
            }
            for code in &section.body.codes {
                let keys = self.keys(section.direction, operation, facts);
                let message = match section.direction {
                    Direction::Request => &operation.request,
                    Direction::Response | Direction::Error(_) => &operation.response,
                };
                let element = message.as_ref().and_then(|message| message.path.first());
                let expected = Expected {
                    wire: self.front.wire,
                    namespace: &self.namespace,
                    direction: section.direction,
                    element: element.map(|element| element.value.as_str()),
                    keys: &keys,
                };
                if let Some(fault) = examples::fault(code, &expected) {
                    self.error(fault);
                    continue;
                }
                examples.push(Example {
                    title: section.title.clone(),
                    direction: section.direction,
                    text: code.value.clone(),
                    provenance: provenance.clone(),
                    span: code.span,
                });
            }
        }
        examples
    }

    fn example_provenance(&mut self, section: &ExampleSection) -> Vec<Provenance> {
        let notes = &self.page.outline.notes;
        let mut provenance = notes.about(&section.heading, None, self.diagnostics);
        provenance.extend(section.body.provenance(notes, self.diagnostics));
        if provenance.is_empty() {
            provenance.push(Provenance {
                witness: Witness::Example,
                fact: None,
                reason: None,
                remove_when: None,
                span: section.heading.span,
            });
        }
        provenance
    }

    /// The keys that a JSON body of this direction may have.
    fn keys(
        &self,
        direction: Direction,
        operation: &OperationDefinition,
        facts: Option<&OperationFacts>,
    ) -> Vec<String> {
        let rows: &[Row] = match direction {
            Direction::Request => operation.request.as_ref().map(|message| &message.rows),
            Direction::Response => operation.response.as_ref().map(|message| &message.rows),
            Direction::Error(status) => facts
                .into_iter()
                .flat_map(|facts| &facts.statuses)
                .find(|facts| facts.status == status)
                .and_then(|facts| self.definitions.record(&facts.body.value))
                .map(|record| &record.rows),
        }
        .map_or(&[], |rows| rows.rows.as_slice());
        rows.iter()
            .filter(|row| row.place.value == Place::Body)
            .map(|row| row.wire.value.clone())
            .collect()
    }
}

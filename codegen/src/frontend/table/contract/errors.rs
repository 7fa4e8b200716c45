//! How operations report failure.

use super::super::definitions::{MessageDefinition, OperationDefinition};
use super::super::document::Located;
use super::super::front_matter::{InBandFacts, OperationFacts, StatusFacts};
use super::super::rows::Row;
use super::super::types::Kind;
use super::Filler;
use crate::contract::{ErrorModel, FaultCatalogue, Id, InBand, QName, StatusError};
use crate::diagnostic::{Code, Diagnostic, nearest};

impl<'a> Filler<'a> {
    pub(super) fn errors(
        &mut self,
        operation: &OperationDefinition,
        facts: Option<&OperationFacts>,
        response: &'a MessageDefinition,
    ) -> ErrorModel {
        let catalogue = self.catalogue(operation, facts);
        let mut codes = Vec::new();
        if let Some(id) = catalogue {
            for code in &operation.codes {
                let known = &mut self.contract.catalogues[id].codes;
                if !known.iter().any(|other| other.value == code.value) {
                    known.push(code.clone());
                }
                codes.push(code.value.clone());
            }
        }
        let in_band = facts
            .and_then(|facts| facts.in_band.as_ref())
            .and_then(|in_band| self.in_band(in_band, response));
        let mut statuses = Vec::new();
        for status in facts.into_iter().flat_map(|facts| &facts.statuses) {
            statuses.extend(self.status(status));
        }
        ErrorModel {
            catalogue,
            codes,
            in_band,
            statuses,
        }
    }

    /// The catalogue that an operation's codes are from: the one it names, or the only one.
    fn catalogue(
        &mut self,
        operation: &OperationDefinition,
        facts: Option<&OperationFacts>,
    ) -> Option<Id<FaultCatalogue>> {
        if let Some(name) = facts.and_then(|facts| facts.faults.as_ref()) {
            let known = self.catalogues.get(&name.value).copied();
            if known.is_none() {
                let help = match nearest(&name.value, self.catalogues.keys().map(String::as_str)) {
                    Some(known) => format!("did you mean `{known}`?"),
                    None => format!("declare it under a heading ``## Faults `{}` ``", name.value),
                };
                self.error(
                    Diagnostic::error(
                        Code::UnresolvedReference,
                        name.span,
                        format!("no catalogue is called `{}`", name.value),
                    )
                    .help(help),
                );
            }
            return known;
        }
        let mut catalogues = self.catalogues.values();
        match (catalogues.next(), catalogues.next()) {
            (Some(&only), None) => Some(only),
            (None, _) if operation.codes.is_empty() => None,
            (first, _) => {
                let first = first.is_some();
                if let Some(code) = operation.codes.first() {
                    let (message, help) = if first {
                        (
                            "there are several catalogues, and nothing says which this code is from",
                            format!(
                                "write in the front matter: `operation.{}.faults = \"…\"`",
                                operation.name.value
                            ),
                        )
                    } else {
                        (
                            "there is no catalogue for this code",
                            "declare one: ``## Faults `FaultCode` `` with a table of codes, or \
                             include the page that has it"
                                .to_owned(),
                        )
                    };
                    self.error(
                        Diagnostic::error(Code::UnresolvedReference, code.span, message).help(help),
                    );
                }
                None
            }
        }
    }

    fn in_band(&mut self, facts: &InBandFacts, response: &'a MessageDefinition) -> Option<InBand> {
        if !response.rows.complete {
            return None;
        }
        let rows = response.rows.rows.as_slice();
        let message = self.walk(rows, &facts.path)?;
        let mut found = self.walk(message, &facts.code).is_some();
        let severity = facts.severity.as_ref();
        for field in facts.reason.iter().chain(severity) {
            found &= self.walk(message, field).is_some();
        }
        let values = facts.errors.iter().map(|value| value.value.clone());
        found.then(|| InBand {
            path: segments(&facts.path),
            code: facts.code.value.clone(),
            reason: facts.reason.as_ref().map(|reason| reason.value.clone()),
            severity: severity.map(|field| (field.value.clone(), values.collect())),
            span: facts.span,
        })
    }

    fn status(&mut self, facts: &StatusFacts) -> Option<StatusError> {
        if !self.check_record(&facts.body) {
            return None;
        }
        let record = self.definitions.record(&facts.body.value)?;
        for path in facts.code.iter().chain(&facts.reason) {
            self.walk(&record.rows.rows, path);
        }
        let name = QName::new(self.namespace.as_str(), facts.body.value.as_str());
        Some(StatusError {
            status: facts.status,
            documentation: facts.documentation.clone(),
            body: self.contract.type_reference(name, facts.body.span),
            code: facts.code.as_ref().map(segments).unwrap_or_default(),
            reason: facts.reason.as_ref().map(segments).unwrap_or_default(),
            span: facts.span,
        })
    }

    /// The fields in what `path` leads to, from `rows` on; reports a name that is not there.
    fn walk(&mut self, rows: &'a [Row], path: &Located<String>) -> Option<&'a [Row]> {
        let definitions = self.definitions;
        let mut rows = rows;
        let mut names = path.value.split('/').peekable();
        while let Some(name) = names.next() {
            let Some(row) = rows.iter().find(|row| row.wire.value == name) else {
                let known: Vec<&str> = rows.iter().map(|row| row.wire.value.as_str()).collect();
                self.report_missing(path, name, &known);
                return None;
            };
            if let (Some(item), false) = (&row.item, self.is_json()) {
                match names.next() {
                    Some(name) if name == item.value => {}
                    Some(name) => {
                        self.report_missing(path, name, &[&item.value]);
                        return None;
                    }
                    None => return Some(&[]),
                }
            }
            rows = match &row.notation.kind {
                Kind::Object => &row.children,
                Kind::Record(name) => definitions
                    .record(name)
                    .map_or(&[], |record| record.rows.rows.as_slice()),
                Kind::Builtin(_) | Kind::Enumeration(_) => &[],
            };
        }
        Some(rows)
    }

    fn report_missing(&mut self, path: &Located<String>, name: &str, known: &[&str]) {
        let help = match nearest(name, known.iter().copied()) {
            Some(known) => format!("did you mean `{known}`?"),
            None if known.is_empty() => "nothing stands below this".to_owned(),
            None => {
                let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
                format!("the fields there are {}", known.join(", "))
            }
        };
        self.error(
            Diagnostic::error(
                Code::UnresolvedReference,
                path.span,
                format!("`{}` leads nowhere: there is no `{name}`", path.value),
            )
            .help(help),
        );
    }
}

fn segments(path: &Located<String>) -> Vec<String> {
    path.value.split('/').map(str::to_owned).collect()
}

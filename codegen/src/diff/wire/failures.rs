//! How operations refuse: declared faults, codes, and errors in bodies.

use super::super::components::element_label;
use super::super::report::{Direction, Kind, Spans, Subject};
use super::{Format, Judged, Walk, breaking, compatible, unknown};
use crate::contract::{Contract, ElementDeclaration, ErrorModel, FaultCatalogue, Id};
use crate::resolve::Call;

impl Walk<'_> {
    pub(super) fn faults(&mut self, at: &Subject, old: &Call, new: &Call) {
        let spans = Spans::both(old.span, new.span);
        let direction = Direction::Response;
        let contract = &self.new.contract;
        for (name, id) in &old.faults {
            let element = self.old.contract.elements[*id].clone();
            let other = { new.faults.iter() }
                .map(|(_, id)| &contract.elements[*id])
                .find(|other| other.name == element.name);
            match other {
                Some(other) => {
                    if element.nillable != other.nillable {
                        let why = format!(
                            "whether the detail of the fault `{name}` may be nil has changed"
                        );
                        let advice = "look at what callers do with the detail";
                        let judged = unknown("fault-nil-changed", why, advice);
                        self.report(at, Kind::Changed, spans, Some(direction), judged);
                    }
                    let type_ = other.type_definition;
                    let inner = Subject::Component(element_label(&element.name));
                    self.compare(
                        element.type_definition,
                        type_,
                        direction,
                        Format::Xml,
                        &inner,
                    );
                }
                None => {
                    let why = format!("the fault `{name}` is no longer declared");
                    let judged = compatible("fault-removed", why);
                    self.report(at, Kind::Changed, spans, Some(direction), judged);
                }
            }
        }
        for (name, id) in &new.faults {
            let element = &self.new.contract.elements[*id].name;
            let known = |(_, id): &(String, Id<ElementDeclaration>)| {
                self.old.contract.elements[*id].name == *element
            };
            if !old.faults.iter().any(known) {
                let why = format!(
                    "the fault `{name}` is new; old clients see a fault with a detail that they do not know"
                );
                let judged = compatible("fault-added", why);
                self.report(at, Kind::Changed, spans, Some(direction), judged);
            }
        }
    }

    pub(super) fn errors(
        &mut self,
        at: &Subject,
        spans: Spans,
        old: &ErrorModel,
        new: &ErrorModel,
        format: Format,
    ) {
        let direction = Some(Direction::Response);
        let mut found = Vec::new();
        let in_band = |errors: &ErrorModel| {
            { errors.in_band.as_ref() }.map(|e| {
                let (path, code) = (e.path.clone(), e.code.clone());
                (path, code, e.reason.clone(), e.severity.clone())
            })
        };
        match (in_band(old), in_band(new)) {
            (one, other) if one == other => {}
            (None, Some(_)) => found.push(breaking(
                "in-band-errors-added",
                "errors may stand in ordinary answers now; old clients take these for success",
                "regenerate the client before the service changes",
            )),
            (Some(_), None) => found.push(unknown(
                "in-band-errors-removed",
                "errors no longer stand in ordinary answers",
                "find out how the service refuses now",
            )),
            _ => found.push(breaking(
                "in-band-errors-changed",
                "errors stand elsewhere in ordinary answers now; old clients may take them for success",
                "regenerate the client when the service changes",
            )),
        }
        let mut bodies = Vec::new();
        for status in &old.statuses {
            let Some(other) = new
                .statuses
                .iter()
                .find(|other| other.status == status.status)
            else {
                let why = format!("nothing is said of HTTP status {} any more", status.status);
                found.push(compatible("status-removed", why));
                continue;
            };
            bodies.push((status.body, other.body, status.status));
            if (&status.code, &status.reason) != (&other.code, &other.reason) {
                found.push(breaking(
                    "error-path-changed",
                    format!(
                        "code or text of an error stand elsewhere in the body of HTTP status {} now; old \
                         clients do not find them",
                        status.status
                    ),
                    "regenerate the client when the service changes",
                ));
            }
        }
        for status in &new.statuses {
            if old
                .statuses
                .iter()
                .all(|known| known.status != status.status)
            {
                found.push(compatible(
                    "status-added",
                    format!(
                        "HTTP status {} is new; old clients give it as an HTTP error with its body as text",
                        status.status
                    ),
                ));
            }
        }
        found.extend(codes(
            catalogue(&self.old.contract, old),
            catalogue(&self.new.contract, new),
            (&old.codes, &new.codes),
        ));
        for judged in found {
            self.report(at, Kind::Changed, spans, direction, judged);
        }
        for (one, other, status) in bodies {
            let Subject::Operation(_, name) = at else {
                continue;
            };
            let at = Subject::Component(format!("element {name}/{status}"));
            self.compare(one, other, Direction::Response, format, &at);
        }
    }
}

fn catalogue<'c>(contract: &'c Contract, errors: &ErrorModel) -> Option<&'c FaultCatalogue> {
    errors.catalogue.map(|id| &contract.catalogues[id])
}

/// Codes are open: those that are not known are kept as text.
fn codes(
    old: Option<&FaultCatalogue>,
    new: Option<&FaultCatalogue>,
    (named, names): (&[String], &[String]),
) -> Vec<Judged> {
    let values = |catalogue: Option<&FaultCatalogue>| -> Vec<String> {
        let codes = catalogue.into_iter().flat_map(|catalogue| &catalogue.codes);
        codes.map(|code| code.value.clone()).collect()
    };
    let (known, come) = (values(old), values(new));
    let minus = |one: &[String], other: &[String]| -> Vec<String> {
        one.iter()
            .filter(|code| !other.contains(code))
            .cloned()
            .collect()
    };
    let mut found = Vec::new();
    let (added, removed) = (minus(&come, &known), minus(&known, &come));
    if !added.is_empty() {
        let why = format!(
            "codes are new: `{}`; old clients keep them as text",
            added.join("`, `")
        );
        found.push(compatible("fault-code-added", why));
    }
    if !removed.is_empty() {
        let why = format!("codes are no longer listed: `{}`", removed.join("`, `"));
        found.push(compatible("fault-code-removed", why));
    }
    let differ = |one: &[String], other: &[String]| !minus(one, other).is_empty();
    if found.is_empty() && (differ(named, names) || differ(names, named)) {
        let why = "which codes of the table the operation names has changed";
        found.push(compatible("fault-codes-named", why));
    }
    found
}

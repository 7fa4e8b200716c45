//! Operation against operation.

use super::super::components::element_label;
use super::super::report::{Direction, Kind, Spans, Subject};
use super::bindings::{extensions, policy};
use super::presence::values;
use super::{Format, Judged, Walk, breaking, compatible, unknown};
use crate::contract::{Action, ElementDeclaration, HttpOperation, Id};
use crate::resolve::{Call, HeaderBlock, Initiator, Payload};

const REGENERATE: &str = "regenerate the client when the service changes";

impl Walk<'_> {
    pub(super) fn call(&mut self, at: &Subject, old: &Call, new: &Call, format: Format) {
        let spans = Spans::both(old.span, new.span);
        let format = match old.encoded {
            true if format == Format::Xml => Format::Encoded,
            _ => format,
        };
        let mut found = binding(old, new);
        found.extend(http(old.http.as_ref(), new.http.as_ref()));
        found.extend(extensions(&old.extensions, &new.extensions));
        found.extend(policy(&old.policy, &new.policy));
        found.extend(policy(&old.request_policy, &new.request_policy));
        for judged in found {
            self.report(at, Kind::Changed, spans, None, judged);
        }
        if let Some(judged) = policy(&old.response_policy, &new.response_policy) {
            // What comes is read whatever policy it keeps to, as far as it can be.
            self.report(at, Kind::Changed, spans, Some(Direction::Response), judged);
        }
        let directions = match old.initiator {
            Initiator::Client => [Direction::Request, Direction::Response],
            Initiator::Service => [Direction::Response, Direction::Request],
        };
        self.payload(at, spans, directions[0], (old.request, new.request), format);
        if !(old.one_way && new.one_way) {
            self.payload(
                at,
                spans,
                directions[1],
                (old.response, new.response),
                format,
            );
        }
        self.headers(at, spans, directions[0], &old.headers, &new.headers);
        self.headers(
            at,
            spans,
            directions[1],
            &old.response_headers,
            &new.response_headers,
        );
        self.faults(at, old, new);
        self.errors(at, spans, &old.errors, &new.errors, format);
    }

    fn names(&self, old: Id<ElementDeclaration>, new: Id<ElementDeclaration>) -> (String, String) {
        (
            self.old.contract.elements[old].name.to_string(),
            self.new.contract.elements[new].name.to_string(),
        )
    }

    fn payload(
        &mut self,
        at: &Subject,
        spans: Spans,
        direction: Direction,
        (old, new): (Payload, Payload),
        format: Format,
    ) {
        let kind = Kind::Changed;
        match (old, new) {
            (Payload::Empty, Payload::Empty) => {}
            (Payload::Element(one), Payload::Element(other)) => {
                let names = self.names(one, other);
                if names.0 != names.1 && format.is_xml() {
                    let why = format!(
                        "the body's element was `{}`, and is `{}` now",
                        names.0, names.1
                    );
                    let judged = breaking("body-element-changed", why, REGENERATE);
                    self.report(at, kind, spans, Some(direction), judged);
                }
                let one = &self.old.contract.elements[one];
                let other = &self.new.contract.elements[other];
                let nillable = (one.nillable, other.nillable);
                let types = (one.type_definition, other.type_definition);
                let inner = Subject::Component(element_label(&one.name));
                let spans = Spans::both(one.span, other.span);
                if nillable.0 != nillable.1 {
                    let judged = match (direction, nillable.1) {
                        (Direction::Request, true) | (Direction::Response, false) => {
                            compatible("nil-changed", "whether it may be nil has changed")
                        }
                        (Direction::Request, false) => {
                            breaking("nil-refused", "it may no longer be nil", "give a value")
                        }
                        (Direction::Response, true) => breaking(
                            "nil-allowed",
                            "the whole answer may be nil now; the old client needs a value",
                            REGENERATE,
                        ),
                    };
                    self.report(&inner, kind, spans, Some(direction), judged);
                }
                let constraints = (
                    one.value_constraint.as_ref(),
                    other.value_constraint.as_ref(),
                );
                if let Some(judged) = values(direction, constraints.0, constraints.1) {
                    self.report(&inner, kind, spans, Some(direction), judged);
                }
                self.compare(types.0, types.1, direction, format, &inner);
            }
            (Payload::Content(one), Payload::Content(other)) => {
                self.compare(one, other, direction, format, at);
            }
            (Payload::Empty, _) => {
                let judged = match direction {
                    Direction::Request => breaking(
                        "body-added",
                        "the body was empty, and holds something now",
                        REGENERATE,
                    ),
                    Direction::Response => compatible(
                        "body-added",
                        "the answer was empty, and holds something now; old clients do not look at it",
                    ),
                };
                self.report(at, kind, spans, Some(direction), judged);
            }
            (_, Payload::Empty) => {
                let why = "the body held something, and is empty now";
                let judged = breaking("body-removed", why, REGENERATE);
                self.report(at, kind, spans, Some(direction), judged);
            }
            _ => {
                let why = "the body was one element, or its content, and is the other now";
                let judged = breaking("body-changed", why, REGENERATE);
                self.report(at, kind, spans, Some(direction), judged);
            }
        }
    }

    fn headers(
        &mut self,
        at: &Subject,
        spans: Spans,
        direction: Direction,
        old: &[HeaderBlock],
        new: &[HeaderBlock],
    ) {
        let kind = Kind::Changed;
        for block in new {
            let element = self.new.contract.elements[block.element].clone();
            let known = { old.iter() }
                .find(|known| self.old.contract.elements[known.element].name == element.name);
            let name = &element.name.local;
            let spans = Spans::both(spans.old, element.span);
            match (known, direction) {
                (None, Direction::Request) if block.required => {
                    let judged = breaking(
                        "header-required",
                        format!("the header block `{name}` must be sent now; old clients do not"),
                        "regenerate the client before the service asks for it",
                    );
                    self.report(at, kind, spans, Some(direction), judged);
                }
                (None, Direction::Request) => {
                    let why = format!("the header block `{name}` may be sent now, and need not");
                    let judged = compatible("header-added", why);
                    self.report(at, kind, spans, Some(direction), judged);
                }
                (None, Direction::Response) => {
                    let why =
                        format!("the header block `{name}` may come now; old clients pass over it");
                    let judged = compatible("header-added", why);
                    self.report(at, kind, spans, Some(direction), judged);
                }
                (Some(known), _) => {
                    if known.required != block.required {
                        let judged = match (direction, block.required) {
                            (Direction::Request, true) => breaking(
                                "header-required",
                                format!(
                                    "the header block `{name}` must be sent now, and could be left out"
                                ),
                                "always send it",
                            ),
                            _ => compatible(
                                "header-presence-changed",
                                format!(
                                    "whether the header block `{name}` must be there has changed"
                                ),
                            ),
                        };
                        self.report(at, kind, spans, Some(direction), judged);
                    }
                    let type_ = self.old.contract.elements[known.element].type_definition;
                    let inner = Subject::Component(element_label(&element.name));
                    self.compare(
                        type_,
                        element.type_definition,
                        direction,
                        Format::Xml,
                        &inner,
                    );
                }
            }
        }
        for block in old {
            let element = self.old.contract.elements[block.element].clone();
            let mut names = new
                .iter()
                .map(|b| &self.new.contract.elements[b.element].name);
            if names.any(|name| *name == element.name) {
                continue;
            }
            let name = &element.name.local;
            let judged = match direction {
                Direction::Request => compatible(
                    "header-removed",
                    format!(
                        "the header block `{name}` is no longer declared; a service passes over it"
                    ),
                ),
                Direction::Response => compatible(
                    "header-removed",
                    format!("the header block `{name}` comes no more; old callers see none"),
                ),
            };
            let spans = Spans::both(element.span, spans.new);
            self.report(at, kind, spans, Some(direction), judged);
        }
    }
}

/// How the call travels.
fn binding(old: &Call, new: &Call) -> Vec<Judged> {
    let mut found = Vec::new();
    if old.initiator != new.initiator {
        found.push(breaking(
            "initiator-changed",
            "who sends the first message has changed",
            REGENERATE,
        ));
    }
    if old.encoded != new.encoded {
        let shown = |encoded| if encoded { "SOAP-encoded" } else { "literal" };
        let why = format!(
            "messages were {}, and are {} now",
            shown(old.encoded),
            shown(new.encoded)
        );
        found.push(breaking("use-changed", why, REGENERATE));
    }
    if old.one_way != new.one_way {
        let why = match new.one_way {
            true => "no answer comes any more; the old client waits for one",
            false => "an answer comes now; the old client expects none",
        };
        found.push(breaking("answer-changed", why, REGENERATE));
    }
    if old.action != new.action {
        let shown = |action: &Action| match action {
            Action::Empty => "empty".to_owned(),
            Action::Known(action) => format!("`{action}`"),
            Action::Unknown { .. } => "not known".to_owned(),
        };
        let why = format!(
            "the SOAP action was {}, and is {} now",
            shown(&old.action),
            shown(&new.action)
        );
        let is_unsure = |action: &Action| matches!(action, Action::Unknown { .. });
        found.push(if is_unsure(&old.action) || is_unsure(&new.action) {
            let advice = "a call against the service shows whether the old action is still good";
            unknown("action-changed", why, advice)
        } else {
            let why = format!("{why}; most services find the operation by it");
            breaking("action-changed", why, REGENERATE)
        });
    }
    if old.addressing_action != new.addressing_action {
        let why =
            "the action of WS-Addressing has changed; services that use it refuse the old one";
        found.push(breaking("addressing-action-changed", why, REGENERATE));
    }
    if old.mtom != new.mtom {
        found.push(match new.mtom {
            true => unknown(
                "mtom-asked-for",
                "binary data is to be sent by MTOM now; whether it may stand in place still is not said",
                "regenerate the client, or call `mtom` of the port",
            ),
            false => unknown(
                "mtom-gone",
                "nothing is said of MTOM any more; old clients send binary data by it",
                "regenerate the client when the service changes",
            ),
        });
    }
    if old.idempotency != new.idempotency {
        let why = "whether a repeated call does harm is said otherwise now";
        let advice = "look at where you repeat calls";
        found.push(unknown("idempotency-changed", why, advice));
    }
    found
}

fn http(old: Option<&HttpOperation>, new: Option<&HttpOperation>) -> Vec<Judged> {
    let mut found = Vec::new();
    let (Some(old), Some(new)) = (old, new) else {
        return found;
    };
    if old.method != new.method {
        let why = format!("the method was {}, and is {} now", old.method, new.method);
        found.push(breaking("method-changed", why, REGENERATE));
    }
    if old.path != new.path {
        // What a parameter is called in the template is not on the wire.
        let plain = |path: &str| -> String {
            let mut inside = false;
            let kept = |c: &char| {
                let is_kept = !inside || *c == '}';
                inside = *c == '{' || inside && *c != '}';
                is_kept
            };
            path.chars().filter(kept).collect()
        };
        let why = format!("the path was `{}`, and is `{}` now", old.path, new.path);
        found.push(match plain(&old.path) == plain(&new.path) {
            true => compatible(
                "path-parameter-renamed",
                format!("{why}: the same on the wire"),
            ),
            false => breaking("path-changed", why, REGENERATE),
        });
    }
    if old.content != new.content {
        let why = "the request is written in another way now";
        found.push(breaking("request-format-changed", why, REGENERATE));
    }
    if old.answer != new.answer {
        let why = "the answer is written in another way now";
        found.push(breaking("answer-format-changed", why, REGENERATE));
    }
    found
}

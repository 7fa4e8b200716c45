//! Failures: catalogues of codes, typed faults, error bodies, and errors inside ordinary responses.

use super::docs;
use super::lower::{Lowering, Origin, Owner, Place};
use super::model::{
    Catalogue, Entry, EntryKind, Failure, Faults, ItemId, ItemKind, Layer, Message, Rejection,
    Setting, Step, Type, Variant,
};
use super::names::{self, Scope};
use super::simple::variants;
use crate::contract::{
    Definition, EnumerationValue, Id, InBand, Occurs, StatusError, TypeDefinition,
};
use crate::diagnostic::Code;
use crate::resolve::Call;

/// What an operation's failures become.
#[derive(Default)]
pub(super) struct FailureDraft {
    pub(super) detail: Option<Type>,
    pub(super) statuses: Vec<(u16, usize)>,
    bodies: Vec<Body>,
    in_band: Option<InBand>,
}

/// An error body and where its code and text are.
struct Body {
    item: ItemId,
    code: Vec<String>,
    reason: Vec<String>,
    span: crate::source::Span,
}

impl<'a> Lowering<'a> {
    pub(super) fn catalogues(&mut self) {
        let mut scope = Scope::default();
        for (_, catalogue) in self.resolved.contract.catalogues.iter() {
            let name = names::camel(&catalogue.name);
            let mut candidates = vec![name.clone(), format!("{name}Code")];
            candidates.retain(|name| !names::is_prelude(name));
            let values: Vec<EnumerationValue> = catalogue
                .codes
                .iter()
                .map(|code| EnumerationValue {
                    value: code.value.clone(),
                    documentation: code.documentation.clone(),
                    deprecated: None,
                })
                .collect();
            let (codes, other) = variants(&values);
            self.krate.catalogues.push(Catalogue {
                name: scope.claim(&candidates),
                docs: docs::or(catalogue.documentation.as_deref(), || {
                    "The codes of faults. Services send codes that no page lists: those are \
                     `Other`."
                        .to_owned()
                }),
                codes,
                other,
            });
        }
    }

    pub(super) fn failures(
        &mut self,
        call: &'a Call,
        name: &str,
        namespace: &str,
        response: &Message,
    ) -> FailureDraft {
        let mut draft = FailureDraft {
            in_band: call.errors.in_band.clone(),
            ..FailureDraft::default()
        };
        if !call.faults.is_empty() {
            let item = self.fault_enum(call, name, namespace);
            draft.detail = Some(Type::Item(item));
        } else if !call.errors.statuses.is_empty() {
            self.statuses(call, namespace, &mut draft);
        } else if draft.in_band.is_some()
            && let Type::Item(item) = response.type_
        {
            draft.detail = Some(Type::Item(item));
        }
        draft
    }

    fn fault_enum(&mut self, call: &'a Call, name: &str, namespace: &str) -> ItemId {
        let module = self.modules.of(namespace);
        let item = self.draft(module, Origin::Group(format!("{name} Fault")));
        let shown = docs::code(&call.name);
        self.drafts[item.0].docs = vec![format!("What a fault of {shown} may say in its detail.")];
        let mut scope = Scope::default();
        let mut faults = Faults::default();
        let mut seen = std::collections::BTreeSet::new();
        for (_, element) in &call.faults {
            if !seen.insert(*element) {
                continue;
            }
            let declaration = &self.resolved.contract.elements[*element];
            let owner = Owner {
                place: Place::In(item),
                ..self.top(module, declaration.type_definition)
            };
            let (type_, entry, docs) = self.element_variant(owner, *element, Occurs::ONCE);
            faults.variants.push(Variant {
                name: scope.claim(&[names::camel(&declaration.name.local)]),
                docs,
                type_,
                entry,
            });
            faults.failures.push(None);
        }
        self.finish(item, ItemKind::Faults(faults));
        item
    }

    /// Error bodies by status: the body's type itself where all have the same, else an enum.
    fn statuses(&mut self, call: &'a Call, namespace: &str, draft: &mut FailureDraft) {
        let mut bodies: Vec<Id<TypeDefinition>> = Vec::new();
        for status in &call.errors.statuses {
            let is_record = matches!(
                self.resolved.contract.types[status.body].definition,
                Definition::Complex(_)
            );
            if !is_record {
                self.warn(
                    Code::Unsupported,
                    status.span,
                    format!(
                        "the body of status {} is no record: it stays untyped",
                        status.status
                    ),
                );
                continue;
            }
            let branch = bodies.iter().position(|body| *body == status.body);
            let branch = branch.unwrap_or_else(|| {
                bodies.push(status.body);
                bodies.len() - 1
            });
            draft.statuses.push((status.status, branch));
        }
        let items: Vec<ItemId> = bodies
            .iter()
            .map(|&body| self.body_record(call, body, namespace))
            .collect();
        for (item, body) in items.iter().zip(&bodies) {
            let of_body = |status: &&StatusError| status.body == *body;
            if let Some(status) = call.errors.statuses.iter().find(of_body) {
                draft.bodies.push(Body {
                    item: *item,
                    code: status.code.clone(),
                    reason: status.reason.clone(),
                    span: status.span,
                });
            }
        }
        match items.as_slice() {
            [] => {}
            [only] => draft.detail = Some(Type::Item(*only)),
            _ => {
                let module = self.modules.of(namespace);
                let item = self.draft(module, Origin::Group(format!("{} Error", call.name)));
                let shown = docs::code(&call.name);
                self.drafts[item.0].docs = vec![format!("The error bodies of {shown}.")];
                let mut scope = Scope::default();
                let mut faults = Faults::default();
                for (body, id) in items.iter().zip(&bodies) {
                    let wire = self.type_word(*id);
                    let status = call
                        .errors
                        .statuses
                        .iter()
                        .find(|status| status.body == *id);
                    let text = status.and_then(|status| status.documentation.as_deref());
                    faults.variants.push(Variant {
                        name: scope.claim(&[names::camel(&wire)]),
                        docs: docs::of_name(text, &wire),
                        type_: Type::Item(*body),
                        entry: Entry::of(EntryKind::One(wire)),
                    });
                    faults.failures.push(None);
                }
                self.finish(item, ItemKind::Faults(faults));
                draft.detail = Some(Type::Item(item));
            }
        }
    }

    fn type_word(&self, id: Id<TypeDefinition>) -> String {
        match &self.resolved.contract.types[id].name {
            Some(name) => name.local.to_string(),
            None => "Error".to_owned(),
        }
    }

    fn body_record(&mut self, call: &'a Call, body: Id<TypeDefinition>, namespace: &str) -> ItemId {
        if self.resolved.contract.types[body].name.is_some() {
            return self.named_record(body);
        }
        if let Some(item) = self.by_type.get(&body) {
            return *item;
        }
        let module = self.modules.of(namespace);
        let item = self.draft(module, Origin::Group(format!("{} Error Body", call.name)));
        let shown = docs::code(&call.name);
        self.drafts[item.0].docs = vec![format!("The error body of {shown}.")];
        self.by_type.insert(body, item);
        self.unfilled
            .push_back(super::lower::Unfilled::Type(item, body));
        item
    }

    /// Once all records have their fields: where codes and texts are.
    pub(super) fn finish_failures(
        &mut self,
        draft: &FailureDraft,
        response: &Message,
    ) -> Option<Rejection> {
        for body in &draft.bodies {
            let rejection = self.body_rejection(body);
            let wire = match draft.detail {
                Some(Type::Item(detail)) if detail == body.item => "body",
                _ => "",
            };
            if wire.is_empty() {
                if let Some(Type::Item(detail)) = draft.detail {
                    self.attach_to_variant(detail, body.item, rejection);
                }
            } else if let Some(record) = self.record_mut(body.item) {
                record.failure.get_or_insert(Failure {
                    entry: Some(Entry::of(EntryKind::One(wire.to_owned()))),
                    rejection,
                });
            }
        }
        let in_band = draft.in_band.as_ref()?;
        let Type::Item(item) = response.type_ else {
            return None;
        };
        let rejection = self.in_band_rejection(in_band, item, response)?;
        if draft.detail == Some(Type::Item(item))
            && let Some(record) = self.record_mut(item)
        {
            record.failure.get_or_insert(Failure {
                entry: None,
                rejection: None,
            });
        }
        Some(rejection)
    }

    fn attach_to_variant(&mut self, detail: ItemId, body: ItemId, rejection: Option<Rejection>) {
        if let Some(ItemKind::Faults(faults)) = &mut self.drafts[detail.0].kind {
            let at = faults
                .variants
                .iter()
                .position(|variant| variant.type_ == Type::Item(body));
            if let Some(failure) = at.and_then(|at| faults.failures.get_mut(at)) {
                *failure = Some(Failure {
                    entry: None,
                    rejection,
                });
            }
        }
    }

    fn body_rejection(&mut self, body: &Body) -> Option<Rejection> {
        if body.code.is_empty() {
            return None;
        }
        let code = self.text_steps(body.item, &body.code);
        let reason = self.text_steps(body.item, &body.reason);
        if code.is_none() || reason.is_none() {
            let message = format!(
                "the error body has no `{}`: its code and text are left to the caller",
                if code.is_none() {
                    body.code.join("/")
                } else {
                    body.reason.join("/")
                }
            );
            self.warn(Code::InvalidRule, body.span, message);
        }
        Some(Rejection {
            message: Vec::new(),
            severity: None,
            code: code?,
            reason: reason.unwrap_or_default(),
        })
    }

    fn in_band_rejection(
        &mut self,
        in_band: &InBand,
        response: ItemId,
        message: &Message,
    ) -> Option<Rejection> {
        // Elements that the path of the response has already are not stepped through again.
        let folded = message.path.iter().skip(1).map(|name| &name.local);
        let skipped = folded
            .zip(&in_band.path)
            .take_while(|(folded, step)| folded == step)
            .count();
        let found = self.steps(response, &in_band.path[skipped..]);
        let rejection = found.and_then(|(message, item)| {
            let item = item?;
            let one = |name: &String| self.text_steps(item, std::slice::from_ref(name));
            Some(Rejection {
                message,
                severity: match &in_band.severity {
                    Some((name, values)) => Some((one(name)?, values.clone())),
                    None => None,
                },
                code: one(&in_band.code)?,
                reason: match &in_band.reason {
                    Some(name) => one(name)?,
                    None => Vec::new(),
                },
            })
        });
        if rejection.is_none() {
            let message = format!(
                "the response has no `{}` with the named children: errors inside it are left to \
                 the caller",
                in_band.path.join("/")
            );
            self.warn(Code::InvalidRule, in_band.span, message);
        }
        rejection
    }

    /// The steps to a value of text.
    fn text_steps(&self, item: ItemId, path: &[String]) -> Option<Vec<Step>> {
        let (steps, end) = self.steps(item, path)?;
        match end.map(|end| &self.drafts[end.0].kind) {
            None | Some(Some(ItemKind::Enumeration(_) | ItemKind::Alias(_))) => Some(steps),
            Some(_) => None,
        }
    }

    /// The steps along wire names, and the generated type at the end, if it is one.
    fn steps(&self, start: ItemId, path: &[String]) -> Option<(Vec<Step>, Option<ItemId>)> {
        let mut at = Some(start);
        let mut steps = Vec::new();
        let mut rest = path.iter();
        while let Some(name) = rest.next() {
            let record = self.record(at?)?;
            let field = record
                .fields
                .iter()
                .find(|field| field.entry.kind.name() == Some(name))?;
            let wrapped = field
                .entry
                .settings
                .iter()
                .find_map(|setting| match setting {
                    Setting::Wrapped(item) => Some(item),
                    _ => None,
                });
            if let Some(item) = wrapped {
                let mut ahead = rest.clone();
                if ahead.next() == Some(item) {
                    rest = ahead;
                }
            }
            let mut layers = Vec::new();
            let mut type_ = &field.type_;
            let end = loop {
                type_ = match type_ {
                    Type::Option(inner) => {
                        layers.push(Layer::Option);
                        inner
                    }
                    Type::Nillable(inner) => {
                        layers.push(Layer::Nillable);
                        inner
                    }
                    Type::Vec(inner) => {
                        layers.push(Layer::Vec);
                        inner
                    }
                    Type::Boxed(inner) => inner,
                    Type::Item(id) => break Some(*id),
                    Type::List(_) | Type::Mapped(_) | Type::Runtime("Secret" | "AnyElement") => {
                        return None;
                    }
                    Type::Unit | Type::Std(_) | Type::Runtime(_) => break None,
                };
            };
            steps.push(Step {
                field: field.name.clone(),
                layers,
            });
            at = end;
        }
        Some((steps, at))
    }
}

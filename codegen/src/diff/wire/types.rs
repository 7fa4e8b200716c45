//! Type against type.

use std::collections::BTreeMap;

use super::super::components::{is_builtin, type_label};
use super::super::report::{Direction, Kind, Spans, Subject};
use super::content::Model;
use super::value_space::ValueSpace;
use super::{Format, Pair, Walk, breaking, compatible, simple, unknown};
use crate::contract::{
    AttributeUse, Builtin, Content, Contract, Definition, DerivationMethod, Id, QName, Rule,
    TypeDefinition, Variety, Wildcard,
};
use crate::resolve::Resolved;

/// A type as a message has it: a simple type is text without attributes.
pub(super) struct View<'a> {
    pub(super) content: Body<'a>,
    pub(super) attributes: &'a [AttributeUse],
    pub(super) any_attribute: Option<&'a Wildcard>,
    pub(super) mixed: bool,
    rules: &'a [Rule],
    /// The type that it extends, where that is compared on its own.
    base: Option<Id<TypeDefinition>>,
}

/// What stands between the tags.
pub(super) enum Body<'a> {
    /// Text of a simple type.
    Text(Id<TypeDefinition>),
    /// Elements, or nothing.
    Elements(&'a Content),
    /// Whatever: `xs:anyType`, or a type that nobody declares.
    Anything,
}

impl<'a> View<'a> {
    /// `apart`: what the type inherits by extension is left to its base.
    fn of(resolved: &'a Resolved, id: Id<TypeDefinition>, apart: bool) -> Self {
        let contract = &resolved.contract;
        let mut view = Self {
            content: Body::Anything,
            attributes: &[],
            any_attribute: None,
            mixed: false,
            rules: &[],
            base: None,
        };
        match &contract.types[id].definition {
            _ if id == contract.builtin(Builtin::AnyType) => {}
            Definition::Undeclared => {}
            Definition::Simple(_) => view.content = Body::Text(id),
            Definition::Complex(complex) => {
                let effective = resolved.effective(id);
                view.rules = &complex.rules;
                view.base = extended(contract, id).filter(|_| apart);
                let content = match view.base {
                    Some(_) => {
                        view.attributes = &complex.attributes;
                        view.any_attribute = complex.any_attribute.as_ref();
                        view.mixed = complex.mixed;
                        &complex.content
                    }
                    None => {
                        view.attributes = &effective.attributes;
                        view.any_attribute = effective.any_attribute.as_ref();
                        view.mixed = effective.mixed;
                        &effective.content
                    }
                };
                view.content = match content {
                    Content::Simple(text) => Body::Text(*text),
                    content => Body::Elements(content),
                };
            }
        }
        view
    }
}

/// The declared complex type of elements that a type extends.
fn extended(contract: &Contract, id: Id<TypeDefinition>) -> Option<Id<TypeDefinition>> {
    let Definition::Complex(complex) = &contract.types[id].definition else {
        return None;
    };
    let derivation = complex.derivation.as_ref()?;
    let base = &contract.types[derivation.base];
    let has_elements = |content: &Content| !matches!(content, Content::Simple(_));
    let is_apart = matches!(&base.definition, Definition::Complex(base) if has_elements(&base.content))
        && has_elements(&complex.content);
    (derivation.method == DerivationMethod::Extension
        && base.name.is_some()
        && is_apart
        && !is_builtin(contract, derivation.base))
    .then_some(derivation.base)
}

impl Walk<'_> {
    /// Compares two types in one direction.
    pub(super) fn pair(&mut self, pair: &Pair) {
        let (old, new) = (self.old, self.new);
        let name = |contract: &Contract, id: Option<Id<TypeDefinition>>| {
            id.and_then(|id| contract.types[id].name.clone())
        };
        let bases = (
            extended(&old.contract, pair.old),
            extended(&new.contract, pair.new),
        );
        let apart =
            bases.0.is_some() && { name(&old.contract, bases.0) == name(&new.contract, bases.1) };
        let one = View::of(old, pair.old, apart);
        let other = View::of(new, pair.new, apart);
        if let (Some(one), Some(other)) = (one.base, other.base) {
            self.part(pair, one, other, pair.at.clone());
        }
        if pair.format == Format::Encoded {
            self.type_names(pair);
        }
        match (&one.content, &other.content) {
            (Body::Anything, Body::Anything) => {}
            (Body::Anything, _) | (_, Body::Anything) => self.anything(pair, &one, &other),
            (Body::Text(one), Body::Text(other)) => self.texts(pair, *one, *other),
            (Body::Elements(one_content), Body::Elements(other_content)) => {
                let models = (Model::of(old, one_content), Model::of(new, other_content));
                self.members(pair, &models.0, &models.1);
                self.choices(pair, &models.0, &models.1);
                self.order(pair, &models.0, &models.1);
                self.wildcards(pair, &models.0, &models.1);
                if one.mixed != other.mixed {
                    self.mixed(pair, other.mixed);
                }
            }
            _ => self.kind_changed(pair, &one, &other),
        }
        let is_open =
            matches!(one.content, Body::Anything) || matches!(other.content, Body::Anything);
        if !is_open {
            self.attributes(pair, &one, &other);
        }
        self.rules(pair, one.rules, other.rules);
        let is_record = |view: &View<'_>| !matches!(view.content, Body::Text(id) if id == pair.old || id == pair.new);
        if pair.declared && is_record(&one) && is_record(&other) {
            self.alternatives(pair);
        }
    }

    /// Compares types that a pair is made of.
    fn part(&mut self, pair: &Pair, old: Id<TypeDefinition>, new: Id<TypeDefinition>, at: Subject) {
        self.later(Pair {
            old,
            new,
            declared: false,
            at,
            ..pair.clone()
        });
    }

    pub(super) fn type_spans(&self, pair: &Pair) -> Spans {
        Spans::both(
            self.old.contract.types[pair.old].span,
            self.new.contract.types[pair.new].span,
        )
    }

    /// What the old type is called; what has it where it has no name.
    pub(super) fn owner(&self, pair: &Pair) -> String {
        let label = self.components.label(pair.old);
        match (label, &pair.at) {
            (Some(label), _) => label.to_owned(),
            (None, Subject::Member(owner, member)) => format!("{owner}/{member}"),
            (None, Subject::Component(owner)) => owner.clone(),
            (None, other) => format!("type {other}"),
        }
    }

    /// Encoded values say the names of their types.
    fn type_names(&mut self, pair: &Pair) {
        let one = &self.old.contract.types[pair.old].name;
        let other = &self.new.contract.types[pair.new].name;
        if let (Some(one), Some(other)) = (one, other)
            && one != other
        {
            let why = format!(
                "encoded values say their type, which was `{}` and is `{}` now",
                one.local, other.local
            );
            let advice = "ask the provider whether its server looks at `xsi:type`";
            let judged = unknown("encoded-type-renamed", why, advice);
            let spans = self.type_spans(pair);
            self.report(&pair.at, Kind::Changed, spans, Some(pair.direction), judged);
        }
    }

    fn anything(&mut self, pair: &Pair, one: &View<'_>, _other: &View<'_>) {
        let was_open = matches!(one.content, Body::Anything);
        let judged = match (pair.direction, was_open) {
            (Direction::Request, true) => breaking(
                "content-closed",
                "any content was allowed, and only that of a certain type is now",
                "send content of the new type",
            ),
            (Direction::Request, false) => {
                compatible("content-opened", "any content is allowed now")
            }
            (Direction::Response, true) => compatible(
                "content-closed",
                "old clients keep whatever comes as a tree",
            ),
            (Direction::Response, false) => breaking(
                "content-opened",
                "anything may come now; the old client reads one type only",
                "regenerate the client before the service changes",
            ),
        };
        let spans = self.type_spans(pair);
        self.report(&pair.at, Kind::Changed, spans, Some(pair.direction), judged);
    }

    fn texts(&mut self, pair: &Pair, one: Id<TypeDefinition>, other: Id<TypeDefinition>) {
        let is_content = (one, other) != (pair.old, pair.new);
        if is_content {
            let at = Subject::Component(self.owner(pair));
            self.compare(one, other, pair.direction, pair.format, &at);
            return;
        }
        let old = ValueSpace::of(&self.old.contract, one);
        let new = ValueSpace::of(&self.new.contract, other);
        let found = match pair.direction {
            Direction::Request => simple::request(&old, &new, pair.format),
            Direction::Response => simple::response(&old, &new, pair.format),
        };
        let spans = self.type_spans(pair);
        for judged in found {
            self.report(&pair.at, Kind::Changed, spans, Some(pair.direction), judged);
        }
        // Named items and members change wherever they are used.
        for (one, other) in self.named_parts(one, other) {
            self.part(pair, one, other, pair.at.clone());
        }
    }

    /// The named types that two lists or unions are both made of.
    fn named_parts(
        &self,
        one: Id<TypeDefinition>,
        other: Id<TypeDefinition>,
    ) -> Vec<(Id<TypeDefinition>, Id<TypeDefinition>)> {
        let parts = |contract: &Contract, id| -> Vec<(QName, Id<TypeDefinition>)> {
            let inner = match &contract.types[id].definition {
                Definition::Simple(simple) => match &simple.variety {
                    Variety::Restriction(base) => base.iter().copied().collect(),
                    Variety::List(item) => vec![*item],
                    Variety::Union(members) => members.clone(),
                },
                _ => Vec::new(),
            };
            let named = inner.into_iter().filter(|id| !is_builtin(contract, *id));
            named
                .filter_map(|id| Some((contract.types[id].name.clone()?, id)))
                .collect()
        };
        let theirs = parts(&self.new.contract, other);
        { parts(&self.old.contract, one).into_iter() }
            .filter_map(|(name, id)| {
                let other = theirs.iter().find(|(other, _)| *other == name)?;
                Some((id, other.1))
            })
            .collect()
    }

    /// Text on one side, elements on the other.
    fn kind_changed(&mut self, pair: &Pair, one: &View<'_>, _other: &View<'_>) {
        let (was, is) = match one.content {
            Body::Text(_) => ("text", "elements"),
            _ => ("elements", "text"),
        };
        let judged = breaking(
            "content-kind-changed",
            format!("it held {was}, and holds {is} now"),
            "regenerate the client when the service changes, not before",
        );
        let spans = self.type_spans(pair);
        self.report(&pair.at, Kind::Changed, spans, Some(pair.direction), judged);
    }

    fn mixed(&mut self, pair: &Pair, is_mixed: bool) {
        let judged = match (pair.direction, is_mixed) {
            (Direction::Request, true) => {
                compatible("mixed-content", "text between the elements is allowed now")
            }
            (Direction::Request, false) => breaking(
                "mixed-content",
                "text between the elements is no longer allowed",
                "send elements only",
            ),
            (Direction::Response, true) => breaking(
                "mixed-content",
                "text may stand between the elements now; the old client refuses it",
                "regenerate the client before the service changes",
            ),
            (Direction::Response, false) => compatible(
                "mixed-content",
                "text no longer stands between the elements",
            ),
        };
        let at = Subject::Component(self.owner(pair));
        let spans = self.type_spans(pair);
        self.report(&at, Kind::Changed, spans, Some(pair.direction), judged);
    }

    /// Rules between fields: the old client holds its requests against its own.
    fn rules(&mut self, pair: &Pair, old: &[Rule], new: &[Rule]) {
        let same =
            |one: &Rule, other: &Rule| one.kind == other.kind && one.members == other.members;
        let at = Subject::Component(self.owner(pair));
        if pair.direction == Direction::Response {
            return;
        }
        for rule in new {
            if old.iter().any(|known| same(known, rule)) {
                continue;
            }
            let why = format!("a new rule: {}", shown(rule));
            let judged = breaking("rule-added", why, "keep to it before the call");
            let spans = Spans::both(crate::source::Span::NONE, rule.span);
            self.report(&at, Kind::Changed, spans, Some(pair.direction), judged);
        }
        for rule in old {
            if new.iter().any(|known| same(known, rule)) {
                continue;
            }
            let why = format!(
                "no rule any more: {}; the old client still keeps to it",
                shown(rule)
            );
            let spans = Spans::both(rule.span, crate::source::Span::NONE);
            let judged = compatible("rule-removed", why);
            self.report(&at, Kind::Changed, spans, Some(pair.direction), judged);
        }
    }

    /// The types that may stand in for the declared one by `xsi:type`.
    fn alternatives(&mut self, pair: &Pair) {
        let (old, new) = (
            self.concrete(true, pair.old),
            self.concrete(false, pair.new),
        );
        let is_plain = |types: &BTreeMap<String, Id<TypeDefinition>>| types.len() < 2;
        let abstracts = (
            is_abstract(self.old, pair.old),
            is_abstract(self.new, pair.new),
        );
        if is_plain(&old) && is_plain(&new) && abstracts.0 == abstracts.1 {
            return;
        }
        let at = Subject::Component(self.owner(pair));
        let spans = self.type_spans(pair);
        let direction = Some(pair.direction);
        if abstracts == (false, true) && pair.direction == Direction::Request {
            let judged = breaking(
                "type-abstract",
                "the type itself may no longer be sent, only types derived from it",
                "send one of the derived types",
            );
            self.report(&at, Kind::Changed, spans, direction, judged);
        }
        if abstracts == (false, true) && pair.direction == Direction::Response {
            let why = "only types derived from it come now, with `xsi:type`";
            self.report(
                &at,
                Kind::Changed,
                spans,
                direction,
                compatible("type-abstract", why),
            );
        }
        if abstracts == (true, false) {
            let judged = match pair.direction {
                Direction::Request => {
                    compatible("type-concrete", "the type itself may be sent now, too")
                }
                Direction::Response => breaking(
                    "type-concrete",
                    "a value of the type itself may come now, without `xsi:type`: the old client \
                     refuses it",
                    "regenerate the client before the service changes",
                ),
            };
            self.report(&at, Kind::Changed, spans, direction, judged);
        }
        for (name, &id) in &old {
            if let Some(&other) = new.get(name) {
                if id != pair.old {
                    self.part(pair, id, other, at.clone());
                }
                continue;
            }
            if id == pair.old {
                continue;
            }
            let judged = match pair.direction {
                Direction::Request => breaking(
                    "derived-type-removed",
                    format!("values of the derived {} are no longer taken", short(name)),
                    "send another type",
                ),
                Direction::Response => compatible(
                    "derived-type-removed",
                    format!("values of the derived {} come no more", short(name)),
                ),
            };
            let at = Subject::Component(name.clone());
            let spans = Spans::both(self.old.contract.types[id].span, crate::source::Span::NONE);
            self.report(&at, Kind::Removed, spans, direction, judged);
        }
        for (name, &id) in &new {
            if old.contains_key(name) || id == pair.new {
                continue;
            }
            let why = match (pair.direction, is_plain(&old) && !abstracts.0) {
                (Direction::Request, _) => "it may be sent, and need not".to_owned(),
                (Direction::Response, false) => {
                    "old clients keep a value of it whole, as `Other`".to_owned()
                }
                (Direction::Response, true) => format!(
                    "old clients read a value of it as the declared {}, and pass over the rest",
                    short(&self.owner(pair))
                ),
            };
            let judged = compatible("derived-type-added", why);
            let at = Subject::Component(name.clone());
            let spans = Spans::both(crate::source::Span::NONE, self.new.contract.types[id].span);
            self.report(&at, Kind::Added, spans, direction, judged);
        }
    }

    /// The types that a value declared to be of `id` may have, by name.
    fn concrete(&self, old: bool, id: Id<TypeDefinition>) -> BTreeMap<String, Id<TypeDefinition>> {
        let resolved = if old { self.old } else { self.new };
        let all = std::iter::once(&id).chain(resolved.derived(id));
        all.filter(|id| !is_abstract(resolved, **id))
            .filter(|id| is_complex(&resolved.contract, **id))
            .filter_map(|id| {
                let name = resolved.contract.types[*id].name.as_ref()?;
                Some((type_label(name), *id))
            })
            .collect()
    }
}

fn is_complex(contract: &Contract, id: Id<TypeDefinition>) -> bool {
    matches!(contract.types[id].definition, Definition::Complex(_))
        && id != contract.builtin(Builtin::AnyType)
}

fn is_abstract(resolved: &Resolved, id: Id<TypeDefinition>) -> bool {
    let definition = &resolved.contract.types[id].definition;
    matches!(definition, Definition::Complex(complex) if complex.abstract_)
}

/// A component for the middle of a sentence.
fn short(label: &str) -> String {
    Subject::Component(label.to_owned()).to_string()
}

/// A rule in words.
fn shown(rule: &Rule) -> String {
    use crate::contract::RuleKind as R;
    let names = |members: &[String]| format!("`{}`", members.join("`, `"));
    let (first, rest) = rule.members.split_at(rule.members.len().min(1));
    match rule.kind {
        R::ExactlyOne => format!("exactly one of {}", names(&rule.members)),
        R::AtMostOne => format!("at most one of {}", names(&rule.members)),
        R::AtLeastOne => format!("at least one of {}", names(&rule.members)),
        R::Requires => format!("with {} comes {}", names(first), names(rest)),
        R::Excludes => format!("with {} comes none of {}", names(first), names(rest)),
    }
}

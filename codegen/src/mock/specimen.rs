//! Values that fit a type: elements of XML, and the same as JSON.

mod encoded;
mod json;

use std::fmt::Write as _;

use crate::contract::{
    AttributePresence, Builtin, ComplexType, Compositor, Content, Contract, Definition,
    DerivationMethod, ElementDeclaration, Facets, Id, Occurs, Particle, Rule, RuleKind,
    SoapVersion, Term, TypeDefinition, ValueConstraint, Variety,
};
use crate::export::escaped;
use crate::namespace::XML_SCHEMA_INSTANCE;

/// From this depth on only what must be there is.
const SHALLOW: usize = 8;
/// A type that must contain itself is opened up to here.
const DEPTH: usize = 40;
/// How many elements one specimen has at most, unless more are required.
const ELEMENTS: usize = 2_000;

/// A specimen while it is written.
pub(super) struct Specimen<'a> {
    contract: &'a Contract,
    elements: usize,
    /// The version whose encoding its values are in, if they are.
    encoding: Option<SoapVersion>,
}

/// An element of a record that is to be shown.
struct Member<'a> {
    element: &'a ElementDeclaration,
    count: u64,
    is_list: bool,
    is_nil: bool,
}

/// An element to be written.
#[derive(Clone, Copy)]
struct Shown<'s> {
    name: &'s str,
    namespace: &'s str,
    /// The default namespace around it.
    outer: &'s str,
    type_definition: Id<TypeDefinition>,
    value: Option<&'s ValueConstraint>,
}

impl<'a> Specimen<'a> {
    pub(super) fn new(contract: &'a Contract) -> Self {
        Self {
            contract,
            elements: 0,
            encoding: None,
        }
    }

    /// Values in the encoding of a version of SOAP: unqualified, each with its type.
    pub(super) fn encoded(contract: &'a Contract, version: SoapVersion) -> Self {
        Self {
            encoding: Some(version),
            ..Self::new(contract)
        }
    }

    /// An element as XML; `outer` is the default namespace around it.
    pub(super) fn xml(&mut self, element: &'a ElementDeclaration, outer: &str) -> String {
        let mut out = String::new();
        self.element(element, false, outer, 0, &mut out);
        out
    }

    /// A type as XML, under a name that is not the contract's.
    pub(super) fn xml_named(
        &mut self,
        name: &str,
        namespace: &str,
        id: Id<TypeDefinition>,
    ) -> String {
        let mut out = String::new();
        let shown = Shown {
            name,
            namespace,
            outer: "",
            type_definition: id,
            value: None,
        };
        self.named(shown, 0, &mut out);
        out
    }

    fn element(
        &mut self,
        element: &'a ElementDeclaration,
        is_nil: bool,
        outer: &str,
        depth: usize,
        out: &mut String,
    ) {
        // Of an abstract element a member of its group comes.
        let shown = if element.abstract_ {
            let is_member = |other: &&ElementDeclaration| {
                let head = other
                    .substitution_group
                    .map(|head| &self.contract.elements[head].name);
                head == Some(&element.name) && !other.abstract_
            };
            let members = self.contract.elements.iter().map(|(_, other)| other);
            members.into_iter().find(is_member).unwrap_or(element)
        } else {
            element
        };
        let (name, namespace) = match self.encoding {
            None => (&*shown.name.local, &*shown.name.namespace),
            Some(_) => (&*shown.name.local, ""),
        };
        if is_nil {
            let declared = declared(namespace, outer);
            let _ = write!(
                out,
                "<{name}{declared} xmlns:xsi=\"{XML_SCHEMA_INSTANCE}\" \
                 xsi:nil=\"true\"/>"
            );
            return;
        }
        let shown = Shown {
            name,
            namespace,
            outer,
            type_definition: shown.type_definition,
            value: shown.value_constraint.as_ref(),
        };
        self.named(shown, depth, out);
    }

    fn named(&mut self, shown: Shown<'_>, depth: usize, out: &mut String) {
        let Shown {
            name,
            namespace,
            outer,
            type_definition: id,
            value,
        } = shown;
        self.elements += 1;
        let _ = write!(out, "<{name}{}", declared(namespace, outer));
        let mut content = String::new();
        match &self.contract.types[id].definition {
            Definition::Undeclared => {}
            Definition::Simple(_) => {
                self.sent_type(id, out);
                content = escaped(&self.text(id, value));
            }
            Definition::Complex(_) if self.is_array(id) => self.array(id, depth, out, &mut content),
            Definition::Complex(complex) => {
                if !complex.abstract_ {
                    self.sent_type(id, out);
                }
                let shown = self.concrete(id, complex, out);
                self.attributes(shown, out);
                self.content(shown, value, namespace, depth, &mut content);
            }
        }
        if content.is_empty() {
            out.push_str("/>");
        } else {
            let _ = write!(out, ">{content}</{name}>");
        }
    }

    /// A type that may come: of an abstract one, a type that is derived from it, by `xsi:type`.
    fn concrete(
        &self,
        id: Id<TypeDefinition>,
        complex: &'a ComplexType,
        out: &mut String,
    ) -> &'a ComplexType {
        if !complex.abstract_ {
            return complex;
        }
        let derived = self.contract.types.iter().find_map(|(_, other)| {
            let Definition::Complex(derived) = &other.definition else {
                return None;
            };
            let is_derived = derived
                .derivation
                .as_ref()
                .is_some_and(|from| from.base == id);
            let name = other
                .name
                .as_ref()
                .filter(|_| is_derived && !derived.abstract_)?;
            Some((name, derived))
        });
        let Some((name, derived)) = derived else {
            return complex;
        };
        let _ = write!(
            out,
            " xmlns:xsi=\"{XML_SCHEMA_INSTANCE}\" xmlns:derived=\"{}\" \
             xsi:type=\"derived:{}\"",
            escaped(&name.namespace),
            name.local
        );
        derived
    }

    fn attributes(&self, complex: &ComplexType, out: &mut String) {
        for used in &complex.attributes {
            let attribute = &self.contract.attributes[used.declaration];
            if used.presence != AttributePresence::Required || !attribute.name.namespace.is_empty()
            {
                continue;
            }
            let value = used
                .value_constraint
                .as_ref()
                .or(attribute.value_constraint.as_ref());
            let text = self.text(attribute.type_definition, value);
            let _ = write!(out, " {}=\"{}\"", attribute.name.local, escaped(&text));
        }
        if let Some(derivation) = &complex.derivation
            && derivation.method == DerivationMethod::Extension
            && let Definition::Complex(base) = &self.contract.types[derivation.base].definition
        {
            self.attributes(base, out);
        }
    }

    fn content(
        &mut self,
        complex: &'a ComplexType,
        value: Option<&ValueConstraint>,
        namespace: &str,
        depth: usize,
        out: &mut String,
    ) {
        if let Content::Simple(text) = complex.content {
            out.push_str(&escaped(&self.text(text, value)));
            return;
        }
        for member in self.members(complex, depth) {
            for _ in 0..member.count {
                self.element(member.element, member.is_nil, namespace, depth + 1, out);
            }
        }
    }

    /// The members of a type and its bases that are shown.
    fn members(&self, complex: &'a ComplexType, depth: usize) -> Vec<Member<'a>> {
        let mut members = Vec::new();
        if depth > DEPTH {
            return members;
        }
        if let Some(derivation) = &complex.derivation
            && derivation.method == DerivationMethod::Extension
            && let Definition::Complex(base) = &self.contract.types[derivation.base].definition
        {
            members = self.members(base, depth + 1);
        }
        if let Content::Elements(particle) = &complex.content {
            self.collect(particle, depth, 0, &mut members);
        }
        for rule in &complex.rules {
            keep(rule, &mut members);
        }
        members
    }

    fn collect(
        &self,
        particle: &'a Particle,
        depth: usize,
        nesting: usize,
        members: &mut Vec<Member<'a>>,
    ) {
        let Occurs { min, max } = particle.occurs;
        let is_full = depth >= SHALLOW || self.elements >= ELEMENTS;
        let count = if is_full { min } else { min.max(1) }
            .min(max.unwrap_or(u64::MAX))
            .min(100);
        if count == 0 || nesting > DEPTH {
            return;
        }
        let group = match &particle.term {
            Term::Element(id) => {
                members.push(Member {
                    element: &self.contract.elements[*id],
                    count,
                    is_list: particle.occurs.is_repeated(),
                    is_nil: false,
                });
                return;
            }
            Term::Group(group) => group,
            Term::GroupReference(id) => match &self.contract.groups[*id].group {
                Some(group) => group,
                None => return,
            },
            Term::Wildcard(_) => return,
        };
        for _ in 0..count {
            let shown = match group.compositor {
                Compositor::Choice => group.particles.get(..1).unwrap_or_default(),
                Compositor::Sequence | Compositor::All => &group.particles[..],
            };
            for inner in shown {
                self.collect(inner, depth, nesting + 1, members);
            }
        }
    }

    /// The text of a simple type.
    fn text(&self, id: Id<TypeDefinition>, value: Option<&ValueConstraint>) -> String {
        if let Some(ValueConstraint::Fixed(value) | ValueConstraint::Default(value)) = value {
            return value.clone();
        }
        let mut at = id;
        let mut facets = Facets::default();
        for _ in 0..=self.contract.types.len() {
            let simple = match &self.contract.types[at].definition {
                Definition::Simple(simple) => simple,
                Definition::Complex(complex) => match complex.content {
                    Content::Simple(content) if content != at => {
                        at = content;
                        continue;
                    }
                    _ => return String::new(),
                },
                Definition::Undeclared => return String::new(),
            };
            if let Some(builtin) = simple.builtin {
                return of_builtin(builtin, &facets);
            }
            if let Some(first) = simple.facets.enumeration.first() {
                return first.value.clone();
            }
            merge(&mut facets, &simple.facets);
            match &simple.variety {
                Variety::Restriction(Some(base)) => at = *base,
                Variety::Restriction(None) => return String::new(),
                Variety::List(item) => at = *item,
                Variety::Union(members) => match members.first() {
                    Some(member) => at = *member,
                    None => return String::new(),
                },
            }
        }
        String::new()
    }
}

/// Declares the namespace of an element where it is not that around it.
fn declared(namespace: &str, outer: &str) -> String {
    if namespace == outer {
        return String::new();
    }
    format!(" xmlns=\"{}\"", escaped(namespace))
}

/// Leaves out what a rule does not allow beside the first: as nil where it must be there.
fn keep(rule: &Rule, members: &mut Vec<Member<'_>>) {
    let others: &[String] = match rule.kind {
        RuleKind::ExactlyOne | RuleKind::AtMostOne | RuleKind::Excludes => &rule.members[1..],
        RuleKind::AtLeastOne | RuleKind::Requires => &[],
    };
    for member in members.iter_mut() {
        if others
            .iter()
            .any(|name| **name == *member.element.name.local)
        {
            member.is_nil = member.element.nillable;
            member.count = u64::from(member.is_nil);
        }
    }
    members.retain(|member| member.count > 0);
}

/// Facets of a step; those of a step nearer to the type stay.
fn merge(facets: &mut Facets, base: &Facets) {
    let keep = |own: &mut Option<String>, base: &Option<String>| {
        if own.is_none() {
            own.clone_from(base);
        }
    };
    facets.length = facets.length.or(base.length);
    facets.min_length = facets.min_length.or(base.min_length);
    facets.max_length = facets.max_length.or(base.max_length);
    facets.fraction_digits = facets.fraction_digits.or(base.fraction_digits);
    keep(&mut facets.min_inclusive, &base.min_inclusive);
    keep(&mut facets.max_inclusive, &base.max_inclusive);
    keep(&mut facets.min_exclusive, &base.min_exclusive);
    keep(&mut facets.max_exclusive, &base.max_exclusive);
}

fn of_builtin(builtin: Builtin, facets: &Facets) -> String {
    if let Some(bound) = facets
        .min_inclusive
        .as_ref()
        .or(facets.max_inclusive.as_ref())
    {
        return bound.clone();
    }
    let fixed = match builtin {
        Builtin::Boolean => "true",
        Builtin::Date => "2024-01-31",
        Builtin::DateTime => "2024-01-31T12:00:00",
        Builtin::DateTimeStamp => "2024-01-31T12:00:00Z",
        Builtin::Time => "12:00:00",
        Builtin::GYear => "2024",
        Builtin::GYearMonth => "2024-01",
        Builtin::GMonth => "--01",
        Builtin::GDay => "---31",
        Builtin::GMonthDay => "--01-31",
        Builtin::Duration | Builtin::DayTimeDuration => "P1D",
        Builtin::YearMonthDuration => "P1M",
        Builtin::Base64Binary => "Q2FzdGlsZQ==",
        Builtin::HexBinary => "00",
        Builtin::AnyUri => "urn:example",
        Builtin::Language => "en",
        Builtin::QName | Builtin::Notation => "xml:lang",
        Builtin::NonPositiveInteger | Builtin::NegativeInteger => "-1",
        _ if is_number(builtin) => return number(builtin, facets),
        _ => return words(facets),
    };
    fixed.to_owned()
}

fn number(builtin: Builtin, facets: &Facets) -> String {
    if let Some(above) = facets
        .min_exclusive
        .as_ref()
        .and_then(|bound| bound.trim().parse::<i64>().ok())
    {
        return above.saturating_add(1).to_string();
    }
    if let Some(below) = facets
        .max_exclusive
        .as_ref()
        .and_then(|bound| bound.trim().parse::<i64>().ok())
    {
        return below.saturating_sub(1).to_string();
    }
    let has_digits = facets.fraction_digits != Some(0);
    if builtin == Builtin::Decimal && has_digits {
        "1.5"
    } else {
        "1"
    }
    .to_owned()
}

/// Text within the lengths.
fn words(facets: &Facets) -> String {
    let most = facets.length.or(facets.max_length).unwrap_or(u64::MAX);
    let least = facets.length.or(facets.min_length).unwrap_or(0).min(10_000);
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let least = usize::try_from(least).unwrap_or_default();
    let text: String = "example".chars().take(most).collect();
    format!("{text}{}", "x".repeat(least.saturating_sub(text.len())))
}

pub(super) fn is_number(builtin: Builtin) -> bool {
    let mut at = builtin;
    while at != Builtin::Decimal {
        if at.base() == at {
            return [Builtin::Float, Builtin::Double].contains(&builtin);
        }
        at = at.base();
    }
    true
}

//! Simple type definitions, and texts held against them.

use std::borrow::Cow;
use std::sync::Arc;

use super::builtin::{self, ANY_SIMPLE_TYPE, Builtin, Primitive};
use super::error::DatatypeError;
use super::facet::{Facet, FacetError};
use super::facets::Facets;
use super::restriction;
use super::value::{ActualValue, Value};
use crate::simple::Scope;
use crate::xml::{collapse, replace};

/// A simple type definition (Part 1 §3.14.1): variety, base, facets. Cheap to clone.
#[derive(Clone, Debug)]
pub struct Datatype(pub(super) Arc<Definition>);

#[derive(Debug)]
pub(super) struct Definition {
    /// The name, of built-in types only.
    pub(super) name: Option<&'static str>,
    /// `None` for `anySimpleType` alone.
    pub(super) base: Option<Datatype>,
    pub(super) kind: Kind,
    pub(super) white_space: WhiteSpace,
    pub(super) facets: Arc<Facets>,
    pub(super) size: Size,
}

/// What a type is made of, counted, so that no union takes for ever.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Size {
    /// How deep lists and unions stand in each other.
    depth: u32,
    /// How many types a text is held against at most.
    types: u32,
    has_list: bool,
}

impl Size {
    const DEEPEST: u32 = 200;
    const MOST: u32 = 100_000;

    fn of<'d>(parts: impl IntoIterator<Item = &'d Datatype>, is_list: bool) -> Self {
        let mut size = Self {
            depth: 0,
            types: 1,
            has_list: is_list,
        };
        for part in parts {
            let part = &part.0.size;
            size.depth = size.depth.max(part.depth.saturating_add(1));
            size.types = size.types.saturating_add(part.types.max(1));
            size.has_list |= part.has_list;
        }
        size
    }

    fn is_small(self) -> bool {
        self.depth <= Self::DEEPEST && self.types <= Self::MOST
    }
}

/// The variety, and what it needs.
#[derive(Clone, Debug)]
pub(super) enum Kind {
    Any,
    /// With the nearest built-in type that this is or is derived from.
    Atomic(Arc<Builtin>),
    List(Datatype),
    Union(Arc<[Datatype]>),
}

/// How a simple type is made (§2.5.1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Variety {
    /// `anySimpleType`, which has none.
    Absent,
    /// Values that are not made of others.
    Atomic,
    /// Items, separated by white space.
    List,
    /// Whatever is a value of a member type.
    Union,
}

/// What becomes of white space before a text is looked at (§4.3.6).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum WhiteSpace {
    /// Nothing.
    Preserve,
    /// Tabs and line ends become blanks.
    Replace,
    /// Also, runs become one blank, and those at the ends go.
    Collapse,
}

impl WhiteSpace {
    /// The value of the facet, as `collapse`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Preserve => "preserve",
            Self::Replace => "replace",
            Self::Collapse => "collapse",
        }
    }

    /// The text with its white space handled.
    #[must_use]
    pub fn normalize(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::Preserve => Cow::Borrowed(text),
            Self::Replace => replace(Cow::Borrowed(text)),
            Self::Collapse => collapse(Cow::Borrowed(text)),
        }
    }
}

/// The most members for which a union is looked through when it is a member itself.
const FEW: usize = 100;

/// A scope without prefixes, for types that need none.
#[derive(Clone, Copy, Debug)]
pub struct NoPrefixes;

impl Scope for NoPrefixes {
    fn namespace_of(&self, _: &str) -> Option<&str> {
        None
    }
}

impl Datatype {
    pub(super) fn new_list(name: Option<&'static str>, item: &Self, facets: Facets) -> Self {
        Self(Arc::new(Definition {
            name,
            base: Some(ANY_SIMPLE_TYPE.clone()),
            size: Size::of([item], true),
            kind: Kind::List(item.clone()),
            white_space: WhiteSpace::Collapse,
            facets: Arc::new(facets),
        }))
    }

    /// The built-in type of this local name: the 44 of §3, and `anySimpleType`. The same name always
    /// gives the same definition.
    #[must_use]
    pub fn builtin(name: &str) -> Option<Self> {
        builtin::find(name)
    }

    /// A type restricted by facets (§4.1.2.1). `scope` is that of the schema, for values that are
    /// qualified names.
    ///
    /// # Errors
    /// All that is wrong with the facets: not for this type, no values of the base type, at odds
    /// with each other or with the base type (§4.1.5, §4.3).
    pub fn restriction(
        base: &Self,
        facets: &[Facet<'_>],
        scope: &dyn Scope,
    ) -> Result<Self, Vec<FacetError>> {
        let (datatype, errors) = restriction::restrict(base, facets, scope);
        if errors.is_empty() {
            Ok(datatype)
        } else {
            Err(errors)
        }
    }

    /// As [`Datatype::restriction`], for contracts that are used although they are wrong: facets
    /// with errors are left out.
    #[must_use]
    pub fn restriction_leniently(
        base: &Self,
        facets: &[Facet<'_>],
        scope: &dyn Scope,
    ) -> (Self, Vec<FacetError>) {
        restriction::restrict(base, facets, scope)
    }

    /// Lists of values of `item`, separated by white space (§4.1.2.2).
    ///
    /// # Errors
    /// When `item` is a list, or a union with a list in it (`cos-list-of-atomic`).
    pub fn list(item: &Self) -> Result<Self, FacetError> {
        if item.has_list() {
            return Err(FacetError {
                index: 0,
                rule: "cos-list-of-atomic",
                message: "a list cannot be an item of a list, nor be a member of a union that is"
                    .to_owned(),
            });
        }
        let facets = Facets {
            white_space_fixed: true,
            ..Facets::default()
        };
        Ok(Self::new_list(None, item, facets))
    }

    /// Values of any of `members`; a text is of the first that it is valid for (§4.1.2.3).
    #[must_use]
    pub fn union(members: &[Self]) -> Self {
        let mut flat: Vec<Self> = Vec::new();
        for member in members {
            // A union without facets is its members; the same one twice is no more than once.
            let parts = match &member.0.kind {
                Kind::Union(parts) if parts.len() <= FEW && member.0.facets.is_free() => parts,
                _ => std::slice::from_ref(member),
            };
            for part in parts {
                if flat.len() > FEW || !flat.iter().any(|other| other.is(part)) {
                    flat.push(part.clone());
                }
            }
        }
        Self(Arc::new(Definition {
            name: None,
            base: Some(ANY_SIMPLE_TYPE.clone()),
            size: Size::of(&flat, false),
            kind: Kind::Union(flat.into()),
            white_space: WhiteSpace::Preserve,
            facets: Arc::new(Facets::default()),
        }))
    }

    /// Holds a text, white space as it stands, against the type (Part 2 §4.1.4, Datatype Valid), and
    /// gives its value. `scope` has the prefixes in force where the text stands.
    ///
    /// # Errors
    /// The first rule that the text breaks: a pattern, the lexical form, another facet.
    pub fn validate(&self, text: &str, scope: &dyn Scope) -> Result<ActualValue, DatatypeError> {
        self.assess(text, scope).map(|(value, _)| value)
    }

    /// The value, and the text after white space is handled: for a union, as the member says.
    fn assess<'t>(
        &self,
        text: &'t str,
        scope: &dyn Scope,
    ) -> Result<(ActualValue, Cow<'t, str>), DatatypeError> {
        let definition = &*self.0;
        let (value, text) = if let Kind::Union(members) = &definition.kind {
            self.check_size(text)?;
            let mut errors = Vec::new();
            let found = members.iter().find_map(|member| {
                let assessed = member.assess(text, scope);
                assessed.map_err(|error| errors.push(error)).ok()
            });
            let (value, normalized) = found.ok_or_else(|| no_member(&errors, text))?;
            definition.facets.check_patterns(&normalized)?;
            (value, normalized)
        } else {
            let normalized = definition.white_space.normalize(text);
            definition.facets.check_patterns(&normalized)?;
            (self.read(&normalized, scope)?, normalized)
        };
        definition.facets.check(&value, &text)?;
        Ok((value, text))
    }

    fn check_size(&self, text: &str) -> Result<(), DatatypeError> {
        if self.0.size.is_small() {
            return Ok(());
        }
        Err(DatatypeError::new(
            "cvc-datatype-valid.1.2.3",
            text,
            "cannot be checked: the union is made of too many other types",
        ))
    }

    /// As [`Datatype::validate`], but for bounds, which are compared by rules of their own.
    pub(super) fn validate_but_bounds(
        &self,
        text: &str,
        scope: &dyn Scope,
    ) -> Result<ActualValue, DatatypeError> {
        let definition = &*self.0;
        let normalized = definition.white_space.normalize(text);
        definition.facets.check_patterns(&normalized)?;
        let value = self.read(&normalized, scope)?;
        definition.facets.check_but_bounds(&value, &normalized)?;
        Ok(value)
    }

    /// The type with other facets and white space.
    pub(super) fn restricted(&self, white_space: WhiteSpace, facets: Facets) -> Self {
        let own = &*self.0;
        Self(Arc::new(Definition {
            name: None,
            base: Some(self.clone()),
            kind: own.kind.clone(),
            white_space,
            facets: Arc::new(facets),
            size: own.size,
        }))
    }

    /// The type with the same facets, which it shares.
    pub(super) fn renamed(&self) -> Self {
        let own = &*self.0;
        Self(Arc::new(Definition {
            name: None,
            base: Some(self.clone()),
            kind: own.kind.clone(),
            white_space: own.white_space,
            facets: Arc::clone(&own.facets),
            size: own.size,
        }))
    }

    /// Reads the lexical form, white space handled; not of unions.
    fn read(&self, text: &str, scope: &dyn Scope) -> Result<ActualValue, DatatypeError> {
        match &self.0.kind {
            Kind::Any | Kind::Union(_) => Ok(ActualValue(Value::Untyped(text.into()))),
            Kind::Atomic(builtin) => (builtin.read)(text, builtin, scope).map_err(|reason| {
                let name = builtin.name;
                let article = if name.starts_with(['a', 'i', 'u', 'A', 'E', 'I', 'N']) {
                    "an"
                } else {
                    "a"
                };
                let reason = match reason.as_str() {
                    "" => format!("is not {article} {name}"),
                    reason => format!("is not {article} {name}: {reason}"),
                };
                DatatypeError::new("cvc-datatype-valid.1.2.1", text, reason)
            }),
            Kind::List(item) => {
                let items = text.split(' ').filter(|item| !item.is_empty());
                let values = items.map(|text| item.validate(text, scope));
                let values: Result<Box<[ActualValue]>, DatatypeError> = values.collect();
                Ok(ActualValue(Value::List(values?)))
            }
        }
    }

    /// How the type is made.
    #[must_use]
    pub fn variety(&self) -> Variety {
        match &self.0.kind {
            Kind::Any => Variety::Absent,
            Kind::Atomic(_) => Variety::Atomic,
            Kind::List(_) => Variety::List,
            Kind::Union(_) => Variety::Union,
        }
    }

    /// The primitive type that an atomic type is or is derived from.
    #[must_use]
    pub fn primitive(&self) -> Option<Primitive> {
        match &self.0.kind {
            Kind::Atomic(builtin) => Some(builtin.primitive),
            _ => None,
        }
    }

    /// What becomes of white space. Of a union nothing: its members see to it.
    #[must_use]
    pub fn whitespace(&self) -> WhiteSpace {
        self.0.white_space
    }

    /// The type that this one is derived from; `None` for `anySimpleType`. That of a list or union
    /// that is not a restriction of another is `anySimpleType`.
    #[must_use]
    pub fn base(&self) -> Option<&Self> {
        self.0.base.as_ref()
    }

    /// The type of the items of a list.
    #[must_use]
    pub fn item(&self) -> Option<&Self> {
        match &self.0.kind {
            Kind::List(item) => Some(item),
            _ => None,
        }
    }

    /// The members of a union, in their order; none for others.
    #[must_use]
    pub fn members(&self) -> &[Self] {
        match &self.0.kind {
            Kind::Union(members) => members,
            _ => &[],
        }
    }

    /// The local name of a built-in type.
    #[must_use]
    pub fn builtin_name(&self) -> Option<&'static str> {
        self.0.name
    }

    /// Whether both are the same definition, not only alike.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// Whether this type is `base`, or is validly derived from it (Part 1 §3.14.6, Type Derivation
    /// OK (Simple)), with nothing final or blocked.
    #[must_use]
    pub fn is_derived_from(&self, base: &Self) -> bool {
        let mut step = Some(self);
        while let Some(datatype) = step {
            if datatype.is(base) {
                return true;
            }
            step = datatype.base();
        }
        base.0.size.is_small()
            && base
                .members()
                .iter()
                .any(|member| self.is_derived_from(member))
    }

    /// Whether this type is the built-in type `name`, or is restricted from it.
    #[must_use]
    pub fn is_derived_from_builtin(&self, name: &str) -> bool {
        let steps = std::iter::successors(Some(self), |datatype| datatype.base());
        steps.into_iter().any(|step| step.0.name == Some(name))
    }

    /// Whether the type, or a type that it is derived from, has an enumeration.
    #[must_use]
    pub fn has_enumeration(&self) -> bool {
        self.0.facets.enumeration.is_some()
    }

    /// Whether the type is a list, or a union with a list in it.
    #[must_use]
    pub fn has_list(&self) -> bool {
        self.0.size.has_list
    }
}

/// Errors of each member in turn, as one.
fn no_member(errors: &[DatatypeError], text: &str) -> DatatypeError {
    let reason = match errors {
        [] => "is not valid: the union has no members".to_owned(),
        [only] => only.reason().to_owned(),
        [first, ..] => format!(
            "is of none of the {} types of the union; not of the first, for it {}",
            errors.len(),
            first.reason()
        ),
    };
    DatatypeError::new("cvc-datatype-valid.1.2.3", text, reason)
}

/// Chains of types may be long: they are taken apart one by one, not each inside of the last.
impl Drop for Definition {
    fn drop(&mut self) {
        let mut rest = self.take_parts();
        while let Some(datatype) = rest.pop() {
            if let Some(mut definition) = Arc::into_inner(datatype.0) {
                rest.append(&mut definition.take_parts());
            }
        }
    }
}

impl Definition {
    fn take_parts(&mut self) -> Vec<Datatype> {
        let mut parts: Vec<Datatype> = self.base.take().into_iter().collect();
        match std::mem::replace(&mut self.kind, Kind::Any) {
            Kind::List(item) => parts.push(item),
            Kind::Union(members) => parts.extend(members.iter().cloned()),
            Kind::Any | Kind::Atomic(_) => {}
        }
        parts
    }
}

//! Particles, model groups and wildcards (XML Schema 1.0 Structures §3.7–3.10).

use std::fmt;
use std::sync::Arc;

use super::arena::Id;
use super::component::{ElementDeclaration, ModelGroupDefinition};
use crate::source::Span;

/// How often a particle may occur. Large maxima are saturated, never unrolled.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Occurs {
    /// The minimum.
    pub min: u64,
    /// The maximum; `None` is `unbounded`.
    pub max: Option<u64>,
}

impl Occurs {
    /// Exactly once, the default.
    pub const ONCE: Self = Self {
        min: 1,
        max: Some(1),
    };
    /// Once or not at all.
    pub const OPTIONAL: Self = Self {
        min: 0,
        max: Some(1),
    };
    /// Any number of times.
    pub const ANY: Self = Self { min: 0, max: None };

    /// Whether more than one occurrence is allowed.
    #[must_use]
    pub fn is_repeated(self) -> bool {
        self.max.is_none_or(|max| max > 1)
    }

    /// Whether no occurrence is allowed at all.
    #[must_use]
    pub fn is_prohibited(self) -> bool {
        self.max == Some(0)
    }

    /// The occurrence of something that stands inside something with occurrence `outer`.
    #[must_use]
    pub fn within(self, outer: Self) -> Self {
        Self {
            min: self.min.saturating_mul(outer.min),
            max: match (self.max, outer.max) {
                (Some(0), _) | (_, Some(0)) => Some(0),
                (Some(a), Some(b)) => Some(a.saturating_mul(b)),
                _ => None,
            },
        }
    }
}

/// `1`, `0..1`, `2..5`, `0..n`.
impl fmt::Display for Occurs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.max {
            Some(max) if max == self.min => write!(f, "{max}"),
            Some(max) => write!(f, "{}..{max}", self.min),
            None => write!(f, "{}..n", self.min),
        }
    }
}

/// A term with its occurrence.
#[derive(Clone, Debug)]
pub struct Particle {
    /// How often the term occurs.
    pub occurs: Occurs,
    /// What occurs.
    pub term: Term,
    /// Where it is said.
    pub span: Span,
}

/// What a particle stands for.
#[derive(Clone, Debug)]
pub enum Term {
    /// A local element declaration, or a reference to a global one.
    Element(Id<ElementDeclaration>),
    /// A sequence, choice or all.
    Group(ModelGroup),
    /// A reference to a named group; `resolve::groups` puts the group in its place.
    GroupReference(Id<ModelGroupDefinition>),
    /// `xs:any`.
    Wildcard(Wildcard),
}

/// A sequence, choice or all of particles.
#[derive(Clone, Debug)]
pub struct ModelGroup {
    /// Which of the three.
    pub compositor: Compositor,
    /// The particles, in document order.
    pub particles: Vec<Particle>,
}

/// How the particles of a model group go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Compositor {
    /// All, in this order.
    Sequence,
    /// One of them.
    Choice,
    /// All, in any order.
    All,
}

/// `xs:any` or `xs:anyAttribute`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wildcard {
    /// Which namespaces match.
    pub namespaces: NamespaceConstraint,
    /// How what matches is validated.
    pub process_contents: ProcessContents,
}

/// The namespace constraint of a wildcard; the target namespace is spelt out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NamespaceConstraint {
    /// `##any`.
    Any,
    /// `##other`: any namespace but this one, and not none.
    Not(Arc<str>),
    /// One of these; the empty name is "no namespace".
    OneOf(Vec<Arc<str>>),
}

/// The `processContents` of a wildcard.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ProcessContents {
    /// Must be declared and valid.
    #[default]
    Strict,
    /// Valid where declared.
    Lax,
    /// Well-formed is enough.
    Skip,
}

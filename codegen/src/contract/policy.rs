//! Policies (WS-Policy 1.5 Framework): what messages must keep to beyond their schema.

use super::qname::QName;
use crate::source::Span;

/// A policy expression as written: all of its terms hold. The policies that are attached to one
/// subject are one policy with the terms of all (WS-Policy 1.5 Attachment §4).
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Policy {
    /// The terms; none for a policy that demands nothing.
    pub terms: Vec<PolicyTerm>,
}

/// A part of a policy expression (WS-Policy 1.5 Framework §4.3).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PolicyTerm {
    /// `wsp:All`, or a policy inside of a policy: all of these hold.
    All(Vec<PolicyTerm>),
    /// `wsp:ExactlyOne`: messages keep to one of these.
    ExactlyOne(Vec<PolicyTerm>),
    /// A single demand.
    Assertion(PolicyAssertion),
    /// A policy that is not at hand, by its address.
    Reference(String),
}

/// A policy assertion, or a parameter of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyAssertion {
    /// The name of its element.
    pub name: QName,
    /// `wsp:Optional`: messages need not keep to it.
    pub optional: bool,
    /// `wsp:Ignorable`: it is no matter of the messages.
    pub ignorable: bool,
    /// Its other attributes.
    pub attributes: Vec<(QName, String)>,
    /// Its text, without white space at the ends.
    pub text: String,
    /// The elements inside it that are no policy.
    pub parameters: Vec<PolicyAssertion>,
    /// The policy inside it, which says more closely what it demands.
    pub policy: Option<Policy>,
    /// Where it stands.
    pub span: Span,
}

impl Policy {
    /// Whether it demands nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// This policy and another one on the same subject.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.terms.extend(other.terms.iter().cloned());
        self
    }

    /// Whether such an assertion is part of an alternative, at any depth.
    #[must_use]
    pub fn mentions(&self, is: &dyn Fn(&QName) -> bool) -> bool {
        self.terms.iter().any(|term| term.mentions(is))
    }

    /// Whether such an assertion is part of every alternative, and not inside another assertion.
    #[must_use]
    pub fn demands(&self, is: &dyn Fn(&QName) -> bool) -> bool {
        self.terms.iter().any(|term| term.demands(is))
    }
}

impl PolicyTerm {
    fn mentions(&self, is: &dyn Fn(&QName) -> bool) -> bool {
        match self {
            Self::All(terms) | Self::ExactlyOne(terms) => {
                terms.iter().any(|term| term.mentions(is))
            }
            Self::Assertion(assertion) => assertion.mentions(is),
            Self::Reference(_) => false,
        }
    }

    fn demands(&self, is: &dyn Fn(&QName) -> bool) -> bool {
        match self {
            Self::All(terms) => terms.iter().any(|term| term.demands(is)),
            Self::ExactlyOne(terms) => {
                !terms.is_empty() && terms.iter().all(|term| term.demands(is))
            }
            Self::Assertion(assertion) => !assertion.optional && is(&assertion.name),
            Self::Reference(_) => false,
        }
    }
}

impl PolicyAssertion {
    fn mentions(&self, is: &dyn Fn(&QName) -> bool) -> bool {
        is(&self.name)
            || self.parameters.iter().any(|inner| inner.mentions(is))
            || self.policy.as_ref().is_some_and(|inner| inner.mentions(is))
    }
}

//! Who says so: every fact of a field table can name its witness.

use crate::source::Span;

/// One statement of origin.
#[derive(Clone, Debug, PartialEq)]
pub struct Provenance {
    /// The witness.
    pub witness: Witness,
    /// Which fact it is about: a column of the table (`wire`, `max`, …), or `None` for the whole
    /// row.
    pub fact: Option<String>,
    /// Why, in the author's words.
    pub reason: Option<String>,
    /// For an override: when it should go.
    pub remove_when: Option<String>,
    /// Where it is said.
    pub span: Span,
}

/// The kinds of witness, strongest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Witness {
    /// A WSDL, a schema, or a captured message.
    Wire,
    /// A sample message on the provider's page.
    Example,
    /// The table on the provider's page for this operation.
    Page,
    /// Another page of the provider.
    SiblingPage,
    /// Published client code.
    Client,
    /// A decision against a witness, with a reason.
    Override,
    /// A conclusion from other facts.
    Inferred,
}

impl Witness {
    /// The word that descriptors and annotations have for it.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Wire => "wire",
            Self::Example => "example",
            Self::Page => "page",
            Self::SiblingPage => "sibling",
            Self::Client => "client",
            Self::Override => "override",
            Self::Inferred => "inferred",
        }
    }

    /// All of them with their words.
    pub(crate) fn words() -> [(&'static str, Self); 7] {
        [
            Self::Wire,
            Self::Example,
            Self::Page,
            Self::SiblingPage,
            Self::Client,
            Self::Override,
            Self::Inferred,
        ]
        .map(|witness| (witness.word(), witness))
    }
}

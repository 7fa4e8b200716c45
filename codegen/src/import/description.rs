//! What the importer understood: a service with a witness for each fact.

use super::notation::types::Base;
use super::notation::values::Value;
use crate::contract::{Occurs, Witness};
use crate::source::Span;

/// How sure a fact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Confidence {
    /// The page says it.
    Stated,
    /// The page says it, damaged.
    Mended,
    /// A conclusion, marked as such.
    Guess,
}

/// A fact, or that nobody knows it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Fact<T> {
    /// `None` is written `?` where the descriptor needs the fact.
    pub value: Option<T>,
    pub witness: Witness,
    pub confidence: Confidence,
    /// Why, where it is no plain statement.
    pub reason: Option<String>,
    pub span: Span,
}

impl<T> Fact<T> {
    pub(crate) fn stated(value: T, span: Span) -> Self {
        Self {
            value: Some(value),
            witness: Witness::Page,
            confidence: Confidence::Stated,
            reason: None,
            span,
        }
    }

    pub(crate) fn example(value: T, span: Span) -> Self {
        Self {
            witness: Witness::Example,
            ..Self::stated(value, span)
        }
    }

    pub(crate) fn unknown(span: Span) -> Self {
        Self {
            value: None,
            witness: Witness::Page,
            confidence: Confidence::Stated,
            reason: None,
            span,
        }
    }

    pub(crate) fn guess(value: T, span: Span, reason: impl Into<String>) -> Self {
        Self {
            value: Some(value),
            witness: Witness::Inferred,
            confidence: Confidence::Guess,
            reason: Some(reason.into()),
            span,
        }
    }

    pub(crate) fn mended(value: T, span: Span, reason: impl Into<String>) -> Self {
        Self {
            confidence: Confidence::Mended,
            reason: Some(reason.into()),
            ..Self::stated(value, span)
        }
    }
}

/// Where a field travels.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Location {
    Body,
    SoapHeader,
    Path,
    Query,
    HttpHeader,
}

impl Location {
    /// The descriptor's word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Body => "body",
            Self::SoapHeader => "header",
            Self::Path => "path",
            Self::Query => "query",
            Self::HttpHeader => "http-header",
        }
    }
}

/// The type of a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FieldType {
    pub base: Base,
    pub list: bool,
}

/// A field of a message or type.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// The containers that it stands in, as documented.
    pub parents: Vec<String>,
    /// As documented; `None` where the page lost it.
    pub name: Fact<String>,
    /// What stands for a lost name in the paths of what is inside.
    pub lost: Option<String>,
    /// On the wire, where it differs.
    pub wire: Option<Fact<String>>,
    pub location: Fact<Location>,
    pub occurs: Fact<Occurs>,
    /// `None` where the page does not speak of it at all.
    pub nillable: Option<Fact<bool>>,
    /// As the descriptor writes it: `50`, `6,2?`.
    pub max: Option<Fact<String>>,
    /// The smallest size, which descriptors do not hold.
    pub least: Option<u64>,
    pub kind: Fact<FieldType>,
    pub item: Option<Fact<String>>,
    pub values: Option<Fact<Vec<Value>>>,
    pub default: Option<String>,
    pub example: Option<String>,
    pub deprecated: bool,
    pub secret: bool,
    /// The provider's words.
    pub prose: String,
    pub witnesses: Vec<Witness>,
    pub span: Span,
}

impl Field {
    /// A field of which nothing is known but where it stands.
    pub(crate) fn new(parents: Vec<String>, name: Fact<String>) -> Self {
        let span = name.span;
        Self {
            parents,
            name,
            lost: None,
            wire: None,
            location: Fact::stated(Location::Body, span),
            occurs: Fact::unknown(span),
            nillable: None,
            max: None,
            least: None,
            kind: Fact::unknown(span),
            item: None,
            values: None,
            default: None,
            example: None,
            deprecated: false,
            secret: false,
            prose: String::new(),
            witnesses: vec![Witness::Page],
            span,
        }
    }

    /// The documented name, `?` if it is lost.
    pub(crate) fn shown(&self) -> &str {
        let lost = self.lost.as_deref();
        self.name.value.as_deref().or(lost).unwrap_or("?")
    }

    /// Containers and name.
    pub(crate) fn path(&self) -> Vec<String> {
        let mut path = self.parents.clone();
        path.push(self.shown().to_owned());
        path
    }

    /// The name that messages have.
    pub(crate) fn wire_name(&self) -> &str {
        self.wire
            .as_ref()
            .and_then(|wire| wire.value.as_deref())
            .unwrap_or_else(|| self.shown())
    }

    pub(crate) fn is_list(&self) -> bool {
        self.kind.value.as_ref().is_some_and(|kind| kind.list)
    }

    pub(crate) fn saw(&mut self, witness: Witness) {
        if !self.witnesses.contains(&witness) {
            self.witnesses.push(witness);
            self.witnesses.sort();
        }
    }
}

/// Fields of one record, flat: containers before what stands in them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Record {
    pub fields: Vec<Field>,
}

impl Record {
    /// Gives the field at `at` a name, and those in it the path.
    pub(crate) fn rename(&mut self, at: usize, name: Fact<String>) {
        let old = self.fields[at].path();
        self.fields[at].name = name;
        let new = self.fields[at].shown().to_owned();
        let level = old.len() - 1;
        for field in &mut self.fields {
            if field.parents.starts_with(&old) {
                field.parents[level].clone_from(&new);
            }
        }
    }
}

/// A request or response.
#[derive(Clone, Debug)]
pub(crate) struct Message {
    /// Element around element; empty where nothing says it.
    pub wrapper: Fact<Vec<String>>,
    pub record: Record,
    /// Whether the page has a table for it, or says that there is none.
    pub described: bool,
}

/// A record that messages refer to.
#[derive(Clone, Debug)]
pub(crate) struct TypeTable {
    pub name: Fact<String>,
    pub record: Record,
}

/// Values that fields refer to.
#[derive(Clone, Debug)]
pub(crate) struct Enumeration {
    pub name: Fact<String>,
    pub values: Vec<Value>,
    /// Whether the page calls them values; else they are, if a field has the name.
    pub announced: bool,
}

/// A code of an error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ErrorCode {
    pub code: String,
    pub meaning: String,
    pub span: Span,
}

/// An HTTP status with a body of its own.
#[derive(Clone, Debug)]
pub(crate) struct Status {
    pub code: u16,
    pub body: Option<String>,
    pub meaning: String,
}

/// What a rule asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RuleKind {
    ExactlyOne,
    AtLeastOne,
    Requires,
}

/// A rule that prose seems to state.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rule {
    pub kind: RuleKind,
    pub members: Vec<String>,
    pub span: Span,
}

/// What a sample is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Direction {
    Request,
    Response,
    Error(u16),
}

/// A sample message.
#[derive(Clone, Debug)]
pub(crate) struct Sample {
    pub direction: Direction,
    pub text: String,
    pub json: bool,
    pub span: Span,
}

/// An operation.
#[derive(Clone, Debug)]
pub(crate) struct Operation {
    pub name: Fact<String>,
    /// The provider's words.
    pub prose: String,
    pub prose_span: Span,
    pub method: Option<String>,
    /// Below the endpoint, for JSON.
    pub path: Option<String>,
    pub action: Option<Fact<String>>,
    pub request: Option<Message>,
    pub response: Option<Message>,
    pub statuses: Vec<Status>,
    pub faults: Vec<ErrorCode>,
    pub rules: Vec<Rule>,
    pub samples: Vec<Sample>,
    pub span: Span,
}

impl Operation {
    pub(crate) fn new(name: Fact<String>) -> Self {
        let span = name.span;
        Self {
            name,
            prose: String::new(),
            prose_span: span,
            method: None,
            path: None,
            action: None,
            request: None,
            response: None,
            statuses: Vec::new(),
            faults: Vec::new(),
            rules: Vec::new(),
            samples: Vec::new(),
            span,
        }
    }
}

/// What carries the messages.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Protocol {
    Soap11,
    Soap12,
    Json,
}

impl Protocol {
    /// The descriptor's word.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Soap11 => "soap-1.1",
            Self::Soap12 => "soap-1.2",
            Self::Json => "json",
        }
    }
}

/// What the pages say of one service.
#[derive(Clone, Debug)]
pub(crate) struct Service {
    pub name: Fact<String>,
    pub title: String,
    pub protocol: Fact<Protocol>,
    pub namespace: Fact<String>,
    /// By environment.
    pub endpoints: Vec<(String, Fact<String>)>,
    pub operations: Vec<Operation>,
    pub types: Vec<TypeTable>,
    pub enumerations: Vec<Enumeration>,
    /// Codes of pages that have no operation.
    pub catalogue: Vec<ErrorCode>,
}

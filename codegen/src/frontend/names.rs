//! References by QName: prefixes are resolved where they stand, and what is meant in spite of a
//! common mistake is found among the names that the inputs declare.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::xml::{Attribute, Element};
use crate::contract::{Builtin, QName, XML_SCHEMA};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};

/// The symbol spaces.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Type,
    Element,
    Attribute,
    Group,
    AttributeGroup,
    Message,
    PortType,
    Binding,
}

impl Kind {
    /// What people call it.
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Element => "element",
            Self::Attribute => "attribute",
            Self::Group => "group",
            Self::AttributeGroup => "attribute group",
            Self::Message => "message",
            Self::PortType => "port type",
            Self::Binding => "binding",
        }
    }
}

/// All global names that the inputs declare.
#[derive(Debug, Default)]
pub(super) struct Names {
    names: BTreeSet<(Kind, QName)>,
    namespaces: BTreeSet<Arc<str>>,
}

impl Names {
    pub(super) fn add(&mut self, kind: Kind, name: QName) {
        self.namespaces.insert(name.namespace.clone());
        self.names.insert((kind, name));
    }

    /// A component of WSDL: its namespace need not have a schema.
    pub(super) fn add_component(&mut self, kind: Kind, name: QName) {
        self.names.insert((kind, name));
    }

    /// A namespace that has a schema, be it an empty one.
    pub(super) fn add_namespace(&mut self, namespace: Arc<str>) {
        self.namespaces.insert(namespace);
    }

    pub(super) fn contains(&self, kind: Kind, name: &QName) -> bool {
        self.names.contains(&(kind, name.clone()))
    }

    pub(super) fn has_namespace(&self, namespace: &str) -> bool {
        self.namespaces.contains(namespace)
    }

    /// The name that a reference means. What cannot be mended stays as it is written, for the
    /// report on undeclared names.
    pub(super) fn reference(
        &self,
        kind: Kind,
        element: Element<'_>,
        attribute: Attribute<'_>,
        scope: &Namespaces,
        diagnostics: &mut Diagnostics,
    ) -> Option<QName> {
        let name = scope.qname(element, attribute, attribute.trimmed(), diagnostics)?;
        if self.contains(kind, &name) || &*name.namespace == XML_SCHEMA {
            return Some(name);
        }
        let written_for = |namespace: Arc<str>| QName {
            namespace,
            local: name.local.clone(),
        };
        let in_target = written_for(scope.target.clone());
        let mended = if self.contains(kind, &in_target) {
            in_target
        } else if kind == Kind::Type
            && name.namespace.is_empty()
            && Builtin::from_name(&name.local).is_some()
        {
            written_for(Arc::from(XML_SCHEMA))
        } else {
            return Some(name);
        };
        let of = |namespace: &str| match namespace {
            "" => "no namespace".to_owned(),
            namespace => format!("`{namespace}`"),
        };
        diagnostics.push(
            Diagnostic::warning(
                unresolved(kind),
                attribute.span(),
                format!(
                    "no {} `{}` in {}; the one in {} is taken",
                    kind.name(),
                    name.local,
                    of(&name.namespace),
                    of(&mended.namespace),
                ),
            )
            .help("write the name with the prefix of its namespace"),
        );
        Some(mended)
    }
}

fn unresolved(kind: Kind) -> Code {
    match kind {
        Kind::Type => Code::UnresolvedType,
        Kind::Element => Code::UnresolvedElement,
        Kind::Attribute => Code::UnresolvedAttribute,
        Kind::Group => Code::UnresolvedGroup,
        Kind::AttributeGroup => Code::UnresolvedAttributeGroup,
        Kind::Message => Code::UnresolvedMessage,
        Kind::PortType => Code::UnresolvedPortType,
        Kind::Binding => Code::UnresolvedBinding,
    }
}

/// What names without a prefix mean in one schema or WSDL document.
#[derive(Clone, Debug)]
pub(super) struct Namespaces {
    /// The target namespace, empty for none.
    pub(super) target: Arc<str>,
    /// The schema has the target namespace of the one that includes it: names in no namespace are
    /// names in the target namespace (Structures §4.2.1).
    pub(super) chameleon: bool,
}

impl Namespaces {
    /// A QName written in an attribute.
    pub(super) fn qname(
        &self,
        element: Element<'_>,
        attribute: Attribute<'_>,
        text: &str,
        diagnostics: &mut Diagnostics,
    ) -> Option<QName> {
        let (prefix, local) = text.split_once(':').unwrap_or(("", text));
        if local.is_empty() || local.contains(char::is_whitespace) {
            diagnostics.push(
                Diagnostic::error(
                    Code::InvalidValue,
                    attribute.span(),
                    format!("`{text}` is not a QName"),
                )
                .help("write `name` or `prefix:name`"),
            );
            return None;
        }
        match element.namespace_of(prefix) {
            None if prefix.is_empty() && self.chameleon => {
                Some(QName::new(self.target.clone(), local))
            }
            None if prefix.is_empty() => Some(QName::unqualified(local)),
            Some("") if self.chameleon => Some(QName::new(self.target.clone(), local)),
            Some(namespace) => Some(modern(namespace, local)),
            None => {
                let mut diagnostic = Diagnostic::error(
                    Code::UnboundPrefix,
                    attribute.span(),
                    format!("the prefix `{prefix}` is not bound to a namespace"),
                );
                diagnostic.help = Some(match nearest(prefix, element.prefixes()) {
                    Some(near) => format!("did you mean `{near}:{local}`?"),
                    None => format!("declare it: xmlns:{prefix}=\"…\""),
                });
                diagnostics.push(diagnostic);
                None
            }
        }
    }
}

/// The two working drafts of XML Schema that old services still use.
pub(super) const DRAFTS: [&str; 2] = [
    "http://www.w3.org/1999/XMLSchema",
    "http://www.w3.org/2000/10/XMLSchema",
];

/// The name in the final XML Schema namespace for a type of its working drafts.
fn modern(namespace: &str, local: &str) -> QName {
    if !DRAFTS.contains(&namespace) {
        return QName::new(namespace, local);
    }
    let local = match local {
        "timeInstant" => "dateTime",
        "timeDuration" | "recurringDuration" => "duration",
        "recurringDate" => "gMonthDay",
        "recurringDay" => "gDay",
        "month" => "gYearMonth",
        "year" => "gYear",
        "uriReference" | "uri" => "anyURI",
        "binary" => "base64Binary",
        "ur-type" => "anyType",
        "CDATA" => "normalizedString",
        other => other,
    };
    QName::new(XML_SCHEMA, local)
}

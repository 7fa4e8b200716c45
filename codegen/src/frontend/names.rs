//! References by QName: prefixes are resolved where they stand, and what is meant in spite of a
//! common mistake is found among the names that the inputs declare.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::xml::{Attribute, Element};
use crate::contract::{Builtin, QName, SOAP_ENCODING_11, XML_SCHEMA};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::namespace::WSDL;

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
    /// The one name with a local name; `None` if there are several.
    by_local: BTreeMap<(Kind, Arc<str>), Option<QName>>,
    namespaces: BTreeSet<Arc<str>>,
}

impl Names {
    pub(super) fn add(&mut self, kind: Kind, name: QName) {
        self.namespaces.insert(name.namespace.clone());
        self.add_component(kind, name);
    }

    /// A component of WSDL: its namespace need not have a schema.
    pub(super) fn add_component(&mut self, kind: Kind, name: QName) {
        self.by_local
            .entry((kind, name.local.clone()))
            .and_modify(|known| *known = known.take().filter(|known| *known == name))
            .or_insert_with(|| Some(name.clone()));
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

    /// The name that a reference means: `text`, which is all of the attribute or one word of it.
    /// What cannot be mended stays as it is written, for the report on undeclared names.
    pub(super) fn reference(
        &self,
        kind: Kind,
        element: Element<'_>,
        attribute: Attribute<'_>,
        text: &str,
        scope: &Namespaces,
        diagnostics: &mut Diagnostics,
    ) -> Option<QName> {
        let written = scope.read(element, text);
        let (local, mended, problem) = match &written {
            Written::Name(name) => {
                if self.contains(kind, name) || is_builtin(kind, name) {
                    return Some(name.clone());
                }
                let Some(mended) = self.mended(kind, Some(name), &name.local, scope) else {
                    return Some(name.clone());
                };
                let problem = format!(
                    "no {} `{}` in {}",
                    kind.name(),
                    name.local,
                    place(&name.namespace)
                );
                (name.local.to_string(), mended, problem)
            }
            Written::Unbound { prefix, local } => {
                let Some(mended) = self.mended(kind, None, local, scope) else {
                    diagnostics.push(unbound(element, attribute, prefix, local));
                    return Some(QName::unqualified(local.as_str()));
                };
                let problem = format!("the prefix `{prefix}` is not bound to a namespace");
                (local.clone(), mended, problem)
            }
            Written::Nonsense => {
                diagnostics.push(nonsense(attribute, text));
                return None;
            }
        };
        let code = match &written {
            Written::Unbound { .. } => Code::UnboundPrefix,
            _ => unresolved(kind),
        };
        let what = if *mended.local == *local {
            format!("the one in {}", place(&mended.namespace))
        } else {
            format!("`{}` in {}", mended.local, place(&mended.namespace))
        };
        let help = if mended.namespace.is_empty() {
            "write the name without a prefix, where no default namespace is declared".to_owned()
        } else if *mended.local == *local {
            "write the name with the prefix of its namespace".to_owned()
        } else {
            format!(
                "names tell capitals from small letters: write `{}`",
                mended.local
            )
        };
        diagnostics.push(
            Diagnostic::warning(
                code,
                attribute.span(),
                format!("{problem}; {what} is taken"),
            )
            .help(help),
        );
        Some(mended)
    }

    /// What a name that is not declared means in all likelihood.
    fn mended(
        &self,
        kind: Kind,
        name: Option<&QName>,
        local: &str,
        scope: &Namespaces,
    ) -> Option<QName> {
        let in_target = QName::new(scope.target.clone(), local);
        // The default namespace of a WSDL is often its own, where nobody declares types and elements.
        let nowhere = |name: &QName| name.namespace.is_empty() || &*name.namespace == WSDL;
        let without_namespace = name.is_none_or(nowhere);
        let of_schema = name.is_some_and(|name| &*name.namespace == XML_SCHEMA);
        if !of_schema && self.contains(kind, &in_target) {
            return Some(in_target);
        }
        if kind == Kind::Type && (without_namespace || of_schema) {
            let builtin = Builtin::ALL
                .iter()
                .map(|builtin| builtin.name())
                .find(|name| *name == local || of_schema && name.eq_ignore_ascii_case(local));
            if let Some(builtin) = builtin {
                return Some(QName::new(XML_SCHEMA, builtin));
            }
        }
        // Nobody adds to XML Schema: its prefix was written for another, or its namespace is the
        // default one of the document. Its own elements and groups are referred to, but not declared.
        let misplaced = of_schema && kind == Kind::Type && !self.has_namespace(XML_SCHEMA);
        if misplaced && self.contains(kind, &in_target) {
            return Some(in_target);
        }
        // What only one specification calls so.
        let encoded = [(Kind::Type, "Array"), (Kind::Attribute, "arrayType")];
        if name.is_none() && encoded.contains(&(kind, local)) {
            return Some(QName::new(SOAP_ENCODING_11, local));
        }
        // A name that says nothing of its namespace, and is declared once.
        let same = self.by_local.get(&(kind, Arc::from(local)));
        same.filter(|_| without_namespace || misplaced)?.clone()
    }
}

fn is_builtin(kind: Kind, name: &QName) -> bool {
    kind == Kind::Type
        && &*name.namespace == XML_SCHEMA
        && Builtin::from_name(&name.local).is_some()
}

fn place(namespace: &str) -> String {
    match namespace {
        "" => "no namespace".to_owned(),
        namespace => format!("`{namespace}`"),
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

/// A QName as it is written.
enum Written {
    Name(QName),
    Unbound { prefix: String, local: String },
    Nonsense,
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
        match self.read(element, text) {
            Written::Name(name) => Some(name),
            Written::Unbound { prefix, local } => {
                diagnostics.push(unbound(element, attribute, &prefix, &local));
                Some(QName::unqualified(local))
            }
            Written::Nonsense => {
                diagnostics.push(nonsense(attribute, text));
                None
            }
        }
    }

    fn read(&self, element: Element<'_>, text: &str) -> Written {
        let (prefix, local) = text.split_once(':').unwrap_or(("", text));
        if local.is_empty() || local.contains(char::is_whitespace) {
            return Written::Nonsense;
        }
        match element.namespace_of(prefix) {
            None | Some("") if prefix.is_empty() && self.chameleon => {
                Written::Name(QName::new(self.target.clone(), local))
            }
            None if prefix.is_empty() => Written::Name(QName::unqualified(local)),
            Some(namespace) => Written::Name(modern(namespace, local)),
            None => Written::Unbound {
                prefix: prefix.to_owned(),
                local: local.to_owned(),
            },
        }
    }
}

fn unbound(
    element: Element<'_>,
    attribute: Attribute<'_>,
    prefix: &str,
    local: &str,
) -> Diagnostic {
    let help = match nearest(prefix, element.prefixes()) {
        Some(near) => format!("did you mean `{near}:{local}`?"),
        None => format!("declare it: xmlns:{prefix}=\"…\""),
    };
    Diagnostic::warning(
        Code::UnboundPrefix,
        attribute.span(),
        format!(
            "the prefix `{prefix}` is not bound to a namespace; `{local}` is read as a name \
             without one"
        ),
    )
    .help(help)
}

fn nonsense(attribute: Attribute<'_>, text: &str) -> Diagnostic {
    Diagnostic::warning(
        Code::InvalidValue,
        attribute.span(),
        format!("`{text}` is not a QName; it is left out"),
    )
    .help("write `name` or `prefix:name`")
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

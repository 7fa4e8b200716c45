//! Reports names that nobody declares. Types and elements are read as `xs:anyType` then; what
//! concerns whole operations is left out by `resolve::operations`.

use std::collections::BTreeSet;

use crate::contract::{Arena, Contract, Definition, QName, Reference, Scope, XML_SCHEMA};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};

/// For how many names a similar one is looked for: that takes time for each name that is known, and
/// who misses more has left out a document.
const SUGGESTIONS: usize = 100;

/// A kind of component that others refer to.
struct Kind<T> {
    code: Code,
    /// What the specifications call it.
    what: &'static str,
    /// What becomes of the reference.
    recovery: &'static str,
    name: fn(&T) -> Option<&QName>,
    /// Nobody declares it.
    is_missing: fn(&T) -> bool,
    /// Another reference could have meant it.
    is_known: fn(&T) -> bool,
}

pub(super) fn resolve_references(contract: &Contract, diagnostics: &mut Diagnostics) {
    let mut report = Report {
        left: SUGGESTIONS,
        contract,
        diagnostics,
    };
    report.missing(
        contract.type_uses(),
        &contract.types,
        &Kind {
            code: Code::UnresolvedType,
            what: "type",
            recovery: "it is read as `xs:anyType`",
            name: |ty| ty.name.as_ref(),
            is_missing: |ty| matches!(ty.definition, Definition::Undeclared),
            is_known: |ty| !matches!(ty.definition, Definition::Undeclared),
        },
    );
    report.missing(
        contract.element_uses(),
        &contract.elements,
        &Kind {
            code: Code::UnresolvedElement,
            what: "element",
            recovery: "it is read as `xs:anyType`",
            name: |element| Some(&element.name),
            is_missing: |element| element.scope == Scope::Undeclared,
            is_known: |element| element.scope == Scope::Global,
        },
    );
    report.missing(
        contract.attribute_uses(),
        &contract.attributes,
        &Kind {
            code: Code::UnresolvedAttribute,
            what: "attribute",
            recovery: "it is read as text",
            name: |attribute| Some(&attribute.name),
            is_missing: |attribute| attribute.scope == Scope::Undeclared,
            is_known: |attribute| attribute.scope == Scope::Global,
        },
    );
    report.missing(
        contract.group_uses(),
        &contract.groups,
        &Kind {
            code: Code::UnresolvedGroup,
            what: "group",
            recovery: "it is left out",
            name: |group| Some(&group.name),
            is_missing: |group| group.group.is_none(),
            is_known: |group| group.group.is_some(),
        },
    );
    report.missing(
        contract.attribute_group_uses(),
        &contract.attribute_groups,
        &Kind {
            code: Code::UnresolvedAttributeGroup,
            what: "attribute group",
            recovery: "it is left out",
            name: |group| Some(&group.name),
            is_missing: |group| !group.declared,
            is_known: |group| group.declared,
        },
    );
    report.missing(
        contract.message_uses(),
        &contract.messages,
        &Kind {
            code: Code::UnresolvedMessage,
            what: "message",
            recovery: "it is read as a message without parts",
            name: |message| Some(&message.name),
            is_missing: |message| !message.declared,
            is_known: |message| message.declared,
        },
    );
    report.missing(
        contract.port_type_uses(),
        &contract.port_types,
        &Kind {
            code: Code::UnresolvedPortType,
            what: "port type",
            recovery: "the binding is left out",
            name: |port_type| Some(&port_type.name),
            is_missing: |port_type| !port_type.declared,
            is_known: |port_type| port_type.declared,
        },
    );
    report.missing(
        contract.binding_uses(),
        &contract.bindings,
        &Kind {
            code: Code::UnresolvedBinding,
            what: "binding",
            recovery: "the port is left out",
            name: |binding| Some(&binding.name),
            is_missing: |binding| !binding.declared,
            is_known: |binding| binding.declared,
        },
    );
}

struct Report<'d> {
    /// For how many names more a similar one is looked for.
    left: usize,
    contract: &'d Contract,
    diagnostics: &'d mut Diagnostics,
}

impl Report<'_> {
    /// One warning for each name that is not declared, at its first use.
    fn missing<T>(&mut self, uses: &[Reference<T>], arena: &Arena<T>, kind: &Kind<T>) {
        let nameless = QName::unqualified("");
        let mut reported = BTreeSet::new();
        for used in uses {
            let component = &arena[used.id];
            if !(kind.is_missing)(component) || !reported.insert(used.id) {
                continue;
            }
            let name = (kind.name)(component).unwrap_or(&nameless);
            let place = if name.namespace.is_empty() {
                "no namespace".to_owned()
            } else {
                format!("`{}`", name.namespace)
            };
            let Kind { what, recovery, .. } = kind;
            let message = format!("no {what} `{}` in {place}; {recovery}", name.local);
            let mut diagnostic = Diagnostic::warning(kind.code, used.span, message);
            let near = self.near(name, arena, kind);
            let help = match kind.code {
                Code::UnresolvedType => self.no_type(name),
                _ => None,
            };
            diagnostic.help = help.or_else(|| near.map(|near| format!("did you mean `{near}`?")));
            self.diagnostics.push(diagnostic);
        }
    }

    /// What to do about a name that can be that of no type.
    fn no_type(&self, name: &QName) -> Option<String> {
        if &*name.namespace == XML_SCHEMA {
            return Some("XML Schema has no built-in type of this name".to_owned());
        }
        let element = self.contract.find_element(name)?;
        let is_declared = self.contract.elements[element].scope == Scope::Global;
        is_declared.then(|| {
            format!(
                "`{}` is an element: refer to it by ref=\"…\", or give its type a name",
                name.local
            )
        })
    }

    /// The name of a component that is there and has a similar name.
    fn near<'a, T>(
        &mut self,
        name: &QName,
        arena: &'a Arena<T>,
        kind: &Kind<T>,
    ) -> Option<&'a str> {
        self.left = self.left.checked_sub(1)?;
        let known = arena.iter().map(|(_, component)| component);
        let names = known
            .filter(|component| (kind.is_known)(component))
            .filter_map(|component| (kind.name)(component))
            .map(|known| &*known.local);
        nearest(&name.local, names.filter(|known| *known != &*name.local))
    }
}

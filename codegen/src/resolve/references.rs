//! Reports names that nobody declares. Types and elements are read as `xs:anyType` then; what
//! concerns whole operations is left out by `resolve::operations`.

use std::cell::Cell;
use std::collections::BTreeSet;

use crate::contract::{Arena, Contract, Definition, Id, QName, Reference, Scope, XML_SCHEMA};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};

/// For how many names a similar one is looked for: that takes time for each name that is known, and
/// who misses more has left out a document.
const SUGGESTIONS: usize = 100;

pub(super) fn resolve_references(contract: &Contract, diagnostics: &mut Diagnostics) {
    let left = &Cell::new(SUGGESTIONS);
    let undeclared_type = |id| matches!(contract.types[id].definition, Definition::Undeclared);
    let type_names = || contract.type_names().map(|name| &*name.local);
    report(contract.type_uses(), undeclared_type, diagnostics, |id| {
        let name = type_name(contract, id);
        let found = missing(Code::UnresolvedType, "type", &name, left, || {
            type_names().collect()
        });
        let help = if &*name.namespace == XML_SCHEMA {
            Some("XML Schema has no built-in type of this name".to_owned())
        } else {
            None
        };
        (
            found.0,
            found.1,
            help.or(found.2),
            "it is read as `xs:anyType`",
        )
    });
    let elements = &contract.elements;
    let element_names = || contract.element_names().map(|name| &*name.local);
    report(
        contract.element_uses(),
        |id| elements[id].scope == Scope::Undeclared,
        diagnostics,
        |id| {
            let found = missing(
                Code::UnresolvedElement,
                "element",
                &elements[id].name,
                left,
                || element_names().collect(),
            );
            (found.0, found.1, found.2, "it is read as `xs:anyType`")
        },
    );
    let attributes = &contract.attributes;
    report(
        contract.attribute_uses(),
        |id| attributes[id].scope == Scope::Undeclared,
        diagnostics,
        |id| {
            let names = || {
                declared_names(attributes, |a| {
                    (a.scope == Scope::Global).then_some(&a.name)
                })
            };
            let found = missing(
                Code::UnresolvedAttribute,
                "attribute",
                &attributes[id].name,
                left,
                names,
            );
            (found.0, found.1, found.2, "it is read as text")
        },
    );
    let groups = &contract.groups;
    report(
        contract.group_uses(),
        |id| groups[id].group.is_none(),
        diagnostics,
        |id| {
            let names = || declared_names(groups, |g| g.group.as_ref().map(|_| &g.name));
            let found = missing(
                Code::UnresolvedGroup,
                "group",
                &groups[id].name,
                left,
                names,
            );
            (found.0, found.1, found.2, "it is left out")
        },
    );
    let attribute_groups = &contract.attribute_groups;
    report(
        contract.attribute_group_uses(),
        |id| !attribute_groups[id].declared,
        diagnostics,
        |id| {
            let names = || declared_names(attribute_groups, |g| g.declared.then_some(&g.name));
            let name = &attribute_groups[id].name;
            let found = missing(
                Code::UnresolvedAttributeGroup,
                "attribute group",
                name,
                left,
                names,
            );
            (found.0, found.1, found.2, "it is left out")
        },
    );
    let messages = &contract.messages;
    report(
        contract.message_uses(),
        |id| !messages[id].declared,
        diagnostics,
        |id| {
            let names = || declared_names(messages, |m| m.declared.then_some(&m.name));
            let found = missing(
                Code::UnresolvedMessage,
                "message",
                &messages[id].name,
                left,
                names,
            );
            (
                found.0,
                found.1,
                found.2,
                "it is read as a message without parts",
            )
        },
    );
    let port_types = &contract.port_types;
    report(
        contract.port_type_uses(),
        |id| !port_types[id].declared,
        diagnostics,
        |id| {
            let names = || declared_names(port_types, |p| p.declared.then_some(&p.name));
            let found = missing(
                Code::UnresolvedPortType,
                "port type",
                &port_types[id].name,
                left,
                names,
            );
            (found.0, found.1, found.2, "the binding is left out")
        },
    );
    let bindings = &contract.bindings;
    report(
        contract.binding_uses(),
        |id| !bindings[id].declared,
        diagnostics,
        |id| {
            let names = || declared_names(bindings, |b| b.declared.then_some(&b.name));
            let found = missing(
                Code::UnresolvedBinding,
                "binding",
                &bindings[id].name,
                left,
                names,
            );
            (found.0, found.1, found.2, "the port is left out")
        },
    );
}

/// Code, message, help.
type Found = (Code, String, Option<String>);

/// One warning for each name that is not declared, at its first use.
fn report<T>(
    uses: &[Reference<T>],
    is_missing: impl Fn(Id<T>) -> bool,
    diagnostics: &mut Diagnostics,
    describe: impl Fn(Id<T>) -> (Code, String, Option<String>, &'static str),
) {
    let mut reported = BTreeSet::new();
    for used in uses {
        if is_missing(used.id) && reported.insert(used.id) {
            let (code, message, help, recovery) = describe(used.id);
            let mut diagnostic =
                Diagnostic::warning(code, used.span, format!("{message}; {recovery}"));
            diagnostic.help = help;
            diagnostics.push(diagnostic);
        }
    }
}

fn missing<'a>(
    code: Code,
    what: &str,
    name: &QName,
    left: &Cell<usize>,
    known: impl FnOnce() -> Vec<&'a str>,
) -> Found {
    let help = (left.get() > 0).then(known).and_then(|known| {
        left.set(left.get() - 1);
        let others = known
            .into_iter()
            .filter(|candidate| *candidate != &*name.local);
        nearest(&name.local, others).map(|near| format!("did you mean `{near}`?"))
    });
    let place = if name.namespace.is_empty() {
        "no namespace".to_owned()
    } else {
        format!("`{}`", name.namespace)
    };
    (code, format!("no {what} `{}` in {place}", name.local), help)
}

fn declared_names<'a, T>(
    arena: &'a Arena<T>,
    name: impl Fn(&'a T) -> Option<&'a QName>,
) -> Vec<&'a str> {
    arena
        .iter()
        .filter_map(|(_, item)| name(item))
        .map(|name| &*name.local)
        .collect()
}

fn type_name(contract: &Contract, id: Id<crate::contract::TypeDefinition>) -> QName {
    contract.types[id]
        .name
        .clone()
        .unwrap_or_else(|| QName::unqualified(""))
}

//! How callers say who they are: any credentials will do, but they have to be there. No error has them.

use serde_json::Value;

use super::Request;
use super::json::members;
use super::rules::declaration;
use crate::contract::{
    Binding, Contract, Definition, ElementDeclaration, Id, Role, TypeDefinition,
};
use crate::frontend::xml::Element;

/// Records inside records deeper than this are not looked into.
const DEPTH: usize = 64;

/// Whether an element holds a user name or a password.
pub(super) fn is_one(element: &ElementDeclaration) -> bool {
    matches!(
        element.annotation.role,
        Some(Role::Username | Role::Password)
    )
}

/// The headers of HTTP that a binding demands.
pub(super) fn check_http(binding: &Binding, request: &Request, findings: &mut Vec<String>) {
    for header in &binding.authentication.http_headers {
        let prefix = header.prefix.trim_end();
        match request.header(&header.name.to_ascii_lowercase()) {
            None if header.required => {
                findings.push(format!("the header `{}` is missing", header.name));
            }
            None => {}
            Some(value) => match value.strip_prefix(prefix) {
                None => findings.push(format!(
                    "the header `{}` does not begin with `{}`",
                    header.name, header.prefix
                )),
                Some(rest) if rest.trim().is_empty() => {
                    findings.push(format!("the header `{}` is empty", header.name));
                }
                Some(_) => {}
            },
        }
    }
    let basic = { request.header("authorization") }.and_then(|value| value.strip_prefix("Basic "));
    if binding.authentication.basic && basic.is_none_or(|value| value.trim().is_empty()) {
        findings.push("the header `Authorization` with basic authentication is missing".to_owned());
    }
}

/// The credentials in an element and below it. What the schema demands is not said again.
pub(super) fn check_xml(
    contract: &Contract,
    element: Element<'_>,
    declared: &ElementDeclaration,
    path: &str,
    findings: &mut Vec<String>,
) {
    let mut search = Search { contract, findings };
    search.element(element, declared, path, Demand::Credential, 0);
}

/// The credentials below an element of this type.
pub(super) fn check_below(
    contract: &Contract,
    element: Element<'_>,
    id: Id<TypeDefinition>,
    path: &str,
    findings: &mut Vec<String>,
) {
    if let Definition::Complex(complex) = &contract.types[id].definition {
        for child in element.children() {
            if let Some(inner) = declaration(contract, complex, child) {
                let path = format!("{path}/{}", child.name());
                check_xml(contract, child, inner, &path, findings);
            }
        }
    }
}

/// What has to hold something.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Demand {
    /// User names and passwords.
    Credential,
    /// Every value: it is one of a record of credentials.
    Value,
}

/// A search for credentials that are missing or empty.
struct Search<'c, 'f> {
    contract: &'c Contract,
    findings: &'f mut Vec<String>,
}

impl Search<'_, '_> {
    fn element(
        &mut self,
        element: Element<'_>,
        declared: &ElementDeclaration,
        path: &str,
        demand: Demand,
        depth: usize,
    ) {
        let contract = self.contract;
        let definition = &contract.types[declared.type_definition].definition;
        let Definition::Complex(complex) = definition else {
            let is_demanded = demand == Demand::Value || is_one(declared);
            if is_demanded && element.text().trim().is_empty() {
                let finding = format!("{path}: the credential is empty");
                self.findings.push(finding);
            }
            return;
        };
        if depth > DEPTH {
            return;
        }
        let is_record =
            demand == Demand::Value || declared.annotation.role == Some(Role::Credentials);
        let members = members(contract, complex);
        for child in element.children() {
            if let Some(inner) = declaration(contract, complex, child) {
                let path = format!("{path}/{}", child.name());
                // Of a record of credentials those count that have to be there.
                let has_to_be = { members.iter() }
                    .any(|(member, occurs)| member.name == inner.name && occurs.min > 0);
                let demand = match is_record && has_to_be {
                    true => Demand::Value,
                    false => Demand::Credential,
                };
                self.element(child, inner, &path, demand, depth + 1);
            }
        }
        for (member, occurs) in members {
            let is_there = { element.children() }.any(|child| *child.name() == *member.name.local);
            if occurs.min == 0 && is_one(member) && !is_there {
                self.findings.push(format!(
                    "{path}/{}: the credential is missing",
                    member.name.local
                ));
            }
        }
    }
}

/// The credentials in a value of JSON; records inside are of other calls.
pub(super) fn check_json(
    contract: &Contract,
    declared: &ElementDeclaration,
    value: &Value,
    path: &str,
    findings: &mut Vec<String>,
) {
    let is_empty = |value: &Value| value.as_str().is_some_and(|text| text.trim().is_empty());
    if is_one(declared) && is_empty(value) {
        findings.push(format!("{path}: the credential is empty"));
    }
    let definition = &contract.types[declared.type_definition].definition;
    if let (Some(Role::Credentials), Definition::Complex(complex)) =
        (declared.annotation.role, definition)
    {
        for (member, occurs) in members(contract, complex) {
            let name = &*member.name.local;
            let is_said = is_one(member);
            if occurs.min > 0 && !is_said && value.get(name).is_some_and(is_empty) {
                findings.push(format!("{path}/{name}: the credential is empty"));
            }
        }
    }
}

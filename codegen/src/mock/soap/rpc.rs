//! Bodies of rpc style: the parts in the element of the operation, and values of the SOAP encoding
//! (SOAP 1.1 §5, SOAP 1.2 Part 2 §3).

use std::collections::BTreeMap;

use castile::Limits;
use castile::validation::Component;

use super::super::array;
use super::super::json::members;
use super::super::{Mock, credentials, rules};
use super::{Bound, body_parts, standing_alone};
use crate::contract::{
    Builtin, ComplexType, Content, Definition, ElementDeclaration, Id, Occurs, PartContent, QName,
    SOAP_ENCODING_12, SOAP_ENCODINGS, TypeDefinition, Use, XML_SCHEMA,
};
use crate::diagnostic::nearest;
use crate::export::escaped;
use crate::frontend::xml::Element;
use crate::namespace::XML_SCHEMA_INSTANCE;

/// Values inside values, by references too, deeper than this are not looked at:
/// `trail` has an entry for each.
const DEPTH: usize = 100;

/// As many values are looked at: references make of a small message a large one.
const VALUES: usize = 100_000;

/// Holds the parts of a request against the contract.
pub(super) fn check(
    mock: &Mock,
    operation: Bound<'_>,
    root: Element<'_>,
    wrapper: Element<'_>,
    findings: &mut Vec<String>,
) {
    let Some(input) = &operation.declared.input else {
        return;
    };
    let contract = &mock.contract;
    let is_encoded = operation.bound.input.body.use_ == Use::Encoded;
    let parts = body_parts(contract, input, &operation.bound.input);
    let names = || parts.iter().map(|part| part.name.as_str());
    let around = wrapper.name();
    for child in wrapper.children() {
        let name = child.name();
        if !names().any(|known| known == name) {
            let help = match nearest(name, names()) {
                Some(near) => format!("; did you mean `{near}`?"),
                None => String::new(),
            };
            findings.push(format!("{around}/{name}: there is no such part{help}"));
        } else if !is_encoded && !child.namespace().is_empty() {
            findings.push(format!("{around}/{name}: a part is in no namespace"));
        }
    }
    let mut encoded = Encoded {
        mock,
        ids: ids(root),
        left: VALUES,
        findings: Vec::new(),
    };
    for part in &parts {
        let path = format!("{around}/{}", part.name);
        let Some(child) = wrapper.children().find(|child| child.name() == part.name) else {
            findings.push(format!("{path}: the part is missing"));
            continue;
        };
        let PartContent::Type(id) = part.content else {
            continue;
        };
        if is_encoded {
            encoded.value(child, id, &path, false, &mut Vec::new());
        } else {
            literal(mock, child, id, &path, findings);
        }
    }
    findings.append(&mut encoded.findings);
}

/// A value by the letter of its type.
fn literal(
    mock: &Mock,
    element: Element<'_>,
    id: Id<TypeDefinition>,
    path: &str,
    findings: &mut Vec<String>,
) {
    let contract = &mock.contract;
    let Some(name) = &contract.types[id].name else {
        return;
    };
    let component = Component::Type {
        namespace: &name.namespace,
        local: &name.local,
    };
    let document = standing_alone(element);
    let judged = mock
        .schema
        .validate_as(&component, document.as_bytes(), &Limits::default());
    for found in judged.err().iter().flat_map(|violations| violations.iter()) {
        let inner = found
            .path()
            .strip_prefix(element.name())
            .unwrap_or_default();
        findings.push(format!(
            "{path}{inner}: {} ({})",
            found.message(),
            found.rule()
        ));
    }
    rules::check(contract, element, id, path, findings);
    credentials::check_below(contract, element, id, path, findings);
}

/// What is wrong with a value of a type that is not the declared one, and does not come from it.
fn misfit(said: &str) -> String {
    format!("it says that it is of type `{said}`, which does not fit")
}

/// The elements that references may lead to.
fn ids(root: Element<'_>) -> BTreeMap<&str, Element<'_>> {
    let mut ids = BTreeMap::new();
    for element in root.descendants() {
        let id = element.attribute("id");
        if let Some(id) = id.or_else(|| element.attribute_in(SOAP_ENCODING_12, "id")) {
            ids.insert(id.trimmed(), element);
        }
    }
    ids
}

/// The values of an encoded message.
struct Encoded<'m, 'e> {
    mock: &'m Mock,
    ids: BTreeMap<&'e str, Element<'e>>,
    left: usize,
    findings: Vec<String>,
}

impl<'m, 'e> Encoded<'m, 'e> {
    fn say(&mut self, path: &str, what: &str) {
        self.findings.push(format!("{path}: {what}"));
    }

    /// A value, or what a reference to it leads to.
    fn value(
        &mut self,
        element: Element<'e>,
        declared: Id<TypeDefinition>,
        path: &str,
        is_secret: bool,
        trail: &mut Vec<&'e str>,
    ) {
        if trail.len() > DEPTH || self.left == 0 {
            return;
        }
        self.left -= 1;
        let reference = element.attribute("href").map(|href| href.trimmed());
        let reference = match reference {
            Some(href) => Some(href.strip_prefix('#').unwrap_or(href)),
            None => element
                .attribute_in(SOAP_ENCODING_12, "ref")
                .map(|id| id.trimmed()),
        };
        if let Some(reference) = reference {
            let target = self.ids.get(reference).copied();
            match target {
                None => self.say(path, "it refers to an `id` that the message does not have"),
                Some(_) if trail.contains(&reference) => {
                    self.say(path, "it refers to itself, by way of others");
                }
                Some(target) => {
                    trail.push(reference);
                    self.value(target, declared, path, is_secret, trail);
                    trail.pop();
                }
            }
            return;
        }
        let nil = element.attribute_in(XML_SCHEMA_INSTANCE, "nil");
        if nil.is_some_and(|nil| matches!(nil.trimmed(), "true" | "1")) {
            return;
        }
        let contract = &self.mock.contract;
        let id = self.sent_type(element, declared, path);
        if id == contract.builtin(Builtin::AnyType) {
            return;
        }
        if let Some(item) = array::item(contract, id) {
            self.items(element, &item, path, trail);
            return;
        }
        match &contract.types[id].definition {
            Definition::Complex(complex) if !matches!(complex.content, Content::Simple(_)) => {
                self.accessors(element, complex, path, trail);
            }
            Definition::Complex(_) | Definition::Simple(_) => {
                self.text(element, id, path, is_secret);
            }
            Definition::Undeclared => {}
        }
    }

    /// The type that a value says it is of, where that is the declared one or comes from it.
    fn sent_type(
        &mut self,
        element: Element<'e>,
        declared: Id<TypeDefinition>,
        path: &str,
    ) -> Id<TypeDefinition> {
        let contract = &self.mock.contract;
        let Some(said) = element.attribute_in(XML_SCHEMA_INSTANCE, "type") else {
            return declared;
        };
        let said = said.trimmed();
        let (prefix, local) = said.split_once(':').unwrap_or(("", said));
        let namespace = element.namespace_of(prefix).unwrap_or_default();
        // The simple types of the encodings are those of XML Schema, with attributes.
        let namespace = match SOAP_ENCODINGS.contains(&namespace) && local != "Array" {
            true => XML_SCHEMA,
            false => namespace,
        };
        let is_simple = |id| matches!(contract.types[id].definition, Definition::Simple(_));
        if SOAP_ENCODINGS.contains(&namespace) {
            if is_simple(declared) {
                self.say(path, &misfit(said));
            }
            return declared;
        }
        let Some(found) = contract.find_type(&QName::new(namespace, local)) else {
            return declared;
        };
        let anything = contract.builtin(Builtin::AnyType);
        let mut at = Some(found);
        for _ in 0..DEPTH {
            let Some(id) = at else { break };
            if id == declared || declared == anything {
                return found;
            }
            at = match &contract.types[id].definition {
                Definition::Complex(complex) => complex.derivation.as_ref().map(|from| from.base),
                _ => None,
            };
        }
        // What is written in another way may have the same values.
        let is_array = array::item(contract, declared).is_some();
        if !is_array && is_simple(found) != is_simple(declared) {
            self.say(path, &misfit(said));
        }
        declared
    }

    fn items(
        &mut self,
        element: Element<'e>,
        item: &array::Item,
        path: &str,
        trail: &mut Vec<&'e str>,
    ) {
        if !item.is_flat() {
            return;
        }
        let count = element.children().count();
        let size = array::said_size(element);
        if let Some(size) = size.filter(|size| *size != count) {
            self.say(
                path,
                &format!("it says that it has {size} items, and has {count}"),
            );
        }
        trail.push("");
        for (index, child) in element.children().enumerate() {
            let path = format!("{path}[{}]", index + 1);
            self.value(child, item.type_definition, &path, false, trail);
        }
        trail.pop();
    }

    fn accessors(
        &mut self,
        element: Element<'e>,
        complex: &'m ComplexType,
        path: &str,
        trail: &mut Vec<&'e str>,
    ) {
        let all = self.members(complex);
        let find = |name: &str| { all.iter() }.find(|(member, _)| *member.name.local == *name);
        trail.push("");
        for child in element.children() {
            let path = format!("{path}/{}", child.name());
            match find(child.name()) {
                Some((member, _)) => {
                    let is_secret = member.annotation.secret || credentials::is_one(member);
                    self.value(child, member.type_definition, &path, is_secret, trail);
                }
                None => self.say(&path, "there is no such member"),
            }
        }
        trail.pop();
        for (member, occurs) in &all {
            let name = &*member.name.local;
            let is_there = element.children().any(|child| child.name() == name);
            if occurs.min > 0 && !is_there {
                self.say(&format!("{path}/{name}"), "it is missing");
            }
        }
    }

    /// The members of a type, what it inherits first.
    fn members(&self, complex: &'m ComplexType) -> Vec<(&'m ElementDeclaration, Occurs)> {
        let contract = &self.mock.contract;
        let mut chain = vec![complex];
        while let Some(derivation) = { chain.last() }.and_then(|last| last.derivation.as_ref()) {
            match &contract.types[derivation.base].definition {
                Definition::Complex(base) if chain.len() < DEPTH => chain.push(base),
                _ => break,
            }
        }
        let steps = chain.into_iter().rev();
        steps.flat_map(|step| members(contract, step)).collect()
    }

    fn text(&mut self, element: Element<'e>, id: Id<TypeDefinition>, path: &str, is_secret: bool) {
        if element.children().next().is_some() {
            return self.say(path, "a value is expected, and elements are there");
        }
        let contract = &self.mock.contract;
        // The validator knows types by their names.
        let mut at = Some(id);
        let mut name = None;
        while let (Some(id), None) = (at, name) {
            let definition = &contract.types[id];
            name = definition.name.as_ref();
            at = match &definition.definition {
                Definition::Simple(simple) => match simple.variety {
                    crate::contract::Variety::Restriction(base) => base,
                    _ => None,
                },
                _ => None,
            };
        }
        let Some(name) = name else { return };
        let component = Component::Type {
            namespace: &name.namespace,
            local: &name.local,
        };
        let document = format!("<v>{}</v>", escaped(&element.text()));
        let judged =
            self.mock
                .schema
                .validate_as(&component, document.as_bytes(), &Limits::default());
        let Err(violations) = judged else { return };
        // A built-in type that no schema mentions is not among its types.
        for found in violations.iter().filter(|found| found.rule() != "schema") {
            let what = match is_secret {
                true => format!("the value does not fit its type ({})", found.rule()),
                false => format!("{} ({})", found.message(), found.rule()),
            };
            self.findings.push(format!("{path}: {what}"));
        }
    }
}

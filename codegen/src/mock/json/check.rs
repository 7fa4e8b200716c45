//! Requests of JSON, held against the record of their operation.

use std::collections::BTreeMap;

use serde_json::Value;

use super::super::credentials::check_json;
use super::{Kind, decoded, kind, members};
use crate::contract::{
    ComplexType, Contract, Definition, ElementDeclaration, Facets, Location, RuleKind, Variety,
};
use crate::mock::Request;

/// Holds parameters and body against the record of a request.
pub(super) fn check_request(
    contract: &Contract,
    complex: &ComplexType,
    request: &Request,
    path: &BTreeMap<String, String>,
    findings: &mut Vec<String>,
) {
    let query = request
        .target
        .split_once('?')
        .map_or("", |(_, query)| query);
    let pairs: Vec<(String, String)> = { query.split('&').filter(|pair| !pair.is_empty()) }
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
        .map(|(name, value)| (decoded(name), decoded(&value.replace('+', " "))))
        .collect();
    let all = members(contract, complex);
    for (element, occurs) in &all {
        let name = &*element.name.local;
        let (place, values): (_, Vec<String>) = match element.annotation.location {
            Location::Path => ("path", path.get(name).cloned().into_iter().collect()),
            Location::Query => {
                let given = pairs.iter().filter(|(known, _)| known == name);
                ("query", given.map(|(_, value)| value.clone()).collect())
            }
            Location::HttpHeader => {
                let given = request.header(&name.to_ascii_lowercase());
                ("header", given.map(str::to_owned).into_iter().collect())
            }
            Location::Body | Location::Attachment => continue,
        };
        if values.is_empty() && occurs.min > 0 {
            findings.push(format!("{place}/{name}: it is missing"));
        }
        for value in values {
            let value = match kind(contract, element.type_definition) {
                Kind::Integer | Kind::Number | Kind::Boolean => {
                    serde_json::from_str(&value).unwrap_or(Value::String(value))
                }
                _ => Value::String(value),
            };
            check_value(
                contract,
                element,
                &value,
                &format!("{place}/{name}"),
                0,
                findings,
            );
        }
    }
    for (name, _) in &pairs {
        let is_known = all.iter().any(|(element, _)| {
            element.annotation.location == Location::Query && *element.name.local == **name
        });
        if !is_known {
            findings.push(format!("query/{name}: there is no such parameter"));
        }
    }
    if !all
        .iter()
        .any(|(element, _)| element.annotation.location == Location::Body)
    {
        return;
    }
    match serde_json::from_slice::<Value>(&request.body) {
        Ok(Value::Object(object)) => {
            check_object(contract, complex, &object, "", 0, findings);
        }
        Ok(_) => findings.push("the body is no object".to_owned()),
        Err(error) => findings.push(format!(
            "the body is no JSON: line {}, column {}",
            error.line(),
            error.column()
        )),
    }
}

fn check_object(
    contract: &Contract,
    complex: &ComplexType,
    object: &serde_json::Map<String, Value>,
    path: &str,
    depth: usize,
    findings: &mut Vec<String>,
) {
    let all = members(contract, complex);
    for (element, occurs) in &all {
        if element.annotation.location != Location::Body {
            continue;
        }
        let name = &*element.name.local;
        let path = if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}/{name}")
        };
        match object.get(name) {
            None if occurs.min > 0 => findings.push(format!("{path}: it is missing")),
            None => {}
            Some(Value::Array(items)) if occurs.is_repeated() => {
                let count = u64::try_from(items.len()).unwrap_or(u64::MAX);
                if occurs.max.is_some_and(|max| count > max) || count < occurs.min && occurs.min > 1
                {
                    findings.push(format!("{path}: {count} items, {occurs} are expected"));
                }
                for (index, item) in items.iter().enumerate() {
                    let path = format!("{path}[{}]", index + 1);
                    check_value(contract, element, item, &path, depth, findings);
                }
            }
            Some(_) if occurs.is_repeated() => {
                findings.push(format!("{path}: an array is expected"))
            }
            Some(value) => check_value(contract, element, value, &path, depth, findings),
        }
    }
    for name in object.keys() {
        if !all.iter().any(|(element, _)| *element.name.local == **name) {
            let path = if path.is_empty() {
                name.clone()
            } else {
                format!("{path}/{name}")
            };
            findings.push(format!("{path}: there is no such member"));
        }
    }
    for rule in &complex.rules {
        let given = { rule.members.iter() }
            .filter(|name| {
                object
                    .get(name.as_str())
                    .is_some_and(|value| !value.is_null())
            })
            .count();
        let is_first = { rule.members.first() }.is_some_and(|name| {
            object
                .get(name.as_str())
                .is_some_and(|value| !value.is_null())
        });
        let is_kept = match rule.kind {
            RuleKind::ExactlyOne => given == 1,
            RuleKind::AtMostOne => given <= 1,
            RuleKind::AtLeastOne => given >= 1,
            RuleKind::Requires => !is_first || given == rule.members.len(),
            RuleKind::Excludes => !is_first || given == 1,
        };
        if !is_kept {
            let names = rule.members.join("`, `");
            findings.push(format!(
                "{path}/: the rule {:?} of `{names}` is broken",
                rule.kind
            ));
        }
    }
}

/// Holds one value against the type of its element. Values are never shown: they may be secret.
fn check_value(
    contract: &Contract,
    element: &ElementDeclaration,
    value: &Value,
    path: &str,
    depth: usize,
    findings: &mut Vec<String>,
) {
    if value.is_null() && element.nillable {
        return;
    }
    let id = element.type_definition;
    let kind = kind(contract, id);
    let (fits, expected) = match kind {
        Kind::Anything => return,
        Kind::Object => (value.is_object(), "an object"),
        Kind::Text => (value.is_string(), "a text"),
        Kind::Boolean => (value.is_boolean(), "true or false"),
        Kind::Number => (value.is_number(), "a number"),
        Kind::Integer => (value.is_i64() || value.is_u64(), "a whole number"),
    };
    if !fits {
        let null = if element.nillable { " or null" } else { "" };
        return findings.push(format!("{path}: {expected}{null} is expected"));
    }
    check_json(contract, element, value, path, findings);
    if let (Value::Object(object), Definition::Complex(complex)) =
        (value, &contract.types[id].definition)
    {
        if depth < 64 {
            check_object(contract, complex, object, path, depth + 1, findings);
        }
        return;
    }
    let text = match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut at = id;
    for _ in 0..=contract.types.len() {
        let Definition::Simple(simple) = &contract.types[at].definition else {
            return;
        };
        check_facets(&simple.facets, kind, &text, path, findings);
        match &simple.variety {
            Variety::Restriction(Some(base)) if simple.builtin.is_none() => at = *base,
            _ => return,
        }
    }
}

fn check_facets(facets: &Facets, kind: Kind, text: &str, path: &str, findings: &mut Vec<String>) {
    if kind == Kind::Text {
        let length = u64::try_from(text.chars().count()).unwrap_or(u64::MAX);
        if let Some(most) = facets
            .length
            .or(facets.max_length)
            .filter(|most| length > *most)
        {
            findings.push(format!("{path}: {length} characters, {most} are allowed"));
        }
        if let Some(least) = facets
            .length
            .or(facets.min_length)
            .filter(|least| length < *least)
        {
            findings.push(format!("{path}: {length} characters, {least} are expected"));
        }
    } else {
        let digits = text.trim_start_matches('-');
        let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
        let total = u64::try_from(whole.trim_start_matches('0').len() + fraction.len());
        let fraction = u64::try_from(fraction.len()).unwrap_or(u64::MAX);
        if let Some(most) = facets
            .total_digits
            .filter(|most| total.unwrap_or(u64::MAX) > *most)
        {
            findings.push(format!("{path}: more than {most} digits"));
        }
        if let Some(most) = facets.fraction_digits.filter(|most| fraction > *most) {
            findings.push(format!("{path}: more than {most} digits behind the point"));
        }
    }
    let is_listed = facets.enumeration.iter().any(|listed| listed.value == text);
    if !facets.enumeration.is_empty() && !facets.open && !is_listed {
        let known: Vec<&str> = facets
            .enumeration
            .iter()
            .map(|listed| listed.value.as_str())
            .collect();
        findings.push(format!("{path}: none of {}", known.join(", ")));
    }
}

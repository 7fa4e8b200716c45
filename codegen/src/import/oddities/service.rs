//! What is not on the page of the service as a whole: addresses, actions, credentials, faults.

use super::{Odd, Page};
use crate::contract::folded;
use crate::import::description::{Direction, Operation, Protocol};
use crate::import::dictionary::fold;

pub(super) fn check(page: &Page<'_>, odd: &mut Odd<'_>) {
    addresses(page, odd);
    let is_soap = matches!(
        page.service.protocol.value,
        Some(Protocol::Soap11 | Protocol::Soap12)
    );
    for operation in &page.service.operations {
        if is_soap && operation.action.is_none() {
            odd.say(
                "L24",
                operation.name.span,
                "the page does not say the SOAP action of the operation",
            );
        }
        wrappers(operation, odd);
        sides(operation, odd);
        faults(operation, odd);
        let has_secret = page.fields().any(|field| field.secret);
        let speaks = ["authoriz", "authentic", "api key", "uwierzyteln"];
        let text = page.text.to_lowercase();
        if !has_secret && !speaks.iter().any(|word| text.contains(word)) {
            odd.say(
                "L24",
                operation.span,
                "nothing on the page says how a caller shows who it is",
            );
        }
    }
}

fn addresses(page: &Page<'_>, odd: &mut Odd<'_>) {
    let mut first = None;
    let mut versions: Vec<String> = Vec::new();
    for (at, line) in page.lines() {
        let Some(offset) = line.find("://") else {
            continue;
        };
        if line.contains("?wsdl") || line.contains("?WSDL") {
            odd.say(
                "L24",
                page.span(at, line.len()),
                "the address is that of the WSDL; messages go to it without `?wsdl`",
            );
        }
        for part in line[offset..].split(['/', '"', '?', '|', '>', '<', ' ', '.']) {
            let digits = part.trim_start_matches(|c: char| !c.is_ascii_digit());
            let before = part[..part.len() - digits.len()].chars().next_back();
            if matches!(before, Some('v' | 'V'))
                && digits.bytes().all(|byte| byte.is_ascii_digit())
                && !versions.iter().any(|known| known == digits)
            {
                versions.push(digits.to_owned());
                first.get_or_insert((at, line.len()));
            }
        }
    }
    if let Some((at, length)) = first.filter(|_| versions.len() > 1) {
        odd.say(
            "L24",
            page.span(at, length),
            format!(
                "the addresses and namespaces have several versions: {}",
                versions.join(", ")
            ),
        );
    }
    let tests = ["test", "uat", "sandbox", "staging", "preprod"];
    let is_test = |name: &str| tests.iter().any(|word| name.to_lowercase().contains(word));
    let known: Vec<_> = { page.service.endpoints.iter() }
        .filter(|(_, address)| address.value.is_some())
        .collect();
    if let Some((name, address)) = known.first()
        && known.iter().all(|(name, _)| is_test(name))
    {
        odd.say(
            "L24",
            address.span,
            format!("the page has the address of `{name}` only, and not that of production"),
        );
    }
}

/// The roots of request and response in two manners of writing.
fn wrappers(operation: &Operation, odd: &mut Odd<'_>) {
    let root = |message: &Option<crate::import::description::Message>| {
        let wrapper = &message.as_ref()?.wrapper;
        Some((wrapper.value.as_ref()?.first()?.clone(), wrapper.span))
    };
    if let (Some((request, span)), Some((response, _))) =
        (root(&operation.request), root(&operation.response))
    {
        let is_small = |name: &str| name.starts_with(char::is_lowercase);
        if is_small(&request) != is_small(&response) {
            odd.say(
                "L16",
                span,
                format!("`{request}` begins in another case than `{response}`: is an element around it lost?"),
            );
        }
    }
}

/// A table without an example of its message, where the other side has one.
fn sides(operation: &Operation, odd: &mut Odd<'_>) {
    let has = |direction| { operation.samples.iter() }.any(|sample| sample.direction == direction);
    let sides = [
        (
            &operation.request,
            Direction::Request,
            Direction::Response,
            "request",
        ),
        (
            &operation.response,
            Direction::Response,
            Direction::Request,
            "response",
        ),
    ];
    for (message, direction, other, name) in sides {
        if let Some(message) = message
            && message.described
            && !has(direction)
            && has(other)
        {
            let span = { message.record.fields.first() }.map_or(message.wrapper.span, |f| f.span);
            odd.say(
                "L19",
                span,
                format!("the {name} has a table and no example; the other side has one"),
            );
        }
    }
}

/// Codes that travel in the answer, and descriptions of codes that name what the request has not.
fn faults(operation: &Operation, odd: &mut Odd<'_>) {
    let response = operation
        .response
        .iter()
        .flat_map(|message| &message.record.fields);
    let code = response.clone().find(|field| {
        let beside = |name: &str| {
            { response.clone() }
                .any(|other| other.parents == field.parents && fold(other.shown()) == name)
        };
        fold(field.shown()) == "code"
            && (beside("description") || beside("message") || beside("severity"))
    });
    if let Some(code) = code
        && !operation.faults.is_empty()
    {
        odd.say(
            "L24",
            code.span,
            format!(
                "codes of errors travel in the answer (`{}`): a call may fail without a fault",
                code.path().join("/")
            ),
        );
    }
    let names: Vec<String> = { operation.request.iter().chain(&operation.response) }
        .flat_map(|message| &message.record.fields)
        .flat_map(|field| [folded(field.shown()), folded(field.wire_name())])
        .collect();
    let Some(request) = &operation.request else {
        return;
    };
    for fault in &operation.faults {
        let words: Vec<&str> = fault.meaning.split_whitespace().collect();
        for pair in words.windows(2).skip(1) {
            let [one, two] = pair else { continue };
            let is_title = |word: &str| {
                word.starts_with(char::is_uppercase) && word.chars().skip(1).any(char::is_lowercase)
            };
            let name = folded(&format!("{one}{two}"));
            if is_title(one) && is_title(two) && !one.ends_with('.') && !names.contains(&name) {
                odd.say(
                    "L17",
                    fault.span,
                    format!(
                        "`{}` is described by `{one} {}`, which none of the {} fields of the request is: a copy",
                        fault.code,
                        two.trim_end_matches(['.', ',']),
                        request.record.fields.len()
                    ),
                );
            }
        }
    }
}

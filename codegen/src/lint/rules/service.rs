//! What is said of the service as a whole.

use super::{Report, Subject};
use crate::contract::{Action, BindingOperation};

/// L24.
pub(super) fn unknown(subject: &Subject<'_>, report: &mut Report<'_>) {
    for (_, binding) in subject.contract.bindings.iter() {
        let mut operations = binding.operations.iter();
        let is_unknown =
            |operation: &&BindingOperation| matches!(operation.action, Action::Unknown { .. });
        let Some(first) = operations.by_ref().find(is_unknown) else {
            continue;
        };
        let of = match operations.filter(is_unknown).count() {
            0 => format!("`{}`", first.name),
            more => format!("`{}` and {more} more operations", first.name),
        };
        report(
            first.span,
            format!("nobody knows the SOAP action of {of}"),
            "call the service once and note what it takes; until then callers must say it"
                .to_owned(),
        );
    }
    for address in addresses(subject) {
        let environment = address.environment.as_deref().unwrap_or("service");
        if address.location.is_none() {
            report(
                address.span,
                format!("nobody knows the address of `{environment}`"),
                "ask the provider; until then callers must say it".to_owned(),
            );
        }
    }
}

/// Words that stand where a name should.
const PLACEHOLDERS: &[&str] = &[
    "your-",
    "your_",
    "yourhost",
    "yourdomain",
    "hostname",
    "placeholder",
    "changeme",
    "todo",
    "localhost",
    "127.0.0.1",
    "xxx",
    "tempuri",
];

/// L28.
pub(super) fn placeholders(subject: &Subject<'_>, report: &mut Report<'_>) {
    for address in addresses(subject) {
        let Some(location) = &address.location else {
            continue;
        };
        let host = location.split("://").nth(1).unwrap_or(location);
        let host = host
            .split(['/', '?'])
            .next()
            .unwrap_or_default()
            .to_lowercase();
        let is_marked =
            host.contains(['{', '}', '<', '>', '[', '$', '%']) && !host.starts_with('[');
        if is_marked || PLACEHOLDERS.iter().any(|word| host.contains(word)) {
            report(
                address.span,
                format!("the host of `{location}` is a placeholder"),
                "write the real host, or `?` so that callers say it".to_owned(),
            );
        }
    }
}

fn addresses<'a>(subject: &Subject<'a>) -> impl Iterator<Item = &'a crate::contract::Address> {
    let ports = subject
        .contract
        .services
        .iter()
        .flat_map(|service| &service.ports);
    ports.flat_map(|port| &port.addresses)
}

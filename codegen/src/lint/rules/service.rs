//! What is said of the service as a whole.

use super::{Report, Subject};
use crate::contract::Action;

/// L24.
pub(super) fn unknown(subject: &Subject<'_>, report: &mut Report<'_>) {
    for (_, binding) in subject.contract.bindings.iter() {
        for operation in &binding.operations {
            if let Action::Unknown { .. } = operation.action {
                report(
                    operation.span,
                    format!("nobody knows the SOAP action of `{}`", operation.name),
                    "call the service once and note what it takes; until then callers must say it"
                        .to_owned(),
                );
            }
        }
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

//! Port types and types (Basic Profile 1.1, §4.3 and §4.5).

use std::collections::BTreeSet;

use super::super::{Report, Subject};
use super::first_of;
use crate::contract::{Definition, Id, Operation, QName, Transmission, TypeDefinition};
use crate::source::Span;

/// Says of each port type which of its operations are so.
fn each(
    subject: &Subject<'_>,
    report: &mut Report<'_>,
    is_so: &dyn Fn(&Operation) -> bool,
    what: &str,
    help: &str,
) {
    for (_, port_type) in subject.contract.port_types.iter() {
        let found = || { port_type.operations.iter() }.filter(|operation| is_so(operation));
        let names: Vec<String> = found().map(|operation| operation.name.clone()).collect();
        if let Some(first) = found().next() {
            report(
                first.span,
                format!("{} of `{}`: {what}", first_of(&names), port_type.name.local),
                help.to_owned(),
            );
        }
    }
}

/// R2303.
pub(in super::super) fn directions(subject: &Subject<'_>, report: &mut Report<'_>) {
    let is_so = |operation: &Operation| {
        matches!(
            operation.transmission,
            Transmission::SolicitResponse | Transmission::Notification
        )
    };
    let what = "the service begins, and nothing says how it reaches the caller";
    each(
        subject,
        report,
        &is_so,
        what,
        "describe what the caller offers as a service of its own",
    );
}

/// R2304.
pub(in super::super) fn overloaded(subject: &Subject<'_>, report: &mut Report<'_>) {
    for (_, port_type) in subject.contract.port_types.iter() {
        let mut seen = BTreeSet::new();
        let mut said = BTreeSet::new();
        for operation in &port_type.operations {
            if !seen.insert(&operation.name) && said.insert(&operation.name) {
                report(
                    operation.span,
                    format!(
                        "`{}` of `{}` is overloaded: several operations have that name",
                        operation.name, port_type.name.local
                    ),
                    "give each a name of its own: many tools see the last one only".to_owned(),
                );
            }
        }
    }
}

/// R2305.
pub(in super::super) fn parameter_order(subject: &Subject<'_>, report: &mut Report<'_>) {
    let contract = subject.contract;
    let is_so = |operation: &Operation| {
        let order = &operation.parameter_order;
        let output = operation.output.as_ref().map(|output| output.message);
        let parts = output
            .iter()
            .flat_map(|message| &contract.messages[*message].parts);
        !order.is_empty() && parts.filter(|part| !order.contains(&part.name)).count() > 1
    };
    let what = "parameterOrder leaves out several parts of the answer";
    each(
        subject,
        report,
        &is_so,
        what,
        "list them: one part can be the return value, and no more",
    );
}

/// R2110, R2111.
pub(in super::super) fn arrays(subject: &Subject<'_>, report: &mut Report<'_>) {
    let contract = subject.contract;
    let is_array = |id: Id<TypeDefinition>| {
        let name = contract.types[id].name.as_ref();
        name.is_some_and(QName::is_encoded_array)
    };
    let found: Vec<(String, Span)> = { contract.types.iter() }
        .filter(|(_, definition)| match &definition.definition {
            Definition::Complex(complex) => {
                let from = complex
                    .derivation
                    .as_ref()
                    .map(|derivation| derivation.base);
                from.is_some_and(is_array) || { complex.attributes.iter() }
                    .any(|used| used.array_type.is_some())
            }
            _ => false,
        })
        .map(|(_, definition)| {
            let name = definition.name.as_ref();
            (
                name.map_or("a type", |name| &name.local).to_owned(),
                definition.span,
            )
        })
        .collect();
    let names: Vec<String> = found.iter().map(|(name, _)| name.clone()).collect();
    if let Some((_, span)) = found.first() {
        report(
            *span,
            format!("{} is an array of the SOAP encoding", first_of(&names)),
            "declare a sequence of elements with maxOccurs: literal messages have no arrayType"
                .to_owned(),
        );
    }
}

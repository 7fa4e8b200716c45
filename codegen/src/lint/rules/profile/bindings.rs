//! Bindings of SOAP (Basic Profile 1.1, §4.4 and §4.7).

use std::collections::BTreeMap;

use super::super::{Report, Subject};
use super::first_of;
use crate::contract::{
    Binding, BindingOperation, Contract, Header, Message, MessageBinding, Operation, Part,
    PartContent, Protocol, SoapVersion, Style, Use,
};
use crate::namespace::SOAP_OVER_HTTP;

/// An operation of a binding of SOAP.
struct Bound<'c> {
    contract: &'c Contract,
    bound: &'c BindingOperation,
    operation: Option<&'c Operation>,
    style: Style,
}

/// One message of an operation, as it is bound.
struct Side<'c> {
    message: &'c Message,
    binding: &'c MessageBinding,
}

impl<'c> Bound<'c> {
    fn sides(&self) -> impl Iterator<Item = Side<'c>> {
        let operation = self.operation;
        let input = operation.and_then(|operation| operation.input.as_ref());
        let output = operation.and_then(|operation| operation.output.as_ref());
        let sides = [(input, &self.bound.input), (output, &self.bound.output)];
        let contract = self.contract;
        sides.into_iter().filter_map(move |(reference, binding)| {
            let message = &contract.messages[reference?.message];
            Some(Side { message, binding })
        })
    }

    fn headers(&self) -> impl Iterator<Item = &'c Header> {
        { [&self.bound.input, &self.bound.output].into_iter() }.flat_map(|side| &side.headers)
    }

    fn is_literal(&self) -> bool {
        { self.sides() }.all(|side| side.binding.body.use_ == Use::Literal)
    }

    fn is(&self, style: Style) -> bool {
        self.style == style && self.is_literal()
    }
}

impl<'c> Side<'c> {
    /// The parts that the body has.
    fn parts(&self) -> Vec<&'c Part> {
        let parts = self.message.parts.iter();
        match &self.binding.body.parts {
            Some(names) => parts.filter(|part| names.contains(&part.name)).collect(),
            None => parts.filter(|part| !self.is_elsewhere(part)).collect(),
        }
    }

    fn is_elsewhere(&self, part: &Part) -> bool {
        let binding = self.binding;
        { binding.headers.iter() }.any(|header| header.part == part.name) || {
            binding.attachments.iter()
        }
        .any(|attachment| attachment.part == part.name)
    }
}

/// The bindings of SOAP, with their operations.
fn bindings(contract: &Contract) -> impl Iterator<Item = (&Binding, Vec<Bound<'_>>)> {
    contract.bindings.iter().filter_map(|(_, binding)| {
        let Protocol::Soap { style, .. } = binding.protocol else {
            return None;
        };
        let operations = &contract.port_types[binding.port_type].operations;
        let bound = binding.operations.iter().map(|bound| {
            let named = || { operations.iter() }.filter(|operation| operation.name == bound.name);
            let is_input = |operation: &&Operation| {
                let name = operation.input.as_ref().map(|input| &input.name);
                bound.input_name.is_none() || name == bound.input_name.as_ref()
            };
            Bound {
                contract,
                bound,
                operation: named().find(is_input).or_else(|| named().next()),
                style: bound.style.unwrap_or(style),
            }
        });
        Some((binding, bound.collect()))
    })
}

/// Says of each binding which of its operations are so.
fn each(
    subject: &Subject<'_>,
    report: &mut Report<'_>,
    is_so: &dyn Fn(&Bound<'_>) -> bool,
    what: &str,
    help: &str,
) {
    for (binding, operations) in bindings(subject.contract) {
        let found: Vec<&Bound<'_>> = operations.iter().filter(|bound| is_so(bound)).collect();
        let names: Vec<String> = found.iter().map(|bound| bound.bound.name.clone()).collect();
        if let Some(first) = found.first() {
            report(
                first.bound.span,
                format!("{} of `{}`: {what}", first_of(&names), binding.name.local),
                help.to_owned(),
            );
        }
    }
}

/// R2201.
pub(in super::super) fn most_parts_listed(subject: &Subject<'_>, report: &mut Report<'_>) {
    let is_so = |bound: &Bound<'_>| {
        let lists = |side: Side<'_>| {
            side.binding
                .body
                .parts
                .as_ref()
                .is_some_and(|p| p.len() > 1)
        };
        bound.is(Style::Document) && bound.sides().any(lists)
    };
    let what = "a body of document style lists several parts";
    each(
        subject,
        report,
        &is_so,
        what,
        "give the message one part, whose element has the others in it",
    );
}

/// R2210.
pub(in super::super) fn most_parts(subject: &Subject<'_>, report: &mut Report<'_>) {
    let is_so = |bound: &Bound<'_>| {
        let has = |side: Side<'_>| side.binding.body.parts.is_none() && side.parts().len() > 1;
        bound.is(Style::Document) && bound.sides().any(has)
    };
    let what = "a message of document style has several parts, and the body does not say which";
    each(
        subject,
        report,
        &is_so,
        what,
        "give the message one part, whose element has the others in it",
    );
}

/// R2203.
pub(in super::super) fn literal_types(subject: &Subject<'_>, report: &mut Report<'_>) {
    let is_so = |bound: &Bound<'_>| {
        let is_element = |part: &&Part| matches!(part.content, PartContent::Element(_));
        bound.is(Style::Rpc)
            && bound
                .sides()
                .any(|side| side.parts().iter().any(is_element))
    };
    let what = "a part of a body of rpc style has an element, and no type";
    each(
        subject,
        report,
        &is_so,
        what,
        "write `type` at the part: the accessor has the part's name",
    );
}

/// R2204.
pub(in super::super) fn literal_elements(subject: &Subject<'_>, report: &mut Report<'_>) {
    let is_so = |bound: &Bound<'_>| {
        let is_type = |part: &&Part| matches!(part.content, PartContent::Type(_));
        bound.is(Style::Document) && bound.sides().any(|side| side.parts().iter().any(is_type))
    };
    let what = "a part of a body of document style has a type, and no element";
    each(
        subject,
        report,
        &is_so,
        what,
        "declare an element of the type, and write `element` at the part",
    );
}

/// R2205.
pub(in super::super) fn header_elements(subject: &Subject<'_>, report: &mut Report<'_>) {
    let is_so = |bound: &Bound<'_>| {
        let contract = bound.contract;
        let is_type = |part: &Part| matches!(part.content, PartContent::Type(_));
        let of_header = |header: &Header| {
            let places = [(header.message, &header.part)].into_iter();
            let faults = header.faults.iter().map(|(message, part)| (*message, part));
            places.chain(faults).any(|(message, name)| {
                let mut parts = contract.messages[message].parts.iter();
                parts.any(|part| part.name == *name && is_type(part))
            })
        };
        let faults = bound
            .operation
            .iter()
            .flat_map(|operation| &operation.faults);
        let is_literal = { bound.bound.faults.iter() }.all(|fault| fault.use_ == Use::Literal);
        let mut faults = faults.filter(|_| is_literal);
        bound.is_literal()
            && (bound.headers().any(of_header)
                || faults.any(|fault| contract.messages[fault.message].parts.iter().any(is_type)))
    };
    let what = "the part of a header or fault has a type, and no element";
    each(
        subject,
        report,
        &is_so,
        what,
        "declare an element of the type, and write `element` at the part",
    );
}

/// R2706.
pub(in super::super) fn encoded(subject: &Subject<'_>, report: &mut Report<'_>) {
    let is_so = |bound: &Bound<'_>| {
        let mut faults = bound.bound.faults.iter();
        !bound.is_literal()
            || bound.headers().any(|header| header.use_ == Use::Encoded)
            || faults.any(|fault| fault.use_ == Use::Encoded)
    };
    let what = "the messages are SOAP-encoded";
    each(
        subject,
        report,
        &is_so,
        what,
        "offer a binding with use=\"literal\" beside it: few tools know the encoding",
    );
}

/// R2716.
pub(in super::super) fn no_namespace(subject: &Subject<'_>, report: &mut Report<'_>) {
    let is_so = |bound: &Bound<'_>| {
        let mut bodies = bound.sides();
        bound.is(Style::Document)
            && (bodies.any(|side| side.binding.body.namespace.is_some()) || has_namespace(bound))
    };
    let what = "a message of document style says a namespace where it is bound";
    each(
        subject,
        report,
        &is_so,
        what,
        "take `namespace` out: the element has one",
    );
}

/// Whether headers or faults say a namespace.
fn has_namespace(bound: &Bound<'_>) -> bool {
    let mut faults = bound.bound.faults.iter();
    bound.headers().any(|header| header.namespace.is_some())
        || faults.any(|fault| fault.namespace.is_some())
}

/// R2726.
pub(in super::super) fn part_namespace(subject: &Subject<'_>, report: &mut Report<'_>) {
    let is_so = |bound: &Bound<'_>| bound.is(Style::Rpc) && has_namespace(bound);
    let what = "a header or fault of rpc style says a namespace where it is bound";
    each(
        subject,
        report,
        &is_so,
        what,
        "take `namespace` out: the element has one",
    );
}

/// R2717.
pub(in super::super) fn body_namespace(subject: &Subject<'_>, report: &mut Report<'_>) {
    let is_so = |bound: &Bound<'_>| {
        let is_absolute = |namespace: &String| namespace.contains(':');
        let has = |side: Side<'_>| {
            side.binding
                .body
                .namespace
                .as_ref()
                .is_some_and(is_absolute)
        };
        bound.is(Style::Rpc) && !bound.sides().all(has)
    };
    let what = "a body of rpc style has no namespace, or a relative one";
    each(
        subject,
        report,
        &is_so,
        what,
        "say at soap:body in which `namespace` the element of the operation is",
    );
}

/// R2702.
pub(in super::super) fn transport(subject: &Subject<'_>, report: &mut Report<'_>) {
    for (binding, _) in bindings(subject.contract) {
        let Protocol::Soap {
            transport, version, ..
        } = &binding.protocol
        else {
            continue;
        };
        let is_http = transport == SOAP_OVER_HTTP
            || *version == SoapVersion::Soap12
                && transport == "http://www.w3.org/2003/05/soap/bindings/HTTP/";
        if !is_http {
            report(
                binding.span,
                format!(
                    "`{}` has the transport `{transport}`, and not HTTP",
                    binding.name.local
                ),
                "write `http://schemas.xmlsoap.org/soap/http`, if it is HTTP".to_owned(),
            );
        }
    }
}

/// R2705.
pub(in super::super) fn styles(subject: &Subject<'_>, report: &mut Report<'_>) {
    for (binding, operations) in bindings(subject.contract) {
        let of = |style| { operations.iter() }.find(|bound| bound.style == style);
        if let (Some(document), Some(rpc)) = (of(Style::Document), of(Style::Rpc)) {
            report(
                binding.span,
                format!(
                    "`{}` mixes styles: `{}` is of document style, `{}` of rpc style",
                    binding.name.local, document.bound.name, rpc.bound.name
                ),
                "give each style a binding of its own".to_owned(),
            );
        }
    }
}

/// What a request begins with, by which servers tell operations apart.
fn signature(bound: &Bound<'_>) -> Option<String> {
    let side = bound.sides().next()?;
    if !bound.is_literal() {
        return None;
    }
    if bound.style == Style::Rpc {
        let namespace = side.binding.body.namespace.as_deref().unwrap_or_default();
        return Some(format!("{{{namespace}}}{}", bound.bound.name));
    }
    match side.parts().first()?.content {
        PartContent::Element(id) => Some(bound.contract.elements[id].name.to_string()),
        PartContent::Type(_) => None,
    }
}

/// R2710.
pub(in super::super) fn signatures(subject: &Subject<'_>, report: &mut Report<'_>) {
    for (binding, operations) in bindings(subject.contract) {
        let mut known: BTreeMap<String, Vec<&Bound<'_>>> = BTreeMap::new();
        for bound in operations
            .iter()
            .filter(|bound| { bound.operation }.is_some_and(|operation| operation.input.is_some()))
        {
            if let Some(signature) = signature(bound) {
                known.entry(signature).or_default().push(bound);
            }
        }
        let mut alike = known.iter().filter(|(_, bound)| bound.len() > 1);
        let Some((signature, [first, second, ..])) =
            { alike.next() }.map(|(signature, bound)| (signature, &bound[..]))
        else {
            continue;
        };
        let more = match alike.count() {
            0 => String::new(),
            more => format!("; so are those of {more} more requests"),
        };
        report(
            second.bound.span,
            format!(
                "`{}` and `{}` of `{}` are one on the wire: both are `{signature}`{more}",
                first.bound.name, second.bound.name, binding.name.local
            ),
            "a server can tell them apart by the SOAP action alone: give each an element of its own"
                .to_owned(),
        );
    }
}

/// R2718.
pub(in super::super) fn operations_bound(subject: &Subject<'_>, report: &mut Report<'_>) {
    for (binding, operations) in bindings(subject.contract) {
        let port_type = &subject.contract.port_types[binding.port_type];
        if !port_type.declared {
            continue;
        }
        let bound: Vec<&str> = operations
            .iter()
            .map(|bound| bound.bound.name.as_str())
            .collect();
        let unbound: Vec<String> = { port_type.operations.iter() }
            .filter(|operation| !bound.contains(&operation.name.as_str()))
            .map(|operation| operation.name.clone())
            .collect();
        if !unbound.is_empty() {
            report(
                binding.span,
                format!(
                    "`{}` does not bind {} of `{}`",
                    binding.name.local,
                    first_of(&unbound),
                    port_type.name.local
                ),
                "bind every operation, or make a port type without it".to_owned(),
            );
        }
    }
}

/// R2711.
pub(in super::super) fn addresses(subject: &Subject<'_>, report: &mut Report<'_>) {
    let contract = subject.contract;
    for service in &contract.services {
        let mut known: BTreeMap<(SoapVersion, &str), &str> = BTreeMap::new();
        for port in &service.ports {
            let Protocol::Soap { version, .. } = contract.bindings[port.binding].protocol else {
                continue;
            };
            for address in &port.addresses {
                let Some(location) = &address.location else {
                    continue;
                };
                let first = *known.entry((version, location)).or_insert(&port.name);
                if first != port.name {
                    report(
                        address.span,
                        format!(
                            "`{}` and `{first}` have one address: `{location}`",
                            port.name
                        ),
                        "give each port an address of its own, or make one port of them".to_owned(),
                    );
                }
            }
        }
    }
}

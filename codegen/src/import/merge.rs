//! Several pages, extractions or languages of one service to one description.
//!
//! The first page that states a fact keeps it. What it does not know, lost, or guessed is taken from the
//! next; where both state something else, the first stands and the report says so.

use super::description::*;
use super::finding::{Findings, Kind};

/// Adds what `other` says to `service`.
pub(crate) fn merge(service: &mut Service, other: Service, findings: &mut Findings) {
    fact(
        &mut service.name,
        other.name,
        "name of the service",
        findings,
    );
    fact(&mut service.protocol, other.protocol, "protocol", findings);
    fact(
        &mut service.namespace,
        other.namespace,
        "namespace",
        findings,
    );
    for (name, address) in other.endpoints {
        match service
            .endpoints
            .iter_mut()
            .find(|(known, _)| *known == name)
        {
            Some((_, known)) => fact(known, address, "address", findings),
            None => service.endpoints.push((name, address)),
        }
    }
    for theirs in other.operations {
        let same = |known: &Operation| match (&known.name.value, &theirs.name.value) {
            (Some(a), Some(b)) => a.eq_ignore_ascii_case(b),
            _ => false,
        };
        match service.operations.iter_mut().find(|known| same(known)) {
            Some(known) => operation(known, theirs, findings),
            None => service.operations.push(theirs),
        }
    }
    for theirs in other.types {
        let known = service
            .types
            .iter_mut()
            .find(|known| known.name.value.is_some() && known.name.value == theirs.name.value);
        match known {
            Some(known) => record(&mut known.record, theirs.record, findings),
            None => service.types.push(theirs),
        }
    }
    for theirs in other.enumerations {
        let known = service
            .enumerations
            .iter()
            .any(|known| known.name.value == theirs.name.value);
        if !known {
            service.enumerations.push(theirs);
        }
    }
    codes(&mut service.catalogue, other.catalogue);
}

fn operation(known: &mut Operation, theirs: Operation, findings: &mut Findings) {
    if known.name.confidence == Confidence::Guess && theirs.name.confidence != Confidence::Guess {
        known.name = theirs.name;
    }
    if known.prose.is_empty() {
        known.prose = theirs.prose;
    }
    known.method = known.method.take().or(theirs.method);
    known.path = known.path.take().or(theirs.path);
    known.action = known.action.take().or(theirs.action);
    message(&mut known.request, theirs.request, findings);
    message(&mut known.response, theirs.response, findings);
    for status in theirs.statuses {
        if !known.statuses.iter().any(|other| other.code == status.code) {
            known.statuses.push(status);
        }
    }
    codes(&mut known.faults, theirs.faults);
    for rule in theirs.rules {
        if !known
            .rules
            .iter()
            .any(|other| other.kind == rule.kind && other.members == rule.members)
        {
            known.rules.push(rule);
        }
    }
    for sample in theirs.samples {
        if !known.samples.iter().any(|other| other.text == sample.text) {
            known.samples.push(sample);
        }
    }
}

fn message(known: &mut Option<Message>, theirs: Option<Message>, findings: &mut Findings) {
    let Some(theirs) = theirs else { return };
    match known {
        Some(known) => {
            fact(
                &mut known.wrapper,
                theirs.wrapper,
                "element of the message",
                findings,
            );
            record(&mut known.record, theirs.record, findings);
            known.described |= theirs.described;
        }
        None => *known = Some(theirs),
    }
}

fn codes(known: &mut Vec<ErrorCode>, theirs: Vec<ErrorCode>) {
    for code in theirs {
        match known.iter_mut().find(|other| other.code == code.code) {
            Some(other) if other.meaning.is_empty() => other.meaning = code.meaning,
            Some(_) => {}
            None => known.push(code),
        }
    }
}

/// Fields by name; nameless ones by their place among those of their container, where both sides
/// have as many.
fn record(known: &mut Record, theirs: Record, findings: &mut Findings) {
    lend_names(known, &theirs, findings);
    let mut theirs = theirs;
    lend_names(&mut theirs, known, findings);
    let mut after = 0;
    for field in theirs.fields {
        let path = field.path();
        match known.fields.iter().position(|other| other.path() == path) {
            Some(at) => {
                one_field(&mut known.fields[at], field, findings);
                after = at + 1;
            }
            None => {
                findings.push(
                    Kind::Oddity,
                    "L02",
                    field.span,
                    format!("`{}` is on this page and not on the other", path.join("/")),
                );
                known.fields.insert(after.min(known.fields.len()), field);
                after += 1;
            }
        }
    }
}

/// Gives nameless fields the names of the other side's in the same places.
fn lend_names(known: &mut Record, theirs: &Record, findings: &mut Findings) {
    let mut levels: Vec<Vec<String>> = Vec::new();
    let mut at = 0;
    while at < known.fields.len() {
        let parents = known.fields[at].parents.clone();
        at += 1;
        if levels.contains(&parents) {
            continue;
        }
        levels.push(parents.clone());
        let here: Vec<usize> = (0..known.fields.len())
            .filter(|&at| known.fields[at].parents == parents)
            .collect();
        let there: Vec<&Field> = theirs
            .fields
            .iter()
            .filter(|field| field.parents == parents)
            .collect();
        let fits = here.len() == there.len()
            && here.iter().zip(&there).all(|(&at, other)| {
                let name = &known.fields[at].name.value;
                name.is_none() || other.name.value.is_none() || *name == other.name.value
            });
        if !fits {
            continue;
        }
        for (&field, other) in here.iter().zip(&there) {
            if known.fields[field].name.value.is_none()
                && let Some(name) = &other.name.value
            {
                let reason =
                    format!("the name is lost on one page; the other has `{name}` in this place");
                findings.push(
                    Kind::Repair,
                    "L25",
                    known.fields[field].span,
                    reason.clone(),
                );
                known.rename(field, Fact::mended(name.clone(), other.span, reason));
            }
        }
    }
}

fn one_field(known: &mut Field, theirs: Field, findings: &mut Findings) {
    let path = known.path().join("/");
    if known.wire.is_none() {
        known.wire = theirs.wire;
    }
    if known.location.value == Some(Location::Body) && theirs.location.value != Some(Location::Body)
    {
        known.location = theirs.location;
    }
    fact(
        &mut known.occurs,
        theirs.occurs,
        &format!("occurrence of `{path}`"),
        findings,
    );
    fact(
        &mut known.kind,
        theirs.kind,
        &format!("type of `{path}`"),
        findings,
    );
    optional(
        &mut known.nillable,
        theirs.nillable,
        &format!("nillability of `{path}`"),
        findings,
    );
    optional(
        &mut known.max,
        theirs.max,
        &format!("size of `{path}`"),
        findings,
    );
    optional(
        &mut known.item,
        theirs.item,
        &format!("items of `{path}`"),
        findings,
    );
    if known.values.is_none() {
        known.values = theirs.values;
    }
    known.default = known.default.take().or(theirs.default);
    known.example = known.example.take().or(theirs.example);
    known.deprecated |= theirs.deprecated;
    known.secret |= theirs.secret;
    if known.prose.is_empty() {
        known.prose = theirs.prose;
    }
    for witness in theirs.witnesses {
        known.saw(witness);
    }
}

fn optional<T: PartialEq>(
    known: &mut Option<Fact<T>>,
    theirs: Option<Fact<T>>,
    what: &str,
    findings: &mut Findings,
) {
    match (known.as_mut(), theirs) {
        (Some(known), Some(theirs)) => fact(known, theirs, what, findings),
        (None, Some(theirs)) => *known = Some(theirs),
        (_, None) => {}
    }
}

/// The surer of two statements.
fn fact<T: PartialEq>(known: &mut Fact<T>, theirs: Fact<T>, what: &str, findings: &mut Findings) {
    let Some(value) = &theirs.value else { return };
    match &known.value {
        None => *known = theirs,
        Some(ours) if ours == value => {
            if theirs.confidence < known.confidence {
                *known = theirs;
            }
        }
        Some(_) if theirs.confidence < known.confidence => *known = theirs,
        Some(_) if known.confidence < theirs.confidence => {}
        Some(_) => findings.push(
            Kind::Oddity,
            "L05",
            theirs.span,
            format!("the {what} is another here than on the page before; that one's is kept"),
        ),
    }
}

//! Contracts changed at random: nothing that changes the generated code or what contracts promise goes
//! by unnoticed.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test says so by panicking"
)]

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use castile_codegen::contract::{
    Action, AttributePresence, Builtin, Compositor, Content, Contract, Definition, Id, Occurs,
    Particle, QName, Scope, Term, TypeDefinition, ValueConstraint, XML_SCHEMA,
};
use castile_codegen::diagnostic::Diagnostics;
use castile_codegen::diff::{self, Side};
use castile_codegen::settings::Settings;
use castile_codegen::source::Sources;
use castile_codegen::{Generator, emit, resolve, rust};

/// SplitMix64: the same numbers for the same seed, everywhere.
struct Dice(u64);

impl Dice {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, bound: usize) -> usize {
        usize::try_from(self.next() % u64::try_from(bound.max(1)).unwrap()).unwrap()
    }

    fn of<T: Clone>(&mut self, items: &[T]) -> Option<T> {
        items.get(self.below(items.len())).cloned()
    }
}

fn contracts() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap();
    let mut found: Vec<PathBuf> = [
        "schemas/collector/payment-service.md",
        "schemas/collector/information-service.md",
        "schemas/apaczka/webservice.md",
        "schemas/worldline/connect-client.md",
        "schemas/collector/wsdl/InformationService.wsdl",
    ]
    .map(|path| root.join(path))
    .into();
    for case in fs::read_dir(root.join("tests/cases/generate")).unwrap() {
        let directory = case.unwrap().path();
        let inputs = ["input.wsdl", "input.xsd", "input.md"].map(|name| directory.join(name));
        found.extend(inputs.into_iter().filter(|path| path.is_file()));
    }
    found.sort();
    found
}

/// A side, and the files that are generated; `None` for a contract that cannot be.
fn made(contract: &Contract) -> Option<(Side, BTreeMap<String, String>)> {
    let mut diagnostics = Diagnostics::new();
    let resolved = resolve::resolve(contract.clone(), &mut diagnostics)?;
    let lowered = rust::lower(&resolved, &Settings::new());
    let tree = emit::emit(&lowered.krate, &emit::Options::default());
    let files = tree
        .iter()
        .map(|(path, text)| (path.to_owned(), text.to_owned()))
        .collect();
    Some((Side::new(resolved, lowered, Sources::default()), files))
}

/// The particles of a group, at any depth.
fn particles<'p>(particle: &'p mut Particle, found: &mut Vec<&'p mut Particle>) {
    let is_group = matches!(particle.term, Term::Group(_));
    if !is_group {
        found.push(particle);
        return;
    }
    if let Term::Group(group) = &mut particle.term {
        for inner in &mut group.particles {
            particles(inner, found);
        }
    }
}

fn complex_types(contract: &Contract) -> Vec<Id<TypeDefinition>> {
    let is_own = |definition: &TypeDefinition| {
        let is_complex = matches!(&definition.definition, Definition::Complex(complex)
            if matches!(complex.content, Content::Elements(_)));
        is_complex
            && definition
                .name
                .as_ref()
                .is_none_or(|name| &*name.namespace != XML_SCHEMA)
    };
    let types = contract
        .types
        .iter()
        .filter(|(_, definition)| is_own(definition));
    types.map(|(id, _)| id).collect()
}

fn simple_types(contract: &Contract) -> Vec<Id<TypeDefinition>> {
    let is_own = |definition: &TypeDefinition| matches!(&definition.definition, Definition::Simple(simple) if simple.builtin.is_none());
    let types = contract
        .types
        .iter()
        .filter(|(_, definition)| is_own(definition));
    types.map(|(id, _)| id).collect()
}

/// Changes something; says what. `None` if the contract has nothing of the kind.
fn mutate(contract: &mut Contract, dice: &mut Dice) -> Option<String> {
    let builtins = [
        Builtin::String,
        Builtin::Int,
        Builtin::Long,
        Builtin::Decimal,
        Builtin::Date,
        Builtin::Boolean,
        Builtin::Token,
        Builtin::UnsignedByte,
    ];
    let builtin = dice.of(&builtins)?;
    let type_ = contract.builtin(builtin);
    let elements: Vec<_> = contract.elements.ids().collect();
    let kind = dice.below(18);
    match kind {
        0 => {
            let id = dice.of(&elements)?;
            contract.elements[id].nillable ^= true;
            Some(format!("nillable of {}", contract.elements[id].name))
        }
        1 => {
            let id = dice.of(&elements)?;
            contract.elements[id].type_definition = type_;
            Some(format!(
                "type of {} to {builtin:?}",
                contract.elements[id].name
            ))
        }
        2 => {
            let locals: Vec<_> = { contract.elements.iter() }
                .filter(|(_, element)| element.scope == Scope::Local)
                .map(|(id, _)| id)
                .collect();
            let id = dice.of(&locals)?;
            let name = contract.elements[id].name.clone();
            contract.elements[id].name =
                QName::new(name.namespace.clone(), format!("{}X", name.local));
            Some(format!("name of {name}"))
        }
        3..=6 => {
            let id = dice.of(&complex_types(contract))?;
            let name = contract.types[id].name.clone();
            let Definition::Complex(complex) = &mut contract.types[id].definition else {
                return None;
            };
            let Content::Elements(particle) = &mut complex.content else {
                return None;
            };
            if let (5, Term::Group(group)) = (kind, &mut particle.term) {
                // Gone, or moved.
                let at = dice.below(group.particles.len());
                if group.particles.is_empty() {
                    return None;
                }
                let gone = group.particles.remove(at);
                if dice.below(2) == 0 {
                    group.particles.push(gone);
                    return Some(format!("particle {at} of {name:?} moved to the end"));
                }
                return Some(format!("particle {at} of {name:?} removed"));
            }
            if let (6, Term::Group(group)) = (kind, &mut particle.term) {
                group.compositor = match group.compositor {
                    Compositor::Choice => Compositor::Sequence,
                    _ => Compositor::Choice,
                };
                return Some(format!("compositor of {name:?}"));
            }
            let mut found = Vec::new();
            particles(particle, &mut found);
            let at = dice.below(found.len());
            let particle = found.get_mut(at)?;
            let occurs = [
                Occurs::ONCE,
                Occurs::OPTIONAL,
                Occurs::ANY,
                Occurs {
                    min: 2,
                    max: Some(5),
                },
            ];
            particle.occurs = dice.of(&occurs)?;
            Some(format!(
                "occurrence of particle {at} of {name:?} to {}",
                particle.occurs
            ))
        }
        7..=9 => {
            let id = dice.of(&simple_types(contract))?;
            let name = contract.types[id].name.clone();
            let Definition::Simple(simple) = &mut contract.types[id].definition else {
                return None;
            };
            let facets = &mut simple.facets;
            match kind {
                7 => facets.max_length = Some(7),
                8 if facets.enumeration.is_empty() => facets.patterns.push("[a-z]+".to_owned()),
                8 => {
                    facets.enumeration.pop();
                }
                _ => facets.max_inclusive = Some("12".to_owned()),
            }
            Some(format!("facet {kind} of {name:?}"))
        }
        10 => {
            let types = complex_types(contract);
            let with: Vec<_> = { types.iter().copied() }
                .filter(|id| match &contract.types[*id].definition {
                    Definition::Complex(complex) => !complex.attributes.is_empty(),
                    _ => false,
                })
                .collect();
            let id = dice.of(&with)?;
            let Definition::Complex(complex) = &mut contract.types[id].definition else {
                return None;
            };
            let attribute = complex.attributes.first_mut()?;
            attribute.presence = match attribute.presence {
                AttributePresence::Required => AttributePresence::Optional,
                _ => AttributePresence::Required,
            };
            Some(format!(
                "use of an attribute of {:?}",
                contract.types[id].name
            ))
        }
        11 => {
            let id = dice.of(&contract.bindings.ids().collect::<Vec<_>>())?;
            let operation = contract.bindings[id].operations.first_mut()?;
            operation.action = Action::Known("urn:example:another".to_owned());
            Some("action".to_owned())
        }
        12 => {
            let service = contract.services.first_mut()?;
            let address = service.ports.first_mut()?.addresses.first_mut()?;
            address.location = Some("https://another.example/".to_owned());
            Some("address".to_owned())
        }
        13 => {
            let id = dice.of(&contract.bindings.ids().collect::<Vec<_>>())?;
            let operations = &mut contract.bindings[id].operations;
            let at = dice.below(operations.len());
            let gone = (at < operations.len()).then(|| operations.remove(at))?;
            Some(format!("operation {} removed", gone.name))
        }
        14 => {
            let id = dice.of(&contract.bindings.ids().collect::<Vec<_>>())?;
            let mut operations = contract.bindings[id].operations.iter_mut();
            let operation = operations.find(|operation| !operation.input.headers.is_empty())?;
            let header = operation.input.headers.first_mut()?;
            header.required ^= true;
            Some("header".to_owned())
        }
        15 => {
            let id = dice.of(&elements)?;
            contract.elements[id].value_constraint = Some(ValueConstraint::Default("1".to_owned()));
            Some(format!("default of {}", contract.elements[id].name))
        }
        16 => {
            let id = dice.of(&complex_types(contract))?;
            let Definition::Complex(complex) = &mut contract.types[id].definition else {
                return None;
            };
            match dice.below(2) {
                0 => complex.abstract_ ^= true,
                _ => complex.mixed ^= true,
            }
            Some(format!(
                "abstract or mixed of {:?}",
                contract.types[id].name
            ))
        }
        _ => {
            let id = dice.of(&contract.port_types.ids().collect::<Vec<_>>())?;
            let operations = &mut contract.port_types[id].operations;
            let at = dice.below(operations.len());
            let operation = operations.get_mut(at)?;
            operation
                .faults
                .pop()
                .map(|fault| format!("fault {}", fault.name))
        }
    }
}

/// How many mutations a contract gets: more for who asks, by `CASTILE_MUTATIONS`.
fn rounds() -> usize {
    let asked = std::env::var("CASTILE_MUTATIONS").ok();
    asked.and_then(|text| text.parse().ok()).unwrap_or(12)
}

/// A file without comments: what the compiler sees.
fn code(text: &str) -> String {
    let lines = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
fn no_mutation_goes_unnoticed() {
    let mut dice = Dice(20_261_122);
    let (mut tried, mut changed, mut unjudged) = (0, 0, 0);
    for path in contracts() {
        let Ok(contract) = Generator::new().input(&path).contract() else {
            panic!("{}", path.display());
        };
        let Some((old, old_files)) = made(&contract) else {
            panic!("{}", path.display());
        };
        for _ in 0..rounds() {
            let mut mutant = contract.clone();
            let Some(what) = mutate(&mut mutant, &mut dice) else {
                continue;
            };
            let Some((new, new_files)) = made(&mutant) else {
                continue;
            };
            tried += 1;
            let report = diff::judge(&old, &new);
            let back = diff::judge(&new, &old);
            let shown = || format!("{}: {what}\n{}", path.display(), diff::text(&report, true));
            let findings = report.changes.iter().flat_map(|change| &change.wire);
            unjudged += findings
                .filter(|finding| finding.rule == "not-judged")
                .count();
            let paths = |files: &BTreeMap<String, String>| {
                files
                    .iter()
                    .map(|(path, text)| (path.clone(), code(text)))
                    .collect::<BTreeMap<_, _>>()
            };
            let differs = paths(&old_files) != paths(&new_files);
            changed += usize::from(differs);
            let in_rust = report.changes.iter().any(|change| !change.rust.is_empty());
            let on_wire = report.changes.iter().any(|change| !change.wire.is_empty());
            assert!(!differs || in_rust || on_wire, "{}", shown());
            // What callers see is in `types.rs`: that alone is never only a matter of the wire.
            let types = |files: &BTreeMap<String, String>| -> Vec<String> {
                let types = files.iter().filter(|(path, _)| path.ends_with("types.rs"));
                let mut lines: Vec<String> = types
                    .flat_map(|(_, text)| code(text).lines().map(str::to_owned).collect::<Vec<_>>())
                    .collect();
                // The order of fields and of items is none of the callers' business.
                lines.sort();
                lines
            };
            let types_differ = types(&old_files) != types(&new_files);
            // A name for a type and the type are one to callers.
            let has_aliases = [&old, &new].iter().any(|side| {
                let mut items = side.model().items.iter();
                items.any(|item| matches!(item.kind, rust::ItemKind::Alias(_)))
            });
            assert!(!types_differ || in_rust || has_aliases, "{}", shown());
            assert_eq!(
                report.changes.is_empty(),
                back.changes.is_empty(),
                "{}",
                shown()
            );
        }
    }
    assert!(
        tried > 20 * rounds() && changed > 15 * rounds(),
        "{tried} tried, {changed} changed code"
    );
    assert!(
        unjudged * 100 <= tried,
        "of {tried} mutations {unjudged} findings that no rule judged"
    );
}

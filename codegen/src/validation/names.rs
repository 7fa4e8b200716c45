//! What the text calls types: by their name, and those without one by where they stand.

use std::collections::{BTreeMap, BTreeSet};

use super::SchemaText;
use crate::contract::{Builtin, Contract, Definition, Id, TypeDefinition, Variety};

/// The labels of types without a name.
#[derive(Clone, Debug, Default)]
pub(super) struct Labels {
    labels: BTreeMap<Id<TypeDefinition>, String>,
    taken: BTreeSet<String>,
}

impl Labels {
    pub(super) fn get(&self, id: Id<TypeDefinition>) -> Option<&str> {
        self.labels.get(&id).map(String::as_str)
    }

    fn give(&mut self, id: Id<TypeDefinition>, path: &str) -> String {
        // A path is of names, which may be anything but blank.
        let path: String = path.split_whitespace().collect();
        let numbered = (2..).map(|number| format!("@{path}~{number}"));
        let first = format!("@{path}");
        let label = std::iter::once(first.clone())
            .chain(numbered)
            .find(|label| !self.taken.contains(label))
            .unwrap_or(first);
        self.taken.insert(label.clone());
        self.labels.insert(id, label.clone());
        label
    }
}

impl SchemaText {
    /// What the text calls a type; one without a name stands at `path`, and its lines will follow.
    pub(super) fn type_word(
        &mut self,
        contract: &Contract,
        id: Id<TypeDefinition>,
        path: &str,
    ) -> String {
        if let Some(builtin) = builtin(contract, id) {
            return format!("xs:{}", builtin.name());
        }
        if let Some(label) = self.labels.get(id) {
            return label.to_owned();
        }
        if let Some(name) = &contract.types[id].name
            && contract.find_type(name) == Some(id)
        {
            return self.prefixes.word(name);
        }
        self.pending.push(id);
        self.labels.give(id, path)
    }
}

/// The built-in type of XML Schema 1.0 that this one is, or is derived from in version 1.1.
fn builtin(contract: &Contract, id: Id<TypeDefinition>) -> Option<Builtin> {
    match &contract.types[id].definition {
        Definition::Simple(simple) => simple.builtin.map(|builtin| match builtin {
            Builtin::AnyAtomicType => Builtin::AnySimpleType,
            Builtin::DateTimeStamp => Builtin::DateTime,
            Builtin::YearMonthDuration | Builtin::DayTimeDuration => Builtin::Duration,
            other => other,
        }),
        _ => (id == contract.builtin(Builtin::AnyType)).then_some(Builtin::AnyType),
    }
}

/// Whether values of a type may be qualified names, whose prefixes matter.
pub(super) fn has_names(contract: &Contract, id: Id<TypeDefinition>) -> bool {
    let mut pending = vec![id];
    let mut seen = BTreeSet::new();
    while let Some(id) = pending.pop() {
        let Definition::Simple(simple) = &contract.types[id].definition else {
            continue;
        };
        if !seen.insert(id) {
            continue;
        }
        if matches!(simple.builtin, Some(Builtin::QName | Builtin::Notation)) {
            return true;
        }
        match &simple.variety {
            Variety::Restriction(base) => pending.extend(*base),
            Variety::List(item) => pending.push(*item),
            Variety::Union(members) => pending.extend(members),
        }
    }
    false
}

//! Which wrappers are records of their own: `[fold]`.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use super::lower::Lowering;
use super::reach::elements_of;
use crate::contract::{Content, ElementDeclaration, Id, Scope, TypeDefinition};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::Resolved;
use crate::settings::{Fold, Pattern, unmatched};

/// Namespace and path of a type.
type TypePath = (String, String);

impl Lowering<'_> {
    /// Finds the wrappers that settings do not want folded.
    pub(super) fn bind_folds(&mut self) {
        let folds = &self.settings.folds;
        if folds.is_empty() {
            return;
        }
        let paths = type_paths(self.resolved);
        let mut unfolded = BTreeSet::new();
        let mut used = BTreeSet::new();
        let mut known = Vec::new();
        let mut found = Vec::new();
        for id in self.wrappers() {
            let Some((namespace, path)) = paths.get(&id) else {
                continue;
            };
            known.push(path.clone());
            let mut best: Option<(usize, &Fold)> = None;
            for (index, fold) in folds.iter().enumerate() {
                let pattern = Pattern::parse(&fold.pattern.text);
                let Some(pattern) = pattern.filter(|p| p.matches(namespace, path)) else {
                    continue;
                };
                used.insert(index);
                let weight = pattern.weight();
                match best {
                    Some((most, _)) if most > weight => {}
                    Some((most, first)) if most == weight && first.folded != fold.folded => {
                        found.push(contradiction(first, fold, path));
                    }
                    _ => best = Some((weight, fold)),
                }
            }
            if best.is_some_and(|(_, fold)| !fold.folded) {
                unfolded.insert(id);
            }
        }
        for (index, fold) in folds.iter().enumerate() {
            // Said of everything, it is a matter of taste, whatever there is.
            if !used.contains(&index) && fold.pattern.text != "*" {
                found.push(unmatched("fold", "wrapper", &fold.pattern, &known));
            }
        }
        self.unfolded = unfolded;
        self.warnings.extend(found);
    }

    /// The types of wrappers of lists and choices, and of elements that only wrap what a message says.
    fn wrappers(&self) -> BTreeSet<Id<TypeDefinition>> {
        let resolved = self.resolved;
        let types = resolved.types.iter().copied();
        let mut wrappers: BTreeSet<_> = types.filter(|id| self.folds(*id)).collect();
        let calls = resolved.clients.iter().flat_map(|client| &client.calls);
        let payloads = calls.flat_map(|call| [call.request, call.response]);
        for mut element in payloads.filter_map(|payload| payload.element()) {
            while let Some(inner) = self.wrapped(element) {
                if !wrappers.insert(resolved.contract.elements[element].type_definition) {
                    break;
                }
                element = inner;
            }
        }
        wrappers
    }
}

fn contradiction(first: &Fold, second: &Fold, path: &str) -> Diagnostic {
    let message = format!("`fold` says both yes and no for `{path}`");
    Diagnostic::error(Code::ContradictorySettings, second.pattern.span, message)
        .related(first.pattern.span, "the other")
        .help("the pattern with more letters beside `*` decides; write one that has more")
}

/// Where each type stands: under its own name, or inside the first thing that holds it.
fn type_paths(resolved: &Resolved) -> BTreeMap<Id<TypeDefinition>, TypePath> {
    let contract = &resolved.contract;
    let mut paths: BTreeMap<Id<TypeDefinition>, TypePath> = BTreeMap::new();
    let mut pending = VecDeque::new();
    for (id, definition) in contract.types.iter() {
        if let Some(name) = &definition.name {
            paths.insert(id, (name.namespace.to_string(), name.local.to_string()));
            pending.push_back(id);
        }
    }
    let anonymous = |element: &ElementDeclaration| {
        let id = element.type_definition;
        contract.types[id].name.is_none().then_some(id)
    };
    for (_, element) in contract.elements.iter() {
        if let Some(id) = anonymous(element).filter(|_| element.scope == Scope::Global) {
            let name = &element.name;
            paths.insert(id, (name.namespace.to_string(), name.local.to_string()));
            pending.push_back(id);
        }
    }
    while let Some(outer) = pending.pop_front() {
        let Content::Elements(particle) = &resolved.effective(outer).content else {
            continue;
        };
        let Some((namespace, path)) = paths.get(&outer).cloned() else {
            continue;
        };
        for element in elements_of(particle) {
            let element = &contract.elements[element];
            if let Some(id) = anonymous(element).filter(|id| !paths.contains_key(id)) {
                let inner = format!("{path}/{}", element.name.local);
                paths.insert(id, (namespace.clone(), inner));
                pending.push_back(id);
            }
        }
    }
    paths
}

//! What settings include and exclude: `[include]`, `[exclude]`.
//!
//! Ports and operations go before operations are resolved, so that nothing is said of them. Types go
//! after derivation: what is derived from an excluded type keeps what it inherits.

use std::collections::BTreeSet;

use super::model::{Resolved, Roots};
use crate::contract::{Binding, Contract, Definition, Id, QName, Scope};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::settings::{Filter, FilterUses, Pattern, Selected, Settings, Verb};
use crate::source::Span;

/// The filters of the settings, and which of them have acted.
pub(super) struct Selection<'s> {
    settings: &'s Settings,
    uses: FilterUses,
}

impl<'s> Selection<'s> {
    pub(super) fn new(settings: &'s Settings) -> Self {
        Self {
            settings,
            uses: FilterUses::default(),
        }
    }

    /// Whether there are filters of this kind at all.
    fn has(&self, verb: Verb, what: Selected) -> bool {
        self.filters(verb, what).next().is_some()
    }

    fn filters(
        &self,
        verb: Verb,
        what: Selected,
    ) -> impl Iterator<Item = (usize, &'s Filter)> + use<'s> {
        let all = self.settings.filters.iter().enumerate();
        all.filter(move |(_, filter)| filter.verb == verb && filter.what == what)
    }

    /// Whether a filter of this kind fits one of these names.
    fn fits(&mut self, verb: Verb, what: Selected, namespace: &str, names: &[&str]) -> bool {
        let mut fits = false;
        for (index, filter) in self.filters(verb, what) {
            let Some(pattern) = Pattern::parse(&filter.pattern.text) else {
                continue;
            };
            if names.iter().any(|name| pattern.matches(namespace, name)) {
                self.uses.filter(index);
                fits = true;
            }
        }
        fits
    }

    /// Whether what is named so stays: it is included, or nothing of its kind is, and not excluded.
    fn keeps(&mut self, what: Selected, namespace: &str, names: &[&str]) -> bool {
        let is_included =
            self.fits(Verb::Include, what, namespace, names) || !self.has(Verb::Include, what);
        // Both are asked, so that both are known to act.
        let is_excluded = self.fits(Verb::Exclude, what, namespace, names);
        is_included && !is_excluded
    }

    fn keeps_namespace(&mut self, namespace: &str) -> bool {
        self.keeps(Selected::Namespaces, "", &[namespace])
    }

    /// Takes out ports and operations.
    pub(super) fn of_operations(&mut self, contract: &mut Contract) {
        if self.settings.filters.is_empty() {
            return;
        }
        let mut owners: Vec<(Id<Binding>, String, String)> = Vec::new();
        let mut left: BTreeSet<Id<Binding>> = BTreeSet::new();
        let mut services = std::mem::take(&mut contract.services);
        for service in &mut services {
            let (namespace, name) = (&*service.name.namespace, &*service.name.local);
            let stays = self.keeps(Selected::Services, namespace, &[name]);
            let stays = self.keeps_namespace(namespace) && stays;
            service.ports.retain(|port| {
                let qualified = format!("{name}/{}", port.name);
                let names = [port.name.as_str(), qualified.as_str()];
                let stays = self.keeps(Selected::Ports, namespace, &names) && stays;
                if stays {
                    owners.push((port.binding, name.to_owned(), port.name.clone()));
                } else {
                    left.insert(port.binding);
                }
                stays
            });
        }
        // A binding whose ports are not chosen is not one that no port names.
        for id in left {
            if owners.iter().all(|(owner, ..)| *owner != id) {
                contract.bindings[id].declared = false;
            }
        }
        let has_services = !services.is_empty();
        contract.services = services;
        for id in contract.bindings.ids() {
            let binding = &contract.bindings[id];
            let port_type = &contract.port_types[binding.port_type].name;
            let (namespace, name) = (port_type.namespace.clone(), port_type.local.to_string());
            let port = binding.name.local.to_string();
            if !has_services {
                let qualified = format!("{name}/{port}");
                let stays = self.keeps(Selected::Services, &namespace, &[&name]);
                let stays = self.keeps_namespace(&namespace) && stays;
                let names = [port.as_str(), qualified.as_str()];
                if !self.keeps(Selected::Ports, &namespace, &names) || !stays {
                    contract.bindings[id].declared = false;
                    continue;
                }
                owners.push((id, name, port));
            }
            self.of_binding(contract, id, &owners);
        }
    }

    fn of_binding(
        &mut self,
        contract: &mut Contract,
        id: Id<Binding>,
        owners: &[(Id<Binding>, String, String)],
    ) {
        let namespace = contract.bindings[id].name.namespace.clone();
        let owners = owners.iter().filter(|(binding, ..)| *binding == id);
        let owners: Vec<&str> = owners
            .flat_map(|(_, service, port)| [service.as_str(), port.as_str()])
            .collect();
        if owners.is_empty() {
            return;
        }
        contract.bindings[id].operations.retain(|operation| {
            let qualified: Vec<String> = { owners.iter() }
                .map(|owner| format!("{owner}/{}", operation.name))
                .collect();
            let mut names: Vec<&str> = qualified.iter().map(String::as_str).collect();
            names.push(&operation.name);
            self.keeps(Selected::Operations, &namespace, &names)
        });
    }

    /// Takes out clients that have no operation left.
    pub(super) fn of_clients(&mut self, resolved: &mut Resolved) {
        let is_filtered = self.has(Verb::Include, Selected::Operations)
            || self.has(Verb::Exclude, Selected::Operations);
        if is_filtered {
            resolved.clients.retain(|client| !client.calls.is_empty());
        }
    }

    /// Makes trees of the values of excluded complex types.
    pub(super) fn of_types(&mut self, resolved: &mut Resolved) {
        if self.settings.filters.is_empty() {
            return;
        }
        let mut excluded = BTreeSet::new();
        for (id, definition) in resolved.contract.types.iter() {
            let Some(name) = &definition.name else {
                continue;
            };
            if is_built_in(name) || matches!(definition.definition, Definition::Undeclared) {
                continue;
            }
            let (namespace, names) = (&*name.namespace, &[&*name.local]);
            let stays = !self.fits(Verb::Exclude, Selected::Types, namespace, names);
            let stays = self.keeps_namespace(namespace) && stays;
            if !stays && matches!(definition.definition, Definition::Complex(_)) {
                excluded.insert(id);
            }
        }
        for derived in resolved.derived.values_mut() {
            derived.retain(|id| !excluded.contains(id));
        }
        for id in excluded {
            resolved.contract.types[id].definition = Definition::Undeclared;
        }
    }

    /// The declarations that are generated of themselves, and not because something needs them;
    /// `None` where settings say nothing of them.
    pub(super) fn roots(&mut self, resolved: &Resolved) -> Option<Roots> {
        let chooses =
            self.has(Verb::Include, Selected::Elements) || self.has(Verb::Include, Selected::Types);
        if self.settings.filters.is_empty() || !(chooses || resolved.keeps_declared()) {
            return None;
        }
        let mut roots = Roots::default();
        let contract = &resolved.contract;
        for (id, element) in contract.elements.iter() {
            if element.scope == Scope::Global
                && self.is_root(Selected::Elements, &element.name, chooses)
            {
                roots.elements.insert(id);
            }
        }
        for (id, definition) in contract.types.iter() {
            if let Some(name) = &definition.name
                && !is_built_in(name)
                && !matches!(definition.definition, Definition::Undeclared)
                && self.is_root(Selected::Types, name, chooses)
            {
                roots.types.insert(id);
            }
        }
        Some(roots)
    }

    fn is_root(&mut self, what: Selected, name: &QName, chooses: bool) -> bool {
        let (namespace, names) = (&*name.namespace, &[&*name.local]);
        let is_chosen = self.fits(Verb::Include, what, namespace, names) || !chooses;
        let is_excluded = self.fits(Verb::Exclude, what, namespace, names);
        self.keeps_namespace(namespace) && is_chosen && !is_excluded
    }

    /// Reports the filters that fit nothing, and that nothing is left.
    pub(super) fn finish(
        self,
        resolved: &Resolved,
        roots: Option<&Roots>,
        diagnostics: &mut Diagnostics,
    ) {
        let contract = &resolved.contract;
        let known = |what: Selected| -> Vec<String> {
            let names = |names: &mut dyn Iterator<Item = &QName>| {
                let names = names.filter(|name| !is_built_in(name));
                names.map(|name| name.local.to_string()).collect()
            };
            match what {
                Selected::Services => names(&mut contract.services.iter().map(|s| &s.name)),
                Selected::Ports => {
                    let ports = contract.services.iter().flat_map(|service| &service.ports);
                    ports.map(|port| port.name.clone()).collect()
                }
                Selected::Operations => {
                    let port_types = contract.port_types.iter();
                    let operations = port_types.flat_map(|(_, p)| &p.operations);
                    operations.map(|operation| operation.name.clone()).collect()
                }
                Selected::Elements => names(&mut contract.element_names()),
                Selected::Types => names(&mut contract.type_names()),
                Selected::Namespaces => {
                    let elements = contract.element_names().chain(contract.type_names());
                    let names = elements.map(|name| name.namespace.to_string());
                    names.collect::<BTreeSet<_>>().into_iter().collect()
                }
            }
        };
        for diagnostic in self.uses.unused(self.settings, known) {
            diagnostics.push(diagnostic);
        }
        let is_empty = |roots: &Roots| roots.elements.is_empty() && roots.types.is_empty();
        if resolved.clients.is_empty() && roots.is_some_and(is_empty) && !diagnostics.has_errors() {
            let place = { self.settings.filters.first() }.map_or(Span::NONE, |f| f.pattern.span);
            let message = "what is included and excluded leaves nothing to generate";
            diagnostics.push(
                Diagnostic::error(Code::NothingToGenerate, place, message).help(
                    "`castile inspect` of the inputs themselves shows what there is to choose from",
                ),
            );
        }
    }
}

fn is_built_in(name: &QName) -> bool {
    &*name.namespace == crate::contract::XML_SCHEMA
}

//! Renames that name nothing.

use super::contract_paths::ContractPaths;
use super::lower::Lowering;
use crate::settings::Named;

impl Lowering<'_> {
    /// Errors for the renames that have not acted, but those of operations.
    pub(super) fn report_unused(&mut self, paths: &ContractPaths) {
        let settings = self.settings;
        let members = |what: Named| {
            let mut known = Vec::new();
            for (id, entry) in paths.entries() {
                let owner = entry.path.as_ref().unwrap_or(&entry.name);
                for (wire, _) in self.member_keys(id, what) {
                    known.push(format!("{owner}/{wire}"));
                }
            }
            known
        };
        let known = |what: Named| -> Vec<String> {
            match what {
                Named::Type => { paths.entries() }
                    .map(|(_, entry)| entry.path.as_ref().unwrap_or(&entry.name).clone())
                    .collect(),
                Named::Field | Named::Variant => members(what),
                Named::Operation => Vec::new(),
                Named::Client => { self.resolved.clients.iter() }
                    .map(|client| client.name.clone())
                    .collect(),
                Named::Module => self.modules.namespaces().map(ToOwned::to_owned).collect(),
            }
        };
        let is_named = |what| what != Named::Operation;
        let unused = self.uses.unused_renames(settings, is_named, known);
        self.warnings.extend(unused);
    }

    /// The same for operations, which are named last.
    pub(super) fn report_unused_operations(&mut self) {
        let calls = { self.resolved.clients.iter() }.flat_map(|client| &client.calls);
        let known = |_| calls.clone().map(|call| call.name.clone()).collect();
        let is_operation = |what| what == Named::Operation;
        let unused = self.uses.unused_renames(self.settings, is_operation, known);
        self.warnings.extend(unused);
    }
}

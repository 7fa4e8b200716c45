//! Elements whose declared type others are derived from: enums of those types.
//!
//! One enum per base, shared by all elements that are declared with it. The records stand in boxes:
//! members of a hierarchy differ much in size, and hierarchies are where cycles close.

use super::docs;
use super::lower::{Lowering, Origin};
use super::model::{DerivedType, ItemId, ItemKind, Polymorphic, QualifiedName};
use super::names::{self, Scope};
use crate::contract::{Definition, Id, TypeDefinition};

impl Lowering<'_> {
    /// The enum of a type and those derived from it. `None` where nothing is derived from it, and
    /// where only a tree can hold it.
    pub(super) fn polymorphic(&mut self, id: Id<TypeDefinition>) -> Option<ItemId> {
        if let Some(item) = self.by_base.get(&id) {
            return Some(*item);
        }
        let resolved = self.resolved;
        let types = &resolved.contract.types;
        let name = types[id].name.as_ref()?;
        if self.maps.has(id) {
            return None;
        }
        let Definition::Complex(complex) = &types[id].definition else {
            return None;
        };
        if self.is_open(id) {
            return None;
        }
        // What has no name cannot be told, what is abstract never comes.
        let derived = resolved.derived(id).iter().filter(|&&id| {
            types[id].name.is_some()
                && matches!(&types[id].definition, Definition::Complex(c) if !c.abstract_)
        });
        let derived: Vec<_> = derived.copied().collect();
        let mut members: Vec<_> = derived.iter().filter(|&&id| self.is_record(id)).collect();
        if derived.is_empty() || (complex.abstract_ && members.is_empty()) {
            return None;
        }
        if !complex.abstract_ {
            members.insert(0, &id);
        }
        let module = self.modules.of(&name.namespace);
        let item = self.draft(module, Origin::Base(format!("Any {}", name.local)));
        self.by_base.insert(id, item);
        let shown = docs::code(&name.local);
        self.drafts[item.0].docs = vec![if complex.abstract_ {
            format!("A value of a type that is derived from {shown}.")
        } else {
            format!("A value of type {shown} or of one that is derived from it.")
        }];
        let mut scope = Scope::default();
        let mut variants = Vec::new();
        for &member in members {
            let Some(name) = &types[member].name else {
                continue;
            };
            let local = names::camel(&name.local);
            let telling = super::modules::telling_word(&name.namespace);
            let candidates = [local.clone(), names::camel(&format!("{telling} {local}"))];
            variants.push(DerivedType {
                name: scope.claim(&candidates),
                docs: docs::of_name(None, &name.local),
                record: self.named_record(member),
                wire_name: QualifiedName::of(name),
            });
        }
        let polymorphic = Polymorphic {
            is_abstract: complex.abstract_,
            keeps_nil: self.keep_nil.contains(&id),
            types: variants,
            other: scope.claim(&["Other".to_owned(), "OtherType".to_owned()]),
        };
        self.finish(item, ItemKind::Polymorphic(polymorphic));
        Some(item)
    }
}

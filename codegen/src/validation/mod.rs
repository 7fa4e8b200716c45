//! The components of a contract's schemas as text, for the validator of the runtime
//! (`castile::validation::Schema`, `docs/validation.md`).
//!
//! Written is what the schemas say, before any pass of `resolve`: what types inherit, groups and
//! attribute groups are put together by the reader. A line a component, sorted by name, so that a
//! small change of a schema is a small change of the text.

mod component;
mod names;
mod prefixes;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use names::Labels;
use prefixes::Prefixes;

use crate::contract::{Contract, Definition, ElementDeclaration, Id, Scope, TypeDefinition};
use crate::resolve::Resolved;
use crate::rust::{Component, Declaration, ItemId, QualifiedName, SchemaModel};

/// The first line.
const HEAD: &str = "castile schema 1";

/// The text of all global components, and of what they are made of.
#[must_use]
pub fn schema_text(contract: &Contract) -> String {
    SchemaText::new(contract).finish()
}

/// The text while it is written.
#[derive(Clone, Debug)]
pub(crate) struct SchemaText {
    prefixes: Prefixes,
    labels: Labels,
    /// Types without a name that a line has mentioned and none has told.
    pending: Vec<Id<TypeDefinition>>,
    out: String,
    /// How many elements and types there were before `resolve` added its own.
    elements: usize,
}

impl SchemaText {
    /// What a contract says, as the front ends leave it.
    pub(crate) fn new(contract: &Contract) -> Self {
        let mut text = Self {
            prefixes: Prefixes::new(contract),
            labels: Labels::default(),
            pending: Vec::new(),
            out: String::new(),
            elements: contract.elements.len(),
        };
        for name in contract.element_names() {
            if let Some(id) = contract.find_element(name)
                && contract.elements[id].scope == Scope::Global
            {
                text.global_element(contract, id);
            }
        }
        let mut attributes: Vec<_> = { contract.attributes.iter() }
            .filter(|(_, attribute)| attribute.scope == Scope::Global)
            .map(|(id, attribute)| (&attribute.name, id))
            .collect();
        attributes.sort();
        for (_, id) in attributes {
            text.global_attribute(contract, id);
        }
        for name in contract.type_names() {
            if let Some(id) = contract.find_type(name) {
                text.global_type(contract, id);
            }
        }
        let mut groups: Vec<_> = contract.groups.iter().collect();
        groups.sort_by_key(|(_, group)| &group.name);
        for (_, group) in groups {
            text.group(contract, group);
        }
        let mut groups: Vec<_> = contract.attribute_groups.iter().collect();
        groups.sort_by_key(|(_, group)| &group.name);
        for (_, group) in groups.into_iter().filter(|(_, group)| group.declared) {
            text.attribute_group(contract, group);
        }
        text
    }

    /// The whole text, and what of it the generated items are. Elements that `resolve` made, for the
    /// messages of remote procedures, come at the end.
    pub(crate) fn of_items(
        mut self,
        resolved: &Resolved,
        declarations: &[(ItemId, Declaration)],
    ) -> SchemaModel {
        let contract = &resolved.contract;
        let globals = global_elements_of_types(contract);
        let mut components = BTreeMap::new();
        for (item, declaration) in declarations {
            let component = match declaration {
                Declaration::Element(id) if contract.elements[*id].scope == Scope::Global => {
                    if id.index() >= self.elements {
                        self.global_element(contract, *id);
                    }
                    Component::Element(QualifiedName::of(&contract.elements[*id].name))
                }
                Declaration::Element(_) => continue,
                Declaration::Type(id) => match (globals.get(id), &contract.types[*id].name) {
                    (Some(element), None) => {
                        Component::Element(QualifiedName::of(&contract.elements[*element].name))
                    }
                    (None, Some(name)) | (Some(_), Some(name)) => {
                        Component::Type(QualifiedName::of(name))
                    }
                    (None, None) => Component::Type(self.label(contract, *id)),
                },
            };
            components.insert(*item, component);
        }
        SchemaModel {
            text: self.finish(),
            components,
        }
    }

    /// A type without a name.
    fn label(&mut self, contract: &Contract, id: Id<TypeDefinition>) -> QualifiedName {
        let local = self.type_word(contract, id, "made");
        self.tell_pending(contract);
        QualifiedName {
            namespace: String::new(),
            local,
        }
    }

    /// The whole text.
    pub(crate) fn finish(self) -> String {
        let mut out = format!("{HEAD}\n");
        out.push_str(&self.prefixes.lines());
        out.push_str(&self.out);
        out
    }

    fn global_element(&mut self, contract: &Contract, id: Id<ElementDeclaration>) {
        let element = &contract.elements[id];
        let path = self.prefixes.word(&element.name);
        let line = self.element_words(contract, id, &path);
        self.line(0, &format!("element {line}"));
        self.constraints(contract, id, 1);
        self.tell_pending(contract);
    }

    fn global_type(&mut self, contract: &Contract, id: Id<TypeDefinition>) {
        let definition = &contract.types[id];
        let is_builtin = match &definition.definition {
            Definition::Undeclared => true,
            Definition::Simple(simple) => simple.builtin.is_some(),
            Definition::Complex(_) => id == contract.builtin(crate::contract::Builtin::AnyType),
        };
        if !is_builtin {
            self.tell(contract, id);
            self.tell_pending(contract);
        }
    }

    /// The lines of the types that were mentioned.
    fn tell_pending(&mut self, contract: &Contract) {
        while !self.pending.is_empty() {
            for id in std::mem::take(&mut self.pending) {
                self.tell(contract, id);
            }
        }
    }

    fn line(&mut self, depth: usize, text: &str) {
        self.out.extend(std::iter::repeat_n("  ", depth));
        self.out.push_str(text);
        self.out.push('\n');
    }
}

/// The global element of each type without a name that is that of one.
fn global_elements_of_types(
    contract: &Contract,
) -> BTreeMap<Id<TypeDefinition>, Id<ElementDeclaration>> {
    let mut elements = BTreeMap::new();
    for (id, element) in contract.elements.iter() {
        if element.scope == Scope::Global {
            elements.entry(element.type_definition).or_insert(id);
        }
    }
    elements
}

/// `"a\nb"`.
fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // What turns the direction of text is refused in Rust.
            other if other.is_control() || is_invisible(other) => {
                out.push_str(&format!("\\u{{{:x}}}", u32::from(other)));
            }
            other => out.push(other),
        }
    }
    out.push('"');
    out
}

/// Marks of direction, separators of lines, byte order marks.
fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
        | '\u{FEFF}')
}

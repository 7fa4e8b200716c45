//! The lines of components.

use super::names::has_names;
use super::{SchemaText, quoted};
use crate::contract::{
    Annotation, AttributeDeclaration, AttributeGroupDefinition, AttributePresence, AttributeUse,
    Builtin, ComplexType, Compositor, Content, Contract, Definition, DerivationMethod,
    DerivationSet, ElementDeclaration, Facets, Id, IdentityKind, Location, ModelGroupDefinition,
    NamespaceConstraint, Occurs, Particle, ProcessContents, Role, Scope, SimpleType, Term,
    TypeDefinition, ValueConstraint, Variety, WhiteSpace, Wildcard,
};

impl SchemaText {
    /// Name, type and properties of an element.
    pub(super) fn element_words(
        &mut self,
        contract: &Contract,
        id: Id<ElementDeclaration>,
        path: &str,
    ) -> String {
        let element = &contract.elements[id];
        // Which alternative of XML Schema 1.1 it is is not found out.
        let type_definition = match element.alternatives.as_slice() {
            [] => element.type_definition,
            _ => contract.builtin(Builtin::AnyType),
        };
        let mut words = vec![
            self.prefixes.word(&element.name),
            self.type_word(contract, type_definition, path),
        ];
        let flags = [
            (element.nillable, "nillable"),
            (element.abstract_, "abstract"),
            (is_secret(&element.annotation), "secret"),
        ];
        words.extend(
            flags
                .iter()
                .filter(|(is, _)| *is)
                .map(|(_, word)| (*word).to_owned()),
        );
        words.extend(block(element.block));
        if let Some(head) = element.substitution_group {
            let head = &contract.elements[head].name;
            words.push(format!("head={}", self.prefixes.word(head)));
        }
        words.extend(value(element.value_constraint.as_ref()));
        words.join(" ")
    }

    /// The identity constraints of an element.
    pub(super) fn constraints(
        &mut self,
        contract: &Contract,
        id: Id<ElementDeclaration>,
        depth: usize,
    ) {
        for constraint in contract.identity_constraints.get(&id).into_iter().flatten() {
            let name = self.prefixes.word(&constraint.name);
            let head = match &constraint.kind {
                IdentityKind::Key => format!("key {name}"),
                IdentityKind::Unique => format!("unique {name}"),
                IdentityKind::KeyReference(key) => {
                    format!("keyref {name} {}", self.prefixes.word(key))
                }
            };
            self.line(depth, &head);
            self.line(
                depth + 1,
                &format!("selector {}", quoted(&constraint.selector)),
            );
            for field in &constraint.fields {
                self.line(depth + 1, &format!("field {}", quoted(field)));
            }
            for (prefix, namespace) in &constraint.prefixes {
                let line = format!("prefix {} {}", quoted(prefix), quoted(namespace));
                self.line(depth + 1, &line);
            }
        }
    }

    pub(super) fn global_attribute(&mut self, contract: &Contract, id: Id<AttributeDeclaration>) {
        let attribute = &contract.attributes[id];
        let path = self.prefixes.word(&attribute.name);
        let line = self.attribute_words(contract, id, &path);
        let value = value(attribute.value_constraint.as_ref());
        let value: String = value.iter().map(|value| format!(" {value}")).collect();
        self.line(0, &format!("attribute {line}{value}"));
        self.tell_pending(contract);
    }

    fn attribute_words(
        &mut self,
        contract: &Contract,
        id: Id<AttributeDeclaration>,
        path: &str,
    ) -> String {
        let attribute = &contract.attributes[id];
        let name = self.prefixes.word(&attribute.name);
        let type_ = self.type_word(contract, attribute.type_definition, path);
        let secret = if is_secret(&attribute.annotation) {
            " secret"
        } else {
            ""
        };
        format!("{name} {type_}{secret}")
    }

    /// The lines of a type.
    pub(super) fn tell(&mut self, contract: &Contract, id: Id<TypeDefinition>) {
        let word = self.type_word(contract, id, "");
        let path = word.trim_start_matches('@').to_owned();
        match &contract.types[id].definition {
            Definition::Undeclared => {}
            Definition::Simple(simple) => self.simple(contract, id, simple, &word, &path),
            Definition::Complex(complex) => self.complex(contract, complex, &word, &path),
        }
    }

    fn simple(
        &mut self,
        contract: &Contract,
        id: Id<TypeDefinition>,
        simple: &SimpleType,
        word: &str,
        path: &str,
    ) {
        let variety = match &simple.variety {
            Variety::Restriction(base) => {
                let base = base.unwrap_or_else(|| contract.builtin(Builtin::AnySimpleType));
                let base = self.type_word(contract, base, &format!("{path}.base"));
                format!("restriction {base}")
            }
            Variety::List(item) => {
                let item = self.type_word(contract, *item, &format!("{path}.item"));
                format!("list {item}")
            }
            Variety::Union(members) => {
                let member = format!("{path}.member");
                let members = members.iter();
                let members: Vec<String> = members
                    .map(|id| self.type_word(contract, *id, &member))
                    .collect();
                format!("union {}", members.join(" "))
            }
        };
        self.line(0, &format!("simple {word} {}", variety.trim_end()));
        self.facets(&simple.facets);
        if !simple.facets.enumeration.is_empty() && has_names(contract, id) {
            for (prefix, namespace) in &simple.facets.prefixes {
                let line = format!("prefix {} {}", quoted(prefix), quoted(namespace));
                self.line(1, &line);
            }
        }
    }

    fn facets(&mut self, facets: &Facets) {
        let white_space = facets.white_space.map(|white_space| match white_space {
            WhiteSpace::Preserve => "preserve",
            WhiteSpace::Replace => "replace",
            WhiteSpace::Collapse => "collapse",
        });
        let number = |number: Option<u64>| number.map(|number| number.to_string());
        let single = [
            ("whiteSpace", white_space.map(str::to_owned)),
            ("length", number(facets.length)),
            ("minLength", number(facets.min_length)),
            ("maxLength", number(facets.max_length)),
            ("totalDigits", number(facets.total_digits)),
            ("fractionDigits", number(facets.fraction_digits)),
            ("minInclusive", facets.min_inclusive.clone()),
            ("minExclusive", facets.min_exclusive.clone()),
            ("maxInclusive", facets.max_inclusive.clone()),
            ("maxExclusive", facets.max_exclusive.clone()),
        ];
        for (name, value) in single {
            if let Some(value) = value {
                self.line(1, &format!("{name} {}", quoted(&value)));
            }
        }
        for pattern in &facets.patterns {
            self.line(1, &format!("pattern {}", quoted(pattern)));
        }
        // Of an open list other values are to be expected.
        for value in facets.enumeration.iter().filter(|_| !facets.open) {
            self.line(1, &format!("enumeration {}", quoted(&value.value)));
        }
    }

    fn complex(&mut self, contract: &Contract, complex: &ComplexType, word: &str, path: &str) {
        let mut words = vec![format!("complex {word}")];
        if let Some(derivation) = &complex.derivation {
            let method = match derivation.method {
                DerivationMethod::Extension => "extension",
                DerivationMethod::Restriction => "restriction",
            };
            let base = self.type_word(contract, derivation.base, &format!("{path}.base"));
            words.push(format!("{method}={base}"));
        }
        let flags = [(complex.mixed, "mixed"), (complex.abstract_, "abstract")];
        words.extend(
            flags
                .iter()
                .filter(|(is, _)| *is)
                .map(|(_, word)| (*word).to_owned()),
        );
        words.extend(block(complex.block));
        self.line(0, &words.join(" "));
        match &complex.content {
            Content::Empty => {}
            Content::Simple(id) => {
                let text = self.type_word(contract, *id, &format!("{path}.text"));
                self.line(1, &format!("text {text}"));
            }
            Content::Elements(particle) => self.particle(contract, particle, 1, path),
        }
        if let Some(open) = &complex.open_content {
            let mode = if open.interleave {
                "interleave"
            } else {
                "suffix"
            };
            let wildcard = self.wildcard(&open.wildcard);
            self.line(1, &format!("open {mode} {wildcard}"));
        }
        self.attributes(contract, &complex.attributes, path);
        for &id in &complex.attribute_groups {
            let name = self.prefixes.word(&contract.attribute_groups[id].name);
            self.line(1, &format!("attributes {name}"));
        }
        if let Some(wildcard) = &complex.any_attribute {
            let wildcard = self.wildcard(wildcard);
            self.line(1, &format!("anyAttribute {wildcard}"));
        }
    }

    fn particle(&mut self, contract: &Contract, particle: &Particle, depth: usize, path: &str) {
        let occurs = occurs(particle.occurs);
        match &particle.term {
            Term::Element(id) => {
                let element = &contract.elements[*id];
                // What travels beside the body is no part of the document.
                if element.annotation.location != Location::Body {
                    return;
                }
                if element.scope == Scope::Local {
                    let path = format!("{path}.{}", element.name.local);
                    let words = self.element_words(contract, *id, &path);
                    self.line(depth, &format!("element {words}{occurs}"));
                    self.constraints(contract, *id, depth + 1);
                } else {
                    let name = self.prefixes.word(&element.name);
                    self.line(depth, &format!("ref {name}{occurs}"));
                }
            }
            Term::Group(group) => {
                let compositor = match group.compositor {
                    Compositor::Sequence => "sequence",
                    Compositor::Choice => "choice",
                    Compositor::All => "all",
                };
                self.line(depth, &format!("{compositor}{occurs}"));
                for inner in &group.particles {
                    self.particle(contract, inner, depth + 1, path);
                }
            }
            Term::GroupReference(id) => {
                let name = self.prefixes.word(&contract.groups[*id].name);
                self.line(depth, &format!("group {name}{occurs}"));
            }
            Term::Wildcard(wildcard) => {
                let wildcard = self.wildcard(wildcard);
                self.line(depth, &format!("any {wildcard}{occurs}"));
            }
        }
    }

    pub(super) fn group(&mut self, contract: &Contract, group: &ModelGroupDefinition) {
        let Some(model) = &group.group else { return };
        let name = self.prefixes.word(&group.name);
        self.line(0, &format!("group {name}"));
        let particle = Particle {
            occurs: Occurs::ONCE,
            term: Term::Group(model.clone()),
            span: group.span,
        };
        self.particle(contract, &particle, 1, &name);
        self.tell_pending(contract);
    }

    pub(super) fn attribute_group(
        &mut self,
        contract: &Contract,
        group: &AttributeGroupDefinition,
    ) {
        let name = self.prefixes.word(&group.name);
        self.line(0, &format!("attributes {name}"));
        self.attributes(contract, &group.attributes, &name);
        for &id in &group.attribute_groups {
            let name = self.prefixes.word(&contract.attribute_groups[id].name);
            self.line(1, &format!("attributes {name}"));
        }
        if let Some(wildcard) = &group.any_attribute {
            let wildcard = self.wildcard(wildcard);
            self.line(1, &format!("anyAttribute {wildcard}"));
        }
        self.tell_pending(contract);
    }

    fn attributes(&mut self, contract: &Contract, uses: &[AttributeUse], path: &str) {
        for used in uses {
            let attribute = &contract.attributes[used.declaration];
            let head = if attribute.scope == Scope::Local {
                let path = format!("{path}.{}", attribute.name.local);
                let words = self.attribute_words(contract, used.declaration, &path);
                format!("attribute {words}")
            } else {
                format!("use {}", self.prefixes.word(&attribute.name))
            };
            let presence = match used.presence {
                AttributePresence::Optional => "",
                AttributePresence::Required => " required",
                AttributePresence::Prohibited => " prohibited",
            };
            let value = value(used.value_constraint.as_ref());
            let value: String = value.iter().map(|value| format!(" {value}")).collect();
            self.line(1, &format!("{head}{presence}{value}"));
        }
    }

    fn wildcard(&self, wildcard: &Wildcard) -> String {
        let namespaces = match &wildcard.namespaces {
            NamespaceConstraint::Any => "any".to_owned(),
            NamespaceConstraint::Not(namespace) => {
                format!("not:{}", self.prefixes.prefix(namespace))
            }
            NamespaceConstraint::OneOf(list) => {
                let list: Vec<&str> = { list.iter() }
                    .map(|namespace| self.prefixes.prefix(namespace))
                    .collect();
                format!("in:{}", list.join(","))
            }
        };
        let process = match wildcard.process_contents {
            ProcessContents::Strict => "strict",
            ProcessContents::Lax => "lax",
            ProcessContents::Skip => "skip",
        };
        format!("{namespaces} {process}")
    }
}

fn is_secret(annotation: &Annotation) -> bool {
    annotation.secret || annotation.role == Some(Role::Password)
}

/// ` occurs=0..2`; nothing for once.
fn occurs(occurs: Occurs) -> String {
    match occurs {
        Occurs::ONCE => String::new(),
        Occurs { min, max: None } => format!(" occurs={min}..*"),
        Occurs {
            min,
            max: Some(max),
        } if min == max => format!(" occurs={max}"),
        Occurs {
            min,
            max: Some(max),
        } => format!(" occurs={min}..{max}"),
    }
}

fn block(set: DerivationSet) -> Option<String> {
    let words = [
        (set.extension, "extension"),
        (set.restriction, "restriction"),
        (set.substitution, "substitution"),
    ];
    let words: Vec<&str> = words
        .iter()
        .filter(|(is, _)| *is)
        .map(|(_, word)| *word)
        .collect();
    (!words.is_empty()).then(|| format!("block={}", words.join(",")))
}

fn value(constraint: Option<&ValueConstraint>) -> Option<String> {
    constraint.map(|constraint| match constraint {
        ValueConstraint::Default(value) => format!("default={}", quoted(value)),
        ValueConstraint::Fixed(value) => format!("fixed={}", quoted(value)),
    })
}

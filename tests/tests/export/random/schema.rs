//! The schema half of a random contract.

use std::sync::Arc;

use castile_codegen::contract::*;
use castile_codegen::source::Span;

use super::Random;

const NAMESPACES: [&str; 4] = [
    "urn:example:one",
    "http://example.org/v2/Two",
    "urn:example:three",
    "",
];
const TYPES: usize = 6;

/// Adds types, elements, attributes and groups that refer to each other.
pub(crate) fn add(contract: &mut Contract, random: &mut Random) {
    let mut writer = Writer {
        contract,
        random,
        namespace: "",
    };
    for index in 0..TYPES {
        writer.namespace = writer.random.of(&NAMESPACES);
        writer.attribute(index);
        writer.attribute_group(index);
        writer.named_type(index);
        writer.group(index);
        writer.global_element(index);
    }
}

struct Writer<'a> {
    contract: &'a mut Contract,
    random: &'a mut Random,
    namespace: &'static str,
}

impl Writer<'_> {
    fn name(&self, local: String) -> QName {
        QName::new(self.namespace, local)
    }

    fn attribute(&mut self, index: usize) {
        let name = self.name(format!("attribute{index}"));
        let declaration = AttributeDeclaration {
            name: name.clone(),
            scope: Scope::Global,
            type_definition: self.simple_type_use(),
            value_constraint: self.value_constraint(),
            annotation: self.random.facts(),
            span: Span::NONE,
        };
        self.contract.declare_attribute(name, declaration).unwrap();
    }

    fn attribute_group(&mut self, index: usize) {
        let name = self.name(format!("attributes{index}"));
        let (attributes, attribute_groups, any_attribute) = self.attributes(index);
        let group = AttributeGroupDefinition {
            name: name.clone(),
            declared: true,
            attributes: attributes
                .into_iter()
                .filter(|used| used.presence != AttributePresence::Prohibited)
                .collect(),
            attribute_groups,
            any_attribute,
            annotation: self.random.facts(),
            span: Span::NONE,
        };
        self.contract.declare_attribute_group(name, group).unwrap();
    }

    fn named_type(&mut self, index: usize) {
        let name = self.name(format!("Type{index}"));
        let definition = if index.is_multiple_of(2) {
            self.simple_type()
        } else {
            Definition::Complex(self.complex_type(index, 2))
        };
        let definition = TypeDefinition {
            name: Some(name.clone()),
            definition,
            annotation: self.random.facts(),
            span: Span::NONE,
        };
        self.contract.declare_type(name, definition).unwrap();
    }

    fn group(&mut self, index: usize) {
        let name = self.name(format!("Group{index}"));
        let definition = ModelGroupDefinition {
            name: name.clone(),
            group: Some(self.model_group(index, 1)),
            annotation: self.random.facts(),
            span: Span::NONE,
        };
        self.contract.declare_group(name, definition).unwrap();
    }

    fn global_element(&mut self, index: usize) {
        let name = self.name(format!("Element{index}"));
        let mut element = self.element(name.clone(), Scope::Global, index, 2);
        if index > 0 && self.random.one_in(3) {
            element.substitution_group = Some(self.earlier_element(index));
        }
        let id = self.contract.declare_element(name, element).unwrap();
        self.constrain(id, index);
    }

    /// A key and a reference to it.
    fn constrain(&mut self, id: Id<ElementDeclaration>, index: usize) {
        if !self.random.one_in(3) {
            return;
        }
        let key = self.name(format!("key{index}"));
        let unique = self.random.of(&[IdentityKind::Key, IdentityKind::Unique]);
        // The prefix may be that of another namespace elsewhere.
        let prefix = self.random.of(&["p", "q", "xs", "c"]);
        let meant = self.random.of(&NAMESPACES[..3]);
        let constraint = |name: &str, kind| IdentityConstraint {
            name: QName::new(key.namespace.clone(), name),
            kind,
            selector: format!("{prefix}:item/key"),
            fields: vec!["@id".to_owned(), ".".to_owned()],
            prefixes: vec![(Arc::from(prefix), Arc::from(meant))],
            span: Span::NONE,
        };
        let reference = IdentityKind::KeyReference(key.clone());
        let constraints = vec![
            constraint(&key.local, unique),
            constraint(&format!("{}-reference", key.local), reference),
        ];
        self.contract.identity_constraints.insert(id, constraints);
    }

    fn element(
        &mut self,
        name: QName,
        scope: Scope,
        index: usize,
        depth: usize,
    ) -> ElementDeclaration {
        let type_definition = self.type_use(index, depth);
        ElementDeclaration {
            nillable: self.random.one_in(3),
            abstract_: scope == Scope::Global && self.random.one_in(6),
            value_constraint: self.value_constraint(),
            block: DerivationSet {
                substitution: self.random.one_in(8),
                ..self.derivations()
            },
            final_: self.derivations(),
            alternatives: if self.random.one_in(8) {
                vec![self.type_use(index, 0)]
            } else {
                vec![]
            },
            annotation: self.random.facts(),
            ..ElementDeclaration::plain(name, scope, type_definition, Span::NONE)
        }
    }

    fn derivations(&mut self) -> DerivationSet {
        DerivationSet {
            extension: self.random.one_in(8),
            restriction: self.random.one_in(8),
            ..DerivationSet::default()
        }
    }

    fn value_constraint(&mut self) -> Option<ValueConstraint> {
        match self.random.below(4) {
            0 => Some(ValueConstraint::Default(self.random.verbatim())),
            1 => Some(ValueConstraint::Fixed(self.random.verbatim())),
            _ => None,
        }
    }

    fn builtin(&mut self) -> Id<TypeDefinition> {
        use Builtin::{Boolean, Date, Decimal, Int, QName, String, Token};
        let builtin = self
            .random
            .of(&[Boolean, Date, Decimal, Int, QName, String, Token]);
        self.contract.builtin(builtin)
    }

    fn earlier_element(&mut self, index: usize) -> Id<ElementDeclaration> {
        let local = format!("Element{}", self.random.below(index));
        let known: Vec<_> = self.contract.element_names().cloned().collect();
        let name = known
            .into_iter()
            .find(|name| *name.local == *local)
            .unwrap();
        self.contract.find_element(&name).unwrap()
    }

    /// A named type declared before, of one kind.
    fn earlier_type(&mut self, simple: bool) -> Option<Id<TypeDefinition>> {
        let known: Vec<Id<TypeDefinition>> = { self.contract.types.iter() }
            .filter(|(_, known)| {
                known
                    .name
                    .as_ref()
                    .is_some_and(|name| name.local.starts_with("Type"))
            })
            .filter(|(_, known)| matches!(known.definition, Definition::Simple(_)) == simple)
            .map(|(id, _)| id)
            .collect();
        (!known.is_empty()).then(|| self.random.of(&known))
    }

    fn anonymous(&mut self, definition: Definition) -> Id<TypeDefinition> {
        let annotation = self.random.facts();
        self.contract.types.add(TypeDefinition {
            name: None,
            definition,
            annotation,
            span: Span::NONE,
        })
    }

    fn simple_type_use(&mut self) -> Id<TypeDefinition> {
        match self.random.below(3) {
            0 => self.builtin(),
            1 => self
                .earlier_type(true)
                .unwrap_or_else(|| self.contract.builtin(Builtin::String)),
            _ => {
                let definition = self.simple_type();
                self.anonymous(definition)
            }
        }
    }

    fn type_use(&mut self, index: usize, depth: usize) -> Id<TypeDefinition> {
        if depth > 0 && self.random.one_in(3) {
            let complex = self.complex_type(index, depth - 1);
            return self.anonymous(Definition::Complex(complex));
        }
        if self.random.one_in(3)
            && let Some(id) = self.earlier_type(false)
        {
            return id;
        }
        self.simple_type_use()
    }

    fn simple_type(&mut self) -> Definition {
        let (variety, facets) = match self.random.below(5) {
            0 => (Variety::List(self.builtin()), Facets::default()),
            1 => {
                let mut members = vec![self.builtin(), self.builtin()];
                let anonymous = self.simple_restriction();
                members.push(self.anonymous(anonymous));
                (Variety::Union(members), Facets::default())
            }
            _ => return self.simple_restriction(),
        };
        Definition::Simple(SimpleType {
            builtin: None,
            variety,
            facets,
            final_: DerivationSet {
                list: self.random.one_in(5),
                ..DerivationSet::default()
            },
        })
    }

    fn simple_restriction(&mut self) -> Definition {
        let base = match self.earlier_type(true) {
            Some(id) if self.random.one_in(3) => id,
            _ => self.builtin(),
        };
        let facets = self.facets();
        Definition::Simple(SimpleType {
            builtin: None,
            variety: Variety::Restriction(Some(base)),
            facets,
            final_: DerivationSet {
                union: self.random.one_in(5),
                ..DerivationSet::default()
            },
        })
    }

    fn facets(&mut self) -> Facets {
        let random = &mut *self.random;
        let size = |random: &mut Random| random.maybe(|random| random.of(&[0, 1, 50, u64::MAX]));
        let bound =
            |random: &mut Random| random.maybe(|random| random.of(&["-1.50", "7"]).to_owned());
        let value = |random: &mut Random| EnumerationValue {
            value: random.verbatim(),
            documentation: random.documentation(),
            deprecated: random.one_in(4).then(|| random.line()),
        };
        let enumeration = random.some(3, value);
        Facets {
            length: size(random),
            min_length: size(random),
            max_length: size(random),
            patterns: random.some(2, |random| {
                random.of(&[r"\d{2}[^<>&]*", " a|\tb"]).to_owned()
            }),
            open: random.one_in(2),
            prefixes: Vec::new(),
            enumeration,
            white_space: random.maybe(|random| {
                random.of(&[
                    WhiteSpace::Preserve,
                    WhiteSpace::Replace,
                    WhiteSpace::Collapse,
                ])
            }),
            min_inclusive: bound(random),
            max_inclusive: bound(random),
            min_exclusive: bound(random),
            max_exclusive: bound(random),
            total_digits: size(random),
            fraction_digits: size(random),
            explicit_timezone: random.maybe(|random| {
                random.of(&[ExplicitTimezone::Required, ExplicitTimezone::Prohibited])
            }),
        }
    }

    fn complex_type(&mut self, index: usize, depth: usize) -> ComplexType {
        let (attributes, attribute_groups, any_attribute) = self.attributes(index);
        let mut complex = ComplexType {
            attributes,
            attribute_groups,
            any_attribute,
            abstract_: self.random.one_in(6),
            block: self.derivations(),
            final_: self.derivations(),
            ..ComplexType::default()
        };
        if self.random.one_in(4) {
            self.simple_content(&mut complex);
            return complex;
        }
        if self.random.one_in(3)
            && let Some(base) = self.earlier_type(false)
        {
            let method = self
                .random
                .of(&[DerivationMethod::Extension, DerivationMethod::Restriction]);
            complex.derivation = Some(Derivation {
                base,
                method,
                span: Span::NONE,
            });
        }
        complex.mixed = self.random.one_in(5);
        if self.random.one_in(8) {
            let wildcard = self.wildcard();
            complex.open_content = Some(OpenContent {
                interleave: self.random.one_in(2),
                wildcard,
            });
        }
        complex.rules = self.random.some(2, rule);
        if !self.random.one_in(6) {
            complex.content = Content::Elements(self.group_particle(index, depth));
        }
        complex
    }

    fn simple_content(&mut self, complex: &mut ComplexType) {
        let base = self.builtin();
        let (method, text) = if self.random.one_in(2) {
            (DerivationMethod::Extension, base)
        } else {
            let definition = Definition::Simple(SimpleType {
                builtin: None,
                variety: Variety::Restriction(Some(base)),
                facets: self.facets(),
                final_: DerivationSet::default(),
            });
            let text = self.contract.types.add(TypeDefinition {
                name: None,
                definition,
                annotation: Annotation::default(),
                span: Span::NONE,
            });
            (DerivationMethod::Restriction, text)
        };
        complex.derivation = Some(Derivation {
            base,
            method,
            span: Span::NONE,
        });
        complex.content = Content::Simple(text);
    }

    fn group_particle(&mut self, index: usize, depth: usize) -> Particle {
        let mut group = self.model_group(index, depth);
        if group.particles.is_empty() {
            group.particles.push(self.particle(index, 0));
        }
        Particle {
            occurs: self.occurs(),
            term: Term::Group(group),
            span: Span::NONE,
        }
    }

    fn model_group(&mut self, index: usize, depth: usize) -> ModelGroup {
        use Compositor::{All, Choice, Sequence};
        ModelGroup {
            compositor: self.random.of(&[Sequence, Sequence, Choice, All]),
            particles: (0..self.random.below(4))
                .map(|_| self.particle(index, depth))
                .collect(),
        }
    }

    fn particle(&mut self, index: usize, depth: usize) -> Particle {
        let term = match self.random.below(8) {
            0 if depth > 0 => Term::Group(self.model_group(index, depth - 1)),
            1 => Term::Wildcard(self.wildcard()),
            2 if index > 0 => Term::Element(self.earlier_element(index)),
            3 if index > 0 => {
                let groups: Vec<_> = self.contract.groups.ids().collect();
                Term::GroupReference(self.random.of(&groups))
            }
            _ => {
                let local = self
                    .random
                    .of(&["Item", "key", "Größe", "item-2"])
                    .to_owned();
                let namespace = if self.random.one_in(4) {
                    ""
                } else {
                    self.namespace
                };
                let name = QName::new(namespace, local);
                let element = self.element(name, Scope::Local, index, depth);
                Term::Element(self.contract.elements.add(element))
            }
        };
        Particle {
            occurs: self.occurs(),
            term,
            span: Span::NONE,
        }
    }

    fn occurs(&mut self) -> Occurs {
        let bounded = Occurs {
            min: 2,
            max: Some(5),
        };
        self.random.of(&[
            Occurs::ONCE,
            Occurs::ONCE,
            Occurs::OPTIONAL,
            Occurs::ANY,
            bounded,
        ])
    }

    fn wildcard(&mut self) -> Wildcard {
        let target = Arc::from(self.namespace);
        let namespaces = match self.random.below(3) {
            0 => NamespaceConstraint::Any,
            1 => NamespaceConstraint::Not(target),
            _ => NamespaceConstraint::OneOf(vec![target, Arc::from("urn:example:other")]),
        };
        let process_contents = self.random.of(&[
            ProcessContents::Strict,
            ProcessContents::Lax,
            ProcessContents::Skip,
        ]);
        Wildcard {
            namespaces,
            process_contents,
        }
    }

    fn attributes(
        &mut self,
        index: usize,
    ) -> (
        Vec<AttributeUse>,
        Vec<Id<AttributeGroupDefinition>>,
        Option<Wildcard>,
    ) {
        let locals = self.random.some(2, |random| random.one_in(3));
        let mut uses = Vec::new();
        for (number, is_qualified) in locals.into_iter().enumerate() {
            let namespace = if is_qualified { self.namespace } else { "" };
            let declaration = AttributeDeclaration {
                name: QName::new(namespace, format!("local{number}")),
                scope: Scope::Local,
                type_definition: self.simple_type_use(),
                value_constraint: None,
                annotation: self.random.facts(),
                span: Span::NONE,
            };
            let declaration = self.contract.attributes.add(declaration);
            uses.push(self.attribute_use(declaration));
        }
        let mut groups = Vec::new();
        if index > 0 && self.random.one_in(3) {
            let globals: Vec<_> = { self.contract.attributes.iter() }
                .filter(|(_, known)| known.scope == Scope::Global)
                .map(|(id, _)| id)
                .collect();
            let declaration = self.random.of(&globals);
            uses.push(self.attribute_use(declaration));
            let known: Vec<_> = self.contract.attribute_groups.ids().collect();
            groups.push(self.random.of(&known));
        }
        let any = self.random.one_in(4).then(|| self.wildcard());
        (uses, groups, any)
    }

    fn attribute_use(&mut self, declaration: Id<AttributeDeclaration>) -> AttributeUse {
        use AttributePresence::{Optional, Prohibited, Required};
        let array_type = self.random.one_in(6).then(|| ArrayType {
            item: self.contract.builtin(Builtin::Int),
            dimensions: "[,][]".to_owned(),
        });
        AttributeUse {
            declaration,
            presence: self.random.of(&[Optional, Required, Prohibited]),
            value_constraint: self.value_constraint(),
            array_type,
            span: Span::NONE,
        }
    }
}

fn rule(random: &mut Random) -> Rule {
    use RuleKind::{AtLeastOne, AtMostOne, ExactlyOne, Excludes, Requires};
    Rule {
        kind: random.of(&[AtLeastOne, AtMostOne, ExactlyOne, Excludes, Requires]),
        members: vec!["Item".to_owned(), "key".to_owned()],
        name: random.maybe(|_| "Choice".to_owned()),
        span: Span::NONE,
    }
}

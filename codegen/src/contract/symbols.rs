//! The symbol spaces of XML Schema (Structures §2.5) and WSDL: names to components.

use std::collections::BTreeMap;

use super::*;
use crate::source::Span;

/// A reference to a named component, for the report on undeclared ones.
#[derive(Clone, Copy, Debug)]
pub struct Reference<T> {
    /// The component.
    pub id: Id<T>,
    /// Where it is referred to.
    pub span: Span,
}

/// A second declaration of one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Redeclared {
    /// Where it was declared first.
    pub first: Span,
}

/// One symbol space.
#[derive(Clone, Debug)]
pub(super) struct Space<T> {
    names: BTreeMap<QName, Id<T>>,
    uses: Vec<Reference<T>>,
}

impl<T> Default for Space<T> {
    fn default() -> Self {
        Self {
            names: BTreeMap::new(),
            uses: Vec::new(),
        }
    }
}

/// All symbol spaces of a contract.
#[derive(Clone, Debug, Default)]
pub(super) struct Symbols {
    types: Space<TypeDefinition>,
    elements: Space<ElementDeclaration>,
    attributes: Space<AttributeDeclaration>,
    groups: Space<ModelGroupDefinition>,
    attribute_groups: Space<AttributeGroupDefinition>,
    messages: Space<Message>,
    port_types: Space<PortType>,
    bindings: Space<Binding>,
    builtins: BTreeMap<Builtin, Id<TypeDefinition>>,
}

impl Default for Contract {
    fn default() -> Self {
        Self::new()
    }
}

impl Contract {
    /// A contract that declares the built-in types and nothing else.
    #[must_use]
    pub fn new() -> Self {
        let mut contract = Self {
            types: Arena::default(),
            elements: Arena::default(),
            attributes: Arena::default(),
            groups: Arena::default(),
            attribute_groups: Arena::default(),
            identity_constraints: BTreeMap::new(),
            messages: Arena::default(),
            port_types: Arena::default(),
            bindings: Arena::default(),
            catalogues: Arena::default(),
            services: Vec::new(),
            inputs: Vec::new(),
            describes_services: false,
            accepted_findings: Vec::new(),
            symbols: Symbols::default(),
        };
        for &builtin in Builtin::ALL {
            contract.add_builtin(builtin);
        }
        contract
    }

    fn add_builtin(&mut self, builtin: Builtin) {
        let symbols = &self.symbols.builtins;
        let definition = if builtin == Builtin::AnyType {
            Definition::Complex(any_type())
        } else {
            let variety = match builtin.list_item() {
                Some(item) => Variety::List(symbols[&item]),
                None => Variety::Restriction(symbols.get(&builtin.base()).copied()),
            };
            Definition::Simple(SimpleType {
                builtin: Some(builtin),
                variety,
                facets: Facets::default(),
                final_: DerivationSet::default(),
            })
        };
        let name = QName::new(XML_SCHEMA, builtin.name());
        let id = self.types.add(TypeDefinition {
            name: Some(name.clone()),
            definition,
            annotation: Annotation::default(),
            span: Span::NONE,
        });
        self.symbols.builtins.insert(builtin, id);
        self.symbols.types.names.insert(name, id);
    }

    /// The place of a built-in type.
    #[must_use]
    pub fn builtin(&self, builtin: Builtin) -> Id<TypeDefinition> {
        self.symbols.builtins[&builtin]
    }

    /// The global type with this name, if it is known.
    #[must_use]
    pub fn find_type(&self, name: &QName) -> Option<Id<TypeDefinition>> {
        self.symbols.types.names.get(name).copied()
    }

    /// The global element with this name, if it is known.
    #[must_use]
    pub fn find_element(&self, name: &QName) -> Option<Id<ElementDeclaration>> {
        self.symbols.elements.names.get(name).copied()
    }

    /// The names of all known global types.
    pub fn type_names(&self) -> impl Iterator<Item = &QName> {
        self.symbols.types.names.keys()
    }

    /// The names of all known global elements.
    pub fn element_names(&self) -> impl Iterator<Item = &QName> {
        self.symbols.elements.names.keys()
    }
}

/// `xs:anyType` as Structures §3.4.7 defines it.
fn any_type() -> ComplexType {
    let wildcard = Wildcard {
        namespaces: NamespaceConstraint::Any,
        process_contents: ProcessContents::Lax,
    };
    let particle = Particle {
        occurs: Occurs::ANY,
        term: Term::Wildcard(wildcard.clone()),
        span: Span::NONE,
    };
    ComplexType {
        content: Content::Elements(Particle {
            occurs: Occurs::ONCE,
            term: Term::Group(ModelGroup {
                compositor: Compositor::Sequence,
                particles: vec![particle],
            }),
            span: Span::NONE,
        }),
        mixed: true,
        any_attribute: Some(wildcard),
        ..ComplexType::default()
    }
}

macro_rules! symbol_space {
    (
        $what:literal, $kind:ident, $arena:ident,
        $reference:ident, $declare:ident, $uses:ident,
        |$name:ident, $span:ident, $builtin:ident| $placeholder:expr,
        |$component:ident| $declared:expr
    ) => {
        impl Contract {
            #[doc = concat!("The ", $what, " with this name, declared or to be declared; `span` is where it is used.")]
            pub fn $reference(&mut self, $name: QName, $span: Span) -> Id<$kind> {
                let id = match self.symbols.$arena.names.get(&$name) {
                    Some(&id) => id,
                    None => {
                        let $builtin = self.symbols.builtins[&Builtin::AnyType];
                        let placeholder = { let $name = $name.clone(); $placeholder };
                        let id = self.$arena.add(placeholder);
                        self.symbols.$arena.names.insert($name, id);
                        id
                    }
                };
                self.symbols.$arena.uses.push(Reference { id, span: $span });
                id
            }

            #[doc = concat!("Declares a named ", $what, ".")]
            ///
            /// # Errors
            ///
            /// If the name is declared already; the first declaration stays.
            pub fn $declare(&mut self, name: QName, component: $kind) -> Result<Id<$kind>, Redeclared> {
                match self.symbols.$arena.names.get(&name) {
                    None => {
                        let id = self.$arena.add(component);
                        self.symbols.$arena.names.insert(name, id);
                        Ok(id)
                    }
                    Some(&id) => {
                        let $component = &self.$arena[id];
                        if $declared {
                            return Err(Redeclared { first: $component.span });
                        }
                        self.$arena[id] = component;
                        Ok(id)
                    }
                }
            }

            #[doc = concat!("Every reference to a named ", $what, ", in input order.")]
            #[must_use]
            pub fn $uses(&self) -> &[Reference<$kind>] {
                &self.symbols.$arena.uses
            }
        }
    };
}

symbol_space!(
    "type",
    TypeDefinition,
    types,
    type_reference,
    declare_type,
    type_uses,
    |name, span, _any_type| TypeDefinition {
        name: Some(name),
        definition: Definition::Undeclared,
        annotation: Annotation::default(),
        span,
    },
    |component| !matches!(component.definition, Definition::Undeclared)
);

symbol_space!(
    "element",
    ElementDeclaration,
    elements,
    element_reference,
    declare_element,
    element_uses,
    |name, span, any_type| ElementDeclaration::plain(name, Scope::Undeclared, any_type, span),
    |component| component.scope != Scope::Undeclared
);

symbol_space!(
    "attribute",
    AttributeDeclaration,
    attributes,
    attribute_reference,
    declare_attribute,
    attribute_uses,
    |name, span, any_type| AttributeDeclaration {
        name,
        scope: Scope::Undeclared,
        type_definition: any_type,
        value_constraint: None,
        annotation: Annotation::default(),
        span,
    },
    |component| component.scope != Scope::Undeclared
);

symbol_space!(
    "model group",
    ModelGroupDefinition,
    groups,
    group_reference,
    declare_group,
    group_uses,
    |name, span, _any_type| ModelGroupDefinition {
        name,
        group: None,
        annotation: Annotation::default(),
        span,
    },
    |component| component.group.is_some()
);

symbol_space!(
    "attribute group",
    AttributeGroupDefinition,
    attribute_groups,
    attribute_group_reference,
    declare_attribute_group,
    attribute_group_uses,
    |name, span, _any_type| AttributeGroupDefinition {
        name,
        declared: false,
        attributes: Vec::new(),
        attribute_groups: Vec::new(),
        any_attribute: None,
        annotation: Annotation::default(),
        span,
    },
    |component| component.declared
);

symbol_space!(
    "message",
    Message,
    messages,
    message_reference,
    declare_message,
    message_uses,
    |name, span, _any_type| Message {
        name,
        declared: false,
        parts: Vec::new(),
        policy: Policy::default(),
        span
    },
    |component| component.declared
);

symbol_space!(
    "port type",
    PortType,
    port_types,
    port_type_reference,
    declare_port_type,
    port_type_uses,
    |name, span, _any_type| PortType {
        name,
        declared: false,
        operations: Vec::new(),
        policy: Policy::default(),
        annotation: Annotation::default(),
        span,
    },
    |component| component.declared
);

impl Contract {
    /// The binding with this name, declared or to be declared; `span` is where it is used.
    pub fn binding_reference(&mut self, name: QName, span: Span) -> Id<Binding> {
        let id = match self.symbols.bindings.names.get(&name) {
            Some(&id) => id,
            None => {
                // A binding cannot stand for one without a port type: the placeholder's is as
                // undeclared as itself, and not counted as a use.
                let port_type = self.port_types.add(PortType {
                    name: name.clone(),
                    declared: true,
                    operations: Vec::new(),
                    policy: Policy::default(),
                    annotation: Annotation::default(),
                    span,
                });
                let id = self.bindings.add(Binding {
                    name: name.clone(),
                    declared: false,
                    port_type,
                    protocol: Protocol::Unknown,
                    operations: Vec::new(),
                    extensions: Vec::new(),
                    policy: Policy::default(),
                    authentication: Authentication::default(),
                    annotation: Annotation::default(),
                    span,
                });
                self.symbols.bindings.names.insert(name, id);
                id
            }
        };
        self.symbols.bindings.uses.push(Reference { id, span });
        id
    }

    /// Declares a named binding.
    ///
    /// # Errors
    ///
    /// If the name is declared already; the first declaration stays.
    pub fn declare_binding(
        &mut self,
        name: QName,
        binding: Binding,
    ) -> Result<Id<Binding>, Redeclared> {
        match self.symbols.bindings.names.get(&name) {
            None => {
                let id = self.bindings.add(binding);
                self.symbols.bindings.names.insert(name, id);
                Ok(id)
            }
            Some(&id) if self.bindings[id].declared => Err(Redeclared {
                first: self.bindings[id].span,
            }),
            Some(&id) => {
                self.bindings[id] = binding;
                Ok(id)
            }
        }
    }

    /// Every reference to a named binding, in input order.
    #[must_use]
    pub fn binding_uses(&self) -> &[Reference<Binding>] {
        &self.symbols.bindings.uses
    }
}

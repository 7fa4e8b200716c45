//! Adds the components of all schemas to the contract, document by document.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::load::{self, Load, is_schema_markup};
use super::redefine::Redefinitions;
use super::{native, value};
use crate::contract::{
    AttributeGroupDefinition, Builtin, Content, Contract, Definition, DerivationSet,
    ElementDeclaration, Id, OpenContent, QName, Scope, TypeDefinition, Variety, XML_SCHEMA,
};
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::frontend::names::{Kind, Names, Namespaces};
use crate::frontend::xml::{Attribute, Element, Trees};
use crate::source::Span;

/// The state of filling a contract.
pub(in crate::frontend) struct Fill<'a> {
    pub(in crate::frontend) contract: &'a mut Contract,
    pub(in crate::frontend) diagnostics: &'a mut Diagnostics,
    pub(super) names: &'a Names,
    pub(super) redefinitions: Redefinitions,
    /// The first declaration of each name, in this run.
    pub(super) declared: BTreeMap<(Kind, QName), Declared<'a>>,
    /// Elements without a type of their own, which have that of their substitution group's head.
    pub(super) headed: Vec<(Id<ElementDeclaration>, Id<ElementDeclaration>)>,
    used: BTreeSet<Arc<str>>,
}

/// Where a component was declared.
#[derive(Clone, Copy)]
pub(super) struct Declared<'a> {
    pub(super) schema: usize,
    pub(super) element: Element<'a>,
}

/// The schema that is being read.
pub(super) struct Schema {
    /// Its place in the order of reading.
    pub(super) index: usize,
    pub(super) namespaces: Namespaces,
    pub(super) qualified_elements: bool,
    pub(super) qualified_attributes: bool,
    pub(super) block_default: DerivationSet,
    pub(super) final_default: DerivationSet,
    /// `defaultAttributes` of XML Schema 1.1.
    pub(super) default_attributes: Option<Id<AttributeGroupDefinition>>,
    /// `defaultOpenContent` of XML Schema 1.1, and whether it applies to empty content.
    pub(super) default_open_content: Option<(OpenContent, bool)>,
}

impl<'a> Fill<'a> {
    pub(in crate::frontend) fn new(
        names: &'a Names,
        contract: &'a mut Contract,
        diagnostics: &'a mut Diagnostics,
    ) -> Self {
        Self {
            contract,
            diagnostics,
            names,
            redefinitions: Redefinitions::default(),
            declared: BTreeMap::new(),
            headed: Vec::new(),
            used: BTreeSet::new(),
        }
    }

    /// Adds all schemas.
    pub(in crate::frontend) fn schemas(&mut self, load: &Load, trees: &'a Trees<'_>) {
        let mut schemas = Vec::new();
        for (found, index) in load.schemas().iter().zip(0..) {
            if let Some(element) = trees.element(found.document, found.node) {
                let namespaces = Namespaces {
                    target: found.target.clone(),
                    chameleon: found.chameleon,
                };
                schemas.push((self.schema(index, namespaces, element), element));
            }
        }
        for (schema, element) in &schemas {
            self.redefinitions
                .announce(&schema.namespaces.target, *element);
            self.misspelt_attributes(*element);
        }
        for (schema, element) in &schemas {
            for child in element.children().filter(|child| is_schema_markup(*child)) {
                self.component(schema, child);
            }
        }
        for (schema, element) in &schemas {
            self.overrides(schema, *element);
        }
        // Later schemas were opened by earlier ones: the innermost redefinition comes first.
        for (schema, element) in schemas.iter().rev() {
            self.redefine(schema, *element);
        }
    }

    /// Settles what could not be known before everything was read, and returns the namespaces that
    /// something refers to.
    pub(in crate::frontend) fn finish(mut self) -> BTreeSet<Arc<str>> {
        self.types_of_heads();
        self.simple_contents();
        self.used
    }

    fn schema(&mut self, index: usize, namespaces: Namespaces, element: Element<'_>) -> Schema {
        let form = |fill: &mut Self, name| match element.attribute(name) {
            Some(form) => fill.form(form),
            None => false,
        };
        let mut schema = Schema {
            index,
            qualified_elements: form(self, "elementFormDefault"),
            qualified_attributes: form(self, "attributeFormDefault"),
            block_default: value::derivation_set(element, "blockDefault", self.diagnostics)
                .unwrap_or_default(),
            final_default: value::derivation_set(element, "finalDefault", self.diagnostics)
                .unwrap_or_default(),
            namespaces,
            default_attributes: None,
            default_open_content: None,
        };
        if let Some(name) = element.attribute("defaultAttributes") {
            schema.default_attributes = self.attribute_group(&schema, element, name);
        }
        let open = element
            .children_in(XML_SCHEMA)
            .find(|child| child.name() == "defaultOpenContent");
        if let Some(open) = open {
            let empty = value::boolean(open, "appliesToEmpty", self.diagnostics).unwrap_or(false);
            schema.default_open_content = self
                .open_content(&schema, open)
                .map(|content| (content, empty));
        }
        schema
    }

    /// `qualified` or not.
    pub(super) fn form(&mut self, form: Attribute<'_>) -> bool {
        match form.trimmed() {
            "qualified" => true,
            "unqualified" => false,
            other => {
                self.diagnostics.push(
                    Diagnostic::warning(
                        Code::InvalidValue,
                        form.span(),
                        format!("`{other}` is no form; it is read as `unqualified`"),
                    )
                    .help("write `qualified` or `unqualified`"),
                );
                false
            }
        }
    }

    /// Warns of attributes that XML Schema does not have: what they are to say is lost.
    fn misspelt_attributes(&mut self, schema: Element<'_>) {
        for element in schema
            .descendants()
            .filter(|element| is_schema_markup(*element))
        {
            if ["appinfo", "documentation"].contains(&element.name()) {
                continue;
            }
            for (name, span) in element.attributes_of("") {
                if value::ATTRIBUTES.contains(&name) {
                    continue;
                }
                if let Some(near) = nearest(name, value::ATTRIBUTES.iter().copied()) {
                    self.diagnostics.push(
                        Diagnostic::warning(
                            Code::UnexpectedMarkup,
                            span,
                            format!("XML Schema has no attribute `{name}`; it is left out"),
                        )
                        .help(format!("did you mean `{near}`?")),
                    );
                }
            }
        }
    }

    fn component(&mut self, schema: &Schema, element: Element<'a>) {
        match element.name() {
            "annotation" | "import" | "include" | "redefine" | "override" | "notation"
            | "defaultOpenContent" => {}
            _ => match load::component_kind(element) {
                Some(kind) => self.global(schema, kind, element),
                None => self.unexpected(element, "a schema"),
            },
        }
    }

    /// What has no place where it stands is left out.
    pub(super) fn unexpected(&mut self, element: Element<'_>, place: &str) {
        self.diagnostics.push(
            Diagnostic::warning(
                Code::UnexpectedMarkup,
                element.span(),
                format!(
                    "`{}` has no place in {place}; it is left out",
                    element.name()
                ),
            )
            .help("see XML Schema 1.0 Structures for what may stand here"),
        );
    }

    /// The name that an attribute refers to; what well-known namespaces define is declared with the
    /// first reference.
    pub(super) fn name(
        &mut self,
        schema: &Schema,
        kind: Kind,
        element: Element<'_>,
        attribute: Attribute<'_>,
    ) -> Option<QName> {
        self.word(schema, kind, element, attribute, attribute.trimmed())
    }

    /// The same for one word of an attribute.
    pub(super) fn word(
        &mut self,
        schema: &Schema,
        kind: Kind,
        element: Element<'_>,
        attribute: Attribute<'_>,
        word: &str,
    ) -> Option<QName> {
        let scope = &schema.namespaces;
        let name = self
            .names
            .reference(kind, element, attribute, word, scope, self.diagnostics)?;
        self.use_namespace(&name);
        Some(name)
    }

    /// Declares a well-known namespace if the inputs do not.
    pub(in crate::frontend) fn use_namespace(&mut self, name: &QName) {
        if self.used.insert(name.namespace.clone()) && !self.names.has_namespace(&name.namespace) {
            native::declare(self.contract, &name.namespace);
        }
        if &*name.namespace == XML_SCHEMA {
            native::declare_schema_element(self.contract, name);
        }
    }

    /// The type that an attribute of a schema element refers to.
    pub(super) fn type_reference(
        &mut self,
        schema: &Schema,
        element: Element<'_>,
        attribute: Attribute<'_>,
    ) -> Id<TypeDefinition> {
        match self.name(schema, Kind::Type, element, attribute) {
            Some(name) => self.type_named(name, attribute.span()),
            None => self.contract.builtin(Builtin::AnyType),
        }
    }

    pub(super) fn type_named(&mut self, name: QName, span: Span) -> Id<TypeDefinition> {
        match self.redefinitions.original_type(&name) {
            Some(original) => original,
            None => self.contract.type_reference(name, span),
        }
    }

    /// Elements without a type take that of the head of their substitution group.
    fn types_of_heads(&mut self) {
        let heads: BTreeMap<_, _> = self.headed.iter().copied().collect();
        let mut done = BTreeSet::new();
        for &(element, _) in &self.headed {
            let mut path = Vec::new();
            let mut at = element;
            while let Some(&head) = heads.get(&at) {
                if !done.insert(at) {
                    break;
                }
                path.push(at);
                at = head;
            }
            if self.contract.elements[at].scope != Scope::Undeclared {
                let type_definition = self.contract.elements[at].type_definition;
                for id in path {
                    self.contract.elements[id].type_definition = type_definition;
                }
            }
        }
    }

    /// Simple content that is said to be that of a complex type is that type's simple type.
    fn simple_contents(&mut self) {
        for id in self.contract.types.ids() {
            let start = match &self.contract.types[id].definition {
                Definition::Complex(complex) => match complex.content {
                    Content::Simple(content) => content,
                    _ => continue,
                },
                // The built-in ones derive from `xs:anyType`, as they should.
                Definition::Simple(simple) if simple.builtin.is_some() => continue,
                Definition::Simple(simple) => match simple.variety {
                    Variety::Restriction(Some(base)) if simple.builtin.is_none() => base,
                    _ => continue,
                },
                Definition::Undeclared => continue,
            };
            let mut path = BTreeSet::from([id]);
            let mut at = start;
            let found = loop {
                let Definition::Complex(complex) = &self.contract.types[at].definition else {
                    break at;
                };
                match complex.content {
                    Content::Simple(content) if path.insert(at) => at = content,
                    // Mixed content that may be empty, or a mistake that `resolve` reports at the
                    // derivation: text either way.
                    _ => break self.contract.builtin(Builtin::AnySimpleType),
                }
            };
            if found == start {
                continue;
            }
            for id in path {
                match &mut self.contract.types[id].definition {
                    Definition::Complex(complex) => complex.content = Content::Simple(found),
                    Definition::Simple(simple) => {
                        simple.variety = Variety::Restriction(Some(found));
                    }
                    Definition::Undeclared => {}
                }
            }
        }
    }
}

//! From documents to components: first all global names, then what they stand for.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::document::{Document, set};
use super::{
    Attribute, AttributeGroup, AttributeGroupId, AttributeId, AttributeUses, ComplexType,
    Components, ConstraintId, ContentMarkup, Definition, Element, ElementId, Group, GroupId,
    IdentityConstraint, Redefinition, SimpleDefinition, Type, TypeId, Wildcard,
};
use crate::contract::{
    Builtin, DerivationMethod, DerivationSet, NamespaceConstraint, ProcessContents, QName,
    XML_SCHEMA,
};
use crate::frontend::xml::Element as Xml;
use crate::source::Span;
use crate::strict::SchemaDocument;
use crate::strict::report::Report;

/// The state of reading.
pub(super) struct Reader<'r, 'a> {
    pub(super) report: &'r mut Report,
    pub(super) components: Components<'a>,
    pub(super) documents: Vec<Document<'a>>,
    /// The document that is being read.
    pub(super) document: usize,
    /// All target namespaces.
    pub(super) targets: HashSet<Arc<str>>,
    /// Target namespaces of which a document is not at hand.
    pub(super) incomplete: HashSet<String>,
    /// What is being redefined: there its name means the component as it was.
    pub(super) redefined_type: Option<(QName, TypeId)>,
    pub(super) redefined_group: Option<(QName, GroupId)>,
    pub(super) redefined_attribute_group: Option<(QName, AttributeGroupId)>,
    /// Where the component that is being redefined refers to what it was.
    pub(super) own_references: Vec<Xml<'a>>,
    /// Keyrefs, whose keys are known in the end.
    pub(super) refers: Vec<(ConstraintId, usize, Xml<'a>)>,
}

/// A global component that is still to be read.
struct Pending<'a> {
    document: usize,
    xml: Xml<'a>,
    target: Global,
    name: QName,
}

/// A global component, and what it redefines.
#[derive(Clone, Copy)]
enum Global {
    Type(TypeId, Option<TypeId>),
    Element(ElementId),
    Attribute(AttributeId),
    Group(GroupId, Option<GroupId>),
    AttributeGroup(AttributeGroupId, Option<AttributeGroupId>),
}

/// Reads all components; `missing` are the places of what leads to no document.
pub(in crate::strict) fn read<'a>(
    schemas: &[SchemaDocument<'a>],
    missing: &BTreeSet<Span>,
    report: &mut Report,
) -> Components<'a> {
    let documents: Vec<_> = { schemas.iter() }
        .filter(|schema| schema.element.namespace() == XML_SCHEMA)
        .map(|schema| Document::new(schema, missing))
        .collect();
    let incomplete = { documents.iter() }
        .filter(|document| document.incomplete)
        .map(|document| document.target.to_string())
        .collect();
    let targets = { documents.iter() }
        .map(|document: &Document<'_>| document.target.clone())
        .collect();
    let mut reader = Reader {
        report,
        targets,
        components: Components::default(),
        documents,
        document: 0,
        incomplete,
        redefined_type: None,
        redefined_group: None,
        redefined_attribute_group: None,
        own_references: Vec::new(),
        refers: Vec::new(),
    };
    reader.builtins();
    for pending in reader.globals() {
        reader.global(&pending);
    }
    reader.keys();
    reader.components
}

impl<'a> Reader<'_, 'a> {
    fn builtins(&mut self) {
        const LATER: [&str; 4] = [
            "anyAtomicType",
            "dateTimeStamp",
            "dayTimeDuration",
            "yearMonthDuration",
        ];
        for builtin in Builtin::ALL {
            let local = builtin.name();
            if LATER.contains(&local) {
                continue;
            }
            let definition = if *builtin == Builtin::AnyType {
                Definition::Complex(ComplexType {
                    base: None,
                    method: DerivationMethod::Restriction,
                    base_span: Span::NONE,
                    mixed: true,
                    content: ContentMarkup::Complex(Some(super::particle::anything())),
                    attributes: AttributeUses {
                        wildcard: Some(Wildcard {
                            namespaces: NamespaceConstraint::Any,
                            process: ProcessContents::Lax,
                            span: Span::NONE,
                        }),
                        ..AttributeUses::default()
                    },
                })
            } else {
                Definition::Simple(SimpleDefinition::Builtin(local))
            };
            let name = QName::new(XML_SCHEMA, local);
            let id = self.add_type(Type {
                name: Some(name.clone()),
                xml: None,
                span: Span::NONE,
                final_: DerivationSet::default(),
                definition,
            });
            self.components.symbols.types.insert(name, id);
        }
    }

    pub(super) fn add_type(&mut self, definition: Type<'a>) -> TypeId {
        self.components.types.push(definition);
        TypeId(self.components.types.len() - 1)
    }

    /// Gives every global component its place.
    fn globals(&mut self) -> Vec<Pending<'a>> {
        let mut pending = Vec::new();
        let mut declared = HashMap::new();
        let mut redefinitions = Vec::new();
        for document in 0..self.documents.len() {
            let xml = self.documents[document].xml;
            for child in xml.children_in(XML_SCHEMA) {
                if child.name() == "redefine" {
                    let inside = child.children_in(XML_SCHEMA);
                    redefinitions.extend(inside.map(|inside| (document, inside)));
                } else {
                    self.declare(document, child, &mut declared, &mut pending);
                }
            }
        }
        // Later documents were opened by earlier ones: the innermost redefinition comes first.
        let mut last: Option<usize> = None;
        let mut names = HashSet::new();
        redefinitions.sort_by_key(|(document, _)| std::cmp::Reverse(*document));
        for (document, xml) in redefinitions {
            if last != Some(document) {
                names.clear();
                last = Some(document);
            }
            pending.extend(self.redefine(document, xml, &mut names));
        }
        pending
    }

    fn global_name(&self, document: usize, xml: Xml<'a>) -> Option<QName> {
        let name = xml.attribute("name")?.trimmed();
        Some(QName::new(self.documents[document].target.clone(), name))
    }

    fn declare(
        &mut self,
        document: usize,
        xml: Xml<'a>,
        declared: &mut HashMap<(&'static str, QName), Span>,
        pending: &mut Vec<Pending<'a>>,
    ) {
        let space = match xml.name() {
            "simpleType" | "complexType" => "type",
            "element" => "element",
            "attribute" => "attribute",
            "group" => "group",
            "attributeGroup" => "attribute group",
            "notation" => "notation",
            _ => return,
        };
        let Some(name) = self.global_name(document, xml) else {
            return;
        };
        let span = xml.name_span();
        if let Some(first) = declared.insert((space, name.clone()), span) {
            if first != span {
                self.report.find(
                    "sch-props-correct.2",
                    span,
                    format!("the {space} `{}` is declared twice", name.local),
                    "rename one of the two, or leave it out",
                );
            }
            return;
        }
        let target = match space {
            "type" => {
                let id = self.declare_type(&name, xml);
                Global::Type(id, None)
            }
            "element" => {
                let id = self.add_element(Element::plain(name.clone(), true, span));
                self.components.symbols.elements.insert(name.clone(), id);
                Global::Element(id)
            }
            "attribute" => {
                let id = AttributeId(self.components.attributes.len());
                self.components.attributes.push(Attribute {
                    type_: None,
                    value: None,
                    span,
                });
                self.components.symbols.attributes.insert(name.clone(), id);
                Global::Attribute(id)
            }
            "group" => {
                let id = self.declare_group(&name, span);
                Global::Group(id, None)
            }
            "attribute group" => {
                let id = self.declare_attribute_group(&name, span);
                Global::AttributeGroup(id, None)
            }
            _ => {
                self.notation(xml);
                self.components.symbols.notations.insert(name, span);
                return;
            }
        };
        pending.push(Pending {
            document,
            xml,
            target,
            name,
        });
    }

    fn notation(&mut self, xml: Xml<'a>) {
        if xml.attribute("public").is_none() && xml.attribute("system").is_none() {
            self.report.find(
                "src-notation",
                xml.span(),
                "the notation has neither `public` nor `system`",
                "add public=\"…\" or system=\"…\"",
            );
        }
    }

    /// A type that is read later; from now on it is what the name stands for.
    fn declare_type(&mut self, name: &QName, xml: Xml<'a>) -> TypeId {
        let id = self.add_type(Type {
            name: Some(name.clone()),
            xml: Some(xml),
            span: xml.name_span(),
            final_: DerivationSet::default(),
            definition: Definition::Unknown,
        });
        self.components.symbols.types.insert(name.clone(), id);
        id
    }

    /// The same for a model group.
    fn declare_group(&mut self, name: &QName, span: Span) -> GroupId {
        let id = GroupId(self.components.groups.len());
        self.components.groups.push(Group {
            group: None,
            span: Some(span),
        });
        self.components.symbols.groups.insert(name.clone(), id);
        id
    }

    /// The same for an attribute group.
    fn declare_attribute_group(&mut self, name: &QName, span: Span) -> AttributeGroupId {
        let id = AttributeGroupId(self.components.attribute_groups.len());
        self.components.attribute_groups.push(AttributeGroup {
            attributes: AttributeUses::default(),
            span: Some(span),
        });
        let symbols = &mut self.components.symbols;
        symbols.attribute_groups.insert(name.clone(), id);
        id
    }

    pub(super) fn add_element(&mut self, element: Element<'a>) -> ElementId {
        self.components.elements.push(element);
        ElementId(self.components.elements.len() - 1)
    }

    /// Gives a component inside `xs:redefine` the place of the one that it redefines.
    fn redefine(
        &mut self,
        document: usize,
        xml: Xml<'a>,
        names: &mut HashSet<(bool, QName)>,
    ) -> Option<Pending<'a>> {
        if xml.name() == "annotation" {
            return None;
        }
        let name = self.global_name(document, xml)?;
        let span = xml.name_span();
        let is_type = xml.name().ends_with("Type");
        let own = self.documents[document]
            .xml
            .children_in(XML_SCHEMA)
            .find(|child| {
                let same_space =
                    child.name() == xml.name() || is_type && child.name().ends_with("Type");
                let own = child.attribute("name").map(|name| name.trimmed());
                same_space && own == Some(&*name.local)
            });
        if own.is_some() {
            self.report.find(
                "sch-props-correct.2",
                span,
                format!(
                    "`{}` is both redefined and declared in one document",
                    name.local
                ),
                "rename one of the two, or leave it out",
            );
        }
        if is_type && !names.insert((true, name.clone())) {
            self.report.find(
                "sch-props-correct.2",
                span,
                format!("the type `{}` is redefined twice", name.local),
                "leave one of the two out",
            );
            return None;
        }
        let found;
        let target = match xml.name() {
            "simpleType" | "complexType" => {
                let old = self.components.symbols.types.get(&name).copied();
                found = old.is_some();
                let id = self.declare_type(&name, xml);
                Global::Type(id, old)
            }
            "group" => {
                let old = self.components.symbols.groups.get(&name).copied();
                found = old.is_some();
                let id = self.declare_group(&name, span);
                Global::Group(id, old)
            }
            "attributeGroup" => {
                let old = self.components.symbols.attribute_groups.get(&name).copied();
                found = old.is_some();
                let id = self.declare_attribute_group(&name, span);
                Global::AttributeGroup(id, old)
            }
            _ => return None,
        };
        if !found && !self.incomplete.contains(&*name.namespace) {
            self.report.find(
                "src-redefine",
                span,
                format!("there is no `{}` to redefine", name.local),
                "use xs:include, and declare it outside",
            );
        }
        Some(Pending {
            document,
            xml,
            target,
            name,
        })
    }

    fn global(&mut self, pending: &Pending<'a>) {
        self.document = pending.document;
        let xml = pending.xml;
        match pending.target {
            Global::Type(id, old) => {
                self.redefined_type = old.map(|old| (pending.name.clone(), old));
                self.fill_type(id, xml);
                self.redefined_type = None;
                if let Some(old) = old {
                    self.components
                        .redefinitions
                        .push(Redefinition::Type(id, old));
                }
            }
            Global::Element(id) => self.global_element(id, xml),
            Global::Attribute(id) => self.global_attribute(id, xml),
            Global::Group(id, old) => {
                self.redefined_group = old.map(|old| (pending.name.clone(), old));
                let group = self.group_definition(xml);
                self.components.groups[id.0].group = group;
                self.redefined_group = None;
                let references = std::mem::take(&mut self.own_references);
                if let Some(old) = old {
                    let references = { references.iter() }
                        .map(|xml| {
                            let (min, max) = super::particle::occurs(*xml);
                            (min, max, xml.span())
                        })
                        .collect();
                    self.components.redefinitions.push(Redefinition::Group {
                        new: id,
                        old,
                        references,
                    });
                }
            }
            Global::AttributeGroup(id, old) => {
                self.redefined_attribute_group = old.map(|old| (pending.name.clone(), old));
                let attributes = self.attribute_uses(xml);
                self.components.attribute_groups[id.0].attributes = attributes;
                self.redefined_attribute_group = None;
                let references = std::mem::take(&mut self.own_references);
                if let Some(old) = old {
                    self.components
                        .redefinitions
                        .push(Redefinition::AttributeGroup {
                            new: id,
                            old,
                            references: references.iter().map(|xml| xml.span()).collect(),
                        });
                }
            }
        }
    }

    /// The content of a global or anonymous type.
    pub(super) fn fill_type(&mut self, id: TypeId, xml: Xml<'a>) {
        let document = &self.documents[self.document];
        let mut final_ = set(xml, "final").unwrap_or(document.final_default);
        // No set of a simple type has it, whatever the default says (Structures §3.14.2).
        final_.extension &= xml.name() == "complexType";
        let definition = match xml.name() {
            "simpleType" => self.simple_type(xml).map(Definition::Simple),
            _ => Some(Definition::Complex(self.complex_type(xml))),
        };
        let slot = &mut self.components.types[id.0];
        slot.final_ = final_;
        slot.definition = definition.unwrap_or(Definition::Unknown);
    }

    /// A type inside of a declaration.
    pub(super) fn anonymous_type(&mut self, xml: Xml<'a>) -> TypeId {
        let id = self.add_type(Type {
            name: None,
            xml: Some(xml),
            span: xml.span(),
            final_: DerivationSet::default(),
            definition: Definition::Unknown,
        });
        let redefined = self.redefined_type.take();
        self.fill_type(id, xml);
        self.redefined_type = redefined;
        id
    }

    /// The key that each keyref refers to.
    fn keys(&mut self) {
        for (id, document, xml) in std::mem::take(&mut self.refers) {
            self.document = document;
            let Some(refer) = xml.attribute("refer") else {
                continue;
            };
            let Some(name) = self.name(xml, refer, refer.trimmed()) else {
                continue;
            };
            let found = self.components.symbols.constraints.get(&name).copied();
            if found.is_none() && !self.incomplete.contains(&*name.namespace) {
                self.report.find(
                    "src-resolve",
                    refer.span(),
                    format!("there is no key `{}`", name.local),
                    "declare it, or correct the name",
                );
            }
            self.components.constraints[id.0].refer = Some((found, refer.span()));
        }
    }

    pub(super) fn add_constraint(&mut self, constraint: IdentityConstraint<'a>) -> ConstraintId {
        self.components.constraints.push(constraint);
        ConstraintId(self.components.constraints.len() - 1)
    }
}

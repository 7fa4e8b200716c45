//! The lines of components.

use std::sync::{Arc, OnceLock};

use super::line::{Line, unquoted};
use super::{Parser, Problem};
use crate::validation::component::{
    AttributeDeclaration, AttributeGroup, AttributeUse, ComplexType, Compositor, ConstraintId,
    Content, Definition, ElementDeclaration, ElementId, Method, Methods, OpenContent, Particle,
    Prefixes, Presence, SimpleType, Term, TypeId, ValueConstraint, Variety,
};
use crate::validation::datatype::FacetKind;
use crate::validation::identity::{Constraint, ConstraintKind};
use crate::validation::names::NameId;
use crate::validation::wildcard::{Namespaces, ProcessContents, Wildcard};

/// How deep lines may stand in each other.
const DEPTH: usize = 600;

/// A line that others may be inside of.
#[derive(Debug)]
pub(super) enum Open {
    /// A line with nothing inside.
    Leaf,
    Element(ElementId),
    /// An element in a content model, and its particle.
    Local(ElementId, Particle),
    Simple(TypeId, SimpleType),
    Complex(TypeId, Box<ComplexType>),
    Group(NameId, Option<Particle>),
    Attributes(NameId, AttributeGroup),
    Model {
        compositor: Compositor,
        occurs: (u64, Option<u64>),
        particles: Vec<Particle>,
    },
    Constraint(ConstraintId, Box<ConstraintLines>),
}

/// What the lines of an identity constraint say.
#[derive(Debug)]
pub(super) struct ConstraintLines {
    name: NameId,
    kind: ConstraintKind,
    selector: String,
    fields: Vec<String>,
    prefixes: Prefixes,
}

impl Parser {
    pub(super) fn line(&mut self, line: &Line<'_>) -> Result<(), Problem> {
        self.close_to(line.depth);
        if line.depth > self.open.len() {
            return Err("too far to the right".to_owned());
        }
        if line.depth > DEPTH {
            return Err(format!("more than {DEPTH} levels"));
        }
        let open = match self.open.last() {
            None => self.global(line)?,
            Some(Open::Simple(..)) => self.of_simple(line)?,
            Some(Open::Complex(..)) => self.of_complex(line)?,
            Some(Open::Attributes(..)) => self.of_attributes(line)?,
            Some(Open::Model { .. } | Open::Group(..)) => self.particle(line)?,
            Some(Open::Element(id) | Open::Local(id, _)) => {
                let id = *id;
                self.constraint(id, line)?
            }
            Some(Open::Constraint(..)) => self.of_constraint(line)?,
            Some(Open::Leaf) => return Err(unknown(line)),
        };
        self.open.push(open);
        Ok(())
    }

    /// Ends what is open below a depth.
    pub(super) fn close_to(&mut self, depth: usize) {
        while self.open.len() > depth {
            let Some(open) = self.open.pop() else { return };
            match open {
                Open::Leaf | Open::Element(_) => {}
                Open::Local(_, particle) => self.add_particle(particle),
                Open::Simple(id, simple) => self.define(id, Definition::Simple(simple)),
                Open::Complex(id, complex) => self.define(id, Definition::Complex(complex)),
                Open::Group(name, particle) => {
                    let particle = particle.unwrap_or(Particle {
                        min: 1,
                        max: Some(1),
                        term: Term::Group(Compositor::Sequence, Vec::new()),
                    });
                    self.components.groups.insert(name, Arc::new(particle));
                }
                Open::Attributes(name, group) => {
                    self.components.attribute_groups.insert(name, group);
                }
                Open::Model {
                    compositor,
                    occurs: (min, max),
                    particles,
                } => self.add_particle(Particle {
                    min,
                    max,
                    term: Term::Group(compositor, particles),
                }),
                Open::Constraint(id, lines) => self.define_constraint(id, *lines),
            }
        }
    }

    fn define(&mut self, id: TypeId, definition: Definition) {
        if let Some(type_) = self.components.types.get_mut(id.0) {
            type_.definition = definition;
        }
    }

    fn define_constraint(&mut self, id: ConstraintId, lines: ConstraintLines) {
        let names = &mut self.components.names;
        let constraint = Constraint::new(
            lines.name,
            lines.kind,
            &lines.selector,
            &lines.fields,
            &lines.prefixes,
            names,
        );
        if let Some(place) = self.components.constraints.get_mut(id.0) {
            *place = constraint;
        }
    }

    fn add_particle(&mut self, particle: Particle) {
        match self.open.last_mut() {
            Some(Open::Model { particles, .. }) => particles.push(particle),
            Some(Open::Group(_, group)) => *group = Some(particle),
            Some(Open::Complex(_, complex)) => {
                complex.content = Content::Elements(Arc::new(particle));
            }
            _ => {}
        }
    }

    fn global(&mut self, line: &Line<'_>) -> Result<Open, Problem> {
        match line.key {
            "namespace" => {
                let (prefix, namespace) = (line.word(0)?, line.text(1)?);
                let prefixes = &mut self.components.prefixes;
                prefixes.insert(prefix.into(), namespace.as_ref().into());
                Ok(Open::Leaf)
            }
            "element" => {
                let id = self.element_reference(line.word(0)?)?;
                let name = self.components.element(id).name;
                self.components.elements[id.0] = self.element(name, line)?;
                Ok(Open::Element(id))
            }
            "attribute" => {
                let id = self.attribute_reference(line.word(0)?)?;
                let attribute = AttributeDeclaration {
                    name: self.components.attribute(id).name,
                    type_: self.type_reference(line.word(1)?)?,
                    value: value_constraint(line)?,
                    secret: line.has("secret"),
                };
                self.components.attributes[id.0] = attribute;
                Ok(Open::Leaf)
            }
            "simple" => self.simple(line),
            "complex" => self.complex(line),
            "group" => Ok(Open::Group(self.name(line.word(0)?)?, None)),
            "attributes" => {
                let name = self.name(line.word(0)?)?;
                Ok(Open::Attributes(name, AttributeGroup::default()))
            }
            _ => Err(unknown(line)),
        }
    }

    fn element(&mut self, name: NameId, line: &Line<'_>) -> Result<ElementDeclaration, Problem> {
        let head = match line.value("head") {
            Some(head) => Some(self.element_reference(head)?),
            None => None,
        };
        Ok(ElementDeclaration {
            name,
            type_: self.type_reference(line.word(1)?)?,
            nillable: line.has("nillable"),
            abstract_: line.has("abstract"),
            block: methods(line),
            value: value_constraint(line)?,
            head,
            secret: line.has("secret"),
            constraints: Vec::new(),
        })
    }

    fn simple(&mut self, line: &Line<'_>) -> Result<Open, Problem> {
        let id = self.type_reference(line.word(0)?)?;
        let first = line.word(2);
        let variety = match line.word(1)? {
            "restriction" => Variety::Restriction(self.type_reference(first?)?),
            "list" => Variety::List(self.type_reference(first?)?),
            "union" => {
                let members = line.words[2..].iter();
                let members: Result<_, Problem> =
                    members.map(|member| self.type_reference(member)).collect();
                Variety::Union(members?)
            }
            _ => return Err(unknown(line)),
        };
        let simple = SimpleType {
            variety,
            facets: Vec::new(),
            prefixes: Prefixes::default(),
            datatype: OnceLock::new(),
        };
        Ok(Open::Simple(id, simple))
    }

    fn of_simple(&mut self, line: &Line<'_>) -> Result<Open, Problem> {
        let Some(Open::Simple(_, simple)) = self.open.last_mut() else {
            return Err(unknown(line));
        };
        if line.key == "prefix" {
            simple.prefixes.0.push(prefix(line)?);
        } else {
            let kind = FacetKind::from_name(line.key).ok_or_else(|| unknown(line))?;
            simple.facets.push((kind, line.text(0)?.as_ref().into()));
        }
        Ok(Open::Leaf)
    }

    fn complex(&mut self, line: &Line<'_>) -> Result<Open, Problem> {
        let id = self.type_reference(line.word(0)?)?;
        let mut complex = ComplexType {
            mixed: line.has("mixed"),
            abstract_: line.has("abstract"),
            block: methods(line),
            ..ComplexType::default()
        };
        for (word, method) in [
            ("extension", Method::Extension),
            ("restriction", Method::Restriction),
        ] {
            if let Some(base) = line.value(word) {
                complex.base = Some(self.type_reference(base)?);
                complex.method = method;
            }
        }
        Ok(Open::Complex(id, Box::new(complex)))
    }

    fn of_complex(&mut self, line: &Line<'_>) -> Result<Open, Problem> {
        match line.key {
            "text" => {
                let content = Content::Simple(self.type_reference(line.word(0)?)?);
                if let Some(Open::Complex(_, complex)) = self.open.last_mut() {
                    complex.content = content;
                }
                Ok(Open::Leaf)
            }
            "open" => {
                let open = OpenContent {
                    interleave: line.word(0)? == "interleave",
                    wildcard: self.wildcard(line.word(1)?, line)?,
                };
                if let Some(Open::Complex(_, complex)) = self.open.last_mut() {
                    complex.open = Some(open);
                }
                Ok(Open::Leaf)
            }
            "attribute" | "use" | "attributes" | "anyAttribute" => self.of_attributes(line),
            _ => self.particle(line),
        }
    }

    fn of_attributes(&mut self, line: &Line<'_>) -> Result<Open, Problem> {
        let attribute = match line.key {
            "attributes" => {
                let name = self.name(line.word(0)?)?;
                if let Some(group) = self.attribute_group() {
                    group.groups.push(name);
                }
                return Ok(Open::Leaf);
            }
            "anyAttribute" => {
                let wildcard = self.wildcard(line.word(0)?, line)?;
                if let Some(group) = self.attribute_group() {
                    group.any = Some(wildcard);
                }
                return Ok(Open::Leaf);
            }
            "attribute" => {
                let attribute = AttributeDeclaration {
                    name: self.name(line.word(0)?)?,
                    type_: self.type_reference(line.word(1)?)?,
                    value: None,
                    secret: line.has("secret"),
                };
                self.add_attribute(attribute)
            }
            "use" => self.attribute_reference(line.word(0)?)?,
            _ => return Err(unknown(line)),
        };
        let presence = match () {
            () if line.has("required") => Presence::Required,
            () if line.has("prohibited") => Presence::Prohibited,
            () => Presence::Optional,
        };
        let value = value_constraint(line)?;
        if let Some(group) = self.attribute_group() {
            group.uses.push(AttributeUse {
                attribute,
                presence,
                value,
            });
        }
        Ok(Open::Leaf)
    }

    fn attribute_group(&mut self) -> Option<&mut AttributeGroup> {
        match self.open.last_mut()? {
            Open::Attributes(_, group) => Some(group),
            Open::Complex(_, complex) => Some(&mut complex.attributes),
            _ => None,
        }
    }

    fn particle(&mut self, line: &Line<'_>) -> Result<Open, Problem> {
        let occurs = occurs(line)?;
        let particle = |term| Particle {
            min: occurs.0,
            max: occurs.1,
            term,
        };
        let compositor = match line.key {
            "sequence" => Compositor::Sequence,
            "choice" => Compositor::Choice,
            "all" => Compositor::All,
            "element" => {
                let name = self.name(line.word(0)?)?;
                let element = self.element(name, line)?;
                let id = self.add_element(element);
                return Ok(Open::Local(id, particle(Term::Element(id))));
            }
            "ref" => {
                let id = self.element_reference(line.word(0)?)?;
                self.add_particle(particle(Term::Element(id)));
                return Ok(Open::Leaf);
            }
            "group" => {
                let name = self.name(line.word(0)?)?;
                self.add_particle(particle(Term::GroupReference(name)));
                return Ok(Open::Leaf);
            }
            "any" => {
                let wildcard = self.wildcard(line.word(0)?, line)?;
                self.add_particle(particle(Term::Wildcard(wildcard)));
                return Ok(Open::Leaf);
            }
            _ => return Err(unknown(line)),
        };
        Ok(Open::Model {
            compositor,
            occurs,
            particles: Vec::new(),
        })
    }

    /// `any`, `not:a`, `in:a,-`, with how contents are processed.
    fn wildcard(&self, word: &str, line: &Line<'_>) -> Result<Wildcard, Problem> {
        let namespaces = match word.split_once(':') {
            None if word == "any" => Namespaces::Except(Vec::new()),
            // `##other` never is no namespace.
            Some(("not", "-")) => Namespaces::Except(vec!["".into()]),
            Some(("not", prefix)) => Namespaces::Except(vec![self.namespace(prefix)?, "".into()]),
            Some(("in", "")) => Namespaces::OneOf(Vec::new()),
            Some(("in", prefixes)) => {
                let list: Result<_, Problem> = prefixes
                    .split(',')
                    .map(|prefix| self.namespace(prefix))
                    .collect();
                Namespaces::OneOf(list?)
            }
            _ => return Err(format!("`{word}` is no namespace constraint")),
        };
        let process = match () {
            () if line.has("lax") => ProcessContents::Lax,
            () if line.has("skip") => ProcessContents::Skip,
            () => ProcessContents::Strict,
        };
        Ok(Wildcard {
            namespaces,
            process,
        })
    }

    fn constraint(&mut self, element: ElementId, line: &Line<'_>) -> Result<Open, Problem> {
        let kind = match line.key {
            "key" => ConstraintKind::Key,
            "unique" => ConstraintKind::Unique,
            "keyref" => ConstraintKind::KeyReference(self.name(line.word(1)?)?),
            _ => return Err(unknown(line)),
        };
        let name = self.name(line.word(0)?)?;
        let id = ConstraintId(self.components.constraints.len());
        self.components.constraints.push(Constraint::empty(name));
        if let Some(element) = self.components.elements.get_mut(element.0) {
            element.constraints.push(id);
        }
        let lines = ConstraintLines {
            name,
            kind,
            selector: String::new(),
            fields: Vec::new(),
            prefixes: Prefixes::default(),
        };
        Ok(Open::Constraint(id, Box::new(lines)))
    }

    fn of_constraint(&mut self, line: &Line<'_>) -> Result<Open, Problem> {
        let Some(Open::Constraint(_, lines)) = self.open.last_mut() else {
            return Err(unknown(line));
        };
        match line.key {
            "selector" => lines.selector = line.text(0)?.into_owned(),
            "field" => lines.fields.push(line.text(0)?.into_owned()),
            "prefix" => lines.prefixes.0.push(prefix(line)?),
            _ => return Err(unknown(line)),
        }
        Ok(Open::Leaf)
    }
}

fn unknown(line: &Line<'_>) -> Problem {
    format!("`{}` is not known here", line.key)
}

fn prefix(line: &Line<'_>) -> Result<(Box<str>, Arc<str>), Problem> {
    Ok((line.text(0)?.as_ref().into(), line.text(1)?.as_ref().into()))
}

/// `block=extension,restriction`.
fn methods(line: &Line<'_>) -> Methods {
    let words = line.value("block").unwrap_or_default();
    let has = |word| words.split(',').any(|other| other == word);
    Methods {
        extension: has("extension"),
        restriction: has("restriction"),
        substitution: has("substitution"),
    }
}

fn value_constraint(line: &Line<'_>) -> Result<Option<ValueConstraint>, Problem> {
    for (name, fixed) in [("fixed", true), ("default", false)] {
        if let Some(value) = line.value(name) {
            let value = unquoted(value)?.as_ref().into();
            return Ok(Some(ValueConstraint { fixed, value }));
        }
    }
    Ok(None)
}

/// `2`, `0..1`, `0..*`; once where it is not said.
fn occurs(line: &Line<'_>) -> Result<(u64, Option<u64>), Problem> {
    let Some(written) = line.value("occurs") else {
        return Ok((1, Some(1)));
    };
    let number = |word: &str| {
        let number = word.parse::<u64>();
        number.map_err(|_| format!("`{written}` is no occurrence"))
    };
    match written.split_once("..") {
        None => Ok((number(written)?, Some(number(written)?))),
        Some((min, "*")) => Ok((number(min)?, None)),
        Some((min, max)) => Ok((number(min)?, Some(number(max)?))),
    }
}

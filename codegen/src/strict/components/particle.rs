//! Particles and model groups (Structures §3.7–§3.9).

use std::rc::Rc;

use super::read::Reader;
use super::{Particle, Term, Wildcard};
use crate::contract::{Compositor, NamespaceConstraint, ProcessContents, XML_SCHEMA};
use crate::frontend::xml::Element as Xml;
use crate::source::Span;

/// The content of `xs:anyType`.
pub(super) fn anything() -> Rc<Particle> {
    Rc::new(Particle {
        min: 1,
        max: Some(1),
        span: Span::NONE,
        term: Term::Group(
            Compositor::Sequence,
            vec![Rc::new(Particle {
                min: 0,
                max: None,
                span: Span::NONE,
                term: Term::Wildcard(Wildcard {
                    namespaces: NamespaceConstraint::Any,
                    process: ProcessContents::Lax,
                    span: Span::NONE,
                }),
            })],
        ),
    })
}

/// `minOccurs` and `maxOccurs`; what is no number counts as 1. Numbers beyond `u64` are its largest.
pub(super) fn occurs(xml: Xml<'_>) -> (u64, Option<u64>) {
    let number = |name| {
        let text = xml.attribute(name)?.trimmed();
        let digits = text.trim_start_matches(['+', '-']);
        let digits_only = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        digits_only.then(|| digits.parse().unwrap_or(u64::MAX))
    };
    let unbounded = xml
        .attribute("maxOccurs")
        .is_some_and(|max| max.trimmed() == "unbounded");
    let max = number("maxOccurs").unwrap_or(1);
    (
        number("minOccurs").unwrap_or(1),
        Some(max).filter(|_| !unbounded),
    )
}

impl<'a> Reader<'_, 'a> {
    /// The model group of `xs:group`.
    pub(super) fn group_definition(&mut self, xml: Xml<'a>) -> Option<Rc<Particle>> {
        self.content_particle(xml)
    }

    /// The particle of a complex type, derivation or named group; `None` for none, or one that may
    /// not occur.
    pub(super) fn content_particle(&mut self, xml: Xml<'a>) -> Option<Rc<Particle>> {
        let child = xml
            .children_in(XML_SCHEMA)
            .find(|child| ["group", "all", "choice", "sequence"].contains(&child.name()))?;
        self.particle(child)
    }

    fn particle(&mut self, xml: Xml<'a>) -> Option<Rc<Particle>> {
        let (min, max) = occurs(xml);
        if max.is_some_and(|max| min > max) {
            let span = { xml.attribute("minOccurs").or(xml.attribute("maxOccurs")) }
                .map_or(xml.span(), |attribute| attribute.span());
            self.report.find(
                "p-props-correct.2.1",
                span,
                "minOccurs is greater than maxOccurs",
                "maxOccurs is 1 where it is not said",
            );
        }
        let (term, span) = match xml.name() {
            "element" => self.element_particle(xml)?,
            "any" => (Term::Wildcard(self.wildcard(xml)), xml.span()),
            "group" => {
                let reference = xml.attribute("ref")?;
                let group = self.group_reference(xml, reference);
                (Term::GroupReference(group), reference.span())
            }
            name => (self.model_group(name, xml), xml.span()),
        };
        if max == Some(0) {
            return None;
        }
        Some(Rc::new(Particle {
            min,
            max,
            term,
            span,
        }))
    }

    fn model_group(&mut self, name: &str, xml: Xml<'a>) -> Term {
        let compositor = match name {
            "all" => Compositor::All,
            "choice" => Compositor::Choice,
            _ => Compositor::Sequence,
        };
        let mut particles = Vec::new();
        for child in xml.children_in(XML_SCHEMA) {
            if !["element", "group", "choice", "sequence", "all", "any"].contains(&child.name()) {
                continue;
            }
            if compositor == Compositor::All && child.name() == "element" {
                self.in_all(child);
            }
            particles.extend(self.particle(child));
        }
        Term::Group(compositor, particles)
    }

    /// Elements in `xs:all` occur once at most.
    fn in_all(&mut self, xml: Xml<'a>) {
        if occurs(xml).1.is_none_or(|max| max > 1)
            && let Some(max) = xml.attribute("maxOccurs")
        {
            self.report.find(
                "cos-all-limited.2",
                max.span(),
                "an element in xs:all occurs more than once",
                "use xs:sequence or xs:choice",
            );
        }
    }
}

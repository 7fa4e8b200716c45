//! The content types of complex types, and what an extension may add (Structures §3.4.2, §3.4.6).

use std::rc::Rc;

use super::{Content, Facts};
use crate::contract::{Compositor, DerivationMethod};
use crate::source::Span;
use crate::strict::components::{
    ANY_TYPE, ComplexType, ContentMarkup, FacetMarkup, Particle, Term, TypeId,
};
use crate::strict::report::Report;

/// How many particles an extension may have in a row, those of its bases among them.
const ROW: usize = 20_000;

impl Facts<'_, '_> {
    /// Finds the content type of each complex type.
    pub(super) fn contents(&mut self, report: &mut Report) {
        for id in self.order.clone() {
            let components = self.components;
            let definition = &components.types[id.0];
            let Some(complex) = definition.as_complex() else {
                continue;
            };
            let content = match &complex.content {
                ContentMarkup::Complex(particle) => {
                    let own = self.own_content(complex.mixed, particle.as_ref(), definition.span);
                    self.complex_content(id, complex, own, report)
                }
                ContentMarkup::Simple { inline, facets } => {
                    self.simple_content(complex, *inline, facets, report)
                }
            };
            self.contents[id.0] = content;
        }
    }

    /// The content that the type itself states.
    fn own_content(&self, mixed: bool, particle: Option<&Rc<Particle>>, span: Span) -> Content {
        let particle = particle.filter(|particle| match &particle.term {
            Term::Group(Compositor::Choice, list) => !list.is_empty() || particle.min > 0,
            Term::Group(_, list) => !list.is_empty(),
            _ => true,
        });
        match particle {
            Some(particle) => Content::Elements {
                mixed,
                particle: particle.clone(),
            },
            None if mixed => Content::Elements {
                mixed,
                particle: Rc::new(Particle {
                    min: 1,
                    max: Some(1),
                    term: Term::Group(Compositor::Sequence, Vec::new()),
                    span,
                }),
            },
            None => Content::Empty,
        }
    }

    fn complex_content(
        &self,
        id: TypeId,
        complex: &ComplexType<'_>,
        own: Content,
        report: &mut Report,
    ) -> Content {
        let span = complex.base_span;
        let Some(base) = complex.base else {
            return match complex.method {
                DerivationMethod::Restriction => own,
                DerivationMethod::Extension => Content::Unknown,
            };
        };
        if self.is_complex(base) == Some(false) {
            report.find(
                "src-ct.1",
                span,
                "the base of xs:complexContent is simple",
                "use xs:simpleContent",
            );
            return Content::Unknown;
        }
        if complex.method == DerivationMethod::Restriction || id == ANY_TYPE {
            return own;
        }
        match (&self.contents[base.0], own) {
            (Content::Unknown, _) | (_, Content::Unknown | Content::Simple(..)) => Content::Unknown,
            (theirs, Content::Empty) => theirs.clone(),
            (Content::Empty, own) => own,
            (Content::Simple(..), _) => {
                report.find(
                    "cos-ct-extends.1.4",
                    span,
                    "elements are added to simple content",
                    "use xs:simpleContent, and add attributes only",
                );
                Content::Unknown
            }
            (
                Content::Elements {
                    mixed: base_mixed,
                    particle: base_particle,
                },
                Content::Elements { mixed, particle },
            ) => {
                if mixed != *base_mixed {
                    let (this, that) = if mixed {
                        ("mixed", "not")
                    } else {
                        ("not mixed", "so")
                    };
                    report.find(
                        "cos-ct-extends.1.4.2.2.2.2.1",
                        span,
                        format!("the content is {this}, and that of the base is {that}"),
                        "say mixed=\"true\" at both or neither",
                    );
                }
                let all = [base_particle, &particle]
                    .into_iter()
                    .any(|particle| self.compositor(particle) == Some(Compositor::All));
                if all {
                    report.find(
                        "cos-all-limited.1.2",
                        span,
                        "xs:all is all of a content or none: it is neither extended nor an \
                         extension",
                        "use xs:sequence",
                    );
                    return Content::Unknown;
                }
                joined(base_particle, &particle, mixed)
            }
        }
    }

    fn simple_content(
        &self,
        complex: &ComplexType<'_>,
        inline: Option<TypeId>,
        facets: &[FacetMarkup<'_>],
        report: &mut Report,
    ) -> Content {
        let span = complex.base_span;
        let Some(base) = complex.base else {
            return Content::Unknown;
        };
        let extension = complex.method == DerivationMethod::Extension;
        let mut wrong = |message: &str| {
            report.find(
                "src-ct.2",
                span,
                message,
                "the base of xs:simpleContent is a complex type with simple content; that of an \
                 extension may be a simple type",
            );
            Content::Unknown
        };
        let (datatype, definition) = match self.is_complex(base) {
            None => return Content::Unknown,
            Some(false) if extension => (self.datatypes[base.0].clone(), Some(base)),
            Some(false) => return wrong("a restriction of a simple type, with xs:simpleContent"),
            Some(true) => match &self.contents[base.0] {
                Content::Unknown => return Content::Unknown,
                Content::Simple(datatype, definition) => (datatype.clone(), *definition),
                Content::Elements { mixed, particle }
                    if *mixed && !extension && self.is_emptiable(particle) =>
                {
                    if inline.is_none() {
                        return wrong("the base is mixed, and no xs:simpleType says what remains");
                    }
                    (None, None)
                }
                _ => return wrong("the base has no simple content"),
            },
        };
        let (datatype, definition) = match inline {
            Some(inline) => (self.datatypes[inline.0].clone(), Some(inline)),
            None => (datatype, definition),
        };
        let datatype = match datatype {
            Some(datatype) if !facets.is_empty() => {
                if Self::is_anything(&datatype) {
                    None
                } else {
                    Some(self.with_facets(&datatype, facets, report))
                }
            }
            datatype => datatype,
        };
        Content::Simple(datatype, definition)
    }

    /// Which kind of group a particle comes down to.
    pub(super) fn compositor(&self, particle: &Particle) -> Option<Compositor> {
        match &particle.term {
            Term::Group(compositor, _) => Some(*compositor),
            Term::GroupReference(Some(group)) => {
                let group = self.components.groups[group.0].group.as_deref()?;
                match &group.term {
                    Term::Group(compositor, _) => Some(*compositor),
                    _ => None,
                }
            }
            _ => None,
        }
    }
}

/// The base's content, then its own: in one row, however long the chain of extensions is.
fn joined(base: &Rc<Particle>, own: &Rc<Particle>, mixed: bool) -> Content {
    let mut row = match &base.term {
        Term::Group(Compositor::Sequence, list) if base.min == 1 && base.max == Some(1) => {
            list.clone()
        }
        _ => vec![base.clone()],
    };
    row.push(own.clone());
    if row.len() > ROW {
        return Content::Unknown;
    }
    Content::Elements {
        mixed,
        particle: Rc::new(Particle {
            min: 1,
            max: Some(1),
            term: Term::Group(Compositor::Sequence, row),
            span: own.span,
        }),
    }
}

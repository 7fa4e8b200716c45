//! Model groups, group references and wildcards (Structures §3.7–3.10).

use std::sync::Arc;

use super::fill::{Fill, Schema};
use super::load::is_schema_markup;
use super::value;
use crate::contract::{
    Compositor, ModelGroup, NamespaceConstraint, Particle, ProcessContents, Term, Wildcard,
};
use crate::diagnostic::{Code, Diagnostic};
use crate::frontend::names::Kind;
use crate::frontend::xml::Element;

impl Fill<'_> {
    /// The particle that an element of a content model states; `None` for any other element, or if
    /// it cannot be understood.
    pub(super) fn particle(&mut self, schema: &Schema, element: Element<'_>) -> Option<Particle> {
        let compositor = match element.name() {
            "sequence" => Compositor::Sequence,
            "choice" => Compositor::Choice,
            "all" => Compositor::All,
            "element" => return self.local_element(schema, element),
            "group" => return self.group_reference(schema, element),
            "any" => {
                return Some(Particle {
                    occurs: value::occurs(element, self.diagnostics),
                    term: Term::Wildcard(self.wildcard(schema, element)),
                    span: element.span(),
                });
            }
            _ => return None,
        };
        let occurs = value::occurs(element, self.diagnostics);
        let mut particles = Vec::new();
        for child in element.children().filter(|child| is_schema_markup(*child)) {
            match child.name() {
                "annotation" => {}
                "element" | "group" | "any" | "sequence" | "choice" | "all" => {
                    particles.extend(self.particle(schema, child));
                }
                _ => self.unexpected(child, "a model group"),
            }
        }
        Some(Particle {
            occurs,
            term: Term::Group(ModelGroup {
                compositor,
                particles,
            }),
            span: element.span(),
        })
    }

    fn group_reference(&mut self, schema: &Schema, element: Element<'_>) -> Option<Particle> {
        let occurs = value::occurs(element, self.diagnostics);
        let Some(reference) = element.attribute("ref") else {
            self.diagnostics.push(
                Diagnostic::warning(
                    Code::MissingMarkup,
                    element.span(),
                    "a group without `ref`; it is left out",
                )
                .help("declare groups at the top of the schema, and refer to them"),
            );
            return None;
        };
        let name = self.name(schema, Kind::Group, element, reference)?;
        let term = match self.redefinitions.original_group(&name) {
            Some(original) => Term::Group(original),
            None => Term::GroupReference(self.contract.group_reference(name, reference.span())),
        };
        Some(Particle {
            occurs,
            term,
            span: reference.span(),
        })
    }

    /// `xs:any`, `xs:anyAttribute`.
    pub(super) fn wildcard(&mut self, schema: &Schema, element: Element<'_>) -> Wildcard {
        let process_contents = match element.attribute("processContents") {
            None => ProcessContents::Strict,
            Some(attribute) => match attribute.trimmed().to_ascii_lowercase().as_str() {
                "strict" => ProcessContents::Strict,
                "lax" => ProcessContents::Lax,
                "skip" => ProcessContents::Skip,
                other => {
                    self.diagnostics.push(
                        Diagnostic::warning(
                            Code::InvalidValue,
                            attribute.span(),
                            format!(
                                "`{other}` is no way to process contents; it is read as `strict`"
                            ),
                        )
                        .help("write `strict`, `lax` or `skip`"),
                    );
                    ProcessContents::Strict
                }
            },
        };
        let namespaces = match element.attribute("namespace") {
            Some(attribute) => self.namespaces(schema, attribute.trimmed()),
            None => match element.attribute("notNamespace").map(|not| not.trimmed()) {
                Some("##targetNamespace") => {
                    NamespaceConstraint::Not(schema.namespaces.target.clone())
                }
                Some(one) if !one.is_empty() && !one.contains(['#', ' ']) => {
                    NamespaceConstraint::Not(Arc::from(one))
                }
                // Several excluded namespaces: wider than said, so that nothing is refused.
                _ => NamespaceConstraint::Any,
            },
        };
        Wildcard {
            namespaces,
            process_contents,
        }
    }

    fn namespaces(&mut self, schema: &Schema, written: &str) -> NamespaceConstraint {
        match written {
            "##any" => NamespaceConstraint::Any,
            "##other" => NamespaceConstraint::Not(schema.namespaces.target.clone()),
            list => NamespaceConstraint::OneOf(
                list.split_whitespace()
                    .map(|word| match word {
                        "##targetNamespace" => schema.namespaces.target.clone(),
                        "##local" => Arc::from(""),
                        namespace => Arc::from(namespace),
                    })
                    .collect(),
            ),
        }
    }
}

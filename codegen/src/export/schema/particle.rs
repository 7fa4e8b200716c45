//! Model groups and wildcards.

use super::Writer;
use super::element::with_occurs;
use crate::contract::{
    Compositor, ModelGroup, ModelGroupDefinition, NamespaceConstraint, Occurs, Particle,
    ProcessContents, Term, Wildcard,
};
use crate::export::markup::Markup;

impl Writer<'_, '_> {
    pub(super) fn group_definition(&mut self, definition: &ModelGroupDefinition) -> Markup {
        let mut markup = Markup::new(self.xs("group")).with("name", &*definition.name.local);
        self.annotate(&definition.annotation, Vec::new(), &mut markup);
        if let Some(group) = &definition.group {
            let group = self.group(group, Occurs::ONCE);
            markup.push(group);
        }
        markup
    }

    /// A particle as the whole of a content model, which is a group in any case.
    pub(super) fn content_model(&mut self, particle: &Particle) -> Markup {
        match &particle.term {
            Term::Group(_) | Term::GroupReference(_) => self.particle(particle),
            Term::Element(_) | Term::Wildcard(_) => {
                let inner = self.particle(particle);
                Markup::new(self.xs("sequence")).with_child(inner)
            }
        }
    }

    fn particle(&mut self, particle: &Particle) -> Markup {
        match &particle.term {
            Term::Element(id) => self.local_element(*id, particle.occurs),
            Term::Group(group) => self.group(group, particle.occurs),
            Term::GroupReference(id) => {
                let name = self.reference(&self.contract.groups[*id].name);
                with_occurs(
                    Markup::new(self.xs("group")).with("ref", name),
                    particle.occurs,
                )
            }
            Term::Wildcard(wildcard) => {
                let markup = with_occurs(Markup::new(self.xs("any")), particle.occurs);
                self.wildcard(wildcard, markup)
            }
        }
    }

    fn group(&mut self, group: &ModelGroup, occurs: Occurs) -> Markup {
        let name = match group.compositor {
            Compositor::Sequence => "sequence",
            Compositor::Choice => "choice",
            Compositor::All => "all",
        };
        let mut markup = with_occurs(Markup::new(self.xs(name)), occurs);
        for particle in &group.particles {
            let written = self.particle(particle);
            markup.push(written);
        }
        markup
    }

    pub(super) fn wildcard(&mut self, wildcard: &Wildcard, mut markup: Markup) -> Markup {
        match &wildcard.namespaces {
            NamespaceConstraint::Any => {}
            NamespaceConstraint::Not(not) if *not == self.target => {
                markup.set("namespace", "##other");
            }
            // Of XML Schema 1.1, which alone can say so.
            NamespaceConstraint::Not(not) => markup.set("notNamespace", &**not),
            NamespaceConstraint::OneOf(namespaces) => {
                let words: Vec<&str> = { namespaces.iter() }
                    .map(|namespace| match &**namespace {
                        target if *target == *self.target => "##targetNamespace",
                        "" => "##local",
                        other => other,
                    })
                    .collect();
                markup.set("namespace", words.join(" "));
            }
        }
        match wildcard.process_contents {
            ProcessContents::Strict => markup,
            ProcessContents::Lax => markup.with("processContents", "lax"),
            ProcessContents::Skip => markup.with("processContents", "skip"),
        }
    }
}

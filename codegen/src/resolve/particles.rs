//! Brings content models into a plain form with the same meaning: no particle that may not occur, no
//! group inside a group that adds nothing.

use crate::contract::{
    Compositor, Content, Contract, Definition, ModelGroup, Occurs, Particle, Term,
};

pub(super) fn resolve_particles(contract: &mut Contract) {
    for (_, definition) in contract.types.iter_mut() {
        let Definition::Complex(complex) = &mut definition.definition else {
            continue;
        };
        if let Content::Elements(particle) = &mut complex.content {
            simplify(particle);
            let nothing = match &particle.term {
                Term::Group(group) => group.particles.is_empty(),
                _ => false,
            };
            if nothing || particle.occurs.is_prohibited() {
                complex.content = Content::Empty;
            }
        }
    }
}

fn simplify(particle: &mut Particle) {
    let Term::Group(group) = &mut particle.term else {
        return;
    };
    let mut flat = Vec::with_capacity(group.particles.len());
    for mut inner in group.particles.drain(..) {
        if inner.occurs.is_prohibited() {
            continue;
        }
        simplify(&mut inner);
        match inner.term {
            Term::Group(nested) if nested.particles.is_empty() => {
                // Nothing at all may stand for the branch of a choice: the choice is optional.
                if group.compositor == Compositor::Choice {
                    particle.occurs.min = 0;
                }
            }
            Term::Group(nested)
                if inner.occurs == Occurs::ONCE && nested.compositor == group.compositor =>
            {
                flat.extend(nested.particles);
            }
            Term::Group(nested) if nested.particles.len() == 1 && merges(&inner, &nested) => {
                flat.extend(nested.particles.into_iter().map(|mut only| {
                    only.occurs = only.occurs.within(inner.occurs);
                    only
                }));
            }
            term => flat.push(Particle { term, ..inner }),
        }
    }
    group.particles = flat;
}

/// Whether a group of one particle means the same as the particle with both occurrences multiplied:
/// not for (2..2){0..1} and the like, where the product would allow what the group does not.
fn merges(group: &Particle, nested: &ModelGroup) -> bool {
    let inner = nested.particles[0].occurs;
    inner == Occurs::ONCE
        || group.occurs == Occurs::ONCE
        || (inner.min <= 1 && inner.max.is_none_or(|max| max == 1))
            && group.occurs.min <= 1
            && group.occurs.max.is_none_or(|max| max == 1)
}

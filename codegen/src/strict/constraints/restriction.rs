//! Particle Valid (Restriction) (Structures §3.9.6).

use super::derivation::NO_EXTENSION;
use super::node::{Kind, Node, emptiable, total};
use super::value::same;
use super::{Facts, wildcard};
use crate::contract::Compositor;
use crate::source::Span;
use crate::strict::components::{ElementId, Particle};
use crate::strict::report::Report;

/// How many pairs of particles are compared for one type.
const PAIRS: usize = 200_000;

/// The rule that is broken, where, and how.
struct Broken(&'static str, Span, String);

type Verdict = Result<(), Broken>;

/// Which particle of the base a particle of the restriction may be mapped to.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mapping {
    /// The next ones in order; what is left out is emptiable.
    Ordered,
    /// The next ones in order; others are left out.
    Lax,
    /// Any, each once; what is left out is emptiable.
    Unordered,
}

impl Facts<'_, '_> {
    /// Whether a content restricts that of the base.
    pub(super) fn restricted_particle(
        &self,
        own: &Particle,
        base: &Particle,
        span: Span,
        report: &mut Report,
    ) {
        if !self.is_within_bounds(own) || !self.is_within_bounds(base) {
            return;
        }
        let (own, base) = (self.normal(own), self.normal(base));
        let mut pairs = PAIRS;
        let verdict = match (own, base) {
            (None, None) => Ok(()),
            (None, Some(base)) if emptiable(&base) => Ok(()),
            (None, Some(_)) => Err(Broken(
                "rcase-Recurse.2",
                span,
                "no element, and the base requires some".to_owned(),
            )),
            (Some(own), None) => Err(Broken(
                "derivation-ok-restriction.5.4.2",
                own.span,
                "the base has no elements".to_owned(),
            )),
            (Some(own), Some(base)) => self.restricts(&own, &base, &mut pairs),
        };
        let taken = u64::try_from(PAIRS - pairs).unwrap_or(u64::MAX);
        if pairs == 0 || !self.spend(taken) {
            return;
        }
        if let Err(Broken(rule, at, message)) = verdict {
            report.find(
                rule,
                if at.is_some() { at } else { span },
                message,
                "a restriction allows nothing that its base does not: mend it, or extend the base",
            );
        }
    }

    fn restricts(&self, own: &Node, base: &Node, pairs: &mut usize) -> Verdict {
        *pairs = pairs.saturating_sub(1);
        if *pairs == 0 {
            return Ok(());
        }
        match (&own.kind, &base.kind) {
            (Kind::Unknown, _) | (_, Kind::Unknown) => Ok(()),
            (Kind::Element(element), Kind::Element(theirs)) => {
                self.name_and_type(own, *element, base, *theirs)
            }
            (Kind::Element(element), Kind::Wildcard(wildcard)) => {
                let name = &self.components.elements[element.0].name;
                if !wildcard::allows(&wildcard.namespaces, &name.namespace) {
                    return Err(Broken(
                        "rcase-NSCompat.1",
                        own.span,
                        format!("the wildcard of the base does not allow `{}`", name.local),
                    ));
                }
                occurrence(own, base, "rcase-NSCompat.2")
            }
            (Kind::Element(_), Kind::Group(compositor, theirs)) => {
                let group = [own.clone()];
                let around = Node {
                    min: 1,
                    max: Some(1),
                    kind: Kind::Unknown,
                    span: own.span,
                };
                let mapping = match compositor {
                    Compositor::Choice => Mapping::Lax,
                    Compositor::Sequence | Compositor::All => Mapping::Ordered,
                };
                occurrence(&around, base, "rcase-RecurseAsIfGroup")?;
                self.mapped(&around, &group, theirs, mapping, pairs)
            }
            (Kind::Wildcard(own_wildcard), Kind::Wildcard(theirs)) => {
                occurrence(own, base, "rcase-NSSubset.1")?;
                let subset = wildcard::is_subset(&own_wildcard.namespaces, &theirs.namespaces);
                if subset && wildcard::is_as_strict(own_wildcard.process, theirs.process) {
                    return Ok(());
                }
                let (rule, message) = match subset {
                    false => (
                        "rcase-NSSubset.2",
                        "allows namespaces that the base's does not",
                    ),
                    true => ("rcase-NSSubset.3", "is less strict than the base's"),
                };
                Err(Broken(rule, own.span, format!("the wildcard {message}")))
            }
            (Kind::Wildcard(_), _) => Err(Broken(
                "cos-particle-restrict.2",
                own.span,
                "a wildcard, where the base has none".to_owned(),
            )),
            (Kind::Group(_, nodes), Kind::Wildcard(_)) => {
                self.all_in_wildcard(own, nodes, base, pairs)
            }
            (Kind::Group(..), Kind::Element(_)) => Err(Broken(
                "cos-particle-restrict.2",
                own.span,
                "a group, where the base has one element".to_owned(),
            )),
            (Kind::Group(compositor, nodes), Kind::Group(base_compositor, theirs)) => self
                .groups_restrict(
                    (own, *compositor, nodes),
                    (base, *base_compositor, theirs),
                    pairs,
                ),
        }
    }

    fn groups_restrict(
        &self,
        (own, compositor, nodes): (&Node, Compositor, &[Node]),
        (base, base_compositor, theirs): (&Node, Compositor, &[Node]),
        pairs: &mut usize,
    ) -> Verdict {
        use Compositor::{All, Choice, Sequence};
        match (compositor, base_compositor) {
            (All, All) | (Sequence, Sequence) => {
                occurrence(own, base, "rcase-Recurse.1")?;
                self.mapped(own, nodes, theirs, Mapping::Ordered, pairs)
            }
            (Choice, Choice) => {
                occurrence(own, base, "rcase-RecurseLax.1")?;
                self.mapped(own, nodes, theirs, Mapping::Lax, pairs)
            }
            (Sequence, All) => {
                occurrence(own, base, "rcase-RecurseUnordered.1")?;
                self.mapped(own, nodes, theirs, Mapping::Unordered, pairs)
            }
            (Sequence, Choice) => {
                for node in nodes {
                    let fits = |theirs: &Node, pairs: &mut usize| {
                        self.restricts(node, theirs, pairs).is_ok()
                    };
                    if !theirs.iter().any(|theirs| fits(theirs, pairs)) {
                        return Err(Broken(
                            "rcase-MapAndSum.1",
                            node.span,
                            format!("no branch of the base's choice allows {}", self.shown(node)),
                        ));
                    }
                }
                let count = u64::try_from(nodes.len()).unwrap_or(u64::MAX);
                let sum = Node {
                    min: own.min.saturating_mul(count),
                    max: own.max.map(|max| max.saturating_mul(count)),
                    ..own.clone()
                };
                occurrence(&sum, base, "rcase-MapAndSum.2")
            }
            _ => Err(Broken(
                "cos-particle-restrict.2",
                own.span,
                format!(
                    "{} where the base has {}",
                    name_of(compositor),
                    name_of(base_compositor)
                ),
            )),
        }
    }

    /// Name and Type OK.
    fn name_and_type(&self, own: &Node, id: ElementId, base: &Node, theirs: ElementId) -> Verdict {
        let element = &self.components.elements[id.0];
        let base_element = &self.components.elements[theirs.0];
        let name = &element.name.local;
        let broken = |rule, message: String| Err(Broken(rule, own.span, message));
        if element.name != base_element.name {
            return broken(
                "rcase-NameAndTypeOK.1",
                format!("`{name}` where the base has `{}`", base_element.name.local),
            );
        }
        occurrence(own, base, "rcase-NameAndTypeOK.3")?;
        if id == theirs {
            return Ok(());
        }
        if element.nillable && !base_element.nillable {
            return broken(
                "rcase-NameAndTypeOK.5",
                format!("`{name}` may be nil, and in the base it may not"),
            );
        }
        if let Some(fixed) = base_element.value.as_ref().filter(|value| value.fixed) {
            let datatype = self.element_types[theirs.0].and_then(|id| self.text_type(id));
            let kept = { element.value.as_ref() }
                .is_some_and(|value| value.fixed && same(datatype, value, fixed));
            if !kept {
                return broken(
                    "rcase-NameAndTypeOK.4",
                    format!("the base fixes `{name}` to `{}`", fixed.value),
                );
            }
        }
        if element.constraints.len() > base_element.constraints.len() {
            return broken(
                "rcase-NameAndTypeOK.5",
                format!("`{name}` has identity constraints that the base does not have"),
            );
        }
        let (block, barred) = (element.block, base_element.block);
        let keeps = (!barred.extension || block.extension)
            && (!barred.restriction || block.restriction)
            && (!barred.substitution || block.substitution);
        if !keeps {
            return broken(
                "rcase-NameAndTypeOK.6",
                format!("`{name}` does not block what the base blocks"),
            );
        }
        if let (Some(own_type), Some(base_type)) =
            (self.element_types[id.0], self.element_types[theirs.0])
            && !self.is_derived(own_type, base_type, NO_EXTENSION)
        {
            return broken(
                "rcase-NameAndTypeOK.7",
                format!("the type of `{name}` is not a restriction of the one in the base"),
            );
        }
        Ok(())
    }

    /// Maps particles to those of the base.
    fn mapped(
        &self,
        own: &Node,
        nodes: &[Node],
        theirs: &[Node],
        mapping: Mapping,
        pairs: &mut usize,
    ) -> Verdict {
        let rule = match mapping {
            Mapping::Ordered => "rcase-Recurse.2",
            Mapping::Lax => "rcase-RecurseLax.2",
            Mapping::Unordered => "rcase-RecurseUnordered.2",
        };
        let mut used = vec![false; theirs.len()];
        let mut next = 0;
        for node in nodes {
            let from = if mapping == Mapping::Unordered {
                0
            } else {
                next
            };
            let mut why = None;
            let mut found = None;
            for (at, candidate) in theirs.iter().enumerate().skip(from) {
                if used[at] {
                    continue;
                }
                match self.restricts(node, candidate, pairs) {
                    Ok(()) => {
                        found = Some(at);
                        break;
                    }
                    Err(broken) => {
                        if theirs.len() == 1 || self.is_same_name(node, candidate) {
                            why = Some(broken);
                        }
                    }
                }
                if mapping == Mapping::Ordered && !emptiable(candidate) {
                    break;
                }
            }
            let Some(at) = found else {
                return Err(why.unwrap_or_else(|| {
                    Broken(
                        rule,
                        node.span,
                        format!("the base has no place for {}", self.shown(node)),
                    )
                }));
            };
            used[at] = true;
            next = at + 1;
        }
        if mapping == Mapping::Lax {
            return Ok(());
        }
        let left = theirs
            .iter()
            .zip(&used)
            .find(|(node, used)| !**used && !emptiable(node));
        match left {
            None => Ok(()),
            Some((node, _)) => Err(Broken(
                rule,
                own.span,
                format!("{} is left out, which the base requires", self.shown(node)),
            )),
        }
    }

    fn is_same_name(&self, one: &Node, other: &Node) -> bool {
        match (&one.kind, &other.kind) {
            (Kind::Element(one), Kind::Element(other)) => {
                self.components.elements[one.0].name == self.components.elements[other.0].name
            }
            _ => false,
        }
    }

    /// NSRecurseCheckCardinality: all of a group is what the wildcard allows, as often as it says.
    fn all_in_wildcard(
        &self,
        own: &Node,
        nodes: &[Node],
        base: &Node,
        pairs: &mut usize,
    ) -> Verdict {
        let any_number = Node {
            min: 0,
            max: None,
            ..base.clone()
        };
        for node in nodes {
            self.restricts(node, &any_number, pairs)?;
        }
        let (min, max) = total(own);
        let total = Node {
            min,
            max,
            ..own.clone()
        };
        occurrence(&total, base, "rcase-NSRecurseCheckCardinality.2")
    }

    fn shown(&self, node: &Node) -> String {
        match &node.kind {
            Kind::Element(id) => format!("`{}`", self.components.elements[id.0].name.local),
            Kind::Wildcard(_) => "the wildcard".to_owned(),
            Kind::Group(compositor, _) => format!("the {}", name_of(*compositor)),
            Kind::Unknown => "what stands here".to_owned(),
        }
    }
}

fn name_of(compositor: Compositor) -> &'static str {
    match compositor {
        Compositor::Sequence => "xs:sequence",
        Compositor::Choice => "xs:choice",
        Compositor::All => "xs:all",
    }
}

/// Occurrence Range OK.
fn occurrence(own: &Node, base: &Node, rule: &'static str) -> Verdict {
    let fewer = own.min < base.min;
    let more = match (own.max, base.max) {
        (_, None) => false,
        (None, Some(_)) => true,
        (Some(own), Some(base)) => own > base,
    };
    if !fewer && !more {
        return Ok(());
    }
    let range = |node: &Node| match node.max {
        Some(max) => format!("{} to {max}", node.min),
        None => format!("{} or more", node.min),
    };
    Err(Broken(
        rule,
        own.span,
        format!("{} times, where the base has {}", range(own), range(base)),
    ))
}

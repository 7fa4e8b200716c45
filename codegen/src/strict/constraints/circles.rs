//! Definitions that are made of themselves.

use crate::contract::DerivationMethod;
use crate::strict::components::{Components, Definition, SimpleDefinition, TypeId};
use crate::strict::report::Report;

/// How far a pass has come with a component.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Visit {
    Not,
    Open,
    Done,
}

/// Visits all of `count` nodes along `edges`, each after those that it leads to, without recursion;
/// `circle` hears of every node that leads back to one that is still open.
pub(super) fn visit(
    count: usize,
    edges: impl Fn(usize) -> Vec<usize>,
    mut circle: impl FnMut(usize, usize),
) -> Vec<usize> {
    let mut state = vec![Visit::Not; count];
    let mut order = Vec::with_capacity(count);
    for start in 0..count {
        if state[start] != Visit::Not {
            continue;
        }
        state[start] = Visit::Open;
        let mut stack = vec![(start, edges(start), 0)];
        while let Some((node, next, at)) = stack.last_mut() {
            let node = *node;
            let Some(&to) = next.get(*at) else {
                state[node] = Visit::Done;
                order.push(node);
                stack.pop();
                continue;
            };
            *at += 1;
            match state[to] {
                Visit::Not => {
                    state[to] = Visit::Open;
                    stack.push((to, edges(to), 0));
                }
                Visit::Open => circle(node, to),
                Visit::Done => {}
            }
        }
    }
    order
}

/// The base that a type names.
pub(super) fn base(components: &Components<'_>, id: TypeId) -> Option<(TypeId, DerivationMethod)> {
    match &components.types[id.0].definition {
        Definition::Simple(SimpleDefinition::Restriction { base, .. }) => {
            base.map(|base| (base, DerivationMethod::Restriction))
        }
        Definition::Complex(complex) => complex.base.map(|base| (base, complex.method)),
        _ => None,
    }
}

/// All types, each after what it is made of; those made of themselves are reported, and in some
/// place.
pub(super) fn types(components: &Components<'_>, report: &mut Report) -> Vec<TypeId> {
    let bases = |id: usize| -> Vec<usize> {
        { base(components, TypeId(id)).into_iter() }
            .map(|(base, _)| base.0)
            .collect()
    };
    visit(components.types.len(), bases, |from, _| {
        let definition = &components.types[from];
        let rule = match definition.definition {
            Definition::Complex(_) => "ct-props-correct.3",
            _ => "st-props-correct.2",
        };
        report.find(
            rule,
            definition.span,
            format!("{} is derived from itself", definition.shown()),
            "name another base",
        );
    });
    let parts = |id: usize| -> Vec<usize> {
        let mut parts = bases(id);
        match &components.types[id].definition {
            Definition::Simple(SimpleDefinition::List(Some(item))) => parts.push(item.0),
            Definition::Simple(SimpleDefinition::Union(members)) => {
                parts.extend(members.iter().flatten().map(|member| member.0));
            }
            Definition::Complex(complex) => {
                if let crate::strict::components::ContentMarkup::Simple {
                    inline: Some(inline),
                    ..
                } = &complex.content
                {
                    parts.push(inline.0);
                }
            }
            _ => {}
        }
        parts
    };
    visit(components.types.len(), parts, |_, _| {})
        .into_iter()
        .map(TypeId)
        .collect()
}

//! The graph that references make of a message: which element has which `id`, and which prefixes
//! are in scope there.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use super::{ENCODING_12, is_encoding};
use crate::any_element::{AnyElement, AnyNode};

/// The prefixes in scope at an element, the innermost first.
#[derive(Debug)]
pub(super) struct Scope<'a> {
    declared: &'a [(String, String)],
    outer: Option<Rc<Scope<'a>>>,
}

impl<'a> Scope<'a> {
    pub(super) fn root(element: &'a AnyElement) -> Rc<Self> {
        Rc::new(Self {
            declared: &element.namespaces,
            outer: None,
        })
    }

    /// The scope of an element in this one.
    pub(super) fn inside(self: &Rc<Self>, element: &'a AnyElement) -> Rc<Self> {
        if element.namespaces.is_empty() {
            return Rc::clone(self);
        }
        Rc::new(Self {
            declared: &element.namespaces,
            outer: Some(Rc::clone(self)),
        })
    }

    fn layers(&self) -> impl Iterator<Item = &'a [(String, String)]> {
        let layers = std::iter::successors(Some(self), |scope| scope.outer.as_deref());
        layers.map(|scope| scope.declared)
    }

    pub(super) fn namespace_of(&self, prefix: &str) -> Option<&'a str> {
        let mut declared = self.layers().flatten();
        let found = declared.find(|(declared, _)| declared == prefix);
        found.map(|(_, namespace)| namespace.as_str())
    }

    /// All prefixes with their namespaces; no prefix twice.
    pub(super) fn all(&self) -> Vec<(&'a str, &'a str)> {
        let mut seen = HashSet::new();
        let declared = self.layers().flatten();
        declared
            .filter(|(prefix, _)| seen.insert(prefix.as_str()))
            .map(|(prefix, namespace)| (prefix.as_str(), namespace.as_str()))
            .collect()
    }
}

/// An element that references lead to.
#[derive(Clone, Debug)]
pub(super) struct Target<'a> {
    pub(super) element: &'a AnyElement,
    /// Around it.
    pub(super) scope: Rc<Scope<'a>>,
}

/// The elements that references lead to, by `id`.
#[derive(Debug, Default)]
pub(super) struct Graph<'a> {
    /// `None` where an `id` is there twice.
    targets: HashMap<&'a str, Option<Target<'a>>>,
}

impl<'a> Graph<'a> {
    pub(super) fn of(body: &'a AnyElement) -> Self {
        let mut referenced = HashSet::new();
        each(body, |element, _| referenced.extend(reference(element)));
        let mut graph = Self::default();
        if referenced.is_empty() {
            return graph;
        }
        each(body, |element, scope| {
            if let Some(id) = id(element).filter(|id| referenced.contains(id)) {
                let target = Target {
                    element,
                    scope: Rc::clone(scope),
                };
                let known = graph.targets.contains_key(id);
                graph.targets.insert(id, (!known).then_some(target));
            }
        });
        graph
    }

    /// `Some(None)` where the `id` is there twice.
    pub(super) fn target(&self, id: &str) -> Option<Option<&Target<'a>>> {
        self.targets.get(id).map(Option::as_ref)
    }
}

/// Visits all elements with the scope around them. Not by recursion.
fn each<'a>(body: &'a AnyElement, mut visit: impl FnMut(&'a AnyElement, &Rc<Scope<'a>>)) {
    let mut pending = vec![(body, Scope::root(body))];
    while let Some((element, outer)) = pending.pop() {
        visit(element, &outer);
        let scope = outer.inside(element);
        pending.extend(element.children().map(|child| (child, Rc::clone(&scope))));
    }
}

/// The `id` of an element (SOAP 1.1: in no namespace).
pub(super) fn id(element: &AnyElement) -> Option<&str> {
    let id = element.attribute("", "id");
    id.or_else(|| element.attribute(ENCODING_12, "id"))
        .map(str::trim)
}

/// The `id` that an element refers to, if it is a reference: one in the same document, without
/// content of its own.
pub(super) fn reference(element: &AnyElement) -> Option<&str> {
    let is_blank = |node: &AnyNode| matches!(node, AnyNode::Text(text) if text.trim().is_empty());
    if !element.nodes.iter().all(is_blank) {
        return None;
    }
    let href = element.attribute("", "href");
    let id = href.and_then(|href| href.trim().strip_prefix('#'));
    id.or_else(|| element.attribute(ENCODING_12, "ref").map(str::trim))
        .filter(|id| !id.is_empty())
}

/// Whether an element says that it is (`Some(true)`) or is not the root of the message.
pub(super) fn root(element: &AnyElement) -> Option<bool> {
    let attributes = element.attributes.iter();
    let mut roots = attributes.filter(|a| a.name.local == "root" && is_encoding(&a.name.namespace));
    let root = roots.next()?;
    Some(matches!(root.value.trim(), "1" | "true"))
}

//! Namespace declarations in scope while reading.

use std::borrow::Cow;

use super::chars::is_same_name;
use super::content::Lead;
use super::{XML, XMLNS, XSI};

/// A prefix and its namespace; both may be empty.
#[derive(Clone, Debug)]
pub(super) struct Binding<'a> {
    pub(super) prefix: &'a str,
    pub(super) namespace: Cow<'a, str>,
    /// No other binding in the document gets this number.
    pub(super) number: usize,
}

/// The declarations in scope, outermost first.
#[derive(Clone, Debug, Default)]
pub(super) struct Bindings<'a> {
    list: Vec<Binding<'a>>,
    /// The last answers of [`Bindings::learned`], until a declaration comes or goes.
    learned: [Option<Learned<'a>>; 4],
    /// The last answer of [`Bindings::xsi`], likewise.
    xsi: Option<Option<&'a str>>,
    /// Where the next answer goes.
    next: usize,
    /// How many bindings there have been.
    count: usize,
}

/// What elements of a namespace begin with.
#[derive(Clone, Copy, Debug)]
pub(super) struct Learned<'a> {
    namespace: &'static str,
    /// A prefix that they can have, if any.
    pub(super) prefix: Option<&'a str>,
    /// The same for comparison, where the prefix is not too long.
    pub(super) lead: Option<Lead>,
    /// The number of the binding that binds it; 0 where there is none.
    binding: usize,
}

impl<'a> Bindings<'a> {
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// A number for the declarations in scope; where it is the same, they are.
    pub(super) fn scope(&self) -> usize {
        self.list.last().map_or(0, |binding| binding.number)
    }

    /// Takes all but the outermost `len` declarations out of scope, for [`Bindings::bring_back`].
    pub(super) fn set_aside(&mut self, len: usize) -> Vec<Binding<'a>> {
        if self.list.len() <= len {
            return Vec::new();
        }
        self.forget();
        self.list.split_off(len)
    }

    /// Brings back what was set aside, when the same declarations are in scope as then.
    pub(super) fn bring_back(&mut self, mut aside: Vec<Binding<'a>>) {
        if !aside.is_empty() {
            self.forget();
            self.list.append(&mut aside);
        }
    }

    pub(super) fn as_slice(&self) -> &[Binding<'a>] {
        &self.list
    }

    pub(super) fn push(&mut self, prefix: &'a str, namespace: Cow<'a, str>) {
        // What else was learned stays right.
        for learned in &mut self.learned {
            if let Some(known) = learned {
                let is_hidden = known
                    .prefix
                    .is_some_and(|known| is_same_name(known, prefix));
                if is_hidden || is_same_name(known.namespace, &namespace) {
                    *learned = None;
                }
            }
        }
        if let Some(known) = self.xsi {
            let is_hidden = known.is_some_and(|known| is_same_name(known, prefix));
            if is_hidden || is_same_name(XSI, &namespace) {
                self.xsi = None;
            }
        }
        self.count += 1;
        self.list.push(Binding {
            prefix,
            namespace,
            number: self.count,
        });
    }

    #[inline]
    pub(super) fn truncate(&mut self, len: usize) {
        if self.list.len() != len {
            self.leave(len);
        }
    }

    fn leave(&mut self, len: usize) {
        let gone = self.list.get(len..).unwrap_or_default();
        let Some(first) = gone.first() else {
            return;
        };
        // Those that came later have greater numbers. What they hid may be seen again.
        for learned in &mut self.learned {
            let is_gone =
                |known: Learned<'_>| known.prefix.is_none() || known.binding >= first.number;
            if learned.is_some_and(is_gone) {
                *learned = None;
            }
        }
        let is_xsi = |binding: &Binding<'_>| is_same_name(XSI, &binding.namespace);
        if self.xsi.is_some_and(|known| known.is_none()) || gone.iter().any(is_xsi) {
            self.xsi = None;
        }
        self.list.truncate(len);
    }

    /// The namespace of a prefix. `""` for the default namespace is always bound, maybe to none.
    pub(super) fn namespace(&self, prefix: &str) -> Option<&str> {
        self.namespace_before(self.list.len(), prefix)
    }

    /// [`Bindings::namespace`], as if only the outermost `len` declarations were there.
    pub(super) fn namespace_before(&self, len: usize, prefix: &str) -> Option<&str> {
        let list = self.list.get(..len).unwrap_or_default();
        if let Some(binding) = list
            .iter()
            .rev()
            .find(|binding| is_same_name(binding.prefix, prefix))
        {
            return Some(&binding.namespace);
        }
        match prefix {
            "" => Some(""),
            "xml" => Some(XML),
            _ => None,
        }
    }

    /// A prefix that elements of this namespace can have.
    #[inline]
    pub(super) fn prefix(&mut self, namespace: &'static str) -> Option<&'a str> {
        self.learned(namespace).prefix
    }

    /// What elements of this namespace can begin with.
    #[inline]
    pub(super) fn learned(&mut self, namespace: &'static str) -> Learned<'a> {
        let mut learned = self.learned.iter().flatten();
        match learned.find(|learned| std::ptr::eq(learned.namespace, namespace)) {
            Some(learned) => *learned,
            None => self.learn(namespace),
        }
    }

    /// [`Bindings::learned`] of a namespace that is written down elsewhere, or is new.
    #[inline(never)]
    fn learn(&mut self, namespace: &'static str) -> Learned<'a> {
        let mut learned = self.learned.iter().flatten();
        if let Some(learned) = learned.find(|learned| is_same_name(learned.namespace, namespace)) {
            return *learned;
        }
        let found = self.find_binding(namespace);
        let prefix = found.map(|(prefix, _)| prefix);
        let learned = Learned {
            namespace,
            prefix,
            lead: prefix.and_then(Lead::of),
            binding: found.map_or(0, |(_, number)| number),
        };
        self.learned[self.next % 4] = Some(learned);
        self.next = (self.next + 1) % 4;
        learned
    }

    /// Whether a prefix is bound to this namespace, as is likely.
    #[inline]
    pub(super) fn is_bound(&self, prefix: &str, namespace: &'static str) -> bool {
        let mut learned = self.learned.iter().flatten();
        let known = learned.find(|known| std::ptr::eq(known.namespace, namespace));
        let known = known.and_then(|known| known.prefix);
        known.is_some_and(|known| is_same_name(known, prefix))
            || self
                .namespace(prefix)
                .is_some_and(|bound| is_same_name(bound, namespace))
    }

    /// A prefix that attributes of XSI can have.
    #[inline]
    pub(super) fn xsi(&mut self) -> Option<&'a str> {
        if let Some(prefix) = self.xsi {
            return prefix;
        }
        let prefix = self.find_prefix(XSI).filter(|prefix| !prefix.is_empty());
        self.xsi = Some(prefix);
        prefix
    }

    /// [`Bindings::xsi`], if it was asked for.
    #[inline]
    pub(super) fn learned_xsi(&self) -> Option<&'a str> {
        self.xsi.flatten()
    }

    fn forget(&mut self) {
        self.learned = [None; 4];
        self.xsi = None;
    }

    /// [`Bindings::prefix`] without memory.
    pub(super) fn find_prefix(&self, namespace: &str) -> Option<&'a str> {
        self.find_binding(namespace).map(|(prefix, _)| prefix)
    }

    /// [`Bindings::find_prefix`], and the number of the binding, 0 without one.
    fn find_binding(&self, namespace: &str) -> Option<(&'a str, usize)> {
        if namespace.is_empty() {
            let mut bindings = self.list.iter().rev();
            return match bindings.find(|binding| binding.prefix.is_empty()) {
                None => Some(("", 0)),
                Some(binding) if binding.namespace.is_empty() => Some(("", binding.number)),
                Some(_) => None,
            };
        }
        if namespace == XML {
            return Some(("xml", 0));
        }
        let bound = self.list.iter().enumerate().rev().find(|(index, binding)| {
            is_same_name(&binding.namespace, namespace)
                && self.list[index + 1..]
                    .iter()
                    .all(|inner| !is_same_name(inner.prefix, binding.prefix))
        });
        bound.map(|(_, binding)| (binding.prefix, binding.number))
    }
}

/// Why a prefix cannot be bound so; Namespaces in XML 1.0 §3.
pub(super) fn binding_error(prefix: &str, namespace: &str) -> Option<&'static str> {
    match (prefix, namespace) {
        ("xml", XML) => None,
        ("xml", _) => Some("the prefix `xml` cannot be bound to another namespace"),
        (_, XML) => Some("the namespace of `xml` cannot have another prefix"),
        ("xmlns", _) => Some("the prefix `xmlns` cannot be declared"),
        (_, XMLNS) => Some("the namespace of `xmlns` cannot be declared"),
        ("", _) => None,
        (_, "") => Some("a prefix cannot be undeclared"),
        _ => None,
    }
}

/// The namespace of an attribute.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Space {
    /// None, as without a prefix.
    None,
    /// That of `xml`.
    Xml,
    /// That of `xsi`, where the prefix is not declared (as node-soap sends it).
    Xsi,
    /// That of the binding with this index.
    Bound(usize),
}

/// An attribute of the current start tag.
#[derive(Clone, Debug)]
pub(super) struct Attribute<'a> {
    pub(super) prefix: &'a str,
    pub(super) local: &'a str,
    /// As it stands in the document, checked, not yet normalised.
    pub(super) raw: &'a str,
    /// Whether it is normalised as it stands.
    pub(super) is_plain: bool,
    pub(super) space: Space,
}

impl<'a> Bindings<'a> {
    /// Finds the namespace of an attribute, or `None` where its prefix is not bound.
    pub(super) fn resolve(&self, attribute: &Attribute<'_>) -> Option<Space> {
        if attribute.prefix.is_empty() {
            return Some(Space::None);
        }
        if let Some(index) = self
            .list
            .iter()
            .rposition(|binding| is_same_name(binding.prefix, attribute.prefix))
        {
            return Some(Space::Bound(index));
        }
        match (attribute.prefix, attribute.local) {
            ("xml", _) => Some(Space::Xml),
            ("xsi", "nil" | "type") => Some(Space::Xsi),
            _ => None,
        }
    }

    /// Whether an attribute has this name.
    #[inline]
    pub(super) fn has_name(&self, attribute: &Attribute<'a>, namespace: &str, local: &str) -> bool {
        is_same_name(attribute.local, local)
            && is_same_name(self.attribute_namespace(attribute), namespace)
    }

    pub(super) fn attribute_namespace(&self, attribute: &Attribute<'a>) -> &str {
        match attribute.space {
            Space::None => "",
            Space::Xml => XML,
            Space::Xsi => XSI,
            Space::Bound(index) => self
                .list
                .get(index)
                .map_or("", |binding| &binding.namespace),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What was learned must be as right as what is found anew, whatever is declared and undeclared.
    #[test]
    fn a_prefix_that_was_learned_is_bound_to_its_namespace() {
        let prefixes = ["", "a", "b", "xsi"];
        let namespaces = ["urn:a", "urn:b", "urn:c", "", XSI];
        let mut state = 1_u32;
        let mut random = |below: usize| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            usize::try_from(state >> 16).unwrap() % below
        };
        let mut bindings = Bindings::default();
        for step in 0..20_000 {
            if random(2) == 0 || bindings.len() > 6 {
                bindings.truncate(random(bindings.len() + 1));
            } else {
                let (prefix, namespace) = (prefixes[random(4)], namespaces[random(5)]);
                if binding_error(prefix, namespace).is_none() {
                    bindings.push(prefix, Cow::Borrowed(namespace));
                }
            }
            for _ in 0..random(4) {
                let namespace = namespaces[random(4)];
                let learned = bindings.prefix(namespace);
                let bound = learned.map(|prefix| bindings.namespace(prefix));
                assert!(bound.is_none_or(|bound| bound == Some(namespace)), "{step}");
                let found = bindings.find_prefix(namespace);
                assert_eq!(learned.is_some(), found.is_some(), "{step}");
            }
            let learned = bindings.xsi();
            assert_eq!(learned, bindings.learned_xsi(), "{step}");
            let bound = learned.map(|prefix| bindings.namespace(prefix));
            assert!(bound.is_none_or(|bound| bound == Some(XSI)), "{step}");
        }
    }
}

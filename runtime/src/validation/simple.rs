//! The datatypes of simple types.

use super::component::{Components, Definition, SimpleType, TypeId, Variety};
use super::datatype::{Datatype, Facet};

impl Components {
    /// The datatype of a simple type; `None` of others.
    pub(super) fn datatype(&self, id: TypeId) -> Option<&Datatype> {
        self.simple(id)?;
        // What a type is made of comes first, without recursion: chains may be long.
        let mut pending = vec![(id, false)];
        let mut open = std::collections::HashSet::new();
        while let Some((id, parts_done)) = pending.pop() {
            let Some(simple) = self
                .simple(id)
                .filter(|simple| simple.datatype.get().is_none())
            else {
                continue;
            };
            if parts_done || !open.insert(id) {
                simple.datatype.get_or_init(|| self.made(simple));
                continue;
            }
            pending.push((id, true));
            match &simple.variety {
                Variety::Builtin(..) => {}
                Variety::Restriction(part) | Variety::List(part) => pending.push((*part, false)),
                Variety::Union(members) => {
                    pending.extend(members.iter().map(|member| (*member, false)));
                }
            }
        }
        self.simple(id)?.datatype.get()
    }

    fn simple(&self, id: TypeId) -> Option<&SimpleType> {
        match &self.type_(id).definition {
            Definition::Simple(simple) => Some(simple),
            _ => None,
        }
    }

    /// The datatype of a part, which is made before what it is part of; in a circle, and of types
    /// that are not simple, `xs:anySimpleType`.
    fn part(&self, id: TypeId) -> Option<Datatype> {
        let made = self.simple(id).and_then(|simple| simple.datatype.get());
        made.cloned().or_else(|| Datatype::builtin("anySimpleType"))
    }

    fn made(&self, simple: &SimpleType) -> Datatype {
        let text = || Datatype::union(&[]);
        match &simple.variety {
            Variety::Builtin(datatype, _) => datatype.clone(),
            Variety::List(item) => self
                .part(*item)
                .and_then(|item| Datatype::list(&item).ok())
                .or_else(|| Datatype::builtin("anySimpleType"))
                .unwrap_or_else(text),
            Variety::Union(members) => {
                let members: Vec<Datatype> = { members.iter() }
                    .filter_map(|member| self.part(*member))
                    .collect();
                Datatype::union(&members)
            }
            Variety::Restriction(base) => {
                let facets: Vec<Facet<'_>> = { simple.facets.iter() }
                    .map(|(kind, value)| Facet::new(*kind, value))
                    .collect();
                let base = self.part(*base).unwrap_or_else(text);
                Datatype::restriction_leniently(&base, &facets, &simple.prefixes).0
            }
        }
    }
}

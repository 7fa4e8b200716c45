//! Expanded names as numbers, so that names of documents are looked up once.

use std::collections::HashMap;
use std::sync::Arc;

/// An expanded name that the schema mentions.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct NameId(usize);

/// The names that a schema mentions.
#[derive(Debug, Default)]
pub(super) struct Names {
    by_namespace: HashMap<Arc<str>, HashMap<Arc<str>, NameId>>,
    list: Vec<(Arc<str>, Arc<str>)>,
}

impl Names {
    /// The number of a name, which is noted if it is new.
    pub(super) fn intern(&mut self, namespace: &str, local: &str) -> NameId {
        if let Some(found) = self.find(namespace, local) {
            return found;
        }
        let id = NameId(self.list.len());
        let namespace: Arc<str> = match self.by_namespace.get_key_value(namespace) {
            Some((known, _)) => known.clone(),
            None => namespace.into(),
        };
        let local: Arc<str> = local.into();
        self.list.push((namespace.clone(), local.clone()));
        self.by_namespace
            .entry(namespace)
            .or_default()
            .insert(local, id);
        id
    }

    /// The number of a name, if the schema mentions it.
    pub(super) fn find(&self, namespace: &str, local: &str) -> Option<NameId> {
        self.by_namespace.get(namespace)?.get(local).copied()
    }

    pub(super) fn namespace(&self, id: NameId) -> &str {
        self.list.get(id.0).map_or("", |(namespace, _)| namespace)
    }

    pub(super) fn local(&self, id: NameId) -> &str {
        self.list.get(id.0).map_or("", |(_, local)| local)
    }

    /// As messages show it: `{namespace}local`, or `local` in none.
    pub(super) fn shown(&self, id: NameId) -> String {
        shown(self.namespace(id), self.local(id))
    }
}

/// `{namespace}local`, or `local` in none.
pub(super) fn shown(namespace: &str, local: &str) -> String {
    if namespace.is_empty() {
        local.to_owned()
    } else {
        format!("{{{namespace}}}{local}")
    }
}

//! Names to places: flat, slash and dotted paths, parent ids, indentation, marks before names.

mod lists;
mod paths;

use std::collections::{BTreeMap, BTreeSet};

use lists::fold_lists;
use paths::{by_parent, inner_dot, listed_containers, split, unbracketed};

use super::description::{Confidence, Fact, Field, FieldType, Record};
use super::fields::Draft;
use super::finding::{Findings, Kind};
use super::notation::types::Base;

/// The fields of a table in their places, and the elements around all of them.
#[derive(Clone, Debug, Default)]
pub(crate) struct Tree {
    pub wrapper: Vec<String>,
    pub record: Record,
}

/// As deep as containers may stand in each other.
const DEEPEST: usize = 50;

/// Builds the tree of `drafts`; `loose` if the text may have lost what showed their places.
pub(crate) fn build(mut drafts: Vec<Draft>, loose: bool, findings: &mut Findings) -> Tree {
    for draft in &mut drafts {
        if let Some(path) = draft.path.take().filter(|path| !path.is_empty()) {
            draft.written = path;
        }
    }
    for draft in &mut drafts {
        draft.written = unbracketed(&draft.written);
    }
    let slashes = drafts.iter().any(|draft| draft.written.contains('/'));
    let dots = drafts.iter().any(|draft| inner_dot(&draft.written));
    let ids = drafts.iter().any(|draft| {
        draft
            .parent
            .as_deref()
            .is_some_and(|parent| !["", "-"].contains(&parent))
    });
    let paths: Vec<Vec<String>> = if ids {
        by_parent(&drafts)
    } else if slashes || dots {
        drafts
            .iter_mut()
            .map(|draft| split(draft, if slashes { '/' } else { '.' }, findings))
            .collect()
    } else {
        by_depth(&mut drafts, loose, findings)
    };
    let listed = listed_containers(&drafts, &paths);
    place(drafts, paths, &listed, findings)
}

/// Paths by indentation or marks; where there is none, by rows that stand for the items of the list above.
fn by_depth(drafts: &mut [Draft], loose: bool, findings: &mut Findings) -> Vec<Vec<String>> {
    let mut open: Vec<(usize, String)> = Vec::new();
    let mut paths = Vec::with_capacity(drafts.len());
    let mut inside: Option<Vec<String>> = None;
    let deep = drafts.iter().any(|draft| draft.depth != drafts[0].depth);
    let mut lost = 0_usize;
    for at in 0..drafts.len() {
        let depth = drafts[at].depth;
        if drafts[at].object {
            // The list above is lost or named; what follows is of its items.
            let container = at
                .checked_sub(1)
                .map(|before| paths.get(before).cloned().unwrap_or_default());
            let name = match &drafts[at].field.kind.value {
                Some(FieldType {
                    base: Base::Named(name),
                    ..
                }) => name.clone(),
                _ => String::new(),
            };
            if at > 0 {
                let span = drafts[at].field.span;
                let above = &mut drafts[at - 1].field;
                if above.kind.value.is_none() {
                    above.kind = Fact::stated(
                        FieldType {
                            base: Base::Named(name.clone()),
                            list: true,
                        },
                        span,
                    );
                    above.kind.confidence = Confidence::Guess;
                    above.kind.reason =
                        Some(format!("the row below says that its items are `{name}`"));
                }
                findings.push(
                    Kind::Guess,
                    "L25",
                    span,
                    format!("the rows below are taken to be fields of `{name}`, in the list above: nothing in this text shows where they end"),
                );
            }
            inside = container;
            paths.push(Vec::new());
            continue;
        }
        let mut name = drafts[at].written.clone();
        if name.is_empty() {
            lost += 1;
            name = format!("?{lost}");
        }
        if deep {
            while open.last().is_some_and(|(above, _)| *above >= depth) {
                open.pop();
            }
            let mut path: Vec<String> = open.iter().map(|(_, name)| name.clone()).collect();
            path.push(name.clone());
            open.push((depth, name));
            path.truncate(DEEPEST);
            paths.push(path);
        } else {
            let mut path = inside.clone().unwrap_or_default();
            path.push(name);
            paths.push(path);
        }
    }
    if loose && !deep && inside.is_none() {
        opened(drafts, &mut paths, findings);
    }
    paths
}

/// Containers that are opened and never closed, where nothing says what stands in them.
fn opened(drafts: &mut [Draft], paths: &mut [Vec<String>], findings: &mut Findings) {
    let is_container = |draft: &Draft| {
        matches!(
            &draft.field.kind.value,
            Some(FieldType {
                base: Base::Object,
                ..
            })
        ) || draft.bare_list
    };
    // A container at the end, or two in a row, hold what is described elsewhere.
    let mut current: Option<String> = None;
    for at in 0..drafts.len() {
        if is_container(&drafts[at]) {
            let next = drafts.get(at + 1).is_some_and(|next| !is_container(next));
            current = next.then(|| drafts[at].written.clone());
        } else if let Some(container) = &current {
            paths[at].insert(0, container.clone());
            let name = &mut drafts[at].field.name;
            name.confidence = Confidence::Guess;
            name.witness = crate::contract::Witness::Inferred;
            name.reason = Some("it may also stand beside what is opened above it".to_owned());
            findings.push(
                Kind::Guess,
                "L14",
                drafts[at].field.span,
                format!("`{}` is taken to stand in `{container}`, which is opened above and closed nowhere", drafts[at].written),
            );
        }
    }
}

/// Takes the wrapper off, adds containers that no row declares, and folds lists.
fn place(
    drafts: Vec<Draft>,
    paths: Vec<Vec<String>>,
    listed: &BTreeSet<Vec<String>>,
    findings: &mut Findings,
) -> Tree {
    let wrapper = wrapper(&drafts, &paths, listed, findings);
    let sent: Vec<String> = (1..=wrapper.len())
        .map(|length| {
            let row = paths.iter().position(|path| *path == wrapper[..length]);
            let wire = row.and_then(|row| drafts[row].field.wire.as_ref()?.value.clone());
            wire.unwrap_or_else(|| wrapper[length - 1].clone())
        })
        .collect();
    let listed: BTreeSet<Vec<String>> = { listed.iter() }
        .filter_map(|path| Some(path.strip_prefix(wrapper.as_slice())?.to_vec()))
        .collect();
    let mut fields: Vec<(Vec<String>, Draft)> = Vec::new();
    for (mut path, draft) in paths.into_iter().zip(drafts) {
        if draft.object || path.is_empty() {
            continue;
        }
        if path.starts_with(&wrapper) {
            path.drain(..wrapper.len());
        } else if !wrapper.is_empty() && path.len() > 1 {
            findings.push(
                Kind::Oddity,
                "L14",
                draft.field.name.span,
                format!(
                    "`{}` begins at another element than the rest of the table; read below `{}`",
                    draft.written,
                    wrapper.join("/")
                ),
            );
            path.remove(0);
        }
        if !path.is_empty() {
            fields.push((path, draft));
        }
    }
    let mut record = Record::default();
    let mut known: Vec<Vec<String>> = Vec::new();
    let declared: Vec<Vec<String>> = fields.iter().map(|(path, _)| path.clone()).collect();
    for (path, draft) in fields {
        for length in 1..path.len() {
            let container = path[..length].to_vec();
            if known.contains(&container) || declared.contains(&container) {
                continue;
            }
            let similar = declared
                .iter()
                .filter(|other| {
                    other.len() > 1
                        && **other != path
                        && other[..other.len() - 1].last() == container.last()
                })
                .map(|other| format!("`{}`", other.join("/")))
                .next();
            let beside = similar.map_or(String::new(), |other| {
                format!("; {other} has the same name in its path")
            });
            findings.push(
                Kind::Guess,
                "L14",
                draft.field.name.span,
                format!(
                    "no row declares the container `{}`{beside}",
                    container.join("/")
                ),
            );
            let mut field = Field::new(
                container[..length - 1].to_vec(),
                Fact::guess(
                    container[length - 1].clone(),
                    draft.field.name.span,
                    "no row declares it; the path of a field names it",
                ),
            );
            field.kind = Fact::guess(
                FieldType {
                    base: Base::Object,
                    list: listed.contains(&container),
                },
                draft.field.name.span,
                "no row declares it; the path of a field names it",
            );
            field.witnesses = vec![crate::contract::Witness::Inferred];
            record.fields.push(field);
            known.push(container);
        }
        if known.contains(&path) {
            // `rows` and `rows[]`: the list, and its items.
            let items = listed.contains(&path) && draft.written.ends_with(']');
            if items && let Some(list) = record.fields.iter_mut().find(|known| known.path() == path)
            {
                lists::describe_items(list, &draft.field);
                continue;
            }
            findings.push(
                Kind::Oddity,
                "L20",
                draft.field.span,
                format!("`{}` is described twice; the first is kept", path.join("/")),
            );
            continue;
        }
        known.push(path.clone());
        let mut field = draft.field;
        let mut path = path;
        if let Some(last) = path.pop() {
            match field.name.value {
                Some(_) => field.name.value = Some(last),
                None => field.lost = Some(last),
            }
            field.parents = path;
        }
        record.fields.push(field);
    }
    lists::mark_lists(&mut record, &listed, findings);
    order(&mut record);
    fold_lists(&mut record);
    containers(&mut record);
    Tree {
        wrapper: sent,
        record,
    }
}

/// The elements around all fields: those of the first row if all others stand below it, or one that
/// all paths begin with and that is named like a message.
fn wrapper(
    drafts: &[Draft],
    paths: &[Vec<String>],
    listed: &BTreeSet<Vec<String>>,
    findings: &mut Findings,
) -> Vec<String> {
    // A list is a field, even if everything stands in it.
    let lists = { drafts.iter().zip(paths) }
        .find(|(_, path)| !path.is_empty())
        .is_some_and(|(draft, path)| draft.field.is_list() || listed.contains(path));
    if lists {
        return Vec::new();
    }
    let paths: Vec<&Vec<String>> = paths.iter().filter(|path| !path.is_empty()).collect();
    let Some(first) = paths.first() else {
        return Vec::new();
    };
    let others = &paths[1..];
    if !others.is_empty()
        && others
            .iter()
            .all(|path| path.len() > first.len() && path.starts_with(first))
    {
        return (*first).clone();
    }
    let like_message = |name: &str| {
        let name = name.to_lowercase();
        [
            "request", "response", "req", "resp", "envelope", "message", "result",
        ]
        .iter()
        .any(|end| name.ends_with(end))
    };
    let root = &first[0];
    let below = paths
        .iter()
        .filter(|path| path.len() > 1 && path[0] == *root)
        .count();
    let at_root = paths
        .iter()
        .filter(|path| path.len() == 1 && path[0] == *root)
        .count();
    if paths.len() > 1
        && below * 10 >= (paths.len() - at_root) * 6
        && like_message(root)
        && below > 0
        && below + at_root >= paths.len().saturating_sub(drafts.len() / 3)
    {
        if below + at_root < paths.len() {
            findings.push(
                Kind::Guess,
                "L14",
                drafts[0].field.name.span,
                format!("`{root}` is taken to be the element around all fields, though some rows do not stand below it"),
            );
        }
        return vec![root.clone()];
    }
    Vec::new()
}

/// Puts a record in order whose fields have been moved.
pub(crate) fn in_order(record: &mut Record) {
    order(record);
    containers(record);
}

/// Containers before what stands in them, siblings in the order of the page.
fn order(record: &mut Record) {
    let fields = std::mem::take(&mut record.fields);
    let mut children: BTreeMap<Vec<String>, Vec<Field>> = BTreeMap::new();
    let keyed: Vec<(Vec<String>, Vec<String>, Field)> = fields
        .into_iter()
        .map(|field| (field.parents.clone(), field.path(), field))
        .collect();
    let mut keys: BTreeMap<Vec<String>, Vec<Vec<String>>> = BTreeMap::new();
    for (parents, own, field) in keyed {
        keys.entry(parents.clone()).or_default().push(own);
        children.entry(parents).or_default().push(field);
    }
    // An explicit stack: paths are as deep as pages like.
    let mut ordered = Vec::new();
    let mut stack: Vec<std::vec::IntoIter<(Vec<String>, Field)>> = Vec::new();
    let take = |at: &Vec<String>,
                keys: &mut BTreeMap<Vec<String>, Vec<Vec<String>>>,
                children: &mut BTreeMap<Vec<String>, Vec<Field>>| {
        let keys = keys.remove(at).unwrap_or_default();
        let fields = children.remove(at).unwrap_or_default();
        keys.into_iter().zip(fields).collect::<Vec<_>>().into_iter()
    };
    let root = Vec::new();
    let iter = take(&root, &mut keys, &mut children);
    stack.push(iter);
    while let Some(iter) = stack.last_mut() {
        match iter.next() {
            Some((own, field)) => {
                ordered.push(field);
                let iter = take(&own, &mut keys, &mut children);
                stack.push(iter);
            }
            None => {
                stack.pop();
            }
        }
    }
    record.fields = ordered;
}

/// What has fields in it is an object, whatever its type cell says or does not say.
fn containers(record: &mut Record) {
    let parents: Vec<Vec<String>> = record
        .fields
        .iter()
        .map(|field| field.parents.clone())
        .collect();
    for field in &mut record.fields {
        let path = field.path();
        if !parents.contains(&path) {
            continue;
        }
        match &mut field.kind.value {
            None => {
                field.kind = Fact::guess(
                    FieldType {
                        base: Base::Object,
                        list: false,
                    },
                    field.span,
                    "fields stand in it",
                );
            }
            Some(FieldType {
                base: base @ Base::Unknown,
                list: true,
            }) => {
                *base = Base::Object;
                field.kind.confidence = Confidence::Guess;
                field.kind.witness = crate::contract::Witness::Inferred;
                field.kind.reason = Some(
                    "called a list, with fields in it: taken for a list of records".to_owned(),
                );
            }
            Some(FieldType {
                base: base @ (Base::Unknown | Base::Named(_)),
                ..
            }) => *base = Base::Object,
            Some(_) => {}
        }
    }
}

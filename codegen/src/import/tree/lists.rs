//! Lists whose items the page has as rows of their own.

use super::*;

/// What the row of `rows[]` says of the items of the list `rows`.
pub(crate) fn describe_items(list: &mut Field, items: &Field) {
    if let (Some(kind), Some(inner)) = (&mut list.kind.value, &items.kind.value) {
        kind.list = true;
        if kind.base == Base::Unknown {
            kind.base = inner.base.clone();
        }
    }
    if list.max.is_none() {
        list.max.clone_from(&items.max);
    }
    if list.values.is_none() {
        list.values.clone_from(&items.values);
    }
}

/// Lists that only the paths of what stands in them show: `rows[]/sku` below `rows` of no or another type.
pub(crate) fn mark_lists(
    record: &mut Record,
    lists: &BTreeSet<Vec<String>>,
    findings: &mut Findings,
) {
    for field in &mut record.fields {
        if field.is_list() || !lists.contains(&field.path()) {
            continue;
        }
        let base = { field.kind.value.as_ref() }.map_or(Base::Object, |kind| kind.base.clone());
        let reason = "the paths below write it as a list";
        findings.push(
            Kind::Guess,
            "L12",
            field.span,
            format!("`{}` is taken for a list: {reason}", field.path().join("/")),
        );
        let kind = FieldType { base, list: true };
        field.kind = Fact::guess(kind, field.kind.span, reason);
    }
}

/// `rows` of type list with the single child `rows/Row`: the child is the item.
pub(crate) fn fold_lists(record: &mut Record) {
    let mut at = 0;
    while at < record.fields.len() {
        let path = record.fields[at].path();
        let list = record.fields[at].is_list();
        let children: Vec<usize> = (0..record.fields.len())
            .filter(|&child| record.fields[child].parents == path)
            .collect();
        let single = match children.as_slice() {
            [child] if list && record.fields[at].item.is_none() => *child,
            _ => {
                at += 1;
                continue;
            }
        };
        let child = record.fields[single].clone();
        let item_path = child.path();
        let has_children = record.fields.iter().any(|field| field.parents == item_path);
        let outer = record.fields[at]
            .kind
            .value
            .as_ref()
            .map(|kind| kind.base.clone());
        let wraps = matches!(outer, Some(Base::Object | Base::Unknown));
        let object = matches!(
            child.kind.value.as_ref().map(|kind| &kind.base),
            Some(Base::Object)
        ) && has_children;
        // A list of objects with one field is not a list of that field.
        let simple = outer == Some(Base::Unknown)
            && !has_children
            && child.name.value.is_some()
            && matches!(
                child.kind.value.as_ref().map(|kind| &kind.base),
                Some(Base::Builtin(_) | Base::Named(_))
            );
        if !wraps || !(object || simple) {
            at += 1;
            continue;
        }
        let field = &mut record.fields[at];
        if let (Some(kind), Some(inner)) = (&mut field.kind.value, &child.kind.value) {
            kind.base = inner.base.clone();
        }
        if simple {
            // What is said of the item is said of the list, whose items have no row of their own.
            field.values = field.values.take().or(child.values);
            field.max = field.max.take().or(child.max);
            if !child.prose.is_empty() {
                let gap = if field.prose.is_empty() { "" } else { "; " };
                let words = format!("{}{gap}{}", field.prose.trim_end_matches('.'), child.prose);
                field.prose = words;
            }
        }
        field.item = child.name.value.clone().map(|name| Fact {
            value: Some(name),
            ..child.name.clone()
        });
        record.fields.remove(single);
        for inner in &mut record.fields {
            if inner.parents.starts_with(&item_path) {
                inner.parents.remove(item_path.len() - 1);
            }
        }
        at += 1;
    }
}

//! Names as pages write them to paths.

use super::*;

/// `address[city]` as `address.city`, `rows[][sku]` and `rows[#]?.sku` as `rows[].sku`.
pub(super) fn unbracketed(written: &str) -> String {
    if !written.contains(['[', '?']) || written.contains(' ') {
        return written.to_owned();
    }
    let separator = if written.contains('/') { '/' } else { '.' };
    let mut path = String::with_capacity(written.len());
    let mut rest = written;
    while let Some(open) = rest.find('[') {
        let Some(close) = rest[open..].find(']').map(|at| open + at) else {
            break;
        };
        path.push_str(&rest[..open]);
        let inner = rest[open + 1..close].trim_matches(['"', '\'']);
        let is_name = inner.chars().count() > 1
            && inner
                .chars()
                .next()
                .is_some_and(|c| c.is_alphabetic() || c == '_')
            && !["index", "idx"].contains(&inner)
            && !path.is_empty();
        if is_name {
            path.push(separator);
            path.push_str(inner);
        } else {
            path.push_str("[]");
        }
        rest = &rest[close + 1..];
    }
    path.push_str(rest);
    // `a?.b`: a mark of programming languages for what may be missing.
    path.replace("?.", ".").replace("?/", "/")
}

/// Containers that some path writes as the items of a list: `rows[]/sku`.
pub(super) fn listed_containers(drafts: &[Draft], paths: &[Vec<String>]) -> BTreeSet<Vec<String>> {
    let mut lists = BTreeSet::new();
    for (draft, path) in drafts.iter().zip(paths) {
        let names = draft
            .written
            .split(['/', '.'])
            .filter(|name| !name.is_empty());
        let marked: Vec<bool> = names.map(|name| name.ends_with(']')).collect();
        if marked.len() != path.len() {
            continue;
        }
        for (at, _) in marked.iter().enumerate().filter(|(_, marked)| **marked) {
            lists.insert(path[..=at].to_vec());
        }
    }
    lists
}

pub(super) fn inner_dot(name: &str) -> bool {
    name.trim_matches('.').contains('.')
        && !name.contains("..")
        && !name.chars().all(|c| c.is_ascii_digit() || c == '.')
}

/// The names of a path, blanks and marks of lists taken off.
pub(super) fn split(draft: &mut Draft, separator: char, findings: &mut Findings) -> Vec<String> {
    let written = draft.written.clone();
    if written.contains(char::is_whitespace) {
        let mended: String = written.split_whitespace().collect();
        findings.push(
            Kind::Repair,
            "L15",
            draft.field.name.span,
            format!("the path `{written}` has a blank in it; read as `{mended}`"),
        );
        draft.field.name.confidence = Confidence::Mended;
    }
    let bare: String = written.split_whitespace().collect();
    let names: Vec<String> = bare
        .split(separator)
        .map(|name| {
            // `rows[]`, `rows[i]`, `rows[n]`: the rows of a list.
            let open = name.find('[').filter(|_| name.ends_with(']'));
            open.map_or(name, |open| &name[..open]).to_owned()
        })
        .filter(|name| !name.is_empty() && *name != "$" && *name != "@")
        .take(DEEPEST)
        .collect();
    if bare.ends_with(']')
        && let Some(kind) = &mut draft.field.kind.value
    {
        kind.list = true;
    }
    names
}

/// Paths by the column that names the id of the container.
pub(super) fn by_parent(drafts: &[Draft]) -> Vec<Vec<String>> {
    let by_id: BTreeMap<&str, &Draft> = drafts
        .iter()
        .filter_map(|draft| Some((draft.id.as_deref()?, draft)))
        .collect();
    drafts
        .iter()
        .map(|draft| {
            let mut path = vec![draft.written.clone()];
            let mut at = draft;
            while let Some(parent) = at.parent.as_deref().and_then(|id| by_id.get(id)) {
                if path.len() >= DEEPEST || std::ptr::eq(*parent, at) {
                    break;
                }
                path.push(parent.written.clone());
                at = parent;
            }
            path.reverse();
            path
        })
        .collect()
}

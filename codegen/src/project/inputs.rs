//! `inputs`: paths, and patterns of paths.

use std::path::{Path, PathBuf};

use super::{CATALOG, FILE};
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::lock;
use crate::settings::{Glob, Located};
use crate::source;

/// The files that `inputs` means, in its order; those of one pattern sorted by name, none twice.
pub(super) fn find(
    directory: &Path,
    inputs: &[Located],
    diagnostics: &mut Diagnostics,
) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = Vec::new();
    for input in inputs {
        let is_pattern = input.text.contains('*');
        let paths = if is_pattern {
            matching(directory, &input.text)
        } else {
            vec![directory.join(&input.text)]
        };
        let is_missing = paths.iter().all(|path| !path.is_file());
        if is_missing {
            let message = if is_pattern {
                format!("no file is called like `{}`", input.text)
            } else {
                format!("there is no file `{}`", input.text)
            };
            diagnostics.push(
                Diagnostic::error(Code::UnusedSetting, input.span, message).help(
                    "paths are relative to the directory of this file; `*` stands for any text \
                     without a slash",
                ),
            );
            continue;
        }
        for path in paths {
            if !found.contains(&path) {
                found.push(path);
            }
        }
    }
    found
}

/// The files below `directory` whose path fits `pattern`, segment by segment. Hidden ones do not fit a
/// `*`; a directory that cannot be listed has none.
fn matching(directory: &Path, pattern: &str) -> Vec<PathBuf> {
    let mut paths = vec![directory.to_owned()];
    for segment in pattern.split('/') {
        let mut next = Vec::new();
        for path in paths {
            if segment.contains('*') {
                let glob = Glob::new(segment);
                let fits = |name: &String| !name.starts_with('.') && glob.matches(name);
                let names = source::names_in(&path).unwrap_or_default();
                next.extend(
                    names
                        .iter()
                        .filter(|name| fits(name))
                        .map(|name| path.join(name)),
                );
            } else {
                next.push(path.join(segment));
            }
        }
        paths = next;
    }
    let own = [FILE, CATALOG, lock::FILE];
    paths.retain(|path| {
        let is_own = path
            .file_name()
            .is_some_and(|name| own.iter().any(|own| name == *own));
        path.is_file() && !is_own
    });
    paths
}

//! XPaths while a document passes by.

use super::super::names::NameId;
use super::xpath::Path;

/// How far the paths of one XPath have come, at each level from where it begins down to the current
/// element.
#[derive(Debug)]
pub(super) struct Evaluation {
    levels: Vec<Vec<Reached>>,
}

/// A path, and the number of its steps that are behind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Reached {
    path: usize,
    steps: usize,
}

impl Evaluation {
    /// Begins at the current element.
    pub(super) fn new(paths: &[Path]) -> Self {
        let start = (0..paths.len()).map(|path| Reached { path, steps: 0 });
        Self {
            levels: vec![start.collect()],
        }
    }

    /// Goes into a child.
    pub(super) fn descend(&mut self, paths: &[Path], name: Option<NameId>, namespace: &str) {
        let mut next = Vec::new();
        for at in self.levels.last().into_iter().flatten() {
            let Some(path) = paths.get(at.path) else {
                continue;
            };
            if path.anywhere && at.steps == 0 {
                next.push(*at);
            }
            let step = path.steps.get(at.steps);
            if step.is_some_and(|test| test.matches(name, namespace)) {
                next.push(Reached {
                    steps: at.steps + 1,
                    ..*at
                });
            }
        }
        self.levels.push(next);
    }

    /// Goes back to the parent.
    pub(super) fn ascend(&mut self) {
        self.levels.pop();
    }

    /// The paths whose steps end at the current element.
    pub(super) fn reached<'p>(&self, paths: &'p [Path]) -> impl Iterator<Item = &'p Path> {
        let here = self.levels.last().into_iter().flatten();
        let found: Vec<&Path> = here
            .filter_map(|at| {
                paths
                    .get(at.path)
                    .filter(|path| path.steps.len() == at.steps)
            })
            .collect();
        found.into_iter()
    }
}

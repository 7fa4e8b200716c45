//! Which settings have acted, so that those that did not can be reported.

use std::collections::BTreeSet;

use super::{Located, Named, Selected, Settings};
use crate::diagnostic::{Code, Diagnostic, nearest};
use crate::source::Span;

/// The settings that have acted, by their place in their list.
#[derive(Clone, Debug, Default)]
pub(crate) struct Uses {
    renames: BTreeSet<usize>,
    maps: BTreeSet<usize>,
}

impl Uses {
    pub(crate) fn rename(&mut self, index: usize) {
        self.renames.insert(index);
    }

    pub(crate) fn map(&mut self, index: usize) {
        self.maps.insert(index);
    }

    /// An error for each mapping that has not acted; `known` gives the names of fields or types.
    pub(crate) fn unused_maps(
        &self,
        settings: &Settings,
        known: impl Fn(bool) -> Vec<String>,
    ) -> Vec<Diagnostic> {
        let unused = settings.maps.iter().enumerate();
        unused
            .filter(|(index, _)| !self.maps.contains(index))
            .map(|(_, map)| {
                let is_field = map.selector.text.contains('/');
                let what = if is_field { "field" } else { "type" };
                unused_setting("map", what, &map.selector, &known(is_field))
            })
            .collect()
    }

    /// An error for each rename that has not acted. `known` are the names that could have been meant.
    pub(crate) fn unused_renames(
        &self,
        settings: &Settings,
        is_asked: impl Fn(Named) -> bool,
        known: impl Fn(Named) -> Vec<String>,
    ) -> Vec<Diagnostic> {
        let mut found = Vec::new();
        for (index, rename) in settings.renames.iter().enumerate() {
            if self.renames.contains(&index) || !is_asked(rename.what) {
                continue;
            }
            let table = format!("rename.{}", rename.what.key());
            let what = rename.what.word();
            found.push(unused_setting(
                &table,
                what,
                &rename.selector,
                &known(rename.what),
            ));
        }
        found
    }
}

/// The filters that have acted, by their place in their list.
#[derive(Clone, Debug, Default)]
pub(crate) struct FilterUses(BTreeSet<usize>);

impl FilterUses {
    pub(crate) fn filter(&mut self, index: usize) {
        self.0.insert(index);
    }

    /// An error for each filter that fits nothing. `known` are the names that could have been meant.
    pub(crate) fn unused(
        &self,
        settings: &Settings,
        known: impl Fn(Selected) -> Vec<String>,
    ) -> Vec<Diagnostic> {
        let filters = settings.filters.iter().enumerate();
        filters
            .filter(|(index, _)| !self.0.contains(index))
            .map(|(_, filter)| {
                let table = format!("{}.{}", filter.verb.key(), filter.what.key());
                unmatched(
                    &table,
                    filter.what.word(),
                    &filter.pattern,
                    &known(filter.what),
                )
            })
            .collect()
    }
}

/// A pattern of `table` fits nothing that there is.
pub(crate) fn unmatched(
    table: &str,
    what: &str,
    pattern: &Located,
    known: &[String],
) -> Diagnostic {
    let shown = &pattern.text;
    let local = shown.rsplit(['}', '/']).next().unwrap_or(shown);
    let local = if what == "namespace" { shown } else { local };
    Diagnostic::error(
        Code::UnusedSetting,
        pattern.span,
        format!("no {what} fits `{shown}` of `{table}`"),
    )
    .help(match nearest(local, known.iter().map(String::as_str)) {
        Some(near) if near == local => format!("there is a `{near}` elsewhere"),
        Some(near) => format!("did you mean `{near}`?"),
        None => {
            "`*` stands for any text; `castile inspect` shows the names of the contract".to_owned()
        }
    })
}

/// `selector` of `table` names nothing that there is.
pub(crate) fn unused_setting(
    table: &str,
    what: &str,
    selector: &Located,
    known: &[String],
) -> Diagnostic {
    let shown = &selector.text;
    let mut diagnostic = Diagnostic::error(
        Code::UnusedSetting,
        selector.span,
        format!("`{table}` names `{shown}`, and no {what} that is generated is called that"),
    );
    // The namespace is said in full or not at all.
    let local = shown.rsplit_once('}').map_or(shown.as_str(), |(_, l)| l);
    diagnostic.help = Some(match nearest(local, known.iter().map(String::as_str)) {
        Some(near) if near == shown => {
            format!("`{near}` is in the contract, but nothing that is generated has it")
        }
        Some(near) if near == local => {
            format!("there is a `{near}` in another namespace")
        }
        _ if known
            .iter()
            .any(|known| known.strip_prefix("xs:") == Some(local)) =>
        {
            format!("did you mean `xs:{local}`?")
        }
        Some(near) => format!("did you mean `{near}`?"),
        None => advice(what).to_owned(),
    });
    diagnostic
}

fn advice(what: &str) -> &'static str {
    match what {
        "field" => "write `Type/element` or `Type/@attribute`; `castile inspect` shows the names",
        "variant" => "write `Type/value`; `castile inspect` shows the names",
        "namespace" => "write the namespace as the schema has it in `targetNamespace`",
        _ => "`castile inspect` shows the names of the contract",
    }
}

/// One setting that names several things.
pub(crate) fn ambiguous(table: &str, selector: &Located, choices: &[String]) -> Diagnostic {
    let shown: Vec<String> = choices.iter().map(|choice| format!("`{choice}`")).collect();
    Diagnostic::error(
        Code::AmbiguousSetting,
        selector.span,
        format!(
            "`{table}` names `{}`, which can be more than one",
            selector.text
        ),
    )
    .help(format!("write one of {}", shown.join(", ")))
}

/// Two settings that name the same.
pub(crate) fn contradiction(table: &str, what: &str, first: Span, second: &Located) -> Diagnostic {
    Diagnostic::error(
        Code::ContradictorySettings,
        second.span,
        format!(
            "`{table}` has two entries for one {what}: `{}`",
            second.text
        ),
    )
    .related(first, "the first")
    .help("leave one out")
}

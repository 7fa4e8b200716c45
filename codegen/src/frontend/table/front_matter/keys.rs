//! Tables of TOML with places: every wrong key and value is reported where it stands.

use std::collections::BTreeSet;
use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::super::document::Located;
use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::source::{DocumentId, Span};

/// Where the TOML stands, and what is found wrong with it.
pub(super) struct Page<'a> {
    pub document: DocumentId,
    /// The byte of the document at which the TOML begins.
    pub offset: usize,
    pub diagnostics: &'a mut Diagnostics,
}

impl Page<'_> {
    pub(super) fn span(&self, range: Range<usize>) -> Span {
        Span::new(
            self.document,
            range.start + self.offset..range.end + self.offset,
        )
    }

    pub(super) fn error(&mut self, diagnostic: Diagnostic) {
        self.diagnostics.push(diagnostic);
    }
}

/// A table whose keys are asked for one by one; what was not asked for is unknown.
pub(super) struct Keys<'t> {
    table: &'t DeTable<'t>,
    /// The name of the table for messages, empty for the outermost one.
    name: String,
    span: Range<usize>,
    known: BTreeSet<&'static str>,
}

/// A key and its value.
pub(super) struct Named<'t> {
    pub at: Range<usize>,
    pub key: &'t str,
    pub value: &'t Spanned<DeValue<'t>>,
}

/// A value with the range of its key.
pub(super) type Entry<'t> = (Range<usize>, &'t Spanned<DeValue<'t>>);

impl<'t> Keys<'t> {
    pub(super) fn new(table: &'t DeTable<'t>, name: impl Into<String>, span: Range<usize>) -> Self {
        Self {
            table,
            name: name.into(),
            span,
            known: BTreeSet::new(),
        }
    }

    pub(super) fn entry(&mut self, key: &'static str) -> Option<Entry<'t>> {
        self.known.insert(key);
        self.table
            .iter()
            .find(|(name, _)| name.get_ref() == key)
            .map(|(name, value)| (name.span(), value))
    }

    pub(super) fn string(
        &mut self,
        page: &mut Page<'_>,
        key: &'static str,
    ) -> Option<Located<String>> {
        let (_, value) = self.entry(key)?;
        string(page, key, value)
    }

    pub(super) fn required_string(
        &mut self,
        page: &mut Page<'_>,
        key: &'static str,
        help: &str,
    ) -> Option<Located<String>> {
        if self.entry(key).is_none() {
            let message = match self.name.as_str() {
                "" => format!("the front matter has no `{key}`"),
                name => format!("`{name}` has no `{key}`"),
            };
            let span = page.span(self.span.clone());
            page.error(Diagnostic::error(Code::MissingKey, span, message).help(help));
        }
        self.string(page, key)
    }

    pub(super) fn boolean(
        &mut self,
        page: &mut Page<'_>,
        key: &'static str,
    ) -> Option<Located<bool>> {
        let (_, value) = self.entry(key)?;
        match value.get_ref() {
            DeValue::Boolean(flag) => Some(Located::new(*flag, page.span(value.span()))),
            other => {
                wrong_kind(page, key, "true or false", other, value.span());
                None
            }
        }
    }

    /// A list of strings; one string alone is a list of one.
    pub(super) fn strings(
        &mut self,
        page: &mut Page<'_>,
        key: &'static str,
    ) -> Vec<Located<String>> {
        let Some((_, value)) = self.entry(key) else {
            return Vec::new();
        };
        match value.get_ref() {
            DeValue::Array(items) => items
                .iter()
                .filter_map(|item| string(page, key, item))
                .collect(),
            _ => string(page, key, value).into_iter().collect(),
        }
    }

    /// A table under a key.
    pub(super) fn table(&mut self, page: &mut Page<'_>, key: &'static str) -> Option<Keys<'t>> {
        let (at, value) = self.entry(key)?;
        table(page, &self.path(key), at, value)
    }

    /// The tables of `[[key]]`.
    pub(super) fn tables(&mut self, page: &mut Page<'_>, key: &'static str) -> Vec<Keys<'t>> {
        let Some((at, value)) = self.entry(key) else {
            return Vec::new();
        };
        match value.get_ref() {
            DeValue::Array(items) => items
                .iter()
                .filter_map(|item| table(page, key, at.clone(), item))
                .collect(),
            other => {
                wrong_kind(page, key, "tables, each under `[[…]]`", other, value.span());
                Vec::new()
            }
        }
    }

    /// All entries in the order of the text, for tables whose keys are names.
    pub(super) fn entries(&self) -> Vec<Named<'t>> {
        let mut entries: Vec<_> = self
            .table
            .iter()
            .map(|(key, value)| Named {
                at: key.span(),
                key: key.get_ref().as_ref(),
                value,
            })
            .collect();
        entries.sort_by_key(|entry| entry.at.start);
        entries
    }

    pub(super) fn path(&self, key: &str) -> String {
        match self.name.as_str() {
            "" => key.to_owned(),
            name => format!("{name}.{key}"),
        }
    }

    pub(super) fn span(&self) -> Range<usize> {
        self.span.clone()
    }

    /// Reports the keys that were never asked for.
    pub(super) fn finish(self, page: &mut Page<'_>) {
        for Named { at, key, .. } in self.entries() {
            if self.known.contains(key) {
                continue;
            }
            let help = match nearest(key, self.known.iter().copied()) {
                Some(known) => format!("did you mean `{known}`?"),
                None => {
                    let known: Vec<String> =
                        self.known.iter().map(|key| format!("`{key}`")).collect();
                    format!("the keys here are {}", known.join(", "))
                }
            };
            let span = page.span(at);
            let message = format!("no key is called `{}`", self.path(key));
            page.error(Diagnostic::error(Code::UnknownKey, span, message).help(help));
        }
    }
}

/// The table that `value` is.
pub(super) fn table<'t>(
    page: &mut Page<'_>,
    name: &str,
    key: Range<usize>,
    value: &'t Spanned<DeValue<'t>>,
) -> Option<Keys<'t>> {
    match value.get_ref() {
        DeValue::Table(table) => Some(Keys::new(table, name, key)),
        other => {
            wrong_kind(page, name, "a table", other, value.span());
            None
        }
    }
}

/// The text that `value` is.
pub(super) fn string(
    page: &mut Page<'_>,
    name: &str,
    value: &Spanned<DeValue<'_>>,
) -> Option<Located<String>> {
    match value.get_ref() {
        DeValue::String(text) => Some(Located::new(text.to_string(), page.span(value.span()))),
        other => {
            wrong_kind(page, name, "a string", other, value.span());
            None
        }
    }
}

fn wrong_kind(
    page: &mut Page<'_>,
    name: &str,
    expected: &str,
    found: &DeValue<'_>,
    range: Range<usize>,
) {
    let span = page.span(range);
    page.error(
        Diagnostic::error(
            Code::InvalidValue,
            span,
            format!("`{name}` is of kind {}", found.type_str()),
        )
        .help(format!("`{name}` is {expected}")),
    );
}

//! The keys of `castile.toml` (`docs/castile-toml.md`).

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::diagnostic::{Code, Diagnostic, Diagnostics, nearest};
use crate::settings::{
    Accepted, Filter, Fold, Located, Map, Named, Rename, Selected, Settings, Verb,
};
use crate::source::{DocumentId, Span};

/// What `castile.toml` says.
#[derive(Debug, Default)]
pub(super) struct File {
    pub(super) name: Option<String>,
    pub(super) inputs: Vec<Located>,
    pub(super) settings: Settings,
}

/// The keys of the file.
const KEYS: &[&str] = &[
    "dependencies",
    "exclude",
    "fold",
    "include",
    "inputs",
    "map",
    "name",
    "rename",
    "stream",
    "strict",
    "validation",
    "warnings",
];

type Value<'t> = Spanned<DeValue<'t>>;

/// A key with its place, and its value.
type Entry<'t> = (Located, &'t Value<'t>);

/// Reads the text of `document`. `None` if it is no TOML; else what could be understood of it.
pub(super) fn parse(
    document: DocumentId,
    text: &str,
    diagnostics: &mut Diagnostics,
) -> Option<File> {
    let mut reader = Reader {
        document,
        diagnostics,
    };
    match DeTable::parse(text) {
        Ok(table) => Some(reader.file(table.get_ref())),
        Err(error) => {
            let range: Range<usize> = error.span().unwrap_or(0..0);
            reader.diagnostics.push(
                Diagnostic::error(
                    Code::MalformedFrontMatter,
                    Span::new(document, range),
                    error.message().to_owned(),
                )
                .help("the file is TOML: https://toml.io"),
            );
            None
        }
    }
}

struct Reader<'d> {
    document: DocumentId,
    diagnostics: &'d mut Diagnostics,
}

impl Reader<'_> {
    fn file(&mut self, table: &DeTable<'_>) -> File {
        let mut file = File::default();
        let mut has_inputs = false;
        for (key, value) in self.entries(table) {
            match key.text.as_str() {
                "name" => file.name = self.string("name", value).map(|name| name.text),
                "inputs" => {
                    has_inputs = true;
                    file.inputs = self.strings("inputs", value);
                }
                "rename" => self.renames(value, &mut file.settings),
                "map" => self.maps(value, &mut file.settings),
                "include" => self.filters(Verb::Include, value, &mut file.settings),
                "exclude" => self.filters(Verb::Exclude, value, &mut file.settings),
                "fold" => self.folds(&key, value, &mut file.settings),
                "stream" => {
                    let streams = self.strings("stream", value);
                    file.settings.streams.extend(streams);
                }
                "strict" => file.settings.strict |= self.boolean("strict", value),
                "validation" => file.settings.validation |= self.boolean("validation", value),
                "warnings" => self.warnings(value, &mut file.settings),
                "dependencies" => self.dependencies(value, &mut file.settings),
                _ => self.unknown("", &key, KEYS),
            }
        }
        if !has_inputs {
            self.diagnostics.push(
                Diagnostic::error(
                    Code::MissingKey,
                    Span::new(self.document, 0..0),
                    "there is no `inputs`",
                )
                .help(
                    "`inputs` lists the WSDLs, schemas and descriptors, as `inputs = [\"a.wsdl\"]`",
                ),
            );
        }
        file
    }

    fn renames(&mut self, value: &Value<'_>, settings: &mut Settings) {
        for (key, value) in self.table("rename", value) {
            let Some(what) = Named::ALL.into_iter().find(|what| what.key() == key.text) else {
                self.unknown("rename", &key, &Named::ALL.map(Named::key));
                continue;
            };
            let name = format!("rename.{}", key.text);
            for (selector, value) in self.table(&name, value) {
                if let Some(name) = self.string(&format!("{name}.{}", selector.text), value) {
                    settings.renames.push(Rename {
                        what,
                        selector,
                        name,
                    });
                }
            }
        }
    }

    fn filters(&mut self, verb: Verb, value: &Value<'_>, settings: &mut Settings) {
        for (key, value) in self.table(verb.key(), value) {
            let mut kinds = Selected::ALL.into_iter();
            let Some(what) = kinds.find(|what| what.key() == key.text) else {
                self.unknown(verb.key(), &key, &Selected::ALL.map(Selected::key));
                continue;
            };
            let name = format!("{}.{}", verb.key(), key.text);
            for pattern in self.strings(&name, value) {
                settings.filters.push(Filter {
                    verb,
                    what,
                    pattern,
                });
            }
        }
    }

    /// `fold = false`, or a table of patterns.
    fn folds(&mut self, key: &Located, value: &Value<'_>, settings: &mut Settings) {
        if let DeValue::Boolean(folded) = value.get_ref() {
            settings.folds.push(Fold {
                pattern: Located::new("*", key.span),
                folded: *folded,
            });
            return;
        }
        if !matches!(value.get_ref(), DeValue::Table(_)) {
            self.wrong_kind("fold", "true or false, or a table of patterns", value);
            return;
        }
        for (pattern, value) in self.table("fold", value) {
            match value.get_ref() {
                DeValue::Boolean(folded) => settings.folds.push(Fold {
                    pattern,
                    folded: *folded,
                }),
                _ => self.wrong_kind(&format!("fold.{}", pattern.text), "true or false", value),
            }
        }
    }

    fn warnings(&mut self, value: &Value<'_>, settings: &mut Settings) {
        for (key, value) in self.table("warnings", value) {
            if key.text != "allow" {
                self.unknown("warnings", &key, &["allow"]);
                continue;
            }
            for (pattern, value) in self.table("warnings.allow", value) {
                let name = format!("warnings.allow.{}", pattern.text);
                if let Some(reason) = self.string(&name, value) {
                    settings.accepted.push(Accepted { pattern, reason });
                }
            }
        }
    }

    fn maps(&mut self, value: &Value<'_>, settings: &mut Settings) {
        for (selector, value) in self.table("map", value) {
            let name = format!("map.{}", selector.text);
            let (rust_type, with) = match value.get_ref() {
                DeValue::Table(table) => self.mapping(&name, &selector, table),
                _ => (self.string(&name, value), None),
            };
            if let Some(rust_type) = rust_type {
                settings.maps.push(Map {
                    selector,
                    rust_type,
                    with,
                });
            }
        }
    }

    /// `{ type = "…", with = "…" }`.
    fn mapping(
        &mut self,
        name: &str,
        selector: &Located,
        table: &DeTable<'_>,
    ) -> (Option<Located>, Option<Located>) {
        let (mut rust_type, mut with) = (None, None);
        let mut has_type = false;
        for (key, value) in self.entries(table) {
            let shown = format!("{name}.{}", key.text);
            match key.text.as_str() {
                "type" => {
                    has_type = true;
                    rust_type = self.string(&shown, value);
                }
                "with" => with = self.string(&shown, value),
                _ => self.unknown(name, &key, &["type", "with"]),
            }
        }
        if !has_type {
            self.diagnostics.push(
                Diagnostic::error(
                    Code::MissingKey,
                    selector.span,
                    format!("`{name}` has no `type`"),
                )
                .help("`type` is the path of the Rust type"),
            );
        }
        (rust_type, with)
    }

    /// Lines for a manifest: a version, or what else `Cargo.toml` takes there.
    fn dependencies(&mut self, value: &Value<'_>, settings: &mut Settings) {
        for (name, value) in self.table("dependencies", value) {
            match value.get_ref() {
                DeValue::String(_) | DeValue::Table(_) => {
                    let text = rendered(value.get_ref());
                    settings.dependencies.push((name.text, text));
                }
                _ => {
                    let name = format!("dependencies.{}", name.text);
                    self.wrong_kind(&name, "a version, or a table as in `Cargo.toml`", value);
                }
            }
        }
    }

    /// All entries in the order of the text.
    fn entries<'t>(&self, table: &'t DeTable<'t>) -> Vec<Entry<'t>> {
        let mut entries: Vec<Entry<'t>> = table
            .iter()
            .map(|(key, value)| {
                let span = Span::new(self.document, key.span());
                (Located::new(key.get_ref().to_string(), span), value)
            })
            .collect();
        entries.sort_by_key(|(key, _)| key.span.start);
        entries
    }

    fn table<'t>(&mut self, name: &str, value: &'t Value<'t>) -> Vec<Entry<'t>> {
        match value.get_ref() {
            DeValue::Table(table) => self.entries(table),
            _ => {
                self.wrong_kind(name, "a table", value);
                Vec::new()
            }
        }
    }

    fn string(&mut self, name: &str, value: &Value<'_>) -> Option<Located> {
        match value.get_ref() {
            DeValue::String(text) => {
                let span = Span::new(self.document, value.span());
                Some(Located::new(text.to_string(), span))
            }
            _ => {
                self.wrong_kind(name, "a string", value);
                None
            }
        }
    }

    /// `true` or `false`.
    fn boolean(&mut self, name: &str, value: &Value<'_>) -> bool {
        if let DeValue::Boolean(value) = value.get_ref() {
            return *value;
        }
        self.wrong_kind(name, "`true` or `false`", value);
        false
    }

    /// A list of strings.
    fn strings(&mut self, name: &str, value: &Value<'_>) -> Vec<Located> {
        match value.get_ref() {
            DeValue::Array(items) => items
                .iter()
                .filter_map(|item| self.string(name, item))
                .collect(),
            _ => {
                self.wrong_kind(name, "a list of strings", value);
                Vec::new()
            }
        }
    }

    fn wrong_kind(&mut self, name: &str, expected: &str, value: &Value<'_>) {
        let span = Span::new(self.document, value.span());
        let found = value.get_ref().type_str();
        self.diagnostics.push(
            Diagnostic::error(
                Code::InvalidValue,
                span,
                format!("`{name}` is of kind {found}"),
            )
            .help(format!("`{name}` is {expected}")),
        );
    }

    fn unknown(&mut self, table: &str, key: &Located, known: &[&str]) {
        let shown = match table {
            "" => key.text.clone(),
            table => format!("{table}.{}", key.text),
        };
        let mut help = match nearest(&key.text, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`? "),
            None => String::new(),
        };
        let all: Vec<String> = known.iter().map(|key| format!("`{key}`")).collect();
        help.push_str(&format!("the keys here are {}", all.join(", ")));
        let message = format!("no key is called `{shown}`");
        self.diagnostics
            .push(Diagnostic::error(Code::UnknownKey, key.span, message).help(help));
    }
}

/// A value in one line of TOML.
fn rendered(value: &DeValue<'_>) -> String {
    match value {
        DeValue::String(text) => crate::output::toml_string(text),
        DeValue::Boolean(value) => value.to_string(),
        DeValue::Array(items) => {
            let items: Vec<String> = { items.iter() }.map(|i| rendered(i.get_ref())).collect();
            format!("[{}]", items.join(", "))
        }
        DeValue::Table(table) => {
            let mut entries: Vec<_> = table.iter().collect();
            entries.sort_by_key(|(key, _)| key.span().start);
            let entries: Vec<String> = entries
                .into_iter()
                .map(|(key, value)| {
                    let key = crate::output::toml_string(key.get_ref());
                    format!("{key} = {}", rendered(value.get_ref()))
                })
                .collect();
            format!("{{ {} }}", entries.join(", "))
        }
        DeValue::Integer(number) => number.to_string(),
        DeValue::Float(number) => number.to_string(),
        DeValue::Datetime(date) => date.to_string(),
    }
}

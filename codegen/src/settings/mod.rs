//! What a contract leaves to taste, or to circumstances: names, types of the user's own, what is
//! generated at all. `castile.toml` says it (`docs/castile-toml.md`), or a build script by methods.

mod check;
mod selector;
mod uses;
mod warnings;

pub(crate) use check::check;
pub(crate) use selector::{Glob, Pattern, Selector};
pub(crate) use uses::{FilterUses, Uses, ambiguous, contradiction, unmatched};
pub(crate) use warnings::accept;

use crate::source::Span;

/// A text and where it was set.
#[derive(Clone, Debug)]
pub(crate) struct Located {
    pub(crate) text: String,
    /// [`Span::NONE`] where a program set it.
    pub(crate) span: Span,
}

impl Located {
    pub(crate) fn new(text: impl Into<String>, span: Span) -> Self {
        Self {
            text: text.into(),
            span,
        }
    }

    fn unplaced(text: impl Into<String>) -> Self {
        Self::new(text, Span::NONE)
    }
}

/// What a contract leaves to taste: the keys of `castile.toml`, each as a method.
///
/// Selectors (`{namespace}local/…`, or without the namespace where that is unambiguous) and globs
/// are described in `docs/castile-toml.md`. What is wrong with a setting, and a setting that matches
/// nothing, is found when code is generated.
///
/// ```
/// use castile_codegen::settings::{Named, Settings};
///
/// let settings = Settings::new()
///     .rename(Named::Type, "InvoiceType", "Invoice")
///     .rename(Named::Field, "InvoiceType/@no", "number")
///     .rename(Named::Module, "urn:example:common", "shared");
/// # let _ = settings;
/// ```
#[derive(Clone, Debug, Default)]
pub struct Settings {
    pub(crate) renames: Vec<Rename>,
    pub(crate) maps: Vec<Map>,
    pub(crate) dependencies: Vec<(String, String)>,
    pub(crate) filters: Vec<Filter>,
    pub(crate) folds: Vec<Fold>,
    pub(crate) streams: Vec<Located>,
    pub(crate) accepted: Vec<Accepted>,
    pub(crate) validation: bool,
    pub(crate) strict: bool,
}

/// What a name in the generated code is the name of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Named {
    /// A struct, enum or alias: `[rename.types]`.
    Type,
    /// A field of a struct: `[rename.fields]`.
    Field,
    /// A variant of an enum: `[rename.variants]`.
    Variant,
    /// The method and the marker of an operation: `[rename.operations]`.
    Operation,
    /// A client: `[rename.clients]`.
    Client,
    /// The module of a namespace: `[rename.modules]`.
    Module,
}

impl Named {
    /// All, in the order of the documentation.
    pub(crate) const ALL: [Self; 6] = [
        Self::Type,
        Self::Field,
        Self::Variant,
        Self::Operation,
        Self::Client,
        Self::Module,
    ];

    /// The key below `rename`.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Type => "types",
            Self::Field => "fields",
            Self::Variant => "variants",
            Self::Operation => "operations",
            Self::Client => "clients",
            Self::Module => "modules",
        }
    }

    /// For messages.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Type => "type",
            Self::Field => "field",
            Self::Variant => "variant",
            Self::Operation => "operation",
            Self::Client => "client",
            Self::Module => "namespace",
        }
    }
}

/// A name chosen instead of the one that the contract's would give.
#[derive(Clone, Debug)]
pub(crate) struct Rename {
    pub(crate) what: Named,
    pub(crate) selector: Located,
    pub(crate) name: Located,
}

/// A type of the user's in the place of a generated one.
#[derive(Clone, Debug)]
pub(crate) struct Map {
    pub(crate) selector: Located,
    /// The path of the type, with its arguments.
    pub(crate) rust_type: Located,
    /// The path of the module that reads and writes it.
    pub(crate) with: Option<Located>,
}

/// What can be included and excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Selected {
    /// Services; without any, port types.
    Services,
    /// Ports; without a service, bindings.
    Ports,
    /// Operations.
    Operations,
    /// Global elements that are generated though no operation needs them.
    Elements,
    /// Named types that are generated though no operation needs them; excluded, those that are trees.
    Types,
    /// Namespaces of services, elements and types.
    Namespaces,
}

impl Selected {
    /// All, in the order of the documentation.
    pub(crate) const ALL: [Self; 6] = [
        Self::Services,
        Self::Ports,
        Self::Operations,
        Self::Elements,
        Self::Types,
        Self::Namespaces,
    ];

    /// The key below `include` and `exclude`.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Services => "services",
            Self::Ports => "ports",
            Self::Operations => "operations",
            Self::Elements => "elements",
            Self::Types => "types",
            Self::Namespaces => "namespaces",
        }
    }

    /// For messages.
    fn word(self) -> &'static str {
        match self {
            Self::Services => "service",
            Self::Ports => "port",
            Self::Operations => "operation",
            Self::Elements => "element",
            Self::Types => "type",
            Self::Namespaces => "namespace",
        }
    }
}

/// Whether a [`Filter`] chooses or leaves out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verb {
    Include,
    Exclude,
}

impl Verb {
    /// The key.
    pub(crate) fn key(self) -> &'static str {
        match self {
            Self::Include => "include",
            Self::Exclude => "exclude",
        }
    }
}

/// A pattern of what is generated, or is not.
#[derive(Clone, Debug)]
pub(crate) struct Filter {
    pub(crate) verb: Verb,
    pub(crate) what: Selected,
    pub(crate) pattern: Located,
}

/// Whether wrappers are folded.
#[derive(Clone, Debug)]
pub(crate) struct Fold {
    pub(crate) pattern: Located,
    pub(crate) folded: bool,
}

/// Warnings that are known and borne.
#[derive(Clone, Debug)]
pub(crate) struct Accepted {
    pub(crate) pattern: Located,
    pub(crate) reason: Located,
}

impl Settings {
    /// Nothing is set.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Calls what `selector` names `name` in Rust; `name` is taken as it is.
    #[must_use]
    pub fn rename(
        mut self,
        what: Named,
        selector: impl Into<String>,
        name: impl Into<String>,
    ) -> Self {
        self.renames.push(Rename {
            what,
            selector: Located::unplaced(selector),
            name: Located::unplaced(name),
        });
        self
    }

    /// Uses `rust_type`, the path of a type, for what `selector` names: a built-in type
    /// (`xs:decimal`), a named simple or complex type, or a field (`Type/element`). The type must read
    /// and write itself as a generated one does: one that Castile generated elsewhere, or one of the
    /// runtime or of the standard library that it uses for simple types. For any other see
    /// [`Settings::map_with`].
    #[must_use]
    pub fn map(mut self, selector: impl Into<String>, rust_type: impl Into<String>) -> Self {
        self.maps.push(Map {
            selector: Located::unplaced(selector),
            rust_type: Located::unplaced(rust_type),
            with: None,
        });
        self
    }

    /// Uses `rust_type` for a simple type, or a field of one; `with` is the path of a module that has
    /// `fn parse(&str) -> Result<T, E>` and `fn write(&T, &mut String)`, like
    /// `castile::with::display_from_str`.
    #[must_use]
    pub fn map_with(
        mut self,
        selector: impl Into<String>,
        rust_type: impl Into<String>,
        with: impl Into<String>,
    ) -> Self {
        self.maps.push(Map {
            selector: Located::unplaced(selector),
            rust_type: Located::unplaced(rust_type),
            with: Some(Located::unplaced(with)),
        });
        self
    }

    /// Gives a generated crate a dependency; `value` is what stands behind `name =` in `Cargo.toml`,
    /// as `"1.2"` with its quotes.
    #[must_use]
    pub fn dependency(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.dependencies.push((name.into(), value.into()));
        self
    }

    /// Generates only what fits this pattern, or another that is included, of the kind.
    #[must_use]
    pub fn include(mut self, what: Selected, pattern: impl Into<String>) -> Self {
        self.filters.push(Filter {
            verb: Verb::Include,
            what,
            pattern: Located::unplaced(pattern),
        });
        self
    }

    /// Does not generate what fits this pattern.
    #[must_use]
    pub fn exclude(mut self, what: Selected, pattern: impl Into<String>) -> Self {
        self.filters.push(Filter {
            verb: Verb::Exclude,
            what,
            pattern: Located::unplaced(pattern),
        });
        self
    }

    /// Folds the wrappers of types and elements that fit the pattern, or does not. Of patterns that
    /// fit, the one with the most letters beside `*` decides.
    #[must_use]
    pub fn fold(mut self, pattern: impl Into<String>, folded: bool) -> Self {
        self.folds.push(Fold {
            pattern: Located::unplaced(pattern),
            folded,
        });
        self
    }

    /// Lets the response of an operation be read item by item. `list` names the operation, and behind
    /// slashes the elements from the response to the list, where it has several.
    #[must_use]
    pub fn stream(mut self, list: impl Into<String>) -> Self {
        self.streams.push(Located::unplaced(list));
        self
    }

    /// Accepts the warnings that fit `pattern`: the code (`unresolved-type`), or code and message
    /// (``unresolved-type: no type `Stamp` *``) in which `*` stands for any text. `reason` is for readers.
    #[must_use]
    pub fn allow_warning(mut self, pattern: impl Into<String>, reason: impl Into<String>) -> Self {
        self.accepted.push(Accepted {
            pattern: Located::unplaced(pattern),
            reason: Located::unplaced(reason),
        });
        self
    }

    /// Generates, beside the types, the schema as the runtime's feature `validation` reads it, so
    /// that values and documents can be held against it (`docs/validation.md`).
    #[must_use]
    pub fn validation(mut self, wanted: bool) -> Self {
        self.validation = wanted;
        self
    }

    /// The renames of one kind, each with its place in the list.
    pub(crate) fn renames_of(&self, what: Named) -> impl Iterator<Item = (usize, &Rename)> {
        let all = self.renames.iter().enumerate();
        all.filter(move |(_, rename)| rename.what == what)
    }

    /// These settings and `others`.
    pub(crate) fn extend(&mut self, others: Self) {
        self.renames.extend(others.renames);
        self.maps.extend(others.maps);
        self.dependencies.extend(others.dependencies);
        self.filters.extend(others.filters);
        self.folds.extend(others.folds);
        self.streams.extend(others.streams);
        self.accepted.extend(others.accepted);
        self.validation |= others.validation;
        self.strict |= others.strict;
    }
}

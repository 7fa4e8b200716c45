//! The four verbs on one screen: parse, resolve, lower, emit.

use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use crate::contract::Contract;
use crate::diagnostic::{Code, Diagnostic, Diagnostics};
use crate::diff;
use crate::emit;
use crate::input::{self, Parsed};
use crate::lint;
use crate::output::Tree;
use crate::project;
use crate::resolve::{self, Keep, Resolved};
use crate::rust;
use crate::settings::{self, Settings};
use crate::source::{Catalog, Sources, Span};
use crate::strict;
use crate::validation::SchemaText;

/// Generates Rust from WSDL, XML Schema and field-table descriptors.
///
/// ```no_run
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// // In a `build.rs`; `include!(concat!(env!("OUT_DIR"), "/billing.rs"))` takes it up.
/// let output = castile_codegen::Generator::new().input("billing.wsdl").generate()?;
/// let target = std::path::Path::new(&std::env::var("OUT_DIR")?).join("billing.rs");
/// std::fs::write(target, output.modules.single_file())?;
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug)]
pub struct Generator {
    inputs: Vec<PathBuf>,
    catalog: Option<PathBuf>,
    roots: Vec<PathBuf>,
    keep: Keep,
    strict: bool,
    settings: Settings,
    command: String,
    origin: Option<String>,
}

impl Default for Generator {
    fn default() -> Self {
        Self::new()
    }
}

/// What was generated.
#[derive(Clone, Debug)]
pub struct Output {
    /// The module tree; `mod.rs` is its root.
    pub modules: Tree,
    /// Warnings that the settings do not accept, rendered; empty if there are none.
    pub warnings: String,
    /// The same, each as code and message: what accepts it in `[warnings.allow]`.
    pub warning_keys: Vec<String>,
    /// Every file that was read, imports and `castile.toml` too, in the order of reading: what a
    /// `build.rs` watches.
    pub documents: Vec<PathBuf>,
    krate: rust::Crate,
    options: emit::Options,
}

/// Why nothing was generated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    report: String,
}

/// All diagnostics, rendered in the manner of rustc.
impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.report)
    }
}

impl std::error::Error for Failure {}

impl Generator {
    /// No inputs yet.
    #[must_use]
    pub fn new() -> Self {
        Self {
            inputs: Vec::new(),
            catalog: None,
            roots: Vec::new(),
            keep: Keep::Reached,
            strict: false,
            settings: Settings::new(),
            command: "castile generate".to_owned(),
            origin: None,
        }
    }

    /// Adds a WSDL, a schema, a descriptor, a `castile.toml`, or the directory of one.
    #[must_use]
    pub fn input(mut self, path: impl Into<PathBuf>) -> Self {
        self.inputs.push(path.into());
        self
    }

    /// Follows imports and includes by a catalog: lines of location, namespace and path, separated by
    /// tabs (see [`Catalog::parse`]). Its files must lie below the directories of the inputs, or below
    /// its own.
    #[must_use]
    pub fn catalog(mut self, path: impl Into<PathBuf>) -> Self {
        self.catalog = Some(path.into());
        self
    }

    /// Lets imports and includes lead to any document below `directory`. Without it they may lead only
    /// to what lies below the directories of the inputs.
    #[must_use]
    pub fn allow(mut self, directory: impl Into<PathBuf>) -> Self {
        self.roots.push(directory.into());
        self
    }

    /// Generates the global declarations that no operation reaches, too.
    #[must_use]
    pub fn all_declarations(mut self) -> Self {
        self.keep = Keep::Declared;
        self
    }

    /// Refuses schemas that XML Schema 1.0 does not allow, though code could be generated from them.
    /// Without it, what is wrong with them is a warning.
    #[must_use]
    pub fn strict(mut self) -> Self {
        self.strict = true;
        self
    }

    /// Adds settings to those of the inputs' `castile.toml`, if these have one.
    #[must_use]
    pub fn settings(mut self, settings: Settings) -> Self {
        self.settings.extend(settings);
        self
    }

    /// Names, for the head of every file, the command that regenerates it.
    #[must_use]
    pub fn command(mut self, command: impl Into<String>) -> Self {
        self.command = command.into();
        self
    }

    /// Names, for the head of every file, what it is generated from; without it the names of the
    /// input files stand there.
    #[must_use]
    pub fn origin(mut self, origin: impl Into<String>) -> Self {
        self.origin = Some(origin.into());
        self
    }

    /// Generates, all in memory.
    ///
    /// # Errors
    ///
    /// If an input is wrong; the failure shows every finding.
    pub fn generate(&self) -> Result<Output, Failure> {
        let Read {
            sources,
            settings,
            mut diagnostics,
            resolved,
            schema,
        } = self.read();
        let Some(resolved) = resolved else {
            return Err(Failure {
                report: diagnostics.render(&sources),
            });
        };
        let mut lowered = rust::lower(&resolved, &settings);
        lowered.krate.schema =
            schema.map(|schema| schema.of_items(&resolved, &lowered.declarations));
        for diagnostic in lowered.diagnostics {
            diagnostics.push(diagnostic);
        }
        settings::accept(&settings, &mut diagnostics);
        if diagnostics.has_errors() {
            return Err(Failure {
                report: diagnostics.render(&sources),
            });
        }
        let options = emit::Options {
            command: self.command.clone(),
            origin: self.origin_text(),
            dependencies: settings.dependencies.clone(),
        };
        let modules = emit::emit(&lowered.krate, &options);
        let warnings = diagnostics.render(&sources);
        diagnostics.sort();
        let warning_keys = diagnostics.iter().map(Diagnostic::key).collect();
        Ok(Output {
            modules,
            warnings,
            warning_keys,
            documents: { sources.iter() }
                .map(|(_, document)| document.path.clone())
                .collect(),
            krate: lowered.krate,
            options,
        })
    }

    /// Reads the contract and makes all its references lead somewhere.
    ///
    /// # Errors
    ///
    /// If an input is wrong; the failure shows every finding.
    pub fn resolve(&self) -> Result<(Resolved, String), Failure> {
        let read = self.read();
        let report = read.diagnostics.render(&read.sources);
        read.resolved
            .map(|resolved| (resolved, report.clone()))
            .ok_or(Failure { report })
    }

    /// Reads the contract as the inputs state it, before any reference is followed.
    ///
    /// # Errors
    ///
    /// If an input is wrong; the failure shows every finding.
    pub fn contract(&self) -> Result<Contract, Failure> {
        let (mut parsed, settings) = self.parse();
        strict::settle(&mut parsed.diagnostics, self.strict || settings.strict);
        if parsed.diagnostics.has_errors() {
            return Err(Failure {
                report: parsed.diagnostics.render(&parsed.sources),
            });
        }
        Ok(parsed.contract)
    }

    /// Reads the contract as the inputs state it, and holds it against the rules of [`lint`]. The
    /// documents are those that findings point into.
    ///
    /// # Errors
    ///
    /// If an input is wrong; the failure shows every finding.
    pub fn lint(&self) -> Result<(lint::Findings, Sources), Failure> {
        let (parsed, _) = self.parse();
        let mut diagnostics = parsed.diagnostics;
        strict::settle(&mut diagnostics, false);
        if diagnostics.has_errors() {
            return Err(Failure {
                report: diagnostics.render(&parsed.sources),
            });
        }
        let findings = lint::lint(&parsed.contract, &parsed.sources);
        Ok((findings, parsed.sources))
    }

    /// Reads the contract and makes its Rust model: one side of [`diff::judge`].
    ///
    /// # Errors
    ///
    /// If an input is wrong; the failure shows every finding.
    pub fn side(&self) -> Result<diff::Side, Failure> {
        let mut read = self.read();
        let lowered = { read.resolved.as_ref() }.map(|r| rust::lower(r, &read.settings));
        let found = lowered.iter().flat_map(|lowered| &lowered.diagnostics);
        for diagnostic in found {
            read.diagnostics.push(diagnostic.clone());
        }
        let failed = read.diagnostics.has_errors();
        match (read.resolved, lowered) {
            (Some(resolved), Some(lowered)) if !failed => {
                Ok(diff::Side::new(resolved, lowered, read.sources))
            }
            _ => Err(Failure {
                report: read.diagnostics.render(&read.sources),
            }),
        }
    }

    fn read(&self) -> Read {
        let (parsed, settings) = self.parse();
        let Parsed {
            sources,
            contract,
            mut diagnostics,
        } = parsed;
        let is_strict = self.strict || settings.strict;
        if is_strict {
            strict::settle(&mut diagnostics, true);
            if diagnostics.has_errors() {
                return Read {
                    sources,
                    settings,
                    diagnostics,
                    resolved: None,
                    schema: None,
                };
            }
        }
        // Passes change what the schemas say to what is generated.
        let schema = settings.validation.then(|| SchemaText::new(&contract));
        let resolved = resolve::resolve_keeping(contract, self.keep, &settings, &mut diagnostics);
        if !is_strict {
            // What the passes said of a place need not be said again.
            strict::settle(&mut diagnostics, false);
        }
        Read {
            sources,
            settings,
            diagnostics,
            resolved,
            schema,
        }
    }

    fn parse(&self) -> (Parsed, Settings) {
        let mut sources = Sources::default();
        let mut diagnostics = Diagnostics::new();
        if let Some(path) = &self.catalog
            && let Err(message) = follow_catalog(path, &mut sources)
        {
            diagnostics.push(Diagnostic::error(
                Code::UnreadableSource,
                Span::NONE,
                message,
            ));
        }
        for root in &self.roots {
            if let Err(error) = sources.allow(root) {
                diagnostics.push(Diagnostic::error(
                    Code::UnreadableSource,
                    Span::NONE,
                    error.to_string(),
                ));
            }
        }
        let mut inputs = Vec::new();
        let mut chosen = Settings::new();
        for input in &self.inputs {
            match project_directory(input) {
                Some(directory) => {
                    let project = project::read(directory, &mut sources, &mut diagnostics);
                    if let Some(project) = project {
                        inputs.extend(project.inputs);
                        chosen.extend(project.settings);
                    }
                }
                None => inputs.push(input.clone()),
            }
        }
        chosen.extend(self.settings.clone());
        settings::check(&chosen, &mut diagnostics);
        (input::parse(sources, diagnostics, &inputs), chosen)
    }

    /// The names of the inputs without their directories: the same wherever the checkout lies.
    fn origin_text(&self) -> String {
        let name = |path: &Path| {
            path.file_name()
                .map_or_else(String::new, |name| name.to_string_lossy().into_owned())
        };
        self.origin.clone().unwrap_or_else(|| {
            self.inputs
                .iter()
                .map(|path| name(path))
                .collect::<Vec<_>>()
                .join(", ")
        })
    }
}

/// What there is before anything is said in Rust.
struct Read {
    sources: Sources,
    settings: Settings,
    diagnostics: Diagnostics,
    /// `None` if an input is wrong.
    resolved: Option<Resolved>,
    /// If validation is asked for.
    schema: Option<SchemaText>,
}

/// The directory of an input that is a project: it, or its `castile.toml`, is named.
fn project_directory(input: &Path) -> Option<&Path> {
    if input.is_dir() {
        return Some(input);
    }
    let is_project = input.file_name().is_some_and(|name| name == project::FILE);
    let parent = input.parent().filter(|_| is_project)?;
    let is_here = parent.as_os_str().is_empty();
    Some(if is_here { Path::new(".") } else { parent })
}

/// Reads a catalog, and allows its directory.
fn follow_catalog(path: &Path, sources: &mut Sources) -> Result<(), String> {
    let shown = path.display();
    let text =
        fs::read_to_string(path).map_err(|error| format!("cannot read `{shown}`: {error}"))?;
    let directory = match path.parent() {
        Some(parent) if !parent.as_os_str().is_empty() => parent,
        _ => Path::new("."),
    };
    let catalog =
        Catalog::parse(&text, directory).map_err(|error| format!("`{shown}`, {error}"))?;
    sources
        .allow(directory)
        .map_err(|error| error.to_string())?;
    sources.set_catalog(catalog);
    Ok(())
}

impl Output {
    /// What the module tree consists of, in Rust words.
    #[must_use]
    pub fn model(&self) -> &rust::Crate {
        &self.krate
    }

    /// The components of the schemas as the runtime's validator reads them, where
    /// [`Settings::validation`] is on.
    #[must_use]
    pub fn schema(&self) -> Option<&str> {
        self.krate
            .schema
            .as_ref()
            .map(|schema| schema.text.as_str())
    }

    /// The module tree as a crate of its own.
    #[must_use]
    pub fn into_crate(self, name: &str, runtime: &emit::Runtime) -> Tree {
        emit::crate_tree(&self.krate, &self.options, name, runtime)
    }

    /// Tests that decode, encode and decode again every example of the contract; `path` is the path
    /// of the module tree. `None` without examples.
    #[must_use]
    pub fn example_tests(&self, path: &str) -> Option<String> {
        emit::example_tests(&self.krate, &self.options, path)
    }
}

#[cfg(test)]
mod tests;

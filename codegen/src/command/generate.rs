//! `castile generate` and `castile check`: Rust code for the inputs.

use std::path::PathBuf;
use std::process::ExitCode;

use castile_codegen::output::Tree;
use castile_codegen::settings::Settings;
use castile_codegen::{Runtime, diff};
use clap::Args;

use super::diff::side;
use super::generator;

#[derive(Debug, Args)]
pub(crate) struct Target {
    /// WSDLs, schemas, descriptors, or directories with a `castile.toml`.
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// The directory for the generated files.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Make a crate of this name, with a manifest, instead of a module tree.
    #[arg(long = "crate", value_name = "NAME")]
    krate: Option<String>,
    /// Where the generated crate finds the runtime crate, seen from its own directory, instead of its
    /// published version.
    #[arg(long, value_name = "PATH", requires = "krate")]
    runtime: Option<PathBuf>,
    /// Refuse schemas that XML Schema 1.0 does not allow, and show each rule that they break.
    #[arg(long)]
    strict: bool,
    /// An earlier version of the inputs: shows whom what changed since then breaks, as `castile diff`.
    #[arg(long, value_name = "INPUT")]
    against: Option<PathBuf>,
    /// Generate the schema, too, so that values and documents can be held against it; as
    /// `validation = true` in `castile.toml`.
    #[arg(long)]
    validation: bool,
}

impl Target {
    /// Writes the files.
    pub(crate) fn generate(self) -> Result<ExitCode, String> {
        let (tree, _) = self.tree()?;
        let written = tree.write(&self.out).map_err(|error| error.to_string())?;
        for path in &written.removed {
            println!("removed {path}");
        }
        println!(
            "{} written to {}, {} up to date",
            counted(written.changed.len(), "file", "files"),
            self.out.display(),
            written.unchanged
        );
        Ok(ExitCode::SUCCESS)
    }

    /// Says what differs.
    pub(crate) fn check(self) -> Result<ExitCode, String> {
        let (tree, warnings) = self.tree()?;
        let drifts = tree.drift(&self.out).map_err(|error| error.to_string())?;
        let mut report: Vec<String> = drifts.iter().map(ToString::to_string).collect();
        if !drifts.is_empty() {
            report.push(format!(
                "{}; `castile generate` mends it",
                counted(drifts.len(), "file differs", "files differ")
            ));
        }
        report.extend(unaccepted(&warnings));
        if report.is_empty() {
            println!("{} is up to date", self.out.display());
            return Ok(ExitCode::SUCCESS);
        }
        Err(report.join("\n"))
    }

    /// The files to be, with warnings printed, and what would accept these.
    fn tree(&self) -> Result<(Tree, Vec<String>), String> {
        let settings = Settings::new().validation(self.validation);
        let output = generator(&self.inputs, self.strict)
            .settings(settings)
            .generate()
            .map_err(|failure| failure.to_string())?;
        if !output.warnings.is_empty() {
            eprintln!("{}", output.warnings.trim_end());
        }
        if let Some(old) = &self.against {
            let new = generator(&self.inputs, self.strict).side();
            let new = new.map_err(|failure| failure.to_string())?;
            eprint!("{}", diff::text(&diff::judge(&side(old)?, &new), false));
        }
        let warnings = output.warning_keys.clone();
        let tree = match &self.krate {
            None => output.modules,
            Some(name) => {
                let runtime = match &self.runtime {
                    Some(path) => Runtime::Path(path.to_string_lossy().into_owned()),
                    None => Runtime::Published,
                };
                output.into_crate(name, &runtime)
            }
        };
        Ok((tree, warnings))
    }
}

/// What to do about warnings that nobody accepted.
fn unaccepted(warnings: &[String]) -> Option<String> {
    let mut keys: Vec<String> = { warnings.iter() }
        .map(|key| format!("{} = \"why\"", castile_codegen::output::toml_string(key)))
        .collect();
    keys.dedup();
    (!keys.is_empty()).then(|| {
        format!(
            "{} not accepted; mend the input, or say in `castile.toml` why it is borne:\n\
             [warnings.allow]\n{}",
            counted(warnings.len(), "warning is", "warnings are"),
            keys.join("\n")
        )
    })
}

/// How many there are, in words.
fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{count} {}", if count == 1 { one } else { many })
}

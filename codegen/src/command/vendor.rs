//! `castile vendor`: documents from a network, copied.

use std::path::PathBuf;

use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct Copying {
    /// Addresses (http, https) or files.
    #[arg(value_name = "URL|FILE", required_unless_present = "update")]
    inputs: Vec<String>,
    /// The directory for the copies, a catalog and a lock file.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Fetch again what the lock file in the directory names, and show what changed.
    #[arg(long)]
    update: bool,
    /// The user for basic authentication, sent to the origin of the inputs only.
    #[arg(long, value_name = "NAME", requires = "password_env")]
    user: Option<String>,
    /// The environment variable that holds the password.
    #[arg(long, value_name = "VAR", requires = "user")]
    password_env: Option<String>,
    /// Another host that imports and redirects may lead to.
    #[arg(long, value_name = "HOST")]
    allow_host: Vec<String>,
    /// The largest document, in bytes [default: 64 MiB].
    #[arg(long, value_name = "N")]
    max_bytes: Option<u64>,
    /// Write what can be had, and warn of the rest.
    #[arg(long)]
    keep_going: bool,
}

impl Copying {
    pub(crate) fn run(self) -> Result<(), String> {
        let mut vendor = castile_codegen::vendor::Vendor::new(&self.out);
        for input in self.inputs {
            vendor = vendor.input(input);
        }
        for host in self.allow_host {
            vendor = vendor.allow_host(host);
        }
        if self.update {
            vendor = vendor.update();
        }
        if self.keep_going {
            vendor = vendor.keep_going();
        }
        if let Some(bytes) = self.max_bytes {
            vendor = vendor.max_bytes(bytes);
        }
        if let (Some(user), Some(variable)) = (self.user, self.password_env) {
            // What is wrong with the value is not shown: it is the password.
            let password = std::env::var(&variable).map_err(|_| {
                format!("error: the environment variable `{variable}` is not set, or no text")
            })?;
            vendor = vendor.login(user, password);
        }
        let report = vendor.run().map_err(|failure| failure.to_string())?;
        if !report.warnings.is_empty() {
            eprintln!("{}", report.warnings.trim_end());
        }
        let lists = [
            ("added", &report.added),
            ("changed", &report.changed),
            ("removed", &report.removed),
        ];
        for (what, paths) in lists {
            for path in paths {
                println!("{what} {path}");
            }
        }
        println!(
            "{} added, {} changed, {} removed, {} unchanged in {}",
            report.added.len(),
            report.changed.len(),
            report.removed.len(),
            report.unchanged,
            self.out.display()
        );
        Ok(())
    }
}

//! `castile mock`: a server from a contract.

use std::net::TcpListener;
use std::path::PathBuf;

use castile_codegen::Generator;
use castile_codegen::mock::{Mock, ServeLimits, serve};
use clap::Args;

#[derive(Debug, Args)]
pub(crate) struct Mocking {
    /// WSDLs, schemas, descriptors, or directories with a `castile.toml`.
    #[arg(required = true)]
    inputs: Vec<PathBuf>,
    /// Address and port to listen at; port 0 is any that is free.
    #[arg(long, value_name = "ADDR", default_value = "127.0.0.1:8080")]
    listen: String,
    /// Where callers reach it, if that is another address: it stands in the descriptions.
    #[arg(long, value_name = "URL")]
    address: Option<String>,
    /// No line for each request.
    #[arg(long)]
    quiet: bool,
}

impl Mocking {
    pub(crate) fn run(self) -> Result<(), String> {
        let generator = { self.inputs.iter() }.fold(Generator::new(), Generator::input);
        let contract = generator
            .contract()
            .map_err(|failure| failure.to_string())?;
        let failed =
            |error: std::io::Error| format!("error: cannot listen at {}: {error}", self.listen);
        let listener = TcpListener::bind(&self.listen).map_err(failed)?;
        let local = listener.local_addr().map_err(failed)?;
        let address = self.address.unwrap_or_else(|| format!("http://{local}"));
        let address = address.trim_end_matches('/');
        let mock = Mock::new(contract, address).map_err(|error| format!("error: {error}"))?;
        for (path, what) in mock.paths() {
            println!("{address}{path}  {what}");
        }
        let quiet = self.quiet;
        let log = move |line: &str| {
            if !quiet {
                println!("{line}");
            }
        };
        serve(mock, &listener, ServeLimits::default(), log)
            .map_err(|error| format!("error: {error}"))
    }
}

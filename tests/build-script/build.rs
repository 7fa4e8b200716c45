//! Generates the client of `billing.wsdl` whenever the WSDL changes.

use std::error::Error;
use std::path::PathBuf;

#[allow(clippy::print_stdout, reason = "this is how a build script speaks")]
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=billing.wsdl");
    let output = castile_codegen::Generator::new()
        .input("billing.wsdl")
        .generate()?;
    let target = PathBuf::from(std::env::var("OUT_DIR")?).join("billing.rs");
    std::fs::write(target, output.modules.single_file())?;
    for line in output.warnings.lines() {
        println!("cargo::warning={line}");
    }
    Ok(())
}

//! Generates the client of `billing.wsdl` and the types of `fleet.xsd` whenever these change.

use std::error::Error;
use std::path::PathBuf;

#[allow(clippy::print_stdout, reason = "this is how a build script speaks")]
fn main() -> Result<(), Box<dyn Error>> {
    for (input, name) in [("billing.wsdl", "billing.rs"), ("fleet.xsd", "fleet.rs")] {
        println!("cargo::rerun-if-changed={input}");
        let output = castile_codegen::Generator::new().input(input).generate()?;
        for imported in &output.documents {
            println!("cargo::rerun-if-changed={}", imported.display());
        }
        let target = PathBuf::from(std::env::var("OUT_DIR")?).join(name);
        std::fs::write(target, output.modules.single_file())?;
        for line in output.warnings.lines() {
            println!("cargo::warning={line}");
        }
    }
    Ok(())
}

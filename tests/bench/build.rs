//! Has `xsd-parser` generate from the same schemas as Castile: with nillable types and its `quick-xml`
//! codec, all flags on but those that its own documentation warns of or that its output then does not
//! compile with.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

use xsd_parser::config::{
    GeneratorFlags, InterpreterFlags, OptimizerFlags, ParserFlags, Resolver, Schema,
};
use xsd_parser::{Config, generate};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=contract");
    println!("cargo::rerun-if-changed=../../schemas/collector/wsdl");
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    for name in ["archive", "envelope", "telemetry"] {
        let schema = fs::canonicalize(format!("contract/{name}.xsd"))?;
        let mut config = Config::default();
        config.parser.resolver = vec![Resolver::File];
        config.parser.flags = ParserFlags::all();
        config.parser.schemas = vec![Schema::File(schema)];
        config.interpreter.flags = InterpreterFlags::all() - InterpreterFlags::WITH_NUM_BIG_INT;
        config.optimizer.flags = OptimizerFlags::all() - OptimizerFlags::REMOVE_DUPLICATES;
        config.generator.flags = GeneratorFlags::all() - GeneratorFlags::ADVANCED_ENUMS;
        let config = config.with_nillable_type_support().with_quick_xml();
        fs::write(
            out.join(format!("{name}.rs")),
            generate(config)?.to_string(),
        )?;
    }
    Ok(())
}

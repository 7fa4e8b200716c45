//! `xsd-parser`, the published crate, on the same schemas. It is built in a crate of its own, with all
//! flags but those that its documentation warns of or that its output then does not compile with.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use roxmltree::{Document, Node, ParsingOptions};

use crate::cargo;
use crate::corpus::batch::write;

const MANIFEST: &str = "[package]\nname = \"xsd-parser-runner\"\nversion = \"0.0.0\"\n\
    edition = \"2024\"\npublish = false\n\n[dependencies]\nxsd-parser = \"1.5\"\n\n[workspace]\n";

const PROGRAM: &str = r#"use xsd_parser::config::{
    GeneratorFlags, InterpreterFlags, OptimizerFlags, ParserFlags, Resolver, Schema,
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut paths = std::env::args().skip(1);
    let out = paths.next().ok_or("no output")?;
    let mut config = xsd_parser::Config::default();
    config.parser.resolver = vec![Resolver::File];
    config.parser.flags = ParserFlags::all();
    for path in paths {
        config.parser.schemas.push(Schema::File(std::fs::canonicalize(path)?));
    }
    config.interpreter.flags = InterpreterFlags::all() - InterpreterFlags::WITH_NUM_BIG_INT;
    config.optimizer.flags = OptimizerFlags::all() - OptimizerFlags::REMOVE_DUPLICATES;
    config.generator.flags = GeneratorFlags::all() - GeneratorFlags::ADVANCED_ENUMS;
    let config = config.with_nillable_type_support().with_quick_xml();
    std::fs::write(out, xsd_parser::generate(config)?.to_string())?;
    Ok(())
}
"#;

/// What its output needs.
pub(super) const DEPENDENCY: &str =
    "xsd-parser-types = { version = \"0.2\", features = [\"quick-xml\"] }";

/// The program around the crate.
pub(super) struct Tool(PathBuf);

impl Tool {
    /// Builds it; needs the registry once.
    pub(super) fn build(workspace: &Path) -> Result<Self, String> {
        let directory = workspace.join("xsd-parser-runner");
        write(&directory.join("Cargo.toml"), MANIFEST)?;
        write(&directory.join("src/main.rs"), PROGRAM)?;
        let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
        command
            .args(["build", "--quiet", "--manifest-path"])
            .arg(directory.join("Cargo.toml"))
            .arg("--target-dir")
            .arg(workspace.join("target"));
        cargo::run(&mut command)?;
        Ok(Self(workspace.join("target/debug/xsd-parser-runner")))
    }

    /// What it makes of schemas, formatted.
    pub(super) fn generate(&self, schemas: &[PathBuf], scratch: &Path) -> Result<String, String> {
        let out = scratch.join("generated.rs");
        fs::create_dir_all(scratch).map_err(|error| error.to_string())?;
        let mut command = Command::new(&self.0);
        command.arg(&out).args(schemas);
        let output = command.output().map_err(|error| error.to_string())?;
        if !output.status.success() {
            let message = String::from_utf8_lossy(&output.stderr).into_owned();
            let line = message.lines().find(|line| !line.trim().is_empty());
            return Err(line.unwrap_or("it fails without a word").to_owned());
        }
        let text = fs::read_to_string(&out).map_err(|error| error.to_string())?;
        let file = syn::parse_file(&text).map_err(|error| error.to_string())?;
        Ok(prettyplease::unparse(&file))
    }
}

/// The schema itself; of a WSDL, its schemas as files beside each other.
pub(super) fn schemas(entry: &Path, scratch: &Path) -> Result<Vec<PathBuf>, String> {
    let text = fs::read_to_string(entry).map_err(|error| error.to_string())?;
    let options = ParsingOptions {
        allow_dtd: true,
        ..ParsingOptions::default()
    };
    let tree = Document::parse_with_options(&text, options).map_err(|error| error.to_string())?;
    if tree.root_element().tag_name().name() == "schema" {
        return Ok(vec![entry.to_owned()]);
    }
    let mut paths = Vec::new();
    for node in tree.descendants() {
        if node.has_tag_name(("http://www.w3.org/2001/XMLSchema", "schema")) {
            // Beside the WSDL's own copy, so that locations still lead somewhere.
            let path = scratch.join(format!("schema{}.xsd", paths.len()));
            write(&path, &alone(node, &text))?;
            paths.push(path);
        }
    }
    Ok(paths)
}

/// An element with the namespaces that are declared around it.
fn alone(node: Node<'_, '_>, text: &str) -> String {
    let element = &text[node.range()];
    let name = element.find(|c: char| c.is_whitespace() || c == '>' || c == '/');
    let (head, rest) = element.split_at(name.unwrap_or(element.len()));
    let own = rest.split('>').next().unwrap_or_default();
    let mut declared = BTreeMap::new();
    for namespace in node.namespaces() {
        let attribute = match namespace.name() {
            Some("xml") => continue,
            Some(prefix) => format!("xmlns:{prefix}"),
            None => "xmlns".to_owned(),
        };
        if !own.contains(&format!("{attribute}=")) {
            declared.insert(attribute, namespace.uri().to_owned());
        }
    }
    let declared = { declared.iter() }.map(|(name, uri)| format!(" {name}=\"{uri}\""));
    format!("{head}{}{rest}", declared.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_schema_takes_the_namespaces_around_it_along() {
        let text = "<w:d xmlns:w='urn:w' xmlns:t='urn:t' xmlns='urn:n'>\
            <s:schema xmlns:s='urn:s' xmlns='urn:own' id='a'><s:x/></s:schema></w:d>";
        let tree = Document::parse(text).unwrap();
        let node = tree.root_element().first_element_child().unwrap();
        assert_eq!(
            alone(node, text),
            "<s:schema xmlns:t=\"urn:t\" xmlns:w=\"urn:w\" xmlns:s='urn:s' xmlns='urn:own' id='a'>\
             <s:x/></s:schema>"
        );
    }
}

//! The fixtures are right: strict mode must take their schemas, and validation their messages.

use castile::validation::Schema;
use castile_codegen::Generator;
use castile_codegen::validation::schema_text;

use crate::corpus::fragment::fragment;
use crate::corpus::manifest::{self, Case};
use crate::corpus::way;

fn cases() -> Vec<Case> {
    manifest::read(&crate::root().join("tests/patterns"), None).unwrap()
}

fn generator(case: &Case) -> Generator {
    let generator = Generator::new().input(&case.entry);
    generator.allow(&case.directory).all_declarations()
}

#[test]
fn strict_mode_takes_every_schema() {
    let mut wrong = String::new();
    for case in cases() {
        if let Err(failure) = generator(&case).strict().resolve() {
            wrong.push_str(&format!("{}: {failure}\n", case.name));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn validation_takes_every_message() {
    let mut wrong = String::new();
    for case in cases() {
        let text = schema_text(&generator(&case).contract().unwrap());
        let schema = match Schema::parse(&text) {
            Ok(schema) => schema,
            Err(error) => {
                wrong.push_str(&format!("{}: {error}\n", case.name));
                continue;
            }
        };
        for sample in &case.samples {
            let message = std::fs::read_to_string(&sample.path).unwrap();
            let document = roxmltree::Document::parse(&message).unwrap();
            let body = way::body(document.root_element()).unwrap();
            let content = fragment(body.first_element_child().unwrap());
            if let Err(violations) = schema.validate(content.as_bytes()) {
                wrong.push_str(&format!("{}/{}: {violations}\n", case.name, sample.name));
            }
            // The wrapper takes one element.
            let more = content.replacen("</e:echo", "<more/></e:echo", 1);
            if schema.validate(more.as_bytes()).is_ok() {
                wrong.push_str(&format!("{}/{}: takes more\n", case.name, sample.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

//! The commands, a file each.

pub(crate) mod diff;
pub(crate) mod export;
pub(crate) mod generate;
#[cfg(feature = "import")]
pub(crate) mod import;
pub(crate) mod lint;
pub(crate) mod mock;
#[cfg(feature = "import")]
pub(crate) mod page_lint;
#[cfg(feature = "vendor")]
pub(crate) mod vendor;

use std::path::PathBuf;

use castile_codegen::Generator;

/// The generator for inputs as they are given.
pub(crate) fn generator(inputs: &[PathBuf], strict: bool) -> Generator {
    let generator = inputs
        .iter()
        .fold(Generator::new(), |generator, input| generator.input(input));
    if strict {
        generator.strict()
    } else {
        generator
    }
}

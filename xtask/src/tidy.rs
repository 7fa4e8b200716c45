//! What lints cannot see.
//!
//! - The rooms of the generator know only those rooms and crates that `docs/architecture.md` gives
//!   them.
//! - No hand-written file of code is longer than 500 lines.
//! - No module is named after nothing in particular.

use std::fs;
use std::path::{Path, PathBuf};

/// A room of `codegen/src` and what it may use: other rooms, then crates beside std.
struct Room {
    path: &'static str,
    rooms: &'static [&'static [&'static str]],
    crates: &'static [&'static str],
}

const fn room(
    path: &'static str,
    rooms: &'static [&'static [&'static str]],
    crates: &'static [&'static str],
) -> Room {
    Room {
        path,
        rooms,
        crates,
    }
}

/// What everybody may know.
const NAMES: &str = "namespace";
/// What every front end may know.
const FRONT_END: &[&str] = &["source", "diagnostic", "contract"];
/// What the front ends of XML share.
const XML: &[&str] = &[
    "frontend::xml",
    "frontend::names",
    "frontend::annotations",
    "frontend::deprecation",
];

/// The knowledge rules. The longest path that fits a file decides.
const ROOMS: &[Room] = &[
    room("source", &[&["source"]], &["encoding_rs"]),
    room("namespace", &[], &[]),
    room("spelling", &[&["spelling"]], &[]),
    room("diagnostic", &[&["diagnostic", "source", "spelling"]], &[]),
    room("contract", &[&["contract", "source"]], &[]),
    room(
        "frontend/xml",
        &[FRONT_END, XML],
        &["roxmltree", "quick_xml", "memchr"],
    ),
    room("frontend/names", &[FRONT_END, XML], &[]),
    room(
        "frontend/references",
        &[FRONT_END, XML, &["frontend::xsd"]],
        &[],
    ),
    room("frontend/annotations", &[FRONT_END, XML], &[]),
    room("frontend/deprecation", &[FRONT_END, XML], &[]),
    room(
        "frontend/xsd",
        &[FRONT_END, XML, &["frontend::xsd", "strict"]],
        &["roxmltree"],
    ),
    room(
        "frontend/wsdl",
        &[
            FRONT_END,
            XML,
            &["frontend::wsdl", "frontend::xsd", "strict"],
        ],
        &["roxmltree"],
    ),
    room(
        "frontend/table",
        &[FRONT_END, &["frontend::table"]],
        &["pulldown_cmark", "toml", "serde", "serde_json", "roxmltree"],
    ),
    // By the letter of the specification: it reads what the front ends read, and datatypes are the
    // runtime's.
    room(
        "strict",
        &[FRONT_END, &["strict", "frontend::xml"]],
        &["castile"],
    ),
    room(
        "settings",
        &[&["settings", "contract", "diagnostic", "source"]],
        &["syn"],
    ),
    room(
        "resolve",
        &[&["resolve", "contract", "diagnostic", "settings", "source"]],
        &[],
    ),
    room(
        "diff",
        &[&["diff", "contract", "resolve", "rust", "source", "spelling"]],
        &["serde", "serde_json"],
    ),
    room(
        "export",
        &[&["export", "contract", "source"]],
        &["serde", "serde_json"],
    ),
    room(
        "lint",
        &[&[
            "lint",
            "contract",
            "diagnostic",
            "frontend::xml",
            "settings",
            "source",
        ]],
        &["roxmltree", "serde", "serde_json"],
    ),
    // Lowering cannot fail; it may say what it did instead.
    room(
        "rust",
        &[&[
            "rust",
            "resolve",
            "contract",
            "diagnostic",
            "settings",
            "source",
        ]],
        &["heck"],
    ),
    room(
        "emit",
        &[&["emit", "rust", "output"]],
        &["proc_macro2", "quote", "syn", "prettyplease"],
    ),
    room(
        "validation",
        &[&["validation", "contract", "resolve", "rust"]],
        &[],
    ),
    // Requests are read as documents of contracts are; what they hold is judged by the runtime.
    room(
        "mock",
        &[&[
            "mock",
            "contract",
            "diagnostic",
            "export",
            "frontend::xml",
            "source",
            "validation",
        ]],
        &["castile", "serde", "serde_json"],
    ),
    // Pages to descriptors. It knows a few terms of the contract, and no front end.
    room(
        "import",
        &[&["import", "contract", "lock", "output", "source", "spelling"]],
        &[
            "encoding_rs",
            "html5gum",
            "roxmltree",
            "serde",
            "serde_json",
            "toml",
        ],
    ),
    room("dump", &[&["dump", "contract", "resolve"]], &[]),
    room("output", &[&["output"]], &["similar"]),
    room(
        "lock",
        &[&["lock", "diagnostic", "output", "source"]],
        &["serde", "sha2", "toml"],
    ),
    room(
        "project",
        &[&[
            "project",
            "lock",
            "diagnostic",
            "output",
            "settings",
            "source",
        ]],
        &["toml"],
    ),
    // The only room with a network; it reads no more of a document than what that refers to.
    room(
        "vendor",
        &[&[
            "vendor",
            "frontend::references",
            "project",
            "lock",
            "diagnostic",
            "output",
            "source",
        ]],
        &["base64", "ureq", "url"],
    ),
];

/// The runtime: generated code names it, too, so that only what begins a line with `use` counts.
const RUNTIME: &str = "castile";

/// Every crate that some room may use, so that the use of it elsewhere is seen.
const CRATES: &[&str] = &[
    RUNTIME,
    "base64",
    "encoding_rs",
    "heck",
    "html5gum",
    "memchr",
    "prettyplease",
    "proc_macro2",
    "pulldown_cmark",
    "quick_xml",
    "quote",
    "roxmltree",
    "serde",
    "serde_json",
    "sha2",
    "similar",
    "syn",
    "toml",
    "ureq",
    "url",
    "clap",
];

const LONGEST: usize = 500;
const NAMELESS: &[&str] = &["util", "utils", "common", "helper", "helpers", "misc"];

pub(crate) fn run(root: &Path) -> Result<(), String> {
    let mut findings = Vec::new();
    for directory in ["codegen", "runtime", "xtask", "tests", "generated"] {
        let mut files = Vec::new();
        rust_files(&root.join(directory), &mut files)?;
        files.sort();
        for file in files {
            let text = fs::read_to_string(&file)
                .map_err(|error| format!("{}: {error}", file.display()))?;
            let name = file.strip_prefix(root).unwrap_or(&file);
            let name = name.to_string_lossy().replace('\\', "/");
            check_name(&name, &mut findings);
            check_length(&name, &text, &mut findings);
            if let Some(path) = name.strip_prefix("codegen/src/") {
                check_knowledge(path, &text, &mut findings);
            }
        }
    }
    if findings.is_empty() {
        Ok(())
    } else {
        Err(findings.join("\n"))
    }
}

fn rust_files(directory: &Path, files: &mut Vec<PathBuf>) -> Result<(), String> {
    let failed = |error| format!("{}: {error}", directory.display());
    for entry in fs::read_dir(directory).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        if path.is_dir() && path.file_name().is_some_and(|name| name != "target") {
            rust_files(&path, files)?;
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    Ok(())
}

fn check_name(name: &str, findings: &mut Vec<String>) {
    let parts = name.trim_end_matches(".rs").split('/');
    if let Some(part) = parts.into_iter().find(|part| NAMELESS.contains(part)) {
        findings.push(format!(
            "{name}: `{part}` says nothing; name it after what it is about"
        ));
    }
}

/// Generated files are as long as their contract, and tables of test cases as their cases.
fn check_length(name: &str, text: &str, findings: &mut Vec<String>) {
    let exempt = text.starts_with("// @generated")
        || name.contains("/tests/")
        || name.starts_with("tests/")
        || name.ends_with("/tests.rs");
    let code = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default();
    let lines = code.lines().count();
    if !exempt && lines > LONGEST {
        findings.push(format!(
            "{name}: {lines} lines of code, more than {LONGEST}; split it along its meaning"
        ));
    }
}

fn check_knowledge(path: &str, text: &str, findings: &mut Vec<String>) {
    let stem = path.trim_end_matches(".rs");
    let fits = |room: &&Room| stem == room.path || stem.starts_with(&format!("{}/", room.path));
    let Some(room) = ROOMS.iter().filter(fits).max_by_key(|room| room.path.len()) else {
        return;
    };
    let code = text
        .split("#[cfg(test)]\nmod tests {")
        .next()
        .unwrap_or_default();
    // Tests bring stages together as they like.
    if stem.ends_with("/tests") || stem.contains("/tests/") {
        return;
    }
    for (index, line) in code.lines().enumerate() {
        let line = line.split("//").next().unwrap_or_default();
        // `pub(in crate::x)` says who may look in, not where this looks.
        let line = &line.replace("in crate::", "in ");
        for used in line.split("crate::").skip(1) {
            let used: String = used
                .chars()
                .take_while(|c| c.is_alphanumeric() || "_:".contains(*c))
                .collect();
            let allowed = |rooms: &&str| used == **rooms || used.starts_with(&format!("{rooms}::"));
            let mut rooms = room.rooms.iter().copied().flatten().chain([&NAMES]);
            if !used.is_empty() && !rooms.any(allowed) {
                findings.push(format!(
                    "codegen/src/{path}:{}: `{}` may not know `crate::{}`",
                    index + 1,
                    room.path,
                    used.trim_end_matches(':')
                ));
            }
        }
        for krate in CRATES.iter().filter(|krate| !room.crates.contains(krate)) {
            let is_named = |before: char| line.contains(&format!("{before}{krate}::"));
            let used = line.trim_start().starts_with(&format!("use {krate}::"))
                || (**krate != *RUNTIME && [' ', '(', '<'].into_iter().any(is_named));
            if used && !line.contains(&format!("crate::{krate}")) {
                findings.push(format!(
                    "codegen/src/{path}:{}: `{}` may not use the crate `{krate}`",
                    index + 1,
                    room.path
                ));
            }
        }
    }
}

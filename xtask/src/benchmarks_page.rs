//! `docs/benchmarks.md`, of which commands write a section each.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::thread;

use crate::corpus::batch::write;

/// Puts `text` between the marks of a section.
pub(crate) fn replace(root: &Path, section: &str, text: &str) -> Result<(), String> {
    let path = root.join("docs/benchmarks.md");
    let page = fs::read_to_string(&path).map_err(|error| format!("{}: {error}", path.display()))?;
    write(&path, &replaced(&page, section, text)?)
}

fn replaced(page: &str, section: &str, text: &str) -> Result<String, String> {
    let begin = format!("<!-- begin {section} -->\n");
    let end = format!("<!-- end {section} -->\n");
    let parts = page
        .split_once(&begin)
        .and_then(|(before, rest)| Some((before, rest.split_once(&end)?.1)));
    match parts {
        Some((before, after)) => Ok(format!("{before}{begin}{text}{end}{after}")),
        None => Err(format!(
            "docs/benchmarks.md has no place for the section: it goes between `{}` and `{}`",
            begin.trim(),
            end.trim()
        )),
    }
}

/// Compiler and machine, as a sentence.
pub(crate) fn machine() -> Result<String, String> {
    let first = |path: &str, key: &str| -> Option<String> {
        let text = fs::read_to_string(path).ok()?;
        let line = text.lines().find_map(|line| line.strip_prefix(key))?;
        Some(line.trim_start_matches([' ', '\t', ':']).trim().to_owned())
    };
    let output = Command::new("rustc").arg("--version").output();
    let version = output.map_err(|error| format!("cannot run rustc: {error}"))?;
    let version = String::from_utf8_lossy(&version.stdout);
    let threads = thread::available_parallelism().map_or(1, usize::from);
    Ok(format!(
        "{}, on {threads} threads of {}.",
        version.trim(),
        first("/proc/cpuinfo", "model name").unwrap_or_else(|| "an unknown machine".to_owned()),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_section_is_replaced() {
        let page = "a\n<!-- begin x -->\nold\n<!-- end x -->\nb\n";
        assert_eq!(
            replaced(page, "x", "new\n"),
            Ok("a\n<!-- begin x -->\nnew\n<!-- end x -->\nb\n".to_owned())
        );
        assert!(replaced(page, "y", "new\n").is_err_and(|it| it.contains("<!-- begin y -->")));
    }
}

//! The programs of the batches: documents read by generated code, and written anew.

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The ways in which a case's documents are read, each once: the code that a program is given.
#[derive(Debug, Default)]
pub(crate) struct WayTable {
    codes: Vec<String>,
}

impl WayTable {
    /// The index of a way, which is entered where it is new.
    pub(crate) fn index(&mut self, code: String) -> usize {
        let known = self.codes.iter().position(|known| *known == code);
        known.unwrap_or_else(|| {
            self.codes.push(code);
            self.codes.len() - 1
        })
    }

    /// The module of the ways, beside the case's own `module`.
    pub(crate) fn code(&self, module: &str) -> String {
        let mut code = String::new();
        if self.codes.iter().any(|way| way.contains("case::")) {
            let _ = writeln!(code, "use crate::{module} as case;");
        }
        let _ = writeln!(code, "pub(crate) const WAYS: &[crate::Way] = &[");
        for way in &self.codes {
            let _ = writeln!(code, "    {way},");
        }
        code.push_str("];\n");
        code
    }
}

/// A document that a program reads and writes anew.
#[derive(Clone, Debug)]
pub(crate) struct Rewriting {
    /// The index of the way.
    pub(crate) way: usize,
    /// Its text, decoded.
    pub(crate) text: PathBuf,
    /// Where what is written anew goes.
    pub(crate) written: PathBuf,
}

impl Rewriting {
    /// What the program of its batch is to do with it.
    pub(crate) fn task(&self, number: usize) -> Task<'_> {
        Task {
            number,
            way: self.way,
            text: &self.text,
            written: &self.written,
        }
    }

    /// What is read, and what was written.
    pub(crate) fn texts(&self) -> io::Result<(String, String)> {
        Ok((
            fs::read_to_string(&self.text)?,
            fs::read_to_string(&self.written)?,
        ))
    }
}

/// A document for a program.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Task<'a> {
    /// The case.
    pub(crate) number: usize,
    /// Which of the case's ways reads it.
    pub(crate) way: usize,
    /// Where it is, as UTF-8.
    pub(crate) text: &'a Path,
    /// Where what is written anew goes.
    pub(crate) written: &'a Path,
}

/// Runs documents through a program, in turn; when it breaks down, that is the outcome of the document that
/// it was at, and the program goes on behind it.
pub(crate) fn run(binary: &Path, tasks: &[Task<'_>]) -> Result<Vec<Result<(), String>>, String> {
    let mut outcomes: Vec<Result<(), String>> = Vec::new();
    while outcomes.len() < tasks.len() {
        let mut input = String::new();
        for task in &tasks[outcomes.len()..] {
            let _ = writeln!(
                input,
                "{}\t{}\t{}\t{}",
                task.number,
                task.way,
                task.text.display(),
                task.written.display()
            );
        }
        let failed = |error| format!("{}: {error}", binary.display());
        let mut child = Command::new(binary)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(failed)?;
        let stdin = child.stdin.take();
        let feeder = std::thread::spawn(move || {
            // A child that crashed reads no more.
            stdin.map(|mut stdin| stdin.write_all(input.as_bytes()))
        });
        let output = child.wait_with_output().map_err(failed)?;
        drop(feeder.join());
        let lines = String::from_utf8_lossy(&output.stdout).into_owned();
        for line in lines.lines() {
            outcomes.push(match line.split_once('\t') {
                Some((_, message)) => Err(message.to_owned()),
                None => Ok(()),
            });
        }
        if outcomes.len() < tasks.len() {
            outcomes.push(Err(format!("crash: {}", output.status)));
        }
    }
    Ok(outcomes)
}

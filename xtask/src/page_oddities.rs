//! The oddities that are known of the providers' pages, against what the linter says of the pages.

use std::fs;
use std::ops::RangeInclusive;
use std::path::Path;

use castile_codegen::import::finding::Kind;
use castile_codegen::import::oddities;
use castile_codegen::source::Sources;

use crate::pages;

/// How many of the oddities are found, at least.
const AIM: usize = 60;

/// What has to be found: `tests/pages/oddities.tsv`.
struct Oddity<'t> {
    id: &'t str,
    page: &'t str,
    rule: &'t str,
    lines: RangeInclusive<usize>,
    /// What the sentence has to have.
    words: &'t str,
}

fn oddity(row: &str) -> Option<Oddity<'_>> {
    let mut cells = row.split('\t');
    let (id, page, rule) = (cells.next()?, cells.next()?, cells.next()?);
    let (lines, words) = (cells.next()?, cells.next()?);
    let (first, last) = lines.split_once('-').unwrap_or((lines, lines));
    Some(Oddity {
        id,
        page,
        rule,
        lines: first.parse().ok()?..=last.parse().ok()?,
        words,
    })
}

pub(crate) fn run(root: &Path, directory: &Path) -> Result<(), String> {
    let table = root.join("tests/pages/oddities.tsv");
    let table = fs::read_to_string(&table).map_err(|e| format!("{}: {e}", table.display()))?;
    let mut sources = Sources::default();
    let mut documents = Vec::new();
    for page in pages::files(directory, "", 1)? {
        documents.push(sources.open(&page).map_err(|error| error.to_string())?);
    }
    let findings = oddities::examine(&sources, &documents);
    // Page, line, rule and message of each finding.
    let mut said = Vec::new();
    for finding in findings.iter() {
        let Some(document) = sources.of(finding.span) else {
            continue;
        };
        let before = { document.text.as_bytes().iter() }.take(finding.span.start as usize);
        let line = before.filter(|byte| **byte == b'\n').count() + 1;
        let general = match finding.kind {
            Kind::Repair => "P03",
            Kind::Guess => "P01",
            Kind::Unknown => "P02",
            Kind::Oddity => "P04",
        };
        let page = document.path.file_stem().unwrap_or_default();
        let page = page.to_string_lossy().into_owned();
        said.push((
            page,
            line,
            finding.rule.unwrap_or(general),
            &finding.message,
        ));
    }
    let (mut found, mut all) = (0, 0);
    let mut listed = vec![false; said.len()];
    for row in table.lines().filter(|row| !row.starts_with('#')) {
        let wanted = oddity(row).ok_or_else(|| format!("no number, page, rule, lines: `{row}`"))?;
        all += 1;
        let is_it = |(page, line, rule, message): &(String, usize, &str, &String)| {
            page == wanted.page
                && *rule == wanted.rule
                && wanted.lines.contains(line)
                && message.contains(wanted.words)
        };
        for (listed, _) in { listed.iter_mut().zip(&said) }.filter(|(_, said)| is_it(said)) {
            *listed = true;
        }
        let hit = said.iter().find(|said| is_it(said));
        match hit {
            Some((page, line, rule, message)) => {
                found += 1;
                println!("{:6} found   {page}:{line}: {rule}: {message}", wanted.id);
            }
            None => println!(
                "{:6} MISSING {}:{}-{}: {}",
                wanted.id,
                wanted.page,
                wanted.lines.start(),
                wanted.lines.end(),
                wanted.rule
            ),
        }
    }
    // What nobody listed is true as well, or a false alarm: to be read.
    let mut others = 0;
    for ((page, line, rule, message), _) in said.iter().zip(&listed).filter(|(_, listed)| !**listed)
    {
        others += 1;
        println!("       other   {page}:{line}: {rule}: {message}");
    }
    println!(
        "{found} of {all} oddities found; {} findings in all, {others} of them in no row of the table",
        said.len()
    );
    match found >= AIM {
        true => Ok(()),
        false => Err(format!("fewer than {AIM} oddities are found")),
    }
}

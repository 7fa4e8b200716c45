//! `cargo xtask compile-cost`: what generated code costs the compiler, as a section of
//! `docs/benchmarks.md`: the longest of a corpus, some beside what `xsd-parser` makes of the same
//! schemas, and what one more record costs.
//!
//! Each case becomes a crate of its own, compiled alone after its dependencies. Times are those of the
//! `rustc` process, both its user and its system time; memory is its peak.

mod krate;
mod records;
mod xsd_parser;

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use castile_codegen::Generator;

use crate::benchmarks_page;
use crate::corpus::batch::write;
use crate::corpus::generation::{Extent, Outcome, Worker, generator_of};
use crate::corpus::manifest::{self, Case};
use crate::process_cost::Cost;
use krate::Krate;
use xsd_parser::Tool;

/// The name of the section of `docs/benchmarks.md`.
const SECTION: &str = "compile-cost";

const ROOT: &str =
    "//! A case of a corpus.\n#![deny(warnings)]\n#![forbid(unsafe_code)]\n\npub mod generated;\n";

/// The most that a generated record of ten fields may cost: lines, and milliseconds of both.
const RECORD: (f64, f64, f64) = (70.0, 6.0, 40.0);

/// The sizes between which the cost of a record is the slope.
const COUNTS: [u32; 2] = [100, 200];

/// The case with bars of its own: its name, seconds of checking and KiB.
const LARGE: (&str, f64, u64) = ("wsdl-real/vboxweb", 20.0, 1536 << 10);

/// What to measure.
#[derive(Debug, clap::Args)]
pub(crate) struct Options {
    /// The directory of the corpus.
    directory: PathBuf,
    /// The cases; without any, those with the longest output.
    #[arg(long, value_delimiter = ',', value_name = "CASE,…")]
    cases: Vec<String>,
    /// How many of the longest.
    #[arg(long, default_value_t = 5, conflicts_with = "cases")]
    largest: usize,
    /// Only `cargo check` for these, neither builds.
    #[arg(long)]
    check_only: bool,
    /// Cases to generate by `xsd-parser`, too: all global declarations, lines, check and release
    /// build of both.
    #[arg(
        long,
        value_delimiter = ',',
        value_name = "CASE,…",
        default_value = "ocpp-ocpp_chargepointservice_1.5_final,fedex-UploadDocumentService_v11,\
                         pl-ksef-StrukturyDanych_v10-0E,iso20022-remt.002.001.03,facturx-Factur-X_1.07.2_BASICWL"
    )]
    beside: Vec<String>,
}

/// A case and its output.
struct Made {
    name: String,
    /// Items of the Rust code.
    items: usize,
    lines: usize,
    krate: Krate,
}

pub(crate) fn run(root: &Path, options: &Options) -> Result<(), String> {
    let all = manifest::read(&options.directory, None)?;
    let workspace = crate::cargo::target(root).join("compile-cost");
    let mut text = format!(
        "{} CPU seconds (user and system) and peak memory of the compiler.\n\n",
        benchmarks_page::machine()?
    );
    let mut aims = String::new();
    longest(root, options, &all, &workspace, &mut text, &mut aims)?;
    beside(root, options, &all, &workspace, &mut text, &mut aims)?;
    one_more(root, &workspace, &mut text, &mut aims)?;
    let _ = write!(
        text,
        "\nThe aims:\n\n| | at most | now | |\n|---|---:|---:|---|\n{aims}"
    );
    benchmarks_page::replace(root, SECTION, &text)
}

fn aim(aims: &mut String, what: &str, most: &str, now: &str, reached: bool) {
    let reached = if reached {
        "reached"
    } else {
        "**not reached**"
    };
    let _ = writeln!(aims, "| {what} | {most} | {now} | {reached} |");
}

fn chosen(all: &[Case], names: &[String]) -> Vec<Case> {
    let is =
        |case: &Case, name: &String| *name == case.name || case.name.ends_with(&format!("/{name}"));
    let chosen = all.iter().filter(|case| {
        let mut names = names.iter();
        names.any(|name| is(case, name))
    });
    chosen.cloned().collect()
}

/// The longest output of the corpus, or that of the chosen cases.
fn longest(
    root: &Path,
    options: &Options,
    all: &[Case],
    workspace: &Path,
    text: &mut String,
    aims: &mut String,
) -> Result<(), String> {
    let cases = match options.cases.is_empty() {
        true => all.to_vec(),
        false => chosen(all, &options.cases),
    };
    let mut made = generate(root, &cases, Extent::Default, workspace)?;
    if made.is_empty() {
        return Err("no such case gives code".to_owned());
    }
    made.sort_by_key(|made| std::cmp::Reverse(made.lines));
    if options.cases.is_empty() {
        for shorter in made.drain(options.largest.min(made.len())..) {
            shorter.krate.remove()?;
        }
    }
    let profiles: &[&str] = if options.check_only {
        &["check"]
    } else {
        &["check", "dev", "release"]
    };
    let _ = writeln!(text, "| case | lines | {} |", profiles.join(" | "));
    let _ = writeln!(text, "|---|---:|{}", "---:|".repeat(profiles.len()));
    for made in &made {
        let _ = write!(text, "| `{}` | {} |", made.name, made.lines);
        for profile in profiles {
            let cost = made.krate.measure(profile)?;
            println!("{} {profile}: {cost}", made.name);
            let _ = write!(text, " {cost} |");
            let (name, seconds, memory) = LARGE;
            if made.name == name && *profile == "check" {
                aim(
                    aims,
                    &format!("check of `{name}`"),
                    &format!("{seconds:.0} s, {} MiB", memory >> 10),
                    &cost.to_string(),
                    cost.time.as_secs_f64() <= seconds && cost.peak <= memory,
                );
            }
        }
        text.push('\n');
    }
    Ok(())
}

/// What is measured of an output beside another's.
#[derive(Clone, Copy, Default)]
struct Beside {
    lines: usize,
    check: Cost,
    release: Cost,
    machine_code: u64,
}

impl Beside {
    fn of(krate: &Krate, lines: usize) -> Result<Self, String> {
        // The least of some: they are short.
        let least = |profile, times| {
            let first = krate.measure(profile)?;
            (1..times).try_fold(first, |least, _| {
                Ok::<_, String>(least.min(krate.measure(profile)?))
            })
        };
        Ok(Self {
            lines,
            check: least("check", 3)?,
            release: least("release", 2)?,
            machine_code: krate.machine_code()?,
        })
    }

    /// Its cells of a row; machine code is that of a hundred of so many types.
    fn cells(&self, types: usize) -> String {
        let types = u64::try_from(types.max(1)).unwrap_or(1);
        format!(
            "{} | {:.2} s | {:.2} s | {}",
            self.lines,
            self.check.time.as_secs_f64(),
            self.release.time.as_secs_f64(),
            self.machine_code * 100 / types
        )
    }
}

/// Beside `xsd-parser`.
fn beside(
    root: &Path,
    options: &Options,
    all: &[Case],
    workspace: &Path,
    text: &mut String,
    aims: &mut String,
) -> Result<(), String> {
    let _ = write!(
        text,
        "\nBeside `xsd-parser`, on the same schemas, all their global declarations, types alone: of a WSDL \
         its schemas, since `xsd-parser` makes no clients. What its clients cost besides is in the row \
         after it. A type is an item of our output; `.text` is the machine code of the library, in \
         bytes, for 100 of them.\n\n\
         | case | types | lines | check | release | `.text` | xsd-parser: lines | check | release | `.text` |\n\
         |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n"
    );
    let tool = match Tool::build(workspace) {
        Ok(tool) => tool,
        Err(message) => {
            let _ = writeln!(text, "\nNot measured, since it cannot be built: {message}.");
            return Ok(());
        }
    };
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for case in chosen(all, &options.beside) {
        let scratch = workspace.join("xsd-parser").join(&case.name);
        let schemas = xsd_parser::schemas(&case.entry, &scratch)?;
        let generated = match tool.generate(&schemas, &scratch) {
            Ok(generated) => generated,
            Err(message) => {
                let _ = writeln!(
                    text,
                    "| `{}` | xsd-parser: {} |",
                    case.name,
                    message.replace('|', "\\|")
                );
                continue;
            }
        };
        let lines = generated.lines().count();
        let name = format!("x{:05}", case.number);
        let other = Krate::write(
            workspace,
            &name,
            xsd_parser::DEPENDENCY,
            "#![allow(warnings)]\npub mod generated;\n",
        )?;
        write(&workspace.join(&name).join("src/generated.rs"), &generated)?;
        let made = types(root, &case, &schemas, workspace)?;
        let own = Beside::of(&made.krate, made.lines)?;
        let other = match Beside::of(&other, lines) {
            Ok(other) => other,
            Err(message) => {
                let _ = writeln!(
                    text,
                    "| `{}` | xsd-parser, {lines} lines: {message} |",
                    made.name
                );
                continue;
            }
        };
        let row = format!(
            "| `{}` | {} | {} | {} |",
            made.name,
            made.items,
            own.cells(made.items),
            other.cells(made.items)
        );
        println!("{row}");
        let _ = writeln!(text, "{row}");
        if schemas != [case.entry.clone()]
            && let Some(whole) = generate(root, &[case], Extent::Declared, workspace)?.pop()
        {
            let cells = Beside::of(&whole.krate, whole.lines)?.cells(whole.items);
            let _ = writeln!(
                text,
                "| with its clients | {} | {cells} | | | | |",
                whole.items
            );
        }
        ours.push(own);
        theirs.push(other);
    }
    let share = |of: &dyn Fn(&Beside) -> f64| {
        let sum = |all: &[Beside]| all.iter().map(of).sum::<f64>();
        sum(&ours) / sum(&theirs)
    };
    #[allow(clippy::cast_precision_loss, reason = "lines are counted in thousands")]
    let shares = [
        ("lines", share(&|it| it.lines as f64)),
        ("check", share(&|it| it.check.time.as_secs_f64())),
        ("release build", share(&|it| it.release.time.as_secs_f64())),
    ];
    for (what, share) in shares.into_iter().filter(|(_, share)| share.is_finite()) {
        let what = format!("{what}, all of these cases, against xsd-parser");
        aim(aims, &what, "0.10×", &format!("{share:.3}×"), share <= 0.1);
    }
    Ok(())
}

/// What one more record of ten fields costs.
fn one_more(
    root: &Path,
    workspace: &Path,
    text: &mut String,
    aims: &mut String,
) -> Result<(), String> {
    let mut sizes = Vec::new();
    for count in COUNTS {
        let name = format!("records{count}");
        let schema = workspace.join(format!("{name}.xsd"));
        write(
            &schema,
            &records::schema(usize::try_from(count).unwrap_or(0)),
        )?;
        let output = Generator::new().input(&schema).generate();
        let output = output.map_err(|failure| failure.to_string())?;
        let krate = ours(root, workspace, &name)?;
        let tree = workspace.join(&name).join("src/generated");
        { output.modules.write(&tree) }.map_err(|error| error.to_string())?;
        let lines = crate::corpus::lines(&output);
        // The least of three: differences are small.
        let mut times = [f64::MAX; 2];
        for _ in 0..3 {
            for (time, profile) in times.iter_mut().zip(["check", "release"]) {
                *time = time.min(krate.measure(profile)?.time.as_secs_f64() * 1e3);
            }
        }
        if sizes.is_empty() {
            text.push_str(
                "\nRecords of ten fields, made by code:\n\n| records | lines | check | release |\n\
                 |---:|---:|---:|---:|\n",
            );
        }
        let _ = writeln!(
            text,
            "| {count} | {lines} | {:.0} ms | {:.0} ms |",
            times[0], times[1]
        );
        let lines = f64::from(u32::try_from(lines).unwrap_or(u32::MAX));
        sizes.push([lines, times[0], times[1]]);
    }
    let more = f64::from(COUNTS[1] - COUNTS[0]);
    let slope = |at: usize| (sizes[1][at] - sizes[0][at]) / more;
    let (lines, check, release) = (slope(0), slope(1), slope(2));
    aim(
        aims,
        "one more record of ten fields: lines",
        &format!("{:.0}", RECORD.0),
        &format!("{lines:.1}"),
        lines <= RECORD.0,
    );
    for (what, most, now) in [("check", RECORD.1, check), ("release", RECORD.2, release)] {
        aim(
            aims,
            &format!("one more record of ten fields: {what}"),
            &format!("{most:.0} ms"),
            &format!("{now:.1} ms"),
            now <= most,
        );
    }
    Ok(())
}

/// The types of a case alone, from its schemas.
fn types(root: &Path, case: &Case, schemas: &[PathBuf], workspace: &Path) -> Result<Made, String> {
    let output = generator_of(case, schemas, Extent::Declared).generate();
    let output = output.map_err(|failure| failure.to_string())?;
    let name = format!("t{:05}", case.number);
    let krate = ours(root, workspace, &name)?;
    let tree = workspace.join(&name).join("src/generated");
    { output.modules.write(&tree) }.map_err(|error| error.to_string())?;
    Ok(Made {
        name: case.name.clone(),
        items: output.model().items.len(),
        lines: crate::corpus::lines(&output),
        krate,
    })
}

fn generate(
    root: &Path,
    cases: &[Case],
    extent: Extent,
    workspace: &Path,
) -> Result<Vec<Made>, String> {
    let mut worker = Worker::start()?;
    let mut made = Vec::new();
    for case in cases {
        let Outcome::Ok(output) = worker.generate(case, extent)?.outcome else {
            continue;
        };
        let name = match extent {
            Extent::Default => format!("c{:05}", case.number),
            Extent::Declared => format!("d{:05}", case.number),
        };
        let krate = ours(root, workspace, &name)?;
        let written = output
            .modules
            .write(&workspace.join(&name).join("src/generated"));
        written.map_err(|error| error.to_string())?;
        made.push(Made {
            name: case.name.clone(),
            items: output.model().items.len(),
            lines: crate::corpus::lines(&output),
            krate,
        });
    }
    Ok(made)
}

/// A crate for our output.
fn ours(root: &Path, workspace: &Path, name: &str) -> Result<Krate, String> {
    let runtime = root.join("runtime");
    let dependency = format!("castile = {{ path = {runtime:?}, default-features = false }}");
    let krate = Krate::write(workspace, name, &dependency, ROOT)?;
    krate.lock_as(root)?;
    Ok(krate)
}

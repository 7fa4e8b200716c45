//! Every case through the generator, in one process, within a budget of time.

use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::{Duration, Instant};

use castile_codegen::{Generator, Output};

use super::manifest::Case;

/// More is a timeout.
const BUDGET: Duration = Duration::from_secs(10);

/// More is too much, in MiB.
pub(crate) const MEMORY: u64 = 1024;

/// What became of a case.
#[derive(Debug)]
pub(crate) struct Generation {
    pub(crate) outcome: Outcome<Box<Output>>,
    pub(crate) time: Duration,
    /// What the process needed more at its peak, in MiB; `None` where the system does not tell.
    pub(crate) memory: Option<u64>,
}

/// The outcome of the generator, with what it made or without.
#[derive(Debug)]
pub(crate) enum Outcome<T = ()> {
    Ok(T),
    /// The code of the first error, and where it is.
    Refused {
        code: String,
        place: String,
        message: String,
    },
    /// The message, and where.
    Panic(String),
    Timeout,
}

impl<T> Outcome<T> {
    /// Without what was made.
    pub(crate) fn verdict(&self) -> Outcome {
        match self {
            Self::Ok(_) => Outcome::Ok(()),
            Self::Refused {
                code,
                place,
                message,
            } => Outcome::Refused {
                code: code.clone(),
                place: place.clone(),
                message: message.clone(),
            },
            Self::Panic(message) => Outcome::Panic(message.clone()),
            Self::Timeout => Outcome::Timeout,
        }
    }

    pub(crate) fn word(&self) -> &'static str {
        match self {
            Self::Ok(_) => "ok",
            Self::Refused { .. } => "refused",
            Self::Panic(_) => "panic",
            Self::Timeout => "timeout",
        }
    }

    /// Whether it broke down, which nothing excuses.
    pub(crate) fn breakdown(&self) -> Option<&'static str> {
        matches!(self, Self::Panic(_) | Self::Timeout).then(|| self.word())
    }
}

/// What of a case is generated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Extent {
    /// What `castile generate` makes of it.
    Default,
    /// All global declarations: some samples begin with elements that no operation reaches.
    Declared,
}

/// A thread that generates; given up, not waited for, when it takes too long.
pub(crate) struct Worker {
    jobs: Sender<Job>,
    done: Receiver<Outcome<Box<Output>>>,
    panicked: Arc<Mutex<String>>,
    budget: Duration,
}

/// What is to be generated.
struct Job {
    generator: Generator,
    /// Left out of the places of errors.
    directory: PathBuf,
}

impl Worker {
    pub(crate) fn start() -> Result<Self, String> {
        Self::within(BUDGET)
    }

    /// One for which more than `budget` is a timeout.
    pub(crate) fn within(budget: Duration) -> Result<Self, String> {
        let (jobs, incoming) = mpsc::channel::<Job>();
        let (outgoing, done) = mpsc::channel();
        let panicked = Arc::new(Mutex::new(String::new()));
        let note = Arc::clone(&panicked);
        panic::set_hook(Box::new(move |info| {
            if let Ok(mut note) = note.lock() {
                *note = info.to_string().replace('\n', " ");
            }
        }));
        thread::Builder::new()
            .name("generator".to_owned())
            .stack_size(8 << 20)
            .spawn(move || {
                for job in incoming {
                    let made = panic::catch_unwind(AssertUnwindSafe(|| job.generate()));
                    let outcome = made.unwrap_or_else(|_| Outcome::Panic(String::new()));
                    if outgoing.send(outcome).is_err() {
                        return;
                    }
                }
            })
            .map_err(|error| format!("no thread for the generator: {error}"))?;
        Ok(Self {
            jobs,
            done,
            panicked,
            budget,
        })
    }

    pub(crate) fn generate(&mut self, case: &Case, extent: Extent) -> Result<Generation, String> {
        self.run(generator(case, extent), &case.directory)
    }

    /// Runs a generator; places of errors are told from `directory` on.
    pub(crate) fn run(
        &mut self,
        generator: Generator,
        directory: &Path,
    ) -> Result<Generation, String> {
        let before = forget_peak();
        let start = Instant::now();
        let directory = directory.to_owned();
        let job = Job {
            generator,
            directory,
        };
        if self.jobs.send(job).is_err() {
            return Err("the thread of the generator ended".to_owned());
        }
        let outcome = match self.done.recv_timeout(self.budget) {
            Ok(Outcome::Panic(_)) => {
                let note = self.panicked.lock().map(|note| note.clone());
                Outcome::Panic(note.unwrap_or_default())
            }
            Ok(outcome) => outcome,
            Err(RecvTimeoutError::Timeout) => {
                *self = Self::within(self.budget)?;
                Outcome::Timeout
            }
            Err(RecvTimeoutError::Disconnected) => {
                return Err("the thread of the generator ended".to_owned());
            }
        };
        Ok(Generation {
            outcome,
            time: start.elapsed(),
            memory: before.and_then(|before| Some(status("VmHWM:")?.saturating_sub(before) >> 10)),
        })
    }
}

/// The generator as it is asked for a case.
pub(crate) fn generator(case: &Case, extent: Extent) -> Generator {
    generator_of(case, std::slice::from_ref(&case.entry), extent)
}

/// The same with other inputs than that of the case.
pub(crate) fn generator_of(case: &Case, inputs: &[PathBuf], extent: Extent) -> Generator {
    let catalog = case.directory.join("catalog.tsv");
    let generator = { inputs.iter() }
        .fold(Generator::new(), Generator::input)
        .allow(&case.directory)
        .command("cargo xtask corpus");
    let generator = if catalog.is_file() {
        generator.catalog(catalog)
    } else {
        generator
    };
    match extent {
        Extent::Default => generator,
        Extent::Declared => generator.all_declarations(),
    }
}

impl Job {
    fn generate(&self) -> Outcome<Box<Output>> {
        match self.generator.generate() {
            Ok(output) => Outcome::Ok(Box::new(output)),
            Err(failure) => refusal(&failure.to_string(), &self.directory.display().to_string()),
        }
    }
}

/// The first error of a report: `error[CODE]: MESSAGE`, then `--> PLACE`.
fn refusal(report: &str, directory: &str) -> Outcome<Box<Output>> {
    let mut lines = report
        .lines()
        .skip_while(|line| !line.starts_with("error["));
    let head = lines.next().unwrap_or(report);
    let (code, message) = head
        .strip_prefix("error[")
        .and_then(|rest| rest.split_once("]: "))
        .unwrap_or(("", head));
    let place = lines
        .next()
        .and_then(|line| line.trim().strip_prefix("--> "))
        .unwrap_or("-");
    let short = |text: &str| {
        text.replace(&format!("{directory}/"), "")
            .replace('\t', " ")
    };
    Outcome::Refused {
        code: code.to_owned(),
        place: short(place),
        message: short(message),
    }
}

/// Has the system forget how much the process needed, and says how much it needs now, in KiB.
fn forget_peak() -> Option<u64> {
    fs::write("/proc/self/clear_refs", "5").ok()?;
    status("VmRSS:")
}

fn status(key: &str) -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix(key))?;
    line.split_whitespace().next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::{Outcome, refusal};

    #[test]
    fn finds_code_and_place_of_the_first_error() {
        let report =
            "warning[a]: w\n --> x:1:1\n\nerror[b-c]: no type\n  --> /d/e/x.xsd:4:2\n   |\n";
        let Outcome::Refused {
            code,
            place,
            message,
        } = refusal(report, "/d/e")
        else {
            panic!("it is a refusal");
        };
        assert_eq!(
            (&*code, &*place, &*message),
            ("b-c", "x.xsd:4:2", "no type")
        );
    }
}

//! Our own validation: documents held against the components of a group's schema, in this process.

use std::fs;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use castile::validation::Schema;
use castile_codegen::{Generator, validation};

/// What is said of a document: which rule it breaks first, where, and in words.
pub(crate) type Verdict = Result<(), String>;

/// A thread that validates; given up, not waited for, when it takes too long.
pub(crate) struct Validator {
    jobs: Sender<(Arc<Schema>, PathBuf)>,
    done: Receiver<Verdict>,
    budget: Duration,
}

/// The components that a generator reads, as the validator of the runtime takes them.
pub(crate) fn schema(generator: &Generator) -> Result<Arc<Schema>, String> {
    let made = panic::catch_unwind(AssertUnwindSafe(|| {
        let contract = generator.contract().map_err(|error| error.to_string())?;
        let text = validation::schema_text(&contract);
        Schema::parse(&text).map_err(|error| error.to_string())
    }));
    made.unwrap_or_else(|_| Err("panic".to_owned()))
        .map(Arc::new)
}

impl Validator {
    /// One for which more than `budget` is a timeout.
    pub(crate) fn within(budget: Duration) -> Result<Self, String> {
        let (jobs, incoming) = mpsc::channel::<(Arc<Schema>, PathBuf)>();
        let (outgoing, done) = mpsc::channel();
        thread::Builder::new()
            .name("validator".to_owned())
            .stack_size(2 << 20)
            .spawn(move || {
                for (schema, path) in incoming {
                    let made = panic::catch_unwind(AssertUnwindSafe(|| validate(&schema, &path)));
                    let verdict = made.unwrap_or_else(|_| Err("panic".to_owned()));
                    if outgoing.send(verdict).is_err() {
                        return;
                    }
                }
            })
            .map_err(|error| format!("no thread for validation: {error}"))?;
        Ok(Self { jobs, done, budget })
    }

    /// What validation says of a document.
    pub(crate) fn judge(&mut self, schema: &Arc<Schema>, path: &Path) -> Result<Verdict, String> {
        let ended = || "the thread of the validation ended".to_owned();
        let job = (Arc::clone(schema), path.to_owned());
        self.jobs.send(job).map_err(|_| ended())?;
        match self.done.recv_timeout(self.budget) {
            Ok(verdict) => Ok(verdict),
            Err(RecvTimeoutError::Timeout) => {
                *self = Self::within(self.budget)?;
                Ok(Err("timeout".to_owned()))
            }
            Err(RecvTimeoutError::Disconnected) => Err(ended()),
        }
    }
}

fn validate(schema: &Schema, path: &Path) -> Verdict {
    let bytes = fs::read(path).map_err(|error| format!("unreadable: {error}"))?;
    schema.validate(&bytes).map_err(|violations| {
        let first = violations.iter().next();
        first.map_or_else(
            || "unknown: nothing is said".to_owned(),
            |first| format!("{}: {first}", first.rule()),
        )
    })
}

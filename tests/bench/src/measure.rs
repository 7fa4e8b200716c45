//! One row of the table: how long a piece of work takes, and what it takes from the heap.

use std::cell::RefCell;
use std::fmt::Write as _;
use std::hint::black_box;
use std::time::Duration;

use criterion::Criterion;
use rustix::time::{ClockId, clock_gettime};

use crate::heap::{self, Use};

/// What is done with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Work {
    Decode,
    Encode,
    /// A request over HTTP and its answer.
    Call,
}

impl Work {
    fn name(self) -> &'static str {
        match self {
            Self::Decode => "decode",
            Self::Encode => "encode",
            Self::Call => "call",
        }
    }
}

/// What came out for one competitor.
#[derive(Clone, Debug)]
pub struct Row {
    pub work: Work,
    pub document: &'static str,
    pub competitor: &'static str,
    /// The length of the document, also where it is encoded: what comes out may be longer.
    pub bytes: usize,
    /// The shortest time of one pass, in nanoseconds.
    pub best: f64,
    /// The time in the middle.
    pub median: f64,
    pub heap: Use,
}

impl Row {
    /// MB/s of the best pass.
    pub fn rate(&self) -> f64 {
        self.bytes as f64 * 1e3 / self.best
    }
}

/// What filters look at.
fn id(work: Work, document: &str, competitor: &str) -> String {
    format!("{}/{document}/{competitor}", work.name())
}

/// Runs what the command line asks for, and collects the rows.
pub struct Bench {
    criterion: Criterion,
    patience: Duration,
    filters: Vec<String>,
    pub rows: Vec<Row>,
}

impl Bench {
    pub fn new(quick: bool, filters: Vec<String>) -> Self {
        let (warm_up, measurement, samples) = if quick {
            (50, 300, 10)
        } else {
            (300, 1500, 30)
        };
        let criterion = Criterion::default()
            .warm_up_time(Duration::from_millis(warm_up))
            .measurement_time(Duration::from_millis(measurement))
            .sample_size(samples)
            .without_plots();
        Self {
            criterion,
            patience: Duration::from_millis(2 * measurement),
            filters,
            rows: Vec::new(),
        }
    }

    /// How long two that are measured in turns may take.
    pub fn patience(&self) -> Duration {
        self.patience
    }

    /// Whether the command line asks for this row.
    pub fn wants(&self, work: Work, document: &str, competitor: &str) -> bool {
        let id = id(work, document, competitor);
        self.filters.is_empty() || self.filters.iter().any(|filter| id.contains(filter))
    }

    /// Measures decoding a document, and encoding what was found.
    pub fn both<T, O>(
        &mut self,
        (name, document): (&'static str, &str),
        competitor: &'static str,
        read: impl Fn(&[u8]) -> T,
        write: impl Fn(&T) -> O,
    ) {
        let at = (name, document.len());
        let bytes = document.as_bytes();
        self.measure(Work::Decode, at, competitor, || bytes, &read);
        let value = read(bytes);
        self.measure(Work::Encode, at, competitor, || &value, write);
    }

    /// Measures `run` on what `prepare` gives. Neither the preparation counts nor dropping the result.
    pub fn measure<I, T>(
        &mut self,
        work: Work,
        (document, bytes): (&'static str, usize),
        competitor: &'static str,
        mut prepare: impl FnMut() -> I,
        mut run: impl FnMut(I) -> T,
    ) {
        if !self.wants(work, document, competitor) {
            return;
        }
        let id = id(work, document, competitor);
        let input = prepare();
        let (result, heap) = heap::of(|| run(input));
        drop(result);
        // Small documents in batches, so that the clock does not count.
        let batch = ((256 << 10) / bytes.max(1)).clamp(1, 128);
        let passes: RefCell<Vec<f64>> = RefCell::default();
        self.criterion.bench_function(&id, |bencher| {
            bencher.iter_custom(|iterations| {
                let mut total = Duration::ZERO;
                let mut left = usize::try_from(iterations).unwrap_or(usize::MAX);
                let mut inputs = Vec::with_capacity(batch);
                let mut results = Vec::with_capacity(batch);
                while left > 0 {
                    let now = left.min(batch);
                    left -= now;
                    inputs.extend((0..now).map(|_| prepare()));
                    let start = processor_time();
                    results.extend(
                        inputs
                            .drain(..)
                            .map(|input| black_box(run(black_box(input)))),
                    );
                    let took = processor_time().saturating_sub(start);
                    total += took;
                    if now == batch {
                        passes
                            .borrow_mut()
                            .push(took.as_secs_f64() * 1e9 / now as f64);
                    }
                    results.clear();
                }
                total
            });
        });
        let mut passes = passes.into_inner();
        passes.sort_by(f64::total_cmp);
        let (Some(&best), Some(&median)) = (passes.first(), passes.get(passes.len() / 2)) else {
            return;
        };
        self.rows.push(Row {
            work,
            document,
            competitor,
            bytes,
            best,
            median,
            heap,
        });
    }
}

/// Whether it is the row that another is held against: the codec, or a call over the same client.
fn is_ours_of(ours: &Row, row: &Row) -> bool {
    match row.competitor.split_once(" over ") {
        Some((_, client)) => ours.competitor == format!("castile over {client}"),
        None => ours.competitor == "castile",
    }
}

/// The time that this thread was given: what else a busy machine does is not counted, but for the caches
/// that it takes.
fn processor_time() -> Duration {
    let time = clock_gettime(ClockId::ThreadCPUTime);
    let seconds = u64::try_from(time.tv_sec).unwrap_or_default();
    Duration::new(seconds, u32::try_from(time.tv_nsec).unwrap_or_default())
}

/// The rows for people.
pub fn table(rows: &[Row]) -> String {
    let mut out = String::new();
    let mut last = None;
    for row in rows {
        let part = (row.work, row.document);
        if last != Some(part) {
            let _ = writeln!(
                out,
                "\n{} {}, {} bytes\n{:32} {:>10} {:>9} {:>10} {:>9} {:>11} {:>11}",
                row.work.name(),
                row.document,
                row.bytes,
                "",
                "MB/s best",
                "median",
                "time/ours",
                "allocs",
                "peak heap",
                "beyond kept"
            );
        }
        last = Some(part);
        let ours = rows
            .iter()
            .find(|other| (other.work, other.document) == part && is_ours_of(other, row));
        let ratio = ours.map_or(f64::NAN, |ours| row.best / ours.best);
        let _ = writeln!(
            out,
            "{:32} {:>10.1} {:>9.1} {:>10.2} {:>9} {:>11} {:>11}",
            row.competitor,
            row.rate(),
            row.bytes as f64 * 1e3 / row.median,
            ratio,
            row.heap.allocations,
            row.heap.peak,
            row.heap.peak.saturating_sub(row.heap.kept)
        );
    }
    out
}

/// The rows for programs: tab-separated.
pub fn tab_separated(rows: &[Row]) -> String {
    let mut out =
        "work\tdocument\tcompetitor\tbytes\tbest_ns\tmedian_ns\tallocations\tpeak\tkept\n"
            .to_owned();
    for row in rows {
        let _ = writeln!(
            out,
            "{}\t{}\t{}\t{}\t{:.1}\t{:.1}\t{}\t{}\t{}",
            row.work.name(),
            row.document,
            row.competitor,
            row.bytes,
            row.best,
            row.median,
            row.heap.allocations,
            row.heap.peak,
            row.heap.kept
        );
    }
    out
}

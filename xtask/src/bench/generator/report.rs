//! The section about the generator, and its plot.

use std::fmt::Write as _;
use std::time::Duration;

use crate::process_cost::Cost;

/// At most so many times the time of the parts.
const BAR: f64 = 1.5;

/// The case with a bar of its own, its seconds and its memory in KiB.
const LARGE: (&str, f64, u64) = ("wsdl-real/vboxweb", 1.5, 300 << 10);

const WIDTH: f64 = 800.0;
const HEIGHT: f64 = 360.0;
const LEFT: f64 = 70.0;
const BOTTOM: f64 = 310.0;

/// A case, or a size.
pub(super) struct Measured {
    pub(super) name: String,
    /// Of the documents.
    pub(super) bytes: usize,
    /// Of the output.
    pub(super) lines: usize,
    /// The whole process.
    pub(super) generate: Cost,
    /// A process that makes trees of the same documents and formats the same output.
    pub(super) parts: Cost,
    /// Trees of the same documents again and again in one process.
    pub(super) trees: Duration,
    /// Formatting of the same output again and again in one process.
    pub(super) formatting: Duration,
}

impl Measured {
    fn ratio(&self) -> f64 {
        self.generate.time.as_secs_f64() / self.parts.time.as_secs_f64()
    }

    fn warm_ratio(&self) -> f64 {
        self.generate.time.as_secs_f64() / (self.trees + self.formatting).as_secs_f64()
    }
}

/// A size of the WSDL that is made by code.
pub(super) struct Growth {
    pub(super) size: usize,
    pub(super) operations: usize,
    pub(super) measured: Measured,
}

/// All that was measured.
pub(super) struct Report {
    pub(super) cases: Vec<Measured>,
    pub(super) growth: Vec<Growth>,
    /// A process that does nothing.
    pub(super) start: Cost,
}

const HEAD: &str = "| lines of output | generate | the parts | ratio | trees, warm | formatting, warm |\n\
    |---|---:|---:|---:|---:|---:|---:|---:|\n";

impl Report {
    pub(super) fn text(&self) -> String {
        let mut out = format!(
            "CPU time of the process in ms, least of several runs; a process that does nothing takes \
             {}. The parts are a process that makes trees of the same documents and formats the same \
             output; warm, they are done again and again in one process, where memory and caches are \
             there already. {} cases.\n\n| | KB read {HEAD}",
            milliseconds(self.start.time),
            self.cases.len()
        );
        let sum = |of: fn(&Measured) -> Duration| self.cases.iter().map(of).sum();
        let whole = Measured {
            name: "all".to_owned(),
            bytes: self.cases.iter().map(|case| case.bytes).sum(),
            lines: self.cases.iter().map(|case| case.lines).sum(),
            generate: Cost {
                time: sum(|case| case.generate.time),
                peak: 0,
            },
            parts: Cost {
                time: sum(|case| case.parts.time),
                peak: 0,
            },
            trees: sum(|case| case.trees),
            formatting: sum(|case| case.formatting),
        };
        row(&mut out, "**all cases**", &whole);
        let mut by_ratio: Vec<&Measured> = self.cases.iter().collect();
        by_ratio.sort_by(|a, b| b.ratio().total_cmp(&a.ratio()));
        if let Some(median) = by_ratio.get(by_ratio.len() / 2) {
            row(&mut out, &format!("median: `{}`", median.name), median);
        }
        for case in by_ratio.iter().take(10) {
            row(&mut out, &format!("worst: `{}`", case.name), case);
        }
        let mut by_size = by_ratio;
        by_size.sort_by_key(|case| std::cmp::Reverse(case.generate.time));
        for case in by_size.iter().take(10) {
            row(&mut out, &format!("longest: `{}`", case.name), case);
        }
        out.push_str("\nA WSDL made by code, in four sizes:\n\n| operations | KB read ");
        out.push_str(HEAD);
        for growth in &self.growth {
            let name = format!("{} ({}×)", growth.operations, growth.size);
            row(&mut out, &name, &growth.measured);
        }
        out.push_str("\n![Growth](benchmarks-generator.svg)\n\nThe aims:\n\n");
        out.push_str("| | at most | now | |\n|---|---:|---:|---|\n");
        let mut aim = |what: &str, most: String, now: String, reached: bool| {
            let reached = if reached {
                "reached"
            } else {
                "**not reached**"
            };
            let _ = writeln!(out, "| {what} | {most} | {now} | {reached} |");
        };
        aim(
            "generate, against trees and formatting alone, all cases",
            format!("{BAR}×"),
            format!("{:.2}×", whole.ratio()),
            whole.ratio() <= BAR,
        );
        aim(
            "the same, against the parts when they are warm",
            format!("{BAR}×"),
            format!("{:.2}×", whole.warm_ratio()),
            whole.warm_ratio() <= BAR,
        );
        if let (Some(first), Some(last)) = (self.growth.first(), self.growth.last()) {
            let per_byte = |growth: &Growth| {
                growth.measured.generate.time.as_secs_f64() / growth.measured.bytes as f64
            };
            let grown = per_byte(last) / per_byte(first);
            aim(
                &format!("time a byte, {}× against {}×", last.size, first.size),
                "1.1×".to_owned(),
                format!("{grown:.2}×"),
                grown <= 1.1,
            );
        }
        let (name, seconds, memory) = LARGE;
        if let Some(large) = self.cases.iter().find(|case| case.name == name) {
            let took = large.generate.time.as_secs_f64();
            aim(
                &format!("generate `{name}`"),
                format!("{seconds} s, {} MiB", memory >> 10),
                format!("{took:.2} s, {} MiB", large.generate.peak >> 10),
                took <= seconds && large.generate.peak <= memory,
            );
        }
        out
    }

    /// Time over size, with the straight line through the smallest.
    pub(super) fn plot(&self) -> String {
        let most_bytes = self.growth.iter().map(|it| it.measured.bytes).max();
        let most_bytes = most_bytes.unwrap_or(1) as f64;
        let time = |growth: &Growth| growth.measured.generate.time.as_secs_f64() * 1e3;
        let most_time = self.growth.iter().map(time).fold(1.0, f64::max) * 1.1;
        let x = |bytes: f64| LEFT + bytes / most_bytes * (WIDTH - LEFT - 120.0);
        let y = |time: f64| BOTTOM - time / most_time * (BOTTOM - 30.0);
        let mut body = format!(
            "<line x1=\"{LEFT}\" y1=\"{BOTTOM}\" x2=\"{:.0}\" y2=\"{BOTTOM}\" stroke=\"#475569\"/>\
             <line x1=\"{LEFT}\" y1=\"{BOTTOM}\" x2=\"{LEFT}\" y2=\"30\" stroke=\"#475569\"/>\n",
            WIDTH - 100.0
        );
        if let Some(first) = self.growth.first() {
            let slope = time(first) / first.measured.bytes as f64;
            let _ = writeln!(
                body,
                "<line x1=\"{LEFT}\" y1=\"{BOTTOM}\" x2=\"{:.1}\" y2=\"{:.1}\" stroke=\"#94a3b8\" \
                 stroke-dasharray=\"5 4\"/>",
                x(most_bytes),
                y(slope * most_bytes)
            );
        }
        let parts = |growth: &Growth| growth.measured.parts.time.as_secs_f64() * 1e3;
        for (name, colour, is_whole) in [
            ("castile generate", "#c2410c", true),
            ("trees and formatting alone", "#64748b", false),
        ] {
            let mut last = 0.0;
            for growth in &self.growth {
                last = if is_whole {
                    time(growth)
                } else {
                    parts(growth)
                };
                let (x, y) = (x(growth.measured.bytes as f64), y(last));
                let _ = writeln!(
                    body,
                    "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"4\" fill=\"{colour}\"/>\
                     <text x=\"{:.1}\" y=\"{:.1}\">{last:.0} ms</text>",
                    x + 7.0,
                    y + 12.0
                );
            }
            let _ = writeln!(
                body,
                "<text x=\"{:.1}\" y=\"{:.1}\" fill=\"{colour}\" text-anchor=\"end\">{name}</text>",
                x(most_bytes) - 8.0,
                y(last) - 6.0
            );
        }
        for growth in &self.growth {
            let _ = writeln!(
                body,
                "<text x=\"{:.1}\" y=\"{:.0}\" text-anchor=\"middle\">{}× ({} KB)</text>",
                x(growth.measured.bytes as f64),
                BOTTOM + 18.0,
                growth.size,
                growth.measured.bytes / 1000
            );
        }
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH:.0}\" height=\"{HEIGHT:.0}\" \
             font-family=\"sans-serif\" font-size=\"11\">\n\
             <rect width=\"100%\" height=\"100%\" fill=\"white\"/>\n{body}</svg>\n"
        )
    }
}

fn row(out: &mut String, name: &str, measured: &Measured) {
    let _ = writeln!(
        out,
        "| {name} | {} | {} | {} | {} | {:.2}× | {} | {} |",
        measured.bytes / 1000,
        measured.lines,
        milliseconds(measured.generate.time),
        milliseconds(measured.parts.time),
        measured.ratio(),
        milliseconds(measured.trees),
        milliseconds(measured.formatting),
    );
}

fn milliseconds(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1e3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measured(name: &str, bytes: usize, generate: u64, peak: u64) -> Measured {
        Measured {
            name: name.to_owned(),
            bytes,
            lines: 10,
            generate: Cost {
                time: Duration::from_millis(generate),
                peak,
            },
            parts: Cost {
                time: Duration::from_millis(100),
                peak: 1,
            },
            trees: Duration::from_millis(10),
            formatting: Duration::from_millis(40),
        }
    }

    #[test]
    fn the_aims_are_held_against_the_sum_and_the_large_case() {
        let growth = [(1, 100), (8, 1200)].map(|(size, time)| Growth {
            size,
            operations: 80 * size,
            measured: measured("size", 1000 * size, time, 1),
        });
        let report = Report {
            cases: vec![
                measured("a/small", 1000, 120, 9 << 10),
                measured("wsdl-real/vboxweb", 3000, 160, 301 << 10),
            ],
            growth: growth.into(),
            start: Cost::default(),
        };
        let text = report.text();
        for line in [
            "| **all cases** | 4 | 20 | 280.0 | 200.0 | 1.40× | 20.0 | 80.0 |",
            "| worst: `wsdl-real/vboxweb` | 3 | 10 | 160.0 | 100.0 | 1.60× | 10.0 | 40.0 |",
            "alone, all cases | 1.5× | 1.40× | reached |",
            "when they are warm | 1.5× | 2.80× | **not reached** |",
            "| time a byte, 8× against 1× | 1.1× | 1.50× | **not reached** |",
            "| generate `wsdl-real/vboxweb` | 1.5 s, 300 MiB | 0.16 s, 301 MiB | **not reached** |",
        ] {
            assert!(text.contains(line), "{line}\nis not in\n{text}");
        }
        let plot = report.plot();
        assert!(plot.contains(">8× (8 KB)</text>") && plot.contains(">1200 ms</text>"));
    }
}

//! What a process takes: CPU time of all its threads, user's and system's, and memory at its peak.
//!
//! Linux only: both are read from `/proc`.

use std::fs;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

/// How often a process is looked at.
const INTERVAL: Duration = Duration::from_millis(1);

/// The unit of times in `/proc/PID/stat`, on every Linux.
const TICKS_A_SECOND: u32 = 100;

/// What a process took.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Cost {
    /// CPU time.
    pub(crate) time: Duration,
    /// The most memory at once, in KiB.
    pub(crate) peak: u64,
}

impl Cost {
    /// The better of both, for time and memory apart.
    pub(crate) fn min(self, other: Self) -> Self {
        Self {
            time: self.time.min(other.time),
            peak: self.peak.min(other.peak),
        }
    }
}

/// Runs a program of one thread to its end, without its output, and says what it took from its start
/// on, to the microsecond.
pub(crate) fn of_one_thread(command: &mut Command) -> Result<Cost, String> {
    let program = command.get_program().display().to_string();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| format!("cannot run {program}: {error}"))?;
    let place = format!("/proc/{}", child.id());
    let mut peak = 0;
    // What has ended and is not waited for still has its times.
    loop {
        let status = fs::read_to_string(format!("{place}/status")).unwrap_or_default();
        peak = peak_of(&status).unwrap_or(peak);
        let state = status.lines().find_map(|line| line.strip_prefix("State:"));
        if state.is_none_or(|state| state.trim().starts_with('Z')) {
            break;
        }
        thread::sleep(INTERVAL);
    }
    let times = fs::read_to_string(format!("{place}/schedstat"));
    let status = child.wait().map_err(|error| error.to_string())?;
    if !status.success() {
        return Err(format!("{program} ended with {status}"));
    }
    let time = times.ok().and_then(|times| {
        let nanoseconds = times.split_whitespace().next()?.parse().ok()?;
        Some(Duration::from_nanos(nanoseconds))
    });
    let time = time.ok_or("the system does not say what a process took")?;
    Ok(Cost { time, peak })
}

/// What a process took so far, to the hundredth of a second.
pub(crate) fn so_far(id: u32) -> Option<Cost> {
    let stat = fs::read_to_string(format!("/proc/{id}/stat")).ok()?;
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    read(&stat, &status)
}

fn read(stat: &str, status: &str) -> Option<Cost> {
    // The name before may hold anything; utime and stime are the 14th and 15th field.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<u32>().ok();
    Some(Cost {
        time: Duration::from_secs(1) * (ticks(11)? + ticks(12)?) / TICKS_A_SECOND,
        peak: peak_of(status)?,
    })
}

fn peak_of(status: &str) -> Option<u64> {
    let peak = { status.lines() }.find_map(|line| line.strip_prefix("VmHWM:"))?;
    peak.trim().strip_suffix("kB")?.trim().parse().ok()
}

/// `11.9 s, 998 MiB`.
impl std::fmt::Display for Cost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let seconds = self.time.as_secs_f64();
        write!(f, "{seconds:.1} s, {} MiB", self.peak >> 10)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_kernel_says_time_and_memory() {
        let stat = "7 (a ) b) R 1 7 7 0 -1 4194304 1 0 0 0 1190 73 0 0 20 0 1 0 5 6";
        let cost = read(stat, "Name:\trustc\nVmHWM:\t 1022976 kB\n").unwrap();
        let expected = Cost {
            time: Duration::from_millis(12_630),
            peak: 1_022_976,
        };
        assert_eq!(cost, expected);
        assert_eq!(expected.to_string(), "12.6 s, 999 MiB");
        assert_eq!(read("7 (rustc) R 1", "VmHWM: 1 kB"), None);
    }

    #[test]
    fn a_process_that_does_nothing_takes_little() {
        let cost = of_one_thread(&mut Command::new("true")).unwrap();
        assert!(cost.time > Duration::ZERO && cost.time < Duration::from_secs(1));
        let failed = of_one_thread(&mut Command::new("false")).unwrap_err();
        assert!(failed.starts_with("false ended with "), "{failed}");
    }
}

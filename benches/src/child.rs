//! Other programs, run and watched.

use crate::Failure;
use crate::clock::Lap;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

/// How often the memory of a child is looked at. The system keeps the most that it ever had, so
/// only what is taken in the last moment can be missed.
const EVERY: Duration = Duration::from_millis(10);

/// What a program took.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Taken {
    pub(crate) seconds: f64,
    /// The most memory that it had at once, in bytes; none where the system does not tell.
    pub(crate) memory: Option<u64>,
}

/// Runs a program to its end. What it says on stdout is not of interest; an end that is not good
/// is an error.
pub(crate) fn run(command: &mut Command) -> Result<Taken, Failure> {
    let name = command.get_program().to_string_lossy().into_owned();
    let lap = Lap::begin();
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .spawn()
        .map_err(|error| format!("{name}: cannot be run: {error}"))?;
    let status = PathBuf::from(format!("/proc/{}/status", child.id()));
    let mut memory = None;
    let ended = loop {
        memory = most_memory(&status).or(memory);
        if let Some(ended) = child.try_wait()? {
            break ended;
        }
        std::thread::sleep(EVERY);
    };
    let seconds = lap.seconds();
    if !ended.success() {
        return Err(format!("{name}: {ended}").into());
    }
    Ok(Taken { seconds, memory })
}

/// The most memory that a process had at once.
fn most_memory(status: &Path) -> Option<u64> {
    most_memory_in(&std::fs::read_to_string(status).ok()?)
}

fn most_memory_in(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    kib.checked_mul(1024)
}

/// A folder that is taken away in the end, or one that was given and stays.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    stays: bool,
}

impl Folder {
    /// The folder that was given, or one of this process.
    pub(crate) fn new(given: Option<&Path>, called: &str) -> Result<Self, Failure> {
        let own = || std::env::temp_dir().join(format!("arrears-{called}-{}", std::process::id()));
        let path = given.map_or_else(own, Path::to_owned);
        std::fs::create_dir_all(&path).map_err(|error| format!("{}: {error}", path.display()))?;
        Ok(Self { path, stays: given.is_some() })
    }

    /// A file in it.
    pub(crate) fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        if !self.stays {
            // What stays behind in the system's folder for such things harms nobody.
            let _ = std::fs::remove_dir_all(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{most_memory_in, run};
    use std::process::Command;

    #[test]
    fn the_most_memory_is_read_in_bytes() {
        assert_eq!(most_memory_in("VmPeak:\t  9000 kB\nVmHWM:\t    1234 kB\nVmRSS:\t 1 kB\n"), Some(1_263_616));
        assert_eq!(most_memory_in("VmPeak:\t  9000 kB\n"), None);
    }

    #[test]
    fn a_program_that_ends_badly_or_is_not_there_is_an_error() {
        assert!(run(&mut Command::new("false")).is_err());
        assert!(run(&mut Command::new("no-such-program-anywhere")).is_err());
        assert!(run(&mut Command::new("true")).is_ok());
    }
}

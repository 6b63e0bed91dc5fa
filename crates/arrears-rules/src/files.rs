//! Reads a policy's files: encoding, byte order mark, and how long they may be.

use crate::source::Script;
use arrears::Problem;
use std::borrow::Cow;
use std::path::Path;

/// Bytes of one file.
const MAX_BYTES: usize = 1024 * 1024;
/// Lines of one file, and characters of one line: as far as positions are counted.
const MAX_LINES: usize = 65_535;
/// How much of a file that is too long is kept for its message.
const KEPT: usize = 4096;

/// The policy's file cannot be read at all.
#[derive(Debug, thiserror::Error)]
#[error("cannot read `{path}`: {source}")]
pub struct ReadError {
    /// The file.
    pub path: String,
    /// What the system said.
    pub source: std::io::Error,
}

/// The bytes of a file; of a file that is too long only its beginning.
pub(crate) fn bytes(path: &Path) -> Result<Vec<u8>, ReadError> {
    use std::io::Read;
    let failed = |source| ReadError { path: path.display().to_string(), source };
    let limit = u64::try_from(MAX_BYTES + 1).unwrap_or(u64::MAX);
    let file = std::fs::File::open(path).map_err(failed)?;
    let length = file.metadata().map_or(0, |about| about.len().min(limit));
    let mut bytes = Vec::with_capacity(usize::try_from(length + 1).unwrap_or(0));
    file.take(limit).read_to_end(&mut bytes).map_err(failed)?;
    Ok(bytes)
}

/// The text of a file, and what is wrong with it as a text.
pub(crate) fn text(file: u16, name: &str, bytes: &[u8]) -> (Script, Option<Problem>) {
    if bytes.len() > MAX_BYTES {
        let beginning = String::from_utf8_lossy(bytes.get(..KEPT).unwrap_or_default());
        let script = Script::new(file, name, without_mark(&beginning));
        let problem = Problem::error("P008", "the file is longer than 1 MiB")
            .at(script.span(0, 0), "this file")
            .help("split it into modules and `import` them");
        return (script, Some(problem));
    }
    let written = String::from_utf8_lossy(bytes);
    let script = Script::new(file, name, without_mark(&written));
    let problem = match &written {
        Cow::Borrowed(text) => too_long(&script, without_mark(text)),
        Cow::Owned(_) => Some(not_utf8(&script, bytes)),
    };
    (script, problem)
}

fn without_mark(text: &str) -> &str {
    text.strip_prefix('\u{feff}').unwrap_or(text)
}

fn not_utf8(script: &Script, bytes: &[u8]) -> Problem {
    let valid = std::str::from_utf8(bytes).map_or_else(|error| error.valid_up_to(), str::len);
    let good = bytes.get(..valid).unwrap_or_default();
    let line = 1 + good.iter().filter(|byte| **byte == b'\n').count();
    let mark = if good.starts_with("\u{feff}".as_bytes()) { 3 } else { 0 };
    let at = valid.saturating_sub(mark);
    let found = bytes.get(valid).copied().unwrap_or_default();
    Problem::error("P007", "the file is not UTF-8 text")
        .at(
            script.span(at, at + '\u{fffd}'.len_utf8()),
            format!("line {line}, byte {valid} of the file: 0x{found:02X}"),
        )
        .help("save the file as UTF-8")
}

fn too_long(script: &Script, text: &str) -> Option<Problem> {
    let mut start = 0;
    for (index, line) in text.split('\n').enumerate() {
        if index >= MAX_LINES {
            let problem = Problem::error("P008", "the file has more than 65,535 lines")
                .at(script.span(start, start), "the line after the last that is read")
                .help("split it into modules and `import` them");
            return Some(problem);
        }
        if line.len() > MAX_LINES {
            let length = line.chars().count();
            if length > MAX_LINES {
                let problem = Problem::error("P009", "a line has more than 65,535 characters")
                    .at(script.span(start, start + line.len()), format!("line {} has {length} characters", index + 1))
                    .help("break the line");
                return Some(problem);
            }
        }
        start += line.len() + 1;
    }
    None
}

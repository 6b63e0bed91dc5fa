//! What `arrears fmt` says.

use super::screen;
use crate::layout::LaidFile;

/// What came of the files; those that came from stdin and those that cannot be laid out are told elsewhere.
pub(crate) fn fmt_text(files: &[LaidFile], check: bool, diff: bool) -> String {
    let mut text = String::new();
    for file in files.iter().filter(|file| file.changed()) {
        if diff {
            text.push_str(&file.changes());
        } else if check || file.passed_on().is_none() {
            let done = if check { screen::noted("would be laid out") } else { screen::good("laid out") };
            text.push_str(&format!("{}: {done}\n", file.name()));
        }
    }
    text
}

//! The report of a book, as text.

use super::screen;
use arrears_batch::measures::Report;
use std::path::PathBuf;

/// The report, and where its long table was written.
pub(crate) fn report_text(report: &Report, written: &[PathBuf]) -> String {
    let mut text = screen::printable(&report.to_string());
    if !written.is_empty() {
        text.push('\n');
    }
    for path in written {
        text.push_str(&format!("Written: {}\n", path.display()));
    }
    text
}

//! One layout for policy files.

mod changes;
mod columns;
mod file;
mod joint;
mod layout;
mod piece;
mod save;
mod spacing;

pub use changes::changes;
pub use save::replace_file;

use arrears::Problem;
use arrears_rules::read_source;

/// Problems that say where a module is, not how the text is written.
const OF_MODULES: [&str; 4] = ["P010", "P011", "P012", "P016"];

/// Lays a policy file out.
///
/// A statement stands on one line where it fits 100 columns; else its clauses stand on lines of their own,
/// set in. `=` of neighbouring thresholds and defines stand in one column. Texts, numbers, scripts and
/// comments are kept as they are, and so is the order of everything; of several blank lines one is kept.
/// Lines end with a line feed, the last one too. The policy is the same as before, and so is its hash.
///
/// # Errors
///
/// What is wrong with a text that cannot be read; it is not laid out then. Whether the modules that it
/// imports can be found does not matter.
///
/// ```
/// let written = "define late=dpd>3;\ndefine very_late   =  dpd > 90 ;";
/// let laid = "define late      = dpd > 3;\ndefine very_late = dpd > 90;\n";
/// assert_eq!(arrears_editor::format(written), Ok(laid.to_owned()));
/// assert!(arrears_editor::format("define late = dpd >").is_err());
/// ```
pub fn format(text: &str) -> Result<String, Vec<Problem>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let reading = read_source("policy", text);
    let wrong = |problem: &Problem| problem.is_error() && !OF_MODULES.contains(&problem.code);
    if reading.problems.iter().any(wrong) {
        return Err(reading.problems);
    }
    Ok(file::write(&piece::pieces(text)))
}

//! Writes to the terminal or to whatever stands in its place.
//!
//! Texts carry their colours; where the stream is no terminal, or NO_COLOR is set, they
//! are taken away on the way out.

use crate::failure::Failure;
use arrears_batch::{Progress, Step};
use arrears_workbench::portfolio::PassProgress;
use clap::builder::styling::{AnsiColor, Style};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde::Serialize;
use std::io::{ErrorKind, Result, Write};

/// The width of texts where there is no terminal to tell.
const WIDTH: usize = 100;
/// The widest that running text is set, however wide the terminal is.
const WIDEST: usize = 120;

/// What went wrong.
const ERROR: Style = AnsiColor::Red.on_default().bold();
/// What is worth knowing.
const NOTE: Style = AnsiColor::Yellow.on_default().bold();
/// What may be done.
const GOOD: Style = AnsiColor::Green.on_default().bold();
/// What headings look like.
const HEADING: Style = Style::new().bold();

/// Columns of the terminal; none where the result goes elsewhere.
pub(crate) fn terminal_width() -> Option<usize> {
    comfy_table::Table::new().width().map(usize::from)
}

/// Columns of running text.
pub(crate) fn width() -> usize {
    terminal_width().map_or(WIDTH, |width| width.clamp(40, WIDEST))
}

/// A heading.
pub(crate) fn heading(text: &str) -> String {
    format!("{HEADING}{text}{HEADING:#}")
}

/// Text in the colour of failure.
pub(crate) fn bad(text: &str) -> String {
    format!("{ERROR}{text}{ERROR:#}")
}

/// Text in the colour of what calls for attention.
pub(crate) fn noted(text: &str) -> String {
    format!("{NOTE}{text}{NOTE:#}")
}

/// Text in the colour of what may be done.
pub(crate) fn good(text: &str) -> String {
    format!("{GOOD}{text}{GOOD:#}")
}

/// Writes a result.
pub(crate) fn out(text: &str) -> Result<()> {
    write(anstream::stdout().lock(), text)
}

/// Writes a text letter by letter, colours or not.
pub(crate) fn out_plain(text: &str) -> Result<()> {
    write(std::io::stdout().lock(), text)
}

/// Writes a result for a program.
pub(crate) fn out_json(value: &impl Serialize) -> std::result::Result<(), Failure> {
    write(std::io::stdout().lock(), &json_text(value)?)?;
    Ok(())
}

/// A result for a program, as text.
pub(crate) fn json_text(value: &impl Serialize) -> std::result::Result<String, Failure> {
    let mut text = serde_json::to_string_pretty(value)?;
    text.push('\n');
    Ok(text)
}

/// Says something that is worth knowing, beside the result.
pub(crate) fn note(text: &str) -> Result<()> {
    write(anstream::stderr().lock(), &format!("{NOTE}note:{NOTE:#} {}\n", printable(text)))
}

/// Says why there is no result.
pub(crate) fn fail(failure: &Failure, json: bool) -> std::result::Result<(), Failure> {
    let Failure { report, message, .. } = failure;
    let gap = if report.is_empty() { "" } else { "\n" };
    let message = printable(message);
    write(anstream::stderr().lock(), &format!("{report}{gap}{} {message}\n", bad("error:")))?;
    if json { out_json(&failure.to_json()) } else { Ok(()) }
}

/// A reader that has seen enough, as in `arrears ... | head`, is no failure.
fn write(mut stream: impl Write, text: &str) -> Result<()> {
    match stream.write_all(text.as_bytes()).and_then(|()| stream.flush()) {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        written => written,
    }
}

/// Text of a table or a history without letters that would steer the terminal.
pub(crate) fn printable(text: &str) -> String {
    text.chars().map(|letter| if letter.is_control() && letter != '\n' { '\u{fffd}' } else { letter }).collect()
}

/// Shows how far a run has come, on a terminal only.
pub(crate) fn progress(shown: bool) -> ProgressBar {
    let target = if shown { ProgressDrawTarget::stderr() } else { ProgressDrawTarget::hidden() };
    ProgressBar::with_draw_target(None, target)
}

/// Moves the bar on; where the number of accounts is known it shows how much time is left.
pub(crate) fn advance(bar: &ProgressBar, progress: Progress) {
    advance_as(bar, step(progress), progress);
}

/// Moves the bar on over several passes.
pub(crate) fn advance_pass(bar: &ProgressBar, progress: PassProgress) {
    let PassProgress { pass, passes, run } = progress;
    advance_as(bar, &format!("{} {pass} of {passes}", step(run)), run);
}

fn step(progress: Progress) -> &'static str {
    match progress.step {
        Step::Events => "counting events",
        Step::Numbering => "reading names",
        Step::Settling => "settling customers",
        Step::Deciding => "deciding",
    }
}

fn advance_as(bar: &ProgressBar, step: &str, progress: Progress) {
    if bar.message() != step {
        bar.set_message(step.to_owned());
        bar.set_prefix(if progress.step == Step::Events { "events" } else { "accounts" });
        bar.reset();
        begin(bar, progress.total);
    }
    bar.set_position(progress.rows);
}

/// Moves the bar on over rows that are read; where their number is known it shows how much time is left.
pub(crate) fn advance_rows(bar: &ProgressBar, rows: u64, total: Option<u64>) {
    if bar.message().is_empty() {
        bar.set_message("reading");
        bar.set_prefix("rows");
        begin(bar, total);
    }
    bar.set_position(rows);
}

fn begin(bar: &ProgressBar, total: Option<u64>) {
    match total {
        Some(total) => {
            bar.set_length(total);
            set_form(bar, "{msg:18} {bar:30} {human_pos} of {human_len} {prefix}, {per_sec:.0}, {elapsed}, {eta} left");
        }
        None => {
            bar.unset_length();
            set_form(bar, "{spinner} {msg} {human_pos} {prefix}, {elapsed}");
        }
    }
}

fn set_form(bar: &ProgressBar, form: &str) {
    if let Ok(style) = ProgressStyle::with_template(form) {
        bar.set_style(style);
    }
}

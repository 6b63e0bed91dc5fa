//! `arrears import`: a policy of another system's configuration.

use crate::exit::{self, Exit};
use crate::failure::Failure;
use crate::show::screen;
use arrears::Currency;
use arrears_workbench::overdue_config::{ConfigProblem, Imported, Note, Settings, import};
use serde_json::json;
use std::fs::File;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Makes a policy of Kill Bill's overdue configuration
///
/// The states of `overdue.xml` become stages with the same conditions, in the same order, read anew on every
/// day; what has no counterpart is listed. The policy has tests at the thresholds. Read it before use.
#[derive(clap::Args, Debug)]
#[command(after_long_help = exit::HELP)]
pub(crate) struct Args {
    /// The configuration
    #[arg(value_name = "OVERDUE.xml")]
    file: PathBuf,
    /// The currency of the accounts, by its ISO 4217 code: the file names none
    #[arg(long, value_name = "CODE")]
    currency: Currency,
    /// The time zone of the days, by its IANA name; UTC if not given
    #[arg(long, value_name = "ZONE")]
    zone: Option<String>,
    /// Writes the policy to a file, which must not exist yet
    #[arg(long, value_name = "POLICY.rhai")]
    to: Option<PathBuf>,
    /// Writes policy and notes as one JSON object
    #[arg(long)]
    pub(crate) json: bool,
}

/// Makes the policy.
pub(crate) fn carry_over(args: &Args) -> Result<Exit, Failure> {
    let name = args.file.display();
    let bytes = std::fs::read(&args.file)
        .map_err(|error| Failure::new(Exit::File, format!("cannot read `{name}`: {error}")))?;
    let text = String::from_utf8(bytes)
        .map_err(|_| Failure::new(Exit::File, format!("`{name}` is not UTF-8 text; save it as UTF-8")))?;
    let file = args.file.file_name().map_or_else(String::new, |file| file.to_string_lossy().into_owned());
    let settings = Settings { file, currency: args.currency, zone: args.zone.clone() };
    let Imported { policy, notes } = import(&text, &settings).map_err(|problems| refused(&args.file, &problems))?;
    // A policy that loads can be laid out.
    let policy = arrears_editor::format(&policy).unwrap_or(policy);
    if let Some(path) = &args.to {
        write_new(path, &policy)
            .map_err(|error| Failure::new(Exit::File, format!("{}: cannot be written: {error}", path.display())))?;
    }
    if args.json {
        screen::out_json(&json!({ "policy": policy, "notes": notes }))?;
        return Ok(Exit::Good);
    }
    match &args.to {
        Some(path) => screen::out(&format!("written: {}; read it before use\n", path.display()))?,
        None => screen::out_plain(&policy)?,
    }
    for note in &notes {
        screen::note(&told(&args.file, note))?;
    }
    Ok(Exit::Good)
}

fn told(file: &Path, note: &Note) -> String {
    format!("{}:{}:{}: {}: {}", file.display(), note.line, note.column, note.element, note.says)
}

fn refused(file: &Path, problems: &[ConfigProblem]) -> Failure {
    let lines: Vec<String> = problems.iter().map(|problem| format!("{}:{problem}", file.display())).collect();
    Failure::new(Exit::Usage, lines.join("\n")).with("problems", json!(problems))
}

/// Writes a file that does not exist yet: a policy that someone has mended is not lost.
fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    let mut file = File::create_new(path)?;
    file.write_all(text.as_bytes())?;
    file.sync_all()
}

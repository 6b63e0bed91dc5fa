//! Measures the engine on the example policy and the example accounts, and in columns on the
//! reference policy beside the same rules written by hand.
//!
//!     cargo run --release --manifest-path benches/Cargo.toml -- engine
//!     cargo run --release --manifest-path benches/Cargo.toml -- reference [ACCOUNTS]
//!     cargo run --release --manifest-path benches/Cargo.toml -- card [ACCOUNTS]
//!     cargo run --release --manifest-path benches/Cargo.toml -- events [ACCOUNTS [EVENTS]]
//!     cargo run --release --manifest-path benches/Cargo.toml -- scale
//!     cargo run --release --manifest-path benches/Cargo.toml -- permits [ACCOUNTS]
//!     cargo run --release --manifest-path benches/Cargo.toml -- portfolio
//!     cargo run --release --manifest-path benches/Cargo.toml -- python PYTHON
//!     cargo run --release --manifest-path benches/Cargo.toml -- same
//!
//! A word after `engine` takes only the measures whose names contain it, as for a profiler:
//! `-- engine load`. Times are printed and never judged; what was computed is checked.

mod book;
mod card;
mod check;
mod child;
mod clock;
mod engine;
mod events;
mod permits;
mod portfolio;
mod python;
mod reference;
mod report;
mod reviews;
mod same;
mod scale;

use std::path::Path;
use std::process::ExitCode;

/// Why nothing was measured.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let ended = match arguments.as_slice() {
        ["card", rest @ ..] => card::run(&examples, rest),
        ["engine", rest @ ..] => engine::run(&examples, rest),
        ["events", rest @ ..] => counted(&examples, rest),
        ["reference", rest @ ..] => reference::run(&examples, rest),
        ["permits", rest @ ..] => permits::run(&examples, rest),
        ["portfolio", rest @ ..] => portfolio::run(&examples, rest),
        ["python", rest @ ..] => python::run(&examples, rest),
        ["same", rest @ ..] => same::run(&examples, rest),
        ["scale", rest @ ..] => scale::run(&examples, rest),
        _ => return usage(),
    };
    match ended {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("{}: {failure}", arguments.first().unwrap_or(&""));
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: cargo run --release --manifest-path benches/Cargo.toml -- BENCH, where BENCH is one of");
    for (bench, rest) in [
        ("card", "[ACCOUNTS]"),
        ("engine", "[MEASURE]"),
        ("events", "[ACCOUNTS [EVENTS]]"),
        ("reference", reference::USAGE),
        ("scale", scale::USAGE),
        ("permits", "[ACCOUNTS]"),
        ("portfolio", portfolio::USAGE),
        ("python", python::USAGE),
        ("same", same::USAGE),
    ] {
        eprintln!("    {bench} {rest}");
    }
    ExitCode::from(2)
}

fn counted(examples: &Path, arguments: &[&str]) -> Result<(), Failure> {
    let number = |place: usize, usual: usize| arguments.get(place).map_or(Ok(usual), |text| text.parse());
    match (number(0, 1_000_000), number(1, 20_000_000), arguments.len()) {
        (Ok(accounts @ 1..), Ok(events @ 1..), 0..=2) => events::run(examples, (accounts, events)),
        _ => Err("it takes [ACCOUNTS [EVENTS]], two whole numbers from 1".into()),
    }
}

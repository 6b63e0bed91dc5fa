//! Measures the engine on the example policy and the example accounts, and in columns on the
//! reference policy beside the same rules written by hand.
//!
//!     cargo run --release --manifest-path benches/Cargo.toml -- engine
//!     cargo run --release --manifest-path benches/Cargo.toml -- reference [ACCOUNTS]
//!     cargo run --release --manifest-path benches/Cargo.toml -- events [ACCOUNTS [EVENTS]]
//!
//! A word after `engine` takes only the measures whose names contain it, as for a profiler:
//! `-- engine load`. Times are printed and never judged; what was computed is checked.

mod book;
mod check;
mod clock;
mod engine;
mod events;
mod reference;
mod report;
mod reviews;

use std::path::Path;
use std::process::ExitCode;

/// Why nothing was measured.
pub(crate) type Failure = Box<dyn std::error::Error + Send + Sync>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let wanted = match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        ["reference", rest @ ..] => return reference(rest),
        ["events", rest @ ..] => return counted(rest),
        ["engine"] => "",
        ["engine", wanted] => wanted,
        _ => {
            return usage();
        }
    };
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    match engine::measure(&examples, wanted) {
        Ok((measures, reviews)) => {
            print!("{}", report::Report(&measures));
            println!("\n{reviews}");
            println!("\nchecked: 30,000 accounts decided, 3,130 of them 60 or more days past due");
            ExitCode::SUCCESS
        }
        Err(failure) => {
            eprintln!("the answer is wrong: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn usage() -> ExitCode {
    eprintln!("usage: cargo run --release --manifest-path benches/Cargo.toml -- engine [MEASURE]");
    eprintln!("       cargo run --release --manifest-path benches/Cargo.toml -- reference [ACCOUNTS]");
    eprintln!("       cargo run --release --manifest-path benches/Cargo.toml -- events [ACCOUNTS [EVENTS]]");
    ExitCode::from(2)
}

fn reference(arguments: &[&str]) -> ExitCode {
    let accounts = match arguments {
        [] => Ok(1_000_000),
        [accounts] => accounts.parse(),
        _ => return usage(),
    };
    let Ok(accounts) = accounts else { return usage() };
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    match reference::run(&examples, accounts) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("the answer is wrong: {failure}");
            ExitCode::FAILURE
        }
    }
}

fn counted(arguments: &[&str]) -> ExitCode {
    let number = |place: usize, usual: usize| arguments.get(place).map_or(Ok(usual), |text| text.parse());
    let (Ok(accounts @ 1..), Ok(events @ 1..), 0..=2) = (number(0, 1_000_000), number(1, 20_000_000), arguments.len())
    else {
        return usage();
    };
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    match events::run(&examples, (accounts, events)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("the answer is wrong: {failure}");
            ExitCode::FAILURE
        }
    }
}

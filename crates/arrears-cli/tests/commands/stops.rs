//! A run that is told to stop by Ctrl-C, or by the system.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::support::{Desk, NO_LAW};
use std::fmt::Write as _;
use std::process::{Child, Stdio};
use std::time::Duration;

/// So many accounts that no machine decides them between two looks at the folder.
const ACCOUNTS: u32 = 120_000;

fn book(desk: &Desk) {
    let mut table = "account_id,customer_id,dpd,overdue,late_count_12m,dispute,promise_open\n".to_owned();
    for number in 0..ACCOUNTS {
        let (person, days) = (number % 80_000, number % 95);
        writeln!(table, "A{number},P{person},{days},{number}.50,1,false,false").unwrap();
    }
    desk.write("accounts.csv", &table);
}

fn start(desk: &Desk, more: &[&str]) -> Child {
    let mut command = std::process::Command::new(assert_cmd::cargo::cargo_bin!("arrears"));
    command.current_dir(desk.path("")).args(["run", "card.rhai", "--on", "accounts.csv"]).args(NO_LAW).args(more);
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap()
}

/// How many bytes stand under temporary names; none if there is no such file.
fn half_written(desk: &Desk) -> Option<u64> {
    let files = std::fs::read_dir(desk.path("")).unwrap().map(Result::unwrap);
    let parts = files.filter(|file| file.file_name().to_string_lossy().ends_with(".part"));
    parts.map(|part| part.metadata().map_or(0, |found| found.len())).max()
}

/// Starts a run over what the last one left, tells it to stop once so many bytes of results
/// are written, and checks that nothing has changed.
fn stopped(desk: &Desk, signal: &str, more: &[&str], bytes: u64) {
    let before = desk.contents();
    let mut child = start(desk, more);
    while half_written(desk).is_none_or(|written| written < bytes) {
        let ended = child.try_wait().unwrap();
        assert!(ended.is_none(), "the run ended before it could be stopped: {ended:?}");
        std::thread::sleep(Duration::from_millis(1));
    }
    let told = std::process::Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
    assert!(told.success());
    let ended = child.wait_with_output().unwrap();
    assert_eq!(ended.status.code(), Some(130), "{ended:?}");
    assert_eq!(String::from_utf8(ended.stderr).unwrap(), "error: the run was stopped, and nothing was written\n");
    assert!(desk.contents() == before, "{signal} {more:?}: {:?}", desk.contents().keys());
}

#[test]
fn ctrl_c_and_a_request_of_the_system_leave_all_as_it_was() {
    let desk = Desk::new();
    book(&desk);
    for name in ["night.csv", "night.jsonl", "night.parquet"] {
        desk.write(name, "of last night\n");
    }
    desk.write("state.csv", "account_id,decided_on,previous_stage\nA7,2026-03-30,reminder\nGone,2026-03-30,firm\n");
    let state = ["--state", "state.csv", "--state-out", "state.csv"];
    let all = [&["--out", "night.csv", "--out", "night.jsonl", "--out", "night.parquet"][..], &state].concat();
    for signal in ["-INT", "-TERM"] {
        // While names are read and people settled, and while decisions are being written.
        stopped(&desk, signal, &all, 0);
        stopped(&desk, signal, &all, 1_000_000);
        stopped(&desk, signal, &["--out", "new.jsonl", "--keep-going", "--json"], 1_000_000);
    }
}

//! A disk that fills up while results are written.

#![expect(clippy::unwrap_used, reason = "a test fails by panicking")]

use crate::support::{Answer, Desk, NO_LAW};
use assert_cmd::Command;
use std::fmt::Write as _;

const ACCOUNTS: u32 = 30_000;

/// A table of accounts of which every so many cannot be decided; zero for none.
fn book(desk: &Desk, bad: u32) {
    let mut table = "account_id,dpd,overdue,late_count_12m,dispute,promise_open\n".to_owned();
    for number in 1..=ACCOUNTS {
        let days = if bad > 0 && number % bad == 0 { "soon".to_owned() } else { (number % 95).to_string() };
        // Names that do not shrink much, so that Parquet needs room too.
        let name = u64::from(number).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        writeln!(table, "{name:016x},{days},{number}.50,1,false,false").unwrap();
    }
    desk.write("accounts.csv", &table);
}

/// A run by a shell that does something first.
fn run_after(desk: &Desk, first: &str, more: &[&str]) -> Answer {
    let mut command = Command::new("sh");
    let arrears = assert_cmd::cargo::cargo_bin!("arrears");
    command.current_dir(desk.path("")).args(["-c", &format!("{first}; exec \"$0\" \"$@\"")]);
    command.arg(arrears).args(["run", "card.rhai", "--on", "accounts.csv"]).args(NO_LAW).args(more);
    desk.answer(&mut command)
}

#[test]
fn a_result_that_finds_no_room_is_named_and_everything_is_as_it_was() {
    let desk = Desk::new();
    for (bad, results, full) in [
        (0, &["--out", "night.csv"][..], &["night.csv"][..]),
        (0, &["--out", "night.jsonl"], &["night.jsonl"]),
        (0, &["--out", "night.parquet"], &["night.parquet"]),
        (0, &["--state-out", "state.csv"], &["state.csv"]),
        (0, &["--state-out", "state.parquet"], &["state.parquet"]),
        (2, &["--errors", "aside.csv", "--keep-going"], &["aside.csv"]),
        (
            2,
            &["--out", "night.csv", "--out", "night.parquet", "--state-out", "state.csv", "--keep-going"],
            &["night.csv", "night.parquet", "state.csv", "night.errors.csv"],
        ),
    ] {
        book(&desk, bad);
        for old in [false, true] {
            if old {
                full.iter().for_each(|name| desk.write(name, "of last night\n"));
            }
            let before = desk.contents();
            // A file may have 64 blocks; who writes more is told so, as by a full disk.
            let answer = run_after(&desk, "trap '' XFSZ; ulimit -f 64", results);
            assert_eq!(answer.code, 5, "{results:?}: {}", answer.err);
            let said = |name: &&str| answer.err.starts_with(&format!("error: {name}: cannot be written: "));
            assert!(full.iter().any(said), "{results:?}: {}", answer.err);
            assert_eq!(answer.err.lines().count(), 1, "{}", answer.err);
            assert!(before == desk.contents(), "{results:?}: {:?}", desk.contents().keys());
        }
    }
    // With room enough the same commands succeed.
    assert_eq!(desk.run(&["--out", "night.parquet", "--keep-going", "--quiet"]).code, 4);
}

#[test]
#[expect(clippy::print_stderr, reason = "a test that was skipped says so")]
fn a_disk_that_is_full_keeps_what_it_had() {
    let desk = Desk::new();
    book(&desk, 0);
    std::fs::create_dir(desk.path("small")).unwrap();
    let mount = "mount -t tmpfs -o size=96k none small";
    let may = std::process::Command::new("unshare")
        .current_dir(desk.path(""))
        .args(["-rm", "sh", "-c", mount])
        .output()
        .is_ok_and(|tried| tried.status.success());
    if !may {
        eprintln!("skipped: no small disk can be made here");
        return;
    }
    for name in ["night.csv", "night.jsonl", "night.parquet"] {
        let path = format!("small/{name}");
        let first = format!("{mount} && echo 'of last night' > {path}");
        let script = format!("{first}; \"$0\" \"$@\"; code=$?; ls -A small; cat {path}; exit $code");
        let mut command = Command::new("unshare");
        command.current_dir(desk.path("")).args(["-rm", "sh", "-c", &script]);
        command.arg(assert_cmd::cargo::cargo_bin!("arrears")).args(["run", "card.rhai", "--on", "accounts.csv"]);
        let answer = desk.answer(command.args(NO_LAW).args(["--out", &path, "--state-out", "small/state.parquet"]));
        assert_eq!(answer.code, 5, "{}", answer.err);
        let full = |name: &str| answer.err.starts_with(&format!("error: {name}: cannot be written: "));
        assert!(full(&path) || full("small/state.parquet"), "{}", answer.err);
        assert!(answer.err.contains("No space left on device"), "{}", answer.err);
        assert_eq!(answer.out, format!("{name}\nof last night\n"));
    }
}

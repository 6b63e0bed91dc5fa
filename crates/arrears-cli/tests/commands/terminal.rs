//! What all commands have in common: help, colours, exit codes.

use crate::support::{Desk, NO_LAW};

#[test]
fn every_help_lists_the_exit_codes() {
    let desk = Desk::new();
    for command in [
        "check", "test", "run", "explain", "fmt", "inputs", "init", "language", "lsp", "handbook", "graph", "timeline",
        "packs", "permit",
    ] {
        let answer = desk.arrears(&[command, "--help"]);
        assert_eq!(answer.code, 0);
        assert!(answer.out.contains("4  some rows were set aside"), "{command}: {}", answer.out);
    }
    let docs = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/cli.md");
    let docs = std::fs::read_to_string(docs).unwrap();
    for code in 0..=7 {
        assert!(docs.contains(&format!("\n| {code} | `")), "docs/cli.md does not tell of exit code {code}");
    }
}

#[test]
fn a_command_that_does_not_exist_is_a_matter_of_usage() {
    let desk = Desk::new();
    assert_eq!(desk.arrears(&[]).code, 2);
    assert_eq!(desk.arrears(&["chek", "card.rhai"]).code, 2);
    assert_eq!(desk.arrears(&["--version"]).code, 0);
}

#[test]
fn colours_are_for_terminals_and_for_those_who_want_them() {
    let desk = Desk::new();
    desk.rewrite("when dispute #{", "when disput #{");
    let plain = desk.arrears(&["check", "card.rhai"]);
    assert!(!plain.out.contains('\u{1b}'));
    let forced = desk.answer(desk.command(&["check", "card.rhai"]).env("CLICOLOR_FORCE", "1"));
    assert!(forced.out.contains('\u{1b}'));
    let refused = desk.answer(desk.command(&["check", "card.rhai"]).env("NO_COLOR", "1"));
    assert_eq!(refused.out, plain.out);
}

#[test]
fn a_cell_cannot_steer_the_terminal() {
    let desk = Desk::new();
    desk.reenter("habitual,12", "\u{1b}[2Jhabitual,-12");
    let answer = desk
        .answer(desk.command(&["run", "card.rhai", "--on", "accounts.csv"]).args(NO_LAW).env("CLICOLOR_FORCE", "1"));
    assert_eq!(answer.code, 3);
    assert!(!answer.err.contains("\u{1b}[2J"), "{:?}", answer.err);
}

//! A policy as a handbook, and its ladder as a picture.

use crate::support::{Desk, NO_LAW};

const QUICK: [&str; 2] = ["--samples", "50"];

fn asked<'a>(more: &[&'a str]) -> Vec<&'a str> {
    [&["handbook", "card.rhai"], &NO_LAW[..], &QUICK, more].concat()
}

#[test]
fn a_handbook_is_markdown_unless_something_else_is_asked_for() {
    let desk = Desk::new();
    let plain = desk.arrears(&asked(&[]));
    assert_eq!((plain.code, plain.err.as_str()), (0, ""));
    assert!(plain.out.starts_with("# "), "{}", plain.out);
    assert!(plain.out.contains("none, because: a test; only the rules of the house bind"));
    assert_eq!(desk.arrears(&asked(&["--markdown"])).out, plain.out);
    let json = desk.arrears(&asked(&["--json"])).json();
    assert_eq!(json["format"], "arrears-handbook/1");
    assert_eq!(json["front"]["as_of"], "2026-03-31");
}

#[test]
fn a_page_is_written_into_a_file_but_never_over_the_policy() {
    let desk = Desk::new();
    let answer = desk.arrears(&asked(&["--html", "--out", "page.html"]));
    assert_eq!((answer.code, answer.out.as_str()), (0, ""));
    assert!(desk.read("page.html").starts_with("<!DOCTYPE html>"));
    let policy = desk.read("card.rhai");
    let over = desk.arrears(&asked(&["--out", "card.rhai"]));
    assert_eq!(over.code, 2);
    assert!(over.err.contains("was read just now"), "{}", over.err);
    assert_eq!(desk.read("card.rhai"), policy);
}

#[test]
fn an_earlier_version_shows_what_differs() {
    let desk = Desk::new();
    desk.write("old.rhai", &desk.read("card.rhai"));
    let same = desk.arrears(&asked(&["--before", "old.rhai"]));
    assert!(same.out.contains("No statement differs."));
    desk.rewrite("stage \"", "stage \"new\" when dpd >= 400;\nstage \"");
    let new = desk.arrears(&asked(&["--before", "old.rhai"]));
    assert!(new.out.contains("- [stage new](#stage-new)"), "{}", new.err);
}

#[test]
fn the_ladder_is_drawn_in_four_forms() {
    let desk = Desk::new();
    let graph = |more: &[&str]| desk.arrears(&[&["graph", "card.rhai"], more].concat());
    assert!(graph(&[]).out.starts_with("flowchart BT\n"));
    assert_eq!(graph(&["--mermaid"]).out, graph(&[]).out);
    assert!(graph(&["--dot"]).out.starts_with("digraph ladder {"));
    assert_eq!(graph(&["--json"]).json()["format"], "arrears-graph/1");
    let written = graph(&["--svg", "--out", "ladder.svg"]);
    assert_eq!((written.code, written.out.as_str()), (0, ""));
    assert!(desk.read("ladder.svg").starts_with("<svg "));
    assert_eq!(graph(&["--svg", "--dot"]).code, 2);
}

//! What `docs/permissions.md` shows is what the command says: every block of `sh` is run, and the block of
//! `text` behind it is its answer. `ARREARS_BLESS=1` writes the answers anew.

use crate::support::Desk;
use std::path::Path;

const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/permissions.md");

/// The parts of a page between its fences; every second one is a block, led by the name of its language.
fn parts(page: &str) -> Vec<&str> {
    page.split("```").collect()
}

#[test]
fn the_examples_of_the_page_of_permissions_run_and_say_what_stands_there() {
    let page = std::fs::read_to_string(Path::new(PAGE)).unwrap();
    let desk = Desk::new();
    let (mut written, mut answer, mut ran) = (Vec::new(), None, 0);
    for (index, part) in parts(&page).into_iter().enumerate() {
        let (language, text) = part.split_once('\n').unwrap_or((part, ""));
        let mut part = part.to_owned();
        match language {
            _ if index % 2 == 0 => {}
            "json" if text.contains("\"standing\"") => desk.write("case.json", text),
            "json" => desk.write("plan.json", text),
            "rhai" => desk.write("house.rhai", text),
            "sh" => {
                let words: Vec<&str> = text.split_whitespace().collect();
                assert_eq!(words[0], "arrears", "{text}");
                let said = desk.arrears(&words[1..]);
                assert!([0, 6, 7].contains(&said.code), "{text}{}", said.err);
                answer = Some(said.out);
                ran += 1;
            }
            "text" => part = format!("text\n{}", answer.take().unwrap()),
            other => panic!("a block of `{other}`"),
        }
        written.push(part);
    }
    let written = written.join("```");
    if std::env::var_os("ARREARS_BLESS").is_some() {
        std::fs::write(PAGE, &written).unwrap();
    }
    assert_eq!(ran, 5);
    assert!(
        std::fs::read_to_string(PAGE).unwrap() == written,
        "docs/permissions.md is stale: run with ARREARS_BLESS=1"
    );
}

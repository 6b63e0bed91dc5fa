//! The handbook page of problems is made from the catalogue and the golden files.

use crate::every::seen;
use crate::golden::bless;
use arrears::problem::{Entry, catalogue};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const OPENING: &str = "\
<!-- Made from the catalogue of problems and their golden files: do not edit.
     ARREARS_BLESS=1 cargo test -p arrears-rules --test problems writes it anew. -->

# What can be wrong with a policy

`arrears check` reads a policy and its modules and reports everything that is wrong with them at once, in the
order of the files: what is wrong, where, and what would mend it. A policy with an error (`×`) cannot be used.
A warning (`⚠`) says that the policy can be used but is probably not what its author meant; warnings judge the
policy as a whole, so they wait until nothing is wrong with it.

A code is stable: it keeps its meaning, and no other problem ever takes it. The wording may improve.
";

/// The chapters, by the first digit of the code.
const CHAPTERS: [(char, &str); 5] = [
    ('0', "Reading the file"),
    ('1', "Names"),
    ('2', "Kinds and units"),
    ('3', "The policy as a whole"),
    ('4', "Warnings"),
];

fn page_path() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/problems.md")
}

fn entries(chapter: char) -> impl Iterator<Item = &'static Entry> {
    catalogue().filter(move |entry| entry.code.chars().nth(1) == Some(chapter))
}

/// The first problem of this code, as its author sees it.
fn example(code: &str) -> String {
    let seen = seen(code);
    let is_code =
        |line: &str| line.len() == 4 && line.starts_with('P') && line.ends_with(|last: char| last.is_ascii_digit());
    let lines = seen.lines().skip_while(|line| *line != code).skip(1);
    let lines: Vec<&str> = lines.take_while(|line| !is_code(line)).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

fn page() -> String {
    let mut page = OPENING.to_owned();
    for (chapter, title) in CHAPTERS {
        let _ = write!(page, "\n## {title}\n\n| code | problem |\n|---|---|\n");
        for entry in entries(chapter) {
            let anchor = entry.code.to_lowercase();
            let _ = writeln!(page, "| [{}](#{anchor}) | {} |", entry.code, entry.title);
        }
        for entry in entries(chapter) {
            let (code, title, meaning) = (entry.code, entry.title, entry.meaning);
            let anchor = code.to_lowercase();
            let _ = write!(
                page,
                "\n<a id=\"{anchor}\"></a>\n### {code}: {title}\n\n{meaning}\n\n```text\n{}\n```\n",
                example(code)
            );
        }
    }
    page
}

#[test]
fn the_handbook_page_is_up_to_date() {
    if bless() {
        fs::write(page_path(), page()).unwrap();
        return;
    }
    let written = fs::read_to_string(page_path()).unwrap_or_default();
    assert!(written == page(), "docs/problems.md is stale: write it anew with ARREARS_BLESS=1");
}

#[test]
fn every_problem_has_a_chapter_and_an_example() {
    for entry in catalogue() {
        assert!(CHAPTERS.iter().any(|(chapter, _)| entries(*chapter).any(|other| other == entry)));
        assert!(example(entry.code).contains(['×', '⚠']), "{}", entry.code);
    }
}

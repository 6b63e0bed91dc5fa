//! One layout for policy files, and nothing else changed.

use crate::policies::{every, shown, text};
use crate::scattered::{scattered, scatters, soup};
use arrears::{Policy, Problem};
use arrears_editor::format;
use arrears_rules::{load_pack_source, load_source, tokens};
use arrears_testkit::generate::drafts;
use arrears_testkit::written::written;
use proptest::prelude::*;

/// What a policy or a pack is known by.
fn hash(text: &str) -> Option<String> {
    let policy = || load_source("policy", text, &[]).policy.as_ref().map(Policy::hash);
    let pack = || load_pack_source("pack", text, &[]).pack.map(|pack| pack.hash());
    policy().or_else(pack).map(|hash| hash.to_string())
}

/// The words and signs of a text.
fn words(text: &str) -> Vec<&str> {
    tokens(text).0.iter().map(|token| text.get(token.start..token.end).unwrap()).collect()
}

/// The comments of a text, line ends as they are written anew.
fn comments(text: &str) -> Vec<String> {
    tokens(text).1.iter().map(|(start, end)| text.get(*start..*end).unwrap().trim_end().replace("\r\n", "\n")).collect()
}

#[test]
fn the_example_policies_and_the_packs_are_laid_out() {
    for path in shown() {
        let written = text(&path);
        let laid = format(&written).unwrap();
        if std::env::var_os("ARREARS_BLESS").is_some() {
            std::fs::write(&path, &laid).unwrap();
        }
        assert_eq!(text(&path), laid, "{}: `arrears fmt` lays it out", path.display());
    }
}

#[test]
fn every_policy_is_the_same_when_it_is_laid_out_and_stays_so() {
    for path in every() {
        let written = text(&path);
        let once = format(&written).unwrap();
        assert_eq!(format(&once).as_ref(), Ok(&once), "{}", path.display());
        assert_eq!(words(&once), words(&written), "{}", path.display());
        assert_eq!(comments(&once), comments(&written), "{}", path.display());
        assert!(hash(&written).is_some() && hash(&once) == hash(&written), "{}", path.display());
    }
}

const UNTIDY: &str = include_str!("untidy.rhai");
const TIDY: &str = include_str!("tidy.rhai");

#[test]
fn an_untidy_policy_is_tidied() {
    let laid = format(UNTIDY).unwrap();
    if std::env::var_os("ARREARS_BLESS").is_some() {
        std::fs::write(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/all/tidy.rhai"), &laid).unwrap();
    }
    assert_eq!(laid, TIDY);
    assert_eq!(format(TIDY).unwrap(), TIDY);
    assert_eq!(comments(TIDY), comments(UNTIDY));
    let problems = load_source("policy", UNTIDY, &[]).problems;
    assert!(!problems.iter().any(Problem::is_error), "{problems:#?}");
    assert_eq!(hash(TIDY), hash(UNTIDY));
}

#[test]
fn lines_of_other_systems_end_with_a_line_feed() {
    let written =
        "// a\r\n\r\n\r\n\r\ndefine late = dpd > 3; // b\r\n/* c\r\n   d */\r\ndefine x = dpd\r\n> 9;\r\n\r\n";
    let laid = "// a\n\ndefine late = dpd > 3; // b\n/* c\n   d */\ndefine x = dpd > 9;\n";
    assert_eq!(format(written).unwrap(), laid);
    assert_eq!(format("").unwrap(), "");
    assert_eq!(format("\u{feff}define a = dpd > 1;").unwrap(), "define a = dpd > 1;\n");
}

#[test]
fn a_policy_that_cannot_be_read_is_not_touched() {
    let problems = format("stage \"late\" wen dpd > 30;").unwrap_err();
    assert_eq!(problems.first().map(|problem| problem.code), Some("P001"));
    assert!(format("import \"words\" as w;\ndefine a = w::late;").is_ok());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]

    #[test]
    fn a_policy_is_laid_out_however_it_was_scattered(draft in drafts(true), scatter in scatters()) {
        let text = scattered(&written(&draft.0), &scatter);
        let once = format(&text).unwrap();
        prop_assert_eq!(words(&once), words(&text));
        prop_assert_eq!(comments(&once), comments(&text));
        prop_assert_eq!(format(&once).unwrap(), once.clone());
        prop_assert_eq!(hash(&once), hash(&text));
        prop_assert!(once.lines().all(|line| line.trim_end() == line || line.contains("*")));
    }

    #[test]
    fn an_example_is_laid_out_however_it_was_scattered(at in any::<prop::sample::Index>(), scatter in scatters()) {
        let files = shown();
        let whole = text(&files[at.index(files.len())]);
        let text = scattered(&whole, &scatter);
        let once = format(&text).unwrap();
        prop_assert_eq!(words(&once), words(&whole));
        prop_assert_eq!(comments(&once), comments(&text));
        prop_assert_eq!(format(&once).unwrap(), once);
    }

    #[test]
    fn nothing_that_is_written_makes_it_fall(text in soup()) {
        if let Ok(once) = format(&text) {
            prop_assert_eq!(format(&once).unwrap(), once);
        }
    }
}

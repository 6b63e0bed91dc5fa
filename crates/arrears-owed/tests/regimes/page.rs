//! The page that lists every regime.

use arrears_owed::regime::shipped_regimes;
use arrears_owed::{Regime, Regimes};
use std::path::Path;

/// The shipped regimes as the page shows them: a table of rules for each, and its numbers.
fn written() -> String {
    let mut page = String::new();
    for (file, text) in shipped_regimes() {
        let regime = Regime::from_json(text).unwrap();
        let day =
            |word: &str, day: Option<chrono::NaiveDate>| day.map(|day| format!(", {word} {day}")).unwrap_or_default();
        page += &format!("\n### `{}`: {}\n\n", regime.name(), regime.title());
        page += &format!(
            "`{}`{}{}. Mechanism `{}`, file `{file}.json`. Source: {}.\n\n",
            regime.jurisdiction(),
            day("from", regime.from()),
            day("to", regime.to()),
            regime.mechanism(),
            regime.source()
        );
        page += "| rule | says | stands in | basis, certainty | status | not covered |\n|---|---|---|---|---|---|\n";
        for rule in regime.rules() {
            page += &format!(
                "| `{}` | {} | {} | {}, {} | {} | {} |\n",
                rule.id,
                rule.says,
                rule.cites,
                rule.basis.word(),
                rule.certainty.word(),
                rule.status.word(),
                rule.not_covered
            );
        }
        let document: serde_json::Value = serde_json::from_str(text).unwrap();
        page += &format!("\n```json\n{}\n```\n", document[regime.mechanism()]);
    }
    page
}

#[test]
fn the_page_lists_every_rule_of_every_regime() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/regimes.md");
    let text = std::fs::read_to_string(&path).unwrap();
    let begins = "<!-- regimes: written by ARREARS_BLESS=1 cargo test -p arrears-owed --test regimes -->\n";
    let (before, rest) = text.split_once(begins).unwrap();
    let (_, after) = rest.split_once("\n<!-- end of regimes -->").unwrap();
    let written = format!("{before}{begins}{}\n<!-- end of regimes -->{after}", written());
    for rule in Regimes::shipped().unverified() {
        assert!(written.contains(&format!("`{rule}`")), "{rule}");
    }
    if std::env::var_os("ARREARS_BLESS").is_some() {
        std::fs::write(&path, written).unwrap();
    } else {
        assert!(text == written, "docs/regimes.md is not what the regimes say: bless it");
    }
}

/// The fields of a mechanism that the page lists, in its order.
fn listed(page: &str, mechanism: &str) -> Vec<String> {
    let (_, table) = page.split_once("## What each mechanism is asked").unwrap();
    let (table, _) = table.split_once("\n### ").unwrap();
    let mut of = String::new();
    let mut fields = Vec::new();
    for row in table.lines().filter(|line| line.starts_with("| ")) {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        if !cells[1].is_empty() {
            of = cells[1].trim_matches('`').to_owned();
        }
        if of == mechanism {
            fields.extend(cells[2].split(", ").map(|field| field.trim_matches('`').to_owned()));
        }
    }
    fields.sort();
    fields
}

#[test]
fn the_page_lists_every_field_that_each_mechanism_reads_and_no_other() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/regimes.md");
    let page = std::fs::read_to_string(path).unwrap();
    let regimes = Regimes::shipped().with_unverified();
    let mut mechanisms = std::collections::BTreeSet::new();
    for regime in regimes.all() {
        // What nobody knows is refused with a list of what is known.
        let faults = regimes.answer(regime.name(), r#"{ "no field": 1 }"#).unwrap_err();
        let unknown = faults.iter().find(|fault| fault.path == "no field").unwrap();
        let (_, known) = unknown.message.split_once("expected one of ").unwrap();
        let mut known: Vec<&str> = known.split(", ").collect();
        known.sort_unstable();
        assert_eq!(listed(&page, regime.mechanism()), known, "{}", regime.name());
        mechanisms.insert(regime.mechanism());
    }
    assert_eq!(mechanisms.len(), 10, "{mechanisms:?}");
}

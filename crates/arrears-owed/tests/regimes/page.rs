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

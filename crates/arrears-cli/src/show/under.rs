//! Under which law something is said, and which rules stand against it.

use super::prose::{named, paragraph};
use super::screen;
use arrears::guardrail::{Answer, Decisive, Standing};
use arrears::{Law, Pack};
use chrono::{DateTime, FixedOffset, NaiveDate};

/// The packs that bind a person on a day.
pub(crate) fn binding<'l>(law: &'l Law, standing: &'l Standing, day: NaiveDate) -> Vec<&'l Pack> {
    if standing.jurisdiction.is_empty() {
        return Vec::new();
    }
    law.in_force(&standing.jurisdiction, day).collect()
}

/// The packs that bind, and which rules are enabled and which not.
pub(crate) fn under_text(law: &Law, packs: &[&Pack]) -> String {
    let shown: Vec<String> = packs.iter().map(|pack| format!("{} {}", pack.head().name, pack.head().version)).collect();
    let shown = if shown.is_empty() { "no pack of law".to_owned() } else { shown.join(", ") };
    let mut text = named(2, "under", &shown);
    let enabled: Vec<&str> = law.enabled().collect();
    text.push_str(&named(2, "enabled", &some(&enabled)));
    let idle = law.not_enabled(packs.iter().copied());
    let idle: Vec<&str> = idle.iter().map(|citation| citation.rule.as_str()).collect();
    text.push_str(&named(2, "not enabled", &some(&idle)));
    text
}

/// A rule that stands against a contact, behind so many columns, with the debts where there are several.
pub(crate) fn rule_text(indent: usize, rule: &Decisive, debts: bool) -> String {
    let word = if rule.answer == Answer::Block { screen::bad("blocks") } else { screen::noted("needs a look") };
    let name = screen::heading(&screen::printable(&rule.rule));
    let before = " ".repeat(indent);
    let mut text = format!("{before}{name}  {word}  ({}, {})\n", rule.strength.word(), screen::printable(&rule.pack));
    let indent = indent + 2;
    text.push_str(&paragraph(indent, &rule.says));
    text.push_str(&paragraph(indent, &rule.cites));
    if debts {
        text.push_str(&named(indent, "for", &rule.debts.join(", ")));
    }
    text.push_str(&named(indent, "not known", &rule.missing.join(", ")));
    text
}

/// The answer in its colour.
pub(crate) fn answered(answer: Answer) -> String {
    match answer {
        Answer::Allow => screen::good("allow"),
        Answer::Review => screen::noted("review"),
        Answer::Block => screen::bad("block"),
    }
}

/// The person's first zone.
pub(crate) fn zone(standing: &Standing) -> Option<chrono_tz::Tz> {
    standing.zones.first().and_then(|zone| zone.parse().ok())
}

/// A moment by the clock of the person's first zone.
pub(crate) fn clock(standing: &Standing, at: DateTime<FixedOffset>) -> String {
    match zone(standing) {
        Some(zone) => at.with_timezone(&zone).format("%a %Y-%m-%d %H:%M").to_string(),
        None => at.format("%a %Y-%m-%d %H:%M %:z").to_string(),
    }
}

/// The first few rules, and how many more there are.
fn some(rules: &[&str]) -> String {
    let shown = rules.get(..6).unwrap_or(rules).join(", ");
    match rules.len().saturating_sub(6) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

//! Regulatory regimes: what is shipped, by jurisdiction.

use super::packs::{standing, term};
use super::prose::{named, paragraph, title};
use super::{plural, screen};
use arrears::policy::pack::Status;
use arrears_owed::{Regime, Rule};
use chrono::NaiveDate;
use serde_json::{Value, json};

/// Regimes with their rules, by jurisdiction; as of a day, where one is given. `whole`: with what they do not cover.
pub(crate) fn regimes_text(regimes: &[&Regime], on: Option<NaiveDate>, whole: bool) -> String {
    let mut text = String::new();
    let mut before = "";
    for regime in regimes {
        let country = regime.jurisdiction().split('-').next().unwrap_or_default();
        if country != before {
            text.push_str(&title(&screen::printable(country)));
            before = country;
        }
        text.push_str(&format!("\n{}", head(regime, on)));
        for rule in regime.rules() {
            text.push_str(&of_rule(rule, whole));
        }
    }
    let rules = || regimes.iter().flat_map(|regime| regime.rules());
    let idle = rules().filter(|rule| rule.status != Status::InForce).count();
    let (count, of) = (plural(rules().count(), "rule", "rules"), plural(regimes.len(), "regime", "regimes"));
    text.push_str(&format!("\n{count} in {of}"));
    if idle > 0 {
        text.push_str(&format!("; not verified, and refused until a host enables them by name: {idle}"));
    }
    text.push('\n');
    text.trim_start().to_owned()
}

fn head(regime: &Regime, on: Option<NaiveDate>) -> String {
    let name = screen::heading(&screen::printable(regime.name()));
    let mut said = vec![format!("law of {}", regime.jurisdiction())];
    if regime.jurisdiction() == "INT" {
        said = vec!["a standard of many countries".to_owned()];
    }
    said.extend(term(regime.from(), regime.to()));
    said.extend(on.map(|on| {
        match (regime.in_force(on), regime.from().or(regime.to())) {
            // Nothing says from when on: what is not known is not said to be in force.
            (true, None) => format!("nothing is said of its days, so whether it is in force on {on} is not known"),
            (true, Some(_)) => format!("in force on {on}"),
            (false, _) => format!("not in force on {on}"),
        }
    }));
    said.push(format!("mechanism {}", regime.mechanism()));
    let mut text = format!("  {name}  {}\n", screen::printable(regime.title()));
    text.push_str(&paragraph(4, &said.join("; ")));
    text.push_str(&paragraph(4, regime.source()));
    text
}

fn of_rule(rule: &Rule, whole: bool) -> String {
    let id = screen::heading(&screen::printable(&rule.id));
    let known = format!("{}, certainty {}", rule.basis.word(), rule.certainty.word());
    let mut text = format!("    {id}  {}  {known}\n", standing(rule.status));
    text.push_str(&paragraph(6, &rule.says));
    text.push_str(&paragraph(6, &rule.cites));
    if whole {
        text.push_str(&named(6, "not covered", &rule.not_covered));
    }
    text
}

/// Regimes for programs; as of a day, where one is given.
pub(crate) fn regimes_json(regimes: &[&Regime], on: Option<NaiveDate>) -> Value {
    let rule = |rule: &Rule| {
        json!({
            "rule": rule.id, "says": rule.says, "cites": rule.cites, "basis": rule.basis.word(),
            "certainty": rule.certainty.word(), "status": rule.status.word(), "not_covered": rule.not_covered,
        })
    };
    let regime = |regime: &&Regime| {
        json!({
            "name": regime.name(), "title": regime.title(), "jurisdiction": regime.jurisdiction(),
            "from": regime.from(), "to": regime.to(), "in_force": on.map(|on| regime.in_force(on)),
            "source": regime.source(), "mechanism": regime.mechanism(),
            "rules": regime.rules().iter().map(rule).collect::<Vec<_>>(),
        })
    };
    json!({ "on": on, "regimes": regimes.iter().map(regime).collect::<Vec<_>>() })
}

//! The analysis is judged by policies that were written without knowledge of it: every planted fault is found at its
//! statement, with an account that shows it, and nothing is found of the clean ones.

use crate::{Clean, Finding, Statement, loaded, policies, rows};
use arrears::policy::Need;
use arrears::trial::quiet_account;
use arrears::{Law, Policy};
use arrears_batch::Origin;
use arrears_rules::load_source;
use arrears_workbench::analysis::{Analysis, Kind, Options, Severity, StatementAt, analyse, otherwise_share};
use arrears_workbench::{Book, Rules};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

fn analysed(name: &str, text: &str) -> Analysis {
    analyse(&loaded(name, text, &BTreeMap::new()), &Options::default()).unwrap()
}

fn is(at: &StatementAt, statement: &Statement) -> bool {
    at.statement == statement.statement && at.name == statement.name
}

/// Whether a finding is the one that is expected. Of two statements either may be the one that is pointed to. A
/// treatment that never has its turn may be told by its own condition or by its stages.
fn found(analysis: &Analysis, expected: &Finding) -> bool {
    let dead = ["never_fires", "unreachable_treatment"];
    let alike = |kind: &str| {
        kind == expected.kind
            || expected.at.statement == "treatment" && dead.contains(&kind) && dead.contains(&expected.kind.as_str())
    };
    analysis.findings.iter().filter(|finding| alike(finding.kind.word())).any(|finding| {
        let all = || std::iter::once(&finding.at).chain(&finding.others);
        is(&finding.at, &expected.at) || expected.other.is_some() && all().any(|at| is(at, &expected.at))
    })
}

#[test]
fn every_planted_fault_is_found_at_its_statement() {
    let expected: Vec<Finding> = rows("faulty/expected.json");
    let mut missed = Vec::new();
    for (name, text) in policies("faulty") {
        let of_this = || expected.iter().filter(|one| one.policy == name);
        let mut analysis = analysed(&name, &text);
        for one in of_this().filter(|one| one.kind == "otherwise_share") {
            count_in_a_book(&mut analysis, &name, &text, one.shown_by.as_ref().unwrap());
        }
        for one in of_this().filter(|one| !found(&analysis, one)) {
            missed.push(format!("{name}: {} {} `{}`: {}", one.kind, one.at.statement, one.at.name, one.why));
        }
        for finding in &analysis.findings {
            assert!(finding.account.is_some() || finding.proved.is_some(), "{name}: {finding:?}");
        }
    }
    assert!(missed.is_empty(), "{}", missed.join("\n"));
}

/// Counts the last type in a table of ordinary late accounts, with the one by which the fault is shown among them.
fn count_in_a_book(analysis: &mut Analysis, name: &str, text: &str, shown: &Map<String, Value>) {
    let loaded = load_source(name, text, &[]);
    let (policy, folder) = (loaded.policy.unwrap(), tempfile::tempdir().unwrap());
    let book =
        [3, 8, 25, 40, 62, 75, 100, 150, 400, 700].map(|dpd| late(dpd, shown)).into_iter().chain([shown.clone()]);
    let table = Origin::from(written(&policy, book.collect(), folder.path()));
    let options = arrears_batch::Options::new("2026-03-31".parse().unwrap(), Law::none("a test").unwrap());
    let (rules, book) =
        (Rules { policy: &policy, scripts: &loaded.scripts }, Book { table: &table, options: &options });
    let share = otherwise_share(rules, book, &mut |_| true).unwrap();
    assert_eq!((share.rows, share.errors), (11, 0), "{name}: {:?}", share.first_errors);
    analysis.add_share(&policy, share);
}

/// An account that is late by some days, of the product of another.
fn late(dpd: i64, like: &Map<String, Value>) -> Map<String, Value> {
    let mut facts: Map<String, Value> = like.iter().filter(|(fact, _)| *fact == "product").map(of_own).collect();
    facts.insert("dpd".to_owned(), dpd.into());
    facts.insert("overdue".to_owned(), "120.00".into());
    facts
}

fn of_own((fact, value): (&String, &Value)) -> (String, Value) {
    (fact.clone(), value.clone())
}

/// A table of accounts that differ from the quiet one in the facts that are given.
fn written(policy: &Policy, accounts: Vec<Map<String, Value>>, folder: &Path) -> PathBuf {
    let quiet = quiet_account(policy);
    let columns: Vec<(&str, String)> = policy
        .fact_ids()
        .zip(policy.inputs())
        .filter(|(_, input)| matches!(input.need, Need::Required | Need::Assumed(_) | Need::Optional(_)))
        .map(|(id, input)| {
            let shown = policy.show_cell(id, quiet[id.index()]);
            let plain = if shown == "not known" { "" } else { shown.split(' ').next().unwrap_or_default() };
            (input.name.as_str(), plain.to_owned())
        })
        .collect();
    let header = columns.iter().map(|(name, _)| *name).collect::<Vec<_>>().join(",");
    let mut text = format!("account_id,{header}\n");
    for (number, account) in accounts.iter().enumerate() {
        let cell = |(name, quiet): &(&str, String)| match account.get(*name) {
            Some(Value::String(text)) => text.clone(),
            Some(other) => other.to_string(),
            None => quiet.clone(),
        };
        let cells = columns.iter().map(cell).collect::<Vec<_>>().join(",");
        text.push_str(&format!("{number},{cells}\n"));
    }
    let path = folder.join("book.csv");
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn a_book_whose_accounts_are_told_apart_is_not_left_to_the_last_type() {
    let name = "a_step_on_the_way";
    let text = &policies("clean")[name];
    let mut analysis = analysed(name, text);
    count_in_a_book(&mut analysis, name, text, &Map::new());
    assert!(analysis.findings.iter().all(|it| it.kind != Kind::OtherwiseShare));
    let share = analysis.otherwise.unwrap();
    assert_eq!(share.late.unwrap().per_mille(), Some(0));
}

#[test]
fn nothing_is_found_of_clean_policies_but_what_overlaps() {
    let clean: Vec<Clean> = rows("clean/clean.json");
    let texts = policies("clean");
    let mut alarms = Vec::new();
    for policy in &clean {
        for finding in analysed(&policy.policy, &texts[&policy.policy]).findings {
            if finding.severity < Severity::Information || finding.kind != Kind::Overlap {
                alarms.push(format!(
                    "{}: {} {} `{}`: {}",
                    policy.policy,
                    finding.kind.word(),
                    finding.at.statement,
                    finding.at.name,
                    finding.says
                ));
            }
        }
    }
    assert!(alarms.is_empty(), "{}", alarms.join("\n"));
}

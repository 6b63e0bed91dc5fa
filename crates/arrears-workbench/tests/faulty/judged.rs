//! The analysis is judged by policies that were written without knowledge of it: every planted fault is found at its
//! statement, with an account that shows it, and nothing is found of the clean ones.

use crate::{Clean, Finding, Statement, loaded, policies, rows};
use arrears_workbench::analysis::{Analysis, Kind, Options, Severity, StatementAt, analyse};
use std::collections::{BTreeMap, BTreeSet};

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
fn every_planted_fault_is_found_at_its_statement_but_those_that_are_listed() {
    let expected: Vec<Finding> = rows("faulty/expected.json");
    let listed: BTreeSet<(String, String, String)> =
        rows::<[String; 3]>("faulty/missed.json").into_iter().map(Into::into).collect();
    let mut missed = BTreeSet::new();
    for (name, text) in policies("faulty") {
        let analysis = analysed(&name, &text);
        // What a book shows, no policy alone does.
        for one in expected.iter().filter(|one| one.policy == name && one.kind != "otherwise_share") {
            if !found(&analysis, one) {
                missed.insert((name.clone(), one.kind.clone(), one.at.name.clone()));
            }
        }
        for finding in &analysis.findings {
            assert!(finding.account.is_some() || finding.proved.is_some(), "{name}: {finding:?}");
        }
    }
    let list = |of: &BTreeSet<(String, String, String)>| serde_json::to_string_pretty(of).unwrap();
    assert!(missed == listed, "missed\n{}", list(&missed));
}

#[test]
fn nothing_is_found_of_clean_policies_but_which_types_overlap() {
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

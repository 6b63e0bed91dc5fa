//! The logic of true, false and unknown, of *never*, `??` and `known`: `cases/truth.txt`, one
//! case a line, each decided by the engine.

use arrears::{Currency, Facts, Kind, Law, Money, Policy, Value, decide_today, table};
use arrears_rules::load_source;
use rust_decimal::Decimal;
use std::collections::BTreeMap;

const CASES: &str = include_str!("../cases/truth.txt");

/// The condition decides between two debtor types: an account that may be of both is one for
/// which it is unknown.
fn policy(condition: &str) -> Policy {
    let text = format!(
        "policy \"card\" #{{ version: \"1\", currency: \"GBP\" }};\n\
         threshold limit = 30 #{{ from: 1, to: 100 }};\n\
         define late = dpd > limit;\n\
         stage \"late\" when late;\n\
         treatment \"call\" in [\"late\"] do note();\n\
         debtor \"yes\" when {condition};\n\
         debtor \"no\" otherwise;\n"
    );
    let loaded = load_source("card.rhai", &text, &[]);
    loaded.policy.unwrap_or_else(|| panic!("{condition}: {:?}", loaded.problems))
}

fn value(fact: &str, text: &str, currency: Currency) -> Value {
    let kind = table::find(fact).map_or(Kind::Count, |def| def.kind);
    match (text, kind) {
        ("?", _) => Value::Unknown,
        ("never", _) => Value::Never,
        ("true" | "false", _) => Value::Flag(text == "true"),
        (_, Kind::Days) => Value::Days(text.parse().unwrap()),
        (_, Kind::Count) => Value::Count(text.parse().unwrap()),
        (_, Kind::Money) => {
            let cents = text.parse::<Decimal>().unwrap() * Decimal::from(100);
            Value::Money(Money::from_minor(cents.try_into().unwrap(), currency))
        }
        (_, Kind::Ratio) => {
            Value::Ratio((text.parse::<Decimal>().unwrap() * Decimal::from(1_000_000)).try_into().unwrap())
        }
        (_, Kind::Flag | Kind::Category) => Value::Word(text.into()),
    }
}

fn truth(policy: &Policy, given: &str) -> &'static str {
    let currency = policy.head().currency;
    let mut facts = Facts::new("A-1", currency);
    for pair in given.split(',').map(str::trim).filter(|pair| *pair != "-") {
        let (fact, text) = pair.split_once('=').unwrap();
        facts.set(fact, value(fact, text, currency)).unwrap();
    }
    let row = policy.bind(&facts).unwrap_or_else(|problems| panic!("{given}: {problems:?}"));
    let law = Law::none("a test of logic").unwrap();
    let decision = decide_today(policy, &row, &law, "2026-03-31".parse().unwrap(), None);
    match decision.types.positions().collect::<Vec<_>>().as_slice() {
        [0] => "true",
        [1] => "false",
        [0, 1] => "unknown",
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_condition_has_the_truth_of_the_table() {
    let mut policies: BTreeMap<&str, Policy> = BTreeMap::new();
    let mut wrong = Vec::new();
    let mut cases = 0;
    for line in CASES.lines().filter(|line| !line.trim().is_empty() && !line.starts_with('#')) {
        let fields: Vec<&str> = line.split(" | ").map(str::trim).collect();
        let [condition, given, expected] = fields[..] else {
            panic!("{line}");
        };
        let policy = policies.entry(condition).or_insert_with(|| policy(condition));
        let found = truth(policy, given);
        cases += 1;
        if found != expected {
            wrong.push(format!("{line}: found {found}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(cases >= 100, "{cases}");
}

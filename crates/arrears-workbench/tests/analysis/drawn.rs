//! Policies that were drawn, and texts of policies that were spoiled: an analysis ends, what is shown is what the engine
//! decides when it is asked again, and what is proved is broken by no account that is drawn.

use arrears::policy::Need;
use arrears::{Decision, Facts, Kind as Measure, Law, Money, Policy, Row, Value, decide_today};
use arrears_testkit::generate::{Book, Kinds, RowStyle, books};
use arrears_workbench::analysis::{Analysis, Kind, Options, analyse};
use arrears_workbench::proof::{Account, FactGiven, Standing};
use proptest::prelude::*;
use rust_decimal::Decimal;
use std::path::Path;

fn analysed(policy: &Policy) -> Analysis {
    analyse(policy, &Options { conflicts: Some(1_000), ..Options::default() }).unwrap()
}

fn decided(policy: &Policy, row: &Row) -> Decision {
    let day = policy.head().from.unwrap_or_default();
    decide_today(policy, row, &Law::none("a test").unwrap(), day, None)
}

/// A value as people read it, as a host would give it.
fn value(policy: &Policy, given: &FactGiven) -> Value {
    let input = policy.inputs().iter().find(|input| input.name == given.fact).unwrap();
    let decimal = || given.value.split(' ').next().unwrap().parse::<Decimal>().unwrap();
    let whole = |times: i64| (decimal() * Decimal::from(times)).try_into().unwrap();
    if given.value == "never" {
        return Value::Never;
    }
    match input.kind {
        Measure::Days => Value::Days(whole(1)),
        Measure::Count => Value::Count(whole(1)),
        Measure::Ratio => Value::Ratio(whole(1_000_000)),
        Measure::Money => {
            let currency = policy.head().currency;
            Value::Money(Money::from_minor(whole(10_i64.pow(currency.digits())), currency))
        }
        Measure::Flag => Value::Flag(given.value == "true"),
        Measure::Category => Value::Word(given.value.as_str().into()),
    }
}

/// The account as it is told, decided anew.
fn again(policy: &Policy, account: &Account) -> (Row, Decision) {
    let mut facts = Facts::new("A-1", policy.head().currency);
    for input in policy.inputs().iter().filter(|it| !matches!(it.need, Need::Result | Need::Script | Need::Contact)) {
        let told = account.row.iter().find(|given| given.fact == input.name);
        // What can be computed is given only where the account says so.
        match told {
            // Without a decision before there is no state to give.
            Some(given) if given.value == "never" && matches!(input.need, Need::State(_)) => {}
            Some(given) => facts.set(&input.name, value(policy, given)).unwrap(),
            None if input.need != Need::Derived => facts.set(&input.name, Value::Unknown).unwrap(),
            None => {}
        }
    }
    let row = policy.bind(&facts).unwrap_or_else(|problems| panic!("{account:?}: {problems:?}"));
    let decision = decided(policy, &row);
    (row, decision)
}

/// The decision is what the account says of it, and it shows what is found.
fn confirmed(policy: &Policy, analysis: &Analysis) {
    for finding in &analysis.findings {
        let Some(account) = &finding.account else {
            assert!(finding.proved.is_some(), "{finding:?}");
            continue;
        };
        let (_, decision) = again(policy, account);
        told(policy, account, &decision);
        let name = &finding.at.name;
        match finding.kind {
            Kind::Gap if account.stage == "current" => assert_eq!(account.treatment, None, "{finding:?}"),
            Kind::Gap => assert_eq!((&account.stage, account.action.as_str()), (name, "none"), "{finding:?}"),
            Kind::Overlap if finding.at.statement == "treatment" => assert_eq!(account.treatment.as_ref(), Some(name)),
            Kind::Overlap | Kind::LatenessAlone => assert_eq!(&account.debtor_types, std::slice::from_ref(name)),
            Kind::Shadowed if finding.at.statement == "debtor" => {
                assert!(!account.debtor_types.contains(name), "{finding:?}");
            }
            Kind::Shadowed | Kind::UnreachableTreatment => assert_ne!(account.treatment.as_ref(), Some(name)),
            Kind::NoExit => assert_eq!(&account.stage, name),
            _ => {}
        }
    }
    for verdict in &analysis.verdicts {
        if let Standing::Broken { account, .. } = &verdict.standing {
            let (row, decision) = again(policy, account);
            told(policy, account, &decision);
            assert!(policy.broken_invariants(&row, &decision).iter().any(|it| it.name == verdict.name), "{verdict:?}");
        }
    }
}

fn told(policy: &Policy, account: &Account, decision: &Decision) {
    let record = decision.record(policy, "A-1");
    assert_eq!((&record.stage, &record.action), (&account.stage, &account.action), "{account:?}");
    assert_eq!(record.treatment, account.treatment, "{account:?}");
}

/// Accounts of a book at their first decision and on the night after it, of which nothing is given that is computed.
fn nights(book: &Book) -> Vec<(Row, Decision)> {
    let policy = &book.policy;
    let mut nights = Vec::new();
    for given in &book.accounts {
        let mut facts = given.clone();
        for input in policy.inputs() {
            if matches!(input.need, Need::Derived | Need::State(_)) {
                facts.remove(&input.name);
            }
        }
        let Ok(row) = policy.bind(&facts) else { continue };
        let decision = decided(policy, &row);
        let stage = &policy.stages()[decision.stage.index()];
        let rung = if stage.beside { "current" } else { stage.name.as_str() };
        for (fact, value) in [
            ("previous_stage", Value::Word(stage.name.as_str().into())),
            ("previous_rung", Value::Word(rung.into())),
            ("days_since_decision", Value::Days(1)),
            ("days_in_stage", Value::Days(1)),
            ("days_on_rung", Value::Days(1)),
        ] {
            facts.set(fact, value).unwrap();
        }
        let certain = !decision.stage_uncertain;
        nights.push((row, decision));
        if let Some(row) = policy.bind(&facts).ok().filter(|_| certain) {
            let decision = decided(policy, &row);
            nights.push((row, decision));
        }
    }
    nights.retain(|(row, _)| policy.applies_to(row).is_true());
    nights
}

/// No account that is drawn does what is proved of all that they do not.
fn tried(book: &Book, analysis: &Analysis) {
    let policy = &book.policy;
    for (row, decision) in nights(book) {
        let broken = policy.broken_invariants(&row, &decision);
        for verdict in analysis.verdicts.iter().filter(|it| it.standing == Standing::Proved) {
            assert!(broken.iter().all(|it| it.name != verdict.name), "{verdict:?}");
        }
        let record = decision.record(policy, "A-1");
        for finding in analysis.findings.iter().filter(|it| it.proved.is_some()) {
            let name = &finding.at.name;
            match (finding.kind, finding.at.statement) {
                (Kind::NeverFires | Kind::Shadowed, "debtor") => {
                    assert_ne!(record.debtor_type.as_ref(), Some(name), "{finding:?}");
                }
                (Kind::NeverFires | Kind::UnreachableStage, "stage") => assert_ne!(&record.stage, name, "{finding:?}"),
                (_, "treatment") => assert_ne!(record.treatment.as_ref(), Some(name), "{finding:?}"),
                _ => {}
            }
        }
    }
}

/// The text of a shipped policy with some of its words and numbers in the places of others.
fn spoiled(text: &str, changes: &[(u16, u16, u8)]) -> String {
    let mut tokens: Vec<&str> =
        text.split_inclusive(|letter: char| !letter.is_alphanumeric() && letter != '_').collect();
    for (at, other, how) in changes {
        let of = |chosen: u16, among: &[usize]| among[usize::from(chosen) % among.len()];
        let all: Vec<usize> = (0..tokens.len()).collect();
        let numbers: Vec<usize> = all.iter().copied().filter(|at| tokens[*at].starts_with(char::is_numeric)).collect();
        match how % 6 {
            0 => tokens.swap(of(*at, &all), of(*other, &all)),
            1 => tokens[of(*at, &all)] = "",
            2 => tokens.insert(of(*at, &all), tokens[of(*other, &all)]),
            _ => tokens[of(*at, &numbers)] = tokens[of(*other, &numbers)],
        }
    }
    tokens.concat()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn what_is_shown_is_decided_again_and_what_is_proved_is_broken_by_no_account_that_is_drawn(
        book in books(Kinds { defaults: true, rows: RowStyle { assessed: false, huge: false }, accounts: 6 }),
    ) {
        let analysis = analysed(&book.policy);
        confirmed(&book.policy, &analysis);
        tried(&book, &analysis);
    }

    #[test]
    fn a_spoiled_policy_that_still_loads_is_analysed_all_the_same(
        which in 0..3_usize,
        changes in prop::collection::vec(any::<(u16, u16, u8)>(), 1..4),
    ) {
        let name = ["starter", "panel", "reference"][which];
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../examples/policies/{name}.rhai"));
        let text = spoiled(&std::fs::read_to_string(path).unwrap(), &changes);
        let Some(policy) = arrears_rules::load_source("spoiled.rhai", &text, &[]).policy else { return Ok(()) };
        let analysis = analysed(&policy);
        confirmed(&policy, &analysis);
    }
}

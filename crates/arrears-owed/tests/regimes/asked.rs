//! Regimes asked with objects and with histories: what they answer, and what is said of objects that cannot be read,
//! as golden files beside these (`ARREARS_BLESS=1` writes them anew).

use crate::support::{day, every, lines};
use arrears::account::{Account, Conventions};
use arrears_owed::Regimes;
use arrears_owed::answer::{Answer, AskedOf, Found};
use arrears_owed::finding::Met;
use arrears_owed::status::{LadderInput, Lateness};
use proptest::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

fn ask(name: &str, given: &str) -> Answer {
    every().answer(name, given).unwrap()
}

fn objects() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/regimes/bad_given");
    let mut found: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.retain(|path| path.extension().is_some_and(|end| end == "json"));
    found.sort();
    found
}

/// The regime that an object of a golden file is for: its name stands before the first point.
fn asked_of(path: &Path) -> String {
    path.file_name().unwrap().to_str().unwrap().split('.').next().unwrap().to_owned()
}

#[test]
fn every_mistake_of_what_is_asked_is_named_with_its_place_what_was_found_and_what_was_expected() {
    let (objects, regimes) = (objects(), every());
    let mechanisms: BTreeSet<&str> =
        objects.iter().map(|path| regimes.find(&asked_of(path)).unwrap().mechanism()).collect();
    assert_eq!(mechanisms.len(), 10, "{mechanisms:?}");
    let mut differ = Vec::new();
    for path in objects {
        let found = lines(&regimes.answer(&asked_of(&path), &fs::read_to_string(&path).unwrap()).unwrap_err());
        let golden = path.with_extension("txt");
        if std::env::var_os("ARREARS_BLESS").is_some() {
            fs::write(&golden, &found).unwrap();
        }
        let wanted = fs::read_to_string(&golden).unwrap_or_default();
        if wanted != found {
            differ.push(format!("{}\n--- wanted\n{wanted}\n--- found\n{found}", path.display()));
        }
    }
    assert!(differ.is_empty(), "{}", differ.join("\n\n"));
}

/// A question for each mechanism, and what is answered.
const ANSWERED: [(&str, &str, &str); 12] = [
    (
        "US-FFIEC",
        r#"{ "due_on": "2026-01-15", "as_of": "2026-07-01", "product": "open_end" }"#,
        r#"{"kind":"class","class":"substandard","rank":1,"classes":["pass","substandard","loss"],"best_allowed":false,"why":"167 days past due: substandard begins on day 90","charge_off":{"reached_on":"2026-07-14","by":"2026-07-31","rule":"US-FFIEC-charge-off","cites":"65 FR 36903, footnote","enabled_by_hand":true,"why":"loss begins 180 days after 2026-01-15, on 2026-07-14; that month ends on 2026-07-31"},"charge_off_untold":null}"#,
    ),
    (
        "IN-IRACP",
        r#"{ "currency": "INR", "unpaid": false, "held": { "class": "NPA", "arrears": "100.00", "paid": "99.00" } }"#,
        r#"{"kind":"class","class":"NPA","rank":4,"classes":["standard","SMA-0","SMA-1","SMA-2","NPA"],"best_allowed":false,"why":"99.00 INR of 100.00 INR arrears are paid: NPA is left only when all are","charge_off":null,"charge_off_untold":null}"#,
    ),
    (
        "CN-CARD-ALLOCATION",
        r#"{ "currency": "CNY", "payment": "1000.00", "owed": { "interest": "400.00", "principal": "5000" }, "days_past_due": 91 }"#,
        r#"{"kind":"shares","currency":"CNY","shares":[{"to":"principal","disputed":false,"owed":"5000.00","amount":"1000.00","why":"place 1 of the order from 91 days past due"},{"to":"interest","disputed":false,"owed":"400.00","amount":"0.00","why":"place 2 of the order from 91 days past due"},{"to":"penalty","disputed":false,"owed":"0.00","amount":"0.00","why":"place 2 of the order from 91 days past due"},{"to":"fee","disputed":false,"owed":"0.00","amount":"0.00","why":"place 2 of the order from 91 days past due"}],"unallocated":"0.00","free":[["interest","penalty","fee"]]}"#,
    ),
    (
        "US-FFIEC-REAGE",
        r#"{ "account_age_months": 30, "consecutive_minimum_payments": 3, "earlier_reages": ["2025-06-15"], "as_of": "2026-03-31" }"#,
        r#"{"kind":"permission","allowed":"not_met","findings":[{"of":"willing_and_able","met":"unknown","why":"whether the borrower is willing and able is not known"},{"of":"minimum_age","met":"met","why":"30 months of age, at least 9 are asked for"},{"of":"consecutive_payments","met":"met","why":"3 minimum payments in a row, at least 3 are asked for"},{"of":"rest","met":"not_met","why":"re-aged within 12 months: until 2026-06-15"},{"of":"window","met":"met","why":"re-aged fewer than 2 times within 60 months"}],"rested_on":"2026-06-15"}"#,
    ),
    (
        "CN-CARD-PLAN",
        r#"{ "term_months": 60, "exceeds_capacity": true, "willing": null }"#,
        r#"{"kind":"permission","allowed":"unknown","findings":[{"of":"term","met":"met","why":"60 months, at most 60 are allowed"},{"of":"exceeds_capacity","met":"met","why":"the debt is beyond the debtor's capacity"},{"of":"willing","met":"unknown","why":"not known: the debtor is willing to pay"}],"rested_on":null}"#,
    ),
    (
        "CN-2018-OVERDRAFT",
        r#"{ "currency": "CNY", "principal": "60000.00", "effective_demands": ["2026-02-10", "2026-01-05"], "unpaid": true, "as_of": "2026-05-10" }"#,
        r#"{"kind":"elements","all":"not_met","findings":[{"of":"amount","met":"met","why":"the principal is 60000.00 CNY, at least 50000.00 CNY is named"},{"of":"interval","met":"met","why":"demands of 2026-01-05 and 2026-02-10 lie 36 days apart, at least 30 are named"},{"of":"months","met":"not_met","why":"3 months after the demand of 2026-02-10 end on 2026-05-10"},{"of":"unpaid","met":"met","why":"the debt is unpaid"}],"earliest":"2026-05-11","demand_on":null}"#,
    ),
    (
        "CN-LIMITATION",
        r#"{ "runs_from": "2023-03-10", "events": [{ "on": "2025-06-01", "what": "demand" }], "as_of": "2028-05-30" }"#,
        r#"{"kind":"limitation","last_day":"2028-06-01","days_left":2,"runs_from":"2025-06-01","interrupted_by":"demand","may_interrupt":["demand","acknowledgement","suit"],"why":"36 months from 2025-06-01, where a demand began it anew, end on 2028-06-01"}"#,
    ),
    (
        "US-REGZ-53",
        r#"{ "currency": "USD", "excess": "150.00", "balances": [{ "id": "purchases", "amount": "500.00", "apr": "12", "disputed": "0.00" }, { "id": "cash", "amount": "100.00", "apr": "24.99", "disputed": "0.00" }] }"#,
        r#"{"kind":"shares","currency":"USD","shares":[{"to":"cash","disputed":false,"owed":"100.00","amount":"100.00","why":"at 24.99 percent"},{"to":"purchases","disputed":false,"owed":"500.00","amount":"50.00","why":"at 12 percent"}],"unallocated":"0.00","free":[]}"#,
    ),
    (
        "US-REGF-30c",
        r#"{ "currency": "USD", "payment": "50.00", "debts": [{ "id": "a", "amount": "30.00", "disputed": true }, { "id": "b", "amount": "30.00", "disputed": false }] }"#,
        r#"{"kind":"shares","currency":"USD","shares":[{"to":"a","disputed":false,"owed":"30.00","amount":"0.00","why":"in dispute: nothing"},{"to":"b","disputed":false,"owed":"30.00","amount":"30.00","why":"not in dispute, in the order given"}],"unallocated":"20.00","free":[]}"#,
    ),
    (
        "EU-CRR178",
        r#"{ "currency": "EUR", "portfolio": "retail", "past_due": "120.00", "exposure": "5000.00", "consecutive_days": 91 }"#,
        r#"{"kind":"class","class":"default","rank":1,"classes":["not_default","default"],"best_allowed":false,"why":"120.00 EUR past due is more than 100.00 EUR and 1% of 5000.00 EUR, on 91 consecutive days, more than 90","charge_off":null,"charge_off_untold":null}"#,
    ),
    (
        "EU-CRR178",
        r#"{ "currency": "EUR", "portfolio": "retail", "seen": [{ "from": "2026-01-01", "past_due": "120.00", "exposure": "5000.00" }], "as_of": "2026-04-01" }"#,
        r#"{"kind":"class","class":"default","rank":1,"classes":["not_default","default"],"best_allowed":false,"why":"120.00 EUR past due is more than 100.00 EUR and 1% of 5000.00 EUR, on 91 consecutive days, more than 90","charge_off":null,"charge_off_untold":null}"#,
    ),
    (
        "EU-EBA-PROBATION",
        r#"{ "trigger_ceased_on": "2026-01-10", "as_of": "2026-04-10", "distressed_restructuring": false }"#,
        r#"{"kind":"class","class":"default","rank":1,"classes":["not_default","default"],"best_allowed":false,"why":"the probation of 3 months since 2026-01-10 ended on 2026-04-10; whether behaviour was satisfactory is not known","charge_off":null,"charge_off_untold":null}"#,
    ),
];

#[test]
fn every_mechanism_answers_an_object_with_what_decided() {
    let mut mechanisms = BTreeSet::new();
    for (name, given, wanted) in ANSWERED {
        let answer = ask(name, given);
        mechanisms.insert(answer.mechanism);
        assert_eq!(serde_json::to_string(&answer.found).unwrap(), wanted, "{name}");
        let regimes = every();
        let rule = regimes.find(name).unwrap().rules().iter().find(|rule| rule.id == answer.rule.rule).unwrap();
        assert_eq!((answer.rule.cites.as_str(), answer.rule.says.as_str()), (rule.cites.as_str(), rule.says.as_str()));
    }
    assert_eq!(mechanisms.len(), 10, "{mechanisms:?}");
}

#[test]
fn an_answer_yields_the_facts_that_a_policy_may_read() {
    let late = ask("US-FFIEC", ANSWERED[0].1);
    let facts: Vec<(&str, &str)> = late.facts.iter().map(|(name, text)| (*name, text.as_str())).collect();
    assert_eq!(facts, [("days_to_charge_off", "30"), ("regulatory_class", "substandard")]);
    assert_eq!(ask("CN-LIMITATION", ANSWERED[6].1).facts["limitation_days_left"], "2");
    assert!(ask("CN-CARD-PLAN", ANSWERED[4].1).facts.is_empty());
}

#[test]
fn a_rule_that_nobody_verified_is_refused_until_it_is_enabled_and_then_says_so() {
    let given = r#"{ "days_past_due": 31 }"#;
    let refused = Regimes::shipped().answer("IFRS9-BACKSTOP", given).unwrap_err();
    let wanted =
        "the rule `IFRS9-stage` of `IFRS9-BACKSTOP` was not verified: read its source, then enable it by name\n";
    assert_eq!(lines(&refused), wanted);
    let answer = Regimes::shipped().enabling(["IFRS9-stage"]).unwrap().answer("IFRS9-BACKSTOP", given).unwrap();
    assert_eq!((answer.rule.status, answer.rule.enabled_by_hand), ("unverified", true));
    assert!(!ask("CN-CARD-2011", given).rule.enabled_by_hand, "it is in force, and needs nobody's hand");
}

#[test]
fn a_class_is_told_even_where_the_rule_on_the_charge_off_is_not_enabled() {
    let answer = Regimes::shipped().answer("US-FFIEC", ANSWERED[0].1).unwrap();
    let Found::Class { class, charge_off, charge_off_untold, .. } = answer.found else { panic!("{answer:?}") };
    assert_eq!((class.as_str(), charge_off), ("substandard", None));
    assert!(charge_off_untold.unwrap().contains("`US-FFIEC-charge-off` of `US-FFIEC` was not verified"));
    assert!(!answer.facts.contains_key("days_to_charge_off"));
}

/// An account with one instalment of 100.00 that fell due on 15 January 2026, and what more its history holds.
fn account(complete: &str, more: &str) -> Account {
    let text = format!(
        r#"{{ "format": "arrears-history/1", "account_id": "A-1", "currency": "CNY", "opened_on": "2025-11-01",
            "complete": [{complete}], "events": [
            {{ "id": "s", "event": "schedule", "occurred_on": "2025-11-01",
               "instalments": [{{ "item": "1", "due_on": "2026-01-15", "amount": "100.00" }}] }}{more} ] }}"#
    );
    Account::from_json(&text).map_err(|problems| lines(&problems)).unwrap()
}

fn asked(name: &str, account: &Account, on: &str) -> Result<Answer, String> {
    let conventions = Conventions::default();
    let of = AskedOf { account, as_of: day(on), known_by: day(on), conventions: &conventions, product: None };
    every().answer_of(name, &of).map_err(|faults| lines(&faults))
}

fn class_of(answer: &Answer) -> &str {
    &answer.facts["regulatory_class"]
}

#[test]
fn a_ladder_reads_from_a_history_how_late_it_is_and_counts_the_due_date_where_the_regime_does() {
    let account = account("", "");
    for (on, card, india) in [
        ("2026-01-14", "normal", "standard"),
        ("2026-01-15", "normal", "SMA-0"),
        ("2026-01-16", "special_mention", "SMA-0"),
        ("2026-02-14", "special_mention", "SMA-1"),
        ("2026-04-15", "special_mention", "NPA"),
        ("2026-04-16", "substandard", "NPA"),
    ] {
        assert_eq!(class_of(&asked("CN-CARD-2011", &account, on).unwrap()), card, "{on}");
        assert_eq!(class_of(&asked("IN-IRACP", &account, on).unwrap()), india, "{on}");
    }
}

#[test]
fn a_limitation_period_reads_from_a_history_what_runs_and_refuses_where_nothing_is_unpaid() {
    let paid = r#", { "id": "p", "event": "payment", "occurred_on": "2026-01-20", "amount": "100.00" }"#;
    let late = asked("CN-LIMITATION", &account("", ""), "2026-02-01").unwrap();
    assert_eq!(late.facts["limitation_days_left"], "1079"); // until 15 January 2029
    let refused = asked("CN-LIMITATION", &account("", paid), "2026-02-01").unwrap_err();
    assert_eq!(refused, "nothing is unpaid on 2026-02-01: there is no claim to enforce\n");
}

#[test]
fn a_schedule_that_was_withdrawn_does_not_move_the_day_from_which_a_period_runs() {
    let longer = r#", { "id": "t", "event": "schedule", "occurred_on": "2025-12-01", "instalments": [{ "item": "2", "due_on": "2026-06-15", "amount": "50.00" }] }"#;
    let withdrawn =
        format!(r#"{longer}, {{ "id": "w", "event": "withdrawn", "occurred_on": "2025-12-05", "of": "t" }}"#);
    let left = |more: &str| asked("CN-LIMITATION", &account("", more), "2026-02-01").unwrap().found;
    let last = |found: Found| match found {
        Found::Limitation { last_day, .. } => last_day,
        other => panic!("{other:?}"),
    };
    assert_eq!(last(left(longer)), day("2029-06-15"));
    assert_eq!(last(left(&withdrawn)), day("2029-01-15"));
}

#[test]
fn demands_that_are_not_recorded_are_unknown_unless_every_contact_is_recorded() {
    let intervals =
        |complete: &str| match asked("CN-2018-OVERDRAFT", &account(complete, ""), "2026-08-01").unwrap().found {
            Found::Elements { findings, .. } => findings[1].met,
            other => panic!("{other:?}"),
        };
    assert_eq!(intervals(""), Met::Unknown);
    assert_eq!(intervals("\"contacts\""), Met::NotMet);
}

#[test]
fn what_a_history_does_not_tell_is_refused() {
    let refused = asked("CN-CARD-PLAN", &account("", ""), "2026-02-01").unwrap_err();
    let wanted = "a history does not tell what `CN-CARD-PLAN` asks (`plan_limit`): give it as an object of its own\n";
    assert_eq!(refused, wanted);
}

proptest! {
    #[test]
    fn an_object_is_answered_as_the_types_are(days in 0_u32..400, name in prop::sample::select(vec!["CN-CARD-2011", "CN-GENERAL-2023", "IFRS9-BACKSTOP"])) {
        let regimes = every();
        let input = LadderInput::of(Lateness::DaysPastDue(i64::from(days)));
        let typed = regimes.ladder(name).unwrap().classify(&input).unwrap();
        let asked = regimes.answer(name, &format!(r#"{{ "days_past_due": {days} }}"#)).unwrap();
        prop_assert_eq!(class_of(&asked), typed.class);
        prop_assert_eq!(&asked.facts["regulatory_class"], typed.class);
    }
}

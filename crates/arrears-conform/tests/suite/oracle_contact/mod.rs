//! The kind `contact_permission` against `FORMAT.md`, read rule by rule and quarter hour by quarter
//! hour: shares nothing with the engine, the packs or the adapter.

mod counting;
mod elsewhere;
mod made;
mod reads;
mod us;

use crate::support::{one_of, printed};
use chrono::NaiveTime;
use proptest::prelude::*;
use reads::Scene;
use serde_json::{Map, Value, json};
use std::collections::BTreeSet;

const JURISDICTIONS: [&str; 12] = ["US", "US-MA", "CN", "UK", "IN", "AU", "TH", "ID", "KR", "JP", "CA-ON", "PH"];

/// How long is searched for a moment at which nothing blocks, in quarters of an hour.
const SEARCH: i64 = 40 * 96;
/// Weeks that are looked at beyond that.
const LATER: [i64; 4] = [12, 24, 36, 50];

/// What the rules say of a contact.
#[derive(Clone, Debug, Default)]
struct Verdict {
    blocks: BTreeSet<&'static str>,
    lifted: BTreeSet<&'static str>,
    presumption: Option<&'static str>,
    counted: Option<usize>,
    flags: BTreeSet<&'static str>,
}

impl Verdict {
    /// A rule that blocks unless it is lifted.
    fn block_unless(&mut self, rule: &'static str, lifts: &[(&'static str, bool)]) {
        let lifting: Vec<&str> = lifts.iter().filter(|(_, lifts)| *lifts).map(|(by, _)| *by).collect();
        if lifting.is_empty() {
            self.blocks.insert(rule);
        }
        self.lifted.extend(lifting);
    }
}

fn verdict(jurisdiction: &str, scene: &Scene<'_>) -> Verdict {
    let mut verdict = Verdict::default();
    if jurisdiction.starts_with("US") {
        scene.regulation_f(&mut verdict);
    }
    scene.elsewhere(jurisdiction, &mut verdict);
    verdict
}

/// What is expected of a case; without an exception, if several were relied on.
fn expected(jurisdiction: &str, case: &Value) -> Value {
    let scene = Scene::of(case);
    let now = verdict(jurisdiction, &scene);
    let mut expect = Map::new();
    let review = now.blocks.is_empty() && jurisdiction.starts_with("US") && scene.for_review();
    let decision = if review {
        "review"
    } else if now.blocks.is_empty() {
        "allow"
    } else {
        "block"
    };
    expect.insert("decision".to_owned(), json!(decision));
    let rules = if review { BTreeSet::from(["US-REGF-14a-harass"]) } else { now.blocks.clone() };
    expect.insert("rules".to_owned(), json!(rules));
    if decision == "block" {
        let free = |quarter: &i64| verdict(jurisdiction, &scene.at(scene.at + quarter * 900)).blocks.is_empty();
        let first = (1..SEARCH).find(free);
        // Clocks are changed later in the year, and what was never free may then be.
        let later = || LATER.iter().any(|week| (week * 672..(week + 1) * 672).any(|quarter| free(&quarter)));
        if first.is_some() || !later() {
            let first = first.map(|quarter| chrono::DateTime::from_timestamp(scene.at + quarter * 900, 0).unwrap());
            expect.insert("earliest_next".to_owned(), json!(first.map(|first| first.to_rfc3339())));
        }
    }
    if let Some(exception) = now.lifted.first() {
        expect.insert("exception".to_owned(), json!(exception));
    }
    if let (Some(presumption), Some(counted)) = (now.presumption, now.counted) {
        expect.insert("presumption".to_owned(), json!(presumption));
        expect.insert("counted".to_owned(), json!(counted));
    }
    expect.insert("flags".to_owned(), json!(now.flags));
    let soft: BTreeSet<&str> = now
        .blocks
        .iter()
        .map(|rule| match *rule {
            "CN-CBA2026-6perday" => "should_not",
            rule if rule.starts_with("AU-") => "guideline",
            _ => "must",
        })
        .collect();
    if let (Some(strength), 1) = (soft.first().filter(|strength| **strength != "must"), soft.len()) {
        expect.insert("strength".to_owned(), json!(strength));
    }
    Value::Object(expect)
}

fn judged(jurisdiction: &'static str, numbers: Vec<u16>) -> Result<(), TestCaseError> {
    let case = made::made(jurisdiction, numbers);
    let expect = expected(jurisdiction, &case);
    let mut file = one_of("contact_permission", jurisdiction, case["given"].clone(), expect);
    file["cases"][0]["proposed"] = case["proposed"].clone();
    let printed = printed(&file);
    prop_assert!(printed.ends_with("\n1 passed, 0 failed\n"), "{jurisdiction}\n{printed}\n{case}");
    Ok(())
}

/// A case of the kind `call_counting` with the debts and contacts of another, and what is expected of it.
fn counted(numbers: Vec<u16>, person: Option<&'static str>) -> Result<(), TestCaseError> {
    let mut case = made::made("US", numbers);
    let on = Scene::of(&case).today();
    case["proposed"] = json!({ "at": case["proposed"]["at"], "person": person });
    let mut given =
        json!({ "zones": case["given"]["zones"], "history": case["given"]["history"], "query": { "on": on } });
    if let Some(person) = person {
        given["query"]["person"] = json!(person);
    }
    if case["given"]["debts"].is_array() {
        given["debts"] = case["given"]["debts"].clone();
    }
    // The whole of the date counts, and nothing but contacts is known.
    let last = chrono::DateTime::parse_from_rfc3339(case["proposed"]["at"].as_str().unwrap()).unwrap();
    case["proposed"]["at"] = json!(last.with_time(NaiveTime::from_hms_opt(23, 59, 59).unwrap()).unwrap().to_rfc3339());
    case["given"] = given.clone();
    let scene = Scene::of(&case);
    let [calls, conversations] = scene.by_debt();
    let mut expect = json!({ "counted_by_debt": calls, "conversations_by_debt": conversations });
    if calls.len() == 1 {
        expect["counted"] = json!(calls.values().next());
    }
    let printed = printed(&one_of("call_counting", "US", given, expect));
    prop_assert!(printed.ends_with("\n1 passed, 0 failed\n"), "{printed}\n{case}");
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn contacts_in_the_united_states_are_judged_as_the_format_says(
        numbers in prop::collection::vec(any::<u16>(), 0..400),
        massachusetts in prop::bool::weighted(0.2),
    ) {
        judged(if massachusetts { "US-MA" } else { "US" }, numbers)?;
    }

    #[test]
    fn calls_and_conversations_are_counted_as_the_format_says(
        numbers in prop::collection::vec(any::<u16>(), 0..400),
        person in prop::option::of(prop::sample::select(vec!["debtor", "spouse", "creditor", "third_party"])),
    ) {
        counted(numbers, person)?;
    }

    #[test]
    fn contacts_elsewhere_are_judged_as_the_format_says(
        numbers in prop::collection::vec(any::<u16>(), 0..400),
        place in 2..JURISDICTIONS.len(),
    ) {
        judged(JURISDICTIONS[place], numbers)?;
    }
}

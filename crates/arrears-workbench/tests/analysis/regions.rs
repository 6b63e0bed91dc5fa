//! Where two policies decide otherwise: against deciding accounts twice.

use super::policy;
use arrears::trial::quiet_account;
use arrears::{Cell, Decision, Law, Policy, decide_today};
use arrears_workbench::analysis::Options;
use arrears_workbench::region::{Part, Region};
use arrears_workbench::{differ, region as found_between};
use proptest::prelude::*;

const BODY: &str = r#"
    threshold patience = 10 #{ from: 1, to: 60, why: "a test" };
    threshold small = 200.00 #{ from: 0.00, to: 1000.00, why: "a test" };
    debtor "in_dispute" when dispute;
    debtor "large" when overdue >= small * 4;
    debtor "any" otherwise;
    hold "dispute" when dispute #{ stops: ["contact"], why: "looked into first" };
    stage "reminder" when dpd >= 3;
    stage "firm" when dpd > patience && overdue >= small;
    stage "last" when dpd > 45 #{ after: "firm", dwell: 5 };
    stage "books" when dpd >= 1 && overdue == 0.00 #{ beside: true };
    escalate #{ mode: "sequential", first: "skip" };
    ease to "reminder" when dpd in 1..=5 #{ why: "paid down" };
    cure when dpd == 0 #{ to: "current", why: "paid" };
    treatment "note" in ["reminder"] when overdue < small do sms(#{ text: "note", every: 4, at_most: 3 });
    treatment "text" in ["reminder", "firm"] when debtor_type != "large" do sms(#{ text: "firm", every: 3 });
    treatment "call" in ["reminder", "firm", "last"] when dpd > 8 unless promise_open do phone(#{ every: 2 });
    treatment "look" in ["books"] do review(#{ what: "the books", every: 7 });
"#;

/// What may be changed, and to what.
const CHANGES: [(&str, &str); 9] = [
    ("patience = 10", "patience = 12"),
    ("small = 200.00", "small = 250.00"),
    ("dpd >= 3;", "dpd >= 2;"),
    ("dpd > 8 unless", "dpd > 9 unless"),
    ("overdue < small do", "overdue <= small do"),
    ("dpd in 1..=5", "dpd in 1..=7"),
    ("text: \"firm\"", "text: \"firmer\""),
    ("dwell: 5", "dwell: 6"),
    ("overdue >= small * 4", "overdue >= small * 3"),
];

/// Columns that accounts are given, with what each may be.
fn facts() -> impl Strategy<Value = Vec<(&'static str, Cell)>> {
    let number = |range: std::ops::RangeInclusive<i64>| range.prop_map(Cell::number);
    let money = prop_oneof![
        number(0..=100_000),
        prop::sample::select(vec![0, 1, 19_999, 20_000, 20_001, 24_999, 25_000, 60_000, 79_999, 80_000])
            .prop_map(Cell::number),
    ];
    let days = prop_oneof![3 => number(0..=15), 1 => number(0..=60)];
    let since = || prop_oneof![Just(Cell::NEVER), number(0..=5)];
    let before = prop_oneof![Just(Cell::NEVER), number(0..=4)];
    (days, money, number(0..=1), number(0..=1), (since(), since(), since()), number(0..=4), before, number(0..=9))
        .prop_map(|(dpd, overdue, dispute, promise, (note, text, call), count, before, stood)| {
            let mut facts = vec![
                ("dpd", dpd),
                ("overdue", overdue),
                ("dispute", dispute),
                ("promise_open", promise),
                ("days_since_note", note),
                ("days_since_text", text),
                ("days_since_call", call),
                ("episode_count_note", count),
                ("previous_stage", before),
            ];
            if !before.is_never() {
                facts.extend([
                    ("days_in_stage", stood),
                    ("days_on_rung", stood),
                    ("days_since_decision", Cell::number(1)),
                ]);
            }
            facts
        })
}

fn decided(policy: &Policy, facts: &[(&str, Cell)]) -> Option<Decision> {
    let mut cells = quiet_account(policy);
    for (name, cell) in facts {
        let at = policy.inputs().iter().position(|input| input.name == *name);
        if let Some(at) = at {
            cells[at] = *cell;
        }
    }
    let row = policy.row(cells).ok()?;
    let law = Law::none("a test").unwrap();
    Some(decide_today(policy, &row, &law, policy.head().from.unwrap_or_default(), None))
}

fn between(a: &Policy, b: &Policy) -> Region {
    let options = Options::default();
    found_between(a, b, &differ(a, b), [&options, &options]).unwrap()
}

/// The type, the stage, and what is done.
fn told(policy: &Policy, decision: &Decision) -> [String; 3] {
    let types: Vec<&str> = decision.types.positions().map(|at| policy.debtor_types()[at].name.as_str()).collect();
    let done = match decision.treatment {
        Some(id) => policy.treatments()[id.index()].name.clone(),
        None => decision.action.word().to_owned(),
    };
    [types.join(" "), policy.stages()[decision.stage.index()].name.clone(), done]
}

fn number(text: &str) -> i64 {
    let digits: String = text.chars().filter(|it| it.is_ascii_digit() || *it == '-').collect();
    digits.parse().unwrap()
}

/// Whether an account lies between the bounds of a part.
fn inside(part: &Part, facts: &[(&str, Cell)]) -> bool {
    part.only_where.iter().all(|bounds| {
        let Some((_, cell)) = facts.iter().find(|(name, _)| *name == bounds.fact) else { return true };
        match cell.get() {
            None if cell.is_never() => bounds.never,
            None => bounds.unknown,
            Some(_) if bounds.fact == "previous_stage" => true,
            Some(value) if !bounds.words.is_empty() => {
                bounds.words.contains(&if value == 1 { "true".to_owned() } else { "false".to_owned() })
            }
            Some(value) => {
                bounds.least.as_deref().is_none_or(|least| value >= number(least))
                    && bounds.most.as_deref().is_none_or(|most| value <= number(most))
            }
        }
    })
}

/// Whether a move that was found is what happened to an account.
fn is_told(region: &Region, [a, b]: [&[String; 3]; 2], facts: &[(&str, Cell)]) -> bool {
    region.parts.iter().any(|part| {
        let stages =
            part.from.as_ref().is_none_or(|from| *from == a[1]) && part.to.as_ref().is_none_or(|to| *to == b[1]);
        let moved = part.moves.iter().any(|it| match part.from {
            Some(_) => it.from.does == a[2] && it.to.does == b[2],
            None => it.from.debtor_types.join(" ") == a[0] && it.to.debtor_types.join(" ") == b[0],
        });
        stages && (moved || !part.complete) && inside(part, facts)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn whoever_is_decided_otherwise_is_in_the_region_that_was_found(
        changed in prop::sample::subsequence(CHANGES.to_vec(), 0..=2),
        accounts in prop::collection::vec(facts(), 60),
    ) {
        let text = changed.iter().fold(BODY.to_owned(), |text, (from, to)| text.replace(from, to));
        let (a, b) = (policy(BODY), policy(&text));
        let found = between(&a, &b);
        prop_assert!(found.complete, "{:?}", found.open);
        prop_assert_eq!(found.same, found.parts.is_empty());
        let other_text = changed.iter().any(|(from, _)| from.starts_with("text"));
        for facts in &accounts {
            let (Some(one), Some(other)) = (decided(&a, facts), decided(&b, facts)) else { continue };
            let (from, to) = (told(&a, &one), told(&b, &other));
            let otherwise = from != to || other_text && from[2] == "text";
            if otherwise {
                prop_assert!(is_told(&found, [&from, &to], facts), "{facts:?}: {from:?} {to:?}\n{}", found.text());
            }
        }
    }
}

#[test]
fn what_is_said_in_other_words_is_proved_to_be_the_same() {
    let a = policy(BODY);
    let b = policy(&BODY.replace("dpd > 8 unless", "!(dpd < 9) unless").replace("small * 4", "small + small * 3"));
    let found = between(&a, &b);
    assert!(found.same, "{}", found.text());
    assert_eq!(found.open, [] as [String; 0]);
}

#[test]
fn a_threshold_that_is_raised_moves_those_between_the_two_values_and_nobody_else() {
    let (a, b) = (policy(BODY), policy(&BODY.replace("patience = 10", "patience = 14")));
    let found = between(&a, &b);
    let days: Vec<String> = found
        .parts
        .iter()
        .map(|part| part.only_where.iter().find(|bounds| bounds.fact == "dpd").unwrap().text())
        .collect();
    assert!(!days.is_empty() && days.iter().all(|text| text == "11 to 14"), "{}", found.text());
    for account in found.parts.iter().flat_map(|part| &part.moves).map(|it| it.account.as_ref()) {
        let dpd = account.unwrap().row.iter().find(|given| given.fact == "dpd").unwrap();
        assert!((11..=14).contains(&number(&dpd.value)), "{dpd:?}");
    }
}

#[test]
fn a_policy_is_itself_whatever_its_treatments_say() {
    let a = policy(BODY);
    assert!(between(&a, &a).same);
    let b = policy(&BODY.replace("text: \"firm\"", "text: \"firmer\""));
    let found = between(&a, &b);
    let moves: Vec<_> = found.parts.iter().flat_map(|part| &part.moves).collect();
    assert!(
        !moves.is_empty() && moves.iter().all(|it| it.done_otherwise && it.from.does == "text"),
        "{}",
        found.text()
    );
}

#[test]
fn amounts_of_two_currencies_are_not_one_amount() {
    let (a, b) = (policy(BODY), other_currency(BODY));
    let found = between(&a, &b);
    assert!(!found.same);
    assert!(found.open.contains(&"`overdue` is in another currency in each".to_owned()), "{:?}", found.open);
}

fn other_currency(body: &str) -> Policy {
    let text = crate::written(body).replace("currency: \"EUR\"", "currency: \"PLN\"");
    arrears_rules::load_source("case.rhai", &text, &[]).policy.unwrap()
}

//! What changed between two policies, in words: held against their hashes, and against what was changed.

use super::{CARD, load, number};
use arrears::Policy;
use arrears::draft::Draft;
use arrears_testkit::generate::drafts;
use arrears_testkit::written::written;
use arrears_workbench::differ;
use arrears_workbench::differ::{Change, Difference, How};
use proptest::prelude::*;
use rust_decimal::Decimal;

fn between(a: &str, b: &str) -> Difference {
    differ(&load(a).0, &load(b).0)
}

/// The card policy with one text in the place of another.
fn card_with(old: &str, new: &str) -> String {
    assert!(CARD.contains(old), "{old}");
    CARD.replacen(old, new, 1)
}

fn only(difference: &Difference) -> &Change {
    assert_eq!(difference.changes.len(), 1, "{}", difference.text());
    &difference.changes[0]
}

/// Parts of a condition that changed, as text.
fn parts(change: &Change) -> Vec<String> {
    let parts = change.clauses.iter().flat_map(|clause| &clause.parts);
    let said = |text: &Option<String>| text.clone().unwrap_or_else(|| "nothing".to_owned());
    parts.map(|part| format!("{} -> {}", said(&part.a), said(&part.b))).collect()
}

#[test]
fn comments_layout_and_versions_are_no_difference() {
    let other = CARD.replace("version: \"3\"", "version: \"4\"").replace(";\n", ";\r\n\r\n// a remark\r\n");
    let other = other.replace("dpd >= 1", "dpd>=1").replace("overdue >= floor", "(overdue >= floor)");
    let difference = between(CARD, &other);
    assert!(difference.is_empty() && difference.same, "{}", difference.text());
    assert!(difference.text().ends_with("Nothing changed: both decide the same.\n"));
}

#[test]
fn a_threshold_is_told_with_old_and_new_value_and_by_how_much() {
    let (policy, _) = load(CARD);
    let set = [("floor".to_owned(), number("40.00")), ("patience".to_owned(), number("14"))];
    let difference = differ(&policy, &policy.with_thresholds(&set).unwrap());
    let by: Vec<_> =
        difference.changes.iter().map(|change| (change.name.as_str(), change.clauses[0].by.as_deref())).collect();
    assert_eq!(by, [("floor", Some("+15.00 GBP")), ("patience", Some("-16"))]);
    let difference = between(CARD, &card_with("to: 100.00, why: \"a", "to: 60.00, why: \"now a"));
    let change = only(&difference);
    assert!(!change.decides && difference.same);
    let clauses: Vec<_> = change.clauses.iter().map(|clause| clause.clause.as_str()).collect();
    assert_eq!(clauses, ["to", "why"]);
}

#[test]
fn of_a_condition_the_part_is_told_that_changed() {
    for (old, new, told) in [
        ("when overdue >= floor do", "when overdue >= floor && dpd < 20 do", vec!["nothing -> dpd < 20"]),
        ("when overdue >= floor do", "when overdue > floor do", vec!["overdue >= floor -> overdue > floor"]),
        ("when overdue >= floor do", "do", vec![]),
        (
            "when overdue >= floor do",
            "when dpd > 3 && (overdue < 50.00 || overdue > 90.00) do",
            vec![
                "overdue >= floor -> nothing",
                "nothing -> dpd > 3",
                "nothing -> (overdue < 50.00 || overdue > 90.00)",
            ],
        ),
    ] {
        let difference = between(CARD, &card_with(old, new));
        assert_eq!(parts(only(&difference)), told, "{}", difference.text());
        assert!(only(&difference).decides);
    }
    let a = card_with("when overdue >= floor do", "when dpd > 3 && (overdue < 50.00 || overdue > 90.00) do");
    let b = a.replace("overdue > 90.00", "overdue > 95.00").replace("dpd > 3", "dpd > 3 && !(dpd == 7)");
    assert_eq!(parts(only(&between(&a, &b))).len(), 2, "{}", between(&a, &b).text());
}

#[test]
fn a_part_within_a_word_of_the_policy_names_the_word() {
    let of = |days: &str| {
        card_with(
            "debtor \"small\"",
            &format!(
                "define early = dpd in 1..={days};\ndebtor \"new\" when early && overdue >= floor;\ndebtor \"small\""
            ),
        )
    };
    let difference = between(&of("5"), &of("7"));
    let part = &only(&difference).clauses[0].parts[0];
    assert_eq!((part.within.as_deref(), part.b.as_deref()), (Some("early"), Some("dpd in 1..=7")));
}

#[test]
fn statements_are_added_removed_renamed_and_moved() {
    let visit = "treatment \"visit\" in [\"firm\"] when dpd > 80 do visit();\nnever";
    let difference = between(CARD, &card_with("never", visit));
    let added = difference.changes.iter().find(|change| change.keyword == "treatment").unwrap();
    assert_eq!(
        (added.how, added.name.as_str(), added.clauses.len()),
        (How::Added, "visit", 3),
        "{}",
        difference.text()
    );
    assert!(difference.changes.iter().any(|change| change.keyword == "turns" && change.name == "firm"));

    let difference = between(
        CARD,
        &card_with("never \"nobody is called about a trifle\" when overdue < 20.00 && action == \"phone\";", ""),
    );
    assert_eq!(only(&difference).how, How::Removed);

    // What refers to a stage by its old name has not changed.
    let renamed = CARD.replace("[\"firm\"]", "[\"strict\"]");
    let renamed = renamed.replace(
        "stage \"firm\" when dpd > patience",
        "stage \"strict\" when dpd > patience #{ formerly: [\"firm\"] }",
    );
    let difference = between(CARD, &renamed);
    assert_eq!((only(&difference).was.as_deref(), only(&difference).decides), (Some("firm"), true));
    assert!(difference.text().contains("stage `strict`, formerly `firm`"), "{}", difference.text());

    // A treatment that says the same is the same, whatever it is called.
    let difference = between(CARD, &card_with("treatment \"call\"", "treatment \"ring\""));
    assert_eq!(only(&difference).was.as_deref(), Some("call"), "{}", difference.text());

    let more = "debtor \"late\" when dpd > 60;\ndebtor \"other\"";
    let moved = card_with("debtor \"other\"", more);
    let small = "debtor \"small\" when overdue < floor;\n";
    let first = moved.replace(small, "").replace("debtor \"other\"", &format!("{small}debtor \"other\""));
    let difference = between(&moved, &first);
    let order = only(&difference).order.as_ref().unwrap();
    assert!(order.behind_a != order.behind_b, "{}", difference.text());
}

#[test]
fn options_holds_guardrails_and_assumptions_are_told() {
    let hold = "hold \"dispute\" when dispute #{ stops: [\"contact\"] };\nnever";
    let a = card_with("never", hold);
    for (old, new, keyword, clause) in [
        ("stops: [\"contact\"]", "stops: [\"contact\", \"enforcement\"]", "hold", "stops"),
        ("stops: [\"contact\"]", "stops: [\"contact\"], scope: \"customer\"", "hold", "scope"),
        ("at: \"15:00\"", "at: \"16:00\"", "treatment", "at"),
        ("at: \"15:00\",", "at: \"15:00\", every: 3,", "treatment", "every"),
        ("do phone(", "do ivr(", "treatment", "do"),
        ("number_mobile = \"valid\"", "number_mobile = \"wrong\"", "assume", "value"),
        ("first: \"skip\"", "first: \"skip\", steps: 2", "escalate", "steps"),
        ("currency: \"GBP\"", "currency: \"EUR\"", "policy", "currency"),
        ("applies when product == \"card\"", "applies when product == \"loan\"", "applies", "when"),
    ] {
        assert!(a.contains(old), "{old}");
        let difference = between(&a, &a.replacen(old, new, 1));
        let changed = difference.changes.iter().find(|change| change.keyword == keyword);
        let changed = changed.unwrap_or_else(|| panic!("{new}: {}", difference.text()));
        assert!(changed.decides && changed.clauses.iter().any(|one| one.clause == clause), "{}", difference.text());
    }
}

#[test]
fn a_guardrail_of_the_house_is_told_by_its_condition_and_its_limit() {
    let guard = "guardrail \"days off\" when channel == \"phone\" do keep_hours(#{ every_day: \"08:00-21:00\", sun: \"none\" }) #{ why: \"a test\" };\nnever";
    let a = card_with("never", guard);
    let difference = between(CARD, &a);
    let added = difference.changes.iter().find(|change| change.keyword == "guardrail");
    assert_eq!(
        added.map(|change| (change.how, change.name.as_str())),
        Some((How::Added, "days off")),
        "{}",
        difference.text()
    );
    let difference = between(
        &a,
        &a.replace("08:00-21:00", "09:00-20:00")
            .replace("channel == \"phone\" do keep", "channel in [\"phone\", \"sms\"] do keep"),
    );
    assert_eq!(only(&difference).keyword, "guardrail");
    let limit = only(&difference).clauses.iter().find(|clause| clause.clause == "do").unwrap();
    assert!(limit.b.as_deref().unwrap().contains("every_day: \"09:00-20:00\""), "{}", difference.text());
    assert_eq!(parts(only(&difference)), ["channel == \"phone\" -> channel in [\"phone\", \"sms\"]"]);
}

#[test]
fn the_law_under_which_policies_are_read_is_part_of_what_differs() {
    let text = card_with("zone: \"Europe/London\"", "zone: \"Europe/London\", jurisdiction: \"GB\"");
    let (policy, _) = load(&text);
    let day = "2026-03-31".parse().unwrap();
    let under = |names: [&str; 1]| policy.under(&arrears_rules::law_of(names).unwrap(), day).unwrap();
    let difference = differ(&under(["uk-conc"]), &under(["uk-cca"]));
    let law: Vec<_> =
        difference.changes.iter().map(|change| (change.keyword.as_str(), change.name.as_str(), change.how)).collect();
    assert_eq!(law, [("law", "uk-cca", How::Added), ("law", "uk-conc", How::Removed)]);
}

fn checked(draft: &Draft) -> Option<Policy> {
    Policy::check(draft, &[]).policy
}

/// A policy read from its text, with more brackets and remarks if wanted.
fn reread(draft: &Draft, otherwise: bool) -> Option<Policy> {
    let text = written(draft);
    let text = if otherwise { text.replace(";\n", ";\n\n// a remark\n").replace(" && ", "\n    && ") } else { text };
    arrears_rules::load_source("policy.rhai", &text, &[]).policy
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 80, ..ProptestConfig::default() })]

    #[test]
    fn a_policy_does_not_differ_from_itself_however_it_is_written(draft in drafts(true)) {
        if let Some(policy) = checked(&draft.0) {
            prop_assert!(differ(&policy, &policy).is_empty());
        }
        if let (Some(plain), Some(other)) = (reread(&draft.0, false), reread(&draft.0, true)) {
            let difference = differ(&plain, &other);
            prop_assert!(difference.is_empty() && difference.same, "{}", difference.text());
        }
    }

    #[test]
    fn two_policies_have_one_hash_if_nothing_that_decides_differs(
        draft in drafts(true), other in drafts(true), drop in any::<usize>(), swap in any::<usize>(),
    ) {
        let Some(a) = checked(&draft.0) else { return Ok(()) };
        let statements = draft.0.statements.len();
        let mut fewer = draft.0.clone();
        fewer.statements.remove(drop % statements);
        let mut swapped = draft.0.clone();
        swapped.statements.swap(swap % statements, (swap + 1) % statements);
        for b in [&fewer, &swapped, &other.0].into_iter().filter_map(checked) {
            for difference in [differ(&a, &b), differ(&b, &a)] {
                prop_assert_eq!(difference.deciding().next().is_none(), difference.same, "{}", difference.text());
                prop_assert!(!difference.markdown().is_empty());
            }
        }
    }

    #[test]
    fn every_threshold_that_changed_is_named_and_nothing_else(draft in drafts(false), picks in prop::collection::vec(any::<bool>(), 12)) {
        let Some(policy) = checked(&draft.0) else { return Ok(()) };
        let digits = policy.head().currency.digits();
        let values = policy.threshold_values().zip(picks).filter(|((threshold, value), pick)| *pick && threshold.to != *value);
        let set: Vec<(String, Decimal)> = values
            .map(|((threshold, _), _)| {
                let decimals = threshold.kind.decimals(digits);
                (threshold.name.clone(), Decimal::from_i128_with_scale(threshold.to.into(), decimals))
            })
            .collect();
        let Ok(other) = policy.with_thresholds(&set) else { return Ok(()) };
        let difference = differ(&policy, &other);
        let named: Vec<&str> = difference.changes.iter().map(|change| change.name.as_str()).collect();
        let changed: Vec<&str> = set.iter().map(|(name, _)| name.as_str()).collect();
        prop_assert_eq!(named, changed);
        for change in &difference.changes {
            prop_assert_eq!(change.keyword.as_str(), "threshold");
            prop_assert!(change.clauses.iter().all(|clause| clause.by.is_some()));
        }
    }
}

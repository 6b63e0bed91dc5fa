//! The next review: every open account has one, and before it nothing changes.

use crate::seen::seen;
use crate::{bound, cases, day, law};
use arrears::decide::{MOST_REDECISIONS, advance, redecisions};
use arrears::{Facts, Money, Policy, Value, decide, decide_today};
use arrears_testkit::generate::{Kinds, RowStyle, books};
use arrears_testkit::nights::tomorrow;
use chrono::Days;
use proptest::prelude::*;

/// Nights that are tried one by one.
const NIGHTS: u64 = 366;

const KINDS: Kinds = Kinds { defaults: true, rows: RowStyle { assessed: false, huge: true }, accounts: 3 };

proptest! {
    #![proptest_config(cases(1200))]

    #[test]
    fn every_open_account_has_an_action_or_a_dated_review(book in books(Kinds::ALL)) {
        for facts in &book.accounts {
            let row = bound(&book.policy, facts);
            let decision = decide(&book.policy, &row, &law(), day());
            if book.policy.is_closed(&row) {
                prop_assert_eq!(decision.next_review_on, None);
            } else {
                let review = decision.next_review_on.unwrap();
                prop_assert!(review > day() && review <= day() + Days::new(366));
            }
        }
    }

    #[test]
    fn an_account_is_decided_again_no_more_often_than_is_stated(book in books(Kinds::ALL)) {
        for facts in &book.accounts {
            let row = bound(&book.policy, facts);
            let again = redecisions(&book.policy, &row, day());
            prop_assert!(again <= MOST_REDECISIONS);
            if decide(&book.policy, &row, &law(), day()).review_exact {
                prop_assert!(again > 0, "a day is called exact on which nobody decided");
            }
        }
    }

    #[test]
    fn before_the_next_review_nothing_changes_by_time_alone(book in books(KINDS)) {
        for facts in &book.accounts {
            let mut row = bound(&book.policy, facts);
            let first = decide(&book.policy, &row, &law(), day());
            let Some(review) = first.next_review_on else { continue };
            let mut night = first.clone();
            for days in 1..=NIGHTS {
                let today = day() + Days::new(days);
                if today >= review {
                    break;
                }
                row = tomorrow(&book.policy, &row, &night).unwrap();
                night = decide_today(&book.policy, &row, &law(), today, None);
                prop_assert_eq!(seen(&book.policy, &first), seen(&book.policy, &night), "after {} days, review on {}\n{:?}", days, review, facts);
            }
        }
    }

    #[test]
    fn before_the_next_review_nothing_changes_if_nobody_decides_meanwhile(book in books(KINDS)) {
        for facts in &book.accounts {
            let row = bound(&book.policy, facts);
            let first = decide(&book.policy, &row, &law(), day());
            let Some(review) = first.next_review_on else { continue };
            let mut later = tomorrow(&book.policy, &row, &first).unwrap();
            for days in 1..=NIGHTS {
                let today = day() + Days::new(days);
                if today >= review {
                    break;
                }
                let then = decide_today(&book.policy, &later, &law(), today, None);
                prop_assert_eq!(seen(&book.policy, &first), seen(&book.policy, &then), "after {} days, review on {}\n{:?}", days, review, facts);
                later = advance(&book.policy, &later).unwrap();
            }
        }
    }

    #[test]
    fn a_review_that_is_exact_finds_something_changed(book in books(KINDS)) {
        for facts in &book.accounts {
            let mut row = bound(&book.policy, facts);
            let first = decide(&book.policy, &row, &law(), day());
            let Some(review) = first.next_review_on.filter(|_| first.review_exact) else { continue };
            let days = u64::try_from((review - day()).num_days()).unwrap();
            if days > NIGHTS {
                continue;
            }
            let mut night = first.clone();
            for days in 1..=days {
                row = tomorrow(&book.policy, &row, &night).unwrap();
                night = decide_today(&book.policy, &row, &law(), day() + Days::new(days), None);
            }
            prop_assert_ne!(seen(&book.policy, &first), seen(&book.policy, &night), "review on {}\n{:?}", review, facts);
        }
    }
}

const UNEVEN: &str = r#"
policy "uneven" #{ version: "1", currency: "EUR" };
assume hardship = true #{ why: "so" };
define word_one = (overdue >= overdue);
sign "ability sign 0" when !promise_open #{ ability: 2, lasts: 30 };
debtor "ta" when (((overdue >= overdue) || (overdue >= overdue) || not_yet(days_since_demand)) && promise_open && (cause == "illness") && (overdue >= overdue) && !((cause == "illness")));
debtor "tb" otherwise;
hold "hold one" when (late_count_12m in 1..=1) #{ stops: ["contact"] };
stage "s1" when word_one;
stage "s2" when word_one;
stage "s3" when (unpaid_items >= contacts_7d) #{ after: "current" };
stage "s4" when (balance in 0.00..=10.00) #{ after: "s1" };
escalate #{ mode: "sequential", catch_up: true };
ease to "current" when (product == "card");
cure when (utilisation >= utilisation) #{ to: "current" };
treatment "w1" in ["current", "s2"] when (dpd in 1..=1) do sms(#{ instead: "w 2" });
treatment "w 2" in ["current", "s3"] when (max_dpd_12m in 1..=1) do sms(#{ at_most: 1 });
treatment "w3" in ["current"] when !((dpd >= days_since_payment)) do email(#{ at_most: 1, purpose: "demand" });
treatment "w-4" in ["s1"] unless (paid_30d >= paid_30d) do branch();
"#;

fn policy_of(text: &str) -> Policy {
    let loaded = arrears_rules::load_source("written.rhai", text, &[]);
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    loaded.policy.unwrap_or_else(|| panic!("{problems:?}"))
}

fn nothing_owed() -> Value {
    Value::Money(Money::new("0.00".parse().unwrap(), "EUR".parse().unwrap()).unwrap())
}

/// Sets what the policy asks for.
fn set(policy: &Policy, facts: &mut Facts, name: &str, value: Value) {
    if policy.find_input(name).is_some() {
        facts.set(name, value).unwrap();
    }
}

/// With a cure that is not known, one step or very many leave the stage open, and some steps
/// between them do not.
#[test]
fn what_neither_one_missed_night_nor_a_year_of_them_tells_is_reviewed_before_it_may_differ() {
    let policy = policy_of(UNEVEN);
    let mut facts = Facts::new("A-1", "EUR".parse().unwrap());
    let mut set = |name: &str, value: Value| set(&policy, &mut facts, name, value);
    for name in ["balance", "credit_limit", "min_payment", "overdue", "paid_30d"] {
        set(name, nothing_owed());
    }
    for name in ["dpd", "days_to_due", "days_in_stage", "days_on_rung", "days_since_demand", "days_since_payment"] {
        set(name, Value::Days(0));
    }
    for name in ["days_since_sign_ability_sign_0", "days_since_treatment", "max_dpd_12m", "pause_left"] {
        set(name, Value::Days(0));
    }
    for name in ["unpaid_items", "episode_count_w3", "episode_count_w_2"] {
        set(name, Value::Count(0));
    }
    for name in ["opted_out_branch", "opted_out_email", "opted_out_sms", "promise_open"] {
        set(name, Value::Flag(false));
    }
    for name in ["days_since_decision", "late_count_12m_drops_in"] {
        set(name, Value::Days(1));
    }
    for (name, word) in [
        ("cause", "forgot"),
        ("last_treatment", "w1"),
        ("previous_stage", "current"),
        ("previous_type", "ta"),
        ("product", "something else"),
    ] {
        set(name, Value::Word(word.into()));
    }
    let row = bound(&policy, &facts);
    let first = decide(&policy, &row, &law(), day());
    let mut later = tomorrow(&policy, &row, &first).unwrap();
    let review = (first.next_review_on.unwrap() - day()).num_days();
    let mut stages = vec![first.stage.position()];
    for days in 1..=5 {
        let then = decide_today(&policy, &later, &law(), day() + Days::new(days), None);
        stages.push(then.stage.position());
        later = advance(&policy, &later).unwrap();
    }
    let differs = stages.iter().position(|stage| *stage != first.stage.position());
    assert!(differs.is_some_and(|day| review <= i64::try_from(day).unwrap()), "review in {review} days, {stages:?}");
}

const HIDDEN: &str = r#"
policy "hidden" #{ version: "1", currency: "EUR" };
sign "early" when promise_open #{ ability: -2, lasts: 30 };
sign "always" when (number_mobile == "valid") #{ ability: -1, lasts: 30 };
sign "rarely" when (max_dpd_12m <= 31) #{ ability: -1, lasts: 90 };
debtor "all" otherwise;
stage "unable" when (ability == "low");
escalate #{ mode: "sequential" };
cure when (ability == "high") #{ to: "current" };
treatment "text" in ["current"] do sms();
"#;

/// The greatest days past due of a year fall to 31 on the second day, and to what exactly a row
/// does not tell; decided each night, the sign is seen then, and counts for longer than its days
/// say today.
#[test]
fn a_sign_that_a_night_may_have_seen_is_not_said_to_end_on_a_day() {
    let policy = policy_of(HIDDEN);
    let mut facts = Facts::new("A-1", "EUR".parse().unwrap());
    let mut set = |name: &str, value: Value| set(&policy, &mut facts, name, value);
    for (name, days) in [("days_since_decision", 1), ("dpd", 1), ("max_dpd_12m", 32), ("max_dpd_12m_drops_in", 2)] {
        set(name, Value::Days(days));
    }
    for name in ["early", "always", "rarely"] {
        set(&format!("days_since_sign_{name}"), Value::Days(0));
    }
    for name in ["days_in_stage", "days_on_rung", "days_since_sms", "days_since_treatment"] {
        set(name, Value::Days(0));
    }
    for name in ["promise_open", "opted_out_sms"] {
        set(name, Value::Flag(false));
    }
    for (name, word) in
        [("number_mobile", "valid"), ("previous_stage", "unable"), ("previous_type", "all"), ("last_treatment", "text")]
    {
        set(name, Value::Word(word.into()));
    }
    set("overdue", nothing_owed());
    let row = bound(&policy, &facts);
    let first = decide(&policy, &row, &law(), day());
    assert_eq!(first.next_review_on, Some(day() + Days::new(91)), "{:?}", first.review_reason);
    assert!(!first.review_exact, "{:?}", first.review_reason);
    let (mut row, mut night) = (row, first.clone());
    for days in 1..=91 {
        row = tomorrow(&policy, &row, &night).unwrap();
        night = decide_today(&policy, &row, &law(), day() + Days::new(days), None);
        assert_eq!(seen(&policy, &first), seen(&policy, &night), "after {days} days");
    }
}

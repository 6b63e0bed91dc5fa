//! The next review of a decision on a history: exactly the day on which time alone changes it.

use crate::seen::seen;
use crate::{cases, law};
use arrears::account::{Account, Conventions, DayEnd, Happening, Kept};
use arrears::nights::{Case, Decided};
use arrears::{Law, Policy, RowProblem, decide_today};
use arrears_testkit::generate::history::{SPAN, conventions, events, opened_on};
use arrears_testkit::generate::{Choices, Kinds, books};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use std::path::Path;

/// The longest that a review lies ahead.
const HORIZON: u64 = 366;

/// The first day after a decision on which another is made, day by day: the account is decided every night, nothing
/// is carried out, nothing happens and nothing more becomes known.
fn day_by_day(case: Case<'_>, law: &Law, first: &Decided) -> Result<Option<NaiveDate>, Vec<RowProblem>> {
    let policy = case.policy();
    let wanted = policy.wanted();
    let before = seen(policy, &first.decision);
    let mut carried = policy.carry_idle(&first.row, &first.decision, first.as_of);
    for days in 1..HORIZON {
        let today = first.as_of + Days::new(days);
        let told = case.account().told(today, first.as_of, case.conventions(), &wanted);
        let row = policy.bind_after(&told.facts, &carried, today)?;
        let decision = decide_today(policy, &row, law, today, None);
        if seen(policy, &decision) != before {
            return Ok(Some(today));
        }
        carried = policy.carry_idle(&row, &decision, today);
    }
    Ok(None)
}

/// An account in the currency of a policy, its conventions, and a day.
fn history(list: Vec<u16>, policy: &Policy) -> Option<(Account, Conventions, NaiveDate)> {
    let mut choices = Choices::new(list);
    let conventions = conventions(&mut choices);
    let on = u64::try_from(choices.below(usize::try_from(SPAN).ok()? + 60)).ok()?;
    let events = events(&mut choices);
    let kept = Kept::ALL.into_iter().filter(|_| !choices.chance(8));
    let account = Account::new("A-1", policy.head().currency, opened_on()).complete_in(kept).with(events).ok()?;
    Some((account, conventions, opened_on() + Days::new(on)))
}

fn is_exact(
    policy: &Policy,
    account: &Account,
    conventions: &Conventions,
    on: NaiveDate,
    law: &Law,
) -> Result<(), TestCaseError> {
    let case = Case::new(policy, account, conventions, law);
    // A word of the history that the policy does not know is an error of its row, not of the review.
    let Ok(first) = case.decide(on, on, None) else { return Ok(()) };
    if policy.is_closed(&first.row) {
        prop_assert_eq!(first.decision.next_review_on, None);
        return Ok(());
    }
    let Ok(changes_on) = day_by_day(case, law, &first) else { return Ok(()) };
    let review = first.decision.next_review_on.unwrap();
    // A contact that is known and counts only from a later day may change the state then, which is not brute force's.
    let counts = account.events().iter().filter(|event| matches!(event.happening, Happening::Contact(_)));
    let counts = counts.filter(|event| event.known_on <= on).map(|event| match conventions.day_end {
        DayEnd::Close => event.occurred_on,
        DayEnd::Open => event.occurred_on + Days::new(1),
    });
    let bound = counts.filter(|day| *day > on).min();
    let expected = changes_on.unwrap_or(on + Days::new(HORIZON));
    match bound {
        Some(day) if day < expected => prop_assert_eq!((review, first.decision.review_exact), (day, false)),
        _ => {
            let found = (review, first.decision.review_exact);
            prop_assert_eq!(found, (expected, changes_on.is_some()), "decided on {}", on);
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn on_a_history_the_next_review_is_the_first_day_with_another_decision(
        book in books(Kinds { accounts: 1, ..Kinds::ALL }),
        list in prop::collection::vec(any::<u16>(), 20..260),
    ) {
        if let Some((account, conventions, on)) = history(list, &book.policy) {
            is_exact(&book.policy, &account, &conventions, on, &law())?;
        }
    }
}

/// The card policy on the ten example histories, every so many nights.
#[test]
fn on_the_example_histories_the_card_policy_has_exact_reviews() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    let policy = arrears_rules::load(&examples.join("policies/cn-card.rhai"), &[]).unwrap().policy.unwrap();
    let read = |path: &Path| std::fs::read_to_string(path).unwrap();
    let conventions = Conventions::from_json(&read(&examples.join("data/histories/conventions.json"))).unwrap();
    let (mut nights, mut within_a_year) = (0, 0);
    for entry in std::fs::read_dir(examples.join("data/histories")).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_none_or(|ending| ending != "json") || path.ends_with("conventions.json") {
            continue;
        }
        let account = Account::from_json(&read(&path)).unwrap();
        let first = account.events().first().unwrap().occurred_on;
        for night in (0..26).map(|step| first + Days::new(step * 11)) {
            is_exact(&policy, &account, &conventions, night, &law()).unwrap();
            let law = law();
            let case = Case::new(&policy, &account, &conventions, &law);
            let decided = case.decide(night, night, None).unwrap();
            nights += 1;
            within_a_year += i32::from(decided.decision.review_exact);
        }
    }
    // The law is not empty: most of these nights have a day on which time alone changes the decision.
    assert!(nights == 260 && within_a_year > 130, "{within_a_year} of {nights}");
}

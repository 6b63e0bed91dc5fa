//! How an arrangement performs follows the facts that policies read, and the way back leads back.

use arrears::account::{Account, Amount, Arrangement, ArrangementStanding, Conventions, Event, Kept, Part, Payment};
use arrears::{Currency, Facts, Value};
use arrears_owed::arrangement::{OfferRules, Performance, Performing};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;

fn euro() -> Currency {
    "EUR".parse().unwrap()
}

fn euros(minor: i64) -> Amount {
    Amount::from_minor(minor, euro())
}

fn made_on() -> NaiveDate {
    "2026-05-01".parse().unwrap()
}

fn paid(id: String, days: u64, minor: i64) -> Event {
    Event::new(id, made_on() + Days::new(days), Payment { amount: euros(minor), currency: None, item: None })
}

/// An arrangement of 1 May 2026, with instalments and payments so many days later.
fn account(parts: &[(u64, i64)], payments: &[(u64, i64)]) -> Account {
    let part = |(days, minor): &(u64, i64)| Part { due_on: made_on() + Days::new(*days), amount: euros(*minor) };
    let arranged = Event::new("plan", made_on(), Arrangement { instalments: parts.iter().map(part).collect() });
    let payments = payments.iter().enumerate();
    let payments = payments.map(|(number, (days, minor))| paid(format!("p{number}"), *days, *minor));
    Account::new("A", euro(), "2026-01-01".parse().unwrap())
        .complete_in([Kept::Promises])
        .with(std::iter::once(arranged).chain(payments))
        .unwrap()
}

fn standing(account: &Account, days: u64, conventions: &Conventions) -> ArrangementStanding {
    let on = made_on() + Days::new(days);
    account.standing(on, on, conventions).arrangements.pop().unwrap()
}

fn performance(account: &Account, days: u64, broken_after: Option<u32>) -> Performance {
    Performance::of(&standing(account, days, &Conventions::default()), euro(), broken_after).unwrap()
}

#[test]
fn a_rule_says_how_many_missed_instalments_break_an_arrangement() {
    let account = account(&[(10, 5_000), (40, 5_000), (70, 5_000)], &[(10, 2_000)]);
    let told = |days, after| {
        let found = performance(&account, days, after);
        (found.performing, found.missed, found.to_resume, found.why)
    };
    assert_eq!(told(10, Some(2)), (Performing::Performing, 0, 0, "no instalment is missed".to_owned()));
    let why = |text: &str| text.to_owned();
    assert_eq!(
        told(11, Some(2)),
        (Performing::Behind, 1, 3_000, why("missed instalments: 1; it is broken once 2 are"))
    );
    assert_eq!(
        told(41, Some(2)),
        (Performing::Broken, 2, 8_000, why("missed instalments: 2; it is broken once 2 are"))
    );
    assert_eq!(
        told(41, None),
        (Performing::Behind, 2, 8_000, why("missed instalments: 2; no number of them breaks it"))
    );
    assert_eq!(told(11, Some(1)).0, Performing::Broken);
}

#[test]
fn a_rule_that_breaks_an_arrangement_without_a_miss_is_refused() {
    let offers = |after: u32| {
        OfferRules::from_json(&format!(
            r#"{{"format": "arrears-offers/1", "currency": "EUR", "plans": {{"months": [3], "broken_after": {after}}}}}"#
        ))
    };
    assert_eq!(offers(2).unwrap().plans.unwrap().broken_after, Some(2));
    let faults: Vec<String> = offers(0).unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(faults, ["plans.broken_after: found 0: expected at least one missed instalment"]);
}

proptest! {
    #[test]
    fn the_way_back_is_the_least_after_which_nothing_is_missed(
        parts in prop::collection::btree_map(1..120_u64, 1..8_000_i64, 1..5),
        payments in prop::collection::vec((0..120_u64, 1..9_000_i64), 0..5),
        days in 0..140_u64,
        patience in 0..4_u32,
        broken_after in prop::option::of(1..4_u32),
    ) {
        let parts: Vec<(u64, i64)> = parts.into_iter().collect();
        let account = account(&parts, &payments);
        let conventions = Conventions { promise_days: patience, ..Conventions::default() };
        let found = Performance::of(&standing(&account, days, &conventions), euro(), broken_after).unwrap();
        // The facts say the same.
        let on = made_on() + Days::new(days);
        let facts = Facts::of(&account, on, on, &conventions);
        let active = facts.get("arrangement_active") == Some(&Value::Flag(true));
        prop_assert_eq!(active, found.performing != Performing::PaidInFull);
        if active {
            let missed = i64::try_from(found.missed).unwrap();
            prop_assert_eq!(facts.get("arrangement_missed"), Some(&Value::Count(missed)));
            prop_assert_eq!(found.is_performing(), missed == 0);
            let broken = broken_after.is_some_and(|after| missed >= i64::from(after));
            prop_assert_eq!(found.performing == Performing::Broken, broken);
        }
        let after = |minor: i64| {
            let paid = account.with([paid("back".to_owned(), days, minor)]).unwrap();
            standing(&paid, days, &conventions).missed()
        };
        prop_assert_eq!(found.to_resume > 0, found.missed > 0);
        if found.to_resume > 0 {
            prop_assert_eq!(after(found.to_resume), 0);
            if found.to_resume > 1 {
                prop_assert!(after(found.to_resume - 1) > 0, "a cent less leaves something missed");
            }
        }
    }
}

//! How an arrangement is kept agrees with the facts that policies read, and the least payment that stops the roll does,
//! and a cent less does not.

use arrears::account::{
    Account, Amount, Anchor, Arrangement, Buckets, Conventions, DayEnd, Event, FirstDayLate, Instalment,
    InstalmentKept, Kept, Part, Payment, Schedule,
};
use arrears::{Facts, Value};
use arrears_owed::arrangement::Roll;
use chrono::{Days, NaiveDate};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn euros(minor: i64) -> Amount {
    Amount::from_minor(minor, "EUR".parse().unwrap())
}

fn paid(id: String, on: NaiveDate, minor: i64) -> Event {
    Event::new(id, on, Payment { amount: euros(minor), currency: None, item: None })
}

fn number(facts: &Facts, name: &str) -> i64 {
    match facts.get(name) {
        Some(Value::Days(number) | Value::Count(number)) => *number,
        _ => -1,
    }
}

/// Instalments of 100 each month from 15 January 2026, payments, and perhaps an arrangement on 1 May.
fn account(payments: &[(u64, i64)], parts: &[(u64, i64)]) -> Account {
    let first = day("2026-01-15");
    let instalments = (0..8_u32).map(|month| {
        let due_on = arrears::account::MonthEnd::Clamp.after(first, month);
        Instalment::new(format!("{month}"), due_on, euros(10_000))
    });
    let schedule = Event::new("s", day("2026-01-01"), Schedule { total: None, instalments: instalments.collect() });
    let payments = payments.iter().enumerate();
    let payments = payments.map(|(number, (days, minor))| paid(format!("p{number}"), first + Days::new(*days), *minor));
    let made_on = day("2026-05-01");
    let parts: Vec<Part> =
        parts.iter().map(|(days, minor)| Part { due_on: made_on + Days::new(*days), amount: euros(*minor) }).collect();
    let arranged = (!parts.is_empty()).then(|| Event::new("plan", made_on, Arrangement { instalments: parts }));
    Account::new("A", "EUR".parse().unwrap(), day("2026-01-01"))
        .complete_in([Kept::Promises])
        .with(std::iter::once(schedule).chain(payments).chain(arranged))
        .unwrap()
}

proptest! {
    #[test]
    fn what_is_told_of_an_arrangement_is_what_its_facts_say(
        payments in prop::collection::vec((90..300_u64, 1..15_000_i64), 0..6),
        parts in prop::collection::vec((1..120_u64, 1..8_000_i64), 1..4),
        patience in 0..4_u32,
        on in 100..320_u64,
    ) {
        let account = account(&payments, &parts);
        let conventions = Conventions { promise_days: patience, promise_tolerance: euros(50), ..Conventions::default() };
        let as_of = day("2026-01-15") + Days::new(on);
        let facts = Facts::of(&account, as_of, as_of, &conventions);
        let told = account.standing(as_of, as_of, &conventions).arrangements;
        let Some(told) = told.last() else {
            prop_assert!(as_of < day("2026-05-01"));
            return Ok(());
        };
        let active = facts.get("arrangement_active") == Some(&Value::Flag(true));
        prop_assert_eq!(told.is_active(), active);
        if active {
            prop_assert_eq!(i64::try_from(told.missed()).unwrap(), number(&facts, "arrangement_missed"));
        }
        // By hand: instalments are paid in their order by what came in since.
        let since: i64 = payments.iter().map(|(days, minor)| (day("2026-01-15") + Days::new(*days), *minor))
            .filter(|(on, _)| *on >= day("2026-05-01") && *on <= as_of).map(|(_, minor)| minor).sum();
        let mut sum = 0;
        for (part, kept) in &told.instalments {
            sum += part.amount.minor("EUR".parse().unwrap()).unwrap();
            let is_paid = since >= sum - 50;
            prop_assert_eq!(matches!(kept, InstalmentKept::InTime | InstalmentKept::Late), is_paid);
            let passed = part.due_on + Days::new(u64::from(patience)) < as_of;
            prop_assert_eq!(kept.is_missed(), passed && !is_paid);
        }
        prop_assert_eq!(told.left, (sum - since).max(0));
    }

    #[test]
    fn the_least_payment_keeps_the_bucket_and_a_cent_less_does_not(
        payments in prop::collection::vec((0..150_u64, 1..15_000_i64), 0..6),
        on in 0..150_u64,
        tolerance in prop::sample::select(vec![0_i64, 500]),
        cycles in any::<bool>(),
        day_end in prop::sample::select(vec![DayEnd::Close, DayEnd::Open]),
        first_day_late in prop::sample::select(vec![FirstDayLate::DayAfterDue, FirstDayLate::DueDate]),
        (grace_days, anchor) in (0..5_u32, prop::sample::select(vec![Anchor::DueDate, Anchor::InvoiceDate])),
    ) {
        let account = account(&payments, &[]);
        let buckets = if cycles { Buckets::Cycles } else { Buckets::FirstDays(vec![1, 31, 61, 91]) };
        let conventions = Conventions {
            tolerance: euros(tolerance), buckets, day_end, first_day_late, grace_days, anchor, ..Conventions::default()
        };
        let as_of = day("2026-01-15") + Days::new(on);
        let known: Vec<Event> = account.events().iter().filter(|event| event.known_on <= as_of).cloned().collect();
        let known = Account::new("A", "EUR".parse().unwrap(), day("2026-01-01")).with(known).unwrap();
        let bucket = |account: &Account, on: NaiveDate| {
            let facts = Facts::of(account, on, on, &conventions);
            conventions.buckets.of(number(&facts, "dpd"), number(&facts, "cycles_past_due"))
        };
        let Some(roll) = Roll::of(&account, as_of, &conventions).unwrap() else {
            let today = bucket(&known, as_of);
            let worse = as_of.iter_days().take(400).find(|day| bucket(&known, *day) > today);
            prop_assert_eq!(worse, None, "it rolls after all");
            return Ok(());
        };
        prop_assert_eq!(roll.bucket, bucket(&known, as_of));
        prop_assert!(bucket(&known, roll.rolls_on) > roll.bucket, "it rolls");
        let days = as_of.iter_days().take_while(|day| *day < roll.rolls_on);
        prop_assert!(days.into_iter().all(|day| bucket(&known, day) <= roll.bucket), "and no day before");
        let after = |minor: i64| bucket(&known.with([paid("x".to_owned(), roll.pay_by, minor)]).unwrap(), roll.rolls_on);
        prop_assert!(after(roll.least) <= roll.bucket);
        if roll.least > 1 {
            prop_assert!(after(roll.least - 1) > roll.bucket);
        }
    }
}

//! What holds of every statement: lines add up, no money is lost or made, and who pays less never owes less.

use arrears::Currency;
use arrears::account::{Account, Amount, Component, Event, Happening, Instalment, Payment, Refund, Schedule};
use arrears_owed::interest::Rate;
use arrears_owed::statement::{Line, Reason, Statement};
use arrears_owed::terms::{Ahead, AllocationOrder, LateFee, LateFeeAmount, Penalty, PenaltyRate, RunsOn, Terms, Walk};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;

fn start() -> NaiveDate {
    "2027-09-15".parse().unwrap()
}

fn euro() -> Currency {
    "EUR".parse().unwrap()
}

fn amount(minor: i64) -> Amount {
    Amount::from_minor(minor, euro())
}

/// Days after the start and cents of payments, and which of them are given back when.
type Money = Vec<(u64, i64)>;

fn account(instalments: i64, each: i64, payments: &Money, refunds: &[(usize, u64)]) -> Account {
    let instalments = (0..instalments)
        .map(|number| {
            let due_on = start() + Days::new(30 * u64::try_from(number + 1).unwrap());
            Instalment::new(number.to_string(), due_on, amount(each + number))
        })
        .collect();
    let mut events = vec![Event::new("s", start(), Schedule { total: None, instalments })];
    for (number, (day, cents)) in payments.iter().enumerate() {
        let payment = Payment { amount: amount(*cents), currency: None, item: None };
        events.push(Event::new(format!("p{number}"), start() + Days::new(*day), payment));
    }
    for (number, (payment, days)) in refunds.iter().enumerate() {
        if let Some((paid, _)) = payments.get(*payment) {
            let refund = Refund { payment: format!("p{payment}"), amount: None };
            events.push(Event::new(format!("r{number}"), start() + Days::new(paid + days), refund));
        }
    }
    Account::new("A", euro(), start()).with(events).unwrap()
}

fn terms() -> impl Strategy<Value = Terms> {
    let rates = (0..50_i64, 0..90_i64, 0..40_i64);
    let orders =
        (any::<bool>(), Just(Component::ALL.to_vec()).prop_shuffle(), Just(Component::ALL.to_vec()).prop_shuffle());
    (rates, orders, any::<bool>(), any::<bool>(), 0..6_u32).prop_map(
        |((contract, penalty, fee), (by_item, first, then), outstanding, ahead, grace_days)| {
            let rate = |parts| Rate::annual(rust_decimal::Decimal::new(parts, 2)).unwrap();
            let walk = if by_item { Walk::Items } else { Walk::Components };
            let mut terms = Terms::new(euro());
            terms.rate = Some(rate(contract));
            terms.runs_on = if outstanding { RunsOn::Outstanding } else { RunsOn::Overdue };
            terms.ahead = if ahead { Ahead::Principal } else { Ahead::Hold };
            terms.penalty = Some(Penalty {
                rate: PenaltyRate::Rate(rate(penalty)),
                on: vec![Component::Principal, Component::Fee],
                beside_contract: by_item,
            });
            let amount = LateFeeAmount::Percent {
                of_late: rust_decimal::Decimal::new(fee + 1, 2),
                minimum: Some(500),
                maximum: None,
            };
            terms.late_fees = vec![LateFee { why: "late".to_owned(), after_days: 3, amount }];
            terms.grace_days = grace_days;
            terms.orders = vec![
                AllocationOrder { from_days: 0, walk, components: first },
                AllocationOrder { from_days: 91, walk, components: then },
            ];
            terms
        },
    )
}

fn money() -> impl Strategy<Value = Money> {
    prop::collection::vec((0..400_u64, 1..60_000_i64), 0..8)
}

fn sum(lines: &[Line], wanted: impl Fn(&Line) -> bool) -> i64 {
    lines.iter().filter(|line| wanted(line)).map(|line| line.amount).sum()
}

proptest! {
    #[test]
    fn lines_add_up_to_every_figure_of_the_statement(
        terms in terms(), payments in money(), refunds in prop::collection::vec((0..8_usize, 0..60_u64), 0..3), days in 0..500_u64,
    ) {
        let account = account(6, 20_000, &payments, &refunds);
        let day = start() + Days::new(days);
        let owed = Statement::of(&account, &terms, day, day).unwrap();
        prop_assert_eq!(owed.total, sum(&owed.lines, |_| true));
        prop_assert_eq!(owed.held, -sum(&owed.lines, |line| line.component.is_none()));
        for component in Component::ALL {
            let of_it = owed.by_component.get(&component).copied().unwrap_or(0);
            prop_assert_eq!(of_it, sum(&owed.lines, |line| line.component == Some(component)));
            prop_assert!(of_it >= 0, "{:?}", owed);
        }
        prop_assert_eq!(owed.overdue, owed.overdue_by_component.values().sum::<i64>());
        prop_assert!(owed.overdue <= owed.to_be_current);
    }

    #[test]
    fn every_cent_that_was_paid_and_kept_settles_something_or_is_held(
        terms in terms(), payments in money(), refunds in prop::collection::vec((0..8_usize, 0..60_u64), 0..3), days in 0..500_u64,
    ) {
        let account = account(6, 20_000, &payments, &refunds);
        let day = start() + Days::new(days);
        let owed = Statement::of(&account, &terms, day, day).unwrap();
        let happened = account.events().iter().filter(|event| event.occurred_on <= day);
        let mut kept = std::collections::BTreeMap::new();
        for event in happened {
            match &event.happening {
                Happening::Payment(payment) => { kept.insert(event.id.clone(), payment.amount.minor(euro()).unwrap()); }
                Happening::Refund(refund) => { kept.insert(refund.payment.clone(), 0); }
                _ => {}
            }
        }
        let went = |line: &Line| matches!(line.reason, Reason::Paid | Reason::PaidAhead | Reason::GivenBack);
        prop_assert_eq!(-sum(&owed.lines, went), kept.values().sum::<i64>());
    }

    #[test]
    fn interest_fees_and_lines_do_not_depend_on_when_somebody_looked(
        terms in terms(), payments in money(), days in 0..400_u64, more in 0..100_u64,
    ) {
        let account = account(6, 20_000, &payments, &[]);
        let (before, after) = (start() + Days::new(days), start() + Days::new(days + more));
        let first = Statement::of(&account, &terms, before, before).unwrap();
        let then = Statement::of(&account, &terms, after, after).unwrap();
        // What was booked by a day stands on every later day; only what still grew on the day is cut anew.
        let fixed = |owed: &Statement| -> Vec<Line> {
            owed.lines.iter().filter(|line| line.on < before).cloned().collect()
        };
        prop_assert_eq!(fixed(&first), fixed(&then));
    }
}

//! Laws of allocation: money is conserved, and nobody receives more than is owed.

use crate::support::{day, every, lines, money};
use arrears::Money;
use arrears::account::Component;
use arrears_owed::allocation::{Allocation, Balance, DebtOwed, DirectedInput, LaterBalance, RateInput};
use proptest::prelude::*;
use std::collections::BTreeMap;

fn cents(minor: i64) -> Money {
    Money::from_minor(minor, "USD".parse().unwrap())
}

/// What every allocation keeps, whatever its rule.
fn conserved(divided: &Allocation<'_>, payment: Money) -> Result<(), TestCaseError> {
    let given: i64 = divided.shares.iter().map(|share| share.amount.minor()).sum();
    prop_assert_eq!(given + divided.unallocated.minor(), payment.minor());
    prop_assert!(divided.unallocated.minor() >= 0);
    for share in &divided.shares {
        prop_assert!(share.amount.minor() >= 0 && share.amount.minor() <= share.owed.minor(), "{:?}", share);
    }
    Ok(())
}

fn balance() -> impl Strategy<Value = Balance> {
    (0..500_i64, 0..=100_i64, 0..4_u32, prop::option::of(0..400_u64)).prop_map(|(amount, disputed, apr, until)| {
        Balance {
            id: String::new(),
            amount: cents(amount),
            apr: rust_decimal::Decimal::from(apr * 5),
            disputed: cents(amount * disputed / 100),
            deferred_until: until.map(|days| day("2026-01-01") + chrono::Days::new(days)),
        }
    })
}

proptest! {
    #[test]
    fn an_order_by_components_conserves_money(owed in prop::array::uniform5(0..500_i64), paid in 0..2_500_i64, days in 0..200_i64) {
        let regimes = every();
        let components = [Component::Cost, Component::Fee, Component::Interest, Component::Penalty, Component::Principal];
        for (name, ranked) in [("CN-CIV-561", [true, false, true, true, true]), ("CN-CARD-ALLOCATION", [false, true, true, true, true])] {
            let owed: BTreeMap<Component, Money> = components.into_iter().zip(owed).zip(ranked)
                .filter(|(_, ranked)| *ranked).map(|((component, minor), _)| (component, cents(minor))).collect();
            let order = regimes.component_order(name).unwrap();
            let divided = order.allocate(cents(paid), &owed, Some(days)).unwrap();
            conserved(&divided, cents(paid))?;
            let all: i64 = owed.values().map(|amount| amount.minor()).sum();
            prop_assert_eq!(divided.unallocated.minor(), (paid - all).max(0), "nothing is left while something is owed");
            // Who comes later has something only if all before are paid in full.
            let short = divided.shares.iter().position(|share| share.amount != share.owed).unwrap_or(usize::MAX);
            prop_assert!(divided.shares.iter().skip(short.saturating_add(1)).all(|share| share.amount.minor() == 0));
        }
    }

    #[test]
    fn an_order_by_rates_conserves_money_and_reaches_disputes_last(
        mut balances in prop::collection::vec(balance(), 0..6),
        later in prop::collection::vec(0..200_i64, 0..3),
        paid in 0..3_000_i64,
        due_day in 1..=31_u32,
        on in 0..400_u64,
    ) {
        for (index, balance) in balances.iter_mut().enumerate() {
            balance.id = format!("b{index}");
        }
        let later: Vec<LaterBalance> = later.into_iter().enumerate()
            .map(|(index, minor)| LaterBalance { id: format!("l{index}"), amount: cents(minor) }).collect();
        let owed: i64 = balances.iter().map(|balance| balance.amount.minor()).chain(later.iter().map(|later| later.amount.minor())).sum();
        let input = RateInput {
            balances, later, excess: cents(paid),
            credited_on: Some(day("2026-01-01") + chrono::Days::new(on)), due_day: Some(due_day), request: BTreeMap::new(),
        };
        let regimes = every();
        let order = regimes.rate_order("US-REGZ-53").unwrap();
        let divided = order.allocate(&input).unwrap();
        conserved(&divided, cents(paid))?;
        prop_assert_eq!(divided.unallocated.minor(), (paid - owed).max(0));
        let disputed = divided.shares.iter().any(|share| share.disputed && share.amount.minor() > 0);
        let open = divided.shares.iter().any(|share| !share.disputed && share.amount != share.owed);
        prop_assert!(!(disputed && open), "a dispute was reduced while something else is open");
        prop_assert_eq!(&order.allocate(&input).unwrap(), &divided, "the same input gives the same answer");

        // A request of what is possible is followed to the cent, and conserves money too.
        let mut left = paid;
        let request: BTreeMap<String, Money> = input.balances.iter().rev().map(|balance| {
            let asked = (balance.amount.minor() - balance.disputed.minor()).min(left) / 2;
            left -= asked;
            (balance.id.clone(), cents(asked))
        }).collect();
        let followed = order.allocate(&RateInput { request: request.clone(), ..input }).unwrap();
        conserved(&followed, cents(paid))?;
        for (id, asked) in &request {
            prop_assert!(followed.undisputed()[id.as_str()].minor() >= asked.minor());
        }
    }

    #[test]
    fn nothing_ever_goes_to_a_debt_in_dispute(
        debts in prop::collection::vec((0..500_i64, any::<bool>(), 0..=100_i64), 0..5),
        more in 0..500_i64,
        directed: bool,
    ) {
        let debts: Vec<(DebtOwed, i64)> = debts.into_iter().enumerate().map(|(index, (amount, disputed, part))| {
            (DebtOwed { id: format!("d{index}"), amount: cents(amount), disputed }, amount * part / 100)
        }).collect();
        let directions: BTreeMap<String, Money> = debts.iter().filter(|_| directed)
            .map(|(debt, part)| (debt.id.clone(), cents(*part))).collect();
        let paid = cents(more + debts.iter().map(|(_, part)| part).sum::<i64>());
        let regimes = every();
        let input = DirectedInput { debts: debts.into_iter().map(|(debt, _)| debt).collect(), payment: paid, directions };
        let divided = regimes.directed("US-REGF-30c").unwrap().allocate(&input).unwrap();
        conserved(&divided, paid)?;
        for debt in &input.debts {
            let given = divided.undisputed()[debt.id.as_str()];
            if debt.disputed {
                prop_assert_eq!(given.minor(), 0);
            } else if let Some(direction) = input.directions.get(&debt.id) {
                prop_assert_eq!(given, *direction);
            }
        }
    }
}

#[test]
fn card_payments_turn_to_principal_first_on_the_ninety_first_day() {
    let regimes = every();
    let order = regimes.component_order("CN-CARD-ALLOCATION").unwrap();
    let owed: BTreeMap<Component, Money> = [
        (Component::Fee, money("20", "CNY")),
        (Component::Interest, money("30", "CNY")),
        (Component::Principal, money("500", "CNY")),
    ]
    .into();
    let divided = |days| {
        let divided = order.allocate(money("40", "CNY"), &owed, Some(days)).unwrap();
        ["interest", "fee", "principal"].map(|name| divided.undisputed()[name].minor())
    };
    assert_eq!(divided(90), [3000, 1000, 0]);
    assert_eq!(divided(91), [0, 0, 4000]);
    let free = order.allocate(money("40", "CNY"), &owed, Some(90)).unwrap().free;
    assert_eq!(free, [["interest", "penalty", "fee"]], "the text leaves this order to the bank");
    assert_eq!(
        lines(&order.allocate(money("40", "CNY"), &owed, None).unwrap_err()),
        "days_past_due: missing: the order depends on it\n"
    );
}

#[test]
fn a_component_that_a_rule_does_not_rank_is_not_silently_left_unpaid() {
    let regimes = every();
    let owed = [(Component::Fee, money("20", "CNY"))].into();
    let faults =
        regimes.component_order("CN-CIV-561").unwrap().allocate(money("40", "CNY"), &owed, Some(-1)).unwrap_err();
    assert_eq!(lines(&faults), "days_past_due: found -1: expected zero or more days\n");
    let faults = regimes.component_order("CN-CIV-561").unwrap().allocate(money("40", "CNY"), &owed, None).unwrap_err();
    assert_eq!(
        lines(&faults),
        "owed.fee: `CN-CIV-561` does not rank it: expected it to be part of another component\n"
    );
}

#[test]
fn directions_are_followed_exactly_and_what_they_leave_is_left_over() {
    let regimes = every();
    let debt = |id: &str, amount, disputed| DebtOwed { id: id.into(), amount: money(amount, "USD"), disputed };
    let mut input = DirectedInput {
        debts: vec![debt("X", "300", true), debt("Y", "500", false), debt("Z", "100", false)],
        payment: money("200", "USD"),
        directions: [("X".into(), money("50", "USD")), ("Y".into(), money("120", "USD"))].into(),
    };
    let divided = |input: &DirectedInput| regimes.directed("US-REGF-30c").unwrap().allocate(input).unwrap();
    let found = divided(&input);
    assert_eq!(["X", "Y", "Z"].map(|id| found.undisputed()[id].minor()), [0, 12000, 0]);
    assert_eq!(found.unallocated, money("80", "USD"));
    assert_eq!(found.shares[0].why, "in dispute: nothing, though the debtor directed a part to it");
    input.directions.clear();
    let found = divided(&input);
    assert_eq!(["X", "Y", "Z"].map(|id| found.undisputed()[id].minor()), [0, 20000, 0]);
    assert_eq!(found.free, [["Y", "Z"]], "the rule leaves this order to the creditor");
    input.directions = [("Q".into(), money("1", "USD")), ("Z".into(), money("250", "USD"))].into();
    let faults = regimes.directed("US-REGF-30c").unwrap().allocate(&input).unwrap_err();
    assert_eq!(
        lines(&faults),
        "directions.Q: no debt is called `Q`\n\
         directions.Z: found 250.00 USD: expected at most what is owed, 100.00 USD\n\
         directions: direct more than was paid: expected at most 200.00 USD\n"
    );
}

//! The table of what delay costs says of a plan what the plan says of itself.

use arrears::account::Account;
use arrears_owed::arrangement::{Plan, PlanTerms};
use arrears_owed::delay::{Arranged, Behaviour, Delay, DelayCell};
use arrears_owed::interest::{DayCount, Rate, Rounding, RoundingMode};
use arrears_owed::statement::Statement;
use arrears_owed::terms::Terms;
use chrono::{Datelike, Days, NaiveDate};
use proptest::prelude::*;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

/// A loan that is late, with interest, penalty interest and fees on it.
fn loan() -> (Account, Terms) {
    let read =
        |name: &str| std::fs::read_to_string(format!("{}/../../examples/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let account = Account::from_json(&read("data/owed/loan-late.json")).unwrap();
    (account, Terms::from_json(&read("terms/instalment-loan.json")).unwrap())
}

fn row(account: &Account, terms: &Terms, plan: &Plan, days: &[u32]) -> Vec<DelayCell> {
    let arranged = Behaviour::Arranged(Box::new(Arranged { name: "plan".to_owned(), plan: plan.clone() }));
    let table = Delay::table(account, terms, plan.agreed_on, days, &[Behaviour::Nothing, arranged]).unwrap();
    assert_eq!(table.rows[1].behaviour, "plan");
    table.rows[1].cells.clone()
}

fn days_until(from: NaiveDate, to: NaiveDate) -> u32 {
    u32::try_from(to.num_days_from_ce() - from.num_days_from_ce()).unwrap()
}

proptest! {
    #[test]
    fn the_cost_of_a_plan_is_that_of_its_row_and_nothing_is_owed_at_its_end(
        as_of in 0..300_u64,
        first in 1..60_u64,
        months in 1..72_u32,
        rate in 0..4_000_u32,
        daily in any::<bool>(),
        count in 0..5_usize,
        unit in prop::sample::select(vec![1_i64, 100, 1_000]),
        (half_up, cent) in (any::<bool>(), prop::sample::select(vec![1_u32, 5])),
    ) {
        let (account, terms) = loan();
        let agreed_on = day("2027-02-01") + Days::new(as_of);
        let today = Statement::of(&account, &terms, agreed_on, agreed_on).unwrap();
        prop_assume!(today.total > 0);
        let written = rust_decimal::Decimal::new(i64::from(rate), if daily { 7 } else { 4 });
        let asked = PlanTerms {
            currency: terms.currency,
            amount: today.total,
            rate: if daily { Rate::daily(written) } else { Rate::annual(written) }.unwrap(),
            day_count: DayCount::ALL[count],
            rounding: Rounding::new(if half_up { RoundingMode::HalfUp } else { RoundingMode::HalfEven }, cent),
            agreed_on,
            first_due: agreed_on + Days::new(first),
            unit,
        };
        let plan = Plan::within(&asked, months).unwrap();
        let last = plan.instalments.last().unwrap().due_on;
        let mut days: Vec<u32> = plan.instalments.iter().map(|one| days_until(agreed_on, one.due_on)).collect();
        days.insert(0, 0);
        let cells = row(&account, &terms, &plan, &days);
        prop_assert_eq!((cells[0].owed, cells[0].cost, cells[0].paid), (today.total, 0, 0));
        for (cell, instalment) in cells[1..].iter().zip(&plan.instalments) {
            prop_assert_eq!(cell.on, instalment.due_on);
            prop_assert_eq!(cell.owed, instalment.left, "{}", cell.on);
            prop_assert_eq!(cell.overdue, 0);
            prop_assert_eq!(cell.cost, cell.owed + cell.paid - today.total);
        }
        let end = cells.last().unwrap();
        prop_assert_eq!((end.on, end.owed, end.paid, end.cost), (last, 0, plan.total, plan.cost));
    }
}

#[test]
fn between_two_instalments_the_interest_so_far_is_owed() {
    let (account, terms) = loan();
    let agreed_on = day("2027-06-30");
    let today = Statement::of(&account, &terms, agreed_on, agreed_on).unwrap();
    let asked = PlanTerms {
        currency: terms.currency,
        amount: today.total,
        rate: Rate::annual("0.12".parse().unwrap()).unwrap(),
        day_count: DayCount::Thirty360,
        rounding: Rounding::default(),
        agreed_on,
        first_due: day("2027-07-30"),
        unit: 1,
    };
    let plan = Plan::within(&asked, 6).unwrap();
    let cells = row(&account, &terms, &plan, &[15, 30]);
    // Half a month of one per cent a month on 771.79, and a whole one.
    assert_eq!((cells[0].cost, cells[0].owed), (386, 77_179 + 386));
    assert_eq!(cells[1].cost, 772);
    assert_eq!(plan.instalments[0].interest, 772);
}

#[test]
fn a_plan_of_less_than_is_owed_lets_go_of_the_rest() {
    let (account, terms) = loan();
    let agreed_on = day("2027-06-30");
    let today = Statement::of(&account, &terms, agreed_on, agreed_on).unwrap();
    let asked = PlanTerms {
        currency: terms.currency,
        amount: 50_000,
        rate: Rate::ZERO,
        day_count: DayCount::Act365Fixed,
        rounding: Rounding::default(),
        agreed_on,
        first_due: day("2027-07-15"),
        unit: 1,
    };
    let cells = row(&account, &terms, &Plan::within(&asked, 2).unwrap(), &[0, 90]);
    assert_eq!(cells.iter().map(|cell| cell.cost).collect::<Vec<_>>(), [50_000 - today.total; 2]);
}

#[test]
fn a_plan_of_another_day_or_currency_has_no_row() {
    let (account, terms) = loan();
    let asked = PlanTerms {
        currency: "USD".parse().unwrap(),
        amount: 50_000,
        rate: Rate::ZERO,
        day_count: DayCount::Act365Fixed,
        rounding: Rounding::default(),
        agreed_on: day("2027-06-30"),
        first_due: day("2027-07-15"),
        unit: 1,
    };
    let plan = Plan::within(&asked, 2).unwrap();
    let said = |as_of: &str| {
        let arranged = Behaviour::Arranged(Box::new(Arranged { name: "plan".to_owned(), plan: plan.clone() }));
        Delay::table(&account, &terms, day(as_of), &[0], &[arranged]).unwrap_err().to_string()
    };
    assert_eq!(said("2027-06-30"), "the payments of `plan` cannot be taken: plan.currency: found USD: expected EUR");
    assert_eq!(
        said("2027-07-01"),
        "the payments of `plan` cannot be taken: plan.agreed_on: found 2027-06-30: expected today, 2027-07-01"
    );
}

//! Plans repay exactly, cost no more than they must, and are never above what somebody can pay.

use arrears::Currency;
use arrears_owed::arrangement::{Affordable, Limits, Means, Menu, Plan, PlanError, PlanTerms, Ranking, Stated};
use arrears_owed::interest::{DayCount, Rate, Rounding};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use serde::Deserialize;

#[derive(Deserialize)]
struct Case {
    currency: Currency,
    amount: i64,
    annual: String,
    day_count: String,
    agreed_on: NaiveDate,
    first_due: NaiveDate,
    unit: i64,
    months: u32,
    instalments: Vec<Row>,
}

#[derive(Debug, PartialEq, Eq, Deserialize)]
struct Row {
    due_on: NaiveDate,
    amount: i64,
    interest: i64,
}

fn terms(amount: i64, annual: &str, unit: i64) -> PlanTerms {
    PlanTerms {
        currency: "EUR".parse().unwrap(),
        amount,
        rate: Rate::annual(annual.parse().unwrap()).unwrap(),
        day_count: DayCount::Act365Fixed,
        rounding: Rounding::default(),
        agreed_on: day("2026-11-27"),
        first_due: day("2026-12-31"),
        unit,
    }
}

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn can_pay(monthly: i64) -> Affordable {
    Affordable { monthly, short_by: 0, lines: Vec::new() }
}

fn limits(months: &[u32]) -> Limits {
    Limits {
        months: months.to_vec(),
        longest: Some((60, "《商业银行信用卡业务监督管理办法》第70条".to_owned())),
        smallest_instalment: 5_000,
        choices: 3,
        ranking: Ranking::LeastCost,
    }
}

#[test]
fn plans_agree_to_the_last_cent_with_a_second_calculation() {
    let cases: Vec<Case> = serde_json::from_str(include_str!("../cases/plans_by_hand.json")).unwrap();
    assert!(cases.len() >= 20, "{} plans", cases.len());
    for case in cases {
        let count = DayCount::ALL.into_iter().find(|count| count.word() == case.day_count).unwrap();
        let asked = PlanTerms {
            currency: case.currency,
            amount: case.amount,
            rate: Rate::annual(case.annual.parse().unwrap()).unwrap(),
            day_count: count,
            rounding: Rounding::default(),
            agreed_on: case.agreed_on,
            first_due: case.first_due,
            unit: case.unit,
        };
        let plan = Plan::within(&asked, case.months).unwrap();
        let rows = plan.instalments.iter();
        let found: Vec<Row> =
            rows.map(|row| Row { due_on: row.due_on, amount: row.amount, interest: row.interest }).collect();
        assert_eq!(found, case.instalments, "{asked:?}");
    }
}

proptest! {
    #[test]
    fn a_plan_repays_exactly_and_one_unit_less_a_month_would_not(
        amount in 1_i64..50_000_000, rate in 0_i64..100_000, unit in 1_i64..5_000, months in 1_u32..121, wait in 1_u64..90,
    ) {
        let mut asked = terms(amount, &rust_decimal::Decimal::new(rate, 5).to_string(), unit);
        asked.first_due = asked.agreed_on + Days::new(wait);
        let plan = Plan::within(&asked, months).unwrap();
        prop_assert_eq!(plan.instalments.iter().map(|row| row.principal).sum::<i64>(), amount);
        prop_assert_eq!(plan.instalments.iter().map(|row| row.amount).sum::<i64>(), plan.total);
        prop_assert_eq!(plan.total, amount + plan.cost);
        prop_assert_eq!(plan.instalments.last().unwrap().left, 0);
        let (last, others) = plan.instalments.split_last().unwrap();
        prop_assert!(others.iter().all(|row| row.amount == plan.each() && row.amount % unit == 0));
        prop_assert!(last.amount > 0 && last.amount <= plan.each());
        prop_assert!(plan.instalments.windows(2).all(|pair| pair[0].due_on < pair[1].due_on));
        // A single instalment is what is owed, whatever the unit.
        if !others.is_empty() && plan.each() > unit {
            let less = Plan::of(&asked, plan.each() - unit, months);
            let never = matches!(less, Err(PlanError::NeverRepays { .. }));
            prop_assert!(never, "{:?}", less);
        }
    }

    #[test]
    fn nothing_on_a_menu_is_above_what_can_be_paid_and_every_term_is_offered_or_refused_with_a_reason(
        amount in 1_i64..50_000_000, rate in 0_i64..60_000, monthly in 0_i64..2_000_000, choices in 1_usize..5,
        by_instalment: bool,
    ) {
        let asked = terms(amount, &rust_decimal::Decimal::new(rate, 5).to_string(), 100);
        let terms_offered = [6, 12, 24, 36, 60, 72];
        let ranking = if by_instalment { Ranking::LeastInstalment } else { Ranking::LeastCost };
        let limits = Limits { choices, ranking, ..limits(&terms_offered) };
        let menu = Menu::of(&asked, &limits, &can_pay(monthly)).unwrap();
        prop_assert!(menu.offers.len() <= choices);
        prop_assert!(menu.offers.iter().all(|offer| offer.plan.each() <= monthly && offer.months <= 60));
        prop_assert!(menu.offers.iter().all(|offer| offer.spare == monthly - offer.plan.each()));
        prop_assert_eq!(menu.offers.len() + menu.refused.len(), terms_offered.len());
        let rank = |offer: &arrears_owed::arrangement::Offer| match ranking {
            Ranking::LeastCost => offer.plan.cost,
            Ranking::LeastInstalment => offer.plan.each(),
        };
        prop_assert!(menu.offers.windows(2).all(|pair| rank(&pair[0]) <= rank(&pair[1])));
        prop_assert_eq!(&menu, &Menu::of(&asked, &limits, &can_pay(monthly)).unwrap());
    }
}

#[test]
fn instalments_that_do_not_cover_the_interest_never_repay_and_the_least_that_do_are_told() {
    let asked = terms(1_000_000, "0.18", 100);
    let error = Plan::of(&asked, 10_000, 60).unwrap_err();
    assert_eq!(
        error.to_string(),
        "100.00 EUR a month never repays 10000.00 EUR in 60 months: the least that does is 255.00 EUR"
    );
    assert_eq!(Plan::of(&asked, 25_500, 60).unwrap().instalments.last().unwrap().left, 0);
}

#[test]
fn what_is_wrong_with_a_plan_is_said_all_at_once() {
    let mut asked = terms(0, "0.18", 0);
    asked.first_due = asked.agreed_on;
    let error = Plan::within(&asked, 0).unwrap_err();
    assert_eq!(
        error.to_string(),
        "no plan can be made: amount: found 0: expected more than zero to repay; unit: found 0: expected at least 1; \
         first_due: 2026-11-27 is not after the agreement of 2026-11-27; months: found 0: expected 1 to 600"
    );
    let empty = Limits { smallest_instalment: -1, choices: 0, ..limits(&[]) };
    let error = Menu::of(&terms(100, "0", 1), &empty, &can_pay(1)).unwrap_err();
    assert_eq!(
        error.to_string(),
        "no plan can be made: months: the list is empty: expected at least one term; smallest_instalment: an amount below zero: expected zero or more; choices: found 0: expected at least one choice"
    );
}

#[test]
fn income_below_living_costs_affords_nothing_and_every_term_says_so() {
    let stated = |what: &str, amount| Stated { what: what.to_owned(), amount };
    let means = Means {
        currency: "EUR".parse().unwrap(),
        income: vec![stated("wages", 120_000)],
        living_costs: vec![stated("rent", 80_000), stated("food", 50_000)],
        other_debts: vec![],
        kept_for_living: 0,
    };
    let affordable = means.affordable().unwrap();
    assert_eq!((affordable.monthly, affordable.short_by), (0, 10_000));
    assert_eq!(affordable.lines.iter().map(|line| line.amount).sum::<i64>(), -10_000);
    let menu = Menu::of(&terms(100_000, "0", 100), &limits(&[6, 12, 72]), &affordable).unwrap();
    assert!(menu.offers.is_empty());
    let refused: Vec<String> =
        menu.refused.iter().map(|refused| format!("{}: {}", refused.months, refused.why)).collect();
    assert_eq!(
        refused,
        [
            "72: longer than 60 months (《商业银行信用卡业务监督管理办法》第70条)",
            "12: 84.00 a month, and 0.00 can be afforded",
            "6: 167.00 a month, and 0.00 can be afforded",
        ]
    );
}

#[test]
fn a_cost_below_zero_is_no_cost() {
    let stated = |what: &str, amount| Stated { what: what.to_owned(), amount };
    let means = Means {
        currency: "EUR".parse().unwrap(),
        income: vec![stated("wages", -1)],
        living_costs: vec![],
        other_debts: vec![stated("car", 10), stated("bike", -2)],
        kept_for_living: -3,
    };
    let faults: Vec<String> = means.affordable().unwrap_err().iter().map(ToString::to_string).collect();
    assert_eq!(
        faults,
        [
            "income[0].amount: `wages` is -0.01 EUR: expected zero or more",
            "other_debts[1].amount: `bike` is -0.02 EUR: expected zero or more",
            "kept_for_living: found -0.03 EUR: expected zero or more",
        ]
    );
}

//! Elements, re-ages and plans: what is not known is never taken as met.

use crate::support::{day, every, lines, money};
use arrears_owed::elements::{Earliest, Element, ElementsFound, ElementsInput};
use arrears_owed::finding::Met;
use arrears_owed::reage::{ReAgeInput, ReAgeTest};
use arrears_owed::{Regimes, Rule};
use chrono::Days;
use proptest::prelude::*;

fn known() -> ElementsInput {
    ElementsInput {
        principal: Some(money("50000", "CNY")),
        effective_demands: Some(vec![day("2026-01-05"), day("2026-02-10")]),
        unpaid: Some(true),
        as_of: day("2026-05-11"),
    }
}

fn met(found: &ElementsFound<'_>) -> [Met; 4] {
    let of = |element| found.elements.iter().find(|found| found.of == element).unwrap().met;
    [Element::Amount, Element::Interval, Element::Months, Element::Unpaid].map(of)
}

#[test]
fn what_is_not_given_is_unknown_and_never_met() {
    let regimes = every();
    let find = |input: &ElementsInput| regimes.elements("CN-2018-OVERDRAFT").unwrap().find(input).unwrap();
    let found = find(&known());
    assert_eq!((met(&found), found.all), ([Met::Met; 4], Met::Met));
    let unknown = ElementsInput { principal: None, effective_demands: None, unpaid: None, ..known() };
    let found = find(&unknown);
    assert_eq!((met(&found), found.all), ([Met::Unknown; 4], Met::Unknown));
    assert_eq!((found.missing().count(), found.earliest), (0, None));
    let none = find(&ElementsInput { effective_demands: Some(vec![]), ..known() });
    assert_eq!(
        met(&none),
        [Met::Met, Met::NotMet, Met::NotMet, Met::Met],
        "none is known, and not the same as unknown"
    );
    let small = find(&ElementsInput { principal: Some(money("1", "CNY")), effective_demands: None, ..known() });
    assert_eq!(small.all, Met::NotMet, "one that is surely missing is enough");
    let paid = find(&ElementsInput { unpaid: Some(false), ..known() });
    assert_eq!((paid.all, paid.earliest), (Met::NotMet, None));
}

#[test]
fn the_earliest_day_is_the_first_on_which_every_element_is_there() {
    let regimes = every();
    let rule = regimes.elements("CN-2018-OVERDRAFT").unwrap();
    let earliest = |demands: &[&str], as_of: &str| {
        let demands = demands.iter().map(|text| day(text)).collect();
        rule.find(&ElementsInput { effective_demands: Some(demands), as_of: day(as_of), ..known() }).unwrap().earliest
    };
    let on = |on: &str, demand_on: Option<&str>| Some(Earliest { on: day(on), demand_on: demand_on.map(day) });
    assert_eq!(earliest(&["2026-01-05", "2026-02-10"], "2026-03-01"), on("2026-05-11", None));
    assert_eq!(earliest(&["2026-01-05"], "2026-01-06"), on("2026-05-05", Some("2026-02-04")));
    assert_eq!(earliest(&["2026-01-05"], "2026-03-01"), on("2026-06-02", Some("2026-03-01")));
    assert_eq!(earliest(&[], "2026-01-05"), on("2026-05-05", Some("2026-01-05")));
    assert_eq!(
        earliest(&["2026-01-05", "2026-02-10"], "2026-01-20"),
        on("2026-05-05", Some("2026-02-04")),
        "the second lies ahead"
    );
}

#[test]
fn a_principal_of_another_currency_or_below_zero_is_refused() {
    let regimes = every();
    let input = ElementsInput { principal: Some(money("-1", "USD")), ..known() };
    assert_eq!(
        lines(&regimes.elements("CN-2018-OVERDRAFT").unwrap().find(&input).unwrap_err()),
        "principal: found -1.00 USD: expected an amount in CNY\nprincipal: found -1.00 USD: expected zero or more\n"
    );
}

#[test]
fn no_text_of_the_elements_names_an_offence() {
    let regimes = every();
    let rule: &Rule = regimes.elements("CN-2018-OVERDRAFT").unwrap().rule();
    let found = regimes.elements("CN-2018-OVERDRAFT").unwrap().find(&known()).unwrap();
    let said: String = found
        .elements
        .iter()
        .map(|element| element.why.as_str())
        .chain([rule.says.as_str(), rule.not_covered.as_str()])
        .collect();
    for word in ["crime", "criminal", "offence", "offense", "guilt", "fraud", "罪", "犯"] {
        assert!(!said.to_lowercase().contains(word), "{word}: {said}");
    }
}

#[test]
fn a_re_age_needs_everything_to_be_known() {
    let regimes = every();
    let re_age = regimes.re_age("US-FFIEC-REAGE").unwrap();
    let good = ReAgeInput {
        account_age_months: Some(24),
        consecutive_minimum_payments: Some(3),
        willing_and_able: Some(true),
        earlier_reages: Some(vec![]),
        as_of: day("2026-11-01"),
    };
    assert_eq!(re_age.permit(&good).allowed, Met::Met);
    for less in [
        ReAgeInput { account_age_months: None, ..good.clone() },
        ReAgeInput { consecutive_minimum_payments: None, ..good.clone() },
        ReAgeInput { willing_and_able: None, ..good.clone() },
        ReAgeInput { earlier_reages: None, ..good.clone() },
    ] {
        let permission = re_age.permit(&less);
        assert_eq!((permission.allowed, permission.failed().count()), (Met::Unknown, 0));
    }
    let ahead = ReAgeInput { earlier_reages: Some(vec![day("2026-12-01")]), ..good };
    assert_eq!(re_age.permit(&ahead).allowed, Met::Met, "what happens after the day has no effect");
}

proptest! {
    #[test]
    fn a_re_age_is_allowed_again_on_the_day_that_is_named_and_not_before(
        earlier in prop::collection::vec(0..2_500_u64, 0..5), as_of in 0..2_500_u64,
    ) {
        let start = day("2019-12-30");
        let regimes = every();
        let re_age = regimes.re_age("US-FFIEC-REAGE").unwrap();
        let as_of = start + Days::new(as_of);
        let earlier: Vec<_> = earlier.into_iter().map(|days| start + Days::new(days)).filter(|day| *day <= as_of).collect();
        let at = |as_of| re_age.permit(&ReAgeInput {
            account_age_months: Some(99), consecutive_minimum_payments: Some(9), willing_and_able: Some(true),
            earlier_reages: Some(earlier.clone()), as_of,
        });
        let permission = at(as_of);
        let rested = permission.rested_on.unwrap();
        prop_assert_eq!(permission.allowed == Met::Met, rested == as_of);
        prop_assert_eq!(at(rested).allowed, Met::Met);
        if rested > as_of {
            prop_assert_eq!(at(rested.pred_opt().unwrap()).allowed, Met::NotMet);
        }
        let too_often = permission.failed().any(|test| test == ReAgeTest::Window);
        prop_assert!(!too_often || earlier.len() >= 2);
    }

    #[test]
    fn every_element_is_there_on_the_earliest_day_and_not_the_day_before(
        demands in prop::collection::vec(0..400_u64, 1..5), as_of in 0..500_u64,
    ) {
        let start = day("2023-11-28");
        let regimes = Regimes::shipped();
        let rule = regimes.elements("CN-2018-OVERDRAFT").unwrap();
        let as_of = start + Days::new(as_of);
        let mut demands: Vec<_> = demands.into_iter().map(|days| start + Days::new(days)).filter(|day| *day <= as_of).collect();
        let find = |demands: &[_], as_of| {
            rule.find(&ElementsInput { effective_demands: Some(demands.to_vec()), as_of, ..known() }).unwrap()
        };
        let found = find(&demands, as_of);
        let earliest = found.earliest.unwrap();
        prop_assert_eq!(found.all == Met::Met, earliest.on <= as_of && earliest.demand_on.is_none());
        if let Some(demand) = earliest.demand_on {
            if demands.is_empty() {
                demands.push(demand);
                demands.push(demand + Days::new(30));
            } else {
                demands.push(demand);
            }
        }
        prop_assert_eq!(find(&demands, earliest.on).all, Met::Met);
        prop_assert_eq!(find(&demands, earliest.on.pred_opt().unwrap()).all, Met::NotMet);
    }
}

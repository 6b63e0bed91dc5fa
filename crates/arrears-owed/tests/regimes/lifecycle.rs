//! What becomes of an account over time.

use crate::support::{day, every, lines, money};
use arrears::account::{Account, Conventions};
use arrears::{Facts, Value};
use arrears_owed::finding::Met;
use arrears_owed::lifecycle::after_charge_off::{StillTrue, after_charge_off};
use arrears_owed::lifecycle::demands::{Demand, Proof, Receipt, judge, recorded};
use arrears_owed::lifecycle::limitation::{Interruption, LimitationInput};
use arrears_owed::lifecycle::turns::{Turn, re_ages, turns};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;

/// Three instalments: the first paid late, the second never, then charged off, recovered in part, sold.
fn account() -> Account {
    Account::from_json(
        r#"{
        "format": "arrears-history/1", "account_id": "A-1", "currency": "CNY", "opened_on": "2025-01-01",
        "complete": ["flags", "contacts", "tags"],
        "events": [
            {"id": "s", "occurred_on": "2025-01-01", "event": "schedule", "instalments": [
                {"item": "1", "due_on": "2025-02-01", "amount": "100.00"},
                {"item": "2", "due_on": "2025-04-01", "amount": "100.00"},
                {"item": "3", "due_on": "2025-05-01", "amount": "100.00"}]},
            {"id": "p1", "occurred_on": "2025-02-11", "event": "payment", "amount": "100.00"},
            {"id": "r1", "occurred_on": "2025-02-12", "event": "tag_added", "tag": "re-aged"},
            {"id": "d1", "occurred_on": "2025-06-01", "event": "contact", "channel": "letter", "demand": true},
            {"id": "d2", "occurred_on": "2025-06-20", "event": "contact", "channel": "letter", "demand": true},
            {"id": "d2x", "occurred_on": "2025-06-25", "event": "withdrawn", "of": "d2"},
            {"id": "c", "occurred_on": "2025-10-31", "event": "flag", "flag": "charged_off"},
            {"id": "p2", "occurred_on": "2025-11-10", "event": "payment", "amount": "30.00"},
            {"id": "p3", "occurred_on": "2025-11-20", "event": "payment", "amount": "25.00"},
            {"id": "p3x", "occurred_on": "2025-11-25", "event": "payment_reversed", "payment": "p3"},
            {"id": "x", "occurred_on": "2025-12-15", "event": "flag", "flag": "sold"}
        ]}"#,
    )
    .unwrap()
}

fn later() -> NaiveDate {
    day("2026-12-31")
}

#[test]
fn an_account_turns_on_the_days_on_which_it_first_was_so() {
    let (account, conventions) = (account(), Conventions::default());
    let found =
        turns(&account, (day("2025-01-01"), day("2025-12-31")), later(), &conventions, Some("re-aged")).unwrap();
    let found: Vec<(String, Turn)> = found.iter().map(|turned| (turned.on.to_string(), turned.turn)).collect();
    let at = |on: &str, turn| (on.to_owned(), turn);
    assert_eq!(
        found,
        [
            at("2025-02-02", Turn::FirstMissed),
            at("2025-02-02", Turn::Rolled { from: 0, to: 1 }),
            at("2025-02-11", Turn::Cured),
            at("2025-02-12", Turn::ReAged),
            at("2025-04-02", Turn::FirstMissed),
            at("2025-04-02", Turn::Rolled { from: 0, to: 1 }),
            at("2025-05-02", Turn::Rolled { from: 1, to: 2 }),
            at("2025-06-01", Turn::Rolled { from: 2, to: 3 }),
            at("2025-07-01", Turn::Rolled { from: 3, to: 4 }),
            at("2025-10-31", Turn::ChargedOff),
            at("2025-12-15", Turn::Sold),
        ]
    );
}

#[test]
fn a_turn_says_which_item_is_unpaid() {
    let (account, conventions) = (account(), Conventions::default());
    let found = turns(&account, (day("2025-05-01"), day("2025-05-02")), later(), &conventions, None).unwrap();
    assert_eq!(found[0].why, "31 days past due: 100.00 CNY of `2`, due on 2025-04-01, is unpaid");
    let cured = turns(&account, (day("2025-02-11"), day("2025-02-11")), later(), &conventions, None).unwrap();
    assert_eq!(cured[0].why, "nothing is late; the day before it was 9 days past due");
    let early = turns(&account, (day("2025-02-11"), day("2025-02-11")), day("2025-02-10"), &conventions, None).unwrap();
    assert!(early.is_empty(), "a payment that is not known yet cures nothing");
    let back = turns(&account, (day("2025-02-11"), day("2025-02-10")), later(), &conventions, None).unwrap_err();
    assert_eq!(lines(&back), "to: 2025-02-10 lies before `from`, 2025-02-11: expected the same day or a later one\n");
    assert_eq!(re_ages(&account, "re-aged", later()), [day("2025-02-12")]);
}

#[test]
fn a_charge_off_changes_the_books_and_a_sale_ends_contact() {
    let (account, conventions) = (account(), Conventions::default());
    let on = |as_of: &str| after_charge_off(&account, day(as_of), later(), &conventions);
    let before = on("2025-10-30");
    assert_eq!((before.charged_off_on, before.recovered), (None, money("0", "CNY")));
    let after = on("2025-11-30");
    assert_eq!(after.charged_off_on, Some(day("2025-10-31")));
    assert_eq!(after.recovered, money("30", "CNY"), "a payment that was reversed is not recovered");
    assert_eq!(after.open, money("170", "CNY"));
    assert_eq!(
        [StillTrue::DebtAlive, StillTrue::BanksOwn, StillTrue::MayBeContacted].map(|of| after.is(of)),
        [Met::Met; 3]
    );
    let sold = on("2025-12-15");
    assert_eq!((sold.sold_on, sold.is(StillTrue::MayBeContacted)), (Some(day("2025-12-15")), Met::NotMet));
    assert_eq!(sold.is(StillTrue::DebtAlive), Met::Met, "the debt lives on, with somebody else");
    let facts = after.facts(day("2025-11-30"));
    assert_eq!(
        facts,
        [("recovered_since_charge_off", Value::Money(money("30", "CNY"))), ("days_since_charge_off", Value::Days(30))]
    );
    assert_eq!(before.facts(day("2025-10-30"))[1].1, Value::Never);
}

#[test]
fn where_a_history_does_not_hold_every_flag_a_sale_is_not_known() {
    let text = r#"{ "format": "arrears-history/1", "account_id": "A-1", "currency": "CNY", "opened_on": "2025-01-01", "complete": [],
        "events": [{"id": "i", "occurred_on": "2025-01-01", "event": "invoice", "item": "1", "amount": "5.00"}] }"#;
    let found =
        after_charge_off(&Account::from_json(text).unwrap(), day("2025-02-01"), later(), &Conventions::default());
    assert_eq!((found.is(StillTrue::BanksOwn), found.is(StillTrue::MayBeContacted)), (Met::Unknown, Met::Unknown));
}

#[test]
fn a_limitation_period_runs_from_the_last_instalment_and_recorded_demands_begin_it_anew() {
    let regimes = every();
    let rule = regimes.limitation("CN-LIMITATION").unwrap();
    let (account, conventions) = (account(), Conventions::default());
    let left = |as_of: &str, known_by| {
        let input = LimitationInput::of_history(&account, day(as_of), known_by, &conventions).unwrap();
        rule.left(&input).unwrap()
    };
    let early = left("2025-05-31", later());
    assert_eq!((early.last_day, early.interrupted_by), (day("2028-05-01"), None));
    let demanded = left("2025-06-22", day("2025-06-22"));
    assert_eq!(demanded.last_day, day("2028-06-20"), "the withdrawal is not known yet");
    let demanded = left("2026-06-01", later());
    assert_eq!((demanded.last_day, demanded.days_left), (day("2028-06-01"), 731));
    assert_eq!(demanded.why, "36 months from 2025-06-01, where a demand began it anew, end on 2028-06-01");
    assert_eq!(demanded.facts(), [("limitation_days_left", Value::Days(731))]);
    assert_eq!(recorded(&account, later(), later()), [day("2025-06-01")]);
}

#[test]
fn what_comes_after_the_last_day_does_not_begin_the_period_anew() {
    let regimes = every();
    let rule = regimes.limitation("CN-LIMITATION").unwrap();
    let left = |event: &str, by| {
        let events = vec![(day(event), by)];
        rule.left(&LimitationInput {
            runs_from: day("2020-02-29"),
            longest_from: None,
            events,
            as_of: day("2024-01-01"),
        })
        .unwrap()
    };
    assert_eq!(left("2023-02-28", Interruption::Demand).last_day, day("2026-02-28"), "on the last day it still does");
    let over = left("2023-03-01", Interruption::Demand);
    assert_eq!((over.last_day, over.days_left), (day("2023-02-28"), -307));
    assert_eq!(left("2022-01-01", Interruption::PartPayment).last_day, day("2023-02-28"), "the rule does not name it");
}

#[test]
fn nothing_reaches_beyond_the_longest_period() {
    let regimes = every();
    let mut input = LimitationInput {
        runs_from: day("2010-01-01"),
        longest_from: Some(day("2005-01-01")),
        events: (2011..2026).map(|year| (NaiveDate::from_ymd_opt(year, 6, 1).unwrap(), Interruption::Demand)).collect(),
        as_of: day("2026-01-01"),
    };
    let left = regimes.limitation("CN-LIMITATION").unwrap().left(&input).unwrap();
    assert_eq!(left.last_day, day("2025-01-01"));
    assert!(left.why.ends_with("but the longest period ends on 2025-01-01"), "{}", left.why);
    input.longest_from = Some(day("2010-01-02"));
    let faults = regimes.limitation("CN-LIMITATION").unwrap().left(&input).unwrap_err();
    assert_eq!(
        lines(&faults),
        "longest_from: 2010-01-02 lies after `runs_from`, 2010-01-01: expected the same day or an earlier one\n"
    );
    let uk =
        regimes.limitation("UK-LIMITATION-EW").unwrap().left(&LimitationInput { longest_from: None, ..input }).unwrap();
    assert_eq!(uk.last_day, day("2016-01-01"), "demands interrupt nothing there");
}

fn demand(id: &str, sent: &str, receipt: Receipt, lawful: Option<bool>) -> Demand {
    Demand { id: id.into(), sent_on: day(sent), receipt, lawful }
}

#[test]
fn a_demand_counts_only_as_it_can_be_proven() {
    let regimes = every();
    let rule = regimes.elements("CN-2018-OVERDRAFT").unwrap();
    let confirmed = |on: &str| Receipt::Confirmed(day(on));
    let demands = [
        demand("early", "2026-01-01", confirmed("2026-01-02"), Some(true)),
        demand("first", "2026-01-05", confirmed("2026-01-10"), Some(true)),
        demand("soon", "2026-01-20", confirmed("2026-02-08"), Some(true)),
        demand("unlawful", "2026-02-10", confirmed("2026-02-20"), Some(false)),
        demand("unsure", "2026-02-10", confirmed("2026-02-21"), None),
        demand("silent", "2026-02-11", Receipt::Unconfirmed, Some(true)),
        demand("lost", "2026-02-12", Receipt::Unknown, Some(true)),
        demand("evaded", "2026-03-01", Receipt::EvasionDocumented, Some(true)),
        demand("ahead", "2026-04-15", confirmed("2026-05-02"), Some(true)),
        demand("not sent", "2026-06-01", confirmed("2026-06-02"), Some(true)),
    ];
    let judged = judge(&rule, &demands, day("2026-01-01"), day("2026-05-01")).unwrap();
    assert_eq!(judged.effective, [day("2026-01-10"), day("2026-03-01")]);
    let of = |id: &str| judged.judged.iter().find(|demand| demand.id == id).unwrap();
    let failed = |id: &str| -> Vec<Proof> {
        of(id).proofs.iter().filter(|proof| proof.met == Met::NotMet).map(|proof| proof.of).collect()
    };
    assert_eq!(failed("early"), [Proof::AfterDefault]);
    assert_eq!(failed("soon"), [Proof::Apart], "29 days behind the receipt of the first");
    assert_eq!(failed("unlawful"), [Proof::Lawful]);
    assert_eq!((of("unsure").effective, of("lost").effective), (Met::Unknown, Met::Unknown));
    assert_eq!(failed("silent"), [Proof::Received]);
    assert_eq!(failed("ahead"), [Proof::Received], "the receipt is confirmed only later");
    assert!(judged.judged.iter().all(|demand| demand.id != "not sent"));
    assert_eq!(
        judged.facts(),
        [("effective_demands", Value::Count(2)), ("days_since_effective_demand", Value::Days(61))]
    );
}

#[test]
fn a_receipt_before_the_sending_and_a_name_that_stands_twice_are_refused() {
    let regimes = every();
    let rule = regimes.elements("CN-2018-OVERDRAFT").unwrap();
    let twice = demand("a", "2026-01-05", Receipt::Confirmed(day("2026-01-04")), None);
    let faults = judge(&rule, &[twice.clone(), twice], day("2026-01-01"), day("2026-05-01")).unwrap_err();
    assert_eq!(
        lines(&faults),
        "demands[0].receipt: 2026-01-04 lies before the sending, 2026-01-05: expected the same day or a later one\n\
         demands[1].id: `a` stands twice: expected a name of its own for each\n\
         demands[1].receipt: 2026-01-04 lies before the sending, 2026-01-05: expected the same day or a later one\n"
    );
}

#[test]
fn every_answer_is_a_fact_of_a_banks_own() {
    let regimes = every();
    let (account, conventions) = (account(), Conventions::default());
    let as_of = day("2025-11-30");
    let mut facts = Facts::new("A-1", account.currency());
    let demands = judge(&regimes.elements("CN-2018-OVERDRAFT").unwrap(), &[], as_of, as_of).unwrap();
    let input = LimitationInput::of_history(&account, as_of, as_of, &conventions).unwrap();
    let limitation = regimes.limitation("CN-LIMITATION").unwrap().left(&input).unwrap();
    let after = after_charge_off(&account, as_of, as_of, &conventions);
    let named = demands.facts().into_iter().chain(limitation.facts()).chain(after.facts(as_of));
    for (name, value) in named {
        assert!(arrears::table::find(name).is_none(), "{name} is a fact of the table already");
        facts.set(name, value).unwrap();
    }
    assert_eq!(facts.get("days_since_effective_demand"), Some(&Value::Never));
    assert_eq!(facts.iter().count(), 5);
}

proptest! {
    #[test]
    fn an_interruption_never_shortens_a_period_and_nothing_after_the_day_counts(
        events in prop::collection::vec(0..3_000_u64, 0..6), as_of in 0..3_000_u64,
    ) {
        let regimes = every();
        let rule = regimes.limitation("CN-LIMITATION").unwrap();
        let start = day("2018-02-27");
        let as_of = start + Days::new(as_of);
        let events: Vec<_> = events.into_iter().map(|days| (start + Days::new(days), Interruption::Suit)).collect();
        let left = |events| rule.left(&LimitationInput { runs_from: start, longest_from: None, events, as_of }).unwrap();
        let (with, without) = (left(events.clone()), left(vec![]));
        prop_assert!(with.last_day >= without.last_day);
        let by_then: Vec<_> = events.into_iter().filter(|(on, _)| *on <= as_of).collect();
        prop_assert_eq!(left(by_then), with);
    }
}

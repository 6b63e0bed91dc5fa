//! Classes: beyond the cases of the suite.

use crate::support::{day, every, lines, money};
use arrears_owed::status::{ChargeOff, Exposure, Held, LadderInput, Lateness, MaterialityInput, ProbationInput};
use chrono::Days;
use proptest::prelude::*;

fn late(days: i64) -> LadderInput<'static> {
    LadderInput::of(Lateness::DaysPastDue(days))
}

#[test]
fn a_class_says_why_and_by_which_rule() {
    let regimes = every();
    let status =
        regimes.ladder("US-FFIEC").unwrap().classify(&LadderInput { product: Some("open_end"), ..late(179) }).unwrap();
    assert_eq!((status.class, status.why.as_str()), ("substandard", "179 days past due: substandard begins on day 90"));
    assert_eq!((status.rule.id.as_str(), status.rule.cites.as_str()), ("US-FFIEC-class", "65 FR 36903"));
    let status =
        regimes.ladder("US-FFIEC").unwrap().classify(&LadderInput { product: Some("open_end"), ..late(5) }).unwrap();
    assert_eq!(status.why, "5 days past due: substandard begins only on day 90");
}

#[test]
fn a_due_date_and_a_day_say_the_same_as_days_past_due() {
    let regimes = every();
    let due_on = day("2024-01-31");
    for days in [0, 1, 30, 90, 91, 121, 200] {
        let as_of = due_on + Days::new(days);
        let by_dates = LadderInput::of(Lateness::Unpaid { due_on, as_of });
        let ladder = regimes.ladder("CN-CARD-2011").unwrap();
        let days = i64::try_from(days).unwrap();
        assert_eq!(ladder.classify(&by_dates).unwrap(), ladder.classify(&late(days)).unwrap());
    }
}

#[test]
fn a_technical_delay_is_excused_for_as_long_as_the_rule_says() {
    let regimes = every();
    let class = |days, technical| {
        let ladder = regimes.ladder("CN-GENERAL-2023").unwrap();
        ladder.classify(&LadderInput { technical, ..late(days) }).unwrap().class
    };
    assert_eq!([class(7, true), class(8, true), class(7, false)], ["normal", "special_mention", "special_mention"]);
    let card = regimes.ladder("CN-CARD-2011").unwrap().classify(&LadderInput { technical: true, ..late(1) }).unwrap();
    assert_eq!(card.class, "special_mention", "the rule for cards excuses nothing");
}

#[test]
fn of_two_scales_the_worse_class_counts_whichever_it_is() {
    let regimes = every();
    let worse = |days| {
        let class = |name| regimes.ladder(name).unwrap().classify(&late(days)).unwrap();
        class("CN-CARD-2011").worse_of(class("CN-GENERAL-2023")).unwrap()
    };
    assert_eq!((worse(181).class, worse(181).rule.id.as_str()), ("loss", "CN-CC2011-92-class"));
    assert_eq!(worse(0).class, "normal");
    let us =
        regimes.ladder("US-FFIEC").unwrap().classify(&LadderInput { product: Some("open_end"), ..late(1) }).unwrap();
    let cn = regimes.ladder("CN-CARD-2011").unwrap().classify(&late(1)).unwrap();
    assert_eq!(
        us.worse_of(cn).unwrap_err().to_string(),
        "classes of two scales cannot be compared: pass, substandard, loss and normal, special_mention, substandard, doubtful, loss"
    );
}

#[test]
fn a_class_that_is_kept_yields_only_to_a_worse_one() {
    let regimes = every();
    let class = |lateness, class, paid| {
        let held = Some(Held { class, arrears: money("300.00", "INR"), paid: money(paid, "INR") });
        let input = LadderInput { held, ..LadderInput::of(lateness) };
        regimes.ladder("IN-IRACP").unwrap().classify(&input).unwrap()
    };
    let recent = Lateness::Unpaid { due_on: day("2026-03-01"), as_of: day("2026-03-11") };
    assert_eq!(
        class(recent, "NPA", "299.99").class,
        "NPA",
        "a part payment that cures the oldest days does not upgrade"
    );
    assert_eq!(class(recent, "NPA", "300.00").class, "SMA-0", "what fell due since is late in its own right");
    assert_eq!(class(Lateness::NothingUnpaid, "NPA", "300.00").rule.id, "IN-IRACP-upgrade");
    assert_eq!(class(recent, "SMA-2", "0.00").class, "SMA-0", "only what the rule names is kept");
}

#[test]
fn what_cannot_be_is_said_all_at_once() {
    let regimes = every();
    let held = Held { class: "NPAS", arrears: money("-1", "INR"), paid: money("1", "USD") };
    let input = LadderInput { held: Some(held), ..late(-3) };
    assert_eq!(
        lines(&regimes.ladder("IN-IRACP").unwrap().classify(&input).unwrap_err()),
        "days_past_due: found -3: expected zero or more days\n\
         held.class: `NPAS` is no class (did you mean `NPA`?): expected one of standard, SMA-0, SMA-1, SMA-2, NPA\n\
         held.paid: 1.00 USD is not in the currency of the arrears, INR\n\
         held.arrears: found -1.00 INR: expected zero or more\n"
    );
    assert_eq!(
        lines(&regimes.ladder("IN-IRACP").unwrap().classify(&late(3)).unwrap_err()),
        "days_past_due: `IN-IRACP` counts the due date itself: expected the due date and the day at whose end it is judged\n"
    );
    let input = MaterialityInput {
        portfolio: "retial",
        past_due: money("-5", "EUR"),
        exposure: money("100", "GBP"),
        consecutive_days: -1,
    };
    assert_eq!(
        lines(&regimes.materiality("EU-CRR178").unwrap().classify(&input).unwrap_err()),
        "consecutive_days: found -1: expected zero or more days\n\
         past_due: found -5.00 EUR: expected zero or more\n\
         exposure: found 100.00 GBP: expected an amount in EUR\n\
         portfolio: `retial` is no portfolio (did you mean `retail`?): expected one of other, retail\n"
    );
}

#[test]
fn days_above_both_thresholds_are_counted_anew_after_a_day_below_either() {
    let regimes = every();
    let rule = regimes.materiality("EU-CRR178").unwrap();
    let seen = |rows: &[(&str, &str, &str)]| -> Vec<Exposure> {
        let row = |(from, past_due, exposure): &(&str, &str, &str)| Exposure {
            from: day(from),
            past_due: money(past_due, "EUR"),
            exposure: money(exposure, "EUR"),
        };
        rows.iter().map(row).collect()
    };
    let days = |rows: &[(&str, &str, &str)], as_of: &str| rule.consecutive_days("retail", &seen(rows), day(as_of));
    let rows = [("2026-01-01", "150", "10000"), ("2026-01-11", "150", "15000"), ("2026-01-12", "150", "14999")];
    assert_eq!(days(&rows, "2025-12-31"), Ok(0));
    assert_eq!(days(&rows, "2026-01-01"), Ok(1), "the first day counts");
    assert_eq!(days(&rows, "2026-01-10"), Ok(10));
    assert_eq!(days(&rows, "2026-01-11"), Ok(0), "1% is reached and not exceeded");
    assert_eq!(days(&rows, "2026-01-12"), Ok(1));
    assert_eq!(days(&rows[..1], "2026-04-01"), Ok(91), "an observation holds until the next");
    let back = [("2026-01-02", "1", "1"), ("2026-01-01", "1", "1")];
    assert_eq!(
        lines(&days(&back, "2026-02-01").unwrap_err()),
        "seen[1].from: 2026-01-01 follows 2026-01-02: expected days that rise\n"
    );
}

#[test]
fn nobody_returns_from_default_on_what_is_not_known() {
    let regimes = every();
    let class = |trigger_ceased_on, behaviour_satisfactory| {
        let input = ProbationInput {
            trigger_ceased_on,
            as_of: day("2026-06-01"),
            distressed_restructuring: false,
            behaviour_satisfactory,
        };
        regimes.probation("EU-EBA-PROBATION").unwrap().classify(&input).class
    };
    assert_eq!(class(Some(day("2026-01-01")), Some(true)), "not_default");
    assert_eq!(class(Some(day("2026-01-01")), None), "default");
    assert_eq!(class(None, Some(true)), "default");
    assert_eq!(class(Some(day("2026-06-02")), Some(true)), "default", "a trigger that ceases later has not ceased");
}

#[test]
fn a_charge_off_is_due_by_the_end_of_the_month_in_which_the_day_is_reached() {
    let regimes = every();
    let ladder = regimes.ladder("US-FFIEC").unwrap();
    let due = |due_on: &str, product| ladder.charge_off(day(due_on), Some(product)).unwrap().unwrap();
    let days = |charge_off: &ChargeOff<'_>| (charge_off.reached_on, charge_off.by);
    assert_eq!(days(&due("2026-01-01", "closed_end")), (day("2026-05-01"), day("2026-05-31")));
    assert_eq!(days(&due("2026-01-02", "open_end")), (day("2026-07-01"), day("2026-07-31")));
    assert_eq!(
        days(&due("2026-01-01", "open_end")),
        (day("2026-06-30"), day("2026-06-30")),
        "reached on the last day of a month"
    );
    assert_eq!(days(&due("2023-11-01", "closed_end")), (day("2024-02-29"), day("2024-02-29")), "a leap day is one");
    let facts = due("2026-01-01", "open_end").facts(day("2026-07-02"));
    assert_eq!(facts, [("days_to_charge_off", arrears::Value::Days(-2))]);
    assert!(regimes.ladder("CN-CARD-2011").unwrap().charge_off(day("2026-01-01"), None).unwrap().is_none());
}

proptest! {
    #[test]
    fn a_later_account_is_never_in_a_better_class(one in 0..1_000_i64, other in 0..1_000_i64) {
        let regimes = every();
        for (name, product) in [
            ("US-FFIEC", Some("open_end")), ("US-FFIEC", Some("closed_end")),
            ("CN-CARD-2011", None), ("CN-GENERAL-2023", None), ("IFRS9-BACKSTOP", None),
        ] {
            let ladder = regimes.ladder(name).unwrap();
            let rank = |days| ladder.classify(&LadderInput { product, ..late(days) }).unwrap().rank;
            prop_assert!(rank(one.min(other)) <= rank(one.max(other)));
        }
    }

    #[test]
    fn a_charge_off_never_comes_before_the_class_nor_in_another_month(start in 0..20_000_u64, open_end: bool) {
        let regimes = every();
        let due_on = day("1990-01-01") + Days::new(start);
        let product = Some(if open_end { "open_end" } else { "closed_end" });
        let ladder = regimes.ladder("US-FFIEC").unwrap();
        let charge_off = ladder.charge_off(due_on, product).unwrap().unwrap();
        let class = |as_of| ladder.classify(&LadderInput { product, ..LadderInput::of(Lateness::Unpaid { due_on, as_of }) }).unwrap().class;
        prop_assert_eq!(class(charge_off.reached_on), "loss");
        prop_assert_eq!(class(charge_off.reached_on.pred_opt().unwrap()), "substandard");
        prop_assert!(charge_off.by >= charge_off.reached_on);
        let month = |day: chrono::NaiveDate| day.format("%Y-%m").to_string();
        prop_assert_eq!(month(charge_off.by), month(charge_off.reached_on));
        prop_assert!(month(charge_off.by.succ_opt().unwrap()) > month(charge_off.by));
    }
}

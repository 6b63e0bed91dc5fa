//! Plans of attempts written by hand: days on which clocks change, attempts that were made before, plans
//! that cannot be.

use crate::hand::{at, call_at, called, cited, hours, pack, plain, refuses};
use arrears::build::Line;
use arrears::draft::Keyword;
use arrears::guardrail::{AttemptPlan, Attempts, Case, Contact, LeftOut, Standing};
use arrears::{Channel, Law};

/// The text of a plan of one mobile number for one day, but for the fields that are given.
fn text(more: &str) -> String {
    let fields =
        [("numbers", r#"[{"number": "n1", "kind": "mobile"}]"#), ("a_day", "3"), ("days", "1"), ("apart", "60")];
    let others = fields.iter().filter(|(name, _)| !more.contains(&format!("\"{name}\": ")));
    let mut fields: Vec<String> = others.map(|(name, value)| format!("\"{name}\": {value}")).collect();
    fields.extend((!more.is_empty()).then(|| more.to_owned()));
    format!("{{{}}}", fields.join(", "))
}

fn plan(more: &str) -> AttemptPlan {
    AttemptPlan::from_json(&text(more)).unwrap()
}

fn lawless() -> Law {
    Law::none("a plan by itself").unwrap()
}

/// When the attempts of a plan are made from a moment on, where nothing but the plan binds.
fn made(told: &Standing, from: &str, more: &str) -> Attempts {
    let case = Case::new(&lawless(), told, at(from)).unwrap();
    case.attempts(&call_at(from), &plan(more)).unwrap()
}

fn moments(made: &Attempts) -> Vec<String> {
    made.attempts.iter().map(|attempt| attempt.at.to_rfc3339()).collect()
}

#[test]
fn attempts_stand_in_their_slots_by_the_clock_on_the_wall() {
    let cases: [(&str, &str, &[&str]); 12] = [
        ("2026-03-03T10:15:00-05:00", r#""a_day": 2"#, &["2026-03-03T10:15:00-05:00", "2026-03-03T11:15:00-05:00"]),
        ("2026-03-03T10:15:30-05:00", r#""a_day": 1"#, &["2026-03-03T10:15:30-05:00"]),
        // A slot has begun, is over, ends before the next attempt.
        ("2026-03-03T10:15:00-05:00", r#""slots": [{"from": "09:00", "to": "11:15"}]"#, &["2026-03-03T10:15:00-05:00"]),
        ("2026-03-03T11:15:00-05:00", r#""slots": [{"from": "09:00", "to": "11:15"}]"#, &[]),
        ("2026-03-03T22:59:00-05:00", r#""slots": [{"from": "23:00", "to": "24:00"}]"#, &["2026-03-03T23:00:00-05:00"]),
        (
            "2026-03-03T12:00:00-05:00",
            r#""slots": [{"from": "15:00", "to": "15:01"}, {"from": "13:00", "to": "13:01"}]"#,
            &["2026-03-03T13:00:00-05:00", "2026-03-03T15:00:00-05:00"],
        ),
        // In the night of the 8th of March the clock goes from 2 to 3: a slot may be cut short, or be none.
        ("2026-03-08T00:00:00-05:00", r#""slots": [{"from": "02:00", "to": "03:00"}]"#, &[]),
        (
            "2026-03-08T00:00:00-05:00",
            r#""days": 2, "slots": [{"from": "02:15", "to": "02:45"}]"#,
            &["2026-03-09T02:15:00-04:00"],
        ),
        ("2026-03-08T00:00:00-05:00", r#""slots": [{"from": "02:15", "to": "03:30"}]"#, &["2026-03-08T03:00:00-04:00"]),
        (
            "2026-03-08T00:00:00-05:00",
            r#""slots": [{"from": "01:30", "to": "03:31"}]"#,
            &["2026-03-08T01:30:00-05:00", "2026-03-08T03:30:00-04:00"],
        ),
        // In that of the 1st of November the hour from 1 to 2 comes twice.
        (
            "2026-11-01T00:00:00-04:00",
            r#""slots": [{"from": "01:15", "to": "01:45"}]"#,
            &["2026-11-01T01:15:00-04:00", "2026-11-01T01:15:00-05:00"],
        ),
        (
            "2026-11-01T00:00:00-04:00",
            r#""apart": 61, "slots": [{"from": "01:15", "to": "01:45"}]"#,
            &["2026-11-01T01:15:00-04:00", "2026-11-01T01:16:00-05:00"],
        ),
    ];
    for (from, more, wanted) in cases {
        assert_eq!(moments(&made(&plain(), from, more)), wanted, "{from} {more}");
    }
}

#[test]
fn a_date_that_comes_again_after_midnight_has_no_further_attempts() {
    // In Newfoundland the clock went back from 0:01 to 23:01 of the day before.
    let told = Standing { zones: vec!["America/St_Johns".to_owned()], ..plain() };
    let made = made(&told, "2010-11-06T23:00:00-02:30", r#""days": 2, "a_day": 2, "apart": 30"#);
    let wanted = [
        "2010-11-06T23:00:00-02:30",
        "2010-11-06T23:30:00-02:30",
        "2010-11-07T00:00:00-02:30",
        "2010-11-07T00:00:00-03:30",
    ];
    assert_eq!(moments(&made), wanted);
}

#[test]
fn the_date_before_the_first_of_a_plan_has_no_attempts_though_its_clock_comes_again() {
    let told = Standing { zones: vec!["America/St_Johns".to_owned()], ..plain() };
    let made = made(&told, "2010-11-07T00:00:00-02:30", r#""a_day": 3, "apart": 1"#);
    let wanted = ["2010-11-07T00:00:00-02:30", "2010-11-07T00:00:00-03:30", "2010-11-07T00:01:00-03:30"];
    assert_eq!(moments(&made), wanted);
}

#[test]
fn calls_that_were_made_count_for_the_day_for_the_pause_and_for_the_number() {
    let at_number = |contact: Contact| Contact { number: Some("n1".to_owned()), ..contact };
    let noon = "2026-03-03T12:00:00-05:00";
    let earlier = "2026-03-03T09:00:00-05:00";
    let busy = || at_number(called(earlier, "busy"));
    let cases: [(Contact, &str, &[&str]); 9] = [
        (busy(), r#""a_day": 2"#, &["12:00"]),
        (Contact { channel: Channel::Ivr, ..busy() }, r#""a_day": 2"#, &["12:00"]),
        (Contact { channel: Channel::Sms, ..busy() }, r#""a_day": 2"#, &["12:00", "13:00"]),
        (Contact { same_call: true, ..busy() }, r#""a_day": 2"#, &["12:00", "13:00"]),
        (Contact { direction: arrears::guardrail::Direction::In, ..busy() }, r#""a_day": 2"#, &["12:00", "13:00"]),
        (called("2026-03-02T23:59:00-05:00", "busy"), r#""a_day": 1, "apart": 760"#, &["12:39"]),
        // What lies after now is not known yet.
        (called("2026-03-03T12:00:01-05:00", "busy"), r#""a_day": 1"#, &["12:00"]),
        (at_number(called(earlier, "no_answer")), r#""drop_after": {"no_answer": 3}"#, &["12:00", "13:00"]),
        (at_number(called(earlier, "no_answer")), r#""drop_after": {"busy": 1}"#, &["12:00", "13:00"]),
    ];
    for (contact, more, wanted) in cases {
        let told = Standing { contacts: Some(vec![contact]), ..plain() };
        let made = made(&told, noon, more);
        let times: Vec<String> = made.attempts.iter().map(|attempt| attempt.at.format("%H:%M").to_string()).collect();
        assert_eq!(times, wanted, "{more} {told:#?}");
    }
}

#[test]
fn a_number_is_left_out_for_its_own_reason() {
    let noon = "2026-03-03T12:00:00-05:00";
    let busy = Contact { number: Some("n1".to_owned()), ..called("2026-03-02T09:00:00-05:00", "busy") };
    let unknown = Contact { outcome: None, ..busy.clone() };
    let elsewhere = Contact { number: None, ..busy.clone() };
    let other = Contact { number: Some("n2".to_owned()), ..busy.clone() };
    let drop = r#""drop_after": {"busy": 1, "dead": 2}"#;
    let reached = |at_least| LeftOut::Result { result: "busy".to_owned(), after: 1, at_least, at_most: 1 };
    let cases = [
        (busy, drop, Some(reached(1))),
        (unknown, drop, Some(reached(0))),
        (elsewhere, drop, Some(reached(0))),
        (other.clone(), drop, None),
        (other.clone(), r#""slots": [{"from": "09:00", "to": "10:00"}]"#, Some(LeftOut::Over)),
        (
            other,
            r#""numbers": [{"number": "n3", "kind": "home"}, {"number": "n1", "kind": "mobile"}], "a_day": 1"#,
            Some(LeftOut::Taken),
        ),
    ];
    for (contact, more, wanted) in cases {
        let told = Standing { contacts: Some(vec![contact]), ..plain() };
        let made = made(&told, noon, more);
        assert_eq!(made.numbers.last().unwrap().left_out, wanted, "{more}");
        let uncertain = matches!(wanted, Some(LeftOut::Result { at_least: 0, .. }));
        let answer = made.answer();
        assert_eq!(answer == arrears::guardrail::Answer::Review, uncertain, "{answer:?} {more}");
    }
}

#[test]
fn a_plan_that_is_made_again_ends_when_the_first_would_have() {
    let proposed = call_at("2026-03-02T12:00:00-05:00");
    let three_days = plan(r#""days": 3, "a_day": 1"#);
    let days = |now: &str| {
        let case = Case::new(&lawless(), &plain(), at(now)).unwrap();
        moments(&case.attempts(&proposed, &three_days).unwrap())
    };
    assert_eq!(days("2026-03-01T12:00:00-05:00").len(), 3, "the proposed moment lies ahead");
    assert_eq!(days("2026-03-03T17:00:00-05:00"), ["2026-03-03T17:00:00-05:00", "2026-03-04T00:00:00-05:00"]);
    assert!(days("2026-03-05T00:00:00-05:00").is_empty());
}

#[test]
fn numbers_take_turns_and_none_waits_for_another() {
    let kinds = r#""a_day": 5, "numbers": [{"number": "m", "kind": "mobile"}, {"number": "w", "kind": "work"}]"#;
    let early = arrears::build::fact("number_kind").is("work");
    let evening = cited(Keyword::Guardrail, "W").when(early).act("keep_hours").verb_option("every_day", "14:00-20:00");
    let law = Law::of([pack([hours("R", "every_day", "08:00-20:00"), evening, refuses("S", false)])]);
    let from = call_at("2026-03-03T12:00:00-05:00");
    let case = Case::new(&law, &plain(), from.at).unwrap();
    let made = case.attempts(&from, &plan(kinds)).unwrap();
    let who: String = made.attempts.iter().map(|attempt| attempt.number.as_str()).collect();
    assert_eq!(who, "mmwmw");
    assert_eq!(moments(&made).last().unwrap(), "2026-03-03T16:00:00-05:00");
}

#[test]
fn everything_that_is_wrong_with_a_plan_is_said_with_its_place() {
    let wrong = AttemptPlan::from_json(
        r#"{"numbers": [{"number": "", "kind": "none"}, {"number": "1", "kind": "mobil"}, {"number": "1", "kind": "home", "at": 3}],
            "a_day": 25, "days": 0, "apart": "x", "slots": [], "drop_after": {}, "per_day": 3, "format": "arrears-attempt/1"}"#,
    )
    .unwrap_err();
    let shown: Vec<String> = wrong.iter().map(ToString::to_string).collect();
    assert_eq!(
        shown,
        [
            "numbers[0].number: the number is empty",
            "numbers[0].kind: `none` is no kind of a number: expected one of mobile, home, work",
            "numbers[1].kind: `mobil` is no kind of a number (did you mean `mobile`?): expected one of mobile, home, work",
            "numbers[2].number: `1` is numbers[1] already: numbers take turns anyway",
            "numbers[2].at: unknown field: expected one of number, kind",
            "a_day: found 25, expected 1 to 24",
            "days: found 0, expected 1 to 31",
            "apart: found \"x\": expected a whole number of zero or more, without quotes",
            "slots: the list is empty, so that there is no time to call: leave it out to call all day",
            "drop_after: no result is named: leave it out if none ends the attempts of a number",
            "per_day: unknown field: expected one of format, numbers, a_day, days, apart, slots, drop_after",
            "format: `arrears-attempt/1` is no format of a plan (did you mean `arrears-attempts/1`?): expected \"arrears-attempts/1\"",
        ]
    );
    for (more, said) in [
        (r#""numbers": []"#, "numbers: the list is empty: a plan dials at least one number"),
        (
            r#""numbers": [{"number": "1", "kind": "none"}]"#,
            "numbers[0].kind: `none` is no kind of a number: expected one of mobile, home, work",
        ),
        (
            r#""numbers": [{"number": "1", "kind": "mobil"}]"#,
            "numbers[0].kind: `mobil` is no kind of a number (did you mean `mobile`?): expected one of mobile, home, work",
        ),
        (
            r#""numbers": [{"number": "1", "kind": "home"}, {"number": "1", "kind": "work"}]"#,
            "numbers[1].number: `1` is numbers[0] already: numbers take turns anyway",
        ),
        (r#""numbers": [{"number": " ", "kind": "home"}]"#, "numbers[0].number: the number is empty"),
        (
            r#""slots": [{"from": "10:00", "to": "10:00"}]"#,
            "slots[0]: has no minute, from 10:00 to 10:00: a time over midnight is two, to 24:00 and from 00:00",
        ),
        (
            r#""slots": [{"from": "24:00", "to": "24:00"}]"#,
            "slots[0].from: found \"24:00\": nothing begins at the end of the day",
        ),
        (r#""slots": [{"from": "10:00"}]"#, "slots[0].to: missing: expected a clock time from \"00:00\" to \"24:00\""),
        (r#""drop_after": {"deed": 1}"#, "drop_after.deed: no contact has this result (did you mean `dead`?)"),
        (r#""drop_after": {"dead": 0}"#, "drop_after.dead: after 0 attempts: leave the number out of the plan instead"),
        (r#""apart": 0"#, "apart: found 0, expected 1 to 44640"),
        (r#""a_day": 2, "a_day": 3"#, "a_day: stands twice in one object: keep the one that is right"),
    ] {
        let wrong = AttemptPlan::from_json(&text(more)).unwrap_err();
        let shown: Vec<String> = wrong.iter().map(ToString::to_string).collect();
        assert_eq!(shown, [said], "{more}");
    }
}

#[test]
fn a_contact_that_cannot_be_attempted_is_refused_beside_what_is_wrong_with_the_plan() {
    let call = Contact {
        channel: Channel::Email,
        direction: arrears::guardrail::Direction::In,
        number: Some("n1".to_owned()),
        number_kind: Some("mobile".to_owned()),
        same_call: true,
        debtor_at: Some("home".to_owned()),
        active_session: Some(false),
        outcome: Some("busy".to_owned()),
        ..call_at("2026-03-03T12:00:00-05:00")
    };
    let case = Case::new(&lawless(), &plain(), call.at).unwrap();
    let plan = AttemptPlan { a_day: 0, slots: Some(Vec::new()), ..plan("") };
    let wrong = case.attempts(&call, &plan).unwrap_err();
    let paths: Vec<&str> = wrong.iter().map(|wrong| wrong.path.as_str()).collect();
    let fields =
        ["outcome", "channel", "direction", "number", "number_kind", "same_call", "debtor_at", "active_session"];
    let wanted: Vec<String> = fields.iter().map(|field| format!("proposed.{field}")).collect();
    assert_eq!(paths[..8], wanted);
    assert_eq!(paths[8..], ["plan.a_day", "plan.slots"]);
}

#[test]
fn a_long_history_plans_what_its_last_days_plan() {
    let from = at("2026-03-31T12:00:00-04:00");
    let law = Law::of([pack([
        Line::new(Keyword::Contact)
            .name("call")
            .when(arrears::build::fact("channel").is("phone"))
            .option("same", arrears::build::texts(&["person", "debt"]))
            .option("why", "so"),
        cited(Keyword::Guardrail, "R")
            .act("at_most")
            .verb_option("times", 40)
            .verb_option("of", "call")
            .verb_option("days", 7),
    ])]);
    let told = |calls: i64| {
        let call = |ago: i64| Contact {
            at: from - chrono::Duration::minutes(500 * ago + 1000),
            number: Some("n1".to_owned()),
            ..called("2026-03-31T12:00:00-04:00", "busy")
        };
        Standing { contacts: Some((0..calls).map(call).collect()), ..plain() }
    };
    let plan = plan(r#""a_day": 24, "days": 31"#);
    let planned = |calls| {
        let case = Case::new(&law, &told(calls), from).unwrap();
        case.attempts(&call_at("2026-03-31T12:00:00-04:00"), &plan).unwrap()
    };
    let long = planned(20_000);
    assert_eq!(long, planned(200));
    assert!(long.attempts.len() > 100, "{}", long.attempts.len());
}

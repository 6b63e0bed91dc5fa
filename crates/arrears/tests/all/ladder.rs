//! How far up one decision leads, and why no further.

use arrears::build::{Build, Line, fact};
use arrears::decide::StageReason;
use arrears::draft::Keyword;
use arrears::{Decision, Facts, Law, Value, decide_today};

/// Three rungs, 30 days apart; the last one asks for `dwell` days on the rung that is left.
fn ladder(steps: i64, dwell: i64, catch_up: bool) -> Build {
    Build::policy("card", "GBP")
        .stage("late", fact("dpd").ge(30))
        .stage("later", fact("dpd").ge(60))
        .add(Line::new(Keyword::Stage).name("last").when(fact("dpd").ge(90)).option("dwell", dwell))
        .add(Line::new(Keyword::Escalate).option("steps", steps).option("catch_up", catch_up))
        .treatment("note", &["late", "later", "last"], "note")
}

/// The decision on an account that is 90 days past due, stands in `late` for sixty days and
/// was last decided `since` days ago.
fn decided(build: Build, since: i64) -> Decision {
    let policy = build.check().unwrap();
    let mut facts = Facts::new("A-1", "GBP".parse().unwrap());
    let state = [("days_in_stage", 60), ("days_on_rung", 60), ("days_since_decision", since), ("dpd", 90)];
    for (name, days) in state {
        facts.set(name, Value::Days(days)).unwrap();
    }
    facts.set("previous_stage", Value::Word("late".into())).unwrap();
    facts.set("previous_rung", Value::Word("late".into())).unwrap();
    let row = policy.bind(&facts).unwrap();
    decide_today(&policy, &row, &Law::none("test").unwrap(), "2026-03-31".parse().unwrap(), None)
}

#[test]
fn a_step_that_leaves_a_more_severe_stage_open_is_limited() {
    let decision = decided(ladder(1, 0, false), 1);
    assert_eq!((decision.stage.index(), decision.stage_reason), (2, StageReason::Limited));
    let decision = decided(ladder(2, 0, false), 1);
    assert_eq!((decision.stage.index(), decision.stage_reason), (3, StageReason::Condition));
}

#[test]
fn a_stage_that_asks_for_days_on_a_rung_entered_today_is_not_open_and_limits_nothing() {
    for steps in [1, 2, 30] {
        let decision = decided(ladder(steps, 45, false), 1);
        assert_eq!((decision.stage.index(), decision.stage_reason), (2, StageReason::Condition), "{steps} steps");
    }
}

#[test]
fn nights_on_which_nobody_decided_give_their_steps_only_where_they_are_made_up_for() {
    for (since, catch_up, stage) in [(1, true, 2), (2, true, 3), (30, true, 3), (2, false, 2), (30, false, 2)] {
        let decision = decided(ladder(1, 0, catch_up), since);
        assert_eq!(decision.stage.index(), stage, "decided {since} days ago, catch_up {catch_up}");
    }
}

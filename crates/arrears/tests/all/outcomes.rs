//! What results of contacts do to what the next decision knows.

use arrears::build::{Build, Line, fact, number, texts};
use arrears::decide::{Applied, Change};
use arrears::draft::Keyword;
use arrears::facts::{ContactPoint, EffectWord};
use arrears::{Carried, Done, Facts, Law, Money, Policy, Record, Row, decide, explain, table};
use chrono::{Days, NaiveDate};

const MONDAY: &str = "2026-11-30";

fn day(after: u64) -> NaiveDate {
    MONDAY.parse::<NaiveDate>().unwrap() + Days::new(after)
}

/// A call every five days, at most twice, on two numbers; a visit unless it is dangerous;
/// a promise is waited for.
fn written() -> Build {
    let call = Line::new(Keyword::Treatment).name("call").stages(&["late"]).unless(fact("promise_open"));
    let call = call.act("phone").verb_option("every", 5).verb_option("at_most", 2);
    let visit = Line::new(Keyword::Treatment).name("door").stages(&["visit"]).when(!fact("hazard"));
    Build::policy("card", "EUR")
        .stage("late", fact("dpd").ge(1))
        .stage("visit", fact("dpd").ge(90))
        .add(Line::new(Keyword::Debtor).name("anyone").otherwise())
        .add(Line::new(Keyword::Escalate).option("first", "skip").option("mode", "skip"))
        .assume("opted_out(phone)", false, "an example")
        .assume("opted_out(visit)", false, "an example")
        .add(call.verb_option("numbers", texts(&["mobile", "work"])))
        .add(visit.act("visit").verb_option("every", 3))
        .outcome("rpc_callback", "call_back", &[("within", 1.into())])
        .outcome("no_answer", "retry", &[("after", 1.into())])
        .outcome("wrong_number", "retire_point", &[("as", "wrong".into())])
        .outcome("rpc_hostile", "retire_point", &[("as", "objected".into()), ("lasts", 10.into())])
        .outcome("complaint", "pause", &[("days", 15.into())])
        .outcome("represented", "opt_out", &[])
        .outcome("visit_refused_for_hazard", "mark", &[("fact", "hazard".into()), ("lasts", 4.into())])
        .outcome("vague_promise", "vague_promise", &[])
        .outcome("rpc_promise", "promise", &[])
}

fn policy() -> Policy {
    written().check().unwrap()
}

fn law() -> Law {
    Law::none("test").unwrap()
}

fn late(dpd: i64) -> Facts {
    let facts = Facts::new("A-1", "EUR".parse().unwrap()).with(table::DPD, dpd).with(table::HAZARD, false);
    facts.with(table::PROMISE_OPEN, false).with(table::NUMBER_MOBILE, "valid").with(table::NUMBER_WORK, "none")
}

/// One account from night to night.
struct Account {
    policy: Policy,
    facts: Facts,
    carried: Carried,
}

impl Account {
    /// Decided and carried out on Monday.
    fn new(facts: Facts) -> Self {
        let policy = policy();
        let row = policy.bind(&facts).unwrap();
        let carried = policy.carry(&row, &decide(&policy, &row, &law(), day(0)), day(0));
        Self { policy, facts, carried }
    }

    fn after(mut self, code: &str, done: Done) -> Self {
        let done = Done { outcome: Some(code.to_owned()), ..done };
        self.policy.learn(&mut self.carried, &done).unwrap();
        self
    }

    fn row(&self, after: u64) -> Row {
        self.policy.bind_after(&self.facts, &self.carried, day(after)).unwrap()
    }

    /// What is decided so many days after Monday, and when it is looked at again.
    fn on(&self, after: u64) -> Record {
        decide(&self.policy, &self.row(after), &law(), day(after)).record(&self.policy, "A-1")
    }

    fn actions(&self, days: std::ops::RangeInclusive<u64>) -> Vec<String> {
        days.map(|after| self.on(after).action).collect()
    }

    fn state(&self, name: &str) -> Option<i64> {
        self.carried.cell(&self.policy, self.policy.find_input(name).unwrap()).unwrap().get()
    }
}

#[test]
fn without_a_result_a_treatment_rests_as_its_every_says() {
    let account = Account::new(late(12));
    assert_eq!(account.actions(1..=5), ["wait", "wait", "wait", "wait", "phone"]);
}

#[test]
fn an_attempt_that_nobody_answered_does_not_count_and_is_made_again() {
    let account = Account::new(late(12));
    assert_eq!(account.state("episode_count_call"), Some(1));
    let account = account.after("no_answer", Done::on(day(0)));
    assert_eq!(account.state("episode_count_call"), Some(0));
    assert_eq!(account.actions(0..=2), ["wait", "phone", "phone"]);
}

#[test]
fn an_attempt_that_does_not_count_turns_to_the_next_number_all_the_same() {
    let two = || Account::new(late(12).with(table::NUMBER_WORK, "valid"));
    assert_eq!(two().on(5).contact_point.as_deref(), Some("work"));
    let account = two().after("no_answer", Done::on(day(0)));
    assert_eq!(account.on(1).contact_point.as_deref(), Some("work"));
    assert_eq!((account.state("episode_count_call"), account.state("retries_call")), (Some(0), Some(1)));
}

#[test]
fn a_person_who_asked_for_a_call_is_left_alone_until_that_day_and_called_on_it() {
    let noted = Done { call_back_on: Some(day(3)), ..Done::on(day(0)) };
    let account = Account::new(late(12)).after("rpc_callback", noted);
    assert_eq!(account.actions(0..=3), ["wait", "wait", "wait", "phone"]);
    assert_eq!(account.on(0).next_review_on, Some(day(3)));
    assert_eq!(account.state("episode_count_call"), Some(1));
    // Where no day was noted, the policy's own `within` holds.
    let account = Account::new(late(12)).after("rpc_callback", Done::on(day(0)));
    assert_eq!(account.actions(0..=1), ["wait", "phone"]);
    // Once called, `every` holds again.
    let row = account.row(1);
    let decision = decide(&account.policy, &row, &law(), day(1));
    let carried = account.policy.carry(&row, &decision, day(1));
    let account = Account { carried, ..account };
    assert_eq!(account.actions(2..=6), ["none", "none", "none", "none", "none"]);
}

#[test]
fn a_wrong_number_is_not_dialled_again() {
    let two = late(12).with(table::NUMBER_WORK, "valid");
    let account = Account::new(two);
    assert_eq!(account.on(5).contact_point.as_deref(), Some("work"));
    let mobile = Done { point: Some(ContactPoint::Mobile), ..Done::on(day(0)) };
    let account = account.after("wrong_number", mobile);
    assert_eq!(account.on(5).contact_point.as_deref(), Some("work"));
    // The only number that was valid: nothing is left to dial, for good.
    let account = Account::new(late(12));
    let account = account.after("wrong_number", Done { point: Some(ContactPoint::Mobile), ..Done::on(day(0)) });
    assert_eq!(account.on(400).vetoed_by, ["call: no valid number"]);
    let told = explain(&account.policy, &account.row(400), "A-1", &law(), day(400)).to_string();
    assert!(told.contains("no valid number (number_mobile is wrong, learned on 2026-11-30)"), "{told}");
}

#[test]
fn an_objection_to_a_number_ends_after_its_days_and_the_review_knows_the_day() {
    let mobile = Done { point: Some(ContactPoint::Mobile), ..Done::on(day(0)) };
    let account = Account::new(late(12)).after("rpc_hostile", mobile);
    assert_eq!(account.on(10).action, "none");
    assert_eq!(account.on(10).next_review_on, Some(day(11)));
    assert_eq!(account.on(11).action, "phone");
}

#[test]
fn a_number_that_the_table_knows_to_be_dead_stays_dead() {
    let mobile = Done { point: Some(ContactPoint::Mobile), ..Done::on(day(0)) };
    let mut account = Account::new(late(12)).after("wrong_number", mobile);
    account.facts = account.facts.with(table::NUMBER_MOBILE, "dead");
    let row = account.row(5);
    let known = account.policy.find_input("number_mobile").unwrap();
    assert_eq!(account.policy.show_cell(known, row.cell(known)), "dead");
    // What the table does not know might be that; it is not dialled either.
    account.facts = account.facts.unknown(table::NUMBER_MOBILE);
    let row = account.row(5);
    assert_eq!(account.policy.show_cell(known, row.cell(known)), "not known");
    assert_eq!(account.on(5).action, "wait");
}

#[test]
fn a_pause_holds_demand_to_its_last_day_and_the_longest_pause_wins() {
    let account = Account::new(late(12)).after("complaint", Done::on(day(0)));
    assert_eq!(account.actions(13..=15), ["wait", "wait", "phone"]);
    assert_eq!(account.on(6).next_review_on, Some(day(15)));
    let earlier = account.state("pause_left");
    let account = account.after("complaint", Done::on(day(0)));
    assert_eq!(account.state("pause_left"), earlier);
    let account = account.after("complaint", Done::on(day(4)));
    assert_eq!(account.actions(18..=19), ["wait", "phone"]);
}

#[test]
fn nothing_stronger_follows_a_paused_treatment() {
    let lawsuit = Line::new(Keyword::Treatment).name("lawsuit").stages(&["late"]).act("litigation");
    let call = Line::new(Keyword::Treatment).name("ring").stages(&["late"]).act("ivr").verb_option("every", 3);
    let build = Build::policy("card", "EUR").stage("late", fact("dpd").ge(1)).assume("opted_out(ivr)", false, "so");
    let build = build.add(call.verb_option("instead", "lawsuit")).add(lawsuit);
    let policy = build.outcome("complaint", "pause", &[("days", 15.into())]).check().unwrap();
    let facts = Facts::new("A-1", "EUR".parse().unwrap()).with(table::DPD, 12);
    let row = policy.bind(&facts).unwrap();
    let mut carried = policy.carry(&row, &decide(&policy, &row, &law(), day(0)), day(0));
    let action = |carried: &Carried| {
        let row = policy.bind_after(&facts, carried, day(1)).unwrap();
        decide(&policy, &row, &law(), day(1)).record(&policy, "A-1").action
    };
    // `instead` gives the turn away after a rest of its own, not after a pause.
    assert_eq!(action(&carried), "litigation");
    policy.learn(&mut carried, &Done { outcome: Some("complaint".into()), ..Done::on(day(0)) }).unwrap();
    assert_eq!(action(&carried), "wait");
}

#[test]
fn a_channel_that_was_refused_is_not_used_again() {
    let account = Account::new(late(12)).after("represented", Done::on(day(0)));
    assert_eq!(account.on(300).vetoed_by, ["call: opted out of the channel"]);
}

#[test]
fn a_danger_at_the_door_stops_visits_until_it_is_forgotten_and_the_table_may_know_it_too() {
    let account = Account::new(late(100)).after("visit_refused_for_hazard", Done::on(day(0)));
    assert_eq!(account.actions(3..=5), ["none", "none", "visit"]);
    assert_eq!(account.on(3).next_review_on, Some(day(5)));
    let told = explain(&account.policy, &account.row(3), "A-1", &law(), day(3)).to_string();
    assert!(told.contains("hazard is true, learned on 2026-11-30"), "{told}");
    let known = Account { facts: account.facts.clone().with(table::HAZARD, true), ..account };
    assert_eq!(known.on(5).action, "none");
    let told = explain(&known.policy, &known.row(5), "A-1", &law(), day(5)).to_string();
    assert!(!told.contains("learned"), "{told}");
}

#[test]
fn time_alone_gives_the_fact_back_to_the_table() {
    let account = Account::new(late(100)).after("visit_refused_for_hazard", Done::on(day(0)));
    let mut row = account.row(3);
    let hazard = account.policy.find_input("hazard").unwrap();
    let mut seen = Vec::new();
    for _ in 0..3 {
        seen.push(account.policy.show_cell(hazard, row.cell(hazard)));
        row = arrears::decide::advance(&account.policy, &row).unwrap();
    }
    assert_eq!(seen, ["true", "true", "false"]);
}

#[test]
fn a_promise_is_waited_for_until_its_day() {
    let euro = "EUR".parse().unwrap();
    let promised = Done { due_on: Some(day(7)), amount: Some(Money::from_minor(5000, euro)), ..Done::on(day(0)) };
    let account = Account::new(late(12)).after("rpc_promise", promised);
    assert_eq!(account.actions(6..=8), ["wait", "wait", "phone"]);
    assert_eq!(account.state("learned_promise_amount"), Some(5000));
    // A promise without a day takes its place: there is nothing to wait for.
    let account = account.after("rpc_vague_promise", Done::on(day(1)));
    assert_eq!(account.on(6).action, "phone");
}

#[test]
fn a_vague_promise_does_not_undo_a_promise_that_the_table_knows() {
    let known = late(12).with(table::PROMISE_OPEN, true);
    let account = Account::new(known).after("rpc_vague_promise", Done::on(day(0)));
    assert_eq!(account.on(6).action, "wait");
}

#[test]
fn what_was_not_carried_out_gets_its_count_back_and_keeps_its_rest() {
    let mut account = Account::new(late(12));
    let not_done = Done { carried_out: false, ..Done::on(day(0)) };
    let applied = account.policy.learn(&mut account.carried, &not_done).unwrap();
    assert_eq!(applied, [Applied { code: None, change: Change::GivenBack }]);
    assert_eq!(account.state("episode_count_call"), Some(0));
    assert_eq!(account.actions(4..=5), ["wait", "phone"]);
}

#[test]
fn work_that_was_not_decided_counts_for_what_was_done() {
    let mut account = Account::new(late(12));
    let visit = Done { treatment: Some("door".into()), ..Done::on(day(2)) };
    let applied = account.policy.learn(&mut account.carried, &visit).unwrap();
    assert_eq!(applied, [Applied { code: None, change: Change::Counted }]);
    assert_eq!(account.carried.day(), day(2));
    assert_eq!((account.state("days_since_door"), account.state("days_since_call")), (Some(0), Some(2)));
    assert_eq!(account.state("days_since_decision"), Some(2));
    // A second attempt on the same day is the same work.
    assert_eq!(account.policy.learn(&mut account.carried, &visit).unwrap(), []);
    // What was decided and idle counts once it is done.
    let row = account.policy.bind(&account.facts).unwrap();
    let decision = decide(&account.policy, &row, &law(), day(0));
    account.carried = account.policy.carry_idle(&row, &decision, day(0));
    assert_eq!(account.state("episode_count_call"), Some(0));
    let call = Done { treatment: Some("call".into()), ..Done::on(day(0)) };
    account.policy.learn(&mut account.carried, &call).unwrap();
    assert_eq!(account.state("episode_count_call"), Some(1));
}

#[test]
fn a_result_that_comes_in_late_is_as_old_as_it_is() {
    let account = Account::new(late(12)).after("complaint", Done::on(day(5))).after("complaint", Done::on(day(2)));
    assert_eq!(account.carried.day(), day(5));
    assert_eq!(account.state("pause_left"), Some(15));
    let account = Account::new(late(100)).after("rpc_refused", Done::on(day(3)));
    let account = account.after("visit_refused_for_hazard", Done::on(day(1)));
    assert_eq!(account.state("learned_days_hazard"), Some(2));
    assert_eq!(account.actions(5..=6), ["none", "visit"]);
}

#[test]
fn everything_that_is_wrong_is_said_at_once_and_the_state_stays_as_it_was() {
    let mut account = Account::new(late(12));
    let before = account.carried.clone();
    let done = Done {
        treatment: Some("cal".into()),
        outcome: Some("wrong_numbr".into()),
        amount: Some(Money::from_minor(-1, "EUR".parse().unwrap())),
        due_on: Some(day(0) - Days::new(9)),
        ..Done::on(day(0) - Days::new(1))
    };
    let problem = account.policy.learn(&mut account.carried, &done).unwrap_err().to_string();
    assert_eq!(
        problem,
        "`treatment`: the policy has no treatment `cal`: did you mean `call`?; \
         `outcome`: no contact has the result `wrong_numbr`: did you mean `wrong_number`?; \
         `on`: 2026-11-29 lies before the day of the decision, 2026-11-30: what is done follows a decision; \
         `amount`: -0.01 EUR lies below zero: write what was promised; \
         `due_on`: 2026-11-21 lies before the day of the contact, 2026-11-29"
    );
    let said = |done: Done, code: &str| {
        let mut carried = before.clone();
        let done = Done { outcome: Some(code.into()), ..done };
        account.policy.learn(&mut carried, &done).unwrap_err().to_string()
    };
    assert_eq!(
        said(Done::on(day(0)), "wrong_number"),
        "`point`: is empty, but the result `wrong_number` does `retire_point`, which needs which number was used: mobile, work or home"
    );
    assert!(said(Done::on(day(0)), "rpc_promise").starts_with("`due_on`: is empty"));
    let visit = Done { treatment: Some("door".into()), carried_out: false, ..Done::on(day(0)) };
    assert_eq!(
        said(visit, "busy"),
        "`done`: `door` was not decided on 2026-11-30, so there is nothing that was not done"
    );
    assert_eq!(account.carried, before);
}

#[test]
fn a_state_kept_by_name_is_the_same_state() {
    let account = Account::new(late(12)).after("complaint", Done::on(day(3)));
    let named = account.carried.named(&account.policy);
    let pairs = named.iter().map(|(name, value)| (*name, value));
    assert_eq!(account.policy.carried_from(day(3), pairs).unwrap(), account.carried);
    let unknown = [("previous_stage", &arrears::Value::Word("remindr".into()))];
    assert!(account.policy.carried_from(day(3), unknown).is_err());
    // A treatment that was taken out of the policy is forgotten.
    let gone = [("last_treatment", &arrears::Value::Word("fax".into()))];
    assert!(account.policy.carried_from(day(3), gone).is_ok());
}

#[test]
fn the_order_of_outcomes_and_the_group_that_names_a_code_do_not_change_the_hash() {
    let pause = |build: Build, code| build.outcome(code, "pause", &[("days", 15.into())]);
    let mark = |build: Build| build.outcome("rpc_hardship", "mark", &[("fact", "hardship".into())]);
    let head = || Build::policy("card", "EUR").stage("late", fact("hardship").or(fact("dpd").ge(1)));
    let hash = |build: Build| build.check().unwrap().hash();
    assert_eq!(hash(mark(pause(head(), "refused"))), hash(pause(mark(head()), "rpc_refused")));
    assert_ne!(hash(mark(pause(head(), "refused"))), hash(mark(pause(head(), "hostile"))));
    assert_ne!(hash(head()), hash(mark(head())));
}

#[test]
fn a_threshold_may_say_how_long() {
    let threshold = Line::new(Keyword::Threshold).name("quiet_days").value(number("10").unwrap());
    let threshold = threshold.option("from", 1).option("to", 30).option("why", "so");
    let build = Build::policy("card", "EUR").stage("late", fact("dpd").ge(1)).add(threshold);
    let policy = build.outcome("complaint", "pause", &[("days", fact("quiet_days"))]).check().unwrap();
    let row = policy.bind(&Facts::new("A-1", "EUR".parse().unwrap()).with(table::DPD, 3)).unwrap();
    let mut carried = policy.carry(&row, &decide(&policy, &row, &law(), day(0)), day(0));
    let done = Done { outcome: Some("complaint".into()), ..Done::on(day(0)) };
    let applied = policy.learn(&mut carried, &done).unwrap();
    assert_eq!(applied, [Applied { code: Some("complaint"), change: Change::Effect(EffectWord::Pause) }]);
    let left = policy.find_input("pause_left").unwrap();
    assert_eq!(carried.cell(&policy, left).unwrap().get(), Some(10));
}

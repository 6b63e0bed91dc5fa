//! A plan of attempts promises what anyone would be told who asks again before each of them.

use crate::cases;
use crate::planning::{afresh, at_number, call, calls, in_slot, made_on, plan, wall};
use arrears::Pack;
use arrears::guardrail::{Answer, AttemptPlan, Attempts, Case, Contact, Dialled, LeftOut};
use arrears_testkit::generate::{Matter, Matters, matters};
use chrono::{DateTime, Days, Duration, FixedOffset};
use proptest::prelude::*;

const ALL: Matters = Matters { defaults: true, unknown: 1, rules: 4, proposals: 1 };

fn planned(case: &Case, call: &Contact, plan: &AttemptPlan) -> Attempts {
    case.attempts(call, plan).unwrap()
}

/// Whether the plan itself has room at a moment, when so many attempts were made.
fn has_room(
    matter: &Matter,
    plan: &AttemptPlan,
    begins: DateTime<FixedOffset>,
    made: &Attempts,
    before: usize,
    at: DateTime<FixedOffset>,
) -> bool {
    let (date, time) = wall(matter, at);
    let first = wall(matter, begins).0;
    let last = made.attempts[..before].iter().map(|attempt| attempt.at).chain(calls(matter)).max();
    (first..first + Days::new(u64::from(plan.days))).contains(&date)
        && in_slot(plan, time)
        && made_on(matter, made, before, date) < plan.a_day
        && last.is_none_or(|last| at >= last + Duration::minutes(i64::from(plan.apart)))
}

/// How often attempts of a number surely ended in vain, over the history and so many of the plan.
fn in_vain(matter: &Matter, made: &Attempts, before: usize, number: &str) -> u32 {
    let told = matter.standing.contacts.iter().flatten();
    let past = told.filter(|past| {
        let ended = past.number.as_deref() == Some(number) && past.outcome.as_deref() == Some("no_answer");
        ended
            && past.at <= matter.now
            && calls(matter).any(|at| at == past.at)
            && past.direction == arrears::guardrail::Direction::Out
            && past.channel == arrears::Channel::Phone
            && !past.same_call
    });
    let planned = made.attempts[..before].iter().filter(|attempt| attempt.number == number);
    u32::try_from(past.count() + planned.count()).unwrap()
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn every_attempt_is_permitted_to_one_who_asks_again_after_those_before_it(matter in matters(ALL), numbers in 1..4_usize) {
        let (call, plan) = (call(&matter), plan(&matter, numbers));
        let made = planned(&matter.case().unwrap(), &call, &plan);
        for (index, attempt) in made.attempts.iter().enumerate() {
            let case = afresh(&matter, &call, &made, index, attempt.at);
            let said = case.permission(&at_number(&call, &attempt.number, &attempt.kind, attempt.at)).unwrap();
            prop_assert_eq!(said.answer, Answer::Allow, "{:?} of {:#?}\n{:#?}", attempt, made, said);
        }
    }

    #[test]
    fn no_attempt_leaves_the_times_the_days_and_the_counts_of_its_plan(matter in matters(ALL), numbers in 1..4_usize) {
        let (call, plan) = (call(&matter), plan(&matter, numbers));
        let made = planned(&matter.case().unwrap(), &call, &plan);
        for (index, attempt) in made.attempts.iter().enumerate() {
            prop_assert!(attempt.at >= matter.now && attempt.at >= call.at);
            prop_assert!(has_room(&matter, &plan, call.at, &made, index, attempt.at), "{:?} of {:#?}", attempt, made);
            let dialled = Dialled { number: attempt.number.clone(), kind: attempt.kind.clone() };
            prop_assert!(plan.numbers.contains(&dialled));
            if let Some(after) = plan.drop_after.as_ref().and_then(|drops| drops.get("no_answer")) {
                prop_assert!(in_vain(&matter, &made, index, &attempt.number) < *after, "{:?} of {:#?}", attempt, made);
            }
        }
        for number in &made.numbers {
            let attempts = made.attempts.iter().filter(|attempt| attempt.number == number.number).count();
            prop_assert_eq!(usize::try_from(number.attempts).unwrap(), attempts);
            prop_assert_eq!(number.left_out.is_some(), attempts == 0);
        }
    }

    #[test]
    fn at_one_number_no_minute_is_left_at_which_another_attempt_might_be_made(matter in matters(ALL)) {
        let (call, plan) = (call(&matter), plan(&matter, 1));
        let made = planned(&matter.case().unwrap(), &call, &plan);
        let left_out = made.numbers[0].left_out.as_ref();
        if matches!(left_out, Some(LeftOut::NotKnown { .. } | LeftOut::Result { .. })) {
            return Ok(());
        }
        let most = plan.drop_after.as_ref().and_then(|drops| drops.get("no_answer")).copied();
        let end = call.at + Duration::days(i64::from(plan.days) + 1);
        let mut from = call.at.max(matter.now);
        for before in 0..=made.attempts.len() {
            if most.is_some_and(|most| in_vain(&matter, &made, before, "n1") >= most) || plan.drop_after.is_some() && before == made.attempts.len() {
                break;
            }
            let until = made.attempts.get(before).map_or(end, |attempt| attempt.at);
            let case = afresh(&matter, &call, &made, before, from);
            let mut at = from;
            while at < until {
                if has_room(&matter, &plan, call.at, &made, before, at) {
                    let answer = case.answer(&at_number(&call, "n1", "mobile", at)).unwrap();
                    prop_assert_ne!(answer, Answer::Allow, "at {} before attempt {} of {:#?}", at, before, made);
                }
                at += Duration::minutes(1);
            }
            from = until;
        }
    }

    #[test]
    fn a_further_guardrail_never_gives_an_earlier_first_attempt_nor_more_at_one_number(matter in matters(ALL), numbers in 1..4_usize) {
        let (call, plan) = (call(&matter), plan(&matter, numbers));
        let house = matter.packs.last().unwrap();
        let law = matter.law_of(matter.packs[..1].to_vec());
        let before = Case::new(&law, &matter.standing, matter.now).unwrap();
        let after = before.clone().with_house(house, &matter.standing);
        let (one, two) = (planned(&before, &call, &plan), planned(&after, &call, &plan));
        let first = |made: &Attempts| made.attempts.first().map(|attempt| attempt.at);
        let later = first(&two).is_none_or(|two| first(&one).is_some_and(|one| one <= two));
        prop_assert!(later, "{:#?}\n{:#?}", one, two);
        if numbers == 1 {
            prop_assert!(two.attempts.len() <= one.attempts.len(), "{:#?}\n{:#?}", one, two);
        }
    }

    #[test]
    fn the_same_plan_is_made_twice_and_reasons_are_those_of_the_permission(matter in matters(ALL), numbers in 1..4_usize) {
        let (call, plan) = (call(&matter), plan(&matter, numbers));
        let case = matter.case().unwrap();
        let made = planned(&case, &call, &plan);
        prop_assert_eq!(&made, &planned(&matter.case().unwrap(), &call, &plan));
        for number in &made.numbers {
            let Some(LeftOut::Rules { at, answer, rules, missing, earliest }) = &number.left_out else { continue };
            let said = case.permission(&at_number(&call, &number.number, &number.kind, *at)).unwrap();
            prop_assert_eq!((*answer, rules, missing, earliest), (said.answer, &said.rules, &said.missing, &said.earliest));
            prop_assert!(*answer > Answer::Allow);
        }
    }

    #[test]
    fn where_no_clock_or_no_history_is_known_nothing_is_attempted(matter in matters(ALL), numbers in 1..4_usize, which in 0..3) {
        let (call, plan) = (call(&matter), plan(&matter, numbers));
        let mut told = matter.standing.clone();
        if which < 2 {
            told.contacts = None;
        }
        if which > 0 {
            told.zones = Vec::new();
        }
        for law in [matter.law(), arrears::Law::none("a plan counts whatever the law").unwrap()] {
            let made = planned(&Case::new(&law, &told, matter.now).unwrap(), &call, &plan);
            prop_assert!(made.attempts.is_empty());
            prop_assert_eq!(made.answer(), Answer::Review);
        }
    }

    #[test]
    fn consents_that_are_not_known_permit_no_attempt_that_needs_one(matter in matters(ALL), numbers in 1..4_usize) {
        let (call, plan) = (call(&matter), plan(&matter, numbers));
        let mut told = matter.standing.clone();
        told.consents = None;
        let case = Case::new(&matter.law(), &told, matter.now).unwrap();
        let made = planned(&case, &call, &plan);
        let none = Matter { standing: told, ..matter.clone() };
        for (index, attempt) in made.attempts.iter().enumerate() {
            let case = afresh(&none, &call, &made, index, attempt.at);
            let said = case.permission(&at_number(&call, &attempt.number, &attempt.kind, attempt.at)).unwrap();
            prop_assert_eq!(said.answer, Answer::Allow);
        }
    }
}

/// Guardrails that tell numbers of one kind from others may free the times of the others; those that
/// tell none apart never give more attempts.
#[test]
fn hours_and_caps_that_tell_no_numbers_apart_never_give_more_attempts() {
    use crate::hand::{at, call_at, hours, pack, plain, refuses};
    let plan = AttemptPlan {
        numbers: ["mobile", "work"].map(|kind| Dialled { number: kind.to_owned(), kind: kind.to_owned() }).to_vec(),
        a_day: 3,
        days: 4,
        apart: 100,
        slots: None,
        drop_after: None,
    };
    let wide: Pack = pack([hours("R", "every_day", "08:00-20:15"), refuses("S", false)]);
    let call = call_at("2026-03-06T11:00:00-05:00");
    let case = Case::new(&arrears::Law::of([wide.clone()]), &plain(), at("2026-03-06T10:00:00-05:00")).unwrap();
    let before = planned(&case, &call, &plan);
    assert_eq!(before.attempts.len(), 12);
    for (narrow, left) in [("10:00-12:00", 7), ("08:00-08:01", 3), ("19:00-21:00", 4)] {
        let house = pack([hours("H", "every_day", narrow), refuses("S", false)]);
        let after = planned(&case.clone().with_house(&house, &plain()), &call, &plan);
        assert_eq!(after.attempts.len(), left, "{narrow} {after:#?}");
    }
}

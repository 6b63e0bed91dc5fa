//! Random plans of attempts, and what is known of a person when they are made.

use arrears::Channel;
use arrears::guardrail::{AttemptPlan, Attempts, Case, Contact, Dialled, Direction, Edge, Slot, Standing};
use arrears_testkit::generate::{Choices, Matter};
use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Timelike};
use chrono_tz::Tz;

/// A plan for a matter, from its further choices.
pub(crate) fn plan(matter: &Matter, numbers: usize) -> AttemptPlan {
    let mut choices = Choices::new(matter.more.clone());
    let kinds = ["mobile", "home", "work"];
    let dialled = |index: usize| Dialled { number: format!("n{}", index + 1), kind: kinds[index % 3].to_owned() };
    let slots = choices.chance(50).then(|| (0..=choices.below(2)).map(|_| slot(&mut choices)).collect());
    let results = [("no_answer", 2), ("busy", 1), ("voicemail_left", 3)];
    AttemptPlan {
        numbers: (0..numbers).map(dialled).collect(),
        a_day: choices.pick(&[2, 1, 3, 5], 2),
        days: choices.pick(&[2, 1, 3], 2),
        apart: choices.pick(&[60, 1, 30, 240, 1500], 60),
        slots,
        drop_after: choices.chance(25).then(|| {
            let (code, times) = choices.pick(&results, results[0]);
            [(code.to_owned(), times)].into()
        }),
    }
}

fn slot(choices: &mut Choices) -> Slot {
    let times = [
        ("09:00", "12:00"),
        ("17:30", "20:15"),
        ("00:00", "24:00"),
        ("02:15", "02:45"),
        ("01:30", "03:10"),
        ("23:30", "24:00"),
        ("12:00", "12:01"),
    ];
    let (from, to) = choices.pick(&times, times[0]);
    let read = |text: &str| NaiveTime::parse_from_str(text, "%H:%M").ok();
    Slot { from: read(from).unwrap(), to: read(to) }
}

/// A call that a matter proposes, without what a plan says itself.
pub(crate) fn call(matter: &Matter) -> Contact {
    let proposed = &matter.proposed[0];
    let channel = if proposed.channel == Channel::Letter { Channel::Ivr } else { Channel::Phone };
    Contact {
        channel,
        direction: Direction::Out,
        number: None,
        number_kind: None,
        same_call: false,
        debtor_at: None,
        active_session: None,
        returned_on: None,
        ..proposed.clone()
    }
}

/// What is known of a person at a moment: nothing that lies after it.
pub(crate) fn known(told: &Standing, now: DateTime<FixedOffset>) -> Standing {
    let mut told = told.clone();
    if let Some(contacts) = &mut told.contacts {
        contacts.retain(|contact| contact.at <= now);
    }
    if let Some(refusals) = &mut told.refusals {
        refusals.retain(|refusal| refusal.at <= now);
    }
    if let Some(wrong) = &mut told.wrong_numbers {
        wrong.retain(|wrong| wrong.learned_at <= now);
    }
    if let Some(consents) = &mut told.consents {
        consents.retain(|consent| consent.given_at <= now);
        for consent in consents {
            consent.withdrawn_at = consent.withdrawn_at.filter(|at| *at <= now);
        }
    }
    for spell in &mut told.spells {
        let later = |edge: &Option<Edge>| matches!(edge, Some(Edge::At(at)) if *at > now);
        if later(&spell.from) {
            // One that holds at no moment.
            (spell.from, spell.to) = (Some(Edge::At(now)), Some(Edge::At(now)));
        } else if later(&spell.to) {
            spell.to = None;
        }
    }
    told
}

/// The case of one who asks anew before an attempt, when so many were made in vain.
pub(crate) fn afresh(
    matter: &Matter,
    call: &Contact,
    made: &Attempts,
    before: usize,
    now: DateTime<FixedOffset>,
) -> Case {
    let mut told = known(&matter.standing, matter.now);
    for attempt in &made.attempts[..before] {
        let outcome = Some("no_answer".to_owned());
        let made = Contact { outcome, ..at_number(call, &attempt.number, &attempt.kind, attempt.at) };
        told.contacts.as_mut().unwrap().push(made);
    }
    Case::new(&matter.law(), &told, now).unwrap()
}

/// A call at a number and a moment.
pub(crate) fn at_number(call: &Contact, number: &str, kind: &str, at: DateTime<FixedOffset>) -> Contact {
    Contact { at, number: Some(number.to_owned()), number_kind: Some(kind.to_owned()), ..call.clone() }
}

/// The clock on the wall of the person's first zone.
pub(crate) fn wall(matter: &Matter, at: DateTime<FixedOffset>) -> (NaiveDate, NaiveTime) {
    let zone: Tz = matter.standing.zones[0].parse().unwrap();
    let there = at.with_timezone(&zone);
    (there.date_naive(), there.time().with_second(0).unwrap())
}

/// Whether a time lies in the plan's slots.
pub(crate) fn in_slot(plan: &AttemptPlan, time: NaiveTime) -> bool {
    plan.slots
        .as_ref()
        .is_none_or(|slots| slots.iter().any(|slot| slot.from <= time && slot.to.is_none_or(|to| time < to)))
}

/// Calls that went out on a local date, before so many attempts of the plan.
pub(crate) fn made_on(matter: &Matter, made: &Attempts, before: usize, date: NaiveDate) -> u32 {
    let planned = made.attempts[..before].iter().map(|attempt| attempt.at);
    let dates = calls(matter).chain(planned).filter(|at| wall(matter, *at).0 == date);
    u32::try_from(dates.count()).unwrap()
}

/// When calls went out that are known.
pub(crate) fn calls(matter: &Matter) -> impl Iterator<Item = DateTime<FixedOffset>> {
    let past = matter.standing.contacts.iter().flatten().filter(|past| {
        past.at <= matter.now
            && past.direction == Direction::Out
            && [Channel::Phone, Channel::Ivr].contains(&past.channel)
            && !past.same_call
    });
    past.map(|past| past.at)
}

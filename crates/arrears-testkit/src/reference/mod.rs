//! The reference engine: slow and obvious.
//!
//! It reads the policy as written, over values by name, and shares nothing with the
//! engine but the written policy and the tables of facts and verbs. Where the engine
//! follows what missing facts leave open, the reference tries every way.

mod account;
mod columns;
mod computed;
mod days;
mod draft;
mod exact;
mod ladder;
mod learned;
mod missing;
mod outcome;
pub mod permission;
mod reading;
mod value;
mod ways;
mod work;

pub use account::Account;
pub use days::{Clerk, Said};
pub use exact::{Computed, Exact};
pub use outcome::Outcome;
pub use reading::Reading;
pub use value::{Truth, Value};
pub use work::{Turn, Work};

use arrears::Facts;
use arrears::draft::{Draft, Keyword, Statement};
use draft::{all, flag, text};
use ladder::Ladder;
use work::verb_of;

/// What the reference engine finds, with the turn of every treatment that was read.
#[derive(Clone)]
pub struct Found<'a> {
    /// The decision.
    pub outcome: Outcome,
    /// The treatments in order up to the one chosen, and what became of their turns.
    pub turns: Vec<(&'a Statement, Turn)>,
    /// The account with everything that was found, for reading conditions.
    pub reading: Reading<'a>,
}

/// Decides an account as the policy is written.
///
/// The policy must have passed its checks; people are taken to live in its own zone.
pub fn decide<'a>(draft: &'a Draft, facts: &'a Facts) -> Found<'a> {
    let mut outcome = Outcome::default();
    let mut reading = Reading::before_the_decision(Account { draft, facts });
    let mut binding = Vec::new();
    for hold in all(draft, Keyword::Hold) {
        let truth = hold.when.as_ref().map_or(Some(false), |when| reading.truth(when));
        if truth == Some(false) {
            continue;
        }
        if let Some(when) = &hold.when {
            reading.missing(when, &mut outcome.missing);
        }
        let name = hold.name_text();
        outcome.held_by.push(if truth.is_some() { name.to_owned() } else { format!("{name}?") });
        binding.push((hold, truth.is_some()));
    }
    types(&mut reading, &mut outcome);
    let ladder = Ladder::new(&reading);
    let placed = ladder.place();
    outcome.stage_before = ladder.before();
    let reading = Reading { stage: Some(placed.stage.clone()), ..reading.clone() };
    outcome.stage.clone_from(&placed.stage);
    outcome.rung.clone_from(&placed.rung);
    outcome.stage_reason = placed.reason;
    outcome.missing.extend(placed.missing);
    if placed.uncertain {
        outcome.flags.insert("stage_uncertain");
    }
    let mut work = Work { reading: &reading, binding, stopped: placed.uncertain };
    work.duties(&mut outcome);
    work.acts(&placed.relief, &mut outcome);
    let turns = match reading.account.value("closed") {
        Value::Flag(true) => {
            outcome.flags.insert("closed");
            "none".clone_into(&mut outcome.action);
            Vec::new()
        }
        closed => {
            if closed.is_unknown() {
                outcome.missing.insert("closed".to_owned());
                work.stopped = true;
            }
            let elsewhere: Vec<&String> = placed.possible.iter().filter(|stage| **stage != placed.stage).collect();
            let limit = elsewhere.iter().map(|stage| work.strength_in(stage)).min();
            let turns = work.turns(limit);
            act_on(&turns, !elsewhere.is_empty(), &work, &mut outcome);
            turns
        }
    };
    outcome.priority = priority(draft, &reading);
    Found { outcome, turns, reading }
}

/// The first type that is true, and every unknown one before it.
fn types(reading: &mut Reading<'_>, outcome: &mut Outcome) {
    let draft = reading.account.draft;
    for debtor in all(draft, Keyword::Debtor) {
        let truth = debtor.when.as_ref().map_or(Some(true), |when| reading.truth(when));
        if truth == Some(false) {
            continue;
        }
        outcome.types.push(debtor.name_text().to_owned());
        if flag(&debtor.options, "review") {
            outcome.flags.insert("second_person");
        }
        match &debtor.when {
            Some(when) if truth.is_none() => reading.missing(when, &mut outcome.missing),
            _ => break,
        }
    }
    if all(draft, Keyword::Debtor).is_empty() {
        outcome.types.push("any".to_owned());
    }
    reading.types.clone_from(&outcome.types);
}

/// What follows from the turns.
fn act_on(turns: &[(&Statement, Turn)], elsewhere: bool, work: &Work<'_, '_>, outcome: &mut Outcome) {
    let mut waits_for_facts = work.stopped;
    let mut action = if work.stopped { "wait" } else { "none" };
    for (treatment, turn) in turns {
        let name = treatment.name_text();
        match turn {
            Turn::Chosen(point, slot) => {
                let Some((verb, call)) = verb_of(treatment) else { continue };
                outcome.treatment = Some(name.to_owned());
                verb.word.clone_into(&mut outcome.action);
                outcome.strength = verb.strength.unwrap_or(0);
                outcome.channel = verb.channel.map(|channel| channel.word().to_owned());
                outcome.contact_point.clone_from(point);
                outcome.slot.clone_from(slot);
                let stage = draft::find(work.reading.account.draft, Keyword::Stage, &outcome.stage);
                let approval = text(&call.options, "approval").or_else(|| text(&stage?.options, "approval"));
                outcome.approval = approval.map(str::to_owned);
                return;
            }
            Turn::Passed => {}
            Turn::Unavailable(why) => outcome.vetoed_by.push(format!("{name}: {why}")),
            Turn::Held(hold) => {
                action = "held";
                outcome.vetoed_by.push(format!("{name}: hold {hold}"));
            }
            Turn::Unknown(facts) => {
                outcome.missing.extend(facts.iter().cloned());
                waits_for_facts = true;
                action = if action == "held" { action } else { "wait" };
            }
            Turn::Blocked | Turn::Resting | Turn::Paused => action = if action == "held" { action } else { "wait" },
            Turn::TooStrong => {
                waits_for_facts |= elsewhere;
                action = if action == "held" { action } else { "wait" };
            }
        }
    }
    action.clone_into(&mut outcome.action);
    if action == "wait" && waits_for_facts {
        outcome.flags.insert("waits_for_facts");
    }
}

fn priority(draft: &Draft, reading: &Reading<'_>) -> Option<String> {
    let statement = all(draft, Keyword::Priority).into_iter().next()?;
    let value = statement.value.as_ref()?;
    let number = reading.number(value).number()?.measuring(reading.kind(value));
    number.as_measured(reading.account.digits()).map(Exact::shown)
}

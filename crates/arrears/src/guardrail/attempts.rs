//! A contact as a plan of attempts: what a dialler can run without asking again.

use super::permission::Answer;
use super::{Case, Contact, Standing, Trouble};
use crate::facts::outcome_table;
use crate::policy::Law;
use crate::problem::nearest;
use chrono::{DateTime, Duration, FixedOffset, NaiveDate, NaiveTime, TimeZone};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How a contact is to be attempted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AttemptPlan {
    /// The contact, but for its moment and its number: from when on it may be attempted.
    pub contact: Contact,
    /// The numbers, in the order in which they are tried.
    pub numbers: Vec<Dialled>,
    /// Attempts of one local date, over all numbers; at least 1.
    pub a_day: u32,
    /// Minutes between two attempts.
    #[serde(default)]
    pub apart: u32,
    /// Local dates on which attempts are made, that of the contact the first; at least 1.
    pub days: u32,
    /// Times of the day in which attempts are made, by the clock of the first zone, in their order; without
    /// any all day.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub slots: Vec<Slot>,
    /// After so many attempts of a number with this result it is not tried again.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub drop_after: BTreeMap<String, u32>,
}

/// A number that is dialled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Dialled {
    /// The number.
    pub number: String,
    /// What number it is: `mobile`, `home`, `work`.
    pub kind: String,
}

/// A time of the day, its end not included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slot {
    /// From when.
    pub from: NaiveTime,
    /// Until when, not included.
    pub to: NaiveTime,
}

/// What a dialler runs: attempts in order, each permitted although all before it were made in vain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attempts {
    /// The attempts. The first conversation ends the plan: later ones are then not made.
    pub attempts: Vec<Attempt>,
    /// After so many attempts of a number with this result it is left out.
    pub drop_after: BTreeMap<String, u32>,
    /// Numbers of the plan at which no attempt is permitted.
    pub left_out: Vec<String>,
}

/// One attempt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Attempt {
    /// The first moment at which it may be made.
    pub at: DateTime<FixedOffset>,
    /// The number.
    pub number: String,
    /// What number it is.
    pub kind: String,
}

/// A plan cannot go on for longer.
const MOST_DAYS: u32 = 31;
/// Attempts of one date cannot be more.
const MOST_A_DAY: u32 = 24;

impl Attempts {
    /// Plans attempts under a law, as of `now`: numbers take turns, each attempt at the first moment
    /// from the one before it on, at least `apart` minutes later, inside a slot, at which the law
    /// permits it if every attempt before it was made and not answered.
    ///
    /// # Errors
    ///
    /// What is wrong with the standing, the contact or the plan.
    pub fn plan(
        law: &Law,
        standing: &Standing,
        plan: &AttemptPlan,
        now: DateTime<FixedOffset>,
    ) -> Result<Self, Vec<Trouble>> {
        check_plan(plan)?;
        let mut standing = standing.clone();
        let mut made = Vec::new();
        let mut tried: BTreeMap<&str, bool> =
            plan.numbers.iter().map(|dialled| (dialled.number.as_str(), false)).collect();
        let mut from = plan.contact.at.max(now);
        let mut day: Option<(NaiveDate, u32)> = None;
        let mut turn = 0_usize;
        let zone = standing.zones.first().and_then(|name| name.parse::<chrono_tz::Tz>().ok());
        let date = |at: DateTime<FixedOffset>| match zone {
            Some(zone) => at.with_timezone(&zone).date_naive(),
            None => at.date_naive(),
        };
        let last = date(from).checked_add_days(chrono::Days::new(u64::from(plan.days) - 1)).unwrap_or(NaiveDate::MAX);
        // Of one round over all numbers at least one must be permitted.
        let mut in_vain = 0;
        while in_vain < plan.numbers.len() {
            let Some(dialled) = plan.numbers.get(turn % plan.numbers.len()) else { break };
            turn += 1;
            // What was attempted before is known by then.
            let case = Case::new(law, &standing, from.max(now))?;
            let template = of(&plan.contact, dialled);
            let found = first(&case, &template, from, plan, zone, (last, &day))?;
            let Some(at) = found else {
                in_vain += 1;
                continue;
            };
            in_vain = 0;
            let on = date(at);
            day = Some(match day {
                Some((known, count)) if known == on => (on, count + 1),
                _ => (on, 1),
            });
            tried.insert(&dialled.number, true);
            made.push(Attempt { at, number: dialled.number.clone(), kind: dialled.kind.clone() });
            let mut contact = template;
            contact.at = at;
            contact.outcome = Some("no_answer".to_owned());
            standing.contacts.get_or_insert_with(Vec::new).push(contact);
            from = at + Duration::minutes(i64::from(plan.apart.max(1)));
        }
        let left_out = tried.into_iter().filter(|(_, tried)| !tried).map(|(number, _)| number.to_owned()).collect();
        Ok(Self { attempts: made, drop_after: plan.drop_after.clone(), left_out })
    }
}

/// The planned contact at one number.
fn of(contact: &Contact, dialled: &Dialled) -> Contact {
    let mut contact = contact.clone();
    contact.number = Some(dialled.number.clone());
    contact.number_kind = Some(dialled.kind.clone());
    contact
}

/// The first moment from one on at which the contact is permitted inside the plan.
fn first(
    case: &Case,
    template: &Contact,
    from: DateTime<FixedOffset>,
    plan: &AttemptPlan,
    zone: Option<chrono_tz::Tz>,
    (last, day): (NaiveDate, &Option<(NaiveDate, u32)>),
) -> Result<Option<DateTime<FixedOffset>>, Vec<Trouble>> {
    // Where no zone is known nothing is permitted.
    let Some(zone) = zone else { return Ok(None) };
    let mut at = from;
    for _ in 0..MOST_STEPS {
        let Some(inside) = into_slot(at, &plan.slots, zone) else { return Ok(None) };
        at = inside;
        let date = at.with_timezone(&zone).date_naive();
        if date > last {
            return Ok(None);
        }
        if day.is_some_and(|(known, count)| known == date && count >= plan.a_day) {
            let Some(next) = date.succ_opt().and_then(|next| instant(next, NaiveTime::MIN, zone)) else {
                return Ok(None);
            };
            at = next;
            continue;
        }
        let mut contact = template.clone();
        contact.at = at;
        let permission = case.permission(&contact)?;
        if permission.answer == Answer::Allow {
            return Ok(Some(at));
        }
        match permission.earliest {
            Some(earliest) if earliest > at => at = earliest,
            _ => return Ok(None),
        }
    }
    Ok(None)
}

/// Hours, caps and slots give way to each other at most so often.
const MOST_STEPS: u32 = 4_000;

/// The moment itself if it lies in a slot, else the beginning of the next one.
fn into_slot(at: DateTime<FixedOffset>, slots: &[Slot], zone: chrono_tz::Tz) -> Option<DateTime<FixedOffset>> {
    let local = at.with_timezone(&zone);
    if slots.is_empty() || slots.iter().any(|slot| slot.from <= local.time() && local.time() < slot.to) {
        return Some(at);
    }
    let today = local.date_naive();
    let mut begins: Vec<NaiveTime> = slots.iter().map(|slot| slot.from).collect();
    begins.sort_unstable();
    let later = begins.iter().find(|begin| **begin > local.time()).and_then(|begin| instant(today, *begin, zone));
    later.or_else(|| instant(today.succ_opt()?, *begins.first()?, zone))
}

/// The first moment at which a clock of the zone shows a time; of one that is skipped, the first after it.
fn instant(date: NaiveDate, time: NaiveTime, zone: chrono_tz::Tz) -> Option<DateTime<FixedOffset>> {
    let start = date.and_time(time);
    (0..24 * 60).find_map(|minutes| {
        let shown = start.checked_add_signed(Duration::minutes(minutes))?;
        zone.from_local_datetime(&shown).earliest().map(|found| found.fixed_offset())
    })
}

fn check_plan(plan: &AttemptPlan) -> Result<(), Vec<Trouble>> {
    let mut troubles = Vec::new();
    let mut add = |path: &str, message: String| troubles.push(Trouble::new(path, message));
    if plan.numbers.is_empty() {
        add("numbers", "the list is empty: a plan dials at least one number".to_owned());
    }
    for (index, dialled) in plan.numbers.iter().enumerate() {
        if plan.numbers.iter().take(index).any(|before| before.number == dialled.number) {
            add(
                &format!("numbers[{index}]"),
                format!("`{}` stands twice: numbers take turns by themselves", dialled.number),
            );
        }
    }
    for (name, value, most) in [("a_day", plan.a_day, MOST_A_DAY), ("days", plan.days, MOST_DAYS)] {
        if !(1..=most).contains(&value) {
            add(name, format!("found {value}, expected 1 to {most}"));
        }
    }
    for (index, slot) in plan.slots.iter().enumerate() {
        if slot.from >= slot.to {
            add(&format!("slots[{index}]"), format!("ends at {}, before it begins at {}", slot.to, slot.from));
        }
    }
    let known: Vec<&str> = outcome_table().iter().map(|outcome| outcome.code).collect();
    for (code, times) in &plan.drop_after {
        if !known.contains(&code.as_str()) {
            let near = nearest(code, known.iter().copied()).map(|near| format!(": did you mean `{near}`?"));
            add(&format!("drop_after.{code}"), format!("no contact has this result{}", near.unwrap_or_default()));
        }
        if *times == 0 {
            add(&format!("drop_after.{code}"), "0 attempts: leave the number out of the plan instead".to_owned());
        }
    }
    if troubles.is_empty() { Ok(()) } else { Err(troubles) }
}

//! What may be wrong with a plan, and with the contact that it attempts.

use super::before::is_call;
use super::plan::{AttemptPlan, Slot};
use crate::document::meant;
use crate::facts::outcome_table;
use crate::facts::table::NUMBER_KINDS;
use crate::guardrail::{Case, Contact, Direction, Trouble, check};
use chrono::Timelike;
use std::collections::BTreeMap;

/// A plan cannot go on for longer.
const MOST_DAYS: u32 = 31;
/// Attempts of one date cannot be more.
const MOST_A_DAY: u32 = 24;
/// Minutes between two attempts cannot be more than the plan has.
const MOST_APART: u32 = MOST_DAYS * 24 * 60;
/// Numbers of one person cannot be more.
const MOST_NUMBERS: usize = 20;

/// Checks a contact and a plan, at their places in what was asked.
pub(super) fn both(case: &Case, proposed: &Contact, plan: &AttemptPlan) -> Result<(), Vec<Trouble>> {
    let mut troubles = check::proposed(proposed, &case.known).err().unwrap_or_default();
    troubles.extend(attempted(proposed));
    let within = |trouble: Trouble| Trouble { path: format!("plan.{}", trouble.path), ..trouble };
    troubles.extend(plan.check().err().into_iter().flatten().map(within));
    if troubles.is_empty() { Ok(()) } else { Err(troubles) }
}

/// What a contact cannot say that is attempted more than once.
fn attempted(proposed: &Contact) -> Vec<Trouble> {
    let mut troubles = Vec::new();
    let mut refuse = |said: bool, field: &str, message: &str| {
        if said {
            troubles.push(Trouble::new(format!("proposed.{field}"), message));
        }
    };
    let channel = format!("found `{}`: attempts are calls, expected phone or ivr", proposed.channel.word());
    refuse(!is_call(proposed.channel), "channel", &channel);
    refuse(proposed.direction == Direction::In, "direction", "found `in`: attempts go out");
    let numbers = "leave it out: the numbers of the plan say it";
    refuse(proposed.number.is_some(), "number", numbers);
    refuse(proposed.number_kind.is_some(), "number_kind", numbers);
    let moment = "leave it out: it is known of one moment, and a plan has many";
    refuse(proposed.same_call, "same_call", "leave it out: what is said during a call is no attempt of one");
    refuse(proposed.debtor_at.is_some(), "debtor_at", moment);
    refuse(proposed.active_session.is_some(), "active_session", moment);
    refuse(proposed.returned_on.is_some(), "returned_on", "leave it out: a call is not returned");
    troubles
}

impl AttemptPlan {
    /// Everything that is wrong with the plan.
    ///
    /// # Errors
    ///
    /// Each problem with its path in the plan: no number, one that is empty, stands twice or is of no kind
    /// that a person has; counts out of their range; a slot that ends before it begins; lists that are
    /// given and say nothing; results that no contact has.
    pub fn check(&self) -> Result<(), Vec<Trouble>> {
        let mut troubles = Vec::new();
        self.check_numbers(&mut troubles);
        let counts =
            [("a_day", self.a_day, MOST_A_DAY), ("days", self.days, MOST_DAYS), ("apart", self.apart, MOST_APART)];
        for (name, value, most) in counts {
            if !(1..=most).contains(&value) {
                troubles.push(Trouble::new(name, format!("found {value}, expected 1 to {most}")));
            }
        }
        if self.slots.as_ref().is_some_and(Vec::is_empty) {
            let message = "the list is empty, so that there is no time to call: leave it out to call all day";
            troubles.push(Trouble::new("slots", message));
        }
        for (index, slot) in self.slots.iter().flatten().enumerate() {
            slot.check(&format!("slots[{index}]"), &mut troubles);
        }
        if let Some(results) = &self.drop_after {
            check_results(results, &mut troubles);
        }
        if troubles.is_empty() { Ok(()) } else { Err(troubles) }
    }

    fn check_numbers(&self, troubles: &mut Vec<Trouble>) {
        let mut add = |path: String, message: String| troubles.push(Trouble::new(path, message));
        match self.numbers.len() {
            0 => add("numbers".to_owned(), "the list is empty: a plan dials at least one number".to_owned()),
            1..=MOST_NUMBERS => {}
            many => {
                add("numbers".to_owned(), format!("{many} numbers, at most {MOST_NUMBERS} can be planned together"))
            }
        }
        let kinds = NUMBER_KINDS.iter().copied().filter(|kind| *kind != "none");
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, dialled) in self.numbers.iter().enumerate() {
            if dialled.number.trim().is_empty() {
                add(format!("numbers[{index}].number"), "the number is empty".to_owned());
            } else if let Some(first) = seen.insert(&dialled.number, index) {
                let message = format!("`{}` is numbers[{first}] already: numbers take turns anyway", dialled.number);
                add(format!("numbers[{index}].number"), message);
            }
            if !kinds.clone().any(|kind| kind == dialled.kind) {
                let (meant, kinds) =
                    (meant(&dialled.kind, kinds.clone()), kinds.clone().collect::<Vec<_>>().join(", "));
                let message = format!("`{}` is no kind of a number{meant}: expected one of {kinds}", dialled.kind);
                add(format!("numbers[{index}].kind"), message);
            }
        }
    }
}

impl Slot {
    fn check(&self, path: &str, troubles: &mut Vec<Trouble>) {
        let whole = |time: chrono::NaiveTime| time.second() == 0 && time.nanosecond() == 0;
        if !whole(self.from) || !self.to.is_none_or(whole) {
            troubles.push(Trouble::new(path, "a time is told in whole minutes"));
        }
        if let Some(to) = self.to.filter(|to| self.from >= *to) {
            let (from, to) = (self.from.format("%H:%M"), to.format("%H:%M"));
            let help = "a time over midnight is two, to 24:00 and from 00:00";
            troubles.push(Trouble::new(path, format!("has no minute, from {from} to {to}: {help}")));
        }
    }
}

fn check_results(results: &BTreeMap<String, u32>, troubles: &mut Vec<Trouble>) {
    if results.is_empty() {
        let message = "no result is named: leave it out if none ends the attempts of a number";
        troubles.push(Trouble::new("drop_after", message));
    }
    let codes = outcome_table().iter().map(|outcome| outcome.code);
    for (code, times) in results {
        let path = format!("drop_after.{code}");
        if !codes.clone().any(|known| known == code) {
            let message = format!("no contact has this result{}", meant(code, codes.clone()));
            troubles.push(Trouble::new(path.clone(), message));
        }
        if *times == 0 {
            troubles.push(Trouble::new(path, "after 0 attempts: leave the number out of the plan instead"));
        }
    }
}

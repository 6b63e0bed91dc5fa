//! What changed from one day to the next, in words.

use super::Happened;
use super::amounts::grouped;
use super::day_facts::DayFacts;
use arrears::account::{PartStanding, PromiseStanding, Standing};
use arrears::number::show_fixed;
use chrono::NaiveDate;

/// A day, as changes are told from it.
pub(super) struct Seen {
    pub(super) facts: DayFacts,
    pub(super) standing: Standing,
}

/// What changed since the day before, as far as the events of the day do not say it; that
/// something falls due counts as a change.
pub(super) fn changes<'a>(
    before: &Seen,
    now: &Seen,
    on: NaiveDate,
    events: impl Iterator<Item = &'a Happened> + Clone,
) -> Vec<String> {
    let is_said = |name: &str| events.clone().any(|event| event.words.contains(name));
    let mut found = Vec::new();
    due(now, on, &mut found);
    lateness(&before.facts, &now.facts, &mut found);
    if before.facts.overdue != now.facts.overdue && events.clone().next().is_none() && found.is_empty() {
        found.push(format!("overdue: {} became {}", before.facts.overdue, now.facts.overdue));
    }
    for promise in &now.standing.promises {
        let earlier = before.standing.promises.iter().find(|earlier| earlier.id == promise.id);
        if ended(promise) != earlier.and_then(ended)
            && let Some(how) = ended(promise)
        {
            found.push(format!("the promise of {} is {how}", promise.made_on));
        }
    }
    plan(before.facts.plan_missed, now.facts.plan_missed, is_said("arrangement"), &mut found);
    match (before.facts.paused, now.facts.paused) {
        (false, true) => found.push("ageing stands still".to_owned()),
        (true, false) => found.push("ageing goes on".to_owned()),
        _ => {}
    }
    let (old, new) = (&before.facts.protections, &now.facts.protections);
    let unsaid = |name: &&String| !is_said(name.trim_start_matches("no "));
    let begun = new.iter().filter(|name| !old.contains(name));
    found.extend(begun.filter(unsaid).map(|name| format!("{name} from today")));
    let over = old.iter().filter(|name| !new.contains(name));
    found.extend(over.filter(unsaid).map(|name| format!("{name}: no longer")));
    match (&before.facts.placed_with, &now.facts.placed_with) {
        (Some(hand), None) => found.push(format!("{hand} no longer works the account")),
        (old, Some(hand)) if old.as_ref() != Some(hand) && !is_said(hand) => {
            found.push(format!("{hand} works the account"))
        }
        _ => {}
    }
    found
}

/// What falls due on the day and is not paid yet.
fn due(now: &Seen, on: NaiveDate, found: &mut Vec<String>) {
    for item in now.standing.items.iter().filter(|item| item.due_on == on && item.open.minor() > 0) {
        let open = grouped(show_fixed(item.open.minor(), item.open.currency().digits()));
        found.push(format!("due today: {open} of {}", item.item));
    }
}

fn lateness(before: &DayFacts, now: &DayFacts, found: &mut Vec<String>) {
    match (before.dpd, now.dpd) {
        (0, 0) => {}
        (0, 1) => found.push("late from today".to_owned()),
        (_, 0) => found.push("nothing is late any more".to_owned()),
        (then, dpd) if dpd != then + 1 => found.push(format!("days past due: {then} became {dpd}")),
        _ => {}
    }
    if now.bucket != before.bucket && before.dpd > 0 && now.dpd > 0 {
        found.push(format!("bucket {} became {}", before.bucket, now.bucket));
    }
}

/// How a promise ended, if it did.
fn ended(promise: &PromiseStanding) -> Option<&'static str> {
    let partly = promise
        .parts
        .iter()
        .any(|(_, standing)| matches!(standing, PartStanding::PartlyKept(_) | PartStanding::Kept(_)));
    if promise.broken_on().is_some() {
        Some(if partly { "broken: only part of it came in" } else { "broken: nothing of it came in" })
    } else if promise.kept_on().is_some() {
        Some("kept")
    } else if promise.moved_on().is_some() {
        Some("replaced by a later one")
    } else {
        None
    }
}

fn plan(before: Option<i64>, now: Option<i64>, is_said: bool, found: &mut Vec<String>) {
    match (before, now) {
        (None, Some(_)) if !is_said => found.push("an arrangement is in force".to_owned()),
        (Some(_), None) if !is_said => found.push("the arrangement is paid in full".to_owned()),
        (Some(then), Some(missed)) if missed > then => {
            found.push(format!("an instalment of the arrangement is missed, {missed} in all"));
        }
        (Some(then), Some(0)) if then > 0 => found.push("the arrangement is caught up".to_owned()),
        _ => {}
    }
}

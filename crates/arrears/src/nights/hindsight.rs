//! Past decisions that would have differed, had the bank known in time what it knows now.

use super::{Case, Decided, KnownBy, Nights};
use crate::account::Event;
use crate::condition::FactId;
use crate::decide::Record;
use crate::number::Cell;
use crate::policy::{Input, Need, Policy, RowProblem};
use chrono::NaiveDate;

/// A stretch of nights on which the decision would have differed in one way.
#[derive(Clone, Debug)]
pub struct Hindsight {
    /// The first of them.
    pub from: Night,
    /// The day of the last of them.
    pub until: NaiveDate,
}

impl Hindsight {
    /// How many nights they are.
    pub fn nights(&self) -> i64 {
        self.until.signed_duration_since(self.from.as_of).num_days() + 1
    }
}

/// One night on which the decision would have differed.
#[derive(Clone, Debug, PartialEq)]
pub struct Night {
    /// The day.
    pub as_of: NaiveDate,
    /// The decision as it was made.
    pub made: Record,
    /// The decision as it would have been made.
    pub would_be: Record,
    /// Facts that the policy reads and that would have been others: the fact as the policy writes it, what it was
    /// taken to be, and what it was.
    pub facts: Vec<(String, String, String)>,
    /// The ids of the events that had happened by then and were not known.
    pub events: Vec<String>,
}

/// Decides the account on every night as it was known then, and again as it is known on `known_by`, and says on
/// which nights the two differ in what is done: type, stage, treatment, action, acts, duties, holds.
///
/// # Errors
///
/// Everything in the history that the policy cannot read.
pub fn hindsight(
    case: Case<'_>,
    first: NaiveDate,
    last: NaiveDate,
    known_by: NaiveDate,
) -> Result<Vec<Hindsight>, Vec<RowProblem>> {
    let made = Nights::new(case, KnownBy::EachNight, first, last);
    let would_be = Nights::new(case, KnownBy::Day(known_by), first, last);
    let mut found: Vec<Hindsight> = Vec::new();
    for (made, would_be) in made.zip(would_be) {
        let (made, would_be) = (made?, would_be?);
        let Some(night) = night(case, &made, &would_be, known_by) else { continue };
        match found.last_mut() {
            Some(last) if last.until.succ_opt() == Some(night.as_of) && same(&last.from, &night) => {
                last.until = night.as_of;
            }
            _ => found.push(Hindsight { until: night.as_of, from: night }),
        }
    }
    Ok(found)
}

/// What two decisions are compared by.
fn done(record: &Record) -> impl PartialEq + '_ {
    let Record { debtor_type, stage, treatment, action, acts, held_by, .. } = record;
    let duties: Vec<&str> = record.duties.iter().filter_map(|duty| duty.split(" (").next()).collect();
    (debtor_type, stage, treatment, action, acts, held_by, duties)
}

fn same(a: &Night, b: &Night) -> bool {
    done(&a.made) == done(&b.made) && done(&a.would_be) == done(&b.would_be) && a.events == b.events
}

fn night(case: Case<'_>, made: &Decided, would_be: &Decided, known_by: NaiveDate) -> Option<Night> {
    let account = case.account.id();
    let as_of = made.as_of;
    let (then, now) = (made.decision.record(case.policy, account), would_be.decision.record(case.policy, account));
    if done(&then) == done(&now) {
        return None;
    }
    let happened = |event: &&Event| case.conventions.day_end.counts_from(event.occurred_on) <= as_of;
    let late = |event: &&Event| event.known_on > as_of && event.known_on <= known_by;
    let events = case.account.events().iter().filter(happened).filter(late).map(|event| event.id.clone());
    Some(Night {
        as_of,
        facts: differing(case.policy, made, would_be),
        events: events.collect(),
        made: then,
        would_be: now,
    })
}

/// The facts that differ, state and results left out: they follow from the others.
fn differing(policy: &Policy, made: &Decided, would_be: &Decided) -> Vec<(String, String, String)> {
    let inputs = policy.inputs().iter().enumerate();
    let told = inputs.filter(|(_, input)| !matches!(input.need, Need::State(_) | Need::Result));
    told.filter_map(|(index, input)| {
        let id = FactId(u16::try_from(index).ok()?);
        let (then, now) = (made.row.cell(id), would_be.row.cell(id));
        (then != now).then(|| (input.written.clone(), shown(policy, input, then), shown(policy, input, now)))
    })
    .collect()
}

fn shown(policy: &Policy, input: &Input, cell: Cell) -> String {
    match (input.word_of(cell), cell.get()) {
        (Some(word), _) => word.to_owned(),
        (None, Some(number)) => policy.show(number, input.kind),
        (None, None) if cell.is_never() => "never".to_owned(),
        (None, None) => "not known".to_owned(),
    }
}

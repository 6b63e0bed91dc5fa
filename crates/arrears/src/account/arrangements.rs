//! Payment arrangements: whether one is in force, and how it is kept.

use super::Happening;
use super::known::Known;
use super::months::later;
use super::payments::Receipt;
use super::promises::Due;
use chrono::NaiveDate;

/// The arrangement in force.
pub(super) struct ArrangementStanding {
    /// Instalments whose day has passed and that are not paid today.
    pub(super) missed: i64,
    /// The first day on which the next instalment is missed.
    pub(super) next_missed_on: Option<NaiveDate>,
}

/// The last arrangement, unless it was ended or is paid in full.
pub(super) fn arrangement(known: &Known<'_>, receipts: &[Receipt]) -> Option<ArrangementStanding> {
    let mut last = None;
    for event in known.happened() {
        match &event.happening {
            Happening::Arrangement(arrangement) => last = Some((event, arrangement)),
            Happening::ArrangementEnded(ended) if last.is_some_and(|(event, _)| event.id == ended.arrangement) => {
                last = None;
            }
            _ => {}
        }
    }
    let (event, arrangement) = last?;
    let due = Due::new(&arrangement.instalments, event.occurred_on, receipts);
    let parts = due.parts(known);
    if parts.iter().all(|part| part.paid_by_now) {
        return None;
    }
    let missed_on = |in_time: NaiveDate| later(in_time, 1);
    let (past, ahead): (Vec<_>, Vec<_>) =
        parts.into_iter().filter(|part| !part.paid_by_now).partition(|part| missed_on(part.in_time) <= known.as_of);
    Some(ArrangementStanding {
        missed: i64::try_from(past.len()).unwrap_or(i64::MAX),
        next_missed_on: ahead.first().map(|part| missed_on(part.in_time)),
    })
}

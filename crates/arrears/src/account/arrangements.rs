//! Payment arrangements: whether one is in force, and how it is kept.

use super::known::Known;
use super::months::later;
use super::payments::Receipt;
use super::promises::{Due, PartDue};
use super::{Happening, Part};
use chrono::NaiveDate;
use serde::Serialize;

/// What became of one instalment of an arrangement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum InstalmentKept {
    /// Its day has not passed and it is not paid yet.
    Open,
    /// It was paid in time.
    InTime,
    /// It was paid after its day.
    Late,
    /// Its day has passed, and some of it came in time.
    InPart,
    /// Its day has passed, and nothing of it came in time.
    Missed,
}

impl InstalmentKept {
    /// Whether its day has passed and it is not paid today: what the fact `arrangement_missed` counts.
    pub const fn is_missed(self) -> bool {
        matches!(self, Self::InPart | Self::Missed)
    }
}

/// How an arrangement is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ArrangementStanding {
    /// The id of its event.
    pub id: String,
    /// The day on which it was made.
    pub made_on: NaiveDate,
    /// The day on which it ended, kept or not, or another took its place; none if neither happened.
    pub ended_on: Option<NaiveDate>,
    /// Its instalments by due date, each with what became of it. An instalment is paid if what came in since the
    /// arrangement was made covers it and those before it, less the tolerance of promises.
    pub instalments: Vec<(Part, InstalmentKept)>,
    /// The first day on which the next instalment is missed; none if none can be any more.
    pub next_missed_on: Option<NaiveDate>,
    /// What is still to be paid under it, in minor units.
    pub left: i64,
}

impl ArrangementStanding {
    /// Whether it is in force: not ended, and not paid in full. It is the fact `arrangement_active`.
    pub fn is_active(&self) -> bool {
        self.ended_on.is_none() && !self.is_paid()
    }

    /// Whether every instalment is paid.
    pub fn is_paid(&self) -> bool {
        let paid = |kept: InstalmentKept| matches!(kept, InstalmentKept::InTime | InstalmentKept::Late);
        self.instalments.iter().all(|(_, kept)| paid(*kept))
    }

    /// Instalments whose day has passed and that are not paid: the fact `arrangement_missed`, while it is in force.
    pub fn missed(&self) -> usize {
        self.instalments.iter().filter(|(_, kept)| kept.is_missed()).count()
    }
}

/// Every arrangement, in the order in which they were made.
pub(super) fn arrangements(known: &Known<'_>, receipts: &[Receipt]) -> Vec<ArrangementStanding> {
    let mut all: Vec<ArrangementStanding> = Vec::new();
    for event in known.happened() {
        match &event.happening {
            Happening::Arrangement(arrangement) => {
                if let Some(before) = all.last_mut().filter(|before| before.ended_on.is_none()) {
                    before.ended_on = Some(event.occurred_on);
                }
                let due = Due::new(&arrangement.instalments, event.occurred_on, receipts);
                let parts = due.parts(known);
                let missed_on = |part: &PartDue| later(part.in_time, 1);
                let ahead = parts.iter().filter(|part| !part.paid_by_now && missed_on(part) > known.as_of);
                all.push(ArrangementStanding {
                    id: event.id.clone(),
                    made_on: event.occurred_on,
                    ended_on: None,
                    next_missed_on: ahead.map(missed_on).next(),
                    left: i64::try_from(due.left(known)).unwrap_or(i64::MAX),
                    instalments: parts.into_iter().map(|part| kept(part, known.as_of)).collect(),
                });
            }
            Happening::ArrangementEnded(ended) => {
                let of = all.iter_mut().find(|one| one.id == ended.arrangement && one.ended_on.is_none());
                if let Some(of) = of {
                    of.ended_on = Some(event.occurred_on);
                }
            }
            _ => {}
        }
    }
    all
}

/// The last arrangement, unless it was ended or is paid in full.
pub(super) fn arrangement(known: &Known<'_>, receipts: &[Receipt]) -> Option<ArrangementStanding> {
    arrangements(known, receipts).pop().filter(ArrangementStanding::is_active)
}

fn kept(part: PartDue, as_of: NaiveDate) -> (Part, InstalmentKept) {
    let passed = later(part.in_time, 1) <= as_of;
    let kept = match (part.paid_by_now, part.kept_on.is_some(), passed) {
        (true, true, _) | (true, false, false) => InstalmentKept::InTime,
        (true, false, true) => InstalmentKept::Late,
        (false, _, false) => InstalmentKept::Open,
        (false, _, true) if part.some => InstalmentKept::InPart,
        (false, _, true) => InstalmentKept::Missed,
    };
    (part.part, kept)
}

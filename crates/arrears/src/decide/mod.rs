//! Deciding one account: a pure function of facts, policy, law and day.

mod across;
mod ahead;
mod asking;
mod carried;
mod claim;
mod course;
mod decision;
mod done;
mod foresight;
mod guarded;
mod holds;
mod learn;
mod learn_check;
mod line;
mod moved;
mod outlook;
mod record;
mod rest;
mod review;
mod review_reason;
mod settle;
mod sight;
mod signs;
mod slot;
mod stage;
mod state;
mod turn;
mod types;
mod until;
mod walk;
mod watch;
mod work_done;

pub use across::{AcrossSettlement, Member, StrangeHold};
pub use ahead::{Ahead, Told, decide_ahead};
pub use asking::{Asking, Guard};
pub use carried::{Carried, TooEarly};
pub use claim::{Binding, Claim, Settlement, apply};
pub use decision::{Action, Decision, DutyDue, DutyStatus, Flag, StageReason, VetoBy};
pub use done::{Applied, Change, Done, DoneFault, DoneProblem};
pub use foresight::{Foresight, Window};

pub(crate) use learn::Recorded;
pub use moved::{advance, moved_on};
pub use record::Record;
pub use review::{MOST_REDECISIONS, redecisions};
pub use review_reason::ReviewReason;
pub use settle::{Proposal, settle};
pub use slot::Slot;
pub use stage::Placement;
pub use state::Leaves;
pub(crate) use state::ladder;
pub use turn::Verdict;

use crate::condition::{Cond, RowReading, Truth, WordSet, missing_facts};
use crate::facts::Class;
use crate::number::Cell;
pub use crate::policy::{EmptyReason, Law};
use crate::policy::{Policy, Row, TreatmentId};
use chrono::{DateTime, NaiveDate, Utc};
use outlook::{Outlook, Step};
use sight::{Plain, Sight};

/// Decides one account as of a day, with its next review.
///
/// The same policy, row, law and day give the same decision for ever. Missing facts
/// never cause a contact; they are listed in [`Decision::missing`].
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use arrears::build::{Build, fact};
/// use arrears::{Facts, Law, decide, table};
///
/// let policy = Build::policy("small", "EUR")
///     .stage("reminder", fact("dpd").ge(1))
///     .assume("opted_out(letter)", false, "letters need no consent")
///     .treatment("letter", &["reminder"], "letter")
///     .check()?;
/// let facts = Facts::new("A-1", "EUR".parse()?).with(table::DPD, 12);
/// let row = policy.bind(&facts).map_err(|problems| format!("{problems:?}"))?;
/// let decision = decide(&policy, &row, &Law::none("example")?, "2026-03-31".parse()?);
/// assert_eq!(decision.record(&policy, "A-1").action, "letter");
/// # Ok(())
/// # }
/// ```
pub fn decide(policy: &Policy, row: &Row, law: &Law, as_of: NaiveDate) -> Decision {
    decide_at(policy, row, law, as_of, None)
}

/// Decides as [`decide`] does, with an instant that narrows slots to what is still ahead.
pub fn decide_at(policy: &Policy, row: &Row, law: &Law, as_of: NaiveDate, now: Option<DateTime<Utc>>) -> Decision {
    let outlook = Outlook::new(policy, &row.cells, false);
    let mut today = Today::seen(policy, row.cells.clone(), as_of, now, &outlook);
    today.decide();
    let review = review::on_flat_row(&today, row);
    let mut decision = today.finish(law);
    review.note(&mut decision, as_of);
    decision
}

/// Decides without computing the next review: what is to be done today.
pub fn decide_today(policy: &Policy, row: &Row, law: &Law, as_of: NaiveDate, now: Option<DateTime<Utc>>) -> Decision {
    let mut today = Today::new(policy, row, as_of, now);
    today.decide();
    today.finish(law)
}

/// Decides as [`decide_today`] does, and says what became of the turn of each treatment of the stage, in their order up
/// to the one that was chosen.
pub fn decide_with_turns(
    policy: &Policy,
    row: &Row,
    law: &Law,
    as_of: NaiveDate,
) -> (Decision, Vec<(TreatmentId, Verdict)>) {
    let mut today = Today::new(policy, row, as_of, None);
    today.decide();
    let turns = std::mem::take(&mut today.turns);
    (today.finish(law), turns)
}

/// A decision in the making.
pub(crate) struct Today<'a, S = Plain> {
    pub(crate) policy: &'a Policy,
    pub(crate) cells: Vec<Cell>,
    pub(crate) as_of: NaiveDate,
    pub(crate) now: Option<DateTime<Utc>>,
    pub(crate) decision: Decision,
    /// The strength that may not be exceeded; none: nothing may go ahead.
    pub(crate) ceiling_none: bool,
    /// Every stage in which the account could be if the missing facts were known; empty
    /// where none is missing.
    pub(crate) possible: WordSet,
    /// Whether each stage's own condition holds.
    pub(crate) truths: Vec<Truth>,
    /// What became of each treatment's turn.
    pub(crate) turns: Vec<(TreatmentId, Verdict)>,
    /// How it looks at facts.
    pub(crate) sight: &'a S,
    /// Whether it is asked which missing facts mattered.
    pub(crate) reasons: bool,
}

impl<'a> Today<'a> {
    pub(crate) fn new(policy: &'a Policy, row: &Row, as_of: NaiveDate, now: Option<DateTime<Utc>>) -> Self {
        Self::seen(policy, row.cells.clone(), as_of, now, &Plain)
    }
}

impl<'a, S: Sight> Today<'a, S> {
    pub(crate) fn seen(
        policy: &'a Policy,
        cells: Vec<Cell>,
        as_of: NaiveDate,
        now: Option<DateTime<Utc>>,
        sight: &'a S,
    ) -> Self {
        Self {
            policy,
            cells,
            as_of,
            now,
            decision: Decision::empty(),
            ceiling_none: false,
            possible: WordSet::default(),
            truths: Vec::new(),
            turns: Vec::new(),
            sight,
            reasons: true,
        }
    }

    /// Every step of the decision, in order.
    fn decide(&mut self) {
        self.sight.look(Step::Holds);
        self.holds();
        self.sight.look(Step::Types);
        self.types();
        self.sight.look(Step::Turn);
        self.place();
        self.duties();
        self.acts();
        self.turn();
    }

    pub(crate) fn reading(&self) -> RowReading<'_> {
        RowReading { cells: &self.cells, thresholds: &self.policy.values, types: self.decision.types }
    }

    pub(crate) fn read(&self, cond: &Cond) -> Truth {
        self.sight.truth(self.policy, self.reading(), cond)
    }

    /// A fact on which the decision depends otherwise than through a condition.
    pub(crate) fn fact(&self, id: crate::condition::FactId) -> Cell {
        self.sight.fact(self.policy, self.reading(), id)
    }

    pub(crate) fn cell(&self, id: crate::condition::FactId) -> Cell {
        self.cells.get(id.index()).copied().unwrap_or(Cell::UNKNOWN)
    }

    /// Records the facts for want of which a condition is unknown.
    pub(crate) fn miss(&mut self, cond: &Cond) {
        if !self.reasons {
            return;
        }
        let mut missing = Vec::new();
        missing_facts(cond, self.reading(), &mut missing);
        for fact in missing {
            self.miss_fact(fact);
        }
    }

    /// Records a missing fact; of a derived one, the facts for want of which it cannot
    /// be computed.
    pub(crate) fn miss_fact(&mut self, id: crate::condition::FactId) {
        if !self.reasons {
            return;
        }
        for fact in self.policy.behind(id, &self.reading()) {
            if !self.decision.missing.contains(&fact) {
                self.decision.missing.push(fact);
            }
        }
    }

    fn duties(&mut self) {
        let policy = self.policy;
        for (index, duty) in policy.body.duties.iter().enumerate() {
            // A review is not for duties: each night finds those that are due.
            let truth = duty.when.read(&self.reading());
            if truth.is_false() {
                continue;
            }
            let stopped = self.stopping_duty(&duty.name);
            if stopped.is_some_and(|(_, truth)| truth.is_true()) {
                continue;
            }
            let status = if truth.is_true() && stopped.is_none() { DutyStatus::Due } else { DutyStatus::Review };
            if truth.is_unknown() {
                self.miss(&duty.when);
            }
            let reading = self.reading();
            let within = duty.within.as_ref().and_then(|within| within.read(&reading).get());
            let since = duty.from.map(|from| self.cell(from));
            let days_left = match (within, since) {
                (Some(within), Some(since)) => since.get().map(|since| within - since),
                (within, None) => within,
                (None, Some(_)) => None,
            };
            self.decision.duties.push(DutyDue { duty: u16::try_from(index).unwrap_or(u16::MAX), status, days_left });
        }
    }

    fn acts(&mut self) {
        let policy = self.policy;
        for (index, act) in policy.body.acts.iter().enumerate() {
            let truth = act.when.read(&self.reading());
            if truth.is_unknown() {
                self.miss(&act.when);
            }
            let barred = self.ceiling_none && act.class == Class::Enforcement;
            if truth.is_true() && !barred && self.stopping_class(act.class).is_none() {
                self.decision.acts.push(u16::try_from(index).unwrap_or(u16::MAX));
            }
        }
        if self.decision.relief.iter().any(|verb| self.stopping_class(verb.def().class).is_some()) {
            let stopped: Vec<_> = self
                .decision
                .relief
                .iter()
                .copied()
                .filter(|verb| self.stopping_class(verb.def().class).is_none())
                .collect();
            self.decision.relief = stopped;
        }
    }

    /// Under a law with which the policy was not read (see [`Policy::under`]) nobody knows what it
    /// permits: no contact goes out.
    fn keep_to(&mut self, law: &Law) {
        let reaches = self.decision.action.strength() > 0 && self.decision.channel.is_some();
        let read = law.is_none() || self.policy.law() == Some(law);
        let Some(treatment) = self.decision.treatment.filter(|_| reaches && !read) else { return };
        self.decision.vetoed_by.push((treatment, decision::VetoBy::NoLaw));
        self.decision.treatment = None;
        self.decision.action = Action::Review;
        self.decision.channel = None;
        self.decision.contact_point = None;
        self.decision.slot = None;
    }

    fn finish(mut self, law: &Law) -> Decision {
        let policy = self.policy;
        self.keep_to(law);
        let reading = self.reading();
        self.decision.priority = policy.body.priority.as_ref().and_then(|priority| priority.read(&reading).get());
        let review = policy
            .body
            .types
            .iter()
            .enumerate()
            .any(|(index, kind)| kind.review && self.decision.types.has(i64::try_from(index).unwrap_or(-1)));
        if review {
            self.decision.flags.push(Flag::SecondPerson);
        }
        if self.decision.duties.iter().any(|duty| duty.status == DutyStatus::Review) {
            self.decision.flags.push(Flag::DutyUnreadable);
        }
        self.decision.law = law.clone();
        self.decision
    }
}

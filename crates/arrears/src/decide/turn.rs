//! What to do next: whose turn it is among the treatments of the stage.
//!
//! A stronger treatment is never chosen because a milder one was unknown or merely
//! waiting. A treatment that does not fit, is used up, or can never be had is passed
//! over freely; one that waits lowers the ceiling to its own strength.

use super::Today;
use super::decision::{Action, Decision, Flag, VetoBy};
use super::guarded::doubts as verdicts_doubt;
use super::sight::Sight;
use super::slot::{Slot, SlotRefusal};
use crate::condition::{FactId, Truth, WordSet};
use crate::number::Cell;
use crate::policy::{StageId, Treatment, TreatmentId};

/// What becomes of one treatment's turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is chosen.
    Chosen,
    /// Its `when` is false: passed over freely.
    NotFitting,
    /// It was used as often as one episode allows: passed over freely.
    Exhausted,
    /// It cannot be had at all: passed over freely.
    Unavailable(VetoBy),
    /// A hold stops it; nothing stronger may follow.
    Held(u16),
    /// Its `when` is unknown; nothing stronger may follow.
    WhenUnknown,
    /// Its `unless` is true; nothing stronger may follow.
    Blocked,
    /// Its `unless` is unknown; nothing stronger may follow.
    UnlessUnknown,
    /// It rests for so many days more; nothing stronger may follow.
    Resting(i64),
    /// A fact that it needs is missing; nothing stronger may follow.
    FactUnknown(FactId),
    /// It is refused until a later day; nothing stronger may follow.
    Refused(VetoBy),
    /// A rule may stand against it, or no law permits it: a person must look, and nothing stronger may follow.
    Doubtful(VetoBy),
    /// It is stronger than what waits before it.
    TooStrong,
}

impl Verdict {
    /// Whether nothing stronger may follow.
    pub const fn lowers(self) -> bool {
        matches!(
            self,
            Self::Held(_)
                | Self::WhenUnknown
                | Self::Blocked
                | Self::UnlessUnknown
                | Self::Resting(_)
                | Self::FactUnknown(_)
                | Self::Refused(_)
                | Self::Doubtful(_)
        )
    }

    /// Whether it waits for something known: a rest or a refusal until a known day.
    const fn is_known_wait(self) -> bool {
        matches!(self, Self::Resting(_) | Self::Refused(_))
    }

    /// Whether it waits because something is not known.
    pub const fn is_unknown(self) -> bool {
        matches!(self, Self::WhenUnknown | Self::UnlessUnknown | Self::FactUnknown(_))
    }
}

/// A treatment that waits: how strong what follows may be, and who may follow all the same.
struct Wait {
    strength: u8,
    except: Option<TreatmentId>,
}

/// What a chosen treatment comes with.
#[derive(Clone, Copy, Debug, Default)]
struct Ready {
    point: Option<u8>,
    slot: Option<Slot>,
}

impl<S: Sight> Today<'_, S> {
    /// Chooses the treatment and the action.
    pub(crate) fn turn(&mut self) {
        let verdicts = self.verdicts();
        let held = verdicts.iter().any(|(_, verdict)| matches!(verdict, Verdict::Held(_)));
        let elsewhere = self.possible.positions().any(|stage| stage != self.decision.stage.index());
        let unknown =
            verdicts.iter().any(|(_, verdict)| verdict.is_unknown() || (elsewhere && *verdict == Verdict::TooStrong));
        let waits = verdicts.iter().any(|(_, verdict)| verdict.lowers() || *verdict == Verdict::TooStrong);
        self.turns = verdicts;
        if self.is_closed() {
            self.decision.flags.push(Flag::Closed);
            return;
        }
        if self.decision.treatment.is_some() {
            return;
        }
        let open = self.ceiling_none;
        let doubtful = verdicts_doubt(&self.turns);
        self.decision.action = if held {
            Action::Held
        } else if doubtful {
            Action::Review
        } else if waits || open {
            Action::Wait
        } else {
            Action::Nothing
        };
        if self.decision.action == Action::Wait && (unknown || open) {
            self.decision.flags.push(Flag::WaitsForFacts);
        }
    }

    /// The verdict on every treatment of the stage, in order, up to the one chosen.
    pub(crate) fn verdicts(&mut self) -> Vec<(TreatmentId, Verdict)> {
        let policy = self.policy;
        let mut verdicts = Vec::new();
        let closed = self.cell(policy.body.known.closed);
        if self.is_closed() {
            return verdicts;
        }
        if closed.is_unknown() {
            self.miss_fact(policy.body.known.closed);
            self.ceiling_none = true;
        }
        let mut waits: Vec<Wait> = Vec::new();
        if let Some(strength) = self.weakest_elsewhere() {
            waits.push(Wait { strength, except: None });
        }
        let turns = policy.body.by_stage.get(self.decision.stage.index());
        for id in turns.into_iter().flatten().copied() {
            let Some(treatment) = policy.body.treatments.get(id.index()) else {
                continue;
            };
            let (mut verdict, ready) = self.verdict(id, treatment);
            if verdict == Verdict::Chosen {
                let ceiling = waits.iter().filter(|wait| wait.except != Some(id)).map(|wait| wait.strength).min();
                if self.ceiling_none || ceiling.is_some_and(|ceiling| treatment.strength > ceiling) {
                    verdict = Verdict::TooStrong;
                }
            }
            self.note(id, treatment, verdict);
            verdicts.push((id, verdict));
            if verdict == Verdict::Chosen {
                self.choose(id, treatment, ready);
                break;
            }
            if verdict.lowers() {
                let except = treatment.instead.filter(|_| verdict.is_known_wait() && !self.is_paused(treatment));
                waits.push(Wait { strength: treatment.strength, except });
            }
        }
        verdicts
    }

    /// The weakest action among the other stages in which the account could be, if a
    /// missing fact leaves that open: today's action may not be stronger.
    fn weakest_elsewhere(&self) -> Option<u8> {
        let others = self.possible.positions().filter(|stage| *stage != self.decision.stage.index());
        others.map(|stage| self.strength_in(stage)).min()
    }

    /// How strong the action would be in another stage.
    fn strength_in(&self, stage: usize) -> u8 {
        let id = StageId(u8::try_from(stage).unwrap_or(u8::MAX));
        let mut other = Today {
            policy: self.policy,
            cells: self.cells.clone(),
            as_of: self.as_of,
            now: self.now,
            decision: Decision {
                types: self.decision.types,
                stage: id,
                held_by: self.decision.held_by.clone(),
                ..Decision::empty()
            },
            ceiling_none: false,
            possible: WordSet::default(),
            truths: Vec::new(),
            turns: Vec::new(),
            sight: self.sight,
            reasons: false,
        };
        if let Some(fact) = self.policy.body.known.current_stage
            && let Some(slot) = other.cells.get_mut(fact.index())
        {
            *slot = Cell::number(i64::from(id.0));
        }
        self.sight.elsewhere(true);
        other.verdicts();
        self.sight.elsewhere(false);
        other.decision.action.strength()
    }

    fn is_closed(&self) -> bool {
        self.cell(self.policy.body.known.closed) == Cell::TRUE
    }

    fn choose(&mut self, id: TreatmentId, treatment: &Treatment, ready: Ready) {
        let decision = &mut self.decision;
        decision.treatment = Some(id);
        decision.action = Action::Do(treatment.verb);
        decision.channel = treatment.verb.def().channel;
        decision.contact_point = ready.point;
        decision.slot = ready.slot;
    }

    /// Records what a verdict means for the decision: vetoes and missing facts.
    fn note(&mut self, id: TreatmentId, treatment: &Treatment, verdict: Verdict) {
        match verdict {
            Verdict::Held(hold) => self.decision.vetoed_by.push((id, VetoBy::Hold(hold))),
            Verdict::Unavailable(by) | Verdict::Refused(by) => self.decision.vetoed_by.push((id, by)),
            Verdict::Doubtful(by) => {
                self.decision.vetoed_by.push((id, by));
                self.miss_guard(treatment, by);
            }
            Verdict::FactUnknown(fact) => self.miss_fact(fact),
            Verdict::WhenUnknown => {
                if let Some(when) = &treatment.when {
                    self.miss(when);
                }
            }
            Verdict::UnlessUnknown => {
                if let Some(unless) = &treatment.unless {
                    self.miss(unless);
                }
            }
            _ => {}
        }
    }

    /// What becomes of a treatment's turn, but for the ceiling.
    fn verdict(&self, id: TreatmentId, treatment: &Treatment) -> (Verdict, Ready) {
        let none = Ready::default();
        let when = treatment.when.as_ref().map_or(Truth::True, |when| self.read(when));
        if when.is_false() {
            return (Verdict::NotFitting, none);
        }
        let reading = self.reading();
        let limited = treatment.count().zip(treatment.at_most.as_ref());
        if limited.is_some_and(|(count, limit)| self.sight.reaches(self.policy, reading, count, limit).is_true()) {
            return (Verdict::Exhausted, none);
        }
        if let Some(by) = self.unavailable(treatment) {
            return (Verdict::Unavailable(by), none);
        }
        if let Some((hold, _)) = self.stopping(treatment.class, treatment.purpose) {
            return (Verdict::Held(hold), none);
        }
        if when.is_unknown() {
            return (Verdict::WhenUnknown, none);
        }
        match treatment.unless.as_ref().map_or(Truth::False, |unless| self.read(unless)) {
            Truth::True => return (Verdict::Blocked, none),
            Truth::Unknown => return (Verdict::UnlessUnknown, none),
            Truth::False => {}
        }
        if let Some((fact, _)) = limited.filter(|(count, _)| self.cell(*count).is_unknown()) {
            return (Verdict::FactUnknown(fact), none);
        }
        if let Some(wait) = self.rest(id, treatment) {
            return (wait, none);
        }
        for fact in [treatment.opted_out, treatment.consent].into_iter().flatten() {
            if self.cell(fact).is_unknown() {
                return (Verdict::FactUnknown(fact), none);
            }
        }
        if let Some(against) = self.guarded(treatment) {
            return (against, none);
        }
        let point = match self.point(treatment) {
            Ok(point) => point,
            Err(fact) => return (Verdict::FactUnknown(fact), none),
        };
        match self.slot(treatment) {
            Ok(slot) => (Verdict::Chosen, Ready { point, slot }),
            Err(SlotRefusal::Zone(fact)) => (Verdict::FactUnknown(fact), none),
            Err(SlotRefusal::By(by)) => (Verdict::Refused(by), none),
        }
    }

    /// What makes a treatment unavailable without end.
    fn unavailable(&self, treatment: &Treatment) -> Option<VetoBy> {
        if treatment.opted_out.is_some_and(|fact| self.fact(fact) == Cell::TRUE) {
            return Some(VetoBy::OptedOut);
        }
        if treatment.consent.is_some_and(|fact| self.fact(fact) == Cell::FALSE) {
            return Some(VetoBy::NoConsent);
        }
        let dead = |point: &crate::policy::Point| {
            let known = !self.fact(point.fact).is_unknown() && !self.is_valid(point);
            known || point.refused.as_ref().is_some_and(|refused| self.read(refused).is_true())
        };
        let none_valid = !treatment.numbers.is_empty() && treatment.numbers.iter().all(dead);
        none_valid.then_some(VetoBy::NoNumber)
    }

    /// Whether a number is valid and no rule refuses it.
    fn is_usable(&self, point: &crate::policy::Point) -> bool {
        self.is_valid(point) && point.refused.as_ref().is_none_or(|refused| self.read(refused).is_false())
    }

    /// The fact for want of which it is not known whether a number may be used.
    fn unknown_of(&self, point: &crate::policy::Point) -> Option<FactId> {
        if self.cell(point.fact).is_unknown() {
            return Some(point.fact);
        }
        let refused = point.refused.as_ref().filter(|_| self.is_valid(point))?;
        let mut missing = Vec::new();
        crate::condition::missing_facts(refused, self.reading(), &mut missing);
        missing.first().copied()
    }

    fn is_valid(&self, point: &crate::policy::Point) -> bool {
        self.cell(point.fact).get().is_some_and(|word| point.valid.has(word))
    }

    /// The number to be tried: the valid ones in turn, one further each time.
    fn point(&self, treatment: &Treatment) -> Result<Option<u8>, FactId> {
        if treatment.numbers.is_empty() {
            return Ok(None);
        }
        let usable: Vec<usize> = (0..treatment.numbers.len())
            .filter(|index| treatment.numbers.get(*index).is_some_and(|point| self.is_usable(point)))
            .collect();
        if usable.is_empty() {
            let mut unknown = treatment.numbers.iter().filter_map(|point| self.unknown_of(point));
            return unknown.next().map_or(Ok(None), Err);
        }
        let counts = [treatment.cadence.count, treatment.cadence.retries].into_iter().flatten();
        let made = counts.filter_map(|count| self.cell(count).get()).fold(0_i64, i64::saturating_add);
        let turn = usize::try_from(made).unwrap_or(0) % usable.len();
        Ok(usable.get(turn).and_then(|index| u8::try_from(*index).ok()))
    }
}

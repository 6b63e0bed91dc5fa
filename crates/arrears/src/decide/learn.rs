//! What a result of a contact teaches: from a state and what was done to the state that
//! the next decision finds.

use super::carried::Carried;
use super::done::{Applied, Change, Done, DoneFault, DoneProblem};
use crate::condition::{FactId, Num, RowReading, WordSet};
use crate::facts::{ContactPoint, EffectWord};
use crate::number::Cell;
use crate::policy::{Effect, Outcome, Policy, Row, Treatment, TreatmentId};
use chrono::{Days, NaiveDate};

impl Policy {
    /// Takes what was done, and with which result, into a state. If it was done after the
    /// day of the state, the state is moved on to that day.
    ///
    /// A treatment that was done without having been decided counts for what was done; one
    /// that was decided and not carried out gets its count back. Then every `outcome`
    /// statement of the result's code applies. A code of which the policy says nothing
    /// changes nothing.
    ///
    /// # Errors
    ///
    /// [`DoneProblem`] with everything that is wrong; the state is then as it was.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use arrears::build::{Build, fact};
    /// use arrears::{Done, Facts, Law, decide, table};
    ///
    /// let policy = Build::policy("small", "EUR")
    ///     .stage("reminder", fact("dpd").ge(1))
    ///     .assume("opted_out(phone)", false, "an example")
    ///     .treatment("call", &["reminder"], "phone")
    ///     .outcome("complaint", "pause", &[("days", 15.into())])
    ///     .check()?;
    /// let (monday, tuesday) = ("2026-11-30".parse()?, "2026-12-01".parse()?);
    /// let (law, facts) = (Law::none("example")?, Facts::new("A-1", "EUR".parse()?).with(table::DPD, 12));
    /// let row = policy.bind(&facts).map_err(|problems| format!("{problems:?}"))?;
    /// let mut carried = policy.carry(&row, &decide(&policy, &row, &law, monday), monday);
    /// policy.learn(&mut carried, &Done { outcome: Some("complaint".to_owned()), ..Done::on(monday) })?;
    ///
    /// let row = policy.bind_after(&facts, &carried, tuesday).map_err(|problems| format!("{problems:?}"))?;
    /// assert_eq!(decide(&policy, &row, &law, tuesday).record(&policy, "A-1").action, "wait");
    /// # Ok(())
    /// # }
    /// ```
    pub fn learn(&self, carried: &mut Carried, done: &Done) -> Result<Vec<Applied>, DoneProblem> {
        let mut lesson = Lesson::new(self, carried, done);
        lesson.check();
        if !lesson.faults.is_empty() {
            return Err(DoneProblem(lesson.faults));
        }
        lesson.count();
        lesson.effects();
        *carried = Carried::taken(self, lesson.day, &lesson.row.cells);
        Ok(lesson.applied)
    }

    /// Takes a contact that a history records into a state: known late too, and always counted. Effects on facts
    /// that the history tells by itself are left out, and so is an effect that needs what was not recorded.
    pub(crate) fn learn_recorded(&self, carried: &mut Carried, done: &Done, recorded: &Recorded) {
        let mut lesson = Lesson::new(self, carried, done);
        lesson.check();
        if recorded.only && done.treatment.is_none() {
            lesson.treatment = None;
        }
        lesson.recorded = Some(recorded);
        lesson.count();
        lesson.effects();
        *carried = Carried::taken(self, lesson.day, &lesson.row.cells);
    }
}

/// How a contact of a history is taken into a state.
#[derive(Clone)]
pub(crate) struct Recorded {
    /// Effects on facts that the history tells by itself.
    pub(crate) told: Vec<EffectWord>,
    /// Whether only what the history records is in the state. Otherwise it may count what was decided.
    pub(crate) only: bool,
    /// Whether it belongs to arrears that are over: it makes the treatment rest, and is none of this episode's.
    pub(crate) past: bool,
}

/// One thing done, on its way into a state.
pub(super) struct Lesson<'a> {
    pub(super) policy: &'a Policy,
    pub(super) done: &'a Done,
    /// The day as of which the state is from now on.
    day: NaiveDate,
    /// The day of the decision.
    pub(super) decided_on: NaiveDate,
    row: Row,
    pub(super) treatment: Option<TreatmentId>,
    pub(super) code: Option<&'static str>,
    pub(super) faults: Vec<DoneFault>,
    applied: Vec<Applied>,
    /// How it is taken if a history records it.
    recorded: Option<&'a Recorded>,
}

impl<'a> Lesson<'a> {
    fn new(policy: &'a Policy, carried: &Carried, done: &'a Done) -> Self {
        let day = carried.day().max(done.on);
        let mut row = Row { cells: policy.empty_row(), beneath: Vec::new() };
        // The day is not before that of the state.
        let _ = carried.put(policy, day, &mut row.cells);
        let since = row.cell(policy.body.known.days_since_decision).get().and_then(|days| u64::try_from(days).ok());
        let decided_on = since.and_then(|days| day.checked_sub_days(Days::new(days))).unwrap_or(carried.day());
        let (faults, applied) = (Vec::new(), Vec::new());
        Self { policy, done, day, decided_on, row, treatment: None, code: None, faults, applied, recorded: None }
    }

    pub(super) fn fault(&mut self, field: &'static str, message: impl Into<String>) {
        self.faults.push(DoneFault { field, message: message.into() });
    }

    /// How many days before the day of the state it was done.
    fn ago(&self) -> i64 {
        days_from(self.done.on, self.day)
    }

    fn named(&self, name: &str) -> Cell {
        self.policy.find_input(name).map_or(Cell::UNKNOWN, |fact| self.row.cell(fact))
    }

    fn used(&self) -> Option<&'a Treatment> {
        let treatments = &self.policy.body.treatments;
        self.treatment.and_then(|id| treatments.get(id.index()))
    }

    /// The treatment that the last decision chose, as far as it left it.
    pub(super) fn decided(&self) -> Option<TreatmentId> {
        let since = self.named("days_since_treatment").get()?;
        let chosen = u16::try_from(self.named("last_treatment").get()?).ok().map(TreatmentId);
        chosen.filter(|_| since == days_from(self.decided_on, self.day))
    }

    /// Whether the state counts the treatment already: as decided, or as done on the day.
    pub(super) fn is_counted(&self, id: TreatmentId) -> bool {
        // Without a decision, nothing was decided that could count.
        let decided = self.named("days_since_decision").get();
        let counted = |since: i64| since == self.ago() || Some(since) == decided;
        let since = self.policy.body.treatments.get(id.index()).and_then(Treatment::since);
        match since {
            Some(since) => self.row.cell(since).get().is_some_and(counted),
            None => {
                self.named("last_treatment") == Cell::number(i64::from(id.0))
                    && self.named("days_since_treatment").get().is_some_and(counted)
            }
        }
    }

    /// Counts a treatment that was done without having been decided, and gives back the
    /// count of one that was decided and not done.
    fn count(&mut self) {
        let Some(id) = self.treatment else { return };
        let ago = self.ago();
        let only_recorded = self.recorded.is_some_and(|recorded| recorded.only);
        if self.done.carried_out && (only_recorded || !self.is_counted(id)) {
            self.policy.used(&mut self.row.cells, id, ago);
            if self.recorded.is_some_and(|recorded| recorded.past) {
                self.give_back();
            }
            self.applied.push(Applied { code: None, change: Change::Counted });
        }
        if !self.done.carried_out {
            self.give_back();
            self.applied.push(Applied { code: None, change: Change::GivenBack });
        }
    }

    fn give_back(&mut self) {
        if let Some(count) = self.used().and_then(Treatment::count)
            && let Some(times) = self.row.cell(count).get()
        {
            self.row.set(count, Cell::number((times - 1).max(0)));
        }
    }

    /// An attempt does not count towards `at_most`. Its number was tried all the same, so
    /// the next attempt turns to the next one.
    fn does_not_count(&mut self) {
        let Some(treatment) = self.used().filter(|treatment| treatment.at_most.is_some()) else { return };
        self.give_back();
        if let Some(retries) = treatment.cadence.retries {
            let before = self.row.cell(retries).get().unwrap_or(0);
            self.row.set(retries, Cell::number(before.saturating_add(1)));
        }
    }

    /// The statements of the result's code, in the order in which effects apply.
    pub(super) fn spoken_for(&self) -> Vec<&'a Outcome> {
        let outcomes = self.policy.body.outcomes.iter();
        let mut found: Vec<&Outcome> =
            outcomes.filter(|outcome| self.code.is_some_and(|code| outcome.codes.contains(&code))).collect();
        found.sort_by_key(|outcome| outcome.effect.word());
        found
    }

    fn effects(&mut self) {
        let left_out = |lesson: &Self, effect: &Effect| {
            let told = |recorded: &Recorded| recorded.told.contains(&effect.word()) || lesson.lacks(effect).is_some();
            lesson.recorded.is_some_and(told)
        };
        for outcome in self.spoken_for() {
            if left_out(self, &outcome.effect) {
                continue;
            }
            self.apply(&outcome.effect);
            self.applied.push(Applied { code: self.code, change: Change::Effect(outcome.effect.word()) });
        }
    }

    fn apply(&mut self, effect: &Effect) {
        let known = &self.policy.body.known;
        let ago = self.ago();
        match effect {
            Effect::Retry(after) => {
                if self.done.carried_out {
                    self.does_not_count();
                }
                let days = self.days(after).saturating_sub(ago);
                self.use_again(days);
            }
            Effect::CallBack(within) => {
                let noted = self.done.call_back_on.map(|day| days_from(self.day, day));
                let days = noted.unwrap_or_else(|| self.days(within).saturating_sub(ago));
                self.put(known.callback_in, Cell::number(days));
                self.use_again(days);
            }
            Effect::Pause(days) => {
                let days = self.days(days).saturating_sub(ago);
                let left = known.pause_left.and_then(|fact| self.row.cell(fact).get());
                self.put(known.pause_left, Cell::number(left.map_or(days, |left| left.max(days))));
            }
            Effect::RetirePoint(word, _) => {
                if let Some(point) = self.point() {
                    let column = format!("number_{}", point.word());
                    let value = self.policy.find_input(&format!("learned_{column}"));
                    let cell = value.and_then(|fact| self.policy.input(fact)?.word(word));
                    self.learn(&column, cell.unwrap_or(Cell::UNKNOWN));
                }
            }
            Effect::OptOut(channel) => {
                if let Some(channel) = channel.or_else(|| self.channel()) {
                    self.learn(&format!("opted_out_{channel}"), Cell::TRUE);
                }
            }
            Effect::Mark(fact, _) => self.learn(fact, Cell::TRUE),
            Effect::VaguePromise(_) => {
                self.learn("promise_vague", Cell::TRUE);
                self.put_named("learned_promise_open", Cell::FALSE);
            }
            Effect::Promise => {
                let due = self.done.due_on.map_or(Cell::UNKNOWN, |due| Cell::number(days_from(self.day, due)));
                self.learn("promise_open", Cell::TRUE);
                self.put_named("learned_promise_due_in", due);
                let amount = self.done.amount.map_or(Cell::UNKNOWN, |amount| Cell::number(amount.minor()));
                self.put_named("learned_promise_amount", amount);
                self.put_named("learned_promise_vague", Cell::FALSE);
            }
        }
    }

    /// The treatment that was used may be used again in so many days, unless it was used again since.
    fn use_again(&mut self, days: i64) {
        let known = &self.policy.body.known;
        if let Some(id) = self.treatment
            && !self.policy.was_used_within(&self.row.cells, id, self.ago())
        {
            self.put(known.retry_in, Cell::number(days));
            self.put(known.retry_treatment, Cell::number(i64::from(id.0)));
        }
    }

    /// A value of a fact is learned. What was learned of the same value later stays.
    fn learn(&mut self, column: &str, cell: Cell) {
        let ago = self.ago();
        let (value, since) = (format!("learned_{column}"), format!("learned_days_{column}"));
        let before = self.named(&since).get().filter(|_| self.named(&value) == cell);
        self.put_named(&value, cell);
        self.put_named(&since, Cell::number(before.map_or(ago, |before| before.min(ago))));
    }

    fn put(&mut self, fact: Option<FactId>, cell: Cell) {
        if let Some(fact) = fact {
            self.row.set(fact, cell);
        }
    }

    fn put_named(&mut self, name: &str, cell: Cell) {
        self.put(self.policy.find_input(name), cell);
    }

    fn days(&self, days: &Num) -> i64 {
        let reading = RowReading { cells: &self.row.cells, thresholds: &self.policy.values, types: WordSet::default() };
        days.read(&reading).get().unwrap_or(0)
    }

    /// The channel that was used.
    pub(super) fn channel(&self) -> Option<crate::facts::Channel> {
        self.done.channel.or_else(|| self.used()?.verb.def().channel)
    }

    /// The number that was used.
    pub(super) fn point(&self) -> Option<ContactPoint> {
        let only = || match self.used()?.numbers.as_slice() {
            [one] => ContactPoint::from_word(&one.name),
            _ => None,
        };
        self.done.point.or_else(only)
    }
}

/// Days from one day to another; below zero if the other comes first.
fn days_from(first: NaiveDate, second: NaiveDate) -> i64 {
    second.signed_duration_since(first).num_days()
}

//! How attempts are planned: one after another, each as if those before it had been made in vain.

use super::before::{IN_VAIN, Made, Results, call};
use super::check;
use super::plan::AttemptPlan;
use super::planned::{Attempt, Attempts, LeftOut, NumberPlanned};
use super::times::{Span, Times};
use crate::guardrail::{Case, Contact, Trouble};
use chrono::NaiveDate;

/// A number of the plan, as far as it is planned.
struct Line {
    /// The proposed contact at this number.
    call: Contact,
    /// Attempts that are planned.
    attempts: u32,
    /// When the last of them is made.
    last: Option<i64>,
    /// Attempts in vain that may still be planned; none: no number of them ends it.
    left: Option<u32>,
    /// Whether more may come.
    open: bool,
    left_out: Option<LeftOut>,
}

impl Case {
    /// Plans attempts of a call, from the proposed moment on and never before that of the case. Each is
    /// made at the first moment at which the plan has room and the rules permit it at some number, if
    /// every attempt before it was made and nobody answered. The rules are those of
    /// [`Case::permission`], the house's own included, with what is known now: what lies after the
    /// moment of the case has no effect.
    ///
    /// Where no zone or no history is known there is no attempt: nobody could tell the time of the day
    /// or count. The dates of the plan are counted from the proposed moment, so that one that is made
    /// again after some days ends when the first would have. A number at which the rules permit nothing
    /// more is not asked again, even if a later attempt at another would lift the rule.
    ///
    /// ```
    /// use arrears::guardrail::{AttemptPlan, Case, Contact, Debt, Standing};
    /// use arrears::{Channel, Law};
    ///
    /// let standing = Standing {
    ///     jurisdiction: "US-NY".to_owned(),
    ///     zones: vec!["America/New_York".to_owned()],
    ///     debts: vec![Debt { id: "A-1".to_owned(), ..Debt::default() }],
    ///     contacts: Some(vec![]),
    ///     ..Standing::default()
    /// };
    /// let now = "2026-03-03T10:15:00-05:00".parse()?;
    /// let plan = AttemptPlan::from_json(r#"{
    ///     "numbers": [{ "number": "+12125550101", "kind": "mobile" }],
    ///     "a_day": 2, "days": 1, "apart": 180, "slots": [{ "from": "12:00", "to": "17:00" }]
    /// }"#).map_err(|wrong| format!("{wrong:?}"))?;
    /// let law = Law::none("an example")?;
    /// let case = Case::new(&law, &standing, now).map_err(|wrong| format!("{wrong:?}"))?;
    /// let planned = case.attempts(&Contact::new(now, Channel::Phone), &plan).map_err(|wrong| format!("{wrong:?}"))?;
    /// let at: Vec<String> = planned.attempts.iter().map(|attempt| attempt.at.to_rfc3339()).collect();
    /// assert_eq!(at, ["2026-03-03T12:00:00-05:00", "2026-03-03T15:00:00-05:00"]);
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the contact, as for [`Case::permission`], except that its moment may
    /// lie before that of the case; what it says that a plan says itself or no plan can hold to; and
    /// everything that is wrong with the plan.
    pub fn attempts(&self, proposed: &Contact, plan: &AttemptPlan) -> Result<Attempts, Vec<Trouble>> {
        let from = second(proposed).max(self.known.now);
        let begins = Contact { at: self.shown(from, proposed), ..proposed.clone() };
        check::both(self, &begins, plan)?;
        let times = self.known.zones.first().and_then(|zone| Times::of(plan, *zone, second(proposed)));
        let (Some(times), Some(_)) = (times, &self.known.past) else {
            return Ok(self.not_known(plan));
        };
        let made = Made::of(&self.known);
        let from = made.apart(plan.apart).map_or(from, |apart| from.max(apart));
        let mut planning = Planning { plan, times, made, from, lines: self.lines(&begins, plan), attempts: Vec::new() };
        planning.run(self);
        Ok(planning.ended(self))
    }

    fn lines(&self, begins: &Contact, plan: &AttemptPlan) -> Vec<Line> {
        let results = Results::of(&self.known, plan);
        let in_vain = plan.drop_after.as_ref().and_then(|results| results.get(IN_VAIN));
        let numbers = plan.numbers.iter().enumerate();
        let line = |(index, dialled)| {
            let left_out = results.drops(plan, index);
            let left = in_vain.map(|after| after.saturating_sub(results.ended(index, IN_VAIN).at_most));
            let (call, open) = (call(begins, dialled), left_out.is_none());
            Line { call, attempts: 0, last: None, left, open, left_out }
        };
        numbers.map(line).collect()
    }

    /// A plan without attempts, since the person's clock or what was attempted is not known.
    fn not_known(&self, plan: &AttemptPlan) -> Attempts {
        let told = [("contacts", self.known.past.is_some()), ("zones", !self.known.zones.is_empty())];
        let missing: Vec<String> = told.iter().filter(|(_, told)| !told).map(|(name, _)| (*name).to_owned()).collect();
        let number = |dialled: &super::Dialled| NumberPlanned {
            number: dialled.number.clone(),
            kind: dialled.kind.clone(),
            attempts: 0,
            left_out: Some(LeftOut::NotKnown { missing: missing.clone() }),
        };
        let numbers = plan.numbers.iter().map(number).collect();
        Attempts { attempts: Vec::new(), numbers, goes_on_after: IN_VAIN, law: self.law.stamp().to_owned() }
    }
}

/// A plan while it is made.
struct Planning<'p> {
    plan: &'p AttemptPlan,
    times: Times,
    made: Made,
    /// From when on the first attempt may be made.
    from: i64,
    lines: Vec<Line>,
    attempts: Vec<Attempt>,
}

impl Planning<'_> {
    fn run(&mut self, case: &Case) {
        let mut trial = case.clone();
        let mut from = self.from;
        while let Some((at, index)) = self.next(&trial, from) {
            let Some(line) = self.lines.get_mut(index) else { break };
            let shown = case.shown(at, &line.call);
            line.attempts += 1;
            line.last = Some(at);
            line.left = line.left.map(|left| left.saturating_sub(1));
            line.open &= line.left != Some(0);
            let call = Contact { at: shown, outcome: Some(IN_VAIN.to_owned()), ..line.call.clone() };
            trial.having_made(&call);
            self.made.add(self.times.date(at), at);
            self.attempts.push(Attempt {
                at: shown,
                number: call.number.unwrap_or_default(),
                kind: call.number_kind.unwrap_or_default(),
            });
            from = self.made.apart(self.plan.apart).map_or(at, |apart| apart.max(at));
        }
    }

    /// The next attempt: when, and at which number.
    fn next(&mut self, trial: &Case, from: i64) -> Option<(i64, usize)> {
        let mut turns: Vec<usize> = (0..self.lines.len()).collect();
        turns.sort_by_key(|index| self.lines.get(*index).and_then(|line| line.last));
        let mut found: Option<(i64, usize)> = None;
        for index in turns {
            let before = found.map(|(at, _)| at);
            if before == Some(from) {
                break;
            }
            let Some(line) = self.lines.get(index).filter(|line| line.open) else { continue };
            let (made, most) = (&self.made, self.plan.a_day);
            let full = |date: NaiveDate| made.on(date) >= most;
            let at = self.times.first_permitted(trial, &line.call, &Span { from, before, full: &full });
            match (at, self.lines.get_mut(index)) {
                (Some(at), _) => found = Some((at, index)),
                // Nothing up to the end of the plan.
                (None, Some(line)) if before.is_none() => line.open = false,
                (None, _) => {}
            }
        }
        found
    }

    /// The plan, with the reason of every number that it leaves out.
    fn ended(self, case: &Case) -> Attempts {
        let made = Made::of(&case.known);
        let full = |date: NaiveDate| made.on(date) >= self.plan.a_day;
        let span = Span { from: self.from, before: None, full: &full };
        let numbers = self.lines.into_iter().zip(&self.plan.numbers).map(|(line, dialled)| {
            let unreasoned = line.attempts == 0 && line.left_out.is_none();
            let left_out = if unreasoned { Some(why(case, &self.times, &line.call, &span)) } else { line.left_out };
            let (number, kind) = (dialled.number.clone(), dialled.kind.clone());
            NumberPlanned { number, kind, attempts: line.attempts, left_out }
        });
        let (numbers, law) = (numbers.collect(), case.law.stamp().to_owned());
        Attempts { attempts: self.attempts, numbers, goes_on_after: IN_VAIN, law }
    }
}

/// Why a number is not tried that no result ends.
fn why(case: &Case, times: &Times, call: &Contact, span: &Span<'_>) -> LeftOut {
    let Some(first) = times.first(case, call, span) else { return LeftOut::Over };
    if times.first_permitted(case, call, span).is_some() {
        return LeftOut::Taken;
    }
    let at = case.shown(first, call);
    let permission = case.permission_at(&Contact { at, ..call.clone() });
    LeftOut::Rules {
        at,
        answer: permission.answer,
        rules: permission.rules,
        missing: permission.missing,
        earliest: permission.earliest,
    }
}

/// The moment of a contact in seconds; of one between two, the later.
fn second(contact: &Contact) -> i64 {
    contact.at.timestamp().saturating_add(i64::from(contact.at.timestamp_subsec_nanos() > 0))
}

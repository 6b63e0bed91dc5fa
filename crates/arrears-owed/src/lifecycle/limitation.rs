//! Until when a claim can be enforced.

use crate::regime::{Asked, Positive, Rule, text};
use arrears::Value;
use arrears::account::{Account, Conventions, Happening, MonthEnd};
use arrears::document::{Fault, Fields, OBJECT, Readable, meant, refuse};
use chrono::NaiveDate;
use serde_json::Value as Json;

/// A limitation period, ready to be asked.
pub type Limitation<'r> = Asked<'r, LimitationTerms>;

/// How long a claim can be enforced, and what interrupts that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitationTerms {
    pub(crate) rule: String,
    months: u32,
    longest_months: Option<u32>,
    interrupted_by: Vec<Interruption>,
}

/// What may interrupt a limitation period, so that it begins anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Interruption {
    /// The creditor demanded payment, and can prove that the demand was received.
    Demand,
    /// The debtor acknowledged the debt, or agreed to pay it.
    Acknowledgement,
    /// The debtor paid a part of it.
    PartPayment,
    /// The creditor sued, or applied for arbitration.
    Suit,
}

impl Interruption {
    const ALL: [Self; 4] = [Self::Demand, Self::Acknowledgement, Self::PartPayment, Self::Suit];

    /// The word for it.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Demand => "demand",
            Self::Acknowledgement => "acknowledgement",
            Self::PartPayment => "part_payment",
            Self::Suit => "suit",
        }
    }
}

/// What is asked of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitationInput {
    /// The day from which the period runs: of a debt in instalments the due date of the last.
    pub runs_from: NaiveDate,
    /// The day from which the longest period runs, which nothing interrupts; as `runs_from` where none
    /// is given.
    pub longest_from: Option<NaiveDate>,
    /// What happened, with its days, in any order. What the rule does not name, and what happened after
    /// `as_of`, has no effect.
    pub events: Vec<(NaiveDate, Interruption)>,
    /// The day for which it is asked.
    pub as_of: NaiveDate,
}

/// Until when a claim can be enforced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LimitationLeft<'r> {
    /// The last day of the period.
    pub last_day: NaiveDate,
    /// The days left until then. Zero: it is the last day; below zero: the period has run out.
    pub days_left: i64,
    /// The day from which the period runs now.
    pub runs_from: NaiveDate,
    /// What interrupted it last.
    pub interrupted_by: Option<Interruption>,
    /// What would interrupt it.
    pub may_interrupt: &'r [Interruption],
    /// The rule, with its citation and its basis.
    pub rule: &'r Rule,
    /// The days that decided.
    pub why: String,
}

impl LimitationTerms {
    pub(crate) fn rules_named(&self) -> Vec<&str> {
        vec![&self.rule]
    }
}

impl<'r> Limitation<'r> {
    /// Until when a claim can be enforced, by what happened so far. What happens after the last day
    /// does not begin the period anew.
    ///
    /// ```
    /// use arrears_owed::Regimes;
    /// use arrears_owed::lifecycle::limitation::{Interruption, LimitationInput};
    /// let regimes = Regimes::shipped().enabling(["CN-CIV-limitation"])?;
    /// let left = regimes.limitation("CN-LIMITATION")?.left(&LimitationInput {
    ///     runs_from: "2023-03-10".parse()?,
    ///     longest_from: None,
    ///     events: vec![("2025-06-01".parse()?, Interruption::Demand)],
    ///     as_of: "2028-05-30".parse()?,
    /// }).map_err(|faults| format!("{faults:?}"))?;
    /// assert_eq!((left.last_day, left.days_left), ("2028-06-01".parse()?, 2));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// A day from which the longest period runs that lies after the one from which the period runs.
    pub fn left(&self, input: &LimitationInput) -> Result<LimitationLeft<'r>, Vec<Fault>> {
        if let Some(longest) = input.longest_from.filter(|longest| *longest > input.runs_from) {
            let message = format!(
                "{longest} lies after `runs_from`, {}: expected the same day or an earlier one",
                input.runs_from
            );
            return Err(vec![Fault::new("longest_from", message)]);
        }
        let terms = self.terms;
        let end = |from| MonthEnd::Clamp.after(from, terms.months);
        let longest = terms
            .longest_months
            .map(|months| MonthEnd::Clamp.after(input.longest_from.unwrap_or(input.runs_from), months));
        let capped = |day: NaiveDate| longest.map_or(day, |longest| day.min(longest));
        let named = |(on, by): &&(NaiveDate, Interruption)| *on <= input.as_of && terms.interrupted_by.contains(by);
        let mut events: Vec<&(NaiveDate, Interruption)> = input.events.iter().filter(named).collect();
        events.sort();
        let (mut runs_from, mut interrupted_by) = (input.runs_from, None);
        for (on, by) in events {
            if *on > runs_from && *on <= capped(end(runs_from)) {
                (runs_from, interrupted_by) = (*on, Some(*by));
            }
        }
        let last_day = capped(end(runs_from));
        let since = interrupted_by.map_or_else(String::new, |by| format!(", where a {} began it anew", by.word()));
        let mut why = format!("{} months from {runs_from}{since}, end on {}", terms.months, end(runs_from));
        if let Some(longest) = longest.filter(|longest| *longest < end(runs_from)) {
            why = format!("{why}, but the longest period ends on {longest}");
        }
        Ok(LimitationLeft {
            last_day,
            days_left: last_day.signed_duration_since(input.as_of).num_days(),
            runs_from,
            interrupted_by,
            may_interrupt: &terms.interrupted_by,
            rule: self.rule,
            why,
        })
    }
}

impl LimitationInput {
    /// What a history tells. A debt in instalments runs from the due date of the last of its schedule;
    /// any other from the oldest due date with something unpaid. It is interrupted by demands that are
    /// recorded as effective ([`super::demands::recorded`]). Acknowledgements, part payments and suits
    /// are the host's to add, because whether one counts is a question of law; without them the period
    /// may end later than this says, never earlier. None: nothing is unpaid.
    pub fn of_history(
        account: &Account,
        as_of: NaiveDate,
        known_by: NaiveDate,
        conventions: &Conventions,
    ) -> Option<Self> {
        let standing = account.standing(as_of, known_by, conventions);
        let unpaid = standing.items.iter().filter(|item| item.open.minor() > 0).map(|item| item.due_on);
        // What was withdrawn by then is left out: a schedule that never was gives no later day.
        let happened = account.happened(as_of, known_by, conventions);
        let instalments = happened.iter().filter_map(|event| match &event.happening {
            Happening::Schedule(schedule) => schedule.instalments.iter().map(|instalment| instalment.due_on).max(),
            _ => None,
        });
        let oldest = unpaid.min()?;
        let demands = super::demands::recorded(account, as_of, known_by);
        Some(Self {
            runs_from: instalments.max().unwrap_or(oldest),
            longest_from: None,
            events: demands.into_iter().map(|on| (on, Interruption::Demand)).collect(),
            as_of,
        })
    }
}

impl LimitationLeft<'_> {
    /// As a fact of a bank's own: `limitation_days_left`.
    pub fn facts(&self) -> Vec<(&'static str, Value)> {
        vec![("limitation_days_left", Value::Days(self.days_left))]
    }
}

impl Readable for Interruption {
    const EXPECTED: &str = "what interrupts a period";
    fn read(value: &Json, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let word = value.as_str().unwrap_or_default();
        let words = Self::ALL.map(Self::word);
        let found = Self::ALL.into_iter().find(|known| known.word() == word);
        found.or_else(|| refuse(path, value, &format!("one of {}{}", words.join(", "), meant(word, words)), problems))
    }
}

impl Readable for LimitationTerms {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Json, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let rule = text(&mut fields, "rule");
        let months: Option<Positive> = fields.required("months");
        let longest: Option<Option<Positive>> = fields.optional("longest_months");
        let interrupted_by = fields.required("interrupted_by");
        if let (Some(months), Some(Some(longest))) = (months, longest)
            && longest < months
        {
            let message = format!("found {}: expected at least `months`, {}", longest.0, months.0);
            fields.report("longest_months", message);
        }
        fields.finish();
        Some(Self {
            rule: rule?,
            months: months?.0,
            longest_months: longest?.map(|longest| longest.0),
            interrupted_by: interrupted_by?,
        })
    }
}

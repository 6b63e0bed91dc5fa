//! A plan: instalments that repay what is owed, with interest, to the minor unit.

use crate::interest::{DayCount, InterestError, Rate, Rounding, accrue};
use arrears::account::{Amount, MonthEnd, Part};
use arrears::document::Fault;
use arrears::{Currency, Money};
use chrono::NaiveDate;
use serde::Serialize;

/// The longest plan that is made, in months.
pub(super) const MOST_MONTHS: u32 = 600;

/// What a plan is made of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanTerms {
    /// The currency.
    pub currency: Currency,
    /// What is to be repaid, in minor units; above zero. Interest of the plan runs on it.
    pub amount: i64,
    /// The rate of the plan; zero: no interest runs any more.
    pub rate: Rate,
    /// How days become parts of a year.
    pub day_count: DayCount,
    /// How the interest of each instalment is rounded.
    pub rounding: Rounding,
    /// The day from which interest of the plan runs.
    pub agreed_on: NaiveDate,
    /// When the first instalment falls due: the day after the agreement, or later. The others follow by the
    /// month; a month without the day ends on its last.
    pub first_due: NaiveDate,
    /// Instalments but the last are whole multiples of this, in minor units; at least 1.
    pub unit: i64,
}

/// Instalments that repay what is owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Plan {
    /// The currency.
    pub currency: Currency,
    /// What is repaid, in minor units.
    pub amount: i64,
    /// The rate.
    pub rate: Rate,
    /// The day from which interest of the plan runs.
    pub agreed_on: NaiveDate,
    /// The instalments, by day.
    pub instalments: Vec<PlannedInstalment>,
    /// All that is paid: the sum of the instalments.
    pub total: i64,
    /// What the plan costs: the interest in it.
    pub cost: i64,
}

/// An instalment of a plan, in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct PlannedInstalment {
    /// When it falls due.
    pub due_on: NaiveDate,
    /// What is paid: interest and principal.
    pub amount: i64,
    /// What of it is interest.
    pub interest: i64,
    /// What of it repays.
    pub principal: i64,
    /// What is still to be repaid after it.
    pub left: i64,
}

/// Why there is no plan.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PlanError {
    /// What is asked for contradicts itself.
    #[error("no plan can be made: {}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("; "))]
    Asked(Vec<Fault>),
    /// Instalments do not repay in time; those that do not cover the interest never would.
    #[error("{each} a month never repays {amount} in {months} months: the least that does is {least}")]
    NeverRepays {
        /// The instalment.
        each: Money,
        /// What is to be repaid.
        amount: Money,
        /// Within so many months.
        months: u32,
        /// The least instalment that repays within them.
        least: Money,
    },
    /// An amount cannot be held.
    #[error(transparent)]
    Interest(#[from] InterestError),
}

impl Plan {
    /// The plan with the least equal instalments that repays within so many months; the last instalment
    /// is what is left, never more than the others. Each covers the interest that has run until its day. Where the
    /// unit is coarse or the first day is far, fewer months may do.
    ///
    /// ```
    /// use arrears_owed::arrangement::{Plan, PlanTerms};
    /// use arrears_owed::interest::{DayCount, Rate, Rounding};
    /// let terms = PlanTerms {
    ///     currency: "EUR".parse()?, amount: 100_000, rate: Rate::annual("0.12".parse()?)?, day_count: DayCount::Thirty360,
    ///     rounding: Rounding::default(), agreed_on: "2026-01-15".parse()?, first_due: "2026-02-15".parse()?, unit: 1,
    /// };
    /// let plan = Plan::within(&terms, 3)?;
    /// let amounts: Vec<i64> = plan.instalments.iter().map(|instalment| instalment.amount).collect();
    /// assert_eq!(amounts, [34_003, 34_003, 34_001]); // one per cent a month
    /// assert_eq!((plan.total, plan.cost), (102_007, 2_007));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`PlanError`] if what is asked for contradicts itself, or an amount cannot be held.
    pub fn within(terms: &PlanTerms, months: u32) -> Result<Self, PlanError> {
        terms.check(months)?;
        let (mut low, mut high) = (0_i64, units(terms.amount, terms.unit)?);
        // Some instalment repays in time: all of it, with the interest of the first month, does.
        while !terms.repays(high, months)? {
            low = high;
            high = high.checked_mul(2).ok_or(InterestError::SumTooLarge)?;
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            if terms.repays(middle, months)? {
                high = middle;
            } else {
                low = middle;
            }
        }
        let each = high.checked_mul(terms.unit).ok_or(InterestError::SumTooLarge)?;
        terms.plan(each, months)
    }

    /// The plan of instalments of a given amount, the last one being what is left.
    ///
    /// # Errors
    ///
    /// [`PlanError::NeverRepays`] if it does not repay within so many months, with the least instalment that
    /// does; else as [`Plan::within`].
    pub fn of(terms: &PlanTerms, each: i64, months: u32) -> Result<Self, PlanError> {
        terms.check(months)?;
        if each <= 0 {
            let fault = Fault::new("each", format!("found {each}: expected an instalment above zero"));
            return Err(PlanError::Asked(vec![fault]));
        }
        let plan = terms.plan(each, months)?;
        if plan.repays() {
            return Ok(plan);
        }
        let least = Self::within(terms, months)?.instalments.first().map_or(0, |first| first.amount);
        let money = |minor| Money::from_minor(minor, terms.currency);
        Err(PlanError::NeverRepays { each: money(each), amount: money(terms.amount), months, least: money(least) })
    }

    /// Whether nothing is left at its end, and no instalment leaves interest unpaid, which would have to bear
    /// interest itself.
    fn repays(&self) -> bool {
        let covers = self.instalments.iter().all(|instalment| instalment.principal >= 0);
        covers && self.instalments.last().is_some_and(|last| last.left == 0)
    }

    /// The largest instalment.
    pub fn each(&self) -> i64 {
        self.instalments.iter().map(|instalment| instalment.amount).max().unwrap_or(0)
    }

    /// The instalments as dated payments: parts of an arrangement in a history, and what the table of the cost of
    /// delay takes.
    pub fn parts(&self) -> Vec<Part> {
        let part = |instalment: &PlannedInstalment| Part {
            due_on: instalment.due_on,
            amount: Amount::from_minor(instalment.amount, self.currency),
        };
        self.instalments.iter().map(part).collect()
    }
}

impl PlanTerms {
    fn check(&self, months: u32) -> Result<(), PlanError> {
        let mut faults = Vec::new();
        if self.amount <= 0 {
            faults.push(Fault::new("amount", format!("found {}: expected more than zero to repay", self.amount)));
        }
        if self.unit <= 0 {
            faults.push(Fault::new("unit", format!("found {}: expected at least 1", self.unit)));
        }
        if self.first_due <= self.agreed_on {
            let message = format!("{} is not after the agreement of {}", self.first_due, self.agreed_on);
            faults.push(Fault::new("first_due", message));
        }
        if !(1..=MOST_MONTHS).contains(&months) {
            faults.push(Fault::new("months", format!("found {months}: expected 1 to {MOST_MONTHS}")));
        }
        if faults.is_empty() { Ok(()) } else { Err(PlanError::Asked(faults)) }
    }

    /// Whether so many units a month repay in time.
    fn repays(&self, units: i64, months: u32) -> Result<bool, PlanError> {
        let each = units.checked_mul(self.unit).ok_or(InterestError::SumTooLarge)?;
        Ok(self.plan(each, months)?.repays())
    }

    /// Instalments of one amount until nothing is left, or the months are over.
    fn plan(&self, each: i64, months: u32) -> Result<Plan, PlanError> {
        let wide = |amount: i128| i64::try_from(amount).map_err(|_| InterestError::SumTooLarge);
        let (mut left, mut from) = (self.amount, self.agreed_on);
        let mut instalments = Vec::new();
        let (mut total, mut cost) = (0_i64, 0_i64);
        for month in 0..months {
            if left == 0 {
                break;
            }
            let due_on = MonthEnd::Clamp.after(self.first_due, month);
            let interest =
                wide(self.rounding.book(accrue(i128::from(left), self.rate, self.day_count, from, due_on)?)?)?;
            let owed = left.checked_add(interest).ok_or(InterestError::SumTooLarge)?;
            let amount = each.min(owed);
            let principal = amount - interest;
            left = left.checked_sub(principal).ok_or(InterestError::SumTooLarge)?;
            instalments.push(PlannedInstalment { due_on, amount, interest, principal, left });
            total = total.checked_add(amount).ok_or(InterestError::SumTooLarge)?;
            cost = cost.checked_add(interest).ok_or(InterestError::SumTooLarge)?;
            from = due_on;
        }
        Ok(Plan {
            currency: self.currency,
            amount: self.amount,
            rate: self.rate,
            agreed_on: self.agreed_on,
            instalments,
            total,
            cost,
        })
    }
}

/// Whole units that cover an amount.
fn units(amount: i64, unit: i64) -> Result<i64, PlanError> {
    let whole = amount.checked_div(unit).ok_or(InterestError::SumTooLarge)?;
    Ok(whole.saturating_add(1))
}

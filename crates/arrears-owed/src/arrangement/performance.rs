//! Whether an arrangement is performing, or broken by the bank's rule, and the way back.

use arrears::Currency;
use arrears::account::{ArrangementStanding, InstalmentKept, Part};
use arrears::document::Fault;
use chrono::NaiveDate;
use serde::Serialize;

/// How an arrangement performs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Performing {
    /// Every instalment is paid.
    PaidInFull,
    /// It ended, or another took its place, before every instalment was paid.
    Ended,
    /// So many instalments are missed that the rule calls it broken.
    Broken,
    /// Instalments are missed, fewer than the rule allows.
    Behind,
    /// Nothing is missed.
    Performing,
}

/// How an arrangement of a history performs on a day.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Performance {
    /// The id of the arrangement's event.
    pub id: String,
    /// The day on which it was made.
    pub made_on: NaiveDate,
    /// How it performs.
    pub performing: Performing,
    /// Instalments whose day has passed, tolerance included, and that are not paid today.
    pub missed: usize,
    /// The rule: broken once so many are missed; none: missed instalments alone never break it.
    pub broken_after: Option<u32>,
    /// The way back: what has to come in so that nothing is missed any more, in minor units; in full, without use of
    /// the tolerance. Zero: nothing is missed, or it is over.
    pub to_resume: i64,
    /// What is still to be paid under it, in minor units.
    pub left: i64,
    /// Why it performs so, in words.
    pub why: String,
}

impl Performance {
    /// How an arrangement performs, as the core tells how it is kept.
    ///
    /// An arrangement changes nothing of the debt behind it. Once it is broken or ended, what is owed is what the
    /// statement of that day says: the old debt, less everything that was paid. A broken arrangement performs again
    /// when what is missed has come in, unless an event of the history ended it.
    ///
    /// # Errors
    ///
    /// That an instalment is no amount of the currency.
    pub fn of(standing: &ArrangementStanding, currency: Currency, broken_after: Option<u32>) -> Result<Self, Fault> {
        let missed = standing.missed();
        let breaks = broken_after.and_then(|after| usize::try_from(after).ok()).is_some_and(|after| missed >= after);
        let performing = match (standing.is_paid(), standing.ended_on, missed) {
            (true, _, _) => Performing::PaidInFull,
            (false, Some(_), _) => Performing::Ended,
            (false, None, 0) => Performing::Performing,
            (false, None, _) if breaks => Performing::Broken,
            (false, None, _) => Performing::Behind,
        };
        let rule = broken_after
            .map_or_else(|| "no number of them breaks it".to_owned(), |after| format!("it is broken once {after} are"));
        let why = match (performing, standing.ended_on) {
            (Performing::PaidInFull, _) => "every instalment is paid".to_owned(),
            (_, Some(on)) => format!("it ended on {on} before every instalment was paid"),
            (Performing::Performing, None) => "no instalment is missed".to_owned(),
            (_, None) => format!("missed instalments: {missed}; {rule}"),
        };
        let is_over = matches!(performing, Performing::PaidInFull | Performing::Ended);
        let to_resume = if is_over { 0 } else { to_resume(standing, currency)? };
        let (id, made_on, left) = (standing.id.clone(), standing.made_on, standing.left);
        Ok(Self { id, made_on, performing, missed, broken_after, to_resume, left, why })
    }

    /// Whether it is in force and nothing is missed: what a policy may hold for.
    pub fn is_performing(&self) -> bool {
        self.performing == Performing::Performing
    }
}

/// What is left under the arrangement, less the instalments after the last that is missed: they are not asked for yet.
fn to_resume(standing: &ArrangementStanding, currency: Currency) -> Result<i64, Fault> {
    let is_missed = |(_, kept): &(Part, InstalmentKept)| kept.is_missed();
    let Some(last) = standing.instalments.iter().rposition(is_missed) else { return Ok(0) };
    let mut later = 0_i64;
    for (index, (part, _)) in standing.instalments.iter().enumerate().skip(last.saturating_add(1)) {
        let amount = part.amount.minor(currency).map_err(|error| {
            Fault::new(format!("instalments[{index}].amount"), format!("`{}`: {error} in {currency}", part.amount))
        })?;
        later = later.saturating_add(amount);
    }
    Ok(standing.left.saturating_sub(later).max(0))
}

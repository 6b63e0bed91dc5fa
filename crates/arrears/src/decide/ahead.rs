//! Deciding with the days ahead told by somebody who knows them, such as an account's
//! history.

use super::outlook::Outlook;
use super::{Decision, Law, Today, review};
use crate::number::Cell;
use crate::policy::{Policy, Row, RowProblem};
use chrono::NaiveDate;

/// The days ahead of one account, if nothing happens.
///
/// A row tells tomorrow's facts only as far as the fact table moves them. Whoever knows the
/// account's history can tell every day: the day on which a call falls out of a window, the
/// next due date but one.
pub trait Ahead {
    /// The facts of the day that lies `days` after today; `days` is at least 1.
    ///
    /// # Errors
    ///
    /// What keeps the facts of that day from being told.
    fn told(&self, days: i64) -> Result<Told, Vec<RowProblem>>;
}

/// What the host gives on one day, and for how long it moves as the fact table says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// Cells by the position of their facts, what scripts compute included; facts of the
    /// state and derived facts are left as [`Policy::empty_row`] has them.
    pub cells: Vec<Cell>,
    /// For so many days from that day on the facts surely move as the fact table says,
    /// while counts over a window and counts of calendar months neither fall nor rise but
    /// for what the table says of `dpd`. At least 1: the next day is the first that may
    /// differ. What is below 1 is taken as 1.
    pub surely: i64,
}

/// Decides one account as of a day, as [`super::decide`] does, with a next review that is
/// found from the days ahead.
///
/// The review is the first day on which the decision differs if nothing happens, today's
/// action is not carried out and every night decides; then `review_exact` is set. Where it
/// differs on none of the days up to the horizon of 366 days, the review is the horizon,
/// and `review_exact` is not set. `row` is today's row and `surely` is for it what
/// [`Told::surely`] is for a later day.
///
/// # Errors
///
/// As [`Ahead::told`]; and derived facts that are given and differ from what they are
/// computed from, as for [`Policy::row`].
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use arrears::build::{Build, Line, fact};
/// use arrears::draft::Keyword;
/// use arrears::decide::{Ahead, Told, decide_ahead};
/// use arrears::{Cell, Facts, Law, Policy, RowProblem, table};
///
/// // Three contacts, of which the oldest leaves the window on the fifth day.
/// struct Scripted<'p>(&'p Policy);
/// impl Ahead for Scripted<'_> {
///     fn told(&self, days: i64) -> Result<Told, Vec<RowProblem>> {
///         let mut cells = self.0.empty_row();
///         for (fact, value) in [("dpd", 12 + days), ("contacts_7d", if days < 5 { 3 } else { 2 })] {
///             if let Some(cell) = self.0.find_input(fact).and_then(|id| cells.get_mut(id.index())) {
///                 *cell = Cell::number(value);
///             }
///         }
///         Ok(Told { cells, surely: if days < 5 { 5 - days } else { 366 } })
///     }
/// }
///
/// let policy = Build::policy("small", "EUR")
///     .stage("reminder", fact("dpd").ge(1))
///     .assume("opted_out(letter)", false, "letters need no consent")
///     .add(
///         Line::new(Keyword::Treatment)
///             .name("letter")
///             .stages(&["reminder"])
///             .when(fact("contacts_7d").lt(3))
///             .act("letter"),
///     )
///     .check()?;
/// let facts = Facts::new("A-1", "EUR".parse()?).with(table::DPD, 12).with(table::CONTACTS_7D, 3);
/// let row = policy.bind(&facts).map_err(|problems| format!("{problems:?}"))?;
/// let law = Law::none("example")?;
/// let decision = decide_ahead(&policy, &row, 5, &law, "2026-03-31".parse()?, &Scripted(&policy))
///     .map_err(|problems| format!("{problems:?}"))?;
/// assert_eq!(decision.next_review_on, Some("2026-04-05".parse()?));
/// assert!(decision.review_exact);
/// # Ok(())
/// # }
/// ```
pub fn decide_ahead(
    policy: &Policy,
    row: &Row,
    surely: i64,
    law: &Law,
    as_of: NaiveDate,
    ahead: &dyn Ahead,
) -> Result<Decision, Vec<RowProblem>> {
    let outlook = Outlook::new(policy, &row.cells, true);
    let mut today = Today::seen(policy, row.cells.clone(), as_of, None, &outlook);
    today.decide();
    let review = review::on_told_days(&today, row, surely, ahead)?;
    let mut decision = today.finish(law);
    review.note(&mut decision, as_of);
    Ok(decision)
}

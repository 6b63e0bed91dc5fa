//! What finding the next review costs, and how exact it is.

use crate::book::Book;
use crate::clock::paired;
use arrears::decide::redecisions;
use arrears::{Law, Policy, decide, decide_today};
use chrono::{Days, NaiveDate};
use std::fmt;

/// Rounds of each of the two that are compared.
const ROUNDS: usize = 31;
/// A review lies at most so far ahead.
const HORIZON: Days = Days::new(366);

/// The next reviews of a book.
#[derive(Debug)]
pub(crate) struct Reviews {
    accounts: usize,
    /// Reviews on a day on which the decision surely differs.
    exact: usize,
    /// Reviews at the horizon: nothing differs before it, as far as the row tells.
    unchanged: usize,
    /// How often all of them together were decided again.
    redecisions: usize,
    /// The most for one account.
    most: u32,
    /// What `decide` costs, as a multiple of `decide_today`.
    ratio: f64,
}

impl Reviews {
    pub(crate) fn of(policy: &Policy, law: &Law, book: &Book, as_of: NaiveDate) -> Self {
        let mut reviews =
            Self { accounts: book.rows.len(), exact: 0, unchanged: 0, redecisions: 0, most: 0, ratio: f64::NAN };
        for row in &book.rows {
            let decision = decide(policy, row, law, as_of);
            let horizon = as_of.checked_add_days(HORIZON);
            reviews.exact += usize::from(decision.review_exact);
            reviews.unchanged += usize::from(!decision.review_exact && decision.next_review_on == horizon);
            let again = redecisions(policy, row, as_of);
            reviews.redecisions += usize::try_from(again).unwrap_or(usize::MAX);
            reviews.most = reviews.most.max(again);
        }
        let with = || book.rows.iter().map(|row| decide(policy, row, law, as_of).missing.len()).sum::<usize>();
        let without =
            || book.rows.iter().map(|row| decide_today(policy, row, law, as_of, None).missing.len()).sum::<usize>();
        reviews.ratio = paired(ROUNDS, with, without);
        reviews
    }
}

impl fmt::Display for Reviews {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let share = |part: usize| 100.0 * part as f64 / self.accounts.max(1) as f64;
        let mean = self.redecisions as f64 / self.accounts.max(1) as f64;
        writeln!(f, "next reviews of {} accounts", self.accounts)?;
        writeln!(f, "  exact                                   {:.2} % ({})", share(self.exact), self.exact)?;
        writeln!(f, "  no change up to the horizon             {:.2} % ({})", share(self.unchanged), self.unchanged)?;
        writeln!(f, "  decided again, mean and most            {mean:.3}, {}", self.most)?;
        write!(f, "  with next review / without, median      {:.2} ({ROUNDS} paired rounds)", self.ratio)
    }
}

//! How late the account was on every day, and its episodes of arrears.

use super::ledger::Standing;
use super::months::{days_between, later};
use chrono::NaiveDate;

/// How old the debt was on every day up to one.
pub(super) struct Lateness<'a> {
    standings: &'a [Standing],
    as_of: NaiveDate,
}

/// Days in a row on which the account was late.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Episode {
    /// The first day late.
    pub(super) from: NaiveDate,
    /// The day on which nothing was late any more; none while it lasts.
    pub(super) cured_on: Option<NaiveDate>,
}

/// Days on which the debt only grew older.
#[derive(Clone, Copy)]
struct Stretch {
    from: NaiveDate,
    /// The first day behind it.
    end: NaiveDate,
    oldest: Option<NaiveDate>,
}

impl Stretch {
    fn dpd(&self, day: NaiveDate) -> i64 {
        self.oldest.map_or(0, |oldest| days_between(oldest, day).max(0))
    }
}

impl<'a> Lateness<'a> {
    pub(super) const fn new(standings: &'a [Standing], as_of: NaiveDate) -> Self {
        Self { standings, as_of }
    }

    fn stretches(&self) -> impl Iterator<Item = Stretch> + '_ {
        let behind = later(self.as_of, 1);
        let ends = self.standings.iter().skip(1).map(|next| next.from).chain([behind]);
        self.standings.iter().zip(ends).map(move |(standing, end)| Stretch {
            from: standing.from,
            end: end.min(behind),
            oldest: standing.oldest,
        })
    }

    /// Days past due on a day.
    pub(super) fn dpd(&self, day: NaiveDate) -> i64 {
        let standing = self.standings.iter().rev().find(|standing| standing.from <= day);
        standing.and_then(|standing| standing.oldest).map_or(0, |oldest| days_between(oldest, day).max(0))
    }

    /// Every episode of arrears, the last perhaps still lasting.
    pub(super) fn episodes(&self) -> Vec<Episode> {
        let mut found: Vec<Episode> = Vec::new();
        for stretch in self.stretches() {
            let Some(oldest) = stretch.oldest else { continue };
            let from = stretch.from.max(later(oldest, 1));
            if from >= stretch.end {
                continue;
            }
            let cured_on = (stretch.end <= self.as_of).then_some(stretch.end);
            match found.last_mut() {
                Some(last) if last.cured_on == Some(from) => last.cured_on = cured_on,
                _ => found.push(Episode { from, cured_on }),
            }
        }
        found
    }

    /// The days on which the account came to be so many days past due.
    pub(super) fn reached(&self, days: i64) -> Vec<NaiveDate> {
        let mut found = Vec::new();
        let mut before = 0;
        for stretch in self.stretches() {
            if let Some(oldest) = stretch.oldest {
                let by_time = later(oldest, u64::try_from(days).unwrap_or(0));
                let first = stretch.dpd(stretch.from);
                if first >= days && before < days {
                    found.push(stretch.from);
                } else if by_time > stretch.from && by_time < stretch.end {
                    found.push(by_time);
                }
            }
            before = stretch.end.pred_opt().map_or(0, |last| stretch.dpd(last));
        }
        found
    }

    /// The most days past due on any day after one, and the last day on which it was so many.
    pub(super) fn most_after(&self, day: NaiveDate) -> (i64, Option<NaiveDate>) {
        let mut most = (0, None);
        for stretch in self.stretches() {
            let Some(last) = stretch.end.pred_opt().filter(|last| *last > day && *last >= stretch.from) else {
                continue;
            };
            let dpd = stretch.dpd(last);
            if dpd > 0 && dpd >= most.0 {
                most = (dpd, Some(last));
            }
        }
        most
    }
}

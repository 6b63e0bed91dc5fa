//! Cohorts by the month in which they began, followed from month end to month end.

use super::panel::{Line, Panel};
use super::place::{Has, Place, Standing};
use super::series::{NO_AMOUNT, NO_BALANCE, Series};
use super::work::Attempts;
use super::{Declared, Month};
use crate::events::number;
use std::collections::BTreeSet;

const NOT_OVER: &str = "the horizon is not over when the panel ends";
const NO_MONTH_END: &str = "no month end lies within the horizon";
const NOT_SEEN: &str = "no row at a month end of the horizon";
const NOT_TOLD: &str = "whether it is late is not known at a month end of the horizon";
const SINCE_WHEN: &str = "late when first seen: since when is not known";
const FROM_APART: &str = "late from a plan, a re-age or a charge-off";
const FROM_UNKNOWN: &str = "whether it was late at the month end before is not known";
const PAID_UNKNOWN: &str = "what was paid is not known: counted by number only";
const FIRST_SEEN: &str = "in the bucket when first seen: when it entered is not known";
const STILL_THERE: &str = "in the bucket when the panel ends";

/// Cohorts of a panel.
#[derive(Debug, Default)]
pub(super) struct Cohorts {
    /// Who fell late, and of them those that were cured in time.
    pub(super) cures: Series<()>,
    /// Who was cured, and of them those that were late again in time.
    pub(super) redefaults: Series<()>,
    /// Attempts on who fell late, and of them those that were cured in time.
    pub(super) attempts: Series<()>,
    /// Who entered a bucket, and what was paid until it was left.
    pub(super) recoveries: Series<u8>,
    /// Of the accounts of M0 of which something fell due, those that are late, and how much of it.
    pub(super) entries: Series<()>,
}

/// What is seen of an account within a horizon.
enum Seen {
    /// What was looked for, at the line in this place.
    At(usize),
    /// All month ends, and not what was looked for.
    Not,
    /// Too little to tell.
    Untold(&'static str),
}

/// How the cohorts of a panel are followed.
struct Following<'a> {
    declared: &'a Declared,
    has: Has,
    last: Month,
    attempts: Option<&'a Attempts>,
}

fn last_day(month: Month) -> i32 {
    month.last_day().map_or(i32::MAX, number)
}

impl Cohorts {
    /// Follows every account of the panel.
    pub(super) fn of(
        panel: &Panel,
        declared: &Declared,
        months: &BTreeSet<Month>,
        attempts: Option<&Attempts>,
    ) -> Self {
        let mut cohorts = Self::default();
        let Some(last) = months.last() else { return cohorts };
        let following = Following { declared, has: panel.has, last: *last, attempts };
        for lines in panel.accounts() {
            for (place, line) in lines.iter().enumerate() {
                let before = place.checked_sub(1).and_then(|place| lines.get(place));
                let before = before.filter(|before| before.month.next() == line.month);
                following.lateness(&mut cohorts, lines, place, before, line);
                following.bucket(&mut cohorts, lines, place, before, line);
                let seen_before = months.contains(&line.month.before());
                if let (Some(before), true) = (before, seen_before) {
                    following.entry(&mut cohorts, before, line);
                }
            }
        }
        cohorts
    }
}

impl Following<'_> {
    /// An account that falls late, or is cured.
    fn lateness(&self, cohorts: &mut Cohorts, lines: &[Line], place: usize, before: Option<&Line>, line: &Line) {
        match (before.map(|before| before.standing), line.standing) {
            (Some(Standing::UpToDate), Standing::Late) => self.fell_late(cohorts, lines, place, before, line),
            (Some(Standing::Late), Standing::UpToDate) => self.was_cured(cohorts, lines, place, line),
            (from, Standing::Late) if from != Some(Standing::Late) => {
                let reason = match from {
                    Some(Standing::Unknown) => FROM_UNKNOWN,
                    Some(_) => FROM_APART,
                    None => SINCE_WHEN,
                };
                for series in [&mut cohorts.cures, &mut cohorts.attempts] {
                    series.at((), line.month).exclude(reason, 1);
                }
            }
            _ => {}
        }
    }

    fn fell_late(&self, cohorts: &mut Cohorts, lines: &[Line], place: usize, before: Option<&Line>, line: &Line) {
        let end = line.day.saturating_add(days(self.declared.cured_within));
        let seen = self.seek(lines, place, end, |standing| standing == Standing::UpToDate);
        let sums = cohorts.cures.at((), line.month);
        let tried = cohorts.attempts.at((), line.month);
        let (cured, until) = match seen {
            Seen::Untold(reason) => {
                sums.exclude(reason, 1);
                tried.exclude(reason, 1);
                return;
            }
            Seen::At(cure) => (true, lines.get(cure).map_or(end, |cure| cure.day)),
            Seen::Not => (false, end.min(last_day(self.last))),
        };
        sums.member(cured, line.owed(self.has), NO_AMOUNT);
        if let Some(attempts) = self.attempts {
            let since = line.since.max(before.map_or(line.since, |before| before.day.saturating_add(1)));
            tried.count.0 += attempts.between(line.account, since, until);
            tried.count.1 += u64::from(cured);
        }
    }

    fn was_cured(&self, cohorts: &mut Cohorts, lines: &[Line], place: usize, line: &Line) {
        let end = line.day.saturating_add(days(self.declared.redefault_within));
        let late_again = |standing| matches!(standing, Standing::Late | Standing::Apart);
        let sums = cohorts.redefaults.at((), line.month);
        match self.seek(lines, place, end, late_again) {
            Seen::Untold(reason) => sums.exclude(reason, 1),
            Seen::At(_) => sums.member(true, line.balance(), NO_BALANCE),
            Seen::Not => sums.member(false, line.balance(), NO_BALANCE),
        }
    }

    /// Looks for a standing at the month ends behind a line, up to a day. A horizon that is not
    /// over tells nothing, not even of those that were found already: they would be too many.
    fn seek(&self, lines: &[Line], from: usize, end: i32, wanted: impl Fn(Standing) -> bool) -> Seen {
        if last_day(self.last.next()) <= end {
            return Seen::Untold(NOT_OVER);
        }
        let Some(start) = lines.get(from) else { return Seen::Not };
        let mut expected = start.month.next();
        let (mut untold, mut seen) = (None, false);
        for (place, line) in lines.iter().enumerate().skip(from + 1).take_while(|(_, line)| line.day <= end) {
            seen = true;
            if line.month != expected {
                untold = Some(NOT_SEEN);
            }
            expected = line.month.next();
            match line.standing {
                Standing::Unknown => untold = Some(NOT_TOLD),
                standing if wanted(standing) => return Seen::At(place),
                _ => {}
            }
        }
        if last_day(expected) <= end {
            untold = untold.or(Some(NOT_SEEN));
        } else if !seen {
            untold = Some(NO_MONTH_END);
        }
        untold.map_or(Seen::Not, Seen::Untold)
    }

    /// An account that enters a bucket: what is paid until it is seen elsewhere.
    fn bucket(&self, cohorts: &mut Cohorts, lines: &[Line], place: usize, before: Option<&Line>, line: &Line) {
        let Place::Bucket(bucket) = line.place else { return };
        // Nobody leaves the last bucket by growing later, and M0 is not recovered.
        if bucket == 0 || bucket == self.declared.buckets.last() {
            return;
        }
        if before.is_some_and(|before| before.place == line.place) {
            return;
        }
        let sums = cohorts.recoveries.at(bucket, line.month);
        match before.map(|before| before.place) {
            None => return sums.exclude(FIRST_SEEN, 1),
            Some(Place::Unknown) => return sums.exclude(FROM_UNKNOWN, 1),
            Some(_) => {}
        }
        let (mut paid, mut expected) = (Some(0_i128), line.month.next());
        for next in lines.iter().skip(place + 1) {
            if next.month != expected {
                break;
            }
            expected = next.month.next();
            paid = paid.zip(next.paid()).map(|(sum, paid)| sum.saturating_add(i128::from(paid)));
            match next.place {
                there if there == line.place => {}
                Place::Unknown => return sums.exclude(NOT_TOLD, 1),
                left => {
                    let milder = matches!(left, Place::Bucket(other) if other < bucket);
                    sums.count.0 += u64::from(milder);
                    sums.count.1 += 1;
                    let owed = line.owed(self.has).map(|owed| i128::from(owed.max(0)));
                    match (owed, paid) {
                        (Some(owed), Some(paid)) => {
                            sums.money.0 = sums.money.0.saturating_add(paid.min(owed));
                            sums.money.1 = sums.money.1.saturating_add(owed);
                        }
                        (None, _) => sums.exclude(NO_AMOUNT, 1),
                        (_, None) if self.has.paid => sums.exclude(PAID_UNKNOWN, 1),
                        _ => {}
                    }
                    return;
                }
            }
        }
        sums.exclude(if expected > self.last { STILL_THERE } else { NOT_SEEN }, 1);
    }

    /// An account of M0 of which something fell due since.
    fn entry(&self, cohorts: &mut Cohorts, before: &Line, line: &Line) {
        if before.place != Place::Bucket(0) || !self.has.due {
            return;
        }
        let sums = cohorts.entries.at((), line.month);
        if line.place == Place::Unknown {
            return sums.exclude("where it stands is not known", 1);
        }
        let Some(due) = line.due() else { return sums.exclude("what fell due is not known", 1) };
        if due == 0 {
            return;
        }
        let late = matches!(line.place, Place::Bucket(1..));
        let unpaid = if late { line.overdue() } else { Some(0) };
        sums.count.0 += u64::from(late);
        sums.count.1 += 1;
        match unpaid {
            Some(unpaid) => {
                sums.money.0 = sums.money.0.saturating_add(i128::from(unpaid));
                sums.money.1 = sums.money.1.saturating_add(i128::from(due));
            }
            None => sums.exclude(NO_AMOUNT, 1),
        }
    }
}

fn days(count: u32) -> i32 {
    i32::try_from(count).unwrap_or(i32::MAX)
}

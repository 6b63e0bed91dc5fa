//! A pack's facts of one contact about one debt: which statements bind, which limits are exceeded.

use super::case::{PackCase, back, first_day};
use super::moment::{Moment, day};
use super::tally::{Count, For};
use crate::condition::{Cmp, Num, Truth, compare, missing_facts};
use crate::number::Cell;
use crate::policy::Law;
use crate::policy::pack::{After, Citation, DayHours, Limit, Rule, WeekHours};
use chrono::Datelike;

/// A pack's facts of the contact about one debt.
pub(super) struct Sight<'a> {
    pub(super) case: &'a PackCase,
    pub(super) moment: &'a Moment,
    pub(super) wanted: For,
    pub(super) cells: &'a [Cell],
    pub(super) debt: &'a str,
    /// Whether more is asked than the answer: then everything is counted to its end.
    pub(super) whole: bool,
}

impl Sight<'_> {
    /// Whether a statement of law binds on the local date.
    pub(super) fn binds(&self, law: &Law, citation: &Citation) -> Truth {
        let head = self.case.pack.head();
        self.moment.on_date(|date| head.in_force(date) && law.binds(citation, date))
    }

    pub(super) fn truth(&self, cond: &crate::condition::Cond) -> Truth {
        cond.read(&self.case.reading(self.cells))
    }

    fn number(&self, num: &Num) -> Option<i64> {
        num.read(&self.case.reading(self.cells)).get()
    }

    /// Whether the limit is exceeded, and how many earlier contacts count against which number.
    pub(super) fn exceeded(&self, limit: &Limit, past_known: bool) -> (Truth, Option<(Count, i64)>) {
        match limit {
            Limit::Refuse => (Truth::True, None),
            Limit::KeepHours(week) => (self.outside(week), None),
            Limit::AtMost { times, class, window, after, lifted_by } => {
                let (Some(limit), Some(date), true) = (self.number(times), self.moment.date(), past_known) else {
                    return (Truth::Unknown, None);
                };
                let Some(first) = first_day(window, date, |num| self.number(num)) else {
                    return (Truth::Unknown, None);
                };
                let today = day(date);
                let mut begun = Truth::True;
                let enough = if self.whole || after.is_some() { i64::MAX } else { limit.max(0) };
                let mut count = self.count_to(enough, *class, (first, today));
                if let Some(after) = after {
                    // What comes after the first that may be one counts at most, after the first that is one surely.
                    let (perhaps, surely) = self.firsts_of(*after);
                    if perhaps.is_none() {
                        return (Truth::False, None);
                    }
                    let most = self.count(*class, first, today, perhaps).most;
                    let sure = surely.map_or(0, |surely| self.count(*class, first, today, Some(surely)).sure);
                    count = Count { sure, most };
                    begun = if surely.is_some() { Truth::True } else { Truth::Unknown };
                }
                let mut full = above(count, limit).min(begun);
                if let Some(lifted_by) = lifted_by {
                    let lifting = self.count_to(1, *lifted_by, (first, today));
                    full = full.min(above(lifting, 1).not());
                }
                (full, Some((count, limit)))
            }
            Limit::Rest { after: After::Event(event), days } => {
                let since = self.cells.get(event.index()).copied().unwrap_or(Cell::UNKNOWN);
                let days = self.number(days).map_or(Cell::UNKNOWN, Cell::number);
                (compare(Cmp::Lt, since, days), None)
            }
            Limit::Rest { after: After::Class(class), days } => {
                let (Some(days), Some(date), true) = (self.number(days), self.moment.date(), past_known) else {
                    return (Truth::Unknown, None);
                };
                let today = day(date);
                (above(self.count_to(1, *class, (back(today, days), today)), 1), None)
            }
        }
    }

    fn count(&self, class: usize, first: i32, last: i32, later_than: Option<i64>) -> Count {
        self.case.tallies.get(class).map_or(Count::default(), |tally| tally.count(self.wanted, first, last, later_than))
    }

    /// As far as is needed to see that so many surely count.
    fn count_to(&self, enough: i64, class: usize, dates: (i32, i32)) -> Count {
        let tally = self.case.tallies.get(class);
        tally.map_or(Count::default(), |tally| tally.count_to(enough, self.wanted, dates, None))
    }

    /// When the first contact was that may be of a class, and the first that surely is.
    fn firsts_of(&self, class: usize) -> (Option<i64>, Option<i64>) {
        let counting = || self.case.tallies.get(class).into_iter().flat_map(|tally| tally.counting(self.wanted));
        let perhaps = counting().next_back().map(|(member, _)| member.at);
        let surely = counting().rfind(|(_, sure)| *sure).map(|(member, _)| member.at);
        (perhaps, surely)
    }

    /// Whether the moment lies outside the hours by the clock of some zone.
    fn outside(&self, week: &WeekHours) -> Truth {
        if self.moment.local.is_empty() {
            return Truth::Unknown;
        }
        let outside = self.moment.local.iter().map(|local| {
            let plain = week.on(local.date.weekday());
            let Some(holiday) = week.holidays else { return Truth::of(!plain.has(local.minute)) };
            let holds = self.case.calendar.as_ref().map_or(Truth::Unknown, |calendar| calendar.holiday(local.date));
            let shut = |hours: DayHours| Truth::of(!hours.has(local.minute));
            match holds {
                Truth::True => shut(holiday),
                Truth::False => shut(plain),
                Truth::Unknown if shut(holiday) == shut(plain) => shut(plain),
                Truth::Unknown => Truth::Unknown,
            }
        });
        outside.fold(Truth::False, Truth::max)
    }

    /// What is not known, where a rule neither surely stands nor surely falls.
    pub(super) fn missing(&self, rule: &Rule, past_known: bool) -> Vec<String> {
        let mut facts = Vec::new();
        let exceptions = self.case.pack.exceptions().iter();
        let lifting = exceptions.filter(|exception| exception.lifts.contains(&rule.citation.rule));
        let conds = rule.when.iter().chain(rule.unless.iter()).chain(lifting.map(|exception| &exception.when));
        for cond in conds {
            missing_facts(cond, self.case.reading(self.cells), &mut facts);
        }
        let mut names: Vec<String> = facts
            .iter()
            .filter_map(|fact| self.case.pack.inputs().get(fact.index()))
            .map(|input| input.written.clone())
            .collect();
        let dated = !matches!(rule.limit, Limit::Refuse) || names.is_empty();
        if dated && self.moment.local.is_empty() {
            names.push("zones".to_owned());
        }
        match &rule.limit {
            limit if !self.exceeded(limit, past_known).0.is_unknown() => {}
            Limit::KeepHours(week) if week.holidays.is_some() && !self.moment.local.is_empty() => {
                names.push("holiday".to_owned());
            }
            Limit::Rest { after: After::Event(event), .. } => {
                names.extend(self.case.pack.inputs().get(event.index()).map(|input| input.written.clone()));
            }
            Limit::AtMost { .. } | Limit::Rest { .. } => names.push("contacts".to_owned()),
            Limit::Refuse | Limit::KeepHours(_) => {}
        }
        names.sort();
        names.dedup();
        names
    }
}

/// Whether a count is at least a number.
fn above(count: Count, limit: i64) -> Truth {
    if i64::from(count.sure) >= limit {
        Truth::True
    } else if i64::from(count.most) < limit {
        Truth::False
    } else {
        Truth::Unknown
    }
}

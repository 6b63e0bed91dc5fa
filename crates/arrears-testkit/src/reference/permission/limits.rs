//! Whether a limit is exceeded.

use super::clock::in_hours;
use super::counting::{Count, Dates, First};
use super::scene::Scene;
use crate::reference::draft::{find, flag, option, text};
use crate::reference::value::{Truth, Value, all, any, compare, not};
use arrears::condition::Cmp;
use arrears::draft::{Keyword, Statement, VerbCall};
use chrono::{Datelike, NaiveDateTime, Weekday};

/// Whether a limit is exceeded, and which class of contacts is counted against which number: how many
/// there are at most, the proposed one included if it may count.
pub(super) struct Exceeded {
    pub(super) exceeded: Truth,
    pub(super) used: Option<(String, i64, i64)>,
}

impl Exceeded {
    const fn only(exceeded: Truth) -> Self {
        Self { exceeded, used: None }
    }
}

/// Whether there are at least so many.
fn at_least(count: Count, number: i64) -> Truth {
    let ways: Vec<bool> = (count.sure..=count.most).map(|ways| ways >= number).collect();
    if ways.iter().all(|enough| *enough) {
        Some(true)
    } else if ways.contains(&true) {
        None
    } else {
        Some(false)
    }
}

impl Scene<'_> {
    /// Whether the limit of a rule is exceeded.
    pub(super) fn exceeded(&self, rule: &Statement) -> Exceeded {
        let Some(call) = &rule.act else { return Exceeded::only(None) };
        match call.verb.text.as_str() {
            "refuse" => Exceeded::only(Some(true)),
            "keep_hours" => {
                let clocks = self.clocks();
                let outside = any(clocks.iter().map(|shown| not(self.inside(call, *shown))));
                Exceeded::only(if clocks.is_empty() { None } else { outside })
            }
            "rest" => Exceeded::only(self.rests(call)),
            _ => self.too_many(call),
        }
    }

    /// Whether a clock shows a time at which contact may be made.
    fn inside(&self, call: &VerbCall, shown: NaiveDateTime) -> Truth {
        let day = shown.weekday();
        let weekend = matches!(day, Weekday::Sat | Weekday::Sun);
        let keys: &[&str] = match day {
            Weekday::Sat => &["sat", "sat_sun", "mon_sat", "every_day"],
            Weekday::Sun => &["sun", "sat_sun", "every_day"],
            _ => &["mon_fri", "mon_sat", "every_day"],
        };
        debug_assert_eq!(weekend, keys.contains(&"sat_sun"));
        let plain = keys.iter().find_map(|key| text(&call.options, key)).unwrap_or("none");
        let Some(holidays) = text(&call.options, "holidays") else { return Some(in_hours(shown, plain)) };
        let (plain, holiday) = (in_hours(shown, plain), in_hours(shown, holidays));
        match self.side.holiday(shown.date()) {
            Some(true) => Some(holiday),
            Some(false) => Some(plain),
            None => (plain == holiday).then_some(plain),
        }
    }

    fn rests(&self, call: &VerbCall) -> Truth {
        let after = text(&call.options, "after")?;
        let days = self.number(option(&call.options, "days")?);
        if find(self.side.draft, Keyword::Contact, after).is_some() {
            let count = self.count(after, &Dates::last(self.date()?, days.whole()?), None)?;
            return at_least(count, 1);
        }
        let since = self.called_days_since(after);
        compare(Cmp::Lt, &since, &days)
    }

    fn called_days_since(&self, event: &str) -> Value {
        self.number(&arrears::build::days_since(event).term())
    }

    fn too_many(&self, call: &VerbCall) -> Exceeded {
        self.counted_out(call).unwrap_or(Exceeded::only(None))
    }

    /// None where nothing can be counted.
    fn counted_out(&self, call: &VerbCall) -> Option<Exceeded> {
        let class = text(&call.options, "of")?;
        let limit = self.number(option(&call.options, "times")?).whole()?;
        let today = self.date()?;
        let dates = match option(&call.options, "days") {
            Some(days) => Dates::last(today, self.number(days).whole()?),
            None if flag(&call.options, "ever") => Dates::All,
            None => Dates::last(today, i64::from(today.day())),
        };
        let (full, most) = match text(&call.options, "after") {
            None => {
                let count = self.count(class, &dates, None)?;
                (at_least(count, limit), Some(count.most))
            }
            Some(after) => {
                let mut ways = Vec::new();
                let mut most = None;
                for first in self.firsts(after)? {
                    match first {
                        First::Never => ways.push(Some(false)),
                        First::At(first) => {
                            let count = self.count(class, &dates, Some(first.at.timestamp()))?;
                            ways.push(at_least(count, limit));
                            most = most.max(Some(count.most));
                        }
                    }
                }
                (agreed(&ways), most)
            }
        };
        let lifted = match text(&call.options, "lifted_by") {
            None => Some(false),
            Some(class) => at_least(self.count(class, &dates, None)?, 1),
        };
        let belongs = find(self.side.draft, Keyword::Contact, class)?.when.as_ref().map(|when| self.truth(when));
        let this = i64::from(belongs != Some(Some(false)));
        let used = most.map(|most| (class.to_owned(), limit, most + this));
        Some(Exceeded { exceeded: all([full, not(lifted)]), used })
    }
}

/// What all ways say, if they agree.
fn agreed(ways: &[Truth]) -> Truth {
    let first = *ways.first()?;
    if ways.iter().all(|way| *way == first) { first } else { None }
}

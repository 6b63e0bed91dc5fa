//! When a contact might be made: the first moment at which the rules say so.
//!
//! What the rules say changes only at some moments: at the edges of hours and of times that the
//! person named, at midnight, when a clock is changed, when a spell ends. Between two of these it
//! stays the same, so only they are tried, in order.

use super::Contact;
use super::case::{Case, PackCase};
use super::moment::{Moment, begins, change, instants, local};
use super::permission::Answer;
use super::reads::Source;
use super::standing::Edge;
use crate::condition::{Cond, CondKind, Num, NumKind};
use crate::policy::pack::{DayHours, Limit};
use chrono::{DateTime, Duration, FixedOffset, NaiveDate, TimeZone};
use std::collections::BTreeSet;

/// Days that are searched.
const HORIZON: i64 = 366;

/// The first moment at which a contact may be made, and the first at which nothing blocks it.
pub(super) type Earliest = (Option<DateTime<FixedOffset>>, Option<DateTime<FixedOffset>>);

impl Case {
    /// The first moments from the proposed one on; `now` is what the rules say of that.
    pub(super) fn earliest(&self, proposed: &Contact, now: Answer) -> Earliest {
        let here = Some(self.shown(proposed.at.timestamp(), proposed));
        if now == Answer::Allow {
            return (here, here);
        }
        let mut unblocked = here.filter(|_| now == Answer::Review);
        if !self.may_change(proposed) {
            return (None, unblocked);
        }
        // Where there is no law for the person, nothing that the house says will ever permit it.
        let never = !self.law.is_none() && !self.packs.iter().any(|case| case.is_law);
        let edges = Edges::of(self, proposed);
        let Some(first) = self.known.zones.first().and_then(|zone| local(proposed.at.timestamp(), *zone)) else {
            return (None, unblocked);
        };
        for offset in -1..=HORIZON {
            if never && unblocked.is_some() {
                break;
            }
            let Some(date) = first.date.checked_add_signed(Duration::days(offset)) else { break };
            for at in edges.on(self, date) {
                if at <= proposed.at.timestamp() {
                    continue;
                }
                let moment = Moment::new(at, &self.known.zones);
                let answer = self.judge(proposed, &moment, false).answer;
                if answer != Answer::Block && unblocked.is_none() {
                    unblocked = Some(self.shown(at, proposed));
                }
                if answer == Answer::Allow {
                    return (Some(self.shown(at, proposed)), unblocked);
                }
            }
        }
        (None, unblocked)
    }

    /// A moment by the clock of the first zone; of the proposed contact where no zone is known.
    pub(super) fn shown(&self, at: i64, proposed: &Contact) -> DateTime<FixedOffset> {
        let utc = DateTime::from_timestamp(at, 0).unwrap_or_default();
        match self.known.zones.first() {
            Some(zone) => utc.with_timezone(zone).fixed_offset(),
            None => proposed.at.offset().from_utc_datetime(&utc.naive_utc()),
        }
    }

    /// Whether a later moment might differ: not if a rule stands that reads nothing of the moment.
    pub(super) fn may_change(&self, proposed: &Contact) -> bool {
        let moment = Moment::new(proposed.at.timestamp(), &self.known.zones);
        let Some(today) = moment.date() else { return false };
        let debts = self.known.mask(proposed.allocated_to.as_deref().or(proposed.debts.as_deref()));
        if self.packs.is_empty() {
            return false;
        }
        for case in &self.packs {
            let timed = |cond: &Cond| {
                let mut timed = false;
                cond.each_fact(&mut |id| timed |= case.sources.get(id.index()).is_none_or(Source::is_timed));
                timed
            };
            for rule in case.pack.rules() {
                let still = matches!(rule.limit, Limit::Refuse)
                    && !rule.review
                    && !rule.when.as_ref().is_some_and(timed)
                    && !rule.unless.as_ref().is_some_and(timed)
                    && rule.citation.to.is_none()
                    && case.pack.head().to.is_none()
                    && case.pack.head().in_force(today)
                    && self.law.binds(&rule.citation, today)
                    && !case
                        .pack
                        .exceptions()
                        .iter()
                        .any(|exception| exception.lifts.contains(&rule.citation.rule) && timed(&exception.when));
                if still && self.stands_alone(case, rule, proposed, &moment, debts) {
                    return false;
                }
            }
        }
        true
    }

    /// Whether a rule without a limit of its own surely stands for one of the debts.
    fn stands_alone(
        &self,
        case: &PackCase,
        rule: &crate::policy::pack::Rule,
        proposed: &Contact,
        moment: &Moment,
        debts: u64,
    ) -> bool {
        let asked = (0..self.known.debts.len()).filter(|debt| debts & super::known::bit(*debt) != 0);
        asked.into_iter().any(|debt| {
            let mut cells = Vec::new();
            case.cells(&self.known, proposed, moment, (self.wanted(proposed, debt), false), &mut cells);
            let reading = case.reading(&cells);
            let holds = rule.when.as_ref().is_none_or(|when| when.read(&reading).is_true());
            let lifted = rule.unless.as_ref().is_some_and(|unless| !unless.read(&reading).is_false());
            let exceptions = case.pack.exceptions().iter();
            let mut lifting = exceptions.filter(|exception| exception.lifts.contains(&rule.citation.rule));
            holds && !lifted && lifting.all(|exception| exception.when.read(&reading).is_false())
        })
    }
}

/// The minutes of the day, and the moments, at which what the rules say may change.
pub(super) struct Edges {
    minutes: BTreeSet<u16>,
    moments: BTreeSet<i64>,
}

impl Edges {
    pub(super) fn of(case: &Case, proposed: &Contact) -> Self {
        let mut edges = Self { minutes: BTreeSet::from([0]), moments: BTreeSet::new() };
        for pack in &case.packs {
            for rule in pack.pack.rules() {
                if let Limit::KeepHours(week) = &rule.limit {
                    for hours in week.days.iter().chain(week.holidays.iter()) {
                        if let DayHours::Open(period) = hours {
                            edges.minutes.extend([period.from, period.to]);
                        }
                    }
                }
            }
            edges.count_minutes(pack, proposed.at.timestamp());
        }
        for preference in case.known.preferences.iter().flatten() {
            edges.minutes.extend(preference.edges());
        }
        for agreed in case.known.consents.iter().flatten() {
            edges.minutes.extend(agreed.times.edges());
        }
        for spell in &case.known.spells {
            for edge in [spell.from, spell.to].into_iter().flatten() {
                if let Edge::At(at) = edge {
                    edges.moments.insert(at.timestamp());
                }
            }
        }
        edges.moments.retain(|at| *at > proposed.at.timestamp());
        edges
    }

    /// Minutes of the day at which something else than the rules begins.
    pub(super) fn add_minutes(&mut self, minutes: impl Iterator<Item = u16>) {
        self.minutes.extend(minutes);
    }

    /// Where conditions hold minutes against a number, the moments at which so many have passed, those
    /// after a moment.
    fn count_minutes(&mut self, pack: &PackCase, after: i64) {
        let mut see = |cond: &Cond| {
            cond.each(&mut |part| {
                if let CondKind::Compare(_, left, right) = &part.kind {
                    self.moments.extend(minutes_of(pack, [left, right], after));
                }
            });
        };
        for rule in pack.pack.rules() {
            rule.when.iter().chain(rule.unless.iter()).for_each(&mut see);
        }
        pack.pack.exceptions().iter().for_each(|exception| see(&exception.when));
    }

    /// The moments of a date in the first zone that are tried, in order. Dates in other zones are
    /// covered by the days beside it.
    pub(super) fn on(&self, case: &Case, date: NaiveDate) -> BTreeSet<i64> {
        let mut found = BTreeSet::new();
        let Some(first) = case.known.zones.first() else { return found };
        let Some(next) = date.succ_opt() else { return found };
        let (Some(from), Some(to)) = (begins(date, *first), begins(next, *first)) else { return found };
        // Where the clock skips midnight, the date begins at no minute that is looked for.
        found.insert(from);
        for zone in &case.known.zones {
            for near in [date.pred_opt(), Some(date), date.succ_opt()].into_iter().flatten() {
                for minute in &self.minutes {
                    found.extend(instants(near, *minute, *zone));
                }
            }
            found.extend(change(from, to, *zone));
        }
        found.extend(self.moments.range(from..to));
        found.retain(|at| (from..to).contains(at));
        found
    }
}

/// The moments after one at which a comparison that reads minutes may change: so many minutes after a
/// contact. Where minutes are reckoned with, sums and differences of the numbers matter as well.
fn minutes_of(pack: &PackCase, sides: [&Num; 2], after: i64) -> Vec<i64> {
    let mut classes = BTreeSet::new();
    let mut numbers = BTreeSet::new();
    for side in sides {
        side.each(&mut |num| match &num.kind {
            NumKind::Literal(value) => {
                numbers.insert(*value);
            }
            NumKind::Threshold(id) => numbers.extend(pack.pack.threshold_values().get(id.index())),
            NumKind::Fact(id) => {
                if let Some(Source::Minutes(class)) = pack.sources.get(id.index()) {
                    classes.insert(*class);
                }
            }
            _ => {}
        });
    }
    let pairs = numbers.iter().flat_map(|a| numbers.iter().map(move |b| (*a, *b)));
    let reckoned: Vec<i64> = pairs.flat_map(|(a, b)| [a.saturating_add(b), a.saturating_sub(b)]).collect();
    numbers.extend(reckoned);
    let within_a_year = numbers.into_iter().filter(|number| (0..=HORIZON * 24 * 60).contains(number));
    let passed: Vec<i64> = within_a_year.flat_map(|number| [number * 60, (number + 1) * 60]).collect();
    let tallies = classes.into_iter().filter_map(|class| pack.tallies.get(class));
    // Contacts stand in the order of time: what lies further back than any number bears on nothing later.
    let most = passed.iter().copied().max().unwrap_or(0);
    let bearing = tallies.flat_map(|tally| tally.members.iter().rev().take_while(|member| member.at + most > after));
    let moments = bearing.flat_map(|member| passed.iter().map(move |passed| member.at + passed));
    moments.filter(|at| *at > after).collect()
}

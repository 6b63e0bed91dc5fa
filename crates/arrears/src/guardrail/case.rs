//! A person's case under a law, ready to judge contacts.

use super::check;
use super::eyes::Eyes;
use super::known::{Known, Past};
use super::moment::Moment;
use super::reads::{self, Source};
use super::tally::{For, Tally, Who};
use super::{Contact, Standing, Trouble};
use crate::calendar::Calendar;
use crate::condition::{Cond, NumKind, RowReading, Truth, WordSet};
use crate::number::Cell;
use crate::policy::pack::{After, ContactClass, Limit, Procedure, Rule, Window};
use crate::policy::{Law, Pack};
use chrono::{DateTime, FixedOffset, NaiveDate};
use std::collections::BTreeSet;

/// What is known of a person as of a moment, prepared under a law: it judges contacts that are
/// proposed from that moment on.
///
/// Events after the moment have no effect: they are not known yet. Earlier contacts may be told
/// in any order; the same contact told twice is an error.
#[derive(Clone, Debug)]
pub struct Case {
    pub(super) known: Known,
    /// Those of the person's jurisdiction, whenever they are in force, and then those of the house.
    pub(super) packs: Vec<PackCase>,
    pub(super) law: Law,
}

/// A pack, with what it reads of the person.
#[derive(Clone, Debug)]
pub(super) struct PackCase {
    pub(super) pack: Pack,
    pub(super) calendar: Option<Calendar>,
    pub(super) sources: Vec<Source>,
    /// Of each debt, the facts as they are told, the same for every contact.
    fixed: Vec<Vec<Cell>>,
    /// The facts that may differ from one contact to another.
    varied: Vec<usize>,
    /// Those of them that rules and exceptions read.
    decisive: Vec<usize>,
    pub(super) tallies: Vec<Tally>,
    /// Whether it is law. Rules of the house bind beside it and never in its place.
    pub(super) is_law: bool,
}

impl Case {
    /// Prepares what is known of a person, as of `now`, under a law.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the standing: unknown zones, words, facts and debts, times
    /// that end before they begin, contacts told twice.
    pub fn new(law: &Law, standing: &Standing, now: DateTime<FixedOffset>) -> Result<Self, Vec<Trouble>> {
        let zones = check::standing(standing, Some(law))?;
        let known = Known::of(standing, zones, now.timestamp());
        let binding = law.packs().iter().filter(|pack| pack.head().binds(&standing.jurisdiction));
        let packs = binding.map(|pack| PackCase::new(pack, law, &known, standing)).collect();
        Ok(Self { known, packs, law: law.clone() })
    }

    /// Whether no pack of law surely binds at a moment, and the host did not say that none need. A
    /// jurisdiction that is not known is under no law that anybody could name.
    pub(super) fn is_lawless(&self, moment: &Moment) -> bool {
        let in_force = |case: &PackCase| moment.on_date(|date| case.pack.head().in_force(date)).is_true();
        !self.law.is_none() && !self.packs.iter().any(|case| case.is_law && in_force(case))
    }

    /// The same case with the guardrails of a bank's own policy beside the law. They can only add.
    #[must_use]
    pub fn with_house(mut self, house: &Pack, standing: &Standing) -> Self {
        let case = PackCase::new(house, &self.law, &self.known, standing);
        self.packs.push(PackCase { is_law: false, ..case });
        self
    }

    /// The packs that bind, and the house's own if it is beside them.
    pub fn packs(&self) -> impl Iterator<Item = &Pack> {
        self.packs.iter().map(|case| &case.pack)
    }

    /// The packs of law that are in force on the local date of a moment, in the first zone; where no zone is
    /// known, on the date that the moment has itself.
    pub fn in_force(&self, at: DateTime<FixedOffset>) -> impl Iterator<Item = &Pack> {
        let date = Moment::new(at.timestamp(), &self.known.zones).date().unwrap_or_else(|| at.date_naive());
        let law = self.packs.iter().filter(|case| case.is_law).map(|case| &case.pack);
        law.filter(move |pack| pack.head().in_force(date))
    }

    /// For whom a contact is counted.
    pub(super) fn wanted(&self, contact: &Contact, debt: usize) -> For {
        let who = |name: Option<&str>| match name {
            None => Who::NotTold,
            Some(name) => self.known.named(name).map_or(Who::New, Who::Met),
        };
        For {
            person: who(contact.who()),
            number: who(contact.number.as_deref()),
            address: who(contact.address.as_deref()),
            debt,
        }
    }

    /// How many contacts with somebody about a debt a rule counts on the dates of its window that
    /// end with a date: those of the class of its `at_most` or `rest`. None if no rule of a pack in
    /// force counts by that name, the debt is not one of the person's, or it is not known.
    pub fn used(&self, rule: &str, who: &str, debt: &str, on: NaiveDate) -> Option<u32> {
        let debt = self.known.debts.iter().position(|id| id == debt)?;
        let person = self.known.named(who).map_or(Who::New, Who::Met);
        let wanted = For { person, number: Who::NotTold, address: Who::NotTold, debt };
        self.known.past.as_ref()?;
        let last = super::moment::day(on);
        for case in &self.packs {
            let binds = |found: &&Rule| found.citation.rule == rule && self.law.binds(&found.citation, on);
            let in_force = case.pack.head().in_force(on);
            let Some(found) = case.pack.rules().iter().find(binds).filter(|_| in_force) else { continue };
            let number = |num: &crate::condition::Num| {
                let reading =
                    RowReading { cells: &[], thresholds: case.pack.threshold_values(), types: WordSet::default() };
                num.read(&reading).get()
            };
            let (class, first) = match &found.limit {
                Limit::AtMost { class, window, .. } => (*class, first_day(window, on, number)?),
                Limit::Rest { after: After::Class(class), days } => (*class, back(last, number(days)?)),
                Limit::Rest { .. } | Limit::Refuse | Limit::KeepHours(_) => continue,
            };
            let count = case.tallies.get(class)?.count(wanted, first, last, None);
            return (count.sure == count.most).then_some(count.sure);
        }
        None
    }

    /// Whether a procedure of a pack in force is satisfied on a local date; none if no pack has one
    /// of that name.
    pub fn procedure(&self, name: &str, on: NaiveDate) -> Option<Truth> {
        let in_force = self.packs.iter().filter(|case| case.pack.head().in_force(on));
        let found = in_force.into_iter().find_map(|case| {
            let binds = |procedure: &&Procedure| procedure.name == name && self.law.binds(&procedure.citation, on);
            case.pack.procedures().iter().find(binds).map(|procedure| (case, procedure))
        });
        let (case, procedure) = found?;
        let at = on.and_hms_opt(12, 0, 0).and_then(|noon| {
            let zone = self.known.zones.first().copied().unwrap_or(chrono_tz::Tz::UTC);
            chrono::TimeZone::from_local_datetime(&zone, &noon).earliest()
        })?;
        let contact = Contact::new(at.fixed_offset(), crate::facts::Channel::Letter);
        let moment = Moment::new(at.timestamp(), &self.known.zones);
        let debts = 0..self.known.debts.len().max(1);
        let each = debts.map(|debt| {
            let mut cells = Vec::new();
            case.cells(&self.known, &contact, &moment, (self.wanted(&contact, debt), true), &mut cells);
            procedure.when.read(&case.reading(&cells))
        });
        Some(each.fold(Truth::True, Truth::min))
    }
}

impl PackCase {
    fn new(pack: &Pack, law: &Law, known: &Known, standing: &Standing) -> Self {
        let sources = reads::sources(pack, known, standing);
        let varies = |index: &usize| sources.get(*index).is_some_and(|source| !matches!(source, Source::Fixed));
        let varied: Vec<usize> = (0..sources.len()).filter(varies).collect();
        let read = read_by_rules(pack);
        let mut case = Self {
            pack: pack.clone(),
            calendar: pack.head().calendar.as_ref().and_then(|name| law.calendar(name)).cloned(),
            decisive: varied.iter().copied().filter(|index| read.contains(index)).collect(),
            varied,
            sources,
            fixed: (0..known.debts.len().max(1)).map(|debt| reads::fixed(pack, standing, debt)).collect(),
            tallies: vec![Tally::empty(); pack.classes().len()],
            is_law: !pack.head().jurisdiction.is_empty(),
        };
        for index in case.in_order() {
            let Some(class) = pack.classes().get(index) else { continue };
            let (mut cells, read) = (Vec::new(), case.read_by(class));
            let tally =
                Tally::of(known, class, |past, debt| case.belongs((known, class), (past, debt), &read, &mut cells));
            if let Some(slot) = case.tallies.get_mut(index) {
                *slot = tally;
            }
        }
        case
    }

    /// The classes, each after those that it needs: one that asks for consent needs the class that ends
    /// it. There are no circles: they are refused when the pack is checked.
    pub(super) fn in_order(&self) -> Vec<usize> {
        let classes = self.pack.classes().len();
        let mut order = Vec::new();
        while let Some(next) = (0..classes)
            .find(|index| !order.contains(index) && self.ended_by(*index).iter().all(|ends| order.contains(ends)))
        {
            order.push(next);
        }
        order
    }

    /// The classes that end the consents for which a class asks.
    fn ended_by(&self, class: usize) -> Vec<usize> {
        let mut found = Vec::new();
        let Some(class) = self.pack.classes().get(class) else { return found };
        class.when.each_fact(&mut |id| {
            if let Some(Source::Consented(kind)) = self.sources.get(id.index()) {
                found.extend(self.pack.consents().get(*kind).and_then(|kind| kind.ends_with));
            }
        });
        found
    }

    /// The facts that differ by contact and that a class reads.
    pub(super) fn read_by(&self, class: &ContactClass) -> Vec<usize> {
        let mut read = BTreeSet::new();
        class.when.each_fact(&mut |id| read.extend([id.index()]));
        self.varied.iter().copied().filter(|index| read.contains(index)).collect()
    }

    /// Whether an earlier contact belongs to a class, for a debt. The class reads few of the facts, and
    /// some of the others look through all contacts.
    pub(super) fn belongs(
        &self,
        (known, class): (&Known, &ContactClass),
        (past, debt): (&Past, usize),
        read: &[usize],
        cells: &mut Vec<Cell>,
    ) -> Truth {
        let who = |name: Option<u32>| name.map_or(Who::NotTold, Who::Met);
        let wanted = For { person: who(past.person), number: who(past.number), address: who(past.address), debt };
        self.fill(&self.eyes(known, &past.contact, &past.moment, wanted, true), read, cells);
        class.when.read(&self.reading(cells))
    }

    fn eyes<'e>(
        &'e self,
        known: &'e Known,
        contact: &'e Contact,
        moment: &'e Moment,
        wanted: For,
        earlier: bool,
    ) -> Eyes<'e> {
        let calendar = self.calendar.as_ref();
        Eyes { known, pack: &self.pack, calendar, tallies: &self.tallies, contact, moment, wanted, earlier }
    }

    /// The facts that the pack reads of a proposed contact: all of them, or those by which rules stand.
    pub(super) fn cells(
        &self,
        known: &Known,
        contact: &Contact,
        moment: &Moment,
        (wanted, whole): (For, bool),
        cells: &mut Vec<Cell>,
    ) {
        let asked = if whole { &self.varied } else { &self.decisive };
        self.fill(&self.eyes(known, contact, moment, wanted, false), asked, cells);
    }

    /// The facts as they are told, and of those that differ by contact the ones that are asked for.
    fn fill(&self, eyes: &Eyes<'_>, asked: &[usize], cells: &mut Vec<Cell>) {
        cells.clear();
        cells.extend_from_slice(self.fixed.get(eyes.wanted.debt).map_or(&[], Vec::as_slice));
        for index in asked {
            let of = self.sources.get(*index).zip(self.pack.inputs().get(*index));
            if let (Some(cell), Some((source, input))) = (cells.get_mut(*index), of) {
                *cell = eyes.cell(source, *cell, input);
            }
        }
    }

    /// A reading over the facts.
    pub(super) fn reading<'c>(&'c self, cells: &'c [Cell]) -> RowReading<'c> {
        RowReading { cells, thresholds: self.pack.threshold_values(), types: WordSet::default() }
    }
}

/// The facts that rules and exceptions of a pack read.
fn read_by_rules(pack: &Pack) -> BTreeSet<usize> {
    let mut read = BTreeSet::new();
    let mut see = |cond: &Cond| cond.each_fact(&mut |id| read.extend([id.index()]));
    for rule in pack.rules() {
        rule.when.iter().chain(rule.unless.iter()).for_each(&mut see);
    }
    pack.exceptions().iter().for_each(|exception| see(&exception.when));
    let mut numbers = Vec::new();
    for rule in pack.rules() {
        match &rule.limit {
            Limit::AtMost { times, window, .. } => {
                numbers.push(times);
                numbers.extend(if let Window::Days(days) = window { Some(days) } else { None });
            }
            Limit::Rest { after, days } => {
                numbers.push(days);
                if let After::Event(event) = after {
                    read.insert(event.index());
                }
            }
            Limit::Refuse | Limit::KeepHours(_) => {}
        }
    }
    for number in numbers {
        number.each(&mut |part| {
            if let NumKind::Fact(id) = part.kind {
                read.insert(id.index());
            }
        });
    }
    read
}

/// The first day of a window that ends with a date.
pub(super) fn first_day(
    window: &Window,
    on: NaiveDate,
    number: impl Fn(&crate::condition::Num) -> Option<i64>,
) -> Option<i32> {
    use chrono::Datelike;
    let last = super::moment::day(on);
    match window {
        Window::Days(days) => Some(back(last, number(days)?)),
        Window::Month => on.with_day(1).map(super::moment::day),
        Window::Ever => Some(i32::MIN),
    }
}

/// The first of so many days that end with one.
pub(super) fn back(last: i32, days: i64) -> i32 {
    last.saturating_sub(i32::try_from(days.saturating_sub(1)).unwrap_or(i32::MAX))
}

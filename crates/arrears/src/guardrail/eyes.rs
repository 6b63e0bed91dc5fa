//! The facts of one contact, about one debt, at one moment.

use super::known::{Agreed, Known, Past, bit};
use super::moment::{Moment, day};
use super::reads::{OfContact, Source};
use super::tally::{For, Member, Tally, Who, foremost};
use super::{Contact, Direction, PreferenceKind};
use crate::calendar::Calendar;
use crate::condition::{Num, RowReading, Truth, WordSet};
use crate::facts::{Channel, outcome_table};
use crate::number::Cell;
use crate::policy::pack::ConsentKind;
use crate::policy::{Input, Pack};
use chrono::{Datelike, NaiveDate};

/// Everything by which facts of a contact are read.
pub(super) struct Eyes<'a> {
    pub(super) known: &'a Known,
    pub(super) pack: &'a Pack,
    pub(super) calendar: Option<&'a Calendar>,
    pub(super) tallies: &'a [Tally],
    pub(super) contact: &'a Contact,
    pub(super) moment: &'a Moment,
    pub(super) wanted: For,
    /// Of an earlier contact, when it was made; none of a proposed one.
    pub(super) earlier: bool,
}

impl Eyes<'_> {
    /// The cell of a fact, where `fixed` is what is told of it.
    pub(super) fn cell(&self, source: &Source, fixed: Cell, input: &Input) -> Cell {
        match source {
            Source::Fixed => fixed,
            Source::Unknown => Cell::UNKNOWN,
            // What is told holds beside the spells.
            Source::Spell(spells) => truth(self.spell(spells).max(Truth::of(fixed == Cell::TRUE))),
            Source::Contact(fact) => self.of_contact(*fact, input),
            Source::Times(class, days) => self.times(*class, *days),
            Source::Since(class) => self.since(*class, false),
            Source::SinceFirst(class) => self.since(*class, true),
            Source::Minutes(class) => self.minutes(*class),
            Source::Event(happened) => self.event(*happened),
            Source::Consented(kind) => {
                self.pack.consents().get(*kind).map_or(Cell::UNKNOWN, |kind| truth(self.consented(kind)))
            }
        }
    }

    fn spell(&self, spells: &[usize]) -> Truth {
        let held = spells.iter().filter_map(|index| self.known.spells.get(*index));
        held.map(|held| held.holds(self.wanted.debt, self.moment.at, self.moment.date())).fold(Truth::False, Truth::max)
    }

    fn today(&self) -> Option<i32> {
        self.moment.date().map(day)
    }

    fn times(&self, class: usize, days: i64) -> Cell {
        let (Some(tally), Some(today)) = (self.tallies.get(class), self.today()) else {
            return Cell::UNKNOWN;
        };
        if self.known.past.is_none() {
            return Cell::UNKNOWN;
        }
        let first = today.saturating_sub(i32::try_from(days.saturating_sub(1)).unwrap_or(i32::MAX));
        let count = tally.count(self.wanted, first, today, None);
        if count.sure == count.most { Cell::number(i64::from(count.sure)) } else { Cell::UNKNOWN }
    }

    /// Days since one of the contacts that count: the last or the first.
    fn since(&self, class: usize, first: bool) -> Cell {
        let Some(tally) = self.tallies.get(class).filter(|_| self.known.past.is_some()) else {
            return Cell::UNKNOWN;
        };
        let days = |(member, sure): (&Member, bool)| {
            let ago = self.today().zip(member.day).map(|(today, day)| i64::from(today) - i64::from(day));
            (ago, sure)
        };
        let counting = tally.counting(self.wanted).map(days);
        if first { foremost(counting.rev()) } else { foremost(counting) }
    }

    fn minutes(&self, class: usize) -> Cell {
        let Some(tally) = self.tallies.get(class).filter(|_| self.known.past.is_some()) else {
            return Cell::UNKNOWN;
        };
        let minutes = |(member, sure): (&Member, bool)| (Some((self.moment.at - member.at).div_euclid(60)), sure);
        foremost(tally.counting(self.wanted).map(minutes))
    }

    fn event(&self, happened: Option<Option<NaiveDate>>) -> Cell {
        match (happened, self.moment.date()) {
            (Some(None), _) => Cell::NEVER,
            (Some(Some(on)), Some(today)) if on <= today => Cell::number((today - on).num_days()),
            // What lies ahead has not happened yet.
            (Some(Some(_)), Some(_)) => Cell::NEVER,
            _ => Cell::UNKNOWN,
        }
    }

    /// Whether some consent of the kind covers the contact at the moment.
    fn consented(&self, kind: &ConsentKind) -> Truth {
        let Some(consents) = &self.known.consents else { return Truth::Unknown };
        let of_kind = consents.iter().filter(|agreed| agreed.kind == kind.name);
        of_kind.map(|agreed| self.covers(kind, agreed)).fold(Truth::False, Truth::max)
    }

    /// A number of the pack that reads no fact.
    fn number(&self, num: &Num) -> Option<i64> {
        let thresholds = self.pack.threshold_values();
        num.read(&RowReading { cells: &[], thresholds, types: WordSet::default() }).get()
    }

    fn covers(&self, kind: &ConsentKind, agreed: &Agreed) -> Truth {
        let at = self.moment.at;
        if agreed.given_at > at || agreed.withdrawn_at.is_some_and(|withdrawn| withdrawn <= at) {
            return Truth::False;
        }
        let mut covers = match &agreed.given_to {
            _ if kind.given_to.is_empty() => Truth::True,
            Some(to) => Truth::of(kind.given_to.contains(to)),
            None => Truth::Unknown,
        };
        let date = self.moment.date();
        if let Some(days) = &kind.days {
            covers = covers.min(match (agreed.given_on, date, self.number(days)) {
                (Some(given), Some(date), Some(days)) => Truth::of((date - given).num_days() < days),
                _ => Truth::Unknown,
            });
        }
        let on_date = |holds: &dyn Fn(NaiveDate) -> bool| date.map_or(Truth::Unknown, |date| Truth::of(holds(date)));
        if let Some(only) = agreed.only_on {
            covers = covers.min(on_date(&|date| date == only));
        }
        if let Some(until) = agreed.until {
            covers = covers.min(on_date(&|date| date <= until));
        }
        if let Some(address) = agreed.address {
            covers = covers.min(match self.wanted.address {
                Who::NotTold => Truth::Unknown,
                Who::Met(used) => Truth::of(used == address),
                Who::New => Truth::False,
            });
        }
        if !agreed.times.is_whole() {
            covers = covers.min(self.everywhere(|local| agreed.times.has(local)));
        }
        if let (Some(class), true) = (kind.ends_with, covers > Truth::False) {
            covers = covers.min(self.ended(class, agreed).not());
        }
        covers
    }

    /// Whether a contact of the class has come after the consent, before this one.
    fn ended(&self, class: usize, agreed: &Agreed) -> Truth {
        let Some(tally) = self.tallies.get(class).filter(|_| self.known.past.is_some()) else {
            return Truth::Unknown;
        };
        let since = tally.counting(self.wanted).filter(|(member, _)| {
            member.at > agreed.given_at && (member.at < self.moment.at || !self.earlier && member.at <= self.moment.at)
        });
        since.map(|(_, sure)| if sure { Truth::True } else { Truth::Unknown }).fold(Truth::False, Truth::max)
    }

    /// Whether something holds by the clock of every zone.
    fn everywhere(&self, holds: impl Fn(super::moment::Local) -> bool) -> Truth {
        if self.moment.local.is_empty() {
            return Truth::Unknown;
        }
        Truth::of(self.moment.local.iter().all(|local| holds(*local)))
    }

    /// Whether the moment lies in a time of this kind: in any zone, or in every one.
    fn preferred(&self, kind: PreferenceKind, every: bool) -> Truth {
        let Some(preferences) = &self.known.preferences else { return Truth::Unknown };
        if !preferences.iter().any(|preference| preference.kind == kind) {
            return Truth::False;
        }
        let Some(today) = self.moment.date() else { return Truth::Unknown };
        let mut zones = self.moment.local.iter();
        let inside = |local: &super::moment::Local| self.known.prefers(kind, *local, today);
        Truth::of(if every { zones.all(inside) } else { zones.any(inside) })
    }

    fn word(input: &Input, word: Option<&str>) -> Cell {
        word.and_then(|word| input.word(word)).unwrap_or(Cell::UNKNOWN)
    }

    fn of_contact(&self, fact: OfContact, input: &Input) -> Cell {
        let contact = self.contact;
        match fact {
            OfContact::Direction => {
                Self::word(input, Some(if contact.direction == Direction::Out { "out" } else { "in" }))
            }
            OfContact::Channel => Self::word(input, Some(contact.channel.word())),
            OfContact::Outcome => Self::word(input, contact.outcome.as_deref()),
            OfContact::Conversation => contact.outcome.as_deref().map_or(Cell::UNKNOWN, |code| Cell::flag(spoke(code))),
            OfContact::Recipient => Self::word(input, contact.recipient.as_deref()),
            OfContact::Purpose => Self::word(input, contact.purpose.as_deref()),
            OfContact::Content => Self::word(input, contact.content.as_deref()),
            OfContact::NumberKind => Self::word(input, contact.number_kind.as_deref()),
            OfContact::AddressKind => Self::word(input, contact.address_kind.as_deref()),
            OfContact::OptOutNotice => contact.opt_out_notice.map_or(Cell::UNKNOWN, Cell::flag),
            OfContact::SameCall => Cell::flag(contact.same_call),
            OfContact::Reason => Self::word(input, Some(contact.reason.as_deref().unwrap_or("none"))),
            OfContact::RepeatReason => Self::word(input, Some(contact.repeat_reason.as_deref().unwrap_or("none"))),
            OfContact::DebtorAt => Self::word(input, contact.debtor_at.as_deref()),
            OfContact::ActiveSession => contact.active_session.map_or(Cell::UNKNOWN, Cell::flag),
            OfContact::Replies => self.replies(),
            OfContact::AnswersInconvenient => self.answers_inconvenient(),
            OfContact::InconvenientTime => truth(self.preferred(PreferenceKind::InconvenientTime, false)),
            OfContact::ConvenientTime => truth(self.preferred(PreferenceKind::ConvenientTime, true)),
            OfContact::HomeInconvenient => truth(self.stated(PreferenceKind::InconvenientHome)),
            OfContact::WorkInconvenient => truth(self.stated(PreferenceKind::InconvenientWork)),
            OfContact::EmployerProhibits => truth(self.stated(PreferenceKind::EmployerProhibits)),
            OfContact::RefusedMedium => truth(self.refused()),
            OfContact::UsedAddress => truth(self.used_address()),
            OfContact::WrongNumber => truth(self.wrong_number()),
            OfContact::ReturnedAfter => match (contact.returned_on, self.moment.date()) {
                (None, _) => Cell::NEVER,
                (Some(on), Some(sent)) => Cell::number((on - sent).num_days()),
                (Some(_), None) => Cell::UNKNOWN,
            },
            OfContact::Weekday => {
                let word = self.moment.date().map(|date| date.weekday().to_string().to_lowercase());
                Self::word(input, word.as_deref())
            }
            OfContact::Holiday => match (self.calendar, self.moment.date()) {
                (Some(calendar), Some(date)) => truth(calendar.holiday(date)),
                _ => Cell::UNKNOWN,
            },
        }
    }

    /// A preference that is no time: it holds to its last day, every hour.
    fn stated(&self, kind: PreferenceKind) -> Truth {
        let Some(preferences) = &self.known.preferences else { return Truth::Unknown };
        let today = self.moment.date();
        let held = preferences.iter().filter(|preference| preference.kind == kind).map(|preference| {
            match (preference.until, today) {
                (None, _) => Truth::True,
                (Some(until), Some(today)) => Truth::of(today <= until),
                (Some(_), None) => Truth::Unknown,
            }
        });
        held.fold(Truth::False, Truth::max)
    }

    fn replies(&self) -> Cell {
        let Some(to) = self.contact.reply_to else { return Cell::FALSE };
        if self.known.past.is_none() {
            return Cell::UNKNOWN;
        }
        Cell::flag(self.answers(to.timestamp()).is_some())
    }

    /// The contact of a moment that this one is the first to answer.
    fn answers(&self, to: i64) -> Option<&Past> {
        self.known.unanswered(self.contact.channel, to, self.earlier.then_some(self.moment.at))
    }

    fn answers_inconvenient(&self) -> Cell {
        let Some(to) = self.contact.reply_to else { return Cell::FALSE };
        if self.known.past.is_none() {
            return Cell::UNKNOWN;
        }
        let Some(inbound) = self.answers(to.timestamp()) else { return Cell::FALSE };
        if self.known.preferences.is_none() {
            return Cell::UNKNOWN;
        }
        let (Some(today), Some(then)) = (self.moment.date(), inbound.moment.date()) else { return Cell::UNKNOWN };
        let inside = |local: &super::moment::Local| self.known.prefers(PreferenceKind::InconvenientTime, *local, then);
        Cell::flag(today == then && inbound.moment.local.iter().any(inside))
    }

    fn refused(&self) -> Truth {
        let Some(refusals) = &self.known.refusals else { return Truth::Unknown };
        let same = |of: Option<u32>, used: Who| match (of, used) {
            (None, _) => Truth::True,
            (Some(of), Who::Met(used)) => Truth::of(of == used),
            (Some(_), Who::New) => Truth::False,
            (Some(_), Who::NotTold) => Truth::Unknown,
        };
        let bearing = refusals.iter().filter(|refused| refused.channels.contains(&self.contact.channel));
        bearing
            .map(|refused| same(refused.number, self.wanted.number).min(same(refused.address, self.wanted.address)))
            .fold(Truth::False, Truth::max)
    }

    /// Whether the person wrote from the address. What came in by mail or e-mail came from some
    /// address, told or not.
    fn used_address(&self) -> Truth {
        let Some(past) = &self.known.past else { return Truth::Unknown };
        let address = match self.wanted.address {
            Who::NotTold => return Truth::Unknown,
            Who::New => None,
            Who::Met(address) => Some(address),
        };
        let before = |past: &Past| past.moment.at < self.moment.at || !self.earlier && past.moment.at <= self.moment.at;
        let about = |past: &Past| past.discussed & bit(self.wanted.debt) != 0;
        let came_in = past.iter().filter(|past| past.contact.direction == Direction::In && before(past) && about(past));
        let same = came_in.map(|past| match past.address {
            Some(used) => Truth::of(Some(used) == address),
            None if has_sender(past.contact.channel) => Truth::Unknown,
            None => Truth::False,
        });
        same.fold(Truth::False, Truth::max)
    }

    /// Of a proposed contact: its number is known to be wrong. Of an earlier one: it was made
    /// before that became known.
    fn wrong_number(&self) -> Truth {
        let Some(wrong) = &self.known.wrong else { return Truth::Unknown };
        let number = match self.wanted.number {
            Who::NotTold => return if wrong.is_empty() { Truth::False } else { Truth::Unknown },
            Who::New => return Truth::False,
            Who::Met(number) => number,
        };
        let found =
            wrong.iter().any(|(wrong, learned)| *wrong == number && (!self.earlier || self.moment.at < *learned));
        Truth::of(found)
    }
}

/// Whether what comes in by the channel comes from an address.
const fn has_sender(channel: Channel) -> bool {
    matches!(channel, Channel::Email | Channel::Letter | Channel::Postcard | Channel::SocialMessage)
}

/// Whether an outcome says that somebody was spoken to.
fn spoke(code: &str) -> bool {
    code == "third_party" || outcome_table().iter().any(|outcome| outcome.code == code && outcome.right_party)
}

fn truth(truth: Truth) -> Cell {
    match truth {
        Truth::True => Cell::TRUE,
        Truth::False => Cell::FALSE,
        Truth::Unknown => Cell::UNKNOWN,
    }
}

//! Which earlier contacts belong to which class, and how many count for a proposed one.

use super::known::{Known, Past, bit};
use super::moment::day;
use crate::condition::Truth;
use crate::number::Cell;
use crate::policy::pack::{About, ContactClass};

/// The contacts of one class, by time.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    /// Of each contact that belongs, or may belong, to the class: where it stands among all, and
    /// the debts for which it surely does and may.
    pub(super) members: Vec<Member>,
    same: crate::policy::pack::Same,
    /// Of each debt, the debts that count as one with it.
    together: Vec<Together>,
}

/// The debts that count as one with a debt: surely, and at most.
#[derive(Clone, Copy, Debug)]
struct Together {
    surely: u64,
    perhaps: u64,
}

/// A contact of a class.
#[derive(Clone, Copy, Debug)]
pub(super) struct Member {
    pub(super) at: i64,
    pub(super) day: Option<i32>,
    pub(super) person: Option<u32>,
    pub(super) number: Option<u32>,
    pub(super) address: Option<u32>,
    sure: u64,
    maybe: u64,
}

/// For whom contacts are counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct For {
    pub(super) person: Who,
    pub(super) number: Who,
    pub(super) address: Who,
    pub(super) debt: usize,
}

/// A name of the proposed contact: not told, met before, or met never before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    NotTold,
    Met(u32),
    New,
}

/// How many contacts count: surely, and at most.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Count {
    pub(super) sure: u32,
    pub(super) most: u32,
}

impl Tally {
    /// The contacts of a class; `belongs` says of each, for each debt, whether it does.
    pub(super) fn of(known: &Known, class: &ContactClass, mut belongs: impl FnMut(&Past, usize) -> Truth) -> Self {
        let all = known.past.iter().flatten();
        let members = all.filter_map(|past| Self::member(known, class, past, |debt| belongs(past, debt))).collect();
        let together = (0..known.debts.len()).map(|debt| together(known, class, debt)).collect();
        Self { members, same: class.same, together }
    }

    /// A contact as one of a class, if it belongs to it, or may, for some debt.
    pub(super) fn member(
        known: &Known,
        class: &ContactClass,
        past: &Past,
        mut belongs: impl FnMut(usize) -> Truth,
    ) -> Option<Member> {
        let about = match class.about {
            About::Placed => past.placed,
            About::Discussed => past.discussed,
        };
        let (mut sure, mut maybe) = (0, 0);
        for debt in (0..known.debts.len()).filter(|debt| about & bit(*debt) != 0) {
            match belongs(debt) {
                Truth::True => {
                    sure |= bit(debt);
                    maybe |= bit(debt);
                }
                Truth::Unknown => maybe |= bit(debt),
                Truth::False => {}
            }
        }
        let (person, number, address) = (past.person, past.number, past.address);
        let (at, day) = (past.moment.at, past.moment.date().map(day));
        (maybe != 0).then_some(Member { at, day, person, number, address, sure, maybe })
    }

    /// A class of which nothing was made out yet.
    pub(super) fn empty() -> Self {
        Self { members: Vec::new(), same: crate::policy::pack::Same::default(), together: Vec::new() }
    }

    /// The members that count for a proposed contact, the latest first, with whether they surely do.
    pub(super) fn counting(&self, wanted: For) -> impl DoubleEndedIterator<Item = (&Member, bool)> {
        let all = Together { surely: u64::MAX, perhaps: u64::MAX };
        let debts = if self.same.debt { self.together.get(wanted.debt).copied().unwrap_or(all) } else { all };
        let same = self.same;
        self.members.iter().rev().filter_map(move |member| {
            if member.maybe & debts.perhaps == 0 {
                return None;
            }
            let mut sure = member.sure & debts.surely != 0;
            for (asked, of, wanted) in [
                (same.person, member.person, wanted.person),
                (same.number, member.number, wanted.number),
                (same.address, member.address, wanted.address),
            ] {
                if !asked {
                    continue;
                }
                match (of, wanted) {
                    (Some(a), Who::Met(b)) if a == b => {}
                    (Some(_), Who::Met(_) | Who::New) => return None,
                    // Nobody knows whether they are the same.
                    _ => sure = false,
                }
            }
            Some((member, sure))
        })
    }

    /// How many count on the dates from `first` on, up to `last`, later than a moment.
    pub(super) fn count(&self, wanted: For, first: i32, last: i32, later_than: Option<i64>) -> Count {
        self.count_to(i64::MAX, wanted, (first, last), later_than)
    }

    /// As [`Tally::count`], but no further than needed to see that so many surely count.
    pub(super) fn count_to(&self, enough: i64, wanted: For, (first, last): (i32, i32), later: Option<i64>) -> Count {
        let mut count = Count::default();
        for (member, sure) in self.counting(wanted) {
            if i64::from(count.sure) >= enough {
                break;
            }
            let Some(day) = member.day else {
                // On which date is not known.
                count.most += 1;
                continue;
            };
            if day < first {
                break;
            }
            if day <= last && later.is_none_or(|later| member.at > later) {
                count.most += 1;
                count.sure += u32::from(sure);
            }
        }
        count
    }
}

/// The debts that count as one with a debt: of such products, under one account number. A product
/// or a number that is not told may be any.
fn together(known: &Known, class: &ContactClass, debt: usize) -> Together {
    let joins = |index: usize| match known.products.get(index).and_then(Option::as_ref) {
        Some(product) => Truth::of(class.one_account.contains(product)),
        None if class.one_account.is_empty() => Truth::False,
        None => Truth::Unknown,
    };
    let number = |index: usize| known.accounts.get(index).and_then(Option::as_ref);
    let mut together = Together { surely: bit(debt), perhaps: bit(debt) };
    for other in (0..known.debts.len()).filter(|other| *other != debt) {
        let same = match (number(debt), number(other)) {
            (Some(one), Some(another)) => Truth::of(one == another),
            _ => Truth::Unknown,
        };
        let one = joins(debt).min(joins(other)).min(same);
        together.surely |= if one.is_true() { bit(other) } else { 0 };
        together.perhaps |= if one.is_false() { 0 } else { bit(other) };
    }
    together
}

/// The number of the one that comes first among contacts of which some only perhaps count: *never*
/// if there is none, unknown where it depends on those.
pub(super) fn foremost(numbers: impl Iterator<Item = (Option<i64>, bool)>) -> Cell {
    let mut found = None;
    for (number, sure) in numbers {
        if number.is_none() || found.is_some_and(|found| found != number) {
            return Cell::UNKNOWN;
        }
        found = Some(number);
        if sure {
            return number.map_or(Cell::UNKNOWN, Cell::number);
        }
    }
    if found.is_none() { Cell::NEVER } else { Cell::UNKNOWN }
}

//! Dates that the law derives from others.

use crate::condition::{Num, RowReading, WordSet};
use crate::policy::pack::{Deadline, DeadlineSpan};
use crate::policy::{Law, Pack};
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;

/// A date that the law of a jurisdiction derives from the dates of events: when a notice is due,
/// when a period ends.
///
/// None if no pack in force on `on` has such a deadline, the event it counts from did not happen
/// or is not known, or it counts working days beyond the last that its calendar knows.
pub fn deadline(
    law: &Law,
    jurisdiction: &str,
    name: &str,
    events: &BTreeMap<String, Option<NaiveDate>>,
    on: NaiveDate,
) -> Option<NaiveDate> {
    law.in_force(jurisdiction, on).find_map(|pack| {
        let deadline = named(pack, law, name, on)?;
        date(law, pack, deadline, events, on, 0)
    })
}

fn named<'p>(pack: &'p Pack, law: &Law, name: &str, on: NaiveDate) -> Option<&'p Deadline> {
    pack.deadlines().iter().find(|deadline| deadline.name == name && law.binds(&deadline.citation, on))
}

fn date(
    law: &Law,
    pack: &Pack,
    deadline: &Deadline,
    events: &BTreeMap<String, Option<NaiveDate>>,
    on: NaiveDate,
    depth: usize,
) -> Option<NaiveDate> {
    let begins = match named(pack, law, &deadline.after, on) {
        // Circles are refused when the pack is checked.
        Some(before) if depth <= pack.deadlines().len() => date(law, pack, before, events, on, depth + 1)?,
        _ => events.get(&deadline.after).copied().flatten()?,
    };
    let number = |num: &Num| {
        let reading = RowReading { cells: &[], thresholds: pack.threshold_values(), types: WordSet::default() };
        num.read(&reading).get().and_then(|days| u32::try_from(days).ok())
    };
    match &deadline.span {
        DeadlineSpan::Days(days) => begins.checked_add_days(Days::new(u64::from(number(days)?))),
        DeadlineSpan::WorkingDays(days) => {
            let calendar = law.calendar(pack.head().calendar.as_ref()?)?;
            calendar.after_working_days(begins, number(days)?)
        }
    }
}

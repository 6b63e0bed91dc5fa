//! The days on which an account turned: missed, rolled, cured, charged off, sold.

use arrears::account::{Account, Buckets, Conventions, Happening};
use arrears::document::Fault;
use arrears::{Facts, Value};
use chrono::NaiveDate;
use serde::Serialize;

/// What an account turned to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "turn", rename_all = "snake_case")]
pub enum Turn {
    /// It was current, and is late: the first day of an episode.
    FirstMissed,
    /// It moved into a worse bucket.
    Rolled {
        /// The bucket it was in.
        from: i64,
        /// The bucket it is in.
        to: i64,
    },
    /// It moved into a milder bucket and is still late.
    Eased {
        /// The bucket it was in.
        from: i64,
        /// The bucket it is in.
        to: i64,
    },
    /// It was late, and is current.
    Cured,
    /// It was set current without full payment.
    ReAged,
    /// It was charged off in the books.
    ChargedOff,
    /// It was sold.
    Sold,
    /// It was closed.
    Closed,
}

/// A turn, with its day and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Turned {
    /// The day.
    pub on: NaiveDate,
    /// What the account turned to.
    pub turn: Turn,
    /// The days past due and the items that decided.
    pub why: String,
}

/// What is seen of an account on a day.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Seen {
    dpd: i64,
    bucket: Option<i64>,
    charged_off: bool,
    sold: bool,
    closed: bool,
}

/// The turns of an account from one day to another, both included, by what was known on a day.
///
/// Buckets are those of the conventions, by days past due or by cycles. A history has no event for a
/// re-age: `re_aged` is the tag by which the bank marks one. Each day is looked at, so that a turn has
/// the day on which it was first true.
///
/// # Errors
///
/// That `to` lies before `from`.
pub fn turns(
    account: &Account,
    (from, to): (NaiveDate, NaiveDate),
    known_by: NaiveDate,
    conventions: &Conventions,
    re_aged: Option<&str>,
) -> Result<Vec<Turned>, Vec<Fault>> {
    if to < from {
        let message = format!("{to} lies before `from`, {from}: expected the same day or a later one");
        return Err(vec![Fault::new("to", message)]);
    }
    let see = |on: NaiveDate| seen(account, on, known_by, conventions);
    let re_ages = re_aged.map(|tag| re_ages(account, tag, known_by)).unwrap_or_default();
    let mut before = from.pred_opt().map_or_else(|| see(from), see);
    let mut found = Vec::new();
    for on in from.iter_days().take_while(|on| *on <= to) {
        let now = see(on);
        if re_ages.contains(&on) {
            found.push(Turned { on, turn: Turn::ReAged, why: "the bank marked a re-age".to_owned() });
        }
        if now != before {
            found.extend(between(account, on, before, now, known_by, conventions));
        }
        before = now;
    }
    Ok(found)
}

/// The days on which a bank marked an account as re-aged with a tag, by what was known on a day: what
/// [`crate::reage::ReAgeInput`] asks of earlier ones.
pub fn re_ages(account: &Account, tag: &str, known_by: NaiveDate) -> Vec<NaiveDate> {
    let known = || account.events().iter().filter(|event| event.known_on <= known_by);
    let withdrawn = |id: &str| known().any(|event| matches!(&event.happening, Happening::Withdrawn(of) if of.of == id));
    let marked = known().filter(|event| matches!(&event.happening, Happening::TagAdded(added) if added.tag == tag));
    marked.filter(|event| !withdrawn(&event.id)).map(|event| event.occurred_on).collect()
}

fn seen(account: &Account, on: NaiveDate, known_by: NaiveDate, conventions: &Conventions) -> Seen {
    let facts = Facts::of(account, on, known_by, conventions);
    let whole = |name: &str| match facts.get(name) {
        Some(Value::Days(number) | Value::Count(number)) => Some(*number),
        _ => None,
    };
    let flag = |name: &str| facts.get(name) == Some(&Value::Flag(true));
    let dpd = whole("dpd").unwrap_or(0);
    Seen {
        dpd,
        bucket: match &conventions.buckets {
            Buckets::FirstDays(days) => {
                let reached = days.iter().filter(|first| i64::from(**first) <= dpd).count();
                i64::try_from(reached).ok()
            }
            Buckets::Cycles => whole("cycles_past_due"),
        },
        charged_off: flag("charged_off"),
        sold: flag("sold"),
        closed: flag("closed"),
    }
}

fn between(
    account: &Account,
    on: NaiveDate,
    before: Seen,
    now: Seen,
    known_by: NaiveDate,
    conventions: &Conventions,
) -> Vec<Turned> {
    let mut turned = Vec::new();
    let late = || {
        let standing = account.standing(on, known_by, conventions);
        let oldest = standing.items.iter().filter(|item| item.dpd > 0).min_by_key(|item| item.due_on);
        oldest.map_or_else(
            || format!("{} days past due", now.dpd),
            |item| {
                format!(
                    "{} days past due: {} of `{}`, due on {}, is unpaid",
                    now.dpd, item.open, item.item, item.due_on
                )
            },
        )
    };
    match (before.dpd > 0, now.dpd > 0) {
        (false, true) => turned.push(Turned { on, turn: Turn::FirstMissed, why: late() }),
        (true, false) => {
            let why = format!("nothing is late; the day before it was {} days past due", before.dpd);
            turned.push(Turned { on, turn: Turn::Cured, why });
        }
        _ => {}
    }
    if let (Some(from), Some(to)) = (before.bucket, now.bucket) {
        if to > from {
            turned.push(Turned { on, turn: Turn::Rolled { from, to }, why: late() });
        } else if to < from && now.dpd > 0 {
            turned.push(Turned { on, turn: Turn::Eased { from, to }, why: late() });
        }
    }
    let flags = [
        (!before.charged_off && now.charged_off, Turn::ChargedOff, "the books say so; the debt lives on"),
        (!before.sold && now.sold, Turn::Sold, "it belongs to somebody else from this day on"),
        (!before.closed && now.closed, Turn::Closed, "nothing more is done"),
    ];
    turned.extend(flags.into_iter().filter(|(is, _, _)| *is).map(|(_, turn, why)| Turned {
        on,
        turn,
        why: why.to_owned(),
    }));
    turned
}

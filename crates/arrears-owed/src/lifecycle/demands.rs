//! Which demands are effective, and what proves them.
//!
//! A demand counts only as it can be proven: it was sent after the default, its receipt was confirmed
//! (or it is documented that the debtor evades), it was lawful, and it lies far enough behind the
//! effective one before it. What is not known of a demand never makes it effective.

use crate::elements::Elements;
use crate::finding::{Finding, Met};
use crate::regime::Rule;
use arrears::Value;
use arrears::account::{Account, Happening};
use arrears::document::Fault;
use chrono::NaiveDate;
use serde::Serialize;

/// How it is proven that a demand reached the debtor.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Receipt {
    /// The debtor, or a record that binds the debtor, confirmed receipt on a day.
    Confirmed(NaiveDate),
    /// It is documented that the debtor evades demands: the day of sending counts.
    EvasionDocumented,
    /// Receipt was not confirmed.
    Unconfirmed,
    /// Whether it was is not known.
    Unknown,
}

/// A demand, as the bank recorded it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demand {
    /// Its name in the bank's records.
    pub id: String,
    /// The day it was sent.
    pub sent_on: NaiveDate,
    /// How receipt is proven.
    pub receipt: Receipt,
    /// Whether the way in which it was made was lawful. None: not known.
    pub lawful: Option<bool>,
}

/// A condition of an effective demand.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Proof {
    /// It was sent after the default.
    AfterDefault,
    /// It was received, or evaded.
    Received,
    /// It was lawful.
    Lawful,
    /// It lies far enough behind the effective demand before it.
    Apart,
}

/// A demand, judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JudgedDemand {
    /// Its name in the bank's records.
    pub id: String,
    /// The day from which it counts: of its receipt, or of sending where the debtor evades. None: not received.
    pub counts_from: Option<NaiveDate>,
    /// Whether it is effective.
    pub effective: Met,
    /// Every condition, with why.
    pub proofs: Vec<Finding<Proof>>,
}

/// Demands on a day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Demands<'r> {
    /// Every demand that was sent by then, in the order of their days.
    pub judged: Vec<JudgedDemand>,
    /// The days of the effective ones.
    pub effective: Vec<NaiveDate>,
    /// The rule that asks for the days between two, with its citation and its basis.
    pub rule: &'r Rule,
    as_of: NaiveDate,
}

/// Judges the demands that were made by a day.
///
/// `default_on` is the day after which a demand counts: for a card the day on which it went over its limit or
/// its term. A receipt that is confirmed after `as_of` is not confirmed yet.
///
/// ```
/// use arrears_owed::Regimes;
/// use arrears_owed::lifecycle::demands::{Demand, Receipt, judge};
/// let regimes = Regimes::shipped();
/// let demand = |id: &str, sent: &str, receipt| Ok::<_, chrono::ParseError>(
///     Demand { id: id.into(), sent_on: sent.parse()?, receipt, lawful: Some(true) });
/// let demands = [
///     demand("letter", "2026-01-05", Receipt::Confirmed("2026-01-08".parse()?))?,
///     demand("call", "2026-02-20", Receipt::Unconfirmed)?,
/// ];
/// let rule = regimes.elements("CN-2018-OVERDRAFT")?;
/// let judged = judge(&rule, &demands, "2025-12-20".parse()?, "2026-03-31".parse()?).map_err(|faults| format!("{faults:?}"))?;
/// assert_eq!(judged.effective, ["2026-01-08".parse()?]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// A receipt that lies before the sending, and a name that stands twice.
pub fn judge<'r>(
    rule: &Elements<'r>,
    demands: &[Demand],
    default_on: NaiveDate,
    as_of: NaiveDate,
) -> Result<Demands<'r>, Vec<Fault>> {
    let faults = faults(demands);
    if !faults.is_empty() {
        return Err(faults);
    }
    let mut sent: Vec<(Option<NaiveDate>, &Demand)> = demands
        .iter()
        .filter(|demand| demand.sent_on <= as_of)
        .map(|demand| (counts_from(demand, as_of), demand))
        .collect();
    sent.sort_by_key(|(from, demand)| (from.unwrap_or(demand.sent_on), demand.sent_on, demand.id.as_str()));
    let mut effective: Vec<NaiveDate> = Vec::new();
    let mut judged = Vec::new();
    for (from, demand) in sent {
        let proofs = proofs(demand, from, default_on, effective.last().copied(), rule.days_apart());
        let met = Met::all(proofs.iter().map(|proof| proof.met));
        if let (Met::Met, Some(from)) = (met, from) {
            effective.push(from);
        }
        judged.push(JudgedDemand { id: demand.id.clone(), counts_from: from, effective: met, proofs });
    }
    Ok(Demands { judged, effective, rule: rule.rule(), as_of })
}

/// The days of the demands that a history records as effective, as the bank can prove them, by what was
/// known on a day: contacts with `demand` set that were not withdrawn. How far they lie apart is not
/// judged here.
pub fn recorded(account: &Account, as_of: NaiveDate, known_by: NaiveDate) -> Vec<NaiveDate> {
    let known = || account.events().iter().filter(|event| event.known_on <= known_by);
    let withdrawn = |id: &str| known().any(|event| matches!(&event.happening, Happening::Withdrawn(of) if of.of == id));
    let made = known().filter(|event| event.occurred_on <= as_of && !withdrawn(&event.id));
    made.filter(|event| matches!(&event.happening, Happening::Contact(contact) if contact.demand))
        .map(|event| event.occurred_on)
        .collect()
}

impl Demands<'_> {
    /// As facts of a bank's own: `effective_demands`, and `days_since_effective_demand`, which is *never*
    /// where there was none.
    pub fn facts(&self) -> Vec<(&'static str, Value)> {
        let count = i64::try_from(self.effective.len()).unwrap_or(i64::MAX);
        let since = self
            .effective
            .last()
            .map_or(Value::Never, |last| Value::Days(self.as_of.signed_duration_since(*last).num_days()));
        vec![("effective_demands", Value::Count(count)), ("days_since_effective_demand", since)]
    }
}

fn counts_from(demand: &Demand, as_of: NaiveDate) -> Option<NaiveDate> {
    match demand.receipt {
        Receipt::Confirmed(on) => Some(on).filter(|on| *on <= as_of),
        Receipt::EvasionDocumented => Some(demand.sent_on),
        Receipt::Unconfirmed | Receipt::Unknown => None,
    }
}

fn proofs(
    demand: &Demand,
    from: Option<NaiveDate>,
    default_on: NaiveDate,
    before: Option<NaiveDate>,
    apart: u32,
) -> Vec<Finding<Proof>> {
    let sent = demand.sent_on;
    let received = match (demand.receipt, from) {
        (Receipt::Confirmed(on), Some(_)) => {
            Finding::new(Proof::Received, true, format!("receipt was confirmed on {on}"))
        }
        (Receipt::Confirmed(_), None) => Finding::new(Proof::Received, false, "receipt was not confirmed by then"),
        (Receipt::EvasionDocumented, _) => {
            Finding::new(Proof::Received, true, "it is documented that the debtor evades")
        }
        (Receipt::Unconfirmed, _) => Finding::new(Proof::Received, false, "receipt was not confirmed"),
        (Receipt::Unknown, _) => Finding::new(Proof::Received, Met::Unknown, "whether it was received is not known"),
    };
    let lawful = match demand.lawful {
        Some(true) => "the way it was made was lawful",
        Some(false) => "the way it was made was not lawful",
        None => "whether the way it was made was lawful is not known",
    };
    let days = before.zip(from).map(|(before, from)| (before, from.signed_duration_since(before).num_days()));
    let apart = match days {
        None => Finding::new(Proof::Apart, true, "no effective demand lies before it"),
        Some((before, days)) => {
            let why = format!("{days} days after the effective demand of {before}, at least {apart} are asked for");
            Finding::new(Proof::Apart, days >= i64::from(apart), why)
        }
    };
    vec![
        Finding::new(
            Proof::AfterDefault,
            sent > default_on,
            format!("sent on {sent}, the default was on {default_on}"),
        ),
        received,
        Finding::new(Proof::Lawful, demand.lawful, lawful),
        apart,
    ]
}

fn faults(demands: &[Demand]) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut seen = std::collections::BTreeSet::new();
    for (index, demand) in demands.iter().enumerate() {
        crate::allocation::once(&mut seen, &format!("demands[{index}].id"), &demand.id, &mut faults);
        if let Receipt::Confirmed(on) = demand.receipt
            && on < demand.sent_on
        {
            let message =
                format!("{on} lies before the sending, {}: expected the same day or a later one", demand.sent_on);
            faults.push(Fault::new(format!("demands[{index}].receipt"), message));
        }
    }
    faults
}

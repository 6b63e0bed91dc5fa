//! Cases of the kind `ageing`, as written.

use crate::typed::present;
use arrears::account::Amount;
use chrono::NaiveDate;
use serde::Deserialize;
use std::collections::BTreeMap;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Given {
    pub(super) policy: Policy,
    pub(super) schedule: Vec<Due>,
    pub(super) timeline: Vec<Entry>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Policy {
    pub(super) grace_days: u32,
    pub(super) buckets: Vec<Bucket>,
}

/// A bucket by its first and last day, both included; without a last day it is open.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Bucket {
    pub(super) name: String,
    pub(super) min_days: i64,
    pub(super) max_days: Option<i64>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Due {
    pub(super) due_on: NaiveDate,
    pub(super) amount: Amount,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Word {
    Payment,
    Credit,
    Pause,
    Resume,
}

/// An entry of the timeline. Which fields it has depends on its event.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Entry {
    pub(super) event: Word,
    pub(super) on: Option<NaiveDate>,
    pub(super) amount: Option<Amount>,
    pub(super) start: Option<NaiveDate>,
    pub(super) end: Option<NaiveDate>,
    pub(super) recorded_on: Option<NaiveDate>,
}

/// What is expected of a day.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Expected {
    pub(super) on: NaiveDate,
    pub(super) known_on: Option<NaiveDate>,
    pub(super) overdue_amount: Option<Amount>,
    pub(super) past_due_days: Option<i64>,
    pub(super) delinquent_days: Option<i64>,
    #[serde(default, deserialize_with = "present")]
    pub(super) delinquent_since: Option<Option<NaiveDate>>,
    #[serde(default, deserialize_with = "present")]
    pub(super) bucket: Option<Option<String>>,
    pub(super) instalments_by_bucket: Option<BTreeMap<String, Amount>>,
}

impl Entry {
    /// The day on which it happened.
    pub(super) fn day(&self) -> Option<NaiveDate> {
        self.start.or(self.on)
    }
}

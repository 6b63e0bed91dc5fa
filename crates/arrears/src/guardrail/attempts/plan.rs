//! How a bank means to call somebody: which numbers, how often, when.

use chrono::NaiveTime;
use serde::{Serialize, Serializer};
use std::collections::BTreeMap;

/// How a call is to be attempted.
///
/// All of it narrows what the law permits and nothing widens it. A call that the history tells
/// counts as an attempt: one that went out, by a person or automatic, whoever was called about whatever debt.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AttemptPlan {
    /// The numbers, at least one. Of those that may be called at a moment the one comes first whose last
    /// attempt in the plan lies further back, and of those the one that stands first.
    pub numbers: Vec<Dialled>,
    /// Attempts of one local date, over all numbers, those of the history included; 1 to 24.
    pub a_day: u32,
    /// Local dates on which attempts may be made, that of the proposed moment the first; 1 to 31.
    pub days: u32,
    /// Minutes from one attempt to the next, the last of the history included; 1 to 44640, which is 31 days.
    pub apart: u32,
    /// Times of the day in which attempts are made, by the clock of the first zone; none: all day.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub slots: Option<Vec<Slot>>,
    /// After so many attempts of a number with this result, over the history and the plan, it is not
    /// tried again; none: no result ends it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub drop_after: Option<BTreeMap<String, u32>>,
}

/// A number that is dialled.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Dialled {
    /// The number, written as the history writes it.
    pub number: String,
    /// What number it is: `mobile`, `home`, `work`.
    pub kind: String,
}

/// A time of the day, its end not included. One over midnight is two.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Slot {
    /// From when, in whole minutes.
    #[serde(serialize_with = "clock")]
    pub from: NaiveTime,
    /// Until when, in whole minutes, not included; none: to the end of the day, written `24:00`.
    #[serde(serialize_with = "end")]
    pub to: Option<NaiveTime>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "the form that serde asks for")]
fn clock<S: Serializer>(time: &NaiveTime, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(&time.format("%H:%M").to_string())
}

#[expect(clippy::ref_option, reason = "the form that serde asks for")]
fn end<S: Serializer>(time: &Option<NaiveTime>, serializer: S) -> Result<S::Ok, S::Error> {
    match time {
        Some(time) => clock(time, serializer),
        None => serializer.serialize_str("24:00"),
    }
}

#[cfg(test)]
mod tests {
    use super::AttemptPlan;

    #[test]
    fn a_plan_is_read_as_it_is_written() {
        let text = r#"{"numbers":[{"number":"n1","kind":"work"}],"a_day":2,"days":3,"apart":60,"slots":[{"from":"08:30","to":"24:00"},{"from":"00:00","to":"01:00"}],"drop_after":{"dead":1}}"#;
        let read = AttemptPlan::from_json(text).unwrap();
        assert_eq!(serde_json::to_string(&read).unwrap(), text);
        let bare = r#"{"numbers":[{"number":"n1","kind":"work"}],"a_day":2,"days":3}"#;
        let read = AttemptPlan::from_json(bare).unwrap();
        assert_eq!((read.apart, AttemptPlan::from_json(&serde_json::to_string(&read).unwrap())), (1, Ok(read.clone())));
    }
}

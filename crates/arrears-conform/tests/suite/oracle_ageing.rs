//! The kind `ageing` against its definition, read day by day: shares nothing with the engine.

use crate::support::{one, printed};
use chrono::{Days, NaiveDate};
use proptest::prelude::*;
use serde_json::{Value, json};
use std::collections::{BTreeMap, BTreeSet};

/// First and last days of the buckets, with a gap and an open end.
const BUCKETS: [(&str, i64, Option<i64>); 4] =
    [("none", 0, Some(0)), ("A", 1, Some(9)), ("B", 12, Some(30)), ("C", 31, None)];

#[derive(Clone, Copy, Debug)]
enum Entry {
    Money { on: u64, cents: i64, recorded: u64, credit: bool },
    Pause { start: u64, end: u64, recorded: u64 },
    Resume { on: u64, recorded: u64 },
}

#[derive(Clone, Debug)]
struct Case {
    grace: i64,
    schedule: Vec<(u64, i64)>,
    timeline: Vec<Entry>,
}

fn day(offset: u64) -> NaiveDate {
    NaiveDate::from_ymd_opt(2024, 1, 1).unwrap() + Days::new(offset)
}

fn amount(cents: i64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn cases() -> impl Strategy<Value = Case> {
    let schedule = prop::collection::vec((0..90_u64, 1..9_i64), 1..5);
    let money = (0..120_u64, 1..15_i64, 0..20_u64, any::<bool>()).prop_map(|(on, amount, late, credit)| Entry::Money {
        on,
        cents: amount * 125,
        recorded: on + late,
        credit,
    });
    let resume = (0..120_u64, 0..20_u64).prop_map(|(on, late)| Entry::Resume { on, recorded: on + late });
    let others = prop::collection::vec(prop_oneof![3 => money, 2 => resume], 0..8);
    // Pauses touch or leave a gap; they do not overlap.
    let pauses = prop::collection::vec((0..8_u64, 0..15_u64, 0..30_u64, 0..12_u64), 0..5);
    (0..6_i64, schedule, others, pauses, 0..60_u64).prop_map(|(grace, schedule, mut timeline, pauses, first)| {
        let mut at = first;
        for (gap, length, ahead, late) in pauses {
            // A gap of less than 4 days is none.
            let start = at + if gap < 4 { 0 } else { gap };
            at = start + length;
            timeline.push(Entry::Pause { start, end: at, recorded: (start + late).saturating_sub(ahead) });
        }
        let schedule = schedule.into_iter().map(|(due, amount)| (due, amount * 250)).collect();
        Case { grace, schedule, timeline }
    })
}

/// The days that are paused, as known on a day.
fn paused(case: &Case, known: u64) -> BTreeSet<u64> {
    let mut days = BTreeSet::new();
    for entry in &case.timeline {
        if let Entry::Pause { start, end, recorded } = *entry
            && recorded <= known
        {
            let resumed = case.timeline.iter().filter_map(|entry| match *entry {
                Entry::Resume { on, recorded } if recorded <= known && start <= on && on <= end => Some(on),
                _ => None,
            });
            days.extend(start..resumed.min().unwrap_or(end));
        }
    }
    days
}

fn bucket(days: i64) -> Option<&'static str> {
    BUCKETS.iter().find(|(_, min, max)| *min <= days && max.is_none_or(|max| days <= max)).map(|(name, ..)| *name)
}

/// What FORMAT.md says of a day.
fn expected(case: &Case, on: u64, known: u64) -> Value {
    let money = case.timeline.iter().filter_map(|entry| match *entry {
        Entry::Money { on: paid, cents, recorded, .. } if recorded <= known && paid <= on => Some(cents),
        _ => None,
    });
    let mut money: i64 = money.sum();
    let mut schedule = case.schedule.clone();
    schedule.sort_by_key(|(due, _)| *due);
    let mut overdue = Vec::new();
    for (due, asked) in schedule {
        let paid = asked.min(money);
        money -= paid;
        if asked > paid && due < on {
            overdue.push((due, asked - paid));
        }
    }
    // A resume of a later day is known of, and has not happened.
    let paused = paused(case, known);
    let paused_since = |due: u64| i64::try_from(paused.range(due..on).count()).unwrap();
    let past = |due: u64| i64::try_from(on - due).unwrap();
    let oldest = overdue.first().map(|(due, _)| *due);
    let delinquent = oldest.map_or(0, |due| (past(due) - case.grace - paused_since(due)).max(0));
    let mut by_bucket: BTreeMap<&str, i64> = BTreeMap::new();
    for (due, open) in &overdue {
        if let Some(name) = bucket(past(*due) - paused_since(*due)) {
            *by_bucket.entry(name).or_default() += open;
        }
    }
    let by_bucket: BTreeMap<&str, String> = by_bucket.into_iter().map(|(name, cents)| (name, amount(cents))).collect();
    json!({
        "on": day(on), "known_on": day(known),
        "overdue_amount": amount(overdue.iter().map(|(_, open)| open).sum()),
        "past_due_days": oldest.map_or(0, past),
        "delinquent_days": delinquent,
        "delinquent_since": oldest.map(|due| day(due + case.grace.unsigned_abs())),
        "bucket": oldest.and_then(|_| bucket(delinquent)),
        "instalments_by_bucket": by_bucket,
    })
}

fn file(case: &Case, moments: &[(u64, u64)]) -> Value {
    let entry = |entry: &Entry| match *entry {
        Entry::Money { on, cents, recorded, credit } => json!({
            "event": if credit { "credit" } else { "payment" },
            "on": day(on), "amount": amount(cents), "recorded_on": day(recorded)
        }),
        Entry::Pause { start, end, recorded } => {
            json!({ "event": "pause", "start": day(start), "end": day(end), "recorded_on": day(recorded) })
        }
        Entry::Resume { on, recorded } => json!({ "event": "resume", "on": day(on), "recorded_on": day(recorded) }),
    };
    let buckets = BUCKETS.map(|(name, min, max)| json!({ "name": name, "min_days": min, "max_days": max }));
    let due = |(due, cents): &(u64, i64)| json!({ "due_on": day(*due), "amount": amount(*cents) });
    let given = json!({
        "policy": { "grace_days": case.grace, "buckets": buckets },
        "schedule": case.schedule.iter().map(due).collect::<Vec<_>>(),
        "timeline": case.timeline.iter().map(entry).collect::<Vec<_>>(),
    });
    one("ageing", given, moments.iter().map(|(on, known)| expected(case, *on, *known)).collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn ageing_is_what_the_format_says_on_any_day_as_known_on_any_day(
        case in cases(),
        moments in prop::collection::vec((0..160_u64, -25..40_i64), 1..12),
    ) {
        let moments: Vec<(u64, u64)> =
            moments.into_iter().map(|(on, later)| (on, on.saturating_add_signed(later))).collect();
        let file = file(&case, &moments);
        let printed = printed(&file);
        prop_assert!(printed == "1 passed, 0 failed\n", "{printed}\n{}", file["cases"][0]["given"]);
    }
}

//! A timeline as a table, and for programs.

use super::plural;
use super::screen::printable;
use super::tables::{Column, wrapped};
use arrears::account::Kept;
use arrears_workbench::Timeline;
use arrears_workbench::timeline::{Day, DayFacts};
use serde_json::{Value, json};

/// The days on which something happens, each with its facts, and every event on a line of its own.
pub(crate) fn timeline_text(timeline: &Timeline) -> String {
    let nights = timeline.days.iter().any(|day| day.night.is_some());
    let mut columns = vec![
        ("day", Column::Words(10)),
        ("dpd", Column::Numbers(3)),
        ("delinquent", Column::Numbers(3)),
        ("bucket", Column::Numbers(1)),
        ("overdue", Column::Numbers(4)),
        ("promise", Column::Words(4)),
        ("in force", Column::Words(4)),
    ];
    if nights {
        columns.extend([("stage", Column::Words(4)), ("type", Column::Words(4))]);
    }
    columns.push(("what happened", Column::Words(24)));
    let plain = |row: Vec<String>| row.iter().map(|cell| printable(cell)).collect();
    let rows = timeline.eventful().flat_map(|day| rows(day, nights)).map(plain).collect();
    format!("{}\n{}", wrapped(&columns, rows), printable(&foot(timeline)))
}

fn rows(day: &Day, nights: bool) -> Vec<Vec<String>> {
    let mut facts = cells(&day.facts);
    facts.insert(0, day.on.to_string());
    if nights {
        let night = day.night.as_ref();
        facts.push(night.map_or_else(String::new, |night| night.stage.clone()));
        facts.push(night.and_then(|night| night.debtor_type.clone()).unwrap_or_default());
    }
    let learned = day.learned.iter().map(|event| format!("learned: on {}, {}", event.occurred_on, event.words));
    let changed = day.changed.iter().map(|change| format!("-> {change}"));
    let mut lines = day.happened.iter().map(|event| event.words.clone()).chain(learned).chain(changed);
    let mut rows = vec![[facts.clone(), vec![lines.next().unwrap_or_default()]].concat()];
    rows.extend(lines.map(|line| [vec![String::new(); facts.len()], vec![line]].concat()));
    rows
}

fn cells(facts: &DayFacts) -> Vec<String> {
    let number = |number: i64| if facts.dpd == 0 { String::new() } else { number.to_string() };
    let promise = facts.promise.as_ref().map(|promise| match promise.due_in {
        0 => format!("{} today", promise.left),
        days => format!("{} in {}", promise.left, plural(days, "day", "days")),
    });
    let plan = facts.plan_missed.map(|missed| match missed {
        0 => "plan".to_owned(),
        missed => format!("plan, {missed} missed"),
    });
    let paused = facts.paused.then(|| "paused".to_owned());
    let placed = facts.placed_with.as_ref().map(|hand| format!("with {hand}"));
    let in_force = plan.into_iter().chain(paused).chain(facts.protections.clone()).chain(placed);
    vec![
        number(facts.dpd),
        number(facts.days_delinquent),
        number(i64::try_from(facts.bucket).unwrap_or(i64::MAX)),
        facts.overdue.clone(),
        promise.unwrap_or_default(),
        in_force.collect::<Vec<_>>().join(", "),
    ]
}

fn foot(timeline: &Timeline) -> String {
    let known = match timeline.known_day() {
        Some(day) => format!("as known on {day}"),
        None => "each day as it was known on that day".to_owned(),
    };
    let days = plural(timeline.days.len(), "day", "days");
    let mut text = format!("{}, {days}, {known}; amounts in {}\n", timeline.account_id, timeline.currency);
    if !timeline.incomplete.is_empty() {
        let kept: Vec<&str> = timeline.incomplete.iter().map(|kept| kept.word()).collect();
        text.push_str(&format!("not recorded completely: {}\n", kept.join(", ")));
    }
    text
}

/// The timeline for programs: the days on which something happens.
pub(crate) fn timeline_json(timeline: &Timeline) -> Value {
    json!({
        "account_id": timeline.account_id,
        "currency": timeline.currency,
        "from": timeline.days.first().map(|day| day.on),
        "to": timeline.days.last().map(|day| day.on),
        "known_by": timeline.known_day(),
        "not_recorded_completely": timeline.incomplete.iter().copied().map(Kept::word).collect::<Vec<_>>(),
        "days": timeline.eventful().collect::<Vec<_>>(),
    })
}

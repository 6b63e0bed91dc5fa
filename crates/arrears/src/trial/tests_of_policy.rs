//! The policy's own tests.

use super::quiet;
use crate::condition::{Term, TermKind};
use crate::decide::{Decision, Law, Record, advance, decide_today};
use crate::draft::Statement;
use crate::policy::{Policy, Row};
use crate::span::Span;
use chrono::{Days, NaiveDate};
use rust_decimal::prelude::ToPrimitive;

/// What became of one test.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TestOutcome {
    /// Its text.
    pub name: String,
    /// Where it stands.
    pub span: Span,
    /// What was expected and what was found instead; empty if it passed.
    pub failures: Vec<String>,
}

impl TestOutcome {
    /// Whether everything was as expected.
    pub const fn passed(&self) -> bool {
        self.failures.is_empty()
    }
}

/// Runs every test of the policy, in the order written. A test with `after N` decides on
/// day 0, carries each decision out into the state, moves the facts by a day, and so on
/// for N days; what is expected is expected of the last day. `never` and `always` are
/// checked on every day. A test whose account is not the policy's own ([`Policy::applies_to`])
/// fails: nobody would decide it.
pub fn run_tests(policy: &Policy) -> Vec<TestOutcome> {
    policy.tests().iter().map(|test| run(policy, test)).collect()
}

/// Calls `see` with every account that the policy's own tests decide, day by day, in the order written. A day on
/// which the policy does not apply to the account, or whose facts contradict each other, ends its test.
pub fn each_test_day(policy: &Policy, see: &mut dyn FnMut(&Row, NaiveDate)) {
    for test in policy.tests() {
        let _ended = days(policy, test, see);
    }
}

fn run(policy: &Policy, test: &Statement) -> TestOutcome {
    let failures = match days(policy, test, &mut |_, _| {}) {
        Ok((row, decision, mut broken)) => {
            let record = decision.record(policy, test.name_text());
            broken.extend(compare(policy, test, &row, &record));
            broken
        }
        Err(problem) => vec![problem],
    };
    TestOutcome { name: test.name_text().to_owned(), span: test.name_span(), failures }
}

/// The account and the decision on the test's last day, and what was broken on the way. `see` is called with the
/// account on each day, before it is decided.
fn days(
    policy: &Policy,
    test: &Statement,
    see: &mut dyn FnMut(&Row, NaiveDate),
) -> Result<(Row, Decision, Vec<String>), String> {
    let law = Law::none("the policy's own test").map_err(|error| error.to_string())?;
    let cells = test.given.as_ref().map_or_else(|| policy.empty_row(), |given| quiet::given(policy, given));
    let mut row = policy.row(cells).map_err(|problems| said(&problems))?;
    let after = test.after.as_ref().and_then(crate::policy::number_of).and_then(|days| days.to_u64()).unwrap_or(0);
    let mut day = policy.head().from.unwrap_or_default();
    let mut broken = Vec::new();
    for passed in 0..=after {
        if let Some(not_for) = policy.not_for(&row) {
            return Err(match after {
                0 => not_for.to_string(),
                _ => format!("on day {passed}: {not_for}"),
            });
        }
        see(&row, day);
        let decision = decide_today(policy, &row, &law, day, None);
        for invariant in policy.broken_invariants(&row, &decision) {
            broken.push(format!("on day {passed} it breaks \"{}\"", invariant.name));
        }
        if passed == after {
            return Ok((row, decision, broken));
        }
        row = policy.with_state(&row, &policy.carry(&row, &decision, day)).map_err(|problems| said(&problems))?;
        row = advance(policy, &row).map_err(|problems| said(&problems))?;
        day = next(day);
    }
    Err("the test has no last day".to_owned())
}

fn next(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(1)).unwrap_or(day)
}

fn said(problems: &[crate::policy::RowProblem]) -> String {
    let all: Vec<String> = problems.iter().map(ToString::to_string).collect();
    format!("the account given cannot be: {}", all.join("; "))
}

fn compare(policy: &Policy, test: &Statement, row: &Row, record: &Record) -> Vec<String> {
    let Some(TermKind::Map(entries)) = test.expect.as_ref().map(|expect| &expect.kind) else {
        return Vec::new();
    };
    let mut failures = Vec::new();
    for (key, value) in entries {
        let found = result(policy, row, record, &key.text);
        let wanted = wanted(value);
        let same = match &value.kind {
            TermKind::List(_) => wanted.iter().all(|item| found.contains(item)) && found.len() == wanted.len(),
            _ => wanted == found,
        };
        if !same {
            failures.push(format!("expected {} {}, found {}", key.text, shown(&wanted), shown(&found)));
        }
    }
    if !failures.is_empty() && !record.missing.is_empty() {
        failures.push(format!("not known in this account: {}", record.missing.join(", ")));
    }
    failures
}

fn wanted(value: &Term) -> Vec<String> {
    match &value.kind {
        TermKind::List(items) => items.iter().filter_map(Term::as_text).map(str::to_owned).collect(),
        _ => value.as_text().map(str::to_owned).into_iter().collect(),
    }
}

fn shown(words: &[String]) -> String {
    match words {
        [] => "nothing".to_owned(),
        [one] => format!("\"{one}\""),
        many => format!("[{}]", many.join(", ")),
    }
}

/// A result of the decision, as `expect` names it.
fn result(policy: &Policy, row: &Row, record: &Record, key: &str) -> Vec<String> {
    let one = |text: &Option<String>| text.iter().cloned().collect::<Vec<_>>();
    let or_none = |text: &Option<String>| vec![text.clone().unwrap_or_else(|| "none".to_owned())];
    // Duties and holds carry a remark behind their name.
    let plain = |texts: &[String]| -> Vec<String> {
        texts.iter().map(|text| text.split(" (").next().unwrap_or(text).to_owned()).collect()
    };
    let word = |name: &str| -> Vec<String> {
        let found = policy.find_input(name).and_then(|id| policy.input(id)?.word_of(row.cell(id)).map(str::to_owned));
        vec![found.unwrap_or_else(|| "unknown".to_owned())]
    };
    match key {
        "debtor_type" => vec![record.debtor_type.clone().unwrap_or_else(|| "unknown".to_owned())],
        "stage" => vec![record.stage.clone()],
        "stage_reason" => vec![record.stage_reason.clone()],
        "action" => vec![record.action.clone()],
        "treatment" => or_none(&record.treatment),
        "channel" => or_none(&record.channel),
        "acts" => record.acts.clone(),
        "duties" => plain(&record.duties),
        "held_by" => record.held_by.clone(),
        "missing" => record.missing.clone(),
        "approval" => or_none(&record.approval),
        "contact_point" => or_none(&record.contact_point),
        "slot_from" => one(&record.slot).iter().filter_map(|slot| slot.get(11..16).map(str::to_owned)).collect(),
        _ => word(key),
    }
}

//! Every decision of every month against the declared rules.

use crate::book::Book;
use crate::carried::{Night, decide_months};
use crate::ladder::{Ladder, Standing};
use crate::laws::{Laws, Totals};
use arrears::Policy;
use std::collections::BTreeMap;

/// Decides a book month after month and compares each decision, and the state after each
/// month, with what the ladder declares; also each month's summary with the decisions.
pub(crate) fn compare(policy: &Policy, ladder: &Ladder, book: &Book) -> Totals {
    let mut laws = Laws::of(ladder);
    let mut standings: BTreeMap<i64, Standing> = BTreeMap::new();
    decide_months(policy, book, |night| {
        laws.month(&night);
        decisions_as_declared(&night, ladder, &mut standings);
        for left in &night.state {
            let standing = &standings[&left.account];
            assert_eq!(left.decided_on, standing.decided_on, "{left:?}");
            let days_in_stage = (standing.decided_on - standing.entered_on).num_days();
            let wanted = (ladder.name(standing.stage), days_in_stage, ladder.name(standing.rung));
            assert_eq!((left.stage.as_str(), left.days_in_stage, left.rung.as_str()), wanted, "{left:?}");
            assert_eq!(left.days_on_rung, standing.days_on_rung, "{left:?}");
        }
        let counted = count(night.decisions.iter().map(|decided| decided.stage.as_str()));
        let told = night.summary.by_stage.iter().map(|tally| (tally.name.as_str(), tally.accounts));
        assert_eq!(counted, told.collect::<BTreeMap<_, _>>(), "{}", night.month.as_of);
    });
    assert_eq!(laws.totals.decisions, book.lines());
    laws.totals
}

fn decisions_as_declared(night: &Night<'_>, ladder: &Ladder, standings: &mut BTreeMap<i64, Standing>) {
    let (month, rows) = (night.month, night.month.lines.len());
    assert_eq!(night.decisions.len(), rows);
    assert_eq!((night.summary.rows, night.summary.decisions, night.summary.errors), (rows as u64, rows as u64, 0));
    for (line, decided) in month.lines.iter().zip(&night.decisions) {
        let last = standings.get(&line.account).copied();
        let (placed, standing) = ladder.decide(last.as_ref(), line, month.as_of);
        let wanted = (line.account, ladder.name(placed.stage), placed.before.map(|stage| ladder.name(stage)));
        let found = (decided.account, decided.stage.as_str(), decided.before.as_deref());
        let told = || format!("{} {line:?} {last:?}\n{decided:?}\n{placed:?}", month.as_of);
        assert_eq!(found, wanted, "{}", told());
        assert_eq!(decided.reason, placed.reason, "{}", told());
        standings.insert(line.account, standing);
    }
}

/// How often each word occurs.
pub(crate) fn count<'a>(words: impl Iterator<Item = &'a str>) -> BTreeMap<&'a str, u64> {
    let mut counts = BTreeMap::new();
    for word in words {
        *counts.entry(word).or_default() += 1;
    }
    counts
}

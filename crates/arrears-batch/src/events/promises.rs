//! Promises: how many were made, kept and broken, and the one that stands.

use super::chunk::{Chunk, Faults, Kinds};
use super::plan::{LAST, Measure, NO_AMOUNT, NO_DAY, Op, Plan, Told};
use super::wanted::Fate;
use super::word::{UNKNOWN, Vocabulary, none_of};

/// The words for what became of a promise, in the order of their numbers.
const RESULTS: [&str; 4] = ["open", "kept", "broken", "moved"];

/// No promise that names a day and a sum was made.
const NONE: i32 = 0;
/// The last promise is open.
pub(super) const OPEN: i32 = 1;
/// The last promise is no longer open.
const ENDED: i32 = 2;
/// What became of the last promise is not known, or which one is the last.
pub(super) const UNTOLD: i32 = 3;

/// A promise.
#[derive(Clone, Copy, Debug)]
pub(super) struct PromiseRow {
    pub(super) made_on: i32,
    sequence: i32,
    /// For which day, and what is left of it; none if it named no day or no sum.
    pub(super) named: Option<(i32, i64)>,
    /// For which day, whether or not it named a sum.
    pub(super) due_on: i32,
    /// The sum that it named.
    pub(super) amount: Option<i64>,
    pub(super) fate: Fated,
}

/// What became of a promise by the day of the decisions.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fated {
    Open,
    Ended(Fate, i32),
    /// Its day has passed, and nothing says what became of it.
    Untold,
}

/// What is counted of promises.
#[derive(Clone, Debug, Default)]
pub(super) struct PromisePlan {
    made: Vec<Op>,
    kept: Vec<Op>,
    broken: Vec<Op>,
    moved: Vec<Op>,
    /// Where promises are counted whose result is not known.
    unsettled: Option<usize>,
    last: Option<LastPromise>,
    /// The last day on which one was made that named no day or no sum, and one that did.
    pub(super) vague: Option<Op>,
    named: Option<Op>,
}

/// Where the last promise is kept.
#[derive(Clone, Copy, Debug)]
pub(super) struct LastPromise {
    made_on: usize,
    sequence: usize,
    pub(super) state: usize,
    pub(super) due: usize,
    pub(super) left: usize,
}

impl PromisePlan {
    pub(super) fn count(&mut self, fate: Fate, op: Op) {
        match fate {
            Fate::Made => self.made.push(op),
            Fate::Kept => self.kept.push(op),
            Fate::Broken => self.broken.push(op),
            Fate::Moved => self.moved.push(op),
        }
    }

    /// Counts a promise in the places of one account.
    pub(super) fn take(&self, promise: PromiseRow, late_from: i32, places: &mut [i32], amounts: &mut [i64]) {
        let count = |ops: &[Op], day: i32, places: &mut [i32]| {
            for op in ops {
                op.count(day, late_from, places);
            }
        };
        let Some((due_on, left)) = promise.named else {
            count(self.vague.as_slice(), promise.made_on, places);
            return;
        };
        count(&self.made, promise.made_on, places);
        count(self.named.as_slice(), promise.made_on, places);
        match promise.fate {
            Fated::Ended(Fate::Kept, day) => count(&self.kept, day, places),
            Fated::Ended(Fate::Broken, day) => count(&self.broken, day, places),
            Fated::Ended(Fate::Moved, day) => count(&self.moved, day, places),
            Fated::Untold => {
                if let Some(unsettled) = self.unsettled.and_then(|slot| places.get_mut(slot)) {
                    *unsettled = 1;
                }
            }
            Fated::Open | Fated::Ended(Fate::Made, _) => {}
        }
        if let Some(last) = self.last {
            let state = match promise.fate {
                Fated::Open => OPEN,
                Fated::Ended(..) => ENDED,
                Fated::Untold => UNTOLD,
            };
            last.take((promise.made_on, promise.sequence), (state, due_on, left), places, amounts);
        }
    }
}

/// Where promises without a result are counted.
pub(super) fn unsettled(plan: &mut Plan) -> usize {
    let slot = plan.promises.unsettled.unwrap_or_else(|| plan.slot(0));
    plan.promises.unsettled = Some(slot);
    slot
}

/// Where the last promise is kept.
pub(super) fn last(plan: &mut Plan) -> LastPromise {
    let last = plan.promises.last.unwrap_or_else(|| LastPromise {
        made_on: plan.slot(NO_DAY),
        sequence: plan.slot(0),
        state: plan.slot(NONE),
        due: plan.slot(NO_DAY),
        left: plan.amount(),
    });
    plan.promises.last = Some(last);
    last
}

/// Makes room for whether the last promise was vague.
pub(super) fn vague(plan: &mut Plan) -> Told {
    let (vague, named) = (plan.op(Measure::Latest), plan.op(Measure::Latest));
    plan.promises.vague = Some(vague);
    plan.promises.named = Some(named);
    Told::Vague { vague: vague.slot, named: named.slot }
}

impl LastPromise {
    /// Takes a promise if it is later. Of two that nothing orders, the last is not known.
    fn take(self, this: (i32, i32), (state, due_on, left): (i32, i32, i64), places: &mut [i32], amounts: &mut [i64]) {
        let place = |slot: usize, places: &[i32]| places.get(slot).copied().unwrap_or(NO_DAY);
        let before = (place(self.made_on, places), place(self.sequence, places));
        let Some(amount) = amounts.get_mut(self.left) else { return };
        let kept = (place(self.state, places), place(self.due, places), *amount);
        let mut put = |slot: usize, value: i32| {
            if let Some(place) = places.get_mut(slot) {
                *place = value;
            }
        };
        if this > before {
            put(self.made_on, this.0);
            put(self.sequence, this.1);
            put(self.state, state);
            put(self.due, due_on);
            *amount = left;
        } else if this == before && kept != (state, due_on, left) {
            put(self.state, UNTOLD);
            put(self.due, NO_DAY);
            *amount = NO_AMOUNT;
        }
    }
}

/// Reads the promises of a chunk.
pub(super) fn read(plan: &Plan, chunk: &Chunk<'_>, faults: &mut Faults) -> Kinds {
    let results = Vocabulary::of(RESULTS.into_iter());
    let made = chunk.day("made_on", plan, true, faults);
    let due = chunk.day("due_on", plan, false, faults);
    let amounts = chunk.amounts("amount", plan, faults);
    let words = chunk.words("result", &results);
    let result_on = chunk.day("result_on", plan, false, faults);
    let left = chunk.amounts("left", plan, faults);
    let sequences = chunk.numbers("sequence", faults);
    let dated_results = chunk.layout.has("result_on");
    let at = |days: &[i32], row: usize| days.get(row).copied().unwrap_or(LAST);
    let mut rows = Vec::with_capacity(chunk.rows());
    for row in 0..chunk.rows() {
        let (made_on, due_on, ended_on) = (at(&made, row), at(&due, row), at(&result_on, row));
        let amount = amounts.get(row).copied().flatten();
        let named =
            amount.filter(|_| due_on != LAST).map(|_| (due_on, left.get(row).copied().flatten().unwrap_or(NO_AMOUNT)));
        let word = words.at(row);
        if word == UNKNOWN {
            faults.add(row, chunk.fault("result", row, none_of("result", &results, chunk, row)));
        }
        let result = RESULTS.get(usize::from(word)).copied().unwrap_or("");
        let ended = matches!(result, "kept" | "broken" | "moved");
        if ended && named.is_none() {
            let problem = "cannot be: a promise that names no day or no sum has no result";
            faults.add(row, chunk.fault("result", row, problem));
        }
        if matches!(result, "kept" | "moved") && ended_on == LAST && dated_results {
            chunk.must("result_on", row, "write the day of the result", faults);
        }
        for (column, day) in [("due_on", due_on), ("result_on", ended_on)] {
            if day != LAST && made_on != LAST && day < made_on {
                faults.add(row, chunk.fault(column, row, "lies before the day on which the promise was made"));
            }
        }
        let fate = fate(plan, result, due_on, ended_on);
        let sequence = sequences.get(row).copied().flatten().unwrap_or(0);
        rows.push(PromiseRow { made_on, sequence, named, due_on, amount, fate });
    }
    Kinds::Promises(rows)
}

/// What became of a promise by the day of the decisions. A result of a later day is none yet;
/// one without a day is that of the day behind its last.
fn fate(plan: &Plan, result: &str, due_on: i32, ended_on: i32) -> Fated {
    let breaks_on = due_on.saturating_add(1);
    let fated = match result {
        "kept" => Fated::Ended(Fate::Kept, if ended_on == LAST { due_on.min(plan.day) } else { ended_on }),
        "moved" => Fated::Ended(Fate::Moved, if ended_on == LAST { due_on.min(plan.day) } else { ended_on }),
        "broken" => Fated::Ended(Fate::Broken, if ended_on == LAST { breaks_on } else { ended_on }),
        _ => Fated::Open,
    };
    match fated {
        Fated::Ended(_, day) if day <= plan.day => fated,
        // Its day has passed: that it is open says nothing of what became of it.
        _ if due_on < plan.day => Fated::Untold,
        _ => Fated::Open,
    }
}

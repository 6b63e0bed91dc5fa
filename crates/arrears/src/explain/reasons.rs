//! Reading a condition for reasons: what held, with the values seen.

use crate::condition::{Cmp, Cond, CondKind, FactId, NumOp, Reading, RowReading, ThresholdId, Truth, WordSet};
use crate::number::Cell;
use crate::policy::Policy;
use crate::policy::words;
use chrono::{Days, NaiveDate};
use serde::Serialize;

/// A condition with its truth, in the policy's words, and the values it saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Reason {
    /// Whether it holds: true, false or unknown.
    pub truth: &'static str,
    /// The policy's own words.
    pub text: String,
    /// Where they stand: `cn-card.rhai:71`.
    pub place: Option<String>,
    /// The values seen: `dpd is 75`, `floor is 25.00 GBP`.
    pub seen: Vec<String>,
    /// The parts of an `&&` or `||`.
    pub parts: Vec<Reason>,
}

/// The reasons for a condition's truth.
pub(crate) fn reasons(policy: &Policy, row: RowReading<'_>, as_of: NaiveDate, cond: &Cond) -> Reason {
    let noted = cond.read(&Reasons { policy, row, as_of });
    noted.reason()
}

/// A fact with its value, and with the day on which a result of a contact taught it.
pub(super) fn fact_is(policy: &Policy, cells: &[Cell], as_of: NaiveDate, id: FactId) -> String {
    let name = policy.input(id).map_or("", |input| input.written.as_str());
    let cell = cells.get(id.index()).copied().unwrap_or(Cell::UNKNOWN);
    if cell.is_unknown() {
        return format!("{name} is not known");
    }
    let ago = policy.learned_ago(id, cells).and_then(|ago| u64::try_from(ago).ok());
    let day = ago.and_then(|ago| as_of.checked_sub_days(Days::new(ago)));
    let from = day.map(|day| format!(", learned on {day}")).unwrap_or_default();
    format!("{name} is {}{from}", policy.show_cell(id, cell))
}

struct Reasons<'a> {
    policy: &'a Policy,
    row: RowReading<'a>,
    as_of: NaiveDate,
}

/// A truth on the way up, with what was seen below it.
pub(crate) struct Noted {
    truth: Truth,
    text: String,
    place: Option<String>,
    seen: Vec<String>,
    parts: Vec<Noted>,
}

/// A number on the way up, with the facts and thresholds below it.
pub(crate) struct Seen {
    value: Cell,
    seen: Vec<String>,
}

impl Noted {
    fn leaf(truth: Truth, seen: Vec<String>) -> Self {
        Self { truth, text: String::new(), place: None, seen, parts: Vec::new() }
    }

    fn reason(self) -> Reason {
        Reason {
            truth: self.truth.word(),
            text: self.text,
            place: self.place,
            seen: self.seen,
            parts: self.parts.into_iter().map(Self::reason).collect(),
        }
    }
}

impl Reasons<'_> {
    fn fact_is(&self, id: FactId) -> String {
        fact_is(self.policy, self.row.cells, self.as_of, id)
    }

    fn join(left: Seen, right: Seen, value: Cell) -> Seen {
        let mut seen = left.seen;
        for text in right.seen {
            if !seen.contains(&text) {
                seen.push(text);
            }
        }
        Seen { value, seen }
    }
}

impl Reading for Reasons<'_> {
    type Truth = Noted;
    type Number = Seen;

    fn fact(&self, id: FactId) -> Seen {
        Seen { value: self.row.cell(id), seen: vec![self.fact_is(id)] }
    }
    fn literal(&self, value: i64) -> Seen {
        Seen { value: Cell::number(value), seen: Vec::new() }
    }
    fn threshold(&self, id: ThresholdId) -> Seen {
        let threshold = self.policy.thresholds().get(id.index());
        let value = self.row.threshold(id);
        let seen = threshold
            .zip(value.get())
            .map(|(threshold, value)| format!("{} is {}", threshold.name, self.policy.show(value, threshold.kind)));
        Seen { value, seen: seen.into_iter().collect() }
    }
    fn op(&self, op: NumOp, left: Seen, right: Seen) -> Seen {
        let value = self.row.op(op, left.value, right.value);
        Self::join(left, right, value)
    }
    fn negate(&self, inner: Seen) -> Seen {
        Seen { value: self.row.negate(inner.value), seen: inner.seen }
    }
    fn abs(&self, inner: Seen) -> Seen {
        Seen { value: self.row.abs(inner.value), seen: inner.seen }
    }
    fn number_or(&self, first: Seen, second: Seen) -> Seen {
        let value = self.row.number_or(first.value, second.value);
        Self::join(first, second, value)
    }
    fn constant(&self, holds: bool) -> Noted {
        Noted::leaf(Truth::of(holds), Vec::new())
    }
    fn flag(&self, id: FactId) -> Noted {
        Noted::leaf(self.row.flag(id), vec![self.fact_is(id)])
    }
    fn compare(&self, cmp: Cmp, left: Seen, right: Seen) -> Noted {
        let truth = self.row.compare(cmp, left.value, right.value);
        let joined = Self::join(left, right, Cell::UNKNOWN);
        Noted::leaf(truth, joined.seen)
    }
    fn within(&self, word: Seen, set: WordSet) -> Noted {
        Noted::leaf(self.row.within(word.value, set), word.seen)
    }
    fn debtor_type(&self, set: WordSet) -> Noted {
        let names: Vec<&str> = self
            .row
            .types
            .positions()
            .filter_map(|at| self.policy.debtor_types().get(at))
            .map(|kind| kind.name.as_str())
            .collect();
        let seen = match names.as_slice() {
            [] => "the debtor type is not known".to_owned(),
            [one] => format!("debtor_type is {one}"),
            many => format!("debtor_type may be {}", many.join(" or ")),
        };
        Noted::leaf(self.row.debtor_type(set), vec![seen])
    }
    fn known(&self, id: FactId) -> Noted {
        Noted::leaf(self.row.known(id), vec![self.fact_is(id)])
    }
    fn not_yet(&self, id: FactId) -> Noted {
        Noted::leaf(self.row.not_yet(id), vec![self.fact_is(id)])
    }
    fn not_since(&self, first: FactId, second: FactId) -> Noted {
        Noted::leaf(self.row.not_since(first, second), vec![self.fact_is(first), self.fact_is(second)])
    }
    fn not(&self, inner: Noted) -> Noted {
        Noted { truth: inner.truth.not(), ..Noted::leaf(Truth::Unknown, inner.seen) }
    }
    fn all(&self, parts: impl Iterator<Item = Noted>) -> Noted {
        let parts: Vec<Noted> = parts.collect();
        let truth = parts.iter().map(|part| part.truth).min().unwrap_or(Truth::True);
        Noted { parts, ..Noted::leaf(truth, Vec::new()) }
    }
    fn any(&self, parts: impl Iterator<Item = Noted>) -> Noted {
        let parts: Vec<Noted> = parts.collect();
        let truth = parts.iter().map(|part| part.truth).max().unwrap_or(Truth::False);
        Noted { parts, ..Noted::leaf(truth, Vec::new()) }
    }
    fn truth_or(&self, first: Noted, second: Noted) -> Noted {
        let truth = self.row.truth_or(first.truth, second.truth);
        Noted { parts: vec![first, second], ..Noted::leaf(truth, Vec::new()) }
    }
    fn seen(&self, cond: &Cond, mut noted: Noted) -> Noted {
        noted.text = words::cond(self.policy, cond);
        noted.place = words::place(self.policy, cond.span);
        if let CondKind::Define(name, inner) = &cond.kind {
            // A define is named, with what it stands for behind it.
            let stands_for = words::cond(self.policy, inner);
            noted.text = format!("{name} ({stands_for})");
        }
        let range = matches!(&cond.kind, CondKind::All(parts) if words::is_range(parts));
        if range || matches!(cond.kind, CondKind::Not(_)) {
            // The two ends of `in a..b`, and what stands behind `!`, are one condition
            // to their author.
            for part in std::mem::take(&mut noted.parts) {
                for text in part.seen {
                    if !noted.seen.contains(&text) {
                        noted.seen.push(text);
                    }
                }
            }
        }
        noted
    }
}

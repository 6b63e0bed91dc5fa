//! One pass over a table beside another, row by row.

use super::{BookError, Differs, Standing, Standings, Sum};
use arrears_batch::{Sheet, SheetRow, Summary};
use std::collections::BTreeMap;

/// The standing of a row that could not be decided.
const NONE: u32 = u32::MAX;
/// What is not known to be overdue. No cell holds this number.
const UNKNOWN: i64 = i64::MIN;

/// How every row of a table stands after one pass: 16 bytes a row.
#[derive(Clone, Debug, Default)]
pub(crate) struct Remembered {
    pub(crate) standings: Standings,
    rows: Vec<Row>, // INVARIANT: one for each row of the table up to the last that was decided, in order.
}

#[derive(Clone, Copy, Debug)]
struct Row {
    standing: u32,
    /// Of the account's name.
    print: u32,
    overdue: i64,
}

impl Row {
    const UNDECIDED: Self = Self { standing: NONE, print: 0, overdue: UNKNOWN };

    fn overdue(self) -> Option<i64> {
        (self.overdue != UNKNOWN).then_some(self.overdue)
    }
}

impl Remembered {
    /// Takes the decisions of a batch.
    pub(crate) fn take(&mut self, sheet: &Sheet) {
        let numbers: Vec<u32> = sheet.kinds().map(|record| self.standings.number(record)).collect();
        for row in sheet.rows() {
            let standing = numbers.get(row.kind).copied().unwrap_or(NONE);
            self.standings.add(standing, row.overdue);
            self.rows.resize(place(row), Row::UNDECIDED);
            let overdue = row.overdue.unwrap_or(UNKNOWN);
            self.rows.push(Row { standing, print: print(row.account_id), overdue });
        }
    }
}

/// Accounts that have the same two standings, one from each pass.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Met<'s> {
    pub(crate) a: &'s Standing,
    pub(crate) b: &'s Standing,
    pub(crate) differs: Differs,
    pub(crate) sum: Sum,
}

/// A row that stands otherwise in the second pass.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Mover<'s> {
    pub(crate) account_id: &'s str,
    pub(crate) a: &'s Standing,
    pub(crate) b: &'s Standing,
    pub(crate) differs: Differs,
    pub(crate) overdue: Option<i64>,
}

/// A second pass beside a first that is remembered.
#[derive(Debug)]
pub(crate) struct Beside<'r> {
    before: &'r Remembered,
    pub(crate) standings: Standings,
    both: BTreeMap<(u32, u32), (Differs, Sum)>,
    /// Rows that the first pass decided and this one did not.
    pub(crate) only_a: Sum,
    /// Rows that this pass decided and the first did not.
    pub(crate) only_b: Sum,
    /// Rows of the table that are seen.
    seen: usize,
    /// Whether a row was of another account than in the first pass.
    changed: bool,
}

impl<'r> Beside<'r> {
    pub(crate) fn new(before: &'r Remembered) -> Self {
        Self {
            before,
            standings: Standings::default(),
            both: BTreeMap::new(),
            only_a: Sum::default(),
            only_b: Sum::default(),
            seen: 0,
            changed: false,
        }
    }

    /// Takes the decisions of a batch, and gives the rows that moved to `moved`, which says
    /// whether to go on; so does this.
    pub(crate) fn take(&mut self, sheet: &Sheet, mut moved: impl FnMut(Mover<'_>) -> bool) -> bool {
        let numbers: Vec<u32> = sheet.kinds().map(|record| self.standings.number(record)).collect();
        for row in sheet.rows() {
            let number = numbers.get(row.kind).copied().unwrap_or(NONE);
            self.standings.add(number, row.overdue);
            self.pass_over(place(row));
            self.seen = place(row).saturating_add(1);
            let before = self.before.rows.get(place(row)).copied().unwrap_or(Row::UNDECIDED);
            let (Some(a), Some(b)) = (self.before.standings.get(before.standing), self.standings.get(number)) else {
                self.only_b.add(row.overdue);
                continue;
            };
            if before.print != print(row.account_id) {
                self.changed = true;
                return false;
            }
            let overdue = before.overdue().or(row.overdue);
            let met = self.both.entry((before.standing, number));
            let (differs, sum) = met.or_insert_with(|| (Differs::between(a, b), Sum::default()));
            sum.add(overdue);
            let differs = *differs;
            if differs.any() && !moved(Mover { account_id: row.account_id, a, b, differs, overdue }) {
                return false;
            }
        }
        true
    }

    /// Counts what the first pass decided of rows that this one left out.
    fn pass_over(&mut self, until: usize) {
        let left_out = self.before.rows.iter().take(until).skip(self.seen);
        left_out.filter(|row| row.standing != NONE).for_each(|row| self.only_a.add(row.overdue()));
    }

    /// Ends the pass, of which the first gave a summary too.
    pub(crate) fn ended(&mut self, ended: Result<Summary, BookError>, first: &Summary) -> Result<Summary, BookError> {
        if self.changed {
            return Err(BookError::Changed(first.table.clone()));
        }
        let summary = ended?;
        if summary.rows != first.rows {
            return Err(BookError::Changed(first.table.clone()));
        }
        self.pass_over(self.before.rows.len());
        self.seen = self.before.rows.len();
        Ok(summary)
    }

    /// Accounts that both passes decided, by their two standings.
    pub(crate) fn met(&self) -> Vec<Met<'_>> {
        let both = self.both.iter();
        both.filter_map(|((a, b), (differs, sum))| {
            let (a, b) = (self.before.standings.get(*a)?, self.standings.get(*b)?);
            Some(Met { a, b, differs: *differs, sum: *sum })
        })
        .collect()
    }
}

/// The place of a row in the table, from 0.
fn place(row: SheetRow<'_>) -> usize {
    usize::try_from(row.number.saturating_sub(1)).unwrap_or(usize::MAX)
}

/// A short print of a name (FNV-1a), to notice that two passes do not read the same rows.
fn print(name: &str) -> u32 {
    name.bytes().fold(0x811c_9dc5, |print: u32, byte| (print ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

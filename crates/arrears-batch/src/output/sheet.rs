//! Decisions of some rows on their way out: what many have alike once, what each has of its own.

use crate::texts::Texts;
use arrears::decide::Record;
use chrono::NaiveDate;
use serde::Serialize as _;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What one row has of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Own {
    /// The number of its row in the table, from 1.
    pub(crate) number: u64,
    /// When to look at it again.
    pub(crate) review: Option<NaiveDate>,
    /// Its priority, as a decimal.
    pub(crate) priority: Option<String>,
    /// The account whose contact its own rides with.
    pub(crate) leader: Option<String>,
    /// What is overdue on it, as the policy read it.
    pub(crate) overdue: Option<i64>,
}

/// One decided row of a [`Sheet`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SheetRow<'s> {
    /// The number of the row in the table, from 1. Rows that could not be decided are left out.
    pub number: u64,
    /// The account.
    pub account_id: &'s str,
    /// Which of [`Sheet::kinds`] its decision is, from 0.
    pub kind: usize,
    /// What is overdue on it as the policy read it, in the currency's smallest unit; none where
    /// the policy does not read that, or it is not known.
    pub overdue: Option<i64>,
    /// Its priority, as a decimal: of two, the higher is more urgent; none where the policy gives none.
    pub priority: Option<&'s str>,
    /// The account whose contact its own rides with.
    pub rides_with: Option<&'s str>,
}

/// Decisions of some rows, in the order of the table: what many have alike once, and what each
/// has of its own.
#[derive(Debug, Default)]
pub struct Sheet {
    kinds: Vec<Record>,
    /// By policy and number, where a kind stands among those of this sheet.
    known: BTreeMap<(usize, u32), usize>,
    kind_of_row: Vec<usize>,
    accounts: Texts,
    own: Vec<Own>, // INVARIANT: one for each account.
}

impl Sheet {
    /// Adds a row whose decision is of the kind with this number, of the policy at this
    /// position; the record of a kind is asked for once.
    pub(crate) fn add(&mut self, number: (usize, u32), record: impl FnOnce() -> Record, (account, own): (&str, Own)) {
        let kind = *self.known.entry(number).or_insert_with(|| {
            self.kinds.push(record());
            self.kinds.len() - 1
        });
        self.kind_of_row.push(kind);
        self.accounts.push(account);
        self.own.push(own);
    }

    /// Adds a row that is of a kind of its own.
    pub(super) fn add_record(&mut self, record: &Record) {
        self.kind_of_row.push(self.kinds.len());
        self.kinds.push(record.clone());
        self.accounts.push(&record.account_id);
        self.own.push(Own {
            number: u64::try_from(self.own.len()).map_or(u64::MAX, |rows| rows.saturating_add(1)),
            review: record.next_review_on,
            priority: record.priority.clone(),
            leader: record.rides_with.clone(),
            overdue: None,
        });
    }

    /// How many rows it has.
    pub const fn len(&self) -> usize {
        self.own.len()
    }

    /// Whether none of its rows could be decided.
    pub const fn is_empty(&self) -> bool {
        self.own.is_empty()
    }

    /// Its rows.
    pub fn rows(&self) -> impl Iterator<Item = SheetRow<'_>> {
        let rows = self.kind_of_row().zip(&self.own).zip(self.accounts.iter());
        rows.map(|((kind, own), account_id)| SheetRow {
            number: own.number,
            account_id,
            kind,
            overdue: own.overdue,
            priority: own.priority.as_deref(),
            rides_with: own.leader.as_deref(),
        })
    }

    /// The different decisions, in the order in which rows first have them. What each row has of its
    /// own is not in them: the account, its priority, its day of review, with whom it rides.
    pub fn kinds(&self) -> impl Iterator<Item = &Record> {
        self.kinds.iter()
    }

    /// By row, which of the different decisions it has.
    pub(super) fn kind_of_row(&self) -> impl Iterator<Item = usize> + '_ {
        self.kind_of_row.iter().copied()
    }

    pub(super) fn accounts(&self) -> impl Iterator<Item = &str> {
        self.accounts.iter()
    }

    pub(super) fn reviews(&self) -> impl Iterator<Item = Option<NaiveDate>> + '_ {
        self.own.iter().map(|own| own.review)
    }

    pub(super) fn priorities(&self) -> impl Iterator<Item = Option<&str>> {
        self.own.iter().map(|own| own.priority.as_deref())
    }

    pub(super) fn leaders(&self) -> impl Iterator<Item = Option<&str>> {
        self.own.iter().map(|own| own.leader.as_deref())
    }

    /// The decisions as JSON, one object a line.
    pub(super) fn json_lines(&self) -> Result<Vec<u8>, serde_json::Error> {
        let mut lines = Vec::new();
        let mut kinds: Vec<Cow<'_, Record>> = self.kinds.iter().map(Cow::Borrowed).collect();
        for ((kind, own), account) in self.kind_of_row().zip(&self.own).zip(self.accounts.iter()) {
            let Some(kind) = kinds.get_mut(kind) else { continue };
            let record = kind.to_mut();
            account.clone_into(&mut record.account_id);
            record.next_review_on = own.review;
            record.priority.clone_from(&own.priority);
            record.rides_with.clone_from(&own.leader);
            record.serialize(&mut serde_json::Serializer::new(&mut lines))?;
            lines.push(b'\n');
        }
        Ok(lines)
    }
}

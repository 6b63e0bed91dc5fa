//! Decisions of some rows on their way out: what many have alike once, what each has of its own.

use arrears::decide::Record;
use chrono::NaiveDate;
use serde::Serialize as _;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What one row has of its own.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Own {
    /// The account.
    pub(crate) account: String,
    /// When to look at it again.
    pub(crate) review: Option<NaiveDate>,
    /// Its priority, as a decimal.
    pub(crate) priority: Option<String>,
    /// The account whose contact its own rides with.
    pub(crate) leader: Option<String>,
}

/// Decisions of some rows, in the order of the table.
#[derive(Debug, Default)]
pub(crate) struct Sheet {
    kinds: Vec<Record>,
    /// By policy and number, where a kind stands among those of this sheet.
    known: BTreeMap<(usize, u32), usize>,
    kind_of_row: Vec<usize>,
    own: Vec<Own>,
}

impl Sheet {
    /// Adds a row whose decision is of the kind with this number, of the policy at this
    /// position; the record of a kind is asked for once.
    pub(crate) fn add(&mut self, number: (usize, u32), record: impl FnOnce() -> Record, own: Own) {
        let kind = *self.known.entry(number).or_insert_with(|| {
            self.kinds.push(record());
            self.kinds.len() - 1
        });
        self.kind_of_row.push(kind);
        self.own.push(own);
    }

    /// Adds a row that is of a kind of its own.
    pub(super) fn add_record(&mut self, record: &Record) {
        self.kind_of_row.push(self.kinds.len());
        self.kinds.push(record.clone());
        self.own.push(Own {
            account: record.account_id.clone(),
            review: record.next_review_on,
            priority: record.priority.clone(),
            leader: record.rides_with.clone(),
        });
    }

    /// How many rows it has.
    pub(crate) const fn rows(&self) -> usize {
        self.own.len()
    }

    /// The different decisions, in the order in which rows first have them.
    pub(super) fn kinds(&self) -> impl Iterator<Item = &Record> {
        self.kinds.iter()
    }

    /// By row, which of the different decisions it has.
    pub(super) fn kind_of_row(&self) -> impl Iterator<Item = usize> + '_ {
        self.kind_of_row.iter().copied()
    }

    pub(super) fn accounts(&self) -> impl Iterator<Item = &str> {
        self.own.iter().map(|own| own.account.as_str())
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
        for (kind, own) in self.kind_of_row().zip(&self.own) {
            let Some(kind) = kinds.get_mut(kind) else { continue };
            let record = kind.to_mut();
            record.account_id.clone_from(&own.account);
            record.next_review_on = own.review;
            record.priority.clone_from(&own.priority);
            record.rides_with.clone_from(&own.leader);
            record.serialize(&mut serde_json::Serializer::new(&mut lines))?;
            lines.push(b'\n');
        }
        Ok(lines)
    }
}

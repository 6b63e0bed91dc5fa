//! A book over several months: who is in it, and how late.

use crate::raw::{batches, data, days, numbers};
use crate::support::{array, write_parquet};
use arrears_batch::Mapping;
use arrow_array::Int64Array;
use chrono::{Days, NaiveDate};
use std::collections::BTreeMap;
use std::path::Path;

/// What a month says of an account. Amounts are in whole units; a book without amounts has
/// zeros here, and its tables no such columns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Line {
    pub(crate) account: i64,
    pub(crate) dpd: i64,
    pub(crate) overdue: i64,
    pub(crate) balance: i64,
}

/// The accounts of one month, in the order of the source.
#[derive(Clone, Debug)]
pub(crate) struct Month {
    pub(crate) as_of: NaiveDate,
    pub(crate) lines: Vec<Line>,
}

/// Months in order.
#[derive(Clone, Debug)]
pub(crate) struct Book {
    pub(crate) months: Vec<Month>,
    has_amounts: bool,
}

impl Book {
    /// The card status panel: 61 months up to February 2020, 45,985 customers who come late
    /// or leave early.
    pub(crate) fn panel() -> Option<Self> {
        Self::read("card_months.parquet", &["account_id", "as_of", "days_past_due"])
    }

    /// Card clients in Taiwan: 30,000 in each of six months of 2005.
    pub(crate) fn taiwan() -> Option<Self> {
        let amounts = ["account_id", "as_of", "days_past_due", "amount_past_due", "statement_balance"];
        Self::read("uci_months.parquet", &amounts)
    }

    fn read(name: &str, columns: &[&str]) -> Option<Self> {
        let has_amounts = columns.len() > 3;
        let mut months: BTreeMap<NaiveDate, Vec<Line>> = BTreeMap::new();
        for batch in batches(&data(name)?, columns) {
            let (account, as_of, dpd) = (numbers(&batch, 0), days(&batch, 1), numbers(&batch, 2));
            let amounts = has_amounts.then(|| (numbers(&batch, 3), numbers(&batch, 4)));
            for row in 0..batch.num_rows() {
                let (overdue, balance) = amounts.as_ref().map_or((0, 0), |(overdue, owed)| (overdue[row], owed[row]));
                let line = Line { account: account[row], dpd: dpd[row], overdue, balance };
                months.entry(as_of[row]).or_default().push(line);
            }
        }
        let months = months.into_iter().map(|(as_of, lines)| Month { as_of, lines });
        Some(Self { months: months.collect(), has_amounts })
    }

    /// How many account-months there are.
    pub(crate) fn lines(&self) -> usize {
        self.months.iter().map(|month| month.lines.len()).sum()
    }

    /// A fifth of the customers, those whose number ends in 0 or 5; all of them where the
    /// environment variable `ARREARS_WHOLE_PANEL` is set. Says which of the two.
    pub(crate) fn customers(self) -> (Self, &'static str) {
        if std::env::var_os("ARREARS_WHOLE_PANEL").is_some() {
            return (self, "all customers");
        }
        let fifth = self.only(|_, line| line.account % 5 == 0);
        (fifth, "a fifth of the customers: numbers that end in 0 or 5")
    }

    /// The lines that are asked for; months are counted from 0.
    pub(crate) fn only(mut self, wanted: impl Fn(usize, &Line) -> bool) -> Self {
        for (number, month) in self.months.iter_mut().enumerate() {
            month.lines.retain(|line| wanted(number, line));
        }
        self
    }

    /// The months that are asked for, counted from 0; nobody decides in the others.
    pub(crate) fn months_only(mut self, wanted: impl Fn(usize) -> bool) -> Self {
        let mut number = 0..;
        self.months.retain(|_| wanted(number.next().unwrap()));
        self
    }

    /// Every month two times on its day.
    pub(crate) fn each_twice(mut self) -> Self {
        self.months = self.months.into_iter().flat_map(|month| [month.clone(), month]).collect();
        self
    }

    /// The same months as if they were nights: month n stands on the n-th day after the first.
    pub(crate) fn months_as_nights(mut self) -> Self {
        let first = self.months[0].as_of;
        for (month, day) in self.months.iter_mut().zip(0..) {
            month.as_of = first.checked_add_days(Days::new(day)).unwrap();
        }
        self
    }

    /// Which column of the written tables holds which fact.
    pub(crate) fn mapping(&self) -> Mapping {
        let columns = [("dpd", "days_past_due"), ("overdue", "amount_past_due"), ("balance", "statement_balance")];
        let there = columns.into_iter().take(if self.has_amounts { 3 } else { 1 });
        there.fold(Mapping::default(), |mapping, (fact, column)| mapping.with(fact, column))
    }

    /// Writes one month as a table with the source's names of columns.
    pub(crate) fn write(&self, month: &Month, path: &Path) {
        let column = |get: fn(&Line) -> i64| array(month.lines.iter().map(get).collect::<Int64Array>());
        let mut columns = vec![("account_id", column(|line| line.account)), ("days_past_due", column(|line| line.dpd))];
        if self.has_amounts {
            columns.push(("amount_past_due", column(|line| line.overdue)));
            columns.push(("statement_balance", column(|line| line.balance)));
        }
        write_parquet(path, columns);
    }
}

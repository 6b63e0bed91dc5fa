//! A report as aligned text: of each measure the latest month and all months together.

use super::report::{Exclusion, Head, Matrix, MatrixCell, MatrixRow, Measure, Report, Value};
use super::{Amounts, Plans, Reversals};
use crate::summary::Amount;
use std::collections::BTreeMap;
use std::fmt::{self, Display as _};

/// A table whose columns line up: the first from the left, the others from the right.
struct Aligned(Vec<Vec<String>>);

impl fmt::Display for Aligned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let columns = self.0.iter().map(Vec::len).max().unwrap_or(0);
        let width = |column: usize| {
            let cells = self.0.iter().filter_map(|row| row.get(column));
            cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
        };
        let widths: Vec<usize> = (0..columns).map(width).collect();
        for row in &self.0 {
            let mut line = String::new();
            for (place, (cell, width)) in row.iter().zip(&widths).enumerate() {
                line.push_str(&if place == 0 { format!("  {cell:<width$}") } else { format!("  {cell:>width$}") });
            }
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// A number with its thousands set apart.
fn grouped(number: &str) -> String {
    let (sign, digits) = number.strip_prefix('-').map_or(("", number), |digits| ("-", digits));
    let (whole, decimals) = digits.split_once('.').map_or((digits, None), |(whole, part)| (whole, Some(part)));
    let mut text = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            text.push(',');
        }
        text.push(digit);
    }
    if let Some(decimals) = decimals {
        text.push('.');
        text.push_str(decimals);
    }
    text
}

fn count(number: Option<u64>) -> String {
    number.map_or_else(|| "-".to_owned(), |number| grouped(&number.to_string()))
}

fn amount(amount: Option<Amount>) -> String {
    amount.map_or_else(|| "-".to_owned(), |amount| grouped(&amount.to_string()))
}

/// A share in per cent with two decimals, rounded half up.
fn percent(millionths: Option<i64>) -> String {
    let Some(millionths) = millionths else { return "-".to_owned() };
    let sign = if millionths < 0 { "-" } else { "" };
    let hundredths = millionths.unsigned_abs().saturating_add(50) / 100;
    format!("{sign}{}.{:02}%", grouped(&(hundredths / 100).to_string()), hundredths % 100)
}

/// How often one thing is contained in another, with two decimals, rounded half up.
fn times(millionths: Option<i64>) -> String {
    let Some(millionths) = millionths else { return "-".to_owned() };
    let hundredths = millionths.unsigned_abs().saturating_add(5_000) / 10_000;
    format!("{}.{:02}", grouped(&(hundredths / 100).to_string()), hundredths % 100)
}

fn rows(number: u64) -> String {
    let rows = grouped(&number.to_string());
    if number == 1 { format!("{rows} row") } else { format!("{rows} rows") }
}

/// Measures that are no part of a whole.
const TIMES: [&str; 2] = ["intensity", "contacts_per_cure"];
/// Measures whose values are all of one cohort, so that who is left out is left out of each of them.
const ONE_COHORT: [&str; 5] = ["stock", "contact_rate", "rpc_rate", "coverage", "missing_facts"];

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.head.fmt(f)?;
        for measure in &self.measures {
            writeln!(f)?;
            measure.words(f)?;
            if measure.name != "tracked_roll" {
                measure.table(f, self.head.currency.code())?;
                continue;
            }
            // The matrix of the latest two months, and that of all months.
            let all = self.matrices.len().saturating_sub(2);
            self.matrices.iter().skip(all).try_for_each(|matrix| matrix.fmt(f))?;
        }
        if !self.not_measured.is_empty() {
            writeln!(f, "\nNot measured")?;
            let rows =
                self.not_measured.iter().map(|absent| vec![absent.name.to_owned(), format!("needs {}", absent.needs)]);
            let longest = self.not_measured.iter().map(|absent| absent.name.len()).max().unwrap_or(0);
            for row in rows {
                if let [name, needs] = row.as_slice() {
                    writeln!(f, "  {name:<longest$}  {needs}")?;
                }
            }
        }
        Ok(())
    }
}

impl fmt::Display for Head {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let months = match (self.first_month, self.last_month) {
            (Some(first), Some(last)) => format!("{first} to {last}"),
            _ => "none".to_owned(),
        };
        let buckets: Vec<String> =
            (0..=self.buckets.last()).map(|bucket| format!("M{bucket} {}", self.buckets.days(bucket))).collect();
        let plans = match self.plans {
            Plans::Out => "out: apart from the buckets, not cured",
            Plans::In => "in: in the bucket of their days past due, not cured",
        };
        let amounts = match self.amounts {
            Amounts::Total => "total: principal, interest and fees",
            Amounts::Principal => "principal alone",
        };
        let reversals = match self.reversals {
            Reversals::Out => "out: what was paid stayed",
            Reversals::In => "in: among what was paid",
        };
        writeln!(f, "Portfolio report, amounts in {}", self.currency)?;
        writeln!(f)?;
        for (name, text) in [
            ("months", months),
            ("accounts", grouped(&self.accounts.to_string())),
            ("buckets", format!("{} (days past due)", buckets.join(", "))),
            ("tolerance", self.tolerance.to_string()),
            ("late", self.late.clone()),
            ("cured", format!("{}, within {} days", self.cured, self.cured_within)),
            ("re-default", format!("late again within {} days after a cure", self.redefault_within)),
            ("plans and re-ages", plans.to_owned()),
            ("amounts", amounts.to_owned()),
            ("cut-off", format!("a day ends at {}, in {}", self.cut_off, self.zone)),
            ("same-day reversals", reversals.to_owned()),
        ] {
            writeln!(f, "  {name:<18}  {text}")?;
        }
        for source in &self.tables {
            let outside = match source.outside {
                0 => String::new(),
                outside => format!(", {} of them of other months", grouped(&outside.to_string())),
            };
            writeln!(f, "  {:<18}  {}: {}{outside}", source.table.word(), source.called, rows(source.rows))?;
        }
        if self.within_month > 0 {
            let rows = rows(self.within_month);
            writeln!(f, "  {:<18}  {rows} of a day before the last of the month", "month ends")?;
        }
        for left_out in &self.excluded {
            let (table, rows) = (left_out.table.word(), rows(left_out.rows));
            writeln!(f, "  {:<18}  {table}: {rows}: {}", "left out", left_out.reason)?;
        }
        Ok(())
    }
}

impl Measure {
    fn words(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} ({})", self.title, self.name)?;
        for (name, text) in
            [("formula", &self.formula), ("cohort", &self.cohort), ("horizon", &self.horizon), ("trap", &self.trap)]
        {
            writeln!(f, "  {name:<8}  {text}")?;
        }
        Ok(())
    }

    fn table(&self, f: &mut fmt::Formatter<'_>, currency: &str) -> fmt::Result {
        let head = ["of", "month", "number", "of", "share", currency, "of", "share"];
        let mut rows = vec![head.map(str::to_owned).to_vec()];
        let shown = self.shown();
        let share = if TIMES.contains(&self.name) { times } else { percent };
        rows.extend(shown.iter().map(|value| row(value, share)));
        Aligned(rows).fmt(f)?;
        // A value of all months has the exclusions of each; where there is none the latest has them.
        let all = shown.iter().any(|value| value.month.is_none());
        let values = shown.iter().filter(|value| !all || value.month.is_none());
        let together = if ONE_COHORT.contains(&self.name) { u64::max } else { u64::saturating_add };
        let of = if all { "all months" } else { "the latest month" };
        left_out(f, values.flat_map(|value| &value.excluded), together, of)
    }

    /// Of everything that is measured, the latest month that has something to divide by, and all months.
    fn shown(&self) -> Vec<&Value> {
        let mut of_label: BTreeMap<(&Option<String>, &Option<String>), usize> = BTreeMap::new();
        let mut groups: Vec<Vec<&Value>> = Vec::new();
        for value in &self.values {
            let group = *of_label.entry((&value.from, &value.to)).or_insert_with(|| {
                groups.push(Vec::new());
                groups.len() - 1
            });
            if let Some(group) = groups.get_mut(group) {
                group.push(value);
            }
        }
        let mut shown = Vec::new();
        for group in groups {
            let has_share = |value: &Value| value.month.is_some() && value.count.millionths.is_some();
            shown.extend(group.iter().rev().find(|value| has_share(value)));
            shown.extend(group.iter().find(|value| value.month.is_none()));
        }
        shown
    }
}

fn row(value: &Value, share: fn(Option<i64>) -> String) -> Vec<String> {
    let label = match (&value.from, &value.to) {
        (Some(from), Some(to)) => format!("{from} to {to}"),
        (Some(one), None) | (None, Some(one)) => one.clone(),
        (None, None) => "all".to_owned(),
    };
    let mut row = vec![
        label,
        value.month.map_or_else(|| "all".to_owned(), |month| month.to_string()),
        count(value.count.numerator),
        count(value.count.denominator),
        share(value.count.millionths),
    ];
    match value.money {
        Some(money) => row.extend([amount(money.numerator), amount(money.denominator), percent(money.millionths)]),
        None => row.extend(["-".to_owned(), "-".to_owned(), "-".to_owned()]),
    }
    row
}

/// Who is left out, by reason; `together` says how those of several values count.
fn left_out<'a>(
    f: &mut fmt::Formatter<'_>,
    excluded: impl Iterator<Item = &'a Exclusion>,
    together: fn(u64, u64) -> u64,
    of: &str,
) -> fmt::Result {
    let mut reasons: BTreeMap<&str, u64> = BTreeMap::new();
    for exclusion in excluded {
        let number = reasons.entry(exclusion.reason).or_default();
        *number = together(*number, exclusion.count);
    }
    reasons
        .into_iter()
        .try_for_each(|(reason, number)| writeln!(f, "  left out, {of}: {} {reason}", grouped(&number.to_string())))
}

impl fmt::Display for Matrix {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let title = match self.month {
            Some(month) => format!("from {} to {month}", month.before()),
            None => "all months together".to_owned(),
        };
        let accounts = |row: &MatrixRow| grouped(&row.accounts.to_string());
        self.table(f, &format!("  by number, {title}"), accounts, |cell| cell.millionths)?;
        if self.rows.iter().any(|row| row.money.is_some()) {
            let title = format!("  by what they owed at the earlier month end, {title}");
            self.table(f, &title, |row| amount(row.money), |cell| cell.money_millionths)?;
        }
        writeln!(f, "  accounts without a row at the earlier month end: {}", grouped(&self.new.to_string()))?;
        left_out(f, self.rows.iter().flat_map(|row| &row.excluded), u64::saturating_add, "from these rows")
    }
}

impl Matrix {
    fn table(
        &self,
        f: &mut fmt::Formatter<'_>,
        title: &str,
        cohort: impl Fn(&MatrixRow) -> String,
        share: impl Fn(&MatrixCell) -> Option<i64>,
    ) -> fmt::Result {
        let mut places: Vec<_> = self.rows.iter().flat_map(|row| row.cells.iter().map(|cell| cell.to)).collect();
        places.sort_unstable();
        places.dedup();
        let mut rows = vec![vec!["from".to_owned(), "cohort".to_owned()]];
        if let Some(head) = rows.first_mut() {
            head.extend(places.iter().map(ToString::to_string));
        }
        for row in &self.rows {
            let mut cells = vec![row.from.to_string(), cohort(row)];
            cells.extend(places.iter().map(|place| {
                let cell = row.cells.iter().find(|cell| cell.to == *place);
                cell.map_or_else(String::new, |cell| percent(share(cell)))
            }));
            rows.push(cells);
        }
        writeln!(f, "{title}")?;
        Aligned(rows).fmt(f)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_share_is_shown_in_per_cent_with_two_decimals() {
        assert_eq!(percent(Some(1_234_567)), "123.46%");
        assert_eq!(percent(Some(333_333)), "33.33%");
        assert_eq!(percent(Some(-50)), "-0.01%");
        assert_eq!(percent(None), "-");
        assert_eq!(times(Some(4_005_000)), "4.01");
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(grouped("-1234567.05"), "-1,234,567.05");
        assert_eq!(grouped("999"), "999");
    }
}

//! A sweep as a table of text.

use super::{Point, Sweep};
use crate::portfolio::Count;
use crate::timeline::grouped;
use std::fmt;

/// What marks the policy's own value.
const OWN: &str = " *";
/// What stands in its place elsewhere.
const NOT_OWN: &str = "  ";

/// A table with one row for each value, in columns that line up; a star marks the policy's own value. Amounts are what
/// is overdue.
impl fmt::Display for Sweep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errors = self.points.iter().any(|point| point.errors > 0);
        let money = self.points.iter().any(|point| point.contacts.overdue.is_some());
        let mut rows = vec![self.headings(errors, money)];
        rows.extend(self.points.iter().map(|point| cells(point, errors, money)));
        let columns = rows.first().map_or(0, Vec::len);
        let width =
            |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
        let widths: Vec<usize> = (0..columns).map(|column| width(column).unwrap_or(0)).collect();
        for row in &rows {
            let mut line = String::new();
            for (place, (cell, width)) in row.iter().zip(&widths).enumerate() {
                let gap = if place == 0 { "" } else { "  " };
                line.push_str(&format!("{gap}{cell:>width$}"));
            }
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

impl Sweep {
    fn headings(&self, errors: bool, money: bool) -> Vec<String> {
        let unit = self.threshold.unit.as_ref().filter(|unit| **unit != self.currency);
        let unit = unit.map(|unit| format!(", {unit}")).unwrap_or_default();
        let mut headings = vec![format!("{}{unit}{NOT_OWN}", self.threshold.name)];
        if errors {
            headings.push("set aside".to_owned());
        }
        for counted in ["contacts", "moved"] {
            headings.push(counted.to_owned());
            if money {
                headings.push(format!("overdue {}", self.currency));
            }
        }
        headings.extend(["to contact", "from contact", "stage", "action", "treatment", "type"].map(str::to_owned));
        headings
    }
}

fn cells(point: &Point, errors: bool, money: bool) -> Vec<String> {
    let mark = if point.own { OWN } else { NOT_OWN };
    let mut cells = vec![format!("{}{mark}", grouped(&point.shown))];
    if errors {
        cells.push(grouped(point.errors));
    }
    for count in [point.contacts, point.moved.any] {
        cells.push(grouped(count.accounts));
        if money {
            cells.push(count.overdue.map(grouped).unwrap_or_default());
        }
    }
    let moved = point.moved;
    let (contact, less) = (moved.into_contact, moved.out_of_contact);
    let others = [contact, less, moved.stage, moved.action, moved.treatment, moved.debtor_type];
    cells.extend(others.map(|Count { accounts, .. }| grouped(accounts)));
    cells
}

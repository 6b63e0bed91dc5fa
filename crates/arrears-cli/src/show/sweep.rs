//! A sweep as a table and as bars.

use super::tables::{Column, table};
use super::{grouped, plural, screen};
use arrears_workbench::Sweep;
use arrears_workbench::sweep::Point;
use std::collections::BTreeSet;
use std::path::Path;

/// The narrowest that bars are drawn.
const NARROWEST: usize = 10;

/// The sweep as text.
pub(crate) fn sweep_text(sweep: &Sweep, written: Option<&Path>) -> String {
    let Sweep { policy, policy_version, as_of, law, threshold, .. } = sweep;
    let hash: String = sweep.policy_hash.chars().take(12).collect();
    let title = screen::heading(&format!("{policy} {policy_version} ({hash}) as of {as_of}"));
    let unit = threshold.unit.as_ref().map(|unit| format!(" {unit}")).unwrap_or_default();
    let mut text = format!(
        "{title}\n{}\nlaw {law}\n\n{}, decided once with each value of {}\n{} may lie from {} to {}{unit}: {}\n\n",
        sweep.table.display(),
        plural(sweep.rows, "row", "rows"),
        threshold.name,
        threshold.name,
        threshold.from,
        threshold.to,
        threshold.why,
    );
    text.push_str(&sweep.to_string());
    text.push_str("* the policy's own value; moved, and what differs: against it\n");
    actions(&mut text, sweep);
    bars(&mut text, "Contacts", sweep, |point| point.contacts.accounts);
    bars(&mut text, "Moved against the policy's own value", sweep, |point| point.moved.any.accounts);
    if let Some(path) = written {
        text.push_str(&format!("\nWritten: {}\n", path.display()));
    }
    text
}

/// Accounts by what is done, for each value: the actions of which there are not always as many.
fn actions(text: &mut String, sweep: &Sweep) {
    let accounts = |point: &Point, action: &str| {
        point.by_action.iter().find(|tally| tally.name == action).map_or(0, |tally| tally.accounts)
    };
    let names: BTreeSet<&str> =
        sweep.points.iter().flat_map(|point| &point.by_action).map(|tally| tally.name.as_str()).collect();
    let varies = |name: &&str| {
        let numbers: BTreeSet<u64> = sweep.points.iter().map(|point| accounts(point, name)).collect();
        numbers.len() > 1
    };
    let names: Vec<&str> = names.into_iter().filter(varies).collect();
    if names.is_empty() {
        return;
    }
    let mut columns = vec![("Actions that change", Column::Numbers(0))];
    columns.extend(names.iter().map(|name| (*name, Column::Numbers(8))));
    let rows = sweep.points.iter().map(|point| {
        let mark = if point.own { '*' } else { ' ' };
        let numbers = names.iter().map(|name| grouped(accounts(point, name)));
        std::iter::once(format!("{} {mark}", grouped(&point.shown))).chain(numbers).collect()
    });
    text.push('\n');
    text.push_str(&table(&columns, rows.collect()));
}

/// A bar for each value, the longest as wide as the terminal leaves room for; none where all are nothing.
fn bars(text: &mut String, title: &str, sweep: &Sweep, of: impl Fn(&Point) -> u64) {
    let largest = sweep.points.iter().map(&of).max().unwrap_or(0);
    if largest == 0 {
        return;
    }
    let values = sweep.points.iter().map(|point| grouped(&point.shown).chars().count()).max().unwrap_or(0);
    let numbers = grouped(largest).chars().count();
    let room = screen::width().saturating_sub(values + numbers + 6).max(NARROWEST);
    text.push_str(&format!("\n{}\n", screen::heading(title)));
    for point in &sweep.points {
        let number = of(point);
        let mark = if point.own { '*' } else { ' ' };
        let bar = "\u{2588}".repeat(length(number, largest, room));
        let line = format!("{:>values$} {mark}  {:>numbers$}  {bar}", grouped(&point.shown), grouped(number));
        text.push_str(line.trim_end());
        text.push('\n');
    }
}

/// How long a bar is. What is not nothing never shows as nothing.
fn length(number: u64, largest: u64, room: usize) -> usize {
    let wide = u128::from(number) * u128::try_from(room).unwrap_or(0);
    let length = (wide + u128::from(largest) / 2) / u128::from(largest.max(1));
    usize::try_from(length).unwrap_or(room).max(usize::from(number > 0))
}

#[cfg(test)]
mod tests {
    use super::length;

    #[test]
    fn the_longest_bar_fills_the_room_and_the_shortest_is_seen() {
        assert_eq!([0, 1, 500, 1_000].map(|number| length(number, 1_000, 40)), [0, 1, 20, 40]);
        assert_eq!(length(u64::MAX, u64::MAX, 80), 80);
    }
}

//! A comparison of two policies: who moves from what to what.

use super::tables::{Column, table};
use super::{grouped, plural, screen, share};
use arrears_workbench::Comparison;
use arrears_workbench::compare::{Compared, Flow, MovedAccount};
use arrears_workbench::portfolio::Count;
use std::path::Path;

/// The comparison as text.
pub(crate) fn comparison_text(comparison: &Comparison, written: Option<&Path>) -> String {
    let page = Page { comparison };
    let mut text = page.heading();
    page.counts(&mut text);
    for (title, flows, nowhere) in [
        ("Stage", &comparison.by_stage, ""),
        ("Action", &comparison.by_action, ""),
        ("Treatment", &comparison.by_treatment, "no treatment"),
        ("Debtor type", &comparison.by_debtor_type, "one of several"),
        ("Channel", &comparison.by_channel, "no channel"),
    ] {
        page.flows(&mut text, title, flows, nowhere);
    }
    page.examples(&mut text);
    if let Some(path) = written {
        text.push_str(&format!("\nWritten: {}\n", path.display()));
    }
    text
}

struct Page<'c> {
    comparison: &'c Comparison,
}

impl Page<'_> {
    fn heading(&self) -> String {
        let Comparison { as_of, law, table, a, b, rows, .. } = self.comparison;
        let name = |letter: char, Compared { policy, policy_version, policy_hash, .. }: &Compared| {
            let hash: String = policy_hash.chars().take(12).collect();
            screen::heading(&format!("{letter}  {policy} {policy_version} ({hash})"))
        };
        let rows = plural(rows, "row", "rows");
        format!("{}\n{}\n{} as of {as_of}, {rows}\nlaw {law}\n", name('A', a), name('B', b), table.display())
    }

    fn counts(&self, text: &mut String) {
        let Comparison { both, only_a, only_b, neither, kept, moved, contacts, .. } = self.comparison;
        let mut decided = vec![("both decide", *both)];
        let nobody = Count { accounts: *neither, ..Count::default() };
        for (name, count) in [("only A decides", *only_a), ("only B decides", *only_b), ("neither decides", nobody)] {
            if count.accounts > 0 {
                decided.push((name, count));
            }
        }
        self.table(text, "Rows", decided);
        self.table(text, "Of those that both decide", vec![("stay as they are", *kept), ("move", moved.any)]);
        let contacts = vec![
            ("under both", contacts.both),
            ("under A alone", contacts.only_a),
            ("under B alone", contacts.only_b),
            ("under neither", contacts.neither),
        ];
        self.table(text, "Contacted", contacts);
    }

    fn table(&self, text: &mut String, title: &str, rows: Vec<(&str, Count)>) {
        let overdue = format!("overdue {}", self.comparison.currency);
        let mut columns = vec![(title, Column::Words(34)), ("", Column::Words(0))];
        self.numbers(&mut columns, &overdue);
        let rows = rows.into_iter().map(|(name, count)| {
            let mut row = vec![name.to_owned(), String::new()];
            row.extend(self.cells(count));
            row
        });
        text.push('\n');
        text.push_str(&table(&columns, rows.collect()));
    }

    /// Those that go elsewhere, then those that stay.
    fn flows(&self, text: &mut String, title: &str, flows: &[Flow], nowhere: &str) {
        let (gone, stay): (Vec<&Flow>, Vec<&Flow>) = flows.iter().partition(|flow| flow.from != flow.to);
        if gone.is_empty() {
            return;
        }
        let overdue = format!("overdue {}", self.comparison.currency);
        let from = format!("{title} under A");
        let mut columns = vec![(from.as_str(), Column::Words(34)), ("under B", Column::Words(28))];
        self.numbers(&mut columns, &overdue);
        let named = |name: &Option<String>| name.clone().unwrap_or_else(|| nowhere.to_owned());
        let rows = gone.into_iter().map(|flow| (named(&flow.from), named(&flow.to), flow.count));
        let same = stay.iter().map(|flow| (named(&flow.from), "the same".to_owned(), flow.count));
        let rows = rows.chain(same).map(|(from, to, count)| {
            let mut row = vec![from, to];
            row.extend(self.cells(count));
            row
        });
        text.push('\n');
        text.push_str(&table(&columns, rows.collect()));
    }

    fn numbers<'t>(&self, columns: &mut Vec<(&'t str, Column)>, overdue: &'t str) {
        columns.extend([("accounts", Column::Numbers(9)), ("share", Column::Numbers(6))]);
        if self.comparison.both.overdue.is_some() {
            columns.push((overdue, Column::Numbers(18)));
        }
        if self.is_unknown() {
            columns.push(("not known", Column::Numbers(9)));
        }
    }

    fn cells(&self, count: Count) -> Vec<String> {
        let mut cells = vec![grouped(count.accounts), share(count.accounts, self.comparison.rows)];
        if self.comparison.both.overdue.is_some() {
            cells.push(count.overdue.map(grouped).unwrap_or_default());
        }
        if self.is_unknown() {
            cells.push(count.overdue_unknown.map(grouped).unwrap_or_default());
        }
        cells
    }

    /// Whether there are accounts of which it is not known what is overdue.
    fn is_unknown(&self) -> bool {
        let Comparison { both, only_a, only_b, .. } = self.comparison;
        [both, only_a, only_b].iter().any(|count| count.overdue_unknown.is_some_and(|unknown| unknown > 0))
    }

    fn examples(&self, text: &mut String) {
        let moved = &self.comparison.first_moved;
        if moved.is_empty() {
            return;
        }
        let overdue = format!("overdue {}", self.comparison.currency);
        let columns = [
            ("First that move", Column::Words(16)),
            (overdue.as_str(), Column::Numbers(12)),
            ("stage", Column::Words(10)),
            ("action", Column::Words(10)),
            ("treatment", Column::Words(10)),
            ("debtor type", Column::Words(10)),
        ];
        text.push('\n');
        text.push_str(&table(&columns, moved.iter().map(example).collect()));
    }
}

fn example(account: &MovedAccount) -> Vec<String> {
    let both = |a: Option<&str>, b: Option<&str>| match (a.unwrap_or("-"), b.unwrap_or("-")) {
        (a, b) if a == b => a.to_owned(),
        (a, b) => format!("{a} -> {b}"),
    };
    vec![
        screen::printable(&account.account_id),
        account.overdue.map(grouped).unwrap_or_default(),
        both(Some(&account.stage_a), Some(&account.stage_b)),
        both(Some(&account.action_a), Some(&account.action_b)),
        both(account.treatment_a.as_deref(), account.treatment_b.as_deref()),
        both(account.debtor_type_a.as_deref(), account.debtor_type_b.as_deref()),
    ]
}

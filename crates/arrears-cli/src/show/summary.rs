//! The summary of a run: what a collections manager reads in the morning.

use super::events::events_text;
use super::tables::{Column, table, wrapped};
use super::{grouped, plural, screen, share};
use arrears_batch::{Assumed, LeftAlone, NextDays, RuleTally, Summary, Tally};

/// The summary as text.
pub(crate) fn summary_text(summary: &Summary) -> String {
    format!("{}{}", heading(summary), tables_text(summary))
}

/// What stands below the heading.
pub(super) fn tables_text(summary: &Summary) -> String {
    let page = Page::of(summary);
    let mut text = String::new();
    for (title, tallies) in [
        ("Stage", &summary.by_stage),
        ("Debtor type", &summary.by_debtor_type),
        ("Action", &summary.by_action),
        ("Treatment", &summary.by_treatment),
        ("Act on the account", &summary.acts),
        ("Duty", &summary.duties),
    ] {
        page.tallies(&mut text, title, tallies);
    }
    page.left_alone(&mut text, &summary.left_alone);
    rules(&mut text, &page, &summary.rules);
    page.tallies(&mut text, "Script that failed: its fact is unknown", &summary.script_failures);
    assumptions(&mut text, &summary.assumptions);
    text.push_str(&events_text(&summary.events));
    text.push('\n');
    for line in closing(summary) {
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// Rules that refused treatments, and when what they refused may next go out.
fn rules(text: &mut String, page: &Page, rules: &[RuleTally]) {
    if rules.is_empty() {
        return;
    }
    let days = |next: &NextDays| {
        let from = next.from.as_ref().map(|from| format!(" from {from}")).unwrap_or_default();
        if next.first == next.last {
            format!("{}{from}", next.most)
        } else {
            format!("{}{from}, up to {}", next.most, next.last)
        }
    };
    let rows = rules.iter().map(|rule| {
        let next = rule.next.as_ref().map_or_else(|| "no day known".to_owned(), days);
        let next = if rule.left_alone == 0 { String::new() } else { next };
        vec![format!("{} ({})", rule.rule, rule.pack), grouped(rule.accounts), grouped(rule.left_alone), next]
    });
    let columns = vec![
        ("Rule that refused something", Column::Words(page.names + 10)),
        ("accounts", Column::Numbers(9)),
        ("left alone", Column::Numbers(11)),
        ("next permitted", Column::Words(40)),
    ];
    text.push('\n');
    text.push_str(&table(&columns, rows.collect()));
}

/// The columns that all tables of the summary have in common.
struct Page {
    decisions: u64,
    currency: Option<String>,
    names: u16,
}

impl Page {
    fn of(summary: &Summary) -> Self {
        let all = [
            &summary.by_stage,
            &summary.by_debtor_type,
            &summary.by_action,
            &summary.by_treatment,
            &summary.acts,
            &summary.duties,
            &summary.left_alone.missing_facts,
            &summary.left_alone.held,
        ];
        let widest = all.into_iter().flatten().map(|tally| tally.name.chars().count()).max();
        Self {
            decisions: summary.decisions,
            currency: summary.overdue.is_some().then(|| summary.currency.clone()),
            names: u16::try_from(widest.unwrap_or(0).clamp(30, 50)).unwrap_or(30) + 4,
        }
    }

    fn tallies(&self, text: &mut String, title: &str, tallies: &[Tally]) {
        if !tallies.is_empty() {
            self.section(text, title, tallies.iter().map(|tally| self.row("", tally)).collect());
        }
    }

    fn section(&self, text: &mut String, title: &str, rows: Vec<Vec<String>>) {
        let overdue = self.currency.as_ref().map(|currency| format!("overdue {currency}"));
        let mut columns =
            vec![(title, Column::Words(self.names)), ("accounts", Column::Numbers(9)), ("share", Column::Numbers(6))];
        if let Some(overdue) = &overdue {
            columns.push((overdue, Column::Numbers(18)));
        }
        text.push('\n');
        text.push_str(&table(&columns, rows));
    }

    fn row(&self, before: &str, tally: &Tally) -> Vec<String> {
        let mut row = self.count(&format!("{before}{}", tally.name), tally.accounts);
        row.push(tally.overdue.map(grouped).unwrap_or_default());
        row
    }

    fn count(&self, name: &str, accounts: u64) -> Vec<String> {
        vec![name.to_owned(), grouped(accounts), share(accounts, self.decisions)]
    }

    fn left_alone(&self, text: &mut String, alone: &LeftAlone) {
        let mut rows = Vec::new();
        for (name, accounts) in [
            ("nothing fits", alone.nothing_fits),
            ("what fits rests or waits", alone.resting),
            ("a person must look", alone.review),
            ("rides along with another account", alone.rides_along),
            ("closed", alone.closed),
        ] {
            if accounts > 0 {
                rows.push(self.count(name, accounts));
            }
        }
        rows.extend(alone.held.iter().map(|tally| self.row("held: ", tally)));
        rows.extend(alone.refused.iter().map(|tally| {
            let name = tally.name.replace('_', " ");
            self.row("refused: ", &Tally { name, ..tally.clone() })
        }));
        if alone.waiting_for_facts > 0 {
            rows.push(self.count("waits for missing facts", alone.waiting_for_facts));
            rows.extend(alone.missing_facts.iter().map(|tally| self.row("  ", tally)));
        }
        if !rows.is_empty() {
            self.section(text, "Left alone today, and why", rows);
        }
    }
}

fn heading(summary: &Summary) -> String {
    let Summary { policy, policy_version, as_of, law, table, .. } = summary;
    let hash: String = summary.policy_hash.chars().take(12).collect();
    let errors = match summary.errors {
        0 => String::new(),
        errors => format!(", {} set aside", grouped(errors)),
    };
    let overdue =
        summary.overdue.map_or(String::new(), |overdue| format!(", {} {} overdue", grouped(overdue), summary.currency));
    let table = table.display();
    format!(
        "{}\n{table}\nlaw {law}\n\n{} decided{errors}{overdue}\n",
        screen::heading(&format!("{policy} {policy_version} ({hash}) as of {as_of}")),
        plural(summary.decisions, "account", "accounts"),
    )
}

fn assumptions(text: &mut String, assumptions: &[Assumed]) {
    if assumptions.is_empty() {
        return;
    }
    let rows = assumptions.iter().map(|Assumed { written, why, facts }| {
        let settles = match facts.as_slice() {
            [_] => String::new(),
            several => format!(" ({})", plural(several.len(), "fact", "facts")),
        };
        vec![format!("{written}{settles}"), why.clone()]
    });
    let columns = [("Taken as known: the table has no column", Column::Words(0)), ("why", Column::Words(20))];
    text.push('\n');
    text.push_str(&wrapped(&columns, rows.collect()));
}

fn closing(summary: &Summary) -> Vec<String> {
    let part = |accounts: u64| {
        let share = share(accounts, summary.decisions);
        format!("{} ({share})", plural(accounts, "account", "accounts"))
    };
    let mut lines = Vec::new();
    if summary.reviewed {
        lines.push(format!("Due for review on the next day: {}", part(summary.review_tomorrow)));
    }
    if summary.first_at_once > 0 {
        lines.push(format!("Entered their stage at once, without state: {}", part(summary.first_at_once)));
    }
    if summary.with_state > 0 {
        lines.push(format!("Had been decided before: {}", part(summary.with_state)));
    }
    if summary.state_kept > 0 {
        lines.push(format!("In the state but not in the table, kept as they were: {}", grouped(summary.state_kept)));
    }
    if summary.overdue_unknown > 0 {
        lines.push(format!("Overdue not known, counted as nothing in every sum: {}", part(summary.overdue_unknown)));
    }
    if summary.script_operations > 0 {
        let each = summary.script_operations / summary.rows.max(1);
        lines.push(format!("Scripts took {} operations, {} a row", grouped(summary.script_operations), grouped(each)));
    }
    for path in &summary.written {
        lines.push(format!("Written: {}", path.display()));
    }
    lines
}

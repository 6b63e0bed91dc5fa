//! What is owed, as tables.

use super::numbers::grouped;
use super::tables::{Column, table};
use arrears::number::show_fixed;
use arrears::{Currency, Money};
use arrears_owed::delay::Delay;
use arrears_owed::statement::{Line, Statement};

pub(super) fn amount(minor: i64, currency: Currency) -> String {
    grouped(show_fixed(minor, currency.digits()))
}

/// The statement: the total, what it is made of, and its lines.
pub(crate) fn statement_text(owed: &Statement, markdown: bool) -> String {
    let money = |minor: i64| amount(minor, owed.currency);
    let total = Money::from_minor(owed.total, owed.currency);
    let mut text = format!("{} owes {total} on {}.\n\n", owed.account_id, owed.as_of);
    let mut rows: Vec<Vec<String>> =
        owed.by_component.iter().map(|(of, minor)| vec![of.word().to_owned(), money(*minor)]).collect();
    if owed.held != 0 {
        rows.push(vec!["paid ahead".to_owned(), money(-owed.held)]);
    }
    rows.push(vec!["total".to_owned(), money(owed.total)]);
    rows.push(vec![format!("overdue, {} days", owed.days_past_due), money(owed.overdue)]);
    rows.push(vec!["to be up to date today".to_owned(), money(owed.to_be_current)]);
    if let Some(next) = owed.next {
        rows.push(vec![format!("next, on {}", next.on), money(next.amount)]);
    }
    text.push_str(&set(&[("", Column::Words(0)), (owed.currency.code(), Column::Numbers(0))], rows, markdown));
    text.push('\n');
    let columns = [
        ("day", Column::Words(0)),
        ("item", Column::Words(0)),
        ("for", Column::Words(0)),
        ("amount", Column::Numbers(0)),
        ("owed", Column::Numbers(0)),
        ("reason", Column::Words(0)),
    ];
    let mut sum = 0_i64;
    let rows = owed.lines.iter().map(|line| {
        sum = sum.saturating_add(line.amount);
        vec![
            line.on.to_string(),
            line.item.clone().unwrap_or_default(),
            line.component.map_or("paid ahead", arrears::account::Component::word).to_owned(),
            money(line.amount),
            money(sum),
            reason(line, owed.currency),
        ]
    });
    text.push_str(&set(&columns, rows.collect(), markdown));
    text
}

/// Why a line is there: its word, and what it was reckoned from.
fn reason(line: &Line, currency: Currency) -> String {
    let mut text = serde_json::to_value(line.reason)
        .ok()
        .and_then(|word| Some(word.as_str()?.replace('_', " ")))
        .unwrap_or_default();
    if let (Some(balance), Some(rate), Some(from), Some(to)) = (line.balance, line.rate, line.from, line.to) {
        text.push_str(&format!(": {} at {rate}, {from} to {to}", amount(balance, currency)));
    }
    if let Some(why) = &line.why {
        text.push_str(&format!(": {why}"));
    }
    if line.capped_by != 0 {
        text.push_str(&format!(" (less {} by a cap)", amount(line.capped_by, currency)));
    }
    text
}

/// What delay costs.
pub(crate) fn delay_text(delay: &Delay, markdown: bool) -> String {
    let total = Money::from_minor(delay.total, delay.currency);
    format!("{} owes {total} on {}.\n\n{}", delay.account_id, delay.as_of, delay_table(delay, markdown))
}

/// Where each way of paying leads.
pub(super) fn delay_table(delay: &Delay, markdown: bool) -> String {
    let money = |minor: i64| amount(minor, delay.currency);
    let columns = [
        ("pays", Column::Words(0)),
        ("day", Column::Words(0)),
        ("days", Column::Numbers(0)),
        ("paid", Column::Numbers(0)),
        ("owed", Column::Numbers(0)),
        ("overdue", Column::Numbers(0)),
        ("cost", Column::Numbers(0)),
    ];
    let mut rows = Vec::new();
    for row in &delay.rows {
        for cell in &row.cells {
            let pays = if cell.lawsuit { format!("{}, sued", row.behaviour) } else { row.behaviour.clone() };
            rows.push(vec![
                pays.replace('_', " "),
                cell.on.to_string(),
                cell.days.to_string(),
                money(cell.paid),
                money(cell.owed),
                money(cell.overdue),
                money(cell.cost),
            ]);
        }
    }
    set(&columns, rows, markdown)
}

/// A table for the screen, or in Markdown.
pub(super) fn set(columns: &[(&str, Column)], rows: Vec<Vec<String>>, markdown: bool) -> String {
    if !markdown {
        return table(columns, rows);
    }
    let line = |cells: Vec<String>| {
        let cells: Vec<String> = cells.into_iter().map(|cell| cell.replace('|', "\\|")).collect();
        format!("| {} |\n", cells.join(" | "))
    };
    let rule = columns.iter().map(|(_, form)| match form {
        Column::Words(_) => "---".to_owned(),
        Column::Numbers(_) => "---:".to_owned(),
    });
    let mut text = line(columns.iter().map(|(heading, _)| (*heading).to_owned()).collect());
    text.push_str(&line(rule.collect()));
    rows.into_iter().for_each(|row| text.push_str(&line(row)));
    text
}

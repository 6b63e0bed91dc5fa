//! A book decided month after month by `run`, with the state of each month for the next.

use crate::book::{Book, Month};
use crate::raw::{batches, days, numbers, words};
use crate::support::{Folder, options};
use arrears::Policy;
use arrears_batch::{Hooks, Summary, run};
use chrono::NaiveDate;

/// What the table of decisions says of one account.
#[derive(Clone, Debug)]
pub(crate) struct Decided {
    pub(crate) account: i64,
    pub(crate) stage: String,
    pub(crate) before: Option<String>,
    pub(crate) reason: String,
    /// Whether there is an action or a dated review.
    pub(crate) goes_on: bool,
}

/// What the state says of one account.
#[derive(Clone, Debug)]
pub(crate) struct Left {
    pub(crate) account: i64,
    pub(crate) decided_on: NaiveDate,
    pub(crate) stage: String,
    pub(crate) days_in_stage: i64,
    pub(crate) rung: String,
    pub(crate) days_on_rung: i64,
}

/// One month after it was decided.
pub(crate) struct Night<'a> {
    pub(crate) month: &'a Month,
    pub(crate) summary: Summary,
    /// In the order of the table.
    pub(crate) decisions: Vec<Decided>,
    /// Every account that was ever decided.
    pub(crate) state: Vec<Left>,
}

/// Decides every month of a book, each with the state that the last one left.
pub(crate) fn decide_months(policy: &Policy, book: &Book, mut seen: impl FnMut(Night<'_>)) {
    let folder = Folder::new();
    let (table, state, out) = (folder.path("month.parquet"), folder.path("state.parquet"), folder.path("out.parquet"));
    for (number, month) in book.months.iter().enumerate() {
        book.write(month, &table);
        let mut options = options(&month.as_of.to_string());
        options.mapping = book.mapping();
        options.state = (number > 0).then(|| state.clone().into());
        options.state_out = Some(state.clone());
        options.outputs = vec![out.clone()];
        let summary = run(policy, &table, &options, Hooks::default()).unwrap();
        seen(Night { month, summary, decisions: decisions(&out), state: left(&state) });
    }
}

fn decisions(path: &std::path::Path) -> Vec<Decided> {
    let columns = ["account_id", "stage", "stage_before", "stage_reason", "action", "next_review_on"];
    let mut decisions = Vec::new();
    for batch in batches(path, &columns) {
        let account = numbers(&batch, 0);
        let (stage, before, reason, action) = (words(&batch, 1), words(&batch, 2), words(&batch, 3), words(&batch, 4));
        let reviews = batch.column(5);
        let rows = account.into_iter().zip(stage).zip(before).zip(reason).zip(action);
        for (row, ((((account, stage), before), reason), action)) in rows.enumerate() {
            let acts = !matches!(action.as_deref(), None | Some("none" | "wait" | "held"));
            decisions.push(Decided {
                account,
                stage: stage.unwrap(),
                before,
                reason: reason.unwrap(),
                goes_on: acts || reviews.is_valid(row),
            });
        }
    }
    decisions
}

fn left(path: &std::path::Path) -> Vec<Left> {
    let columns = ["account_id", "decided_on", "previous_stage", "days_in_stage", "previous_rung", "days_on_rung"];
    let mut state = Vec::new();
    for batch in batches(path, &columns) {
        let (account, decided_on) = (numbers(&batch, 0), days(&batch, 1));
        let (stage, rung) = (words(&batch, 2), words(&batch, 4));
        let (days_in_stage, days_on_rung) = (numbers(&batch, 3), numbers(&batch, 5));
        let rows = account.into_iter().zip(decided_on).zip(stage).zip(days_in_stage).zip(rung).zip(days_on_rung);
        state.extend(rows.map(|(((((account, decided_on), stage), days_in_stage), rung), days_on_rung)| Left {
            account,
            decided_on,
            stage: stage.unwrap(),
            days_in_stage,
            rung: rung.unwrap(),
            days_on_rung,
        }));
    }
    state
}

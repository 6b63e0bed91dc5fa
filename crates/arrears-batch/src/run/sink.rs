//! Where the results of a run go: files of decisions and of bad rows, and the count.

use super::error::{BadRows, RunError};
use super::finish::{Page, Share};
use super::options::{Options, SheetTaker, Taker};
use super::places::names_of_their_own;
use crate::events::EventTally;
use crate::output::{ErrorsFile, Form, OutputError, Ready, TableFile, Target, decisions_file, publish_all};
use crate::row_error::RowError;
use crate::summary::{Assumed, Counting, Overview, Summary};
use crate::table::Table;
use arrears::policy::Policy;
use std::path::{Path, PathBuf};

/// Where the results of a run go.
pub(super) struct Sink<'a, 'h> {
    table: PathBuf,
    options: &'a Options,
    rows: u64,
    errors: u64,
    first_errors: Vec<RowError>,
    outputs: Vec<TableFile>,
    /// Who takes them besides the files.
    taker: Option<&'h mut Taker<'h>>,
    sheets: Option<&'h mut SheetTaker<'h>>,
    errors_file: Option<ErrorsFile>,
    parts: Vec<Part<'a>>, // INVARIANT: the policies of the run, in order of their positions.
}

/// What one policy decided.
struct Part<'a> {
    policy: &'a Policy,
    counting: Counting<'a>,
    share: Share,
}

/// What a run knows at its end besides what it counted.
pub(super) struct Ending {
    /// What each policy took as known, in their order.
    pub(super) assumptions: Vec<Vec<Assumed>>,
    /// What was read of tables of events.
    pub(super) events: Vec<EventTally>,
    /// How many accounts of the state the table does not have.
    pub(super) kept: usize,
    /// The new state, if one is written.
    pub(super) state: Option<Target>,
}

impl<'a, 'h> Sink<'a, 'h> {
    pub(super) fn create(
        policies: &[&'a Policy],
        table: &Table,
        options: &'a Options,
        (taker, sheets): (Option<&'h mut Taker<'h>>, Option<&'h mut SheetTaker<'h>>),
    ) -> Result<Self, RunError> {
        names_of_their_own(table.source().file(), options)?;
        let mut outputs = Vec::with_capacity(options.outputs.len());
        for path in &options.outputs {
            outputs.push(decisions_file(path)?);
        }
        let errors_file = match options.errors_path() {
            Some(path) if options.keep_going => Some(ErrorsFile::create(&path)?),
            _ => None,
        };
        Ok(Self {
            table: table.path().to_owned(),
            options,
            rows: 0,
            errors: 0,
            first_errors: Vec::new(),
            outputs,
            taker,
            sheets,
            errors_file,
            parts: policies.iter().copied().map(Part::of).collect(),
        })
    }

    /// The forms in which decisions are wanted: those of the files, then columns for the taker.
    pub(super) fn forms(&self) -> Vec<Form> {
        let taken = self.taker.is_some().then_some(Form::Parquet);
        self.outputs.iter().map(TableFile::form).chain(taken).collect()
    }

    /// Whether somebody takes the sheets as they are.
    pub(super) const fn takes_sheets(&self) -> bool {
        self.sheets.is_some()
    }

    /// Whether decisions still go anywhere: after a row error they do not, unless the run
    /// keeps going.
    const fn is_open(&self) -> bool {
        self.options.keep_going || self.errors == 0
    }

    /// Takes the rows of a batch, in the order of the table.
    pub(super) fn take(&mut self, page: Page) -> Result<(), RunError> {
        self.rows += page.rows;
        for (policy, share) in page.shares {
            if let Some(part) = self.parts.get_mut(policy) {
                part.share.add(share);
            }
        }
        for error in page.bad {
            self.refuse(error)?;
        }
        if !self.is_open() {
            return Ok(());
        }
        let mut made = page.ready.into_iter();
        for (output, ready) in self.outputs.iter_mut().zip(made.by_ref()) {
            output.write(&ready.map_err(|problem| OutputError::write(output.path(), problem))?)?;
        }
        if let (Some(taker), Some(ready)) = (&mut self.taker, made.next()) {
            hand((&mut **taker, &self.table), ready)?;
        }
        if let (Some(taker), Some(sheet)) = (&mut self.sheets, &page.sheet)
            && !sheet.is_empty()
            && !taker(sheet)
        {
            return Err(RunError::Interrupted);
        }
        for (policy, alike, sum) in &page.counts {
            if let Some(part) = self.parts.get_mut(*policy) {
                part.counting.add(alike, *sum);
            }
        }
        for (policy, facts, sum) in &page.scripts {
            if let Some(part) = self.parts.get_mut(*policy) {
                part.counting.add_script_failures(facts, *sum);
            }
        }
        Ok(())
    }

    fn refuse(&mut self, error: RowError) -> Result<(), RunError> {
        self.errors += 1;
        if let Some(file) = &mut self.errors_file {
            file.write(&error)?;
        }
        if self.first_errors.len() < self.options.errors_shown {
            self.first_errors.push(error);
        }
        Ok(())
    }

    /// Says which rows cannot be decided, if the run was not to keep going.
    pub(super) fn check_rows(&self) -> Result<(), RunError> {
        if self.is_open() {
            return Ok(());
        }
        Err(RunError::Rows(BadRows {
            table: self.table.display().to_string(),
            first: self.first_errors.clone(),
            errors: self.errors,
            rows: self.rows,
            done: "decided",
        }))
    }

    /// Completes every file, then gives all of them their names, the state last, or none.
    pub(super) fn finish(self, ending: Ending) -> Result<Overview, RunError> {
        let mut targets: Vec<Target> = Vec::new();
        for output in self.outputs {
            targets.push(output.finish()?);
        }
        let mut errors_file = None;
        if let Some(file) = self.errors_file {
            let target = file.finish()?;
            errors_file = Some(target.path().to_owned());
            targets.push(target);
        }
        targets.extend(ending.state);
        let written = publish_all(targets)?;
        let (rows, errors) = (self.rows, self.errors);
        let mut overview = Overview {
            table: self.table.clone(),
            as_of: self.options.as_of,
            law: self.options.law.stamp().to_owned(),
            rows,
            decisions: rows.saturating_sub(errors),
            errors,
            policies: Vec::with_capacity(self.parts.len()),
            not_in_force: Vec::new(),
            state_kept: u64::try_from(ending.kept).unwrap_or(0),
            written,
            errors_file,
            first_errors: self.first_errors,
        };
        for (part, assumptions) in self.parts.into_iter().zip(ending.assumptions) {
            overview.policies.push(part.summary(&self.table, self.options, assumptions));
        }
        if let Some(first) = overview.policies.first_mut() {
            first.events = ending.events;
        }
        Ok(overview)
    }
}

/// Hands rows to who takes them.
pub(super) fn hand((taker, table): (&mut Taker<'_>, &Path), ready: Result<Ready, String>) -> Result<(), RunError> {
    match ready {
        Ok(Ready::Columns(rows)) if rows.num_rows() == 0 => Ok(()),
        Ok(Ready::Columns(rows)) => {
            if taker(rows) {
                Ok(())
            } else {
                Err(RunError::Interrupted)
            }
        }
        Ok(Ready::Lines(_)) => Ok(()),
        Err(problem) => Err(OutputError::write(table, problem).into()),
    }
}

impl<'a> Part<'a> {
    fn of(policy: &'a Policy) -> Self {
        Self { policy, counting: Counting::new(policy), share: Share::default() }
    }

    /// What was decided under the policy. Its rows and errors are those that went to it.
    fn summary(self, table: &Path, options: &Options, assumptions: Vec<Assumed>) -> Summary {
        let (head, counting, share) = (self.policy.head(), self.counting, self.share);
        let (decisions, overdue_unknown) = (counting.decisions, counting.overdue_unknown);
        let (review_tomorrow, first_at_once, with_state) =
            (counting.review_tomorrow, counting.first_at_once, counting.with_state);
        let counted = counting.finish(options.as_of);
        Summary {
            table: table.to_owned(),
            policy: head.name.clone(),
            policy_version: head.version.clone(),
            policy_hash: self.policy.hash().to_string(),
            as_of: options.as_of,
            law: options.law.stamp().to_owned(),
            currency: head.currency.to_string(),
            rows: decisions + share.errors,
            decisions,
            errors: share.errors,
            overdue: counted.overdue,
            overdue_unknown,
            by_stage: counted.by_stage,
            by_debtor_type: counted.by_debtor_type,
            by_action: counted.by_action,
            by_treatment: counted.by_treatment,
            by_channel: counted.by_channel,
            by_stage_reason: counted.by_stage_reason,
            rules: counted.rules,
            acts: counted.acts,
            duties: counted.duties,
            assumptions,
            events: Vec::new(),
            left_alone: counted.left_alone,
            reviewed: options.reviews,
            review_tomorrow,
            first_at_once,
            with_state,
            state_kept: 0,
            script_operations: share.operations,
            script_failures: counted.script_failures,
            one_by_one: share.alone,
            written: Vec::new(),
            errors_file: None,
            first_errors: Vec::new(),
        }
    }
}

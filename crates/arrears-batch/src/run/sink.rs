//! Where the results of a run go: files of decisions and of bad rows, and the count.

use super::error::{BadRows, RunError};
use super::finish::Page;
use super::options::Options;
use super::places::names_of_their_own;
use crate::events::EventTally;
use crate::output::{ErrorsFile, Form, OutputError, TableFile, Target, decisions_file, publish_all};
use crate::row_error::RowError;
use crate::summary::{Assumed, Counting, Summary};
use arrears::policy::Policy;
use std::path::{Path, PathBuf};

/// Where the results of a run go.
pub(super) struct Sink<'a> {
    policy: &'a Policy,
    table: PathBuf,
    options: &'a Options,
    rows: u64,
    alone: u64,
    operations: u64,
    errors: u64,
    first_errors: Vec<RowError>,
    outputs: Vec<TableFile>,
    errors_file: Option<ErrorsFile>,
    counting: Counting<'a>,
}

/// What a run knows at its end besides what it counted.
pub(super) struct Ending {
    /// What the policy took as known.
    pub(super) assumptions: Vec<Assumed>,
    /// What was read of tables of events.
    pub(super) events: Vec<EventTally>,
    /// How many accounts of the state the table does not have.
    pub(super) kept: usize,
    /// The new state, if one is written.
    pub(super) state: Option<Target>,
}

impl<'a> Sink<'a> {
    pub(super) fn create(policy: &'a Policy, table: &Path, options: &'a Options) -> Result<Self, RunError> {
        names_of_their_own(table, options)?;
        let mut outputs = Vec::with_capacity(options.outputs.len());
        for path in &options.outputs {
            outputs.push(decisions_file(path)?);
        }
        let errors_file = match options.errors_path() {
            Some(path) if options.keep_going => Some(ErrorsFile::create(&path)?),
            _ => None,
        };
        Ok(Self {
            policy,
            table: table.to_owned(),
            options,
            rows: 0,
            alone: 0,
            operations: 0,
            errors: 0,
            first_errors: Vec::new(),
            outputs,
            errors_file,
            counting: Counting::new(policy),
        })
    }

    /// The forms in which decisions are written.
    pub(super) fn forms(&self) -> Vec<Form> {
        self.outputs.iter().map(TableFile::form).collect()
    }

    /// Whether decisions still go anywhere: after a row error they do not, unless the run
    /// keeps going.
    const fn is_open(&self) -> bool {
        self.options.keep_going || self.errors == 0
    }

    /// Takes the rows of a batch, in the order of the table.
    pub(super) fn take(&mut self, page: Page) -> Result<(), RunError> {
        self.rows += page.rows;
        self.alone += page.alone;
        self.operations = self.operations.saturating_add(page.operations);
        for error in page.bad {
            self.refuse(error)?;
        }
        if !self.is_open() {
            return Ok(());
        }
        for (output, ready) in self.outputs.iter_mut().zip(page.ready) {
            output.write(&ready.map_err(|problem| OutputError::write(output.path(), problem))?)?;
        }
        for (alike, sum) in &page.counts {
            self.counting.add(alike, *sum);
        }
        for (facts, sum) in &page.scripts {
            self.counting.add_script_failures(facts, *sum);
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
    pub(super) fn finish(self, ending: Ending) -> Result<Summary, RunError> {
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
        let (head, counting) = (self.policy.head(), self.counting);
        let (decisions, overdue_unknown) = (counting.decisions, counting.overdue_unknown);
        let (review_tomorrow, first_at_once, with_state) =
            (counting.review_tomorrow, counting.first_at_once, counting.with_state);
        let counted = counting.finish();
        Ok(Summary {
            table: self.table,
            policy: head.name.clone(),
            policy_version: head.version.clone(),
            policy_hash: self.policy.hash().to_string(),
            as_of: self.options.as_of,
            law: self.options.law.stamp(),
            currency: head.currency.to_string(),
            rows: self.rows,
            decisions,
            errors: self.errors,
            overdue: counted.overdue,
            overdue_unknown,
            by_stage: counted.by_stage,
            by_debtor_type: counted.by_debtor_type,
            by_action: counted.by_action,
            by_treatment: counted.by_treatment,
            by_channel: counted.by_channel,
            by_stage_reason: counted.by_stage_reason,
            acts: counted.acts,
            duties: counted.duties,
            assumptions: ending.assumptions,
            events: ending.events,
            left_alone: counted.left_alone,
            reviewed: self.options.reviews,
            review_tomorrow,
            first_at_once,
            with_state,
            state_kept: u64::try_from(ending.kept).unwrap_or(0),
            script_operations: self.operations,
            script_failures: counted.script_failures,
            one_by_one: self.alone,
            written,
            errors_file,
            first_errors: self.first_errors,
        })
    }
}

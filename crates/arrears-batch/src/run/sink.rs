//! Where the results of a run go: files, the new state, the summary.

use super::decided::{Decided, Outcome};
use super::error::{BadRows, RunError};
use super::options::Options;
use super::places::names_of_their_own;
use super::rows::Refused;
use crate::output::{DecisionsFile, ErrorsFile, Target, publish_all};
use crate::row_error::{Fault, RowError};
use crate::state::State;
use crate::summary::{Assumed, Counting, Summary};
use arrears::decide::{Carried, Proposal, Record};
use arrears::policy::Policy;
use chrono::NaiveDate;
use rayon::prelude::*;
use std::path::{Path, PathBuf};

/// What a decided row leaves behind.
struct Finished {
    decided: Decided,
    record: Option<Record>,
    carried: Option<Carried>,
}

/// Where the results of a run go.
pub(super) struct Sink<'a> {
    policy: &'a Policy,
    table: PathBuf,
    options: &'a Options,
    rows: u64,
    errors: u64,
    first_errors: Vec<RowError>,
    outputs: Vec<DecisionsFile>,
    errors_file: Option<ErrorsFile>,
    state: State,
    counting: Counting<'a>,
}

impl<'a> Sink<'a> {
    pub(super) fn create(
        policy: &'a Policy,
        table: &Path,
        options: &'a Options,
        state: State,
    ) -> Result<Self, RunError> {
        names_of_their_own(table, options)?;
        let mut outputs = Vec::with_capacity(options.outputs.len());
        for path in &options.outputs {
            outputs.push(DecisionsFile::create(path)?);
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
            errors: 0,
            first_errors: Vec::new(),
            outputs,
            errors_file,
            state,
            counting: Counting::new(policy, options.as_of),
        })
    }

    /// What the last decisions left, and these so far.
    pub(super) const fn state(&self) -> &State {
        &self.state
    }

    /// How many rows have been read.
    pub(super) const fn rows(&self) -> u64 {
        self.rows
    }

    /// Counts rows that have been read.
    pub(super) fn has_read(&mut self, rows: usize) {
        self.rows += u64::try_from(rows).unwrap_or(0);
    }

    /// Whether decisions still go anywhere: after a row error they do not, unless the run
    /// keeps going.
    const fn is_open(&self) -> bool {
        self.options.keep_going || self.errors == 0
    }

    /// Takes outcomes in the order of the table.
    pub(super) fn take(&mut self, outcomes: Vec<Outcome>) -> Result<(), RunError> {
        let (policy, written) = (self.policy, !self.outputs.is_empty());
        let keeps_state = self.options.state_out.as_ref().map(|_| self.options.as_of);
        let finished: Vec<Result<Finished, Refused>> =
            outcomes.into_par_iter().map(|outcome| finish(policy, outcome?, written, keeps_state)).collect();
        let mut good = Vec::with_capacity(finished.len());
        for outcome in finished {
            match outcome {
                Ok(finished) => good.push(finished),
                Err(refused) => self.refuse(refused.error)?,
            }
        }
        if !self.is_open() {
            return Ok(());
        }
        let records: Vec<&Record> = good.iter().filter_map(|finished| finished.record.as_ref()).collect();
        for output in &mut self.outputs {
            output.write(&records)?;
        }
        for Finished { decided, carried, .. } in good {
            self.counting.add(&decided.proposal, &decided.scripts_failed);
            if let Some(carried) = carried {
                self.state.keep(&decided.proposal.account, carried);
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

    /// Completes every file, then gives all of them their names, the state last, or none.
    pub(super) fn finish(self, assumptions: Vec<Assumed>, kept: usize) -> Result<Summary, RunError> {
        if !self.is_open() {
            return Err(RunError::Rows(BadRows {
                table: self.table.display().to_string(),
                first: self.first_errors,
                errors: self.errors,
                rows: self.rows,
                done: "decided",
            }));
        }
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
        if let Some(path) = &self.options.state_out {
            targets.push(self.state.write(self.policy, path)?);
        }
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
            assumptions,
            left_alone: counted.left_alone,
            review_tomorrow,
            first_at_once,
            with_state,
            state_kept: u64::try_from(kept).unwrap_or(0),
            script_failures: counted.script_failures,
            written,
            errors_file,
            first_errors: self.first_errors,
        })
    }
}

/// Checks a decided row against the policy's `never` and `always`, and makes its record.
fn finish(
    policy: &Policy,
    decided: Decided,
    written: bool,
    keeps_state: Option<NaiveDate>,
) -> Result<Finished, Refused> {
    let Proposal { account, row, decision, rides_with, .. } = &decided.proposal;
    let broken = policy.broken_invariants(row, decision);
    if !broken.is_empty() {
        let faults = broken
            .iter()
            .map(|rule| Fault::of_row(format!("the decision breaks what the policy promises: {}", rule.name)));
        return Err(decided.refused(faults.collect()));
    }
    let record = written.then(|| Record { rides_with: rides_with.clone(), ..decision.record(policy, account) });
    let carried = keeps_state.map(|as_of| policy.carry(row, decision, as_of));
    Ok(Finished { record, carried, decided })
}

//! The state that a run leaves, written while it decides.

use super::error::RunError;
use super::options::Taker;
use super::sink::hand;
use super::watch::Watch;
use crate::output::{OutputError, Ready, Target};
use crate::state::{Left, StateFile, StateForm, StateIndex, StateTable};
use arrears::policy::Policy;
use std::path::Path;

/// The state that a run leaves: accounts in the order of the table, then those of the old
/// state that the table no longer has, as they were and in its order.
pub(super) struct Heir<'p, 'h> {
    file: Option<StateFile<'p>>,
    /// Who takes it in the place of a file, and in what form.
    taker: Option<(&'h mut Taker<'h>, StateForm<'p>)>,
}

impl<'p, 'h> Heir<'p, 'h> {
    /// The state that a run under some policies leaves, told apart if it is `shared`: in a file,
    /// else for who takes it, else none.
    pub(super) fn create(
        (policies, shared): (&[&'p Policy], bool),
        path: Option<&Path>,
        taker: Option<&'h mut Taker<'h>>,
    ) -> Result<Self, RunError> {
        let file = path.map(|path| StateFile::create((policies, shared), path)).transpose()?;
        let taker = taker.filter(|_| file.is_none()).map(|taker| (taker, StateForm::columns_of(policies, shared)));
        Ok(Self { file, taker })
    }

    /// Takes what a batch of the table leaves, made ready in the form of the file.
    pub(super) fn take(&mut self, left: Result<Ready, String>) -> Result<(), RunError> {
        if let Some(file) = &mut self.file {
            let left = left.map_err(|problem| OutputError::write(file.path(), problem))?;
            file.write_ready(&left)?;
            return Ok(());
        }
        match &mut self.taker {
            Some((taker, _)) => hand((&mut **taker, Path::new("the state")), left),
            None => Ok(()),
        }
    }

    /// How the state is written, if it is.
    pub(super) fn form(&self) -> Option<StateForm<'p>> {
        let of_taker = self.taker.as_ref().map(|(_, form)| form);
        self.file.as_ref().map(StateFile::form).or(of_taker).cloned()
    }

    /// Takes the accounts of the old state that the table no longer has, as each policy reads
    /// it.
    pub(super) fn take_gone(
        &mut self,
        states: &[StateTable<'_>],
        index: &StateIndex,
        watch: &Watch<'_>,
    ) -> Result<(), RunError> {
        let Some(form) = self.form().filter(|_| index.gone() > 0) else { return Ok(()) };
        let mut gone = index.gone_accounts().peekable();
        let Some(state) = states.first() else { return Ok(()) };
        let mut rows = state.rows_without_names()?;
        while let Some(batch) = rows.next_batch()? {
            watch.go_on()?;
            let mut left = Left::default();
            for place in 0..batch.rows() {
                if let Some((account, _)) = gone.next_if(|(_, row)| *row == batch.row(place)) {
                    let entries = states.iter().map(|state| state.entry(&batch, place)).enumerate();
                    left.before(account.to_owned(), entries.collect());
                }
            }
            if !left.is_empty() {
                self.take(form.ready(&left))?;
            }
        }
        Ok(())
    }

    /// Ends the file, still under its temporary name.
    pub(super) fn finish(self) -> Result<Option<Target>, RunError> {
        Ok(self.file.map(StateFile::finish).transpose()?)
    }
}

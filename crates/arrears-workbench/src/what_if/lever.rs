//! What can be moved: a change of one size after the other.

use super::trial::{Moved, Trial};
use arrears::Cell;
use arrears::condition::FactId;
use serde::Serialize;

/// What kind of change it is, in the order in which changes are listed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum ChangeKind {
    /// Money is paid; the size is an amount.
    Payment,
    /// Days pass and nothing happens; the size is in days.
    Waiting,
    /// A promise is made or broken, a plan's payment missed; the size counts them.
    Promise,
    /// The bank does something: a call, a visit, a letter, a demand; the size counts them.
    Work,
    /// Something is reported, agreed or over: a dispute, hardship, an arrangement.
    Standing,
    /// What the person can afford, or the credit limit, is another; the size is an amount.
    Amount,
    /// A fact that is missing is told.
    Told,
}

/// A change that can be made larger in steps of one unit: a cent, a day, a count. Of a change that is made or not the
/// only size is 1.
pub(super) struct Lever<'t> {
    pub(super) kind: ChangeKind,
    /// The least size; one less is the account as it is, or no such change.
    pub(super) least: i64,
    pub(super) most: i64,
    /// What it does to the account; none where the account cannot be so.
    pub(super) made: Box<dyn Fn(i64) -> Option<Moved> + 't>,
    /// What it is, in words.
    pub(super) words: Box<dyn Fn(i64) -> String + 't>,
    /// Its size as people write it; none for what is made or not.
    pub(super) size: Box<dyn Fn(i64) -> Option<String> + 't>,
    /// The facts that it moves, besides those that follow.
    pub(super) facts: Vec<FactId>,
}

impl<'t> Lever<'t> {
    /// A change that is made or not: these facts are told anew. None where it tells nothing that the policy reads.
    pub(super) fn once(
        trial: &'t Trial<'_>,
        kind: ChangeKind,
        told: Vec<(FactId, Cell)>,
        words: impl Into<String>,
    ) -> Option<Self> {
        let words = words.into();
        let facts: Vec<FactId> = told.iter().map(|(fact, _)| *fact).collect();
        let differs = told.iter().any(|(fact, cell)| trial.row.cell(*fact) != *cell);
        differs.then(|| Self {
            kind,
            least: 1,
            most: 1,
            made: Box::new(move |_| trial.told(&told)),
            words: Box::new(move |_| words.clone()),
            size: Box::new(|_| None),
            facts,
        })
    }

    /// A change that is made so many times: `told` says what is then told anew.
    pub(super) fn counted(
        trial: &'t Trial<'_>,
        kind: ChangeKind,
        most: i64,
        told: impl Fn(i64) -> Vec<(FactId, Cell)> + 't,
        (one, many): (&'static str, &'static str),
    ) -> Option<Self> {
        let facts: Vec<FactId> = told(1).into_iter().map(|(fact, _)| fact).collect();
        (!facts.is_empty()).then(|| Self {
            kind,
            least: 1,
            most,
            made: Box::new(move |size| trial.told(&told(size))),
            words: Box::new(move |size| if size == 1 { one.to_owned() } else { many.replace('#', &size.to_string()) }),
            size: Box::new(|size| Some(size.to_string())),
            facts,
        })
    }
}

//! How far the decision of one day surely stays, for whoever decides many accounts at once.
//!
//! [`super::decide`] notes what a decision has looked at, and so finds the days on which it
//! may differ with hardly one too many. Here everything that a policy could look at is
//! watched: a day may be named on which nothing differs, but none is passed over.

use super::asking::Asking;
use super::line::HORIZON;
use crate::condition::{FactId, WordSet};

/// What is watched of the rows of a table.
///
/// A decision may differ on the first day on which a number crosses an edge, two numbers
/// change their order, a fact steps, grows too old or begins, a wait or what was learned ends,
/// or the state is not what a steady night leaves. It is not told from the first day on which
/// a count over a window may fall or a fact may rise unseen.
#[derive(Debug, Default)]
pub struct Foresight {
    /// Days past due.
    pub dpd: Option<FactId>,
    /// Days until a payment is due.
    pub days_to_due: Option<FactId>,
    /// The debtor type of the last decision.
    pub previous_type: Option<FactId>,
    /// Counts of treatments in an episode of arrears, which a new episode begins at zero.
    pub counts: Vec<FactId>,
    /// The facts that a night may change: days move them, or a decision leaves another value.
    pub moving: Vec<FactId>,
    /// Those of them that days move.
    pub movers: Vec<FactId>,
    /// The facts that must be told of a row: those that move, those by which they move, and
    /// everything else that is watched.
    pub needs: Vec<FactId>,
    /// The numbers with which a moving fact is compared, in order, with the stages of accounts of
    /// which that is asked: an edge at `n` lies between `n - 1` and `n`.
    pub edges: Vec<(FactId, Vec<(i64, WordSet)>)>,
    /// Facts that are compared with each other, one of which moves.
    pub pairs: Vec<(FactId, FactId)>,
    /// Moving facts of which other numbers are computed.
    pub computed: Vec<FactId>,
    /// Facts that run down and on whose passing zero others step.
    pub passes: Vec<FactId>,
    /// Waits that a result of a contact asked for.
    pub waits: Vec<FactId>,
    /// Facts that grow too old, with their age and the last age at which they are known.
    pub ages: Vec<(FactId, FactId, i64)>,
    /// The greatest days past due of a time.
    pub peaks: Vec<FactId>,
    /// Counts over a window.
    pub windows: Vec<Window>,
    /// Facts that may rise on a day that the row does not tell, with the stages of accounts of
    /// which they are asked.
    pub drifting: Vec<(FactId, WordSet)>,
}

/// A count over a window that moves on.
#[derive(Clone, Debug)]
pub struct Window {
    /// The count.
    pub fact: FactId,
    /// The fact that says in how many days it falls.
    pub drops: Option<FactId>,
    /// Whether it may rise as well, and so have something to lose even where it is zero.
    pub rises: bool,
    /// Where it is asked.
    pub askings: Vec<Asking>,
}

impl Foresight {
    /// A review lies at most so many days ahead.
    pub const HORIZON: i64 = HORIZON as i64;
}

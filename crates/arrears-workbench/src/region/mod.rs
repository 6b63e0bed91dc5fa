//! Where two policies decide otherwise: proved of every account, or the region in which they differ.
//!
//! [`crate::differ`] says what changed in words and [`crate::compare`] what moves on a table. This says what can move on
//! any table: nothing at all, or for each move of accounts from one outcome to another between which values every
//! fact must lie, with an account that both engines have decided.

mod bounds;
mod moves;
mod outcome;
mod words;

pub use bounds::Bounds;
pub use outcome::Outcome;

use crate::analysis::Options;
use crate::differ::Difference;
use crate::proof::Account;
use crate::proof::pair::Pair;
use arrears::{EmptyReason, Policy};
use moves::Moves;
use serde::Serialize;

/// Where two policies decide otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "format", rename = "arrears-region/1")]
pub struct Region {
    /// What is compared of every decision.
    pub compared: [&'static str; 4],
    /// Whether it is proved that both decide alike every account that is compared (see [`region`](fn@region)).
    pub same: bool,
    /// The parts of the region, by the stages of the accounts that move; those of which the debtor type alone moves last.
    pub parts: Vec<Part>,
    /// Whether these are all: no account outside that is compared is decided otherwise.
    pub complete: bool,
    /// What could not be put into clauses exactly, or took too long. It can only hide moves where `complete` is false.
    pub open: Vec<String>,
}

/// The accounts that are in one stage under A, and in the same or another under B, and are decided otherwise.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Part {
    /// The stage under A; none where the debtor type alone moves.
    pub from: Option<String>,
    /// The stage under B.
    pub to: Option<String>,
    /// Between which values facts must lie: no account outside is of this part. First those that the quiet account does
    /// not have.
    pub only_where: Vec<Bounds>,
    /// What moves, as it was found.
    pub moves: Vec<Move>,
    /// Whether these are all the moves of this part.
    pub complete: bool,
}

/// Accounts that have one outcome under A and another under B.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Move {
    /// What A decides.
    pub from: Outcome,
    /// What B decides.
    pub to: Outcome,
    /// Whether both choose one treatment, and what it does is another thing in each.
    pub done_otherwise: bool,
    /// An account that makes it, decided under both; none where the clauses allow one and the engine showed none.
    pub account: Option<Account>,
}

/// Finds where two policies decide otherwise, over every account that both are for (`applies when`), of which every fact is
/// known that is given, nothing is given that is computed from others, and the stage can be told.
///
/// Facts of one name are one fact, unless they are of two kinds, or amounts of two currencies. What is compared is what `Region::compared` says: not texts, hours, duties and acts,
/// of which [`crate::differ`] tells; where a treatment says otherwise in B, every account that it is chosen for counts as moved.
///
/// ```
/// use arrears_workbench::analysis::Options;
/// use arrears_workbench::{differ, region};
///
/// let text = r#"
///     policy "card" #{ version: "1", currency: "GBP", zone: "Europe/London" };
///     assume opted_out("sms") = false #{ why: "nobody objected" };
///     debtor "late" otherwise;
///     stage "reminder" when dpd >= 5;
///     escalate #{ mode: "free" };
///     treatment "text" in ["reminder"] when dpd < 40 do sms(#{ text: "gentle" });
/// "#;
/// let load = |text: &str| arrears_rules::load_source("card.rhai", text, &[]).policy.ok_or("problems");
/// let (a, b) = (load(text)?, load(&text.replace("dpd >= 5", "dpd >= 8"))?);
/// let options = Options::default();
/// let found = region(&a, &b, &differ(&a, &b), [&options, &options])?;
/// assert!(found.complete);
/// let [part] = found.parts.as_slice() else { return Err("one part".into()) };
/// assert_eq!((part.from.as_deref(), part.to.as_deref()), (Some("reminder"), Some("current")));
/// assert!(part.moves.iter().any(|it| it.from.does == "text" && it.to.does == "none"));
/// let dpd = part.only_where.iter().find(|it| it.fact == "dpd").ok_or("no bounds")?;
/// assert_eq!(dpd.text(), "5 to 7");
///
/// let c = load(&text.replace("dpd >= 5", "dpd > 4 && !(dpd < 5)"))?;
/// assert!(region(&a, &c, &differ(&a, &c), [&options, &options])?.same);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// `options` are those of A and of B: each may have scripts of its own. How hard is searched is as in those of A.
///
/// # Errors
///
/// A reason for the absence of law that is empty.
pub fn region(
    a: &Policy,
    b: &Policy,
    difference: &Difference,
    options: [&Options<'_>; 2],
) -> Result<Region, EmptyReason> {
    let [of_a, of_b] = options;
    let (judge_a, judge_b) = (of_a.judge(a)?, of_b.judge(b)?);
    let moves = Moves::new(Pair::new(a, b), [&judge_a, &judge_b], difference, of_a.effort());
    Ok(moves.all())
}

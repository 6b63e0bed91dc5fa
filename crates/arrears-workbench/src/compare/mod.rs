//! Two policies on one table of accounts: who moves, and with how much money.

mod capacity;
mod columns;
mod flows;
mod movers;
mod reasons;

pub use capacity::ChannelLoad;
pub use columns::moved_schema;
pub use flows::Flow;
pub use movers::MovedAccount;
pub use reasons::{BothReasons, OneSide, both_reasons};

use crate::portfolio::{Beside, Book, BookError, Count, Money, Moved, PassHooks, Remembered, Rules, Sum, pass};
use arrears::Policy;
use arrears_batch::{Assumed, EventTally, RowError, Summary, Taker};
use chrono::NaiveDate;
use flows::Flows;
use movers::Movers;
use serde::Serialize;
use std::path::PathBuf;

/// What two policies, A and B, decide of one table.
///
/// `both.accounts + only_a.accounts + only_b.accounts + neither` are the rows of the table, and
/// `kept.accounts + moved.any.accounts` are those of `both`.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Comparison {
    /// The table.
    pub table: PathBuf,
    /// The day of the decisions.
    pub as_of: NaiveDate,
    /// The law under which they were made.
    pub law: String,
    /// The currency of every amount.
    pub currency: String,
    /// The first policy.
    pub a: Compared,
    /// The second policy.
    pub b: Compared,
    /// Rows of the table.
    pub rows: u64,
    /// Accounts that both decide.
    pub both: Count,
    /// Accounts that A decides and B cannot.
    pub only_a: Count,
    /// Accounts that B decides and A cannot.
    pub only_b: Count,
    /// Rows that neither can decide.
    pub neither: u64,
    /// Accounts that stand alike under both: stage, action, treatment and debtor type.
    pub kept: Count,
    /// Accounts that do not.
    pub moved: Moved,
    /// Who gets a contact, of the accounts that both decide.
    pub contacts: Contacts,
    /// From stage to stage, with the stages of each policy in order of severity. Of these and the flows below, those that
    /// stay where they are are part.
    pub by_stage: Vec<Flow>,
    /// From action to action.
    pub by_action: Vec<Flow>,
    /// From treatment to treatment; none is no treatment.
    pub by_treatment: Vec<Flow>,
    /// From debtor type to debtor type; none is one of several types.
    pub by_debtor_type: Vec<Flow>,
    /// From channel to channel; none is no channel.
    pub by_channel: Vec<Flow>,
    /// The first accounts that moved, in the order of the table.
    pub first_moved: Vec<MovedAccount>,
    #[serde(skip)]
    digits: u32,
}

/// One of two policies.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Compared {
    /// Its name.
    pub policy: String,
    /// Its label for people.
    pub policy_version: String,
    /// What decides, as a hash.
    pub policy_hash: String,
    /// Rows that it decides.
    pub decisions: u64,
    /// Rows that it cannot decide.
    pub errors: u64,
    /// The first of these.
    pub first_errors: Vec<RowError>,
    /// Accounts that get a contact, of all that it decides.
    pub contacts: Count,
    /// What it took as known because the table has no column for it.
    pub assumptions: Vec<Assumed>,
    /// What was read of each table of events.
    pub events: Vec<EventTally>,
}

/// Accounts by who would contact them: `only_a` and `only_b` are the swap set.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Contacts {
    /// Under both policies.
    pub both: Count,
    /// Under A alone.
    pub only_a: Count,
    /// Under B alone.
    pub only_b: Count,
    /// Under neither.
    pub neither: Count,
}

/// Why two policies cannot be compared on a table.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CompareError {
    /// They do not belong together on that day; all that is wrong.
    #[error("{}", .0.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"))]
    Apart(Vec<Apart>),
    /// The table could not be decided.
    #[error(transparent)]
    Book(#[from] BookError),
}

/// What keeps two policies from being compared.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Apart {
    /// They count in different currencies.
    #[error("{a} counts in {currency_a} and {b} in {currency_b}: their amounts cannot be compared")]
    Currencies {
        /// The first policy.
        a: String,
        /// Its currency.
        currency_a: String,
        /// The second policy.
        b: String,
        /// Its currency.
        currency_b: String,
    },
    /// One of them decides on other days.
    #[error("{policy} decides {when}: {as_of} is outside")]
    NotInForce {
        /// The policy.
        policy: String,
        /// From when until when it decides.
        when: String,
        /// The day of the decisions.
        as_of: NaiveDate,
    },
}

/// Decides a whole table under each of two policies, as a real run would decide it, and says who stands otherwise: from A,
/// the first, to B.
///
/// The accounts that moved are handed to `moved` in batches, in the order of the table ([`moved_schema`] lists the columns); the
/// comparison ends as if it was told to stop when that gives back `false`. Rows that cannot be decided end the comparison, unless
/// [`arrears_batch::Options::keep_going`] is set; then those that only one policy decides are counted apart.
/// What is overdue is what A reads, or B where A does not know it. A state is read by each policy as its own.
///
/// Memory is that of one run, 16 bytes for each row of the table, and a batch of accounts that moved.
///
/// # Errors
///
/// [`CompareError`]: policies in different currencies or not in force; a table that can be read only once; whatever
/// ends a run.
///
/// ```
/// use arrears::Law;
/// use arrears_batch::{HeldTable, Options, Origin};
/// use arrears_workbench::{Book, PassHooks, Rules, compare};
/// use arrow_array::{ArrayRef, Int64Array, RecordBatch, StringArray};
/// use std::sync::Arc;
///
/// let text = r#"
///     policy "card" #{ version: "1", currency: "GBP", zone: "Europe/London" };
///     debtor "late" otherwise;
///     stage "reminder" when dpd >= 1;
///     stage "firm" when dpd > 30;
///     escalate #{ first: "skip" };
/// "#;
/// let old = arrears_rules::load_source("old.rhai", text, &[]);
/// let new = arrears_rules::load_source("new.rhai", &text.replace("dpd > 30", "dpd > 60"), &[]);
/// let (Some(a), Some(b)) = (&old.policy, &new.policy) else { return Err("a policy has problems".into()) };
/// let rows = RecordBatch::try_from_iter([
///     ("account_id", Arc::new(StringArray::from(vec!["a", "b"])) as ArrayRef),
///     ("dpd", Arc::new(Int64Array::from(vec![20, 40]))),
/// ])?;
/// let table = Origin::from(HeldTable::new("accounts", rows.schema(), vec![rows]));
/// let options = Options::new("2026-03-31".parse()?, Law::none("an example")?);
///
/// let (a, b) = (Rules { policy: a, scripts: &old.scripts }, Rules { policy: b, scripts: &new.scripts });
/// let comparison = compare(a, b, Book { table: &table, options: &options }, None, PassHooks::default())?;
/// assert_eq!((comparison.kept.accounts, comparison.moved.stage.accounts), (1, 1));
/// assert_eq!(comparison.first_moved[0].account_id, "b");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn compare(
    a: Rules<'_>,
    b: Rules<'_>,
    book: Book<'_>,
    moved: Option<&mut Taker<'_>>,
    mut hooks: PassHooks<'_>,
) -> Result<Comparison, CompareError> {
    belong_together(a.policy, b.policy, book)?;
    book.check()?;
    let (name_a, name_b) = (called(a.policy), called(b.policy));
    let mut remembered = Remembered::default();
    let of_a = pass((a, &name_a), book, &mut hooks, (1, 2), |sheet| {
        remembered.take(sheet);
        true
    })?;
    let money = Money::of(a.policy).or(Money::of(b.policy));
    let mut beside = Beside::new(&remembered);
    let mut movers = Movers::new(money, moved);
    let ended = pass((b, &name_b), book, &mut hooks, (2, 2), |sheet| {
        beside.take(sheet, |mover| movers.add(mover)) && movers.hand()
    });
    let of_b = beside.ended(ended, &of_a)?;
    let contacts = [remembered.standings.contacts(), beside.standings.contacts()].map(|sum| money.count(sum));
    Ok(comparison((a.policy, b.policy), [of_a, of_b], contacts, (&beside, movers.first()), money))
}

fn comparison(
    (a, b): (&Policy, &Policy),
    [of_a, of_b]: [Summary; 2],
    [contacts_a, contacts_b]: [Count; 2],
    (beside, first_moved): (&Beside<'_>, Vec<MovedAccount>),
    money: Money,
) -> Comparison {
    let met = beside.met();
    let sum = |is: &dyn Fn(bool, bool, bool) -> bool| {
        let those =
            met.iter().filter(|met| is(met.a.is_contact(), met.b.is_contact(), met.differs.any())).map(|met| met.sum);
        those.collect::<Sum>()
    };
    let both = sum(&|_, _, _| true);
    let decided = both.accounts.saturating_add(beside.only_a.accounts).saturating_add(beside.only_b.accounts);
    let flows = Flows::new((a, b), &met, money);
    Comparison {
        table: of_a.table.clone(),
        as_of: of_a.as_of,
        law: of_a.law.clone(),
        currency: of_a.currency.clone(),
        rows: of_a.rows,
        both: money.count(both),
        only_a: money.count(beside.only_a),
        only_b: money.count(beside.only_b),
        neither: of_a.rows.saturating_sub(decided),
        kept: money.count(sum(&|_, _, differs| !differs)),
        moved: Moved::of(&met, money),
        contacts: Contacts {
            both: money.count(sum(&|a, b, _| a && b)),
            only_a: money.count(sum(&|a, b, _| a && !b)),
            only_b: money.count(sum(&|a, b, _| !a && b)),
            neither: money.count(sum(&|a, b, _| !a && !b)),
        },
        by_stage: flows.by_stage(),
        by_action: flows.by_action(),
        by_treatment: flows.by_treatment(),
        by_debtor_type: flows.by_debtor_type(),
        by_channel: flows.by_channel(),
        first_moved,
        digits: money.digits(),
        a: Compared::of(of_a, contacts_a),
        b: Compared::of(of_b, contacts_b),
    }
}

impl Compared {
    fn of(summary: Summary, contacts: Count) -> Self {
        Self {
            policy: summary.policy,
            policy_version: summary.policy_version,
            policy_hash: summary.policy_hash,
            decisions: summary.decisions,
            errors: summary.errors,
            first_errors: summary.first_errors,
            contacts,
            assumptions: summary.assumptions,
            events: summary.events,
        }
    }
}

fn called(policy: &Policy) -> String {
    let head = policy.head();
    format!("`{}` {}", head.name, head.version)
}

fn belong_together(a: &Policy, b: &Policy, book: Book<'_>) -> Result<(), CompareError> {
    let as_of = book.options.as_of;
    let mut apart = Vec::new();
    if a.head().currency != b.head().currency {
        let [currency_a, currency_b] = [a, b].map(|policy| policy.head().currency.to_string());
        apart.push(Apart::Currencies { a: called(a), currency_a, b: called(b), currency_b });
    }
    for policy in [a, b] {
        if !policy.in_force(as_of) {
            let outside = Apart::NotInForce { policy: called(policy), when: policy.head().term(), as_of };
            if !apart.contains(&outside) {
                apart.push(outside);
            }
        }
    }
    if apart.is_empty() { Ok(()) } else { Err(CompareError::Apart(apart)) }
}

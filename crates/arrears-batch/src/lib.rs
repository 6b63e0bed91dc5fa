//! Tables of accounts in, tables of decisions out.
//!
//! [`run`] decides every row of a Parquet or CSV table under one policy and writes the
//! decisions, the new state, and the rows that could not be decided; [`run_each`] does so under
//! several policies, each row under the one to which it belongs. Nothing is assumed
//! silently: a column that the policy reads must be there, be mapped, or be assumed by the
//! policy in so many words; an empty cell is unknown; *never* is a value of its own.
//!
//! [`measures`] tells of a book over months how accounts enter arrears, roll, are recovered and
//! worked.
//!
//! Files are read and written here and nowhere below; no clock is read.

mod account;
mod beside;
mod bind;
mod cell;
mod columns;
mod events;
mod inputs;
mod learned;
mod mapping;
pub mod measures;
mod names;
mod output;
mod route;
mod row_error;
mod run;
mod state;
mod summary;
mod table;
mod texts;

pub use account::{Found, Lookup, each_account, find_account};
pub use beside::{AccountCells, account_cells};
pub use bind::{ACCOUNT, CURRENCY, CUSTOMER, ColumnProblem, SchemaProblems};
pub use cell::NEVER;
pub use columns::{Decided, Desk, Part, Portfolio};
pub use events::{
    ContactsMade, EventSchemas, EventTable, EventTables, EventTally, Events, LATE_SINCE, Lately, PaidOn, PromiseTold,
    PromisesTold, ToldColumns, lately,
};
pub use inputs::{InputRecord, input_records};
pub use learned::{AppliedTally, LearnColumn, LearnError, LearnOptions, LearnSummary, learn};
pub use mapping::{Mapping, MappingError, propose_mapping};
pub use output::{BETWEEN, OutputError, RowsFile, Sheet, SheetRow, decision_columns, decision_schema, write_text};
pub use route::{Answer, NoPolicies, Policies, Unplaced};
pub use row_error::{Fault, RowError};
pub use run::{
    BadRows, Hooks, Options, Progress, RunError, ScriptCost, ScriptHook, SheetTaker, Step, Taker, check_beside,
    check_in_force, check_result, run, run_each,
};
pub use state::{DECIDED_ON, POLICY, State, StateError, state_schema};
pub use summary::{Amount, Assumed, LeftAlone, NextDays, OutOfForce, Overview, RuleTally, Summary, Tally};
pub use table::{HeldTable, NamedColumns, Origin, StreamTable, Table, TableError, open};

//! What the last decisions left, account by account: in before a run, out after it.

mod beside;
mod entry;
mod error;
mod index;
mod layout;
mod left;
mod read;
mod whole;
mod write;

pub(crate) use beside::{Before, Beside};
pub(crate) use entry::Entry;
pub use error::StateError;
pub(crate) use index::StateIndex;
pub(crate) use left::Left;
pub(crate) use read::StateTable;
pub use whole::State;
pub use write::state_schema;
pub(crate) use write::{StateFile, StateForm, check_place};

/// The column that tells as of which day a state is: that of the decision, or of the last
/// result that was learned after it.
pub const DECIDED_ON: &str = "decided_on";

/// The column that tells under which policy an account was decided last, where a run had several.
pub const POLICY: &str = "policy";

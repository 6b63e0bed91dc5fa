//! Conditions: as written ([`Term`]), as checked ([`Cond`]), and the one walk that reads them.

mod missing;
mod reading;
mod row;
mod term;
mod tree;
mod truth;
mod visit;

pub use missing::missing_facts;
pub use reading::Reading;
pub use row::{RowReading, compare, not_since, operate};
pub use term::{Arith, Cmp, FUNCTIONS, Named, Term, TermKind};
pub use tree::{Cond, CondKind, FactId, Num, NumKind, NumOp, ThresholdId, WordSet};
pub use truth::Truth;

//! On what contract interest runs, and when it is booked.

use serde::{Deserialize, Serialize};

/// What contract interest runs on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RunsOn {
    /// Principal from the day after it fell due. Interest up to then is in the instalments.
    #[default]
    Overdue,
    /// All principal that is not repaid, due or not, from the day of its schedule or invoice. A
    /// schedule with interest of its own is then refused: it would be asked for twice.
    Outstanding,
}

/// Whether contract interest earns interest.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Compounding {
    /// Never.
    #[default]
    Simple,
    /// What is booked each day earns from that day on.
    Daily,
    /// What is booked by the end of a month earns from the first of the next.
    Monthly,
}

/// When interest becomes money. It always does on a day on which what it runs on changes (a
/// payment, a new rate), and on the day of a statement.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Booking {
    /// On no other days.
    #[default]
    Change,
    /// On the first of each month too, for the month that ended.
    Month,
    /// Each day, for the day that ended.
    Day,
}

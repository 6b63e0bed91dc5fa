//! Which names belong to conditions: facts of every account, and the functions over them.

/// Functions that conditions have and scripts have not.
const FUNCTIONS: [&str; 10] = [
    "times",
    "days_since",
    "months_since",
    "consent",
    "opted_out",
    "tag",
    "not_yet",
    "not_since",
    "known",
    "quiet",
];

/// Whether `name` is a fact that accounts have, or a function of conditions.
pub(crate) fn is_fact(name: &str) -> bool {
    FUNCTIONS.contains(&name) || arrears::table::find(name).is_some()
}

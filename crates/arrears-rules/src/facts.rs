//! Which names belong to conditions: facts of every account, and the functions over them.

use arrears::condition::FUNCTIONS;

/// Functions of conditions that scripts have too.
const IN_SCRIPTS: [&str; 3] = ["min", "max", "abs"];

/// Whether `name` is a fact that accounts have, or a function that only conditions have.
pub(crate) fn is_fact(name: &str) -> bool {
    let function = FUNCTIONS.contains(&name) && !IN_SCRIPTS.contains(&name);
    function
        || name == "quiet"
        || arrears::table::find(name).is_some()
        || arrears::table::find_of_contact(name).is_some()
}

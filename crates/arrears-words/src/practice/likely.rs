//! What makes a found account easy to believe.

use arrears::trial::quiet_account;
use arrears::{Cell, Policy};

/// Days until something falls due on an account that is not late.
const AHEAD: i64 = 3;

/// The cells of an account such as many banks have: 75 days late, 3,000 overdue of 8,000, the least payment 1,000,
/// of a limit of 10,000. Nothing is known
/// against anyone.
pub fn usual_account(policy: &Policy) -> Vec<Cell> {
    let mut cells = quiet_account(policy);
    put(policy, &mut cells, "dpd", 75);
    let unit = 10_i64.checked_pow(policy.head().currency.digits()).unwrap_or(1);
    for (name, units) in [("overdue", 3_000), ("balance", 8_000), ("min_payment", 1_000), ("credit_limit", 10_000)] {
        put(policy, &mut cells, name, unit.saturating_mul(units));
    }
    cells
}

/// The same account without plain contradictions: who is not late has nothing overdue and a due day ahead; who
/// is late has something overdue, and owes no less than that.
pub(super) fn made_likely(policy: &Policy, cells: &[Cell]) -> Vec<Cell> {
    let mut cells = cells.to_vec();
    let late = number(policy, &cells, "dpd").unwrap_or(0) > 0;
    let least = number(policy, &cells, "min_payment").unwrap_or(0);
    if late {
        if number(policy, &cells, "overdue") == Some(0) {
            put(policy, &mut cells, "overdue", least);
        }
        let overdue = number(policy, &cells, "overdue").unwrap_or(0);
        if number(policy, &cells, "balance").is_some_and(|balance| balance < overdue) {
            put(policy, &mut cells, "balance", overdue);
        }
    } else {
        put(policy, &mut cells, "overdue", 0);
        put(policy, &mut cells, "days_to_due", AHEAD);
    }
    cells
}

fn number(policy: &Policy, cells: &[Cell], name: &str) -> Option<i64> {
    cells.get(policy.find_input(name)?.index())?.get()
}

fn put(policy: &Policy, cells: &mut [Cell], name: &str, value: i64) {
    if let Some(slot) = policy.find_input(name).and_then(|id| cells.get_mut(id.index())) {
        *slot = Cell::number(value);
    }
}

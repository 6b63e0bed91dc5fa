//! What makes a found account easy to believe, and what is told of it.

use crate::told::Told;
use arrears::policy::Row;
use arrears::{Cell, Money, Policy};
use chrono::{Days, NaiveDate};

/// Days until something falls due on an account that is not late.
const AHEAD: i64 = 3;

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

/// What is told of the account: what is overdue, today; else the least payment on its due day.
pub(super) fn owing(policy: &Policy, row: &Row, as_of: NaiveDate, told: &Told) -> Told {
    let of = |name: &str| number(policy, row.cells(), name);
    let money = |minor: i64| Money::from_minor(minor, policy.head().currency);
    let overdue = of("overdue").unwrap_or(0);
    let days = of("days_to_due").filter(|days| *days >= 0).and_then(|days| u64::try_from(days).ok());
    let (asked, due_on) = if overdue > 0 {
        (Some(overdue), Some(as_of))
    } else {
        let due_on = days.and_then(|days| as_of.checked_add_days(Days::new(days)));
        (of("min_payment").or_else(|| of("balance")), due_on.or(Some(as_of)))
    };
    Told {
        today: as_of,
        amount: asked.map(money),
        due_on,
        overdue: Some(money(overdue)),
        total: of("balance").map(money),
        days_late: of("dpd").and_then(|days| u32::try_from(days).ok()),
        ..told.clone()
    }
}

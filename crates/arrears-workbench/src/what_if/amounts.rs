//! Amounts that are found or set otherwise: what the person can afford, the credit limit.

use super::lever::{ChangeKind, Lever};
use super::trial::Trial;
use arrears::{Cell, Kind};

/// The most that such an amount is tried to grow by, in units of the currency.
const UNITS: i64 = 1_000_000;

/// More and less of each.
pub(super) fn amounts<'t>(trial: &'t Trial<'t>) -> Vec<Lever<'t>> {
    let facts = [
        ("affordable_monthly", "the person being found to afford", "a month"),
        ("credit_limit", "a credit limit of", "being set"),
    ];
    let mut levers = Vec::new();
    for (name, before, after) in facts {
        let Some((fact, now)) = trial.fact(name).zip(trial.number(name)) else { continue };
        let unit = 10_i64.checked_pow(trial.policy().head().currency.digits()).unwrap_or(1);
        for (sign, most) in [(1, unit.saturating_mul(UNITS)), (-1, now)] {
            let at = move |size: i64| now.saturating_add(size.saturating_mul(sign));
            let shown = move |size: i64| trial.policy().show(at(size), Kind::Money);
            if most > 0 {
                levers.push(Lever {
                    kind: ChangeKind::Amount,
                    least: 1,
                    most,
                    made: Box::new(move |size| trial.told(&[(fact, Cell::number(at(size)))])),
                    words: Box::new(move |size| format!("{before} {} {after}", shown(size))),
                    size: Box::new(move |size| Some(trial.policy().show(size, Kind::Money))),
                    facts: vec![fact],
                });
            }
        }
    }
    levers
}

//! The reference policy as `examples/policies/reference.rhai` has it, decided by arrears over
//! a table in memory.

use super::answers::{ACTIONS, TREATMENTS};
use crate::Failure;
use arrears::{Law, Policy};
use arrears_batch::{Decided, Desk, Mapping, Portfolio};
use arrow_array::RecordBatch;
use chrono::NaiveDate;
use std::path::Path;

/// Rows that are decided before their codes are looked up.
const AT_A_TIME: usize = 8 * 1024;
/// Where no treatment was chosen and no hold binds, the account is not late.
const NOT_LATE: u8 = 4;

/// The codes of the reference by the policy's own rule ids.
pub(crate) struct Codes {
    reasons: [u8; 256],
}

/// Loads the policy.
pub(crate) fn load(examples: &Path) -> Result<Policy, Failure> {
    let file = examples.join("policies/reference.rhai");
    let loaded = arrears_rules::load(&file, &[])?;
    let problems: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    loaded.policy.ok_or_else(|| format!("{}: {}", file.display(), problems.join("\n")).into())
}

/// Makes the policy ready for the table.
pub(crate) fn portfolio<'p>(policy: &'p Policy, table: &RecordBatch) -> Result<Portfolio<'p>, Failure> {
    let day: NaiveDate = "2026-03-31".parse()?;
    let law = Law::none("a bench decides nobody's account")?;
    Ok(Portfolio::new(policy, (&table.schema(), "the reference accounts"), &Mapping::default(), day, law)?)
}

impl Codes {
    pub(crate) fn of(policy: &Policy) -> Result<Self, Failure> {
        let mut reasons = [NOT_LATE; 256];
        for (index, treatment) in policy.treatments().iter().enumerate() {
            let code = TREATMENTS.iter().find(|(name, _)| *name == treatment.name).map(|(_, code)| *code);
            let code = code.ok_or_else(|| format!("`{}` has no code", treatment.name))?;
            if let Some(slot) = reasons.get_mut(index) {
                *slot = code;
            }
        }
        Ok(Self { reasons })
    }
}

/// Decides the rows of a range of the table; `out` has their places.
pub(crate) fn decide(
    (portfolio, codes): (&Portfolio<'_>, &Codes),
    table: &RecordBatch,
    (desk, decided): (&mut Desk, &mut Decided),
    out: [&mut [u8]; 4],
) -> Result<(), Failure> {
    let [kinds, actions, reasons, stages] = out;
    let outputs = kinds
        .chunks_mut(AT_A_TIME)
        .zip(actions.chunks_mut(AT_A_TIME))
        .zip(reasons.chunks_mut(AT_A_TIME).zip(stages.chunks_mut(AT_A_TIME)));
    for (index, ((kinds, actions), (reasons, stages))) in outputs.enumerate() {
        let start = index * AT_A_TIME;
        let some = table.slice(start, kinds.len());
        decided.clear();
        let errors = portfolio.decide(desk, &some, start as u64 + 1, decided);
        if let Some(error) = errors.first() {
            return Err(error.to_string().into());
        }
        kinds.copy_from_slice(decided.debtor_types());
        stages.copy_from_slice(decided.stages());
        // The first hold of a list is the rule.
        let mut held = [0; 256];
        for (reason, list) in held.iter_mut().zip(0..) {
            *reason = decided.holds(list).first().map_or(0, |(hold, _)| hold.to_le_bytes()[0] + 1);
        }
        let lists = decided.held_by();
        let rows = reasons.iter_mut().zip(actions.iter_mut()).zip(decided.treatments());
        for (row, ((reason, action), treatment)) in rows.enumerate() {
            let list = lists.get(row).map_or(0, |list| list.to_le_bytes()[0]);
            let by_hold = held.get(usize::from(list)).copied().unwrap_or(0);
            let by_treatment = codes.reasons.get(usize::from(treatment.to_le_bytes()[0])).copied().unwrap_or(NOT_LATE);
            *reason = if by_hold == 0 { by_treatment } else { by_hold };
            *action = ACTIONS.get(usize::from(*reason & 15)).copied().unwrap_or(0);
        }
    }
    Ok(())
}

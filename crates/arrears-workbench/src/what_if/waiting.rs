//! Days on which nothing happens.

use super::lever::{ChangeKind, Lever};
use super::trial::{Moved, Trial};
use arrears::decide::advance;

/// Waiting up to `days`: facts are moved day by day, every night decides, and nothing of it is carried out, as the next
/// review is found. It ends with the policy's last day.
pub(super) fn waiting<'t>(trial: &'t Trial<'t>, days: i64) -> Option<Lever<'t>> {
    let mut nights: Vec<Moved> = Vec::new();
    let mut last = trial.as_it_is();
    for _ in 0..days {
        let Some(next) = tomorrow(trial, &last) else { break };
        nights.push(next.clone());
        last = next;
    }
    let most = i64::try_from(nights.len()).ok().filter(|most| *most > 0)?;
    Some(Lever {
        kind: ChangeKind::Waiting,
        least: 1,
        most,
        made: Box::new(move |day| nights.get(usize::try_from(day - 1).ok()?).cloned()),
        words: Box::new(|day| if day == 1 { "waiting a day".to_owned() } else { format!("waiting {day} days") }),
        size: Box::new(|day| Some(day.to_string())),
        facts: trial.policy().fact_ids().filter(|fact| moves(trial, *fact)).collect(),
    })
}

fn moves(trial: &Trial<'_>, fact: arrears::condition::FactId) -> bool {
    !matches!(trial.policy().moves(fact), arrears::policy::Moves::Still | arrears::policy::Moves::Rises)
}

fn tomorrow(trial: &Trial<'_>, today: &Moved) -> Option<Moved> {
    let policy = trial.policy();
    let on = today.on.succ_opt().filter(|day| policy.head().to.is_none_or(|last| *day <= last))?;
    let left = policy.carry_idle(&today.row, &trial.decide(today), today.on);
    let row = policy.with_state(&today.row, &left).ok()?;
    let row = advance(policy, &row).ok()?;
    Some(Moved { row: trial.of_policy(trial.scripted(row)?)?, on })
}

//! The number of attempts above which a person must look: the bank's own, so that a case states it.

use super::case::{Given, ReviewAfter};
use crate::law::World;
use arrears::condition::NumKind;
use arrears::policy::pack::{Limit, Window};
use arrears::{Law, Pack};

/// The rule without a number of its own.
const RULE: &str = "US-REGF-14a-harass";

/// The law of the case, with the bank's number where it states one.
pub(super) fn law(world: &World, given: &Given) -> Result<Law, String> {
    let Some(after) = &given.policy.review_after else { return Ok(world.law(&given.holidays)) };
    let law = world.law_of(&given.holidays, |pack| set(pack, after))?;
    law.enabling([RULE]).map_err(|unknown| {
        let unknown: Vec<String> = unknown.iter().map(ToString::to_string).collect();
        format!("given.policy.review_after: {}", unknown.join("; "))
    })
}

/// The pack with these numbers in the rule, if it has the rule.
fn set(pack: &Pack, after: &ReviewAfter) -> Result<Pack, String> {
    let mut values = Vec::new();
    for rule in pack.rules().iter().filter(|rule| rule.citation.rule == RULE) {
        let Limit::AtMost { times, window: Window::Days(days), .. } = &rule.limit else {
            return Err(format!("the rule {RULE} of `{}` limits no number in a window of days", pack.head().name));
        };
        for (number, value) in [(times, after.attempts), (days, after.window_days)] {
            let NumKind::Threshold(id) = number.kind else {
                return Err(format!("the rule {RULE} of `{}` has a number that cannot be set", pack.head().name));
            };
            let threshold = pack.thresholds().get(id.index()).map(|threshold| threshold.name.clone());
            values.push((threshold.unwrap_or_default(), value.into()));
        }
    }
    if values.is_empty() {
        return Ok(pack.clone());
    }
    pack.with_thresholds(&values).map_err(|problems| {
        let problems: Vec<String> = problems.iter().map(|problem| problem.message.clone()).collect();
        format!("given.policy.review_after: {}", problems.join("; "))
    })
}

//! A ladder of the suite as a policy of the engine.

use super::case::{Age, Policy as Written, Unit, When};
use crate::names::Names;
use arrears::build::{Build, Expr, Line, call, fact};
use arrears::draft::Keyword;
use arrears::{Currency, Decision, Policy};

/// Days of a week.
const WEEK: i64 = 7;

/// A ladder that can be decided, with the suite's names of its stages.
pub(super) struct Ladder {
    pub(super) policy: Policy,
    /// By the position of the stage: the default state, then from the mildest state up.
    states: Vec<String>,
}

impl Ladder {
    /// Builds the policy: the states become stages, the mildest first, that are read anew on every
    /// day. A hold tag is a term of every stage's condition, because it forces the default state;
    /// a hold of the engine would leave the stage as it is.
    pub(super) fn new(written: &Written, currency: Currency, tags: &Names, codes: &Names) -> Result<Self, String> {
        let mut states = vec![written.default_state.clone()];
        let escalate = Line::new(Keyword::Escalate).option("mode", "free");
        let mut build = Build::policy("ladder", currency.code()).add(escalate);
        for state in written.states.iter().rev() {
            let held = written.hold_tag.as_ref().map(|hold| !tag(hold, tags));
            let terms = terms(&state.when, tags, codes).into_iter().chain(held);
            build = build.stage(&format!("rung {}", states.len()), terms.fold(Expr::from(true), Expr::and));
            states.push(state.name.clone());
        }
        if written.states.is_empty() {
            // A policy of the engine has a stage; nothing is ever in this one.
            build = build.stage("no rung", false);
        }
        let policy = build.check().map_err(|error| format!("given.policy: {error}"))?;
        Ok(Self { policy, states })
    }

    /// The suite's name of the stage that was decided.
    pub(super) fn state(&self, decision: &Decision) -> Result<&str, String> {
        let state = self.states.get(decision.stage.index()).map(String::as_str);
        state.ok_or_else(|| "decided on a stage that the ladder does not have".to_owned())
    }
}

/// The conditions of a state.
fn terms(when: &When, tags: &Names, codes: &Names) -> Vec<Expr> {
    let When {
        oldest_unpaid_age,
        unpaid_count_at_least,
        unpaid_balance_at_least,
        last_failure_in,
        tag_present,
        tag_absent,
    } = when;
    let mut terms = Vec::new();
    terms.extend(oldest_unpaid_age.as_ref().map(age));
    terms.extend(unpaid_count_at_least.map(|count| fact("unpaid_items").ge(count)));
    terms.extend(unpaid_balance_at_least.map(|amount| fact("overdue").ge(amount.decimal().normalize())));
    terms.extend(last_failure_in.as_ref().map(|list| {
        let words: Vec<String> = list.iter().map(|code| codes.engine(code)).collect();
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if words.is_empty() { Expr::from(false) } else { fact("last_failure").one_of(&words) }
    }));
    terms.extend(tag_present.as_ref().map(|name| tag(name, tags)));
    terms.extend(tag_absent.as_ref().map(|name| !tag(name, tags)));
    terms
}

/// The age is that of the invoice, which the day itself counts as unpaid: after no days already.
fn age(age: &Age) -> Expr {
    match age.unit {
        Unit::Days => fact("oldest_unpaid_age").ge(age.at_least),
        Unit::Weeks => fact("oldest_unpaid_age").ge(age.at_least.saturating_mul(WEEK)),
        Unit::Months => fact("months_since_oldest_unpaid").ge(age.at_least),
    }
}

fn tag(name: &str, tags: &Names) -> Expr {
    call("tag", [tags.engine(name).as_str().into()])
}

/// The tags of which a policy speaks.
pub(super) fn tags(written: &Written) -> impl Iterator<Item = &str> {
    let states = written.states.iter().flat_map(|state| state.when.tag_present.iter().chain(&state.when.tag_absent));
    states.chain(&written.hold_tag).map(String::as_str)
}

/// The codes of which a policy speaks.
pub(super) fn codes(written: &Written) -> impl Iterator<Item = &str> {
    written.states.iter().flat_map(|state| state.when.last_failure_in.iter().flatten()).map(String::as_str)
}

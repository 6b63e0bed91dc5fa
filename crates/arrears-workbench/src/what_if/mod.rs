//! What would change a decision: the nearest changes that lead to a milder or to a harsher one.

mod amounts;
mod follows;
mod found;
#[cfg(test)]
mod laws;
mod lever;
mod payment;
mod promise;
mod severity;
mod staircase;
mod standing;
mod telling;
mod trial;
mod turned;
mod waiting;
mod work;

pub use found::{Change, Given, MovedFact, Outcome, WhatIf};
pub use lever::ChangeKind;
pub use turned::Turned;

use crate::Rules;
use crate::clauses::{Read, Statement, leaves, statements};
use arrears::condition::{Cond, FactId};
use arrears::policy::is_protected_trait;
use arrears::{Decision, Law, Need, Record, Row};
use chrono::NaiveDate;
use lever::Lever;
use staircase::{Staircase, Way};
use std::collections::BTreeSet;
use trial::{Moved, Trial};

/// The format of [`WhatIf`] as JSON.
pub const FORMAT: &str = "arrears-what-if/1";

/// How far changes are looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Days that may be waited.
    pub days: u32,
    /// Calls, talks, visits, letters or missed payments that may be added.
    pub counts: u32,
    /// How many sizes of one change are told each way: the least that does it, the least that does more, and so on.
    pub steps: usize,
}

impl Default for Options {
    /// 92 days, 30 calls, three sizes.
    fn default() -> Self {
        Self { days: 92, counts: 30, steps: 3 }
    }
}

/// What would change the decision of an account: what the person can pay, promise, report or refuse, what the bank can
/// do, agree or find out, days that pass, and missing facts that are told. A decision is milder if its action is
/// weaker, or as strong in a milder stage.
///
/// One change is tried at a time, and all that follows from it is moved with it: a payment lowers what is overdue and
/// the balance, and an account on which nothing is overdue is not late. Every change is decided again by the engine, and
/// is the least of its kind that does it. A part of what is overdue leaves the account as late as it is, since a row does
/// not tell how old each part is. Protected traits are never named.
///
/// The policy must have been read under the law (see [`arrears::Policy::under`]), and the row computed with its scripts.
///
/// ```
/// use arrears::Law;
/// use arrears_workbench::{Rules, what_if};
///
/// let loaded = arrears_rules::load_source("card.rhai", r#"
///     policy "card" #{ version: "1", currency: "GBP", zone: "Europe/London" };
///     assume opted_out("sms") = false #{ why: "an example" };
///     debtor "late" otherwise;
///     stage "reminder" when dpd >= 1 && overdue > 25.00;
///     escalate #{ mode: "free" };
///     treatment "text" in ["reminder"] do sms(#{ text: "gentle" });
/// "#, &[]);
/// let policy = loaded.policy.ok_or("the policy has problems")?;
/// let facts = arrears::Facts::new("A-1", policy.head().currency)
///     .with(arrears::table::DPD, 12)
///     .with(arrears::table::OVERDUE, arrears::Money::from_minor(126_500, policy.head().currency))
///     .with(arrears::table::CLOSED, false);
/// let row = policy.bind(&facts).map_err(|problems| format!("{problems:?}"))?;
/// let rules = Rules { policy: &policy, scripts: &loaded.scripts };
/// let found = what_if(rules, &row, &Law::none("an example")?, "2026-03-31".parse()?, &Default::default());
/// assert_eq!(found.milder[0].what, "paying 1240.00 GBP today");
/// assert_eq!(found.milder[0].no_longer, ["stage reminder", "treatment text"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn what_if(rules: Rules<'_>, row: &Row, law: &Law, as_of: NaiveDate, options: &Options) -> WhatIf {
    let trial = Trial { rules, law, as_of, row };
    let page = Page::new(&trial);
    let levers = levers(&trial, &page.decision.missing, options);
    let moved: BTreeSet<FactId> = levers.iter().flat_map(|lever| lever.facts.iter().copied()).collect();
    let head = rules.policy.head();
    WhatIf {
        format: FORMAT,
        as_of,
        policy: format!("{} {}", head.name, head.version).trim().to_owned(),
        now: page.outcome(&page.decision),
        milder: page.changes(&levers, Way::Milder, options.steps),
        harsher: page.changes(&levers, Way::Harsher, options.steps),
        given: page.given(&moved),
    }
}

fn levers<'t>(trial: &'t Trial<'t>, missing: &[FactId], options: &Options) -> Vec<Lever<'t>> {
    let counts = i64::from(options.counts);
    let mut levers: Vec<Lever<'t>> = payment::payment(trial).into_iter().collect();
    levers.extend(waiting::waiting(trial, i64::from(options.days)));
    levers.extend(promise::promises(trial, counts));
    levers.extend(work::work(trial, counts));
    levers.extend(standing::standing(trial));
    levers.extend(amounts::amounts(trial));
    levers.extend(telling::telling(trial, missing));
    levers
}

/// The decision as it is, and what changes of it are told by.
struct Page<'t> {
    trial: &'t Trial<'t>,
    decision: Decision,
    record: Record,
    statements: Vec<Statement<'t>>,
    leaves: Vec<&'t Cond>,
}

impl<'t> Page<'t> {
    fn new(trial: &'t Trial<'t>) -> Self {
        let policy = trial.policy();
        let mut all = Vec::new();
        let mut numbers = BTreeSet::new();
        policy.each_cond(&mut |cond| all.extend(leaves(cond).into_iter().filter(|leaf| numbers.insert(leaf.number))));
        let decision = trial.decide(&trial.as_it_is());
        let record = decision.record(policy, "");
        Self { trial, decision, record, statements: statements(policy), leaves: all }
    }

    fn outcome(&self, decision: &Decision) -> Outcome {
        let record = decision.record(self.trial.policy(), "");
        Outcome {
            action: record.action,
            strength: decision.action.strength(),
            treatment: record.treatment,
            stage: record.stage,
            debtor_type: record.debtor_type,
        }
    }

    /// The changes of every lever that go one way.
    fn changes(&self, levers: &[Lever<'_>], way: Way, steps: usize) -> Vec<Change> {
        let mut changes = Vec::new();
        for lever in levers {
            let sizes = Staircase::new(self.trial, lever, &self.leaves).steps(way, steps);
            changes.extend(sizes.into_iter().filter_map(|size| Some((size, self.change(lever, size)?))));
        }
        changes.sort_by_key(|(size, change)| (change.kind, *size));
        changes.into_iter().map(|(_, change)| change).collect()
    }

    fn change(&self, lever: &Lever<'_>, size: i64) -> Option<Change> {
        let policy = self.trial.policy();
        let moved = (lever.made)(size)?;
        let decision = self.trial.decide(&moved);
        let then = decision.record(policy, "");
        let only = |a: &Record, b: &Record| a.rules.iter().filter(|rule| !b.rules.contains(rule)).cloned().collect();
        let bind: Vec<&String> = self.record.rules.iter().chain(&then.rules).collect();
        let before = Read::after(policy, self.trial.row, &self.decision);
        let after = Read::after(policy, &moved.row, &decision);
        Some(Change {
            kind: lever.kind,
            what: (lever.words)(size),
            size: (lever.size)(size),
            on: moved.on,
            leads_to: self.outcome(&decision),
            no_longer: only(&self.record, &then),
            then: only(&then, &self.record),
            refused: then.vetoed_by.iter().filter(|veto| !self.record.vetoed_by.contains(veto)).cloned().collect(),
            turned: turned::turned(policy, &self.statements, &bind, (&before, &after)),
            facts: self.moved(&moved),
        })
    }

    fn moved(&self, moved: &Moved) -> Vec<MovedFact> {
        let policy = self.trial.policy();
        let inputs = policy.fact_ids().zip(policy.inputs());
        let told = inputs.filter(|(_, input)| !matches!(input.need, Need::State(_) | Need::Result | Need::Contact));
        let pairs = told.map(|(fact, input)| (fact, input, self.trial.row.cell(fact), moved.row.cell(fact)));
        let show = |fact, cell| policy.show_cell(fact, cell);
        pairs
            .filter(|(_, _, from, to)| from != to)
            .map(|(fact, input, from, to)| MovedFact {
                fact: input.name.clone(),
                from: show(fact, from),
                to: show(fact, to),
            })
            .collect()
    }

    /// Facts that the statements that bind read, and that no lever moves.
    fn given(&self, moved: &BTreeSet<FactId>) -> Vec<Given> {
        let policy = self.trial.policy();
        let mut facts = BTreeSet::new();
        for statement in self.statements.iter().filter(|it| self.record.rules.contains(&it.title())) {
            for cond in statement.when.into_iter().chain(statement.unless) {
                cond.each_fact(&mut |fact| {
                    facts.insert(fact);
                });
            }
        }
        let of = |fact: FactId| {
            let input = policy.input(fact)?;
            let apart =
                matches!(input.need, Need::State(_) | Need::Result | Need::Contact | Need::Derived | Need::Script);
            let told = apart || moved.contains(&fact) || is_protected_trait(&input.name);
            let value = policy.show_cell(fact, self.trial.row.cell(fact));
            (!told).then(|| Given { fact: input.name.clone(), value })
        };
        facts.into_iter().filter_map(of).collect()
    }
}

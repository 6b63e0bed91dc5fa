//! Practice: for each debtor type of a policy a made-up account that the policy really takes for it, with
//! what the policy does and the brief.

mod likely;
mod search;
mod text;

use crate::brief::{Brief, BriefProblem, HouseWords};
use crate::told::Told;
use arrears::policy::{DebtorType, Row};
use arrears::trial::quiet_account;
use arrears::{Cell, Decision, Facts, Law, Policy, Record, decide};
use chrono::NaiveDate;
use likely::made_likely;
pub use likely::usual_account;
use search::{facts_of, of_type, over};

/// A case to practise on.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// The debtor type, by its name in the policy.
    pub debtor_type: String,
    /// What the type means, as the policy says.
    pub why: String,
    /// The facts of the account: what a host would give. What it does not give, the policy assumes.
    pub facts: Facts,
    /// What the policy decides, with names.
    pub record: Record,
    /// The decision.
    pub decision: Decision,
    /// The brief.
    pub brief: Brief,
    /// The facts as people read them: name, value, what it means.
    shown: Vec<(String, String, String)>,
}

/// Why there is no case for a type.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PracticeProblem {
    /// No account was found that is of the type.
    #[error("`{debtor_type}`: no account of this type was found among {tried} that were tried from the given one")]
    NoAccount {
        /// The type.
        debtor_type: String,
        /// Accounts that were tried.
        tried: usize,
    },
    /// The account was found, and its brief cannot be given.
    #[error("`{debtor_type}`: {problem}")]
    Brief {
        /// The type.
        debtor_type: String,
        /// What is wrong with the brief.
        problem: BriefProblem,
    },
}

/// Cases for every type, and the types for which there is none.
#[derive(Clone, Debug, Default)]
pub struct Practice {
    /// The cases, in the order in which the policy reads its types.
    pub scenarios: Vec<Scenario>,
    /// Why there is no case for the others.
    pub problems: Vec<PracticeProblem>,
}

impl PracticeProblem {
    /// The type for which there is no case.
    pub fn debtor_type(&self) -> &str {
        match self {
            Self::NoAccount { debtor_type, .. } | Self::Brief { debtor_type, .. } => debtor_type,
        }
    }
}

impl Practice {
    /// A case for each debtor type of a policy. The search sets out from `given`, an account such as the bank
    /// has many of, over the account of which nothing is known against anyone; it changes as few facts as it
    /// can until the policy takes the account for the type, and then decides it. `told` says who calls and how
    /// the person is addressed; amounts and days are the account's own.
    ///
    /// The search is the same for the same policy and account, tries at most some thousand accounts for a type,
    /// and may miss a type whose condition hangs on arithmetic over several facts.
    pub fn of(policy: &Policy, given: &Facts, law: &Law, as_of: NaiveDate, words: &HouseWords, told: &Told) -> Self {
        Self::from_cells(policy, over(policy, quiet_account(policy), given), law, as_of, words, told)
    }

    /// As [`Practice::of`], from the cells of an account, one for each input of the policy: of
    /// [`usual_account`], for instance.
    pub fn from_cells(
        policy: &Policy,
        start: Vec<Cell>,
        law: &Law,
        as_of: NaiveDate,
        words: &HouseWords,
        told: &Told,
    ) -> Self {
        let mut practice = Self::default();
        for (position, kind) in policy.debtor_types().iter().enumerate() {
            let (found, tried) = of_type(policy, position, &start);
            let found = found.and_then(|cells| {
                let likely = made_likely(policy, &cells);
                [likely, cells].into_iter().find_map(|cells| decided(policy, kind, &cells, law, as_of))
            });
            let Some((facts, row, decision)) = found else {
                let problem = PracticeProblem::NoAccount { debtor_type: kind.name.clone(), tried };
                practice.problems.push(problem);
                continue;
            };
            let told = Told { today: as_of, ..told.clone() }.owing_by(policy, &row);
            match Brief::of(words, policy, &decision, &told) {
                Ok(brief) => practice.scenarios.push(Scenario {
                    debtor_type: kind.name.clone(),
                    why: kind.why.clone(),
                    shown: text::shown(policy, &facts),
                    record: decision.record(policy, facts.account()),
                    facts,
                    decision,
                    brief,
                }),
                Err(problems) => practice.problems.extend(
                    problems
                        .into_iter()
                        .map(|problem| PracticeProblem::Brief { debtor_type: kind.name.clone(), problem }),
                ),
            }
        }
        practice
    }
}

/// The account as a host would give it, and its decision, if the policy takes it for the type.
fn decided(
    policy: &Policy,
    kind: &DebtorType,
    cells: &[Cell],
    law: &Law,
    as_of: NaiveDate,
) -> Option<(Facts, Row, Decision)> {
    let facts = facts_of(policy, &format!("practice {}", kind.name), cells)?;
    let row = policy.bind(&facts).ok()?;
    if policy.not_for(&row).is_some() {
        return None;
    }
    let decision = decide(policy, &row, law, as_of);
    (decision.type_names(policy) == [kind.name.clone()]).then_some((facts, row, decision))
}

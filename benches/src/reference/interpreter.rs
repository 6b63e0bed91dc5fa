//! The reference policy as a Rhai script that is interpreted for each account: what the
//! statements of a policy would cost if they were not lowered.
//!
//! The project builds Rhai without floating point, and one program has one Rhai: amounts come
//! in whole cents and scores in ten-thousandths, which an interpreter compares the faster.

use super::accounts::{Accounts, SEGMENTS};
use super::answers::{ACTIONS, Answers, FLOORS};
use crate::Failure;
use rhai::{AST, CallFnOptions, Dynamic, Engine, ImmutableString, Map, Scope};

/// The policy over an object map; with positional arguments the fields are variables.
const SCRIPT: &str = include_str!("interpreter.rhai");
/// The facts that the script reads, in the order of the positional arguments.
const FACTS: &str = "dpd, broken, calls, unanswered, contacts, since, promise, stage, overdue, inflow, ability, worth, \
                     hostile, refused, unreachable, dispute, bankrupt, deceased, hardship, segment";

/// How an account is handed to the script.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Handing {
    /// One argument for each fact.
    Positional,
    /// One object with the facts as fields.
    Map,
}

/// A script that was compiled.
pub(crate) struct Script {
    engine: Engine,
    ast: AST,
    handing: Handing,
    names: Vec<rhai::Identifier>,
    segments: [ImmutableString; 3],
}

impl Script {
    pub(crate) fn compile(handing: Handing) -> Result<Self, Failure> {
        let mut engine = Engine::new();
        // Fifteen rules are one chain of `else if`, each link one deeper.
        engine.set_max_expr_depths(256, 256);
        let text = match handing {
            Handing::Map => SCRIPT.to_owned(),
            Handing::Positional => {
                SCRIPT.replace("decide(account)", &format!("decide({FACTS})")).replace("account.", "")
            }
        };
        let ast = engine.compile(text).map_err(|error| error.to_string())?;
        let names = FACTS.split(", ").map(Into::into).collect();
        Ok(Self { engine, ast, handing, names, segments: SEGMENTS.map(ImmutableString::from) })
    }

    /// Decides the first accounts, as many as `out` has places.
    #[expect(clippy::indexing_slicing, reason = "a loop by hand is written so; every column has the same length")]
    pub(crate) fn decide(&self, accounts: &Accounts, out: &mut Answers) -> Result<(), Failure> {
        let mut scope = Scope::new();
        for row in 0..out.kind.len() {
            let options = CallFnOptions::new().eval_ast(false).rewind_scope(true);
            let facts = self.facts(accounts, row);
            let code = match self.handing {
                Handing::Positional => {
                    self.engine.call_fn_with_options::<i64>(options, &mut scope, &self.ast, "decide", facts.to_vec())
                }
                Handing::Map => {
                    let account: Map = self.names.iter().cloned().zip(facts).collect();
                    self.engine.call_fn_with_options::<i64>(options, &mut scope, &self.ast, "decide", (account,))
                }
            };
            let code = code.map_err(|error| error.to_string())?;
            let reason = usize::try_from(code & 15)?;
            out.kind[row] = u8::try_from(code >> 4)?;
            out.reason[row] = reason as u8;
            out.action[row] = ACTIONS[reason];
            out.stage[row] = if reason == 4 { 0 } else { FLOORS[reason].max(accounts.stage[row] as u8) };
        }
        Ok(())
    }

    #[expect(clippy::indexing_slicing, reason = "every column has the same length, and segments are three")]
    fn facts(&self, accounts: &Accounts, row: usize) -> [Dynamic; 20] {
        [
            accounts.dpd[row].into(),
            accounts.broken_promises[row].into(),
            accounts.calls_made[row].into(),
            accounts.calls_unanswered[row].into(),
            accounts.contacts_7d[row].into(),
            accounts.days_since_contact[row].into(),
            accounts.promise_due_in[row].into(),
            accounts.stage[row].into(),
            accounts.overdue_cents[row].into(),
            accounts.inflow_cents[row].into(),
            accounts.ability_parts[row].into(),
            accounts.worth_parts[row].into(),
            accounts.hostile[row].into(),
            accounts.refused[row].into(),
            accounts.unreachable[row].into(),
            accounts.dispute[row].into(),
            accounts.bankrupt[row].into(),
            accounts.deceased[row].into(),
            accounts.hardship[row].into(),
            self.segments[usize::from(accounts.segment[row])].clone().into(),
        ]
    }
}

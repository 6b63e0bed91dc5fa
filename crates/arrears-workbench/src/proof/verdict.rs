//! `never` and `always`, proved of every account or broken by one.

use super::judge::{Judge, Judged, cell};
use super::search::{Effort, Search};
use super::space::{Space, Truths};
use arrears::policy::{Invariant, Need};
use arrears::{Policy, Span};
use serde::Serialize;

use crate::analysis::Options;

/// What is known of one `never` or `always`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Verdict {
    /// The statement's text.
    pub name: String,
    /// `never` or `always`.
    pub statement: &'static str,
    /// Where it stands.
    pub span: Span,
    /// What is known of it.
    #[serde(flatten)]
    pub standing: Standing,
}

/// Whether a statement about every decision holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "verdict", rename_all = "snake_case")]
pub enum Standing {
    /// It holds for every account that the vocabulary allows and to which the policy applies.
    Proved,
    /// This account breaks it.
    Broken {
        /// The account, and what is decided of it.
        account: Account,
        /// Whether it is broken only because a missing fact keeps its condition from being read.
        unread: bool,
    },
    /// It is not known, and why.
    Undecided {
        /// Why.
        why: String,
    },
}

/// An account that shows something, decided by the engine.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Account {
    /// The facts in which it differs from the quiet account.
    pub facts: Vec<FactGiven>,
    /// Every fact of the account as it is given, by column name; facts that are not known are left out.
    pub row: Vec<FactGiven>,
    /// The debtor type, or the types that it may have.
    pub debtor_types: Vec<String>,
    /// The stage.
    pub stage: String,
    /// What is done.
    pub action: String,
    /// The treatment, if one is chosen.
    pub treatment: Option<String>,
}

/// A fact of an account as people read it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FactGiven {
    /// The fact, by its column name.
    pub fact: String,
    /// Its value: `31`, `120.00 CNY`, `true`, `valid`, `never`, `not known`.
    pub value: String,
}

impl Account {
    /// An account as people read it.
    pub(crate) fn of(judge: &Judge<'_>, judged: &Judged) -> Self {
        let policy = judge.policy;
        let (mut facts, mut row) = (Vec::new(), Vec::new());
        for (id, input) in policy.fact_ids().zip(policy.inputs()) {
            if matches!(input.need, Need::Result | Need::Contact | Need::Script) {
                continue;
            }
            let given = cell(&judged.given, id);
            let fact = FactGiven { fact: input.name.clone(), value: policy.show_cell(id, given) };
            if given != cell(&judge.quiet, id) {
                facts.push(fact.clone());
            }
            if !given.is_unknown() {
                row.push(fact);
            }
        }
        let decision = &judged.decision;
        let record = decision.record(policy, "");
        let types = decision.types.positions().filter_map(|at| policy.debtor_types().get(at));
        Self {
            facts,
            row,
            debtor_types: types.map(|kind| kind.name.clone()).collect(),
            stage: policy.stages().get(decision.stage.index()).map(|stage| stage.name.clone()).unwrap_or_default(),
            action: decision.action.word().to_owned(),
            treatment: record.treatment.map(|treatment| treatment.to_string()),
        }
    }
}

/// Proves or breaks every `never` and `always` of a policy, for every account that its vocabulary allows and to which
/// it applies.
///
/// ```
/// use arrears_workbench::analysis::Options;
/// use arrears_workbench::proof::{Standing, prove};
///
/// let loaded = arrears_rules::load_source("card.rhai", r#"
///     policy "card" #{ version: "1", currency: "GBP", zone: "Europe/London" };
///     assume opted_out("sms") = false #{ why: "nobody objected" };
///     debtor "late" otherwise;
///     stage "reminder" when dpd >= 5;
///     escalate #{ mode: "free" };
///     treatment "text" in ["reminder"] when dpd < 40 do sms(#{ text: "gentle" });
///     never "nobody is written to on the first day" when dpd == 1 && action == "sms";
///     never "nobody is written to in the second week" when dpd in 8..=14 && action == "sms";
/// "#, &[]);
/// let policy = loaded.policy.ok_or("the policy has problems")?;
/// let verdicts = prove(&policy, &Options::default())?;
/// assert_eq!(verdicts[0].standing, Standing::Proved);
/// let Standing::Broken { account, .. } = &verdicts[1].standing else { return Err("it is not broken".into()) };
/// assert_eq!((account.facts[0].fact.as_str(), account.facts[0].value.as_str()), ("dpd", "8"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// A reason for the absence of law that is empty.
pub fn prove(policy: &Policy, options: &Options<'_>) -> Result<Vec<Verdict>, arrears::EmptyReason> {
    if policy.invariants().is_empty() {
        return Ok(Vec::new());
    }
    let judge = options.judge(policy)?;
    let mut space = Space::of_decisions(policy);
    Ok(verdicts(&mut space, &judge, options.effort()))
}

/// The verdicts on every `never` and `always`.
pub(crate) fn verdicts(space: &mut Space<'_>, judge: &Judge<'_>, effort: Effort) -> Vec<Verdict> {
    let policy = judge.policy;
    policy.invariants().iter().map(|invariant| verdict(space, judge, invariant, effort)).collect()
}

fn verdict(space: &mut Space<'_>, judge: &Judge<'_>, invariant: &Invariant, effort: Effort) -> Verdict {
    let when = space.cond(&invariant.when);
    let then = match &invariant.then {
        Some(then) => space.cond(then),
        None => Truths { yes: space.sat.no(), no: space.sat.yes() },
    };
    let kept = space.sat.or(&[when.no, then.yes]);
    let broken = space.sat.and(&[when.yes, then.no]);
    let is_broken = |row: &arrears::Row, decision: &arrears::Decision| {
        judge.policy.broken_invariants(row, decision).iter().any(|it| std::ptr::eq(*it, invariant))
    };
    let standing = match space.find_best(&[vec![broken], vec![!kept]], judge, &is_broken, effort) {
        Search::None => Standing::Proved,
        Search::Unknown(why) => Standing::Undecided { why: space.why_not(&why) },
        Search::Shown(judged) => {
            let unread = judged.given.iter().any(|cell| cell.is_unknown()) && !surely_broken(judge, invariant, &judged);
            Standing::Broken { account: Account::of(judge, &judged), unread }
        }
    };
    let statement = if invariant.then.is_some() { "always" } else { "never" };
    Verdict { name: invariant.name.clone(), statement, span: invariant.span, standing }
}

/// Whether it stays broken when every fact that is missing is as in the quiet account.
fn surely_broken(judge: &Judge<'_>, invariant: &Invariant, judged: &Judged) -> bool {
    let mut facts = Vec::new();
    for cond in std::iter::once(&invariant.when).chain(invariant.then.as_ref()) {
        cond.each_fact(&mut |id| facts.push(id));
    }
    facts.into_iter().all(|id| {
        let results = judge.policy.input(id).is_some_and(|input| input.need == Need::Result);
        results || !judged.row.cell(id).is_unknown()
    })
}

impl Space<'_> {
    /// Why something is not known, with what could not be put into clauses exactly.
    pub(crate) fn why_not(&self, why: &str) -> String {
        let scripts = self.policy.scripts().iter().filter_map(|script| self.policy.input(script.fact));
        let scripts = scripts.map(|input| format!("`{}` is computed by a script", input.name));
        let loose = self.loose.iter().cloned().chain(scripts);
        let opaque = (!self.opaques.is_empty()).then(|| "a product or a share of facts is compared".to_owned());
        let more: Vec<String> = loose.chain(opaque).collect();
        if more.is_empty() { why.to_owned() } else { format!("{why}; {}", more.join("; ")) }
    }
}

//! What is wrong with a policy as a whole: statements that never do anything, accounts for which nothing is done,
//! values of thresholds that make rules empty, and `never` and `always` proved or broken. [`otherwise_share`] counts in a
//! table how many accounts the types leave to the last.

mod analyst;
mod equals;
mod exits;
mod finding;
mod gaps;
mod options;
mod otherwise;
mod reach;
mod statements;
mod thresholds;
mod types;
mod work;

pub use finding::{Finding, Kind, Open, Severity, StatementAt};
pub use options::Options;
pub use otherwise::{Left, OtherwiseShare, ShareError, otherwise_share};

use crate::proof::{Standing, Verdict, verdicts};
use analyst::Analyst;
use arrears::{EmptyReason, Policy};
use serde::Serialize;

/// What was found of a policy.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Analysis {
    /// The policy.
    pub policy: String,
    /// The policy's label for people.
    pub policy_version: String,
    /// What decides, as a hash.
    pub policy_hash: String,
    /// The law under which accounts were decided.
    pub law: String,
    /// What was found, the gravest first.
    pub findings: Vec<Finding>,
    /// What is known of each `never` and `always`.
    pub verdicts: Vec<Verdict>,
    /// What could not be analysed.
    pub open: Vec<Open>,
    /// How much of a table is left to the last type, if one was counted.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub otherwise: Option<OtherwiseShare>,
}

impl Analysis {
    /// How many findings are of a severity.
    pub fn count(&self, severity: Severity) -> usize {
        self.findings.iter().filter(|finding| finding.severity == severity).count()
    }
}

/// Analyses a policy: every finding has an account that shows it, decided by the engine, or says what was proved of all.
///
/// ```
/// use arrears_workbench::analysis::{Kind, Options, analyse};
///
/// let loaded = arrears_rules::load_source("card.rhai", r#"
///     policy "card" #{ version: "1", currency: "GBP", zone: "Europe/London" };
///     assume opted_out("sms") = false #{ why: "nobody objected" };
///     debtor "late" otherwise;
///     stage "reminder" when dpd >= 5;
///     cure when dpd == 0;
///     treatment "text" in ["reminder"] when dpd < 5 && dpd >= 3 do sms(#{ text: "gentle" });
/// "#, &[]);
/// let policy = loaded.policy.ok_or("the policy has problems")?;
/// let analysis = analyse(&policy, &Options::default())?;
/// let gap = analysis.findings.iter().find(|finding| finding.kind == Kind::Gap).ok_or("no gap")?;
/// assert_eq!(gap.at.name, "reminder");
/// assert_eq!(gap.account.as_ref().map(|account| account.action.as_str()), Some("none"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// # Errors
///
/// A reason for the absence of law that is empty.
pub fn analyse(policy: &Policy, options: &Options<'_>) -> Result<Analysis, EmptyReason> {
    let judge = options.judge(policy)?;
    let mut analyst = Analyst::new(&judge, options.effort());
    let verdicts = verdicts(&mut analyst.space, &judge, options.effort());
    analyst.broken(&verdicts);
    analyst.reach();
    analyst.statements();
    analyst.types();
    analyst.ways_down();
    analyst.treatments();
    analyst.equals();
    analyst.gaps();
    analyst.holes();
    analyst.thresholds();
    analyst.cut_off();
    analyst.findings.sort_by_key(|finding| (finding.severity, finding.kind, finding.at.span));
    Ok(Analysis {
        policy: policy.head().name.clone(),
        policy_version: policy.head().version.clone(),
        policy_hash: policy.hash().to_string(),
        law: judge.law.stamp().to_owned(),
        findings: analyst.findings,
        verdicts,
        open: analyst.open,
        otherwise: None,
    })
}

impl Analyst<'_> {
    /// Reports the `never` and `always` that an account breaks.
    fn broken(&mut self, verdicts: &[Verdict]) {
        for verdict in verdicts {
            let Standing::Broken { account, unread } = &verdict.standing else { continue };
            let kind = if verdict.statement == "always" { Kind::AlwaysBroken } else { Kind::NeverBroken };
            let at = self.at(verdict.statement, &verdict.name, verdict.span);
            let says = if *unread {
                format!("an account with missing facts keeps it from being read that \"{}\"", verdict.name)
            } else {
                format!("an account breaks \"{}\"", verdict.name)
            };
            let severity = if *unread { Severity::Warning } else { kind.severity() };
            let account = Some(account.clone());
            self.findings.push(Finding { kind, severity, at, others: Vec::new(), says, account, proved: None });
        }
    }
}

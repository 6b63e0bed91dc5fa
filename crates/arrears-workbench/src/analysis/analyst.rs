//! What every part of an analysis needs: the space of accounts, the engine, and somewhere to put what is found.

use super::finding::{Finding, Kind, Open, StatementAt};
use crate::proof::Account;
use crate::proof::judge::{Judge, Judged, Shows};
use crate::proof::sat::Lit;
use crate::proof::search::{Effort, Search};
use crate::proof::space::Space;
use arrears::Policy;
use arrears::condition::{Cond, CondKind};

pub(super) struct Analyst<'a> {
    pub(super) space: Space<'a>,
    pub(super) judge: &'a Judge<'a>,
    pub(super) policy: &'a Policy,
    pub(super) effort: Effort,
    pub(super) findings: Vec<Finding>,
    pub(super) open: Vec<Open>,
    /// Whether the account is as nights leave it: it comes from where accounts can be, is decided for the first time today,
    /// and nothing is given of it that could be computed.
    pub(super) from_somewhere: Lit,
    /// For each stage, whether an account can come to it.
    pub(super) reachable: Vec<bool>,
    /// Whether the analysis was cut off: the policy is too large for it.
    pub(super) spent: bool,
}

impl<'a> Analyst<'a> {
    pub(super) fn new(judge: &'a Judge<'a>, effort: Effort) -> Self {
        let policy = judge.policy;
        let space = Space::of_decisions(policy);
        let from_somewhere = space.sat.yes();
        let reachable = vec![true; policy.stages().len()];
        let (findings, open) = (Vec::new(), Vec::new());
        Self { space, judge, policy, effort, findings, open, from_somewhere, reachable, spent: false }
    }

    pub(super) fn at(&self, statement: &'static str, name: &str, span: arrears::Span) -> StatementAt {
        StatementAt::new(self.policy, statement, name, span)
    }

    /// Searches for an account of which all of these hold and that shows it.
    pub(super) fn find(&mut self, wanted: &[Lit], shows: Shows<'_>) -> Search {
        self.space.find(wanted, self.judge, shows, self.effort)
    }

    /// Whether there is an account of which all of these hold; where that is not known, there may be.
    pub(super) fn may_be(&mut self, wanted: &[Lit]) -> bool {
        self.space.may_be(wanted, self.effort.conflicts).unwrap_or(true)
    }

    /// Whether it is proved that no account has all of these.
    pub(super) fn never(&mut self, wanted: &[Lit]) -> bool {
        !self.may_be(wanted)
    }

    pub(super) fn account(&self, judged: &Judged) -> Account {
        Account::of(self.judge, judged)
    }

    /// Notes what is proved of every account.
    pub(super) fn proved(&mut self, kind: Kind, at: StatementAt, others: Vec<StatementAt>, says: String, proved: &str) {
        let proved = Some(proved.to_owned());
        self.findings.push(Finding { kind, severity: kind.severity(), at, others, says, account: None, proved });
    }

    /// Notes what an account shows.
    pub(super) fn shown(
        &mut self,
        kind: Kind,
        at: StatementAt,
        others: Vec<StatementAt>,
        says: String,
        judged: &Judged,
    ) {
        let account = Some(self.account(judged));
        self.findings.push(Finding { kind, severity: kind.severity(), at, others, says, account, proved: None });
    }

    /// Says that the analysis was cut off, where it was.
    pub(super) fn cut_off(&mut self) {
        if self.spent || self.space.sat.is_spent() {
            let at = self.at("policy", &self.policy.head().name, self.policy.head().span);
            let why = "the policy is too large to be analysed to the end: what is not reported may be there".to_owned();
            self.open.push(Open { kind: Kind::NeverFires, at, why });
        }
    }

    /// Lowers what the last finding weighs.
    pub(super) fn for_information(&mut self) {
        if let Some(finding) = self.findings.last_mut() {
            finding.severity = super::finding::Severity::Information;
        }
    }

    pub(super) fn unknown(&mut self, kind: Kind, at: StatementAt, why: &str) {
        let why = self.space.why_not(why);
        self.open.push(Open { kind, at, why });
    }

    /// The condition in the policy's own words.
    pub(super) fn words(&self, cond: &Cond) -> String {
        let source = self.policy.sources().get(usize::from(cond.span.file)).filter(|_| cond.span.is_some());
        let range = usize::try_from(cond.span.start).ok().zip(usize::try_from(cond.span.end).ok());
        let text = source.zip(range).and_then(|(source, (start, end))| source.text.get(start..end));
        match (text, &cond.kind) {
            (Some(text), _) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            (None, CondKind::Define(name, _)) => name.to_string(),
            (None, _) => "its condition".to_owned(),
        }
    }

    /// The literal of a stage of this decision.
    pub(super) fn stage(&self, index: usize) -> Lit {
        self.space.ladder.stage.get(index).copied().unwrap_or_else(|| self.space.sat.no())
    }
}

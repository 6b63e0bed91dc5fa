//! From a draft to a pack of law, or to everything that is wrong with it.

use super::names::one_for_each_name;
use super::options::text;
use super::{Checker, Overrides};
use crate::draft::{Draft, Keyword, Statement};
use crate::policy::pack::{PackBody, PackHead};
use crate::policy::{Pack, PolicyHash};
use crate::problem::{Problem, in_file_order};
use crate::span::Span;
use std::sync::Arc;

/// What checking a draft of a pack gives: a pack unless there are errors, and every problem
/// in file order.
#[derive(Clone, Debug)]
pub struct CheckedPack {
    /// The pack, if nothing is wrong with it but warnings.
    pub pack: Option<Pack>,
    /// Everything that is wrong, and warnings.
    pub problems: Vec<Problem>,
}

impl Pack {
    /// Checks a draft that begins with `pack`. Thresholds may be set inside their ranges.
    ///
    /// All problems are reported at once, in file order; with an error there is no pack.
    pub fn check(draft: &Draft, overrides: Overrides<'_>) -> CheckedPack {
        let mut checker = Checker::new(draft);
        checker.guards = true;
        let pack = checker.pack(overrides);
        let mut problems = one_for_each_name(in_file_order(checker.problems));
        let failed = problems.iter().any(Problem::is_error) || !draft.broken.is_empty();
        if failed {
            problems.retain(Problem::is_error);
        }
        CheckedPack { pack: pack.filter(|_| !failed), problems }
    }

    /// The same pack with other values for thresholds, without reading it again.
    ///
    /// # Errors
    ///
    /// Every value that names no threshold, has too many decimals, or lies outside its range.
    pub fn with_thresholds(&self, overrides: Overrides<'_>) -> Result<Self, Vec<Problem>> {
        let mut values = self.values.to_vec();
        let problems = super::thresholds::set(&self.body.thresholds, DIGITS, overrides, &mut values);
        if !problems.is_empty() {
            return Err(problems);
        }
        let mut pack = Self { body: Arc::clone(&self.body), values: values.into(), hash: self.hash };
        pack.hash = PolicyHash::of_text(&pack.canonical());
        Ok(pack)
    }
}

/// Decimals of money in packs, which state none.
const DIGITS: u32 = 2;

impl<'d> Checker<'d> {
    /// Whether the draft is a pack, not a policy with guardrails of its own.
    pub(crate) fn in_pack(&self) -> bool {
        self.draft.statements.iter().any(|statement| statement.keyword == Keyword::Pack)
    }

    fn pack(&mut self, overrides: Overrides<'_>) -> Option<Pack> {
        self.complete();
        for statement in self.draft.statements.iter().filter(|statement| !statement.keyword.in_packs()) {
            let keyword = statement.keyword;
            let problem = Problem::error("P124", format!("a pack has no `{keyword}`"))
                .at(statement.span, "belongs to a policy")
                .help("a pack states the law; who is treated how stands in the bank's policy");
            self.report(problem);
        }
        let head = self.pack_head();
        self.pack_of(head, overrides)
    }

    /// The policy's own guardrails, as a pack of the house; none if it has none. Statements
    /// that only packs have are reported.
    pub(crate) fn house_rules(&mut self, overrides: Overrides<'_>) -> Option<Pack> {
        for statement in self.draft.statements.iter().filter(|statement| !statement.keyword.in_policies()) {
            let keyword = statement.keyword;
            let help = match keyword {
                Keyword::Exception => "a policy's guardrails only add: what lifts a rule of law stands in its pack",
                _ => "what the law says stands in a pack of its own",
            };
            let problem = Problem::error("P124", format!("a policy has no `{keyword}`"))
                .at(statement.span, "belongs to a pack")
                .help(help);
            self.report(problem);
        }
        self.statements(Keyword::Guardrail).next()?;
        let draft = self.draft;
        let mut house = Checker::new(draft);
        // What is declared twice, and the like, is reported with the policy.
        house.problems.clear();
        house.guards = true;
        let name = self.statements(Keyword::Policy).next().map_or("", Statement::name_text);
        let head = PackHead {
            name: format!("{name}: house rules"),
            title: format!("house rules of {name}"),
            version: String::new(),
            jurisdiction: String::new(),
            from: None,
            to: None,
            calendar: None,
            verified_on: None,
            source: String::new(),
            why: String::new(),
            span: Span::NONE,
        };
        let pack = house.pack_of(Some(head), &[]);
        self.house.extend(house.defines.keys().cloned());
        if let Some(pack) = &pack {
            self.house.extend(pack.inputs().iter().map(|input| input.name.clone()));
            self.used_in_house(pack, &house.problems);
        }
        // Warnings, and what the policy's own check finds too, are the policy's to report.
        let known: Vec<_> = self.problems.iter().map(|problem| (problem.code, problem.span())).collect();
        let found = house.problems.into_iter().filter(|problem| problem.is_error());
        self.problems.extend(found.filter(|problem| !known.contains(&(problem.code, problem.span()))));
        let declared: Vec<_> = overrides
            .iter()
            .filter(|(name, _)| self.declared.names(Keyword::Threshold).contains(&name.as_str()))
            .cloned()
            .collect();
        pack.map(|pack| pack.with_thresholds(&declared).unwrap_or(pack))
    }

    /// Thresholds that only guardrails read are not unread.
    fn used_in_house(&mut self, pack: &Pack, problems: &[Problem]) {
        for threshold in pack.thresholds() {
            let unread = problems.iter().any(|found| found.code == "P401" && found.span() == threshold.span);
            if let (false, Some(index)) = (unread, self.threshold(&threshold.name)) {
                self.use_threshold(index, threshold.kind, threshold.span);
            }
        }
    }

    fn pack_of(&mut self, head: Option<PackHead>, overrides: Overrides<'_>) -> Option<Pack> {
        self.declare_thresholds();
        self.declare_own_facts();
        let classes = self.contact_classes();
        let consents = self.consent_kinds();
        self.no_circle_of_consent(&classes, &consents);
        let rules = self.rules();
        let exceptions = self.exceptions(&rules);
        let remarks = self.remarks();
        let deadlines = self.deadlines();
        let messages = self.messages();
        let procedures = self.procedures();
        let meanings = self.meanings();
        let events = self.declared.names(Keyword::Event).into_iter().map(str::to_owned).collect();
        let duties = if self.in_pack() { self.duties_of_law() } else { Vec::new() };
        if self.in_pack() {
            self.remaining_defines();
        }
        let (thresholds, values) = self.finish_thresholds(overrides, Some(DIGITS));
        let counted = std::mem::take(&mut self.vocabulary.counted);
        let asked =
            counted.into_iter().filter_map(|fact| Some((self.vocabulary.find(&fact.column())?, fact))).collect();
        let body = PackBody {
            head: head?,
            sources: self.draft.sources.clone(),
            inputs: std::mem::take(&mut self.vocabulary.inputs),
            asked,
            thresholds,
            classes,
            consents,
            rules,
            exceptions,
            remarks,
            deadlines,
            messages,
            procedures,
            duties,
            meanings,
            events,
        };
        let mut pack = Pack { body: Arc::new(body), values: values.into(), hash: PolicyHash::NONE };
        pack.hash = PolicyHash::of_text(&pack.canonical());
        Some(pack)
    }

    fn duties_of_law(&mut self) -> Vec<(crate::policy::Duty, crate::policy::pack::Citation)> {
        let duties = self.duties();
        let mut cited = Vec::new();
        for duty in duties {
            if let Some(statement) = self.declared.find(Keyword::Duty, &duty.name) {
                cited.push((duty, self.citation(statement)));
            }
        }
        cited
    }

    fn pack_head(&mut self) -> Option<PackHead> {
        let mut heads = self.statements(Keyword::Pack);
        let Some(statement) = heads.next() else {
            if !self.declared.any_broken(Keyword::Pack) {
                let problem = Problem::error("P302", "the pack has no `pack` statement")
                    .at(Span::new(0, 0, 0), "expected before anything else")
                    .help("begin with: pack \"name\" #{ version: \"1\", jurisdiction: \"US\", title: \"...\" };");
                self.report(problem);
            }
            return None;
        };
        for again in heads {
            self.once(again, statement);
        }
        self.check_options(statement);
        let head = self.head_of(statement);
        if let Some(value) = statement.option("jurisdiction").filter(|value| value.as_text() == Some("")) {
            let problem = Problem::error("P209", "`pack` needs `jurisdiction`")
                .at(value.span, "empty")
                .help("law binds accounts of some jurisdiction; rules that bind everywhere stand in a policy");
            self.report(problem);
        }
        if head.from.zip(head.to).is_some_and(|(from, to)| from > to) {
            let span = statement.option("to").map_or(statement.span, |value| value.span);
            let problem = Problem::error("P211", "the pack ends before it begins").at(span, "empty");
            self.report(problem);
        }
        Some(head)
    }

    fn head_of(&self, statement: &Statement) -> PackHead {
        let string = |key: &str| text(statement, key).unwrap_or_default();
        PackHead {
            name: statement.name_text().to_owned(),
            title: string("title"),
            version: string("version"),
            jurisdiction: string("jurisdiction"),
            from: Self::day_of(statement, "from"),
            to: Self::day_of(statement, "to"),
            calendar: text(statement, "calendar"),
            verified_on: Self::day_of(statement, "verified_on"),
            source: string("source"),
            why: string("why"),
            span: statement.span,
        }
    }
}

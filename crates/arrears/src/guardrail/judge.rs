//! What the rules say of one contact at one moment.

use super::case::Case;
use super::moment::Moment;
use super::permission::{Answer, Decisive, Lifted, Permission, Presumption, Used};
use super::sight::Sight;
use super::tally::{Count, For};
use super::{Contact, Trouble, check};
use crate::condition::Truth;
use crate::policy::pack::{Limit, Rule};
use std::collections::BTreeSet;

/// What the rules say, but for when else the contact might be made.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) answer: Answer,
    /// The rules that stand, each with the place of the statement that decides it.
    rules: Vec<(Place, Decisive)>,
    lifted: Vec<Lifted>,
    presumption: Option<Presumption>,
    /// Whether it is not known if some rule presumes a violation.
    perhaps_presumed: bool,
    rebuttal: Option<bool>,
    flags: Vec<String>,
    counts: Vec<Used>,
    missing: BTreeSet<String>,
}

/// Where a statement stands: the pack, and the statement in it.
type Place = (usize, usize);

impl Case {
    /// Whether a proposed contact may be made, by which rules, and from when on it might be.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the contact: unknown words or debts, a moment before the case's.
    pub fn permission(&self, proposed: &Contact) -> Result<Permission, Vec<Trouble>> {
        check::proposed(proposed, &self.known)?;
        Ok(self.permission_at(proposed))
    }

    /// The permission of a contact that was checked.
    pub(super) fn permission_at(&self, proposed: &Contact) -> Permission {
        let moment = Moment::new(proposed.at.timestamp(), &self.known.zones);
        let judged = self.judge(proposed, &moment, true);
        let (earliest, earliest_unblocked) = self.earliest(proposed, judged.answer);
        Permission {
            answer: judged.answer,
            rules: judged.rules.into_iter().map(|(_, rule)| rule).collect(),
            lifted: judged.lifted,
            presumption: judged.presumption,
            rebuttal: judged.rebuttal,
            flags: judged.flags,
            counts: judged.counts,
            earliest,
            earliest_unblocked,
            missing: judged.missing.into_iter().collect(),
            law: self.law.stamp().to_owned(),
        }
    }

    /// Whether a proposed contact may be made, and nothing else: what [`Case::permission`] answers
    /// first.
    ///
    /// # Errors
    ///
    /// As [`Case::permission`].
    pub fn answer(&self, proposed: &Contact) -> Result<Answer, Vec<Trouble>> {
        check::proposed(proposed, &self.known)?;
        let moment = Moment::new(proposed.at.timestamp(), &self.known.zones);
        Ok(self.judge(proposed, &moment, false).answer)
    }

    /// What the rules say at a moment. Without `whole` only the answer is made out.
    pub(super) fn judge(&self, proposed: &Contact, moment: &Moment, whole: bool) -> Judged {
        let mut judged = Judged::new();
        if self.is_lawless(moment) {
            judged.answer = Answer::Review;
            judged.missing.insert("no pack of law binds this account".to_owned());
        }
        let debts = self.known.mask(proposed.allocated_to.as_deref().or(proposed.debts.as_deref()));
        let wanted = self.wanted(proposed, 0);
        let mut cells = Vec::new();
        for (pack, case) in self.packs.iter().enumerate() {
            for (index, debt) in self.known.debts.iter().enumerate() {
                if debts & super::known::bit(index) == 0 {
                    continue;
                }
                let wanted = For { debt: index, ..wanted };
                case.cells(&self.known, proposed, moment, (wanted, whole), &mut cells);
                let sight = Sight { case, moment, wanted, cells: &cells, debt, whole };
                judged.read(self, &sight, proposed, pack, whole);
                if !whole && judged.answer == Answer::Block {
                    return judged;
                }
            }
        }
        judged.rules.sort_by_key(|(place, _)| *place);
        if judged.presumption != Some(Presumption::Violation) {
            judged.rebuttal = None;
            judged.presumption = judged.presumption.filter(|_| !judged.perhaps_presumed);
        }
        judged
    }
}

impl Judged {
    const fn new() -> Self {
        Self {
            answer: Answer::Allow,
            rules: Vec::new(),
            lifted: Vec::new(),
            presumption: None,
            perhaps_presumed: false,
            rebuttal: None,
            flags: Vec::new(),
            counts: Vec::new(),
            missing: BTreeSet::new(),
        }
    }

    fn read(&mut self, case: &Case, sight: &Sight<'_>, proposed: &Contact, pack: usize, whole: bool) {
        for (index, rule) in sight.case.pack.rules().iter().enumerate() {
            if let Some((answer, stands)) = self.rule(case, sight, rule, proposed, whole) {
                self.answer = self.answer.max(answer);
                if whole {
                    let missing = match stands {
                        Truth::Unknown => sight.missing(rule, case.known.past.is_some()),
                        Truth::False | Truth::True => Vec::new(),
                    };
                    self.stands(sight, rule, (pack, index), answer, missing);
                }
            }
            if !whole && self.answer == Answer::Block {
                return;
            }
        }
        if !whole {
            return;
        }
        for remark in sight.case.pack.remarks() {
            let holds = sight.binds(&case.law, &remark.citation).min(sight.truth(&remark.when)).is_true();
            if holds && !self.flags.contains(&remark.name) {
                self.flags.push(remark.name.clone());
            }
        }
    }

    /// What a rule calls for, if it stands against the contact.
    fn rule(
        &mut self,
        case: &Case,
        sight: &Sight<'_>,
        rule: &Rule,
        proposed: &Contact,
        whole: bool,
    ) -> Option<(Answer, Truth)> {
        let mut scope = sight.binds(&case.law, &rule.citation);
        if scope > Truth::False {
            scope = scope.min(rule.when.as_ref().map_or(Truth::True, |when| sight.truth(when)));
        }
        if scope > Truth::False {
            scope = scope.min(rule.unless.as_ref().map_or(Truth::True, |unless| sight.truth(unless).not()));
        }
        if scope.is_false() {
            return None;
        }
        let past_known = case.known.past.is_some();
        let (exceeded, used) = sight.exceeded(&rule.limit, past_known);
        if whole && let Some((counted, limit)) = used {
            self.used(sight, rule, counted, limit, past_known);
        }
        if rule.presumes && whole && scope.is_true() {
            self.presumption = self.presumption.or(Some(Presumption::Compliance));
        }
        let mut stands = scope.min(exceeded);
        if stands.is_false() {
            return None;
        }
        let lifting = self.lifting(case, sight, rule, stands, whole);
        stands = stands.min(lifting.not());
        if stands.is_false() {
            return None;
        }
        self.perhaps_presumed |= rule.presumes && stands.is_unknown();
        if rule.presumes && stands.is_true() {
            self.presumption = Some(Presumption::Violation);
            if let Some(reason) = proposed.reason.as_ref().filter(|reason| *reason != "none") {
                let rebuts = rule.rebutted_by.contains(reason);
                self.rebuttal = Some(self.rebuttal.unwrap_or(true) && rebuts);
            }
        }
        let answer = if stands.is_true() && !rule.review { Answer::Block } else { Answer::Review };
        Some((answer, stands))
    }

    /// Whether an exception lifts the rule; those that lift a rule that surely stands are noted.
    fn lifting(&mut self, case: &Case, sight: &Sight<'_>, rule: &Rule, stands: Truth, whole: bool) -> Truth {
        let mut lifting = Truth::False;
        for exception in sight.case.pack.exceptions() {
            let binds = sight.binds(&case.law, &exception.citation);
            if binds.is_false() || !exception.lifts.contains(&rule.citation.rule) {
                continue;
            }
            let truth = binds.min(sight.truth(&exception.when));
            lifting = lifting.max(truth);
            let (rule, by) = (&rule.citation.rule, &exception.citation.rule);
            let noted = self.lifted.iter().any(|lifted| lifted.rule == *rule && lifted.by == *by);
            if whole && truth.is_true() && stands.is_true() && !noted {
                self.lifted.push(Lifted { rule: rule.clone(), by: by.clone() });
            }
        }
        lifting
    }

    /// Notes a statement that stands. Of several of one rule the strictest speaks, the first of those.
    fn stands(&mut self, sight: &Sight<'_>, rule: &Rule, place: Place, answer: Answer, mut missing: Vec<String>) {
        self.missing.extend(missing.iter().cloned());
        let citation = &rule.citation;
        let pack = &sight.case.pack.head().name;
        let same = |(_, found): &(Place, Decisive)| found.rule == citation.rule && found.pack == *pack;
        let mut debts = Vec::new();
        if let Some(known) = self.rules.iter().position(same) {
            let (other, found) = self.rules.swap_remove(known);
            missing.extend(found.missing.iter().cloned());
            missing.sort();
            missing.dedup();
            debts.clone_from(&found.debts);
            let speaks = (std::cmp::Reverse(answer), citation.strength, place);
            if (std::cmp::Reverse(found.answer), found.strength, other) <= speaks {
                let about = debts.iter().any(|debt| debt == sight.debt);
                debts.extend((!about).then(|| sight.debt.to_owned()));
                self.rules.push((other, Decisive { debts, missing, ..found }));
                return;
            }
        }
        if !debts.iter().any(|debt| debt == sight.debt) {
            debts.push(sight.debt.to_owned());
        }
        let (rule, cites, says) = (citation.rule.clone(), citation.cites.clone(), citation.says.clone());
        let strength = citation.strength;
        self.rules.push((place, Decisive { rule, pack: pack.clone(), answer, strength, cites, says, debts, missing }));
    }

    fn used(&mut self, sight: &Sight<'_>, rule: &Rule, counted: Count, limit: i64, past_known: bool) {
        let Limit::AtMost { class, .. } = &rule.limit else { return };
        let Some(class) = sight.case.pack.classes().get(*class).filter(|_| past_known) else { return };
        // Its outcome is not known yet: it counts unless it surely does not.
        let this = u32::from(!sight.truth(&class.when).is_false());
        let counted = counted.most + this;
        let name = &rule.citation.rule;
        let same = |used: &&mut Used| used.rule == *name && used.class == class.name && used.limit == limit;
        match self.counts.iter_mut().find(same) {
            Some(used) => used.counted = used.counted.max(counted),
            None => self.counts.push(Used { rule: name.clone(), class: class.name.clone(), counted, limit }),
        }
    }
}

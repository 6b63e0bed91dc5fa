//! What the rules say of one contact at one moment.

use super::case::{Case, PackCase, back, first_day};
use super::moment::{Moment, day};
use super::permission::{Answer, Decisive, Lifted, Permission, Presumption, Used};
use super::tally::{Count, For};
use super::{Contact, Trouble, check};
use crate::condition::{Cmp, Num, Truth, compare, missing_facts};
use crate::number::Cell;
use crate::policy::Law;
use crate::policy::pack::{After, Citation, DayHours, Limit, Rule, WeekHours};
use chrono::Datelike;
use std::collections::BTreeSet;

/// What the rules say, but for when else the contact might be made.
#[derive(Debug)]
pub(super) struct Judged {
    pub(super) answer: Answer,
    rules: Vec<Decisive>,
    lifted: Vec<Lifted>,
    presumption: Option<Presumption>,
    /// Whether it is not known if some rule presumes a violation.
    perhaps_presumed: bool,
    rebuttal: Option<bool>,
    flags: Vec<String>,
    counts: Vec<Used>,
    missing: BTreeSet<String>,
}

/// A pack's facts of the contact about one debt.
struct Sight<'a> {
    case: &'a PackCase,
    moment: &'a Moment,
    wanted: For,
    cells: &'a [Cell],
    debt: &'a str,
}

impl Case {
    /// Whether a proposed contact may be made, by which rules, and from when on it might be.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the contact: unknown words or debts, a moment before the case's.
    pub fn permission(&self, proposed: &Contact) -> Result<Permission, Vec<Trouble>> {
        check::proposed(proposed, &self.known)?;
        let moment = Moment::new(proposed.at.timestamp(), &self.known.zones);
        let judged = self.judge(proposed, &moment, true);
        let (earliest, earliest_unblocked) = self.earliest(proposed, judged.answer);
        Ok(Permission {
            answer: judged.answer,
            rules: judged.rules,
            lifted: judged.lifted,
            presumption: judged.presumption,
            rebuttal: judged.rebuttal,
            flags: judged.flags,
            counts: judged.counts,
            earliest,
            earliest_unblocked,
            missing: judged.missing.into_iter().collect(),
            law: self.law.stamp().to_owned(),
        })
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
        for case in &self.packs {
            for (index, debt) in self.known.debts.iter().enumerate() {
                if debts & super::known::bit(index) == 0 {
                    continue;
                }
                let wanted = self.wanted(proposed, index);
                let cells = case.cells(&self.known, proposed, moment, wanted, false);
                let sight = Sight { case, moment, wanted, cells: &cells, debt };
                judged.read(self, &sight, proposed, whole);
                if !whole && judged.answer == Answer::Block {
                    return judged;
                }
            }
        }
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

    fn read(&mut self, case: &Case, sight: &Sight<'_>, proposed: &Contact, whole: bool) {
        for rule in sight.case.pack.rules() {
            self.rule(case, sight, rule, proposed, whole);
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

    fn rule(&mut self, case: &Case, sight: &Sight<'_>, rule: &Rule, proposed: &Contact, whole: bool) {
        let mut scope = sight.binds(&case.law, &rule.citation);
        if scope > Truth::False {
            scope = scope.min(rule.when.as_ref().map_or(Truth::True, |when| sight.truth(when)));
        }
        if scope > Truth::False {
            scope = scope.min(rule.unless.as_ref().map_or(Truth::True, |unless| sight.truth(unless).not()));
        }
        if scope.is_false() {
            return;
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
            return;
        }
        let lifting = self.lifting(case, sight, rule, stands, whole);
        stands = stands.min(lifting.not());
        if stands.is_false() {
            return;
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
        self.answer = self.answer.max(answer);
        if whole {
            self.stands(sight, rule, answer, stands);
        }
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

    fn stands(&mut self, sight: &Sight<'_>, rule: &Rule, answer: Answer, stands: Truth) {
        let missing = if stands.is_unknown() { sight.missing(rule) } else { Vec::new() };
        self.missing.extend(missing.iter().cloned());
        let pack = &sight.case.pack.head().name;
        let same = self.rules.iter_mut().find(|found| found.rule == rule.citation.rule && found.pack == *pack);
        if let Some(found) = same {
            found.answer = found.answer.max(answer);
            if !found.debts.iter().any(|debt| debt == sight.debt) {
                found.debts.push(sight.debt.to_owned());
            }
            found.missing.extend(missing);
            found.missing.sort();
            found.missing.dedup();
            return;
        }
        self.rules.push(Decisive {
            rule: rule.citation.rule.clone(),
            pack: pack.clone(),
            answer,
            strength: rule.citation.strength,
            cites: rule.citation.cites.clone(),
            says: rule.citation.says.clone(),
            debts: vec![sight.debt.to_owned()],
            missing,
        });
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

impl Sight<'_> {
    /// Whether a statement of law binds on the local date.
    fn binds(&self, law: &Law, citation: &Citation) -> Truth {
        let head = self.case.pack.head();
        self.moment.on_date(|date| head.in_force(date) && law.binds(citation, date))
    }

    fn truth(&self, cond: &crate::condition::Cond) -> Truth {
        cond.read(&self.case.reading(self.cells))
    }

    fn number(&self, num: &Num) -> Option<i64> {
        num.read(&self.case.reading(self.cells)).get()
    }

    /// Whether the limit is exceeded, and how many earlier contacts count against which number.
    fn exceeded(&self, limit: &Limit, past_known: bool) -> (Truth, Option<(Count, i64)>) {
        match limit {
            Limit::Refuse => (Truth::True, None),
            Limit::KeepHours(week) => (self.outside(week), None),
            Limit::AtMost { times, class, window, after, lifted_by } => {
                let (Some(limit), Some(date), true) = (self.number(times), self.moment.date(), past_known) else {
                    return (Truth::Unknown, None);
                };
                let Some(first) = first_day(window, date, |num| self.number(num)) else {
                    return (Truth::Unknown, None);
                };
                let today = day(date);
                let mut begun = Truth::True;
                let mut count = self.count(*class, first, today, None);
                if let Some(after) = after {
                    // What comes after the first that may be one counts at most, after the first that is one surely.
                    let (perhaps, surely) = self.firsts_of(*after);
                    if perhaps.is_none() {
                        return (Truth::False, None);
                    }
                    let most = self.count(*class, first, today, perhaps).most;
                    let sure = surely.map_or(0, |surely| self.count(*class, first, today, Some(surely)).sure);
                    count = Count { sure, most };
                    begun = if surely.is_some() { Truth::True } else { Truth::Unknown };
                }
                let mut full = above(count, limit).min(begun);
                if let Some(lifted_by) = lifted_by {
                    let lifting = self.count(*lifted_by, first, today, None);
                    full = full.min(above(lifting, 1).not());
                }
                (full, Some((count, limit)))
            }
            Limit::Rest { after: After::Event(event), days } => {
                let since = self.cells.get(event.index()).copied().unwrap_or(Cell::UNKNOWN);
                let days = self.number(days).map_or(Cell::UNKNOWN, Cell::number);
                (compare(Cmp::Lt, since, days), None)
            }
            Limit::Rest { after: After::Class(class), days } => {
                let (Some(days), Some(date), true) = (self.number(days), self.moment.date(), past_known) else {
                    return (Truth::Unknown, None);
                };
                let today = day(date);
                (above(self.count(*class, back(today, days), today, None), 1), None)
            }
        }
    }

    fn count(&self, class: usize, first: i32, last: i32, later_than: Option<i64>) -> Count {
        self.case.tallies.get(class).map_or(Count::default(), |tally| tally.count(self.wanted, first, last, later_than))
    }

    /// When the first contact was that may be of a class, and the first that surely is.
    fn firsts_of(&self, class: usize) -> (Option<i64>, Option<i64>) {
        let counting = || self.case.tallies.get(class).into_iter().flat_map(|tally| tally.counting(self.wanted));
        let perhaps = counting().last().map(|(member, _)| member.at);
        let surely = counting().filter(|(_, sure)| *sure).last().map(|(member, _)| member.at);
        (perhaps, surely)
    }

    /// Whether the moment lies outside the hours by the clock of some zone.
    fn outside(&self, week: &WeekHours) -> Truth {
        if self.moment.local.is_empty() {
            return Truth::Unknown;
        }
        let outside = self.moment.local.iter().map(|local| {
            let plain = week.on(local.date.weekday());
            let Some(holiday) = week.holidays else { return Truth::of(!plain.has(local.minute)) };
            let holds = self.case.calendar.as_ref().map_or(Truth::Unknown, |calendar| calendar.holiday(local.date));
            let shut = |hours: DayHours| Truth::of(!hours.has(local.minute));
            match holds {
                Truth::True => shut(holiday),
                Truth::False => shut(plain),
                Truth::Unknown if shut(holiday) == shut(plain) => shut(plain),
                Truth::Unknown => Truth::Unknown,
            }
        });
        outside.fold(Truth::False, Truth::max)
    }

    /// What is not known, where a rule neither surely stands nor surely falls.
    fn missing(&self, rule: &Rule) -> Vec<String> {
        let mut facts = Vec::new();
        let exceptions = self.case.pack.exceptions().iter();
        let lifting = exceptions.filter(|exception| exception.lifts.contains(&rule.citation.rule));
        let conds = rule.when.iter().chain(rule.unless.iter()).chain(lifting.map(|exception| &exception.when));
        for cond in conds {
            missing_facts(cond, self.case.reading(self.cells), &mut facts);
        }
        let mut names: Vec<String> = facts
            .iter()
            .filter_map(|fact| self.case.pack.inputs().get(fact.index()))
            .map(|input| input.written.clone())
            .collect();
        let dated = !matches!(rule.limit, Limit::Refuse) || names.is_empty();
        if dated && self.moment.local.is_empty() {
            names.push("zones".to_owned());
        }
        match &rule.limit {
            Limit::KeepHours(week) if week.holidays.is_some() && names.is_empty() => names.push("holiday".to_owned()),
            Limit::AtMost { .. } | Limit::Rest { .. } if names.is_empty() => names.push("contacts".to_owned()),
            _ => {}
        }
        names.sort();
        names.dedup();
        names
    }
}

/// Whether a count is at least a number.
fn above(count: Count, limit: i64) -> Truth {
    if i64::from(count.sure) >= limit {
        Truth::True
    } else if i64::from(count.most) < limit {
        Truth::False
    } else {
        Truth::Unknown
    }
}

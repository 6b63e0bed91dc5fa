//! Debtor types: those that nobody is of, those that another hides, those that overlap, those told by lateness alone.

use super::analyst::Analyst;
use super::finding::{Kind, StatementAt};
use crate::proof::domain::Var;
use crate::proof::sat::Lit;
use crate::proof::search::Search;
use crate::proof::space::Space;
use arrears::condition::WordSet;
use arrears::policy::DebtorType;

/// Facts that say how late an account is now, and nothing of the person.
const LATENESS: [&str; 9] = [
    "dpd",
    "days_delinquent",
    "bucket",
    "cycles_past_due",
    "oldest_unpaid_age",
    "months_since_oldest_unpaid",
    "unpaid_items",
    "days_since_first_missed",
    "roll_in",
];

/// More types than this are not compared pair by pair.
const MOST_PAIRED: usize = 60;

impl Analyst<'_> {
    /// Types are read before anything else is decided: the facts are enough.
    pub(super) fn types(&mut self) {
        let whole = std::mem::replace(&mut self.space, Space::of_facts(self.policy, false));
        self.each_type();
        let facts = std::mem::replace(&mut self.space, whole);
        self.spent |= facts.sat.is_spent();
    }

    fn each_type(&mut self) {
        let policy = self.policy;
        let types = policy.debtor_types();
        let mut fits = Vec::new();
        for kind in types {
            fits.push(match &kind.when {
                Some(when) => self.space.cond(when).yes,
                None => self.space.sat.yes(),
            });
        }
        let mut reached = self.space.sat.yes();
        let mut alive = Vec::new();
        for (index, (kind, fits_it)) in types.iter().zip(&fits).enumerate() {
            let lives = match &kind.when {
                None => false,
                Some(_) => self.one_type(index, kind, &fits, reached),
            };
            alive.push(lives);
            if lives {
                self.lateness_alone(kind, *fits_it);
            }
            reached = self.space.sat.and(&[reached, !*fits_it]);
        }
        if types.len() > MOST_PAIRED {
            if let Some(kind) = types.first() {
                let at = self.type_at(kind);
                self.unknown(Kind::Overlap, at, &format!("more than {MOST_PAIRED} types are not compared in pairs"));
            }
            return;
        }
        for (above, first) in types.iter().enumerate() {
            for (below, second) in types.iter().enumerate().skip(above + 1) {
                if alive.get(above) == Some(&true) && alive.get(below) == Some(&true) {
                    self.overlap((above, first), (below, second), &fits);
                }
            }
        }
    }

    fn type_at(&self, kind: &DebtorType) -> StatementAt {
        self.at("debtor", &kind.name, kind.span)
    }

    /// Whether some account is of a type; if none is, it is reported.
    fn one_type(&mut self, index: usize, kind: &DebtorType, fits: &[Lit], reached: Lit) -> bool {
        let Some(own) = fits.get(index).copied() else { return false };
        let at = self.type_at(kind);
        if self.never(&[own]) {
            let says = format!("no account is of the type \"{}\": its condition never holds", kind.name);
            self.proved(Kind::NeverFires, at, Vec::new(), says, "its condition holds for no account");
            return false;
        }
        if self.may_be(&[own, reached]) {
            return true;
        }
        let others = self.hidden_by(index, own, fits);
        let names: Vec<String> = others.iter().map(|other| format!("\"{}\"", other.name)).collect();
        let says = format!(
            "no account is of the type \"{}\": every one that fits it is taken by {}",
            kind.name,
            names.join(", ")
        );
        let shows = |_: &arrears::Row, decision: &arrears::Decision| {
            !decision.types.has(i64::try_from(index).unwrap_or(WordSet::OTHER))
        };
        match self.find(&[own], &shows) {
            Search::Shown(judged) => {
                self.shown(Kind::Shadowed, at, others, says, &judged);
                if let Some(finding) = self.findings.last_mut() {
                    finding.proved = Some("no account fits it and none of those above it".to_owned());
                }
            }
            _ => self.proved(Kind::Shadowed, at, others, says, "no account fits it and none of those above it"),
        }
        false
    }

    /// The fewest types above one that together take all its accounts, as far as leaving out one at a time finds them.
    fn hidden_by(&mut self, index: usize, own: Lit, fits: &[Lit]) -> Vec<StatementAt> {
        let mut needed: Vec<usize> = (0..index).collect();
        for left_out in (0..index).rev() {
            let rest: Vec<usize> = needed.iter().copied().filter(|at| *at != left_out).collect();
            let mut wanted = vec![own];
            wanted.extend(rest.iter().filter_map(|at| fits.get(*at)).map(|lit| !*lit));
            if self.never(&wanted) {
                needed = rest;
            }
        }
        let types = self.policy.debtor_types();
        needed.into_iter().filter_map(|at| types.get(at)).map(|kind| self.type_at(kind)).collect()
    }

    /// A type that reads how late an account is, and nothing else.
    fn lateness_alone(&mut self, kind: &DebtorType, fits: Lit) {
        let Some(when) = &kind.when else { return };
        let (mut late, mut other) = (Vec::new(), false);
        when.each_fact(&mut |id| match self.policy.input(id) {
            Some(input) if LATENESS.contains(&input.name.as_str()) => late.push(id),
            _ => other = true,
        });
        if other || late.is_empty() {
            return;
        }
        // Of an account that is not late it says no more than that.
        let mut any = Vec::new();
        for id in &late {
            let (_, _, number) = self.space.state(Var::Fact(*id));
            let none = self.space.at_most(Var::Fact(*id), 0);
            any.push(self.space.sat.and(&[number, !none]));
        }
        let is_late = self.space.sat.or(&any);
        let at = self.type_at(kind);
        let position = self.policy.debtor_types().iter().position(|it| it.name == kind.name).unwrap_or(0);
        let shows = |_: &arrears::Row, decision: &arrears::Decision| decision.types == WordSet::of(position);
        match self.find(&[fits, is_late], &shows) {
            Search::Shown(judged) => {
                let mut names: Vec<&str> =
                    late.iter().filter_map(|id| self.policy.input(*id)).map(|input| input.name.as_str()).collect();
                names.sort_unstable();
                names.dedup();
                let says = format!(
                    "the type \"{}\" is told by lateness alone ({}): it says nothing of the person",
                    kind.name,
                    names.join(", ")
                );
                self.shown(Kind::LatenessAlone, at, Vec::new(), says, &judged);
            }
            Search::None => {}
            Search::Unknown(why) => self.unknown(Kind::LatenessAlone, at, &why),
        }
    }

    /// Two types that both fit an account, neither of them inside the other.
    fn overlap(&mut self, (above, first): (usize, &DebtorType), (below, second): (usize, &DebtorType), fits: &[Lit]) {
        let (Some(one), Some(other)) = (fits.get(above).copied(), fits.get(below).copied()) else { return };
        let earlier: Vec<Lit> = fits.iter().take(above).map(|lit| !*lit).collect();
        let both: Vec<Lit> = [one, other].into_iter().chain(earlier).collect();
        if self.never(&both) || self.never(&[one, !other]) || self.never(&[other, !one]) {
            return;
        }
        let judge = self.judge;
        let shows = |row: &arrears::Row, decision: &arrears::Decision| {
            let fits = second.when.as_ref().is_some_and(|when| judge.truth(row, when, decision.types).is_true());
            fits && decision.types == WordSet::of(above)
        };
        let (at, others) = (self.type_at(first), vec![self.type_at(second)]);
        match self.find(&both, &shows) {
            Search::Shown(judged) => {
                let says = format!(
                    "an account can fit both \"{}\" and \"{}\": it is \"{}\", because that stands first",
                    first.name, second.name, first.name
                );
                self.shown(Kind::Overlap, at, others, says, &judged);
            }
            Search::None => {}
            Search::Unknown(why) => self.unknown(Kind::Overlap, at, &why),
        }
    }
}

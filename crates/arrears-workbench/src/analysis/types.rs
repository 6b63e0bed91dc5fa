//! Debtor types: those that nobody is of, those that another hides, those that overlap, those told by lateness alone.

use super::analyst::Analyst;
use super::finding::{Kind, StatementAt};
use crate::proof::domain::Var;
use crate::proof::sat::Lit;
use crate::proof::search::Search;
use crate::proof::space::{Space, Truths};
use arrears::condition::{Cond, CondKind, FactId, WordSet};
use arrears::policy::DebtorType;

/// Facts that say how late an account is, or the person's accounts are, and nothing of the person.
const LATE_NOW: [&str; 11] = [
    "dpd",
    "days_delinquent",
    "bucket",
    "cycles_past_due",
    "oldest_unpaid_age",
    "months_since_oldest_unpaid",
    "unpaid_items",
    "days_since_first_missed",
    "months_since_first_missed",
    "roll_in",
    "customer_max_dpd",
];

/// Facts that say how often and how much it was late before.
const LATE_BEFORE: [&str; 6] =
    ["first_payment_default", "times_30dpd_12m", "times_60dpd_12m", "times_90dpd_12m", "max_dpd_12m", "late_count_12m"];

fn is_among(name: &str, lists: &[&[&str]]) -> bool {
    lists.iter().any(|list| list.contains(&name))
}

/// More types than this are not compared pair by pair.
const MOST_PAIRED: usize = 60;

/// Of all types above one: whether surely none of them fits, and whether surely none is known to fit.
#[derive(Clone, Copy)]
struct Above {
    not: Lit,
    open: Lit,
}

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
                Some(when) => self.space.cond(when),
                None => Truths { yes: self.space.sat.yes(), no: self.space.sat.no() },
            });
        }
        let mut above = Above { not: self.space.sat.yes(), open: self.space.sat.yes() };
        let mut alive = Vec::new();
        for (index, (kind, fits_it)) in types.iter().zip(&fits).enumerate() {
            let lives = match &kind.when {
                None => false,
                Some(_) => self.one_type(index, kind, &fits, above),
            };
            alive.push(lives);
            if lives {
                self.lateness_alone(kind, *fits_it);
            }
            above.not = self.space.sat.and(&[above.not, fits_it.no]);
            above.open = self.space.sat.and(&[above.open, !fits_it.yes]);
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

    /// Whether some account is of a type; if none is, it is reported. Nothing is given that could be computed: a quadrant
    /// beside its axes, or an axis beside its signs, would say what they cannot.
    fn one_type(&mut self, index: usize, kind: &DebtorType, fits: &[Truths], above: Above) -> bool {
        let Some(own) = fits.get(index).map(|truths| truths.yes) else { return false };
        let (at, computed) = (self.type_at(kind), self.space.computed);
        if self.never(&[own, computed]) {
            let but = match self.may_be(&[own]) {
                true => ", but where a table gives what is else computed",
                false => "",
            };
            let says = format!("no account is of the type \"{}\": its condition never holds{but}", kind.name);
            self.proved(Kind::NeverFires, at, Vec::new(), says, "its condition holds for no account");
            return false;
        }
        if self.may_be(&[own, computed, above.not]) {
            return true;
        }
        let others = self.hidden_by(index, &[own, computed], fits);
        let names: Vec<String> = others.iter().map(|other| format!("\"{}\"", other.name)).collect();
        let but = match self.may_be(&[own, computed, above.open]) {
            true => ", or may be where facts are missing",
            false => "",
        };
        let says = format!(
            "no account is of the type \"{}\": every one that fits it is taken by {}{but}",
            kind.name,
            names.join(", ")
        );
        let shows = |_: &arrears::Row, decision: &arrears::Decision| {
            !decision.types.has(i64::try_from(index).unwrap_or(WordSet::OTHER))
        };
        let proved = "no account surely fits it and surely none of those above it";
        match self.find(&[own, computed], &shows) {
            Search::Shown(judged) => {
                self.shown(Kind::Shadowed, at, others, says, &judged);
                if let Some(finding) = self.findings.last_mut() {
                    finding.proved = Some(proved.to_owned());
                }
            }
            _ => self.proved(Kind::Shadowed, at, others, says, proved),
        }
        false
    }

    /// The fewest types above one that together take all its accounts, as far as leaving out one at a time finds them.
    fn hidden_by(&mut self, index: usize, own: &[Lit], fits: &[Truths]) -> Vec<StatementAt> {
        let mut needed: Vec<usize> = (0..index).collect();
        for left_out in (0..index).rev() {
            let rest: Vec<usize> = needed.iter().copied().filter(|at| *at != left_out).collect();
            let mut wanted = own.to_vec();
            wanted.extend(rest.iter().filter_map(|at| fits.get(*at)).map(|truths| truths.no));
            if self.never(&wanted) {
                needed = rest;
            }
        }
        let types = self.policy.debtor_types();
        needed.into_iter().filter_map(|at| types.get(at)).map(|kind| self.type_at(kind)).collect()
    }

    /// A type that reads how late an account is or was and nothing else, and does not hold of one that never was.
    fn lateness_alone(&mut self, kind: &DebtorType, fits: Truths) {
        let Some(late) = kind.when.as_ref().and_then(|when| self.lateness_of(when)) else { return };
        let (mut any, mut nothing) = (Vec::new(), vec![fits.yes]);
        for id in &late {
            let (_, never, number) = self.space.state(Var::Fact(*id));
            let none = self.space.at_most(Var::Fact(*id), 0);
            any.push(self.space.sat.and(&[number, !none]));
            let zero = self.space.sat.and(&[number, none]);
            nothing.push(self.space.sat.or(&[zero, never]));
        }
        if self.may_be(&nothing) {
            return;
        }
        let is_late = self.space.sat.or(&any);
        let at = self.type_at(kind);
        let position = self.policy.debtor_types().iter().position(|it| it.name == kind.name).unwrap_or(0);
        let shows = |_: &arrears::Row, decision: &arrears::Decision| decision.types == WordSet::of(position);
        match self.find(&[fits.yes, is_late], &shows) {
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
                // How often it was late says something of a habit.
                if names.iter().any(|name| is_among(name, &[&LATE_BEFORE])) {
                    self.for_information();
                }
            }
            Search::None => {}
            Search::Unknown(why) => self.unknown(Kind::LatenessAlone, at, &why),
        }
    }

    /// The facts of lateness that a condition reads; none where it reads anything else, or nothing.
    pub(super) fn lateness_of(&self, when: &Cond) -> Option<Vec<FactId>> {
        let (mut late, mut other) = (Vec::new(), false);
        when.each(&mut |part| other |= matches!(part.kind, CondKind::DebtorType(_)));
        when.each_fact(&mut |id| match self.policy.input(id) {
            Some(input) if is_among(&input.name, &[&LATE_NOW, &LATE_BEFORE]) => late.push(id),
            _ => other = true,
        });
        (!other && !late.is_empty()).then_some(late)
    }

    /// Two types that both fit an account, neither of them inside the other.
    fn overlap(
        &mut self,
        (above, first): (usize, &DebtorType),
        (below, second): (usize, &DebtorType),
        fits: &[Truths],
    ) {
        let fit = |at: usize| fits.get(at).map(|truths| truths.yes);
        let (Some(one), Some(other)) = (fit(above), fit(below)) else { return };
        let earlier: Vec<Lit> = fits.iter().take(above).map(|truths| !truths.yes).collect();
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

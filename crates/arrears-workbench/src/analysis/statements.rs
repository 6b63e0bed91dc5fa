//! Statements that never do anything: signs, holds, duties, acts.

use super::analyst::Analyst;
use super::finding::Kind;
use crate::proof::sat::Lit;
use arrears::Span;
use arrears::condition::Cond;

impl Analyst<'_> {
    pub(super) fn statements(&mut self) {
        let policy = self.policy;
        for sign in policy.signs() {
            self.fires(("sign", &sign.name, sign.span), &sign.when, &[]);
        }
        for hold in policy.holds() {
            self.fires(("hold", &hold.name, hold.span), &hold.when, &[]);
        }
        let holds = self.space.turns.holds.clone();
        for duty in policy.duties() {
            let stops = policy.holds().iter().zip(&holds).filter(|(hold, _)| hold.stops_duty(&duty.name));
            let free: Vec<Lit> = stops.map(|(_, truths)| truths.no).collect();
            self.fires(("duty", &duty.name, duty.span), &duty.when, &free);
        }
        for act in policy.acts() {
            let stops = policy.holds().iter().zip(&holds).filter(|(hold, _)| hold.stops.classes.contains(&act.class));
            let free: Vec<Lit> = stops.map(|(_, truths)| truths.no).collect();
            self.fires(("act", &act.name, act.span), &act.when, &free);
        }
    }

    /// Reports a statement whose condition never holds, or never without a hold that stops what it does.
    fn fires(&mut self, (statement, name, span): (&'static str, &str, Span), when: &Cond, free: &[Lit]) {
        let truths = self.space.cond(when);
        let from = self.from_somewhere;
        let at = self.at(statement, name, span);
        let words = self.words(when);
        if self.never(&[truths.yes]) {
            let says = format!("the {statement} \"{name}\" never applies: `{words}` holds for no account");
            return self.proved(Kind::NeverFires, at, Vec::new(), says, "its condition holds for no account");
        }
        if self.never(&[truths.yes, from]) {
            let says = format!(
                "the {statement} \"{name}\" never applies: `{words}` holds for no account that comes to a stage"
            );
            return self.proved(
                Kind::NeverFires,
                at,
                Vec::new(),
                says,
                "its condition holds for no account that there can be",
            );
        }
        let wanted: Vec<Lit> = [truths.yes, from].into_iter().chain(free.iter().copied()).collect();
        if !free.is_empty() && self.never(&wanted) {
            let says = format!("the {statement} \"{name}\" is never due: a hold stops it whenever `{words}` holds");
            self.proved(Kind::NeverFires, at, Vec::new(), says, "a hold stops it in every case");
        }
    }
}

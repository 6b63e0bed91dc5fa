//! Facts that are computed from others: the bucket, the share of the limit that is used, whether a person can be
//! reached, and both axes of the assessment together. The axes themselves are in `assessed`.

use super::domain::Var;
use super::sat::Lit;
use super::space::Space;
use arrears::condition::FactId;
use arrears::policy::Formula;

/// A share of two amounts.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Share {
    pub(crate) share: FactId,
    pub(crate) of: FactId,
    pub(crate) whole: FactId,
}

impl Space<'_> {
    /// What binds a derived fact to those that it is computed from. Where it cannot be computed it may be given.
    pub(crate) fn derive(&mut self, fact: FactId, formula: Formula) {
        match formula {
            Formula::Bucket(Some(dpd)) => self.bucket(fact, dpd),
            Formula::Utilisation { balance: Some(of), limit: Some(whole) } => {
                self.share(Share { share: fact, of, whole });
            }
            Formula::Reachable { numbers, lost } => self.reachable(fact, numbers, lost),
            Formula::Axis(axis) => self.assessed(fact, axis),
            Formula::Quadrant { willingness: Some(willingness), ability: Some(ability) } => {
                self.quadrant(fact, willingness, ability);
            }
            Formula::Bucket(None) | Formula::Utilisation { .. } | Formula::Quadrant { .. } | Formula::Nothing => {}
        }
    }

    /// Where it can be computed it is known; where it cannot, it is unknown unless given.
    fn computed_where(&mut self, fact: FactId, computed: Lit) {
        let (unknown, _, number) = self.state(Var::Fact(fact));
        self.sat.implies(&[computed], number);
        let nothing_given = self.computed;
        self.sat.implies(&[nothing_given, !computed], unknown);
    }

    fn bucket(&mut self, fact: FactId, dpd: FactId) {
        let (_, _, late) = self.state(Var::Fact(dpd));
        self.computed_where(fact, late);
        let edges = self.policy.head().buckets.clone();
        let last = i64::try_from(edges.len()).unwrap_or(i64::MAX);
        for (bucket, edge) in (0_i64..).zip(edges) {
            let (below, milder) = (self.at_most(Var::Fact(dpd), edge - 1), self.at_most(Var::Fact(fact), bucket));
            self.sat.implies(&[late, below], milder);
            self.sat.implies(&[late, milder], below);
        }
        let at_last = self.at_most(Var::Fact(fact), last);
        self.sat.implies(&[late], at_last);
    }

    fn share(&mut self, share: Share) {
        let (_, _, of) = self.state(Var::Fact(share.of));
        let (_, _, whole) = self.state(Var::Fact(share.whole));
        let zero = self.is(Var::Fact(share.whole), 0);
        let computed = self.sat.and(&[of, whole, !zero]);
        self.computed_where(share.share, computed);
        self.ladder.shares.push(share);
    }

    fn reachable(&mut self, fact: FactId, numbers: [Option<FactId>; 3], lost: Option<FactId>) {
        let (mut valid, mut no_valid) = (Vec::new(), Vec::new());
        for number in numbers.into_iter().flatten() {
            let words = self.policy.input(number).map(|input| input.words.as_slice()).unwrap_or_default();
            let position = words.iter().position(|word| word == "valid").and_then(|at| i64::try_from(at).ok());
            let (_, _, known) = self.state(Var::Fact(number));
            let is_valid = match position {
                Some(position) => self.is(Var::Fact(number), position),
                None => self.sat.no(),
            };
            valid.push(is_valid);
            no_valid.push(self.sat.and(&[known, !is_valid]));
        }
        if valid.is_empty() {
            return;
        }
        let (some, none) = (self.sat.or(&valid), self.sat.and(&no_valid));
        let no = self.sat.no();
        let (is_lost, not_lost) = lost.map_or((no, no), |lost| {
            let lost = self.flag(lost);
            (lost.yes, lost.no)
        });
        let (yes, no) = (self.sat.and(&[some, not_lost]), self.sat.or(&[none, is_lost]));
        let (set, clear) = (self.is(Var::Fact(fact), 1), self.is(Var::Fact(fact), 0));
        self.sat.implies(&[yes], set);
        self.sat.implies(&[no], clear);
        let computed = self.sat.or(&[yes, no]);
        self.computed_where(fact, computed);
    }

    fn quadrant(&mut self, fact: FactId, willingness: FactId, ability: FactId) {
        let (_, _, willing) = self.state(Var::Fact(willingness));
        let (_, _, able) = self.state(Var::Fact(ability));
        let both = self.sat.and(&[willing, able]);
        self.computed_where(fact, both);
        // The rows are willing, unwilling, unclear; the columns able, unable, unclear.
        for (level, row) in [(2, 0), (0, 3), (1, 6), (3, 6)] {
            for (other, column) in [(2, 0), (0, 1), (1, 2), (3, 2)] {
                let at = [self.is(Var::Fact(willingness), level), self.is(Var::Fact(ability), other)];
                let cell = self.is(Var::Fact(fact), row + column);
                self.sat.implies(&at, cell);
            }
        }
    }
}

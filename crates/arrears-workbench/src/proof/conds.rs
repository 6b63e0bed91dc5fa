//! Conditions as literals: surely true, surely false.

use super::linear::Number;
use super::opaque::Opaque;
use super::sat::Lit;
use super::space::{Space, Truths};
use arrears::Kind;
use arrears::condition::{Cmp, Cond, CondKind, FactId, Num, NumKind, WordSet};

impl Space<'_> {
    /// The truths of a condition. Conditions of one number share them.
    pub(crate) fn cond(&mut self, cond: &Cond) -> Truths {
        if let Some(known) = self.truths.get(&cond.number) {
            return *known;
        }
        let truths = match &cond.kind {
            CondKind::Constant(holds) => {
                let yes = self.sat.constant(*holds);
                Truths { yes, no: !yes }
            }
            CondKind::Flag(id) => self.flag(*id),
            CondKind::Compare(cmp, left, right) => self.compare(*cmp, left, right),
            CondKind::Within(word, set) => self.within(word, *set),
            CondKind::DebtorType(set) => self.of_types(*set),
            CondKind::Known(id) => {
                let var = self.var(*id);
                let (unknown, _, _) = self.state(var);
                Truths { yes: !unknown, no: unknown }
            }
            CondKind::NotYet(id) => {
                let var = self.var(*id);
                let (_, never, number) = self.state(var);
                Truths { yes: never, no: number }
            }
            CondKind::NotSince(first, second) => self.not_since(*first, *second),
            CondKind::Not(inner) => {
                let inner = self.cond(inner);
                Truths { yes: inner.no, no: inner.yes }
            }
            CondKind::All(parts) => {
                let parts: Vec<Truths> = parts.iter().map(|part| self.cond(part)).collect();
                let (yes, no): (Vec<Lit>, Vec<Lit>) = parts.iter().map(|part| (part.yes, part.no)).unzip();
                Truths { yes: self.sat.and(&yes), no: self.sat.or(&no) }
            }
            CondKind::Any(parts) => {
                let parts: Vec<Truths> = parts.iter().map(|part| self.cond(part)).collect();
                let (yes, no): (Vec<Lit>, Vec<Lit>) = parts.iter().map(|part| (part.yes, part.no)).unzip();
                Truths { yes: self.sat.or(&yes), no: self.sat.and(&no) }
            }
            CondKind::Coalesce(first, second) => {
                let (first, second) = (self.cond(first), self.cond(second));
                let unknown = self.sat.and(&[!first.yes, !first.no]);
                let (yes, no) = (self.sat.and(&[unknown, second.yes]), self.sat.and(&[unknown, second.no]));
                Truths { yes: self.sat.or(&[first.yes, yes]), no: self.sat.or(&[first.no, no]) }
            }
            CondKind::Define(_, inner) => self.cond(inner),
        };
        self.truths.insert(cond.number, truths);
        truths
    }

    /// One number against another: false with *never* on either side, else unknown if one is.
    pub(crate) fn compare(&mut self, cmp: Cmp, left: &Num, right: &Num) -> Truths {
        let (a, b) = (self.number(left), self.number(right));
        let holds = self.relation(cmp, (left, &a), (right, &b));
        let both = self.sat.and(&[a.number, b.number]);
        let not = self.sat.and(&[both, !holds]);
        Truths { yes: self.sat.and(&[both, holds]), no: self.sat.or(&[a.never, b.never, not]) }
    }

    /// Whether two numbers stand in a relation, where both are numbers.
    fn relation(&mut self, cmp: Cmp, (left, a): (&Num, &Number), (right, b): (&Num, &Number)) -> Lit {
        if let (NumKind::Fact(x), NumKind::Fact(y)) = (&left.kind, &right.kind)
            && left.unit == Kind::Category
        {
            let same = self.same_word(*x, *y);
            return if cmp == Cmp::Ne { !same } else { same };
        }
        let (Some(lefts), Some(rights)) = (&a.cases, &b.cases) else {
            return self.opaque(Opaque::new(cmp, left, right, self.sat.no()));
        };
        let mut any = Vec::new();
        for (one, x) in lefts {
            for (other, y) in rights {
                let holds = self.sums_compare(cmp, x, y);
                any.push(self.sat.and(&[*one, *other, holds]));
            }
        }
        self.sat.or(&any)
    }

    fn same_word(&mut self, one: FactId, other: FactId) -> Lit {
        let words = self.policy.input(one).map_or(0, |input| input.words.len());
        let mut any = Vec::new();
        for word in (0..i64::try_from(words).unwrap_or(0)).chain([WordSet::OTHER]) {
            let (a, b) = (self.var(one), self.var(other));
            let both = [self.is(a, word), self.is(b, word)];
            any.push(self.sat.and(&both));
        }
        self.sat.or(&any)
    }

    fn within(&mut self, word: &Num, set: WordSet) -> Truths {
        let number = self.number(word);
        let cases = number.cases.unwrap_or_default();
        let mut any = Vec::new();
        for (when, sum) in cases {
            // A word is a fact, or a word that is written where the fact is unknown.
            let inside = match sum.terms.keys().next() {
                Some(var) => {
                    let words = (0..=WordSet::OTHER).filter(|word| set.has(*word));
                    let lits: Vec<Lit> = words.map(|word| self.is(*var, word)).collect();
                    self.sat.or(&lits)
                }
                None => self.sat.constant(i64::try_from(sum.constant).is_ok_and(|word| set.has(word))),
            };
            any.push(self.sat.and(&[when, inside]));
        }
        let inside = self.sat.or(&any);
        let outside = self.sat.and(&[number.number, !inside]);
        Truths { yes: self.sat.and(&[number.number, inside]), no: self.sat.or(&[outside, number.never]) }
    }

    fn not_since(&mut self, first: FactId, second: FactId) -> Truths {
        let (one, other) = (self.var(first), self.var(second));
        let ((_, never, number), (_, second_never, second_number)) = (self.state(one), self.state(other));
        let of = |id| Num { kind: NumKind::Fact(id), unit: Kind::Days, span: arrears::Span::NONE };
        let longer = self.compare(Cmp::Gt, &of(first), &of(second));
        let later = self.sat.and(&[number, second_number, longer.yes]);
        let since = self.sat.and(&[number, second_number, !longer.yes]);
        let alone = self.sat.and(&[number, second_never]);
        Truths { yes: self.sat.or(&[never, later]), no: self.sat.or(&[since, alone]) }
    }
}

//! Random statements of which accounts a policy is for: about what a table says.

use super::build::{compare, decimal, name, statement, term, text, whole};
use super::policy::Writer;
use arrears::Kind;
use arrears::condition::{Cmp, Term, TermKind};
use arrears::draft::Keyword;

impl Writer<'_> {
    /// Now and then, not every account is the policy's.
    pub(super) fn applies(&mut self) {
        if !self.choices.chance(15) {
            return;
        }
        let first = self.asked_of_table();
        let when = match self.choices.below(4) {
            0 | 1 => first,
            2 => term(TermKind::Any(vec![first, self.asked_of_table()])),
            _ => term(TermKind::All(vec![first, self.asked_of_table()])),
        };
        let mut applies = statement(Keyword::Applies, "");
        applies.when = Some(when);
        self.push(applies);
    }

    /// A question that a table answers; some facts in it are computed, grow old, or can be learned besides.
    fn asked_of_table(&mut self) -> Term {
        let own: Vec<(&str, Kind)> = self.shape.own.clone();
        match self.choices.below(8) {
            0 => compare(Cmp::Eq, name("product"), text("card")),
            1 => compare(Cmp::Ne, name("product"), text("loan")),
            2 => term(TermKind::Not(Box::new(name("dispute")))),
            3 => term(TermKind::Not(Box::new(name("hardship")))),
            4 => compare(Cmp::Ge, name("bucket"), whole(self.choices.pick(&[1, 2], 1))),
            5 => compare(Cmp::Lt, name("utilisation"), decimal(self.shape.literal(self.choices, Kind::Ratio))),
            6 => compare(Cmp::Le, name("balance"), decimal(self.shape.literal(self.choices, Kind::Money))),
            _ => match own.iter().find(|(_, kind)| matches!(kind, Kind::Flag | Kind::Ratio)) {
                Some((own, Kind::Flag)) => name(own),
                Some((own, _)) => compare(Cmp::Ge, name(own), decimal(self.shape.literal(self.choices, Kind::Ratio))),
                None => compare(Cmp::Ge, name("dpd"), whole(self.choices.pick(&[1, 0, 8], 1))),
            },
        }
    }
}

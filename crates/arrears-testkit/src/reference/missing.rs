//! Why a condition cannot be read: which missing facts are to blame.

use super::draft::{all, column_part, option};
use super::reading::{Reading, fact_name};
use super::value::compare;
use arrears::condition::{Cmp, Term, TermKind};
use arrears::draft::Keyword;
use std::collections::BTreeSet;

impl Reading<'_> {
    /// The facts for want of which a condition is unknown; for a computed one, those for
    /// want of which it cannot be computed.
    pub fn missing(&self, term: &Term, found: &mut BTreeSet<String>) {
        let mut named = BTreeSet::new();
        self.blame(term, &mut named);
        found.extend(named.iter().flat_map(|name| self.behind(name)));
    }

    fn behind(&self, name: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let parts: &[&str] = match name {
            "quadrant" => &["willingness", "ability"],
            "bucket" => &["dpd"],
            "utilisation" => &["balance", "credit_limit"],
            "reachable" => &["number_mobile", "number_work", "number_home", "lost_contact"],
            "willingness" | "ability" => {
                self.behind_axis(name, &mut found);
                &[]
            }
            _ => &[],
        };
        for part in parts.iter().filter(|part| self.fact(part).is_unknown()) {
            found.extend(self.behind(part));
        }
        if found.is_empty() {
            found.insert(name.to_owned());
        }
        found
    }

    /// The facts of signs that cannot be read.
    fn behind_axis(&self, axis: &str, found: &mut BTreeSet<String>) {
        let before = Reading::before_the_decision(self.account);
        for sign in all(self.account.draft, Keyword::Sign) {
            if option(&sign.options, axis).is_none() || self.account.counts(sign, &before).is_some() {
                continue;
            }
            if let Some(when) = &sign.when {
                before.missing(when, found);
            }
            let since = format!("days_since_sign_{}", column_part(sign.name_text()));
            if option(&sign.options, "lasts").is_some() && self.account.value(&since).is_unknown() {
                found.insert(since);
            }
        }
    }

    fn blame(&self, term: &Term, found: &mut BTreeSet<String>) {
        if self.truth(term).is_some() {
            return;
        }
        match &term.kind {
            TermKind::Name(name) => match self.define(name) {
                Some(meaning) => self.blame(meaning, found),
                None => self.unknown_facts(term, found),
            },
            TermKind::Not(inner) => self.blame(inner, found),
            TermKind::All(parts) | TermKind::Any(parts) => {
                for part in parts {
                    self.blame(part, found);
                }
            }
            TermKind::Coalesce(first, second) => {
                self.blame(first, found);
                self.blame(second, found);
            }
            TermKind::Compare(_, left, right) => match (&left.kind, &right.kind) {
                (_, TermKind::Flag(_)) => self.blame(left, found),
                (TermKind::Flag(_), _) => self.blame(right, found),
                _ => self.unknown_facts(term, found),
            },
            TermKind::In(value, set) => self.blame_in(value, set, found),
            _ => self.unknown_facts(term, found),
        }
    }

    /// Of a range or a list of numbers only the ends that cannot be compared are to blame.
    fn blame_in(&self, value: &Term, set: &Term, found: &mut BTreeSet<String>) {
        let number = self.number(value);
        let ends: Vec<&Term> = match &set.kind {
            TermKind::Range { .. } | TermKind::List(_) => set.parts(),
            _ => Vec::new(),
        };
        for end in ends {
            if end.as_text().is_some() {
                self.unknown_facts(value, found);
            } else if compare(Cmp::Eq, &number, &self.number(end)).is_none() {
                self.unknown_facts(value, found);
                self.unknown_facts(end, found);
            }
        }
    }

    /// Every fact that a term mentions and that is not known.
    fn unknown_facts(&self, term: &Term, found: &mut BTreeSet<String>) {
        match &term.kind {
            TermKind::Name(name) if name == "debtor_type" || self.threshold(name).is_some() => {}
            TermKind::Call(function, arguments)
                if matches!(function.text.as_str(), "known" | "not_yet" | "not_since") =>
            {
                let names = arguments.iter().filter_map(fact_name);
                found.extend(names.filter(|name| self.fact(name).is_unknown()));
            }
            TermKind::Name(_) | TermKind::Call(..) => {
                found.extend(fact_name(term).filter(|name| self.fact(name).is_unknown()));
            }
            _ => {
                for part in term.parts() {
                    self.unknown_facts(part, found);
                }
            }
        }
    }
}

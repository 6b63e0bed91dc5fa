//! Families of facts with a parameter, such as `times("phone", 7)`.

use super::Checker;
use crate::condition::{FactId, Named};
use crate::draft::Keyword;
use crate::facts::{
    Channel, EVENTS, Movement, Parametric, ParametricKind, is_outcome, outcome_table, table,
};
use crate::number::Cell;
use crate::policy::{Input, Need};
use crate::problem::Problem;
use crate::span::Span;

impl Checker<'_> {
    /// The fact of a family: `times("phone", 7)`. Reports a *what* that nobody knows.
    pub(crate) fn parametric(
        &mut self,
        kind: ParametricKind,
        what: &Named,
        days: u32,
        span: Span,
    ) -> Option<FactId> {
        self.known_event(kind, what)?;
        let fact = Parametric {
            kind,
            what: what.text.clone(),
            days,
        };
        let column = fact.column();
        if let Some(def) = table::find(&column)
            && def.kind == kind.measures()
        {
            return self
                .read_table(&column, span)
                .or(Some(self.table_fact(def, span)));
        }
        let own = self.declared.is_own_work(&what.text);
        let carried = own && kind == ParametricKind::DaysSince && fact.history().is_none();
        let written = fact.written();
        if let Some(id) = self.vocabulary.find(&column) {
            let clash = self
                .vocabulary
                .get(id)
                .is_some_and(|other| other.written != written);
            if clash {
                let problem = Problem::error(
                    "P118",
                    format!("`{written}` and another name are both the column `{column}`"),
                )
                .at(span, "the same column")
                .help("rename one of the two treatments, duties or texts");
                self.report(problem);
            }
            return Some(id);
        }
        let id = self.vocabulary.add(Input {
            name: column,
            doc: format!("As `{written}` in the policy."),
            written,
            kind: kind.measures(),
            words: Vec::new(),
            open: false,
            formerly: Vec::new(),
            never: fact.may_be_never(),
            from_zero: true,
            movement: fact.movement(),
            need: if carried {
                Need::State(Cell::NEVER)
            } else {
                Need::Required
            },
            valid: None,
            drops_in: None,
            runs_out: None,
            counted_from: fact.history(),
            span,
        });
        if fact.movement() == Movement::Expires {
            self.drops_in(id);
        }
        Some(id)
    }

    fn known_event(&mut self, kind: ParametricKind, what: &Named) -> Option<()> {
        let text = what.text.as_str();
        let known = match kind {
            ParametricKind::Tag => true,
            ParametricKind::Consent | ParametricKind::OptedOut => {
                Channel::from_word(text).is_some()
            }
            _ => {
                Channel::from_word(text).is_some()
                    || is_outcome(text)
                    || EVENTS.contains(&text)
                    || self.declared.is_own_work(text)
                    || table::find(&format!("days_since_{text}")).is_some()
                    || [Keyword::Treatment, Keyword::Duty]
                        .iter()
                        .any(|keyword| self.declared.is_broken(*keyword, text))
            }
        };
        if known {
            return Some(());
        }
        let events = EVENTS
            .into_iter()
            .chain(outcome_table().iter().map(|outcome| outcome.code));
        let own = self.declared.own_work();
        let mut candidates: Vec<&str> = Channel::ALL.into_iter().map(Channel::word).collect();
        if !matches!(kind, ParametricKind::Consent | ParametricKind::OptedOut) {
            candidates.extend(events);
            candidates.extend(own);
        }
        let mut problem = Problem::error(
            "P109",
            format!("nothing called \"{text}\" happens to an account"),
        )
        .at(
            what.span,
            "not a channel, an outcome, an event, or a treatment, duty or text of this policy",
        );
        let near = crate::problem::nearest(text, candidates).map(str::to_owned);
        if let Some(near) = near {
            problem = problem
                .suggest(what.span, format!("\"{near}\""))
                .help(format!("did you mean \"{near}\"?"));
        }
        self.report(problem);
        None
    }
}

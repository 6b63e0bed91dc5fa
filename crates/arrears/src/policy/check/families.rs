//! Families of facts with a parameter, such as `times("phone", 7)`.

use super::Checker;
use super::names::{mended, one_of};
use super::wording::row_of;
use crate::condition::{FactId, Named};
use crate::draft::Keyword;
use crate::facts::{Channel, EVENTS, GROUPS, Movement, Parametric, ParametricKind, is_outcome, outcome_table, table};
use crate::number::Cell;
use crate::policy::{Input, Need};
use crate::problem::{Problem, nearest};
use crate::span::Span;

impl Checker<'_> {
    /// The fact of a family: `times("phone", 7)`. Reports a *what* that nobody knows.
    pub(crate) fn parametric(&mut self, kind: ParametricKind, what: &Named, days: u32, span: Span) -> Option<FactId> {
        self.known_event(kind, what)?;
        let fact = Parametric { kind, what: what.text.clone(), days };
        let column = fact.column();
        // A class goes before a fact of the account that has its name: `days_since("demand")`.
        if kind.is_of_contact() || self.is_class(&what.text) {
            return self.counts(kind, what).map(|()| self.of_contact(fact, span));
        }
        if let Some(def) = table::find(&column)
            && def.kind == kind.measures()
        {
            return self.read_table(&column, span).or(Some(self.table_fact(def, span)));
        }
        let own = self.declared.is_own_work(&what.text);
        let carried = own && kind == ParametricKind::DaysSince && fact.history().is_none();
        let written = fact.written();
        if let Some(id) = self.vocabulary.find(&column) {
            self.one_column(id, &written, &column, span);
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
            need: if carried { Need::State(Cell::NEVER) } else { Need::Required },
            valid: None,
            drops_in: None,
            runs_out: None,
            counted_from: fact.history(),
            span,
        });
        if fact.movement() == Movement::Expires {
            self.drops_in(id);
        }
        self.vocabulary.counted.push(fact);
        Some(id)
    }

    /// Reports what is not made out of the contacts of a class.
    fn counts(&mut self, kind: ParametricKind, what: &Named) -> Option<()> {
        if kind != ParametricKind::MonthsSince {
            return Some(());
        }
        let problem = Problem::error("P109", "months are not counted since a contact of a class")
            .at(what.span, "a class of contacts")
            .help(format!("count days: days_since(\"{}\")", what.text));
        self.report(problem);
        None
    }

    /// Reports a fact whose column already belongs to another one.
    pub(crate) fn one_column(&mut self, id: FactId, written: &str, column: &str, span: Span) {
        let Some(other) = self.vocabulary.get(id).filter(|other| other.written != written) else {
            return;
        };
        let problem = Problem::error("P118", format!("`{written}` and `{}` are one column, `{column}`", other.written))
            .at(span, "the same column")
            .at(other.span, "first read here")
            .help("rename one of the two");
        // Two treatments that share their columns were reported by name.
        let by_name = |problem: &Problem| problem.code == "P118" && problem.span() == span;
        if !self.problems.iter().any(by_name) {
            self.report(problem);
        }
    }

    pub(crate) fn known_event(&mut self, kind: ParametricKind, what: &Named) -> Option<()> {
        let text = what.text.as_str();
        if kind.is_of_contact() {
            return self.known_class(kind, what);
        }
        let known = match kind {
            ParametricKind::Tag => true,
            ParametricKind::Consent | ParametricKind::OptedOut => Channel::from_word(text).is_some(),
            _ => {
                Channel::from_word(text).is_some()
                    || is_outcome(text)
                    || EVENTS.contains(&text)
                    || self.is_event_of_law(text)
                    || self.is_class(text)
                    || self.declared.is_own_work(text)
                    // A pack was checked by itself: what it asks of may be a text of a duty of its own.
                    || self.carried
                    || table::find(&format!("days_since_{text}")).is_some()
                    || [Keyword::Treatment, Keyword::Duty].iter().any(|keyword| self.declared.is_broken(*keyword, text))
            }
        };
        if known {
            return Some(());
        }
        let channels: Vec<&str> = Channel::ALL.into_iter().map(Channel::word).collect();
        let problem = if matches!(kind, ParametricKind::Consent | ParametricKind::OptedOut) {
            let problem =
                Problem::error("P109", format!("unknown channel \"{text}\"")).at(what.span, "nobody is reached by it");
            one_of(problem, what.span, text, &channels)
        } else {
            let problem = Problem::error("P109", format!("unknown event \"{text}\""))
                .at(what.span, "nothing of this name happens to an account");
            let outcomes = outcome_table().iter().map(|outcome| outcome.code);
            let events = channels.into_iter().chain(EVENTS).chain(GROUPS).chain(outcomes);
            match nearest(text, events.chain(self.declared.own_work())) {
                Some(near) => mended(problem, what.span, near),
                None => problem.help(format!(
                    "events are channels, outcomes such as {}, {}, and the treatments, duties and texts of this policy",
                    row_of(&GROUPS),
                    EVENTS.join(", ")
                )),
            }
        };
        self.report(problem);
        None
    }
}

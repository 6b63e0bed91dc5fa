//! Facts that come along: what a fact is computed from, what moves it, what the policy itself leaves behind.

use super::Checker;
use crate::condition::FactId;
use crate::facts::{FactDef, Movement, StateDefault, age_column, table};
use crate::number::{Cell, Kind};
use crate::policy::{Input, Need};
use crate::span::Span;

impl Checker<'_> {
    /// The facts that a fact brings with it: what it is computed from, what moves it.
    pub(crate) fn bring(&mut self, def: &'static FactDef, id: FactId, span: Span) {
        let from: &[&str] = match def.name {
            "bucket" => &["dpd"],
            "utilisation" => &["balance", "credit_limit"],
            "reachable" => &["number_mobile", "number_work", "number_home", "lost_contact"],
            "quadrant" => &["willingness", "ability"],
            _ => &[],
        };
        for name in from {
            self.companion(name, Need::For(id), span);
        }
        match def.movement {
            Movement::Late | Movement::Begins | Movement::Ages => {
                self.companion("days_to_due", Need::Optional(Cell::UNKNOWN), span)
            }
            Movement::Steps(step) => {
                self.companion(step.when, Need::Optional(Cell::UNKNOWN), span);
                match step.effect {
                    crate::facts::StepEffect::Add(other) | crate::facts::StepEffect::AddOneIf(other) => {
                        self.companion(other, Need::Optional(Cell::UNKNOWN), span);
                    }
                    _ => {}
                }
            }
            Movement::Expires => self.drops_in(id),
            Movement::Reaches(_) | Movement::Peak => {
                self.drops_in(id);
                self.companion("dpd", Need::Optional(Cell::UNKNOWN), span);
            }
            Movement::Still | Movement::Up | Movement::Down | Movement::Rises | Movement::Derived => {}
        }
    }

    /// A fact that is used where it is there. What the policy reads itself stays as it is.
    fn companion(&mut self, name: &str, need: Need, span: Span) {
        if self.vocabulary.find(name).is_some() {
            return;
        }
        if let Some(def) = table::find(name) {
            let id = self.table_fact(def, span);
            if let Some(input) = self.vocabulary.get_mut(id)
                && input.need == Need::Required
            {
                input.need = need;
            }
        }
    }

    /// The companion column that tells when a windowed count falls.
    pub(crate) fn drops_in(&mut self, id: FactId) {
        let Some(input) = self.vocabulary.get(id) else {
            return;
        };
        let name = format!("{}_drops_in", input.name);
        let companion = Input {
            written: name.clone(),
            kind: Kind::Days,
            words: Vec::new(),
            open: false,
            formerly: Vec::new(),
            never: true,
            from_zero: true,
            movement: Movement::Down,
            need: Need::Optional(Cell::UNKNOWN),
            valid: None,
            drops_in: None,
            runs_out: None,
            counted_from: None,
            doc: format!("Days until `{}` may fall by time alone. Never: it will not.", input.name),
            span: input.span,
            name,
        };
        let companion = self.vocabulary.add(companion);
        if let Some(input) = self.vocabulary.get_mut(id) {
            input.drops_in = Some(companion);
        }
    }

    /// What a fact of the bank's own needs beside it: its age.
    pub(crate) fn age_of(&mut self, name: &str, span: Span) -> FactId {
        self.vocabulary.add(Input {
            name: age_column(name),
            written: age_column(name),
            kind: Kind::Days,
            words: Vec::new(),
            open: false,
            formerly: Vec::new(),
            never: true,
            from_zero: true,
            movement: Movement::Up,
            need: Need::Required,
            valid: None,
            drops_in: None,
            runs_out: None,
            counted_from: None,
            doc: format!("Days since `{name}` was made. Never: it was not."),
            span,
        })
    }

    /// A fact that the policy's own work leaves behind, carried in the state.
    pub(crate) fn carried(&mut self, name: String, written: String, kind: Kind, doc: String, span: Span) -> FactId {
        let never = kind == Kind::Days;
        self.vocabulary.add(Input {
            name,
            written,
            kind,
            words: Vec::new(),
            open: false,
            formerly: Vec::new(),
            never,
            from_zero: true,
            movement: if never { Movement::Up } else { Movement::Still },
            need: Need::State(if never { Cell::NEVER } else { Cell::number(0) }),
            valid: None,
            drops_in: None,
            runs_out: None,
            counted_from: None,
            doc,
            span,
        })
    }

    /// An input that the engine reads where it is there.
    pub(crate) fn optional(&mut self, name: &'static str, default: Cell) -> FactId {
        if let Some(id) = self.vocabulary.find(name) {
            return id;
        }
        let Some(def) = table::find(name) else {
            return FactId(u16::MAX);
        };
        let id = self.table_fact(def, Span::NONE);
        if let Some(input) = self.vocabulary.get_mut(id)
            && input.need == Need::Required
        {
            input.need = Need::Optional(default);
        }
        id
    }
}

pub(crate) fn state_default(default: StateDefault, kind: Kind) -> Cell {
    match default {
        StateDefault::Zero if kind == Kind::Flag => Cell::FALSE,
        StateDefault::Zero => Cell::number(0),
        StateDefault::Never => Cell::NEVER,
    }
}

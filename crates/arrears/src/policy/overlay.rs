//! What results of contacts taught, laid over what the table says.

use super::{Learned, LearnedForm, Policy};
use crate::condition::{FactId, Truth};
use crate::number::Cell;

impl Policy {
    /// Lays what was learned over the cells of a row. What the table itself says is given
    /// back, for the day on which the learned value ends.
    pub(crate) fn overlay(&self, cells: &mut [Cell]) -> Vec<(FactId, Cell)> {
        let mut beneath = Vec::new();
        for learned in &self.body.learned {
            let Some(fact) = learned.fact else { continue };
            let table = at(cells, fact);
            let known = self.over(learned, table, cells);
            if known != table
                && let Some(cell) = cells.get_mut(fact.index())
            {
                *cell = known;
                beneath.push((fact, table));
            }
        }
        beneath
    }

    /// What is known of a fact where the table says `table`. What was learned is itself
    /// unknown where its state is: then the fact is known only if both ways agree.
    fn over(&self, learned: &Learned, table: Cell, cells: &[Cell]) -> Cell {
        let known = &|id: FactId| at(cells, id);
        let (stands, value) = (learned.stands(known), learned.known_as(known));
        let over = match learned.form {
            LearnedForm::Flag | LearnedForm::Promise(_) => {
                let set = table.get().map_or(Truth::Unknown, |set| Truth::of(set != 0));
                return match set.max(stands) {
                    Truth::True => Cell::TRUE,
                    Truth::False => Cell::FALSE,
                    Truth::Unknown => Cell::UNKNOWN,
                };
            }
            // Of a number that the table does not know, it might know something stronger.
            LearnedForm::Number(valid) if table != valid => return table,
            LearnedForm::Number(_) | LearnedForm::OfPromise(..) => value,
        };
        match stands {
            Truth::True => over,
            Truth::False => table,
            Truth::Unknown if table == over => table,
            Truth::Unknown => Cell::UNKNOWN,
        }
    }

    /// The first day, counted from today, on which a learned value ends, a pause ends, or
    /// a call or a retry comes due; none if nothing of the kind lies ahead.
    pub(crate) fn state_happens(&self, cells: &[Cell]) -> Option<i64> {
        let read = self.body.learned.iter().filter(|learned| learned.fact.is_some());
        let ends = read.filter_map(|learned| learned.ends_in(&|id| at(cells, id)));
        let known = &self.body.known;
        let waits = [known.pause_left, known.callback_in, known.retry_in].into_iter().flatten();
        let due = waits.filter_map(|fact| at(cells, fact).get()).filter(|days| *days > 0);
        ends.chain(due).min()
    }

    /// How many days ago the value of a fact was learned; none if it is the table's own.
    pub(crate) fn learned_ago(&self, fact: FactId, cells: &[Cell]) -> Option<i64> {
        let learned = self.body.learned.iter().find(|learned| learned.fact == Some(fact))?;
        let known = &|id: FactId| at(cells, id);
        let value = match learned.form {
            LearnedForm::Flag | LearnedForm::Promise(_) => Cell::TRUE,
            LearnedForm::Number(_) | LearnedForm::OfPromise(..) => learned.known_as(known),
        };
        let shown = learned.stands(known).is_true() && at(cells, fact) == value;
        shown.then(|| at(cells, learned.since).get()).flatten()
    }
}

impl Learned {
    /// The learned value, as a cell of the fact.
    fn known_as(&self, known: &impl Fn(FactId) -> Cell) -> Cell {
        let value = known(self.value);
        match (self.form, value.get().and_then(|position| usize::try_from(position).ok())) {
            (LearnedForm::Number(_), Some(position)) => self.words.get(position).copied().unwrap_or(Cell::UNKNOWN),
            _ => value,
        }
    }

    /// Whether a learned value is in force.
    fn stands(&self, known: &impl Fn(FactId) -> Cell) -> Truth {
        match self.form {
            LearnedForm::Flag => self.lives_on(known, Cell::TRUE).min(is_set(known(self.value))),
            LearnedForm::Number(_) => {
                let value = known(self.value);
                let learned = if value.is_unknown() { Truth::Unknown } else { Truth::of(!value.is_never()) };
                self.lives_on(known, value).min(learned)
            }
            LearnedForm::Promise(due) => is_set(known(self.value)).min(ahead(known(due))),
            LearnedForm::OfPromise(open, due) => is_set(known(open)).min(ahead(known(due))),
        }
    }

    /// Whether the life of a value has not ended. Where the value is not known, it may be
    /// any of them.
    fn lives_on(&self, known: &impl Fn(FactId) -> Cell, value: Cell) -> Truth {
        let since = known(self.since);
        let of = |life: i64| match since.get() {
            Some(days) => Truth::of(days <= life),
            None if since.is_never() => Truth::False,
            None => Truth::Unknown,
        };
        if value.is_unknown() {
            return Truth::Unknown;
        }
        self.lives.iter().find(|(lasting, _)| *lasting == value).map_or(Truth::True, |(_, life)| of(*life))
    }

    /// The facts of which what was learned is made, besides what the table says of it.
    pub fn reads(&self) -> impl Iterator<Item = FactId> {
        let more = match self.form {
            LearnedForm::Flag | LearnedForm::Number(_) => [None, None],
            LearnedForm::Promise(due) => [Some(due), None],
            LearnedForm::OfPromise(open, due) => [Some(open), Some(due)],
        };
        [Some(self.value), Some(self.since)].into_iter().chain(more).flatten()
    }

    /// The first day, counted from today, on which the value is no longer in force; none if
    /// it is not in force or stays for good.
    pub fn ends_in(&self, known: &impl Fn(FactId) -> Cell) -> Option<i64> {
        if self.stands(known).is_false() {
            return None;
        }
        let left = match self.form {
            LearnedForm::Promise(due) | LearnedForm::OfPromise(_, due) => known(due).get()?,
            LearnedForm::Flag | LearnedForm::Number(_) => {
                let (value, since) = (known(self.value), known(self.since).get()?);
                let lasting = |(lasting, life): &(Cell, i64)| {
                    (value.is_unknown() || *lasting == value).then(|| life.saturating_sub(since))
                };
                self.lives.iter().filter_map(lasting).filter(|left| *left >= 0).min()?
            }
        };
        Some(left.saturating_add(1))
    }
}

fn at(cells: &[Cell], fact: FactId) -> Cell {
    cells.get(fact.index()).copied().unwrap_or(Cell::UNKNOWN)
}

fn is_set(flag: Cell) -> Truth {
    flag.get().map_or(Truth::Unknown, |set| Truth::of(set != 0))
}

/// Whether a day has not passed.
fn ahead(days: Cell) -> Truth {
    match days.get() {
        Some(days) => Truth::of(days >= 0),
        None if days.is_never() => Truth::False,
        None => Truth::Unknown,
    }
}

//! The state of one account as one value: what a decision leaves for the next one.

use super::decision::Decision;
use crate::condition::FactId;
use crate::facts::{Facts, Value};
use crate::number::{Cell, Kind};
use crate::policy::{Input, Policy, Row, RowProblem};
use chrono::NaiveDate;

/// What a decision leaves for the next one, as of a day.
///
/// The day is that of the decision, or of the last result of a contact that was learned
/// after it ([`Policy::learn`]). A state belongs to the policy that made it; to keep it
/// over a change of policy, keep it by name ([`Carried::named`]).
///
/// ```
/// # fn main() -> Result<(), Box<dyn std::error::Error>> {
/// use arrears::build::{Build, fact};
/// use arrears::{Facts, Law, decide, table};
///
/// let policy = Build::policy("small", "EUR")
///     .stage("reminder", fact("dpd").ge(1))
///     .assume("opted_out(letter)", false, "letters need no consent")
///     .treatment("letter", &["reminder"], "letter")
///     .check()?;
/// let (monday, tuesday) = ("2026-11-30".parse()?, "2026-12-01".parse()?);
/// let law = Law::none("example")?;
/// let late = |days| Facts::new("A-1", "EUR".parse().unwrap_or(policy.head().currency)).with(table::DPD, days);
///
/// let row = policy.bind(&late(12)).map_err(|problems| format!("{problems:?}"))?;
/// let carried = policy.carry(&row, &decide(&policy, &row, &law, monday), monday);
/// let row = policy.bind_after(&late(13), &carried, tuesday).map_err(|problems| format!("{problems:?}"))?;
/// assert_eq!(decide(&policy, &row, &law, tuesday).record(&policy, "A-1").stage_before.as_deref(), Some("reminder"));
/// assert!(policy.bind_after(&late(13), &carried, "2026-11-29".parse()?).is_err());
/// # Ok(())
/// # }
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Carried {
    day: NaiveDate,
    cells: Vec<Cell>, // INVARIANT: in the order of `Policy::state_facts`.
}

/// A state cannot be put into a row of an earlier day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "the state is of {day}, after the day of this decision, {as_of}: decide for {day} or later, or give the state from before {as_of}"
)]
pub struct TooEarly {
    /// The day of the state.
    pub day: NaiveDate,
    /// The earlier day.
    pub as_of: NaiveDate,
}

impl Policy {
    /// The state that a decision leaves when its action is carried out.
    pub fn carry(&self, row: &Row, decision: &Decision, as_of: NaiveDate) -> Carried {
        let cells = self.carried(row, decision).into_iter().map(|(_, cell)| cell).collect();
        Carried { day: as_of, cells }
    }

    /// The state that a decision leaves when nothing of it is carried out: neither its
    /// treatment nor its duties.
    pub fn carry_idle(&self, row: &Row, decision: &Decision, as_of: NaiveDate) -> Carried {
        let mut idle = decision.clone();
        idle.treatment = None;
        idle.duties.clear();
        self.carry(row, &idle, as_of)
    }

    /// A state from what was kept by name. A fact that is not named is as it is before
    /// the first decision; a name that the policy does not keep is left out, and so is a
    /// word that it no longer has, such as a treatment that was taken out.
    ///
    /// # Errors
    ///
    /// A stage that nobody knows, and every number that its fact cannot have.
    pub fn carried_from<'v>(
        &self,
        day: NaiveDate,
        named: impl IntoIterator<Item = (&'v str, &'v Value)>,
    ) -> Result<Carried, Vec<RowProblem>> {
        let mut cells = self.empty_row();
        let mut problems = Vec::new();
        for (name, value) in named {
            let fact = self.find_input(name).filter(|fact| self.state_facts().contains(fact));
            let Some((input, slot)) = fact.and_then(|fact| Some((self.input(fact)?, cells.get_mut(fact.index())?)))
            else {
                continue;
            };
            match input.cell_of(value) {
                Ok(cell) => *slot = cell,
                Err(problem) if must_be_known(input) => problems.push(problem),
                Err(_) => {}
            }
        }
        if problems.is_empty() { Ok(Carried::taken(self, day, &cells)) } else { Err(problems) }
    }

    /// Binds given facts together with the state of an earlier decision, moved on to
    /// `as_of`. A state fact that is also given is taken from the state.
    ///
    /// # Errors
    ///
    /// As [`Policy::bind`], and a state of a later day.
    pub fn bind_after(&self, facts: &Facts, carried: &Carried, as_of: NaiveDate) -> Result<Row, Vec<RowProblem>> {
        self.bind_with(facts, |cells| self.put_state(carried, as_of, cells))
    }

    /// Moves a state on to a day and puts it into a row's cells; a state of a later day is a problem of the row.
    pub(crate) fn put_state(&self, carried: &Carried, as_of: NaiveDate, cells: &mut [Cell]) -> Result<(), RowProblem> {
        let late = |error: TooEarly| RowProblem { fact: "days_since_decision".to_owned(), message: error.to_string() };
        carried.put(self, as_of, cells).map_err(late)
    }

    /// The same row with another state, its derived facts as they were.
    ///
    /// # Errors
    ///
    /// As [`Policy::row`].
    pub fn with_state(&self, row: &Row, carried: &Carried) -> Result<Row, Vec<RowProblem>> {
        let mut cells = row.table_cells();
        for (fact, cell) in self.state_facts().iter().zip(&carried.cells) {
            if let Some(slot) = cells.get_mut(fact.index()) {
                *slot = *cell;
            }
        }
        self.row(cells)
    }
}

/// Whether a value that the policy cannot read is an error. An account must not lose its
/// stage in silence; other words may be of an earlier version.
fn must_be_known(input: &Input) -> bool {
    input.kind != Kind::Category || matches!(input.name.as_str(), "previous_stage" | "previous_rung")
}

impl Carried {
    /// A state from its cells, in the order of [`Policy::state_facts`].
    pub const fn new(day: NaiveDate, cells: Vec<Cell>) -> Self {
        Self { day, cells }
    }

    /// The state facts of a row, as they are.
    pub(crate) fn taken(policy: &Policy, day: NaiveDate, row: &[Cell]) -> Self {
        let cell = |fact: &FactId| row.get(fact.index()).copied().unwrap_or(Cell::UNKNOWN);
        Self { day, cells: policy.state_facts().iter().map(cell).collect() }
    }

    /// The day as of which the state is.
    pub const fn day(&self) -> NaiveDate {
        self.day
    }

    /// The cells, in the order of [`Policy::state_facts`].
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The cell of a fact; none if it does not travel in the state.
    pub fn cell(&self, policy: &Policy, fact: FactId) -> Option<Cell> {
        let place = policy.state_facts().iter().position(|known| *known == fact)?;
        self.cells.get(place).copied()
    }

    /// Moves the state on to a later day, or the same, and puts it into a row's cells.
    ///
    /// # Errors
    ///
    /// A day before that of the state.
    pub fn put(&self, policy: &Policy, as_of: NaiveDate, cells: &mut [Cell]) -> Result<(), TooEarly> {
        if as_of < self.day {
            return Err(TooEarly { day: self.day, as_of });
        }
        for (fact, cell) in policy.state_facts().iter().zip(&self.cells) {
            if let Some(slot) = cells.get_mut(fact.index()) {
                *slot = *cell;
            }
        }
        policy.moved_state(cells, as_of.signed_duration_since(self.day).num_days());
        Ok(())
    }

    /// The state by name, for keeping: every fact with its value as of [`Carried::day`].
    pub fn named<'p>(&self, policy: &'p Policy) -> Vec<(&'p str, Value)> {
        let facts = policy.state_facts().iter().zip(&self.cells);
        let named =
            |(fact, cell): (&FactId, &Cell)| Some((policy.input(*fact)?.name.as_str(), policy.value(*fact, *cell)));
        facts.filter_map(named).collect()
    }
}

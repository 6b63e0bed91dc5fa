//! From given facts to a row that the policy can read.

use super::{Axis, Formula, Input, Moves, Need, Policy};
use crate::condition::{FactId, RowReading, Truth, WordSet};
use crate::facts::Facts;
use crate::number::Cell;
use crate::problem::nearest;

/// A row of cells for one policy, with derived facts computed and state defaults filled.
///
/// Two rows are equal if all their cells are.
#[derive(Clone, Debug)]
pub struct Row {
    pub(crate) cells: Vec<Cell>,
    /// What the table says of facts of which something else was learned.
    pub(crate) beneath: Vec<(FactId, Cell)>,
}

impl PartialEq for Row {
    fn eq(&self, other: &Self) -> bool {
        self.cells == other.cells
    }
}

impl Eq for Row {}

/// What is wrong with a row.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{fact}`: {message}")]
pub struct RowProblem {
    /// The fact, by its column name.
    pub fact: String,
    /// What is wrong with it, what was expected, and how to mend it.
    pub message: String,
}

impl RowProblem {
    pub(super) fn new(fact: &str, message: impl Into<String>) -> Self {
        Self { fact: fact.to_owned(), message: message.into() }
    }
}

impl Row {
    /// The cells, by the position of their facts.
    pub fn cells(&self) -> &[Cell] {
        &self.cells
    }

    /// The cell of a fact.
    pub fn cell(&self, id: FactId) -> Cell {
        self.cells.get(id.index()).copied().unwrap_or(Cell::UNKNOWN)
    }

    /// The cells as the table has them, without what results of contacts taught.
    pub fn table_cells(&self) -> Vec<Cell> {
        let mut cells = self.cells.clone();
        for (fact, cell) in &self.beneath {
            if let Some(slot) = cells.get_mut(fact.index()) {
                *slot = *cell;
            }
        }
        cells
    }

    pub(crate) fn set(&mut self, id: FactId, cell: Cell) {
        if let Some(slot) = self.cells.get_mut(id.index()) {
            *slot = cell;
        }
    }
}

impl Policy {
    /// A row in which nothing is given: every fact as it is when its column is absent.
    pub fn empty_row(&self) -> Vec<Cell> {
        self.body.inputs.iter().map(Input::absent).collect()
    }

    /// The facts that the policy reads, that `has_column` does not find, and that no
    /// assumption, default or other fact settles.
    pub fn absent(&self, has_column: &dyn Fn(&str) -> bool) -> Vec<&Input> {
        let missing = |input: &&Input| {
            !has_column(&input.name)
                && match input.need {
                    Need::Required => true,
                    Need::For(derived) => self.input(derived).is_some_and(|derived| !has_column(&derived.name)),
                    _ => false,
                }
        };
        self.body.inputs.iter().filter(missing).collect()
    }

    /// Finishes a row: expired facts, state defaults, what was learned, derived facts.
    ///
    /// # Errors
    ///
    /// A derived fact that is given and differs from what it is computed from.
    pub fn row(&self, cells: Vec<Cell>) -> Result<Row, Vec<RowProblem>> {
        let mut row = Row { cells, beneath: Vec::new() };
        row.cells.resize(self.body.inputs.len(), Cell::UNKNOWN);
        self.expire(&mut row.cells);
        self.default_state(&mut row);
        row.beneath = self.overlay(&mut row.cells);
        let problems = self.derive(&mut row);
        if problems.is_empty() { Ok(row) } else { Err(problems) }
    }

    /// Binds given facts to the policy.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them: another currency, a fact of the wrong kind, a
    /// word that the fact cannot be, a stage that nobody knows.
    pub fn bind(&self, facts: &Facts) -> Result<Row, Vec<RowProblem>> {
        self.bind_with(facts, |_| Ok(()))
    }

    /// Binds given facts; `put` may fill in more cells before the row is finished.
    pub(crate) fn bind_with(
        &self,
        facts: &Facts,
        put: impl FnOnce(&mut [Cell]) -> Result<(), RowProblem>,
    ) -> Result<Row, Vec<RowProblem>> {
        let (mut cells, mut problems) = self.given_cells(facts);
        problems.extend(put(&mut cells).err());
        match self.row(cells) {
            Ok(row) if problems.is_empty() => Ok(row),
            Ok(_) => Err(problems),
            Err(more) => {
                problems.extend(more);
                Err(problems)
            }
        }
    }

    /// The cells of given facts, and everything that is wrong with them. What is not given is as it is when its
    /// column is absent.
    pub(crate) fn given_cells(&self, facts: &Facts) -> (Vec<Cell>, Vec<RowProblem>) {
        let mut problems = Vec::new();
        let wanted = self.body.head.currency;
        if facts.currency() != wanted {
            let found = facts.currency();
            problems.push(RowProblem::new("currency", format!("the account is in {found}, the policy in {wanted}")));
        }
        let mut cells = self.empty_row();
        for (cell, input) in cells.iter_mut().zip(&self.body.inputs) {
            if let Some(value) = facts.get(&input.name) {
                match input.cell_of(value) {
                    Ok(found) => *cell = found,
                    Err(problem) => problems.push(problem),
                }
            }
        }
        (cells, problems)
    }

    /// Facts older than the policy lets them be are unknown.
    pub(crate) fn expire(&self, cells: &mut [Cell]) {
        for (fact, age, days) in &self.body.course.expiring {
            let fresh = cells.get(age.index()).and_then(|age| age.get()).is_some_and(|age| age <= *days);
            if let (false, Some(cell)) = (fresh, cells.get_mut(fact.index())) {
                *cell = Cell::UNKNOWN;
            }
        }
    }

    /// An account without a previous stage has no state: its state facts are at their
    /// defaults, empty cells too.
    fn default_state(&self, row: &mut Row) {
        if row.cell(self.body.known.previous_stage).get().is_some() {
            return;
        }
        for (cell, input) in row.cells.iter_mut().zip(&self.body.inputs) {
            if let (Need::State(default), true) = (input.need, cell.is_unknown()) {
                *cell = default;
            }
        }
    }

    fn derive(&self, row: &mut Row) -> Vec<RowProblem> {
        let mut problems = Vec::new();
        for id in &self.body.derived {
            let (index, Moves::Derived(formula)) = (id.index(), self.body.course.motion(*id).moves) else {
                continue;
            };
            let computed = self.derived(formula, &row.cells);
            let Some(cell) = row.cells.get_mut(index) else { continue };
            let axis = matches!(formula, Formula::Axis(_));
            let learned = matches!(formula, Formula::Reachable { .. }) && !row.beneath.is_empty();
            if cell.is_unknown() {
                *cell = computed;
            } else if learned && !computed.is_unknown() {
                // The table's own word was computed without what was learned.
                *cell = computed;
            } else if !axis && !computed.is_unknown() && *cell != computed {
                problems.extend(self.input(*id).map(|input| self.contradiction(input, *cell, computed)));
            }
        }
        problems
    }

    fn contradiction(&self, input: &Input, given: Cell, computed: Cell) -> RowProblem {
        let show = |cell: Cell| match (input.word_of(cell), cell.get()) {
            (Some(word), _) => word.to_owned(),
            (None, Some(number)) => self.show(number, input.kind),
            (None, None) => "not known".to_owned(),
        };
        let message = format!(
            "given as {}, but it is {} by the facts it is computed from: leave out the column, or mend one of them",
            show(given),
            show(computed)
        );
        RowProblem::new(&input.name, message)
    }

    /// The one definition of each derived fact.
    pub(crate) fn derived(&self, formula: Formula, cells: &[Cell]) -> Cell {
        let cell = |id: Option<FactId>| id.and_then(|id| cells.get(id.index()).copied()).unwrap_or(Cell::UNKNOWN);
        match formula {
            Formula::Bucket(dpd) => cell(dpd).get().map_or(Cell::UNKNOWN, |dpd| {
                let passed = self.body.head.buckets.partition_point(|first| *first <= dpd);
                i64::try_from(passed).map_or(Cell::UNKNOWN, Cell::number)
            }),
            Formula::Utilisation { balance, limit } => {
                crate::condition::operate(crate::condition::NumOp::RatioOf, cell(balance), cell(limit))
            }
            Formula::Reachable { numbers, lost } => self.reachable(cell, numbers, lost),
            Formula::Axis(axis) => {
                let reading = RowReading { cells, thresholds: &self.values, types: WordSet::default() };
                self.axis(axis, |_, sign| sign.counts(&reading))
            }
            Formula::Quadrant { willingness, ability } => quadrant(cell(willingness), cell(ability)),
            Formula::Nothing => Cell::UNKNOWN,
        }
    }

    /// Some number is valid and contact has not been lost.
    fn reachable(
        &self,
        cell: impl Fn(Option<FactId>) -> Cell,
        numbers: [Option<FactId>; 3],
        lost: Option<FactId>,
    ) -> Cell {
        let valid = numbers
            .into_iter()
            .flatten()
            .map(|id| match self.input(id).and_then(|input| input.word_of(cell(Some(id)))) {
                None => Truth::Unknown,
                Some(word) => Truth::of(word == "valid"),
            })
            .max()
            .unwrap_or(Truth::Unknown);
        let lost = lost.map_or(Truth::Unknown, |_| match cell(lost).get() {
            None => Truth::Unknown,
            Some(set) => Truth::of(set != 0),
        });
        match valid.min(lost.not()) {
            Truth::True => Cell::TRUE,
            Truth::False => Cell::FALSE,
            Truth::Unknown => Cell::UNKNOWN,
        }
    }

    /// An axis of the assessment from its signs: the sum of points of the signs seen.
    /// Fewer than two seen: not yet known. A sign that is itself unknown and could
    /// change the answer makes the axis unknown. `counts` says whether a sign counts today.
    pub fn axis(&self, axis: Axis, counts: impl Fn(usize, &super::Sign) -> Truth) -> Cell {
        let (mut seen, mut sum, mut perhaps, mut least, mut most) = (0_u32, 0_i64, 0_u32, 0_i64, 0_i64);
        for (index, sign) in self.body.signs.iter().enumerate() {
            let points = match axis {
                Axis::Willingness => sign.willingness,
                Axis::Ability => sign.ability,
            };
            let Some(points) = points else { continue };
            match counts(index, sign) {
                Truth::True => {
                    seen += 1;
                    sum += points;
                }
                Truth::Unknown => {
                    perhaps += 1;
                    least += points.min(0);
                    most += points.max(0);
                }
                Truth::False => {}
            }
        }
        if seen + perhaps < 2 {
            return NOT_YET_KNOWN;
        }
        let (low, high) = (level(sum + least), level(sum + most));
        if seen < 2 || low != high { Cell::UNKNOWN } else { low }
    }

    /// The missing facts behind a missing fact: itself, or what a derived one wants.
    pub(crate) fn behind(&self, id: FactId, reading: &RowReading<'_>) -> Vec<FactId> {
        let Some(input) = self.input(id).filter(|input| input.need == Need::Derived) else {
            return vec![id];
        };
        let named = |name: &str| self.find_input(name).filter(|fact| reading.cell(*fact).is_unknown());
        let mut found = Vec::new();
        match input.name.as_str() {
            "quadrant" => {
                for axis in ["willingness", "ability"].into_iter().filter_map(named) {
                    found.extend(self.behind(axis, reading));
                }
            }
            "willingness" | "ability" => {
                let willing = input.name == "willingness";
                let speaks =
                    |sign: &&super::Sign| if willing { sign.willingness.is_some() } else { sign.ability.is_some() };
                for sign in self.body.signs.iter().filter(speaks).filter(|sign| sign.counts(reading).is_unknown()) {
                    let mut facts = Vec::new();
                    crate::condition::missing_facts(&sign.when, *reading, &mut facts);
                    found.extend(facts.into_iter().flat_map(|fact| self.behind(fact, reading)));
                    found.extend(sign.since.filter(|since| reading.cell(*since).is_unknown()));
                }
            }
            "bucket" => found.extend(named("dpd")),
            "utilisation" => found.extend(["balance", "credit_limit"].into_iter().filter_map(named)),
            _ => found
                .extend(["number_mobile", "number_work", "number_home", "lost_contact"].into_iter().filter_map(named)),
        }
        if found.is_empty() { vec![id] } else { found }
    }
}

/// The quadrant of two axes; unknown if one is.
fn quadrant(willingness: Cell, ability: Cell) -> Cell {
    let (Some(willing), Some(able)) = (willingness.get(), ability.get()) else {
        return Cell::UNKNOWN;
    };
    // Rows: willing, unwilling, unclear; columns: able, unable, unclear.
    let column = match able {
        2 => 0,
        0 => 1,
        _ => 2,
    };
    let row = match willing {
        2 => 0,
        0 => 3,
        _ => 6,
    };
    Cell::number(row + column)
}

/// Positions of the words of an axis: low, medium, high, not_yet_known.
const NOT_YET_KNOWN: Cell = Cell::number(3);

fn level(sum: i64) -> Cell {
    match sum {
        2.. => Cell::number(2),
        ..=-2 => Cell::number(0),
        _ => Cell::number(1),
    }
}

/// What to say of a word that a fact cannot be.
pub fn unknown_word(input: &Input, word: &str) -> String {
    if input.name == "jurisdiction" && input.open {
        return format!(
            "cannot be `{word}`: the policy is read under the law of another jurisdiction, {}",
            input.words.first().map_or("", String::as_str)
        );
    }
    let list = input.words.join(", ");
    match nearest(word, input.words.iter().map(String::as_str)) {
        Some(near) => format!("cannot be `{word}` (did you mean `{near}`?): expected one of {list}"),
        None => format!("cannot be `{word}`: expected one of {list}"),
    }
}

impl super::Sign {
    /// Whether the sign counts today: it is seen, or was seen within its life.
    pub fn counts(&self, reading: &RowReading<'_>) -> Truth {
        let seen = self.when.read(reading);
        if seen.is_true() {
            return seen;
        }
        seen.max(self.lasting(self.since.map_or(Cell::NEVER, |since| reading.cell(since))))
    }

    /// Whether it still counts so many days after it was last seen.
    pub(crate) fn lasting(&self, since: Cell) -> Truth {
        match since.get() {
            Some(days) => Truth::of(days <= self.lasts),
            None if since.is_never() => Truth::False,
            None => Truth::Unknown,
        }
    }
}

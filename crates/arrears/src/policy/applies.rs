//! Which accounts a policy is for.

use super::{Moves, Policy, Row, words};
use crate::condition::{FactId, RowReading, Truth, WordSet, missing_facts};
use crate::number::Cell;
use crate::policy::Formula;

/// Why a policy must not decide an account.
///
/// Neither is a decision: an account to which the policy does not apply belongs to somebody
/// else, and one of which it cannot be told belongs to nobody yet.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotFor {
    /// The policy's `applies when` is false.
    #[error("the policy `{policy}` does not apply: `{condition}` is false")]
    Others {
        /// The policy.
        policy: String,
        /// What its `applies when` asks, in its own words.
        condition: String,
    },
    /// Facts are missing, so that it cannot be told.
    #[error("it cannot be told whether the policy `{policy}` applies: {}", unread(missing, condition))]
    Unknown {
        /// The policy.
        policy: String,
        /// What its `applies when` asks, in its own words.
        condition: String,
        /// The facts for want of which it cannot be told, by their column names. None where a number comes out
        /// too large, or divides by zero.
        missing: Vec<String>,
    },
}

fn unread(missing: &[String], condition: &str) -> String {
    match missing {
        [] => format!("`{condition}` cannot be computed"),
        [one] => format!("`{one}` is not known"),
        [most @ .., last] => {
            let most: Vec<String> = most.iter().map(|name| format!("`{name}`")).collect();
            format!("{} and `{last}` are not known", most.join(", "))
        }
    }
}

impl Policy {
    /// Whether the policy is for an account: the truth of its `applies when`, and true where it has none.
    ///
    /// It is read from what the table says; what results of contacts taught counts for nothing here. *Unknown* means
    /// that a fact is missing: then nobody may decide the account under this policy, and nobody may leave it
    /// alone as if it were another's. [`crate::decide`] does not ask; whoever chooses the policy does.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use arrears::build::{Build, Line, fact};
    /// use arrears::condition::Truth;
    /// use arrears::draft::Keyword;
    /// use arrears::{Facts, table};
    ///
    /// let cards = Build::policy("cards", "EUR")
    ///     .add(Line::new(Keyword::Applies).when(fact("product").is("card")))
    ///     .stage("reminder", fact("dpd").ge(1))
    ///     .check()?;
    /// let late = Facts::new("A-1", "EUR".parse()?).with(table::DPD, 12);
    /// let of = |facts: &Facts| cards.bind(facts).map(|row| cards.applies_to(&row)).map_err(|wrong| format!("{wrong:?}"));
    /// assert_eq!(of(&late.clone().with(table::PRODUCT, "card"))?, Truth::True);
    /// assert_eq!(of(&late.clone().with(table::PRODUCT, "loan"))?, Truth::False);
    /// assert_eq!(of(&late)?, Truth::Unknown);
    /// # Ok(())
    /// # }
    /// ```
    pub fn applies_to(&self, row: &Row) -> Truth {
        match self.applies() {
            None => Truth::True,
            Some(applies) if row.beneath.is_empty() => applies.read(&self.plain(&row.cells)),
            Some(applies) => applies.read(&self.plain(&row.table_cells())),
        }
    }

    /// Why the policy must not decide an account; none if it applies ([`Policy::applies_to`]).
    pub fn not_for(&self, row: &Row) -> Option<NotFor> {
        if self.applies_to(row).is_true() { None } else { self.explained(&row.table_cells()) }
    }

    /// As [`Policy::not_for`], of cells as a table gives them, before [`Policy::row`] has finished them. Only the cells of
    /// [`Policy::applies_reads`] matter.
    pub fn not_for_cells(&self, mut cells: Vec<Cell>) -> Option<NotFor> {
        self.applies()?;
        self.expire(&mut cells);
        for (id, formula) in self.derived_read() {
            let computed = self.derived(formula, &cells);
            if let Some(cell) = cells.get_mut(id.index()).filter(|cell| cell.is_unknown()) {
                *cell = computed;
            }
        }
        self.explained(&cells)
    }

    /// The facts that must be read from a table so that it can be told whether the policy applies, each once: those
    /// that its `applies when` asks for, those from which they are computed, and their ages.
    pub fn applies_reads(&self) -> Vec<FactId> {
        let mut found = Vec::new();
        if let Some(applies) = self.applies() {
            applies.each_fact(&mut |id| found.push(id));
        }
        for (_, formula) in self.derived_read() {
            let sources = match formula {
                Formula::Bucket(dpd) => [dpd, None],
                Formula::Utilisation { balance, limit } => [balance, limit],
                // None of the others may be asked for.
                _ => [None, None],
            };
            found.extend(sources.into_iter().flatten());
        }
        let age = |id: &FactId| self.input(*id).and_then(|input| input.valid).map(|(age, _)| age);
        let ages: Vec<FactId> = found.iter().filter_map(age).collect();
        found.extend(ages);
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The derived facts that `applies when` asks for, with how each is computed.
    fn derived_read(&self) -> Vec<(FactId, Formula)> {
        let mut found = Vec::new();
        if let Some(applies) = self.applies() {
            applies.each_fact(&mut |id| {
                if let Moves::Derived(formula) = self.body.course.motion(id).moves {
                    found.push((id, formula));
                }
            });
        }
        found
    }

    fn plain<'a>(&'a self, cells: &'a [Cell]) -> RowReading<'a> {
        RowReading { cells, thresholds: &self.values, types: WordSet::default() }
    }

    fn explained(&self, cells: &[Cell]) -> Option<NotFor> {
        let applies = self.applies()?;
        let reading = self.plain(cells);
        let (policy, condition) = (self.head().name.clone(), words::cond(self, applies));
        match applies.read(&reading) {
            Truth::True => None,
            Truth::False => Some(NotFor::Others { policy, condition }),
            Truth::Unknown => {
                let mut facts = Vec::new();
                missing_facts(applies, reading, &mut facts);
                let mut missing: Vec<String> = Vec::new();
                for fact in facts.into_iter().flat_map(|fact| self.behind(fact, &reading)) {
                    if let Some(input) = self.input(fact).filter(|input| !missing.contains(&input.name)) {
                        missing.push(input.name.clone());
                    }
                }
                Some(NotFor::Unknown { policy, condition, missing })
            }
        }
    }
}

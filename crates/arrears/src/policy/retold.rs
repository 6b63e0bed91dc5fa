//! A row of which some facts are told anew.

use super::{Input, Policy, Row, RowProblem};
use crate::condition::FactId;
use crate::number::Cell;

impl Policy {
    /// The row with some facts told anew. What results of contacts taught of them is taken out, a fact that can grow
    /// too old is fresh, and derived facts are computed anew. A derived fact that the table gives against what it is
    /// computed from (willingness, say) stays as it is given, unless what it is computed from is now otherwise.
    ///
    /// # Errors
    ///
    /// As [`Policy::row`], should the facts now contradict each other.
    ///
    /// ```
    /// # fn main() -> Result<(), Box<dyn std::error::Error>> {
    /// use arrears::build::{Build, fact};
    /// use arrears::{Cell, Facts, table};
    ///
    /// let policy = Build::policy("small", "EUR").stage("reminder", fact("bucket").ge(1)).check()?;
    /// let late = policy.bind(&Facts::new("A-1", "EUR".parse()?).with(table::DPD, 12)).map_err(|all| format!("{all:?}"))?;
    /// let [dpd, bucket] = ["dpd", "bucket"].map(|name| policy.find_input(name));
    /// let (dpd, bucket) = (dpd.ok_or("no dpd")?, bucket.ok_or("no bucket")?);
    /// let later = policy.retold(&late, &[(dpd, Cell::number(31))]).map_err(|all| format!("{all:?}"))?;
    /// assert_eq!((late.cell(bucket).get(), later.cell(bucket).get()), (Some(1), Some(2)));
    /// # Ok(())
    /// # }
    /// ```
    pub fn retold(&self, row: &Row, told: &[(FactId, Cell)]) -> Result<Row, Vec<RowProblem>> {
        let mut anew = row.clone();
        for (fact, cell) in told {
            self.unlearn(&mut anew, *fact);
            anew.set(*fact, *cell);
            if let Some((age, _)) = self.input(*fact).and_then(|input| input.valid) {
                anew.set(age, Cell::number(0));
            }
        }
        let told = |fact: FactId| told.iter().any(|(changed, _)| *changed == fact);
        let mut given = Vec::new();
        for (fact, formula) in self.derived_facts().filter(|(fact, _)| !told(*fact)) {
            let computed = self.derived(formula, row.cells());
            if row.cell(fact) != computed && !row.cell(fact).is_unknown() {
                given.push((fact, formula, computed));
            }
            anew.set(fact, Cell::UNKNOWN);
        }
        let anew = self.row(anew.table_cells())?;
        let mut kept = anew.clone();
        for (fact, formula, before) in given {
            if self.derived(formula, anew.cells()) == before {
                kept.set(fact, row.cell(fact));
            }
        }
        if kept == anew { Ok(anew) } else { self.row(kept.table_cells()) }
    }

    /// Takes out of a row what was learned of a fact.
    fn unlearn(&self, row: &mut Row, fact: FactId) {
        for learned in self.body.learned.iter().filter(|learned| learned.fact == Some(fact)) {
            row.beneath.retain(|(beneath, _)| *beneath != fact);
            row.set(learned.value, self.input(learned.value).map_or(Cell::UNKNOWN, Input::absent));
        }
    }
}

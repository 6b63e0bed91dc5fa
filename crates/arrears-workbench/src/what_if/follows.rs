//! Facts that follow from others: what is told of them when something happens today.

use super::trial::Trial;
use arrears::Cell;
use arrears::condition::FactId;

/// What is told of an account when something happens, one fact after the other. A fact that the policy does not read
/// is left out, and a number that is not known stays unknown.
pub(super) struct Follows<'t> {
    trial: &'t Trial<'t>,
    told: Vec<(FactId, Cell)>,
}

impl<'t> Follows<'t> {
    pub(super) const fn new(trial: &'t Trial<'t>) -> Self {
        Self { trial, told: Vec::new() }
    }

    pub(super) fn done(self) -> Vec<(FactId, Cell)> {
        self.told
    }

    /// The facts are this.
    pub(super) fn set(mut self, names: &[&str], cell: Cell) -> Self {
        for name in names {
            self.told.extend(self.trial.fact(name).map(|fact| (fact, cell)));
        }
        self
    }

    /// The numbers that are known are so much more, or less; not below zero where they count from it.
    pub(super) fn add(mut self, names: &[&str], more: i64) -> Self {
        for name in names {
            let known = self.trial.fact(name).and_then(|fact| Some((fact, self.trial.row.cell(fact).get()?)));
            if let Some((fact, number)) = known {
                let floor = self.trial.policy().input(fact).is_some_and(|input| input.from_zero);
                let sum = number.saturating_add(more);
                self.told.push((fact, Cell::number(if floor { sum.max(0) } else { sum })));
            }
        }
        self
    }

    /// It happened so many times today: windows count it, and days since it begin anew.
    pub(super) fn happened(mut self, what: &[&str], times: i64) -> Self {
        let policy = self.trial.policy();
        for what in what {
            let [counted, days, months] = ["times", "days_since", "months_since"].map(|word| format!("{word}_{what}"));
            for (fact, input) in policy.fact_ids().zip(policy.inputs()).filter(|(_, input)| input.is_column()) {
                let window = input.name.strip_prefix(&counted).and_then(|rest| rest.strip_prefix('_'));
                let is_state = matches!(input.need, arrears::Need::State(_));
                if window.is_some_and(|days| days.bytes().all(|byte| byte.is_ascii_digit())) {
                    let number = self.trial.row.cell(fact).get();
                    self.told.extend(number.map(|number| (fact, Cell::number(number.saturating_add(times)))));
                } else if (input.name == days || input.name == months) && !is_state {
                    self.told.push((fact, Cell::number(0)));
                }
            }
        }
        self
    }
}

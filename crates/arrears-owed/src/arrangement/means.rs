//! What somebody can pay each month, by what they state.

use arrears::document::Fault;
use arrears::{Currency, Money};
use serde::{Deserialize, Serialize};

/// An amount of each month, as somebody states it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stated {
    /// What it is: wages, rent, another loan.
    pub what: String,
    /// How much each month, in minor units; zero or more.
    pub amount: i64,
}

/// What somebody states of a month, in one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Means {
    /// The currency.
    pub currency: Currency,
    /// What comes in.
    pub income: Vec<Stated>,
    /// What living costs.
    pub living_costs: Vec<Stated>,
    /// What goes to other debts.
    pub other_debts: Vec<Stated>,
    /// What must stay for living at least, whatever is stated, in minor units; zero: no such amount.
    pub kept_for_living: i64,
}

/// What is left of a month, with how it comes about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Affordable {
    /// What can be paid each month, in minor units: the `affordable_monthly` of a policy. Zero: nothing.
    pub monthly: i64,
    /// By how much income falls short of living costs and other debts; zero: it does not.
    pub short_by: i64,
    /// What adds up to it: income above zero, costs below.
    pub lines: Vec<Stated>,
}

impl Means {
    /// What is left of a month: income less living costs, or less what must stay for living if that is more, less
    /// other debts.
    ///
    /// Income that does not cover them is no mistake: nothing is affordable then, and no plan is made.
    ///
    /// ```
    /// use arrears_owed::arrangement::{Means, Stated};
    /// let stated = |what: &str, amount| Stated { what: what.to_owned(), amount };
    /// let means = Means {
    ///     currency: "EUR".parse()?,
    ///     income: vec![stated("wages", 210_000)],
    ///     living_costs: vec![stated("rent", 90_000), stated("food", 60_000)],
    ///     other_debts: vec![stated("car", 20_000)],
    ///     kept_for_living: 160_000,
    /// };
    /// let affordable = means.affordable().map_err(|faults| format!("{faults:?}"))?;
    /// assert_eq!((affordable.monthly, affordable.short_by), (30_000, 0)); // 2100 less 1600 less 200
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong: amounts below zero, and sums that no amount can hold.
    pub fn affordable(&self) -> Result<Affordable, Vec<Fault>> {
        let mut faults = Vec::new();
        let shown = |minor| Money::from_minor(minor, self.currency);
        let lists =
            [("income", &self.income), ("living_costs", &self.living_costs), ("other_debts", &self.other_debts)];
        for (name, list) in lists {
            for (index, stated) in list.iter().enumerate().filter(|(_, stated)| stated.amount < 0) {
                let message = format!("`{}` is {}: expected zero or more", stated.what, shown(stated.amount));
                faults.push(Fault::new(format!("{name}[{index}].amount"), message));
            }
        }
        if self.kept_for_living < 0 {
            let message = format!("found {}: expected zero or more", shown(self.kept_for_living));
            faults.push(Fault::new("kept_for_living", message));
        }
        if !faults.is_empty() {
            return Err(faults);
        }
        let sum = |list: &[Stated]| list.iter().map(|stated| i128::from(stated.amount)).sum::<i128>();
        let kept = i128::from(self.kept_for_living);
        let living = sum(&self.living_costs);
        let left = sum(&self.income) - living.max(kept) - sum(&self.other_debts);
        let narrow = |amount: i128| {
            i64::try_from(amount)
                .map_err(|_| vec![Fault::new("", "what is stated adds up to more than an amount can hold")])
        };
        let mut lines = self.income.clone();
        let cost = |stated: &Stated| Stated { what: stated.what.clone(), amount: -stated.amount };
        lines.extend(self.living_costs.iter().map(cost));
        if living < kept {
            lines.push(Stated { what: "kept for living".to_owned(), amount: narrow(living - kept)? });
        }
        lines.extend(self.other_debts.iter().map(cost));
        Ok(Affordable { monthly: narrow(left.max(0))?, short_by: narrow((-left).max(0))?, lines })
    }
}

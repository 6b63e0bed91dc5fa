//! The debts of a case.

use super::case::{Debt, Entry, Product};
use arrears::guardrail::{Debt as Engine, Told};

/// The debts that a case gives, or the one that it need not give.
#[derive(Clone, Debug)]
pub(crate) struct Debts(Vec<Debt>); // INVARIANT: at least one, and no id stands twice.

impl Debts {
    /// The debts as given; without any there is one, `D1`.
    ///
    /// # Errors
    ///
    /// That the list is empty, or an id stands twice.
    pub(crate) fn of(given: Option<Vec<Debt>>) -> Result<Self, String> {
        let one = || Debt {
            id: "D1".to_owned(),
            product: None,
            account_at_acquisition: None,
            time_barred: None,
            in_moratorium: None,
        };
        let debts = given.unwrap_or_else(|| vec![one()]);
        if debts.is_empty() {
            return Err("given.debts: the list is empty, expected at least one debt".to_owned());
        }
        for (index, debt) in debts.iter().enumerate() {
            if debts.iter().take(index).any(|before| before.id == debt.id) {
                return Err(format!("given.debts[{index}].id: a debt before it is called `{}` too", debt.id));
            }
        }
        Ok(Self(debts))
    }

    /// The ids, in the order given.
    pub(crate) fn ids(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|debt| debt.id.as_str())
    }

    /// The ids of those that a moratorium covers.
    pub(crate) fn in_moratorium(&self) -> Vec<String> {
        let covered = self.0.iter().filter(|debt| debt.in_moratorium != Some(false));
        covered.map(|debt| debt.id.clone()).collect()
    }

    /// Checks that every debt named at a place is given.
    ///
    /// # Errors
    ///
    /// The place and the name of one that is not.
    pub(crate) fn know(&self, place: &str, named: Option<&[String]>) -> Result<(), String> {
        let unknown = named.into_iter().flatten().enumerate().find(|(_, id)| self.ids().all(|known| known != *id));
        match unknown {
            Some((index, id)) => {
                let known: Vec<&str> = self.ids().collect();
                Err(format!("{place}[{index}]: no debt `{id}` is given, only {}", known.join(", ")))
            }
            None => Ok(()),
        }
    }

    /// Checks the debts of a history.
    ///
    /// # Errors
    ///
    /// As [`Self::know`].
    pub(crate) fn know_history(&self, history: &[Entry]) -> Result<(), String> {
        for (index, entry) in history.iter().enumerate() {
            let lists =
                [("debts", &entry.debts), ("discussed", &entry.discussed), ("allocated_to", &entry.allocated_to)];
            for (key, list) in lists {
                self.know(&format!("given.history[{index}].{key}"), list.as_deref())?;
            }
        }
        Ok(())
    }

    /// The debts, told to the engine.
    pub(crate) fn told(&self) -> Vec<Engine> {
        let told = |debt: &Debt| Engine {
            id: debt.id.clone(),
            product: Some(debt.product.unwrap_or(Product::Other).engine().to_owned()),
            account_number: debt.account_at_acquisition.clone(),
            facts: [("time_barred".to_owned(), Told::Flag(debt.time_barred == Some(true)))].into(),
        };
        self.0.iter().map(told).collect()
    }
}

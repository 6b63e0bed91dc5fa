//! What is owed by the terms of a product, as facts beside a history.

use crate::statement::{OwedError, Statement};
use crate::terms::Terms;
use arrears::account::{Account, Component, Conventions};
use arrears::nights::Beside;
use arrears::policy::RowProblem;
use arrears::{Money, Value, table};
use chrono::NaiveDate;

/// What is owed on an account by the terms of its product, as facts that a policy reads: `principal`, `interest`,
/// `fees` and `balance`.
///
/// `interest` is contract and penalty interest, `fees` are fees and costs; `balance` is all that is owed, less money
/// that is held. How late the account is, and what is overdue, the history says by itself.
///
/// ```
/// use arrears::account::{Account, Conventions};
/// use arrears::nights::Beside;
/// use arrears_owed::{facts::OwedFacts, terms::Terms};
/// let account = Account::from_json(r#"{
///     "format": "arrears-history/1", "account_id": "A-1", "currency": "EUR", "opened_on": "2026-01-01", "complete": [],
///     "events": [{"id": "s", "occurred_on": "2026-01-01", "event": "schedule",
///         "instalments": [{"item": "1", "due_on": "2026-02-01", "amount": "1000.00"}]}]
/// }"#).map_err(|problems| format!("{problems:?}"))?;
/// let terms = Terms::from_json(r#"{
///     "format": "arrears-terms/1", "currency": "EUR", "day_count": "act/360",
///     "penalty": {"rate": {"annual": "0.18"}, "on": ["principal"]}
/// }"#).map_err(|problems| format!("{problems:?}"))?;
/// let conventions = Conventions::default();
/// let day = "2026-03-03".parse()?;
/// let owed = OwedFacts::new(&account, &terms, &conventions);
/// let facts = owed.facts(day, day).map_err(|problem| problem.to_string())?;
/// let shown: Vec<String> = facts.iter().map(|(name, value)| format!("{name} {value}")).collect();
/// assert_eq!(shown, ["principal 1000.00 EUR", "interest 15.00 EUR", "fees 0.00 EUR", "balance 1015.00 EUR"]);
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Copy, Debug)]
pub struct OwedFacts<'a> {
    account: &'a Account,
    terms: &'a Terms,
    conventions: &'a Conventions,
}

impl<'a> OwedFacts<'a> {
    /// What is owed on an account by terms; the conventions say from which day on a payment counts.
    pub const fn new(account: &'a Account, terms: &'a Terms, conventions: &'a Conventions) -> Self {
        Self { account, terms, conventions }
    }

    /// What is owed on a day, of what the day's facts count: where the day is closed before payments come in, those
    /// of the day itself are not in it.
    ///
    /// # Errors
    ///
    /// [`OwedError`] if it cannot be reckoned.
    pub fn statement(&self, as_of: NaiveDate, known_by: NaiveDate) -> Result<Statement, OwedError> {
        let counts = self.conventions.day_end.counts_from(as_of);
        if counts <= as_of {
            return Statement::of(self.account, self.terms, as_of, known_by);
        }
        let counted = self.account.events().iter().filter(|event| {
            event.known_on <= known_by && self.conventions.day_end.counts_from(event.occurred_on) <= as_of
        });
        let account = Account::new(self.account.id(), self.account.currency(), self.account.opened_on());
        let account = account.with(counted.cloned()).map_err(OwedError::History)?;
        Statement::of(&account, self.terms, as_of, known_by)
    }
}

/// The facts that a statement tells.
const NAMES: [&str; 4] = [table::PRINCIPAL.name(), table::INTEREST.name(), table::FEES.name(), table::BALANCE.name()];

impl Beside for OwedFacts<'_> {
    fn names(&self) -> Vec<&str> {
        NAMES.to_vec()
    }

    fn facts(&self, as_of: NaiveDate, known_by: NaiveDate) -> Result<Vec<(&str, Value)>, RowProblem> {
        let wrong =
            |error: OwedError| RowProblem { fact: table::BALANCE.name().to_owned(), message: error.to_string() };
        let owed = self.statement(as_of, known_by).map_err(wrong)?;
        let of = |components: &[Component]| -> i64 {
            components.iter().map(|component| owed.by_component.get(component).copied().unwrap_or_default()).sum()
        };
        let amounts = [
            of(&[Component::Principal]),
            of(&[Component::Interest, Component::Penalty]),
            of(&[Component::Fee, Component::Cost]),
            owed.total,
        ];
        let money = |minor| Value::Money(Money::from_minor(minor, owed.currency));
        Ok(NAMES.into_iter().zip(amounts.map(money)).collect())
    }
}

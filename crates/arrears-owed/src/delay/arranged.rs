//! An arrangement that is kept: the plan takes the place of the debt.

use super::table::Table;
use super::{DelayCell, DelayError, DelayRow};
use crate::arrangement::Plan;
use crate::statement::{OwedError, Statement};
use crate::terms::Terms;
use arrears::account::{Account, Amount, Event, Instalment, Payment, Schedule};
use arrears::document::Fault;
use chrono::NaiveDate;

/// An arrangement, as a way of paying: what is owed today is repaid by the plan and by nothing else, at the plan's
/// rate, and every instalment is paid on its day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arranged {
    /// Its name in the table.
    pub name: String,
    /// The plan, agreed today. What it repays is all that is owed today; if it is less, the rest is let go.
    pub plan: Plan,
}

impl Plan {
    /// The debt that the plan makes of what was owed, as it would stand in a history: its schedule, of principal and
    /// interest, with every instalment paid on its day.
    fn kept(&self, account_id: &str) -> Result<Account, Vec<Fault>> {
        let minor = |amount: i64| Amount::from_minor(amount, self.currency);
        let scheduled = self.instalments.iter().zip(1..).map(|(instalment, number)| Instalment {
            principal: Some(minor(instalment.principal)),
            interest: Some(minor(instalment.interest)),
            ..Instalment::new(format!("plan {number}"), instalment.due_on, minor(instalment.amount))
        });
        let instalments = scheduled.collect();
        let schedule = Event::new("plan", self.agreed_on, Schedule { total: None, instalments });
        let paid = self.instalments.iter().zip(1..).map(|(instalment, number)| {
            let payment = Payment { amount: minor(instalment.amount), currency: None, item: None };
            Event::new(format!("plan:{number}"), instalment.due_on, payment)
        });
        let account = Account::new(account_id, self.currency, self.agreed_on);
        account.with(std::iter::once(schedule).chain(paid))
    }

    /// What of the plan is paid by a day, that day's instalment with it, in minor units.
    pub fn paid_by(&self, on: NaiveDate) -> i64 {
        let due = self.instalments.iter().filter(|instalment| instalment.due_on <= on);
        due.map(|instalment| instalment.amount).fold(0, i64::saturating_add)
    }
}

impl Table<'_> {
    /// Where a plan leads that is kept.
    pub(super) fn arranged(&self, arranged: &Arranged) -> Result<DelayRow, DelayError> {
        let (plan, as_of) = (&arranged.plan, self.today.as_of);
        let refused = |faults| DelayError::Payments { behaviour: arranged.name.clone(), faults };
        if plan.agreed_on != as_of {
            let message = format!("found {}: expected today, {as_of}", plan.agreed_on);
            return Err(refused(vec![Fault::new("plan.agreed_on", message)]));
        }
        if plan.currency != self.today.currency {
            let message = format!("found {}: expected {}", plan.currency, self.today.currency);
            return Err(refused(vec![Fault::new("plan.currency", message)]));
        }
        let (account, terms) = (plan.kept(&self.today.account_id).map_err(refused)?, Terms::new(plan.currency));
        let too_large = || OwedError::TooLarge(self.today.account_id.clone());
        let mut cells = Vec::new();
        for (on, days) in &self.ends {
            let then = Statement::of(&account, &terms, *on, *on)?;
            let paid = plan.paid_by(*on);
            let cost = then.total.checked_add(paid).and_then(|all| all.checked_sub(self.today.total));
            let cost = cost.ok_or_else(too_large)?;
            let (on, days, owed, overdue) = (*on, *days, then.total, then.overdue);
            cells.push(DelayCell { on, days, lawsuit: false, paid, owed, overdue, cost });
        }
        Ok(DelayRow { behaviour: arranged.name.clone(), cells })
    }
}

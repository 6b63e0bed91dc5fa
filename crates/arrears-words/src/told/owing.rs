//! What is told of an account from what was reckoned of it: a statement, a row of facts, delay, plans.

use super::{Later, Offer, Told};
use crate::written;
use arrears::account::{Account, Component};
use arrears::policy::Row;
use arrears::{Currency, Money, Policy};
use arrears_owed::arrangement::{Menu, Plan, WaysOut, WaysOutAsked, WaysOutError};
use arrears_owed::delay::{Behaviour, Delay};
use arrears_owed::statement::Statement;
use arrears_owed::terms::Terms;
use chrono::{Days, NaiveDate};

/// Days from today for which it is told what delay costs.
const LATER: [u32; 3] = [30, 60, 90];

impl Told {
    /// Takes every amount from a statement. What brings the account up to date is what is asked for, today;
    /// where nothing is late, what falls due next, on its day.
    #[must_use]
    pub fn owing(mut self, statement: &Statement) -> Self {
        let money = |minor: i64| Money::from_minor(minor, statement.currency);
        let of = |component: Component| statement.by_component.get(&component).map(|minor| money(*minor));
        match statement.next {
            Some(next) if statement.to_be_current == 0 => {
                self.amount = Some(money(next.amount));
                self.due_on = Some(next.on);
            }
            _ => {
                self.amount = Some(money(statement.to_be_current));
                self.due_on = Some(statement.as_of);
            }
        }
        self.overdue = Some(money(statement.overdue));
        self.total = Some(money(statement.total));
        self.principal = of(Component::Principal);
        self.interest = of(Component::Interest);
        self.penalty_interest = of(Component::Penalty);
        self.fees = joined([of(Component::Fee), of(Component::Cost)], statement.currency);
        self.days_late = Some(statement.days_past_due);
        self
    }

    /// Takes what delay costs from the table's row of one behaviour; a behaviour that is not in it changes
    /// nothing.
    #[must_use]
    pub fn delaying(mut self, delay: &Delay, behaviour: &str) -> Self {
        let money = |minor: i64| Money::from_minor(minor, delay.currency);
        if let Some(row) = delay.rows.iter().find(|row| row.behaviour == behaviour) {
            let of = |cell: &arrears_owed::delay::DelayCell| Later {
                days: cell.days,
                on: cell.on,
                owed: money(cell.owed),
                more: money(cell.owed.saturating_sub(delay.total)),
                lawsuit: cell.lawsuit,
            };
            self.later = row.cells.iter().map(of).collect();
        }
        self
    }

    /// Takes amounts and days from the facts of a row, where no statement is reckoned: what is overdue is asked
    /// for today; where nothing is, the least payment on its due day, or nothing if either is not known. What is
    /// asked for is not known where it is not known what is overdue.
    #[must_use]
    pub fn owing_by(mut self, policy: &Policy, row: &Row) -> Self {
        let of = |name: &str| row.cells().get(policy.find_input(name)?.index())?.get();
        let money = |minor: i64| Money::from_minor(minor, policy.head().currency);
        let overdue = of("overdue");
        // What is overdue is not known: what is asked for is not known either.
        (self.amount, self.due_on) = match overdue {
            None => (None, None),
            Some(overdue) if overdue > 0 => (Some(money(overdue)), Some(self.today)),
            Some(_) => {
                let days = of("days_to_due").and_then(|days| u64::try_from(days).ok());
                let due_on = days.and_then(|days| self.today.checked_add_days(Days::new(days)));
                let next = of("min_payment").filter(|_| due_on.is_some());
                (Some(money(next.unwrap_or(0))), due_on)
            }
        };
        self.overdue = overdue.map(money);
        self.total = of("balance").map(money);
        self.days_late = of("dpd").and_then(|days| u32::try_from(days).ok());
        self.time_barred = of("time_barred").map(|set| set != 0);
        self
    }

    /// Takes what an account owes by the terms of its product: its statement, what it grows to in 30, 60 and 90 days if
    /// nothing is paid, and, where it is asked what the bank offers, the plans that can be kept. `known_by` leaves out
    /// of the statement what became known later.
    ///
    /// # Errors
    ///
    /// [`WaysOutError`] if what is given does not fit together, or an amount cannot be held.
    pub fn by_terms(
        self,
        (account, terms): (&Account, &Terms),
        offered: Option<WaysOutAsked<'_>>,
        (as_of, known_by): (NaiveDate, NaiveDate),
    ) -> Result<Self, WaysOutError> {
        let owed = Statement::of(account, terms, as_of, known_by)?;
        let delay = Delay::table(account, terms, as_of, &LATER, &[Behaviour::Nothing])?;
        let told = self.owing(&owed).delaying(&delay, Behaviour::Nothing.name());
        let Some(asked) = offered else { return Ok(told) };
        Ok(WaysOut::of(&asked, as_of)?.menu.iter().fold(told, Self::offering))
    }

    /// Adds the plans of a menu to what is offered, the first choice first.
    #[must_use]
    pub fn offering(self, menu: &Menu) -> Self {
        menu.offers.iter().fold(self, |told, offer| told.offering_plan(&offer.plan))
    }

    /// Adds a plan to what is offered, named by how many payments it has. A plan without instalments is none.
    #[must_use]
    pub fn offering_plan(mut self, plan: &Plan) -> Self {
        let money = |minor: i64| Money::from_minor(minor, plan.currency);
        if let (Some(first), Some(last)) = (plan.instalments.first(), plan.instalments.last()) {
            let payments = u32::try_from(plan.instalments.len()).unwrap_or(u32::MAX);
            self.offers.push(Offer {
                name: written::payments(payments, self.language),
                payments,
                payment: money(first.amount),
                last: (last.amount != first.amount).then(|| money(last.amount)),
                first_on: first.due_on,
                total: money(plan.total),
                cost: money(plan.cost),
            });
        }
        self
    }
}

/// The sum of what there is of several amounts; none if there is nothing, or it cannot be held.
fn joined(parts: [Option<Money>; 2], currency: Currency) -> Option<Money> {
    let mut sum = None;
    for part in parts.into_iter().flatten() {
        sum = Some(sum.unwrap_or(0_i64).checked_add(part.minor())?);
    }
    sum.map(|minor| Money::from_minor(minor, currency))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Language;
    use arrears_owed::arrangement::PlanTerms;
    use arrears_owed::interest::{DayCount, Rate, Rounding};

    fn told() -> Told {
        Told::new(Language::English, "2026-01-15".parse().unwrap(), "Harbour Bank")
    }

    #[test]
    fn a_plan_is_offered_with_its_last_payment_where_that_is_another() {
        let terms = |amount, unit| PlanTerms {
            currency: "EUR".parse().unwrap(),
            amount,
            rate: Rate::ZERO,
            day_count: DayCount::Thirty360,
            rounding: Rounding::default(),
            agreed_on: "2026-01-15".parse().unwrap(),
            first_due: "2026-02-15".parse().unwrap(),
            unit,
        };
        let offered = |amount, unit| {
            let told = told().offering_plan(&Plan::within(&terms(amount, unit), 3).unwrap());
            let [offer] = told.offers.as_slice() else { return None };
            let minor = |money: Money| money.minor();
            Some((
                offer.name.clone(),
                minor(offer.payment),
                offer.last.map(minor),
                minor(offer.total),
                minor(offer.cost),
            ))
        };
        let name = || "3 monthly payments".to_owned();
        assert_eq!(offered(30_000, 1), Some((name(), 10_000, None, 30_000, 0)));
        assert_eq!(offered(29_000, 1_000), Some((name(), 10_000, Some(9_000), 29_000, 0)));
    }
}

//! What is told of one account: plain data that a host fills, and that templates write.

mod context;
mod variable;

pub use variable::{About, Variable, VariableKind, find_variable, variables};

use crate::Language;
use arrears::account::Component;
use arrears::{Currency, Money};
use arrears_owed::delay::Delay;
use arrears_owed::statement::Statement;
use chrono::NaiveDate;

/// What is told of one account, in one language. The fields are the variables of templates: what each means,
/// and what it means if it is missing, stands in [`variables`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Told {
    /// The language.
    pub language: Language,
    /// The day for which it is written.
    pub today: NaiveDate,
    /// The natural name of who speaks or signs.
    pub speaker: Option<String>,
    /// A name of the business that does not reveal what it does.
    pub neutral_name: Option<String>,
    /// The number to call back.
    pub phone: Option<String>,
    /// When somebody answers that number.
    pub reply_hours: Option<String>,
    /// The word that ends messages by this channel.
    pub stop_word: Option<String>,
    /// How the person is addressed.
    pub name: Option<String>,
    /// The question that only the person can answer.
    pub identity_question: Option<String>,
    /// For whom the speaker works.
    pub organisation: String,
    /// To whom the debt is owed.
    pub creditor: String,
    /// Where the person can check that the message is genuine.
    pub verify_at: Option<String>,
    /// The product, in the customer's words.
    pub product: Option<String>,
    /// The last digits of the account's number.
    pub account_ending: Option<String>,
    /// What is asked for now.
    pub amount: Option<Money>,
    /// The day by which it is asked for, or on which it falls due.
    pub due_on: Option<NaiveDate>,
    /// What fell due before today and is not paid.
    pub overdue: Option<Money>,
    /// What settles the account in full today.
    pub total: Option<Money>,
    /// What of the total is principal.
    pub principal: Option<Money>,
    /// What of the total is contract interest.
    pub interest: Option<Money>,
    /// What of the total is interest for lateness.
    pub penalty_interest: Option<Money>,
    /// What of the total is fees and costs.
    pub fees: Option<Money>,
    /// Whole days since the oldest unpaid amount fell due.
    pub days_late: Option<u32>,
    /// The amount of the promise that is open.
    pub promised: Option<Money>,
    /// The day of the promise that is open.
    pub promised_on: Option<NaiveDate>,
    /// The ways out that this account is offered.
    pub offers: Vec<Offer>,
    /// What delay costs.
    pub later: Vec<Later>,
}

/// One way out that is offered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// Its name, in the customer's words.
    pub name: String,
    /// How many payments.
    pub payments: u32,
    /// Each payment.
    pub payment: Money,
    /// The day of the first payment.
    pub first_on: NaiveDate,
    /// All payments together.
    pub total: Money,
    /// What of the total is the price of paying later. Zero: nothing.
    pub cost: Money,
}

/// What is owed on a later day if nothing is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Later {
    /// Days from today.
    pub days: u32,
    /// The day.
    pub on: NaiveDate,
    /// What is owed then.
    pub owed: Money,
    /// By how much that is more than today.
    pub more: Money,
    /// Whether the costs of a lawsuit brought on that day are in it.
    pub lawsuit: bool,
}

impl Told {
    /// What is known of every account: who speaks, for which creditor, on which day, in which language.
    ///
    /// ```
    /// use arrears::Money;
    /// use arrears_words::{Language, told::Told};
    /// let mut told = Told::new(Language::English, "2026-11-27".parse()?, "Harbour Bank");
    /// told.amount = Some(Money::from_minor(123_450, "USD".parse()?));
    /// assert_eq!(told.organisation, "Harbour Bank");
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn new(language: Language, today: NaiveDate, creditor: impl Into<String>) -> Self {
        let creditor = creditor.into();
        Self {
            language,
            today,
            speaker: None,
            neutral_name: None,
            phone: None,
            reply_hours: None,
            stop_word: None,
            name: None,
            identity_question: None,
            organisation: creditor.clone(),
            creditor,
            verify_at: None,
            product: None,
            account_ending: None,
            amount: None,
            due_on: None,
            overdue: None,
            total: None,
            principal: None,
            interest: None,
            penalty_interest: None,
            fees: None,
            days_late: None,
            promised: None,
            promised_on: None,
            offers: Vec::new(),
            later: Vec::new(),
        }
    }

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
    use std::collections::BTreeSet;

    #[test]
    fn what_is_told_has_the_variables_of_the_table_and_no_others() {
        let day = "2026-11-27".parse().unwrap();
        let some = |text: &str| Some(text.to_owned());
        let money = Some(Money::from_minor(1, "EUR".parse().unwrap()));
        let told = Told {
            speaker: some("a"),
            neutral_name: some("a"),
            phone: some("1"),
            reply_hours: some("a"),
            stop_word: some("a"),
            name: some("a"),
            identity_question: some("a"),
            verify_at: some("a"),
            product: some("a"),
            account_ending: some("1"),
            amount: money,
            due_on: Some(day),
            overdue: money,
            total: money,
            principal: money,
            interest: money,
            penalty_interest: money,
            fees: money,
            days_late: Some(1),
            promised: money,
            promised_on: Some(day),
            ..Told::new(Language::English, day, "b")
        };
        let context = told.context();
        let known: BTreeSet<&str> = variables().iter().map(|variable| variable.name).collect();
        assert_eq!(context.0.keys().copied().collect::<BTreeSet<_>>(), known);
    }
}

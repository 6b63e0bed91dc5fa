//! What is told of one account: plain data that a host fills, and that templates write.

mod context;
mod document;
mod fields;
mod offer;
mod owing;
mod variable;

pub use document::FORMAT;
pub(crate) use document::named;
pub use offer::{Later, Offer};
pub use variable::{About, Variable, VariableKind, find_variable, variables};

use crate::Language;
use arrears::Money;
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
    /// The person's postal address.
    pub address: Option<String>,
    /// For whom the speaker works.
    pub organisation: String,
    /// To whom the debt is owed.
    pub creditor: String,
    /// Where the person can check that the message is genuine.
    pub verify_at: Option<String>,
    /// The postal address of the organisation.
    pub write_to: Option<String>,
    /// Where and how to pay.
    pub pay_at: Option<String>,
    /// The branch to which the person is invited.
    pub branch: Option<String>,
    /// The rules of law that a demand refers to.
    pub regulations: Option<String>,
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
    /// The next instalment of a plan that is kept.
    pub instalment: Option<Money>,
    /// The day on which that instalment falls due.
    pub instalment_on: Option<NaiveDate>,
    /// Whether the debt is too old to be sued on.
    pub time_barred: Option<bool>,
    /// The day until which the offers stand.
    pub open_until: Option<NaiveDate>,
    /// The day on which an agency gives the account back to the creditor.
    pub returns_on: Option<NaiveDate>,
    /// The papers that are enclosed.
    pub enclosed: Option<String>,
    /// The day from which a notice of validation itemises the debt.
    pub itemised_on: Option<NaiveDate>,
    /// To whom the debt was owed on that day.
    pub creditor_then: Option<String>,
    /// What was owed on that day.
    pub itemised: Option<Money>,
    /// Interest since that day.
    pub interest_since: Option<Money>,
    /// Fees since that day.
    pub fees_since: Option<Money>,
    /// Payments since that day.
    pub payments_since: Option<Money>,
    /// Credits since that day.
    pub credits_since: Option<Money>,
    /// The last day of the validation period.
    pub dispute_by: Option<NaiveDate>,
    /// The ways out that this account is offered.
    pub offers: Vec<Offer>,
    /// What delay costs.
    pub later: Vec<Later>,
    /// What must be disclosed, in the words that must be used, beside what a text says by itself.
    pub disclosures: Vec<String>,
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
            address: None,
            organisation: creditor.clone(),
            creditor,
            verify_at: None,
            write_to: None,
            pay_at: None,
            branch: None,
            regulations: None,
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
            instalment: None,
            instalment_on: None,
            time_barred: None,
            open_until: None,
            returns_on: None,
            enclosed: None,
            itemised_on: None,
            creditor_then: None,
            itemised: None,
            interest_since: None,
            fees_since: None,
            payments_since: None,
            credits_since: None,
            dispute_by: None,
            offers: Vec::new(),
            later: Vec::new(),
            disclosures: Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn what_is_told_has_the_variables_of_the_table_and_no_others() {
        let day = "2026-11-27".parse().unwrap();
        let mut told = Told::new(Language::English, day, "b");
        told.texts_mut().into_iter().for_each(|(_, text)| *text = Some("a".to_owned()));
        told.amounts_mut()
            .into_iter()
            .for_each(|(_, amount)| *amount = Some(Money::from_minor(1, "EUR".parse().unwrap())));
        told.days_mut().into_iter().for_each(|(_, found)| *found = Some(day));
        told.days_late = Some(1);
        told.time_barred = Some(true);
        let context = told.context();
        let known: BTreeSet<&str> = variables().iter().map(|variable| variable.name).collect();
        assert_eq!(context.0.keys().copied().collect::<BTreeSet<_>>(), known);
    }
}

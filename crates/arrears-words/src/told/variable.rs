//! The variables that a template may use: one table.

/// What a variable says something about. It decides where the variable may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// About who speaks, in words that reveal neither a bank nor a debt.
    Speaker,
    /// About the person spoken to.
    Person,
    /// About the creditor: who hears it can guess that there is an account.
    Creditor,
    /// About the debt.
    Debt,
}

impl About {
    /// Whether it may stand before the person is identified, and in what others may hear or read.
    pub const fn reveals_nothing(self) -> bool {
        matches!(self, Self::Speaker | Self::Person)
    }

    /// The word in documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Person => "person",
            Self::Creditor => "creditor",
            Self::Debt => "debt",
        }
    }
}

/// What a variable holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VariableKind {
    /// Words, as the host gives them.
    Text,
    /// An amount of money, written as the language writes it.
    Amount,
    /// A day, written as the language writes it.
    Day,
    /// A whole number.
    Number,
    /// True or false.
    Flag,
    /// A list; the variables of its items are listed beneath.
    List(&'static [Variable]),
}

impl VariableKind {
    /// The word in documents.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Amount => "amount",
            Self::Day => "day",
            Self::Number => "number",
            Self::Flag => "flag",
            Self::List(_) => "list",
        }
    }
}

/// A variable of templates.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable {
    /// Its name in templates.
    pub name: &'static str,
    /// What it holds.
    pub kind: VariableKind,
    /// What it is about.
    pub about: About,
    /// What it means, and in which unit.
    pub meaning: &'static str,
    /// What it means if it is missing.
    pub missing: &'static str,
}

const fn of(
    name: &'static str,
    kind: VariableKind,
    about: About,
    meaning: &'static str,
    missing: &'static str,
) -> Variable {
    Variable { name, kind, about, meaning, missing }
}

use About::{Creditor, Debt, Person, Speaker};
use VariableKind::{Amount, Day, Flag, List, Number, Text};

#[rustfmt::skip]
const OFFER: &[Variable] = &[
    of("name", Text, Debt, "the name of the offer", "never missing"),
    of("payments", Number, Debt, "how many payments", "never missing"),
    of("payment", Amount, Debt, "each payment", "never missing"),
    of("last", Amount, Debt, "the last payment, where it is less than the others", "all payments are equal"),
    of("first_on", Day, Debt, "the day of the first payment", "never missing"),
    of("total", Amount, Debt, "all payments together", "never missing"),
    of("cost", Amount, Debt, "what of the total is the price of paying later; zero: nothing", "never missing"),
];

#[rustfmt::skip]
const LATER: &[Variable] = &[
    of("days", Number, Debt, "days from today", "never missing"),
    of("on", Day, Debt, "the day", "never missing"),
    of("owed", Amount, Debt, "what is owed then if nothing is paid", "never missing"),
    of("more", Amount, Debt, "by how much that is more than today", "never missing"),
    of("lawsuit", Flag, Debt, "whether the costs of a lawsuit brought on that day are in it", "never missing"),
];

#[rustfmt::skip]
const DISCLOSURE: &[Variable] = &[
    of("words", Text, Debt, "the words that must be said", "never missing"),
];

#[rustfmt::skip]
const TABLE: &[Variable] = &[
    of("language", Text, Speaker, "the tag of the language: `en`, `zh`", "never missing"),
    of("today", Day, Speaker, "the day for which it is written", "never missing"),
    of("speaker", Text, Speaker, "the natural name of who speaks or signs", "nobody signs by name"),
    of("neutral_name", Text, Speaker, "a name of the business that does not reveal what it does", "the business has none: no limited message can be left"),
    of("phone", Text, Speaker, "the number to call back", "no number is given"),
    of("reply_hours", Text, Speaker, "when somebody answers that number", "not told"),
    of("stop_word", Text, Speaker, "the word that ends messages by this channel when it is sent back", "messages cannot be ended by a word"),
    of("name", Text, Person, "how the person is addressed", "not known: a greeting without a name"),
    of("identity_question", Text, Person, "the question that only the person can answer; it says nothing of a debt", "the shipped question of the brief is asked"),
    of("address", Text, Person, "the person's postal address", "not known: no notice that must carry it can be written"),
    of("organisation", Text, Creditor, "for whom the speaker works: the bank itself, or an agency", "never missing"),
    of("creditor", Text, Creditor, "to whom the debt is owed", "never missing"),
    of("verify_at", Text, Creditor, "where the person can check that the message is genuine", "not told; a bank's own templates should ask for it"),
    of("write_to", Text, Creditor, "the postal address of the organisation", "none is given: a notice that must carry it cannot be written"),
    of("pay_at", Text, Creditor, "where and how to pay, as it follows a colon", "not told; the person is asked to call"),
    of("branch", Text, Creditor, "the branch to which the person is invited, with its address", "no invitation can be written"),
    of("regulations", Text, Debt, "the rules of law that a demand refers to, as the bank cites them", "a demand that must name them cannot be written"),
    of("product", Text, Debt, "the product, in the customer's words", "not told"),
    of("account_ending", Text, Debt, "the last digits of the account's number", "not told"),
    of("amount", Amount, Debt, "what is asked for now; zero: nothing", "not known: nothing that asks for money can be written"),
    of("due_on", Day, Debt, "the day by which it is asked for, or on which it falls due", "not known: nothing that asks for money can be written"),
    of("overdue", Amount, Debt, "what fell due before today and is not paid", "not known"),
    of("total", Amount, Debt, "what settles the account in full today", "not known"),
    of("principal", Amount, Debt, "what of the total is principal", "none is owed, or not known"),
    of("interest", Amount, Debt, "what of the total is contract interest", "none is owed, or not known"),
    of("penalty_interest", Amount, Debt, "what of the total is interest for lateness", "none is owed, or not known"),
    of("fees", Amount, Debt, "what of the total is fees and costs", "none is owed, or not known"),
    of("days_late", Number, Debt, "whole days since the oldest unpaid amount fell due; zero: nothing is late", "not known"),
    of("promised", Amount, Debt, "the amount of the promise that is open", "no promise with an amount is open"),
    of("promised_on", Day, Debt, "the day of the promise that is open", "no promise with a day is open"),
    of("instalment", Amount, Debt, "the next instalment of a plan that is kept", "no reminder of a plan can be written"),
    of("instalment_on", Day, Debt, "the day on which that instalment falls due", "no reminder of a plan can be written"),
    of("time_barred", Flag, Debt, "whether the debt is too old to be sued on", "not known, and nothing is said of it"),
    of("open_until", Day, Debt, "the day until which the offers stand", "not told; an offer to settle for less cannot be written"),
    of("returns_on", Day, Debt, "the day on which an agency gives the account back to the creditor", "not known"),
    of("enclosed", Text, Debt, "the papers that are enclosed", "nothing is enclosed: no verification can be written"),
    of("itemised_on", Day, Debt, "the day from which a notice of validation itemises the debt (12 CFR 1006.34(b)(3))", "no such notice can be written"),
    of("creditor_then", Text, Debt, "to whom the debt was owed on that day", "no such notice can be written"),
    of("itemised", Amount, Debt, "what was owed on that day", "no such notice can be written"),
    of("interest_since", Amount, Debt, "interest since that day; zero: none", "no such notice can be written"),
    of("fees_since", Amount, Debt, "fees since that day; zero: none", "no such notice can be written"),
    of("payments_since", Amount, Debt, "payments since that day, above zero; zero: none", "no such notice can be written"),
    of("credits_since", Amount, Debt, "credits since that day, above zero; zero: none", "no such notice can be written"),
    of("dispute_by", Day, Debt, "the last day of the validation period (12 CFR 1006.34(b)(5))", "no such notice can be written"),
    of("offers", List(OFFER), Debt, "the ways out that this account is offered; empty: none", "never missing"),
    of("later", List(LATER), Debt, "what delay costs, by day; empty: not reckoned", "never missing"),
    of("disclosures", List(DISCLOSURE), Debt, "what must be disclosed in this text beside what it says by itself; empty: nothing", "never missing"),
];

/// Every variable, in the order of the handbook.
pub const fn variables() -> &'static [Variable] {
    TABLE
}

/// The variable of a name.
pub fn find_variable(name: &str) -> Option<&'static Variable> {
    TABLE.iter().find(|variable| variable.name == name)
}

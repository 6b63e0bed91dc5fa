//! A value of a fact as a history writes it.

use super::flags::flag_fact;
use crate::facts::{FactDef, FactError, Facts, Movement, Role, Value, Wanted, table};
use crate::number::{Currency, Kind, Money, fixed};
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

/// A value of a fact in JSON: `null` (not known), yes or no, a whole number, or a text (an
/// amount, a ratio, a word, or `never`). What it means is the fact's to say.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(untagged)]
pub enum Noted {
    /// Not known.
    Unknown(()),
    /// Yes or no.
    Flag(bool),
    /// Whole days, or a number of things.
    Whole(i64),
    /// An amount, a ratio, a word, or `never`.
    Text(String),
}

/// Why a noted value does not fit its fact.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotedError {
    /// The value is of another kind.
    #[error("`{fact}` is {wanted}: expected {expected}, found `{found}`")]
    Kind {
        /// The fact.
        fact: String,
        /// What it measures.
        wanted: Kind,
        /// How such a value is written.
        expected: &'static str,
        /// What was found.
        found: String,
    },
    /// The table refuses the value.
    #[error(transparent)]
    Table(#[from] FactError),
}

impl Noted {
    /// The value of a fact of that kind.
    ///
    /// # Errors
    ///
    /// [`NotedError::Kind`] if it is not written as such a value is.
    pub fn value(&self, fact: &str, kind: Kind, currency: Currency) -> Result<Value, NotedError> {
        let decimal = |digits: u32| match self {
            Self::Text(text) => Decimal::from_str_exact(text).ok().and_then(|decimal| fixed(decimal, digits).ok()),
            Self::Whole(whole) => fixed(Decimal::from(*whole), digits).ok(),
            Self::Unknown(()) | Self::Flag(_) => None,
        };
        let found = match (self, kind) {
            (Self::Unknown(()), _) => Some(Value::Unknown),
            (Self::Text(word), _) if word == "never" => Some(Value::Never),
            (Self::Whole(number), Kind::Days) => Some(Value::Days(*number)),
            (Self::Whole(number), Kind::Count) => Some(Value::Count(*number)),
            (Self::Flag(set), Kind::Flag) => Some(Value::Flag(*set)),
            (Self::Text(word), Kind::Category) => Some(Value::Word(word.as_str().into())),
            (Self::Text(_), Kind::Money) => {
                decimal(currency.digits()).map(|minor| Value::Money(Money::from_minor(minor, currency)))
            }
            (_, Kind::Ratio) => decimal(6).map(Value::Ratio),
            _ => None,
        };
        found.ok_or_else(|| NotedError::Kind {
            fact: fact.to_owned(),
            wanted: kind,
            expected: match kind {
                Kind::Days | Kind::Count => "a whole number",
                Kind::Money => "a text with an amount, such as \"249.95\"",
                Kind::Ratio => "a text with a decimal, such as \"0.35\"",
                Kind::Flag => "true or false",
                Kind::Category => "a text",
            },
            found: serde_json::to_string(self).unwrap_or_default(),
        })
    }
}

impl Noted {
    /// The value of a fact of the table, which may refuse it.
    ///
    /// # Errors
    ///
    /// As [`Noted::value`], or what the table does not let the fact be.
    pub(super) fn checked(&self, fact: &str, kind: Kind, currency: Currency) -> Result<(), NotedError> {
        let value = self.value(fact, kind, currency)?;
        Facts::new("", currency).set(fact, value)?;
        Ok(())
    }
}

/// A fact that a history can note: what it measures, and what a day does to it.
pub(super) struct Notable {
    pub(super) kind: Kind,
    pub(super) movement: Movement,
}

/// The fact of that name: of the table, or one that the policy wants.
pub(super) fn notable(name: &str, wanted: &Wanted) -> Option<Notable> {
    let of_table = |fact: &FactDef| Notable { kind: fact.kind, movement: fact.movement };
    table::find(name)
        .map(of_table)
        .or_else(|| wanted.own.get(name).map(|own| Notable { kind: own.kind, movement: own.movement }))
}

/// Facts of the table that other happenings tell, with those happenings.
const TOLD: [(&str, &[&str]); 8] = [
    (
        "what is asked for and what is paid",
        &[
            "dpd",
            "days_delinquent",
            "days_to_due",
            "cycles_past_due",
            "roll_in",
            "times_30dpd_12m",
            "times_60dpd_12m",
            "times_90dpd_12m",
            "max_dpd_12m",
            "late_count_12m",
            "days_since_cure",
            "days_since_first_missed",
            "oldest_unpaid_age",
            "months_since_oldest_unpaid",
            "unpaid_items",
            "overdue",
            "balance",
            "min_payment",
            "last_payment",
            "paid_30d",
            "days_since_payment",
        ],
    ),
    ("`opened_on`", &["months_on_book"]),
    ("events `payment_failed`", &["last_failure"]),
    (
        "events `promise` and `arrangement`",
        &[
            "promises_made",
            "promises_kept",
            "promises_broken",
            "promises_moved",
            "promise_due_in",
            "promise_amount",
            "arrangement_missed",
        ],
    ),
    (
        "events `contact`",
        &[
            "calls_made",
            "calls_unanswered",
            "rpc_count",
            "days_since_contact",
            "days_since_rpc",
            "contacts_7d",
            "visits_made",
            "letters_sent",
            "days_since_demand",
        ],
    ),
    ("events `number`", &["number_mobile", "number_work", "number_home", "valid_numbers"]),
    ("events `inflow` and `pay_day`", &["inflow_3d", "days_to_payday"]),
    ("events `placement` and `recall`", &["worked_by", "placement_days_left"]),
];

/// How a fact of the table is said that is not noted; none for one that is.
pub(super) fn how_it_is_said(name: &str) -> Option<String> {
    let fact = table::find(name)?;
    if fact.kind == Kind::Flag {
        let how = match flag_fact(name) {
            Some(_) => format!("write an event `flag` with `\"flag\": \"{name}\"`, and `flag_lifted` when it ends"),
            None => "it is computed from the other events; leave this one out".to_owned(),
        };
        return Some(how);
    }
    if let Some((by, _)) = TOLD.iter().find(|(_, facts)| facts.contains(&name)) {
        return Some(format!("it is computed from {by}; leave this event out"));
    }
    match fact.role {
        Role::State(_) => Some("it is what the last decision left, and travels in the state".to_owned()),
        Role::Contact => Some("it is a fact of one contact".to_owned()),
        Role::Result => Some("it is a result of the decision".to_owned()),
        Role::Derived if !matches!(name, "willingness" | "ability") => {
            Some("the policy computes it from other facts".to_owned())
        }
        Role::Derived | Role::Input => None,
    }
}

//! The facts of one account on one day, as a host gives them.

use super::{FactDef, Given, Key, table};
use crate::number::{Currency, Kind, Money};
use crate::problem::nearest;
use std::collections::BTreeMap;
use std::fmt;

/// A value of a fact, as given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Value {
    /// Not known: an empty cell. It is not the same as a fact that is not given at all,
    /// which a policy's `assume` may settle.
    Unknown,
    /// Known never to have happened.
    Never,
    /// Whole days.
    Days(i64),
    /// A number of things.
    Count(i64),
    /// Money.
    Money(Money),
    /// A ratio, in millionths: 50 % is 500,000.
    Ratio(i64),
    /// Yes or no.
    Flag(bool),
    /// A word.
    Word(Box<str>),
}

impl Value {
    /// The kind of the value; none for unknown and never.
    pub const fn kind(&self) -> Option<Kind> {
        Some(match self {
            Self::Unknown | Self::Never => return None,
            Self::Days(_) => Kind::Days,
            Self::Count(_) => Kind::Count,
            Self::Money(_) => Kind::Money,
            Self::Ratio(_) => Kind::Ratio,
            Self::Flag(_) => Kind::Flag,
            Self::Word(_) => Kind::Category,
        })
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unknown => f.write_str("not known"),
            Self::Never => f.write_str("never"),
            Self::Days(number) | Self::Count(number) => write!(f, "{number}"),
            Self::Money(money) => write!(f, "{money}"),
            Self::Ratio(millionths) => f.write_str(&crate::number::show_fixed(*millionths, 6)),
            Self::Flag(set) => write!(f, "{set}"),
            Self::Word(word) => f.write_str(word),
        }
    }
}

/// The facts of one account as of one day.
///
/// A fact that is not given is *absent*: a policy's assumption may settle it, otherwise
/// it is unknown. A fact given as [`Value::Unknown`] is unknown, whatever is assumed.
///
/// ```
/// use arrears::{Facts, Money, table};
///
/// let gbp = "GBP".parse()?;
/// let facts = Facts::new("GB-17", gbp)
///     .with(table::DPD, 12)
///     .with(table::OVERDUE, Money::from_minor(4000, gbp))
///     .with(table::DECEASED, false)
///     .unknown(table::PROMISE_OPEN);
/// assert_eq!(facts.get("dpd").map(ToString::to_string).as_deref(), Some("12"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    account: String,
    customer: Option<String>,
    currency: Currency,
    values: BTreeMap<Box<str>, Value>,
}

/// Why a fact cannot be set.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FactError {
    /// The table has a fact of that name, but of another kind.
    #[error("`{fact}` is {wanted}, not {found}")]
    Kind {
        /// The fact.
        fact: String,
        /// What the table says it is.
        wanted: Kind,
        /// What was given.
        found: Kind,
    },
    /// The fact cannot be *never*.
    #[error("`{0}` cannot be never: it always has a value")]
    Never(String),
    /// A count or a number of days past due below zero.
    #[error("`{fact}` cannot be {value}: it counts from zero")]
    Negative {
        /// The fact.
        fact: String,
        /// What was given.
        value: i64,
    },
    /// The word is not one that the fact may take.
    #[error("`{fact}` cannot be `{word}`: expected one of {expected}{}", .nearest.as_ref().map(|near| format!(" (did you mean `{near}`?)")).unwrap_or_default())]
    Word {
        /// The fact.
        fact: String,
        /// What was given.
        word: String,
        /// The words it may take.
        expected: String,
        /// The closest of them.
        nearest: Option<String>,
    },
    /// Money in another currency than the account's.
    #[error("`{fact}` is in {found}, but the account is in {wanted}")]
    Currency {
        /// The fact.
        fact: String,
        /// The account's currency.
        wanted: Currency,
        /// The amount's.
        found: Currency,
    },
}

impl Facts {
    /// An account of which nothing is given yet.
    pub fn new(account: impl Into<String>, currency: Currency) -> Self {
        Self { account: account.into(), customer: None, currency, values: BTreeMap::new() }
    }

    /// The account's identifier.
    pub fn account(&self) -> &str {
        &self.account
    }

    /// The person's identifier, where accounts of one person are to be settled together.
    pub fn customer(&self) -> Option<&str> {
        self.customer.as_deref()
    }

    /// The currency of every amount.
    pub const fn currency(&self) -> Currency {
        self.currency
    }

    /// Names the person to whom the account belongs.
    #[must_use]
    pub fn of_customer(mut self, customer: impl Into<String>) -> Self {
        self.customer = Some(customer.into());
        self
    }

    /// Gives a fact of the table. What contradicts the table (a negative count) is found
    /// when the row is bound to a policy.
    #[must_use]
    pub fn with<K>(mut self, key: Key<K>, value: impl Given<K>) -> Self {
        self.values.insert(key.name().into(), value.value());
        self
    }

    /// Gives a fact as unknown: an empty cell.
    #[must_use]
    pub fn unknown<K>(mut self, key: Key<K>) -> Self {
        self.values.insert(key.name().into(), Value::Unknown);
        self
    }

    /// Gives any fact by its column name: one of the table, one with a parameter
    /// (`times_phone_7`), one of the bank's own.
    ///
    /// # Errors
    ///
    /// [`FactError`] if the table has a fact of that name and the value does not fit it.
    /// Names that the table does not have are checked when the row is bound to a policy.
    pub fn set(&mut self, name: &str, value: Value) -> Result<(), FactError> {
        if let Some(fact) = table::find(name) {
            check(fact, &value)?;
        }
        if let Value::Money(money) = &value
            && money.currency() != self.currency
        {
            return Err(FactError::Currency { fact: name.to_owned(), wanted: self.currency, found: money.currency() });
        }
        self.values.insert(name.into(), value);
        Ok(())
    }

    /// Gives a fact of which the caller knows that it fits the table.
    pub(crate) fn put(&mut self, name: &str, value: Value) {
        self.values.insert(name.into(), value);
    }

    /// Takes a fact out again: it is then absent.
    pub fn remove(&mut self, name: &str) {
        self.values.remove(name);
    }

    /// The value given for a fact; none if it is absent.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(name)
    }

    /// Every fact given, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Value)> {
        self.values.iter().map(|(name, value)| (name.as_ref(), value))
    }
}

fn check(fact: &FactDef, value: &Value) -> Result<(), FactError> {
    match value {
        Value::Never if !fact.never => Err(FactError::Never(fact.name.to_owned())),
        Value::Unknown | Value::Never => Ok(()),
        _ => match value.kind() {
            Some(found) if found != fact.kind => {
                Err(FactError::Kind { fact: fact.name.to_owned(), wanted: fact.kind, found })
            }
            _ => check_range(fact.name, fact.counts_from_zero(), value).and_then(|()| check_word(fact, value)),
        },
    }
}

/// Refuses a negative number where the fact counts from zero.
pub(crate) fn check_range(name: &str, from_zero: bool, value: &Value) -> Result<(), FactError> {
    match value {
        Value::Days(number) | Value::Count(number) if from_zero && *number < 0 => {
            Err(FactError::Negative { fact: name.to_owned(), value: *number })
        }
        _ => Ok(()),
    }
}

fn check_word(fact: &FactDef, value: &Value) -> Result<(), FactError> {
    let (super::Words::Closed(words), Value::Word(word)) = (fact.words, value) else {
        return Ok(());
    };
    if words.contains(&word.as_ref()) {
        return Ok(());
    }
    Err(FactError::Word {
        fact: fact.name.to_owned(),
        word: word.to_string(),
        expected: words.join(", "),
        nearest: nearest(word, words.iter().copied()).map(str::to_owned),
    })
}

impl FactDef {
    /// Whether the fact cannot be below zero: every count, and every number of days
    /// but those that run down to a date.
    pub const fn counts_from_zero(&self) -> bool {
        match self.kind {
            Kind::Count => true,
            Kind::Days => !matches!(self.movement, super::Movement::Down),
            Kind::Money | Kind::Ratio | Kind::Flag | Kind::Category => false,
        }
    }
}

//! What a report declares once, in its head.

use super::{Buckets, Month};
use crate::cell::{Raw, amount};
use arrears::Currency;
use chrono_tz::Tz;
use serde::Serialize;
use std::str::FromStr;

/// The conventions of a report. They stand in its head, whether they were chosen or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The currency of every amount.
    pub currency: Currency,
    /// Which days past due are in which bucket.
    pub buckets: Buckets,
    /// How much may be overdue without the account's being late, in minor units. It is held
    /// against `overdue` only; buckets go by days past due alone.
    pub tolerance: i64,
    /// Within how many days of the month end at which it is first seen late an account must be
    /// seen cured. Of a panel of month ends, 31 days always hold the next one; 30 do not.
    pub cured_within: u32,
    /// Within how many days after a cure it counts as a re-default to be late again.
    pub redefault_within: u32,
    /// Whether accounts on a plan or re-aged stand in the buckets.
    pub plans: Plans,
    /// What the amounts of the panel are.
    pub amounts: Amounts,
    /// The hour at which a day of the tables ends, as the bank counts it.
    pub cut_off: String,
    /// Whether payments that were reversed on their day are among what was paid.
    pub reversals: Reversals,
    /// The zone in which points in time become days.
    pub zone: Tz,
    /// The first month that is read; all of them if none.
    pub from: Option<Month>,
    /// The last month that is read.
    pub to: Option<Month>,
}

/// Whether accounts on a plan or re-aged stand in the buckets. Neither counts as cured.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Plans {
    /// They stand apart, in no bucket.
    #[default]
    Out,
    /// They stand in the bucket of their days past due.
    In,
}

/// What the amounts of a panel are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Amounts {
    /// Principal, interest and fees.
    #[default]
    Total,
    /// Principal alone.
    Principal,
}

/// Whether payments that were reversed on their day are among what was paid.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Reversals {
    /// They are left out: what was paid stayed.
    #[default]
    Out,
    /// They are among it.
    In,
}

impl FromStr for Plans {
    type Err = String;
    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "out" => Ok(Self::Out),
            "in" => Ok(Self::In),
            _ => Err("expected out or in".to_owned()),
        }
    }
}

impl FromStr for Amounts {
    type Err = String;
    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "total" => Ok(Self::Total),
            "principal" => Ok(Self::Principal),
            _ => Err("expected total or principal".to_owned()),
        }
    }
}

impl FromStr for Reversals {
    type Err = String;
    fn from_str(word: &str) -> Result<Self, String> {
        match word {
            "out" => Ok(Self::Out),
            "in" => Ok(Self::In),
            _ => Err("expected out or in".to_owned()),
        }
    }
}

impl Declared {
    /// The conventions that hold unless others are chosen: buckets every thirty days, no
    /// tolerance, cured within 31 days, late again within 92, plans and re-ages out, amounts in
    /// total, days that end at midnight in UTC, reversals out, every month.
    pub fn new(currency: Currency) -> Self {
        Self {
            currency,
            buckets: Buckets::default(),
            tolerance: 0,
            cured_within: 31,
            redefault_within: 92,
            plans: Plans::default(),
            amounts: Amounts::default(),
            cut_off: "24:00".to_owned(),
            reversals: Reversals::default(),
            zone: Tz::UTC,
            from: None,
            to: None,
        }
    }

    /// An amount as people write it, in minor units of the currency.
    ///
    /// # Errors
    ///
    /// What is wrong with it, in words that follow on from the text.
    ///
    /// ```
    /// use arrears_batch::measures::Declared;
    /// let declared = Declared::new("EUR".parse()?);
    /// assert_eq!(declared.minor_units("10.00"), Ok(1_000));
    /// assert_eq!(declared.minor_units("10.005").unwrap_err(), "has more than 2 decimals");
    /// # Ok::<(), arrears::UnknownCurrency>(())
    /// ```
    pub fn minor_units(&self, text: &str) -> Result<i64, String> {
        let minor = amount(&Raw::Text(text.trim()), self.currency.digits())?;
        if minor < 0 { Err("is below zero".to_owned()) } else { Ok(minor) }
    }

    /// Whether a month is read.
    pub(super) fn holds(&self, month: Month) -> bool {
        self.from.is_none_or(|from| from <= month) && self.to.is_none_or(|to| month <= to)
    }
}

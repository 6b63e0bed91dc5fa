//! A late fee as a document writes it.

use super::reading::minor;
use super::{LateFee, LateFeeAmount};
use arrears::Currency;
use arrears::account::{Amount, NewRate};
use arrears::document::{Fault, Fields, OBJECT, Readable};
use serde_json::Value;

/// A fee as it is written, before its currency is known.
pub(super) struct WrittenFee {
    why: String,
    after_days: u32,
    flat: Option<Amount>,
    percent: Option<NewRate>,
    minimum: Option<Amount>,
    maximum: Option<Amount>,
}

impl Readable for WrittenFee {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (why, after_days) = (fields.required("why"), fields.required("after_days"));
        let (flat, percent) = (fields.optional("flat"), fields.optional("percent"));
        let (minimum, maximum) = (fields.optional("minimum"), fields.optional("maximum"));
        if value.get("flat").is_some() == value.get("percent").is_some() {
            fields.report("flat", "expected one of `flat` and `percent`");
        }
        if value.get("flat").is_some() && (value.get("minimum").is_some() || value.get("maximum").is_some()) {
            fields.report("flat", "a flat fee has no `minimum` and no `maximum`: leave them out, or give a `percent`");
        }
        fields.finish();
        Some(Self {
            why: why?,
            after_days: after_days?,
            flat: flat?,
            percent: percent?,
            minimum: minimum?,
            maximum: maximum?,
        })
    }
}

impl WrittenFee {
    /// What stands in the place of a fee that could not be read, and has no mistake of its own.
    pub(super) fn unread() -> LateFee {
        LateFee { why: String::new(), after_days: 1, amount: LateFeeAmount::Flat(1) }
    }

    pub(super) fn fee(self, fields: &mut Fields<'_>, index: usize, currency: Currency) -> LateFee {
        let mut at = |key: &str, amount: Option<Amount>| {
            amount.and_then(|amount| minor(fields, &format!("late_fees[{index}].{key}"), amount, currency))
        };
        let (flat, minimum, maximum) =
            (at("flat", self.flat), at("minimum", self.minimum), at("maximum", self.maximum));
        let amount = match (flat, self.percent) {
            (Some(flat), None) => LateFeeAmount::Flat(flat),
            (None, Some(percent)) => LateFeeAmount::Percent { of_late: percent.decimal(), minimum, maximum },
            // Reported already; the fee is still checked for the rest.
            _ => LateFeeAmount::Flat(1),
        };
        LateFee { why: self.why, after_days: self.after_days, amount }
    }
}

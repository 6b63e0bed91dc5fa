//! Terms as a JSON document: read whole, or not at all.

use super::written_fee::WrittenFee;
use super::{
    Ahead, AllocationOrder, Booking, Caps, Compounding, Penalty, PenaltyRate, PlannedRate, RunsOn, Terms, Walk,
};
use crate::interest::{DayCount, Rate, Rounding, RoundingMode};
use arrears::Currency;
use arrears::account::{Amount, Component, NewRate};
use arrears::document::{Fault, Fields, OBJECT, Readable, meant, read_whole, refuse};
use rust_decimal::Decimal;
use serde_json::Value;

/// The name and version of the format.
pub const FORMAT: &str = "arrears-terms/1";

impl Terms {
    /// Reads terms from their JSON document.
    ///
    /// ```
    /// use arrears_owed::terms::Terms;
    /// let terms = Terms::from_json(r#"{
    ///     "format": "arrears-terms/1", "currency": "EUR", "day_count": "act/365f",
    ///     "rate": {"annual": "0.12"},
    ///     "penalty": {"times": "1.5", "on": ["principal"]},
    ///     "late_fees": [{"why": "reminder", "after_days": 10, "percent": "0.05", "minimum": "5.00", "maximum": "25.00"}]
    /// }"#).map_err(|problems| format!("{problems:?}"))?;
    /// assert_eq!(terms.late_fees.len(), 1);
    /// # Ok::<(), String>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the document, in its order, each with its path.
    pub fn from_json(text: &str) -> Result<Self, Vec<Fault>> {
        read_whole(text)
    }
}

impl Readable for Terms {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let _: Option<Format> = fields.required("format");
        let currency: Option<Currency> = fields.required("currency");
        // What cannot be read is reported; what stands beside it is still checked, with a stand-in.
        let mut terms = Self::new(currency.unwrap_or(Currency::try_from("EUR".to_owned()).ok()?));
        terms.day_count = fields.required("day_count").unwrap_or(DayCount::Act365Fixed);
        let rate = value.get("rate").map(|_| Rate::ZERO);
        terms.rate = fields.given("rate").or(rate);
        terms.runs_on = fields.given("runs_on").unwrap_or_default();
        terms.compounding = fields.given("compounding").unwrap_or_default();
        terms.interest_on_fees = fields.given("interest_on_fees").unwrap_or_default();
        terms.penalty = fields.given("penalty");
        terms.grace_days = fields.given("grace_days").unwrap_or_default();
        terms.tolerance = money(&mut fields, "tolerance", currency).unwrap_or_default();
        let fees = fields.given("late_fees").map_or(Vec::new(), |Each::<WrittenFee>(fees)| fees);
        terms.caps = fields.given("caps").unwrap_or_default();
        terms.booking = fields.given("booking").unwrap_or_default();
        let rounding: WrittenRounding = fields.given("rounding").unwrap_or_default();
        if let Some(Each(orders)) = fields.given("orders") {
            terms.orders = in_place(orders);
        }
        terms.ahead = fields.given("ahead").unwrap_or_default();
        terms.plan = fields.given("rates").unwrap_or_default();
        terms.lawsuit = money(&mut fields, "lawsuit", currency);
        let _: Option<String> = fields.given("note");
        if let Some(currency) = currency {
            terms.rounding = rounding.rounding(&mut fields, currency);
            for (index, fee) in fees.into_iter().enumerate() {
                terms.late_fees.push(fee.map_or_else(WrittenFee::unread, |fee| fee.fee(&mut fields, index, currency)));
            }
        }
        fields.finish();
        problems.extend(terms.problems());
        Some(terms)
    }
}

/// The word that says how the document is to be read.
struct Format;

impl Readable for Format {
    const EXPECTED: &str = "\"arrears-terms/1\"";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        if value == FORMAT { Some(Self) } else { refuse(path, value, Self::EXPECTED, problems) }
    }
}

/// A list, each of whose entries is read by itself, so that those that can be read are still checked in
/// their places.
pub(crate) struct Each<T>(pub(crate) Vec<Option<T>>);

impl<T: Readable> Readable for Each<T> {
    const EXPECTED: &str = Vec::<T>::EXPECTED;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let Value::Array(items) = value else { return refuse(path, value, Self::EXPECTED, problems) };
        let read = items.iter().enumerate();
        Some(Self(read.map(|(index, item)| T::read(item, &format!("{path}[{index}]"), problems)).collect()))
    }
}

/// The orders, with one that has no mistake of its own in the place of each that could not be read.
fn in_place(orders: Vec<Option<AllocationOrder>>) -> Vec<AllocationOrder> {
    let mut found: Vec<AllocationOrder> = Vec::new();
    for order in orders {
        let next = found.last().map_or(0, |before| before.from_days.saturating_add(1));
        found.push(order.unwrap_or(AllocationOrder { from_days: next, ..AllocationOrder::default() }));
    }
    found
}

/// An amount in minor units; none if it is absent or does not fit the currency, which is reported.
pub(crate) fn money(fields: &mut Fields<'_>, key: &'static str, currency: Option<Currency>) -> Option<i64> {
    let amount: Amount = fields.given(key)?;
    minor(fields, key, amount, currency?)
}

pub(crate) fn minor(fields: &mut Fields<'_>, path: &str, amount: Amount, currency: Currency) -> Option<i64> {
    let minor = amount.minor(currency);
    if let Err(error) = &minor {
        fields.report(path, format!("`{amount}`: {error}, expected an amount in {currency}"));
    }
    minor.ok()
}

fn words<T: serde::de::DeserializeOwned>(
    value: &Value,
    path: &str,
    known: &[&str],
    problems: &mut Vec<Fault>,
) -> Option<T> {
    serde_json::from_value(value.clone()).ok().or_else(|| {
        let near = meant(value.as_str().unwrap_or_default(), known.iter().copied());
        refuse(path, value, &format!("one of {}{near}", known.join(", ")), problems)
    })
}

macro_rules! by_word {
    ($($kind:ty: $($word:literal)+;)*) => { $(
        impl Readable for $kind {
            const EXPECTED: &str = concat!("one of", $(" ", $word),+);
            fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
                words(value, path, &[$($word),+], problems)
            }
        }
    )* };
}

by_word! {
    DayCount: "act/365f" "act/360" "act/act" "30/360" "30e/360";
    RunsOn: "overdue" "outstanding";
    Compounding: "simple" "daily" "monthly";
    Booking: "change" "month" "day";
    RoundingMode: "half_even" "half_up";
    Walk: "components" "items";
    Ahead: "hold" "principal";
}

impl Readable for Rate {
    const EXPECTED: &str = "a rate, as in {\"annual\": \"0.18\"} or {\"daily\": \"0.0005\"}";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        if !value.is_object() {
            return refuse(path, value, Self::EXPECTED, problems);
        }
        let mut fields = Fields::of(value, path, problems)?;
        let (annual, daily) = (fields.given::<NewRate>("annual"), fields.given::<NewRate>("daily"));
        let found = ["annual", "daily"].iter().filter(|key| value.get(**key).is_some()).count();
        if found != 1 {
            fields.report("annual", format!("expected one of `annual` and `daily`, found {found}"));
        }
        let read = match (annual, daily) {
            (Some(rate), None) => Some(("annual", Self::annual(rate.decimal()))),
            (None, Some(rate)) => Some(("daily", Self::daily(rate.decimal()))),
            _ => None,
        };
        let rate = read.and_then(|(key, rate)| match rate {
            Ok(rate) => Some(rate),
            Err(error) => {
                fields.report(key, error.to_string());
                None
            }
        });
        fields.finish();
        rate
    }
}

impl Readable for Penalty {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let rate = fields.given::<Rate>("rate").map(PenaltyRate::Rate);
        let times = fields.given::<NewRate>("times").map(|factor| ("times", factor.decimal()));
        let plus = fields.given::<NewRate>("plus").map(|addition| ("plus", addition.decimal()));
        for (key, number) in [times, plus].into_iter().flatten() {
            if number < Decimal::ZERO {
                fields.report(key, format!("`{number}`: expected zero or more"));
            }
        }
        let found = ["rate", "times", "plus"].iter().filter(|key| value.get(**key).is_some()).count();
        if found != 1 {
            fields.report("rate", format!("expected one of `rate`, `times` and `plus`, found {found}"));
        }
        let times = times.map(|(_, factor)| PenaltyRate::Times(factor));
        let plus = plus.map(|(_, addition)| PenaltyRate::Plus(addition));
        let on: Option<Vec<Component>> = fields.required("on");
        let beside_contract = fields.optional("beside_contract");
        fields.finish();
        Some(Self { rate: rate.or(times).or(plus)?, on: on?, beside_contract: beside_contract? })
    }
}

impl Readable for Caps {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let of_principal = fields.optional::<Option<NewRate>>("of_principal");
        let total_rate = fields.optional("total_rate");
        fields.finish();
        Some(Self { of_principal: of_principal?.map(NewRate::decimal), total_rate: total_rate? })
    }
}

impl Readable for AllocationOrder {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (from_days, walk) = (fields.optional("from_days"), fields.given("walk").unwrap_or_default());
        let components = fields.required("components");
        fields.finish();
        Some(Self { from_days: from_days?, walk, components: components? })
    }
}

impl Readable for PlannedRate {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let from = fields.required("from");
        let (contract, penalty) = (fields.optional("contract"), fields.optional("penalty"));
        fields.finish();
        Some(Self { from: from?, contract: contract?, penalty: penalty? })
    }
}

/// Rounding as it is written: the unit is an amount.
#[derive(Default)]
pub(crate) struct WrittenRounding {
    mode: RoundingMode,
    unit: Option<Amount>,
}

impl Readable for WrittenRounding {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (mode, unit) = (fields.given("mode").unwrap_or_default(), fields.optional("unit"));
        fields.finish();
        Some(Self { mode, unit: unit? })
    }
}

impl WrittenRounding {
    pub(crate) fn rounding(self, fields: &mut Fields<'_>, currency: Currency) -> Rounding {
        let unit = self.unit.and_then(|unit| minor(fields, "rounding.unit", unit, currency));
        let fits = unit.map(|unit| u32::try_from(unit).ok().filter(|unit| *unit > 0));
        if fits == Some(None) {
            fields.report("rounding.unit", "expected an amount above zero, such as \"0.05\"");
        }
        Rounding::new(self.mode, fits.flatten().unwrap_or(1))
    }
}

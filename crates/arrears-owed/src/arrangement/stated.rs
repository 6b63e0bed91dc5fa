//! What somebody states of a month, as a JSON document.

use super::means::{Means, Stated};
use crate::terms::reading::{Each, minor, money};
use arrears::Currency;
use arrears::account::Amount;
use arrears::document::{Fault, Fields, OBJECT, Readable, read_whole, refuse};
use serde_json::Value;

/// The name and version of the format.
pub const MEANS_FORMAT: &str = "arrears-means/1";

impl Means {
    /// Reads what somebody states from its JSON document.
    ///
    /// ```
    /// use arrears_owed::arrangement::Means;
    /// let means = Means::from_json(r#"{
    ///     "format": "arrears-means/1", "currency": "EUR",
    ///     "income": [{"what": "wages", "amount": "2100.00"}],
    ///     "living_costs": [{"what": "rent", "amount": "900.00"}],
    ///     "kept_for_living": "1600.00"
    /// }"#).map_err(|problems| format!("{problems:?}"))?;
    /// assert_eq!(means.affordable().map_err(|problems| format!("{problems:?}"))?.monthly, 50_000);
    /// # Ok::<(), String>(())
    /// ```
    ///
    /// # Errors
    ///
    /// Everything that is wrong with the document, each with its path.
    pub fn from_json(text: &str) -> Result<Self, Vec<Fault>> {
        read_whole(text)
    }
}

impl Readable for Means {
    const EXPECTED: &str = OBJECT;
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let _: Option<MeansFormat> = fields.required("format");
        let currency: Option<Currency> = fields.required("currency");
        let income: Option<Each<Written>> = fields.required("income");
        let (living_costs, other_debts) = (fields.given("living_costs"), fields.given("other_debts"));
        let kept_for_living = money(&mut fields, "kept_for_living", currency).unwrap_or_default();
        let _: Option<String> = fields.given("note");
        let currency = currency.unwrap_or(Currency::try_from("EUR".to_owned()).ok()?);
        // What cannot be read is reported; what stands beside it is still checked, with a stand-in.
        let mut listed = |name: &str, list: Option<Each<Written>>| -> Vec<Stated> {
            let each = list.map(|Each(list)| list).unwrap_or_default().into_iter().enumerate();
            let stated = each.map(|(index, written)| {
                let (what, amount) = written.map_or((None, None), |written| (Some(written.what), Some(written.amount)));
                let amount =
                    amount.and_then(|amount| minor(&mut fields, &format!("{name}[{index}].amount"), amount, currency));
                Stated { what: what.unwrap_or_default(), amount: amount.unwrap_or_default() }
            });
            stated.collect()
        };
        let means = Self {
            currency,
            income: listed("income", income),
            living_costs: listed("living_costs", living_costs),
            other_debts: listed("other_debts", other_debts),
            kept_for_living,
        };
        fields.finish();
        if let Err(faults) = means.affordable() {
            problems.extend(faults);
        }
        Some(means)
    }
}

/// The word that says how the document is to be read.
struct MeansFormat;

impl Readable for MeansFormat {
    const EXPECTED: &str = "\"arrears-means/1\"";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        if value == MEANS_FORMAT { Some(Self) } else { refuse(path, value, Self::EXPECTED, problems) }
    }
}

/// An amount of each month, before its currency is known.
struct Written {
    what: String,
    amount: Amount,
}

impl Readable for Written {
    const EXPECTED: &str = "what it is and how much a month, as in {\"what\": \"rent\", \"amount\": \"900.00\"}";
    fn read(value: &Value, path: &str, problems: &mut Vec<Fault>) -> Option<Self> {
        let mut fields = Fields::of(value, path, problems)?;
        let (what, amount) = (fields.required("what"), fields.required("amount"));
        fields.finish();
        Some(Self { what: what?, amount: amount? })
    }
}

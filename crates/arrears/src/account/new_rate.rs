//! A rate of interest as a history writes it.

use rust_decimal::Decimal;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A rate of interest as an exact decimal, written in JSON as a text: `"0.18"` is 18 %. Zero: no
/// interest runs. Whether it is for a year or a day is said by the product's terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NewRate(Decimal);

impl NewRate {
    /// The rate of a decimal.
    pub const fn new(decimal: Decimal) -> Self {
        Self(decimal)
    }

    /// The decimal.
    pub const fn decimal(self) -> Decimal {
        self.0
    }
}

impl Serialize for NewRate {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(&self.0)
    }
}

impl<'de> Deserialize<'de> for NewRate {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Decimal::from_str_exact(&text).map(Self).map_err(de::Error::custom)
    }
}

#[cfg(test)]
impl schemars::JsonSchema for NewRate {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "NewRate".into()
    }
    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({
            "type": "string",
            "pattern": r"^\d+(\.\d{1,8})?$",
            "description": "A rate of interest as an exact decimal in a text: \"0.18\" is 18 %."
        })
    }
}

//! Numbers of a policy as people write them.

use super::Policy;
use crate::number::{Kind, show_fixed};

impl Policy {
    /// A number of the policy as people write it: days, counts, money, ratios.
    pub fn show(&self, value: i64, kind: Kind) -> String {
        match kind {
            Kind::Money => {
                format!("{} {}", show_fixed(value, self.body.head.currency.digits()), self.body.head.currency)
            }
            Kind::Ratio => {
                let text = show_fixed(value, 6);
                let short = text.trim_end_matches('0');
                let decimals = short.rsplit('.').next().map_or(0, str::len);
                if decimals < 2 { show_fixed(value / 10_000, 2) } else { short.to_owned() }
            }
            Kind::Days | Kind::Count => value.to_string(),
            Kind::Flag => (value != 0).to_string(),
            Kind::Category => value.to_string(),
        }
    }
}

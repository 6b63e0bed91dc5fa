//! The regimes that come with arrears.

use super::Regime;
use std::sync::LazyLock;

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../regimes/", $name, ".json")))),*]
    };
}

const SHIPPED: &[(&str, &str)] = shipped![
    "cn-2018-overdraft",
    "cn-card-2011",
    "cn-card-allocation",
    "cn-card-plan",
    "cn-civ-561",
    "cn-general-2023",
    "cn-limitation",
    "eu-crr178",
    "eu-eba-probation",
    "ifrs9-backstop",
    "in-iracp",
    "uk-limitation-ew",
    "us-ffiec",
    "us-ffiec-reage",
    "us-regf-30c",
    "us-regz-53",
];

/// The documents of the regimes that come with arrears, by the name of their file.
pub const fn shipped_regimes() -> &'static [(&'static str, &'static str)] {
    SHIPPED
}

/// Every shipped regime, read once. One that cannot be read is left out; a test sees that there is none.
pub(super) fn shipped() -> &'static [Regime] {
    static REGIMES: LazyLock<Vec<Regime>> =
        LazyLock::new(|| SHIPPED.iter().filter_map(|(_, text)| Regime::from_json(text).ok()).collect());
    &REGIMES
}

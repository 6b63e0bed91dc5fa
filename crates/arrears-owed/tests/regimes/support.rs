//! Days, amounts and regimes, in short.

use arrears::Money;
use arrears::document::Fault;
use arrears_owed::Regimes;
use chrono::NaiveDate;

pub(crate) fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub(crate) fn money(text: &str, currency: &str) -> Money {
    Money::new(text.parse().unwrap(), currency.parse().unwrap()).unwrap()
}

/// Everything that is shipped, with what was not verified.
pub(crate) fn every() -> Regimes {
    Regimes::shipped().with_unverified()
}

pub(crate) fn lines(faults: &[Fault]) -> String {
    faults.iter().map(|fault| format!("{fault}\n")).collect()
}

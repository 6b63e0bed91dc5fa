//! Amounts of a briefing as its document has them: texts as `"123.45"`, in the one currency of the document.

use arrears::{Currency, Money};
use serde::Serializer;

/// An amount without its currency.
fn digits(money: Money) -> String {
    let written = money.to_string();
    written.split(' ').next().unwrap_or(&written).to_owned()
}

pub(super) fn amount_text<S: Serializer>(money: &Money, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(&digits(*money))
}

pub(super) fn optional_amount_text<S: Serializer>(money: &Option<Money>, out: S) -> Result<S::Ok, S::Error> {
    match money {
        Some(money) => out.serialize_str(&digits(*money)),
        None => out.serialize_none(),
    }
}

pub(super) fn code<S: Serializer>(currency: &Currency, out: S) -> Result<S::Ok, S::Error> {
    out.serialize_str(currency.code())
}

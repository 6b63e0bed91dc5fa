//! Amounts of a suite, which has no currency, in one of the engine's.

use arrears::account::Amount;
use arrears::facts::Value;
use arrears::{Currency, Facts};

/// The currency in which a case is decided: the first whose amounts have as many decimals as the
/// case needs. `XXX` is ISO 4217's code for no currency and has two; the Kuwaiti dinar has three.
///
/// # Errors
///
/// An amount that needs more decimals.
pub(crate) fn currency(amounts: impl IntoIterator<Item = Amount>) -> Result<Currency, String> {
    let finest = amounts.into_iter().max_by_key(|amount| amount.decimal().normalize().scale());
    let code = match finest.map(|amount| (amount, amount.decimal().normalize().scale())) {
        None | Some((_, 0..=2)) => "XXX",
        Some((_, 3)) => "KWD",
        Some((amount, _)) => return Err(format!("given: the amount {amount} has more decimals than any currency")),
    };
    code.parse().map_err(|error: arrears::UnknownCurrency| error.to_string())
}

/// A fact that is an amount.
///
/// # Errors
///
/// That it is none, or not known.
pub(crate) fn amount(facts: &Facts, name: &str) -> Result<Amount, String> {
    match facts.get(name) {
        Some(Value::Money(money)) => Ok(Amount::from_minor(money.minor(), money.currency())),
        other => Err(unlike(name, "an amount", other)),
    }
}

/// A fact that counts.
///
/// # Errors
///
/// That it does not, or is not known.
pub(crate) fn whole(facts: &Facts, name: &str) -> Result<i64, String> {
    match facts.get(name) {
        Some(Value::Days(number) | Value::Count(number)) => Ok(*number),
        other => Err(unlike(name, "a whole number", other)),
    }
}

fn unlike(name: &str, wanted: &str, found: Option<&Value>) -> String {
    let found = found.map_or_else(|| "absent".to_owned(), ToString::to_string);
    format!("the fact `{name}` is {found}, not {wanted}")
}

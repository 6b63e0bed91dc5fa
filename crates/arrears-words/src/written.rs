//! Amounts and days as a language writes them.

use crate::Language;
use arrears::{Currency, Money};
use chrono::{Datelike, NaiveDate};

/// Names of currencies that stand behind an amount in Chinese. Other currencies stand there by their code.
const CHINESE_NAMES: [(&str, &str); 8] = [
    ("CNY", "元"),
    ("USD", "美元"),
    ("EUR", "欧元"),
    ("GBP", "英镑"),
    ("JPY", "日元"),
    ("HKD", "港元"),
    ("AUD", "澳元"),
    ("SGD", "新加坡元"),
];

const ENGLISH_MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

/// An amount as the language writes it, with groups of three digits and all decimals of the currency.
///
/// English puts the code of the currency before the amount, because one sign (`$`, `¥`) is the sign of
/// several currencies; Chinese puts the name of the currency behind it. An amount below zero, which the
/// bank owes the customer, has a minus sign before its digits.
///
/// ```
/// use arrears::Money;
/// use arrears_words::{Language, written};
/// let owed = Money::from_minor(123_450, "USD".parse()?);
/// assert_eq!(written::amount(owed, Language::English), "USD 1,234.50");
/// assert_eq!(written::amount(owed, Language::Chinese), "1,234.50美元");
/// assert_eq!(written::amount(Money::from_minor(123_450, "CNY".parse()?), Language::Chinese), "1,234.50元");
/// # Ok::<(), arrears::UnknownCurrency>(())
/// ```
pub fn amount(money: Money, language: Language) -> String {
    let digits = grouped(money);
    match language {
        Language::English => format!("{} {digits}", money.currency()),
        Language::Chinese => format!("{digits}{}", chinese_name(money.currency())),
    }
}

/// A day as the language writes it: `27 November 2026`, `2026年11月27日`. The month is a word in English,
/// because of `11/12` half the readers think of another day.
///
/// ```
/// use arrears_words::{Language, written};
/// let day = "2026-11-27".parse()?;
/// assert_eq!(written::day(day, Language::English), "27 November 2026");
/// assert_eq!(written::day(day, Language::Chinese), "2026年11月27日");
/// # Ok::<(), chrono::ParseError>(())
/// ```
pub fn day(day: NaiveDate, language: Language) -> String {
    match language {
        Language::English => {
            let month = usize::try_from(day.month0()).ok().and_then(|month| ENGLISH_MONTHS.get(month)).unwrap_or(&"");
            format!("{} {month} {}", day.day(), day.year())
        }
        Language::Chinese => format!("{}年{}月{}日", day.year(), day.month(), day.day()),
    }
}

/// How many monthly payments a plan has, as its name.
///
/// ```
/// use arrears_words::{Language, written};
/// assert_eq!(written::payments(12, Language::English), "12 monthly payments");
/// assert_eq!(written::payments(1, Language::English), "One payment");
/// assert_eq!(written::payments(12, Language::Chinese), "分12期");
/// ```
pub fn payments(count: u32, language: Language) -> String {
    match (language, count) {
        (Language::English, 1) => "One payment".to_owned(),
        (Language::English, count) => format!("{count} monthly payments"),
        (Language::Chinese, 1) => "一次付清".to_owned(),
        (Language::Chinese, count) => format!("分{count}期"),
    }
}

/// The digits of an amount, as in `1,234.50`.
fn grouped(money: Money) -> String {
    let written = money.to_string();
    let number = written.split(' ').next().unwrap_or(&written);
    let (sign, number) = number.strip_prefix('-').map_or(("", number), |number| ("-", number));
    let (whole, decimals) = number.split_once('.').map_or((number, None), |(whole, rest)| (whole, Some(rest)));
    let mut out = sign.to_owned();
    let length = whole.chars().count();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (length - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(decimals) = decimals {
        out.push('.');
        out.push_str(decimals);
    }
    out
}

fn chinese_name(currency: Currency) -> String {
    let known = CHINESE_NAMES.iter().find(|(code, _)| *code == currency.code());
    known.map_or_else(|| format!(" {currency}"), |(_, name)| (*name).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(minor: i64, code: &str) -> Money {
        Money::from_minor(minor, code.parse().unwrap())
    }

    #[test]
    fn amounts_have_the_decimals_of_their_currency_and_groups_of_three() {
        let cases = [
            (money(0, "USD"), "USD 0.00", "0.00美元"),
            (money(99, "CNY"), "CNY 0.99", "0.99元"),
            (money(100_000, "CNY"), "CNY 1,000.00", "1,000.00元"),
            (money(-123_456_789, "EUR"), "EUR -1,234,567.89", "-1,234,567.89欧元"),
            (money(1_234_567, "JPY"), "JPY 1,234,567", "1,234,567日元"),
            (money(1_234_567, "KWD"), "KWD 1,234.567", "1,234.567 KWD"),
            (money(i64::MIN, "CNY"), "CNY -92,233,720,368,547,758.08", "-92,233,720,368,547,758.08元"),
        ];
        for (money, english, chinese) in cases {
            assert_eq!(amount(money, Language::English), english);
            assert_eq!(amount(money, Language::Chinese), chinese);
        }
    }
}

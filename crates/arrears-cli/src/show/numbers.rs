//! Numbers as people read them.

/// A whole number or an amount with its thousands set apart: `1234567.00` is `1,234,567.00`.
pub(crate) fn grouped(number: impl ToString) -> String {
    let text = number.to_string();
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.as_str()),
    };
    let (whole, decimals) = match digits.split_once('.') {
        Some((whole, decimals)) => (whole, Some(decimals)),
        None => (digits, None),
    };
    let mut set_apart = String::from(sign);
    for (place, digit) in whole.chars().enumerate() {
        if place > 0 && (whole.len() - place) % 3 == 0 {
            set_apart.push(',');
        }
        set_apart.push(digit);
    }
    if let Some(decimals) = decimals {
        set_apart.push('.');
        set_apart.push_str(decimals);
    }
    set_apart
}

/// A part of a whole in per cent, with one decimal; what is not nothing never shows as nothing.
pub(crate) fn share(part: u64, whole: u64) -> String {
    if whole == 0 {
        return String::new();
    }
    let (part, whole) = (u128::from(part), u128::from(whole));
    let tenths = (part * 2000 + whole) / (whole * 2);
    match tenths {
        0 if part > 0 => "<0.1%".to_owned(),
        tenths => format!("{}.{}%", tenths / 10, tenths % 10),
    }
}

/// A number of things: `1 problem`, `2 problems`.
pub(crate) fn plural(count: impl ToString, one: &str, several: &str) -> String {
    let count = grouped(count);
    let noun = if count == "1" { one } else { several };
    format!("{count} {noun}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart_and_cents_are_kept() {
        assert_eq!(grouped(999), "999");
        assert_eq!(grouped(30_000), "30,000");
        assert_eq!(grouped("-1234567.05"), "-1,234,567.05");
    }

    #[test]
    fn one_account_of_many_is_not_none() {
        assert_eq!(share(1, 30_000), "<0.1%");
        assert_eq!(share(0, 30_000), "0.0%");
        assert_eq!(share(3_130, 30_000), "10.4%");
        assert_eq!(share(30_000, 30_000), "100.0%");
        assert_eq!(share(0, 0), "");
    }

    #[test]
    fn one_thing_is_not_several() {
        assert_eq!(plural(1, "row", "rows"), "1 row");
        assert_eq!(plural(1_200, "row", "rows"), "1,200 rows");
    }
}

//! Names and numbers as people write them.

/// A name of a policy as people read it: `plan_kept` is `plan kept`.
pub(crate) fn human(name: &str) -> String {
    let spaced: String =
        name.chars().map(|letter| if letter == '_' || letter.is_control() { ' ' } else { letter }).collect();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    if words.is_empty() { name.to_owned() } else { words.join(" ") }
}

/// A number with its noun: `1 day`, `3 days`.
pub(crate) fn counted(number: i64, one: &str, many: &str) -> String {
    let noun = if number == 1 { one } else { many };
    format!("{} {noun}", grouped(&number.to_string()))
}

/// A noun with its article.
pub(crate) fn article(noun: &str) -> String {
    let vowel = noun.chars().next().is_some_and(|letter| "aeiouAEIOU".contains(letter));
    format!("{} {noun}", if vowel { "an" } else { "a" })
}

/// Texts as a list in a sentence.
pub(crate) fn listed(parts: &[String], word: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first @ .., last] => format!("{} {word} {last}", first.join(", ")),
    }
}

/// A number as text with a comma after every third digit before the point: `12,345.00 CNY`.
pub(crate) fn grouped(text: &str) -> String {
    let digits = text.find(|letter: char| letter.is_ascii_digit()).unwrap_or(text.len());
    let (sign, rest) = text.split_at(digits);
    let end = rest.find(|letter: char| !letter.is_ascii_digit()).unwrap_or(rest.len());
    let (whole, tail) = rest.split_at(end);
    let mut out = sign.to_owned();
    for (index, digit) in whole.chars().enumerate() {
        if index > 0 && (whole.len() - index).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out.push_str(tail);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_grouped_before_the_point_only() {
        let cases = [("999", "999"), ("1000", "1,000"), ("-1234567.8912 EUR", "-1,234,567.8912 EUR"), ("none", "none")];
        for (text, wanted) in cases {
            assert_eq!(grouped(text), wanted);
        }
    }

    #[test]
    fn a_name_is_read_without_its_underscores() {
        assert_eq!(human("plan_kept"), "plan kept");
        assert_eq!(human("__"), "__");
    }
}
